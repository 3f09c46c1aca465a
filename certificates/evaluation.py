"""The value of terms and formulas at a definite point: exact where rational, else an enclosure.

A point gives each real a fraction, each integer an integer, each sequence finitely many nonzero
coefficients, each matrix its exact entries, each activation a piecewise polynomial with a kink at
zero at most.  A term without a value raises Undefined; what an enclosure of the chosen precision
cannot decide raises Indeterminate, which never counts as true or false.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import takewhile
from math import isqrt
from typing import Any

from certificates.dyadic import (
    Arithmetic,
    Indeterminate,
    Interval,
    Undefined,
    floor_root,
    root_length,
)
from certificates.normal import EXACT, LARGEST_EXPONENT, Normaliser
from certificates.terms import (
    Definitions,
    Formula,
    Malformed,
    Term,
    number,
    numeral,
    rational_exponent,
    substitute,
)
from certificates.work import spend, spend_on, spend_on_fraction

Value = Fraction | Interval
Point = Mapping[str, Any]

MOST_BITS = 6_000
MOST_MATRIX_BITS = 400
MOST_ROWS = 10
MOST_VALUES = 5_000
MOST_VISITS = 40_000
LONGEST_POLYNOMIAL = 200
MOST_HERMITE = 1_000


class Telescoping(dict[int, Fraction]):
    """The sequence c_i = 1/(i(i-1)) for i >= 2, else 0: its sum is 1, that of i c_i infinite."""

    def get(self, i: int, _default: Any = None) -> Any:
        """c_i."""
        return Fraction(1, i * (i - 1)) if i >= 2 else Fraction(0)

    def items(self) -> Any:
        """It has infinitely many terms, which no finite sum reaches."""
        raise Indeterminate("a sequence with infinitely many terms")


class Evaluator:
    """Evaluates in one arithmetic; remembers iterates, so that a chain is computed once."""

    def __init__(self, precision: int, definitions: Definitions) -> None:
        self.arithmetic = Arithmetic(precision)
        self.definitions = definitions
        self.visits_left = MOST_VISITS
        self._chains: dict[tuple[Any, ...], list[Value]] = {}
        self._closed: dict[tuple[Any, ...], Value] = {}

    # Values ---------------------------------------------------------------------------------------

    def enclosure(self, value: Value) -> Interval:
        """The value as an interval of the arithmetic."""
        return self.arithmetic.enclose(value) if isinstance(value, Fraction) else value

    def bounded(self, value: Fraction) -> Value:
        """The number itself, or its enclosure where it grows too long."""
        if max(value.numerator.bit_length(), value.denominator.bit_length()) <= MOST_BITS:
            return value
        return self.arithmetic.enclose(value)

    def bounds(self, value: Value) -> tuple[Fraction, Fraction]:
        """The least and the greatest number that the value can be."""
        if isinstance(value, Fraction):
            return value, value
        return self.arithmetic.lower(value), self.arithmetic.upper(value)

    def sign(self, value: Value) -> int:
        """-1, 0 or 1; Indeterminate when the enclosure does not tell."""
        if isinstance(value, Fraction):
            return (value > 0) - (value < 0)
        if value.lo > 0 or value.hi < 0:
            return 1 if value.lo > 0 else -1
        if value.lo == value.hi == 0:
            return 0
        raise Indeterminate("the enclosure does not tell the sign")

    def _both(self, name: str, x: Value, y: Value) -> Value:
        if isinstance(x, Fraction) and isinstance(y, Fraction):
            spend_on_fraction(_length(x) + _length(y))
            if name == "div":
                if y == 0:
                    raise Undefined("division by zero")
                return self.bounded(x / y)
            return self.bounded(x * y if name == "mul" else x + y if name == "add" else x - y)
        spend_on(max(_length(x), _length(y)))
        operation: Callable[[Interval, Interval], Interval] = getattr(self.arithmetic, name)
        return operation(self.enclosure(x), self.enclosure(y))

    def subtract(self, x: Value, y: Value) -> Value:
        """x - y."""
        return self._both("sub", x, y)

    # Terms ----------------------------------------------------------------------------------------

    def term(self, term: Term, point: Point) -> Value:
        """The value of `term` at `point`."""
        value = number(term)
        if value is not None:
            return value
        if isinstance(term, str):
            return point[term] if isinstance(point[term], Interval) else Fraction(point[term])
        op, args = term[0], term[1:]
        spend(4 + len(args))
        if op in ("+", "*"):
            total = self.term(args[0], point)
            for a in args[1:]:
                total = self._both("add" if op == "+" else "mul", total, self.term(a, point))
            return total
        if op == "-":
            first = self.term(args[0], point) if len(args) == 2 else Fraction(0)
            return self._both("sub", first, self.term(args[-1], point))
        if op == "/":
            return self._both("div", self.term(args[0], point), self.term(args[1], point))
        if op == "^":
            return self.power(self.term(args[0], point), self.integer(args[1], point))
        if op in ("min", "max", "abs"):
            return self._extremum(op, [self.term(a, point) for a in args])
        if op == "ite":
            return self.term(args[1] if self.formula(args[0], point) else args[2], point)
        if op in ("ceil", "floor"):
            return self._rounded(op, args[0], point)
        if op == "pi":
            return self.arithmetic.pi()
        if op == "call":
            return self._call(term, point)
        if op == "coef":
            i = self.integer(args[1], point)
            if i < 0:
                raise Undefined("a coefficient with a negative index")
            return Fraction(point[args[0]].get(i, 0))
        if op == "hermite":
            return self._hermite(self.integer(args[0], point), self.term(args[1], point))
        if op == "dual":
            return self._dual(point[args[0]], self.term(args[1], point))
        if op == "series":
            return self._series(term, point)
        if op == "iter":
            return self._iterate(term, point)
        if op == "fold":
            return self._fold(term, point)
        if op == "entry":
            i, j = (self.integer(a, point) for a in args[1:])
            rows = point[args[0]]
            if min(i, j) < 1:
                raise Undefined("an index below 1")
            if max(i, j) > len(rows):
                raise Indeterminate("an entry outside the given block")
            return Fraction(rows[i - 1][j - 1])
        if op in ("lambda_min", "lambda_max", "kappa"):
            return self._eigenvalue(op, self.matrix(term, point))
        if op == "expect":
            return self._expectation(args[0], args[1], point)
        if op in EXACT:
            return self._function(op, self.term(args[0], point))
        if op == "rpow":
            return self._rational_power(self.term(args[0], point), rational_exponent(args[1]))
        raise Indeterminate(f"{op} is not evaluated at points")

    def _hermite(self, n: int, x: Value) -> Value:
        """He_n(x) by its recurrence."""
        if n < 0:
            raise Undefined("a Hermite polynomial with a negative index")
        if n > MOST_HERMITE:
            raise Indeterminate("a Hermite polynomial of too high a degree")
        before: Value = Fraction(0)
        here: Value = Fraction(1)
        for j in range(n):
            spend(5)
            lower = self._both("mul", Fraction(j), before)
            before, here = here, self._both("sub", self._both("mul", x, here), lower)
        return here

    def _function(self, op: str, x: Value) -> Value:
        if isinstance(x, Fraction):
            if x == EXACT[op][0]:
                return Fraction(EXACT[op][1])
            if (
                (op in ("asin", "acos") and abs(x) > 1)
                or (op == "sqrt" and x < 0)
                or (op == "log" and x <= 0)
            ):
                raise Undefined(f"{op} of {x}")
            if op == "sqrt":
                root = Fraction(isqrt(x.numerator), isqrt(x.denominator))
                if root * root == x:
                    return root
        spend(40 + self.arithmetic.precision**2 // 700)
        operation: Callable[[Interval], Interval] = getattr(self.arithmetic, op)
        return operation(self.enclosure(x))

    def _rational_power(self, base: Value, exponent: Fraction) -> Value:
        """base^(n/q): exact where base is the q-th power of a fraction."""
        if isinstance(base, Fraction):
            if base < 0 or (base == 0 and exponent < 0):
                raise Undefined(f"the power {exponent} of {base}")
            q = exponent.denominator
            if _length(base) <= MOST_BITS:
                spend(40 + _length(base))
                root = Fraction(floor_root(base.numerator, q), floor_root(base.denominator, q))
                if root**q == base:
                    return self.power(root, exponent.numerator)
        enclosed = self.enclosure(base)
        spend_on(root_length(_length(enclosed), self.arithmetic.precision, exponent), 16)
        return self.arithmetic.rational_power(enclosed, exponent)

    def integer(self, term: Term, point: Point) -> int:
        """The value of an integer term."""
        value = self.term(term, point)
        if not isinstance(value, Fraction) or value.denominator != 1:
            raise Indeterminate("not an exact integer")
        return int(value)

    def power(self, base: Value, exponent: int) -> Value:
        """base ** exponent, with 0 ** 0 = 1."""
        spend(4)
        if not isinstance(base, Fraction):
            return self._long_power(base, exponent)
        if base == 0 and exponent < 0:
            raise Undefined("a negative power of zero")
        size = max(base.numerator.bit_length(), base.denominator.bit_length())
        if abs(exponent) * size > MOST_BITS:
            return self._long_power(self.arithmetic.enclose(base), exponent)
        spend_on_fraction(abs(exponent) * size)
        return Fraction(base**exponent)

    def _long_power(self, base: Interval, exponent: int) -> Interval:
        """A power by repeated squaring, with twice the precision at most beside the result."""
        found = self.arithmetic.power(base, exponent)
        spend_on(2 * self.arithmetic.precision + _length(found), abs(exponent).bit_length())
        return found

    def _extremum(self, op: str, values: list[Value]) -> Value:
        if all(isinstance(v, Fraction) for v in values):
            exact = [Fraction(v) for v in values if isinstance(v, Fraction)]
            return {"min": min(exact), "max": max(exact), "abs": abs(exact[0])}[op]
        intervals = [self.enclosure(v) for v in values]
        if op == "abs":
            return self.arithmetic.absolute(intervals[0])
        joined = self.arithmetic.minimum if op == "min" else self.arithmetic.maximum
        result = intervals[0]
        for interval in intervals[1:]:
            result = joined(result, interval)
        return result

    def _rounded(self, op: str, argument: Term, point: Point) -> Fraction:
        """ceil or floor; a quotient of logarithms of rationals is decided exactly at ties.

        log(a)/log(b) for rational a > 0, 0 < b != 1 equals the integer k just when a = b^k.
        """
        value = self.term(argument, point)
        if isinstance(value, Fraction):
            return Fraction(-(-value // 1) if op == "ceil" else value // 1)
        low, high = self.arithmetic.lower(value), self.arithmetic.upper(value)
        first, last = (-(-low // 1), -(-high // 1)) if op == "ceil" else (low // 1, high // 1)
        if first == last:
            return Fraction(first)
        tie = first if op == "ceil" else last
        if last == first + 1 and self._equals_log_quotient(argument, int(tie), point):
            return Fraction(tie)
        raise Indeterminate("the enclosure does not tell the integer part")

    def _equals_log_quotient(self, quotient: Term, k: int, point: Point) -> bool:
        if not (isinstance(quotient, tuple) and quotient[0] == "/"):
            return False
        sides, sign = [], 1
        for side in quotient[1:]:
            if isinstance(side, tuple) and side[0] == "-" and len(side) == 2:
                side, sign = side[1], -sign
            if not (isinstance(side, tuple) and side[0] == "log"):
                return False
            sides.append(self.term(side[1], point))
        a, b = sides
        if not (isinstance(a, Fraction) and isinstance(b, Fraction)):
            return False
        return self.power(b, sign * k) == a

    def _call(self, term: tuple[Any, ...], point: Point) -> Value:
        entry = self.definitions[term[1]]
        values = tuple(self.term(a, point) for a in term[2:])
        key = (term[1], *values)
        if key not in self._closed:
            names = [name for name, _ in entry["parameters"]]
            inner = {**point, **dict(zip(names, values, strict=True))}
            if not self.formula(entry["where"], inner):
                raise Undefined(f"{term[1]} outside its domain")
            self._closed[key] = self.term(entry["body"], inner)
        return self._closed[key]

    def _dual(self, coefficients: Mapping[int, Fraction], x: Value) -> Value:
        self._inside(x)
        total: Value = Fraction(0)
        for i, c in coefficients.items():
            spend(6)
            total = self._both("add", total, self._both("mul", Fraction(c), self.power(x, i)))
        return total

    def _inside(self, x: Value) -> None:
        """Raise Undefined outside [-1, 1], Indeterminate when that is not certain."""
        if self.sign(self.subtract(Fraction(1), self._extremum("abs", [x]))) < 0:
            raise Undefined("outside [-1, 1]")

    def _series(self, term: tuple[Any, ...], point: Point) -> Value:
        """A series whose every monomial has a factor c_i is a finite sum on the support of c."""
        name, lower, body = term[1:]
        if self.integer(lower, point) < 0:
            raise Undefined("a series with a negative index")
        telescoping = self._telescoping(body, name, point)
        if telescoping is not None:
            multiple, diverges = telescoping
            if diverges:
                raise Undefined("the series diverges")
            return multiple / (max(self.integer(lower, point), 2) - 1)
        marks = [
            f"(coef {s} {Normaliser({}).key(name)})"
            for s, v in point.items()
            if isinstance(v, dict)
        ]
        normal = Normaliser({}).term(body)
        last = -1
        for monomial in normal:
            used = [k for k, mark in enumerate(marks) if any(a == mark for a, _ in monomial)]
            if not used:
                raise Indeterminate("the series is not linear in a sequence")
            last = max(last, *(max(d, default=-1) for d in self._sequences(point)))
        total: Value = Fraction(0)
        for i in range(self.integer(lower, point), last + 1):
            total = self._both("add", total, self.term(body, {**point, name: Fraction(i)}))
        return total

    def _telescoping(self, body: Term, name: str, point: Point) -> tuple[Fraction, bool] | None:
        """(r, False) for the body r c_i, (r, True) for r c_i i^k with k >= 1, c telescoping.

        sum_{i>=l} 1/(i(i-1)) = 1/(l-1) for l >= 2; and i^k/(i(i-1)) >= 1/(i-1), whose sum diverges.
        None where no telescoping sequence occurs.
        """
        owners = [s for s, v in point.items() if isinstance(v, Telescoping) and s in _names(body)]
        if not owners:
            return None
        exact = {k: numeral(v) for k, v in point.items() if isinstance(v, Fraction) and k != name}
        normal = Normaliser({}).term(substitute(body, exact))
        mark = f"(coef {owners[0]} {Normaliser({}).key(name)})"
        if len(owners) == 1 and len(normal) == 1:
            ((monomial, multiple),) = normal.items()
            exponents = dict(monomial)
            if exponents.pop(mark, 0) == 1 and set(exponents) <= {name}:
                return multiple, name in exponents
        raise Indeterminate("a series over a sequence with infinitely many terms")

    def _converges(self, formula: tuple[Any, ...], point: Point) -> bool:
        """Whether a series converges absolutely: a finite one does."""
        name, lower, body = formula[1:]
        if self.integer(lower, point) < 0:
            raise Undefined("a series with a negative index")
        telescoping = self._telescoping(body, name, point)
        if telescoping is not None:
            return not telescoping[1]
        self._series(("series", name, lower, body), point)
        return True

    @staticmethod
    def _sequences(point: Point) -> list[Mapping[int, Fraction]]:
        return [v for v in point.values() if isinstance(v, dict)]

    def _iterate(self, term: tuple[Any, ...], point: Point) -> Value:
        """The iterates of a self-map of [-1, 1]; each of them must lie there."""
        name, body, depth, start = term[1:]
        count = self.integer(depth, point)
        if count < 0 or count > MOST_VALUES:
            raise Undefined("a negative depth") if count < 0 else Indeterminate("too deep")
        used = tuple(
            (k, tuple(sorted(v.items())) if isinstance(v, dict) else v)
            for k, v in sorted(point.items())
            if not isinstance(v, list) and k != name and k in _names(body)
        )
        first = self.term(start, point)
        chain = self._chains.setdefault((name, body, used, first), [first])
        while len(chain) <= count:
            spend(3 + (len(point) >> 4))
            self._inside(chain[-1])
            chain.append(self.term(body, {**point, name: chain[-1]}))
        self._inside(chain[count])
        return chain[count]

    def _fold(self, term: tuple[Any, ...], point: Point) -> Value:
        """Start, then the body at each index in order with the value so far."""
        index, value, body, lower, upper, start = term[1:]
        result = self.term(start, point)
        first, last = self.integer(lower, point), self.integer(upper, point)
        if last - first > MOST_VALUES:
            raise Indeterminate("too long a fold")
        for k in range(first, last + 1):
            spend(3 + (len(point) >> 4))
            result = self.term(body, {**point, index: Fraction(k), value: result})
        return result

    # Matrices -------------------------------------------------------------------------------------

    def matrix(self, term: tuple[Any, ...], point: Point) -> list[list[Fraction]]:
        """The exact matrix [body(i, j)] of a matrix binder."""
        size, i, j, body = term[1:]
        n = self.integer(size, point)
        if n < 1:
            raise Undefined("a matrix without rows")
        if n > MOST_ROWS:
            raise Indeterminate("too many rows")
        rows = [
            [self.term(body, {**point, i: Fraction(a), j: Fraction(b)}) for b in range(1, n + 1)]
            for a in range(1, n + 1)
        ]
        exact = [[v for v in row if isinstance(v, Fraction)] for row in rows]
        if any(len(row) != n for row in exact):
            raise Indeterminate("the matrix is not rational")
        longest = max(max(abs(v.numerator), v.denominator) for row in exact for v in row)
        if longest.bit_length() > MOST_MATRIX_BITS:
            raise Indeterminate("the entries of the matrix are too long")
        return exact

    @staticmethod
    def _symmetric(rows: list[list[Fraction]]) -> None:
        if any(rows[a][b] != rows[b][a] for a in range(len(rows)) for b in range(a)):
            raise Undefined("the matrix is not symmetric")

    def _eigenvalue(self, op: str, rows: list[list[Fraction]]) -> Value:
        """Extreme eigenvalues by exact bisection: t <= lambda_min iff M - t I is semidefinite."""
        self._symmetric(rows)
        if op == "kappa":
            if not semidefinite(rows, definite=True):
                raise Undefined("the matrix is not positive definite")
            least = self._eigenvalue("lambda_min", rows)
            return self._both("div", self._eigenvalue("lambda_max", rows), least)
        sign = 1 if op == "lambda_min" else -1
        radius = max(sum(abs(v) for v in row) for row in rows) + 1
        low, high = Fraction(-radius), Fraction(radius)  # semidefinite at low, not at high
        while high - low > Fraction(radius, 1 << 40):
            middle = (low + high) * Fraction(1, 2)
            shifted = [
                [sign * v - (middle if a == b else 0) for b, v in enumerate(row)]
                for a, row in enumerate(rows)
            ]
            low, high = (middle, high) if semidefinite(shifted) else (low, middle)
        ends = sorted((sign * low, sign * high))
        return Interval(self.arithmetic.enclose(ends[0]).lo, self.arithmetic.enclose(ends[1]).hi)

    # Gaussian expectations --------------------------------------------------------------------

    def _expectation(self, name: str, body: Term, point: Point) -> Value:
        """E f(X) for a piecewise polynomial f: half-line moments, by integration by parts.

        E[X^k; X > 0] = (k-1) E[X^(k-2); X > 0] for k >= 2, from 1/2 and 1/sqrt(2 pi).
        """
        halves = [self._piece(body, name, side, point) for side in (-1, 1)]
        arithmetic = self.arithmetic
        even, odd = Fraction(0), Fraction(0)  # coefficients of 1 and of 1/sqrt(2 pi)
        for side, coefficients in zip((-1, 1), halves, strict=True):
            for k, c in enumerate(coefficients):
                spend_on_fraction(8 * k + _length(c), k)
                moment = Fraction(1)
                for factor in range(k - 1, 0, -2):
                    moment *= factor
                if k % 2:
                    odd += side * c * moment
                else:
                    even += c * moment / 2
        if odd == 0:
            return even
        scale = arithmetic.sqrt(arithmetic.mul(arithmetic.enclose(Fraction(2)), arithmetic.pi()))
        return arithmetic.add(
            arithmetic.enclose(even), arithmetic.div(arithmetic.enclose(odd), scale)
        )

    def _piece(self, body: Term, name: str, side: int, point: Point) -> list[Fraction]:
        """The coefficients of `body` as a polynomial in `name` on one side of zero."""
        value = number(body)
        if value is not None:
            return [value]
        if body == name:
            return [Fraction(0), Fraction(1)]
        if not isinstance(body, tuple) or name not in _names(body):
            exact = self.term(body, point)
            if isinstance(exact, Fraction):
                return [exact]
            raise Indeterminate("an expectation with irrational coefficients")
        op, args = body[0], body[1:]
        if op in ("apply", "slope") and args[1] == name:
            piece = [Fraction(c) for c in point[args[0]][side > 0]]
            return piece if op == "apply" else [k * c for k, c in enumerate(piece)][1:]
        if op in ("+", "*", "-"):
            parts = [self._piece(a, name, side, point) for a in args]
            total = parts[0] if op != "-" or len(parts) == 2 else [-c for c in parts[0]]
            for part in parts[1:]:
                total = _product(total, part) if op == "*" else _sum(total, part, op)
            return total
        if op == "^" and name in _names(args[1]):
            raise Indeterminate("an expectation of what is not a polynomial")
        if op == "^" and 0 <= self.integer(args[1], point) <= LARGEST_EXPONENT:
            total = [Fraction(1)]
            for _ in range(self.integer(args[1], point)):
                total = _product(total, self._piece(args[0], name, side, point))
            return total
        raise Indeterminate("an expectation of what is not a piecewise polynomial")

    # Formulas -------------------------------------------------------------------------------------

    def formula(self, formula: Formula, point: Point) -> bool:
        """The truth of a formula; connectives are read from left to right."""
        op, args = formula[0], formula[1:]
        spend(4)
        if op in ("<=", "<", "=", "!="):
            sign = self.sign(self.subtract(self.term(args[1], point), self.term(args[0], point)))
            return {"<=": sign >= 0, "<": sign > 0, "=": sign == 0, "!=": sign != 0}[op]
        if op == "and":
            return all(self.formula(a, point) for a in args)
        if op == "or":
            return any(self.formula(a, point) for a in args)
        if op == "not":
            return not self.formula(args[0], point)
        if op == "implies":
            return not self.formula(args[0], point) or self.formula(args[1], point)
        if op in ("forall", "exists"):
            names = [n for n, s in args[0] if s == "int"]
            if len(names) != len(args[0]):
                raise Indeterminate("a quantifier over the reals")
            guard, rest = _guarded(op, args[1])
            values = (self.formula(rest, p) for p in self.points(names, guard, point))
            return all(values) if op == "forall" else any(values)
        if op == "converges":
            return self._converges(formula, point)
        if op == "psd":
            rows = self.matrix(formula, point)
            self._symmetric(rows)
            return semidefinite(rows)
        raise Malformed(f"unknown connective {op!r}")

    def points(self, names: Sequence[str], guard: Sequence[Formula], point: Point) -> list[Point]:
        """All integer assignments to `names` that satisfy `guard`, which must bound each name.

        Only the conditions before the first one that can be undefined limit the ranges; all of
        them are evaluated in order at each point.
        """
        spend(10 + (len(point) >> 4))
        self.visits_left -= 1
        if self.visits_left < 0:
            raise Indeterminate("too many points")
        if not names:
            return [point] if all(self.formula(g, point) for g in guard) else []
        total = list(takewhile(lambda g: self._defined(g, names, point), guard))
        if any(not self.formula(g, point) for g in total if not _names(g) & set(names)):
            return []
        name, rest = names[0], names[1:]
        lows, highs = [], []
        for g in total:
            for low, high in _bounds_on(g, name):
                if _names(low) & set(names) or _names(high) & set(names):
                    continue
                if low is not None:
                    lows.append(self.integer(low, point) + (g[0] == "<"))
                if high is not None:
                    highs.append(self.integer(high, point) - (g[0] == "<"))
        listed = [values for g in total if (values := _listed(g, name)) is not None]
        if not lows or not highs:
            raise Indeterminate(f"no finite range for {name}")
        if min(highs) - max(lows) > MOST_VALUES:
            raise Indeterminate(f"the range of {name} is too long")
        found: list[Point] = []
        for k in range(max(lows), min(highs) + 1):
            if all(k in values for values in listed):
                found += self.points(rest, guard, {**point, name: Fraction(k)})
        return found

    def _defined(self, guard: Formula, names: Sequence[str], point: Point) -> bool:
        """Whether a condition surely has a truth value, whatever the values of `names`."""
        if always_defined(guard):
            return True
        if guard[0] not in ("<=", "<", "="):
            return False
        sides = [t for t in guard[1:] if t not in names]
        if len(sides) == 2 or any(_names(t) & set(names) for t in sides):
            return False
        try:
            return all(self.term(t, point) is not None for t in sides)
        except (Undefined, Indeterminate):
            return False


def _length(value: Value) -> int:
    """The bits of the longest integer in a value."""
    if isinstance(value, Fraction):
        return max(value.numerator.bit_length(), value.denominator.bit_length())
    return max(value.lo.bit_length(), value.hi.bit_length())


TOTAL = ("+", "-", "*", "min", "max", "abs", "<=", "<", "=", "!=", "and", "or", "not", "implies")


def _names(term: Any) -> set[str]:
    if isinstance(term, str):
        return {term}
    return set().union(*(_names(a) for a in term[1:])) if isinstance(term, tuple) else set()


def _bounds_on(guard: Formula, name: str) -> list[tuple[Term, Term]]:
    """(lower bound, upper bound) that a comparison puts on a name, None where there is none."""
    if guard[0] in ("<=", "<", "="):
        if guard[2] == name:
            return [(guard[1], guard[1] if guard[0] == "=" else None)]
        if guard[1] == name:
            return [(guard[2] if guard[0] == "=" else None, guard[2])]
    return []


def _listed(guard: Formula, name: str) -> set[Fraction] | None:
    """The values that "name = a or name = b or ..." allows, None for another condition."""
    if guard[0] != "or" or any(g[0] != "=" or g[1] != name for g in guard[1:]):
        return None
    values = [number(g[2]) for g in guard[1:]]
    return None if None in values else {v for v in values if v is not None}


def always_defined(formula: Formula) -> bool:
    """Whether a formula consists of operations that are defined everywhere."""
    if not isinstance(formula, tuple):
        return True
    return formula[0] in TOTAL and all(always_defined(a) for a in formula[1:])


def _guarded(op: str, body: Formula) -> tuple[list[Formula], Formula]:
    """Split the body of a quantifier into the conditions that bound its names, and the rest."""
    if op == "forall" and body[0] == "implies":
        guard = body[1][1:] if body[1][0] == "and" else (body[1],)
        return list(guard), body[2]
    if op == "exists" and body[0] == "and":
        return list(body[1:-1]), body[-1]
    raise Indeterminate("a quantifier without a range")


def _sum(p: list[Fraction], q: list[Fraction], op: str) -> list[Fraction]:
    sign = -1 if op == "-" else 1
    size = max(len(p), len(q))
    spend_on_fraction(max(map(_length, p), default=0) + max(map(_length, q), default=0), size)
    left, right = p + [Fraction(0)] * (size - len(p)), q + [Fraction(0)] * (size - len(q))
    return [a + sign * b for a, b in zip(left, right, strict=True)]


def _product(p: list[Fraction], q: list[Fraction]) -> list[Fraction]:
    if len(p) + len(q) > LONGEST_POLYNOMIAL:
        raise Indeterminate("a polynomial of too high a degree")
    result = [Fraction(0)] * max(len(p) + len(q) - 1, 0)
    longest = [max(map(_length, r), default=0) for r in (p, q)]
    spend_on_fraction(2 * sum(longest), 2 * len(p) * len(q))
    for a, c in enumerate(p):
        for b, d in enumerate(q):
            result[a + b] += c * d
    return result


def semidefinite(rows: list[list[Fraction]], definite: bool = False) -> bool:
    """Whether v^T M v >= 0 (> 0) for all real v != 0, by exact LDL^T elimination.

    M is symmetric.  A negative pivot refutes; a zero pivot needs a zero column; otherwise the
    Schur complement M - b b^T / p is semidefinite just when M is.
    """
    n = len(rows)
    m = [list(row) for row in rows]
    spend(n * n)
    for k in range(n):
        pivot = m[k][k]
        if (
            pivot < 0
            or (definite and pivot == 0)
            or (pivot == 0 and any(m[k][b] != 0 for b in range(k + 1, n)))
        ):
            return False
        if pivot == 0:
            continue
        for a in range(k + 1, n):
            factor = m[a][k] / pivot
            if factor:
                spend((n - k) * 3)
                spend_on_fraction(2 * _length(factor), n - k)
                for b in range(k + 1, n):
                    m[a][b] = m[a][b] - factor * m[k][b]
    return True
