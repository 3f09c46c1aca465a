"""Certify a data set: its delta, the kernels' extreme eigenvalues, and the paper's bounds there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from flint import arb, fmpq

from certificates.checker import Statement
from proofs.bounds import L0, L1, L2, B
from proofs.dataset.activation import Dual, dual_of
from proofs.dataset.correlations import BLOCK, Floats, Points, distances, unit_vectors
from proofs.dataset.eigenvalues import Ends, Spectrum, above, below, extreme_eigenvalues
from proofs.dataset.kernel_matrix import TANGENT, TOP, DepthKernel, depth_kernels
from proofs.dataset.reading import BadData, checked, fingerprint
from proofs.engines.enclosure import Balls, Value
from proofs.language import ALWAYS, given
from symbolic import Activation, named_activation
from symbolic.enclosure import working_precision
from symbolic.series import SeriesActivation

BITS = 192
DEEPEST = 200
KERNELS = {"top": (TOP,), "ntk": (TANGENT,), "both": (TOP, TANGENT)}


@dataclass(frozen=True)
class Kernel:
    """The spectrum of one kernel at one depth, and its condition number."""

    kind: str
    depth: int
    spectrum: Spectrum
    kappa: Ends | None  # None where positive definiteness is not certified


@dataclass(frozen=True)
class Separation:
    """delta of Assumption 1 with the pair that attains it, delta of Assumption 2."""

    delta_1: Ends
    pair: tuple[int, int] | None
    delta_2: Ends
    singular: str  # why the Gram matrix is singular, or ""


@dataclass(frozen=True)
class Certified:
    """What is certified of a data set."""

    points: int
    dimension: int
    sha256: str
    activation: str
    mu: Ends
    separation: Separation
    kernels: tuple[Kernel, ...]
    bounds: tuple[Bounds, ...]
    guaranteed: dict[str, int] = field(default_factory=dict)  # depth from which kappa <= 2

    def document(self) -> dict[str, Any]:
        """The result as plain data, ends as float64 in decimal."""
        return {name: plain(getattr(self, name)) for name in self.__dataclass_fields__}


@dataclass(frozen=True)
class Bounds:
    """The paper's bounds at the certified delta, n and L; None where they say nothing."""

    depth: int
    theorem_2_entries: float | None
    theorem_2_least: float | None
    corollary_3_part_1: float | None
    corollary_3_part_2: float | None
    corollary_9_part_1: float | None
    corollary_9_part_2: float | None


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
) -> Certified:
    """Enclosures for the rows of an array, normalised to the unit sphere.

    `activation` is a name of the catalogue or an activation; `depth` one depth >= 1 or several;
    `kernel` is "top", "ntk" or "both".  Raises BadData (a ValueError) for an array that cannot be
    used, ValueError for an activation whose kernels cannot be had and for other arguments.
    """
    depths = [depth] if isinstance(depth, int) else list(depth)
    if kernel not in KERNELS or not depths or not all(1 <= d <= DEEPEST for d in depths):
        raise ValueError(f"kernels are {', '.join(KERNELS)}, depths lie in 1 to {DEEPEST}")
    array = checked(rows, "the data set")
    dual = dual_of(named_activation(activation) if isinstance(activation, str) else activation)
    points = unit_vectors(array)
    separation = separate(array, points)
    kernels = []
    for depth in depths:
        tables = depth_kernels(dual, depth, kernel != "top")
        kernels += [spectrum_of(tables[kind], points) for kind in KERNELS[kernel]]
    n = len(array)
    with working_precision(BITS):
        mu = Ends(below(dual.mu), above(dual.mu))
        paper = Paper(n, dual, separation)
        bounds = tuple(paper.at(depth) for depth in depths)
        guaranteed = dict(paper.guaranteed())
    return Certified(
        n, array.shape[1], fingerprint(array), dual.name, mu, separation, tuple(kernels),
        bounds, guaranteed,
    )  # fmt: skip


def spectrum_of(kernel: DepthKernel, points: Points) -> Kernel:
    """The spectrum of a kernel matrix; kernels are positive semidefinite."""
    matrix = kernel.matrix(points)
    with working_precision(BITS):
        off = arb(kernel.entry_error(points)).max(abs(kernel.diagonal - matrix[0, 0]))
    found = extreme_eigenvalues(matrix, above(off), semidefinite=True)
    return Kernel(kernel.kind, kernel.depth, found, condition_number(found))


def condition_number(found: Spectrum) -> Ends | None:
    """kappa = lambda_max/lambda_min, where lambda_min is certainly positive."""
    if not found.least.low > 0:
        return None
    with working_precision(BITS):
        low = arb(found.greatest.low) / arb(found.least.high)
        high = arb(found.greatest.high) / arb(found.least.low)
        return Ends(max(below(low), 1.0), above(high))


