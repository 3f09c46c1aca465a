"""Hermite coefficients a_k for general k, where the terms of an activation have a closed form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from sympy import (
    Add,
    Dummy,
    Expr,
    Function,
    I,
    Integer,
    Sum,
    Symbol,
    cos,
    exp,
    expand,
    factorial,
    ff,
    im,
    pi,
    re,
    sin,
    sqrt,
    together,
)

from .activations import Activation
from .bivariate import normal_density
from .hermite import monic_coefficients
from .laws import HermiteSum, Normalised, TermsLaw
from .ranges import canonical
from .stein import root
from .term_moments import hermite_moment
from .terms import Term

k = Symbol("k", integer=True, nonnegative=True)
"""The index of a Hermite coefficient in a general formula."""


class Hermite(Function):  # type: ignore[misc]
    """He_n(z), monic and probabilist's, for a symbolic n; a polynomial once n is a number.

    At z = 0 it is (-1)^(n/2) (n-1)!! for even n and 0 for odd n.
    """

    nargs = 2

    @classmethod
    def eval(cls, n: Expr, z: Expr) -> Expr | None:
        """Return the value for a number n >= 0."""
        if not n.is_Integer or n < 0:
            return None
        return Add(*(c * z**i for i, c in enumerate(monic_coefficients(int(n))) if c))


@dataclass(frozen=True)
class General:
    """a_k = `formula`, in the symbol `k` of this module, for all k >= `least`, and why."""

    formula: Expr
    least: int
    reason: str

    def at(self, index: int) -> Expr:
        """Return the value at a number; raises ValueError below `least`."""
        if index < self.least:
            raise ValueError(f"the formula holds for k >= {self.least}")
        return expand(self.formula.subs(k, index).doit())


def general_coefficient(sigma: Activation) -> General | None:
    """Return a_k for general k, None where no closed form is known.

    By parts E[f(X) He_k(X)] = E[f'(X) He_{k-1}(X)], with a point mass of f' at each jump of f, so
    that powers on half-lines become a sum over their jumps; X with law N(m, v) has
    E He_n(X) = (1-v)^(n/2) He_n(m/sqrt(1-v)); and x He_k = He_{k+1} + k He_{k-1}.
    """
    law, scale = sigma.law, Integer(1)
    if isinstance(sigma.law, Normalised):
        law, scale = sigma.law.law, sqrt(sigma.law.variance)
    if isinstance(law, HermiteSum):
        least = len(law.coefficients)
        return General(Integer(0), least, "the expansion of a polynomial is finite")
    if not isinstance(law, TermsLaw):
        return None
    total, least, reasons = Integer(0), int(scale != 1), []
    for term in canonical(law.terms):
        found = _term_formula(term)
        if found is None:
            return None
        formula, first, reason = found
        total += formula
        least = max(least, first)
        if reason not in reasons:
            reasons.append(reason)
    return General(total / scale / sqrt(factorial(k)), least, "; ".join(reasons))


def _term_formula(term: Term) -> tuple[Expr, int, str] | None:
    """Return E[t(X) He_k(X)], from which k on it holds, and why."""
    c, window, plain = term.coefficient, term.window, term.rate == 0 and term.decay == 0
    if window is None and plain:
        return Integer(0), term.power + 1, "powers of x have finite expansions"
    if window is None:
        return _tilted(term)
    if plain and window.smear == 0:
        jumps = Add(
            *(
                ff(term.power, i) * window.at ** (term.power - i) * Hermite(k - 1 - i, window.at)
                for i in range(term.power + 1)
                if window.at != 0 or i == term.power
            )
        )
        reason = "a power on a half-line: by parts, the jumps of its derivatives at the end"
        return c * normal_density(window.at) * jumps, term.power + 1, reason
    if plain:
        width = root(1 + window.smear)
        score = window.at / width
        formula = _raised(
            term.power,
            lambda n: normal_density(score) * width ** (-n) * Hermite(n - 1, score),
        )
        reason = "Phi: by parts, its derivative is a Gaussian density"
        return c * formula, term.power + 1, reason
    if term.decay == 0 and window.smear == 0 and term.power == 0 and not term.rate.has(I):
        j = Dummy("j", integer=True)
        unit = hermite_moment(replace(term, coefficient=Integer(1)), 0)
        first = Add(*(atom * value for atom, value in unit.items()))
        edge = exp(term.rate * window.at) * normal_density(window.at)
        rest = Sum(term.rate ** (k - 1 - j) * Hermite(j, window.at), (j, 0, k - 1))
        reason = "an exponential on a half-line: by parts k times, A_k = r A_{k-1} + the jump"
        return c * (term.rate**k * first + edge * rest), 0, reason
    return None


def _tilted(term: Term) -> tuple[Expr, int, str] | None:
    """Return the formula for x^p exp(rate x - decay x^2) without a window."""
    variance = 1 / (1 + 2 * term.decay)
    weight = exp(term.rate**2 * variance / 2) * root(variance)
    if term.decay != 0:
        if term.rate.has(I) or (term.rate != 0 and not term.decay.is_positive):
            return None
        left = together(1 - variance)
        score = term.rate * variance / root(left) if term.rate != 0 else Integer(0)
        value = weight * _raised(term.power, lambda n: left ** (n / 2) * Hermite(n, score))
        reason = "exp(r x - a x^2) gives X the law N(m, v): E He_n = (1-v)^(n/2) He_n(m/sqrt(1-v))"
        return term.coefficient * value, term.power, reason
    if not term.rate.has(I):
        reason = "exp(r x) shifts X by r: E He_k(X + r) = r^k"
        value = weight * _raised(term.power, lambda n: term.rate**n)
        return term.coefficient * value, term.power, reason
    w = term.rate / I
    if term.power or not w.is_real:
        return None
    along, across = re(expand(term.coefficient)), im(expand(term.coefficient))
    value = weight * w**k * (along * cos(pi * k / 2) - across * sin(pi * k / 2))
    reason = "exp(i w x) shifts X by i w: E He_k(X + i w) = (i w)^k, and its real part"
    return value, 0, reason


def _raised(power: int, moment: Callable[[Expr], Expr]) -> Expr:
    """Return E[x^power He_k], by x He_k = He_{k+1} + k He_{k-1}, from n -> E[He_n]."""
    weights: dict[int, Expr] = {0: Integer(1)}
    for _ in range(power):
        following: dict[int, Expr] = {}
        for shift, weight in weights.items():
            following[shift + 1] = following.get(shift + 1, Integer(0)) + weight
            below = weight * (k + shift)
            following[shift - 1] = following.get(shift - 1, Integer(0)) + below
        weights = following
    return Add(*(expand(weight) * moment(k + shift) for shift, weight in weights.items()))
