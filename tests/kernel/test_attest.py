"""Attestations: written, read with suspicion, and counted only while everything matches."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from certificates.checker import canonical, digest, read
from certificates.terms import Malformed
from proofs.cache import Cache
from proofs.kernel import standing as standing_of
from proofs.kernel.attest import (
    COMMITTED,
    attestation,
    load_attestations,
    text_hash,
    validate,
    write_attestations,
)
from proofs.kernel.bridge import BridgeFile, Theorem
from proofs.kernel.build import NO_COQ, development, source
from proofs.kernel.gate import ALLOWED
from proofs.kernel.standing import (
    ACCEPTED,
    ATTESTED,
    NO_THEOREM,
    NOT_RUN,
    STALE,
    Standing,
    committed_ids,
    generated,
    summary,
    texts,
)

VERSION = "8.16.1 4.13.1"
STATEMENT = {"variables": [], "hypotheses": [], "conclusion": ["=", 0, 0], "definitions": []}
CERTIFICATE = {"item": "Lemma 1", "part": "a", "statement": STATEMENT}
TEXT = "From Conditioning Require Import Language.\nTheorem a : True.\nProof. easy. Qed.\n"


def made() -> tuple[dict[str, Any], dict[str, Any]]:
    """An attestation, and the description of the file that it is of."""
    theorem = Theorem("Lemma 1", "a", digest(STATEMENT), "a")
    file = BridgeFile("Bridge_one", TEXT, (theorem,))
    compiled = source(file.name, file.text, development(VERSION), VERSION)
    described = {
        "file": file.name, "text": text_hash(TEXT), "development": compiled.development,
        "statements": [["Lemma 1", "a", digest(STATEMENT), "holds"]],
    }  # fmt: skip
    return attestation(file, compiled, file.theorems, sorted(ALLOWED)), described


def standing(**changes: Any) -> Standing:
    """A standing with one attestation from elsewhere, some of it changed."""
    document, described = made()
    values = {"here": [], "elsewhere": [document], "files": {"Bridge_one": described},
              "version": VERSION}  # fmt: skip
    return Standing(**{**values, **changes})


def test_an_attestation_that_matches_counts() -> None:
    document, _ = made()
    validate(document)
    assert standing().line(CERTIFICATE, "holds") == ATTESTED
    assert standing(version=None).line(CERTIFICATE, "holds") == ATTESTED
    assert standing(here=[document]).line(CERTIFICATE, "holds") == ACCEPTED


def test_without_coqc_nothing_is_called_accepted_here() -> None:
    document, _ = made()
    assert standing(here=[document], version=None).line(CERTIFICATE, "holds") == ATTESTED
    assert standing(elsewhere=[], version=None).line(CERTIFICATE, "holds") == NO_COQ
    assert standing(elsewhere=[]).line(CERTIFICATE, "holds") == NOT_RUN
    assert standing(elsewhere=[], files={}).line(CERTIFICATE, "holds") == NO_THEOREM
    conclusion = ["=", ["expect", "x", "x"], 0]
    untranslated = {**CERTIFICATE, "statement": {**STATEMENT, "conclusion": conclusion}}
    line = standing(elsewhere=[], files={}).line(untranslated, "holds")
    assert line == "kernel: not translatable (expect)"


@pytest.mark.parametrize("hashed", ["text", "development"])
def test_a_changed_file_or_development_makes_it_stale(hashed: str) -> None:
    _, described = made()
    described[hashed] = "0" * 64
    assert standing(files={"Bridge_one": described}).line(CERTIFICATE, "holds") == STALE


def test_another_coq_statement_verdict_or_file_makes_it_stale() -> None:
    assert standing(version="8.17.0 4.13.1").line(CERTIFICATE, "holds") == STALE
    other = {**CERTIFICATE, "statement": {**STATEMENT, "conclusion": ["=", 1, 1]}}
    assert standing().line(other, "holds") == STALE
    assert standing().line(CERTIFICATE, "fails") == STALE
    assert standing(files={}).line(CERTIFICATE, "holds") == STALE


def test_an_attestation_counts_only_for_what_its_file_states() -> None:
    """Right hashes of a file do not vouch for a statement that stands elsewhere."""
    _, described = made()
    described["statements"] = []
    assert standing(files={"Bridge_one": described}).line(CERTIFICATE, "holds") == STALE
    other = {**made()[1], "file": "Bridge_two", "text": "0" * 64}
    both = {"Bridge_one": described, "Bridge_two": other}
    assert standing(files=both).line(CERTIFICATE, "holds") == STALE


def test_attestations_are_written_and_read(tmp_path: Path) -> None:
    document, _ = made()
    write_attestations([{**document, "file": "Old"}], tmp_path)
    write_attestations([document], tmp_path)
    assert load_attestations(tmp_path) == [document]
    assert load_attestations(tmp_path / "nowhere") == []


@pytest.mark.parametrize(
    "edit",
    [
        {"format": 2},
        {"axioms": ["cheat"]},
        {"axioms": "Classical_Prop.classic"},
        {"coq": "8.16.1\n"},
        {"text": "0" * 63},
        {"text": "G" * 64},
        {"development": 0},
        {"file": "x" * 101},
        {"theorems": []},
        {"theorems": {}},
        {"more": 1},
    ],
)
def test_what_is_not_an_attestation_is_refused(edit: dict[str, Any]) -> None:
    document, _ = made()
    with pytest.raises(Malformed):
        validate({**document, **edit})


@pytest.mark.parametrize(
    "edit", [{"verdict": "open"}, {"statement": "0"}, {"name": 1}, {"part": "\n"}, {"more": 1}]
)
def test_what_is_not_a_theorem_is_refused(edit: dict[str, Any]) -> None:
    document = deepcopy(made()[0])
    document["theorems"][0].update(edit)
    with pytest.raises(Malformed):
        validate(document)


def test_bytes_that_are_not_canonical_are_refused(tmp_path: Path) -> None:
    document, _ = made()
    (tmp_path / "a.json").write_bytes(canonical(document).replace(b":", b": ", 1))
    with pytest.raises(Malformed, match=r"a\.json"):
        load_attestations(tmp_path)


def test_several_lines_become_one() -> None:
    assert summary([ATTESTED, ATTESTED]) == ATTESTED
    assert summary([NO_THEOREM, ACCEPTED, STALE, ACCEPTED]) == (
        "kernel: 2 accepted; 1 stale; 1 no theorem"
    )


def test_the_committed_attestations_are_well_formed() -> None:
    for document in load_attestations(COMMITTED):
        assert set(document["axioms"]) <= set(ALLOWED)


def test_the_paper_s_certificates_are_known_by_their_file_names() -> None:
    paths = sorted((COMMITTED.parent / "paper" / "lemma_6").glob("lemma_6_amended-*.json"))
    assert paths and {digest(read(p.read_bytes()))[:16] for p in paths} <= committed_ids()


def test_a_changed_development_is_another_key(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = texts()
    (tmp_path / "A.v").write_text("Lemma a : True.")
    monkeypatch.setattr(standing_of, "DEVELOPMENT", tmp_path)
    first = texts()
    (tmp_path / "A.v").write_text("Lemma b : True.")
    assert len({before, first, texts()}) == 3


def test_each_generated_file_is_described_by_its_hashes() -> None:
    files = generated({}, Cache(None))
    assert len({f["file"] for f in files}) == len(files) > 0
    assert all(len(f["text"]) == len(f["development"]) == 64 for f in files)
