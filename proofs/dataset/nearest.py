"""The pair of points of the largest |correlation|, and delta of Assumption 1, exactly."""

from __future__ import annotations

from array import array as numbers

import numpy as np
from flint import arb, fmpq
from numpy.typing import NDArray

from certificates.checker import Rejected
from certificates.correlations import Correlations, proportional
from certificates.npy import Array, integers
from proofs.dataset.correlations import Floats
from proofs.dataset.eigenvalues import Ends, above, below
from proofs.dataset.reading import BadData
from symbolic.enclosure import working_precision

MOST_PAIRS = 20_000
MOST_WORK = 10**8
BITS = 128


class Nearest:
    """The pairs whose t is, within `slack`, the least that was seen.

    At most MOST_PAIRS are kept, the first ones; of the others the least t is.
    """

    def __init__(self, slack: float) -> None:
        self.slack = slack
        self.least = self.least_left_out = np.inf
        self._values = np.empty(0)
        self._pairs = np.empty((0, 2), dtype=np.int64)

    def add(self, t: Floats, row: int, column: int) -> None:
        """Take up a block that begins at a row and a column, infinite where no pair is."""
        least = float(np.min(t))
        if least <= min(self.least + self.slack, np.finfo(np.float64).max):
            self.least = min(self.least, least)
            places = np.argwhere(t <= self.least + self.slack)
            self._keep(t[tuple(places.T)], places + np.array([row, column]))

    def join(self, other: Nearest) -> None:
        """Take up the pairs of later rows."""
        self.least = min(self.least, other.least)
        self.least_left_out = min(self.least_left_out, other.least_left_out)
        self._keep(other._values, other._pairs)

    def _keep(self, values: Floats, pairs: NDArray[np.int64]) -> None:
        """Keep those that may be the nearest, as many as there is room for."""
        values, pairs = np.append(self._values, values), np.append(self._pairs, pairs, axis=0)
        near = values <= self.least + self.slack
        values, pairs = values[near], pairs[near]
        left_out = float(np.min(values[MOST_PAIRS:], initial=np.inf))
        self.least_left_out = min(self.least_left_out, left_out)
        self._values, self._pairs = values[:MOST_PAIRS], pairs[:MOST_PAIRS]

    def pairs(self) -> list[tuple[int, int]]:
        """The pairs kept, in order."""
        return [(int(i), int(j)) for i, j in self._pairs]

    @property
    def complete(self) -> bool:
        """Whether no pair was left out that may be the nearest."""
        return self.least_left_out > self.least + self.slack

    def delta(self, array: Floats, gram: bool) -> tuple[Ends, tuple[int, int], bool]:
        """(1 - |rho|, the pair that attains it, whether it shows the Gram matrix to be singular).

        The first of several such pairs.  Where the candidates are too many to be compared, the
        first of them stands for all: each is within 2 slack of the least t.
        """
        pairs = self.pairs()
        few = pairs[: max(1, min(MOST_PAIRS, MOST_WORK // array.shape[1]))]
        rows = sorted({k for pair in few for k in pair})
        place = {k: i for i, k in enumerate(rows)}
        chosen = np.ascontiguousarray(array[np.ix_(rows, rows)] if gram else array[rows])
        bits = numbers("Q", chosen.tobytes())
        exact = Correlations(Array(len(rows), chosen.shape[1], bits), gram, 64)
        try:
            squares = [exact.square(place[i], place[j]) for i, j in few]
        except Rejected:
            raise BadData(
                "the Gram matrix is none: an entry exceeds its row's and column's"
            ) from None
        best = max(squares)
        with working_precision(BITS):
            square = fmpq(best.numerator, best.denominator)
            delta = arb(1 - square) / (1 + arb(square).sqrt())
            low = below(delta)
            if len(few) < len(pairs) or not self.complete:
                low = min(low, below((arb(self.least) - arb(self.slack)).max(arb(0)) ** 2 / 2))
            found = Ends(max(low, 0.0), min(above(delta), 1.0))
        if best == 1:
            found = Ends(0.0, 0.0)
        pair = few[squares.index(best)]
        return found, pair, best == 1 and (not gram or _agree(array, *pair))


def _agree(gram: Floats, i: int, j: int) -> bool:
    """Whether two rows of a Gram matrix are those of parallel points."""
    n = len(gram)
    two = Array(2, n, numbers("Q", np.ascontiguousarray(gram[[i, j]]).tobytes()))
    entries = integers([*two.numbers(0), *two.numbers(1)])
    return proportional(entries[:n], entries[n:], entries[i], entries[n + j])
