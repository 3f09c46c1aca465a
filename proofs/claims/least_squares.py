"""Theorems 28 and 29: gradient descent and SGD on least squares, any dimension, any data.

Gradient descent is taken in the eigenvectors of A^T A: c_k is the share of the loss at w_0 in the
k-th of them, K_kk its eigenvalue.  SGD is taken sample by sample: c_i = (a_i.w - y_i)^2 / n, and
all that one of its steps depends on lies in the plane of a_i and w - w*.
"""

from proofs.claim import (
    FALSE_STATEMENT,
    MISPRINT,
    MISSING_HYPOTHESIS,
    Claim,
    amended,
    lemma,
    sharper,
    statement,
    step,
)
from proofs.claims.exponentials import exp, log
from proofs.language import (
    Expression,
    Matrix,
    Sequence,
    conjunction,
    equal,
    forall,
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
    enclosed,
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
half, eighth = Expression("1/2"), Expression("1/8")
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
shares_of_loss = [
    have(
        series(k, 0, c[k] * share) <= mean_loss,
        termwise("c", "k", converge=[small_share]),
        *small_share,
    ),
    axiom("square", eta),
    have(eta * eta * beta >= 0),
    generalise(series(k, 0, c[k] * share), "w"),
    generalise(mean_loss, "loss"),
    have(eta * eta * beta * (loss - w) >= 0),
]

# Time: L_t = K(t+1, t+1), E|w_t - w*|^2 = K(t+1, t+2), L_0 + ... + L_{t-1} = K(t+1, t+3)
decrease = forall(
    t, holds=(t >= 0).implies(rate * K[t + 1, t + 1] <= K[t + 1, t + 2] - K[t + 2, t + 3])
)
running_sum = forall(
    t, holds=(t >= 0).implies(equal(K[t + 2, t + 4], K[t + 1, t + 3] + K[t + 1, t + 1]))
)
small_value = [
    instantiate(forall(k, holds=(k >= 1).implies(abs(K[k, k]) <= 1)), k=k + 1),
    use("Powers: absolute value", x=K[k + 1, k + 1], y=1, k=2),
]
relative_eigenvalue = [
    instantiate(forall(k, holds=(k >= 1).implies((K[k, k] >= low) & (K[k, k] <= 1))), k=k + 1)
]
x_rate = low / (n * beta)
contraction = forall(
    t,
    holds=(t >= 0).implies(
        (K[t + 1, t + 1] >= 0) & (K[t + 2, t + 2] <= (1 - low / (n * beta)) * K[t + 1, t + 1])
    ),
)
nonnegative = forall(t, holds=(t >= 0).implies(K[t + 1, t + 2] >= 0))

THEOREM_28 = Claim(
    "Theorem 28",
    "gradient descent on least squares",
    (
        lemma(
            "minimiser",
            given(p, q, y, z, w)
            .where(p**2 + q**2 > 0)
            .says(two_samples(optimum) <= two_samples(w)),
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
            kind=FALSE_STATEMENT,
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
            kind=MISSING_HYPOTHESIS,
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
        sharper(
            "sharper",
            "amended",
            descent_kappa.where(equal(2 * eta * high, n)).says(
                (at_time_t <= exp(-2 * t / kappa) * at_start)
                & (exp(-2 * t / kappa) <= exp(-t / (4 * kappa)))
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
                have(1 / kappa > 0),
                have(t * (1 / kappa) >= 0),
                use("Exponentials: monotone", a=-2 * t / kappa, b=-t / (4 * kappa)),
            ],
            words="η = n/(2λ_max) gives the rate 2/κ, eight times the printed one",
            defined=[small_factor, kappa_positive],
        ),
    ),
    uses=(),
)

one_step = squared - 4 * eta * residual**2 + 4 * eta**2 * residual**2 * norm
step_size = (eta >= 0, eta * beta <= 1, beta > 0)
averages = given(c, K, D, eta, beta).where(*step_size, shares)

THEOREM_29 = Claim(
    "Theorem 29",
    "stochastic gradient descent on least squares with min L = 0",
    (
        lemma(
            "expansion",
            given(p, q, u, v, eta).says(equal(moved, one_step)),
            words="|w_{t+1} - w*|² for a step along a, exactly; it lies in the plane of a, w - w*",
        ),
        step(
            "a",
            given(p, q, u, v, eta)
            .where(eta >= 0)
            .says(moved <= squared - eta * along + eta**2 * gradient_squared),
            [axiom("square", residual), have(eta * (residual * residual) >= 0)],
            words="true, though the square gives -2η(w - w*)·g",
        ),
        step(
            "b",
            given(D, eta, x, y, z)
            .where(eta >= 0, x >= 0, y >= 0, z >= 0)
            .says(D - eta * x + eta**2 * ((y + z) / 2) <= D - eta * x + eta**2 * y),
            words="as printed the last term has lost its expectation: two samples, y = |g_1|², "
            "z = |g_2|²",
            kind=MISPRINT,
        ),
        amended(
            "b amended",
            "b",
            given(p, q, u, v, eta).says(
                equal(
                    squared - eta * along + eta**2 * gradient_squared,
                    squared - 2 * eta * residual**2 + 4 * eta**2 * residual**2 * norm,
                )
            ),
            words="g = 2(a·w - y)a, (w - w*)·g = 2(a·w - y)²: the terms that are averaged over i",
        ),
        step(
            "c",
            given(p, q, u, v, eta, beta)
            .where(norm <= beta, beta > 0, equal(2 * beta * eta, 1))
            .says(
                squared - eta * along + eta**2 * gradient_squared
                <= squared - eta * residual**2 + eta**2 * (residual**2 * norm)
            ),
            words="one sample, with the η = 1/(2β) chosen below; |g|² is 4(a·w - y)²|a|²",
        ),
        amended(
            "c amended",
            "c",
            given(p, q, u, v, eta, beta)
            .where(norm <= beta, *step_size)
            .says(moved <= squared - eta * residual**2 + eta**2 * (residual**2 * norm)),
            [
                use("Theorem 29: expansion"),
                axiom("square", residual),
                have(eta * (residual * residual) >= 0),
                have(eta * norm <= eta * beta),
                have(eta * (residual * residual) * (1 - eta * norm) >= 0),
            ],
            words="the whole step, from |w_{t+1} - w*|²: what (a) gives away, the factor 4 costs",
        ),
        step(
            "d",
            averages.says(
                D - eta * mean_loss + eta**2 * mean_weighted
                <= D - eta * mean_loss + eta**2 * beta * mean_loss
            ),
            shares_of_loss,
            words="|a_i|² ≤ β; any number of samples",
            defined=[small_share],
        ),
        step(
            "d, rearranged",
            given(D, Q, eta, beta, loss)
            .where(D - eta * loss + eta**2 * beta * loss >= Q)
            .says(loss * (eta - eta**2 * beta) <= D - Q),
            words="D = |w_t - w*|², Q = E_t|w_{t+1} - w*|²",
        ),
        lemma(
            "one step",
            averages.says(
                D - 4 * eta * mean_loss + 4 * eta**2 * mean_weighted
                <= D - 4 * eta * (1 - eta * beta) * mean_loss
            ),
            shares_of_loss,
            words="the mean of the expansion: E|w_{t+1} - w*|² ≤ |w_t - w*|² - 4η(1 - ηβ)L(w_t), "
            "four times the printed decrease",
            defined=[small_share],
        ),
        step(
            "e1",
            given(c, K, x)
            .where(
                equal(series(k, 0, c[k]), 1),
                forall(k, holds=(k >= 1).implies(abs(K[k, k]) <= 1)),
                equal(x, series(k, 0, c[k] * K[k + 1, k + 1])),
            )
            .says(x**2 <= series(k, 0, c[k] * K[k + 1, k + 1] ** 2)),
            [
                have(
                    series(k, 0, c[k] * K[k + 1, k + 1] ** 2)
                    - 2 * x * series(k, 0, c[k] * K[k + 1, k + 1])
                    + x**2 * series(k, 0, c[k])
                    >= 0,
                    termwise("c", "k", converge=[small_value]),
                    axiom("square", K[k + 1, k + 1] - x),
                ),
                rewrite(series(k, 0, c[k] * K[k + 1, k + 1]), x),
                rewrite(series(k, 0, c[k]), 1),
            ],
            words="the loss of an average is at most the average loss: each residual is affine "
            "in w; weights c_t",
            defined=[small_value],
        ),
        step(
            "e2",
            given(K, rate, T)
            .where(rate >= 0, equal(K[1, 3], 0), decrease, running_sum, nonnegative, T >= 0)
            .says(rate * K[T + 1, T + 3] <= K[1, 2]),
            [
                have(
                    rate * K[T + 1, T + 3] <= K[1, 2] - K[T + 1, T + 2],
                    induction(
                        "T",
                        step=[instantiate(decrease, t=T), instantiate(running_sum, t=T)],
                    ),
                ),
                instantiate(nonnegative, t=T),
            ],
            words="rearranged and summed over time: L_t = K(t+1, t+1), E|w_t - w*|² = K(t+1, t+2), "
            "partial sums K(t+1, t+3)",
        ),
        step(
            "e3",
            given(c, K, low)
            .where(low > 0, forall(k, holds=(k >= 1).implies((K[k, k] >= low) & (K[k, k] <= 1))))
            .says(low * series(k, 0, c[k]) <= series(k, 0, c[k] * K[k + 1, k + 1])),
            [
                termwise("c", "k", converge=[relative_eigenvalue]),
                *relative_eigenvalue,
            ],
            words="λ_min|w - w*|² ≤ nL(w), in the eigenvectors of AᵀA; eigenvalues as parts of "
            "the largest",
            defined=[relative_eigenvalue],
        ),
        step(
            "f",
            given(loss, low, beta, eta, n, T)
            .where(
                loss >= 0,
                low > 0,
                beta > 0,
                n >= 1,
                equal(2 * beta * eta, 1),
                T >= 1,
                T * low >= 8 * n * beta,
            )
            .says(n * loss / (low * T * (eta - eta**2 * beta)) <= loss / 2),
            [
                have(equal(4 * beta * (eta - eta**2 * beta), 1)),
                have(eta - eta**2 * beta > 0),
                generalise(eta - eta**2 * beta, "w"),
                have(T * low * w >= 8 * n * beta * w),
                have(low * T * w >= 2 * n),
                axiom("quotient", n * loss, low * T * w),
                have(low * T * w * loss >= 2 * n * loss),
                have(low * T * w * (loss / 2 - n * loss / (low * T * w)) >= 0),
                cases(
                    n * loss / (low * T * w) <= loss / 2,
                    no=[have(low * T * w * (n * loss / (low * T * w) - loss / 2) > 0)],
                ),
            ],
            words="for every integer T ≥ 8nβ/λ_min, which need not be an integer itself",
            defined=[
                [
                    have(equal(4 * beta * (eta - eta**2 * beta), 1)),
                    have(eta - eta**2 * beta > 0),
                    have(low * T * (eta - eta**2 * beta) > 0),
                ]
            ],
        ),
        step(
            "g",
            given(eps, k)
            .where(eps > 0, eps < 1, k >= 0, k >= log(1 / eps) / log(2))
            .says(half**k <= eps),
            [
                axiom("log_product", 2, half),
                axiom("log_one"),
                have(equal(log(1 / half), log(2))),
                enclosed(log(2) > 0),
                axiom("quotient", log(1 / eps), log(2)),
                have(k * log(2) >= log(1 / eps), have(log(2) * (k - log(1 / eps) / log(2)) >= 0)),
                axiom("quotient", 1, eps),
                have(1 / eps > 0),
                use("Exponentials: halvings", a=half, b=eps),
            ],
            words="log(1/ε) halvings, the logarithm to the base 2: the paper writes ln for the "
            "natural one",
            defined=[
                [axiom("quotient", 1, eps), have(1 / eps > 0)],
                [enclosed(log(2) > 0)],
            ],
        ),
        lemma(
            "g, natural logarithm",
            given(eps, k).where(eps > 0, eps < 1, k >= 0, k >= log(1 / eps)).says(eighth**k <= eps),
            [
                use("Exponentials: log 8"),
                axiom("log_one"),
                axiom("quotient", 1, eps),
                axiom("log_increasing", 1, 1 / eps),
                use("Exponentials: halvings", a=eighth, b=eps),
            ],
            words="8nβ/λ_min steps divide the loss by 8 > e (below): the natural one serves too",
        ),
        sharper(
            "sharper",
            "f",
            given(loss, low, beta, n, T)
            .where(loss >= 0, low > 0, beta > 0, n >= 1, T >= 1, T * low >= 8 * n * beta)
            .says((n * beta * loss / (low * T) <= loss / 8) & (loss / 8 <= loss / 2)),
            [
                axiom("quotient", n * beta * loss, low * T),
                have(low * T * loss >= 8 * n * beta * loss),
                have(low * T > 0),
                cases(
                    n * beta * loss / (low * T) <= loss / 8,
                    no=[have(low * T * (n * beta * loss / (low * T) - loss / 8) > 0)],
                ),
            ],
            words="the average of T iterates with η = 1/(2β), by 'one step' (4η(1 - ηβ) = 1/β)",
        ),
        lemma(
            "last iterate",
            given(K, low, beta, n, T)
            .where(low > 0, low <= n * beta, beta > 0, n >= 1, T >= 0, contraction)
            .says(K[T + 1, T + 1] <= exp(-T * low / (n * beta)) * K[1, 1]),
            [
                have((x_rate >= 0) & (x_rate <= 1)),
                have(
                    K[T + 1, T + 1] <= (1 - x_rate) ** T * K[1, 1],
                    induction(
                        "T",
                        step=[
                            axiom("power_successor", 1 - x_rate, T),
                            instantiate(contraction, t=T),
                            have((x_rate >= 0) & (x_rate <= 1)),
                            have(
                                (1 - x_rate) * K[T + 1, T + 1]
                                <= (1 - x_rate) * ((1 - x_rate) ** T * K[1, 1])
                            ),
                        ],
                    ),
                ),
                use("Exponentials: power below exp", x=x_rate, k=T),
                instantiate(contraction, t=0),
                have((1 - x_rate) ** T * K[1, 1] <= exp(-T * x_rate) * K[1, 1]),
                rewrite(-T * low / (n * beta), -T * x_rate),
            ],
            words="K_tt = E|w_t - w*|² shrinks by 1 - λ_min/(nβ) at every step, without averaging",
        ),
        statement(
            "printed",
            given(loss, beta, eps, t)
            .where(loss >= 0, beta >= 1, eps > 0, eps < 1, t >= 0, t >= 8 * beta * log(1 / eps))
            .says(loss * (1 - 1 / beta) ** (2 * t) <= eps),
            words="one sample with |a|² = 1 ≤ β: λ_min = n = 1, each step multiplies the residual "
            "by 1 - 2η = 1 - 1/β; ε-sub-optimal means L ≤ ε",
            kind=MISSING_HYPOTHESIS,
        ),
        amended(
            "amended",
            "printed",
            given(loss, eps, k)
            .where(loss >= 0, eps > 0, eps < 1, k >= 0, k >= log(1 / eps))
            .says(loss * eighth**k <= eps * loss),
            [use("Theorem 29: g, natural logarithm")],
            words="⌈log(1/ε)⌉ rounds of ⌈8nβ/λ_min⌉ steps bring the loss to ε times what it was; "
            "to ε itself one needs log(L(w_1)/ε)",
        ),
    ),
    uses=("Theorem 28",),
)
