"""The steps that bring a claim on a box to where enclosures decide it; FORMAT.md proves each."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from certificates.box_claims import Claim, Span, Spans
from certificates.checker import Evidence, Rejected, frozen
from certificates.derivative import continuity, derivative
from certificates.limits import limit
from certificates.normal import Normaliser, Polynomial, multiply, raised
from certificates.normal import add as plus
from certificates.quotients import fraction, logarithm
from certificates.ranges import INF, Box, Ranges
from certificates.terms import Malformed, Term, sort_of, substitute

if TYPE_CHECKING:
    from certificates.rules.boxes import Tree

MOST_ROOTS = 20


def slope(proof: "Tree", claim: Claim, tree: Evidence) -> None:
    """F rises (falls) along a variable, and is >= 0 at its lower (upper) end."""
    name, rising = tree["name"], tree["sign"] == "+"
    if name not in claim.spans or tree["sign"] not in ("+", "-"):
        raise Malformed("a slope needs a variable and a sign")
    if tree["strict"] not in ("slope", "face"):
        raise Malformed("what is strict is the slope or the face")
    term, span = claim.difference(), claim.spans[name]
    end = span.low if rising else span.high
    strictly = tree["strict"] == "slope"
    if strictly and not (claim.formula[0] == "<" and _excludes(span, rising)):
        raise Rejected("a strict slope needs a strict claim and an end that is excluded")
    slope, conditions = derivative(term, name)
    inner = {**claim.spans, name: span.opened()}
    closed = span if end is None else span.closed(rising)
    outer = {**claim.spans, name: closed}
    for condition in conditions:
        if proof.decided(condition, inner) is not True:
            raise Rejected("the term may not be differentiable")
    for condition in continuity(term, name):
        if proof.decided(condition, outer) is not True:
            raise Rejected("the term may not be continuous")
    signed = slope if rising else ("-", slope)
    proof.check(Claim(("<" if strictly else "<=", 0, signed), inner, ()), tree["slope"])
    relation = "<=" if strictly else claim.formula[0]
    rest = {n: s for n, s in claim.spans.items() if n != name}
    if end is None:
        _limit(proof, relation, term, name, -INF if rising else INF, rest, tree["face"])
    else:
        face = substitute(term, {name: end})
        proof.check(Claim((relation, 0, face), rest, ()), tree["face"])


def _excludes(span: Span, below: bool) -> bool:
    end, opened = (span.low, span.low_open) if below else (span.high, span.high_open)
    return end is None or opened


def _limit(
    proof: "Tree", relation: str, term: Term, name: str, towards: float, spans: Spans, tree: Any
) -> None:
    if tree != "limit":
        raise Malformed("at an infinite end the limit counts")
    found = limit(term, name, towards, proof.box(spans), proof.ranges)
    if isinstance(found, float):
        enough = found > 0
    else:
        enough = found.positive if relation == "<" else found.low >= 0
    if not enough:
        raise Rejected("the limit may be negative")


def factor(proof: "Tree", claim: Claim, tree: Evidence) -> None:
    """F = g h by normal form, with squares of roots multiplied out; g is > 0, or >= 0."""
    factor, other = (_term(claim, tree[k]) for k in ("factor", "of"))
    roots = [_term(claim, u) for u in tree["roots"]]
    if len(roots) > MOST_ROOTS:
        raise Malformed("too many roots")
    box = proof.box(claim.spans)
    normal = Normaliser({})
    difference = normal.term(("-", claim.difference(), ("*", factor, other)))
    for u in roots:
        if proof.ranges.term(u, box).low < 0:
            raise Rejected("a root of what may be negative")
        difference = squared(difference, normal, u)
    if difference:
        raise Rejected("the term is not that product")
    sign = proof.ranges.term(factor, box)
    if not (sign.positive or (claim.formula[0] == "<=" and sign.low >= 0)):
        raise Rejected("the factor may be negative")
    proof.check(claim.about(other), tree["then"])


def clear(proof: "Tree", claim: Claim, tree: Evidence) -> None:
    """F = N / (d ...) with every d of one sign: N, or -N, instead."""
    cleared = numerator(claim.difference(), proof.box(claim.spans), proof.ranges)
    proof.check(claim.about(cleared), tree["then"])


def numerator(term: Term, box: Box, ranges: Ranges) -> Term:
    """A term of the sign of the given one on the box, denominators of one sign cleared."""
    top, down, others = fraction(term)
    negative = False
    for d in (*down, *others):
        if not ranges.term(d, box).nonzero:
            raise Rejected("a denominator may be 0")
    for d in down:
        negative ^= ranges.term(d, box).negative
    return ("-", top) if negative else top


def log(proof: "Tree", claim: Claim, tree: Evidence) -> None:
    """a <= b follows from log a <= log b, for a, b > 0."""
    relation, *sides = claim.formula
    if relation not in ("<=", "<"):
        raise Rejected("this step needs an inequality")
    box = proof.box(claim.spans)
    left, right = (logarithm(side, box, proof.ranges) for side in sides)
    proof.check(replace(claim, formula=(relation, left, right)), tree["then"])


def _term(claim: Claim, value: Any) -> Term:
    """A term that the evidence brings in, over the variables of the box."""
    term = frozen(value)
    sort_of(term, dict.fromkeys(claim.spans, "real"), {})
    return term


def squared(polynomial: Polynomial, normal: Normaliser, u: Term) -> Polynomial:
    """The polynomial with sqrt(u)^2 replaced by u, wherever u >= 0."""
    ((((root, _),), _),) = normal.term(("sqrt", u)).items()
    under = normal.term(u)
    result: Polynomial = {}
    for monomial, c in polynomial.items():
        exponent = dict(monomial).get(root, 0)
        rest = tuple((a, e) for a, e in monomial if a != root)
        rest = tuple(sorted((*rest, (root, 1)))) if exponent % 2 else rest
        result = plus(result, multiply({rest: c}, raised(under, exponent // 2)))
    return result
