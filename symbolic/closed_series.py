"""Rigorous Taylor expansions of closed forms: SymPy expressions in rho along a power series."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from flint import arb, arb_series, ctx
from sympy import Expr, Pow, acos, asin, atan, cos, cosh, erf, erfc, exp, log, sin, sinh

from .bivariate import BivariateNormal, distribution_enclosure
from .enclosure import enclosure
from .end_series import POINT, AlongT, bivariate, error_function, exponential, monomials
from .power_series import NoExpansion, coefficients, whole_power
from .tree_values import ball
from .variables import rho


@dataclass(frozen=True)
class Argument:
    """A power series rho in [-1, 1], with sqrt(1 - rho^2) and asin(rho), to the length `ctx.cap`.

    The latter two are kept because near the ends they are better computed from another variable t;
    `side` is then 1 or -1, the end that rho = side (1 - t^2/2) is near.
    """

    rho: arb_series
    root: arb_series
    angle: arb_series
    side: int = 0
    t: arb_series | None = None

    @classmethod
    def plain(cls, rho: arb_series) -> Argument:
        """Return the argument for |rho| < 1 by its definition."""
        return cls(rho, (1 - rho * rho).sqrt(), rho.asin())

    @classmethod
    def near(cls, side: int, t: arb_series) -> Argument:
        """Return side (1 - t^2/2), for 0 < t < 2: the root is t sqrt(1 - t^2/4), and asin is
        side (pi/2 - 2 asin(t/2)), for with t = 2 sin(a/2) rho is side cos(a).
        """
        rho = side * (1 - t * t / 2)
        angle = side * (arb.pi() / 2 - 2 * (t / 2).asin())
        return cls(rho, t * (1 - t * t / 4).sqrt(), angle, side, t)


Along = Callable[[Argument], arb_series]
"""A function of rho along a power series."""


_RULES: dict[object, Callable[[arb_series], arb_series]] = {
    exp: arb_series.exp,
    log: arb_series.log,
    sin: arb_series.sin,
    cos: arb_series.cos,
    asin: arb_series.asin,
    atan: arb_series.atan,
    erf: arb_series.erf,
    erfc: arb_series.erfc,
    acos: lambda s: arb.pi() / 2 - s.asin(),
    sinh: lambda s: (s.exp() - (-s).exp()) / 2,
    cosh: lambda s: (s.exp() + (-s).exp()) / 2,
}


@lru_cache(maxsize=256)
def expansion_of(expression: Expr) -> Along:
    """Return the expression as a function of the power series of rho.

    Coefficients are balls that contain those at every point of the ball that rho starts with; they
    are not finite where that touches a singularity.  Raises NoExpansion for unknown functions.
    """
    if expression == rho:
        return lambda s: s.rho
    if expression == asin(rho):
        return lambda s: s.angle
    if not expression.free_symbols:
        return _constant(expression)
    if expression.is_Pow:
        if expression.base == 1 - rho**2 and expression.exp.is_Rational and expression.exp.q == 2:
            return _power(lambda s: s.root, 2 * expression.exp)
        return _power(expansion_of(expression.base), expression.exp)
    parts = [expansion_of(part) for part in expression.args]
    if expression.is_Add or expression.is_Mul:
        add = bool(expression.is_Add)

        def fold(s: Argument) -> arb_series:
            total = parts[0](s)
            for part in parts[1:]:
                total = total + part(s) if add else total * part(s)
            return total

        return fold
    if isinstance(expression, BivariateNormal):
        h, k, r = parts
        first, second = expression.args[:2]
        equal = 1 if first == second else -1 if first == -second else 0
        return _with_ends(expression, lambda s: _bivariate(h(s), k(s), r(s), equal))
    rule = _RULES.get(expression.func)
    if rule is None or len(parts) != 1:
        raise NoExpansion(f"no expansion of {expression} is known")
    inner = parts[0]
    return _with_ends(expression, lambda s: rule(inner(s)))


def _with_ends(expression: Expr, plain: Along) -> Along:
    """Return the expansion, near 1 and -1 in t where that is known."""
    ends = {side: _near_end(expression, side) for side in (1, -1)}

    def along(s: Argument) -> arb_series:
        near = ends.get(s.side)
        return plain(s) if near is None or s.t is None else near(s.t)

    return along


def _near_end(expression: Expr, side: int) -> AlongT | None:
    """Return the expansion in t of exp or erf with a pole at an end, or of Phi_2, if known."""
    try:
        if isinstance(expression, BivariateNormal):
            h, k, r = expression.args
            return bivariate(h, k, 1 if r == rho else -1, side) if r in (rho, -rho) else None
        inner = expression.args[0]
        if any(p.exp.is_negative and p.base.has(rho) for p in inner.atoms(Pow)):
            if expression.func == exp:
                return exponential(monomials(inner, side))
            if expression.func == erf:
                return error_function(monomials(inner, side))
    except NoExpansion:
        pass
    return None


def _constant(expression: Expr) -> Along:
    known: dict[int, arb] = {}

    def value(_: Argument) -> arb_series:
        if ctx.prec not in known:
            known[ctx.prec] = enclosure(expression)
        return arb_series([known[ctx.prec]])

    return value


def _power(base: Along, exponent: Expr) -> Along:
    if not exponent.is_Rational:
        raise NoExpansion(f"no expansion of a power with the exponent {exponent} is known")
    p, q = int(exponent.p), int(exponent.q)

    def raised(s: Argument) -> arb_series:
        value = base(s)
        if q == 2:
            value = value.sqrt()
        elif q > 2:
            return (value.log() * ball(Fraction(p, q))).exp()
        power = whole_power(value, abs(p))
        return power if p > 0 else 1 / power

    return raised


def _bivariate(h: arb_series, k: arb_series, r: arb_series, equal: int) -> arb_series:
    """Expand Phi_2(h, k; r) by its partial derivatives, see `BivariateNormal.fdiff`.

    They are written so that they stay small balls near r = s, s = 1 or -1: (k - r h)/sqrt(1-r^2) is
    (k - s h)/sqrt(1-r^2) + s h sqrt(1-r^2)/(1 + s r), and the exponent of the density is
    -(h - s k)^2/(2 (1-r^2)) - s h k/(1 + s r).  `equal` is s if h = s k.  The constant
    term is integrated at a point; over a wide ball it is [0, 1].
    """
    start = [coefficients(s, 1)[0] for s in (h, k, r)]
    side = -1 if start[2] < 0 else 1
    root = (1 - r * r).sqrt()
    gap = arb_series([0]) if equal == side else (k - side * h) / root
    lean = side * root / (1 + side * r)
    two, turn = arb(2), 2 * arb.pi()

    def density(a: arb_series) -> arb_series:
        return (-(a * a) / 2).exp() / turn.sqrt()

    def normal(a: arb_series) -> arb_series:
        return (1 + (a / two.sqrt()).erf()) / 2

    joint = (-(gap * gap) / 2 - side * h * k / (1 + side * r)).exp() / (turn * root)
    slope = (
        density(h) * normal(h * lean + gap) * h.derivative()
        + density(k) * normal(k * lean - side * gap) * k.derivative()
        + joint * r.derivative()
    )
    if all(s.rad() < POINT for s in start):
        first = distribution_enclosure(*start)
    else:
        first = arb(0).union(arb(1))
    found = coefficients(slope, ctx.cap - 1)
    return arb_series([first] + [c / (j + 1) for j, c in enumerate(found)])
