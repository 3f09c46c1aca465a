"""Bounds are confirmed where they hold, not for another kernel nor where they are too low."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from flint import arb

from proofs.cli import cli
from proofs.dataset import confirm
from proofs.dataset.activation import dual_of
from proofs.dataset.certify import certify_dataset
from proofs.dataset.confirm import confirm_dataset, confirmed, greatest_entry
from proofs.dataset.correlations import unit_vectors
from proofs.dataset.kernel_matrix import depth_kernels
from proofs.dataset.pairs import kernel_matrix
from proofs.dataset.reading import BadData
from symbolic import named_activation
from tests.dataset.test_dataset import random_points


@pytest.mark.parametrize(("n", "d", "depth"), [(30, 60, 12), (60, 20, 30), (1, 3, 5), (2, 2, 40)])
def test_the_papers_bounds_are_confirmed(n: int, d: int, depth: int) -> None:
    """Both kernels; the bounds are those that `certify_dataset` prints or larger."""
    rows = random_points(n, n, d)
    found = confirm_dataset(rows, "relu", depth, "both")
    assert found.bounds
    assert all(b.holds for b in found.bounds)
    other = certify_dataset(rows, "relu", depth, "both")
    assert found.delta_1 <= other.separation.delta_1.high
    assert found.delta_2 <= other.separation.delta_2.high
    (printed,) = other.bounds
    for bound in found.bounds:
        value = getattr(printed, bound.name, None)
        assert value is None or bound.value == pytest.approx(value, rel=1e-6)


def test_lower_bounds_are_not_confirmed() -> None:
    """Each bound beyond the matrix's own value fails; at its own, widened, it holds."""
    rows = random_points(4, 40, 80)
    kernel = depth_kernels(dual_of(named_activation("relu")), 3, False)
    matrix = kernel_matrix(kernel["top"], unit_vectors(rows))
    values = np.linalg.eigvalsh(matrix)
    own = {
        "theorem_2_entries": greatest_entry(matrix),
        "theorem_2_least": float(values[0]),
        "corollary_3_part_1": float(values[-1] / values[0]),
    }
    assert own["theorem_2_entries"] == np.max(np.abs(matrix - np.diag(np.diag(matrix))))
    for name, value in own.items():
        out, inside = (0.999, 1.1) if name != "theorem_2_least" else (1.001, 0.9)
        assert [b.holds for b in confirmed({name: value * out}, matrix, 1e-12, 4e-11)] == [False]
        assert [b.holds for b in confirmed({name: value * inside}, matrix, 1e-12, 4e-11)] == [True]
        assert [b.holds for b in confirmed({name: value * inside}, matrix, 0.1, 4.0)] == [False]


def test_a_lower_bound_of_kappa_implies_the_larger(monkeypatch: pytest.MonkeyPatch) -> None:
    """One factorisation serves all; where it fails the next is tried."""
    asked: list[float] = []

    def asking(_matrix: object, _radius: float, bound: arb) -> bool:
        asked.append(float(bound.mid()))
        return float(bound.mid()) >= 3

    monkeypatch.setattr(confirm, "confirmed_condition", asking)
    bounds = {"corollary_3_part_1": 9.0, "corollary_3_part_2": 4.0}
    assert all(b.holds for b in confirmed(bounds, np.eye(2), 0.0, 0.0))
    assert asked == [4.0]
    bounds["corollary_3_part_2"] = 2.0
    assert [b.holds for b in confirmed(bounds, np.eye(2), 0.0, 0.0)] == [True, False]


def test_close_and_parallel_points() -> None:
    """delta is bounded below by 0, and then the paper says nothing."""
    base = random_points(1, 1, 5)[0]
    found = confirm_dataset(np.array([base, 2 * base]), depth=4)
    assert found.delta_1 == found.delta_2 == 0.0
    assert not found.bounds
    near = confirm_dataset(np.array([base, base + 1e-5]), depth=4)
    assert 0 < near.delta_1 < 1e-9


def test_bad_arguments() -> None:
    """As for `certify_dataset`."""
    with pytest.raises(ValueError, match="depth"):
        confirm_dataset(np.eye(2), depth=0)
    with pytest.raises(ValueError, match="kernels"):
        confirm_dataset(np.eye(2), kernel="all")
    with pytest.raises(BadData):
        confirm_dataset(np.zeros((2, 2)))
    with pytest.raises(ValueError, match=r"D\(1\) is infinite"):
        confirm_dataset(np.eye(2), "sign", kernel="ntk")


def test_the_command(tmp_path: Path) -> None:
    """Words and JSON say the same; what is bad is refused."""
    np.save(tmp_path / "a.npy", random_points(3, 8, 20))
    arguments = ["confirm", str(tmp_path / "a.npy"), "--activation", "relu", "--depths", "5,30"]
    text = CliRunner().invoke(cli, [*arguments, "--kernel", "both"])
    assert text.exit_code == 0
    document = json.loads(
        CliRunner().invoke(cli, [*arguments, "--kernel", "both", "--json"]).stdout
    )
    assert [entry["depth"] for entry in document] == [5, 30]
    bounds = [bound for entry in document for bound in entry["bounds"]]
    assert text.output.count(": confirmed") == sum(b["holds"] for b in bounds) == len(bounds) > 4
    np.save(tmp_path / "a.npy", np.ones((2, 2)))
    assert "say nothing there" in CliRunner().invoke(cli, arguments).output
    assert CliRunner().invoke(cli, [*arguments, "--depth", "0"]).exit_code == 3
    jumping = [*arguments[:2], "--activation", "sign"]
    assert CliRunner().invoke(cli, jumping).exit_code == 0
    assert CliRunner().invoke(cli, [*jumping, "--kernel", "ntk"]).exit_code == 3
