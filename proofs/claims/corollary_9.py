"""Corollary 9: the condition number of the tangent kernel matrix."""

from fractions import Fraction

from proofs.bounds import (
    L0,
    L2,
    B_half_wider,
    L0_wider,
    assumption_1,
    assumption_2,
    finite_slope,
    gram,
    half_bound,
    layers_for_half,
    nonlinearity,
    normalised,
    odds_bound,
    threshold,
)
from proofs.claim import FALSE_STEP, Claim, amended, lemma, sharper, statement, step
from proofs.claims.depth import below
from proofs.claims.odds import root
from proofs.claims.theorem_8 import first, kernel, least, on_diagonal, on_points
from proofs.language import (
    Expression,
    Matrix,
    Sequence,
    condition_number,
    conjunction,
    equal,
    forall,
    function,
    given,
    identity,
    integer,
    lambda_max,
    real,
    semidefinite,
    unequal,
)
from proofs.tactics import (
    Steps,
    axiom,
    cases,
    generalise,
    gershgorin,
    have,
    instantiate,
    intro,
    rewrite,
    use,
)

c = Sequence("c")
K = Matrix("K")
mu, delta = real("mu"), real("delta")
b, e, f, s, t, x, y, z = (real(name) for name in "befstxyz")
L, n, i, j, k, p, q, M, N = (integer(name) for name in "LnijkpqMN")

activation = (*normalised(c), *nonlinearity(c, mu), finite_slope(c))
positive = (delta > 0, delta <= 1)
printed = (delta > 0, delta < 1, L >= 1)
largest = lambda_max(n, i, j, kernel(i, j))
kappa = condition_number(n, i, j, kernel(i, j))
odds = (1 - delta) / delta * (1 + mu) ** (-L)
half_decay, half_rate = root(1 - mu / 2), root(1 + mu / 2)
bound = odds_bound(L, delta, mu)

off_diagonal = forall(
    i,
    j,
    holds=conjunction(i >= 1, i <= n, j >= 1, j <= n, unequal(i, j)).implies(
        abs(kernel(i, j)) <= t * first
    ),
)
apart: Steps = [
    instantiate(off_diagonal, i=p, j=q),
    cases(kernel(p, q) >= 0),
]
same: Steps = [use("Corollary 9: diagonal entries", i=p)]
at_most_one: Steps = [use("Lemma 22: at most one")]
growing: Steps = [*at_most_one, use("Powers: positive", x=1 + mu, k=L)]
above_all = semidefinite(n, i, j, identity(i, j, largest) - kernel(i, j))
off_index = 9  # of off_diagonal among the hypotheses of "discs"
positive_least: Steps = [
    *growing,
    use("Theorem 8: sharper part 2"),
    use("Odds: next layer"),
    use("Corollary 9: largest"),
    generalise(least, "x"),
    generalise(first, "y"),
    generalise(bound, "e"),
]

