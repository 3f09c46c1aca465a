"""Each sharper form once more, at a point, by an evaluator that shares nothing with the engines.

What is true but not sharp has no counterexample.  What a finding says of it is that the printed
bound and the sharper one hold.  For all values that is the checker's and the kernel's to say; here
both are evaluated at a point, with fractions where they suffice and mpmath at 100 digits elsewhere,
and the two conclusions are different formulas.
"""

from collections.abc import Mapping
from typing import Any

import mpmath
import pytest

from proofs.claim import SHARPER, Part
from proofs.language import Statement
from proofs.registry import PROOF_ORDER, find
from tests.proofs.test_mutations import DIGITS, Plain, parsed

PARTS = {(c.item, p.label): p for c in PROOF_ORDER for p in c.parts if p.role == SHARPER}
ENDLESS = ("Theorem 32", "sharper")  # as printed it asks for infinitely many coefficients
ELSEWHERE = {("Theorem 28", "sharper")}  # for all k; in test_findings_recomputed

HALVES, ONE, PAIR = [[1, "1/2"], [2, "1/2"]], [[2, 1]], [["1", "1/2"], ["1/2", "1"]]
KERNEL = {"c": HALVES, "mu": "1/2", "delta": "1/2", "K": PAIR, "n": 2}
POINTS: Mapping[tuple[str, str], Mapping[str, Any]] = {
    ("Lemma 6", "sharper"): {"c": ONE, "mu": 1, "delta": "1/10", "rho": "9/10", "L": 4},
    ("Theorem 2", "sharper part 1"): {**KERNEL, "L": 3, "i": 1, "j": 2},
    ("Theorem 2", "sharper part 2"): {**KERNEL, "L": 3},
    ("Corollary 3", "sharper part 1"): {**KERNEL, "L": 6},
    ("Corollary 3", "sharper part 2"): {**KERNEL, "L": 3},
    ("Lemma 10", "sharper"): {"c": HALVES, "mu": "1/2", "rho": "1/3"},
    ("Lemma 25", "sharper"): {"c": HALVES, "mu": "1/2", "rho": "-1/3"},
    ("Theorem 8", "sharper part 1"): {**KERNEL, "L": 4, "i": 1, "j": 2},
    ("Theorem 8", "sharper part 2"): {**KERNEL, "L": 4},
    ("Corollary 9", "sharper part 1"): {**KERNEL, "L": 24},
    ("Corollary 9", "sharper part 2"): {**KERNEL, "L": 4},
    ("Lemma 26", "a sharper"): {**KERNEL, "L": 6},
    ("Lemma 26", "sharper"): {"N": 100, "s": "1/10", "x": "3/2"},
    ("Theorem 29", "sharper"): {"loss": 5, "low": "1/2", "beta": 1, "n": 2, "T": 32},
    ("Lemma 31", "anti-concentration"): {"theta": "1/5", "w": 1},
    ("Lemma 31", "c sharper"): {"delta": "1/3", "rho": "-2/3"},
    ("Lemma 31", "sharper"): {"n": 3, "delta": "1/4", "theta": "1/10", "x": "1/90"},
    ("Theorem 32", "sharper"): {"c": HALVES, "K": PAIR, "n": 2, "delta": "1/2", "m": 2},
}


def true_at(statement: Statement, at: Mapping[str, Any]) -> bool:
    """Whether the hypotheses and the conclusion are true at the point; all terms have values."""
    plain = Plain(statement)
    point = {v.tree: parsed(v.sort, at[v.tree]) for v in statement.variables}
    with mpmath.workdps(DIGITS):
        formulas = (*statement.hypotheses, statement.conclusion)
        return all(plain.truth(f.tree, point) for f in formulas)


def printed(item: str, part: Part) -> Part:
    """The part of which this one is a stronger form."""
    return find(item).part(part.amends)


def test_each_sharper_form_has_its_point() -> None:
    """No finding of this kind is without a second look."""
    assert PARTS.keys() == POINTS.keys() | ELSEWHERE


@pytest.mark.parametrize("place", POINTS, ids=": ".join)
def test_the_plain_evaluator_agrees(place: tuple[str, str]) -> None:
    """The sharper form and, with the same variables, the printed one hold at the point."""
    part = PARTS[place]
    assert true_at(part.statement, POINTS[place])
    original = printed(place[0], part).statement
    if place != ENDLESS and {v.tree for v in original.variables} <= POINTS[place].keys():
        assert true_at(original, POINTS[place])


@pytest.mark.parametrize("place", POINTS, ids=": ".join)
def test_the_two_forms_differ(place: tuple[str, str]) -> None:
    """A sharper form says something else than the printed one."""
    part = PARTS[place]
    assert part.statement.conclusion != printed(place[0], part).statement.conclusion


def test_a_form_that_is_too_sharp_is_seen() -> None:
    """1 - rho^2 >= 2 delta is false at delta = 1/3, rho = -2/3: 5/9 < 2/3."""
    part = PARTS["Lemma 31", "c sharper"]
    delta, rho = (v for v in part.statement.variables)
    wrong = part.statement.says(1 - rho**2 >= 2 * delta)  # type: ignore[operator]
    assert not true_at(wrong, POINTS["Lemma 31", "c sharper"])
