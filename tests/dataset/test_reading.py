"""Files of data: what can be read is read exactly; the rest is refused in one clear sentence."""

from __future__ import annotations

import os
import pickle
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from proofs.cli import cli
from proofs.dataset import reading
from proofs.dataset.reading import BadData, read_array
from tests.dataset.test_dataset import random_points


def saved(array: Any) -> Callable[[Path], None]:
    """A maker of a .npy file, pickled where the array holds objects."""
    return lambda path: np.save(path, np.asarray(array), allow_pickle=True)


def written(text: str | bytes) -> Callable[[Path], None]:
    """A maker of a file of text or bytes."""

    def make(path: Path) -> None:
        path.write_bytes(text.encode() if isinstance(text, str) else text)

    return make


def announced(shape: tuple[int, ...], descr: str = "<f8") -> bytes:
    """The beginning of a .npy file, with no numbers to follow."""
    header = f"{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}"
    header = header.ljust(117) + "\n"
    return b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header.encode()


def sparse(path: Path) -> None:
    """A file of 100 GB, of which nothing is on the disk."""
    path.write_bytes(announced((10**5, 10**5)))
    os.truncate(path, 100 * 10**9)


def bomb(path: Path) -> None:
    """An archive of a few kB that unpacks to 16 MB and announces 4.8 GB."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("points.npy", announced((20_000, 30_000)) + bytes(1 << 24))
    assert path.stat().st_size < 1 << 15


def deceptive(path: Path) -> None:
    """An archive whose array announces more numbers than there are."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("points.npy", announced((20_000, 15_000)) + bytes(800))


BAD: dict[str, tuple[str, Callable[[Path], None]]] = {
    "nan.npy": (r"has nan in row 1, column 0", saved([[1.0, 2.0], [np.nan, 0.0]])),
    "inf.npy": (r"has inf in row 0, column 0", saved([[np.inf, 2.0]])),
    "minus inf.npy": (r"has -inf in row 0, column 1", saved([[1.0, -np.inf]])),
    "zero.npy": (r"row 1 of .* is zero, it has no direction", saved([[1.0, 2.0], [0.0, 0.0]])),
    "no rows.npy": (r"is empty: its shape is 0 x 3", saved(np.empty((0, 3)))),
    "no columns.npy": (r"is empty: its shape is 3 x 0", saved(np.empty((3, 0)))),
    "flat.npy": (r"has 1 dimension;", saved(np.arange(3.0))),
    "cube.npy": (r"has 3 dimensions", saved(np.ones((2, 2, 2)))),
    "complex.npy": (r"holds complex128 values, not real", saved(np.ones((2, 2), dtype=complex))),
    "truth.npy": (r"holds bool values, not real", saved(np.ones((2, 2), dtype=bool))),
    "object.npy": (r"holds object values, not real", saved(np.array([[1, "a"]], dtype=object))),
    "text.npy": (r"holds <U\d+ values, not real", saved([["a", "b"]])),
    "records.npy": (r"holds records, not real", saved(np.zeros(3, dtype=[("a", "f8")]))),
    "large.npy": (r"are not exact in float64", saved([[2**53 + 1, 1]])),
    "rows.npy": (r"has 20001 rows; at most 20000", saved(np.ones((20_001, 1)))),
    "pickle.npy": (r"not a \.npy file of numbers", written(pickle.dumps(np.eye(2)))),
    "words.npy": (r"not a \.npy file of numbers", written("no array")),
    "nothing.npy": (r"not a \.npy file of numbers", written("")),
    "cut.npy": (r"32 bytes of numbers are announced", written(announced((2, 2)) + bytes(31))),
    "100 GB.npy": (r"has 100000000000 bytes; at most 8589934592 are read", sparse),
    "100 GB.csv": (r"has 100000000000 bytes; at most 8589934592 are read", sparse),
    "bomb.npz": (r"has 600000000 numbers; at most 400000000 are read", bomb),
    "deceptive.npz": (r"2400000000 bytes of numbers are announced", deceptive),
    "broken.npz": (r"not a \.npz file of numbers", written("PK")),
    "none.npz": (r"holds no array: name one", written(b"PK\5\6" + bytes(18))),
    "missing.csv": (r"line 3, column 2 holds nothing, not a number", written("a,b\n1,2\n3,\n")),
    "not known.csv": (r"line 3, column 1 holds 'NA'", written("a,b\n1,2\nNA,3\n")),
    "blank.csv": (r"line 4, column 2 holds nothing", written("a,b\n1,2\n\n3, \n")),
    "short.csv": (r"line 3 has 1 cells, those before it have 2", written("a,b\n1,2\n3\n")),
    "words.csv": (r"line 2, column 2 holds 'x', not a number", written("a,b\n1,x\n")),
    "typo.csv": (r"line 1, column 2 holds '2\.O'", written("1,2.O\n3,4\n")),
    "nan.csv": (r"has nan in row 1, column 1", written("a,b\n1,2\n3,nan\n")),
    "header.csv": (r"is empty", written("a,b\n")),
    "nothing.csv": (r"is empty", written("")),
    "bytes.csv": (r"not a \.csv file of numbers", written(b"\xff\xfe\x00\x80")),
    "fine.txt": (r"a data set ends in \.npy, \.npz, \.csv, \.parquet", written("1 2")),
    "folder.npy": (r"is not a file", lambda path: path.mkdir()),
    "pipe.npy": (r"is not a file", lambda path: os.mkfifo(path)),
    "absent.npy": (r"cannot be read: No such file", lambda path: None),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(BAD))
