"""The pair of points of the largest |correlation|, and delta of Assumption 1, exactly."""

from __future__ import annotations

from array import array as numbers

import numpy as np
from flint import arb, fmpq

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
    """The pairs whose t is, within `slack`, the least that was seen."""

    def __init__(self, slack: float) -> None:
        self.slack = slack
        self.least = np.inf
        self._values: list[Floats] = []
        self._pairs: list[Floats] = []

    def add(self, t: Floats, row: int, column: int) -> None:
        """Take up a block of values that begins at a row and a column."""
        self.least = min(self.least, float(np.min(t)))
        places = np.argwhere(t <= self.least + self.slack)
        if len(places):
            self._values.append(t[tuple(places.T)])
            self._pairs.append(places + [row, column])

    def pairs(self) -> list[tuple[int, int]]:
        """The pairs that may be the nearest, in order."""
        values, pairs = np.concatenate(self._values), np.concatenate(self._pairs)
        kept = pairs[values <= self.least + self.slack]
        return sorted((int(i), int(j)) for i, j in kept)

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
            if len(few) < len(pairs):
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
