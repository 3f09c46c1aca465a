"""The command `conditioning coq`: claims and certificates before Coq's kernel."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress, TextColumn

from certificates.checker import load
from certificates.terms import Malformed
from proofs.cache import default_folder
from proofs.exits import EXIT_CODES, PAPER, REJECTED, BadInput
from proofs.kernel.attest import write_attestations
from proofs.kernel.build import NO_COQ, BuildError, coq_version
from proofs.kernel.goals import Goals
from proofs.kernel.run import Outcome, exported, facts, run
from proofs.kernel.standing import record_folder


@click.command(name="coq", epilog=EXIT_CODES)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="Write the attestations here too.")
@click.option("--jobs", type=click.IntRange(1, 64), default=2, show_default=True)
@click.option("--no-cache", is_flag=True, help="Compile everything anew, and keep nothing.")
@click.option("--json", "as_json", is_flag=True)
def coq_command(
    paths: tuple[Path, ...], out: Path | None, jobs: int, no_cache: bool, as_json: bool
) -> None:
    """Have Coq's kernel check the claims, and the certificates of the paper (or in PATHS)."""
    if out is not None and out.exists() and not out.is_dir():
        raise BadInput(f"{out} is not a folder; name a folder for the attestations")
    documents = certificates_at(paths or (PAPER,))
    version = coq_version()
    if version is None:
        click.echo(json.dumps({"coq": None}) if as_json else NO_COQ)
        return
    with TemporaryDirectory() as fresh, progress_bar("coq") as advance:
        folder = Path(fresh) if no_cache else default_folder() / "coq" / "compiled"
        try:
            inside = Goals(documents)
            outcome = run(exported(documents, inside), folder, version, jobs, advance)
        except BuildError as error:
            raise BadInput(str(error)) from None
    try:
        if not (no_cache or paths):  # the record is of the paper's certificates as a whole
            write_attestations(outcome.attestations, record_folder())
        if out is not None:
            write_attestations(outcome.attestations, out)
    except OSError as error:
        raise BadInput(f"{error.filename} cannot be written: {error.strerror}") from None
    report(outcome, documents, inside, version, as_json)
    if outcome.refused:
        sys.exit(REJECTED)


def report(
    outcome: Outcome,
    documents: dict[str, dict[str, Any]],
    inside: Goals,
    version: str,
    as_json: bool,
) -> None:
    """Print what was accepted, and on standard error what was refused."""
    proved, refuted = outcome.theorems("holds"), outcome.theorems("fails")
    certified, rows = facts(documents, outcome)
    if as_json:
        found = {"coq": version, "axioms": list(outcome.axioms), "proved": len(proved),
                 "refuted": len(refuted), "certificates": certified, "rows": rows,
                 "goals": outcome.goals, "goals_not_closed": inside.not_closed,
                 "goals_not_translatable": inside.untranslatable,
                 "refused": outcome.refused}  # fmt: skip
        click.echo(json.dumps(found, indent=2, ensure_ascii=False))
        return
    click.echo(f"Coq {version.split()[0]}: {len(proved)} statements proved, {len(refuted)} refuted")
    click.echo(f"{certified} certificates accepted by the kernel, {rows} rows in them")
    click.echo(
        f"{outcome.goals} polynomial certificates inside proofs accepted as goals; "
        f"{inside.not_closed} not closed, {inside.untranslatable} not translatable"
    )
    for axiom in outcome.axioms:
        click.echo(f"axiom: {axiom}")
    for name, reason in outcome.refused.items():
        click.echo(f"REFUSED {name}: {' '.join(reason.split())[-300:]}", err=True)


def certificates_at(paths: Sequence[Path]) -> dict[str, dict[str, Any]]:
    """The certificates in files and folders, by id.  Raises BadInput."""
    for path in paths:
        if not path.exists():
            raise BadInput(f"no such file or folder: {path}")
    try:
        documents, names, wrong = load(list(paths))
    except Malformed as error:
        raise BadInput(str(error)) from None
    for path, reason in wrong.items():
        raise BadInput(f"{path}: {reason}")
    if not names:
        raise BadInput("no certificates there")
    return {i: d for i, d in documents.items() if "claim" not in d}


@contextmanager
def progress_bar(title: str) -> Iterator[Callable[[str, int, int], None]]:
    """A bar on a terminal, nothing elsewhere; yields what moves it."""
    console = Console(stderr=True)
    bar = Progress(*Progress.get_default_columns(), TextColumn("{task.fields[what]}"),
                   console=console, transient=True, disable=not console.is_terminal)  # fmt: skip
    with bar:
        task = bar.add_task(title, total=None, what="")
        yield lambda what, done, count: bar.update(task, completed=done, total=count, what=what)
