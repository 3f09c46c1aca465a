"""Means of pairs of x^k, x^k Phi(x) and x^k exp(-x^2/2), as lemmas: what duals of x^k Phi(x) need.

Each is E f(X) g(Y) for -1 < rho < 1, a polynomial in rho, 1/sqrt(4 - rho^2) and asin(rho/2); its
proof is one use of Stein's identity and of the lemmas before it.
"""

from proofs.claim import Claim, Part, lemma
from proofs.engines.identity import defining_facts, identity
from proofs.engines.normal_powers import (
    FACTS,
    Pair,
    Sum,
    derivative,
    fact,
    in_order,
    label,
    mean_of,
    needed,
    pairs_of,
    written_form,
)
from proofs.language import equal, given, real
from proofs.tactics import use

rho = real("rho")


def item_of(sigma: Sum) -> str:
    """The name of the lemmas for a function: by the monomials in its derivative."""
    names = [f"{m.kind}_{m.power}" for m in sorted(derivative(sigma))]
    return f"Means of pairs of {', '.join(names)}"


def normal_means_claim(sigma: Sum) -> Claim:
    """The lemmas for a function, and those that they rest on."""
    item = item_of(sigma)
    parts = tuple(_part(pair, item) for pair in in_order(pairs_of(derivative(sigma))))
    return Claim(item, "means of powers, weighted by Phi and by Gaussians", parts)


def _part(pair: Pair, item: str) -> Part:
    return lemma(
        label(pair),
        given(rho).where(rho > -1, rho < 1).says(equal(mean_of(pair), written_form(pair))),
        [*FACTS, *(use(f"{item}: {label(p)}") for p in needed(pair)), fact(pair), identity],
        words="by Stein's identity",
        defined=[[defining_facts]],
    )
