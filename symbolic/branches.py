"""Formulas with |.|, max, min, sign or step, taken apart into intervals where they have none."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from .formula import Tree
from .growth import polynomial

MAXIMAL_PIECES = 64
"""Into how many intervals a formula is taken apart at most."""

JUMPING = frozenset({"sign", "step", "floor", "ceil"})
"""The functions that are not continuous."""

SWITCHING = frozenset({"abs", "max", "min"}) | JUMPING


@dataclass(frozen=True)
class Piece:
    """The formula on low < x < high (None: without end)."""

    low: Fraction | None
    high: Fraction | None
    tree: Tree


class _Split(Exception):
    def __init__(self, at: Fraction) -> None:
        self.at = at


def contains(tree: Tree, operators: frozenset[str]) -> bool:
    """Return whether one of the operators occurs in the tree."""
    if not isinstance(tree, tuple):
        return False
    return tree[0] in operators or any(contains(part, operators) for part in tree[1:])


def pieces(tree: Tree) -> list[Piece]:
    """Return the formula piece by piece, from left to right.

    A switch whose argument is a polynomial of degree 1 on a piece ends the piece at its root and is
    replaced by its branch; other switches stay where they are.
    """
    found: list[Piece] = []
    waiting: list[tuple[Fraction | None, Fraction | None]] = [(None, None)]
    while waiting:
        low, high = waiting.pop()
        try:
            found.append(Piece(low, high, _resolved(tree, low, high)))
        except _Split as split:
            waiting += [(split.at, high), (low, split.at)]
        if len(found) + len(waiting) > MAXIMAL_PIECES:
            raise ValueError(f"the formula has more than {MAXIMAL_PIECES} pieces")
    return found


def _resolved(tree: Tree, low: Fraction | None, high: Fraction | None) -> Tree:
    if not isinstance(tree, tuple):
        return tree
    operator = tree[0]
    parts = [_resolved(part, low, high) for part in tree[1:]]
    resolved = (operator, *parts)
    if operator not in SWITCHING or operator in ("floor", "ceil"):
        return resolved
    switch = ("-", *parts) if operator in ("max", "min") else parts[0]
    sign = _sign(switch, low, high)
    if sign is None:
        return resolved
    if operator == "abs":
        return parts[0] if sign >= 0 else ("-", parts[0])
    if operator == "sign":
        return sign
    if operator == "step":
        return "1/2" if sign == 0 else (1 + sign) // 2
    first = sign >= 0 if operator == "max" else sign <= 0
    return parts[0] if first else parts[1]


def _sign(tree: Tree, low: Fraction | None, high: Fraction | None) -> int | None:
    """Return the sign on the open interval, None if unknown; raises _Split at a root inside."""
    coefficients = polynomial(tree)
    if coefficients is None or max(coefficients, default=0) > 1:
        return None
    slope, constant = coefficients.get(1, Fraction(0)), coefficients.get(0, Fraction(0))
    if slope == 0:
        return (constant > 0) - (constant < 0)
    root = -constant / slope
    if (low is None or low < root) and (high is None or root < high):
        raise _Split(root)
    right = low is not None and root <= low
    return 1 if (slope > 0) == right else -1
