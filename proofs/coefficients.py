"""Hermite coefficients as claims: "Coefficients of relu", E sigma(X) He_k(X) for each k.

He_k is monic, so that a_k = E sigma(X) He_k(X)/sqrt(k!).  Piecewise polynomials and Gaussians are
integrated as they stand; of other functions k derivatives are taken: with
P = -(He_(k-1) f + He_(k-2) f' + ... + f^(k-1)) one has P' - x P = He_k f - f^(k), so that
E[He_k(X) f(X)] = E[f^(k)(X)].
"""

from collections.abc import Callable
from functools import lru_cache

import sympy

from proofs.claim import Claim, Part, lemma
from proofs.clipped import needs_truncation
from proofs.duals import KINKS, mean_proof, shortened
from proofs.engines.dual import mean, polynomial_mean
from proofs.engines.gaussians import linear, number, weighted
from proofs.engines.identity import defining_facts, identity
from proofs.language import Expression, equal, expectation, given
from proofs.tactics import Tactic, have, in_turn
from proofs.translate import Phi, term
from proofs.written import Written, value, with_plain_rates, x
from symbolic import Activation
from symbolic.hermite import monic_coefficients
from symbolic.laws import HermiteSum, Normalised, TermsLaw
from symbolic.variables import x as argument

LARGEST = 40
"""The largest k: the checker's Gaussian moments go up to the power 40."""


def monic(k: int) -> sympy.Expr:
    """He_k(x)."""
    return sympy.Add(*(c * argument**i for i, c in enumerate(monic_coefficients(k)) if c))


def coefficients_claim(sigma: Activation, last: int) -> Claim | None:
    """The claim about a_0, ..., a_last; None where no route of this module applies."""
    name = shortened(sigma.name)
    if needs_truncation(sigma) or last > LARGEST or isinstance(sigma.law, Normalised):
        return None
    written = Written(with_plain_rates(sigma))
    if not isinstance(written.activation.law, HermiteSum | TermsLaw):
        return None
    item = f"Coefficients of {name}"
    title = f"the Hermite coefficients of {name}"
    return Claim(item, title, tuple(_part(written, k) for k in range(last + 1)))


def _part(written: Written, k: int) -> Part:
    moment = written.activation.law.hermite_moment(k)
    if written.symbols:  # a product in the denominator is seen not to be 0, factor by factor
        above, below = map(sympy.factor, sympy.fraction(sympy.together(moment)))
        moment = above / below
    whole = expectation(x, term(monic(k), argument, "x") * written.sigma(x))
    start = written.squares()
    return lemma(
        f"k = {k}",
        given(*written.parameters).where(*written.hypotheses).says(equal(whole, value(moment))),
        [*start, _integral(written, whole, k), identity],
        words=f"E He_{k}(X)σ(X), which is √({k}!) a_{k}",
        defined=[[*start, defining_facts]],
    )


def _integral(written: Written, whole: Expression, k: int) -> Tactic:
    """The tactic that adds the value of the expectation, or what it is in terms of others."""
    smooth = written.has(sympy.sin, sympy.cos, sympy.erf, Phi)
    if written.has(*KINKS):
        return _late(lambda: polynomial_mean(whole, (0,)))
    if not smooth and not written.has(sympy.exp):
        return in_turn()
    if not smooth and written.has(argument**2):
        return _late(lambda: weighted(whole))
    return _late(lambda: _by_parts(written, whole, k))


def _late(made: Callable[[], Tactic]) -> Tactic:
    """A tactic that is made when it is used: what cannot be made leaves its part open."""
    return lambda prover, goal, then: made()(prover, goal, then)


@lru_cache(maxsize=2 * LARGEST)
def _derivative(f: sympy.Expr, k: int) -> sympy.Expr:
    """f^(k), expanded; the claims for k and k + 1 share those below."""
    return sympy.expand(sympy.diff(_derivative(f, k - 1), argument) if k else f)


def _by_parts(written: Written, whole: Expression, k: int) -> Tactic:
    """Add E[He_k f] = E[f^(k)], and the value of the latter."""
    found = [_derivative(written.expression, j) for j in range(k + 1)]
    last = expectation(x, term(found[k], argument, "x"))
    primitive = sympy.Add(*(-monic(k - 1 - j) * found[j] for j in range(k)))
    difference = Expression(("expect", "x", ("-", whole.tree[-1], last.tree[-1])))
    return in_turn(
        mean(difference, (), [term(primitive, argument, "x")], [[]]),
        linear(whole, number(1), last, number(-1)),
        have(equal(whole, last)),
        mean_proof(written)(last),
    )
