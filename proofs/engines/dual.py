"""Engine `dual`: evidence that a closed form is the dual of its activation, by Price's theorem.

Tactics for the checker's rules `price`, `primitive` and `congruent`, and the pieces of a function
that is given by max, min, |.| and case distinctions.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from certificates.checker import Goal
from certificates.derivative import continuity, derivative
from certificates.evaluation import Evaluator
from certificates.rules import primitive as primitives
from certificates.rules.gaussian import coefficients
from certificates.rules.pieces import Pieces, inside
from certificates.rules.price import price_slope
from certificates.rules.series import choice_of
from certificates.terms import Term, free_names, numeral, substitute
from proofs.engines.identity import defining_facts, identity, parts_of
from proofs.language import Expression, Formula, thawed, tree
from proofs.tactics import (
    Continue,
    Evidence,
    Prover,
    Steps,
    Stuck,
    Tactic,
    axiom,
    fresh_names,
    have,
)

Break = int | Fraction
SAMPLE_BITS = 64


def pieces(function: Term, name: str, breaks: Sequence[Break]) -> Pieces:
    """The function between the breaks, its case distinctions decided at a point of each piece."""
    ends = [Fraction(b) for b in breaks]
    if not ends:
        samples = [Fraction(0)]
    else:
        middles = [(a + b) / 2 for a, b in pairwise(ends)]
        samples = [ends[0] - 1, *middles, ends[-1] + 1]
    evaluator = Evaluator(SAMPLE_BITS, {})

    def at(term: Term, point: Fraction) -> Term:
        if not isinstance(term, tuple) or name not in free_names(term):
            return term
        choice = choice_of(term)
        if choice is not None:
            yes = evaluator.formula(choice[0], {name: point})
            return at(choice[1] if yes else choice[2], point)
        return (term[0], *(at(a, point) for a in term[1:]))

    return Pieces(name, tuple(map(numeral, ends)), tuple(at(function, p) for p in samples))


def spelled(value: Break | Expression) -> Term:
    """The term of a break."""
    return value.tree if isinstance(value, Expression) else numeral(Fraction(value))


def proved_pieces(
    prover: Prover, goal: Goal, found: Pieces, claims: Sequence[tuple[Term, Term]],
    steps: Steps = (),
) -> Evidence:  # fmt: skip
    """The evidence for pieces: their order, and an equation inside each of them."""
    order = [goal.proving(("<", a, b)) for a, b in pairwise(found.breaks)]
    return {
        "breaks": thawed(found.breaks), "pieces": thawed(found.pieces),
        "order": [prover.prove(g) for g in order],
        "equal": [
            _first(prover, inside(goal, found, k).proving(("=", *claim)), steps)
            for k, claim in enumerate(claims)
        ],
    }  # fmt: skip


def _first(prover: Prover, goal: Goal, steps: Steps = ()) -> Evidence:
    """Evidence for an equation by the steps and case distinctions, else by elimination."""
    try:
        return prover.prove(goal, steps)
    except Stuck:
        return prover.prove(goal, [*steps, identity])


def price(
    left: Sequence[Break] = (), right: Sequence[Break] | None = None, *,
    zero: Steps = (identity,), slope: Steps = (identity,),
) -> Tactic:  # fmt: skip
    """The rule `price` for E[f(X) g(Y)], with the breaks of f and g (those of f, if not given)."""

    def tactic(prover: Prover, goal: Goal, then: Continue) -> Evidence:
        match goal.conclusion:
            case ("=", ("expect2", rho, x, y, ("*", f, g)), closed):
                names = fresh_names(goal, (x, y))
            case _:
                raise Stuck("not a closed form of E[f(X) g(Y)]")
        f, g = substitute(f, {x: names[0]}), substitute(g, {y: names[1]})
        others = Goal(
            {n: s for n, s in goal.variables.items() if n != rho},
            tuple(h for h in goal.hypotheses if rho not in free_names(h)),
            goal.conclusion,
        )
        sides = pieces(f, names[0], left), pieces(g, names[1], left if right is None else right)
        start = ("*", ("expect", names[0], f), ("expect", names[1], g))
        real = others.extended({rho: "real"})
        everywhere = real.having(("<=", -1, rho), ("<=", rho, 1))
        within = real.having(("<", -1, rho), ("<", rho, 1))
        derived, conditions = derivative(closed, rho)

        def all_of(at: Goal, needed: list[Any]) -> list[Evidence]:
            goals = [at.proving(c) for c in needed]
            return [
                prover.prove_by_one_of(g, [[defining_facts]])
                for g in goals
                if g.normal.formula(g.conclusion) != "true"
            ]

        claim = ("=", price_slope(within, rho, *sides), derived)
        return {
            "by": "price", "names": names,
            "range": prover.prove(goal.proving(("<=", ("abs", rho), 1))),
            "left": proved_pieces(prover, others, sides[0], [(f, p) for p in sides[0].pieces]),
            "right": proved_pieces(prover, others, sides[1], [(g, p) for p in sides[1].pieces]),
            "zero": prover.prove(
                others.proving(("=", start, substitute(closed, {rho: 0}))), zero
            ),
            "continuous": all_of(everywhere, continuity(closed, rho)),
            "differentiable": all_of(within, conditions),
            "slope": prover.prove(within.proving(claim), slope),
        }  # fmt: skip

    return tactic


def mean(
    expectation: Expression, breaks: Sequence[Break | Expression], primitive: Sequence[Any],
    tails: Sequence[Sequence[tuple[Any, Any]]],
    inner: Callable[[str], Steps] = lambda _name: (),
) -> Tactic:  # fmt: skip
    """The rule `primitive`: on each piece a primitive P and its tails (c, b), spelled in x.

    `inner` are steps towards the equations inside the pieces, given the name of the variable.
    """

    def tactic(prover: Prover, goal: Goal, then: Continue) -> Evidence:
        _, x, body = expectation.tree
        (name,) = fresh_names(goal, [x])
        body = substitute(body, {x: name})
        parts = tuple(substitute(tree(p), {x: name}) for p in primitive)
        found = Pieces(name, tuple(map(spelled, breaks)), parts)
        ends = tuple(tuple((tree(c), tree(b)) for c, b in piece) for piece in tails)
        claims = [(primitives.integrand(goal, name, p, ends[k]), body) for k, p in enumerate(parts)]
        fact = ("=", expectation.tree, primitives.total(goal, found, ends))
        return {
            "by": "primitive", "term": thawed(expectation.tree), "name": name,
            "primitives": proved_pieces(prover, goal, found, claims, inner(name)),
            "tails": thawed(ends),
            "then": then(goal.having(fact)),
        }  # fmt: skip

    return tactic


def polynomial_mean(expectation: Expression, breaks: Sequence[Break] = ()) -> Tactic:
    """The rule `primitive` for a function that is a polynomial between the breaks.

    x^n = P' - x P + (n - 1) x^(n - 2) with P = -x^(n - 1), down to a constant or 0.
    """
    _, x, body = expectation.tree
    primitive, tails = [], []
    for piece in pieces(body, x, breaks).pieces:
        known = {n: c for (n,), (c, _) in coefficients(piece, (x,)).items()}
        parts: list[Term] = [0, 0]
        for n in range(max(known, default=0), 0, -1):
            if n not in known:
                continue
            parts.append(("-", ("*", known[n], ("^", x, n - 1))))
            if n > 1:
                carried = ("*", n - 1, known[n])
                known[n - 2] = ("+", known[n - 2], carried) if n - 2 in known else carried
        primitive.append(("+", *parts))
        tails.append([(known[0], 0)] if 0 in known else [])
    return mean(expectation, breaks, primitive, tails)


def chain(breaks: Sequence[Break], slopes: Sequence[Expression] = ()) -> Tactic:
    """The rule `price` again and again, for a piecewise polynomial f = g with the given breaks.

    `slopes` are the closed forms, in rho, of E[f' g'], E[f'' g''], ...; where they end, point
    masses are all that is left of the derivative.
    """

    def tactic(prover: Prover, goal: Goal, then: Continue) -> Evidence:
        _, (_, rho, x, y, (_, f, g)), _ = goal.conclusion
        means = [
            polynomial_mean(Expression(("expect", bound, h)), breaks)
            for bound, h in ((x, f), (y, g))
        ]
        inner = [by_expectation(slopes[0], chain(breaks, slopes[1:]))] if slopes else []
        return price(breaks, zero=[*means, identity], slope=[*inner, identity])(prover, goal, then)

    return tactic


def by_expectation(value: Expression, *steps: Tactic) -> Tactic:
    """Prove that the first expectation of two variables in the goal has this value."""

    def tactic(prover: Prover, goal: Goal, then: Continue) -> Evidence:
        found = next((p for p in parts_of(goal.conclusion) if p[0] == "expect2"), None)
        if found is None:
            raise Stuck("no expectation in the goal")
        return have(Formula(("=", found, value.tree)), *steps)(prover, goal, then)

    return tactic


def almost_everywhere(
    expectation: Expression, body: Expression, excluded: Sequence[Sequence[Break | Expression]],
    steps: Callable[[dict[str, Term]], Steps] | None = None,
) -> Tactic:  # fmt: skip
    """The rule `congruent`: another body, spelled in the same names, equal but at some values.

    `steps` prove that they are equal, given the fresh names that stand for the bound ones.
    """

    def tactic(prover: Prover, goal: Goal, then: Continue) -> Evidence:
        *head, old = expectation.tree
        bound = head[1:] if head[0] == "expect" else head[2:]
        names = fresh_names(goal, bound)
        renamed: dict[str, Term] = dict(zip(bound, names, strict=True))
        old, new = substitute(old, renamed), substitute(body.tree, renamed)
        values = [[spelled(v) for v in side] for side in excluded]
        off = [("!=", n, v) for n, side in zip(names, values, strict=True) for v in side]
        inner = goal.extended(dict.fromkeys(names, "real")).having(*off)
        needed = [goal.proving(("<=", ("abs", head[1]), 1))] if head[0] == "expect2" else []
        fact = ("=", expectation.tree, (*head[: len(head) - len(bound)], *names, new))
        return {
            "by": "congruent", "term": thawed(expectation.tree), "names": names,
            "body": thawed(new), "excluded": thawed(values),
            "range": [prover.prove(g) for g in needed],
            "equal": prover.prove(inner.proving(("=", old, new)), steps(renamed))
            if steps else _first(prover, inner.proving(("=", old, new))),
            "then": then(goal.having(fact)),
        }  # fmt: skip

    return tactic


def apart(value: Expression, point: Expression) -> Tactic:
    """Two cases, value < point and point < value, where value != point is known.

    With q = value - point != 0, from q >= 0 and -q >= 0 follows -1 = q (-q) (1/q)^2 >= 0.
    """

    def tactic(prover: Prover, goal: Goal, then: Continue) -> Evidence:
        difference = value - point
        inverse = 1 / difference
        before: Any = ("<", value.tree, point.tree)
        after: Any = ("<", point.tree, value.tree)

        def contradiction(left: Goal) -> Evidence:
            square, quotient = len(left.hypotheses) - 1, len(left.hypotheses) - 2
            known, negated = len(left.hypotheses) - 3, len(left.hypotheses)
            return {"by": "polynomial", "sum": [
                [1, []], [1, [[known, 1], [negated, 1], [square, 1]]],
                [-1, [[quotient, 1]], thawed((1 + difference * inverse).tree)],
            ]}  # fmt: skip

        higher = goal.having(("<=", point.tree, value.tree))
        strict = axiom("quotient", 1, difference)(
            prover, higher.proving(after),
            lambda left: axiom("square", inverse)(prover, left, contradiction),
        )  # fmt: skip
        return {
            "by": "cases", "on": thawed(before), "yes": then(goal.having(before)),
            "no": {"by": "have", "claim": thawed(after), "proof": strict,
                   "then": then(higher.having(after))},
        }  # fmt: skip

    return tactic
