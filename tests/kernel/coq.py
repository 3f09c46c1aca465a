"""Compiling Coq text in tests: a folder with the compiled development, and coqc on a text."""

import shutil
import subprocess
from pathlib import Path

import pytest

from proofs.kernel.bridge import SCRIPTS

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
