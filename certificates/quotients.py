"""Terms taken apart: numerators over denominators, logarithms of products, exponentials of sums."""

from collections.abc import Iterable

from certificates.dyadic import Indeterminate
from certificates.ranges import Box, Ranges
from certificates.terms import MOST_NODES, Malformed, Term, number, size

MOST_FACTORS = 64


def fraction(term: Term) -> tuple[Term, list[Term], list[Term]]:
    """(N, [d, ...], [e, ...]): where no d and no e is 0, term = N / (d ...).

    By induction: sums are brought to the least list of denominators that has all of them; a
    quotient by b = N_b / (d ...) is multiplied by the d, which join the e, and N_b joins the
    denominators.  Other operators stand for themselves.
    """
    if not isinstance(term, tuple):
        return term, [], []
    op, args = term[0], term[1:]
    if op in ("+", "-", "*"):
        parts = [fraction(a) for a in args]
        others = [e for part in parts for e in part[2]]
        if op == "*":
            down = [d for part in parts for d in part[1]]
            return _bounded(("*", *(p[0] for p in parts)), down, others)
        common: list[Term] = []
        for _, down, _ in parts:
            common += _without(down, common)
        tops = [times(n, _without(common, down)) for n, down, _ in parts]
        return _bounded((op, *tops), common, others)
    if op == "/":
        (top, down, others), (low, inner, more) = fraction(args[0]), fraction(args[1])
        return _bounded(times(top, inner), [*down, low], [*others, *more, *inner])
    exponent = number(args[1]) if op == "^" else None
    if exponent is not None and exponent.denominator == 1 and 0 < abs(exponent) <= MOST_FACTORS:
        n = int(abs(exponent))
        top, down, others = fraction(args[0])
        if exponent > 0:
            return _bounded(("^", top, n), down * n, others)
        return _bounded(times(1, down * n), [top] * n, [*others, *down])
    return term, [], []


def _bounded(
    top: Term, down: list[Term], others: list[Term]
) -> tuple[Term, list[Term], list[Term]]:
    if len(down) > MOST_FACTORS or size(top) > MOST_NODES:
        raise Malformed("a fraction grows too long")
    return top, down, others


def _without(terms: list[Term], known: Iterable[Term]) -> list[Term]:
    """The terms, less those in `known`, each as often as it stands there."""
    rest = list(known)
    left = []
    for term in terms:
        if term in rest:
            rest.remove(term)
        else:
            left.append(term)
    return left


def times(term: Term, factors: list[Term]) -> Term:
    """The product of a term and further factors."""
    return ("*", term, *factors) if factors else term


def logarithm(term: Term, box: Box, ranges: Ranges) -> Term:
    """A term equal to log(term) on the box, where `term` is > 0.  Raises Indeterminate.

    log(exp a) = a; log of a product, a quotient, a power and a root of numbers that are all > 0.
    The exponent of a power is any term: where it is no integer, a^n is exp(n log a).
    """
    if isinstance(term, tuple):
        op, args = term[0], term[1:]
        if op == "exp":
            return args[0]
        powered = op == "^" or (op == "rpow" and number(args[1]) is not None)
        parts = args if op in ("*", "/") else args[:1] if op == "sqrt" or powered else ()
        if parts and all(ranges.sharp(p, box).positive for p in parts):
            inner = [logarithm(p, box, ranges) for p in parts]
            if op == "*":
                return ("+", *inner)
            if op == "/":
                return ("-", *inner)
            return ("*", "1/2" if op == "sqrt" else args[1], inner[0])
    if not ranges.sharp(term, box).positive:
        raise Indeterminate("the logarithm of a term that may not be positive")
    return ("log", term)


def exponential(term: Term, box: Box, ranges: Ranges) -> Term:
    """A term equal to exp(term) on the box.  Raises Indeterminate.

    exp(log a) = a for a > 0; exp of a sum, a difference, a negative, an integer multiple.
    """
    if term == 0:
        return 1
    if isinstance(term, tuple):
        op, args = term[0], term[1:]
        if op == "log":
            if not ranges.sharp(args[0], box).positive:
                raise Indeterminate("a logarithm of what may not be positive")
            return args[0]
        if op in ("+", "-"):
            parts = [exponential(a, box, ranges) for a in args]
            if len(parts) == 1:
                return ("/", 1, parts[0])
            return ("*" if op == "+" else "/", *parts)
        if op == "*" and len(args) == 2:
            for factor, other in (args, args[::-1]):
                n = number(factor)
                if n is not None and n.denominator == 1 and 0 < n <= MOST_FACTORS:
                    return ("^", exponential(other, box, ranges), int(n))
    return ("exp", term)
