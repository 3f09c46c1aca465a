"""Section 4: training the top layer or all layers, what depth, width and step size it takes."""

from fractions import Fraction

from proofs.bounds import L1, threshold
from proofs.claim import MISSING_HYPOTHESIS, Claim, amended, lemma, statement, step
from proofs.claims.corollary_3 import (
    b_term,
    bounded_mu,
    discs,
    expanded,
    kappa,
    largest,
    part_1_defined,
    range_of_b,
    smallest,
    under_1,
)
from proofs.claims.exponentials import exp, log
from proofs.claims.least_squares import (
    at_start,
    at_time_t,
    descent_kappa,
    factor,
    small_factor,
    spectrum,
)
from proofs.claims.theorem_2 import hints
from proofs.language import (
    Activation,
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
    joint_expectation,
    lambda_max,
    lambda_min,
    real,
    semidefinite,
    unequal,
)
from proofs.tactics import (
    axiom,
    cases,
    enclosed,
    generalise,
    gershgorin,
    have,
    induction,
    instantiate,
    intro,
    rewrite,
    termwise,
    use,
)

c = Sequence("c")
K, M = Matrix("K"), Matrix("M")
sigma = Activation("sigma")
mu, delta, gamma, eps, eta, low, high, C, loss, r, theta, x, y, u, rho, pr, width, t_ = (
    real(name)
    for name in (
        "mu", "delta", "gamma", "eps", "eta", "low", "high", "C", "loss", "r", "theta", "x", "y",
        "u", "rho", "pr", "width", "radius",
    )
)  # fmt: skip
n, L, t, T, i, j, k, p, q, m = (integer(name) for name in "nLtTijkpqm")

bounded = forall(u, holds=abs(sigma(u)) <= C)
entries = (
    forall(i, holds=((i >= 1) & (i <= n)).implies(abs(M[i, i] - 1) <= gamma)),
    forall(
        i, j,
        holds=conjunction(i >= 1, i <= n, j >= 1, j <= n, unequal(i, j)).implies(
            abs(M[i, j]) <= t_ + gamma
        ),
    ),
)  # fmt: skip
finite_width = given(M, n, gamma, t_).where(
    n >= 1, *entries, t_ >= 0, (n - 1) * t_ <= Fraction(1, 2), gamma >= 0,
    4 * n * gamma <= 1,
)  # fmt: skip
diagonal = [instantiate(entries[0], i=p)]
apart = [instantiate(entries[1], i=p, j=q)]
log_n = [enclosed(log(2) >= Fraction(1, 2)), axiom("log_monotone", 2, n)]

LEMMA_11 = Claim(
    "Lemma 11",
    "the kernel matrix at finite width",
    (
        statement(
            "printed, one layer",
            given(sigma, rho, C)
            .where(abs(rho) <= 1, C >= 0, bounded)
            .says(joint_expectation(rho, x, y, sigma(x) ** 2 * sigma(y) ** 2) <= C**4),
            words="the second moment of a summand of k(x, x') for a bounded activation; that all "
            "entries concentrate at depth L is outside the statement language",
            source="Daniely, Frostig and Singer 2016, Theorems 2 and 3; theirs is the ReLU "
            "√2·max(x, 0), without the centring of (1)",
        ),
        step(
            "union bound",
            given(n, width, pr, r)
            .where(n >= 1, r > 0, pr <= 2 * exp(-width / r), width >= r * log(2 * n**3))
            .says(n**2 * pr <= 1 / n),
            [
                axiom("quotient", width, r),
                have(
                    width / r >= log(2 * n**3),
                    cases(
                        width / r < log(2 * n**3), yes=[have(r * (width / r) < r * log(2 * n**3))]
                    ),
                ),
                use("Exponentials: monotone", a=-width / r, b=-log(2 * n**3)),
                have(n * n >= 1),
                have(n * n * n >= 1),
                use("Exponentials: exp of log", a=2 * n**3),
                axiom("exp_sum", log(2 * n**3), -log(2 * n**3)),
                axiom("exp_bounds", -log(2 * n**3)),
                enclosed(equal(exp(Expression(0)), 1)),
                have(equal(2 * n**3 * exp(-log(2 * n**3)), 1)),
                generalise(exp(-log(2 * n**3)), "y"),
                have(pr <= 2 * y),
                have(n * n * pr <= n * n * (2 * y)),
                axiom("quotient", 1, n),
                have(1 / n > 0),
                have(equal(n * n * (2 * y), 2 * n**3 * y * (1 / n))),
                have(equal(2 * n**3 * y * (1 / n), 1 / n)),
            ],
            words="n² entries, each within γ but with probability 2e^{-m/r}, r = (4C)^{L+1}/γ² (or "
            "L²/γ² for ReLU): m ≥ r log(2n³) makes 'with high probability' 1 - 1/n",
            defined=[[have(n * n >= 1), have(n * n * n >= 1)]],
        ),
    ),
    uses=("Lemma 5",),
)

