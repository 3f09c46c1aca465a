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

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import count

from flint import arb, arb_poly, arb_series, ctx, fmpz

from proofs.dataset.activation import Dual
from proofs.dataset.taylor_model import Bound, Model
from symbolic.closed_series import Along, Argument
from symbolic.power_series import coefficients, series_length, sharpest

Coefficients = list[arb]
Pair = tuple[Coefficients, Coefficients]
"""The next coordinate, or sigma-hat, and D, as functions of the coordinate at hand."""

TERMS = 14
"""The number of coefficients of a model."""

SMALL, AWAY = 0.25, 1.0
"""Up to which t nothing is divided by t over a ball; beyond which t correlations are in rho."""

ORDER = 22
"""The highest coefficient at the centre of a cell, from which those at its points follow."""

COARSEST, FINEST = 6, 12
"""Cells have the width 2^(-COARSEST), halved until their coefficients are narrow: to 2^(-FINEST) at
least, and near t = 0 until they are small beside t."""

FAR = 32
"""Cells near t = 0 are halved while they begin at fewer of their widths from 0."""

MOST_CELLS = 8
"""So many cells make up a ball at most; a wider one is looked at as a whole."""

NARROW = arb(2) ** -70
"""What a narrow cell leaves out at most, beside the value there or 1."""

ROOM = 4
"""So many of its radii a range of correlations is away from 1 and -1, to be taken in t."""

POINT = arb(2) ** -20
"""Up to which radius a ball is taken for a point: coefficients over it need not be sharp."""


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

    def in_a_suitable_coordinate(self) -> Correlation:
        """Return it in t where it is near 1 or -1, in rho elsewhere."""
        base = self.v.terms[0]
        if self.side and base.mid() > AWAY:
            return Correlation(0, self.value())
        if self.side == 0 and abs(base.mid()) > 1 - arb(AWAY) ** 2 / 2:
            side = 1 if base.mid() > 0 else -1
            values = self.v.range()
            if 1 - side * values > ROOM * values.rad():
                over = _distance(side, values)
                t = self.v.mapped(_distance(side, base), bound_of(over))
                return Correlation(side, t)
        return self


def _distance(side: int, base: arb) -> Coefficients:
    """Return the coefficients of t = sqrt(2 (1 - side rho)) in rho at every point of a ball."""
    with series_length(TERMS + 1):
        return coefficients((2 * (1 - side * arb_series([base, 1]))).sqrt(), TERMS + 1)


def bound_of(over: Coefficients) -> Bound:
    """Return the bounds that coefficients over an interval give."""
    return abs(over[1]).upper(), abs(over[TERMS]).upper()


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
        found[j] = sharpest(found[j], at_middle[j] + off * (j + 1) * found[j + 1])
    return found[: len(at_middle)]


@dataclass(frozen=True, eq=False)
class Cell:
    """The maps on an interval: at its centre to the order ORDER, and over all of it.

    The maps are G and D near correlation 1, sigma-hat and D elsewhere (phi in place of G, and no D,
    for an activation that jumps); `beyond` bounds their coefficients of order ORDER + 1 over the
    interval `ends`.
    """

    centre: arb
    ends: arb
    middle: Pair
    over: Pair
    beyond: tuple[arb, arb]

    @cached_property
    def is_narrow(self) -> bool:
        """Whether the coefficients at points follow well from those at the centre."""
        reach = abs(self.ends - self.centre).upper() ** (ORDER + 1)
        return all(
            beyond * reach < NARROW * abs(middle[0]).upper().max(arb(1))
            for beyond, middle in zip(self.beyond, self.middle, strict=True)
        )

    def at(self, base: arb, length: int) -> Pair:
        """The first coefficients at every point of a ball inside the interval, by Taylor's formula.

        With h the distance from the centre, f^(j)/j! is sum_i binomial(i, j) c_i h^(i-j) up to
        binomial(ORDER + 1, j) |h|^(ORDER+1-j) times the bound (Lagrange, for f^(j)/j!).
        """
        h = base - self.centre
        step = arb_poly([h, 1])
        powers = arb_poly([abs(h).upper(), 1]) ** (ORDER + 1)
        first, second = (
            padded(list((middle(step) + powers * arb(0, beyond)).coeffs())[:length], length)
            for middle, beyond in zip(self._polynomials, self.beyond, strict=True)
        )
        return first, second

    @cached_property
    def _polynomials(self) -> tuple[arb_poly, arb_poly]:
        first, second = self.middle
        return arb_poly(first), arb_poly(second)


