"""Engine `modulated`: expectations of sin(w x) exp(-x^2), the Gabor function, and of its products.

The Gaussian factor goes into the law of the variables (axiom `reweight`), which leaves a wave.
"""

from typing import Any

from certificates.checker import Goal
from certificates.terms import Term, substitute
from proofs.engines.dual import almost_everywhere
from proofs.engines.gaussians import linear, number, odd, product_of_equals, stein
from proofs.engines.identity import identity
from proofs.language import (
    Expression,
    Formula,
    equal,
    expectation,
    function,
    joint_expectation,
    real,
)
from proofs.tactics import Continue, Evidence, Prover, Tactic, axiom, have, in_turn

rho, x, y = real("rho"), real("x"), real("y")


def bell(v: Expression) -> Expression:
    """exp(-v^2)."""
    return function("exp", -(v**2))


def gabor_mean(w: Expression) -> Tactic:
    """Add E sin(w X) exp(-X^2) = 0: the function is odd."""
    wave = function("sin", w * x)
    return odd(expectation(x, bell(x) * wave), wave.tree)


def gabor_slope_mean(w: Expression) -> Tactic:
    """Add E X f(X) for f = sin(w x) exp(-x^2): as f' = w cos(w x) exp(-x^2) - 2 x f, by Stein's
    identity 3 E X f = w E cos(w X) exp(-X^2)."""
    f = bell(x) * function("sin", w * x)
    weight = function("exp", -(1 * x**2))
    cosine = expectation(x, cosine_body(w))
    first = expectation(x, x * f)
    slope = expectation(x, w * function("cos", w * x) * weight - 2 * (x * f))
    difference = Expression(("expect", "x", ("-", (x * f).tree, slope.tree[2])))
    return in_turn(
        stein(expectation(x, f)),
        _same_body(f, difference),
        linear(first, number(3), cosine, -w),
        almost_everywhere(
            difference, Expression(("+", 0, (3 * (x * f)).tree, (-w * cosine_body(w)).tree)), [[]],
            lambda _renamed: [identity],
        ),
        have(equal(first, w * cosine / 3)),
        cosine_mean(w),
    )  # fmt: skip


def cosine_mean(w: Expression) -> Tactic:
    """Add E cos(w X) exp(-X^2)."""
    cosine = expectation(x, cosine_body(w))
    return in_turn(axiom("reweight", cosine), _wave_mean, axiom("root", Expression("1/3")))


def cosine_body(w: Expression) -> Expression:
    """cos(w x) exp(-x^2)."""
    return function("cos", w * x) * function("exp", -(1 * x**2))


def _same_body(f: Expression, difference: Expression) -> Tactic:
    """From E[X f - f'] = 0 as `stein` has it to the same in our spelling."""

    def tactic(prover: Prover, goal: Goal, then: Continue) -> Evidence:
        known: Any = goal.hypotheses[-1][1]
        name = known[1]
        body = Expression(substitute(difference.tree[2], {"x": name}))
        step = almost_everywhere(Expression(known), body, [[]], lambda _renamed: [identity])
        return step(prover, goal, then)

    return tactic


def _wave_mean(prover: Prover, goal: Goal, then: Continue) -> Evidence:
    """Add the mean of the wave that `reweight`, the last fact, has left over a root."""
    _, wave, _ = goal.hypotheses[-1][2]
    return axiom("trigonometric_mean", Expression(wave))(prover, goal, then)


def gabor_dual(w: Expression) -> Tactic:
    """Add E f(X) f(Y) for f = sin(w x) exp(-x^2)."""
    f = bell(x) * function("sin", w * x)
    g = bell(y) * function("sin", w * y)
    weight = function("exp", -(1 * x**2 + 1 * y**2))
    less, more = (function("cos", v) * weight for v in (w * x - w * y, w * x + w * y))
    half = Expression("1/2")

    def steps(renamed: dict[str, Term]) -> list[Tactic]:
        def at(e: Expression) -> Expression:
            return Expression(substitute(e.tree, renamed))

        u, v = at(x), at(y)
        product = function("sin", w * u) * function("sin", w * v)
        waves = (function("cos", w * u - w * v) - function("cos", w * u + w * v)) / 2
        return [
            axiom("product_to_sum", product), axiom("exp_sum", -(u**2), -(v**2)),
            have(equal(product, waves)), have(equal(bell(u) * bell(v), at(weight))),
            product_of_equals(product, at(weight)),
        ]  # fmt: skip

    parts = joint_expectation(rho, x, y, less), joint_expectation(rho, x, y, more)
    shaped = Expression(("+", 0, (half * less).tree, (-half * more).tree))
    return in_turn(
        *_facts(),
        almost_everywhere(joint_expectation(rho, x, y, f * g), shaped, [[], []], steps),
        linear(parts[0], half, parts[1], -half),
        axiom("reweight", parts[0]), _wave_mean,
        axiom("reweight", parts[1]), _wave_mean,
    )  # fmt: skip


def _facts() -> list[Tactic]:
    """What there is to know of d = 9 - 4 rho^2 and of the variances W/d, W = 3 - 2 rho^2."""
    rest = 1 - rho * rho
    wide = 1 + 2 * Expression(1) * rest
    d = (1 + 2 * Expression(1)) * (1 + 2 * Expression(1)) - 4 * Expression(1) * 1 * rho * rho
    variance, square = wide / d, wide * wide
    return [
        have(Formula(("<=", 0, rest.tree))), have(d > 0), have(wide > 0),
        axiom("quotient", 1, d), have(1 / d > 0), have(wide * (1 / d) > 0),
        axiom("root", variance), axiom("root", d), axiom("root", wide),
        have(function("sqrt", d) > 0), have(function("sqrt", wide) > 0),
        axiom("root_product", wide, wide), axiom("quotient", 1, function("sqrt", square), by={0: [
            have(function("sqrt", wide) * function("sqrt", wide) > 0)]}),
        axiom("quotient", 1, function("sqrt", d)),
        *(axiom("quotient", 1, b) for b in (2 * rho - 3, 2 * rho + 3)),
    ]  # fmt: skip
