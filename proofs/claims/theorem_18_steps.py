"""Theorem 18, displays f to i of its proof, and the width with every constant explicit.

Bernstein's inequality for a mean of m terms Y with E|Y|^k <= (k!/2) v B^(k-2) for k >= 2 is
P(|mean| > t) <= 2 exp(-m t^2/(2(v + Bt))).  Condition (3) gives P(|sigma| > s) <= 2e^(-s^2/(2a^2)),
so that E sigma^(2k) <= 2 k! (2a^2)^k; then v = 34 a^4 and B = 4a^2 serve sigma(X)^2 - 1 and
sigma(X)sigma(X') - sigma-hat alike, a = alpha >= 1.
"""

from fractions import Fraction

from proofs.claim import FALSE_STEP, MISPRINT, Part, amended, lemma, step
from proofs.claims.exponentials import exp, log
from proofs.language import (
    Expression,
    choose,
    equal,
    finite_product,
    finite_sum,
    function,
    given,
    integer,
    real,
)
from proofs.tactics import axiom, cases, generalise, have, rewrite, use

alpha, b, delta, eps, mu, q, s, t, u, v, w, x, y, z, C = (
    real(name)
    for name in (
        "alpha", "b", "delta", "eps", "mu", "q", "s", "t", "u", "v", "w", "x", "y", "z", "C",
    )
)  # fmt: skip
half = Expression("1/2")
L, h, i, k, m = integer("L"), integer("h"), integer("i"), integer("k"), integer("m")

step_size = delta * mu / 4
largest = 1 - (1 + mu / 2) * delta  # of sigma-hat at the layer below, for delta <= 1/2
nonlinear = (mu > 0, mu <= 1, delta > 0)

