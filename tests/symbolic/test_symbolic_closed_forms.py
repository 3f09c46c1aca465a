"""Closed forms of Hermite coefficients and duals against quadrature of their definitions."""

import math
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from typing import TypeAlias

import mpmath
import pytest
from flint import arb, ctx
from sympy import Expr, Integer, Max, Piecewise, Rational, asin, erf, lambdify, sqrt

from symbolic import Activation, derive, parse_activation, rho, x

DIGITS = 40
TOLERANCE = mpmath.mpf(10) ** -32
RADIUS = 16
"""The Gaussian density beyond this radius is below 1e-56."""

SPELLINGS = [
    "relu",
    "leaky_relu(1/10)",
    "leaky_relu(-3)",
    "abs",
    "erf",
    "sign",
    "h(1)",
    "h(2)",
    "h(5)",
    "two_term(1/2)",
    "two_term(1)",
]
DERIVED = {
    "step": Piecewise((Integer(1), x > 0), (Integer(0), True)),
    "squared relu": Max(x, 0) ** 2,
    "mixed": Piecewise((x**2 - 1, x > 0), (3 * x**3 + 2, True)),
    "quartic": x**4 - 2 * x + 1,
    "affine erf": 1 - 2 * erf(x / 2),
}
SAMPLE = [parse_activation(spelling) for spelling in SPELLINGS] + [
    derive(name, expression) for name, expression in DERIVED.items()
]
CORRELATIONS = [Rational(-9, 10), Rational(-1, 3), Rational(1, 2)]

Real: TypeAlias = mpmath.mpf
Curve: TypeAlias = Callable[[Real], Real]


def named(sigma: Activation) -> str:
    """Return the name of an activation, to label a test."""
    return sigma.name


def number(constant: Expr) -> Real:
    """Return an exact constant in decimal, to DIGITS digits."""
    return mpmath.mpf(constant.evalf(DIGITS))


@lru_cache
def gauss_legendre(count: int) -> list[tuple[Real, Real]]:
    """Return the nodes on [-1, 1] and the weights of the Gauss-Legendre rule with `count` nodes."""
    before, ctx.prec = ctx.prec, 160
    try:
        rule = [arb.legendre_p_root(count, i, weight=True) for i in range(count)]
        return [
            (mpmath.mpf(n.mid().str(45, radius=False)), mpmath.mpf(w.mid().str(45, radius=False)))
            for n, w in rule
        ]
    finally:
        ctx.prec = before


def on_interval(low: Real, high: Real, count: int) -> list[tuple[Real, Real]]:
    """Return the Gauss-Legendre rule on [low, high]."""
    half, middle = (high - low) / 2, (high + low) / 2
    return [(middle + half * node, half * weight) for node, weight in gauss_legendre(count)]


def curve(sigma: Activation) -> Curve:
    """Return sigma itself as a numerical function."""
    return lambdify(x, sigma.expression.evalf(DIGITS + 5), "mpmath")  # type: ignore[no-any-return]


@lru_cache
def both_sides() -> list[tuple[Real, Real]]:
    """Return a quadrature rule for E[f(X)], X ~ N(0, 1), that is split at 0."""
    return [
        (point, weight * mpmath.npdf(point))
        for low, high in ((-RADIUS, 0), (0, RADIUS))
        for point, weight in on_interval(mpmath.mpf(low), mpmath.mpf(high), 110)
    ]


def gaussian_mean(function: Curve) -> Real:
    """Return E[function(X)], X ~ N(0, 1)."""
    return sum(weight * function(point) for point, weight in both_sides())


def second_moment(function: Curve) -> Real:
    """Return E[function(X)^2] by quadrature."""
    return gaussian_mean(lambda point: function(point) ** 2)


