"""Expectations of Gaussian variables: symmetries of their law, marginals, and the ends rho = 1, -1.

Every expectation here is of a tame function, so that it is finite; FORMAT.md has the proofs.
"""

from typing import Any

from certificates.checker import Goal, Rejected
from certificates.rules.tame import tame
from certificates.terms import Axiom, Formula, Term, free_names, substitute


def opened(term: Term) -> tuple[tuple[Any, ...], tuple[str, ...], Term, list[Formula]]:
    """(head, names, body, premises) of an expectation."""
    match term:
        case ("expect", x, body):
            return ("expect",), (x,), body, []
        case ("expect2", rho, x, y, body):
            return ("expect2", rho), (x, y), body, [("<=", ("abs", rho), 1)]
    raise Rejected("an expectation is needed")


def opened_tame(term: Term) -> tuple[tuple[Any, ...], tuple[str, ...], Term, list[Formula]]:
    head, names, body, premises = opened(term)
    if not tame(body, names):
        raise Rejected("an expectation of what is not tame on sight")
    return head, names, body, premises


def reflection(goal: Goal, term: Term) -> Axiom:
    """E f(X, Y) = E f(-X, -Y): (-X, -Y) has the law of (X, Y)."""
    head, names, body, premises = opened_tame(term)
    reflected = substitute(body, {n: ("-", n) for n in names})
    return premises, ("=", term, (*head, *names, reflected))


def marginal(goal: Goal, term: Term) -> Axiom:
    """E f(X) for jointly Gaussian X, Y is E f(X) for X alone, and likewise E f(Y)."""
    head, names, body, premises = opened_tame(term)
    used = [n for n in names if n in free_names(body)] or [names[0]]
    if len(names) != 2 or len(used) != 1:
        raise Rejected("an expectation that involves one of two variables is needed")
    return premises, ("=", term, ("expect", used[0], body))


def perfect_correlation(goal: Goal, term: Term, sign: Term) -> Axiom:
    """E f(X, Y) = E f(X, X) at rho = 1, and E f(X, -X) at rho = -1."""
    head, (x, *others), body, _ = opened_tame(term)
    if len(others) != 1 or sign not in (1, -1):
        raise Rejected("an expectation of two variables and a sign are needed")
    y = x if sign == 1 else ("-", x)
    return [("=", head[1], sign)], ("=", term, ("expect", x, substitute(body, {others[0]: y})))


def exchange(goal: Goal, term: Term) -> Axiom:
    """E f(X, Y) = E f(Y, X): (Y, X) has the law of (X, Y)."""
    head, names, body, premises = opened_tame(term)
    if len(names) != 2:
        raise Rejected("an expectation of two variables is needed")
    x, y = names
    return premises, ("=", term, (*head, x, y, substitute(body, {x: y, y: x})))


def opposite(goal: Goal, term: Term) -> Axiom:
    """E f(X, Y) at rho = E f(X, -Y) at -rho: (X, -Y) has the correlation -rho."""
    head, names, body, premises = opened_tame(term)
    if len(names) != 2:
        raise Rejected("an expectation of two variables is needed")
    turned = (head[0], ("-", head[1]), *names, substitute(body, {names[1]: ("-", names[1])}))
    return premises, ("=", term, turned)
