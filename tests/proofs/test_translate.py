"""SymPy's expressions and their terms have one value, and terms read as a person writes them."""

from fractions import Fraction

import mpmath
import pytest
import sympy

from certificates.evaluation import Evaluator
from certificates.terms import show
from proofs.translate import term

x = sympy.Symbol("x", real=True)
HALF = sympy.Rational(1, 2)
SHOWN = {
    (2 * x * sympy.asin(x) + sympy.pi * x - 2 + 2 * sympy.sqrt(1 - x**2)) / (2 * sympy.pi - 2): (
        "(2·x·asin(x) + π·x + 2·sqrt(1 - x^2) - 2)/(2·π - 2)"
    ),
    -x: "-x",
    -x - 1: "-x - 1",
    1 - x: "1 - x",
    -2 * x / 3: "(-2·x)/3",
    (1 - x) ** (-3 * HALF): "1/sqrt(1 - x)^3",
    1 / (4 - x**2): "1/(4 - x^2)",
    sympy.exp(x - 1) / 2 - sympy.cos(3 * x): "exp(x - 1)/2 - cos(3·x)",
    -sympy.erf(x) * (x - 2): "-(x - 2)·erf(x)",
}


@pytest.mark.parametrize("expression", SHOWN)
@pytest.mark.parametrize("at", [Fraction(-3, 7), Fraction(1, 3)])
def test_the_term_has_the_value_of_the_expression(expression: sympy.Expr, at: Fraction) -> None:
    """The checker's enclosure of the term holds SymPy's value at 40 digits."""
    translated = term(expression, x, "x").tree
    low, high = Evaluator(160, {}).bounds(Evaluator(160, {}).term(translated, {"x": at}))
    exact = expression.subs(x, sympy.Rational(at.numerator, at.denominator))
    with mpmath.workdps(50):
        value = mpmath.mpf(str(sympy.N(exact, 60)))
        tiny = mpmath.mpf(10) ** -38
        assert abs(mpmath.mpf(low.numerator) / low.denominator - value) < tiny
        assert abs(mpmath.mpf(high.numerator) / high.denominator - value) < tiny


@pytest.mark.parametrize("expression", SHOWN)
def test_the_term_reads_well(expression: sympy.Expr) -> None:
    """No (-1)·x, no powers with exponent 1, no quotient of quotients."""
    assert show(term(expression, x, "x").tree) == SHOWN[expression]


def test_what_has_no_term_is_refused() -> None:
    """A function outside the statement language."""
    with pytest.raises(ValueError, match="no gamma"):
        term(sympy.gamma(x), x, "x")
