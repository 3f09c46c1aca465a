"""Engine `crossed`: E f(X) g(Y) for a piecewise polynomial f and a smooth g, by Price's theorem.

Each use of it takes a derivative of both; where f has a jump, what is left is the mean of a
derivative of g at the other variable, given the jump.
"""

from collections.abc import Callable, Sequence

from certificates.checker import Goal
from proofs.engines.dual import Break, by_expectation, polynomial_mean, price
from proofs.engines.identity import identity, parts_of
from proofs.language import Expression
from proofs.tactics import Continue, Evidence, Prover, Tactic, in_turn

CUT = ("ite", "max", "min", "abs")


def crossed(
    breaks: Sequence[Break], slopes: Sequence[Expression], smooth: Callable[[Expression], Tactic]
) -> Tactic:
    """Prove E f(X) g(Y) = F(rho), given the closed forms of E[f' g'], E[f'' g''], ... in rho.

    `smooth` adds the mean of a derivative of g.
    """

    def means(prover: Prover, goal: Goal, then: Continue) -> Evidence:
        found = dict.fromkeys(p for p in parts_of(goal.conclusion) if p[0] == "expect")
        return in_turn(*(mean(Expression(p)) for p in found))(prover, goal, then)

    def mean(expected: Expression) -> Tactic:
        if any(p[0] in CUT for p in parts_of(expected.tree[-1])):
            return polynomial_mean(expected, breaks)
        return smooth(expected)

    inner = [by_expectation(slopes[0], crossed(breaks, slopes[1:], smooth))] if slopes else []
    return price(breaks, (), zero=[means, identity], slope=[means, *inner, identity])
