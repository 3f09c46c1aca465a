"""Replacing terms: by a fresh variable (generalisation), or equals by equals."""

from certificates.checker import Evidence, Goal, Proof, Rejected, frozen
from certificates.terms import Term, children, free_names

QUANTIFIERS = ("forall", "exists")


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
