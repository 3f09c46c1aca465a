"""The three ways in which the Hermite coefficients and the dual of an activation are derived.

A law knows an activation through its Gaussian integrals alone; `Normalised` makes of any law that
of the activation with mean 0 and variance 1, condition (1) of the paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from sympy import (
    Expr,
    I,
    Integer,
    Poly,
    Symbol,
    asin,
    binomial,
    cancel,
    diff,
    exp,
    factorial,
    nan,
    oo,
    sqrt,
    sympify,
    zoo,
)

from .arcsine import ArcsineForm
from .moments import gaussian_moment, half_line_hermite_moment, half_line_moment
from .price import half_line_dual
from .variables import rho


class Law(Protocol):
    """What a derivation gives for an activation sigma, with X and X' as in Definition 4."""

    def hermite_moment(self, k: int) -> Expr:
        """Return E[sigma(X) He_k(X)], that is sqrt(k!) a_k, for k >= 0."""

    def second_moment(self) -> Expr:
        """Return E[sigma(X)^2]."""

    def dual(self) -> Expr:
        """Return E[sigma(X) sigma(X')] in the symbol rho."""

    def dual_derivative(self) -> Expr:
        """Return the derivative of the dual in the symbol rho."""


@dataclass(frozen=True)
class HermiteSum:
    """sigma = sum_k a_k h_k, finite: the dual is sum_k a_k^2 rho^k (Appendix B, fact 3)."""

    coefficients: tuple[Expr, ...]

    @classmethod
    def of_polynomial(cls, powers: tuple[Expr, ...]) -> HermiteSum:
        """Expand sum_n powers[n] x^n: E[X^n He_k(X)] = n!/(n-k)! E[X^(n-k)], by parts k times."""
        return cls(
            tuple(
                cancel(
                    sum(
                        (
                            powers[n] * binomial(n, k) * gaussian_moment(n - k)
                            for n in range(k, len(powers))
                        ),
                        Integer(0),
                    )
                )
                * sqrt(factorial(k))
                for k in range(len(powers))
            )
        )

    def hermite_moment(self, k: int) -> Expr:
        """Return sqrt(k!) a_k, zero beyond the degree."""
        if k >= len(self.coefficients):
            return Integer(0)
        return self.coefficients[k] * sqrt(factorial(k))

    def second_moment(self) -> Expr:
        """Return sum_k a_k^2 (Parseval)."""
        return sum((a**2 for a in self.coefficients), Integer(0))

    def dual(self) -> Expr:
        """Return the finite sum of a_k^2 rho^k."""
        return sum((a**2 * rho**k for k, a in enumerate(self.coefficients)), Integer(0))

    def dual_derivative(self) -> Expr:
        """Return the finite sum of k a_k^2 rho^(k-1)."""
        return diff(self.dual(), rho)


@dataclass(frozen=True)
class HalfLinePolynomials:
    """sigma(x) = sum_i right[i] x^i for x > 0 and sum_i left[i] (-x)^i for x < 0.

    The value at the single point 0 has no influence on any Gaussian integral.
    """

    left: tuple[Expr, ...]
    right: tuple[Expr, ...]

    def hermite_moment(self, k: int) -> Expr:
        """Return the sum of half-line moments; He_k(-x) = (-1)^k He_k(x) serves the left side."""
        sign = -1 if k % 2 else 1
        return sum(
            (
                (r + sign * p) * half_line_hermite_moment(i, k)
                for i, (p, r) in enumerate(zip(self.left, self.right, strict=True))
            ),
            Integer(0),
        )

    def second_moment(self) -> Expr:
        """Return the sum of half-line moments of the two squares."""
        return sum(
            (
                side[i] * side[j] * half_line_moment(i + j)
                for side in (self.left, self.right)
                for i in range(len(side))
                for j in range(len(side))
            ),
            Integer(0),
        )

    def dual(self) -> Expr:
        """Return the dual by Price's theorem, integrated back in rho from the point masses at 0."""
        return self._form().expression()

    def dual_derivative(self) -> Expr:
        """Return the derivative of the dual, infinite at rho = 1 if sigma jumps at 0."""
        return self._form().derivative()

    def _form(self) -> ArcsineForm:
        """Return the dual: (-X, X') has correlation -rho, so opposite sides see M_ij(-rho)."""
        total = ArcsineForm.of()
        for i in range(len(self.left)):
            for j in range(len(self.right)):
                same = self.left[i] * self.left[j] + self.right[i] * self.right[j]
                opposite = self.left[i] * self.right[j] + self.right[i] * self.left[j]
                if same != 0:
                    total += half_line_dual(i, j).scaled(same)
                if opposite != 0:
                    total += half_line_dual(i, j).reflected().scaled(opposite)
        return total


