"""Certify a data set: its delta, the kernels' extreme eigenvalues, and the paper's bounds there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from flint import arb, fmpq

from certificates.checker import Statement
from certificates.correlations import complete
from proofs.bounds import L0, L1, L2, B, B_half_wider, L0_wider
from proofs.dataset.activation import Dual, dual_of
from proofs.dataset.correlations import Floats, Points, given_products, unit_vectors
from proofs.dataset.eigenvalues import Ends, Spectrum, above, below, extreme_eigenvalues
from proofs.dataset.kernel_matrix import TANGENT, TOP, DepthKernel, depth_kernels
from proofs.dataset.nearest import Nearest
from proofs.dataset.pairs import gram_matrix, kernel_matrices
from proofs.dataset.reading import BadData, checked, fingerprint
from proofs.engines.enclosure import Balls, Value
from proofs.language import ALWAYS, given
from proofs.workers import HERE, Workers
from symbolic import Activation, named_activation
from symbolic.enclosure import working_precision
from symbolic.series import SeriesActivation

BITS = 192
DEEPEST = 200
WIDE = 1e-6
"""Beyond this part of the diagonal the error of a kernel matrix is remarked upon."""

MOST_SWEPT = 2000
"""Up to so many points a depth of a sweep is left to one worker, beyond its pairs are shared."""

KERNELS = {"top": (TOP,), "ntk": (TANGENT,), "both": (TOP, TANGENT)}


@dataclass(frozen=True)
class Kernel:
    """The spectrum of one kernel at one depth, and its condition number."""

    kind: str
    depth: int
    spectrum: Spectrum
    kappa: Ends | None  # None where positive definiteness is not certified
    remark: str = ""  # why the enclosures are wide, if they are


@dataclass(frozen=True)
class Separation:
    """delta of Assumption 1 with the pair that attains it, delta of Assumption 2."""

    delta_1: Ends
    pair: tuple[int, int] | None
    delta_2: Ends
    singular: str  # why the Gram matrix is singular: "dimension", "parallel", or ""


@dataclass(frozen=True)
class Certified:
    """What is certified of a data set."""

    points: int
    dimension: int
    gram: bool  # whether the Gram matrix was given, not the points
    sha256: str
    activation: str
    mu: Ends
    separation: Separation
    kernels: tuple[Kernel, ...]
    bounds: tuple[Bounds, ...]
    guaranteed: dict[str, int] = field(default_factory=dict)  # depth from which kappa <= 2

    @property
    def complete(self) -> bool:
        """Whether the checker re-checks every number, not a sample."""
        return complete(self.points, self.dimension, self.gram)

    def document(self) -> dict[str, Any]:
        """The result as plain data, ends as float64 in decimal."""
        return {name: plain(getattr(self, name)) for name in self.__dataclass_fields__}


@dataclass(frozen=True)
class Bounds:
    """The paper's bounds at the certified delta, n and L; None where they say nothing."""

    depth: int
    theorem_2_entries: float | None = None
    theorem_2_least: float | None = None
    corollary_3_part_1: float | None = None
    corollary_3_part_2: float | None = None
    theorem_8_entries: float | None = None
    theorem_8_least: float | None = None
    corollary_9_part_1: float | None = None
    corollary_9_part_2: float | None = None

    def named(self) -> Iterator[tuple[str, float]]:
        """The bounds that say something."""
        for name in list(self.__dataclass_fields__)[1:]:
            value = getattr(self, name)
            if value is not None:
                yield name, value


def plain(value: Any) -> Any:
    """Dataclasses as dictionaries."""
    if hasattr(value, "__dataclass_fields__"):
        return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    return [plain(v) for v in value] if isinstance(value, (tuple, list)) else value


def certify_dataset(
    rows: Any,
    activation: str | Activation | SeriesActivation = "relu",
    depth: int | Sequence[int] = 20,
    kernel: str = TOP,
    gram: bool = False,
    workers: Workers = HERE,
) -> Certified:
    """Enclosures for the rows of an array, normalised to the unit sphere.

    With `gram` the array is the matrix of the points' inner products instead.  `activation` is a
    name of the catalogue or an activation; `depth` one depth >= 1 or several; `kernel` is "top",
    "ntk" or "both"; `workers` do several depths at once, or share the pairs of many points.  Raises
    BadData (a ValueError) for an array that cannot be used, ValueError for
    an activation whose kernels cannot be had and for other arguments.
    """
    depths = [depth] if isinstance(depth, int) else list(depth)
    if kernel not in KERNELS or not depths or not all(1 <= d <= DEEPEST for d in depths):
        raise ValueError(f"kernels are {', '.join(KERNELS)}, depths lie in 1 to {DEEPEST}")
    array = checked(rows, "the Gram matrix" if gram else "the data set")
    dual = dual_of(activation_of(activation))
    points = points_of(array, gram)
    n = len(array)
    own = activation if isinstance(activation, str) else replace(activation)
    sweep = Sweep(points, own, kernel, max(depths))
    if len(depths) > 1 and n <= MOST_SWEPT:
        done = dict(workers.each(at_depth, sweep, depths))
        found = [done[number] for number in range(len(depths))]
    else:
        found = [at_depth(sweep, depth, workers) for depth in depths]
    separation = separate(array, points, found[0][1], workers)
    with working_precision(BITS):
        mu = Ends(max(below(dual.mu), 0.0), min(above(dual.mu), 1.0))
    deltas = [Fraction(max(e.low, 0.0)) for e in (separation.delta_1, separation.delta_2)]
    paper = Paper(n, dual, *deltas)
    bounds = tuple(paper.at(depth, kernel != "top") for depth in depths)
    return Certified(
        n, array.shape[1], gram, fingerprint(array), dual.name, mu, separation,
        tuple(kernel for kernels, _ in found for kernel in kernels),
        bounds, dict(paper.guaranteed()),
    )  # fmt: skip


