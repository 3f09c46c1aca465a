"""The command `conditioning coq`: claims and certificates before Coq's kernel."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
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
from proofs.kernel.run import Export, Outcome, run
from proofs.kernel.standing import record_folder


@click.command(name="coq", epilog=EXIT_CODES)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="Write the attestations here too.")
@click.option("--jobs", type=click.IntRange(1, 64), default=2, show_default=True)
@click.option("--no-cache", is_flag=True, help="Compile everything anew, and keep nothing.")
@click.option("--left-out", is_flag=True, help="Name what is not put before the kernel, and why.")
@click.option("--json", "as_json", is_flag=True)
def coq_command(
    paths: tuple[Path, ...],
    out: Path | None,
    jobs: int,
    no_cache: bool,
    left_out: bool,
    as_json: bool,
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
            export = Export(documents)
            outcome = run(export.files, folder, version, jobs, advance)
        except BuildError as error:
            raise BadInput(str(error)) from None
    try:
        if not (no_cache or paths):  # the record is of the paper's certificates as a whole
            write_attestations(outcome.attestations, record_folder())
        if out is not None:
            write_attestations(outcome.attestations, out)
    except OSError as error:
        raise BadInput(f"{error.filename} cannot be written: {error.strerror}") from None
    if as_json:
        report_json(outcome, export, version)
    else:
        report(outcome, export, version, left_out)
    if outcome.refused:
        sys.exit(REJECTED)


def report_json(outcome: Outcome, export: Export, version: str) -> None:
    """Print what was accepted, what was refused and what was left out, as JSON."""
    found = export.tally(outcome)
    document = {
        "coq": version, "axioms": list(outcome.axioms),
        "proved": len(outcome.theorems("holds")), "refuted": len(outcome.theorems("fails")),
        "certificates": found.accepted, "rows": found.rows, "goals": outcome.goals,
        "cost": cost(),
        "left_out": {"certificates": found.left_out, "goals": export.goals.left_out},
        "refused": outcome.refused,
    }  # fmt: skip
    click.echo(json.dumps(document, indent=2, ensure_ascii=False))


def report(outcome: Outcome, export: Export, version: str, by_name: bool) -> None:
    """Print what was accepted and left out, and on standard error what was refused."""
    found = export.tally(outcome)
    proved, refuted = (len(outcome.theorems(verdict)) for verdict in ("holds", "fails"))
    click.echo(f"Coq {version.split()[0]}: {proved} statements proved, {refuted} refuted")
    click.echo(f"{found.accepted} certificates accepted by the kernel, {found.rows} rows in them")
    print_left_out(found.left_out, by_name)
    click.echo(f"{outcome.goals} polynomial certificates inside proofs accepted as goals")
    print_left_out(export.goals.left_out, by_name)
    spent = cost()
    click.echo(
        f"{spent['seconds']} s of processor time, {spent['megabytes']} MB in one coqc at most"
    )
    for axiom in outcome.axioms:
        click.echo(f"axiom: {axiom}")
    for name, why in outcome.refused.items():
        click.echo(f"REFUSED {name}: {' '.join(why.split())[-300:]}", err=True)


def cost() -> dict[str, int]:
    """The processor time of this process and of coqc, and the largest coqc's memory."""
    own, below = getrusage(RUSAGE_SELF), getrusage(RUSAGE_CHILDREN)
    seconds = own.ru_utime + own.ru_stime + below.ru_utime + below.ru_stime
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, kilobytes elsewhere
    return {"seconds": round(seconds), "megabytes": below.ru_maxrss * unit // 10**6}


def print_left_out(left_out: Mapping[str, Sequence[str]], by_name: bool) -> None:
    """How many are left out for each reason, and their names if asked for."""
    for why, names in left_out.items():
        if names:
            click.echo(f"    {len(names)} left out: {why}")
        for name in names if by_name else ():
            click.echo(f"        {name}")


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
