"""Quotients under hypotheses that are no ranges: denominators multiplied out, then divided by.

forall a, b, c, d > 0 where a*d <= b*c: a/b <= (a + c)/(b + d)
"""

from typing import Any

from certificates.box_claims import Claim
from certificates.checker import Goal
from certificates.dyadic import Indeterminate, Undefined
from certificates.quotients import fraction
from certificates.terms import Formula, Malformed, Term, free_names, number
from proofs.engines.boxes import Search, spans_of
from proofs.engines.polynomial import find_certificate
from proofs.language import thawed

Evidence = dict[str, Any]
MOST_DENOMINATORS = 2


def evidence(goal: Goal, precision: int) -> Evidence | None:
    """Evidence for an inequality of quotients whose denominators have one sign, or None."""
    spans = spans_of(goal)
    related = [h for h in goal.hypotheses if len(free_names(h)) > 1]
    if spans is None or not related or goal.conclusion[0] not in ("<=", "<"):
        return None
    claim = Claim(goal.conclusion, spans, ())
    try:
        down = [d for d in fraction(claim.difference())[1] if number(d) is None]
    except (Malformed, Indeterminate, Undefined):
        return None
    cleared = next((inner.formula for _, inner in Search(1, precision).cleared(claim)), None)
    distinct = list(dict.fromkeys(down))
    if cleared is None or not 0 < len(distinct) <= MOST_DENOMINATORS:
        return None
    first = find_certificate(goal.proving(cleared), 2)
    return first and _divided(goal.having(cleared), distinct, cleared, first)


def _divided(
    goal: Goal, denominators: list[Term], cleared: Formula, first: Evidence
) -> Evidence | None:
    """The goal from the inequality without denominators, which its last hypothesis is."""
    wrappers: list[Evidence] = [{"by": "have", "claim": thawed(cleared), "proof": first}]
    for d in denominators:
        nonzero = find_certificate(goal.proving(("!=", d, 0)), 2)
        if nonzero is None:
            return None
        inverse = ("/", 1, d)
        wrappers.append(
            {"by": "axiom", "name": "quotient", "with": thawed((1, d)), "given": [nonzero]}
        )
        goal = goal.having(("=", ("*", d, inverse), 1))
        for sign in (("<", 0, inverse), ("<", inverse, 0)):
            proof = find_certificate(goal.proving(sign), 2)
            if proof is not None:
                wrappers.append({"by": "have", "claim": thawed(sign), "proof": proof})
                goal = goal.having(sign)
                break
    found = find_certificate(goal, 3)
    for wrapper in reversed(wrappers if found is not None else []):
        found = {**wrapper, "then": found}
    return found
