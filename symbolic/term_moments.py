"""Hermite moments E[t(X) He_k(X)] of a term, by recurrences in k, exactly."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from sympy import Expr, Integer, exp, pi, sqrt

from .bivariate import normal_distribution
from .stein import Element, coefficient_field, real_part
from .terms import Term


class HermiteMoments:
    """E[t(X) He_k(X)] for a term t with coefficient 1 and power 0, as combinations of two atoms.

    Under the tilt exp(rate x - decay x^2), X is Gaussian with variance v = 1/(1 + 2 decay) and mean
    m = v rate, times exp(v rate^2/2) sqrt(v).  For X ~ N(m, v) the numbers P_k = E[He_k(X)] satisfy
    P_{k+1} = m P_k + k (v - 1) P_{k-1} (He_{k+1} = x He_k - k He_{k-1} and Stein's identity).  With
    a window w, E[g He_k] = E[g' He_{k-1}] for g = exp(...) w gives, for A_k = E[g He_k] and the
    same integrals B_k with the window's mass,
    (1 + 2 decay) A_k = rate A_{k-1} - 2 decay (k-1) A_{k-2} + side B_{k-1}.
    """

    def __init__(self, term: Term) -> None:
        """Set up the tilted law of X, and given the mass of the window if there is one."""
        w = term.window
        parameters = [term.rate, term.decay]
        if w is not None:
            parameters += [w.at, w.smear]
        self.field = coefficient_field(parameters)
        read, show = self.field.from_sympy, self.field.to_sympy
        one, two = self.field.one, read(Integer(2))
        self.rate, self.decay = read(term.rate), read(term.decay)
        variance = one / (one + two * self.decay)
        mean = variance * self.rate
        tilt = exp(show(self.rate * mean / two)) * sqrt(show(variance))
        self.window = w
        self.inside, self.edge = tilt, Integer(0)
        if w is not None:
            side = read(Integer(w.side))
            score, spread = side * (mean - read(w.at)), variance + read(w.smear)
            self.inside = tilt * normal_distribution(show(score) / sqrt(show(spread)))
            self.edge = (
                tilt * exp(show(-score * score / spread / two)) / sqrt(2 * pi * show(spread))
            )
            mean -= side * variance * score / spread
            variance -= variance * variance / spread
        self.polynomials = [one]
        self.mean, self.excess = mean, variance - one
        self.coefficients: list[tuple[Element, Element]] = []

    def polynomial(self, k: int) -> Element:
        """Return P_k for the law of X, given the mass of the window if there is one."""
        while len(self.polynomials) <= k:
            j = len(self.polynomials) - 1
            value = self.mean * self.polynomials[j]
            if j > 0:
                step = self.excess * self.field.from_sympy(Integer(j))
                value += step * self.polynomials[j - 1]
            self.polynomials.append(value)
        return self.polynomials[k]

    def pair(self, k: int) -> tuple[Element, Element]:
        """Return the coefficients of the atoms `inside` and `edge` in E[t(X) He_k(X)]."""
        zero = self.field.zero
        if self.window is None:
            return self.polynomial(k), zero
        if self.window.mass:
            return zero, self.polynomial(k)
        found = self.coefficients
        while len(found) <= k:
            j = len(found)
            if j == 0:
                found.append((self.field.one, zero))
                continue
            side = self.field.from_sympy(Integer(self.window.side))
            values = [self.rate * entry for entry in found[j - 1]]
            if j > 1:
                step = self.decay * self.field.from_sympy(Integer(2 * (j - 1)))
                values = [v - step * e for v, e in zip(values, found[j - 2], strict=True)]
            values[1] += side * self.polynomial(j - 1)
            scale = self.field.one + self.decay * self.field.from_sympy(Integer(2))
            found.append((values[0] / scale, values[1] / scale))
        return found[k]


@lru_cache(maxsize=512)
def _moments(term: Term) -> HermiteMoments:
    return HermiteMoments(term)


def hermite_moment(term: Term, k: int) -> dict[Expr, Expr]:
    """Return E[t(X) He_k(X)] as {atom: coefficient}, by x He_k = He_{k+1} + k He_{k-1}."""
    weights = {k: 1}
    for _ in range(term.power):
        raised: dict[int, int] = {}
        for j, weight in weights.items():
            raised[j + 1] = raised.get(j + 1, 0) + weight
            if j > 0:
                raised[j - 1] = raised.get(j - 1, 0) + j * weight
        weights = raised
    table = _moments(replace(term, coefficient=Integer(1), power=0))
    inside = edge = table.field.zero
    for j, weight in weights.items():
        number = table.field.from_sympy(Integer(weight))
        one, other = table.pair(j)
        inside, edge = inside + number * one, edge + number * other
    show = table.field.to_sympy
    total: dict[Expr, Expr] = {}
    for atom, value in ((table.inside, show(inside)), (table.edge, show(edge))):
        if value != 0:
            for key, constant in real_part(atom, term.coefficient * value):
                total[key] = total.get(key, Integer(0)) + constant
    return total
