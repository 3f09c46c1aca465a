"""Writes near_misses.txt: for each true comparison a claim that is false by 1e-3, 1e-6 or 1e-12.

    python -m tests.corpus.near_misses

The gap of the true claim is made as small as sampling finds it, at a rational witness; the constant
that the near-miss adds exceeds the gap there by the amount named.  That the witness satisfies the
hypotheses and refutes the near-miss is checked at 60 digits before anything is written.
"""

import re
from collections.abc import Mapping
from fractions import Fraction
from random import Random
from typing import Any

import mpmath

from proofs.parser import parse_claim
from tests.corpus.reference import DIGITS, FOLDER, NoValue, corpus, holds, value

AMOUNTS = ("1e-3", "1e-6", "1e-12")
RELATION = re.compile(r"<=|>=|<|>")
PLACES = 22
SAMPLES, STEPS = 200, 25
POOL = sorted(
    {Fraction(p, q) for q in (1, 2, 3, 4, 5, 7, 10) for p in range(-5 * q, 5 * q + 1)}
    | {Fraction(s, 10**k) for k in (2, 3, 4) for s in (1, -1)}
    | {Fraction(k) for k in (6, 8, 10, 20, -6, -8, -10)}
)  # fmt: skip


def gap(statement: Any, point: Mapping[str, Fraction]) -> Any:
    """Right minus left at a point of the hypotheses, None elsewhere."""
    try:
        if not all(
            holds(h, point, statement.definitions) for h in statement.document["hypotheses"]
        ):
            return None
        _, left, right = statement.document["conclusion"]
        return value(right, point, statement.definitions) - value(
            left, point, statement.definitions
        )
    except (NoValue, OverflowError):
        return None


def witness(statement: Any, rng: Random) -> tuple[dict[str, Fraction], Any] | None:
    """A rational point of the hypotheses at which the gap is small."""
    names = list(statement.goal.variables)
    best: tuple[Any, dict[str, Fraction]] | None = None
    for _ in range(SAMPLES):
        point = {n: rng.choice(POOL) for n in names}
        found = gap(statement, point)
        if found is not None and (best is None or found < best[0]):
            best = found, point
    if best is None:
        return None
    step = Fraction(1, 4)
    for _ in range(STEPS):
        trials = [{**best[1], n: best[1][n] + s} for n in names for s in (step, -step)]
        improved = [(g, p) for p in trials if (g := gap(statement, p)) is not None and g < best[0]]
        best = min(improved, key=lambda pair: pair[0]) if improved else best
        step = step if improved else step / 5
    return best[1], best[0]


def near_miss(text: str, constant: str) -> str | None:
    """The claim with its gap diminished by the constant; None when it is not one comparison."""
    head, _, conclusion = text.rpartition(":")
    relations = RELATION.findall(conclusion)
    if len(relations) != 1 or any(w in conclusion for w in ("=>", "implies", " or ", "!=", "let")):
        return None
    (relation,) = relations
    left, right = conclusion.split(relation)
    if relation in ("<=", "<"):
        return f"{head}:{left.rstrip()} + {constant} {relation}{right}"
    return f"{head}:{left}{relation}{right} + {constant}"


def main() -> None:
    """Write the file."""
    rng = Random(7)
    lines = [
        "# Near-misses of the true comparisons, written by near_misses.py: false at the point.",
        "",
    ]
    count = 0
    for entry in corpus():
        if not entry.true or near_miss(entry.text, "0") is None:
            continue
        statement = parse_claim(entry.text).statement
        if not statement.goal.variables or set(statement.goal.variables.values()) != {"real"}:
            continue
        mpmath.mp.dps = 20  # enough to look for a witness
        found = witness(statement, rng)
        if found is None or found[1] > 1:
            continue
        point = found[0]
        mpmath.mp.dps = DIGITS
        least = gap(statement, point)
        amount = AMOUNTS[count % 3]
        scaled = mpmath.ceil((max(least, 0) + mpmath.mpf(amount)) * mpmath.mpf(10) ** PLACES)
        digits = str(int(scaled)).rjust(PLACES + 1, "0")
        constant = f"{digits[:-PLACES]}.{digits[-PLACES:]}".rstrip("0")
        text = near_miss(entry.text, constant) or ""
        changed = parse_claim(text).statement
        missed = gap(changed, point)
        if missed is None or missed > -mpmath.mpf(amount) / 2:
            raise ValueError(f"{entry.name} has no near-miss at {point}")
        shown = ", ".join(f"{n} = {v}" for n, v in point.items())
        lines += [
            f"# false | near-miss of {entry.name} by {amount} | at {shown} | {entry.name}",
            f"{entry.name}_by_{amount.replace('-', '')}: {' '.join(text.split())}",
        ]
        count += 1
    (FOLDER / "near_misses.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{count} near-misses")


if __name__ == "__main__":
    main()
