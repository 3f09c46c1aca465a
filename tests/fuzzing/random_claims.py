"""Random claims, and whether an answer agrees with values to 40 digits at points.

What is proved must be true and defined at every point tried; what is refuted must be false, or
without a value, at the point that is named.  The values are those of mpmath, not of the project.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from random import Random
from typing import Any

import mpmath

from proofs.parser import parse_claim
from proofs.reviewer import Answer
from tests.corpus.reference import NoValue, holds

NUMBERS = ("0", "1", "2", "3", "1/2", "-1", "1/3", "0.1", "10", "pi")
EXPONENTS = ("2", "3", "(1/2)", "-1", "(2/3)", "0")
FUNCTIONS = ("sqrt", "exp", "log", "sin", "cos", "tan", "atan", "asin", "acos", "erf", "Phi",
             "abs", "floor", "ceil", "tanh", "sign", "erfc")  # fmt: skip
RELATIONS = ("<=", "<", ">=", ">", "=", "!=", "<=")
DIGITS, SLACK = 40, 1e-25


def term(random: Random, names: list[str], depth: int) -> str:
    """A term in the names."""
    if depth == 0 or random.random() < 0.25:
        return random.choice(names + list(NUMBERS) if random.random() < 0.8 else names)
    kind, one, other = random.random(), *(term(random, names, depth - 1) for _ in range(2))
    if kind < 0.5:
        return f"({one} {random.choice('+-*/')} {other})"
    if kind < 0.62:
        return f"({one})^{random.choice(EXPONENTS)}"
    if kind < 0.92:
        return f"{random.choice(FUNCTIONS)}({one})"
    return f"{random.choice(('min', 'max'))}({one}, {other})"


def formula(random: Random, names: list[str], depth: int) -> str:
    """A comparison, or a few joined by connectives."""
    kind = random.random()
    if depth == 0 or kind < 0.6:
        left, right = term(random, names, 2), term(random, names, 2)
        return f"{left} {random.choice(RELATIONS)} {right}"
    one, other = formula(random, names, depth - 1), formula(random, names, depth - 1)
    if kind < 0.9:
        return f"({one} {random.choice(('and', 'or', 'implies'))} {other})"
    return f"not ({one})"


def claim(random: Random) -> str:
    """A claim about one or two variables, some of them integers."""
    names = ["x", "y"][: random.randint(1, 2)]
    ranges = []
    for name in names:
        low, high = random.choice(("0", "-1", "1", "1/2", "-inf")), random.choice(("1", "2", "inf"))
        if name == "y" and random.random() < 0.3:
            high = "x + 1"
        ends = f"{random.choice('([')}{low}, {high}{random.choice(')]')}"
        whole = f"{random.choice(('0', '1', '-2'))}..{random.choice(('', '5'))}"
        ranges.append(f"{name} in {whole if random.random() < 0.15 else ends}")
    condition = f" where {formula(random, names, 0)}" if random.random() < 0.25 else ""
    return f"forall {', '.join(ranges)}{condition}: {formula(random, names, 1)}"


def disagreement(text: str, answer: Answer, random: Random, points: int = 200) -> str:
    """What is wrong with an answer, "" if nothing is seen to be."""
    document = parse_claim(text).document
    with mpmath.workdps(DIGITS):
        if answer.verdict == "refuted":
            at = {n: Fraction(str(v)) for n, v in (answer.counterexample or {}).items()}
            return _not_refuting(document, at, answer.refuted.startswith("undefined"))
        if answer.verdict == "proved":
            found = [_false_at(document, _point(document, random)) for _ in range(points)]
            if answer.vacuous.startswith("vacuous") and None in found:
                return "it is not vacuous"
            return next((f for f in found if f), "")
    return ""


def _point(document: Mapping[str, Any], random: Random) -> dict[str, Fraction]:
    return {
        name: Fraction(random.randint(-3, 8)) if sort == "int" or random.random() < 0.3
        else Fraction(random.randint(-300, 500), random.choice((100, 101, 97)))
        for name, sort in document["variables"]
    }  # fmt: skip


def _false_at(document: Mapping[str, Any], at: dict[str, Fraction]) -> str | None:
    """Words if a proved claim fails at a point, "" if that says nothing, None where it is true."""
    try:
        if not all(holds(h, at, {}) for h in document["hypotheses"]):
            return ""
        return None if holds(document["conclusion"], at, {}, SLACK) else f"false at {at}"
    except NoValue:
        return f"without a value at {at}"
    except OverflowError:
        return ""


def _not_refuting(document: Mapping[str, Any], at: dict[str, Fraction], undefined: bool) -> str:
    try:
        if not all(holds(h, at, {}) for h in document["hypotheses"]):
            return "the point violates a hypothesis"
        if holds(document["conclusion"], at, {}) or undefined:
            return "the claim has a value there, or is true"
    except NoValue:
        return "" if undefined else "the claim has no value there"
    return ""
