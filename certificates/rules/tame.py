"""Tame and smooth functions of Gaussian variables: what is integrable, and what is C^infinity.

A function t of one or two real variables is *tame* when it is Borel and |t| <= A exp(B|x| + B|y|)
for some A, B that depend on the other variables.  Sums, products and powers of tame functions are
tame, and E|t(X, Y)| is finite for jointly Gaussian X, Y, as E exp(2B|X|) is.
"""

from collections.abc import Collection

from certificates.rules.gaussian import HIGHEST
from certificates.terms import (
    COMPARISONS,
    Formula,
    Term,
    free_names,
    number,
    size,
)
from certificates.work import spend

BOUNDED = ("sin", "cos", "atan", "erf", "Phi")
SMOOTH = ("exp", "sin", "cos", "erf", "Phi")


def tame(term: Term, names: Collection[str]) -> bool:
    """Whether a term is a tame function of `names` on sight, by its parts."""
    spend(size(term))
    if not free_names(term) & set(names) or isinstance(term, str):
        return True
    op, args = term[0], term[1:]
    if op in ("+", "-", "*", "max", "min", "abs", *BOUNDED):
        return all(tame(a, names) for a in args)
    if op == "/":
        return tame(args[0], names) and not free_names(args[1]) & set(names)
    if op == "^":
        return _small(args[1]) and tame(args[0], names)
    if op == "hermite":
        return not free_names(args[0]) & set(names) and tame(args[1], names)
    if op == "ite":
        return _borel(args[0], names) and all(tame(a, names) for a in args[1:])
    return bool(op == "exp" and tame(args[0], names) and _below(args[0], 1, names))


def smooth(term: Term, name: str) -> bool:
    """Whether a term is an infinitely differentiable function of `name` on sight."""
    spend(size(term))
    if name not in free_names(term) or term == name:
        return True
    op, args = term[0], term[1:]
    if op in ("+", "-", "*", *SMOOTH):
        return all(smooth(a, name) for a in args)
    if op == "/":
        return smooth(args[0], name) and name not in free_names(args[1])
    if op == "hermite":
        return name not in free_names(args[0]) and smooth(args[1], name)
    return bool(op == "^" and _small(args[1]) and smooth(args[0], name))


def _small(exponent: Term) -> bool:
    return isinstance(exponent, int) and 0 <= exponent <= HIGHEST


def _borel(formula: Formula, names: Collection[str]) -> bool:
    """Whether a condition combines comparisons of tame terms, so that it holds on a Borel set."""
    op, args = formula[0], formula[1:]
    if op in COMPARISONS:
        return all(tame(a, names) for a in args)
    return op in ("and", "or", "not", "implies") and all(_borel(a, names) for a in args)


def _below(term: Term, sign: int, names: Collection[str]) -> bool:
    """Whether sign * term <= A + B|x| + B|y| for some A, B, on sight."""
    spend(size(term))
    if not free_names(term) & set(names) or isinstance(term, str):
        return True
    op, args = term[0], term[1:]
    if op == "+" or (op == "-" and len(args) == 1):
        return all(_below(a, sign if op == "+" else -sign, names) for a in args)
    if op == "-":
        return _below(args[0], sign, names) and _below(args[1], -sign, names)
    if op == "^" and _small(args[1]) and args[1] > 0 and args[1] % 2 == 0:
        return sign < 0
    if op == "*" or (op == "/" and not free_names(args[1]) & set(names)):
        return _multiple(op, args, sign, names)
    return False


def _nonnegative(term: Term) -> bool:
    """Whether a term is >= 0 on sight: numerals, even powers, sums and products of these."""
    if isinstance(term, tuple) and term[0] in ("+", "*"):
        return all(_nonnegative(a) for a in term[1:])
    if isinstance(term, tuple) and term[0] == "^":
        return _small(term[2]) and term[2] % 2 == 0
    value = number(term)
    return value is not None and value >= 0


def _multiple(op: str, args: tuple[Term, ...], sign: int, names: Collection[str]) -> bool:
    """`_below` for a constant times, or a quotient by one, of a function or a square t * t.

    The sign of the constant counts when it is a product of numerals (1/0 has none) and, as a factor
    and not a divisor, of what is >= 0 on sight.
    """
    parts = [a for a in args if free_names(a) & set(names)]
    others = [a for a in args if not free_names(a) & set(names)]
    constants = [number(a) for a in others if op == "/" or not _nonnegative(a)]
    known = None not in constants and not (op == "/" and constants == [0])
    negative = sum(1 for c in constants if c is not None and c < 0) % 2 == 1
    signs = [-sign if negative else sign] if known else [-1, 1]
    if len(parts) == 2 and parts[0] == parts[1]:
        return signs == [-1]
    return len(parts) == 1 and all(_below(parts[0], s, names) for s in signs)
