"""Parts that were worked on ahead of their lemmas give the certificates of one process, or none."""

import json
from typing import Any

from proofs.ahead import ASSUMED, settled, work_ahead
from proofs.audit import audit, audit_claims, needed
from proofs.cache import Cache
from proofs.registry import find


def test_two_processes_give_the_certificates_of_one() -> None:
    """The same documents to the byte, ids of lemmas included."""
    chosen = [find("Lemma 22")]
    together = audit(chosen, with_instances=False)
    checker, documents = audit_claims(
        needed(chosen), Cache(None), lambda _what, _done, _count: None
    )
    assert together.certificates == checker.documents
    assert together.claims == documents


def test_a_lemma_that_does_not_hold_is_not_taken_for_granted() -> None:
    """What was found ahead with it is thrown away."""
    found = work_ahead("Lemma 23", "statement")
    assert found is not None
    names = [name.removeprefix(ASSUMED) for name in found["rests_on"]]
    assert "Lemma 22: at most one" in names
    ids = {name: (f"{k:064x}", None) for k, name in enumerate(names)}
    put: Any = settled(found, ids)  # type: ignore[arg-type]
    assert ASSUMED not in json.dumps(put)
    assert put["rests_on"] == sorted(identity for identity, _ in ids.values())
    del ids["Lemma 22: at most one"]
    assert settled(found, ids) is None  # type: ignore[arg-type]


def test_later_parts_are_not_assumed() -> None:
    """A part cannot rest on itself or on what comes after it."""
    found = work_ahead("Lemma 23", "a")
    assert found is not None
    assert all("Lemma 23" not in name for name in found["rests_on"])


def test_a_document_of_another_statement_is_not_used() -> None:
    """What a worker says of a part counts only for the part's own statement."""
    claim = find("Lemma 22")
    other = work_ahead("Lemma 23", "c")

    class Wrong:
        def result(self) -> Any:
            return other

    guesses: Any = {(claim.item, p.label): Wrong() for p in claim.parts}
    checker, _ = audit_claims(
        needed([claim]), Cache(None), lambda _what, _done, _count: None, guesses
    )
    plain, _ = audit_claims(needed([claim]), Cache(None), lambda _what, _done, _count: None)
    assert checker.documents == plain.documents
