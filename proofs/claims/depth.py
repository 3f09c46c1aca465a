"""The quantities L0 and B: where the threshold L0 lies, ties included, and how large it can be."""

from fractions import Fraction

from proofs.bounds import bound, layers, threshold
from proofs.claim import Claim, lemma, statement
from proofs.language import conjunction, forall, function, given, integer, real
from proofs.tactics import axiom, cases, generalise, have, instantiate, intro, split, use

mu, delta = real("mu"), real("delta")
k, L, N, n = integer("k"), integer("L"), integer("N"), integer("n")
below = forall(k, holds=((k >= 0) & (k < N)).implies(delta * (1 + mu / 2) ** k < Fraction(1, 2)))
above = delta * (1 + mu / 2) ** N >= Fraction(1, 2)

rate = 1 + mu / 2
target = 1 / (2 * delta)
log_rate, log_target = function("log", rate), function("log", target)
depth = threshold(delta, mu)
reached = delta * rate**k

setting = given(mu, delta).where(mu > 0, mu <= 1, delta > 0, delta <= 1)

# (1 + mu/2)^k compared with 1/(2 delta) through logarithms; ceil turns the quotient into depths
logarithms = [
    axiom("log_one"),
    axiom("log_increasing", 1, rate),
    axiom("quotient", 1, 2 * delta),
    have(target > 0),
    axiom("quotient", log_target, log_rate),
    axiom("ceiling", log_target / log_rate),
]
at_depth_k = [use("Powers: positive", x=rate, k=k), axiom("log_power", rate, k)]

DEPTH = Claim(
    "L0",
    "the depth L0 and the bound B",
    (
        lemma(
            "nonnegative",
            setting.says(depth >= 0),
        ),
        lemma(
            "before",
            given(mu, delta, k)
            .where(mu > 0, mu <= 1, delta > 0, delta <= 1, k >= 0, k < depth)
            .says(reached < Fraction(1, 2)),
            [
                *logarithms,
                *at_depth_k,
                have(k < function("ceil", log_target / log_rate)),
                have(k * log_rate < log_target),
                cases(target <= rate**k, yes=[axiom("log_monotone", target, rate**k)]),
            ],
            words="below L0 the bound 1 - δ(1+μ/2)^L is above 1/2",
        ),
        lemma(
            "from there on",
            given(mu, delta, k)
            .where(mu > 0, mu <= 1, delta > 0, delta <= 1, k >= 0, k >= depth)
            .says(reached >= Fraction(1, 2)),
            [
                *logarithms,
                *at_depth_k,
                have(k >= function("ceil", log_target / log_rate)),
                have(k * log_rate >= log_target),
                cases(target <= rate**k, no=[axiom("log_increasing", rate**k, target)]),
            ],
            words="ties included: where the quotient of logarithms is an integer, L0 equals it",
        ),
        lemma(
            "threshold",
            setting.says(
                conjunction(
                    depth >= 0,
                    forall(k, holds=((k >= 0) & (k < depth)).implies(reached < Fraction(1, 2))),
                    delta * rate**depth >= Fraction(1, 2),
                )
            ),
            [
                split(
                    [],
                    [intro("k"), intro(), use("L0: before")],
                    [use("L0: from there on", k=depth)],
                )
            ],
        ),
        statement(
            "order of growth",
            setting.where(delta < 1).says(mu * depth <= 3 * function("log", 1 / delta)),
            [
                *logarithms,
                axiom("log_monotone", 1, 1 / delta),
                axiom("log_bounds", rate),
                axiom("log_monotone", rate, 2),
                axiom("log_product", 2, target),
                axiom("log_monotone", 2 * target, 1 / delta),
                have(mu / 3 <= log_rate),
                generalise(function("ceil", log_target / log_rate), "C"),
                generalise(log_rate, "l"),
                cases(
                    integer("C") >= 0,
                    yes=[
                        have(integer("C") * real("l") <= function("log", 1 / delta)),
                        have(integer("C") * mu / 3 <= integer("C") * real("l")),
                    ],
                ),
            ],
            words="L0(δ) = O(log(1/δ)/μ) with the constant 3",
        ),
        lemma(
            "range of B",
            given(mu, delta, L, N)
            .where(mu > 0, mu <= 1, delta > 0, delta <= 1, N >= 0, below, above, L >= 0)
            .says(
                conjunction(
                    bound(L, delta, mu, N) >= 0,
                    bound(L, delta, mu, N) < 1,
                )
            ),
            [
                use("Powers: positive", x=rate, k=L),
                cases(
                    L <= N,
                    yes=[
                        cases(
                            L < N,
                            yes=[instantiate(below, k=L)],
                            no=[
                                cases(
                                    L <= 0,
                                    yes=[axiom("power_zero", rate, L)],
                                    no=[
                                        instantiate(below, k=L - 1),
                                        axiom("power_successor", rate, L - 1),
                                        have(delta * rate**L <= Fraction(3, 4)),
                                    ],
                                )
                            ],
                        )
                    ],
                    no=[
                        use("Powers: positive", x=1 - mu / 2, k=L - N),
                        use("Powers: at most one", x=1 - mu / 2, k=L - N),
                    ],
                ),
            ],
            defined=[[cases(L <= N)]],
        ),
        lemma(
            "enough layers",
            given(mu, n, k)
            .where(mu > 0, mu <= 1, n >= 1, k >= 0, k >= layers(n, mu))
            .says(n * (1 - mu / 2) ** k <= 1),
            [
                axiom("log_one"),
                axiom("log_increasing", 1 - mu / 2, 1),
                axiom("quotient", function("log", n), -function("log", 1 - mu / 2)),
                axiom("ceiling", function("log", n) / -function("log", 1 - mu / 2)),
                use("Powers: positive", x=1 - mu / 2, k=k),
                axiom("log_power", 1 - mu / 2, k),
                have(function("log", n) + k * function("log", 1 - mu / 2) <= 0),
                axiom("log_product", n, (1 - mu / 2) ** k),
                cases(
                    n * (1 - mu / 2) ** k <= 1,
                    no=[axiom("log_increasing", 1, n * (1 - mu / 2) ** k)],
                ),
            ],
            words="⌈log n / -log(1-μ/2)⌉ layers bring n(1-μ/2)^k to 1",
        ),
        lemma(
            "no negative number of layers",
            given(mu, n).where(mu > 0, mu <= 1, n >= 1).says(layers(n, mu) >= 0),
            [
                axiom("log_one"),
                axiom("log_increasing", 1 - mu / 2, 1),
                axiom("log_monotone", 1, n),
                axiom("quotient", function("log", n), -function("log", 1 - mu / 2)),
                axiom("ceiling", function("log", n) / -function("log", 1 - mu / 2)),
            ],
        ),
    ),
)
