"""Folds: finite sums, finite products and other recursions over a range of indices."""

from typing import Any

from certificates.checker import Goal, Rejected
from certificates.terms import Axiom, Term, substitute


def fold_empty(goal: Goal, term: Term) -> Axiom:
    """A fold over no index is its start (definition)."""
    _, _, _, lower, upper, start = folded(term)
    return [("<", upper, lower)], ("=", term, start)


def fold_last(goal: Goal, term: Term) -> Axiom:
    """The fold up to n + 1 is its body at n + 1 and the fold up to n (definition)."""
    index, value, body, lower, upper, start = folded(term)
    last = ("+", upper, 1)
    longer = ("fold", index, value, body, lower, last, start)
    return [("<=", lower, last)], ("=", longer, substitute(body, {index: last, value: term}))


def folded(term: Any) -> tuple[Any, ...]:
    """The parts of a fold."""
    if not (isinstance(term, tuple) and term[0] == "fold"):
        raise Rejected("a fold is needed")
    return term[1:]
