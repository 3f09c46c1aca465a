"""Claims: which certificates make up an item of the paper, and the verdict that follows.

A claim document lists the parts of an item (statements, steps of the proof, amended statements,
lemmas) with the ids of their certificates, and the items that it uses.  Its verdict is computed:

- `fails`: a printed statement or step fails, and no amended one that holds is recorded for it;
- `open`: else, when a statement, step or amended statement in sequence form is open;
- `holds as amended`: else, when a printed statement or step fails;
- `holds`: else.

The sequence form of a claim is about sequences c_i and matrices; it rests on nothing but the
rules.  A claim that also has a statement about activations proper ("activation form"), which no
engine reaches, is judged by its sequence form.  Named beside the verdict ("given ...") is what the
passage from activations and networks to sequences rests on: every item that it uses, directly or
through others, of which a form is open.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from certificates.checker import FORMAT, Accepted, Checker, Rejected, keys, plain, printable
from certificates.terms import Malformed

ROLES = ("statement", "step", "amended", "sharper", "lemma")
BESIDE = ("sharper", "lemma")  # roles on which the verdict does not depend
FORMS = ("sequence", "activation")


@dataclass(frozen=True)
class Verdict:
    """The computed verdict of a claim."""

    item: str
    title: str
    verdict: str
    assurance: str
    given: tuple[tuple[str, str], ...]
    rules: tuple[str, ...]
    parts: tuple[tuple[str, str, Accepted], ...]  # label, role, what was accepted

    @property
    def text(self) -> str:
        """The verdict with what it rests on: "holds, given Lemma 5 (cited)"."""
        labels = sorted({label for _, label in self.given})
        groups = [
            f"{', '.join(item for item, own in self.given if own == label)} ({label})"
            for label in labels
        ]
        return self.verdict + (f", given {'; '.join(groups)}" if groups else "")


def validate(document: Mapping[str, Any]) -> None:
    """Raise Malformed unless the document has the form of a claim."""
    plain(dict(document))
    keys(document, "format claim title parts uses")
    if document["format"] != FORMAT:
        raise Malformed(f"not a claim of format {FORMAT}")
    for name in ("claim", "title"):
        if not printable(document, name, 200):
            raise Malformed(f"{name} must not be empty")
    if not isinstance(document["parts"], list) or not isinstance(document["uses"], list):
        raise Malformed("a claim has a list of parts and a list of items used")
    for k in range(len(document["uses"])):
        printable(document["uses"], k, 200)
    for part in document["parts"]:
        keys(part, "label role form amends certificate")
        for name in ("label", "role", "form", "amends", "certificate"):
            printable(part, name, 200)
        if part["role"] not in ROLES or part["form"] not in FORMS:
            raise Malformed("a part has a role and a form")
    labels = [part["label"] for part in document["parts"]]
    if len(set(labels)) != len(labels):
        raise Malformed("two parts have one label")
    if any(part["amends"] not in ("", *labels) for part in document["parts"]):
        raise Malformed("a part amends what is not there")
    if not any(part["role"] in ("statement", "lemma") for part in document["parts"]):
        raise Malformed("a claim needs a statement")


def verdicts(documents: list[dict[str, Any]], checker: Checker) -> dict[str, Verdict]:
    """The verdict of each claim, its certificates checked.  Raises Rejected or Malformed."""
    items: dict[str, dict[str, Any]] = {}
    for document in documents:
        validate(document)
        if document["claim"] in items:
            raise Rejected(f"{document['claim']} stands twice")
        items[document["claim"]] = document
    own = {item: _own(document, checker) for item, document in items.items()}
    return {
        item: Verdict(
            item, items[item]["title"], verdict, assurance,
            tuple(_given(item, items, own)), rules, parts,
        )
        for item, (verdict, assurance, rules, parts) in own.items()
    }  # fmt: skip


Own = tuple[str, str, tuple[str, ...], tuple[tuple[str, str, Accepted], ...]]


def _own(document: Mapping[str, Any], checker: Checker) -> Own:
    """(verdict, weakest assurance, rules, parts) from the claim's own parts."""
    found: list[tuple[Mapping[str, Any], Accepted]] = []
    for part in document["parts"]:
        accepted = checker.check(part["certificate"])
        if (accepted.item, accepted.part) != (document["claim"], part["label"]):
            raise Rejected(f"{part['label']} names a certificate of another statement")
        found.append((part, accepted))
    sequence = [(p, a) for p, a in found if p["form"] == "sequence" and p["role"] not in BESIDE]
    judged = sequence if any(p["role"] == "statement" for p, _ in sequence) else found
    amended = {p["amends"] for p, a in found if p["role"] == "amended" and a.verdict == "holds"}
    failing = {p["label"] for p, a in found if a.verdict == "fails"}
    if failing - amended:
        verdict = "fails"
    elif any(a.verdict == "open" for _, a in judged):
        verdict = "open"
    else:
        verdict = "holds as amended" if failing else "holds"
    counted = "open" if verdict == "open" else "holds"
    shown = [a for _, a in judged if a.verdict == counted]
    shown = shown or [a for _, a in found if a.verdict == "fails"]
    assurance = ", ".join(sorted({a.assurance for a in shown}))
    rules = tuple(sorted({r for _, a in found for r in a.rules}))
    return verdict, assurance, rules, tuple((p["label"], p["role"], a) for p, a in found)


def _given(
    item: str, items: Mapping[str, Mapping[str, Any]], own: Mapping[str, Own]
) -> Iterator[tuple[str, str]]:
    """(item, label) of what a claim rests on that is not proved in activation form."""
    seen: list[str] = []
    seen_elsewhere: list[str] = []
    queue = [item]
    while queue:
        current = queue.pop(0)
        if current in seen:
            continue
        if current not in items:
            seen_elsewhere.append(current)
            continue
        seen.append(current)
        queue += items[current]["uses"]
    for other in sorted(set(seen_elsewhere)):
        yield other, "not here"
    for other in sorted(seen):
        verdict, assurance, _, parts = own[other]
        cited = sorted({a.assurance for _, _, a in parts if a.verdict == "open"})
        if other == item and verdict != "open" and cited:
            yield "its activation form", ", ".join(cited)
        elif other != item and cited:
            amended = ", fails as printed" if verdict == "fails" else ""
            yield other, ", ".join(cited) + amended
        elif other != item and verdict in ("fails", "holds as amended"):
            yield other, verdict
