"""Formula (2), the tangent kernel of infinite width, derived from the network and compared.

The gradient of f = v . phi_L(x) by v is phi_L(x), and by what lies below it is
sum_k (v_k / sqrt m) sigma'(u_k) grad u_k, where each u_k is itself a network of L - 1 layers.  The
v_k are independent of mean 0 and variance 1, so that in the limit

    T_0(rho) = rho,    T_l(rho) = sigma-hat^(l)(rho) + D(sigma-hat^(l-1)(rho)) T_{l-1}(rho);

sigma' is taken at u_k, whose correlation is that of the layer below.  So the factors of formula (2)
stand at h' - 1, not at h'.
"""

from proofs.bounds import finite_slope, normalised
from proofs.claim import MISPRINT, Claim, amended, lemma, statement, step
from proofs.claims.definitions import centred, iterated_dual
from proofs.claims.facts import (
    by_moments,
    degrees,
    lipschitz,
    polynomial,
    slope,
    squares,
    total,
)
from proofs.claims.lemma_23 import dual_is_bounded
from proofs.claims.lemma_25 import D, slope_is_small
from proofs.language import (
    Activation,
    Expression,
    Sequence,
    Term,
    conjunction,
    equal,
    exists,
    expectation,
    finite_product,
    finite_sum,
    fold,
    forall,
    given,
    integer,
    joint_expectation,
    real,
)
from proofs.tactics import (
    axiom,
    induction,
    instantiate,
    intro,
    last_of,
    moments,
    none_of,
    rewrite,
    use,
)

c, sigma = Sequence("c"), Activation("sigma")
rho, x, y, v, t = real("rho"), real("x"), real("y"), real("v"), real("t")
h, g, ell, L, M = (integer(name) for name in ("h", "g", "l", "L", "M"))
s = [real(f"s{k}") for k in degrees]

JACOT = (
    "Jacot, Gabriel, Hongler 2018, Neural tangent kernel; Arora, Du, Hu, Li, Salakhutdinov, Wang "
    "2019, On exact computation with an infinitely wide neural net"
)

setting = (*normalised(c), finite_slope(c))
inside = abs(rho) <= 1


def tangent(depth: Term, x: Term) -> Expression:
    """T_L(x), the tangent kernel of L hidden layers, by its recursion."""
    layer = c.iterated(ell, x) + t * D(c.iterated(ell - 1, x))
    return fold(ell, t, layer, 1, depth, x)


def factors(first: Term, last: Term, x: Term, shift: int) -> Expression:
    """The product of D(sigma-hat^(h' - shift)(x)) over h' from first to last."""
    return finite_product(g, first, last, D(c.iterated(g - shift if shift else g, x)))


def sum_formula(depth: Expression, x: Term, shift: int, top: Term | None = None) -> Expression:
    """Formula (2), as printed for shift = 0; the sum up to h = top in the place of L + 1."""
    term = c.iterated(h - 1, x) * factors(h, depth, x, shift)
    return finite_sum(h, 1, depth + 1 if top is None else top, term)


def expanded(depth: int) -> Expression:
    """T_L(rho) for small L, without recursion: each layer multiplied out."""
    kernel: Expression = rho
    below: Expression = rho
    for k in range(1, depth + 1):
        kernel = c.iterated(k, rho) + kernel * D(below)
        below = c.iterated(k, rho)
    return kernel


def tangent_of_activation(depth: Term, rho: Expression) -> Expression:
    """The recursion with Gaussian expectations in the place of the sequence."""
    below = iterated_dual(ell - 1, rho)
    slopes = joint_expectation(below, x, y, sigma.slope(x) * sigma.slope(y))
    return fold(ell, t, iterated_dual(ell, rho) + t * slopes, 1, depth, rho)


bottom = c.iterated(Expression(("+", 0, 1)) - 1, rho)  # as the first layer writes sigma-hat^(0)
values_exist = [[dual_is_bounded], slope_is_small()]
at_layer = D(c.iterated(L, rho))
depth_one = L + 1
longer, shorter = (sum_formula(k, rho, 1, M) for k in (depth_one, L))
layer_and_depth = given(c, rho, L, M).where(*setting, inside, L >= 0, M >= 0)


