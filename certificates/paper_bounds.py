"""The paper's bounds of the kernels' condition numbers, at definite delta, mu, n and L.

They are evaluated as printed (FORMAT.md repeats the formulas); whether they are theorems, the
certificates of Theorem 2, Corollary 3, Theorem 8 and Corollary 9 say.  B at L/2 for an odd L is
meant by the formulas of B with L/2 in the place of L.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from certificates.dyadic import Arithmetic, Interval

Bound = Interval | None


@dataclass(frozen=True)
class Bounds:
    """The bounds for n points, mu enclosed, delta of Assumptions 1 and 2, K_11 at the depth L.

    Each is None outside of its domain, 0 < delta < 1 and 0 < mu <= 1 to begin with, and where a
    ceiling in it is not decided.
    """

    arithmetic: Arithmetic
    points: int
    mu: Interval
    first: Fraction
    second: Fraction

    def number(self, value: Fraction | int) -> Interval:
        """A number as an interval."""
        return self.arithmetic.enclose(Fraction(value))

    def grown(self, sign: int) -> Interval:
        """1 + mu/2 or 1 - mu/2."""
        half = self.arithmetic.mul(self.mu, self.number(Fraction(sign, 2)))
        return self.arithmetic.add(self.number(1), half)

    def threshold(self, delta: Fraction) -> int | None:
        """L0 = max(ceil(log(1/(2 delta))/log(1 + mu/2)), 0), for 0 < delta < 1, 0 < mu <= 1."""
        if not 0 < delta < 1 or self.mu.lo <= 0:  # mu <= 1 by its definition
            return None
        a = self.arithmetic
        top = a.neg(a.log(self.number(2 * delta)))
        ceiling = self._ceiling(a.div(top, a.log(self.grown(1))))
        return None if ceiling is None else max(ceiling, 0)

    def _layers(self, factor: int, count: int) -> int | None:
        """ceil(factor log(count)/(-log(1 - mu/2)))."""
        a = self.arithmetic
        top = a.mul(self.number(factor), a.log(self.number(count)))
        return self._ceiling(a.div(top, a.neg(a.log(self.grown(-1)))))

    def _ceiling(self, value: Interval) -> int | None:
        """None where an integer lies inside: what needs the ceiling then says nothing."""
        p = self.arithmetic.precision
        low, high = -(-value.lo >> p), -(-value.hi >> p)
        return low if low == high else None

    def _power(self, sign: int, twice: int) -> Interval:
        """(1 + mu/2)^(twice/2) for the sign 1, (1 - mu/2)^(twice/2) for the sign -1."""
        a = self.arithmetic
        return a.exp(a.mul(self.number(Fraction(twice, 2)), a.log(self.grown(sign))))

    def B(self, twice: int, delta: Fraction) -> Bound:
        """B(L, delta) at L = twice/2."""
        start = self.threshold(delta)
        if start is None:
            return None
        a = self.arithmetic
        if 2 * start >= twice:
            growth = self._power(1, twice)
            return a.sub(self.number(1), a.mul(self.number(delta), growth))
        return a.mul(self.number(Fraction(1, 2)), self._power(-1, twice - 2 * start))

    def starts(self) -> tuple[int | None, int | None, int | None, int | None]:
        """L1(delta_1), L2(delta_1), L0(delta_1) and L0(delta_2)."""
        first, second = self.threshold(self.first), self.threshold(self.second)
        if first is None:
            return None, None, None, second
        few, many = self._layers(1, self.points), self._layers(2, 2 * self.points)
        return (
            None if few is None else few + first, None if many is None else many + 2 * first,
            first, second,
        )  # fmt: skip

    def at(self, depth: int, diagonal: Bound) -> dict[str, Interval]:
        """The bounds that say something at this depth; `diagonal` is K_11 of the tangent kernel."""
        return {name: value for name, value in self._all(depth, diagonal) if value is not None}

    def _all(self, depth: int, diagonal: Bound) -> Iterator[tuple[str, Bound]]:
        a, one = self.arithmetic, self.number(1)
        n = self.number(self.points)
        yield "theorem_2_entries", self.B(2 * depth, self.first)
        least = self.B(2 * depth, self.second)
        yield "theorem_2_least", None if least is None else a.sub(one, least)
        first, second, start_1, start_2 = self.starts()
        if first is not None and first <= depth:
            factor = a.mul(self.number(2), n)
            yield (
                "corollary_3_part_1",
                a.add(one, a.mul(factor, self._power(-1, 2 * (depth - first)))),
            )
        if start_2 is not None:
            tail = a.div(n, self.number(self.second))
            yield "corollary_3_part_2", a.add(one, a.mul(tail, self._power(1, -2 * depth)))
        if second is not None and second <= depth:
            factor = a.mul(self.number(4), n)
            yield (
                "corollary_9_part_1",
                a.add(one, a.mul(factor, self._power(-1, depth - 2 * second))),
            )
        if start_2 is not None and 4 * start_2 <= depth:
            tail = a.div(a.mul(self.number(2), n), self.number(self.second))
            yield "corollary_9_part_2", a.add(one, a.mul(tail, self._power(1, -depth)))
        if diagonal is None:
            return
        if start_1 is not None and 2 * start_1 <= depth:
            half = self.B(depth, self.first)
            if half is not None:
                yield "theorem_8_entries", a.mul(a.mul(self.number(2), half), diagonal)
        if start_2 is not None and 2 * start_2 <= depth:
            half = self.B(depth, self.second)
            if half is not None:
                rest = a.sub(one, a.mul(self.number(2), half))
                yield "theorem_8_least", a.mul(rest, diagonal)
