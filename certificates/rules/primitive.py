"""One Gaussian variable: E[f(X)] for a piecewise f, by a primitive of f times the density.

(P phi)' = (P' - x P) phi and (Phi(x + b))' = exp(-b x - b^2/2) phi(x).  So with P tame and smooth
on each piece, and constants c, b with

    P'(x) - x P(x) + sum c exp(-b x - b^2/2) = f(x)   strictly inside the piece,

the integral of f phi over it is the increment of P phi + sum c Phi(x + b), where P phi vanishes at
both infinities.  FORMAT.md has the proof.
"""

from typing import Any

from certificates.checker import Evidence, Goal, Proof, Rejected, frozen
from certificates.derivative import derivative
from certificates.rules.pieces import Pieces, inside, read_pieces
from certificates.rules.price import density
from certificates.rules.tame import tame
from certificates.terms import Malformed, Term, substitute

Tail = tuple[Term, Term]  # c and b


def primitive(proof: Proof, goal: Goal, evidence: Evidence) -> None:
    """Add E[f(X)] = the sum of the increments, for a tame f."""
    match term := frozen(evidence["term"]):
        case ("expect", x, body):
            goal.sort(term)
        case _:
            raise Rejected("an expectation of one variable is needed")
    name = evidence["name"]
    found, order = read_pieces(goal, name, evidence["primitives"])
    body = substitute(body, {x: name})
    if not tame(body, (name,)):
        raise Rejected("an expectation of what is not tame on sight")
    tails = frozen(evidence["tails"])
    if not isinstance(tails, tuple) or len(tails) != len(found.pieces):
        raise Malformed("a list of tails is needed for each piece")
    for c, b in (pair for piece in tails for pair in piece):
        goal.sort(c)
        goal.sort(b)
    proof.discharge_all(order, evidence["primitives"]["order"])
    proof.discharge_all(
        [
            inside(goal, found, k).proving(("=", integrand(goal, name, p, tails[k]), body))
            for k, p in enumerate(found.pieces)
        ],
        evidence["primitives"]["equal"],
    )
    fact = ("=", term, total(goal, found, tails))
    proof.discharge(goal.having(fact), evidence["then"])


def integrand(goal: Goal, name: str, primitive: Term, tails: tuple[Tail, ...]) -> Term:
    """P' - x P + sum c exp(-b x - b^2/2)."""
    slope, conditions = derivative(primitive, name)
    if conditions:
        raise Rejected("a primitive that is not smooth on sight")
    parts: list[Any] = [slope, ("-", ("*", name, primitive))]
    for c, b in tails:
        exponent = ("-", ("-", ("*", b, name)), ("/", ("*", b, b), 2))
        parts.append(("*", c, ("exp", exponent)) if goal.normal.term(b) else c)
    return ("+", *parts)


def total(goal: Goal, found: Pieces, tails: tuple[tuple[Tail, ...], ...]) -> Term:
    """The sum over the pieces of the increments of P phi + sum c Phi(x + b)."""
    parts: list[Term] = [0, 0]
    for k, piece in enumerate(found.pieces):
        if k < len(found.breaks):
            parts += _at(goal, found.name, piece, tails[k], found.breaks[k])
        else:
            parts += [c for c, _ in tails[k]]
        if k > 0:
            below = _at(goal, found.name, piece, tails[k], found.breaks[k - 1])
            parts.append(("-", ("+", 0, 0, *below)))
    return ("+", *parts)


def _at(goal: Goal, name: str, piece: Term, tails: tuple[Tail, ...], b: Term) -> list[Term]:
    parts: list[Term] = [("*", substitute(piece, {name: b}), density(goal, b))]
    return parts + [("*", c, distribution(goal, ("+", b, shift))) for c, shift in tails]


def distribution(goal: Goal, b: Term) -> Term:
    """Phi(b), the standard normal distribution function; 1/2 at 0."""
    return ("Phi", b) if goal.normal.term(b) else "1/2"
