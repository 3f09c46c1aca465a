"""The store: one file a document, named by its id, written so that no file is ever half there."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from certificates.checker import canonical, digest


def file_name(document: dict[str, Any]) -> str:
    """A readable name that ends with the beginning of the id."""
    if "dataset" in document:
        label = f"data set {document['dataset'][:8]} {document['activation']['name']}"
    else:
        label = (
            f"{document['item']} {document['part']}" if "item" in document else document["claim"]
        )
    slug = re.sub(r"[^a-z0-9]+", "_", label.lower()).strip("_")[:60]
    return f"{slug}-{digest(document)[:16]}.json"


def folder_name(document: dict[str, Any]) -> str:
    """The folder of a document: its item of the paper."""
    item = document.get("item", document.get("claim", "data set"))
    return re.sub(r"[^a-z0-9]+", "_", item.lower()).strip("_")


def in_order(documents: Mapping[str, dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    """(id, document) in the order of their files, which does not depend on who asks."""
    return sorted(documents.items(), key=lambda e: (folder_name(e[1]), file_name(e[1])))


def write(document: dict[str, Any], root: Path) -> Path:
    """Write a document into its folder under `root`, by way of a temporary file."""
    path = root / folder_name(document) / file_name(document)
    write_bytes(canonical(document), path)
    return path


def write_bytes(data: bytes, path: Path) -> None:
    """Write a file in one step: a reader sees the old one, or none, or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        temporary.write_bytes(data)
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def prune(root: Path, kept: set[Path]) -> None:
    """Remove the certificates under `root` that are not among `kept`."""
    for path in sorted(root.rglob("*-*.json")):
        if path not in kept:
            path.unlink()
    for folder in sorted((p for p in root.rglob("*") if p.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()