FROM_F_TO_G: tuple[Part, ...] = (
    step(
        "f",
        given(m, mu, delta, eps, b)
        .where(m >= 1, *nonlinear, delta <= Fraction(1, 2), eps > 0, eps < 1, b > 0)
        .says(
            (exp(-b * m * (1 + eps) ** 4 * step_size**2) <= exp(-b * m * mu**2 * delta**2 / 16))
            & (exp(-m * step_size / (2 * largest)) <= exp(-m * delta * mu / 8))
        ),
        [
            have(mu * delta > 0),
            have(mu * delta <= delta),
            have((1 + eps) * (1 + eps) >= 1),
            have((1 + eps) * (1 + eps) * ((1 + eps) * (1 + eps)) >= (1 + eps) * (1 + eps)),
            have(b * m > 0),
            have(b * m * ((mu * delta) * (mu * delta)) >= 0),
            have(
                b * m * ((mu * delta) * (mu * delta)) * ((1 + eps) ** 4 - 1) >= 0,
            ),
            use(
                "Exponentials: monotone",
                a=-b * m * (1 + eps) ** 4 * step_size**2,
                b=-b * m * mu**2 * delta**2 / 16,
            ),
            have(largest > 0),
            have(largest <= 1),
            axiom("quotient", 1, 2 * largest),
            have(
                1 / (2 * largest) >= Fraction(1, 2),
                cases(
                    1 / (2 * largest) < Fraction(1, 2),
                    yes=[have(2 * largest * (1 / (2 * largest)) < 2 * largest * Fraction(1, 2))],
                ),
            ),
            have(m * (mu * delta) >= 0),
            have(m * (mu * delta) * (1 / (2 * largest)) >= m * (mu * delta) * Fraction(1, 2)),
            use(
                "Exponentials: monotone",
                a=-m * step_size / (2 * largest),
                b=-m * delta * mu / 8,
            ),
        ],
        words="(e) at t = δμ/4: e^{-cm(1+ε)⁴t²} ≤ e^{-cmμ²δ²/16}, and e^{-mδμ/8} for the third "
        "term, for δ ≤ 1/2",
        defined=[[have(mu * delta <= delta), have(largest > 0)]],
    ),
    step(
        "g, union bound",
        given(L, m, z, mu, delta, b, C)
        .where(
            L >= 1,
            m >= 1,
            *nonlinear,
            delta <= 1,
            b > 0,
            C > 0,
            m * (mu**2 * delta**2) >= C * L,
            z <= L * (6 * exp(-b * (m * (mu**2 * delta**2)))),
        )
        .says(z <= 6 * L * exp(-b * C * L)),
        [
            have(b * (m * (mu**2 * delta**2)) >= b * (C * L)),
            use("Exponentials: monotone", a=-b * (m * (mu**2 * delta**2)), b=-b * C * L),
            have(
                L * (exp(-b * C * L) - exp(-b * (m * (mu**2 * delta**2)))) >= 0,
            ),
        ],
        words="L layers with three events each, m ≥ CL/(μ²δ²): each exponent of (f) is at least a "
        "multiple of mμ²δ², since μδ ≤ 1",
    ),
    step(
        "g, depth",
        given(mu, delta, h)
        .where(*nonlinear, delta <= Fraction(1, 2), h >= 0, mu * h >= 5 * log(1 / (2 * delta)))
        .says((1 + mu / 4) ** h * delta >= Fraction(1, 2)),
        [
            axiom("quotient", 1, 2 * delta),
            axiom("quotient", 1, 1 + mu / 4),
            axiom("log_bounds", 1 + mu / 4),
            axiom("log_power", 1 + mu / 4, h),
            use("Powers: positive", x=1 + mu / 4, k=h),
            have(1 / (2 * delta) > 0),
            have(
                1 / (1 + mu / 4) <= 1 - mu / 5,
                cases(
                    1 / (1 + mu / 4) > 1 - mu / 5,
                    yes=[
                        have((1 + mu / 4) * (1 / (1 + mu / 4)) > (1 + mu / 4) * (1 - mu / 5)),
                        have((1 + mu / 4) * (1 - mu / 5) >= 1),
                    ],
                ),
            ),
            have(log(1 + mu / 4) >= mu / 5),
            have(h * log(1 + mu / 4) >= h * (mu / 5)),
            have(log((1 + mu / 4) ** h) >= log(1 / (2 * delta))),
            cases(
                (1 + mu / 4) ** h < 1 / (2 * delta),
                yes=[axiom("log_increasing", (1 + mu / 4) ** h, 1 / (2 * delta))],
                no=[have(((1 + mu / 4) ** h - 1 / (2 * delta)) * delta >= 0)],
            ),
        ],
        words="L0(δ) = 5 log(1/(2δ))/μ layers with growth 1 + μ/4 of 1 - |ρ̂| bring |ρ̂| to at "
        "most 1/2, which (i) needs, and where it stays",
        defined=[[axiom("quotient", 1, 2 * delta), have(1 / (2 * delta) > 0)]],
    ),
)

# mean of m products with values 1 and -1 and mean y, restricted to |mean - y| <= t
deviation = 2 * k / m - 1 - y
weight = finite_product(i, 1, k, (m - i + 1) / i * (1 + y)) * (1 - y) ** (m - k)
restricted = finite_sum(k, 0, m, choose(abs(deviation) <= t, deviation * weight, 0))

