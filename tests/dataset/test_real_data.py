"""The README's example: scikit-learn's digits, breast cancer and wine, certified as it says."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from proofs.cli import cli
from proofs.dataset_command import depths_of

pytest.importorskip("sklearn")
README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
SETS = {"wine.npy": (178, 13), "breast_cancer.npy": (569, 30), "digits.npy": (1797, 64)}


def commands(words: str) -> list[list[str]]:
    """The commands of the README that begin so, split into arguments."""
    lines = re.findall(rf"^    ({re.escape(words)}.*)$", README, re.MULTILINE)
    return [shlex.split(line, comments=True) for line in lines]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the arrays that the README's commands make."""
    for arguments in commands('python -c "import numpy, sklearn'):
        subprocess.run([sys.executable, *arguments[1:]], cwd=tmp_path, check=True)
    assert {path.name for path in tmp_path.iterdir()} == set(SETS)
    (tmp_path / "docs").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def certified(name: str, *more: str) -> str:
    """What the README's command for a data set prints."""
    (arguments,) = (line for line in commands("conditioning dataset") if line[2] == name)
    result = CliRunner().invoke(cli, [*arguments[1:], *more])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_wine_and_breast_cancer(folder: Path) -> None:
    """Their sizes, the pair that is closest, both kernels."""
    for name in ("wine.npy", "breast_cancer.npy"):
        text = certified(name)
        assert text.startswith("{} points in {} dimensions".format(*SETS[name]))
        assert "there are more points than dimensions" in text
        assert len(re.findall(r"depth 20, .* kernel: λ_min in \[", text)) == 2


@pytest.mark.slow
def test_digits(folder: Path) -> None:
    """The figure of the README has a certified κ at every depth, and both corollaries."""
    text = certified("digits.npy")
    assert text.startswith("{} points in {} dimensions".format(*SETS["digits.npy"]))
    (arguments,) = (line for line in commands("conditioning dataset") if line[2] == "digits.npy")
    depths = depths_of(arguments[arguments.index("--depths") + 1])
    assert text.count("κ in [") == 2 * len(depths)
    drawn = (folder / "docs" / "digits.svg").read_text(encoding="utf-8")
    kept = (Path(__file__).parents[2] / "docs" / "digits.svg").read_text(encoding="utf-8")
    for words in ("κ − 1, top", "κ − 1, ntk", "Corollary 3, part 1"):
        assert words in drawn
        assert words in kept
