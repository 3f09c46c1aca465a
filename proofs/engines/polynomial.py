"""Engine `polynomial`: finds the products of hypotheses that refute a negated goal.

The goal holds when some products of the facts 0 <= p_i, 0 < p_i, p_i = 0, with coefficients
>= 0 (any sign where an equality takes part), sum to the zero polynomial, one strictly positive
product among them.  For a fixed list of products that is a linear programme over the rationals,
which z3 solves exactly; the identity is then checked by the independent checker, so that nothing
rests on the solver.  Products are tried by degree: 1 (linear arithmetic), 2, then 3.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations_with_replacement
from math import comb
from typing import Any

import z3

from certificates.checker import Goal
from certificates.normal import Polynomial, constant, multiply
from certificates.rules.polynomial import Fact, facts
from certificates.terms import COMPARISONS, numeral
from proofs.language import thawed

MOST_PRODUCTS = 1500
WORK = 8_000_000  # z3's own count of steps: the same on every machine, unlike seconds

# indices of the facts, relation, polynomial, the term that multiplies an equality (or None)
Product = tuple[tuple[int, ...], str, Polynomial, Any]


def find_certificate(goal: Goal, degree: int = 3) -> dict[str, Any] | None:
    """Evidence for the goal by products of at most `degree` facts, or None."""
    known = facts(goal)
    for bound in range(1, degree + 1):
        products = list(_products(known, bound))
        if bound > 1:
            products += _multiplied_equalities(goal, known, bound)
        if len(products) > MOST_PRODUCTS:
            return None
        found = solve(products)
        if found is not None:
            return {
                "by": "polynomial",
                "sum": [
                    [
                        numeral(value),
                        [[i, indices.count(i)] for i in sorted(set(indices))],
                        *([] if multiplier is None else [thawed(multiplier)]),
                    ]
                    for value, indices, multiplier in found
                ],
            }
    return None


def _products(known: list[Fact | None], degree: int) -> Iterator[Product]:
    """Products of at most `degree` facts, duplicates left out, starting with the constant 1."""
    usable = [(i, f) for i, f in enumerate(known) if f is not None and (f[1] or f[0] == ">")]
    distinct: dict[tuple[str, Any], int] = {}
    for i, f in usable:
        distinct.setdefault((f[0], frozenset(f[1].items())), i)
    chosen = [(i, f) for i, f in usable if i in distinct.values()]
    yield (), ">", constant(1), None
    if comb(len(chosen) + degree, degree) > MOST_PRODUCTS:
        goal_index = len(known) - 1
        chosen = [(i, f) for i, f in chosen if len(f[1]) <= 6 or i == goal_index]
    if comb(len(chosen) + degree, degree) > MOST_PRODUCTS * 4:
        degree = min(degree, 2)
    for size in range(1, degree + 1):
        for group in combinations_with_replacement(chosen, size):
            kinds = {f[0] for _, f in group}
            product = constant(1)
            for _, f in group:
                product = multiply(product, f[1])
            if len(product) <= 200:
                relation = "=" if "=" in kinds else ">" if kinds == {">"} else ">="
                yield tuple(i for i, _ in group), relation, product, None


def _multiplied_equalities(goal: Goal, known: list[Fact | None], degree: int) -> Iterator[Product]:
    """Each equality times each part that stands for itself (a variable, a power, a root ...)."""
    parts: dict[str, Any] = {}
    for formula in (*goal.hypotheses, goal.conclusion):
        if formula[0] in ("<=", "<", "="):
            _parts(goal, formula[1:], parts)
    terms = list(parts.values())
    if degree > 2 and len(terms) <= 12:
        terms += [("*", a, b) for a, b in combinations_with_replacement(terms, 2)]
    for i, f in enumerate(known):
        if f is not None and f[0] == "=" and f[1]:
            for term in terms:
                yield (i,), "=", multiply(f[1], goal.normal.term(term)), term


def _parts(goal: Goal, terms: Any, found: dict[str, Any]) -> None:
    for term in terms:
        normal = goal.normal.term(term)
        if len(normal) == 1 and list(normal.values()) == [1]:
            (monomial,) = normal
            if len(monomial) == 1 and monomial[0][1] == 1:
                found.setdefault(monomial[0][0], term)
                continue
        if isinstance(term, tuple) and term[0] in ("+", "-", "*", "/", "^", "abs", "ite"):
            _parts(goal, [t for t in term[1:] if not _is_formula(t)], found)


def _is_formula(term: Any) -> bool:
    return isinstance(term, tuple) and term[0] in (*COMPARISONS, "and", "or", "not", "implies")


def solve(products: list[Product]) -> list[tuple[Fraction, tuple[int, ...], Any]] | None:
    """Coefficients with which the products sum to zero, by exact linear programming."""
    rows: dict[Any, list[str]] = {}
    strict, lines = [], []
    for k, (_, relation, polynomial, _) in enumerate(products):
        lines.append(f"(declare-const w{k} Real)")
        if relation != "=":
            lines.append(f"(assert (>= w{k} 0))")
        if relation == ">":
            strict.append(f"w{k}")
        for monomial, c in polynomial.items():
            rows.setdefault(monomial, []).append(f"(* {_smt(c)} w{k})")
    lines.append(f"(assert (= (+ 0 {' '.join(strict)}) 1))")
    lines += [f"(assert (= (+ 0 {' '.join(row)}) 0))" for row in rows.values()]
    context = z3.Context()  # what it finds must not depend on what was solved before
    solver = z3.SolverFor("QF_LRA", ctx=context)
    solver.set("rlimit", WORK)
    solver.from_string("\n".join(lines))
    if solver.check() != z3.sat:
        return None
    model = solver.model()
    found = []
    values = {str(d): model[d] for d in model.decls()}
    for k, (indices, _, _, multiplier) in enumerate(products):
        if f"w{k}" not in values:
            continue
        value = values[f"w{k}"]
        fraction = Fraction(value.numerator_as_long(), value.denominator_as_long())
        if fraction:
            found.append((fraction, indices, multiplier))
    return found


def _smt(value: Fraction) -> str:
    text = f"(/ {abs(value.numerator)} {value.denominator})"
    return f"(- {text})" if value < 0 else text