FROM_H_TO_I: tuple[Part, ...] = (
    step(
        "h, interval",
        given(eps, x, w)
        .where(eps > 0, eps < 1, abs(w - 1) <= eps)
        .says((w * x >= (1 - eps) * x) & (w * x <= (1 + eps) * x)),
        words="ρ_h in [(1-ε)ρ̂_h, (1+ε)ρ̂_h] from ρ_h = Nρ̂_h, x = ρ̂_h, w = N: empty for ρ̂_h < 0",
        kind=MISPRINT,
    ),
    amended(
        "h, interval amended",
        "h, interval",
        given(eps, x, w)
        .where(eps > 0, eps < 1, abs(w - 1) <= eps)
        .says((abs(w * x) >= (1 - eps) * abs(x)) & (abs(w * x) <= (1 + eps) * abs(x))),
        [cases(x >= 0, yes=[have(w * x >= 0)], no=[have(w * x <= 0)])],
        words="|ρ_h| in [(1-ε)|ρ̂_h|, (1+ε)|ρ̂_h|]",
    ),
    step(
        "h",
        given(x, y, z).where(x <= z, y <= z).says(1 - (x + y) >= 1 - 2 * z),
        words="P(G) ≥ 1 - 2Le^{-Ω(L)}: two events that fail with probability at most Le^{-Ω(L)}",
    ),
    step(
        "i, conditional mean",
        given(m, y, t)
        .where(
            m >= 1,
            abs(y) <= Fraction(1, 2),
            t > 0,
            t <= Fraction(1, 4),
            m * (4 * t) ** 2 >= 100,
        )
        .says(equal(restricted, 0)),
        at={"m": 100, "y": "1/16", "t": "1/4"},
        words="E[ρ_h | G, ρ_{h-1}] = σ̂(ρ̂_{h-1}) = y for values ±1, t = δμ/4: G holds ρ_h itself to "
        "|ρ_h - y| ≤ t; the sum is E[ρ_h - y; |ρ_h - y| ≤ t] up to the factor 2^{-m}; here for "
        "L = 1 and m ≥ 100L/(μδ)², for other constants by 'i, whatever m'",
        kind=FALSE_STEP,
    ),
    lemma(
        "i, whatever m",
        given(x, y, z).where(y < 0, z > 0, equal(x, 0)).says(x - y * z > 0),
        [have(-y * z > 0)],
        words="if the restricted sum vanishes while the lowest point of the window, at distance "
        "y < 0 from the mean with mass z > 0, belongs to it, it does not once that point has left: "
        "for every m it fails at some mean",
    ),
    amended(
        "i, conditional mean amended",
        "i, conditional mean",
        given(x, y, z)
        .where(z >= 0, z < 1, abs(x) <= 1 - z, abs(y) <= z)
        .says(abs(x / (1 - z) - (x + y)) <= 2 * z),
        [
            axiom("quotient", x, 1 - z),
            have(
                abs(x / (1 - z)) <= 1,
                cases(x / (1 - z) > 1, yes=[have((1 - z) * (x / (1 - z)) > 1 - z)]),
                cases(x / (1 - z) < -1, yes=[have((1 - z) * (x / (1 - z)) < -(1 - z))]),
            ),
            have(equal(x, x / (1 - z) - z * (x / (1 - z)))),
            have(abs(z * (x / (1 - z))) <= z,
                 have(z * (1 - x / (1 - z)) >= 0), have(z * (1 + x / (1 - z)) >= 0)),
        ],
        words="|E[ρ | G] - E ρ| ≤ 2P(not G) for |ρ| ≤ 1: x = E[ρ; G], y = E[ρ; not G]",
        defined=[[have(1 - z > 0)]],
    ),
)  # fmt: skip

per_event = m * (mu**2 * delta**2) / (6156 * alpha**4)

