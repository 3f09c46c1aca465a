"""Every rounding bound is true on difficult data, and none of them could be left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from flint import arb, fmpq

from proofs.dataset import eigenvalues
from proofs.dataset.activation import dual_of
from proofs.dataset.correlations import NEAR, Points, distances, unit_vectors
from proofs.dataset.depth_kernel import Correlation, Layers
from proofs.dataset.eigenvalues import confirmed_condition, greatest_bound, rayleigh_quotient
from proofs.dataset.kernel_matrix import (
    DepthKernel,
    Sides,
    ToRight,
    built_tables,
    depth_kernels,
    sides_of,
)
from proofs.dataset.pairs import kernel_matrices
from proofs.dataset.reading import Floats
from proofs.dataset.taylor_model import Model
from symbolic import named_activation
from symbolic.enclosure import working_precision
from symbolic.table import Table
from tests.dataset.test_dataset import SETS, exact_correlation, exact_kernel, random_points

ALL = np.concatenate([random_points(5, 40, 6), 1e-3 * random_points(6, 40, 6) + 1.0])


def pairs_of(points: Points, rows: Floats) -> tuple[Floats, Floats, list[list[arb]]]:
    """(t, sign, exact correlations)."""
    t, sign = distances(points, slice(None), slice(None))
    return t, sign, [[exact_correlation(x, y) for y in rows] for x in rows]


def distances_hold(points: Points, rows: Floats) -> bool:
    """Whether t is within `far_error` and `near_error` of the exact value, where each is used."""
    with working_precision(300):
        t, _, rho = pairs_of(points, rows)
        exact = [[(2 * (1 - abs(r))).max(arb(0)).sqrt() for r in line] for line in rho]
        return all(
            abs(exact[i][j] - float(t[i, j]))
            <= (points.near_error if t[i, j] < NEAR / 2 else points.far_error)
            for i in range(len(rows))
            for j in range(i)
        )


def test_bounds_of_distances() -> None:
    """They hold; without either of them they do not."""
    points = unit_vectors(ALL)
    assert distances_hold(points, ALL)
    assert not distances_hold(replace(points, near_error=0.0), ALL)
    assert not distances_hold(replace(points, far_error=0.0), ALL)


def entries_hold(kernel: DepthKernel, rows: Floats) -> bool:
    """Whether all entries, and the distance of the matrices, are within their bounds."""
    points = unit_vectors(rows)
    (matrix,), seen = kernel_matrices([kernel], points)
    t, sign = distances(points, slice(None), slice(None))
    errors = kernel.entry_errors(points)[kernel.piece(t, sign)]
    total = arb(0)
    with working_precision(600):
        for i in range(len(rows)):
            for j in range(i):
                rho = exact_correlation(rows[i], rows[j])
                exact = exact_kernel("relu", rho, kernel.depth, kernel.kind == "ntk")
                off = abs(exact - float(matrix[i, j]))
                total += 2 * off**2
                if not off <= float(errors[i, j]):
                    return False
        return bool(total <= arb(kernel.matrix_error(points, seen.counts)) ** 2)


def test_an_error_of_a_matrix_adds_up() -> None:
    """Pairs are counted once each, and the bound is no less than that of any one of them."""
    rows = ALL[20:60]
    points = unit_vectors(rows)
    kernel = depth_kernels(dual_of(named_activation("relu")), 5, True)["ntk"]
    _, seen = kernel_matrices([kernel], points)
    t, sign = distances(points, slice(None), slice(None))
    pieces = kernel.piece(t, sign)[np.triu_indices(len(rows), 1)]
    own = np.bincount(pieces, minlength=len(seen.counts))
    surplus = seen.counts - own  # for each row and column up to the diagonal of a block
    assert set(np.flatnonzero(surplus)) == {len(kernel.positive.centres) - 1}
    assert np.all(surplus >= 0)
    assert kernel.matrix_error(points, seen.counts) >= kernel.entry_error(points, own)
    assert kernel.entry_error(points, own) <= kernel.entry_error(points)


@pytest.mark.parametrize("kind", ["top", "ntk"])
def test_bounds_of_entries(kind: str) -> None:
    """They hold; without the errors of the tables and their arguments they do not."""
    kernel = depth_kernels(dual_of(named_activation("relu")), 5, True)[kind]
    rows = ALL[20:60]
    assert entries_hold(kernel, rows)
    unmoved = replace(kernel, slopes=tuple(0 * slopes for slopes in kernel.slopes))
    assert not entries_hold(replace(unmoved, error=0.0), rows)


def slope_off(self: Layers, at: Correlation) -> tuple[Correlation, Model]:
    """D, larger by a part in 10^9."""
    value, slope = original(self, at)
    return value, replace(slope, series=slope.series * (1 + arb(10) ** -9))


def value_off(self: Layers, at: Correlation) -> tuple[Correlation, Model]:
    """sigma-hat, moved by 10^-9."""
    value, slope = original(self, at)
    moved = replace(value.v, series=value.v.series + arb(10) ** -9)
    return Correlation(value.side, moved), slope


original = Layers.__call__


@pytest.mark.parametrize("mutant", [slope_off, value_off])
def test_another_kernel_is_found_out(
    mutant: Callable[..., tuple[Correlation, Model]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kernel that differs by a part in 10^9 is not within the bounds."""
    dual = dual_of(named_activation("relu"))
    kernel = depth_kernels(dual, 3, True)["ntk"]
    rows = ALL[:12]
    assert entries_hold(kernel, rows)
    monkeypatch.setattr(Layers, "__call__", mutant)
    dual = replace(dual)  # nothing is remembered of it
    tables = built_tables(dual, 3, sides_of(dual, 3), {"top": arb(1), "ntk": kernel.diagonal})
    positive, negative = tables["ntk"].tables
    other = replace(kernel, positive=positive, negative=negative)
    assert not entries_hold(other, rows)


