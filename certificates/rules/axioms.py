"""Defining properties of powers, quotients, roots, logarithms, integer parts and spectra.

Each axiom takes terms, asks for its premises, and adds one fact to the hypotheses.  Each is a
definition or a textbook property, written beside it; everything else is derived from these.
"""

from collections.abc import Callable
from typing import Any

from certificates.checker import Evidence, Goal, Malformed, Proof, Rejected, frozen
from certificates.rules.gaussian import gaussian_moments
from certificates.terms import Formula, Term, free_names, substitute

Axiom = tuple[list[Formula], Formula]  # premises, fact


def power_successor(goal: Goal, x: Term, n: Term) -> Axiom:
    """x^(n+1) = x * x^n for an integer n >= 0 (definition)."""
    goal.integer(n)
    return [("<=", 0, n)], ("=", ("^", x, ("+", n, 1)), ("*", x, ("^", x, n)))


def power_zero(goal: Goal, x: Term, n: Term) -> Axiom:
    """x^n = 1 for n = 0, also for x = 0 (definition)."""
    goal.integer(n)
    return [("=", n, 0)], ("=", ("^", x, n), 1)


def power_negative(goal: Goal, x: Term, n: Term) -> Axiom:
    """x^(-n) * x^n = 1 for x != 0 and an integer n (definition)."""
    goal.integer(n)
    return [("!=", x, 0)], ("=", ("*", ("^", x, ("-", n)), ("^", x, n)), 1)


def quotient(goal: Goal, a: Term, b: Term) -> Axiom:
    """b * (a / b) = a for b != 0 (definition)."""
    return [("!=", b, 0)], ("=", ("*", b, ("/", a, b)), a)


def square(goal: Goal, x: Term) -> Axiom:
    """x^2 >= 0."""
    return [], ("<=", 0, ("*", x, x))


def root(goal: Goal, x: Term) -> Axiom:
    """sqrt(x) >= 0 and sqrt(x)^2 = x for x >= 0 (definition)."""
    return [("<=", 0, x)], ("and", ("<=", 0, ("sqrt", x)), ("=", ("^", ("sqrt", x), 2), x))


def log_power(goal: Goal, x: Term, n: Term) -> Axiom:
    """log(x^n) = n log x for x > 0 and an integer n."""
    goal.integer(n)
    return [("<", 0, x)], ("=", ("log", ("^", x, n)), ("*", n, ("log", x)))


def log_product(goal: Goal, x: Term, y: Term) -> Axiom:
    """log(x y) = log x + log y for x, y > 0."""
    return [("<", 0, x), ("<", 0, y)], ("=", ("log", ("*", x, y)), ("+", ("log", x), ("log", y)))


def log_monotone(goal: Goal, x: Term, y: Term) -> Axiom:
    """log x <= log y for 0 < x <= y."""
    return [("<", 0, x), ("<=", x, y)], ("<=", ("log", x), ("log", y))


def log_increasing(goal: Goal, x: Term, y: Term) -> Axiom:
    """log x < log y for 0 < x < y."""
    return [("<", 0, x), ("<", x, y)], ("<", ("log", x), ("log", y))


def log_one(goal: Goal) -> Axiom:
    """log 1 = 0."""
    return [], ("=", ("log", 1), 0)


def log_bounds(goal: Goal, x: Term) -> Axiom:
    """1 - 1/x <= log x <= x - 1 for x > 0 (concavity, at x and at 1/x)."""
    lower = ("<=", ("-", 1, ("/", 1, x)), ("log", x))
    return [("<", 0, x)], ("and", lower, ("<=", ("log", x), ("-", x, 1)))


def ceiling(goal: Goal, x: Term) -> Axiom:
    """x <= ceil(x) < x + 1 (definition)."""
    return [], ("and", ("<=", x, ("ceil", x)), ("<", ("ceil", x), ("+", x, 1)))


def iterate_zero(goal: Goal, term: Term) -> Axiom:
    """The 0-fold iterate of f at s is s (definition)."""
    name, body, depth, start = _binder(term, "iter")
    return [("=", depth, 0)], ("=", term, start)


def iterate_successor(goal: Goal, term: Term) -> Axiom:
    """f^(L+1)(s) = f(f^(L)(s)) for L >= 0 (definition)."""
    name, body, depth, start = _binder(term, "iter")
    longer = ("iter", name, body, ("+", depth, 1), start)
    return [("<=", 0, depth)], ("=", longer, substitute(body, {name: term}))


def coefficient(goal: Goal, term: Term) -> Axiom:
    """c_i >= 0 for i >= 0: a sequence is nonnegative (its sort)."""
    if not (isinstance(term, tuple) and term[0] == "coef"):
        raise Rejected("a coefficient is needed")
    return [("<=", 0, term[2])], ("<=", 0, term)


def semidefinite_pair(goal: Goal, formula: Formula, a: Term, b: Term, t: Term) -> Axiom:
    """v^T M v >= 0 for v = e_a + t e_b, when M is symmetric and positive semidefinite."""
    size, i, j, body = _binder(formula, "psd")
    goal.check(formula)
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
    size, i, j, body = _binder(term, operator)
    symmetric(goal, body, i, j)
    if {i, j} & free_names(t):
        raise Rejected("the term would be captured by the indices of the matrix")
    return size, i, j, body


def _binder(term: Any, operator: str) -> tuple[Any, ...]:
    if not (isinstance(term, tuple) and len(term) == 5 and term[0] == operator):
        raise Rejected(f"a term {operator} is needed")
    return term[1:]


AXIOMS: dict[str, Callable[..., Axiom]] = {
    f.__name__: f
    for f in (
        power_successor, power_zero, power_negative, quotient, square, root, log_power,
        log_product, log_monotone, log_increasing, log_one, log_bounds, ceiling, iterate_zero,
        iterate_successor, coefficient, gaussian_moments, semidefinite_pair, least_eigenvalue, largest_eigenvalue,
    )
}  # fmt: skip


def axiom(proof: Proof, goal: Goal, evidence: Evidence) -> None:
    """Add the fact of a named axiom, its premises proved."""
    if evidence["name"] not in AXIOMS or not isinstance(evidence["with"], list):
        raise Malformed("no such axiom")
    terms = [frozen(t) for t in evidence["with"]]
    for term in terms:
        if not (isinstance(term, tuple) and term and term[0] == "psd"):
            goal.sort(term)
    try:
        premises, fact = AXIOMS[evidence["name"]](goal, *terms)
    except TypeError:
        raise Malformed(f"{evidence['name']} takes other arguments") from None
    proof.rules.add(f"axiom {evidence['name']}")
    proof.discharge_all([goal.proving(p) for p in premises], evidence["given"])
    proof.discharge(goal.having(fact), evidence["then"])
