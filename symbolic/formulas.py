"""A user's own activation: from the text of a formula, through the parser, to a derivation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from sympy import (
    Abs,
    Expr,
    Heaviside,
    Max,
    Min,
    Rational,
    acos,
    asin,
    atan,
    ceiling,
    cos,
    cosh,
    erf,
    erfc,
    exp,
    floor,
    log,
    pi,
    sign,
    sin,
    sinh,
    sqrt,
    tan,
    tanh,
)

from .activations import Activation, derive
from .bivariate import normal_distribution
from .catalogue import parse_activation
from .exact import Exact, exact
from .formula import CONSTANTS, FUNCTIONS, Tree, parse
from .series import SERIES, SeriesActivation, series_activation
from .terms import NoRoute
from .tree_calculus import with_values
from .variables import rho, x

_TOTAL: Mapping[str, Callable[..., Expr]] = {
    "exp": exp,
    "sin": sin,
    "cos": cos,
    "sinh": sinh,
    "cosh": cosh,
    "erf": erf,
    "erfc": erfc,
    "Phi": normal_distribution,
    "abs": Abs,
    "sign": sign,
    "step": Heaviside,
    "min": Min,
    "max": Max,
}
"""Functions that are defined on all of R and may be applied to x."""

_OTHERS: Mapping[str, Callable[..., Expr]] = {
    "sqrt": sqrt,
    "log": log,
    "tan": tan,
    "asin": asin,
    "acos": acos,
    "atan": atan,
    "tanh": tanh,
    "floor": floor,
    "ceil": ceiling,
}
"""Functions that may be applied to constants: applied to x they have no closed form here."""


def activation_from_formula(text: str, **parameters: Exact) -> Activation:
    """Return the activation sigma(x) that a formula spells, such as "max(0, x) + a*sin(x)".

    Every name in it but x is a parameter and is to be given: as an integer, a fraction or an exact
    real constant, or as a real SymPy symbol, which stays symbolic.  Raises ValueError for a text
    that is no formula (`FormulaError`, with the column), for a parameter that is not exact and
    real, if no closed form is known (`NoRoute`) and if E[sigma(X)^2] is infinite
    (`InfiniteSecondMoment`).
    """
    values = {name: _parameter(name, value) for name, value in parameters.items()}
    return derive(text, from_tree(parse(text, names=("x", *values)), {**values, "x": x}))


def named_activation(text: str) -> Activation | SeriesActivation:
    """Return what `parse_activation` reads, or one of the named ones without a closed form.

    Raises ValueError for every other text.
    """
    if text in SERIES:
        return series_activation(text, SERIES[text])
    try:
        return parse_activation(text)
    except ValueError as error:
        raise ValueError(f"{error}; without a closed form: {', '.join(SERIES)}") from None


def certified_activation(text: str, **parameters: Exact) -> Activation | SeriesActivation:
    """Return the activation that a formula spells, in closed form or else as a certified series.

    As `activation_from_formula`, but where no closed form is known the answer is a
    `SeriesActivation`, known through rigorous enclosures; every parameter must then be a rational
    number.  Raises ValueError if the series engine does not reach it either.
    """
    try:
        return activation_from_formula(text, **parameters)
    except NoRoute as reason:
        values = {name: _parameter(name, value) for name, value in parameters.items()}
        letters = [name for name, value in values.items() if not value.is_Rational]
        if letters:
            which = ", ".join(letters)
            raise NoRoute(f"{reason}; a certified series needs numbers for {which}") from None
        numbers = {name: Fraction(int(v.p), int(v.q)) for name, v in values.items()}
        found = SeriesActivation(text, with_values(parse(text, ("x", *values)), numbers))
        found.mean_enclosure()
        return found


def _parameter(name: str, value: Exact) -> Expr:
    if name in FUNCTIONS or name in CONSTANTS or name in ("x", "rho"):
        raise ValueError(f"a parameter cannot be called {name}: that name has a meaning already")
    given = exact(value, f"the parameter {name}")
    if not given.is_real or given.has(x, rho):
        raise ValueError(
            f"the parameter {name} must be a real number or a real symbol, not {value}"
        )
    return given


def from_tree(tree: Tree, values: Mapping[str, Expr]) -> Expr:
    """Return a syntax tree of the parser as an expression, names replaced by their values.

    What is applied to x is defined on all of R, so that nothing is simplified away that was not
    defined.  Raises NoRoute for any other function of x, ValueError for a constant that is not
    real and finite, such as 1/0 or sqrt(-1).
    """
    if isinstance(tree, int):
        return Rational(tree)
    if isinstance(tree, str):
        return values[tree] if tree in values else Rational(tree)
    operator, *rest = tree
    arguments = [from_tree(part, values) for part in rest]
    found = _applied(operator, arguments)
    if not found.has(x) and not (found.is_real or found.free_symbols):
        raise ValueError(f"the constant {operator}({', '.join(map(str, arguments))}) is not real")
    return found


def _applied(operator: str, arguments: list[Expr]) -> Expr:
    first, last = (arguments[0], arguments[-1]) if arguments else (pi, pi)
    if operator == "pi":
        return pi
    if operator == "+":
        return sum(arguments[1:], first)
    if operator == "-":
        return first - last if len(arguments) == 2 else -first
    if operator == "*":
        for factor in arguments[1:]:
            first = first * factor
        return first
    if operator == "/":
        if last.has(x):
            raise NoRoute("no closed form is known for a quotient by a function of x")
        return first / last
    if operator == "^":
        if last.has(x) and not first.is_positive:
            raise NoRoute("no closed form is known for a power with x in the exponent")
        if first.has(x) and not (last.is_Integer and last >= 0):
            raise NoRoute(f"no closed form is known for the power {last} of a function of x")
        return first**last
    if operator in _TOTAL:
        return _TOTAL[operator](*arguments)
    if any(argument.has(x) for argument in arguments):
        raise NoRoute(f"no closed form is known for {operator} of a function of x")
    return _OTHERS[operator](*arguments)
