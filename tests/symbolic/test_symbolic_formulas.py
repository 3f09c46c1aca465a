"""Activations from formulas and from Python: routes, refusals, parameters."""

import time

import pytest
from sympy import Integer, Rational, Symbol, exp, sqrt

from symbolic import (
    Activation,
    InfiniteSecondMoment,
    NoRoute,
    SeriesActivation,
    activation,
    activation_from_formula,
    certified_activation,
    named_activation,
    parse_activation,
    rho,
)
from symbolic.formula import FormulaError
from symbolic.identities import proved_zero

SAME = [
    ("max(0, x)", "relu"),
    ("(x + |x|)/2", "relu"),
    ("x*step(x)", "relu"),
    ("max(-1, min(1, x))", "hard_tanh"),
    ("x*Phi(x)", "gelu"),
    ("x*(1 + erf(x/sqrt(2)))/2", "gelu"),
    ("x + sin(x)^2", "snake"),
    ("sinh(x)*2 + e^(-x)", "exp"),
    ("min(max(x, 0), 6)", "relu6"),
    ("x*min(max(x + 3, 0), 6)/6", "hard_swish"),
    ("max(x, 0) + min(exp(x) - 1, 0)", "elu"),
    ("max(x, 0) + (exp(x) - 1)*step(-x)", "elu"),
    ("max(0, x) + min(0, 2*(exp(x/2) - 1))", "celu(2)"),
]


@pytest.mark.parametrize(("formula", "name"), SAME)
def test_a_formula_of_a_known_activation(formula: str, name: str) -> None:
    """The same function in other words has the same dual; another activation has not."""
    found = activation_from_formula(formula)
    assert proved_zero(found.dual() - parse_activation(name).dual())
    assert not proved_zero(found.dual() - parse_activation("triangle").dual())


def test_parameters_are_numbers_or_symbols() -> None:
    """A symbol stays, and its value can be put in afterwards."""
    a = Symbol("a", real=True)
    general = activation_from_formula("max(0, x) + a*sin(x)", a=a)
    special = activation_from_formula("max(0, x) + a*sin(x)", a=Rational(1, 3))
    assert proved_zero(general.dual().subs(a, Rational(1, 3)) - special.dual())
    assert not proved_zero(general.dual().subs(a, Rational(1, 2)) - special.dual())
    assert special.dual(0) == special.mean() ** 2
    root = activation_from_formula("exp(c*x)", c=sqrt(2))
    assert proved_zero(root.dual() - exp(2 * (1 + rho)))


@pytest.mark.parametrize("name", ["x", "rho", "sin", "pi", "e"])
def test_a_parameter_has_a_name_of_its_own(name: str) -> None:
    """Names with a meaning are refused."""
    with pytest.raises(ValueError, match="has a meaning already"):
        activation_from_formula("x", **{name: Integer(1)})


@pytest.mark.parametrize("value", [0.5, sqrt(-1), Symbol("z"), rho, True])
def test_a_parameter_is_exact_and_real(value: object) -> None:
    """Floats, complex numbers and symbols that may be complex are refused."""
    with pytest.raises(ValueError, match="parameter a"):
        activation_from_formula("a*x", a=value)


@pytest.mark.parametrize(
    "formula",
    ["tanh(x)", "1/x", "sqrt(x)", "exp(log(x))", "x^(1/2)", "x/x", "floor(x)", "abs(sin(x))",
     "step(x)*erf(x)", "erf(x)*sin(x)", "exp(x^3)", "x^x", "2^(x^3)", "exp(exp(x))",
     "abs(x^5 - x - 1)", "*".join(f"(1 + sin({k}*x))" for k in range(30)),
     "+".join(f"sin({k}*x + {k})" for k in range(1, 200)),
     "+".join(f"max(x - {k}, 0)" for k in range(60)),
     "+".join(f"exp(-{k}*x^2)*x^{k}" for k in range(1, 24)), "(x + sin(x))^40"],
)  # fmt: skip
def test_no_route(formula: str) -> None:
    """What is not a sum of terms is refused quickly, nothing is simplified away."""
    start = time.process_time()
    with pytest.raises(NoRoute):
        activation_from_formula(formula)
    assert time.process_time() - start < 2


