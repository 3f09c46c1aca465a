"""Steps that give a claim on a box another form: exponentials, powers, one period, a quotient."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from certificates.box_claims import Claim, Span
from certificates.checker import Evidence, Rejected, frozen
from certificates.derivative import derivative
from certificates.normal import (
    Monomial,
    Normaliser,
    Polynomial,
    multiply,
    raised,
    spell,
)
from certificates.normal import add as plus
from certificates.quotients import exponential, fraction
from certificates.ranges import Box, Ranges
from certificates.terms import (
    BINDERS,
    Malformed,
    Term,
    free_names,
    rational_exponent,
    sort_of,
)

if TYPE_CHECKING:
    from certificates.rules.boxes import Tree

MOST_ROOTS = 20
LARGEST_POWER = 12


def exp(proof: "Tree", claim: Claim, tree: Evidence) -> None:
    """a <= b follows from exp a <= exp b."""
    relation, left, right = _inequality(claim)
    box = proof.box(claim.spans)
    sides = [exponential(side, box, proof.ranges) for side in (left, right)]
    proof.check(replace(claim, formula=(relation, *sides)), tree["then"])


def power(proof: "Tree", claim: Claim, tree: Evidence) -> None:
    """F = b - a, and a <= b follows from a^q <= b^q: for odd q, or where b >= 0."""
    relation = _inequality(claim)[0]
    left, right = (_term(claim, tree[k]) for k in ("left", "right"))
    exponent, roots = tree["exponent"], _roots(claim, tree["roots"])
    if not isinstance(exponent, int) or not 2 <= exponent <= LARGEST_POWER:
        raise Malformed(f"an exponent from 2 to {LARGEST_POWER} is needed")
    box = proof.box(claim.spans)
    if _simplified(("-", claim.difference(), ("-", right, left)), roots, (), box, proof.ranges):
        raise Rejected("the term is not that difference")
    if exponent % 2 == 0:
        proof.check(replace(claim, formula=("<=", 0, right)), tree["nonnegative"])
    elif tree["nonnegative"] != "odd":
        raise Malformed("for an odd exponent no sign is needed")
    powers = (("^", left, exponent), ("^", right, exponent))
    proof.check(replace(claim, formula=(relation, *powers)), tree["then"])


def periodic(proof: "Tree", claim: Claim, tree: Evidence) -> None:
    """F has the period 2 pi in a variable: one period will do."""
    name = tree["name"]
    if not isinstance(name, str) or name not in claim.spans:
        raise Malformed("a variable of the box is needed")
    for side in claim.formula[1:]:
        _repeats(side, name)
    _inequality(claim)
    period = Span(("-", ("pi",)), ("pi",), False, False)
    proof.check(Claim(claim.formula, {**claim.spans, name: period}, ()), tree["then"])


def product(proof: "Tree", claim: Claim, tree: Evidence) -> None:
    """F = g h, denominators cleared, roots and exponentials brought together; g is > 0 (>= 0)."""
    factor, other = (_term(claim, tree[k]) for k in ("factor", "of"))
    roots = _roots(claim, tree["roots"])
    if not isinstance(tree["exponents"], list) or len(tree["exponents"]) > MOST_ROOTS:
        raise Malformed("a short list of exponents is needed")
    exponents = [_term(claim, t) for t in tree["exponents"]]
    box = proof.box(claim.spans)
    top, down, others = fraction(("-", claim.difference(), ("*", factor, other)))
    for d in (*down, *others):
        if not proof.ranges.term(d, box).nonzero:
            raise Rejected("a denominator may be 0")
    if _simplified(top, roots, exponents, box, proof.ranges):
        raise Rejected("the term is not that product")
    sign = proof.ranges.term(factor, box)
    if not (sign.positive or (claim.formula[0] == "<=" and sign.low >= 0)):
        raise Rejected("the factor may be negative")
    proof.check(claim.about(other), tree["then"])


def _inequality(claim: Claim) -> tuple[Any, ...]:
    if claim.formula[0] not in ("<=", "<"):
        raise Rejected("this step needs an inequality")
    formula: tuple[Any, ...] = claim.formula
    return formula


def _term(claim: Claim, value: Any) -> Term:
    """A term that the evidence brings in, over the variables of the box."""
    term = frozen(value)
    sort_of(term, dict.fromkeys(claim.spans, "real"), {})
    return term


def _roots(claim: Claim, values: Any) -> list[Term]:
    """Roots: terms sqrt(u), or u^(n/q) with n > 0."""
    if not isinstance(values, list) or len(values) > MOST_ROOTS:
        raise Malformed("a short list of roots is needed")
    roots = [_term(claim, v) for v in values]
    for root in roots:
        known = isinstance(root, tuple) and root[0] in ("sqrt", "rpow")
        if not known or (root[0] == "rpow" and rational_exponent(root[2]) < 0):
            raise Malformed("a root is sqrt(u), or a power of u with a positive fraction")
    return roots


def _repeats(term: Term, name: str) -> None:
    """Raise Rejected unless `name` stands just in arguments n name + c of sin and cos, n whole."""
    if not isinstance(term, tuple):
        if term == name:
            raise Rejected("the variable stands outside sine and cosine")
        return
    if name not in free_names(term):
        return
    if term[0] in BINDERS or term[0] == "ite":
        raise Rejected("a term whose period is not known")
    if term[0] in ("sin", "cos"):
        slope, conditions = derivative(term[1], name)
        value = Normaliser({}).term(slope)
        if not conditions and set(value) <= {()} and value.get((), Fraction(0)).denominator == 1:
            return
        raise Rejected("an argument that is not n x + c")
    for part in term[1:]:
        _repeats(part, name)


def _simplified(
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
