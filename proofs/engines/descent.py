"""Engine `descent`: follows the gap of a claim downhill in doubles, to an exact point that refutes.

Where the least gap is negative, simple fractions near the place are tried, the simplest first; a
point counts when the checker's own evaluation says that the claim fails there.
"""

from collections.abc import Mapping
from typing import Any

from certificates.box_claims import Claim
from certificates.checker import Statement
from certificates.evaluation import Evaluator
from certificates.rules.evaluation import parse_value
from certificates.terms import numeral
from proofs.engines.boxes import points, spans_of, truth_of
from proofs.engines.floats import compiled, value_or_none
from proofs.engines.rational import simplest
from proofs.engines.search import PRECISION, refutes

STARTS, ROUNDS = 5, 160
RADII = [3.0 * 10.0**-k for k in range(1, 14)]

Point = dict[str, float]


def find_near(statement: Statement) -> dict[str, Any] | None:
    """Evidence that an inequality about reals fails near its least gap, or None."""
    goal = statement.goal
    names = sorted(goal.variables)
    if goal.conclusion[0] not in ("<=", "<") or not names:
        return None
    spans = spans_of(goal.proving(("<=", 0, ("+", 0, *names))))
    if spans is None or set(goal.variables.values()) != {"real"}:
        return None
    try:
        gap = compiled(("-", goal.conclusion[2], goal.conclusion[1]))
    except ValueError:
        return None
    allowed = [truth_of(h) for h in goal.hypotheses]
    claim = Claim(goal.conclusion, spans, goal.hypotheses)

    def value(at: Mapping[str, float]) -> float | None:
        return value_or_none(gap, at) if all(h(at) for h in allowed) else None

    starts = [(v, at) for at in points(claim, names) if (v := value(at)) is not None]
    starts.sort(key=lambda pair: pair[0])
    for start in starts[:STARTS]:
        least, at = lowest(value, *start)
        if least < 0 or (least == 0 and goal.conclusion[0] == "<"):
            found = exact(statement, value, at)
            if found is not None:
                return {"by": "counterexample", "precision": PRECISION, "at": found}
    return None


def lowest(value: Any, least: float, at: Point) -> tuple[float, Point]:
    """The least value that steps along the coordinates lead to."""
    steps = {name: 0.25 * max(abs(x), 0.25) for name, x in at.items()}
    for _ in range(ROUNDS):
        for name in at:
            trials = [{**at, name: at[name] + s} for s in (steps[name], -steps[name])]
            values = [(v, trial) for trial in trials if (v := value(trial)) is not None]
            best = min(values, key=lambda pair: pair[0], default=(least, at))
            if best[0] < least:
                least, at = best
                steps[name] *= 1.5
            else:
                steps[name] *= 0.4
        if max(steps.values()) < 1e-11:
            break
    return least, at


def exact(statement: Statement, value: Any, at: Point) -> dict[str, Any] | None:
    """A refuting point of fractions near a point of doubles, the simplest of those tried."""
    evaluator = Evaluator(PRECISION, statement.definitions)
    for radius in RADII:
        near = {n: simplest(x - radius, x + radius) for n, x in at.items()}
        gap = value({n: float(x) for n, x in near.items()})
        if gap is None or gap > 0:
            continue
        written = {n: numeral(near[n]) for n in statement.goal.variables}
        if refutes(statement, evaluator, {n: parse_value("real", v) for n, v in written.items()}):
            return written
    return None
