"""Classical first-order reasoning: case distinction, cut, use of a lemma, quantifiers."""

from certificates.checker import Evidence, Goal, Malformed, Proof, Rejected, frozen
from certificates.rules.axioms import symmetric
from certificates.terms import (
    Term,
    binder_parts,
    children,
    conjuncts,
    free_names,
    negation,
    substitute,
)

QUANTIFIERS = ("forall", "exists")


def cases(proof: Proof, goal: Goal, evidence: Evidence) -> None:
    """From A and H |- C, and from not A and H |- C, conclude H |- C."""
    condition = goal.check(frozen(evidence["on"]))
    proof.discharge(goal.having(condition), evidence["yes"])
    proof.discharge(goal.having(negation(condition)), evidence["no"])


def have(proof: Proof, goal: Goal, evidence: Evidence) -> None:
    """From H |- A, and from H and A |- C, conclude H |- C."""
    claim = goal.check(frozen(evidence["claim"]))
    proof.discharge(goal.proving(claim), evidence["proof"])
    proof.discharge(goal.having(claim), evidence["then"])


def use(proof: Proof, goal: Goal, evidence: Evidence) -> None:
    """An instance of an accepted lemma, each of its hypotheses proved, becomes a hypothesis."""
    if evidence["lemma"] not in proof.lemmas:
        raise Rejected("uses a lemma that rests_on does not name")
    proof.used.add(evidence["lemma"])
    lemma = proof.lemmas[evidence["lemma"]].goal
    values = instance(goal, lemma.variables, evidence["with"])
    premises = [goal.proving(substitute(h, values)) for h in lemma.hypotheses]
    proof.discharge_all(premises, evidence["given"])
    proof.discharge(goal.having(substitute(lemma.conclusion, values)), evidence["then"])


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


def split(proof: Proof, goal: Goal, evidence: Evidence) -> None:
    """A conjunction is proved part by part, each from those before; a = b as a <= b and b <= a."""
    op, parts = goal.conclusion[0], list(goal.conclusion[1:])
    if op == "=":
        parts = [("<=", *parts), ("<=", *parts[::-1])]
    elif op == "not":
        parts = conjuncts(goal.conclusion)
    if op not in ("and", "=", "not") or parts == [goal.conclusion]:
        raise Rejected("only a conjunction or an equation can be split")
    goals = []
    for part in parts:
        goals.append(goal.proving(part))
        goal = goal.having(part)
    proof.discharge_all(goals, evidence["parts"])


def intro(proof: Proof, goal: Goal, evidence: Evidence) -> None:
    """From H and A |- B conclude H |- A implies B; from H |- A(x) for fresh x, for all x: A(x)."""
    op, args = goal.conclusion[0], goal.conclusion[1:]
    names = evidence["names"]
    if op == "implies" and names == []:
        inner = goal.having(args[0]).proving(args[1])
    elif op == "forall" and isinstance(names, list) and len(names) == len(args[0]):
        fresh = dict(zip([n for n, _ in args[0]], names, strict=True))
        sorts = {fresh[n]: s for n, s in args[0]}
        if len(sorts) != len(names):
            raise Rejected("the new names must differ")
        inner = goal.extended(sorts).proving(substitute(args[1], fresh))
    else:
        raise Rejected("only an implication or a universal statement can be introduced")
    proof.discharge(inner, evidence["then"])


def disjunct(proof: Proof, goal: Goal, evidence: Evidence) -> None:
    """To prove A or B, prove one of them from the negations of the others."""
    parts, index = goal.conclusion[1:], evidence["index"]
    if goal.conclusion[0] != "or" or not isinstance(index, int) or not 0 <= index < len(parts):
        raise Rejected("not a disjunct of the goal")
    others = [negation(p) for k, p in enumerate(parts) if k != index]
    proof.discharge(goal.having(*others).proving(parts[index]), evidence["then"])


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


def assumption(proof: Proof, goal: Goal, evidence: Evidence) -> None:
    """The goal is one of the hypotheses, or true, up to normal form."""
    if not goal.knows(goal.conclusion):
        raise Rejected("the goal is not among the hypotheses")


def generalise(proof: Proof, goal: Goal, evidence: Evidence) -> None:
    """From H(x) |- C(x) for a fresh x, conclude H(t) |- C(t)."""
    term, name = frozen(evidence["term"]), evidence["name"]
    opened = goal.extended({name: goal.sort(term)})
    proof.discharge(exchanged(opened, term, name), evidence["then"])


def rewrite(proof: Proof, goal: Goal, evidence: Evidence) -> None:
    """From s = t and H(t) |- C(t), conclude H(s) |- C(s)."""
    old, new = frozen(evidence["old"]), frozen(evidence["new"])
    if goal.sort(old) == "int" and goal.sort(new) == "real":
        raise Rejected("a real term cannot stand for an integer")
    proof.discharge(goal.proving(("=", old, new)), evidence["equal"])
    proof.discharge(exchanged(goal, old, new), evidence["then"])


def exchanged(goal: Goal, old: Term, new: Term) -> Goal:
    """The goal with `old` replaced by `new`, but not where a binder would capture a name."""
    touched = free_names(old) | free_names(new)

    def swap(tree: Term) -> Term:
        if tree == old and type(tree) is type(old):
            return new
        if not isinstance(tree, tuple) or not tree:
            return tree
        if any(touched & set(bound) for _, bound in children(tree)):
            return tree
        kept = 2 if tree[0] in ("coef", "dual", "entry", "apply", "slope", *QUANTIFIERS) else 1
        return tree[:kept] + tuple(swap(a) for a in tree[kept:])

    return Goal(goal.variables, tuple(map(swap, goal.hypotheses)), swap(goal.conclusion))
