"""A reviewer's own claim: proved, refuted at an exact point, or open, with the certificate.

    prove("forall x > 0: log(x) <= x - 1").verdict        # "proved"

The engines, the certificates and the checker are those of the audit.  What is decided, and by
which certificate, depends on counted steps alone; a timeout only ends the attempt as `open`.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from html import escape
from itertools import islice, product
from traceback import clear_frames
from types import FrameType
from typing import Any

from certificates.checker import Checker, Goal, Rejected, Statement, obligations
from certificates.evaluation import Evaluator
from certificates.rules.evaluation import NOT_AT_POINTS, operators, parse_value, sides
from certificates.terms import Malformed, free_names
from proofs.claim import STATEMENT
from proofs.discharge import STUCK, Outcome, accepted, certificate, used_lemmas
from proofs.engines.analysis import Analysis
from proofs.engines.descent import find_near
from proofs.engines.enclosure import instance_evidence
from proofs.engines.identity import equation
from proofs.engines.onwards import by_powers, from_onwards
from proofs.engines.search import find_counterexample
from proofs.engines.smt import solver_says
from proofs.language import Expression
from proofs.parser import Claim, Use, parse_claim
from proofs.tactics import Prover, Stuck, Tactic, cases, have, induction, use

TIMEOUT = 10.0
VACUITY = 2.0  # seconds to find values that satisfy the hypotheses, or that there are none
PRECISION = 128
MOST_HINTS, MOST_CHOICES = 12, 5_000  # instances of what a claim uses, and choices of variables
FEW, MANY = 1_500, 12_000  # points tried before and after the attempt to prove
WORDS = {"holds": "proved", "fails": "refuted", "open": "open"}
Lemmas = Mapping[str, tuple[str, Statement]]


class OutOfTime(Exception):
    """The time for one claim is used up."""


@dataclass(frozen=True)
class Answer:
    """What became of a claim.

    `verdict` is "proved", "refuted" or "open"; `counterexample` the exact point, variable by
    variable, and `refuted` in words where and how the claim fails there; `certificate` the
    document that the checker accepted and `identity` its id; `assurance` as in the audit; `stuck`
    says where an open claim got stuck and `tried` what was spent on it.  `vacuous` says of a proved
    claim that no values satisfy its hypotheses, or that none were found.
    """

    name: str
    text: str
    verdict: str
    assurance: str
    identity: str
    certificate: Mapping[str, Any] = field(repr=False)
    counterexample: Mapping[str, Any] | None = None
    refuted: str = ""
    margin: str | None = None
    stuck: str = ""
    tried: str = ""
    vacuous: str = ""

    def to_json(self) -> dict[str, Any]:
        """The object that --json prints."""
        return {
            "name": self.name, "verdict": self.verdict, "counterexample": self.counterexample,
            "refuted": self.refuted or None, "assurance": self.assurance,
            "certificate": self.identity, "margin": self.margin, "stuck": self.stuck or None,
            "tried": self.tried or None, "vacuous": self.vacuous or None,
        }  # fmt: skip

    def remarks(self) -> dict[str, Any]:
        """What is said beside the certificate and does not follow from it."""
        said = {"stuck": self.stuck, "margin": self.margin, "tried": self.tried,
                "vacuous": self.vacuous}  # fmt: skip
        return {name: words for name, words in said.items() if words}

    def lines(self) -> list[str]:
        """The answer in words, the verdict first."""
        if self.verdict == "refuted":
            return [self.refuted, f"certificate {self.identity[:16]}"]
        first = f"{self.verdict}   [{self.assurance}]"
        more = [
            self.vacuous,
            self.stuck,
            f"best margin {self.margin}" if self.margin else "",
            self.tried,
        ]
        return [first, *(line for line in more if line), f"certificate {self.identity[:16]}"]

    def _repr_html_(self) -> str:
        """The answer for a notebook."""
        first, *rest = (escape(line) for line in self.lines())
        return (
            f"<div><code>{escape(self.text)}</code><br><strong>{first}</strong>"
            + "".join(f"<br>{line}" for line in rest)
            + "</div>"
        )


def prove(text: str, *, timeout: float = TIMEOUT, precision: int = PRECISION) -> Answer:
    """Decide a claim written in the language of `proofs.parser`.

    Raises FormulaError (a ValueError) when the text is not a claim.
    """
    return decide(parse_claim(text), {}, Checker({}), timeout, precision)


def decide(
    claim: Claim, lemmas: Lemmas, checker: Checker, timeout: float, precision: int
) -> Answer:
    """Refute the claim at a simple point, else prove it, else search longer, else leave it open."""
    statement = claim.statement
    analysis = Analysis(precision)
    tried: list[str] = []
    outcome: Outcome | None = None
    try:
        with deadline(timeout):
            outcome = (
                _refuted(claim, statement, checker, FEW)
                or _proved(claim, statement, lemmas, checker, tried, analysis)
                or _refuted(claim, statement, checker, MANY)
            )
    except OutOfTime:
        tried.append(f"stopped after {timeout:g} s")
    if outcome is None:
        label, source = solver_says(statement.goal)
        record = {"by": "open", "label": label, "source": source}
        outcome = accepted(_document(claim, record), checker)
    found = answer(claim, outcome)
    if found.verdict == "proved":
        return _with_vacuity(claim, outcome, checker, found)
    if found.verdict == "refuted":
        return found
    spent, failure = "; ".join(dict.fromkeys(tried)), analysis.failure
    if failure is None:
        return replace(found, tried=spent)
    return replace(
        found,
        stuck=f"stuck at {failure.box}: {failure.why}",
        margin=None if failure.margin is None else f"{failure.margin:.3g}",
        tried=f"{analysis.steps} steps of boxes; {spent}",
    )


def _with_vacuity(claim: Claim, outcome: Outcome, checker: Checker, found: Answer) -> Answer:
    """The answer to a proved claim, which says, in its certificate too, if it is about nothing."""
    vacuous = _vacuous(claim)
    if not vacuous:
        return found
    note = f"{outcome.document.get('note', '')[:1800]} ({vacuous})".strip()
    noted = accepted({**outcome.document, "note": note}, checker)
    return replace(answer(claim, noted), vacuous=vacuous)


def _vacuous(claim: Claim) -> str:
    """Whether the hypotheses have no common point: "" when one is found."""
    absurd = Statement.parse({**claim.document, "conclusion": ["<", 1, 0]})
    if not absurd.goal.hypotheses:
        return ""
    *others, last = absurd.goal.hypotheses
    excluded = Goal(absurd.goal.variables, tuple(others), ("not", last))
    try:
        with deadline(VACUITY):
            if (find_near(absurd) or find_counterexample(absurd, FEW)) is not None:
                return ""
            Prover({}, analysis=Analysis(PRECISION)).prove(excluded)
            return "vacuous: no values satisfy the hypotheses"
    except (*STUCK, OutOfTime):
        return "perhaps vacuous: no values that satisfy the hypotheses were found"


def _refuted(claim: Claim, statement: Statement, checker: Checker, points: int) -> Outcome | None:
    evidence = find_counterexample(statement, points) or find_near(statement)
    if evidence is None:
        return None
    try:
        return accepted(_document(claim, evidence), checker)
    except (Rejected, Malformed):
        return None


def _proved(
    claim: Claim,
    statement: Statement,
    lemmas: Lemmas,
    checker: Checker,
    tried: list[str],
    analysis: Analysis,
) -> Outcome | None:
    hints = _uses(claim, statement, lemmas)
    given = len(hints)
    try:
        rows = instance_evidence(statement) if _finite(statement) else None
        if rows is not None:
            return accepted(_document(claim, rows), checker)
        hints.append([equation])
        hints += [[tactic(n)] for n in _from_zero(statement) for tactic in (by_powers, induction)]
        hints += [[from_onwards(n, a)] for n, a in _from_elsewhere(statement)]
        definedness = [
            _defined(Prover(lemmas, analysis=analysis), goal, hints)
            for goal in obligations(statement)
        ]
        evidence = _by_uses(Prover(lemmas), statement.goal, hints[:given]) or Prover(
            lemmas, analysis=analysis
        ).prove_by_one_of(statement.goal, hints)
        needed = used_lemmas([evidence, definedness])
        return accepted(_document(claim, evidence, definedness, needed), checker)
    except STUCK as error:
        tried.append(str(error)[:300])
        return None


def _uses(claim: Claim, statement: Statement, lemmas: Lemmas) -> list[Sequence[Tactic]]:
    """Instances of the claims that a claim uses: all together first, then each alone.

    A variable of theirs without a value stands for that of the same name; where there is none, for
    each variable of the claim of its sort in turn.
    """
    instances = [
        [use(used.name, **values) for values in _values(used, lemmas[used.name][1], statement)]
        for used in claim.using
        if used.name in lemmas
    ]
    together = [list(chosen) for chosen in islice(product(*instances), MOST_HINTS)]
    alone = [[one] for some in instances for one in some] if len(instances) > 1 else []
    return [steps for steps in (*together, *alone[:MOST_HINTS]) if steps]


def _by_uses(prover: Prover, goal: Goal, hints: Sequence[Sequence[Tactic]]) -> Any:
    """Evidence by what the claim uses and polynomial arithmetic alone, or None."""
    prover.degree = 2
    for steps in hints:
        try:
            return prover.prove(goal, steps)
        except Stuck:
            continue
    return None


def _values(used: Use, lemma: Statement, statement: Statement) -> Iterator[dict[str, Any]]:
    own = statement.goal.variables
    choices: list[list[Any]] = []
    for name, sort in lemma.goal.variables.items():
        alike = [n for n, s in own.items() if s == sort or (s, sort) == ("int", "real")]
        choices.append([used.values[name]] if name in used.values
                       else [name] if name in alike else alike)  # fmt: skip
    tried = list(islice(product(*choices), MOST_CHOICES))
    different = [chosen for chosen in tried if len(set(chosen)) == len(chosen)]
    for chosen in (different or tried)[:MOST_HINTS]:
        yield dict(zip(lemma.goal.variables, chosen, strict=True))


def _finite(statement: Statement) -> bool:
    """Whether all variables are integers, if there are any, and the conclusion an inequality."""
    sorts = set(statement.goal.variables.values())
    if operators(statement.document) & NOT_AT_POINTS:
        return False
    return sorts <= {"int"} and statement.goal.conclusion[0] in ("<=", "<")


def _from_zero(statement: Statement) -> Iterator[str]:
    """Integer variables of which the hypotheses say just that they are >= 0."""
    goal = statement.goal
    for name, sort in goal.variables.items():
        own = [h for h in goal.hypotheses if name in free_names(h)]
        if sort == "int" and own == [("<=", 0, name)]:
            yield name


def _from_elsewhere(statement: Statement) -> Iterator[tuple[str, int]]:
    """Integer variables of which the hypotheses say just that they are >= a, a number but 0."""
    goal = statement.goal
    for name, sort in goal.variables.items():
        own = [h for h in goal.hypotheses if name in free_names(h)]
        if sort == "int" and len(own) == 1 and own[0][0] == "<=" and own[0][2] == name:
            if isinstance(own[0][1], int) and own[0][1]:
                yield name, own[0][1]


def _defined(prover: Prover, goal: Goal, hints: Sequence[Sequence[Tactic]]) -> Any:
    """Evidence for an obligation of definedness."""
    ranges = [] if goal.knows(goal.conclusion) else _ranges(goal)
    try:
        return prover.prove(goal, ranges) if ranges else prover.prove_by_one_of(goal, hints)
    except Stuck:
        return prover.prove_by_one_of(goal, hints)


def _ranges(goal: Goal) -> list[Tactic]:
    """For the conclusion |t| <= s and variables with |x| <= s, as of iterates: without the bars."""
    found: list[Tactic] = []
    for op, *ends in (*goal.hypotheses, goal.conclusion):
        if op == "<=" and isinstance(ends[0], tuple) and ends[0][0] == "abs":
            x, end = Expression(ends[0][1]), Expression(ends[1])
            steps = [cases(x >= 0)] if (op, *ends) != goal.conclusion else []
            found += [have(-end <= x, *steps), have(x <= end, *steps)]
            found += [] if steps else [cases(x >= 0)]
    return found


def _document(
    claim: Claim, evidence: Mapping[str, Any], definedness: list[Any] | None = None,
    rests_on: list[str] | None = None,
) -> dict[str, Any]:  # fmt: skip
    note = " ".join(claim.text.split())[:2000]
    return certificate(
        claim.name, STATEMENT, claim.document, evidence, definedness, rests_on,
        note if note.isprintable() else "",
    )  # fmt: skip


def answer(claim: Claim, outcome: Outcome, remarks: Mapping[str, Any] | None = None) -> Answer:
    """What an outcome says of a claim, with the remarks that were kept beside it."""
    verdict = WORDS[outcome.verdict]
    at = outcome.document["evidence"].get("at") if verdict == "refuted" else None
    return Answer(
        claim.name, claim.text, verdict, outcome.assurance, outcome.identity, outcome.document,
        counterexample=at,
        refuted=refutation(claim.statement, at, outcome.refuted) if at is not None else "",
        **(remarks or {}),
    )  # fmt: skip


def refutation(statement: Statement, at: Mapping[str, Any], words: str) -> str:
    """ "refuted at mu = 1, delta = 1: 0 > -1/2", from what the checker says of the point."""
    point = ", ".join(f"{name} = {value}" for name, value in at.items())
    where = f" at {point}" if at else ""
    if words.startswith("undefined"):
        return f"undefined{where}: {words.rpartition(': ')[2]}"
    sorts = statement.goal.variables
    values = {name: parse_value(sorts[name], value) for name, value in at.items()}
    evaluator = Evaluator(PRECISION, statement.definitions)
    false = list(_false(statement.document["conclusion"], evaluator, values))
    found = [sides(formula, evaluator, values).removeprefix(": ") for formula in false]
    return f"refuted{where}" + (": " + " and ".join(found) if all(found) else "")


def _false(formula: Any, evaluator: Evaluator, point: Mapping[str, Any]) -> Iterator[Any]:
    """The parts of a false formula whose falsity makes it so."""
    op, *parts = formula
    if op == "and":
        yield from _false(
            next(p for p in parts if not evaluator.formula(p, point)), evaluator, point
        )
    elif op == "or":
        for part in parts:
            yield from _false(part, evaluator, point)
    elif op == "implies":
        yield from _false(parts[1], evaluator, point)
    else:
        yield formula


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raise OutOfTime in the body after so many seconds.

    Only the main thread can be interrupted so; elsewhere the counts of steps alone end the work.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    late = False

    def stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal late
        late = True
        raise OutOfTime

    def unraised(found: sys.UnraisableHookArgs) -> None:
        if not late:  # else an object that was half made is deleted
            hook(found)

    before, hook = signal.signal(signal.SIGALRM, stop), sys.unraisablehook
    sys.unraisablehook = unraised
    # it comes again: what is raised while an object is deleted goes nowhere
    signal.setitimer(signal.ITIMER_REAL, seconds, 0.2)
    try:
        yield
    except OutOfTime as error:
        clear_frames(error.__traceback__)  # what is half made goes while nothing is said of it
        raise OutOfTime from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        sys.unraisablehook = hook
        signal.signal(signal.SIGALRM, before)
