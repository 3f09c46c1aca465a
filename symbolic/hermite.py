"""The probabilist's Hermite polynomials, orthogonal in L^2(Gaussian) (Appendix B, fact 2)."""

from functools import lru_cache

from sympy import Add, Expr, Integer, factorial, sqrt

from .variables import x


@lru_cache(maxsize=512)
def monic_coefficients(k: int) -> tuple[int, ...]:
    """Return the integer coefficients, constant first, of the monic Hermite polynomial He_k.

    He_0 = 1, He_1 = x and He_{k+1} = x He_k - k He_{k-1}; E[He_k(X)^2] = k!.
    Raises ValueError if k < 0.
    """
    if k < 0:
        raise ValueError(f"a Hermite polynomial has an index k >= 0, not {k}")
    before: tuple[int, ...] = (0,)
    here: tuple[int, ...] = (1,)
    for j in range(k):
        shifted = (0, *here)
        padded = (*before, *(0,) * (len(shifted) - len(before)))
        before, here = here, tuple(s - j * b for s, b in zip(shifted, padded, strict=True))
    return here


def monic(k: int) -> Expr:
    """Return He_k(x).  Raises ValueError if k < 0."""
    return Add(*(c * x**i for i, c in enumerate(monic_coefficients(k)) if c))


def orthonormal(k: int, argument: Expr) -> Expr:
    """Return h_k(argument) = He_k(argument)/sqrt(k!), so that E[h_j(X) h_k(X)] = 1 if j = k else 0.

    Raises ValueError if k < 0.
    """
    monic = sum((Integer(c) * argument**i for i, c in enumerate(monic_coefficients(k))), Integer(0))
    return monic / sqrt(factorial(k))
