"""The audit: discharge every part of the claims and every instance, and write the certificates."""

import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import active_children, get_context
from pathlib import Path
from typing import Any

from certificates.checker import FORMAT, Checker, Rejected, Statement, digest
from certificates.claims import Verdict, verdicts
from certificates.store import prune, write
from certificates.terms import Malformed
from proofs.ahead import settled, work_ahead
from proofs.cache import Cache
from proofs.claim import Claim, Part
from proofs.discharge import accepted, certificate, discharge, kept
from proofs.duals import dual_claim
from proofs.engines.enclosure import instance_evidence, instance_points
from proofs.engines.search import find_counterexample
from proofs.instances import ACTIVATIONS, DELTAS, Instance, instances, matrix_instances
from proofs.registry import PAPER_ORDER, PROOF_ORDER, find

Progress = Callable[[str, int, int], None]
Guess = Future[dict[str, Any] | None]
Ahead = Mapping[tuple[str, str], Guess]


@dataclass
class Audit:
    """The result of an audit: its documents, the verdicts, and what the checker refused."""

    certificates: dict[str, dict[str, Any]] = field(default_factory=dict)
    claims: list[dict[str, Any]] = field(default_factory=list)
    verdicts: dict[str, Verdict] = field(default_factory=dict)

    def save(self, root: Path) -> None:
        """Write the documents under `root`, and remove what is no longer among them."""
        kept = {write(d, root) for d in (*self.certificates.values(), *self.claims)}
        prune(root, kept)


def needed(claims: Sequence[Claim]) -> list[Claim]:
    """The claims, what they use, and all that comes before these in the order of proof."""
    found = {c.item: c for c in claims}
    queue = list(claims)
    while queue:
        for item in queue.pop().uses:
            if item not in found:
                found[item] = find(item)
                queue.append(found[item])
    last = max(PROOF_ORDER.index(c) for c in found.values())
    return list(PROOF_ORDER[: last + 1])


def audit_claims(
    claims: Sequence[Claim], cache: Cache, progress: Progress, ahead: Ahead | None = None
) -> tuple[Checker, list[dict[str, Any]]]:
    """(checker with every certificate accepted, claim documents), in the order of proof.

    `ahead` holds what other processes have found for the parts, by item and label.
    """
    checker = Checker({})
    lemmas: dict[str, tuple[str, Statement]] = {}
    documents = []
    count = sum(len(c.parts) for c in claims)
    done = 0
    for claim in claims:
        ids = {}
        for part in claim.parts:
            guess = (ahead or {}).get((claim.item, part.label))
            document = _discharged(claim, part, lemmas, checker, cache, guess)
            identity = digest(document)
            ids[part.label] = identity
            if checker.check(identity).verdict == "holds":
                lemmas[f"{claim.item}: {part.label}"] = (
                    identity,
                    checker.check(identity).statement,
                )
            done += 1
            progress(f"{claim.item}, {part.label}", done, count)
        documents.append(claim_document(claim, ids))
    return checker, documents


def _discharged(
    claim: Claim, part: Part, lemmas: dict[str, tuple[str, Statement]], checker: Checker,
    cache: Cache, guess: Guess | None,
) -> dict[str, Any]:  # fmt: skip
    key = cache_key(claim, part)
    known = cache.certificate(key, claim.item, part.label, part.statement.document())
    if known is None and guess is not None:
        known = settled(guess.result(), lemmas)
    if known is not None and known["statement"] == part.statement.document():
        try:
            accepted(known, checker)
            cache.put(key, known)
            return known
        except (Rejected, Malformed):
            pass
    outcome = discharge(claim.item, part, lemmas, checker)
    cache.put(key, outcome.document)
    return outcome.document


def cache_key(claim: Claim, part: Part) -> list[Any]:
    """What a certificate of a part is kept under."""
    return [claim.item, part.label, part.statement.document()]


def claim_document(claim: Claim, ids: dict[str, str]) -> dict[str, Any]:
    """The record of which certificates make up a claim."""
    return {
        "format": FORMAT, "claim": claim.item, "title": claim.title, "uses": list(claim.uses),
        "parts": [
            {"label": p.label, "role": p.role, "form": p.form, "amends": p.amends,
             "certificate": ids[p.label]}
            for p in claim.parts
        ],
    }  # fmt: skip


