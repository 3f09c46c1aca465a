"""Ranges that depend on other variables: y >= a becomes y = a + t with t >= 0.

The claim about t, for all t, is proved first, and then used for t = y - a: no rule of its own.
"""

from collections.abc import Callable, Iterator
from typing import Any

from certificates.checker import Goal
from certificates.terms import Formula, Term, free_names, substitute
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
    t = next(n for n in (f"{name}{k}" for k in range(2, 99)) if n not in goal.variables)
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
