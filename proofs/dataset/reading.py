"""Reading a data set: float64 arrays from .npy, .npz, .csv and .parquet, bounded and checked."""

from __future__ import annotations

import hashlib
import os
import stat
import warnings
import zipfile
import zlib
from collections.abc import Sequence
from math import prod
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MOST_BYTES = 8 * 2**30
MOST_POINTS = 20_000
MOST_NUMBERS = MOST_POINTS**2
LONGEST_HEADER = 1 << 24


class BadData(ValueError):
    """A data set that cannot be used: says what is wrong, and where."""


def read_array(path: Path, name: str | None = None) -> Floats:
    """The two-dimensional float64 array in a file; `name` is that of an array in an .npz file.

    Raises BadData with one sentence for anything else.
    """
    readers = {".npy": _npy, ".npz": _npz, ".csv": _csv, ".parquet": _parquet}
    try:
        found = os.stat(path)
    except (OSError, ValueError) as error:
        raise BadData(f"{path} cannot be read: {getattr(error, 'strerror', error)}") from None
    if not stat.S_ISREG(found.st_mode):
        raise BadData(f"{path} is not a file")
    if found.st_size > MOST_BYTES:
        raise BadData(f"{path} has {found.st_size} bytes; at most {MOST_BYTES} are read")
    if path.suffix not in readers:
        raise BadData(f"{path}: a data set ends in {', '.join(readers)}")
    try:
        return checked(readers[path.suffix](path, name), str(path))
    except BadData:
        raise
    except UNREADABLE as error:
        reason = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        raise BadData(f"{path} is not a {path.suffix} file of numbers: {reason}") from None


UNREADABLE = (ValueError, OSError, EOFError, KeyError, MemoryError, RuntimeError,
              zipfile.BadZipFile, zlib.error)  # fmt: skip


def checked(array: object, where: str) -> Floats:
    """The array as float64, unchanged in value.  Raises BadData where that cannot be."""
    found = np.asarray(array)
    _check_form(found.shape, found.dtype, where)
    result = np.ascontiguousarray(found, dtype=np.float64)
    bad = np.argwhere(~np.isfinite(result))
    if len(bad):
        row, column = bad[0]
        raise BadData(f"{where} has {result[row, column]} in row {row}, column {column}")
    if found.dtype != np.float64 and not np.array_equal(result.astype(found.dtype), found):
        raise BadData(f"{where} holds {found.dtype} numbers that are not exact in float64")
    zero = np.flatnonzero(~result.any(axis=1))
    if len(zero):
        raise BadData(f"row {zero[0]} of {where} is zero, it has no direction; leave it out")
    return result


def _check_form(shape: Sequence[int], dtype: np.dtype[Any], where: str) -> None:
    """Raise BadData for what is no table of real numbers, or is too large."""
    if dtype.kind not in "fiu":
        kind = "records" if dtype.names else f"{dtype} values"
        raise BadData(f"{where} holds {kind}, not real numbers")
    if len(shape) != 2:
        kind = "1 dimension" if len(shape) == 1 else f"{len(shape)} dimensions"
        raise BadData(f"{where} has {kind}; rows of points, that is 2, are needed")
    if prod(shape) == 0:
        raise BadData(f"{where} is empty: its shape is {shape[0]} x {shape[1]}")
    if shape[0] > MOST_POINTS:
        raise BadData(f"{where} has {shape[0]} rows; at most {MOST_POINTS} are certified")
    if prod(shape) > MOST_NUMBERS:
        raise BadData(f"{where} has {prod(shape)} numbers; at most {MOST_NUMBERS} are read")


def fingerprint(array: Floats) -> str:
    """The SHA-256 of the shape and of the little-endian float64 bytes in C order."""
    state = hashlib.sha256(f"{array.shape[0]}x{array.shape[1]}\n".encode())
    state.update(np.ascontiguousarray(array, dtype="<f8").tobytes())
    return state.hexdigest()


