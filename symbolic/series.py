"""Activations without a closed form: Hermite coefficients and dual as certified series.

a_0, ..., a_N are rigorous enclosures (see `quadrature`), the dual is the sum of a_k^2 rho^k, and
what is left out beyond N is at most (E[sigma(X)^2] - a_0^2 - ... - a_N^2) |rho|^(N+1) by Parseval,
uniformly on [-1, 1].  The same holds for the derivative of the dual with the second moment of the
derivative, E[sigma'(X)^2] = sum_k k a_k^2 (fact 5).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import MappingProxyType

from flint import arb

from .branches import JUMPING, contains
from .enclosure import working_precision
from .exact import natural
from .formula import Tree, parse
from .numeric_function import NumericFunction
from .power_functions import SeriesFunction
from .quadrature import Expansion, expansion
from .tree_calculus import EVEN, ODD, derivative, parity

TERMS = 200
"""The index N up to which coefficients of the dual are taken."""

BITS = 128
"""Enclosures of coefficients have a radius of about 2^(-BITS), unless more is asked for."""

SERIES: Mapping[str, str] = MappingProxyType(
    {
        "tanh": "tanh(x)",
        "sigmoid": "1/(1 + exp(-x))",
        "softplus": "log(1 + exp(x))",
        "silu": "x/(1 + exp(-x))",
        "mish": "x*tanh(log(1 + exp(x)))",
        "softsign": "x/(1 + |x|)",
        "arctan": "atan(x)",
        "log_sigmoid": "-log(1 + exp(-x))",
        "tanh_shrink": "x - tanh(x)",
        "gelu_tanh": "x/2*(1 + tanh(sqrt(2/pi)*(x + 0.044715*x^3)))",
    }
)
"""The activations of this kind that have a name, and their formulas."""


@dataclass(frozen=True)
class SeriesActivation:
    """An activation given by a formula in x, known through enclosures of its Gaussian integrals.

    `scaled` tells whether it is (sigma - E[sigma(X)])/sqrt(Var[sigma(X)]) of the formula sigma.
    """

    name: str
    tree: Tree
    scaled: bool = False

    def mean_enclosure(self, bits: int = BITS) -> arb:
        """Return a ball around E[sigma(X)]."""
        return arb(0) if self.scaled else self._plain(bits).coefficients[0]

    def variance_enclosure(self, bits: int = BITS) -> arb:
        """Return a ball around Var[sigma(X)]."""
        return arb(1) if self.scaled else self._plain_variance(bits)

    def second_moment_enclosure(self, bits: int = BITS) -> arb:
        """Return a ball around E[sigma(X)^2]."""
        return arb(1) if self.scaled else self._plain(bits).second_moment

    def normalised(self) -> SeriesActivation:
        """Return the activation with mean 0 and variance 1, condition (1) of the paper.

        Raises ValueError if the variance is not seen to be positive.
        """
        if self.scaled:
            return self
        if not self._plain_variance(BITS) > 0:
            raise ValueError(
                f"the variance of {self.name} is not seen to be positive, so (1) cannot be had"
            )
        return SeriesActivation(f"normalised({self.name})", self.tree, True)

    def hermite_enclosure(self, k: int, bits: int = BITS) -> arb:
        """Return a ball around a_k = E[sigma(X) h_k(X)].

        Raises ValueError if k is not an integer >= 0.
        """
        k = natural(k, "the index k of a Hermite coefficient")
        return self.hermite_enclosures(max(k, TERMS), bits)[k]

    def hermite_enclosures(self, N: int = TERMS, bits: int = BITS) -> tuple[arb, ...]:
        """Return balls around a_0, ..., a_N, of radius about 2^(-bits)."""
        found = _expansion(self.tree, N, bits).coefficients
        if not self.scaled:
            return found
        with working_precision(bits + 32):
            root = self._plain_variance(bits).sqrt()
            return (arb(0), *(a / root for a in found[1:]))

    def mu_enclosure(self, bits: int = BITS) -> arb:
        """Return a ball around mu = 1 - a_1^2 of the normalised activation (Definition 1)."""
        with working_precision(bits + 32):
            return 1 - self.normalised().hermite_enclosure(1, bits) ** 2

    def dual_enclosure(self, rho: arb, bits: int = 64) -> arb:
        """Return a ball that contains the dual at every point of [-1, 1] in rho.

        Its radius is at least about the tail of the series at rho.  Raises ValueError if rho does
        not meet [-1, 1].
        """
        return self.dual_function.enclosure(rho, bits)

    def dual_derivative_enclosure(self, rho: arb, bits: int = 64) -> arb:
        """Return a ball that contains the derivative of the dual at every such point.

        Raises ValueError as `dual_enclosure` does, and if E[sigma'(X)^2] is not seen to be finite.
        """
        return self.dual_derivative_function.enclosure(rho, bits)

    @cached_property
    def dual_numeric(self) -> NumericFunction:
        """The dual as a vectorised float64 function; its `error` includes the tail."""
        return self.dual_function.numeric()

    @cached_property
    def dual_derivative_numeric(self) -> NumericFunction:
        """The derivative of the dual as a vectorised float64 function."""
        return self.dual_derivative_function.numeric()

    @cached_property
    def dual_function(self) -> SeriesFunction:
        """The sum of a_k^2 rho^k with the bound of its tail at rho = 1."""
        return self.dual_series(TERMS, BITS)

    def dual_series(self, N: int, bits: int) -> SeriesFunction:
        """Return that sum up to the index N, with coefficients to about 2^(-bits)."""
        with working_precision(bits + 32):
            second = self.second_moment_enclosure(bits)
            squares = tuple(a * a for a in self.hermite_enclosures(N, bits))
            return SeriesFunction(squares, _rest(second, squares), second, self._sign())

    @cached_property
    def dual_derivative_function(self) -> SeriesFunction:
        """The sum of k a_k^2 rho^(k-1) likewise; sigma has to be continuous, see `slope_moment`."""
        return self.slope_series(TERMS, BITS)

    def slope_series(self, N: int, bits: int) -> SeriesFunction:
        """Return that sum from the coefficients up to the index N, to about 2^(-bits)."""
        with working_precision(bits + 32):
            terms = tuple(k * a * a for k, a in enumerate(self.hermite_enclosures(N, bits)))[1:]
            total = self.slope_moment(bits)
            return SeriesFunction(terms, _rest(total, terms), total, -self._sign())

    def _sign(self) -> int:
        """Return 1 or -1 if the dual is even or odd, as sigma is, else 0."""
        return {EVEN: 1, ODD: -1}.get(parity(self.tree) or "", 0)

    def slope_moment(self, bits: int = BITS) -> arb:
        """Return a ball around E[sigma'(X)^2].

        sigma is analytic between isolated points; being continuous there as well it is the integral
        of its derivative.  Raises ValueError if it is not seen to be continuous, or the moment not
        to be finite.
        """
        if contains(self.tree, JUMPING):
            raise ValueError(f"{self.name} is not seen to be continuous: it contains a jump")
        moment = _expansion(derivative(self.tree), 0, bits).second_moment
        with working_precision(bits + 32):
            return moment / self._plain_variance(bits) if self.scaled else moment

    def _plain(self, bits: int) -> Expansion:
        return _expansion(self.tree, TERMS, bits)

    def _plain_variance(self, bits: int) -> arb:
        with working_precision(bits + 32):
            found = self._plain(bits)
            return found.second_moment - found.coefficients[0] ** 2


@lru_cache(maxsize=64)
def _expansion(tree: Tree, N: int, bits: int) -> Expansion:
    return expansion(tree, N, bits)


def _rest(total: arb, terms: tuple[arb, ...]) -> arb:
    """Return an upper bound, not negative, of what the terms lack of their total."""
    return (total - sum(terms, arb(0))).upper().max(arb(0))


def series_activation(name: str, formula: str) -> SeriesActivation:
    """Return the activation of a formula in x without parameters.

    Raises FormulaError (a ValueError) for what is not a formula, TooFast if E[sigma(X)^2] is not
    seen to be finite, NoValue if the formula is undefined or irregular somewhere.
    """
    found = SeriesActivation(name, parse(formula))
    found.mean_enclosure()
    return found
