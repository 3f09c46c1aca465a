"""The catalogue of activations, condition (1), Definition 1 and the ends of the dual's range."""

import ast
import time
from pathlib import Path

import pytest
from sympy import (
    Abs,
    Expr,
    Integer,
    Max,
    Piecewise,
    Rational,
    Symbol,
    asin,
    erf,
    exp,
    expand,
    oo,
    pi,
    simplify,
    sin,
    sqrt,
    tanh,
)

import symbolic
from symbolic import (
    ACTIVATIONS,
    InfiniteSecondMoment,
    activation,
    derive,
    orthonormal,
    parse_activation,
    rho,
    x,
)
from symbolic import mu as mu_symbol
from symbolic import slope as slope_symbol

SPELLINGS = [
    "relu",
    "leaky_relu",
    "leaky_relu(1/10)",
    "abs",
    "erf",
    "sign",
    "h(1)",
    "h(4)",
    "two_term",
    "two_term(1/3)",
]


def same(left: Expr, right: Expr) -> bool:
    """Return whether two expressions are proved equal."""
    return bool(simplify(expand(left - right)) == 0)


KNOWN = {
    "relu": (
        (sqrt(1 - rho**2) + rho * (pi / 2 + asin(rho)) - 1) / (pi - 1),
        (pi - 2) / (2 * (pi - 1)),
    ),
    "abs": (2 * (sqrt(1 - rho**2) + rho * asin(rho) - 1) / (pi - 2), Integer(1)),
    "sign": (2 * asin(rho) / pi, 1 - 2 / pi),
    "erf": (asin(2 * rho / 3) / asin(Rational(2, 3)), 1 - Rational(2, 3) / asin(Rational(2, 3))),
    "h(1)": (rho, Integer(0)),
    "h(3)": (rho**3, Integer(1)),
    "two_term": ((1 - mu_symbol) * rho + mu_symbol * rho**2, mu_symbol),
    "two_term(1/3)": (2 * rho / 3 + rho**2 / 3, Rational(1, 3)),
}


@pytest.mark.parametrize("spelling", KNOWN)
def test_normalised_dual_and_mu_are_the_known_ones(spelling: str) -> None:
    """The derived normalised dual and mu are those of the literature, and not slightly others."""
    dual, mu = KNOWN[spelling]
    sigma = parse_activation(spelling).normalised()
    assert same(sigma.dual(), dual)
    assert same(sigma.coefficient_of_nonlinearity(), mu)
    assert not same(sigma.dual(), dual + rho**2 / 10**9)
    assert not same(sigma.coefficient_of_nonlinearity(), mu + Rational(1, 10**9))


def test_normalised_relu_dual_is_written_compactly() -> None:
    """The normalised dual of ReLU is built of rationals, pi, one root and one arcsine only."""
    dual = activation("relu").normalised().dual()
    assert dual.atoms(Symbol) == {rho}
    assert not dual.has(sqrt(pi), sqrt(2))
    assert dual.count_ops() < 20
    assert activation("relu").normalised().hermite_coefficient(1).has(sqrt(2))


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_normalised_satisfies_condition_1(spelling: str) -> None:
    """A normalised activation has mean 0, variance 1, dual(1) = 1 and a stable normalisation."""
    sigma = parse_activation(spelling)
    normal = sigma.normalised()
    assert normal.is_normalised()
    assert (normal.mean(), normal.variance(), normal.second_moment()) == (0, 1, 1)
    assert normal.hermite_coefficient(0) == 0
    assert normal.dual(1) == 1
    assert normal.normalised() is normal
    assert (normal is sigma) == sigma.is_normalised()


def test_what_condition_1_refuses() -> None:
    """A constant cannot be normalised; mu and iterated duals are refused before normalisation."""
    with pytest.raises(ValueError, match="variance is zero"):
        derive("five", Integer(5)).normalised()
    for name in ("relu", "abs", "erf"):
        sigma = activation(name)
        with pytest.raises(ValueError, match="mean 0 and variance 1"):
            sigma.coefficient_of_nonlinearity()
        with pytest.raises(ValueError, match="mean 0 and variance 1"):
            sigma.dual_iterated(2)


