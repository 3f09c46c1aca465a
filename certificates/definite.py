"""Bounds of the extreme eigenvalues of a symmetric matrix, in integers with proved errors.

At hand are integers S_ij with |K_ij - S_ij 2^-p| <= r 2^-p for the real symmetric matrix K, in
units of 2^-p below.  A quotient is rounded by `//` and `>>` alone; the vectors that are tried are
found by the way and need not be good.
"""

from dataclasses import dataclass

Rows = list[list[int]]

GUARD = 24
ENOUGH = 96  # bits of the largest entry with which it is tried first
ROUNDS, STEPS = 16, 3  # shifts tried in search of a vector, and steps with each


@dataclass(frozen=True)
class Factor:
    """U and the multipliers U_kj/U_kk, rounded to 2^-bits, of the elimination of a matrix."""

    rows: Rows
    multipliers: Rows
    bits: int

    def solve(self, right: list[int]) -> list[int]:
        """About U^-1 D U^-T applied to a vector, up to a factor; integers of 2 * bits at most."""
        n, bits = len(self.rows), self.bits
        z = list(right)
        for k in range(n):
            zk, multipliers = z[k], self.multipliers[k]
            for i in range(1, n - k):
                z[k + i] -= multipliers[i] * zk >> bits
        scale = 3 * bits
        z = [(v << scale) // row[0] for v, row in zip(z, self.rows, strict=True)]
        for k in range(n - 1, -1, -1):
            known = sum(map(int.__mul__, self.multipliers[k][1:], z[k + 1 :]))
            z[k] -= known >> bits
        excess = max(abs(v) for v in z).bit_length() - 2 * bits
        return [v >> excess for v in z] if excess > 0 else z


def eliminated(matrix: Rows, shift: int) -> Factor | None:
    """Elimination of S - shift I; None if a pivot is not positive.

    Then lambda_min(K) > shift - `allowance`.  Proof: let U_kj be row k when it is the pivot's, d_k
    = U_kk > 0, and R the part that is left.  A step replaces R_ij, i <= j, by R_ij - (m_i U_kj >>
    q) with m_i = (U_ki << q) // d_k.  As m_i 2^-q is at most 2^-q below U_ki/d_k and |U_kj| < 2^q,
    the product is off by less than 1, and its floor by another: R_ij - U_ki U_kj/d_k is met up to
    2.  So S_ij - shift [i = j] + E_ij = sum_(k <= i) U_ki U_kj/d_k for some |E_ij| <= 2 (n - 1),
    extended symmetrically.  The right side is U^T D^-1 U with D = diag(d) > 0, which is positive
    definite: lambda_min(K) > shift - ||E||_2 - ||K - S||_2 >= shift - 2 n (n - 1) - n r.
    """
    n = len(matrix)
    rows = [row[i:] for i, row in enumerate(matrix)]
    for row in rows:
        row[0] -= shift
    bits = max(1, *(max(map(abs, row)).bit_length() for row in rows)) + GUARD
    done, factors = [], []
    for k in range(n):
        pivot = rows[k]
        if pivot[0] <= 0 or max(map(abs, pivot)) >> bits:
            return None
        multipliers = [(v << bits) // pivot[0] for v in pivot]
        for i in range(k + 1, n):
            m, row = multipliers[i - k], rows[i]
            if m:
                rows[i] = [a - (m * b >> bits) for a, b in zip(row, pivot[i - k :], strict=True)]
        done.append(pivot)
        factors.append(multipliers)
    return Factor(done, factors, bits)


def allowance(n: int, radius: int) -> int:
    """What an elimination that runs to its end may be off by."""
    return 2 * n * (n - 1) + n * radius


def rayleigh(matrix: Rows, vector: list[int]) -> tuple[int, int]:
    """(v^T S v, v^T v): with n r v^T v to spare, the quotient bounds lambda_min(K) above.

    |v^T (K - S) v| <= r (sum |v_i|)^2 <= n r v^T v.
    """
    image = [sum(map(int.__mul__, row, vector)) for row in matrix]
    return sum(map(int.__mul__, vector, image)), sum(v * v for v in vector)


def least_eigenvalue(matrix: Rows, radius: int, low: int | None, high: int) -> str:
    """Why low <= lambda_min(K) <= high (in units) is not shown, or "".

    `low` None claims no lower end.  First in units of 2^d, which are quicker to calculate with:
    floor(S_ij/2^d) is off by less than one of them, together with r/2^d by at most floor(r/2^d) +
    2, and the ends are rounded to a narrower claim.  Only where that is not shown in full.
    """
    drop = max(abs(v) for row in matrix for v in row).bit_length() - ENOUGH
    if drop > 0:
        rough = [[v >> drop for v in row] for row in matrix]
        least = None if low is None else -(-low >> drop)
        if not _least_eigenvalue(rough, (radius >> drop) + 2, least, high >> drop):
            return ""
    return _least_eigenvalue(matrix, radius, low, high)


def _least_eigenvalue(matrix: Rows, radius: int, low: int | None, high: int) -> str:
    """The same in the units at hand.

    The upper end comes from vectors of inverse iteration, whose shift comes nearer to the
    eigenvalue by bisection between `low` and `high`.
    """
    n = len(matrix)
    spare = allowance(n, radius)
    start = high - abs(high) - spare if low is None else low + spare
    factor = eliminated(matrix, start)
    if factor is None and low is None:
        start = -max(abs(v) for row in matrix for v in row)
        factor = eliminated(matrix, start)
    if factor is None:
        return "the lower end of an eigenvalue is not shown"
    beyond = high
    vector = [((7 * i * i + 3 * i + 1) % 17 - 8 or 5) << 64 for i in range(n)]
    for _ in range(ROUNDS):
        for _ in range(STEPS):
            vector = factor.solve(vector)
            longest = max(abs(v) for v in vector).bit_length()
            vector = [v >> longest - 64 if longest > 64 else v for v in vector]
            value, square = rayleigh(matrix, vector)
            if square and value + n * radius * square <= high * square:
                return ""
        middle = (start + beyond) >> 1
        nearer = eliminated(matrix, middle)
        if nearer is None:
            beyond = middle
        else:
            start, factor = middle, nearer
    return "the upper end of an eigenvalue is not shown"
