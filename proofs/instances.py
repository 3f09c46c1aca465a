"""Instances: the bounds of Lemma 6, Theorem 2 and Corollary 3 at definite activations and delta.

The data are n points with all correlations equal to 1 - delta: the kernel matrix then has unit
diagonal and off-diagonal entries v_L = sigma-hat^(L)(1 - delta), hence the eigenvalues 1 - v_L and
1 + (n - 1) v_L, and Assumptions 1 and 2 hold with this delta and no larger one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from certificates.terms import numeral
from proofs.bounds import L1, B, B_wider
from proofs.language import (
    Definition,
    Expression,
    Formula,
    Statement,
    choose,
    condition_number,
    disjunction,
    equal,
    given,
    identity,
    integer,
    lambda_min,
    real,
    semidefinite,
)
from proofs.translate import term
from symbolic import parse_activation, rho

DEPTH = 60
POINTS = (2, 5, 10, 100, 1000)
DELTAS = tuple(
    Fraction(d)
    for d in ("1/1000", "1/100", "1/20", "1/10", "1/5", "3/10", "2/5", "1/2", "3/5", "3/4",
              "9/10", "99/100", "1")
)  # fmt: skip
ACTIVATIONS = ("relu", "leaky_relu(1/10)", "leaky_relu(1/2)", "abs", "erf", "sign", "h(2)", "h(3)",
               "two_term(1/10)", "two_term(1/2)")  # fmt: skip
ITEMS = ("Lemma 6", "Theorem 2, part 1", "Theorem 2, part 2", "Corollary 3, part 1",
         "Corollary 3, part 2")  # fmt: skip

L, n = integer("L"), integer("n")
x = real("x")


@dataclass(frozen=True)
class Instance:
    """A claim at definite values; `statement` is about L (and n) in finite ranges."""

    item: str
    label: str
    statement: Statement
    words: str
    asserted: bool = True  # whether the paper's own ranges include the values


@dataclass(frozen=True)
class Dual:
    """The closed form of a normalised dual activation and its mu, as definitions."""

    name: str
    sigma_hat: Definition
    mu: Definition

    def iterated(self, delta: Fraction) -> Expression:
        """v_L = sigma-hat^(L)(1 - delta)."""
        body = self.sigma_hat(real("r"))
        return Expression(("iter", "r", body.tree, "L", _number(1 - delta).tree))


def _number(value: Fraction) -> Expression:
    return Expression(numeral(value))


def dual(name: str) -> Dual:
    """The dual of a catalogued activation.  Raises ValueError for an unknown name."""
    activation = parse_activation(name).normalised()
    letters = activation.dual().free_symbols - {rho}
    if letters:
        raise ValueError(f"an instance of {name} needs numbers for {', '.join(map(str, letters))}")
    return Dual(
        name,
        Definition("sigma_hat", (x,), term(activation.dual(), rho, "x"), abs(x) <= 1),
        Definition("mu", (), term(activation.coefficient_of_nonlinearity(), rho, "x")),
    )


def instances(
    names: Sequence[str] = ACTIVATIONS, deltas: Sequence[Fraction] = DELTAS
) -> Iterator[Instance]:
    """The grid of instances, in order."""
    for name in names:
        closed = dual(name)
        for delta in deltas:
            for item in ITEMS:
                yield instance(item, closed, delta)
            if delta == 1:
                yield amended(closed)


def instance(
    item: str, closed: Dual, delta: Fraction, depth: int = DEPTH, points: Sequence[int] = POINTS
) -> Instance:
    """One claim for one activation and delta: L = 1 to `depth`, n in `points` where it occurs."""
    d, mu = _number(delta), closed.mu()
    v = closed.iterated(delta)
    largest, smallest = 1 + (n - 1) * v, 1 - v
    layers = given(L).where(L >= 1, depth >= L)
    sizes = given(n, L).where(n >= min(points), n <= max(points), among(points), L >= 1, depth >= L)
    common = (closed.sigma_hat, closed.mu)
    if item in ("Lemma 6", "Theorem 2, part 1"):
        statement = layers.says(v <= B(L, d, mu), B, *common)
        words = "σ̂^(L)(1-δ) ≤ B(L, δ)"
    elif item == "Theorem 2, part 2":
        statement = layers.says(1 - B(L, d, mu) <= smallest, B, *common)
        words = "1 - B(L, δ) ≤ λ_min = 1 - σ̂^(L)(1-δ)"
    elif item == "Corollary 3, part 1":
        bound = 1 + 2 * n * (1 - mu / 2) ** (L - L1(n, d, mu))
        statement = sizes.where(L1(n, d, mu) <= L).says(largest / smallest <= bound, L1, *common)
        words = "κ = (1+(n-1)v)/(1-v) ≤ 1 + 2n(1-μ/2)^(L-L1), v = σ̂^(L)(1-δ)"
    elif item == "Corollary 3, part 2":
        bound = 1 + n / d * (1 + mu / 2) ** (-L)
        statement = sizes.says(largest / smallest <= bound, B, *common)
        words = "κ = (1+(n-1)v)/(1-v) ≤ 1 + (n/δ)(1+μ/2)^(-L), v = σ̂^(L)(1-δ)"
    else:
        raise ValueError(f"no instances of {item}: choose among {', '.join(ITEMS)}")
    label = f"instance {closed.name}, delta {delta}"
    given_form = f"{words}; σ̂ and μ are those proved in Dual of {closed.name}"
    return Instance(item, label, statement, given_form, item == "Lemma 6" or delta < 1)


def amended(closed: Dual) -> Instance:
    """Lemma 6 as amended at delta = 1, with L = 0 as well."""
    one = _number(Fraction(1))
    statement = (
        given(L)
        .where(L >= 0, L <= DEPTH)
        .says(
            closed.iterated(Fraction(1)) <= B_wider(L, one, closed.mu()),
            B_wider, closed.sigma_hat, closed.mu,
        )
    )  # fmt: skip
    words = "σ̂^(L)(0) ≤ B(L, 1), the formulas for L0 and B taken at δ = 1 and L = 0 as well"
    return Instance("Lemma 6", f"instance {closed.name}, delta 1, amended", statement, words)


MATRICES: dict[str, tuple[Fraction, tuple[tuple[Fraction, ...], ...]]] = {
    name: (Fraction(delta), tuple(tuple(Fraction(v) for v in row.split()) for row in rows))
    for name, delta, rows in (
        ("A", "1/4", ("1 1/2 1/4", "1/2 1 1/2", "1/4 1/2 1")),
        ("B", "1/20", ("1 9/10 7/10", "9/10 1 4/5", "7/10 4/5 1")),
        ("C", "1/3", ("1 -1/3 1/3 0", "-1/3 1 0 1/4", "1/3 0 1 -1/5", "0 1/4 -1/5 1")),
    )
}
RATIONAL = ("h(2)", "two_term(1/2)", "two_term(1/10)")
SHALLOW = 2  # layers: the entries are exact, and their length doubles with each


def matrix_instances() -> Iterator[Instance]:
    """Theorem 2 and Corollary 3 (parts 2) on exact rational Gram matrices K with K >= delta I."""
    for name in RATIONAL:
        closed = dual(name)
        for matrix, (delta, rows) in MATRICES.items():
            yield from _on_matrix(closed, matrix, delta, rows)


def _on_matrix(
    closed: Dual, matrix: str, delta: Fraction, rows: tuple[tuple[Fraction, ...], ...]
) -> Iterator[Instance]:
    size, (i, j) = len(rows), (integer("i"), integer("j"))
    entries: Expression = _number(Fraction(0))
    for a, row in enumerate(rows, 1):
        for b, value in enumerate(row, 1):
            entries = choose(equal(i, a) & equal(j, b), _number(value), entries)
    gram = Definition("K", (i, j), entries)
    d, mu = _number(delta), closed.mu()
    body = closed.sigma_hat(real("r")).tree
    kernel = Expression(("iter", "r", body, "L", gram(i, j).tree))
    within = semidefinite(size, i, j, gram(i, j) - identity(i, j, d))
    setting = given(L).where(L >= 1, L <= SHALLOW, within)
    label = f"instance {closed.name}, matrix {matrix}, delta {delta}"
    common = (B, gram, closed.sigma_hat, closed.mu)
    yield Instance(
        "Theorem 2, part 2",
        label,
        setting.says(1 - B(L, d, mu) <= lambda_min(size, i, j, kernel), *common),
        "1 - B(L, δ) ≤ λ_min of the kernel matrix, by exact LDLᵀ elimination",
    )
    yield Instance(
        "Corollary 3, part 2",
        label,
        setting.says(
            condition_number(size, i, j, kernel) <= 1 + size / d * (1 + mu / 2) ** (-L), *common
        ),
        "κ ≤ 1 + (n/δ)(1+μ/2)^(-L), eigenvalues by exact LDLᵀ elimination",
    )


def among(points: Sequence[int]) -> Formula:
    """n is one of the points."""
    return disjunction(*(equal(n, k) for k in points))
