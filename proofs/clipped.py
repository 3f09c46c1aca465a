"""The claims about activations with break points away from 0, such as hard-tanh, and ELU.

sigma is a sum of bases x^p exp(r x), and x^p exp(r x) 1(x < h); the exponentials go by a shift of
the Gaussian variables, what is left are the moments of `truncated`.
"""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any, NamedTuple

import sympy

from certificates.checker import Goal
from certificates.terms import Term, expand_calls
from proofs.claim import Part, lemma, statement
from proofs.engines.dual import almost_everywhere, apart
from proofs.engines.gaussians import linear
from proofs.engines.identity import defining_facts, identity
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
    thawed,
)
from proofs.tactics import Continue, Evidence, Prover, Tactic, axiom, have, in_turn, use
from proofs.translate import Phi, term
from proofs.truncated import HIGHEST, ITEM, PHI2, below, phi2
from symbolic import Activation
from symbolic.laws import TermsLaw
from symbolic.variables import rho as correlation

rho, x, y = real("rho"), real("x"), real("y")
INSIDE = (-1 < rho, rho < 1)
"""The correlations of these duals; at the ends there are the moments of one variable."""

SQUARE = 1 - rho * rho
INNER_FACTS = (
    have(Formula(("<", 0, SQUARE.tree))), axiom("root", SQUARE),
    have(Formula(("<", 0, function("sqrt", SQUARE).tree))),
    axiom("quotient", 1, function("sqrt", SQUARE)),
)  # fmt: skip
"""What the engines need of sqrt(1 - rho^2), before there are many hypotheses."""


class Base(NamedTuple):
    """x^power exp(rate x), where x < at if that is not None."""

    power: int
    rate: sympy.Expr
    at: sympy.Expr | None

    def plain(self, v: Expression, shift: Expression | int = 0) -> Expression:
        """The base without its exponential, at v + shift."""
        moved = v + shift if shift else v
        return moved**self.power if self.at is None else below(moved, self.power, closed(self.at))

    def written(self, v: Expression) -> Expression:
        """The base at v."""
        if self.rate == 0:
            return self.plain(v)
        return function("exp", closed(self.rate) * v) * self.plain(v)


Bases = list[tuple[Base, sympy.Expr]]


def closed(form: sympy.Expr) -> Expression:
    """A closed form in rho and the parameters, its error functions written as Phi."""
    root = sympy.sqrt(2)
    return term(
        form.replace(sympy.erf, lambda a: 2 * Phi(sympy.expand(root * a)) - 1), correlation, "rho"
    )


def bases(sigma: Activation) -> Bases | None:
    """sigma as a sum of bases; None where it is none, or one of too high a power."""
    if not isinstance(sigma.law, TermsLaw):
        return None
    found: dict[Base, sympy.Expr] = {}

    def add(base: Base, c: sympy.Expr) -> None:
        found[base] = sympy.expand(found.get(base, 0) + c)

    for t in sigma.law.terms:
        smeared = t.window is not None and (t.window.smear != 0 or t.window.mass)
        if t.decay != 0 or smeared or t.power > HIGHEST or not t.rate.is_real:
            return None
        if t.window is None or t.window.side > 0:
            add(Base(t.power, t.rate, None), t.coefficient)
        if t.window is not None:
            add(Base(t.power, t.rate, t.window.at), -t.window.side * t.coefficient)
    return [(base, c) for base, c in found.items() if c != 0]


def needs_truncation(sigma: Activation) -> bool:
    """Whether sigma has break points away from 0, or exponentials that are cut off."""
    found = bases(sigma) or []
    cut = [b for b, _ in found if b.at is not None]
    return any(b.at != 0 or b.rate != 0 for b in cut)


# Means --------------------------------------------------------------------------------------------


def of_one(base: Base) -> list[Tactic]:
    """Add the value of E of a base."""
    steps: list[Tactic] = []
    if base.rate != 0:
        steps.append(axiom("shift", expectation(x, base.written(x))))
    if base.at is not None:
        steps.append(
            use(f"{ITEM}: N_{base.power}", m=closed(base.rate), s=1, d=closed(base.at))
        )
    return steps


