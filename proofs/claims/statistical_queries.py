"""Section 5: condition (3), Theorems 18 and 19, what random deep networks hide from queries."""

from fractions import Fraction

from proofs.bounds import nonlinearity, normalised
from proofs.claim import (
    MISPRINT,
    MISSING_HYPOTHESIS,
    Claim,
    amended,
    lemma,
    statement,
    step,
)
from proofs.claims.definitions import centred
from proofs.claims.exponentials import exp, log
from proofs.claims.interpolation import root
from proofs.claims.theorem_18_steps import FROM_F_TO_G, FROM_H_TO_I, WIDTH
from proofs.claims.theorem_19_steps import FROM_THEOREM_18, QUERIES
from proofs.language import (
    Activation,
    Expression,
    Matrix,
    Sequence,
    equal,
    expectation,
    forall,
    function,
    given,
    integer,
    joint_expectation,
    real,
    series,
)
from proofs.tactics import (
    Tactic,
    axiom,
    cases,
    enclosed,
    generalise,
    have,
    induction,
    instantiate,
    moments,
    over_ranges,
    rewrite,
    termwise,
    use,
)

c = Sequence("c")
K = Matrix("K")
alpha, b, delta, eps, lam, mean, mu, rho, s, t, u, v, w, x, y, z, p, q, M, E = (
    real(name)
    for name in (
        "alpha", "b", "delta", "eps", "lam", "mean", "mu", "rho", "s", "t", "u", "v", "w", "x",
        "y", "z", "p", "q", "M", "E",
    )
)  # fmt: skip
BERNSTEIN = (
    "Bernstein's inequality for subexponential variables, Vershynin 2018: P(|mean| > t) ≤ "
    "2exp(-mt²/(2(v + Bt))) for m independent centred Y with E|Y|^j ≤ (j!/2) v B^(j-2) for all "
    "j ≥ 2; that this holds here is checked in 'Bernstein hypotheses'"
)
L, d, h, m, k = integer("L"), integer("d"), integer("h"), integer("m"), integer("k")

sigma = Activation("sigma")
subgaussian = forall(lam, holds=expectation(x, exp(lam * sigma(x))) <= exp(lam**2 * alpha**2 / 2))

# E exp(lam max(X, 0)) for X ~ N(0, 1)
relu_mgf = Fraction(1, 2) + exp(lam**2 / 2) * function("Phi", lam)
tangent = mean / (alpha**2 + mean**2)
below_mgf = forall(lam, holds=1 + lam * mean <= exp(lam**2 * alpha**2 / 2))

