"""How the Gaussian integrals of an activation are derived: finite Hermite sums, and sums of terms.

A law knows an activation through its Gaussian integrals alone; `Normalised` makes of any law that
of the activation with mean 0 and variance 1, condition (1) of the paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from sympy import (
    Add,
    Expr,
    I,
    Integer,
    Mul,
    Poly,
    Rational,
    binomial,
    cancel,
    degree,
    diff,
    exp,
    expand,
    factor,
    factorial,
    factorial2,
    fraction,
    nan,
    oo,
    sqrt,
    together,
    zoo,
)
from sympy.functions.special.error_functions import erf, erfi
from sympy.polys.polyerrors import PolynomialError

from .pieces import terms_of
from .stein import PairIntegral, sign_of
from .term_moments import hermite_moment
from .terms import NoRoute, Term, derivative, jumps
from .variables import rho, x

HIGHEST_DEGREE = 100
"""The largest degree of a polynomial that is expanded in Hermite polynomials."""


LARGEST_SUM = 60
"""The largest sum of power + 1 over the terms: the time of a dual grows with its square."""


class Law(Protocol):
    """What a derivation gives for an activation sigma, with X and X' as in Definition 4."""

    def hermite_moment(self, k: int) -> Expr:
        """Return E[sigma(X) He_k(X)], that is sqrt(k!) a_k, for k >= 0."""

    def second_moment(self) -> Expr:
        """Return E[sigma(X)^2]."""

    def dual_at(self, at: Expr) -> Expr:
        """Return the dual, in the symbol rho or at a rational number in [-1, 1]."""

    def derivative_at(self, at: Expr) -> Expr:
        """Return the derivative of the dual, likewise; at the ends it may be infinite."""


