"""From SymPy's closed forms to the terms of statements, written as a person would."""

from collections.abc import Callable
from fractions import Fraction

import sympy

from certificates.terms import Term, numeral
from proofs.language import Expression
from symbolic.bivariate import BivariateNormal


def term(expression: sympy.Expr, variable: sympy.Symbol, name: str) -> Expression:
    """The term that spells `expression`, with `variable` called `name`, other symbols as they are.

    Phi_2 is a call of the definition Phi2.  Raises ValueError for a function that the statement
    language does not have.
    """
    return Expression(_term(expression, variable, name))


class Phi(sympy.Function):  # type: ignore[misc]
    """The standard normal distribution function, where it is to be written so."""

    def fdiff(self, argindex: int = 1) -> sympy.Expr:
        """The normal density."""
        return sympy.exp(-(self.args[0] ** 2) / 2) / sympy.sqrt(2 * sympy.pi)


FUNCTIONS = {
    Phi: "Phi",
    sympy.asin: "asin", sympy.acos: "acos", sympy.atan: "atan", sympy.exp: "exp", sympy.log: "log",
    sympy.sin: "sin", sympy.cos: "cos", sympy.erf: "erf",
}  # fmt: skip


def _term(e: sympy.Expr, variable: sympy.Symbol, name: str) -> Term:
    recur: Callable[[sympy.Expr], Term] = lambda part: _term(part, variable, name)  # noqa: E731
    if e.is_Rational:
        return numeral(sympy_fraction(e))
    if e == sympy.pi:
        return ("pi",)
    if e == sympy.E:
        return ("exp", 1)
    if e == variable:
        return name
    if e.is_Symbol:
        return str(e)
    numerator, denominator = (
        sympy.fraction(e, exact=True) if e.is_Mul or e.is_Pow else (e, sympy.Integer(1))
    )
    if denominator != 1:
        return ("/", recur(numerator), recur(denominator))
    if e.is_Add:
        return _sum(e.as_ordered_terms(), recur)
    if e.is_Mul:
        if e.as_coeff_Mul()[0].is_negative:
            return ("-", recur(-e))
        return ("*", *(recur(factor) for factor in e.as_ordered_factors()))
    if e.is_Pow and e.exp.is_Rational and e.exp.q == 2:
        root = ("sqrt", recur(e.base))
        return root if e.exp.p == 1 else ("^", root, int(e.exp.p))
    if e.is_Pow and e.exp.is_Integer:
        return ("^", recur(e.base), int(e.exp))
    if isinstance(e, (sympy.Max, sympy.Min)):
        parts = [recur(a) for a in e.args]
        total = parts[0]
        for part in parts[1:]:
            total = ("max" if isinstance(e, sympy.Max) else "min", total, part)
        return total
    if isinstance(e, sympy.Abs):
        return ("abs", recur(e.args[0]))
    if isinstance(e, (sympy.sign, sympy.Heaviside)):
        below = -1 if isinstance(e, sympy.sign) else 0
        at = recur(e.args[0])
        return ("ite", ("<", 0, at), 1, ("ite", ("<", at, 0), below, recur(e.func(0))))
    if isinstance(e, sympy.Piecewise):
        return _cases(e.args, recur)
    if isinstance(e, BivariateNormal):
        return ("call", "Phi2", *(recur(a) for a in e.args))
    if type(e) in FUNCTIONS:
        return (FUNCTIONS[type(e)], recur(e.args[0]))
    raise ValueError(f"the statement language has no {type(e).__name__}")


def _cases(
    branches: tuple[tuple[sympy.Expr, sympy.Basic], ...], recur: Callable[[sympy.Expr], Term]
) -> Term:
    """The branches of a piecewise expression, the last of which needs no condition."""
    (value, condition), *others = branches
    if not others:
        return recur(value)
    if not isinstance(condition, (sympy.Ge, sympy.Gt, sympy.Le, sympy.Lt)):
        raise ValueError(f"the statement language has no condition {condition}")
    sign = "<=" if isinstance(condition, (sympy.Ge, sympy.Le)) else "<"
    return ("ite", (sign, recur(condition.lts), recur(condition.gts)), recur(value),
            _cases(tuple(others), recur))  # fmt: skip


def _sum(summands: list[sympy.Expr], recur: Callable[[sympy.Expr], Term]) -> Term:
    """A sum as a person writes it: differences for negative summands, a positive one first."""
    negative = [s.could_extract_minus_sign() for s in summands]
    first = negative.index(False) if False in negative else 0
    total = recur(summands[first])
    for k, (summand, minus) in enumerate(zip(summands, negative, strict=True)):
        if k != first:
            total = ("-", total, recur(-summand)) if minus else ("+", total, recur(summand))
    return total


def sympy_fraction(value: sympy.Rational) -> Fraction:
    """A SymPy rational as a fraction."""
    return Fraction(int(value.p), int(value.q))
