"""Derivations: every step follows by algebra, a changed one does not; the zero test itself."""

from dataclasses import replace

import pytest
from flint import arb, fmpq
from sympy import Expr, Integer, Rational, Symbol, asin, cos, diff, erf, exp, pi, sin, sqrt

from symbolic import account as account_module
from symbolic import parse_activation, rho
from symbolic.bivariate import BivariateNormal
from symbolic.catalogue import ACTIVATIONS
from symbolic.derivation import derivation
from symbolic.enclosure import enclosure, working_precision
from symbolic.identities import proved_zero

NEEDED = {"rectified_power": "(3)", "power_phi": "(2)", "monomial": "(4)", "h": "(3)"}
SPELLINGS = [name + NEEDED.get(name, "") for name in ACTIVATIONS] + [
    "elu(alpha)", "celu(alpha)", "hard_tanh(c)", "hard_shrink(c)", "triangle(c)", "erf(a)",
    "sin(w, b)", "gaussian(a)", "gabor(w)", "rectified_power(5)",
]  # fmt: skip


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_step_follows(spelling: str) -> None:
    """All identities of the derivation of the normalised activation are proved by algebra."""
    found = derivation(parse_activation(spelling).normalised())
    assert found.route
    assert found.holds()
    assert any(step.identities for step in found.steps)


@pytest.mark.parametrize("spelling", ["relu", "gelu", "hard_tanh(c)", "elu", "h(3)", "gabor"])
def test_a_changed_step_does_not_follow(spelling: str) -> None:
    """One coefficient changed, on either side, and the identity is not proved any more."""
    for step in derivation(parse_activation(spelling).normalised()).steps:
        for k, (left, right) in enumerate(step.identities):
            for wrong in ((left + rho / 10**9, right), (left, right * Rational(10**9 + 1, 10**9))):
                if proved_zero(right) and wrong[0] == left:
                    continue
                pairs = list(step.identities)
                pairs[k] = wrong
                assert not replace(step, identities=tuple(pairs)).follows()


@pytest.mark.parametrize(
    ("spelling", "last"),
    [("relu", "point masses"), ("gelu", "Gaussian integrals"), ("elu", "steps"),
     ("rectified_power(5)", "6 times"), ("gaussian", "directly"), ("h(3)", "Hermite")],
)  # fmt: skip
def test_the_route_is_said(spelling: str, last: str) -> None:
    """The route names how the chain ends."""
    assert last in derivation(parse_activation(spelling)).route


a, b = Symbol("a", positive=True), Symbol("b", real=True)
ZERO = [
    sqrt(4 - rho**2) / 2 - sqrt(1 - rho**2 / 4),
    diff(asin(rho / 2), rho) - 1 / sqrt(4 - rho**2),
    exp(rho + 1) * exp(-rho) - exp(Rational(1, 2)) ** 2,
    exp(-(a**2) / (1 - rho**2)) - exp(-(a**2) / (2 - 2 * rho)) * exp(-(a**2) / (2 + 2 * rho)),
    erf((1 - rho**2) / sqrt(1 - rho**2)) - erf(sqrt(1 - rho**2)),
    erf(rho - 1) + erf(1 - rho),
    sin(b) ** 2 + cos(b) ** 2 - 1,
    cos(2 * b) - 1 + 2 * sin(b) ** 2,
    BivariateNormal(a, (rho**2 - rho) / (rho - 1), -rho) - BivariateNormal(a, rho, -rho),
]  # fmt: skip
NOT_ZERO = [
    sqrt(4 - rho**2) - 2 * sqrt(1 - rho**2),
    exp(rho) * exp(-rho) - exp(Rational(1, 2)),
    erf(rho - 1) - erf(1 - rho),
    sin(b) ** 2 - cos(b) ** 2,
    asin(rho / 2) - asin(rho) / 2,
    exp(rho**2) - exp(rho) ** 2,
    BivariateNormal(a, rho, -rho) - BivariateNormal(a, rho, rho),
    pi - Rational(355, 113),
]


@pytest.mark.parametrize("expression", ZERO)
def test_zero_is_proved(expression: Expr) -> None:
    """Identities with roots, exponentials, error functions and Phi_2 are proved."""
    assert proved_zero(expression)


@pytest.mark.parametrize("expression", [*NOT_ZERO, Integer(1), *(z + rho for z in ZERO)])
def test_what_is_not_zero_is_not_proved(expression: Expr) -> None:
    """No expression that is not zero is proved to be zero."""
    assert not proved_zero(expression)


@pytest.mark.parametrize("spelling", ["gelu", "elu", "relu6", "hard_swish", "sin(2,1/3)"])
def test_price_chain_numerically(spelling: str) -> None:
    """The derivative of the dual lies between its difference quotients (the dual is smooth)."""
    sigma = parse_activation(spelling)
    step = Rational(1, 10**12)
    with working_precision(300):
        at = Rational(1, 3)
        values = [enclosure(sigma.dual(at + k * step)) for k in (-1, 0, 1)]
        slope = enclosure(sigma.dual_derivative(at))
        width = arb(fmpq(1, 10**12))
        quotient = (values[2] - values[0]) / (2 * width)
        assert abs(quotient - slope) < arb(10) ** -20
        assert not abs(quotient - slope * (1 + width)) < arb(10) ** -20


def test_a_step_that_contradicts_those_before_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """A closed form that is wrong in one coefficient is refused, not printed."""
    sigma = parse_activation("relu")
    right = derivation(sigma.normalised())
    assert not any(step.contradicted() for step in right.steps)
    for number, step in enumerate(right.steps):
        if not step.identities:
            continue
        (left, value), *rest = step.identities
        wrong = replace(step, identities=((left, value + rho / 1000), *rest))
        assert wrong.contradicted()
        changed = replace(right, steps=(*right.steps[:number], wrong, *right.steps[number + 1 :]))
        monkeypatch.setattr(account_module, "derivation", lambda _sigma, found=changed: found)
        with pytest.raises(ValueError, match="contradicts itself"):
            account_module.account(sigma)