CONDITION_3 = Claim(
    "Condition (3)",
    "subgaussian activations",
    (
        step(
            "sign",
            given(lam).says((exp(lam) + exp(-lam)) / 2 <= exp(lam**2 / 2)),
            [over_ranges()],
            words="sign, α = 1",
        ),
        step(
            "tanh",
            given(lam, x)
            .where(abs(x) <= 1)
            .says(exp(lam * x) <= (1 + x) / 2 * exp(lam) + (1 - x) / 2 * exp(-lam)),
            [
                axiom("exp_bounds", lam - lam * x),
                axiom("exp_bounds", -lam - lam * x),
                axiom("exp_bounds", lam * x),
                axiom("exp_sum", lam * x, lam - lam * x),
                axiom("exp_sum", lam * x, -lam - lam * x),
                generalise(exp(lam * x), "y"),
                generalise(exp(lam - lam * x), "z"),
                generalise(exp(-lam - lam * x), "w"),
                have((1 + x) / 2 * y * (z - (1 + lam - lam * x)) >= 0, have((1 + x) * y >= 0)),
                have((1 - x) / 2 * y * (w - (1 - lam - lam * x)) >= 0, have((1 - x) * y >= 0)),
            ],
            words="tanh, and all that is centred with values x in [-1, 1]: the mean of the right "
            "side is cosh λ ≤ e^{λ²/2}, by 'sign'; α = 1/s after division by the deviation s",
        ),
        lemma(
            "small λ",
            given(alpha, mean)
            .where(alpha > 0, mean > 0)
            .says(exp(tangent**2 * alpha**2 / 2) < 1 + tangent * mean),
            [
                have(alpha**2 > 0),
                have(mean**2 > 0),
                axiom("quotient", mean, alpha**2 + mean**2),
                generalise(tangent, "y"),
                have(y > 0, cases(y <= 0, yes=[have((alpha**2 + mean**2) * y <= 0)])),
                have(y * mean > 0),
                have(
                    y * mean < 1,
                    have(equal(y * mean * (alpha**2 + mean**2), mean**2)),
                    cases(
                        y * mean >= 1,
                        yes=[have(y * mean * (alpha**2 + mean**2) >= alpha**2 + mean**2)],
                    ),
                ),
                axiom("log_bounds", 1 + y * mean),
                axiom("quotient", 1, 1 + y * mean),
                have(
                    1 / (1 + y * mean) <= 1 - y * mean / 2,
                    cases(
                        1 / (1 + y * mean) > 1 - y * mean / 2,
                        yes=[
                            have(
                                (1 + y * mean) * (1 / (1 + y * mean))
                                > (1 + y * mean) * (1 - y * mean / 2)
                            )
                        ],
                    ),
                ),
                have(equal(y**2 * alpha**2, y * mean - y**2 * mean**2)),
                have(y**2 * mean**2 > 0, have(y * mean * (y * mean) > 0)),
                axiom("exp_bounds", y**2 * alpha**2 / 2),
                axiom("log_exp", y**2 * alpha**2 / 2),
                cases(
                    exp(y**2 * alpha**2 / 2) >= 1 + y * mean,
                    yes=[axiom("log_monotone", 1 + y * mean, exp(y**2 * alpha**2 / 2))],
                ),
            ],
            words="λ = m/(α² + m²) has e^{λ²α²/2} < 1 + λm",
        ),
        lemma(
            "only centred",
            given(alpha, mean).where(alpha > 0, below_mgf).says(equal(mean, 0)),
            [
                have(alpha**2 > 0),
                have(mean**2 >= 0, axiom("square", mean)),
                have(alpha**2 + mean**2 > 0),
                axiom("quotient", mean, alpha**2 + mean**2),
                instantiate(below_mgf, lam=tangent),
                cases(
                    mean > 0,
                    yes=[use("Condition (3): small λ")],
                    no=[cases(mean < 0, yes=[use("Condition (3): small λ", mean=-mean)])],
                ),
            ],
            words="(3) forces E σ(X) = 0, as E e^{λσ} ≥ 1 + λEσ: it speaks of the normalised ReLU, "
            "not of max(x, 0), whose mean is 1/√(2π)",
        ),
        step(
            "normalised ReLU",
            given(lam).says(exp(-lam / root(2 * function("pi"))) * relu_mgf <= exp(lam**2 / 2)),
            words="centred, E e^{λ max(X, 0)} = 1/2 + e^{λ²/2} Φ(λ); scaled to variance 1 it has "
            "α² = 2π/(π - 1), its Lipschitz constant",
            source="Gaussian concentration: E e^(λ(f(X) - E f)) ≤ e^(λ²K²/2) for K-Lipschitz f; "
            "max(x, 0) has K = 1, and variance (π - 1)/(2π)",
        ),
    ),
)


def normal(t: Fraction) -> Expression:
    """The standard normal distribution function."""
    return function("Phi", t)


def degree_two(t: Expression) -> Expression:
    """The normalised activation -2/3 + t/3 + 2t^2/3, of nonlinearity 8/9."""
    return Fraction(-2, 3) + t / 3 + 2 * t**2 / 3


joint = joint_expectation(rho, x, y, degree_two(s * x) * degree_two(s * y))
single = expectation(x, degree_two(s * x) ** 2)
joint_value = Fraction(4, 9) * (1 - s**2) ** 2 + s**2 * rho / 9 + Fraction(8, 9) * s**4 * rho**2
single_value = Fraction(4, 9) * (1 - s**2) ** 2 + s**2 / 9 + Fraction(8, 9) * s**4
fluctuating = Expression(1) / m + (1 - Expression(1) / m) * y**2  # E[rho_h^2 | rho_{h-1}]
recursion = forall(h, holds=(h >= 0).implies(K[h + 2, h + 2] <= (1 - mu / 4) * K[h + 1, h + 1] + w))
even_dual = series(k, 0, c[k] * (x**2) ** k)


def even_powers(k: str) -> list[list[Tactic]]:
    """0 <= (x^2)^k <= 1."""
    return [
        [
            have(x * x <= 1, have(abs(x) * abs(x) <= 1)),
            use("Powers: nonnegative", x=x**2, k=integer(k)),
            use("Powers: at most one", x=x**2, k=integer(k)),
        ]
    ]


quotient_w = [axiom("quotient", x, w), axiom("quotient", 1, w)]

