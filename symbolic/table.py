"""Functions of one variable as tables of polynomials for float64, with a proved error.

A `Grid` cuts an interval into pieces with float64 centres c; on each piece f(c + u) is a polynomial
in u with float64 coefficients.  Evaluation uses + - * on float64 and exact operations (comparisons,
rounding to an integer, reading exponent bits), so that IEEE 754 arithmetic alone is trusted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from flint import arb
from numpy.typing import NDArray

from .enclosure import working_precision

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

Taylor = Callable[[arb, int], list[arb]]
"""f as a map (x, n) -> balls around the first n Taylor coefficients of f at every point of x."""

ROUNDING = arb(2) ** -53
"""The largest relative error of one operation on float64, where it does not underflow."""

UNDERFLOW = arb(2) ** -1022
"""More than the absolute error of a product that underflows, flushed to zero or not."""

NEGLIGIBLE = arb(2) ** -57
"""A remainder that need not be bounded better."""

DEGREES = (5, 8, 11)
"""The degrees among which `sufficient_degree` chooses."""

SPLITS = 3
"""How often a piece is halved for the sake of a better bound."""

TABLE_BITS = 128
"""The working precision of the construction."""


class Grid(Protocol):
    """A partition of an interval into pieces, numbered from 0."""

    def pieces(self) -> list[tuple[arb, arb, float]]:
        """Return the ends and the centre of each piece."""

    def index(self, points: Floats) -> Indices:
        """Return the number of the piece of each point of the interval."""

    def __hash__(self) -> int:
        """Grids of equal pieces are equal."""


@dataclass(frozen=True)
class Uniform:
    """Pieces of width 2^(-bits) with the centres j 2^(-bits), first <= j <= last."""

    bits: int
    first: int
    last: int

    def pieces(self) -> list[tuple[arb, arb, float]]:
        """Return [c - w/2, c + w/2] and c for the width w.

        For a point v in it v - c is exact: c = 0, or |c| >= w and c/2 <= v <= 2c (Sterbenz).
        """
        width = arb(2) ** -self.bits
        return [
            (width * (j - arb(0.5)), width * (j + arb(0.5)), j * 2.0**-self.bits)
            for j in range(self.first, self.last + 1)
        ]

    def index(self, points: Floats) -> Indices:
        """Return the number of the nearest centre: scaling by 2^bits is exact, and so is `rint`."""
        scaled = np.rint(points * 2.0**self.bits).astype(np.int64)
        return scaled - self.first


@dataclass(frozen=True)
class Binades:
    """2^bits cells of equal width in each [2^e, 2^(e+1)), lowest <= e <= highest.

    The number of a cell is read off the leading bits of a point.  For e >= fine each cell is a
    piece; for e < fine, where a function that is smooth up to 0 changes less, 2^wide of them are.
    With `from_zero` there is the piece [0, 2^lowest) before them.
    """

    bits: int
    lowest: int
    highest: int
    from_zero: bool = False
    fine: int = -1074
    wide: int = 0

    def pieces(self) -> list[tuple[arb, arb, float]]:
        """Return the ends and centres; a point and its centre are within a factor 2 (Sterbenz)."""
        found = [(arb(0), arb(2) ** self.lowest, 0.0)] if self.from_zero else []
        for e in range(self.lowest, self.highest + 1):
            bits = self._bits(e)
            unit = arb(2) ** (e - bits)
            for j in range(1 << bits, 2 << bits):
                found.append((unit * j, unit * (j + 1), (j + 0.5) * 2.0 ** (e - bits)))
        return found

    def _bits(self, e: int) -> int:
        return self.bits if e >= self.fine else self.bits - self.wide

    @cached_property
    def _piece_of_cell(self) -> Indices:
        found: list[int] = [0] if self.from_zero else []
        for e in range(self.lowest, self.highest + 1):
            start = found[-1] + 1 if found else 0
            count = 1 << self.bits
            found += [start + (j >> (self.bits - self._bits(e))) for j in range(count)]
        return np.array(found, dtype=np.int64)

    def index(self, points: Floats) -> Indices:
        """Return the leading bits of the binary representation, counted from 2^lowest."""
        leading: Indices = points.view(np.int64) >> (52 - self.bits)
        leading -= ((1023 + self.lowest) << self.bits) - self.from_zero
        return self._piece_of_cell.take(leading, mode="clip")


@dataclass(frozen=True)
class Table:
    """Polynomials on the pieces of a grid; `coefficients[j][i]` is that of u^j on piece i.

    |evaluate(v) - f(v)| <= error for every v of the grid's interval, also where v stands for an
    exact argument that differs from it by a relative error of `argument_error` at most.
    """

    grid: Grid
    centres: Floats
    coefficients: Floats
    error: float

    def evaluate(self, points: Floats) -> Floats:
        """Return the values at the points, by Horner's rule."""
        return horner(self.centres, self.coefficients, self.grid.index(points), points)


def horner(centres: Floats, coefficients: Floats, index: Indices, points: Floats) -> Floats:
    """Return the polynomials with the given numbers at the points, in place as far as can be.

    Numbers of pieces are in range; `clip` only spares NumPy the check, which would cost the most.
    """
    u: Floats = centres.take(index, mode="clip")
    np.subtract(points, u, out=u)
    value: Floats = coefficients[-1].take(index, mode="clip")
    row = np.empty_like(value)
    for column in coefficients[-2::-1]:
        value *= u
        column.take(index, out=row, mode="clip")
        value += row
    return value


