"""The paper's quantities L0, B and L1, with the domains that the paper gives them."""

from proofs.language import (
    Definition,
    Expression,
    Formula,
    Matrix,
    Sequence,
    Term,
    Variable,
    choose,
    conjunction,
    converges,
    equal,
    forall,
    function,
    integer,
    lambda_min,
    real,
    semidefinite,
    series,
    tree,
    unequal,
)

mu, delta = real("mu"), real("delta")
L, n = integer("L"), integer("n")


def threshold(delta: Expression, mu: Expression) -> Expression:
    """max{ ceil( log(1/(2 delta)) / log(1 + mu/2) ), 0 }."""
    quotient = function("log", 1 / (2 * delta)) / function("log", 1 + mu / 2)
    return function("max", function("ceil", quotient), 0)


def bound(L: Expression, delta: Expression, mu: Expression, threshold: Expression) -> Expression:
    """1 - delta (1 + mu/2)^L up to the threshold, then (1/2)(1 - mu/2)^(L - threshold)."""
    return choose(
        threshold >= L,
        1 - delta * (1 + mu / 2) ** L,
        (1 - mu / 2) ** (L - threshold) / 2,
    )


PRINTED = (delta > 0) & (delta < 1) & (mu > 0) & (mu <= 1)
WIDER = (delta > 0) & (delta <= 1) & (mu > 0) & (mu <= 1)

L0 = Definition("L0", (delta, mu), threshold(delta, mu), PRINTED, "int")
B = Definition(
    "B", (L, delta, mu), bound(L, delta, mu, L0(delta, mu)), (L >= 1) & PRINTED, uses=(L0,)
)

L0_wider = Definition("L0", (delta, mu), threshold(delta, mu), WIDER, "int")
B_wider = Definition(
    "B",
    (L, delta, mu),
    bound(L, delta, mu, L0_wider(delta, mu)),
    (L >= 0) & WIDER,
    uses=(L0_wider,),
)


def layers(n: Expression, mu: Expression) -> Expression:
    """ceil( log(n) / (-log(1 - mu/2)) )."""
    return function("ceil", function("log", n) / -function("log", 1 - mu / 2))


L1 = Definition(
    "L1", (n, delta, mu), layers(n, mu) + L0(delta, mu), (n >= 1) & PRINTED, "int", uses=(L0,)
)


L2 = Definition(
    "L2",
    (n, delta, mu),
    function("ceil", 2 * function("log", 2 * n) / -function("log", 1 - mu / 2)) + 2 * L0(delta, mu),
    (n >= 1) & PRINTED,
    "int",
    uses=(L0,),
)


def normalised(c: Sequence) -> tuple[Formula, Formula]:
    """Fact 4: c_0 = 0 and sum_{i>=0} c_i = 1, the sequence form of the normalisation (1)."""
    i = integer("i")
    return equal(c[0], 0), equal(series(i, 0, c[i]), 1)


def nonlinearity(c: Sequence, mu: Variable) -> tuple[Formula, Formula]:
    """Definition 1 in sequence form: mu = 1 - c_1, and mu > 0 (Lemma 22)."""
    return equal(mu, 1 - c[1]), mu > 0


def unit_diagonal(K: Matrix, n: Term) -> Formula:
    """K_ii = 1: the points are unit vectors."""
    i = integer("i")
    return forall(i, holds=((i >= 1) & (i <= n)).implies(equal(K[i, i], 1)))


def assumption_1(K: Matrix, n: Term, delta: Term) -> Formula:
    """|x_i . x_j| <= 1 - delta for all i != j in [n]."""
    i, j = integer("i"), integer("j")
    inside = conjunction(i >= 1, i <= n, j >= 1, j <= n, unequal(i, j))
    return forall(i, j, holds=inside.implies(abs(K[i, j]) <= 1 - delta))


def assumption_2(K: Matrix, n: Term, delta: Term) -> Formula:
    """lambda_min(K) >= delta."""
    i, j = integer("i"), integer("j")
    return lambda_min(n, i, j, K[i, j]) >= delta


def gram(K: Matrix, n: Expression) -> tuple[Formula, ...]:
    """K is the Gram matrix of n >= 1 unit vectors: unit diagonal, positive semidefinite."""
    i, j = integer("i"), integer("j")
    return n >= 1, unit_diagonal(K, n), semidefinite(n, i, j, K[i, j])


def slope_series(c: Sequence, x: Term) -> Expression:
    """D(x) = sum_{i>=1} i c_i x^(i-1), the dual of the activation's derivative (Fact 5)."""
    u = integer("u")
    return series(u, 1, c[u] * (u * power(x, u - 1)))


def power(x: Term, k: Expression) -> Expression:
    """x^k for a number or a term x."""
    return Expression(("^", tree(x), k.tree))


def finite_slope(c: Sequence) -> Formula:
    """D(1) = sum_{i>=1} i c_i is finite."""
    u = integer("u")
    return converges(u, 1, c[u] * u)


def odds_bound(L: Term, delta: Expression, mu: Expression) -> Expression:
    """The number with the odds x/(1-x) = ((1 - delta)/delta) (1 + mu)^(-L)."""
    return (1 - delta) / ((1 - delta) + delta * power(1 + mu, as_expression(L)))


def as_expression(value: Term) -> Expression:
    """A term as an expression."""
    return value if isinstance(value, Expression) else Expression(tree(value))


def half_bound(
    L: Expression, delta: Expression, mu: Expression, threshold: Expression
) -> Expression:
    """B at the depth L/2, by the same formulas: powers of square roots where L is odd."""
    return choose(
        2 * threshold >= L,
        1 - delta * function("sqrt", 1 + mu / 2) ** L,
        function("sqrt", 1 - mu / 2) ** (L - 2 * threshold) / 2,
    )


E = Definition("E", (L, delta, mu), odds_bound(L, delta, mu), (L >= 0) & WIDER)
half = function("floor", Expression(("/", "L", 2)))
B_half = Definition(
    "B_half", (L, delta, mu), B(half, delta, mu), equal(2 * half, L) & (L >= 2) & PRINTED, uses=(B,)
)
B_half_wider = Definition(
    "B_half",
    (L, delta, mu),
    half_bound(L, delta, mu, L0_wider(delta, mu)),
    (L >= 0) & WIDER,
    uses=(L0_wider,),
)


def layers_for_half(n: Expression, mu: Expression) -> Expression:
    """ceil( 2 log(2n) / (-log(1 - mu/2)) )."""
    return function("ceil", 2 * function("log", 2 * n) / -function("log", 1 - mu / 2))


L2 = Definition(
    "L2",
    (n, delta, mu),
    layers_for_half(n, mu) + 2 * L0(delta, mu),
    (n >= 1) & PRINTED,
    "int",
    uses=(L0,),
)
