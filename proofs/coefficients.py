"""Hermite coefficients as claims: "Coefficients of relu", E sigma(X) He_k(X) for each k.

He_k is monic, so that a_k = E sigma(X) He_k(X)/sqrt(k!).  Most are instances of what is proved for
general k.  For the others, piecewise polynomials and Gaussians are integrated as they stand; of
other functions k derivatives are taken: with
P = -(He_(k-1) f + He_(k-2) f' + ... + f^(k-1)) one has P' - x P = He_k f - f^(k), so that
E[He_k(X) f(X)] = E[f^(k)(X)].
"""

from collections.abc import Callable
from functools import lru_cache, partial

import sympy

from proofs.claim import Claim, Part, lemma
from proofs.clipped import (
    clipped_start,
    closed,
    cuts,
    expanded,
    needs_truncation,
    sum_of_means,
)
from proofs.duals import mean_proof, shortened
from proofs.engines.dual import mean, polynomial_mean
from proofs.engines.gaussians import linear, number, stein_mean, waves, weighted
from proofs.engines.identity import defining_facts, identity
from proofs.engines.unify import unified
from proofs.gabor_coefficients import gabor_parts
from proofs.general_coefficients import LABEL, RECURRENCE, General, general_coefficients
from proofs.language import Expression, equal, expectation, given
from proofs.tactics import Tactic, have, in_turn, use
from proofs.translate import Phi, term
from proofs.truncated import ITEM as TRUNCATED
from proofs.written import KINKS, Written, with_plain_rates, x
from symbolic import Activation
from symbolic.hermite import monic
from symbolic.laws import HermiteSum, Normalised, TermsLaw
from symbolic.variables import x as argument

LARGEST = 40
"""The largest k: the checker's Gaussian moments go up to the power 40."""


def coefficients_claim(sigma: Activation, last: int) -> Claim | None:
    """The claim about general k, where there is a closed form, and a_0, ..., a_last, at most a_40;
    None where no route of this module applies."""
    name = shortened(sigma.name)
    if isinstance(sigma.law, Normalised):
        return None
    written = Written(with_plain_rates(sigma))
    if not isinstance(written.activation.law, HermiteSum | TermsLaw):
        return None
    item = f"Coefficients of {name}"
    title = f"the Hermite coefficients of {name}"
    last = min(last, LARGEST)
    if (w := written.frequency) is not None:
        return Claim(item, title, tuple(gabor_parts(written, w, item, last)))
    general = general_coefficients(written, item)
    if general is None and needs_truncation(sigma):
        return None
    each = (_part(written, item, k, general) for k in range(last + 1))
    return Claim(item, title, (*(general.parts if general else ()), *each))


def _part(written: Written, item: str, k: int, general: General | None) -> Part:
    moment = written.activation.law.hermite_moment(k)
    if written.symbols:  # a product in the denominator is seen not to be 0, factor by factor
        above, below = map(sympy.factor, sympy.fraction(sympy.together(moment)))
        moment = above / below
    body = term(monic(k), argument, "x") * written.sigma(x)
    whole, form = expectation(x, body), closed(moment)
    plain = given(*written.parameters).where(*written.hypotheses)
    start = written.squares()
    if general is not None and general.follows and k > general.least:
        before = f"{item}: k = {k - 1}"
        integral = in_turn(use(f"{item}: {RECURRENCE}", k=k - 1), use(before))
    elif general is not None and k >= general.least:
        integral = in_turn(use(f"{item}: {LABEL}", k=k), *general.reduced(k))
        if written.symbols and written.has(sympy.erf, Phi, argument**2):
            form = general.at(k)
    elif general is not None and general.first is not None:
        integral = _late(partial(general.first, k))
    elif needs_truncation(written.activation):
        raised = {key: monic(k) * p for key, p in (cuts(written.activation) or {}).items()}
        start = clipped_start(plain, start)
        integral = in_turn(sum_of_means(body, expanded(raised)), unified(TRUNCATED))
    else:
        integral = _integral(written, whole, k)
    return lemma(
        f"k = {k}",
        plain.says(equal(whole, form)),
        [*start, integral, identity],
        words=f"E He_{k}(X)σ(X), which is √({k}!) a_{k}",
        defined=[[*start, defining_facts]],
    )


def _integral(written: Written, whole: Expression, k: int) -> Tactic:
    """The tactic that adds the value of the expectation, or what it is in terms of others."""
    if written.squares_of_sines and k == 1:
        return _late(lambda: stein_mean(whole, waves))
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
