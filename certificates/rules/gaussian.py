"""Gaussian expectations of polynomials, exactly, from the moments of one or two variables.

E[X^k] = (k-1)!! for even k, else 0.  For jointly Gaussian X, Y with unit variances and
correlation rho, Isserlis' theorem pairs k factors X with k factors Y, the rest among themselves:
E[X^i Y^j] = sum over k with k = i = j mod 2 of
    binom(i, k) binom(j, k) k! (i-k-1)!! (j-k-1)!! rho^k.
A polynomial in Gaussian variables is integrable, so its expectation is defined.
"""

from fractions import Fraction
from math import comb, factorial, prod
from typing import Any

from certificates.terms import (
    MOST_NODES,
    Formula,
    Malformed,
    Term,
    free_names,
    number,
    numeral,
    size,
)

HIGHEST = 40


def double_factorial(n: int) -> int:
    """n!! for n >= -1."""
    return prod(range(n, 0, -2))


Coefficients = dict[tuple[int, ...], tuple[Term, int]]  # exponents -> coefficient and its size


def coefficients(body: Term, names: tuple[str, ...]) -> Coefficients:
    """The coefficients of a polynomial in `names`, by exponents.  Raises Malformed."""
    if not free_names(body) & set(names):
        return {(0,) * len(names): (body, size(body))}
    if isinstance(body, str):
        return {tuple(int(n == body) for n in names): (1, 1)}
    op, args = body[0], body[1:]
    if op in ("+", "-"):
        total: Coefficients = {}
        for index, a in enumerate(args):
            negative = op == "-" and (index == 1 or len(args) == 1)
            for exponents, c in coefficients(a, names).items():
                _add(total, exponents, _combined("*", (-1, 1), c) if negative else c)
        return total
    if op == "*":
        return _product([coefficients(a, names) for a in args], len(names))
    if op == "/" and not free_names(args[1]) & set(names):
        inverse = (("/", 1, args[1]), size(args[1]) + 2)
        return {e: _combined("*", c, inverse) for e, c in coefficients(args[0], names).items()}
    if op == "^" and isinstance(args[1], int) and 0 <= args[1] <= HIGHEST:
        return _product([coefficients(args[0], names)] * args[1], len(names))
    raise Malformed("not a polynomial in the Gaussian variables")


def _combined(op: str, a: tuple[Term, int], b: tuple[Term, int]) -> tuple[Term, int]:
    """a op b, computed where both are numerals; terms that grow too long are refused."""
    x, y = number(a[0]), number(b[0])
    if x is not None and y is not None:
        return numeral(x * y if op == "*" else x + y), 1
    if a[1] + b[1] > MOST_NODES:
        raise Malformed("an expectation grows too long")
    return (op, a[0], b[0]), a[1] + b[1] + 1


def _add(total: Coefficients, exponents: tuple[int, ...], c: tuple[Term, int]) -> None:
    total[exponents] = _combined("+", total[exponents], c) if exponents in total else c


def _product(factors: list[Coefficients], count: int) -> Coefficients:
    total: Coefficients = {(0,) * count: (1, 1)}
    for factor in factors:
        result: Coefficients = {}
        for m, c in total.items():
            for n, d in factor.items():
                exponents = tuple(a + b for a, b in zip(m, n, strict=True))
                if sum(exponents) > HIGHEST:
                    raise Malformed("the degree is too high")
                _add(result, exponents, _combined("*", c, d))
        total = result
    return total


def moment(exponents: tuple[int, ...], rho: Term) -> Term:
    """E[X^i] or E[X^i Y^j] as a polynomial in rho."""
    i, j = (*exponents, 0)[:2]
    if (i + j) % 2:
        return 0
    terms: list[Term] = [0, 0]
    for k in range(min(i, j) + 1):
        if (i - k) % 2 == 0:
            weight = comb(i, k) * comb(j, k) * factorial(k)
            weight *= double_factorial(i - k - 1) * double_factorial(j - k - 1)
            terms.append(("*", numeral(Fraction(weight)), ("^", rho, k)))
    return ("+", *terms)


def gaussian_moments(goal: Any, term: Term) -> tuple[list[Formula], Formula]:
    """E[body] = the sum of coefficients times moments, for a polynomial body; |rho| <= 1."""
    names: tuple[str, ...]
    match term:
        case ("expect", x, body):
            rho, names = 0, (x,)
        case ("expect2", rho, x, y, body) if x != y:
            names = (x, y)
        case _:
            raise Malformed("an expectation is needed")
    premises = [("<=", ("abs", rho), 1)] if len(names) == 2 else []
    total: list[Term] = [0, 0]
    for exponents, (c, _) in coefficients(body, names).items():
        total.append(("*", c, moment(exponents, rho)))
    return premises, ("=", term, ("+", *total))
