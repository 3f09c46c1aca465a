"""Activations sigma, their Hermite coefficients a_k, their dual and non-linearity mu, exactly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from sympy import Expr, Integer, cancel, expand, factorial, sqrt

from .closed_enclosures import ClosedEnclosures
from .compact import compact
from .exact import Exact, exact, natural
from .laws import Law, Normalised, derive_law
from .printing import latex
from .terms import NoRoute
from .variables import rho


@dataclass(frozen=True)
class Activation(ClosedEnclosures):
    """An activation sigma : R -> R, applied to X ~ N(0, 1), with everything derived exactly.

    `name` is how `parse_activation` spells it (for members of the catalogue), `expression` is
    sigma(x) in the real symbol `x`, and `law` is the route of derivation.  `raw` is the activation
    of which a normalised one is the normalised form.
    """

    name: str
    expression: Expr
    law: Law = field(repr=False)
    raw: Expr | None = field(default=None, repr=False)

    def mean(self) -> Expr:
        """Return E[sigma(X)] = a_0, which condition (1) wants to be 0."""
        return compact(self.law.hermite_moment(0))

    def second_moment(self) -> Expr:
        """Return E[sigma(X)^2], the sum of all a_k^2."""
        return compact(self.law.second_moment())

    def variance(self) -> Expr:
        """Return Var[sigma(X)], which condition (1) wants to be 1."""
        return compact(self.law.second_moment() - self.law.hermite_moment(0) ** 2)

    def is_normalised(self) -> bool:
        """Return whether condition (1) holds: E[sigma(X)] = 0 and Var[sigma(X)] = 1."""
        return bool(self.mean() == 0 and cancel(self.variance() - 1) == 0)

    def normalised(self) -> Activation:
        """Return (sigma - E[sigma(X)])/sqrt(Var[sigma(X)]), or sigma itself if (1) holds already.

        Raises ValueError if the variance is zero, that is if sigma is constant.
        """
        if self.is_normalised():
            return self
        mean, variance = self.mean(), self.variance()
        if variance == 0:
            raise ValueError(f"{self.name} is constant: its variance is zero, so (1) cannot hold")
        return Activation(
            f"normalised({self.name})",
            (self.expression - mean) / sqrt(variance),
            Normalised(self.law, mean, variance),
            self.expression,
        )

    def hermite_coefficient(self, k: int) -> Expr:
        """Return a_k = E[sigma(X) h_k(X)], h_k orthonormal (Appendix B, fact 2).

        Raises ValueError if k is not an integer >= 0.
        """
        k = natural(k, "the index k of a Hermite coefficient")
        return compact(expand(self.law.hermite_moment(k) / sqrt(factorial(k))))

    def squared_coefficient(self, k: int) -> Expr:
        """Return a_k^2, the coefficient of rho^k in the dual (Appendix B, fact 3).

        Raises ValueError if k is not an integer >= 0.
        """
        k = natural(k, "the index k of a Hermite coefficient")
        return compact(self.law.hermite_moment(k) ** 2) / factorial(k)

    def dual(self, at: Exact = rho) -> Expr:
        """Return sigma_hat(at) = E[sigma(X) sigma(X')] with correlation `at` (Definition 4).

        `at` is an exact number in [-1, 1] or an expression that stands for one (Daniely et al.
        2016).  Raises ValueError for a number outside [-1, 1] and for floats.
        """
        return self._value(self.law.dual_at, at)

    def dual_derivative(self, at: Exact = rho) -> Expr:
        """Return the derivative of the dual, the dual of sigma' if that exists (fact 5).

        At rho = 1 its value is sum_k k a_k^2, infinite for an activation with a jump.  Raises
        ValueError for a number outside [-1, 1] and for floats.
        """
        return self._value(self.law.derivative_at, at)

    def dual_series(self, N: int, at: Exact = rho) -> Expr:
        """Return sum_{k<=N} a_k^2 at^k; the rest is at most |at|^(N+1) (E[sigma(X)^2] - sum a_k^2).

        Raises ValueError if N is not an integer >= 0, for a number `at` outside [-1, 1] and for
        floats.
        """
        N = natural(N, "the order N of a series")
        point = _correlation(at)
        return sum((self.squared_coefficient(k) * point**k for k in range(N + 1)), Integer(0))

    def dual_iterated(self, L: int, at: Exact = rho) -> Expr:
        """Return sigma_hat^(L)(at), the L-fold composition (Definition 4); L = 0 gives `at`.

        Irrational values are not simplified and the written size grows exponentially with L, so L
        is to be small.  Raises ValueError if L is not an integer >= 0, if sigma does not satisfy
        (1) (its dual need not map [-1, 1] into itself), for a number `at` outside [-1, 1] and for
        floats.
        """
        L = natural(L, "the depth L")
        self._require_normalised("the dual can be iterated")
        result, once = _correlation(at), self.dual()
        for _ in range(L):
            result = self.dual(result) if result.is_Rational else once.subs(rho, result)
        return result

    def coefficient_of_nonlinearity(self) -> Expr:
        """Return mu = 1 - (E[X sigma(X)])^2 = 1 - a_1^2 in [0, 1] (Definition 1, Lemma 22).

        It is 0 for the linear activations x and -x only.  Raises ValueError if sigma does not
        satisfy (1).
        """
        self._require_normalised("mu is defined")
        return compact(1 - self.law.hermite_moment(1) ** 2)

    def _require_normalised(self, purpose: str) -> None:
        if not self.is_normalised():
            raise ValueError(f"{purpose} for mean 0 and variance 1 only: normalise {self.name}")

    def _value(self, function: Callable[[Expr], Expr], at: Exact) -> Expr:
        """Return function(at), derived at `at` itself if that is rational (the ends are limits)."""
        point = _correlation(at)
        if point.is_Rational:
            return compact(function(point))
        value = compact(function(rho))
        return value if point == rho else compact(value.subs(rho, point))

    def _repr_latex_(self) -> str:
        return rf"$\displaystyle \sigma(x) = {latex(self.expression)}$"


def derive(name: str, expression: Expr) -> Activation:
    """Return the activation with the given expression in `x`, its derivation found from it.

    Covered are polynomials, and finite sums and products of powers of x, steps, max, min, |.|,
    exponentials of polynomials of degree 2, sin, cos and erf as far as they are sums of terms (see
    `terms`).  Raises `NoRoute` (a ValueError) for all others, `InfiniteSecondMoment` (a ValueError)
    if E[sigma(X)^2] is infinite, and ValueError for floats.
    """
    formula = exact(expression, "an activation")
    try:
        return Activation(name, formula, derive_law(formula))
    except NoRoute as reason:
        raise NoRoute(f"no derivation is known for {expression}: {reason}") from None


def _correlation(at: Exact) -> Expr:
    point = exact(at, "a correlation")
    if point.is_number and not (point.is_real and bool(point >= -1) and bool(point <= 1)):
        raise ValueError(f"a correlation lies in [-1, 1], unlike {point}")
    return point
