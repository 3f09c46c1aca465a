"""The formulas of a_k for general k, against the recurrences that give each a_k by itself."""

import pytest
from sympy import Integer, Rational, Symbol, factorial, pi, sqrt

from symbolic import activation_from_formula, orthonormal, parse_activation, x
from symbolic.catalogue import ACTIVATIONS
from symbolic.general import Hermite, general_coefficient, k
from symbolic.identities import proved_zero

NEEDED = {"rectified_power": "(3)", "power_phi": "(2)", "monomial": "(4)", "h": "(3)"}
SPELLINGS = [name + NEEDED.get(name, "") for name in ACTIVATIONS if name != "gabor"] + [
    "rectified_power(5)", "power_phi(4)", "elu(alpha)", "celu(2)", "hard_tanh(c)", "erf(a)",
    "sin(w, b)", "gaussian(a)", "gaussian(-1/8)", "snake(a)", "exp(a)", "triangle(2)",
]  # fmt: skip


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_the_formula_gives_every_coefficient(spelling: str) -> None:
    """From its first k on the formula agrees with the coefficients; a multiple of it does not."""
    sigma = parse_activation(spelling)
    found = general_coefficient(sigma)
    assert found is not None
    assert found.reason
    agreed = []
    for index in range(found.least, found.least + 9):
        exact = sigma.hermite_coefficient(index)
        assert proved_zero(found.at(index) - exact)
        agreed.append(not proved_zero(found.at(index) * Rational(1001, 1000) - exact))
    assert any(agreed) or found.formula == 0
    if found.least:
        with pytest.raises(ValueError, match="k >="):
            found.at(found.least - 1)


def test_relu_and_its_normalised_form() -> None:
    """a_k = He_{k-2}(0)/sqrt(2 pi k!) for ReLU, over the standard deviation once normalised."""
    found = general_coefficient(parse_activation("relu"))
    assert found is not None
    expected = Hermite(k - 2, Integer(0)) / sqrt(2 * pi) / sqrt(factorial(k))
    assert found.formula - expected == 0
    normal = parse_activation("relu").normalised()
    scaled = general_coefficient(normal)
    assert scaled is not None
    assert proved_zero(scaled.at(6) - normal.hermite_coefficient(6))
    assert not proved_zero(scaled.at(6) - found.at(6))


@pytest.mark.parametrize("formula", ["exp(x/2 - x^2)", "x^2*exp(x)", "x*exp(-x^2/3 + x)", "2^x",
                                     "max(x-1, 0)^2*1 + Phi(x-1)"])  # fmt: skip
def test_formulas_of_ones_own(formula: str) -> None:
    """Shifted Gaussians, powers times exponentials and shifted windows."""
    sigma = activation_from_formula(formula)
    found = general_coefficient(sigma)
    assert found is not None
    for index in range(found.least, found.least + 6):
        assert proved_zero(found.at(index) - sigma.hermite_coefficient(index))


def test_no_formula() -> None:
    """A Gabor function has none here: the Hermite polynomials would have complex arguments."""
    assert general_coefficient(parse_activation("gabor")) is None


def test_hermite_of_a_symbolic_index() -> None:
    """He_n stays for a symbol n and is the polynomial sqrt(n!) h_n for a number."""
    n = Symbol("n", integer=True)
    assert Hermite(n, x).func is Hermite
    for index in range(6):
        assert (Hermite(n, x).subs(n, index) / sqrt(factorial(index)) - orthonormal(index, x)
                ).expand() == 0  # fmt: skip
    assert Hermite(Integer(4), Integer(0)) == 3
