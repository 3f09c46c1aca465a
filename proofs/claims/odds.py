"""The odds x/(1-x) of a correlation shrink by the factor 1 + mu at every layer: lemmas of ours.

They give bounds in closed form, without a threshold L0, for the kernels of Theorems 2 and 8.
"""

from fractions import Fraction

from proofs.bounds import bound as bound_at_depth
from proofs.bounds import half_bound, nonlinearity, normalised, odds_bound
from proofs.claim import Claim, lemma
from proofs.claims.depth import above, below
from proofs.claims.lemma_23 import dual_is_bounded
from proofs.language import Expression, Sequence, equal, function, given, integer, real
from proofs.tactics import (
    axiom,
    cases,
    generalise,
    have,
    induction,
    instantiate,
    next_of,
    rewrite,
    use,
)

c = Sequence("c")
mu, delta, rho, x, y = (real(name) for name in ("mu", "delta", "rho", "x", "y"))
a, z, e, f, s, t, p, q = (real(name) for name in ("a", "z", "e", "f", "s", "t", "p", "q"))
L, N = integer("L"), integer("N")

activation = (*normalised(c), *nonlinearity(c, mu))
k, h = integer("k"), integer("h")
positive = (delta > 0, delta <= 1)
rate, slower, decay = 1 + mu, 1 + mu / 2, 1 - mu / 2
bound_at_p = (1 - delta) / ((1 - delta) + delta * p)


def root(x: Expression) -> Expression:
    """sqrt(x)."""
    return function("sqrt", x)


bound, next_bound = (odds_bound(k, delta, mu) for k in (L, L + 1))
depth_only = given(mu, delta, L).where(mu > 0, mu <= 1, *positive, L >= 0)
growing = [use("Powers: positive", x=rate, k=L), have(delta * rate**L > 0)]

thresholds = given(mu, delta, L, N).where(mu > 0, mu <= 1, *positive, N >= 0, below, above, L >= 0)
faster = [use("Powers: increasing in the base", x=slower, y=rate, k=N)]

