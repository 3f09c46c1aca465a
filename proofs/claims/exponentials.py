"""Elementary facts on exp, log and powers, which the paper's asymptotic steps use unmentioned."""

from fractions import Fraction

from proofs.claim import Claim, lemma
from proofs.language import Expression, equal, function, given, integer, real
from proofs.tactics import axiom, cases, enclosed, have, induction, rewrite, use

x, y, a, b = real("x"), real("y"), real("a"), real("b")
k = integer("k")


def log(t: Expression | int | Fraction) -> Expression:
    """The natural logarithm."""
    return function("log", t)


def exp(t: Expression | int | Fraction) -> Expression:
    """The exponential function."""
    return function("exp", t)


EXPONENTIALS = Claim(
    "Exponentials",
    "elementary facts on exp, log and powers",
    (
        lemma(
            "power below exp",
            given(x, k).where(x >= 0, x <= 1, k >= 0).says((1 - x) ** k <= exp(-k * x)),
            [
                induction(
                    "k",
                    base=[axiom("exp_bounds", 0)],
                    step=[
                        axiom("power_successor", 1 - x, k),
                        axiom("exp_sum", -k * x, -x),
                        axiom("exp_bounds", -x),
                        axiom("exp_bounds", -k * x),
                        use("Powers: nonnegative", x=1 - x, k=k),
                        have((1 - x) * (1 - x) ** k <= exp(-x) * exp(-k * x)),
                    ],
                )
            ],
            words="(1-x)^k ≤ e^{-kx}",
        ),
        lemma(
            "monotone",
            given(a, b).where(a <= b).says(exp(a) <= exp(b)),
            [
                axiom("exp_bounds", a),
                axiom("exp_bounds", b),
                axiom("log_exp", a),
                axiom("log_exp", b),
                cases(exp(a) <= exp(b), no=[axiom("log_increasing", exp(b), exp(a))]),
            ],
        ),
        lemma(
            "exp of log",
            given(a).where(a > 0).says(equal(exp(log(a)), a)),
            [
                axiom("log_exp", log(a)),
                axiom("exp_bounds", log(a)),
                cases(
                    exp(log(a)) < a,
                    yes=[axiom("log_increasing", exp(log(a)), a)],
                    no=[cases(a < exp(log(a)), yes=[axiom("log_increasing", a, exp(log(a)))])],
                ),
            ],
        ),
        lemma(
            "small product",
            given(x, y).where(abs(x) <= 1, abs(y) <= 1).says(abs(x * y) <= 1),
        ),
        lemma(
            "bounded product",
            given(x, y, a).where(abs(x) <= 1, abs(y) <= a).says(abs(x * y) <= a),
            [
                cases(
                    x >= 0,
                    yes=[have(x * (a - y) >= 0), have(x * (a + y) >= 0), have((1 - x) * a >= 0)],
                    no=[have(-x * (a - y) >= 0), have(-x * (a + y) >= 0), have((1 + x) * a >= 0)],
                )
            ],
        ),
        lemma(
            "product of lower bounds",
            given(x, y, a, b).where(x >= a, y >= b, a >= 0, b >= 0).says(x * y >= a * b),
            [have(x * (y - b) >= 0), have((x - a) * b >= 0)],
        ),
        lemma(
            "inverse square",
            given(x).where(x > 0).says(equal(1 / x**2, (1 / x) * (1 / x))),
            [
                axiom("quotient", 1, x),
                axiom("quotient", 1, x**2),
                have(equal(x * x * (1 / x) * (1 / x), 1)),
                have(equal((1 / x**2) * (x * x * (1 / x) * (1 / x)), 1 / x**2)),
            ],
            defined=[[have(x * x > 0)]],
        ),
        lemma(
            "inverse cube",
            given(x).where(x > 0).says(equal(1 / x**3, (1 / x) * (1 / x) * (1 / x))),
            [
                axiom("quotient", 1, x),
                axiom("quotient", 1, x**3),
                have(equal(x * x * (1 / x) * (1 / x), 1)),
                have(equal(x * x * x * (1 / x) * (1 / x) * (1 / x), 1)),
                have(equal((1 / x**3) * (x * x * x * (1 / x) * (1 / x) * (1 / x)), 1 / x**3)),
            ],
            defined=[[have(x * x * x > 0)]],
        ),
        lemma(
            "Bernoulli",
            given(x, k).where(x >= 0, x <= 1, k >= 0).says((1 - x) ** k >= 1 - k * x),
            [
                induction(
                    "k",
                    step=[
                        axiom("power_successor", 1 - x, k),
                        have((1 - x) * (1 - x) ** k >= (1 - x) * (1 - k * x)),
                        have(k * x * x >= 0),
                    ],
                )
            ],
            words="(1-x)^k ≥ 1 - kx",
        ),
        lemma(
            "halvings",
            given(a, b, k)
            .where(a > 0, a < 1, b > 0, k >= 0, k * log(1 / a) >= log(1 / b))
            .says(a**k <= b),
            [
                use("Powers: positive", x=a, k=k),
                axiom("log_power", a, k),
                axiom("log_one"),
                axiom("log_product", a, 1 / a),
                axiom("log_product", b, 1 / b),
                rewrite(a * (1 / a), 1),
                rewrite(b * (1 / b), 1),
                cases(a**k <= b, no=[axiom("log_increasing", b, a**k)]),
            ],
            words="a^k ≤ b once k log(1/a) ≥ log(1/b)",
        ),
        lemma(
            "log 8",
            given().says(log(8) >= 2),
            [enclosed(log(8) >= 2)],
        ),
    ),
    uses=(),
)
