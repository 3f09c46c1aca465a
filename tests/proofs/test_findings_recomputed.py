"""Each finding of Sections 4 to 7 and Appendices C to F once more, from the paper's formulas.

Nothing of the statements, the engines or the checker is used: exact fractions, mpmath at 60
digits, and for the finite-width networks of Theorem 18 a seeded simulation.
"""

import math
from collections.abc import Iterator
from fractions import Fraction
from itertools import product

import mpmath as mp
import numpy as np
import pytest

F = Fraction


@pytest.fixture(autouse=True)
def digits() -> Iterator[None]:
    """Sixty digits."""
    with mp.workdps(60):
        yield


# Appendix E ---------------------------------------------------------------------------------------


def descend(a: list[F], y: list[F], w: F, eta: F, steps: int) -> tuple[list[F], F]:
    """The losses of gradient descent in dimension 1, and the last point."""
    n = len(a)
    losses = []
    for _ in range(steps + 1):
        losses.append(sum(((p * w - q) ** 2 for p, q in zip(a, y, strict=True)), F(0)) / n)
        w -= eta * sum((2 * (p * w - q) * p for p, q in zip(a, y, strict=True)), F(0)) / n
    return losses, w


def test_a_regular_gram_matrix_does_not_make_the_loss_vanish() -> None:
    """Two equal samples with targets 0 and 1: A^T A = 2, and no w has loss below 1/4."""
    losses, _ = descend([F(1), F(1)], [F(0), F(1)], F(1, 2), F(1, 2), 3)
    assert losses == [F(1, 4)] * 4


def test_gradient_descent_needs_a_step_size() -> None:
    """With eta = 1 on one sample the residual changes its sign for ever; e^{-1/4} < 1."""
    losses, _ = descend([F(1)], [F(0)], F(1), F(1), 5)
    assert losses == [F(1)] * 6


def test_the_rate_eight_times_the_printed_one() -> None:
    """eta = n/(2 lambda_max) on a diagonal problem: below e^{-2t/kappa} L(w_0)."""
    for low, t in product((F(1, 2), F(1, 10)), (1, 5, 20)):
        loss = ((1 - low) ** (2 * t) * low + 0) / (low + 1)
        assert mp.mpf(loss.numerator) / loss.denominator <= mp.exp(-2 * t * mp.mpf(low.numerator)
                                                                   / low.denominator)  # fmt: skip


def test_the_factor_four_of_the_squared_gradient() -> None:
    """a = w = 1, y = 0, beta = 1, eta = 1/2: (b) gives 1, (c) gives 3/4, the true value is 0."""
    eta, w = F(1, 2), F(1)
    gradient = 2 * w
    assert (w - eta * gradient) ** 2 == 0
    after_b = w**2 - eta * w * gradient + eta**2 * gradient**2
    after_c = w**2 - eta * w**2 + eta**2 * w**2
    assert after_b == 1
    assert after_c == F(3, 4)


def test_sgd_in_expectation_shrinks_as_the_sharper_bound_says() -> None:
    """All sample paths of three steps on four samples: E|w - w*|^2 <= (1 - lambda/(n beta))^t."""
    a = [(F(1), F(0)), (F(3, 5), F(4, 5)), (F(0), F(1)), (F(1, 2), F(-1, 2))]
    n, beta, eta = len(a), F(1), F(1, 2)
    gram = [[sum((r[i] * r[j] for r in a), F(0)) for j in range(2)] for i in range(2)]
    trace, determinant = gram[0][0] + gram[1][1], gram[0][0] * gram[1][1] - gram[0][1] ** 2
    root = mp.sqrt(mp.mpf((trace**2 / 4 - determinant).numerator)
                   / (trace**2 / 4 - determinant).denominator)  # fmt: skip
    low = mp.mpf((trace / 2).numerator) / (trace / 2).denominator - root
    total = F(0)
    for path in product(a, repeat=3):
        u, v = F(1), F(-2)
        for p, q in path:
            r = p * u + q * v
            u, v = u - eta * 2 * r * p, v - eta * 2 * r * q
        total += (u**2 + v**2) / n**3
    bound = 5 * (1 - low / (n * mp.mpf(int(beta)))) ** 3
    assert mp.mpf(total.numerator) / total.denominator <= bound