THEOREM_12 = Claim(
    "Theorem 12",
    "gradient descent on the top layer",
    (
        step(
            "update",
            given(x, y, u).says(equal((x + u - y) ** 2, (x - y) ** 2 + 2 * (x - y) * u + u**2)),
            words="the update rule: x = v·Φ(x_i), y = y_i, and u = h·Φ(x_i) for a change h of v; "
            "the linear term is h times the gradient 2(v·Φ(x_i) - y_i)Φ(x_i)",
        ),
        step(
            "convex",
            given(x, y, u, theta)
            .where(theta >= 0, theta <= 1)
            .says(
                ((1 - theta) * x + theta * u - y) ** 2
                <= (1 - theta) * (x - y) ** 2 + theta * (u - y) ** 2
            ),
            [
                axiom("square", x - u),
                have(theta * (1 - theta) >= 0),
                have(theta * (1 - theta) * ((x - u) * (x - u)) >= 0),
            ],
            words="'the associated optimization problem is convex in v': each residual is affine",
        ),
        step(
            "depth",
            given(mu, delta, n, L)
            .where(mu > 0, mu <= 1, delta > 0, delta < 1, n >= 2, mu * L >= 4 * log(n / delta))
            .says(L1(n, delta, mu) <= L, L1),
            [
                use("L0: order of growth"),
                use("L0: no negative number of layers"),
                *log_n,
                axiom("quotient", 1, delta),
                have(1 / delta > 1),
                axiom("log_increasing", 1, 1 / delta),
                axiom("log_product", n, 1 / delta),
                axiom("log_bounds", 1 - mu / 2),
                axiom("log_one"),
                axiom("log_increasing", 1 - mu / 2, 1),
                have(-log(1 - mu / 2) >= mu / 2),
                axiom("quotient", log(n), -log(1 - mu / 2)),
                axiom("ceiling", log(n) / -log(1 - mu / 2)),
                generalise(threshold(delta, mu), "k"),
                generalise(-log(1 - mu / 2), "y"),
                generalise(log(n) / y, "x"),
                have(x >= 0, cases(x < 0, yes=[have(x * y < 0)])),
                have(mu / 2 * x <= log(n), have((y - mu / 2) * x >= 0)),
                have(mu * function("ceil", x) <= 2 * log(n) + mu),
                generalise(function("ceil", x), "j"),
                have(mu * j + mu * k <= 4 * log(n) + 4 * log(1 / delta)),
                have(mu * (j + k) <= mu * L),
                cases(j + k > L, yes=[have(mu * (j + k - L) > 0)]),
            ],
            words="L ≥ 4 log(n/δ)/μ reaches L1(δ), for n ≥ 2",
            defined=[[axiom("quotient", 1, delta), have(1 / delta > 0)]],
        ),
        step(
            "condition number",
            under_1.where(L1(n, delta, mu) <= L).says(kappa <= 3, L1),
            [
                *bounded_mu,
                *range_of_b,
                *discs,
                use("Corollary 3: eigenvalues"),
                use("Corollary 3: c"),
                generalise(expanded, "b"),
                have((n - 1) * b_term >= 0),
                use("Corollary 3: quotient", x=(n - 1) * b_term, s=largest, t=smallest),
                use("Corollary 3: d", x=(n - 1) * b_term),
            ],
            words="constant at that depth: κ(K̄) ≤ 3",
            defined=[bounded_mu, *hints, part_1_defined],
        ),
        step(
            "finite width",
            finite_width.says(
                (lambda_min(n, i, j, M[i, j]) >= Fraction(1, 4))
                & (lambda_max(n, i, j, M[i, j]) <= Fraction(7, 4))
            ),
            [
                have(
                    semidefinite(n, i, j, M[i, j] - identity(i, j, Fraction(1, 4))),
                    gershgorin(p, q, t_ + gamma, diagonal=diagonal, others=apart),
                ),
                have(
                    semidefinite(n, i, j, identity(i, j, Fraction(7, 4)) - M[i, j]),
                    gershgorin(p, q, t_ + gamma, diagonal=diagonal, others=apart),
                ),
                axiom("least_eigenvalue", lambda_min(n, i, j, M[i, j]), Fraction(1, 4)),
                axiom("largest_eigenvalue", lambda_max(n, i, j, M[i, j]), Fraction(7, 4)),
                instantiate(
                    semidefinite(n, i, j, M[i, j] - identity(i, j, Fraction(1, 4))).implies(
                        Expression("1/4") <= lambda_min(n, i, j, M[i, j])
                    )
                ),
                instantiate(
                    semidefinite(n, i, j, identity(i, j, Fraction(7, 4)) - M[i, j]).implies(
                        lambda_max(n, i, j, M[i, j]) <= Fraction(7, 4)
                    )
                ),
            ],
            words="Lemma 11 with γ = 1/(4n): the finite-width matrix M has κ ≤ 7",
        ),
        step(
            "ReLU accuracy",
            given(n, delta, L)
            .where(n >= 2, delta > 0, delta < 1, equal(L, function("ceil", log(n / delta))))
            .says(1 / (4 * n) <= 1 / L),
            words="Lemma 11 asks for γ = O(1/L), and γ = 1/(4n), L = log(n/δ)/μ with μ ≤ 1",
            defined=[[axiom("quotient", 1, delta), have(1 / delta > 0)]],
            kind=MISSING_HYPOTHESIS,
        ),
        lemma(
            "ReLU accuracy, no constant",
            given(n, L, C).where(n >= 1, C > 0, 4 * n * C < L).says(1 / (4 * n) > C / L),
            [
                axiom("quotient", 1, n),
                axiom("quotient", 1, L),
                have(1 / n > 0),
                have(1 / L > 0, have(L > 0)),
                have(L * (1 / L) * (1 / n) > 4 * n * C * (1 / L) * (1 / n)),
                have(equal(n * (1 / n) * C * (1 / L), C * (1 / L))),
            ],
            words="whatever the constant of O(1/L), once log(1/δ) exceeds a multiple of n",
            defined=[[have(4 * n * C > 0)]],
        ),
        amended(
            "ReLU accuracy amended",
            "ReLU accuracy",
            given(n, C, L, gamma)
            .where(n >= 1, L >= 1, C > 0, equal(gamma, function("min", 1 / (4 * n), C / L)))
            .says((gamma <= C / L) & (4 * n * gamma <= 1)),
            [axiom("quotient", 1, n)],
            words="γ = min(1/(4n), C/L): width L² log(n) max(16n², L²/C²), which is more than "
            "n² log³(n/δ) once log(1/δ) ≫ n",
        ),
        step(
            "polynomial width",
            given(n, delta, C, L, r)
            .where(
                n >= 2,
                delta > 0,
                delta < 1,
                C >= 1,
                L >= 0,
                r >= 0,
                (L + 1) * log(4 * C) <= r * log(n / delta),
            )
            .says(log((4 * C) ** (L + 1)) <= r * log(n / delta)),
            [axiom("log_power", 4 * C, L + 1)],
            words="'m = poly(n, 1/δ)': (4C)^{L+1} ≤ (n/δ)^r, r = (L+1) log(4C)/log(n/δ), of order "
            "log(4C)/μ, so that the degree depends on the activation",
            defined=[
                [axiom("quotient", 1, delta), have(1 / delta > 0)],
                [use("Powers: positive", x=4 * C, k=L + 1)],
            ],
        ),
        statement(
            "printed",
            given(loss, n, t)
            .where(loss >= 0, n >= 3, t >= 0)
            .says(loss * (1 - Fraction(2) / n) ** (2 * t) <= exp(-Expression(t.tree) / 4) * loss),
            at={"loss": 1, "n": 1000, "t": 1},
            words="K̄ = I, η = 1/λ_max(K̄) = 1, α = β, with the rate 1/4 of Theorem 28: the loss "
            "is an average over n points, so that its curvature is 2λ/n",
        ),
        lemma(
            "no constants",
            given(theta, r, n)
            .where(theta > 0, r > 0, n >= 1, n * r > 4 * theta * (1 + r))
            .says((1 - 2 * theta / n) ** 2 > exp(-r)),
            [
                axiom("exp_bounds", r),
                axiom("exp_bounds", -r),
                axiom("exp_sum", r, -r),
                enclosed(equal(exp(Expression(0)), 1)),
                have(equal(exp(r) * exp(-r), 1)),
                have((1 + r) * exp(-r) <= 1),
                axiom("quotient", 1, n),
                have(1 / n > 0),
                have(r > 4 * theta * (1 + r) * (1 / n)),
                axiom("square", theta / n),
                generalise(exp(-r), "y"),
                have((1 + r) * (1 - 4 * theta * (1 / n)) > 1),
                have(
                    1 - 4 * theta * (1 / n) > y,
                    cases(
                        1 - 4 * theta * (1 / n) <= y,
                        yes=[have((1 + r) * (1 - 4 * theta * (1 / n)) <= (1 + r) * y)],
                    ),
                ),
            ],
            words="η = θ/λ_max with any θ, and any rate r: a step on K̄ = I gains less than e^{-r} "
            "for large n",
        ),
        amended(
            "amended",
            "printed",
            descent_kappa.where(equal(2 * eta * high, n), real("kappa") <= 7).says(
                at_time_t <= exp(-2 * t / Expression(7)) * at_start
            ),
            [
                use("Theorem 28: sharper"),
                have(at_start >= 0, termwise("c", "k")),
                cases(real("kappa") > 0, no=[have(real("kappa") * low <= 0)]),
                axiom("quotient", 1, real("kappa")),
                have(1 / real("kappa") >= Fraction(1, 7)),
                have(t * (1 / real("kappa")) >= t * Fraction(1, 7)),
                use("Exponentials: monotone", a=-2 * t / real("kappa"), b=-2 * t / Expression(7)),
            ],
            words="η = n/(2λ_max): L(v_t) ≤ e^{-2t/7} L(v_0) when κ ≤ 7",
            defined=[small_factor],
        ),
        statement(
            "steps",
            given(eps, t)
            .where(eps > 0, eps < 1, t >= 0, 2 * t >= 7 * log(1 / eps))
            .says(exp(-2 * t / Expression(7)) <= eps),
            [
                axiom("quotient", 1, eps),
                have(1 / eps > 0),
                use("Exponentials: monotone", a=-2 * t / Expression(7), b=-log(1 / eps)),
                use("Exponentials: exp of log", a=1 / eps),
                axiom("exp_sum", log(1 / eps), -log(1 / eps)),
                enclosed(equal(exp(Expression(0)), 1)),
                have(equal(1 / eps * exp(-log(1 / eps)), 1)),
                have(equal(eps * (1 / eps * exp(-log(1 / eps))), exp(-log(1 / eps)))),
            ],
            words="'gradient descent needs O(log(1/ε)) steps': 7/2 log(1/ε) with the amended step "
            "size; ε-sub-optimal relative to L(v_0)",
            defined=[[axiom("quotient", 1, eps), have(1 / eps > 0)]],
        ),
    ),
    uses=("Corollary 3", "Lemma 11", "Theorem 28"),
)

