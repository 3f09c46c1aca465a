"""Attacks on the translation to Coq: wrong translations are caught, traps cannot be proved."""

import re
from pathlib import Path

import pytest

from certificates.checker import Statement as Parsed
from proofs.kernel.translate import definitions_in_coq, statement_in_coq
from tests.kernel.coq import coqc, needs_coq
from tests.kernel.probes import PROBES, WRONG, Probe

OPENING = """\
From Conditioning Require Import Matrices Spectral Bridge.
Open Scope R_scope.
Lemma least_le_entry (n : Z) (K : Z -> Z -> R) : (1 <= n)%Z ->
  least_eigenvalue n (fun i j => K i j) <= K 1%Z 1%Z.
Proof.
  intros Hn; destruct (form_bounded (Z.to_nat n) (block K)) as (C & _ & HC).
  apply (lambda_min_is_glb (Z.to_nat n) (block K) (- C) C ltac:(lia) HC).
  apply (rayleigh_diag (Z.to_nat n) 0 (block K)); lia.
Qed.
"""


def translated(probe: Probe) -> tuple[str, str]:
    """The definitions and the statement of a probe in Coq."""
    parsed = Parsed.parse(probe.statement.document())
    text = statement_in_coq(parsed.document, parsed.definitions)
    return definitions_in_coq(parsed.definitions), text


def attempt(name: str, probe: Probe, definitions: str, text: str, fail: bool) -> str:
    """Coq commands that try the probe's tactic on a translation; `fail`: it must not work."""
    claim = f"~ ({text})" if probe.trap else text
    command = f"Definition attempt : {claim} := ltac:({probe.tactic})."
    command = " ".join(command.split())
    return f"Module {name}.\n{definitions}\n{'Fail ' if fail else ''}{command}\nEnd {name}.\n"


KINDS = {  # of wrong translations, by what they say is wrong -> how many at least
    "quantifier": (r"(for all|exists) for|a real for an integer|promise", 8),
    "strictness": (r"a (strict|weak) (comparison|decision)|an open domain|asked for$", 10),
    "integer division": (r"integer division|a fraction rounded down|a negative exponent", 3),
    "domain": (r"domain|let pass|poles", 15),
    "dropped definedness": (r"needs? no values?|need not have|not asked for|every part must", 10),
}


def test_at_least_a_hundred_wrong_translations_of_each_kind() -> None:
    assert len({(probe, old, new) for probe, _, old, new in WRONG}) == len(WRONG) >= 100
    for kind, (words, least) in KINDS.items():
        assert sum(bool(re.search(words, what)) for _, what, *_ in WRONG) >= least, kind
    assert {probe for probe, *_ in WRONG} == set(PROBES)


@pytest.mark.parametrize(("name", "what", "old", "new"), WRONG)
def test_a_wrong_translation_is_a_text_that_the_translator_does_not_write(
    name: str, what: str, old: str, new: str
) -> None:
    definitions, text = translated(PROBES[name])
    assert old in definitions + text, what
    assert old != new


@needs_coq
@pytest.mark.slow
def test_right_translations_pass_and_wrong_ones_are_caught(development: Path) -> None:
    lines = OPENING
    for number, (name, probe) in enumerate(PROBES.items()):
        lines += f"(* {name} *)\n" + attempt(f"probe_{number}", probe, *translated(probe), False)
    for number, (name, what, old, new) in enumerate(WRONG):
        definitions, text = (part.replace(old, new) for part in translated(PROBES[name]))
        lines += f"(* {name}: {what} *)\n"
        lines += attempt(f"wrong_{number}", PROBES[name], definitions, text, True)
    error = coqc(development, "Attacks", lines)
    assert error == ""


@needs_coq
@pytest.mark.slow
def test_the_harness_notices_a_wrong_translation_that_passes(development: Path) -> None:
    probe = PROBES["reciprocal"]
    right = attempt("right", probe, *translated(probe), True)
    assert "has not failed" in coqc(development, "Unnoticed", OPENING + right)


def test_the_lower_end_of_a_series_is_outside_the_scope_of_its_index() -> None:
    """Else `n + 1 <= n -> ...` would ask nothing of the terms."""
    term = ["series", "n", ["+", "n", 1], ["*", ["coef", "c", "n"], ["/", 1, "n"]]]
    document = {
        "variables": [["c", "sequence"], ["n", "int"]], "hypotheses": [], "definitions": [],
        "conclusion": ["=", term, term],
    }  # fmt: skip
    parsed = Parsed.parse(document)
    text = statement_in_coq(parsed.document, parsed.definitions)
    assert "(forall n__ : Z, (((n + 1%Z)%Z <= n__)%Z -> ((0 <= n__)%Z /\\ ((IZR n__)" in text
    assert "((n + 1%Z)%Z <= n)%Z" not in text
