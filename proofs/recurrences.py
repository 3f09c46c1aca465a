"""Functions whose Hermite coefficients satisfy a recurrence in k: exponentials, waves, Gaussians,
error functions, and exponentials that are cut off at 0.

Each comes with the recurrence's solution in closed form, and with the proof by induction.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sympy

from certificates.terms import substitute
from proofs.clipped import Base as CutBase
from proofs.clipped import of_one
from proofs.engines.dual import almost_everywhere, mean
from proofs.engines.gaussians import exponential, linear, number, waves, weighted
from proofs.engines.identity import defining_facts, identity
from proofs.engines.unify import unified
from proofs.language import (
    SUM,
    Expression,
    Formula,
    conjunction,
    equal,
    expectation,
    fold,
    function,
    hermite,
    integer,
)
from proofs.tactics import Tactic, axiom, have, induction, split, use
from proofs.translate import term
from proofs.truncated import ITEM as TRUNCATED
from proofs.written import x
from symbolic.variables import x as argument

k = integer("k")
PI = function("pi")


def spelled(e: sympy.Expr) -> Expression:
    """An expression in x and the parameters."""
    return term(e, argument, "x")


def moment(f: Expression, n: Expression) -> Expression:
    """E[He_n(X) f(X)]."""
    return expectation(x, hermite(n, x) * f)


def by_parts(combination: Expression, primitive: Expression, n: Expression) -> Tactic:
    """Add E[combination] = 0, which is P' - x P for the primitive P, by He_(n+1) = x He_n - ..."""
    return mean(
        expectation(x, combination), (), [primitive], [[]],
        lambda name: [axiom("hermite_successor", n, Expression(name)), identity],
    )  # fmt: skip


@dataclass(frozen=True)
class Base:
    """A function f, and what E[He_n(X) f(X)] is for each integer n >= least.

    `reduced` are facts that bring the value at a numeral n into its usual form.
    """

    function: Expression
    value: Callable[[Expression], Expression]
    label: str
    least: int = 0
    reduced: Callable[[int], list[Tactic]] = lambda _n: []


def exponential_base(rate: sympy.Expr) -> tuple[Base, list[Tactic], Formula]:
    """exp(r x): E[He_(k+1) f] = r E[He_k f]."""
    r = spelled(rate)
    f = function("exp", spelled(rate * argument))
    base = Base(f, lambda n: r**n * function("exp", r * r / 2), f"exp({rate} x)")
    step = [
        by_parts(hermite(k + 1, x) * f - r * (hermite(k, x) * f), -(hermite(k, x) * f), k),
        linear(moment(f, k + 1), number(1), moment(f, k), -r),
        have(equal(moment(f, k + 1), r * moment(f, k))),
        axiom("power_successor", r, k), identity,
    ]  # fmt: skip
    proof = induction("k", base=[exponential(moment(f, Expression(0))), identity], step=step)
    return base, [proof], equal(moment(f, k), base.value(k))


def waves_base(angle: sympy.Expr) -> tuple[list[Base], list[Tactic], Formula]:
    """sin(w x + b) and cos(w x + b): E[He_(k+1) sin] = w E[He_k cos], and -w E[He_k sin]."""
    slope, offset = sympy.Poly(angle, argument).all_coeffs()
    w, b = spelled(slope), spelled(offset)
    u, half = spelled(angle), PI / 2
    size = function("exp", -(w * w / 2))

    def value(name: str) -> Callable[[Expression], Expression]:
        return lambda n: w**n * size * function(name, b + n * half)

    sine, cosine = function("sin", u), function("cos", u)
    reduced = _quarter_turns(b) if offset.free_symbols or offset != 0 else lambda _n: []
    label = f"waves of {angle}"
    found = [Base(f, value(f.tree[0]), label, 0, reduced) for f in (sine, cosine)]
    at = b + k * half
    shifted = [
        axiom("product_to_sum", function(f, a) * function(g, c))
        for f, a, g, c in (("sin", at, "cos", half), ("sin", half, "cos", at),
                           ("cos", at, "cos", half), ("sin", at, "sin", half))
    ]  # fmt: skip
    shifted.append(axiom("negative_argument", function("sin", at - half)))
    turn = [
        have(equal(function("sin", at + half), function("cos", at)), *shifted),
        have(equal(function("cos", at + half), -function("sin", at)), *shifted),
    ]

    def next_one(f: Expression, g: Expression, sign: int) -> list[Tactic]:
        difference = hermite(k + 1, x) * f - sign * w * (hermite(k, x) * g)
        return [
            by_parts(difference, -(hermite(k, x) * f), k),
            linear(moment(f, k + 1), number(1), moment(g, k), -(sign * w)),
            have(equal(moment(f, k + 1), sign * w * moment(g, k))),
            axiom("power_successor", w, k), *turn, identity,
        ]  # fmt: skip

    start = [[waves(moment(f, Expression(0))), identity] for f in (sine, cosine)]
    steps = split(next_one(sine, cosine, 1), next_one(cosine, sine, -1))
    proof = induction("k", base=[split(*start)], step=[steps])
    claim = conjunction(*(equal(moment(b_.function, k), b_.value(k)) for b_ in found))
    return found, [proof], claim


