"""Duals of half-line monomials by Price's theorem (Price 1958), in the manner of Cho & Saul 2009.

For (X, X') as in Definition 4 and weakly differentiable f, g, the derivative in rho of
E[f(X) g(X')] is E[f'(X) g'(X')].  Write M_ij(rho) = E[X_+^i X'_+^j], where x_+^i = x^i 1(x > 0).
"""

from functools import lru_cache

from sympy import Integer, pi, sqrt

from .arcsine import ArcsineForm
from .moments import half_line_moment
from .variables import rho


@lru_cache(maxsize=256)
def half_line_dual(i: int, j: int) -> ArcsineForm:
    """Return M_ij(rho) on [-1, 1] for integers i, j >= 0, integrated from its derivative in rho.

    M_ij' = i j M_{i-1,j-1} for i, j >= 1.  The chain ends at point masses: the derivative of the
    step is delta, so M_00' = E[delta(X) delta(X')] = 1/(2 pi sqrt(1-rho^2)), and for j >= 1
    M_0j' = E[delta(X) j X'_+^(j-1)] = j E[X_+^(j-1)] (1-rho^2)^((j-1)/2)/sqrt(2 pi), because X'
    given X = 0 is N(0, 1-rho^2).  The initial value at rho = 0 is E[X_+^i] E[X_+^j].
    """
    if i > j:
        return half_line_dual(j, i)
    if i > 0:
        slope = half_line_dual(i - 1, j - 1).scaled(Integer(i * j))
    elif j == 0:
        slope = ArcsineForm.of(over_root=1 / (2 * pi))
    else:
        density = j * half_line_moment(j - 1) / sqrt(2 * pi)
        if j % 2 == 1:
            slope = ArcsineForm.of(plain=density * (1 - rho**2) ** ((j - 1) // 2))
        else:
            slope = ArcsineForm.of(over_root=density * (1 - rho**2) ** (j // 2))
    return slope.integral(half_line_moment(i) * half_line_moment(j))
