"""Lemma 6, correlation decay: after L layers a correlation is at most B(L, delta)."""

from proofs.bounds import B, B_wider, E, bound, nonlinearity, normalised, odds_bound, threshold
from proofs.claim import Claim, amended, lemma, sharper, statement, step
from proofs.claims.depth import above, below
from proofs.claims.lemma_23 import dual_is_bounded
from proofs.language import Sequence, function, given, integer, real
from proofs.tactics import (
    axiom,
    cases,
    generalise,
    have,
    induction,
    instantiate,
    rewrite,
    use,
)

c = Sequence("c")
mu, delta, rho, x = real("mu"), real("delta"), real("rho"), real("x")
L, N = integer("L"), integer("N")

rate, decay = 1 + mu / 2, 1 - mu / 2
one_layer = given(c, mu, delta, x, L, N).where(
    *normalised(c), *nonlinearity(c, mu), delta > 0, delta <= 1, N >= 0, below, above, L >= 0
)

bounded_mu = [use("Lemma 22: at most one")]
small_power = [*bounded_mu, use("Powers: at most one", x=decay, k=L - N)]

LEMMA_6 = Claim(
    "Lemma 6",
    "correlation decay",
    (
        step(
            "below L0",
            one_layer.where(L < N, abs(x) <= 1 - delta * rate**L).says(
                abs(c.dual(x)) <= 1 - delta * rate ** (L + 1)
            ),
            [
                use("Powers: positive", x=rate, k=L),
                instantiate(below, k=L),
                axiom("power_successor", rate, L),
                use("Lemma 23: one step", delta=delta * rate**L),
            ],
            words="Lemma 23 while δ(1+μ/2)^L ≤ 1/2",
            defined=[[use("Powers: positive", x=rate, k=L)]],
        ),
        step(
            "at L0",
            given(c, mu, delta, x, N)
            .where(
                *normalised(c), *nonlinearity(c, mu), delta > 0, delta <= 1, N >= 0, above,
                abs(x) <= 1 - delta * rate**N,
            )
            .says(abs(c.dual(x)) <= decay / 2),
            [
                *bounded_mu,
                use("Powers: positive", x=rate, k=N),
                use("Lemma 23: one step", delta=delta * rate**N),
            ],
            words="at L0 the bound is at most 1/2",
            defined=[[use("Powers: positive", x=rate, k=N)]],
        ),
        step(
            "beyond L0",
            one_layer.where(L > N, abs(x) <= decay ** (L - N) / 2).says(
                abs(c.dual(x)) <= decay ** (L + 1 - N) / 2
            ),
            [
                use("Lemma 22: at most one"),
                use("Powers: at most one", x=decay, k=L - N),
                axiom("power_successor", decay, L - N),
                use("Lemma 23: one step", delta=1 - decay ** (L - N) / 2),
            ],
            words="Lemma 23 where the correlation is at most 1/2",
            defined=[small_power, bounded_mu],
        ),
        lemma(
            "one layer",
            one_layer.where(abs(x) <= bound(L, delta, mu, N)).says(
                abs(c.dual(x)) <= bound(L + 1, delta, mu, N)
            ),
            [
                cases(
                    L < N,
                    yes=[use("Lemma 6: below L0")],
                    no=[
                        cases(
                            L <= N,
                            yes=[
                                rewrite(L, N),
                                use("Lemma 6: at L0"),
                                axiom("power_successor", decay, N - N),
                            ],
                            no=[use("Lemma 6: beyond L0")],
                        )
                    ],
                )
            ],
            defined=[
                bounded_mu,
                [cases(L <= N, yes=[use("Powers: positive", x=rate, k=L)], no=small_power)],
            ],
        ),
        statement(
            "statement",
            given(c, mu, delta, rho, L)
            .where(
                *normalised(c), *nonlinearity(c, mu),
                delta > 0, delta <= 1, abs(rho) <= 1 - delta, L >= 1,
            )
            .says(abs(c.iterated(L, rho)) <= B(L, delta, mu), B),
            [],
            words="as printed, for δ in (0, 1]; the paper defines B for δ in (0, 1) only",
        ),
        amended(
            "amended", "statement",
            given(c, mu, delta, rho, L)
            .where(
                *normalised(c), *nonlinearity(c, mu),
                delta > 0, delta <= 1, abs(rho) <= 1 - delta, L >= 0,
            )
            .says(abs(c.iterated(L, rho)) <= B_wider(L, delta, mu), B_wider),
            [
                use("Lemma 22: at most one"),
                use("L0: threshold"),
                generalise(threshold(delta, mu), "N"),
                induction(
                    "L",
                    base=[axiom("iterate_zero", c.iterated(0, rho))],
                    step=[
                        axiom("iterate_successor", c.iterated(L, rho)),
                        rewrite(c.iterated(L + 1, rho), c.dual(c.iterated(L, rho))),
                        use("Lemma 6: one layer", x=c.iterated(L, rho)),
                    ],
                ),
            ],
            words="with L0 and B defined by the same formulas for δ = 1 and L = 0 as well",
            defined=[bounded_mu, [dual_is_bounded]],
        ),
        sharper(
            "sharper",
            "amended",
            given(c, mu, delta, rho, L)
            .where(
                *normalised(c), *nonlinearity(c, mu),
                delta > 0, delta <= 1, abs(rho) <= 1 - delta, L >= 0,
            )
            .says(
                abs(c.iterated(L, rho))
                <= function("min", E(L, delta, mu), B_wider(L, delta, mu)),
                E,
                B_wider,
            ),
            [
                use("Lemma 6: amended"),
                use("Odds: iterates"),
                generalise(abs(c.iterated(L, rho)), "x"),
                generalise(odds_bound(L, delta, mu), "e"),
                generalise(bound(L, delta, mu, threshold(delta, mu)), "b"),
            ],
            words="E(L) has no threshold and the rate 1+μ in the place of 1+μ/2; neither bound is "
            "the smaller one everywhere (at μ = 1, δ = 1/2, L = 1 they are 1/3 and 1/4)",
            defined=[bounded_mu, [dual_is_bounded],
                     [*bounded_mu, use("Powers: positive", x=1 + mu, k=L),
                      have(delta * (1 + mu) ** L > 0)]],
        ),
    ),
    uses=("Definition 1", "Definition 21", "Lemma 22", "Lemma 23"),
)  # fmt: skip
