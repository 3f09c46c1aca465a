"""Lemma 31, Theorems 30 and 32: the least eigenvalue after one layer, for ReLU and in general.

r = sqrt(delta)/n is the scale of all events; probabilities are written with erf:
P(|N(0, v)| <= a) = erf(a / sqrt(2v)).
"""

from fractions import Fraction

from proofs.bounds import assumption_1, gram, layers, unit_diagonal
from proofs.claim import (
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
from proofs.claims.theorem_2 import gram_entries
from proofs.claims.theorem_30_steps import BEGINNING, COUNT
from proofs.language import (
    Expression,
    Matrix,
    Sequence,
    choose,
    conjunction,
    equal,
    exists,
    forall,
    function,
    given,
    identity,
    integer,
    joint_expectation,
    lambda_min,
    real,
    semidefinite,
    series,
)
from proofs.tactics import (
    Tactic,
    axiom,
    cases,
    congruent,
    enclosed,
    generalise,
    gershgorin,
    have,
    instantiate,
    obtain,
    rewrite,
    schur,
    semidefinite_series,
    termwise,
    use,
)

c = Sequence("c")
K = Matrix("K")
delta, theta, rho, u, w, x, y, z, h, a, b, s, A, r = (
    real(name)
    for name in ("delta", "theta", "rho", "u", "w", "x", "y", "z", "h", "a", "b", "s", "A", "r")
)
n, m, i, j, k, N, p, q = (integer(name) for name in ("n", "m", "i", "j", "k", "N", "p", "q"))
PI = function("pi")


def root(t: Expression | int) -> Expression:
    """The square root."""
    return function("sqrt", t)


def erf(t: Expression) -> Expression:
    """The error function."""
    return function("erf", t)


def near_zero(width: Expression, variance: Expression) -> Expression:
    """P(|X| <= width) for X ~ N(0, variance)."""
    return erf(width / root(2 * variance))


def near_zero_around(width: Expression, mean: Expression, variance: Expression) -> Expression:
    """P(|X| <= width) for X ~ N(mean, variance)."""
    scale = root(2 * variance)
    return (erf((width - mean) / scale) + erf((width + mean) / scale)) / 2


def positive_root(t: Expression) -> list[Tactic]:
    """The root of a positive term is positive."""
    return [
        axiom("root", t),
        have(root(t) > 0, cases(root(t) > 0, no=[have(root(t) ** 2 <= 0)])),
    ]


def at_most(t: Expression, bound: Fraction) -> Tactic:
    """A root is at most a bound whose square is at least the radicand."""
    return have(t <= bound, cases(t > bound, yes=[have(t**2 > bound**2)]))


def at_least(t: Expression, bound: Fraction) -> Tactic:
    """A root is at least a bound whose square is at most the radicand."""
    return have(t >= bound, cases(t < bound, yes=[have(t**2 < bound**2)]))


scale = root(delta) / n
theta_31 = root(root(delta)) / (5 * n)
theta_30 = root(delta) / (5 * n)
range_31 = given(n, delta).where(n >= 1, delta > 0, delta <= 1)
roots = [
    *positive_root(delta),
    axiom("quotient", 1, n),
    have(1 / n > 0),
    have(1 / n <= 1),
    at_most(root(delta), Fraction(1)),
    have(scale > 0),
    have(scale <= 1, have(root(delta) * (1 / n) <= 1 / n)),
]
pi_root = [axiom("pi_bounds"), *positive_root(PI), at_most(root(PI), Fraction(16, 9))]
off_center = given(n, delta, rho, u).where(
    n >= 2, delta > 0, delta <= 1, abs(rho) <= 1 - delta, abs(u) <= scale / 10
)
misses = near_zero_around(scale / 4, u * rho, 1 - rho**2)
spread = 2 * (1 - rho**2)
variance_facts = [
    have(
        1 - rho**2 >= delta,
        have(rho * rho <= (1 - delta) * (1 - delta)),
        have(delta * delta <= delta),
    ),
    *positive_root(spread),
]
inverse = (1 / s) * (1 / h)
width_31 = [have(theta**2 <= Fraction(1, 25)), *positive_root(2 * (1 - theta**2))]
theta_small = [
    *roots,
    use("Lemma 31: a"),
    have(theta_31 * theta_31 <= Fraction(1, 25)),
    *positive_root(2 * (1 - theta_31**2)),
]


LEMMA_31 = Claim(
    "Lemma 31",
    "the event G: one pre-activation near 0, all others away from it",
    (
        step(
            "a",
            range_31.says((theta_31 <= Fraction(1, 5)) & (theta_31 >= 0)),
            [
                *roots,
                axiom("root", root(delta)),
                have(
                    root(root(delta)) <= 1,
                    cases(
                        root(root(delta)) > 1,
                        yes=[have(root(root(delta)) * root(root(delta)) > 1)],
                    ),
                ),
                have(root(root(delta)) * (1 / n) <= 1 / n),
                have(root(root(delta)) * (1 / n) >= 0),
            ],
            words="θ = δ^{1/4}/(5n) ≤ 1/5",
            defined=[roots],
        ),
        sharper(
            "anti-concentration",
            "b",
            given(theta, w)
            .where(theta >= 0, theta <= Fraction(1, 5), w > 0, w <= 1)
            .says((near_zero(w / 10, 1 - theta**2) >= 3 * w / 40) & (3 * w / 40 >= w / 25)),
            [
                *pi_root,
                have(theta**2 <= Fraction(1, 25)),
                *positive_root(2 * (1 - theta**2)),
                generalise(root(2 * (1 - theta**2)), "r"),
                at_most(r, Fraction(99, 70)),
                at_least(r, Fraction(5, 4)),
                axiom("quotient", w / 10, r),
                generalise(w / 10 / r, "x"),
                have(x >= 7 * w / 99, cases(x < 7 * w / 99, yes=[have(x * r < 7 * w / 99 * r)])),
                have(
                    x <= Fraction(2, 25),
                    cases(x > Fraction(2, 25), yes=[have(x * r > Fraction(2, 25) * r)]),
                ),
                axiom("erf_bounds", x),
                have(x**2 <= Fraction(1, 100)),
                have(x**3 <= x / 100, have(x * x * x <= x * Fraction(1, 100))),
                have(x - x**3 / 3 >= Fraction(299, 300) * x),
                axiom("quotient", 2 * (x - x**3 / 3), root(PI)),
                generalise(2 * (x - x**3 / 3) / root(PI), "y"),
                generalise(root(PI), "s"),
                have(
                    y >= 3 * w / 40,
                    cases(
                        y < 3 * w / 40,
                        yes=[
                            have(y * s < 3 * w / 40 * s),
                            have(3 * w / 40 * s <= 3 * w / 40 * Fraction(16, 9)),
                        ],
                    ),
                ),
            ],
            words="display (9) for every θ in [0, 1/5], with 3/40 in the place of 1/25",
            defined=[width_31],
        ),
        step(
            "b",
            range_31.says(near_zero(scale / 10, 1 - theta_31**2) >= scale / 25),
            [
                *roots,
                use("Lemma 31: a"),
                use("Lemma 31: anti-concentration", theta=theta_31, w=scale),
            ],
            words="display (9)",
            defined=[roots, theta_small],
        ),
        step(
            "c1",
            given(delta, rho)
            .where(delta > 0, delta <= 1, abs(rho) <= 1 - delta)
            .says((1 - rho**2 >= delta**2 / 4) & (1 - rho**2 >= delta**2 / 2)),
            [have(rho * rho <= (1 - delta) * (1 - delta)), have(delta * delta <= delta)],
            words="the variance of g·x_i is 1 - ρ² ≥ δ²/4, its root at least δ/√2",
        ),
        sharper(
            "c sharper",
            "c1",
            given(delta, rho)
            .where(delta > 0, delta <= 1, abs(rho) <= 1 - delta)
            .says((1 - rho**2 >= delta) & (delta >= delta**2 / 4)),
            [have(rho * rho <= (1 - delta) * (1 - delta)), have(delta * delta <= delta)],
            words="the variance is at least δ, which (d) needs: δ²/4 does not suffice",
        ),
        step(
            "c2",
            off_center.says(abs(u * rho) <= scale / 10),
            [
                *roots,
                have(abs(rho) <= 1),
                generalise(scale / 10, "w"),
            ],
            words="the mean, given w·x_1 = u",
            defined=[roots],
        ),
        step(
            "d",
            off_center.says(1 - misses >= 1 - 1 / (8 * n)),
            words="|w·x_i| > √δ/(4n) with probability at least 1 - 1/(8n), given w·x_1 = u",
            defined=[[*roots, *variance_facts]],
        ),
        lemma(
            "two tails",
            given(a, b, s, w, x)
            .where(
                s > 0,
                w > 0,
                w <= 1,
                a >= 0,
                b >= 0,
                equal(a + b, x * w / 2),
                x > 0,
                s**2 >= 2 * w**2,
            )
            .says((erf(a / s) + erf(b / s)) / 2 <= x / 5),
            [
                *pi_root,
                at_least(root(PI), Fraction(443, 250)),
                have(
                    s >= Fraction(707, 500) * w,
                    cases(
                        s < Fraction(707, 500) * w,
                        yes=[
                            have(s * s < Fraction(707, 500) * w * s),
                            have(s * w <= Fraction(707, 500) * w * w),
                            have(w * w > 0),
                        ],
                    ),
                ),
                axiom("quotient", 1, s),
                axiom("quotient", 1, root(PI)),
                have(1 / s > 0),
                have(1 / root(PI) > 0),
                have(a * (1 / s) >= 0),
                have(b * (1 / s) >= 0),
                axiom("erf_bounds", a / s),
                axiom("erf_bounds", b / s),
                generalise(erf(a / s), "y"),
                generalise(erf(b / s), "z"),
                generalise(root(PI), "h"),
                have(y + z <= 2 * (a + b) * inverse),
                have(s * h >= Fraction(707, 500) * Fraction(443, 250) * w),
                have(inverse > 0),
                have(s * h * inverse >= Fraction(5, 2) * w * inverse),
                have(equal(s * h * inverse, 1)),
                have(w * inverse <= Fraction(2, 5)),
                have(x * (w * inverse) <= x * Fraction(2, 5)),
                have(equal((a + b) * inverse, x * w / 2 * inverse)),
            ],
            words="two tails with arguments a/s, b/s: a + b = √δ/(2n), s² = 2(1 - ρ²)",
        ),
        amended(
            "d amended",
            "d",
            off_center.says(1 - misses >= 1 - 1 / (5 * n)),
            [
                *roots,
                *variance_facts,
                use("Lemma 31: c2"),
                use(
                    "Lemma 31: two tails",
                    a=scale / 4 - u * rho,
                    b=scale / 4 + u * rho,
                    s=root(spread),
                    w=root(delta),
                    x=1 / n,
                ),
            ],
            words="with 1/(5n), from the variance 1 - ρ² ≥ δ",
            defined=[[*roots, *variance_facts]],
        ),
        step(
            "e",
            given(n, z).where(n >= 1, z <= (n - 1) / (8 * n)).says(1 - z >= Fraction(1, 2)),
            [axiom("quotient", 1, n)],
            words="z is the probability that some i ≠ 1 fails, n - 1 times that of (d)",
        ),
        amended(
            "e amended",
            "e",
            given(n, z).where(n >= 1, z <= (n - 1) / (5 * n)).says(1 - z >= Fraction(4, 5)),
            [axiom("quotient", 1, n), have((n - 1) / (5 * n) <= Fraction(1, 5))],
            words="with 1/(5n) in the place of 1/(8n)",
        ),
        statement(
            "statement",
            given(n, delta, x)
            .where(
                n >= 1,
                delta > 0,
                delta <= 1,
                x >= near_zero(scale / 10, 1 - theta_31**2) * Fraction(4, 5),
            )
            .says(x >= scale / 50),
            [*roots, use("Lemma 31: b")],
            words="P(G) = P(|w·x_1| small) P(all others large, given that)",
            defined=[roots, theta_small],
        ),
        sharper(
            "sharper",
            "statement",
            given(n, delta, theta, x)
            .where(
                n >= 1,
                delta > 0,
                delta <= 1,
                theta >= 0,
                theta <= Fraction(1, 5),
                x >= near_zero(scale / 10, 1 - theta**2) * Fraction(4, 5),
            )
            .says((x >= 3 * scale / 50) & (3 * scale / 50 >= scale / 50)),
            [*roots, use("Lemma 31: anti-concentration", w=scale)],
            words="for every θ in [0, 1/5], with 3/50 in the place of 1/50",
            defined=[roots, width_31],
        ),
    ),
    uses=(),
)

p_w = real("pw")
small_theta_30 = [
    *roots,
    have(theta_30 <= Fraction(1, 5)),
    have(theta_30 * theta_30 <= Fraction(1, 25)),
    *positive_root(2 * (1 - theta_30**2)),
]
pre = real("tau")  # theta z_2, the part of w . x_1 that is still random
event_E = (pre >= Fraction(1, 54), pre <= Fraction(1, 30))  # n = 3, delta = 1/4: r = 1/6
lam, mean, width = real("lam"), real("mean"), real("width")
density = exp(Expression("-1/2")) / root(2 * PI)  # of N(0, 1) at 1


def positive_part(t: Expression) -> Expression:
    """max(t, 0)."""
    return function("max", t, 0)


def others(t: Expression) -> Expression:
    """a relu(w.x_2) + b relu(w.x_3) for x_2 = (3/5, 4/5), x_3 = (-3/5, 4/5), w = (t, h)."""
    return a * positive_part(Fraction(4, 5) * h + Fraction(3, 5) * t) + b * positive_part(
        Fraction(4, 5) * h - Fraction(3, 5) * t
    )


relu_kernel = joint_expectation(K[i, j], x, y, positive_part(x) * positive_part(y))
A_n, log_m, log_net = real("A"), real("lm"), real("X")

matching_signs = given(n, delta, a, u, pre).where(
    n >= 2,
    delta > 0,
    delta <= 1,
    a**2 * n >= 1,
    abs(u) <= scale / 10,
    pre >= scale / 9,
    pre <= scale / 5,
)

THEOREM_30 = Claim(
    "Theorem 30",
    "the least eigenvalue after one layer of ReLU",
    (
        statement(
            "printed, infinite width",
            given(K, n, delta)
            .where(*gram(K, n), delta > 0, delta <= 1, assumption_1(K, n, delta))
            .says(lambda_min(n, i, j, relu_kernel) >= root(delta) ** 3 / 500_000 / n**3),
            words="the constant of the amended (j); the passage to width m ≥ c n⁸ log(n/δ)/δ³ "
            "rests on a Chernoff bound and an ε-net",
            source="steps d to j as amended, Lemma 31, independence; Chernoff's bound",
        ),
        *BEGINNING,
        step(
            "d",
            given(theta).says(equal((1 - theta**2) + theta**2, 1)),
            words="w_1 + θz_2x has the variance of w along x",
        ),
        step(
            "e, the two θ",
            range_31.says(equal(theta_30, theta_31)),
            words="Lemma 31 is stated for θ = δ^{1/4}/(5n), used for θ = √δ/(5n)",
            kind=MISPRINT,
        ),
        amended(
            "e",
            "e, the two θ",
            given(n, delta, z)
            .where(
                n >= 1,
                delta > 0,
                delta <= 1,
                z >= near_zero(scale / 10, 1 - theta_30**2) * Fraction(4, 5),
            )
            .says(z >= scale / 50),
            [
                *roots,
                use("Lemma 31: sharper", theta=theta_30, x=z),
            ],
            words="P(G_j) ≥ √δ/(50n) with the θ that the theorem uses",
            defined=[roots, small_theta_30],
        ),
        step(
            "f",
            given().says(
                erf(1 / root(Expression(2))) - erf(5 / (9 * root(Expression(2)))) >= Fraction(1, 5)
            ),
            [
                enclosed(
                    erf(1 / root(Expression(2))) - erf(5 / (9 * root(Expression(2))))
                    >= Fraction(1, 5)
                )
            ],
            words="P(E) ≥ 0.2: θ|z_2| in [√δ/(9n), √δ/(5n)] means |z_2| in [5/9, 1]",
            defined=[
                [enclosed(root(Expression(2)) > 0)],
                [enclosed(root(Expression(2)) > 0), have(9 * root(Expression(2)) > 0)],
            ],
        ),
        step(
            "f, second part",
            given(pre, rho).where(abs(rho) <= 1).says(abs(pre * rho) <= abs(pre)),
            words="|w_{j,2}·x_i| ≤ θ|z_2|, with τ = θz_2 and ρ = x_1·x_i; equal where ρ = 1",
        ),
        step(
            "f, probability",
            range_31.says(equal(scale / 50 * Fraction(1, 5) * Fraction(1, 2), scale / 500)),
            words="P(G_j) P(E) 1/2: the sign of z_2 is independent of |z_2| and w_{j,1}",
        ),
        step(
            "g",
            given(h, a, b, pre)
            .where(abs(Fraction(4, 5) * h) > Fraction(1, 24), *event_E)
            .says(others(pre) * others(-pre) >= 0),
            words="'fixing w_1 fixes the sign of Σ_{i≠1} α_i σ(w·x_i)': x_1 = (1, 0), n = 3, "
            "δ = 1/4, w_1 = (0, h), θz_2 = ±τ",
        ),
        step(
            "h",
            matching_signs.says((a * (u + pre)) ** 2 >= delta / 81 / n**2),
            words="with matching signs |T_j| ≥ |α_1| σ(w·x_1), w·x_1 = u + τ, |α_1| ≥ 1/√n",
        ),
        lemma(
            "slopes",
            given(x, y, s).says(x**2 / 2 + 3 * x * s / 4 + 7 * s**2 / 24 >= s**2 / 96),
            [axiom("square", x + 3 * s / 4)],
            words="∫ (x + sz)² dz over 1/2 ≤ z ≤ 1 is at least s²/96, whatever x: T_j is affine "
            "in z_2 there",
        ),
        lemma(
            "kink",
            given(a, s, theta).says(
                (theta * (a + s)) ** 2 + (theta * s) ** 2 >= theta**2 * a**2 / 2
            ),
            [axiom("square", theta * (a + 2 * s))],
            words="the two slopes of T_j differ by θα_1, where w·x_1 changes sign",
        ),
        lemma(
            "disjoint",
            given(r, u, pre, p_w, s)
            .where(r > 0, abs(u) <= r / 10, abs(pre) <= r / 5, abs(p_w) > r / 2, abs(s) <= 1)
            .says((abs(u + pre) <= 3 * r / 10) & (abs(p_w + pre * s) > 3 * r / 10)),
            [
                have(
                    (pre * s <= r / 5) & (pre * s >= -r / 5),
                    cases(
                        s >= 0,
                        yes=[have((r / 5 - pre) * s >= 0), have((r / 5 + pre) * s >= 0)],
                        no=[have((r / 5 - pre) * -s >= 0), have((r / 5 + pre) * -s >= 0)],
                    ),
                )
            ],
            words="with r/2 in the place of r/4 the events of different i exclude each other",
        ),
        lemma(
            "density",
            given().says(density >= Fraction(6, 25)),
            [enclosed(density >= Fraction(6, 25))],
            defined=[[enclosed(root(2 * PI) > 0)], [enclosed(2 * PI > 0)]],
        ),
        amended(
            "h amended",
            "h",
            matching_signs.says((a * (u + pre)) ** 2 >= delta / 8100 / n**3),
            [
                *roots,
                have(u + pre >= scale / 90),
                have((u + pre) * (u + pre) >= scale * scale / 8100),
                have(a * a * n * (1 / n) >= 1 / n),
                have(a * a >= 1 / n),
                have(scale * scale / 8100 >= 0),
                use(
                    "Exponentials: product of lower bounds",
                    x=a * a,
                    y=(u + pre) * (u + pre),
                    a=1 / n,
                    b=scale * scale / 8100,
                ),
                have(equal(scale * scale, delta * (1 / n) * (1 / n))),
                use("Exponentials: inverse cube", x=n),
                have(
                    equal(1 / n * (scale * scale / 8100), delta * (1 / n**3) / 8100),
                    have(equal(1 / n * (scale * scale), 1 / n * (delta * (1 / n) * (1 / n)))),
                ),
            ],
            words="with matching signs, the factor |α_1|² ≥ 1/n kept and √δ/(9n) - √δ/(10n)",
            defined=[roots],
        ),
        amended(
            "g amended",
            "g",
            given(x, y, z, s, a, theta)
            .where(
                z
                >= density
                * (
                    x**2 / 2
                    + 3 * x * (theta * (a + s)) / 4
                    + 7 * (theta * (a + s)) ** 2 / 24
                    + y**2 / 2
                    + 3 * y * (theta * s) / 4
                    + 7 * (theta * s) ** 2 / 24
                ),
            )
            .says(z >= theta**2 * a**2 / 800),
            [
                use("Theorem 30: density"),
                use("Theorem 30: slopes", x=x, s=theta * (a + s)),
                use("Theorem 30: slopes", x=y, s=theta * s),
                use("Theorem 30: kink"),
                axiom("square", theta * a),
                generalise(density, "w"),
                have(
                    x**2 / 2
                    + 3 * x * (theta * (a + s)) / 4
                    + 7 * (theta * (a + s)) ** 2 / 24
                    + y**2 / 2
                    + 3 * y * (theta * s) / 4
                    + 7 * (theta * s) ** 2 / 24
                    >= theta**2 * a**2 / 192
                ),
                have(theta**2 * a**2 >= 0),
                have(
                    w
                    * (
                        x**2 / 2
                        + 3 * x * (theta * (a + s)) / 4
                        + 7 * (theta * (a + s)) ** 2 / 24
                        + y**2 / 2
                        + 3 * y * (theta * s) / 4
                        + 7 * (theta * s) ** 2 / 24
                    )
                    >= Fraction(6, 25) * (theta**2 * a**2 / 192)
                ),
            ],
            words="no sign is needed: E[T_j² given w_1] ≥ θ²α_1²/800, the density being at least "
            "that at 1 where 1/2 ≤ |z_2| ≤ 1",
            defined=[[enclosed(root(2 * PI) > 0)], [enclosed(2 * PI > 0)]],
        ),
        step(
            "j",
            given(n, delta)
            .where(n >= 1, delta > 0, delta <= 1)
            .says(scale / 500 * (delta / 81 / n**2) / 2 >= root(delta) ** 3 / 81_000 / n**3),
            [
                *roots,
                use("Exponentials: inverse square", x=n),
                use("Exponentials: inverse cube", x=n),
                have(root(delta) * delta * ((1 / n) * (1 / n) * (1 / n)) >= 0),
            ],
            words="the arithmetic of the display from (h), half of it being left under B",
            defined=[roots],
        ),
        lemma(
            "j amended",
            given(c, n, delta)
            .where(n >= 1, delta > 0, delta <= 1, equal(series(k, 0, c[k]), 1))
            .says(
                series(k, 0, c[k]) * (9 * scale / 200) * (theta_30**2 / 800)
                >= root(delta) ** 3 / 500_000 / n**3
            ),
            [
                *roots,
                rewrite(series(k, 0, c[k]), 1),
                use("Exponentials: inverse cube", x=n),
                have(
                    equal(
                        root(delta) ** 3 * (1 / n**3),
                        root(delta) ** 3 * ((1 / n) * (1 / n) * (1 / n)),
                    )
                ),
                have(root(delta) * root(delta) * root(delta) * ((1 / n) * (1 / n) * (1 / n)) >= 0),
            ],
            words="c_i = α_i²: the n events, each of probability at least (3/40)(3/5)√δ/n, exclude "
            "each other, so that E|Φ(X)α|² keeps n³ although (h) alone gives n⁴",
            defined=[roots],
        ),
        step(
            "i",
            given(n, m)
            .where(n >= 1, m >= 2)
            .says(log(2 * n * m) - 5000 * log(n) * log(m) <= -log(n)),
            words="P(not B) ≤ 2nm e^{-5000 log n log m} ≤ 1/n, with |T_j| ≤ √n max_i |w_j·x_i|",
            kind=MISSING_HYPOTHESIS,
        ),
        amended(
            "i amended",
            "i",
            given(n, m)
            .where(n >= 2, m >= 2)
            .says(log(2 * n * m) - 5000 * log(n) * log(m) <= -log(n)),
            [
                enclosed(log(2) >= Fraction(1, 2)),
                enclosed(log(2) <= 1),
                axiom("log_monotone", 2, n),
                axiom("log_monotone", 2, m),
                axiom("log_product", 2 * n, m),
                axiom("log_product", 2, n),
                have(log(n) * log(m) >= log(n) / 2),
                have(log(n) * log(m) >= log(m) / 2),
            ],
            words="n ≥ 2: for n = 1 the event B says that all T_j vanish",
        ),
        step(
            "l",
            given(n, A_n)
            .where(n >= 2, A_n > 0)
            .says(A_n * n * log(n) / (log(n) * log(n**8)) >= n * log(n**8) / 2),
            words="δ = 1, m ≥ n⁸: the exponent Aδ³m/(n⁷ log n log m) for m = cn⁸ log(n/δ)/δ³ "
            "against n log(3/ε) ≥ n log(m)/2; A absorbs c and the constant of Ω",
            defined=[[axiom("log_one"), axiom("log_increasing", 1, n), axiom("log_power", n, 8)]],
        ),
        lemma(
            "l, no constant",
            given(n, A_n, log_m, log_net)
            .where(n >= 2, A_n > 0, log(n) > A_n, log_m >= 8 * log(n), log_net >= log_m / 2)
            .says(A_n * n * log(n) / (log(n) * log_m) < n * log_net),
            [
                enclosed(log(2) >= Fraction(1, 2)),
                axiom("log_monotone", 2, n),
                generalise(log(n), "l"),
                axiom("quotient", 1, real("l") * log_m),
                axiom("quotient", 1, log_m),
                have(equal(A_n * n * real("l") / (real("l") * log_m), A_n * n * (1 / log_m))),
                have(log_m * log_net >= log_m * (log_m / 2)),
                have(log_m * (log_m / 2) >= log_m),
                have(log_m * log_net > A_n),
                have(1 / log_m > 0),
                have(log_m * log_net * (1 / log_m) > A_n * (1 / log_m)),
                have(log_net > A_n * (1 / log_m)),
            ],
            words="whatever A: for log n > A the union bound over the net exceeds 1",
            defined=[
                [
                    enclosed(log(2) >= Fraction(1, 2)),
                    axiom("log_monotone", 2, n),
                    have(log(n) * log_m > 0),
                ]
            ],
        ),
        amended(
            "l amended",
            "l",
            given(n, delta, A_n, z, log_m, log_net)
            .where(
                n >= 2,
                delta > 0,
                A_n > 0,
                log_m > 0,
                log_net > 0,
                A_n * delta**3 * z >= 2 * n**8 * log(n) * log_m * log_net,
            )
            .says(A_n * delta**3 * z / (n**7 * log(n) * log_m) >= 2 * n * log_net),
            [
                enclosed(log(2) >= Fraction(1, 2)),
                axiom("log_monotone", 2, n),
                use("Powers: positive", x=n, k=7),
                have(n**7 * log(n) > 0),
                have(n**7 * log(n) * log_m > 0),
                axiom("quotient", A_n * delta**3 * z, n**7 * log(n) * log_m),
                generalise(A_n * delta**3 * z / (n**7 * log(n) * log_m), "y"),
                have((n**7 * log(n) * log_m) * (y - 2 * n * log_net) >= 0),
                cases(
                    y < 2 * n * log_net,
                    yes=[have((n**7 * log(n) * log_m) * (2 * n * log_net - y) > 0)],
                ),
            ],
            words="width z = m of order n⁸ log n · log m · log(3/ε)/δ³ is what this argument takes",
            defined=[
                [
                    enclosed(log(2) >= Fraction(1, 2)),
                    axiom("log_monotone", 2, n),
                    use("Powers: positive", x=n, k=7),
                    have(n**7 * log(n) > 0),
                    have(n**7 * log(n) * log_m > 0),
                ]
            ],
        ),
        *COUNT,
    ),
    uses=("Lemma 31",),
)

# Theorem 32: K^(k) - s I, s = 1 - (n-1)(1-delta)^m, is positive semidefinite for every k >= m
gap = 1 - (n - 1) * (1 - delta) ** m
kernel = c.dual(K[i, j])


def cut(p: Expression, q: Expression, k: Expression) -> Expression:
    """gap times the identity for k >= m, else zero."""
    return choose(k >= m, identity(p, q, gap), 0)


tail = series(k, m, c[k])
separated = given(c, K, n, delta, m).where(
    *gram(K, n), delta > 0, delta <= 1, assumption_1(K, n, delta), m >= 0, gap >= 0
)
at_power = given(K, n, delta, m, k).where(
    *gram(K, n), delta > 0, delta <= 1, assumption_1(K, n, delta), m >= 0, gap >= 0, k >= 0
)
unit = [
    use("Powers: nonnegative", x=1 - delta, k=m),
    use("Powers: at most one", x=1 - delta, k=m),
    have((n - 1) * (1 - delta) ** m >= 0),
]


def entry_powers(p: Expression, q: Expression, k: str) -> list[Tactic]:
    """|K_pq^k| <= 1, and 0 <= gap <= 1."""
    return [
        axiom("semidefinite_pair", semidefinite(n, i, j, K[i, j]), p, q, 1),
        axiom("semidefinite_pair", semidefinite(n, i, j, K[i, j]), p, q, -1),
        instantiate(unit_diagonal(K, n), i=p),
        instantiate(unit_diagonal(K, n), i=q),
        use("Powers: absolute value", x=K[p, q], y=1, k=integer(k)),
        *unit,
    ]


def small_cut(p: Expression, q: Expression, k: str) -> list[Tactic]:
    """|K_pq^k - cut| <= 1."""
    return [
        *entry_powers(p, q, k),
        cases(
            equal(p, q),
            yes=[rewrite(q, p), instantiate(unit_diagonal(K, n), i=p), rewrite(K[p, p], 1)],
        ),
    ]


infinitely_many = forall(
    N, holds=(N >= 0).implies(exists(k, holds=conjunction(k >= N, c[2 * k] > 0)))
)
infinitely_many_odd = forall(
    N, holds=(N >= 0).implies(exists(k, holds=conjunction(k >= N, c[2 * k + 1] > 0)))
)

endless = given(c, K, n, delta).where(
    *gram(K, n),
    delta > 0,
    delta <= 1,
    assumption_1(K, n, delta),
    infinitely_many,
    infinitely_many_odd,
)
smallest = lambda_min(n, i, j, kernel)
twice = function("min", 2 * delta, 1)
needed = layers(n, twice)
bound_2k = (1 - (n - 1) * (1 - delta) ** (2 * k)) * series(i, 2 * k, c[i])

THEOREM_32 = Claim(
    "Theorem 32",
    "the kernel matrix after one layer is non-singular",
    (
        lemma(
            "power",
            at_power.says(semidefinite(n, i, j, K[i, j] ** k - cut(i, j, k))),
            [
                cases(
                    k >= m,
                    yes=[
                        gershgorin(
                            p,
                            q,
                            (1 - delta) ** m,
                            diagonal=[instantiate(unit_diagonal(K, n), i=p), rewrite(K[p, p], 1)],
                            others=[
                                instantiate(assumption_1(K, n, delta), i=p, j=q),
                                use("Powers: absolute value", x=K[p, q], y=1 - delta, k=k),
                                use("Powers: decreasing in the exponent", x=1 - delta, j=m, k=k),
                            ],
                        )
                    ],
                    no=[congruent(p, q, K[p, q] ** k), schur(p, q, K[p, q], k)],
                )
            ],
            words="for k ≥ m by Gershgorin, else by Schur",
        ),
        sharper(
            "sharper",
            "statement",
            separated.says(semidefinite(n, i, j, kernel - identity(i, j, gap * tail))),
            [
                congruent(
                    p,
                    q,
                    series(k, 0, c[k] * (K[p, q] ** k - cut(p, q, k))),
                    *entry_powers(p, q, "m"),
                    cases(
                        equal(p, q),
                        yes=[
                            rewrite(q, p),
                            instantiate(unit_diagonal(K, n), i=p),
                            rewrite(K[p, p], 1),
                            termwise("c", "l", converge=[unit]),
                        ],
                        no=[
                            termwise(
                                "c",
                                "l",
                                converge=[
                                    [
                                        use(
                                            "Powers: absolute value", x=K[p, q], y=1, k=integer("l")
                                        ),
                                        *unit,
                                    ]
                                ],
                            )
                        ],
                    ),
                ),
                semidefinite_series(p, q, k, *small_cut(p, q, "k")),
                use("Theorem 32: power"),
            ],
            words="a quantitative bound: λ_min(K̄) ≥ (1 - (n-1)(1-δ)^m) Σ_{k≥m} a_k² for every m",
            defined=[gram_entries, entry_powers(i, j, "k")],
        ),
        lemma(
            "far enough",
            given(n, delta, m)
            .where(n >= 1, delta > 0, delta <= 1, m >= needed)
            .says((n - 1) * (1 - delta) ** m < 1),
            [
                use("L0: no negative number of layers", mu=twice),
                use("L0: enough layers", mu=twice, k=m),
                use("Powers: increasing in the base", x=1 - delta, y=1 - twice / 2, k=m),
                use("Powers: nonnegative", x=1 - delta, k=m),
                generalise(twice, "mu"),
                generalise((1 - delta) ** m, "x"),
                have(n * x <= 1),
                cases(x > 0, no=[have(equal(x, 0)), have(equal((n - 1) * x, 0))]),
            ],
            defined=[[use("L0: no negative number of layers", mu=twice)]],
        ),
        statement(
            "statement",
            endless.says(smallest > 0),
            [
                use("L0: no negative number of layers", mu=twice),
                instantiate(infinitely_many, N=needed),
                obtain(exists(k, holds=conjunction(k >= needed, c[2 * k] > 0)), "k"),
                use("Theorem 32: far enough", m=2 * k),
                use("Theorem 32: sharper", m=2 * k),
                have(series(i, 2 * k, c[i]) >= c[2 * k], termwise("c", "l")),
                axiom("least_eigenvalue", smallest, bound_2k),
                instantiate(
                    semidefinite(n, i, j, kernel - identity(i, j, bound_2k)).implies(
                        bound_2k <= smallest
                    )
                ),
                have(bound_2k > 0),
            ],
            words="infinitely many even coefficients are enough, since Assumption 1 excludes -1",
            defined=[gram_entries],
        ),
        lemma(
            "any coefficient",
            separated.where(c[m] > 0, gap > 0).says(smallest > 0),
            [
                use("Theorem 32: sharper"),
                have(tail >= c[m], termwise("c", "l")),
                axiom("least_eigenvalue", smallest, gap * tail),
                instantiate(
                    semidefinite(n, i, j, kernel - identity(i, j, gap * tail)).implies(
                        gap * tail <= smallest
                    )
                ),
                have(gap * tail > 0),
            ],
            words="one coefficient a_m ≠ 0 with (n-1)(1-δ)^m < 1 is enough, even or odd",
            defined=[gram_entries],
        ),
    ),
    uses=(),
)

centred_relu = (relu_kernel - 1 / (2 * PI)) / (Fraction(1, 2) - 1 / (2 * PI))

AFTER_ONE_LAYER = Claim(
    "Assumption 2 after one layer",
    "data that satisfy Assumption 1 satisfy Assumption 2 after a layer (Section 2)",
    (
        statement(
            "general activations",
            endless.says(smallest > 0),
            [use("Theorem 32: statement")],
            words="Assumption 2 with some δ > 0, by Theorem 32; no rate",
            defined=[gram_entries],
        ),
        statement(
            "normalised ReLU",
            given(K, n, delta)
            .where(*gram(K, n), delta > 0, delta <= 1, assumption_1(K, n, delta))
            .says(lambda_min(n, i, j, centred_relu) >= root(delta) ** 3 / 500_000 / n**3),
            words="the rate of Theorem 30 for the normalised ReLU of (1), which Assumption 2 with "
            "its unit diagonal is about: centring takes (1/2π)11ᵀ away from the kernel",
            source="Theorem 30, which speaks of max(x, 0), with diagonal 1/2 and not centred",
        ),
    ),
    uses=("Theorem 30", "Theorem 32"),
)