def separate(array: Floats, points: Points) -> Separation:
    """The deltas of Assumptions 1 and 2.

    1 - |rho| = t^2/2 for the least t over the pairs, which is off by `near_error` or `far_error`.
    The Gram matrix is singular when there are more points than dimensions, or two equal rows up to
    sign and a power of two.
    """
    n, d = array.shape
    least, pair = np.inf, None
    gram = np.empty((n, n))
    for i in range(0, n, BLOCK):
        rows = slice(i, min(i + BLOCK, n))
        for j in range(i, n, BLOCK):
            columns = slice(j, min(j + BLOCK, n))
            t, sign = distances(points, rows, columns)
            gram[rows, columns] = sign * (1.0 - 0.5 * t * t)
            gram[columns, rows] = gram[rows, columns].T
            if i == j:
                np.fill_diagonal(t, np.inf)
            where = int(np.argmin(t))
            if t.flat[where] < least:
                row, column = np.unravel_index(where, t.shape)
                least, pair = float(t.flat[where]), (i + int(row), j + int(column))
    np.fill_diagonal(gram, 1.0)
    with working_precision(BITS):
        if pair is None:
            delta_1 = Ends(1.0, 1.0)
        else:
            off = arb(max(points.near_error, points.far_error if least > 0 else 0.0))
            t_ball = arb(least) + arb(0, 1) * off
            low = max(below(t_ball.lower().max(arb(0)) ** 2 / 2), 0.0)
            delta_1 = Ends(low, min(above(t_ball.upper() ** 2 / 2), 1.0))
            pair = (min(pair), max(pair))
    twin = pair is not None and least == 0.0 and _parallel(array[pair[0]], array[pair[1]])
    singular = ""
    if n > d:
        singular = f"{n} points in {d} dimensions"
    elif twin:
        singular = "two rows are parallel"
    if singular:
        return Separation(delta_1, pair, Ends(0.0, 0.0), singular)
    with working_precision(BITS):
        # t^2/2 and its difference from 1 round twice, t being at most sqrt(2)
        error = arb(points.product_error) + arb(2) ** -50
        error = error.max(2 * arb(max(points.near_error, points.far_error)))
    found = extreme_eigenvalues(gram, above(error), semidefinite=True)
    return Separation(delta_1, pair, found.least, "")


def _parallel(a: Floats, b: Floats) -> bool:
    """Whether two rows are equal up to sign and a power of two."""
    k = int(np.argmax(np.abs(a)))
    if b[k] == 0:
        return False
    (m, e), (p, f) = np.frexp(a[k]), np.frexp(b[k])
    return bool(abs(m) == abs(p) and np.array_equal(np.ldexp(a, -e), np.ldexp(b, -f) * (m / p)))


class Paper:
    """The paper's bounds for n points, mu and the certified deltas."""

    def __init__(self, n: int, dual: Dual, separation: Separation) -> None:
        self.n = n
        self.mu = dual.mu
        self.delta_1 = fmpq(*separation.delta_1.low.as_integer_ratio())
        self.delta_2 = fmpq(*separation.delta_2.low.as_integer_ratio())
        says = given().says(ALWAYS, L0, L1, L2, B)
        self._balls = Balls(Statement.parse(says.document()).definitions)

    def call(self, name: str, delta: fmpq, **values: int) -> arb | None:
        """The value of a bound, None outside of its domain or where it is not decided."""
        at: dict[str, Value] = {
            "delta": delta,
            "mu": self.mu,
            **{k: fmpq(v) for k, v in values.items()},
        }
        try:
            found = self._balls.term(("call", name, *values, "delta", "mu"), at)
        except (ValueError, ZeroDivisionError):
            return None
        return arb(found) if isinstance(found, fmpq) else found

    def at(self, depth: int) -> Bounds:
        """The bounds at a depth."""
        n, mu = self.n, self.mu
        entries = self.call("B", self.delta_1, L=depth)
        least = self.call("B", self.delta_2, L=depth)
        first = self.call("L1", self.delta_1, n=n)
        second = self.call("L2", self.delta_1, n=n)
        start = self.call("L0", self.delta_2)
        shrink = 1 - mu / 2
        corollary_3 = 1 + 2 * n * shrink ** (depth - first) if first is not None else None
        corollary_9 = (
            1 + 4 * n * shrink ** (arb(depth) / 2 - second) if second is not None else None
        )
        tail = arb(n) / arb(self.delta_2) if self.delta_2 > 0 else None
        return Bounds(
            depth, _up(entries), None if least is None else below(1 - least),
            _up(corollary_3) if first is not None and first <= depth else None,
            _up(1 + tail * (1 + mu / 2) ** -depth) if tail is not None else None,
            _up(corollary_9) if second is not None and second <= depth else None,
            _up(1 + 2 * tail * (1 + mu / 2) ** -(arb(depth) / 2))
            if tail is not None and start is not None and 4 * start <= depth else None,
        )  # fmt: skip

    def guaranteed(self) -> Iterator[tuple[str, int]]:
        """The least depth at which each corollary's bound is at most 2."""
        n, mu = self.n, self.mu
        shrink, grow = -(1 - mu / 2).log(), (1 + mu / 2).log()
        first = self.call("L1", self.delta_1, n=n)
        second = self.call("L2", self.delta_1, n=n)
        start = self.call("L0", self.delta_2)
        if first is not None:
            yield "Corollary 3, part 1", _whole(first + arb(2 * n).log() / shrink)
        if second is not None:
            yield "Corollary 9, part 1", _whole(2 * (second + arb(4 * n).log() / shrink))
        if self.delta_2 > 0:
            tail = arb(n) / arb(self.delta_2)
            yield "Corollary 3, part 2", _whole((tail.log() / grow).max(arb(1)))
            if start is not None:
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
