"""Extreme eigenvalues of a symmetric matrix that is known up to rounding, enclosed.

The matrix K is real and symmetric; at hand is a float64 matrix A with ||K - A||_2 <= error, so
that |lambda(K) - lambda(A)| <= error (Weyl).  One end of each eigenvalue comes from a Rayleigh
quotient, the other from a Cholesky factorisation that runs to its end (S. M. Rump, Verification of
positive definiteness, BIT 46, 2006) or, for the greatest, from a positive vector (L. Collatz 1942),
which costs less.  Only + - * / sqrt of IEEE 754 are trusted, in any order of summation and with or
without fused multiplication; conventional matrix multiplication is assumed (no Strassen).  A
Cholesky factorisation reads one triangle; the matrices are exactly symmetric.
"""

from dataclasses import dataclass

import numpy as np
from flint import arb, fmpq
from numpy.typing import NDArray
from scipy.linalg import eigh_tridiagonal
from scipy.linalg.blas import dsymv
from scipy.linalg.lapack import dpotrf, dpotrs
from scipy.sparse.linalg import ArpackError, LinearOperator, eigsh

from symbolic.enclosure import working_precision

Floats = NDArray[np.float64]

UNIT = fmpq(1, 2**53)
TINY = arb(2) ** -1074
BITS = 128
RELATIVE_STEPS = (1e-7, 1e-5, 1e-3, 1e-1)
GOOD = 1e-7
"""The relative width with which the upper bound from a positive vector is left as it is."""

LEAST_WEIGHT = 2.0**-30
ROWS = 64
"""How many rows are worked on at once."""

# Approximate eigenvectors, whose quality is never trusted: up to SMALL directly, else by at most
# STEPS of the Lanczos method (FEW for a guess), looked at every LOOK, until CLOSE or EXHAUSTED,
# then by inverse iteration up to TOLERANCE, with a multiple of the identity added if need be.
SMALL = 30
STEPS, FEW, LOOK, CLOSE, EXHAUSTED = 240, 20, 20, 1e-7, 1e-14
TOLERANCE = 1e-5
LIFTS = (0.0, 1e-13, 1e-9)

ROOM = 50
"""The room above a guess of the greatest eigenvalue: one part in so many."""


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
    """A bound of max_i sum_j |a_ij|."""
    return greatest_bound(matrix, np.ones(len(matrix)))


def greatest_bound(matrix: Floats, weights: Floats) -> arb:
    """max_i (|A| w)_i/w_i for w with 2^-30 <= w_i <= 1: at least the spectral radius of A.

    It is the greatest row sum of |W^-1 A W|, W the diagonal matrix of w, which has the eigenvalues
    of A.  A float64 sum of n products of nonnegative numbers is off by gamma_n of itself, and by n
    2^-1074 for those that underflow; the quotient rounds once (or loses 2^-1074).
    """
    n = len(matrix)
    if not (np.min(weights) >= LEAST_WEIGHT and np.max(weights) <= 1.0):
        raise ValueError("weights lie between 2^-30 and 1")
    greatest = 0.0
    for k in range(0, n, ROWS):
        sums = np.abs(matrix[k : k + ROWS]) @ weights
        greatest = max(greatest, float(np.max(sums / weights[k : k + ROWS])))
    return arb(greatest) / (1 - gamma(n + 1)) + 4 * n * TINY / arb(LEAST_WEIGHT)


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


def extreme_eigenvalues(matrix: Floats, error: float, semidefinite: bool) -> Spectrum:
    """Enclosures of the extreme eigenvalues of every symmetric K with ||K - matrix||_2 <= error.

    `semidefinite` says that K is known to be positive semidefinite, which bounds its eigenvalues
    below by 0.  The entries of `matrix` are finite and exactly symmetric.  Approximate eigenvectors
    serve as a guess alone.  Raises ValueError for a matrix that is not square and finite.
    """
    n = len(matrix)
    if matrix.shape != (n, n) or n == 0 or not np.all(np.isfinite(matrix.sum(axis=0))):
        raise ValueError("a finite square matrix is needed")
    with working_precision(BITS):
        spread = arb(error)
        row_sum = largest_row_sum(matrix)
        top, bottom, close = _krylov(matrix)
        reached = rayleigh_quotient(matrix, top, row_sum)
        high = _greatest(matrix, top, reached, row_sum)
        if not close:
            bottom = _inverse_iteration(matrix, bottom, row_sum)
        touched = rayleigh_quotient(matrix, bottom, row_sum)
        low = _bound(matrix, touched, 1, row_sum)
        greatest = Ends(below(reached - spread), above(high + spread))
        least = Ends(below(low - spread), above(touched + spread))
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


