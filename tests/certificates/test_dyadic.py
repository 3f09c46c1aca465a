"""The interval arithmetic of the checker is compared with exact fractions and with Arb's balls."""

import random
import time
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache
from math import isqrt
from typing import Any

import pytest
from flint import arb, ctx
from hypothesis import given, settings
from hypothesis import strategies as st

from certificates import circular, dyadic
from certificates.dyadic import Arithmetic, Indeterminate, Interval, Undefined

PRECISIONS = (32, 64, 128, 256)
FUNCTIONS = ("sqrt", "exp", "log", "sin", "cos", "atan", "asin", "acos", "erf", "Phi")
POINTS = 2500  # for each of 10 functions and 4 precisions: 100 000 arguments

Ball = tuple[Fraction, Fraction]


@pytest.fixture(autouse=True)
def restore_precision_of_arb() -> Iterator[None]:
    before = ctx.prec
    yield
    ctx.prec = before


def dyadic_fraction(mantissa: int, exponent: int) -> Fraction:
    return Fraction(mantissa << max(exponent, 0), 1 << max(-exponent, 0))


def bounds(value: arb) -> Ball:
    """The ends of an Arb ball, exactly."""
    middle, radius = (tuple(map(int, part.man_exp())) for part in (value.mid(), value.rad()))
    m, r = dyadic_fraction(*middle), dyadic_fraction(*radius)
    return m - r, m + r


def reference(name: str, x: int, p: int) -> Ball:
    """Arb's enclosure of the function at exactly x * 2^-p."""
    ctx.prec = 2 * p + 600
    argument = arb((x, -p))
    assert argument.rad() == 0
    if name not in ("erf", "Phi"):
        return bounds(getattr(argument, name)())
    if name == "erf" and abs(x) < 1 << p:
        return bounds(argument.erf())
    if abs(x) >> p < 100:
        scaled = abs(argument) if name == "erf" else abs(argument) / arb(2).sqrt()
        low, high = bounds(scaled.erfc() if name == "erf" else scaled.erfc() / 2)
    else:
        # erfc(100/sqrt 2) < exp(-5000) < 2^-7000; Arb's exponents are unwieldy far beyond that.
        low, high = Fraction(0), Fraction(1, 2**7000)
    if name == "Phi":
        return (1 - high, 1 - low) if x > 0 else (low, high)
    return (1 - high, 1 - low) if x > 0 else (low - 1, high - 1)


def contained(ball: Ball, enclosure: Interval, p: int) -> bool:
    """Whether the interval contains the ball; asserts that the ball is far thinner than it."""
    low, high = ball
    lo, hi = Fraction(enclosure.lo, 1 << p), Fraction(enclosure.hi, 1 << p)
    if lo == hi:
        return low <= lo <= high  # to be justified by an exact case
    if hi < low or high < lo:
        return False
    assert (high - low) * 2**20 < hi - lo, "the ball is too wide to decide"
    return lo <= low and high <= hi


@cache
def log_2() -> Fraction:
    ctx.prec = 2000
    return bounds(arb(2).log())[0]


@cache
def pi_over_2() -> Fraction:
    ctx.prec = 2000
    return bounds(arb.pi() / 2)[0]


def near(rng: random.Random, centre: int, p: int) -> int:
    return centre + rng.choice((-1, 1)) * rng.getrandbits(rng.randint(1, p))


