"""The class of functions of which most activations are sums: tilted, windowed powers of x.

A term is coefficient x^power exp(rate x - decay x^2) w(x), where the window w is absent, the step
1(side (x - at) > 0), the step with Gaussian smear Phi(side (x - at)/sqrt(smear)) of Phi, erf and
GELU, or a point mass at `at`, of which derivatives of steps are made.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sympy import Expr, Integer, cancel, exp, expand, oo, pi, sqrt

ZERO = Integer(0)


class NoRoute(ValueError):
    """This route does not reach the activation; another one may."""


class InfiniteSecondMoment(ValueError):
    """E[sigma(X)^2] is infinite: the activation has no dual and no Hermite expansion."""


@dataclass(frozen=True)
class Window:
    """The event side (x - at) + sqrt(smear) Z > 0 with Z ~ N(0, 1) independent of everything.

    As a factor of a term it stands for its probability given x; with `mass` set (and smear = 0),
    for a point mass at `at`.
    """

    at: Expr
    smear: Expr = ZERO
    side: int = 1
    mass: bool = False


@dataclass(frozen=True)
class Term:
    """coefficient x^power exp(rate x - decay x^2) times the window, if there is one."""

    coefficient: Expr
    power: int = 0
    rate: Expr = ZERO
    decay: Expr = ZERO
    window: Window | None = None

    def scaled(self, factor: Expr) -> Term:
        """Return the product with a constant."""
        return replace(self, coefficient=self.coefficient * factor)

    def derivative(self) -> list[Term]:
        """Return the derivative in the sense of distributions, without vanishing terms.

        For a term whose window is not itself a mass (raises ValueError otherwise).
        """
        found = [
            replace(self, coefficient=self.coefficient * self.power, power=max(self.power - 1, 0)),
            self.scaled(self.rate),
            replace(self, coefficient=-2 * self.decay * self.coefficient, power=self.power + 1),
        ]
        if self.window is not None:
            if self.window.mass:
                raise ValueError("derivatives of point masses are not in the class")
            found.append(self._edge(self.window))
        return merged(found)

    def _edge(self, w: Window) -> Term:
        """Return the term with its window replaced by the derivative of that.

        For a step side times a point mass, where the term has one value; with smear side times the
        density exp(-(x - at)^2/(2 smear))/sqrt(2 pi smear).
        """
        height = w.side * self.coefficient
        if w.smear == 0:
            value = w.at**self.power * exp(self.rate * w.at - self.decay * w.at**2)
            return Term(height * value, window=Window(w.at, mass=True))
        height *= exp(-(w.at**2) / (2 * w.smear)) / sqrt(2 * pi * w.smear)
        decay = self.decay + 1 / (2 * w.smear)
        return Term(height, self.power, self.rate + w.at / w.smear, decay)


def merged(terms: Iterable[Term]) -> list[Term]:
    """Return the terms with equal ones added up and those with coefficient zero left out."""
    total: dict[Term, Expr] = {}
    for term in terms:
        key = replace(term, coefficient=Integer(1))
        total[key] = total.get(key, ZERO) + term.coefficient
    return [t.scaled(c) for t, c in total.items() if not vanishes(c)]


def vanishes(constant: Expr) -> bool:
    """Return whether the constant is zero, decided exactly where SymPy can."""
    if constant == 0 or constant.is_Rational:
        return bool(constant == 0)
    return bool(constant.is_zero or expand(constant) == 0 or cancel(expand(constant)) == 0)


def derivative(terms: Iterable[Term]) -> list[Term]:
    """Return the distributional derivative of the sum: a jump of sigma becomes a point mass."""
    return merged(part for term in terms for part in term.derivative())


def jumps(derived: Iterable[Term]) -> list[Term]:
    """Return the point masses in a derivative, that is the jumps of the function."""
    return [t for t in derived if t.window is not None and t.window.mass]


def not_above(a: Expr, b: Expr) -> bool:
    """Return whether a <= b; raises NoRoute if the symbols leave that open."""
    if a == -oo or b == oo or a == b:
        return True
    if a == oo or b == -oo:
        return False
    difference = b - a
    if difference.is_nonnegative:
        return True
    if difference.is_negative:
        return False
    raise NoRoute(f"the order of {a} and {b} is not known; give the parameters values or a sign")
