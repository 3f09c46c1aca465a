"""Constants of activations without a closed form: suprema, parities, the ends of the dual."""

import numpy as np
import pytest
from flint import acb, arb

from symbolic.enclosure import working_precision
from symbolic.formula import parse
from symbolic.growth import bound
from symbolic.series import SERIES, SeriesActivation, series_activation
from symbolic.series_properties import (
    LARGE,
    UNBOUNDED,
    Undecided,
    c_bounded,
    deviation,
    even_and_odd,
    forms,
    range_of,
    real_slope,
    size,
    sub_gaussian,
    theorem_32,
)
from symbolic.tree_calculus import derivative
from symbolic.tree_values import value

SLOPES = {"tanh": 1.0, "sigmoid": 0.25, "softplus": 1.0, "arctan": 1.0, "softsign": 1.0,
          "log_sigmoid": 1.0, "tanh_shrink": 1.0}  # fmt: skip


def named(name: str) -> SeriesActivation:
    """A series of the catalogue."""
    return series_activation(name, SERIES[name])


@pytest.mark.parametrize("name", LARGE)
def test_the_form_for_large_x_is_the_same_function(name: str) -> None:
    """At many points both forms have the same value and the same slope to 25 digits."""
    near, far = forms(named(name))
    with working_precision(160):
        for j in range(-60, 61):
            x = acb(arb(j) / 3 + arb("0.01"))
            for one, other in ((near, far), (derivative(near), real_slope(far))):
                found = value(one, x).real - value(other, x).real
                assert found.contains(0) and found.rad() < 1e-25


@pytest.mark.parametrize("name", SERIES)
def test_suprema_are_attained_and_not_exceeded(name: str) -> None:
    """No value on a fine grid exceeds the enclosed supremum of the slope, and it is nearly met."""
    near, far = forms(named(name))
    slope = derivative(near)
    found = size(range_of(slope, real_slope(far)))
    with working_precision(64):
        grid = [float(abs(value(slope, acb(x)).real)) for x in np.linspace(-30, 30, 4001)]
    assert max(grid) <= float(found.upper()) * (1 + 1e-12)
    assert max(grid) >= float(found.lower()) * (1 - 2e-5)
    assert float(found.rad()) < 1e-4
    if name in SLOPES:
        assert found.contains(SLOPES[name])


@pytest.mark.parametrize("name", SERIES)
def test_every_series_has_its_constants(name: str) -> None:
    """Condition (3), C-boundedness and Theorem 32 are decided for the whole catalogue."""
    sigma = named(name).normalised()
    alpha, why = sub_gaussian(sigma)
    assert alpha >= 1 - alpha.rad(), "no random variable of variance 1 has a smaller one"
    assert "over s" in why
    constant, reason = c_bounded(sigma)
    assert (constant is None) == (name in UNBOUNDED or name == "softsign")
    assert reason.startswith("none" if constant is None else "the largest")
    assert theorem_32(sigma).count("coefficients are nonzero") == 2


def test_constants_by_hand() -> None:
    """tanh: range 2, slope 1, sup|sigma''| = 4/(3 sqrt 3) < 1; sigmoid: slope 1/4."""
    s = deviation(named("tanh"))
    constant, _ = c_bounded(named("tanh").normalised())
    assert constant is not None
    assert constant.overlaps(1 / s)
    assert not (constant * 1.001).overlaps(1 / s)
    assert sub_gaussian(named("sigmoid"))[0].overlaps(1 / (4 * deviation(named("sigmoid"))))
    assert c_bounded(named("softsign"))[1] == "none: sigma'' jumps at 0"


def test_parities() -> None:
    """What is seen of even and odd parts, and that polynomials have finitely many coefficients."""
    assert even_and_odd(parse("x^3 + |x|")) == (("+", 0, ("abs", "x")), ("+", ("^", "x", 3), 0))
    assert even_and_odd(parse("exp(x)")) is None
    said = theorem_32(SeriesActivation("square", parse("x^2 + x")))
    assert said.count("finitely many") == 2 and "infinitely" not in said
    known = {"tanh": "odd", "sigmoid": "odd", "softplus": "even", "mish": "even odd"}
    for name, endless in known.items():
        said = theorem_32(named(name))
        for kind, part in zip(("even", "odd"), said.split("; "), strict=True):
            amount = "infinitely" if kind in endless.split() else "finitely"
            assert part.startswith(f"{amount} many {kind} coefficients")
    with pytest.raises(Undecided, match="even coefficients"):
        theorem_32(SeriesActivation("hidden", parse("tanh(x) + exp(x)*exp(-x)")))


def test_what_is_not_decided_is_said() -> None:
    """No bound for large |x| is no constant."""
    with pytest.raises(Undecided):
        sub_gaussian(SeriesActivation("grows", parse("x*log(1 + x^2)*tanh(x)*x")))
    with pytest.raises(Undecided, match="twice continuously"):
        c_bounded(SeriesActivation("kink", parse("tanh(max(x, x^2))")))


def test_a_falling_exponential_bounds_a_product() -> None:
    """x exp(-x) is at most R exp(-R) for x >= R >= 1; x exp(x) has no bound."""
    for radius in (2, 8, 20):
        found = bound(parse("x*exp(-x)"), arb(radius), 1)
        true = radius * (-arb(radius)).exp()
        assert found.high >= true.lower()
        assert found.high <= 3 * true
        assert found.low >= -3 * true
    assert not bound(parse("x*exp(x)"), arb(8), 1).high.is_finite()
    assert not bound(parse("x*exp(-1/x)"), arb(8), 1).high.is_finite()


def test_the_ends_are_known_though_the_tail_is_not() -> None:
    """softsign has a tail of 4e-6, and still its dual is 1 at 1, -1 at -1, as it is odd."""
    sigma = named("softsign").normalised()
    assert sigma.dual_function.left_out > 1e-6
    for side in (1, -1):
        found = sigma.dual_enclosure(arb(side))
        assert found.contains(side) and found.rad() < 1e-30
        assert sigma.dual_derivative_enclosure(arb(side)).rad() < 1e-30
    mish = named("mish").normalised()
    assert mish.dual_function.sign == 0
    assert abs(mish.dual_enclosure(arb(-1)) + arb("0.613273390105")) < 1e-12
    even = SeriesActivation("even", parse("log(1 + x^2)")).normalised()
    assert even.dual_enclosure(arb(-1)).contains(1)
    assert even.dual_derivative_enclosure(arb(-1)).overlaps(-even.dual_derivative_enclosure(arb(1)))