def argument(rng: random.Random, name: str, p: int) -> int:
    """A random or extreme argument, as a multiple of 2^-p, in the domain of the function."""
    one = 1 << p
    kind = rng.randrange(8)
    if kind <= 1:
        x = rng.randint(-40 * one, 40 * one)
    elif kind == 2:
        x = rng.choice((-1, 1)) * rng.getrandbits(rng.randint(1, p + 14))  # any magnitude
    elif kind == 3:
        x = near(rng, rng.choice((0, one, -one, one // 2, 2 * one)), p)
    elif kind == 4:
        x = rng.randint(-(2**8), 2**8) << (p - rng.randint(0, 8))  # few binary digits
    elif kind == 5:
        x = rng.choice((-1, 1)) * (rng.getrandbits(rng.randint(1, 600)) << p)  # huge
    elif kind == 6:
        x = rng.choice((-1, 1)) * (one - rng.randint(0, 3))
    else:
        # Where a reduction changes: multiples of log 2, powers of 2, the last erf below 1.
        log2 = int(log_2() * one)
        edges = (
            rng.randint(-99, 99) * log2,
            one << rng.randint(0, 20),
            isqrt(7 * p * one**2 // 10),
        )
        x = rng.choice(edges) + rng.randint(-2, 2)
    if name in ("sqrt", "log"):
        return abs(x) + (name == "log")
    if name == "exp":
        return (
            max(min(x, 40000 * one), -40000 * one)
            if rng.randrange(20) == 0
            else x % (80 * one) - 40 * one
        )
    if name in ("sin", "cos"):
        quarter = int(pi_over_2() * one)
        turn = rng.randint(-(2 ** rng.randint(1, 60)), 2**60) * quarter + rng.randint(-2, 2)
        return turn if kind == 7 else max(min(x, one << 63), -one << 63)
    if name in ("asin", "acos"):
        return max(min(x, one), -one) if abs(x) <= 2 * one else x % (2 * one) - one
    return x


EXACT: dict[str, Callable[[int, int], bool]] = {
    "sqrt": lambda x, p: isqrt(x << p) ** 2 == x << p,
    "exp": lambda x, p: x == 0,
    "log": lambda x, p: x == 1 << p,
    "atan": lambda x, p: x == 0,
    "asin": lambda x, p: x == 0,
    "erf": lambda x, p: x == 0,
    "sin": lambda x, p: x == 0,
    "cos": lambda x, p: x == 0,
    "acos": lambda x, p: x == 1 << p,
    "Phi": lambda x, p: x == 0,
}


def compare(name: str, arithmetic: Arithmetic, x: int) -> tuple[bool, int]:
    """Whether the function at the point x * 2^-p is enclosed, and the width in units of 2^-p."""
    p = arithmetic.precision
    y = getattr(arithmetic, name)(Interval(x, x))
    assert y.lo <= y.hi
    sound = contained(reference(name, x, p), y, p)
    return sound and (y.lo < y.hi or EXACT[name](x, p)), y.hi - y.lo


@pytest.mark.parametrize("p", PRECISIONS)
@pytest.mark.parametrize("name", FUNCTIONS)
def test_functions_enclose_arb_and_are_tight(name: str, p: int) -> None:
    rng = random.Random(f"{name} {p}")
    arithmetic = Arithmetic(p)
    for _ in range(POINTS):
        x = argument(rng, name, p)
        sound, width = compare(name, arithmetic, x)
        assert sound, (name, p, x)
        # Only exp has results so large that the width is relative: 2p bits instead.
        assert width <= 2 or (name == "exp" and x > (p << p) // 2), (name, p, x, width)


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("p", [16, 17, 511, 1500])
def test_unusual_precisions(name: str, p: int) -> None:
    rng = random.Random(p)
    arithmetic = Arithmetic(p)
    for _ in range(30 if p > 1000 else 500):
        x = argument(rng, name, p)
        assert compare(name, arithmetic, x)[0], (name, p, x)


@pytest.mark.parametrize("p", [16, 32, 63, 64, 128, 256, 1000, 4096])
def test_pi(p: int) -> None:
    ctx.prec = 2 * p + 200
    enclosure = Arithmetic(p).pi()
    assert contained(bounds(arb.pi()), enclosure, p)
    assert enclosure.hi - enclosure.lo == 1


@pytest.mark.parametrize("p", PRECISIONS)
def test_constants_at_their_own_scale(p: int) -> None:
    arithmetic = Arithmetic(p)
    fine = arithmetic._fine
    ctx.prec = 2 * fine + 100
    assert contained(bounds(arb.pi()), Interval(*arithmetic._pi), fine)
    assert contained(bounds(arb(2).log()), Interval(*arithmetic._log2), fine)


# The series at their own scale, where the guard bits hide nothing.


def arc_case(rng: random.Random) -> bool:
    w, sign = rng.randint(24, 300), rng.choice((-1, 1))
    slack = rng.randint(0, 3)
    u = max(0, (rng.getrandbits(w) >> rng.randint(1, w)) - slack)
    result = dyadic._arc_series(u, slack, w, sign)
    ctx.prec = 2 * w + 400
    return all(
        contained(bounds(v.atan() if sign < 0 else v.atanh()), Interval(*result), w)
        for v in (arb((u, -w)), arb((u + slack, -w)))
    )


def exp_case(rng: random.Random) -> bool:
    w, slack = rng.randint(24, 300), rng.randint(0, 3)
    t = max(0, (rng.getrandbits(w) >> rng.randint(1, w)) - slack)
    result = dyadic._exp_series(t, slack, w)
    ctx.prec = 2 * w + 400
    ends = (arb((t, -w)), arb((t + slack, -w)))
    return all(contained(bounds(v.exp()), Interval(*result), w) for v in ends)


def log_case(rng: random.Random) -> bool:
    w, s = rng.randint(40, 300), rng.randint(0, 12)
    z = (1 << w) + (rng.getrandbits(w) >> rng.randint(0, w))
    result = dyadic._log_reduced(z, w, s)
    ctx.prec = 2 * w + 400
    ends = (arb((z, -w)), arb((min(z + 1, 2 << w), -w)))
    return all(contained(bounds(v.log()), Interval(*result), w) for v in ends)


def angle_case(rng: random.Random) -> bool:
    w, s = rng.randint(40, 300), rng.randint(4, 12)
    a, b = (rng.getrandbits(w) >> rng.choice((0, rng.randint(0, w))) for _ in range(2))
    if rng.randrange(2):
        a = 1 << w
    elif 4 * (a * a + b * b) < 1 << (2 * w):
        b = 1 << w
    result = dyadic._angle(a, b, w, s)
    ctx.prec = 2 * w + 400
    height = arb((b, -w))
    ends = (arb((a, -w)), arb((a + 1, -w)))
    return all(contained(bounds(arb.atan2(height, c)), Interval(*result), w) for c in ends)


def circle_case(rng: random.Random) -> bool:
    w, slack = rng.randint(24, 300), rng.randint(0, 3)
    t = max(0, min((rng.getrandbits(w + 1) >> rng.randint(0, w)), 1 << w) - slack)
    result = circular.circle_series(t, slack, w)
    ctx.prec = 2 * w + 400
    return all(
        contained(bounds(v.sin()), Interval(*result[0]), w)
        and contained(bounds(v.cos()), Interval(*result[1]), w)
        for v in (arb((t - slack, -w)), arb((t + slack, -w)))
    )


CASES: dict[str, Callable[[random.Random], bool]] = {
    "circle_series": circle_case,
    "_arc_series": arc_case,
    "_exp_series": exp_case,
    "_log_reduced": log_case,
    "_angle": angle_case,
}


@pytest.mark.parametrize("name", CASES)
def test_kernels_enclose_arb_at_their_own_scale(name: str) -> None:
    rng = random.Random(name)
    for _ in range(4000):
        assert CASES[name](rng)


def at_working_scale(arithmetic: Arithmetic, name: str, x: int) -> tuple[int, int]:
    if name in ("sin", "cos"):
        return arithmetic._sine_at(x, int(name == "cos"))
    own = {"Phi": "_phi_at", "acos": "_minus_acos_at"}.get(name, f"_{name}_at")
    result: tuple[int, int] = getattr(arithmetic, own)(x)
    return result


@pytest.mark.parametrize("name", FUNCTIONS)
def test_bounds_at_the_working_scale_enclose_arb(name: str) -> None:
    rng = random.Random(name)
    for p in (16, 24, *PRECISIONS):
        arithmetic = Arithmetic(p)
        w = arithmetic._w
        for _ in range(500):
            x = argument(rng, name, w)
            if name in ("atan", "asin", "erf"):
                x = abs(x) or 1
            bound, ball = Interval(*at_working_scale(arithmetic, name, x)), reference(name, x, w)
            if name == "acos":
                ball = (-ball[1], -ball[0])
            assert contained(ball, bound, w), (p, x)


@pytest.mark.parametrize("p", PRECISIONS)
def test_square_roots_that_are_almost_exact(p: int) -> None:
    rng = random.Random(p)
    arithmetic = Arithmetic(p)
    for _ in range(500):
        root = rng.getrandbits(rng.randint(1, 2 * p + 100)) + 1
        for x in ((root**2 << p) + rng.choice((-1, 0, 1)), rng.getrandbits(p)):
            y = arithmetic.sqrt(Interval(x, x))
            assert y.lo**2 <= x << p <= y.hi**2
            assert y.hi - y.lo == (y.lo**2 < x << p)


# Images of intervals.


@pytest.mark.parametrize("name", FUNCTIONS)
def test_interval_arguments_contain_the_images_of_their_points(name: str) -> None:
    rng = random.Random(name)
    for p in PRECISIONS:
        arithmetic = Arithmetic(p)
        for _ in range(200):
            lo, hi = sorted(argument(rng, name, p) for _ in range(2))
            if rng.randrange(2):
                hi = min(hi, lo + rng.getrandbits(10))
            if name == "exp" and hi > 100 << p:
                continue
            image = getattr(arithmetic, name)(Interval(lo, hi))
            for x in (lo, hi, rng.randint(lo, hi), rng.randint(lo, hi)):
                point = getattr(arithmetic, name)(Interval(x, x))
                low, high = reference(name, x, p)
                assert image.lo <= point.lo and point.hi <= image.hi
                assert Fraction(image.lo, 1 << p) <= high and low <= Fraction(image.hi, 1 << p)


@pytest.mark.parametrize("p", PRECISIONS)
def test_waves_on_wide_intervals(p: int) -> None:
    """Arb's own enclosure of the image, which is nearly the hull, lies in ours and is as wide."""
    rng = random.Random(p)
    arithmetic, one = Arithmetic(p), 1 << p
    ctx.prec = 2 * p + 200
    for _ in range(600):
        middle = rng.randint(-30 * one, 30 * one)
        if rng.randrange(2):  # around a turning point
            middle = int(rng.randint(-20, 20) * pi_over_2() * one) + rng.randint(-5, 5)
        lo, hi = middle - rng.getrandbits(p + 2), middle + rng.getrandbits(rng.randint(1, p + 2))
        for name in ("sin", "cos"):
            image = getattr(arithmetic, name)(Interval(lo, hi))
            inner = [lo, hi, *(rng.randint(lo, hi) for _ in range(12))]
            quarter = int(pi_over_2() * one)
            inner += [k * quarter + 1 for k in range(lo // quarter - 1, hi // quarter + 2)]
            values = [bounds(getattr(arb((x, -p)), name)()) for x in inner if lo <= x <= hi]
            least, most = min(v[0] for v in values), max(v[1] for v in values)
            assert Fraction(image.lo, one) <= least and most <= Fraction(image.hi, one)
            assert image.lo >= -one and image.hi <= one
    assert arithmetic.sin(Interval(0, 7 * one)) == Interval(-one, one)
    assert arithmetic.cos(Interval(1 << (p + 80), 1 << (p + 80))) == Interval(-one, one)


@pytest.mark.parametrize("p", PRECISIONS)
def test_tan_encloses_arb(p: int) -> None:
    rng = random.Random(p)
    arithmetic, one = Arithmetic(p), 1 << p
    for _ in range(1500):
        x = argument(rng, "sin", p)
        try:
            y = arithmetic.tan(Interval(x, x))
        except Indeterminate:
            assert abs(x) > one << 40 or reference("cos", x, p)[0] < Fraction(1, 2**p)
            continue
        assert contained(reference("tan", x, p), y, p) and (y.lo < y.hi or x == 0)
        assert y.hi - y.lo <= 2 or abs(y.lo) > 2 << 8 << p
    pole = int(pi_over_2() * one)
    for lo, hi in ((pole, pole + 1), (0, 2 * one), (-2 * one, 0), (one, 6 * one), (0, 5 * one)):
        with pytest.raises(Indeterminate):
            arithmetic.tan(Interval(lo, hi))
    wide = arithmetic.tan(Interval(-one, one))
    assert wide.lo <= arithmetic.tan(Interval(-one, -one)).lo and wide.hi >= one


@pytest.mark.parametrize("p", PRECISIONS)
def test_rational_powers(p: int) -> None:
    rng = random.Random(p)
    arithmetic = Arithmetic(p)
    for _ in range(700):
        q = rng.randint(2, 12)
        n = rng.choice([k for k in range(-20, 21) if k and Fraction(k, q).denominator == q])
        x = abs(argument(rng, "sin", p)) >> rng.choice((0, 0, 60))
        if n < 0 and x == 0:
            continue
        try:
            y = arithmetic.rational_power(Interval(x, x), Fraction(n, q))
        except Indeterminate:
            assert x.bit_length() * abs(n) > 1 << 17 or (n < 0 and x.bit_length() < 20)
            continue
        lo, hi = Fraction(y.lo, 1 << p), Fraction(y.hi, 1 << p)
        exact = Fraction(x, 1 << p) ** n
        assert lo**q <= exact <= hi**q and y.hi - y.lo == (lo**q != exact)
        other = x + rng.getrandbits(p)
        wide = arithmetic.rational_power(Interval(x, other), Fraction(n, q))
        end = arithmetic.rational_power(Interval(other, other), Fraction(n, q))
        assert wide.lo == min(y.lo, end.lo) and wide.hi == max(y.hi, end.hi)
    zero, negative = Interval(0, 0), Interval(-2, -1)
    assert arithmetic.rational_power(zero, Fraction(2, 3)) == zero
    for base, n, error in (
        (negative, 1, Undefined), (zero, -1, Undefined), (Interval(-1, 1), 1, Indeterminate),
        (Interval(0, 1), -1, Indeterminate),
    ):  # fmt: skip
        with pytest.raises(error):
            arithmetic.rational_power(base, Fraction(n, 3))


def test_floor_roots() -> None:
    rng = random.Random(0)
    for _ in range(4000):
        q = rng.randint(1, 64)
        root = rng.getrandbits(rng.randint(1, 90))
        n = max(0, root**q + rng.choice((-1, 0, 1, rng.getrandbits(20))))
        found = dyadic.floor_root(n, q)
        assert found**q <= n < (found + 1) ** q


numerators = st.integers(-(2**40), 2**40) | st.integers(-4, 4).map(lambda n: n << 16)
intervals = st.tuples(numerators, numerators).map(lambda ends: Interval(*sorted(ends)))
parts = st.fractions(0, 1, max_denominator=7)


def inside(arithmetic: Arithmetic, x: Interval, part: Fraction) -> Fraction:
    return arithmetic.lower(x) + part * (arithmetic.upper(x) - arithmetic.lower(x))


def holds(arithmetic: Arithmetic, result: Interval, value: Fraction) -> bool:
    return arithmetic.lower(result) <= value <= arithmetic.upper(result)


@settings(max_examples=1500, deadline=None)
@given(intervals, intervals, parts, parts)
def test_operations_contain_the_results_at_their_points(
    x: Interval, y: Interval, first: Fraction, second: Fraction
) -> None:
    a = Arithmetic(16)
    u, v = inside(a, x, first), inside(a, y, second)
    assert holds(a, a.add(x, y), u + v)
    assert holds(a, a.sub(x, y), u - v)
    assert holds(a, a.neg(x), -u)
    assert holds(a, a.mul(x, y), u * v)
    assert holds(a, a.minimum(x, y), min(u, v))
    assert holds(a, a.maximum(x, y), max(u, v))
    assert holds(a, a.absolute(x), abs(u))
    assert a.absolute(x).lo >= 0
    if y.lo <= 0 <= y.hi:
        with pytest.raises(Undefined if y == (0, 0) else Indeterminate):
            a.div(x, y)
    else:
        assert holds(a, a.div(x, y), u / v)


@settings(max_examples=600, deadline=None)
@given(intervals, parts, st.integers(-9, 9))
def test_powers_contain_the_results_at_their_points(
    x: Interval, part: Fraction, exponent: int
) -> None:
    a = Arithmetic(16)
    if exponent < 0 and x.lo <= 0 <= x.hi:
        with pytest.raises(Undefined if x == (0, 0) else Indeterminate):
            a.power(x, exponent)
        return
    power = a.power(x, exponent)
    assert holds(a, power, inside(a, x, part) ** exponent)
    assert power.lo >= 0 or exponent % 2


@pytest.mark.parametrize("p", PRECISIONS)
def test_point_operations_are_rounded_to_the_nearest_outer_numbers(p: int) -> None:
    rng = random.Random(p)
    a = Arithmetic(p)
    for _ in range(500):
        u, v = (Fraction(argument(rng, "atan", p) or 1, 1 << p) for _ in range(2))
        x, y = a.enclose(u), a.enclose(v)
        assert x.lo == x.hi and a.lower(x) == u
        for result, value in ((a.mul(x, y), u * v), (a.div(x, y), u / v)):
            assert holds(a, result, value) and result.hi - result.lo <= 1
            assert (result.hi > result.lo) == ((value * (1 << p)).denominator > 1)
        third = a.enclose(u / 3)
        assert holds(a, third, u / 3) and third.hi - third.lo <= 1


@pytest.mark.parametrize("p", PRECISIONS)
def test_powers_are_tight_and_contain_exact_values(p: int) -> None:
    rng = random.Random(p)
    a = Arithmetic(p)
    for _ in range(300):
        x = rng.choice((-1, 1)) * rng.randint(1, 3 << p)
        n = rng.choice((rng.randint(-20, 20), rng.randint(-300, 300)))
        result, value = a.power(Interval(x, x), n), Fraction(x, 1 << p) ** n
        assert holds(a, result, value), (x, n)
        assert abs(value) > 1 << p or result.hi - result.lo <= 2, (x, n)
        assert result.hi - result.lo <= 2 + abs(value) * (1 << p) / 4**p * 2**20


def test_exact_cases() -> None:
    for p in PRECISIONS:
        a, one = Arithmetic(p), 1 << p
        unit, zero = Interval(one, one), Interval(0, 0)
        assert a.log(unit) == zero and a.exp(zero) == unit
        assert a.atan(zero) == a.asin(zero) == a.erf(zero) == a.sqrt(zero) == zero
        for root in (1, 3, 12345):
            assert a.sqrt(a.enclose(Fraction(root**2, 64))) == a.enclose(Fraction(root, 8))
        wide = Interval(-5 * one, 3 * one)
        assert a.power(wide, 0) == a.power(zero, 0) == unit
        assert a.power(wide, 2) == Interval(0, 25 * one)
        assert a.power(wide, 3) == Interval(-125 * one, 27 * one)
        assert a.power(Interval(2 * one, 4 * one), -2) == Interval(one // 16, one // 4)
        assert a.power(Interval(-4 * one, -2 * one), -3) == Interval(-one // 8, -one // 64)
        assert a.power(a.enclose(Fraction(-3)), 9) == a.enclose(Fraction(-(3**9)))
        half_pi = a.asin(unit)
        assert half_pi.hi - half_pi.lo == 1 and a.asin(a.neg(unit)) == a.neg(half_pi)
        assert 2 * half_pi.lo <= a.pi().lo and a.pi().hi <= 2 * half_pi.hi
        assert a.enclose(Fraction(-7, 4)) == Interval(-7 * one // 4, -7 * one // 4)


def test_edges_of_domains() -> None:
    a = Arithmetic(64)
    one = 1 << 64
    undefined = [
        (a.sqrt, Interval(-2, -1)),
        (a.log, Interval(-1, 0)),
        (a.log, Interval(0, 0)),
        (a.asin, Interval(one + 1, one + 2)),
        (a.asin, Interval(-2 * one, -one - 1)),
    ]
    indeterminate = [
        (a.sqrt, Interval(-1, 0)),
        (a.sqrt, Interval(-1, 5)),
        (a.log, Interval(0, 1)),
        (a.log, Interval(-5, one)),
        (a.asin, Interval(one, one + 1)),
        (a.asin, Interval(-one - 1, -one)),
        (a.asin, Interval(-2 * one, 2 * one)),
        (a.exp, Interval(0, 40000 * one + 1)),
        (a.exp, Interval(50000 * one, 50000 * one)),
    ]
    for function, x in undefined:
        with pytest.raises(Undefined):
            function(x)
    for function, x in indeterminate:
        with pytest.raises(Indeterminate):
            function(x)
    assert a.exp(Interval(-(10**9) * one, 0)) == Interval(0, one)


def test_limits() -> None:
    a = Arithmetic(64)
    large = a.enclose(Fraction(2**65536))
    small = Interval(1, 1)
    with pytest.raises(Indeterminate):
        a.enclose(Fraction(2**65536 + 1))
    beyond_the_limit: list[Callable[[], Interval]] = [
        lambda: a.add(large, small),
        lambda: a.sub(a.neg(large), small),
        lambda: a.mul(large, large),
        lambda: a.div(large, small),
        lambda: a.power(large, 100000),
        lambda: a.power(large, -100001),
        lambda: a.power(small, 100001),
        lambda: a.atan(Interval(0, 2 * large.hi)),
    ]
    for beyond in beyond_the_limit:
        with pytest.raises(Indeterminate):
            beyond()
    for precision in (15, 4097, 0, -5):
        with pytest.raises(ValueError, match="precision"):
            Arithmetic(precision)


@pytest.mark.parametrize("p", [128, 4096])
def test_extreme_arguments_take_bounded_time(p: int) -> None:
    a, one = Arithmetic(p), 1 << p
    large = (one << 65536) - 12345
    x, tiny, whole = Interval(large, large), Interval(1, 1), Interval(-large, large)
    slowest_erf = isqrt(7 * p * one**2 // 10) - 1
    calls: list[Callable[[], Interval]] = [
        lambda: a.sqrt(x),
        lambda: a.log(Interval(1, large)),
        lambda: a.atan(whole),
        lambda: a.erf(whole),
        lambda: a.erf(Interval(-slowest_erf, slowest_erf)),
        lambda: a.asin(Interval(-one + 1, one - 1)),
        lambda: a.exp(Interval(-large, 40000 * one)),
        lambda: a.exp(tiny),
        lambda: a.power(Interval(-3 * one // 2, one + 1), 100000),
        lambda: a.power(x, -100000),
        lambda: a.power(Interval(one - 1, one - 1), -100000),
        lambda: a.mul(a.div(tiny, x), a.enclose(Fraction(10**4000, 3**9000))),
    ]
    for call in calls:
        start = time.process_time()
        call()
        assert time.process_time() - start < 5


# A comparison that never fails shows nothing: broken arithmetic must be found out by it.


def failures(name: str, p: int = 64, points: int = 200) -> int:
    rng = random.Random(0)
    arithmetic = Arithmetic(p)
    return sum(not compare(name, arithmetic, argument(rng, name, p))[0] for _ in range(points))


def test_intact_arithmetic_has_no_failures() -> None:
    assert [failures(name) for name in FUNCTIONS] == [0] * len(FUNCTIONS)


@pytest.mark.parametrize("name", ["exp", "log", "atan", "asin", "erf"])
def test_rounding_to_one_side_is_rejected(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    intact = dyadic._round
    monkeypatch.setattr(dyadic, "_round", lambda lo, hi, n: (intact(lo, hi, n)[0],) * 2)
    assert failures(name) > 20


@pytest.mark.parametrize("name", ["exp", "log", "atan", "asin", "erf"])
def test_inward_rounding_is_rejected(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def inward(
        self: Arithmetic, at: Callable[[int], Interval], x: Interval, odd: bool = False
    ) -> Interval:
        y = intact(self, at, x, odd)
        return Interval(y.hi, y.hi + 1)

    intact = Arithmetic._rising
    monkeypatch.setattr(Arithmetic, "_rising", inward)
    assert failures(name) > 20


@pytest.mark.parametrize(
    ("kernel", "names"), [("_exp_series", ["exp"]), ("_arc_series", ["log", "atan", "asin"])]
)
def test_a_missing_term_is_rejected(
    kernel: str, names: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the cubic term, results are wrong; without the last one, the kernel's bounds are."""
    intact = getattr(dyadic, kernel)

    def without(n: int) -> Callable[..., tuple[int, int]]:
        def broken(u: int, slack: int, w: int, sign: int = 0) -> tuple[int, int]:
            lo, hi = intact(u, slack, w, sign) if sign else intact(u, slack, w)
            terms, k, power = [], 0, u if sign else 1 << w
            while power:
                terms.append((power // (2 * k + 1)) * sign**k if sign else power)
                k += 1
                power = (power * u * u >> (2 * w)) if sign else (power * u >> w) // k
            term = terms[n] if len(terms) > max(n, 0) else 0
            return lo - term, hi - term

        return broken

    monkeypatch.setattr(dyadic, kernel, without(1 if kernel == "_arc_series" else 3))
    for name in names:
        assert failures(name) > 20
    monkeypatch.setattr(dyadic, kernel, without(-1))
    rng = random.Random(0)
    assert sum(not CASES[kernel](rng) for _ in range(300)) > 20


@pytest.mark.parametrize("kernel", CASES)
def test_a_missing_error_bound_is_rejected(kernel: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module = circular if kernel == "circle_series" else dyadic
    intact = getattr(module, kernel)

    def middle(pair: tuple[int, int]) -> tuple[int, int]:
        return (pair[0] + pair[1]) // 2, (pair[0] + pair[1]) // 2 + 1

    def broken(*arguments: int) -> Any:
        result = intact(*arguments)
        return tuple(map(middle, result)) if module is circular else middle(result)

    monkeypatch.setattr(module, kernel, broken)
    rng = random.Random(0)
    assert sum(not CASES[kernel](rng) for _ in range(300)) > 20


@pytest.mark.parametrize(
    ("constant", "name"),
    [("_log2", "log"), ("_log2", "exp"), ("_pi", "erf"), ("_pi", "Phi"), ("_pi", "sin")],
)
def test_a_wrong_constant_is_rejected(constant: str, name: str) -> None:
    rng = random.Random(0)
    arithmetic = Arithmetic(64)
    wrong = tuple(bound + (bound >> 60) for bound in getattr(arithmetic, constant))
    setattr(arithmetic, constant, wrong)
    results = [compare(name, arithmetic, argument(rng, name, 64))[0] for _ in range(300)]
    assert results.count(False) > 20