def points_of(array: Floats, gram: bool) -> Points:
    """The points' directions, from the points or from their Gram matrix."""
    return given_products(array) if gram else unit_vectors(array)


@dataclass(frozen=True)
class Sweep:
    """What the depths of a sweep share: all of it can be sent to a worker."""

    points: Points
    activation: str | Activation | SeriesActivation
    kernel: str
    deepest: int


def at_depth(sweep: Sweep, depth: int, workers: Workers = HERE) -> tuple[list[Kernel], Nearest]:
    """The spectra of the kernels at a depth, and the nearest pairs."""
    dual = dual_of(activation_of(sweep.activation))
    tables = depth_kernels(dual, depth, sweep.kernel != TOP, sweep.deepest)
    chosen = [tables[kind] for kind in KERNELS[sweep.kernel]]
    matrices, seen = kernel_matrices(chosen, sweep.points, workers)
    found = []
    for kernel in chosen:  # each matrix is let go of when it has served
        error = kernel.matrix_error(sweep.points, seen.counts)
        remark = remark_on(dual, kernel, kernel.entry_error(sweep.points, seen.counts), error)
        spectrum = extreme_eigenvalues(matrices.pop(0), error, not sweep.points.given)
        kappa = condition_number(spectrum)
        found.append(Kernel(kernel.kind, kernel.depth, spectrum, kappa, remark))
    return found, seen.nearest


def remark_on(dual: Dual, kernel: DepthKernel, entries: float, error: float) -> str:
    """Why a matrix is not known well: what a series leaves out, a steep kernel, or close rows."""
    if error <= WIDE * float(kernel.diagonal.mid()):
        return ""
    if dual.left_out > 0:
        return f"wide: the series of {dual.name} leaves out up to {above(dual.left_out):.1e}"
    steep = "infinite" if dual.slope is None else f"{float(dual.slope.mid()):.4g}"
    if kernel.error > entries / 2:
        return f"wide: this kernel is known up to {kernel.error:.1e} at that depth, D(1) is {steep}"
    return f"wide: for the closest rows the kernel is known up to {entries:.1e}, D(1) is {steep}"


def activation_of(
    given: str | Activation | SeriesActivation,
) -> Activation | SeriesActivation:
    """An activation by its name, or itself."""
    return named_activation(given) if isinstance(given, str) else given


def condition_number(found: Spectrum) -> Ends | None:
    """kappa = lambda_max/lambda_min, where lambda_min is certainly positive."""
    if not found.least.low > 0:
        return None
    with working_precision(BITS):
        low = arb(found.greatest.low) / arb(found.least.high)
        high = arb(found.greatest.high) / arb(found.least.low)
        return Ends(max(below(low), 1.0), above(high))


def separate(array: Floats, points: Points, nearest: Nearest, workers: Workers) -> Separation:
    """The deltas of Assumptions 1 and 2.

    1 - |rho| = t^2/2 for the least t over the pairs.  The float64 values of t are off by at most
    half of `slack`, so the pair that attains the least is among those within `slack` of the least
    value; these are compared exactly.  The Gram matrix is singular when there are more points than
    dimensions, or when that pair is parallel.
    """
    n, d = array.shape
    if n == 1:
        return Separation(Ends(1.0, 1.0), None, Ends(1.0, 1.0), "")
    delta_1, pair, parallel = nearest.delta(array, points.given)
    if n > d or parallel:
        reason = "dimension" if n > d else "parallel"
        return Separation(delta_1, pair, Ends(0.0, 0.0), reason)
    with working_precision(BITS):
        # t^2/2 and its difference from 1 round twice, t being at most sqrt(2)
        error = arb(points.product_error) + arb(2) ** -50
        error = error.max(2 * arb(max(points.near_error, points.far_error)))
        error *= n  # ||E||_2 is at most the greatest row sum
    gram = gram_matrix(points, workers)
    found = extreme_eigenvalues(gram, above(error), semidefinite=not points.given)
    if found.least.high < 0:
        raise BadData(
            f"the matrix is not a Gram matrix: normalised, its least eigenvalue is below "
            f"{found.least.high}"
        )
    return Separation(delta_1, pair, found.least, "")


