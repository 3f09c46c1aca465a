"""Lemma 25 (= Lemma 10): the dual of the derivative, relative to its value at 1.

D(rho) = sum i c_i rho^(i-1).  The paper takes for granted that D(1) is finite; it is not for every
normalised activation (for the sign it is not), so that the statement as printed has no value there.
"""

from certificates.checker import Goal
from proofs.bounds import finite_slope, nonlinearity, normalised, slope_series
from proofs.claim import (
    MISPRINT,
    MISSING_HYPOTHESIS,
    Claim,
    amended,
    lemma,
    sharper,
    statement,
    step,
)
from proofs.language import Expression, Sequence, Term, equal, given, integer, real, series
from proofs.tactics import (
    Continue,
    Evidence,
    Prover,
    Steps,
    Stuck,
    Tactic,
    axiom,
    cases,
    extreme_points,
    generalise,
    have,
    on_sight,
    rewrite,
    split,
    use,
)

c = Sequence("c")
mu, rho, r = real("mu"), real("rho"), real("r")
i = integer("i")

activation = (*normalised(c), *nonlinearity(c, mu), finite_slope(c))
printed = (*normalised(c), *nonlinearity(c, mu))
inside = abs(rho) <= 1
unit = (rho >= 0, rho <= 1)


def D(x: Term) -> Expression:
    """D(x), the dual of the activation's derivative (Fact 5)."""
    return slope_series(c, x)


def slope_is_small(*first: Tactic) -> Steps:
    """Proves |i X^(i-1)| <= 1 + i for an iterate X, or for an X known to lie in [-1, 1]."""

    @on_sight
    def tactic(prover: Prover, goal: Goal, then: Continue) -> Evidence:
        match goal.conclusion:
            case ("<=", ("abs", ("*", i, ("^", base, exponent))), ("+", 1, ("abs", i_))) if i == i_:
                pass
            case _:
                raise Stuck("not about a term of the series D")
        index, inner = Expression(i), Expression(base)
        power = Expression(("^", base, exponent))
        steps = list(first)
        if isinstance(base, tuple) and base[0] == "iter":
            depth, start = Expression(base[3]), Expression(base[4])
            steps.append(use("Definition 21: composition", L=depth, rho=start))
        small = [
            use("Powers: absolute value", x=inner, y=1, k=Expression(exponent)),
            cases(power >= 0),
        ]
        chain = [*steps, cases(index <= 0, yes=[have(equal(index, 0))], no=small)]
        return prover.prove(goal, chain)

    return [tactic]


def linear(x: Term) -> Expression:
    """c_1 + sum_{i>=2} i c_i x."""
    return c[1] + series(i, 2, c[i] * (i * x))


def misprinted(x: Expression) -> Expression:
    """c_1 + sum_{i>=2} i c_i x^i, the numerator as printed."""
    return c[1] + series(i, 2, c[i] * (i * x**i))


def numerator(x: Expression) -> Expression:
    """c_1 + sum_{i>=2} i c_i x^(i-1), which is D(x)."""
    return c[1] + series(i, 2, c[i] * (i * x ** (i - 1)))


tail = series(i, 2, c[i] * i)
denominator = c[1] + tail
share = tail / denominator  # of the indices from 2 on in D(1)
sharp = 2 * mu / (1 + mu)

x, y = real("x"), real("y")
nonzero = [use("Lemma 25: slope at 1"), use("Lemma 25: denominator")]


def unit_power(x: Expression, k: Expression) -> Steps:
    """0 <= x^k <= 1, and the same times i."""
    return [
        use("Powers: nonnegative", x=x, k=k),
        use("Powers: at most one", x=x, k=k),
        have(i * x**k <= i),
        have(i * x**k >= 0),
    ]


defined = [
    nonzero, slope_is_small(), unit_power(r, i), unit_power(r, i - 1)
]  # fmt: skip
on_unit = given(c, mu, r).where(*activation, r >= 0, r <= 1)
slopes = given(c, mu, rho).where(*activation, inside)
sharp_bound, bound = 1 - sharp * (1 - abs(rho)), 1 - mu * (1 - abs(rho))

