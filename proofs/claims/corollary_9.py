"""Corollary 9: the condition number of the tangent kernel matrix."""

from fractions import Fraction

from proofs.bounds import (
    L0,
    L2,
    assumption_1,
    assumption_2,
    finite_slope,
    gram,
    layers_for_half,
    nonlinearity,
    normalised,
    odds_bound,
    threshold,
)
from proofs.claim import FALSE_STEP, Claim, amended, lemma, sharper, statement, step
from proofs.claims.depth import above, below
from proofs.claims.odds import root
from proofs.claims.theorem_8 import at_one, first, kernel, least, on_diagonal, on_points
from proofs.language import (
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
L, n, i, j, p, q, M, N = (integer(name) for name in ("L", "n", "i", "j", "p", "q", "M", "N"))

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
                have(s * (1 - e) <= t * (1 + (n - 1) * e),
                     have((1 + (n - 1) * e) >= 0),
                     have(s * (1 - e) <= (1 + (n - 1) * e) * f * (1 - e)),
                     have((1 + (n - 1) * e) * (t - (1 - e) * f) >= 0)),
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
                    by={off_index: [intro("p", "q"), intro(),
                                    use("Theorem 8: sharper part 1", i=p, j=q)]},
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
                (half_rate ** (-L) >= (1 + mu) ** (-L)) & ((1 + mu) ** (-L) > 0)
                & (half_rate > 0) & (half_decay > 0) & (half_decay < 1)
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
            defined=[[
                axiom("root", 1 + mu / 2),
                cases(half_rate <= 0, yes=[have(equal(half_rate, 0)), rewrite(half_rate, 0)]),
            ]],
        ),
        statement(
            "part 2",
            given(c, mu, delta, K, n, L)
            .where(
                *activation, *printed, *gram(K, n), assumption_2(K, n, delta),
                L >= 4 * L0(delta, mu),
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
            defined=[*on_points, growing, positive_least, [*at_most_one, use("Corollary 9: roots")]],
        ),
    ),
    uses=("Theorem 8", "Lemma 22"),
)