THEOREM_18 = Claim(
    "Theorem 18",
    "expected correlations of wide random networks with normalised layers",
    (
        lemma(
            "moments",
            given(rho, s)
            .where(abs(rho) <= 1)
            .says(equal(joint, joint_value) & equal(single, single_value)),
            moments(joint, single),
            words="E σ(sX)σ(sY) and E σ(sX)² for σ(x) = -2/3 + x/3 + 2x²/3",
        ),
        step(
            "network",
            given(m, s, rho)
            .where(m >= 1, s > 0, equal(s**2 * m, 1), abs(rho) <= Fraction(1, 2))
            .says(abs(joint_value) <= Fraction(5, 9) * abs(rho) * single_value),
            words="the printed network feeds W(1/√m)Π(·) to σ, inputs of variance s² = 1/m; "
            "for σ(x) = -2/3 + x/3 + 2x²/3, μ = 8/9, correlations then tend to 1",
            kind=MISPRINT,
        ),
        amended(
            "network amended",
            "network",
            given(c, mu, rho)
            .where(*normalised(c), *nonlinearity(c, mu), abs(rho) <= Fraction(1, 2))
            .says(abs(c.dual(rho)) <= (1 - mu / 2) * abs(rho)),
            [
                cases(
                    abs(rho) < Fraction(1, 2),
                    yes=[use("Lemma 23: one step", x=rho, delta=1 - abs(rho))],
                    no=[use("Lemma 23: one step", x=rho, delta=Fraction(1, 2))],
                )
            ],
            words="without the factor 1/√m, as in the proof",
        ),
        step(
            "a",
            given(sigma, alpha)
            .where(*centred, subgaussian)
            .says(expectation(x, sigma(x) ** 4) <= 16 * alpha**4),
            words="display (4): tails of a mean of m subexponential terms, here the second moment "
            "of a term; its constant c depends on α",
            source=BERNSTEIN,
        ),
        step(
            "b",
            given(sigma, alpha, rho)
            .where(*centred, subgaussian, abs(rho) <= 1)
            .says(joint_expectation(rho, x, y, sigma(x) ** 2 * sigma(y) ** 2) <= 16 * alpha**4),
            words="display (5): the same for the products, whose mean is σ̂(ρ̂_{h-1})",
            source=BERNSTEIN,
        ),
        step(
            "c",
            given(x, y, w, t)
            .where(w > 0, t > 0, abs(x / w - y) > t)
            .says((abs((x - y) / w) > t) | (abs(y * (1 / w - 1)) > t)),
            words="the inclusion of events behind the display, x = ρ_h, y = σ̂(ρ̂_{h-1}), w = N: "
            "one part must exceed t/2 only",
        ),
        amended(
            "c amended",
            "c",
            given(x, y, w, t)
            .where(w > 0, t > 0, abs(x / w - y) > t)
            .says((abs((x - y) / w) > t / 2) | (abs(y * (1 / w - 1)) > t / 2)),
            [
                *quotient_w,
                have(equal(x / w - y, (x - y) / w + y * (1 / w - 1))),
            ],
            words="with t/2",
        ),
        step(
            "d1",
            given(x, w, t, eps)
            .where(w > 0, t > 0, eps > 0, eps < 1, abs(x / w) > t, w <= (1 + eps) ** 2)
            .says(abs(x) > t * (1 + eps) ** 2),
            words="x = ρ_h - σ̂(ρ̂_{h-1}): an upper bound on N does not help",
        ),
        amended(
            "d1 amended",
            "d1",
            given(x, w, t, eps)
            .where(w > 0, t > 0, eps > 0, eps < 1, abs(x / w) > t, w >= (1 - eps) ** 2)
            .says(abs(x) > t * (1 - eps) ** 2),
            [
                axiom("quotient", x, w),
                have((x / w > t) | (x / w < -t)),
                have(t * w >= t * (1 - eps) ** 2),
                cases(
                    x / w > t,
                    yes=[have(w * (x / w) > w * t)],
                    no=[have(w * (x / w) < w * -t)],
                ),
            ],
            words="N ≥ (1-ε)² does: the events are N < (1-ε)² and |ρ_h - σ̂| > t(1-ε)²",
        ),
        step(
            "d2",
            given(y, w, t)
            .where(w > 0, t > 0, y > 0, y <= 1, y * abs(1 / w - 1) > t)
            .says(abs(w - 1) > 2 * t / y),
            words="|N - 1| > 2t/σ̂: would need N ≥ 2; σ̂ = 0 and σ̂ < 0 are not excluded either",
        ),
        amended(
            "d2 amended",
            "d2",
            given(y, w, t)
            .where(w >= Fraction(1, 2), t > 0, abs(y * (1 / w - 1)) > t)
            .says(abs(y * (w - 1)) > t / 2),
            [
                axiom("quotient", 1, w),
                have(equal(w * (y * (1 / w - 1)), -(y * (w - 1)))),
                have(w * t >= t / 2),
                cases(
                    y * (1 / w - 1) > t,
                    yes=[have(w * (y * (1 / w - 1)) > w * t)],
                    no=[have(w * (y * (1 / w - 1)) < w * -t)],
                ),
            ],
            words="for N ≥ 1/2: |σ̂||N - 1| > t/2, without dividing by σ̂",
        ),
        step(
            "e1",
            given(c, mu, delta, rho)
            .where(
                *normalised(c), *nonlinearity(c, mu), delta > 0, delta <= 1, abs(rho) <= 1 - delta
            )
            .says(c.dual(rho) <= 1 - (1 + mu / 2) * delta),
            words="'noticing that σ̂(ρ̂_{h-1}) ≤ 1 - (1+μ/2)δ'",
            kind=MISSING_HYPOTHESIS,
        ),
        amended(
            "e1 amended",
            "e1",
            given(c, mu, delta, rho)
            .where(
                *normalised(c),
                *nonlinearity(c, mu),
                delta > 0,
                delta <= Fraction(1, 2),
                abs(rho) <= 1 - delta,
            )
            .says(c.dual(rho) <= 1 - (1 + mu / 2) * delta),
            [use("Lemma 23: one step", x=rho), cases(c.dual(rho) >= 0)],
            words="for δ ≤ 1/2, by Lemma 23",
        ),
        step(
            "e, exponents",
            given(t, eps)
            .where(eps > 0, eps < 1, t > 0, t * (1 + eps) ** 2 <= 1)
            .says(
                (function("min", (2 * eps + eps**2) ** 2, 2 * eps + eps**2) >= eps**2)
                & (
                    function("min", (t * (1 + eps) ** 2) ** 2, t * (1 + eps) ** 2)
                    >= (1 + eps) ** 4 * t**2
                )
            ),
            [
                have(eps * eps <= eps),
                have((2 * eps + eps**2) * (2 * eps + eps**2) >= eps * eps),
                have(t * (1 + eps) ** 2 > 0),
                have(
                    t * (1 + eps) ** 2 * (t * (1 + eps) ** 2) <= t * (1 + eps) ** 2,
                    generalise(t * (1 + eps) ** 2, "s"),
                    have(s * (1 - s) >= 0),
                ),
            ],
            words="the first two exponents, over cm: (4) at (1+ε)² - 1 and (5) at t(1+ε)² ≤ 1",
        ),
        step(
            "e2",
            given(t, y)
            .where(t > 0, t < 1, y > 0, y <= 1)
            .says(function("min", (2 * t / y) ** 2, 2 * t / y) >= t / (2 * y)),
            at={"t": "1/1000", "y": 1},
            words="the third exponent, over m: (4) at 2t/σ̂ with y = 1 - (1+μ/2)δ; for small t it "
            "is quadratic in t",
        ),
        amended(
            "e2 amended",
            "e2",
            given(t, y)
            .where(t > 0, t < 1, y > 0, y <= 1)
            .says(function("min", (2 * t / y) ** 2, 2 * t / y) >= t**2),
            [
                axiom("quotient", 2 * t, y),
                axiom("quotient", 1, y),
                have(1 / y >= 1),
                have(t * (1 / y) >= t),
                have(2 * t / y >= t),
                have((2 * t / y) * (2 * t / y) >= t * t),
                have(t >= t * t),
            ],
            words="mt² at least: (f) and (g) keep e^{-Ω(mμ²δ²)}",
        ),
        *FROM_F_TO_G,
        step(
            "g1",
            given(mu, delta, z)
            .where(mu > 0, mu <= 1, delta > 0, z >= delta)
            .says((1 + mu / 2) * z - delta * mu / 4 >= (1 + mu / 4) * z),
            [have(mu * (z - delta) >= 0)],
            words="errors of δμ/4 leave growth by 1 + μ/4 to z = 1 - |ρ̂| ≥ δ",
        ),
        step(
            "g2",
            given(mu, delta, z)
            .where(mu > 0, mu <= 1, delta > 0, delta <= 1, z >= 0, z <= Fraction(1, 2))
            .says((1 - mu / 2) * z + delta * mu / 4 <= Fraction(1, 2)),
            [have(mu * (1 - delta) >= 0), have((1 - mu / 2) * (Fraction(1, 2) - z) >= 0)],
            words="|ρ̂| stays below 1/2",
        ),
        step(
            "g3",
            given(mu, delta, z)
            .where(mu > 0, mu <= 1, delta > 0, delta <= Fraction(1, 2), z >= 0, z <= Fraction(1, 4))
            .says((1 - mu / 2) * z + delta * mu / 4 <= Fraction(1, 4)),
            [
                have(mu * (Fraction(1, 2) - delta) >= 0),
                have((1 - mu / 2) * (Fraction(1, 4) - z) >= 0),
            ],
            words="|ρ̂| stays below 1/4, for δ ≤ 1/2 (with errors of δμ/4 the bound tends to δ/2)",
        ),
        *FROM_H_TO_I,
        step(
            "i, Lemma 23",
            given(c, mu, rho)
            .where(*normalised(c), *nonlinearity(c, mu), abs(rho) <= Fraction(1, 2))
            .says(abs(c.dual(rho)) <= (1 - mu / 2) * abs(rho)),
            [use("Theorem 18: network amended")],
            words="|σ̂(ρ̂_{h-1})| ≤ (1-μ/2)|ρ̂_{h-1}| once |ρ̂_{h-1}| ≤ 1/2",
        ),
        step(
            "i1",
            given(eps, x, y)
            .where(eps > 0, eps < 1, x >= (1 - eps) * y, x <= (1 + eps) * y, y >= 0)
            .says(y <= (1 + eps) * x),
            words="|ρ̂| ≤ (1+ε)|ρ| from |ρ| in [(1-ε)|ρ̂|, (1+ε)|ρ̂|]",
        ),
        amended(
            "i1 amended",
            "i1",
            given(eps, x, y)
            .where(eps > 0, eps < 1, x >= (1 - eps) * y, y >= 0)
            .says(y <= x / (1 - eps)),
            [
                axiom("quotient", x, 1 - eps),
                cases(
                    y <= x / (1 - eps),
                    no=[have((1 - eps) * (y - x / (1 - eps)) > 0)],
                ),
            ],
            words="|ρ̂| ≤ |ρ|/(1-ε)",
        ),
        step(
            "i2",
            given(mu, eps)
            .where(mu > 0, mu <= 1, eps > 0, eps <= mu / 4)
            .says((1 + eps) * (1 - mu / 2) <= 1 - mu / 4),
            [have(eps * (1 - mu / 2) <= eps)],
            words="(1+ε)(1-μ/2) ≤ 1-μ/4 'for a small enough constant ε': for every ε ≤ μ/4",
        ),
        lemma(
            "i2, no constant",
            given(mu, eps)
            .where(mu > 0, mu <= 1, eps > 0, mu < 2 * eps)
            .says((1 + eps) * (1 - mu / 2) > 1 - mu / 4),
            [have(eps * (1 - mu / 2) >= eps / 2)],
            words="so that ε depends on μ: it fails for μ < 2ε",
        ),
        lemma(
            "i2 with the quotient",
            given(mu).where(mu > 0, mu <= 1).says((1 - mu / 2) / (1 - mu / 4) <= 1 - mu / 4),
            [
                axiom("quotient", 1 - mu / 2, 1 - mu / 4),
                have((1 - mu / 4) * (1 - mu / 4) >= 1 - mu / 2),
                cases(
                    (1 - mu / 2) / (1 - mu / 4) <= 1 - mu / 4,
                    no=[
                        have(
                            (1 - mu / 4) * ((1 - mu / 2) / (1 - mu / 4))
                            > (1 - mu / 4) * (1 - mu / 4)
                        )
                    ],
                ),
            ],
            words="ε = μ/4, with 1/(1-ε) for 1+ε",
        ),
        lemma(
            "even",
            given(c, x).where(abs(x) <= 1).says(even_dual >= c[1] * x**2),
            [
                have(x * x <= 1, have(abs(x) * abs(x) <= 1)),
                termwise("c", "i", converge=even_powers("i")),
                *even_powers("i")[0],
                cases(equal(integer("i"), 1), yes=[rewrite(integer("i"), 1)]),
            ],
            words="an even activation has σ̂(x) = Σ a_{2k}² x^{2k} ≥ a_2² x²; c_k = a_{2k}²",
            defined=even_powers("k"),
        ),
        lemma(
            "median",
            given().says(
                (normal(Fraction(67, 100)) < Fraction(3, 4))
                & (normal(Fraction(68, 100)) > Fraction(3, 4))
            ),
            [
                enclosed(normal(Fraction(67, 100)) < Fraction(3, 4)),
                enclosed(normal(Fraction(68, 100)) > Fraction(3, 4)),
            ],
            words="the median q of |X| lies in (0.67, 0.68)",
        ),
        lemma(
            "second coefficient",
            given(q)
            .where(q >= Fraction(67, 100), q <= Fraction(68, 100))
            .says(8 * q**2 * exp(-(q**2)) / (2 * function("pi")) >= Fraction(1, 3)),
            [over_ranges()],
            words="a_2 = (2/√2) E[(X² - 1); |X| > q] = 4qφ(q)/√2 for σ(x) = sign(|x| - q)",
            defined=[[axiom("pi_bounds")]],
        ),
        lemma(
            "second moment",
            given(m, y).where(m >= 1).says(fluctuating >= Expression(1) / m),
            [
                axiom("quotient", 1, m),
                have(1 / m > 0),
                have(1 / m <= 1),
                axiom("square", y),
                have((1 - 1 / m) * (y * y) >= 0),
            ],
            words="σ(x) = sign(|x| - q), q the median of |X|: bounded, even, values ±1, so that Π "
            "changes nothing; E[ρ_h²] = 1/m + (1 - 1/m)y² for m independent products of mean "
            "y = σ̂(ρ_{h-1})",
        ),
        step(
            "j",
            given(m, y, p)
            .where(m >= 1, p >= Fraction(1, 3), p <= 1, abs(y) <= 1)
            .says(p * fluctuating <= Fraction(3, 4) * abs(y)),
            words="the same σ, μ = 1, p = a_2² = 0.367...: E ρ_{h+1} = E σ̂(ρ_h) ≥ p E[ρ_h²] "
            "against (1-μ/4)|E ρ_h|, E ρ_h = y; (i) bounds by E|ρ_h|, which does not tend to 0",
        ),
        amended(
            "j amended",
            "j",
            given(K, mu, w, h)
            .where(mu > 0, mu <= 1, w >= 0, recursion, K[1, 1] <= 1, h >= 0)
            .says(K[h + 1, h + 1] <= (1 - mu / 4) ** h + 4 * w / mu),
            [
                axiom("quotient", w, mu),
                have(w / mu >= 0, cases(w / mu < 0, yes=[have(mu * (w / mu) < 0)])),
                induction(
                    "h",
                    base=[
                        axiom("quotient", w, mu),
                        have(w / mu >= 0, cases(w / mu < 0, yes=[have(mu * (w / mu) < 0)])),
                    ],
                    step=[
                        axiom("quotient", w, mu),
                        axiom("power_successor", 1 - mu / 4, h),
                        instantiate(recursion, h=h),
                        have(
                            (1 - mu / 4) * K[h + 1, h + 1]
                            <= (1 - mu / 4) * ((1 - mu / 4) ** h + 4 * w / mu)
                        ),
                    ],
                ),
            ],
            words="K_hh = E|ρ_h|: E|ρ_{h+1}| ≤ (1-μ/4)E|ρ_h| + w with w = 1/√m, the standard "
            "deviation, gives (1-μ/4)^h + 4/(μ√m)",
        ),
        step(
            "k",
            given(x, y, z, b, w, u)
            .where(
                z >= 0,
                z <= 1,
                abs(x) <= y,
                y <= exp(-b),
                abs(w) <= 1,
                equal(u, (1 - z) * x + z * w),
            )
            .says(abs(u) <= exp(-b) + z),
            words="E ρ = P(G)E[ρ|G] + P(not G)E[ρ|not G], z = P(not G), |E[ρ|G]| ≤ e^{-b}",
        ),
        statement(
            "printed",
            given(L, h, m, b, p)
            .where(h <= L, h >= 1, m >= L, b >= Fraction(1, 100), p >= Fraction(1, 3), p <= 1)
            .says(p / m <= exp(-b * h) + L * exp(-b * L)),
            at={"L": 20, "h": 20, "m": 20000, "b": 1, "p": "1/3"},
            words="what the theorem says of σ(x) = sign(|x| - q), for which E ρ_{h+1} ≥ p/m at "
            "every depth by 'even' and 'second moment'; the constants of Ω are b",
        ),
        lemma(
            "no constants",
            given(L, h, m, b, p)
            .where(
                L >= 1,
                m >= 1,
                p >= Fraction(1, 3),
                8 * m <= exp(b * h),
                8 * m * L <= exp(b * L),
            )
            .says(exp(-b * h) + L * exp(-b * L) < p / m),
            [
                axiom("exp_sum", b * h, -b * h),
                axiom("exp_sum", b * L, -b * L),
                axiom("exp_bounds", -b * h),
                axiom("exp_bounds", -b * L),
                enclosed(equal(exp(Expression(0)), 1)),
                have(8 * m * exp(-b * h) <= 1, have(equal(exp(b * h) * exp(-b * h), 1))),
                have(8 * m * L * exp(-b * L) <= 1, have(equal(exp(b * L) * exp(-b * L), 1))),
                axiom("quotient", 1, m),
                have(1 / m > 0),
                have(m * (exp(-b * h) + L * exp(-b * L)) <= Fraction(1, 4)),
                have(m * (1 / m) * (exp(-b * h) + L * exp(-b * L)) <= Fraction(1, 4) * (1 / m)),
                have(p * (1 / m) >= Fraction(1, 3) * (1 / m)),
            ],
            words="whatever b: false for m polynomial in L and h, L - h of order L",
        ),
        amended(
            "amended",
            "printed",
            given(mu, w, z, x, y, h)
            .where(
                mu > 0,
                mu <= 1,
                w >= 0,
                z >= 0,
                h >= 0,
                x <= (1 - mu / 4) ** h + 4 * w / mu,
                y <= x + z,
            )
            .says(y <= exp(-h * mu / 4) + 4 * w / mu + z),
            [use("Exponentials: power below exp", x=mu / 4, k=h)],
            words="|E ρ_{L0+h}| ≤ e^{-μh/4} + 4/(μ√m) + P(not G), w = 1/√m, z = P(not G)",
        ),
        *WIDTH,
    ),
    uses=("Theorem 2", "Lemma 23", "Condition (3)"),
)

