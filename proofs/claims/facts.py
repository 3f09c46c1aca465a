"""The five facts of Appendix B: from an activation to its sequence of squared Hermite coefficients.

In full generality they rest on Hilbert space theory that no engine here reaches, and are cited.
For polynomial activations they are identities of Gaussian moments, and proved.
"""

from math import factorial

from proofs.bounds import finite_slope, normalised, slope_series
from proofs.claim import MISPRINT, MISSING_HYPOTHESIS, Claim, amended, statement, step
from proofs.claims.definitions import DANIELY, centred, dual_activation
from proofs.claims.lemma_25 import slope_is_small
from proofs.language import (
    Activation,
    Expression,
    Sequence,
    conjunction,
    equal,
    exists,
    expectation,
    forall,
    given,
    joint_expectation,
    real,
    series,
)
from proofs.language import integer as whole
from proofs.tactics import axiom, have, moments

c, d = Sequence("c"), Sequence("d")
sigma = Activation("sigma")
rho, x, y, z = (real(name) for name in ("rho", "x", "y", "z"))
p, q, u, v, M = (real(name) for name in ("p", "q", "u", "v", "M"))
s = [real(f"s{k}") for k in range(4)]
i, k = whole("i"), whole("u")  # u is the index of slope_series

DEGREE = 3


def monic(k: int, t: Expression) -> Expression:
    """The probabilist's Hermite polynomial He_k(t), leading coefficient one."""
    one = t**0
    before, now = one, t
    if k == 0:
        return one
    for m in range(1, k):
        before, now = now, t * now - m * before
    return now


def polynomial(t: Expression) -> Expression:
    """A polynomial activation s0 + s1 t + s2 t^2 + s3 t^3."""
    return s[0] + s[1] * t + s[2] * t**2 + s[3] * t**3


def slope(t: Expression) -> Expression:
    """The derivative of the polynomial activation."""
    return s[1] + 2 * s[2] * t + 3 * s[3] * t**2


def moment(k: int) -> Expression:
    """E[sigma(X) He_k(X)] for the polynomial activation."""
    return expectation(x, polynomial(x) * monic(k, x))


def slope_moment(k: int) -> Expression:
    """E[sigma'(X) He_k(X)] for the polynomial activation."""
    return expectation(x, slope(x) * monic(k, x))


def total(terms: list[Expression]) -> Expression:
    """The sum of several terms."""
    result = terms[0]
    for term in terms[1:]:
        result = result + term
    return result


# sigma' has the squared Hermite coefficients d_k = (k+1) c_{k+1}
shifted = forall(k, holds=(k >= 0).implies(equal(d[k], (k + 1) * c[k + 1])))
degrees = range(DEGREE + 1)
by_moments = moments(*(moment(k) for k in degrees))
by_parts = moments(*(e for k in range(DEGREE) for e in (slope_moment(k), moment(k + 1))))
squares = [moment(k) ** 2 / factorial(k) for k in degrees]  # a_k^2, with h_k = He_k / sqrt(k!)
dual = joint_expectation(rho, x, y, polynomial(x) * polynomial(y))

# w has independent standard normal coordinates x and y
covariance = joint_expectation(0, x, y, (p * x + q * y) * (u * x + v * y))
lipschitz = exists(M, holds=forall(u, v, holds=abs(sigma(u) - sigma(v)) <= M * abs(u - v)))

FACT_1 = Claim(
    "Fact 1",
    "E[σ(w·x)σ(w·x')] = σ̂(x·x') for unit vectors",
    (
        statement(
            "activation form",
            given(sigma, u, v)
            .where(equal(u**2 + v**2, 1))
            .says(
                equal(
                    joint_expectation(0, x, y, sigma(x) * sigma(u * x + v * y)),
                    dual_activation(u),
                )
            ),
            words="for x = (1, 0), x' = (u, v); rotations and further coordinates change nothing",
            form="activation",
            source=DANIELY,
        ),
        step(
            "covariance",
            given(p, q, u, v).says(equal(covariance, p * u + q * v)),
            moments(covariance),
            words="(w·x, w·x') has covariance x·x', in the plane of x and x'",
        ),
    ),
    uses=("Definition 21",),
)

