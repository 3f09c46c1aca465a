"""Certified against uncertified: kernels and condition numbers of random points, in one run.

    python -m benchmarks.dataset [N ...] [--neural-tangents PYTHON] [--keep FILE] [--readme FILE]

The peer is plain NumPy in float64: both kernels of the normalised ReLU in place, in blocks that fit
the processor's cache, then `numpy.linalg.eigvalsh`; and, if --neural-tangents names the Python of
an environment with neural-tangents 0.6.5 (pin jax==0.4.30, jaxlib==0.4.30, tf2jax==0.3.6,
numpy<2.1), its kernels in float64, compiled.  All use one thread.  A row for each n and depth, as
ratios of processor times to the peer's with the tables at hand (warm) and with their construction
(cold): both kernels; the kernel, and that the paper's bound holds, end to end; the kernel and
kappa, end to end; then kappa's relative width and the most memory that arrays take, in n x n
matrices.

What is being measured stands on standard error.  With --keep each measurement is written into a
file at once, and one that stands there is not made again: a run that was interrupted goes on.
--readme writes the table into the README, in the place of the one that is there.
"""

import json
import os
import subprocess
import time
import tracemalloc
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

for library in ("OPENBLAS", "OMP", "MKL"):
    os.environ[f"{library}_NUM_THREADS"] = "1"

import click  # noqa: E402
import numpy as np  # noqa: E402
from flint import arb  # noqa: E402

from proofs.dataset.activation import dual_of  # noqa: E402
from proofs.dataset.certify import condition_number  # noqa: E402
from proofs.dataset.confirm import confirm_rows  # noqa: E402
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
    """The result and the least of the seconds of processor time that it took."""
    least = np.inf
    for _ in range(times):
        start = time.process_time()
        result = work()
        least = min(least, time.process_time() - start)
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
    """Derive the dual and make the tables anew."""
    dual_of.cache_clear()
    dual = dual_of(named_activation("relu"))
    with working_precision(128):
        assert dual.slope is not None
        diagonal = sum((dual.slope**h for h in range(depth + 1)), arb(0))
        built_tables(dual, depth, sides_of(dual, depth), {TOP: arb(1), TANGENT: diagonal})


Measured = dict[str, float]
"""What was measured at one size and depth: seconds, but for `width`, `matrices`, `held`, `of`."""


def measure(n: int, depth: int) -> Measured:
    """Everything at one size and depth but what neural-tangents takes."""
    rows, times = points(n), 5
    kernels = depth_kernels(DUAL, depth, True)
    _, build = timed(lambda: construct(depth), 2)
    (top, _), plain = timed(lambda: plain_kernels(rows, depth), times)
    _, values = timed(lambda: np.linalg.eigvalsh(top), 2)
    _, both = timed(lambda: both_kernels(rows, kernels), times)
    confirmed, confirm = timed(lambda: confirm_rows(rows, DUAL, [kernels[TOP]]), times)
    width, kappa = timed(lambda: relative_width(rows, kernels[TOP]), times)
    held = sum(b.holds for b in confirmed.bounds)
    return {
        "plain": plain, "values": values, "both": both, "confirm": confirm, "kappa": kappa,
        "build": build, "width": width, "matrices": memory(n, depth), "held": held,
        "of": len(confirmed.bounds),
    }  # fmt: skip


def ratios(found: Measured) -> list[tuple[float, float]]:
    """Warm and cold: both kernels, the bound confirmed, kappa."""
    plain, total, build = found["plain"], found["plain"] + found["values"], found["build"]
    pairs = (found["both"], plain), (found["confirm"], total), (found["kappa"], total)
    return [(a / b, (a + build) / b) for a, b in pairs]


