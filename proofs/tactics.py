"""Tactics: how a claim module says its proof, and how the evidence for it is built.

A proof is a list of tactics.  Each turns the goal into evidence, given the evidence for what is
left to prove; side conditions are discharged by `auto`.  A tactic can fail, raising `Stuck`; it
can never make something true, since the checker re-checks the evidence from the statement alone.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from certificates.checker import Goal, Rejected, Statement
from certificates.convergence import series_factor, small
from certificates.rules.axioms import AXIOMS
from certificates.rules.equality import exchanged
from certificates.rules.sequences import at_extreme_point, functional, value_at
from certificates.rules.series import choice_of
from certificates.terms import (
    BINDERS,
    Malformed,
    conjuncts,
    free_names,
    negation,
    number,
    show,
    substitute,
)
from proofs.engines import boxes, enumerated
from proofs.engines.polynomial import find_certificate
from proofs.language import Expression, Formula, Term, Variable, thawed, tree

Evidence = dict[str, Any]
Continue = Callable[[Goal], Evidence]
Tactic = Callable[["Prover", Goal, Continue], Evidence]
Steps = Sequence[Tactic]

MOST_CASES = 7
MOST_GOALS = 4000


ON_SIGHT: set[Tactic] = set()  # tactics that raise Stuck at once unless the goal has their form


def on_sight(tactic: Tactic) -> Tactic:
    """Mark a tactic that sees at once whether the goal is its own."""
    ON_SIGHT.add(tactic)
    return tactic


class Stuck(Exception):
    """No evidence was found: says for which goal."""


@dataclass
class Prover:
    """The lemmas at hand, by name; counts goals, so that a hopeless search ends."""

    lemmas: Mapping[str, tuple[str, Statement]]
    goals: int = 0
    degree: int = 3  # of the products that polynomial arithmetic tries
    analysis: Callable[[Goal], Evidence | None] | None = None  # tried before cases are split

    def prove(self, goal: Goal, steps: Steps = ()) -> Evidence:
        """Evidence for the goal by the steps, then `auto`.  Raises Stuck."""
        try:
            return self._run(goal, list(steps))
        except (Rejected, Malformed) as error:
            raise Stuck(str(error)) from None

    def prove_by_one_of(self, goal: Goal, hints: Sequence[Steps]) -> Evidence:
        """Evidence by `auto`, or by the first of several proofs that works.

        Before `auto` come those that see at once whether the goal is theirs.
        """
        failure = Stuck("no hint")
        at_once = [steps for steps in hints if steps and steps[0] in ON_SIGHT]
        others = [steps for steps in hints if steps not in at_once]
        for degree in (2, 3):  # first all of them with little effort
            self.degree = degree
            try:
                for steps in (*at_once, (), *others):
                    try:
                        return self.prove(goal, steps)
                    except Stuck as error:
                        failure = error
            finally:
                self.degree = 3
        raise failure

    def _run(self, goal: Goal, steps: list[Tactic]) -> Evidence:
        self.goals += 1
        if self.goals > MOST_GOALS:
            raise Stuck("too many goals")
        if not steps:
            return auto(self, goal)
        return steps[0](self, goal, lambda left: self._run(left, steps[1:]))


# Automation ---------------------------------------------------------------------------------------


def auto(prover: Prover, goal: Goal, cases: int = MOST_CASES) -> Evidence:
    """Structural rules, case distinctions, quotients, then polynomial arithmetic."""
    if goal.knows(goal.conclusion):
        return {"by": "assumption"}
    if goal.conclusion[0] in ("or", "=", "!=") and prover.analysis is not None:
        listed = enumerated.evidence(goal, lambda g: _or_none(prover, g, cases))
        if listed is not None:
            return listed
    structural = _structural(prover, goal, cases)
    if structural is not None:
        return structural
    if goal.conclusion[0] == "exists" and prover.analysis is not None:
        return _witness(prover, goal, cases)
    if goal.conclusion[0] in ("psd", "exists", "forall", "not"):
        raise Stuck(f"no rule for {goal.conclusion[0]}")
    logarithms = _logarithms(prover, goal, cases)
    if logarithms is not None:
        return logarithms
    linear = find_certificate(goal, 1)
    if linear is not None:
        return linear
    analytic = prover.analysis(goal) if prover.analysis is not None else None
    if analytic is not None:
        return analytic
    condition: Any = next(_conditions(goal.conclusion, goal), None) if cases else None
    if condition is not None:
        return _by_cases(prover, goal, condition, cases)
    reduced = _quotients(prover, goal)
    if reduced is not None:
        return reduced
    found = find_certificate(goal, prover.degree)
    if found is not None:
        return found
    for index, hypothesis in enumerate(goal.hypotheses if cases else ()):
        parts = hypothesis[1:] if hypothesis[0] == "or" else ()
        if parts and not any(goal.knows(p) for p in parts):
            each = [auto(prover, goal.having(p), cases - 1) for p in parts]
            return {"by": "alternatives", "hypothesis": index, "each": each}
    for hypothesis in goal.hypotheses if cases else ():
        for condition in _conditions(hypothesis, goal):
            return _by_cases(prover, goal, condition, min(cases, 3))
    raise Stuck(f"no polynomial certificate for {show(goal.conclusion)}")


def _or_none(prover: Prover, goal: Goal, cases: int) -> Evidence | None:
    try:
        return auto(prover, goal, cases)
    except Stuck:
        return None


def _structural(prover: Prover, goal: Goal, cases: int) -> Evidence | None:
    op, args = goal.conclusion[0], goal.conclusion[1:]
    if op == "and" or (op == "not" and conjuncts(goal.conclusion) != [goal.conclusion]):
        parts, current = [], goal
        for part in args if op == "and" else conjuncts(goal.conclusion):
            parts.append(auto(prover, current.proving(part), cases))
            current = current.having(part)
        return {"by": "split", "parts": parts}
    if op == "=":
        both = [("<=", *args), ("<=", *args[::-1])]
        first = auto(prover, goal.proving(both[0]), cases)
        second = auto(prover, goal.having(both[0]).proving(both[1]), cases)
        return {"by": "split", "parts": [first, second]}
    if op == "implies":
        inner = goal.having(args[0]).proving(args[1])
        return {"by": "intro", "names": [], "then": auto(prover, inner, cases)}
    if op == "forall":
        names = fresh_names(goal, [n for n, _ in args[0]])
        inner = goal.extended({m: s for m, (_, s) in zip(names, args[0], strict=True)}).proving(
            substitute(args[1], {n: m for m, (n, _) in zip(names, args[0], strict=True)})
        )
        return {"by": "intro", "names": names, "then": auto(prover, inner, cases)}
    if op == "or":
        for index, part in enumerate(args):
            others = [negation(p) for k, p in enumerate(args) if k != index]
            try:
                found = auto(prover, goal.having(*others).proving(part), cases)
                return {"by": "or", "index": index, "then": found}
            except Stuck:
                continue
        raise Stuck("no disjunct")
    return None


WITNESSES = (1, 0, 2, 3, "1/2", 4, 5, 8, 10, 20, -1, 100)


def _witness(prover: Prover, goal: Goal, cases: int) -> Evidence:
    """A simple number for what is said to exist, or an end of its range."""
    names = [n for n, _ in goal.conclusion[1]]
    sorts = dict(goal.conclusion[1])
    if len(names) != 1:
        raise Stuck("several numbers are said to exist")
    body = goal.conclusion[2]
    ends = [t for f in conjuncts(body) if f[0] in ("<=", "<") for t in f[1:] if t != names[0]]
    known = [
        t for t in dict.fromkeys((*ends, *WITNESSES)) if free_names(t) <= goal.variables.keys()
    ]
    for value in known:
        if sorts[names[0]] == "int" and goal.sort(value) != "int":
            continue
        try:
            then = auto(prover, goal.proving(substitute(body, {names[0]: value})), cases)
        except (Stuck, Rejected):
            continue
        return {"by": "witness", "with": {names[0]: thawed(value)}, "then": then}
    raise Stuck("no witness")


def _by_cases(prover: Prover, goal: Goal, condition: Any, cases: int) -> Evidence:
    return {
        "by": "cases",
        "on": thawed(condition),
        "yes": auto(prover, goal.having(condition), cases - 1),
        "no": auto(prover, goal.having(negation(condition)), cases - 1),
    }


def _conditions(term: Any, goal: Goal) -> Iterator[Any]:
    """The undecided conditions of case distinctions in a term, innermost first."""
    if not isinstance(term, tuple) or (term[0] in BINDERS and term[0] != "iter"):
        return
    if term[0] in ("forall", "exists"):
        return
    if term[0] == "iter":
        yield from _conditions(term[3], goal)
        yield from _conditions(term[4], goal)
        return
    for sub in term[1:]:
        yield from _conditions(sub, goal)
    choice = choice_of(term)
    if choice is not None and goal.normal.truth(goal.normal.formula(choice[0])) is None:
        yield choice[0]


def _quotients(prover: Prover, goal: Goal) -> Evidence | None:
    """Add b * (1/b) = 1 for a denominator b that the hypotheses show to be nonzero."""
    known = {goal.normal.formula(h) for h in goal.hypotheses}
    for formula in (goal.conclusion, *goal.hypotheses):
        for denominator in _denominators(formula):
            fact = ("=", ("*", denominator, ("/", 1, denominator)), 1)
            if goal.normal.formula(fact) in known | {"true"}:
                continue
            premise = goal.proving(("!=", denominator, 0))
            proof = find_certificate(premise, 2)
            if proof is not None:
                then = auto(prover, goal.having(fact))
                return {
                    "by": "axiom", "name": "quotient", "with": thawed((1, denominator)),
                    "given": [proof], "then": then,
                }  # fmt: skip
    return None


def _logarithms(prover: Prover, goal: Goal, cases: int) -> Evidence | None:
    """Add the sign of a logarithm that has to be nonzero, from its argument's place beside 1."""
    if goal.conclusion[0] != "!=":
        return None
    based = goal.having(("=", ("log", 1), 0))
    for term in _logs(goal.conclusion):
        for pair in ((1, term[1]), (term[1], 1)):
            premises, fact = AXIOMS["log_increasing"](based, *pair)
            proofs = [find_certificate(based.proving(p), 2) for p in premises]
            if goal.knows(fact) or None in proofs:
                continue
            signed = {
                "by": "axiom", "name": "log_increasing", "with": thawed(pair), "given": proofs,
                "then": auto(prover, based.having(fact), cases),
            }  # fmt: skip
            return {"by": "axiom", "name": "log_one", "with": [], "given": [], "then": signed}
    return None


