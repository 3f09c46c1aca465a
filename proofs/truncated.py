"""Moments of one and of two Gaussians below thresholds, as lemmas: what clipped duals are made of.

    N_j(m, s, d) = E (m + s X)^j 1(m + s X < d)
    T_ij(m, n, h, k; rho) = E (X + m)^i 1(X + m < h) (Y + n)^j 1(Y + n < k)

and S_ij with no bound on Y.  T_00 is Phi_2(h - m, k - n; rho), the bivariate normal distribution
function, which in statements is a definition.  The others go down to it by Stein's identity, for
-1 < rho < 1.
"""

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from typing import Any

import sympy

from certificates.checker import Goal
from certificates.rules.pieces import Pieces
from certificates.rules.stein import stein_sum
from certificates.terms import substitute
from proofs.claim import Claim, Part, lemma
from proofs.engines.dual import almost_everywhere, apart, chain, mean, proved_pieces
from proofs.engines.gaussians import linear, number
from proofs.engines.identity import defining_facts, identity
from proofs.language import (
    Definition,
    Expression,
    Formula,
    choose,
    equal,
    expectation,
    function,
    given,
    joint_expectation,
    real,
    thawed,
)
from proofs.tactics import (
    Continue,
    Evidence,
    Prover,
    Tactic,
    axiom,
    fresh_names,
    have,
    in_turn,
    use,
)
from proofs.translate import term

ITEM = "Truncated Gaussian moments"
HIGHEST = 2

m, n, s, d, h, k, rho, x, y = (real(v) for v in ("m", "n", "s", "d", "h", "k", "rho", "x", "y"))
M, N, S, D, H, K, RHO, X = sympy.symbols("m n s d h k rho x")
JOINT, LEFT, RIGHT, DENSITY = sympy.symbols("Phi2 left right density")
ROOT = function("sqrt", 1 - rho * rho)
SCALE = 1 / function("sqrt", 2 * function("pi"))


def below(value: Expression, power: int, at: Expression) -> Expression:
    """value^power where value < at, else 0."""
    return choose(value < at, value**power, 0)


def normal_density(a: Expression) -> Expression:
    """exp(-a^2/2)/sqrt(2 pi)."""
    return function("exp", -(a * a / 2)) * SCALE


def joint_exponential(a: Expression, b: Expression, r: Expression) -> Expression:
    """exp(-(a^2 - 2 r a b + b^2)/(2 (1 - r^2)))."""
    return function("exp", -((a * a - 2 * r * a * b + b * b) / (2 * (1 - r * r))))


def phi2(a: Expression, b: Expression, r: Expression) -> Expression:
    """P(X < a, Y < b) for standard Gaussians of correlation r, written out."""
    return joint_expectation(r, x, y, choose(x < a, 1, 0) * choose(y < b, 1, 0))


PHI2 = Definition(
    "Phi2", (real("a"), real("b"), real("r")), phi2(real("a"), real("b"), real("r")),
    where=abs(real("r")) <= 1,
)  # fmt: skip


def _moment(j: int) -> tuple[sympy.Expr, sympy.Expr]:
    """(P, c): P' - x P + c = (m + s x)^j."""
    left = sympy.Poly(sympy.expand((M + S * X) ** j), X)
    known = {e: c for (e,), c in left.terms()}
    primitive = sympy.Integer(0)
    for e in range(j, 0, -1):
        c = known.get(e, sympy.Integer(0))
        primitive -= c * X ** (e - 1)
        known[e - 2] = known.get(e - 2, sympy.Integer(0)) + (e - 1) * c
    return primitive, sympy.expand(known.get(0, sympy.Integer(0)))


def one_form(j: int) -> Expression:
    """The closed form of N_j."""
    primitive, c = _moment(j)
    edge = sympy.expand(primitive.subs(X, (D - M) / S))
    u = (d - m) / s
    return spelled(c) * function("Phi", u) + spelled(edge) * normal_density(u)


