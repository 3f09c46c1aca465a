"""Closed forms of dual activations in Coq: each is a power series, nonnegative, of sum one.

So the universal theorems of the development speak of the very terms that the instances evaluate:
`sigma_hat` and `mu` below are the definitions that stand in the instances' certificates.
"""

from proofs.bounds import normalised
from proofs.claim import Claim, Part, statement
from proofs.instances import ACTIVATIONS, dual
from proofs.language import Sequence, conjunction, equal, exists, forall, given, real

NAMES = (*ACTIVATIONS, "exp", "sin", "cos")


def closed_form(name: str) -> Part:
    """There is a sequence with this dual and this coefficient of non-linearity."""
    closed, c, rho = dual(name), Sequence("c"), real("rho")
    says = exists(
        c,
        holds=conjunction(
            *normalised(c),
            equal(closed.mu(), 1 - c[1]),
            closed.mu() > 0,
            forall(rho, holds=(abs(rho) <= 1).implies(equal(closed.sigma_hat(rho), c.dual(rho)))),
        ),
    )
    return statement(name, given().says(says, closed.sigma_hat, closed.mu))


CLOSED_FORMS = Claim(
    "Closed forms",
    "closed forms of dual activations are power series with nonnegative coefficients of sum one",
    tuple(closed_form(name) for name in NAMES),
)