ODDS = Claim(
    "Odds",
    "the odds x/(1-x) shrink by 1 + μ at every layer",
    (
        lemma(
            "one application",
            given(c, mu, x, y)
            .where(*activation, abs(x) <= y, y <= 1)
            .says(abs(c.dual(x)) <= y * (1 - mu * (1 - y))),
            [
                use("Lemma 23: increasing"),
                use("Lemma 23: b1", delta=1 - y),
                use("Lemma 23: b2", delta=1 - y),
                use("Lemma 23: b3", delta=1 - y),
                use("Lemma 23: b4", delta=1 - y),
            ],
            defined=[[dual_is_bounded]],
        ),
        lemma(
            "shrink",
            given(a, z, mu, e, f)
            .where(
                a >= 0,
                z > 0,
                mu >= 0,
                mu <= 1,
                equal(e * (a + z), a),
                equal(f * (a + (1 + mu) * z), a),
            )
            .says((e * (1 - mu * (1 - e)) <= f) & (f >= 0) & (e >= 0) & (e < 1)),
            [
                have(e >= 0),
                have(mu * z >= 0),
                have(f >= 0),
                have(e < 1),
                have(equal((a + z) * (1 - e), z)),
                have(
                    equal(f * mu * ((a + z) * (1 - e)), f * mu * z),
                    rewrite((a + z) * (1 - e), z),
                ),
                have(equal((a + z) * (f * (1 + mu * (1 - e)) - e), 0)),
                have(equal(f * (1 + mu * (1 - e)), e)),
                have(f * (mu * (1 - e)) ** 2 >= 0),
                have(
                    equal(
                        e * (1 - mu * (1 - e)),
                        f * (1 + mu * (1 - e)) * (1 - mu * (1 - e)),
                    ),
                    rewrite(f * (1 + mu * (1 - e)), e),
                ),
            ],
        ),
        lemma(
            "next layer",
            depth_only.says(
                (bound * (1 - mu * (1 - bound)) <= next_bound)
                & (next_bound >= 0)
                & (bound >= 0)
                & (bound < 1)
            ),
            [
                *growing,
                axiom("power_successor", rate, L),
                rewrite(rate ** (L + 1), rate * rate**L),
                generalise(rate**L, "p"),
                have(delta * (rate * p) > 0),
                axiom("quotient", 1 - delta, (1 - delta) + delta * p),
                axiom("quotient", 1 - delta, (1 - delta) + delta * (rate * p)),
                generalise((1 - delta) / ((1 - delta) + delta * p), "e"),
                generalise((1 - delta) / ((1 - delta) + delta * (rate * p)), "f"),
                use("Odds: shrink", a=1 - delta, z=delta * p),
            ],
            words="E(L)(1 - μ(1 - E(L))) ≤ E(L + 1)",
            defined=[
                growing,
                [
                    *growing,
                    use("Powers: positive", x=rate, k=L + 1),
                    have(delta * rate ** (L + 1) > 0),
                ],
            ],
        ),
        lemma(
            "iterates",
            given(c, mu, delta, rho, L)
            .where(*activation, *positive, abs(rho) <= 1 - delta, L >= 0)
            .says(abs(c.iterated(L, rho)) <= bound),
            [
                use("Lemma 22: at most one"),
                induction(
                    "L",
                    base=[
                        axiom("iterate_zero", c.iterated(0, rho)),
                        axiom("power_zero", rate, 0),
                    ],
                    step=[
                        use("Odds: next layer"),
                        generalise(next_bound, "f"),
                        generalise(bound, "e"),
                        next_of(c.iterated(L, rho)),
                        use("Odds: one application", x=c.iterated(L, rho), y=e),
                    ],
                ),
            ],
            defined=[[use("Lemma 22: at most one"), *growing], [dual_is_bounded]],
        ),
        lemma(
            "value",
            depth_only.says(equal(bound / (1 - bound), (1 - delta) / delta * rate ** (-L))),
            [
                *growing,
                use("Odds: next layer"),
                axiom("power_negative", rate, L),
                axiom("quotient", 1 - delta, delta),
                axiom("quotient", bound, 1 - bound),
                axiom("quotient", 1 - delta, (1 - delta) + delta * rate**L),
                generalise(rate**L, "p"),
                generalise(rate ** (-L), "q"),
                generalise((1 - delta) / delta, "s"),
                generalise(bound_at_p / (1 - bound_at_p), "t"),
                generalise(bound_at_p, "e"),
                have(equal((1 - e) * ((1 - delta) + delta * p), delta * p)),
                have(equal(t * (delta * p), t * ((1 - e) * ((1 - delta) + delta * p)))),
                have(
                    equal((1 - e) * t * ((1 - delta) + delta * p), e * ((1 - delta) + delta * p)),
                    rewrite((1 - e) * t, e),
                ),
                have(equal(t * (delta * p), 1 - delta)),
                have(
                    equal(s * q * (delta * p), delta * s * (q * p)),
                ),
                have(equal(delta * s * (q * p), 1 - delta), rewrite(q * p, 1)),
                have(equal((t - s * q) * (delta * p), 0)),
            ],
            words="E/(1 - E) = ((1-δ)/δ)(1+μ)^(-L)",
            defined=[[*growing, use("Odds: next layer")]],
        ),
        lemma(
            "powers of a root",
            given(x, k).where(x >= 0, k >= 0).says(equal(root(x) ** (2 * k), x**k)),
            [
                axiom("root", x),
                induction(
                    "k",
                    step=[
                        axiom("power_successor", root(x), 2 * k),
                        axiom("power_successor", root(x), 2 * k + 1),
                        axiom("power_successor", x, k),
                        generalise(root(x) ** (2 * k + 1), "s"),
                        generalise(root(x) ** (2 * k), "t"),
                    ],
                ),
            ],
        ),
        lemma(
            "below a root",
            given(a, z, e, y)
            .where(
                a >= 0,
                a <= 1,
                z > 0,
                y > 0,
                equal(e * (a + z), a),
                y * (y * z) >= Fraction(1, 2),
            )
            .says(e <= y),
            [
                have(
                    y * (a * (1 - y)) <= Fraction(1, 4),
                    have(
                        a * (y * (1 - y)) <= Fraction(1, 4) * a,
                        have(y * (1 - y) <= Fraction(1, 4), axiom("square", y - Fraction(1, 2))),
                    ),
                ),
                have(y * (y * (a + z) - a) > 0),
                have(y * (a + z) - a > 0),
            ],
        ),
        lemma(
            "at twice L0",
            thresholds.where(N >= 1).says(
                (odds_bound(2 * N, delta, mu) <= 2 * (1 - delta * slower**N))
                & (decay <= 2 * (1 - delta * slower**N))
            ),
            [
                instantiate(below, k=N - 1),
                axiom("power_successor", slower, N - 1),
                have(2 * (1 - delta * slower**N) >= decay),
                *faster,
                use("Powers: at least one", x=rate, k=N - 1),
                axiom("power_successor", rate, N - 1),
                have(rate**N >= rate),
                use("Powers: sum of exponents", x=rate, j=N, k=N),
                rewrite(rate ** (2 * N), rate**N * rate**N),
                generalise(rate**N, "p"),
                generalise(slower**N, "q"),
                have(delta * p >= Fraction(1, 2)),
                have((delta * p) * p >= Fraction(1, 2) * p),
                have(delta * (p * p) >= rate / 2),
                axiom("quotient", 1 - delta, (1 - delta) + delta * (p * p)),
                generalise((1 - delta) / ((1 - delta) + delta * (p * p)), "e"),
                generalise(delta * (p * p), "z"),
                have(decay * rate >= 1),
                have(decay * z >= Fraction(1, 2), have(decay * z >= decay * (rate / 2))),
                have(decay * (1 - delta + z) >= 1 - delta),
                have(e <= decay),
            ],
            defined=[[use("Powers: positive", x=rate, k=2 * N), have(delta * rate ** (2 * N) > 0)]],
        ),
        lemma(
            "beyond twice L0",
            thresholds.where(L >= 2 * N).says(
                odds_bound(L, delta, mu) <= root(decay) ** (L - 2 * N)
            ),
            [
                *faster,
                use("Powers: at least one", x=slower, k=N),
                use("Powers: sum of exponents", x=rate, j=2 * N, k=L - 2 * N),
                use("Powers: sum of exponents", x=rate, j=N, k=N),
                axiom("root", decay),
                have(
                    root(decay) > 0,
                    cases(
                        root(decay) <= 0, yes=[have(equal(root(decay), 0)), rewrite(root(decay), 0)]
                    ),
                ),
                use("Powers: positive", x=root(decay), k=L - 2 * N),
                use("Odds: powers of a root", x=decay, k=L - 2 * N),
                use("Powers: sum of exponents", x=root(decay), j=L - 2 * N, k=L - 2 * N),
                use("Powers: product", x=decay, y=rate, k=L - 2 * N),
                have(decay * rate >= 1),
                use("Powers: at least one", x=decay * rate, k=L - 2 * N),
                use("Powers: positive", x=rate, k=L),
                use("Powers: positive", x=rate, k=L - 2 * N),
                axiom("quotient", 1 - delta, (1 - delta) + delta * rate**L),
                generalise(odds_bound(L, delta, mu), "e"),
                have(equal(rate**L, rate**N * rate**N * rate ** (L - 2 * N))),
                have(
                    equal(
                        decay ** (L - 2 * N),
                        root(decay) ** (L - 2 * N) * root(decay) ** (L - 2 * N),
                    )
                ),
                generalise(decay ** (L - 2 * N), "s"),
                generalise(root(decay) ** (L - 2 * N), "y"),
                generalise(rate ** (L - 2 * N), "t"),
                generalise(rate**N, "p"),
                generalise(slower**N, "q"),
                generalise(rate**L, "x"),
                have(delta * p >= Fraction(1, 2)),
                have((delta * p) * p >= Fraction(1, 2) * p),
                have(delta * (p * p) >= Fraction(1, 2)),
                have((y * y) * t >= 1, have(s * t >= 1), rewrite(y * y, s)),
                have(delta * (p * p) * ((y * y) * t) >= Fraction(1, 2)),
                have(y * (y * (delta * x)) >= Fraction(1, 2), rewrite(x, p * p * t)),
                use("Odds: below a root", a=1 - delta, z=delta * x),
            ],
            defined=[
                [use("Powers: positive", x=rate, k=L), have(delta * rate**L > 0)],
            ],
        ),
        lemma(
            "half",
            thresholds.where(L >= 2 * N, L >= 1).says(
                odds_bound(L, delta, mu) <= 2 * half_bound(L, delta, mu, N)
            ),
            [
                cases(
                    L <= 2 * N,
                    yes=[
                        have(equal(L, 2 * N)),
                        use("Odds: at twice L0"),
                        use("Odds: powers of a root", x=slower, k=N),
                        rewrite(L, 2 * N),
                    ],
                    no=[use("Odds: beyond twice L0")],
                )
            ],
            words="E(L) ≤ 2B(L/2) from 2L0 on",
            defined=[
                [use("Powers: positive", x=rate, k=L), have(delta * rate**L > 0)],
            ],
        ),
        lemma(
            "half of an even depth",
            given(mu, delta, h, N)
            .where(mu > 0, mu <= 1, *positive, N >= 0, below, above, h >= N, h >= 1)
            .says(odds_bound(2 * h, delta, mu) <= 2 * bound_at_depth(h, delta, mu, N)),
            [
                cases(
                    h <= N,
                    yes=[have(equal(h, N)), use("Odds: at twice L0", L=N), rewrite(h, N)],
                    no=[
                        use("Odds: beyond twice L0", L=2 * h),
                        use("Odds: powers of a root", x=decay, k=h - N),
                    ],
                )
            ],
            words="E(2h) ≤ 2B(h) from L0 on, with B as the paper defines it",
            defined=[
                [use("Powers: positive", x=rate, k=2 * h), have(delta * rate ** (2 * h) > 0)],
            ],
        ),
    ),
    uses=("Lemma 22", "Lemma 23"),
)