def _logs(term: Any) -> Iterator[Any]:
    if isinstance(term, tuple) and term[0] == "log":
        yield term
    elif isinstance(term, tuple) and term[0] not in BINDERS:
        for sub in term[1:]:
            yield from _logs(sub)


def _denominators(term: Any) -> Iterator[Any]:
    if not isinstance(term, tuple) or term[0] in BINDERS or term[0] in ("forall", "exists"):
        return
    for sub in term[1:]:
        yield from _denominators(sub)
    if term[0] == "/" and number(term[2]) is None:
        yield term[2]
    if term[0] == "^" and (number(term[2]) or 0) < 0 and number(term[1]) is None:
        yield term[1]


def fresh_names(goal: Goal, wanted: Sequence[str]) -> list[str]:
    """Names like the wanted ones that the goal does not use."""
    names: list[str] = []
    for name in wanted:
        candidates = (name if k == 0 else f"{name}{k}" for k in count())
        names.append(next(c for c in candidates if c not in goal.variables and c not in names))
    return names


# Tactics ------------------------------------------------------------------------------------------


def use(lemma: str, *, by: Mapping[int, Steps] | None = None, **values: Any) -> Tactic:
    """An instance of a lemma; a variable that is not given stands for that of the same name.

    `by` gives the proof of a premise, by its number, where `auto` does not find it.
    """

    def tactic(prover: Prover, goal: Goal, then: Continue) -> Evidence:
        if lemma not in prover.lemmas:
            raise Stuck(f"{lemma} is not proved")
        identity, statement = prover.lemmas[lemma]
        terms = {n: tree(values.get(n, n)) for n in statement.goal.variables}
        unknown = set(values) - set(terms)
        if unknown:
            raise Stuck(f"{lemma} has no variable {sorted(unknown)}")
        premises = [
            prover.prove(goal.proving(substitute(h, terms)), (by or {}).get(k, ()))
            for k, h in enumerate(statement.goal.hypotheses)
        ]
        fact = substitute(statement.goal.conclusion, terms)
        return {
            "by": "use", "lemma": identity, "with": {n: thawed(t) for n, t in terms.items()},
            "given": premises, "then": then(goal.having(fact)),
        }  # fmt: skip

    return tactic


