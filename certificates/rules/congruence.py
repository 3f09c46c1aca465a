"""Expectations of functions that are equal almost everywhere."""

from certificates.checker import Evidence, Goal, Proof, Rejected, frozen
from certificates.rules.tame import tame
from certificates.terms import Malformed, Term, substitute


def congruent(proof: Proof, goal: Goal, evidence: Evidence) -> None:
    """Add E[f] = E[g], for tame f and g that are equal where no variable is at an excluded value.

    Each of X and Y is N(0, 1), also for rho = 1 and -1, and takes a given value with probability 0.
    """
    old = frozen(evidence["term"])
    head: tuple[Term, ...]
    bound: tuple[str, ...]
    goal.sort(old)
    match old:
        case ("expect", x, f):
            head, bound, needed = ("expect",), (x,), []
        case ("expect2", rho, x, y, f):
            head, bound = ("expect2", rho), (x, y)
            needed = [goal.proving(("<=", ("abs", rho), 1))]
        case _:
            raise Rejected("an expectation is needed")
    proof.discharge_all(needed, evidence["range"])
    names, g, excluded = (frozen(evidence[k]) for k in ("names", "body", "excluded"))
    if not all(isinstance(v, tuple) and len(v) == len(bound) for v in (names, excluded)):
        raise Malformed("a name and a list of excluded values are needed for each variable")
    inner = goal.extended(dict.fromkeys(names, "real"))
    if len(set(names)) != len(names):
        raise Malformed("the names must differ")
    inner.sort(g)
    f = substitute(f, dict(zip(bound, names, strict=True)))
    if not (tame(f, names) and tame(g, names)):
        raise Rejected("an expectation of what is not tame on sight")
    off: list[Term] = []
    for name, values in zip(names, excluded, strict=True):
        for value in values:
            goal.sort(value)
            off.append(("!=", name, value))
    proof.discharge(inner.having(*off).proving(("=", f, g)), evidence["equal"])
    proof.discharge(goal.having(("=", old, (*head, *names, g))), evidence["then"])
