"""Reads two-dimensional float64 arrays in NumPy's .npy format, exactly, without a floating point.

Of the format (version 1 to 3) just one kind is read: descr '<f8', C or Fortran order, two
dimensions, and after the header the numbers and nothing else.  Pickles are never loaded.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from certificates.terms import Malformed

MAGIC = b"\x93NUMPY"
LONGEST_HEADER = 4096
MOST_ARRAY_BYTES = 1 << 30
HEADER = re.compile(
    r"\{\s*'descr':\s*'([^']{1,40})',\s*'fortran_order':\s*(True|False),\s*"
    r"'shape':\s*\((\d{0,12}),?\s*(?:(\d{1,12}),?\s*)?((?:\d{1,12},?\s*)*)\),?\s*\}\s*\Z"
)


@dataclass(frozen=True)
class Array:
    """An array of n rows and d columns: the bits of its entries, row by row."""

    points: int
    dimension: int
    bits: array[int]

    @cached_property
    def sha256(self) -> str:
        """The hash of the shape, as "NxD" and a line end, and of the little-endian entries."""
        state = hashlib.sha256(f"{self.points}x{self.dimension}\n".encode())
        state.update(_little_endian(self.bits).tobytes())
        return state.hexdigest()

    def numbers(self, row: int) -> list[tuple[int, int]]:
        """The entries of a row as (m, e) for m 2^e.  Raises Malformed for what is not finite.

        The bits are: sign, eleven of the exponent, 52 of the fraction.
        """
        start = row * self.dimension
        return [_number(bits) for bits in self.bits[start : start + self.dimension]]


def _number(bits: int) -> tuple[int, int]:
    exponent, fraction = bits >> 52 & 2047, bits & (1 << 52) - 1
    if exponent == 2047:
        raise Malformed("the array holds a number that is not finite")
    size = fraction | 1 << 52 if exponent else fraction
    return (-size if bits >> 63 else size), max(exponent, 1) - 1075


def integers(numbers: list[tuple[int, int]]) -> list[int]:
    """The numbers times one power of two, which makes them integers without a common factor 2."""
    low = min((e + (m & -m).bit_length() - 1 for m, e in numbers if m), default=0)
    return [m << e - low if e >= low else m >> low - e for m, e in numbers]


def read_npy(path: Path) -> Array:
    """The array in a file.  Raises Malformed for anything but a 2-D little-endian float64 .npy."""
    if path.stat().st_size > MOST_ARRAY_BYTES:
        raise Malformed(f"{path} is longer than {MOST_ARRAY_BYTES} bytes")
    with path.open("rb") as stream:
        data = stream.read(MOST_ARRAY_BYTES + 1)
    if len(data) > MOST_ARRAY_BYTES:
        raise Malformed(f"{path} is longer than {MOST_ARRAY_BYTES} bytes")
    return parse_npy(data, str(path))


def parse_npy(data: bytes, name: str) -> Array:
    """The array in the bytes of a .npy file."""
    if data[:6] != MAGIC or data[6:8] not in (b"\x01\x00", b"\x02\x00", b"\x03\x00"):
        raise Malformed(f"{name} is no .npy file")
    size = 2 if data[6] == 1 else 4
    start = 8 + size
    length = int.from_bytes(data[8:start], "little")
    if length > LONGEST_HEADER or start + length > len(data):
        raise Malformed(f"{name} has a header that is too long")
    found = HEADER.match(data[start : start + length].decode("latin-1"))
    if found is None:
        raise Malformed(f"{name} has a header that is not understood")
    descr, fortran, rows, columns, more = found.groups()
    if descr != "<f8":
        raise Malformed(f"{name} holds {descr} entries; '<f8', little-endian float64, is needed")
    if not rows or columns is None or more:
        raise Malformed(f"{name} is not two-dimensional")
    n, d = int(rows), int(columns)
    body = data[start + length :]
    if n < 1 or d < 1 or len(body) != 8 * n * d:
        raise Malformed(f"{name} has {len(body)} bytes of entries, its shape needs {8 * n * d}")
    bits = _little_endian(array("Q", body))
    if fortran == "True":
        bits = array("Q", (b for i in range(n) for b in bits[i::n]))
    return Array(n, d, bits)


def _little_endian(bits: array[int]) -> array[int]:
    """The array with its bytes swapped where the machine is big-endian."""
    if int.from_bytes(array("Q", [1]).tobytes(), "little") != 1:
        bits = array("Q", bits)
        bits.byteswap()
    return bits