def axiom(name: str, *arguments: Any, by: Mapping[int, Steps] | None = None) -> Tactic:
    """The fact of a named axiom of the checker."""

    def tactic(prover: Prover, goal: Goal, then: Continue) -> Evidence:
        terms = tuple(tree(a) for a in arguments)
        premises, fact = AXIOMS[name](goal, *terms)
        proofs = [
            prover.prove(goal.proving(p), (by or {}).get(k, ())) for k, p in enumerate(premises)
        ]
        return {
            "by": "axiom", "name": name, "with": thawed(terms),
            "given": proofs, "then": then(goal.having(fact)),
        }  # fmt: skip

    return tactic


def moments(*expectations: Expression) -> list[Tactic]:
    """Replace each expectation of a polynomial by its value in Gaussian moments."""
    return [replaced("gaussian_moments", e) for e in expectations]


def last_of(term: Expression) -> Tactic:
    """Replace the fold with one index more than `term` by its body at the last index."""
    return replaced("fold_last", term)


def none_of(term: Expression) -> Tactic:
    """Replace a fold over no index by its start."""
    return replaced("fold_empty", term)


def next_of(term: Expression) -> Tactic:
    """Replace the iterate with one application more than `term` by its body at `term`."""
    return replaced("iterate_successor", term)


