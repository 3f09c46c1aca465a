"""A term with what cancels between numerators and denominators divided out, for engine `boxes`.

1/p (p + q) becomes 1 + q/p: derivatives of x log x keep their logarithms apart, instead of all
being multiplied by the denominators.
"""

from __future__ import annotations

from fractions import Fraction

from certificates.normal import Normaliser, Polynomial, multiply
from certificates.normal import add as plus
from certificates.terms import Term
from proofs.engines.rational import atoms, written

MOST_TERMS = 60
ROUNDS = 12


def cancelled(term: Term) -> Term | None:
    """An equal term, wherever both have values, in which less stands over denominators; or None."""
    normal = Normaliser({})
    polynomial = normal.term(term)
    known = atoms(term, normal)
    inverses = {
        key: normal.term(t[2])
        for key, t in known.items()
        if isinstance(t, tuple) and t[0] == "/" and t[1] == 1
    }
    changed = False
    for _ in range(ROUNDS):
        step = next(
            (s for key, d in sorted(inverses.items()) if (s := _divided(polynomial, key, d))), None
        )
        if step is None:
            break
        polynomial, changed = step, True
    if not changed or len(polynomial) > MOST_TERMS:
        return None
    if not {a for monomial in polynomial for a, _ in monomial} <= known.keys():
        return None
    return written(polynomial, known)


def _divided(polynomial: Polynomial, inverse: str, divisor: Polynomial) -> Polynomial | None:
    """The polynomial with each 1/d times a multiple of the leading monomial of d reduced."""
    leading = max(divisor, key=lambda m: (sum(e for _, e in m), m), default=())
    if not leading:
        return None
    for monomial, c in sorted(polynomial.items()):
        exponents = dict(monomial)
        if exponents.get(inverse, 0) < 1 or any(exponents.get(a, 0) < e for a, e in leading):
            continue
        for a, e in (*leading, (inverse, 1)):
            exponents[a] -= e
        rest = {tuple(sorted((a, e) for a, e in exponents.items() if e)): Fraction(1)}
        # m lead/d = m/l - m (d - l lead)/(l d), for the leading coefficient l
        lead = divisor[leading]
        others = {m: v for m, v in divisor.items() if m != leading}
        over: Polynomial = {((inverse, 1),): Fraction(1)}
        found = plus(polynomial, {monomial: -c})
        found = plus(found, rest, c / lead)
        return plus(found, multiply(multiply(rest, over), others), -c / lead)
    return None
