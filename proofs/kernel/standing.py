"""What Coq's kernel says of a statement, here and now: the line shown beside a verdict.

`kernel`: coqc accepted its theorem on this machine.  `kernel: attested, not re-run here`: an
attestation matches the statement, the generated file, the development, and the version of the
coqc that is here, if one is.  `kernel: stale`: something of these has changed since.  The verdict
of a claim never depends on an attestation: the certificates carry it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from certificates.checker import FORMAT, Statement, digest, load
from proofs.cache import Cache, default_folder
from proofs.exits import PAPER
from proofs.kernel import bridge, instances
from proofs.kernel.attest import COMMITTED, load_attestations, text_hash
from proofs.kernel.build import DEVELOPMENT, NO_COQ, coq_version
from proofs.kernel.run import stating
from proofs.kernel.trees import Trees
from proofs.kernel.without_theorem import listed

ACCEPTED = "kernel"
ATTESTED = "kernel: attested, not re-run here"
STALE = "kernel: stale"
NOT_RUN = "kernel: not run here (conditioning coq)"
NO_THEOREM = "kernel: no theorem"
IDENTITY = re.compile(r"-([0-9a-f]{16})\.json\Z")
BEST_FIRST = (ACCEPTED, ATTESTED, STALE, NOT_RUN, NO_COQ, NO_THEOREM)


def record_folder() -> Path:
    """Where the attestations of what was accepted on this machine are kept."""
    return default_folder() / "coq" / "accepted"


def committed_ids() -> set[str]:
    """How the ids of the paper's certificates begin, read off the names of their files."""
    names = (IDENTITY.search(path.name) for path in PAPER.rglob("*.json"))
    return {found[1] for found in names if found}


def texts() -> str:
    """A hash of what generated files depend on besides the certificates and the sources in Python:
    the development and the scripts."""
    state = hashlib.sha256()
    for path in sorted(DEVELOPMENT.rglob("*.v")):
        state.update(path.name.encode() + b"\0" + path.read_bytes())
    return state.hexdigest()


def generated(documents: Mapping[str, dict[str, Any]], cache: Cache) -> list[dict[str, Any]]:
    """Name, hashes and statements of the files that these certificates and the claims give.

    Some of the paper's certificates give what all of them give: which file a proof stands in does
    not depend on who asks.
    """
    paper = committed_ids()
    whole = documents and {i[:16] for i in documents} <= paper
    key = ["generated", texts(), sorted(paper) if whole else sorted(documents)]
    kept = cache.get(key)
    if kept is None:
        if whole:
            loaded, _, _ = load([PAPER])
            documents = {i: d for i, d in loaded.items() if "claim" not in d}
        files = stating(documents, Trees(documents))
        sources = bridge.sources_of(files, "")
        kept = {"format": FORMAT, "files": [
            {
                "file": file.name, "text": text_hash(file.text),
                "development": sources[file.name].development,
                "statements": [[t.item, t.part, t.statement, t.verdict] for t in file.theorems],
            }
            for file in files
        ]}  # fmt: skip
        cache.put(key, kept)
    described: list[dict[str, Any]] = kept["files"]
    return described


@dataclass(frozen=True)
class Standing:
    """Attestations, beside what is generated now."""

    here: list[dict[str, Any]]  # accepted on this machine
    elsewhere: list[dict[str, Any]]
    files: Mapping[str, dict[str, Any]]
    version: str | None

    @staticmethod
    def now(
        documents: Mapping[str, dict[str, Any]],
        cache: Cache,
        elsewhere: Path = COMMITTED,
        here: Path | None = None,
    ) -> Standing:
        """The standing of the claims and of these certificates.  Raises Malformed."""
        files = {f["file"]: f for f in generated(documents, cache)}
        local = load_attestations(record_folder() if here is None else here)
        return Standing(local, load_attestations(elsewhere), files, coq_version())

    def matches(self, attestation: Mapping[str, Any], files: Collection[str]) -> bool:
        """Whether an attestation is of one of these files, the development and the Coq here."""
        file = self.files[attestation["file"]] if attestation["file"] in files else None
        return (
            file is not None
            and attestation["text"] == file["text"]
            and attestation["development"] == file["development"]
            and self.version in (None, attestation["coq"])
        )

    def line(self, certificate: Mapping[str, Any], verdict: str) -> str:
        """The line for a certificate's statement with this verdict."""
        place = {name: certificate[name] for name in ("item", "part")}
        theorem = {**place, "statement": digest(certificate["statement"]), "verdict": verdict}
        stated = [*place.values(), theorem["statement"], verdict]
        files = {n for n, f in self.files.items() if stated in f["statements"]}
        if self.version and any(_names(a, theorem) and self.matches(a, files) for a in self.here):
            return ACCEPTED
        if any(_names(a, theorem) and self.matches(a, files) for a in self.elsewhere):
            return ATTESTED
        if any(_names(a, place) for a in (*self.here, *self.elsewhere)):
            return STALE
        if self.version is None:
            return NO_COQ
        if files:
            return NOT_RUN
        reason = instances.untranslatable(Statement.parse(certificate["statement"]))
        if reason:
            return f"kernel: not translatable ({reason.split()[0]})"
        why = listed(certificate["item"], certificate["part"])
        return f"{NO_THEOREM} ({why})" if why else NO_THEOREM


def _names(attestation: Mapping[str, Any], theorem: Mapping[str, str]) -> bool:
    return any(theorem.items() <= t.items() for t in attestation["theorems"])


def summary(lines: Iterable[str]) -> str:
    """Several lines as one: each with its number, the best first."""
    found = list(lines)
    if len(set(found)) == 1:
        return found[0]
    others = sorted(set(found) - set(BEST_FIRST))
    return "kernel: " + "; ".join(
        f"{found.count(line)} {'accepted' if line == ACCEPTED else line.removeprefix('kernel: ')}"
        for line in (*BEST_FIRST, *others)
        if line in found
    )
