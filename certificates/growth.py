"""Limits as one variable grows without bound: by the laws of limits, else by rates of growth.

The rate is that of a leading part on the scale t^a log(t)^b exp(u):

    leading(f)  =  C t^a log(t)^b exp(u),   u = sum c_k t^k over fractions k > 0,

says that the quotient of f and t^a log(t)^b exp(u) has a limit, at every point of the box, and that
C is a range of it without 0.  The c_k are terms without t.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from certificates.dyadic import Indeterminate
from certificates.limits import Limit, law
from certificates.normal import Normaliser
from certificates.ranges import INF, Box, Range, Ranges
from certificates.terms import (
    Term,
    free_names,
    number,
    numeral,
    rational_exponent,
    substitute,
)
from certificates.work import spend

LARGEST_POWER = 64
MOST_EXPANDED = 16
NEAR_ZERO = ("sin", "tan", "atan", "asin")  # f(u) / u tends to 1 as u tends to 0


@dataclass(frozen=True)
class Leading:
    """C t^a log(t)^b exp(u), the c_k of u by their k."""

    constant: Range
    power: Fraction = Fraction(0)
    logs: Fraction = Fraction(0)
    exponent: Mapping[Fraction, Term] = field(default_factory=dict)


def limit(term: Term, name: str, towards: float, box: Box, ranges: Ranges) -> Limit:
    """The limit of `term` as `name` tends to +-infinity, for every point of `box`.

    `box` has ranges for the other variables; the term must have a value near the end.  Where the
    laws of limits leave it open, the leading part decides.  Raises Indeterminate.
    """
    try:
        return law(term, name, towards, box, ranges,
                   lambda part: limit(part, name, towards, box, ranges))  # fmt: skip
    except Indeterminate:
        there = term if towards > 0 else substitute(term, {name: ("-", name)})
        return Growth(name, box, ranges).limit(there)


def limit_at(term: Term, name: str, end: Term, above: bool, box: Box, ranges: Ranges) -> Limit:
    """The limit of `term` as `name` tends to a number, from above or from below."""
    near = ("+" if above else "-", end, ("/", 1, name))
    return limit(substitute(term, {name: near}), name, INF, box, ranges)


class Growth:
    """Leading parts as `name` tends to infinity, for every point of a box of the others."""

    def __init__(self, name: str, box: Box, ranges: Ranges) -> None:
        self.name, self.box, self.ranges = name, box, ranges
        self.one = Range(ranges.one, ranges.one)

    def of(self, term: Term) -> Leading:
        """The leading part of a term.  Raises Indeterminate.

        Of a polynomial in t it is its highest power.  Of another sum it is that of the fastest
        summand, or the sum of the leading parts where these are of one scale and do not cancel.
        Products, quotients and powers are those of the parts.  exp(p + r) is exp(p) times a number,
        for p without constant term and r that has a finite limit.
        log f: with f = C t^a log(t)^b exp(u)(1 + o(1)) it is u, else a log t, else log C, each of
        them infinitely larger than what follows it, or with log C not 0 where a = b = 0; and
        log(1 + g) is g for a g that tends to 0, as are the functions of NEAR_ZERO.
        """
        spend(8)
        if self.name not in free_names(term):
            return Leading(self._nonzero(self.ranges.term(term, self.box)))
        if term == self.name:
            return Leading(self.one, Fraction(1))
        op, args = term[0], term[1:]
        if op in ("+", "-"):
            return self._sum(term)
        if op == "*":
            found = self.of(args[0])
            for other in args[1:]:
                found = self.times(found, self.of(other))
            return found
        if op == "/":
            return self.times(self.of(args[0]), self._power(self.of(args[1]), Fraction(-1)))
        if op == "^":
            n = number(args[1])
            if n is None or n.denominator != 1 or abs(n) > LARGEST_POWER:
                raise Indeterminate("the growth of a power needs a numeral as exponent")
            return self._power(self.of(args[0]), n)
        if op in ("sqrt", "rpow"):
            inner = self.of(args[0])
            exponent = Fraction(1, 2) if op == "sqrt" else rational_exponent(args[1])
            if not inner.constant.positive:
                raise Indeterminate("a root of what may be negative")
            return self._power(inner, exponent)
        if op == "abs":
            inner = self.of(args[0])
            size = inner.constant if inner.constant.positive else self.ranges.negate(inner.constant)
            return replace(inner, constant=size)
        if op == "exp":
            return self._exponential(args[0])
        if op == "log":
            return self._logarithm(args[0])
        if op in NEAR_ZERO:
            inner = self.of(args[0])
            if self.order(inner) < 0:
                return inner
        return self._finite(term)

    def order(self, found: Leading) -> int:
        """1, 0 or -1: whether t^a log(t)^b exp(u) tends to infinity, is 1, or tends to 0."""
        highest = self._highest(found.exponent)
        if highest is not None:
            return 1 if highest[1].positive else -1
        for e in (found.power, found.logs):
            if e:
                return 1 if e > 0 else -1
        return 0

    def limit(self, term: Term) -> Limit:
        """The limit of a term.  Raises Indeterminate."""
        if self.expanded(term) == {}:
            return Range(0, 0)
        found = self.of(term)
        order = self.order(found)
        if order < 0:
            return Range(0, 0)
        return found.constant if order == 0 else INF * (1 if found.constant.positive else -1)

    # Parts ----------------------------------------------------------------------------------------

    def times(self, f: Leading, g: Leading) -> Leading:
        """The product of two leading parts."""
        exponent = dict(f.exponent)
        for k, c in g.exponent.items():
            exponent[k] = ("+", exponent[k], c) if k in exponent else c
        constant = self._nonzero(self.ranges.multiply(f.constant, g.constant))
        return Leading(constant, f.power + g.power, f.logs + g.logs, exponent)

    def _power(self, f: Leading, e: Fraction) -> Leading:
        exponent = {k: ("*", numeral(e), c) for k, c in f.exponent.items()}
        if e.denominator == 1:
            constant = self.ranges.term(("^", "_", int(e)), {"_": f.constant})
        else:
            constant = self.ranges.term(("rpow", "_", f"{e.numerator}/{e.denominator}"),
                                        {"_": f.constant})  # fmt: skip
        return Leading(self._nonzero(constant), f.power * e, f.logs * e, exponent)

    def _sum(self, term: Term) -> Leading:
        polynomial = self.expanded(term)
        if polynomial is not None:
            highest = self._highest(polynomial)
            if highest is None:
                raise Indeterminate("a sum that vanishes")
            return Leading(highest[1], highest[0])
        op, args = term[0], term[1:]
        total: Leading | None = None
        for k, a in enumerate(args):
            if not Normaliser({}).term(a):
                continue
            own = self.of(a)
            if op == "-" and (k == 1 or len(args) == 1):
                own = replace(own, constant=self.ranges.negate(own.constant))
            order = 1 if total is None else self.order(self.times(own, self._inverse_scale(total)))
            if order > 0:
                total = own
            elif order == 0 and total is not None:
                both = self.ranges.add(total.constant, own.constant)
                total = replace(total, constant=self._nonzero(both))
        if total is None:
            raise Indeterminate("a sum of nothing")
        return total

    def _inverse_scale(self, f: Leading) -> Leading:
        return self._power(replace(f, constant=self.one), Fraction(-1))

    def _exponential(self, term: Term) -> Leading:
        polynomial = self.expanded(term)
        if polynomial is None:
            return self._finite(("exp", term))
        constant = ("exp", polynomial.get(Fraction(0), 0))
        growing = {k: c for k, c in polynomial.items() if k > 0}
        return Leading(self._nonzero(self.ranges.term(constant, self.box)), exponent=growing)

    def expanded(self, term: Term) -> dict[Fraction, Term] | None:
        """Coefficients c_k with term = sum c_k t^k over fractions k, if it is that on sight."""
        spend(4)
        if self.name not in free_names(term):
            return {Fraction(0): term}
        if term == self.name:
            return {Fraction(1): 1}
        op, args = term[0], term[1:]
        if op in ("sqrt", "rpow") and args[0] == self.name:
            return {Fraction(1, 2) if op == "sqrt" else rational_exponent(args[1]): 1}
        if op == "^":
            n = number(args[1])
            if n is None or n.denominator != 1 or not 0 < abs(n) <= MOST_EXPANDED:
                return None
            return (
                self.expanded(("/", 1, ("*", 1, *[args[0]] * int(-n))))
                if n < 0
                else (self.expanded(("*", 1, *[args[0]] * int(n))))
            )
        if op not in ("+", "-", "*", "/"):
            return None
        parts = [self.expanded(a) for a in args]
        if any(part is None for part in parts):
            return None
        total, *others = (part for part in parts if part is not None)
        if op == "-" and not others:
            return {k: ("-", c) for k, c in total.items()}
        for other in others:
            if op == "/":
                if len(other) != 1:
                    return None
                ((k, c),) = other.items()
                total = {j - k: ("/", d, c) for j, d in total.items()}
                continue
            found: dict[Fraction, Term] = {} if op == "*" else dict(total)
            for k, c in other.items():
                if op != "*":
                    found[k] = (op, found.get(k, 0), c)
                    continue
                for j, d in total.items():
                    found[j + k] = ("+", found.get(j + k, 0), ("*", d, c))
            total = found
        total = {k: c for k, c in total.items() if Normaliser({}).term(c)}
        return total if len(total) <= MOST_EXPANDED else None

    def _logarithm(self, term: Term) -> Leading:
        match term:
            case ("+", 1, g):
                inner = self.of(g)
                if self.order(inner) < 0:
                    return inner
        inner = self.of(term)
        if not inner.constant.positive:
            raise Indeterminate("a logarithm of what may be negative")
        highest = self._highest(inner.exponent)
        if highest is not None:
            return Leading(highest[1], highest[0])
        if inner.power:
            return Leading(self.ranges.of_number(inner.power), logs=Fraction(1))
        if inner.logs:
            raise Indeterminate("a logarithm of a logarithm")
        return Leading(self._nonzero(self.ranges.term(("log", "_"), {"_": inner.constant})))

    def _finite(self, term: Term) -> Leading:
        """A term with a limit other than 0."""
        found = law(term, self.name, INF, self.box, self.ranges,
                    lambda part: limit(part, self.name, INF, self.box, self.ranges))  # fmt: skip
        if isinstance(found, float):
            raise Indeterminate("the growth of a term is not known")
        return Leading(self._nonzero(found))

    def _highest(self, parts: Mapping[Fraction, Term]) -> tuple[Fraction, Range] | None:
        """The highest power with a coefficient that is not 0, and its range."""
        for k in sorted(parts, reverse=True):
            if Normaliser({}).term(parts[k]):
                return k, self._nonzero(self.ranges.term(parts[k], self.box))
        return None

    @staticmethod
    def _nonzero(x: Range) -> Range:
        if not x.nonzero:
            raise Indeterminate("a coefficient may be 0")
        return x
