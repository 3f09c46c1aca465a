"""The depth-L kernel matrix of a data set in float64, with a bound that holds for each entry."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property, lru_cache, partial
from itertools import pairwise
from typing import Any

import numpy as np
from flint import arb
from numpy.typing import NDArray

from proofs.dataset.activation import Dual
from proofs.dataset.correlations import NEAR, Floats, Points
from proofs.dataset.depth_kernel import TERMS, Layers, Walk
from proofs.dataset.eigenvalues import above
from proofs.dataset.kernel_cache import Tabulation, keep, kept, path_of
from proofs.dataset.taylor_model import Model, size
from symbolic.enclosure import working_precision
from symbolic.power_series import series_length
from symbolic.table import TABLE_BITS, Grid, Indices, Table, Uniform, table_of_pieces

TOP, TANGENT = "top", "ntk"
DEGREE = 10
NEGLIGIBLE = arb(2) ** -50  # of the value at correlation 1

RIGHT = 1.5  # more than sqrt(2), the t of correlation 0

TURN = 1.41  # less than sqrt(2)

Counts = NDArray[np.int64]
"""How many pairs lie in each piece, those of positive correlations first."""

CELL_BITS = 5
"""How many bits of the significand tell the pieces apart."""


@dataclass(frozen=True)
class ToRight:
    """[0, 2^lowest), then twelve pieces in each binade up to RIGHT, narrower in its lower half.

    There a Taylor model is wide for its distance from 0, and would leave out the most.
    """

    lowest: int

    def pieces(self) -> list[tuple[arb, arb, float]]:
        """Return the ends and the centre; a point and its centre are within a factor of 2."""
        borders = [0.0]
        for e in range(self.lowest, 1):
            borders += [2.0**e * (1 + k / 16) for k in (*range(8), *range(8, 16, 2))]
        borders = [b for b in borders if b < RIGHT] + [RIGHT]
        centres = [0.0] + [(a + b) / 2 for a, b in pairwise(borders[1:])]
        return [(arb(a), arb(b), c) for (a, b), c in zip(pairwise(borders), centres, strict=True)]

    def index(self, points: Floats) -> Indices:
        """Return the number of the piece of each point."""
        borders = np.array([float(low) for low, _, _ in self.pieces()])
        return np.searchsorted(borders, points, side="right") - 1


@dataclass(frozen=True)
class DepthKernel:
    """A kernel in t: tables for positive and negative correlations, errors and Lipschitz bounds.

    On each piece |table - k| <= error and |k'| <= its slope; `slopes` has those of each side.
    `diagonal` encloses the value at correlation 1.  Beside a jump the error is bounded from `start`
    on; before it the table is 1.
    """

    kind: str
    depth: int
    positive: Table
    negative: Table | None
    parity: int
    diagonal: arb
    error: float
    slopes: tuple[Floats, ...]
    start: float = 0.0

    def entry_errors(self, points: Points) -> Floats:
        """Bounds for |computed - exact| of an entry off the diagonal whose t lies in each piece.

        The t at hand is off by `near_error` below NEAR, else by the greater of the two bounds: up
        to `reach` between it and the exact one the slope is that of some piece on the way, which
        leads to the other side where the correlation may be 0, at t = sqrt(2).  Twice the reach
        leaves room for the rounding of sums, near_error being at least 2^-50.
        """
        ends = [(float(a), float(b)) for side in self.sides for a, b, _ in side.grid.pieces()]
        low, high = np.array(ends).T
        number = np.repeat(np.arange(len(self.sides)), [len(s.centres) for s in self.sides])
        slopes = np.concatenate(self.slopes)
        reach = np.where(high <= NEAR, points.near_error, max(points.near_error, points.far_error))
        until, since = high + 2 * reach, low - 2 * reach
        around = (number[:, None] == number) & (low <= until[:, None]) & (high >= since[:, None])
        around |= (until[:, None] >= TURN) & (until >= TURN)
        steepest = np.max(np.where(around, slopes, 0.0), axis=1)
        errors = np.array([
            above(arb(self.error) + arb(slope) * arb(off))
            for slope, off in zip(steepest.tolist(), reach.tolist(), strict=True)
        ])  # fmt: skip
        if self.start:
            np.minimum(errors, self._beside_a_jump(float(np.max(reach))), out=errors)
        return errors

    def _beside_a_jump(self, off: float) -> float:
        """A bound of |table(t) - k(t')| for all t and t' with |t - t'| <= off.

        k falls from 1 as t grows to sqrt(2), for rho_L has coefficients >= 0 in rho.  For a border
        b of the pieces with c = b + off <= 1: if t or t' is below b, both are below c, and k(t')
        and table(t), but for its error, lie between k(c) and 1, where k(c) >= k(b) - slope off.
        If neither is, the slopes from b on count.  The best of the borders is taken.
        """
        found = arb(2)
        lows = np.array([float(low) for low, _, _ in self.positive.grid.pieces()])
        borders = lows[1:][lows[1:] + off < 0.875]
        for b, value in zip(borders, self.values(borders, np.ones_like(borders)), strict=True):
            slopes = [self.slopes[0][lows >= b], *self.slopes[1:]]
            moved = arb(float(np.max(np.concatenate(slopes)))) * off
            error = arb(self.error) + moved
            found = found.min(error.max(1 - arb(float(value)) + arb(self.error) + error))
        return above(found)

    def entry_error(self, points: Points, counts: Counts | None = None) -> float:
        """The greatest of them, over the pieces that hold a pair if their counts are given."""
        errors = self.entry_errors(points)
        return float(np.max(errors if counts is None else errors[counts > 0], initial=0.0))

    def matrix_error(self, points: Points, counts: Counts) -> float:
        """A bound for ||A - K||_2 <= ||A - K||_F, where `counts` of the pairs lie in each piece.

        The diagonal of A is the midpoint of `diagonal`, rounded.
        """
        errors = self.entry_errors(points)
        off = abs(self.diagonal - float(self.diagonal.mid()))
        total = len(points.units) * off**2
        for number in np.flatnonzero(counts):
            total += 2 * int(counts[number]) * arb(float(errors[number])) ** 2
        return above(total.sqrt())

    def values(self, t: Floats, sign: Floats) -> Floats:
        """The kernel at the correlations sign (1 - t^2/2), t <= RIGHT."""
        return evaluated([self], t, sign)[0][0]

    def __getstate__(self) -> dict[str, Any]:
        """The fields, the ball by its exact midpoint and radius, as workers take them."""
        own = {f.name: getattr(self, f.name) for f in fields(self)}
        parts = self.diagonal.mid(), self.diagonal.rad()
        return {**own, "diagonal": [part.man_exp() for part in parts]}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """The inverse."""
        middle, radius = map(arb, state["diagonal"])
        self.__dict__.update(state, diagonal=arb(middle, radius))

    @cached_property
    def centres(self) -> Floats:
        """The centres of the pieces for positive correlations, then of those for negative ones."""
        return np.concatenate([side.centres for side in self.sides])

    @cached_property
    def polynomials(self) -> list[list[float]]:
        """The coefficients on each piece, that of the highest power first."""
        columns = np.concatenate([side.coefficients for side in self.sides], axis=1)
        return [trimmed(list(map(float, column))) for column in columns[::-1].T]

    @property
    def sides(self) -> list[Table]:
        """The tables for positive and, where they are their own, for negative correlations."""
        return [self.positive] if self.negative is None else [self.positive, self.negative]

    @cached_property
    def piece_of_cell(self) -> NDArray[np.uint16]:
        """The number of the piece for each leading part of a signed t, negative ones at the end.

        A cell is the float64 of equal sign, exponent and CELL_BITS leading bits; the pieces'
        borders are borders of cells, or ValueError is raised.  Numbers are small, so that sorting
        is linear.
        """
        half = np.int64(1) << (11 + CELL_BITS)
        cells = np.arange(half, dtype=np.int64) << (52 - CELL_BITS)
        low, next_low = cells.view(np.float64), (cells + (1 << (52 - CELL_BITS))).view(np.float64)
        found, before = [], 0
        for side in self.sides:
            ends = [(max(float(a), 0.0), float(b)) for a, b, _ in side.grid.pieces()]
            lows, highs = (np.array(list(e)) for e in zip(*ends, strict=True))
            piece = np.searchsorted(lows, low, side="right") - 1
            inside = low < RIGHT
            if not np.all((lows[piece] <= low)[inside] & (next_low <= highs[piece])[inside]):
                raise ValueError("the borders of the pieces are not borders of cells")
            found.append((piece + before).astype(np.uint16))
            before += len(ends)
        return np.concatenate([found[0], found[-1]])

    def piece(self, t: Floats, sign: Floats) -> NDArray[np.uint16]:
        """The number of the piece of each point, read off its leading bits."""
        cell = np.copysign(t, sign).view(np.int64)
        cell >>= 52 - CELL_BITS
        return self.piece_of_cell.take(cell)  # NumPy counts negative numbers from the end


def evaluated(
    kernels: Sequence[DepthKernel], t: Floats, sign: Floats
) -> tuple[list[Floats], Counts]:
    """The kernels at the correlations sign (1 - t^2/2), and how many lie in each piece.

    The kernels share their pieces.  The points are brought into the order of them, so that
    Horner's rule has one coefficient for all points of a piece: the operations, hence the bounds of
    their errors, are those of `Table.evaluate`.
    """
    first = kernels[0]
    flat = t.ravel()
    piece = first.piece(flat, sign.ravel())
    order = np.argsort(piece, kind="stable")
    counts = np.bincount(piece, minlength=len(first.centres))
    ends = np.cumsum(counts).tolist()
    u = flat.take(order, mode="clip")
    values = [np.empty_like(u) for _ in kernels]
    start = 0
    for number, end in enumerate(ends):
        if end > start:
            run = u[start:end]
            run -= first.centres[number]
            for kernel, value in zip(kernels, values, strict=True):
                horner_run(kernel.polynomials[number], run, value[start:end])
            start = end
    found = []
    for kernel, value in zip(kernels, values, strict=True):
        result = np.empty_like(t)
        result.ravel()[order] = value
        if kernel.parity == -1:
            result *= sign
        found.append(result)
    return found, counts


def trimmed(polynomial: list[float]) -> list[float]:
    """The coefficients without leading zeros, two at least."""
    first = next((j for j, a in enumerate(polynomial) if a), len(polynomial))
    return polynomial[min(first, len(polynomial) - 2) :]


def horner_run(polynomial: list[float], u: Floats, value: Floats) -> None:
    """Write a polynomial, given from its highest power down, at the points u into `value`."""
    leading, following, *rest = polynomial
    np.multiply(u, leading, out=value)
    value += following
    for coefficient in rest:
        value *= u
        value += coefficient


def lowest_binade(dual: Dual, depth: int) -> int:
    """The exponent below which the kernel is one polynomial in t: its scale is D(1)^(-L/2).

    The piece around 0 and its image lie well within the first of `CELLS`.
    """
    if dual.slope is None:
        return -52
    scale = float(dual.slope.mid()) ** (-depth / 2)
    return min(max(int(np.floor(np.log2(scale))) - 5, -60), -6)


@lru_cache(maxsize=2)
def layers_of(dual: Dual) -> Layers:
    """The layers, with what is known of them."""
    return Layers(dual)


@lru_cache(maxsize=4)
def walk_of(dual: Dual, side: int, grid: Grid, tangent: bool) -> Walk:
    """The kernels on the pieces of a grid, with the depth that each has come to."""
    return Walk(layers_of(dual), side, tangent)


@dataclass
class Tabulated:
    """One kernel on one side, piece by piece as its table asks for them, with their slopes."""

    models: Callable[[arb, arb], tuple[Model, Model]]
    which: int
    negligible: arb
    jumps: bool = False
    slopes: list[float] = field(default_factory=list)

    def __call__(self, low: arb, high: arb, centre: arb, radius: arb) -> tuple[list[arb], arb]:
        """Return the polynomial on a piece and what it leaves out.

        Its degree is the least that leaves out a negligible amount, or DEGREE; zeros fill it up.
        Beside a jump, up to the first border, 1 stands for the kernel and nothing is bounded.
        """
        if self.jumps and low == 0:
            self.slopes.append(float(np.finfo(np.float64).max))
            return [arb(1)] + [arb(0)] * DEGREE, arb(0)
        with series_length(TERMS):
            model = self.models(centre, radius)[self.which]
            terms = model.terms
            beyond = [model.value([arb(0)] * d + size(terms[d:])) for d in range(2, DEGREE + 2)]
            enough = (d for d, left in enumerate(beyond, start=2) if left < self.negligible)
            kept = next(enough, DEGREE + 1)
            self.slopes.append(above(model.slope))
            rest = beyond[kept - 2] + model.rest
            return terms[:kept] + [arb(0)] * (DEGREE + 1 - kept), rest


def depth_kernels(
    dual: Dual, depth: int, tangent: bool, deepest: int = 0
) -> dict[str, DepthKernel]:
    """The kernels of depth L, TOP and, if asked for, TANGENT.

    Of several depths, taken in order, the greatest is given as `deepest`: its pieces serve for all.
    Raises ValueError for the tangent kernel of an activation that jumps (D(1) is infinite, it does
    not exist), for one that jumps and has no closed form, and for one whose dual is not known
    narrowly enough as a power series in t up to correlation 1.

    The recursion runs with `along` in place of sigma-hat; the errors e_h of the correlations and
    E_h of the tangent kernel that this makes obey e_(h+1) <= left_out + D(1) e_h and E_(h+1) <=
    e_(h+1) + D(1) E_h + |Theta_h| (slope_left_out + curvature e_h), |Theta_h| <= sum_(j<=h) D(1)^j.
    """
    if dual.slope is None and tangent:
        raise ValueError(
            f"{dual.name} jumps: D(1) is infinite, so that its neural tangent kernel does not exist"
        )
    slope = arb(0) if dual.slope is None else dual.slope  # a closed form leaves nothing out
    with working_precision(TABLE_BITS):
        correlation_error, tangent_error, theta = arb(0), arb(0), arb(1)
        for h in range(depth):
            before = correlation_error
            correlation_error = dual.left_out + slope * correlation_error
            tangent_error = correlation_error + slope * tangent_error
            tangent_error += theta * (dual.slope_left_out + dual.curvature * before)
            theta += slope ** (h + 1)
        values = {TOP: arb(1), TANGENT: theta}
        left_out = {TOP: correlation_error, TANGENT: tangent_error}
        return {
            kind: DepthKernel(
                kind, depth, found.tables[0], found.tables[1] if len(found.tables) > 1 else None,
                dual.parity, values[kind],
                above(arb(max(t.error for t in found.tables)) + left_out[kind]),
                found.slopes, 2.0 ** lowest_binade(dual, depth) if dual.jumps else 0.0,
            )
            for kind, found in _tabulated(
                dual, depth, tangent, values, sides_of(dual, max(depth, deepest))
            ).items()
        }  # fmt: skip


def _tabulated(
    dual: Dual, depth: int, tangent: bool, values: dict[str, arb], sides: Sides
) -> dict[str, Tabulation]:
    """The tables of the kernels, from the cache where they are at hand."""
    kinds = (TOP, TANGENT)[: 1 + tangent]
    path = path_of(f"{dual.statement} depth {depth} {kinds} {sides}")
    found = kept(path, [grid for _, grid in sides], kinds)
    if found is None:
        try:
            found = built_tables(dual, depth, sides, {kind: values[kind] for kind in kinds})
        except (ValueError, ArithmeticError) as error:
            raise ValueError(
                f"the kernels of {dual.name} at depth {depth} are not enclosed here: its dual has "
                f"no power series in sqrt(1 - rho) that is known and narrow enough ({error})"
            ) from None
        keep(path, found)
    return found


Sides = list[tuple[int, Grid]]
"""The signs of the correlations that have tables of their own, with their pieces."""


def sides_of(dual: Dual, depth: int) -> Sides:
    """The sides of a kernel: one where the dual is even or odd."""
    sides: Sides = [(1, ToRight(lowest_binade(dual, depth)))]
    if not dual.parity:
        sides.append((-1, Uniform(bits=4, first=0, last=24)))
    return sides


def built_tables(
    dual: Dual, depth: int, sides: Sides, values: dict[str, arb]
) -> dict[str, Tabulation]:
    """The tables of the kernels with these values at correlation 1, made anew."""
    made: dict[str, list[tuple[Table, Tabulated]]] = {kind: [] for kind in values}
    for side, grid in sides:
        models = partial(walk_of(dual, side, grid, TANGENT in values), depth)
        for which, kind in enumerate(values):
            jumps = dual.jumps and side == 1
            pieces = Tabulated(models, which, NEGLIGIBLE * values[kind], jumps)
            made[kind].append((table_of_pieces(pieces, grid), pieces))
    return {
        kind: Tabulation(
            tuple(table for table, _ in found),
            tuple(np.array(pieces.slopes) for _, pieces in found),
        )
        for kind, found in made.items()
    }
