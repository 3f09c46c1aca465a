"""One comparison of reals: exact arithmetic where it suffices, else the engine `boxes`."""

from collections.abc import Callable, Sequence
from typing import Any

from certificates.box_claims import Claim
from certificates.checker import Goal
from certificates.rules.series import choice_of
from certificates.terms import BINDERS, FUNCTIONS, free_names, number
from proofs.engines import atom_facts, boxes, dependent, enumerated, gram, quotients, squares
from proofs.engines.boxes import Search, spans_of
from proofs.engines.polynomial import find_certificate
from proofs.language import thawed

Evidence = dict[str, Any]
Engine = Callable[[Goal], Evidence | None]
FACTUAL = (*FUNCTIONS, "floor", "ceil", "rpow")
SMALL = 240  # steps of `boxes` on either side of a diagonal
FEW = 120  # steps of `boxes` where a case distinction is left, which is split afterwards


class Analysis:
    """Evidence for each goal, once: goals come back as cases are split."""

    def __init__(self, precision: int, small: bool = False) -> None:
        self.precision = precision
        self.small = small  # with little effort
        self.failure: boxes.Failure | None = None  # the first one
        self.steps = 0
        self._known: dict[Any, Evidence | None] = {}

    def __call__(self, goal: Goal) -> Evidence | None:
        """Evidence for a goal, or None."""
        key = (goal.hypotheses, goal.conclusion)
        if key not in self._known:
            self._known[key] = self._found(goal)
        return self._known[key]

    def _found(self, goal: Goal) -> Evidence | None:
        plain = resolved(goal.conclusion, goal)
        if plain != goal.conclusion:
            found = self(goal.proving(plain))
            return found and {"by": "have", "claim": thawed(plain), "proof": found,
                              "then": {"by": "assumption"}}  # fmt: skip
        if goal.conclusion[0] == "!=":
            found = self._nonzero(goal)
            if found is not None:
                return found
        mixed = {goal.variables.get(n) for n in free_names(goal.conclusion)} >= {"int", "real"}
        found = enumerated.evidence(goal, self) if mixed else None
        if found is not None:
            return found
        quick = self if self.small else Analysis(self.precision, small=True)
        found = dependent.evidence(goal, quick)
        if found is not None:
            return found
        choices = _some(goal.conclusion, lambda t: choice_of(t) is not None)
        if not choices and _some(goal.conclusion, lambda t: t[0] in FACTUAL):
            found = atom_facts.evidence(goal) or self._cleared(goal, (atom_facts.evidence,))
            if found is not None:
                return found
        if choices and not _bounded(goal):
            return None  # cases first
        if not choices and not _some(goal.conclusion, _elementary):
            found = find_certificate(goal, 2) or squares.evidence(goal)
            found = found or quotients.evidence(goal, self.precision)
            found = found or self._cleared(goal, (squares.evidence, gram.evidence, _quadratic))
            if found is not None:
                return found
            found = gram.evidence(goal) or find_certificate(goal, 3)
            if found is not None:
                return found
        found = None if self.small else dependent.on_both_sides(goal, quick)
        if found is not None:
            return found
        steps = FEW if choices else SMALL if self.small else boxes.STEPS
        found, failure = boxes.attempt(goal, steps, self.precision)
        if failure is not None:
            self.steps += failure.steps
            self.failure = self.failure or failure
        if found is None and not self.small and not choices:
            return dependent.evidence(goal, self)
        return found

    def _nonzero(self, goal: Goal) -> Evidence | None:
        """a != b from a < b or b < a, whichever a sample suggests."""
        _, a, b = goal.conclusion
        for less in boxes.suggested(goal, ("<", a, b), ("<", b, a)):
            proof = self(goal.proving(less))
            then = proof and find_certificate(goal.having(less), 1)
            if then is not None:
                return {"by": "have", "claim": thawed(less), "proof": proof, "then": then}
        return None

    def _cleared(self, goal: Goal, engines: Sequence[Engine]) -> Evidence | None:
        """An inequality of quotients whose denominators have one sign, without them."""
        spans = spans_of(goal)
        if spans is None or goal.conclusion[0] not in ("<=", "<"):
            return None
        if not _some(goal.conclusion, lambda t: t[0] == "/" and number(t[2]) is None):
            return None
        claim = Claim(goal.conclusion, spans, ())
        for wrapper, inner in Search(1, self.precision).cleared(claim):
            plain = boxes.goal_of(inner)
            found = next(filter(None, (engine(plain) for engine in engines)), None)
            if found is not None:
                tree = wrapper({"by": "goal", "evidence": found})
                return boxes.document(spans, tree, self.precision)
        return None


def _quadratic(goal: Goal) -> Evidence | None:
    return find_certificate(goal, 2)


def resolved(term: Any, goal: Goal) -> Any:
    """The term or comparison without the case distinctions that the hypotheses decide."""
    if not isinstance(term, tuple) or term[0] in BINDERS or term[0] in ("forall", "exists"):
        return term
    choice = choice_of(term)
    if choice is not None:
        known = goal.normal.truth(goal.normal.formula(choice[0]))
        if known is not None:
            return resolved(choice[1] if known else choice[2], goal)
    return (term[0], *(resolved(t, goal) for t in term[1:]))


def _bounded(goal: Goal) -> bool:
    spans = spans_of(goal)
    return spans is not None and all(
        s.low is not None and s.high is not None for s in spans.values()
    )


def _elementary(term: Any) -> bool:
    return term[0] in FUNCTIONS and term[0] != "sqrt"


def _some(term: Any, condition: Any) -> bool:
    """Whether a part of the term satisfies the condition."""
    if not isinstance(term, tuple):
        return False
    return condition(term) or any(_some(t, condition) for t in term[1:])
