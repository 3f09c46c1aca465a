"""Expansions up to correlation 1 and -1 of what has a pole inside: exp(-1/(1 - rho)), erf, Phi_2.

At an end s = 1 or -1 put rho = s (1 - t^2/2), t >= 0, and w = sqrt(1 - t^2/4): then 1 - s rho =
t^2/2, 1 + s rho = 2 w^2 and sqrt(1 - rho^2) = t w.  The arguments of exp and erf in duals are there
sums of c t^i w^j.  Without negative powers of t they are analytic at t = 0.  With them two kinds
occur, smooth but not analytic at 0 (every derivative vanishes there): exp(-kappa/t^2 + ...) with
kappa > 0, and erf(c/t + ...), whose derivative is such an exponential times a power of t.  Both are
continued to t < 0: the first by its formula, the second by the integral of its derivative from 0.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flint import arb, arb_series, ctx
from sympy import Add, Expr, Poly, Rational, Symbol, expand, pi, sqrt
from sympy.polys.polyerrors import PolynomialError

from .bivariate import distribution_enclosure
from .enclosure import enclosure, working_precision
from .power_series import NoExpansion, coefficients, series_length, sharpest, whole_power
from .variables import rho

T = Symbol("t", positive=True)
W = Symbol("w", positive=True)

Monomials = Mapping[tuple[int, int], Expr]
"""The coefficients c of a sum of c t^i w^j."""

AlongT = Callable[[arb_series], arb_series]
"""A function of t along a power series."""

POINT = arb(2) ** -40
"""The radius up to which a ball is taken for a point."""

RADII = (arb(0.25), arb(0.375), arb(0.5))
"""Radii of discs, in parts of their centre, over which `flat` bounds a function."""


def monomials(expression: Expr, side: int) -> Monomials:
    """Return an expression in rho, near the end `side`, as a sum of c t^i w^j.

    Raises NoExpansion if it is none: if it is not made of rho by + - * and powers of polynomials
    whose roots are 1 and -1, the exponents integers or halves of integers.
    """
    return _collected(_in_t_and_w(expression, side))


def _in_t_and_w(expression: Expr, side: int) -> Expr:
    if not expression.has(rho):
        return expression
    if expression == rho:
        return side * (1 - T**2 / 2)
    if expression.is_Add or expression.is_Mul:
        return expression.func(*(_in_t_and_w(a, side) for a in expression.args))
    if expression.is_Pow and expression.exp.is_Integer and expression.exp > 0:
        return _in_t_and_w(expression.base, side) ** expression.exp
    if expression.is_Pow and (2 * expression.exp).is_Integer:
        return _power_of_ends(expression.base, expression.exp, side)
    raise NoExpansion(f"{expression} has no expansion at correlation {side}")


def _power_of_ends(base: Expr, exponent: Expr, side: int) -> Expr:
    """Return (c (1 - rho)^a (1 + rho)^b)^exponent."""
    try:
        rest = Poly(base, rho)
    except PolynomialError:
        raise NoExpansion(f"{base} is not a polynomial in rho") from None
    factors = {1: T**2 / 2, -1: 2 * W**2}
    found = Rational(1)
    for end in (1, -1):
        while rest.degree() > 0 and expand(rest.eval(end)) == 0:
            rest = rest.quo(Poly(1 - end * rho, rho))
            found *= factors[end * side]
    constant = rest.as_expr()
    if constant.has(rho) or not (constant.is_positive or exponent.is_Integer):
        raise NoExpansion(f"{base} has other roots than 1 and -1")
    return constant**exponent * expand(found**exponent)


def _collected(expression: Expr) -> Monomials:
    found: dict[tuple[int, int], Expr] = {}
    for term in (a for a in Add.make_args(expand(expression)) if a != 0):
        constant, powers = term.as_independent(T, W, as_Add=False)
        exponents = powers.as_powers_dict()
        i, j = exponents.pop(T, 0), exponents.pop(W, 0)
        if any(b != 1 for b in exponents) or not (
            Rational(i).is_Integer and Rational(j).is_Integer
        ):
            raise NoExpansion(f"{term} is not a monomial in t and w")
        key = int(i), int(j)
        found[key] = found.get(key, Rational(0)) + constant
    return {key: c for key, c in found.items() if c != 0}


def added(*parts: Monomials) -> Monomials:
    """Return the sum."""
    return _collected(Add(*(c * T**i * W**j for part in parts for (i, j), c in part.items())))


def product(one: Monomials, other: Monomials) -> Monomials:
    """Return the product."""
    first, second = (Add(*(c * T**i * W**j for (i, j), c in p.items())) for p in (one, other))
    return _collected(first * second)


def scaled(constant: Expr, part: Monomials, i: int = 0, j: int = 0) -> Monomials:
    """Return constant t^i w^j times a sum."""
    return product({(i, j): constant}, part)


def derived(part: Monomials) -> Monomials:
    """Return the derivative in t; that of w is -t/(4 w)."""
    return added(
        *({(i - 1, j): i * c, (i + 1, j - 2): -Rational(j, 4) * c} for (i, j), c in part.items())
    )


def divided(part: Monomials) -> tuple[Monomials, Monomials]:
    """Return the terms with negative powers of t, which are without w, and the others.

    1/w^2 = 1 + t^2/(4 w^2) and w^2 = 1 - t^2/4 lift the powers of t until w is gone.  Raises
    NoExpansion for an odd power of w.
    """
    poles: dict[tuple[int, int], Expr] = {}
    regular: list[Monomials] = []
    waiting = list(part.items())
    while waiting:
        (i, j), c = waiting.pop()
        if i >= 0:
            regular.append({(i, j): c})
        elif j == 0:
            poles[i, 0] = poles.get((i, 0), Rational(0)) + c
        elif j % 2:
            raise NoExpansion("an odd power of sqrt(1 - t^2/4) at a pole")
        elif j < 0:
            waiting += [((i, j + 2), c), ((i + 2, j), c / 4)]
        else:
            waiting += [((i, j - 2), c), ((i + 2, j - 2), -c / 4)]
    return {key: c for key, c in poles.items() if expand(c) != 0}, added(*regular)


def polynomial(part: Monomials) -> AlongT:
    """Return a sum without negative powers of t along a power series.

    Raises NoExpansion for one with them.
    """
    if any(i < 0 for i, _ in part):
        raise NoExpansion("a pole at correlation 1 or -1")
    known: dict[int, list[tuple[int, int, arb]]] = {}

    def along(t: arb_series) -> arb_series:
        if ctx.prec not in known:
            known[ctx.prec] = [(i, j, enclosure(c)) for (i, j), c in part.items()]
        w = (1 - t * t / 4).sqrt() if any(j for _, j in part) else t
        total = arb_series([0])
        for i, j, c in known[ctx.prec]:
            term, factor = c * whole_power(t, i), whole_power(w, abs(j))
            total = total + (term * factor if j >= 0 else term / factor)
        return total

    return along


def flat(kappa: Expr, order: int) -> AlongT:
    """Return t^(-order) exp(-kappa/t^2), kappa > 0, along a power series; it is 0 at t = 0.

    It is analytic on the disc around t > 0 of radius r t, r < 1/sqrt 2.  There |arg z| <= asin r
    and |z| <= (1 + r) t, so Re(1/z^2) >= lambda/t^2 with lambda = (1 - 2 r^2)/(1 + r)^2, and by
    Cauchy |c_j| <= (1 - r)^(-order) r^(-j) t^(-m) exp(-kappa lambda/t^2), m = order + j.  That
    rises up to t^2 = 2 kappa lambda/m and falls from there on.  Its parity serves t < 0, and at 0
    all c_j are 0.  Raises NoExpansion if kappa is not seen to be positive.
    """
    if not enclosure(kappa) > 0:
        raise NoExpansion("exp of a pole that is not negative")

    def along(t: arb_series) -> arb_series:
        length, rate = ctx.cap, enclosure(kappa)
        base = coefficients(t, 1)[0]
        found = _flat_coefficients(rate, order, base, length)
        if length == 1:
            return arb_series(found)
        return arb_series(found)(arb_series([arb(0), *coefficients(t, length)[1:]]))

    return along


def _flat_coefficients(rate: arb, order: int, base: arb, length: int) -> list[arb]:
    """Return the coefficients at every point of a ball: by the formula, by the bounds, or both."""
    if base == 0:
        return [arb(0)] * length
    direct = None
    if base > 0:
        t = arb_series([base, 1])
        direct = coefficients((-rate / (t * t)).exp() / whole_power(t, order), length)
        if base.rad() < POINT:
            return direct
    bounds = [arb(0, 1) * b for b in _flat_bounds(rate, order, base, length)]
    if direct is None:
        return bounds
    return list(map(sharpest, direct, bounds))


def _flat_bounds(rate: arb, order: int, base: arb, length: int) -> list[arb]:
    """Return upper bounds of the |c_j| over a ball."""
    low, high = arb(base.abs_lower()), arb(base.abs_upper())
    found = [arb("inf")] * length
    for r in RADII:
        exponent = rate * (1 - 2 * r * r) / (1 + r) ** 2
        for j in range(length):
            m = order + j
            top = high if m == 0 else (2 * exponent / m).sqrt().min(high).max(low)
            bound = (1 - r) ** -order * r**-j * top**-m * (-exponent / (top * top)).exp()
            found[j] = found[j].min(arb(bound.upper()))
    return found


def exponential(part: Monomials) -> AlongT:
    """Return exp of a sum of c t^i w^j, with poles -kappa/t^2 at most, along a power series.

    Raises NoExpansion for other poles.
    """
    poles, rest = divided(part)
    regular = polynomial(rest)
    if not poles:
        return lambda t: regular(t).exp()
    if set(poles) != {(-2, 0)}:
        raise NoExpansion("exp of a pole of another order than 2")
    factor = flat(-poles[-2, 0], 0)
    return lambda t: regular(t).exp() * factor(t)


def error_function(part: Monomials) -> AlongT:
    """Return erf of a sum v of c t^i w^j, with a pole c/(t w^j) at most, along a power series.

    Raises NoExpansion for other poles, or if the sign of c is not seen.
    """
    polar = {key: c for key, c in part.items() if key[0] < 0}
    if not polar:
        inner = polynomial(part)
        return lambda t: inner(t).erf()
    if len(polar) > 1 or min(polar)[0] != -1:
        raise NoExpansion("erf of a pole of another order than 1")
    sign = enclosure(next(iter(polar.values()))).sgn()
    poles, rest = divided(scaled(Rational(-1), product(part, part)))
    if set(poles) != {(-2, 0)} or sign not in (-1, 1):
        raise NoExpansion("erf of a pole whose sign is open")
    regular, factor = polynomial(rest), flat(-poles[-2, 0], 2)
    slope = polynomial(scaled(2 / sqrt(pi), derived(part), 2))
    shifted = polynomial(scaled(Rational(1), part, 1))

    def value(t: arb) -> arb:
        return sign if t == 0 else (coefficients(shifted(arb_series([t])), 1)[0] / t).erf()

    return integrated(lambda t: slope(t) * regular(t).exp() * factor(t), value)


def integrated(slope: AlongT, value: Callable[[arb], arb]) -> AlongT:
    """Return the function with a derivative in t and the values at exact points t >= 0.

    Over a ball its value is that at the midpoint, or at 0 where not all of it is positive, plus the
    distance from there times the derivative on the way.
    """

    def along(t: arb_series) -> arb_series:
        base = coefficients(t, 1)[0]
        anchor = arb(base.mid()) if base > 0 else arb(0)
        first = value(anchor)
        if base.rad() > 0 or base < 0:
            with series_length(1):
                between = coefficients(slope(arb_series([base.union(anchor)])), 1)[0]
            first += (base - anchor) * between
        if ctx.cap == 1:
            return arb_series([first])
        with series_length(ctx.cap - 1):
            found = coefficients(slope(t) * t.derivative(), ctx.cap)
        return arb_series([first, *(c / (j + 1) for j, c in enumerate(found))])

    return along


def bivariate(h: Expr, k: Expr, turn: int, side: int) -> AlongT:
    """Return Phi_2(h, k; turn rho), h and k polynomials in rho, turn = 1 or -1, near `side`.

    With s = turn side, r = s (1 - t^2/2) and g = (k - s h)/(t w) its derivative in t is
    phi(h) Phi(g + s h t/(2 w)) h' + phi(k) Phi(s k t/(2 w) - s g) k'
    - s exp(-g^2/2 - s h k/(2 w^2))/(2 pi w), see `BivariateNormal.fdiff`: the conditional
    arguments are (k - r h)/(t w) = g + s h t/(2 w) and likewise, and the density's exponent is
    -(h - s k)^2/(2 (1 - r^2)) - s h k/(1 + s r).
    """
    s = Rational(turn * side)
    first, second = monomials(h, side), monomials(k, side)
    gap = scaled(Rational(1), added(second, scaled(-s, first)), -1, -1)
    exponent = added(
        scaled(Rational(-1, 2), product(gap, gap)),
        scaled(-s / 2, product(first, second), 0, -2),
    )
    parts = [_joint(exponent, -s / (2 * pi))]
    for own, other in ((first, gap), (second, scaled(-s, gap))):
        if derived(own):
            parts.append(_marginal(own, added(other, scaled(s / 2, own, 1, -1))))
    arguments = polynomial(first), polynomial(second)

    def slope(t: arb_series) -> arb_series:
        return sum((part(t) for part in parts), arb_series([0]))

    def value(t: arb) -> arb:
        """At a precision that makes up for what 1 - t^2/2 loses."""
        lost = 0 if t == 0 else max(0, -2 * int(t.log().floor().unique_fmpz() or 0))
        with working_precision(ctx.prec + 2 * lost + 16):
            one, other = (coefficients(a(arb_series([t])), 1)[0] for a in arguments)
            return distribution_enclosure(one, other, int(s) * (1 - t * t / 2))

    return integrated(slope, value)


def _joint(exponent: Monomials, constant: Expr) -> AlongT:
    """Return constant exp(exponent)/w."""
    density, factor = exponential(exponent), polynomial({(0, -1): constant})
    return lambda t: density(t) * factor(t)


def _marginal(h: Monomials, conditional: Monomials) -> AlongT:
    """Return phi(h) Phi(conditional) h'."""
    density = exponential(scaled(Rational(-1, 2), product(h, h)))
    step = polynomial(scaled(1 / (2 * sqrt(2 * pi)), derived(h)))
    normal = error_function(scaled(1 / sqrt(2), conditional))
    return lambda t: density(t) * (1 + normal(t)) * step(t)
