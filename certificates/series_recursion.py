"""The depth-L kernels at a correlation from a dual known as a polynomial and what it leaves out.

Let p(rho) = sum_k c_k rho^k with c_k = n_k 2^-q >= 0, c_0 = 0 and p(1) = 1.  The premise is that
the dual s of the normalised activation is a power series with coefficients >= 0 and s(1) = 1, and
that on [-1, 1] |s - p| <= value and |s' - p'| <= slope, while |s'(0) - p'(0)| <= first and s'(1)
lies in the enclosure `steepness`.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from certificates.checker import keys
from certificates.decimals import decimal, ends, whole
from certificates.dyadic import Arithmetic, Interval
from certificates.kernel_recursion import Layers
from certificates.terms import Malformed

MOST_TERMS = 1000
FINEST = 4096  # bits of a coefficient
POWER = 8  # of x, by which is seen how soon the terms of a polynomial vanish


class SeriesRecursion(Layers):
    """The layers of such an activation."""

    def __init__(self, series: Mapping[str, Any], arithmetic: Arithmetic) -> None:
        """Read the polynomial and what it omits.  Raises Malformed for what is none."""
        super().__init__(arithmetic)
        keys(series, "bits coefficients left_out")
        left_out = series["left_out"]
        keys(left_out, "value slope first steepness")
        bits = whole(series["bits"], 1, FINEST)
        given = series["coefficients"]
        if not isinstance(given, list) or not 2 <= len(given) <= MOST_TERMS:
            raise Malformed(f"a series has from 2 to {MOST_TERMS} coefficients")
        numbers = [whole(n, 0, 1 << bits) for n in given]
        self.length = len(numbers)
        if numbers[0] or sum(numbers) != 1 << bits:
            raise Malformed("the coefficients of a normalised dual begin with 0 and add up to 1")
        scale = arithmetic.precision
        self._terms = [n << scale >> bits for n in numbers]
        self._slopes = [k * n << scale >> bits for k, n in enumerate(numbers)][1:]
        self._value, self._slope, self._first = (
            self._above(abs(decimal(left_out[k]))) for k in ("value", "slope", "first")
        )
        low, high = ends(left_out["steepness"])
        self._steepness = Interval(-self._above(-low), self._above(high))
        weights = range(len(numbers))
        self._total = self._above(_sum(weights, numbers, bits))
        self._bend = self._above(_sum([k * (k - 1) for k in weights], numbers, bits))

    def _above(self, value: Fraction) -> int:
        """In units, rounded up."""
        return -(-value.numerator * self.one // value.denominator)

    def mu(self) -> Interval:
        """1 - s'(0), s'(0) being within `first` of c_1, which is off by less than a unit."""
        least, most = self._slopes[0] - self._first, self._slopes[0] + 1 + self._first
        return Interval(max(self.one - most, 0), min(self.one - least, self.one))

    def layer(self, m: int, e: int) -> tuple[int, int]:
        """s(rho) is within `value` of p at m, but for the distance: |s'| <= s'(1)."""
        if m == self.one and e == 0:
            return m, e
        middle, off = self._polynomial(self._terms, m, self.one)
        spread = off + self._value - (-self._steepness.hi * e >> self.arithmetic.precision)
        return max(-self.one, min(self.one, middle)), spread

    def slope(self, m: int, e: int) -> Interval:
        """s'(rho) is within `slope` of p' at m, but for the distance: |p''| <= p''(1)."""
        if m == self.one and e == 0:
            return self._steepness
        middle, off = self._polynomial(self._slopes, m, self._total)
        off += self._slope - (-self._bend * e >> self.arithmetic.precision)
        return Interval(middle - off, middle + off)

    def _polynomial(self, terms: Sequence[int], m: int, total: int) -> tuple[int, int]:
        """sum_k b_k x^k at x = m 2^-p and by how much it is off.

        `terms` has t_k <= b_k 2^p < t_k + 1, where b_k >= 0 and sum_k b_k 2^p <= `total`.

        Horner's rule from k = K down: y_k = floor(y_(k+1) m 2^-p) + t_k is off by less than two
        more than y_(k+1) was, as |x| <= 1.  The terms beyond K add up to |x|^(K+1) total at most.
        With x^8 <= 2^-r, K + 1 >= 8 p/r makes that total 2^-p, that is at most its part in one.
        """
        p = self.arithmetic.precision
        room = POWER * p - (m**POWER).bit_length()
        count = min(len(terms), -(-POWER * p // room)) if room > 0 else len(terms)
        y = 0
        for k in range(count - 1, -1, -1):
            y = (y * m >> p) + terms[k]
        return y, 2 * count + (-(-total >> p) if count < len(terms) else 0)


def _sum(weights: Sequence[int], numbers: Sequence[int], bits: int) -> Fraction:
    return Fraction(sum(w * n for w, n in zip(weights, numbers, strict=True)), 1 << bits)