def spelled(polynomial: sympy.Expr) -> Expression:
    """A polynomial in the parameters as a term."""
    return term(sympy.sympify(polynomial), X, "x")


@cache
def two_coefficients(i: int, j: int) -> dict[sympy.Symbol, sympy.Expr]:
    """T_ij as polynomials times Phi_2, phi(a) Phi(u), phi(b) Phi(v) and the joint density.

    a = h - m, b = k - n, u = (b - rho a)/s, v = (a - rho b)/s, s^2 = 1 - rho^2; the density is
    without its factor 1/sqrt(1 - rho^2), times s.
    """
    if (i, j) == (0, 0):
        return {JOINT: sympy.Integer(1)}
    total: dict[sympy.Symbol, sympy.Expr] = {}

    def add(part: dict[sympy.Symbol, sympy.Expr], weight: sympy.Expr) -> None:
        for atom, c in part.items():
            total[atom] = sympy.expand(total.get(atom, 0) + weight * c)

    if i == 0:
        turned = {M: N, N: M, H: K, K: H, LEFT: RIGHT, RIGHT: LEFT}
        return {
            turned.get(a, a): c.subs(turned, simultaneous=True)
            for a, c in two_coefficients(j, 0).items()
        }
    add(two_coefficients(i - 1, j), M)
    if i > 1:
        add(two_coefficients(i - 2, j), sympy.Integer(i - 1))
    if j > 0:
        add(two_coefficients(i - 1, j - 1), j * RHO)
    add(_edge(j, N + RHO * (H - M), K, LEFT), -(H ** (i - 1)))
    add(_edge(i - 1, M + RHO * (K - N), H, RIGHT), -RHO * K**j)
    return {a: c for a, c in total.items() if c != 0}


def _edge(j: int, mean_: sympy.Expr, at: sympy.Expr, atom: sympy.Symbol) -> dict[Any, Any]:
    """phi(edge) N_j(mean, s, at): its parts with phi Phi, and with the joint density."""
    primitive, c = _moment(j)
    edge = sympy.expand(primitive.subs(X, (D - M) / S))
    values = {M: mean_, D: at}

    def even(e: sympy.Expr) -> sympy.Expr:
        placed = sympy.expand(e).subs(values, simultaneous=True)
        return sympy.expand(placed.subs(S**2, 1 - RHO**2))

    found = {atom: even(c)}
    if edge != 0:
        found[DENSITY] = even(sympy.expand(edge / S))
    return found


def two_form(i: int, j: int) -> Expression:
    """The closed form of T_ij, Phi_2 written out."""
    a, b = h - m, k - n
    atoms = {
        JOINT: phi2(a, b, rho),
        LEFT: normal_density(a) * function("Phi", (b - rho * a) / ROOT),
        RIGHT: normal_density(b) * function("Phi", (a - rho * b) / ROOT),
        DENSITY: ROOT * joint_exponential(a, b, rho) * SCALE * SCALE,
    }
    return total_of([spelled(c) * atoms[v] for v, c in two_coefficients(i, j).items()])


def half_form(i: int, j: int) -> Expression:
    """The closed form of S_ij = E (X + m)^i 1(X + m < h) (Y + n)^j.

    By Stein's identity for Y: n S_i,j-1 + (j - 1) S_i,j-2 + rho i S_i-1,j-1
    - rho h^i phi(a) E (n + rho a + s X)^(j-1).
    """
    return total_of([spelled(c) * _HALF[v] for v, c in half_coefficients(i, j).items()])