def test_log_halvings_are_too_few() -> None:
    """eps = 1/5: two halvings are more than log 5 = 1.609..., and 1/4 > 1/5."""
    assert mp.log(5) < 2
    assert F(1, 2) ** 2 > F(1, 5)


def test_the_printed_count_is_not_absolute() -> None:
    """beta = 3, loss 10: one step is more than 24 log(100/99), and the loss stays above 0.99."""
    assert 24 * mp.log(mp.mpf(100) / 99) < 1
    assert 10 * F(2, 3) ** 2 > F(99, 100)


# Section 4 ----------------------------------------------------------------------------------------


def test_gradient_descent_with_the_printed_step_size_is_slow() -> None:
    """K = I, eta = 1: the loss is (1 - 2/n)^{2T} ; for n = 20, T = 1 above e^{-1/4}."""
    n = 20
    losses, _ = descend_identity(n, F(1), 1)
    assert losses[1] == (1 - F(2, n)) ** 2
    assert mp.mpf(losses[1].numerator) / losses[1].denominator > mp.exp(mp.mpf(-1) / 4)


def descend_identity(n: int, eta: F, steps: int) -> tuple[list[F], list[F]]:
    """Gradient descent with orthonormal features, all residuals 1 at the start."""
    residuals = [F(1)] * n
    losses = []
    for _ in range(steps + 1):
        losses.append(sum((r**2 for r in residuals), F(0)) / n)
        residuals = [r - eta * 2 * r / n for r in residuals]
    return losses, residuals


@pytest.mark.parametrize("eta", [F(1, 10), F(1, 2), F(9, 10), F(2)])
def test_sgd_on_orthonormal_features_needs_n_steps(eta: F) -> None:
    """Averaged over all sample paths the loss keeps (1 - 1/n)^T at least, for any step size."""
    n, steps = 3, 4
    total = F(0)
    for path in product(range(n), repeat=steps):
        residuals = [F(1)] * n
        for i in path:
            residuals[i] *= 1 - 2 * eta
        total += sum((r**2 for r in residuals), F(0)) / n / n**steps
    assert total == (1 - (1 - (1 - 2 * eta) ** 2) / F(n)) ** steps
    assert total >= (1 - F(1, n)) ** steps


def test_six_steps_do_not_halve_the_loss_of_ten_samples() -> None:
    """8 log 2 = 5.545..., and (9/10)^6 > 1/2."""
    assert mp.ceil(8 * mp.log(2)) == 6
    assert F(9, 10) ** 6 > F(1, 2)


def test_relu_accuracy_is_out_of_reach_for_small_separations() -> None:
    """n = 2, delta = 1/10000: log(n/delta) = 9.9..., so that L = 10 and 1/8 > 1/10."""
    assert mp.ceil(mp.log(20000)) == 10


def test_all_layers_oscillate_for_one_sample() -> None:
    """eta = 2/(lambda + lambda), L = (f - y)^2: f - y changes its sign at every step."""
    residual, kernel = F(1), F(7, 3)
    eta = 2 / (kernel + kernel)
    for _ in range(4):
        following = residual - eta * kernel * 2 * residual
        assert following == -residual
        residual = following


# Section 5 ----------------------------------------------------------------------------------------


