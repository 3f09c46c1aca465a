"""Engine `squares`: sums of squares of differences, weighted by the hypotheses.

A polynomial inequality follows when its gap is a combination, with coefficients >= 0, of squares
m^2, (m - n)^2 and (m + n)^2 of monomials, and of products of these with hypotheses.  Which of them,
an exact linear programme decides; square roots come in as numbers s >= 0 with s^2 = u.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, combinations_with_replacement
from typing import Any

from certificates.checker import Goal
from certificates.normal import Polynomial, constant, multiply
from certificates.rules.axioms import AXIOMS
from certificates.rules.polynomial import Fact, facts
from certificates.terms import Malformed, Term, numeral
from proofs.engines.polynomial import Product, find_certificate, solve
from proofs.engines.rational import atoms, roots_of
from proofs.language import thawed

MOST_MONOMIALS, MOST_SQUARES, MOST_PRODUCTS = 16, 150, 1_200
MOST_ATOMS = 6

Evidence = dict[str, Any]


def evidence(goal: Goal) -> Evidence | None:
    """Evidence for an inequality by squares, or None."""
    if goal.conclusion[0] not in ("<=", "<"):
        return None
    try:
        wrappers, goal = _with_roots(goal)
        squares = list(_squares(goal))
        if not squares:
            return None
        used = _find(goal, squares)
        if used is None:
            return None
        chosen = [squares[k] for k in sorted(used)]
        found = _find_evidence(_having(goal, chosen), len(goal.hypotheses))
    except Malformed:
        return None
    for term in reversed(chosen):
        found = {"by": "axiom", "name": "square", "with": [thawed(term)], "given": [],
                 "then": found}  # fmt: skip
    for wrapper in reversed(wrappers):
        found = {**wrapper, "then": found}
    return found


def _with_roots(goal: Goal) -> tuple[list[Evidence], Goal]:
    """The goal with s >= 0 and s^2 = u for each square root s of a term u that is >= 0."""
    wrappers = []
    known = atoms(("-", goal.conclusion[2], goal.conclusion[1]), goal.normal)
    for u in reversed(roots_of(known)):
        premises, fact = AXIOMS["root"](goal, u)
        proofs = [find_certificate(goal.proving(p), 2) for p in premises]
        if None in proofs:
            raise Malformed("a root of what may be negative")
        wrappers.append({"by": "axiom", "name": "root", "with": [thawed(u)], "given": proofs})
        goal = goal.having(fact)
    return wrappers, goal


def _squares(goal: Goal) -> Iterator[Term]:
    """Terms whose squares may take part: monomials of at most half the degree, and their sums."""
    difference = ("-", goal.conclusion[2], goal.conclusion[1])
    polynomial = goal.normal.term(difference)
    known = atoms(difference, goal.normal)
    used = sorted({a for monomial in polynomial for a, _ in monomial})
    if not set(used) <= known.keys() or len(used) > MOST_ATOMS:
        return
    degree = max((sum(e for _, e in monomial) for monomial in polynomial), default=0)
    monomials: list[Term] = [1]
    for size in range(1, (degree + 1) // 2 + 1):
        for group in combinations_with_replacement(used, size):
            own = _monomial([known[a] for a in group])
            if all(
                group.count(a) * 2 <= max(dict(m).get(a, 0) for m in polynomial) + 1 for a in group
            ):
                monomials.append(own)
    if len(monomials) > MOST_MONOMIALS:
        monomials = monomials[: MOST_MONOMIALS // 2] + monomials[-MOST_MONOMIALS // 2 :]
    found: list[Term] = list(monomials[1:])
    for m, n in combinations(monomials, 2):
        found += [("-", m, n), ("+", m, n)]
    yield from found[: MOST_SQUARES * 2]


def _monomial(parts: list[Term]) -> Term:
    return parts[0] if len(parts) == 1 else ("*", *parts)


def _having(goal: Goal, terms: list[Term]) -> Goal:
    return goal.having(*(("<=", 0, ("*", t, t)) for t in terms))


def _products(goal: Goal, first: int) -> Iterator[Product]:
    """1, the facts, squares times at most two hypotheses, the negated goal times one."""
    known = facts(goal)
    last = len(known) - 1
    own = [(k, f) for k, f in enumerate(known[:first]) if f is not None and (f[1] or f[0] == ">")]
    squares = [(k, f) for k, f in enumerate(known[first:last], first) if f is not None]
    negated = known[last]
    yield (), ">", constant(1), None
    if negated is not None:
        yield _product([(last, negated)] * 2)
    groups: list[list[tuple[int, Fact]]] = [[]]
    groups += [[f] for f in own]
    groups += [list(pair) for pair in combinations_with_replacement(own, 2)] if len(own) < 8 else []
    for group in groups:
        if group:
            yield _product(group)
        if negated is not None and len(group) <= 1:
            yield _product([*group, (last, negated)])
        for square in squares:
            if len(squares) * len(groups) <= MOST_PRODUCTS or len(group) < 1:
                yield _product([*group, square])


def _product(group: list[tuple[int, Fact]]) -> Product:
    kinds = {f[0] for _, f in group}
    result: Polynomial = constant(Fraction(1))
    for _, f in group:
        result = multiply(result, f[1])
    relation = "=" if "=" in kinds else ">" if kinds == {">"} else ">="
    return tuple(k for k, _ in group), relation, result, None


def _find(goal: Goal, squares: list[Term]) -> set[int] | None:
    """The squares that a certificate uses, or None."""
    first = len(goal.hypotheses)
    found = solve(list(_products(_having(goal, squares), first)))
    if found is None:
        return None
    used = {k - first for _, indices, _ in found for k in indices}
    return {k for k in used if 0 <= k < len(squares)}


def _find_evidence(goal: Goal, first: int) -> Evidence | None:
    found = solve(list(_products(goal, first)))
    if found is None:
        return None
    return {
        "by": "polynomial",
        "sum": [
            [numeral(value), [[k, indices.count(k)] for k in sorted(set(indices))]]
            for value, indices, _ in found
        ],
    }
