"""Certified against uncertified: kernels and condition numbers of random points, in one run.

    python -m benchmarks.dataset [N ...] [--neural-tangents PYTHON]

The peer is plain NumPy in float64: both kernels of the normalised ReLU in place, in blocks that fit
the processor's cache, then `numpy.linalg.eigvalsh`; and, if --neural-tangents names the Python of
an environment with neural-tangents 0.6.5 (pin jax==0.4.30, jaxlib==0.4.30, tf2jax==0.3.6,
numpy<2.1), its kernels in float64, compiled.  All use one thread.  A row for each n and depth, as
ratios of times to the peer's with the tables at hand (warm) and with their construction (cold):
both kernels; the kernel, and that the paper's bound holds, end to end; the kernel and kappa, end to
end; then kappa's relative width and the most memory that arrays take, in n x n matrices.
"""

import json
import os
import subprocess
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

for library in ("OPENBLAS", "OMP", "MKL"):
    os.environ[f"{library}_NUM_THREADS"] = "1"

import click  # noqa: E402
import numpy as np  # noqa: E402
from flint import arb  # noqa: E402

from proofs.dataset.activation import dual_of  # noqa: E402
from proofs.dataset.certify import condition_number  # noqa: E402
from proofs.dataset.confirm import Confirmed, confirm_rows  # noqa: E402
from proofs.dataset.correlations import Floats, unit_vectors  # noqa: E402
from proofs.dataset.eigenvalues import extreme_eigenvalues  # noqa: E402
from proofs.dataset.kernel_matrix import (  # noqa: E402
    TANGENT,
    TOP,
    DepthKernel,
    built_tables,
    depth_kernels,
    sides_of,
)
from proofs.dataset.pairs import kernel_matrices  # noqa: E402
from symbolic import named_activation  # noqa: E402
from symbolic.enclosure import working_precision  # noqa: E402

T = TypeVar("T")
DEPTHS = (5, 20, 50)
COMPARED = 20  # the depth at which neural-tangents is run
DIMENSION = 64
ROWS = 4
DUAL = dual_of(named_activation("relu"))


def timed(work: Callable[[], T], times: int) -> tuple[T, float]:
    """The result and the least of the seconds that it took."""
    least = np.inf
    for _ in range(times):
        start = time.perf_counter()
        result = work()
        least = min(least, time.perf_counter() - start)
    return result, least


def points(n: int) -> Floats:
    """Gaussian points."""
    return np.random.default_rng(n).standard_normal((n, DIMENSION))


def plain_kernels(rows: Floats, depth: int) -> tuple[Floats, Floats]:
    """Both kernels by the usual formulas, in place, a few rows at a time."""
    n = len(rows)
    units = rows / np.linalg.norm(rows, axis=1)[:, None]
    top, tangent = np.empty((n, n)), np.empty((n, n))
    angles, roots = np.empty((ROWS, n)), np.empty((ROWS, n))
    for start in range(0, n, ROWS):
        part = slice(start, min(start + ROWS, n))
        rho, theta = top[part], tangent[part]
        angle, root = angles[: len(rho)], roots[: len(rho)]
        np.matmul(units[part], units.T, out=rho)
        np.clip(rho, -1.0, 1.0, out=rho)
        theta[:] = rho
        for _ in range(depth):
            np.arcsin(rho, out=angle)
            angle *= 2
            angle += np.pi
            np.multiply(rho, rho, out=root)
            np.subtract(1, root, out=root)
            np.sqrt(root, out=root)
            root *= 2
            root -= 2
            rho *= angle
            rho += root
            rho *= 1 / (2 * np.pi - 2)
            angle *= 1 / (2 * np.pi - 2)
            theta *= angle
            theta += rho
    return top, tangent


def both_kernels(rows: Floats, kernels: dict[str, DepthKernel]) -> list[Floats]:
    """Both kernels, certified."""
    return kernel_matrices([kernels[TOP], kernels[TANGENT]], unit_vectors(rows))[0]