def sum_of_means(body: Expression, found: Bases) -> Tactic:
    """Add the value of E body, which is the sum of the bases but at the break points."""
    ends = [closed(a) for a in dict.fromkeys(b.at for b, _ in found) if a is not None]

    def steps(renamed: dict[str, Term]) -> list[Tactic]:
        at = Expression(renamed["x"])
        return [*(apart(at, e) for e in ends), *_merging(at, at, found)]

    terms = [t for b, c in found for t in (expectation(x, b.written(x)), closed(c))]
    shaped = Expression(("+", 0, 0, *((closed(c) * b.written(x)).tree for b, c in found)))
    return in_turn(
        almost_everywhere(expectation(x, body), shaped, [ends], steps),
        linear(*terms),
        *(step for b, _ in found for step in of_one(b)),
    )


def _merging(v: Expression, w: Expression, found: Bases) -> list[Tactic]:
    """exp(r v) exp(s w) = exp(r v + s w) for the rates whose sums occur."""
    rates = list(dict.fromkeys(b.rate for b, _ in found if b.rate != 0))
    single = [r for r in rates if r / 2 in rates]
    return [axiom("exp_sum", closed(r / 2) * v, closed(r / 2) * w) for r in single]


def squares(found: Bases) -> Bases:
    """The square of a sum of bases as one, products of steps at the lower of their ends."""
    total: dict[Base, sympy.Expr] = {}
    for (a, c), (b, e) in product(found, found):
        ends = [v for v in (a.at, b.at) if v is not None]
        at = None if not ends else ends[0] if len(ends) == 1 or _lower(*ends) else ends[1]
        base = Base(a.power + b.power, a.rate + b.rate, at)
        total[base] = sympy.expand(total.get(base, 0) + c * e)
    return [(b, c) for b, c in total.items() if c != 0]


def _lower(a: sympy.Expr, b: sympy.Expr) -> bool:
    return bool((b - a).is_nonnegative)


# Duals --------------------------------------------------------------------------------------------


def pair(a: Base, b: Base) -> tuple[Expression, list[Tactic]]:
    """(E a(X) b(Y), steps that add its value)."""
    whole = joint_expectation(rho, x, y, a.written(x) * b.written(y))
    r, q = closed(a.rate), closed(b.rate)
    mx: Any = r + rho * q if (a.rate, b.rate) != (0, 0) else 0
    my: Any = q + rho * r if (a.rate, b.rate) != (0, 0) else 0
    steps: list[Tactic] = []
    current = whole
    if (a.rate, b.rate) != (0, 0):
        merged = function("exp", r * x + q * y) * (a.plain(x) * b.plain(y))
        shaped = joint_expectation(rho, x, y, merged)

        def merging(renamed: dict[str, Term]) -> list[Tactic]:
            v, w = Expression(renamed["x"]), Expression(renamed["y"])
            both = a.rate != 0 and b.rate != 0
            return [axiom("exp_sum", r * v, q * w)] * both + [identity]

        steps += [almost_everywhere(whole, merged, [[], []], merging), axiom("shift", shaped)]
        current = joint_expectation(rho, x, y, a.plain(x, mx) * b.plain(y, my))
    low_a, low_b = (None if v.at is None else closed(v.at) for v in (a, b))
    if low_a is not None and low_b is not None:
        if (a.power, b.power) == (0, 0):
            steps.append(have(equal(current, phi2(low_a - mx, low_b - my, rho))))
        else:
            steps.append(use(f"{ITEM}: T_{a.power}{b.power}", m=mx, n=my, h=low_a, k=low_b))
    elif low_a is not None:
        steps.append(use(f"{ITEM}: S_{a.power}{b.power}", m=mx, n=my, h=low_a))
    elif low_b is not None:
        steps += [axiom("exchange", current),
                  use(f"{ITEM}: S_{b.power}{a.power}", m=my, n=mx, h=low_b)]  # fmt: skip
    return whole, steps


