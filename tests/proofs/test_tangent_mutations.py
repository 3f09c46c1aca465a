"""Mutations of Lemma 25, formula (2), Theorem 8 and Corollary 9: false, and refuted, never proved.

That a mutated statement is false at its point is shown here with fractions, or with 60 digits, by
formulas of this file and of `test_findings`: nothing is shared with the checker's evaluation.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import mpmath
import pytest

from certificates.checker import Rejected, obligations
from certificates.checker import Statement as Parsed
from certificates.rules.evaluation import counterexample
from certificates.terms import Malformed
from proofs.bounds import finite_slope, odds_bound
from proofs.claim import Claim
from proofs.claims.corollary_9 import COROLLARY_9, half_decay
from proofs.claims.formula_2 import FORMULA_2, at_layer
from proofs.claims.lemma_25 import LEMMA_25, D, misprinted, numerator
from proofs.claims.odds import ODDS
from proofs.claims.theorem_8 import THEOREM_8, at_one
from proofs.language import Expression, Sequence, integer, real
from proofs.registry import PROOF_ORDER
from proofs.tactics import Prover, Stuck
from tests.proofs.mutations import Change, Mutation, drop, instead, swap
from tests.proofs.test_findings import (
    dual,
    formula,
    images,
    number,
    slope,
)
from tests.proofs.test_findings import odds_bound as value_of_e

c = Sequence("c")
mu, delta, rho, r, x = (real(name) for name in ("mu", "delta", "rho", "r", "x"))
L, k, n = (integer(name) for name in ("L", "k", "n"))
HALF, ONE = Fraction(1, 2), Fraction(1)
SQUARE = {2: ONE}
CUBE = {3: ONE}
HALVES = {1: HALF, 2: HALF}
square: list[Any] = [[2, 1]]
cube: list[Any] = [[3, 1]]
halves: list[Any] = [[1, "1/2"], [2, "1/2"]]


@dataclass(frozen=True)
class Refuted:
    """A mutation, and a computation that shows it false at its point."""

    mutation: Mutation
    shown: Callable[[], bool]


def false(
    claim: Claim, label: str, change: Change, words: str, at: dict[str, Any],
    shown: Callable[[], bool], quick: bool = False,
) -> Refuted:  # fmt: skip
    """One line of the list."""
    return Refuted(Mutation(claim, label, change, words, at, quick), shown)


def power(base: Any, exponent: Any) -> Any:
    """base ** exponent with 60 digits."""
    mpmath.mp.dps = 60
    return number(base) ** number(exponent)


bound = odds_bound(L, delta, mu)
FALSE = (
    false(LEMMA_25, "slope at 1", swap(1 + mu, 1 + 2 * mu), "1 + 2μ", {"c": square, "mu": 1},
          lambda: slope(SQUARE, ONE) < 1 + 2, True),
    false(LEMMA_25, "slope at 1", swap(1 + mu, 2 + mu), "2 + μ", {"c": halves, "mu": "1/2"},
          lambda: slope(HALVES, ONE) < 2 + HALF, True),
    false(LEMMA_25, "slope at 1", drop(finite_slope(c)), "D(1) may be infinite",
          {"c": "telescoping", "mu": 1},
          lambda: sum(Fraction(1, i - 1) for i in range(2, 40)) > 4, True),
    false(LEMMA_25, "amended", swap(1 - mu * (1 - abs(rho)), 1 - 2 * mu * (1 - abs(rho))), "2μ",
          {"c": square, "mu": 1, "rho": "1/4"},
          lambda: slope(SQUARE, Fraction(1, 4)) / 2 > 1 - 2 * Fraction(3, 4)),
    false(LEMMA_25, "amended", swap(1 - mu * (1 - abs(rho)), 1 - mu * (1 - rho)), "without |ρ|",
          {"c": cube, "mu": 1, "rho": -1}, lambda: slope(CUBE, -ONE) / 3 > 1 - 2),
    false(LEMMA_25, "sharper", swap(2 * mu / (1 + mu), 3 * mu / (1 + mu)), "3μ/(1+μ)",
          {"c": halves, "mu": "1/2", "rho": "1/2"},
          lambda: slope(HALVES, HALF) / Fraction(3, 2) > 1 - HALF * 3 * HALF / (1 + HALF)),
    false(LEMMA_25, "d amended", swap(numerator(r), misprinted(r)), "the exponent i",
          {"c": square, "mu": 1, "r": "1/2"}, lambda: slope(SQUARE, HALF) / 2 != HALF**2),
    false(LEMMA_25, "b2", swap(D(x), 2 * D(x)), "2D(x) ≤ D(y)",
          {"c": square, "mu": 1, "x": "1/2", "y": "1/2"},
          lambda: 2 * slope(SQUARE, HALF) > slope(SQUARE, HALF)),
    false(LEMMA_25, "e with the exponent i - 1", swap(D(r), 2 * D(r)), "2D ≤ ...",
          {"c": square, "mu": 1, "r": 1}, lambda: 2 * slope(SQUARE, ONE) > 2),
    false(FORMULA_2, "next layer", swap(at_layer, D(c.iterated(L + 1, rho))), "D one layer above",
          {"c": square, "rho": "1/2", "L": 0},
          lambda: formula(SQUARE, 1, HALF, 1)
          != dual(SQUARE, HALF) + HALF * slope(SQUARE, dual(SQUARE, HALF))),
    false(ODDS, "one application", swap(mu * (1 - real("y")), 2 * mu * (1 - real("y"))), "2μ",
          {"c": square, "mu": 1, "x": "1/2", "y": "1/2"},
          lambda: dual(SQUARE, HALF) > HALF * (1 - 2 * HALF)),
    false(ODDS, "next layer", swap(1 - mu * (1 - bound), 1 - mu / 2 * (1 - bound)), "μ/2",
          {"mu": 1, "delta": "1/2", "L": 0},
          lambda: value_of_e(1, HALF, ONE) < HALF * (1 - HALF / 2)),
    false(ODDS, "iterates", swap((1 + mu) ** L, (1 + 3 * mu) ** L), "the rate 1 + 3μ",
          {"c": square, "mu": 1, "delta": "1/10", "rho": "9/10", "L": 1},
          lambda: Fraction(9, 10) ** 2 > Fraction(9, 10) / (Fraction(9, 10) + Fraction(4, 10))),
    false(ODDS, "iterates", instead(abs(rho) <= 1 - delta, abs(rho) <= 1), "every ρ",
          {"c": square, "mu": 1, "delta": "1/2", "rho": 1, "L": 1},
          lambda: images(SQUARE, 1, ONE)[-1] > value_of_e(1, HALF, ONE)),
    false(ODDS, "value", swap((1 - delta) / delta, 1 / delta), "1/δ",
          {"mu": 1, "delta": "1/2", "L": 0}, lambda: HALF / (1 - HALF) != 1 / HALF),
    false(THEOREM_8, "at 1", swap(at_one >= 1, at_one >= 2), "at least 2",
          {"c": square, "mu": 1, "L": 0}, lambda: formula(SQUARE, 0, ONE, 1) < 2),
    false(THEOREM_8, "dominated", swap(bound * at_one, bound * at_one / 2), "half of it",
          {"c": square, "mu": 1, "delta": "1/2", "rho": "1/2", "L": 0},
          lambda: HALF > HALF / 2),
    false(THEOREM_8, "geometric", swap(D(1) ** (L + 1), D(1) ** L), "the exponent L",
          {"c": square, "mu": 1, "L": 1},
          lambda: formula(SQUARE, 1, ONE, 1) * (2 - 1) != 2**1 - 1),
    false(THEOREM_8, "slope", drop(real("t") <= real("e")), "any e",
          {"a": 1, "d": 1, "e": 0, "mu": 1, "t": 1}, lambda: not 1 <= 1 * (1 - 1 * (1 - 0)), True),
    false(COROLLARY_9, "enough layers", swap(2 * n * half_decay**k, 3 * n * half_decay**k), "3n",
          {"mu": 1, "n": 3, "k": 6}, lambda: 9 * power(HALF, 3) > 1),
    false(COROLLARY_9, "quotient of discs", swap(1 + 4 * x, 1 + 3 * x), "1 + 3x",
          {"s": "3/2", "t": "1/2", "x": "1/2", "f": 1},
          lambda: Fraction(3, 2) / HALF > 1 + 3 * HALF, True),
    false(COROLLARY_9, "c", swap(1 + 4 * x, 1 + 3 * x), "1 + 3x", {"x": "1/2"},
          lambda: (1 + HALF) / (1 - HALF) > 1 + 3 * HALF, True),
    false(COROLLARY_9, "quotient", swap(real("e") < 1, real("e") <= 1), "e = 1",
          {"n": 1, "s": 0, "t": 0, "e": 1, "f": 1}, lambda: 1 - 1 == 0, True),
    false(COROLLARY_9, "i amended", swap(HALF, Fraction(1, 4)), "1/4",
          {"mu": "1/2", "delta": "1/2", "n": 1, "L": 5},
          lambda: power(Fraction(3, 4), Fraction(5, 2)) > 0.25),
)  # fmt: skip


def lemmas() -> dict[str, tuple[str, Parsed]]:
    """The statements of all parts as if they were proved: for provers, not for the checker."""
    return {
        f"{claim.item}: {part.label}": (
            hashlib.sha256(f"{claim.item}: {part.label}".encode()).hexdigest(),
            Parsed.parse(part.statement.document()),
        )
        for claim in PROOF_ORDER
        for part in claim.parts
        if not part.at and not part.source
    }


def proved(mutation: Mutation, known: dict[str, tuple[str, Parsed]]) -> bool:
    """Whether the part's own proof, with its hints, goes through for the changed statement."""
    part = mutation.part
    own = {f"{mutation.claim.item}: {mutation.label}"}
    prover = Prover({name: lemma for name, lemma in known.items() if name not in own})
    statement = Parsed.parse(part.statement.document())
    try:
        for goal in obligations(statement):
            prover.prove_by_one_of(goal, part.defined)
        prover.prove(statement.goal, part.proof)
    except (Stuck, Rejected, Malformed):
        return False
    return True


