"""The commands `conditioning findings` and `conditioning graph`: what an audit shows."""

import json
import textwrap
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from certificates.claims import Verdict, verdicts
from certificates.findings import Finding
from certificates.findings import findings as findings_of_documents
from proofs.audit import audit_claims, needed
from proofs.cache import Cache, default_folder
from proofs.claim import Claim
from proofs.exits import EXIT_CODES, BadInput
from proofs.findings import findings
from proofs.graph import Graph, dependencies
from proofs.registry import PAPER_ORDER, find
from proofs.reviewed import own_claims, reviewed_file

QUANTIFIED = ("for every ", "with ")  # the clauses of a statement that stand on common lines


def audited(claims: Sequence[Claim]) -> tuple[dict[str, Verdict], Graph]:
    """The verdicts of the claims and of what they need, and the graph of what these use."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("audit", total=None)
        checker, documents = audit_claims(
            needed(claims),
            Cache(default_folder()),
            lambda _what, done, count: bar.update(task, completed=done, total=count),
        )
    found = verdicts(documents, checker)
    return found, dependencies(documents, found, checker)


@click.command(name="findings", epilog=EXIT_CODES)
@click.argument("claims", nargs=-1)
@own_claims
@click.option("--json", "as_json", is_flag=True)
def findings_command(claims: tuple[str, ...], path: Path | None, as_json: bool) -> None:
    """List every place where a statement or a step does not hold as printed, or is not sharp."""
    if path is not None and claims:
        raise BadInput("name claims of the paper, or give --file FILE, not both")
    try:
        chosen = [find(name) for name in claims] if claims else list(PAPER_ORDER)
    except KeyError as error:
        raise BadInput(str(error.args[0])) from None
    if path is not None:
        own = reviewed_file(path)
        found = findings_of_documents(own.documents, own.verdicts(), {})
    else:
        found = findings(chosen, audited(chosen)[0])
    if as_json:
        click.echo(json.dumps([f.document() for f in found], indent=2, ensure_ascii=False))
        return
    for finding in found:
        click.echo("\n".join(lines(finding)))
    click.echo("1 finding" if len(found) == 1 else f"{len(found)} findings")


def lines(finding: Finding) -> list[str]:
    """A finding for people: what is printed, where it fails, and what is otherwise instead."""
    outcome = "survives" if finding.conclusion_survives else "does not survive as printed"
    printed = finding.printed
    after = f"; the conclusion {outcome}" if finding.counterexample else ""  # what is true stands
    text = [f"{finding.item}, {finding.part}: {finding.kind}{after}"]
    text += _wrapped("printed: ", printed.note, 4)
    quantified = [c for c in printed.clauses if c.startswith(QUANTIFIED)]
    text += _wrapped("", "; ".join(quantified), 8)
    for clause in printed.clauses[len(quantified) :]:
        text += _wrapped("", clause, 8)
    if finding.counterexample:
        text += _wrapped("counterexample: ", finding.counterexample, 4)
    for wording in finding.amended:
        text += _wrapped("amended: " if finding.counterexample else "sharper: ", wording.note, 4)
        for mark, some, others in (("- ", printed, wording), ("+ ", wording, printed)):
            for clause in some.clauses:
                if clause not in others.clauses:
                    text += _wrapped(mark, clause, 6)
    return [*text, f"    certificates: {', '.join(c[:16] for c in finding.certificates)}", ""]


def _wrapped(mark: str, text: str, margin: int) -> list[str]:
    """The text from that margin on, in lines of at most 100 where it has spaces to break at."""
    hanging = " " * (margin + (len(mark) if margin > 4 else 4))
    return textwrap.wrap(
        mark + text, 100, initial_indent=" " * margin, subsequent_indent=hanging,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


@click.command(name="graph", epilog=EXIT_CODES)
@own_claims
@click.option("--format", "form", type=click.Choice(["dot", "json"]), default="dot")
def graph_command(path: Path | None, form: str) -> None:
    """Print the claims and what each of them uses, with their verdicts."""
    if path is not None:
        own = reviewed_file(path)
        graph = dependencies(own.documents, own.verdicts(), own.checker)
    else:
        graph = audited(PAPER_ORDER)[1]
    click.echo(graph.dot() if form == "dot" else json.dumps(graph.document(), indent=2,
                                                            ensure_ascii=False))  # fmt: skip