@cache
def half_coefficients(i: int, j: int) -> dict[sympy.Symbol, sympy.Expr]:
    """S_ij as polynomials times Phi(a) and phi(a)."""
    if j == 0:
        primitive, c = _moment(i)
        edge = sympy.expand(primitive.subs(X, (D - M) / S))
        found = {LEFT: c.subs(S, 1), RIGHT: sympy.expand(edge.subs({S: 1, D: H}))}
        return {v: e for v, e in found.items() if e != 0}
    total: dict[sympy.Symbol, sympy.Expr] = {}
    lower = [(half_coefficients(i, j - 1), N)]
    lower += [(half_coefficients(i, j - 2), sympy.Integer(j - 1))] if j > 1 else []
    lower += [(half_coefficients(i - 1, j - 1), i * RHO)] if i > 0 else []
    for part, weight in lower:
        for atom, c in part.items():
            total[atom] = sympy.expand(total.get(atom, 0) + weight * c)
    moment = sympy.expand((N + RHO * (H - M) + S * X) ** (j - 1))
    gaussian = sum(
        (c * sympy.factorial2(e - 1) for (e,), c in sympy.Poly(moment, X).terms() if e % 2 == 0),
        sympy.Integer(0),
    )
    edge = -RHO * H**i * sympy.expand(gaussian).subs(S**2, 1 - RHO**2)
    total[RIGHT] = sympy.expand(total.get(RIGHT, 0) + edge)
    return {v: e for v, e in total.items() if e != 0}


_HALF = {LEFT: function("Phi", h - m), RIGHT: normal_density(h - m)}


def total_of(parts: list[Expression]) -> Expression:
    """The sum."""
    total = parts[0] if parts else number(0)
    for part in parts[1:]:
        total = total + part
    return total


# Statements and proofs ----------------------------------------------------------------------------


def one(j: int) -> Expression:
    """N_j as an expectation."""
    return expectation(x, below(m + s * x, j, d))


def two(i: int, j: int) -> Expression:
    """T_ij as an expectation."""
    return joint_expectation(rho, x, y, below(x + m, i, h) * below(y + n, j, k))


def half(i: int, j: int) -> Expression:
    """S_ij as an expectation."""
    body = below(x + m, i, h)
    return joint_expectation(rho, x, y, body * (y + n) ** j if j else body)


def turned(i: int, j: int) -> Expression:
    """S_ij with X and Y exchanged."""
    body = below(y + m, i, h)
    return joint_expectation(rho, x, y, body * (x + n) ** j if j else body)


def parts() -> Iterator[Part]:
    """The lemmas in the order in which they use each other."""
    defined = [[defining_facts]]
    for j in range(2 * HIGHEST + 1):
        yield lemma(
            f"N_{j}",
            given(m, s, d).where(s > 0).says(equal(one(j), one_form(j))),
            [_one_proof(j), identity], words="E (m + sX)^j 1(m + sX < d)", defined=defined,
        )  # fmt: skip
    a, b = real("a"), real("b")
    u = (b - rho * a) / ROOT
    square, other = a * a / 2, -(u * u / 2)
    joint = joint_exponential(a, b, rho)
    exponent = Expression(joint.tree[1])
    yield lemma(
        "joint density",
        given(a, b, rho)
        .where(rho > -1, rho < 1)
        .says(equal(function("exp", other), function("exp", square) * joint)),
        [axiom("exp_sum", square, exponent),
         same_exponential(square + exponent, other)],
        words="φ(u) = φ₂(a, b; ρ) √(1 - ρ²) / φ(a)", defined=defined,
    )  # fmt: skip
    within = given(m, n, h, k, rho).where(rho > -1, rho < 1)
    for total in range(1, 2 * HIGHEST + 1):
        for i in range(min(total, HIGHEST), max(0, total - HIGHEST) - 1, -1):
            yield lemma(
                f"T_{i}{total - i}",
                within.says(equal(two(i, total - i), two_form(i, total - i))),
                [_two_proof(i, total - i), identity],
                words="E (X + m)^i 1(X + m < h) (Y + n)^j 1(Y + n < k)", defined=defined,
            )  # fmt: skip
    for j in range(HIGHEST + 1):
        for i in range(HIGHEST + 1):
            yield lemma(
                f"S_{i}{j}",
                given(m, n, h, rho).where(rho > -1, rho < 1)
                .says(equal(half(i, j), half_form(i, j))),
                [_half_proof(i, j), identity],
                words="E (X + m)^i 1(X + m < h) (Y + n)^j", defined=defined,
            )  # fmt: skip


