"""From an expression in x to terms: break points first, then a sum of tilted powers on each piece.

Understood are sums, products and whole powers of x, |.|, sign, the step, max, min, Piecewise with
polynomial comparisons, exp of a polynomial of degree at most 2, sin, cos, sinh, cosh of linear
functions, and erf, erfc of linear functions where there is no break point.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from sympy import (
    Abs,
    Add,
    CRootOf,
    Expr,
    Heaviside,
    I,
    Integer,
    Max,
    Min,
    Mul,
    Piecewise,
    Poly,
    Rational,
    cos,
    cosh,
    erf,
    erfc,
    exp,
    expand,
    log,
    oo,
    re,
    sign,
    sin,
    sinh,
)
from sympy.core.relational import Relational
from sympy.polys.polyerrors import PolynomialError

from .stein import sign_of
from .terms import InfiniteSecondMoment, NoRoute, Term, Window, merged, not_above
from .variables import x

Segment = tuple[Expr, Expr, Expr]
"""An interval (lower, upper) and the smooth expression that the function is equal to there."""

MOST_PIECES = 24
"""The largest number of pieces; more are left to other routes."""

HIGHEST_POWER = 24
"""The largest power of x in a term."""

MOST_TERMS = 150
"""The largest number of summands that a product or a power is expanded into."""


def segments(expression: Expr) -> list[Segment]:
    """Return the pieces of the function, from left to right; raises NoRoute if none are found.

    Values at break points have no influence on any Gaussian integral.
    """
    if not expression.has(Abs, sign, Heaviside, Max, Min, Piecewise):
        return [(-oo, oo, expression)]
    if isinstance(expression, Piecewise):
        value, condition = expression.args[0]
        if condition == True:  # noqa: E712  (SymPy's true is an object of its own)
            return segments(value)
        if not isinstance(condition, Relational):
            raise NoRoute(f"the condition {condition} is not a comparison")
        rest = Piecewise(*expression.args[1:])
        return _chosen(condition.gts - condition.lts, segments(value), segments(rest))
    arguments = [segments(argument) for argument in expression.args]
    if isinstance(expression, Max | Min):
        found = arguments[0]
        for other in arguments[1:]:
            joined = []
            for lower, upper, (f, g) in _refined([found, other]):
                for l_, u_, s in _signs(f - g, lower, upper):
                    joined.append((l_, u_, f if (s >= 0) == isinstance(expression, Max) else g))
            found = joined
        return _joined(found)
    result = []
    for lower, upper, values in _refined(arguments):
        if isinstance(expression, Abs | sign | Heaviside):
            for l_, u_, s in _signs(values[0], lower, upper):
                if isinstance(expression, Abs):
                    result.append((l_, u_, s * values[0]))
                else:
                    value = Integer(s) if isinstance(expression, sign) else Rational(1 + s, 2)
                    result.append((l_, u_, value))
        else:
            result.append((lower, upper, expression.func(*values)))
    return _joined(result)


def _chosen(test: Expr, yes: list[Segment], no: list[Segment]) -> list[Segment]:
    """Return the pieces of the first function where test >= 0 and of the second elsewhere."""
    found = []
    for lower, upper, s in _signs(test, -oo, oo):
        for l_, u_, (f, g) in _refined([[(lower, upper, Integer(0))], yes, no], skip=1):
            found.append((l_, u_, f if s >= 0 else g))
    return _joined(found)


def _refined(
    parts: list[list[Segment]], skip: int = 0
) -> list[tuple[Expr, Expr, tuple[Expr, ...]]]:
    """Return the common refinement: on each interval the expressions of all parts but `skip`."""
    found: list[tuple[Expr, Expr, tuple[Expr, ...]]] = [(-oo, oo, ())]
    for part in parts:
        finer = []
        for lower, upper, values in found:
            for l_, u_, value in part:
                low = l_ if not_above(lower, l_) else lower
                high = upper if not_above(upper, u_) else u_
                if not not_above(high, low):
                    finer.append((low, high, (*values, value)))
        found = finer
        if len(found) > MOST_PIECES:
            raise NoRoute(f"it has more than {MOST_PIECES} pieces")
    return [(lower, upper, values[skip:]) for lower, upper, values in found]


def _joined(parts: list[Segment]) -> list[Segment]:
    """Return the pieces with equal neighbours united."""
    found = parts[:1]
    for lower, upper, value in parts[1:]:
        if found[-1][2] == value:
            found[-1] = (found[-1][0], upper, value)
        else:
            found.append((lower, upper, value))
    return found


def expanded(expression: Expr) -> Expr:
    """Return the expression multiplied out; raises NoRoute if that has too many summands."""
    if _summands(expression) > MOST_TERMS:
        raise NoRoute(f"multiplied out it has more than {MOST_TERMS} summands")
    return expand(expression, power_exp=False, power_base=False)


def _summands(expression: Expr) -> int:
    """Return a bound of the number of summands after multiplying out, at most MOST_TERMS + 1."""
    if expression.is_Add:
        count = sum(_summands(a) for a in expression.args)
    elif expression.is_Mul:
        count = 1
        for a in expression.args:
            count = min(count * _summands(a), MOST_TERMS + 1)
    elif expression.is_Pow and expression.exp.is_Integer and expression.exp > 0:
        inner = _summands(expression.base)
        count = inner ** min(int(expression.exp), MOST_TERMS) if inner > 1 else 1
    else:
        count = 1
    return min(count, MOST_TERMS + 1)


def _signs(function: Expr, lower: Expr, upper: Expr) -> list[tuple[Expr, Expr, int]]:
    """Return where in (lower, upper) the smooth function is positive, negative, or zero throughout.

    A polynomial is split at its real roots, a exp(r x) + b at its own; any other function must have
    a sign that is known.
    """
    if function.is_nonnegative:
        return [(lower, upper, 1)]
    if function.is_nonpositive:
        return [(lower, upper, -1)]
    roots, sign_inside = _roots(function)
    inner = [r for r in roots if not not_above(r, lower) and not not_above(upper, r)]
    return [(low, high, sign_inside(low, high)) for low, high in pairwise([lower, *inner, upper])]


def _roots(function: Expr) -> tuple[list[Expr], Callable[[Expr, Expr], int]]:
    """Return the real roots in order, and the sign between two neighbours; else raises NoRoute."""
    try:
        polynomial = Poly(expanded(function), x)
    except PolynomialError:
        return _root_of_exponential(function)
    if any(c.has(x) for c in polynomial.coeffs()):
        return _root_of_exponential(function)
    if polynomial.has(I):
        raise NoRoute(f"the sign of {function} is not known")
    if polynomial.degree() > HIGHEST_POWER:
        raise NoRoute(f"the polynomial {function} has a degree above {HIGHEST_POWER}")
    if polynomial.degree() <= 0:
        sign_everywhere = sign_of(polynomial.as_expr())
        return [], lambda low, high: sign_everywhere
    if polynomial.degree() == 1:
        slope, constant = polynomial.all_coeffs()
        return _single(-constant / slope, sign_of(slope))
    if polynomial.free_symbols - {x}:
        raise NoRoute(f"the break points, where {function} = 0, are not known")
    roots = sorted(set(polynomial.real_roots()))
    if any(r.has(CRootOf) for r in roots):
        raise NoRoute(f"the break points, where {function} = 0, have no closed form")
    return roots, lambda low, high: sign_of(polynomial.eval(_inside(low, high)))


def _single(root: Expr, direction: int) -> tuple[list[Expr], Callable[[Expr, Expr], int]]:
    """Return the only root of a monotone function, increasing if the direction is 1."""
    return [root], lambda low, high: direction if not_above(root, low) else -direction


def _root_of_exponential(function: Expr) -> tuple[list[Expr], Callable[[Expr, Expr], int]]:
    """Return the root of a exp(r x) + b: log(-b/a)/r if -b/a > 0, else there is none."""
    plain = [t for t in smooth_terms(function) if t.rate == 0]
    tilted = [t for t in smooth_terms(function) if t.rate != 0]
    simple = all(t.power == 0 and t.decay == 0 and t.window is None for t in (*plain, *tilted))
    if not simple or len(tilted) != 1 or len(plain) != 1 or tilted[0].rate.has(I):
        raise NoRoute(f"the break points, where {function} = 0, are not known")
    (a, rate), b = (tilted[0].coefficient, tilted[0].rate), plain[0].coefficient
    direction = sign_of(a)
    if sign_of(b) == direction:
        return [], lambda low, high: direction
    return _single(log(-b / a) / rate, sign_of(a * rate))


def _inside(low: Expr, high: Expr) -> Expr:
    """Return a point between two numbers, one of which may be infinite."""
    if low == -oo and high == oo:
        return Integer(0)
    if low == -oo:
        return high - 1
    if high == oo:
        return low + 1
    return (low + high) / 2


def smooth_terms(expression: Expr) -> list[Term]:
    """Return a smooth expression as a sum of terms, sin and cos as complex exponentials."""
    opened = expression.replace(erfc, lambda u: 1 - erf(u))
    opened = opened.replace(sin, lambda u: (exp(I * u) - exp(-I * u)) / (2 * I))
    opened = opened.replace(cos, lambda u: (exp(I * u) + exp(-I * u)) / 2)
    opened = opened.replace(sinh, lambda u: (exp(u) - exp(-u)) / 2)
    opened = opened.replace(cosh, lambda u: (exp(u) + exp(-u)) / 2)
    opened = expanded(opened)
    return merged(part for summand in Add.make_args(opened) for part in _term(summand))


def _term(summand: Expr) -> list[Term]:
    constant, exponent, power, scale = Integer(1), Integer(0), 0, None
    for factor in Mul.make_args(summand):
        base, degree = factor.as_base_exp()
        if not factor.has(x):
            constant *= factor
        elif isinstance(factor, exp):
            exponent += factor.exp
        elif base.is_positive and not base.has(x):
            exponent += degree * log(base)
        elif base == x and degree.is_Integer and 0 <= degree <= HIGHEST_POWER:
            power += int(degree)
        elif isinstance(factor, erf) and scale is None:
            scale = factor.args[0]
        else:
            raise NoRoute(f"{factor} is not a tilted power of x")
    square, rate, level = _coefficients(exponent, 2)
    found = [Term(constant * exp(level), power, rate, -square)]
    if scale is None:
        return found
    if rate.has(I):
        raise NoRoute("sin or cos times erf is not a tilted power of x")
    _, slope, shift = _coefficients(scale, 1)
    side = sign_of(slope)
    if side == 0:
        raise NoRoute(f"{scale} does not depend on x")
    window = Window(-shift / slope, 1 / (2 * slope**2), side)
    plain = found[0]
    smooth = Term(2 * plain.coefficient, plain.power, plain.rate, plain.decay, window)
    return [smooth, plain.scaled(Integer(-1))]


def _coefficients(polynomial: Expr, degree: int) -> tuple[Expr, Expr, Expr]:
    """Return the coefficients of x^2, x and 1; raises NoRoute beyond the degree."""
    try:
        found = Poly(expand(polynomial), x)
    except PolynomialError:
        raise NoRoute(f"{polynomial} is not a polynomial in x") from None
    if found.degree() > degree or any(c.has(x) for c in found.coeffs()):
        raise NoRoute(f"{polynomial} is not a polynomial in x of degree at most {degree}")
    return found.coeff_monomial(x**2), found.coeff_monomial(x), found.coeff_monomial(1)


def terms_of(expression: Expr) -> list[Term]:
    """Return the terms of an activation on the whole line.

    The expression is cut into pieces as a whole; if that fails, each of its summands by itself, so
    that sin(x) beside max(x, 0) stays uncut.  Raises NoRoute if it is not a finite sum of terms,
    InfiniteSecondMoment if E[sigma(X)^2] is infinite.
    """
    try:
        return _whole_terms(expression)
    except NoRoute:
        summands = Add.make_args(expanded(expression))
        if len(summands) == 1:
            raise
    found, infinite = [], []
    for summand in summands:
        try:
            found += _whole_terms(summand)
        except InfiniteSecondMoment as reason:
            infinite.append(reason)
    if len(infinite) == 1:  # the sum of a function in L^2 and one that is not
        raise infinite[0]
    if infinite:
        raise NoRoute("it has several summands with an infinite second moment")
    return merged(found)


def _whole_terms(expression: Expr) -> list[Term]:
    """Return the terms of a function whose every piece is a sum of terms by itself."""
    found: list[Term] = []
    pieces = segments(expression)
    for lower, upper, value in pieces:
        here = smooth_terms(value)
        _require_integrable(here, lower, upper)
        for term in here:
            if len(pieces) == 1:
                found.append(term)
                continue
            if term.window is not None:
                raise NoRoute("erf beside a break point is not a tilted power of x")
            if term.rate.has(I):
                raise NoRoute("sin or cos beside a break point is not a tilted power of x")
            polynomial = term.rate == 0 and term.decay == 0
            if upper != oo and lower == -oo and not polynomial:
                found.append(replace(term, window=Window(upper, side=-1)))
                continue
            found.append(term if lower == -oo else replace(term, window=Window(lower)))
            if upper != oo:
                found.append(replace(term, window=Window(upper)).scaled(Integer(-1)))
    return merged(found)


def _require_integrable(terms: list[Term], lower: Expr, upper: Expr) -> None:
    """Check that decay > -1/4 in each term, so that its square times exp(-x^2/2) is integrable.

    On an unbounded piece without windows different terms do not cancel, so that E[sigma(X)^2] is
    infinite if one of them is too large there.
    """
    for term in terms:
        room = expand(term.decay + Rational(1, 4))
        if room.is_positive:
            continue
        if _too_large(term, room, lower, upper) and all(t.window is None for t in terms):
            raise InfiniteSecondMoment(
                f"E[sigma(X)^2] is infinite: exp({-term.decay} x^2), squared, outgrows the fall of"
                " the Gaussian density exp(-x^2/2)"
            )
        raise NoRoute(f"this route needs {term.decay} > -1/4; give the parameters values or a sign")


def _too_large(term: Term, room: Expr, lower: Expr, upper: Expr) -> bool:
    """Return whether the square of the term is surely not integrable where the piece is unbounded.

    If room = decay + 1/4 is 0 the square times exp(-x^2/2) is x^(2 power) exp(2 rate x).
    """
    if lower != -oo and upper != oo:
        return False
    if room.is_negative:
        return True
    rate = re(term.rate)
    right, left = upper == oo and rate.is_nonnegative, lower == -oo and rate.is_nonpositive
    return bool(room.is_zero and (right or left))
