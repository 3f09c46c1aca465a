"""The command `conditioning prove`: one claim from the command line, or a file of named ones."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress, TextColumn

from certificates.checker import FORMAT, Checker, Statement
from certificates.store import write
from proofs.cache import Cache, default_folder
from proofs.discharge import kept
from proofs.parser import Block, blocks, parse_claim
from proofs.reviewer import ITEM, PRECISION, TIMEOUT, Answer, answer, decide
from symbolic.formula import FormulaError

LARGEST_FILE = 4_000_000


@click.command(name="prove")
@click.argument("text", required=False)
@click.option("--file", "path", type=click.Path(path_type=Path), help="Claims, one verdict each.")
@click.option("--timeout", type=click.FloatRange(0.1, 86_400), default=TIMEOUT, show_default=True,
              help="Seconds for each claim.")  # fmt: skip
@click.option("--precision", type=click.IntRange(32, 2048), default=PRECISION, show_default=True,
              help="Bits of the enclosures.")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path), help="Write the certificates here.")
@click.option("--no-cache", is_flag=True, help="Decide everything anew.")
@click.option("--strict", is_flag=True, help="Exit 1 if a claim is refuted, 2 if one is open.")
@click.option("--json", "as_json", is_flag=True)
def prove_command(
    text: str | None, path: Path | None, timeout: float, precision: int, out: Path | None,
    no_cache: bool, strict: bool, as_json: bool,
) -> None:  # fmt: skip
    """Prove or refute a claim of your own, such as

    \b
    conditioning prove "forall x > 0: log(x) <= x - 1"
    """
    if (text is None) == (path is None):
        raise click.ClickException("give a claim in quotes, or --file FILE with named claims")
    if out is not None and out.exists() and not out.is_dir():
        raise click.ClickException(f"{out} is not a folder; name a folder for the certificates")
    claims = [Block("claim", (), 1, text)] if text is not None else _read(path or Path())
    cache = Cache(None if no_cache else default_folder())
    answers = []
    for found in _answers(claims, cache, timeout, precision):
        answers.append(found)
        if out is not None:
            _save(found, out)
        if not as_json:
            head, *rest = found.lines()
            click.echo(head if text is not None else f"{found.name}: {head}")
            for line in rest:
                click.echo(f"    {line}")
    if as_json:
        documents = [a.to_json() for a in answers]
        shown = documents[0] if text is not None else documents
        click.echo(json.dumps(shown, indent=2, ensure_ascii=False))
    verdicts = {a.verdict for a in answers}
    if strict and verdicts & {"refuted", "open"}:
        sys.exit(1 if "refuted" in verdicts else 2)


def _read(path: Path) -> list[Block]:
    """The claims of a file."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise click.ClickException(f"{path} cannot be read: {error.strerror}") from None
    if len(data) > LARGEST_FILE:
        raise click.ClickException(f"{path} is longer than {LARGEST_FILE} bytes")
    try:
        return list(blocks(data.decode("utf-8")))
    except UnicodeDecodeError:
        raise click.ClickException(f"{path} is not UTF-8 text") from None
    except FormulaError as error:
        raise click.ClickException(f"{path}: {error}") from None


def _answers(claims: list[Block], cache: Cache, timeout: float, precision: int) -> Iterator[Answer]:
    """The answers in order; each is kept as soon as it is found."""
    checker = Checker({})
    lemmas: dict[str, tuple[str, Statement]] = {}
    parsed = []
    for block in claims:
        try:
            parsed.append(parse_claim(block.text, block.name, block.using))
        except FormulaError as error:
            where = f"{block.name} (line {block.line}): " if len(claims) > 1 else ""
            raise click.ClickException(f"{where}{error}") from None
    console = Console(stderr=True)
    bar = Progress(*Progress.get_default_columns(), TextColumn("{task.fields[what]}"),
                   console=console, transient=True,
                   disable=not console.is_terminal or len(parsed) == 1)  # fmt: skip
    with bar:
        task = bar.add_task("prove", total=len(parsed), what="")
        for claim in parsed:
            bar.update(task, what=claim.name)
            key = ["prove", claim.name, claim.document, list(claim.using), str(timeout), precision]
            known = kept(cache, key, ITEM, claim.name, claim.document, checker)
            beside = cache.get([*key, "remarks"])
            if known is not None:
                found = answer(claim, known, (beside or {}).get("remarks"))
            else:
                found = decide(claim, lemmas, checker, timeout, precision)
                if found.remarks():  # first, so that no certificate stands without them
                    cache.put([*key, "remarks"], {"format": FORMAT, "remarks": found.remarks()})
                cache.put(key, dict(found.certificate))
            if found.verdict == "proved":
                lemmas[claim.name] = (found.identity, checker.accepted[found.identity].statement)
            bar.advance(task)
            yield found


def _save(found: Answer, out: Path) -> None:
    try:
        write(dict(found.certificate), out)
    except OSError as error:
        raise click.ClickException(f"{out} cannot be written: {error.strerror}") from None
