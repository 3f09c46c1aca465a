"""All pairs of points, strip by strip: symmetric matrices of functions of their correlations.

A strip is some rows of the upper triangle; its inner products are one product of matrices, so that
they are the same wherever it is computed, the processor, its library and the number of the
library's threads being the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from proofs.dataset.correlations import Floats, Points, distances
from proofs.dataset.kernel_matrix import Counts, DepthKernel, evaluated
from proofs.dataset.nearest import Nearest
from proofs.workers import HERE, Here, Workers

ROWS = 128
"""The rows of a strip."""

ENTRIES = 1 << 16
"""How many entries are worked on at once, so few that they stay in the processor's cache."""

LEAST_ROWS = 8
"""In so many rows at least."""

MIRRORED = 16
"""How many rows are copied into columns at once."""

Function = Callable[[Floats, Floats], tuple[list[Floats], Counts]]
"""Several functions of the correlations sign (1 - t^2/2), given as t and sign, and the counts of
their pieces."""

NO_PAIR = 1.499
"""A t that no pair has, below RIGHT, where there is none: in the flattest piece."""


@dataclass(frozen=True)
class Task:
    """What is computed of each pair: `count` functions."""

    points: Points
    function: Function
    count: int


@dataclass
class Seen:
    """The nearest pairs, and how many pairs lie in each piece."""

    nearest: Nearest
    counts: Counts

    def join(self, other: Seen) -> None:
        """Take up what was seen in later rows."""
        self.nearest.join(other.nearest)
        self.counts = self.counts + other.counts


@dataclass(frozen=True)
class Strip:
    """The values of the functions for some rows and all later columns, and what was seen there."""

    values: list[Floats]
    seen: Seen


def strips(n: int) -> list[slice]:
    """The rows of each strip of n points."""
    return [slice(i, min(i + ROWS, n)) for i in range(0, n, ROWS)]


def strip(task: Task, rows: slice) -> Strip:
    """Compute a strip; its values below the diagonal are left as they are."""
    n = len(task.points.units)
    values = [np.zeros((rows.stop - rows.start, n - rows.start)) for _ in range(task.count)]
    return Strip(values, fill(task, rows, values))


def fill(task: Task, rows: slice, values: Sequence[Floats]) -> Seen:
    """Write the values of a strip's pairs into arrays, a few rows at a time."""
    points = task.points
    n, first = len(points.units), rows.start
    nearest = Nearest(2 * max(points.near_error, points.far_error))
    products = None if points.given else points.units[rows] @ points.units[first:].T
    entries = min(ENTRIES, n * n // 16)  # to take little memory beside the matrices
    counts: Counts = np.zeros((), dtype=np.int64)
    i = first
    while i < rows.stop:
        height = min(max(entries // (n - i), LEAST_ROWS), rows.stop - i)
        inside = slice(i - first, i - first + height), slice(i - first, None)
        product = None if products is None else products[inside].copy()
        t, sign = distances(points, slice(i, i + height), slice(i, n), product)
        lower = below_diagonal(height, 0)
        t[lower], sign[lower] = NO_PAIR, 1.0
        found, own = task.function(t, sign)
        counts = counts + own
        for value, block in zip(values, found, strict=True):
            value[inside] = block
        t[lower] = np.inf
        nearest.add(t, i, i)
        i += height
    return Seen(nearest, counts)


def symmetric(
    task: Task, diagonals: Sequence[float], workers: Workers = HERE
) -> tuple[list[Floats], Seen]:
    """The matrices, exactly symmetric, with these diagonals, and what was seen, in one pass."""
    n = len(task.points.units)
    keep_freed_memory(n * n)
    results = [np.empty((n, n)) for _ in diagonals]
    found: dict[int, Seen] = {}
    if isinstance(workers, Here):  # straight into place
        for number, rows in enumerate(strips(n)):
            found[number] = fill(task, rows, [r[rows, rows.start :] for r in results])
            mirror(results, rows)
    else:
        for number, done in workers.each(strip, task, strips(n)):
            rows = strips(n)[number]
            for result, values in zip(results, done.values, strict=True):
                result[rows, rows.start :] = values
            mirror(results, rows)
            found[number] = done.seen
    for result, diagonal in zip(results, diagonals, strict=True):
        np.fill_diagonal(result, diagonal)
    seen = found[0]
    for number in range(1, len(found)):
        seen.join(found[number])
    return results, seen


@lru_cache(maxsize=64)
def below_diagonal(size: int, offset: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The places (i, j) with j <= i + offset: blocks have one of few sizes."""
    return np.tril_indices(size, offset)


def mirror(results: Sequence[Floats], rows: slice) -> None:
    """Copy what stands right of the diagonal in some rows to below it."""
    for i in range(rows.start, rows.stop, MIRRORED):
        end = min(i + MIRRORED, rows.stop)
        lower = below_diagonal(end - i, -1)
        for result in results:
            square = result[i:end, i:end]
            square[lower] = square.T[lower]
            result[end:, i:end] = result[i:end, end:].T


def keep_freed_memory(entries: int) -> None:
    """Make the allocator of glibc keep the blocks that are freed, so that the next are at hand.

    It gives smaller blocks back to the system, page by page, until one of this size was freed:
    no more than a matrix has, so that it is not what takes most.
    """
    np.empty(min(entries, 1 << 21))


def kernel_matrices(
    kernels: Sequence[DepthKernel], points: Points, workers: Workers = HERE
) -> tuple[list[Floats], Seen]:
    """The matrices of kernels of one depth, their diagonals rounded, and what was seen."""
    task = Task(points, partial(evaluated, kernels), len(kernels))
    return symmetric(task, [float(kernel.diagonal.mid()) for kernel in kernels], workers)


def kernel_matrix(kernel: DepthKernel, points: Points) -> Floats:
    """The matrix of one kernel."""
    (matrix,), _ = kernel_matrices([kernel], points)
    return matrix


def gram_matrix(points: Points, workers: Workers = HERE) -> Floats:
    """The correlations, within the bounds of the t; 1 on the diagonal."""
    (matrix,), _ = symmetric(Task(points, correlations, 1), [1.0], workers)
    return matrix


def correlations(t: Floats, sign: Floats) -> tuple[list[Floats], Counts]:
    """sign (1 - t^2/2), in one piece."""
    return [sign * (1.0 - 0.5 * t * t)], np.array(t.size)
