"""The claims about activations with break points away from 0, such as hard-tanh, and ELU.

sigma is a sum of bases x^p exp(r x), and x^p exp(r x) 1(x < h); the exponentials go by a shift of
the Gaussian variables, what is left are the moments of `truncated`.
"""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any, NamedTuple

import sympy

from certificates.checker import Goal
from certificates.terms import Term, substitute
from proofs.claim import Part, lemma, statement
from proofs.engines.dual import almost_everywhere, apart
from proofs.engines.gaussians import linear, product_of_equals
from proofs.engines.identity import defining_facts, identity
from proofs.engines.polynomial import find_certificate
from proofs.engines.unify import unified
from proofs.language import (
    Expression,
    Formula,
    equal,
    expectation,
    function,
    given,
    joint_expectation,
    real,
)
from proofs.tactics import Continue, Evidence, Prover, Tactic, axiom, have, in_turn, use
from proofs.translate import Phi, term
from proofs.truncated import HIGHEST, ITEM, PHI2, below, phi2
from symbolic import Activation
from symbolic.laws import TermsLaw
from symbolic.variables import rho as correlation
from symbolic.variables import x as argument

rho, x, y = real("rho"), real("x"), real("y")
INSIDE = (rho > -1, rho < 1)
"""The correlations of these duals; at the ends there are the moments of one variable."""

PI = function("pi")
SQUARE, CIRCLE = 1 - rho * rho, 2 * PI
INNER_FACTS = (
    have(Formula(("<", 0, SQUARE.tree))), axiom("root", SQUARE),
    have(Formula(("<", 0, function("sqrt", SQUARE).tree))),
    axiom("quotient", 1, function("sqrt", SQUARE)),
    axiom("pi_bounds"), have(CIRCLE > 0), axiom("root", CIRCLE), have(function("sqrt", CIRCLE) > 0),
    axiom("quotient", 1, function("sqrt", CIRCLE)),
    have(PI > 0), axiom("root", PI), have(function("sqrt", PI) > 0),
    axiom("quotient", 1, function("sqrt", PI)),
    *(axiom("quotient", 1, b) for b in (rho - 1, rho + 1, 2 * SQUARE, rho**2 - 1)),
)  # fmt: skip
"""What the engines need of sqrt(1 - rho^2) and of sqrt(pi), before there are many hypotheses."""


PI_FACTS = [
    axiom("pi_bounds"), have(PI > 0), axiom("root", PI), have(function("sqrt", PI) > 0),
]  # fmt: skip


class Base(NamedTuple):
    """x^power exp(rate x) or, cut off, (x - at)^power exp(rate x) 1(x < at)."""

    power: int
    rate: sympy.Expr
    at: sympy.Expr | None

    def plain(self, v: Expression, shift: Expression | int = 0) -> Expression:
        """The base without its exponential, at v + shift."""
        if self.at is None:
            return (v + shift if shift else v) ** self.power
        return below(v + self.offset(shift), self.power, Expression(0))

    def offset(self, shift: Expression | int) -> Expression:
        """What is added to the variable before it is compared with 0."""
        return shift - closed(self.at) if self.at is not None else Expression(0) + shift

    def written(self, v: Expression) -> Expression:
        """The base at v."""
        if self.rate == 0:
            return self.plain(v)
        return function("exp", closed(self.rate) * v) * self.plain(v)


Bases = list[tuple[Base, sympy.Expr]]
Cuts = dict[tuple[sympy.Expr, sympy.Expr | None], sympy.Expr]
"""A function as polynomials in x by rate and end: p(x) exp(rate x) 1(x < end)."""


def expanded(cuts: Cuts) -> Bases:
    """The bases, each polynomial expanded at the end of its interval."""
    found: Bases = []
    for (rate, at), polynomial in cuts.items():
        moved = sympy.expand(polynomial.subs(argument, argument + (at or 0)))
        for (power,), c in sympy.Poly(moved, argument).terms()[::-1]:
            if sympy.simplify(c) != 0:
                found.append((Base(power, rate, at), c))
    return found


def closed(form: sympy.Expr) -> Expression:
    """A closed form in rho and the parameters, its error functions written as Phi."""
    root = sympy.sqrt(2)
    return term(
        form.replace(sympy.erf, lambda a: 2 * Phi(sympy.expand(root * a)) - 1), correlation, "rho"
    )


