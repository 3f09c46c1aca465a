"""Expectations of Gaussian variables: symmetries, linearity, and a short table of integrals.

Every expectation here is of a tame function, or of a polynomial times exp(-a x^2 - b y^2) with
a, b >= 0, so that it is finite; FORMAT.md has the proofs of the table.
"""

from fractions import Fraction
from math import comb, factorial
from typing import Any

from certificates.checker import Goal, Rejected
from certificates.rules.gaussian import HIGHEST, coefficients, double_factorial
from certificates.rules.tame import tame
from certificates.terms import Formula, Malformed, Term, free_names, numeral, substitute

Axiom = tuple[list[Formula], Formula]  # premises, fact


def _opened(term: Term) -> tuple[tuple[Any, ...], tuple[str, ...], Term, list[Formula]]:
    """(head, names, body, premises) of an expectation."""
    match term:
        case ("expect", x, body):
            return ("expect",), (x,), body, []
        case ("expect2", rho, x, y, body):
            return ("expect2", rho), (x, y), body, [("<=", ("abs", rho), 1)]
    raise Rejected("an expectation is needed")


def _tame(term: Term) -> tuple[tuple[Any, ...], tuple[str, ...], Term, list[Formula]]:
    head, names, body, premises = _opened(term)
    if not tame(body, names):
        raise Rejected("an expectation of what is not tame on sight")
    return head, names, body, premises


def reflection(goal: Goal, term: Term) -> Axiom:
    """E f(X, Y) = E f(-X, -Y): (-X, -Y) has the law of (X, Y)."""
    head, names, body, premises = _tame(term)
    reflected = substitute(body, {n: ("-", n) for n in names})
    return premises, ("=", term, (*head, *names, reflected))


def linearity(goal: Goal, *terms: Term) -> Axiom:
    """E sum c f = sum c E f; the terms are E f, c, E g, d, ... with the same names."""
    if not terms or len(terms) % 2:
        raise Rejected("expectations and coefficients are needed")
    head, names, _, premises = _tame(terms[0])
    bodies, total = [], []
    for expectation, c in zip(terms[::2], terms[1::2], strict=True):
        other = _tame(expectation)
        if other[:2] != (head, names) or free_names(c) & set(names):
            raise Rejected("expectations in the same names, and coefficients without them")
        bodies.append(("*", c, other[2]))
        total.append(("*", c, expectation))
    return premises, ("=", (*head, *names, ("+", 0, *bodies)), ("+", 0, *total))


def marginal(goal: Goal, term: Term) -> Axiom:
    """E f(X) for jointly Gaussian X, Y is E f(X) for X alone, and likewise E f(Y)."""
    head, names, body, premises = _tame(term)
    used = [n for n in names if n in free_names(body)] or [names[0]]
    if len(names) != 2 or len(used) != 1:
        raise Rejected("an expectation that involves one of two variables is needed")
    return premises, ("=", term, ("expect", used[0], body))


def perfect_correlation(goal: Goal, term: Term, sign: Term) -> Axiom:
    """E f(X, Y) = E f(X, X) at rho = 1, and E f(X, -X) at rho = -1."""
    head, (x, *others), body, _ = _tame(term)
    if len(others) != 1 or sign not in (1, -1):
        raise Rejected("an expectation of two variables and a sign are needed")
    y = x if sign == 1 else ("-", x)
    return [("=", head[1], sign)], ("=", term, ("expect", x, substitute(body, {others[0]: y})))


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
    head, names, body, premises = _opened(term)
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
    head, names, body, premises = _opened(term)
    p, a, b = _weighted(names, body)
    rho = head[1] if len(names) == 2 else 0
    d, widths = _spread(rho, a, b)
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


def exchange(goal: Goal, term: Term) -> Axiom:
    """E f(X, Y) = E f(Y, X): (Y, X) has the law of (X, Y)."""
    head, names, body, premises = _tame(term)
    if len(names) != 2:
        raise Rejected("an expectation of two variables is needed")
    x, y = names
    return premises, ("=", term, (*head, x, y, substitute(body, {x: y, y: x})))


def opposite(goal: Goal, term: Term) -> Axiom:
    """E f(X, Y) at rho = E f(X, -Y) at -rho: (X, -Y) has the correlation -rho."""
    head, names, body, premises = _tame(term)
    if len(names) != 2:
        raise Rejected("an expectation of two variables is needed")
    turned = (head[0], ("-", head[1]), *names, substitute(body, {names[1]: ("-", names[1])}))
    return premises, ("=", term, turned)


