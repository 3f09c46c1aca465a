"""The fuzzers' targets on random bytes, on bytes that ask for much, and on what they once found."""

import subprocess
import sys
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certificates.checker import Checker, Rejected, canonical, digest, read
from certificates.terms import Malformed
from proofs import prove
from symbolic.formula import FormulaError
from tests.fuzzing import harness
from tests.fuzzing.harness import LARGEST, Untrue, check_bytes, one_certificate, one_claim
from tests.fuzzing.random_claims import claim, disagreement

ROOT = Path(__file__).resolve().parents[2]


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.binary(min_size=1, max_size=80))
def test_certificates(data: bytes) -> None:
    one_certificate(b"\x40" + data)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.binary(max_size=200))
def test_bytes_that_are_no_certificates(data: bytes) -> None:
    one_certificate(b"\x00" + data)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.binary(max_size=80))
def test_claims_of_words(data: bytes) -> None:
    one_claim(b"\x80" + data)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text(max_size=200))
def test_claims_of_characters(text: str) -> None:
    one_claim(b"\x00" + text.encode("utf-8", "replace"))


LONG = {
    "brackets": "(" * LARGEST, "zeros": "0" * LARGEST, "signs": "-" * LARGEST,
    "sum": "forall x: " + "x+" * 49_000 + "x >= 0", "powers": "2^" * 5_000 + "2 > 1",
    "nots": "not " * 2_000 + "1 < 2", "lets": "let f(x) = x in " * 600 + "1 < 2",
    "doubling": "let f0(x) = x in " + " ".join(
        f"let f{k}(x) = f{k - 1}(x)*f{k - 1}(x) in" for k in range(1, 100)) + " f99(2) > 1",
    "names": "forall " + ", ".join(f"x{k}" for k in range(1_500)) + ": x0 > 0",
    "quantifiers": "".join(f"forall x{k}: " for k in range(700)) + "x0 > 0",
    "comparisons": "forall x: " + "x <= " * 1_900 + "x", "bars": "|" * 9_000,
    "disjunction": "forall x: " + "x > 1 or " * 1_000 + "x > 0",
}  # fmt: skip


@pytest.mark.parametrize("name", LONG)
def test_long_claims(name: str) -> None:
    one_claim(b"\x00" + LONG[name].encode())


def _nested(depth: int) -> bytes:
    return b'{"a":' * depth + b"1" + b"}" * depth + b"\n"


@pytest.mark.parametrize(
    "data",
    [
        b"[" * LARGEST, b'"' * LARGEST, b"9" * LARGEST, b"{" * LARGEST, _nested(119), _nested(500),
        b'{"format":1,"a":"' + b"\\u0000" * 16_000 + b'"}\n', b"\xff" * LARGEST, b"",
        b'{"format":1,"a":[' + b"0," * 40_000 + b"0]}\n", b'{"format":1e400}\n',
    ],
)  # fmt: skip
def test_long_documents(data: bytes) -> None:
    check_bytes(data)


def test_the_oracle_sees_what_is_false(monkeypatch: pytest.MonkeyPatch) -> None:
    """A checker that accepted any evidence would be found out, by mutations of statements too."""
    false = {"variables": [["x", "real"]], "hypotheses": [], "definitions": [],
             "conclusion": ["<=", 0, "x"]}  # fmt: skip
    document = {"format": 1, "item": "a", "part": "b", "statement": false, "rests_on": [],
                "evidence": {"by": "assumption"}, "definedness": []}  # fmt: skip
    check_bytes(canonical(document))  # rejected, as it should be
    monkeypatch.setattr(Checker, "check", lambda self, identity: _Accepted)
    with pytest.raises(Untrue):
        check_bytes(canonical(document))


class _Accepted:
    verdict = "holds"


def test_mutations_reach_acceptance_and_rejection() -> None:
    """Some of what the fuzzer makes is accepted, so that the oracle has something to judge."""
    random, verdicts = Random(1), {"holds": 0, "rejected": 0}
    for _ in range(300):
        made = harness.mutated(harness.Choices(random.randbytes(60)))
        try:
            data = canonical(made)
            identity = digest(read(data))
            found = Checker({identity: read(data)}).check(identity).verdict
        except (Malformed, Rejected):
            found = "rejected"
        verdicts[found] = verdicts.get(found, 0) + 1
    assert verdicts["holds"] >= 30 and verdicts["rejected"] >= 100


@pytest.mark.slow
@pytest.mark.skipif(find_spec("atheris") is None, reason="atheris is not installed")
@pytest.mark.parametrize("target", ["certificate", "claim"])
def test_coverage_guided(target: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzzing.atheris_run", target, "-max_total_time=20",
         "-max_len=1000", "-len_control=0", "-timeout=20", f"-artifact_prefix={tmp_path}/",
         str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    assert "Done" in done.stderr


def _random_claims(seed: int, count: int, timeout: float) -> dict[str, int]:
    random, verdicts = Random(seed), dict.fromkeys(("proved", "refuted", "open"), 0)
    for _ in range(count):
        text = claim(random)
        try:
            found = prove(text, timeout=timeout)
        except FormulaError:
            continue
        verdicts[found.verdict] += 1
        assert disagreement(text, found, random) == "", text
    return verdicts


def test_random_claims() -> None:
    verdicts = _random_claims(7, 40, 0.5)
    assert verdicts["proved"] >= 5 and verdicts["refuted"] >= 5


@pytest.mark.slow
def test_many_random_claims() -> None:
    _random_claims(8, 400, 1)


def test_wrong_answers_about_random_claims_are_seen() -> None:
    random = Random(1)
    true, false = prove("forall x in [0, 1]: x^2 <= x"), prove("forall x in [0, 1]: x <= x^2")
    assert disagreement(true.text, true, random) == disagreement(false.text, false, random) == ""
    assert disagreement(false.text, true, random).startswith("false at")
    assert disagreement(true.text, false, random) != ""
    undefined = "forall x in [0, 1]: sqrt(x - 1/2) >= 0"
    assert disagreement(undefined, true, random).startswith("without a value")
    vacuous = replace(true, vacuous="vacuous: no values satisfy the hypotheses")
    assert disagreement(true.text, vacuous, random) == "it is not vacuous"
