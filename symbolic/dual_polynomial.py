"""The dual as one polynomial on [-1, 1], for float64, where its power series falls off fast.

So it is for erf, Phi, GELU and the trigonometric, exponential and Gaussian families: their duals
are analytic around [-1, 1], and a polynomial of degree 10 to 40 is as close as float64 can tell.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from flint import arb, arb_poly, fmpz_poly

from .enclosure import working_precision
from .numeric_function import Floats, NumericFunction, rounded_ends
from .table import ROUNDING, UNDERFLOW, float_above

BITS = 256
"""The working precision of the construction."""

LENGTHS = (16, 32, 64, 128)
"""The numbers of terms of the power series that are tried, one after the other."""

CLOSE = arb(2) ** -55
"""What may be left out, relative to f(1)."""

MOST_PRODUCTS = 24
"""The number of products beyond which a table is faster."""


@dataclass(frozen=True)
class PolynomialFunction(NumericFunction):
    """f(rho) = E(rho^2) + rho O(rho^2) by Horner's rule, from the coefficients of E and O."""

    even: tuple[float, ...]
    odd: tuple[float, ...]

    def _evaluate(self, rho: Floats, size: Floats, work: Floats, value: Floats) -> None:
        square = np.multiply(size, size, out=size)
        if not self.odd:
            _horner(self.even, square, value)
            return
        _horner(self.odd, square, value)
        value *= rho
        if self.even:
            value += _horner(self.even, square, work)


def _horner(coefficients: tuple[float, ...], u: Floats, value: Floats) -> Floats:
    """Write the polynomial's values at u into `value`."""
    if len(coefficients) == 1:
        value.fill(coefficients[0])
        return value
    np.multiply(u, coefficients[-1], out=value)
    for a in coefficients[-2:0:-1]:
        if a:
            value += a
        value *= u
    value += coefficients[0]
    return value


def polynomial_function(
    series: Callable[[int], list[arb]], ends: tuple[arb, arb]
) -> PolynomialFunction | None:
    """Return f as one polynomial, None if its series does not fall off fast enough.

    f is the sum of c_k rho^k with c_k >= 0, of which `series(n)` encloses the first n, and `ends`
    enclose f(-1) and f(1).  Four errors add up, for |rho| <= 1.
    1. The tail of the series: 0 <= sum_{k>=n} c_k = f(1) - sum_{k<n} c_k.
    2. Economising: E and O are polynomials in u = rho^2 in [0, 1].  From one of degree d and
       leading coefficient a the multiple a 2^(1-2d) (a for d = 0) of T_d(2u - 1), which is at most
       1 in size and has the leading coefficient 2^(2d-1), is taken away as long as the sum of what
       was taken stays negligible.
    3. Coefficients that are replaced by float64: the sum of their changes.
    4. Rounding, with eps = 2^-53 and underflow eta: u is off by eps u + eta, which moves E by at
       most (eps + eta) sum j |a_j|; u stays in [0, 1].  In Horner's rule p_j = p_(j+1) u + a_j,
       with |p_j| <= b_j = sum_{i>=j} |a_i|, an error e_(j+1) of p_(j+1) becomes
           e_j = e_(j+1) + (eps (b_(j+1) + e_(j+1)) + eta)(1 + eps) + eps (b_j + e_(j+1)).
       The product with rho and the last sum round once more each.
    """
    with working_precision(BITS):
        found = _truncated(series, ends[1])
        if found is None:
            return None
        terms, error = found
        goal = CLOSE * ends[1] / 2
        parts = []
        for first in (0, 1):
            polynomial, lost = _economised(arb_poly(terms[first::2]), goal)
            exact = [polynomial[j] for j in range(polynomial.degree() + 1)]
            floats = tuple(float(a.mid()) for a in exact)
            error += lost + sum((abs(a - f) for a, f in zip(exact, floats, strict=True)), arb(0))
            parts.append(floats if any(floats) else ())
        even, odd = parts if any(parts) else ((0.0,), ())
        if len(even) + len(odd) > MOST_PRODUCTS:
            return None
        (size_even, off_even), (size_odd, off_odd) = _rounding(even), _rounding(odd)
        error += off_even + off_odd
        if odd:
            error += ROUNDING * (size_odd + off_odd) + UNDERFLOW
        if odd and even:
            error += ROUNDING * (1 + ROUNDING) * (size_even + off_even + size_odd + off_odd)
            error += ROUNDING * UNDERFLOW
        values, at_ends = rounded_ends(ends)
        return PolynomialFunction(values, float_above(error.max(at_ends)), even, odd)


def _truncated(series: Callable[[int], list[arb]], total: arb) -> tuple[list[arb], arb] | None:
    """Return terms of the series and a bound of their tail, None if that stays large."""
    for length in LENGTHS:
        terms = series(length)
        rest = total - sum(terms, arb(0))
        if not rest.is_finite() or not rest < total * arb(2) ** (-length // 4):
            return None
        if rest < CLOSE * total / 16:
            return terms, arb(rest.upper()).max(arb(0))
    return None


def _economised(polynomial: arb_poly, goal: arb) -> tuple[arb_poly, arb]:
    """Return a polynomial of lower degree on [0, 1] and a bound of the change, about the goal."""
    lost = arb(0)
    for d in range(polynomial.degree(), -1, -1):
        lead = polynomial[d] * arb(2) ** min(1 - 2 * d, 0)
        if not lost + abs(lead) <= goal:
            return polynomial, lost
        lost += abs(lead)
        shifted = fmpz_poly.chebyshev_t(d)(fmpz_poly([-1, 2]))
        polynomial = arb_poly([polynomial[j] for j in range(d)]) - lead * arb_poly(
            [int(c) for c in list(shifted)[:d]]
        )
    return arb_poly([]), lost


def _rounding(coefficients: tuple[float, ...]) -> tuple[arb, arb]:
    """Return b_0 and a bound of the error of the computed value at the computed square."""
    moved, lost, size = arb(0), arb(0), arb(0)
    for j in range(len(coefficients) - 1, -1, -1):
        a = abs(arb(coefficients[j]))
        moved += j * a
        smaller, size = size, size + a
        if j < len(coefficients) - 1:
            lost = (
                lost
                + (ROUNDING * (smaller + lost) + UNDERFLOW) * (1 + ROUNDING)
                + ROUNDING * (size + lost)
            )
    return size, lost + (ROUNDING + UNDERFLOW) * moved
