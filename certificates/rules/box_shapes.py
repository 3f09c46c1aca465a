"""Steps on a box by the shape of F along one variable: concave, or least at a place inside."""

from typing import TYPE_CHECKING, Any

from certificates.box_claims import Claim, Span, Spans
from certificates.checker import Evidence, Rejected, frozen
from certificates.derivative import continuity, derivative
from certificates.normal import Normaliser
from certificates.rules.box_steps import at_end, numerator
from certificates.terms import Formula, Malformed, Term, sort_of, substitute

if TYPE_CHECKING:
    from certificates.rules.boxes import Tree


def concave(proof: "Tree", claim: Claim, tree: Evidence) -> None:
    """F is concave along a variable, and >= 0 at both ends of its range."""
    name, term = _along(claim, tree["name"]), claim.difference()
    span = claim.spans[name]
    if span.low is None or span.high is None:
        raise Rejected("a concave function needs two finite ends")
    if tree["strict"] not in ("ends", "curvature"):
        raise Malformed("what is strict is the ends or the curvature")
    strictly = tree["strict"] == "curvature"
    if strictly and not (claim.formula[0] == "<" and span.low_open and span.high_open):
        raise Rejected("a strict curvature needs a strict claim and ends that are excluded")
    limits = [tree[field] == "limit" for field in ("low", "high")]
    if (limits[0] and not span.low_open) or (limits[1] and not span.high_open):
        raise Rejected("at an end that is a value the limit does not count")
    inner = _inside(claim, name, span)
    whole = Span(span.low, span.high, limits[0], limits[1])
    _, second = _twice(proof, term, name, inner)
    _all(proof, continuity(term, name), {**claim.spans, name: whole})
    proof.check(Claim(("<" if strictly else "<=", 0, ("-", second)), inner, ()), tree["curvature"])
    relation = "<=" if strictly else claim.formula[0]
    rest = {n: s for n, s in claim.spans.items() if n != name}
    for end, field in ((span.low, "low"), (span.high, "high")):
        at_end(proof, Claim((relation, 0, term), rest, ()), name, end, field == "low", tree[field])


def valley(proof: "Tree", claim: Claim, tree: Evidence) -> None:
    """F' = (x - e) h / d with h >= 0 and d > 0: along x, F is least at e, where it is >= 0."""
    name, term = _along(claim, tree["name"]), claim.difference()
    span = claim.spans[name]
    inner, outer = _inside(claim, name, span), _closed(claim, name, span)
    slope, conditions = derivative(term, name)
    _all(proof, conditions, inner)
    _all(proof, continuity(term, name), outer)
    at, rest = _place(proof, claim, name, tree)
    signed = numerator(slope, proof.box(inner), proof.ranges)
    cofactor = frozen(tree["cofactor"])
    sort_of(cofactor, dict.fromkeys(claim.spans, "real"), {})
    if Normaliser({}).term(("-", signed, ("*", ("-", name, at), cofactor))):
        raise Rejected("the slope is not that product")
    proof.check(Claim(("<=", 0, cofactor), inner, ()), tree["sides"])
    proof.check(Claim((claim.formula[0], 0, substitute(term, {name: at})), rest, ()), tree["face"])


def critical(proof: "Tree", claim: Claim, tree: Evidence) -> None:
    """F is convex along x, with F' = 0 at e: it is least there, where it is >= 0."""
    name, term = _along(claim, tree["name"]), claim.difference()
    span = claim.spans[name]
    inner, outer = _inside(claim, name, span), _closed(claim, name, span)
    slope, second = _twice(proof, term, name, inner)
    _all(proof, derivative(term, name)[1], outer)
    _all(proof, continuity(slope, name), outer)
    at, rest = _place(proof, claim, name, tree)
    proof.check(Claim(("<=", 0, second), inner, ()), tree["curvature"])
    there = substitute(slope, {name: at})
    for signed, field in ((there, "rising"), (("-", there), "falling")):
        proof.check(Claim(("<=", 0, signed), rest, ()), tree[field])
    proof.check(Claim((claim.formula[0], 0, substitute(term, {name: at})), rest, ()), tree["face"])


def _along(claim: Claim, name: Any) -> str:
    if not isinstance(name, str) or name not in claim.spans:
        raise Malformed("a variable of the box is needed")
    return name


def _inside(claim: Claim, name: str, span: Span) -> dict[str, Span]:
    return {**claim.spans, name: span.opened()}


def _closed(claim: Claim, name: str, span: Span) -> dict[str, Span]:
    """The box with the finite ends of one variable."""
    whole = Span(span.low, span.high, span.low is None, span.high is None)
    return {**claim.spans, name: whole}


def _all(proof: "Tree", conditions: list[Formula], spans: Spans) -> None:
    for condition in conditions:
        if proof.decided(condition, spans) is not True:
            raise Rejected("the term may not be continuous or differentiable")


def _twice(proof: "Tree", term: Term, name: str, inner: Spans) -> tuple[Term, Term]:
    """(F', F''), both differentiations allowed inside."""
    slope, conditions = derivative(term, name)
    second, more = derivative(slope, name)
    _all(proof, [*conditions, *more], inner)
    return slope, second


def _place(proof: "Tree", claim: Claim, name: str, tree: Evidence) -> tuple[Term, dict[str, Span]]:
    """(e, the box of the other variables), where e, a term in these, is in the variable's range."""
    at, span = frozen(tree["at"]), claim.spans[name]
    rest = {n: s for n, s in claim.spans.items() if n != name}
    sort_of(at, dict.fromkeys(rest, "real"), {})
    bounds: list[Formula] = []
    bounds += [("<=", span.low, at)] if span.low is not None else []
    bounds += [("<=", at, span.high)] if span.high is not None else []
    if not isinstance(tree["inside"], list) or len(tree["inside"]) != len(bounds):
        raise Malformed("one tree for each finite end is needed")
    for bound, inside in zip(bounds, tree["inside"], strict=True):
        proof.check(Claim(bound, rest, ()), inside)
    return at, rest
