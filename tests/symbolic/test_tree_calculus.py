"""Bounds, derivatives, parity and branches of formulas, on random formulas."""

from fractions import Fraction
from itertools import pairwise

import pytest
from flint import acb, arb
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from symbolic.branches import SWITCHING, contains, pieces
from symbolic.enclosure import working_precision
from symbolic.formula import Tree, numeral, parse
from symbolic.growth import TooFast, bound, polynomial, tail_second_moment
from symbolic.tree_calculus import EVEN, ODD, derivative, parity, with_values
from symbolic.tree_values import NoValue, ball, value

SMOOTH = ("exp", "sin", "cos", "atan", "tanh", "erf", "Phi", "sinh", "cosh", "erfc")
ROUGH = ("abs", "sign", "step", "sqrt", "log")
numbers = st.fractions(min_value=-3, max_value=3, max_denominator=6).map(numeral)


def grown(functions: tuple[str, ...]) -> st.SearchStrategy[Tree]:
    """Random trees over x, small fractions and the given functions."""

    def extend(parts: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
        return st.one_of(
            st.tuples(st.sampled_from(("+", "-", "*", "/", "max", "min")), parts, parts),
            st.tuples(st.sampled_from(functions), parts),
            st.tuples(st.just("-"), parts),
            st.tuples(st.just("^"), parts, st.sampled_from((2, 3, -1))),
        )

    return st.recursive(st.one_of(st.just("x"), numbers), extend, max_leaves=7)


def real(tree: Tree, x: arb) -> arb:
    """Return the value at a real ball, at 200 bits; not finite if it is not real."""
    with working_precision(200):
        found = value(tree, acb(x))
        return found.real if found.imag.contains(0) else arb.nan()


@given(grown(SMOOTH + ROUGH), st.sampled_from((1, -1)), st.fractions(0, 30, max_denominator=9))
@settings(max_examples=150, deadline=None)
def test_bounds_hold(tree: Tree, side: int, beyond: Fraction) -> None:
    radius = arb(2)
    try:
        found = bound(tree, radius, side)
    except TooFast:
        assume(False)
    y = radius + ball(beyond)
    f = real(tree, side * y)
    assert f.is_finite()
    assert not f < found.low and not f > found.high

    def at(quadratic: tuple[arb, arb, arb]) -> arb:
        return quadratic[0] + quadratic[1] * y + quadratic[2] * y * y

    with working_precision(200):
        assert not abs(f) > at(found.growth).exp()
        assert found.above is None or not f > at(found.above)
        assert found.below is None or not -f > at(found.below)


@given(grown((*SMOOTH, "abs")), st.fractions(-3, 3, max_denominator=7))
@settings(max_examples=100, deadline=None)
def test_derivatives_are_difference_quotients(tree: Tree, point: Fraction) -> None:
    with working_precision(300):
        h = arb(2) ** -60
        x = ball(point)
        around = value(tree, acb(arb(point.numerator) / point.denominator, arb(0, 1e-9)), True)
        assume(around.is_finite())
        slope = real(derivative(tree), x)
        assume(abs(slope) < 1e20)
        with working_precision(300):
            quotient = (value(tree, acb(x + h)).real - value(tree, acb(x - h)).real) / (2 * h)
            assume(abs(quotient) < 1e20)
            assert abs(quotient - slope) < 1e-6


@given(grown(SMOOTH + ROUGH), st.fractions(0, 3, max_denominator=7))
@settings(max_examples=100, deadline=None)
def test_parity_is_true(tree: Tree, point: Fraction) -> None:
    found = parity(tree)
    assume(found is not None and point != 0)
    right, left = real(tree, ball(point)), real(tree, -ball(point))
    assume(right.is_finite() and left.is_finite())
    assert right.overlaps(left if found == EVEN else -left)


def test_parity_of_examples() -> None:
    assert parity(parse("x*cos(x)")) == ODD
    assert parity(parse("x - tanh(x)^3")) == ODD
    assert parity(parse("|sin(x)| + x^2")) == EVEN
    assert parity(parse("exp(x)")) is None
    assert parity(parse("max(0, x)")) is None
    assert parity(parse("x + 1")) is None


@given(grown(("sin", "abs", "sign", "step")), st.fractions(-4, 4, max_denominator=11))
@settings(max_examples=100, deadline=None)
def test_pieces_are_the_formula(tree: Tree, point: Fraction) -> None:
    found = pieces(tree)
    assert found[0].low is None and found[-1].high is None
    for left, right in pairwise(found):
        assert left.high == right.low
    inside = [
        p for p in found if (p.low is None or p.low < point) and (p.high is None or point < p.high)
    ]
    if inside:
        whole, part = real(tree, ball(point)), real(inside[0].tree, ball(point))
        assert not whole.is_finite() or whole.overlaps(part)


def test_nested_branches_are_resolved() -> None:
    found = pieces(parse("max(0, 1 - ||x| - 1/2|)"))
    assert [p.high for p in found] == [
        Fraction(-3, 2), Fraction(-1, 2), 0, Fraction(1, 2), Fraction(3, 2), None
    ]  # fmt: skip
    assert not any(contains(p.tree, SWITCHING) for p in found)


def test_tails_decrease_and_refuse_fast_growth() -> None:
    tree = parse("x^2*exp(x^2/5)")
    tails = [tail_second_moment(tree, arb(r)) for r in (30, 40, 50)]
    assert tails[0] > tails[1] > tails[2] > 0
    assert tail_second_moment(parse("exp(10*x)"), arb(5)) == arb.pos_inf()
    for formula in ("exp(x^2/4)", "exp(x^2/3)", "exp(x^3)", "1/sin(x)", "log(x)", "x^x"):
        with pytest.raises(TooFast):
            tail_second_moment(parse(formula), arb(5))


def test_polynomials_are_recognised() -> None:
    assert polynomial(parse("(x - 1/2)^2*3 - x/4")) == {
        2: Fraction(3), 1: Fraction(-13, 4), 0: Fraction(3, 4)
    }  # fmt: skip
    assert polynomial(parse("x - x")) == {}
    assert polynomial(parse("1/x")) is None
    assert polynomial(parse("x^pi")) is None


def test_parameters_take_values() -> None:
    tree = with_values(parse("a*x + max(b, x)", ("a", "b", "x")), {"a": Fraction(1, 3)})
    assert tree == ("+", ("*", "1/3", "x"), ("max", "b", "x"))
    with pytest.raises(NoValue, match="the parameter b has no value"):
        value(tree, acb(1))


def test_analytic_values_stop_at_branch_cuts() -> None:
    wide, high = acb(arb(0, 0.1), arb(0, 0.1)), acb(arb(0, 0.1), arb(2, 0.1))
    for formula, where in [
        ("sqrt(x)", wide), ("log(x)", wide), ("|x|", wide), ("sign(x)", wide), ("x^(1/3)", wide),
        ("max(x, 0)", wide), ("atan(x)", high),
        ("tanh(x)", acb(0, arb(1.57, 0.1))), ("1/x", wide),
    ]:  # fmt: skip
        assert not value(parse(formula), where, True).is_finite(), formula
        assert value(parse(formula), where + acb(0.5, 0.5), True).is_finite(), formula
    for formula in ("asin(x)", "acos(x)"):
        assert not value(parse(formula), wide + 2, True).is_finite()
        assert not value(parse(formula), wide - 1, True).is_finite()
        assert value(parse(formula), wide + 0.5, True).is_finite()
