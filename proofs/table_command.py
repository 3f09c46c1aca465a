"""The command `table`: verified tables for a paper, in the format that it needs."""

from fractions import Fraction
from pathlib import Path

import click

from certificates.terms import Malformed
from proofs.exits import EXIT_CODES, PAPER, RATIONAL, BadInput
from proofs.tables import FORMATS, TABLES, Choices, render
from symbolic import ACTIVATIONS
from symbolic.series import SERIES

WHOLE = "catalogue"
CATALOGUE = (
    *(name for name, family in ACTIVATIONS.items()
      if all(p.default is not None and p.default.is_number for p in family.parameters)),
    *SERIES,
)  # fmt: skip
SHOWN = ("relu", "leaky_relu(1/10)", "abs", "erf", "sign", "gelu", "sin", "h(2)", "h(3)")
MOST_DIGITS, MOST_TERMS, MOST_ENTRIES, LARGEST = 200, 60, 60, 100_000


def fractions(_context: click.Context, parameter: click.Parameter, text: str) -> list[Fraction]:
    """A list of fractions in (0, 1], such as 1/100,1/10,1/2."""
    parts = text.split(",")
    if len(parts) > MOST_ENTRIES or not all(RATIONAL.match(p) for p in parts):
        raise BadInput(f"{parameter.opts[0]} needs fractions such as 1/100,1/10, not {text[:40]!r}")
    values = [Fraction(p) for p in parts]
    if not all(0 < v <= 1 for v in values):
        raise BadInput(f"{parameter.opts[0]} must lie in (0, 1]: {text[:40]}")
    return values


def integers(_context: click.Context, parameter: click.Parameter, text: str) -> list[int]:
    """A list of positive integers, such as 1,5,20."""
    parts = text.split(",")
    good = len(parts) <= MOST_ENTRIES and all(p.isascii() and p.isdigit() for p in parts)
    values = [int(p) for p in parts if good and len(p) < 9]
    if len(values) != len(parts) or not all(1 <= v <= LARGEST for v in values):
        raise BadInput(f"{parameter.opts[0]} needs integers from 1 to {LARGEST}, not {text[:40]!r}")
    return values


@click.command(name="table", epilog=EXIT_CODES)
@click.argument("name", type=click.Choice(sorted(TABLES)))
@click.option("--format", "form", type=click.Choice(sorted(FORMATS)), default="markdown",
              show_default=True)  # fmt: skip
@click.option(
    "--activation",
    "activations",
    multiple=True,
    help=f"May be given many times; {WHOLE}: all that need no parameters.",
)
@click.option("--formula", "formulas", multiple=True, help="Your own, such as 'tanh(2*x)'.")
@click.option("--delta", default="1/100,1/10,1/2", callback=fractions, show_default=True)
@click.option("--mu", default="1/10,1/4,1/2,1", callback=fractions, show_default=True)
@click.option("--depth", default="1,5,10,20,50", callback=integers, show_default=True)
@click.option("--points", default="10,100,1000", callback=integers, show_default=True)
@click.option("--coefficients", type=click.IntRange(1, MOST_TERMS), default=20, show_default=True)
@click.option("--digits", type=click.IntRange(1, MOST_DIGITS), default=12, show_default=True)
@click.option(
    "--from", "record", type=click.Path(path_type=Path), default=PAPER, show_default="the paper's",
    help="Certificates, for verdicts and findings.",
)  # fmt: skip
def table(
    name: str, form: str, activations: tuple[str, ...], formulas: tuple[str, ...],
    delta: list[Fraction], mu: list[Fraction], depth: list[int], points: list[int],
    coefficients: int, digits: int, record: Path,
) -> None:  # fmt: skip
    """Print a table in which every digit is certified."""
    names = activations or (() if formulas else SHOWN)
    names = tuple(n for name in names for n in (CATALOGUE if name == WHOLE else [name]))
    choices = Choices(
        names, tuple(delta), tuple(mu), tuple(depth), tuple(points), coefficients, digits, record,
        formulas,
    )  # fmt: skip
    if name in ("decay", "condition", "sharper") and max(depth) > 500:
        raise BadInput("--depth must not exceed 500 here")
    try:
        click.echo(render(TABLES[name](choices), form))
    except (ValueError, Malformed) as error:
        raise BadInput(str(error)) from None
