"""Steps that give a claim on a box another form: exponentials, powers, one period, a quotient."""

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from certificates.box_claims import Claim, Span
from certificates.checker import Evidence, Rejected, frozen
from certificates.derivative import derivative
from certificates.dyadic import Indeterminate, Undefined
from certificates.normal import Normaliser
from certificates.quotients import exponential, logarithm
from certificates.ranges import Box, Ranges
from certificates.rules.box_steps import numerator
from certificates.rules.simplified import simplified
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


def logarithms(proof: "Tree", claim: Claim, tree: Evidence) -> None:
    """a <= b with each logarithm of a product, quotient, power, root or exponential taken apart."""
    relation, *sides = _inequality(claim)
    box = proof.box(claim.spans)
    apart = [taken_apart(side, box, proof.ranges) for side in sides]
    proof.check(replace(claim, formula=(relation, *apart)), tree["then"])


def taken_apart(term: Term, box: Box, ranges: Ranges) -> Term:
    """The term with log(t) replaced by `logarithm(t)`, an equal term, where that has a value."""
    if not isinstance(term, tuple) or term[0] in BINDERS or term[0] == "ite":
        return term
    term = (term[0], *(taken_apart(t, box, ranges) for t in term[1:]))
    if term[0] != "log":
        return term
    try:
        return logarithm(term[1], box, ranges)
    except (Indeterminate, Undefined):
        return term


def power(proof: "Tree", claim: Claim, tree: Evidence) -> None:
    """F = b - a, and a <= b follows from a^q <= b^q: for odd q, or where b >= 0."""
    relation = _inequality(claim)[0]
    left, right = (_term(claim, tree[k]) for k in ("left", "right"))
    exponent, roots = tree["exponent"], _roots(claim, tree["roots"])
    if not isinstance(exponent, int) or not 2 <= exponent <= LARGEST_POWER:
        raise Malformed(f"an exponent from 2 to {LARGEST_POWER} is needed")
    box = proof.box(claim.spans)
    if simplified(("-", claim.difference(), ("-", right, left)), roots, (), box, proof.ranges):
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
        repeats(side, name)
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
    rest = numerator(("-", claim.difference(), ("*", factor, other)), box, proof.ranges)
    if simplified(rest, roots, exponents, box, proof.ranges):
        raise Rejected("the term is not that product")
    sign = proof.ranges.sharp(factor, box)
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


def repeats(term: Term, name: str) -> None:
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
        repeats(part, name)
