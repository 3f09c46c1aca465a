"""Rigorous enclosures of exact real constants in Arb ball arithmetic, at any working precision."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flint import arb, ctx, fmpq
from sympy import E, Expr, asin, erf, exp, log, pi

_FUNCTIONS: dict[object, Callable[[arb], arb]] = {
    asin: arb.asin,
    erf: arb.erf,
    exp: arb.exp,
    log: arb.log,
}


@contextmanager
def working_precision(bits: int) -> Iterator[None]:
    """Let ball arithmetic work with `bits` bits inside the `with` block."""
    before = ctx.prec
    ctx.prec = bits
    try:
        yield
    finally:
        ctx.prec = before


def enclosure(constant: Expr) -> arb:
    """Return a ball that contains `constant`, at the current working precision.

    Known are rationals, pi, e, sums, products, powers, exp, log, asin and erf.  Raises ValueError
    for an expression with a symbol or any other function.
    """
    if constant.is_Rational:
        return arb(fmpq(int(constant.p), int(constant.q)))
    if constant == pi:
        return arb.pi()
    if constant == E:
        return arb.const_e()
    arguments = [enclosure(argument) for argument in constant.args]
    if arguments and constant.is_Add:
        return sum(arguments, arb(0))
    if arguments and constant.is_Mul:
        product = arb(1)
        for factor in arguments:
            product *= factor
        return product
    if constant.is_Pow:
        base, exponent = arguments
        return base**exponent
    if constant.func in _FUNCTIONS:
        return _FUNCTIONS[constant.func](arguments[0])
    raise ValueError(f"no enclosure is known for {constant}")
