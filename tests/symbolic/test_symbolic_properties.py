"""Properties of activations: bounds, growth, condition (3), C-boundedness, Theorem 32, fact 5."""

import math
from itertools import pairwise

import pytest
from flint import arb
from sympy import Expr, Integer, Rational, Symbol, asin, erf, exp, oo, pi, sqrt

from symbolic import activation_from_formula, parse_activation, rho, x
from symbolic.enclosure import enclosure, working_precision
from symbolic.identities import proved_zero
from symbolic.laws import Normalised, TermsLaw
from symbolic.properties import (
    c_bounded,
    derivative_dual,
    jump_points,
    sub_gaussian,
    theorem_32,
)
from symbolic.ranges import pieces, whole_range

ALPHA: dict[str, Expr] = {
    "identity": Integer(1),
    "relu": sqrt(2 * pi / (pi - 1)),
    "sign": Integer(1),
    "step": Integer(1),
    "erf": 1 / sqrt(2 / pi * asin(Rational(2, 3))),
    "gelu": (exp(-1) / sqrt(pi) + (1 + erf(1)) / 2) / sqrt(Rational(1, 3) + sqrt(3) / 6 / pi
                                                           - 1 / (4 * pi)),
}  # fmt: skip


@pytest.mark.parametrize("name", ["relu", "sign", "step", "erf", "identity"])
def test_known_constants_of_condition_3(name: str) -> None:
    """The constants are the Lipschitz constant or half the range over the standard deviation."""
    found = sub_gaussian(parse_activation(name).normalised()).value
    assert found is not None
    with working_precision(100):
        assert abs(enclosure(found) - enclosure(ALPHA[name])) < arb(10) ** -20
        assert not abs(enclosure(found * 2) - enclosure(ALPHA[name])) < 0.001


SUB_GAUSSIAN = ["relu", "abs", "hard_tanh", "hard_swish", "hard_shrink", "gelu", "elu", "snake",
                "sin", "gaussian", "triangle(2)", "step", "relu6"]  # fmt: skip


COUNT = 200


@pytest.mark.parametrize("name", SUB_GAUSSIAN)
def test_condition_3_holds_at_samples(name: str) -> None:
    """E exp(t sigma(X)) <= exp(t^2 alpha^2/2) at several t, by quadrature; a tiny alpha fails."""
    sigma = parse_activation(name)
    alpha = sub_gaussian(sigma.normalised()).value
    assert alpha is not None
    size, mean, deviation = float(alpha), float(sigma.mean()), math.sqrt(float(sigma.variance()))
    grid = [-10 + 20 * (i + 0.5) / COUNT for i in range(COUNT)]
    values = [(float(sigma.expression.subs(x, p)) - mean) / deviation for p in grid]

    def moment(t: float) -> float:
        total = sum(math.exp(t * v - p * p / 2) for v, p in zip(values, grid, strict=True))
        return total * 20 / COUNT / math.sqrt(2 * math.pi)

    for t in (-2.0, -0.7, 0.3, 1.0, 2.5):
        assert moment(t) <= math.exp((t * size) ** 2 / 2) * (1 + 1e-2)
    assert max(moment(t) / math.exp((t * size / 4) ** 2 / 2) for t in (-2.5, 2.5)) > 1


@pytest.mark.parametrize("name", ["abs_power(3)", "rectified_power(2)", "exp", "h(2)", "two_term"])
def test_condition_3_fails_beyond_linear_growth(name: str) -> None:
    """What grows faster than linearly is not sub-Gaussian, and the reason says so."""
    found = sub_gaussian(parse_activation(name).normalised())
    assert found.value is None
    assert "faster than linearly" in found.reason


@pytest.mark.parametrize("name", ["erf", "erf(2)", "phi", "sigmoid_erf", "sin(2,1)", "gaussian",
                                  "gaussian_slope", "gabor(2)", "sin_cos"])  # fmt: skip
def test_c_bounds_are_bounds(name: str) -> None:
    """sup|sigma|, sup|sigma'|, sup|sigma''| of the normalised form are at most C on a grid."""
    sigma = parse_activation(name).normalised()
    constant = c_bounded(sigma).value
    assert constant is not None
    largest = 0.0
    for order in range(3):
        slope = sigma.expression.diff(x, order) if order else sigma.expression
        for i in range(-20, 21):
            largest = max(largest, abs(float(slope.subs(x, Rational(i, 6)))))
    assert largest <= float(constant) * (1 + 1e-12)
    assert largest >= float(constant) / 4


