"""The depths L0 and L1 and the bound B of the paper (Theorem 2 and Corollary 3), exactly."""

from flint import arb
from sympy import (
    Expr,
    Integer,
    Max,
    Piecewise,
    Rational,
    Symbol,
    cancel,
    ceiling,
    expand,
    log,
    minimal_polynomial,
)

from .enclosure import enclosure, working_precision
from .exact import Exact, exact

FIRST_BITS = 64
"""The precision at which a ceiling is first tried; it doubles until the ceiling is decided."""

LAST_BITS = 1 << 14
"""The precision beyond which a ceiling is given up as undecided."""

LARGEST_TIE = 64
"""The largest exponent at which a tie of irrational numbers is looked for."""


def L0(delta: Exact, mu: Exact) -> Expr:
    """Return L0(delta) = max(ceil(log(1/(2 delta))/log(1 + mu/2)), 0), the paper's first depth.

    For 0 < delta <= 1 and 0 < mu <= 1.  With numbers the result is an Integer, the least k >= 0
    with 2 delta (1 + mu/2)^k >= 1, decided rigorously, ties included; with symbols the formula.
    Raises ValueError for numbers out of range and floats, ArithmeticError for irrational arguments
    that cannot be told from a tie.
    """
    d, m = _positive_at_most_one(delta, "delta"), _positive_at_most_one(mu, "mu")
    if d == Rational(1, 2):
        return Integer(0)
    if d.is_number and m.is_number:
        return Integer(_least_power(1 + m / 2, 1 / (2 * d)))
    return Max(ceiling(log(1 / (2 * d)) / log(1 + m / 2)), 0)


def B(L: Exact, delta: Exact, mu: Exact) -> Expr:
    """Return B(L, delta): 1 - delta (1+mu/2)^L for L <= L0, (1-mu/2)^(L-L0)/2 for L > L0.

    For 0 < delta <= 1, 0 < mu <= 1 and a real L >= 0 (Theorem 8 uses B(L/2, delta)).  A Piecewise
    unless L and L0 are numbers.  Raises as `L0` does, and ValueError if L is a negative number or
    not a rational one.
    """
    depth = exact(L, "L")
    if depth.is_number and not (depth.is_Rational and depth >= 0):
        raise ValueError(f"L must be a rational number >= 0, not {depth}")
    d, m, first = exact(delta, "delta"), exact(mu, "mu"), L0(delta, mu)
    shallow = 1 - d * (1 + m / 2) ** depth
    deep = (1 - m / 2) ** (depth - first) / 2
    return Piecewise((shallow, depth <= first), (deep, True))


def L1(n: Exact, delta: Exact, mu: Exact) -> Expr:
    """Return L1(delta) = ceil(log(n)/(-log(1-mu/2))) + L0(delta) of Corollary 3, for n points.

    For an integer n >= 1, 0 < delta <= 1 and 0 < mu <= 1.  With numbers the first summand is the
    least k >= 0 with (1-mu/2)^(-k) >= n, decided rigorously, ties included; with symbols it is the
    formula.  Raises as `L0` does, and ValueError for a number n that is not an integer >= 1.
    """
    size = exact(n, "n")
    if size.is_number and not (size.is_Integer and size >= 1):
        raise ValueError(f"n must be an integer >= 1, not {size}")
    m = _positive_at_most_one(mu, "mu")
    if size == 1:
        extra: Expr = Integer(0)
    elif size.is_number and m.is_number:
        extra = Integer(_least_power(1 / (1 - m / 2), size))
    else:
        extra = ceiling(log(size) / -log(1 - m / 2))
    return extra + L0(delta, mu)


def _positive_at_most_one(value: Exact, what: str) -> Expr:
    number = exact(value, what)
    if not number.is_number:
        return number
    if number.is_Rational:
        inside = bool(0 < number <= 1)
    else:
        with working_precision(LAST_BITS):
            ball = enclosure(number)
            inside = bool(ball > 0) and bool(ball < 1)
    if not inside:
        raise ValueError(f"{what} must lie in (0, 1], unlike {number}")
    return number


def _least_power(base: Expr, target: Expr) -> int:
    """Return the least integer k >= 0 with base^k >= target, for base > 1 and target > 0.

    That is max(ceil(log(target)/log(base)), 0).  A ball around the quotient of the logarithms
    either lies between two integers, or a tie at the integer inside it is looked for exactly.
    """
    bits = FIRST_BITS
    while bits <= LAST_BITS:
        with working_precision(bits):
            quotient: arb = enclosure(target).log() / enclosure(base).log()
            if quotient < 0:
                return 0
            decided = quotient.ceil().unique_fmpz()
            nearest = (quotient + arb(0.5)).floor().unique_fmpz()
        if decided is not None:
            return int(decided)
        if nearest is not None and _is_tie(base, int(nearest), target):
            return int(nearest)
        bits *= 2
    raise ArithmeticError(
        f"whether {target} is a power of {base} was not decided at {bits // 2} bits"
    )


def _is_tie(base: Expr, k: int, target: Expr) -> bool:
    """Return whether base^k = target is certain, for base > 1 and k >= 0.

    Rational numbers are compared by integers: (p/q)^k has the numerator p^k >= 2^k, so that a tie
    is excluded for k beyond the bit length of the numerator of `target`.  For others True is a
    proof (an identity of rational functions, or of algebraic numbers), and False is none.
    """
    if base.is_Rational and target.is_Rational:
        return k <= int(target.p).bit_length() and bool(base**k == target)
    if k > LARGEST_TIE:
        return False
    difference = cancel(expand(base**k - target))
    if difference.is_algebraic:
        indeterminate = Symbol("t")
        return bool(minimal_polynomial(difference, indeterminate) == indeterminate)
    return bool(difference == 0)
