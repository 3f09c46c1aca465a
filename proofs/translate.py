"""From SymPy's closed forms to the terms of statements: arithmetic, pi, roots and arcsines only."""

from fractions import Fraction

import sympy

from certificates.terms import Term, numeral
from proofs.language import Expression


def term(expression: sympy.Expr, variable: sympy.Symbol, name: str) -> Expression:
    """The term that spells `expression`, with `variable` called `name`.

    Raises ValueError for a function that the statement language does not have.
    """
    return Expression(_term(sympy.sympify(expression), variable, name))


def _term(e: sympy.Expr, variable: sympy.Symbol, name: str) -> Term:
    if e.is_Rational:
        return numeral(sympy_fraction(e))
    if e == sympy.pi:
        return ("pi",)
    if e == variable:
        return name
    if e.is_Add or e.is_Mul:
        parts = tuple(_term(a, variable, name) for a in e.args)
        return ("+" if e.is_Add else "*", *parts)
    if e.is_Pow and e.exp == sympy.Rational(1, 2):
        return ("sqrt", _term(e.base, variable, name))
    if e.is_Pow and e.exp == -sympy.Rational(1, 2):
        return ("/", 1, ("sqrt", _term(e.base, variable, name)))
    if e.is_Pow and e.exp.is_Integer:
        base = _term(e.base, variable, name)
        return ("^", base, int(e.exp)) if e.exp > 0 else ("/", 1, ("^", base, -int(e.exp)))
    if isinstance(e, sympy.asin):
        return ("asin", _term(e.args[0], variable, name))
    raise ValueError(f"the statement language has no {type(e).__name__}")


def sympy_fraction(value: sympy.Rational) -> Fraction:
    """A SymPy rational as a fraction."""
    return Fraction(int(value.p), int(value.q))
