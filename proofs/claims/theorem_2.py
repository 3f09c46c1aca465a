"""Theorem 2: conditioning of the top-layer kernel matrix at depth L, in sequence form."""

from proofs.bounds import (
    B,
    E,
    assumption_1,
    assumption_2,
    gram,
    nonlinearity,
    normalised,
    unit_diagonal,
)
from proofs.claim import Claim, sharper, statement, step
from proofs.claims.lemma_23 import dual_is_bounded
from proofs.language import (
    Matrix,
    Sequence,
    equal,
    exists,
    forall,
    function,
    given,
    identity,
    integer,
    lambda_min,
    real,
    semidefinite,
    unequal,
)
from proofs.tactics import (
    axiom,
    cases,
    composition,
    congruent,
    extreme_points,
    generalise,
    have,
    induction,
    instantiate,
    obtain,
    rewrite,
    use,
)

c, e = Sequence("c"), Sequence("e")
K = Matrix("K")
mu, delta, x = real("mu"), real("delta"), real("x")
L, n, i, j = integer("L"), integer("n"), integer("i"), integer("j")
p, q = integer("p"), integer("q")

activation = (*normalised(c), *nonlinearity(c, mu))
printed_range = (delta > 0, delta < 1, L >= 1)

kernel = c.iterated(L, K[i, j])  # K-bar_ij, by Lemma 5
dominates = semidefinite(n, i, j, K[i, j] - identity(i, j, delta))
power_series = exists(
    e, holds=forall(x, holds=(abs(x) <= 1).implies(equal(c.iterated(L, x), e.dual(x))))
)
as_series = forall(x, holds=(abs(x) <= 1).implies(equal(c.iterated(L, x), e.dual(x))))
drop = c.iterated(L, 1) - c.iterated(L, 1 - delta)

bounded_mu = [use("Lemma 22: at most one")]
iterates = [dual_is_bounded]
entries = [use("Lemma 24: entries")]
diagonal_entries = [use("Lemma 24: entries", i=1, j=1)]
from_assumption_2 = [
    axiom("least_eigenvalue", lambda_min(n, i, j, K[i, j]), delta),
    instantiate((delta <= lambda_min(n, i, j, K[i, j])).implies(dominates)),
]
gram_entries = [
    axiom("semidefinite_pair", semidefinite(n, i, j, K[i, j]), i, j, 1),
    axiom("semidefinite_pair", semidefinite(n, i, j, K[i, j]), i, j, -1),
    instantiate(unit_diagonal(K, n), i=i),
    instantiate(unit_diagonal(K, n), i=j),
]
hints = [bounded_mu, iterates, entries, diagonal_entries, gram_entries]

sharper_hints = [
    *hints,
    [*bounded_mu, use("Powers: positive", x=1 + mu, k=L), have(delta * (1 + mu) ** L > 0)],
]