class Paper:
    """The paper's bounds for n points, mu and rational deltas of Assumptions 1 and 2.

    `slope` is D(1), for the diagonal of the tangent kernel.
    """

    def __init__(self, n: int, dual: Dual, first: Fraction, second: Fraction) -> None:
        self.n = n
        self.mu, self.slope = dual.mu, dual.slope
        self.delta_1 = fmpq(first.numerator, first.denominator)
        self.delta_2 = fmpq(second.numerator, second.denominator)
        self._balls = {
            name: Balls(Statement.parse(given().says(ALWAYS, *used).document()).definitions)
            for used in ((L0, L1, L2, B), (L0_wider, B_half_wider))
            for name in (d.name for d in used)
        }

    def call(self, name: str, delta: fmpq, **values: int) -> arb | None:
        """The value of a bound, None outside of its domain or where it is not decided."""
        if not 0 < delta < 1:
            return None
        at: dict[str, Value] = {
            "delta": delta,
            "mu": self.mu,
            **{k: fmpq(v) for k, v in values.items()},
        }
        try:
            found = self._balls[name].term(("call", name, *values, "delta", "mu"), at)
        except (ValueError, ZeroDivisionError):
            return None
        return arb(found) if isinstance(found, fmpq) else found

    def at(self, depth: int, tangent: bool) -> Bounds:
        """The bounds at a depth; those of Theorem 8 for the tangent kernel alone."""
        with working_precision(BITS):
            return Bounds(depth, **{k: v for k, v in self._all(depth, tangent) if v is not None})

    def _all(self, depth: int, tangent: bool) -> Iterator[tuple[str, float | None]]:
        n, mu = self.n, self.mu
        least = self.call("B", self.delta_2, L=depth)
        yield "theorem_2_entries", _up(self.call("B", self.delta_1, L=depth))
        yield "theorem_2_least", None if least is None else below(1 - least)
        first = self.call("L1", self.delta_1, n=n)
        second = self.call("L2", self.delta_1, n=n)
        starts = [self.call("L0", delta) for delta in (self.delta_1, self.delta_2)]
        shrink, grow = 1 - mu / 2, 1 + mu / 2
        if first is not None and first <= depth:
            yield "corollary_3_part_1", above(1 + 2 * n * shrink ** (depth - first))
        if second is not None and second <= depth:
            yield "corollary_9_part_1", above(1 + 4 * n * shrink ** (arb(depth) / 2 - second))
        if starts[1] is not None:
            tail = arb(n) / arb(self.delta_2)
            yield "corollary_3_part_2", above(1 + tail * grow**-depth)
            if 4 * starts[1] <= depth:
                yield "corollary_9_part_2", above(1 + 2 * tail * grow ** -(arb(depth) / 2))
        if not tangent or self.slope is None:
            return
        diagonal = sum((self.slope**h for h in range(depth + 1)), arb(0))
        for delta, start, name in zip(
            (self.delta_1, self.delta_2), starts, ("entries", "least"), strict=True
        ):
            half = self.call("B_half", delta, L=depth)
            if start is not None and half is not None and 2 * start <= depth:
                entries, rest = 2 * half * diagonal, (1 - 2 * half) * diagonal
                yield f"theorem_8_{name}", above(entries) if name == "entries" else below(rest)

    def guaranteed(self) -> Iterator[tuple[str, int]]:
        """The least depth at which each corollary's bound is at most 2."""
        n, mu = self.n, self.mu
        with working_precision(BITS):
            shrink, grow = -(1 - mu / 2).log(), (1 + mu / 2).log()
            first = self.call("L1", self.delta_1, n=n)
            second = self.call("L2", self.delta_1, n=n)
            start = self.call("L0", self.delta_2)
            if first is not None:
                yield "Corollary 3, part 1", _whole(first + arb(2 * n).log() / shrink)
            if second is not None:
                half = 2 * (second + arb(4 * n).log() / shrink)
                yield "Corollary 9, part 1", _whole(half.max(second))
            if start is not None:
                tail = arb(n) / arb(self.delta_2)
                yield "Corollary 3, part 2", _whole((tail.log() / grow).max(arb(1)))
                yield "Corollary 9, part 2", _whole((2 * (2 * tail).log() / grow).max(4 * start))


def _up(value: arb | None) -> float | None:
    return None if value is None else above(value)


def _whole(value: arb) -> int:
    """An integer that is at least the value: the next one where the ball straddles one."""
    found = value.upper().ceil().unique_fmpz()
    if found is None:
        raise ValueError("a depth is not decided")
    return int(found)


__all__ = ["BadData", "Certified", "certify_dataset"]
