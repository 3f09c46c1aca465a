"""What the paper has a sign for and a certificate spells out: σ̂′, and the tangent kernel Θ."""

from typing import NamedTuple

from certificates.terms import Term, free_names


class Slope(NamedTuple):
    """σ̂′(argument) = Σ_{u≥1} c_u u argument^(u-1), c the coefficients of σ̂."""

    sequence: str
    argument: Term


class Tangent(NamedTuple):
    """Θ^(depth)(argument): Θ^(0)(x) = x, Θ^(l)(x) = σ̂^(l)(x) + Θ^(l-1)(x) σ̂′(σ̂^(l-1)(x))."""

    sequence: str
    depth: Term
    argument: Term


def slope(term: Term) -> Slope | None:
    """The derivative of a dual activation that the series is, if it is one."""
    match term:
        case ("series", u, 1, ("*", ("coef", c, i), ("*", j, ("^", x, ("-", k, 1))))):
            if i == j == k == u and u not in free_names(x):
                return Slope(c, x)
    return None


def tangent(term: Term) -> Tangent | None:
    """The tangent kernel that the recursion is, if it is one."""
    match term:
        case (
            "fold",
            l,
            t,
            ("+", ("iter", x, ("dual", c, y), i, start), ("*", s, each)),
            1,
            depth,
            z,
        ):
            below = ("iter", x, ("dual", c, y), ("-", l, 1), start)
            plain = x == y and i == l and s == t and start == z
            if plain and slope(each) == Slope(c, below) and not free_names(z) & {l, t}:
                return Tangent(c, depth, z)
    return None
