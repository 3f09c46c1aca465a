"""The dual as a vectorised float64 function with a proved error on all of [-1, 1].

Between -1/2 and 1/2 the dual is tabulated in rho, beyond in t = sqrt(2 (1 - |rho|)), in which it is
smooth up to the ends: 1 - |rho| is exact in float64 for |rho| >= 1/2 and t is at least 2^-26 unless
rho is an end, where the value is exact up to rounding.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from flint import arb
from numpy.typing import ArrayLike

from .enclosure import working_precision
from .table import (
    ROUNDING,
    TABLE_BITS,
    Binades,
    Floats,
    Grid,
    Table,
    Taylor,
    Uniform,
    float_above,
    horner,
    sufficient_degree,
    table,
)

MIDDLE = Uniform(bits=6, first=-32, last=32)
"""The pieces in rho for |rho| <= 1/2."""

NEAR = Binades(bits=5, lowest=-26, highest=-1, fine=-6, wide=2)
"""The pieces in t for 1/2 < |rho| < 1, where 2^-26 <= t < 1."""

BLOCK = 1 << 15
"""How many points are evaluated at once, so that they stay in the processor's cache."""


@dataclass(frozen=True)
class NumericFunction:
    """A function on [-1, 1]: calling it on an array gives float64 values, vectorised.

    |self(rho) - f(rho)| <= error for every float64 rho in [-1, 1], ends and subnormals included,
    where f is the exact function at the exact value of rho.  Proof: `error` is the largest of the
    errors of the three tables (see `table`; the square root that makes t rounds once, a relative
    error of 2^-53) and of the rounding of the two end values, plus `left_out`, a bound of what the
    tabulated function leaves out of f.  Only + - * sqrt, comparisons and exact operations are used.
    """

    above: Table
    below: Table
    middle: Table
    ends: tuple[float, float]
    error: float

    def __call__(self, rho: ArrayLike) -> Floats:
        """Return the values at points of [-1, 1].

        Raises ValueError if a point is outside or not a number.
        """
        points = np.asarray(rho)
        if points.dtype.kind not in "fiu" or points.dtype.itemsize > 8:
            raise ValueError(f"correlations are float64 numbers, not {points.dtype}")
        flat = np.ascontiguousarray(points, dtype=np.float64).ravel()
        if not bool(np.all(np.abs(flat) <= 1)):
            raise ValueError("a correlation lies in [-1, 1]")
        result = np.empty_like(flat)
        for start in range(0, flat.size, BLOCK):
            part = slice(start, start + BLOCK)
            result[part] = self._block(flat[part])
        return result.reshape(points.shape)

    def _block(self, rho: Floats) -> Floats:
        """Return the values at a few points.

        The choice between rho and t is by exact products with 0 and 1: no branch that random points
        would make the processor mispredict.  t = 0 at the ends alone: elsewhere 1 - |rho| >= 2^-53.
        """
        t = np.abs(rho)
        near = t > 0.5
        np.subtract(1.0, t, out=t)
        t *= 2.0
        np.sqrt(t, out=t)
        at_ends = t.size > 0 and t.min() == 0
        count = self.above.centres.size
        index = self.middle.grid.index(rho)
        index += 2 * count
        beyond = self.above.grid.index(t)
        beyond += count * (rho < 0)
        beyond -= index
        beyond *= near
        index += beyond
        t *= near
        t += rho * ~near
        value = horner(self._centres, self._coefficients, index, t)
        if at_ends:
            value[rho == 1] = self.ends[1]
            value[rho == -1] = self.ends[0]
        return value

    def __post_init__(self) -> None:
        tables = (self.above, self.below, self.middle)
        centres = np.concatenate([one.centres for one in tables])
        coefficients = np.concatenate([one.coefficients for one in tables], axis=1)
        object.__setattr__(self, "_centres", centres)
        object.__setattr__(self, "_coefficients", np.ascontiguousarray(coefficients))

    _centres: Floats = None  # type: ignore[assignment]
    _coefficients: Floats = None  # type: ignore[assignment]


def numeric_function(
    along: Callable[[int], Taylor], ends: tuple[arb, arb], left_out: arb
) -> NumericFunction:
    """Return the float64 function of f, given by expansions of a function that is close to it.

    `along(1)` and `along(-1)` expand in t, rho = +-(1 - t^2/2), for t > 0, and `along(0)` in rho;
    `ends` are f(-1) and f(1) and `left_out` bounds |f - the expanded function|.  Raises ValueError
    if an expansion is not finite.
    """
    functions: list[tuple[Taylor, Grid]] = [(along(s), NEAR if s else MIDDLE) for s in (1, -1, 0)]
    degree = max(sufficient_degree(*each) for each in functions)
    above, below, middle = (
        table(function, grid, degree, ROUNDING if grid is NEAR else None)
        for function, grid in functions
    )
    with working_precision(TABLE_BITS):
        values = (float(ends[0].mid()), float(ends[1].mid()))
        rounding = abs(ends[0] - values[0]).max(abs(ends[1] - values[1]))
        tabulated = arb(max(above.error, below.error, middle.error))
        error = float_above(tabulated.max(rounding) + left_out)
    return NumericFunction(above, below, middle, values, error)
