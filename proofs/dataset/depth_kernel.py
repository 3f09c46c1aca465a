"""The depth-L kernels as functions of t = sqrt(2 (1 - |rho|)), as Taylor models.

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

from flint import arb, arb_series, ctx

from proofs.dataset.activation import Dual
from proofs.dataset.taylor_model import Model
from symbolic.closed_series import Along, Argument
from symbolic.power_series import coefficients, series_length

Coefficients = list[arb]
Pair = tuple[Coefficients, Coefficients]
"""The next coordinate, or sigma-hat, and D, as functions of the coordinate at hand."""

TERMS = 14
"""The number of coefficients of a model."""

SMALL, AWAY = 0.25, 1.0
"""Up to which t nothing is divided by t over a ball; beyond which t correlations are in rho."""

CELLS = 64
"""The ranges of coefficients in t, or in a correlation, are kept on cells of width 1/CELLS."""

MOST_CELLS = 8
"""So many cells make up a ball at most; a wider one is looked at as a whole."""

WIDE = arb(2) ** -20
"""From which radius on a ball is too wide for bounds that need not be sharp."""


@dataclass(frozen=True)
class Correlation:
    """side (1 - v^2/2) for side = +-1, v itself for side = 0, as a model."""

    side: int
    v: Model

    def value(self) -> Model:
        """Return rho."""
        if self.side == 0:
            return self.v
        square = self.v * self.v
        series = self.side * (1 - square.series / 2)
        return Model(series, square.rest / 2, square.radius, square.slope / 2)


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


def _sharpest(*balls: arb) -> arb:
    return min(balls, key=_radius)


def _radius(ball: arb) -> float:
    return float(ball.rad()) if ball.is_finite() else float("inf")


class Layers:
    """One layer of the network, as a map of correlations and of the tangent kernel's factor D."""

    def __init__(self, dual: Dual) -> None:
        self._along = dual.along
        self._cells: dict[tuple[int, int], Pair] = {}

    def __call__(self, at: Correlation) -> tuple[Correlation, Model]:
        """Return (sigma-hat(rho), D(rho))."""
        if at.side == 1 and float(at.v.terms[0].mid()) > AWAY:
            at = Correlation(0, at.value())
        first, second = self._coefficients(at.side, at.v.terms[0], ctx.cap)
        wide = self._around(at.side)
        return (
            Correlation(int(at.side == 1), at.v.mapped(first, _bounds(wide, 0))),
            at.v.mapped(second, _bounds(wide, 1)),
        )

    def _near_one(self, base: arb, length: int) -> Pair:
        """Return the coefficients of the next t and of D in t at every point of a ball."""
        middle = arb(base.mid())
        if middle == 0:
            phi = self._phi(middle, length + 2)
            ratio, d = phi[2:], [phi[j + 2] * (j + 2) / 2 for j in range(length)]
        else:
            ratio, d = _quotients(self._phi(middle, length + 1), middle, length)
        if base.rad() > 0:
            ratios, factors = self._quotients_over(base, length + 1)
            ratio = refined(ratio, ratios, base - middle)
            d = refined(d, factors, base - middle)
        with series_length(length):
            t = arb_series([base, 1]) * arb_series(ratio).sqrt()
            return coefficients(t, length), d

    def _quotients_over(self, base: arb, length: int) -> Pair:
        """Return coefficients of G and D over a ball: by the hull to 0, or divided by t."""
        found = []
        if not base > SMALL:
            hull = self._range(base.union(arb(0)), length + 2)
            found.append((hull[2:], [hull[j + 2] * (j + 2) / 2 for j in range(length)]))
        if base > SMALL or (base > 0 and base.rad() > WIDE):
            found.append(_quotients(self._range(base, length + 1), base, length))
        first, second = (list(map(_sharpest, *maps)) for maps in zip(*found, strict=True))
        return first, second

    def _range(self, base: arb, length: int) -> Coefficients:
        """Return coefficients of phi over a ball."""
        middle = arb(base.mid())
        return refined(
            self._phi(middle, length), self._phi(base, length + 1), base - middle
        )  # fmt: skip

    def _phi(self, t: arb, length: int) -> Coefficients:
        value = along_coordinate(self._along, 1, t, length)
        return [2 * (1 - value[0]), *(-2 * c for c in value[1:])]

    def _around(self, side: int) -> Callable[[arb], Pair]:
        """Return the maps' coefficients over a ball, as unions over cells."""

        def over(ball: arb) -> Pair:
            low = (ball.lower() * CELLS).floor().unique_fmpz()
            high = (ball.upper() * CELLS).ceil().unique_fmpz()
            if low is None or high is None or not 0 < high - low <= MOST_CELLS:
                return self._coefficients(side, ball, TERMS + 1)
            found = [self._cell(side, k) for k in range(int(low), int(high))]
            first, second = found[0]
            for a, b in found[1:]:
                first = [x.union(y) for x, y in zip(first, a, strict=True)]
                second = [x.union(y) for x, y in zip(second, b, strict=True)]
            return first, second

        return over

    def _cell(self, side: int, k: int) -> Pair:
        """Return the maps' coefficients over a cell, made where they are first asked for.

        The two cells beside t = 0 are one, around it.
        """
        if (side, k) not in self._cells:
            low, high = (-1, 1) if side and k in (-1, 0) else (k, k + 1)
            ends = arb(low).union(arb(high)) / CELLS
            self._cells[side, k] = self._coefficients(side, ends, TERMS + 1)
        return self._cells[side, k]

    def _coefficients(self, side: int, base: arb, length: int) -> Pair:
        """Return the coefficients of both maps in the coordinate of a side, over a ball."""
        return self._near_one(base, length) if side == 1 else self._elsewhere(side, base, length)

    def _elsewhere(self, side: int, base: arb, length: int) -> Pair:
        """Return the coefficients of sigma-hat(rho) and of D, in the coordinate of the side."""
        value = self._values(side, base, length + 2)
        slope = [value[j + 1] * (j + 1) for j in range(length + 1)]
        if side == 0:
            return value[:length], slope[:length]
        # d/d rho = (1/t) d/dt, and the derivative in t vanishes at 0
        if base.contains(0) or (base.rad() > 0 and not abs(base) > SMALL):
            hull = self._values(side, base.union(arb(0)), length + 2)
            return value[:length], [hull[j + 2] * (j + 2) for j in range(length)]
        with series_length(length):
            d = coefficients(arb_series(slope) / arb_series([base, 1]), length)
            return value[:length], d

    def _values(self, side: int, base: arb, length: int) -> Coefficients:
        middle = arb(base.mid())
        value = along_coordinate(self._along, side, middle, length)
        if base.rad() == 0:
            return value
        wide = along_coordinate(self._along, side, base, length + 1)
        return refined(value, wide, base - middle)


