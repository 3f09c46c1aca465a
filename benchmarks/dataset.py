"""Certified against uncertified: kernels and condition numbers of random points, in one run.

    python benchmarks/dataset.py [N ...]

The peer is plain NumPy in float64: both kernels of the normalised ReLU in place and in blocks, then
`numpy.linalg.eigvalsh`.  A row for each n and depth: ratios to the peer with the tables at hand
(warm) and with their construction (cold), the relative width of kappa, and the memory in matrices.
"""

import resource
import sys
import time
from collections.abc import Callable
from typing import TypeVar

import numpy as np

from proofs.dataset.activation import dual_of
from proofs.dataset.certify import condition_number
from proofs.dataset.correlations import BLOCK, Floats, unit_vectors
from proofs.dataset.eigenvalues import extreme_eigenvalues
from proofs.dataset.kernel_matrix import depth_kernels
from symbolic import named_activation

T = TypeVar("T")
DEPTHS = (5, 20, 50)


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """The result and the seconds that it took."""
    start = time.perf_counter()
    result = work()
    return result, time.perf_counter() - start


def plain_kernels(rows: Floats, depth: int) -> tuple[Floats, Floats]:
    """Both kernels by the usual formulas, block by block."""
    units = rows / np.linalg.norm(rows, axis=1)[:, None]
    top, tangent = np.empty((len(rows), len(rows))), np.empty((len(rows), len(rows)))
    for start in range(0, len(rows), BLOCK):
        part = slice(start, start + BLOCK)
        rho = np.clip(units[part] @ units.T, -1.0, 1.0)
        theta = rho.copy()
        for _ in range(depth):
            angle = np.arcsin(rho)
            slope = (2 * angle + np.pi) / (2 * np.pi - 2)
            root = np.sqrt(1 - rho * rho)
            rho = (rho * (2 * angle + np.pi) + 2 * root - 2) / (2 * np.pi - 2)
            theta *= slope
            theta += rho
        top[part], tangent[part] = rho, theta
    return top, tangent


def row(n: int, depth: int) -> str:
    """The comparison at one size and depth."""
    points = np.random.default_rng(n).standard_normal((n, 64))
    (peer, _), peer_kernel = timed(lambda: plain_kernels(points, depth))
    _, peer_eigenvalues = timed(lambda: np.linalg.eigvalsh(peer))
    dual = dual_of(named_activation("relu"))
    kernels, build = timed(lambda: depth_kernels(dual, depth, True))
    units, prepare = timed(lambda: unit_vectors(points))
    _, tangent = timed(lambda: kernels["ntk"].matrix(units))
    matrix, top = timed(lambda: kernels["top"].matrix(units))
    radius = kernels["top"].entry_error(units)
    spectrum, eigenvalues = timed(lambda: extreme_eigenvalues(matrix, radius, semidefinite=True))
    kappa = condition_number(spectrum)
    width = (kappa.high - kappa.low) / kappa.low if kappa is not None else float("nan")
    both = prepare + top + tangent
    end_to_end = prepare + top + eigenvalues
    peer_total = peer_kernel + peer_eigenvalues
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / (8 * n * n)
    return (
        f"{n:6} {depth:5} {both / peer_kernel:9.2f} {(both + build) / peer_kernel:9.2f} "
        f"{end_to_end / peer_total:9.2f} {(end_to_end + build) / peer_total:9.2f} "
        f"{build:8.2f} {width:9.1e} {memory:8.1f}"
    )


def main() -> None:
    """Print the table."""
    print("     n depth   kernels      cold     kappa      cold  build s     width matrices")
    for n in [int(a) for a in sys.argv[1:]] or [500, 1000, 2000, 4000]:
        for depth in DEPTHS:
            print(row(n, depth), flush=True)


if __name__ == "__main__":
    main()
