"""Other forms of a claim on a box, for engine `boxes`: exponentials, powers, quotients, periods."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any

from certificates.box_claims import Claim, Span
from certificates.checker import Rejected
from certificates.normal import Monomial, Normaliser, Polynomial
from certificates.normal import add as plus
from certificates.quotients import exponential
from certificates.rules.box_forms import repeats
from certificates.rules.simplified import simplified
from certificates.terms import Term, rational_exponent
from proofs.engines.rational import atoms, written

if TYPE_CHECKING:
    from proofs.engines.boxes import Search

Form = tuple[Callable[[Any], Any], Claim]
SPECIAL = ("erf", "Phi", "log", "atan", "asin", "acos")
MOST_TERMS = 40


def other_forms(search: Search, claim: Claim, simplified: Sequence[Form]) -> Iterator[Form]:
    """The forms of a claim that its operators suggest; roots also once it is simplified."""
    for form in (periodic, exponentials, powers, quotients):
        yield from _allowed(search, form, claim)
    for wrapper, inner in simplified:
        for outer, raised in _allowed(search, powers, inner):
            yield partial(_both, wrapper, outer), raised


def _allowed(search: Search, form: Any, claim: Claim) -> Iterator[Form]:
    try:
        yield from form(search, claim)
    except Exception as error:
        if not isinstance(error, search.undecided):
            raise


def _both(first: Callable[[Any], Any], second: Callable[[Any], Any], tree: Any) -> Any:
    return first(second(tree))


def periodic(_search: Search, claim: Claim) -> Iterator[Form]:
    """One period of an unbounded variable."""
    for name, span in claim.spans.items():
        if span.low is not None and span.high is not None:
            continue
        try:
            for side in claim.formula[1:]:
                repeats(side, name)
        except Rejected:
            continue
        period = Span(("-", ("pi",)), ("pi",), False, False)
        inner = Claim(claim.formula, {**claim.spans, name: period}, ())
        yield partial(_period, name), inner
        return


def _period(name: str, tree: Any) -> Any:
    return {"by": "periodic", "name": name, "then": tree}


def exponentials(search: Search, claim: Claim) -> Iterator[Form]:
    """a <= b as exp a <= exp b, where a side has a logarithm."""
    sides = claim.formula[1:]
    if not any(_has(side, "log") for side in sides):
        return
    box = search.tree.box(claim.spans)
    found = [exponential(side, box, search.tree.ranges) for side in sides]
    yield (
        (lambda t: {"by": "exp", "then": t}),
        replace(claim, formula=(claim.formula[0], *found)),
    )


def _has(term: Term, operator: str) -> bool:
    return isinstance(term, tuple) and (
        term[0] == operator
        or (term[0] in ("+", "-", "*", "/") and any(_has(t, operator) for t in term[1:]))
    )


def _known(claim: Claim) -> tuple[Normaliser, Polynomial, dict[str, Term]] | None:
    """F as a polynomial in atoms, each of them as a term."""
    normal = Normaliser({})
    term = claim.difference()
    polynomial = normal.term(term)
    known = atoms(term, normal)
    used = {a for monomial in polynomial for a, _ in monomial}
    if len(polynomial) > MOST_TERMS or not used <= known.keys():
        return None
    return normal, polynomial, known


def powers(search: Search, claim: Claim) -> Iterator[Form]:
    """Roots brought to one side and raised to a power."""
    found = _known(claim)
    if found is None:
        return
    _, polynomial, known = found
    orders = {}
    for a, t in known.items():
        if isinstance(t, tuple) and t[0] == "sqrt":
            orders[a] = 2
        elif isinstance(t, tuple) and t[0] == "rpow" and rational_exponent(t[2]) > 0:
            orders[a] = rational_exponent(t[2]).denominator
    rooted = {m: c for m, c in polynomial.items() if any(a in orders for a, _ in m)}
    if not rooted:
        return
    rest = {m: c for m, c in polynomial.items() if m not in rooted}
    above = {m: c for m, c in rooted.items() if c > 0}
    below = {m: -c for m, c in rooted.items() if c < 0}
    exponents = {orders[a] for m in rooted for a, _ in m if a in orders}
    order = max(exponents)
    if order > 6 or (order > 2 and len(rooted) > 1):
        return
    minus = plus({}, rest, -1)
    splits = []
    if below:
        splits.append((below, plus(above, rest)))
    if above:
        splits.append((plus(below, minus), above))
    for left, right in splits:
        yield from _raised(search, claim, written(left, known), written(right, known), order, known)


def _raised(
    search: Search, claim: Claim, left: Term, right: Term, order: int, known: dict[str, Term]
) -> Iterator[Form]:
    """left <= right as left^q <= right^q, roots multiplied out."""
    from proofs.engines.boxes import NoTree

    roots = _root_terms(known)
    formula = (claim.formula[0], ("^", left, order), ("^", right, order))
    raised = replace(claim, formula=formula)
    then = _multiplied_out(search, raised, roots)
    if then is None:
        return
    nonnegative: Any = "odd"
    if order % 2 == 0:
        try:
            nonnegative = search.prove(replace(claim, formula=("<=", 0, right)), 1, 8)
        except NoTree:
            return
    wrapper, inner = then

    def step(tree: Any) -> Any:
        return {"by": "power", "left": left, "right": right, "exponent": order, "roots": roots,
                "nonnegative": nonnegative, "then": wrapper(tree)}  # fmt: skip

    yield step, inner


def _root_terms(known: dict[str, Term]) -> list[Term]:
    """The roots among the atoms, the longest first."""
    found = [
        t for t in known.values()
        if isinstance(t, tuple)
        and (t[0] == "sqrt" or (t[0] == "rpow" and rational_exponent(t[2]) > 0))
    ]  # fmt: skip
    return sorted(found, key=lambda t: -len(str(t)))


def _multiplied_out(search: Search, claim: Claim, roots: list[Term]) -> Form | None:
    """The step `product` with the factor 1: powers of roots are replaced."""
    normal = Normaliser({})
    term = claim.difference()
    known = atoms(term, normal)
    for root in roots:
        known.update(atoms(root[1], normal))
    box = search.tree.box(claim.spans)
    found = simplified(term, roots, (), box, search.tree.ranges)
    polynomial = {monomial: c for (monomial, _), c in found.items()}
    if len(polynomial) > 4 * MOST_TERMS:
        return None
    if any(a not in known for m in polynomial for a, _ in m):
        return None
    h = written(polynomial, known)

    def step(tree: Any) -> Any:
        return {"by": "product", "factor": 1, "of": h, "roots": roots, "exponents": [],
                "then": tree}  # fmt: skip

    return step, claim.about(h)


def quotients(search: Search, claim: Claim) -> Iterator[Form]:
    """F = A f + B with f = erf, Phi, log, ... : (A/|A|) f + B/|A|, whose slope is simpler."""
    found = _known(claim)
    if found is None:
        return
    _, polynomial, known = found
    special = [a for a, t in known.items() if isinstance(t, tuple) and t[0] in SPECIAL]
    exponents = {a: t[1] for a, t in known.items() if isinstance(t, tuple) and t[0] == "exp"}
    used = {a for m in polynomial for a, _ in m}
    box = search.tree.box(claim.spans)
    for name in special:
        if name not in used or any(dict(m).get(name, 0) > 1 for m in polynomial):
            continue
        top = {tuple(p for p in m if p[0] != name): c
               for m, c in polynomial.items() if dict(m).get(name)}  # fmt: skip
        rest = {m: c for m, c in polynomial.items() if not dict(m).get(name)}
        if set(top) == {()}:
            continue
        factor = written(top, known)
        sign = search.tree.ranges.sharp(factor, box)
        if not sign.nonzero or any(a in special for m in top for a, _ in m):
            continue
        positive = sign.positive
        g = factor if positive else ("-", factor)
        quotient = _divided(rest, top, known, exponents)
        other = ("+", known[name], quotient)
        h = other if positive else ("-", other)
        yield _step(g, h, list(exponents.values()) + _arguments(quotient)), claim.about(h)
        return


def _step(g: Term, h: Term, exponents: list[Term]) -> Callable[[Any], Any]:
    listed = list(dict.fromkeys(exponents))

    def step(tree: Any) -> Any:
        return {"by": "product", "factor": g, "of": h, "roots": [], "exponents": listed,
                "then": tree}  # fmt: skip

    return step


def _arguments(term: Term) -> list[Term]:
    """The arguments of the exponentials in a term."""
    if not isinstance(term, tuple):
        return []
    inner = [t for part in term[1:] for t in _arguments(part)]
    return [*inner, term[1]] if term[0] == "exp" else inner


def _divided(
    top: Polynomial, down: Polynomial, known: dict[str, Term], exponents: dict[str, Term]
) -> Term:
    """top / down, the common exponential of `down` divided out of each monomial."""
    if not top:
        return 0
    common: Monomial = tuple(p for p in next(iter(down)) if p[0] in exponents)
    if any(tuple(p for p in m if p[0] in exponents) != common for m in down):
        common = ()
    plain = {tuple(p for p in m if p not in common): c for m, c in down.items()}
    groups: dict[Monomial, Polynomial] = {}
    for m, c in top.items():
        own = tuple(p for p in m if p[0] in exponents)
        left: Monomial = tuple(p for p in m if p[0] not in exponents)
        groups[own] = plus(groups.get(own, {}), {left: c})
    parts: list[Term] = []
    for own, inner in groups.items():
        exponent = _sum(
            [(exponents[a], e) for a, e in own] + [(exponents[a], -e) for a, e in common]
        )
        term = written(inner, known)
        parts.append(term if exponent is None else ("*", term, ("exp", exponent)))
    total = parts[0] if len(parts) == 1 else ("+", *parts)
    if plain == {(): Fraction(1)}:
        return total
    return ("/", total, written(plain, known))


def _sum(parts: list[tuple[Term, int]]) -> Term | None:
    """The sum of terms with multiplicities, simplified; None where it is 0."""
    if not parts:
        return None
    term: Term = ("+", 0, *(("*", e, t) for t, e in parts))
    normal = Normaliser({})
    polynomial = normal.term(term)
    if not polynomial:
        return None
    known = atoms(term, normal)
    if all(a in known for m in polynomial for a, _ in m):
        return written(polynomial, known)
    return term
