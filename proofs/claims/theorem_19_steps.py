"""Theorem 19: what Theorem 18 and the theorem of Bshouty and Feldman are used for; the model."""

from fractions import Fraction

from proofs.claim import (
    FALSE_STEP,
    MISPRINT,
    MISSING_HYPOTHESIS,
    Claim,
    Part,
    amended,
    lemma,
    statement,
    step,
)
from proofs.claims.exponentials import exp
from proofs.language import (
    Activation,
    Expression,
    equal,
    expectation,
    given,
    integer,
    joint_expectation,
    real,
)
from proofs.tactics import axiom, cases, enclosed, have, moments, rewrite, use

b, eps, p, q, r, s, u, v, w, x, y, E = (
    real(name) for name in ("b", "eps", "p", "q", "r", "s", "u", "v", "w", "x", "y", "E")
)
L, d, h, k, m, j = (integer(name) for name in "Ldhkmj")
query = Activation("psi")

odd_width = 2 * j + 1
overlap = abs(2 * k - odd_width) / odd_width  # |Phi(x).Phi(y)| when k of m units agree
output = joint_expectation(0, x, y, (u * x + v * y) ** 2)
two_outputs = joint_expectation(0, x, y, (p * x + q * y) * (u * x + v * y))
one_output = expectation(x, (u * x) ** 2)

FROM_THEOREM_18: tuple[Part, ...] = (
    step(
        "b",
        given(j, k, L, b)
        .where(L >= 1, j >= 0, k >= 0, k <= odd_width, b >= Fraction(1, 100))
        .says(overlap <= L * exp(-b * L)),
        at={"j": 10_000, "k": 10_000, "L": 20, "b": 1},
        words="'Theorem 18 implies |Φ(x)·Φ(y)| ≤ Le^{-Ω(L)}' for every W; Theorem 18 bounds the "
        "mean: for σ = sign and m = 2j+1 units, k of which agree, |Φ(x)·Φ(y)| = |2k-m|/m ≥ 1/m",
        kind=FALSE_STEP,
        defined=[[have(odd_width > 0)]],
    ),
    lemma(
        "b, no constant",
        given(j, k, L, b)
        .where(L >= 1, j >= 0, k >= 0, k <= odd_width, b > 0, odd_width * L < exp(b * L))
        .says(overlap > L * exp(-b * L)),
        [
            axiom("exp_sum", b * L, -b * L),
            axiom("exp_bounds", -b * L),
            enclosed(equal(exp(Expression(0)), 1)),
            axiom("quotient", 1, odd_width),
            have(1 / odd_width > 0),
            have(abs(2 * k - odd_width) >= 1, cases(k <= j)),
            have(abs(2 * k - odd_width) * (1 / odd_width) >= 1 / odd_width),
            have(equal(exp(b * L) * exp(-b * L), 1)),
            have(odd_width * L * exp(-b * L) < 1),
            have((1 - odd_width * L * exp(-b * L)) * (1 / odd_width) > 0),
        ],
        words="whatever b, for odd m below e^{bL}/L",
        defined=[[have(odd_width > 0)]],
    ),
    amended(
        "b amended",
        "b",
        given(L, h, b, x)
        .where(
            L >= 1,
            h >= 0,
            2 * h <= L,
            b > 0,
            abs(x) <= exp(-b * (L - h)) + L * exp(-b * L),
        )
        .says(abs(x) <= 2 * L * exp(-b * L / 2)),
        [
            use("Exponentials: monotone", a=-b * (L - h), b=-b * L / 2,
                by={0: [have(b * (L - 2 * h) >= 0)]}),
            use("Exponentials: monotone", a=-b * L, b=-b * L / 2, by={0: [have(b * L >= 0)]}),
            axiom("exp_bounds", -b * L / 2),
            have(L * (exp(-b * L / 2) - exp(-b * L)) >= 0),
            have((L - 1) * exp(-b * L / 2) >= 0),
        ],
        words="x = E[Φ(x)·Φ(y)], where Theorem 18's bound holds, at depth L ≥ 2L0(δ), h = L0(δ)",
    ),
    step(
        "a, half cube",
        given(d, k)
        .where(k >= 1, k <= d - 1)
        .says(abs(d - 2 * k) / d <= 1 - 2 / d),
        [axiom("quotient", 1, d), have(1 / d > 0), cases(d >= 2 * k)],
        words="'no two inputs are collinear': points of {+1,-1}^d that differ in k coordinates and "
        "are not opposite have |x·y|/d ≤ 1 - 2/d",
    ),
    step(
        "a, overlap",
        given(p, q, u, v).says(equal(two_outputs, p * u + q * v)),
        moments(two_outputs),
        words="E_v[(v·Φ(x))(v·Φ(y))] = Φ(x)·Φ(y), in the plane of Φ(x) = (p, q), Φ(y) = (u, v)",
    ),
    step(
        "a, target",
        given(m, u).where(m >= 2, equal(m * u**2, 1)).says(equal(one_output, 1)),
        at={"m": 4, "u": "1/2"},
        words="E f² = 1 in the first display, f = v·(1/√m)Π(...) as Section 5 has it: the "
        "factor 1/√m beside Π leaves E f² = 1/m",
        kind=MISPRINT,
    ),
    amended(
        "a, target amended",
        "a, target",
        given(u, v).where(equal(u**2 + v**2, 1)).says(equal(output, 1)),
        moments(output),
        words="f = v·Π(...) without the factor, as Appendix C has it; two coordinates",
    ),
)  # fmt: skip

