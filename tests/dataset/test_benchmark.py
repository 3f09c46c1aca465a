"""The benchmark of data sets: what it measured is kept, and its table takes the README's place."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.dataset import HEADER, Kept, measure, quoted, row, with_table

FOUND = {"plain": 2.0, "values": 2.0, "both": 0.5, "confirm": 1.0, "kappa": 3.0, "build": 30.0,
         "width": 1.8e-7, "matrices": 3.25, "held": 1.0, "of": 2.0}  # fmt: skip


def test_a_row_is_in_the_time_of_the_peer() -> None:
    """Warm and cold; what neural-tangents takes where it was run."""
    assert quoted(500, 20, FOUND, 8.0) == (
        "| 500 | 20 | 0.25, 15 | 0.25, 7.8 | 0.75, 8.2 | 2e-07 | 3.2 | 0.062 |"
    )
    assert quoted(500, 5, FOUND, None).endswith("| 3.2 |  |")
    assert row(500, 20, FOUND, 8.0).split()[-5:] == ["1/2", "0.0625", "30.00", "1.8e-07", "3.2"]


def test_the_table_of_the_readme_is_made_again() -> None:
    """Its rows are replaced, all else is left alone."""
    text = f"before\n\n{HEADER}\n|---|\n| old |\n| older |\n\nafter | it\n"
    new = with_table(text, ["| new |"])
    assert new == f"before\n\n{HEADER}\n|---|\n| new |\n\nafter | it\n"
    assert with_table(new, ["| new |"]) == new
    assert HEADER in (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    with pytest.raises(ValueError, match="no table"):
        with_table("| other |\n", [])


def test_what_was_measured_is_not_measured_again(tmp_path: Path) -> None:
    """A run that was interrupted goes on, also after another one."""
    path, made = tmp_path / "kept", iter(range(1, 9))
    for k in range(3):
        kept = Kept(path)
        for what in ("n 1", "n 2")[: k + 1]:
            assert kept.get(what, lambda: next(made)) == int(what[-1])
    assert next(made) == 3
    assert Kept(None).get("n 1", lambda: 7) == 7


def test_everything_is_measured() -> None:
    """At a small size."""
    found = measure(40, 2)
    assert set(found) == set(FOUND)
    assert all(v > 0 for k, v in found.items() if k not in ("held", "of"))
    assert found["width"] < 1e-5
