"""Lemma 22: a normalised non-linear activation has a coefficient of non-linearity in (0, 1]."""

from proofs.bounds import normalised
from proofs.claim import Claim, lemma, statement, step
from proofs.language import Sequence, equal, given, integer, real
from proofs.tactics import axiom, cases, extreme_points, rewrite, split, use

c = Sequence("c")
mu = real("mu")
k = integer("k")

# non-linear: some a_k with k != 1 is not zero, that is c_k = a_k^2 > 0
nonlinear = given(c, mu, k).where(
    *normalised(c), equal(mu, 1 - c[1]), k >= 0, (k < 1) | (k > 1), c[k] > 0
)
other_mass = [
    axiom("coefficient", c[1]),
    cases(k <= 0, yes=[rewrite(k, 0)], no=[use("Lemma 22: one coefficient")]),
]

LEMMA_22 = Claim(
    "Lemma 22",
    "0 < μ ≤ 1 for a normalised non-linear activation",
    (
        lemma(
            "one coefficient",
            given(c, k).where(*normalised(c), k >= 2).says(c[1] + c[k] <= 1),
            [extreme_points()],
            words="the squares of the Hermite coefficients sum to one",
        ),
        step(
            "a",
            nonlinear.says((c[1] >= 0) & (c[1] < 1)),
            other_mass,
            words="a_1 lies in (-1, 1): in sequence form, c_1 = a_1² lies in [0, 1)",
        ),
        lemma(
            "at most one",
            given(c, mu).where(*normalised(c), equal(mu, 1 - c[1])).says((mu >= 0) & (mu <= 1)),
            [axiom("coefficient", c[1]), split([extreme_points(mass="m")], [])],
        ),
        statement("statement", nonlinear.says((mu > 0) & (mu <= 1)), other_mass),
    ),
    uses=("Definition 1", "Fact 2", "Fact 4"),
)
