"""Re-checks the certificate of a data set against its array: deltas, eigenvalues, kappa, bounds.

FORMAT.md, section 12, is the specification, with the proof that what is printed is true.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from certificates.checker import DEFECTS, Checker, Rejected, keys, plain
from certificates.correlations import Correlations, complete
from certificates.dataset_bounds import check_bounds
from certificates.dataset_dual import checked_dual
from certificates.decimals import ends, whole
from certificates.definite import least_eigenvalue
from certificates.dyadic import Arithmetic, Indeterminate, Interval, Undefined
from certificates.npy import Array, read_npy
from certificates.paper_bounds import Bounds
from certificates.terms import Malformed

KINDS = ("top", "ntk")
DEEPEST = 200
MOST_KERNELS = 400
MOST_POINTS = 20_000
SAMPLE = 64  # pairs of rows that stand in for all of them
GRID = 23  # rho = 1 - k^2/512 and its negative for k < GRID
MOST_WORK = 2 * 10**9  # pairs times layers times operations times words, each about 100 ns
Matrix = tuple[list[list[int]], int]
"""A matrix in units of 2^-p, and by how much its entries are off."""


@dataclass(frozen=True)
class Checked:
    """What of a data set's certificate was accepted, in words, and what was not re-checked."""

    document: Mapping[str, Any]
    proved: bool  # whether a certificate shows that the closed form is the activation's dual
    complete: bool


def check_dataset(
    document: dict[str, Any], arrays: Mapping[str, Array], checker: Checker
) -> Checked:
    """Re-check a certificate against the array that it names.  Raises Rejected or Malformed."""
    try:
        plain(document)
        return _Check(document, arrays).run(checker)
    except (Undefined, Indeterminate) as error:
        raise Rejected(f"the precision does not decide it: {error}") from None
    except DEFECTS as error:
        raise Malformed(f"malformed: {type(error).__name__}: {str(error)[:80]}") from None


