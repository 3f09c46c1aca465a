"""Extreme eigenvalues and quadratic forms of symmetric matrices [body(i, j)], i, j <= n."""

from collections.abc import Callable
from typing import Any

from certificates.checker import Goal, Rejected
from certificates.terms import Axiom, Formula, Term, free_names, substitute


def semidefinite_pair(goal: Goal, formula: Formula, a: Term, b: Term, t: Term) -> Axiom:
    """v^T M v >= 0 for v = e_a + t e_b, when M is symmetric and positive semidefinite."""
    size, i, j, body = binder(formula, "psd")
    symmetric(goal, body, i, j)
    m: Callable[[Term, Term], Term] = lambda p, q: substitute(body, {i: p, j: q})  # noqa: E731
    value = ("+", m(a, a), ("*", 2, t, m(a, b)), ("*", t, t, m(b, b)))
    inside = [("<=", 1, goal.integer(k)) for k in (a, b)] + [("<=", k, size) for k in (a, b)]
    return [formula, *inside], ("<=", 0, value)


def least_eigenvalue(goal: Goal, term: Term, t: Term) -> Axiom:
    """t <= lambda_min(M) if and only if M - t I is positive semidefinite (Rayleigh quotient)."""
    size, i, j, body = _spectrum(goal, term, "lambda_min", t)
    shifted = ("psd", size, i, j, ("-", body, ("ite", ("=", i, j), t, 0)))
    return [("<=", 1, size)], ("and", ("implies", shifted, ("<=", t, term)),
                              ("implies", ("<=", t, term), shifted))  # fmt: skip


def largest_eigenvalue(goal: Goal, term: Term, t: Term) -> Axiom:
    """lambda_max(M) <= t if and only if t I - M is positive semidefinite (Rayleigh quotient)."""
    size, i, j, body = _spectrum(goal, term, "lambda_max", t)
    shifted = ("psd", size, i, j, ("-", ("ite", ("=", i, j), t, 0), body))
    return [("<=", 1, size)], ("and", ("implies", shifted, ("<=", term, t)),
                              ("implies", ("<=", term, t), shifted))  # fmt: skip


def symmetric(goal: Goal, body: Term, i: str, j: str) -> None:
    """Raise Rejected unless body(i, j) and body(j, i) have the same normal form."""
    inner = {i: "#i", j: "#j"}
    if goal.normal.key(body, inner) != goal.normal.key(body, {i: "#j", j: "#i"}):
        raise Rejected("the matrix is not symmetric on sight")


def _spectrum(goal: Goal, term: Any, operator: str, t: Term) -> tuple[Any, ...]:
    """The parts of an extreme eigenvalue of a symmetric matrix whose indices t does not mention."""
    size, i, j, body = binder(term, operator)
    symmetric(goal, body, i, j)
    if {i, j} & free_names(t):
        raise Rejected("the term would be captured by the indices of the matrix")
    return size, i, j, body


def binder(term: Any, operator: str) -> tuple[Any, ...]:
    if not (isinstance(term, tuple) and len(term) == 5 and term[0] == operator):
        raise Rejected(f"a term {operator} is needed")
    return term[1:]