decay = 1 - mu / 2
log_2n, log_decay = function("log", 2 * n), function("log", decay)
depth_only = given(mu, delta, n, L).where(mu > 0, mu <= 1, *printed, n >= 1)
remaining = half_decay ** (L - L2(n, delta, mu))
half_power = half_decay ** (L - 2 * L0(delta, mu))
half_power_expanded = half_decay ** (L - 2 * threshold(delta, mu))
small_half_power: Steps = [
    use("L0: threshold"),
    use("Corollary 9: roots", L=0),
    use("Corollary 9: no negative number of layers", n=1),
    use("Powers: positive", x=half_decay, k=L - 2 * threshold(delta, mu)),
]
under_1 = given(c, mu, delta, K, n, L).where(
    *activation, *printed, *gram(K, n), assumption_1(K, n, delta)
)
excess: Steps = [
    *at_most_one,
    use("Corollary 9: excess"),
    use(
        "Corollary 9: discs",
        t=bound,
        by={off_index: [intro("p", "q"), intro(), use("Theorem 8: sharper part 1", i=p, j=q)]},
    ),
    use("Corollary 9: largest"),
    use("Odds: next layer"),
    generalise(bound, "e"),
    have((n - 1) * e >= 0),
    have((n - 1) * e <= Fraction(1, 2)),
    use("Corollary 9: quotient of discs", s=largest, t=least, x=(n - 1) * e, f=first),
]
half = B_half_wider(L, delta, mu)
half_expanded = half_bound(L, delta, mu, threshold(delta, mu))
under_2 = given(c, mu, delta, K, n, L).where(
    *activation, *printed, *gram(K, n), assumption_2(K, n, delta)
)
half_power_wider = half_decay ** (L - 2 * L0_wider(delta, mu))
below_one: Steps = [
    use("L0: threshold"),
    use("Corollary 9: roots", L=0),
    generalise(threshold(delta, mu), "N"),
    use("Powers: decreasing in the exponent", x=half_decay, j=1, k=L - 2 * N),
    generalise(half_decay ** (L - 2 * N), "y"),
]
half_discs: Steps = [
    use(
        "Corollary 9: discs",
        t=2 * half_expanded,
        by={off_index: [intro("p", "q"), intro(), use("Theorem 8: part 1 amended", i=p, j=q)]},
    ),
    use("Theorem 8: at twice L0"),
    use("Odds: next layer"),
    generalise(bound, "e"),
    have(2 * half_expanded >= 0),
    rewrite(2 * half_expanded, 2 * half_expanded + 0),
    generalise(2 * half_expanded + 0, "y"),
]
half_positive: Steps = [
    *at_most_one,
    *half_discs,
    use("Corollary 9: largest"),
    have((1 - (n - 1) * y) * first > 0),
]
half_positive_2: Steps = [
    *at_most_one,
    use("Theorem 8: part 2 amended"),
    use("Corollary 9: largest"),
    have((1 - 2 * half_expanded) * first > 0),
]
part_1_proof: Steps = excess
part_1_defined = [*on_points, [*at_most_one, use("Corollary 9: roots", L=0)], growing, excess]

