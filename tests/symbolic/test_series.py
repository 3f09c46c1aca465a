"""Certified series: coefficients, moments and duals of activations without a closed form."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from flint import acb, arb
from sympy import Rational

from symbolic import parse_activation
from symbolic.branches import pieces
from symbolic.enclosure import working_precision
from symbolic.formula import parse
from symbolic.growth import TooFast
from symbolic.power_functions import constant_enclosure
from symbolic.quadrature import (
    _hermite_weight,
    _laguerre,
    _panel_rule,
    _strip_rule,
    _sums,
    _trapezoid,
    expansion,
    largest_value,
)
from symbolic.series import SERIES, SeriesActivation, series_activation
from symbolic.tree_values import NoValue

Curve = Callable[[acb], acb]


def _softplus(z: acb) -> acb:
    return (1 + z.exp()).log(analytic=True)


INDEPENDENT: dict[str, Curve] = {
    "tanh": lambda z: z.tanh(),
    "sigmoid": lambda z: (1 + (z / 2).tanh()) / 2,
    "softplus": _softplus,
    "silu": lambda z: z * (1 + (z / 2).tanh()) / 2,
    "mish": lambda z: z * _softplus(z).tanh(),
    "log_sigmoid": lambda z: z - _softplus(z),
    "tanh_shrink": lambda z: z - z.tanh(),
    "gelu_tanh": lambda z: (
        z * (1 + ((arb(2) / arb.pi()).sqrt() * (z + acb("0.044715") * z**3)).tanh()) / 2
    ),
}


def integral(curve: Curve, k: int) -> arb:
    """Return E[sigma(X) h_k(X)] by Arb's adaptive integration; |X| > 16 counts less than 1e-25."""

    def integrand(z: acb, _analytic: bool) -> acb:
        before, here = acb(0), acb(1)
        for j in range(k):
            before, here = here, z * here - j * before
        return curve(z) * here * (-z * z / 2).exp()

    total = sum((acb.integral(integrand, low, low + 4).real for low in range(-16, 16, 4)), arb(0))
    return total / ((2 * arb.pi()).sqrt() * arb.fac_ui(k).sqrt()) + arb(0, 1e-25)


@pytest.mark.parametrize("name", INDEPENDENT)
def test_coefficients_agree_with_adaptive_integration(name: str) -> None:
    sigma = series_activation(name, SERIES[name])
    with working_precision(100):
        for k in (0, 1, 2, 3, 10, 41):
            reference = integral(INDEPENDENT[name], k)
            assert reference.rad() < 1e-20
            assert sigma.hermite_enclosure(k).overlaps(reference)
            assert not (sigma.hermite_enclosure(k) + 1e-18).overlaps(reference)


@pytest.mark.parametrize("name", SERIES)
def test_two_hundred_coefficients_within_the_radius_and_parseval(name: str) -> None:
    sigma = series_activation(name, SERIES[name])
    coefficients = sigma.hermite_enclosures(200)
    assert len(coefficients) == 201
    assert max(float(a.rad()) for a in coefficients) <= 1e-38
    with working_precision(160):
        second = sigma.variance_enclosure() + sigma.mean_enclosure() ** 2
        assert float(second.rad()) <= 1e-37
        partial = sum((a * a for a in coefficients), arb(0))
        assert partial <= second or partial.overlaps(second)
        assert (second - partial).upper() < 1e-5


def test_more_digits_when_asked_for() -> None:
    sigma = series_activation("tanh", SERIES["tanh"])
    fine = sigma.hermite_enclosure(1, bits=400)
    assert float(fine.rad()) < 2.0**-400
    with working_precision(440):
        assert fine.overlaps(sigma.hermite_enclosure(1))


def test_stein_identities_between_activations() -> None:
    sigmoid, softplus, silu, log_sigmoid = (
        series_activation(name, SERIES[name]).hermite_enclosures()
        for name in ("sigmoid", "softplus", "silu", "log_sigmoid")
    )
    with working_precision(160):
        for k in range(1, 150):
            root, above = arb(k).sqrt(), arb(k + 1).sqrt()
            assert softplus[k].overlaps(sigmoid[k - 1] / root)
            assert silu[k].overlaps(above * sigmoid[k + 1] + root * sigmoid[k - 1])
            assert log_sigmoid[k].overlaps((1 if k == 1 else 0) - softplus[k])


def test_arctan_agrees_with_its_recurrence() -> None:
    found = series_activation("arctan", SERIES["arctan"]).hermite_enclosures()
    with working_precision(900):
        root = arb(2).sqrt()
        m = [(arb.pi() / 2).sqrt() * arb(0.5).exp() * (1 / root).erfc()]
        m.append(1 - m[0])
        for k in range(1, 200):
            m.append(k * m[k - 1] - m[k])
        for j in range(100):
            exact = (-1) ** j * m[2 * j] / arb.fac_ui(2 * j + 1).sqrt()
            assert found[2 * j + 1].overlaps(exact)
            assert found[2 * j].is_zero()


