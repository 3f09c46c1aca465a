"""Lemma 10, on the slope of the dual activation, which Lemma 25 restates and proves."""

from proofs.claim import MISSING_HYPOTHESIS, Claim, amended, sharper, statement
from proofs.claims.lemma_25 import LEMMA_25, defined
from proofs.tactics import use

printed, holds, stronger = (LEMMA_25.part(k) for k in ("statement", "amended", "sharper"))

LEMMA_10 = Claim(
    "Lemma 10",
    "the slope of the dual activation, relative to its value at 1",
    (
        statement(
            "statement",
            printed.statement,
            at=printed.at,
            kind=MISSING_HYPOTHESIS,
            words=printed.words,
        ),
        amended(
            "amended",
            "statement",
            holds.statement,
            [use("Lemma 25: amended")],
            words=holds.words,
            defined=defined,
        ),
        sharper(
            "sharper",
            "amended",
            stronger.statement,
            [use("Lemma 25: sharper")],
            words=stronger.words,
            defined=defined,
        ),
    ),
    uses=("Lemma 25",),
)
