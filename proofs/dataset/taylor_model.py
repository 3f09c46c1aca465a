"""Taylor models: polynomials with a bound of what they leave out, closed under composition.

A model on |z| <= r is a list of balls c_0, ..., c_N and a bound D with |f(z) - sum_k c_k z^k| <= D
for all real |z| <= r.  Unlike coefficients over wide balls, which grow wider layer upon layer, it
keeps the coefficients at a point and a remainder that is of the order of r^(N+1).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from flint import arb, arb_poly, arb_series, ctx

from symbolic.power_series import coefficients


def size(terms: list[arb]) -> list[arb]:
    """Return upper bounds of the absolute values."""
    return [abs(c).upper() for c in terms]


Bound = tuple[arb, arb]
"""Bounds of a function's derivative and of its coefficient of index N + 1, over some interval."""


@dataclass(frozen=True)
class Model:
    """f(z) for |z| <= radius, up to `rest`, |f'(z)| <= slope; the series has `ctx.cap` terms."""

    series: arb_series
    rest: arb
    radius: arb
    slope: arb

    @cached_property
    def terms(self) -> list[arb]:
        """The coefficients c_0, ..., c_N."""
        return coefficients(self.series, ctx.cap)

    @cached_property
    def sizes(self) -> list[arb]:
        """Bounds of the coefficients."""
        return size(self.terms)

    @cached_property
    def beside(self) -> list[arb]:
        """Those of all but c_0, 0 for it."""
        return [arb(0), *self.sizes[1:]]

    @cached_property
    def spread(self) -> arb:
        """A bound of what the terms beyond c_0 add up to."""
        return self.value(self.beside)

    def value(self, bounds: list[arb]) -> arb:
        """Return sum_k bounds_k radius^k."""
        return arb_poly(bounds)(self.radius)

    def range(self) -> arb:
        """Return a ball that contains all values."""
        return self.terms[0] + arb(0, 1) * (self.spread + self.rest)

    def __add__(self, other: Model) -> Model:
        rest, slope = self.rest + other.rest, self.slope + other.slope
        return Model(self.series + other.series, rest, self.radius, slope)

    def __mul__(self, other: Model) -> Model:
        """The product; the terms beyond N are bounded by those of the products of the bounds."""
        mine, others = self.sizes, other.sizes
        kept = coefficients(arb_series(mine) * arb_series(others), ctx.cap)
        one, two = self.value(mine), self.value(others)
        beyond = (one * two - self.value(kept)).upper().max(arb(0))
        rest = beyond + one * other.rest + two * self.rest + self.rest * other.rest
        slope = (one + self.rest) * other.slope + (two + other.rest) * self.slope
        return Model(self.series * other.series, rest.upper(), self.radius, slope.upper())

    def mapped(self, at: list[arb], bound: Bound) -> Model:
        """Return g(f(z)) for a function g with the coefficients `at` at every point of c_0.

        `bound` holds bounds of |g'| and of g's coefficient of index N + 1 over `range`.  With P
        the polynomial without c_0 and s a bound of it, g(c_0 + P) is sum_j g_j P^j up to |g_(N+1)|
        s^(N+1) (Lagrange); the terms beyond z^N of that sum are at most those of the bounds; and f
        differs from the polynomial by `rest`, which moves g by |g'| rest.
        """
        inner = arb_series([arb(0), *self.terms[1:]])
        outer = size(at[: ctx.cap])
        kept = coefficients(arb_series(outer)(arb_series(self.beside)), ctx.cap)
        steepness, top = bound
        rest = (arb_poly(outer)(self.spread) - self.value(kept)).upper().max(arb(0))
        rest += top * self.spread**ctx.cap + steepness * self.rest
        series = arb_series(at[: ctx.cap])(inner)
        return Model(series, rest.upper(), self.radius, (steepness * self.slope).upper())
