"""Lemmas 26 and 27, Theorem 20: the excess risk of the minimum-norm interpolant.

s = |Sigma| is the spectral norm of the covariance, K the Gram matrix of a sample, V = |v*|.
"""

from fractions import Fraction

from proofs.bounds import L0, L1, B, assumption_1, gram, nonlinearity, normalised, threshold
from proofs.claim import Claim, amended, lemma, statement, step
from proofs.claims.corollary_3 import (
    bounded_mu,
    delta,
    depth_only,
    expanded,
    hints,
    largest,
    mu,
    smallest,
    under_1,
)
from proofs.claims.exponentials import exp, log
from proofs.language import (
    Expression,
    Matrix,
    Sequence,
    conjunction,
    equal,
    forall,
    function,
    given,
    integer,
    real,
    series,
)
from certificates.checker import Goal
from proofs.tactics import (
    Continue,
    Evidence,
    Prover,
    Tactic,
    axiom,
    cases,
    enclosed,
    generalise,
    have,
    instantiate,
    rewrite,
    termwise,
    use,
)

c = Sequence("c")
K = Matrix("K")
s, l, t, x, z, V, y, pr, e, w, r, kappa, lam, gamma = (  # noqa: E741
    real(name)
    for name in ("s", "l", "t", "x", "z", "V", "y", "pr", "e", "w", "r", "kappa", "lam", "gamma")
)
N, n, k, i, j, L = (integer(name) for name in ("N", "n", "k", "i", "j", "L"))


def root(t: Expression) -> Expression:
    """The square root."""
    return function("sqrt", t)


norm = (s > 0, s <= 1)
level = log(8 / s)
deviation = 2 * level / (3 * N) + root(2 * level * s / N)
# From log(8/s) >= log 8 > 2
level_large = [
    axiom("quotient", 8, s),
    have(8 / s >= 8),
    axiom("log_monotone", 8, 8 / s),
    enclosed(log(8) >= 2),
]
variance = s / N + deviation / (3 * N)
exponent = (deviation**2 / 2) / variance
level_hints = [level_large, [*level_large, axiom("quotient", 1, N), have(level * s / N >= 0)]]
sample = given(N, s).where(N >= 1, *norm)
events = given(N, s, x).where(N >= 1, *norm)
with_root = [
    *level_large,
    axiom("quotient", 1, N),
    have(1 / N > 0),
    have(level * s >= 0),
    have(level * s * (1 / N) >= 0),
    axiom("root", 2 * level * s / N),
]

# In step h: either 8/s <= N, so that log(8/s) <= log N, or s < 8/N
compare = [
    axiom("quotient", 1, N),
    have(1 / N > 0),
    cases(
        8 / s <= N,
        yes=[axiom("log_monotone", 8 / s, N)],
        no=[have(N * s < 8), have(N * s * (1 / N) < 8 * (1 / N))],
    ),
]
core = (s <= x / N + deviation, x <= 2)

positive_variance = [
    have(deviation >= 0),
    have(variance > 0, have(s * (1 / N) > 0), have(deviation * (1 / N) >= 0)),
]



def up_to(last: int, first: int, value: Fraction) -> list[Tactic]:
    """For N from `first` to `last` the bound 9/2 log N / N is at least 1."""
    return [
        cases(
            N <= last,
            yes=[
                axiom("log_monotone", first, N),
                enclosed(log(Expression(first)) >= value),
                have(s <= Fraction(9, 2) * log(N) / N),
                finished,
            ],
        )
    ]


def finished(prover: Prover, goal: Goal, _then: Continue) -> Evidence:
    """End a branch whose goal is among the hypotheses."""
    return prover.prove(goal)


small_sizes = [
    tactic
    for last, first, value in (
        (3, 2, Fraction(2, 3)), (6, 4, Fraction(4, 3)), (8, 7, Fraction(16, 9)),
        (9, 9, Fraction(2)), (10, 10, Fraction(20, 9)),
    )
    for tactic in up_to(last, first, value)
]  # fmt: skip

