"""Extreme eigenvalues of a symmetric matrix that is known up to rounding, enclosed.

The matrix K is real and symmetric; at hand are float64 entries A with |K_ij - A_ij| <= r, so that
|lambda(K) - lambda(A)| <= ||K - A||_2 <= n r (Weyl; the spectral norm is at most the largest row
sum).  One end of each eigenvalue comes from a Rayleigh quotient, the other from a Cholesky
factorisation that runs to its end (S. M. Rump, Verification of positive definiteness, BIT 46,
2006).  Only + - * / sqrt of IEEE 754 are trusted, in any order of summation and with or without
fused multiplication; conventional matrix multiplication is assumed (no Strassen).
"""

from dataclasses import dataclass

import numpy as np
from flint import arb, fmpq
from numpy.typing import NDArray
from scipy.linalg.lapack import dpotrf, dpotrs
from scipy.sparse.linalg import ArpackError, LinearOperator, eigsh

from symbolic.enclosure import working_precision

Floats = NDArray[np.float64]

UNIT = fmpq(1, 2**53)
TINY = arb(2) ** -1074
BITS = 128
TOLERANCE = 1e-9  # of the approximate eigenvectors; their quality is never trusted
RELATIVE_STEPS = (2e-9, 1e-7, 1e-5, 1e-3, 1e-1)
BLOCK = 1024


@dataclass(frozen=True)
class Ends:
    """An enclosure of a real number by exact float64 ends."""

    low: float
    high: float


@dataclass(frozen=True)
class Spectrum:
    """Enclosures of the least and of the greatest eigenvalue."""

    least: Ends
    greatest: Ends


def gamma(k: int) -> arb:
    """gamma_k = k u / (1 - k u) with u = 2^-53: the relative error of k roundings, k u < 1/2."""
    error = UNIT * k
    if 2 * error >= 1:
        raise ValueError("the matrix is too large for the error bounds")
    return arb(error / (1 - error))


def below(value: arb) -> float:
    """A float64 that is at most the value."""
    return float(np.nextafter(float(value.lower()), -np.inf))


def above(value: arb) -> float:
    """A float64 that is at least the value."""
    return float(np.nextafter(float(value.upper()), np.inf))


def factor_error(diagonal: Floats) -> arb:
    """c such that lambda_min(B) >= -c if the floating-point Cholesky factorisation of B succeeds.

    With the factor R computed, B + E = R^T R and |E_ij| <= g |r_i|.|r_j| for g = gamma_(n+1), r_i
    the columns of R and |r_i| their absolute values (N. J. Higham, Accuracy and Stability of
    Numerical Algorithms, 2nd ed., Theorem 10.3), hence |E_ij| <= g ||r_i|| ||r_j||.  In particular
    ||r_i||^2 = b_ii + E_ii <= b_ii + g ||r_i||^2, so ||r_i||^2 <= b_ii/(1 - g) and ||E||_2 <=
    g/(1 - g) trace(B).  As R^T R >= 0, lambda_min(B) >= -||E||_2.  Here g = gamma_(2n+4) leaves
    room for solves that multiply by an inverted diagonal.  An operation that underflows adds at
    most 2^-1074, and an entry is made by at most 2n + 2 of them, times at most the largest entry
    of R or a division by it: the last summand, four times what Rump shows to suffice.
    """
    n = len(diagonal)
    g = gamma(2 * n + 4)
    trace = arb(float(np.sum(np.abs(diagonal)))) * (1 + gamma(n))
    largest = arb(float(np.max(np.abs(diagonal))))
    return g / (1 - g) * trace + 16 * n * (n + 1) * (2 * (n + 1) + largest) * TINY


def lower_bound(matrix: Floats, shift: float, sign: int) -> arb | None:
    """The largest known m with lambda_min(sign A) >= m, from a factorisation of sign A - shift I.

    None if the factorisation breaks down, which proves nothing.  `sign` is 1 or -1; negation is
    exact.  The diagonal d = fl(sign a_ii - shift) is off by at most u/(1-u) |d|, so that
    lambda_min(sign A) >= shift - c - max u/(1-u) |d|, with c from `factor_error`.
    """
    work = matrix.copy() if sign > 0 else -matrix
    n = len(work)
    diagonal = work.diagonal() - shift
    if not np.all(np.isfinite(diagonal)) or float(np.min(diagonal)) <= 0.0:
        return None
    work[np.arange(n), np.arange(n)] = diagonal
    factor, info = dpotrf(work.T, lower=1, clean=0, overwrite_a=1)
    if info != 0 or not np.all(np.isfinite(factor.diagonal())):
        return None
    off = arb(float(np.max(np.abs(diagonal)))) * arb(UNIT / (1 - UNIT))
    return arb(shift) - factor_error(diagonal) - off


