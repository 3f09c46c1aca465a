"""Engine `boxes`: branch and bound, with derivatives where equality is attained or an end is far.

The search looks at doubles to choose steps and asks the checker's own ranges whether a step is
right, so that the tree it returns is accepted.  Its budget counts steps: the same claim has the
same tree on every machine.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from random import Random
from typing import Any, TypeVar

from certificates.box_claims import Claim, Span, Spans, bounds
from certificates.checker import Goal, Proof, Rejected
from certificates.derivative import continuity, derivative
from certificates.dyadic import Indeterminate, Undefined
from certificates.normal import constant_value
from certificates.quotients import fraction, logarithm
from certificates.ranges import Ranges
from certificates.rules.axioms import AXIOMS
from certificates.rules.box_forms import taken_apart
from certificates.rules.box_steps import enough, limit_towards, numerator
from certificates.rules.boxes import Tree
from certificates.rules.simplified import simplified
from certificates.terms import (
    Formula,
    Malformed,
    Term,
    free_names,
    number,
    numeral,
    show,
    size,
    substitute,
)
from proofs.engines import gram
from proofs.engines.atom_facts import with_facts, wrapped
from proofs.engines.cancelled import cancelled
from proofs.engines.floats import Function, compiled, precise, truth, value_or_none
from proofs.engines.forms import other_forms
from proofs.engines.polynomial import find_certificate
from proofs.engines.rational import factored, simplest
from proofs.engines.shapes import shapes
from proofs.language import thawed

T = TypeVar("T")
PRECISION = 128
STEPS = 1200
DEEPEST = 9  # derivatives of derivatives
CUTS = 26  # cuts inside cuts
DEEP_QUOTAS = (25, STEPS)
SHORT, LONG = 60, 400  # nodes of a term that is differentiated as it is, and at all
SIMPLER_SLOPES = ("log", "atan", "asin", "acos", "erf", "Phi")  # their slopes are elementary
QUOTAS = (60, 250, STEPS)  # steps for each form of a claim, in turn
FIRST_STEPS = 160
RICH_STEPS, MOST_VARIABLES = 500, 3  # of the search with squares, shapes and other forms
RICH_DEPTH = 2  # where a derivative is also tried as it is
MOST_GRAMS, MOST_ENTRIES = 20, 160  # attempts at sums of squares, and how large they are
MOST_SHAPES = 16  # attempts at shapes along a variable
SHAPE_QUOTAS = (40, 250)
TINY = 1e-11
FARTHEST = 100  # where doubles may overflow
NEAR = (0.0, 1e-6, 1e-3, 0.01, 0.03, 0.06)
MIDDLE = tuple(k / 20 for k in range(2, 19))
PLACES = (*NEAR, *MIDDLE, *(1 - t for t in reversed(NEAR)))
SAMPLES = 70
DECIDE = (Indeterminate, Undefined, Malformed, Rejected, RecursionError)


class NoTree(Exception):
    """The engine found no tree for a claim; `box` says where."""

    def __init__(self, why: str, claim: Claim | None = None) -> None:
        super().__init__(why)
        self.claim = claim


class Exhausted(NoTree):
    """The budget of steps is used up."""


@dataclass(frozen=True)
class Failure:
    """Where a search got stuck: why, in which box, the least gap of the claim that doubles saw
    anywhere, and how many steps were made."""

    why: str
    box: str
    margin: float | None
    steps: int


def evidence(goal: Goal, steps: int = STEPS, precision: int = PRECISION) -> dict[str, Any] | None:
    """Evidence for a goal about reals in ranges, or None."""
    return attempt(goal, steps, precision)[0]


def attempt(
    goal: Goal, steps: int = STEPS, precision: int = PRECISION
) -> tuple[dict[str, Any] | None, Failure | None]:
    """Evidence for a goal about reals in ranges, or where its search got stuck."""
    spans = spans_of(goal)
    if spans is None:
        return None, None
    claim = Claim(goal.conclusion, spans, goal.hypotheses)
    if len(spans) <= MOST_VARIABLES and claim.formula[0] in ("<=", "<"):
        tree = Search(1, precision, rich=True).at_once(claim)
        if tree is not None:
            return document(spans, tree, precision), None
    stages = [(min(steps, FIRST_STEPS), False), (min(steps, RICH_STEPS), True), (steps, False)]
    if len(spans) > MOST_VARIABLES:
        stages = [(steps, False)]
    apart = in_logarithms(claim, precision)
    spent = 0
    for budget, rich in stages if steps > FIRST_STEPS else stages[:2]:
        search = Search(budget, precision, rich)
        try:
            if apart is not None and (rich or budget < steps):
                tree = {"by": "logarithms", "then": search.prove(apart, 0, CUTS)}
                return document(spans, tree, precision), None
            return document(spans, search.prove(claim, 0, CUTS), precision), None
        except NoTree as error:
            spent += budget - max(search.left, 0)
            found = failure(error, search, claim, spent)
            if not isinstance(error, Exhausted) and not rich and budget == steps:
                break
    return None, found


def in_logarithms(claim: Claim, precision: int) -> Claim | None:
    """The claim with logarithms of products and quotients taken apart, or None."""
    if claim.formula[0] not in ("<=", "<"):
        return None
    tree = Search(1, precision).tree
    try:
        box = tree.box(claim.spans)
        sides = [taken_apart(side, box, tree.ranges) for side in claim.formula[1:]]
    except DECIDE:
        return None
    formula = (claim.formula[0], *sides)
    return replace(claim, formula=formula) if formula != claim.formula else None


def failure(error: NoTree, search: Search, claim: Claim, spent: int) -> Failure:
    """Where a search got stuck."""
    where = error.claim.spans if error.claim is not None else claim.spans
    margin = None
    if claim.formula[0] in ("<=", "<"):
        gaps = [v for _, v in search.look(claim, claim.difference()).allowed]
        margin = min(gaps, default=None)
    box = ", ".join(f"{name} in {written_span(span)}" for name, span in where.items())
    return Failure(str(error), box, margin, spent)


def written_span(span: Span) -> str:
    """A range as people write it."""
    low = "(-inf" if span.low is None else ("(" if span.low_open else "[") + show(span.low)
    high = "inf)" if span.high is None else show(span.high) + (")" if span.high_open else "]")
    return f"{low}, {high}"


def document(spans: dict[str, Span], tree: Any, precision: int) -> dict[str, Any]:
    """The evidence that a tree on a box is."""
    variables = []
    for name, s in spans.items():
        low = "-inf" if s.low is None else thawed(s.low)
        variables.append([name, low, "inf" if s.high is None else thawed(s.high)])
    return {"by": "boxes", "precision": precision, "variables": variables, "tree": thawed(tree)}


def goal_of(claim: Claim) -> Goal:
    """The goal that the step `goal` makes of a claim."""
    known = tuple(f for name, span in claim.spans.items() for f in bounds(name, span))
    return Goal(dict.fromkeys(claim.spans, "real"), known, claim.formula)


def _is_true(formula: Formula) -> bool:
    """Whether a comparison is true by its normal form."""
    try:
        return Goal({}, (), formula).knows(formula)
    except Malformed:
        return False


def relevant(claim: Claim, term: Term = 0) -> list[str]:
    """The variables of the box that a claim, with its hypotheses, and a term are about."""
    used = free_names(claim.formula) | free_names(term)
    used |= {n for h in claim.hypotheses for n in free_names(h)}
    return sorted(used & claim.spans.keys())


def suggested(goal: Goal, *formulas: Formula) -> list[Formula]:
    """Those of some comparisons that no sampled point of the ranges contradicts."""
    spans = spans_of(goal)
    if spans is None:
        return []
    search = Search(1, PRECISION)
    found = []
    for formula in formulas:
        claim = Claim(formula, spans, goal.hypotheses)
        look = search.look(claim, claim.difference())
        values = [v for _, v in look.allowed]
        if values and min(values) > -look.tolerance:
            found.append(formula)
    return found


def vanishes(goal: Goal) -> bool:
    """Whether both sides of a comparison are equal wherever doubles look."""
    spans = spans_of(goal)
    if spans is None:
        return False
    claim = Claim(goal.conclusion, spans, ())
    look = Search(1, PRECISION).look(claim, claim.difference())
    return bool(look.values) and look.largest < 1e-9


def mostly_computed(goal: Goal) -> bool:
    """Whether both sides of a comparison have values at most places where doubles look."""
    spans = spans_of(goal)
    if spans is None:
        return False
    claim = Claim(goal.conclusion, spans, ())
    function = Search(1, PRECISION).function(claim.difference())
    values = [
        value_or_none(function, at)
        for at in points(claim, relevant(claim))
        if max(map(abs, at.values()), default=0) < FARTHEST
    ]
    return 2 * values.count(None) < len(values)


def spans_of(goal: Goal) -> dict[str, Span] | None:
    """The ranges that the hypotheses give the variables of the conclusion."""
    spans: dict[str, Span] = {}
    for name in sorted(free_names(goal.conclusion)):
        if goal.variables.get(name) not in ("real", "int"):
            return None
        ends: list[tuple[float, bool, Term] | None] = [None, None]
        for h in goal.hypotheses:
            if h[0] not in ("<=", "<", "="):
                continue
            for side, own, other in ((0, h[2], h[1]), (1, h[1], h[2])):
                sides = (0, 1) if h[0] == "=" else (side,)
                if own != name or free_names(other):
                    continue
                at = _float(other)
                for s in sides if at is not None and h[0] != "=" else ():
                    new = ((at or 0.0) * (1 if s == 0 else -1), h[0] == "<", other)
                    old = ends[s]
                    if old is None or new[:2] > old[:2]:
                        ends[s] = new
        low, high = ends
        spans[name] = Span(
            low[2] if low else None, high[2] if high else None,
            bool(low and low[1]), bool(high and high[1]),
        )  # fmt: skip
    return spans


def _float(term: Term) -> float | None:
    try:
        return value_or_none(compiled(term), {})
    except ValueError:
        return None


class Search:
    """One search: the ranges it asks, the steps left, and where it came closest."""

    def __init__(self, steps: int, precision: int, rich: bool = False) -> None:
        self.rich = rich  # whether squares, shapes and other forms are tried
        self.tree = Tree(Proof({}), Ranges(precision))
        self.left = steps
        self._functions: dict[Term, Function] = {}
        self._looks: dict[Any, Look] = {}
        self._slopes: dict[Any, tuple[Term, list[Formula]] | Exception] = {}
        self._continuous: dict[Any, list[Formula] | Exception] = {}
        self.undecided = DECIDE
        self._shaped: set[Formula] = set()  # whose shape has been tried
        self.shapes = MOST_SHAPES
        self.grams = MOST_GRAMS
        self._formed: set[Formula] = set()  # what has been brought into a form is left in it

    # The recursion --------------------------------------------------------------------------------

    def prove(self, claim: Claim, depth: int, cuts: int) -> Any:
        """A tree for the claim.  Raises NoTree."""
        self.left -= 1
        if self.left < 0:
            raise Exhausted("the budget of steps is used up", claim)
        decided = self.decided(claim.formula, claim)
        if decided:
            return "holds"
        for index, hypothesis in enumerate(claim.hypotheses):
            if free_names(hypothesis) <= claim.spans.keys():
                if self.decided(hypothesis, claim) is False:
                    return [index]
        if decided is False:
            raise NoTree("the formula alone is false there", claim)
        if not relevant(claim):
            return self.constant(claim)
        if claim.formula[0] not in ("<=", "<"):
            return self.bisected(claim, depth, cuts)
        return self.compared(claim, depth, cuts)

    def decided(self, formula: Formula, claim: Claim) -> bool | None:
        """What the enclosure says of a formula on the box of a claim."""
        try:
            return self.tree.decided(formula, claim.spans)
        except DECIDE:
            return None

    def constant(self, claim: Claim) -> Any:
        """A claim about numbers: by its normal form, denominators cleared if need be."""
        leaf = {"by": "goal", "evidence": {"by": "assumption"}}
        if _is_true(claim.formula):
            return leaf
        if claim.formula[0] in ("<=", "<"):
            for wrapper, inner in self.cleared(claim):
                if _is_true(inner.formula):
                    return wrapper(leaf)
            found = by_axioms(goal_of(claim))
            if found is not None:
                return {"by": "goal", "evidence": found}
        raise NoTree("an undecided comparison of numbers", claim)

    def compared(self, claim: Claim, depth: int, cuts: int) -> Any:
        """An inequality: by one of its forms, each with a small budget first."""
        look = self.look(claim, claim.difference())
        if any(v < -look.tolerance for _, v in look.allowed):
            raise NoTree("doubles say that the inequality alone is false there", claim)
        if look.values and look.largest < TINY:  # F seems to vanish
            if _is_true(claim.formula):
                return {"by": "goal", "evidence": {"by": "assumption"}}
            if claim.formula[0] == "<":
                raise NoTree("doubles say that both sides are equal", claim)
        if claim.formula in self._formed:
            return self.in_form(claim, depth, cuts)
        forms = list(self.forms(claim, depth))
        leaf = self.at_once(claim, forms)
        if leaf is not None:
            return leaf
        plain = len(forms) == 1 and forms[0][1] is claim  # on a smaller box there may be a form
        self._formed.update(
            f.formula for _, f in forms if (depth > 0 and not plain) or f is not claim
        )
        failure: NoTree | None = None
        quotas = (QUOTAS if depth == 0 else DEEP_QUOTAS) if len(forms) > 1 else (self.left,)
        for quota in quotas:
            for wrapper, form in forms:
                start = self.left
                self.left = given = min(start, quota)
                try:
                    if form is not claim and self.decided(form.formula, form):
                        return wrapper("holds")
                    return wrapper(self.in_form(form, depth, cuts))
                except NoTree as error:
                    failure = error
                finally:
                    self.left = start - (given - max(self.left, 0))
                if self.left <= 0:
                    raise Exhausted("the budget of steps is used up", claim)
        raise failure or NoTree("no form", claim)

    def at_once(self, claim: Claim, forms: Sequence[Any] | None = None) -> Any | None:
        """A tree by sums of squares in one of the forms."""
        for wrapper, form in (forms or self.forms(claim, 0)) if self.rich else ():
            leaf = self.squares(form, self.look(form, form.difference()))
            if leaf is not None:
                return wrapper(leaf)
        return None

    def squares(self, claim: Claim, look: Look) -> Any | None:
        """A leaf by sums of squares, where a claim is tight."""
        tight = look.values and look.least < 1e-3 * look.largest
        if tight and self.rich and size(claim.formula) <= LONG and _is_true(claim.formula):
            return {"by": "goal", "evidence": {"by": "assumption"}}
        if not tight or not self.rich or self.grams <= 0 or size(claim.formula) > SHORT:
            return None
        self.grams -= 1
        wrappers, goal = with_facts(goal_of(claim))
        found = gram.evidence(goal, MOST_ENTRIES)
        return found and {"by": "goal", "evidence": wrapped(wrappers, found)}

    def forms(self, claim: Claim, depth: int) -> Iterator[Any]:
        """The claim itself, simplified, and in logarithms; a derivative is simplified first."""
        simplified = [*self.cancelled(claim), *self.simplified(claim)]
        simpler = _occurs(claim.formula, SIMPLER_SLOPES) and size(claim.formula) <= SHORT
        deep = depth > 0 and simplified and not simpler
        if not deep:
            yield (lambda t: t), claim
        yield from simplified
        if depth == 0:
            yield from self.logarithmic(claim)
        if self.rich:
            yield from other_forms(self, claim, simplified)
            if deep and depth <= RICH_DEPTH and size(claim.formula) <= LONG:
                yield (lambda t: t), claim

    def simplified(self, claim: Claim) -> Iterator[Any]:
        """Denominators cleared, then common factors taken out."""
        cleared = list(self.cleared(claim))
        for wrapper, inner in cleared or [((lambda t: t), claim)]:
            parts = self.split_off(inner)
            if parts is None:
                if cleared:
                    yield wrapper, inner
                continue
            g, h, roots = parts
            step = {"by": "factor", "factor": g, "of": h, "roots": roots}

            def wrapped(tree: Any, wrapper: Any = wrapper, step: Any = step) -> Any:
                return wrapper({**step, "then": tree})

            yield wrapped, inner.about(h)

    def cancelled(self, claim: Claim) -> Iterator[Any]:
        """The claim with what cancels in its quotients divided out."""
        if size(claim.formula) > LONG or not _occurs(claim.formula, ("/",)):
            return
        try:
            term = cancelled(claim.difference())
            box = self.tree.box(claim.spans)
            if term is None or numerator_differs(claim.difference(), term, box, self.tree.ranges):
                return
        except DECIDE:
            return
        step = {"by": "product", "factor": 1, "of": term, "roots": [], "exponents": []}
        yield (lambda t: {**step, "then": t}), claim.about(term)

    def cleared(self, claim: Claim) -> Iterator[Any]:
        """The claim without denominators, when their signs are known."""
        try:
            top, down, others = fraction(claim.difference())
            if not down:
                return
            negative = False
            box = self.tree.box(claim.spans)
            for d in (*down, *others):
                if not self.tree.ranges.sharp(d, box).nonzero:
                    return
            for d in down:
                negative ^= self.tree.ranges.sharp(d, box).negative
        except DECIDE:
            return
        yield (lambda t: {"by": "clear", "then": t}), claim.about(("-", top) if negative else top)

    def split_off(self, claim: Claim) -> tuple[Term, Term, list[Term]] | None:
        """(g, h, roots): the common factors of F, and the rest."""
        box = self.tree.box(claim.spans)

        def sign(part: Term) -> int | None:
            try:
                found = self.tree.ranges.sharp(part, box)
            except DECIDE:
                return None
            return 1 if found.positive else -1 if found.negative else 0 if found.low >= 0 else None

        try:
            found = factored(claim.difference(), sign, claim.formula[0] == "<=")
            if found is None:
                return None
            allowed = []
            for u in found[2]:
                if self.tree.ranges.sharp(u, box).low < 0:
                    return None
                allowed.append(u)
        except DECIDE:
            return None
        return found[0], found[1], allowed

    def logarithmic(self, claim: Claim) -> Iterator[Any]:
        """a <= b as log a <= log b, where an exponential or a power stands on a side."""
        sides = claim.formula[1:]
        if not any(_multiplicative(side) for side in sides):
            return
        try:
            box = self.tree.box(claim.spans)
            left, right = (logarithm(side, box, self.tree.ranges) for side in sides)
        except DECIDE:
            return
        inner = replace(claim, formula=(claim.formula[0], left, right))
        yield (lambda t: {"by": "log", "then": t}), inner

    # One inequality -------------------------------------------------------------------------------

    def in_form(self, claim: Claim, depth: int, cuts: int) -> Any:
        """Along a variable in which F is monotone, else at a cut."""
        term = claim.difference()
        names = sorted(free_names(term))
        if not names:
            return self.constant(claim)
        look = self.look(claim, term)
        if look.values and look.least < -look.tolerance and not claim.hypotheses:
            raise NoTree("doubles say that the inequality alone is false there", claim)
        slopes: dict[str, Look] = {}
        spans = [claim.spans[n] for n in names]
        bounded = all(s.low is not None and s.high is not None for s in spans)
        comfortable = bounded and look.values and look.least > 1e-3 * look.largest
        if depth < DEEPEST and size(term) <= LONG:
            for name in names:
                try:
                    slopes[name] = self.look(claim, self.derivative(term, name)[0])
                except (Rejected, Malformed):
                    continue
                for sign, fits in (("+", slopes[name].rises), ("-", slopes[name].falls)):
                    if not fits:
                        continue
                    try:
                        return self.along(claim, term, name, sign, depth, cuts)
                    except Exhausted:
                        raise
                    except NoTree:
                        continue
        tight = look.values and look.least < 1e-2 * look.largest
        if tight and self.rich:
            found = self.shaped(claim, term, slopes, depth, cuts)
            if found is not None:
                return found
        if cuts <= 0:
            raise NoTree("cut too often", claim)
        if comfortable and len(names) > 1:
            return self.bisected(claim, depth, cuts)
        if len(names) == 1 and names[0] in slopes:
            return self.cut(claim, names[0], self.place(claim, names[0], look, slopes[names[0]]),
                            depth, cuts)  # fmt: skip
        return self.bisected(claim, depth, cuts)

    def shaped(
        self, claim: Claim, term: Term, slopes: dict[str, Look], depth: int, cuts: int
    ) -> Any | None:
        """A tree by the shape of F along a variable, each with a small budget first."""
        if depth > 1 or claim.formula in self._shaped:
            return None
        self._shaped.add(claim.formula)
        attempts = list(shapes(self, claim, term, slopes, depth, cuts))
        for quota in SHAPE_QUOTAS:
            for attempt in attempts:
                if self.shapes <= 0:
                    return None
                self.shapes -= 1
                start = self.left
                self.left = given = min(start, quota)
                try:
                    return attempt()
                except NoTree:
                    pass
                finally:
                    self.left = start - (given - max(self.left, 0))
        return None

    def along(
        self, claim: Claim, term: Term, name: str, sign: str, depth: int, cuts: int
    ) -> dict[str, Any]:
        """The step `slope`."""
        rising = sign == "+"
        span = claim.spans[name]
        end = span.low if rising else span.high
        rest = {n: s for n, s in claim.spans.items() if n != name}
        slope, conditions = self.derivative(term, name)
        inner = {**claim.spans, name: span.opened()}
        excluded = end is None or (span.low_open if rising else span.high_open)
        if not self.all_true(conditions, inner):
            raise NoTree("not differentiable", claim)
        smooth = self.continuity(term, name)
        limiting = end is None
        if end is not None and not self.all_true(
            smooth, {**claim.spans, name: span.closed(rising)}
        ):
            if not excluded:
                raise NoTree("not continuous", claim)
            limiting = True  # a singular end
        if limiting and not self.all_true(smooth, claim.spans):
            raise NoTree("not continuous", claim)
        failure: NoTree | None = None
        for strict in ("face", "slope") if claim.formula[0] == "<" and excluded else ("face",):
            relation = "<=" if strict == "slope" else claim.formula[0]
            try:
                at = Claim((relation, 0, term), rest, ())
                face = self.at_end(at, name, end, rising, limiting, depth, cuts)
                signed = slope if rising else ("-", slope)
                steep = Claim(("<" if strict == "slope" else "<=", 0, signed), inner, ())
                tree = self.prove(steep, depth + 1, cuts)
                return {"by": "slope", "name": name, "sign": sign, "strict": strict,
                        "slope": tree, "face": face}  # fmt: skip
            except Exhausted:
                raise
            except NoTree as error:
                failure = error
        raise failure or NoTree("no slope", claim)

    def at_end(
        self, claim: Claim, name: str, end: Term | None, low: bool, limiting: bool, depth: int,
        cuts: int,
    ) -> Any:  # fmt: skip
        """A tree for a claim at an end of a variable's range, or "limit".  Raises NoTree."""
        relation, _, term = claim.formula
        if not limiting:
            return self.prove(claim.about(substitute(term, {name: end})), depth, cuts)
        try:
            found = limit_towards(self.tree, term, name, end, low, claim.spans)
        except DECIDE:
            raise NoTree("no limit") from None
        if not enough(relation, found):
            raise NoTree("a limit that may be negative")
        return "limit"

    def all_true(self, conditions: Sequence[Formula], spans: Spans) -> bool:
        """Whether each condition is decided to be true on a box."""
        return all(self.decided(c, Claim(c, spans, ())) is True for c in conditions)

    # Cuts -----------------------------------------------------------------------------------------

    def cut(self, claim: Claim, name: str, point: Term, depth: int, cuts: int) -> list[Any]:
        """The parts of the box on either side of a point."""
        span = claim.spans[name]
        below = replace(span, high=point, high_open=False)
        above = replace(span, low=point, low_open=False)
        parts = [replace(claim, spans={**claim.spans, name: s}) for s in (below, above)]
        return [name, point, *(self.prove(part, depth, cuts - 1) for part in parts)]

    def bisected(self, claim: Claim, depth: int, cuts: int) -> list[Any]:
        """A cut in the middle of the variable that matters most."""
        if cuts <= 0:
            raise NoTree("cut too often", claim)
        names = sorted(free_names(claim.formula) & claim.spans.keys())
        name = max(names, key=lambda n: (self.influence(claim, n), n))
        low, high = (_float(e) if e is not None else None for e in _ends(claim.spans[name]))
        if low is None or high is None:
            point = outward(low, high)
        else:
            third = (high - low) / 6
            point = simplest((low + high) / 2 - third, (low + high) / 2 + third)
            if not low < point < high:
                raise NoTree("a box that is too small", claim)
        return self.cut(claim, name, numeral(point), depth, cuts)

    def influence(self, claim: Claim, name: str) -> float:
        """How much the claim's sides change along a variable, by its width and sampled values."""
        low, high = (_float(e) if e is not None else None for e in _ends(claim.spans[name]))
        if low is None or high is None:
            return math.inf
        width = high - low
        if claim.formula[0] not in ("<=", "<"):
            return width
        term = claim.difference()
        function = self.function(term)
        total = 0.0
        for at, _ in self.look(claim, term).sampled[:6]:
            ends = [value_or_none(function, {**at, name: e}) for e in (low, high)]
            total += abs((ends[1] or 0.0) - (ends[0] or 0.0))
        return total + 1e-9 * width

    def place(self, claim: Claim, name: str, look: Look, slope: Look) -> Term:
        """Where to cut one variable: at a zero inside, near an end that is a zero, else between."""
        span = claim.spans[name]
        positions = [(at[name], v) for at, v in slope.sampled if abs(v) > slope.tolerance]
        turns = [
            self.turn(slope.function, name, a, b)
            for (a, u), (b, v) in pairwise(positions)
            if (u < 0) != (v < 0)
        ]
        low, high = (_float(e) if e is not None else None for e in _ends(span))
        first = low if low is not None else min((x for x, _ in positions), default=0.0)
        last = high if high is not None else max((x for x, _ in positions), default=0.0)
        for x in turns:
            value = value_or_none(look.function, {name: x})
            if value is not None and abs(value) < 1e-8 * max(1.0, look.largest):
                if abs(x) < 0.02 and first < 0 < last:  # doubles do not see where it vanishes
                    return 0
                exact = self.snapped(x, first, last)
                if exact is not None:
                    return exact
        if turns and high is None:
            beyond = turns[-1] + 0.3 * max(1.0, abs(turns[-1]))
            return numeral(simplest(turns[-1] + 0.02 * max(1.0, abs(turns[-1])), beyond))
        if turns and low is None:
            before = turns[0] - 0.3 * max(1.0, abs(turns[0]))
            return numeral(simplest(before, turns[0] - 0.02 * max(1.0, abs(turns[0]))))
        for x, end in ((turns[0], first), (turns[-1], last)) if turns else ():
            value = value_or_none(look.function, {name: end})
            if value is None or abs(value) < 1e-6 * max(look.largest, 1e-300):
                a, b = sorted((end + 0.3 * (x - end), end + 0.8 * (x - end)))
                if a < b:
                    return numeral(simplest(a, b))
        if turns:  # inside, above zero: the longer side is monotone up to the cut
            before, after = turns[0] - first, last - turns[0]
            gap = -before if before > after else after
            return numeral(simplest(turns[0] + 0.05 * gap, turns[0] + 0.2 * gap))
        if low is None or high is None:
            return numeral(outward(low, high))
        width = (last - first) / 6
        if width <= 0 or not math.isfinite(width):
            raise NoTree("nowhere to cut", claim)
        return numeral(simplest((first + last) / 2 - width, (first + last) / 2 + width))

    @staticmethod
    def turn(function: Function, name: str, a: float, b: float) -> float:
        """Where a slope changes its sign between two points."""
        rising = (value_or_none(function, {name: a}) or 0.0) < 0
        for _ in range(36):
            middle = (a + b) / 2
            value = value_or_none(function, {name: middle})
            if value is None:
                break
            a, b = (middle, b) if (value < 0) == rising else (a, middle)
        return (a + b) / 2

    @staticmethod
    def snapped(x: float, first: float, last: float) -> Term | None:
        """A simple fraction, or a number such as pi/4 or 1/e, that a double seems to stand for."""
        close = 1e-6 * max(1.0, abs(x))
        guess = simplest(x - close, x + close)
        if guess.denominator <= 1000 and first < guess < last:
            return numeral(guess)
        for value, term in CONSTANTS:
            if value and abs(x) < 1e6:
                ratio = simplest((x - close) / value, (x + close) / value)
                if 0 < ratio.denominator <= 24 and 0 < abs(ratio.numerator) <= 24:
                    return term if ratio == 1 else ("*", numeral(ratio), term)
        return None

    def derivative(self, term: Term, name: str) -> tuple[Term, list[Formula]]:
        """The derivative with its conditions, computed once."""
        return remembered(self._slopes, derivative, term, name)

    def continuity(self, term: Term, name: str) -> list[Formula]:
        """The conditions of continuity, computed once."""
        return remembered(self._continuous, continuity, term, name)

    # Samples --------------------------------------------------------------------------------------

    def function(self, term: Term) -> Function:
        """The term in doubles."""
        if term not in self._functions:
            try:
                self._functions[term] = compiled(term)
            except ValueError:
                self._functions[term] = _nowhere
        return self._functions[term]

    def look(self, claim: Claim, term: Term) -> Look:
        """Values of a term at points of the box."""
        names = relevant(claim, term)
        key = (term, tuple((n, claim.spans[n]) for n in names), claim.hypotheses)
        if key in self._looks:
            return self._looks[key]
        function = self.function(term)
        sampled = []
        for at in points(claim, names):
            value = value_or_none(function, at)
            if value is not None:
                sampled.append((at, value))
        if any(_cancelled(term, *sampled[k]) for k in _suspicious(sampled)[:3]):
            sampled = [(at, _precise(term, at, value)) for at, value in sampled]
        look = Look(function, sampled, [truth_of(h) for h in claim.hypotheses])
        self._looks[key] = look
        return look


