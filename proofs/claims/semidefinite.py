"""Kernels applied entrywise keep a matrix positive semidefinite: lemmas of ours.

Sums, entrywise products (Schur) and power series with nonnegative coefficients do, hence the
iterates of the dual activation, its slope D at them, and the tangent kernel.  Applied to
K - delta I, whose entries differ from those of K on the diagonal alone, they give the bound of
Lemma 7 for the tangent kernel: f[K - delta I] = f[K] - (f(1) - f(1 - delta)) I.
"""

from proofs.bounds import finite_slope, gram, normalised, unit_diagonal
from proofs.claim import Claim, lemma
from proofs.claims.formula_2 import tangent
from proofs.claims.lemma_23 import dual_is_bounded
from proofs.claims.lemma_25 import D, slope_is_small
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
    real,
    semidefinite,
    series,
)
from proofs.tactics import (
    Steps,
    axiom,
    combined,
    congruent,
    gershgorin,
    have,
    induction,
    instantiate,
    next_of,
    none_of,
    schur,
    semidefinite_series,
    termwise,
    use,
)

c = Sequence("c")
K = Matrix("K")
delta, x = real("delta"), real("x")
L, n, i, j, k, p, q, r = (integer(name) for name in ("L", "n", "i", "j", "k", "p", "q", "r"))

small_entries = forall(
    i, j, holds=conjunction(i >= 1, i <= n, j >= 1, j <= n).implies(abs(K[i, j]) <= 1)
)
kept = given(c, K, n, L).where(
    *normalised(c), n >= 1, semidefinite(n, i, j, K[i, j]), small_entries, L >= 0
)
entry: Steps = [instantiate(small_entries, i=i, j=j)]
entry_pq: Steps = [instantiate(small_entries, i=p, j=q)]
values_exist = [entry, [*entry, dual_is_bounded], slope_is_small(*entry), entry_pq]
image, image_pq = c.iterated(L, K[i, j]), c.iterated(L, K[p, q])
small_image: Steps = [*entry_pq, use("Definition 21: composition", rho=K[p, q])]


def small_power(x: Expression, k: Expression) -> Steps:
    """|x^k| <= 1."""
    return [use("Powers: absolute value", x=x, y=1, k=k)]


SEMIDEFINITE = Claim(
    "Semidefinite",
    "kernels applied entrywise keep a matrix positive semidefinite",
    (
        lemma(
            "entries",
            given(K, n, i, j)
            .where(*gram(K, n), i >= 1, i <= n, j >= 1, j <= n)
            .says(abs(K[i, j]) <= 1),
            [
                axiom("semidefinite_pair", semidefinite(n, i, j, K[i, j]), i, j, 1),
                axiom("semidefinite_pair", semidefinite(n, i, j, K[i, j]), i, j, -1),
                instantiate(unit_diagonal(K, n), i=i),
                instantiate(unit_diagonal(K, n), i=j),
            ],
            words="2 x 2 principal minors of a Gram matrix of unit vectors",
        ),
        lemma(
            "constant",
            given(n, k).where(n >= 1, k >= 0).says(semidefinite(n, i, j, k)),
            [
                induction(
                    "k",
                    base=[gershgorin(p, q, Expression(0))],
                    step=[
                        combined(
                            p,
                            q,
                            "+",
                            k,
                            Expression(1),
                            (),
                            [
                                have(
                                    semidefinite(n, i, j, identity(i, j)),
                                    gershgorin(p, q, Expression(0)),
                                ),
                                schur(p, q, identity(p, q), 0),
                            ],
                        )
                    ],
                )
            ],
        ),
        lemma(
            "power series",
            given(c, x)
            .where(*normalised(c), abs(x) <= 1)
            .says(equal(c.dual(x), series(k, 0, c[k] * x**k))),
            [termwise("c", "r", converge=[small_power(x, r)])],
            defined=[small_power(x, k)],
        ),
        lemma(
            "iterates",
            kept.says(semidefinite(n, i, j, image)),
            [
                induction(
                    "L",
                    base=[congruent(p, q, K[p, q], axiom("iterate_zero", c.iterated(0, K[p, q])))],
                    step=[
                        congruent(
                            p,
                            q,
                            series(k, 0, c[k] * image_pq**k),
                            *small_image,
                            next_of(image_pq),
                            use("Semidefinite: power series", x=image_pq),
                        ),
                        semidefinite_series(p, q, k, *small_image, *small_power(image_pq, k)),
                        schur(p, q, image_pq, k),
                    ],
                )
            ],
            defined=values_exist,
        ),
        lemma(
            "slopes",
            kept.where(finite_slope(c)).says(semidefinite(n, i, j, D(image))),
            [
                semidefinite_series(p, q, k, *slope_is_small(*entry_pq)),
                combined(
                    p,
                    q,
                    "*",
                    k,
                    image_pq ** (k - 1),
                    [use("Semidefinite: constant")],
                    [schur(p, q, image_pq, k - 1), use("Semidefinite: iterates")],
                ),
            ],
            defined=values_exist,
        ),
        lemma(
            "tangent kernel",
            kept.where(finite_slope(c)).says(semidefinite(n, i, j, tangent(L, K[i, j]))),
            [
                induction(
                    "L",
                    base=[congruent(p, q, K[p, q], none_of(tangent(0, K[p, q])))],
                    step=[
                        congruent(
                            p,
                            q,
                            c.iterated(L + 1, K[p, q]) + tangent(L, K[p, q]) * D(image_pq),
                            *entry_pq,
                            use("formula (2): next layer", rho=K[p, q]),
                        ),
                        combined(
                            p,
                            q,
                            "+",
                            c.iterated(L + 1, K[p, q]),
                            tangent(L, K[p, q]) * D(image_pq),
                            [use("Semidefinite: iterates", L=L + 1)],
                            [
                                combined(
                                    p,
                                    q,
                                    "*",
                                    tangent(L, K[p, q]),
                                    D(image_pq),
                                    (),
                                    [use("Semidefinite: slopes")],
                                )
                            ],
                        ),
                    ],
                )
            ],
            defined=values_exist,
        ),
    ),
    uses=("Definition 21", "formula (2)"),
)