def largest_row_sum(matrix: Floats) -> arb:
    """A bound of max_i sum_j |a_ij|: the float64 sum of n terms is off by gamma_n of itself."""
    n = len(matrix)
    sums = [
        float(np.max(np.sum(np.abs(matrix[k : k + BLOCK]), axis=1))) for k in range(0, n, BLOCK)
    ]
    return arb(max(sums)) / (1 - gamma(n))


def rayleigh_quotient(matrix: Floats, vector: Floats, row_sum: arb) -> arb:
    """A ball around v^T A v / v^T v, which lies between the extreme eigenvalues of A.

    The float64 values of A v and of its product with v are together off by at most
    gamma_(2n) |v|^T |A| |v| <= gamma_(2n) row_sum ||v||^2, those of v^T v by gamma_n ||v||^2; what
    underflows adds at most 2n (n + 1) 2^-1074 for entries of v of size at most 1.
    """
    n = len(vector)
    v = vector / np.max(np.abs(vector))
    square = arb(float(v @ v)) * (1 + arb(0, 1) * gamma(2 * n)) + arb(0, 1) * 4 * n * TINY
    value = arb(float(v @ (matrix @ v)))
    error = (
        gamma(2 * n + 2) * row_sum * abs(square).upper() + 4 * n * (n + 1) * (1 + row_sum) * TINY
    )
    return (value + arb(0, 1) * error) / square


def extreme_eigenvalues(matrix: Floats, radius: float, semidefinite: bool) -> Spectrum:
    """Enclosures of the extreme eigenvalues of every symmetric K with |K - matrix| <= radius.

    `semidefinite` says that K is known to be positive semidefinite, which bounds its eigenvalues
    below by 0.  The entries of `matrix` are finite and exactly symmetric.  Approximate eigenvectors
    serve as a guess alone.  Raises ValueError for a matrix that is not square and finite.
    """
    n = len(matrix)
    if matrix.shape != (n, n) or n == 0 or not np.all(np.isfinite(matrix.sum(axis=0))):
        raise ValueError("a finite square matrix is needed")
    with working_precision(BITS):
        spread = arb(n) * arb(radius)
        row_sum = largest_row_sum(matrix)
        top, bottom = _guesses(matrix)
        high = _bound(matrix, -rayleigh_quotient(matrix, top, row_sum), -1, row_sum)
        low = _bound(matrix, rayleigh_quotient(matrix, bottom, row_sum), 1, row_sum)
        greatest = Ends(
            below(rayleigh_quotient(matrix, top, row_sum) - spread), above(-high + spread)
        )
        least = Ends(
            below(low - spread), above(rayleigh_quotient(matrix, bottom, row_sum) + spread)
        )
    if semidefinite:
        least = Ends(max(least.low, 0.0), max(least.high, 0.0))
    return Spectrum(least, greatest)


def _bound(matrix: Floats, guess: arb, sign: int, row_sum: arb) -> arb:
    """A lower bound of lambda_min(sign A): factorisations at shifts ever further below a guess."""
    room = factor_error(np.abs(matrix.diagonal()) + abs(float(guess.mid())))
    for step in RELATIVE_STEPS:
        shift = guess - abs(guess) * arb(step) - 4 * room
        found = lower_bound(matrix, below(shift), sign)
        if found is not None:
            return found
    return -row_sum  # Gershgorin


def _guesses(matrix: Floats) -> tuple[Floats, Floats]:
    """Approximate eigenvectors of the greatest and of the least eigenvalue."""
    n = len(matrix)
    if n < 8:
        _, vectors = np.linalg.eigh(matrix)
        return vectors[:, -1], vectors[:, 0]
    start = np.cos(np.arange(n, dtype=np.float64) + 0.5)
    top = _lanczos(
        LinearOperator((n, n), matvec=matrix.__matmul__, dtype=np.float64), 1 + 0 * start
    )
    factor, info = dpotrf(matrix.T, lower=1, clean=0)
    if info != 0:
        _, vectors = np.linalg.eigh(matrix)
        return top, vectors[:, 0]
    solve = LinearOperator(
        (n, n), matvec=lambda b: dpotrs(factor, b, lower=1)[0].ravel(), dtype=np.float64
    )
    return top, _lanczos(solve, start)


def _lanczos(operator: LinearOperator, start: Floats) -> Floats:
    """An approximate eigenvector of the greatest eigenvalue."""
    try:
        _, vectors = eigsh(operator, k=1, which="LA", tol=TOLERANCE, v0=start)
        return np.asarray(vectors[:, 0])
    except ArpackError as error:
        vectors = getattr(error, "eigenvectors", np.empty((len(start), 0)))
        return np.asarray(vectors[:, 0]) if vectors.shape[1] else start
