"""The values of a term on a box: outward-rounded ranges whose ends may be infinite or excluded.

A range is a set of real numbers between two ends, multiples of 2^-precision or infinite; an end
that is `open` is not a value.  If `Ranges.term` returns a range, then the term has a value
at every point of the box, and each of these values lies in the range; else it raises Indeterminate.
An end may always be called closed, and rounding outwards makes it open where it is inexact.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from certificates.dyadic import LARGEST_EXP, Arithmetic, Indeterminate, Interval, root_length
from certificates.terms import FUNCTIONS, Formula, Term, free_names, number, rational_exponent
from certificates.work import spend, spend_on, spend_on_fraction

End = int | float  # the only floats are the infinities, which stand for themselves
INF = math.inf
LARGEST_EXPONENT = 1000
LONGEST = 70_000  # bits of an end
DEEPEST_ITERATE = 200
MOST_AFFINE = 3  # variables of which both ends are taken


class Range(NamedTuple):
    """The numbers x with low <= x <= high, without an end that is open."""

    low: End
    high: End
    low_open: bool = False
    high_open: bool = False

    @property
    def positive(self) -> bool:
        """Whether every value is > 0."""
        return self.low > 0 or (self.low == 0 and self.low_open)

    @property
    def negative(self) -> bool:
        """Whether every value is < 0."""
        return self.high < 0 or (self.high == 0 and self.high_open)

    @property
    def nonzero(self) -> bool:
        """Whether no value is 0."""
        return self.positive or self.negative


Box = Mapping[str, Range]
INCREASING = ("exp", "log", "sqrt", "atan", "erf", "Phi", "asin", "tan")


class Ranges:
    """Evaluates terms and formulas on boxes."""

    def __init__(self, precision: int) -> None:
        self.arithmetic = Arithmetic(precision)
        self.precision = precision
        self.one = 1 << precision
        self.half_pi = (self.arithmetic.pi().hi + 1) // 2
        self._at_ends = False  # whether a term is being evaluated at the ends of variables

    def of_number(self, value: Fraction) -> Range:
        """The range that holds one rational number."""
        interval = self.arithmetic.enclose(value)
        return Range(interval.lo, interval.hi)

    # Terms ----------------------------------------------------------------------------------------

    def term(self, term: Term, box: Box) -> Range:
        """The range of a term on a box.  Raises Indeterminate."""
        value = number(term)
        if value is not None:
            return self.of_number(value)
        if isinstance(term, str):
            if term not in box:
                raise Indeterminate(f"{term} has no range")
            return box[term]
        op, args = term[0], term[1:]
        spend(6 + 2 * len(args))
        if op == "ite":
            known = self.formula(args[0], box)
            if known is not None:
                return self.term(args[1] if known else args[2], box)
            return self.hull(self.term(args[1], box), self.term(args[2], box))
        if op == "iter":
            return self._iterate(term, box)
        if op == "^":
            return self._power(self.term(args[0], box), self._integer(args[1], box))
        if op == "pi":
            interval = self.arithmetic.pi()
            return Range(interval.lo, interval.hi, True, True)
        if op == "rpow":
            return self._rational_power(self.term(args[0], box), rational_exponent(args[1]))
        if op not in OPERATIONS and op not in (*INCREASING, "sin", "cos", "acos", "ceil", "floor"):
            raise Indeterminate(f"{op} has no range on a box")
        ranges = [self.term(a, box) for a in args]
        if op == "/" and not ranges[1].nonzero:
            ranges[1] = self.sharp(args[1], box)
        if (op == "log" and not ranges[0].positive) or (op == "sqrt" and ranges[0].low < 0):
            ranges[0] = self.sharp(args[0], box)
        if op in FUNCTIONS:
            spend(50 + self.precision**2 // 700)
        if op in INCREASING:
            return self._increasing(op, ranges[0])
        if op in ("sin", "cos"):
            return self._wave(op, ranges[0])
        if op == "acos":
            self._finite(op, ranges[0])
            return self.negate(self._image(self._minus_acos, ranges[0]))
        if op in ("ceil", "floor"):
            return self._rounded(op == "ceil", ranges[0])
        if op == "-" and len(ranges) == 1:
            return self.negate(ranges[0])
        result = ranges[0] if op != "abs" else self._absolute(ranges[0])
        for other in ranges[1:]:
            result = OPERATIONS[op](self, result, other)
        return result

    def sharp(self, term: Term, box: Box) -> Range:
        """The range of a term, from the ends of the variables in which it is affine.

        A term that is affine in x, and has a value at both ends of the range of x, has one in
        between, on the line between those two.  So its range is the hull of the two ranges.
        Only a variable that occurs twice is worth it.  Of products, quotients and powers each part
        is taken so.
        """
        if self._at_ends:
            return self.term(term, box)
        self._at_ends = True
        try:
            return self._sharp(term, box, MOST_AFFINE)
        finally:
            self._at_ends = False

    def _sharp(self, term: Term, box: Box, most: int) -> Range:
        for name, x in box.items() if most > 0 else ():
            if isinstance(x.low, float) or isinstance(x.high, float) or x.low == x.high:
                continue
            if occurrences(term, name) > 1 and affine(term, name):
                ends = (Range(x.low, x.low), Range(x.high, x.high))
                first, last = (self._sharp(term, {**box, name: e}, most - 1) for e in ends)
                return self.hull(first, last)
        op, args = (term[0], term[1:]) if isinstance(term, tuple) else ("", ())
        if op == "^":
            return self._power(self._sharp(args[0], box, most), self._integer(args[1], box))
        if op in ("*", "/"):
            result, *others = (self._sharp(a, box, most) for a in args)
            for other in others:
                result = OPERATIONS[op](self, result, other)
            return result
        return self.term(term, box)

    @staticmethod
    def _finite(op: str, x: Range) -> None:
        if isinstance(x.low, float) or isinstance(x.high, float):
            raise Indeterminate(f"{op} of an unbounded range")

    def _minus_acos(self, x: Interval) -> Interval:
        return self.arithmetic.neg(self.arithmetic.acos(x))

    def _rounded(self, up: bool, x: Range) -> Range:
        """ceil or floor, which are monotone."""
        p = self.precision
        ends = [
            e if isinstance(e, float) else (-(-e >> p) if up else e >> p) << p
            for e in (x.low, x.high)
        ]
        return Range(ends[0], ends[1])

    def add(self, x: Range, y: Range) -> Range:
        """A sum reaches its bound where both summands do."""
        low, high = _sum(x.low, y.low), _sum(x.high, y.high)
        return Range(low, high, x.low_open or y.low_open, x.high_open or y.high_open)

    def negate(self, x: Range) -> Range:
        """-x."""
        return Range(-x.high, -x.low, x.high_open, x.low_open)

    def subtract(self, x: Range, y: Range) -> Range:
        """x - y."""
        return self.add(x, self.negate(y))

    def hull(self, x: Range, y: Range) -> Range:
        """A range that contains both."""
        low, high = min(x.low, y.low), max(x.high, y.high)
        lows = [r.low_open for r in (x, y) if r.low == low]
        highs = [r.high_open for r in (x, y) if r.high == high]
        return Range(low, high, all(lows), all(highs))

    def multiply(self, x: Range, y: Range) -> Range:
        """A product is linear in each factor, so its bounds are at corners (0 * infinity = 0).

        A bound 0 is a value just when a factor can be 0.  Another finite bound is a value just when
        a corner whose ends are both values has it: were it a value elsewhere, the product would be
        constant along an edge, which is then a point, or the bound is 0.
        """
        spend(8)
        spend_on(_longest(x, y))
        corners = [
            (_product(a, b), a_open or b_open) for a, a_open in _ends(x) for b, b_open in _ends(y)
        ]
        return self._bounds(corners, x.nonzero and y.nonzero, self.precision)

    def divide(self, x: Range, y: Range) -> Range:
        """x / y for y > 0 is monotone in both, too; the quotient is 0 just where x is."""
        if not y.nonzero:
            raise Indeterminate("a divisor may be 0")
        if y.negative:
            if y.low >= 0:
                raise Indeterminate("a range without values")
            return self.divide(self.negate(x), self.negate(y))
        spend(8)
        spend_on_fraction(_longest(x, y) + self.precision)
        corners = [
            (_quotient(a, b), a_open or b_open) for a, a_open in _ends(x) for b, b_open in _ends(y)
        ]
        return self._bounds(corners, x.nonzero, -self.precision)

    @staticmethod
    def _bounds(
        corners: Sequence[tuple[End | Fraction, bool]], excluded: bool, shift: int
    ) -> Range:
        """The range between the least and the greatest corner, divided by 2^shift.

        `excluded` says that 0 is not a value.
        """
        ends: list[tuple[End, bool]] = []
        for pick, sign in ((min, 1), (max, -1)):
            bound = pick(value for value, _ in corners)
            opened = excluded if bound == 0 else all(o for value, o in corners if value == bound)
            if isinstance(bound, float):
                ends.append((bound, True))
                continue
            exact = Fraction(bound) / 2**shift if shift >= 0 else Fraction(bound) * 2**-shift
            rounded = int(sign * (sign * exact // 1))
            if rounded.bit_length() > LONGEST:
                if (rounded > 0) == (sign > 0):
                    raise Indeterminate("a number is too large")
                ends.append((-INF if sign > 0 else INF, True))
                continue
            ends.append((rounded, opened or rounded != exact))
        (low, low_open), (high, high_open) = ends
        return Range(low, high, low_open, high_open)

    def _absolute(self, x: Range) -> Range:
        if x.low >= 0:
            return x
        if x.high <= 0:
            return self.negate(x)
        both = self.hull(x, self.negate(x))
        return Range(0, both.high, False, both.high_open)

    def minimum(self, x: Range, y: Range) -> Range:
        """The least of both."""
        return self.negate(self.maximum(self.negate(x), self.negate(y)))

    def maximum(self, x: Range, y: Range) -> Range:
        """It reaches its lower bound only if both may lie there, and its upper one if one may."""
        low = max(x.low, y.low)
        opened = any(r.low_open for r in (x, y) if r.low == low)
        both = self.hull(x, y)
        return Range(low, both.high, opened, both.high_open)

    def _power(self, x: Range, n: int) -> Range:
        """x^n by the monotone pieces of a power; the least value of an even one is at 0."""
        if abs(n) > LARGEST_EXPONENT:
            raise Indeterminate("an exponent is too large")
        if n < 0:
            return self.divide(self.of_number(Fraction(1)), self._power(x, -n))
        if n == 0:
            return self.of_number(Fraction(1))
        if n % 2 == 0:
            x = self._absolute(x)
        found = self._image(lambda v: self.arithmetic.power(v, n), x, x.positive)
        spend_on(2 * self.precision + _longest(found, found), n.bit_length())
        return found

    def _rational_power(self, x: Range, exponent: Fraction) -> Range:
        """x^(n/q) rises on x >= 0; x^(-n/q) is 1 divided by it, for x > 0."""
        if x.low < 0:
            raise Indeterminate("a rational power of a number that may be negative")
        size = abs(exponent)
        spend_on(root_length(_longest(x, x), self.precision, exponent), 32)
        image = self._image(lambda v: self.arithmetic.rational_power(v, size), x, x.positive)
        return image if exponent > 0 else self.divide(self.of_number(Fraction(1)), image)

    def _image(
        self,
        function: Callable[[Interval], Interval],
        x: Range,
        positive: bool = False,
    ) -> Range:
        """The image under an increasing function that is unbounded at infinite ends.

        `positive` says that every value is > 0, also where rounding reached 0.
        """
        low = -INF if isinstance(x.low, float) else function(Interval(x.low, x.low)).lo
        high: End = INF
        if not isinstance(x.high, float):
            high = function(Interval(x.high, x.high)).hi
        return Range(low, high, x.low_open or (positive and low == 0), x.high_open)

    def _increasing(self, op: str, x: Range) -> Range:
        """The image of an elementary increasing function, with its limits at infinite ends.

        exp > 0, |erf| < 1, 0 < Phi < 1 and |atan| < pi/2: there an infinite end is never a value.
        """
        if op == "log" and not x.positive:
            raise Indeterminate("a logarithm of what may not be positive")
        if op in ("asin", "tan"):
            self._finite(op, x)
        if op == "sqrt" and x.low < 0:
            raise Indeterminate("a root of what may be negative")
        if op == "tan" and not isinstance(x.low, float) and not isinstance(x.high, float):
            branch = self.arithmetic.tan(Interval(x.low, x.high))
            return Range(branch.lo, branch.hi, x.low_open, x.high_open)
        if op == "log" and x.low == 0:
            return self._image(self.arithmetic.log, Range(-INF, x.high, True, x.high_open))
        if op == "exp" and x.high > LARGEST_EXP * self.one:
            x = Range(x.low, INF, x.low_open, True)
        image = self._image(getattr(self.arithmetic, op), x)
        least, most = self._limits(op)
        low, high = max(image.low, least), min(image.high, most)
        return Range(low, high, image.low_open or low == least, image.high_open or high == most)

    def _limits(self, op: str) -> tuple[End, End]:
        """Numbers that no value of the function reaches: below and above all of them."""
        if op == "atan":
            return -self.half_pi, self.half_pi
        return {"exp": (0, INF), "erf": (-self.one, self.one), "Phi": (0, self.one)}.get(
            op, (-INF, INF)
        )

    def _wave(self, op: str, x: Range) -> Range:
        if isinstance(x.low, float) or isinstance(x.high, float):
            return Range(-self.one, self.one)
        arithmetic = self.arithmetic
        if op == "sin" and max(-x.low, x.high) < arithmetic.pi().lo // 2:  # it rises there
            return self._image(arithmetic.sin, x)
        if op == "cos" and x.low >= 0 and x.high < arithmetic.pi().lo:  # it falls there
            return self.negate(self._image(lambda v: arithmetic.neg(arithmetic.cos(v)), x))
        image = getattr(arithmetic, op)(Interval(x.low, x.high))
        if op == "sin" and x.low >= 0 and x.high < arithmetic.pi().lo:  # it is 0 at 0 alone
            return Range(max(image.lo, 0), image.hi, image.lo <= 0 and x.positive, False)
        return Range(image.lo, image.hi)

    def _integer(self, term: Term, box: Box) -> int:
        """The exponent of a power, which must be one integer."""
        exponent = self.term(term, box)
        if isinstance(exponent.low, float) or exponent.low != exponent.high:
            raise Indeterminate("an exponent that is not one number")
        if exponent.low % self.one:
            raise Indeterminate("an exponent that is not an integer")
        return exponent.low >> self.precision

    def _iterate(self, term: Term, box: Box) -> Range:
        """The iterates one after the other; each must stay in [-1, 1]."""
        name, body, depth, start = term[1:]
        count = self._integer(depth, box)
        if not 0 <= count <= DEEPEST_ITERATE:
            raise Indeterminate("a depth out of range")
        value = self.term(start, box)
        for k in range(count + 1):
            if max(-value.low, value.high) > self.one:
                raise Indeterminate("an iterate may leave [-1, 1]")
            value = self.term(body, {**box, name: value}) if k < count else value
        return value

    # Formulas -------------------------------------------------------------------------------------

    def formula(self, formula: Formula, box: Box) -> bool | None:
        """True or False where the formula has this truth value on the whole box, else None.

        Raises Indeterminate where a term may have no value.
        """
        op, args = formula[0], formula[1:]
        spend(4)
        if op in ("<=", "<", "=", "!="):
            gap = self.subtract(self.term(args[1], box), self.term(args[0], box))
            known = _compared(op, gap)
            return (
                _compared(op, self.sharp(("-", args[1], args[0]), box)) if known is None else known
            )
        if op == "not":
            return _negated(self.formula(args[0], box))
        if op == "implies":
            return self._first_true((("not", args[0]), args[1]), box)
        if op == "or":
            return self._first_true(args, box)
        if op == "and":
            return _negated(self._first_true([("not", a) for a in args], box))
        raise Indeterminate(f"{op} is not decided on a box")

    def _first_true(self, parts: Iterable[Formula], box: Box) -> bool | None:
        """A disjunction from left to right: true at a part that is true, after any others."""
        values = []
        for part in parts:
            value = self.formula(part, box)
            if value:
                return True
            values.append(value)
        return False if all(v is False for v in values) else None


def occurrences(term: Term, name: str) -> int:
    """How often a variable stands in a term without binders."""
    spend(1)
    if not isinstance(term, tuple):
        return int(term == name)
    return sum(occurrences(t, name) for t in term[1:])


def affine(term: Term, name: str) -> bool:
    """Whether the term is a + b name on sight, a and b without the name."""
    spend(1)
    if term == name or name not in free_names(term):
        return True
    op, args = term[0], term[1:]
    if op in ("+", "-"):
        return all(affine(a, name) for a in args)
    if op == "*":
        inner = [a for a in args if name in free_names(a)]
        return len(inner) == 1 and affine(inner[0], name)
    return op == "/" and name not in free_names(args[1]) and affine(args[0], name)


OPERATIONS: dict[str, Callable[[Ranges, Range, Range], Range]] = {
    "+": Ranges.add, "-": Ranges.subtract, "*": Ranges.multiply, "/": Ranges.divide,
    "min": Ranges.minimum, "max": Ranges.maximum, "abs": Ranges.add,
}  # fmt: skip


def _longest(x: Range, y: Range) -> int:
    """The bits of the longest end."""
    return max((e.bit_length() for e in (*x[:2], *y[:2]) if isinstance(e, int)), default=0)


def _ends(x: Range) -> tuple[tuple[End, bool], tuple[End, bool]]:
    return (x.low, x.low_open), (x.high, x.high_open)


def _sum(a: End, b: End) -> End:
    if isinstance(a, float) or isinstance(b, float):
        return a if isinstance(a, float) else b
    return a + b


def _product(a: End, b: End) -> End:
    """a * b, with 0 * infinity = 0; never float arithmetic on what is finite."""
    if a == 0 or b == 0:
        return 0
    if isinstance(a, float) or isinstance(b, float):
        return INF if (a > 0) == (b > 0) else -INF
    return a * b


def _quotient(a: End, b: End) -> End | Fraction:
    """The limit of a / b for b > 0: also for b = 0 from above, and 0 for b infinite."""
    if a == 0 or isinstance(b, float):
        return 0
    if isinstance(a, float) or b == 0:
        return INF if a > 0 else -INF
    return Fraction(a, b)


def _negated(value: bool | None) -> bool | None:
    return None if value is None else not value


def _compared(op: str, gap: Range) -> bool | None:
    """The truth of 0 op gap."""
    at_least, at_most = gap.low >= 0, gap.high <= 0
    truth, falsehood = {
        "<=": (at_least, gap.negative), "<": (gap.positive, at_most),
        "=": (at_least and at_most, gap.nonzero), "!=": (gap.nonzero, at_least and at_most),
    }[op]  # fmt: skip
    return True if truth else False if falsehood else None