unit_diagonal_M = forall(i, holds=((i >= 1) & (i <= n)).implies(equal(M[i, i], 1)))
least = lambda_min(n, i, j, M[i, j])
untouched = 1 - (1 - (1 - 2 * eta) ** 2) / n  # mean of r_i^2 after one step, orthonormal features

THEOREM_13 = Claim(
    "Theorem 13",
    "stochastic gradient descent on the top layer",
    (
        step(
            "β",
            finite_width.says(forall(i, holds=((i >= 1) & (i <= n)).implies(M[i, i] <= 2))),
            [intro("p"), intro(), *diagonal, have(gamma <= Fraction(1, 4))],
            words="β ≤ 2: the squared norm of each feature vector",
        ),
        step(
            "λ_min",
            finite_width.says(least >= Expression(n.tree) / 2),
            at={
                "M": [[int(row == column) for column in range(8)] for row in range(8)],
                "n": 8,
                "gamma": 0,
                "radius": 0,
            },
            words="'λ_min = Ω(n)', here with the constant 1/2",
        ),
        lemma(
            "λ_min, no constant",
            given(M, n).where(n >= 1, unit_diagonal_M).says(least <= 1),
            [
                have(least <= least),
                axiom("least_eigenvalue", least, least),
                instantiate(
                    (least <= least).implies(semidefinite(n, i, j, M[i, j] - identity(i, j, least)))
                ),
                axiom(
                    "semidefinite_pair",
                    semidefinite(n, i, j, M[i, j] - identity(i, j, least)),
                    1,
                    1,
                    0,
                ),
                instantiate(unit_diagonal_M, i=1),
            ],
            words="unit diagonal: λ_min ≤ 1 for every n",
        ),
        amended(
            "λ_min amended",
            "λ_min",
            finite_width.says(least >= Fraction(1, 4)),
            [use("Theorem 12: finite width")],
            words="λ_min ≥ 1/4 at that depth and width",
        ),
        lemma(
            "best step",
            given(n, eta).where(n >= 1).says(untouched >= 1 - Expression(1) / n),
            [
                axiom("square", 1 - 2 * eta),
                axiom("quotient", 1, n),
                have(1 / n > 0),
                have((1 - 2 * eta) * (1 - 2 * eta) * (1 / n) >= 0),
            ],
            words="orthonormal features (K = I): whatever η, the mean loss keeps a factor 1 - 1/n",
        ),
        lemma(
            "no constant",
            given(n, eta, T).where(n >= 1, T >= 0, n >= 2 * T).says(untouched**T >= Fraction(1, 2)),
            [
                use("Theorem 13: best step"),
                axiom("quotient", 1, n),
                have(1 / n > 0),
                have(1 / n <= 1),
                use("Exponentials: Bernoulli", x=1 / n, k=T),
                use("Powers: increasing in the base", x=1 - 1 / n, y=untouched, k=T),
                have(2 * T * (1 / n) <= 1),
            ],
            words="after n/2 steps half of the loss is left: C log(1/ε) steps are not enough for "
            "large n, whatever C and η",
        ),
        statement(
            "printed",
            given(n, eps, T)
            .where(n >= 1, eps > 0, eps < 1, equal(T, function("ceil", 8 * log(1 / eps))))
            .says((1 - Expression(1) / n) ** T <= eps),
            at={"n": 1000, "eps": "1/2", "T": 6},
            words="K̄ = I, the best step size, 8 log(1/ε) steps: 8nβ/λ_min with λ_min = n, β = 1",
        ),
        amended(
            "amended",
            "printed",
            given(n, eps, T)
            .where(n >= 1, eps > 0, eps < 1, 5 * n * log(1 / eps) <= T)
            .says((1 - 1 / (5 * n)) ** T <= eps),
            [
                axiom("quotient", 1, n),
                have(1 / n > 0),
                have(1 / n <= 1),
                axiom("log_one"),
                axiom("quotient", 1, eps),
                axiom("log_increasing", 1, 1 / eps),
                have(T >= 0, have(n * log(1 / eps) >= 0)),
                use("Exponentials: power below exp", x=1 / (5 * n), k=T),
                have(
                    T * (1 / (5 * n)) >= log(1 / eps),
                    have(T * (1 / n) >= 5 * n * log(1 / eps) * (1 / n)),
                ),
                use("Exponentials: monotone", a=-T * (1 / (5 * n)), b=-log(1 / eps)),
                use("Exponentials: exp of log", a=1 / eps),
                axiom("exp_sum", log(1 / eps), -log(1 / eps)),
                enclosed(equal(exp(Expression(0)), 1)),
                have(equal(1 / eps * exp(-log(1 / eps)), 1)),
                have(equal(eps * (1 / eps) * exp(-log(1 / eps)), eps)),
            ],
            words="5n log(1/ε) steps: the factor 1 - λ_min/(nβ) of Theorem 29 with λ_min ≥ 1/4, "
            "β ≤ 5/4",
        ),
    ),
    uses=("Corollary 3", "Lemma 11", "Theorem 12", "Theorem 29"),
)

