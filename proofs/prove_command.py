"""The command `conditioning prove`: one claim from the command line, or a file of named ones."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from certificates.store import write
from proofs.cache import Cache, default_folder
from proofs.claim_file import Block, read_blocks
from proofs.exits import BadInput
from proofs.reviewed import Reviewed
from proofs.reviewer import PRECISION, TIMEOUT


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
        raise BadInput("give a claim in quotes, or --file FILE with named claims")
    if out is not None and out.exists() and not out.is_dir():
        raise BadInput(f"{out} is not a folder; name a folder for the certificates")
    blocks = [Block("claim", {}, 0, text)] if text is not None else read_blocks(path or Path())
    claims = Reviewed(blocks, Cache(None if no_cache else default_folder()))
    answers = []
    for found in claims.answers(timeout, precision):
        answers.append(found)
        if out is not None:  # at once: an interrupted run has lost nothing
            with _writing(out):
                write(dict(found.certificate), out)
        if not as_json:
            head, *rest = found.lines()
            click.echo(head if text is not None else f"{found.name}: {head}")
            for line in rest:
                click.echo(f"    {line}")
    if out is not None and text is None:
        with _writing(out):
            claims.save(out)
    if as_json:
        documents = [a.to_json() for a in answers]
        shown = documents[0] if text is not None else documents
        click.echo(json.dumps(shown, indent=2, ensure_ascii=False))
    verdicts = {a.verdict for a in answers}
    if strict and verdicts & {"refuted", "open"}:
        sys.exit(1 if "refuted" in verdicts else 2)


@contextmanager
def _writing(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BadInput(f"{out} cannot be written: {error.strerror}") from None