@pytest.mark.parametrize(
    ("spelling", "opposite"),
    [
        ("relu", Integer(0)),
        ("leaky_relu", -slope_symbol),
        ("leaky_relu(1/10)", Rational(-1, 10)),
        ("abs", Integer(1)),
        ("erf", -2 * asin(Rational(2, 3)) / pi),
        ("sign", Integer(-1)),
        ("h(1)", Integer(-1)),
        ("h(4)", Integer(1)),
        ("two_term", 2 * mu_symbol - 1),
        ("two_term(1/3)", Rational(-1, 3)),
    ],
)
def test_dual_at_the_ends(spelling: str, opposite: Expr) -> None:
    """dual(1) = E[sigma(X)^2], dual(0) = (E sigma(X))^2, dual(-1) = E[sigma(X) sigma(-X)]."""
    sigma = parse_activation(spelling)
    assert same(sigma.dual(1), sigma.second_moment())
    assert same(sigma.dual(0), sigma.mean() ** 2)
    assert same(sigma.dual(-1), opposite)
    assert not same(sigma.dual(-1), sigma.dual(Rational(-99, 100)))


def test_derivative_of_the_dual_at_the_ends() -> None:
    """D(1) is finite for ReLU and infinite for an activation with a jump."""
    relu = activation("relu").normalised()
    assert relu.dual_derivative(1) == pi / (pi - 1)
    assert relu.dual_derivative(-1) == 0
    assert activation("sign").dual_derivative(1) == oo
    assert activation("sign").dual_derivative(-1) == oo
    assert same(activation("sign").dual_derivative(0), 2 / pi)


def test_leaky_relu_with_a_symbolic_slope() -> None:
    """The symbolic leaky ReLU specialises to ReLU, to |x|, and to the linear activation."""
    general = activation("leaky_relu").normalised()
    nonlinearity = general.coefficient_of_nonlinearity()
    for value, name in ((Rational(0), "relu"), (Rational(-1), "abs")):
        special = activation(name).normalised()
        assert same(general.dual().subs(slope_symbol, value), special.dual())
        assert same(nonlinearity.subs(slope_symbol, value), special.coefficient_of_nonlinearity())
    assert nonlinearity.subs(slope_symbol, 1) == 0
    assert activation("leaky_relu", slope=1).coefficient_of_nonlinearity() == 0
    assert not same(general.dual().subs(slope_symbol, 2), activation("relu").normalised().dual())


def test_iterated_dual() -> None:
    """sigma_hat^(L) is the L-fold composition, with sigma_hat^(0) the identity and 1 fixed."""
    relu = activation("relu").normalised()
    twice = relu.dual().subs(rho, relu.dual(Rational(1, 3)))
    assert relu.dual_iterated(0) == rho
    assert relu.dual_iterated(1) == relu.dual()
    assert abs((relu.dual_iterated(2, Rational(1, 3)) - twice).evalf(30)) < 1e-28
    assert abs((relu.dual_iterated(1, Rational(1, 3)) - twice).evalf(30)) > 1e-3
    assert relu.dual_iterated(9, 1) == 1
    assert activation("h", k=2).dual_iterated(3) == rho**8
    with pytest.raises(ValueError, match="depth L"):
        relu.dual_iterated(-1)


def test_series_of_a_finite_sum_is_the_dual() -> None:
    """The series of a polynomial activation is its dual from the degree on, and not before."""
    sigma = activation("two_term", mu=Rational(2, 5))
    assert sigma.dual_series(2) == sigma.dual()
    assert sigma.dual_series(1) != sigma.dual()
    with pytest.raises(ValueError, match="order N"):
        sigma.dual_series(-1)


def test_orthonormal_hermite_polynomials() -> None:
    """h_k is He_k/sqrt(k!), an even or odd polynomial, and has coefficient a_k = 1 alone."""
    assert same(orthonormal(3, x), (x**3 - 3 * x) / sqrt(6))
    assert not same(orthonormal(3, x), x**3 - 3 * x)
    sigma = activation("h", k=7)
    assert [sigma.hermite_coefficient(k) for k in range(9)] == [0] * 7 + [1, 0]
    expanded = derive("h(7) as a polynomial", sigma.expression)
    assert same(expanded.hermite_coefficient(7), Integer(1))
    assert same(expanded.dual(), rho**7)
    with pytest.raises(ValueError, match="k >= 0"):
        orthonormal(-1, x)


def test_derivation_needs_a_known_form() -> None:
    """An expression is derived if it is a sum of terms, and refused otherwise."""
    assert same(derive("x_+", Max(x, 0)).dual(), activation("relu").dual())
    shifted_relu = Max(x - 1, 0)
    broken_at_1 = Piecewise((x, x > 1), (Integer(0), True))
    for expression in (exp(x), exp(-(x**2)), shifted_relu, broken_at_1):
        assert derive("known", expression).second_moment().is_positive
    for expression in (tanh(x), 1 / x, exp(x**3), erf(x) ** 2, Abs(exp(x) - 2 * x)):
        with pytest.raises(ValueError, match="no derivation is known"):
            derive("unknown", expression)
    for rate in (Rational(1, 4), Rational(1, 2)):
        with pytest.raises(InfiniteSecondMoment, match="is infinite"):
            derive("too large", sin(x) + Max(x, 0) + exp(rate * x**2))
    assert derive("just right", exp(Rational(249, 1000) * x**2)).second_moment().is_positive
    for expression in (sqrt(-1) * x, Symbol("x") ** 2, rho * x, 0.5 * x):
        with pytest.raises(ValueError, match=r"real|exact"):
            derive("not exact and real", expression)