def replaced(name: str, term: Expression) -> Tactic:
    """Replace the left side of an axiom's equation by the right one."""

    def tactic(prover: Prover, goal: Goal, then: Continue) -> Evidence:
        _, fact = AXIOMS[name](goal, term.tree)
        rewriting = rewrite(Expression(fact[1]), Expression(fact[2]))
        return axiom(name, term)(prover, goal, lambda left: rewriting(prover, left, then))

    return tactic


def have(formula: Formula, *steps: Tactic) -> Tactic:
    """An intermediate claim, with its own proof."""

    def tactic(prover: Prover, goal: Goal, then: Continue) -> Evidence:
        claim = formula.tree
        return {
            "by": "have", "claim": thawed(claim),
            "proof": prover.prove(goal.proving(claim), steps), "then": then(goal.having(claim)),
        }  # fmt: skip

    return tactic


def in_turn(*steps: Tactic) -> Tactic:
    """One tactic after another."""

    def tactic(prover: Prover, goal: Goal, then: Continue) -> Evidence:
        if not steps:
            return then(goal)
        return steps[0](prover, goal, lambda left: in_turn(*steps[1:])(prover, left, then))

    return tactic


def enclosed(formula: Formula, precision: int = 64) -> Tactic:
    """A fact about numbers alone, such as log 3 > 1, by outward-rounded evaluation."""

    def tactic(prover: Prover, goal: Goal, then: Continue) -> Evidence:
        proof = {"by": "boxes", "precision": precision, "variables": [], "tree": "holds"}
        return {
            "by": "have", "claim": thawed(formula.tree), "proof": proof,
            "then": then(goal.having(formula.tree)),
        }  # fmt: skip

    return tactic


def over_ranges() -> Tactic:
    """The goal over the ranges of its variables, by branch and bound with derivatives."""

    def tactic(prover: Prover, goal: Goal, then: Continue) -> Evidence:
        found = boxes.evidence(goal)
        if found is None:
            raise Stuck("branch and bound found no tree")
        return found

    return tactic