def padded(terms: Coefficients, length: int) -> Coefficients:
    """Return coefficients with the zeros at the end that a polynomial leaves out."""
    return terms + [arb(0)] * (length - len(terms))


class Layers:
    """One layer of the network, as a map of correlations and of the tangent kernel's factor D."""

    def __init__(self, dual: Dual) -> None:
        self._along, self._jumps = dual.along, dual.jumps
        self._cells: dict[tuple[int, int, int], Cell | None] = {}
        self._bounds: dict[Cell, tuple[Bound, Bound]] = {}
        self._expanded: dict[tuple[int, tuple[fmpz, fmpz]], Coefficients] = {}

    def __call__(self, at: Correlation) -> tuple[Correlation, Model]:
        """Return (sigma-hat(rho), D(rho))."""
        at = at.in_a_suitable_coordinate()
        side, base = at.side, at.v.terms[0]
        first, second = self._finished(side, base, self._at(side, base, ctx.cap), ctx.cap)
        one, two = self._around(side, at.v.range())
        return (
            Correlation(int(side == 1), at.v.mapped(first, one)), at.v.mapped(second, two)
        )  # fmt: skip

    def _at(self, side: int, base: arb, length: int) -> Pair:
        """Return the maps' coefficients at a point, from a narrow cell around it, if any."""
        if base.rad() < POINT:
            for cell in self._cells_around(side, arb(base.mid())):
                if cell.is_narrow and cell.ends.contains(base):
                    return cell.at(base, length)
        return self._maps(side, base, length)

    def _cells_around(self, side: int, point: arb) -> Iterator[Cell]:
        """Return ever smaller cells around a point."""
        for level in count(COARSEST):
            k = whole_below(point * 2**level)
            if k is None or (level > FINEST and not (side and abs(k) < FAR)):
                return
            cell = self._cell(side, level, k)
            if cell is not None:
                yield cell

    def _around(self, side: int, ball: arb) -> tuple[Bound, Bound]:
        """Return bounds of the maps over a ball: the greatest over its widest narrow cells."""
        found: list[Cell] = []
        for level in count(COARSEST):
            low = whole_below(ball.lower() * 2**level)
            high = whole_below(ball.upper() * 2**level)
            if low is None or high is None or high - low >= MOST_CELLS:
                break
            if level > FINEST and not (side and min(abs(low), abs(high)) < FAR):
                break
            cells = [self._cell(side, level, k) for k in range(low, high + 1)]
            found = [c for c in cells if c is not None]
            if len(found) < len(cells):
                found = []
            elif all(c.is_narrow for c in found):
                break
        if not found:
            whole = self._finished(side, ball, self._maps(side, ball, TERMS + 1), TERMS + 1)
            return bound_of(whole[0]), bound_of(whole[1])
        (first, top), (second, summit) = self._over_common(side, found[0], ball)
        for cell in found[1:]:
            one, two = self._over_common(side, cell, ball)
            first, top = first.max(one[0]), top.max(one[1])
            second, summit = second.max(two[0]), summit.max(two[1])
        return (first, top), (second, summit)

    def _over_common(self, side: int, cell: Cell, ball: arb) -> tuple[Bound, Bound]:
        """Return bounds of the maps over what a cell and a ball have in common, or more.

        Beside a jump the root of phi is not to be taken over more: it has no derivative at 0.
        """
        if self._jumps and side == 1:
            part = common(cell.ends, ball)
            over = self._finished(side, part, cell.at(part, TERMS + 1), TERMS + 1)
            return bound_of(over[0]), bound_of(over[1])
        if cell not in self._bounds:
            first, second = cell.over
            maps = first[: TERMS + 1], second[: TERMS + 1]
            over = self._finished(side, cell.ends, maps, TERMS + 1)
            self._bounds[cell] = bound_of(over[0]), bound_of(over[1])
        return self._bounds[cell]

    def _finished(self, side: int, base: arb, maps: Pair, length: int) -> Pair:
        """Return the next coordinate and D: near correlation 1 it is a root, elsewhere sigma-hat.

        The root is that of phi for an activation that jumps, else t sqrt(G).
        """
        first, second = maps
        if side != 1:
            return first, second
        with series_length(length):
            root = arb_series(first).sqrt()
            t = root if self._jumps else arb_series([base, 1]) * root
            return coefficients(t, length), second

    def _cell(self, side: int, level: int, k: int) -> Cell | None:
        """Return [k, k + 1]/2^level, a little wider; the two cells beside t = 0 are one.

        None where the maps have no finite coefficients over it.
        """
        key = side, level, 0 if side and k == -1 else k
        if key not in self._cells:
            low, high = (-1, 1) if side and k in (-1, 0) else (k, k + 1)
            centre = arb(low + high) / 2 ** (level + 1)
            ends = arb(16 * low - 1).union(arb(16 * high + 1)) / 2 ** (level + 4)
            self._cells[key] = self._made(side, centre, ends)
        return self._cells[key]

    def _made(self, side: int, centre: arb, ends: arb) -> Cell | None:
        try:
            over = self._maps(side, ends, ORDER + 2)
            middle = self._maps(side, centre, ORDER + 1)
        except (ValueError, ArithmeticError):
            return None
        beyond = abs(over[0][ORDER + 1]).upper(), abs(over[1][ORDER + 1]).upper()
        if not all(c.is_finite() for c in (*middle[0], *middle[1], *beyond)):
            return None
        return Cell(centre, ends, middle, over, beyond)

    def _maps(self, side: int, base: arb, length: int) -> Pair:
        """Return coefficients of G and D, or of sigma-hat and D, at every point of a ball.

        For an activation that jumps G and D are infinite at the ends: phi stands in place of the
        one, 0 in place of the other.
        """
        if side == 1:
            return self._jump(base, length) if self._jumps else self._near_one(base, length)
        return self._elsewhere(side, base, length)

    def _jump(self, base: arb, length: int) -> Pair:
        return self._range(base, length), [arb(0)] * length

    def _near_one(self, base: arb, length: int) -> Pair:
        """Return the coefficients of G and D in t at every point of a ball."""
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
        return ratio, d

    def _quotients_over(self, base: arb, length: int) -> Pair:
        """Return coefficients of G and D over a ball: by the hull to 0, or divided by t.

        A small ball beside 0 may be too near for the one and too far for the other: the narrower.
        """
        found = []
        if not base > SMALL:
            hull = self._range(base.union(arb(0)), length + 2)
            found.append((hull[2:], [hull[j + 2] * (j + 2) / 2 for j in range(length)]))
        if base > 0:
            found.append(_quotients(self._range(base, length + 1), base, length))
        first, second = (list(map(sharpest, *maps)) for maps in zip(*found, strict=True))
        return first, second

    def _range(self, base: arb, length: int) -> Coefficients:
        """Return coefficients of phi over a ball, not finite ones where there are none."""
        middle = arb(base.mid())
        try:
            return refined(
                self._phi(middle, length), self._phi(base, length + 1), base - middle
            )  # fmt: skip
        except (ValueError, ArithmeticError):
            return [arb("nan")] * length

    def _phi(self, t: arb, length: int) -> Coefficients:
        value = self._expansion(1, t, length)
        return [2 * (1 - value[0]), *(-2 * c for c in value[1:])]

    def _elsewhere(self, side: int, base: arb, length: int) -> Pair:
        """Return the coefficients of sigma-hat(rho) and of D, in the coordinate of the side."""
        value = self._values(side, base, length + 2)
        slope = [value[j + 1] * (j + 1) for j in range(length + 1)]
        if self._jumps:
            return value[:length], [arb(0)] * length
        if side == 0:
            return value[:length], slope[:length]
        # d/d rho = (1/t) d/dt, and the derivative in t vanishes at 0
        found = []
        if base.contains(0) or (base.rad() > 0 and not abs(base) > SMALL):
            hull = self._values(side, base.union(arb(0)), length + 2)
            found.append([hull[j + 2] * (j + 2) for j in range(length)])
        if not base.contains(0):
            with series_length(length):
                found.append(coefficients(arb_series(slope) / arb_series([base, 1]), length))
        return value[:length], list(map(sharpest, *found)) if len(found) > 1 else found[0]

    def _values(self, side: int, base: arb, length: int) -> Coefficients:
        middle = arb(base.mid())
        value = self._expansion(side, middle, length)
        if base.rad() == 0:
            return value
        return refined(value, self._expansion(side, base, length + 1), base - middle)

    def _expansion(self, side: int, base: arb, length: int) -> Coefficients:
        """Return the coefficients of sigma-hat; those at a point are kept, the most that are used.

        So they are asked for several times, and the same whatever was asked for before.
        """
        if base.rad() > 0:
            return along_coordinate(self._along, side, base, length)
        key = side, base.man_exp()
        if key not in self._expanded:
            self._expanded[key] = along_coordinate(self._along, side, base, ORDER + 5)
        return self._expanded[key][:length]


