"""One compact way of writing an exact expression: a single fraction with factored coefficients."""

from sympy import (
    Dummy,
    E,
    Expr,
    Function,
    Integer,
    Poly,
    Pow,
    asin,
    cancel,
    factor,
    fraction,
    oo,
    pi,
    sqrt,
    together,
)

from .variables import rho


def compact(expression: Expr) -> Expr:
    """Return an equal expression, one fraction, its numerator collected by what contains rho.

    Only identities of rational functions are used, with the root of pi, asin and the other roots
    as indeterminates (but sqrt(u)^2 = u), so the value is unchanged wherever it was defined.
    An expression with any other function, or with a root in a denominator, is returned as it
    stands: a single fraction would hide what belongs together.
    """
    below = any(p.exp.is_Rational and p.exp < 0 and p.base.has(rho) for p in expression.atoms(Pow))
    if below or expression.has(E, oo) or expression.atoms(Function) - expression.atoms(asin):
        return expression
    root = Dummy("root", positive=True)
    cancelled = cancel(together(expression.subs(pi, root**2))).subs(root, sqrt(pi))
    numerator, denominator = fraction(cancelled)
    generators = [
        atom
        for atom in sorted(numerator.atoms(Function, Pow), key=str)
        if atom.has(rho) and not (atom.is_Pow and atom.exp.is_Integer)
    ]
    collected = Poly(numerator, rho, *generators)
    total = Integer(0)
    for powers, coefficient in collected.terms():
        term = factor(coefficient)
        for generator, power in zip(collected.gens, powers, strict=True):
            term *= generator**power
        total += term
    return total / (denominator if denominator.has(rho) else factor(denominator))
