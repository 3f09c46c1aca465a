"""Classical reasoning: case distinction, cut, use of a lemma, structure of the goal."""

from certificates.checker import Evidence, Goal, Proof, Rejected, frozen
from certificates.rules.quantifiers import instance
from certificates.terms import (
    conjuncts,
    negation,
    substitute,
)


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


def assumption(proof: Proof, goal: Goal, evidence: Evidence) -> None:
    """The goal is one of the hypotheses, or true, up to normal form."""
    if not goal.knows(goal.conclusion):
        raise Rejected("the goal is not among the hypotheses")
