"""The distribution functions of one and of two standard Gaussians, exactly and as enclosures.

They are what the duals of activations with break points away from 0 are made of.
"""

from __future__ import annotations

from typing import Any

from flint import acb, arb, ctx
from sympy import Expr, Float, Function, Integer, Rational, asin, erf, exp, oo, pi, sqrt
from sympy.core.sorting import default_sort_key

from .enclosure import enclosure, register, working_precision


def normal_density(h: Expr) -> Expr:
    """Return phi(h) = exp(-h^2/2)/sqrt(2 pi)."""
    return exp(-(h**2) / 2) / sqrt(2 * pi)


def normal_distribution(h: Expr) -> Expr:
    """Return Phi(h) = P(X <= h) = (1 + erf(h/sqrt 2))/2."""
    if h == oo:
        return Integer(1)
    if h == -oo:
        return Integer(0)
    return (1 + erf(h / sqrt(2))) / 2


class BivariateNormal(Function):  # type: ignore[misc]
    """Phi_2(h, k; r) = P(X <= h, X' <= k) for standard Gaussians of correlation r in [-1, 1].

    Elementary cases are evaluated at once: h = k = 0 gives 1/4 + asin(r)/(2 pi) (Sheppard), r = 0
    the product, r = 1 the smaller of the two probabilities, r = -1 the overlap of two half-lines.
    """

    nargs = 3

    @classmethod
    def eval(cls, h: Expr, k: Expr, r: Expr) -> Expr | None:
        """Return the elementary value if there is one, and sort h and k, which are exchangeable."""
        for one, other in ((h, k), (k, h)):
            if one == oo:
                return normal_distribution(other)
            if one == -oo:
                return Integer(0)
        if h == 0 and k == 0:
            return Rational(1, 4) + asin(r) / (2 * pi)
        if r == 0:
            return normal_distribution(h) * normal_distribution(k)
        if r == 1 and (h - k).is_extended_real and (h <= k) in (True, False):
            return normal_distribution(h if h <= k else k)
        if r == -1 and (h + k).is_extended_real and (h + k >= 0) in (True, False):
            both = normal_distribution(h) + normal_distribution(k) - 1
            return both if h + k >= 0 else Integer(0)
        if default_sort_key(h) > default_sort_key(k):
            return cls(k, h, r)
        return None

    def fdiff(self, argindex: int = 1) -> Expr:
        """Return a partial derivative, for -1 < r < 1.

        In h it is phi(h) Phi((k - r h)/sqrt(1-r^2)); in r it is the density at (h, k) (Plackett).
        """
        h, k, r = self.args
        if argindex == 3:
            return bivariate_density(h, k, r)
        if argindex == 2:
            h, k = k, h
        return normal_density(h) * normal_distribution((k - r * h) / sqrt(1 - r**2))

    def _eval_evalf(self, precision: int) -> Expr:
        with working_precision(precision + 16):
            h, k, r = (_number(argument) for argument in self.args)
            value = distribution_enclosure(h, k, r)
            return Float(value.mid().str(precision, radius=False), precision=precision)

    def _latex(self, printer: Any) -> str:
        h, k, r = (printer.doprint(argument) for argument in self.args)
        return rf"\Phi_2\left({h}, {k}; {r}\right)"


def bivariate_density(h: Expr, k: Expr, r: Expr) -> Expr:
    """Return phi_2(h, k; r), the joint density, for -1 < r < 1."""
    square = 1 - r**2
    return exp(-(h**2 - 2 * r * h * k + k**2) / (2 * square)) / (2 * pi * sqrt(square))


def _number(argument: Expr) -> arb:
    """Return a ball around a constant that may contain floats, for display only."""
    try:
        return enclosure(argument)
    except ValueError:
        return arb(str(argument.evalf(ctx.prec // 3)))


def univariate_enclosure(h: arb) -> arb:
    """Return a ball that contains Phi(h), without loss of relative precision for h < 0."""
    return (-h / arb(2).sqrt()).erfc() / 2


def distribution_enclosure(h: arb, k: arb, r: arb) -> arb:
    """Return a ball that contains Phi_2(h, k; r), for -1 <= r <= 1.

    Owen (1956): with b = (k - r h)/sqrt(1-r^2), c = (h - r k)/sqrt(1-r^2) and his function T,
        Phi_2(h, k; r) = (Phi(h) + Phi(k))/2 - T(h, b/h) - T(k, c/k) - (h k < 0 ? 1/2 : 0),
    whose integrals stay smooth up to r = +-1.  Where a sign is open: Plackett's integral.
    """
    if r == 1:
        return univariate_enclosure(h.min(k))
    if r == -1:
        return (univariate_enclosure(h) + univariate_enclosure(k) - 1).max(arb(0))
    root = ((1 - r) * (1 + r)).sqrt()
    signs = [1 if s >= 0 else -1 if s < 0 else None for s in (h, k)]
    if not root > 0 or None in signs or (h == 0 and k == 0):
        return _plackett(h, k, r)
    half = (univariate_enclosure(h) + univariate_enclosure(k)) / 2
    first, second = owen_enclosure(h, (k - r * h) / root), owen_enclosure(k, (h - r * k) / root)
    return half - first - second - (arb(0) if signs[0] == signs[1] else arb(0.5))


def owen_enclosure(h: arb, b: arb) -> arb:
    """Return a ball around T(h, b/h), whose limit for h -> 0 from above is 1/4 with the sign of b.

    T(h, a) is the integral over 0 < x < a of exp(-h^2 (1 + x^2)/2)/(1 + x^2)/(2 pi), even in h and
    odd in a; for a > 0 it is (Phi(h) + Phi(a h))/2 - Phi(h) Phi(a h) - T(a h, 1/a) if h > 0.
    """
    if h == 0:
        return arb(0.25) * b.sgn()
    size, a = abs(h), b / h
    if not abs(a) > 1:
        return _owen_integral(size, a)
    reach = abs(b)
    first, second = univariate_enclosure(size), univariate_enclosure(reach)
    turned = (first + second) / 2 - first * second - _owen_integral(reach, size / reach)
    return turned if a > 0 else -turned


def _owen_integral(h: arb, a: arb) -> arb:
    rate = acb(h * h / 2)

    def integrand(x: acb, _analytic: bool) -> acb:
        y = 1 + x * x
        return (-rate * y).exp() / y

    return acb.integral(integrand, 0, acb(a)).real / (2 * arb.pi())


def _plackett(h: arb, k: arb, r: arb) -> arb:
    """Return a ball around Phi_2(h, k; r), which Arb integrates from its derivative in r.

    The derivative is the density, so with r = sin t Phi_2 is Phi(h) Phi(k) plus the integral from 0
    to asin r of exp(-(h-k)^2/(2 cos^2 t) - h k/(1 + sin t))/(2 pi).  For r < 0 it is
    Phi(h) - Phi_2(h, -k; -r).
    """
    if r < 0:
        return univariate_enclosure(h) - _plackett(h, -k, -r)
    gap, product = acb((h - k) * (h - k) / 2), acb(h * k)
    same = gap == 0

    def integrand(t: acb, _analytic: bool) -> acb:
        exponent = -product / (1 + t.sin())
        return (exponent if same else exponent - gap / t.cos() ** 2).exp()

    angle = r.asin()
    if not angle.is_finite():
        return arb(0).union(arb(1))
    integral = acb.integral(integrand, 0, acb(angle)).real / (2 * arb.pi())
    return univariate_enclosure(h) * univariate_enclosure(k) + integral


register(BivariateNormal, distribution_enclosure)
