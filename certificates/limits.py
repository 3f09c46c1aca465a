"""The laws of limits: of a term, from those of its parts, as one variable grows without bound."""

from collections.abc import Callable

from certificates.dyadic import Indeterminate
from certificates.ranges import INCREASING, INF, Box, Range, Ranges
from certificates.terms import Term, free_names, number, rational_exponent
from certificates.work import spend

Limit = Range | float  # a range that holds the limit, or an infinite one


def law(
    term: Term, name: str, towards: float, box: Box, ranges: Ranges, of: Callable[[Term], Limit]
) -> Limit:
    """The limit of `term` as `name` tends to +-infinity, for every point of `box`.

    `box` has ranges for the other variables, `of` gives the limits of the parts.  Each step is a
    limit law of sums, products, quotients and powers, or the continuity of a function at the limit
    of its argument, or its limit at an infinite end; the term must have a value near the end.
    Raises Indeterminate where none applies.
    """
    if name not in free_names(term):
        return ranges.term(term, box)
    if term == name:
        return towards
    spend(8)
    op, args = term[0], term[1:]
    if op == "^":
        return _power(of(args[0]), _exponent(args[1]), ranges)
    if op == "rpow":
        return _rational_power(of(args[0]), term, ranges)
    if op in ("ite", "iter", "ceil", "floor"):
        raise Indeterminate(f"no limit of {op} is known")
    limits = [of(a) for a in args]
    if op == "-" and len(limits) == 1:
        return _negated(limits[0], ranges)
    if op == "-":
        limits[1] = _negated(limits[1], ranges)
    if op in ("+", "-", "*", "/"):
        total = limits[0]
        step = {"*": _product, "/": _quotient}.get(op, _sum)
        for other in limits[1:]:
            total = step(total, other, ranges)
        return total
    if all(isinstance(x, Range) for x in limits):
        at = {f"_{k}": x for k, x in enumerate(limits) if isinstance(x, Range)}
        return ranges.term((op, *at), at)
    if op in INCREASING and isinstance(limits[0], float):
        return at_infinity(op, limits[0], ranges)
    if op == "abs":
        return INF
    raise Indeterminate(f"no limit of {op} is known")


def _exponent(term: Term) -> int:
    value = number(term)
    if value is None or value.denominator != 1:
        raise Indeterminate("a limit of a power needs a numeral as exponent")
    return int(value)


def _negated(x: Limit, ranges: Ranges) -> Limit:
    return -x if isinstance(x, float) else ranges.negate(x)


def _sum(x: Limit, y: Limit, ranges: Ranges) -> Limit:
    if isinstance(x, float) and isinstance(y, float) and x != y:
        raise Indeterminate("infinity minus infinity")
    if isinstance(x, float) or isinstance(y, float):
        return x if isinstance(x, float) else y
    return ranges.add(x, y)


def _sign(x: Limit) -> int:
    """The sign of a limit that is not 0."""
    if isinstance(x, float):
        return 1 if x > 0 else -1
    if not x.nonzero:
        raise Indeterminate("a limit may be 0")
    return 1 if x.positive else -1


def _product(x: Limit, y: Limit, ranges: Ranges) -> Limit:
    if isinstance(x, float) or isinstance(y, float):
        return INF * _sign(x) * _sign(y)
    return ranges.multiply(x, y)


def _quotient(x: Limit, y: Limit, ranges: Ranges) -> Limit:
    if isinstance(y, float):
        if isinstance(x, float):
            raise Indeterminate("infinity divided by infinity")
        return Range(0, 0)
    if isinstance(x, float):
        return INF * _sign(x) * _sign(y)
    return ranges.divide(x, y)


def _power(x: Limit, n: int, ranges: Ranges) -> Limit:
    if isinstance(x, Range):
        return ranges.term(("^", "_", n), {"_": x})
    if n == 0:
        return Range(ranges.one, ranges.one)
    return Range(0, 0) if n < 0 else INF * (1 if x > 0 or n % 2 == 0 else -1)


def _rational_power(x: Limit, term: Term, ranges: Ranges) -> Limit:
    if isinstance(x, Range):
        return ranges.term(("rpow", "_", term[2]), {"_": x})
    if x < 0:
        raise Indeterminate("a rational power of a negative number")
    return INF if rational_exponent(term[2]) > 0 else Range(0, 0)


def at_infinity(op: str, x: float, ranges: Ranges) -> Limit:
    """The limit of an increasing function at an infinite end."""
    if op in ("log", "sqrt", "asin", "tan") and (x < 0 or op in ("asin", "tan")):
        raise Indeterminate(f"{op} has no limit there")
    if op in ("exp", "log", "sqrt") and x > 0:
        return INF
    if op == "atan":
        half = ranges.term(("/", ("pi",), 2), {})
        return half if x > 0 else ranges.negate(half)
    value = {"exp": 0, "erf": 1 if x > 0 else -1, "Phi": 1 if x > 0 else 0}[op]
    return Range(value * ranges.one, value * ranges.one)
