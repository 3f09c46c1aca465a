"""Bounds of a sum of terms on the line: where it is smooth, how it grows, its range.

Every bound is proved: extremes lie at break points, at critical points or at infinity where the
critical points are the roots of a polynomial; otherwise the triangle inequality over the terms.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sympy import Add, Expr, I, Integer, Max, Min, Poly, Rational, exp, im, oo, re, sqrt
from sympy import roots as radical_roots

from .bivariate import normal_distribution
from .enclosure import enclosure, working_precision
from .stein import sign_of
from .terms import NoRoute, Term, derivative, merged, not_above
from .variables import x

Range = tuple[Expr, Expr]
"""A lower and an upper bound of a function."""


@dataclass(frozen=True)
class Piece:
    """The interval (low, high) and the terms of the function there, none with a step."""

    low: Expr
    high: Expr
    terms: tuple[Term, ...]

    def derivative(self) -> Piece:
        """Return the derivative on the same interval."""
        return Piece(self.low, self.high, tuple(derivative(self.terms)))


def canonical(terms: Sequence[Term]) -> list[Term]:
    """Return the terms with all windows to the right, by 1(x < b) = 1 - 1(x > b) and Phi likewise.

    Powers times exponentials are linearly independent, steps at different points are so over them,
    and so are the different Phi: the form is unique.
    """
    found = []
    for term in terms:
        w = term.window
        if w is None or w.side > 0:
            found.append(term)
        else:
            found.append(replace(term, window=None))
            found.append(replace(term, window=replace(w, side=1)).scaled(Integer(-1)))
    return merged(found)


def pieces(terms: Sequence[Term]) -> list[Piece]:
    """Return the pieces, from left to right; raises NoRoute if the order of breaks is not known."""
    plain = canonical(terms)
    steps = [t for t in plain if t.window is not None and t.window.smear == 0]
    breaks: list[Expr] = []
    for at in {t.window.at for t in steps if t.window is not None}:
        place = sum(not not_above(at, b) for b in breaks)
        breaks.insert(place, at)
    found, low = [], -oo
    here = [t for t in plain if t not in steps]
    for high in [*breaks, oo]:
        found.append(Piece(low, high, tuple(here)))
        begun = [replace(t, window=None) for t in steps if t.window and t.window.at == high]
        here, low = merged([*here, *begun]), high
    return found


def limit_terms(piece: Piece, side: int) -> list[Term]:
    """Return what is left of the terms far out on the right (side 1) or left (side -1)."""
    found = []
    for t in piece.terms:
        if t.window is None:
            found.append(t)
        elif t.window.side == side:
            found.append(replace(t, window=None))
        elif sign_of(t.decay) < 0:
            raise NoRoute("whether a growing exponential or a falling Phi wins is not decided")
    return [t for t in merged(found) if not _dies(t, side)]


def _dies(term: Term, side: int) -> bool:
    """Return whether a term without window tends to 0 at infinity."""
    decay = sign_of(term.decay)
    return decay > 0 or (decay == 0 and sign_of(side * re(term.rate)) < 0)


def growth(piece: Piece, side: int) -> str:
    """Return "bounded", "linear" or "faster": the growth at infinity on the given side."""
    left = limit_terms(piece, side)
    for t in left:
        if sign_of(t.decay) < 0 or sign_of(side * re(t.rate)) > 0 or t.power > 1:
            return "faster"
    return "linear" if any(t.power == 1 for t in left) else "bounded"


def piece_range(piece: Piece) -> Range | None:
    """Return bounds of the function on the piece, None if none are found."""
    extremes = _extremes(piece)
    if extremes is not None:
        return least(extremes), greatest(extremes)
    total = Integer(0)
    for group in _groups(piece):
        bound = _group_bound(piece, group)
        if bound is None:
            return None
        total += bound
    return -total, total


def whole_range(parts: Sequence[Piece]) -> Range | None:
    """Return bounds of the function on the line, None if none are found."""
    found = [piece_range(part) for part in parts]
    if any(r is None for r in found):
        return None
    known = [r for r in found if r is not None]
    return least([low for low, _ in known]), greatest([high for _, high in known])


def size(bounds: Range) -> Expr:
    """Return a bound of |f|."""
    return greatest([-bounds[0], bounds[1]])


def greatest(values: Sequence[Expr]) -> Expr:
    """Return the largest of exact values, decided by enclosures where they have no symbols."""
    best = values[0]
    for value in values[1:]:
        if value.free_symbols or best.free_symbols:
            best = Max(best, value)
        elif _above(value, best):
            best = value
    return best


def least(values: Sequence[Expr]) -> Expr:
    """Return the smallest of exact values, likewise."""
    if any(value.free_symbols for value in values):
        return Min(*values)
    return -greatest([-value for value in values])


def _above(a: Expr, b: Expr) -> bool:
    with working_precision(200):
        return bool(enclosure(a) > enclosure(b))


def _extremes(piece: Piece) -> list[Expr] | None:
    """Return values among which the extremes are, if the critical points are known."""
    slope = piece.derivative().terms
    if len({(t.rate, t.decay) for t in slope}) > 1 or any(t.window for t in slope):
        return None
    if any(t.rate.has(I) for t in piece.terms):
        return None
    values = []
    for end, side in ((piece.low, -1), (piece.high, 1)):
        value = _limit(piece, side) if end in (oo, -oo) else value_at(piece, end)
        if value is None:
            return None
        values.append(value)
    try:
        return values + [value_at(piece, r) for r in _critical(slope, piece)]
    except NoRoute:
        return None


def _limit(piece: Piece, side: int) -> Expr | None:
    if growth(piece, side) != "bounded":
        return None
    left = limit_terms(piece, side)
    return None if any(t.rate.has(I) for t in left) else Add(*(t.coefficient for t in left))


def value_at(piece: Piece, point: Expr) -> Expr:
    """Return the value of the terms of the piece at a point."""
    total = Integer(0)
    for t in piece.terms:
        value = t.coefficient * point**t.power * exp(t.rate * point - t.decay * point**2)
        if t.window is not None:
            value *= normal_distribution(
                t.window.side * (point - t.window.at) / sqrt(t.window.smear)
            )
        total += value
    return total


def _critical(slope: Sequence[Term], piece: Piece) -> list[Expr]:
    """Return the roots inside the piece of the polynomial factor of the derivative."""
    if not slope:
        return []
    polynomial = Poly(Add(*(t.coefficient * x**t.power for t in slope)), x)
    _, polynomial = polynomial.terms_gcd() if polynomial.degree() > 0 else (0, polynomial)
    roots = [Integer(0)] if min(t.power for t in slope) > 0 else []
    polynomial = Poly(polynomial.as_expr(), x)
    degree = polynomial.degree()
    a = polynomial.all_coeffs()
    if degree == 1:
        roots.append(-a[1] / a[0])
    elif degree == 2:
        inner = a[1] ** 2 - 4 * a[0] * a[2]
        if sign_of(inner) >= 0:
            roots += [(-a[1] + s * sqrt(inner)) / (2 * a[0]) for s in (1, -1)]
    elif degree > 2:
        roots += _real_roots(polynomial)
    return [r for r in roots if not not_above(r, piece.low) and not not_above(piece.high, r)]


def _real_roots(polynomial: Poly) -> list[Expr]:
    """Return the real roots in radicals; raises NoRoute if these are not all that Sturm counts."""
    if polynomial.free_symbols - {x} or not all(c.is_Rational for c in polynomial.all_coeffs()):
        raise NoRoute("the critical points are not known")
    found = [r for r in radical_roots(polynomial) if abs(im(r.evalf(30))) < Rational(1, 10**20)]
    if len(found) != polynomial.count_roots():
        raise NoRoute("the critical points have no closed form")
    return found


def _groups(piece: Piece) -> list[list[Term]]:
    """Return the terms by power and exponential; a window and its complement stay together."""
    found: dict[tuple[int, Expr, Expr], list[Term]] = {}
    for t in piece.terms:
        found.setdefault((t.power, t.rate, t.decay), []).append(t)
    return list(found.values())


def _group_bound(piece: Piece, group: list[Term]) -> Expr | None:
    """Return a bound of |sum of the group|: windows lie between 0 and 1."""
    plain = Add(*(t.coefficient for t in group if t.window is None))
    windowed = [t.coefficient for t in group if t.window is not None]
    factor = (
        greatest([abs(plain), abs(plain + windowed[0])])
        if len(windowed) == 1
        else Add(abs(plain), *(abs(c) for c in windowed))
    )
    envelope = replace(group[0], coefficient=Integer(1), rate=re(group[0].rate), window=None)
    values = _extremes(Piece(piece.low, piece.high, (envelope,)))
    return None if values is None else factor * greatest([abs(v) for v in values])