def by_pairs(sigma: Any, found: Bases) -> Tactic:
    """Add the value of E sigma(X) sigma(Y), as the sum over the pairs of bases."""
    ends = [closed(a) for a in dict.fromkeys(b.at for b, _ in found) if a is not None]
    total = lambda v: Expression(  # noqa: E731
        ("+", 0, 0, *((closed(c) * b.written(v)).tree for b, c in found))
    )
    whole = joint_expectation(rho, x, y, sigma(x) * sigma(y))

    def steps(renamed: dict[str, Term]) -> list[Tactic]:
        v, w = Expression(renamed["x"]), Expression(renamed["y"])
        return [have(equal(sigma(v), total(v)), *(apart(v, e) for e in ends)),
                have(equal(sigma(w), total(w)), *(apart(w, e) for e in ends)),
                _product(sigma, total, v, w)]  # fmt: skip

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


def _product(sigma: Any, total: Any, v: Expression, w: Expression) -> Tactic:
    """From sigma(v) = S(v) and sigma(w) = S(w), the last two hypotheses: the products are equal."""

    def tactic(prover: Prover, goal: Goal, then: Continue) -> Evidence:
        count = len(goal.hypotheses)
        sides = []
        for k, sign in enumerate((1, -1)):
            sides.append({"by": "polynomial", "sum": [
                [1, [[count + k, 1]]],
                [sign, [[count - 2, 1]], thawed(total(w).tree)],
                [sign, [[count - 1, 1]], thawed(sigma(v).tree)],
            ]})  # fmt: skip
        return {"by": "split", "parts": sides}

    return tactic


# Parts --------------------------------------------------------------------------------------------


def clipped_parts(
    sigma: Activation, written: Any, plain: Any, start: Sequence[Tactic], item: str
) -> Iterator[Part]:
    """Mean, first coefficient, dual and second moment of such an activation."""
    found = bases(sigma) or []
    law = written.sigma(x)
    defined = [[*start, defining_facts]]

    def moment(label: str, body: Expression, form: sympy.Expr, parts_: Bases, words: str) -> Part:
        says = plain.says(equal(expectation(x, body), closed(form)))
        steps = [*start, sum_of_means(body, parts_), unified(ITEM), identity]
        return lemma(label, says, steps, words=words, defined=defined)

    yield moment("mean", law, sigma.mean(), found, "E σ(X)")
    raised = [(b._replace(power=b.power + 1), c) for b, c in found]
    first = sigma.hermite_coefficient(1)
    yield moment("first coefficient", x * law, first, raised, "a_1 = E Xσ(X)")
    yield moment("second moment", law**2, sigma.second_moment(), squares(found), "E σ(X)²")
    form = closed(sigma.dual())
    whole = joint_expectation(rho, x, y, written.sigma(x) * written.sigma(y))
    yield statement(
        "dual",
        with_rho(plain).where(*INSIDE).says(equal(whole, form), *definitions(form)),
        [*start, *INNER_FACTS, by_pairs(written.sigma, found), unified(ITEM), identity],
        words="σ̂(ρ) = E σ(X)σ(X'), Definition 4, for -1 < ρ < 1",
        defined=defined,
    )


def with_rho(plain: Any) -> Any:
    """The statement with rho as a further variable."""
    return given(*plain.variables, rho).where(*plain.hypotheses)


def definitions(form: Expression) -> tuple[Any, ...]:
    """The definitions that a closed form calls."""
    return (PHI2,) if "'Phi2'" in repr(form.tree) else ()


def expanded(form: Expression) -> Expression:
    """The closed form with Phi_2 written out."""
    document = {"parameters": tuple((p.tree, p.sort) for p in PHI2.parameters),
                "expanded": PHI2.body.tree}  # fmt: skip
    return Expression(expand_calls(form.tree, {"Phi2": document}))
