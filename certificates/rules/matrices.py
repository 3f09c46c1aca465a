"""Positive semidefinite matrices of any size: v^T M v >= 0 for all v, with M = [body(i, j)].

The rules speak of the quadratic form of [body(i, j)] for 1 <= i, j <= n; `names` are fresh indices.
"""

from typing import Any

from certificates.checker import Evidence, Goal, Proof, Rejected, frozen
from certificates.convergence import series_factor, small
from certificates.rules.spectra import symmetric
from certificates.terms import Malformed, Term, free_names, substitute


def _opened(goal: Goal, names: Any, count: int = 2) -> tuple[Goal, Term, Term]:
    """(goal with indices 1 <= p, q <= n, n, body(p, q)) for a goal that says psd."""
    if goal.conclusion[0] != "psd":
        raise Rejected("the goal is not that a matrix is positive semidefinite")
    if not (isinstance(names, list) and len(names) == count and len(set(names)) == count):
        raise Malformed(f"{count} names are needed")
    size, i, j, body = goal.conclusion[1:]
    p, q = names[:2]
    inner = goal.extended({p: "int", q: "int"})
    bounds = [f for k in (p, q) for f in (("<=", 1, k), ("<=", k, size))]
    return inner.having(*bounds), size, substitute(body, {i: p, j: q})


def congruent(proof: Proof, goal: Goal, evidence: Evidence) -> None:
    """Matrices with equal entries are semidefinite together."""
    inner, size, body = _opened(goal, evidence["names"])
    other = frozen(evidence["body"])
    inner.sort(other)
    proof.discharge(inner.proving(("=", body, other)), evidence["entries"])
    proof.discharge(goal.proving(("psd", size, *evidence["names"], other)), evidence["then"])


def series(proof: Proof, goal: Goal, evidence: Evidence) -> None:
    """sum_{k>=l} c_k M_k is semidefinite when every M_k, k >= l, is: c_k >= 0.

    The series converges, for c is summable and the entries of M_k are small (at most 1, mostly);
    so v^T (sum c_k M_k) v = sum c_k v^T M_k v >= 0.
    """
    inner, size, body = _opened(goal, evidence["names"], 3)
    if not (isinstance(body, tuple) and body[0] == "series"):
        raise Rejected("the entries are not a series")
    _, name, lower, summand = body
    p, q, k = evidence["names"]
    sequence, factor = series_factor(summand, name, goal.variables)
    factor = substitute(factor, {name: k})
    if {p, q} & free_names(lower):
        raise Rejected("the series starts at different places")
    start = [("<=", 0, k), ("<=", lower, k)]
    entries = inner.extended({k: "int"}).having(*start, ("<=", 0, lower))
    bounded = entries.proving(small(factor, sequence, k, goal.hypotheses, goal.variables))
    proof.discharge_all([inner.proving(("<=", 0, lower)), bounded], evidence["converge"])
    term = goal.extended({k: "int"}).having(*start)
    proof.discharge(term.proving(("psd", size, p, q, factor)), evidence["each"])


def schur(proof: Proof, goal: Goal, evidence: Evidence) -> None:
    """Entrywise powers of a symmetric semidefinite matrix are semidefinite (Schur 1911).

    By induction from the product theorem: if A = sum_r a_r a_r^T and B is semidefinite, then
    v^T (A o B) v = sum_r (v o a_r)^T B (v o a_r) >= 0; the power 0 is the all-ones matrix.
    """
    inner, size, body = _opened(goal, evidence["names"])
    p, q = evidence["names"]
    base, exponent = frozen(evidence["base"]), goal.integer(frozen(evidence["exponent"]))
    inner.sort(base)
    symmetric(goal, base, p, q)
    if inner.normal.key(body) != inner.normal.key(("^", base, exponent)):
        raise Rejected("the entries are not this power")
    proof.discharge(goal.proving(("<=", 0, exponent)), evidence["nonnegative"])
    proof.discharge(goal.proving(("psd", size, p, q, base)), evidence["then"])


def combined(proof: Proof, goal: Goal, evidence: Evidence) -> None:
    """The sum, and the entrywise product, of two symmetric semidefinite matrices (Schur 1911).

    The product is semidefinite for any number of factors; `operator` is "+" or "*".
    """
    inner, size, body = _opened(goal, evidence["names"])
    p, q = evidence["names"]
    operator, terms = evidence["operator"], [frozen(t) for t in evidence["terms"]]
    if operator not in ("+", "*") or len(terms) != 2:
        raise Malformed("a sum or a product of two matrices is needed")
    for term in terms:
        inner.sort(term)
        symmetric(goal, term, p, q)
    if inner.normal.key(body) != inner.normal.key((operator, *terms)):
        raise Rejected("the entries are not this combination")
    proof.discharge_all([goal.proving(("psd", size, p, q, t)) for t in terms], evidence["each"])


def gershgorin(proof: Proof, goal: Goal, evidence: Evidence) -> None:
    """Semidefinite when |M_pq| <= r for p != q, and (n - 1) r <= M_pp (Gershgorin 1931).

    2 |v_p v_q| <= v_p^2 + v_q^2, so v^T M v >= sum_p v_p^2 (M_pp - (n - 1) r).
    """
    inner, size, body = _opened(goal, evidence["names"])
    p, q = evidence["names"]
    radius = frozen(evidence["radius"])
    goal.sort(radius)
    diagonal = substitute(body, {q: p})
    dominant = ("<=", ("*", ("-", size, 1), radius), diagonal)
    proof.discharge(inner.proving(dominant), evidence["diagonal"])
    others = inner.having(("!=", p, q)).proving(("<=", ("abs", body), radius))
    proof.discharge(others, evidence["others"])