QUERIES: tuple[Part, ...] = (
    step(
        "d",
        given(p, q, r, y).says(
            equal(
                p + q * y + r * y**2,
                ((p + q + r) + (p - q + r)) / 2 + y * ((p + q + r) - (p - q + r)) / 2,
            )
        ),
        at={"p": 0, "q": 0, "r": 1, "y": 2},
        words="'we can assume correlation queries' by Bshouty and Feldman: there ψ(x, f) is "
        "(ψ(x,1) + ψ(x,-1))/2 + f·(ψ(x,1) - ψ(x,-1))/2, for labels ±1; f is real here, and "
        "ψ = p + qf + rf² is a query",
        kind=MISSING_HYPOTHESIS,
    ),
    amended(
        "d amended",
        "d",
        given(query, y)
        .where(equal(y**2, 1))
        .says(equal(query(y), (query(1) + query(-1)) / 2 + y * (query(1) - query(-1)) / 2)),
        [
            cases(
                y >= 0,
                yes=[
                    have(y <= 1, cases(y > 1, yes=[have(y * y > 1)])),
                    have(y >= 1, cases(y < 1, yes=[have(y * y < 1)])),
                    rewrite(y, 1),
                ],
                no=[
                    have(y >= -1, cases(y < -1, yes=[have(y * y > 1)])),
                    have(y <= -1, cases(y > -1, yes=[have(y * y < 1)])),
                    rewrite(y, -1),
                ],
            )
        ],
        words="for labels ±1, on which the cited theorem is stated",
    ),
    step(
        "d, cited",
        given(query, p, x, y)
        .where(equal(x**2, 1), equal(y**2, 1), p >= 0, p <= 1)
        .says(
            equal(
                p * query(x) + (1 - p) * query(y),
                (query(1) + query(-1)) / 2 + (p * x + (1 - p) * y) * (query(1) - query(-1)) / 2,
            )
        ),
        words="that correlation queries are enough, here over two inputs with labels x, y and "
        "weights p, 1-p: the mean of g alone needs no query as D is known",
        source="Bshouty and Feldman 2002, for labels ±1; for the real f of Theorem 19 nothing is "
        "cited",
    ),
    step(
        "f",
        given(u, q, r)
        .where(q > 0, r > 0, u**2 * q**2 <= 1, u**2 * r**2 <= 1)
        .says((abs(u * r) <= 1) & (abs(u * q) <= 1)),
        [
            have(
                abs(u * r) <= 1,
                cases(abs(u * r) > 1, yes=[have(abs(u * r) * abs(u * r) > 1)]),
            ),
            have(
                abs(u * q) <= 1,
                cases(abs(u * q) > 1, yes=[have(abs(u * q) * abs(u * q) > 1)]),
            ),
        ],
        words="u = E[f h] with u² ≤ 1/max(q², r²): |u| ≤ 1/r, so that 0 is a valid answer, and "
        "|u| ≤ 1/q, so that h does not do as output",
    ),
)

STATISTICAL_QUERIES = Claim(
    "Statistical queries",
    "what the output of an algorithm has to satisfy (Section 5)",
    (
        statement(
            "printed",
            given(p, u, w, eps)
            .where(eps > 0, eps <= 1, p >= eps, p <= 1, u > 0, w > 0)
            .says(p * u - (1 - p) * w >= eps),
            words="'Pr[g(x)f(x)] ≥ ε' is the probability of a number; read as Pr[gf > 0] = p ≥ ε "
            "it does not give E[gf] ≥ ε, which Appendix C uses: gf = u or -w",
            kind=MISPRINT,
        ),
        amended(
            "amended",
            "printed",
            given(p, E, eps)
            .where(p >= 0, p <= 1, equal(E, p - (1 - p)), p >= (1 + eps) / 2)
            .says(eps <= E),
            words="E[gf] ≥ ε; for values ±1 this is Pr[gf = 1] ≥ (1+ε)/2",
        ),
    ),
)