def test_softsign_agrees_with_its_half_line_integrals() -> None:
    found = series_activation("softsign", SERIES["softsign"]).hermite_enclosures()
    with working_precision(400):
        root = arb(2).sqrt()
        first = arb(-0.5).exp() * (arb.pi() / 2 * (1 / root).erfi() - arb(0.5).ei() / 2)
        half_line = [first]
        for n in range(12):
            moment = arb(2) ** (arb(n - 1) / 2) * (arb(n + 1) / 2).gamma()
            half_line.append(moment - half_line[n])
        density = 2 / (2 * arb.pi()).sqrt()
        assert found[1].overlaps(density * half_line[2])
        third = density * (half_line[4] - 3 * half_line[2]) / arb(6).sqrt()
        assert found[3].overlaps(third)


@pytest.mark.parametrize(
    ("formula", "name"), [("max(0, x)", "relu"), ("|x|", "abs"), ("sign(x)", "sign")]
)
def test_kinks_and_jumps_agree_with_closed_forms(formula: str, name: str) -> None:
    sigma, exact = series_activation(name, formula), parse_activation(name)
    for k in range(0, 40, 3):
        with working_precision(160):
            assert sigma.hermite_enclosure(k).overlaps(exact.hermite_enclosure(k))


def test_a_kink_at_an_unknown_place_is_bisected() -> None:
    found = expansion(parse("max(x^2, 2)"), 4, 40)
    root = arb(2).sqrt()
    with working_precision(80):
        outside = (root / arb(2).sqrt()).erfc()
        density = (arb(-1)).exp() / (2 * arb.pi()).sqrt()
        mean = 2 * (1 - outside) + outside + 2 * root * density
        assert found.coefficients[0].overlaps(mean)
        assert float(found.coefficients[0].rad()) < 2.0**-38


def test_the_strip_and_the_panels_agree() -> None:
    tree = parse(SERIES["tanh"])
    with working_precision(190):
        strip, panels = _strip_rule(tree, 40, 100), _panel_rule(tree, pieces(tree), 40, 100)
        assert strip is not None
        for a, b in zip(_sums(strip, 40), _sums(panels, 40), strict=True):
            spread = strip.coefficient_error + panels.coefficient_error + arb(2) ** -100
            assert abs(a - b) < spread
            assert spread < 1e-29


@pytest.mark.parametrize("step", [0.5, 0.7, 0.9])
def test_the_bound_of_the_trapezoid_rule_holds_and_is_not_idle(step: float) -> None:
    """With a coarse step the error is real: within the bound, and seen beside it."""
    tree = parse(SERIES["tanh"])
    exact = series_activation("tanh", SERIES["tanh"]).hermite_enclosures()
    with working_precision(150):
        b = arb(1.5)
        size = arb(1.5).tan() * 1.1
        rule = _trapezoid(tree, step, arb(18), b, size, 20)
        errors = [abs(a - exact[k]) for k, a in enumerate(_sums(rule, 20))]
        largest = max(errors, key=float)
        assert largest <= rule.coefficient_error
        assert largest > rule.coefficient_error * 1e-6


@pytest.mark.parametrize("k", [0, 1, 7, 60])
def test_the_bound_of_hermite_functions_holds_and_is_not_idle(k: int) -> None:
    """Mehler's bound of |h_k phi| against values at complex points."""
    with working_precision(150):
        for x in (0.0, 1.5, 6.0):
            bound = _hermite_weight(arb(x), arb(1.25), k)
            sizes = []
            for shift in (0.0, 0.3, 0.9, 2.0):
                for y in (0.0, 0.6, 1.25):
                    z = acb(x + shift, y)
                    before, here = acb(0), acb(1)
                    for j in range(k):
                        before, here = here, z * here - j * before
                    density = (-z * z / 2).exp() / (2 * arb.pi()).sqrt()
                    sizes.append(abs(here * density) / arb.fac_ui(k).sqrt())
            largest = max(sizes, key=float)
            assert largest <= bound
            assert largest > bound / 1000


