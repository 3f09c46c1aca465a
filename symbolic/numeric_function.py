"""A function on [-1, 1] for arrays of float64, with a proved bound of its error."""

from __future__ import annotations

import os
import sys
from abc import ABC, abstractmethod
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from flint import arb
from numpy.typing import ArrayLike, NDArray

from .enclosure import working_precision
from .table import TABLE_BITS

Floats = NDArray[np.float64]

BLOCK = 1 << 15
"""How many points are evaluated at once, so that they stay in the processor's cache."""

LEAST_SHARE = 1 << 17
"""How many points are worth a thread: NumPy lets others run while it works on an array."""


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


@dataclass(frozen=True)
class NumericFunction(ABC):
    """A function on [-1, 1]: calling it on an array gives float64 values, vectorised.

    |self(rho) - f(rho)| <= error for every float64 rho in [-1, 1], ends and subnormals included,
    where f is the exact function at the exact value of rho; `ends` are the values at -1 and 1.
    Only + - * sqrt, comparisons and exact operations are used.
    """

    ends: tuple[float, float]
    error: float

    def __call__(self, rho: ArrayLike) -> Floats:
        """Return the values at points of [-1, 1]; many are shared out to threads.

        Each value depends on its point alone, not on the number of threads.  Raises ValueError if
        a point is outside or not a number.
        """
        points = np.asarray(rho)
        if points.dtype.kind not in "fiu" or points.dtype.itemsize > 8:
            raise ValueError(f"correlations are float64 numbers, not {points.dtype}")
        flat = np.ascontiguousarray(points, dtype=np.float64).ravel()
        result = np.empty_like(flat)
        workers = min(processors(), flat.size // LEAST_SHARE)
        if workers < 2:
            self._fill(flat, result)
        else:
            share = -(-flat.size // workers)
            parts = [slice(start, start + share) for start in range(0, flat.size, share)]
            with ThreadPoolExecutor(workers) as pool:
                list(pool.map(lambda part: self._fill(flat[part], result[part]), parts))
        return result.reshape(points.shape)

    def _fill(self, points: Floats, result: Floats) -> None:
        """Write the values at the points, block by block."""
        work = np.empty((2, min(BLOCK, points.size)))
        for start in range(0, points.size, BLOCK):
            some, value = points[start : start + BLOCK], result[start : start + BLOCK]
            size = np.abs(some, out=work[0, : some.size])
            largest = size.max()
            if not largest <= 1:
                raise ValueError("a correlation lies in [-1, 1]")
            self._evaluate(some, size, work[1, : some.size], value)
            if largest == 1:
                value[some == 1] = self.ends[1]
                value[some == -1] = self.ends[0]

    @abstractmethod
    def _evaluate(self, rho: Floats, size: Floats, work: Floats, value: Floats) -> None:
        """Write the values at some points into `value`; those at the ends may be anything.

        `size` is |rho|; it and `work` may be written over.
        """


def rounded_ends(ends: tuple[arb, arb]) -> tuple[tuple[float, float], arb]:
    """Return float64 values of f(-1) and f(1), and a bound of their errors."""
    with working_precision(TABLE_BITS):
        low, high = (float(end.mid()) for end in ends)
        return (low, high), abs(ends[0] - low).max(abs(ends[1] - high))
