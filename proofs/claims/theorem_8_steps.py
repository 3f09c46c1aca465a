"""The displays c to h of Theorem 8's proof: the terms of formula (2), one product at a time.

The paper's products stand at h' = h, ..., L with the factor at sigma-hat^(h'); those of the derived
formula have it at h' - 1.  Each display is stated as printed, and what the proof needs beside it.
"""

from collections.abc import Callable
from fractions import Fraction

from proofs.bounds import (
    L0,
    B,
    B_half,
    B_half_wider,
    B_wider,
    L0_wider,
    bound,
    finite_slope,
    half_bound,
    nonlinearity,
    normalised,
    threshold,
)
from proofs.claim import MISPRINT, MISSING_HYPOTHESIS, Part, amended, lemma, step
from proofs.claims.depth import above, below
from proofs.claims.formula_2 import factors, sum_formula, tangent
from proofs.claims.lemma_23 import dual_is_bounded
from proofs.claims.lemma_25 import D, slope_is_small
from proofs.claims.odds import root
from proofs.language import (
    Expression,
    Formula,
    Sequence,
    conjunction,
    equal,
    finite_product,
    forall,
    function,
    given,
    integer,
    real,
)
from proofs.tactics import (
    Steps,
    axiom,
    cases,
    generalise,
    have,
    induction,
    instantiate,
    intro,
    last_of,
    rewrite,
    use,
)

c = Sequence("c")
mu, delta, rho, s = real("mu"), real("delta"), real("rho"), real("s")
L, M, N, g, h, k = (integer(name) for name in "LMNghk")

activation = (*normalised(c), *nonlinearity(c, mu), finite_slope(c))
positive = (delta > 0, delta <= 1)
last = h - 1 + k  # the product over h' = h, ..., h - 1 + k
after = h - 1 + (k + 1)

Factor = Callable[[Expression], Expression]


def product(first: Expression, end: Expression, factor: Factor) -> Expression:
    """The product of factor(h') over h' from first to end."""
    return finite_product(g, first, end, factor(g))


def relative(shift: int) -> Factor:
    """D(sigma-hat^(h' - shift)(rho)) / D(1)."""
    return lambda g: D(c.iterated(g - shift if shift else g, rho)) / D(1)


def gain(shift: int) -> Factor:
    """1 - mu (1 - |sigma-hat^(h' - shift)(rho)|)."""
    return lambda g: 1 - mu * (1 - abs(c.iterated(g - shift if shift else g, rho)))


def bounded(shift: int) -> Factor:
    """1 - mu (1 - B(h' - shift))."""
    return lambda g: (
        1 - mu * (1 - bound(g - shift if shift else g, delta, mu, threshold(delta, mu)))
    )


def one_more(factor: Factor) -> Steps:
    """The product up to h + k from that up to h - 1 + k."""
    return [axiom("fold_last", product(h, last, factor))]


def none_yet(factor: Factor) -> Steps:
    """The product over no index is 1."""
    return [axiom("fold_empty", product(h, h - 1 + Expression(0), factor))]


values_exist = [[dual_is_bounded], slope_is_small(), [use("Lemma 25: slope at 1")]]
setting = given(c, mu, rho, h, k).where(*activation, abs(rho) <= 1, h >= 1, k >= 0)


def products(shift: int, words: str) -> tuple[Part, ...]:
    """|product of D/D(1)| <= product of the gains, for the indices as printed or as derived."""
    at = c.iterated(h - 1 + k + 1 - shift if shift else h - 1 + k + 1, rho)
    quotient, image = D(at) / D(1), abs(at)
    return (
        lemma(
            f"d, one product{words}",
            setting.says(
                (abs(product(h, last, relative(shift))) <= product(h, last, gain(shift)))
                & (product(h, last, gain(shift)) >= 0)
                & (product(h, last, gain(shift)) <= 1)
            ),
            [
                use("Lemma 22: at most one"),
                use("Lemma 25: slope at 1"),
                induction(
                    "k",
                    base=[*none_yet(relative(shift)), *none_yet(gain(shift))],
                    step=[
                        *one_more(relative(shift)),
                        *one_more(gain(shift)),
                        use("Definition 21: composition", L=Expression(at.tree[3])),
                        use("Lemma 25: product", rho=at),
                        axiom("quotient", D(at), D(1)),
                        have(
                            abs(quotient) <= 1 - mu * (1 - image),
                            generalise(quotient, "q"),
                            generalise(D(at), "y"),
                            generalise(D(1), "d"),
                            generalise(image, "z"),
                            cases(real("q") >= 0),
                        ),
                        rewrite(
                            product(h, after, relative(shift)),
                            product(h, last, relative(shift)) * quotient,
                        ),
                        rewrite(
                            product(h, after, gain(shift)),
                            product(h, last, gain(shift)) * (1 - mu * (1 - image)),
                        ),
                        have(1 - mu * (1 - image) <= 1, generalise(image, "z")),
                        generalise(quotient, "q"),
                        generalise(image, "z"),
                        generalise(product(h, last, relative(shift)), "a"),
                        generalise(product(h, last, gain(shift)), "b"),
                        use(
                            "Theorem 8: factors",
                            a=real("a"),
                            b=real("b"),
                            q=real("q"),
                            w=1 - mu * (1 - real("z")),
                        ),
                    ],
                ),
            ],
            defined=values_exist,
        ),
    )


