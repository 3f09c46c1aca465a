"""Lemma 23: how one application of the dual activation shrinks a correlation."""

from fractions import Fraction

from certificates.checker import Goal
from proofs.bounds import nonlinearity, normalised
from proofs.claim import Claim, lemma, statement, step
from proofs.language import Expression, Sequence, choose, equal, given, integer, real, series
from proofs.tactics import (
    Continue,
    Evidence,
    Prover,
    Stuck,
    cases,
    extreme_points,
    on_sight,
    split,
    use,
)

c = Sequence("c")
mu, delta, x, y = real("mu"), real("delta"), real("x"), real("y")
i = integer("i")

setting = given(c, mu, delta).where(*normalised(c), *nonlinearity(c, mu), delta >= 0, delta <= 1)
middle = (1 - delta) * (1 - mu * delta)
upper = choose(delta <= Fraction(1, 2), 1 - (1 + mu / 2) * delta, (1 - mu / 2) * (1 - delta))

powers = [
    use("Powers: nonnegative", x=1 - delta, k=i),
    use("Powers: at most one", x=1 - delta, k=i),
]


@on_sight
def dual_is_bounded(prover: Prover, goal: Goal, then: Continue) -> Evidence:
    """Proves |sigma-hat(x)| <= 1 for |x| <= 1, whatever x is called."""
    match goal.conclusion:
        case ("<=", ("abs", ("dual", str(), argument)), 1):
            tactic = use("Lemma 23: increasing", x=Expression(argument), y=1)
            return tactic(prover, goal, then)
    raise Stuck("not about a value of the dual activation")


LEMMA_23 = Claim(
    "Lemma 23",
    "one application of the dual activation",
    (
        step(
            "a",
            setting.says(abs(c.dual(-(1 - delta))) <= c.dual(1 - delta)),
            [
                cases(c.dual(-(1 - delta)) >= 0),
                extreme_points(),
                use("Powers: absolute value", x=-(1 - delta), y=1 - delta, k=i),
            ],
            words="the coefficients are nonnegative",
        ),
        step(
            "b1",
            setting.says(equal(c.dual(1 - delta), series(i, 1, c[i] * (1 - delta) ** i))),
            [extreme_points(converge=[powers])],
            words="c_0 = 0",
            defined=[powers],
        ),
        step(
            "b2",
            setting.says(
                series(i, 1, c[i] * (1 - delta) ** i)
                <= c[1] * (1 - delta) + series(i, 2, c[i] * (1 - delta) ** 2)
            ),
            [
                extreme_points(converge=[powers]),
                use("Powers: decreasing in the exponent", x=1 - delta, j=2, k=i),
            ],
            words="(1-δ)^i ≤ (1-δ)² for i ≥ 2",
            defined=[powers],
        ),
        step(
            "b3",
            setting.says(
                equal(
                    c[1] * (1 - delta) + series(i, 2, c[i] * (1 - delta) ** 2),
                    c[1] * (1 - delta) + (1 - c[1]) * (1 - delta) ** 2,
                )
            ),
            [extreme_points()],
        ),
        step(
            "b4",
            setting.says(equal(c[1] * (1 - delta) + (1 - c[1]) * (1 - delta) ** 2, middle)),
        ),
        step(
            "c",
            setting.where(delta > Fraction(1, 2)).says(middle <= (1 - mu / 2) * (1 - delta)),
        ),
        step(
            "d1",
            setting.says(equal(middle, 1 - (1 + mu) * delta + mu * delta**2)),
        ),
        step(
            "d2",
            setting.where(delta <= Fraction(1, 2)).says(
                1 - (1 + mu) * delta + mu * delta**2 <= 1 - (1 + mu / 2) * delta
            ),
        ),
        statement(
            "statement",
            setting.says(
                (abs(c.dual(-(1 - delta))) <= c.dual(1 - delta)) & (c.dual(1 - delta) <= upper)
            ),
            [
                use("Lemma 22: at most one"),
                split(
                    [use("Lemma 23: a")],
                    [
                        use("Lemma 23: b1"),
                        use("Lemma 23: b2"),
                        use("Lemma 23: b3"),
                        use("Lemma 23: b4"),
                    ],
                ),
            ],
        ),
        lemma(
            "increasing",
            given(c, x, y)
            .where(*normalised(c), abs(x) <= y, y <= 1)
            .says((abs(c.dual(x)) <= c.dual(y)) & (c.dual(y) <= 1)),
            [
                split(
                    [
                        cases(c.dual(x) >= 0),
                        extreme_points(),
                        use("Powers: absolute value", x=x, y=y, k=i),
                    ],
                    [extreme_points(), use("Powers: at most one", x=y, k=i)],
                )
            ],
            words="σ̂ is dominated by its value at a larger argument",
        ),
        lemma(
            "one step",
            given(c, mu, delta, x)
            .where(*normalised(c), *nonlinearity(c, mu), delta >= 0, abs(x) <= 1 - delta)
            .says(abs(c.dual(x)) <= upper),
            [use("Lemma 23: increasing", y=1 - delta), use("Lemma 23: statement")],
        ),
    ),
    uses=("Definition 21", "Fact 3", "Fact 4", "Lemma 22"),
)
