"""The corpus: its entries, which of them are held out, and reference values at 60 digits.

The values come from mpmath, independent of the engines and of the checker.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import mpmath

from certificates.terms import number
from proofs.claim_file import blocks

FOLDER = Path(__file__).resolve().parent
SEED = 20_260_725  # a third, drawn with this, is never used for tuning
DIGITS = 60


class NoValue(Exception):
    """A term has no value at the point."""


@dataclass(frozen=True)
class Entry:
    """One claim: its text, whether it is true, its source, and for a false one a witness."""

    name: str
    text: str
    true: bool
    source: str
    group: str
    parent: str
    witness: Mapping[str, Fraction]
    held_out: bool


def corpus() -> list[Entry]:
    """All entries, in order of files and lines.  Near-misses share the part of their parents."""
    found: list[tuple[str, Any, list[str]]] = []
    for path in sorted(FOLDER.glob("*.txt")):
        for block in blocks(path.read_text(encoding="utf-8")):
            marks = [c for c in block.comments if c.startswith(("true |", "false |"))]
            if len(marks) != 1:
                raise ValueError(f"{path.name}: {block.name} needs one line of truth and source")
            found.append((path.stem, block, [p.strip() for p in marks[0].split("|")]))
    parents = {b.name: (m[3] if len(m) > 3 else b.name) for _, b, m in found}
    entries = [
        Entry(
            block.name, block.text.strip(), marks[0] == "true", marks[1], group,
            parents[block.name], _point(marks[2]) if len(marks) > 2 else {},
            held_out(parents[block.name]),
        )
        for group, block, marks in found
    ]  # fmt: skip
    if len({e.name for e in entries}) != len(entries):
        raise ValueError("two entries of the corpus share a name")
    return entries


def held_out(parent: str) -> bool:
    """Whether a claim, with its near-misses, is in the third that is kept from tuning."""
    return Random(f"{SEED} {parent}").randrange(3) == 0


def _point(text: str) -> dict[str, Fraction]:
    pairs = (part.split("=") for part in text.removeprefix("at ").split(","))
    return {name.strip(): Fraction(value.strip()) for name, value in pairs}


def value(term: Any, point: Mapping[str, Any], definitions: Mapping[str, Any]) -> Any:
    """The value of a term at a point, by mpmath in its current precision.  Raises NoValue."""
    exact = number(term)
    if exact is not None:
        return mpmath.mpf(exact.numerator) / exact.denominator
    if isinstance(term, str):
        at = point[term]
        return mpmath.mpf(at.numerator) / at.denominator if isinstance(at, Fraction) else at
    op, args = term[0], term[1:]
    if op == "ite":
        return value(args[1] if holds(args[0], point, definitions) else args[2], point, definitions)
    if op == "call":
        entry = definitions[args[0]]
        own = [value(a, point, definitions) for a in args[1:]]
        inner = dict(zip([n for n, _ in entry["parameters"]], own, strict=True))
        if not holds(entry["where"], inner, definitions):
            raise NoValue(args[0])
        return value(entry["body"], inner, definitions)
    v = [value(a, point, definitions) for a in args]
    if op in ("+", "*"):
        total = v[0]
        for x in v[1:]:
            total = total + x if op == "+" else total * x
        return total
    if op == "-":
        return v[0] - v[1] if len(v) == 2 else -v[0]
    if (
        (op == "/" and v[1] == 0)
        or (op == "sqrt" and v[0] < 0)
        or (op == "log" and v[0] <= 0)
        or (op in ("asin", "acos") and abs(v[0]) > 1)
        or (op == "^" and v[0] == 0 and v[1] < 0)
        or (op == "rpow" and (v[0] < 0 or (v[0] == 0 and v[1] < 0)))
    ):
        raise NoValue(op)
    functions = {
        "/": lambda a, b: a / b, "^": lambda a, n: a ** int(n), "rpow": lambda a, q: a**q,
        "abs": abs, "min": min, "max": max, "ceil": mpmath.ceil, "floor": mpmath.floor,
        "pi": lambda: +mpmath.pi, "Phi": lambda a: mpmath.erfc(-a / mpmath.sqrt(2)) / 2,
        "sqrt": mpmath.sqrt, "exp": mpmath.exp, "log": mpmath.log, "sin": mpmath.sin,
        "cos": mpmath.cos, "tan": mpmath.tan, "asin": mpmath.asin, "acos": mpmath.acos,
        "atan": mpmath.atan, "erf": mpmath.erf,
    }  # fmt: skip
    return functions[op](*v)


def holds(
    formula: Any, point: Mapping[str, Any], definitions: Mapping[str, Any], slack: float = 0
) -> bool:
    """The truth of a formula without quantifiers at a point; <= and < may miss by `slack`."""
    op, args = formula[0], formula[1:]
    if op in ("and", "or"):
        parts = (holds(a, point, definitions, slack) for a in args)
        return all(parts) if op == "and" else any(parts)
    if op == "not":
        return not holds(args[0], point, definitions, -slack)
    if op == "implies":
        return not holds(args[0], point, definitions, -slack) or holds(
            args[1], point, definitions, slack
        )
    gap = value(args[1], point, definitions) - value(args[0], point, definitions)
    return bool(
        {"<=": gap >= -slack, "<": gap > -slack, "=": abs(gap) <= slack, "!=": gap != 0}[op]
    )