def orthonormal_values(point: Real) -> list[Real]:
    """Return h_0(point), ..., h_10(point) by sqrt(k+1) h_{k+1} = x h_k - sqrt(k) h_{k-1}."""
    values = [mpmath.mpf(1), point]
    for k in range(1, 10):
        values.append((point * values[k] - mpmath.sqrt(k) * values[k - 1]) / mpmath.sqrt(k + 1))
    return values


def coefficients_by_quadrature(function: Curve) -> list[Real]:
    """Return E[function(X) h_k(X)] for k = 0, ..., 10."""
    totals = [mpmath.mpf(0)] * 11
    for point, weight in both_sides():
        value = weight * function(point)
        totals = [t + value * h for t, h in zip(totals, orthonormal_values(point), strict=True)]
    return totals


def dual_by_sectors(function: Curve, correlation: Expr) -> Real:
    """Return the double integral of Definition 4 in polar coordinates, split where X or X' is 0.

    X = R cos(t) and X' = R cos(t - phi) with cos(phi) = rho, t uniform, R^2/2 exponential; the
    exchange of X and X' is t -> phi - t, so that half of the circle serves for all of it.
    """
    phi, quarter = mpmath.acos(number(correlation)), mpmath.pi / 2
    kinks = [phi / 2, quarter, phi + quarter, phi / 2 + mpmath.pi]
    radial = [
        (r, weight * r * mpmath.exp(-(r**2) / 2))
        for r, weight in on_interval(mpmath.mpf(0), mpmath.mpf(14), 64)
    ]
    total = mpmath.mpf(0)
    for low, high in pairwise(kinks):
        for t, weight in on_interval(low, high, 34):
            c, d = mpmath.cos(t), mpmath.cos(t - phi)
            total += weight * sum(v * function(r * c) * function(r * d) for r, v in radial)
    return total / mpmath.pi


def dual_by_trapezoid(function: Curve, correlation: Expr) -> Real:
    """Return the double integral of Definition 4 by the trapezoidal rule, for an entire function.

    X and Z independent, X' = rho X + sqrt(1 - rho^2) Z; the error decays as exp(-c/step^2).
    """
    at, step, count = number(correlation), mpmath.mpf(1) / 4, 56
    along, across = at * step, mpmath.sqrt(1 - at**2) * step
    density = [step * mpmath.npdf(i * step) for i in range(count + 1)]
    total = mpmath.mpf(0)
    for i in range(-count, count + 1):
        width = math.isqrt(count**2 - i**2)
        inner = sum(
            density[abs(j)] * function(i * along + j * across) for j in range(-width, width + 1)
        )
        total += density[abs(i)] * function(i * step) * inner
    return total


def dual_by_quadrature(sigma: Activation, correlation: Expr) -> Real:
    """Return the double integral of Definition 4, by the road that converges fast for sigma."""
    road = dual_by_trapezoid if sigma.expression.has(erf) else dual_by_sectors
    return road(curve(sigma), correlation)


def agrees(closed_form: Expr, reference: Real) -> bool:
    """Return whether an exact constant equals a reference value up to the quadrature's error."""
    return bool(abs(number(closed_form) - reference) <= TOLERANCE * (1 + abs(reference)))


@pytest.fixture(autouse=True)
def many_digits() -> object:
    """Let mpmath compute with DIGITS digits in every test of this file."""
    with mpmath.workdps(DIGITS):
        yield


@pytest.mark.parametrize("sigma", SAMPLE, ids=named)
def test_dual_is_its_definition(sigma: Activation) -> None:
    """The closed form of the dual equals the double integral of Definition 4."""
    for correlation in CORRELATIONS:
        assert agrees(sigma.dual(correlation), dual_by_quadrature(sigma, correlation))


@pytest.mark.parametrize("spelling", ["relu", "leaky_relu(1/10)", "abs", "erf"])
def test_normalised_dual_is_its_definition(spelling: str) -> None:
    """The dual of the normalised activation equals the double integral of that activation."""
    sigma = parse_activation(spelling).normalised()
    reference = dual_by_quadrature(sigma, Rational(-2, 3))
    assert agrees(sigma.dual(Rational(-2, 3)), reference)


