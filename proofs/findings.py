"""Findings: every place where the paper's text does not hold as printed, or is not sharp.

A finding is computed.  A printed statement or step is one when the checker confirms a
counterexample; a statement that holds is one when a stronger form of it is proved beside it.  What
a claim module adds is only the sort of error (`Part.kind`) and the words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from certificates.checker import Accepted
from certificates.claims import Verdict
from certificates.terms import show_statement
from proofs.claim import (
    AMENDED,
    FALSE_STATEMENT,
    FALSE_STEP,
    MISSING_HYPOTHESIS,
    NOT_SHARP,
    SHARPER,
    STATEMENT,
    STEP,
    Claim,
    Part,
)


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
    printed: str
    counterexample: str
    amended: str
    certificates: tuple[str, ...]

    def document(self) -> dict[str, Any]:
        """The finding for --json."""
        return {**asdict(self), "certificates": list(self.certificates)}


def findings(claims: Sequence[Claim], verdicts: Mapping[str, Verdict]) -> list[Finding]:
    """The findings about the claims, in their order and that of their parts."""
    return [f for claim in claims for f in _of_claim(claim, verdicts[claim.item])]


def _of_claim(claim: Claim, verdict: Verdict) -> Iterator[Finding]:
    accepted = {label: found for label, _, found in verdict.parts}
    for part in claim.parts:
        found = accepted[part.label]
        others = [
            other
            for other in claim.parts
            if other.amends == part.label and accepted[other.label].verdict == "holds"
        ]
        if found.verdict == "fails":
            replacing = [o for o in others if o.role == AMENDED]
            yield _finding(claim, part, accepted, replacing, _kind(part, found))
        elif found.verdict == "holds":
            stronger = [o for o in others if o.role == SHARPER]
            if stronger:
                yield _finding(claim, part, accepted, stronger, NOT_SHARP)


def _finding(
    claim: Claim, part: Part, accepted: Mapping[str, Accepted], instead: Sequence[Part], kind: str
) -> Finding:
    found = accepted[part.label]
    return Finding(
        claim.item,
        part.label,
        kind,
        survives(claim, part, accepted),
        _written(part, found),
        found.refuted,
        "\n".join(_written(other, accepted[other.label]) for other in instead),
        (found.identity, *(accepted[other.label].identity for other in instead)),
    )


def survives(claim: Claim, part: Part, accepted: Mapping[str, Accepted]) -> bool:
    """Whether what the item asserts holds as printed: the part itself, or each of its statements.

    A step of a proof belongs to all statements of its item; a statement that is open, or fails,
    has not been seen to survive.
    """
    if part.role != STEP:
        return accepted[part.label].verdict == "holds"
    asserted = [p for p in claim.parts if p.role == STATEMENT and p.form == part.form]
    return bool(asserted) and all(accepted[p.label].verdict == "holds" for p in asserted)


def _kind(part: Part, found: Accepted) -> str:
    if part.kind:
        return part.kind
    if found.refuted.startswith("undefined"):
        return MISSING_HYPOTHESIS
    return FALSE_STEP if part.role == STEP else FALSE_STATEMENT


def _written(part: Part, found: Accepted) -> str:
    """The statement in words and symbols, with what the claim module says of it."""
    words = f"{part.words}: " if part.words else ""
    return words + show_statement(found.statement.document).replace("\n", "; ")