def row(n: int, depth: int, found: Measured, other: float | None) -> str:
    """The comparison at one size and depth."""
    columns = "".join(f"{warm:8.2f} {cold:7.2f}" for warm, cold in ratios(found))
    against = f"{found['both'] / other:9.4f}" if other is not None else " " * 9
    held = f"{found['held']:.0f}/{found['of']:.0f}"
    return (
        f"{n:6} {depth:5} {columns} {held:>4} {against} {found['build']:7.2f} "
        f"{found['width']:9.1e} {found['matrices']:8.1f}"
    )


HEADER = (
    "| n | depth | both kernels | Corollary 3 confirmed | κ | its relative width | n x n matrices "
    "| both kernels, neural-tangents = 1 |"
)


def quoted(n: int, depth: int, found: Measured, other: float | None) -> str:
    """The same as a row of the README's table: warm, cold."""
    cells = [f"{warm:.2f}, {cold:.2g}" if cold < 10 else f"{warm:.2f}, {cold:.0f}"
             for warm, cold in ratios(found)]  # fmt: skip
    against = f"{found['both'] / other:.3f}" if other is not None else ""
    cells += [f"{found['width']:.0e}", f"{found['matrices']:.1f}", against]
    return f"| {n} | {depth} | {' | '.join(cells)} |"


def with_table(readme: str, rows: Sequence[str]) -> str:
    """The README with these rows below the header of the table, in the place of the old ones.

    Raises ValueError for a README without that header.
    """
    before, header, rest = readme.partition(HEADER + "\n")
    if not header:
        raise ValueError(f"the README has no table with the header {HEADER}")
    ruler, *lines = rest.split("\n")
    after = next(k for k, line in enumerate(lines) if not line.startswith("|"))
    return before + header + "\n".join([ruler, *rows, *lines[after:]])


class Kept:
    """Measurements by what they are of, in a file of one JSON object a line, if one is named."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.found: dict[str, Any] = {}
        if path is not None and path.exists():
            for line in path.read_text(encoding="utf-8").splitlines():
                self.found |= json.loads(line)

    def get(self, what: str, work: Callable[[], Any]) -> Any:
        """The measurement, made and written down where it is not at hand."""
        if what not in self.found:
            click.echo(f"measuring {what}", err=True)
            self.found[what] = work()
            if self.path is not None:
                with self.path.open("a", encoding="utf-8") as stream:
                    stream.write(json.dumps({what: self.found[what]}) + "\n")
        return self.found[what]


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


def other_seconds(python: str, n: int) -> float:
    """What neural-tangents takes for both kernels at a size."""
    script = Path(__file__).with_name("dataset_neural_tangents.py")
    asked = json.dumps({"size": n, "dimension": DIMENSION, "depth": COMPARED})
    run = subprocess.run([python, script], input=asked, capture_output=True, text=True)
    if run.returncode:
        raise click.ClickException(f"neural-tangents did not run: {run.stderr.strip()[-300:]}")
    return float(run.stdout)


@click.command()
@click.argument("sizes", nargs=-1, type=int)
@click.option("--neural-tangents", "python", help="A Python that can import neural_tangents.")
@click.option("--keep", type=click.Path(path_type=Path), help="Where measurements are kept.")
@click.option("--readme", type=click.Path(path_type=Path, exists=True), help="The README to write.")
def main(
    sizes: tuple[int, ...], python: str | None, keep: Path | None, readme: Path | None
) -> None:
    """Print the table."""
    kept, lines = Kept(keep), []
    click.echo("                  kernels         confirm           kappa      both against")
    click.echo("     n depth    warm    cold    warm    cold    warm    cold held "
               "neural-t. build s     width matrices")  # fmt: skip
    for n in sizes or (500, 1000, 2000, 4000):
        for depth in DEPTHS:
            other = None
            if python and depth == COMPARED:
                other = kept.get(f"neural-tangents {n}", partial(other_seconds, python, n))
            found = kept.get(f"n {n} depth {depth}", partial(measure, n, depth))
            click.echo(row(n, depth, found, other))
            lines.append(quoted(n, depth, found, other))
    if readme is not None:
        text = with_table(readme.read_text(encoding="utf-8"), lines)
        readme.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
