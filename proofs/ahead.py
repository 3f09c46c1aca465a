"""Parts of claims worked on ahead of the lemmas that they rest on, in further processes.

A worker takes every part before its own for granted, under a name in the place of the id that its
certificate will have.  `settled` puts the ids in once they are there; where a lemma does not hold,
the part is discharged anew.  Whatever comes out is checked like anything else.
"""

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from certificates.checker import Statement
from proofs.cache import Cache
from proofs.discharge import Lemmas, attempt, used_lemmas
from proofs.registry import PROOF_ORDER, find

ASSUMED = "assumed: "


@cache
def _places() -> dict[str, int]:
    """The place of each part, by the name under which it is used, in the order of proof."""
    names = [f"{c.item}: {p.label}" for c in PROOF_ORDER for p in c.parts]
    return {name: place for place, name in enumerate(names)}


@lru_cache(maxsize=2048)
def _statement(name: str) -> Statement:
    item, _, label = name.partition(": ")
    return Statement.parse(find(item).part(label).statement.document())


class Before(Mapping[str, tuple[str, Statement]]):
    """All parts before one of them, as lemmas that are taken for granted."""

    def __init__(self, name: str) -> None:
        self._place = _places()[name]

    def __getitem__(self, name: str) -> tuple[str, Statement]:
        if _places()[name] >= self._place:
            raise KeyError(name)
        return ASSUMED + name, _statement(name)

    def __iter__(self) -> Iterator[str]:
        return (name for name, place in _places().items() if place < self._place)

    def __len__(self) -> int:
        return self._place


_cache_in = cache(Cache)


def work_ahead(item: str, label: str, folder: Path | None = None) -> dict[str, Any] | None:
    """The document of a part, the lemmas before it taken for granted; None where none is found.

    It is kept in the cache, so that an interrupt loses nothing.
    """
    part = find(item).part(label)
    statement = part.statement.document()
    kept, key = _cache_in(folder), [ASSUMED, item, label, statement]
    document = kept.certificate(key, item, label, statement) or attempt(
        item, part, Before(f"{item}: {label}")
    )
    if document is not None:
        kept.put(key, document)
    return document


def settled(document: dict[str, Any] | None, lemmas: Lemmas) -> dict[str, Any] | None:
    """The document with the ids of its lemmas; None where one of them does not hold."""
    if document is None:
        return None
    names = [name.removeprefix(ASSUMED) for name in document["rests_on"]]
    if any(name not in lemmas for name in names):
        return None
    ids = {ASSUMED + name: lemmas[name][0] for name in names}

    def put(node: Any) -> Any:
        if isinstance(node, dict):
            changed = {key: put(value) for key, value in node.items()}
            if node.get("by") == "use":
                changed["lemma"] = ids[node["lemma"]]
            return changed
        return [put(value) for value in node] if isinstance(node, list) else node

    proof = {key: put(document[key]) for key in ("evidence", "definedness")}
    return {**document, **proof, "rests_on": used_lemmas(list(proof.values()))}
