"""Gaussian integrals of products of two terms, by Stein's identity: the engine of the closed forms.

For jointly Gaussian (X, X', U, V) and smooth f, E[X f] = E[X] E[f] + sum_i Cov(X, .) E[d_i f]; a
step 1(U > 0) counts with its derivative, the point mass at U = 0, which is the density of U there
times the expectation given U = 0.  So powers of X and X' are taken down one by one, and what is
left is products of densities and normal distribution functions with rational coefficients.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from sympy import (
    EX,
    QQ,
    QQ_I,
    Expr,
    I,
    Integer,
    Rational,
    cos,
    erf,
    erfi,
    exp,
    expand,
    factor,
    factor_list,
    fraction,
    oo,
    pi,
    sin,
    sqrt,
    together,
)
from sympy.polys.fields import FracElement
from sympy.polys.polyerrors import CoercionFailed

from .bivariate import BivariateNormal, normal_distribution
from .terms import NoRoute, Term

Element = Any
"""An element of the field of coefficients (SymPy's domains have no static types)."""


def coefficient_field(values: Iterable[Expr]) -> Any:
    """Return a field that contains the values: rational functions of their symbols if they are.

    With irrational constants it is SymPy's field of arbitrary expressions, which is slower.
    """
    given = list(values)
    symbols = sorted({s for value in given for s in value.free_symbols}, key=str)
    base = QQ_I if any(value.has(I) for value in given) else QQ
    field = base.frac_field(*symbols) if symbols else base
    try:
        for value in given:
            field.from_sympy(value)
    except (CoercionFailed, ValueError):
        return EX
    return field


@dataclass(frozen=True)
class Gaussian:
    """A Gaussian vector: X, X' and then the variables whose signs the windows ask for."""

    mean: tuple[Element, ...]
    covariance: tuple[tuple[Element, ...], ...]

    def given_zero(self, i: int) -> Gaussian:
        """Return the conditional law given that coordinate i is 0 (its variance is not)."""
        ratios = [row[i] / self.covariance[i][i] for row in self.covariance]
        return Gaussian(
            tuple(m - c * self.mean[i] for m, c in zip(self.mean, ratios, strict=True)),
            tuple(
                tuple(
                    entry - c * other for entry, other in zip(row, self.covariance[i], strict=True)
                )
                for row, c in zip(self.covariance, ratios, strict=True)
            ),
        )


class PairIntegral:
    """E[s(X) t(X')] for two terms s and t, X and X' of correlation r.

    The tilts exp(rate x - decay x^2) are taken into the law: with b = (rate, rate') and A =
    diag(decay, decay') the pair becomes Gaussian with covariance S = Sigma (1 + 2 A Sigma)^(-1) and
    mean S b, times exp(b.S b/2)/sqrt(det(1 + 2 A Sigma)).
    """

    def __init__(self, s: Term, t: Term, r: Expr) -> None:
        """Set up the tilted Gaussian law of (X, X', windows) over a field of coefficients."""
        windows = [w for w in (s.window, t.window) if w is not None]
        parameters = [s.rate, s.decay, t.rate, t.decay, r]
        parameters += [value for w in windows for value in (w.at, w.smear)]
        self.field = coefficient_field(parameters)
        read = self.field.from_sympy
        one, two = self.field.one, read(Integer(2))
        b, c, alpha, gamma, r_ = (read(p) for p in (s.rate, t.rate, s.decay, t.decay, r))
        self.determinant = (one + two * alpha) * (one + two * gamma) - two * two * alpha * gamma * (
            r_ * r_
        )
        rest = one - r_ * r_
        xx = (one + two * gamma * rest) / self.determinant
        xy = r_ / self.determinant
        yy = (one + two * alpha * rest) / self.determinant
        mean = [xx * b + xy * c, xy * b + yy * c]
        self.exponent = (b * mean[0] + c * mean[1]) / two
        covariance = [[xx, xy], [xy, yy]]
        for number, window in enumerate((s.window, t.window)):
            if window is not None:
                side = read(Integer(window.side))
                column = [side * row[number] for row in covariance]
                variance = covariance[number][number] + read(window.smear)
                covariance = [
                    [*row, entry] for row, entry in zip(covariance, column, strict=True)
                ] + [[*column, variance]]
                mean.append(side * (mean[number] - read(window.at)))
        self.windows = windows
        self.factor = s.coefficient * t.coefficient
        self.powers = (s.power, t.power)
        law = Gaussian(tuple(mean), tuple(tuple(row) for row in covariance))
        self.laws: dict[tuple[int, ...], Gaussian] = {(): law}
        self.masses = tuple(i + 2 for i, w in enumerate(windows) if w.mass)
        for i, _ in enumerate(windows):
            self._condition((i + 2,))
        if len(windows) == 2:
            self._condition((2, 3))

    def _condition(self, zeros: tuple[int, ...]) -> None:
        before = self.laws.get(zeros[:-1])
        if before is not None and before.covariance[zeros[-1]][zeros[-1]] != 0:
            self.laws[zeros] = before.given_zero(zeros[-1])

    def parts(self) -> dict[tuple[int, ...], Element]:
        """Return the coefficient of each atom, named by the windows that are conditioned to 0."""

        @cache
        def moment(zeros: tuple[int, ...], m: int, n: int) -> tuple[tuple[Any, Element], ...]:
            """E[X^m X'^n, the windows left | those in `zeros` are 0], times the density."""
            if m == 0 and n == 0:
                return ((zeros, self.field.one),)
            here, rest = (0, (m - 1, n)) if m > 0 else (1, (m, n - 1))
            law = self.laws[zeros]
            pieces = [(law.mean[here], zeros, rest)]
            for other, count in ((0, rest[0]), (1, rest[1])):
                if count > 0:
                    lower = (rest[0] - (other == 0), rest[1] - (other == 1))
                    factor = law.covariance[here][other] * self.field.from_sympy(Integer(count))
                    pieces.append((factor, zeros, lower))
            for i in range(2, 2 + len(self.windows)):
                if i not in zeros:
                    pieces.append((law.covariance[here][i], tuple(sorted((*zeros, i))), rest))
            total: dict[Any, Element] = {}
            for factor, conditions, powers in pieces:
                if factor != 0:
                    for atom, value in moment(conditions, *powers):
                        total[atom] = total.get(atom, self.field.zero) + factor * value
            return tuple(total.items())

        return dict(moment(self.masses, *self.powers))

    def expectation(self) -> dict[Expr, Expr]:
        """Return E[s(X) t(X')] as {atom: coefficient}; the sum of the products is the value.

        An atom is a product of exponentials and distribution functions; roots of variances and
        powers of pi are in the coefficients.  At a degenerate correlation the limit is taken, in
        which a step at its own jump counts one half.
        """
        total: dict[Expr, Expr] = {}
        for zeros, coefficient in self.parts().items():
            atom, variances = self._atom(zeros)
            if atom == 0 or coefficient == 0:
                continue
            for variance in (*variances, self.determinant):
                coefficient, over = self._over_root(coefficient, variance)
                atom *= over
            atom *= (2 * pi) ** Rational(-len(zeros), 2)
            for key, constant in real_part(atom, self.factor * self.field.to_sympy(coefficient)):
                total[key] = total.get(key, Integer(0)) + constant
        return total

    def _over_root(self, coefficient: Element, variance: Element) -> tuple[Element, Expr]:
        """Write coefficient/sqrt(variance), with the root in the numerator if that divides."""
        value = self.field.to_sympy(variance)
        if isinstance(coefficient, FracElement) and not value.is_number:
            over, rest = divmod(coefficient.numer, variance.numer)
            if rest == 0 and over != 0:
                return coefficient / variance, root(value)
        return coefficient, 1 / root(value)

    def _atom(self, zeros: tuple[int, ...]) -> tuple[Expr, list[Element]]:
        """Return exponentials and probabilities of an atom, and the variances of its densities."""
        show = self.field.to_sympy
        done: tuple[int, ...] = ()
        exponent, variances = self.exponent, []
        for i in zeros:
            law = self.laws[done]
            if law.covariance[i][i] == 0:
                if sign_of(show(law.mean[i])) == 0:
                    return oo, []
                return Integer(0), []
            exponent -= law.mean[i] * law.mean[i] / law.covariance[i][i] / 2
            variances.append(law.covariance[i][i])
            done = (*done, i)
        law = self.laws[zeros]
        left = [i for i in range(2, 2 + len(self.windows)) if i not in zeros]
        scores = []
        for i in left:
            mean = show(law.mean[i])
            if law.covariance[i][i] == 0:
                return exp(show(exponent)) * Rational(1 + sign_of(mean), 2), variances
            numerator, over = self._over_root(law.mean[i], law.covariance[i][i])
            scores.append(factor(show(numerator)) * over)
        probability: Expr = Integer(1)
        if len(left) == 1:
            probability = normal_distribution(scores[0])
        elif len(left) == 2:
            i, j = left
            product = law.covariance[i][i] * law.covariance[j][j]
            correlation = show(law.covariance[i][j]) / root(show(product))
            probability = BivariateNormal(*scores, correlation)
        return exp(show(exponent)) * probability, variances


def root(value: Expr) -> Expr:
    """Return sqrt(value) for a positive value, squares of positive factors taken out."""
    above, below = fraction(together(value))
    outside_above, inside_above = _without_squares(above)
    outside_below, inside_below = _without_squares(below)
    return outside_above / outside_below * sqrt(inside_above) / sqrt(inside_below)


def _without_squares(polynomial: Expr) -> tuple[Expr, Expr]:
    """Return (a, b) with a^2 b equal to the polynomial, a positive and b without a constant."""
    if polynomial.is_number or not polynomial.is_polynomial():
        return Integer(1), polynomial
    constant, factors = factor_list(polynomial)
    outside, inside = sqrt(abs(constant)), Integer(1 if constant > 0 else -1)
    for base, power in factors:
        if base.is_positive:
            outside *= base ** (power // 2)
            power %= 2
        inside *= base**power
    return outside, expand(inside)


def sign_of(value: Expr) -> int:
    """Return the sign of an exact constant; raises NoRoute if its symbols leave that open."""
    if value.is_zero:
        return 0
    if value.is_positive:
        return 1
    if value.is_negative:
        return -1
    raise NoRoute(f"the sign of {value} is not known; give the parameters values or a sign")


def real_part(atom: Expr, coefficient: Expr) -> list[tuple[Expr, Expr]]:
    """Return the real part of coefficient * atom, in atoms without I.

    Sums of expectations of real functions are real, so that the real part may be taken of each.
    With erf(i h) = i erfi(h) a step with a wave gives Phi(i h) = (1 + i erfi(h/sqrt(2)))/2.  Raises
    NoRoute for a distribution function at another complex point.
    """
    if not atom.has(I) and not coefficient.has(I):
        return [(atom, coefficient)]
    exponent = sum((e.exp for e in atom.atoms(exp)), Integer(0))
    # not `subs`, which takes sqrt(3) for a power of exp(-1/6)
    others = expand(atom.replace(exp, lambda _: Integer(1)).replace(erf, _along_i))
    imaginary_factor = others.coeff(I)
    real_factor = expand(others - I * imaginary_factor)
    if real_factor.has(I) or imaginary_factor.has(I):
        raise NoRoute("a normal distribution function at a complex point")
    real, imaginary = expand(exponent).as_real_imag()
    along, across = expand(coefficient).as_real_imag()
    size, wave, other = exp(real), cos(imaginary), sin(imaginary)
    pairs = [
        (size * wave * real_factor, along),
        (size * other * imaginary_factor, -along),
        (size * other * real_factor, -across),
        (size * wave * imaginary_factor, -across),
    ]
    return [(key, value) for key, value in pairs if key != 0 and value != 0]


def _along_i(argument: Expr) -> Expr:
    """Return erf(argument), as i erfi(h) at i h."""
    turned = expand(-I * argument)
    return erf(argument) if turned.has(I) or not argument.has(I) else I * erfi(turned)