@pytest.mark.parametrize("at", [2, Rational(-101, 100), pi, 0.5, sqrt(-1)])
def test_dual_refuses_what_is_no_correlation(at: Expr) -> None:
    """Numbers outside [-1, 1], complex numbers and floats are refused as correlations."""
    sigma = activation("relu").normalised()
    for method in (sigma.dual, sigma.dual_derivative):
        with pytest.raises(ValueError, match="correlation"):
            method(at)
    assert sigma.dual(pi / 4).is_number


def test_catalogue_names_what_it_knows() -> None:
    """Every family of the catalogue can be built, and an unknown name is told the known ones."""
    for name, family in ACTIVATIONS.items():
        needed = {p.name: 2 for p in family.parameters if p.default is None}
        built = activation(name, **needed)
        assert "sigma(x)" in built._repr_latex_()
        assert family.formula
    with pytest.raises(ValueError, match="known are identity, relu, leaky_relu"):
        activation("softrelu")


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("relu", {"slope": 1}),
        ("h", {}),
        ("h", {"k": 0}),
        ("h", {"k": 101}),
        ("h", {"k": Rational(1, 2)}),
        ("h", {"k": True}),
        ("two_term", {"mu": 0}),
        ("two_term", {"mu": Rational(3, 2)}),
        ("two_term", {"slope": 1}),
        ("leaky_relu", {"slope": 0.1}),
        ("leaky_relu", {"slope": pi}),
    ],
)
def test_bad_parameters_are_refused(name: str, parameters: dict[str, object]) -> None:
    """A parameter that is missing, out of range, inexact or of another family is refused."""
    with pytest.raises(ValueError, match=name):
        activation(name, **parameters)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("relu", "relu"),
        ("leaky_relu", "leaky_relu"),
        ("leaky_relu(1/10)", "leaky_relu(1/10)"),
        ("leaky_relu(0.01)", "leaky_relu(1/100)"),
        ("leaky_relu(-2/4)", "leaky_relu(-1/2)"),
        ("h(3)", "h(3)"),
        ("two_term(1/2)", "two_term(1/2)"),
        ("two_term", "two_term"),
    ],
)
def test_spellings_are_read_exactly(text: str, name: str) -> None:
    """A spelling is read exactly, and the name of what was read is a spelling of it again."""
    sigma = parse_activation(text)
    assert sigma.name == name
    assert parse_activation(sigma.name) == sigma


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Relu",
        "relu()",
        "relu(1)",
        " relu",
        "relu\n",
        "h",
        "h(0)",
        "h(1/2)",
        "h(9999999999999999)",
        "h(x)",
        "two_term(0)",
        "two_term(1/0)",
        "two_term(1e-3)",
        "leaky_relu(1/10",
        "leaky_relu(1//10)",
        "leaky_relu(٣)",
        "swish(1)",
        "__import__('os')",
        "leaky_relu(" + "1" * 60 + ")",
    ],
)
def test_other_spellings_are_refused(text: str) -> None:
    """Whatever is not a spelling of a member of the catalogue is refused with a ValueError."""
    with pytest.raises(ValueError, match=r"relu|h |two_term"):
        parse_activation(text)


def test_derivations_are_fast() -> None:
    """Everything about one activation is derived in well under two seconds."""
    needed = {"rectified_power": "(5)", "power_phi": "(3)", "monomial": "(4)", "h": "(9)"}
    whole = [name + needed.get(name, "") for name in ACTIVATIONS]
    for spelling in [*SPELLINGS, *whole, "hard_tanh(c)", "elu(alpha)", "celu(alpha)", "gabor(w)"]:
        start = time.process_time()
        sigma = parse_activation(spelling).normalised()
        sigma.dual(), sigma.dual_derivative(), sigma.coefficient_of_nonlinearity()
        sigma.dual_series(20)
        assert time.process_time() - start < 2


def test_symbolic_stands_alone() -> None:
    """No module here imports the proofs or the certificates (data goes one way)."""
    modules = sorted(Path(symbolic.__file__).parent.glob("*.py"))
    assert len(modules) > 5
    for module in modules:
        tree = ast.parse(module.read_text(encoding="utf-8"))
        assert ast.get_docstring(tree)
        for node in ast.walk(tree):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not any(n.split(".")[0] in ("proofs", "certificates") for n in names)