@dataclass(frozen=True)
class GaussianPrimitive:
    """sigma with sigma(0) = centre and derivative sigma'(x) = height exp(-rate x^2), rate > 0."""

    centre: Expr
    height: Expr
    rate: Expr

    def hermite_moment(self, k: int) -> Expr:
        """Return the k-th derivative at t = 0 of E[sigma(X + t)] (Weierstrass transform).

        E[sigma'(X + t)] = height/sqrt(1+2 rate) exp(-c t^2) with c = rate/(1+2 rate); by oddness
        the mean is the centre and the even moments beyond it are zero.
        """
        if k == 0:
            return self.centre
        if k % 2 == 0:
            return Integer(0)
        j = (k - 1) // 2
        decay = -self.rate / (1 + 2 * self.rate)
        return self.height / sqrt(1 + 2 * self.rate) * decay**j * factorial(2 * j) / factorial(j)

    def second_moment(self) -> Expr:
        """Return the dual at rho = 1, since X' = X there."""
        return self.dual().subs(rho, 1)

    def dual(self) -> Expr:
        """Return the primitive of the derivative below with value centre^2 at rho = 0."""
        ratio = 2 * self.rate / (1 + 2 * self.rate)
        return self.centre**2 + self.height**2 / (2 * self.rate) * asin(ratio * rho)

    def dual_derivative(self) -> Expr:
        """Return E[sigma'(X) sigma'(X')] = height^2/sqrt(det(I + 2 rate Sigma_rho))."""
        return self.height**2 / sqrt((1 + 2 * self.rate) ** 2 - (2 * self.rate * rho) ** 2)


@dataclass(frozen=True)
class Normalised:
    """(sigma - E[sigma(X)])/sqrt(Var[sigma(X)]), which satisfies (1), given a law of sigma."""

    law: Law
    mean: Expr
    variance: Expr

    def hermite_moment(self, k: int) -> Expr:
        """Return the moment of sigma over the standard deviation, and 0 for k = 0."""
        return self.law.hermite_moment(k) / sqrt(self.variance) if k > 0 else Integer(0)

    def second_moment(self) -> Expr:
        """Return 1."""
        return Integer(1)

    def dual(self) -> Expr:
        """Return (dual - mean^2)/variance: the root of the normalisation is squared away."""
        return (self.law.dual() - self.mean**2) / self.variance

    def dual_derivative(self) -> Expr:
        """Return the derivative of the dual of sigma over the variance."""
        return self.law.dual_derivative() / self.variance


def _coefficients(expression: Expr, variable: Symbol, length: int) -> tuple[Expr, ...]:
    found = Poly(expression, variable, domain="EX").all_coeffs()[::-1]
    return tuple(sympify(c) for c in found) + (Integer(0),) * (length - len(found))


def derive_law(expression: Expr, variable: Symbol) -> Law:
    """Return the law of an activation that is given as an expression in `variable`.

    Covered are expressions that are a polynomial on x > 0 and a polynomial on x < 0 (Max, Min, Abs,
    sign and Piecewise with break at 0 among them), and those with derivative A exp(-b x^2), b > 0
    (affine images of erf(c x)).  Raises ValueError for all others.
    """
    if expression.has(I, oo, -oo, zoo, nan):
        raise ValueError(f"an activation is real and finite, unlike {expression}")
    if rho in expression.free_symbols or not all(s.is_real for s in expression.free_symbols):
        raise ValueError(f"the symbols of an activation are {variable} and real ones except {rho}")
    radius = Symbol("r", positive=True)
    right, left = expression.subs(variable, radius), expression.subs(variable, -radius)
    if right.is_polynomial(radius) and left.is_polynomial(radius):
        degree = max(Poly(side, radius, domain="EX").degree() for side in (left, right, Integer(1)))
        sides = [_coefficients(side, radius, int(degree) + 1) for side in (left, right)]
        continued = tuple((-1) ** i * c for i, c in enumerate(sides[0]))
        if all(cancel(p - r) == 0 for p, r in zip(continued, sides[1], strict=True)):
            return HermiteSum.of_polynomial(sides[1])
        return HalfLinePolynomials(*sides)
    slope = diff(expression, variable)
    height = slope.subs(variable, 0)
    rate = cancel(-diff(slope, variable) / slope / (2 * variable)) if slope != 0 else Integer(0)
    gaussian = height * exp(-rate * variable**2)
    if rate.is_positive and not rate.has(variable) and (slope - gaussian).simplify() == 0:
        return GaussianPrimitive(expression.subs(variable, 0), height, rate)
    raise ValueError(
        f"no derivation is known for {expression}: known are polynomials on either side of 0"
        " and affine images of erf"
    )
