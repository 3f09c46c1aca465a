"""Whether the paper's bounds hold on a data set: less to prove than an enclosure of kappa.

A bound is confirmed by the greatest entry, or by one factorisation; one that is not confirmed is
not refuted.  The bounds are taken at the lower ends of the deltas, where they are largest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from flint import arb

from proofs.dataset.activation import Dual, dual_of
from proofs.dataset.certify import DEEPEST, KERNELS, Paper, activation_of
from proofs.dataset.correlations import Floats, Points, unit_vectors
from proofs.dataset.eigenvalues import (
    ROWS,
    above,
    below,
    confirmed_condition,
    confirmed_least,
    extreme_eigenvalues,
)
from proofs.dataset.kernel_matrix import TANGENT, TOP, DepthKernel, depth_kernels
from proofs.dataset.nearest import Nearest
from proofs.dataset.pairs import kernel_matrices
from proofs.dataset.reading import checked
from symbolic import Activation
from symbolic.enclosure import working_precision
from symbolic.series import SeriesActivation

BITS = 192
ENTRIES = {"theorem_2_entries": TOP, "theorem_8_entries": TANGENT}
LEAST = {"theorem_2_least": TOP, "theorem_8_least": TANGENT}
CONDITION = {
    "corollary_3_part_1": TOP,
    "corollary_3_part_2": TOP,
    "corollary_9_part_1": TANGENT,
    "corollary_9_part_2": TANGENT,
}


@dataclass(frozen=True)
class Bound:
    """A bound of the paper at the data's deltas, and whether it is proved for the data."""

    name: str
    value: float
    holds: bool


@dataclass(frozen=True)
class Confirmed:
    """What is confirmed of a data set at one depth."""

    points: int
    depth: int
    delta_1: float
    delta_2: float
    bounds: tuple[Bound, ...]


def least_delta(nearest: Nearest, points: Points) -> float:
    """A lower bound of 1 - |rho| = t^2/2 over all pairs."""
    if nearest.least == np.inf:
        return 1.0
    with working_precision(BITS):
        t = arb(nearest.least) - max(points.near_error, points.far_error)
        return min(max(below(t.max(arb(0)) ** 2 / 2), 0.0), 1.0)


def confirm_dataset(
    rows: Any,
    activation: str | Activation | SeriesActivation = "relu",
    depth: int = 20,
    kernel: str = TOP,
) -> Confirmed:
    """Which of the paper's bounds hold for the kernels of the rows, normalised to the unit sphere.

    Arguments and exceptions are those of `certify_dataset`, but for a single depth.
    """
    if kernel not in KERNELS or not 1 <= depth <= DEEPEST:
        raise ValueError(f"kernels are {', '.join(KERNELS)}, a depth lies in 1 to {DEEPEST}")
    array = checked(rows, "the data set")
    dual = dual_of(activation_of(activation))
    tables = depth_kernels(dual, depth, kernel != TOP)
    return confirm_rows(array, dual, [tables[kind] for kind in KERNELS[kernel]])


def confirm_rows(array: Floats, dual: Dual, kernels: Sequence[DepthKernel]) -> Confirmed:
    """The same for tables at hand, of one depth."""
    depth = kernels[0].depth
    points = unit_vectors(array)
    matrices, seen = kernel_matrices(kernels, points)
    delta_1, delta_2 = least_delta(seen.nearest, points), least_of_gram(array, points)
    found = []
    for tabulated, matrix in zip(kernels, matrices, strict=True):
        bounds = bounds_of(dual, len(array), depth, delta_1, delta_2, tabulated.kind)
        entries = tabulated.entry_error(points, seen.counts)
        found += confirmed(bounds, matrix, entries, tabulated.matrix_error(points, seen.counts))
    return Confirmed(len(array), depth, delta_1, delta_2, tuple(found))


def least_of_gram(array: Floats, points: Points) -> float:
    """A lower bound of the least eigenvalue of the Gram matrix, delta of Assumption 2."""
    n, d = array.shape
    if n > d:
        return 0.0
    gram = points.units @ points.units.T
    gram = np.minimum(gram, gram.T)  # symmetric whatever the order of summation was
    np.fill_diagonal(gram, 1.0)
    with working_precision(BITS):
        error = above(arb(points.product_error) * n)
    return extreme_eigenvalues(gram, error, semidefinite=True).least.low


def bounds_of(
    dual: Dual, n: int, depth: int, delta_1: float, delta_2: float, kind: str
) -> dict[str, float]:
    """The bounds that say something about a kernel."""
    deltas = Fraction(max(delta_1, 0.0)), Fraction(max(delta_2, 0.0))
    at = Paper(n, dual, *deltas).at(depth, kind == TANGENT)
    own = {**ENTRIES, **LEAST, **CONDITION}
    return {name: v for name, v in at.named() if own.get(name) == kind}


def confirmed(
    bounds: dict[str, float], matrix: Floats, entries: float, error: float
) -> list[Bound]:
    """Which of the bounds hold for every K with |K_ij - A_ij| <= entries for i != j, A the matrix,
    and ||K - A||_2 <= error."""
    found = {}
    with working_precision(BITS):
        for name in ENTRIES.keys() & bounds.keys():
            largest = arb(greatest_entry(matrix)) + entries
            found[name] = bool(largest <= bounds[name])
        for name in LEAST.keys() & bounds.keys():
            found[name] = confirmed_least(matrix, error, arb(bounds[name]))
        proved = np.inf  # the least bound of kappa so far; larger ones follow
        for name in sorted(CONDITION.keys() & bounds.keys(), key=bounds.__getitem__):
            value = bounds[name]
            found[name] = value >= proved or confirmed_condition(matrix, error, arb(value))
            proved = min(proved, value) if found[name] else proved
    return [Bound(name, value, found[name]) for name, value in bounds.items()]


def greatest_entry(matrix: Floats) -> float:
    """The largest absolute value off the diagonal."""
    greatest = 0.0
    for k in range(0, len(matrix), ROWS):
        block = np.abs(matrix[k : k + ROWS])
        block[np.arange(len(block)), np.arange(k, k + len(block))] = 0.0
        greatest = max(greatest, float(np.max(block)))
    return greatest