def restated(*formulas: Formula) -> Steps:
    """Facts about the product up to h - 1 + (L - h + 1), said of the product up to L."""
    return [have(formula) for formula in formulas]


def term(shift: int) -> Expression:
    """The term h of formula (2), relative to its value at 1."""
    return c.iterated(h - 1, rho) * product(h, L, relative(shift))


def gained(shift: int) -> Expression:
    """What display d bounds the term h by."""
    return abs(c.iterated(h - 1, rho)) * product(h, L, gain(shift))


def display_d(shift: int, suffix: str) -> Steps:
    """|u v| <= |u| w for |v| <= w."""
    own, above_it = product(h, L, relative(shift)), product(h, L, gain(shift))
    return [
        use(f"Theorem 8: d, one product{suffix}", k=L - h + 1),
        *restated(abs(own) <= above_it),
        generalise(above_it, "w"),
        generalise(own, "v"),
        generalise(c.iterated(h - 1, rho), "u"),
        have(real("v") <= real("w"), cases(real("v") >= 0)),
        have(-real("v") <= real("w"), cases(real("v") >= 0)),
        cases(
            real("u") >= 0,
            yes=[have(real("u") * (real("w") - real("v")) >= 0)],
            no=[have(-real("u") * (real("w") + real("v")) >= 0)],
        ),
    ]


ranged = given(c, mu, rho, L, h).where(*activation, abs(rho) <= 1, L >= 1, h >= 1, h <= L + 1)
partial = [sum_formula(L, x, 1, M) for x in (rho, Expression(1))]
every_term = forall(h, holds=conjunction(h >= 1, h <= L + 1).implies(term(1) <= s))
every_printed = forall(h, holds=conjunction(h >= 1, h <= L + 1).implies(term(0) <= s))
at_new = c.iterated(h - 1 + k + 1 - 1, rho)
one_new = c.iterated(h - 1 + k + 1 - 1, 1)
own_factors, one_factors = factors(h, last, rho, 1), factors(h, last, Expression(1), 1)
new_h = M + 1
new = h - 1 + k + 1
start = threshold(delta, mu)
at_most_one: Steps = [use("Lemma 22: at most one")]
layers = given(c, mu, delta, rho, h, k).where(
    *activation, *positive, abs(rho) <= 1 - delta, h >= 1, k >= 0
)
each_term = given(c, mu, delta, rho, L, h).where(
    *activation, *positive, abs(rho) <= 1 - delta, L >= 1, h >= 1, h <= L + 1
)
depths = given(mu, delta, L, h).where(
    mu > 0, mu <= 1, *positive, L >= 1, 2 * L0_wider(delta, mu) <= L, h >= 1, h <= L + 1
)


decay = 1 - mu / 2
factor_beyond: Steps = [
    *one_more(bounded(0)),
    use("Theorem 8: h2", g=new),
    use("Theorem 8: e, one product"),
    use("L0: threshold"),
    use("L0: range of B", L=new, N=start),
    rewrite(product(h, after, bounded(0)), product(h, last, bounded(0)) * bounded(0)(new)),
]


def multiplied(power: Expression) -> Steps:
    """P w <= (1 - mu/2) y from 0 <= P <= y and 0 <= w <= 1 - mu/2."""
    return [
        generalise(bound(new, delta, mu, start), "t"),
        generalise(product(h, last, bounded(0)), "b"),
        generalise(power, "y"),
        have(mu * (1 - real("t")) <= 1, have(mu * real("t") >= 0)),
        have(real("b") * (decay - (1 - mu * (1 - real("t")))) >= 0),
        have((real("y") - real("b")) * decay >= 0),
    ]


