"""Attestations: what coqc accepted, kept beside the certificates, and whether it still counts.

An attestation names one generated file by the hash of its text, the development that it loads by
a hash of all its files, Coq's version, the axioms, and for each theorem the hash of the statement
that it proves or refutes.  It is data from outside: it is read like a certificate, within the same
bounds, and it counts only while every hash is that of what is generated here and now.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import certificates
from certificates.checker import FORMAT, canonical, keys, plain, printable, read
from certificates.store import write_bytes
from certificates.terms import Malformed
from proofs.kernel.bridge import BridgeFile, Theorem
from proofs.kernel.build import VERSION, Source
from proofs.kernel.gate import ALLOWED

COMMITTED = Path(certificates.__file__).parent / "kernel"
MOST_FILES, MOST_BYTES, MOST_THEOREMS = 1000, 4_000_000, 20_000
VERDICTS = ("holds", "fails", "goals")


def attestation(
    file: BridgeFile, source: Source, accepted: Iterable[Theorem], axioms: Sequence[str]
) -> dict[str, Any]:
    """The document of a generated file that coqc accepted."""
    return {
        "format": FORMAT, "coq": source.version, "file": file.name,
        "text": text_hash(file.text), "development": source.development,
        "axioms": sorted(axioms),
        "theorems": [
            {"item": t.item, "part": t.part, "statement": t.statement, "name": t.name,
             "verdict": t.verdict}
            for t in accepted
        ],
    }  # fmt: skip


def text_hash(text: str) -> str:
    """The SHA-256 of a generated text."""
    return hashlib.sha256(text.encode()).hexdigest()


def validate(document: Mapping[str, Any]) -> None:
    """Raise Malformed unless the document has the form of an attestation."""
    plain(dict(document))
    keys(document, "format coq file text development axioms theorems")
    if document["format"] != FORMAT:
        raise Malformed(f"not an attestation of format {FORMAT}")
    printable(document, "file", 100)
    if not VERSION.match(printable(document, "coq", 70)):
        raise Malformed("coq must be a version")
    for name in ("text", "development"):
        check_hash(document[name])
    listed, theorems = document["axioms"], document["theorems"]
    if not isinstance(listed, list) or any(a not in ALLOWED for a in listed):
        raise Malformed("an axiom that is not allowed")
    if not isinstance(theorems, list) or not 0 < len(theorems) <= MOST_THEOREMS:
        raise Malformed("an attestation has a list of theorems")
    for theorem in theorems:
        keys(theorem, "item part statement name verdict")
        for name in ("item", "part", "name"):
            printable(theorem, name, 200)
        check_hash(theorem["statement"])
        if theorem["verdict"] not in VERDICTS:
            raise Malformed("a theorem says that its statement holds or fails, or lists goals")


def check_hash(value: Any) -> None:
    """Raise Malformed unless the value is a SHA-256 in hexadecimal digits."""
    if not isinstance(value, str) or len(value) != 64 or set(value) - set("0123456789abcdef"):
        raise Malformed("not a hash")


def load_attestations(folder: Path) -> list[dict[str, Any]]:
    """The attestations of a folder.  Raises Malformed for a file that is not one."""
    found = []
    if folder.is_dir():
        paths = sorted(folder.glob("*.json"))
        if len(paths) > MOST_FILES:
            raise Malformed(f"{folder}: more than {MOST_FILES} attestations")
        for path in paths:
            if path.stat().st_size > MOST_BYTES:
                raise Malformed(f"{path.name}: too large")
            data = path.read_bytes()
            try:
                document = read(data)
                if canonical(document) != data:
                    raise Malformed("its bytes are not canonical")
                validate(document)
            except Malformed as error:
                raise Malformed(f"{path.name}: {error}") from None
            found.append(document)
    return found


def write_attestations(documents: Iterable[dict[str, Any]], folder: Path) -> None:
    """Write attestations, each in one step, and remove those of files that are no more."""
    kept = set()
    for document in documents:
        path = folder / f"{document['file'].lower()}.json"
        write_bytes(canonical(document), path)
        kept.add(path)
    for path in folder.glob("*.json"):
        if path not in kept:
            path.unlink()
