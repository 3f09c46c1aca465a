"""A claim: one numbered item of the paper, as data, with every displayed step of its proof."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from proofs.language import Statement
from proofs.tactics import Steps

STATEMENT, STEP, AMENDED, LEMMA = "statement", "step", "amended", "lemma"


@dataclass(frozen=True)
class Part:
    """One formal statement of a claim.

    `role` is "statement" (what the item asserts, as printed), "step" (a displayed step of its
    proof), "amended" (what holds instead of the part named by `amends`) or "lemma" (a fact of
    ours that the proof uses).  `proof` is a list of tactics; `source` cites whom to believe where
    no engine reaches, and makes the part at best open.  `form` is "activation" for
    what speaks of activations themselves, not of their sequences.  `defined` lists proofs to try
    on the obligations of definedness that `auto` does not discharge.
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


def lemma(label: str, says: Statement, proof: Steps = (), **more: Any) -> Part:
    """A fact that the paper does not display and our proof uses."""
    return Part(label, LEMMA, says, proof, **more)
