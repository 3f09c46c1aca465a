"""The depth-L kernels as functions of t = sqrt(2 (1 - |rho|)): Taylor expansions as balls.

For unit vectors of correlation rho the top-layer kernel is rho_L and the neural tangent kernel
Theta_L, where rho_0 = Theta_0 = rho, rho_h = sigma-hat(rho_(h-1)) and Theta_h = rho_h + Theta_(h-1)
D(rho_(h-1)) with D = sigma-hat' (the recursion of the gradient of the network, layer by layer).

In rho they have square-root singularities at the ends, in t they are smooth for an activation
without jumps: rho_h = 1 - t_h^2/2 with t_h = t_(h-1) sqrt(G(t_(h-1))), where G(t) = phi(t)/t^2 for
phi(t) = 2 (1 - sigma-hat(1 - t^2/2)).  As phi(0) = phi'(0) = 0, G(t) is the integral over x in
[0, 1] of (1 - x) phi''(x t), hence G^(j)(t)/j! lies in the hull of phi^(j+2)/(j+2)! over [0, t],
(j+2)!/j! times the integral of (1 - x) x^j being 1: nothing is divided by a small number.
Likewise D = phi'(t)/(2 t), whose j-th coefficient lies in the hull of (j+2)/2 phi^(j+2)/(j+2)!.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from flint import arb, arb_series, ctx

from proofs.dataset.activation import Dual
from symbolic.closed_series import Along, Argument, coefficients, series_length

Coefficients = list[arb]

HALF, QUARTER = 0.5, 0.25
NEAR_ONE = 0.75
AWAY = 0.75
"""The t beyond which a correlation is expanded in rho itself."""

CELLS, LAST = 32, 1.75
"""The range of phi's coefficients is kept on cells of width 1/CELLS of [0, LAST]."""
MOST_TERMS = 28
MORE = 6
"""How many more coefficients are taken at the middle of a ball than are asked for: what the layers
make too wide then enters with a high power of the ball's radius only."""


@dataclass(frozen=True)
class Point:
    """A correlation as a power series: side (1 - v^2/2) for side = +-1, v itself for side = 0."""

    side: int
    v: arb_series

    def correlation(self) -> arb_series:
        """Return rho."""
        return self.side * (1 - self.v * self.v / 2) if self.side else self.v


def first(series: arb_series) -> arb:
    """Return the constant term."""
    return coefficients(series, 1)[0]


def composed(outer: Coefficients, inner: arb_series) -> arb_series:
    """Return sum_j outer_j (inner - inner_0)^j."""
    return arb_series(outer)(arb_series([0, *coefficients(inner, ctx.cap)[1:]]))


def along_coordinate(along: Along, side: int, base: arb, length: int) -> Coefficients:
    """Return the coefficients of a function along a coordinate at every point of a ball."""
    with series_length(length):
        s = arb_series([base, 1])
        return coefficients(along(Argument.near(side, s) if side else Argument.plain(s)), length)


def refined(at_middle: Coefficients, wide: Coefficients, off: arb) -> Coefficients:
    """Return coefficients over a ball, as narrow as the mean value theorem makes them.

    c_j at a point s is that at the midpoint m plus (s - m) (j + 1) c_(j+1) between them; `wide`
    holds one more of them over the ball, `off` contains all s - m.
    """
    found = list(wide)
    for j in range(len(at_middle) - 1, -1, -1):
        found[j] = min(found[j], at_middle[j] + off * (j + 1) * found[j + 1], key=_radius)
    return found[: len(at_middle)]


def _radius(ball: arb) -> float:
    return float(ball.rad()) if ball.is_finite() else float("inf")


