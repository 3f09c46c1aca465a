"""The gate: which answers of Coq pass, and which words a file may not say."""

from pathlib import Path

import pytest

from proofs.kernel.build import Build, Source, coq_version, development, source
from proofs.kernel.gate import (
    ALLOWED,
    CLOSED,
    Refused,
    audit,
    axioms,
    check_text,
    run,
    without_comments,
)
from tests.kernel.coq import needs_coq

ANSWER = """\
Axioms:
ClassicalDedekindReals.sig_not_dec : forall P : Prop, {~ ~ P} + {~ P}
ClassicalDedekindReals.sig_forall_dec
  : forall P : nat -> Prop,
    (forall n : nat, {P n} + {~ P n}) ->
    {n : nat | ~ P n} + {forall n : nat, P n}
FunctionalExtensionality.functional_extensionality_dep
  : forall (A : Type) (B : A -> Type) (f g : forall x : A, B x),
    (forall x : A, f x = g x) -> f = g
Classical_Prop.classic : forall P : Prop, P \\/ ~ P
"""


def test_the_four_axioms_of_the_classical_reals_pass() -> None:
    assert axioms(ANSWER) == tuple(sorted(ALLOWED))
    assert axioms(CLOSED + "\n") == ()


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "Axioms:\n",
        ANSWER + "cheat : False\n",
        ANSWER + "PrimFloat.add : PrimFloat.float -> PrimFloat.float -> PrimFloat.float\n",
        ANSWER + "PrimInt63.int : Set\n",
        ANSWER + "\nSection Variables:\nx : R\n",
        ANSWER + "loop is assumed to be guarded.\n",
        ANSWER + "Classical_Prop.classic : forall P : Prop, P \\/ ~ P\n",
        ANSWER.replace("P \\/ ~ P", "P"),  # another axiom under an allowed name
        ANSWER.replace("Classical_Prop.classic :", "Classical_Prop.classic"),
        ANSWER.replace("Axioms:", "Theory:"),
        ANSWER.replace("Axioms:\n", ""),
        CLOSED + "\n" + ANSWER,
        "Fetching opaque proofs from disk\n" + ANSWER,
    ],
)
def test_any_other_answer_is_refused(answer: str) -> None:
    with pytest.raises(Refused):
        axioms(answer)


def file(text: str) -> Source:
    return Source("File", text, (), "8.16.1")


@pytest.mark.parametrize(
    "text",
    [
        "Theorem t : False. Proof. Admitted.",
        "Axiom t : False.",
        "Parameter t : False.",
        "Conjecture t : False.",
        "Theorem t : True. Proof. admit. Qed.",
        "Unset Guard Checking.",
        "#[bypass_check(guard)] Fixpoint f (n : nat) : False := f n.",
        "Declare ML Module \"evil\".",
        "(* (* nested *) still a comment *) Axiom t : False.",
        "Theorem t : True. Abort.",
        "Load other.",
    ],
)  # fmt: skip
def test_words_that_assume_or_switch_off_are_refused(text: str) -> None:
    with pytest.raises(Refused):
        check_text(file(text))


def test_comments_may_say_anything_if_they_end() -> None:
    check_text(file("(** No Axiom, (* nothing *) Admitted. *) Lemma t : True. Proof. easy. Qed."))
    with pytest.raises(Refused):
        without_comments("(* open")


def test_the_development_passes_the_gate() -> None:
    for item in development("8.16.1").values():
        check_text(item)


def test_a_key_changes_with_the_text_the_version_and_what_is_loaded() -> None:
    known = development("8.16.1")
    text = "From Conditioning Require Import Language.\n"
    key = source("File", text, known, "8.16.1").key
    assert source("File", text, known, "8.16.1").key == key
    assert source("File", text + " ", known, "8.16.1").key != key
    assert source("File", text, development("8.17.0"), "8.17.0").key != key
    changed = dict(known)
    language = known["Language"]
    changed["Language"] = Source("Language", language.text + " ", language.loads, "8.16.1")
    other = source("File", text, changed, "8.16.1")
    assert other.key != key
    assert other.development != source("File", text, known, "8.16.1").development


LOADS = """\
From Coq Require Import Reals Lra.
From Interval Require Import Tactic.
"""
OURS = "From Conditioning Require Import Language Instances Intervals.\n"
GOAL = "Open Scope R_scope.\nTheorem t : sqrt 2 <= 3 / 2.\nProof. {}. Qed.\n"


def audited(built: Build, text: str) -> tuple[str, ...]:
    """The axioms of the theorem t of a text."""
    version = str(coq_version())
    item = source("Text", text, development(version), version)
    said = built.compile(item)
    assert not said
    return audit(built, {"Text": ["t"]}, {"Text": item})


@needs_coq
@pytest.mark.slow
def test_an_enclosure_over_integers_passes_and_others_are_refused(built: Build) -> None:
    assert set(audited(built, LOADS + OURS + GOAL.format("interval with (i_prec 60)"))) == {
        *ALLOWED
    }
    with pytest.raises(Refused, match=r"the axiom (Prim|Uint63)"):
        audited(built, LOADS + OURS.replace("Intervals", "") + GOAL.format("interval"))
    # the tactic over machine integers hides ours
    with pytest.raises(Refused, match=r"the axiom (Prim|Uint63)"):
        audited(built, OURS + LOADS + GOAL.format("interval with (i_prec 60)"))


@needs_coq
@pytest.mark.slow
def test_an_assumption_that_no_forbidden_word_makes_is_refused(built: Build) -> None:
    with pytest.raises(Refused, match="cheat"):
        audited(built, "Variable cheat : False.\nTheorem t : False.\nProof. exact cheat. Qed.\n")
    with pytest.raises(Refused, match="Admitted"):
        audited(built, "Theorem t : False.\nProof. Admitted.\n")


@needs_coq
@pytest.mark.slow
def test_an_older_answer_is_never_read(
    built: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "assumptions.out").write_text(CLOSED + "\n")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Refused, match="no list"):
        run(built, [], "Definition nothing := tt.\n")
    with pytest.raises(Refused, match="not made"):
        run(built, [], 'Redirect "assumptions" Print Assumptions nothing.\n')


@needs_coq
@pytest.mark.slow
def test_a_kept_file_whose_text_was_changed_is_compiled_again(built: Build) -> None:
    version = str(coq_version())
    item = source("Kept", "Theorem t : True.\nProof. exact I. Qed.\n", {}, version)
    assert built.compile(item) == ""
    assert built.has(item)
    (built.place(item) / "Kept.v").write_text("Theorem t : False.\nProof. Admitted.\n")
    assert not built.has(item)
    assert built.compile(item) == ""
    assert built.has(item)