REMARK_14 = Claim(
    "Remark 14",
    "rates that depend on the depth",
    (
        statement(
            "statement",
            given(real("kappa"), y, t)
            .where(real("kappa") >= 1, real("kappa") <= 1 + y, t >= 0)
            .says(exp(-2 * t / real("kappa")) <= exp(-2 * t / (1 + y))),
            [
                axiom("quotient", 1, real("kappa")),
                axiom("quotient", 1, 1 + y),
                have(1 / (1 + y) <= 1 / real("kappa")),
                have(t * (1 / (1 + y)) <= t * (1 / real("kappa"))),
                use("Exponentials: monotone", a=-2 * t / real("kappa"), b=-2 * t / (1 + y)),
            ],
            words="a bound κ ≤ 1 + y of Corollary 3 gives the rate 2/(1 + y)",
        ),
    ),
    uses=("Corollary 3", "Theorem 12"),
)

# All layers in the limit of infinite width: the loss follows the fixed kernel
lazy = given(c, K, low, high, eta, n, t).where(
    low > 0, low <= high, spectrum, n >= 1, equal(eta * (low + high), n), t >= 0
)
ratio = (high - low) / (high + low)
lazy_factor = [
    instantiate(spectrum, k=k + 1),
    axiom("quotient", 1, n),
    axiom("quotient", 1, high + low),
    have(1 / (high + low) > 0),
    have(equal(eta * (low + high) * (1 / n), 1)),
    have(equal(eta * (low + high) * (1 / n) * (1 / (high + low)), 1 / (high + low))),
    have(equal(eta * (1 / n), 1 / (high + low))),
    have(equal(eta * K[k + 1, k + 1] * (1 / n), K[k + 1, k + 1] * (1 / (high + low)))),
    have(equal((high + low) * (1 / (high + low)), 1)),
    have((K[k + 1, k + 1] - low) * (1 / (high + low)) >= 0),
    have((high - K[k + 1, k + 1]) * (1 / (high + low)) >= 0),
    have(abs(factor) <= ratio),
    have((ratio >= 0) & (ratio <= 1), have(low * (1 / (high + low)) >= 0),
         have((high - low) * (1 / (high + low)) >= 0)),
    use("Powers: absolute value", x=factor, y=ratio, k=2 * t),
    use("Powers: at most one", x=ratio, k=2 * t),
]  # fmt: skip