def test_the_fallback_is_a_certified_series() -> None:
    """certified_activation takes the closed form if there is one, else enclosures."""
    assert isinstance(certified_activation("max(0, x)"), Activation)
    series = certified_activation("tanh(c*x)", c=Rational(1, 2))
    assert isinstance(series, SeriesActivation)
    assert series.hermite_enclosure(1).overlaps(
        certified_activation("tanh(x/2)").hermite_enclosure(1)
    )
    assert not series.hermite_enclosure(1).overlaps(named_activation("tanh").hermite_enclosure(1))
    with pytest.raises(NoRoute, match="needs numbers for c"):
        certified_activation("tanh(c*x)", c=Symbol("c", real=True))
    assert isinstance(named_activation("relu"), Activation)
    with pytest.raises(ValueError, match=r"known are identity.*without a closed form: tanh"):
        named_activation("swash")


@pytest.mark.parametrize("formula", ["exp(x^2)", "exp(x^2/4)", "sin(x) + max(x, 0) + exp(x^2/3)",
                                     "step(x)*exp(x^2)", "x*exp(x^2/4)"])  # fmt: skip
def test_an_infinite_second_moment_is_refused(formula: str) -> None:
    """E sigma^2 = infinity is a reason of its own."""
    with pytest.raises(InfiniteSecondMoment, match="is infinite"):
        activation_from_formula(formula)
    assert activation_from_formula("exp(0.249*x^2)").second_moment().is_positive


@pytest.mark.parametrize(
    ("formula", "finite"),
    [("step(x)*exp(x^2/4 - x)", True), ("step(x)*exp(x^2/4 + x)", False),
     ("step(-x)*exp(x^2/4 + x)", True), ("exp(x^2/4 - x)", False), ("exp(x^2/4)*sin(x)", False),
     ("step(1 - x^2)*exp(x^2)", True), ("exp(x^2/3)*(Phi(2*x) - Phi(x))", True)],
)  # fmt: skip
def test_infinite_is_said_only_where_it_is_so(formula: str, finite: bool) -> None:
    """At the border exp(x^2/4) it depends on the rest; a finite moment is never called infinite."""
    with pytest.raises(NoRoute if finite else InfiniteSecondMoment):
        activation_from_formula(formula)


@pytest.mark.parametrize("formula", ["", "x +", "x.real", "lambda: 0", "f(x)", "y", "9**9**9**9"])
def test_what_is_no_formula(formula: str) -> None:
    """The parser's errors come through."""
    with pytest.raises(FormulaError):
        activation_from_formula(formula)


def test_catalogue_parameters() -> None:
    """Positions, keywords and letters mean the same; the name spells the activation again."""
    assert activation("sin", b=Rational(1, 3)).name == "sin(1,1/3)"
    assert activation("sin", b=Rational(1, 3)) == parse_activation("sin(1, 1/3)")
    w = Symbol("w", real=True)
    assert activation("gabor", w=w) == parse_activation("gabor(w)")
    assert activation("elu").dual() == activation("elu", alpha=1).dual()
    for text in ("gaussian(-1/4)", "hard_tanh(0)", "hard_tanh(-1)", "rectified_power",
                 "rectified_power(p)", "power_phi(13)", "sin(1,2,3)", "elu(rho)"):  # fmt: skip
        with pytest.raises(ValueError, match=r"needs|takes|cannot"):
            parse_activation(text)


@pytest.mark.parametrize(
    "formula",
    ["max(0, x) + sin(x)", "max(0, x) + exp(-x^2)*sin(x)", "max(0, x) + x*cos(x)",
     "exp(-x^2)*sin(x) + cos(x)", "max(0, x) + exp(-x^2)", "x*Phi(x) + exp(-x^2/2)"],
)  # fmt: skip
def test_duals_of_sums_are_the_series_of_their_coefficients(formula: str) -> None:
    """At 1/4 the dual is the sum of a_k^2/4^k, up to the second moment's share of the tail."""
    sigma = certified_activation(formula)
    assert isinstance(sigma, Activation)
    gap = sigma.dual(Rational(1, 4)) - sigma.dual_series(12, Rational(1, 4))
    assert -1e-15 < gap.evalf(30) < 4.0**-13 * sigma.second_moment().evalf(30)


@pytest.mark.parametrize(
    "formula",
    ["max(0, x) + cos(x)", "step(x) + sin(x)", "max(0, x - 1) + sin(x)", "erf(x) + sin(x)",
     "max(0, x)^2 + sin(2*x)"],
)  # fmt: skip
def test_what_a_step_and_a_wave_leave_has_no_closed_form(formula: str) -> None:
    """E 1(X > 0) sin Y is a multiple of erfi: a certified series, and no closed form."""
    assert isinstance(certified_activation(formula), SeriesActivation)
    with pytest.raises(NoRoute, match=r"erfi|complex"):
        activation_from_formula(formula)