def _quarter_turns(b: Expression) -> Callable[[int], list[Tactic]]:
    """sin(b + n pi/2) and cos(b + n pi/2) for a numeral n, by the addition theorems."""

    def facts(n: int) -> list[Tactic]:
        angle = n * (PI / 2)
        sine, cosine = (function(f, b + angle) for f in ("sin", "cos"))
        one, other = function("sin", b), function("cos", b)
        across, along = function("sin", angle), function("cos", angle)
        sums = [axiom("product_to_sum", e) for e in (one * along, across * other, other * along,
                                                     one * across)]  # fmt: skip
        sums += [axiom("negative_argument", function("sin", b - angle))]
        return [
            have(equal(sine, one * along + other * across), *sums),
            have(equal(cosine, other * along - one * across), *sums),
        ]

    return facts


def gaussian_base(decay: sympy.Expr) -> tuple[Base, list[Tactic], Formula]:
    """exp(-a x^2): (1 + 2a) E[He_(k+2) f] = -2a (k+1) E[He_k f]."""
    a = spelled(decay)
    f = function("exp", -(a * x**2))
    double, whole = 2 * a, 1 + 2 * a
    s, root = function("sqrt", double / whole), function("sqrt", whole)
    zero = Expression(0)
    base = Base(f, lambda n: hermite(n, 0) * s**n / root, f"exp(-{decay} x^2)")
    ratio = double / whole
    step = [
        by_parts(
            hermite(k + 2, x) * f + ratio * (k + 1) * (hermite(k, x) * f),
            -(hermite(k + 1, x) * f) / whole, k + 1,
        ),
        linear(moment(f, k + 2), number(1), moment(f, k), ratio * (k + 1)),
        have(equal(moment(f, k + 2), -(ratio * (k + 1) * moment(f, k)))),
        axiom("hermite_successor", k + 1, zero),
        axiom("power_successor", s, k), axiom("power_successor", s, k + 1),
        identity,
    ]  # fmt: skip
    facts = [
        have(whole > 0), axiom("quotient", 1, whole), have(ratio >= 0, defining_facts),
        axiom("root", ratio),
    ]  # fmt: skip
    start = [[weighted(moment(f, Expression(n))), identity] for n in (0, 1)]
    proof = induction("k", base=[split(*start)], step=[*facts, split([], step)])
    both = conjunction(*(equal(moment(f, n), base.value(n)) for n in (k, k + 1)))
    return base, [have(both, proof)], equal(moment(f, k), base.value(k))


