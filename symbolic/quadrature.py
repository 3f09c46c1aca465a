"""All Hermite coefficients of a formula at once, as rigorous enclosures.

a_k = E[sigma(X) h_k(X)] for k <= K and E[sigma(X)^2].  The part |X| > R is bounded by
Cauchy-Schwarz, |E[sigma h_k; |X| > R]| <= sqrt(E[sigma^2; |X| > R]), as E[h_k^2] = 1.  On [-R, R]
either the trapezoid rule in a strip, or Gauss-Legendre rules on panels.

*Strip.*  Let f = sigma h_k phi be analytic on [-R, R] x [-b, b], with f(conj z) = conj f(z), h a
step with R = (n + 1/2) h, T the sum of h f(jh) over |j| <= n and I the integral of f over [-R, R].
By residues T is the integral of f(z) cot(pi z/h)/(2i) around the rectangle.  In the upper half
cot(w)/(2i) = -1/2 - 1/(e^(-2iw) - 1), in the lower half the mirror image, and the halves -1/2, 1/2
integrate to I by Cauchy's theorem; so
    |T - I| <= 2/(e^(2 pi b/h) - 1) int |f(x + ib)| dx + 2 b max |f(+-R + iy)|,  0 <= y <= b:
on the horizontal sides |e^(-2iw)| = e^(2 pi b/h), on the vertical ones e^(-2iw) = -e^(2 pi y/h), so
that the kernel is at most 1/2 there.  With S = max |sigma| and |phi(x + iy)| = phi(x) e^(y^2/2),
    int |f(x + ib)| dx <= S e^(b^2/2) E|h_k(X + ib)| <= S e^(b^2/2) sqrt(L_k(-b^2)),
because He_k(x + ib) = sum_j C(k,j) He_(k-j)(x) (ib)^j (Appell), hence E|h_k(X + ib)|^2 =
sum_j C(k,j) b^(2j)/j! = L_k(-b^2), which increases with k.

*Size of h_k.*  Mehler's formula at (z, conj z), all of whose terms are nonnegative, gives for every
0 < r < 1, z = x + iy:  |h_k(z)|^2 <= r^(-k) (1-r^2)^(-1/2) exp(x^2 r/(1+r) + y^2 r/(1-r)).

*Panels.*  If |f| <= M on the ellipse with foci at the ends of a panel of half-width w and half-axes
w (q + 1/q)/2, w (q - 1/q)/2, its Chebyshev coefficients are at most 2 M q^(-j); the rule with N
nodes has positive weights and is exact up to degree 2N - 1, so its error is at most
    w sum_{j >= 2N} 2 M q^(-j) 4 = 8 w M q^(-2N)/(1 - 1/q).
A panel on whose ellipse f is not seen to be analytic is halved; when it is narrower than 2^(-2 p)
its part of a_k is at most sqrt(sup sigma^2 P(panel)), again by Cauchy-Schwarz.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from flint import acb, arb, arb_mat, ctx

from .branches import SWITCHING, Piece, contains, pieces
from .enclosure import working_precision
from .formula import Tree
from .growth import tail_second_moment
from .tree_calculus import EVEN, ODD, parity
from .tree_values import NoValue, ball, value

STRIPS = (4.0, 3.0, 2.5, 2.0, 1.75, 1.5, 1.25, 1.0, 0.75, 0.5, 0.25)
"""The half-widths b of strips that are tried, until three have worked."""

COVER_BITS = 64
"""The precision of bounds, of which only the size matters."""

COVER_DEPTH = 8
"""How often a box on which a bound is sought may be quartered."""

MEHLER = tuple(1 - 2.0**-j for j in range(1, 12))
"""The values of r that are tried in the bound of |h_k|."""

MAXIMAL_PANELS = 4000
"""The number of panels beyond which the formula is given up as not analytic."""


@dataclass(frozen=True)
class Expansion:
    """Enclosures of a_0, ..., a_K and of E[sigma(X)^2]."""

    coefficients: tuple[arb, ...]
    second_moment: arb


@dataclass
class _Rule:
    """Nodes x >= 0, weights times phi(x), sigma(x) and sigma(-x), and bounds of what sums miss.

    The sums stand for integrals over [-radius, radius].
    """

    radius: arb
    nodes: list[arb] = field(default_factory=list)
    weights: list[arb] = field(default_factory=list)
    right: list[arb] = field(default_factory=list)
    left: list[arb] = field(default_factory=list)
    coefficient_error: arb = field(default_factory=lambda: arb(0))
    moment_error: arb = field(default_factory=lambda: arb(0))

    def add(self, node: arb, weight: arb, trees: tuple[Tree, Tree]) -> None:
        """Add a pair of nodes +-x with its weight; the trees are sigma on the two sides."""
        self.nodes.append(node)
        self.weights.append(weight * (-(node**2) / 2).exp() / (2 * arb.pi()).sqrt())
        self.right.append(value(trees[0], acb(node)).real)
        self.left.append(value(trees[1], acb(-node)).real)


def expansion(tree: Tree, K: int, bits: int) -> Expansion:
    """Return a_0, ..., a_K and E[sigma^2] with radii of about 2^(-bits).

    The tree has the name x only.  Raises TooFast (a ValueError) if E[sigma^2] is not seen to be
    finite, and NoValue (a ValueError) if sigma has no real value somewhere or is not analytic
    between isolated points.
    """
    _require_values(tree)
    parts = pieces(tree)
    smooth = len(parts) == 1 and not contains(parts[0].tree, SWITCHING)
    with working_precision(bits + K // 2 + 32):
        rule = _strip_rule(parts[0].tree, K, bits) if smooth else None
        if rule is None:
            rule = _panel_rule(tree, parts, K, bits)
        with working_precision(COVER_BITS):
            tail = tail_second_moment(tree, rule.radius)
        moment = sum(
            (
                w * (s * s + t * t)
                for w, s, t in zip(rule.weights, rule.right, rule.left, strict=True)
            ),
            arb(0),
        )
        moment += _symmetric(rule.moment_error) + arb(0).union(tail)
        spread = _symmetric(rule.coefficient_error + tail.sqrt())
        vanishing = {EVEN: 1, ODD: 0}.get(parity(tree) or "")
        found = tuple(
            arb(0) if k % 2 == vanishing else a + spread for k, a in enumerate(_sums(rule, K))
        )
    return Expansion(found, moment)


def _sums(rule: _Rule, K: int) -> list[arb]:
    """Return the sums of weight h_k(x) (sigma(x) + (-1)^k sigma(-x)), k <= K, over the nodes."""
    columns = [_monic_column(x, w, K) for x, w in zip(rule.nodes, rule.weights, strict=True)]
    rows = arb_mat(len(columns), K + 1, [entry for column in columns for entry in column])
    even = [s + t for s, t in zip(rule.right, rule.left, strict=True)]
    odd = [s - t for s, t in zip(rule.right, rule.left, strict=True)]
    sums = arb_mat(2, len(columns), even + odd) * rows
    return [sums[k % 2, k] * arb.fac_ui(k).rsqrt() for k in range(K + 1)]


def _monic_column(x: arb, weight: arb, K: int) -> list[arb]:
    """Return weight He_k(x) for k <= K."""
    before, here = arb(0), weight
    column = [here]
    for k in range(K):
        before, here = here, x * here - k * before
        column.append(here)
    return column


def _ceiling(value: arb) -> int:
    """Return the least integer that is at least the upper end of a ball."""
    found = value.upper().ceil().unique_fmpz()
    assert found is not None, "the upper end of a ball is exact"
    return int(found)


def _symmetric(size: arb) -> arb:
    return arb(0, size.upper())


def _require_values(tree: Tree) -> None:
    """Raise NoValue if the formula has no real value at one of a few points."""
    with working_precision(COVER_BITS):
        for j in range(-24, 25):
            point = Fraction(j, 2) + Fraction(1, 7)
            found = value(tree, acb(ball(point)))
            if not found.is_finite() or not found.imag.contains(0):
                raise NoValue(f"the formula has no real value near x = {float(point):.4g}")


def _radius(tree: Tree, K: int, bits: int, b: arb) -> arb:
    """Return an R beyond which neither the tail nor h_k phi on the sides of the strip matter.

    Both are of the size of exp(-R^2/4), with which the search begins.
    """
    goal = arb(2) ** -(bits + 12)
    for step in range(200):
        radius = arb(max(1, int(1.6 * math.sqrt(bits)))) + arb(step) / 2
        if _hermite_weight(radius, b, K) < goal:
            tail = tail_second_moment(tree, radius)
            if tail.is_finite() and tail.sqrt() < goal:
                return radius
    raise NoValue(f"the Gaussian tail of the formula is not below 2^-{bits} for |x| < 100")


def _hermite_weight(x: arb, y: arb, K: int) -> arb:
    """Return a bound of |h_k(z) phi(z)| for k <= K, |Re z| >= x >= 0 and |Im z| <= y.

    The docstring's bound times |phi(z)| = phi(x) e^(y^2/2) decreases in |x|: the exponent of x is
    r/(2 (1+r)) - 1/2 = -1/(2 (1+r)).
    """
    best = arb.pos_inf()
    for ratio in MEHLER:
        r = arb(ratio)
        exponent = -(x**2) / (2 * (1 + r)) + y**2 * r / (2 * (1 - r)) + y**2 / 2 - K * r.log() / 2
        size = exponent.exp() / ((1 - r**2).root(4) * (2 * arb.pi()).sqrt())
        best = best.min(size.upper())
    return best


def largest_value(tree: Tree, left: arb, right: arb, bottom: arb, top: arb) -> arb | None:
    """Return a bound of |f| on a rectangle on which f is analytic; None if that is not seen.

    The rectangle is covered by boxes, and boxes are quartered where f is not finite.
    """
    columns = max(1, _ceiling(right - left))
    rows = max(1, _ceiling(top - bottom))
    width, height = (right - left) / columns, (top - bottom) / rows
    largest = arb(0)
    for i in range(columns):
        for j in range(rows):
            center = acb(left + width * (i + arb(0.5)), bottom + height * (j + arb(0.5)))
            size = _box_value(tree, center, width / 2, height / 2, COVER_DEPTH)
            if size is None:
                return None
            largest = largest.max(size)
    return largest


def _box_value(tree: Tree, center: acb, width: arb, height: arb, depth: int) -> arb | None:
    x, y = center.real, center.imag
    box = acb(arb(x.mid(), (width + x.rad()).upper()), arb(y.mid(), (height + y.rad()).upper()))
    found = value(tree, box, True)
    if found.is_finite():
        return abs(found).upper()
    if depth == 0:
        return None
    largest = arb(0)
    for right in (-1, 1):
        for up in (-1, 1):
            quarter = acb(x + right * width / 2, y + up * height / 2)
            size = _box_value(tree, quarter, width / 2, height / 2, depth - 1)
            if size is None:
                return None
            largest = largest.max(size)
    return largest


def _strip_rule(tree: Tree, K: int, bits: int) -> _Rule | None:
    """Return the trapezoid rule with the widest step, None if no strip is seen to be analytic."""
    found: list[tuple[float, arb, arb, arb]] = []
    with working_precision(COVER_BITS):
        for width in STRIPS:
            b = arb(width)
            radius = _radius(tree, K, bits, b)
            size = largest_value(tree, -radius - 1, radius + 1, arb(0), b)
            if size is None or not size < arb(2) ** bits:
                continue
            need = size.max(arb(1)) ** 2 * (b**2 / 2).exp() * _laguerre(K, b).sqrt()
            step = 2 * arb.pi() * b / (need * arb(2) ** (bits + 8)).log()
            found.append((min(0.5, float(step)), radius, b, size))
            if len(found) == 2:
                break
    if not found or max(found)[0] < 2.0**-7:
        return None
    return _trapezoid(tree, *max(found), K)


def _laguerre(K: int, b: arb) -> arb:
    """Return L_K(-b^2) = sum_j C(K, j) b^(2j)/j!."""
    term = total = arb(1)
    for j in range(K):
        term *= b**2 * (K - j) / (j + 1) ** 2
        total += term
    return total


def _trapezoid(tree: Tree, step: float, radius: arb, b: arb, size: arb, K: int) -> _Rule:
    """Return nodes jh, 0 <= j <= n, h a dyadic number below the step, R <= (n + 1/2) h <= R + 1."""
    h = arb(int(step * 4096)) / 4096
    n = _ceiling(radius / h)
    end = (n + arb(0.5)) * h
    rule = _Rule(end)
    for j in range(n + 1):
        rule.add(j * h, h if j > 0 else h / 2, (tree, tree))
    lift = (b**2 / 2).exp()
    gain = 2 * lift / ((2 * arb.pi() * b / h).exp() - 1)
    density = (-(end**2) / 2).exp() * lift
    rule.coefficient_error = size * (
        gain * _laguerre(K, b).sqrt() + 2 * b * _hermite_weight(end, b, K)
    )
    rule.moment_error = size**2 * (gain + 2 * b * density)
    return rule


@lru_cache(maxsize=8)
def _legendre(count: int, bits: int) -> list[tuple[arb, arb]]:
    """Return nodes and weights on [-1, 1]."""
    with working_precision(bits):
        return [arb.legendre_p_root(count, i, weight=True) for i in range(count)]


def _panel_rule(tree: Tree, parts: list[Piece], K: int, bits: int) -> _Rule:
    """Return Gauss-Legendre rules on panels of [0, R], for sigma(x) and sigma(-x) at once."""
    with working_precision(COVER_BITS):
        end = Fraction(_ceiling(_radius(tree, K, bits, arb(1))))
    edges = {Fraction(j, 2) for j in range(2 * int(end) + 1)}
    edges |= {abs(p.low) for p in parts if p.low is not None and abs(p.low) < end}
    waiting = list(pairwise(sorted(edges)))
    count = max(16, bits // 3)
    rule, lost, panels = _Rule(ball(end)), arb(0), 0
    while waiting:
        low, high = waiting.pop()
        panels += 1
        if panels > MAXIMAL_PANELS:
            raise NoValue(
                f"the formula is not seen to be analytic near x = +-{float(low):.4g}, nor between"
                " isolated points"
            )
        trees = (_tree_on(parts, low, high), _tree_on(parts, -high, -low))
        bounds = _panel_bounds(trees, low, high, count, K, bits)
        if bounds is not None:
            _add_panel(rule, trees, low, high, count, bounds)
        elif high - low < Fraction(1, 4**bits):
            lost += _narrow(trees, low, high)
        else:
            middle = (low + high) / 2
            waiting += [(low, middle), (middle, high)]
    rule.coefficient_error += lost.sqrt()
    rule.moment_error += lost
    return rule


def _tree_on(parts: list[Piece], low: Fraction, high: Fraction) -> Tree:
    middle = (low + high) / 2
    return next(
        p.tree
        for p in parts
        if (p.low is None or p.low < middle) and (p.high is None or middle < p.high)
    )


def _panel_bounds(
    trees: tuple[Tree, Tree], low: Fraction, high: Fraction, count: int, K: int, bits: int
) -> tuple[arb, arb] | None:
    """Return bounds of the errors of the rule on a panel; None if it is to be halved.

    The ellipse lies in the rectangle with its half-axes.
    """
    with working_precision(COVER_BITS + (high - low).denominator.bit_length()):
        half = ball((high - low) / 2)
        middle = ball((high + low) / 2)
        q = arb(2) ** (arb(bits + 16) / (2 * count))
        across, up = half * (q + 1 / q) / 2, half * (q - 1 / q) / 2
        left, right = middle - across, middle + across
        first = largest_value(trees[0], left, right, arb(0), up)
        second = largest_value(trees[1], -right, -left, arb(0), up) if first is not None else None
        if first is None or second is None:
            return None
        size, nearest = first + second, left.max(arb(0))
        factor = 8 * half * q ** (-2 * count) / (1 - 1 / q)
        density = (up**2 / 2 - nearest**2 / 2).exp()
        errors = (
            factor * size * _hermite_weight(nearest, up, K),
            factor * size**2 * density,
        )
        goal = arb(2) ** -(bits + 10)
        return errors if errors[0] < goal and errors[1] < goal else None


def _add_panel(
    rule: _Rule,
    trees: tuple[Tree, Tree],
    low: Fraction,
    high: Fraction,
    count: int,
    errors: tuple[arb, arb],
) -> None:
    half, middle = ball((high - low) / 2), ball((high + low) / 2)
    for node, weight in _legendre(count, ctx.prec):
        rule.add(middle + half * node, half * weight, trees)
    rule.coefficient_error += errors[0]
    rule.moment_error += errors[1]


def _narrow(trees: tuple[Tree, Tree], low: Fraction, high: Fraction) -> arb:
    """Return a bound of E[sigma^2] over a narrow panel and its mirror image; phi < 1/2."""
    total = arb(0)
    panel = ball(low).union(ball(high))
    for tree, x in zip(trees, (panel, -panel), strict=True):
        found = value(tree, acb(x))
        if not found.is_finite() or not found.imag.contains(0):
            raise NoValue(f"the formula has no finite real value near x = {float(x.mid()):.6g}")
        total += abs(found.real).upper() ** 2 * ball(high - low) / 2
    return total.upper()
