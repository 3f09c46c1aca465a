"""Ranges that depend on other variables: y >= a becomes y = a + t with t >= 0.

The claim about t, for all t, is proved first, and then used for t = y - a: no rule of its own.
An inequality that is tight wherever two variables are equal is proved so on either side of that.
"""

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any

from certificates.checker import Goal
from certificates.terms import Formula, Term, free_names, substitute
from proofs.engines import boxes
from proofs.engines.polynomial import find_certificate
from proofs.language import thawed

Evidence = dict[str, Any]
MOST_VARIABLES = 4


def evidence(goal: Goal, engine: Callable[[Goal], Evidence | None]) -> Evidence | None:
    """Evidence for a comparison by the engine, after such a change of one variable, or None."""
    if goal.conclusion[0] not in ("<=", "<") or len(goal.variables) > MOST_VARIABLES:
        return None
    for name, distance, end, sign in _bounded_by_others(goal):
        found = _changed(goal, name, distance, end, sign, engine)
        if found is not None:
            return found
    return None


def on_both_sides(goal: Goal, engine: Callable[[Goal], Evidence | None]) -> Evidence | None:
    """Evidence by the cases x <= y and y < x, where both sides are equal for x = y, or None."""
    if goal.conclusion[0] not in ("<=", "<") or not 2 <= len(goal.variables) < MOST_VARIABLES:
        return None
    used = sorted(free_names(goal.conclusion))
    for x, y in combinations([n for n in used if goal.variables.get(n) == "real"], 2):
        if not boxes.vanishes(goal.proving(substitute(goal.conclusion, {y: x}))):
            continue
        t = _fresh(goal, y)
        beside = goal.extended({t: "real"}).having(("<=", 0, t))
        shifted = [substitute(goal.conclusion, {a: ("+", b, t)}) for a, b in ((x, y), (y, x))]
        if not all(boxes.mostly_computed(beside.proving(c)) for c in shifted):
            continue
        halves = []
        for condition in (("<=", x, y), ("<", y, x)):
            half = goal.having(condition)
            found = evidence(half, engine)
            if found is None:
                break
            halves.append(found)
        else:
            return {"by": "cases", "on": thawed(("<=", x, y)), "yes": halves[0], "no": halves[1]}
    return None


def _bounded_by_others(goal: Goal) -> Iterator[tuple[str, Formula, Term, int]]:
    """(y, the hypothesis, a, 1 or -1) for y >= a or y <= a, where a involves other variables."""
    used = free_names(goal.conclusion)
    for h in goal.hypotheses:
        if h[0] not in ("<=", "<"):
            continue
        for y, a, sign in ((h[2], h[1], 1), (h[1], h[2], -1)):
            others = free_names(a)
            if isinstance(y, str) and y in used and others and y not in others:
                if goal.variables.get(y) == "real" and len(free_names(h) - used) == 0:
                    yield y, h, a, sign


def _changed(
    goal: Goal, name: str, distance: Formula, end: Term, sign: int,
    engine: Callable[[Goal], Evidence | None],
) -> Evidence | None:  # fmt: skip
    t = _fresh(goal, name)
    there: Term = ("+" if sign > 0 else "-", end, t)
    away: Term = ("-", name, end) if sign > 0 else ("-", end, name)
    known: list[Formula] = [(distance[0], 0, t)]
    known += [
        substitute(h, {name: there})
        for h in goal.hypotheses
        if name in free_names(h) and h is not distance
    ]
    conclusion = substitute(goal.conclusion, {name: there})
    claim = ("forall", ((t, "real"),), ("implies", ("and", *known), conclusion))
    inner = goal.extended({t: "real"}).having(*known).proving(conclusion)
    proof = engine(inner)
    if proof is None:
        return None
    later = goal.having(claim)
    given = [find_certificate(later.proving(substitute(h, {t: away})), 1) for h in known]
    if None in given:
        return None
    return {
        "by": "have", "claim": thawed(claim),
        "proof": {"by": "intro", "names": [t],
                  "then": {"by": "intro", "names": [], "then": proof}},
        "then": {"by": "instantiate", "hypothesis": len(goal.hypotheses),
                 "with": {t: thawed(away)}, "given": given, "then": {"by": "assumption"}},
    }  # fmt: skip


def _fresh(goal: Goal, name: str) -> str:
    return next(n for n in (f"{name}{k}" for k in range(2, 99)) if n not in goal.variables)