def common(one: arb, other: arb) -> arb:
    """Return a ball around what two intervals have in common."""
    low, high = one.lower().max(other.lower()), one.upper().min(other.upper())
    return arb(low).union(arb(high))


def whole_below(value: arb) -> int | None:
    """Return the integer below an exact value."""
    found = value.floor().unique_fmpz()
    return None if found is None else int(found)


def _quotients(phi: Coefficients, t: arb, length: int) -> Pair:
    """Return the coefficients of G = phi/t^2 and D = phi'/(2 t), t being away from 0."""
    with series_length(length):
        s = arb_series([t, 1])
        slope = arb_series([phi[j + 1] * (j + 1) for j in range(length)])
        return (
            coefficients(arb_series(phi[:length]) / (s * s), length),
            coefficients(slope / (2 * s), length),
        )


@dataclass(frozen=True)
class State:
    """The recursion on a piece after some layers: rho_h, and Theta_h if it is asked for."""

    depth: int
    rho: Correlation
    theta: Model | None


class Walk:
    """The kernels as models around the centres of pieces, layer by layer.

    What each piece has come to is kept, so that of several depths in order each takes but the
    layers that it has more than the one before.
    """

    def __init__(self, layers: Layers, side: int, tangent: bool) -> None:
        self._layers, self._side, self._tangent = layers, side, tangent
        self._reached: dict[float, State] = {}

    def __call__(self, depth: int, centre: arb, radius: arb) -> tuple[Model, Model]:
        """Return the two kernels (or the top-layer kernel twice) at rho = side (1 - t^2/2) as
        models in t - centre, |t - centre| <= radius; a centre is exact and has one radius."""
        key = float(centre)
        state = self._reached.get(key)
        if state is None or state.depth > depth:
            start = Correlation(self._side, Model(arb_series([centre, 1]), arb(0), radius, arb(1)))
            state = State(0, start, start.value() if self._tangent else None)
        while state.depth < depth:
            rho, d = self._layers(state.rho)
            theta = None if state.theta is None else rho.value() + state.theta * d
            state = State(state.depth + 1, rho, theta)
        self._reached[key] = state
        top = state.rho.value()
        return top, top if state.theta is None else state.theta
