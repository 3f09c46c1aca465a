"""Changes of variables in Gaussian expectations: exponentials shift them, Gaussians rescale them.

Both hold for every tame function beside the factor that is taken away; FORMAT.md has the proofs.
"""

from typing import Any

from certificates.checker import Goal, Rejected
from certificates.rules.gaussian import coefficients
from certificates.rules.symmetries import opened
from certificates.rules.tame import tame
from certificates.terms import Axiom, Term, free_names, substitute


def shift(goal: Goal, term: Term) -> Axiom:
    """E exp(a X + b Y) f(X, Y) = exp(v/2) E f(X + a + rho b, Y + b + rho a), v = a^2 + b^2
    + 2 rho a b: under the density exp(a x + b y - v/2) X and Y have these means (Cameron, Martin).
    """
    head, names, body, premises = opened(term)
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


def reweight(goal: Goal, term: Term) -> Axiom:
    """E f(X, Y) exp(-(a X^2 + b Y^2)) = d^(-1/2) E f(u X', v Y') for a, b >= 0.

    d as in `gaussian_weight`, u and v the standard deviations there, and X', Y' of correlation
    rho/sqrt((1 + 2b(1 - rho^2))(1 + 2a(1 - rho^2))).
    """
    head, names, body, premises = opened(term)
    f, a, b = weighted(names, body)
    _transformed(head, names, f)
    rho = head[1] if len(names) == 2 else 0
    d, widths = spread(rho, a, b)
    moved = {n: ("*", ("sqrt", ("/", w, d)), n) for n, w in zip(names, widths, strict=False)}
    other = (head[0],) if len(names) == 1 else (
        head[0], ("/", rho, ("sqrt", ("*", *widths)))
    )  # fmt: skip
    premises = [*premises, ("<=", 0, a), ("<=", 0, b)]
    return premises, ("=", term, ("/", (*other, *names, substitute(f, moved)), ("sqrt", d)))


def weighted(names: tuple[str, ...], body: Term) -> tuple[Term, Term, Term]:
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


def spread(rho: Term, a: Term, b: Term) -> tuple[Term, list[Term]]:
    """d = (1 + 2a)(1 + 2b) - 4ab rho^2 and the variances of the reweighted X and Y, times d."""
    rest = ("-", 1, ("*", rho, rho))
    d = ("-", ("*", ("+", 1, ("*", 2, a)), ("+", 1, ("*", 2, b))), ("*", 4, a, b, rho, rho))
    return d, [("+", 1, ("*", 2, c, rest)) for c in (b, a)]


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