LEMMA_26 = Claim(
    "Lemma 26",
    "the covariance is small at sufficient depth",
    (
        step(
            "a",
            under_1.where(L1(n, delta, mu) <= L).says(largest <= 2, L1),
            [*bounded_mu, use("Corollary 3: b1"), use("Corollary 3: c"), generalise(expanded, "b")],
            words="|K̄'| ≤ 2 for the Gram matrix of n = N points; δ = Δ(N, γ) must lie in (0, 1)",
            defined=[bounded_mu, *hints],
        ),
        lemma(
            "a sharper",
            under_1.where(L1(n, delta, mu) <= L).says(largest <= Fraction(3, 2), L1),
            [*bounded_mu, use("Corollary 3: b1"), use("Corollary 3: c"), generalise(expanded, "b")],
            words="|K̄'| ≤ 3/2",
            defined=[bounded_mu, *hints],
        ),
        step(
            "b",
            given(c, s)
            .where(s > 0, equal(series(k, 0, c[k]), 1))
            .says(series(k, 0, c[k]) / s <= 1 / s),
            [rewrite(series(k, 0, c[k]), 1)],
            words="intdim(Σ) = Tr(Σ)/|Σ| ≤ 1/|Σ|; c are the eigenvalues of Σ, Tr(Σ) = E|Φ(x)|² = 1",
        ),
        lemma(
            "exponent",
            given(w, l, r, s)
            .where(w > 0, l >= 0, r >= 0, s > 0, equal(r**2, 2 * l * s * w))
            .says(
                (2 * l * w / 3 + r) ** 2 / 2 >= l * (s * w + (2 * l * w / 3 + r) * w / 3)
            ),
            [have(l * w * r >= 0)],
            words="t = 2l/(3N) + √(2ls/N) makes t²/2 ≥ l (s/N + t/(3N)); w = 1/N",
        ),
        lemma(
            "tail",
            given(s, x)
            .where(s > 0, x >= level)
            .says((1 / s) * exp(-x) <= Fraction(1, 8)),
            [
                axiom("quotient", 8, s),
                have(8 / s > 0),
                use("Exponentials: exp of log", a=8 / s),
                axiom("exp_sum", level, -level),
                axiom("exp_bounds", -level),
                enclosed(equal(exp(0), 1)),
                have(equal(exp(-level) * (8 / s), 1)),
                have(equal(exp(-level) * (1 / s), Fraction(1, 8))),
                use("Exponentials: monotone", a=-x, b=-level),
                axiom("quotient", 1, s),
                have(1 / s > 0),
            ],
            words="e^{-l} = s/8 for l = log(8/s)",
        ),
        step(
            "c",
            given(N, s, pr)
            .where(N >= 1, *norm, pr <= 4 * (1 / s) * exp(-exponent))
            .says(pr <= Fraction(1, 2)),
            [
                *with_root,
                *positive_variance,
                have(
                    deviation**2 / 2 >= level * variance,
                    use("Lemma 26: exponent", w=1 / N, l=level, r=root(2 * level * s / N)),
                ),
                axiom("quotient", deviation**2 / 2, variance),
                have(exponent >= level, generalise(variance, "w"), generalise(exponent, "e"),
                     generalise(level, "l"), cases(e >= l, no=[have(w * (l - e) > 0)])),
                use("Lemma 26: tail", x=exponent),
                have((1 / s) * exp(-exponent) <= Fraction(1, 8)),
            ],
            words="Theorem 7.7.1 of Tropp 2015 (cited, first hypothesis): for λ_max of a sum of "
            "Hermitian matrices of norm ≤ 1/N with variance ⪯ Σ/N; (e) needs λ_max(Σ - X'ᵀX'/N) "
            "only, the norm would need the bound for both signs",
            defined=[
                *level_hints,
                [*with_root, *positive_variance],
            ],
        ),
        step(
            "d",
            given(gamma, x, w, z)
            .where(gamma > 0, gamma < Fraction(1, 2), x >= 1 - gamma, w <= Fraction(1, 2),
                   z >= x - w)
            .says((z >= Fraction(1, 2) - gamma) & (z > 0)),
            words="both events together: z ≥ P(|X'ᵀX'| ≤ 2) - P(deviation)",
        ),
        step(
            "e",
            events.where(*core).says(
                s <= 2 * level / N + root(2 * level * s / N)
            ),
            [*with_root, have(x * (1 / N) <= 2 * (1 / N)), have(level * (1 / N) >= 2 * (1 / N))],
            words="|Σ| ≤ |X'ᵀX'|/N + deviation, and 2 ≤ 4l/3 as l ≥ log 8",
            defined=level_hints,
        ),
        step(
            "f",
            sample.says(root(2 * level * s / N) <= (2 * level / N + s) / 2),
            [
                *with_root,
                generalise(root(2 * level * s / N), "r"),
                have(equal(r**2, 2 * (level * (1 / N)) * s)),
                have(level * (1 / N) >= 0),
                generalise(level * (1 / N), "w"),
                axiom("square", w - s / 2),
                cases(r <= w + s / 2, no=[have(r * r > (w + s / 2) * (w + s / 2))]),
            ],
            defined=level_hints,
        ),
        step(
            "g",
            sample.where(s <= 2 * level / N + root(2 * level * s / N)).says(s <= 6 * level / N),
            [use("Lemma 26: f")],
            defined=level_hints,
        ),
        step(
            "h",
            sample.where(s <= 6 * level / N).says(s <= 8 * log(N) / N),
            words="N = 1 makes log N = 0",
        ),
        amended(
            "h amended",
            "h",
            given(N, s)
            .where(N >= 2, *norm, s <= 6 * level / N)
            .says(s <= 8 * log(N) / N),
            [
                axiom("log_monotone", 2, N),
                enclosed(log(2) >= Fraction(2, 3)),
                cases(
                    N >= 3,
                    yes=[
                        axiom("log_monotone", 3, N),
                        enclosed(log(3) >= 1),
                        axiom("quotient", 8, s),
                        have(8 / s > 0),
                        have(s * (8 / s) <= 8),
                        *compare,
                        have(log(N) * (1 / N) >= 1 / N),
                    ],
                    no=[have(equal(N, 2)), rewrite(N, 2)],
                ),
            ],
            words="for N ≥ 2",
        ),
        statement(
            "printed",
            events.where(*core).says(s <= 8 * log(N) / N),
            words="for every N ≥ 1: what the two events, |X'ᵀX'| = x ≤ 2 and the deviation, imply",
            defined=level_hints,
        ),
        amended(
            "amended",
            "printed",
            given(N, s, x).where(N >= 2, *norm, *core).says(s <= 8 * log(N) / N),
            [use("Lemma 26: e"), use("Lemma 26: g"), use("Lemma 26: h amended")],
            words="for N ≥ 2; for N = 1 the bound is 0, while |Σ| = 1 for a point mass",
            defined=level_hints,
        ),
        lemma(
            "sharper",
            given(N, s, x)
            .where(N >= 2, *norm, s <= x / N + deviation, x <= Fraction(3, 2))
            .says(s <= Fraction(9, 2) * log(N) / N),
            [
                axiom("quotient", 1, N),
                have(1 / N > 0),
                *small_sizes,
                use("Lemma 26: f"),
                have(x * (1 / N) <= Fraction(3, 2) * (1 / N)),
                have(s <= (3 + Fraction(10, 3) * level) * (1 / N)),
                axiom("log_monotone", 11, N),
                enclosed(log(11) >= Fraction(19, 8)),
                enclosed(log(Expression("3/4")) <= Fraction(-2, 7)),
                axiom("quotient", 8, s),
                have(8 / s > 0),
                cases(
                    8 / s <= Fraction(3, 4) * N,
                    yes=[
                        axiom("log_monotone", 8 / s, Fraction(3, 4) * N),
                        axiom("log_product", Fraction(3, 4), N),
                        have(3 + Fraction(10, 3) * level <= Fraction(9, 2) * log(N)),
                        have((3 + Fraction(10, 3) * level) * (1 / N)
                             <= Fraction(9, 2) * log(N) * (1 / N)),
                    ],
                    no=[
                        have(N * s < Fraction(32, 3)),
                        have(N * s * (1 / N) < Fraction(32, 3) * (1 / N)),
                        have(Fraction(32, 3) * (1 / N) <= Fraction(9, 2) * log(N) * (1 / N)),
                    ],
                ),
            ],
            words="9/2 in the place of 8, with |K̄'| ≤ 3/2",
            defined=level_hints,
        ),
    ),
    uses=("Theorem 2", "Corollary 3"),
)
ITEMS = ("Lemma 26",)
