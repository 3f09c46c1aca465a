"""All claims: in the order of the paper for readers, and in an order that respects lemmas."""

import re

from proofs.claim import Claim
from proofs.claims.assumptions import ASSUMPTION_1, ASSUMPTION_2
from proofs.claims.corollary_3 import COROLLARY_3
from proofs.claims.corollary_9 import COROLLARY_9
from proofs.claims.definitions import DEFINITION_1, DEFINITION_4, DEFINITION_21, LEMMA_5
from proofs.claims.depth import DEPTH
from proofs.claims.discussion import BATCH_NORM, GENERAL, RELU_WIDTH, UNCENTRED
from proofs.claims.exponentials import EXPONENTIALS
from proofs.claims.facts import FACT_1, FACT_2, FACT_3, FACT_4, FACT_5
from proofs.claims.formula_2 import FORMULA_2
from proofs.claims.interpolation import LEMMA_26, LEMMA_27, THEOREM_20
from proofs.claims.least_squares import THEOREM_28, THEOREM_29
from proofs.claims.lemma_6 import LEMMA_6
from proofs.claims.lemma_7 import LEMMA_7
from proofs.claims.lemma_10 import LEMMA_10
from proofs.claims.lemma_22 import LEMMA_22
from proofs.claims.lemma_23 import LEMMA_23
from proofs.claims.lemma_24 import LEMMA_24
from proofs.claims.lemma_25 import LEMMA_25
from proofs.claims.odds import ODDS
from proofs.claims.one_layer import AFTER_ONE_LAYER, LEMMA_31, THEOREM_30, THEOREM_32
from proofs.claims.powers import POWERS
from proofs.claims.semidefinite import SEMIDEFINITE
from proofs.claims.statistical_queries import CONDITION_3, THEOREM_18, THEOREM_19
from proofs.claims.theorem_2 import THEOREM_2
from proofs.claims.theorem_8 import THEOREM_8
from proofs.claims.theorem_19_steps import STATISTICAL_QUERIES
from proofs.claims.training import (
    COROLLARY_16,
    LEMMA_11,
    REMARK_14,
    REMARK_17,
    THEOREM_12,
    THEOREM_13,
    THEOREM_15,
)

PAPER_ORDER = (
    ASSUMPTION_1, ASSUMPTION_2, AFTER_ONE_LAYER,
    DEFINITION_1, DEPTH, THEOREM_2, COROLLARY_3, DEFINITION_4, LEMMA_5, LEMMA_6, LEMMA_7,
    THEOREM_8, FORMULA_2, COROLLARY_9,
    LEMMA_10, DEFINITION_21, FACT_1, FACT_2, FACT_3, FACT_4, FACT_5, LEMMA_22, LEMMA_23, LEMMA_24,
    LEMMA_25, POWERS,
    LEMMA_11, THEOREM_12, THEOREM_13, REMARK_14, THEOREM_15, COROLLARY_16, REMARK_17,
    CONDITION_3, THEOREM_18, STATISTICAL_QUERIES, THEOREM_19, THEOREM_20, UNCENTRED,
    BATCH_NORM, RELU_WIDTH, GENERAL,
    LEMMA_26, LEMMA_27, THEOREM_28, THEOREM_29, THEOREM_30, LEMMA_31, THEOREM_32, EXPONENTIALS,
    ODDS, SEMIDEFINITE,
)  # fmt: skip
PROOF_ORDER = (
    POWERS, FACT_1, FACT_2, FACT_3, FACT_4, FACT_5, LEMMA_22, LEMMA_23, DEFINITION_1,
    DEFINITION_4, DEFINITION_21, LEMMA_5, DEPTH, ODDS, LEMMA_6, LEMMA_24, LEMMA_7, THEOREM_2,
    COROLLARY_3, ASSUMPTION_1, ASSUMPTION_2, LEMMA_25, LEMMA_10, FORMULA_2, SEMIDEFINITE,
    THEOREM_8, COROLLARY_9,
    EXPONENTIALS, LEMMA_26, LEMMA_27, THEOREM_20, THEOREM_28, THEOREM_29, LEMMA_31, THEOREM_30,
    THEOREM_32, AFTER_ONE_LAYER, LEMMA_11, THEOREM_12, THEOREM_13, REMARK_14, THEOREM_15,
    COROLLARY_16, REMARK_17,
    CONDITION_3, THEOREM_18, STATISTICAL_QUERIES, THEOREM_19, UNCENTRED, BATCH_NORM,
    GENERAL, RELU_WIDTH,
)  # fmt: skip

assert {c.item for c in PAPER_ORDER} == {c.item for c in PROOF_ORDER}


# The claims of the displays that the paper numbers
DISPLAYS = {
    1: "Fact 4", 2: "formula (2)", 3: "Condition (3)", 4: "Theorem 18", 5: "Theorem 18",
    6: "Theorem 19", 7: "Theorem 20", 8: "Theorem 20", 9: "Lemma 31",
}  # fmt: skip
NUMBERED = re.compile(r"(?:display|formula)?\s*\((\d)\)|(?:display|formula)\s+(\d)")


def find(name: str) -> Claim:
    """The claim called `name`, however it is spelled: "Lemma 6", "lemma_6", "l6", "display (7)".

    Raises KeyError with the known names.
    """
    wanted = name.lower().replace("_", " ").strip()
    if display := NUMBERED.fullmatch(wanted):
        wanted = DISPLAYS.get(int(display[1] or display[2]), wanted).lower()
    for claim in PAPER_ORDER:
        kind, _, index = claim.item.lower().partition(" ")
        if wanted in (claim.item.lower(), f"{kind[0]}{index}", f"{kind}{index}"):
            return claim
    known = ", ".join(c.item for c in PAPER_ORDER)
    raise KeyError(f"no claim is called {name[:40]!r}; known: {known}")