def test_bad_data(name: str, tmp_path: Path) -> None:
    """One clear sentence, exit code 3, no traceback."""
    words, make = BAD[name]
    path = tmp_path / name
    make(path)
    with pytest.raises(BadData, match=words):
        read_array(path)
    for command in ("dataset", "confirm"):
        result = CliRunner().invoke(cli, [command, str(path), "--activation", "relu"])
        assert result.exit_code == 3
        assert result.output.count("\n") == 1
        assert str(path) in result.output


def test_headers_and_marks_in_csv(tmp_path: Path) -> None:
    """A header has no number; a byte order mark does not make a header of the first row."""
    path = tmp_path / "a.csv"
    for text in (
        "1,2\n\n3,4\n",
        "1,2\n3,4\n",
        "x,y\n1,2\n3,4\n",
        "\ufeff1,2\n3,4\n",
        "\ufeffx,y\n1,2\n3,4\n",
    ):
        path.write_text(text, encoding="utf-8")
        assert read_array(path).tolist() == [[1, 2], [3, 4]]


def test_a_first_line_without_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not read as a whole."""
    monkeypatch.setattr(reading, "LONGEST_HEADER", 100)
    (tmp_path / "a.csv").write_text("1" * 200)
    with pytest.raises(BadData, match="first line is too long"):
        read_array(tmp_path / "a.csv")


def test_files(tmp_path: Path) -> None:
    """The same array from each format, integers and a header among them."""
    rows = random_points(2, 4, 3)
    np.save(tmp_path / "a.npy", rows)
    np.savez(tmp_path / "a.npz", points=rows, other=rows[:2])
    np.savetxt(tmp_path / "a.csv", rows, delimiter=",", header="x,y,z", comments="", fmt="%.17g")
    for name in ("a.npy", "a.csv"):
        assert np.array_equal(read_array(tmp_path / name), rows)
    assert np.array_equal(read_array(tmp_path / "a.npz", "points"), rows)
    with pytest.raises(BadData, match="name one"):
        read_array(tmp_path / "a.npz")
    np.save(tmp_path / "i.npy", np.array([[1, 2], [3, 4]]))
    assert read_array(tmp_path / "i.npy").dtype == np.float64
    np.save(tmp_path / "big.npy", np.array([[2**53 + 1, 1]]))
    with pytest.raises(BadData, match="not exact"):
        read_array(tmp_path / "big.npy")


def test_parquet(tmp_path: Path) -> None:
    """Columns of a .parquet file, where pyarrow is installed."""
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    parquet.write_table(pyarrow.table({"x": [1.0, 2.0], "y": [0.5, 3.0]}), tmp_path / "a.parquet")
    assert read_array(tmp_path / "a.parquet").tolist() == [[1.0, 0.5], [2.0, 3.0]]
    (tmp_path / "b.parquet").write_text("no parquet")
    with pytest.raises(BadData, match=r"not a \.parquet file"):
        read_array(tmp_path / "b.parquet")


def test_a_parquet_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its numbers are counted before they are read."""
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    parquet.write_table(pyarrow.table({"x": [1.0, 2.0], "y": [0.5, None]}), tmp_path / "a.parquet")
    with pytest.raises(BadData, match="has nan in row 1, column 1"):
        read_array(tmp_path / "a.parquet")
    monkeypatch.setattr(reading, "MOST_NUMBERS", 3)
    with pytest.raises(BadData, match="has 4 numbers; at most 3"):
        read_array(tmp_path / "a.parquet")


def test_the_checker_does_not_read_a_large_array(tmp_path: Path) -> None:
    """One sentence, exit code 3."""
    sparse(tmp_path / "a.npy")
    arguments = ["check", str(tmp_path), "--data", str(tmp_path / "a.npy")]
    result = CliRunner().invoke(cli, arguments)
    assert (result.exit_code, result.output.count("\n")) == (3, 1)
    assert "longer than" in result.output


def test_no_points_at_random(tmp_path: Path) -> None:
    """What is read is what was written, in either order."""
    rows = random_points(1, 5, 3)
    np.save(tmp_path / "a.npy", np.asfortranarray(rows))
    assert np.array_equal(read_array(tmp_path / "a.npy"), rows)