def _npy(path: Path, _name: str | None) -> object:
    with path.open("rb") as stream:
        return _array(stream, path.stat().st_size, str(path))


def _npz(path: Path, name: str | None) -> object:
    with zipfile.ZipFile(path) as archive:
        members = {info.filename.removesuffix(".npy"): info for info in archive.infolist()}
        shown = ", ".join(members)[:200]
        if name is None and len(members) != 1:
            raise BadData(f"{path} holds {shown or 'no array'}: name one with --array")
        if name is not None and name not in members:
            raise BadData(f"{path} has no array {name!r}, but {shown}")
        member = members[name if name is not None else next(iter(members))]
        with archive.open(member) as stream:
            return _array(stream, member.file_size, str(path))


def _array(stream: IO[bytes], size: int, where: str) -> object:
    """The array in a .npy stream of at most so many bytes, looked at before it takes memory."""
    version = np.lib.format.read_magic(stream)
    readers = {
        (1, 0): np.lib.format.read_array_header_1_0,
        (2, 0): np.lib.format.read_array_header_2_0,
    }
    if version not in readers:
        raise ValueError(f"version {version[0]}.{version[1]} of the format is for records")
    shape, _, dtype = readers[version](stream)
    _check_form(shape, dtype, where)
    needed = prod(shape) * dtype.itemsize
    if needed > size - stream.tell():
        raise ValueError(f"{needed} bytes of numbers are announced, and there are fewer")
    stream.seek(0)
    return np.lib.format.read_array(stream, allow_pickle=False)


def _csv(path: Path, _name: str | None) -> object:
    """A first line none of whose cells is a number is a header."""
    with path.open(encoding="utf-8-sig") as stream:
        header = stream.readline(LONGEST_HEADER)
    if len(header) == LONGEST_HEADER:
        raise ValueError("its first line is too long")
    skip = 0 if any(_is_number(cell) for cell in header.split(",")) else 1
    with warnings.catch_warnings():
        for empty in ("loadtxt: input contained no data", "Input line [0-9]+ contained no data"):
            warnings.filterwarnings("ignore", empty)
        try:
            return np.loadtxt(
                path, delimiter=",", skiprows=skip, ndmin=2, dtype=np.float64,
                encoding="utf-8-sig", max_rows=MOST_POINTS + 1,
            )  # fmt: skip
        except ValueError:
            _explain(path, skip)
            raise


def _explain(path: Path, skip: int) -> None:
    """Raise BadData for the first cell that is no number, or line of another length."""
    columns = None
    with path.open(encoding="utf-8-sig") as stream:
        for number in range(1, skip + MOST_POINTS + 2):
            line = stream.readline(LONGEST_HEADER).rstrip("\r\n").partition("#")[0]
            if number <= skip or not line.strip():
                continue
            cells = line.split(",")
            for column, cell in enumerate(cells, start=1):
                if not _is_number(cell):
                    found = repr(cell.strip()[:40]) if cell.strip() else "nothing"
                    raise BadData(
                        f"{path}: line {number}, column {column} holds {found}, not a number; "
                        "correct it or leave the row out"
                    )
            columns = columns or len(cells)
            if len(cells) != columns:
                raise BadData(f"{path}: line {number} has {len(cells)} cells, those before it have "
                              f"{columns}")  # fmt: skip


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _parquet(path: Path, _name: str | None) -> object:
    try:
        from pyarrow import ArrowException, parquet
    except ImportError:
        raise BadData(f"{path}: reading .parquet needs the package pyarrow") from None
    try:
        with parquet.ParquetFile(path) as file:
            shape = file.metadata.num_rows, file.metadata.num_columns
            _check_form(shape, np.dtype(np.float64), str(path))
            columns = file.read().columns
        return np.column_stack([column.to_numpy() for column in columns])
    except ArrowException as error:
        raise ValueError(str(error)) from None
