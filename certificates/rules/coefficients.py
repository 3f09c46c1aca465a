"""Coefficients of sequences: their sign, and the power series of a sequence that is shifted."""

from certificates.checker import Goal, Rejected
from certificates.terms import Axiom, Term, free_names


def coefficient(goal: Goal, term: Term) -> Axiom:
    """c_i >= 0 for i >= 0: a sequence is nonnegative (its sort)."""
    if not (isinstance(term, tuple) and term[0] == "coef"):
        raise Rejected("a coefficient is needed")
    return [("<=", 0, term[2])], ("<=", 0, term)


def dual_shifted(goal: Goal, term: Term, shifted: Term) -> Axiom:
    """sum_k d_k x^k = sum_{i>=1} i c_i x^(i-1) for d_k = (k+1) c_{k+1}, |x| <= 1 (i = k + 1)."""
    match term, shifted:
        case (
            ("dual", d, x),
            ("series", i, 1, ("*", ("coef", c, index), ("*", slope, ("^", base, ("-", last, 1))))),
        ) if index == slope == last == i and base == x and i not in free_names(x) | {c, d}:
            pass
        case _:
            raise Rejected("a power series and that of the slope of another are needed")
    matching = ("=", ("coef", d, i), ("*", ("+", i, 1), ("coef", c, ("+", i, 1))))
    every = ("forall", ((i, "int"),), ("implies", ("<=", 0, i), matching))
    return [("<=", ("abs", x), 1), every], ("=", term, shifted)
