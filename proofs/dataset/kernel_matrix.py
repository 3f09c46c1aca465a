"""The depth-L kernel matrix of a data set in float64, with a bound that holds for each entry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from flint import arb

from proofs.dataset.activation import Dual
from proofs.dataset.correlations import NEAR, Floats, Points, distances
from proofs.dataset.depth_kernel import expansion
from proofs.dataset.eigenvalues import above
from symbolic.enclosure import working_precision
from symbolic.table import Binades, Table, Uniform, table

TOP, TANGENT = "top", "ntk"
DEGREE = 8
BLOCK = 512
BITS = 160
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


class Steepness:
    """Remembers how large the first coefficient was over the pieces of a table."""

    def __init__(self, function: Callable[[arb, int], list[arb]]) -> None:
        self._function = function
        self.anywhere = arb(0)
        self.far = arb(0)

    def __call__(self, t: arb, length: int) -> list[arb]:
        """Return the function's coefficients."""
        found = self._function(t, length)
        if t.rad() > 0:
            slope = abs(found[1]).upper()
            self.anywhere = self.anywhere.max(slope)
            if not t.upper() < NEAR / 2:
                self.far = self.far.max(slope)
        return found


def lowest_binade(dual: Dual, depth: int) -> int:
    """The exponent below which the kernel is one polynomial in t: its scale is D(1)^(-L/2)."""
    if dual.slope is None:
        return -26
    scale = float(dual.slope.mid()) ** (-depth / 2)
    return max(int(np.floor(np.log2(scale))) - 5, -60)


def depth_kernel(dual: Dual, depth: int, kind: str) -> DepthKernel:
    """The kernel of depth L.  Raises ValueError where it does not exist (the tangent kernel of an
    activation that jumps, D(1) being infinite) or an expansion is not finite.

    The recursion runs with `along` in place of sigma-hat; the errors e_h of the correlations and
    E_h of the tangent kernel that this makes obey e_(h+1) <= left_out + D(1) e_h and E_(h+1) <=
    e_(h+1) + D(1) E_h + |Theta_h| (slope_left_out + curvature e_h), |Theta_h| <= sum_(j<=h) D(1)^j.
    """
    if kind == TANGENT and dual.slope is None:
        raise ValueError(f"{dual.name} jumps: its tangent kernel does not exist (D(1) is infinite)")
    if dual.jumps:
        raise ValueError(f"{dual.name} jumps: its kernels are not smooth enough to be tabulated")
    with working_precision(BITS):
        slope = dual.slope if dual.slope is not None else arb(1)
        correlation_error, tangent_error, theta = arb(0), arb(0), arb(1)
        for h in range(depth):
            before = correlation_error
            correlation_error = dual.left_out + slope * correlation_error
            tangent_error = correlation_error + slope * tangent_error
            tangent_error += theta * (dual.slope_left_out + dual.curvature * before)
            theta += slope ** (h + 1)
        ends = theta if kind == TANGENT else arb(1)
    taylor = Steepness(expansion(dual, depth, 1, kind == TANGENT))
    grid = UpToRight(bits=5, lowest=lowest_binade(dual, depth), highest=0, from_zero=True)
    positive = table(taylor, grid, DEGREE)
    negative, steepness, far, error = None, taylor.anywhere, taylor.far, arb(positive.error)
    if not dual.parity:
        other = Steepness(expansion(dual, depth, -1, kind == TANGENT))
        negative = table(other, Uniform(bits=5, first=0, last=47), DEGREE)
        steepness, far = steepness.max(other.anywhere), far.max(other.far)
        error = error.max(arb(negative.error))
    left_out = tangent_error if kind == TANGENT else correlation_error
    return DepthKernel(
        kind, depth, positive, negative, dual.parity, ends, above(error + left_out),
        above(steepness), above(far),
    )  # fmt: skip
