"""The depth-L kernels at a correlation, enclosed in dyadic integers from the dual's closed form.

With c_i >= 0 the coefficients of the dual d(rho) = sum_i c_i rho^i of an activation of finite
second moment, the normalised activation has the dual s = (d - d(0))/(d(1) - d(0)), also a series
with coefficients >= 0.  Hence |s(x) - s(y)| <= D(r) |x - y| for D = s' and |x|, |y| <= r, where r
is 1 if D(1) is seen to be finite; then D has at 1 and -1 the limits from inside (Abel).  If it is
not (the activation jumps), there are kernels of the top layer alone.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator

from certificates.checker import Rejected
from certificates.dyadic import Arithmetic, Indeterminate, Interval, Undefined
from certificates.terms import Term, free_names, number

Function = Callable[[Interval], Interval]
CORRELATION = "rho"


Recent = dict[str, tuple[Interval, Interval]]
"""The last argument of each function with its value: a dual and its slope share such terms."""

NEAR = 20  # within 2^-NEAR of 1 and -1 the slope is enclosed on an interval


def compiled(term: Term, arithmetic: Arithmetic, recent: Recent) -> Function:
    """An interval extension of a term in rho: it contains the value at each point of its argument.

    Raises Rejected for an operation that is none of + - * / ^ and the functions of a real.
    """
    value = number(term)
    if value is not None:
        return _always(arithmetic.enclose(value))
    if term == CORRELATION:
        return lambda x: x
    if not isinstance(term, tuple):
        raise Rejected(f"a closed form must be a term in {CORRELATION} alone")
    found = _operation(term, arithmetic, recent)
    return found if free_names(term) else _always(found(Interval(0, 0)))


def _always(value: Interval) -> Function:
    return lambda _: value


def _operation(term: tuple[Term, ...], arithmetic: Arithmetic, recent: Recent) -> Function:
    op, args = term[0], term[1:]
    if op == "pi":
        return _always(arithmetic.pi())
    if op == "^":
        exponent = number(args[1])
        if exponent is None or exponent.denominator != 1:
            raise Rejected("a power in a closed form has a numeral as its exponent")
        return _power(compiled(args[0], arithmetic, recent), int(exponent), arithmetic)
    parts = [compiled(a, arithmetic, recent) for a in args]
    if op == "-" and len(parts) == 1:
        return lambda x: arithmetic.neg(parts[0](x))
    if op in BINARY:
        both: Callable[[Interval, Interval], Interval] = getattr(arithmetic, BINARY[op])
        total = parts[0]
        for part in parts[1:]:
            total = _combined(both, total, part)
        return total
    if op in UNARY:
        return _remembered(str(op), getattr(arithmetic, str(op)), parts[0], recent)
    raise Rejected(f"a closed form cannot be evaluated with {str(op)[:20]}")


def _remembered(name: str, function: Function, inner: Function, recent: Recent) -> Function:
    def value(x: Interval) -> Interval:
        at = inner(x)
        known = recent.get(name)
        if known is None or known[0] != at:
            known = recent[name] = at, function(at)
        return known[1]

    return value


def _combined(both: Callable[[Interval, Interval], Interval], a: Function, b: Function) -> Function:
    return lambda x: both(a(x), b(x))


def _power(base: Function, exponent: int, arithmetic: Arithmetic) -> Function:
    return lambda x: arithmetic.power(base(x), exponent)


BINARY = {"+": "add", "-": "sub", "*": "mul", "/": "div"}
UNARY = ("sqrt", "exp", "log", "sin", "cos", "atan", "asin", "acos", "erf", "Phi")


class Layers(ABC):
    """The layers of the network as maps of enclosed correlations, p = `arithmetic.precision`.

    A correlation is given by integers (m, e): |rho - m 2^-p| <= e 2^-p and |m| <= 2^p.
    """

    def __init__(self, arithmetic: Arithmetic) -> None:
        self.arithmetic = arithmetic
        self.one = 1 << arithmetic.precision

    @abstractmethod
    def mu(self) -> Interval:
        """1 - D(0) = 1 - c_1, the coefficient of nonlinearity."""

    @abstractmethod
    def layer(self, m: int, e: int) -> tuple[int, int]:
        """s(rho), exactly 1 for m = 2^p and e = 0."""

    @abstractmethod
    def slope(self, m: int, e: int) -> Interval:
        """D(rho)."""

    def kernels(self, m: int, e: int, depth: int, tangent: bool) -> Iterator[tuple[Interval, ...]]:
        """At depth h = 1, ..., L: rho_h = s(rho_(h-1)) and, if asked for, Theta_h.

        rho_0 = Theta_0 = rho, and Theta_h = rho_h + Theta_(h-1) D(rho_(h-1)).
        """
        a = self.arithmetic
        theta = Interval(m - e, m + e)
        for _ in range(depth):
            slope = self.slope(m, e) if tangent else None
            m, e = self.layer(m, e)
            top = Interval(m - e, m + e)
            if slope is None:
                yield (top,)
            else:
                theta = a.add(top, a.mul(theta, slope))
                yield top, theta


class Recursion(Layers):
    """The layers of an activation whose dual has a closed form."""

    def __init__(self, dual: Term, slope: Term, arithmetic: Arithmetic) -> None:
        """Enclose what normalises the dual.  Raises Rejected where the variance may vanish."""
        super().__init__(arithmetic)
        one = self.one
        recent: Recent = {}
        self._dual = compiled(dual, arithmetic, recent)
        self._slope = compiled(slope, arithmetic, recent)
        self._mean = self._dual(Interval(0, 0))
        self._variance = arithmetic.sub(self._dual(Interval(one, one)), self._mean)
        if self._variance.lo <= 0:
            raise Rejected("the variance of the activation is not certainly positive")
        self.steepness: Interval | None = None
        try:
            self.steepness = self.slope(one, 0)
        except (Undefined, Indeterminate):  # the slope has no value at 1, or none is seen
            return
        if self.steepness.lo < 0:
            raise Rejected("the slope of a dual cannot be negative at correlation 1")

    def mu(self) -> Interval:
        """1 - D(0) = 1 - c_1, the coefficient of nonlinearity; c_1 lies in [0, 1]."""
        found = self.arithmetic.sub(Interval(self.one, self.one), self.slope(0, 0))
        return Interval(max(found.lo, 0), min(found.hi, self.one))

    def layer(self, m: int, e: int) -> tuple[int, int]:
        """s(rho): the value at m, and what the distance adds.

        At m = 2^p the value is exactly 1.
        """
        if m == self.one and e == 0:
            return m, e
        found = self._value(m)
        middle = (found.lo + found.hi) >> 1
        spread = found.hi - middle + (self._moved(abs(m) + e, e) if e else 0)
        return max(-self.one, min(self.one, middle)), spread

    def _value(self, m: int) -> Interval:
        """s(m)."""
        a = self.arithmetic
        return a.div(a.sub(self._dual(Interval(m, m)), self._mean), self._variance)

    def _moved(self, r: int, e: int) -> int:
        """How far s moves over a distance e within [-r, r], from above.

        D(1) e; where D(1) is not finite D(r) e; and for r >= 1 it is 1 - s(1 - e): for x, y in
        [-1, 1] and |x - y| <= e <= 1 it is |x^i - y^i| <= 1 - (1 - e)^i, i >= 1.  With one sign,
        as t^i is convex on [0, 1] and steepest at 1; with two, as x^i + |y|^i <= e^i <= e.
        """
        a = self.arithmetic
        if self.steepness is not None:
            return -(-self.steepness.hi * e >> a.precision)
        if r < self.one:
            steepest = a.div(self._slope(Interval(r, r)), self._variance).hi
            return -(-steepest * e >> a.precision)
        if e > self.one:
            raise Indeterminate("a correlation is not known well enough")
        return self.one - self._value(self.one - e).lo

    def slope(self, m: int, e: int) -> Interval:
        """D(rho) for |rho - m 2^-p| <= e 2^-p.

        Near 1 and -1 from an interval that reaches inside (-1, 1): D is continuous on [-1, 1].
        Elsewhere from D at the point.  For |x| <= r < 1 it is |D'(x)| <= D'(r) <= D(1)/(1 - r): the
        coefficients of D are not negative, so that D is convex on [0, 1] and D(r) >= 0, and the
        tangent at r stays below D(1).  With r 2^p = |m| + e the distance adds at most the ceiling
        of e D(1)/(1 - r).
        """
        a = self.arithmetic
        room = self.one - abs(m) - e
        if room << NEAR <= self.one:
            inside = Interval(max(m - e - 1, -self.one), min(m + e + 1, self.one))
            return a.div(self._slope(inside), self._variance)
        at = a.div(self._slope(Interval(m, m)), self._variance)
        if not e:
            return at
        if self.steepness is None:
            raise Rejected("there is no tangent kernel where D(1) is not finite")
        off = -(-self.steepness.hi * e // room)
        return Interval(at.lo - off, at.hi + off)
