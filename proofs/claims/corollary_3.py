"""Corollary 3: the condition number of the top-layer kernel matrix, in sequence form."""

from fractions import Fraction

from proofs.bounds import (
    L1,
    B,
    assumption_1,
    assumption_2,
    bound,
    gram,
    layers,
    nonlinearity,
    normalised,
    odds_bound,
    threshold,
    unit_diagonal,
)
from proofs.claim import Claim, lemma, sharper, statement, step
from proofs.claims.depth import above, below
from proofs.claims.theorem_2 import dominates, drop, hints, kernel
from proofs.language import (
    Matrix,
    Sequence,
    condition_number,
    conjunction,
    equal,
    forall,
    given,
    identity,
    integer,
    lambda_max,
    lambda_min,
    real,
    semidefinite,
    unequal,
)
from proofs.tactics import (
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
mu, delta, x, y = real("mu"), real("delta"), real("x"), real("y")
s, t = real("s"), real("t")
L, n, i, j, N = integer("L"), integer("n"), integer("i"), integer("j"), integer("N")
p, q = integer("p"), integer("q")

activation = (*normalised(c), *nonlinearity(c, mu))
printed_range = (delta > 0, delta < 1, L >= 1)
decay, rate = 1 - mu / 2, 1 + mu / 2
largest, smallest = lambda_max(n, i, j, kernel), lambda_min(n, i, j, kernel)
kappa = condition_number(n, i, j, kernel)
b = B(L, delta, mu)

under_1 = given(c, mu, delta, K, n, L).where(
    *activation, *printed_range, *gram(K, n), assumption_1(K, n, delta)
)
under_2 = given(c, mu, delta, K, n, L).where(
    *activation, *printed_range, *gram(K, n), assumption_2(K, n, delta)
)
depth_only = given(mu, delta, n, L).where(mu > 0, mu <= 1, *printed_range, n >= 1)

bounded_mu = [use("Lemma 22: at most one")]
expanded = bound(L, delta, mu, threshold(delta, mu))  # what B(L, delta, mu) stands for
range_of_b = [use("L0: threshold"), use("L0: range of B", N=threshold(delta, mu))]

part_1_defined = [
    *bounded_mu,
    use("Corollary 3: c"),
    use("Corollary 3: b2"),
    generalise(expanded, "b"),
]
part_2_defined = [*bounded_mu, *range_of_b, use("Theorem 2: part 2"), generalise(expanded, "b")]
depths = given(mu, delta, n, L, N).where(
    mu > 0, mu <= 1, delta > 0, delta <= 1, n >= 1, L >= 0, N >= 0, below, above
)
M, b_term = integer("M"), real("b")
off_diagonal = forall(
    i,
    j,
    holds=conjunction(i >= 1, i <= n, j >= 1, j <= n, unequal(i, j)).implies(abs(kernel) <= t),
)
apart = [instantiate(off_diagonal, i=p, j=q), cases(c.iterated(L, K[p, q]) >= 0)]
discs = [
    use(
        "Corollary 3: discs",
        t=expanded,
        by={6: [intro("p", "q"), intro(), use("Theorem 2: part 1", i=p, j=q)]},
    )
]
forget_layers = generalise(layers(n, mu), "M")

odds = odds_bound(L, delta, mu)
positive_least = [
    *bounded_mu,
    use("Corollary 3: least"),
    use("Odds: next layer"),
    generalise(odds, "x"),
]

COROLLARY_3 = Claim(
    "Corollary 3",
    "the condition number of the top-layer kernel matrix",
    (
        lemma(
            "quotient",
            given(s, t, x)
            .where(x < 1, s <= 1 + x, s >= 0, t >= 1 - x)
            .says(s / t <= (1 + x) / (1 - x)),
        ),
        lemma(
            "ratio",
            given(s, t, x, y).where(s >= 0, s <= x, y > 0, t >= y).says(s / t <= x / y),
            [have(1 / t <= 1 / y), have(s / t <= s / y)],
        ),
        step(
            "a",
            given(c, K, n, L, i)
            .where(*normalised(c), *gram(K, n), L >= 0, i >= 1, i <= n)
            .says(equal(c.iterated(L, K[i, i]), 1)),
            [instantiate(unit_diagonal(K, n), i=i), rewrite(K[i, i], 1), use("Theorem 2: d2")],
            words="the diagonal entries are 1",
            defined=[*hints, [instantiate(unit_diagonal(K, n), i=i), rewrite(K[i, i], 1)]],
        ),
        lemma(
            "discs",
            given(c, K, n, L, t)
            .where(*normalised(c), L >= 0, *gram(K, n), off_diagonal)
            .says((largest <= 1 + (n - 1) * t) & (smallest >= 1 - (n - 1) * t)),
            [
                have(
                    semidefinite(n, i, j, identity(i, j, 1 + (n - 1) * t) - kernel),
                    gershgorin(p, q, t, diagonal=[use("Corollary 3: a", i=p)], others=apart),
                ),
                have(
                    semidefinite(n, i, j, kernel - identity(i, j, 1 - (n - 1) * t)),
                    gershgorin(p, q, t, diagonal=[use("Corollary 3: a", i=p)], others=apart),
                ),
                axiom("largest_eigenvalue", largest, 1 + (n - 1) * t),
                axiom("least_eigenvalue", smallest, 1 - (n - 1) * t),
                instantiate(
                    semidefinite(n, i, j, identity(i, j, 1 + (n - 1) * t) - kernel).implies(
                        largest <= 1 + (n - 1) * t
                    )
                ),
                instantiate(
                    semidefinite(n, i, j, kernel - identity(i, j, 1 - (n - 1) * t)).implies(
                        smallest >= 1 - (n - 1) * t
                    )
                ),
            ],
            words="Gershgorin for a unit diagonal",
            defined=hints,
        ),
        step(
            "b1",
            under_1.says(largest <= 1 + (n - 1) * b, B),
            [*discs, generalise(expanded, "b")],
            words="Gershgorin",
            defined=hints,
        ),
        step(
            "b2",
            under_1.says(smallest >= 1 - (n - 1) * b, B),
            [*discs, generalise(expanded, "b")],
            words="Gershgorin",
            defined=hints,
        ),
        lemma(
            "eigenvalues",
            given(c, K, n, L).where(*normalised(c), L >= 0, *gram(K, n)).says(largest >= 1),
            [
                use("Corollary 3: a", i=1),
                have(largest >= largest),
                axiom("largest_eigenvalue", largest, largest),
                instantiate(
                    (largest <= largest).implies(
                        semidefinite(n, i, j, identity(i, j, largest) - kernel)
                    )
                ),
                axiom(
                    "semidefinite_pair",
                    semidefinite(n, i, j, identity(i, j, largest) - kernel),
                    1,
                    1,
                    0,
                ),
            ],
            words="the largest eigenvalue is at least a diagonal entry",
            defined=hints,
        ),
        statement(
            "smallest value",
            given(c, K, n, L)
            .where(*normalised(c), L >= 0, *gram(K, n), smallest > 0)
            .says(kappa >= 1),
            [
                use("Corollary 3: eigenvalues"),
                use("Corollary 3: a", i=1),
                have(smallest >= smallest),
                axiom("least_eigenvalue", smallest, smallest),
                instantiate(
                    (smallest <= smallest).implies(
                        semidefinite(n, i, j, kernel - identity(i, j, smallest))
                    )
                ),
                axiom(
                    "semidefinite_pair",
                    semidefinite(n, i, j, kernel - identity(i, j, smallest)),
                    1,
                    1,
                    0,
                ),
                have(smallest <= 1),
                axiom("quotient", largest, smallest),
            ],
            words="1 is 'the smallest possible value' of κ(K̄), where K̄ is positive definite",
            defined=hints,
        ),
        step(
            "b3",
            under_1.where((n - 1) * b < 1).says(kappa <= (1 + (n - 1) * b) / (1 - (n - 1) * b), B),
            [
                *discs,
                use("Corollary 3: eigenvalues"),
                generalise(expanded, "b"),
                use("Corollary 3: quotient", x=(n - 1) * b_term, s=largest, t=smallest),
            ],
            words="κ = λ_max / λ_min",
            defined=[*hints, [use("Corollary 3: b2")]],
        ),
        step(
            "c",
            depth_only.where(L1(n, delta, mu) <= L).says((n - 1) * b <= Fraction(1, 2), B, L1),
            [
                use("L0: threshold"),
                use("L0: no negative number of layers"),
                generalise(threshold(delta, mu), "N"),
                cases(
                    L <= N,
                    yes=[use("L0: enough layers", k=0), have(n <= 1), rewrite(n, 1)],
                    no=[
                        use("L0: enough layers", k=L - N),
                        use("Powers: positive", x=decay, k=L - N),
                    ],
                ),
            ],
            words="L ≥ L1 brings the radius to 1/2; for n = 1 it is 0",
        ),
        step(
            "d",
            given(x).where(x >= 0, x <= Fraction(1, 2)).says((1 + x) / (1 - x) <= 1 + 4 * x),
        ),
        step(
            "e",
            depth_only.where(L1(n, delta, mu) <= L).says(
                4 * (n - 1) * b <= 2 * n * decay ** (L - L1(n, delta, mu)), B, L1
            ),
            [
                use("L0: threshold"),
                use("L0: no negative number of layers"),
                generalise(threshold(delta, mu), "N"),
                use("Powers: positive", x=decay, k=L - (layers(n, mu) + N)),
                cases(
                    L <= N,
                    yes=[use("L0: enough layers", k=0), have(equal(n, 1)), forget_layers],
                    no=[
                        forget_layers,
                        use("Powers: decreasing in the exponent", x=decay, j=L - (M + N), k=L - N),
                    ],
                ),
            ],
            words="the bound of the statement from 1 + 4x",
        ),
        statement(
            "part 1",
            under_1.where(L1(n, delta, mu) <= L).says(
                kappa <= 1 + 2 * n * decay ** (L - L1(n, delta, mu)), B, L1
            ),
            [
                *bounded_mu,
                *range_of_b,
                *discs,
                use("Corollary 3: eigenvalues"),
                use("Corollary 3: c"),
                use("Corollary 3: e"),
                generalise(expanded, "b"),
                have((n - 1) * b_term >= 0),
                use("Corollary 3: quotient", x=(n - 1) * b_term, s=largest, t=smallest),
                use("Corollary 3: d", x=(n - 1) * b_term),
                generalise(threshold(delta, mu), "N"),
            ],
            defined=[*hints, part_1_defined],
        ),
        lemma(
            "assumption 2 implies 1",
            given(K, n, delta)
            .where(*gram(K, n), delta > 0, assumption_2(K, n, delta))
            .says(assumption_1(K, n, delta)),
            [
                intro("p", "q"),
                intro(),
                use("Theorem 2: b"),
                instantiate(unit_diagonal(K, n), i=p),
                instantiate(unit_diagonal(K, n), i=q),
                axiom("semidefinite_pair", dominates, p, q, 1),
                axiom("semidefinite_pair", dominates, p, q, -1),
            ],
            words="asserted in the paper's setting: Assumption 2 is stronger than Assumption 1",
        ),
        step(
            "2a",
            under_2.says(kappa <= (1 + (n - 1) * b) / (1 - b), B),
            [
                *bounded_mu,
                *range_of_b,
                use("Corollary 3: assumption 2 implies 1"),
                *discs,
                use("Corollary 3: eigenvalues"),
                use("Theorem 2: part 2"),
                generalise(expanded, "b"),
                use(
                    "Corollary 3: ratio",
                    s=largest,
                    t=smallest,
                    x=1 + (n - 1) * b_term,
                    y=1 - b_term,
                ),
            ],
            words="Theorem 2 (part 2) and Gershgorin",
            defined=[*hints, part_2_defined],
        ),
        step(
            "2b",
            depths.where(L <= N).says(
                n * (1 - delta * rate**L) / (1 - (1 - delta * rate**L)) <= n / delta * rate ** (-L)
            ),
            [
                use("Powers: positive", x=rate, k=L),
                axiom("power_negative", rate, L),
                have(delta * rate**L > 0),
                axiom("quotient", 1, delta * rate**L),
                axiom("quotient", 1, delta),
                have(equal(1 / (delta * rate**L), rate ** (-L) / delta)),
            ],
            words="the case L ≤ L0",
            defined=[[use("Powers: positive", x=rate, k=L), have(delta * rate**L > 0)]],
        ),
        step(
            "2c",
            depths.where(L > N).says(
                n / 2 * decay ** (L - N) / (1 - decay ** (L - N) / 2) <= n * decay ** (L - N)
            ),
            [
                use("Powers: positive", x=decay, k=L - N),
                use("Powers: at most one", x=decay, k=L - N),
                generalise(decay ** (L - N), "d"),
                have(real("d") / 2 / (1 - real("d") / 2) <= real("d")),
            ],
            words="the case L > L0",
            defined=[[use("Powers: at most one", x=decay, k=L - N)]],
        ),
        step(
            "2d",
            depths.where(L > N).says(n * decay ** (L - N) <= n * rate ** (-L) * rate**N),
            [
                use("Powers: product", x=decay, y=rate, k=L - N),
                use("Powers: at most one", x=decay * rate, k=L - N),
                use("Powers: sum of exponents", x=rate, j=N, k=L - N),
                use("Powers: positive", x=rate, k=L),
                use("Powers: positive", x=rate, k=N),
                axiom("power_negative", rate, L),
                have(rate ** (-L) > 0),
                have(decay ** (L - N) * rate ** (L - N) <= 1),
                generalise(decay ** (L - N), "d"),
                generalise(rate ** (L - N), "r"),
                generalise(rate ** (-L), "z"),
                generalise(rate**N, "y"),
                have(equal(real("z") * real("y") * real("r"), 1)),
                have(real("z") * real("y") > 0),
                have(real("d") * real("r") * (real("z") * real("y")) <= real("z") * real("y")),
                have(real("d") <= real("z") * real("y")),
            ],
            words="(1-μ/2)(1+μ/2) ≤ 1",
        ),
        step(
            "2e",
            depths.where(L > N).says(n * rate ** (-L) * rate**N <= n / delta * rate ** (-L)),
            [
                use("Powers: positive", x=rate, k=L),
                axiom("power_negative", rate, L),
                have(rate ** (-L) > 0),
                have(
                    delta * rate**N <= 1,
                    cases(
                        N <= 0,
                        yes=[axiom("power_zero", rate, N)],
                        no=[
                            instantiate(below, k=N - 1),
                            axiom("power_successor", rate, N - 1),
                            use("Powers: positive", x=rate, k=N - 1),
                        ],
                    ),
                ),
                have(rate**N <= 1 / delta),
                generalise(rate ** (-L), "z"),
                generalise(rate**N, "y"),
                axiom("quotient", 1, delta),
                have(real("z") * real("y") <= real("z") * (1 / delta)),
            ],
            words="δ(1+μ/2)^L0 ≤ 1",
        ),
        lemma(
            "bound on κ - 1",
            depths.says(
                n * bound(L, delta, mu, N) / (1 - bound(L, delta, mu, N))
                <= n / delta * rate ** (-L)
            ),
            [
                cases(
                    L <= N,
                    yes=[use("Corollary 3: 2b")],
                    no=[
                        use("Corollary 3: 2c"),
                        use("Corollary 3: 2d"),
                        use("Corollary 3: 2e"),
                    ],
                )
            ],
            defined=[[use("L0: range of B")], [cases(L <= N)]],
        ),
        statement(
            "part 2",
            under_2.says(kappa <= 1 + n / delta * rate ** (-L), B),
            [
                *bounded_mu,
                *range_of_b,
                use("Corollary 3: 2a"),
                use("Corollary 3: bound on κ - 1", N=threshold(delta, mu)),
                generalise(expanded, "b"),
                generalise(n / delta * rate ** (-L), "z"),
                generalise(kappa, "kappa_"),
                have(equal((1 + (n - 1) * b_term) / (1 - b_term), 1 + n * b_term / (1 - b_term))),
            ],
            defined=[*hints, part_2_defined],
        ),
        lemma(
            "least",
            under_2.says(smallest >= 1 - odds),
            [
                use("Theorem 2: b"),
                use("Theorem 2: d1"),
                use("Theorem 2: d2"),
                use("Odds: iterates", rho=1 - delta),
                axiom("least_eigenvalue", smallest, drop),
                instantiate(
                    semidefinite(n, i, j, kernel - identity(i, j, drop)).implies(drop <= smallest)
                ),
                generalise(odds, "x"),
            ],
            defined=[
                *hints,
                [
                    *bounded_mu,
                    use("Powers: positive", x=1 + mu, k=L),
                    have(delta * (1 + mu) ** L > 0),
                ],
            ],
        ),
        lemma(
            "excess",
            depth_only.where(L1(n, delta, mu) <= L).says(
                (n - 1) * b <= decay ** (L - L1(n, delta, mu)) / 2, B, L1
            ),
            [
                use("L0: threshold"),
                use("L0: no negative number of layers"),
                use("L0: enough layers", k=layers(n, mu)),
                generalise(threshold(delta, mu), "N"),
                use("Powers: positive", x=decay, k=L - (layers(n, mu) + N)),
                cases(
                    L <= N,
                    yes=[use("L0: enough layers", k=0), have(equal(n, 1)), forget_layers],
                    no=[
                        use(
                            "Powers: sum of exponents",
                            x=decay,
                            j=layers(n, mu),
                            k=L - (layers(n, mu) + N),
                        ),
                        use("Powers: positive", x=decay, k=layers(n, mu)),
                        forget_layers,
                        have(equal(decay ** (L - N), decay**M * decay ** (L - (M + N)))),
                        generalise(decay ** (L - N), "x"),
                        generalise(decay ** (L - (M + N)), "y"),
                        generalise(decay**M, "s"),
                        have((n - 1) * s <= 1),
                        have((n - 1) * s * y <= y),
                    ],
                ),
            ],
        ),
        sharper(
            "sharper part 1",
            "part 1",
            under_1.where(L1(n, delta, mu) <= L).says(
                kappa <= 1 + 2 * decay ** (L - L1(n, delta, mu)), B, L1
            ),
            [
                *bounded_mu,
                *range_of_b,
                *discs,
                use("Corollary 3: eigenvalues"),
                use("Corollary 3: c"),
                use("Corollary 3: excess"),
                generalise(expanded, "b"),
                have((n - 1) * b_term >= 0),
                use("Corollary 3: quotient", x=(n - 1) * b_term, s=largest, t=smallest),
                use("Corollary 3: d", x=(n - 1) * b_term),
                generalise(threshold(delta, mu), "N"),
            ],
            words="without the factor n",
            defined=[*hints, part_1_defined],
        ),
        sharper(
            "sharper part 2",
            "part 2",
            under_2.says(kappa <= 1 + n * ((1 - delta) / delta * (1 + mu) ** (-L))),
            [
                use("Corollary 3: assumption 2 implies 1"),
                use(
                    "Corollary 3: discs",
                    t=odds,
                    by={
                        6: [
                            intro("p", "q"),
                            intro(),
                            instantiate(assumption_1(K, n, delta), i=p, j=q),
                            use("Odds: iterates", rho=K[p, q]),
                        ]
                    },
                ),
                use("Corollary 3: eigenvalues"),
                use("Corollary 3: least"),
                *bounded_mu,
                use("Odds: next layer"),
                use("Odds: value"),
                generalise(odds, "x"),
                use("Corollary 3: ratio", s=largest, t=smallest, x=1 + (n - 1) * x, y=1 - x),
                have(equal((1 + (n - 1) * x) / (1 - x), 1 + n * (x / (1 - x)))),
                rewrite(x / (1 - x), (1 - delta) / delta * (1 + mu) ** (-L)),
            ],
            words="(1-δ)/δ in the place of 1/δ, and the rate 1+μ in that of 1+μ/2, at every depth",
            defined=[*hints, [*bounded_mu, use("Powers: positive", x=1 + mu, k=L)], positive_least],
        ),
    ),
    uses=("Theorem 2", "Lemma 6", "Lemma 22"),
)
