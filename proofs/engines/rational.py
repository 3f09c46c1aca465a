"""The polynomial behind a term, written as a term again: its common factors, and what is left."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from math import gcd

from certificates.normal import Normaliser, Polynomial, add
from certificates.rules.box_steps import squared
from certificates.terms import BINDERS, Malformed, Term, numeral

MOST_TERMS = 120


def simplest(low: float, high: float) -> Fraction:
    """The fraction of least denominator in [low, high]."""
    a, b = Fraction(low), Fraction(high)
    if a > b:
        a, b = b, a
    return _simplest(a, b)


def _simplest(a: Fraction, b: Fraction) -> Fraction:
    if a <= 0 <= b:
        return Fraction(0)
    if b < 0:
        return -_simplest(-b, -a)
    whole = -(-a // 1)
    if whole <= b:
        return Fraction(whole)
    base = Fraction(a // 1)
    return base + 1 / _simplest(1 / (b - base), 1 / (a - base))


def atoms(term: Term, normal: Normaliser) -> dict[str, Term]:
    """The parts of a term that are not polynomial, and its variables, by their keys."""
    found: dict[str, Term] = {}

    def visit(t: Term) -> None:
        if isinstance(t, tuple) and t[0] in BINDERS:
            children: tuple[Term, ...] = ()
        else:
            children = t[1:] if isinstance(t, tuple) else ()
        for child in children:
            visit(child)
        for candidate in (t, ("/", 1, t[2])) if isinstance(t, tuple) and t[0] == "/" else (t,):
            polynomial = normal.term(candidate)
            if len(polynomial) == 1:
                ((monomial, c),) = polynomial.items()
                if c == 1 and len(monomial) == 1 and monomial[0][1] == 1:
                    found.setdefault(monomial[0][0], candidate)

    visit(term)
    return found


def roots_of(known: dict[str, Term]) -> list[Term]:
    """The terms under the square roots among the atoms, the outermost roots first."""
    under = [t[1] for t in known.values() if isinstance(t, tuple) and t[0] == "sqrt"]
    return sorted(under, key=lambda t: -len(str(t)))


Sign = Callable[[Term], int | None]


def factored(term: Term, sign: Sign, weak: bool) -> tuple[Term, Term, list[Term]] | None:
    """(g, h, roots) with term = g h, g > 0 (or >= 0 where `weak`); None when it is too long.

    `sign` tells the sign of a part on the box: 1, -1, or 0 for what is >= 0 and may vanish.
    """
    normal = Normaliser({})
    try:
        polynomial = normal.term(term)
        known = atoms(term, normal)
        roots = roots_of(known)
        for u in roots:
            polynomial = squared(polynomial, normal, u)
            known.update(atoms(u, normal))
    except Malformed:
        return None
    if len(polynomial) > MOST_TERMS or not polynomial:
        return None if polynomial else (1, 0, roots)
    used = {a for monomial in polynomial for a, _ in monomial}
    if not used <= known.keys():
        return None
    common: dict[str, int] = {}
    flip = 1
    for name in sorted(used):
        least = min(dict(monomial).get(name, 0) for monomial in polynomial)
        own = sign(known[name]) if least else None
        if own is None and least > 1 and weak:
            least, own = least - least % 2, 0
        if least and own is not None and (own != 0 or weak):
            common[name] = least
            flip *= own**least if own else 1
    content = _content(polynomial) * flip
    rest: Polynomial = {}
    for monomial, c in polynomial.items():
        left = tuple((a, e - common.get(a, 0)) for a, e in monomial if e > common.get(a, 0))
        rest = add(rest, {left: c / content})
    factor = [_power(known[a], e) for a, e in sorted(common.items())]
    g: Term = numeral(abs(content))
    if factor:
        g = ("*", g, *factor)
    # where an odd number of factors is negative, -g is positive and h has changed its sign
    return (g if content > 0 else ("-", g)), written(rest, known), roots


def _content(polynomial: Polynomial) -> Fraction:
    """The positive rational that leaves integers without a common factor."""
    numerator, denominator = 0, 1
    for c in polynomial.values():
        numerator = gcd(numerator, c.numerator)
        denominator = denominator * c.denominator // gcd(denominator, c.denominator)
    return Fraction(numerator, denominator)


def _power(atom: Term, exponent: int) -> Term:
    return atom if exponent == 1 else ("^", atom, exponent)


def written(polynomial: Polynomial, known: dict[str, Term]) -> Term:
    """The polynomial as a sum of products, of high degree first."""
    if not polynomial:
        return 0
    parts = list(_monomials(polynomial, known))
    return parts[0] if len(parts) == 1 else ("+", *parts)


def _monomials(polynomial: Polynomial, known: dict[str, Term]) -> Iterator[Term]:
    ordered = sorted(polynomial.items(), key=lambda item: (-sum(e for _, e in item[0]), item[0]))
    for monomial, c in ordered:
        factors = [_power(known[a], e) for a, e in monomial]
        if c != 1 or not factors:
            factors.insert(0, numeral(c))
        yield factors[0] if len(factors) == 1 else ("*", *factors)