FACT_2 = Claim(
    "Fact 2",
    "the Hermite expansion σ = Σ a_i h_i, a_i = E[σ(X)h_i(X)]",
    (
        statement(
            "printed",
            given(*s, z).says(
                equal(polynomial(z), total([moment(k) * monic(k, z) for k in degrees]))
            ),
            by_moments,
            words="at polynomials of degree 3, with the probabilist's Hermite polynomials He_k, "
            "which are orthogonal but not normalised",
            form="activation",
            kind=MISPRINT,
        ),
        amended(
            "normalised",
            "printed",
            given(*s, z).says(
                equal(
                    polynomial(z),
                    total([moment(k) / factorial(k) * monic(k, z) for k in degrees]),
                )
            ),
            by_moments,
            words="with h_k = He_k / √(k!), orthonormal: at polynomials of degree 3",
        ),
        step(
            "orthogonality",
            given().says(
                conjunction(
                    *(
                        equal(
                            expectation(x, monic(j, x) * monic(k, x)),
                            factorial(k) if j == k else 0,
                        )
                        for k in range(6)
                        for j in range(k + 1)
                    )
                )
            ),
            moments(
                *(expectation(x, monic(j, x) * monic(k, x)) for k in range(6) for j in range(k + 1))
            ),
            words="E[He_j He_k] = k! if j = k, else 0, for degrees up to 5",
        ),
        amended(
            "activation form",
            "printed",
            given(sigma)
            .where(equal(expectation(x, sigma(x) ** 2), 1))
            .says(
                exists(
                    c,
                    holds=conjunction(
                        equal(c[0], expectation(x, sigma(x)) ** 2),
                        equal(c[1], expectation(x, x * sigma(x)) ** 2),
                        equal(series(i, 0, c[i]), 1),
                    ),
                )
            ),
            words="the orthonormal h_k are complete: c_i = a_i² and Parseval's identity",
            form="activation",
            source=DANIELY,
        ),
    ),
)

FACT_3 = Claim(
    "Fact 3",
    "σ̂(ρ) = Σ a_i² ρ^i",
    (
        statement(
            "activation form",
            given(sigma)
            .where(*centred)
            .says(
                exists(
                    c,
                    holds=forall(
                        rho,
                        holds=(abs(rho) <= 1).implies(equal(dual_activation(rho), c.dual(rho))),
                    ),
                )
            ),
            form="activation",
            source=DANIELY,
        ),
        step(
            "polynomials",
            given(*s, rho)
            .where(abs(rho) <= 1)
            .says(equal(dual, total([squares[k] * rho**k for k in degrees]))),
            [*moments(dual), *by_moments],
            words="at polynomials of degree 3, with a_k = E[σ(X) He_k(X)] / √(k!)",
        ),
    ),
    uses=("Fact 2", "Definition 21"),
)

