"""Clipped activations and ELU: duals up to Phi_2, proved from Definition 4; wrong ones are not."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import pytest

from certificates.checker import MOST_BYTES, Checker, Rejected, Statement, canonical, digest
from certificates.terms import Malformed, show_statement
from proofs.claim import Claim
from proofs.clipped import needs_truncation
from proofs.discharge import accepted, proved
from proofs.duals import dual_claim
from proofs.truncated import ITEM, truncated_claim
from symbolic import parse_activation
from tests.proofs.test_duals import changed_numbers

Document = dict[str, Any]
NAMES = (
    "hard_tanh", "hard_tanh(c)", "relu6", "hard_sigmoid", "hard_swish", "soft_shrink",
    "hard_shrink", "triangle", "triangle(c)", "elu", "elu(alpha)", "selu", "celu(2)", "celu(alpha)",
)  # fmt: skip
LABELS = [
    "mean", "first coefficient", "second moment", "dual", "dual at 1", "dual at -1",
    "normalised mean", "normalised dual", "normalised variance", "mu",
]  # fmt: skip


LONGEST_ABOUT_LETTERS = 60_000


def discharged(
    claim: Claim, lemmas: dict[str, tuple[str, Statement]], checker: Checker, *labels: str
) -> dict[str, Document]:
    """The certificates of the parts, each accepted by the checker as one that holds."""
    found = {}
    for part in claim.parts:
        if labels and part.label not in labels:
            continue
        document = proved(claim.item, part, lemmas)
        assert document is not None
        outcome = accepted(document, checker)
        assert outcome.verdict == "holds", part.label
        said = checker.check(outcome.identity).statement
        lemmas[f"{claim.item}: {part.label}"] = (outcome.identity, said)
        found[part.label] = document
    return found


@cache
def moments() -> tuple[dict[str, tuple[str, Statement]], Checker, dict[str, Document]]:
    """The lemmas about truncated moments."""
    lemmas: dict[str, tuple[str, Statement]] = {}
    checker = Checker({})
    found = discharged(truncated_claim(), lemmas, checker)
    return lemmas, checker, found


def refused(wrong: Document, *others: Document) -> None:
    """The checker refuses the certificate."""
    documents = {digest(d): d for d in (*others, wrong)}
    with pytest.raises((Rejected, Malformed)):
        Checker(documents).check(digest(wrong))


def with_form(document: Document, form: Any) -> Document:
    """The certificate with another closed form in its statement."""
    says = document["statement"]
    return {**document, "statement": {**says, "conclusion": [*says["conclusion"][:2], form]}}


def test_one_activation() -> None:
    """The dual of hard-tanh, with only the lemmas that it needs; changed numbers are refused."""
    lemmas: dict[str, tuple[str, Statement]] = {}
    checker = Checker({})
    needed = ("N_0", "N_1", "N_2", "joint density", "T_10", "T_01", "T_11", "T_20", "S_00", "S_10",
              "reflected")  # fmt: skip
    found = discharged(truncated_claim(), lemmas, checker, *needed)
    for label in ("N_1", "joint density", "T_10", "S_10", "reflected"):
        others = [d for d in found.values() if d["part"] != label]
        for form in list(changed_numbers(found[label]["statement"]["conclusion"][2]))[:8]:
            refused(with_form(found[label], form), *others)
    dual = discharged(dual_claim("hard_tanh"), lemmas, checker, "dual")["dual"]
    assert "Phi2(-1, -1, ρ)" in show_statement(Statement.parse(dual["statement"]).document)
    assert dual["statement"]["hypotheses"] == [["<", -1, "rho"], ["<", "rho", 1]]
    for form in list(changed_numbers(dual["statement"]["conclusion"][2]))[::9]:
        refused(with_form(dual, form), *found.values())
    ends = {**dual["statement"], "hypotheses": [["<=", ["abs", "rho"], 1]]}
    refused({**dual, "statement": ends}, *found.values())
    other = dual_claim("soft_shrink").part("dual").statement.document()
    refused({**dual, "statement": other}, *found.values())


def test_a_certificate_longer_than_a_file_may_be_is_none() -> None:
    """What the checker would not read is not accepted, whatever it proves."""
    document = discharged(dual_claim("sign"), {}, Checker({}), "mean")["mean"]
    long = {**document, "note": "n" * MOST_BYTES}
    with pytest.raises(Malformed, match="longer than"):
        accepted(long, Checker({}))


def test_which_activations_need_it() -> None:
    """Break points away from 0, or exponentials that are cut off at 0."""
    for name in NAMES:
        assert needs_truncation(parse_activation(name)), name
    for name in ("relu", "abs", "exp", "sin", "gelu", "h(3)", "gaussian", "gabor"):
        assert not needs_truncation(parse_activation(name)), name


@pytest.mark.slow
def test_every_lemma_is_exact() -> None:
    """All lemmas hold, and each is refused with a changed number."""
    _, checker, found = moments()
    assert len(found) == len(truncated_claim().parts)
    for label, document in found.items():
        assert checker.check(digest(document)).assurance == "exact"
        others = [d for d in found.values() if d["part"] != label]
        for form in list(changed_numbers(document["statement"]["conclusion"][2]))[:3]:
            refused(with_form(document, form), *others)
        assert document["item"] == ITEM


WITHIN = ("mean", "second moment", "dual", "dual at 1", "dual at -1")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "labels"),
    [("hard_tanh(c)", LABELS), ("hard_shrink", WITHIN[1:3]), ("elu(alpha)", LABELS),
     ("relu6", WITHIN[-1:]), ("celu(alpha)", WITHIN[1:]), ("triangle(c)", WITHIN[1:2])],
)  # fmt: skip
def test_closed_forms(name: str, labels: Sequence[str]) -> None:
    """All parts hold; with one number of a closed form changed, the evidence is refused."""
    lemmas, checker, known = moments()
    found = discharged(dual_claim(name), dict(lemmas), checker, *labels)
    assert set(found) == set(labels)
    for label in set(labels) & set(LABELS[6:]):  # letters stand for the long closed forms
        assert len(canonical(found[label])) < LONGEST_ABOUT_LETTERS, label
    for label in ("mean", "dual", "dual at 1", "mu") if "mu" in labels else labels[-1:]:
        document = found[label]
        forms = list(changed_numbers(document["statement"]["conclusion"][2]))
        for form in forms[:: max(1, len(forms) // 3)][:3]:
            others = [d for d in (*known.values(), *found.values()) if d["part"] != label]
            refused(with_form(document, form), *others)
