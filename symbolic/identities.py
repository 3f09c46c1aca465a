"""Whether an expression in rho is zero, proved by algebra: the identities of a derivation.

Roots, exponentials, error functions, arcsines and Phi_2 with different arguments are taken as
indeterminates, after their arguments have been brought to one form; a root is reduced by
sqrt(u)^2 = u.  What is then the zero polynomial is zero; anything else is not proved to be.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from math import lcm

from sympy import (
    Add,
    Dummy,
    E,
    Expr,
    Integer,
    Mul,
    Pow,
    Rational,
    apart,
    asin,
    cancel,
    cos,
    erf,
    exp,
    expand,
    expand_trig,
    fraction,
    reduced,
    sin,
    sqrt,
    together,
)
from sympy.polys.polyerrors import PolynomialError

from .bivariate import BivariateNormal
from .stein import root as root_of
from .variables import rho


@lru_cache(maxsize=256)
def proved_zero(expression: Expr) -> bool:
    """Return whether the expression is proved to be zero wherever it is defined."""
    expression = expand_trig(expression)
    opaque = expression.atoms(erf, asin, BivariateNormal, sin, cos)
    names: dict[Expr, Expr] = {}
    for atom in sorted(opaque, key=str):
        names[atom] = _named(atom, names)
    smooth = _split_exponentials(expression.xreplace(names))
    roots, plain = _with_roots_named(smooth)
    numerator = fraction(cancel(together(plain)))[0]
    if numerator == 0:
        return True
    squares = {**roots, **_sines(names)}
    if not squares:
        return False
    try:
        relations = [root**2 - square for root, square in squares.items()]
        return bool(reduced(expand(numerator), relations, *squares)[1] == 0)
    except PolynomialError:
        return False


def _named(atom: Expr, names: dict[Expr, Expr]) -> Expr:
    """Return an indeterminate for a function value, the same for equal arguments, signs out."""
    arguments = [_normal(argument) for argument in atom.args]
    sign = Integer(1)
    if isinstance(atom, erf | asin | sin):
        opposite = _normal(-atom.args[0])
        if str(opposite) < str(arguments[0]):
            arguments, sign = [opposite], Integer(-1)
    key = atom.func(*arguments, evaluate=False)
    for other, name in names.items():
        if isinstance(name, Dummy) and other == key:
            return sign * name
    names[key] = Dummy(str(atom.func))
    return sign * names[key]


def _sines(names: dict[Expr, Expr]) -> dict[Expr, Expr]:
    """Return the indeterminates of sines with their squares, 1 - cos^2."""
    return {
        name: 1 - names[cos(atom.args[0])] ** 2
        for atom, name in names.items()
        if isinstance(atom, sin) and isinstance(name, Dummy) and cos(atom.args[0]) in names
    }


def _normal(argument: Expr) -> Expr:
    """Return one form of an argument: p/q, or p/(q sqrt(u)) with the root in the denominator."""
    roots, plain = _with_roots_named(argument, rho)
    plain, below = cancel(plain), Integer(1)
    for root, radicand in roots.items():
        times = cancel(plain * root)
        if cancel(times.subs(root, -root) - times) == 0:
            plain, below = times, below * sqrt(radicand)
        above, under = fraction(plain)
        plain = _reduced(above, root, radicand) / _reduced(under, root, radicand)
    above, under = fraction(cancel(plain))
    return expand(above) / expand(under) / below


def _reduced(polynomial: Expr, root: Expr, radicand: Expr) -> Expr:
    return reduced(polynomial, [root**2 - radicand], root)[1]


def _with_roots_named(
    expression: Expr, within: Expr | None = None
) -> tuple[dict[Expr, Expr], Expr]:
    """Return the roots (in `within`) by name with their radicands, and the expression in the names.

    A radicand is a polynomial without constant factor and without squares of positive factors.
    """
    roots: dict[Expr, Expr] = {}

    def named(base: Expr) -> Expr:
        if base.is_Rational:
            return roots_of(base)
        value = Integer(1)
        for factor in Mul.make_args(root_of(base)):
            if factor.is_Pow and factor.exp.is_Rational and factor.exp.q == 2:
                value *= roots_of(factor.base) ** factor.exp.p
            else:
                value *= factor
        return value

    def roots_of(radicand: Expr) -> Expr:
        for name, known in roots.items():
            if known == radicand:
                return name
        name = Dummy("s", positive=True)
        roots[name] = radicand
        return name

    swaps = {
        power: named(power.base) ** power.exp.p
        for power in sorted(expression.atoms(Pow), key=str)
        if power.exp.is_Rational and power.exp.q == 2 and (within is None or power.has(within))
    }
    return roots, expression.xreplace(swaps)


def _split_exponentials(expression: Expr) -> Expr:
    """Write every exponential as a monomial in few independent ones."""
    exponents = {e: _summands(e.exp) for e in expression.atoms(exp)}
    scales: dict[Expr, int] = {}
    for parts in [*exponents.values(), [(Rational(1), Integer(1))]]:
        for coefficient, part in parts:
            scales[part] = lcm(scales.get(part, 1), int(coefficient.q))
    names = {part: Dummy("e", positive=True) for part in scales}
    swaps: dict[Expr, Expr] = {
        e: Mul(*(names[part] ** (c * scales[part]) for c, part in parts))
        for e, parts in exponents.items()
    }
    swaps[E] = names[Integer(1)] ** scales[Integer(1)]
    return expression.xreplace(swaps)


def _summands(exponent: Expr) -> list[tuple[Rational, Expr]]:
    """Return the exponent as rational multiples of terms of its partial fractions in rho."""
    found = (
        expand(apart(cancel(together(exponent)), rho)) if exponent.has(rho) else expand(exponent)
    )
    parts: Iterable[Expr] = Add.make_args(found)
    return [part.as_coeff_Mul(rational=True) for part in parts]
