"""Hermite coefficients of the Gabor function exp(-x^2) sin(w x), one from the other.

With its companion g = exp(-x^2) cos(w x), by parts,

    3 E[He_(k+1) f] = w E[He_k g] - 2k E[He_(k-1) f],
    3 E[He_(k+1) g] = -w E[He_k f] - 2k E[He_(k-1) g],

proved once for symbolic k; each coefficient is an instance, from the two before it.
"""

from collections.abc import Iterator

import sympy

from proofs.claim import Part, lemma
from proofs.engines.gaussians import linear, number
from proofs.engines.identity import defining_facts, identity
from proofs.engines.modulated import cosine_mean, gabor_mean
from proofs.engines.unify import unified
from proofs.general_coefficients import RECURRENCE
from proofs.language import Expression, Formula, conjunction, equal, given, hermite
from proofs.recurrences import by_parts, k, moment, spelled
from proofs.tactics import Tactic, have, in_turn, split, use
from proofs.truncated import ITEM as TRUNCATED
from proofs.written import Written, value, x
from symbolic.activations import derive

WIDTH = 3
"""1 + 2a for exp(-a x^2) with a = 1."""


def gabor_parts(written: Written, w: Expression, item: str, last: int) -> Iterator[Part]:
    """The recurrence, then E[He_k f] and E[He_k g] for k from 0 to `last`."""
    sine = written.activation
    cosine = derive("companion", sine.expression.replace(sympy.sin, sympy.cos))
    f, g = written.sigma(x), spelled(cosine.expression)
    start = written.squares()
    defined = [[*start, defining_facts]]
    plain = given(*written.parameters).where(*written.hypotheses)
    yield lemma(
        RECURRENCE,
        given(*written.parameters, k).where(*written.hypotheses, k >= 1)
        .says(conjunction(_next(f, g, w), _next(g, f, -w))),
        [*start, split([_step(f, g, w)], [_step(g, f, -w)])],
        words="by parts, where f is σ and g is exp(-x²) cos(wx)",
        defined=defined,
    )  # fmt: skip
    names = {f: "k = {}", g: "companion k = {}"}
    for index in range(last + 1):
        for own, other, sign, activation in ((f, g, w, sine), (g, f, -w, cosine)):
            form = activation.law.hermite_moment(index)
            above = [names[other].format(index - 1), names[own].format(index - 2)][:index]
            steps: list[Tactic] = [use(f"{item}: {label}") for label in above]
            if index == 0:
                steps = [gabor_mean(w)] if own == f else [cosine_mean(w), unified(TRUNCATED)]
            elif index == 1:
                steps.append(_first(own, other, sign))
            else:
                steps.append(use(f"{item}: {RECURRENCE}", k=index - 1))
            yield lemma(
                names[own].format(index),
                plain.says(equal(moment(own, number(index)), value(form))),
                [*start, *steps, identity],
                words=_words(own == f, index),
                defined=defined,
            )


def _words(own: bool, index: int) -> str:
    if own:
        return f"E He_{index}(X)σ(X), which is √({index}!) a_{index}"
    return f"E He_{index}(X)g(X) for g = exp(-x²) cos(wx)"


def _next(f: Expression, g: Expression, w: Expression) -> Formula:
    """The recurrence for f."""
    later = w * moment(g, k) - 2 * k * moment(f, k - 1)
    return equal(moment(f, k + 1), later / WIDTH)


def _step(f: Expression, g: Expression, w: Expression) -> Tactic:
    """Its proof."""
    third, back = w / WIDTH, 2 * k / WIDTH
    combination = (
        hermite(k + 1, x) * f - third * (hermite(k, x) * g) + back * (hermite(k - 1, x) * f)
    )
    return in_turn(
        by_parts(combination, -(hermite(k, x) * f) / WIDTH, k),
        linear(moment(f, k + 1), number(1), moment(g, k), -third, moment(f, k - 1), back),
    )


def _first(f: Expression, g: Expression, w: Expression) -> Tactic:
    """Add E[He_1 f] = w E[g]/3."""
    zero, third = number(0), w / WIDTH
    one = moment(f, number(1))
    combination = hermite(1, x) * f - third * (hermite(0, x) * g)
    return in_turn(
        by_parts(combination, -f / WIDTH, zero),
        linear(one, number(1), moment(g, zero), -third),
        have(equal(one, third * moment(g, zero))),
    )