half = Expression("1/2")
power_of_two = half ** (d - 1)
average = power_of_two + 2 * L * exp(-b * L)  # the right-hand side of display (6)

THEOREM_19 = Claim(
    "Theorem 19",
    "statistical queries do not learn random deep networks",
    (
        step(
            "a",
            given(x, y, p, q).says(
                equal((p * x + q * y) ** 2, p**2 * x**2 + q**2 * y**2 + 2 * (p * q * (x * y)))
            ),
            words="the square of a sum over two points, g = (p, q), f = (x, y): the factor 2 goes "
            "with unordered pairs x ≠ y",
        ),
        *FROM_THEOREM_18,
        step(
            "width",
            given(L, mu, delta, M)
            .where(L >= 1, mu > 0, mu <= 1, delta > 0, delta <= 1, L * mu**2 / delta**2 <= M)
            .says(L / (mu**2 * delta**2) <= M),
            words="width Ω(Lμ²/δ²) here, m > c_1 L/(μ²δ²) in Theorem 18, which is used",
            defined=[[have(mu * delta > 0), have(mu * delta * (mu * delta) > 0)]],
            kind=MISPRINT,
        ),
        amended(
            "width amended",
            "width",
            given(d, L, mu, M)
            .where(d >= 1, L >= 1, mu > 0, mu <= 1, M * mu**2 >= 4 * L * d**2)
            .says(M * (mu**2 * (Expression(2) / d) ** 2) >= 16 * L),
            [
                axiom("quotient", 1, d),
                have(1 / d > 0),
                have(equal(d * d * (1 / d) * (1 / d), 1)),
                have(
                    M * mu**2 * ((1 / d) * (1 / d)) >= 4 * L * d**2 * ((1 / d) * (1 / d)),
                    have((1 / d) * (1 / d) > 0),
                ),
                have(equal(4 * L * d**2 * ((1 / d) * (1 / d)), 4 * L)),
            ],
            words="half of the cube, scaled to unit length, has δ = 2/d: width of order L d²/μ²",
        ),
        step(
            "c",
            given(d, L, b)
            .where(d >= 1, L >= 1, b >= Fraction(1, 100))
            .says(average <= 3 * L * exp(-b * L)),
            at={"d": 10, "L": 200, "b": "1/10"},
            words="display (6): the diagonal leaves 1/|S| = 2^{1-d}",
            defined=[[have(d - 1 >= 0)]],
            kind=MISSING_HYPOTHESIS,
        ),
        lemma(
            "c, no constant",
            given(d, L, b, M)
            .where(d >= 1, L >= 1, b > 0, M > 0, M * L * exp(-b * L) < power_of_two)
            .says(average > M * L * exp(-b * L)),
            [axiom("exp_bounds", -b * L)],
            words="whatever the constants, for d fixed and L large",
        ),
        amended(
            "c amended",
            "c",
            given(d, L, b)
            .where(d >= 1, L >= 1, b > 0, (d - 1) * log(2) >= b * L)
            .says(average <= 3 * L * exp(-b * L)),
            [
                axiom("log_power", half, d - 1),
                axiom("log_product", 2, half),
                axiom("log_one"),
                have(equal(log(Expression(2) * half), 0)),
                use("Powers: positive", x=half, k=d - 1),
                axiom("log_exp", -b * L),
                axiom("exp_bounds", -b * L),
                cases(
                    power_of_two <= exp(-b * L),
                    no=[axiom("log_increasing", exp(-b * L), power_of_two)],
                ),
                have(L * exp(-b * L) >= exp(-b * L)),
            ],
            words="for L ≤ (d-1) log 2 / b: the dimension must grow with the depth",
        ),
        *QUERIES,
        step(
            "e",
            given(M, p, E, z)
            .where(M > 0, p >= 0, E >= 0, z <= (p + 1) * (M * E))
            .says(z <= M * (p + 1) * E),
            words="Markov's inequality for each of p + 1 functions, M = max(q², r²)",
        ),
        step(
            "g",
            given(M, p, L, b)
            .where(
                M > 0,
                p >= 0,
                L >= 1,
                b > 0,
                M * (p + 1) * (3 * L * exp(-b * L)) >= Fraction(1, 2),
            )
            .says(M * (p + 1) >= exp(b * L) / (6 * L)),
            [
                axiom("exp_sum", b * L, -b * L),
                axiom("exp_bounds", b * L),
                enclosed(equal(exp(Expression(0)), 1)),
                have(equal(exp(b * L) * exp(-b * L), 1)),
                have(exp(b * L) * (M * (p + 1) * (3 * L * exp(-b * L))) >= exp(b * L) / 2),
                have(
                    equal(exp(b * L) * (M * (p + 1) * (3 * L * exp(-b * L))), M * (p + 1) * 3 * L)
                ),
                axiom("quotient", 1, L),
                have(1 / L > 0),
                have(M * (p + 1) * 3 * L * (1 / L) >= exp(b * L) / 2 * (1 / L)),
            ],
            words="with (6) and (e): exponentially many queries, given E f(x)f(y) ≤ Le^{-bL}",
        ),
        statement(
            "printed",
            given(d, L, b)
            .where(d >= 1, L >= 1, b >= Fraction(1, 100))
            .says(Expression(2) ** (d - 1) >= exp(b * L)),
            at={"d": 10, "L": 200, "b": "1/10"},
            words="with the distribution D of the proof: asking E[f·1_x] for each of its 2^{d-1} "
            "points x learns f, with p = 2^{d-1} queries; b is the constant of Ω",
            kind=MISSING_HYPOTHESIS,
        ),
        lemma(
            "no constant",
            given(d, L, b)
            .where(d >= 1, L >= 1, b > 0, b * L > (d - 1) * log(2))
            .says(Expression(2) ** (d - 1) < exp(b * L)),
            [
                axiom("log_power", 2, d - 1),
                use("Powers: positive", x=2, k=d - 1),
                axiom("log_exp", b * L),
                axiom("exp_bounds", b * L),
                cases(
                    exp(b * L) <= Expression(2) ** (d - 1),
                    yes=[axiom("log_monotone", exp(b * L), Expression(2) ** (d - 1))],
                ),
            ],
            words="whatever b, for d fixed and L large",
        ),
        amended(
            "amended",
            "printed",
            given(d, L, b, M, p, E)
            .where(
                d >= 1,
                L >= 1,
                b > 0,
                (d - 1) * log(2) >= b * L,
                M > 0,
                p >= 0,
                average >= E,
                M * (p + 1) * E >= Fraction(1, 2),
            )
            .says(M * (p + 1) >= exp(b * L) / (6 * L)),
            [
                use("Theorem 19: c amended"),
                have(M * (p + 1) > 0),
                have(M * (p + 1) * E <= M * (p + 1) * (3 * L * exp(-b * L))),
                use("Theorem 19: g"),
            ],
            words="for L ≤ (d-1) log 2 / b and activations with E f(x)f(y) ≤ Le^{-bL} for x ≠ y, "
            "which Theorem 18 does not give for even ones unless m ≥ e^{Ω(L)}",
        ),
    ),
    uses=("Theorem 18", "Statistical queries"),
)