def _bounds(wide: Callable[[arb], Pair], which: int) -> Callable[[arb], tuple[arb, arb]]:
    """Return bounds of the derivative and of the coefficient of index N + 1 of one of the maps."""

    def over(ball: arb) -> tuple[arb, arb]:
        found = wide(ball)[which]
        return abs(found[1]).upper(), abs(found[TERMS]).upper()

    return over


def _quotients(phi: Coefficients, t: arb, length: int) -> Pair:
    """Return the coefficients of G = phi/t^2 and D = phi'/(2 t), t being away from 0."""
    with series_length(length):
        s = arb_series([t, 1])
        slope = arb_series([phi[j + 1] * (j + 1) for j in range(length)])
        return (
            coefficients(arb_series(phi[:length]) / (s * s), length),
            coefficients(slope / (2 * s), length),
        )


def kernel_models(
    layers: Layers, depth: int, side: int, centre: arb, radius: arb, tangent: bool
) -> tuple[Model, Model]:
    """Return the two kernels (or the top-layer kernel twice) at rho = side (1 - t^2/2) as models in
    t - centre, |t - centre| <= radius."""
    at = Correlation(side, Model(arb_series([centre, 1]), arb(0), radius, arb(1)))
    theta = at.value()
    for _ in range(depth):
        at, d = layers(at)
        theta = at.value() + theta * d if tangent else theta
    return at.value(), theta if tangent else at.value()
