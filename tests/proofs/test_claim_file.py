"""Files of claims: their grammar, what claims use, what is shown of them, resuming."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from certificates.checker import Checker, load
from certificates.claims import verdicts
from proofs.claim_file import blocks, parsed, read_blocks
from proofs.cli import cli
from proofs.exits import BadInput
from symbolic.formula import FormulaError

ROOT = Path(__file__).resolve().parents[2]
CLAIMS = """\
# Convexity of exp
tangent: forall x: exp(x) >= 1 + x
doubled using tangent(x = 2*t): forall t:
    # the tangent at 0
    exp(2*t) >= 1 + 2*t
positive: forall x: x > 0
after using positive, doubled: forall y: exp(2*y) >= 1 + 2*y
"""


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    path = tmp_path / "claims.txt"
    path.write_text(CLAIMS, encoding="utf-8")
    return path


def run(*words: str | Path) -> str:
    result = CliRunner().invoke(cli, [str(w) for w in words])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_blocks() -> None:
    found = list(
        blocks("# a\nf: forall x:\n  x > 0 # b\n\ng using f(x = 2, y = (1, 2)), f: 1 < 2\n")
    )
    assert [(b.name, b.using, b.line) for b in found] == [
        ("f", {}, 2), ("g", {"f": {}}, 5),
    ]  # fmt: skip
    (_, second) = blocks("f: 1 < 2\ng using f(x = max(1, 2), y = 3*(1 + 1)): 1 < 2")
    assert second.using == {"f": {"x": "max(1, 2)", "y": "3*(1 + 1)"}}
    assert found[0].comments == ["a"] and " ".join(found[0].text.split()) == "forall x: x > 0"


@pytest.mark.parametrize(
    "text",
    [
        "x > 0", "f: 1 < 2\nf: 1 < 2", "g using f: 1 < 2", "forall x: x > 0", " f: 1 < 2",
        "f: 1 < 2\ng using f(2): 1 < 2", "f: 1 < 2\ng using f(x = ): 1 < 2",
        "f: 1 < 2\ng using: 1 < 2", "f: 1 < 2\ng using f f: 1 < 2", "f := 1 < 2",
        f"{'f' * 41}: 1 < 2",
    ],
)  # fmt: skip
def test_what_is_no_file_of_claims(text: str) -> None:
    with pytest.raises(FormulaError):
        list(blocks(text))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (
            "f: 1 < 2\n\ng: forall x:\n  # a comment\n\n    x >< 0\n",
            "g, line 6, column 8: found '<'",
        ),
        ("f: forall x: y > 0\n", "f, line 1, column 14: unknown name 'y'"),
        ("f: forall x: x > 0\ng using f(z = 2): 1 < 2\n", "g, line 2, column 1: f has no variable"),
        ("f: forall x: x > 0\ng using f(x = y): 1 < 2\n", "g, line 2, column 1: unknown name 'y'"),
    ],
)
def test_errors_name_the_line_of_the_file(tmp_path: Path, text: str, place: str) -> None:
    path = tmp_path / "claims.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as error:
        parsed(read_blocks(path))
    assert place in error.value.message


def test_one_verdict_each(path: Path) -> None:
    found = json.loads(run("prove", "--file", path, "--json"))
    verdict = {a["name"]: a["verdict"] for a in found}
    assert verdict == {
        "tangent": "proved", "doubled": "proved", "positive": "refuted", "after": "proved",
    }  # fmt: skip


def test_a_lemma_is_used_with_values(path: Path, tmp_path: Path) -> None:
    """By names, and where there are none by the order of the variables."""
    path.write_text(
        "cauchy: forall a, b, c, d: (a*c + b*d)^2 <= (a^2 + b^2)*(c^2 + d^2)\n"
        "one using cauchy(a = sin(x), b = cos(x), c = y, d = z): forall x, y, z:\n"
        "    (sin(x)*y + cos(x)*z)^2 <= (sin(x)^2 + cos(x)^2)*(y^2 + z^2)\n"
        "other using cauchy: forall p, q, r, s: (p*r + q*s)^2 <= (p^2 + q^2)*(r^2 + s^2)\n"
    )
    run("prove", "--file", path, "--out", tmp_path / "out")
    documents, names, wrong = load([tmp_path / "out"])
    assert not wrong
    rests = {d["item"]: d["rests_on"] for d in documents.values() if "item" in d}
    ids = {d["item"]: i for i, d in documents.items() if "item" in d}
    assert rests == {"cauchy": [], "one": [ids["cauchy"]], "other": [ids["cauchy"]]}


def test_the_documents_of_a_file(path: Path, tmp_path: Path) -> None:
    run("prove", "--file", path, "--out", tmp_path / "out")
    documents, _, wrong = load([tmp_path / "out"])
    claims = [d for d in documents.values() if "claim" in d]
    checker = Checker({i: d for i, d in documents.items() if "claim" not in d})
    assert not wrong and {c["claim"]: (c["title"], c["uses"]) for c in claims} == {
        "tangent": ("Convexity of exp", []),
        "doubled": ("forall t: exp(2*t) >= 1 + 2*t", ["tangent"]),
        "positive": ("the tangent at 0", []),
        "after": ("forall y: exp(2*y) >= 1 + 2*y", ["positive", "doubled"]),
    }
    found = verdicts(claims, checker)
    assert found["after"].text == "holds, given positive (fails)"
    assert found["positive"].verdict == "fails"
    assert "4 accepted, 0 rejected" in run("check", tmp_path / "out")


def test_graph_findings_and_report(path: Path, tmp_path: Path) -> None:
    graph = json.loads(run("graph", "--file", path, "--format", "json"))
    assert [n["item"] for n in graph["nodes"]] == ["tangent", "doubled", "positive", "after"]
    assert graph["nodes"][3]["uses_what_fails_as_printed"] == ["positive"]
    assert [(e["from"], e["to"]) for e in graph["edges"]] == [
        ("doubled", "tangent"), ("after", "doubled"), ("after", "positive"),
    ]  # fmt: skip
    (finding,) = json.loads(run("findings", "--file", path, "--json"))
    assert (finding["item"], finding["kind"]) == ("positive", "false statement")
    assert finding["counterexample"] == "false at x = 0: 0 ≥ 0"
    assert "4 certificates accepted" in run("report", "--file", path, "--out", tmp_path / "site")
    page = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert "A record of certificates" in page and "Convexity of exp" not in page[:200]
    names = sorted(p.stem for p in (tmp_path / "site" / "claims").iterdir())
    assert names == ["after", "doubled", "positive", "tangent"]
    for words in (["findings", "Lemma 6", "--file", str(path)],
                  ["report", "--out", str(tmp_path / "s"), "--from", "x", "--file", str(path)],
                  ["graph", "--file", str(tmp_path / "none")]):  # fmt: skip
        assert CliRunner().invoke(cli, words).exit_code == 3


MANY = "".join(f"claim_{k}: forall x in [0, 1]: exp(x) >= 1 + x + {k}*x^2/100\n" for k in range(10))


@pytest.mark.parametrize("kind", [signal.SIGKILL, signal.SIGINT])
def test_interrupted_and_resumed(tmp_path: Path, kind: signal.Signals) -> None:
    """What was finished before the signal is there, is whole, and is not done again."""
    path, out, cache = tmp_path / "claims.txt", tmp_path / "out", tmp_path / "cache"
    path.write_text(MANY, encoding="utf-8")
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "proofs", "prove", "--file", str(path), "--out", str(out)]
    running = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path
    )
    deadline = time.monotonic() + 60
    while len(list(out.rglob("*-*.json"))) < 3 and time.monotonic() < deadline:
        time.sleep(0.02)
    running.send_signal(kind)
    _, complaint = running.communicate(timeout=30)
    if kind == signal.SIGINT:
        assert running.returncode == 130 and b"what was finished is kept" in complaint
        assert b"Traceback" not in complaint
    else:
        assert running.returncode == -signal.SIGKILL
    done = {p: p.stat().st_mtime_ns for p in cache.rglob("*.json")}
    documents, _, wrong = load([out])
    assert 3 <= len(documents) < 10 and not wrong
    again = subprocess.run(command, env=environment, capture_output=True, cwd=tmp_path, check=True)
    assert again.stdout.count(b"proved") == 10
    assert {p: p.stat().st_mtime_ns for p in done} == done
    assert len(list(cache.rglob("*.json"))) >= 10
    assert not [p for p in tmp_path.rglob(".*") if p.is_file() and kind == signal.SIGINT]
