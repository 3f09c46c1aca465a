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

from .enclosure import working_precision
from .numeric_function import Floats, NumericFunction, rounded_ends
from .table import (
    ROUNDING,
    TABLE_BITS,
    Binades,
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


@dataclass(frozen=True)
class TabulatedFunction(NumericFunction):
    """f by tables in t near 1 and -1, and by one in rho between.

    Proof of `error`: it is the largest of the errors of the three tables (see `table`; the square
    root that makes t rounds once, a relative error of 2^-53) and of the rounding of the two end
    values, plus a bound of what the tabulated function leaves out of f.
    """

    above: Table
    below: Table
    middle: Table

    def _evaluate(self, rho: Floats, size: Floats, work: Floats, value: Floats) -> None:
        """Look up and evaluate the polynomials.

        The choice between rho and t is by exact products with 0 and 1: no branch that random points
        would make the processor mispredict.  t = 0 at the ends alone: elsewhere 1 - |rho| >= 2^-53.
        """
        near, t = size > 0.5, size
        np.subtract(1.0, t, out=t)
        t *= 2.0
        np.sqrt(t, out=t)
        count = self.above.centres.size
        index = self.middle.grid.index(rho)
        index += 2 * count
        beyond = self.above.grid.index(t)
        beyond += count * (rho < 0)
        beyond -= index
        beyond *= near
        index += beyond
        t *= near
        t += np.multiply(rho, ~near, out=work)
        value[...] = horner(self._centres, self._coefficients, index, t)

    def __post_init__(self) -> None:
        tables = (self.above, self.below, self.middle)
        centres = np.concatenate([one.centres for one in tables])
        coefficients = np.concatenate([one.coefficients for one in tables], axis=1)
        object.__setattr__(self, "_centres", centres)
        object.__setattr__(self, "_coefficients", np.ascontiguousarray(coefficients))

    _centres: Floats = None  # type: ignore[assignment]
    _coefficients: Floats = None  # type: ignore[assignment]


def tabulated_function(
    along: Callable[[int], Taylor], ends: tuple[arb, arb], left_out: arb
) -> TabulatedFunction:
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
    values, rounding = rounded_ends(ends)
    with working_precision(TABLE_BITS):
        tabulated = arb(max(above.error, below.error, middle.error))
        error = float_above(tabulated.max(rounding) + left_out)
    return TabulatedFunction(values, error, above, below, middle)
