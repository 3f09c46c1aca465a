"""From certificates and claims to attestations: generate, compile, list the axioms, attest."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from certificates.checker import Statement, digest
from certificates.store import in_order
from proofs.kernel import bridge, gate, goals, instances, matrices, refutations
from proofs.kernel.attest import attestation
from proofs.kernel.bridge import BridgeFile, sources_of
from proofs.kernel.build import Build, Source, development
from proofs.kernel.goals import Goals
from proofs.kernel.trees import Trees
from proofs.kernel.without_theorem import listed

AXIOMS_OF_DEVELOPMENT = "Audit"  # the file whose `all_theorems` holds the main theorems


@dataclass
class Outcome:
    """What was accepted, as attestations, and what was refused, with the reason."""

    attestations: list[dict[str, Any]] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    axioms: tuple[str, ...] = ()
    goals: int = 0  # of polynomial certificates

    def theorems(self, verdict: str) -> set[str]:
        """The hashes of the statements that are proved (holds) or refuted (fails)."""
        return {
            t["statement"] for a in self.attestations for t in a["theorems"]
            if t["verdict"] == verdict
        }  # fmt: skip


@dataclass
class Tally:
    """What became of each certificate: accepted, or left out, by name and for what reason."""

    accepted: int = 0
    rows: int = 0  # one for a certificate without rows
    left_out: dict[str, list[str]] = field(default_factory=dict)


def stating(documents: Mapping[str, dict[str, Any]], trees: Trees) -> list[BridgeFile]:
    """The files with statements of claims and of certificates, each behind those that it loads."""
    return [
        *bridge.files(),
        *instances.files(documents),
        *matrices.files(documents),
        *trees.files,
        *refutations.files(documents),
    ]


class Export:
    """All generated files: of the claims, of the certificates, and of the goals inside them."""

    def __init__(self, documents: Mapping[str, dict[str, Any]]) -> None:
        self.documents = documents

    @cached_property
    def goals(self) -> Goals:
        """The goals of the polynomial steps."""
        return Goals(self.documents)

    @cached_property
    def trees(self) -> Trees:
        """The proof trees."""
        return Trees(self.documents)

    def files(self) -> list[BridgeFile]:
        """The files, each behind those that it loads."""
        return [*stating(self.documents, self.trees), *goals.files(self.goals)]

    def tally(self, outcome: Outcome) -> Tally:
        """The certificates that coqc accepted, and the others."""
        proved, refuted = outcome.theorems("holds"), outcome.theorems("fails")
        found = Tally()
        for identity, document in in_order(self.documents):
            kind = document["evidence"]["by"]
            stated = digest(document["statement"])
            if kind != "open" and stated in (refuted if kind == "counterexample" else proved):
                found.accepted += 1
                found.rows += len(document["evidence"]["rows"]) if kind == "instances" else 1
            else:
                name = f"{document['item']}: {document['part']}"
                found.left_out.setdefault(self.reason(identity), []).append(name)
        return found

    def reason(self, identity: str) -> str:
        """Why a certificate is not among the accepted ones."""
        document = self.documents[identity]
        if document["evidence"]["by"] == "open":
            return "an open record, which carries no proof"
        missing = instances.untranslatable(Statement.parse(document["statement"]))
        if missing:
            return missing
        own = self.trees.reasons.get(identity, f"no proof in Coq ({document['evidence']['by']})")
        why = listed(document["item"], document["part"])
        return f"{own}; {why}" if why else own


def run(
    generated: Callable[[], Sequence[BridgeFile]],
    folder: Path,
    version: str,
    jobs: int,
    progress: Callable[[str, int, int], None] = lambda _what, _done, _count: None,
) -> Outcome:
    """Compile the development and the files, and gate what they prove.  Raises BuildError.

    The files are generated while the development is compiled.
    """
    known = development(version)
    build = Build(folder)
    with ThreadPoolExecutor(1) as beside:
        compiled = beside.submit(build.compile_all, known.values(), max(1, jobs - 1), progress)
        files = generated()
        compiled.result()
    sources = sources_of(files, version)
    build.compile_all([*known.values(), *sources.values()], jobs, progress)
    outcome = Outcome(refused=dict(build.refused))
    chosen = [f for f in files if f.name not in outcome.refused]
    progress("axioms", 0, 1)
    main = known[AXIOMS_OF_DEVELOPMENT]
    if main.name not in outcome.refused:
        accept(build, chosen, {**sources, main.name: main}, outcome)
    return outcome


def accept(
    build: Build, files: Sequence[BridgeFile], sources: Mapping[str, Source], outcome: Outcome
) -> None:
    """Attest the files whose theorems rest on allowed axioms only, or note why not."""
    theorems = {f.name: [t.name for t in f.theorems] for f in files}
    theorems[AXIOMS_OF_DEVELOPMENT] = ["all_theorems"]
    try:
        outcome.axioms = gate.audit(build, theorems, sources)
    except gate.Refused as error:
        if not files:
            outcome.refused[AXIOMS_OF_DEVELOPMENT] = str(error)
        elif len(files) == 1:
            outcome.refused[files[0].name] = str(error)
        else:
            middle = len(files) // 2
            accept(build, files[:middle], sources, outcome)
            accept(build, files[middle:], sources, outcome)
        return
    outcome.attestations += [
        attestation(f, sources[f.name], f.theorems, outcome.axioms) for f in files
    ]
    outcome.goals += sum(f.goals for f in files)
