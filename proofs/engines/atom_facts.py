"""What is known of the parts of a claim that are not polynomial: signs, bounds, squares of roots.

Each fact is that of an axiom, whose premises linear or quadratic arithmetic proves.
"""

from collections.abc import Iterator
from itertools import permutations
from typing import Any

from certificates.checker import Goal
from certificates.rules.axioms import AXIOMS
from certificates.terms import BINDERS, Term, negation, rational_exponent
from proofs.engines.polynomial import find_certificate
from proofs.language import thawed

Evidence = dict[str, Any]
MOST_FACTS = 12
BOUNDED = ("sin", "cos", "erf", "Phi", "atan")
MONOTONE = ("exp", "atan", "erf", "Phi", "sqrt", "log", "asin")
ODD = ("atan", "erf", "asin")
MOST_PAIRS = 6
Wanted = tuple[str, tuple[Term, ...]]


def evidence(goal: Goal) -> Evidence | None:
    """The goal by linear arithmetic with these facts, or None."""
    wrappers, richer = with_facts(goal, (*_wanted(goal.conclusion), *_ordered(goal.conclusion)))
    found = find_certificate(richer, 1) if wrappers else None
    return found and wrapped(wrappers, found)


def with_facts(goal: Goal, wanted: tuple[Wanted, ...] = ()) -> tuple[list[Evidence], Goal]:
    """The axioms used, without what follows them, and the goal with their facts."""
    wrappers: list[Evidence] = []
    for name, terms in list(dict.fromkeys(wanted or _wanted(goal.conclusion)))[:MOST_FACTS]:
        premises, fact = AXIOMS[name](goal, *terms)
        proofs = [_premise(goal.proving(p)) for p in premises]
        if None in proofs:
            continue
        wrappers.append({"by": "axiom", "name": name, "with": thawed(terms), "given": proofs})
        goal = goal.having(fact)
    return wrappers, goal


def _premise(goal: Goal) -> Evidence | None:
    """A premise by quadratic arithmetic; |u| <= 1 for either sign of u."""
    match goal.conclusion:
        case ("<=", ("abs", u), _) if not goal.knows(goal.conclusion):
            condition = ("<=", 0, u)
            yes, no = (
                find_certificate(goal.having(c), 1) for c in (condition, negation(condition))
            )
            if yes is None or no is None:
                return None
            return {"by": "cases", "on": thawed(condition), "yes": yes, "no": no}
    return find_certificate(goal, 2)


def wrapped(wrappers: list[Evidence], then: Evidence) -> Evidence:
    """The evidence after the axioms."""
    for wrapper in reversed(wrappers):
        then = {**wrapper, "then": then}
    return then


def _ordered(term: Term) -> Iterator[Wanted]:
    """That f increases, for two values of one f in the term, or for one beside f(0) = 0."""
    values: dict[str, list[Term]] = {}

    def visit(part: Term) -> None:
        if not isinstance(part, tuple) or part[0] in BINDERS or part[0] in ("forall", "exists"):
            return
        if part[0] in (*MONOTONE, "acos") and part not in values.setdefault(part[0], []):
            values[part[0]].append(part)
        for inner in part[1:]:
            visit(inner)

    visit(term)
    for acos in values.pop("acos", ()):
        values.setdefault("asin", []).append(("asin", acos[1]))
    for op, own in values.items():
        for value in own if op in ODD else ():
            yield from (("increasing", pair) for pair in permutations(((op, 0), value)))
        for pair in list(permutations(own, 2))[:MOST_PAIRS]:
            yield "increasing", pair


def _wanted(term: Term) -> Iterator[Wanted]:
    """Axioms and the terms that they are about, the innermost first."""
    if not isinstance(term, tuple) or term[0] in BINDERS or term[0] in ("forall", "exists"):
        return
    for part in term[1:]:
        yield from _wanted(part)
    match term:
        case ("sqrt", u):
            yield "root", (u,)
        case ("rpow", _, exponent) if rational_exponent(exponent) > 0:
            yield "rational_root", (term,)
        case ("exp", u):
            yield "exp_bounds", (u,)
        case ("ceil", u):
            yield "ceiling", (u,)
        case ("floor", u):
            yield "floor_part", (u,)
        case ("log", u):
            yield "log_bounds", (u,)
        case ("asin", _):
            yield from _arcsine(term)
        case ("acos", u):
            yield "arccosine", (u,)
            yield from _arcsine(("asin", u))
        case ("pi",):
            yield "pi_bounds", ()
        case (op, u) if op in BOUNDED:
            yield "function_range", (term,)
            if op in ("sin", "cos"):
                yield "pythagoras", (u,)


def _arcsine(term: Term) -> Iterator[Wanted]:
    """|asin| <= pi/2."""
    yield "arcsine_one", ()
    yield "increasing", (("asin", -1), term)
    yield "increasing", (term, ("asin", 1))
