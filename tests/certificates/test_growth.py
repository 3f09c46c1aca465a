"""Limits by rates of growth: against values far out, and where nothing may be said."""

from fractions import Fraction
from typing import Any

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certificates.dyadic import Indeterminate, Undefined
from certificates.growth import limit, limit_at
from certificates.ranges import INF, Range, Ranges
from certificates.terms import Malformed
from tests.certificates.test_boxes import frozen
from tests.corpus.reference import NoValue, value

PRECISION = 64
ONE = 1 << PRECISION
BETWEEN = {"y": Range(ONE, 2 * ONE)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(- x x)", 0), ("(/ x x)", 1), ("(* x (exp (- x)))", 0), ("(* x (/ 1 x))", 1),
        ("(/ x (+ 1 (* x x)))", 0), ("(/ x (sqrt (+ 1 (* x x))))", 1), ("(/ (log x) x)", 0),
        ("(/ (^ (log x) 2) (sqrt x))", 0), ("(- (^ (+ x 1) 2) (^ x 2))", INF),
        ("(- x (exp x))", -INF),
        ("(/ (log (+ 1 (exp x))) x)", 1), ("(* x (log (+ 1 (/ 1 x))))", 1),
        ("(* x (sin (/ 1 x)))", 1),
        ("(* (^ x 9) (exp (- (* y x))))", 0), ("(/ (+ (exp (* x y)) x) (exp (* x y)))", 1),
        ("(* (rpow x 1/3) (exp (- (sqrt x))))", 0), ("(- (/ (* x x) 2) (* x (log x)))", INF),
        ("(* (exp (- (* 2 x) (* x x))) (exp (* x x)))", INF),
    ],
)  # fmt: skip
def test_limits_at_infinity(text: str, expected: Any) -> None:
    assert _is(limit(frozen(text), "x", INF, BETWEEN, Ranges(PRECISION)), expected)


@pytest.mark.parametrize(
    ("text", "end", "above", "expected"),
    [
        ("(* x (log x))", 0, True, 0), ("(/ (sin x) x)", 0, True, 1),
        ("(/ (sin x) x)", 0, False, 1),
        ("(/ (log (+ 1 x)) x)", 0, True, 1), ("(/ 1 x)", 0, False, -INF),
        ("(log (- 1 x))", 1, False, -INF),
        ("(* (exp (/ -1 x)) (^ x -3))", 0, True, 0), ("(* (sqrt x) (log x))", 0, True, 0),
        ("(/ (tan x) x)", 0, True, 1), ("(* (- 1 x) (log (- 1 x)))", 1, False, 0),
        ("(* (- 1 x) (log (- 1 x)))", "1/2", True, "-0.34657359"), ("(exp (/ 1 x))", 0, False, 0),
    ],
)  # fmt: skip
def test_limits_at_a_number(text: str, end: Any, above: bool, expected: Any) -> None:
    assert _is(limit_at(frozen(text), "x", end, above, BETWEEN, Ranges(PRECISION)), expected)


@pytest.mark.parametrize(
    "text",
    ["(* x (sin x))", "(- (* y x) (* 3/2 x))", "(* x (- 1 (Phi x)))", "(/ 1 (- (exp x) (exp x)))",
     "(- (log (+ 1 (exp x))) x)", "(* x (- y 5/4))", "(/ x (- y 1))", "(exp (* x (- y 3/2)))",
     "(log (- 1 x))", "(sqrt (- x))", "(* (exp (sin x)) x)", "(- (sqrt (+ x 1)) (sqrt x))",
     "(* x (log (- 2 (/ x (+ x 1)))) (- y 1))"],
)  # fmt: skip
def test_what_the_growth_leaves_open(text: str) -> None:
    with pytest.raises((Indeterminate, Undefined)):
        limit(frozen(text), "x", INF, BETWEEN, Ranges(PRECISION))


def _is(found: Any, expected: Any) -> bool:
    if isinstance(found, float) or isinstance(expected, float):
        return bool(found == expected)
    return abs(Fraction(found.low, ONE) - Fraction(expected)) < Fraction(1, 10**6) and (
        abs(Fraction(found.high, ONE) - Fraction(expected)) < Fraction(1, 10**6)
    )


INVERSE = ("/", 1, "x")
LEAVES = ["x", "x", "1/2", 1, 2, INVERSE, ("exp", "x"), ("exp", ("-", "x")), ("log", "x"),
          ("sin", INVERSE), ("tan", INVERSE), ("exp", INVERSE), ("exp", ("sqrt", "x")),
          ("exp", ("-", "x", ("*", "x", "x")))]  # fmt: skip
rates = st.recursive(
    st.sampled_from(LEAVES),
    lambda inner: (
        st.tuples(st.sampled_from(["+", "-", "*", "/"]), inner, inner)
        | st.tuples(st.sampled_from(["log", "sqrt", "atan", "-"]), inner)
        | st.tuples(st.just("^"), inner, st.sampled_from([-2, -1, 2, 3]))
    ),
    max_leaves=6,
)


@settings(max_examples=800, deadline=None)
@given(rates)
def test_limits_are_approached(term: Any) -> None:
    """Farther out the value is nearer to the limit; of a logarithm, not much."""
    try:
        found = limit(term, "x", INF, {}, Ranges(PRECISION))
    except (Indeterminate, Undefined, Malformed):
        return
    values = []
    with mpmath.workdps(120):
        for far in (10**25, 10**40):
            try:
                values.append(value(term, {"x": mpmath.mpf(far)}, {}))
            except (NoValue, OverflowError, MemoryError, ValueError):
                return
        if isinstance(found, float):
            near, far_out = (v if found > 0 else -v for v in values)
            assert far_out > near > 0, (term, mpmath.nstr(values, 5))
            return
        low, high = (mpmath.mpf(e) / ONE for e in found[:2])
        near, far_out = (max(low - v, v - high, 0) for v in values)
        assert far_out <= near + mpmath.mpf(10) ** -9, (term, mpmath.nstr(values, 5))
        assert far_out < (1 + abs(low)) / 2, (term, mpmath.nstr(values, 5))
