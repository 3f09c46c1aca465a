"""Using hypotheses: instances of universal ones, witnesses of existential ones, alternatives."""

from certificates.checker import Evidence, Goal, Proof, Rejected, frozen
from certificates.rules.spectra import symmetric
from certificates.terms import Malformed, Term, binder_parts, conjuncts, substitute


def instance(goal: Goal, sorts: "dict[str, str] | object", given: object) -> dict[str, object]:
    """The values for a lemma's or a quantifier's variables, well sorted in the goal."""
    assert isinstance(sorts, dict)
    if not isinstance(given, dict) or given.keys() != sorts.keys():
        raise Malformed(f"values are needed for {', '.join(sorts)}")
    values = {name: frozen(term) for name, term in given.items()}
    for name, term in values.items():
        if sorts[name] in ("real", "int"):
            if goal.sort(term) == "real" and sorts[name] == "int":
                raise Rejected(f"{name} must be an integer")
        elif sorts[name] == "matrix" and isinstance(term, tuple) and term[0] == "matrix":
            parts = binder_parts(term)
            i, j = parts[0][1], parts[1][1]
            check_matrix(goal, term[3], i, j)
        elif not isinstance(term, str) or goal.variables.get(term) != sorts[name]:
            raise Rejected(f"{name} must be a {sorts[name]}")
    return values


def check_matrix(goal: Goal, body: Term, i: str, j: str) -> None:
    """Raise unless body(i, j) is a well-formed entry of a symmetric matrix."""
    inner = Goal({**goal.variables, i: "int", j: "int"}, (), goal.conclusion)
    inner.sort(body)
    symmetric(goal, body, i, j)


def alternatives(proof: Proof, goal: Goal, evidence: Evidence) -> None:
    """From a hypothesis A or B: prove the goal from each of the two."""
    index = evidence["hypothesis"]
    if not isinstance(index, int) or not 0 <= index < len(goal.hypotheses):
        raise Rejected("no such hypothesis")
    if goal.hypotheses[index][0] != "or":
        raise Rejected("the hypothesis is not a disjunction")
    proof.discharge_all([goal.having(p) for p in goal.hypotheses[index][1:]], evidence["each"])


def instantiate(proof: Proof, goal: Goal, evidence: Evidence) -> None:
    """An instance of a hypothesis "for all x: A(x)" or of "A implies B", with A proved."""
    index = evidence["hypothesis"]
    if not isinstance(index, int) or not 0 <= index < len(goal.hypotheses):
        raise Rejected("no such hypothesis")
    found = goal.hypotheses[index]
    if found[0] == "forall":
        found = substitute(found[2], instance(goal, dict(found[1]), evidence["with"]))
    elif found[0] != "implies" or evidence["with"] != {}:
        raise Rejected("only a universal statement or an implication has instances")
    premises = []
    if found[0] == "implies":
        premises, found = [goal.proving(c) for c in conjuncts(found[1])], found[2]
    proof.discharge_all(premises, evidence["given"])
    proof.discharge(goal.having(found), evidence["then"])


def witness(proof: Proof, goal: Goal, evidence: Evidence) -> None:
    """From F(t) conclude: there is x with F(x)."""
    if goal.conclusion[0] != "exists":
        raise Rejected("only an existential statement has a witness")
    values = instance(goal, dict(goal.conclusion[1]), evidence["with"])
    proof.discharge(goal.proving(substitute(goal.conclusion[2], values)), evidence["then"])


def obtain(proof: Proof, goal: Goal, evidence: Evidence) -> None:
    """From a hypothesis "there is x: A(x)", a fresh x with A(x)."""
    index, names = evidence["hypothesis"], evidence["names"]
    if not isinstance(index, int) or not 0 <= index < len(goal.hypotheses):
        raise Rejected("no such hypothesis")
    found = goal.hypotheses[index]
    if found[0] != "exists" or not isinstance(names, list) or len(names) != len(found[1]):
        raise Rejected("the hypothesis does not say that something exists")
    renamed = dict(zip([n for n, _ in found[1]], names, strict=True))
    inner = goal.extended({renamed[n]: s for n, s in found[1]})
    if len(set(names)) != len(names):
        raise Rejected("the new names must differ")
    proof.discharge(inner.having(substitute(found[2], renamed)), evidence["then"])