def _phi(a: Expression) -> Expression:
    return function("Phi", a)


def symmetries() -> Iterator[Part]:
    """Phi_2 at 0, at -a, -b and at -rho."""
    a, b = real("a"), real("b")
    within = given(a, b, rho).where(rho > -1, rho < 1)
    defined = [[defining_facts]]
    below_x, below_y = choose(x < a, 1, 0), choose(y < b, 1, 0)
    joint = joint_expectation
    unit, one_x, one_y = joint(rho, x, y, number(1)), joint(rho, x, y, below_x), (
        joint(rho, x, y, below_y)
    )  # fmt: skip
    margins = [
        axiom("marginal", one_x), axiom("marginal", one_y),
        use(f"{ITEM}: N_0", m=0, s=1, d=a), use(f"{ITEM}: N_0", m=0, s=1, d=b),
    ]  # fmt: skip
    yield lemma(
        "at 0",
        given(rho).where(abs(rho) <= 1)
        .says(equal(phi2(number(0), number(0), rho),
                    Fraction(1, 4) + function("asin", rho) / (2 * function("pi")))),
        [chain((0,))], words="Φ₂(0, 0; ρ) = 1/4 + asin(ρ)/2π (Sheppard)", defined=defined,
    )  # fmt: skip
    reflected = joint(rho, x, y, choose(-x < -a, 1, 0) * choose(-y < -b, 1, 0))
    yield lemma(
        "reflected",
        within.says(equal(phi2(-a, -b, rho), 1 - _phi(a) - _phi(b) + phi2(a, b, rho))),
        [axiom("reflection", phi2(-a, -b, rho)),
         combined(reflected, (unit, number(1)), (one_x, number(-1)), (one_y, number(-1)),
                  (phi2(a, b, rho), number(1)), excluded=[[a], [b]]),
         *margins, identity],
        words="P(X < -a, Y < -b) = P(X > a, Y > b)", defined=defined,
    )  # fmt: skip
    back = -rho
    turned_ = joint(-back, x, y, choose(x < a, 1, 0) * choose(-y < b, 1, 0))
    yield lemma(
        "opposite",
        within.says(equal(phi2(a, b, -rho), _phi(a) - phi2(a, -b, rho))),
        [axiom("opposite", phi2(a, b, -rho)),
         combined(turned_, (one_x, number(1)), (phi2(a, -b, rho), number(-1)),
                  excluded=[[], [-b]]),
         axiom("marginal", one_x), use(f"{ITEM}: N_0", m=0, s=1, d=a), identity],
        words="P(X < a, -Y < b) = P(X < a) - P(X < a, Y < -b)", defined=defined,
    )  # fmt: skip


def same_exponential(one: Expression, other: Expression) -> Tactic:
    """Add exp(one) = exp(other), by the equation of the arguments."""

    def tactic(prover: Prover, goal: Goal, then: Continue) -> Evidence:
        left, right = function("exp", one), function("exp", other)
        same = {
            "by": "rewrite", "old": thawed(one.tree), "new": thawed(other.tree),
            "equal": prover.prove(goal.proving(equal(one, other).tree), [identity]),
            "then": {"by": "split", "parts": [{"by": "assumption"}] * 2},
        }  # fmt: skip
        claim = equal(left, right)
        return {"by": "have", "claim": thawed(claim.tree), "proof": same,
                "then": then(goal.having(claim.tree))}  # fmt: skip

    return tactic


