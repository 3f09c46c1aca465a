"""What is known of the parts of a claim that are not polynomial: signs, bounds, squares of roots.

Each fact is that of an axiom, whose premises linear or quadratic arithmetic proves.
"""

from collections.abc import Iterator
from typing import Any

from certificates.checker import Goal
from certificates.rules.axioms import AXIOMS
from certificates.terms import BINDERS, Term, rational_exponent
from proofs.engines.polynomial import find_certificate
from proofs.language import thawed

Evidence = dict[str, Any]
MOST_FACTS = 12
BOUNDED = ("sin", "cos", "erf", "Phi", "atan")


def with_facts(goal: Goal) -> tuple[list[Evidence], Goal]:
    """The axioms used, without what follows them, and the goal with their facts."""
    wrappers: list[Evidence] = []
    for name, term in list(dict.fromkeys(_wanted(goal.conclusion)))[:MOST_FACTS]:
        premises, fact = AXIOMS[name](goal, *([] if term is None else [term]))
        proofs = [find_certificate(goal.proving(p), 2) for p in premises]
        if None in proofs:
            continue
        wrappers.append(
            {"by": "axiom", "name": name, "with": [] if term is None else [thawed(term)],
             "given": proofs}
        )  # fmt: skip
        goal = goal.having(fact)
    return wrappers, goal


def wrapped(wrappers: list[Evidence], then: Evidence) -> Evidence:
    """The evidence after the axioms."""
    for wrapper in reversed(wrappers):
        then = {**wrapper, "then": then}
    return then


def _wanted(term: Term) -> Iterator[tuple[str, Term | None]]:
    """Axioms and the terms that they are about, the innermost first."""
    if not isinstance(term, tuple) or term[0] in BINDERS or term[0] in ("forall", "exists"):
        return
    for part in term[1:]:
        yield from _wanted(part)
    match term:
        case ("sqrt", u):
            yield "root", u
        case ("rpow", _, exponent) if rational_exponent(exponent) > 0:
            yield "rational_root", term
        case ("exp", u):
            yield "exp_bounds", u
        case ("ceil", u):
            yield "ceiling", u
        case ("floor", u):
            yield "floor_part", u
        case ("log", u):
            yield "log_bounds", u
        case ("acos", u):
            yield "arccosine", u
        case ("pi",):
            yield "pi_bounds", None
        case (op, u) if op in BOUNDED:
            yield "function_range", term
            if op in ("sin", "cos"):
                yield "pythagoras", u
