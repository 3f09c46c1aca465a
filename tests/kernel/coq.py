"""Compiling Coq text in tests: a folder with the compiled development, and coqc on a text."""

import re
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from proofs.kernel.bridge import SCRIPTS
from proofs.kernel.build import Build, Source

DEVELOPMENT = SCRIPTS.parent
SECONDS = 300
needs_coq = pytest.mark.skipif(shutil.which("coqc") is None, reason="coqc not found")


def files_of_development() -> list[str]:
    """The files of `_CoqProject`, in its order, which respects what they load."""
    project = (DEVELOPMENT / "_CoqProject").read_text(encoding="utf-8")
    return [line for line in project.splitlines() if line.endswith(".v") and line != "Audit.v"]


def coqc(folder: Path, name: str, text: str | None = None) -> str:
    """Compile a file, written first if there is a text; the error, or "" if there is none."""
    if text is not None:
        (folder / f"{name}.v").write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["coqc", "-q", "-w", "none", "-R", ".", "Conditioning", f"{name}.v"],
        cwd=folder, capture_output=True, text=True, timeout=SECONDS, check=False,
    )  # fmt: skip
    assert done.returncode == 0 or done.stderr, "coqc died without a word"
    return "" if done.returncode == 0 else done.stderr


def build(folder: Path) -> Path:
    """Compile the development into a folder."""
    for file in files_of_development():
        shutil.copy(DEVELOPMENT / file, folder / file)
        error = coqc(folder, file.removesuffix(".v"))
        assert not error, f"{file}: {error}"
    return folder


def goals(cases: Sequence[tuple[str, str, str]]) -> str:
    """Coq text that tries each (name, proposition, tactic) and says how it ended."""
    return "\n".join(
        f"Goal {proposition}.\nProof. first [solve [{tactic}]; idtac \"ACCEPTED {name}\" "
        f"| idtac \"rejected {name}\"]. Abort."
        for name, proposition, tactic in cases
    )  # fmt: skip


def tried(
    built: Build, folder: Path, text: str, loads: Iterable[Source]
) -> tuple[set[str], set[str]]:
    """The names of the goals that were accepted, and of those that were rejected."""
    (folder / "Mutants.v").write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["coqc", *built.options(loads), "-Q", ".", "Conditioning", "Mutants.v"],
        cwd=folder, capture_output=True, text=True, timeout=400, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    said = re.findall(r"^(ACCEPTED|rejected) (\S+)$", done.stdout, re.MULTILINE)
    accepted = {name for kind, name in said if kind == "ACCEPTED"}
    rejected = {name for kind, name in said if kind == "rejected"}
    assert len(said) == len(accepted) + len(rejected)
    return accepted, rejected
