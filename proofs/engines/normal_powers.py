"""Engine `normal_powers`: duals of sums of x^k Phi(x) and powers of x, by Price and then by Stein.

The derivative of the dual is E s'(X) s'(Y) for |rho| < 1.  It is a sum of expectations of pairs of
monomials x^k, x^k Phi(x), x^k exp(-x^2/2), of which Stein's identity lowers the powers, down to
Gaussian integrals and to E Phi(X) Phi(Y).  The mean of each pair is a lemma of its own, so that no
proof is longer for a high power than for a low one.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from math import comb
from typing import NamedTuple

import sympy

from certificates.checker import Goal
from certificates.rules.pieces import Pieces
from certificates.rules.stein import stein_sum
from certificates.terms import Term, substitute
from proofs.engines.dual import almost_everywhere, price, proved_pieces
from proofs.engines.gaussians import by_linearity, linear, mean_value, number, weighted
from proofs.engines.identity import by_substitution, identity, parts_of
from proofs.language import (
    Expression,
    Variable,
    equal,
    function,
    joint_expectation,
    real,
    thawed,
)
from proofs.tactics import (
    Continue,
    Evidence,
    Prover,
    Stuck,
    Tactic,
    axiom,
    fresh_names,
    have,
    in_turn,
    rewrite,
    use,
)

rho, x, y = real("rho"), real("x"), real("y")
DENSITY = 1 / function("sqrt", 2 * function("pi"))
"""phi(x) = DENSITY exp(-x^2/2)."""
FACTOR = 1 / sympy.sqrt(2 * sympy.pi)
RHO, ROOT, ARC = sympy.symbols("rho root arc")
"""The closed forms are polynomials in rho, 1/sqrt(4 - rho^2) and asin(rho/2)."""


PI = function("pi")
POSITIVE = (2 * PI, PI, Expression(2), 4 - rho * rho)
FACTS = (
    axiom("pi_bounds"),
    *(step for a in POSITIVE for root in [function("sqrt", a)] for step in (
        have(a > 0), axiom("root", a), have(root > 0), axiom("quotient", 1, root),
    )),
    axiom("root_product", Expression(2), PI),
    axiom("quotient", 1, PI), axiom("quotient", 1, 4 - rho * rho),
)  # fmt: skip
"""What the integrals have in their denominators, before there are many hypotheses."""

BELOW, ARCS = function("sqrt", 4 - rho * rho), function("sqrt", 1 - rho / 2 * (rho / 2))
PLAIN = (
    have(equal(1 / (BELOW * BELOW), (1 / BELOW) ** 2), identity),
    have(equal(1 / (2 * BELOW), 1 / BELOW / 2), identity),
    have(equal(1 / ARCS, 2 * (1 / BELOW)), identity),
    have(equal(DENSITY**2, 1 / PI / 2), identity),
)
"""What derivatives of the closed forms have, in terms of what these have."""


class Monomial(NamedTuple):
    """x^power, x^power Phi(x) or x^power exp(-x^2/2): `kind` is one, Phi or bell."""

    kind: str
    power: int

    def at(self, v: Expression) -> Expression:
        """The monomial at v."""
        if self.kind == "one":
            return v**self.power
        factor = function("Phi", v) if self.kind == "Phi" else function("exp", -(v * v / 2))
        return v**self.power * factor if self.power else 1 * factor

    def slope(self) -> "dict[Monomial, sympy.Expr]":
        """Its derivative: coefficients, integers or FACTOR, of monomials."""
        found: dict[Monomial, sympy.Expr] = {}
        if self.power:
            found[Monomial(self.kind, self.power - 1)] = sympy.Integer(self.power)
        if self.kind == "Phi":
            found[Monomial("bell", self.power)] = FACTOR
        if self.kind == "bell":
            found[Monomial("bell", self.power + 1)] = sympy.Integer(-1)
        return found


Sum = dict[Monomial, Expression]
"""A function as coefficients of monomials."""


def derivative(f: Sum) -> Sum:
    """The derivative of a function."""
    found: Sum = {}
    for m, c in f.items():
        for n, scale in m.slope().items():
            part = c * coefficient(scale)
            found[n] = found[n] + part if n in found else part
    return found


def coefficient(c: sympy.Expr) -> Expression:
    """A coefficient of a slope as a term."""
    return DENSITY if c == FACTOR else number(int(c))


Pair = tuple[Monomial, Monomial]
CONSTANT, STEP, BELL = Monomial("one", 0), Monomial("Phi", 0), Monomial("bell", 0)


def mean_of(pair: Pair, v: Variable = x, w: Variable = y) -> Expression:
    """E m(X) n(Y) for the two monomials."""
    return joint_expectation(rho, v, w, pair[0].at(v) * pair[1].at(w))


def ordered(pair: Pair) -> Pair:
    """The pair as it is spelled everywhere."""
    return pair if pair[0] >= pair[1] else (pair[1], pair[0])


def products(f: Sum, g: Sum) -> Iterator[tuple[Pair, Expression]]:
    """The pairs in f(x) g(y), with their coefficients."""
    for m, c in f.items():
        for n, d in g.items():
            yield (m, n), c * d


Terms = list[tuple[Pair, sympy.Expr]]


def lowered(pair: Pair) -> tuple[int, Terms, Terms]:
    """Which of the two is x f(x), and the pairs of E f'(X) g(Y) and of E f(X) g'(Y)."""
    which = max((0, 1), key=lambda k: (pair[k].power > 0, pair[k].kind == "Phi", pair[k].power))
    kind, power = pair[which]
    f, g = Monomial(kind, power - 1), pair[1 - which]
    first = [((m, g), c) for m, c in f.slope().items()]
    return which, first, [((f, m), c) for m, c in g.slope().items()]


def known(pair: Pair) -> list[Tactic] | None:
    """The steps that add the mean of a pair that needs no lower ones, else None."""
    kinds = {m.kind for m in pair}
    whole = mean_of(pair)
    if kinds == {"one"}:
        return [axiom("gaussian_moments", whole)]
    if "Phi" not in kinds:
        return [weighted(whole)]
    if pair == (STEP, STEP):
        form = 1 / number(4) + function("asin", rho / 2) / (2 * function("pi"))
        return [have(equal(whole, form), price(
            zero=[_means, identity], slope=[_integrals, identity]
        ))]  # fmt: skip
    if STEP in pair and (CONSTANT in pair or BELL in pair):
        return [_half(pair)]
    return None


def _means(prover: Prover, goal: Goal, then: Continue) -> Evidence:
    found = dict.fromkeys(p for p in parts_of(goal.conclusion) if p[0] == "expect")
    return in_turn(*(mean_value(Expression(p)) for p in found))(prover, goal, then)


def _integrals(prover: Prover, goal: Goal, then: Continue) -> Evidence:
    found = dict.fromkeys(p for p in parts_of(goal.conclusion) if p[0] == "expect2")
    return in_turn(*(weighted(Expression(p)) for p in found))(prover, goal, then)


def _half(pair: Pair) -> Tactic:
    """Add E Phi(X) g(Y) = E g(Y)/2 for an even g: Phi(-x) = 1 - Phi(x), and (-X, -Y) has the law of
    (X, Y)."""
    whole = mean_of(pair)
    v, w = (x, y) if pair[0] == STEP else (y, x)
    even = pair[1 if pair[0] == STEP else 0].at(w)
    head, body = whole.tree[:-1], whole.tree[-1]
    turned = Expression((*head, substitute(body, {"x": ("-", "x"), "y": ("-", "y")})))
    alone = joint_expectation(rho, x, y, even)
    other = Expression(("+", 0, even.tree, ("*", -1, body)))

    def steps(renamed: dict[str, Term]) -> list[Tactic]:
        at = Expression(renamed[str(v.tree)])
        return [axiom("negative_argument", function("Phi", at)), identity]

    return have(
        equal(whole, alone / 2),
        axiom("reflection", whole),
        almost_everywhere(turned, other, [[], []], steps),
        almost_everywhere(Expression((*head, other.tree)),
                          Expression(("+", 0, (1 * even).tree, ("*", -1, body))), [[], []],
                          lambda _renamed: [identity]),
        linear(alone, number(1), whole, number(-1)),
    )  # fmt: skip


def in_order(pairs: Iterable[Pair]) -> list[Pair]:
    """The pairs and all that they come down to, each behind those that it needs."""
    found: dict[Pair, None] = {}

    def visit(pair: Pair) -> None:
        if pair not in found:
            for below in needed(pair):
                visit(below)
            found[pair] = None

    for pair in pairs:
        visit(ordered(pair))
    return list(found)


def needed(pair: Pair) -> list[Pair]:
    """The pairs that the mean of a pair is made of."""
    if known(pair) is not None:
        return []
    _, first, second = lowered(pair)
    return list(dict.fromkeys(q for p, _ in (*first, *second) if (q := ordered(p)) != pair))


def label(pair: Pair) -> str:
    """The label of the lemma about a pair."""
    return " ".join(f"{m.kind}_{m.power}" for m in pair)


@cache
def closed_form(pair: Pair) -> sympy.Expr:
    """The mean of a pair, in RHO, ROOT for 1/sqrt(4 - rho^2) and ARC for asin(rho/2)."""
    kinds, (i, j) = [m.kind for m in pair], [m.power for m in pair]
    if "Phi" not in kinds:
        weights = [kind == "bell" for kind in kinds]
        if all(weights):
            scale, d = ROOT, ROOT**-2
        else:
            scale, d = (1 / sympy.sqrt(2), sympy.Integer(2)) if any(weights) else (1, 1)
        own = [(2 - RHO**2 if other else sympy.Integer(1)) / d for other in weights[::-1]]
        return reduced(scale * _moment(i, j, own, RHO / d))
    if pair == (STEP, STEP):
        return sympy.Rational(1, 4) + ARC / (2 * sympy.pi)
    if known(pair) is not None:
        return 1 / (2 * sympy.sqrt(2)) if BELL in pair else sympy.Rational(1, 2)
    _, first, second = lowered(pair)
    total, share = sympy.Integer(0), 1
    for below, c in (*first, *((p, RHO * c) for p, c in second)):
        if ordered(below) == pair:
            share += 1
        else:
            total += c * closed_form(ordered(below))
    return reduced(total / share)


def _moment(i: int, j: int, own: list[sympy.Expr], shared: sympy.Expr) -> sympy.Expr:
    """E X^i Y^j for centred Gaussians with these variances and covariance (Isserlis)."""
    total = sympy.Integer(0)
    for k in range(min(i, j) + 1):
        if (i - k) % 2 == 0 and (j - k) % 2 == 0:
            ways = comb(i, k) * comb(j, k) * sympy.factorial(k)
            rest = sympy.factorial2(i - k - 1) * sympy.factorial2(j - k - 1)
            variances = own[0] ** ((i - k) // 2) * own[1] ** ((j - k) // 2)
            total += ways * rest * shared**k * variances
    return total


def reduced(form: sympy.Expr) -> sympy.Expr:
    """The form with rho^2 ROOT^2 = 4 ROOT^2 - 1 used wherever it can be."""
    waiting = list(sympy.Poly(sympy.expand(form), ROOT, RHO, ARC, domain="EX").terms())
    total = sympy.Integer(0)
    while waiting:
        (n, k, arcs), c = waiting.pop()
        if n > 1 and k > 1:
            waiting += [((n, k - 2, arcs), 4 * c), ((n - 2, k - 2, arcs), -c)]
        else:
            total += c * ROOT**n * RHO**k * ARC**arcs
    return sympy.expand(total)


def written_form(pair: Pair) -> Expression:
    """The closed form, term by term, so that each factor has the denominator of a known fact."""
    atoms = (1 / function("sqrt", 4 - rho * rho), rho, function("asin", rho / 2))
    total = Expression(0)
    for powers, c in sympy.Poly(closed_form(pair), ROOT, RHO, ARC, domain="EX").terms():
        product = constant(c)
        for atom, power in zip(atoms, powers, strict=True):
            if power:
                product = product * atom**power
        total = total + product
    return total


def constant(c: sympy.Expr) -> Expression:
    """q 2^(f/2) pi^e, e <= 0 a half of an integer, by 1/pi, DENSITY and the root of 2 alone."""
    powers = sympy.powsimp(c).as_powers_dict()
    e = powers.get(sympy.pi, sympy.Integer(0))
    twice = sympy.Rational(c**2 / sympy.pi ** (2 * e))
    whole = e.is_Integer
    square = twice if whole else 2 * twice
    odd = sympy.sqrt(square).is_Rational is not True
    rational = sympy.sqrt(square / 2 if odd else square) * sympy.sign(c)
    found = number(rational)
    root = [function("sqrt", 2)] if odd else []
    for factor in (*root, *([] if whole else [DENSITY]), *[1 / PI] * int(-sympy.ceiling(e))):
        found = found * factor
    return found


def fact(pair: Pair) -> Tactic:
    """Add the mean of a pair, in terms of those that it comes down to."""
    steps = known(pair)
    if steps is not None:
        return in_turn(*steps)
    which, *parts = lowered(pair)
    first, second = ([(p, coefficient(c)) for p, c in part] for part in parts)
    total, own = Expression(0), 1
    for below, c in (*first, *((p, rho * c) for p, c in second)):
        if ordered(below) == pair:
            own += 1  # x^k exp(-x^2/2), whose derivative has minus itself
        else:
            total = total + c * mean_of(ordered(below))
    whole = mean_of(pair)
    kind, power = pair[which]
    f, g = Monomial(kind, power - 1), pair[1 - which]
    product = Expression(("*", x.tree, f.at(x).tree, g.at(y).tree))
    turn = [axiom("exchange", whole)] if which else []

    def tactic(prover: Prover, goal: Goal, then: Continue) -> Evidence:
        before = len(goal.hypotheses)
        steps = [
            *turn,
            _stein(joint_expectation(rho, x, y, product), first, second),
            lambda _prover, left, _then: by_substitution(left, before, own),
        ]
        return have(equal(whole, total / own), *steps)(prover, goal, then)

    return tactic


def _stein(
    term_: Expression, first: list[tuple[Pair, Expression]], second: list[tuple[Pair, Expression]]
) -> Tactic:
    """The rule `stein` for smooth factors, and what E f'(X) g(Y) and E f(X) g'(Y) are sums of."""

    def tactic(prover: Prover, goal: Goal, then: Continue) -> Evidence:
        names = fresh_names(goal, ("x", "y"))
        _, r, bound_x, bound_y, (_, _, f, g) = term_.tree
        sides = [
            (Pieces(name, (), (moved,)), moved)
            for name, bound, h in ((names[0], bound_x, f), (names[1], bound_y, g))
            for moved in [substitute(h, {bound: name})]
        ]
        total = stein_sum(goal, r, sides[0], sides[1])
        v, w = map(real, names)
        wholes = [p for p in parts_of(total) if p[0] == "expect2"]
        steps: list[Tactic] = []
        for whole, parts in zip(wholes, [p for p in (first, second) if p], strict=True):
            steps.append(summed(Expression(whole), parts, v, w))
        return {
            "by": "stein", "term": thawed(term_.tree), "names": names,
            "range": prover.prove(goal.proving(("<", ("abs", r), 1))),
            "left": proved_pieces(prover, goal, sides[0][0], [(sides[0][1], sides[0][1])]),
            "right": proved_pieces(prover, goal, sides[1][0], [(sides[1][1], sides[1][1])]),
            "then": in_turn(*steps)(prover, goal.having(("=", term_.tree, total)), then),
        }  # fmt: skip

    return tactic


def summed(
    whole: Expression, parts: list[tuple[Pair, Expression]], v: Variable, w: Variable
) -> Tactic:
    """Write an expectation as a combination of pairs, and these as they are spelled everywhere."""
    turned = [p for p, _ in parts if ordered(p) != p]
    return in_turn(
        by_linearity(whole, *((mean_of(p, v, w), c) for p, c in parts)),
        *(axiom("exchange", mean_of(p, v, w)) for p in turned),
    )


def pairs_of(f: Sum) -> dict[Pair, Expression]:
    """The pairs in f(x) f(y), with their coefficients."""
    pairs: dict[Pair, Expression] = {}
    for pair, c in products(f, f):
        pairs[pair] = pairs[pair] + c if pair in pairs else c
    return pairs


def normal_dual(sigma: Sum, item: str) -> Tactic:
    """Prove the dual of a function, from the lemmas of an item.

    The closed form is first written as the lemmas have theirs.
    """
    form = Expression(0)
    for pair, c in pairs_of(sigma).items():
        form = form + c * written_form(ordered(pair))
    pairs = pairs_of(derivative(sigma))
    lemmas = dict.fromkeys(map(ordered, pairs))

    def split(prover: Prover, goal: Goal, then: Continue) -> Evidence:
        found = [p for p in parts_of(goal.conclusion) if p[0] == "expect2"]
        if len(found) != 1:
            raise Stuck("not the derivative of a dual")
        _, _, first, second, _ = found[0]
        step = summed(Expression(found[0]), list(pairs.items()), real(first), real(second))
        return step(prover, goal, then)

    def plainly(prover: Prover, goal: Goal, then: Continue) -> Evidence:
        closed = Expression(goal.conclusion[2])
        steps = have(equal(closed, form), *FACTS, identity), rewrite(closed, form)
        return in_turn(*steps)(prover, goal, then)

    return in_turn(plainly, price(
        zero=[_means, identity],
        slope=[
            *FACTS, *PLAIN, *(use(f"{item}: {label(p)}") for p in lemmas), split, identity,
        ],
    ))  # fmt: skip