def table(function: Taylor, grid: Grid, degree: int, argument_error: arb | None = None) -> Table:
    """Return the table of a function on a grid, with polynomials of the given degree.

    With r the distance of the farthest point from c, three errors add up on a piece.
    1. Taylor's: f(c + u) = sum_{j<m} f_j u^j + g u^m with m = 2 (d+1) and g in the ball of the
       coefficient of order m at the whole piece (Lagrange).  Terms beyond u^d are left out and f_j
       is replaced by the float64 a_j: at most sum_{d<j<m} |f_j| r^j + |g| r^m + sum_{j<=d}
       |f_j - a_j| r^j.  (With m = d+1 the ball of g, which is too large, would count for more.)
    2. Rounding in Horner's rule: p_d = a_d, p_j = p_(j+1) u + a_j for exact u.  If the computed
       p_(j+1) is off by at most e_(j+1), and |p_j| <= b_j, then with eps = 2^-53 and underflow eta
           e_j = r e_(j+1) + (eps r (b_(j+1) + e_(j+1)) + eta)(1 + eps) + eps (b_j + r e_(j+1)),
       for the product is off by eps times itself and by eta, and the sum by eps times itself.
    3. The argument: a relative error of at most `argument_error` moves f by at most
       argument_error (1 + argument_error) |v| sup |f'| over the piece, widened by that error.
    Raises ValueError if the function is not finite on some piece.
    """
    off, order = arb(0) if argument_error is None else argument_error, 2 * (degree + 1)

    def piece(low: arb, high: arb, centre: arb, radius: arb) -> tuple[list[arb], arb]:
        ends = (low - 2 * off * abs(low), high + 2 * off * abs(high))
        slope, last = _largest(function, ends, order, NEGLIGIBLE / radius**order, SPLITS)
        error = last * radius**order + off * (1 + off) * abs(ends[0].union(ends[1])) * slope
        terms = function(centre, order)
        for j in range(degree + 1, order):
            error += abs(terms[j]) * radius**j
        return terms[: degree + 1], error

    return table_of_pieces(piece, grid)


Piece = Callable[[arb, arb, arb, arb], tuple[list[arb], arb]]
"""A function on a piece, from its ends, centre c and radius r: the balls f_0, ..., f_d and a bound
of |f(c + u) - sum_j f_j u^j| for |u| <= r."""


def table_of_pieces(piece: Piece, grid: Grid) -> Table:
    """Return the table of polynomials that are given piece by piece, their rounding bounded.

    Points 1 (but for the bound that `piece` gives) and 2 of `table` apply.  Raises ValueError as
    `table` does.
    """
    with working_precision(TABLE_BITS):
        centres, columns, errors = [], [], []
        for low, high, centre in grid.pieces():
            c = arb(centre)
            r = _reach(low, high, centre)
            exact, error = piece(low, high, c, r)
            if not all(a.is_finite() for a in (*exact, error)):
                raise ValueError(f"the function is not finite near {centre}")
            coefficients, bound = _rounded(exact, r, error)
            centres.append(centre)
            columns.append(coefficients)
            errors.append(bound)
        return Table(
            grid,
            np.array(centres),
            np.ascontiguousarray(np.array(columns).T),
            max(errors),
        )


def _rounded(exact: list[arb], r: arb, error: arb) -> tuple[list[float], float]:
    """Return float64 coefficients and the bound `error` with what their evaluation loses."""
    degree = len(exact) - 1
    rounded = [float(a.mid()) for a in exact]
    size, lost = arb(0), arb(0)
    for j in range(degree, -1, -1):
        a = arb(rounded[j])
        error += abs(exact[j] - a) * r**j
        smaller, size = size, size * r + abs(a)
        if j < degree:
            lost = (
                r * lost
                + (ROUNDING * r * (smaller + lost) + UNDERFLOW) * (1 + ROUNDING)
                + ROUNDING * (size + r * lost)
            )
    return rounded, float_above(error + lost)


def sufficient_degree(function: Taylor, grid: Grid) -> int:
    """Return the first of DEGREES beyond which the terms at the centres are negligible.

    Only every eighth piece is looked at, and only at its centre: this is a choice, not a bound.
    """
    with working_precision(TABLE_BITS):
        least = DEGREES[0]
        for low, high, centre in grid.pieces()[::8]:
            r = _reach(low, high, centre)
            terms = function(arb(centre), DEGREES[-1] + 2)
            while least < DEGREES[-1] and not all(
                abs(f) * r**j <= NEGLIGIBLE for j, f in enumerate(terms) if j > least
            ):
                least = DEGREES[DEGREES.index(least) + 1]
        return least


def _reach(low: arb, high: arb, centre: float) -> arb:
    """Return the distance of the farthest point of a piece from its centre."""
    return abs(high - centre).max(abs(low - centre)).upper()


def _largest(
    function: Taylor, ends: tuple[arb, arb], order: int, goal: arb, splits: int
) -> tuple[arb, arb]:
    """Return bounds of the Taylor coefficients of order 1 and of the given order on an interval.

    The interval is halved, at most `splits` times, where the ball of the latter exceeds the goal.
    """
    low, high = ends
    around = function(low.union(high), order + 1)
    slope, last = abs(around[1]).upper(), abs(around[order]).upper()
    if splits == 0 or last <= goal:
        return slope, last
    middle = (low + high) / 2
    left = _largest(function, (low, middle), order, goal, splits - 1)
    right = _largest(function, (middle, high), order, goal, splits - 1)
    return left[0].max(right[0]), left[1].max(right[1])


def float_above(value: arb) -> float:
    """Return a float64 that is at least the upper end of a ball."""
    return float(np.nextafter(float(value.upper()), np.inf))
