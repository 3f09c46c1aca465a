"""Theorem 30, displays a to c and k to m of its proof, and the width with an explicit constant.

Chernoff's bound for a mean of m independent variables in [0, b] of mean e: it is below e/2 with
probability at most exp(-me/(8b)).
"""

from fractions import Fraction

from proofs.claim import Part, amended, lemma, step
from proofs.claims.exponentials import exp, log
from proofs.language import (
    Expression,
    Matrix,
    Sequence,
    equal,
    finite_sum,
    forall,
    function,
    given,
    integer,
    real,
)
from proofs.tactics import Tactic, axiom, cases, enclosed, have, induction, instantiate, use

c, T = Sequence("c"), Matrix("T")
delta, e, b, p, q, r, s, x, y, z, log_m, log_net = (
    real(name) for name in ("delta", "e", "b", "p", "q", "r", "s", "x", "y", "z", "lm", "X")
)
n, m, i, j, k = (integer(name) for name in "nmijk")


def root(t: Expression) -> Expression:
    """The square root."""
    return function("sqrt", t)


log_n: list[Tactic] = [
    enclosed(log(2) >= Fraction(1, 2)),
    axiom("log_monotone", 2, n),
    axiom("log_bounds", n),
]
small = forall(i, holds=(i >= 1).implies(n * c[i] < 1))  # c_i = 0 for i > n

BEGINNING: tuple[Part, ...] = (
    step(
        "a",
        given(x, y).where(y > 0).says(equal((x / (2000 * y)) ** 2, x**2 / (4_000_000 * y**2))),
        [
            axiom("quotient", x, 2000 * y),
            axiom("quotient", x**2, 4_000_000 * y**2),
            axiom("quotient", 1, y**2),
            use("Exponentials: inverse square", x=y),
        ],
        words="σ_min(Φ(X)) ≥ x/(2000y) implies the claim, x = δ^{3/4}, y = n^{3/2}: σ_min(ΦᵀΦ) is "
        "its square",
        defined=[[have(y * y > 0)]],
    ),
    step(
        "b",
        given(T, s, m)
        .where(m >= 0)
        .says(
            equal(
                finite_sum(j, 1, m, (s * T[j, j]) ** 2),
                s**2 * finite_sum(j, 1, m, T[j, j] ** 2),
            )
        ),
        [
            induction(
                "m",
                base=[
                    axiom("fold_empty", finite_sum(j, 1, Expression(0), (s * T[j, j]) ** 2)),
                    axiom("fold_empty", finite_sum(j, 1, Expression(0), T[j, j] ** 2)),
                ],
                step=[
                    axiom("fold_last", finite_sum(j, 1, m, (s * T[j, j]) ** 2)),
                    axiom("fold_last", finite_sum(j, 1, m, T[j, j] ** 2)),
                ],
            )
        ],
        words="‖Φ(X)α‖² = (1/m) Σ_j T_j², s = 1/√m, T_jj = T_j",
    ),
    lemma(
        "partial sums",
        given(c, n, k).where(n >= 1, small, k >= 0).says(n * finite_sum(i, 1, k, c[i]) <= k),
        [
            induction(
                "k",
                base=[axiom("fold_empty", finite_sum(i, 1, Expression(0), c[i]))],
                step=[
                    axiom("fold_last", finite_sum(i, 1, k, c[i])),
                    instantiate(small, i=k + 1),
                ],
            )
        ],
    ),
    step(
        "c",
        given(c, n).where(n >= 1, small).says(finite_sum(i, 1, n, c[i]) < 1),
        [
            use("Theorem 30: partial sums", k=n - 1),
            axiom("fold_last", finite_sum(i, 1, n - 1, c[i])),
            instantiate(small, i=n),
            cases(
                finite_sum(i, 1, n, c[i]) >= 1,
                yes=[have(n * finite_sum(i, 1, n, c[i]) >= n)],
            ),
        ],
        words="some |α_i| ≥ 1/√n: c_i = α_i² cannot all be below 1/n and have sum 1",
    ),
)

bounded_by = 10_000 * n * log(n) * log_m  # of T_j^2 under the event B
needed = 80_000_000_000 * n**5 * log(n) * log_m * log_net

