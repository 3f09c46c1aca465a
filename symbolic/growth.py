"""How fast a formula may grow: bounds on |x| >= R that make the Gaussian tails of integrals small.

For y = |x| >= R >= 1 on one side, a `Bound` of a formula f states
    low <= f <= high,   |f| <= exp(c + p y + g y^2),   f <= a(y)   and   -f <= b(y)
for polynomials a and b of degree 2, the last two only where they are known.  Bounds of a formula
follow from those of its parts, rule by rule; each rule is an elementary inequality.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from flint import arb

from .formula import Tree, written_number
from .tree_values import ball

INFINITY = arb.pos_inf()


class TooFast(ValueError):
    """No bound is known that makes E[sigma(X)^2] finite."""


Quadratic = tuple[arb, arb, arb]
"""The coefficients of 1, y and y^2."""


@dataclass(frozen=True)
class Bound:
    """low <= f <= high, |f| <= exp(growth(y)), f <= above(y) and -f <= below(y) for y >= R.

    `low`, `high` and the coefficients are exact or infinite; `above` and `below` may be None.
    """

    low: arb
    high: arb
    growth: Quadratic
    above: Quadratic | None
    below: Quadratic | None

    def negative(self) -> Bound:
        """Return the bound of -f."""
        return Bound(-self.high, -self.low, self.growth, self.below, self.above)


def _bound(
    low: arb,
    high: arb,
    growth: Quadratic,
    above: Quadratic | None = None,
    below: Quadratic | None = None,
) -> Bound:
    """Return the bound, rounded outward; a finite end of the range serves as a quadratic."""
    low, high = low.lower(), high.upper()
    if above is None and high.is_finite():
        above = _flat(high)
    if below is None and low.is_finite():
        below = _flat(-low)
    return Bound(low, high, _up(growth), above and _up(above), below and _up(below))


def _up(coefficients: Quadratic) -> Quadratic:
    a, b, c = coefficients
    return a.upper(), b.upper(), c.upper()


def _flat(value: arb) -> Quadratic:
    return value.upper(), arb(0), arb(0)


def _between(low: arb, high: arb) -> Bound:
    """Return the bound of a function of which low <= f <= high is all that is known."""
    size = abs(low).max(abs(high)).upper()
    return _bound(low, high, _flat(size.log() if size > 0 else arb(-1000)))


def _combined(a: Quadratic, b: Quadratic, rule: Callable[[arb, arb], arb]) -> Quadratic:
    return rule(a[0], b[0]), rule(a[1], b[1]), rule(a[2], b[2])


def _added(s: arb, t: arb) -> arb:
    return s + t


def _monomial(coefficient: arb, power: int, radius: arb) -> Bound:
    """Return the bound of coefficient y^power for power >= 1: log(y) <= log(R) + (y - R)/R."""
    zero = arb(0)
    edge = coefficient * radius**power
    low, high = (-INFINITY, edge) if coefficient < 0 else (edge, INFINITY)
    logarithm = abs(coefficient).log() + power * (radius.log() - 1)
    above = below = None
    if power <= 2:
        above = (zero, coefficient, zero) if power == 1 else (zero, zero, coefficient)
        below = (-above[0], -above[1], -above[2])
    return _bound(low, high, (logarithm, power / radius, zero), above, below)


def polynomial(tree: Tree) -> dict[int, Fraction] | None:
    """Return the coefficients by power if the tree is a polynomial in x with rational ones."""
    number = written_number(tree)
    if number is not None:
        return {0: number} if number else {}
    if tree == "x":
        return {1: Fraction(1)}
    if not isinstance(tree, tuple):
        return None
    parts = [polynomial(part) for part in tree[1:]]
    known = [part for part in parts if part is not None]
    if not known or len(known) < len(parts):
        return None
    operator, total = tree[0], known[0]
    if operator == "-" and len(known) == 1:
        return {n: -c for n, c in total.items()}
    if operator in ("+", "-"):
        for part in known[1:]:
            sign = 1 if operator == "+" else -1
            for n, c in part.items():
                total = {**total, n: total.get(n, Fraction(0)) + sign * c}
        return {n: c for n, c in total.items() if c}
    if operator == "*":
        for part in known[1:]:
            total = _times(total, part)
        return total
    if operator == "/" and set(known[1]) == {0}:
        return {n: c / known[1][0] for n, c in total.items()}
    exponent = written_number(tree[2]) if operator == "^" else None
    if exponent is not None and exponent.denominator == 1 and 0 <= exponent <= 64:
        power: dict[int, Fraction] = {0: Fraction(1)}
        for _ in range(int(exponent)):
            power = _times(power, total)
        return power
    return None


def _times(a: dict[int, Fraction], b: dict[int, Fraction]) -> dict[int, Fraction]:
    total: dict[int, Fraction] = {}
    for m, c in a.items():
        for n, d in b.items():
            total[m + n] = total.get(m + n, Fraction(0)) + c * d
    return total


def bound(tree: Tree, radius: arb, side: int) -> Bound:
    """Return a bound of the formula for side * x >= radius >= 1 (side = 1 or -1).

    Raises TooFast where no rule applies: the formula may be undefined there or grow too fast.
    """
    return _fallen(_bound_of(tree, radius, side), radius)


def _fallen(a: Bound, radius: arb) -> Bound:
    """|f| <= exp(c + p y + g y^2) is at most its value at R where that falls from R on."""
    c, p, g = a.growth
    if not (g <= 0 and p + 2 * g * radius <= 0):
        return a
    size = (c + p * radius + g * radius**2).exp().upper()
    return _bound(a.low.max(-size), a.high.min(size), a.growth, a.above, a.below)


def _bound_of(tree: Tree, radius: arb, side: int) -> Bound:
    coefficients = polynomial(tree)
    if coefficients is not None:
        return _polynomial_bound({n: c * side**n for n, c in coefficients.items()}, radius)
    if not isinstance(tree, tuple):
        raise TooFast(f"the parameter {tree} has no value")
    if len(tree) == 1:
        return _between(arb.pi(), arb.pi())
    operator = tree[0]
    if operator == "^":
        return _power(tree[1], tree[2], radius, side)
    parts = [bound(part, radius, side) for part in tree[1:]]
    if operator == "-":
        parts = [*parts[:-1], parts[-1].negative()]
    if operator in ("+", "-", "*"):
        total = parts[0]
        for part in parts[1:]:
            total = _product(total, part) if operator == "*" else _sum(total, part)
        return total
    if operator == "/":
        return _product(parts[0], _inverse(parts[1]))
    if operator == "max":
        return _maximum(*parts)
    if operator == "min":
        return _maximum(*(part.negative() for part in parts)).negative()
    return _call(operator, parts[0])


def _polynomial_bound(coefficients: dict[int, Fraction], radius: arb) -> Bound:
    """Sum the bounds of monomials; where the top one dominates at R it does for all y >= R.

    With d the degree, |c_n| y^n <= |c_n| R^(n-d) y^d for n < d, so that the sign of the whole and a
    bound of its size at R are known.
    """
    if not coefficients:
        return _between(arb(0), arb(0))
    parts = [
        _monomial(ball(c), n, radius) if n > 0 else _between(ball(c), ball(c))
        for n, c in sorted(coefficients.items())
    ]
    total = parts[0]
    for part in parts[1:]:
        total = _sum(total, part)
    degree = max(coefficients)
    lead = ball(coefficients[degree])
    lower_terms = [
        abs(ball(c)) * radius ** (n - degree) for n, c in coefficients.items() if n < degree
    ]
    excess = abs(lead) - sum(lower_terms, arb(0))
    low, high = total.low, total.high
    if degree > 0 and excess >= 0:
        edge = excess * radius**degree
        low, high = (low.max(edge), high) if lead > 0 else (low, high.min(-edge))
    return _bound(low, high, total.growth, total.above, total.below)


def _sum(a: Bound, b: Bound) -> Bound:
    """|f + g| <= 2 max(|f|, |g|), and the larger exponent has at most the larger coefficients."""
    if a.low == a.high == 0 or b.low == b.high == 0:
        return b if a.low == a.high == 0 else a
    c, p, g = _combined(a.growth, b.growth, arb.max)
    above = _combined(a.above, b.above, _added) if a.above and b.above else None
    below = _combined(a.below, b.below, _added) if a.below and b.below else None
    return _bound(a.low + b.low, a.high + b.high, (c + arb(2).log(), p, g), above, below)


def _product(a: Bound, b: Bound) -> Bound:
    """Exponents add; the range is that of the products of the ends, with 0 * infinity = 0.

    If 0 <= k1 <= f <= k2 and g <= q(y), then f g <= sum of max(k1 q_i, k2 q_i) y^i.
    """
    ends = [_times_ends(s, t) for s in (a.low, a.high) for t in (b.low, b.high)]
    low, high = ends[0], ends[0]
    for end in ends[1:]:
        low, high = low.min(end), high.max(end)
    above = below = None
    for f, g in ((a, b), (b, a)):
        if f.high <= 0:
            f, g = f.negative(), g.negative()
        if f.low >= 0 and f.high.is_finite():
            above = above or (g.above and _scaled(g.above, f))
            below = below or (g.below and _scaled(g.below, f))
    return _bound(low, high, _combined(a.growth, b.growth, _added), above, below)


def _scaled(q: Quadratic, f: Bound) -> Quadratic:
    return _combined(q, q, lambda s, _: (f.low * s).max(f.high * s))


def _times_ends(s: arb, t: arb) -> arb:
    return arb(0) if s == 0 or t == 0 else s * t


def _inverse(a: Bound) -> Bound:
    """1/f for f >= low > 0 or f <= high < 0."""
    if a.high < 0:
        return _inverse(a.negative()).negative()
    if not a.low > 0:
        raise TooFast("a denominator is not bounded away from zero for large |x|")
    return _between(1 / a.high if a.high.is_finite() else arb(0), 1 / a.low)


def _maximum(a: Bound, b: Bound) -> Bound:
    """|max(f, g)| is at most the larger of |f| and |g|; -max(f, g) <= -f and <= -g."""
    above = _combined(a.above, b.above, arb.max) if a.above and b.above else None
    growth = _combined(a.growth, b.growth, arb.max)
    return _bound(a.low.max(b.low), a.high.max(b.high), growth, above, a.below or b.below)


def _power(base: Tree, exponent: Tree, radius: arb, side: int) -> Bound:
    """f^q: a number q scales the exponents of |f|; else f^g = exp(g log f)."""
    q = written_number(exponent)
    if q is None:
        logarithm = base[1] if isinstance(base, tuple) and base[0] == "exp" else ("log", base)
        return bound(("exp", ("*", exponent, logarithm)), radius, side)
    found = bound(base, radius, side)
    return _raised(found, q) if q >= 0 else _raised(_inverse(found), -q)


def _raised(a: Bound, q: Fraction) -> Bound:
    """f^q for q >= 0: increasing for f >= 0, and for all f if q is an odd integer."""
    if not a.low >= 0:
        if q.denominator > 1:
            raise TooFast("a root of what may be negative")
        if q.numerator % 2 == 0:
            return _raised(_absolute(a), q)
    factor = ball(q)
    growth = _combined(a.growth, a.growth, lambda s, _: factor * s)
    return _bound(_end_to_the(a.low, q), _end_to_the(a.high, q), growth)


def _end_to_the(end: arb, q: Fraction) -> arb:
    if not end.is_finite() or q.denominator == 1:
        return end if not end.is_finite() else end ** int(q)
    return end ** ball(q) if end > 0 else arb(0)


def _call(function: str, u: Bound) -> Bound:
    """Return the bound of a function of one variable; increasing ones map the ends of the range."""
    one = arb(1)
    if function in ("sin", "cos"):
        return _between(-one, one)
    if function == "exp":
        return _exponential(u)
    if function == "log":
        return _logarithm(u)
    if function == "sqrt":
        return _raised(u, Fraction(1, 2))
    if function == "abs":
        return _absolute(u)
    if function == "sign":
        return _between(one if u.low > 0 else -one, -one if u.high < 0 else one)
    if function == "step":
        return _between(arb(1 if u.low > 0 else 0), arb(0 if u.high < 0 else 1))
    if function in ("sinh", "cosh"):
        falling = _exponential(u.negative())
        other = falling if function == "cosh" else falling.negative()
        return _product(_sum(_exponential(u), other), _between(one / 2, one / 2))
    if function == "erfc":
        return _sum(_between(one, one), _call("erf", u).negative())
    increasing: dict[str, tuple[Callable[[arb], arb], arb, arb]] = {
        "tanh": (arb.tanh, -one, one),
        "atan": (arb.atan, -arb.pi() / 2, arb.pi() / 2),
        "erf": (arb.erf, -one, one),
        "Phi": (lambda v: (-v / arb(2).sqrt()).erfc() / 2, arb(0), one),
    }
    if function in increasing:
        rule, least, most = increasing[function]
        low = rule(u.low) if u.low.is_finite() else least
        high = rule(u.high) if u.high.is_finite() else most
        return _between(low, high)
    raise TooFast(f"no bound of {function} is known for large |x|")


def _exponential(u: Bound) -> Bound:
    """exp(f) <= exp(above(y)), and exp is increasing."""
    if u.above is None:
        raise TooFast("an exponential of what is not bounded by a quadratic polynomial")
    low = u.low.exp() if u.low.is_finite() else arb(0)
    high = u.high.exp() if u.high.is_finite() else INFINITY
    return _bound(low, high, u.above)


def _logarithm(u: Bound) -> Bound:
    """log(low) <= log(f) <= c + p y + g y^2 for f >= low > 0.

    So |log f| <= C y^2 (or C y if g = 0) for y >= 1, with C the sum of the sizes, where y and y^2
    are at most exp(y).
    """
    if not u.low > 0:
        raise TooFast("a logarithm of what is not bounded away from zero")
    least = u.low.log()
    above = _combined(u.growth, u.growth, lambda s, _: s.max(arb(0)))
    if above[1] == 0 and above[2] == 0:
        return _between(least, above[0])
    size = sum(above, arb(0)) + abs(least)
    grown = _monomial(size.upper(), 1 if above[2] == 0 else 2, arb(1))
    high = u.high.log() if u.high.is_finite() else INFINITY
    return _bound(least, high, grown.growth, above)


def _absolute(u: Bound) -> Bound:
    """|f| is f or -f."""
    if u.high <= 0:
        return u.negative()
    if u.low >= 0:
        return u
    above = _combined(u.above, u.below, arb.max) if u.above and u.below else None
    return _bound(arb(0), (-u.low).max(u.high), u.growth, above, _flat(arb(0)))


def tail_second_moment(tree: Tree, radius: arb) -> arb:
    """Return an upper bound of E[f(X)^2; |X| >= R] for X ~ N(0, 1) and R >= 1.

    With |f| <= exp(c + p y + g y^2), the integrand on a side is at most exp(h(y))/sqrt(2 pi) for
    h(y) = 2c + 2p y + (2g - 1/2) y^2, which is concave if g < 1/4, so h(y) <= h(R) + h'(R)(y - R)
    and the integral is at most exp(h(R))/(sqrt(2 pi) (-h'(R))) if h'(R) < 0.  Raises TooFast if
    g >= 1/4, and returns infinity if h'(R) >= 0, when a larger R will do.
    """
    total = arb(0)
    unknown = "E[sigma(X)^2] is not known to be finite"
    for side in (1, -1):
        try:
            c, p, g = bound(tree, radius, side).growth
        except TooFast as reason:
            raise TooFast(f"{unknown}: {reason}") from None
        if not g < arb(0.25):
            raise TooFast(
                f"{unknown}: for large |x| all that is known is |sigma(x)| <="
                f" exp(a + b |x| + c x^2) with c = {float(g):.3g}, and c < 1/4 is needed"
            )
        slope = 2 * p + 2 * (2 * g - arb(0.5)) * radius
        if not slope < 0:
            return INFINITY
        h = 2 * c + 2 * p * radius + (2 * g - arb(0.5)) * radius**2
        total += h.exp() / ((2 * arb.pi()).sqrt() * -slope)
    return total.upper()