def cases(condition: Formula, *, yes: Steps = (), no: Steps = ()) -> Tactic:
    """A case distinction; `yes` and `no` come before the steps that follow."""

    def tactic(prover: Prover, goal: Goal, then: Continue) -> Evidence:
        def branch(inner: Goal, steps: Steps) -> Evidence:
            finish: Tactic = lambda _prover, left, _then: then(left)  # noqa: E731
            return prover.prove(inner, [*steps, finish])

        return {
            "by": "cases", "on": thawed(condition.tree),
            "yes": branch(goal.having(condition.tree), yes),
            "no": branch(goal.having(negation(condition.tree)), no),
        }  # fmt: skip

    return tactic


def split(*parts: Steps) -> Tactic:
    """A conjunction or an equation, a list of steps for each part."""

    def tactic(prover: Prover, goal: Goal, then: Continue) -> Evidence:
        op, args = goal.conclusion[0], goal.conclusion[1:]
        claims = [("<=", *args), ("<=", *args[::-1])] if op == "=" else list(args)
        if op not in ("and", "=") or len(parts) != len(claims):
            raise Stuck("nothing to split so")
        proofs, current = [], goal
        for claim, steps in zip(claims, parts, strict=True):
            proofs.append(prover.prove(current.proving(claim), steps))
            current = current.having(claim)
        return {"by": "split", "parts": proofs}

    return tactic


def intro(*names: str) -> Tactic:
    """Assume the premise of an implication, or take fresh variables for a universal statement."""

    def tactic(prover: Prover, goal: Goal, then: Continue) -> Evidence:
        op, args = goal.conclusion[0], goal.conclusion[1:]
        if op == "implies" and not names:
            inner = goal.having(args[0]).proving(args[1])
        elif op == "forall" and len(names) == len(args[0]):
            renamed = {n: m for m, (n, _) in zip(names, args[0], strict=True)}
            inner = goal.extended({renamed[n]: s for n, s in args[0]})
            inner = inner.proving(substitute(args[1], renamed))
        else:
            raise Stuck("nothing to introduce")
        return {"by": "intro", "names": list(names), "then": then(inner)}

    return tactic


def generalise(term: Expression, name: str) -> Tactic:
    """Forget what a term is: a fresh variable stands for every occurrence of it."""

    def tactic(prover: Prover, goal: Goal, then: Continue) -> Evidence:
        inner = exchanged(goal.extended({name: goal.sort(term.tree)}), term.tree, name)
        return {"by": "generalise", "term": thawed(term.tree), "name": name, "then": then(inner)}

    return tactic


def rewrite(old: Term, new: Term) -> Tactic:
    """Replace equals by equals; that they are equal is left to `auto`."""

    def tactic(prover: Prover, goal: Goal, then: Continue) -> Evidence:
        before, after = tree(old), tree(new)
        return {
            "by": "rewrite", "old": thawed(before), "new": thawed(after),
            "equal": prover.prove(goal.proving(("=", before, after))),
            "then": then(exchanged(goal, before, after)),
        }  # fmt: skip

    return tactic


def instantiate(hypothesis: Formula, **values: Any) -> Tactic:
    """An instance of a universal hypothesis, or of an implication, its premises by `auto`."""

    def tactic(prover: Prover, goal: Goal, then: Continue) -> Evidence:
        index = _hypothesis(goal, hypothesis)
        found = goal.hypotheses[index]
        terms = {n: tree(v) for n, v in values.items()}
        if found[0] == "forall":
            found = substitute(found[2], terms)
        premises = []
        if found[0] == "implies":
            premises = [prover.prove(goal.proving(c)) for c in conjuncts(found[1])]
            found = found[2]
        return {
            "by": "instantiate", "hypothesis": index,
            "with": {n: thawed(t) for n, t in terms.items()},
            "given": premises, "then": then(goal.having(found)),
        }  # fmt: skip

    return tactic