@dataclass(frozen=True)
class HermiteSum:
    """sigma = sum_k a_k h_k, finite: the dual is sum_k a_k^2 rho^k (Appendix B, fact 3)."""

    coefficients: tuple[Expr, ...]

    @classmethod
    def of_polynomial(cls, powers: tuple[Expr, ...]) -> HermiteSum:
        """Expand sum_n powers[n] x^n: E[X^n He_k(X)] = n!/(n-k)! E[X^(n-k)], by parts k times.

        E[X^m] is (m-1)!! for even m and 0 for odd m.
        """
        return cls(
            tuple(
                cancel(
                    sum(
                        (
                            powers[n] * binomial(n, k) * factorial2(n - k - 1)
                            for n in range(k, len(powers), 2)
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
        return self.dual_at(Integer(1))

    def dual_at(self, at: Expr) -> Expr:
        """Return the finite sum of a_k^2 at^k."""
        return sum((a**2 * at**k for k, a in enumerate(self.coefficients)), Integer(0))

    def derivative_at(self, at: Expr) -> Expr:
        """Return the finite sum of k a_k^2 at^(k-1)."""
        return diff(self.dual_at(rho), rho).subs(rho, at)


@dataclass(frozen=True)
class TermsLaw:
    """The law of a finite sum of terms, every integral by Stein's identity (see `stein`)."""

    terms: tuple[Term, ...]

    def hermite_moment(self, k: int) -> Expr:
        """Return E[sigma(X) He_k(X)], that is sqrt(k!) a_k."""
        total: dict[Expr, Expr] = {}
        for term in self.terms:
            for atom, value in hermite_moment(term, k).items():
                total[atom] = total.get(atom, Integer(0)) + value
        return collected(total)

    def second_moment(self) -> Expr:
        """Return E[sigma(X)^2], the dual at rho = 1."""
        return self.dual_at(Integer(1))

    def dual_at(self, at: Expr) -> Expr:
        """Return the dual at a correlation, -1 and 1 included."""
        return pair_sum(self.terms, self.terms, at)

    def derivative_at(self, at: Expr) -> Expr:
        """Return E[sigma'(X) sigma'(X')], sigma' with point masses at the jumps of sigma.

        It is the derivative of the dual by Price's theorem.  At rho = 1 it is infinite if sigma
        jumps, and at rho = -1 if it jumps at b and at -b: the density of (X, X') at (b, +-b) is
        exp(-b^2/(1+|rho|))/(2 pi sqrt(1-rho^2)).
        """
        slope = tuple(derivative(self.terms))
        if at in (Integer(1), Integer(-1)):
            direction = _singular_sign(slope, at)
            if direction is not None:
                return direction * oo
        return pair_sum(slope, slope, at)


def _singular_sign(slope: tuple[Term, ...], at: Expr) -> int | None:
    """Return the sign of the infinite part of E[sigma'(X) sigma'(X')] at rho = +-1, if any."""
    masses = [(t.window.at, t.coefficient) for t in jumps(slope) if t.window is not None]
    met = [
        jump * other * exp(-(here**2) / 2)
        for here, jump in masses
        for there, other in masses
        if sign_of(here - at * there) == 0
    ]
    if not met:
        return None
    direction = sign_of(expand(Add(*met)))
    if direction == 0:
        raise NoRoute("the singular parts at -b and b cancel: no value at rho = -1")
    return direction


@lru_cache(maxsize=256)
def pair_sum(first: tuple[Term, ...], second: tuple[Term, ...], at: Expr) -> Expr:
    """Return E[f(X) g(X')] at correlation `at`, f and g the sums of the terms."""
    total: dict[Expr, Expr] = {}
    for i, s in enumerate(first):
        for j, t in enumerate(second):
            if first == second and j < i:
                continue
            weight = 2 if first == second and j > i else 1
            for atom, value in PairIntegral(s, t, at).expectation().items():
                total[atom] = total.get(atom, Integer(0)) + weight * value
    return collected(total)


def collected(parts: dict[Expr, Expr]) -> Expr:
    """Return sum of atom * coefficient, constant factors of atoms moved into the coefficients.

    Raises NoRoute where erfi does not cancel: nothing here evaluates or differentiates it.
    """
    total: dict[Expr, Expr] = {}
    for atom, coefficient in parts.items():
        for summand in Add.make_args(_distributed(atom)):
            constant, varying = summand.as_independent(rho, as_Add=False)
            for base in _roots(varying, Rational(1, 2)):
                varying, constant = varying / base, constant * base
            total[varying] = total.get(varying, Integer(0)) + coefficient * constant
    if any(atom.has(erfi) and expand(value) != 0 for atom, value in total.items()):
        raise NoRoute("a step with a wave leaves the function erfi in the integral")
    return Add(*(_with_roots(value, atom) for atom, value in total.items()))


def _roots(atom: Expr, exponent: Expr) -> list[Expr]:
    """Return the bases of the powers in rho with the given exponent."""
    return [f.base for f in Mul.make_args(atom) if f.is_Pow and f.exp == exponent]


def _with_roots(value: Expr, atom: Expr) -> Expr:
    """Return value * atom, whole powers of the radicand of a root in the atom taken from value."""
    for base in _roots(atom, Rational(-1, 2)):
        radicand, shift = Poly(base, rho), 0
        above, below = (Poly(part, rho) for part in fraction(cancel(value)))
        while above and above.rem(radicand).is_zero:
            above, shift = above.quo(radicand), shift + 1
        while below.degree() > 0 and below.rem(radicand).is_zero:
            below, shift = below.quo(radicand), shift - 1
        value, atom = above.as_expr() / below.as_expr(), atom * base**shift
    return _tidy(value) * atom


def _distributed(atom: Expr) -> Expr:
    """Multiply (1 + erf)/2 out, so that Phi(h) and Phi(-h) share the function erf(h)."""
    if not atom.has(erf):
        return atom
    return expand(atom.replace(erf, _odd), deep=False)


def _odd(argument: Expr) -> Expr:
    """Return erf(argument), as -erf(-argument) if its leading coefficient in rho is negative."""
    above = fraction(together(argument))[0]
    if above.has(rho) and above.is_polynomial(rho):
        if Poly(above, rho).LC().could_extract_minus_sign():
            return -erf(expand(-above) / fraction(together(argument))[1])
    return erf(argument)


def _tidy(value: Expr) -> Expr:
    """Return an equal coefficient, collected as a polynomial in rho where it is one."""
    if not value.has(rho):
        return expand(value)
    try:
        return Poly(value, rho).as_expr()
    except PolynomialError:
        return factor(value)


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

    def dual_at(self, at: Expr) -> Expr:
        """Return (dual - mean^2)/variance, which is 0 at rho = 0 and 1 at rho = 1."""
        if at in (Integer(0), Integer(1)):
            return at
        return (self.law.dual_at(at) - self.mean**2) / self.variance

    def derivative_at(self, at: Expr) -> Expr:
        """Return the derivative of the dual of sigma over the variance."""
        value = self.law.derivative_at(at)
        return value if value.is_infinite else value / self.variance


def derive_law(expression: Expr) -> Law:
    """Return the law of an activation that is given as an expression in `x`.

    Covered are polynomials and finite sums of terms (see `pieces`).  Raises ValueError for
    expressions that are not real, `NoRoute` for those that are not covered, and
    `InfiniteSecondMoment` if E[sigma(X)^2] is infinite.
    """
    if expression.has(I, oo, -oo, zoo, nan):
        raise ValueError(f"an activation is real and finite, unlike {expression}")
    if rho in expression.free_symbols or not all(s.is_real for s in expression.free_symbols):
        raise ValueError(f"the symbols of an activation are {x} and real ones except {rho}")
    if expression.is_polynomial(x) and degree(expression, x) <= HIGHEST_DEGREE:
        found = Poly(expression, x, domain="EX").all_coeffs()[::-1]
        return HermiteSum.of_polynomial(tuple(c.as_expr() for c in found))
    found = tuple(terms_of(expression))
    if sum(term.power + 1 for term in found) > LARGEST_SUM:
        raise NoRoute("it has too many terms")
    law = TermsLaw(found)
    if any(t.window is not None for t in found) and any(t.rate.has(I) for t in found):
        law.hermite_moment(0), law.dual_at(rho)  # raise NoRoute where the integrals leave the class
    return law