def shift(goal: Goal, term: Term) -> Axiom:
    """E exp(a X + b Y) f(X, Y) = exp(v/2) E f(X + a + rho b, Y + b + rho a), v = a^2 + b^2
    + 2 rho a b: under the density exp(a x + b y - v/2) X and Y have these means (Cameron, Martin).
    """
    head, names, body, premises = _opened(term)
    match body:
        case ("*", ("exp", exponent), f):
            found = {e: c for e, (c, _) in coefficients(exponent, names).items()}
        case _:
            raise Rejected("an expectation of exp(a x + b y) f is needed")
    _transformed(head, names, f)
    unit = [tuple(int(i == k) for i in range(len(names))) for k in range(len(names))]
    if found.keys() - set(unit):
        raise Rejected("the exponent must be linear in the variables, without a constant")
    rates = [found.get(e, 0) for e in unit]
    means, variance = _tilted(rates, head)
    moved = {n: ("+", n, m) for n, m in zip(names, means, strict=True)}
    value = ("*", ("exp", ("/", variance, 2)), (*head, *names, substitute(f, moved)))
    return premises, ("=", term, value)


def _transformed(head: tuple[Any, ...], names: tuple[str, ...], f: Term) -> None:
    """Raise Rejected unless f is tame and the correlation can stand in its body uncaptured."""
    if not tame(f, names):
        raise Rejected("an expectation of what is not tame on sight")
    if any(free_names(rho) & set(names) for rho in head[1:]):
        raise Rejected("the correlation must not have the name of a variable")


def _tilted(rates: list[Term], head: tuple[Any, ...]) -> tuple[list[Term], Term]:
    """The covariances of X and Y with a X + b Y, and its variance."""
    if len(rates) == 1:
        return rates, ("*", rates[0], rates[0])
    (a, b), rho = rates, head[1]
    variance = ("+", ("*", a, a), ("*", b, b), ("*", 2, rho, a, b))
    return [("+", a, ("*", rho, b)), ("+", b, ("*", rho, a))], variance


def reweight(goal: Goal, term: Term) -> Axiom:
    """E f(X, Y) exp(-(a X^2 + b Y^2)) = d^(-1/2) E f(u X', v Y') for a, b >= 0.

    d as in `gaussian_weight`, u and v the standard deviations there, and X', Y' of correlation
    rho/sqrt((1 + 2b(1 - rho^2))(1 + 2a(1 - rho^2))).
    """
    head, names, body, premises = _opened(term)
    f, a, b = _weighted(names, body)
    _transformed(head, names, f)
    rho = head[1] if len(names) == 2 else 0
    d, widths = _spread(rho, a, b)
    moved = {n: ("*", ("sqrt", ("/", w, d)), n) for n, w in zip(names, widths, strict=False)}
    other = (head[0],) if len(names) == 1 else (
        head[0], ("/", rho, ("sqrt", ("*", *widths)))
    )  # fmt: skip
    premises = [*premises, ("<=", 0, a), ("<=", 0, b)]
    return premises, ("=", term, ("/", (*other, *names, substitute(f, moved)), ("sqrt", d)))


def _weighted(names: tuple[str, ...], body: Term) -> tuple[Term, Term, Term]:
    """f, a, b of the literal f exp(-(a x^2)) or f exp(-(a x^2 + b y^2))."""
    f: Term
    a: Term
    b: Term
    match names, body:
        case ((x,), ("*", f, ("exp", ("-", ("*", a, ("^", x_1, 2)))))) if x_1 == x:
            b = 0
        case (
            (x, y),
            ("*", f, ("exp", ("-", ("+", ("*", a, ("^", x_1, 2)), ("*", b, ("^", y_1, 2)))))),
        ) if (x_1, y_1) == (x, y):
            pass
        case _:
            raise Rejected("an expectation of f exp(-a x^2), or f exp(-(a x^2 + b y^2)), is needed")
    if (free_names(a) | free_names(b)) & set(names):
        raise Rejected("a and b must not involve the variables")
    return f, a, b


def _spread(rho: Term, a: Term, b: Term) -> tuple[Term, list[Term]]:
    """d = (1 + 2a)(1 + 2b) - 4ab rho^2 and the variances of the reweighted X and Y, times d."""
    rest = ("-", 1, ("*", rho, rho))
    d = ("-", ("*", ("+", 1, ("*", 2, a)), ("+", 1, ("*", 2, b))), ("*", 4, a, b, rho, rho))
    return d, [("+", 1, ("*", 2, c, rest)) for c in (b, a)]


EXPECTATIONS = (
    reflection, linearity, marginal, perfect_correlation, exponential_mean, trigonometric_mean,
    gaussian_weight, exchange, opposite, shift, reweight,
)  # fmt: skip