def cuts(sigma: Activation) -> Cuts | None:
    """sigma cut into exponential polynomials; None where it is none, or one of too high a power."""
    if not isinstance(sigma.law, TermsLaw):
        return None
    found: Cuts = {}

    def add(rate: sympy.Expr, at: sympy.Expr | None, polynomial: sympy.Expr) -> None:
        found[rate, at] = sympy.expand(found.get((rate, at), 0) + polynomial)

    for t in sigma.law.terms:
        smeared = t.window is not None and (t.window.smear != 0 or t.window.mass)
        if t.decay != 0 or smeared or t.power > HIGHEST or not t.rate.is_real:
            return None
        polynomial = t.coefficient * argument**t.power
        if t.window is None or t.window.side > 0:
            add(t.rate, None, polynomial)
        if t.window is not None:
            add(t.rate, t.window.at, -t.window.side * polynomial)
    return found


def needs_truncation(sigma: Activation) -> bool:
    """Whether sigma has break points away from 0, or exponentials that are cut off."""
    return any(at is not None and (at != 0 or rate != 0) for rate, at in cuts(sigma) or {})


# Means --------------------------------------------------------------------------------------------


def of_one(base: Base) -> list[Tactic]:
    """Add the value of E of a base."""
    steps: list[Tactic] = []
    if base.rate != 0:
        steps.append(axiom("shift", expectation(x, base.written(x))))
    if base.at is not None:
        steps.append(use(f"{ITEM}: N_{base.power}", m=base.offset(closed(base.rate)), s=1, d=0))
    return steps


Factor = tuple[Expression, Bases]
"""A function with its bases."""


def sum_of_means(
    body: Expression, found: Bases, factors: tuple[Factor, Factor] | None = None
) -> Tactic:
    """Add the value of E body, which is the sum of the bases but at the break points.

    A body that is a product can be given by its factors, each with its own bases.
    """
    ends = [closed(a) for a in dict.fromkeys(b.at for b, _ in found) if a is not None]

    def steps(renamed: dict[str, Term]) -> list[Tactic]:
        at = Expression(renamed["x"])
        cases, merging = [apart(at, e) for e in ends], _merging(at, at, found)
        if factors is None:
            return [*cases, *merging]
        sides = [(Expression(substitute(f.tree, {"x": at.tree})), total(bases, at))
                 for f, bases in factors]  # fmt: skip
        (one, first), (other, second) = sides
        return [
            *(have(equal(f, bases), *cases) for f, bases in sides),
            have(equal(one * other, first * second), product_of_equals(one, second)),
            have(equal(first * second, total(found, at)), *cases, *merging, _in_its_case),
        ]

    terms = [t for b, c in found for t in (expectation(x, b.written(x)), closed(c))]
    return in_turn(
        almost_everywhere(expectation(x, body), total(found, x), [ends], steps),
        *([linear(*terms)] if terms else []),
        *(step for b, _ in found for step in of_one(b)),
    )


def _in_its_case(prover: Prover, goal: Goal, then: Continue) -> Evidence:
    """An equation in one case: the case is impossible, or it follows by elimination."""
    impossible = find_certificate(goal, 1)
    return identity(prover, goal, then) if impossible is None else impossible


def total(found: Bases, v: Expression) -> Expression:
    """The sum of the bases at v."""
    return Expression(("+", 0, 0, *((closed(c) * b.written(v)).tree for b, c in found)))


def _merging(v: Expression, w: Expression, found: Bases) -> list[Tactic]:
    """exp(r v) exp(s w) = exp(r v + s w) for the rates whose sums occur."""
    rates = list(dict.fromkeys(b.rate for b, _ in found if b.rate != 0))
    single = [r for r in rates if r / 2 in rates]
    return [axiom("exp_sum", closed(r / 2) * v, closed(r / 2) * w) for r in single]


def multiplied(f: Cuts, g: Cuts) -> Cuts:
    """The product of functions that are cut, products of steps at the lower of their ends."""
    total: Cuts = {}
    for ((rate, one), p), ((other, two), q) in product(f.items(), g.items()):
        ends = [v for v in (one, two) if v is not None]
        at = None if not ends else ends[0] if len(ends) == 1 or _lower(*ends) else ends[1]
        key = rate + other, at
        total[key] = sympy.expand(total.get(key, 0) + p * q)
    return total