def tilted_base(exponent: sympy.Expr) -> tuple[Base, list[Tactic], Formula]:
    """f = exp(c + r x - a x^2): (1 + 2a) E[He_(k+2) f] = r E[He_(k+1) f] - 2a (k+1) E[He_k f]."""
    quadratic, linear_, constant = sympy.Poly(exponent, argument).all_coeffs()
    a, r, c = spelled(-quadratic), spelled(linear_), spelled(constant)
    f, whole = function("exp", spelled(exponent)), 1 + 2 * a
    ratio = 2 * a / whole
    s, slope = function("sqrt", ratio), r / whole
    q, scale = slope * (1 / s), function("exp", c + r * r / whole / 2) / function("sqrt", whole)
    base = Base(f, lambda n: scale * s**n * hermite(n, q), f"exp({exponent})")
    one, bell = function("exp", r * x + c), function("exp", -(a * x**2))

    def joined(renamed: dict[str, Any]) -> list[Tactic]:
        parts = (substitute(e.tree[1], renamed) for e in (one, bell))
        return [axiom("exp_sum", *map(Expression, parts)), identity]

    narrow = expectation(x, Expression(substitute(
        one.tree, {"x": ("*", ("sqrt", ("/", 1, whole.tree)), "x")})))  # fmt: skip
    mean_ = [
        almost_everywhere(moment(f, number(0)), one * bell, [[]], joined),
        axiom("reweight", expectation(x, one * bell)),
        axiom("exponential_mean", narrow), axiom("root", 1 / whole), unified(TRUNCATED), identity,
    ]  # fmt: skip
    later = [
        by_parts(hermite(1, x) * f - slope * f, -f / whole, number(0)),
        linear(moment(f, number(1)), number(1), expectation(x, f), -slope),
        have(equal(moment(f, number(1)), slope * moment(f, number(0)))), *mean_,
    ]  # fmt: skip
    step = [
        by_parts(
            hermite(k + 2, x) * f - slope * (hermite(k + 1, x) * f)
            + ratio * (k + 1) * (hermite(k, x) * f),
            -(hermite(k + 1, x) * f) / whole, k + 1,
        ),
        linear(moment(f, k + 2), number(1), moment(f, k + 1), -slope,
               moment(f, k), ratio * (k + 1)),
        have(equal(moment(f, k + 2),
                   slope * moment(f, k + 1) - ratio * (k + 1) * moment(f, k))),
        axiom("hermite_successor", k + 1, q),
        axiom("power_successor", s, k), axiom("power_successor", s, k + 1), identity,
    ]  # fmt: skip
    facts = [have(ratio > 0), axiom("root", ratio), have(s > 0, defining_facts),
             axiom("quotient", 1, s)]  # fmt: skip
    proof = induction("k", base=[*facts, split(mean_, later)], step=[*facts, split([], step)])
    both = conjunction(*(equal(moment(f, n), base.value(n)) for n in (k, k + 1)))
    return base, [have(both, proof)], equal(moment(f, k), base.value(k))


def normal_base(
    f: Expression, scale: Expression, gaussian: Base, label: str
) -> tuple[Base, list[Tactic]]:
    """f = erf(a x) or Phi(a x), whose derivative is a Gaussian times `scale`."""
    before = k - 1
    base = Base(f, lambda n: scale * gaussian.value(n - 1), label, 1)
    g = gaussian.function
    combination = hermite(k, x) * f - scale * (hermite(before, x) * g)
    steps = [
        by_parts(combination, -(hermite(before, x) * f), before),
        linear(moment(f, k), number(1), moment(g, before), -scale),
        have(equal(moment(f, k), scale * moment(g, before))),
        use(gaussian.label, k=before), identity,
    ]  # fmt: skip
    return base, steps


def cut_exponential_base(rate: sympy.Expr) -> tuple[Base, list[Tactic], Formula]:
    """exp(r x) 1(x < 0): E[He_(k+1) f] = r E[He_k f] - He_k(0) phi(0)."""
    r, cut = spelled(rate), CutBase(0, rate, sympy.Integer(0))
    f, edge = cut.written(x), 1 / function("sqrt", 2 * PI)
    first = function("exp", r * r / 2) * (1 - function("Phi", r))
    j, so_far = integer("j"), SUM

    def value(n: Expression) -> Expression:
        return fold(j, so_far, r * so_far - edge * hermite(j, 0), 0, n - 1, first)

    def reduced(n: int) -> list[Tactic]:
        under = 2 * function("sqrt", PI)
        return [have(equal(edge, function("sqrt", 2) / under), identity),
                axiom("quotient", 1, under, by={0: [defining_facts]}),
                axiom("fold_empty", value(number(0))),
                *(axiom("fold_last", value(number(i))) for i in range(n))]  # fmt: skip

    base = Base(f, value, f"exp({rate} x) cut off at 0", 0, reduced)
    smooth = function("exp", spelled(rate * argument))
    difference = hermite(k + 1, x) * f - r * (hermite(k, x) * f)
    step = [
        mean(
            expectation(x, difference), [0], [-(hermite(k, x) * smooth), number(0)], [[], []],
            lambda name: [axiom("hermite_successor", k, Expression(name))],
        ),
        linear(moment(f, k + 1), number(1), moment(f, k), -r),
        have(equal(moment(f, k + 1), r * moment(f, k) - edge * hermite(k, 0))),
        axiom("fold_last", value(k)), identity,
    ]  # fmt: skip
    opposite = axiom("negative_argument", function("Phi", r))
    start = [axiom("fold_empty", value(Expression(0))), *of_one(cut), opposite, identity]
    proof = induction("k", base=start, step=step)
    return base, [proof], equal(moment(f, k), base.value(k))
