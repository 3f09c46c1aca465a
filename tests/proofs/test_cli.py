"""The command line: verdicts, exit codes, and one sentence for each kind of bad input."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from certificates.checker import load
from certificates.store import write
from proofs.claim import AMENDED
from proofs.claims.facts import FACT_2
from proofs.cli import cli
from proofs.exits import BAD_INPUT, INTERRUPTED, REJECTED
from proofs.registry import find

ROOT = Path(__file__).resolve().parents[2]
PAPER = ROOT / "certificates" / "paper"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as a user does."""
    return subprocess.run(
        [sys.executable, "-m", "proofs", *arguments],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("show", "Lemma 99"), "no claim is called"),
        (("audit", "Lemma 99"), "no claim is called"),
        (("instance", "l6", "--activation", "nonsense", "--delta", "1/10"), "nonsense"),
        (("instance", "l6", "--activation", "prelu", "--delta", "1/10"), "needs numbers for a"),
        (("instance", "l6", "--activation", "__import__('os')", "--delta", "1/10"), "activation"),
        (("instance", "l6", "--activation", "relu", "--delta", "0"), "(0, 1]"),
        (("instance", "l6", "--activation", "relu", "--delta", "2"), "(0, 1]"),
        (("instance", "l6", "--activation", "relu", "--delta", "1e999999999"), "fraction"),
        (("instance", "l6", "--activation", "relu", "--delta", "1/10", "--depth", "-1"), "--depth"),
        (
            ("instance", "l6", "--activation", "relu", "--delta", "1/10", "--points", "0"),
            "--points",
        ),
        (("instance", "l23", "--activation", "relu", "--delta", "1/10"), "no instances"),
        (("check", "no/such/file"), "no such file"),
        (("check",), "Missing"),
        (("frobnicate",), "No such command"),
    ],
)
def test_bad_input_gets_one_sentence(arguments: tuple[str, ...], word: str) -> None:
    """Bad input gives exit code 3, one sentence on standard error, and no traceback."""
    result = run(*arguments)
    assert result.returncode == BAD_INPUT
    assert word in result.stderr
    assert result.stderr.count("\n") == 1
    assert "Traceback" not in result.stderr + result.stdout


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\0\0", b"[" * 100_000, b"9" * 5_000_000, b""])
def test_what_is_no_certificate_is_rejected(tmp_path: Path, data: bytes) -> None:
    """An image, nesting, a huge number and an empty file are rejected with exit code 4."""
    path = tmp_path / "a-0123456789abcdef.json"
    path.write_bytes(data)
    result = run("check", str(path))
    assert result.returncode == REJECTED
    assert "Traceback" not in result.stderr
    assert len(result.stderr.splitlines()[0]) < 400


def test_instance_holds_and_a_wrong_bound_would_not() -> None:
    """An instance prints enclosures and holds; at delta = 1 the paper's B is undefined."""
    runner = CliRunner()
    good = runner.invoke(cli, ["instance", "l6", "--activation", "relu", "--delta", "1/10",
                               "--depth", "3"])  # fmt: skip
    assert good.exit_code == 0
    assert "holds   [enclosure]" in good.output
    edge = runner.invoke(cli, ["instance", "l6", "--activation", "relu", "--delta", "1",
                               "--depth", "3"])  # fmt: skip
    assert "fails" in edge.output
    assert "undefined" in edge.output


def test_show_prints_statement_steps_and_uses() -> None:
    """`show` gives statement, hypotheses, steps, verdicts, evidence and what a claim uses."""
    result = CliRunner().invoke(cli, ["show", "lemma_23"])
    assert result.exit_code == 0
    for text in ("verdict: holds", "uses: Definition 21", "step a: holds", "with c_0 = 0",
                 "evidence: ", "it holds that", "rests on"):  # fmt: skip
        assert text in result.output


@pytest.mark.parametrize(
    ("name", "item"),
    [("display (7)", "Theorem 20"), ("(4)", "Theorem 18"), ("Display 9", "Lemma 31"),
     ("formula (2)", "formula (2)"), ("(3)", "Condition (3)"), ("display (1)", "Fact 4"),
     ("lemma_6", "Lemma 6"), ("L6", "Lemma 6")],
)  # fmt: skip
def test_names_of_claims(name: str, item: str) -> None:
    """Items are found as one writes them, and numbered displays in the claim that has them."""
    assert find(name).item == item


@pytest.mark.parametrize("name", ["display (10)", "(0)", "7", "display"])
def test_unknown_names(name: str) -> None:
    with pytest.raises(KeyError, match="no claim is called"):
        find(name)


def test_strict_tells_failing_from_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """--strict exits 1 where something fails, 2 where something is open, 0 where all holds."""
    codes = [
        CliRunner().invoke(cli, ["audit", item, "--strict"]).exit_code
        for item in ("Fact 5", "Lemma 5", "Lemma 22")
    ]
    assert codes == [2, 2, 0]
    bare = replace(FACT_2, parts=tuple(p for p in FACT_2.parts if p.role != AMENDED))
    monkeypatch.setattr("proofs.audit.PROOF_ORDER", (bare,))
    monkeypatch.setattr("proofs.cli.chosen_claims", lambda _names: [bare])
    assert CliRunner().invoke(cli, ["audit", "Fact 2", "--strict"]).exit_code == 1


def test_json_is_json() -> None:
    """--json prints one JSON document with the verdicts."""
    result = CliRunner().invoke(cli, ["audit", "Lemma 22", "--json"])
    document = json.loads(result.output)
    (claim,) = document["claims"]
    assert (claim["item"], claim["verdict"]) == ("Lemma 22", "holds")


def test_check_against_another_claim_is_rejected() -> None:
    """A certificate of Lemma 22 is accepted against Lemma 22 and rejected against Lemma 23."""
    folder = str(PAPER / "lemma_22")
    needed = [folder, str(PAPER / "powers")]
    assert CliRunner().invoke(cli, ["check", *needed]).exit_code == 0
    assert CliRunner().invoke(cli, ["check", folder, "--against", "Lemma 22"]).exit_code == 0
    assert CliRunner().invoke(cli, ["check", folder, "--against", "Lemma 23"]).exit_code == REJECTED


def test_check_against_a_claim_with_other_parts(tmp_path: Path) -> None:
    """A claim document that leaves out a part, or gives it another role, is rejected."""
    documents = load([PAPER / "lemma_22"])[0]
    (claim,) = (d for d in documents.values() if "claim" in d)
    parts = claim["parts"]
    step = next(k for k, part in enumerate(parts) if part["role"] == "step")
    fewer, other = parts[:step] + parts[step + 1 :], [dict(part) for part in parts]
    other[step]["role"] = "lemma"
    for name, changed in (("same", parts), ("fewer", fewer), ("other", other)):
        for document in (*documents.values(), {**claim, "parts": changed}):
            if "claim" not in document or document["parts"] == changed:
                write(document, tmp_path / name)
        found = CliRunner().invoke(cli, ["check", str(tmp_path / name), "--against", "Lemma 22"])
        assert found.exit_code == (0 if name == "same" else REJECTED), found.output


def test_an_interrupted_audit_says_so_and_keeps_what_is_done(tmp_path: Path) -> None:
    """Ctrl-C gives exit code 130 and one sentence; finished certificates stay in the cache."""
    process = subprocess.Popen(
        [sys.executable, "-m", "proofs", "audit"],
        cwd=ROOT, env={**os.environ, "XDG_CACHE_HOME": str(tmp_path)},
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while not list(tmp_path.rglob("*.json")) and time.monotonic() < deadline:
        time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == INTERRUPTED
    assert errors.endswith("conditioning: interrupted; what was finished is kept\n")
    assert "Traceback" not in errors
    assert list(tmp_path.rglob("*.json"))
