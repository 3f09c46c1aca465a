"""Reading a data set: float64 arrays from .npy, .npz, .csv and .parquet, bounded and checked."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MOST_BYTES = 8 * 2**30
MOST_POINTS = 20_000


class BadData(ValueError):
    """A data set that cannot be used: says what is wrong, and where."""


def read_array(path: Path, name: str | None = None) -> Floats:
    """The two-dimensional float64 array in a file; `name` is that of an array in an .npz file.

    Raises BadData with one sentence for anything else.
    """
    readers = {".npy": _npy, ".npz": _npz, ".csv": _csv, ".parquet": _parquet}
    try:
        size = os.stat(path).st_size
    except OSError as error:
        raise BadData(f"{path} cannot be read: {error.strerror}") from None
    if size > MOST_BYTES:
        raise BadData(f"{path} has {size} bytes; at most {MOST_BYTES} are read")
    if path.suffix not in readers:
        raise BadData(f"{path}: a data set ends in {', '.join(readers)}")
    try:
        found = readers[path.suffix](path, name)
    except BadData:
        raise
    except (ValueError, OSError, EOFError, KeyError, MemoryError) as error:
        reason = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        raise BadData(f"{path} is not a {path.suffix} file of numbers: {reason}") from None
    return checked(found, str(path))


def checked(array: object, where: str) -> Floats:
    """The array as float64, unchanged in value.  Raises BadData where that cannot be."""
    found = np.asarray(array)
    if found.dtype.kind not in "fiu":
        raise BadData(f"{where} holds {found.dtype} values, not real numbers")
    if found.ndim != 2:
        raise BadData(f"{where} has {found.ndim} dimensions; rows of points are needed")
    if found.size == 0:
        raise BadData(f"{where} is empty")
    if len(found) > MOST_POINTS:
        raise BadData(f"{where} has {len(found)} rows; at most {MOST_POINTS} are certified")
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


def fingerprint(array: Floats) -> str:
    """The SHA-256 of the shape and of the little-endian float64 bytes in C order."""
    state = hashlib.sha256(f"{array.shape[0]}x{array.shape[1]}\n".encode())
    state.update(np.ascontiguousarray(array, dtype="<f8").tobytes())
    return state.hexdigest()


def _npy(path: Path, _name: str | None) -> object:
    return np.load(path, allow_pickle=False)


def _npz(path: Path, name: str | None) -> object:
    with np.load(path, allow_pickle=False) as archive:
        names = list(archive.files)
        if name is None and len(names) != 1:
            raise BadData(f"{path} holds {', '.join(names)}: name one with --array")
        if name is not None and name not in names:
            raise BadData(f"{path} has no array {name!r}, but {', '.join(names)}")
        return archive[name or names[0]]


def _csv(path: Path, _name: str | None) -> object:
    with path.open(encoding="utf-8") as stream:
        header = stream.readline()
    skip = 0 if all(_is_number(cell) for cell in header.split(",")) else 1
    return np.loadtxt(path, delimiter=",", skiprows=skip, ndmin=2, dtype=np.float64)


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
        columns = parquet.read_table(path).columns
        return np.column_stack([column.to_numpy() for column in columns])
    except ArrowException as error:
        raise ValueError(str(error)) from None
