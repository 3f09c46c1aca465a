"""Assumptions 1 and 2 on the data: what they range over, and that the second implies the first."""

from proofs.bounds import assumption_1, assumption_2, gram
from proofs.claim import Claim, statement
from proofs.language import Matrix, given, integer, real
from proofs.tactics import instantiate, use

K = Matrix("K")
delta = real("delta")
n = integer("n")

ASSUMPTION_1 = Claim(
    "Assumption 1",
    "|x_i · x_j| ≤ 1 - δ for all i ≠ j",
    (
        statement(
            "range",
            given(K, n, delta)
            .where(*gram(K, n), n >= 2, assumption_1(K, n, delta))
            .says(delta <= 1),
            [instantiate(assumption_1(K, n, delta), i=1, j=2)],
            words="two points or more: δ is at most 1; for n = 1 the assumption is empty",
        ),
    ),
)

ASSUMPTION_2 = Claim(
    "Assumption 2",
    "λ_min(K) ≥ δ",
    (
        statement(
            "range",
            given(K, n, delta)
            .where(*gram(K, n), delta > 0, assumption_2(K, n, delta))
            .says(delta <= 1),
            [use("Theorem 2: b"), use("Lemma 24: entries", i=1, j=1)],
            words="with a unit diagonal, δ is at most 1, also for n = 1",
        ),
        statement(
            "stronger than Assumption 1",
            given(K, n, delta)
            .where(*gram(K, n), delta > 0, assumption_2(K, n, delta))
            .says(assumption_1(K, n, delta)),
            [use("Corollary 3: assumption 2 implies 1")],
            words="the 2 x 2 principal minors of K - δI",
        ),
    ),
    uses=("Assumption 1",),
)
