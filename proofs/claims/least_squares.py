"""Theorems 28 and 29: gradient descent and SGD on least squares, any dimension, any data.

Gradient descent is taken in the eigenvectors of A^T A: c_k is the share of the loss at w_0 in the
k-th of them, K_kk its eigenvalue.  SGD is taken sample by sample: c_i = (a_i.w - y_i)^2 / n, and
all that one of its steps depends on lies in the plane of a_i and w - w*.
"""

from fractions import Fraction

from proofs.claim import Claim, amended, lemma, statement, step
from proofs.claims.exponentials import exp, log
from proofs.language import (
    Expression,
    Matrix,
    Sequence,
    conjunction,
    equal,
    forall,
    function,
    given,
    identity,
    integer,
    lambda_min,
    real,
    semidefinite,
    series,
)
from proofs.tactics import (
    axiom,
    cases,
    generalise,
    have,
    induction,
    instantiate,
    rewrite,
    termwise,
    use,
)

c = Sequence("c")
K = Matrix("K")
p, q, u, v, w, y, z = (real(name) for name in "pquvwyz")
eta, low, high, kappa = (real(name) for name in ("eta", "low", "high", "kappa"))
x, s, beta = (real(name) for name in ("x", "s", "beta"))
D, Q, rate, eps, loss = (real(name) for name in ("D", "Q", "rate", "eps", "loss"))
i, j, k, n, t, T = (integer(name) for name in "ijkntT")
first, second, third, fourth = (real(f"k{name}") for name in ("11", "12", "22", "0"))

# Two samples a_1 = p, a_2 = q in dimension 1, targets y and z
optimum = (p * y + q * z) / (p**2 + q**2)


def two_samples(at: Expression) -> Expression:
    """The loss of two samples in dimension 1."""
    return ((p * at - y) ** 2 + (q * at - z) ** 2) / 2


W = real("W")
rank_one = lambda_min(2, i, j, K[1, i] * K[1, j])
dominated = semidefinite(2, i, j, K[1, i] * K[1, j] - identity(i, j, rank_one))

# Gradient descent in eigenvectors: each residual is multiplied by 1 - 2 eta lambda_k / n at a step
eigenvalue = K[k + 1, k + 1]
spectrum = forall(k, holds=(k >= 1).implies((K[k, k] >= low) & (K[k, k] <= high)))
factor = 1 - 2 * eta * eigenvalue / n
at_time_t = series(k, 0, c[k] * factor ** (2 * t))
at_start = series(k, 0, c[k])
stable = (low > 0, low <= high, spectrum, n >= 1, eta > 0, 2 * eta * high <= n, t >= 0)
descent = given(c, K, low, high, eta, n, t).where(*stable)
descent_kappa = given(c, K, low, high, kappa, eta, n, t).where(*stable, equal(high, kappa * low))
kappa_positive = [cases(kappa > 0, no=[have(kappa * low <= 0)])]
one_factor = [
    instantiate(spectrum, k=k + 1),
    axiom("quotient", 1, n),
    have(1 / n > 0),
    have(eta * eigenvalue >= eta * low),
    have(eta * high >= eta * eigenvalue),
    have((2 * eta * eigenvalue) * (1 / n) >= (2 * eta * low) * (1 / n)),
    have((2 * eta * eigenvalue) * (1 / n) <= n * (1 / n)),
    have((factor >= 0) & (factor <= 1 - 2 * eta * low / n)),
    have(2 * eta * low / n >= 0),
]
small_factor = [*one_factor, use("Powers: at most one", x=factor, k=2 * t),
                use("Powers: nonnegative", x=factor, k=2 * t)]  # fmt: skip

# One step of SGD in the plane of a = (p, q) and w - w* = (u, v), where a.w - y = a.(w - w*) = r
residual = p * u + q * v
squared = u**2 + v**2
moved = (u - eta * 2 * residual * p) ** 2 + (v - eta * 2 * residual * q) ** 2
gradient_squared = (2 * residual * p) ** 2 + (2 * residual * q) ** 2
along = u * (2 * residual * p) + v * (2 * residual * q)
norm = p**2 + q**2

# Averages over i: c_i = (a_i.w - y_i)^2 / n, K_ii = |a_i|^2 / beta
share = K[k + 1, k + 1]
shares = forall(k, holds=(k >= 1).implies((K[k, k] >= 0) & (K[k, k] <= 1)))
mean_loss = series(k, 0, c[k])
mean_weighted = beta * series(k, 0, c[k] * share)
small_share = [instantiate(shares, k=k + 1)]

# Time: L_t = K(t+1, t+1), E|w_t - w*|^2 = K(t+1, t+2), L_0 + ... + L_{t-1} = K(t+1, t+3)
decrease = forall(
    t, holds=(t >= 0).implies(rate * K[t + 1, t + 1] <= K[t + 1, t + 2] - K[t + 2, t + 3])
)
running_sum = forall(
    t, holds=(t >= 0).implies(equal(K[t + 2, t + 4], K[t + 1, t + 3] + K[t + 1, t + 1]))
)
nonnegative = forall(t, holds=(t >= 0).implies(K[t + 1, t + 2] >= 0))

