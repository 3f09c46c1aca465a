"""Theorem 8: the tangent kernel of infinite width, away from and on the diagonal."""

from proofs.bounds import (
    B_half,
    B_half_wider,
    E,
    assumption_1,
    assumption_2,
    finite_slope,
    gram,
    nonlinearity,
    normalised,
    odds_bound,
    threshold,
    unit_diagonal,
)
from proofs.claim import MISSING_HYPOTHESIS, Claim, amended, lemma, sharper, statement, step
from proofs.claims.formula_2 import D, slope_is_small, tangent
from proofs.claims.lemma_23 import dual_is_bounded
from proofs.claims.theorem_2 import dominates, gram_entries
from proofs.language import (
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
    combined,
    congruent,
    generalise,
    have,
    induction,
    instantiate,
    none_of,
    rewrite,
    schur,
    semidefinite_series,
    use,
)

c = Sequence("c")
K = Matrix("K")
mu, delta, rho = real("mu"), real("delta"), real("rho")
a, b, d, e, f, s, t, w = (real(name) for name in "abdefstw")
L, n, i, j, k, p, q = (integer(name) for name in ("L", "n", "i", "j", "k", "p", "q"))

activation = (*normalised(c), *nonlinearity(c, mu), finite_slope(c))
positive = (delta > 0, delta <= 1)
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

THEOREM_8 = Claim(
    "Theorem 8",
    "conditioning of the tangent kernel matrix",
    (
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
                t >= 0, d >= 0, e >= 0, f >= 0, e * w <= f, w >= 0,
                abs(s) <= f, abs(a) <= e * t, abs(b) <= d * w,
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
                                a=abs(D(image)), d=D(1), e=bound, t=abs(image),
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
                            a=tangent(L, rho), b=D(image), d=D(1), e=bound, f=next_bound,
                            s=c.iterated(L + 1, rho), t=at_one, w=1 - mu * (1 - bound),
                        ),
                    ],
                ),
            ],
            words="the sum of formula (2) telescopes: E(L) bounds each of its terms",
            defined=values_exist,
        ),
    ),
    uses=("formula (2)", "Lemma 6", "Lemma 10", "Lemma 7", "Lemma 22"),
)  # fmt: skip
