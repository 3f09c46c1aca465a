"""Closed forms of the paper, exactly: activations, their duals and mu, the bounds L0, B and L1."""

from .activations import Activation, derive
from .bounds import L0, L1, B
from .catalogue import ACTIVATIONS, Family, activation, parse_activation
from .formulas import activation_from_formula, certified_activation, named_activation
from .hermite import orthonormal
from .series import SeriesActivation
from .terms import InfiniteSecondMoment, NoRoute
from .variables import mu, rho, slope, x

__all__ = [
    "ACTIVATIONS",
    "L0",
    "L1",
    "Activation",
    "B",
    "Family",
    "InfiniteSecondMoment",
    "NoRoute",
    "SeriesActivation",
    "activation",
    "activation_from_formula",
    "certified_activation",
    "derive",
    "mu",
    "named_activation",
    "orthonormal",
    "parse_activation",
    "rho",
    "slope",
    "x",
]
