"""The command `conditioning coq`: without Coq, on bad input, and on a certificate."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from certificates.checker import digest, read
from proofs import coq_command
from proofs.cli import cli
from proofs.exits import BAD_INPUT, PAPER, REJECTED
from proofs.kernel import bridge, gate
from proofs.kernel.attest import load_attestations
from proofs.kernel.build import NO_COQ
from tests.kernel.coq import needs_coq

(CERTIFICATE,) = (PAPER / "lemma_6").glob("*_instance_h_2_delta_1_10-*")


def test_without_coqc_it_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(coq_command, "coq_version", lambda: None)
    done = CliRunner().invoke(cli, ["coq", str(CERTIFICATE), "--out", str(tmp_path / "out")])
    assert (done.exit_code, done.output) == (0, NO_COQ + "\n")
    assert not (tmp_path / "out").exists()
    done = CliRunner().invoke(cli, ["coq", str(CERTIFICATE), "--json"])
    assert json.loads(done.output) == {"coq": None}


def test_bad_input_is_named(tmp_path: Path) -> None:
    assert CliRunner().invoke(cli, ["coq", str(tmp_path / "nothing")]).exit_code == BAD_INPUT
    assert CliRunner().invoke(cli, ["coq", str(tmp_path)]).exit_code == BAD_INPUT
    (tmp_path / "file").write_text("no folder")
    out = ["--out", str(tmp_path / "file")]
    assert CliRunner().invoke(cli, ["coq", str(CERTIFICATE), *out]).exit_code == BAD_INPUT
    (tmp_path / "wrong.json").write_text("{}")
    assert CliRunner().invoke(cli, ["coq", str(tmp_path / "wrong.json")]).exit_code == BAD_INPUT


@needs_coq
@pytest.mark.slow
def test_a_certificate_is_compiled_attested_and_counted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(bridge, "files", lambda: iter(()))
    run = ["coq", str(CERTIFICATE), "--json", "--out", str(tmp_path / "out")]
    done = CliRunner().invoke(cli, run)
    found = json.loads(done.stdout)
    assert done.exit_code == 0 and not found["refused"]
    assert (found["certificates"], found["rows"]) == (1, 60)
    (written,) = load_attestations(tmp_path / "out")
    (theorem,) = written["theorems"]
    assert theorem["statement"] == digest(read(CERTIFICATE.read_bytes())["statement"])

    monkeypatch.setattr(gate, "ALLOWED", {})
    done = CliRunner().invoke(cli, run)
    assert done.exit_code == REJECTED
    assert json.loads(done.stdout)["certificates"] == 0
