"""From a part of a claim to its certificate: prove it, else refute it, else record it as open."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from certificates.checker import FORMAT, Checker, Rejected, Statement, digest, obligations
from certificates.dyadic import Indeterminate, Undefined
from certificates.terms import Malformed
from proofs.claim import Part
from proofs.engines.search import POINTS, PRECISION, find_counterexample
from proofs.engines.smt import solver_says
from proofs.tactics import Prover, Stuck

QUICK = 1_500  # points tried on what is cited anyway


@dataclass(frozen=True)
class Outcome:
    """A certificate, its id, and what the checker made of it."""

    identity: str
    document: dict[str, Any]
    verdict: str
    assurance: str
    tried: str = ""
    refuted: str = ""


def certificate(
    item: str, label: str, statement: Mapping[str, Any], evidence: Mapping[str, Any],
    definedness: list[Any] | None = None, rests_on: list[str] | None = None, note: str = "",
) -> dict[str, Any]:  # fmt: skip
    """The document of a certificate."""
    document = {
        "format": FORMAT, "item": item, "part": label, "statement": statement,
        "evidence": evidence, "definedness": definedness or [], "rests_on": rests_on or [],
    }  # fmt: skip
    return {**document, "note": note} if note else document


def discharge(
    item: str, part: Part, lemmas: Mapping[str, tuple[str, Statement]],
    checker: Checker,
) -> Outcome:  # fmt: skip
    """The certificate of one part, accepted by the checker; open when no engine decides it.

    The checker keeps what it has accepted, so that a lemma is checked once in a run.
    """
    written = part.statement.document()
    statement = Statement.parse(written)
    tried = []
    if part.at:
        try:
            return accepted(refuted_at(item, part, part.at), checker)
        except (Rejected, Malformed) as error:
            tried.append(f"point: {error}")
    if not part.source:
        try:
            definedness = [
                Prover(lemmas).prove_by_one_of(goal, part.defined)
                for goal in obligations(statement)
            ]
            evidence = Prover(lemmas).prove(statement.goal, part.proof)
            document = certificate(
                item,
                part.label,
                written,
                evidence,
                definedness,
                used_lemmas([evidence, definedness]),
                part.words,
            )
            return accepted(document, checker)
        except (Stuck, Rejected, Malformed, Undefined, Indeterminate, RecursionError) as error:
            tried.append(f"proof: {error}")
    refutation = find_counterexample(statement, QUICK if part.source else POINTS)
    if refutation is not None:
        try:
            return accepted(refuted_at(item, part, refutation["at"]), checker)
        except (Rejected, Malformed) as error:
            tried.append(f"counterexample: {error}")
    label, source = ("cited", part.source) if part.source else solver_says(statement.goal)
    record = {"by": "open", "label": label, "source": source}
    document = certificate(item, part.label, written, record, note=part.words)
    outcome = accepted(document, checker)
    return Outcome(outcome.identity, document, "open", label, "; ".join(tried))


def refuted_at(item: str, part: Part, at: Mapping[str, Any]) -> dict[str, Any]:
    """The certificate that a part fails at a point."""
    evidence = {"by": "counterexample", "precision": PRECISION, "at": dict(at)}
    return certificate(item, part.label, part.statement.document(), evidence, note=part.words)


def used_lemmas(evidence: Any) -> list[str]:
    """The ids of the lemmas that a piece of evidence uses."""
    found: set[str] = set()

    def visit(node: Any) -> None:
        if isinstance(node, dict):
            if node.get("by") == "use":
                found.add(node["lemma"])
            for value in node.values():
                visit(value)
        elif isinstance(node, list):
            for value in node:
                visit(value)

    visit(evidence)
    return sorted(found)


def accepted(document: dict[str, Any], checker: Checker) -> Outcome:
    """What the independent checker makes of a new document.  Raises Rejected or Malformed."""
    identity = digest(document)
    checker.documents[identity] = document
    found = checker.check(identity)
    return Outcome(identity, document, found.verdict, found.assurance, refuted=found.refuted)