THEOREM_15 = Claim(
    "Theorem 15",
    "gradient descent on all layers",
    (
        statement(
            "printed, in the limit",
            given(loss, low, n, t)
            .where(loss > 0, low > 0, n >= 1, t >= 0)
            .says(
                loss * (1 - 2 * (2 / (low + low)) * low / n) ** (2 * t)
                <= exp(-t / Expression(4)) * loss
            ),
            words="η = 2/(λ_min + λ_max), κ = 1, the kernel fixed as m → ∞, L an average over n "
            "points: for n = 1 the residual changes its sign for ever",
        ),
        lemma(
            "signs",
            given(t).where(t >= 0).says(equal(Expression(-1) ** (2 * t), 1)),
            [
                induction(
                    "t",
                    step=[
                        axiom("power_successor", -1, 2 * t),
                        axiom("power_successor", -1, 2 * t + 1),
                    ],
                )
            ],
        ),
        lemma(
            "no rate",
            given(loss, low, r, t)
            .where(loss > 0, low > 0, r > 0, t >= 1)
            .says(exp(-r * t) * loss < loss * (1 - 2 * (2 / (low + low)) * low) ** (2 * t)),
            [
                axiom("quotient", 2, low + low),
                have(equal(1 - 2 * (2 / (low + low)) * low, -1)),
                rewrite(1 - 2 * (2 / (low + low)) * low, -1),
                have(equal(Expression(-1) ** (2 * t), 1), use("Theorem 15: signs")),
                axiom("exp_bounds", r * t),
                axiom("exp_bounds", -r * t),
                axiom("exp_sum", r * t, -r * t),
                enclosed(equal(exp(Expression(0)), 1)),
                have(r * t > 0),
                have(exp(r * t) > 1),
                have(
                    exp(-r * t) < 1,
                    cases(exp(-r * t) >= 1, yes=[have(exp(r * t) * exp(-r * t) >= exp(r * t))]),
                ),
                have(loss * (1 - exp(-r * t)) > 0),
            ],
            words="n = 1: no rate r > 0 at all",
        ),
        amended(
            "amended",
            "printed, in the limit",
            lazy.says(at_time_t <= exp(-4 * t * low / (high + low)) * at_start),
            [
                termwise("c", "k", converge=[lazy_factor]),
                *lazy_factor,
                use("Exponentials: power below exp", x=2 * low / (high + low), k=2 * t),
                rewrite(1 - 2 * low / (high + low), ratio),
            ],
            words="η = n/(λ_min + λ_max): L(t) ≤ e^{-4t/(κ+1)} L(0) in the limit of infinite width",
            defined=[lazy_factor],
        ),
    ),
    uses=("Theorem 28",),
)

