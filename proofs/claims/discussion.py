"""Unnumbered assertions: uncentred activations, batch normalisation, general activations."""

from collections.abc import Callable
from fractions import Fraction

from certificates.checker import Goal
from certificates.terms import numeral
from proofs.bounds import normalised
from proofs.claim import Claim, amended, lemma, statement
from proofs.claims.exponentials import log
from proofs.language import (
    Activation,
    Expression,
    Sequence,
    equal,
    forall,
    function,
    given,
    integer,
    joint_expectation,
    real,
    series,
)
from proofs.tactics import (
    Continue,
    Evidence,
    Prover,
    Stuck,
    axiom,
    cases,
    have,
    induction,
    instantiate,
    rewrite,
    termwise,
    use,
)

c = Sequence("c")
rho, x, y, z, u, v, w, shift, chi = (
    real(name) for name in ("rho", "x", "y", "z", "u", "v", "w", "shift", "chi")
)
i, k, L = integer("i"), integer("k"), integer("L")

unit_sum = normalised(c)[1]
uncentred = (unit_sum, c[0] > 0)
slope = forall(
    x, holds=((x >= 0) & (x <= 1)).implies((1 - c.dual(x) <= chi * (1 - x)) & (c.dual(x) <= 1))
)


def bounded_dual(prover: Prover, goal: Goal, then: Continue) -> Evidence:
    """Proves |sigma-hat(x)| <= 1 for |x| <= 1 and coefficients of sum 1, whatever x is called."""
    match goal.conclusion:
        case ("<=", ("abs", ("dual", str(), argument)), 1):
            tactic = use("Uncentred activations: bounded", x=Expression(argument))
            return tactic(prover, goal, then)
    raise Stuck("not about a value of the dual activation")


UNCENTRED = Claim(
    "Uncentred activations",
    "what happens to dot products when E σ(X) ≠ 0 (Section 7)",
    (
        statement(
            "printed",
            given(x, rho)
            .where(x > 0, x < 1, rho >= 0, rho < 1)
            .says(1 - (x + (1 - x) * rho**2) < 1 - rho),
            words="'all pairwise dot products approach 1': each layer brings them nearer to 1, "
            "here for σ with a_0² = x, a_2² = 1 - x",
        ),
        lemma(
            "a fixed point",
            given(rho, L)
            .where(equal(rho, Fraction(1, 2)), L >= 0)
            .says(equal(Fraction(1, 3) + 2 * rho**2 / 3, rho)),
            [rewrite(rho, Fraction(1, 2))],
            words="σ with a_0² = 1/3, a_2² = 2/3: σ̂(1/2) = 1/2, so that 1/2 stays at every depth",
        ),
        lemma(
            "range",
            given(c, x)
            .where(unit_sum, x >= 0, x <= 1)
            .says((c.dual(x) >= c[0]) & (c.dual(x) <= 1)),
            [
                have(
                    c.dual(x) >= c[0],
                    termwise("c", "i", converge=[[]]),
                    use("Powers: nonnegative", x=x, k=i),
                    cases(equal(i, 0), yes=[rewrite(i, 0)]),
                ),
                have(
                    c.dual(x) <= series(i, 0, c[i]),
                    termwise("c", "i", converge=[[]]),
                    use("Powers: at most one", x=x, k=i),
                ),
            ],
            words="a_0² ≤ σ̂ ≤ 1 on [0, 1]",
        ),
        lemma(
            "bounded",
            given(c, x).where(unit_sum, abs(x) <= 1).says(abs(c.dual(x)) <= 1),
            [
                have(
                    c.dual(x) <= series(i, 0, c[i]),
                    termwise("c", "i"),
                    use("Powers: absolute value", x=x, y=1, k=i),
                ),
                have(
                    -c.dual(x) <= series(i, 0, c[i]),
                    termwise("c", "i"),
                    use("Powers: absolute value", x=x, y=1, k=i),
                ),
            ],
        ),
        lemma(
            "iterates",
            given(c, rho, L)
            .where(unit_sum, rho >= 0, rho <= 1, L >= 0)
            .says((c.iterated(L, rho) >= 0) & (c.iterated(L, rho) <= 1)),
            [
                induction(
                    "L",
                    base=[axiom("iterate_zero", c.iterated(0, rho))],
                    step=[
                        axiom("iterate_successor", c.iterated(L, rho)),
                        use("Uncentred activations: range", x=c.iterated(L, rho)),
                        axiom("coefficient", c[0]),
                    ],
                )
            ],
            defined=[[bounded_dual]],
        ),
        amended(
            "amended",
            "printed",
            given(c, rho, L)
            .where(*uncentred, rho >= 0, rho <= 1, L >= 1)
            .says(c.iterated(L, rho) >= c[0]),
            [
                use("Uncentred activations: iterates", L=L - 1),
                axiom("iterate_successor", c.iterated(L - 1, rho)),
                use("Uncentred activations: range", x=c.iterated(L - 1, rho)),
            ],
            words="they stay at least a_0², so that they do not approach 0: centring is needed",
            defined=[[bounded_dual]],
        ),
        lemma(
            "rate",
            given(c, chi, rho, L)
            .where(unit_sum, chi >= 0, slope, rho >= 0, rho <= 1, L >= 0)
            .says(
                (c.iterated(L, rho) >= 0)
                & (c.iterated(L, rho) <= 1)
                & (1 - c.iterated(L, rho) <= chi**L * (1 - rho))
            ),
            [
                induction(
                    "L",
                    base=[axiom("iterate_zero", c.iterated(0, rho))],
                    step=[
                        axiom("iterate_successor", c.iterated(L, rho)),
                        axiom("power_successor", chi, L),
                        instantiate(slope, x=c.iterated(L, rho)),
                        use("Uncentred activations: range", x=c.iterated(L, rho)),
                        axiom("coefficient", c[0]),
                        have(chi * (1 - c.iterated(L, rho)) <= chi * (chi**L * (1 - rho))),
                    ],
                )
            ],
            words="with slope χ = σ̂'(1) < 1 they do approach 1, at the rate χ^L; ReLU has χ = 1",
            defined=[[bounded_dual]],
        ),
    ),
)