class Layers:
    """One layer of the network, as a map of correlations and of the tangent kernel's factor D."""

    def __init__(self, dual: Dual) -> None:
        self._along = dual.along

    def __call__(self, at: Point) -> tuple[Point, arb_series]:
        """Return (sigma-hat(rho), D(rho)) as power series."""
        if at.side == 1 and float(first(at.v).mid()) > AWAY:
            at = Point(0, at.correlation())
        if at.side == 1:
            t, d = self._near_one(first(at.v), ctx.cap)
            return Point(1, composed(t, at.v)), composed(d, at.v)
        value, d = self._elsewhere(at.side, first(at.v), ctx.cap)
        return _placed(composed(value, at.v)), composed(d, at.v)

    def _near_one(self, base: arb, length: int) -> tuple[Coefficients, Coefficients]:
        """Return the coefficients of the next t and of D in t."""
        middle = arb(base.mid())
        if middle == 0:
            phi = self._phi(middle, length + 2)
            ratio, d = phi[2:], [phi[j + 2] * (j + 2) / 2 for j in range(length)]
        else:
            phi = self._phi(middle, length + 1)
            with series_length(length):
                ratio = coefficients(arb_series(phi) / arb_series([middle, 1]) ** 2, length)
                slope = [phi[j + 1] * (j + 1) for j in range(length)]
                d = coefficients(arb_series(slope) / arb_series([2 * middle, 2]), length)
        if base.rad() > 0:
            hull = self._hull(base, length + 3)
            ratios, factors = hull[2:], [hull[j + 2] * (j + 2) / 2 for j in range(length + 1)]
            if base > QUARTER:
                ratios, factors = self._divided(base, ratios, factors)
            ratio = refined(ratio, ratios, base - middle)
            d = refined(d, factors, base - middle)
        with series_length(length):
            t = arb_series([base, 1]) * arb_series(ratio).sqrt()
            return coefficients(t, length), d

    def _divided(
        self, base: arb, ratios: Coefficients, factors: Coefficients
    ) -> tuple[Coefficients, Coefficients]:
        """Return narrower coefficients of G and D where dividing by t gives them."""
        length = len(ratios)
        middle = arb(base.mid())
        phi = self._phi(base, length + 2)
        phi = refined(self._phi(middle, length + 1), phi, base - middle)
        with series_length(length):
            t = arb_series([base, 1])
            ratio = coefficients(arb_series(phi) / (t * t), length)
            slope = arb_series([phi[j + 1] * (j + 1) for j in range(length)])
            factor = coefficients(slope / (2 * t), length)
        return (
            [min(a, b, key=_radius) for a, b in zip(ratios, ratio, strict=True)],
            [min(a, b, key=_radius) for a, b in zip(factors, factor, strict=True)],
        )

    def _phi(self, t: arb, length: int) -> Coefficients:
        value = along_coordinate(self._along, 1, t, length)
        return [2 * (1 - value[0]), *(-2 * c for c in value[1:])]

    def _hull(self, base: arb, length: int) -> Coefficients:
        """Return balls that contain the coefficients of phi at all points of [0, t], t in base."""
        cell = (abs(base).upper() * CELLS).ceil().unique_fmpz()
        if not base.is_finite() or cell is None or int(cell) > len(self._hulls):
            return [arb("nan")] * length
        return self._hulls[max(int(cell) - 1, 0)][:length]

    @cached_property
    def _hulls(self) -> list[Coefficients]:
        """The hulls of the cells' ranges from 0 on; the first cell reaches below 0 as well."""
        found: list[Coefficients] = []
        for k in range(int(CELLS * LAST)):
            cell = (arb(k if k else -1) / CELLS).union(arb(k + 1) / CELLS)
            ranges = refined(
                self._phi(arb(cell.mid()), MOST_TERMS), self._phi(cell, MOST_TERMS + 1),
                cell - arb(cell.mid()),
            )  # fmt: skip
            found.append([a.union(b) for a, b in zip(found[-1], ranges, strict=True)]
                         if found else ranges)  # fmt: skip
        return found

    def _elsewhere(self, side: int, base: arb, length: int) -> tuple[Coefficients, Coefficients]:
        """Return the coefficients of sigma-hat(rho) and of D, in the coordinate of the side."""
        value = self._values(side, base, length + 2)
        slope = [value[j + 1] * (j + 1) for j in range(length + 1)]
        if side == 0:
            return value[:length], slope[:length]
        # d/d rho = (1/t) d/dt, and the derivative in t vanishes at 0
        if base.rad() > 0 and abs(base) < HALF or base.contains(0):
            hull = self._values(side, base.union(arb(0)), length + 2)
            return value[:length], [hull[j + 2] * (j + 2) for j in range(length)]
        with series_length(length):
            return value[:length], coefficients(arb_series(slope) / arb_series([base, 1]), length)

    def _values(self, side: int, base: arb, length: int) -> Coefficients:
        middle = arb(base.mid())
        value = along_coordinate(self._along, side, middle, length)
        if base.rad() == 0:
            return value
        wide = along_coordinate(self._along, side, base, length + 1)
        return refined(value, wide, base - middle)


def _placed(rho: arb_series) -> Point:
    """Return a correlation in the coordinate in which it is away from singularities."""
    start = first(rho)
    if start > NEAR_ONE:
        return Point(1, (2 * (1 - rho)).sqrt())
    if start < -HALF:
        return Point(-1, (2 * (1 + rho)).sqrt())
    return Point(0, rho)


def expansion(dual: Dual, depth: int, side: int, tangent: bool) -> Callable[[arb, int], list[arb]]:
    """Return the Taylor coefficients, in t at rho = side (1 - t^2/2), of a depth-L kernel."""
    layers = Layers(dual)

    def at_ball(t: arb, length: int) -> list[arb]:
        with series_length(length):
            at = Point(side, arb_series([t, 1]))
            theta = at.correlation()
            for _ in range(depth):
                at, d = layers(at)
                if tangent:
                    theta = at.correlation() + theta * d
            return coefficients(theta if tangent else at.correlation(), length)

    def taylor(t: arb, length: int) -> list[arb]:
        if t.rad() == 0:
            return at_ball(t, length)
        middle = arb(t.mid())
        narrow = at_ball(middle, length + MORE)
        return refined(narrow, at_ball(t, length + MORE + 1), t - middle)[:length]

    return taylor