def _one_proof(j: int) -> Tactic:
    primitive, c = _moment(j)
    edge = (d - m) / s
    inverse = equal(s * (1 / s), 1)

    def inner(name: str) -> list[Tactic]:
        z = Expression(name)
        return [_crossed(s * z + m < d, z < edge), _crossed(d < s * z + m, edge < z)]

    def tactic(prover: Prover, goal: Goal, then: Continue) -> Evidence:
        tails: list[list[tuple[Any, Any]]] = [[(spelled(c), 0)], []]
        steps = mean(one(j), [edge], [spelled(primitive), number(0)], tails, inner)
        return axiom("quotient", 1, s, by={0: [defining_facts]})(
            prover, goal, lambda left: have(inverse)(prover, left, lambda g: steps(prover, g, then))
        )

    return tactic


def _crossed(claim: Formula, known: Formula) -> Tactic:
    """Add the claim, which is `known` times s, where that is among the hypotheses."""

    def tactic(prover: Prover, goal: Goal, then: Continue) -> Evidence:
        if not goal.knows(known.tree):
            return then(goal)
        return have(claim)(prover, goal, then)

    return tactic


def _two_proof(i: int, j: int) -> Tactic:
    a, b = h - m, k - n
    if i == 0:
        return in_turn(
            use(f"{ITEM}: T_{j}0", m=n, n=m, h=k, k=h, rho=rho),
            axiom("exchange", two(0, j)), axiom("exchange", phi2(b, a, rho)),
            *_symmetric(a, b),
        )  # fmt: skip
    f, g = below(x + m, i - 1, h), below(y + n, j, k)
    first = joint_expectation(rho, x, y, Expression(("*", "x", f.tree, g.tree)))
    rest = two(i - 1, j)
    lower: list[Tactic] = []
    for one_, two_ in ((i - 1, j), (i - 2, j), (i - 1, j - 1)):
        if min(one_, two_) >= 0 and (one_, two_) != (0, 0) and not (one_ == i - 2 and i < 2):
            lower.append(use(f"{ITEM}: T_{one_}{two_}", m=m, n=n, h=h, k=k, rho=rho))
    return in_turn(
        have(Formula(("<", 0, (1 - rho * rho).tree))), axiom("root", 1 - rho * rho),
        have(Formula(("<", 0, ROOT.tree))),
        *lower,
        use(f"{ITEM}: N_{j}", m=n + rho * a, s=ROOT, d=k),
        use(f"{ITEM}: N_{i - 1}", m=m + rho * b, s=ROOT, d=h),
        *_symmetric(a, b),
        combined(two(i, j), (first, number(1)), (rest, m)),
        stein_step(first, (a, i - 1), (b, j), (m, n)),
    )  # fmt: skip


def _symmetric(a: Expression, b: Expression) -> list[Tactic]:
    """The joint density from either side, and the densities' exponent turned around."""
    steps: list[Tactic] = []
    for one_, other in ((a, b), (b, a)):
        square = one_ * one_ / 2
        total = function("exp", square + -square)
        product = function("exp", square) * function("exp", -square)
        steps += [
            use(f"{ITEM}: joint density", a=one_, b=other, rho=rho),
            axiom("value_at_zero", total), axiom("exp_sum", square, -square),
            have(equal(product, 1)),
        ]  # fmt: skip
    return steps


def _half_proof(i: int, j: int) -> Tactic:
    a = h - m
    if j == 0:
        return in_turn(axiom("marginal", half(i, 0)), use(f"{ITEM}: N_{i}", m=m, s=1, d=h))
    first = joint_expectation(
        rho, x, y, Expression(("*", "x", ((x + n) ** (j - 1)).tree, below(y + m, i, h).tree))
    )
    lower: list[Tactic] = []
    for one_, two_ in ((i, j - 1), (i, j - 2), (i - 1, j - 1)):
        if min(one_, two_) >= 0 and not (two_ == j - 2 and j < 2):
            lower.append(use(f"{ITEM}: S_{one_}{two_}", m=m, n=n, h=h, rho=rho))
            lower.append(axiom("exchange", turned(one_, two_)))
    return in_turn(
        have(Formula(("<", 0, (1 - rho * rho).tree))), axiom("root", 1 - rho * rho),
        have(Formula(("<", 0, ROOT.tree))),
        *lower, axiom("exchange", half(i, j)),
        combined(turned(i, j), (first, number(1)), (turned(i, j - 1), n)),
        stein_step(first, (None, j - 1), (a, i), (n, m)),
    )  # fmt: skip


