"""Expectations of Gaussian variables: linearity, and a short table of integrals.

Every expectation here is of a tame function, or of a polynomial times exp(-a x^2 - b y^2) with
a, b >= 0, so that it is finite; FORMAT.md has the proofs of the table.
"""

from fractions import Fraction
from math import comb, factorial

from certificates.checker import Goal, Rejected
from certificates.rules.changes import reweight, shift, spread, weighted
from certificates.rules.gaussian import HIGHEST, coefficients, double_factorial
from certificates.rules.symmetries import (
    exchange,
    marginal,
    opened,
    opened_tame,
    opposite,
    perfect_correlation,
    reflection,
)
from certificates.terms import Axiom, Formula, Malformed, Term, free_names, numeral


def linearity(goal: Goal, *terms: Term) -> Axiom:
    """E sum c f = sum c E f; the terms are E f, c, E g, d, ... with the same names."""
    if not terms or len(terms) % 2:
        raise Rejected("expectations and coefficients are needed")
    head, names, _, premises = opened_tame(terms[0])
    bodies, total = [], []
    for expectation, c in zip(terms[::2], terms[1::2], strict=True):
        other = opened_tame(expectation)
        if other[:2] != (head, names) or free_names(c) & set(names):
            raise Rejected("expectations in the same names, and coefficients without them")
        bodies.append(("*", c, other[2]))
        total.append(("*", c, expectation))
    return premises, ("=", (*head, *names, ("+", 0, *bodies)), ("+", 0, *total))


def exponential_mean(goal: Goal, term: Term) -> Axiom:
    """E exp(a X + b Y + c) = exp(c + v/2) with v = a^2 + b^2 + 2 rho a b."""
    _, c, half, premises = _wave(term, ("exp",))
    return premises, ("=", term, ("exp", ("+", c, half)))


def trigonometric_mean(goal: Goal, term: Term) -> Axiom:
    """E f(a X + b Y + c) = f(c) exp(-v/2) for f = sin and f = cos."""
    op, c, half, premises = _wave(term, ("sin", "cos"))
    return premises, ("=", term, ("*", (op, c), ("exp", ("-", half))))


def _wave(term: Term, functions: tuple[str, ...]) -> tuple[str, Term, Term, list[Formula]]:
    """(f, c, v/2, premises) for E f(a X + b Y + c)."""
    head, names, body, premises = opened(term)
    if not (isinstance(body, tuple) and len(body) == 2 and body[0] in functions):
        raise Rejected(f"an expectation of {' or '.join(functions)} is needed")
    found = {e: c for e, (c, _) in coefficients(body[1], names).items()}
    if any(sum(e) > 1 for e in found):
        raise Rejected("the argument must be linear in the variables")
    unit = [tuple(int(i == k) for i in range(len(names))) for k in range(len(names))]
    a, *others = (found.get(e, 0) for e in unit)
    variance: Term = ("*", a, a)
    for b in others:
        variance = ("+", variance, ("*", b, b), ("*", 2, head[1], a, b))
    return body[0], found.get((0,) * len(names), 0), ("/", variance, 2), premises


def gaussian_weight(goal: Goal, term: Term) -> Axiom:
    """E p(X, Y) exp(-(a X^2 + b Y^2)) = d^(-1/2) E p(X', Y') for polynomials p and a, b >= 0.

    d = (1 + 2a)(1 + 2b) - 4ab rho^2 and X', Y' are Gaussian with means 0, variances
    (1 + 2b(1 - rho^2))/d, (1 + 2a(1 - rho^2))/d and covariance rho/d.
    """
    head, names, body, premises = opened(term)
    p, a, b = weighted(names, body)
    rho = head[1] if len(names) == 2 else 0
    d, widths = spread(rho, a, b)
    variances: list[Term] = [("/", w, d) for w in widths]
    total: list[Term] = [0, 0]
    for exponents, (c, _) in coefficients(p, names).items():
        total.append(("*", c, _moment(exponents, variances, ("/", rho, d))))
    premises = [*premises, ("<=", 0, a), ("<=", 0, b)]
    return premises, ("=", term, ("/", ("+", *total), ("sqrt", d)))


def _moment(exponents: tuple[int, ...], variances: list[Term], covariance: Term) -> Term:
    """E[X^i Y^j] for means 0: k factors X are paired with k factors Y (Isserlis 1918)."""
    i, j = (*exponents, 0)[:2]
    if i + j > HIGHEST:
        raise Malformed("the degree is too high")
    terms: list[Term] = [0, 0]
    for k in range(min(i, j) + 1):
        if (i - k) % 2 == 0 and (j - k) % 2 == 0:
            weight = comb(i, k) * comb(j, k) * factorial(k)
            weight *= double_factorial(i - k - 1) * double_factorial(j - k - 1)
            powers = (("^", variances[0], (i - k) // 2), ("^", variances[1], (j - k) // 2))
            terms.append(("*", numeral(Fraction(weight)), *powers, ("^", covariance, k)))
    return ("+", *terms)


EXPECTATIONS = (
    reflection, linearity, marginal, perfect_correlation, exponential_mean, trigonometric_mean,
    gaussian_weight, exchange, opposite, shift, reweight,
)  # fmt: skip
