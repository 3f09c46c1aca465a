"""The command `sample`: kernels of seeded networks of finite width beside the infinite-width limit.

Samples show what Lemma 5 and formula (2) speak of; they are no evidence, and no verdict rests on
them.
"""

from fractions import Fraction
from functools import partial

import click
import numpy as np

from proofs.exits import EXIT_CODES, RATIONAL, BadInput
from proofs.sampling import kernels, layer
from proofs.tables.kernels import Correlations, Kernel, kernel, spelled, tangent_kernel
from proofs.tables.makers import certified

DIGITS = 10
MOST_DEPTH, MOST_WIDTH, MOST_SEEDS = 60, 4000, 1000


def limits(of: Kernel, rho: Fraction, level: int) -> tuple[str, str]:
    """sigma-hat^(level)(rho) and the tangent kernel there, every digit certified."""
    after = Correlations(of, 1 - rho)
    values = [partial(after, level)]
    if not of.jumps:
        values.append(partial(tangent_kernel, of, after, level))
    found = [certified(value, DIGITS, of.most_bits).text for value in values]
    return found[0], found[1] if len(found) > 1 else "∞ at ρ = 1"


@click.command(name="sample", epilog=EXIT_CODES)
@click.option("--activation", default="relu", show_default=True)
@click.option("--formula", help="Your own, in place of --activation.")
@click.option("--rho", default="9/10", show_default=True, help="The correlation of the two inputs.")
@click.option("--depth", type=click.IntRange(1, MOST_DEPTH), default=5, show_default=True)
@click.option("--width", type=click.IntRange(1, MOST_WIDTH), default=500, show_default=True)
@click.option("--seeds", type=click.IntRange(2, MOST_SEEDS), default=20, show_default=True,
              help="Networks, seeded 0, 1, 2, ...")  # fmt: skip
def sample(
    activation: str, formula: str | None, rho: str, depth: int, width: int, seeds: int
) -> None:  # fmt: skip
    """Kernels of random networks of finite width, beside the limit; samples are no evidence.

    The top-layer kernel k (Lemma 5) and the neural tangent kernel of the first l layers (formula
    (2) as derived), each as the mean over the networks with its standard error.
    """
    if not RATIONAL.match(rho) or abs(Fraction(rho)) > 1:
        raise BadInput(f"--rho needs a fraction in [-1, 1] such as 9/10, not {rho[:40]!r}")
    at, name = Fraction(rho), formula or activation
    try:
        of = kernel(name, formula=formula is not None)
        found = spelled(name, formula=formula is not None)
        exact = [limits(of, at, level) for level in range(1, depth + 1)]
    except ValueError as error:
        raise BadInput(str(error)) from None
    drawn = np.array([kernels(layer(found), float(at), depth, width, s) for s in range(seeds)])
    means, errors = drawn.mean(axis=0), drawn.std(axis=0, ddof=1) / seeds**0.5
    click.echo(f"{name} normalised, x·x' = {rho}: {seeds} networks of width {width}")
    click.echo("instances (samples, no evidence), beside the certified limits")
    click.echo("  l  limit of k^(l)       mean ± standard error    "
               "limit of the NTK     mean ± standard error")  # fmt: skip
    for level, (top, tangent) in enumerate(exact):
        cells = [
            f"{text:19}  {means[k][level]:11.6f} ± {errors[k][level]:9.6f}"
            if k == 0 or not of.jumps else "none, as D(1) is infinite"
            for k, text in enumerate((top, tangent))
        ]  # fmt: skip
        click.echo(f"{level + 1:3}  {cells[0]}  {cells[1]}")