THEOREM_28 = Claim(
    "Theorem 28",
    "gradient descent on least squares",
    (
        lemma(
            "minimiser",
            given(p, q, y, z, w).where(p**2 + q**2 > 0).says(two_samples(optimum) <= two_samples(w)),
            [
                axiom("quotient", p * y + q * z, p**2 + q**2),
                generalise(optimum, "W"),
                have(equal((p**2 + q**2) * W * w, (p * y + q * z) * w)),
                have(equal((p**2 + q**2) * W * W, (p * y + q * z) * W)),
                axiom("square", w - W),
                have((p**2 + q**2) * ((w - W) * (w - W)) >= 0),
            ],
            words="the least loss of two samples in dimension 1",
        ),
        step(
            "zero loss",
            given(p, q, y, z).where(p**2 + q**2 > 0).says(equal(two_samples(optimum), 0)),
            words="'λ_min(AᵀA) > 0, which in particular implies min L = 0', for two samples in "
            "dimension 1",
        ),
        amended(
            "zero loss amended",
            "zero loss",
            given(first, second, third, y, z)
            .where(first * third - second**2 > 0)
            .says(
                conjunction(
                    equal(
                        first * ((third * y - second * z) / (first * third - second**2))
                        + second * ((first * z - second * y) / (first * third - second**2)),
                        y,
                    ),
                    equal(
                        second * ((third * y - second * z) / (first * third - second**2))
                        + third * ((first * z - second * y) / (first * third - second**2)),
                        z,
                    ),
                )
            ),
            words="λ_min(AAᵀ) > 0 is what makes min L = 0: for two samples with Gram matrix AAᵀ, "
            "in any dimension, w = Σ c_i a_i with AAᵀc = y",
        ),
        lemma(
            "more features than samples",
            given(K).says(rank_one <= 0),
            [
                have(rank_one <= rank_one),
                axiom("least_eigenvalue", rank_one, rank_one),
                instantiate((rank_one <= rank_one).implies(dominated)),
                cases(
                    equal(K[1, 2], 0),
                    yes=[axiom("semidefinite_pair", dominated, 2, 1, 0)],
                    no=[
                        axiom("semidefinite_pair", dominated, 1, 2, -K[1, 1] / K[1, 2]),
                        axiom("quotient", K[1, 1], K[1, 2]),
                        have(equal(K[1, 1] + -K[1, 1] / K[1, 2] * K[1, 2], 0)),
                        axiom("square", K[1, 1] / K[1, 2]),
                        have(
                            equal(
                                (K[1, 1] + -K[1, 1] / K[1, 2] * K[1, 2])
                                * (K[1, 1] + -K[1, 1] / K[1, 2] * K[1, 2]),
                                0,
                            )
                        ),
                        have(rank_one * (1 + (K[1, 1] / K[1, 2]) * (K[1, 1] / K[1, 2])) <= 0),
                    ],
                ),
            ],
            words="where the theorem is used (m > n features) AᵀA is singular: one sample, two "
            "features; the kernel matrix is AAᵀ",
        ),
        statement(
            "printed",
            given(loss, eta, low, n, t)
            .where(loss >= 0, eta > 0, low > 0, n >= 1, t >= 0)
            .says(loss * (1 - 2 * eta * low / n) ** (2 * t) <= exp(-t / (4 * (low / low))) * loss),
            words="in dimension 1, where κ = λ/λ = 1; no step size is stated",
        ),
        lemma(
            "contraction",
            descent.says(at_time_t <= exp(-4 * eta * low * t / n) * at_start),
            [
                termwise("c", "k", converge=[small_factor]),
                *one_factor,
                use("Powers: increasing in the base", x=factor, y=1 - 2 * eta * low / n, k=2 * t),
                use("Exponentials: power below exp", x=2 * eta * low / n, k=2 * t),
            ],
            words="for 0 < η ≤ n/(2λ_max), with the shares of the loss in the eigenvectors of AᵀA",
            defined=[small_factor],
        ),
        amended(
            "amended",
            "printed",
            descent_kappa.where(n <= 16 * eta * high).says(
                at_time_t <= exp(-t / (4 * kappa)) * at_start
            ),
            [
                use("Theorem 28: contraction"),
                have(at_start >= 0, termwise("c", "k")),
                *kappa_positive,
                axiom("quotient", 1, n),
                axiom("quotient", 1, kappa),
                have(16 * eta * low * kappa * (1 / n) >= 1),
                have(16 * eta * low * kappa * (1 / n) * (1 / kappa) >= 1 / kappa),
                have(16 * eta * low / n >= 1 / kappa),
                have(t * (16 * eta * low / n) >= t * (1 / kappa)),
                use("Exponentials: monotone", a=-4 * eta * low * t / n, b=-t / (4 * kappa)),
            ],
            words="for n/(16λ_max) ≤ η ≤ n/(2λ_max), when min L = 0",
            defined=[small_factor, kappa_positive],
        ),
        lemma(
            "sharper",
            descent_kappa.where(equal(2 * eta * high, n)).says(
                at_time_t <= exp(-2 * t / kappa) * at_start
            ),
            [
                use("Theorem 28: contraction"),
                *kappa_positive,
                axiom("quotient", 1, n),
                axiom("quotient", 1, kappa),
                have(equal(2 * eta * low * kappa * (1 / n), 1)),
                have(equal(2 * eta * low * kappa * (1 / n) * (1 / kappa), 1 / kappa)),
                have(equal(2 * eta * low / n, 1 / kappa)),
                have(equal(t * (2 * eta * low / n), t * (1 / kappa))),
                rewrite(-4 * eta * low * t / n, -2 * t / kappa),
            ],
            words="η = n/(2λ_max) gives the rate 2/κ, eight times the printed one",
            defined=[small_factor, kappa_positive],
        ),
    ),
    uses=(),
)

ITEMS = ("Theorem 28",)
