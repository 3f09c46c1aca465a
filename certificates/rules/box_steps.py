"""The steps that bring a claim on a box to where enclosures decide it; FORMAT.md proves each."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from certificates.box_claims import Claim, Span, Spans
from certificates.checker import Evidence, Rejected, frozen
from certificates.derivative import continuity, derivative
from certificates.growth import limit, limit_at
from certificates.limits import Limit
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
    limiting = tree["face"] == "limit"
    if end is not None and limiting and not _excludes(span, rising):
        raise Rejected("at an end that is a value the limit does not count")
    outer = {**claim.spans, name: span if limiting else span.closed(rising)}
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
    at_end(proof, Claim((relation, 0, term), rest, ()), name, end, rising, tree["face"])


def at_end(proof: "Tree", claim: Claim, name: str, end: Term | None, low: bool, tree: Any) -> None:
    """The claim at an end of the range of a variable, in the box without it; or in the limit."""
    relation, _, term = claim.formula
    if tree != "limit":
        if end is None:
            raise Malformed("at an infinite end the limit counts")
        proof.check(claim.about(substitute(term, {name: end})), tree)
        return
    if not enough(relation, limit_towards(proof, term, name, end, low, claim.spans)):
        raise Rejected("the limit may be negative")


def limit_towards(
    proof: "Tree", term: Term, name: str, end: Term | None, low: bool, spans: Spans
) -> Limit:
    """The limit of a term at the low or the high end of a variable.  Raises Indeterminate."""
    box = proof.box(spans)
    if end is None:
        return limit(term, name, -INF if low else INF, box, proof.ranges)
    return limit_at(term, name, end, low, box, proof.ranges)


def enough(relation: str, found: Limit) -> bool:
    """Whether a limit is >= 0 (> 0)."""
    if isinstance(found, float):
        return found > 0
    return found.positive if relation == "<" else found.low >= 0


def _excludes(span: Span, below: bool) -> bool:
    end, opened = (span.low, span.low_open) if below else (span.high, span.high_open)
    return end is None or opened


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
    sign = proof.ranges.sharp(factor, box)
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
        if not ranges.sharp(d, box).nonzero:
            raise Rejected("a denominator may be 0")
    for d in down:
        negative ^= ranges.sharp(d, box).negative
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
