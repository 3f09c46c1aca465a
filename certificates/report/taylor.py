"""Hermite coefficients of an activation from its dual: σ̂(ρ) = Σ a_k² ρ^k, enclosed at ρ = 0.

Taylor arithmetic over the checker's numbers, which are exact or rounded outwards: each operation on
series follows from its derivative, so that the k-th coefficient is enclosed by the k-th entry.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from certificates.dyadic import Indeterminate, Undefined
from certificates.evaluation import Evaluator, Value
from certificates.terms import Term, free_names, number

PRECISION = 192
Series = list[Value]
# what the derivative of a function is, in terms of its argument a
SLOPES: Mapping[str, Term] = {
    "asin": ("/", 1, ("sqrt", ("-", 1, ("*", "a", "a")))),
    "acos": ("-", ("/", 1, ("sqrt", ("-", 1, ("*", "a", "a"))))),
    "atan": ("/", 1, ("+", 1, ("*", "a", "a"))),
    "log": ("/", 1, "a"),
    "erf": ("/", ("*", 2, ("exp", ("-", ("*", "a", "a")))), ("sqrt", ("pi",))),
    "Phi": ("/", ("exp", ("-", ("/", ("*", "a", "a"), 2))), ("sqrt", ("*", 2, ("pi",)))),
}


class Taylor:
    """The first `count` coefficients of terms in rho, at zero."""

    def __init__(self, count: int, definitions: Mapping[str, Mapping[str, Any]]) -> None:
        self._count = count
        self._evaluator = Evaluator(PRECISION, definitions)
        self._definitions = definitions

    def _value(self, term: Term, **at: Value) -> Value:
        return self._evaluator.term(term, at)

    def _constant(self, value: Value) -> Series:
        return [value, *[Fraction(0)] * (self._count - 1)]

    def series(self, term: Term, point: Mapping[str, Series]) -> Series:
        """The coefficients of a term whose names stand for series.

        Raises Indeterminate for what has no series here, Undefined where a term has no value.
        """
        if isinstance(term, str) and number(term) is None:
            return point[term]
        if not free_names(term):
            return self._constant(self._value(term))
        op, args = term[0], term[1:]
        if op == "call":
            entry = self._definitions[args[0]]
            names = [n for n, _ in entry["parameters"]]
            inner = {n: self.series(a, point) for n, a in zip(names, args[1:], strict=True)}
            return self.series(entry["body"], inner)
        if op == "^":
            base, exponent = self.series(args[0], point), self._evaluator.integer(args[1], {})
            return self._power(base, exponent)
        own = [self.series(a, point) for a in args]
        if op == "-" and len(own) == 1:
            own = [self._constant(Fraction(0)), *own]
        binary = {"+": self._each("+"), "-": self._each("-"), "*": self._product,
                  "/": self._quotient}  # fmt: skip
        if op in binary:
            total = own[0]
            for other in own[1:]:
                total = binary[op](total, other)
            return total
        if op in SLOPES:
            slope = self.series(SLOPES[op], {"a": own[0]})
            return self._integral(self._value((op, "a"), a=own[0][0]), slope, own[0])
        if op == "exp":
            return self._exponential(own[0])
        if op in ("sin", "cos"):
            return self._waves(own[0])[op == "cos"]
        if op == "sqrt":
            return self._root(own[0])
        raise Indeterminate(f"{op} has no series here")

    def _each(self, op: str) -> Callable[[Series, Series], Series]:
        def combined(a: Series, b: Series) -> Series:
            return [self._value((op, "x", "y"), x=x, y=y) for x, y in zip(a, b, strict=True)]

        return combined

    def _inner(self, a: Series, b: Series) -> Value:
        """Σ a_i b_(n-1-i), both of length n."""
        total: Value = Fraction(0)
        for x, y in zip(a, reversed(b), strict=True):
            total = self._value(("+", "t", ("*", "x", "y")), t=total, x=x, y=y)
        return total

    def _product(self, a: Series, b: Series) -> Series:
        return [self._inner(a[: k + 1], b[: k + 1]) for k in range(self._count)]

    def _quotient(self, a: Series, b: Series) -> Series:
        """q b = a: q_k = (a_k - Σ_{i<k} q_i b_(k-i)) / b_0."""
        found: Series = []
        for k in range(self._count):
            known = self._inner(found, b[1 : k + 1])
            found.append(self._value(("/", ("-", "x", "y"), "z"), x=a[k], y=known, z=b[0]))
        return found

    def _power(self, base: Series, exponent: int) -> Series:
        if not 0 <= exponent <= 60:
            raise Indeterminate("a power that has no series here")
        found = self._constant(Fraction(1))
        for _ in range(exponent):
            found = self._product(found, base)
        return found

    def _slope(self, a: Series) -> Series:
        """The derivative, one coefficient shorter."""
        return [self._value(("*", k, "x"), x=x) for k, x in enumerate(a[1:], 1)]

    def _integral(self, first: Value, slope: Series, a: Series) -> Series:
        """f(a) from f(a_0) and f'(a): (f(a))' = f'(a) a'."""
        change = self._slope(a)
        found = [first]
        for k in range(1, self._count):
            total = self._inner(slope[:k], change[:k])
            found.append(self._value(("/", "x", k), x=total))
        return found

    def _exponential(self, a: Series) -> Series:
        """e' = e a'."""
        change = self._slope(a)
        found = [self._value(("exp", "x"), x=a[0])]
        for k in range(1, self._count):
            found.append(self._value(("/", "x", k), x=self._inner(found, change[:k])))
        return found

    def _waves(self, a: Series) -> tuple[Series, Series]:
        """s' = c a' and c' = -s a'."""
        change = self._slope(a)
        sine, cosine = ([self._value((f, "x"), x=a[0])] for f in ("sin", "cos"))
        for k in range(1, self._count):
            up, down = self._inner(cosine, change[:k]), self._inner(sine, change[:k])
            sine.append(self._value(("/", "x", k), x=up))
            cosine.append(self._value(("-", ("/", "x", k)), x=down))
        return sine, cosine

    def _root(self, a: Series) -> Series:
        """s s = a: s_k = (a_k - Σ_{0<i<k} s_i s_(k-i)) / (2 s_0)."""
        found = [self._value(("sqrt", "x"), x=a[0])]
        for k in range(1, self._count):
            known = self._inner(found[1:], found[1:])
            found.append(
                self._value(("/", ("-", "x", "y"), ("*", 2, "z")), x=a[k], y=known, z=found[0])
            )
        return found


def squared_coefficients(
    dual: Term, name: str, count: int, definitions: Mapping[str, Mapping[str, Any]]
) -> list[tuple[Fraction, Fraction]]:
    """Enclosures of a_0², ..., of the activation with this dual, a term in `name`.

    Empty where the dual has parameters, or an operation that has no series here.
    """
    taylor = Taylor(count, definitions)
    argument: Series = [Fraction(int(k == 1)) for k in range(count)]
    evaluator = Evaluator(PRECISION, definitions)
    try:
        return [evaluator.bounds(v) for v in taylor.series(dual, {name: argument})]
    except (Indeterminate, Undefined, KeyError):
        return []
