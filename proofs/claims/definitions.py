"""Definitions 1, 4, 21 and Lemma 5: mu, the dual activation, and the infinite-width limit."""

from proofs.bounds import normalised
from proofs.claim import Claim, statement
from proofs.claims.lemma_23 import dual_is_bounded
from proofs.language import (
    Activation,
    Expression,
    Sequence,
    equal,
    exists,
    expectation,
    forall,
    given,
    integer,
    joint_expectation,
    real,
)
from proofs.tactics import axiom, induction, use

c = Sequence("c")
sigma = Activation("sigma")
mu, rho, x, y = real("mu"), real("rho"), real("x"), real("y")
L = integer("L")

CAUCHY_SCHWARZ = (
    "the Cauchy-Schwarz inequality in L² of the Gaussian measure, |E fg|² ≤ E f² E g² for square "
    "integrable f and g: σ is, by (1)"
)
DANIELY = "Daniely, Frostig, Singer 2016, Toward deeper understanding of neural networks"

# the normalisation (1)
centred = (equal(expectation(x, sigma(x)), 0), equal(expectation(x, sigma(x) ** 2), 1))


def dual_activation(rho: Expression) -> Expression:
    """sigma-hat(rho) = E[sigma(X) sigma(X')] at correlation rho."""
    return joint_expectation(rho, x, y, sigma(x) * sigma(y))


def iterated_dual(depth: Expression, rho: Expression) -> Expression:
    """The dual activation composed with itself, from the definition."""
    step = dual_activation(real("r"))
    return Expression(("iter", "r", step.tree, depth.tree, rho.tree))


DEFINITION_1 = Claim(
    "Definition 1",
    "the coefficient of non-linearity μ = 1 - (E[Xσ(X)])²",
    (
        statement(
            "activation form",
            given(sigma, mu)
            .where(*centred, equal(mu, 1 - expectation(x, x * sigma(x)) ** 2))
            .says((mu >= 0) & (mu <= 1)),
            form="activation",
            source=CAUCHY_SCHWARZ,
        ),
        statement(
            "sequence form",
            given(c, mu).where(*normalised(c), equal(mu, 1 - c[1])).says((mu >= 0) & (mu <= 1)),
            [use("Lemma 22: at most one")],
        ),
    ),
    uses=("Fact 4",),
)


def _dual_parts(item: str) -> Claim:
    return Claim(
        item,
        "the dual activation σ̂ : [-1, 1] → [-1, 1]",
        (
            statement(
                "activation form",
                given(sigma, rho)
                .where(*centred, abs(rho) <= 1)
                .says(abs(dual_activation(rho)) <= 1),
                form="activation",
                source=CAUCHY_SCHWARZ,
            ),
            statement(
                "sequence form",
                given(c, rho).where(*normalised(c), abs(rho) <= 1).says(abs(c.dual(rho)) <= 1),
                [dual_is_bounded],
            ),
            statement(
                "composition",
                given(c, rho, L)
                .where(*normalised(c), abs(rho) <= 1, L >= 0)
                .says(abs(c.iterated(L, rho)) <= 1),
                [
                    induction(
                        "L",
                        base=[axiom("iterate_zero", c.iterated(0, rho))],
                        step=[
                            axiom("iterate_successor", c.iterated(L, rho)),
                            use("Lemma 23: increasing", x=c.iterated(L, rho), y=1),
                        ],
                    )
                ],
                words="the l-fold composition σ̂^(l) is well defined",
                defined=[[dual_is_bounded]],
            ),
        ),
        uses=("Fact 3", "Fact 4"),
    )


DEFINITION_4 = _dual_parts("Definition 4")
DEFINITION_21 = _dual_parts("Definition 21")

LEMMA_5 = Claim(
    "Lemma 5",
    "the infinite-width limit of the kernels is σ̂^(l)",
    (
        statement(
            "limit",
            given(sigma, L)
            .where(*centred, L >= 1)
            .says(
                exists(
                    c,
                    holds=forall(
                        rho,
                        holds=(abs(rho) <= 1).implies(
                            equal(iterated_dual(L, rho), c.iterated(L, rho))
                        ),
                    ),
                )
            ),
            words="the limit kernel by layers, E[σσ'] at the correlation below, in sequence form; "
            "that k^(l) converges to it almost surely is outside the statement language",
            form="activation",
            source=f"{DANIELY}; from the second layer on the inputs of σ have variance near 1 "
            "only, and the law of large numbers is at hand where E σ(sX)² is continuous in s at 1, "
            "which (1) alone does not give: σ(x)² may be of order e^(x²/2)/(1 + x²)",
        ),
    ),
    uses=("Definition 4", "Fact 1", "Fact 3"),
)