def test_the_uncentred_relu_is_not_subgaussian_in_the_sense_of_3() -> None:
    """The closed form of E exp(X_+), by quadrature; for alpha = 1, 10 some lambda violates (3)."""

    def closed(t: mp.mpf) -> mp.mpf:
        return mp.mpf(1) / 2 + mp.exp(t**2 / 2) * mp.ncdf(t)

    numeric = mp.quad(lambda x: mp.exp(max(x, 0)) * mp.npdf(x), [-12, 0, 6, 14])
    assert abs(numeric - closed(mp.mpf(1))) < mp.mpf(10) ** -25
    for alpha in (1, 10, 100):
        mean = 1 / mp.sqrt(2 * mp.pi)
        t = mean / (alpha**2 + mean**2)
        assert closed(t) > mp.exp(t**2 * alpha**2 / 2)


def test_centred_relu_and_sign_satisfy_3_at_samples() -> None:
    """The two cited inequalities, at lambda between -30 and 30."""
    for t in (mp.mpf(k) / 4 for k in range(-120, 121)):
        assert mp.cosh(t) <= mp.exp(t**2 / 2)
        relu = mp.mpf(1) / 2 + mp.exp(t**2 / 2) * mp.ncdf(t)
        assert mp.exp(-t / mp.sqrt(2 * mp.pi)) * relu <= mp.exp(t**2 / 2)


def test_a_second_division_by_the_root_of_m_makes_inputs_parallel() -> None:
    """sigma = -2/3 + x/3 + 2x^2/3 at inputs of variance 1/4, uncorrelated: correlation 9/14."""

    def at(s: mp.mpf, x: mp.mpf) -> mp.mpf:
        return -mp.mpf(2) / 3 + s * x / 3 + 2 * (s * x) ** 2 / 3

    half = mp.mpf(1) / 2
    mean = mp.quad(lambda x: at(half, x) * mp.npdf(x), [-15, 0, 15])
    square = mp.quad(lambda x: at(half, x) ** 2 * mp.npdf(x), [-15, 0, 15])
    assert abs(mean**2 - mp.mpf(1) / 4) < mp.mpf(10) ** -40
    assert mean**2 / square > mp.mpf(5) / 9


@pytest.mark.parametrize(("x", "y", "w", "t"), [(F(1), F(1, 2), F(1, 2), F(1))])
def test_splitting_a_deviation_costs_a_factor_two(x: F, y: F, w: F, t: F) -> None:
    """|x/w - y| > t, although neither |(x - y)/w| nor |y(1/w - 1)| exceeds t."""
    assert abs(x / w - y) > t
    assert abs((x - y) / w) <= t
    assert abs(y * (1 / w - 1)) <= t


def test_norms_below_one_enlarge_deviations() -> None:
    """x = w = 1, t = eps = 1/2: |x/w| > t and w <= (1+eps)^2, but |x| < t (1+eps)^2 = 9/8."""
    assert F(1) > F(1, 2)
    assert F(1) <= F(3, 2) ** 2
    assert F(1) <= F(1, 2) * F(3, 2) ** 2
    assert abs(1 / F(1, 2) - 1) > F(1, 2)
    assert abs(F(1, 2) - 1) <= 2 * F(1, 2) / 1


def test_shrinking_by_epsilon_is_not_undone_by_one_plus_epsilon() -> None:
    """x = (1 - eps) y: y = x/(1 - eps) > (1 + eps) x."""
    x, y, eps = F(1, 2), F(1), F(1, 2)
    assert (1 - eps) * y <= x <= (1 + eps) * y
    assert y > (1 + eps) * x


def test_the_even_two_valued_activation() -> None:
    """sign(|x| - q) with q the median of |X| is normalised, and a_2^2 = 0.367... >= 1/3."""
    q = mp.findroot(lambda x: mp.ncdf(x) - mp.mpf(3) / 4, mp.mpf("0.67"))
    assert abs(2 * (1 - mp.ncdf(q)) - mp.mpf(1) / 2) < mp.mpf(10) ** -50
    moment = 2 * mp.quad(lambda x: (x**2 - 1) * mp.npdf(x), [q, 2, 6, 15])
    moment -= 2 * mp.quad(lambda x: (x**2 - 1) * mp.npdf(x), [0, q])
    coefficient = moment**2 / 2
    assert mp.mpf(1) / 3 < coefficient < 1


