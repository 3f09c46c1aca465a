"""Polynomial certificates as Coq goals: stated from certificates, closed, and mutants refused."""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from certificates.checker import Goal, digest, read
from certificates.terms import Term, number, numeral
from proofs.exits import PAPER
from proofs.kernel.goals import (
    NO_LEMMA,
    OPENING,
    Goals,
    Step,
    Writer,
    files,
    lean,
    steps,
)
from tests.kernel.coq import build, coqc, needs_coq


@cache
def documents() -> dict[str, dict[str, Any]]:
    """The committed certificates by id."""
    found = [read(path.read_bytes()) for path in PAPER.rglob("*.json")]
    return {digest(d): d for d in found if "evidence" in d}


def steps_of(item: str) -> list[Step]:
    """The polynomial steps of an item's certificates."""
    return [s for d in documents().values() if d["item"] == item for s in steps(d, documents())]


def lemmas(own: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The certificates on which these rest, directly or not."""
    found = {i: documents()[i] for d in own.values() for i in d["rests_on"]}
    return {**found, **lemmas(found)} if found else {}


def lemma(step: Step, name: str) -> str:
    """A step as a lemma in Coq."""
    return f"Lemma {name} : {Writer(step).lemma()}"


def doubled(step: Step) -> Step:
    """The first product counted twice: the sum is no longer nothing."""
    (coefficient, *rest), *others = step.products
    value = number(coefficient)
    assert value is not None
    return Step(step.goal, [[numeral(2 * value), *rest], *others])


def dropped(step: Step) -> Step:
    """The last product left out."""
    return Step(step.goal, step.products[:-1])


def moved(step: Step) -> Step:
    """The conclusion with its left side larger by one."""
    op, left, right = step.goal.conclusion
    more: tuple[Term, ...] = (op, ("+", left, 1), right)
    return Step(Goal(step.goal.variables, step.goal.hypotheses, more), step.products)


def turned(step: Step) -> Step:
    """The conclusion with its sides exchanged."""
    op, left, right = step.goal.conclusion
    return Step(Goal(step.goal.variables, step.goal.hypotheses, (op, right, left)), step.products)


def test_a_goal_is_that_of_the_checker() -> None:
    """The statement comes from the goal, the hypotheses that no product uses are left out."""
    goal = Goal(
        {"x": "real", "y": "real"}, (("<=", 0, "x"), ("<=", 0, "y")), ("<", 0, ("+", "x", 1))
    )
    step = lean(Step(goal, [[1, [[2, 1]]], [1, [[0, 1]]], [1, []]]))
    assert step.goal.hypotheses == (("<=", 0, "x"),)
    assert Writer(step).statement() == "forall x : R, (0 <= x) ->\n  (0 < (x + 1))"


def test_goals_of_a_certificate_without_its_lemma_are_named() -> None:
    resting = next(d for d in documents().values() if d["item"] == "Lemma 6" and d["rests_on"])
    count = len(steps(resting, documents()))
    alone = Goals({digest(resting): resting})
    place = f"{resting['item']}: {resting['part']}, step "
    assert not alone.items
    assert alone.left_out[NO_LEMMA] == [f"{place}{k}" for k in range(1, count + 1)] != []


def test_a_goal_without_a_translation_is_named() -> None:
    own = {digest(d): d for d in documents().values() if d["item"] == "Dual of relu"}
    names = Goals({**own, **lemmas(own)}).left_out["expect2 has no translation"]
    assert names and all(re.fullmatch(r".*: .*, step \d+", name) for name in names)


@pytest.mark.slow
def test_each_goal_is_exported_or_named_once() -> None:
    found = Goals(documents())
    exported = sum(map(len, found.items.values()))
    names = [name for left_out in found.left_out.values() for name in left_out]
    assert not found.left_out[NO_LEMMA] and len(set(names)) == len(names)
    assert exported == sum(f.goals for f in files(found)) > 2000


@needs_coq
@pytest.mark.slow
def test_goals_are_closed_and_mutants_are_refused(tmp_path: Path) -> None:
    """Goals of Lemma 23: each is accepted; with a change anywhere it is not."""
    folder = build(tmp_path)
    chosen = [s for s in map(lean, steps_of("Lemma 23")) if len(s.products) > 1][:4]
    assert len(chosen) == 4
    right = "\n".join(lemma(step, f"goal_{k}") for k, step in enumerate(chosen))
    assert not coqc(folder, "Right", f"{OPENING}\n{right}\n")
    changes: list[Callable[[Step], Step]] = [doubled, dropped, moved, turned]
    for k, step in enumerate(chosen):
        for change in changes:
            text = f"{OPENING}\n{lemma(change(step), 'goal')}\n"
            assert coqc(folder, "Wrong", text), (k, change.__name__)