FORMULA_2 = Claim(
    "formula (2)",
    "the tangent kernel of infinite width",
    (
        step(
            "one hidden layer",
            given(*s, rho)
            .where(abs(rho) <= 1)
            .says(
                equal(
                    joint_expectation(rho, x, y, polynomial(x) * polynomial(y))
                    + expectation(v, v**2)
                    * (rho * joint_expectation(rho, x, y, slope(x) * slope(y))),
                    total([squares[k] * rho**k for k in degrees])
                    + rho * total([k * squares[k] * rho ** (k - 1) for k in degrees[1:]]),
                )
            ),
            [
                *moments(
                    joint_expectation(rho, x, y, polynomial(x) * polynomial(y)),
                    expectation(v, v**2),
                    joint_expectation(rho, x, y, slope(x) * slope(y)),
                ),
                *by_moments,
            ],
            words="E of the gradients' product for L = 1 is σ̂(ρ) + ρ D(ρ), at every width: "
            "Σ_k σ(w_k·x)σ(w_k·x')/m by v, Σ_k v_k² σ'(w_k·x)σ'(w_k·x')(x·x')/m by the w_k; "
            "for polynomials of degree 3",
            form="activation",
        ),
        lemma(
            "one more layer",
            layer_and_depth.says((M <= L + 1).implies(equal(longer, shorter * at_layer))),
            [
                induction(
                    "M",
                    base=[
                        intro(),
                        none_of(sum_formula(depth_one, rho, 1, 0)),
                        none_of(sum_formula(L, rho, 1, 0)),
                    ],
                    step=[
                        intro(),
                        instantiate((M <= L + 1).implies(equal(longer, shorter * at_layer))),
                        last_of(longer),
                        last_of(shorter),
                        last_of(factors(M + 1, L, rho, 1)),
                        rewrite(longer, shorter * at_layer),
                    ],
                )
            ],
            defined=values_exist,
        ),
        lemma(
            "next layer",
            given(c, rho, L)
            .where(*setting, inside, L >= 0)
            .says(equal(tangent(L + 1, rho), c.iterated(L + 1, rho) + tangent(L, rho) * at_layer)),
            [axiom("fold_last", tangent(L, rho))],
            words="the recursion of the tangent kernel",
            defined=values_exist,
        ),
        statement(
            "printed",
            given(c, rho, L)
            .where(*setting, inside, L >= 1)
            .says(equal(sum_formula(L, rho, 0), tangent(L, rho))),
            at={"c": [[2, 1]], "rho": "1/2", "L": 1},
            kind=MISPRINT,
            words="as printed, D at σ̂^(h')(ρ), against the kernel derived from the network",
        ),
        amended(
            "derived",
            "printed",
            given(c, rho, L)
            .where(*setting, inside, L >= 0)
            .says(equal(sum_formula(L, rho, 1), tangent(L, rho))),
            [
                induction(
                    "L",
                    base=[
                        last_of(sum_formula(Expression(0), rho, 1, 0)),
                        none_of(sum_formula(Expression(0), rho, 1, 0)),
                        none_of(factors(Expression(("+", 0, 1)), 0, rho, 1)),
                        none_of(tangent(0, rho)),
                        axiom("iterate_zero", bottom),
                    ],
                    step=[
                        last_of(sum_formula(L + 1, rho, 1, L + 1)),
                        none_of(factors(L + 1 + 1, L + 1, rho, 1)),
                        use("formula (2): one more layer", M=L + 1),
                        use("formula (2): next layer"),
                        instantiate(
                            (L + 1 <= L + 1).implies(
                                equal(
                                    sum_formula(L + 1, rho, 1, L + 1),
                                    sum_formula(L, rho, 1, L + 1) * at_layer,
                                )
                            )
                        ),
                        rewrite(
                            sum_formula(L + 1, rho, 1, L + 1),
                            sum_formula(L, rho, 1, L + 1) * at_layer,
                        ),
                        rewrite(sum_formula(L, rho, 1, L + 1), tangent(L, rho)),
                    ],
                )
            ],
            words="with D at σ̂^(h'-1)(ρ), the correlation of the layer below",
            defined=values_exist,
        ),
        lemma(
            "depths 1, 2 and 3",
            given(c, rho)
            .where(*setting, inside)
            .says(conjunction(*(equal(tangent(k, rho), expanded(k)) for k in (1, 2, 3)))),
            [
                *(axiom("fold_last", tangent(k, rho)) for k in (0, 1, 2)),
                axiom("fold_empty", tangent(0, rho)),
                axiom("iterate_zero", bottom),
                rewrite(bottom, rho),
            ],
            words="small depths, multiplied out",
            defined=values_exist,
        ),
        statement(
            "network",
            given(sigma, L)
            .where(*centred, lipschitz, L >= 1)
            .says(
                exists(
                    c,
                    holds=conjunction(
                        *setting,
                        forall(
                            rho,
                            holds=(abs(rho) <= 1).implies(
                                equal(tangent_of_activation(L, rho), tangent(L, rho))
                            ),
                        ),
                    ),
                )
            ),
            words="the limit of the gradients' products by layers, in sequence form; that the "
            "kernel of width m converges to it almost surely is outside the statement language",
            form="activation",
            source=JACOT,
        ),
    ),
    uses=("Fact 1", "Fact 5", "Lemma 5"),
)