def _suspicious(sampled: list[tuple[dict[str, float], float]]) -> list[int]:
    """Where values may be what cancelled digits left: the smallest, and one far out."""
    if not sampled:
        return []
    order = sorted(range(len(sampled)), key=lambda k: abs(sampled[k][1]))
    far = max(range(len(sampled)), key=lambda k: max(map(abs, sampled[k][0].values()), default=0))
    least = next((k for k in order if sampled[k][1]), order[0])
    negative = next((k for k in order if sampled[k][1] < 0), least)
    return list(dict.fromkeys((far, negative, least)))


def _cancelled(term: Term, at: dict[str, float], value: float) -> bool:
    return abs(_precise(term, at, value) - value) > 1e-4 * abs(value)


def _precise(term: Term, at: dict[str, float], value: float) -> float:
    found = precise(term, at)
    return value if found is None else found


def numerator_differs(term: Term, other: Term, box: Any, ranges: Ranges) -> bool:
    """Whether the checker's rule `product` refuses that two terms are equal."""
    rest = numerator(("-", term, ("*", 1, other)), box, ranges)
    return bool(simplified(rest, (), (), box, ranges))


def remembered(
    known: dict[Any, T | Exception], rule: Callable[[Term, str], T], term: Term, name: str
) -> T:
    """rule(term, name), computed once; a refusal is remembered, too."""
    key = (term, name)
    if key not in known:
        try:
            known[key] = rule(term, name)
        except (Rejected, Malformed) as error:
            known[key] = error
    found = known[key]
    if isinstance(found, Exception):
        raise found
    return found