LEMMA_25 = Claim(
    "Lemma 25",
    "the slope of the dual activation, relative to its value at 1",
    (
        lemma(
            "slope at 1",
            given(c, mu).where(*activation).says(D(1) >= 1 + mu),
            [extreme_points(converge=[slope_is_small()])],
            words="D(1) ≥ 1 + μ: the quotient of the statement is defined",
            defined=[slope_is_small()],
        ),
        lemma(
            "denominator",
            given(c, mu).where(*activation).says(equal(D(1), denominator)),
            [extreme_points(converge=[slope_is_small()])],
            defined=[slope_is_small()],
        ),
        lemma(
            "dominated",
            given(c, x, y)
            .where(*normalised(c), finite_slope(c), abs(x) <= y, y <= 1)
            .says((abs(D(x)) <= D(y)) & (D(y) <= D(1))),
            [
                split(
                    [
                        cases(D(x) >= 0),
                        extreme_points(converge=[slope_is_small()]),
                        use("Powers: absolute value", x=x, y=y, k=i - 1),
                        cases(x ** (i - 1) >= 0),
                    ],
                    [
                        extreme_points(converge=[slope_is_small()]),
                        use("Powers: at most one", x=y, k=i - 1),
                    ],
                )
            ],
            words="D is dominated by its value at a larger argument",
            defined=[slope_is_small()],
        ),
        step(
            "a",
            slopes.says(D(rho) <= D(abs(rho))),
            [use("Lemma 25: dominated", x=rho, y=abs(rho))],
            words="nonnegative coefficients",
            defined=defined,
        ),
        step(
            "b1",
            on_unit.says(D(r) >= 0),
            [use("Lemma 25: dominated", x=r, y=r)],
            defined=[slope_is_small()],
        ),
        step(
            "b2",
            given(c, mu, x, y).where(*activation, x >= 0, x <= y, y <= 1).says(D(x) <= D(y)),
            [use("Lemma 25: dominated")],
            words="increasing in the wider sense; D is constant for a linear activation",
            defined=[slope_is_small()],
        ),
        step(
            "c1",
            given(c).where(*normalised(c)).says(equal(series(i, 2, c[i]), 1 - c[1])),
            [extreme_points()],
        ),
        step(
            "c2", given(c, mu).where(*normalised(c), *nonlinearity(c, mu)).says(equal(1 - c[1], mu))
        ),
        step(
            "d",
            on_unit.says(equal(D(r) / D(1), misprinted(r) / denominator)),
            at={"c": [[2, 1]], "mu": 1, "r": "1/2"},
            kind=MISPRINT,
            words="as printed, with the exponent i in the numerator",
        ),
        amended(
            "d amended",
            "d",
            on_unit.says(equal(D(r) / D(1), numerator(r) / denominator)),
            [
                *nonzero,
                have(equal(D(r), numerator(r)), extreme_points(converge=[slope_is_small()])),
                rewrite(D(r), numerator(r)),
                rewrite(D(1), denominator),
            ],
            words="with the exponent i - 1, as in the first display of the proof",
            defined=[*defined, slope_is_small()],
        ),
        step(
            "e",
            on_unit.says(misprinted(r) / denominator <= linear(r) / denominator),
            [
                *nonzero,
                have(
                    misprinted(r) <= linear(r),
                    extreme_points(converge=[unit_power(r, i)]),
                    use("Powers: decreasing in the exponent", x=r, j=1, k=i),
                ),
                have(denominator > 0),
                generalise(misprinted(r), "s"),
                generalise(linear(r), "t"),
                generalise(denominator, "z"),
            ],
            defined=defined,
        ),
        lemma(
            "e with the exponent i - 1",
            on_unit.says(D(r) <= linear(r)),
            [
                extreme_points(converge=[slope_is_small()]),
                use("Powers: decreasing in the exponent", x=r, j=1, k=i - 1),
            ],
            words="what the proof needs in the place of step e: ρ^(i-1) ≤ ρ for i ≥ 2",
            defined=[*defined, slope_is_small()],
        ),
        step(
            "f",
            on_unit.says(equal(linear(r) / denominator, 1 - share * (1 - r))),
            [
                *nonzero,
                have(denominator >= 1),
                have(equal(linear(r), c[1] + tail * r), extreme_points()),
                rewrite(linear(r), c[1] + tail * r),
                generalise(tail, "t"),
            ],
            defined=defined,
        ),
        step(
            "g",
            on_unit.says(1 - share * (1 - r) <= 1 - mu * (1 - r)),
            [
                *nonzero,
                axiom("coefficient", c[1]),
                have(tail >= mu * denominator),
                generalise(tail, "t"),
                axiom("quotient", real("t"), c[1] + real("t")),
                have(real("t") / (c[1] + real("t")) >= mu),
            ],
            defined=defined,
        ),
        lemma(
            "absolute value",
            slopes.says(abs(D(rho)) / D(1) <= sharp_bound),
            [
                use("Lemma 25: slope at 1"),
                use("Lemma 25: denominator"),
                use("Lemma 22: at most one"),
                use("Lemma 25: dominated", x=rho, y=abs(rho)),
                use("Lemma 25: e with the exponent i - 1", r=abs(rho)),
                have(equal(linear(abs(rho)), c[1] + tail * abs(rho)), extreme_points()),
                have(abs(D(rho)) <= c[1] + (D(1) - c[1]) * abs(rho)),
                generalise(abs(D(rho)), "s"),
                generalise(D(1), "d"),
                generalise(abs(rho), "z"),
                have((1 - mu) * (1 + mu) <= (1 - mu) * real("d")),
                have(
                    real("s") * (1 + mu) <= real("d") * (1 + mu - 2 * mu * (1 - real("z"))),
                ),
                axiom("quotient", real("s"), real("d")),
                axiom("quotient", 2 * mu, 1 + mu),
                generalise(sharp, "w"),
                generalise(real("s") / real("d"), "q"),
                have(real("q") * (1 + mu) <= 1 + mu - 2 * mu * (1 - real("z"))),
            ],
            words="what the proof of Theorem 8 needs: also where D is negative",
            defined=defined,
        ),
        lemma(
            "product",
            slopes.says(abs(D(rho)) <= D(1) * (1 - mu * (1 - abs(rho)))),
            [
                use("Lemma 25: slope at 1"),
                use("Lemma 22: at most one"),
                use("Lemma 25: absolute value"),
                generalise(abs(rho), "z"),
                generalise(abs(D(rho)), "s"),
                generalise(D(1), "d"),
                axiom("quotient", real("s"), real("d")),
                axiom("quotient", 2 * mu, 1 + mu),
                generalise(real("s") / real("d"), "q"),
                generalise(sharp, "w"),
                have(real("w") >= mu),
                have(real("q") <= 1 - mu * (1 - real("z"))),
            ],
            defined=defined,
        ),
        sharper(
            "sharper",
            "amended",
            slopes.says((D(rho) / D(1) <= sharp_bound) & (sharp_bound <= bound)),
            [
                use("Lemma 25: slope at 1"),
                use("Lemma 22: at most one"),
                use("Lemma 25: absolute value"),
                split(
                    [
                        generalise(sharp_bound, "z"),
                        generalise(D(1), "d"),
                        generalise(D(rho), "s"),
                        axiom("quotient", real("s"), real("d")),
                        axiom("quotient", abs(real("s")), real("d")),
                    ],
                    [
                        generalise(abs(rho), "z"),
                        axiom("quotient", 2 * mu, 1 + mu),
                        have(sharp >= mu),
                    ],
                ),
            ],
            words="2μ/(1+μ) in the place of μ, attained by c_1 = 1 - μ, c_2 = μ at every ρ ≥ 0",
            defined=defined,
        ),
        statement(
            "statement",
            given(c, mu, rho)
            .where(*normalised(c), *nonlinearity(c, mu), inside)
            .says(D(rho) / D(1) <= bound),
            at={"c": "telescoping", "mu": 1, "rho": 1},
            kind=MISSING_HYPOTHESIS,
            words="D(1) may be infinite: for c_i = 1/(i(i-1)) it is the harmonic series",
        ),
        amended(
            "amended",
            "statement",
            slopes.says(D(rho) / D(1) <= bound),
            [use("Lemma 25: sharper"), generalise(D(rho) / D(1), "q")],
            words="where D(1) is finite",
            defined=defined,
        ),
    ),
    uses=("Definition 1", "Fact 3", "Fact 5", "Lemma 22"),
)