COROLLARY_16 = Claim(
    "Corollary 16",
    "the time to train all layers at logarithmic depth",
    (
        statement(
            "statement",
            given(eps, y, t)
            .where(eps > 0, eps < 1, y >= 1, t >= 0, 4 * t >= (y + 1) * log(1 / eps))
            .says(exp(-4 * t / (y + 1)) <= eps),
            [
                axiom("quotient", 1, eps),
                axiom("quotient", 1, y + 1),
                have(1 / (y + 1) > 0),
                have(4 * t * (1 / (y + 1)) >= (y + 1) * log(1 / eps) * (1 / (y + 1))),
                have(4 * t * (1 / (y + 1)) >= log(1 / eps)),
                use("Exponentials: monotone", a=-4 * t / (y + 1), b=-log(1 / eps)),
                have(1 / eps > 0),
                use("Exponentials: exp of log", a=1 / eps),
                axiom("exp_sum", log(1 / eps), -log(1 / eps)),
                enclosed(equal(exp(Expression(0)), 1)),
                have(equal(1 / eps * exp(-log(1 / eps)), 1)),
                have(equal(eps * (1 / eps) * exp(-log(1 / eps)), eps)),
            ],
            words="(κ+1)/4 · log(1/ε) steps divide the loss by 1/ε, y = κ, with the rate of the "
            "amended Theorem 15 (η = n/(λ_min + λ_max)); ε-sub-optimal relative to L(W(0))",
            defined=[[axiom("quotient", 1, eps), have(1 / eps > 0)]],
        ),
        statement(
            "limit",
            given(sigma, C)
            .where(bounded)
            .says(joint_expectation(0, x, y, sigma(x) ** 2 * sigma(y) ** 2) <= C**4),
            words="that training at large finite width follows the fixed kernel is outside the "
            "statement language; recorded: boundedness, a hypothesis of the cited theorem",
            source="Lee et al. 2019, Theorem G.4; its loss carries the factor 1/2 and no 1/n",
        ),
    ),
    uses=("Theorem 15",),
)

