"""Normal forms on a box in which powers of roots are multiplied out and exponentials collected."""

from collections.abc import Sequence
from fractions import Fraction

from certificates.checker import Rejected
from certificates.normal import Monomial, Normaliser, Polynomial, multiply, raised, spell
from certificates.normal import add as plus
from certificates.ranges import Box, Ranges
from certificates.terms import Term, rational_exponent


def simplified(
    term: Term, roots: Sequence[Term], exponents: Sequence[Term], box: Box, ranges: Ranges
) -> dict[tuple[Monomial, str], Fraction]:
    """The normal form with each root's power r^q replaced by u^n, where u >= 0, and products of
    exponentials brought together: coefficients of (other factors, exponent), none of them 0."""
    normal = Normaliser({})
    polynomial = normal.term(term)
    for root in roots:
        under, order, exponent = root[1], 2, 1
        if root[0] == "rpow":
            value = rational_exponent(root[2])
            order, exponent = value.denominator, value.numerator
        if ranges.term(under, box).low < 0:
            raise Rejected("a root of what may be negative")
        polynomial = _reduced(polynomial, normal.term(root), raised(normal.term(under), exponent),
                              order)  # fmt: skip
    arguments: dict[str, Polynomial] = {}
    for t in exponents:
        own = normal.term(("exp", t))
        if len(own) == 1 and list(own.values()) == [1]:
            (monomial,) = own
            if len(monomial) == 1 and monomial[0][1] == 1:
                arguments[monomial[0][0]] = normal.term(t)
    found: dict[tuple[Monomial, str], Fraction] = {}
    for monomial, c in polynomial.items():
        exponent_sum: Polynomial = {}
        for a, e in monomial:
            if a in arguments:
                exponent_sum = plus(exponent_sum, arguments[a], e)
        key = (tuple((a, e) for a, e in monomial if a not in arguments), spell(exponent_sum))
        found[key] = found.get(key, Fraction(0)) + c
    return {k: c for k, c in found.items() if c}


def _reduced(polynomial: Polynomial, root: Polynomial, value: Polynomial, order: int) -> Polynomial:
    """The polynomial with root^order replaced by the value, where the root is one atom."""
    ((monomial, coefficient),) = root.items() if len(root) == 1 else (((), Fraction(0)),)
    if len(monomial) != 1 or monomial[0][1] != 1 or coefficient != 1:
        return polynomial
    name = monomial[0][0]
    result: Polynomial = {}
    for own, c in polynomial.items():
        exponent = dict(own).get(name, 0)
        rest = tuple((a, e) for a, e in own if a != name)
        left = exponent % order
        rest = tuple(sorted((*rest, (name, left)))) if left else rest
        result = plus(result, multiply({rest: c}, raised(value, exponent // order)))
    return result
