"""Rigorous enclosures of exact real constants in Arb ball arithmetic, at any working precision."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from flint import arb, ctx, fmpq
from sympy import E, Expr, Symbol, asin, cos, cosh, erf, exp, log, pi, sin, sinh

_FUNCTIONS: dict[object, Callable[..., arb]] = {
    asin: arb.asin,
    cos: arb.cos,
    cosh: arb.cosh,
    erf: arb.erf,
    exp: arb.exp,
    log: arb.log,
    sin: arb.sin,
    sinh: arb.sinh,
}


def register(function: object, enclose: Callable[..., arb]) -> None:
    """Let `enclosure` know a SymPy function by a rigorous evaluation of it."""
    _FUNCTIONS[function] = enclose


@contextmanager
def working_precision(bits: int) -> Iterator[None]:
    """Let ball arithmetic work with `bits` bits inside the `with` block."""
    before = ctx.prec
    ctx.prec = bits
    try:
        yield
    finally:
        ctx.prec = before


def _whole_power(base: arb, n: int) -> arb:
    """Return base^n for n >= 0 by squaring: unlike exp(n log base) it allows a base around 0."""
    result = arb(1)
    while n:
        if n % 2:
            result *= base
        base, n = base * base, n // 2
    return result


def enclosure(constant: Expr, values: Mapping[Symbol, arb] | None = None) -> arb:
    """Return a ball that contains `constant`, at the current working precision.

    Its symbols are anywhere in the balls of `values`.  Known are rationals, pi, e, sums, products,
    powers, exp, log, asin, erf, sin, cos, sinh, cosh and what is registered (Phi_2).  Raises
    ValueError for an expression with another symbol or any other function.
    """
    if values is not None and constant in values:
        return values[constant]
    if constant.is_Rational:
        return arb(fmpq(int(constant.p), int(constant.q)))
    if constant == pi:
        return arb.pi()
    if constant == E:
        return arb.const_e()
    arguments = [enclosure(argument, values) for argument in constant.args]
    if arguments and constant.is_Add:
        return sum(arguments, arb(0))
    if arguments and constant.is_Mul:
        product = arb(1)
        for factor in arguments:
            product *= factor
        return product
    if constant.is_Pow:
        base, exponent = arguments
        if (2 * constant.exp).is_Integer:
            twice = int(2 * constant.exp)
            power = _whole_power(base.sqrt() if twice % 2 else base, abs(twice) // (2 - twice % 2))
            return power if twice > 0 else 1 / power
        return base**exponent
    if constant.func in _FUNCTIONS:
        return _FUNCTIONS[constant.func](*arguments)
    raise ValueError(f"no enclosure is known for {constant}")