@pytest.mark.parametrize("k", [0, 1, 5, 12])
def test_the_second_moment_of_a_shifted_hermite_polynomial(k: int) -> None:
    """E|h_k(X + ib)|^2 = L_k(-b^2), by quadrature that is exact for polynomials."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(30)
    coefficients = [0.0] * k + [1.0]
    values = np.polynomial.hermite_e.hermeval(nodes + 1.25j, coefficients)
    moment = float(weights @ np.abs(values) ** 2) / math.sqrt(2 * math.pi) / math.factorial(k)
    assert float(_laguerre(k, arb(1.25))) == pytest.approx(moment, rel=1e-10)


def test_largest_values_on_rectangles() -> None:
    tree = parse("tanh(x)")
    found = largest_value(tree, arb(-3), arb(3), arb(0), arb(1.5))
    assert found is not None
    assert arb(1.5).tan() <= found < 100 * arb(1.5).tan()
    assert largest_value(tree, arb(-3), arb(3), arb(0), arb(1.6)) is None
    assert largest_value(parse("|x|"), arb(-3), arb(3), arb(0), arb(0.1)) is None


REFUSED = [
    ("exp(x^2)", TooFast, "c < 1/4 is needed"),
    ("exp(x^2/4)", TooFast, "c < 1/4 is needed"),
    ("exp(exp(x))", TooFast, "exponential"),
    ("1/x", NoValue, "near x ="),
    ("1/|x|^(1/3)", NoValue, "near x ="),
    ("log(x)", NoValue, "no real value near x = -"),
    ("sqrt(x + 14)", TooFast, "root"),
    ("sqrt(x^2 - 1/100)", NoValue, "near x ="),
    ("asin(x)", NoValue, "no real value"),
    ("asin(x/100)", TooFast, "no bound of asin"),
    ("tan(x/100)", TooFast, "no bound of tan"),
    ("1/(x - 1/3)", NoValue, "near x ="),
]


@pytest.mark.parametrize(("formula", "error", "words"), REFUSED)
def test_refuses_what_is_not_square_integrable_or_undefined(
    formula: str, error: type[ValueError], words: str
) -> None:
    with pytest.raises(error, match=words):
        series_activation(formula, formula)


def test_a_jump_has_a_dual_but_no_derivative() -> None:
    sigma = series_activation("jump", "step(x)*atan(x) + step(x - 1)")
    assert sigma.dual_enclosure(arb(0.5)).is_finite()
    with pytest.raises(ValueError, match="not seen to be continuous"):
        sigma.dual_derivative_enclosure(arb(0.5))


def gauss_hermite(sigma: Callable[[np.ndarray], np.ndarray], rho: float) -> float:
    """Return E[sigma(X) sigma(X')] by a product rule in double precision, for smooth sigma."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(90)
    weights = weights / math.sqrt(2 * math.pi)
    second = rho * nodes[:, None] + math.sqrt(1 - rho * rho) * nodes[None, :]
    return float(weights @ (sigma(nodes)[:, None] * sigma(second)) @ weights)


@pytest.mark.parametrize("rho", [-1.0, -0.6, 0.0, 0.3, 0.95])
@pytest.mark.parametrize(
    ("name", "curve"),
    [
        ("tanh", np.tanh),
        ("softplus", lambda x: np.log1p(np.exp(x))),
        ("silu", lambda x: x / (1 + np.exp(-x))),
    ],
)
def test_the_dual_agrees_with_two_dimensional_quadrature(
    name: str, curve: Callable[[np.ndarray], np.ndarray], rho: float
) -> None:
    sigma = series_activation(name, SERIES[name])
    found = sigma.dual_enclosure(arb(rho))
    assert float(found.rad()) < 1e-15
    assert abs(float(found.mid()) - gauss_hermite(curve, rho)) < 1e-7


def test_the_normalised_dual_and_mu() -> None:
    sigma = series_activation("tanh", SERIES["tanh"]).normalised()
    assert sigma.normalised() is sigma
    assert sigma.mean_enclosure().is_zero()
    assert sigma.dual_enclosure(arb(1)).contains(1)
    assert sigma.dual_enclosure(arb(-1)).contains(-1)
    with working_precision(160):
        mu = 1 - sigma.hermite_enclosure(1) ** 2
        assert mu.overlaps(sigma.mu_enclosure())
        assert abs(mu - arb("0.069530076384705071354")) < 1e-20
    assert not sigma.dual_enclosure(arb(0.5)).overlaps(sigma.dual_enclosure(arb(0.5) + 1e-15))


def test_the_derivative_of_the_dual_is_that_of_its_series() -> None:
    sigma = series_activation("silu", SERIES["silu"])
    h = arb(2) ** -40
    with working_precision(200):
        change = sigma.dual_enclosure(0.5 + h, 180) - sigma.dual_enclosure(0.5 - h, 180)
        assert abs(change / (2 * h) - sigma.dual_derivative_enclosure(arb(0.5), 100)) < 1e-20
        slope = series_activation("", "1/(1+exp(-x)) + x*exp(-x)/(1+exp(-x))^2")
        assert slope.dual_enclosure(arb(0.5), 100).overlaps(
            sigma.dual_derivative_enclosure(arb(0.5), 100)
        )


def test_a_ball_of_correlations() -> None:
    sigma = series_activation("tanh", SERIES["tanh"])
    with pytest.raises(ValueError, match=r"lies in \[-1, 1\]"):
        sigma.dual_enclosure(arb(1.5))
    for middle, radius in ((0.9, 0.2), (-0.9, 0.2), (0.0, 0.3), (-0.4, 0.1), (1.0, 1e-20)):
        wide = sigma.dual_enclosure(arb(middle, radius))
        for j in range(-8, 9):
            point = middle + radius * j / 8
            if -1 <= point <= 1:
                assert wide.contains(sigma.dual_enclosure(arb(point)))


def test_constants_cannot_be_normalised() -> None:
    with pytest.raises(ValueError, match="not seen to be positive"):
        SeriesActivation("constant", 3).normalised()


def test_constants_with_functions() -> None:
    assert constant_enclosure(Rational(1, 3), 100).overlaps(arb(1) / 3)
