"""Shapes of F along a variable, for engine `boxes`: concave, or least at a place inside its range.

The place e is a term in the other variables that fits where doubles see the least value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import partial
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING, Any

from certificates.box_claims import Claim, Span
from certificates.checker import Rejected
from certificates.normal import Normaliser, Polynomial, multiply
from certificates.normal import add as plus
from certificates.quotients import fraction
from certificates.terms import Formula, Malformed, Term, numeral, size, substitute
from proofs.engines.floats import Function, value_or_none
from proofs.engines.rational import atoms, simplest, written

if TYPE_CHECKING:
    from proofs.engines.boxes import Look, Search

LONGEST = 250
CLOSE = 1e-6
GRID = 24
Attempt = Callable[[], Any]


def shapes(
    search: Search, claim: Claim, term: Term, slopes: dict[str, Look], depth: int, cuts: int
) -> Iterator[Attempt]:
    """Ways to prove the claim by its shape along one variable; each raises NoTree if it fails."""
    for name, slope in slopes.items() if search.shapes > 0 else ():
        span = claim.spans[name]
        inner = {**claim.spans, name: span.opened()}
        try:
            first, conditions = search.derivative(term, name)
            second, more = search.derivative(first, name)
            smooth = search.continuity(term, name)
            again = [*conditions, *search.continuity(first, name)]
        except (Rejected, Malformed):
            continue
        if size(second) > LONGEST or not search.all_true([*conditions, *more], inner):
            continue
        whole = Span(span.low, span.high, span.low is None, span.high is None)
        outer = {**claim.spans, name: whole}
        known = search.all_true(smooth, outer)
        bend = search.look(claim, second)
        finite = span.low is not None and span.high is not None
        common = (search, claim, term, name)
        singular = finite and not known and span.low_open and span.high_open
        if finite and bend.falls and (known or (singular and search.all_true(smooth, inner))):
            yield partial(concave, *common, second, depth, cuts)
        if len(slopes) == 1 or not slope.values:
            continue
        for at in places(search, claim, name, sorted(slopes), slope.function):
            cofactor = _cofactor(search, first, name, at, inner)
            if cofactor is not None and known:
                yield partial(valley, *common, at, cofactor, depth, cuts)
            if bend.rises and search.all_true(again, outer):
                yield partial(critical, *common, at, first, second, depth, cuts)


def concave(
    search: Search, claim: Claim, term: Term, name: str, second: Term, depth: int, cuts: int
) -> dict[str, Any]:
    """The step `concave`."""
    span = claim.spans[name]
    rest = {n: s for n, s in claim.spans.items() if n != name}
    inner = {**claim.spans, name: span.opened()}
    excluded = claim.formula[0] == "<" and span.low_open and span.high_open
    strict = "curvature" if excluded else "ends"
    at = Claim(("<=" if excluded else claim.formula[0], 0, term), rest, ())
    smooth = search.continuity(term, name)
    ends = []
    for low, end, opened in ((True, span.low, span.low_open), (False, span.high, span.high_open)):
        singular = opened and not search.all_true(
            smooth, {**claim.spans, name: span.opened().closed(low)}
        )
        ends.append(search.at_end(at, name, end, low, singular, depth, cuts))
    bent: Formula = ("<" if excluded else "<=", 0, ("-", second))
    curvature = search.prove(Claim(bent, inner, ()), depth + 1, cuts)
    return {"by": "concave", "name": name, "strict": strict, "curvature": curvature,
            "low": ends[0], "high": ends[1]}  # fmt: skip


def valley(
    search: Search, claim: Claim, term: Term, name: str, at: Term, cofactor: Term, depth: int,
    cuts: int,
) -> dict[str, Any]:  # fmt: skip
    """The step `valley`."""
    inner = {**claim.spans, name: claim.spans[name].opened()}
    inside, face = _at(search, claim, term, name, at, depth, cuts)
    sides = search.prove(Claim(("<=", 0, cofactor), inner, ()), depth + 1, cuts)
    return {"by": "valley", "name": name, "at": at, "inside": inside, "cofactor": cofactor,
            "sides": sides, "face": face}  # fmt: skip


def critical(
    search: Search, claim: Claim, term: Term, name: str, at: Term, first: Term, second: Term,
    depth: int, cuts: int,
) -> dict[str, Any]:  # fmt: skip
    """The step `critical`."""
    rest = {n: s for n, s in claim.spans.items() if n != name}
    inner = {**claim.spans, name: claim.spans[name].opened()}
    there = substitute(first, {name: at})
    halves = [
        search.prove(Claim(("<=", 0, t), rest, ()), depth, cuts) for t in (there, ("-", there))
    ]
    inside, face = _at(search, claim, term, name, at, depth, cuts)
    curvature = search.prove(Claim(("<=", 0, second), inner, ()), depth + 1, cuts)
    return {"by": "critical", "name": name, "at": at, "inside": inside, "curvature": curvature,
            "rising": halves[0], "falling": halves[1], "face": face}  # fmt: skip


def _at(
    search: Search, claim: Claim, term: Term, name: str, at: Term, depth: int, cuts: int
) -> tuple[list[Any], Any]:
    """Trees for: e is in the range, and the claim at e."""
    span = claim.spans[name]
    rest = {n: s for n, s in claim.spans.items() if n != name}
    bounds: list[Formula] = []
    bounds += [("<=", span.low, at)] if span.low is not None else []
    bounds += [("<=", at, span.high)] if span.high is not None else []
    inside = [search.prove(Claim(b, rest, ()), depth, cuts) for b in bounds]
    face: Formula = (claim.formula[0], 0, substitute(term, {name: at}))
    return inside, search.prove(Claim(face, rest, ()), depth, cuts)


def _cofactor(search: Search, slope: Term, name: str, at: Term, spans: Any) -> Term | None:
    """h with numerator of the slope = (name - at) h, signs of its denominators included."""
    normal = Normaliser({})
    try:
        top, down, others = fraction(slope)
        box = search.tree.box(spans)
        negative = False
        for d in (*down, *others):
            if not search.tree.ranges.sharp(d, box).nonzero:
                return None
        for d in down:
            negative ^= search.tree.ranges.sharp(d, box).negative
        signed: Term = ("-", top) if negative else top
        known = {**atoms(signed, normal), **atoms(at, normal)}
        polynomial, root = normal.term(signed), normal.term(at)
    except Exception as error:
        if isinstance(error, search.undecided):
            return None
        raise
    powers: dict[int, Polynomial] = {}
    for monomial, c in polynomial.items():
        exponents = dict(monomial)
        k = exponents.pop(name, 0)
        powers[k] = plus(powers.get(k, {}), {tuple(sorted(exponents.items())): c})
    highest = max(powers, default=0)
    carried: Polynomial = {}
    quotient: Polynomial = {}
    for k in range(highest, 0, -1):
        carried = plus(powers.get(k, {}), multiply(carried, root))
        step: Polynomial = {((name, k - 1),): Fraction(1)} if k > 1 else {(): Fraction(1)}
        quotient = plus(quotient, multiply(carried, step))
    if plus(powers.get(0, {}), multiply(carried, root)) or not quotient:
        return None
    if any(a not in known for monomial in quotient for a, _ in monomial):
        return None
    return written(quotient, known)


# Where the least value is -------------------------------------------------------------------------


def places(
    search: Search, claim: Claim, name: str, names: Sequence[str], slope: Function
) -> list[Term]:
    """Terms e in the other variables at which the slope in `name` seems to turn upwards."""
    from proofs.engines.boxes import _float, at_place

    others = [n for n in names if n != name]
    random = Random(7)
    ends = {
        n: (_float(s.low) if s.low is not None else None,
            _float(s.high) if s.high is not None else None)
        for n, s in claim.spans.items()
    }  # fmt: skip
    found: list[tuple[dict[str, float], float]] = []
    for _ in range(7):
        at = {}
        for n in others:
            value = at_place(*ends[n], 0.15 + 0.7 * random.random())
            if value is None:
                return []
            at[n] = value
        turn = _turn(slope, name, at, [at_place(*ends[name], k / GRID) for k in range(GRID + 1)])
        if turn is not None:
            found.append((at, turn))
    if len(found) < 4:
        return []
    return [t for t in _candidates(others, found) if _fits(search, t, found)][:2]


def _turn(
    slope: Function, name: str, at: dict[str, float], grid: Sequence[float | None]
) -> float | None:
    """Where the slope changes from negative to positive."""
    values = [
        (x, v) for x in grid if x is not None
        if (v := value_or_none(slope, {**at, name: x})) is not None
    ]  # fmt: skip
    for (a, u), (b, v) in pairwise(values):
        if u < 0 <= v:
            for _ in range(44):
                middle = (a + b) / 2
                value = value_or_none(slope, {**at, name: middle})
                if value is None:
                    return None
                a, b = (middle, b) if value < 0 else (a, middle)
            return (a + b) / 2
    return None


def _candidates(
    others: Sequence[str], found: Sequence[tuple[dict[str, float], float]]
) -> Iterator[Term]:
    """Simple terms: a number, a variable, its multiples, 1/y, sums a y + b z + c that fit."""
    x = found[0][1]
    yield numeral(simplest(x - CLOSE, x + CLOSE))
    for y in others:
        yield y
        (p, u), (q, v) = found[0], found[1]
        slope = (v - u) / (q[y] - p[y]) if abs(p[y] - q[y]) > 1e-9 else 1.0
        a = simplest(slope - 1e-5, slope + 1e-5)
        if a != 1 or abs(u - p[y]) > 1e-5:
            rest = u - float(a) * p[y]
            b = simplest(rest - 1e-5, rest + 1e-5)
            yield ("+", ("*", numeral(a), y), numeral(b)) if b else ("*", numeral(a), y)
        if p[y]:
            c = simplest(u * p[y] - CLOSE, u * p[y] + CLOSE)
            yield ("/", numeral(c), y)
    for y in others:
        for z in others:
            if y < z:
                yield ("+", y, z)
                yield ("*", y, z)
            if y != z:
                yield ("-", y, z)
                yield ("/", y, z)


def _fits(search: Search, term: Term, found: Sequence[tuple[dict[str, float], float]]) -> bool:
    function = search.function(term)
    for at, x in found:
        value = value_or_none(function, at)
        if value is None or abs(value - x) > 1e-5 * max(1.0, abs(x)):
            return False
    return True