FACT_4 = Claim(
    "Fact 4",
    "the normalisation (1) says a_0 = 0 and Σ a_i² = 1",
    (
        statement(
            "activation form",
            given(sigma)
            .where(*centred)
            .says(
                exists(
                    c,
                    holds=conjunction(
                        *normalised(c), equal(c[1], expectation(x, x * sigma(x)) ** 2)
                    ),
                )
            ),
            form="activation",
            source=DANIELY,
        ),
        step(
            "polynomials",
            given(*s)
            .where(
                equal(expectation(x, polynomial(x)), 0),
                equal(expectation(x, polynomial(x) ** 2), 1),
            )
            .says(conjunction(equal(moment(0), 0), equal(total(squares), 1))),
            [
                *moments(expectation(x, polynomial(x)), expectation(x, polynomial(x) ** 2)),
                *by_moments,
            ],
            words="at polynomials of degree 3",
        ),
        step(
            "display (1)",
            given(*s, u, v)
            .where(
                v > 0,
                equal(u, expectation(x, polynomial(x))),
                equal(v**2, expectation(x, polynomial(x) ** 2) - u**2),
            )
            .says(
                equal(expectation(x, (polynomial(x) - u) / v), 0)
                & equal(expectation(x, ((polynomial(x) - u) / v) ** 2), 1)
            ),
            [
                *moments(
                    expectation(x, polynomial(x)),
                    expectation(x, polynomial(x) ** 2),
                    expectation(x, (polynomial(x) - u) / v),
                    expectation(x, ((polynomial(x) - u) / v) ** 2),
                ),
                axiom("quotient", 1, v),
                have(equal(1 / v * (1 / v) * v**2, 1)),
            ],
            words="'normalized (via translation and scaling)': (σ - u)/v satisfies (1) where the "
            "mean is u and the variance v² > 0; at polynomials of degree 3",
            form="activation",
        ),
    ),
    uses=("Fact 2",),
)

FACT_5 = Claim(
    "Fact 5",
    "the dual of the derivative is the derivative of the dual",
    (
        statement(
            "printed, at ρ = 0",
            given(sigma)
            .where(*centred)
            .says(equal(expectation(x, sigma.slope(x)) ** 2, expectation(x, x * sigma(x)) ** 2)),
            words="dual of σ' at 0 is (E σ'(X))², derivative of σ̂ at 0 is a_1² = (E Xσ(X))²; "
            "σ' exists almost everywhere, no more is assumed",
            form="activation",
            kind=MISSING_HYPOTHESIS,
        ),
        step(
            "by parts",
            given(*s).says(
                conjunction(*(equal(slope_moment(k), moment(k + 1)) for k in range(DEGREE)))
            ),
            by_parts,
            words="E[σ'(X)He_k(X)] = E[σ(X)He_{k+1}(X)], the Gaussian integration by parts behind "
            "the fact: the coefficients of σ' are √(k+1) a_{k+1}; at polynomials of degree 3",
            form="activation",
        ),
        step(
            "polynomials",
            given(*s, rho)
            .where(abs(rho) <= 1)
            .says(
                equal(
                    joint_expectation(rho, x, y, slope(x) * slope(y)),
                    total([k * squares[k] * rho ** (k - 1) for k in degrees[1:]]),
                )
            ),
            [
                *moments(joint_expectation(rho, x, y, slope(x) * slope(y))),
                *by_moments,
            ],
            words="at polynomials of degree 3, for every ρ",
        ),
        amended(
            "sequence form",
            "printed, at ρ = 0",
            given(c, d, rho)
            .where(finite_slope(c), shifted, abs(rho) <= 1)
            .says(equal(d.dual(rho), slope_series(c, rho))),
            [axiom("dual_shifted", d.dual(rho), slope_series(c, rho))],
            words="where integration by parts holds, that is where σ' has the Hermite coefficients "
            "√(k+1) a_{k+1}: c_k = a_k² for σ, d_k = (k+1) c_{k+1} for σ', D(1) = Σ d_k finite; "
            "so it is for absolutely continuous σ with σ' square integrable, while sign has "
            "c_1 = 2/π and d_0 = 0",
            defined=[slope_is_small()],
        ),
        amended(
            "activation form",
            "printed, at ρ = 0",
            given(sigma)
            .where(*centred, lipschitz)
            .says(
                exists(
                    c,
                    holds=forall(
                        rho,
                        holds=(abs(rho) < 1).implies(
                            equal(dual_activation(rho), c.dual(rho))
                            & equal(
                                joint_expectation(rho, x, y, sigma.slope(x) * sigma.slope(y)),
                                series(i, 1, c[i] * (i * rho ** (i - 1))),
                            )
                        ),
                    ),
                )
            ),
            words="for Lipschitz σ; the paper states no such hypothesis",
            form="activation",
            source=DANIELY,
        ),
    ),
    uses=("Fact 3",),
)
