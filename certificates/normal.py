"""Normal forms: a term as a polynomial with exact coefficients in its non-polynomial parts.

Two terms with the same normal form are equal for all values of their variables, every partial
operation being completed to a total one (a/b = a * inv(b), where inv is any fixed function with
b * inv(b) = 1 for b != 0).  Whether a term is defined is a separate obligation of the checker.
Every rule that is used here is an identity of real numbers:
commutative ring laws; max, min and abs as case distinctions; kappa = lambda_max / lambda_min;
1^n = 1; He_n written out for a numeral n; entry(K, i, j) = entry(K, j, i); renaming of bound
names.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import isqrt
from typing import Any

from certificates.terms import (
    BINDERS,
    COMPARISONS,
    FUNCTIONS,
    Formula,
    Malformed,
    Term,
    binder_parts,
    negation,
    number,
    size,
)
from certificates.work import forms, spend, spend_on_fraction

Monomial = tuple[tuple[str, int], ...]  # sorted (atom, exponent >= 1)
Polynomial = dict[Monomial, Fraction]
Assumed = Mapping[str, bool]  # key of a formula -> its truth value

LARGEST_EXPONENT = 64
MOST_MONOMIALS = 4000
MOST_BITS = 20_000
LONGEST_KEY = 160
LONG, LONG_MONOMIAL = 200, 8  # bits of a coefficient, and atoms, that are charged for


def add(p: Polynomial, q: Polynomial, factor: Fraction | int = 1) -> Polynomial:
    """p + factor * q."""
    spend(2 + (len(q) >> 1) + (len(p) >> 6))
    result = dict(p)
    for monomial, c in q.items():
        _include(result, monomial, c if factor == 1 else -c if factor == -1 else c * factor)
    return result


def _include(p: Polynomial, monomial: Monomial, c: Fraction) -> None:
    """Add c times a monomial to p, in place."""
    total = p[monomial] + c if monomial in p else c
    if total:
        p[monomial] = total
        bits = total.numerator.bit_length() + total.denominator.bit_length()
        if bits > LONG:
            spend_on_fraction(bits)
    else:
        p.pop(monomial, None)


def multiply(p: Polynomial, q: Polynomial) -> Polynomial:
    """p * q."""
    if len(p) * len(q) > MOST_MONOMIALS * 50:
        raise Malformed("a polynomial grows too large")
    spend(3 + 3 * len(p) * len(q))
    result: Polynomial = {}
    for m, c in p.items():
        for n, d in q.items():
            _include(result, _times(m, n), d if c == 1 else c * d)
    longest = max((max(abs(c.numerator), c.denominator) for c in result.values()), default=0)
    if len(result) > MOST_MONOMIALS or longest.bit_length() > MOST_BITS:
        raise Malformed("a polynomial grows too large")
    return result


def _times(m: Monomial, n: Monomial) -> Monomial:
    if not m or not n:
        return m or n
    if len(m) + len(n) > LONG_MONOMIAL:
        spend((len(m) + len(n)) >> 2)
    exponents = dict(m)
    for atom, e in n:
        exponents[atom] = exponents.get(atom, 0) + e
    return tuple(sorted(exponents.items()))


def raised(p: Polynomial, exponent: int) -> Polynomial:
    """p ** exponent for exponent >= 0."""
    if exponent > LARGEST_EXPONENT and len(p) > 1:
        raise Malformed("a power grows too large")
    result: Polynomial = {(): Fraction(1)}
    for _ in range(exponent):
        result = multiply(result, p)
    return result


def constant(value: Fraction | int) -> Polynomial:
    """The constant polynomial."""
    return {(): Fraction(value)} if value else {}


def atom(name: str) -> Polynomial:
    """The polynomial that consists of one atom."""
    return {((short(name), 1),): Fraction(1)}


def short(key: str) -> str:
    """The key itself, or its SHA-256 where it is long: equal keys stay equal, others different."""
    return key if len(key) <= LONGEST_KEY else "h" + hashlib.sha256(key.encode()).hexdigest() + "!"


def deeper(bound: Mapping[str, str], names: tuple[str, ...]) -> dict[str, str]:
    """The renaming inside one more binder: each bound name by its depth, kept under "#".

    The key of a binder holds its depth as well, so that what a key says of a bound name can only
    be meant of the name bound at that depth.
    """
    depth = int(bound.get("#", "0"))
    renamed = {n: f"#{depth}.{k}" for k, n in enumerate(names)}
    return {**bound, **renamed, "#": str(depth + 1)}


def spell(p: Polynomial) -> str:
    """A string that determines the polynomial: its key."""
    parts = []
    for monomial, c in sorted(p.items()):
        parts.append("*".join([str(c)] + [f"{a}^{e}" for a, e in monomial]))
    key = "[" + " + ".join(parts) + "]"
    spend(len(key) >> 4)
    return key


def constant_value(p: Polynomial) -> Fraction | None:
    """The value of a constant polynomial, else None."""
    if not p:
        return Fraction(0)
    return p[()] if len(p) == 1 and () in p else None


EXACT: dict[str, tuple[int, Fraction]] = {  # function -> an argument and the value there
    "sqrt": (0, Fraction(0)), "exp": (0, Fraction(1)), "log": (1, Fraction(0)),
    "sin": (0, Fraction(0)), "cos": (0, Fraction(1)), "tan": (0, Fraction(0)),
    "atan": (0, Fraction(0)), "asin": (0, Fraction(0)), "acos": (1, Fraction(0)),
    "erf": (0, Fraction(0)), "Phi": (0, Fraction(1, 2)),
}  # fmt: skip
HALF = Fraction(1, 2)
# q -> sine and cosine of q pi, where they are rational
CIRCLE: dict[Fraction, tuple[Fraction | int | None, Fraction | int | None]] = {
    Fraction(0): (0, 1), HALF: (1, 0), Fraction(1): (0, -1), Fraction(3, 2): (-1, 0),
    Fraction(1, 6): (HALF, None), Fraction(5, 6): (HALF, None),
    Fraction(7, 6): (-HALF, None), Fraction(11, 6): (-HALF, None),
    Fraction(1, 3): (None, HALF), Fraction(5, 3): (None, HALF),
    Fraction(2, 3): (None, -HALF), Fraction(4, 3): (None, -HALF),
}  # fmt: skip
PI = ((("(pi)", 1),),)


def exact_value(op: str, argument: Polynomial) -> Fraction | None:
    """The rational value of a function at a rational argument or a multiple of pi, if known."""
    at = constant_value(argument)
    if at is not None and at == EXACT[op][0]:
        return EXACT[op][1]
    if at is not None and op == "sqrt" and at > 0:
        root = Fraction(isqrt(at.numerator), isqrt(at.denominator))
        return root if root * root == at else None
    if op in ("sin", "cos") and tuple(argument) == PI:
        found = CIRCLE.get(argument[PI[0]] % 2, (None, None))[1 if op == "cos" else 0]
        return None if found is None else Fraction(found)
    return None


class Memory:
    """What is known of terms: looked for by the object, which is kept, then by what it says."""

    def __init__(self, known: dict[Any, Any]) -> None:
        self.known = known

    def get(self, how: Any, term: Term) -> Any:
        """What is known of the term in this respect, or None."""
        near = self.known.get((how, id(term)))
        if near is not None:
            return near[1]
        spend(size(term) >> 5)
        found = self.known.get((how, term))
        if found is not None:
            self.known[how, id(term)] = term, found
        return found

    def keep(self, how: Any, term: Term, found: Any) -> None:
        """Remember it."""
        self.known[how, term] = found
        self.known[how, id(term)] = term, found


class Normaliser:
    """Normal forms under assumed truth values of the conditions of case distinctions."""

    def __init__(self, assumed: Assumed) -> None:
        self.assumed = assumed
        self.asked = 0  # how often an assumption was looked for
        self._always = Memory(forms())
        self._known = Memory({})  # what depends on the assumptions

    @staticmethod
    def under(hypotheses: Sequence[Formula]) -> "Normaliser":
        """Normal forms where these formulas are true, and their negations false."""
        assumed: dict[str, bool] = {}
        for _ in range(2):  # conditions may stand inside conditions
            normal = Normaliser(dict(assumed))
            for hypothesis in hypotheses:
                key, opposite = normal._once(hypothesis, {}, normal._both)
                assumed.setdefault(key, True)
                assumed.setdefault(opposite, False)
            if not normal.asked:
                break
        return Normaliser(assumed)

    def term(self, term: Term, bound: Mapping[str, str] | None = None) -> Polynomial:
        """The normal form of a term without calls; `bound` renames bound names."""
        bound = bound or {}
        if not isinstance(term, tuple):
            return self._term(term, bound)
        found: Polynomial = self._once(term, bound, self._term)
        return found

    def _once(
        self, term: Term, bound: Mapping[str, str], form: Callable[[Term, Mapping[str, str]], Any]
    ) -> Any:
        """form(term, bound), computed once; once for all assumptions where none was looked for."""
        spend(3 + (len(bound) >> 1))
        how = (form.__name__, *sorted(bound.items())) if bound else form.__name__
        found = self._always.get(how, term)
        if found is None:
            found = self._known.get(how, term) if self._known.known else None
            if found is not None:
                self.asked += 1
                return found
            before = self.asked
            found = form(term, bound)
            (self._always if self.asked == before else self._known).keep(how, term, found)
        return found

    def key(self, term: Term, bound: Mapping[str, str] | None = None) -> str:
        """The key of a term: equal keys, equal values."""
        return spell(self.term(term, bound))

    def _term(self, term: Term, bound: Mapping[str, str]) -> Polynomial:
        value = number(term)
        if value is not None:
            return constant(value)
        if isinstance(term, str):
            return atom(bound.get(term, term))
        op, args = term[0], term[1:]
        if op == "+":
            total: Polynomial = {}
            for a in args:
                total = add(total, self.term(a, bound))
            return total
        if op == "-":
            if len(args) == 1:
                return add({}, self.term(args[0], bound), -1)
            return add(self.term(args[0], bound), self.term(args[1], bound), -1)
        if op == "*":
            product = constant(1)
            for a in args:
                product = multiply(product, self.term(a, bound))
            return product
        if op == "/":
            return multiply(self.term(args[0], bound), self._inverse(self.term(args[1], bound)))
        if op == "^":
            return self._power(self.term(args[0], bound), self.term(args[1], bound))
        if op == "abs":
            return self._choose(("<=", 0, args[0]), args[0], ("-", args[0]), bound)
        if op == "max":
            return self._choose(("<=", args[1], args[0]), args[0], args[1], bound)
        if op == "min":
            return self._choose(("<=", args[0], args[1]), args[0], args[1], bound)
        if op == "ite":
            return self._choose(args[0], args[1], args[2], bound)
        if op == "entry":
            i, j = sorted(self.key(a, bound) for a in args[1:])
            return atom(f"(entry {bound.get(args[0], args[0])} {i} {j})")
        if op == "kappa":
            largest = self._term(("lambda_max", *args), bound)
            return multiply(largest, self._inverse(self._term(("lambda_min", *args), bound)))
        if op == "hermite":
            return self._hermite(self.term(args[0], bound), self.term(args[1], bound))
        if op in ("coef", "dual", "apply", "slope"):
            return atom(f"({op} {bound.get(args[0], args[0])} {self.key(args[1], bound)})")
        if op in FUNCTIONS and args:
            return self._function(op, args[0], bound)
        return atom(self._opaque(term, bound))

    def _function(self, op: str, argument: Term, bound: Mapping[str, str]) -> Polynomial:
        """An elementary function; a rational value at an exact argument."""
        inner = self.term(argument, bound)
        value = exact_value(op, inner)
        if value is not None:
            return constant(value)
        at = constant_value(inner)
        if op == "exp" and at is not None and at < 0:
            return self._inverse(atom(f"(exp {spell(constant(-at))})"))
        return atom(f"({op} {spell(inner)})")

    def _opaque(self, term: tuple[Any, ...], bound: Mapping[str, str]) -> str:
        """The key of an operator application, bound names replaced by their depth."""
        if term[0] not in BINDERS:
            return "(" + " ".join([term[0], *(self.key(a, bound) for a in term[1:])]) + ")"
        parts = [f"{term[0]}@{bound.get('#', '0')}"]
        for role, sub, names in binder_parts(term):
            if role != "bound":
                parts.append(self.key(sub, deeper(bound, names) if names else bound))
        return "(" + " ".join(parts) + ")"

    def _inverse(self, p: Polynomial) -> Polynomial:
        value = constant_value(p)
        return constant(1 / value) if value else atom(f"(inv {spell(p)})")

    def _power(self, base: Polynomial, exponent: Polynomial) -> Polynomial:
        k = constant_value(exponent)
        if constant_value(base) == 1:
            return constant(1)
        if k is not None and abs(k) <= LARGEST_EXPONENT:
            return raised(base if k >= 0 else self._inverse(base), abs(int(k)))
        return atom(f"(^ {spell(base)} {spell(exponent)})")

    def _hermite(self, index: Polynomial, at: Polynomial) -> Polynomial:
        """He_n(t); written out for a numeral n, with 0 for n < 0 (total completion)."""
        n = constant_value(index)
        if n is None or n.denominator != 1 or n > LARGEST_EXPONENT:
            return atom(f"(hermite {spell(index)} {spell(at)})")
        before, here = constant(0), constant(1 if n >= 0 else 0)
        for j in range(int(n)):
            before, here = here, add(multiply(at, here), before, -j)
        return here

    def _choose(
        self, condition: Formula, yes: Term, no: Term, bound: Mapping[str, str]
    ) -> Polynomial:
        key = self.formula(condition, bound)
        known = self.truth(key)
        if known is not None:
            return self.term(yes if known else no, bound)
        first, second = self.term(yes, bound), self.term(no, bound)
        if first == second:
            return first
        return atom(f"(ite {key} {spell(first)} {spell(second)})")

    def truth(self, key: str) -> bool | None:
        """What is known of the formula with this key."""
        if key in ("true", "false"):
            return key == "true"
        self.asked += 1
        return self.assumed.get(key)

    def formula(self, formula: Formula, bound: Mapping[str, str] | None = None) -> str:
        """The key of a formula: equal keys, equivalent formulas."""
        key: str = self._once(formula, bound or {}, self._formula)
        return key

    def _both(self, formula: Formula, bound: Mapping[str, str]) -> tuple[str, str]:
        """The keys of a formula and of its negation."""
        return self.formula(formula, bound), self.formula(negation(formula), bound)

    def _formula(self, formula: Formula, bound: Mapping[str, str]) -> str:
        op, args = formula[0], formula[1:]
        if op in COMPARISONS:
            difference = add(self.term(args[1], bound), self.term(args[0], bound), -1)
            value = constant_value(difference)
            if value is not None:
                truth = {"<=": value >= 0, "<": value > 0, "=": value == 0, "!=": value != 0}[op]
                return "true" if truth else "false"
            if op in ("=", "!=") and min(difference.items())[1] < 0:
                difference = add({}, difference, -1)
            return short(f"({op} {spell(difference)})")
        if op == "not":
            return short(f"(not {self.formula(args[0], bound)})")
        if op in ("and", "or", "implies"):
            return short("(" + " ".join([op, *(self.formula(a, bound) for a in args)]) + ")")
        if op in ("forall", "exists"):
            inner = deeper(bound, tuple(n for n, _ in args[0]))
            sorts = " ".join(s for _, s in args[0])
            level = bound.get("#", "0")
            return short(f"({op}@{level} {sorts} {self.formula(args[1], inner)})")
        return short(self._opaque(formula, bound))
