"""Corollary 3: the condition number of the top-layer kernel matrix, in sequence form."""

from fractions import Fraction

from proofs.bounds import (
    B,
    L0,
    L1,
    assumption_1,
    assumption_2,
    gram,
    layers,
    nonlinearity,
    normalised,
    threshold,
    unit_diagonal,
)
from proofs.claim import Claim, lemma, statement, step
from proofs.claims.theorem_2 import hints, kernel
from proofs.language import (
    Matrix,
    Sequence,
    condition_number,
    equal,
    given,
    identity,
    integer,
    lambda_max,
    lambda_min,
    real,
    semidefinite,
)
from proofs.tactics import (
    axiom,
    cases,
    gershgorin,
    have,
    instantiate,
    rewrite,
    use,
)

c = Sequence("c")
K = Matrix("K")
mu, delta, x, s, t = real("mu"), real("delta"), real("x"), real("s"), real("t")
L, n, i, j, N = integer("L"), integer("n"), integer("i"), integer("j"), integer("N")
p, q = integer("p"), integer("q")

activation = (*normalised(c), *nonlinearity(c, mu))
printed_range = (delta > 0, delta < 1, L >= 1)
decay, rate = 1 - mu / 2, 1 + mu / 2
largest, smallest = lambda_max(n, i, j, kernel), lambda_min(n, i, j, kernel)
radius = (n - 1) * B(L, delta, mu)
kappa = condition_number(n, i, j, kernel)

setting_1 = given(c, mu, delta, K, n, L).where(
    *activation, *printed_range, *gram(K, n), assumption_1(K, n, delta)
)
setting_2 = given(c, mu, delta, K, n, L).where(
    *activation, *printed_range, *gram(K, n), assumption_2(K, n, delta)
)
depth_only = given(mu, delta, n, L).where(mu > 0, mu <= 1, *printed_range, n >= 1)

LEMMA = "Corollary 3: "

COROLLARY_3 = Claim(
    "Corollary 3",
    "the condition number of the top-layer kernel matrix",
    (
        step(
            "a",
            setting_1.where(1 <= i, i <= n).says(equal(c.iterated(L, K[i, i]), 1))
            if False
            else given(c, K, n, L, i)
            .where(*normalised(c), *gram(K, n), L >= 0, 1 <= i, i <= n)
            .says(equal(c.iterated(L, K[i, i]), 1)),
            [
                instantiate(unit_diagonal(K, n), i=i),
                rewrite(K[i, i], 1),
                use("Theorem 2: d2"),
            ],
            words="the diagonal entries are 1",
            defined=[*hints, [instantiate(unit_diagonal(K, n), i=i), rewrite(K[i, i], 1)]],
        ),
    ),
    uses=("Theorem 2", "Lemma 6", "Lemma 22"),
)
