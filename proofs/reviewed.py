"""Many claims decided one after another, each kept as soon as it is decided.

What is proved or refuted is so for every timeout, and is not done again; what is open is tried
again where more time is given than was then.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress, TextColumn

from certificates.checker import FORMAT, Checker, Statement
from certificates.claims import Verdict, verdicts
from certificates.store import write
from proofs.cache import Cache, default_folder
from proofs.claim import STATEMENT
from proofs.claim_file import Block, claim_document, parsed, read_blocks
from proofs.discharge import kept
from proofs.language import thawed
from proofs.parser import Claim
from proofs.reviewer import PRECISION, TIMEOUT, Answer, answer, decide

Document = dict[str, Any]
own_claims = click.option(
    "--file", "path", type=click.Path(path_type=Path),
    help="Claims of your own, as for `prove`, instead of the paper's.",
)  # fmt: skip


class Reviewed:
    """The claims of a file, or one claim, with the checker that accepts their certificates."""

    def __init__(self, blocks: Sequence[Block], cache: Cache) -> None:
        self.blocks, self.cache = blocks, cache
        self.claims = parsed(list(blocks))
        self.checker = Checker({})
        self.documents: list[Document] = []
        self._lemmas: dict[str, tuple[str, Statement]] = {}

    def answers(self, timeout: float = TIMEOUT, precision: int = PRECISION) -> Iterator[Answer]:
        """The answers in order, with a bar on a terminal."""
        console = Console(stderr=True)
        quiet = not console.is_terminal or len(self.claims) == 1
        with Progress(*Progress.get_default_columns(), TextColumn("{task.fields[what]}"),
                      console=console, transient=True, disable=quiet) as bar:  # fmt: skip
            task = bar.add_task("prove", total=len(self.claims), what="")
            for block, claim in zip(self.blocks, self.claims, strict=True):
                bar.update(task, what=claim.name)
                found = self._answer(claim, timeout, precision)
                self.documents.append(claim_document(block, found.identity))
                if found.verdict == "proved":
                    proved = self.checker.accepted[found.identity].statement
                    self._lemmas[claim.name] = (found.identity, proved)
                bar.advance(task)
                yield found

    def _answer(self, claim: Claim, timeout: float, precision: int) -> Answer:
        using = [
            [used.name, sorted(thawed(tuple(used.values.items()))),
             self._lemmas[used.name][0] if used.name in self._lemmas else ""]
            for used in claim.using
        ]  # fmt: skip
        key = ["prove", claim.name, claim.document, using, precision]
        beside = self.cache.get([*key, "remarks"]) or {}
        known = kept(self.cache, key, claim.name, STATEMENT, claim.document, self.checker)
        milliseconds = int(1000 * timeout)
        if known is not None and (
            known.verdict != "open" or beside.get("milliseconds", 0) >= milliseconds
        ):
            return answer(claim, known, beside.get("remarks"))
        found = decide(claim, self._lemmas, self.checker, timeout, precision)
        if found.remarks():  # first, so that no certificate stands without them
            remarks = {"format": FORMAT, "milliseconds": milliseconds, "remarks": found.remarks()}
            self.cache.put([*key, "remarks"], remarks)
        self.cache.put(key, dict(found.certificate))
        return found

    def verdicts(self) -> dict[str, Verdict]:
        """The verdicts of the claims as items, computed from their certificates."""
        return verdicts(self.documents, self.checker)

    def save(self, root: Path) -> None:
        """Write the certificates and the documents of the claims."""
        for document in self.documents:
            write(self.checker.documents[document["parts"][0]["certificate"]], root)
            write(document, root)


def reviewed_file(path: Path) -> Reviewed:
    """The claims of a file, decided or as they were kept.  Raises BadInput."""
    found = Reviewed(read_blocks(path), Cache(default_folder()))
    for _ in found.answers():
        pass
    return found
