"""The depths L0 and L1 and the bound B: exact ceilings, ties included."""

from fractions import Fraction

import pytest
from flint import arb
from hypothesis import given
from hypothesis import strategies as st
from sympy import E, Expr, Integer, Piecewise, Rational, Symbol, asin, exp, log, pi, sqrt, tan

from symbolic import L0, L1, B, activation
from symbolic.enclosure import enclosure, working_precision

RELU_MU = activation("relu").normalised().coefficient_of_nonlinearity()


@pytest.mark.parametrize(
    ("delta", "mu", "depth"),
    [
        (Rational(1, 3), 1, 1),
        (Rational(2, 9), 1, 2),
        (Rational(1, 2), 1, 0),
        (Rational(1, 2), RELU_MU, 0),
        (Rational(1, 2), Symbol("mu", positive=True), 0),
        (Rational(3, 4), Rational(1, 7), 0),
        (1, 1, 0),
        (Rational(1, 2) * Rational(2, 3) ** 200, 1, 200),
        (Rational(1, 2) * Rational(200, 201) ** 77, Rational(1, 100), 77),
        (Rational(1, 4), 2 * (sqrt(2) - 1), 2),
        (1 / (2 * (1 + RELU_MU / 2) ** 5), RELU_MU, 5),
        (asin(Rational(1, 3)) / 2, Rational(1, 2), 5),
    ],
)
def test_l0_at_ties_and_elsewhere(delta: Expr, mu: Expr, depth: int) -> None:
    """L0 is exact where the quotient of the logarithms is an integer, and for irrationals."""
    assert L0(delta, mu) == depth


@pytest.mark.parametrize("depth", [1, 2, 17, 200])
def test_l0_on_either_side_of_a_tie(depth: int) -> None:
    """The least change of delta below a tie raises L0 by one, and above it changes nothing."""
    tie, change = Rational(1, 2) * Rational(2, 3) ** depth, Rational(1, 10**90)
    assert L0(tie, 1) == depth
    assert L0(tie - change, 1) == depth + 1
    assert L0(tie + change, 1) == depth


@given(
    st.fractions(min_value=Fraction(1, 10**6), max_value=1, max_denominator=10**6),
    st.fractions(min_value=Fraction(1, 50), max_value=1, max_denominator=50),
)
def test_l0_is_the_least_depth(delta: Fraction, mu: Fraction) -> None:
    """L0 is the least k >= 0 with 2 delta (1 + mu/2)^k >= 1, in exact fractions."""
    k = int(L0(delta, mu))
    assert 2 * delta * (1 + mu / 2) ** k >= 1
    assert k == 0 or 2 * delta * (1 + mu / 2) ** (k - 1) < 1


@given(
    st.integers(min_value=1, max_value=10**6),
    st.fractions(min_value=Fraction(1, 50), max_value=1, max_denominator=50),
)
def test_l1_is_the_least_depth(n: int, mu: Fraction) -> None:
    """L1 - L0 is the least k >= 0 with n (1 - mu/2)^k <= 1, in exact fractions."""
    k = int(L1(n, Fraction(1, 7), mu) - L0(Fraction(1, 7), mu))
    assert n * (1 - mu / 2) ** k <= 1
    assert k == 0 or n * (1 - mu / 2) ** (k - 1) > 1


def test_l1_at_ties() -> None:
    """For mu = 1 the quotient log(n)/log(2) is an integer exactly at the powers of 2."""
    half = Rational(1, 2)
    assert [L1(n, half, 1) for n in (1, 2, 3, 4, 1023, 1024, 1025)] == [0, 1, 2, 2, 10, 10, 11]
    assert L1(2**300, half, 1) == 300
    assert L1(2**300 + 1, half, 1) == 301
    assert L1(10, Rational(1, 10), RELU_MU) == 30
    assert L1(1, half, Symbol("mu", positive=True)) == 0


