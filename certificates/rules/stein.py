"""Stein's identity in two Gaussian variables: a factor X is taken off by derivatives.

For piecewise smooth f and g with breaks b and d, jumps J and K, and -1 < rho < 1,

    E[X f(X) g(Y)] = E[f'(X) g(Y)] + rho E[f(X) g'(Y)] + sum_b J_b phi(b) E[g(Y) | X = b]
                     + rho sum_d K_d phi(d) E[f(X) | Y = d].

FORMAT.md has the proof.
"""

from certificates.checker import Evidence, Goal, Proof, Rejected, frozen
from certificates.rules.pieces import Pieces
from certificates.rules.price import density, factors, proved_pieces
from certificates.terms import Term, substitute


def stein(proof: Proof, goal: Goal, evidence: Evidence) -> None:
    """Add Stein's identity for E[X f(X) g(Y)], f and g tame and piecewise smooth; |rho| < 1."""
    term = frozen(evidence["term"])
    goal.sort(term)
    match term:
        case ("expect2", rho, x, y, ("*", factor, f, g)) if factor == x:
            pass
        case _:
            raise Rejected("an expectation of X f(X) g(Y) is needed")
    names, f, g = factors(goal, evidence["names"], (x, f), (y, g))
    proof.discharge(goal.proving(("<", ("abs", rho), 1)), evidence["range"])
    left = proved_pieces(proof, goal, names[0], f, evidence["left"])
    right = proved_pieces(proof, goal, names[1], g, evidence["right"])
    fact = ("=", term, stein_sum(goal, rho, (left, f), (right, g)))
    proof.discharge(goal.having(fact), evidence["then"])


def stein_sum(goal: Goal, rho: Term, left: tuple[Pieces, Term], right: tuple[Pieces, Term]) -> Term:
    """The right-hand side, parts that vanish on sight left out."""
    total: list[Term] = [0, 0]
    names = left[0].name, right[0].name
    slopes = left[0].slopes().term(goal), right[0].slopes().term(goal)
    if slopes[0] != 0:
        total.append(("expect2", rho, *names, ("*", slopes[0], right[1])))
    if slopes[1] != 0:
        total.append(("*", rho, ("expect2", rho, *names, ("*", left[1], slopes[1]))))
    root = ("sqrt", ("-", 1, ("*", rho, rho)))
    for one, other, weight in ((left, right, 1), (right, left, rho)):
        pieces, (opposite, function) = one[0], other
        for k, b in enumerate(pieces.breaks):
            jump = pieces.jump(k)
            if goal.normal.term(jump):
                moved = ("+", ("*", rho, b), ("*", root, opposite.name))
                mean = ("expect", opposite.name, substitute(function, {opposite.name: moved}))
                total.append(("*", weight, jump, density(goal, b), mean))
    return ("+", *total)
