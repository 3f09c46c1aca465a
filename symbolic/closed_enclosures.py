"""What activations with closed forms have in common with those without: enclosures and float64."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import cached_property

from flint import arb
from sympy import Expr

from .exact import Exact
from .numeric_function import NumericFunction
from .power_functions import ClosedFunction, constant_enclosure
from .variables import rho

BITS = 128
"""Enclosures have a radius of at most 2^(-BITS), unless more or less is asked for."""


class ClosedEnclosures(ABC):
    """The enclosures of an activation whose integrals are exact expressions without parameters."""

    name: str

    @abstractmethod
    def mean(self) -> Expr:
        """Return E[sigma(X)]."""

    @abstractmethod
    def variance(self) -> Expr:
        """Return Var[sigma(X)]."""

    @abstractmethod
    def hermite_coefficient(self, k: int) -> Expr:
        """Return a_k."""

    @abstractmethod
    def normalised(self) -> ClosedEnclosures:
        """Return the activation with mean 0 and variance 1."""

    @abstractmethod
    def dual(self, at: Exact = rho) -> Expr:
        """Return the dual."""

    @abstractmethod
    def dual_derivative(self, at: Exact = rho) -> Expr:
        """Return the derivative of the dual."""

    def mean_enclosure(self, bits: int = BITS) -> arb:
        """Return a ball around E[sigma(X)]."""
        return constant_enclosure(self.mean(), bits)

    def variance_enclosure(self, bits: int = BITS) -> arb:
        """Return a ball around Var[sigma(X)]."""
        return constant_enclosure(self.variance(), bits)

    def hermite_enclosure(self, k: int, bits: int = BITS) -> arb:
        """Return a ball around a_k = E[sigma(X) h_k(X)].

        Raises ValueError if k is not an integer >= 0.
        """
        return constant_enclosure(self.hermite_coefficient(k), bits)

    def mu_enclosure(self, bits: int = BITS) -> arb:
        """Return a ball around mu = 1 - a_1^2 of the normalised activation (Definition 1)."""
        first = self.normalised().hermite_coefficient(1)
        return constant_enclosure(1 - first**2, bits)

    def dual_enclosure(self, rho: arb, bits: int = 64) -> arb:
        """Return a ball that contains the dual at every point of [-1, 1] in rho.

        At a point its radius is at most 2^(-bits).  Raises ValueError if rho does not meet [-1, 1].
        """
        return self.dual_function.enclosure(rho, bits)

    def dual_derivative_enclosure(self, rho: arb, bits: int = 64) -> arb:
        """Return a ball that contains the derivative of the dual at every such point.

        Raises ValueError as `dual_enclosure` does, ArithmeticError if rho contains an end at which
        the derivative is infinite.
        """
        return self.dual_derivative_function.enclosure(rho, bits)

    @cached_property
    def dual_numeric(self) -> NumericFunction:
        """The dual as a vectorised float64 function with a proved error."""
        return self.dual_function.numeric()

    @cached_property
    def dual_derivative_numeric(self) -> NumericFunction:
        """The derivative of the dual likewise; raises ArithmeticError if it is infinite at 1."""
        return self.dual_derivative_function.numeric()

    @cached_property
    def dual_function(self) -> ClosedFunction:
        """The dual as a certified function on [-1, 1]."""
        return ClosedFunction(self.dual(), (self.dual(-1), self.dual(1)))

    @cached_property
    def dual_derivative_function(self) -> ClosedFunction:
        """The derivative of the dual as a certified function on [-1, 1]."""
        ends = (self.dual_derivative(-1), self.dual_derivative(1))
        return ClosedFunction(self.dual_derivative(), ends)