def obtain(hypothesis: Formula, *names: str) -> Tactic:
    """Fresh names for what a hypothesis says to exist."""

    def tactic(prover: Prover, goal: Goal, then: Continue) -> Evidence:
        index = _hypothesis(goal, hypothesis)
        found = goal.hypotheses[index]
        renamed = {n: m for m, (n, _) in zip(names, found[1], strict=True)}
        inner = goal.extended({renamed[n]: s for n, s in found[1]})
        fact = substitute(found[2], renamed)
        return {
            "by": "obtain", "hypothesis": index, "names": list(names),
            "then": then(inner.having(fact)),
        }  # fmt: skip

    return tactic


def _hypothesis(goal: Goal, formula: Formula) -> int:
    """The index of a hypothesis.  Raises Stuck."""
    key = goal.normal.formula(formula.tree)
    for index, hypothesis in enumerate(goal.hypotheses):
        if goal.normal.formula(hypothesis) == key:
            return index
    raise Stuck("no such hypothesis")


def induction(on: str, *, base: Steps = (), step: Steps = ()) -> Tactic:
    """Induction on a depth, or on any integer >= 0."""

    def tactic(prover: Prover, goal: Goal, then: Continue) -> Evidence:
        others = tuple(h for h in goal.hypotheses if on not in free_names(h))
        rest = {n: s for n, s in goal.variables.items() if n != on}
        first = Goal(rest, others, substitute(goal.conclusion, {on: 0}))
        next_one = Goal(goal.variables, (*others, ("<=", 0, on)), goal.conclusion)
        next_one = next_one.having(goal.conclusion)
        successor = substitute(goal.conclusion, {on: ("+", on, 1)})
        return {
            "by": "induction", "on": on, "base": prover.prove(first, base),
            "step": prover.prove(next_one.proving(successor), step),
        }  # fmt: skip

    return tactic


def extreme_points(
    sequence: str = "c", mass: str = "m", index: str = "i", converge: Sequence[Steps] = ()
) -> Tactic:
    """Replace the sequence by mass 1 - m at 1 and m at one index i >= 2."""

    def tactic(prover: Prover, goal: Goal, then: Continue) -> Evidence:
        conditions, each = at_extreme_point(goal, sequence, mass, index)
        return {
            "by": "extreme_points", "sequence": sequence, "mass": mass, "index": index,
            "converge": _all(prover, conditions, converge),
            "each": then(each),
        }  # fmt: skip

    return tactic


def termwise(
    sequence: str = "a", index: str = "k", converge: Sequence[Steps] = (), rest: Steps = ()
) -> Tactic:
    """Compare two combinations of series over a nonnegative sequence term by term."""

    def tactic(prover: Prover, goal: Goal, then: Continue) -> Evidence:
        op, left, found, conditions = functional(goal, sequence, index, {})
        at = goal.extended({index: "int"}).having(("<=", 0, index))
        return {
            "by": "termwise", "sequence": sequence, "index": index,
            "converge": _all(prover, conditions, converge),
            "rest": prover.prove(goal.proving((op, 0, left)), rest),
            "each": then(at.proving((op, 0, value_at(found, index, index)))),
        }  # fmt: skip

    return tactic


def _all(prover: Prover, goals: list[Goal], hints: Sequence[Steps]) -> list[Evidence]:
    return [prover.prove_by_one_of(goal, hints) for goal in goals]


# Matrices -----------------------------------------------------------------------------------------


def _indexed(goal: Goal, p: str, q: str) -> tuple[Goal, Any, Any]:
    size, i, j, body = goal.conclusion[1:]
    bounds = [f for k in (p, q) for f in (("<=", 1, k), ("<=", k, size))]
    inner = goal.extended({p: "int", q: "int"}).having(*bounds)
    return inner, size, substitute(body, {i: p, j: q})


def _semidefinite_goal(goal: Goal) -> None:
    if goal.conclusion[0] != "psd":
        raise Stuck("the goal is not about a semidefinite matrix")


def congruent(p: Variable, q: Variable, body: Expression, *steps: Tactic) -> Tactic:
    """Rewrite the entries of the matrix; `steps` prove that they are equal."""

    def tactic(prover: Prover, goal: Goal, then: Continue) -> Evidence:
        _semidefinite_goal(goal)
        inner, size, old = _indexed(goal, p.tree, q.tree)
        return {
            "by": "psd_congruent", "names": [p.tree, q.tree], "body": thawed(body.tree),
            "entries": prover.prove(inner.proving(("=", old, body.tree)), steps),
            "then": then(goal.proving(("psd", size, p.tree, q.tree, body.tree))),
        }  # fmt: skip

    return tactic


