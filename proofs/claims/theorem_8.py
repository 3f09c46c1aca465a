"""Theorem 8: the tangent kernel of infinite width, away from and on the diagonal."""

from proofs.bounds import (
    L0,
    B_half,
    B_half_wider,
    E,
    L0_wider,
    assumption_1,
    assumption_2,
    finite_slope,
    gram,
    half,
    half_bound,
    nonlinearity,
    normalised,
    odds_bound,
    threshold,
    unit_diagonal,
)
from proofs.bounds import bound as bound_at_depth
from proofs.claim import (
    FALSE_STEP,
    MISSING_HYPOTHESIS,
    Claim,
    amended,
    lemma,
    sharper,
    statement,
    step,
)
from proofs.claims.formula_2 import tangent
from proofs.claims.lemma_23 import dual_is_bounded
from proofs.claims.lemma_25 import D, slope_is_small
from proofs.claims.odds import root
from proofs.claims.theorem_2 import dominates
from proofs.claims.theorem_8_steps import STEPS
from proofs.language import (
    Expression,
    Matrix,
    Sequence,
    equal,
    given,
    identity,
    integer,
    lambda_min,
    real,
    semidefinite,
    unequal,
)
from proofs.tactics import (
    Steps,
    axiom,
    cases,
    congruent,
    generalise,
    have,
    induction,
    instantiate,
    intro,
    none_of,
    rewrite,
    use,
)

c = Sequence("c")
K = Matrix("K")
mu, delta, rho = real("mu"), real("delta"), real("rho")
a, b, d, e, f, s, t, w, x, y = (real(name) for name in "abdefstwxy")
L, n, i, j, k, p, q = (integer(name) for name in ("L", "n", "i", "j", "k", "p", "q"))

activation = (*normalised(c), *nonlinearity(c, mu), finite_slope(c))
positive = (delta > 0, delta <= 1)
even = (L >= 2, equal(2 * half, L))
at_one = tangent(L, 1)
bound, next_bound = odds_bound(L, delta, mu), odds_bound(L + 1, delta, mu)
image = c.iterated(L, rho)
growing: Steps = [
    use("Lemma 22: at most one"),
    use("Powers: positive", x=1 + mu, k=L),
    have(delta * (1 + mu) ** L > 0),
]
values_exist = [[dual_is_bounded], slope_is_small(), growing]

next_at_one = [
    use("formula (2): next layer", rho=1),
    use("Theorem 2: d2", L=L + 1),
    use("Theorem 2: d2"),
    rewrite(c.iterated(L, 1), 1),
]


def kernel(i: Expression, j: Expression) -> Expression:
    """The entries of the tangent kernel matrix."""
    return tangent(L, K[i, j])


first = tangent(L, K[1, 1])
least = lambda_min(n, i, j, kernel(i, j))
drop = at_one - tangent(L, 1 - delta)
shifted = Expression(("matrix", "i", "j", (K[i, j] - identity(i, j, delta)).tree))
on_diagonal: Steps = [
    instantiate(unit_diagonal(K, n), i=i),
    instantiate(unit_diagonal(K, n), i=1),
    rewrite(K[i, i], 1),
    rewrite(K[1, 1], 1),
]
entries: Steps = [use("Semidefinite: entries")]
corner: Steps = [use("Semidefinite: entries", i=1, j=1)]
own: Steps = [use("Semidefinite: entries", j=i)]
on_points = [
    [dual_is_bounded],
    slope_is_small(*entries),
    slope_is_small(*corner),
    slope_is_small(*own),
    slope_is_small(),
    entries,
    corner,
    own,
    [use("Lemma 22: at most one")],
    growing,
    [use("Lemma 24: entries", i=1, j=1)],
    slope_is_small(use("Lemma 24: entries", i=1, j=1)),
]
defined_half: list[Steps] = [
    [use("Powers: positive", x=1 + mu, k=L), have(delta * (1 + mu) ** L > 0)],
]
printed_half = bound_at_depth(half, delta, mu, threshold(delta, mu))
expanded_half = half_bound(L, delta, mu, threshold(delta, mu))
part_1 = given(c, mu, delta, K, n, L, i, j).where(
    *activation, *positive, *gram(K, n), assumption_1(K, n, delta),
    i >= 1, i <= n, j >= 1, j <= n, unequal(i, j),
)  # fmt: skip
part_2 = given(c, mu, delta, K, n, L).where(
    *activation, *positive, *gram(K, n), assumption_2(K, n, delta)
)

