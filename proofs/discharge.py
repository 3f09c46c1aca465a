"""From a part of a claim to its certificate: prove it, else refute it, else record it as open."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from certificates.checker import (
    FORMAT,
    Checker,
    Rejected,
    Statement,
    canonical,
    digest,
    obligations,
    read,
)
from certificates.dyadic import Indeterminate, Undefined
from certificates.terms import Malformed
from proofs.cache import Cache
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


Lemmas = Mapping[str, tuple[str, Statement]]  # name -> id, statement
STUCK = (Stuck, Rejected, Malformed, Undefined, Indeterminate, RecursionError)


def discharge(item: str, part: Part, lemmas: Lemmas, checker: Checker) -> Outcome:
    """The certificate of one part, accepted by the checker; open when no engine decides it.

    The checker keeps what it has accepted, so that a lemma is checked once in a run.
    """
    tried: list[str] = []
    for find in (at_its_point, proved, refuted, unresolved):
        try:
            document = find(item, part, lemmas)
            if document is not None:
                outcome = accepted(document, checker)
                return replace(outcome, tried="; ".join(tried))
        except STUCK as error:
            tried.append(f"{find.__name__}: {error}")
    raise Stuck(f"{item}, {part.label} has no record: {'; '.join(tried)}")


def attempt(item: str, part: Part, lemmas: Lemmas) -> dict[str, Any] | None:
    """The first document that `discharge` would show to the checker; None if that is not certain.

    It needs no checker, so that parts can be worked on before the lemmas that they rest on.
    """
    for find in (at_its_point, proved, refuted, unresolved):
        try:
            document = find(item, part, lemmas)
        except STUCK:
            if part.at:
                return None
            continue
        if document is not None:
            return document
    return None


def at_its_point(item: str, part: Part, _: Lemmas) -> dict[str, Any] | None:
    """The certificate that a part fails at the point that its claim names."""
    return refuted_at(item, part, part.at) if part.at else None


def proved(item: str, part: Part, lemmas: Lemmas) -> dict[str, Any] | None:
    """The certificate of a part that its proof proves, definedness included.  Raises Stuck."""
    if part.source:
        return None
    written = part.statement.document()
    statement = Statement.parse(written)
    definedness = [
        Prover(lemmas).prove_by_one_of(goal, part.defined) for goal in obligations(statement)
    ]
    evidence = Prover(lemmas).prove(statement.goal, part.proof)
    uses = used_lemmas([evidence, definedness])
    return certificate(item, part.label, written, evidence, definedness, uses, part.words)


def refuted(item: str, part: Part, _: Lemmas) -> dict[str, Any] | None:
    """The certificate that a part fails, if the search finds a point."""
    statement = Statement.parse(part.statement.document())
    found = find_counterexample(statement, QUICK if part.source else POINTS)
    return refuted_at(item, part, found["at"]) if found is not None else None


def unresolved(item: str, part: Part, _: Lemmas) -> dict[str, Any]:
    """The record of a part that is cited or that no engine decides."""
    written = part.statement.document()
    goal = Statement.parse(written).goal
    label, source = ("cited", part.source) if part.source else solver_says(goal)
    record = {"by": "open", "label": label, "source": source}
    return certificate(item, part.label, written, record, note=part.words)


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


def kept(
    cache: Cache, key: Any, item: str, label: str, statement: Mapping[str, Any], checker: Checker
) -> Outcome | None:
    """The kept certificate of a part, accepted anew; None if there is none of this statement."""
    document = cache.certificate(key, item, label, statement)
    try:
        return None if document is None else accepted(document, checker)
    except (Rejected, Malformed):
        return None


def accepted(document: dict[str, Any], checker: Checker) -> Outcome:
    """What the independent checker makes of a new document, as it would of the file.

    Raises Rejected or Malformed, the latter also beyond the limits of a file.
    """
    read(canonical(document))
    identity = digest(document)
    checker.documents[identity] = document
    found = checker.check(identity)
    return Outcome(identity, document, found.verdict, found.assurance, refuted=found.refuted)
