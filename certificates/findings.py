"""Findings: every place where the paper's text does not hold as printed, or is not sharp.

A finding is computed from claim documents.  A printed statement or step is one when the checker
confirms a counterexample; a statement that holds is one when a stronger form of it is proved beside
it.  What whoever states the claims may add is only the sort of error and the words.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from certificates.checker import Accepted
from certificates.claims import Verdict
from certificates.terms import show_statement

FALSE_STATEMENT, FALSE_STEP = "false statement", "false step"
MISSING_HYPOTHESIS, MISPRINT = "missing hypothesis", "index or misprint"
NOT_SHARP = "true but not sharp"  # computed from a sharper part, never given

Kinds = Mapping[tuple[str, str], str]  # (item, part) -> the sort of error, should the part fail
Part = Mapping[str, Any]


@dataclass(frozen=True)
class Wording:
    """A statement in words and symbols, clause by clause, and what its certificate says of it."""

    note: str
    clauses: tuple[str, ...]  # "for every ...", "with ...", "it holds that ...", "where ..."

    def __str__(self) -> str:
        return (f"{self.note}: " if self.note else "") + "; ".join(self.clauses)


@dataclass(frozen=True)
class Finding:
    """One place of the paper; `certificates` are the ids of what shows it, the printed one first.

    `counterexample` is the confirmed point, empty for what is true but not sharp; `amended` is
    empty when no amended statement is proved.
    """

    item: str
    part: str
    kind: str
    conclusion_survives: bool
    printed: Wording
    counterexample: str
    amended: tuple[Wording, ...]
    certificates: tuple[str, ...]

    def document(self) -> dict[str, Any]:
        """The finding for --json."""
        texts = {"printed": str(self.printed), "amended": "\n".join(map(str, self.amended))}
        return {**asdict(self), **texts, "certificates": list(self.certificates)}


def findings(
    claims: Iterable[Mapping[str, Any]], verdicts: Mapping[str, Verdict], kinds: Kinds
) -> list[Finding]:
    """The findings about the claim documents, in their order and that of their parts."""
    return [f for claim in claims for f in _of_claim(claim, verdicts[claim["claim"]], kinds)]


def _of_claim(claim: Mapping[str, Any], verdict: Verdict, kinds: Kinds) -> Iterator[Finding]:
    accepted = {label: found for label, _, found in verdict.parts}
    for part in claim["parts"]:
        found = accepted[part["label"]]
        others = [
            other
            for other in claim["parts"]
            if other["amends"] == part["label"] and accepted[other["label"]].verdict == "holds"
        ]
        role = {"fails": "amended", "holds": "sharper"}.get(found.verdict)
        instead = [accepted[other["label"]] for other in others if other["role"] == role]
        if found.verdict == "holds" and instead:
            yield _finding(claim, part, accepted, instead, NOT_SHARP)
        elif found.verdict == "fails":
            given = kinds.get((claim["claim"], part["label"]))
            yield _finding(claim, part, accepted, instead, given or _kind(part, found))


def _finding(
    claim: Mapping[str, Any], part: Part, accepted: Mapping[str, Accepted],
    instead: list[Accepted], kind: str,
) -> Finding:  # fmt: skip
    found = accepted[part["label"]]
    return Finding(
        claim["claim"],
        part["label"],
        kind,
        _survives(claim, part, accepted),
        _wording(found),
        found.refuted,
        tuple(map(_wording, instead)),
        (found.identity, *(other.identity for other in instead)),
    )


def _survives(claim: Mapping[str, Any], part: Part, accepted: Mapping[str, Accepted]) -> bool:
    """Whether what the item asserts is proved: the part itself, or each of its statements.

    A step of a proof belongs to all statements of its item.  A statement survives when it holds as
    printed, or when an amended one with the printed conclusion does, the definitions put in: then
    what was repaired are its hypotheses, or the domains of the quantities that it calls, and not
    what it says.  A quantity that has the same letter but another formula is another conclusion.  A
    statement that is open, or has only weaker or other conclusions in its place, has not been seen
    to survive.
    """
    if part["role"] != "step":
        return _stands(claim, part, accepted)
    asserted = [p for p in claim["parts"] if p["role"] == "statement" and p["form"] == part["form"]]
    return bool(asserted) and all(_stands(claim, p, accepted) for p in asserted)


def _stands(claim: Mapping[str, Any], part: Part, accepted: Mapping[str, Accepted]) -> bool:
    printed = accepted[part["label"]]
    instead = (
        accepted[other["label"]]
        for other in claim["parts"]
        if other["role"] == "amended" and other["amends"] == part["label"]
    )
    conclusion = printed.statement.goal.conclusion  # every call replaced by its definition
    return printed.verdict == "holds" or any(
        other.verdict == "holds" and other.statement.goal.conclusion == conclusion
        for other in instead
    )


def _kind(part: Part, found: Accepted) -> str:
    if found.refuted.startswith("undefined"):
        return MISSING_HYPOTHESIS
    return FALSE_STEP if part["role"] == "step" else FALSE_STATEMENT


def _wording(found: Accepted) -> Wording:
    return Wording(found.note, tuple(show_statement(found.statement.document).split("\n")))
