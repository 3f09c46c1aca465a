"""Induction on an integer n >= a: the claim about k = n - a >= 0 is proved for all k, then used."""

from typing import Any

from certificates.checker import Goal
from certificates.normal import Normaliser, constant_value
from certificates.terms import free_names, substitute
from proofs.language import Expression, Formula
from proofs.tactics import (
    Continue,
    Evidence,
    Prover,
    Stuck,
    Tactic,
    axiom,
    fresh_names,
    have,
    in_turn,
    induction,
    instantiate,
    intro,
    on_sight,
)

LARGEST_RISE = 4  # of an exponent, from one step of an induction to the next


def powers(conclusion: Any, name: str) -> list[Tactic]:
    """b^(m+1) = b b^m from each power b^m of the conclusion to the one at name + 1."""
    found: dict[Any, None] = {}

    def visit(term: Any) -> None:
        if not isinstance(term, tuple):
            return
        if term[0] == "^" and name in free_names(term[2]) and name not in free_names(term[1]):
            _, base, exponent = term
            there = substitute(exponent, {name: ("+", name, 1)})
            rise = constant_value(Normaliser({}).term(("-", there, exponent)))
            for j in range(min(int(rise or 0), LARGEST_RISE)):
                found[base, ("+", exponent, j) if j else exponent] = None
        for part in term[1:]:
            visit(part)

    visit(conclusion)
    return [axiom("power_successor", Expression(b), Expression(m)) for b, m in found]


def by_powers(name: str) -> Tactic:
    """A tactic: induction on `name`, an integer >= 0, for a goal with powers b^name."""

    def tactic(prover: Prover, goal: Goal, then: Continue) -> Evidence:
        steps = powers(goal.conclusion, name)
        if not steps:
            raise Stuck("no powers")
        return induction(name, step=steps)(prover, goal, then)

    return on_sight(tactic)


def from_onwards(name: str, first: int) -> Tactic:
    """A tactic: the goal by induction on `name`, an integer >= first that no other condition is on.

    The claim "for all k >= 0: the goal at n = first + k" is proved by induction, then taken at
    k = n - first.
    """

    def tactic(prover: Prover, goal: Goal, then: Continue) -> Evidence:
        (k,) = fresh_names(goal, ["k"])
        there = ("+", first, k)
        if not powers(goal.conclusion, name):
            raise Stuck("no powers")
        conclusion = substitute(goal.conclusion, {name: there})
        claim = ("forall", ((k, "int"),), ("implies", ("<=", 0, k), conclusion))
        inductive = induction(k, step=powers(conclusion, k))
        away = Expression(("-", name, first))
        return in_turn(
            have(Formula(claim), intro(k), intro(), inductive),
            instantiate(Formula(claim), **{k: away}),
        )(prover, goal, then)

    return on_sight(tactic)