def test_expected_correlations_have_a_floor() -> None:
    """A seeded simulation of Theorem 18 with sign(|x| - q), width 24: at depth 6 about p/m."""
    generator = np.random.default_rng(20)
    q, width, depth, draws = 0.6744897501960817, 24, 6, 4000
    seen = []
    for _ in range(draws):
        points = np.array([[1.0, 0.0], [0.0, 1.0]])
        for _ in range(depth):
            weights = generator.standard_normal((width, points.shape[1]))
            points = np.sign(np.abs(points @ weights.T) - q) / np.sqrt(width)
        seen.append(points[0] @ points[1])
    mean, error = np.mean(seen), np.std(seen) / np.sqrt(draws)
    assert mean - 4 * error > 0.36 / width * 0.5
    assert abs(mean - 0.3676 / width) < 0.01


def test_queries_at_points_and_the_diagonal_of_6() -> None:
    """1/|S| + 2L e^{-L} > 3L e^{-L}; 2^{d-1} is below e^L: d = L = 1, and d = 3."""
    for d, length in ((1, 1), (3, 20)):
        right = 3 * length * mp.exp(-length)
        assert mp.mpf(2) ** (1 - d) + 2 * length * mp.exp(-length) > right
        assert mp.mpf(2) ** (d - 1) < mp.exp(length)


@pytest.mark.parametrize("m", [2, 16, 100, 400, 1500])
def test_conditioning_on_the_event_moves_the_mean(m: int) -> None:
    """The mean of m products of mean 1/16, held to within 1/4 of that, is another, however wide."""
    mean, width = F(1, 16), F(1, 4)
    held = sum(
        math.comb(m, k) * 17**k * 15 ** (m - k) * (F(2 * k - m, m) - mean)
        for k in range(m + 1)
        if abs(F(2 * k - m, m) - mean) <= width
    )
    assert held != 0
    whole = sum(
        math.comb(m, k) * 17**k * 15 ** (m - k) * (F(2 * k - m, m) - mean) for k in range(m + 1)
    )
    assert whole == 0


@pytest.mark.parametrize("tail", [F(1, 100), F(1, 10)])
def test_conditioning_moves_the_mean_by_twice_the_tail(tail: F) -> None:
    """X = 1 with probability 1 - z, else -1: |E[X | X = 1] - E X| = 2z, which is attained."""
    assert 1 - ((1 - tail) - tail) == 2 * tail


def test_the_explicit_width_of_theorem_18() -> None:
    """Bernstein at t = delta mu/9 with v = 34 a^4, B = 4 a^2: the exponent is at least L."""
    for alpha, mu, delta, depth in product((1, 2, 9), (F(1, 10), F(1)), (F(1, 100), F(1)), (1, 50)):
        t = delta * mu / 9
        width = 6156 * alpha**4 * depth / (mu * delta) ** 2
        assert width * t**2 / (2 * (34 * alpha**4 + 4 * alpha**2 * t)) >= depth


def test_moments_of_subexponential_terms() -> None:
    """E|Y|^k <= (k!/2) 34 a^4 (4a^2)^(k-2) from E sigma^(2k) <= 2 k! (2a^2)^k, a = 1, k to 12."""
    for k in range(2, 13):
        even = 2 * mp.factorial(k) * 2**k
        assert even + 1 <= mp.factorial(k) / 2 * 34 * 4 ** (k - 2)
        assert 2 ** (k - 1) * (even + 1) <= mp.factorial(k) / 2 * 34 * 4 ** (k - 2)


def test_overlaps_of_an_odd_number_of_signs() -> None:
    """A seeded sign network of width 101: every |Phi(x).Phi(y)| is at least 1/101."""
    generator = np.random.default_rng(7)
    points = np.array([[1.0, 0.0], [0.6, 0.8]])
    for _ in range(20):
        weights = generator.standard_normal((101, points.shape[1]))
        points = np.sign(points @ weights.T) / np.sqrt(101)
        assert abs(points[0] @ points[1]) > 0.999 / 101


