"""The command `confirm`: whether the paper's bounds hold for the kernels of a data set."""

import json
from pathlib import Path

import click
from rich.console import Console

from certificates.dataset_bounds import LOWER
from certificates.dataset_words import WORDS
from proofs.dataset.certify import plain
from proofs.dataset.confirm import Confirmed, confirm_dataset
from proofs.dataset.reading import read_array
from proofs.dataset_command import depths_of, kernels_of_points, numeric, rounded
from proofs.derive_command import chosen
from proofs.exits import EXIT_CODES, BadInput


@click.command(name="confirm", epilog=EXIT_CODES)
@kernels_of_points
@click.option("--json", "as_json", is_flag=True)
def confirm(
    path: Path, name: str | None, formula: str | None, params: tuple[str, ...], depth: str,
    kernel: str, array: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Which of the paper's bounds hold for the points in PATH: quicker than `dataset`."""
    depths = depths_of(depth)
    activation = numeric(chosen(name, formula, params))
    try:
        rows = read_array(path, array)
        with Console(stderr=True).status("confirming"):
            found = [confirm_dataset(rows, activation, each, kernel) for each in depths]
    except ValueError as error:  # BadData, an activation
        raise BadInput(str(error)) from None
    if as_json:
        click.echo(json.dumps(plain(found), indent=2))
        return
    for each in found:
        for line in lines(each):
            click.echo(line)


def lines(found: Confirmed) -> list[str]:
    """What is confirmed, in words; what is not may hold all the same."""
    text = [
        f"depth {found.depth}, {found.points} points: δ ≥ {rounded(found.delta_1, down=True)} "
        f"(Assumption 1), {rounded(max(found.delta_2, 0.0), down=True)} (Assumption 2)"
    ]
    for bound in found.bounds:
        lower = bound.name in LOWER
        value = rounded(bound.value, down=lower)
        verdict = "confirmed" if bound.holds else "not confirmed"
        text.append(f"    {WORDS[bound.name]} {'≥' if lower else '≤'} {value}: {verdict}")
    return text if found.bounds else [*text, "    the paper's bounds say nothing there"]
