"""Kernels whose dual has terms such as exp(-1/t^2) at correlation 1: clipped functions and ELU."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

import pytest
from flint import acb, arb, arb_series
from sympy import Expr, Integer

from proofs import certify_dataset
from proofs.dataset.activation import dual_of, parity_of_dual
from proofs.dataset.correlations import unit_vectors
from proofs.dataset.depth_kernel import Layers
from proofs.dataset.kernel_matrix import DepthKernel, depth_kernels
from proofs.dataset.pairs import kernel_matrix
from proofs.dataset.reading import Floats
from symbolic import end_series, parse_activation
from symbolic.closed_series import Argument, expansion_of
from symbolic.enclosure import enclosure, working_precision
from symbolic.power_series import coefficients, series_length
from symbolic.variables import rho
from tests.dataset.test_dataset import SETS, exact_correlation

ROWS = {name: SETS[name] for name in ("nearly duplicates", "last bit", "antipodal", "orthonormal",
                                      "random 3", "random 4", "huge")}  # fmt: skip


@dataclass(frozen=True)
class Kinks:
    """The function offset + slope x + sum_i w_i max(x - b_i, 0), by its kinks (b_i, w_i)."""

    offset: arb
    slope: arb
    kinks: tuple[tuple[arb, arb], ...]

    def mean(self) -> arb:
        """E sigma(X); E max(X - b, 0) is phi(b) - b Phi(-b)."""
        return self.offset + sum(
            (w * (density(b) - b * upper_tail(b)) for b, w in self.kinks), arb(0)
        )

    def first(self) -> arb:
        """E sigma'(X), the derivative of the dual at 0."""
        return self.slope + sum((w * upper_tail(b) for b, w in self.kinks), arb(0))

    def layer(self, r: arb) -> tuple[arb, arb]:
        """The dual and its derivative, by integration of its second derivative.

        That is sum_ij w_i w_j phi_2(b_i, b_j; s), and with s = sin u phi_2 ds is
        exp(-(b_i^2 - 2 b_i b_j sin u + b_j^2)/(2 cos^2 u)) du/(2 pi).
        """
        value, slope = self.mean() ** 2 + r * self.first() ** 2, self.first() ** 2
        end = r.asin()
        for a, v in self.kinks:
            for b, w in self.kinks:
                weight = v * w / (2 * arb.pi())
                value += weight * integral(a, b, end, lambda u: r - u.sin())
                slope += weight * integral(a, b, end, lambda _: acb(1))
        return value, slope


def density(b: arb) -> arb:
    """phi(b)."""
    return (-b * b / 2).exp() / (2 * arb.pi()).sqrt()


def upper_tail(b: arb) -> arb:
    """Phi(-b)."""
    return (b / arb(2).sqrt()).erfc() / 2


def integral(a: arb, b: arb, end: arb, factor: Callable[[acb], acb]) -> arb:
    """The integral from 0 to `end` of factor(u) exp(-(a^2 - 2 a b sin u + b^2)/(2 cos^2 u))."""
    half, product = acb((a - b) ** 2 / 2), acb(a * b)

    def integrand(u: acb, _analytic: bool) -> acb:
        exponent = -product / (1 + u.sin())
        if a != b:
            exponent -= half / u.cos() ** 2
        return exponent.exp() * factor(u)

    return acb.integral(integrand, 0, acb(end)).real


def kinks(name: str) -> Kinks:
    """Piecewise linear activations of the catalogue, from their definitions."""
    one = arb(1)
    return {
        "hard_tanh": Kinks(-one, arb(0), ((-one, one), (one, -one))),
        "soft_shrink": Kinks(one / 2, one, ((-one / 2, -one), (one / 2, one))),
        "triangle": Kinks(arb(0), arb(0), ((-one, one), (arb(0), arb(-2)), (one, one))),
        "relu6": Kinks(arb(0), arb(0), ((arb(0), one), (arb(6), -one))),
    }[name]


