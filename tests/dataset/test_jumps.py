"""The top-layer kernels of activations that jump: infinitely steep at correlation 1."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from flint import arb, arb_mat

from proofs import certify_dataset
from proofs.dataset.activation import dual_of
from proofs.dataset.correlations import unit_vectors
from proofs.dataset.kernel_matrix import DepthKernel, depth_kernels
from proofs.dataset.pairs import kernel_matrices
from proofs.dataset.reading import Floats
from symbolic import parse_activation
from symbolic.enclosure import enclosure, working_precision
from symbolic.variables import rho
from tests.dataset.test_dataset import SETS, definite, difficult, exact_correlation, random_points

CLOSE = np.concatenate([random_points(5, 8, 6), 1e-9 * random_points(6, 8, 6) + 1.0])


def sign_layer(r: arb) -> arb:
    """The dual of sign (Sheppard), exactly at its ends."""
    return r if r in (1, -1) else 2 * r.asin() / arb.pi()


def exact(name: str, r: arb, depth: int) -> arb:
    """rho_L by the recursion."""
    dual = parse_activation(name).normalised().dual()
    for _ in range(depth):
        r = sign_layer(r) if name == "sign" else enclosure(dual, {rho: r})
    return r


def kernel_of(name: str, depth: int) -> DepthKernel:
    """The tabulated kernel."""
    return depth_kernels(dual_of(parse_activation(name)), depth, False)["top"]


def deviations(kernel: DepthKernel, name: str, rows: Floats) -> tuple[list[arb], float]:
    """|computed - exact| for each pair of |correlation| certainly below 1, and the bound."""
    points, found = unit_vectors(rows), []
    (matrix,), seen = kernel_matrices([kernel], points)
    with working_precision(600):
        for i in range(len(rows)):
            for j in range(i):
                r = exact_correlation(rows[i], rows[j])
                if abs(r) < 1:
                    found.append(abs(exact(name, r, kernel.depth) - float(matrix[i, j])))
    return found, kernel.entry_error(points, seen.counts)


@pytest.mark.parametrize(("name", "depth"), [
    ("sign", 1), ("sign", 4), ("step", 3),
    pytest.param("sign", 12, marks=pytest.mark.slow),
    pytest.param("hard_shrink", 2, marks=pytest.mark.slow),
])  # fmt: skip
def test_entries_are_within_their_bounds(name: str, depth: int) -> None:
    """On difficult data, close and opposite points among them; three bounds off is found out."""
    kernel = kernel_of(name, depth)
    sets = {**difficult(), "close": CLOSE} if name == "sign" else {"random": SETS["random 3"]}
    found_out = 0
    for rows in sets.values():
        found, error = deviations(kernel, name, rows)
        assert all(off <= error for off in found)
        found_out += sum(bool(off + 3 * error > error) for off in found)
    assert found_out > 0
    apart, error = deviations(kernel, name, random_points(2, 6, 40))
    assert error < 1e-11
    assert all(off <= error for off in apart)


def test_the_bound_for_close_points_is_needed() -> None:
    """Neither that of the table nor the one with smaller slopes holds for close ones."""
    kernel = kernel_of("sign", 4)
    found, error = deviations(kernel, "sign", CLOSE)
    assert all(off <= error for off in found)
    assert not all(off <= kernel.error for off in found)
    flatter = replace(kernel, slopes=tuple(s * 2.0**-20 for s in kernel.slopes))
    found, error = deviations(flatter, "sign", CLOSE)
    assert not all(off <= error for off in found)


def test_another_table_is_found_out() -> None:
    """Coefficients that differ by 10^-9."""
    kernel = kernel_of("sign", 4)
    rows = random_points(2, 6, 40)
    moved = replace(kernel.positive, coefficients=kernel.positive.coefficients + 1e-9)
    off, error = deviations(replace(kernel, positive=moved), "sign", rows)
    assert not all(o <= error for o in off)


def test_parallel_points() -> None:
    """Their entry is known up to what a jump makes of the rounding of t: within its bound."""
    points = unit_vectors(SETS["parallel"])
    for depth in (1, 3):
        kernel = kernel_of("sign", depth)
        (matrix,), seen = kernel_matrices([kernel], points)
        error = kernel.entry_error(points, seen.counts)
        assert abs(1 - float(matrix[0, 1])) <= error < 0.1


def test_the_spectrum_holds_the_exact_eigenvalues() -> None:
    """lambda_min > low and not > high, by exact elimination; the same for lambda_max."""
    rows = random_points(3, 5, 9)
    found = certify_dataset(rows, activation="sign", depth=6).kernels[0].spectrum
    n = len(rows)
    with working_precision(400):
        matrix = arb_mat(n, n, [
            arb(1) if i == j else exact("sign", exact_correlation(rows[i], rows[j]), 6)
            for i in range(n) for j in range(n)
        ])  # fmt: skip
        assert definite(matrix, found.least.low, 1)
        assert not definite(matrix, found.least.high, 1)
        assert definite(matrix, found.greatest.high, -1)
        assert not definite(matrix, found.greatest.low, -1)
    assert found.greatest.high - found.greatest.low < 1e-9
