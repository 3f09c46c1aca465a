"""Power series in ball arithmetic: their length and their coefficients."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flint import arb, arb_series, ctx


class NoExpansion(ValueError):
    """A closed form contains a function without an expansion here."""


@contextmanager
def series_length(length: int) -> Iterator[None]:
    """Let power series have `length` terms inside the `with` block."""
    before = ctx.cap
    ctx.cap = length
    try:
        yield
    finally:
        ctx.cap = before


def coefficients(series: arb_series, length: int) -> list[arb]:
    """Return the first `length` coefficients.

    Raises ArithmeticError if the series is not known to that length (its own order is shorter).
    """
    if series.prec < length:
        raise ArithmeticError(f"a power series is known to order {series.prec}, not {length}")
    found = list(series.coeffs())[:length]
    return found + [arb(0)] * (length - len(found))


def whole_power(base: arb_series, n: int) -> arb_series:
    """Return base^n for n >= 0 by squaring: unlike `**` it allows a constant ball around 0."""
    result = arb_series([1])
    while n:
        if n % 2:
            result = result * base
        base, n = base * base, n // 2
    return result


def sharpest(*balls: arb) -> arb:
    """Return the narrowest of balls around the same number."""
    return min(balls, key=lambda ball: float(ball.rad()) if ball.is_finite() else float("inf"))
