"""A claim: one numbered item of the paper, as data, with every displayed step of its proof."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from certificates.findings import FALSE_STATEMENT as FALSE_STATEMENT
from certificates.findings import FALSE_STEP as FALSE_STEP
from certificates.findings import MISPRINT as MISPRINT
from certificates.findings import MISSING_HYPOTHESIS as MISSING_HYPOTHESIS
from certificates.findings import NOT_SHARP as NOT_SHARP
from proofs.language import Statement
from proofs.tactics import Steps

STATEMENT, STEP, AMENDED, LEMMA = "statement", "step", "amended", "lemma"
SHARPER = "sharper"


@dataclass(frozen=True)
class Part:
    """One formal statement of a claim.

    `role` is "statement" (what the item asserts, as printed), "step" (a displayed step of its
    proof), "amended" (what holds instead of the part named by `amends`), "sharper" (a stronger
    form of that part) or "lemma" (a fact of ours that the proof uses).  `proof` is a list of
    tactics; `source` cites whom to believe where no engine reaches, and makes the part at best
    open.  `form` is "activation" for what speaks of activations themselves, not of their
    sequences.  `defined` lists proofs to try on the obligations of definedness that `auto` does
    not discharge.  `at` is a point to try before the search for a counterexample; it counts when
    the checker confirms it.  `kind` says what sort of finding it is if the part fails (one of
    the kinds above).
    """

    label: str
    role: str
    statement: Statement
    proof: Steps = ()
    words: str = ""
    source: str = ""
    amends: str = ""
    form: str = "sequence"
    defined: Sequence[Steps] = ()
    at: Mapping[str, Any] = field(default_factory=dict)
    kind: str = ""


@dataclass(frozen=True)
class Claim:
    """An item of the paper, the items that it uses, and its parts in order."""

    item: str
    title: str
    parts: tuple[Part, ...]
    uses: tuple[str, ...] = ()

    def part(self, label: str) -> Part:
        """The part with this label.  Raises KeyError."""
        for part in self.parts:
            if part.label == label:
                return part
        raise KeyError(label)

    @property
    def labels(self) -> Sequence[str]:
        """The labels of the parts, in order."""
        return [p.label for p in self.parts]


def statement(label: str, says: Statement, proof: Steps = (), **more: Any) -> Part:
    """What the item asserts, as printed."""
    return Part(label, STATEMENT, says, proof, **more)


def step(label: str, says: Statement, proof: Steps = (), **more: Any) -> Part:
    """A displayed equality or inequality of the item's proof."""
    return Part(label, STEP, says, proof, **more)


def amended(label: str, amends: str, says: Statement, proof: Steps = (), **more: Any) -> Part:
    """What holds instead of a part that fails."""
    return Part(label, AMENDED, says, proof, amends=amends, **more)


def sharper(label: str, amends: str, says: Statement, proof: Steps = (), **more: Any) -> Part:
    """A stronger form of a part, which says itself that it is at least as strong."""
    return Part(label, SHARPER, says, proof, amends=amends, **more)


def lemma(label: str, says: Statement, proof: Steps = (), **more: Any) -> Part:
    """A fact that the paper does not display and our proof uses."""
    return Part(label, LEMMA, says, proof, **more)
