"""The class of functions of rho in which the duals of piecewise polynomials lie, and its calculus.

Its members are p(rho) + q(rho)/sqrt(1 - rho^2) + r(rho) asin(rho) with polynomials p, q, r.  The
class is closed under integration from 0, which is all that Price's theorem asks for.
"""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Expr, Integer, Poly, asin, sqrt

from .variables import rho

_ZERO = Integer(0)
_ONE_MINUS_SQUARE = 1 - rho**2


def polynomial(expression: Expr) -> Poly:
    """Return a polynomial in rho whose coefficients are any exact expressions free of rho."""
    return Poly(expression, rho, domain="EX")


def _reflected(p: Poly) -> Poly:
    return p.compose(polynomial(-rho))


def _over_root_integral(m: int) -> ArcsineForm:
    """Return K_m, the integral of t^m/sqrt(1 - t^2) from 0 to rho.

    K_0 = asin(rho), K_1 = 1 - s, m K_m = (m-1) K_{m-2} - rho^(m-1) s, with s = sqrt(1 - rho^2).
    """
    if m == 0:
        return ArcsineForm.of(arcsine=Integer(1))
    if m == 1:
        return ArcsineForm.of(plain=Integer(1), over_root=-_ONE_MINUS_SQUARE)
    boundary = ArcsineForm.of(over_root=-(rho ** (m - 1)) * _ONE_MINUS_SQUARE)
    return (_over_root_integral(m - 2).scaled(Integer(m - 1)) + boundary).scaled(1 / Integer(m))


@dataclass(frozen=True)
class ArcsineForm:
    """The function plain(rho) + over_root(rho)/sqrt(1 - rho^2) + arcsine(rho) asin(rho)."""

    plain: Poly
    over_root: Poly
    arcsine: Poly

    @classmethod
    def of(
        cls,
        plain: Expr = _ZERO,
        over_root: Expr = _ZERO,
        arcsine: Expr = _ZERO,
    ) -> ArcsineForm:
        """Build the function from three expressions that are polynomial in rho."""
        return cls(polynomial(plain), polynomial(over_root), polynomial(arcsine))

    def __add__(self, other: ArcsineForm) -> ArcsineForm:
        """Return the sum of two members of the class."""
        return ArcsineForm(
            self.plain + other.plain,
            self.over_root + other.over_root,
            self.arcsine + other.arcsine,
        )

    def scaled(self, factor: Expr) -> ArcsineForm:
        """Return the product with a factor that does not depend on rho."""
        constant = polynomial(factor)
        return ArcsineForm(
            self.plain * constant, self.over_root * constant, self.arcsine * constant
        )

    def reflected(self) -> ArcsineForm:
        """Return the function rho -> self(-rho)."""
        return ArcsineForm(
            _reflected(self.plain), _reflected(self.over_root), -_reflected(self.arcsine)
        )

    def integral(self, initial: Expr) -> ArcsineForm:
        """Return the primitive whose value at rho = 0 is `initial`.

        For the arcsine part by parts: r asin = (R asin)' - R/sqrt(1 - rho^2), R' = r, R(0) = 0.
        """
        primitive = self.arcsine.integrate()
        result = ArcsineForm(self.plain.integrate(), polynomial(_ZERO), primitive)
        result += ArcsineForm.of(plain=initial)
        for (m,), coefficient in (self.over_root - primitive).terms():
            result += _over_root_integral(m).scaled(coefficient)
        return result

    def derivative(self) -> Expr:
        """Return the derivative, for -1 < rho < 1, with the roots combined."""
        continuous, pole = self.over_root.div(polynomial(_ONE_MINUS_SQUARE))
        over_root = (
            continuous.diff() * polynomial(_ONE_MINUS_SQUARE)
            - continuous * polynomial(rho)
            + self.arcsine
        )
        regular = ArcsineForm(self.plain.diff(), over_root, self.arcsine.diff())
        return regular.expression() + (pole.as_expr() / sqrt(_ONE_MINUS_SQUARE)).diff(rho)

    def expression(self) -> Expr:
        """Return the function as an expression, with sqrt(1 - rho^2) in numerators if it can be."""
        root = sqrt(_ONE_MINUS_SQUARE)
        continuous, pole = self.over_root.div(polynomial(_ONE_MINUS_SQUARE))
        return (
            self.plain.as_expr()
            + continuous.as_expr() * root
            + pole.as_expr() / root
            + self.arcsine.as_expr() * asin(rho)
        )
