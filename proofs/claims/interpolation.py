"""Lemmas 26 and 27, Theorem 20: the excess risk of the minimum-norm interpolant.

s = |Sigma| is the spectral norm of the covariance, K the Gram matrix of a sample, V = |v*|.
"""

from fractions import Fraction

from certificates.checker import Goal
from proofs.bounds import L0, L1
from proofs.claim import MISSING_HYPOTHESIS, Claim, amended, lemma, sharper, statement, step
from proofs.claims.corollary_3 import (
    b_term,
    bounded_mu,
    delta,
    expanded,
    largest,
    mu,
    range_of_b,
    smallest,
    under_1,
)
from proofs.claims.exponentials import exp, log
from proofs.claims.theorem_2 import hints
from proofs.language import (
    Expression,
    Matrix,
    Sequence,
    Statement,
    conjunction,
    equal,
    finite_sum,
    forall,
    function,
    given,
    integer,
    real,
    series,
)
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
    induction,
    instantiate,
    rewrite,
    termwise,
    use,
)

c = Sequence("c")
K, M = Matrix("K"), Matrix("M")
s, l, t, x, z, V, y, pr, e, w, r, lam, gamma, C = (  # noqa: E741
    real(name)
    for name in ("s", "l", "t", "x", "z", "V", "y", "pr", "e", "w", "r", "lam", "gamma", "C")
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
            last >= N,
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
        sharper(
            "a sharper",
            "a",
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
        step(
            "rank one",
            given(x, y, z)
            .where(equal(x**2 + y**2 + z**2, 1))
            .says(
                equal(x * x * (x * x) + x * y * (y * x) + x * z * (z * x), x * x)
                & equal(x * x * (x * y) + x * y * (y * y) + x * z * (z * y), x * y)
            ),
            words="(ΦΦᵀ)² = ΦΦᵀ for |Φ| = 1: two entries, for Φ = (x, y, z)",
        ),
        step(
            "both products",
            given(x, y, z, w).says(
                equal((x**2 + z**2) + (y**2 + w**2), (x**2 + y**2) + (z**2 + w**2))
                & equal(
                    (x**2 + z**2) * (y**2 + w**2) - (x * y + z * w) ** 2,
                    (x**2 + y**2) * (z**2 + w**2) - (x * z + y * w) ** 2,
                )
            ),
            words="|X'ᵀX'| = |X'X'ᵀ|: trace and determinant of both, hence their eigenvalues, for "
            "X' = [[x, y], [z, w]]",
        ),
        lemma(
            "exponent",
            given(w, l, r, s)
            .where(w > 0, l >= 0, r >= 0, s > 0, equal(r**2, 2 * l * s * w))
            .says((2 * l * w / 3 + r) ** 2 / 2 >= l * (s * w + (2 * l * w / 3 + r) * w / 3)),
            [have(l * w * r >= 0)],
            words="t = 2l/(3N) + √(2ls/N) makes t²/2 ≥ l (s/N + t/(3N)); w = 1/N",
        ),
        lemma(
            "tail",
            given(s, x).where(s > 0, x >= level).says((1 / s) * exp(-x) <= Fraction(1, 8)),
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
                have(
                    exponent >= level,
                    generalise(variance, "w"),
                    generalise(exponent, "e"),
                    generalise(level, "l"),
                    cases(e >= l, no=[have(w * (l - e) > 0)]),
                ),
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
            "c, range",
            sample.says(root(s / N) + 1 / (3 * N) <= deviation),
            [
                *with_root,
                have(s * (1 / N) >= 0),
                have(level * s * (1 / N) >= 2 * (s * (1 / N)), have((level - 2) * s >= 0)),
                axiom("increasing", root(s / N), root(2 * level * s / N)),
                have(level * (1 / N) >= 2 * (1 / N)),
            ],
            words="the second hypothesis of that theorem: it speaks of deviations of at least "
            "√v + R/3 with the variance v = s/N and the bound R = 1/N of a summand",
            defined=[*level_hints, [axiom("quotient", 1, N), have(1 / N > 0)]],
        ),
        step(
            "d",
            given(gamma, x, w, z)
            .where(
                gamma > 0, gamma < Fraction(1, 2), x >= 1 - gamma, w <= Fraction(1, 2), z >= x - w
            )
            .says((z >= Fraction(1, 2) - gamma) & (z > 0)),
            words="both events together: z ≥ P(|X'ᵀX'| ≤ 2) - P(deviation)",
        ),
        step(
            "e",
            events.where(*core).says(s <= 2 * level / N + root(2 * level * s / N)),
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
            kind=MISSING_HYPOTHESIS,
        ),
        amended(
            "h amended",
            "h",
            given(N, s).where(N >= 2, *norm, s <= 6 * level / N).says(s <= 8 * log(N) / N),
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
            kind=MISSING_HYPOTHESIS,
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
        sharper(
            "sharper",
            "amended",
            given(N, s, x)
            .where(N >= 2, *norm, s <= x / N + deviation, x <= Fraction(3, 2))
            .says(
                (s <= Fraction(9, 2) * log(N) / N) & (Fraction(9, 2) * log(N) / N <= 8 * log(N) / N)
            ),
            [
                axiom("log_one"),
                axiom("log_increasing", 1, N),
                axiom("quotient", 1, N),
                have(1 / N > 0),
                have(log(N) * (1 / N) > 0),
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
                        have(
                            (3 + Fraction(10, 3) * level) * (1 / N)
                            <= Fraction(9, 2) * log(N) * (1 / N)
                        ),
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
# A distribution on points k with weights c_k: y = K(k, k), v*.Phi = K(k, k+1), and v_S.Phi - v*.Phi
# in two parts, K(k, k+2) from v* and K(k, k+3) from epsilon
target, best = K[k + 1, k + 1], K[k + 1, k + 2]
from_optimum, from_noise = K[k + 1, k + 3], K[k + 1, k + 4]
quarter = Fraction(1, 4)
bounded = forall(
    k,
    holds=(k >= 1).implies(
        conjunction(
            *(K[k, k + shift] <= quarter for shift in range(4)),
            *(K[k, k + shift] >= -quarter for shift in range(4)),
        )
    ),
)
difference = from_optimum + from_noise
entries = (target - best, difference, target - best - difference, from_optimum, from_noise)
small = [
    instantiate(bounded, k=k + 1),
    *(have(abs(value) <= 1) for value in entries),
    *(use("Exponentials: small product", x=value, y=value) for value in entries),
    use("Exponentials: small product", x=target - best, y=difference),
]
cross = series(k, 0, c[k] * ((target - best) * difference))
risk_interpolant = series(k, 0, c[k] * (target - best - difference) ** 2)
risk_optimum = series(k, 0, c[k] * (target - best) ** 2)

LEMMA_27 = Claim(
    "Lemma 27",
    "the excess risk of the minimum-norm interpolant",
    (
        step(
            "a",
            given(x, z)
            .where(z >= 0, forall(t, holds=-2 * t * x + t**2 * z >= 0))
            .says(equal(x, 0)),
            [
                instantiate(forall(t, holds=-2 * t * x + t**2 * z >= 0), t=x / (1 + z)),
                axiom("quotient", x, 1 + z),
                generalise(x / (1 + z), "w"),
                have(equal(w * (x - w * (1 + z)), 0)),
                have(w * w * (2 + z) <= 0),
                axiom("square", w),
                have(w * w <= 0),
                have(
                    equal(w, 0),
                    cases(w > 0, yes=[have(w * w > 0)], no=[cases(w < 0, yes=[have(w * w > 0)])]),
                ),
            ],
            words="first-order optimality: x = E[(y - v*·Φ)u·Φ], z = E[(u·Φ)²] for any direction u",
        ),
        step(
            "b",
            given(y, w, x).says(equal((y - w - x) ** 2, (y - w) ** 2 - 2 * x * (y - w) + x**2)),
            words="the square expanded, at each point; x = (v_S - v*)·Φ",
        ),
        step(
            "c",
            given(c, K)
            .where(bounded, equal(cross, 0))
            .says(equal(risk_interpolant, risk_optimum + series(k, 0, c[k] * difference**2))),
            [
                have(
                    equal(
                        risk_interpolant + 2 * cross,
                        risk_optimum + series(k, 0, c[k] * difference**2),
                    ),
                    termwise("c", "k", converge=[small]),
                ),
            ],
            words="the cross term vanishes; any distribution on countably many points, values "
            "scaled to at most 1/4 (weights need not have sum 1)",
            defined=[small],
        ),
        step(
            "covariance",
            given(x, y, z, w).says(
                equal((x * y + z * w) ** 2, x**2 * y**2 + 2 * x * z * (y * w) + z**2 * w**2)
            ),
            words="E[(vᵀΦ)²] = E[vᵀΦΦᵀv] = vᵀΣv: at each point, for v = (x, z), Φ = (y, w)",
        ),
        step(
            "d",
            given(x, w).says((x + w) ** 2 <= 2 * x**2 + 2 * w**2),
            [axiom("square", x - w)],
        ),
        statement(
            "statement",
            given(c, K)
            .where(bounded, equal(cross, 0))
            .says(
                risk_interpolant - risk_optimum
                <= 2 * series(k, 0, c[k] * from_optimum**2) + 2 * series(k, 0, c[k] * from_noise**2)
            ),
            [
                use("Lemma 27: c"),
                have(
                    series(k, 0, c[k] * difference**2)
                    <= 2 * series(k, 0, c[k] * from_optimum**2)
                    + 2 * series(k, 0, c[k] * from_noise**2),
                    termwise("c", "k", converge=[small]),
                    use("Lemma 27: d", x=from_optimum, w=from_noise),
                ),
            ],
            words="distributions on countably many points, values scaled to at most 1/4; the terms "
            "are v*ᵀBv* and εᵀCε by E[(v·Φ)²] = vᵀΣv for v = (XᵀK̄⁻¹X - I)v* and v = XᵀK̄⁻¹ε; v* "
            "must exist",
            defined=[small],
        ),
    ),
    uses=(),
)

points_squared = n * n
bound_on_s = s <= 16 * log(n) / n**2
excess = e <= 2 * s * V**2 + 4 * n * (1 + V**2) * s
over_n = [axiom("quotient", 1, n), have(1 / n > 0)]


def excess_bounded(from_size: int) -> Statement:
    """What steps (a) to (f) say of the excess risk e, for n >= `from_size`."""
    return given(n, s, V, e, C, gamma).where(
        n >= from_size,
        s > 0,
        bound_on_s,
        V >= 0,
        excess,
        e > 0,
        C > 0,
        gamma > 0,
        gamma < Fraction(1, 2),
    )


def overlap_of(size: Expression) -> Expression:
    """v_S . u = sum_k alpha_k (u . Phi(x_k)) over the first points."""
    return finite_sum(k, 1, size, K[k, k] * M[k, k])


THEOREM_20 = Claim(
    "Theorem 20",
    "benign overfitting: the excess risk of the interpolant",
    (
        step(
            "depth",
            given(mu, delta)
            .where(mu > 0, mu <= 1, delta >= 0, delta <= 1)
            .says(L0(delta, mu) >= 0, L0),
            words="Δ takes values in [0, 1], L0 is defined on (0, 1): Δ(n², γ) = 0 when the "
            "distribution has atoms, 1 for orthogonal data",
            kind=MISSING_HYPOTHESIS,
        ),
        amended(
            "depth amended",
            "depth",
            given(mu, delta)
            .where(mu > 0, mu <= 1, delta > 0, delta < 1)
            .says(L0(delta, mu) >= 0, L0),
            words="where 0 < Δ(n², γ) < 1",
        ),
        step(
            "a",
            under_1.where(L1(points_squared, delta, mu) <= L).says(smallest >= Fraction(1, 2), L1),
            [
                *bounded_mu,
                *range_of_b,
                use("Corollary 3: b2"),
                use("Corollary 3: c", n=points_squared),
                generalise(expanded, "b"),
                have(n * n - n >= 0),
                have((n * n - n) * b_term >= 0),
            ],
            words="λ_min(K̄) ≥ 1/2: the depth is that for n² points",
            defined=[bounded_mu, *hints],
        ),
        step(
            "interpolation",
            given(r, s, t, y, z)
            .where(r * t - s**2 > 0)
            .says(
                conjunction(
                    equal(
                        r * ((t * y - s * z) / (r * t - s**2))
                        + s * ((r * z - s * y) / (r * t - s**2)),
                        y,
                    ),
                    equal(
                        s * ((t * y - s * z) / (r * t - s**2))
                        + t * ((r * z - s * y) / (r * t - s**2)),
                        z,
                    ),
                )
            ),
            words="v_S = XᵀK̄⁻¹y interpolates, (Xv_S)_i = (K̄K̄⁻¹y)_i = y_i: two points with "
            "K̄ = [[r, s], [s, t]] and targets y, z",
        ),
        step(
            "minimum norm",
            given(K, M, n, V, z)
            .where(n >= 0, z >= 0, forall(k, holds=(k >= 1).implies(equal(M[k, k], 0))))
            .says(V + 2 * overlap_of(n) + z >= V),
            [
                have(
                    equal(overlap_of(n), 0),
                    induction(
                        "n",
                        base=[axiom("fold_empty", overlap_of(Expression(0)))],
                        step=[
                            axiom("fold_last", overlap_of(n)),
                            instantiate(
                                forall(k, holds=(k >= 1).implies(equal(M[k, k], 0))), k=n + 1
                            ),
                        ],
                    ),
                )
            ],
            words="'the minimum norm interpolating linear predictor': another one is v_S + u with "
            "u·Φ(x_k) = M_kk = 0; v_S·u = Σ α_k M_kk for v_S = Σ α_kΦ(x_k), α_k = K_kk, so that "
            "|v_S|² = V ≤ |v_S + u|², with z = |u|²",
        ),
        step(
            "c",
            given(s, V, x, w).where(s >= 0, V >= 0, x <= V**2, w <= s * x).says(w <= s * V**2),
            [have(s * x <= s * V**2)],
            words="display (7): x = |Pv*|² ≤ |v*|² for the projection P = I - XᵀK̄⁻¹X, "
            "w = (Pv*)ᵀΣ(Pv*) ≤ |Σ|x",
        ),
        step(
            "d",
            given(y, w, V).where(abs(y) <= 1, abs(w) <= V).says((y - w) ** 2 <= 1 + V**2),
            words="each ε_i² = (y_i - v*·Φ(x_i))², with |Φ(x_i)| = 1 and V = |v*|",
        ),
        amended(
            "d amended",
            "d",
            given(y, w, V).where(abs(y) <= 1, abs(w) <= V).says((y - w) ** 2 <= 2 * (1 + V**2)),
            [axiom("square", y + w), have(y**2 <= 1), have(w**2 <= V**2)],
            words="|ε|² ≤ 2n(1 + |v*|²)",
        ),
        step(
            "e1",
            given(s, lam).where(s >= 0, lam >= Fraction(1, 2)).says(s / lam <= 2 * s),
            [
                axiom("quotient", s, lam),
                have(1 / lam <= 2, axiom("quotient", 1, lam)),
                have(s * (1 / lam) <= 2 * s),
            ],
            words="|C| ≤ |Σ|/λ_min(K̄) ≤ 2|Σ|",
        ),
        step(
            "e2",
            given(n, s, V, x, w)
            .where(n >= 1, s >= 0, x <= n * (1 + V**2), w <= 2 * s * x)
            .says(w <= 2 * n * (1 + V**2) * s),
            [have(s * x <= s * (n * (1 + V**2)))],
            words="display (8), given x = |ε|² ≤ n(1 + |v*|²) of (d)",
        ),
        lemma(
            "e2 with (d) amended",
            given(n, s, V, x, w)
            .where(n >= 1, s >= 0, x <= 2 * n * (1 + V**2), w <= 2 * s * x)
            .says(w <= 4 * n * (1 + V**2) * s),
            [have(s * x <= s * (2 * n * (1 + V**2)))],
        ),
        step(
            "f",
            given(n).where(n >= 1).says(equal(8 * log(n**2) / n**2, 16 * log(n) / n**2)),
            [axiom("log_power", n, 2)],
            words="Lemma 26 with N = n²",
        ),
        step(
            "g",
            excess_bounded(from_size=2).says(e <= C * (log(n / gamma) / n) * V**2),
            words="'plugging in': e is the excess risk; for v* = 0 the bound is 0, whatever C is",
        ),
        lemma(
            "no constant",
            given(n, V, e, C, gamma)
            .where(n >= 2, equal(V, 0), e > 0, gamma > 0)
            .says(C * (log(n / gamma) / n) * V**2 < e),
            [rewrite(V, 0)],
            words="targets independent of x with mean 0 have v* = 0, and v_S ≠ 0 has v_SᵀΣv_S > 0",
        ),
        amended(
            "g amended",
            "g",
            given(n, s, V, e)
            .where(n >= 2, s > 0, bound_on_s, V >= 0, e <= 2 * s * V**2 + 8 * n * (1 + V**2) * s)
            .says(e <= 160 * (log(n) / n) * (1 + V**2)),
            [
                *over_n,
                axiom("log_monotone", 1, n),
                axiom("log_one"),
                axiom("quotient", 1, n**2),
                have(1 / n <= 1),
                have(equal(1 / n**2, (1 / n) * (1 / n))),
                have(log(n) * (1 / n) >= 0),
                generalise(log(n), "l"),
                generalise(1 / n, "w"),
                axiom("square", V),
                have(s <= 16 * (l * w) * w),
                have(s * n <= 16 * (l * w)),
                have(s <= 16 * (l * w)),
                have(s * n * (1 + V**2) <= 16 * (l * w) * (1 + V**2)),
                have(s * V**2 <= 16 * (l * w) * V**2),
            ],
            words="with (d) amended, and an explicit constant: 160 (log n / n)(1 + |v*|²)",
        ),
        step(
            "remark",
            given(n, V, x)
            .where(n >= 2, x >= 0, equal(x, V**2 / n))
            .says(log(n) / n * V**2 <= 4 * x),
            at={"n": 1_000_000, "V": 1, "x": "1/1000000"},
            words="'goes to 0 if |v*| = o(√n)': the bound is log(n)·x for x = |v*|²/n → 0",
        ),
        lemma(
            "remark, no constant",
            given(n, V, x, C)
            .where(n >= 2, x > 0, equal(V**2, x * n), log(n) > C)
            .says(log(n) / n * V**2 > C * x),
            [
                *over_n,
                have(equal(log(n) * (1 / n) * V**2, log(n) * x)),
                have(log(n) * x > C * x),
            ],
            words="x = 1/log n: the bound stays at 1 although |v*| = o(√n)",
        ),
        amended(
            "remark amended",
            "remark",
            given(n, V, x)
            .where(n >= 2, x >= 0, log(n) * V**2 <= x * n)
            .says(log(n) / n * V**2 <= x),
            [*over_n, have(log(n) * V**2 * (1 / n) <= x * n * (1 / n))],
            words="|v*|² = o(n / log n) suffices",
        ),
        statement(
            "printed",
            excess_bounded(from_size=1).says(e <= C * (log(n / gamma) / n) * V**2),
            words="the bound from Lemmas 26 and 27 to the theorem's",
        ),
        amended(
            "amended",
            "printed",
            given(n, s, V, e, x, w, y, z)
            .where(
                n >= 2,
                s > 0,
                s <= 1,
                bound_on_s,
                V >= 0,
                x <= 2 * n * (1 + V**2),
                w <= s * V**2,
                y <= 2 * s * x,
                e <= 2 * w + 2 * y,
            )
            .says(e <= 160 * (log(n) / n) * (1 + V**2)),
            [
                use("Theorem 20: e2 with (d) amended", w=y),
                use("Theorem 20: g amended"),
            ],
            words="n ≥ 2: w = v*ᵀBv* by (7), y = εᵀCε ≤ |C||ε|², e ≤ 2w + 2y by Lemma 27",
        ),
    ),
    uses=("Theorem 2", "Corollary 3", "Lemma 26", "Lemma 27"),
)
