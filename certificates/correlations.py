"""Correlations of the rows of an array, or of a Gram matrix, from exact integers."""

from collections.abc import Iterator
from fractions import Fraction
from math import isqrt
from operator import mul

from certificates.checker import Rejected
from certificates.npy import Array, integers

COMPLETE = 200  # points up to which every number is re-checked
MOST_PRODUCTS = 2 * 10**8  # in the inner products of all pairs
MOST_WORK = 4 * 10**9  # words in these products


def complete(points: int, dimension: int, gram: bool) -> bool:
    """Whether there are few enough entries to re-check everything."""
    products = points * (points + 1) // 2 * dimension
    return points <= COMPLETE and (gram or products <= MOST_PRODUCTS)


def proportional(one: list[int], other: list[int], norm: int, other_norm: int) -> bool:
    """Whether two rows of a Gram matrix, divided by the roots of the norms, agree up to a sign.

    Then that matrix is singular, whether or not it is positive semidefinite.
    """
    sizes = all(x * x * other_norm == y * y * norm for x, y in zip(one, other, strict=True))
    signs = {(x > 0) == (y > 0) for x, y in zip(one, other, strict=True) if x}
    return sizes and len(signs) <= 1


class Correlations:
    """rho_ij = P_ij/sqrt(N_i N_j): inner products of the rows, or entries of a Gram matrix."""

    def __init__(self, array: Array, gram: bool, precision: int) -> None:
        self.points, self.dimension, self.gram = array.points, array.dimension, gram
        self.precision = precision
        self._array = array
        self._rows: dict[int, list[int]] = {}
        self._squares: dict[int, int] = {}
        self._products: dict[tuple[int, int], int] = {}
        self._work = MOST_WORK
        if gram:
            self._read_gram()

    def _read_gram(self) -> None:
        n = self.points
        if n != self.dimension:
            raise Rejected("a Gram matrix has as many rows as columns")
        flat = [number for i in range(n) for number in self._array.numbers(i)]
        entries = integers(flat)
        for i in range(n):
            self._rows[i] = entries[i * n : (i + 1) * n]
            self._squares[i] = self._rows[i][i]
        if any(self._rows[i][j] != self._rows[j][i] for i in range(n) for j in range(i)):
            raise Rejected("the Gram matrix is not symmetric")
        if min(self._squares.values()) <= 0:
            raise Rejected("the Gram matrix has a diagonal entry that is not positive")

    def pairs(self) -> Iterator[tuple[int, int]]:
        """All i < j."""
        return ((i, j) for i in range(self.points) for j in range(i + 1, self.points))

    def row(self, i: int) -> list[int]:
        """Row i up to a positive factor, in integers."""
        if i not in self._rows:
            self._rows[i] = integers(self._array.numbers(i))
            longest = max(v.bit_length() for v in self._rows[i])
            self._work -= self.dimension * (1 + longest // 64) * min(self.points, COMPLETE)
            if self._work < 0:
                raise Rejected("the array takes too much work to check")
        return self._rows[i]

    def norm(self, i: int) -> int:
        """N_i, which must be positive."""
        if i not in self._squares:
            row = self.row(i)
            self._squares[i] = sum(map(mul, row, row))
            if not self._squares[i]:
                raise Rejected(f"row {i} is zero, it has no direction")
        return self._squares[i]

    def product(self, i: int, j: int) -> int:
        """P_ij."""
        if self.gram:
            return self._rows[i][j]
        if (i, j) not in self._products:
            self._products[i, j] = sum(map(mul, self.row(i), self.row(j)))
        return self._products[i, j]

    def square(self, i: int, j: int) -> Fraction:
        """rho_ij^2, exactly.  Raises Rejected where it exceeds 1."""
        found = Fraction(self.product(i, j) ** 2, self.norm(i) * self.norm(j))
        if found > 1:
            raise Rejected(f"the entry ({i}, {j}) exceeds what a Gram matrix can hold")
        return found

    def parallel(self, i: int, j: int) -> bool:
        """Whether |rho_ij| = 1; of a Gram matrix, also that it is singular, not just this minor."""
        norms = self.norm(i), self.norm(j)
        agree = not self.gram or proportional(self._rows[i], self._rows[j], *norms)
        return agree and self.square(i, j) == 1

    def correlation(self, i: int, j: int) -> tuple[int, int]:
        """(m, e) with |rho_ij - m 2^-p| <= e 2^-p and |m| <= 2^p.

        floor(sqrt(floor(x))) = floor(sqrt(x)), so |rho| lies in [m, m + 1] units, and is m where it
        is 0 or 1.
        """
        product, norms = self.product(i, j), self.norm(i) * self.norm(j)
        square = product * product
        if square > norms:
            raise Rejected(f"the entry ({i}, {j}) exceeds what a Gram matrix can hold")
        size = isqrt((square << 2 * self.precision) // norms)
        return (-size if product < 0 else size), int(0 < square < norms)

    def matrix(self) -> tuple[list[list[int]], int]:
        """[rho_ij] in units of 2^-p, each entry off by one unit at most."""
        n = self.points
        rows = [[0] * n for _ in range(n)]
        for i in range(n):
            rows[i][i] = 1 << self.precision
        for i, j in self.pairs():
            rows[i][j] = rows[j][i] = self.correlation(i, j)[0]
        return rows, 1