def test_a_wrong_dual_is_detected() -> None:
    """A perturbed constant, a wrong sign and a missing centring all fail the same comparison."""
    sigma = parse_activation("relu").normalised()
    reference = dual_by_quadrature(sigma, Rational(1, 2))
    right = sigma.dual()
    assert agrees(right.subs(rho, Rational(1, 2)), reference)
    for wrong in (
        right + Rational(1, 10**25),
        right.subs(asin(rho), -asin(rho)),
        right.subs(sqrt(1 - rho**2), 1 - rho**2),
        parse_activation("relu").dual(),
    ):
        assert not agrees(wrong.subs(rho, Rational(1, 2)), reference)


@pytest.mark.parametrize("sigma", SAMPLE, ids=named)
def test_coefficients_are_their_definition(sigma: Activation) -> None:
    """The coefficients a_0, ..., a_10 equal E[sigma(X) h_k(X)], and perturbed ones do not."""
    for k, reference in enumerate(coefficients_by_quadrature(curve(sigma))):
        assert agrees(sigma.hermite_coefficient(k), reference)
        assert agrees(sigma.squared_coefficient(k), reference**2)
        assert not agrees(sigma.hermite_coefficient(k) + Rational(1, 10**25), reference)


@pytest.mark.parametrize("sigma", SAMPLE, ids=named)
def test_moments_are_their_definition(sigma: Activation) -> None:
    """Mean, second moment and variance equal their integrals, and a perturbed one does not."""
    function = curve(sigma)
    mean, second = gaussian_mean(function), second_moment(function)
    assert agrees(sigma.mean(), mean)
    assert agrees(sigma.second_moment(), second)
    assert agrees(sigma.variance(), second - mean**2)
    assert not agrees(sigma.second_moment() + Rational(1, 10**25), second)


@pytest.mark.parametrize("spelling", ["relu", "leaky_relu(1/10)", "abs", "erf"])
def test_normalised_expression_satisfies_condition_1(spelling: str) -> None:
    """The normalised expression has mean 0 and variance 1; the given one has not."""
    sigma = parse_activation(spelling)
    for candidate, expected in ((sigma.normalised(), True), (sigma, False)):
        function = curve(candidate)
        centred = agrees(Integer(0), gaussian_mean(function))
        scaled = agrees(Integer(1), second_moment(function))
        assert (centred and scaled) is expected


@pytest.mark.parametrize("sigma", SAMPLE, ids=named)
def test_dual_is_its_series_up_to_the_tail(sigma: Activation) -> None:
    """The dual is its series (fact 3) up to the tail bound; a series cut at once is not."""
    at, order = Rational(-3, 5), 60
    missing = sigma.second_moment() - sigma.dual_series(order, 1)
    bound = number(abs(at) ** (order + 1) * missing) + TOLERANCE
    error = abs(number(sigma.dual(at) - sigma.dual_series(order, at)))
    assert error <= bound
    if sigma.squared_coefficient(1) != 0:
        assert abs(number(sigma.dual(at) - sigma.dual_series(0, at))) > bound


@pytest.mark.parametrize("sigma", SAMPLE, ids=named)
def test_dual_derivative_is_the_derivative(sigma: Activation) -> None:
    """The derivative of the dual equals a high-order numerical derivative of the dual."""
    dual = lambdify(rho, sigma.dual(), "mpmath")
    for at in (Rational(-7, 10), Rational(1, 5)):
        with mpmath.workdps(3 * DIGITS):
            slope = mpmath.diff(dual, mpmath.mpf(int(at.p)) / int(at.q))
        assert agrees(sigma.dual_derivative(at), slope)
        assert not agrees(sigma.dual_derivative(at) + Rational(1, 10**25), slope)