class _Check:
    def __init__(self, document: dict[str, Any], arrays: Mapping[str, Array]) -> None:
        keys(document, "format dataset input points dimension activation precision assumption_1 "
             "assumption_2 kernels bounds guaranteed rests_on", "sample")  # fmt: skip
        self.document = document
        name = document["dataset"]
        if name not in arrays:
            raise Rejected("give its array with --data: none with the SHA-256 "
                           f"{str(name)[:64]} is at hand")  # fmt: skip
        array = arrays[name]
        if array.sha256 != name:
            raise Rejected("the array has another hash")
        self.n = whole(document["points"], 1, MOST_POINTS)
        if (self.n, document["dimension"]) != (array.points, array.dimension):
            raise Rejected(f"the array has {array.points} rows of {array.dimension} entries")
        self.arithmetic = Arithmetic(whole(document["precision"], 64, 2048))
        gram = {"rows": False, "gram": True}[document["input"]]
        self.data = Correlations(array, gram, self.arithmetic.precision)
        self.complete = complete(self.n, array.dimension, gram)
        if self.complete == ("sample" in document):
            raise Malformed("a sample stands in for the whole where that is too large, just there")

    def run(self, checker: Checker) -> Checked:
        document = self.document
        dual = checked_dual(document["activation"], document["rests_on"], self.arithmetic, checker)
        self.recursion = dual.recursion
        self._separation()
        self._eigenvalues(self._kernels(dual.nodes))
        if not self.complete:
            self._sample(document["sample"])
        deltas = self.delta_1[0], self.delta_2[0]
        paper = Bounds(self.arithmetic, self.n, self.recursion.mu(), *deltas)
        check_bounds(document, paper, self.recursion)
        return Checked(document, dual.proved, self.complete)

    # The points -----------------------------------------------------------------------------------

    def _separation(self) -> None:
        """delta of Assumption 1 with its pair; of Assumption 2, or why it is 0."""
        one, two = self.document["assumption_1"], self.document["assumption_2"]
        keys(one, "delta pair")
        keys(two, "delta singular")
        self.delta_1, self.delta_2 = ends(one["delta"]), ends(two["delta"])
        if self.n == 1:
            if one["pair"] != [] or min(self.delta_1) != 1 or max(self.delta_1) != 1:
                raise Rejected("a single point has delta = 1 and no pair")
        else:
            i, j = one["pair"]
            pair = whole(i, 0, self.n - 1), whole(j, 0, self.n - 1)
            if pair[0] >= pair[1]:
                raise Malformed("a pair names two rows in order")
            self._pair(pair)
        self._gram(two["singular"])

    def _pair(self, pair: tuple[int, int]) -> None:
        """1 - |rho| <= high at the pair, and it is the least of all: exact comparisons.

        1 - |rho| >= x for x <= 1 just if rho^2 <= (1 - x)^2.
        """
        low, high = self.delta_1
        square = self.data.square(*pair)
        if not 0 <= low <= 1 or square > (1 - low) ** 2 or (high < 1 and square < (1 - high) ** 2):
            raise Rejected("delta of Assumption 1 is not that of its pair")
        if self.complete:
            for i, j in self.data.pairs():
                if self.data.square(i, j) > square:
                    raise Rejected(f"the rows {i} and {j} are closer than the pair")

    def _gram(self, singular: Any) -> None:
        low, high = self.delta_2
        if self.n == 1:
            if singular != "" or low != 1 or high != 1:
                raise Rejected("a single point has the Gram matrix 1")
        elif singular:
            reasons = {"dimension": self.n > self.data.dimension and not self.data.gram,
                       "parallel": self.n > 1 and
                       self.data.parallel(*self.document["assumption_1"]["pair"])}  # fmt: skip
            if not reasons[singular] or low != 0 or high != 0:
                raise Rejected("the Gram matrix is not shown to be singular")
        elif self.complete:
            matrix, radius = self.data.matrix()
            self._least(matrix, radius, low, high, "delta of Assumption 2")

    # The kernels ----------------------------------------------------------------------------------

    def _kernels(self, nodes: int) -> dict[tuple[str, int], Matrix]:
        """The matrices of the kernels that the certificate names, with the errors of entries."""
        wanted = set()
        for kernel in self.document["kernels"]:
            keys(kernel, "kind depth least greatest kappa")
            wanted.add((kernel["kind"], whole(kernel["depth"], 1, DEEPEST)))
        if not wanted or len(wanted) > MOST_KERNELS or len(wanted) < len(self.document["kernels"]):
            raise Malformed("the kernels are none, too many, or named twice")
        if any(kind not in KINDS for kind, _ in wanted):
            raise Malformed(f"kernels are {', '.join(KINDS)}")
        self.depth = max(depth for _, depth in wanted)
        pairs = self.n**2 // 2 if self.complete else 2 * GRID + SAMPLE
        if pairs * self.depth * nodes * (1 + self.arithmetic.precision // 64) > MOST_WORK:
            raise Rejected("it takes too much work to check")
        self.tangent = any(kind == "ntk" for kind, _ in wanted)
        one = self.recursion.one
        self.diagonal = list(self.recursion.kernels(one, 0, self.depth, self.tangent))
        if not self.complete:
            return {}
        radii = dict.fromkeys(wanted, 0)
        matrices = {key: [[0] * self.n for _ in range(self.n)] for key in wanted}

        def enter(i: int, j: int, values: list[tuple[Interval, ...]]) -> None:
            for kind, depth in wanted:
                value = values[depth - 1][KINDS.index(kind)]
                middle = (value.lo + value.hi) >> 1
                matrices[kind, depth][i][j] = matrices[kind, depth][j][i] = middle
                radii[kind, depth] = max(radii[kind, depth], value.hi - middle)

        for i, j in self.data.pairs():
            m, e = self.data.correlation(i, j)
            enter(i, j, list(self.recursion.kernels(m, e, self.depth, self.tangent)))
        for i in range(self.n):
            enter(i, i, self.diagonal)
        return {key: (matrices[key], radii[key]) for key in wanted}

    def _eigenvalues(self, found: Mapping[tuple[str, int], Matrix]) -> None:
        for kernel in self.document["kernels"]:
            least, greatest = ends(kernel["least"]), ends(kernel["greatest"])
            if kernel["kappa"]:
                low, high = ends(kernel["kappa"])
                follows = least[0] > 0 and high * least[0] >= greatest[1]
                if not follows or (low > 1 and low * least[1] > greatest[0]):
                    raise Rejected("kappa does not follow from the eigenvalues")
            where = f"the {kernel['kind']} kernel at depth {kernel['depth']}"
            if self.complete:
                matrix, radius = found[kernel["kind"], kernel["depth"]]
                self._least(matrix, radius, *least, f"lambda_min of {where}")
                negated = [[-v for v in row] for row in matrix]
                self._least(
                    negated, radius, -greatest[1], -greatest[0], f"lambda_max of {where}", True
                )

    def _least(
        self, matrix: list[list[int]], radius: int, low: Fraction, high: Fraction, name: str,
        any_sign: bool = False,
    ) -> None:  # fmt: skip
        """low <= lambda_min <= high; 0 <= lambda_min is known of kernels of vectors."""
        known = low <= 0 and not self.data.gram and not any_sign
        bottom = (
            None if known else -((-low.numerator << self.arithmetic.precision) // low.denominator)
        )
        top = (high.numerator << self.arithmetic.precision) // high.denominator
        failure = least_eigenvalue(matrix, radius, bottom, top)
        if failure:
            raise Rejected(f"{name}: {failure}")

    # A sample in place of the whole ---------------------------------------------------------------

    def _sample(self, sample: Any) -> None:
        """Values of each kernel at the correlations of a grid and at pairs drawn by the hash."""
        keys(sample, "univariate entries")
        one = self.recursion.one
        grid = [sign * (512 - k * k) for sign in (1, -1) for k in range(GRID)]
        at = [(rho * one // 512, 0) for rho in grid]
        self._values(sample["univariate"], at)
        pairs = drawn(self.document["dataset"], self.n)
        self._values(sample["entries"], [self.data.correlation(i, j) for i, j in pairs])

    def _values(self, rows: Any, correlations: list[tuple[int, int]]) -> None:
        """A list for each correlation: the enclosures of the kernels there, in their order."""
        if len(rows) != len(correlations):
            raise Malformed(f"{len(correlations)} rows of values are needed")
        a, kernels = self.arithmetic, self.document["kernels"]
        for (m, e), row in zip(correlations, rows, strict=True):
            values = list(self.recursion.kernels(m, e, self.depth, self.tangent))
            for kernel, pair in zip(kernels, row, strict=True):
                value = values[kernel["depth"] - 1][KINDS.index(kernel["kind"])]
                low, high = ends(pair)
                if not (low <= a.lower(value) and a.upper(value) <= high):
                    raise Rejected(f"the {kernel['kind']} kernel at depth {kernel['depth']} has "
                                   "another value at a correlation of the sample")  # fmt: skip


def drawn(sha256: str, points: int) -> list[tuple[int, int]]:
    """SAMPLE pairs of rows i <= j, drawn by the hash of the array."""
    found = []
    for k in range(SAMPLE):
        seed = hashlib.sha256(f"{sha256} {k}".encode()).digest()
        i, j = (int.from_bytes(seed[s : s + 8], "little") % points for s in (0, 8))
        found.append((min(i, j), max(i, j)))
    return found


def read_arrays(paths: list[Path]) -> dict[str, Array]:
    """The arrays in .npy files, by hash.  Raises Malformed, with a sentence, or OSError."""
    return {array.sha256: array for array in map(read_npy, paths)}


def paths_and_arrays(arguments: list[str]) -> tuple[list[Path], dict[str, Array]]:
    """Certificates and arrays of a command line, where --data stands before each array."""
    paths: list[Path] = []
    data: list[Path] = []
    rest = iter(arguments)
    for argument in rest:
        if argument != "--data":
            paths.append(Path(argument))
        elif (following := next(rest, None)) is not None:
            data.append(Path(following))
        else:
            raise Malformed("--data names a .npy file")
    return paths, read_arrays(data)
