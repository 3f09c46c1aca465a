"""Engine `gaussians`: expectations of polynomials times Gaussians, of exponentials and waves.

Tactics that bring the body of an expectation into the shape that the checker's short table of
integrals has, and add the value; and Stein's identity E[X f(X)] = E[f'(X)].
"""

from typing import Any

from certificates.checker import Goal
from certificates.derivative import derivative
from certificates.normal import Normaliser, Polynomial, constant
from certificates.terms import Term, free_names, numeral, substitute
from proofs.engines.dual import almost_everywhere, mean
from proofs.engines.identity import identity, parts_of, spell, spellings
from proofs.language import Expression
from proofs.tactics import Continue, Evidence, Prover, Stuck, Tactic, axiom

SQUARE = 2


def bound_names(expectation: Term) -> tuple[str, ...]:
    """The names that an expectation binds."""
    return tuple(expectation[1:2] if expectation[0] == "expect" else expectation[2:4])


def weighted(expectation: Expression) -> Tactic:
    """Add the value of E[p exp(-a X^2 - b Y^2)], however the body is written."""
    names = bound_names(expectation.tree)
    body = expectation.tree[-1]
    normal = Normaliser({})
    exponents: dict[str, Any] = {}
    for part in parts_of(body):
        if part[0] == "exp" and free_names(part) & set(names):
            ((monomial, _),) = normal.term(part).items()
            exponents[monomial[0][0]] = part[1]
    shapes = {
        tuple((a, e) for a, e in monomial if a in exponents) for monomial in normal.term(body)
    }
    if len(shapes) != 1:
        raise Stuck("not a polynomial times one Gaussian")
    (shape,) = shapes
    factors = [exponents[a] for a, e in shape for _ in range(e)]
    rates = [_rate(factors, n, names, normal) for n in names]
    p: Polynomial = {
        tuple((a, e) for a, e in m if a not in exponents): c for m, c in normal.term(body).items()
    }
    spelled = {**spellings(normal, [("+", body, *names)]), **{n: n for n in names}}
    squares = [("*", rate, ("^", n, SQUARE)) for rate, n in zip(rates, names, strict=True)]
    exponent = squares[0] if len(names) == 1 else ("+", *squares)
    shaped = ("*", spell(p, spelled), ("exp", ("-", exponent)))
    merging, total = [], factors[0]
    for factor in factors[1:]:
        merging.append((total, factor))
        total = ("+", total, factor)
    return _valued(expectation, shaped, "exp_sum", merging, "gaussian_weight")


def _rate(factors: list[Any], name: str, names: tuple[str, ...], normal: Normaliser) -> Term:
    """The coefficient a of -a x^2 in the sum of the exponents."""
    total = normal.term(("+", 0, 0, *factors))
    found: Polynomial = {}
    for monomial, c in total.items():
        powers = dict(monomial)
        if set(powers) & set(names) == {name} and powers[name] == SQUARE:
            found[tuple((a, e) for a, e in monomial if a != name)] = -c
        elif not set(powers) & (set(names) - {name}):
            raise Stuck("an exponent that is not a square of each variable")
    return spell(found or constant(0), spellings(normal, [("+", *factors, 0)]))


def _valued(
    expectation: Expression, shaped: Term, merge: str, merging: list[Any], table: str
) -> Tactic:
    """Replace the body by an equal one, then add the value from the checker's table."""

    def tactic(prover: Prover, goal: Goal, then: Continue) -> Evidence:
        names = bound_names(expectation.tree)

        def steps(renamed: dict[str, Term]) -> list[Tactic]:
            read = [[Expression(substitute(t, renamed)) for t in pair] for pair in merging]
            return [*(axiom(merge, *pair) for pair in read), identity]

        def valued(prover: Prover, left: Goal, then: Continue) -> Evidence:
            new = left.hypotheses[-1][2]
            return axiom(table, Expression(new))(prover, left, then)

        first = almost_everywhere(expectation, Expression(shaped), [[]] * len(names), steps)
        return first(prover, goal, lambda left: valued(prover, left, then))

    return tactic


def exponential(expectation: Expression) -> Tactic:
    """Add the value of E[exp(u) exp(v)] for linear u and v."""
    _, (first, u), (second, v) = expectation.tree[-1]
    if (first, second) != ("exp", "exp"):
        raise Stuck("not a product of exponentials")
    shaped = ("exp", ("+", u, v))
    return _valued(expectation, shaped, "exp_sum", [(u, v)], "exponential_mean")


def stein(expectation: Expression) -> Tactic:
    """Add E[X f(X) - f'(X)] = 0 for a smooth f, written as E[f]."""
    _, x, body = expectation.tree
    slope, _ = derivative(body, x)
    difference = ("expect", x, ("-", ("*", x, body), slope))
    return mean(Expression(difference), (), [Expression(("-", body))], [[]])


def linear(*terms: Any) -> Tactic:
    """Add E sum c f = sum c E f, for E f, c, E g, d, ..."""
    return axiom("linearity", *terms)


def number(value: Any) -> Expression:
    """A numeral as a term."""
    return Expression(numeral(value))
