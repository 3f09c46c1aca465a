"""The dual, mu and Hermite coefficients of an activation as terms of a user's claim.

They are those of the normalised activation, (sigma - E sigma)/sqrt(Var sigma).  In the catalogue
they are closed forms.  Where none is known (tanh) they are written as Definitions 1, 4 and fact 2
have them, with expectations; what is claimed of these is read, and at best left open.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from math import factorial
from typing import Any

from certificates.terms import substitute
from proofs.clipped import needs_truncation
from proofs.instances import dual
from proofs.language import Definition, Expression, choose, equal, real
from proofs.language import integer as integer_variable
from proofs.translate import term as translated
from symbolic import Activation, parse_activation
from symbolic.activations import derive
from symbolic.formula import parse
from symbolic.hermite import monic_coefficients
from symbolic.series import SERIES
from symbolic.variables import rho
from symbolic.variables import x as argument

Term = Any
LARGEST_INDEX, LARGEST_RANGE = 100, 41
X, Y = "x_", "y_"  # what expectations bind

x = real("x")


def with_ends(inside: Expression, sigma: Activation) -> Expression:
    """The normalised dual on [-1, 1], from its closed form.

    Those of clipped activations hold on (-1, 1) and divide by 1 - rho^2; at the ends X' is X or -X.
    """
    if not needs_truncation(sigma):
        return inside
    law = sigma.expression
    product = derive("the product", law * law.subs(argument, -argument))
    least = (product.mean() - sigma.mean() ** 2) / sigma.variance()
    return choose(equal(x, 1), 1, choose(equal(x, -1), translated(least, rho, "x"), inside))


class ActivationTerms:
    """The terms of one activation; `lowered` brings formulas into the operators of FORMAT.md.

    Raises ValueError for an unknown activation, or one whose parameters have no values.
    """

    def __init__(self, name: str, lowered: Callable[[Term], Term]) -> None:
        self.name = name
        self.stem = re.sub(r"[^A-Za-z0-9]+", "_", name).strip("_")[:20]
        self.sigma = lowered(parse(SERIES[name])) if name in SERIES else None

    def _mean(self, body: Callable[[Expression], Expression]) -> Expression:
        return Expression(("expect", X, body(self._sigma(X)).tree))

    def _sigma(self, variable: str) -> Expression:
        return Expression(substitute(self.sigma, {"x": variable}))

    def _variance(self) -> Expression:
        return self._mean(lambda s: s * s) - self._mean(lambda s: s) ** 2

    def mu(self) -> Definition:
        """1 - a_1^2."""
        body = dual(self.name).mu.body if self.sigma is None else 1 - self.coefficient(1) ** 2
        return Definition(f"mu_{self.stem}", (), body)

    def dual(self) -> Definition:
        """sigma-hat on [-1, 1]."""
        if self.sigma is None:
            body = with_ends(dual(self.name).sigma_hat.body, parse_activation(self.name))
        else:
            product = (self._sigma(X) * self._sigma(Y)).tree
            joint = Expression(("expect2", "x", X, Y, product))
            body = (joint - self._mean(lambda s: s) ** 2) / self._variance()
        return Definition(f"dual_{self.stem}", (x,), body, abs(x) <= 1)

    def coefficient(self, k: int) -> Expression:
        """a_k = E sigma(X) h_k(X), with the orthonormal Hermite polynomials."""
        if self.sigma is None:
            value = parse_activation(self.name).normalised().hermite_coefficient(k)
            if value.free_symbols:  # closed forms hold for some values of their letters only
                letters = ", ".join(sorted(map(str, value.free_symbols)))
                raise ValueError(f"a coefficient of {self.name} needs numbers for {letters}")
            return translated(value, rho, "x")
        if k == 0:
            return Expression(0)
        monic = monic_coefficients(k)
        here = Expression(X)
        powers = [c if i == 0 else c * here if i == 1 else c * here**i
                  for i, c in enumerate(monic) if c]  # fmt: skip
        polynomial = powers[-1]
        for power in powers[-2::-1]:
            polynomial = polynomial + power
        length = Expression(("sqrt", (self._variance() * factorial(k)).tree))
        return self._mean(lambda s: s * polynomial) / length

    def coefficients(self, least: int, largest: int) -> Definition:
        """k -> a_k for an integer k in a range.  Raises ValueError for a long one."""
        if not 0 <= least <= largest < least + LARGEST_RANGE or largest > LARGEST_INDEX:
            raise ValueError(
                f"the index of a Hermite coefficient is an integer from 0 to {LARGEST_INDEX}, or a "
                f"variable in a range such as 0..10 of at most {LARGEST_RANGE} integers"
            )
        k = integer_variable("k")
        body = self.coefficient(largest)
        for index in range(largest - 1, least - 1, -1):
            body = choose(equal(k, index), self.coefficient(index), body)
        return Definition(f"hermite_{self.stem}", (k,), body, (least <= k) & (k <= largest))
