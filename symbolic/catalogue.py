"""The catalogue of activations, by name: ReLU and its leaky variant, erf, sign, h_k and others."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from sympy import Abs, Expr, Integer, Max, Piecewise, erf, sign, sqrt

from . import variables
from .activations import Activation, derive
from .exact import Exact, exact_rational
from .hermite import orthonormal
from .laws import HermiteSum
from .variables import x

MAXIMAL_INDEX = 100
"""The largest k for which h_k is in the catalogue."""

MAXIMAL_TEXT = 64
"""The length of the longest text that `parse_activation` reads."""

_SPELLING = re.compile(
    r"(?P<name>[a-z_]+)(?:\((?P<parameter>-?[0-9]+(?:/[0-9]+|\.[0-9]+)?)\))?", re.ASCII
)


@dataclass(frozen=True)
class Family:
    """A name of the catalogue, with its one parameter if it has one."""

    formula: str
    parameter: str | None
    build: Callable[[str, Expr | None], Activation]


def _fixed(expression: Expr) -> Callable[[str, Expr | None], Activation]:
    return lambda name, _: derive(name, expression)


def _leaky_relu(name: str, given: Expr | None) -> Activation:
    slope = variables.slope if given is None else given
    return derive(name, Piecewise((x, x >= 0), (slope * x, True)))


def _hermite(name: str, given: Expr | None) -> Activation:
    if given is None or not given.is_Integer or not 1 <= given <= MAXIMAL_INDEX:
        raise ValueError(f"h needs an integer k with 1 <= k <= {MAXIMAL_INDEX}, not {given}")
    k = int(given)
    law = HermiteSum((Integer(0),) * k + (Integer(1),))
    return Activation(name, orthonormal(k, x), law)


def _two_term(name: str, given: Expr | None) -> Activation:
    if given is not None and not 0 < given <= 1:
        raise ValueError(f"two_term needs a rational mu with 0 < mu <= 1, not {given}")
    mu = variables.mu if given is None else given
    law = HermiteSum((Integer(0), sqrt(1 - mu), sqrt(mu)))
    expression = sqrt(1 - mu) * orthonormal(1, x) + sqrt(mu) * orthonormal(2, x)
    return Activation(name, expression, law)


ACTIVATIONS: Mapping[str, Family] = MappingProxyType(
    {
        "relu": Family("max(x, 0)", None, _fixed(Max(x, 0))),
        "leaky_relu": Family("x for x >= 0, slope*x for x < 0", "slope", _leaky_relu),
        "abs": Family("|x|", None, _fixed(Abs(x))),
        "erf": Family("erf(x)", None, _fixed(erf(x))),
        "sign": Family("sign(x)", None, _fixed(sign(x))),
        "h": Family("h_k(x), orthonormal, 1 <= k <= 100", "k", _hermite),
        "two_term": Family("sqrt(1-mu) h_1(x) + sqrt(mu) h_2(x), 0 < mu <= 1", "mu", _two_term),
    }
)
"""Every family by name; `parameter` is the keyword that `activation` takes for it."""


def activation(
    name: str,
    *,
    slope: Exact | None = None,
    mu: Exact | None = None,
    k: Exact | None = None,
) -> Activation:
    """Return an activation of the catalogue.

    `slope` (any rational) belongs to leaky_relu and `mu` (rational, 0 < mu <= 1) to two_term; left
    out, they stay symbolic (`variables.slope`, real, and `variables.mu`, positive and meant to be
    at most 1).  `k` (1 <= k <= 100) belongs to h and is needed.  Raises ValueError for an unknown
    name, for a parameter that the family does not have and for a value out of its range.
    """
    family = ACTIVATIONS.get(name)
    if family is None:
        raise ValueError(f"unknown activation {name!r}: known are {', '.join(ACTIVATIONS)}")
    chosen = {
        key: exact_rational(value, f"{key} of {name}")
        for key, value in (("slope", slope), ("mu", mu), ("k", k))
        if value is not None
    }
    for key in chosen:
        if key != family.parameter:
            known = (
                f"its only parameter is {family.parameter}" if family.parameter else "it has none"
            )
            raise ValueError(f"{name} has no parameter {key}: {known}")
    value = chosen.get(family.parameter) if family.parameter else None
    return family.build(name if value is None else f"{name}({value})", value)


def parse_activation(text: str) -> Activation:
    """Return the activation that `text` spells: relu, leaky_relu(1/10), h(3), two_term(0.5), ...

    The parameter is an integer, a fraction or a decimal, taken exactly; left out, it is symbolic.
    `parse_activation(sigma.name)` is sigma again.  Raises ValueError for every other text.
    """
    found = _SPELLING.fullmatch(text) if len(text) <= MAXIMAL_TEXT else None
    if found is None:
        raise ValueError(
            f"cannot read the activation {text[:MAXIMAL_TEXT]!r}: it is a name, or name(p/q), with"
            f" a name among {', '.join(ACTIVATIONS)}"
        )
    name, written = found["name"], found["parameter"]
    if written is None:
        return activation(name)
    family = ACTIVATIONS.get(name)
    if family is not None and family.parameter is None:
        raise ValueError(f"{name} takes no parameter, but {written} was given")
    try:
        value = Fraction(written)
    except ZeroDivisionError:
        raise ValueError(f"the parameter {written} of {name} divides by zero") from None
    parameter = family.parameter if family is not None else None
    return activation(
        name,
        slope=value if parameter == "slope" else None,
        mu=value if parameter == "mu" else None,
        k=value if parameter == "k" else None,
    )