def semidefinite_series(p: Variable, q: Variable, k: Variable, *bound: Tactic) -> Tactic:
    """A series of semidefinite matrices; `bound` proves that their entries are at most 1."""

    def tactic(prover: Prover, goal: Goal, then: Continue) -> Evidence:
        _semidefinite_goal(goal)
        inner, size, body = _indexed(goal, p.tree, q.tree)
        if body[0] != "series":
            raise Stuck("the entries are not a series")
        _, name, lower, summand = body
        sequence, factor = series_factor(summand, name, goal.variables)
        factor = substitute(factor, {name: k.tree})
        start = [("<=", 0, k.tree), ("<=", lower, k.tree)]
        entries = inner.extended({k.tree: "int"}).having(*start, ("<=", 0, lower))
        bounded = small(factor, sequence, k.tree, goal.hypotheses, goal.variables)
        term = goal.extended({k.tree: "int"}).having(*start)
        return {
            "by": "psd_series", "names": [p.tree, q.tree, k.tree],
            "converge": [
                prover.prove(inner.proving(("<=", 0, lower))),
                prover.prove(entries.proving(bounded), bound),
            ],
            "each": then(term.proving(("psd", size, p.tree, q.tree, factor))),
        }  # fmt: skip

    return tactic


def schur(p: Variable, q: Variable, base: Expression, exponent: Any) -> Tactic:
    """The Schur product theorem, for an entrywise power."""

    def tactic(prover: Prover, goal: Goal, then: Continue) -> Evidence:
        _semidefinite_goal(goal)
        size = goal.conclusion[1]
        return {
            "by": "psd_schur", "names": [p.tree, q.tree], "base": thawed(base.tree),
            "exponent": thawed(tree(exponent)),
            "nonnegative": prover.prove(goal.proving(("<=", 0, tree(exponent)))),
            "then": then(goal.proving(("psd", size, p.tree, q.tree, base.tree))),
        }  # fmt: skip

    return tactic


def combined(p: Variable, q: Variable, operator: str, left: Expression, right: Expression,
             left_steps: Steps = (), right_steps: Steps = ()) -> Tactic:  # fmt: skip
    """A sum ("+") or an entrywise product ("*") of two semidefinite matrices."""

    def tactic(prover: Prover, goal: Goal, then: Continue) -> Evidence:
        _semidefinite_goal(goal)
        each = [
            prover.prove(goal.proving(("psd", goal.conclusion[1], p.tree, q.tree, t.tree)), steps)
            for t, steps in ((left, left_steps), (right, right_steps))
        ]
        return {
            "by": "psd_combined", "names": [p.tree, q.tree], "operator": operator,
            "terms": [thawed(left.tree), thawed(right.tree)], "each": each,
        }  # fmt: skip

    return tactic


def gershgorin(
    p: Variable, q: Variable, radius: Expression, *, diagonal: Steps = (), others: Steps = ()
) -> Tactic:
    """Diagonal dominance with off-diagonal entries of at most `radius`."""

    def tactic(prover: Prover, goal: Goal, then: Continue) -> Evidence:
        _semidefinite_goal(goal)
        inner, size, body = _indexed(goal, p.tree, q.tree)
        small = ("<=", ("*", ("-", size, 1), radius.tree), substitute(body, {q.tree: p.tree}))
        apart = inner.having(("!=", p.tree, q.tree)).proving(("<=", ("abs", body), radius.tree))
        return {
            "by": "psd_gershgorin", "names": [p.tree, q.tree], "radius": thawed(radius.tree),
            "diagonal": prover.prove(inner.proving(small), diagonal),
            "others": prover.prove(apart, others),
        }  # fmt: skip

    return tactic


def composition(sequence: str = "c") -> Tactic:
    """An iterate of a power series with nonnegative coefficients is one."""
    return lambda _prover, _goal, _then: {"by": "composition", "sequence": sequence}