def by_axioms(goal: Goal) -> dict[str, Any] | None:
    """Linear arithmetic on numbers, with log exp t = t and asin 1 = pi/2 where they occur."""
    facts: list[tuple[str, list[Term]]] = []

    def visit(term: Term) -> None:
        if not isinstance(term, tuple):
            return
        match term:
            case ("log", ("exp", inner)):
                facts.append(("log_exp", [inner]))
            case ("log", inner) if (value := constant_value(goal.normal.term(inner))) is not None:
                if 0 < value < 1 and value.numerator == 1:
                    facts.append(("log_product", [value.denominator, inner]))
            case ("asin", 1 | -1):
                facts.append(("arcsine_one", []))
        for part in term[1:]:
            visit(part)

    visit(goal.conclusion)
    wrappers = []
    for name, terms in facts:
        premises, fact = AXIOMS[name](goal, *terms)
        goal = goal.having(fact)
        given = [{"by": "assumption"}] * len(premises)  # comparisons of numbers
        wrappers.append({"by": "axiom", "name": name, "with": thawed(terms), "given": given})
    found = find_certificate(goal, 2 if facts else 1)
    for wrapper in reversed(wrappers if found is not None else []):
        found = {**wrapper, "then": found}
    return found


def _nowhere(_at: Any) -> float:
    raise ValueError("no value")


