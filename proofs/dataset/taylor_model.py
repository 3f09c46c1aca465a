"""Taylor models: polynomials with a bound of what they leave out, closed under composition.

A model on |z| <= r is a list of balls c_0, ..., c_N and a bound D with |f(z) - sum_k c_k z^k| <= D
for all real |z| <= r.  Unlike coefficients over wide balls, which grow wider layer upon layer, it
keeps the coefficients at a point and a remainder that is of the order of r^(N+1).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flint import arb, arb_series, ctx

from symbolic.power_series import coefficients


def size(terms: list[arb]) -> list[arb]:
    """Return upper bounds of the absolute values."""
    return [abs(c).upper() for c in terms]


@dataclass(frozen=True)
class Model:
    """f(z) for |z| <= radius, up to `rest`, |f'(z)| <= slope; the series has `ctx.cap` terms."""

    series: arb_series
    rest: arb
    radius: arb
    slope: arb

    @property
    def terms(self) -> list[arb]:
        """The coefficients c_0, ..., c_N."""
        return coefficients(self.series, ctx.cap)

    def value(self, bounds: list[arb]) -> arb:
        """Return sum_k bounds_k radius^k."""
        total = arb(0)
        for b in reversed(bounds):
            total = total * self.radius + b
        return total

    def range(self) -> arb:
        """Return a ball that contains all values."""
        terms = self.terms
        spread = self.value([arb(0), *size(terms[1:])]) + self.rest
        return terms[0] + arb(0, 1) * spread

    def __add__(self, other: Model) -> Model:
        rest, slope = self.rest + other.rest, self.slope + other.slope
        return Model(self.series + other.series, rest, self.radius, slope)

    def __mul__(self, other: Model) -> Model:
        """The product; the terms beyond N are bounded by those of the products of the bounds."""
        mine, others = size(self.terms), size(other.terms)
        kept = coefficients(arb_series(mine) * arb_series(others), ctx.cap)
        one, two = self.value(mine), self.value(others)
        beyond = (one * two - self.value(kept)).upper().max(arb(0))
        rest = beyond + one * other.rest + two * self.rest + self.rest * other.rest
        slope = (one + self.rest) * other.slope + (two + other.rest) * self.slope
        return Model(self.series * other.series, rest.upper(), self.radius, slope.upper())

    def mapped(self, at: list[arb], bounds: Callable[[arb], tuple[arb, arb]]) -> Model:
        """Return g(f(z)) for a function g with the coefficients `at` at every point of c_0.

        `bounds` gives, over a ball, bounds of |g'| and of g's coefficient of index N + 1.  With P
        the polynomial without c_0 and s a bound of it, g(c_0 + P) is sum_j g_j P^j up to |g_(N+1)|
        s^(N+1) (Lagrange); the terms beyond z^N of that sum are at most those of the bounds; and f
        differs from the polynomial by `rest`, which moves g by |g'| rest.
        """
        terms = self.terms
        inner = [arb(0), *terms[1:]]
        majorant = [arb(0), *size(terms[1:])]
        s = self.value(majorant)
        outer = size(at[: ctx.cap])
        whole = arb(0)
        for g in reversed(outer):
            whole = whole * s + g
        kept = coefficients(arb_series(outer)(arb_series(majorant)), ctx.cap)
        steepness, top = bounds(self.range())
        rest = (whole - self.value(kept)).upper().max(arb(0))
        rest += top * s**ctx.cap + steepness * self.rest
        series = arb_series(at[: ctx.cap])(arb_series(inner))
        return Model(series, rest.upper(), self.radius, (steepness * self.slope).upper())