IDS = [f.mutation.name for f in FALSE]


@pytest.mark.parametrize("case", FALSE, ids=IDS)
def test_false_and_refuted(case: Refuted) -> None:
    """The point shows the statement false here, and the checker confirms it there."""
    assert case.shown()
    statement = Parsed.parse(case.mutation.part.statement.document())
    evidence = {"by": "counterexample", "precision": 128, "at": case.mutation.at}
    assert counterexample(statement, evidence)


def test_the_original_is_not_refuted_there() -> None:
    """At none of the points the unchanged statement fails: the change is what is false."""
    for case in FALSE:
        original = case.mutation.claim.part(case.mutation.label)
        evidence = {"by": "counterexample", "precision": 128, "at": case.mutation.at}
        with pytest.raises(Rejected):
            counterexample(Parsed.parse(original.statement.document()), evidence)


def test_quick_ones_are_not_proved() -> None:
    """The proof of the part does not carry over to what is false."""
    known = lemmas()
    for case in FALSE:
        if case.mutation.quick:
            assert not proved(case.mutation, known), case.mutation.name


@pytest.mark.slow
def test_none_is_proved() -> None:
    """The same for all of them; and the unchanged parts are proved by the same means."""
    known = lemmas()
    for case in FALSE:
        assert not proved(case.mutation, known), case.mutation.name
    for label in ("slope at 1", "amended"):
        unchanged = Mutation(LEMMA_25, label, swap(mu, Expression(("+", "mu", 0))), "the same")
        assert proved(unchanged, known)


TRUE = (
    Mutation(LEMMA_25, "slope at 1", swap(1 + mu, 1 + mu / 2), "a weaker bound"),
    Mutation(LEMMA_25, "c1", swap(c[1], c[1] + 0), "the same sum"),
    Mutation(COROLLARY_9, "quotient of discs", swap(1 + 4 * x, 1 + 5 * x), "1 + 5x"),
    Mutation(COROLLARY_9, "c", swap(1 + 4 * x, 1 + 5 * x), "1 + 5x"),
    Mutation(THEOREM_8, "slope", swap(real("mu") >= 0, real("mu") >= 1), "μ ≥ 1"),
)


def test_weaker_ones_are_proved() -> None:
    """What stays true is still proved by the part's own proof."""
    known = lemmas()
    for mutation in TRUE:
        assert proved(mutation, known), mutation.name