THEOREM_2 = Claim(
    "Theorem 2",
    "conditioning of the top-layer kernel matrix",
    (
        statement(
            "part 1",
            given(c, mu, delta, K, n, L, i, j)
            .where(
                *activation, *printed_range, *gram(K, n), assumption_1(K, n, delta),
                i >= 1, i <= n, j >= 1, j <= n, unequal(i, j),
            )
            .says(abs(kernel) <= B(L, delta, mu), B),
            [
                instantiate(assumption_1(K, n, delta), i=i, j=j),
                use("Lemma 6: amended", rho=K[i, j]),
            ],
            defined=hints,
        ),
        step(
            "b",
            given(K, n, delta)
            .where(*gram(K, n), delta > 0, assumption_2(K, n, delta))
            .says(dominates),
            from_assumption_2,
            words="Assumption 2 says K ⪰ δI",
        ),
        step(
            "c",
            given(c, L).where(*normalised(c), L >= 0).says(power_series),
            [composition("c")],
            words="σ̂^(L) is a power series with nonnegative coefficients (no need of Schoenberg)",
            defined=[iterates],
        ),
        step(
            "d1",
            given(c, delta, K, n, L)
            .where(*normalised(c), L >= 0, *gram(K, n), delta > 0, dominates)
            .says(semidefinite(n, i, j, kernel - identity(i, j, drop))),
            [
                use("Lemma 24: entries", i=1, j=1),
                use("Theorem 2: c"),
                obtain(power_series, "e"),
                instantiate(as_series, x=1),
                instantiate(as_series, x=1 - delta),
                congruent(
                    p,
                    q,
                    e.dual(K[p, q]) - identity(p, q, e.dual(1) - e.dual(1 - delta)),
                    use("Lemma 24: entries", i=p, j=q),
                    instantiate(as_series, x=K[p, q]),
                    cases(equal(p, q)),
                ),
                use("Lemma 24: statement", a="e"),
            ],
            words="Lemma 7 applied to σ̂^(L)",
            defined=hints,
        ),
        step(
            "d2",
            given(c, L).where(*normalised(c), L >= 0).says(equal(c.iterated(L, 1), 1)),
            [
                have(equal(c.dual(1), 1), extreme_points()),
                induction(
                    "L",
                    base=[axiom("iterate_zero", c.iterated(0, 1))],
                    step=[axiom("iterate_successor", c.iterated(L, 1)),
                          rewrite(c.iterated(L, 1), 1)],
                ),
            ],
            defined=[iterates],
        ),
        step(
            "d3",
            given(c, mu, delta, L)
            .where(*activation, *printed_range)
            .says(c.iterated(L, 1 - delta) <= B(L, delta, mu), B),
            [
                use("Lemma 6: amended", rho=1 - delta),
                cases(c.iterated(L, 1 - delta) >= 0),
            ],
            words="Lemma 6",
            defined=hints,
        ),
        statement(
            "part 2",
            given(c, mu, delta, K, n, L)
            .where(*activation, *printed_range, *gram(K, n), assumption_2(K, n, delta))
            .says(lambda_min(n, i, j, kernel) >= 1 - B(L, delta, mu), B),
            [
                use("Theorem 2: b"),
                use("Theorem 2: d1"),
                use("Theorem 2: d2"),
                use("Theorem 2: d3"),
                axiom("least_eigenvalue", lambda_min(n, i, j, kernel), drop),
                instantiate(
                    semidefinite(n, i, j, kernel - identity(i, j, drop)).implies(
                        drop <= lambda_min(n, i, j, kernel)
                    )
                ),
            ],
            defined=hints,
        ),
        sharper(
            "sharper part 1",
            "part 1",
            given(c, mu, delta, K, n, L, i, j)
            .where(
                *activation, *printed_range, *gram(K, n), assumption_1(K, n, delta),
                i >= 1, i <= n, j >= 1, j <= n, unequal(i, j),
            )
            .says(abs(kernel) <= function("min", E(L, delta, mu), B(L, delta, mu)), E, B),
            [
                instantiate(assumption_1(K, n, delta), i=i, j=j),
                use("Lemma 6: sharper", rho=K[i, j]),
            ],
            words="with the closed form E(L) beside B(L, δ)",
            defined=sharper_hints,
        ),
        sharper(
            "sharper part 2",
            "part 2",
            given(c, mu, delta, K, n, L)
            .where(*activation, *printed_range, *gram(K, n), assumption_2(K, n, delta))
            .says(
                lambda_min(n, i, j, kernel)
                >= 1 - function("min", E(L, delta, mu), B(L, delta, mu)),
                E,
                B,
            ),
            [
                use("Theorem 2: b"),
                use("Theorem 2: d1"),
                use("Theorem 2: d2"),
                use("Lemma 6: sharper", rho=1 - delta),
                axiom("least_eigenvalue", lambda_min(n, i, j, kernel), drop),
                instantiate(
                    semidefinite(n, i, j, kernel - identity(i, j, drop)).implies(
                        drop <= lambda_min(n, i, j, kernel)
                    )
                ),
                have(c.iterated(L, 1 - delta) <= abs(c.iterated(L, 1 - delta))),
                generalise(abs(c.iterated(L, 1 - delta)), "x"),
            ],
            words="with the closed form E(L) beside B(L, δ)",
            defined=sharper_hints,
        ),
    ),
    uses=("Definition 1", "Lemma 5", "Lemma 6", "Lemma 7", "Lemma 22"),
)  # fmt: skip
