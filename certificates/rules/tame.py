"""Tame and smooth functions of Gaussian variables: what is integrable, and what is C^infinity.

A function t of one or two real variables is *tame* when it is Borel and |t| <= A exp(B|x| + B|y|)
for some A, B that depend on the other variables.  Sums, products and powers of tame functions are
tame, and E|t(X, Y)| is finite for jointly Gaussian X, Y, as E exp(2B|X|) is.
"""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from certificates.checker import Goal, Rejected, frozen, keys
from certificates.derivative import derivative
from certificates.rules.gaussian import HIGHEST
from certificates.terms import (
    COMPARISONS,
    Formula,
    Malformed,
    Term,
    free_names,
    number,
    size,
    substitute,
)
from certificates.work import spend

BOUNDED = ("sin", "cos", "atan", "erf", "Phi")
SMOOTH = ("exp", "sin", "cos", "erf", "Phi")


def tame(term: Term, names: Collection[str]) -> bool:
    """Whether a term is a tame function of `names` on sight, by its parts."""
    spend(size(term))
    if not free_names(term) & set(names) or isinstance(term, str):
        return True
    op, args = term[0], term[1:]
    if op in ("+", "-", "*", "max", "min", "abs", *BOUNDED):
        return all(tame(a, names) for a in args)
    if op == "/":
        return tame(args[0], names) and not free_names(args[1]) & set(names)
    if op == "^":
        return _small(args[1]) and tame(args[0], names)
    if op == "ite":
        return _borel(args[0], names) and all(tame(a, names) for a in args[1:])
    return bool(op == "exp" and tame(args[0], names) and _below(args[0], 1, names))


def smooth(term: Term, name: str) -> bool:
    """Whether a term is an infinitely differentiable function of `name` on sight."""
    spend(size(term))
    if name not in free_names(term) or term == name:
        return True
    op, args = term[0], term[1:]
    if op in ("+", "-", "*", *SMOOTH):
        return all(smooth(a, name) for a in args)
    if op == "/":
        return smooth(args[0], name) and name not in free_names(args[1])
    return bool(op == "^" and _small(args[1]) and smooth(args[0], name))


def _small(exponent: Term) -> bool:
    return isinstance(exponent, int) and 0 <= exponent <= HIGHEST


def _borel(formula: Formula, names: Collection[str]) -> bool:
    """Whether a condition combines comparisons of tame terms, so that it holds on a Borel set."""
    op, args = formula[0], formula[1:]
    if op in COMPARISONS:
        return all(tame(a, names) for a in args)
    return op in ("and", "or", "not", "implies") and all(_borel(a, names) for a in args)


def _below(term: Term, sign: int, names: Collection[str]) -> bool:
    """Whether sign * term <= A + B|x| + B|y| for some A, B, on sight."""
    spend(size(term))
    if not free_names(term) & set(names) or isinstance(term, str):
        return True
    op, args = term[0], term[1:]
    if op == "+" or (op == "-" and len(args) == 1):
        return all(_below(a, sign if op == "+" else -sign, names) for a in args)
    if op == "-":
        return _below(args[0], sign, names) and _below(args[1], -sign, names)
    if op == "^" and _small(args[1]) and args[1] > 0 and args[1] % 2 == 0:
        return sign < 0
    if op == "*" or (op == "/" and not free_names(args[1]) & set(names)):
        return _multiple(op, args, sign, names)
    return False


def _multiple(op: str, args: tuple[Term, ...], sign: int, names: Collection[str]) -> bool:
    """`_below` for a constant times, or a quotient by one, of a function or a square t * t.

    The sign of the constant counts when it is a product of numerals (1/0 has none).
    """
    parts = [a for a in args if free_names(a) & set(names)]
    constants = [number(a) for a in args if not free_names(a) & set(names)]
    known = None not in constants and not (op == "/" and constants == [0])
    negative = sum(1 for c in constants if c is not None and c < 0) % 2 == 1
    signs = [-sign if negative else sign] if known else [-1, 1]
    if len(parts) == 2 and parts[0] == parts[1]:
        return signs == [-1]
    return len(parts) == 1 and all(_below(parts[0], s, names) for s in signs)


# Piecewise smooth functions -----------------------------------------------------------------------


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
