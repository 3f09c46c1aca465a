"""Engine `search`: an exact point that refutes a statement, the simplest of those tried.

Variables are given values from pools of simple exact candidates, ordered by their size (sum of
denominators and absolute numerators); a hypothesis prunes as soon as its variables have values,
and a variable that a hypothesis determines (mu = 1 - c_1) is computed.  A point counts when the
checker's own evaluation makes every hypothesis true and the conclusion false or undefined.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from random import Random
from typing import Any

from certificates.checker import Rejected, Statement
from certificates.dyadic import Indeterminate, Undefined
from certificates.evaluation import Evaluator
from certificates.rules.evaluation import parse_value
from certificates.terms import Formula, Malformed, conjuncts, free_names, numeral

PRECISION = 128
POINTS = 12_000  # evaluations of hypotheses before the search gives up


def _simple(largest: int) -> list[Fraction]:
    found = {Fraction(p, q) for q in range(1, largest + 1) for p in range(0, q + 1)}
    return sorted(found, key=size)


def size(value: Fraction) -> int:
    """Numerator plus denominator: how simple a number is."""
    return abs(value.numerator) + value.denominator


UNIT = _simple(6)
EXTREME = [
    Fraction(q)
    for q in ["1/10", "9/10", "1/100", "99/100", "1/1000", "999/1000", "1/7", "3/10", "3/8", "5/8"]
]
REALS = [*UNIT, *EXTREME]
REALS += [-r for r in REALS if r] + [Fraction(k) for k in (2, -2, 3, -3, 5, 10, -10, 100, 1000)]
REALS += [Fraction(3, 2), Fraction(5, 2), Fraction(-3, 2), Fraction(1, 10**4), Fraction(1, 10**6)]
INTEGERS = [0, 1, 2, 3, 4, 5, 6, 8, -1, -2, 10, 13, 20, 30, 60, 100, 1000]

MASSES = [Fraction(q) for q in ["1/3", "2/3", "1/4", "3/4", "1/10", "9/10", "1/100"]]
SEQUENCES: list[list[list[Any]]] = [
    [[2, 1]], [[1, 1]], [[0, 1]], [[1, "1/2"], [2, "1/2"]], [[2, 2]], [[3, 1]], [],
    [[1, 2]], [[0, "1/2"], [1, "1/2"]], [[1, "1/2"]], [[2, "1/2"], [3, "1/2"]], [[0, 1], [1, 1]],
    [[1, "1/2"], [3, "1/2"]], [[0, "1/2"], [2, "1/2"]], [[0, 2]], [[1, 1], [2, 1]], [[4, 1]],
    *(
        [[1, numeral(1 - m)], [k, numeral(m)]]
        for m in MASSES
        for k in (2, 3, 7, 40)
    ),
    [[1, "1/3"], [2, "1/3"], [3, "1/3"]], [[5, 1]], [[9, 1]], [[2, "1/2"]],
    [[0, "1/2"], [1, "1/4"], [2, "1/4"]], [[0, "1/4"], [1, "1/2"], [2, "1/4"]],
]  # fmt: skip


def _equal_correlations(n: int, r: Fraction) -> list[list[Any]]:
    return [[1 if a == b else numeral(r) for b in range(n)] for a in range(n)]


def _matrices() -> Iterator[list[list[Any]]]:
    half = Fraction(1, 2)
    yield [[1]]
    yield _equal_correlations(2, half)
    yield [[2]]
    yield _equal_correlations(2, Fraction(0))
    yield [["1/2"]]
    yield [[1, 2], [2, 1]]
    yield _equal_correlations(2, Fraction(1))
    yield _equal_correlations(2, -half)
    yield [[0]]
    yield [[2, 1], [1, 2]]
    yield [[1, 0], [0, 2]]
    yield _equal_correlations(3, half)
    yield [[-1]]
    yield [[3, 2], [2, 3]]
    yield [[1, 0], [0, "1/2"]]
    correlations = [s * Fraction(p, q) for p, q in ((1, 3), (2, 3), (1, 4), (3, 4), (9, 10), (3, 5),
                    (1, 10), (2, 5), (99, 100), (999, 1000)) for s in (1, -1)]  # fmt: skip
    for n in (2, 3, 4):
        for r in correlations:
            if (n - 1) * r >= -1:
                yield _equal_correlations(n, r)
    for n in (3, 4, 6, 10):
        yield _equal_correlations(n, Fraction(0))
    for a, b in ((half, half), (-half, half)):
        yield [[1, numeral(a), 0], [numeral(a), 1, numeral(b)], [0, numeral(b), 1]]
    yield [[10 if a == b else 9 for b in range(2)] for a in range(2)]


ACTIVATIONS: list[list[list[Any]]] = [
    [[0, 1], [0, 1]],  # x
    [[-1], [1]],  # sign
    [["-2/3", "1/3", "2/3"], ["-2/3", "1/3", "2/3"]],  # (h_1 + sqrt(2) 2 h_2)/3, normalised
    [["2/3", "1/3", "-2/3"], ["2/3", "1/3", "-2/3"]],
    [[0], [0, 1]],  # ReLU
    [[0, -1], [0, 1]],  # |x|
    [[1], [1]], [[0, 2], [0, 2]], [[0, "1/2"], [0, "1/2"]], [[-1, 0, 1], [-1, 0, 1]],
    [[0], [0]], [[0, 0, 1], [0, 0, 1]],
]  # fmt: skip

POOLS: dict[str, list[Any]] = {
    "real": [numeral(r) for r in REALS],
    "int": list(INTEGERS),
    "sequence": SEQUENCES,
    "matrix": list(_matrices()),
    "activation": ACTIVATIONS,
}


def find_counterexample(statement: Statement, points: int = POINTS) -> dict[str, Any] | None:
    """Evidence that the statement fails, or None when the budget is spent.

    First every combination of the simplest candidates; then seeded random descents through larger
    pools, a few values at each variable.  What is found is made simpler, one variable at a time.
    """
    if not statement.goal.variables:
        found = next(Search(statement, 1, 1).extend({}, {}), None)
        return None if found is None else _evidence(found)
    for depth, share in ((1, 0.05), (2, 0.1), (4, 0.15)):
        search = Search(statement, depth, int(points * share))
        found = next(search.extend({}, {}), None)
        if found is not None:
            return _evidence(search.simplified(found))
    for depth, share in ((6, 0.2), (12, 0.25), (40, 0.25)):
        search = Search(statement, depth, int(points * share), Random(depth))
        while search.left > 0:
            found = next(search.extend({}, {}), None)
            if found is not None:
                return _evidence(search.simplified(found))
    return None


def _evidence(at: dict[str, Any]) -> dict[str, Any]:
    return {"by": "counterexample", "precision": PRECISION, "at": at}


def complexity(statement: Statement, at: Mapping[str, Any]) -> int:
    """Sum of the sizes of all numbers in a point."""
    total = 0
    for name, sort in statement.goal.variables.items():
        value = parse_value(sort, at[name])
        if isinstance(value, dict):
            total += sum(i + size(c) for i, c in value.items())
        elif isinstance(value, list):
            total += sum(size(v) for row in value for v in row)
        else:
            total += size(value)
    return total


BRANCHES = 3  # values tried at a variable in one random descent


class Search:
    """One pass over candidates: how deep into the pools, and how many values are left to try."""

    def __init__(
        self, statement: Statement, depth: int, left: int, random: Random | None = None
    ) -> None:
        self.statement, self.depth, self.left, self.random = statement, depth, left, random
        self.evaluator = Evaluator(PRECISION, statement.definitions)
        self.evaluator.visits_left = 10**9
        self.hypotheses = [c for h in statement.document["hypotheses"] for c in conjuncts(h)]

    def extend(self, at: dict[str, Any], point: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """The refuting points that extend a partial one."""
        sorts = self.statement.goal.variables
        if len(at) == len(sorts):
            if refutes(self.statement, self.evaluator, point):
                yield dict(at)
            return
        name = _next(self.statement, self.hypotheses, at)
        values = _candidates(
            self.evaluator, sorts[name], name, self.hypotheses, at, point, self.depth
        )
        branches = 0
        if self.random is not None:
            self.random.shuffle(values)
        for value in values:
            self.left -= 1
            if self.left <= 0:
                return
            known = {**at, name: value}
            inner = {**point, name: parse_value(sorts[name], value)}
            if self.allowed(name, known, inner):
                yield from self.extend(known, inner)
                branches += 1
                if self.random is not None and branches == BRANCHES:
                    return

    def allowed(self, name: str, known: Mapping[str, Any], point: Mapping[str, Any]) -> bool:
        """Whether no hypothesis that `name` completes excludes the point."""
        return not any(
            _excludes(self.evaluator, h, point)
            for h in self.hypotheses
            if name in free_names(h) and free_names(h) <= known.keys()
        )

    def simplified(self, at: dict[str, Any]) -> dict[str, Any]:
        """A simpler refuting point: at each variable the simplest value that still refutes."""
        sorts = self.statement.goal.variables
        best = at
        for name, sort in sorts.items():
            for value in POOLS[sort]:
                trial = {**best, name: value}
                if complexity(self.statement, trial) >= complexity(self.statement, best):
                    continue
                for other in sorts:
                    rest = {k: v for k, v in trial.items() if k != other}
                    term = _determining(self.hypotheses, other, rest)
                    if term is not None and other != name:
                        values = {k: parse_value(sorts[k], v) for k, v in rest.items()}
                        trial |= _determined(self.evaluator, other, sorts[other], term, values)
                values = {k: parse_value(sorts[k], v) for k, v in trial.items()}
                if refutes(self.statement, self.evaluator, values):
                    best = trial
        return best


def _determined(
    evaluator: Evaluator, name: str, sort: str, term: Any, point: Mapping[str, Any]
) -> dict[str, Any]:
    """The value of a number that must be equal to a term; none where that is not of its sort."""
    try:
        value = evaluator.term(term, point)
    except (Indeterminate, Undefined):
        return {}
    if not isinstance(value, Fraction) or (sort == "int" and value.denominator != 1):
        return {}
    return {name: numeral(value)}


def _determining(hypotheses: list[Formula], name: str, known: Mapping[str, Any]) -> Any:
    """A term over known variables that a hypothesis says `name` to be equal to, or None."""
    for h in hypotheses:
        if h[0] == "=" and name in h[1:]:
            other = h[2] if h[1] == name else h[1]
            if free_names(other) <= known.keys():
                return other
    return None


def _next(statement: Statement, hypotheses: list[Formula], known: Mapping[str, Any]) -> str:
    """The next variable: one that is determined, else the first one not yet given a value."""
    left = [n for n in statement.goal.variables if n not in known]
    for name in left:
        if _determining(hypotheses, name, known) is not None:
            return name
    order = {"sequence": 0, "activation": 0, "matrix": 1, "int": 2, "real": 2}
    return min(left, key=lambda n: order[statement.goal.variables[n]])


def _candidates(
    evaluator: Evaluator,
    sort: str,
    name: str,
    hypotheses: list[Formula],
    at: Mapping[str, Any],
    point: Mapping[str, Any],
    depth: int,
) -> list[Any]:
    term = _determining(hypotheses, name, at)
    if term is not None and sort in ("real", "int"):
        return list(_determined(evaluator, name, sort, term, point).values())
    pool = POOLS[sort]
    if sort in ("real", "int"):
        ends = _ends(evaluator, name, hypotheses, at, point)
        if sort == "real":
            ends += _tied_to_matrices(point)
        extra = [numeral(e) for e in ends if sort == "real" or e.denominator == 1]
        if sort == "int":
            extra += [numeral(e + s) for e in ends for s in (1, -1, 2) if e.denominator == 1]
        scale = 2 if sort == "real" else 1
        return list(dict.fromkeys([*extra, *pool[: depth * scale]]))
    return pool[: depth * 3]


def _tied_to_matrices(point: Mapping[str, Any]) -> list[Fraction]:
    """1 - |K_ij|: the delta for which Assumption 1 is attained."""
    rows = [row for value in point.values() if isinstance(value, list) for row in value]
    entries = {abs(v) for row in rows if isinstance(row, list) for v in row}
    return sorted((1 - v for v in entries if v < 1), key=size)


def _ends(
    evaluator: Evaluator,
    name: str,
    hypotheses: list[Formula],
    at: Mapping[str, Any],
    point: Mapping[str, Any],
) -> list[Fraction]:
    """The exact ends of the ranges that hypotheses give a variable, also of its absolute value."""
    found = []
    for h in hypotheses:
        if h[0] in ("<=", "<"):
            for own, other in ((h[1], h[2]), (h[2], h[1])):
                if own in (name, ("abs", name)) and free_names(other) <= at.keys():
                    try:
                        value = evaluator.term(other, point)
                    except (Indeterminate, Undefined):
                        continue
                    if isinstance(value, Fraction):
                        found += [value, -value] if own == ("abs", name) else [value]
    return found


def _excludes(evaluator: Evaluator, hypothesis: Formula, point: Mapping[str, Any]) -> bool:
    try:
        return not evaluator.formula(hypothesis, point)
    except Indeterminate:
        return True
    except (Undefined, Malformed):
        return False


def refutes(statement: Statement, evaluator: Evaluator, point: Mapping[str, Any]) -> bool:
    """Whether the hypotheses are true at the point and the conclusion false or undefined."""
    try:
        for hypothesis in statement.document["hypotheses"]:
            if not evaluator.formula(hypothesis, point):
                return False
        return not evaluator.formula(statement.document["conclusion"], point)
    except Undefined:
        return True
    except (Indeterminate, Malformed, Rejected, RecursionError):
        return False
