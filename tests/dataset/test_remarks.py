"""What is said beside enclosures: why they are wide, and where the data reach kappa <= 2."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from proofs import certify_dataset
from proofs.cli import cli
from proofs.dataset.reading import Floats
from tests.dataset.test_dataset import random_points

ROWS = random_points(1, 5, 6)
TWINS = np.concatenate([ROWS, ROWS[:1] + 1e-12])


@pytest.mark.parametrize(("name", "rows", "depth", "words"), [
    ("relu", ROWS, 20, ""),
    ("relu", TWINS, 20, ""),
    ("softsign", ROWS, 5, "the series of normalised(softsign) leaves out"),
    pytest.param("hard_tanh(1/10)", TWINS, 20, "for the closest rows", marks=pytest.mark.slow),
])  # fmt: skip
def test_wide_enclosures_are_explained(name: str, rows: Floats, depth: int, words: str) -> None:
    """By what a series leaves out, or by how steep the kernel is; narrow ones are not."""
    kernel = certify_dataset(rows, name, depth, "ntk").kernels[0]
    assert words in kernel.remark
    assert bool(kernel.remark) == bool(words)


def test_the_depth_that_is_reached_is_printed(tmp_path: Path) -> None:
    """Also for one depth; where none is, how to look further."""
    np.save(tmp_path / "a.npy", random_points(2, 12, 3))
    ask = ["dataset", str(tmp_path / "a.npy"), "--activation", "relu", "--kernel", "both"]
    shown = CliRunner().invoke(cli, [*ask, "--depth", "2"]).output
    assert (
        "κ ≤ 2 not certified for the top-layer kernel of these points up to depth 2; --d" in shown
    )
    shown = CliRunner().invoke(cli, [*ask, "--depths", "4,30"]).output
    assert "κ ≤ 2 certified for the neural tangent kernel of these points at depth 30" in shown
    np.save(tmp_path / "a.npy", random_points(2, 12, 3)[:1])
    shown = CliRunner().invoke(cli, [*ask, "--depth", "1"]).output
    assert "κ ≤ 2 certified for the top-layer kernel of these points at depth 1" in shown