THEOREM_8 = Claim(
    "Theorem 8",
    "conditioning of the tangent kernel matrix",
    (
        *STEPS,
        lemma(
            "at 1",
            given(c, mu, L).where(*activation, L >= 0).says(at_one >= 1),
            [
                induction(
                    "L",
                    base=[none_of(tangent(0, 1))],
                    step=[
                        *next_at_one,
                        use("Lemma 25: slope at 1"),
                        generalise(D(1), "d"),
                        generalise(at_one, "t"),
                    ],
                )
            ],
            defined=values_exist,
        ),
        lemma(
            "one layer",
            given(mu, a, b, d, e, f, s, t, w)
            .where(
                t >= 0,
                d >= 0,
                e >= 0,
                f >= 0,
                e * w <= f,
                w >= 0,
                abs(s) <= f,
                abs(a) <= e * t,
                abs(b) <= d * w,
            )
            .says(abs(s + a * b) <= f * (1 + t * d)),
            [
                have(e * t >= 0),
                have(d * w >= 0),
                have(
                    abs(a * b) <= (e * t) * (d * w),
                    generalise(e * t, "x"),
                    generalise(d * w, "y"),
                ),
                have((f - e * w) * (t * d) >= 0),
                have(a * b <= (e * t) * (d * w), cases(a * b >= 0)),
                have(-(a * b) <= (e * t) * (d * w), cases(a * b >= 0)),
                have(s <= f, cases(s >= 0)),
                have(-s <= f, cases(s >= 0)),
                generalise(a * b, "p"),
                cases(s + real("p") >= 0),
            ],
        ),
        lemma(
            "slope",
            given(a, d, e, mu, t)
            .where(a <= d * (1 - mu * (1 - t)), t <= e, d >= 0, mu >= 0)
            .says(a <= d * (1 - mu * (1 - e))),
            [have(d * mu * (e - t) >= 0, have(d * mu >= 0), generalise(d * mu, "x"))],
        ),
        lemma(
            "dominated",
            given(c, mu, delta, rho, L)
            .where(*activation, *positive, abs(rho) <= 1 - delta, L >= 0)
            .says(abs(tangent(L, rho)) <= bound * at_one),
            [
                use("Lemma 22: at most one"),
                use("Lemma 25: slope at 1"),
                induction(
                    "L",
                    base=[
                        none_of(tangent(0, 1)),
                        none_of(tangent(0, rho)),
                        axiom("power_zero", 1 + mu, 0),
                    ],
                    step=[
                        use("Odds: next layer"),
                        use("Odds: iterates", L=L + 1),
                        use("Odds: iterates"),
                        use("Theorem 8: at 1"),
                        use("formula (2): next layer"),
                        *next_at_one,
                        use("Lemma 25: product", rho=image),
                        have(
                            abs(D(image)) <= D(1) * (1 - mu * (1 - bound)),
                            use(
                                "Theorem 8: slope",
                                a=abs(D(image)),
                                d=D(1),
                                e=bound,
                                t=abs(image),
                            ),
                        ),
                        rewrite(
                            tangent(L + 1, rho),
                            c.iterated(L + 1, rho) + tangent(L, rho) * D(image),
                        ),
                        rewrite(tangent(L + 1, 1), c.iterated(L + 1, 1) + at_one * D(1)),
                        rewrite(c.iterated(L + 1, 1), 1),
                        use(
                            "Theorem 8: one layer",
                            a=tangent(L, rho),
                            b=D(image),
                            d=D(1),
                            e=bound,
                            f=next_bound,
                            s=c.iterated(L + 1, rho),
                            t=at_one,
                            w=1 - mu * (1 - bound),
                        ),
                    ],
                ),
            ],
            words="the sum of formula (2) telescopes: E(L) bounds each of its terms",
            defined=values_exist,
        ),
        statement(
            "diagonal",
            given(c, mu, K, n, L, i)
            .where(*activation, *gram(K, n), L >= 1, i >= 1, i <= n)
            .says(equal(kernel(i, i), first)),
            on_diagonal,
            words="the diagonal entries are all equal",
            defined=on_points,
        ),
        step(
            "b",
            given(c, mu).where(*activation).says(D(1) > 0),
            [use("Lemma 25: slope at 1")],
            defined=values_exist,
        ),
        lemma(
            "geometric",
            given(c, mu, L)
            .where(*activation, L >= 0)
            .says(equal(at_one * (D(1) - 1), D(1) ** (L + 1) - 1)),
            [
                induction(
                    "L",
                    base=[none_of(tangent(0, 1))],
                    step=[
                        *next_at_one,
                        axiom("power_successor", D(1), L + 1),
                        generalise(D(1) ** (L + 1 + 1), "y"),
                        generalise(D(1) ** (L + 1), "x"),
                        rewrite(tangent(L + 1, 1), c.iterated(L + 1, 1) + at_one * D(1)),
                        rewrite(c.iterated(L + 1, 1), 1),
                        generalise(D(1), "d"),
                        generalise(at_one, "t"),
                    ],
                )
            ],
            defined=values_exist,
        ),
        step(
            "a",
            given(c, mu, K, n, L, i)
            .where(*activation, *gram(K, n), L >= 1, i >= 1, i <= n)
            .says(equal(kernel(i, i), (D(1) ** (L + 1) - 1) / (D(1) - 1))),
            [
                instantiate(unit_diagonal(K, n), i=i),
                rewrite(K[i, i], 1),
                use("Theorem 8: geometric"),
                use("Lemma 25: slope at 1"),
                generalise(D(1) ** (L + 1), "x"),
                generalise(D(1), "d"),
                generalise(at_one, "t"),
                axiom("quotient", x - 1, d - 1),
                generalise((x - 1) / (d - 1), "y"),
                have(equal((t - y) * (d - 1), 0)),
            ],
            words="the sum of formula (2) on the diagonal is geometric; D(1) > 1",
            defined=[*on_points, [use("Lemma 25: slope at 1")]],
        ),
        step(
            "i",
            given(mu, delta, L)
            .where(mu > 0, mu <= 1, delta > 0, delta < 1, 2 * L0(delta, mu) <= L, L >= 1)
            .says(
                equal(root(1 - mu / 2) ** (L - 2 * L0(delta, mu)), 2 * B_half(L, delta, mu)),
                L0,
                B_half,
            ),
            at={"mu": 1, "delta": "2/5", "L": 2},
            kind=FALSE_STEP,
            words="(1-μ/2)^(L/2-L0) = 2B(L/2) fails at L = 2L0, where B takes its first form",
        ),
        amended(
            "i amended",
            "i",
            given(mu, delta, L)
            .where(mu > 0, mu <= 1, *positive, 2 * L0_wider(delta, mu) < L, L >= 1)
            .says(
                equal(
                    root(1 - mu / 2) ** (L - 2 * L0_wider(delta, mu)),
                    2 * B_half_wider(L, delta, mu),
                ),
                L0_wider,
                B_half_wider,
            ),
            [generalise(threshold(delta, mu), "N")],
            words="beyond 2L0, and with B taken at half integers where L is odd",
        ),
        lemma(
            "at twice L0",
            given(mu, delta, L)
            .where(mu > 0, mu <= 1, *positive, 2 * L0_wider(delta, mu) <= L, L >= 1)
            .says(E(L, delta, mu) <= 2 * B_half_wider(L, delta, mu), E, L0_wider, B_half_wider),
            [
                use("L0: threshold"),
                use("Odds: half", N=threshold(delta, mu)),
            ],
            words="what the theorem needs in the place of step i, L = 2L0 included",
            defined=defined_half,
        ),
        lemma(
            "at twice L0, even depths",
            given(mu, delta, L)
            .where(mu > 0, mu <= 1, *positive, delta < 1, 2 * L0(delta, mu) <= L, *even)
            .says(E(L, delta, mu) <= 2 * B_half(L, delta, mu), E, L0, B_half),
            [
                use("L0: threshold"),
                use("Odds: half of an even depth", h=half, N=threshold(delta, mu)),
                generalise(half, "k"),
                rewrite(L, 2 * k),
            ],
            words="the same with B as the paper defines it",
            defined=defined_half,
        ),
        step(
            "j3",
            given(c, mu, K, n, L)
            .where(*activation, L >= 0, *gram(K, n))
            .says(equal(at_one, first)),
            [instantiate(unit_diagonal(K, n), i=1), rewrite(K[1, 1], 1)],
            words="f(1) is the first diagonal entry",
            defined=on_points,
        ),
        sharper(
            "sharper part 1",
            "part 1 amended",
            given(c, mu, delta, K, n, L, i, j)
            .where(
                *activation,
                *positive,
                L >= 0,
                *gram(K, n),
                assumption_1(K, n, delta),
                i >= 1,
                i <= n,
                j >= 1,
                j <= n,
                unequal(i, j),
            )
            .says(abs(kernel(i, j)) <= E(L, delta, mu) * first, E),
            [
                instantiate(assumption_1(K, n, delta), i=i, j=j),
                use("Theorem 8: dominated", rho=K[i, j]),
                instantiate(unit_diagonal(K, n), i=1),
                rewrite(K[1, 1], 1),
            ],
            words="at every depth, with the closed form E(L) in the place of 2B(L/2)",
            defined=on_points,
        ),
        statement(
            "part 1",
            part_1.where(delta < 1, 2 * L0(delta, mu) <= L, L >= 1).says(
                abs(kernel(i, j)) <= 2 * B_half(L, delta, mu) * first, L0, B_half
            ),
            at={
                "c": [[2, 1]],
                "mu": 1,
                "delta": "1/2",
                "K": [[1, "1/2"], ["1/2", 1]],
                "n": 2,
                "L": 1,
                "i": 1,
                "j": 2,
            },
            kind=MISSING_HYPOTHESIS,
            words="B is defined for positive integers only, and L/2 is none where L is odd; "
            "that D(1) is finite, so that the kernel exists, is assumed here",
        ),
        amended(
            "part 1 amended",
            "part 1",
            part_1.where(2 * L0_wider(delta, mu) <= L, L >= 1).says(
                abs(kernel(i, j)) <= 2 * B_half_wider(L, delta, mu) * first, L0_wider, B_half_wider
            ),
            [
                use("Lemma 22: at most one"),
                use("Theorem 8: at twice L0"),
                use("Theorem 8: sharper part 1"),
                use("Theorem 8: at 1"),
                use("Theorem 8: j3"),
                rewrite(first, at_one),
                generalise(expanded_half, "b"),
                generalise(bound, "e"),
                generalise(abs(kernel(i, j)), "x"),
                generalise(at_one, "t"),
            ],
            words="B by the same formulas at half integers, and at δ = 1",
            defined=on_points,
        ),
        step(
            "j1",
            given(c, mu, delta, K, n, L)
            .where(*activation, L >= 0, *gram(K, n), delta > 0, dominates)
            .says(semidefinite(n, i, j, kernel(i, j) - identity(i, j, drop))),
            [
                use("Lemma 24: entries", i=1, j=1),
                congruent(
                    p,
                    q,
                    tangent(L, K[p, q] - identity(p, q, delta)),
                    cases(
                        equal(p, q),
                        yes=[
                            rewrite(q, p),
                            instantiate(unit_diagonal(K, n), i=p),
                            rewrite(K[p, p], 1),
                        ],
                    ),
                ),
                use(
                    "Semidefinite: tangent kernel",
                    K=shifted,
                    by={
                        4: [
                            intro("p", "q"),
                            intro(),
                            use("Lemma 24: entries", i=p, j=q),
                            instantiate(unit_diagonal(K, n), i=p),
                            cases(equal(p, q), yes=[rewrite(q, p), rewrite(K[p, p], 1)]),
                        ]
                    },
                ),
            ],
            words="f[K] ⪰ (f(1) - f(1-δ)) I for the function f of formula (2): f[K - δI] ⪰ 0",
            defined=on_points,
        ),
        step(
            "j2",
            given(c, mu, delta, L)
            .where(*activation, *positive, 2 * L0_wider(delta, mu) <= L, L >= 1)
            .says(drop >= (1 - 2 * B_half_wider(L, delta, mu)) * at_one, L0_wider, B_half_wider),
            [
                use("Lemma 22: at most one"),
                use("Theorem 8: at twice L0"),
                use("Theorem 8: dominated", rho=1 - delta),
                use("Theorem 8: at 1"),
                have(tangent(L, 1 - delta) <= abs(tangent(L, 1 - delta))),
                generalise(abs(tangent(L, 1 - delta)), "x"),
                generalise(tangent(L, 1 - delta), "z"),
                generalise(expanded_half, "b"),
                generalise(bound, "e"),
                generalise(at_one, "t"),
                have((2 * b - e) * t >= 0),
            ],
            words="f(1) - f(1-δ) ≥ (1 - 2B(L/2)) f(1)",
            defined=on_points,
        ),
        amended(
            "part 1, even depths",
            "part 1",
            part_1.where(delta < 1, 2 * L0(delta, mu) <= L, *even).says(
                abs(kernel(i, j)) <= 2 * B_half(L, delta, mu) * first, L0, B_half
            ),
            [
                use("Lemma 22: at most one"),
                use("Theorem 8: at twice L0, even depths"),
                use("Theorem 8: sharper part 1"),
                use("Theorem 8: at 1"),
                use("Theorem 8: j3"),
                rewrite(first, at_one),
                generalise(printed_half, "b"),
                generalise(bound, "e"),
                generalise(abs(kernel(i, j)), "x"),
                generalise(at_one, "t"),
                have((2 * b - e) * t >= 0),
            ],
            words="where L/2 is a positive integer, as it is printed",
            defined=on_points,
        ),
        sharper(
            "sharper part 2",
            "part 2 amended",
            given(c, mu, delta, K, n, L)
            .where(*activation, *positive, L >= 0, *gram(K, n), assumption_2(K, n, delta))
            .says(least >= (1 - E(L, delta, mu)) * first, E),
            [
                use("Theorem 2: b"),
                use("Theorem 8: j1"),
                use("Theorem 8: j3"),
                rewrite(first, at_one),
                use("Theorem 8: dominated", rho=1 - delta),
                axiom("least_eigenvalue", least, drop),
                instantiate(
                    semidefinite(n, i, j, kernel(i, j) - identity(i, j, drop)).implies(
                        drop <= least
                    )
                ),
                have(
                    tangent(L, 1 - delta) <= bound * at_one,
                    generalise(bound * at_one, "x"),
                    cases(tangent(L, 1 - delta) >= 0),
                ),
                generalise(least, "y"),
                generalise(tangent(L, 1 - delta), "z"),
                generalise(bound, "e"),
                generalise(at_one, "t"),
            ],
            words="at every depth, with the closed form E(L) in the place of 2B(L/2)",
            defined=on_points,
        ),
        statement(
            "part 2",
            part_2.where(delta < 1, 2 * L0(delta, mu) <= L, L >= 1).says(
                least >= (1 - 2 * B_half(L, delta, mu)) * first, L0, B_half
            ),
            at={
                "c": [[2, 1]],
                "mu": 1,
                "delta": "1/2",
                "K": [[1]],
                "n": 1,
                "L": 1,
            },
            kind=MISSING_HYPOTHESIS,
            words="as in part 1, B(L/2) has no value where L is odd",
        ),
        amended(
            "part 2 amended",
            "part 2",
            part_2.where(2 * L0_wider(delta, mu) <= L, L >= 1).says(
                least >= (1 - 2 * B_half_wider(L, delta, mu)) * first, L0_wider, B_half_wider
            ),
            [
                use("Lemma 22: at most one"),
                use("Theorem 8: at twice L0"),
                use("Theorem 8: sharper part 2"),
                use("Theorem 8: at 1"),
                use("Theorem 8: j3"),
                rewrite(first, at_one),
                generalise(expanded_half, "b"),
                generalise(bound, "e"),
                generalise(least, "x"),
                generalise(at_one, "t"),
            ],
            words="B by the same formulas at half integers, and at δ = 1",
            defined=on_points,
        ),
        amended(
            "part 2, even depths",
            "part 2",
            part_2.where(delta < 1, 2 * L0(delta, mu) <= L, *even).says(
                least >= (1 - 2 * B_half(L, delta, mu)) * first, L0, B_half
            ),
            [
                use("Lemma 22: at most one"),
                use("Theorem 8: at twice L0, even depths"),
                use("Theorem 8: sharper part 2"),
                use("Theorem 8: at 1"),
                use("Theorem 8: j3"),
                rewrite(first, at_one),
                generalise(printed_half, "b"),
                generalise(bound, "e"),
                generalise(least, "x"),
                generalise(at_one, "t"),
            ],
            words="where L/2 is a positive integer, as it is printed",
            defined=on_points,
        ),
    ),
    uses=("formula (2)", "Lemma 6", "Lemma 10", "Lemma 7", "Lemma 22"),
)
