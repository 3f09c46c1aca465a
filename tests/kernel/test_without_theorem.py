"""Each part of each claim has a theorem in Coq or a reason why not, and never both."""

import pytest

from certificates.checker import Statement
from proofs.claim import Part
from proofs.kernel import refutations, without_theorem
from proofs.kernel.bridge import scripts
from proofs.kernel.instances import untranslatable
from proofs.kernel.trees import Trees
from proofs.kernel.without_theorem import LISTED, listed
from proofs.registry import PAPER_ORDER, find
from tests.kernel.test_goals import documents, lemmas

PARTS = {(claim.item, part.label): part for claim in PAPER_ORDER for part in claim.parts}
CITED = "it rests on a cited theorem"


def why_not(item: str, part: Part) -> str:
    """Why a part has no theorem in Coq.

    Nothing if a script of the bridge proves or refutes it, or if nobody has said why: then its
    certificate must be exported itself.
    """
    if (item, part.label) in scripts():
        return ""
    if part.source:
        return CITED
    return untranslatable(Statement.parse(part.statement.document())) or listed(item, part.label)


def test_each_part_has_a_theorem_or_a_reason() -> None:
    """A theorem of the bridge, or of its certificate: what has no script is exported itself."""
    silent = {k for k, part in PARTS.items() if k not in scripts() and not why_not(k[0], part)}
    own = {i: d for i, d in documents().items() if (d["item"], d["part"]) in silent}
    known = {**own, **lemmas(own)}
    files = [*Trees(known).files, *refutations.files(known)]
    assert silent == {(t.item, t.part) for file in files for t in file.theorems} & silent
    assert len(silent) < 40


def test_no_reason_is_listed_for_what_has_a_theorem_or_needs_none() -> None:
    named = {(item, label) for item, reasons in LISTED.items() for label in reasons}
    assert named <= set(PARTS)
    assert not named & set(scripts())
    own = {i: d for i, d in documents().items() if (d["item"], d["part"]) in named}
    known = {**own, **lemmas(own)}
    files = [*Trees(known).files, *refutations.files(known)]
    assert not named & {(t.item, t.part) for file in files for t in file.theorems}
    assert all(why_not(item, PARTS[item, label]) == listed(item, label) for item, label in named)


def test_computed_reasons() -> None:
    assert why_not("Lemma 6", find("Lemma 6").part("amended")) == ""
    assert why_not("Lemma 5", find("Lemma 5").part("limit")) == CITED
    moments = find("Theorem 18").part("moments")
    assert why_not("Theorem 18", moments) == "expect has no translation"


def test_a_part_without_script_and_without_reason_is_noticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(without_theorem, "LISTED", {})
    assert why_not("Lemma 31", PARTS["Lemma 31", "d amended"]) == ""
