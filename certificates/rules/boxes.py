"""Inequalities on a box: enclosures, and the calculus that brings them to where enclosures decide.

A claim, that a formula holds on a box, is proved by a tree.  Where equality is attained at an end
of the box, or an end is infinite, no subdivision suffices; there the sign of a derivative leads to
the end, a factor of known sign is taken out, denominators are cleared or logarithms taken.
FORMAT.md proves each step.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from certificates.box_claims import Claim, Span, Spans, bounds
from certificates.checker import Evidence, Goal, Proof, Rejected, frozen, keys
from certificates.dyadic import Indeterminate, Undefined
from certificates.ranges import INF, Range, Ranges
from certificates.rules.box_forms import exp, logarithms, periodic, power, product
from certificates.rules.box_shapes import concave, critical, valley
from certificates.rules.box_steps import clear, factor, log, slope
from certificates.terms import Formula, Malformed, Term, free_names, sort_of
from certificates.work import spend


def boxes(proof: Proof, goal: Goal, evidence: Evidence) -> None:
    """The goal holds on a box, given as [variable, low, high], that the hypotheses imply."""
    spans: dict[str, Span] = {}
    for name, low, high in evidence["variables"]:
        if name not in goal.variables or goal.variables[name] not in ("real", "int"):
            raise Malformed("a range is that of a numeric variable")
        ends = [None if e == x else closed(e) for e, x in ((low, "-inf"), (high, "inf"))]
        weak = [("<=", ends[0], name), ("<=", name, ends[1])]
        opened = []
        for end, formula in zip(ends, weak, strict=True):
            strict = end is not None and goal.knows(("<", *formula[1:]))
            if end is not None and not strict and not goal.knows(formula):
                raise Rejected(f"the hypotheses do not say that {name} lies in its range")
            opened.append(strict)
        spans[name] = Span(ends[0], ends[1], opened[0], opened[1])
    if not free_names(goal.conclusion) <= spans.keys():
        raise Rejected("the goal has a variable without a range")
    tree = Tree(proof, Ranges(evidence["precision"]))
    try:
        tree.check(Claim(goal.conclusion, spans, goal.hypotheses), evidence["tree"])
    except (Indeterminate, Undefined) as error:
        raise Rejected(f"the enclosure does not decide a box: {error}") from None


class Tree:
    """Checks the trees of one piece of evidence."""

    def __init__(self, proof: Proof, ranges: Ranges) -> None:
        self.proof, self.ranges = proof, ranges

    def box(self, spans: Spans) -> dict[str, Range]:
        """The ranges of the variables."""
        spend(4 * len(spans))
        found = {}
        for name, span in spans.items():
            low = -INF if span.low is None else self.ranges.term(span.low, {}).low
            high = INF if span.high is None else self.ranges.term(span.high, {}).high
            if low > high:
                raise Rejected(f"the range of {name} is empty")
            found[name] = Range(low, high, span.low_open, span.high_open)
        return found

    def decided(self, formula: Formula, spans: Spans) -> bool | None:
        """The truth of a formula on the whole box, if its enclosure tells."""
        return self.ranges.formula(formula, self.box(spans))

    def check(self, claim: Claim, tree: Any) -> None:
        """Raise unless the tree proves the claim."""
        if tree == "holds":
            if self.decided(claim.formula, claim.spans) is not True:
                raise Rejected("the enclosure does not decide a box")
        elif isinstance(tree, list) and len(tree) == 1:
            self._excluded(claim, tree[0])
        elif isinstance(tree, list) and len(tree) == 4:
            self._cut(claim, *tree)
        elif isinstance(tree, dict) and tree.get("by") in STEPS:
            step, fields = STEPS[tree["by"]]
            keys(tree, "by " + fields)
            step(self, claim, tree)
        else:
            raise Malformed("a tree is a leaf, a cut or a step")

    def _excluded(self, claim: Claim, index: Any) -> None:
        """A leaf [k]: hypothesis k is false on the box."""
        if not isinstance(index, int) or not 0 <= index < len(claim.hypotheses):
            raise Rejected("no such hypothesis")
        if not free_names(claim.hypotheses[index]) <= claim.spans.keys():
            raise Rejected("a hypothesis with a variable without a range")
        if self.decided(claim.hypotheses[index], claim.spans) is not False:
            raise Rejected("the enclosure does not exclude a box")

    def _cut(self, claim: Claim, name: Any, at: Any, left: Any, right: Any) -> None:
        """[name, point, left, right]: the parts of the box on either side of the point."""
        point = closed(at)
        if name not in claim.spans:
            raise Malformed("a cut needs a variable of the box")
        span = claim.spans[name]
        below = replace(span, high=point, high_open=False)
        above = replace(span, low=point, low_open=False)
        self.check(replace(claim, spans={**claim.spans, name: below}), left)
        self.check(replace(claim, spans={**claim.spans, name: above}), right)

    def goal(self, claim: Claim, tree: Evidence) -> None:
        """The claim as a goal of its own: the ranges are its hypotheses."""
        known = tuple(f for name, span in claim.spans.items() for f in bounds(name, span))
        goal = Goal(dict.fromkeys(claim.spans, "real"), known, claim.formula)
        self.proof.discharge(goal, tree["evidence"])


def closed(value: Any) -> Term:
    """A term without variables."""
    term = frozen(value)
    sort_of(term, {}, {})
    return term


Step = Callable[[Tree, Claim, Evidence], None]
STEPS: dict[str, tuple[Step, str]] = {
    "slope": (slope, "name sign strict slope face"),
    "factor": (factor, "factor of roots then"),
    "clear": (clear, "then"),
    "log": (log, "then"),
    "exp": (exp, "then"),
    "logarithms": (logarithms, "then"),
    "power": (power, "left right exponent roots nonnegative then"),
    "periodic": (periodic, "name then"),
    "product": (product, "factor of roots exponents then"),
    "concave": (concave, "name strict curvature low high"),
    "valley": (valley, "name at inside cofactor sides face"),
    "critical": (critical, "name at inside curvature rising falling face"),
    "goal": (Tree.goal, "evidence"),
}
