"""Engine `identity`: an equation between terms with quotients, roots and values known elsewhere.

It adds what defines each part (b * (1/b) = 1, sqrt(q)^2 = q, f(0), bounds of pi), and then
eliminates these parts one by one from left - right: an inverse u by its power of b, a root by its
square, a part with a known value by that value.  Each elimination is a multiple of a fact; when
nothing is left, the multiples are the evidence, for the checker's rule `polynomial`.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, isqrt, lcm
from typing import Any

from certificates.checker import Goal
from certificates.normal import (
    Normaliser,
    Polynomial,
    add,
    constant,
    constant_value,
    multiply,
    raised,
)
from certificates.rules.elementary import AT_ZERO
from certificates.rules.gaussian import coefficients
from certificates.terms import BINDERS, Malformed, free_names, number, numeral
from proofs.engines.polynomial import find_certificate
from proofs.language import Expression, Formula, thawed
from proofs.tactics import (
    Continue,
    Evidence,
    Prover,
    Stuck,
    Tactic,
    axiom,
    enclosed,
    have,
    in_turn,
    on_sight,
)

MOST_ROUNDS = 60
LARGEST_ROOT = 10**8
LONG_NUMBER = re.compile(r"\d{20}")
MEANS = ("expect", "expect2")
VALUED = (*MEANS, "sqrt", "asin")


def identity(prover: Prover, goal: Goal, then: Continue) -> Evidence:
    """A tactic: proves an equation by elimination, after as many defining facts as it takes."""
    try:
        return _eliminated(goal)
    except Stuck as error:
        step = next(_steps(prover, goal), None)
        if step is None:
            raise error
        return step(prover, goal, lambda left: identity(prover, left, then))


@on_sight
def equation(prover: Prover, goal: Goal, then: Continue) -> Evidence:
    """A tactic: `identity` where the goal is an equation, at once Stuck where it is not."""
    if goal.conclusion[0] != "=":
        raise Stuck("not an equation")
    return identity(prover, goal, then)


def defining_facts(prover: Prover, goal: Goal, then: Continue) -> Evidence:
    """A tactic: adds what defines quotients, roots, pi and elementary functions at 0."""
    for step in _steps(prover, goal):
        return step(prover, goal, lambda left: defining_facts(prover, left, then))
    if goal.conclusion[0] == "!=" and goal.conclusion[2] == 0:
        return _nonzero(prover, goal, then)
    return _evaluated(prover, goal, then)


def _evaluated(prover: Prover, goal: Goal, then: Continue) -> Evidence:
    """A tactic: what is left, or, where that fails for numbers alone, an enclosure.

    With numbers as long as SELU's the enclosure comes first: arithmetic on them takes minutes.
    """
    numbers = not free_names(goal.conclusion) and goal.conclusion[0] in ("<=", "<", "!=")
    enclosure: Evidence = {"by": "boxes", "precision": 64, "variables": [], "tree": "holds"}
    if numbers and LONG_NUMBER.search(repr(goal.conclusion)):
        return enclosure
    try:
        return then(goal)
    except Stuck:
        if not numbers:
            raise
        return enclosure


def _steps(prover: Prover, goal: Goal) -> Iterator[Tactic]:
    """The next fact to add, if there is one."""
    known = {goal.normal.formula(h) for h in goal.hypotheses}

    def new(formula: Any) -> bool:
        return goal.normal.formula(formula) not in known | {"true"}

    values = [
        h[2]
        for h in goal.hypotheses
        if h[0] == "=" and isinstance(h[1], tuple) and h[1][0] in VALUED
    ]
    parts = list(dict.fromkeys(p for f in (goal.conclusion, *values) for p in parts_of(f)))
    for part in (p for p in parts if p[0] in MEANS):
        if is_polynomial(part) and not any(h[0] == "=" and h[1] == part for h in goal.hypotheses):
            yield axiom("gaussian_moments", Expression(part))
    for hypothesis in goal.hypotheses:
        match hypothesis:
            case ("<=", ("abs", v), bound):
                for claim in (("<=", ("-", bound), v), ("<=", v, bound)):
                    if new(claim):
                        yield have(Formula(claim))
    if ("pi",) in parts and new(("<", "223/71", ("pi",))):
        yield axiom("pi_bounds")
    for part in parts:
        op, a = part[0], part[-1]
        if op == "sqrt" and (content := _content(goal, a)) not in (1, None):
            factors = numeral(content), ("*", numeral(1 / content), a)
            if new(("=", part, ("*", ("sqrt", factors[0]), ("sqrt", factors[1])))):
                yield axiom("root_product", *map(Expression, factors), by={1: [_evaluated]})
        if op in AT_ZERO and len(part) == 2 and constant_value(goal.normal.term(a)) == 0:
            if new(("=", part, AT_ZERO[op])):
                yield axiom("value_at_zero", Expression(part))
        elif op == "asin" and abs(constant_value(goal.normal.term(a)) or 0) == Fraction(1, 2):
            if new(("=", ("asin", "1/2"), ("/", ("pi",), 6))):
                yield axiom("arcsine_half")
        elif op == "asin" and abs(constant_value(goal.normal.term(a)) or 0) == 1:
            if new(("=", ("asin", 1), ("/", ("pi",), 2))):
                yield axiom("arcsine_one")
        elif op == "sqrt" and new(("<=", 0, part)):
            yield axiom("root", Expression(a), by={0: [_evaluated]})
        elif op == "sqrt" and (root := _exact_root(goal, a)) is not None:
            if new(("=", part, root)):
                yield have(Formula(("=", part, root)))
        elif op == "sqrt" and new(("<", 0, part)):
            for claim in (("<", 0, a), ("<", 0, part)):
                if not new(claim):
                    continue
                if find_certificate(goal.proving(claim), 2) is not None:
                    yield have(Formula(claim))
                elif not free_names(claim):
                    yield enclosed(Formula(claim))
    for p, q in _opposite(goal, parts):
        yield from inverse_pair(p[1], q[1], new)
    for part in parts:
        denominator = part[2] if part[0] == "/" else part[1] if part[0] == "^" else None
        if denominator is None or number(denominator) is not None:
            continue
        if part[0] == "^" and (number(part[2]) or 0) >= 0:
            continue
        if new(("=", ("*", denominator, ("/", 1, denominator)), 1)):
            yield axiom("quotient", 1, Expression(denominator), by={0: [_nonzero]})
    yield from _exponentials(goal, parts, new)


def _exponentials(goal: Goal, parts: list[Any], new: Callable[[Any], bool]) -> Iterator[Tactic]:
    """Facts that write the exponentials of polynomials as powers of a few, one for each monomial.

    exp of a sum is the product over its monomials; exp(k u), for a unit u of a monomial, is
    exp(u)^k, by halves, and exp(u) exp(-u) = 1.
    """
    found = [p[1] for p in parts if p[0] == "exp"]
    spelled = {**spellings(goal.normal, [("+", 0, *found)]), **{n: n for n in goal.variables}}
    rates: dict[Any, set[Fraction]] = {}
    for argument in found:
        monomials = list(goal.normal.term(argument).items())
        if any(a not in spelled for m, _ in monomials for a, _ in m):
            continue
        for k, (monomial, rate) in enumerate(monomials):
            rates.setdefault(monomial, set()).add(rate)
            first, rest = spell({monomial: rate}, spelled), dict(monomials[k + 1 :])
            if rest and new(_exp_product(first, other := spell(rest, spelled))):
                yield axiom("exp_sum", Expression(first), Expression(other))
    for monomial, known in rates.items():
        unit = Fraction(gcd(*(q.numerator for q in known)), lcm(*(q.denominator for q in known)))

        def times(k: int, monomial: Any = monomial, unit: Fraction = unit) -> Any:
            return spell({monomial: unit * k}, spelled)

        left = {int(q / unit) for q in known}
        while (most := max(left, key=lambda k: (abs(k), k))) not in (1, -1):
            half = abs(most) // 2 * (1 if most > 0 else -1)
            if new(_exp_product(times(most - half), times(half))):
                yield axiom("exp_sum", Expression(times(most - half)), Expression(times(half)))
            left = (left - {most}) | {half, most - half}
        if left == {1, -1}:
            yield from inverse_pair(times(1), times(-1), new)


def _exp_product(a: Any, b: Any) -> Any:
    return ("=", ("exp", ("+", a, b)), ("*", ("exp", a), ("exp", b)))


def inverse_pair(a: Any, b: Any, new: Callable[[Any], bool]) -> Iterator[Tactic]:
    """exp(a) exp(b) = 1 for a + b = 0."""
    total, product = ("+", a, b), ("*", ("exp", a), ("exp", b))
    if new(("=", ("exp", total), 1)):
        yield axiom("value_at_zero", Expression(("exp", total)))
    if new(("=", product, 1)):
        yield in_turn(
            axiom("exp_sum", Expression(a), Expression(b)), have(Formula(("=", product, 1)))
        )


def is_polynomial(expectation: Any) -> bool:
    """Whether an expectation is one of a polynomial, on sight."""
    *_, body = expectation
    names = expectation[1:2] if expectation[0] == "expect" else expectation[2:4]
    try:
        coefficients(body, names)
    except Malformed:
        return False
    return True


def _opposite(goal: Goal, parts: list[Any]) -> Iterator[tuple[Any, Any]]:
    """The pairs of exponentials whose product is 1."""
    found = {goal.normal.key(p[1]): p for p in parts if p[0] == "exp"}
    for p in found.values():
        other = found.get(goal.normal.key(("-", p[1])))
        if other is not None and other != p:
            yield p, other


def _content(goal: Goal, term: Any) -> Fraction | None:
    """The number to take out of a root: the content of its polynomial, or a square factor."""
    p = goal.normal.term(term)
    if not p:
        return None
    value = constant_value(p)
    if value is None:
        return Fraction(gcd(*(c.numerator for c in p.values())),
                        lcm(*(c.denominator for c in p.values())))  # fmt: skip
    if value <= 0 or value.numerator * value.denominator > LARGEST_ROOT:
        return None
    product = value.numerator * value.denominator
    side = max(k for k in range(1, isqrt(product) + 1) if product % (k * k) == 0)
    square = Fraction(side, value.denominator) ** 2
    if square == value:
        return None
    return square if square != 1 else _least_factor(product)


def _least_factor(n: int) -> Fraction | None:
    """The least prime factor of a composite integer, None for a prime or 1."""
    found = next((k for k in range(2, isqrt(n) + 1) if n % k == 0), None)
    return None if found is None else Fraction(found)


def _exact_root(goal: Goal, term: Any) -> Any:
    """The numeral whose square the term is, if it is one."""
    value = constant_value(goal.normal.term(term))
    if value is None or value < 0:
        return None
    root = Fraction(isqrt(value.numerator), isqrt(value.denominator))
    return numeral(root) if root * root == value else None


def _nonzero(prover: Prover, goal: Goal, then: Continue) -> Evidence:
    """A tactic: what is positive factor by factor is not zero."""
    for degree in (1, 2):
        found = find_certificate(goal, degree)
        if found is not None:
            return found
    powers = dict.fromkeys(p for p in parts_of(goal.conclusion) if p[0] == "exp")
    bounds = [axiom("exp_bounds", Expression(p[1])) for p in powers]
    try:
        return in_turn(*bounds, *_positive(goal.conclusion[1]))(prover, goal, _linear)
    except Stuck:
        return _evaluated(prover, goal, then)


def _linear(goal: Goal) -> Evidence:
    found = find_certificate(goal, 1)
    if found is None:
        raise Stuck(f"not known to be nonzero: {goal.conclusion}")
    return found


def _positive(term: Any) -> Iterator[Tactic]:
    """Claims that the factors of a term, and their products, are positive."""
    if number(term) is not None:
        return
    factors: list[Any] = [term]
    match term:
        case ("*", *several):
            factors = several
        case ("^", base, int(k)) if k > 1:
            factors = [base] * k
    if len(factors) > 1:
        for factor in dict.fromkeys(factors):
            yield from _positive(factor)
    product = factors[0]
    for factor in factors[1:]:
        product = ("*", product, factor)
        yield have(Formula(("<", 0, product)))
    if len(factors) == 1:
        yield have(Formula(("<", 0, term)))


def parts_of(term: Any) -> Iterator[Any]:
    """The operator applications in a term or formula, innermost first, binders unopened."""
    if isinstance(term, tuple) and term:
        if term[0] not in BINDERS:
            for sub in term[1:]:
                yield from parts_of(sub)
        yield term


@dataclass
class _Elimination:
    """What is left of left - right, and the multiples of facts taken from it."""

    left: Polynomial
    prefix: Polynomial
    taken: list[tuple[int, Polynomial]]

    def substitute(self, index: int, atom: str, power: int, value: Polynomial) -> None:
        """By the fact value - atom^power = 0."""
        while (degree := max(powers := _by_power(self.left, atom), default=0)) >= power:
            quotient = multiply(powers[degree], _atom(atom, degree - power))
            change = multiply(quotient, add(_atom(atom, power), value, -1))
            self.left = add(self.left, change, -1)
            self.taken.append((index, multiply(multiply(self.prefix, quotient), constant(-1))))

    def clear(self, index: int, atom: str, denominator: Polynomial) -> None:
        """By the fact 1 - denominator * atom = 0."""
        powers = _by_power(self.left, atom)
        top = max(powers, default=0)
        if top == 0:
            return
        product = multiply(denominator, _atom(atom, 1))
        cleared: Polynomial = {}
        quotient: Polynomial = {}
        for k, c in powers.items():
            cleared = add(cleared, multiply(c, raised(denominator, top - k)))
            for j in range(top - k):
                part = multiply(multiply(c, _atom(atom, k)), raised(product, j))
                quotient = add(quotient, part)
        if quotient:
            self.taken.append((index, multiply(self.prefix, quotient)))
        self.prefix = multiply(self.prefix, _atom(atom, top))
        self.left = cleared


def _atom(atom: str, power: int) -> Polynomial:
    return raised({((atom, 1),): constant(1)[()]}, power)


def _by_power(p: Polynomial, atom: str) -> dict[int, Polynomial]:
    """The coefficients of the powers of an atom."""
    found: dict[int, Polynomial] = {}
    for monomial, c in p.items():
        power = dict(monomial).get(atom, 0)
        rest = tuple((a, e) for a, e in monomial if a != atom)
        found[power] = add(found.get(power, {}), {rest: c})
    return found


def _eliminated(goal: Goal) -> Evidence:
    """Evidence for an equation by the equalities among the hypotheses.  Raises Stuck."""
    op, a, b = goal.conclusion
    if op != "=":
        raise Stuck("not an equation")
    state = _Elimination(add(goal.normal.term(a), goal.normal.term(b), -1), constant(1), [])
    if not state.left:
        return {"by": "split", "parts": [{"by": "assumption"}] * 2}
    whole = [[1, []]] if goal.sort(a) == goal.sort(b) == "int" else []
    facts = list(_facts(goal))
    for _ in range(MOST_ROUNDS):
        before = state.left
        for index, kind, atom, value in facts:
            if kind == "inverse":
                state.clear(index, atom, value)
            else:
                state.substitute(index, atom, 2 if kind == "root" else 1, value)
        if not state.left or state.left == before:
            break
    if state.left:
        raise Stuck(f"an equation that does not follow: {a} = {b}, left is {state.left}")
    return _two_inequalities(goal, state.taken, whole)


def _two_inequalities(goal: Goal, taken: list[tuple[int, Polynomial]], whole: Any) -> Evidence:
    """The evidence for an equation whose sides differ by multiples of facts."""
    formulas = (*goal.hypotheses, goal.conclusion)
    spelled = {**{n: n for n in goal.variables}, **spellings(goal.normal, formulas)}
    parts, count = [], len(goal.hypotheses)
    for sign in (1, -1):
        entries: list[Any] = [[1, [[count, 1]]], *whole]
        entries += [[-sign, [[i, 1]], thawed(spell(q, spelled))] for i, q in taken]
        parts.append({"by": "polynomial", "sum": entries})
        count += 1
    return {"by": "split", "parts": parts}


def by_substitution(goal: Goal, before: int, own: int) -> Evidence:
    """Evidence for e = t/own, from the equations after the first `before` hypotheses.

    Each is used once, in their order, to replace its left-hand side, starting from e; what comes
    out is t - (own - 1) e.
    """
    _, e, _ = goal.conclusion
    state = _Elimination(goal.normal.term(e), constant(1), [])
    for index, hypothesis in enumerate(goal.hypotheses[before:], before):
        left, value = (goal.normal.term(side) for side in hypothesis[1:])
        if left != value:  # both sides of a congruence may have one normal form
            ((monomial, _),) = left.items()
            state.substitute(index, monomial[0][0], 1, value)
    scaled = [(i, multiply(q, constant(Fraction(1, own)))) for i, q in state.taken]
    return _two_inequalities(goal, scaled, [])


def _facts(goal: Goal) -> list[tuple[int, str, str, Polynomial]]:
    """(index, kind, atom, value or denominator) of each usable equality: values, inverses, roots.

    The latest ones come first: they speak of the parts that are made of others.
    """
    found: list[tuple[int, int, str, str, Polynomial]] = []
    for index, h in enumerate(goal.hypotheses):
        if h[0] != "=":
            continue
        left, right = goal.normal.term(h[1]), goal.normal.term(h[2])
        if right == constant(1) and len(left) == 1 and list(left.values()) == [1]:
            (pair,) = left
            if len(pair) == 2 and pair[0][1] == pair[1][1] == 1:
                found.append((1, index, "inverse", pair[0][0], {(pair[1],): Fraction(1)}))
                continue
        if right == constant(1) and (inverse := _inverse_in(h[1])) is not None:
            (monomial,) = goal.normal.term(inverse)
            if len(monomial) == 1:
                value = goal.normal.term(inverse[2])
                scale = goal.normal.term(inverse)[monomial]
                scaled = multiply(value, {(): scale})
                found.append((1, index, "inverse", monomial[0][0], scaled))
            continue
        if len(left) == 1:
            ((monomial, c),) = left.items()
            if len(monomial) == 1 and c == 1 and monomial[0][1] in (1, 2):
                atom, power = monomial[0]
                kind = "value" if power == 1 else "root"
                if not any(dict(m).get(atom) for m in right):
                    found.append((0 if power == 1 else 2, index, kind, atom, right))
    return [f[1:] for f in sorted(found, key=lambda f: (f[0], -f[1]))]


def _inverse_in(product: Any) -> Any:
    """The quotient 1/b in b * (1/b)."""
    match product:
        case ("*", b, ("/", 1, c)) if b == c:
            return product[2]
    return None


def spellings(normal: Normaliser, formulas: Iterable[Any]) -> dict[str, Any]:
    """A term for each atom."""
    found: dict[str, Any] = {}
    for formula in formulas:
        for part in parts_of(formula):
            if part[0] in ("=", "<", "<=", "!=", "and", "or", "not", "implies", "forall", "exists"):
                continue
            inverse = [("/", 1, part[2])] if part[0] == "/" else []
            for term in (part, *(t for t in part[1:] if isinstance(t, str)), *inverse):
                found_normal = normal.term(term)
                if len(found_normal) == 1:
                    ((monomial, c),) = found_normal.items()
                    if len(monomial) == 1 and monomial[0][1] == 1:
                        found.setdefault(monomial[0][0], ("*", numeral(1 / c), term))
    return found


def spell(p: Polynomial, spelled: dict[str, Any]) -> Any:
    """A term whose normal form is p."""
    terms: list[Any] = []
    for monomial, c in p.items():
        powers = [("^", spelled[a], e) if e > 1 else spelled[a] for a, e in monomial]
        terms.append(("*", numeral(c), *powers) if powers else numeral(c))
    return ("+", *terms) if len(terms) > 1 else terms[0] if terms else 0
