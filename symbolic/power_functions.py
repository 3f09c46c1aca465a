"""Duals and their derivatives as certified functions on [-1, 1]: enclosures and float64.

Both are power series in rho with nonnegative coefficients that converge on [-1, 1], which is what
the enclosures rest on: such an f is increasing on [0, 1], and |f(-s) - f(-s')| <= f(s) - f(s') for
0 <= s' <= s <= 1, term by term.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from flint import arb, arb_poly, arb_series, ctx
from sympy import Expr, nan, oo, zoo

from .closed_series import Argument, expansion_of
from .dual_numeric import tabulated_function
from .dual_polynomial import polynomial_function
from .enclosure import enclosure, working_precision
from .numeric_function import NumericFunction
from .power_series import coefficients, series_length
from .table import DEGREES, TABLE_BITS, Taylor

ENDS_BITS = 256
"""The bits of the values at -1 and 1, from which float64 functions are made."""

LAST_BITS = 1 << 13
"""The working precision beyond which an enclosure is given up."""


def refined(compute: Callable[[], arb], bits: int) -> arb:
    """Return compute() at the first working precision that makes its radius at most 2^(-bits).

    Raises ArithmeticError if none up to LAST_BITS does.
    """
    precision = bits + 32
    while precision <= max(LAST_BITS, 2 * bits):
        with working_precision(precision):
            ball = compute()
            if ball.is_finite() and ball.rad() <= arb(2) ** -bits:
                return ball
        precision *= 2
    raise ArithmeticError(f"no enclosure of radius 2^-{bits} was found")


def constant_enclosure(constant: Expr, bits: int) -> arb:
    """Return a ball of radius at most 2^(-bits) around an exact constant.

    Raises ArithmeticError if the constant is infinite, ValueError if it has a symbol.
    """
    if constant.has(oo, -oo, zoo, nan):
        raise ArithmeticError(f"{constant} is not a finite number")
    return refined(lambda: enclosure(constant), bits)


class PowerFunction(ABC):
    """f on [-1, 1], the sum of c_k rho^k with every c_k >= 0."""

    @abstractmethod
    def at(self, point: arb, bits: int) -> arb:
        """Return a ball around f at an exact point of [-1, 1]."""

    @abstractmethod
    def numeric(self) -> NumericFunction:
        """Return f as a vectorised float64 function with a proved error."""

    def enclosure(self, rho: arb, bits: int) -> arb:
        """Return a ball that contains f at every point of [-1, 1] in the ball rho.

        Raises ValueError if there is none.
        """
        with working_precision(2 * max(ctx.prec, bits) + 64):
            low, high = rho.lower(), rho.upper()
            if not (low <= 1 and high >= -1):
                raise ValueError(f"a correlation lies in [-1, 1], unlike {rho}")
            low, high = low.max(arb(-1)).mid(), high.min(arb(1)).mid()
            if low == high:
                return self.at(low, bits)
            if low < 0 < high:
                left, right = self._between(low, arb(0), bits), self._between(arb(0), high, bits)
                return left.union(right)
            return self._between(low, high, bits)

    def _between(self, low: arb, high: arb, bits: int) -> arb:
        if low >= 0:
            return self.at(low, bits).union(self.at(high, bits))
        change = self.at(-low, bits) - self.at(-high, bits)
        return self.at(low, bits) + arb(0, 1) * change


@dataclass(frozen=True)
class ClosedFunction(PowerFunction):
    """f as an expression in rho for -1 < rho < 1, and its values at -1 and 1."""

    expression: Expr
    ends: tuple[Expr, Expr]

    def at(self, point: arb, bits: int) -> arb:
        """Evaluate the expression, for |point| > 1/2 in terms of t = sqrt(2 (1 - |point|)).

        1 - |point| is rounded once, relatively, so that nothing is lost near the ends.
        """
        if abs(point) == 1:
            return constant_enclosure(self.ends[1 if point > 0 else 0], bits)
        function = expansion_of(self.expression)

        def compute() -> arb:
            with series_length(1):
                if abs(point) <= 0.5:
                    argument = Argument.plain(arb_series([point]))
                else:
                    t = (2 * (1 - abs(point))).sqrt()
                    argument = Argument.near(1 if point > 0 else -1, arb_series([t]))
                return coefficients(function(argument), 1)[0]

        return refined(compute, bits)

    def numeric(self) -> NumericFunction:
        """Return one polynomial where its power series at 0 falls off fast, else tables."""
        function = expansion_of(self.expression)

        def series(length: int) -> list[arb]:
            with series_length(length):
                return coefficients(function(Argument.plain(arb_series([0, 1]))), length)

        low, high = (constant_enclosure(end, ENDS_BITS) for end in self.ends)
        whole = polynomial_function(series, (low, high))
        if whole is not None:
            return whole

        def along(side: int) -> Taylor:
            def taylor(x: arb, length: int) -> list[arb]:
                with series_length(length):
                    s = arb_series([x, 1])
                    argument = Argument.near(side, s) if side else Argument.plain(s)
                    return coefficients(function(argument), length)

            return taylor

        return tabulated_function(along, (low, high), arb(0))


@dataclass(frozen=True)
class SeriesFunction(PowerFunction):
    """f by enclosures of c_0, ..., c_N; the rest is between 0 and left_out |rho|^(N+1) in size.

    `total` is f(1), the sum of all c_k, and `sign` is 1 for an even f, -1 for an odd one, else 0.
    """

    coefficients: tuple[arb, ...]
    left_out: arb
    total: arb
    sign: int

    def at(self, point: arb, bits: int) -> arb:
        """Return the polynomial's value, and what it leaves out: nonnegative for rho >= 0.

        At 1, and at -1 if f is even or odd, it is the known total.
        """
        if point == 1 or (point == -1 and self.sign):
            return self.total if point == 1 else self.sign * self.total
        with working_precision(bits + 32):
            rest = self.left_out * abs(point) ** len(self.coefficients)
            beyond = arb(0).union(rest) if point >= 0 else arb(0, rest.upper())
            return self._polynomial(point) + beyond

    @cached_property
    def _polynomial(self) -> arb_poly:
        with working_precision(TABLE_BITS):
            return arb_poly(list(self.coefficients))

    def numeric(self) -> NumericFunction:
        """Return the function by tables of the polynomial, from its derivatives over j!."""
        with working_precision(TABLE_BITS):
            derived = [self._polynomial]
            for j in range(1, 2 * DEGREES[-1] + 3):
                derived.append(derived[-1].derivative() * (1 / arb(j)))

        def along(side: int) -> Taylor:
            def taylor(x: arb, length: int) -> list[arb]:
                if side == 0:
                    return [derived[j](x) for j in range(length)]
                centre = side * (1 - x * x / 2)
                with series_length(length):
                    step = arb_series([0, -side * x, -arb(side) / 2])
                    total = arb_series([0])
                    for j in range(length - 1, -1, -1):
                        total = total * step + derived[j](centre)
                    return coefficients(total, length)

            return taylor

        with working_precision(TABLE_BITS):
            ends = (self._polynomial(arb(-1)), self._polynomial(arb(1)))
        return tabulated_function(along, ends, self.left_out)
