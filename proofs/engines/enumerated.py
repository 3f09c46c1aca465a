"""Integers in short ranges beside real variables: each value on its own."""

from collections.abc import Callable
from typing import Any

from certificates.checker import Goal
from certificates.rules.equality import exchanged
from certificates.terms import free_names, number
from proofs.engines.boxes import spans_of
from proofs.engines.polynomial import find_certificate
from proofs.language import thawed

Evidence = dict[str, Any]
MOST_VALUES = 30


def evidence(goal: Goal, engine: Callable[[Goal], Evidence | None]) -> Evidence | None:
    """Evidence for a goal, at each value of an integer variable of few values; or None."""
    used = [n for n in sorted(free_names(goal.conclusion)) if n in goal.variables]
    if "int" not in {goal.variables[n] for n in used}:
        return None
    spans = spans_of(goal)
    for name in used if spans is not None else ():
        low, high = (number(e) if e is not None else None for e in _ends(spans, name))
        if goal.variables[name] != "int" or low is None or high is None:
            continue
        first, last = -(-low // 1), high // 1
        if 0 <= last - first < MOST_VALUES:
            return _from(goal, name, int(first), int(last), engine)
    return None


def _ends(spans: Any, name: str) -> tuple[Any, Any]:
    return spans[name].low, spans[name].high


def _from(
    goal: Goal, name: str, first: int, last: int, engine: Callable[[Goal], Evidence | None]
) -> Evidence | None:
    """Evidence where the hypotheses say that the variable is one of first, ..., last."""
    if first < last:
        at_most, more = ("<=", name, first), ("<", first, name)
        yes = _from(goal.having(at_most), name, first, first, engine)
        no = yes and _from(goal.having(more), name, first + 1, last, engine)
        return no and {"by": "cases", "on": thawed(at_most), "yes": yes, "no": no}
    below, above = ("<=", name, first), ("<=", first, name)
    halves = [
        find_certificate(goal.proving(below), 1),
        find_certificate(goal.having(below).proving(above), 1),
    ]
    then = None if None in halves else engine(exchanged(goal, name, first))
    return then and {
        "by": "rewrite", "old": name, "new": first, "equal": {"by": "split", "parts": halves},
        "then": then,
    }  # fmt: skip