def combined(
    whole: Expression, *parts_: tuple[Expression, Expression], excluded: Any = ((), ())
) -> Tactic:
    """Write an expectation as a combination of others, by case distinctions."""
    shaped = ("+", 0, *(("*", c.tree, part.tree[-1]) for part, c in parts_))

    def steps(renamed: dict[str, Any]) -> list[Tactic]:
        names = [Expression(v) for v in renamed.values()]
        return [apart(v, e) for v, ends in zip(names, excluded, strict=False) for e in ends]

    return in_turn(
        almost_everywhere(whole, Expression(shaped), excluded, steps),
        linear(*(t for pair in parts_ for t in pair)),
    )


Side = tuple[Expression | None, int]
"""Where a power of a shifted variable is cut off, if it is, and the power."""


def stein_step(term_: Expression, left: Side, right: Side, shifts: Any) -> Tactic:
    """The rule `stein`, with what its derivatives are in terms of lower moments."""

    def tactic(prover: Prover, goal: Goal, then: Continue) -> Evidence:
        names = fresh_names(goal, ("x", "y"))
        _, r, bound_x, bound_y, (_, _, f, g) = term_.tree
        f, g = substitute(f, {bound_x: names[0]}), substitute(g, {bound_y: names[1]})
        sides = []
        for name, side, shift, function_ in (
            (names[0], left, shifts[0], f), (names[1], right, shifts[1], g)
        ):  # fmt: skip
            edge, power = side
            body = ("^", ("+", name, shift.tree), power)
            breaks = () if edge is None else (edge.tree,)
            pieces = Pieces(name, breaks, (body,) if edge is None else (body, 0))
            sides.append((pieces, function_))
        fact = ("=", term_.tree, stein_sum(goal, r, sides[0], sides[1]))
        proved = [proved_pieces(prover, goal, p, [(f_, q) for q in p.pieces]) for p, f_ in sides]
        return {
            "by": "stein", "term": thawed(term_.tree), "names": names,
            "range": prover.prove(goal.proving(("<", ("abs", r), 1))),
            "left": proved[0], "right": proved[1],
            "then": _lowered(prover, goal.having(fact), then, sides),
        }  # fmt: skip

    return tactic


def _lowered(prover: Prover, goal: Goal, then: Continue, sides: Any) -> Evidence:
    """Take the constant out of the means of derivatives."""
    steps: list[Tactic] = []
    for which in (0, 1):
        pieces, _ = sides[which]
        slope = pieces.slopes().term(goal)
        if slope == 0:
            continue
        _, base, power = pieces.pieces[0]
        simple: Any = ("^", base, power - 1)
        if pieces.breaks:
            simple = ("ite", ("<", pieces.name, pieces.breaks[0]), simple, 0)
        factors = (slope, sides[1][1]) if which == 0 else (sides[0][1], slope)
        plain = (simple, sides[1][1]) if which == 0 else (sides[0][1], simple)
        head = ("expect2", "rho", sides[0][0].name, sides[1][0].name)
        old = Expression((*head, ("*", *factors)))
        new = Expression((*head, ("*", *plain)))
        shaped = Expression(("+", 0, ("*", power, ("*", *plain))))
        steps += [almost_everywhere(old, shaped, [[], []]), linear(new, number(power))]
    return in_turn(*steps)(prover, goal, then)


def truncated_claim() -> Claim:
    """The lemmas as a claim."""
    return Claim(ITEM, "moments of Gaussians below thresholds", (*parts(), *symmetries()))
