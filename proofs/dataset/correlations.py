"""Correlations of the normalised rows of a data set in float64, with proved errors.

Rows x_i are scaled by powers of two to entries of size at most 1, the largest at least 1/2; that is
exact but for entries below 2^-1022, which are off by at most 2^-1075.  With N_i the float64 sum of
squares, u_i = y_i * (1/sqrt(N_i)) is the unit vector v_i = x_i/||x_i|| up to a relative error of
each component: N_i is off by gamma_(d+1) relatively, the root halves that, and root, quotient and
product round once each, together less than gamma_(d+4) =: e.  What underflows is below 2^-500 and
is covered by e, which is at least 2^-50.  All sums may be taken in any order, fused or not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from flint import arb
from numpy.typing import NDArray

from proofs.dataset.eigenvalues import above, gamma
from proofs.dataset.reading import BadData

Floats = NDArray[np.float64]

NEAR = 2.0**-4
"""Below this t the distance is taken from the difference of the vectors, not from their product."""

SOME = 1024
"""How many close pairs are worked on at once."""


@dataclass(frozen=True)
class Points:
    """The unit vectors u_i, with the bounds that hold for all pairs.

    `product_error` bounds |fl(u_i . u_j) - v_i . v_j|; `far_error` and `near_error` that of t =
    sqrt(2 (1 - |v_i . v_j|)), the lesser of ||v_i - v_j|| and ||v_i + v_j||, as computed from the
    product (where it is at least NEAR) and from the difference or sum.
    """

    units: Floats
    product_error: float
    far_error: float
    near_error: float
    given: bool = False  # `units` holds the scaled Gram matrix instead

    def __setstate__(self, state: dict[str, Any]) -> None:
        """The fields that another process sent, at addresses that the BLAS takes.

        Of an array that begins elsewhere NumPy adds up products in an order of its own, so that
        the last bits of a worker would not be those of this process.
        """
        self.__dict__.update(state, units=np.require(state["units"], requirements="A"))


def unit_vectors(rows: Floats) -> Points:
    """The rows, normalised.  Raises ValueError for a row that is zero or not finite.

    Products: |fl(u_i . u_j) - v_i . v_j| <= ((1+e)^2 (1 + gamma_d) - 1) sum |v_ik v_jk|, and the
    sum is at most 1.  Far: for s = |fl(u_i . u_j)| <= 1 (clipping moves it towards the truth) the
    float64 t' = sqrt(2 (1 - s)) has |t'^2 - t^2| <= 2 product_error + 8u =: q (1 - s and the root
    round, t' <= 2), so |t' - t| <= q/t' <= q/NEAR.  Near: ||u_i - v_i|| <= e, hence the norm of
    u_i -+ u_j is off by 2 e; its float64 value is off by gamma_(d+3) relatively, and it is at most
    2 NEAR where it is used.
    """
    n, d = rows.shape
    if not np.all(np.isfinite(rows)):
        raise ValueError("a data set has finite entries only")
    largest = np.max(np.abs(rows), axis=1)
    if not np.all(largest > 0):
        raise ValueError(f"row {int(np.argmin(largest))} is zero: it has no direction")
    _, exponents = np.frexp(largest)
    scaled = np.ldexp(rows, -exponents[:, None])
    norms = np.einsum("ij,ij->i", scaled, scaled)
    scaled *= (1.0 / np.sqrt(norms))[:, None]
    e = gamma(d + 4) + arb(2) ** -50
    product = (1 + e) ** 2 * (1 + gamma(d)) - 1
    q = 2 * product + 8 * gamma(1)
    near = 2 * e + 2 * arb(NEAR) * gamma(d + 3)
    return Points(scaled, above(product), above(q / arb(NEAR)), above(near))


def distances(
    points: Points, rows: slice, columns: slice, product: Floats | None = None
) -> tuple[Floats, Floats]:
    """(t, sign of the correlation) for a block of pairs; t is 0 for rows that are equal.

    `product` holds the inner products of the units if they are at hand; it is overwritten.
    """
    if points.given:
        return _given_distances(points.units, rows, columns)
    u, v = points.units[rows], points.units[columns]
    if product is None:
        product = u @ v.T
    sign = np.copysign(1.0, product)
    t = np.abs(product, out=product)
    np.minimum(t, 1.0, out=t)
    np.subtract(1.0, t, out=t)
    t *= 2.0
    np.sqrt(t, out=t)
    near = np.flatnonzero(t < NEAR)
    for k in range(0, near.size, SOME):
        i, j = np.divmod(near[k : k + SOME], len(v))
        difference = v[j]
        difference *= sign[i, j][:, None]
        np.subtract(u[i], difference, out=difference)
        t[i, j] = np.sqrt(np.einsum("ij,ij->i", difference, difference))
    return t, sign


# A Gram matrix ------------------------------------------------------------------------------------


def given_products(matrix: Floats) -> Points:
    """The correlations of points whose inner products are given.

    Row and column i are scaled by a power of two such that the diagonal lies in [1/2, 2); what
    underflows on the way is below 2^-1000 and is covered below.  Far: |rho| = |h_ij|/sqrt(h_ii
    h_jj) takes a product, a root and a quotient, each rounded once, together less than gamma_4; t
    from it as in `unit_vectors`.  Near: see `_given_distances`.  Raises BadData for what is no
    Gram matrix on sight.
    """
    n, d = matrix.shape
    diagonal = np.diagonal(matrix)
    if n != d:
        raise BadData(f"the Gram matrix has {n} rows and {d} columns")
    if not np.array_equal(matrix, matrix.T):
        i, j = np.argwhere(matrix != matrix.T)[0]
        raise BadData(
            f"the Gram matrix is not symmetric: the entries ({i}, {j}) and ({j}, {i}) differ"
        )
    if not np.all(diagonal > 0):
        i = int(np.argmax(~(diagonal > 0)))
        raise BadData(
            f"the Gram matrix has the diagonal entry {diagonal[i]} in row {i}, not positive"
        )
    _, exponents = np.frexp(diagonal)
    half = exponents // 2
    scaled = np.ldexp(np.ldexp(matrix, -half[:, None]), -half[None, :])
    product = gamma(4) + arb(2) ** -100
    q = 2 * product + 8 * gamma(1)
    near = 2 * arb(NEAR) * gamma(16) + arb(2) ** -50
    return Points(scaled, above(product), above(q / arb(NEAR)), above(near), given=True)


def _given_distances(matrix: Floats, rows: slice, columns: slice) -> tuple[Floats, Floats]:
    """(t, sign) from entries h_ij: t^2 = 2 (1 - |rho|) = 2 (a - b)/(h_ii h_jj (1 + |rho|)).

    Here a = h_ii h_jj and b = h_ij^2, each the sum of two float64 numbers exactly (T. J. Dekker
    1971; nothing overflows, and where |rho| is near 1 nothing underflows).  Near, a and b are
    within a factor of two, so that the difference of the leading parts is exact (Sterbenz), that
    of the others is off by u 2^-52 <= 2^-104, and the sum by another u: t^2 is off by gamma_8
    relatively and by 2^-102, so t by gamma_8 and by 2^-51.  Where a - b comes out negative, |rho|
    is at most 1 still for a Gram matrix, and t is 0.
    """
    entries = matrix[rows, columns]
    diagonal = np.diagonal(matrix)
    first, second = diagonal[rows][:, None], diagonal[columns][None, :]
    sign = np.where(entries < 0, -1.0, 1.0)
    size = np.minimum(np.abs(entries) / np.sqrt(first * second), 1.0)
    t = np.sqrt(2.0 * (1.0 - size))
    near = np.nonzero(t < NEAR)
    if near[0].size:
        a = np.broadcast_to(first, t.shape)[near], np.broadcast_to(second, t.shape)[near]
        high, low = _exact_product(*a)
        other_high, other_low = _exact_product(entries[near], entries[near])
        gap = np.maximum((high - other_high) + (low - other_low), 0.0)
        t[near] = np.sqrt(2.0 * gap / (high * (1.0 + size[near])))
    return t, sign


def _exact_product(a: Floats, b: Floats) -> tuple[Floats, Floats]:
    """x and y with x + y = a b exactly and x its rounding, by Veltkamp's splitting in halves."""
    parts = []
    for v in (a, b):
        shifted = v * 134217729.0  # 2^27 + 1
        high = shifted - (shifted - v)
        parts.append((high, v - high))
    (p, q), (r, s) = parts
    product = a * b
    return product, ((p * r - product) + p * s + q * r) + q * s
