"""The corpus of claims: what is false there is false, and no verdict contradicts the truth."""

import mpmath
import pytest

from certificates.checker import Checker
from proofs.parser import parse_claim
from proofs.reviewer import decide
from tests.corpus.reference import DIGITS, Entry, NoValue, corpus, holds

ENTRIES = corpus()
SAMPLE = (
    "exp_tangent", "log_tangent", "jordan", "chernoff", "am_gm_3", "nesbitt", "hypotenuse",
    "power_two_all", "exists_exp", "kober", "sin_abs", "x_log", "tail_196", "one_step",
    "log1p_root", "cube_root", "squares", "abs_triangle",
)  # fmt: skip
TRUTH = {True: "proved", False: "refuted"}


def verdict(entry: Entry, timeout: float) -> str:
    checker = Checker({})
    found = decide(parse_claim(entry.text, entry.name), {}, checker, timeout, 128)
    accepted = Checker({found.identity: dict(found.certificate)}).check(found.identity)
    assert (
        accepted.verdict == {"proved": "holds", "refuted": "fails", "open": "open"}[found.verdict]
    )
    return found.verdict


def test_the_corpus_is_large_and_a_third_is_held_out() -> None:
    assert sum(e.true for e in ENTRIES) >= 250 and sum(not e.true for e in ENTRIES) >= 250
    assert 0.25 < sum(e.held_out for e in ENTRIES) / len(ENTRIES) < 0.42
    for amount in ("1e-3", "1e-6", "1e-12"):
        assert sum(e.source.endswith(amount) for e in ENTRIES) >= 80


def test_each_false_claim_is_false_at_its_witness() -> None:
    with mpmath.workdps(DIGITS):
        for entry in ENTRIES:
            if entry.true:
                continue
            statement = parse_claim(entry.text).statement
            document, definitions = statement.document, statement.definitions
            try:
                assert all(holds(h, entry.witness, definitions) for h in document["hypotheses"])
                assert not holds(document["conclusion"], entry.witness, definitions), entry.name
            except NoValue:
                assert "without a value" in entry.source, entry.name


@pytest.mark.parametrize("name", SAMPLE)
def test_a_sample_is_decided_with_its_near_misses(name: str) -> None:
    for entry in ENTRIES:
        if entry.parent == name:
            assert verdict(entry, 30) == TRUTH[entry.true], entry.name


@pytest.mark.slow
@pytest.mark.parametrize("part", range(3))
def test_no_verdict_contradicts_the_truth(part: int) -> None:
    for entry in ENTRIES[part::9]:
        assert verdict(entry, 4) in (TRUTH[entry.true], "open"), entry.name