def _greatest(matrix: Floats, top: Floats, reached: arb, row_sum: arb) -> arb:
    """An upper bound of lambda_max(A): from the vector made positive, else by factorisations."""
    size = np.abs(top)
    found = greatest_bound(matrix, np.maximum(size / np.max(size), LEAST_WEIGHT)).min(row_sum)
    if found <= reached.lower() + abs(reached) * arb(GOOD):
        return found
    return (-_bound(matrix, -reached, -1, row_sum)).min(found)


def _krylov(matrix: Floats, steps: int = STEPS) -> tuple[Floats, Floats, bool]:
    """Approximate eigenvectors of the greatest and the least eigenvalue, by the Lanczos method.

    The last says whether the least Ritz value seems to be as close as it takes: by the square of
    its residual over its distance from the next.
    """
    n = len(matrix)
    if n < SMALL:
        _, vectors = np.linalg.eigh(matrix)
        return vectors[:, -1], vectors[:, 0], True
    basis = np.empty((min(steps, n), n))
    vector = 1 + np.cos(np.arange(n, dtype=np.float64) + 0.5)
    diagonal: list[float] = []
    beside: list[float] = []
    while True:
        k = len(diagonal)
        basis[k] = vector / np.linalg.norm(vector)
        vector = dsymv(1.0, matrix.T, basis[k])
        diagonal.append(float(basis[k] @ vector))
        for _ in range(2):
            vector -= (basis[: k + 1] @ vector) @ basis[: k + 1]
        beside.append(float(np.linalg.norm(vector)))
        last = k + 1 == len(basis) or beside[-1] <= abs(diagonal[0]) * EXHAUSTED
        if (k + 1) % LOOK and not last:
            continue
        values, vectors = eigh_tridiagonal(np.array(diagonal), np.array(beside[:-1]))
        close = True
        for end, following in ((0, 1), (-1, -2)) if k else ():
            gap = abs(values[end] - values[following])
            close &= (beside[-1] * vectors[-1, end]) ** 2 <= CLOSE * abs(values[end]) * gap
        if last or close:
            found = vectors[:, [-1, 0]].T @ basis[: k + 1]
            return found[0], found[1], bool(close)


def _inverse_iteration(matrix: Floats, start: Floats, row_sum: arb) -> Floats:
    """An approximate eigenvector of the least eigenvalue of a matrix that is about definite."""
    n = len(matrix)
    scale = float(row_sum.mid())
    for lift in LIFTS:
        work = matrix.copy()
        work[np.arange(n), np.arange(n)] += lift * scale
        factor, info = dpotrf(work.T, lower=1, clean=0, overwrite_a=1)
        if info == 0:
            break
    else:
        return start
    operator = LinearOperator((n, n), lambda b: dpotrs(factor, b, lower=1)[0].ravel(), dtype=float)
    try:
        _, vectors = eigsh(operator, k=1, which="LA", tol=TOLERANCE, v0=start)
    except ArpackError:
        return start
    return np.asarray(vectors[:, 0])


def confirmed_least(matrix: Floats, error: float, bound: arb) -> bool:
    """Whether one factorisation proves lambda_min(K) >= bound for all symmetric K with ||K -
    matrix||_2 <= error."""
    with working_precision(BITS):
        spread = arb(error)
        room = factor_error(np.abs(matrix.diagonal()) + abs(float(bound.mid())))
        shift = above(bound + spread + 4 * room)
        found = lower_bound(matrix, shift, 1)
        return found is not None and bool(found - spread >= bound)


def confirmed_condition(matrix: Floats, error: float, bound: arb) -> bool:
    """Whether kappa(K) <= bound is proved for all symmetric K with ||K - matrix||_2 <= error.

    lambda_max(K) <= h by a positive vector, or by a factorisation, and lambda_min(K) >= h/bound by
    another one.
    """
    with working_precision(BITS):
        vector = _krylov(matrix, FEW)[0]
        vector /= np.max(np.abs(vector))
        spread = arb(error)
        row_sum = largest_row_sum(matrix)
        high = greatest_bound(matrix, np.maximum(np.abs(vector), LEAST_WEIGHT)).min(row_sum)
        if confirmed_least(matrix, error, (high + spread) / bound):
            return True
        reached = rayleigh_quotient(matrix, vector, row_sum)
        found = lower_bound(matrix, below(-reached - abs(reached) / ROOM), -1)
        if found is None or -found >= high:
            return False
        return confirmed_least(matrix, error, (-found + spread) / bound)
