"""Rigorous values of formulas: a tree in x at a real or complex ball, in Arb.

With `analytic` set, a finite value proves that the function is analytic on the ball: whatever
touches a branch cut, a jump or a kink comes out as nan.
"""

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache, reduce

from flint import acb, arb, fmpq

from .formula import Tree, written_number

NOT_ANALYTIC = acb(arb.nan(), arb.nan())

_Rule = Callable[[acb, bool], acb]


class NoValue(ValueError):
    """A formula has no value at some real x, or a name in it has none."""


def ball(value: Fraction) -> arb:
    """Return a ball around a rational number."""
    return arb(fmpq(value.numerator, value.denominator))


def _off(cut_real: Callable[[acb], bool], function: Callable[[acb], acb]) -> _Rule:
    return lambda z, analytic: NOT_ANALYTIC if analytic and cut_real(z) else function(z)


def _touches_outer_reals(z: acb) -> bool:
    """Whether z may meet the cuts of asin and acos, the reals with |x| >= 1."""
    return not (z.imag > 0 or z.imag < 0) and not abs(z.real) < 1


def _touches_outer_imaginaries(z: acb) -> bool:
    """Whether z may meet the cuts of atan, iy with |y| >= 1."""
    return not (z.real > 0 or z.real < 0) and not abs(z.imag) < 1


def _normal(z: acb) -> acb:
    return (-z / arb(2).sqrt()).erfc() / 2


RULES: dict[str, _Rule] = {
    "sqrt": lambda z, analytic: z.sqrt(analytic=analytic),
    "log": lambda z, analytic: z.log(analytic=analytic),
    "exp": lambda z, _: z.exp(),
    "sin": lambda z, _: z.sin(),
    "cos": lambda z, _: z.cos(),
    "tan": lambda z, _: z.tan(),
    "asin": _off(_touches_outer_reals, acb.asin),
    "acos": _off(_touches_outer_reals, acb.acos),
    "atan": _off(_touches_outer_imaginaries, acb.atan),
    "sinh": lambda z, _: z.sinh(),
    "cosh": lambda z, _: z.cosh(),
    "tanh": lambda z, _: z.tanh(),
    "erf": lambda z, _: z.erf(),
    "erfc": lambda z, _: z.erfc(),
    "Phi": lambda z, _: _normal(z),
    "abs": lambda z, analytic: z.real_abs(analytic=analytic),
    "sign": lambda z, analytic: z.real_sgn(analytic=analytic),
    "step": lambda z, analytic: z.real_heaviside(analytic=analytic),
    "floor": lambda z, analytic: z.real_floor(analytic=analytic),
    "ceil": lambda z, analytic: z.real_ceil(analytic=analytic),
}
"""The functions of one variable."""


def value(tree: Tree, z: acb, analytic: bool = False) -> acb:
    """Return a ball that contains the values of the formula at the points of z, for x = z.

    Raises NoValue for a name other than x.  Where the formula has no value the ball is not finite.
    """
    return compiled(tree)(z, analytic)


@lru_cache(maxsize=1024)
def compiled(tree: Tree) -> _Rule:
    """Return the function (z, analytic) -> value of the tree."""
    if tree == "x":
        return lambda z, _: z
    number = written_number(tree)
    if number is not None:
        fraction = fmpq(number.numerator, number.denominator)
        return lambda z, _: acb(fraction)
    if isinstance(tree, str):
        raise NoValue(f"the parameter {tree} has no value")
    operator = tree[0]
    if operator == "pi":
        return lambda z, _: acb(arb.pi())
    parts = [compiled(part) for part in tree[1:]]
    if operator == "^":
        return _power(parts[0], tree[2])
    if operator in _FOLDS:
        return _folded(_FOLDS[operator], parts)
    inner = parts[0]
    if operator == "-" and len(parts) == 1:
        return lambda z, analytic: -inner(z, analytic)
    if len(parts) == 2:
        outer, second = _PAIRS[operator], parts[1]
        return lambda z, analytic: outer(inner(z, analytic), second(z, analytic), analytic)
    rule = RULES[operator]
    return lambda z, analytic: rule(inner(z, analytic), analytic)


_FOLDS: dict[str, Callable[[acb, acb], acb]] = {"+": acb.__add__, "*": acb.__mul__}

_PAIRS: dict[str, Callable[[acb, acb, bool], acb]] = {
    "-": lambda a, b, _: a - b,
    "/": lambda a, b, _: a / b,
    "max": lambda a, b, analytic: a.real_max(b, analytic=analytic),
    "min": lambda a, b, analytic: a.real_min(b, analytic=analytic),
}


def _folded(operation: Callable[[acb, acb], acb], parts: list[_Rule]) -> _Rule:
    def fold(z: acb, analytic: bool) -> acb:
        return reduce(operation, (part(z, analytic) for part in parts))

    return fold


def _power(base: _Rule, exponent: Tree) -> _Rule:
    """Return base^exponent; unless the exponent is an integer, analytic off the negative axis."""
    number = written_number(exponent)
    if number is not None and number.denominator == 1:
        n = int(number)
        return lambda z, analytic: base(z, analytic) ** n
    if number == Fraction(1, 2):
        return lambda z, analytic: base(z, analytic).sqrt(analytic=analytic)
    power = compiled(exponent)
    return lambda z, analytic: base(z, analytic).pow(power(z, analytic), analytic=analytic)