COUNT: tuple[Part, ...] = (
    step(
        "k",
        given(e, b, m)
        .where(e > 0, e <= 1, b > 0, m >= 1)
        .says(exp(-m * e / (8 * b)) <= exp(-m * e**2 / (8 * b))),
        words="Chernoff's bound at half of the mean e, terms in [0, b]; the printed exponent "
        "δ³m/(n⁷ log n log m) has e² = δ³/n⁶ in the place of e",
        source="Chernoff's bound: P(mean < e/2) ≤ exp(-me/(8b)) for m independent variables in "
        "[0, b] of mean e; here T_j² ≤ b on the event B of (i), and the rows stay independent "
        "given B, which asks something of each of them",
    ),
    lemma(
        "k, exponent",
        given(e, b, m)
        .where(e > 0, e <= 1, b > 0, m >= 1)
        .says(exp(-m * e / (8 * b)) <= exp(-m * e**2 / (8 * b))),
        [
            axiom("quotient", 1, b),
            have(1 / b > 0),
            have(m * e * (1 - e) >= 0),
            have(m * e * (1 - e) * (1 / b) >= 0),
            use("Exponentials: monotone", a=-m * e / (8 * b), b=-m * e**2 / (8 * b)),
        ],
        words="the multiplicative bound e^{-me/(8b)}, which is at least as good",
    ),
    step(
        "m",
        given(n, m).where(n >= 2, m >= 2).says(n * log(n * m) <= 4 * m * n * log(m) * log(n)),
        [
            *log_n,
            axiom("log_monotone", 2, m),
            axiom("log_product", n, m),
            have(log(n) * log(m) >= log(n) / 2),
            have(log(n) * log(m) >= log(m) / 2),
            have(log(n * m) <= 4 * (log(n) * log(m))),
            have((m - 1) * (log(n) * log(m)) >= 0),
            have(log(n * m) <= 4 * (m * (log(n) * log(m)))),
            have(n * (4 * (m * (log(n) * log(m))) - log(n * m)) >= 0),
        ],
        words="‖Φ(X)‖² ≤ Σ_i max_j σ(w_j·x_i)², each O(log(nm)) with high probability, is "
        "O(mn log m log n), for n ≥ 2",
    ),
    step(
        "net, size",
        given(n, x).where(n >= 1, x > 0, x <= 1).says((1 + 2 / x) ** n <= (3 / x) ** n),
        [
            axiom("quotient", 1, x),
            have(1 / x >= 1),
            use("Powers: increasing in the base", x=1 + 2 / x, y=3 / x, k=n),
        ],
        words="an ε-net of at most (3/ε)^n points, x = ε ≤ 1: disjoint balls of radius ε/2 in "
        "that of radius 1 + ε/2, the ratio of whose volumes is (1 + 2/ε)^n",
    ),
    step(
        "net",
        given(n, m, s, x, z)
        .where(
            n >= 1,
            m >= 1,
            n * m >= 10_000,
            s > 0,
            x >= 0,
            z >= 0,
            x * (n * (root(n * m) * z)) <= s,
            z > 0,
        )
        .says(x * (100 * (n * z)) <= s),
        [
            axiom("root", n * m),
            have(
                root(n * m) >= 100,
                cases(root(n * m) < 100, yes=[have(root(n * m) * root(n * m) < 100 * 100)]),
            ),
            have(x * (n * z) >= 0),
            have((root(n * m) - 100) * (x * (n * z)) >= 0),
        ],
        words="ε‖Φ(X)‖ ≤ δ^{3/4}/(2000n^{3/2}) = s with x = ε, z = √(log n log m): under B "
        "‖Φ(X)‖ ≤ 100nz, and εn√(nm)z ≤ s for the printed ε; for nm ≥ 10⁴",
        defined=[[have(n * m >= 0)]],
    ),
    step(
        "final",
        given(x, y, s).where(x >= 2 * s, y <= s).says(x - y >= s),
        words="‖Φ(X)α‖ ≥ δ^{3/4}/(1000n^{3/2}) - ε‖Φ(X)‖ ≥ δ^{3/4}/(2000n^{3/2})",
    ),
    amended(
        "explicit width",
        "l",
        given(n, delta, e, z, log_m, log_net)
        .where(
            n >= 2,
            delta > 0,
            delta <= 1,
            log_m > 0,
            log_net > 0,
            e >= root(delta) ** 3 / (500_000 * n**3),
            z * root(delta) ** 3 >= needed,
        )
        .says(n * log_net - z * e / (8 * bounded_by) <= -n * log_net),
        [
            *log_n,
            axiom("root", delta),
            have(root(delta) > 0, cases(root(delta) > 0, no=[have(root(delta) ** 2 <= 0)])),
            use("Powers: positive", x=n, k=3),
            use("Powers: positive", x=n, k=5),
            axiom("quotient", root(delta) ** 3, 500_000 * n**3),
            have(500_000 * n**3 * e >= root(delta) ** 3),
            have(root(delta) * root(delta) * root(delta) > 0),
            have(n**5 * log(n) > 0),
            have(n**5 * log(n) * log_m > 0),
            have(n**5 * log(n) * log_m * log_net > 0),
            have(z > 0, cases(z <= 0, yes=[have(z * root(delta) ** 3 <= 0)])),
            have(z * (500_000 * n**3 * e) >= needed),
            have(n * log(n) * log_m > 0),
            have(
                z * e >= 160_000 * n**2 * log(n) * log_m * log_net,
                cases(
                    z * e < 160_000 * n**2 * log(n) * log_m * log_net,
                    yes=[
                        have(
                            500_000 * n**3 * (160_000 * n**2 * log(n) * log_m * log_net - z * e) > 0
                        )
                    ],
                ),
            ),
            axiom("quotient", z * e, 8 * bounded_by),
            cases(
                z * e / (8 * bounded_by) < 2 * n * log_net,
                yes=[have(8 * bounded_by * (2 * n * log_net - z * e / (8 * bounded_by)) > 0)],
            ),
        ],
        words="width z = m ≥ 8·10¹⁰ n⁵ log n log m log(3/ε)/δ^{3/2} is enough by Chernoff's bound "
        "(cited): the net has e^{n log(3/ε)} points, each fails with e^{-me/(8·10⁴n log n log m)}, "
        "e = E‖Φ(X)α‖² ≥ δ^{3/2}/(5·10⁵n³)",
        defined=[
            [use("Powers: positive", x=n, k=3)],
            [*log_n, have(n * log(n) > 0), have(n * log(n) * log_m > 0)],
        ],
    ),
)
