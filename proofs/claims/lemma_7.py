"""Lemma 7, the eigenvalue lower bound lemma, which Lemma 24 restates and proves."""

from proofs.claim import Claim, statement
from proofs.claims.lemma_24 import LEMMA_24, within
from proofs.tactics import use

LEMMA_7 = Claim(
    "Lemma 7",
    "eigenvalue lower bound",
    (
        statement(
            "statement",
            LEMMA_24.part("statement").statement,
            [use("Lemma 24: statement")],
            defined=within,
        ),
    ),
    uses=("Lemma 24",),
)
