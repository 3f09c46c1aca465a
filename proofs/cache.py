"""What was discharged before is not discharged again while nothing that matters has changed.

The key holds the statement, the proof's source and all sources of the engines and the checker,
with the versions of the libraries.  What comes from the cache is checked like anything else.
"""

import hashlib
import os
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from certificates.checker import canonical, read
from certificates.store import write_bytes
from certificates.terms import Malformed

LIBRARIES = ("python-flint", "sympy", "z3-solver")


def fingerprint() -> str:
    """A hash of every source file of the project and of the libraries' versions."""
    root = Path(__file__).resolve().parent.parent
    state = hashlib.sha256()
    for folder in ("certificates", "proofs", "symbolic"):
        for path in sorted((root / folder).rglob("*.py")):
            state.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes())
    for library in LIBRARIES:
        state.update(f"{library} {version(library)}".encode())
    return state.hexdigest()


def default_folder() -> Path:
    """The user's cache folder: $XDG_CACHE_HOME, else ~/.cache."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "conditioning"


class Cache:
    """Certificates by key, in a folder; with no folder, it never holds anything."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self._state = fingerprint() if folder else ""

    def _path(self, key: Any) -> Path | None:
        if self.folder is None:
            return None
        name = hashlib.sha256(canonical([self._state, key])).hexdigest()
        return self.folder / name[:2] / f"{name}.json"

    def get(self, key: Any) -> dict[str, Any] | None:
        """The document kept under the key, or None."""
        path = self._path(key)
        try:
            return read(path.read_bytes()) if path is not None else None
        except (OSError, Malformed):
            return None

    def certificate(
        self, key: Any, item: str, part: str, statement: Mapping[str, Any]
    ) -> dict[str, Any] | None:
        """The document kept under the key, if it is a certificate of this part and statement.

        Whether the checker accepts it is for the caller to ask.
        """
        document = self.get(key) or {}
        own = {"item": item, "part": part, "statement": statement}
        return document if all(document.get(k) == v for k, v in own.items()) else None

    def put(self, key: Any, document: dict[str, Any]) -> None:
        """Keep a document under the key; a folder that cannot be written is no cache."""
        path = self._path(key)
        try:
            if path is not None:
                write_bytes(canonical(document), path)
        except OSError:
            self.folder = None
