"""The command `sample`: kernels of seeded networks of finite width beside the infinite-width limit.

Samples show what Lemma 5 speaks of; they are no evidence, and no verdict rests on them.
"""

from collections.abc import Callable
from fractions import Fraction

import click
import numpy as np
from numpy.typing import NDArray

from certificates.checker import Statement
from certificates.terms import numeral
from proofs.engines.enclosure import Balls
from proofs.exits import EXIT_CODES, RATIONAL, BadInput
from proofs.instances import dual
from proofs.language import ALWAYS, given
from proofs.tables.makers import certified
from symbolic import parse_activation

Vector = NDArray[np.float64]
SAMPLED: dict[str, Callable[[Vector], Vector]] = {
    "relu": lambda x: np.maximum(x, 0.0), "abs": np.abs, "sign": np.sign, "sin": np.sin,
    "h(2)": lambda x: (x**2 - 1) / np.sqrt(2.0), "h(3)": lambda x: (x**3 - 3 * x) / np.sqrt(6.0),
}  # fmt: skip
DIGITS = 10
MOST_DEPTH, MOST_WIDTH, MOST_SEEDS = 60, 4000, 1000


def kernels(name: str, rho: float, depth: int, width: int, seed: int) -> list[float]:
    """k^(l)(x, x') for l = 1, ..., depth: one network with standard normal weights, x.x' = rho."""
    activation = parse_activation(name)
    mean, deviation = float(activation.mean()), float(activation.variance()) ** 0.5
    random = np.random.default_rng(seed)
    points = np.array([[1.0, rho], [0.0, (1.0 - rho**2) ** 0.5]])
    found = []
    for _ in range(depth):
        before = random.standard_normal((width, len(points))) @ points
        points = (SAMPLED[name](before) - mean) / deviation / width**0.5
        found.append(float(points[:, 0] @ points[:, 1]))
    return found


def limit(name: str, rho: Fraction, depth: int) -> str:
    """sigma-hat^(depth)(rho), every digit certified."""
    closed = dual(name)
    written = Statement.parse(given().says(ALWAYS, closed.sigma_hat).document())
    body = ("call", "sigma_hat", "r")
    term = ("iter", "r", body, depth, numeral(rho))
    return certified(lambda: Balls(written.definitions).term(term, {}), DIGITS).text


@click.command(name="sample", epilog=EXIT_CODES)
@click.option("--activation", type=click.Choice(sorted(SAMPLED)), default="relu", show_default=True)
@click.option("--rho", default="9/10", show_default=True, help="The correlation of the two inputs.")
@click.option("--depth", type=click.IntRange(1, MOST_DEPTH), default=5, show_default=True)
@click.option("--width", type=click.IntRange(1, MOST_WIDTH), default=500, show_default=True)
@click.option("--seeds", type=click.IntRange(2, MOST_SEEDS), default=20, show_default=True,
              help="Networks, seeded 0, 1, 2, ...")  # fmt: skip
def sample(activation: str, rho: str, depth: int, width: int, seeds: int) -> None:
    """Kernels of random networks of finite width, beside the limit; samples are no evidence."""
    if not RATIONAL.match(rho) or abs(Fraction(rho)) > 1:
        raise BadInput(f"--rho needs a fraction in [-1, 1] such as 9/10, not {rho[:40]!r}")
    drawn = np.array([kernels(activation, float(Fraction(rho)), depth, width, s)
                      for s in range(seeds)])  # fmt: skip
    errors = drawn.std(axis=0, ddof=1) / seeds**0.5
    click.echo(f"Lemma 5, {activation} normalised, x·x' = {rho}: {seeds} networks of width {width}")
    click.echo("instances (samples, no evidence), beside the certified limit")
    click.echo("  l  limit σ̂^(l)(x·x')   mean of k^(l)(x, x')   standard error")
    for level in range(1, depth + 1):
        exact = limit(activation, Fraction(rho), level)
        mean, error = drawn.mean(axis=0)[level - 1], errors[level - 1]
        click.echo(f"{level:3}  {exact:18}  {mean:21.6f}  {error:15.6f}")
