"""What counts as an exact number here: integers, fractions and SymPy expressions without floats."""

from fractions import Fraction
from typing import TypeAlias

from sympy import Expr, Float, Integer, Rational, sympify

Exact: TypeAlias = int | Fraction | Expr
"""An exact number or an exact symbolic expression; a float is neither."""


def exact(value: Exact, what: str) -> Expr:
    """Return `value` as a SymPy expression.

    Raises ValueError, naming `what`, for floats (also inside expressions), truth values, texts and
    everything else that is not an exact expression.
    """
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        return Rational(value.numerator, value.denominator)
    if not isinstance(value, Expr) or value.has(Float):
        raise ValueError(f"{what} must be exact (an integer, a fraction, an expression): {value!r}")
    return sympify(value)


def exact_rational(value: Exact, what: str) -> Expr:
    """Return `value` as a SymPy rational; raises ValueError, naming `what`, if it is not one."""
    number = exact(value, what)
    if not number.is_Rational:
        raise ValueError(f"{what} must be a rational number, not {value}")
    return number


def natural(value: Exact, what: str, least: int = 0) -> int:
    """Return `value` as an int; raises ValueError, naming `what`, if it is not one >= `least`."""
    if isinstance(value, bool) or not isinstance(value, int | Integer) or value < least:
        raise ValueError(f"{what} must be an integer >= {least}, not {value!r}")
    return int(value)