COROLLARY_9 = Claim(
    "Corollary 9",
    "the condition number of the tangent kernel matrix",
    (
        lemma(
            "diagonal entries",
            given(c, mu, K, n, L, i)
            .where(*activation, *gram(K, n), L >= 0, i >= 1, i <= n)
            .says(equal(kernel(i, i), first)),
            on_diagonal,
            defined=on_points,
        ),
        lemma(
            "discs",
            given(c, mu, K, n, L, t)
            .where(*activation, L >= 0, *gram(K, n), off_diagonal)
            .says((largest <= (1 + (n - 1) * t) * first) & (least >= (1 - (n - 1) * t) * first)),
            [
                have(
                    semidefinite(n, i, j, identity(i, j, (1 + (n - 1) * t) * first) - kernel(i, j)),
                    gershgorin(p, q, t * first, diagonal=same, others=apart),
                ),
                have(
                    semidefinite(n, i, j, kernel(i, j) - identity(i, j, (1 - (n - 1) * t) * first)),
                    gershgorin(p, q, t * first, diagonal=same, others=apart),
                ),
                axiom("largest_eigenvalue", largest, (1 + (n - 1) * t) * first),
                axiom("least_eigenvalue", least, (1 - (n - 1) * t) * first),
                instantiate(
                    semidefinite(
                        n, i, j, identity(i, j, (1 + (n - 1) * t) * first) - kernel(i, j)
                    ).implies(largest <= (1 + (n - 1) * t) * first)
                ),
                instantiate(
                    semidefinite(
                        n, i, j, kernel(i, j) - identity(i, j, (1 - (n - 1) * t) * first)
                    ).implies(least >= (1 - (n - 1) * t) * first)
                ),
            ],
            words="Gershgorin for a constant diagonal",
            defined=on_points,
        ),
        lemma(
            "largest",
            given(c, mu, K, n, L)
            .where(*activation, L >= 0, *gram(K, n))
            .says((largest >= first) & (first >= 1)),
            [
                use("Theorem 8: at 1"),
                use("Theorem 8: j3"),
                have(largest >= largest),
                axiom("largest_eigenvalue", largest, largest),
                instantiate((largest <= largest).implies(above_all)),
                axiom("semidefinite_pair", above_all, 1, 1, 0),
            ],
            defined=on_points,
        ),
        lemma(
            "quotient",
            given(n, s, t, e, f)
            .where(
                n >= 1, e >= 0, e < 1, f > 0, s >= 0, s <= (1 + (n - 1) * e) * f, t >= (1 - e) * f
            )
            .says((t > 0) & (s / t <= 1 + n * (e / (1 - e)))),
            [
                have((1 - e) * f > 0),
                have(
                    s * (1 - e) <= t * (1 + (n - 1) * e),
                    have((1 + (n - 1) * e) >= 0),
                    have(s * (1 - e) <= (1 + (n - 1) * e) * f * (1 - e)),
                    have((1 + (n - 1) * e) * (t - (1 - e) * f) >= 0),
                ),
                axiom("quotient", s, t),
                axiom("quotient", e, 1 - e),
                generalise(s / t, "x"),
                generalise(e / (1 - e), "y"),
                have(x * (1 - e) <= 1 + (n - 1) * e),
            ],
        ),
        sharper(
            "sharper part 2",
            "part 2",
            given(c, mu, delta, K, n, L)
            .where(*activation, *positive, L >= 0, *gram(K, n), assumption_2(K, n, delta))
            .says(kappa <= 1 + n * odds),
            [
                use("Corollary 3: assumption 2 implies 1"),
                use(
                    "Corollary 9: discs",
                    t=bound,
                    by={
                        off_index: [
                            intro("p", "q"),
                            intro(),
                            use("Theorem 8: sharper part 1", i=p, j=q),
                        ]
                    },
                ),
                use("Theorem 8: sharper part 2"),
                use("Corollary 9: largest"),
                use("Lemma 22: at most one"),
                use("Odds: next layer"),
                use("Odds: value"),
                use("Corollary 9: quotient", s=largest, t=least, e=bound, f=first),
                rewrite(bound / (1 - bound), odds),
            ],
            words="at every depth, with (1-δ)/δ in the place of 2/δ and (1+μ)^L in that of "
            "(1+μ/2)^(L/2)",
            defined=[*on_points, growing, positive_least],
        ),
        lemma(
            "roots",
            given(mu, L)
            .where(mu > 0, mu <= 1, L >= 0)
            .says(
                (half_rate ** (-L) >= (1 + mu) ** (-L))
                & ((1 + mu) ** (-L) > 0)
                & (half_rate > 0)
                & (half_decay > 0)
                & (half_decay < 1)
            ),
            [
                axiom("root", 1 + mu / 2),
                axiom("root", 1 - mu / 2),
                generalise(half_decay, "s"),
                generalise(half_rate, "t"),
                have(t >= 1, cases(t >= 1, no=[have(t * t <= 1)])),
                have(t <= 1 + mu, cases(t <= 1 + mu, no=[have(t * t >= (1 + mu) * (1 + mu))])),
                have(s > 0, cases(s <= 0, yes=[have(equal(s, 0)), rewrite(s, 0)])),
                have(s < 1, cases(s < 1, no=[have(s * s >= 1)])),
                use("Powers: increasing in the base", x=t, y=1 + mu, k=L),
                use("Powers: positive", x=t, k=L),
                use("Powers: positive", x=1 + mu, k=L),
                axiom("power_negative", t, L),
                axiom("power_negative", 1 + mu, L),
                generalise(t ** (-L), "x"),
                generalise((1 + mu) ** (-L), "y"),
                generalise(t**L, "z"),
                generalise((1 + mu) ** L, "e"),
                have(y > 0, cases(y <= 0, yes=[have(y * e <= 0)])),
                have(x > 0, cases(x <= 0, yes=[have(x * z <= 0)])),
                have(y * z <= 1, have(y * z <= y * e)),
                have((x - y) * z >= 0),
                have(x >= y, cases(x >= y, no=[have((y - x) * z > 0)])),
            ],
            defined=[
                [
                    axiom("root", 1 + mu / 2),
                    cases(half_rate <= 0, yes=[have(equal(half_rate, 0)), rewrite(half_rate, 0)]),
                ]
            ],
        ),
        statement(
            "part 2",
            given(c, mu, delta, K, n, L)
            .where(
                *activation,
                *printed,
                *gram(K, n),
                assumption_2(K, n, delta),
                4 * L0(delta, mu) <= L,
            )
            .says(kappa <= 1 + 2 * n / delta * half_rate ** (-L), L0),
            [
                use("Corollary 9: sharper part 2"),
                use("Lemma 22: at most one"),
                use("Corollary 9: roots"),
                axiom("quotient", 1 - delta, delta),
                axiom("quotient", 2 * n, delta),
                generalise(half_rate ** (-L), "x"),
                generalise((1 + mu) ** (-L), "y"),
                generalise((1 - delta) / delta, "s"),
                generalise(2 * n / delta, "t"),
                have(s >= 0),
                have(t >= n * s),
                have(t * x >= n * s * x),
                have(n * s * x >= n * s * y, have(n * s >= 0)),
            ],
            words="true although steps f and i of its proof fail, and true without L ≥ 4L0",
            defined=[
                *on_points,
                growing,
                positive_least,
                [*at_most_one, use("Corollary 9: roots")],
            ],
        ),
        lemma(
            "enough layers",
            given(mu, n, k)
            .where(mu > 0, mu <= 1, n >= 1, k >= 0, k >= layers_for_half(n, mu))
            .says(2 * n * half_decay**k <= 1),
            [
                axiom("log_one"),
                axiom("log_increasing", decay, 1),
                axiom("quotient", 2 * log_2n, -log_decay),
                axiom("ceiling", 2 * log_2n / -log_decay),
                axiom("log_power", decay, k),
                have(2 * log_2n + k * log_decay <= 0),
                use("Corollary 9: roots", L=0),
                use("Powers: positive", x=half_decay, k=k),
                use("Powers: positive", x=decay, k=k),
                use("Odds: powers of a root", x=decay),
                use("Powers: sum of exponents", x=half_decay, j=k, k=k),
                axiom("log_product", 2 * n, 2 * n),
                axiom("log_product", 2 * n * (2 * n), decay**k),
                have(equal(half_decay**k * half_decay**k, decay**k)),
                generalise(half_decay**k, "y"),
                cases(
                    2 * n * y <= 1,
                    no=[
                        have((2 * n * y) * (2 * n * y) > 1),
                        have(2 * n * (2 * n) * decay**k > 1, rewrite(decay**k, y * y)),
                        axiom("log_increasing", 1, 2 * n * (2 * n) * decay**k),
                    ],
                ),
            ],
            words="⌈2 log(2n) / -log(1-μ/2)⌉ layers bring 2n(1-μ/2)^(k/2) to 1",
        ),
        lemma(
            "no negative number of layers",
            given(mu, n).where(mu > 0, mu <= 1, n >= 1).says(layers_for_half(n, mu) >= 0),
            [
                axiom("log_one"),
                axiom("log_increasing", decay, 1),
                axiom("log_monotone", 1, 2 * n),
                axiom("quotient", 2 * log_2n, -log_decay),
                axiom("ceiling", 2 * log_2n / -log_decay),
            ],
        ),
        lemma(
            "excess",
            depth_only.where(L2(n, delta, mu) <= L).says(
                ((n - 1) * bound <= remaining / 2) & (remaining <= 1) & (remaining > 0), L2
            ),
            [
                use("L0: threshold"),
                use("Corollary 9: no negative number of layers"),
                use("Corollary 9: enough layers", k=layers_for_half(n, mu)),
                use("Corollary 9: roots", L=0),
                use("Odds: beyond twice L0", N=threshold(delta, mu)),
                generalise(threshold(delta, mu), "N"),
                generalise(layers_for_half(n, mu), "M"),
                use("Powers: sum of exponents", x=half_decay, j=M, k=L - (M + 2 * N)),
                use("Powers: at most one", x=half_decay, k=L - (M + 2 * N)),
                use("Powers: positive", x=half_decay, k=L - (M + 2 * N)),
                use("Powers: positive", x=half_decay, k=M),
                generalise(bound, "e"),
                have(
                    equal(
                        half_decay ** (L - 2 * N), half_decay**M * half_decay ** (L - (M + 2 * N))
                    )
                ),
                generalise(half_decay ** (L - 2 * N), "z"),
                generalise(half_decay ** (L - (M + 2 * N)), "y"),
                generalise(half_decay**M, "x"),
                have((n - 1) * x <= Fraction(1, 2)),
                have((n - 1) * e <= (n - 1) * z),
                have((n - 1) * x * y <= y / 2),
            ],
            defined=[
                [use("Corollary 9: roots", L=0)],
                [use("Powers: positive", x=1 + mu, k=L), have(delta * (1 + mu) ** L > 0)],
            ],
        ),
        lemma(
            "quotient in general",
            given(s, t, x, z, f)
            .where(f > 0, s >= 0, s <= (1 + x) * f, t >= (1 - z) * f, z < 1, x >= -1)
            .says((t > 0) & (s / t <= (1 + x) / (1 - z))),
            [
                have((1 - z) * f > 0),
                axiom("quotient", 1 + x, 1 - z),
                axiom("quotient", s, t),
                generalise((1 + x) / (1 - z), "y"),
                generalise(s / t, "e"),
                have(y >= 0, cases(y >= 0, no=[have((1 - z) * y < 0)])),
                have(y * (t - (1 - z) * f) >= 0),
                have(equal(y * ((1 - z) * f), (1 + x) * f)),
                have(s <= y * t),
            ],
        ),
        lemma(
            "quotient of discs",
            given(s, t, x, f)
            .where(f > 0, x >= 0, x <= Fraction(1, 2), s >= 0, s <= (1 + x) * f, t >= (1 - x) * f)
            .says((t > 0) & (s / t <= 1 + 4 * x)),
            [
                have((1 - x) * f > 0),
                have(
                    (1 + x) * f <= (1 + 4 * x) * ((1 - x) * f),
                    have(f * (x * (1 - 2 * x)) >= 0, have(x * (1 - 2 * x) >= 0)),
                ),
                have((1 + 4 * x) * (t - (1 - x) * f) >= 0),
                have(s <= (1 + 4 * x) * t),
                axiom("quotient", s, t),
                generalise(s / t, "y"),
            ],
        ),
        step(
            "a",
            under_1.where(2 * L0_wider(delta, mu) <= L, (n - 1) * (2 * half) < 1).says(
                kappa <= (1 + (n - 1) * (2 * half)) / (1 - (n - 1) * (2 * half)),
                L0_wider,
                B_half_wider,
            ),
            [
                *at_most_one,
                *half_discs,
                use("Corollary 9: largest"),
                use(
                    "Corollary 9: quotient in general",
                    s=largest,
                    t=least,
                    x=(n - 1) * y,
                    z=(n - 1) * y,
                    f=first,
                ),
            ],
            words="Theorem 8 (part 1) and Gershgorin, B at half integers",
            defined=[*on_points, at_most_one, half_positive],
        ),
        step(
            "d",
            under_2.where(2 * L0_wider(delta, mu) <= L, 2 * half < 1).says(
                kappa <= (1 + (n - 1) * (2 * half)) / (1 - 2 * half), L0_wider, B_half_wider
            ),
            [
                *at_most_one,
                use("Corollary 3: assumption 2 implies 1"),
                use("Theorem 8: part 2 amended"),
                *half_discs,
                use("Corollary 9: largest"),
                use(
                    "Corollary 9: quotient in general",
                    s=largest,
                    t=least,
                    x=(n - 1) * y,
                    z=y,
                    f=first,
                ),
            ],
            words="Theorem 8 (part 2) for the least eigenvalue",
            defined=[*on_points, at_most_one, half_positive_2],
        ),
        step(
            "b",
            depth_only.where(layers_for_half(n, mu) + 2 * L0_wider(delta, mu) <= L).says(
                (n - 1) * (2 * half) <= Fraction(1, 2), L0_wider, B_half_wider
            ),
            [
                use("L0: threshold"),
                use("Corollary 9: no negative number of layers"),
                use("Corollary 9: enough layers", k=layers_for_half(n, mu)),
                use("Corollary 9: roots", L=0),
                generalise(threshold(delta, mu), "N"),
                generalise(layers_for_half(n, mu), "M"),
                cases(
                    L <= 2 * N,
                    yes=[have(equal(M, 0)), axiom("power_zero", half_decay, M)],
                    no=[
                        use("Powers: decreasing in the exponent", x=half_decay, j=M, k=L - 2 * N),
                        generalise(half_decay ** (L - 2 * N), "z"),
                        generalise(half_decay**M, "x"),
                        have((n - 1) * z <= (n - 1) * x),
                    ],
                ),
            ],
            words="L2 layers bring 2(n-1)B(L/2) to 1/2",
        ),
        step(
            "e",
            depth_only.where(4 * L0_wider(delta, mu) <= L).says(
                (1 + (n - 1) * (2 * half)) / (1 - 2 * half) - 1
                <= n * half_power_wider / (1 - half_power_wider),
                L0_wider,
                B_half_wider,
            ),
            [
                use("L0: threshold"),
                use("Corollary 9: roots", L=0),
                generalise(threshold(delta, mu), "N"),
                use("Powers: decreasing in the exponent", x=half_decay, j=1, k=L - 2 * N),
                generalise(half_decay ** (L - 2 * N), "y"),
                have(y < 1),
                axiom("quotient", n * y, 1 - y),
                axiom("quotient", 1 + (n - 1) * y, 1 - y),
                have(
                    equal((1 + (n - 1) * y) / (1 - y) - 1, n * y / (1 - y)),
                ),
            ],
            words="beyond 2L0 the bound 2B(L/2) is (1-μ/2)^(L/2-L0)",
            defined=[below_one],
        ),
        step(
            "c",
            given(x).where(x >= 0, x <= Fraction(1, 2)).says((1 + x) / (1 - x) <= 1 + 4 * x),
            [use("Corollary 3: d")],
        ),
        sharper(
            "sharper part 1",
            "part 1",
            under_1.where(L2(n, delta, mu) <= L).says(kappa <= 1 + 2 * remaining, L2),
            part_1_proof,
            words="without the factor n, and with the exponent (L-L2)/2 in the place of L/2-L2",
            defined=part_1_defined,
        ),
        statement(
            "part 1",
            under_1.where(L2(n, delta, mu) <= L).says(
                kappa <= 1 + 4 * n * half_decay ** (L - 2 * L2(n, delta, mu)), L2
            ),
            [
                use("Lemma 22: at most one"),
                use("Corollary 9: sharper part 1"),
                use("Corollary 9: excess"),
                use("Corollary 9: roots", L=0),
                use("L0: threshold"),
                use("Corollary 9: no negative number of layers"),
                generalise(kappa, "x"),
                generalise(threshold(delta, mu), "N"),
                generalise(layers_for_half(n, mu), "M"),
                cases(
                    L >= 2 * (M + 2 * N),
                    yes=[
                        use(
                            "Powers: decreasing in the exponent",
                            x=half_decay,
                            j=L - 2 * (M + 2 * N),
                            k=L - (M + 2 * N),
                        ),
                        use("Powers: positive", x=half_decay, k=L - 2 * (M + 2 * N)),
                    ],
                    no=[
                        use("Powers: positive", x=half_decay, k=2 * (M + 2 * N) - L),
                        use("Powers: at most one", x=half_decay, k=2 * (M + 2 * N) - L),
                        axiom("power_negative", half_decay, 2 * (M + 2 * N) - L),
                        generalise(half_decay ** (2 * (M + 2 * N) - L), "s"),
                        have(half_decay ** (L - 2 * (M + 2 * N)) >= 1),
                    ],
                ),
                generalise(half_decay ** (L - (M + 2 * N)), "y"),
                generalise(half_decay ** (L - 2 * (M + 2 * N)), "z"),
                have(n * z >= z, have((n - 1) * z >= 0)),
            ],
            words="the powers of 1-μ/2 have half integers as exponents",
            defined=part_1_defined,
        ),
        step(
            "i",
            depth_only.where(4 * L0(delta, mu) <= L).says(
                (1 - mu / 2) ** L0(delta, mu) <= Fraction(1, 2), L0
            ),
            at={"mu": "1/2", "delta": "2/5", "n": 1, "L": 4},
            kind=FALSE_STEP,
            words="(1-μ/2)^L0 ≤ 1/2; also at δ ≥ 1/2, where L0 = 0 and the power is 1",
        ),
        amended(
            "i amended",
            "i",
            depth_only.where(layers_for_half(Expression(1), mu) + 2 * L0(delta, mu) <= L).says(
                half_power <= Fraction(1, 2), L0
            ),
            [
                use("L0: threshold"),
                use("Corollary 9: no negative number of layers", n=1),
                use("Corollary 9: enough layers", n=1, k=L - 2 * threshold(delta, mu)),
            ],
            words="at the depth L2 for n = 1; the corollary holds without it",
            defined=[[use("Corollary 9: roots", L=0)]],
        ),
        step(
            "f",
            depth_only.where(4 * L0(delta, mu) <= L).says(
                n * half_power / (1 - half_power) <= 2 * n * half_power, L0
            ),
            at={"mu": "1/2", "delta": "2/5", "n": 1, "L": 4},
            kind=FALSE_STEP,
            words="(1-μ/2)^(L/2-L0) exceeds 1/2 there, as step i does not see",
        ),
        amended(
            "f amended",
            "f",
            depth_only.where(layers_for_half(Expression(1), mu) + 2 * L0(delta, mu) <= L).says(
                n * half_power / (1 - half_power) <= 2 * n * half_power, L0
            ),
            [
                use("Corollary 9: i amended"),
                *small_half_power,
                generalise(half_power_expanded, "y"),
                axiom("quotient", n * y, 1 - y),
                generalise(n * y / (1 - y), "x"),
                have(
                    x * (1 - y) <= 2 * n * y * (1 - y),
                    have(n * y * (1 - 2 * y) >= 0, have(n * y >= 0)),
                ),
            ],
            words="from the depth on at which (1-μ/2)^(L/2-L0) is at most 1/2",
            defined=[[use("Corollary 9: i amended"), *small_half_power], small_half_power],
        ),
        step(
            "g",
            depth_only.where(2 * L0(delta, mu) <= L).says(
                2 * n * half_power <= 2 * n * half_rate ** (-L) * (1 + mu / 2) ** L0(delta, mu),
                L0,
            ),
            [
                use("L0: threshold"),
                use("Corollary 9: roots", L=0),
                axiom("root", 1 + mu / 2),
                axiom("root", 1 - mu / 2),
                generalise(threshold(delta, mu), "N"),
                use("Odds: powers of a root", x=1 + mu / 2, k=N),
                use("Powers: sum of exponents", x=half_rate, j=2 * N, k=L - 2 * N),
                use("Powers: product", x=half_decay, y=half_rate, k=L - 2 * N),
                have(
                    half_decay * half_rate <= 1,
                    have(
                        (half_decay * half_rate) * (half_decay * half_rate) <= 1,
                        have(
                            equal(
                                (half_decay * half_rate) * (half_decay * half_rate),
                                (1 - mu / 2) * (1 + mu / 2),
                            ),
                            have(
                                equal(
                                    (half_decay * half_rate) * (half_decay * half_rate),
                                    half_decay**2 * half_rate**2,
                                )
                            ),
                            rewrite(half_decay**2, 1 - mu / 2),
                            rewrite(half_rate**2, 1 + mu / 2),
                        ),
                    ),
                    have(half_decay * half_rate > 0),
                    generalise(half_decay * half_rate, "x"),
                    cases(x <= 1, no=[have(x * x > 1)]),
                ),
                have(half_decay * half_rate > 0),
                use("Powers: at most one", x=half_decay * half_rate, k=L - 2 * N),
                use("Powers: positive", x=half_rate, k=L),
                use("Powers: positive", x=half_rate, k=L - 2 * N),
                use("Powers: positive", x=half_rate, k=2 * N),
                axiom("power_negative", half_rate, L),
                have(equal(half_rate**L, half_rate ** (2 * N) * half_rate ** (L - 2 * N))),
                generalise((1 + mu / 2) ** N, "b"),
                generalise(half_rate ** (2 * N), "x"),
                generalise(half_rate ** (L - 2 * N), "y"),
                generalise(half_rate ** (-L), "z"),
                generalise(half_rate**L, "s"),
                generalise(half_decay ** (L - 2 * N), "e"),
                have(equal(z * x * y, 1), have(equal(z * x * y, z * s), rewrite(s, x * y))),
                have(z * x > 0, cases(z * x <= 0, yes=[have((z * x) * y <= 0)])),
                have(e * y * (z * x) <= z * x),
                have(
                    e <= z * x,
                    have(equal(e * y * (z * x), e * (z * x * y))),
                    have(equal(e * (z * x * y), e), rewrite(z * x * y, 1)),
                ),
                have(e <= z * b),
            ],
            words="(1-μ/2)(1+μ/2) ≤ 1",
            defined=[[use("Corollary 9: roots", L=0)]],
        ),
        step(
            "h",
            depth_only.says(
                2 * n * half_rate ** (-L) * (1 + mu / 2) ** L0(delta, mu)
                <= 2 * n / delta * half_rate ** (-L),
                L0,
            ),
            [
                use("L0: threshold"),
                use("Corollary 9: roots"),
                generalise(threshold(delta, mu), "N"),
                have(
                    delta * (1 + mu / 2) ** N <= 1,
                    cases(
                        N <= 0,
                        yes=[axiom("power_zero", 1 + mu / 2, N)],
                        no=[
                            instantiate(below, k=N - 1),
                            axiom("power_successor", 1 + mu / 2, N - 1),
                            use("Powers: positive", x=1 + mu / 2, k=N - 1),
                        ],
                    ),
                ),
                generalise(half_rate ** (-L), "z"),
                generalise((1 + mu / 2) ** N, "y"),
                axiom("quotient", 2 * n, delta),
                generalise(2 * n / delta, "x"),
                have(z > 0),
                have(2 * n * y <= x, have(delta * (2 * n * y) <= delta * x)),
                have((x - 2 * n * y) * z >= 0),
            ],
            words="δ(1+μ/2)^L0 ≤ 1",
            defined=[[use("Corollary 9: roots", L=0)]],
        ),
    ),
    uses=("Theorem 8", "Lemma 22"),
)