MATRIX = "rational matrices"
OUTSIDE = "the paper defines L0 and B for δ in (0, 1) only"
UNDECIDED = "neither the enclosures nor a search decide it"
FEW = 600  # points tried to refute an instance
VACUOUS = "no depth up to the largest one satisfies the hypotheses (L1 is larger)"


def instance_certificate(case: Instance) -> dict[str, Any]:
    """The certificate of an instance: its rows, else a refuting depth, else why it is open."""
    written = case.statement.document()
    statement = Statement.parse(written)
    evidence = instance_evidence(statement)
    reason = OUTSIDE
    if evidence is None and case.asserted:
        reason = UNDECIDED if instance_points(statement) else VACUOUS
        evidence = find_counterexample(statement, FEW) if reason == UNDECIDED else None
    if evidence is None:
        evidence = {"by": "open", "label": "untried", "source": reason}
    return certificate(case.item, case.label, written, evidence, note=case.words)


def certified_instance(_: None, case: Instance) -> dict[str, Any]:
    """The same as a piece of work."""
    return instance_certificate(case)


def instance_batch(name: str, folder: Path | None) -> list[dict[str, Any]]:
    """The certificates of all instances of one activation, or those on rational matrices."""
    cache = Cache(folder)
    found = []
    for case in matrix_instances() if name == MATRIX else instances((name,), DELTAS):
        key = [case.item, case.label, case.statement.document()]
        known = kept(cache, key, case.item, case.label, case.statement.document(), Checker({}))
        outcome = known or accepted(instance_certificate(case), Checker({}))
        cache.put(key, outcome.document)
        found.append(outcome.document)
    return found


def dual_batch(
    name: str, folder: Path | None
) -> tuple[dict[str, dict[str, Any]], list[dict[str, Any]]]:
    """(certificates by id, claim documents): the dual of one activation, from Definition 4."""
    claims = [dual_claim(name)]
    checker, documents = audit_claims(claims, Cache(folder), lambda _what, _done, _count: None)
    return checker.documents, documents


def audit(
    claims: Iterable[Claim] = PAPER_ORDER,
    *,
    with_instances: bool = True,
    cache_folder: Path | None = None,
    jobs: int = 2,
    progress: Progress = lambda _what, _done, _count: None,
) -> Audit:
    """Audit the claims; the instances and the duals that they rest on in further processes."""
    chosen = list(claims)
    result = Audit()
    names = (*ACTIVATIONS, MATRIX) if with_instances else ()
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), _worker)
    try:
        cache = Cache(cache_folder)
        ahead = {
            (claim.item, part.label): pool.submit(work_ahead, claim.item, part.label, cache_folder)
            for claim in needed(chosen)
            for part in claim.parts
            if cache.get(cache_key(claim, part)) is None
        }
        batches = [pool.submit(instance_batch, name, cache_folder) for name in names]
        duals = [pool.submit(dual_batch, name, cache_folder) for name in names if name != MATRIX]
        checker, documents = audit_claims(needed(chosen), cache, progress, ahead)
        for done, (name, batch) in enumerate(zip(names, batches, strict=True)):
            for document in batch.result():
                result.certificates[digest(document)] = document
            progress(f"instances of {name}", done + 1, len(names))
        for done, (name, dual) in enumerate(zip(names, duals, strict=False)):
            proved, claims_of_dual = dual.result()
            checker.documents.update(proved)
            documents += claims_of_dual
            progress(f"dual of {name}", done + 1, len(duals))
        pool.shutdown()
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for child in active_children():
            child.kill()
        raise
    result.certificates.update(checker.documents)
    result.claims = documents
    result.verdicts = verdicts(documents, checker)
    return result


def _worker() -> None:
    """Leave an interrupt to the main process, which ends its workers; allow deep terms."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.setrecursionlimit(20_000)


def in_paper_order(found: dict[str, Verdict]) -> Iterator[Verdict]:
    """The verdicts in the order of the paper, then those of the duals."""
    items = [claim.item for claim in PAPER_ORDER]
    for item in (*items, *(i for i in found if i not in items)):
        if item in found:
            yield found[item]
