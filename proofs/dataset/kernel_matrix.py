"""The depth-L kernel matrix of a data set in float64, with a bound that holds for each entry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from flint import arb

from proofs.dataset.activation import Dual
from proofs.dataset.correlations import BLOCK, NEAR, Floats, Points, distances
from proofs.dataset.depth_kernel import TERMS, Layers, kernel_models
from proofs.dataset.eigenvalues import above
from proofs.dataset.taylor_model import Model, size
from symbolic.closed_series import series_length
from symbolic.enclosure import working_precision
from symbolic.table import TABLE_BITS, Binades, Grid, Table, Uniform, table_of_pieces

TOP, TANGENT = "top", "ntk"
DEGREE = 10

RIGHT = 1.5  # more than sqrt(2), the t of correlation 0


@dataclass(frozen=True)
class UpToRight(Binades):
    """The binades' pieces that begin below RIGHT."""

    def pieces(self) -> list[tuple[arb, arb, float]]:
        """Return the ends and the centre of each piece."""
        return [p for p in super().pieces() if p[0] < RIGHT]


@dataclass(frozen=True)
class DepthKernel:
    """A kernel in t: tables for positive and negative correlations, errors and Lipschitz bounds.

    |table(t') - k(t)| <= error + steepness |t' - t|, `steepness_far` in place of it for t, t' >=
    NEAR/2; `diagonal` encloses the value at correlation 1.
    """

    kind: str
    depth: int
    positive: Table
    negative: Table | None
    parity: int
    diagonal: arb
    error: float
    steepness: float
    steepness_far: float

    def entry_error(self, points: Points) -> float:
        """A bound for |computed - exact| that holds for each entry off the diagonal."""
        near = arb(self.steepness) * arb(points.near_error)
        far = arb(self.steepness_far) * arb(points.far_error)
        return above(arb(self.error) + near.max(far))

    def values(self, t: Floats, sign: Floats) -> Floats:
        """The kernel at the correlations sign (1 - t^2/2)."""
        flat = np.minimum(t, np.nextafter(RIGHT, 0)).ravel()
        if self.parity or self.negative is None:
            value = self.positive.evaluate(flat).reshape(t.shape)
            return value if self.parity == 1 else value * sign
        result = np.empty_like(flat)
        below = (sign < 0).ravel()
        result[below] = self.negative.evaluate(flat[below])
        result[~below] = self.positive.evaluate(flat[~below])
        return result.reshape(t.shape)

    def matrix(self, points: Points) -> Floats:
        """The kernel matrix, exactly symmetric, its diagonal rounded."""
        n = len(points.units)
        result = np.empty((n, n))
        for i in range(0, n, BLOCK):
            rows = slice(i, min(i + BLOCK, n))
            for j in range(i, n, BLOCK):
                columns = slice(j, min(j + BLOCK, n))
                block = self.values(*distances(points, rows, columns))
                result[rows, columns] = block
                if j > i:
                    result[columns, rows] = block.T
                else:
                    lower = np.tril_indices(len(block), -1)
                    result[rows, columns][lower] = block.T[lower]
        np.fill_diagonal(result, float(self.diagonal.mid()))
        return result


def lowest_binade(dual: Dual, depth: int) -> int:
    """The exponent below which the kernel is one polynomial in t: its scale is D(1)^(-L/2)."""
    if dual.slope is None:
        return -26
    scale = float(dual.slope.mid()) ** (-depth / 2)
    return max(int(np.floor(np.log2(scale))) - 5, -60)


class Remembered:
    """The models of both kernels at a piece, kept so that each is computed once for the two."""

    def __init__(self, layers: Layers, depth: int, side: int, tangent: bool) -> None:
        self._arguments = layers, depth, side
        self._tangent = tangent
        self._kept: dict[float, tuple[Model, Model]] = {}

    def __call__(self, centre: arb, radius: arb) -> tuple[Model, Model]:
        """Return the models around an exact centre, which has one radius."""
        key = float(centre)
        if key not in self._kept:
            self._kept[key] = kernel_models(*self._arguments, centre, radius, self._tangent)
        return self._kept[key]


@dataclass
class Tabulated:
    """One kernel on one side, piece by piece as its table asks for them, with its steepness."""

    models: Callable[[arb, arb], tuple[Model, Model]]
    which: int
    anywhere: arb = field(default_factory=lambda: arb(0))
    far: arb = field(default_factory=lambda: arb(0))

    def __call__(self, low: arb, high: arb, centre: arb, radius: arb) -> tuple[list[arb], arb]:
        """Return the polynomial on a piece and what it leaves out."""
        with series_length(TERMS):
            model = self.models(centre, radius)[self.which]
            terms = model.terms
            beyond = model.value([arb(0)] * (DEGREE + 1) + size(terms[DEGREE + 1 :]))
            self.anywhere = self.anywhere.max(model.slope)
            if not high < NEAR / 2:
                self.far = self.far.max(model.slope)
            return terms[: DEGREE + 1], beyond + model.rest


def depth_kernels(dual: Dual, depth: int, tangent: bool) -> dict[str, DepthKernel]:
    """The kernels of depth L, TOP and, if asked for, TANGENT.

    Raises ValueError for an activation that jumps: D(1) is infinite, the tangent kernel does not
    exist, and the top-layer kernel is too steep at correlation 1 to be tabulated.

    The recursion runs with `along` in place of sigma-hat; the errors e_h of the correlations and
    E_h of the tangent kernel that this makes obey e_(h+1) <= left_out + D(1) e_h and E_(h+1) <=
    e_(h+1) + D(1) E_h + |Theta_h| (slope_left_out + curvature e_h), |Theta_h| <= sum_(j<=h) D(1)^j.
    """
    if dual.slope is None:
        raise ValueError(
            f"{dual.name} jumps: D(1) is infinite, so that its tangent kernel does not exist, and "
            "its kernels are too steep at correlation 1 to be tabulated"
        )
    with working_precision(TABLE_BITS):
        correlation_error, tangent_error, theta = arb(0), arb(0), arb(1)
        for h in range(depth):
            before = correlation_error
            correlation_error = dual.left_out + dual.slope * correlation_error
            tangent_error = correlation_error + dual.slope * tangent_error
            tangent_error += theta * (dual.slope_left_out + dual.curvature * before)
            theta += dual.slope ** (h + 1)
        layers = Layers(dual)
        sides: list[tuple[int, Grid]] = [
            (1, UpToRight(bits=3, lowest=lowest_binade(dual, depth), highest=0, from_zero=True))
        ]
        if not dual.parity:
            sides.append((-1, Uniform(bits=4, first=0, last=24)))
        found: dict[str, tuple[list[Table], arb, arb]] = {}
        for side, grid in sides:
            models = Remembered(layers, depth, side, tangent)
            for which, kind in enumerate((TOP, TANGENT)[: 1 + tangent]):
                pieces = Tabulated(models, which)
                tables, anywhere, far = found.get(kind, ([], arb(0), arb(0)))
                tables.append(table_of_pieces(pieces, grid))
                found[kind] = tables, anywhere.max(pieces.anywhere), far.max(pieces.far)
        left_out = {TOP: correlation_error, TANGENT: tangent_error}
        return {
            kind: DepthKernel(
                kind, depth, tables[0], tables[1] if len(tables) > 1 else None, dual.parity,
                theta if kind == TANGENT else arb(1),
                above(arb(max(t.error for t in tables)) + left_out[kind]),
                above(anywhere), above(far),
            )
            for kind, (tables, anywhere, far) in found.items()
        }  # fmt: skip
