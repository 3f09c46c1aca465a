"""The bridge: generated statements of the claims, closed by theorems of the Coq development."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from certificates.checker import digest
from proofs.claim import AMENDED, STATEMENT, STEP
from proofs.cli import cli
from proofs.kernel.bridge import STATED, BadScript, checked_script, files, scripts, scripts_in
from proofs.kernel.closed_forms import CLOSED_FORMS
from proofs.registry import find
from tests.kernel.coq import coqc, needs_coq


def test_a_theorem_names_the_statement_of_its_certificate() -> None:
    seen = set()
    for file in files():
        for theorem in file.theorems:
            (claim,) = (c for c in STATED if c.item == theorem.item)
            part = claim.part(theorem.part)
            assert theorem.statement == digest(part.statement.document())
            assert f"Theorem {theorem.name} : " in file.text
            seen.add(theorem.name)
    assert len(seen) == sum(len(file.theorems) for file in files()) == len(scripts())


# what an amended part, which has a script, says where the paper's own B is defined
RESTATED = {("Theorem 8", "part 1, even depths"), ("Theorem 8", "part 2, even depths")}


@pytest.mark.parametrize(
    "item", ["Lemma 6", "Lemma 7", "Lemma 22", "Lemma 23", "Lemma 24", "Lemma 10", "Lemma 25",
             "Theorem 2", "Corollary 3", "L0", "Powers", "Theorem 8", "Corollary 9", "Odds"]
)  # fmt: skip
def test_what_the_core_claims_say_has_a_theorem(item: str) -> None:
    said = [part for part in find(item).parts if part.role in (STATEMENT, STEP, AMENDED)]
    assert {(item, part.label) for part in said} - RESTATED <= set(scripts())


def test_every_closed_form_is_among_the_theorems_to_attest() -> None:
    own = {t.part for file in files() for t in file.theorems if t.item == CLOSED_FORMS.item}
    assert own == {part.label for part in CLOSED_FORMS.parts} and len(own) == 13


def test_a_refuted_part_has_the_negation() -> None:
    verdicts = {(t.item, t.part): t.verdict for file in files() for t in file.theorems}
    assert {key for key, verdict in verdicts.items() if verdict == "fails"} == {
        ("Lemma 6", "statement"), ("Lemma 24", "a"), ("Lemma 25", "d"),
        ("Lemma 25", "statement"), ("Lemma 10", "statement"),
        *(("Theorem 8", part) for part in ("c", "e", "f", "i", "part 1", "part 2")),
        ("formula (2)", "printed"),
        ("Corollary 9", "i"), ("Corollary 9", "f"),
        *(("Theorem 30", part) for part in ("e, the two θ", "g", "h", "i", "l")),
        ("Lemma 26", "h"), ("Lemma 26", "printed"),
        *(("Theorem 18", part) for part in ("network", "c", "d1", "d2", "e1", "e2", "h, interval",
                                            "i1", "j")),
        ("Statistical queries", "printed"), ("Theorem 19", "width"), ("Theorem 19", "d"),
        ("Theorem 12", "ReLU accuracy"), ("Theorem 12", "printed"),
        ("Theorem 13", "λ_min"), ("Theorem 13", "printed"),
        ("Theorem 15", "printed, in the limit"), ("Uncentred activations", "printed"),
        *(("Theorem 20", part) for part in ("depth", "d", "g", "printed", "remark")),
        ("Theorem 28", "zero loss"), ("Theorem 28", "printed"),
        ("Theorem 29", "b"), ("Theorem 29", "c"), ("Theorem 29", "printed"),
    }  # fmt: skip


def test_statements_stand_before_the_development_is_loaded() -> None:
    for file in files():
        loads = next(s.loads for s in scripts().values() if file.name == f"Bridge_{s.file}")
        statements, _, proofs = file.text.partition(loads)
        assert "\nTheorem" not in statements
        assert "\nDefinition" not in proofs and "\nModule" not in proofs
        assert statements.count("Require Import") == 2


@pytest.mark.parametrize(
    "script",
    [
        "Proof. Admitted.",
        "Proof. Abort. Theorem t : True. Proof. trivial. Qed.",
        "Proof. - Axiom a : False. destruct a. Qed.",
        "Proof. Notation le := (fun _ _ => True). trivial. Qed.",
        'Proof. (* "(*" *) Abort. (* "*)" *) Qed.',
        "Definition t := I. Proof. trivial. Qed.",
        "trivial.",
    ],
)
def test_a_script_is_a_proof_and_nothing_else(script: str) -> None:
    with pytest.raises(BadScript):
        checked_script(script, "here")


def test_two_scripts_for_one_part_are_refused() -> None:
    opening = "(** Title. *)\nFrom Conditioning Require Import Bridge.\n\n"
    block = '(* proof of "Lemma 23: a" *)\nProof. trivial. Qed.\n'
    assert len(scripts_in("f", opening + block)) == 1
    with pytest.raises(BadScript, match="two scripts"):
        scripts_in("f", opening + block + block)


@pytest.mark.parametrize(
    "more", ["Axiom a : False.\n", "Open Scope Z_scope.\n", "Set Universe Checking.\n"]
)
def test_a_script_file_begins_with_one_import(more: str) -> None:
    opening = "From Conditioning Require Import Bridge.\n"
    assert scripts_in("f", opening) == {}
    with pytest.raises(BadScript, match="one import"):
        scripts_in("f", opening + more)


@needs_coq
@pytest.mark.slow
def test_every_generated_file_compiles(development: Path) -> None:
    for file in files():
        assert coqc(development, file.name, file.text) == ""


def test_show_prints_the_coq_text_beside_the_statement() -> None:
    result = CliRunner().invoke(cli, ["show", "--coq", "Lemma 24"])
    assert result.exit_code == 0
    assert "step a\n" in result.output
    assert "it holds that σ̂_a(K[i,j]) = Σ_{k≥1} a_k·K[i,j]^k" in result.output
    assert "Theorem not_lemma_24_a : ~ Lemma_24_a.statement." in result.output
    assert "Theorem lemma_24_a_amended : Lemma_24_a_amended.statement." in result.output


def test_show_says_what_has_no_translation() -> None:
    result = CliRunner().invoke(cli, ["show", "--coq", "Fact 1"])
    assert result.exit_code == 0
    assert "no translation: expect2" in result.output
