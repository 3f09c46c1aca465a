"""Exact moments of the standard Gaussian X, on the whole line and on the half-line X > 0."""

from functools import lru_cache

from sympy import Expr, Integer, Rational, factorial2, pi, sqrt

from .hermite import monic_coefficients


def gaussian_moment(n: int) -> Expr:
    """Return E[X^n] for n >= 0: (n-1)!! if n is even, 0 if n is odd."""
    return factorial2(n - 1) if n % 2 == 0 else Integer(0)


def half_line_moment(n: int) -> Expr:
    """Return E[X^n 1(X > 0)] for n >= 0: (n-1)!!/2 if n is even, (n-1)!!/sqrt(2 pi) if n is odd."""
    return factorial2(n - 1) / (Integer(2) if n % 2 == 0 else sqrt(2 * pi))


@lru_cache(maxsize=4096)
def half_line_hermite_moment(n: int, k: int) -> Expr:
    """Return E[X^n He_k(X) 1(X > 0)] for n, k >= 0, as a rational plus a rational over sqrt(2 pi).

    The finite sum of half-line moments over the coefficients of He_k, the even and the odd moments
    apart, so that all arithmetic is in integers.
    """
    even = odd = 0
    for i, coefficient in enumerate(monic_coefficients(k)):
        if coefficient and (n + i) % 2 == 0:
            even += coefficient * int(factorial2(n + i - 1))
        elif coefficient:
            odd += coefficient * int(factorial2(n + i - 1))
    return Rational(even, 2) + Integer(odd) / sqrt(2 * pi)