BATCH_NORM = Claim(
    "Batch normalisation",
    "translating the activation does not change the output (Section 7)",
    (
        statement(
            "mean",
            given(c, u, v, shift, w)
            .where(unit_sum, equal(w, u * series(i, 0, c[i]) + shift * series(i, 0, c[i])))
            .says(equal(v + shift - w, v - u)),
            [rewrite(series(i, 0, c[i]), 1)],
            words="subtracting the batch mean: v a value, u the mean, w the mean after the "
            "translation; c the weights of the batch",
        ),
        statement(
            "variance",
            given(x, y, z, shift).says(
                equal(
                    ((x + shift) ** 2 + (y + shift) ** 2 + (z + shift) ** 2) / 3
                    - ((x + y + z) / 3 + shift) ** 2,
                    (x**2 + y**2 + z**2) / 3 - ((x + y + z) / 3) ** 2,
                )
            ),
            words="the batch variance, for three samples",
        ),
        statement(
            "next layer",
            given(x, y, u, v, shift).says(
                equal(
                    (u * (x + shift) + v * (y + shift)) - shift * (u + v),
                    u * x + v * y,
                )
            ),
            words="before the next activation: weights (u, v) move every pre-activation by the "
            "same amount, which the batch mean takes away",
        ),
    ),
)

Corner = tuple[Fraction, Fraction]
corners: tuple[Corner, ...] = (
    (Fraction(1), Fraction(0)), (Fraction(3, 5), Fraction(4, 5)),
    (Fraction(4, 5), Fraction(3, 5)), (Fraction(0), Fraction(1)),
)  # fmt: skip
weights = (7, 25, -25, -7)


def dot(p: Corner, q: Corner) -> Fraction:
    """The inner product of two points of the plane."""
    return p[0] * q[0] + p[1] * q[1]


def quadratic_form(kernel: Callable[[Fraction], Expression]) -> Expression:
    """The sum of weight_i weight_j kernel(x_i . x_j) over the four points."""
    total = Expression(0)
    for a, p in zip(weights, corners, strict=True):
        for b, q in zip(weights, corners, strict=True):
            total = total + a * b * kernel(dot(p, q))
    return total


GENERAL = Claim(
    "General activations",
    "one layer of a general activation need not separate points (Appendix F)",
    (
        statement(
            "statement",
            given(x).says(equal(quadratic_form(lambda r: x * Expression(numeral(r**2))), 0)),
            words="'we in addition show that one cannot hope for such a statement': Appendix F "
            "does not; σ = h_2, σ̂(ρ) = ρ²: the unit vectors (1, 0), (3/5, 4/5), (4/5, 3/5), (0, 1) "
            "have |x_i·x_j| ≤ 24/25, and vᵀK̄v = 0 for v = (7, 25, -25, -7)",
        ),
        lemma(
            "third degree",
            given().says(quadratic_form(lambda r: Expression(numeral(r**3))) > 0),
            words="the same points and v with σ̂(ρ) = ρ³",
        ),
    ),
    uses=("Fact 3",),
)

n = integer("n")
delta = real("delta")
sigma = Activation("sigma")

RELU_WIDTH = Claim(
    "Width for ReLU",
    "training the top layer takes a width logarithmic in 1/δ (Section 7)",
    (
        statement(
            "statement",
            given(n, delta)
            .where(n >= 1, delta > 0, delta < 1, log(n) <= log(1 / delta))
            .says(n**2 * log(n / delta) ** 3 <= 8 * n**2 * log(1 / delta) ** 3),
            [
                axiom("quotient", 1, delta),
                have(1 / delta > 0),
                axiom("log_product", n, 1 / delta),
                axiom("log_one"),
                axiom("log_monotone", 1, n),
                have(log(n / delta) >= 0),
                use("Powers: increasing in the base", x=log(n / delta), y=2 * log(1 / delta), k=3),
                have(n * n >= 0),
                have(n * n * (8 * log(1 / delta) ** 3 - log(n / delta) ** 3) >= 0),
            ],
            words="n² log³(n/δ) of Theorem 12 is at most 8n² log³(1/δ) for δ ≤ 1/n; what Lemma 11 "
            "asks for stands with Theorem 12",
            defined=[[axiom("quotient", 1, delta), have(1 / delta > 0)]],
        ),
        lemma(
            "unbounded",
            given(x, y).where(y >= 0, equal(x, y + 1)).says(function("max", x, 0) > y),
            words="no constant bounds ReLU, as Theorem 15 asks of σ",
        ),
        statement(
            "all layers",
            given(sigma, y)
            .where(forall(x, holds=abs(sigma(x)) <= y))
            .says(joint_expectation(0, u, v, sigma(u) ** 2 * sigma(v) ** 2) <= y**4),
            words="Section 7: 'for training all the layers with ReLU the width only has a "
            "logarithmic dependence in 1/δ (see Theorem 12)'; recorded: the boundedness that "
            "Theorem 15 asks for",
            source="no item of the paper: Theorem 12 trains the top layer, as the introduction "
            "says; Theorem 15 excludes ReLU, and Remark 17 has widths polynomial in 1/δ",
        ),
    ),
    uses=("Theorem 12",),
)
