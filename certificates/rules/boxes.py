"""Enclosures: an inequality on a box of reals, by subdivision and outward-rounded evaluation."""

from fractions import Fraction
from typing import Any

from certificates.checker import Evidence, Goal, Proof, Rejected
from certificates.dyadic import Indeterminate, Interval, Undefined
from certificates.evaluation import Evaluator
from certificates.terms import Malformed, free_names, number

Box = dict[str, tuple[Fraction, Fraction]]


def boxes(proof: Proof, goal: Goal, evidence: Evidence) -> None:
    """The goal holds on a box, given as [variable, low, high], that the hypotheses imply.

    A leaf "holds" says that the enclosure of the conclusion decides it; a leaf [k] that the
    enclosure shows hypothesis k to be false there; [variable, point, left, right] cuts the box.
    """
    box: Box = {}
    for name, low, high in evidence["variables"]:
        ends = number(low), number(high)
        if ends[0] is None or ends[1] is None or name not in goal.variables:
            raise Malformed("a variable's range must be two fractions")
        for weak, strict in ((("<=", low, name), ("<", low, name)),
                             (("<=", name, high), ("<", name, high))):  # fmt: skip
            if not (goal.knows(weak) or goal.knows(strict)):
                raise Rejected(f"the hypotheses do not say that {name} lies in its range")
        box[name] = (ends[0], ends[1])
    if not free_names(goal.conclusion) <= box.keys():
        raise Rejected("the goal has a variable without a range")
    evaluator = Evaluator(evidence["precision"], {})
    _check(goal, evaluator, box, evidence["tree"])


def _check(goal: Goal, evaluator: Evaluator, box: Box, tree: Any) -> None:
    if isinstance(tree, list) and len(tree) == 4:
        name, at, left, right = tree
        cut = number(at)
        if name not in box or cut is None:
            raise Malformed("a cut needs a variable and a point")
        low, high = box[name]
        if not low <= cut <= high:
            raise Rejected("a cut outside the box")
        _check(goal, evaluator, {**box, name: (low, cut)}, left)
        _check(goal, evaluator, {**box, name: (cut, high)}, right)
        return
    arithmetic = evaluator.arithmetic
    point = {
        n: Interval(arithmetic.enclose(low).lo, arithmetic.enclose(high).hi)
        for n, (low, high) in box.items()
    }
    if tree == "holds":
        formula, expected = goal.conclusion, True
    elif isinstance(tree, list) and len(tree) == 1 and tree[0] in range(len(goal.hypotheses)):
        formula, expected = goal.hypotheses[tree[0]], False
    else:
        raise Malformed('a leaf is "holds" or [hypothesis]')
    if not free_names(formula) <= box.keys():
        raise Rejected("a hypothesis with a variable without a range")
    try:
        truth = evaluator.formula(formula, point)
    except (Indeterminate, Undefined) as error:
        raise Rejected(f"the enclosure does not decide a box: {error}") from None
    if truth != expected:
        raise Rejected("the enclosure decides a box the other way")