def test_the_closed_form_agrees_with_plackett() -> None:
    """The dual and the one from the second derivative, which shares nothing with it."""
    for name in ("hard_tanh", "soft_shrink", "triangle", "relu6"):
        dual = parse_activation(name).dual()
        for point in (-0.75, 0.25, 0.875):
            with working_precision(200):
                found = enclosure(dual, {rho: arb(point)})
                exact, _ = kinks(name).layer(arb(point))
                assert found.overlaps(exact)
                assert (found - exact).rad() < arb(2) ** -150


def layer_of(name: str, r: arb) -> tuple[arb, arb]:
    """The dual of the normalised activation and its derivative at a correlation in (-1, 1)."""
    value, slope = _forms(name)
    return enclosure(value, {rho: r}), enclosure(slope, {rho: r})


@lru_cache
def _forms(name: str) -> tuple[Expr, Expr]:
    normalised = parse_activation(name).normalised()
    return normalised.dual(), normalised.dual_derivative()


def exact_kernel(name: str, r: arb, depth: int, tangent: bool) -> arb:
    """rho_L or Theta_L by the recursion, for -1 < r < 1."""
    theta = r
    for _ in range(depth):
        r, slope = layer_of(name, r)
        theta = r + theta * slope
    return theta if tangent else r


@lru_cache
def tabulated(name: str, depth: int) -> dict[str, DepthKernel]:
    """The tabulated kernels."""
    return depth_kernels(dual_of(parse_activation(name)), depth, True)


def deviations(name: str, depth: int, rows: Floats) -> list[tuple[arb, float]]:
    """|computed - exact| and its bound for each pair of rows that are not parallel."""
    points, found = unit_vectors(rows), []
    for kind, kernel in tabulated(name, depth).items():
        matrix, error = kernel_matrix(kernel, points), kernel.entry_error(points)
        for i in range(len(rows)):
            for j in range(i):
                r = exact_correlation(rows[i], rows[j])
                if abs(r) < 1:
                    exact = exact_kernel(name, r, depth, kind == "ntk")
                    found.append((abs(exact - float(matrix[i, j])), error))
    return found


@pytest.mark.parametrize(("name", "depth"), [
    ("hard_tanh", 2), ("elu", 2),
    *(pytest.param(name, 3, marks=pytest.mark.slow) for name in
      ("hard_tanh", "relu6", "hard_sigmoid", "hard_swish", "soft_shrink", "triangle", "elu", "selu",
       "celu(2)")),
])  # fmt: skip
def test_entries_are_within_their_bounds(name: str, depth: int) -> None:
    """On difficult data, at 400 bits; and what is off by three bounds is found out."""
    found_out = 0
    with working_precision(400):
        for rows in ROWS.values():
            for off, error in deviations(name, depth, rows):
                assert off <= error
                found_out += bool(off + 3 * error > error)
    assert found_out > 20
    narrow = tabulated(name, depth)
    assert all(k.error < 1e-9 * float(k.diagonal.mid()) for k in narrow.values())


@pytest.mark.parametrize("name", ["hard_tanh", "relu6", "hard_swish", "triangle", "elu"])
@pytest.mark.parametrize("side", [1, -1])
def test_coefficients_over_balls_hold_those_at_points(name: str, side: int) -> None:
    """Over a ball around 0, one beside it and one away from it."""
    along = expansion_of(parse_activation(name).dual())

    def at(ball: arb) -> list[arb]:
        with series_length(12):
            return coefficients(along(Argument.near(side, arb_series([ball, 1]))), 12)

    for low, high in ((-0.0625, 0.0625), (0.0625, 0.125), (0.5, 0.625)):
        wide = at(arb(low).union(arb(high)))
        assert all(c.is_finite() for c in wide)
        for k in range(6):
            point = arb(low + (high - low) * k / 5)
            if point >= 0:
                narrow = at(point)
                assert all(w.overlaps(c) for w, c in zip(wide, narrow, strict=True))
                exact = enclosure(parse_activation(name).dual(), {rho: side * (1 - point**2 / 2)})
                assert not exact.is_finite() or narrow[0].overlaps(exact)