def test_the_bound_of_a_rayleigh_quotient(monkeypatch: pytest.MonkeyPatch) -> None:
    """It holds against exact arithmetic, and is needed."""
    outside = 0
    for seed in range(20):
        matrix = random_points(seed, 7, 7)
        matrix += matrix.T
        vector = random_points(seed + 100, 1, 7)[0]
        vector /= np.max(np.abs(vector))
        a = [[Fraction(float(x)) for x in row] for row in matrix]
        v = [Fraction(float(x)) for x in vector]
        top = sum((v[i] * a[i][j] * v[j] for i in range(7) for j in range(7)), Fraction(0))
        exact = top / sum((x * x for x in v), Fraction(0))
        value = fmpq(exact.numerator, exact.denominator)
        with working_precision(200):
            sums = eigenvalues.largest_row_sum(matrix)
            assert rayleigh_quotient(matrix, vector, sums).contains(arb(value))
            with monkeypatch.context() as patch:
                patch.setattr(eigenvalues, "gamma", lambda _k: arb(0))
                outside += not rayleigh_quotient(matrix, vector, sums).overlaps(arb(value))
    assert outside > 10


def test_the_bound_from_a_positive_vector(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is at least max_i (|A| w)_i/w_i, exactly, and not without its rounding."""
    below = 0
    for seed in range(20):
        matrix, weights = random_points(seed, 9, 9), np.random.default_rng(seed).uniform(0.5, 1, 9)
        exact = max(
            sum((abs(Fraction(float(a))) * Fraction(float(w))
                 for a, w in zip(row, weights, strict=True)), Fraction(0)) / Fraction(float(own))
            for row, own in zip(matrix, weights, strict=True)
        )  # fmt: skip
        value = fmpq(exact.numerator, exact.denominator)
        with working_precision(200):
            assert greatest_bound(matrix, weights) >= value
            with monkeypatch.context() as patch:
                patch.setattr(eigenvalues, "gamma", lambda _k: arb(0))
                patch.setattr(eigenvalues, "TINY", arb(0))
                below += not greatest_bound(matrix, weights) >= value
    assert below > 3
    for bad in (np.zeros(9), np.full(9, 2.0), np.full(9, np.nan)):
        with pytest.raises(ValueError, match="weights"):
            greatest_bound(matrix, bad)


def test_conditions_are_confirmed_only_where_they_hold() -> None:
    """Bounds above and below kappa; an error counts; a singular matrix has no bound."""
    for seed, mixed in ((1, False), (2, True)):
        points = random_points(seed, 60, 90)
        matrix = points @ points.T if mixed else np.exp(points @ points.T / 90)
        matrix = (matrix + matrix.T) / 2
        values = np.linalg.eigvalsh(matrix)
        kappa = values[-1] / values[0]
        assert confirmed_condition(matrix, 0.0, arb(kappa * 1.1))
        assert not confirmed_condition(matrix, 0.0, arb(kappa * 0.9999))
        assert not confirmed_condition(matrix, float(values[0]) * 1.2, arb(kappa * 1.1))
    assert not confirmed_condition(np.ones((5, 5)), 0.0, arb(10) ** 9)


@pytest.mark.parametrize("name", ["identical", "spread"])
def test_pieces_are_found_at_their_borders(name: str) -> None:
    """Each t, the float64 before and the one after a border, lies in the piece it is given."""
    kernel = depth_kernels(dual_of(named_activation("relu")), 2, False)["top"]
    sides: Sides = sides_of(dual_of(named_activation("relu")), 2)
    before = 0
    for sign, grid in sides:
        pieces = grid.pieces()
        borders = np.array([float(low) for low, _, _ in pieces if float(low) >= 0])
        t = np.concatenate([borders, np.nextafter(borders, 2), np.nextafter(borders[1:], 0)])
        t = t[t < 1.5] if name == "spread" else np.zeros(3)
        found = kernel.piece(t, np.full(len(t), float(sign))).astype(int) - before
        for value, number in zip(t.tolist(), found.tolist(), strict=True):
            low, high, centre = pieces[number]
            assert low <= value <= high
            assert Fraction(value - centre) == Fraction(value) - Fraction(centre)
        before += len(pieces)


def test_sets_cover_what_is_difficult() -> None:
    """Fifty data sets, with every kind that rounding is sensitive to."""
    assert len(SETS) >= 50
    smallest = min(float(np.min(np.abs(rows[rows != 0]))) for rows in SETS.values())
    assert smallest < 2.0**-1022
    assert max(float(np.max(np.abs(rows))) for rows in SETS.values()) > 1e306


class Bent:
    """|t - border| times steep from a border of the pieces on, 0 before it: known exactly."""

    steep = 2.0**30

    def __init__(self, lowest: int, bend: int) -> None:
        """The table with pieces from 2^lowest on, bent at the left end of one of them."""
        grid = ToRight(lowest)
        pieces = grid.pieces()
        self.low = np.array([float(low) for low, _, _ in pieces])
        self.border = self.low[bend]
        centres = np.array([centre for _, _, centre in pieces])
        rising = self.low >= self.border
        values = np.where(rising, self.steep * (centres - self.border), 0.0)
        slopes = np.where(rising, self.steep, 0.0)
        table = Table(grid, centres, np.array([values, slopes]), 0.0)
        self.kernel = DepthKernel("top", 1, table, None, 1, arb(1), 0.0, (slopes,))

    def value(self, t: float) -> float:
        """The function itself."""
        return self.steep * max(t - float(self.border), 0.0)


@pytest.mark.parametrize(("lowest", "bend"), [(-6, 30), (-6, 1), (-60, 8), (-60, 157)])
def test_errors_of_entries_count_the_neighbouring_pieces(lowest: int, bend: int) -> None:
    """A t at hand and the exact one may lie in different pieces, also in some that are far apart:
    what a function that is flat in the one and steep in the other does between is within the bound,
    and would not be within that of the slope of the own piece."""
    bent = Bent(lowest, bend)
    points = unit_vectors(random_points(1, 2, 3))
    errors = bent.kernel.entry_errors(points)
    reach = points.near_error * (1 - 2.0**-40)  # sums with it are rounded
    border = float(bent.border)
    beyond = 0
    for t in (border - reach / 2, float(np.nextafter(border, 0.0)), border, border + reach / 2):
        if t < 0:
            continue
        piece = int(bent.kernel.piece(np.array([t]), np.array([1.0]))[0])
        assert bent.low[piece] <= t
        for exact in (t - reach, t + reach):
            off = abs(bent.value(t) - bent.value(max(exact, 0.0)))
            assert off <= errors[piece]
            beyond += off > float(bent.kernel.slopes[0][piece]) * reach
    assert beyond > 0


def test_errors_of_entries_count_the_other_side() -> None:
    """Where the correlation may be 0 the slope of the other side counts: 0 here, steep there."""
    kernel = depth_kernels(dual_of(named_activation("relu")), 1, False)["top"]
    flat, steep = 0 * kernel.slopes[0], np.full_like(kernel.slopes[1], 2.0**20)
    turned = replace(kernel, slopes=(flat, steep))
    points = unit_vectors(random_points(1, 2, 3))
    errors = turned.entry_errors(points)
    high = np.array([float(b) for _, b, _ in kernel.positive.grid.pieces()])
    at_zero = int(np.searchsorted(high, np.sqrt(2.0)))
    assert errors[at_zero] >= 2.0**20 * points.far_error
    assert errors[0] < 2.0**-40


@pytest.mark.parametrize("name", ["relu", "hard_tanh", "step"])
def test_depths_in_order_are_those_made_alone(name: str) -> None:
    """To the last bit, so that workers that share the depths out get the same."""
    first, again = (replace(dual_of(named_activation(name))) for _ in range(2))
    values = {"top": arb(1)} if first.jumps else {"top": arb(1), "ntk": arb(8)}
    sides = sides_of(first, 4)
    in_order = [built_tables(first, depth, sides, values) for depth in (1, 2, 4, 3)]
    for depth, found in zip((1, 2, 4, 3), in_order, strict=True):
        alone = built_tables(again if depth == 4 else replace(again), depth, sides, values)
        for kind, tabulation in found.items():
            for table, other in zip(tabulation.tables, alone[kind].tables, strict=True):
                assert np.array_equal(table.coefficients, other.coefficients)
                assert table.error == other.error
            for slopes, others in zip(tabulation.slopes, alone[kind].slopes, strict=True):
                assert np.array_equal(slopes, others)


def test_a_shallow_kernel_on_the_pieces_of_a_deep_one() -> None:
    """Its bounds hold."""
    kernel = depth_kernels(dual_of(named_activation("relu")), 2, True, 40)["ntk"]
    assert len(kernel.positive.centres) > 150
    assert entries_hold(kernel, ALL[30:50])
    assert not entries_hold(replace(kernel, error=0.0, slopes=tuple(0 * s for s in kernel.slopes)),
                            ALL[30:50])  # fmt: skip
