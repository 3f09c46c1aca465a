"""Interval arithmetic on dyadic fixed-point numbers, in Python integers, always rounded outwards.

What is trusted: Python's exact integers, `>>` and `//`, which round towards minus infinity, and
`math.isqrt`, the exact floor of a square root.  There is no floating-point number.

A function is enclosed at each end of its argument by a pair, a lower and an upper bound, at the
finer scale 2^-w, and then rounded outwards to 2^-p.  In the proofs a number stands for its multiple
of the unit 2^-w, and errors are counted in units.  Soundness rests on the errors that are added
explicitly; the guard bits, w - p, only make the result tight.
"""

from collections.abc import Callable
from fractions import Fraction
from math import isqrt
from typing import NamedTuple

from certificates.circular import Pair, sine, turning_points
from certificates.work import spend

LARGEST_BITS = 65536  # no bound of an interval exceeds 2^65536 in magnitude
LARGEST_EXP = 40000  # exp(40000) < 2^57708
LARGEST_EXPONENT = 10**5
LARGEST_ANGLE = 64  # sin and cos say nothing of arguments beyond 2^64
LONGEST_POWER = 1 << 18  # bits of the powers under a root


class Undefined(Exception):
    """The argument is certainly outside the domain of the function."""


class Indeterminate(Exception):
    """The interval meets the edge of the domain, or a limit is exceeded: nothing can be said."""


class Interval(NamedTuple):
    """The set [lo * 2^-p, hi * 2^-p], lo <= hi, for the precision p of its `Arithmetic`."""

    lo: int
    hi: int


def _round(lo: int, hi: int, n: int) -> Pair:
    """Round lo * 2^-n down and hi * 2^-n up, for n of either sign."""
    return (lo >> n, -(-hi >> n)) if n >= 0 else (lo << -n, hi << -n)