def mirrored(found: Cuts) -> Cuts:
    """f(-x) for a function f that is cut: 1(-x < h) = 1 - 1(x < -h) but at -h."""
    total: Cuts = {}

    def add(rate: sympy.Expr, at: sympy.Expr | None, polynomial: sympy.Expr) -> None:
        total[rate, at] = sympy.expand(total.get((rate, at), 0) + polynomial)

    for (rate, at), polynomial in found.items():
        turned = polynomial.subs(argument, -argument)
        add(-rate, None, turned)
        if at is not None:
            add(-rate, -at, -turned)
    return total


def _lower(a: sympy.Expr, b: sympy.Expr) -> bool:
    return bool((b - a).is_nonnegative)


# Duals --------------------------------------------------------------------------------------------


def pair(a: Base, b: Base) -> tuple[Expression, list[Tactic]]:
    """(E a(X) b(Y), steps that add its value)."""
    whole = joint_expectation(rho, x, y, a.written(x) * b.written(y))
    r, q = closed(a.rate), closed(b.rate)
    tilted = (a.rate, b.rate) != (0, 0)
    mx, my = (r + rho * q, q + rho * r) if tilted else (0, 0)
    steps: list[Tactic] = []
    current = whole
    if tilted:
        merged = function("exp", r * x + q * y) * (a.plain(x) * b.plain(y))
        shaped = joint_expectation(rho, x, y, merged)

        def merging(renamed: dict[str, Term]) -> list[Tactic]:
            v, w = Expression(renamed["x"]), Expression(renamed["y"])
            both = a.rate != 0 and b.rate != 0
            return [axiom("exp_sum", r * v, q * w)] * both + [identity]

        steps += [almost_everywhere(whole, merged, [[], []], merging), axiom("shift", shaped)]
        current = joint_expectation(rho, x, y, a.plain(x, mx) * b.plain(y, my))
    m, n = a.offset(mx), b.offset(my)
    if a.at is not None and b.at is not None:
        if (a.power, b.power) == (0, 0):
            steps.append(have(equal(current, phi2(-m, -n, rho))))
        else:
            steps.append(use(f"{ITEM}: T_{a.power}{b.power}", m=m, n=n, h=0, k=0))
    elif a.at is not None:
        steps.append(use(f"{ITEM}: S_{a.power}{b.power}", m=m, n=n, h=0))
    elif b.at is not None:
        steps += [axiom("exchange", current),
                  use(f"{ITEM}: S_{b.power}{a.power}", m=n, n=m, h=0)]  # fmt: skip
    return whole, steps


def by_pairs(sigma: Any, found: Bases) -> Tactic:
    """Add the value of E sigma(X) sigma(Y), as the sum over the pairs of bases."""
    ends = [closed(a) for a in dict.fromkeys(b.at for b, _ in found) if a is not None]
    whole = joint_expectation(rho, x, y, sigma(x) * sigma(y))

    def steps(renamed: dict[str, Term]) -> list[Tactic]:
        v, w = Expression(renamed["x"]), Expression(renamed["y"])
        return [have(equal(sigma(v), total(found, v)), *(apart(v, e) for e in ends)),
                have(equal(sigma(w), total(found, w)), *(apart(w, e) for e in ends)),
                product_of_equals(sigma(v), total(found, w))]  # fmt: skip

    known: list[Tactic] = []
    terms: list[Any] = []
    shaped: list[Term] = []
    for (i, (a, c)), (j, (b, e)) in product(enumerate(found), enumerate(found)):
        expected, of_pair = pair(a, b)
        weight = closed(c) * closed(e)
        terms += [expected, weight]
        shaped.append((weight * expected_body(expected)).tree)
        turned = a.at is not None and b.at is None and (a.rate, b.rate) == (0, 0)
        if i <= j:
            known += of_pair
        elif not turned:  # else it is known from the pair (b, a), which was exchanged
            known.append(axiom("exchange", expected))
    return in_turn(
        almost_everywhere(whole, Expression(("+", 0, 0, *shaped)), [ends, ends], steps),
        linear(*terms),
        *known,
    )


