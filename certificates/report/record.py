"""What a report shows: the certificates of a folder, re-checked, and the verdicts that follow."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from certificates.checker import Accepted, Checker, Rejected, load
from certificates.claims import Verdict, verdicts
from certificates.findings import Finding, Kinds, findings
from certificates.store import folder_name
from certificates.terms import Malformed

INSTANCE = re.compile(
    r"instance (?P<activation>[^ ,]+), (?:matrix [^,]+, )?delta (?P<delta>[^ ,]+)(?:, [^,]+)?\Z"
)


@dataclass
class Record:
    """The certificates at hand: accepted or not, with where each came from."""

    documents: Mapping[str, dict[str, Any]]  # every document of the folder, by its id
    checker: Checker
    claims: dict[str, Mapping[str, Any]]  # item -> claim document
    verdicts: dict[str, Verdict]
    paths: dict[str, Path]  # id -> file
    rejected: dict[str, str] = field(default_factory=dict)  # file or item -> reason

    @property
    def items(self) -> list[str]:
        """The items of the claims, those without a verdict too."""
        return list(self.claims)

    def certificate(self, identity: str) -> str:
        """Where a certificate stands in the site."""
        folder = folder_name(self.documents[identity])
        return f"certificates/{folder}/{self.paths[identity].name}"

    def parts(self, item: str) -> dict[str, Accepted]:
        """The parts of an item by their labels; none without a verdict."""
        verdict = self.verdicts.get(item)
        return {label: accepted for label, _, accepted in verdict.parts} if verdict else {}

    def findings(self, kinds: Kinds) -> list[Finding]:
        """The findings of the claims that have a verdict, in their order."""
        return findings([self.claims[item] for item in self.verdicts], self.verdicts, kinds)

    def rows(self, accepted: Accepted) -> list[list[Any]]:
        """The rows of an instance, [] for one that has none."""
        evidence = self.checker.documents[accepted.identity]["evidence"]
        return list(evidence["rows"]) if evidence["by"] == "instances" else []


def read_record(folder: Path, order: Sequence[str]) -> Record:
    """Check every certificate under the folder; claims in the order given, others after them.

    Raises Malformed where there are none.
    """
    documents, names, wrong = load([folder])
    if not names and not wrong:
        raise Malformed(f"no certificates in {folder}")
    rejected = {path.name: reason for path, reason in wrong.items()}
    found = {d["claim"]: d for d in documents.values() if isinstance(d.get("claim"), str)}
    rank = {item: k for k, item in enumerate(order)}
    claims: dict[str, Mapping[str, Any]] = {
        i: found[i] for i in sorted(found, key=lambda i: (rank.get(i, len(rank)), i))
    }
    checker = Checker({i: d for i, d in documents.items() if "claim" not in d})
    paths = {identity: path for path, identity in names.items()}
    for identity in checker.documents:
        try:
            checker.check(identity)
        except (Rejected, Malformed) as error:
            rejected[paths[identity].name] = str(error)
    for unclaimed in () if wrong else _unclaimed(checker, {*found, *order}):
        claims[unclaimed["claim"]] = unclaimed
    sound = {}
    for item, document in claims.items():
        try:
            verdicts([dict(document)], checker)
            sound[item] = dict(document)
        except (Rejected, Malformed, KeyError, TypeError) as error:
            rejected[item] = str(error)
    return Record(
        documents, checker, claims, verdicts(list(sound.values()), checker), paths, rejected
    )


def _unclaimed(checker: Checker, claimed: Collection[str]) -> Iterator[dict[str, Any]]:
    """A claim for each item that certificates name and that is not claimed, instances aside.

    What somebody proves of their own comes as certificates alone; each is a statement then.  An
    item whose claim document is lost or tampered with must not come back in this way, without what
    it is given: none is made where a document could not be read, or for an item that is known.
    """
    items: dict[str, dict[str, Accepted]] = {}
    for accepted in checker.accepted.values():
        if accepted.item not in claimed and not INSTANCE.match(accepted.part):
            items.setdefault(accepted.item, {})[accepted.part] = accepted
    for item, parts in sorted(items.items()):
        yield {
            "claim": item, "format": 1, "title": "certificates without a claim document",
            "uses": [],
            "parts": [
                {"label": part, "role": "statement", "form": "sequence", "amends": "",
                 "certificate": accepted.identity}
                for part, accepted in sorted(parts.items())
            ],
        }  # fmt: skip
