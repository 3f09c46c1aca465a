"""The catalogue of activations by name, with parameters that are numbers or stay symbolic."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from sympy import (
    Abs,
    Expr,
    Heaviside,
    Integer,
    Max,
    Min,
    Piecewise,
    Rational,
    Symbol,
    cos,
    erf,
    exp,
    sign,
    sin,
    sqrt,
)

from . import variables
from .activations import Activation, derive
from .bivariate import normal_distribution
from .exact import Exact, exact
from .hermite import orthonormal
from .laws import HermiteSum
from .variables import x

MAXIMAL_INDEX = 100
"""The largest k for which h_k is in the catalogue."""

MAXIMAL_POWER = 12
"""The largest power of x in the families of powers."""

MAXIMAL_TEXT = 64
"""The length of the longest text that `parse_activation` reads."""

_ARGUMENT = r"(?:-?[0-9]+(?:/[0-9]+|\.[0-9]+)?|[A-Za-z]+)"
_SPELLING = re.compile(
    rf"(?P<name>[a-z_][a-z_0-9]*)(?:\((?P<arguments>{_ARGUMENT}(?:, ?{_ARGUMENT})*)\))?", re.ASCII
)


@dataclass(frozen=True)
class Parameter:
    """A parameter of a family: a rational number in its range, or a symbol that stands for one.

    `default` is what it is when left out; None if it has to be given.
    """

    name: str
    default: Expr | None
    words: str = "a rational number"
    allows: Callable[[Expr], bool] = lambda _: True
    positive: bool = False
    integer: bool = False

    def symbol(self, letter: str) -> Symbol:
        """Return the symbol that a letter stands for."""
        return Symbol(letter, positive=True) if self.positive else Symbol(letter, real=True)

    def checked(self, value: Exact, family: str) -> Expr:
        """Return the value; raises ValueError, naming the family, if it is out of range."""
        given = exact(value, f"{self.name} of {family}")
        letter = isinstance(given, Symbol) and given.is_real and not self.integer
        if letter and given not in (x, variables.rho):
            return given
        if not given.is_Rational or not self.allows(given) or isinstance(value, bool):
            raise ValueError(f"{family} needs {self.words} {self.name}, not {value}")
        return given


@dataclass(frozen=True)
class Family:
    """A name of the catalogue: its formula in words, its parameters and how it is built."""

    formula: str
    expression: Callable[..., Expr]
    parameters: tuple[Parameter, ...] = ()
    law: Callable[..., HermiteSum] | None = None

    def build(self, name: str, values: Mapping[str, Expr]) -> Activation:
        """Return the member with these values of the parameters."""
        expression = self.expression(**values)
        if self.law is None:
            return derive(name, expression)
        return Activation(name, expression, self.law(**values))


def _whole(name: str, least: int, most: int, default: Expr | None = None) -> Parameter:
    words = f"an integer from {least} to {most} as"
    return Parameter(
        name, default, words, lambda v: v.is_Integer and least <= v <= most, integer=True
    )


def _positive(name: str, default: Expr) -> Parameter:
    return Parameter(name, default, "a rational number > 0 as", lambda v: v > 0, positive=True)


def _real(name: str, default: Expr) -> Parameter:
    return Parameter(name, default, "a rational number as")


_ONE, _HALF = Integer(1), Rational(1, 2)
_SLOPE = _real("slope", variables.slope)
_MU = Parameter(
    "mu", variables.mu, "a rational number with 0 < mu <= 1 as", lambda v: 0 < v <= 1, positive=True
)
_DECAY = Parameter(
    "a", _ONE, "a rational number > -1/4 (else E[sigma(X)^2] is infinite) as",
    lambda v: v > -Rational(1, 4), positive=True,
)  # fmt: skip

SELU_SCALE = Rational("1.0507009873554804934193349852946")
"""The scale of SELU, the decimal that implementations use."""

SELU_ALPHA = Rational("1.6732632423543772848170429916717")
"""The alpha of SELU, likewise; with the exact numbers that they approximate (1) would hold."""


def _leaky(slope: Expr) -> Expr:
    return Piecewise((x, x >= 0), (slope * x, True))


def _elu(alpha: Expr) -> Expr:
    return Piecewise((x, x >= 0), (alpha * (exp(x) - 1), True))


ACTIVATIONS: Mapping[str, Family] = MappingProxyType(
    {
        "identity": Family("x", lambda: x),
        "relu": Family("max(x, 0)", lambda: Max(x, 0)),
        "leaky_relu": Family("x for x >= 0, slope*x for x < 0", _leaky, (_SLOPE,)),
        "prelu": Family("leaky_relu under its other name", _leaky, (_SLOPE,)),
        "abrelu": Family(
            "a*min(x, 0) + b*max(x, 0)",
            lambda a, b: a * Min(x, 0) + b * Max(x, 0),
            (_real("a", Symbol("a", real=True)), _real("b", Symbol("b", real=True))),
        ),
        "abs": Family("|x|", lambda: Abs(x)),
        "abs_power": Family(
            "|x|^p", lambda p: Abs(x) ** p, (_whole("p", 1, MAXIMAL_POWER, Integer(3)),)
        ),
        "rectified_power": Family(
            "x^p for x > 0, 0 for x < 0",
            lambda p: Heaviside(x) * x**p,
            (_whole("p", 0, MAXIMAL_POWER),),
        ),
        "step": Family("1 for x > 0, 0 for x < 0", lambda: Heaviside(x)),
        "sign": Family("sign(x)", lambda: sign(x)),
        "hard_tanh": Family(
            "max(-c, min(c, x))", lambda c: Max(-c, Min(c, x)), (_positive("c", _ONE),)
        ),
        "relu6": Family("min(max(x, 0), 6)", lambda: Min(Max(x, 0), 6)),
        "hard_sigmoid": Family(
            "min(max(x/6 + 1/2, 0), 1)", lambda: Min(Max(x / 6 + _HALF, 0), 1)
        ),
        "hard_swish": Family(
            "x*min(max(x/6 + 1/2, 0), 1)", lambda: x * Min(Max(x / 6 + _HALF, 0), 1)
        ),
        "soft_shrink": Family(
            "max(x - c, 0) - max(-x - c, 0)",
            lambda c: Max(x - c, 0) - Max(-x - c, 0),
            (_positive("c", _HALF),),
        ),
        "hard_shrink": Family(
            "x for |x| > c, 0 for |x| < c",
            lambda c: x * Heaviside(Abs(x) - c),
            (_positive("c", _HALF),),
        ),
        "triangle": Family(
            "max(0, 1 - |x|/c)", lambda c: Max(0, 1 - Abs(x) / c), (_positive("c", _ONE),)
        ),
        "erf": Family("erf(a*x)", lambda a: erf(a * x), (_positive("a", _ONE),)),
        "phi": Family("the normal distribution function", lambda: normal_distribution(x)),
        "sigmoid_erf": Family(
            "(1 + erf(a*x))/2", lambda a: (1 + erf(a * x)) / 2, (_positive("a", _HALF),)
        ),
        "gelu": Family("x Phi(x)", lambda: x * normal_distribution(x)),
        "power_phi": Family(
            "x^k Phi(x)",
            lambda k: x**k * normal_distribution(x),
            (_whole("k", 0, MAXIMAL_POWER),),
        ),
        "sin": Family(
            "sin(w*x + b)",
            lambda w, b: sin(w * x + b),
            (_real("w", _ONE), _real("b", Integer(0))),
        ),
        "cos": Family(
            "cos(w*x + b)",
            lambda w, b: cos(w * x + b),
            (_real("w", _ONE), _real("b", Integer(0))),
        ),
        "sin_cos": Family(
            "sin(w*x) + cos(w*x)", lambda w: sin(w * x) + cos(w * x), (_real("w", _ONE),)
        ),
        "snake": Family(
            "x + sin(a*x)^2/a", lambda a: x + sin(a * x) ** 2 / a, (_positive("a", _ONE),)
        ),
        "exp": Family("exp(a*x)", lambda a: exp(a * x), (_real("a", _ONE),)),
        "gaussian": Family("exp(-a*x^2), a > -1/4", lambda a: exp(-a * x**2), (_DECAY,)),
        "gaussian_slope": Family("x*exp(-x^2/2)", lambda: x * exp(-(x**2) / 2)),
        "gabor": Family(
            "exp(-x^2)*sin(w*x)", lambda w: exp(-(x**2)) * sin(w * x), (_real("w", _ONE),)
        ),
        "elu": Family(
            "x for x >= 0, alpha*(exp(x) - 1) for x < 0", _elu, (_real("alpha", _ONE),)
        ),
        "selu": Family(
            "1.0507... times elu(1.6732...)", lambda: SELU_SCALE * _elu(SELU_ALPHA)
        ),
        "celu": Family(
            "x for x >= 0, alpha*(exp(x/alpha) - 1) for x < 0",
            lambda alpha: Piecewise((x, x >= 0), (alpha * (exp(x / alpha) - 1), True)),
            (_positive("alpha", _ONE),),
        ),
        "monomial": Family("x^p", lambda p: x**p, (_whole("p", 0, MAXIMAL_POWER),)),
        "h": Family(
            "h_k(x), orthonormal, 1 <= k <= 100",
            lambda k: orthonormal(int(k), x),
            (_whole("k", 1, MAXIMAL_INDEX),),
            lambda k: HermiteSum((Integer(0),) * int(k) + (Integer(1),)),
        ),
        "two_term": Family(
            "sqrt(1-mu) h_1(x) + sqrt(mu) h_2(x), 0 < mu <= 1",
            lambda mu: sqrt(1 - mu) * orthonormal(1, x) + sqrt(mu) * orthonormal(2, x),
            (_MU,),
            lambda mu: HermiteSum((Integer(0), sqrt(1 - mu), sqrt(mu))),
        ),
    }
)  # fmt: skip
"""Every family by name."""


def activation(name: str, **parameters: Exact) -> Activation:
    """Return an activation of the catalogue, such as activation("leaky_relu", slope=0).

    A parameter is an integer, a fraction, or a real SymPy symbol, which stands for a number in the
    range of the family.  Left out, it has its customary value if there is one (alpha = 1 of elu)
    and else stays symbolic (the slope of leaky_relu); a whole number such as k of h is needed.
    Raises ValueError for an unknown name, for a parameter that the family does not have and for a
    value out of its range.
    """
    family = _family(name)
    known = [p.name for p in family.parameters]
    for key in parameters:
        if key not in known:
            has = f"it has {', '.join(known)}" if known else "it has none"
            raise ValueError(f"{name} has no parameter {key}: {has}")
    values = {}
    for p in family.parameters:
        value = parameters.get(p.name, p.default)
        if value is None:
            raise ValueError(f"{name} needs {p.words} {p.name}, not None")
        values[p.name] = p.checked(value, name)
    last = max((known.index(key) + 1 for key in parameters), default=0)
    written = ",".join(str(values[key]) for key in known[:last])
    return family.build(f"{name}({written})" if written else name, values)


def parse_activation(text: str) -> Activation:
    """Return the activation that `text` spells: relu, leaky_relu(1/10), h(3), sin(w, b), ...

    A parameter is an integer, a fraction or a decimal, taken exactly, or a letter, which stays
    symbolic; those left out are as for `activation`.  `parse_activation(sigma.name)` is sigma
    again.  Raises ValueError for every other text.
    """
    found = _SPELLING.fullmatch(text) if len(text) <= MAXIMAL_TEXT else None
    if found is None:
        raise ValueError(
            f"cannot read the activation {text[:MAXIMAL_TEXT]!r}: it is a name, or name(p/q), with"
            f" a name among {', '.join(ACTIVATIONS)}"
        )
    name, family = found["name"], _family(found["name"])
    written = re.split(", ?", found["arguments"]) if found["arguments"] else []
    if len(written) > len(family.parameters):
        raise ValueError(
            f"{name} takes {len(family.parameters) or 'no'} parameter(s), but"
            f" {', '.join(written)} was given"
        )
    values: dict[str, Exact] = {}
    for p, argument in zip(family.parameters, written, strict=False):
        if argument.isalpha():
            values[p.name] = p.symbol(argument)
            continue
        try:
            values[p.name] = Fraction(argument)
        except ZeroDivisionError:
            raise ValueError(f"the parameter {argument} of {name} divides by zero") from None
    return activation(name, **values)


def _family(name: str) -> Family:
    family = ACTIVATIONS.get(name)
    if family is None:
        raise ValueError(f"unknown activation {name!r}: known are {', '.join(ACTIVATIONS)}")
    return family