def floor_root(n: int, q: int) -> int:
    """The floor of the q-th root of n, for n >= 0 and q >= 1.

    Newton's step from r is floor(((q - 1) r + n / r^(q-1)) / q) >= floor(n^(1/q)), since the mean
    of q - 1 numbers r and of n / r^(q-1) is at least their geometric mean.  The start is an upper
    bound.  If r^q > n, then n / r^(q-1) < r and the step goes down.  So the loop, which ends at the
    first r that does not, ends with r^q <= n, at the floor.
    """
    r = 1 << -(-n.bit_length() // q)
    while n:
        step = ((q - 1) * r + n // r ** (q - 1)) // q
        if step >= r:
            return r
        r = step
    return 0


def root_length(bits: int, precision: int, exponent: Fraction) -> int:
    """The bits, at most, of the power under the root in x^(n/q), for a number x so long."""
    return abs(exponent.numerator) * (bits + precision) + precision * exponent.denominator


def _arc_series(u: int, slack: int, w: int, sign: int) -> Pair:
    """Enclose sum sign^k v^(2k+1) / (2k+1) for every v in [u, u + slack] and 0 <= v <= 1/2.

    This is atan(v) for sign = -1 and atanh(v) for sign = 1.  Let Q_k = u^(2k+1) and q_k be the
    computed power: q_0 = Q_0 and q_(k+1) = floor(q_k * square), where square is less than a unit
    below u^2 <= 1/4.  So 0 <= Q_(k+1) - q_(k+1) <= (Q_k - q_k) / 4 + q_k * 1 + 1, and q_k <= 1/2;
    by induction Q_k - q_k <= 2.
    Rounding: a term k >= 1 is low by less than 2/(2k+1) + 1 < 2, and term 0 is exact.
    Remainder: the loop ends at q_K = 0, so Q_K <= 2; the Q_k fall by a factor of at least 4; so the
    terms from K >= 1 on total at most 2 * (1 + 1/4 + ...) / 3 < 1.  If K = 0 then u = 0.
    Together at most 2 * (K - 1) + 1 < 2 * K, of either sign.
    Argument: the slope is at most 1 / (1 - 1/4) < 2, so `slack` adds at most 2 * slack above.
    """
    square = u * u >> w
    power, total, k = u, 0, 0
    while power:
        term = power // (2 * k + 1)
        total += term if sign > 0 or k % 2 == 0 else -term
        power = power * square >> w
        k += 1
    return total - 2 * k, total + 2 * k + 2 * slack


def _exp_series(t: int, slack: int, w: int) -> Pair:
    """Enclose exp(v) for every v in [t, t + slack] and 0 <= v <= 1/2.

    Let T_n = t^n / n! and a_n = floor(a_(n-1) * t / n) be the computed term; a_0 = T_0 exactly.
    Rounding: 0 <= T_n - a_n <= (T_(n-1) - a_(n-1)) / 2 + 1, so by induction T_n - a_n <= 2.
    Remainder: the loop ends at a_N = 0, so T_N <= 2; the T_n at least halve each time; so the terms
    from N on total at most 4.  Together the sum is low by at most 2 * (N - 1) + 4.
    Argument: the slope is at most exp(1/2) < 2, so `slack` adds at most 2 * slack above.
    """
    term = total = 1 << w
    n = 0
    while term:
        n += 1
        term = (term * t >> w) // n
        total += term
    return total, total + 2 * n + 2 + 2 * slack


def _log_reduced(z: int, w: int, s: int) -> Pair:
    """Enclose log(v), for every v in [z, z + 1 unit] and 1 <= v <= 2, as 2^s log(v^(1/2^s)).

    Roots: if z <= v <= z + 2 and z >= 1, then floor(sqrt(z)) <= sqrt(v) <= sqrt(z) + 1
    < floor(sqrt(z)) + 2, as the slope of sqrt is at most 1/2; so z <= v <= z + 2 persists.
    Then log(v) = 2 atanh((v - 1) / (v + 1)).  The slope of the fraction is at most 1/2: it is less
    than 1 + 2/2 above its computed floor, a slack of 2; and it is at most 1/3.
    """
    one = 1 << w
    for _ in range(s):
        z = isqrt(z << w)
    lo, hi = _arc_series(((z - one) << w) // (z + one), 2, w, 1)
    return lo << (s + 1), hi << (s + 1)


def _angle(a: int, b: int, w: int, s: int) -> Pair:
    """Enclose the angle in [0, pi/2] of every point (c, b), c in [a, a + 1 unit].

    Needs a, b >= 0, a^2 + b^2 >= 1/4 and s >= 4.  With h = sqrt(c^2 + b^2), the tangents of an
    angle and its half are b / c and b / (c + h).  So angle(a, b) = 2^s atan(b / a_s) where
    a_0 = a, a_(j+1) = a_j + sqrt(a_j^2 + b^2).
    Halving: the computed a_j is low by at most d_j: d_0 = 0 and d_(j+1) <= 2 d_j + 1, as the slope
    of the root is at most 1.  So a_s is in [A, A + 2^s units] for the computed A, and d_s < 2^s.
    Quotient: the computed floor of b / (A + 2^s) is a lower bound.  As a_1 >= h_0 >= max(b, 1/2)
    and a_(j+1) >= 2 a_j, a_s >= 2^(s-1) h_0.  So b / a_s <= 2^(1-s) <= 1/8, and replacing a_s by
    A + 2^s <= a_s + 2^s lowers it by at most (b / a_s) * 2^s / a_s <= 2^(1-s) * 2^s * 2^(2-s) < 1
    unit; with the floor, a slack of 2.
    Argument: the angle falls as c grows, by b / (c^2 + b^2) <= 1 / h_0 <= 2 times: 2 units.
    """
    square = b * b
    for _ in range(s):
        a += isqrt(a * a + square)
    lo, hi = _arc_series((b << w) // (a + (1 << s)), 2, w, -1)
    return (lo << s) - 2, hi << s


class Arithmetic:
    """Outward-rounded operations on intervals with p = `precision` bits after the point."""

    def __init__(self, precision: int) -> None:
        if not 16 <= precision <= 4096:
            raise ValueError("the precision must be from 16 to 4096 bits")
        spend(60 + precision * precision // 700)
        self.precision = precision
        self._limit = 1 << (LARGEST_BITS + precision)
        # Undoing s >= 5 halvings of an argument costs s bits; 24 more absorb the other errors.
        self._s = s = 3 + isqrt(precision) // 2
        self._guard = s + 24
        self._w = precision + self._guard
        # Constants have a scale of their own: `exp` needs up to w + p bits, and multiplies them.
        self._fine = self._w + precision + 128
        lo, hi = _angle(0, 1 << self._fine, self._fine, s)
        self._pi = (2 * lo, 2 * hi)
        self._log2 = _log_reduced(2 << self._fine, self._fine, s)

    def _bounded(self, lo: int, hi: int) -> Interval:
        if lo < -self._limit or hi > self._limit:
            raise Indeterminate("a number exceeds 2^65536 in magnitude")
        return Interval(lo, hi)

    def _rising(self, at: Callable[[int], Pair], x: Interval, odd: bool = False) -> Interval:
        """The image of x under an increasing function that `at` encloses (if odd, at v > 0)."""

        def end(v: int) -> Pair:
            if v > 0 or not odd:
                return at(v << self._guard)
            lo, hi = end(-v) if v else (0, 0)
            return -hi, -lo

        self._bounded(*x)
        first = end(x.lo)
        last = first if x.lo == x.hi else end(x.hi)
        return self._bounded(*_round(first[0], last[1], self._guard))

    def enclose(self, value: Fraction) -> Interval:
        scaled = value.numerator << self.precision
        return self._bounded(scaled // value.denominator, -(-scaled // value.denominator))

    def lower(self, x: Interval) -> Fraction:
        return Fraction(x.lo, 1 << self.precision)

    def upper(self, x: Interval) -> Fraction:
        return Fraction(x.hi, 1 << self.precision)

    def add(self, x: Interval, y: Interval) -> Interval:
        return self._bounded(x.lo + y.lo, x.hi + y.hi)

    def sub(self, x: Interval, y: Interval) -> Interval:
        return self._bounded(x.lo - y.hi, x.hi - y.lo)

    def neg(self, x: Interval) -> Interval:
        return Interval(-x.hi, -x.lo)

    def minimum(self, x: Interval, y: Interval) -> Interval:
        return Interval(min(x.lo, y.lo), min(x.hi, y.hi))

    def maximum(self, x: Interval, y: Interval) -> Interval:
        return Interval(max(x.lo, y.lo), max(x.hi, y.hi))

    def absolute(self, x: Interval) -> Interval:
        return Interval(max(0, x.lo, -x.hi), max(-x.lo, x.hi))

    def mul(self, x: Interval, y: Interval) -> Interval:
        """A product is linear in each factor, so its extremes are at the ends of both."""
        ends = (x.lo * y.lo, x.lo * y.hi, x.hi * y.lo, x.hi * y.hi)
        return self._bounded(*_round(min(ends), max(ends), self.precision))

    def _nonzero(self, y: Interval) -> None:
        if y.lo <= 0 <= y.hi:
            raise (Indeterminate if y.lo < y.hi else Undefined)("division by zero")

    def div(self, x: Interval, y: Interval) -> Interval:
        """For y > 0, x / y rises with x; and it falls with y if x >= 0, else it rises."""
        self._nonzero(y)
        if y.hi < 0:
            x, y = self.neg(x), self.neg(y)
        lo = (x.lo << self.precision) // (y.hi if x.lo >= 0 else y.lo)
        return self._bounded(lo, -((-x.hi << self.precision) // (y.lo if x.hi >= 0 else y.hi)))

    def power(self, x: Interval, exponent: int) -> Interval:
        """A power is monotone on either side of 0; the least value of an even one is at 0."""
        if abs(exponent) > LARGEST_EXPONENT:
            raise Indeterminate("an exponent is too large")
        if exponent < 0:
            self._nonzero(x)
        ends = [self._power_at(end, exponent) for end in set(x)]
        lo, hi = min(end[0] for end in ends), max(end[1] for end in ends)
        valley = x.lo < 0 < x.hi and exponent > 0 and exponent % 2 == 0
        return self._bounded(0 if valley else lo, hi)

    def _power_at(self, x: int, exponent: int) -> Pair:
        """Squarings and products of lower and of upper bounds of |x| or 1 / |x|, all >= 0.

        The error is at most about 2^18 units times max(1, result), hence w; a result above 2^p has
        2p correct bits instead.
        """
        p, n, size = self.precision, abs(exponent), abs(x)
        growth = size.bit_length() - p if exponent > 0 else p + 1 - size.bit_length()
        w = p + 32 + min(n * max(growth, 0), p)
        first = last = size << (w - p)
        if exponent < 0:
            first, last = (1 << (2 * w)) // first, -(-(1 << (2 * w)) // first)
        lo = hi = 1 << w
        for digit in f"{n:b}":
            lo, hi = _round(lo * lo, hi * hi, w)
            if digit == "1":
                lo, hi = _round(lo * first, hi * last, w)
            if hi > self._limit << (w - p):
                raise Indeterminate("a power is too large")
        lo, hi = _round(lo, hi, w - p)
        return (-hi, -lo) if x < 0 and exponent % 2 else (lo, hi)

    def pi(self) -> Interval:
        return Interval(*_round(*self._pi, self._fine - self.precision))

    def sqrt(self, x: Interval) -> Interval:
        if x.lo < 0:
            raise (Undefined if x.hi < 0 else Indeterminate)("square root of a negative number")
        return self._rising(self._sqrt_at, x)

    def _sqrt_at(self, x: int) -> Pair:
        root = isqrt(x << self._w)
        return root, root + (root * root < x << self._w)

    def exp(self, x: Interval) -> Interval:
        return self._rising(self._exp_at, x)

    def _exp_at(self, x: int) -> Pair:
        """exp(x) = 2^k exp(r / 2^s)^(2^s) with r = x - k log 2.

        Of the bounds of log 2, x - k * near <= r <= x - k * far.  As k is a floor, the lower bound
        is in [0, log 2 + tiny), and r / 2^s is below 1/2.  Squaring keeps bounds >= 0 bounds.
        As log2(e) < 3/2, w is increased by the bits of a result up to 2^p; a larger one has 2p
        correct bits.  If x <= -p, then exp(x) < 2^-p.
        """
        p, one, w = self.precision, 1 << self._w, self._w
        if x == 0:
            return one, one
        if x <= -p * one:
            return 0, 1 << self._guard
        if x > LARGEST_EXP * one:
            raise Indeterminate("the argument of exp is too large")
        extra = max(0, min((3 * x >> (w + 1)) + 1, p))
        w += extra
        far, near = _round(*self._log2, self._fine - w)
        if x < 0:
            far, near = near, far
        k, r = divmod(x << extra, near)
        t, end = _round(r, r + k * (near - far), self._s)
        lo, hi = _exp_series(t, end - t, w)
        for _ in range(self._s):
            lo, hi = _round(lo * lo, hi * hi, w)
        return _round(lo, hi, extra - k)

    def log(self, x: Interval) -> Interval:
        if x.lo <= 0:
            raise (Undefined if x.hi <= 0 else Indeterminate)("logarithm of a number <= 0")
        return self._rising(self._log_at, x)

    def _log_at(self, x: int) -> Pair:
        """log(2^m y) = log y + m log 2, with 1 <= y < 2 rounded down by less than a unit."""
        w, bits = self._w, x.bit_length() - 1
        if x == 1 << w:
            return 0, 0
        lo, hi = _log_reduced((x << w) >> bits, w, self._s)
        low, high = _round(*self._log2, self._fine - w)
        m = bits - w
        return lo + min(m * low, m * high), hi + max(m * low, m * high)

    def atan(self, x: Interval) -> Interval:
        return self._rising(self._atan_at, x, odd=True)

    def _atan_at(self, x: int) -> Pair:
        """The angle of (1, x), or of (1 / x, 1) with 1 / x rounded down by less than a unit."""
        one = 1 << self._w
        a, b = (one, x) if x <= one else (one * one // x, one)
        return _angle(a, b, self._w, self._s)

    def asin(self, x: Interval) -> Interval:
        one = 1 << self.precision
        if x.lo < -one or x.hi > one:
            outside = x.lo > one or x.hi < -one
            raise (Undefined if outside else Indeterminate)("asin of a number outside [-1, 1]")
        return self._rising(self._asin_at, x, odd=True)

    def _asin_at(self, x: int) -> Pair:
        """The angle of (sqrt(1 - x^2), x), the root rounded down by less than a unit."""
        return _angle(isqrt((1 << (2 * self._w)) - x * x), x, self._w, self._s)

    def acos(self, x: Interval) -> Interval:
        """pi/2 - asin x, which falls."""
        one = 1 << self.precision
        if x.lo < -one or x.hi > one:
            outside = x.lo > one or x.hi < -one
            raise (Undefined if outside else Indeterminate)("acos of a number outside [-1, 1]")
        return self.neg(self._rising(self._minus_acos_at, x))

    def _minus_acos_at(self, x: int) -> Pair:
        """asin x - pi/2, exactly 0 at 1."""
        if x == 1 << self._w:
            return 0, 0
        lo, hi = self._asin_at(abs(x))
        if x < 0:
            lo, hi = -hi, -lo
        low, high = _round(*self._pi, self._fine - self._w + 1)
        return lo - high, hi - low

    def sin(self, x: Interval) -> Interval:
        return self._wave(x, 0)

    def cos(self, x: Interval) -> Interval:
        return self._wave(x, 1)

    def _wave(self, x: Interval, quarters: int) -> Interval:
        """sin(x + quarters * pi/2) is monotone between the j pi/2 with j + quarters odd.

        There it is 1 or -1.  So its extremes are at the ends of x or are such values.
        """
        one = 1 << self.precision
        if max(-x.lo, x.hi) > one << LARGEST_ANGLE or x.hi - x.lo >= 7 * one:
            return Interval(-one, one)
        w = self._w
        ends = [self._sine_at(end << self._guard, quarters) for end in {x.lo, x.hi}]
        lo, hi = _round(min(e[0] for e in ends), max(e[1] for e in ends), self._guard)
        first, last = x.lo << self._guard, x.hi << self._guard
        for j in turning_points(first, last, w, self._pi, self._fine):
            if (j + quarters) % 4 == 1:
                hi = one
            if (j + quarters) % 4 == 3:
                lo = -one
        return Interval(lo, hi)

    def _sine_at(self, x: int, quarters: int) -> Pair:
        if x == 0:  # exact: 0, 1, 0, -1
            value = (0, 1, 0, -1)[quarters % 4] << self._w
            return value, value
        return sine(x, quarters, self._w, self._pi, self._fine)

    def tan(self, x: Interval) -> Interval:
        """tan rises between its poles j pi/2, j odd."""
        one = 1 << self.precision
        if max(-x.lo, x.hi) > one << LARGEST_ANGLE or x.hi - x.lo >= 4 * one:
            raise Indeterminate("tan of a number beyond its branch")
        first, last = x.lo << self._guard, x.hi << self._guard
        if any(j % 2 for j in turning_points(first, last, self._w, self._pi, self._fine)):
            raise Indeterminate("tan at an odd multiple of pi/2")
        return self._rising(self._tan_at, x)

    def _tan_at(self, x: int) -> Pair:
        """sin / cos; the bounds of a quotient by a number of one sign are at their ends."""
        s, c = self._sine_at(x, 0), self._sine_at(x, 1)
        if c[0] <= 0 <= c[1]:
            raise Indeterminate("tan at an odd multiple of pi/2")
        if c[1] < 0:
            s, c = (-s[1], -s[0]), (-c[1], -c[0])
        w = self._w
        lo = (s[0] << w) // (c[1] if s[0] >= 0 else c[0])
        return lo, -((-s[1] << w) // (c[0] if s[1] >= 0 else c[1]))

    def rational_power(self, x: Interval, exponent: Fraction) -> Interval:
        """x^(n/q) for x >= 0 (x > 0 if n < 0), monotone in x."""
        n, q = exponent.numerator, exponent.denominator
        if x.lo < 0 or (n < 0 and x.lo == 0):
            outside = x.hi < 0 or (n < 0 and x.hi == 0)
            raise (Undefined if outside else Indeterminate)(
                "a power of a number outside its domain"
            )
        ends = [self._rational_power_at(end, n, q) for end in {x.lo, x.hi}]
        return self._bounded(min(e[0] for e in ends), max(e[1] for e in ends))

    def _rational_power_at(self, x: int, n: int, q: int) -> Pair:
        """In units of 2^-p: the floor of the q-th root of N = x^n 2^(p (q-n)), and the ceiling.

        The floor of the root of N is that of the root of floor(N), as it is an integer.
        """
        p, size = self.precision, abs(n)
        if x.bit_length() * size + p * (size + q) > LONGEST_POWER:
            raise Indeterminate("a power is too long")
        if n >= 0:
            under, over = x**size << (p * max(q - size, 0)), 1 << (p * max(size - q, 0))
        else:
            under, over = 1 << (p * (q + size)), x**size
        whole, rest = divmod(under, over)
        root = floor_root(whole, q)
        return root, root + (rest != 0 or root**q != whole)

    def erf(self, x: Interval) -> Interval:
        return self._rising(self._erf_at, x, odd=True)

    def _erf_at(self, x: int) -> Pair:
        """erf(x) for x > 0.

        Large x: 1 - erf(x) = 2 / sqrt(pi) * (integral over u > 0 of exp(-(x + u)^2)) <= exp(-x^2),
        as (x + u)^2 >= x^2 + u^2.  This is below 2^-p if x^2 >= 7/10 p, since e^7 > 2^10.
        """
        one = 1 << self._w
        if 10 * x * x >= 7 * self.precision << (2 * self._w):
            return one - (1 << self._guard), one
        lo, hi = self._gauss_series(x, 0, 4, 1)
        return max(0, lo), min(one, hi)

    def Phi(self, x: Interval) -> Interval:
        """The standard normal distribution function, (1 + erf(x / sqrt 2)) / 2."""
        return self._rising(self._phi_at, x)

    def _phi_at(self, x: int) -> Pair:
        """1/2 + sign(x) * integral of the density over [0, |x|], as in `_erf_at` for x^2 / 2."""
        one, size = 1 << self._w, abs(x)
        half = one >> 1
        if 10 * size * size >= 7 * self.precision << (2 * self._w + 1):
            lo, hi = half - (1 << self._guard), half
        else:
            lo, hi = self._gauss_series(size, 1, 1, 2) if x else (0, 0)
            lo, hi = max(0, lo), min(half, hi)
        return (half - hi, half - lo) if x < 0 else (half + lo, half + hi)

    def _gauss_series(self, x: int, halvings: int, a: int, b: int) -> Pair:
        """sqrt(a / (b pi)) * sum (-1)^n T_n / (2n+1), T_n = x y^n / n!, y = x^2 / 2^halvings.

        Here x > 0.  For (0, 4, 1) this is erf(x), for (1, 1, 2) it is Phi(x) - 1/2.
        Rounding: q_0 = T_0 and q_n = floor(q_(n-1) * y / n) with y exact, so 0 <= T_n - q_n = E_n
        <= E_(n-1) * y / n + 1 and E_0 = 0.  Hence E_n <= sum over j = 1..n of y^(n-j) j! / n!
        <= sum over m >= 0 of y^m / m! = e^y <= 2^g, as j! m! <= (j + m)! and e < 2^(3/2).
        So a term is in error by at most 2^g + 1.  The scale is refined by g bits in return.
        Remainder: the loop ends at q_N = 0, where q_(N-1) >= 1 shows y < N.  So from N on the terms
        alternate and fall; they total at most T_N = E_N <= 2^g.  Together (N + 1) * 2^(g + 1).
        """
        w, square = self._w, x * x
        g = (3 * square >> (2 * w + 1 + halvings)) + 1
        term, total, n = x << g, 0, 0
        while term:
            total += -(term // (2 * n + 1)) if n % 2 else term // (2 * n + 1)
            n += 1
            term = (term * square >> (2 * w + halvings)) // n
        error = (n + 1) << (g + 1)
        fine = self._fine
        low, high = (isqrt((a << (3 * fine)) // (b * pi)) for pi in reversed(self._pi))
        return _round((total - error) * low, (total + error) * (high + 1), fine + g)