def test_the_bounds_of_flat_functions_are_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    """exp(-1/t^2)/t^2 over [0, 1/2] by its values inside; smaller bounds do not hold them."""
    function = end_series.flat(Integer(1), 2)

    def holds(ball: arb) -> bool:
        with series_length(8):
            wide = coefficients(function(arb_series([ball, 1])), 8)
            points = [coefficients(function(arb_series([arb(k) / 64, 1])), 8) for k in range(1, 33)]
        return all(w.contains(c) for p in points for w, c in zip(wide, p, strict=True))

    ball = arb(0).union(arb(0.5))
    assert holds(ball)
    bounds = end_series._flat_bounds
    monkeypatch.setattr(end_series, "_flat_bounds", lambda *a: [b / 2**40 for b in bounds(*a)])
    assert not holds(ball)


@pytest.mark.parametrize(("name", "sign"), [
    ("hard_tanh", -1), ("hard_sigmoid", -1), ("soft_shrink", -1), ("triangle", 1), ("abs", 1),
    ("relu6", 0), ("hard_swish", 0), ("elu", 0),
])  # fmt: skip
def test_parities(name: str, sign: int) -> None:
    """hard_sigmoid is odd about its mean; relu6 and hard_swish are neither."""
    assert parity_of_dual(parse_activation(name).normalised()) == sign


def test_a_kernel_without_its_flat_term_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Zero in place of exp(-2/t^2) and its like gives other entries than the exact ones."""
    original = end_series.flat
    monkeypatch.setattr(end_series, "flat", lambda *_: lambda t: 0 * original(Integer(1), 0)(t))
    expansion_of.cache_clear()
    along = expansion_of(parse_activation("hard_tanh").dual())
    expansion_of.cache_clear()
    with working_precision(200):
        t = arb(0.5)
        with series_length(2):
            found = coefficients(along(Argument.near(1, arb_series([t, 1]))), 2)
        exact, slope = kinks("hard_tanh").layer(1 - t * t / 2)
        assert not found[0].overlaps(exact) or not found[1].overlaps(-t * slope)


def test_the_spectrum_of_clipped_kernels() -> None:
    """Orthonormal points: 1 on the diagonal, and off it the kernel at 0."""
    found = certify_dataset(SETS["orthonormal"], activation="hard_tanh", depth=2, kernel="both")
    top, tangent = (k.spectrum for k in found.kernels)
    assert top.least.low <= 1 <= top.greatest.high
    assert 0 < 1 - top.least.low < 1e-6
    assert tangent.least.low > 1.5


@pytest.mark.parametrize("name", ["hard_tanh", "relu", "elu"])
def test_cells_hold_the_maps_at_their_points(name: str) -> None:
    """As computed there; without the bound of the term beyond the last one they do not."""
    layers = Layers(dual_of(parse_activation(name)))
    outside = 0
    with working_precision(128):
        for side, k in ((1, 0), (1, 11), (1, 40), (0, -20), (0, 7), (-1, 5), (-1, 60)):
            cell = layers._cell(side, 6, k)
            assert cell is not None
            for j in range(1, 8):
                point = arb(8 * k + j) / 512
                direct = layers._maps(side, point, 14)
                for mutant in (cell, replace(cell, beyond=(arb(0), arb(0)))):
                    inside = all(
                        c.overlaps(d)
                        for found, exact in zip(mutant.at(point, 14), direct, strict=True)
                        for c, d in zip(found, exact, strict=True)
                    )
                    assert inside or mutant is not cell
                    outside += not inside
                assert all(
                    wide.overlaps(d)
                    for over, exact in zip(cell.over, direct, strict=True)
                    for wide, d in zip(over, exact, strict=False)
                )
    assert outside > 10