REMARK_17 = Claim(
    "Remark 17",
    "factors exponential in L are polynomial in 1/δ",
    (
        statement(
            "statement",
            given(n, delta, mu, x, C, L)
            .where(
                n >= 1,
                delta > 0,
                delta < 1,
                mu > 0,
                x >= 1,
                C > 0,
                L >= 0,
                mu * L <= C * log(n / delta),
            )
            .says(log(x**L) <= C * log(x) / mu * log(n / delta)),
            [
                axiom("log_power", x, L),
                axiom("log_one"),
                axiom("log_monotone", 1, x),
                axiom("quotient", 1, mu),
                have(1 / mu > 0),
                have(mu * L * (1 / mu) <= C * log(n / delta) * (1 / mu)),
                have(log(x) * L <= log(x) * (C * log(n / delta) * (1 / mu))),
            ],
            words="x^L ≤ (n/δ)^{C log(x)/μ} for L ≤ C log(n/δ)/μ: polynomial in n too, of a degree "
            "that grows like 1/μ",
            defined=[
                [axiom("quotient", 1, delta), have(1 / delta > 0)],
                [use("Powers: positive", x=x, k=L)],
            ],
        ),
        statement(
            "rate",
            given(eps, t)
            .where(eps > 0, eps < 1, t >= 0, t >= log(1 / eps))
            .says(exp(-4 * t / (Expression(3) + 1)) <= eps),
            [
                axiom("quotient", 1, eps),
                axiom("log_one"),
                use("Corollary 16: statement", y=3),
            ],
            words="log(1/ε) steps whatever n and δ, with κ ≤ 3 at that depth",
            defined=[[axiom("quotient", 1, eps), have(1 / eps > 0)]],
        ),
        statement(
            "comparison",
            given(n, delta, r, k)
            .where(n >= 1, delta > 0, delta < 1, r >= 1, k >= 1)
            .says(r * (n / delta) ** k >= 1),
            words="'improving the optimization rate exponentially (in 1/δ)', 'matching the best "
            "known overparameterization': the counts and widths of the works compared, polynomials "
            "in n/δ, are theirs; for ReLU similar results are 'believed'",
            source="Arora et al. 2019, Allen-Zhu et al. 2018, Zou and Gu 2019, Du et al. 2019",
        ),
    ),
    uses=("Theorem 15", "Corollary 16"),
)