def test_a_query_that_is_no_correlation() -> None:
    """psi(x, f) = f^2 for f real: psi(1) = psi(-1) = 1, while f = 2 gives 4."""
    assert (1 + 1) / 2 + 2 * (1 - 1) / 2 != 2**2


def test_the_explicit_width_of_theorem_30() -> None:
    """Chernoff's exponent against twice the net's, at the width 8e10 n^5 ... / delta^(3/2)."""
    for n, delta, log_m, log_net in product((2, 10), (1, mp.mpf("0.01")), (20, 60), (30, 200)):
        width = 8e10 * n**5 * mp.log(n) * log_m * log_net / delta**1.5
        mean = delta**1.5 / (500_000 * n**3)
        assert width * mean / (8e4 * n * mp.log(n) * log_m) >= 1.999999 * n * log_net


def test_the_two_widths_disagree() -> None:
    """mu = 1/2, delta = L = 1: L mu^2/delta^2 = 1/4, L/(mu^2 delta^2) = 4."""
    assert F(1, 2) ** 2 == F(1, 4)
    assert 1 / F(1, 2) ** 2 == 4


# Section 6 ----------------------------------------------------------------------------------------


def test_lemma_26_fails_for_one_point() -> None:
    """|Sigma| = 1 for a point mass, 8 log(1)/1 = 0, although 1 <= 6 log 8."""
    assert 8 * mp.log(1) == 0
    assert 6 * mp.log(8) > 1


def test_lemma_26_sharper_constant() -> None:
    """The largest s with s <= (3/2)/N + 2l/(3N) + sqrt(2ls/N), l = log(8/s): below 9/2 log N/N."""
    for size in (2, 3, 5, 10, 11, 12, 30, 100, 10**4, 10**8):

        def excess(s: mp.mpf, size: int = size) -> mp.mpf:
            level = mp.log(8 / s)
            return s - mp.mpf(3) / 2 / size - 2 * level / 3 / size - mp.sqrt(2 * level * s / size)

        if excess(mp.mpf(1)) <= 0:
            assert mp.mpf(9) / 2 * mp.log(size) / size >= 1
            continue
        low, high = mp.mpf(10) ** -30, mp.mpf(1)
        for _ in range(150):
            middle = (low + high) / 2
            low, high = (middle, high) if excess(middle) <= 0 else (low, middle)
        assert high <= mp.mpf(9) / 2 * mp.log(size) / size


def test_the_residual_of_the_best_predictor() -> None:
    """y = -1, v*.Phi = |v*| = 1: (y - v*.Phi)^2 = 4 > 1 + |v*|^2."""
    assert (F(-1) - 1) ** 2 > 1 + F(1) ** 2


def test_the_remark_on_the_norm() -> None:
    """n = 60, |v*| = 1: log(60)/60 > 4/60; log n is unbounded."""
    assert mp.log(60) > 4


# Section 7 and Appendix F -------------------------------------------------------------------------


def test_an_uncentred_activation_with_a_fixed_point() -> None:
    """sigma-hat = 1/3 + 2/3 rho^2: 1/2 is fixed, 0.9 moves towards it and away from 1."""
    rho = F(9, 10)
    for _ in range(30):
        following = F(1, 3) + F(2, 3) * rho**2
        following = F(int(following * 10**12), 10**12)
        assert following < rho
        rho = following
    assert F(1, 3) + F(2, 3) * F(1, 4) == F(1, 2)


def missed(n: int, delta: mp.mpf, rho: mp.mpf, u: mp.mpf) -> mp.mpf:
    """P(|w.x_i| <= sqrt(delta)/(4n)) given w.x_1 = u."""
    deviation, width = mp.sqrt(1 - rho**2), mp.sqrt(delta) / (4 * n)
    return mp.ncdf((width - u * rho) / deviation) - mp.ncdf((-width - u * rho) / deviation)


