"""Duals in float64: speed on 10^6 points and the largest error near rho = 1, side by side.

Beside `dual_numeric` stand the formula as one would type it in NumPy and, if --neural-tangents
names the Python of an environment with neural-tangents 0.6.5 (pin jax==0.4.30, jaxlib==0.4.30,
tf2jax==0.3.6 and numpy<2.1), its kernel function on CPU in float64.  Errors are against enclosures
with 200 bits.  Times a point are those of the clock, the least of 25 runs, with the threads that
each uses unless told otherwise: run it on a quiet machine.  The same run prints how long the
certified coefficients of a few series take.
"""

import json
import math
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import click
import numpy as np
from flint import arb
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from symbolic import parse_activation
from symbolic.catalogue import ACTIVATIONS
from symbolic.enclosure import working_precision
from symbolic.quadrature import expansion
from symbolic.series import SERIES, series_activation

Floats = NDArray[np.float64]

POINTS = 10**6
NEAR_ONE = np.concatenate([1 - 2.0 ** -np.arange(2, 54), 1 - 2.0 ** -np.linspace(2, 52, 400)])
COMPARED = (
    "relu", "leaky_relu(1/10)", "abs", "rectified_power(2)", "sign", "erf", "gelu", "sin", "cos",
    "exp", "gaussian", "hard_tanh", "elu",
)  # fmt: skip
SERIES_NAMES = ("tanh", "sigmoid", "mish")


def _relu(r: Floats) -> Floats:
    return (np.sqrt(1 - r * r) + r * (np.pi - np.arccos(r))) / (2 * np.pi)


def _abs(r: Floats) -> Floats:
    return 2 / np.pi * (np.sqrt(1 - r * r) + r * np.arcsin(r))


def _gelu(r: Floats) -> Floats:
    return r / 4 + r * np.arcsin(r / 2) / (2 * np.pi) + 1 / (2 * np.pi * np.sqrt(4 - r * r))


NAIVE: dict[str, Callable[[Floats], Floats]] = {
    "relu": _relu,
    "abs": _abs,
    "sign": lambda r: 2 / np.pi * np.arcsin(r),
    "erf": lambda r: 2 / np.pi * np.arcsin(2 * r / 3),
    "gelu": _gelu,
}


def nanoseconds(function: Callable[[Floats], Floats], points: Floats) -> float:
    """The least time a point of 25 runs, by the clock."""
    function(points[:10])
    times = []
    for _ in range(25):
        start = time.perf_counter()
        function(points)
        times.append(time.perf_counter() - start)
    return min(times) / points.size * 1e9


def largest_error(values: Floats, dual: Callable[[arb, int], arb]) -> float:
    """The largest distance of the values near 1 from the enclosures of the dual."""
    with working_precision(256):
        found = (
            abs(dual(arb(r), 200) - v).upper()
            for r, v in zip(NEAR_ONE.tolist(), values.tolist(), strict=True)
        )
        return max(float(f) for f in found)


def others(python: str | None) -> tuple[dict[str, tuple[float, float]], list[str]]:
    """(what neural-tangents takes a point and its largest error near 1, its closed forms)."""
    if python is None:
        return {}, []
    script = Path(__file__).with_name("duals_neural_tangents.py")
    asked = json.dumps({"points": math.isqrt(POINTS), "near_one": NEAR_ONE.tolist()})
    run = subprocess.run(
        [python, str(script)], input=asked, capture_output=True, text=True, check=False
    )
    if run.returncode != 0:
        raise click.ClickException(f"neural-tangents did not run: {run.stderr.strip()[-300:]}")
    measured = {}
    found = json.loads(run.stdout)
    for name, (speed, values) in found["measured"].items():
        dual = parse_activation(name).dual_enclosure
        measured[name] = (speed, largest_error(np.array(values), dual))
    return measured, found["closed"]


@click.command()
@click.option("--neural-tangents", "python", help="A Python that can import neural_tangents.")
def main(python: str | None) -> None:
    """Print the tables."""
    console = Console(width=150)
    theirs, closed = others(python)
    points = np.random.default_rng(0).uniform(-1, 1, POINTS)
    table = Table(title=f"Duals in float64, {POINTS:,} points", title_justify="left")
    for title in ("activation", "build s", "ns/point", "proved error", "error near 1",
                  "naive ns", "naive error", "naive/ours time", "theirs ns", "theirs error",
                  "theirs/ours time"):  # fmt: skip
        table.add_column(title, justify="left" if title == "activation" else "right")
    for name in (*COMPARED, *SERIES_NAMES):
        sigma = series_activation(name, SERIES[name]) if name in SERIES else parse_activation(name)
        start = time.perf_counter()
        function = sigma.dual_numeric
        build = time.perf_counter() - start
        speed = nanoseconds(function, points)
        row = [name, f"{build:.2f}", f"{speed:.1f}", f"{function.error:.1e}"]
        row.append(f"{largest_error(function(NEAR_ONE), sigma.dual_enclosure):.1e}")
        other: list[str] = ["-"] * 6
        if name in NAIVE:
            naive = nanoseconds(NAIVE[name], points)
            error = largest_error(NAIVE[name](NEAR_ONE), sigma.dual_enclosure)
            other[:3] = [f"{naive:.1f}", f"{error:.1e}", f"{naive / speed:.2f}"]
        if name in theirs:
            other[3:] = [
                f"{theirs[name][0]:.1f}", f"{theirs[name][1]:.1e}", f"{theirs[name][0] / speed:.2f}"
            ]  # fmt: skip
        table.add_row(*row, *other)
    console.print(table)
    console.print(f"closed forms: {len(ACTIVATIONS)} families here"
                  + (f", {len(closed)} in neural-tangents" if closed else ""))  # fmt: skip
    coefficients = Table(title="Coefficients a_0 ... a_200 as enclosures", title_justify="left")
    for title in ("activation", "seconds", "largest radius"):
        coefficients.add_column(title, justify="left" if title == "activation" else "right")
    for name in SERIES:
        tree = series_activation(name, SERIES[name]).tree
        start = time.perf_counter()
        found = expansion(tree, 200, 128).coefficients
        seconds = time.perf_counter() - start
        radius = max(float(a.rad()) for a in found)
        coefficients.add_row(name, f"{seconds:.3f}", f"{radius:.1e}")
    console.print(coefficients)


if __name__ == "__main__":
    sys.exit(main())
