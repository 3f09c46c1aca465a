"""Lemma 24 (= Lemma 7): the least eigenvalue of an entrywise power series of a matrix."""

from proofs.bounds import unit_diagonal
from proofs.claim import MISPRINT, Claim, amended, lemma, statement, step
from proofs.language import (
    Expression,
    Matrix,
    Sequence,
    choose,
    equal,
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
    cases,
    congruent,
    instantiate,
    rewrite,
    schur,
    semidefinite_series,
    termwise,
    use,
)

a = Sequence("a")
K = Matrix("K")
delta = real("delta")
n, i, j, k = integer("n"), integer("i"), integer("j"), integer("k")
p, q = integer("p"), integer("q")

dominates = semidefinite(n, i, j, K[i, j] - identity(i, j, delta))
setting = given(a, K, n, delta).where(n >= 1, unit_diagonal(K, n), delta > 0, dominates)
inside = (n >= 1, unit_diagonal(K, n), delta > 0, dominates, i >= 1, i <= n, j >= 1, j <= n)
at_entry = given(a, K, n, delta, i, j).where(*inside)


def shifted(i: Expression, j: Expression) -> Expression:
    """The entries of K - delta I."""
    return K[i, j] - identity(i, j, delta)


def gap(i: Expression, j: Expression, k: Expression) -> Expression:
    """The entries of (1 - (1 - delta)^k) I."""
    return choose(equal(i, j), 1 - (1 - delta) ** k, 0)


on_diagonal = instantiate(unit_diagonal(K, n), i=i)

at_index = given(K, n, delta, i, j, k).where(*inside, k >= 0)
power = given(K, n, delta, k).where(n >= 1, unit_diagonal(K, n), delta > 0, dominates, k >= 0)


def small_power(i: Expression, j: Expression, k: str) -> Steps:
    """|K_ij^k| <= 1."""
    index = integer(k)
    return [
        use("Lemma 24: entries", i=i, j=j),
        use("Powers: absolute value", x=K[i, j], y=1, k=index),
    ]


def unit_powers(k: str) -> Steps:
    """0 <= (1 - delta)^k <= 1."""
    index = integer(k)
    return [
        use("Powers: nonnegative", x=1 - delta, k=index),
        use("Powers: at most one", x=1 - delta, k=index),
    ]


def small_gap(i: Expression, j: Expression, k: Expression) -> Steps:
    """|K_ij^k - (1 - (1 - delta)^k) I_ij| <= 1."""
    return [
        *small_power(i, j, k.tree),
        *unit_powers(k.tree),
        cases(
            equal(i, j),
            yes=[rewrite(j, i), instantiate(unit_diagonal(K, n), i=i), rewrite(K[i, i], 1)],
        ),
    ]


within = [[use("Lemma 24: entries", i=1, j=1)], [use("Lemma 24: entries")], small_power(i, j, "k")]

LEMMA_24 = Claim(
    "Lemma 24",
    "eigenvalue lower bound (restates Lemma 7)",
    (
        lemma(
            "entries",
            given(K, n, delta, i, j).where(*inside).says((abs(K[i, j]) <= 1) & (delta <= 1)),
            [
                on_diagonal,
                instantiate(unit_diagonal(K, n), i=j),
                axiom("semidefinite_pair", dominates, i, j, 1),
                axiom("semidefinite_pair", dominates, i, j, -1),
                axiom("semidefinite_pair", dominates, i, j, 0),
                cases(equal(i, j)),
            ],
            words="2 x 2 principal minors: K ⪰ δI with unit diagonal has |K_ij| ≤ 1 and δ ≤ 1",
        ),
        step(
            "a",
            at_entry.says(equal(a.dual(K[i, j]), series(k, 1, a[k] * K[i, j] ** k))),
            words="as printed, the series of Hadamard powers starts at 1",
            kind=MISPRINT,
            defined=within,
        ),
        amended(
            "a amended",
            "a",
            at_entry.says(equal(a.dual(K[i, j]), series(k, 0, a[k] * K[i, j] ** k))),
            [use("Lemma 24: entries"), termwise("a", "l", converge=[small_power(i, j, "l")])],
            words="the series starts at 0, as in the last display of the proof",
            defined=within,
        ),
        step(
            "b",
            at_index.says(equal(K[i, j] ** k, shifted(i, j) ** k + gap(i, j, k))),
            [
                cases(
                    equal(i, j),
                    yes=[rewrite(j, i), on_diagonal, rewrite(K[i, i], 1)],
                )
            ],
        ),
        step(
            "c",
            power.says(semidefinite(n, i, j, shifted(i, j) ** k)),
            [schur(p, q, shifted(p, q), k)],
            words="the Hadamard product of positive semidefinite matrices is so (Schur)",
        ),
        step(
            "d",
            power.says(semidefinite(n, i, j, K[i, j] ** k - gap(i, j, k))),
            [
                congruent(p, q, shifted(p, q) ** k, use("Lemma 24: b", i=p, j=q)),
                use("Lemma 24: c"),
            ],
        ),
        step(
            "e",
            setting.says(semidefinite(n, i, j, series(k, 0, a[k] * (K[i, j] ** k - gap(i, j, k))))),
            [semidefinite_series(p, q, k, *small_gap(p, q, k)), use("Lemma 24: d")],
            words="a series of semidefinite matrices with weights a_k ≥ 0",
            defined=[small_gap(i, j, k)],
        ),
        step(
            "f",
            given(a, delta)
            .where(delta >= 0, delta <= 1)
            .says(
                equal(series(k, 0, a[k] * (1 - (1 - delta) ** k)), a.dual(1) - a.dual(1 - delta))
            ),
            [termwise("a", "l", converge=[unit_powers("l")])],
            defined=[unit_powers("k")],
        ),
        statement(
            "statement",
            setting.says(
                semidefinite(
                    n, i, j, a.dual(K[i, j]) - identity(i, j, a.dual(1) - a.dual(1 - delta))
                )
            ),
            [
                congruent(
                    p,
                    q,
                    series(k, 0, a[k] * (K[p, q] ** k - gap(p, q, k))),
                    use("Lemma 24: entries", i=p, j=q),
                    cases(
                        equal(p, q),
                        yes=[
                            rewrite(q, p),
                            instantiate(unit_diagonal(K, n), i=p),
                            rewrite(K[p, p], 1),
                            termwise("a", "l", converge=[unit_powers("l")]),
                        ],
                        no=[termwise("a", "l", converge=[small_power(p, q, "l")])],
                    ),
                ),
                use("Lemma 24: e"),
            ],
            defined=within,
        ),
    ),
    uses=(),
)
