"""Piecewise smooth functions of one variable: breaks, pieces, the derivative and its jumps."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from certificates.checker import Goal, Rejected, frozen, keys
from certificates.derivative import derivative
from certificates.rules.tame import smooth, tame
from certificates.terms import Malformed, Term, substitute


@dataclass(frozen=True)
class Pieces:
    """A function that is pieces[k] strictly between the breaks k and k + 1, smooth and tame."""

    name: str
    breaks: tuple[Term, ...]
    pieces: tuple[Term, ...]

    def slopes(self) -> "Pieces":
        """The derivative off the breaks; tame, else Rejected."""
        found = [derivative(p, self.name) for p in self.pieces]
        if any(conditions or not tame(p, (self.name,)) for p, conditions in found):
            raise Rejected("a derivative that is not tame on sight")
        return Pieces(self.name, self.breaks, tuple(p for p, _ in found))

    def jump(self, k: int) -> Term:
        """The limit from above minus that from below, at break k."""
        at = {self.name: self.breaks[k]}
        return ("-", substitute(self.pieces[k + 1], at), substitute(self.pieces[k], at))

    def term(self, goal: Goal) -> Term:
        """The function as nested case distinctions, 0 where all pieces vanish."""
        if all(not goal.normal.term(p) for p in self.pieces):
            return 0
        result = self.pieces[-1]
        for at, piece in zip(self.breaks[::-1], self.pieces[-2::-1], strict=True):
            result = ("ite", ("<", self.name, at), piece, result)
        return result


def read_pieces(goal: Goal, name: str, evidence: Any) -> tuple[Pieces, list[Goal]]:
    """The pieces that evidence names, in the goal's variables and a fresh one; goals: the order."""
    keys(evidence, "breaks pieces order equal")
    breaks, pieces = frozen(evidence["breaks"]), frozen(evidence["pieces"])
    if not isinstance(breaks, tuple) or not isinstance(pieces, tuple):
        raise Malformed("breaks and pieces are lists")
    if len(pieces) != len(breaks) + 1:
        raise Malformed("one piece more than breaks is needed")
    inner = goal.extended({name: "real"})
    for b in breaks:
        goal.sort(b)
    for p in pieces:
        inner.sort(p)
        if not (smooth(p, name) and tame(p, (name,))):
            raise Rejected("a piece that is not smooth and tame on sight")
    order = [goal.proving(("<", a, b)) for a, b in pairwise(breaks)]
    return Pieces(name, breaks, pieces), order


def inside(goal: Goal, found: Pieces, k: int) -> Goal:
    """The goal for `name` strictly inside piece k."""
    inner = goal.extended({found.name: "real"})
    if k > 0:
        inner = inner.having(("<", found.breaks[k - 1], found.name))
    if k < len(found.breaks):
        inner = inner.having(("<", found.name, found.breaks[k]))
    return inner