WIDTH: tuple[Part, ...] = (
    lemma(
        "norms",
        given(u, v, s)
        .where(u > 0, v > 0, s >= 0, s < 1, abs(u**2 - 1) <= s, abs(v**2 - 1) <= s)
        .says(abs(u * v - 1) <= s),
        [
            axiom("square", u - v),
            have(u * v > 0),
            have(u * v <= 1 + s),
            have(
                u * v >= 1 - s,
                cases(
                    u * v < 1 - s,
                    yes=[
                        have(u * v * (u * v) < (1 - s) * (1 - s)),
                        have(u**2 >= 1 - s),
                        have(v**2 >= 1 - s),
                        use("Exponentials: product of lower bounds", x=u**2, y=v**2, a=1 - s,
                            b=1 - s),
                    ],
                ),
            ),
        ],
        words="N = uv is within s of 1 when both squared norms are",
    ),
    lemma(
        "deviation",
        given(x, y, w, s)
        .where(s > 0, s <= Fraction(1, 9), abs(y) <= 1, abs(w - 1) <= s, abs(x - y) <= s)
        .says(abs(x / w - y) <= 9 * s / 4),
        [
            axiom("quotient", x, w),
            have(w >= Fraction(8, 9)),
            have(
                abs(y * (w - 1)) <= s,
                use("Exponentials: bounded product", x=y, y=w - 1, a=s),
            ),
            have(equal(w * (x / w - y), (x - y) - y * (w - 1))),
            have(abs(w * (x / w - y)) <= 2 * s),
            generalise(x / w - y, "q"),
            have((w * q <= 2 * s) & (w * q >= -2 * s)),
            have(9 * s / 4 * w >= 2 * s),
            cases(q > 9 * s / 4, yes=[have(w * (q - 9 * s / 4) > 0)]),
            cases(q < -9 * s / 4, yes=[have(w * (-9 * s / 4 - q) > 0)]),
        ],
        words="three events within s = δμ/9 give |ρ̂_h - σ̂(ρ̂_{h-1})| ≤ δμ/4",
        defined=[[have(w > 0)]],
    ),
    lemma(
        "Bernstein hypotheses",
        given(x, k)
        .where(x >= 1, k >= 0)
        .says(
            (8 * x**2 * (2 * x) ** k + half <= 17 * x**2 * (4 * x) ** k)
            & (
                2 * Expression(2) ** k * (8 * x**2 * (2 * x) ** k + half)
                <= 17 * x**2 * (4 * x) ** k
            )
        ),
        [
            use("Powers: product", x=2, y=2 * x),
            rewrite(2 * (2 * x), 4 * x),
            use("Powers: at least one", x=2),
            use("Powers: at least one", x=2 * x),
            generalise((4 * x) ** k, "w"),
            generalise((2 * x) ** k, "y"),
            generalise(Expression(2) ** k, "z"),
            have(z * y >= y, have((z - 1) * y >= 0)),
            have(z * y >= z, have((y - 1) * z >= 0)),
            have(x * x >= 1),
            have(x * x * (w - y) >= 0),
            have((x * x - 1) * w >= 0),
        ],
        words="the hypothesis of Bernstein's inequality, E|Y|^j ≤ (j!/2) v B^(j-2) with v = 34α⁴, "
        "B = 4α², for Y = σ² - 1 and for the centred products: from E σ^(2j) ≤ 2 j! (2α²)^j, "
        "which (3) gives; divided by j!, with j = k + 2, 1/j! ≤ 1/2 and x = α² ≥ 1",
    ),
    lemma(
        "Bernstein exponent",
        given(alpha, t)
        .where(alpha >= 1, t > 0, t <= 1)
        .says(t**2 / (2 * (34 * alpha**4 + 4 * alpha**2 * t)) >= t**2 / (76 * alpha**4)),
        [
            have(alpha * alpha >= 1),
            have(alpha * alpha * (alpha * alpha) >= alpha * alpha),
            have(alpha**2 * t <= alpha**2),
            have(alpha**4 >= 1),
            have(2 * (34 * alpha**4 + 4 * alpha**2 * t) <= 76 * alpha**4),
            have(alpha**2 * t > 0),
            axiom("quotient", t**2, 2 * (34 * alpha**4 + 4 * alpha**2 * t)),
            axiom("quotient", t**2, 76 * alpha**4),
            have(t**2 / (76 * alpha**4) >= 0,
                 cases(t**2 / (76 * alpha**4) < 0,
                       yes=[have(76 * alpha**4 * (t**2 / (76 * alpha**4)) < 0),
                            axiom("square", t)])),
            cases(
                t**2 / (2 * (34 * alpha**4 + 4 * alpha**2 * t)) >= t**2 / (76 * alpha**4),
                no=[
                    have(
                        2 * (34 * alpha**4 + 4 * alpha**2 * t)
                        * (t**2 / (2 * (34 * alpha**4 + 4 * alpha**2 * t)))
                        < 2 * (34 * alpha**4 + 4 * alpha**2 * t) * (t**2 / (76 * alpha**4))
                    ),
                    have(
                        2 * (34 * alpha**4 + 4 * alpha**2 * t) * (t**2 / (76 * alpha**4))
                        <= 76 * alpha**4 * (t**2 / (76 * alpha**4))
                    ),
                ],
            ),
        ],
        words="with v = 34α⁴, B = 4α²: P(|mean| > t) ≤ 2e^{-mt²/(76α⁴)} for t ≤ 1",
        defined=[
            [have(alpha * alpha >= 1), have(alpha**4 >= 1), have(alpha**2 * t > 0),
             have(2 * (34 * alpha**4 + 4 * alpha**2 * t) > 0)],
        ],
    ),
    amended(
        "explicit",
        "printed",
        given(mu, delta, alpha, L, m, h, w, x, y, z)
        .where(
            *nonlinear,
            delta <= 1,
            alpha >= 1,
            L >= 1,
            m >= 1,
            h >= 0,
            m * (mu**2 * delta**2) >= 6156 * alpha**4 * L,
            z <= 6 * L * exp(-per_event),
            w >= 0,
            w * function("sqrt", m) <= 4 * alpha**2,
            x <= (1 - mu / 4) ** h + 4 * w / mu,
            y <= x + z,
        )
        .says(
            y
            <= exp(-h * mu / 4)
            + 16 * alpha**2 / (mu * function("sqrt", m))
            + 6 * L * exp(-Expression(L.tree))
        ),
        [
            use("Exponentials: power below exp", x=mu / 4, k=h),
            have(alpha * alpha >= 1),
            have(alpha**4 > 0, have(alpha * alpha * (alpha * alpha) > 0)),
            axiom("quotient", m * (mu**2 * delta**2), 6156 * alpha**4),
            have(
                per_event >= L,
                cases(
                    per_event < L,
                    yes=[have(6156 * alpha**4 * per_event < 6156 * alpha**4 * L)],
                ),
            ),
            use("Exponentials: monotone", a=-per_event, b=-Expression(L.tree)),
            have(L * (exp(-Expression(L.tree)) - exp(-per_event)) >= 0),
            axiom("root", m),
            have(
                function("sqrt", m) > 0,
                cases(function("sqrt", m) > 0, no=[have(function("sqrt", m) ** 2 <= 0)]),
            ),
            have(mu * function("sqrt", m) > 0),
            axiom("quotient", 16 * alpha**2, mu * function("sqrt", m)),
            axiom("quotient", 4 * w, mu),
            have(
                4 * w / mu <= 16 * alpha**2 / (mu * function("sqrt", m)),
                cases(
                    4 * w / mu > 16 * alpha**2 / (mu * function("sqrt", m)),
                    yes=[
                        have(
                            mu * function("sqrt", m) * (4 * w / mu)
                            > mu * function("sqrt", m)
                            * (16 * alpha**2 / (mu * function("sqrt", m)))
                        ),
                        have(
                            equal(
                                mu * function("sqrt", m) * (4 * w / mu),
                                4 * (w * function("sqrt", m)),
                            )
                        ),
                    ],
                ),
            ),
        ],
        words="width m ≥ 6156α⁴L/(μ²δ²): |E ρ_{L0+h}| ≤ e^{-μh/4} + 16α²/(μ√m) + 6Le^{-L}; "
        "z = P(not G) by Bernstein's inequality (cited) at δμ/9 for three events a layer, "
        "w = √(E σ⁴/m), x bounds E[|ρ|; G], L0 as in 'g, depth'",
        defined=[
            [have(alpha * alpha >= 1), have(6156 * alpha**4 > 0,
                                            have(alpha * alpha * (alpha * alpha) > 0))],
            [have(alpha * alpha >= 1), have(alpha * alpha * (alpha * alpha) > 0)],
            [
                axiom("root", m),
                have(
                    function("sqrt", m) > 0,
                    cases(function("sqrt", m) > 0, no=[have(function("sqrt", m) ** 2 <= 0)]),
                ),
                have(mu * function("sqrt", m) > 0),
            ],
        ],
    ),
)  # fmt: skip