def truth_of(formula: Formula) -> Any:
    """A hypothesis as a predicate of doubles; true where it is not computed."""
    try:
        predicate = truth(formula)
    except (ValueError, KeyError):
        return lambda at: True

    def holds(at: Any) -> bool:
        try:
            return predicate(at)
        except (ArithmeticError, ValueError, KeyError):
            return True

    return holds


class Look:
    """Sampled values of a term and what they suggest."""

    def __init__(
        self, function: Function, sampled: list[tuple[dict[str, float], float]], hypotheses: Any
    ) -> None:
        self.function, self.sampled = function, sampled
        self.values = [v for _, v in sampled]
        self.least = min(self.values, default=0.0)
        self.largest = max((abs(v) for v in self.values), default=0.0)
        middle = sorted(abs(v) for v in self.values)[len(self.values) // 2] if self.values else 0.0
        self.tolerance = TINY * max(middle, 1e-3)
        self.hypotheses = hypotheses

    @property
    def allowed(self) -> list[tuple[dict[str, float], float]]:
        """The samples at which the hypotheses hold."""
        return [(at, v) for at, v in self.sampled if all(h(at) for h in self.hypotheses)]

    @property
    def rises(self) -> bool:
        """Whether no value is clearly negative."""
        return bool(self.values) and self.least >= -self.tolerance

    @property
    def falls(self) -> bool:
        """Whether no value is clearly positive."""
        return bool(self.values) and max(self.values) <= self.tolerance


def outward(low: float | None, high: float | None) -> Fraction:
    """Where to cut an infinite range: at 0, or beyond its finite end, farther each time."""
    if low is not None:
        return Fraction(math.ceil(low + max(1.0, abs(low))))
    return Fraction(0 if high is None else math.floor(high - max(1.0, abs(high))))


def _ends(span: Span) -> tuple[Term | None, Term | None]:
    return span.low, span.high


def points(claim: Claim, names: Sequence[str]) -> Iterator[dict[str, float]]:
    """Points of a box: a fixed pattern on a line, a seeded sample and corners in more variables."""
    maps = {}
    for name in names:
        low, high = (_float(e) if e is not None else None for e in _ends(claim.spans[name]))
        maps[name] = (low, high)
    if len(names) == 1:
        for t in PLACES:
            x = at_place(*maps[names[0]], t)
            if x is not None:
                yield {names[0]: x}
        return
    random = Random(len(names))
    near = (0.0, 1.0, 0.5, 1e-3, 1 - 1e-3)
    for k in range(SAMPLES):
        places = {n: random.choice(near) if k % 3 == 0 else random.random() for n in names}
        at = {n: at_place(*maps[n], t) for n, t in places.items()}
        if all(v is not None for v in at.values()):
            yield {n: v for n, v in at.items() if v is not None}


def at_place(low: float | None, high: float | None, t: float) -> float | None:
    """The point a fraction t of the way through a range, which may be infinite."""
    if low is not None and high is not None:
        return low + t * (high - low)
    if low is not None:
        return None if t == 1 else low + t / (1 - t)
    if high is not None:
        return None if t == 0 else high - (1 - t) / t
    return None if t in (0, 1) else math.tan(math.pi * (t - 0.5)) * 2


def _occurs(term: Term, operators: Sequence[str]) -> bool:
    return isinstance(term, tuple) and (
        term[0] in operators or any(_occurs(t, operators) for t in term[1:])
    )


def _multiplicative(term: Term) -> bool:
    if not isinstance(term, tuple):
        return False
    powered = term[0] == "^" and number(term[2]) is None
    return (
        powered
        or term[0] == "exp"
        or (
            term[0] in ("*", "/", "^", "rpow", "sqrt") and any(_multiplicative(t) for t in term[1:])
        )
    )


CONSTANTS: list[tuple[float, Term]] = [
    (math.pi, ("pi",)), (math.exp(-1), ("exp", -1)), (math.e, ("exp", 1)),
    (math.log(2), ("log", 2)), (math.sqrt(2), ("sqrt", 2)), (math.sqrt(3), ("sqrt", 3)),
    (math.exp(-0.5), ("exp", "-1/2")), (math.exp(0.5), ("exp", "1/2")),
]  # fmt: skip