def printed_bound(g: Expression) -> Expression:
    """1 - mu (1 - B(h')), with B as the paper defines it."""
    return 1 - mu * (1 - B(g, delta, mu))


def wider_bound(g: Expression) -> Expression:
    """1 - mu (1 - B(h')), with B for depth 0 and delta = 1 as well."""
    return 1 - mu * (1 - B_wider(g, delta, mu))


STEPS: tuple[Part, ...] = (
    lemma(
        "factors",
        given(*(real(n) for n in ("a", "b", "q", "w")))
        .where(
            abs(real("a")) <= real("b"), abs(real("q")) <= real("w"), real("w") <= 1, real("b") <= 1
        )
        .says(
            (abs(real("a") * real("q")) <= real("b") * real("w"))
            & (real("b") * real("w") >= 0)
            & (real("b") * real("w") <= 1)
        ),
        [have(real("b") >= 0), have(real("w") >= 0)],
    ),
    *products(0, ""),
    *products(1, ", derived"),
    lemma(
        "c, one product",
        setting.says(
            equal(own_factors, product(h, last, relative(1)) * one_factors) & (one_factors > 0)
        ),
        [
            use("Lemma 25: slope at 1"),
            induction(
                "k",
                base=[
                    *none_yet(relative(1)),
                    axiom("fold_empty", factors(h, h - 1 + Expression(0), rho, 1)),
                    axiom("fold_empty", factors(h, h - 1 + Expression(0), Expression(1), 1)),
                ],
                step=[
                    *one_more(relative(1)),
                    axiom("fold_last", own_factors),
                    axiom("fold_last", one_factors),
                    use("Theorem 2: d2", L=Expression(one_new.tree[3])),
                    rewrite(one_new, 1),
                    axiom("quotient", D(at_new), D(1)),
                    rewrite(factors(h, after, rho, 1), own_factors * D(at_new)),
                    rewrite(factors(h, after, Expression(1), 1), one_factors * D(1)),
                    rewrite(
                        product(h, after, relative(1)),
                        product(h, last, relative(1)) * (D(at_new) / D(1)),
                    ),
                    rewrite(own_factors, product(h, last, relative(1)) * one_factors),
                    generalise(D(at_new) / D(1), "q"),
                    rewrite(D(at_new), D(1) * real("q")),
                    generalise(D(1), "d"),
                    generalise(product(h, last, relative(1)), "a"),
                    generalise(one_factors, "b"),
                ],
            ),
        ],
        defined=values_exist,
    ),
    lemma(
        "c, partial sums",
        given(c, mu, rho, L, s, M)
        .where(*activation, abs(rho) <= 1, L >= 1, every_term, M >= 0)
        .says((M <= L + 1).implies(partial[0] <= s * partial[1])),
        [
            induction(
                "M",
                base=[
                    intro(),
                    *(axiom("fold_empty", sum_formula(L, x, 1, 0)) for x in (rho, Expression(1))),
                ],
                step=[
                    intro(),
                    instantiate((M <= L + 1).implies(partial[0] <= s * partial[1])),
                    instantiate(every_term, h=new_h),
                    *(last_of(p) for p in partial),
                    use("Theorem 8: c, one product", h=new_h, k=L - M),
                    use("Theorem 2: d2", L=new_h - 1),
                    rewrite(c.iterated(new_h - 1, 1), 1),
                    *restated(
                        equal(
                            factors(new_h, L, rho, 1),
                            product(new_h, L, relative(1)) * factors(new_h, L, Expression(1), 1),
                        ),
                        factors(new_h, L, Expression(1), 1) > 0,
                    ),
                    rewrite(
                        factors(new_h, L, rho, 1),
                        product(new_h, L, relative(1)) * factors(new_h, L, Expression(1), 1),
                    ),
                    generalise(partial[0], "x"),
                    generalise(partial[1], "y"),
                    generalise(factors(new_h, L, Expression(1), 1), "z"),
                    generalise(product(new_h, L, relative(1)), "q"),
                    generalise(c.iterated(new_h - 1, rho), "u"),
                    have(real("u") * real("q") * real("z") <= s * real("z")),
                ],
            )
        ],
        defined=values_exist,
    ),
    step(
        "c",
        given(c, mu, delta, rho, L, s)
        .where(*activation, *positive, abs(rho) <= 1 - delta, L >= 1, every_printed)
        .says(tangent(L, rho) <= s * tangent(L, 1)),
        at={
            "c": [[1, "1/2"], [2, "1/2"]],
            "mu": "1/2",
            "delta": "1/10",
            "rho": "-9/10",
            "L": 1,
            "s": "-9/200",
        },
        kind=MISPRINT,
        words="K̄_ij/K̄_11 is at most the largest term, with the terms of formula (2) as printed",
    ),
    amended(
        "c amended",
        "c",
        given(c, mu, rho, L, s)
        .where(*activation, abs(rho) <= 1, L >= 1, every_term)
        .says(tangent(L, rho) <= s * tangent(L, 1)),
        [
            use("Theorem 8: c, partial sums", M=L + 1),
            instantiate(
                (L + 1 <= L + 1).implies(
                    sum_formula(L, rho, 1, L + 1) <= s * sum_formula(L, Expression(1), 1, L + 1)
                )
            ),
            use("formula (2): derived"),
            use("formula (2): derived", rho=1),
            rewrite(sum_formula(L, rho, 1), tangent(L, rho)),
            rewrite(sum_formula(L, Expression(1), 1), tangent(L, 1)),
        ],
        words="with the terms of the derived formula",
        defined=values_exist,
    ),
    step(
        "d",
        ranged.says(term(0) <= gained(0)),
        display_d(0, ""),
        words="Lemma 10, which is needed for |D|: D can be negative",
        defined=values_exist,
    ),
    lemma(
        "d, derived",
        ranged.says(term(1) <= gained(1)),
        display_d(1, ", derived"),
        words="the same for the terms of the derived formula",
        defined=values_exist,
    ),
    lemma(
        "e, one product",
        layers.says(
            (product(h, last, gain(0)) <= product(h, last, bounded(0)))
            & (product(h, last, bounded(0)) >= 0)
            & (product(h, last, bounded(0)) <= 1)
        ),
        [
            use("Lemma 22: at most one"),
            use("L0: threshold"),
            induction(
                "k",
                base=[*none_yet(gain(0)), *none_yet(bounded(0))],
                step=[
                    *one_more(gain(0)),
                    *one_more(bounded(0)),
                    use("Theorem 8: d, one product"),
                    use("Lemma 6: amended", L=new),
                    use("L0: range of B", L=new, N=start),
                    have(abs(c.iterated(new, rho)) >= 0),
                    rewrite(
                        product(h, after, gain(0)),
                        product(h, last, gain(0)) * (1 - mu * (1 - abs(c.iterated(new, rho)))),
                    ),
                    rewrite(
                        product(h, after, bounded(0)),
                        product(h, last, bounded(0)) * bounded(0)(new),
                    ),
                    generalise(bound(new, delta, mu, start), "t"),
                    generalise(abs(c.iterated(new, rho)), "z"),
                    generalise(product(h, last, gain(0)), "a"),
                    generalise(product(h, last, bounded(0)), "b"),
                    have(mu * (1 - real("t")) >= 0),
                    have(mu * (1 - real("z")) <= 1),
                    have(mu * (real("t") - real("z")) >= 0),
                    have(1 - mu * (1 - real("t")) <= 1),
                    use(
                        "Theorem 8: factors",
                        a=real("a"),
                        b=real("b"),
                        q=1 - mu * (1 - real("z")),
                        w=1 - mu * (1 - real("t")),
                    ),
                    have(
                        real("a") * (1 - mu * (1 - real("z"))) >= 0,
                        have(1 - mu * (1 - real("z")) >= 0),
                        generalise(1 - mu * (1 - real("z")), "y"),
                    ),
                ],
            ),
        ],
        defined=[*values_exist, at_most_one],
    ),
    step(
        "e",
        each_term.where(delta < 1).says(
            gained(0) <= B(h - 1, delta, mu) * product(h, L, printed_bound), B
        ),
        at={"c": [[2, 1]], "mu": 1, "delta": "1/2", "rho": 0, "L": 1, "h": 1},
        kind=MISSING_HYPOTHESIS,
        words="B is defined for positive integers, and B(h-1) is B(0) for h = 1",
    ),
    amended(
        "e amended",
        "e",
        each_term.says(
            gained(0) <= B_wider(h - 1, delta, mu) * product(h, L, wider_bound), B_wider
        ),
        [
            use("Lemma 22: at most one"),
            use("Lemma 6: amended", L=h - 1),
            use("Theorem 8: e, one product", k=L - h + 1),
            use("Theorem 8: d, one product", k=L - h + 1),
            *restated(
                product(h, L, gain(0)) <= product(h, L, bounded(0)),
                product(h, L, gain(0)) >= 0,
                product(h, L, bounded(0)) >= 0,
            ),
            have(abs(c.iterated(h - 1, rho)) >= 0),
            generalise(abs(c.iterated(h - 1, rho)), "u"),
            generalise(product(h, L, gain(0)), "v"),
            generalise(product(h, L, bounded(0)), "w"),
            generalise(bound(h - 1, delta, mu, start), "t"),
            have((real("t") - real("u")) * real("w") >= 0),
            have(real("u") * (real("w") - real("v")) >= 0),
        ],
        words="B by the same formula at depth 0",
        defined=[*values_exist, at_most_one],
    ),
    step(
        "g",
        depths.where(2 * (h - 1) >= L).says(
            B_wider(h - 1, delta, mu) <= B_half_wider(L, delta, mu), B_wider, L0_wider, B_half_wider
        ),
        [
            use("L0: threshold"),
            generalise(start, "N"),
            axiom("root", 1 - mu / 2),
            cases(
                L <= 2 * N,
                yes=[
                    have(equal(L, 2 * N)),
                    use("Odds: powers of a root", x=1 + mu / 2, k=N),
                    rewrite(L, 2 * N),
                    use("Odds: at twice L0", L=2 * N),
                    cases(
                        h - 1 <= N,
                        yes=[have(equal(h, N + 1)), rewrite(h, N + 1)],
                        no=[
                            use(
                                "Powers: decreasing in the exponent",
                                x=1 - mu / 2,
                                j=1,
                                k=h - 1 - N,
                            ),
                        ],
                    ),
                ],
                no=[
                    use("Odds: powers of a root", x=1 - mu / 2, k=h - 1 - N),
                    have(
                        root(1 - mu / 2) <= 1,
                        cases(
                            root(1 - mu / 2) <= 1,
                            no=[have(root(1 - mu / 2) * root(1 - mu / 2) > 1)],
                        ),
                    ),
                    use(
                        "Powers: decreasing in the exponent",
                        x=root(1 - mu / 2),
                        j=L - 2 * N,
                        k=2 * (h - 1 - N),
                    ),
                ],
            ),
        ],
        words="B decreases, at half integers too",
    ),
    lemma(
        "f, powers",
        given(mu, delta, L, N, M)
        .where(
            mu > 0,
            mu <= 1,
            *positive,
            N >= 0,
            below,
            above,
            L >= 1,
            L >= 2 * N,
            M >= 1,
            2 * M >= L,
        )
        .says(decay**M <= 2 * half_bound(L, delta, mu, N)),
        [
            axiom("root", decay),
            cases(
                L <= 2 * N,
                yes=[
                    have(equal(L, 2 * N)),
                    use("Odds: powers of a root", x=1 + mu / 2, k=N),
                    rewrite(L, 2 * N),
                    use("Odds: at twice L0", L=2 * N),
                    use("Powers: decreasing in the exponent", x=decay, j=1, k=M),
                ],
                no=[
                    use("Odds: powers of a root", x=decay, k=M),
                    have(
                        root(decay) <= 1,
                        cases(root(decay) <= 1, no=[have(root(decay) * root(decay) > 1)]),
                    ),
                    use(
                        "Powers: decreasing in the exponent",
                        x=root(decay),
                        j=L - 2 * N,
                        k=2 * M,
                    ),
                ],
            ),
        ],
        words="L/2 factors 1 - μ/2 are at most 2B(L/2)",
    ),
    step(
        "h1",
        depths.where(2 * (h - 1) < L).says(
            2 * (L - function("max", h - 1, L0_wider(delta, mu))) >= L - 2 * L0_wider(delta, mu),
            L0_wider,
        ),
        [use("L0: threshold"), generalise(start, "N")],
        words="L - max(h-1, L0) values h' in {h, ..., L} exceed L0: at least L/2 - L0",
    ),
    step(
        "h2",
        given(mu, delta, g)
        .where(mu > 0, mu <= 1, *positive, g > L0_wider(delta, mu))
        .says(
            (B_wider(g, delta, mu) <= Fraction(1, 2))
            & (1 - mu * (1 - B_wider(g, delta, mu)) <= 1 - mu / 2),
            L0_wider,
            B_wider,
        ),
        [
            use("L0: threshold"),
            generalise(start, "N"),
            use("Powers: at most one", x=1 - mu / 2, k=g - N),
            generalise((1 - mu / 2) ** (g - N), "y"),
        ],
        words="beyond L0 the bound is at most 1/2, and the factor at most 1-μ/2",
        defined=[[use("L0: threshold")]],
    ),
    lemma(
        "f, every factor beyond",
        layers.where(h - 1 >= start).says(product(h, last, bounded(0)) <= decay**k),
        [
            use("Lemma 22: at most one"),
            induction(
                "k",
                base=none_yet(bounded(0)),
                step=[*factor_beyond, axiom("power_successor", decay, k), *multiplied(decay**k)],
            ),
        ],
        defined=[at_most_one],
    ),
    lemma(
        "f, the factors beyond",
        layers.where(h - 1 < start).says(
            (start <= last).implies(product(h, last, bounded(0)) <= decay ** (last - start))
        ),
        [
            use("Lemma 22: at most one"),
            induction(
                "k",
                base=[intro()],
                step=[
                    intro(),
                    cases(
                        start <= last,
                        yes=[
                            instantiate(
                                (start <= last).implies(
                                    product(h, last, bounded(0)) <= decay ** (last - start)
                                )
                            ),
                            *factor_beyond,
                            axiom("power_successor", decay, last - start),
                            have(equal(decay ** (after - start), decay * decay ** (last - start))),
                            rewrite(decay ** (after - start), decay * decay ** (last - start)),
                            *multiplied(decay ** (last - start)),
                        ],
                        no=[
                            use("Theorem 8: e, one product", k=k + 1),
                            have(equal(after - start, 0)),
                            axiom("power_zero", decay, after - start),
                        ],
                    ),
                ],
            ),
        ],
        defined=[at_most_one],
    ),
    step(
        "f",
        each_term.where(delta < 1, 2 * L0(delta, mu) <= L).says(
            B(h - 1, delta, mu) * product(h, L, printed_bound) <= 2 * B_half(L, delta, mu),
            L0,
            B,
            B_half,
        ),
        at={"c": [[2, 1]], "mu": 1, "delta": "1/2", "rho": 0, "L": 2, "h": 1},
        kind=MISSING_HYPOTHESIS,
        words="B(0) for h = 1, and B(L/2) where L is odd, have no value",
    ),
    amended(
        "f amended",
        "f",
        each_term.where(2 * L0_wider(delta, mu) <= L).says(
            B_wider(h - 1, delta, mu) * product(h, L, wider_bound)
            <= 2 * B_half_wider(L, delta, mu),
            L0_wider,
            B_wider,
            B_half_wider,
        ),
        [
            use("Lemma 22: at most one"),
            use("L0: threshold"),
            use("L0: range of B", L=h - 1, N=start),
            use("Theorem 8: e, one product", k=L - h + 1),
            *restated(product(h, L, bounded(0)) >= 0, product(h, L, bounded(0)) <= 1),
            cases(
                2 * (h - 1) >= L,
                yes=[
                    use("Theorem 8: g"),
                    generalise(product(h, L, bounded(0)), "w"),
                    generalise(half_bound(L, delta, mu, start), "y"),
                    generalise(bound(h - 1, delta, mu, start), "t"),
                    have(real("t") * (1 - real("w")) >= 0),
                ],
                no=[
                    cases(
                        h - 1 >= start,
                        yes=[
                            use("Theorem 8: f, every factor beyond", k=L - h + 1),
                            have(product(h, L, bounded(0)) <= decay ** (L - h + 1)),
                            use("Theorem 8: f, powers", N=start, M=L - h + 1),
                            generalise(decay ** (L - h + 1), "x"),
                        ],
                        no=[
                            use("Theorem 8: f, the factors beyond", k=L - h + 1),
                            instantiate(
                                (start <= h - 1 + (L - h + 1)).implies(
                                    product(h, h - 1 + (L - h + 1), bounded(0))
                                    <= decay ** (h - 1 + (L - h + 1) - start)
                                )
                            ),
                            have(product(h, L, bounded(0)) <= decay ** (L - start)),
                            use("Theorem 8: f, powers", N=start, M=L - start),
                            generalise(decay ** (L - start), "x"),
                        ],
                    ),
                    generalise(product(h, L, bounded(0)), "w"),
                    generalise(half_bound(L, delta, mu, start), "y"),
                    generalise(bound(h - 1, delta, mu, start), "t"),
                    have((1 - real("t")) * real("w") >= 0),
                ],
            ),
        ],
        words="B by the same formulas at depth 0 and at half integers; L = 2L0 included",
        defined=[*values_exist, at_most_one],
    ),
)