def relative_width(rows: Floats, kernel: DepthKernel) -> float:
    """That of kappa of the top-layer kernel, end to end."""
    unit = unit_vectors(rows)
    (matrix,), seen = kernel_matrices([kernel], unit)
    error = kernel.matrix_error(unit, seen.counts)
    kappa = condition_number(extreme_eigenvalues(matrix, error, True))
    return (kappa.high - kappa.low) / kappa.low if kappa is not None else float("nan")


def construct(depth: int) -> None:
    """Make the tables anew."""
    with working_precision(128):
        assert DUAL.slope is not None
        diagonal = sum((DUAL.slope**h for h in range(depth + 1)), arb(0))
        built_tables(DUAL, depth, sides_of(DUAL, depth), {TOP: arb(1), TANGENT: diagonal})


def row(n: int, depth: int, other: float | None) -> str:
    """The comparison at one size and depth."""
    rows, times = points(n), 5 if n <= 1000 else 2
    kernels = depth_kernels(DUAL, depth, True)
    _, build = timed(lambda: construct(depth), 1)
    (top, _), plain = timed(lambda: plain_kernels(rows, depth), times)
    _, plain_values = timed(lambda: np.linalg.eigvalsh(top), times)
    _, both = timed(lambda: both_kernels(rows, kernels), times)
    confirmed, confirm = timed(lambda: confirm_rows(rows, DUAL, [kernels[TOP]]), times)
    width, kappa = timed(lambda: relative_width(rows, kernels[TOP]), times)
    total = plain + plain_values
    ratios = ((both, plain), (confirm, total), (kappa, total))
    columns = "".join(f"{a / b:8.2f} {(a + build) / b:7.2f}" for a, b in ratios)
    against = f"{both / other:9.4f}" if other is not None else " " * 9
    return (
        f"{n:6} {depth:5} {columns} {words(confirmed):>4} {against} {build:7.2f} "
        f"{width:9.1e} {memory(n, depth):8.1f}"
    )


def words(confirmed: Confirmed) -> str:
    """How many of the bounds are confirmed."""
    return f"{sum(b.holds for b in confirmed.bounds)}/{len(confirmed.bounds)}"


def memory(n: int, depth: int) -> float:
    """The most memory that both kernels and both condition numbers take, in matrices."""
    rows, kernels = points(n), depth_kernels(DUAL, depth, True)
    tracemalloc.start()
    unit = unit_vectors(rows)
    matrices, seen = kernel_matrices([kernels[TOP], kernels[TANGENT]], unit)
    for kernel, matrix in zip((kernels[TOP], kernels[TANGENT]), matrices, strict=True):
        extreme_eigenvalues(matrix, kernel.matrix_error(unit, seen.counts), True)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most / (8 * n * n)


def other_seconds(python: str, sizes: list[int]) -> list[float]:
    """What neural-tangents takes for both kernels at each size."""
    script = Path(__file__).with_name("dataset_neural_tangents.py")
    asked = json.dumps({"sizes": sizes, "dimension": DIMENSION, "depth": COMPARED})
    run = subprocess.run([python, script], input=asked, capture_output=True, text=True)
    if run.returncode:
        raise click.ClickException(f"neural-tangents did not run: {run.stderr.strip()[-300:]}")
    return [float(seconds) for seconds in json.loads(run.stdout)]


@click.command()
@click.argument("sizes", nargs=-1, type=int)
@click.option("--neural-tangents", "python", help="A Python that can import neural_tangents.")
def main(sizes: tuple[int, ...], python: str | None) -> None:
    """Print the table."""
    chosen = list(sizes) or [500, 1000, 2000, 4000]
    others = other_seconds(python, chosen) if python else [None] * len(chosen)
    click.echo("                  kernels         confirm           kappa      both against")
    click.echo("     n depth    warm    cold    warm    cold    warm    cold held "
               "neural-t. build s     width matrices")  # fmt: skip
    for n, other in zip(chosen, others, strict=True):
        for at in DEPTHS:
            click.echo(row(n, at, other if at == COMPARED else None))


if __name__ == "__main__":
    main()