def test_lemma_31_misses_more_often_than_printed() -> None:
    """n = 2, orthogonal points: 0.0995 > 1/16; everywhere at most 1/(5n)."""
    assert missed(2, mp.mpf(1), mp.mpf(0), mp.mpf(0)) > mp.mpf(1) / 16
    for n, delta, side, part in product(
        (2, 3, 10, 1000), ("1", "0.5", "0.01", "1e-9"), (1, 0.5, 0, -1), (0, 1, -1)
    ):
        d = mp.mpf(delta)
        mean = part * mp.sqrt(d) / (10 * n)
        assert missed(n, d, (1 - d) * mp.mpf(side), mean) <= mp.mpf(1) / (5 * n)


def test_display_9_with_the_sharper_constant() -> None:
    """P(|N(0, 1 - theta^2)| <= r/10) >= 3r/40 for theta in [0, 1/5], r in (0, 1]."""
    for r, theta in product(("1", "0.3", "1e-12"), ("0", "0.1", "0.2")):
        deviation = mp.sqrt(1 - mp.mpf(theta) ** 2)
        p = mp.erf(mp.mpf(r) / 10 / deviation / mp.sqrt(2))
        assert p >= 3 * mp.mpf(r) / 40


def test_the_event_e_of_theorem_30() -> None:
    """P(5/9 <= |Z| <= 1) = 0.2612 >= 0.2."""
    assert 2 * (mp.ncdf(1) - mp.ncdf(mp.mpf(5) / 9)) > mp.mpf("0.26")


def test_the_sign_of_the_other_summands_is_not_fixed() -> None:
    """x_1 = (1, 0), x_2 = (3/5, 4/5), x_3 = (-3/5, 4/5), w_1 = (0, 1/3), alpha = (., -1, 1)."""

    def rest(t: F) -> F:
        w = (t, F(1, 3))
        second = max(F(3, 5) * w[0] + F(4, 5) * w[1], F(0))
        third = max(-F(3, 5) * w[0] + F(4, 5) * w[1], F(0))
        return third - second

    assert rest(F(1, 30)) < 0 < rest(F(-1, 30))
    assert F(4, 5) * F(1, 3) > F(1, 6) / 4
    assert F(3, 5) <= 1 - F(1, 4)


def relu_dual(rho: mp.mpf) -> mp.mpf:
    """E[X_+ Y_+] for correlation rho (Cho and Saul)."""
    return (mp.sqrt(1 - rho**2) + (mp.pi - mp.acos(rho)) * rho) / (2 * mp.pi)


@pytest.mark.parametrize("delta", ["1", "0.5", "0.1", "0.001"])
@pytest.mark.parametrize("n", [2, 3, 6])
def test_theorem_30_with_the_amended_constant(n: int, delta: str) -> None:
    """Least eigenvalue of the limit kernel of ReLU, equal correlations: above the amended bound."""
    d = mp.mpf(delta)
    for rho in (1 - d, -(1 - d) / n):
        entries = mp.matrix(n, n)
        for i, j in product(range(n), repeat=2):
            entries[i, j] = relu_dual(mp.mpf(1) if i == j else rho)
        least = min(mp.eigsy(entries, eigvals_only=True))
        assert least >= d ** mp.mpf("1.5") / (500_000 * n**3)


def test_a_quadratic_activation_does_not_separate_four_points() -> None:
    """Three features (x^2, xy, y^2) for four points of the plane: the form vanishes."""
    points = [(F(1), F(0)), (F(3, 5), F(4, 5)), (F(4, 5), F(3, 5)), (F(0), F(1))]
    v = [7, 25, -25, -7]
    for a, b in ((2, 0), (1, 1), (0, 2)):
        assert sum((c * x**a * y**b for c, (x, y) in zip(v, points, strict=True)), F(0)) == 0
