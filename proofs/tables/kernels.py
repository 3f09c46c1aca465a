"""The activations of the tables: coefficients, dual and its derivative as balls, at any precision.

Each is either a closed form or a certified series; a table does not see the difference, except that
a series may certify fewer digits.
"""

from collections.abc import Sequence
from fractions import Fraction
from functools import cache, partial

import sympy
from flint import arb, ctx, fmpq

from proofs.engines.enclosure import Value, shortened
from symbolic import Activation, SeriesActivation, certified_activation, named_activation, rho
from symbolic.enclosure import enclosure

MOST_BITS = 4_000
SERIES_BITS = 256
"""The precision of the terms of a series; it has 200 up to this precision, and 600 beyond."""

MOST_TERMS = 60
"""The Hermite coefficients that a table may show."""


class ClosedKernel:
    """A normalised activation with a closed form, without parameters that are letters."""

    most_bits = MOST_BITS

    def __init__(self, name: str, activation: Activation) -> None:
        self.name, self._activation = name, activation
        self._dual, self._slope = activation.dual(), activation.dual_derivative()
        self._top = activation.dual_derivative(sympy.Integer(1))

    def mu(self) -> Value:
        """The coefficient of non-linearity, 1 - a_1^2."""
        return exact_or_ball(self._activation.coefficient_of_nonlinearity())

    def coefficient(self, k: int) -> Value:
        """a_k."""
        return exact_or_ball(self._activation.hermite_coefficient(k))

    def dual(self, at: Value) -> Value:
        """sigma-hat; exact where it is a polynomial and its argument rational."""
        if isinstance(at, fmpq) and abs(at) == 1:
            return exact_or_ball(self._activation.dual(sympy.Integer(int(at.p))))
        return evaluated(self._dual, at)

    def slope(self, at: Value) -> Value:
        """The derivative of sigma-hat, where it is finite."""
        if isinstance(at, fmpq) and abs(at) == 1:
            return exact_or_ball(self._activation.dual_derivative(sympy.Integer(int(at.p))))
        return evaluated(self._slope, at)

    @property
    def jumps(self) -> bool:
        """Whether D(1) is infinite, as for every activation with a jump."""
        return bool(self._top.is_infinite)

    def slope_at_one(self) -> Value:
        """D(1), where it is finite."""
        return exact_or_ball(self._top)


class SeriesKernel:
    """A normalised activation that is known through enclosures of its Hermite coefficients."""

    most_bits = SERIES_BITS

    def __init__(self, name: str, activation: SeriesActivation) -> None:
        self.name, self._activation = name, activation
        self._series = cache(partial(activation.dual_series, bits=SERIES_BITS))
        self._slopes = cache(partial(activation.slope_series, bits=SERIES_BITS))

    def mu(self) -> Value:
        """The coefficient of non-linearity, 1 - a_1^2."""
        return self._activation.mu_enclosure(ctx.prec)

    def coefficient(self, k: int) -> Value:
        """a_k."""
        return self._activation.hermite_enclosures(MOST_TERMS, ctx.prec)[k]

    def dual(self, at: Value) -> Value:
        """sigma-hat; what the series leaves out widens the ball."""
        return self._series(terms()).enclosure(arb(at), ctx.prec)

    def slope(self, at: Value) -> Value:
        """The derivative of sigma-hat, for -1 <= at <= 1; needs a continuous activation."""
        return self._slopes(terms()).enclosure(arb(at), ctx.prec)

    @property
    def jumps(self) -> bool:
        """False: `slope_at_one` refuses what it does not see to be continuous."""
        return False

    def slope_at_one(self) -> Value:
        """D(1) = E[sigma'(X)^2].  Raises ValueError where that is not seen to be finite."""
        return self._activation.slope_moment(ctx.prec)


Kernel = ClosedKernel | SeriesKernel


def terms() -> int:
    """The number of terms of a series at the precision at hand."""
    return 200 if ctx.prec <= SERIES_BITS else 600


def spelled(name: str, formula: bool = False) -> Activation | SeriesActivation:
    """The activation of a name of the catalogue, or of a formula in x.  Raises ValueError."""
    return certified_activation(name) if formula else named_activation(name)


def kernel(name: str, formula: bool = False) -> Kernel:
    """The normalised activation that a name or a formula in x spells.

    Raises ValueError for an unknown one, one with a letter, or a constant one.
    """
    activation = spelled(name, formula).normalised()
    if isinstance(activation, SeriesActivation):
        return SeriesKernel(name, activation)
    letters = activation.dual().free_symbols - {rho}
    if letters:
        raise ValueError(f"a table of {name} needs numbers for {', '.join(map(str, letters))}")
    return ClosedKernel(name, activation)


def evaluated(form: sympy.Expr, at: Value) -> Value:
    """A function of rho at a point: exact for a polynomial with rational coefficients."""
    coefficients = rational_polynomial(form)
    if coefficients is None or isinstance(at, arb):
        return enclosure(form, {rho: arb(at)})
    result: Value = fmpq(0)
    for c in coefficients:
        result = result * at + c
    return shortened(result)


@cache
def rational_polynomial(form: sympy.Expr) -> Sequence[fmpq] | None:
    """The coefficients of a polynomial in rho, the highest first, if all are rational."""
    if not form.is_polynomial(rho):
        return None
    found = sympy.Poly(form, rho).all_coeffs()
    if not all(c.is_Rational for c in found):
        return None
    return tuple(fmpq(int(c.p), int(c.q)) for c in found)


def exact_or_ball(constant: sympy.Expr) -> Value:
    """A rational as such, another constant as a ball at the precision at hand."""
    if constant.is_Rational:
        return fmpq(int(constant.p), int(constant.q))
    return enclosure(constant)


class Correlations:
    """sigma-hat^(L)(1 - delta) for one delta, at the precision of each question."""

    def __init__(self, of: Kernel, delta: Fraction) -> None:
        self._of, self._start = of, fmpq(1) - fmpq(delta.numerator, delta.denominator)
        self._known: dict[int, list[Value]] = {}

    def __call__(self, depth: int) -> Value:
        """The correlation after `depth` layers; what begins at 0 stays there, as a_0 = 0."""
        chain = self._known.setdefault(ctx.prec, [self._start])
        while len(chain) <= depth:
            last = chain[-1]
            stays = isinstance(last, fmpq) and last == 0
            chain.append(last if stays else self._of.dual(last))
        return chain[depth]


def tangent_diagonal(of: Kernel, depth: int) -> Value:
    """The tangent kernel at correlation 1: the sum of the powers D(1)^h over h <= depth."""
    slope = of.slope_at_one()
    value: Value = fmpq(1)
    for _ in range(depth):
        value = 1 + value * slope
    return value


def tangent_kernel(of: Kernel, after: Correlations, depth: int) -> Value:
    """The tangent kernel: K_0 = rho and K_l = sigma-hat^(l)(rho) + K_(l-1) D(sigma-hat^(l-1)(rho)).

    This is formula (2) as it is derived from the network, not as it is printed.
    """
    found = after(0)
    for level in range(depth):
        found = after(level + 1) + found * of.slope(after(level))
    return found
