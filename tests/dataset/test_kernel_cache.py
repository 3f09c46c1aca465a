"""Tables on disk: the same as those made anew, and made anew where a file is not to be trusted."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from proofs.dataset import kernel_cache, kernel_matrix
from proofs.dataset.activation import dual_of
from proofs.dataset.kernel_matrix import DepthKernel, depth_kernels
from symbolic import certified_activation, named_activation


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "conditioning" / "kernels"


def made(depth: int = 2, name: str = "relu") -> dict[str, DepthKernel]:
    """The kernels of an activation of the catalogue."""
    return depth_kernels(dual_of(named_activation(name)), depth, True)


def never(*_arguments: object) -> None:
    """Stand in for the construction where there is to be none."""
    raise AssertionError("made anew")


def test_kept_tables_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are read, not made, and equal to the last bit."""
    first = made()
    monkeypatch.setattr(kernel_matrix, "built_tables", never)
    second = made()
    for kind, kernel in first.items():
        assert second[kind].error == kernel.error
        for slopes, others in zip(kernel.slopes, second[kind].slopes, strict=True):
            assert np.array_equal(slopes, others)
        for mine, other in zip(kernel.sides, second[kind].sides, strict=True):
            assert np.array_equal(mine.coefficients, other.coefficients)
            assert np.array_equal(mine.centres, other.centres)


def test_another_question_is_another_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Depth, kernels, activation, its parameters, sources and libraries are in the name."""
    for activation in ("relu", "leaky_relu(1/10)", "leaky_relu(1/5)", "erf", "tanh"):
        for depth, tangent in ((1, True), (2, True), (2, False)):
            depth_kernels(dual_of(named_activation(activation)), depth, tangent)
    assert len(list(folder.iterdir())) == 15
    monkeypatch.setattr(kernel_cache, "fingerprint", lambda: "other sources")
    made()
    assert len(list(folder.iterdir())) == 16
    monkeypatch.setattr(kernel_cache, "version", lambda _library: "other")
    made()
    assert len(list(folder.iterdir())) == 17


def rewritten(path: Path, **changes: NDArray[Any]) -> None:
    """Replace arrays of a file, its hash being made right again."""
    with np.load(path) as file:
        arrays = {name: file[name] for name in file.files if name != "digest"}
    arrays.update(changes)
    np.savez(path, digest=kernel_cache._digest(arrays), **arrays)


DAMAGES = ("empty", "cut", "bit", "shape", "nan", "negative", "missing", "pickle", "float32")


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_files_are_made_anew(damage: str, folder: Path) -> None:
    """The kernels are those of an empty cache, and the file is whole again."""
    kernel = made()["top"]
    (path,) = folder.iterdir()
    whole = path.read_bytes()
    bounds = np.array([1.0, 1.0])
    if damage == "empty":
        path.write_bytes(b"")
    elif damage == "cut":
        path.write_bytes(whole[: len(whole) // 2])
    elif damage == "bit":
        where = whole.index(kernel.positive.coefficients[3].tobytes())
        path.write_bytes(whole[:where] + bytes([whole[where] ^ 1]) + whole[where + 1 :])
    elif damage == "shape":
        rewritten(path, **{"top 0": kernel.positive.coefficients[:, 1:]})
    elif damage == "nan":
        rewritten(path, **{"top 0": np.full_like(kernel.positive.coefficients, np.nan)})
    elif damage == "negative":
        rewritten(path, **{"top errors": -bounds})
    elif damage == "missing":
        np.savez(path, digest=kernel_cache._digest({}))
    elif damage == "pickle":
        np.savez(path, digest=np.array([object()]))
    else:
        rewritten(path, **{"top errors": bounds.astype(np.float32)})
    again = made()["top"]
    assert np.array_equal(again.positive.coefficients, kernel.positive.coefficients)
    assert again.error == kernel.error
    assert path.read_bytes() == whole


def test_a_folder_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No cache, but the kernels all the same."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert made()["top"].error < 1e-9


def test_formulas_with_parameters_are_told_apart(folder: Path) -> None:
    """The same formula at two values of a parameter."""
    for value in (Fraction(1, 3), Fraction(1, 5)):
        dual = dual_of(certified_activation("max(0, x) + a*x", a=value))
        depth_kernels(dual, 1, False)
    assert len(list(folder.iterdir())) == 2