def expected_body(expected: Expression) -> Expression:
    """The function under an expectation."""
    return Expression(expected.tree[-1])


# Parts --------------------------------------------------------------------------------------------


def clipped_parts(
    sigma: Activation, written: Any, plain: Any, start: Sequence[Tactic], item: str
) -> Iterator[Part]:
    """Mean, first coefficient, dual and second moment of such an activation."""
    whole_cuts = cuts(sigma) or {}
    found = expanded(whole_cuts)
    law = written.sigma(x)
    start = clipped_start(plain, start)
    defined = [[*start, defining_facts]]

    def moment(
        label: str, body: Expression, form: sympy.Expr, parts_: Bases, words: str,
        factors: tuple[Factor, Factor] | None = None,
    ) -> Part:  # fmt: skip
        says = plain.says(equal(expectation(x, body), closed(form)))
        steps = [*start, sum_of_means(body, parts_, factors), unified(ITEM), identity]
        return lemma(label, says, steps, words=words, defined=defined)

    letters = any(at is not None and at.free_symbols for _, at in whole_cuts)
    letters = letters or any(rate.free_symbols for rate, _ in whole_cuts)
    own: Factor = (law, found)
    yield moment("mean", law, sigma.mean(), found, "E σ(X)")
    raised = expanded({key: argument * p for key, p in whole_cuts.items()})
    first = sigma.hermite_coefficient(1)
    yield moment("first coefficient", x * law, first, raised, "a_1 = E Xσ(X)")
    square = expanded(multiplied(whole_cuts, whole_cuts))
    yield moment("second moment", law**2, sigma.second_moment(), square, "E σ(X)²",
                 (own, own) if letters else None)  # fmt: skip
    form = closed(sigma.dual())
    whole = joint_expectation(rho, x, y, written.sigma(x) * written.sigma(y))
    yield statement(
        "dual",
        with_rho(plain).where(*INSIDE).says(equal(whole, form), *definitions(form)),
        [*start, *INNER_FACTS, by_pairs(written.sigma, found), unified(ITEM), identity],
        words="σ̂(ρ) = E σ(X)σ(X'), Definition 4, for -1 < ρ < 1",
        defined=defined,
    )
    ends = {1: whole_cuts, -1: mirrored(whole_cuts)}
    for sign, other in ends.items():
        whole = joint_expectation(sign, x, y, written.sigma(x) * written.sigma(y))
        facing = law if sign == 1 else written.sigma(-x)
        both = (own, (facing, expanded(other))) if letters else None
        body = law * facing
        yield statement(
            f"dual at {sign}",
            plain.says(equal(whole, closed(sigma.dual(sympy.Integer(sign))))),
            [*start, axiom("perfect_correlation", whole, sign),
             sum_of_means(body, expanded(multiplied(whole_cuts, other)), both),
             unified(ITEM), identity],
            words=f"σ̂({sign}) = E σ(X)σ(X'), Definition 4",
            defined=defined,
        )  # fmt: skip


def clipped_start(plain: Any, start: Sequence[Tactic]) -> list[Tactic]:
    """`start`, and what there is to know of powers of the parameters that are positive."""
    positive = [p for p in plain.variables if _positive(p, plain)]
    return [*start, *PI_FACTS * bool(positive), *(step for p in positive for step in _powers(p))]


def _positive(parameter: Any, plain: Any) -> bool:
    return (parameter > 0) in plain.hypotheses


def _powers(p: Any) -> list[Tactic]:
    """That p^2, 1/p and products with pi are positive, and what the inverses are."""
    return [
        have(p * p > 0),
        *(axiom("quotient", 1, b) for b in (p, p**2, 2 * p**2)),
        have(1 / p > 0), have(PI * p > 0), have(PI * (p * p) > 0),
        have(function("sqrt", PI) * p > 0), have(function("sqrt", PI) * (p * p) > 0),
    ]  # fmt: skip


def with_rho(plain: Any) -> Any:
    """The statement with rho as a further variable."""
    return given(*plain.variables, rho).where(*plain.hypotheses)


def definitions(form: Expression) -> tuple[Any, ...]:
    """The definitions that a closed form calls."""
    return (PHI2,) if "'Phi2'" in repr(form.tree) else ()
