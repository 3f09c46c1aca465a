"""Every counterexample once more, by an evaluator that shares nothing with the engines.

`refuted` of `test_mutations` works on the statement as its claim module writes it, with fractions
where they suffice and mpmath at 100 digits elsewhere; the checker has its own arithmetic.
"""

import pytest

from certificates.findings import Finding
from proofs.claim import AMENDED, Claim, Part
from proofs.discharge import refuted as searched
from proofs.registry import PROOF_ORDER
from tests.proofs.test_mutations import refuted

# a series without end, computed in test_the_telescoping_sequence of test_findings
ENDLESS = {("Lemma 10", "statement"), ("Lemma 25", "statement")}
TRUE = {("Lemma 31", "e")}  # holds; what the amended step d gives stands beside it


def doubtful(claim: Claim) -> list[Part]:
    """The printed parts that have a point, a kind or an amended one: those that may fail."""
    repaired = {p.amends for p in claim.parts if p.role == AMENDED}
    return [
        p
        for p in claim.parts
        if p.role in ("statement", "step") and (p.at or p.kind or p.label in repaired)
    ]


PLACES = {(c.item, p.label): p for c in PROOF_ORDER for p in doubtful(c)}


def unconfirmed(found: list[Finding]) -> list[tuple[str, str]]:
    """The findings with a counterexample that the tests of this file do not look at."""
    places = {(f.item, f.part) for f in found if f.counterexample}
    return sorted(places - (PLACES.keys() - TRUE))


@pytest.mark.parametrize("place", [p for p in PLACES if p not in ENDLESS | TRUE], ids=": ".join)
def test_the_plain_evaluator_agrees(place: tuple[str, str]) -> None:
    """At the point of the claim module, or that of the search, the statement fails here too."""
    part = PLACES[place]
    document = None if part.at else searched(place[0], part, {})
    at = document["evidence"]["at"] if document is not None else part.at
    assert refuted(part.statement, at)


@pytest.mark.parametrize("place", sorted(TRUE), ids=": ".join)
def test_no_point_refutes_what_is_true(place: tuple[str, str]) -> None:
    """The search finds nothing against a printed part that holds."""
    assert searched(place[0], PLACES[place], {}) is None


def test_another_point_refutes_nothing() -> None:
    """One layer of a single unit: |2k - m|/m = 1 is not above 20 e^{-1/5}."""
    part = PLACES["Theorem 19", "b"]
    assert not refuted(part.statement, {"j": 0, "k": 0, "L": 20, "b": "1/100"})