def test_b_on_either_side_of_l0() -> None:
    """B is 1 - delta (1+mu/2)^L up to L0 and (1-mu/2)^(L-L0)/2 beyond, at half-integers too."""
    third = Rational(1, 3)
    assert [B(L, third, 1) for L in range(4)] == [
        Rational(2, 3),
        Rational(1, 2),
        Rational(1, 4),
        Rational(1, 8),
    ]
    assert B(Rational(3, 2), third, 1) == sqrt(2) / 4
    assert B(1, third, 1) != 1 - third
    assert B(4, Rational(1, 10), 1) == Rational(79, 160)
    assert B(5, Rational(1, 10), 1) == Rational(1, 4)
    assert B(3, Rational(1, 2), RELU_MU) == (1 - RELU_MU / 2) ** 3 / 2


def test_formulas_with_symbols() -> None:
    """With symbols the bounds are the paper's formulas, with the values of the numbers inside."""
    delta, mu, depth = Symbol("delta", positive=True), Symbol("mu", positive=True), Symbol("L")
    formula = L0(delta, mu)
    assert formula.has(log) and formula.free_symbols == {delta, mu}
    assert formula.subs({delta: Rational(1, 10), mu: 1}) == L0(Rational(1, 10), 1) == 4
    assert L1(Symbol("n"), Rational(1, 10), 1).subs(Symbol("n"), 100) == 7 + 4
    bound = B(depth, delta, mu)
    assert isinstance(bound, Piecewise)
    for L in (2, 4, 5, 9):
        value = bound.subs({depth: L, delta: Rational(1, 10), mu: 1})
        assert value == B(L, Rational(1, 10), 1)
        assert value != B(L + 1, Rational(1, 10), 1)


@pytest.mark.parametrize("bad", [0, -1, Rational(3, 2), 0.25, pi, pi - 4, tan(1), sqrt(-1), True])
def test_out_of_range_is_refused(bad: Expr) -> None:
    """A delta or mu that is a float, or not certainly in (0, 1], is refused."""
    with pytest.raises(ValueError, match=r"delta|enclosure"):
        L0(bad, 1)
    with pytest.raises(ValueError, match=r"mu|enclosure"):
        L1(4, Rational(1, 3), bad)


@pytest.mark.parametrize("bad", [-1, Rational(-1, 2), 0.5, pi, True])
def test_bad_depths_and_sizes_are_refused(bad: Expr) -> None:
    """A depth L is a rational >= 0 and a size n an integer >= 1; all else is refused."""
    with pytest.raises(ValueError, match="L must"):
        B(bad, Rational(1, 3), 1)
    for n in (bad, 0, Rational(5, 2)):
        with pytest.raises(ValueError, match="n must"):
            L1(n, Rational(1, 3), 1)
    assert B(0, Rational(1, 3), 1) == Rational(2, 3)


def test_ties_of_irrational_numbers() -> None:
    """A tie is found through logarithms and roots; one that no rule here proves is reported."""
    for hidden in (9 * log(4) / (8 * log(2)), sqrt(3 + 2 * sqrt(2)) / (1 + sqrt(2)) * 9 / 4):
        assert L0(1 / (2 * hidden), 1) == 2
        assert L0(1 / (2 * hidden + Rational(1, 10**50)), 1) == 3
    unproved = (asin(Rational(3, 5)) + asin(Rational(4, 5))) / (pi / 2) * Rational(9, 4)
    with pytest.raises(ArithmeticError, match="not decided"):
        L0(1 / (2 * unproved), 1)


def test_enclosures_contain_and_refuse() -> None:
    """An enclosure contains the constant, is as narrow as the precision, and knows no symbols."""
    with working_precision(200):
        ball = enclosure(pi**2 / 6 + log(2) * E - sqrt(3) * asin(Rational(1, 3)) + exp(Integer(2)))
        assert ball.contains(ball.mid())
        assert ball.rad() < arb(2) ** -190
        assert enclosure(sqrt(2)) ** 2 - 2 < arb(2) ** -190
        assert not enclosure(Rational(1, 3)).contains(arb("0.3333333333"))
    for unknown in (Symbol("t"), tan(1)):
        with pytest.raises(ValueError, match="no enclosure"):
            enclosure(unknown)
