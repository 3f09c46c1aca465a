"""Defining properties of powers, quotients, roots, logarithms, integer parts and spectra.

Each axiom takes terms, asks for its premises, and adds one fact to the hypotheses.  Each is a
definition or a textbook property, written beside it; everything else is derived from these.
"""

from collections.abc import Callable

from certificates.checker import Evidence, Goal, Proof, frozen
from certificates.rules.coefficients import coefficient, dual_shifted
from certificates.rules.elementary import ELEMENTARY
from certificates.rules.expectations import EXPECTATIONS
from certificates.rules.folds import fold_empty, fold_last
from certificates.rules.gaussian import gaussian_moments
from certificates.rules.spectra import (
    binder,
    largest_eigenvalue,
    least_eigenvalue,
    semidefinite_pair,
)
from certificates.terms import Axiom, Malformed, Term, substitute


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


def hermite_successor(goal: Goal, n: Term, x: Term) -> Axiom:
    """He_(n+1)(x) = x He_n(x) - n He_(n-1)(x) for an integer n >= 0 (definition)."""
    goal.integer(n)
    here, before = ("hermite", n, x), ("hermite", ("-", n, 1), x)
    following = ("hermite", ("+", n, 1), x)
    return [("<=", 0, n)], ("=", following, ("-", ("*", x, here), ("*", n, before)))


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


def floor_part(goal: Goal, x: Term) -> Axiom:
    """floor(x) <= x < floor(x) + 1 (definition)."""
    return [], ("and", ("<=", ("floor", x), x), ("<", x, ("+", ("floor", x), 1)))


def iterate_zero(goal: Goal, term: Term) -> Axiom:
    """The 0-fold iterate of f at s is s (definition)."""
    name, body, depth, start = binder(term, "iter")
    return [("=", depth, 0)], ("=", term, start)


def iterate_successor(goal: Goal, term: Term) -> Axiom:
    """f^(L+1)(s) = f(f^(L)(s)) for L >= 0 (definition)."""
    name, body, depth, start = binder(term, "iter")
    longer = ("iter", name, body, ("+", depth, 1), start)
    return [("<=", 0, depth)], ("=", longer, substitute(body, {name: term}))


AXIOMS: dict[str, Callable[..., Axiom]] = {
    f.__name__: f
    for f in (
        power_successor, power_zero, power_negative, hermite_successor, quotient, square, root,
        log_power, log_product, log_monotone, log_increasing, log_one, log_bounds, ceiling,
        floor_part, iterate_zero, iterate_successor, fold_empty, fold_last, coefficient,
        dual_shifted, gaussian_moments, semidefinite_pair, least_eigenvalue, largest_eigenvalue,
        *ELEMENTARY, *EXPECTATIONS,
    )
}  # fmt: skip


def axiom(proof: Proof, goal: Goal, evidence: Evidence) -> None:
    """Add the fact of a named axiom, its premises proved."""
    if evidence["name"] not in AXIOMS or not isinstance(evidence["with"], list):
        raise Malformed("no such axiom")
    terms = [frozen(t) for t in evidence["with"]]
    for index, term in enumerate(terms):
        if evidence["name"] == "semidefinite_pair" and index == 0:
            goal.check(term)
        else:
            goal.sort(term)
    try:
        premises, fact = AXIOMS[evidence["name"]](goal, *terms)
    except TypeError:
        raise Malformed(f"{evidence['name']} takes other arguments") from None
    proof.rules.add(f"axiom {evidence['name']}")
    proof.discharge_all([goal.proving(p) for p in premises], evidence["given"])
    proof.discharge(goal.having(fact), evidence["then"])
