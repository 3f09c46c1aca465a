"""The tables of a kernel on disk, so that an activation at a depth is enclosed only once.

A file's name is the hash of all that its tables depend on: the dual, the depth, the kernels, every
source of the project, and the versions of the libraries.  It holds the float64 coefficients and
bounds, with their hash: what does not fit the grids, or is damaged, is as if it were not there.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np

from certificates.store import write_bytes
from proofs.cache import default_folder, fingerprint
from symbolic.table import Floats, Grid, Table

MOST_BYTES = 1 << 26


@dataclass(frozen=True)
class Tabulation:
    """One kernel on each side, with bounds of its slope on each piece."""

    tables: tuple[Table, ...]
    slopes: tuple[Floats, ...]


def path_of(statement: str) -> Path:
    """The file of what a statement says in full, for these sources and libraries."""
    state = f"{fingerprint()} numpy {version('numpy')} {statement}"
    name = hashlib.sha256(state.encode()).hexdigest()
    return default_folder() / "kernels" / f"{name}.npz"


def keep(path: Path, found: dict[str, Tabulation]) -> None:
    """Write the tables; a folder that cannot be written is no cache."""
    arrays: dict[str, Floats] = {}
    for kind, kernel in found.items():
        for number, (table, slopes) in enumerate(zip(kernel.tables, kernel.slopes, strict=True)):
            arrays[f"{kind} {number}"] = table.coefficients
            arrays[f"{kind} slopes {number}"] = slopes
        arrays[f"{kind} errors"] = np.array([table.error for table in kernel.tables])
    buffer = io.BytesIO()
    np.savez(buffer, digest=_digest(arrays), **arrays)  # type: ignore[arg-type]
    try:
        write_bytes(buffer.getvalue(), path)
    except OSError:
        return


def kept(path: Path, grids: Sequence[Grid], kinds: Sequence[str]) -> dict[str, Tabulation] | None:
    """The tables in a file, None if it does not hold exactly those of these grids and kernels."""
    try:
        if path.stat().st_size > MOST_BYTES:
            return None
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
    except (OSError, ValueError, KeyError, EOFError, MemoryError, zipfile.BadZipFile):
        return None
    digest = arrays.pop("digest", None)
    if digest is None or not np.array_equal(digest, _digest(arrays)):
        return None
    centres = [np.array([centre for _, _, centre in grid.pieces()]) for grid in grids]
    numbers = range(len(grids))
    own = ("errors", *numbers, *(f"slopes {k}" for k in numbers))
    names = {f"{kind} {k}" for kind in kinds for k in own}
    if set(arrays) != names or not all(map(_usable, arrays.values())):
        return None
    found = {}
    for kind in kinds:
        errors, sides = arrays[f"{kind} errors"], [arrays[f"{kind} {k}"] for k in numbers]
        slopes = tuple(arrays[f"{kind} slopes {k}"] for k in numbers)
        fits = all(
            side.ndim == 2 and side.shape[1:] == slope.shape == centre.shape
            for side, slope, centre in zip(sides, slopes, centres, strict=True)
        )
        if not fits or errors.shape != (len(grids),):
            return None
        if not all(np.all(bounds >= 0) for bounds in (errors, *slopes)):
            return None
        tables = tuple(
            Table(grid, centre, side, float(error))
            for grid, centre, side, error in zip(grids, centres, sides, errors, strict=True)
        )
        found[kind] = Tabulation(tables, slopes)
    return found


def _usable(array: Floats) -> bool:
    return array.dtype == np.float64 and bool(np.all(np.isfinite(array)))


def _digest(arrays: dict[str, Floats]) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    state = hashlib.sha256()
    for name in sorted(arrays):
        array = np.ascontiguousarray(arrays[name])
        state.update(f"{name} {array.dtype.str} {array.shape} ".encode())
        state.update(array.tobytes())
    return np.frombuffer(state.digest(), dtype=np.uint8)