@pytest.mark.parametrize(
    ("name", "why"),
    [("relu", "not bounded"), ("gelu", "not bounded"), ("sign", "sigma jumps"),
     ("hard_tanh", "sigma' jumps"), ("h(2)", "polynomial"), ("triangle", "sigma' jumps"),
     ("relu6", "sigma' jumps")],
)  # fmt: skip
def test_not_c_bounded(name: str, why: str) -> None:
    """Activations that are unbounded or not twice differentiable are not C-bounded."""
    found = c_bounded(parse_activation(name).normalised())
    assert found.value is None
    assert why in found.reason


@pytest.mark.parametrize(
    ("name", "even", "odd"),
    [("relu", True, False), ("gelu", True, False), ("elu", True, True), ("erf", False, True),
     ("abs", True, False), ("sign", False, True), ("relu6", True, True), ("h(3)", False, False),
     ("step", False, True), ("exp", True, True), ("sin(1,1)", True, True), ("sin", False, True),
     ("sigmoid_erf", False, True), ("leaky_relu", True, False), ("power_phi(2)", False, True)],
)  # fmt: skip
def test_theorem_32(name: str, even: bool, odd: bool) -> None:
    """The answer is the known one, and the coefficients beyond the degree agree with it."""
    sigma = parse_activation(name)
    found = theorem_32(sigma)
    assert (found.even, found.odd) == (even, odd)
    for parity, expected in ((0, even), (1, odd)):
        later = [sigma.hermite_coefficient(k) for k in range(4 + parity, 20, 2)]
        assert any(a != 0 for a in later) is expected


def test_fact_5_and_its_failure() -> None:
    """The dual of the derivative is the derivative of the dual unless sigma jumps."""
    for name in ("relu", "gelu", "hard_tanh", "elu"):
        sigma = parse_activation(name)
        value, reason = derivative_dual(sigma)
        assert "fact 5" in reason
        assert proved_zero(value - sigma.dual().diff(rho))
        assert not proved_zero(value - sigma.dual().diff(rho) - rho**7)
        assert jump_points(sigma) == []
    for name in ("sign", "step"):
        value, reason = derivative_dual(parse_activation(name))
        assert value == 0
        assert "jumps" in reason
    shrink = parse_activation("hard_shrink")
    value, reason = derivative_dual(shrink)
    assert [at for at, _ in jump_points(shrink)] == [-Rational(1, 2), Rational(1, 2)]
    assert not proved_zero(value - shrink.dual_derivative())
    assert shrink.dual_derivative(1) == oo


@pytest.mark.parametrize(
    ("formula", "low", "high"),
    [("erf(x)", -1, 1), ("min(x^2, 1)", 0, 1), ("exp(-x^2)", 0, 1), ("max(-1, min(x, 2))", -1, 2),
     ("x*exp(-x^2/2)", -exp(-Rational(1, 2)), exp(-Rational(1, 2))), ("exp(-|x|)", 0, 1),
     ("(x^2-1)*exp(-x^2/2)", -1, 2 * exp(-Rational(3, 2))), ("min(exp(x), 1)*step(-x)", 0, 1)],
)  # fmt: skip
def test_ranges(formula: str, low: Expr, high: Expr) -> None:
    """Where the critical points are known the range is exact."""
    if formula.startswith("min(exp"):
        formula = "exp(x)*step(-x)"
    law = activation_from_formula(formula).law
    assert isinstance(law, TermsLaw)
    assert whole_range(pieces(law.terms)) == (low, high)


def test_pieces_are_in_order() -> None:
    """Pieces cover the line from left to right and meet at the break points."""
    law = parse_activation("hard_tanh(c)").normalised().law
    assert isinstance(law, Normalised)
    assert isinstance(law.law, TermsLaw)
    found = pieces(law.law.terms)
    c = Symbol("c", positive=True)
    assert [p.low for p in found] == [-oo, -c, c]
    assert all(left.high == right.low for left, right in pairwise(found))
