"""Mutated claims: what is false must be refuted and never proved, what is weaker must be proved.

That a mutated statement is false is shown here by an evaluator of its own: fractions where they
suffice, else mpmath at 100 digits.  It shares nothing with the checker's evaluation.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import combinations, product
from typing import Any

import mpmath
import pytest

from certificates.checker import Checker
from certificates.checker import Statement as Parsed
from proofs.claim import Claim
from proofs.claims.corollary_3 import COROLLARY_3
from proofs.claims.definitions import DEFINITION_1, DEFINITION_4, DEFINITION_21
from proofs.claims.depth import DEPTH
from proofs.claims.facts import FACT_2, FACT_4
from proofs.claims.lemma_6 import LEMMA_6
from proofs.claims.lemma_7 import LEMMA_7
from proofs.claims.lemma_22 import LEMMA_22
from proofs.claims.lemma_23 import LEMMA_23
from proofs.claims.lemma_24 import LEMMA_24
from proofs.claims.powers import POWERS
from proofs.claims.theorem_2 import THEOREM_2
from proofs.discharge import Outcome, discharge
from proofs.language import Definition, Statement
from tests.proofs.mutations import FALSE, TRUE, UNDEFINED, Mutation

Number = Any  # Fraction where exact, else mpmath.mpf
CLAIMS = (POWERS, DEPTH, LEMMA_22, LEMMA_23, DEFINITION_1, DEFINITION_4, DEFINITION_21, LEMMA_24,
          LEMMA_7, LEMMA_6, THEOREM_2, COROLLARY_3, FACT_2, FACT_4)  # fmt: skip
DIGITS = 100
NEAR = mpmath.mpf(10) ** -60  # closer than this, two inexact numbers are not told apart
MOST_BITS = 20_000
DEGREE = 12  # of what stands under an expectation, at most


# A plain evaluator --------------------------------------------------------------------------------


class NoValueError(Exception):
    """A term has no value at the point."""


class UndecidedError(Exception):
    """Not decided here."""


def inexact(value: Number) -> Any:
    """The number with 100 digits."""
    if isinstance(value, Fraction):
        return mpmath.mpf(value.numerator) / value.denominator
    return value


def sign(value: Number) -> int:
    """-1, 0 or 1.  Raises UndecidedError for an inexact number near zero."""
    if not isinstance(value, Fraction) and abs(value) < NEAR:
        raise UndecidedError("too near to zero")
    return int(value > 0) - int(value < 0)


def arithmetic(op: str, x: Number, y: Number) -> Number:
    """x op y, exact if both are and the result is not too long."""
    if op == "/" and sign(y) == 0:
        raise NoValueError("division by zero")
    if isinstance(x, Fraction) and isinstance(y, Fraction):
        longest = max(v.bit_length() for z in (x, y) for v in (z.numerator, z.denominator))
        if longest > MOST_BITS:
            x, y = inexact(x), inexact(y)
    else:
        x, y = inexact(x), inexact(y)
    if op == "/":
        return x / y
    return x + y if op == "+" else x - y if op == "-" else x * y


def power(base: Number, exponent: int) -> Number:
    """base ** exponent with 0 ** 0 = 1."""
    if sign(base) == 0:
        if exponent < 0:
            raise NoValueError("a negative power of zero")
        return Fraction(int(exponent == 0))
    if isinstance(base, Fraction):
        length = max(base.numerator.bit_length(), base.denominator.bit_length())
        if length * abs(exponent) <= MOST_BITS:
            return base**exponent
    return inexact(base) ** exponent


def determinant(rows: list[list[Number]]) -> Number:
    """By expansion along the first row."""
    if not rows:
        return Fraction(1)
    total: Number = Fraction(0)
    for column, entry in enumerate(rows[0]):
        minor = [row[:column] + row[column + 1 :] for row in rows[1:]]
        term = arithmetic("*", entry, determinant(minor))
        total = arithmetic("-" if column % 2 else "+", total, term)
    return total


def interpolated(nodes: list[Fraction], values: list[Fraction]) -> list[Fraction]:
    """The coefficients of the polynomial with these values, by divided differences."""
    steps = list(values)
    for order in range(1, len(nodes)):
        for k in range(len(nodes) - 1, order - 1, -1):
            steps[k] = (steps[k] - steps[k - 1]) / (nodes[k] - nodes[k - order])
    result = [Fraction(0)] * len(nodes)
    for node, step in zip(reversed(nodes), reversed(steps), strict=True):
        shifted = [Fraction(0), *result[:-1]]
        result = [s - node * r for s, r in zip(shifted, result, strict=True)]
        result[0] += step
    return result


class Plain:
    """Terms and formulas of a statement at a point: all by their definition, nothing remembered."""

    def __init__(self, statement: Statement) -> None:
        self.definitions: dict[str, Definition] = {}
        pending = list(statement.definitions)
        while pending:
            definition = pending.pop()
            self.definitions[definition.name] = definition
            pending += definition.uses

    def value(self, term: Any, at: Mapping[str, Any]) -> Number:
        """The value of a term.  Raises NoValueError or UndecidedError."""
        if isinstance(term, int):
            return Fraction(term)
        if isinstance(term, str):
            return at[term] if term in at else Fraction(term)
        op, args = term[0], term[1:]
        if op in ("+", "-", "*", "/"):
            if len(args) == 1:
                return arithmetic("-", Fraction(0), self.value(args[0], at))
            left, right = (self.value(a, at) for a in args)
            return arithmetic(op, left, right)
        if op == "^":
            return power(self.value(args[0], at), self.whole(args[1], at))
        if op == "abs":
            return abs(self.value(args[0], at))
        if op in ("max", "min"):
            left, right = (self.value(a, at) for a in args)
            return left if (sign(arithmetic("-", left, right)) >= 0) == (op == "max") else right
        if op == "ite":
            return self.value(args[1] if self.truth(args[0], at) else args[2], at)
        if op == "log":
            x = self.value(args[0], at)
            if sign(x) <= 0:
                raise NoValueError("the logarithm of what is not positive")
            return Fraction(0) if x == 1 else mpmath.log(inexact(x))
        if op == "sqrt":
            x = self.value(args[0], at)
            if sign(x) < 0:
                raise NoValueError("the root of a negative number")
            if isinstance(x, Fraction):
                root = Fraction(math.isqrt(x.numerator), math.isqrt(x.denominator))
                if root * root == x:
                    return root
            return mpmath.sqrt(inexact(x))
        if op in ("exp", "erf", "Phi"):
            if op != "Phi" and self.value(args[0], at) == 0:
                return Fraction(int(op == "exp"))
            smooth = {"exp": mpmath.exp, "erf": mpmath.erf, "Phi": mpmath.ncdf}[op]
            return smooth(inexact(self.value(args[0], at)))
        if op == "pi":
            return +mpmath.pi
        if op in ("ceil", "floor"):
            return Fraction(self.rounded(op, args[0], at))
        if op == "call":
            return self.call(args[0], [self.value(a, at) for a in args[1:]])
        if op == "coef":
            index = self.whole(args[1], at)
            if index < 0:
                raise NoValueError("a coefficient with a negative index")
            return at[args[0]].get(index, Fraction(0))
        if op == "dual":
            x = self.inside(self.value(args[1], at))
            total: Number = Fraction(0)
            for index, c in at[args[0]].items():
                total = arithmetic("+", total, arithmetic("*", c, power(x, index)))
            return total
        if op == "iter":
            name, body, depth, start = args
            count = self.whole(depth, at)
            if count < 0:
                raise NoValueError("a negative depth")
            x = self.inside(self.value(start, at))
            for _ in range(count):
                x = self.inside(self.value(body, {**at, name: x}))
            return x
        if op == "fold":
            index, running, body, low, high, start = args
            total = self.value(start, at)
            for k in range(self.whole(low, at), self.whole(high, at) + 1):
                total = self.value(body, {**at, index: Fraction(k), running: total})
            return total
        if op == "series":
            return self.series(args[0], args[1], args[2], at)
        if op == "entry":
            row, column = (self.whole(a, at) for a in args[1:])
            if min(row, column) < 1:
                raise NoValueError("an index below 1")
            if max(row, column) > len(at[args[0]]):
                raise UndecidedError("an entry outside the given block")
            return at[args[0]][row - 1][column - 1]
        if op in ("lambda_min", "lambda_max", "kappa"):
            low, high = self.eigenvalues(args, at)
            if op != "kappa":
                return low if op == "lambda_min" else high
            if sign(low) <= 0:
                raise NoValueError("not positive definite")
            return arithmetic("/", high, low)
        if op in ("apply", "slope"):
            x = self.value(args[1], at)
            piece = at[args[0]][int(sign(x) > 0)]
            if op == "slope":
                piece = [k * v for k, v in enumerate(piece)][1:]
            return sum((v * x**k for k, v in enumerate(piece)), Fraction(0))
        if op == "expect":
            return self.expectation(args[0], args[1], at)
        raise UndecidedError(op)

    def expectation(self, name: str, body: Any, at: Mapping[str, Any]) -> Number:
        """E of what is a polynomial on either half line, found there from its values."""
        exact, odd = Fraction(0), Fraction(0)
        for side in (-1, 1):
            nodes = [Fraction(side * k) for k in range(1, DEGREE + 2)]
            values = [self.value(body, {**at, name: x}) for x in nodes]
            for k, v in enumerate(interpolated(nodes, values)):
                moment = Fraction(math.prod(range(k - 1, 0, -2)))  # twice E[X^k; X > 0]
                exact += 0 if k % 2 else v * moment / 2
                odd += side * v * moment if k % 2 else 0
        return exact if odd == 0 else inexact(exact) + inexact(odd) / mpmath.sqrt(2 * mpmath.pi)

    def whole(self, term: Any, at: Mapping[str, Any]) -> int:
        """The value of an integer term."""
        value = self.value(term, at)
        assert isinstance(value, Fraction)
        assert value.denominator == 1
        return int(value)

    def inside(self, x: Number) -> Number:
        """x, which must lie in [-1, 1]."""
        if sign(arithmetic("-", Fraction(1), abs(x))) < 0:
            raise NoValueError("outside [-1, 1]")
        return x

    def rounded(self, op: str, term: Any, at: Mapping[str, Any]) -> int:
        """ceil or floor; log(x)/log(y) next to an integer k is k if x = y^k."""
        value = inexact(self.value(term, at))
        nearest = int(mpmath.nint(value))
        if abs(value - nearest) > NEAR:
            return int(mpmath.ceil(value) if op == "ceil" else mpmath.floor(value))
        flip = 1
        match term:
            case ("/", ("log", x), ("-", ("log", y))):
                flip = -1
            case ("/", ("log", x), ("log", y)):
                pass
            case _:
                return nearest if isinstance(self.value(term, at), Fraction) else self.fail()
        tie = power(self.value(y, at), flip * nearest) == self.value(x, at)
        return nearest if tie else self.fail()

    def fail(self) -> int:
        """Raise UndecidedError."""
        raise UndecidedError("next to an integer")

    def call(self, name: str, values: list[Number]) -> Number:
        """The value of a definition, within its domain."""
        definition = self.definitions[name]
        names = [p.tree for p in definition.parameters]
        inner = dict(zip(names, values, strict=True))
        if not self.truth(definition.where.tree, inner):
            raise NoValueError(f"{name} outside its domain")
        return self.value(definition.body.tree, inner)

    def series(self, name: str, lower: Any, body: Any, at: Mapping[str, Any]) -> Number:
        """A series with a factor c_i: the sum over the support of c."""
        factor = body[1] if body[0] == "*" else body
        assert factor[0] == "coef"
        assert factor[2] == name
        first, total = self.whole(lower, at), Fraction(0)
        for index in at[factor[1]]:
            if index >= first:
                total = arithmetic("+", total, self.value(body, {**at, name: Fraction(index)}))
        return total

    # Matrices

    def rows(self, matrix: Any, at: Mapping[str, Any]) -> list[list[Number]]:
        """The entries of a matrix."""
        size, i, j, body = matrix
        n = self.whole(size, at)
        if n < 1:
            raise NoValueError("a matrix without rows")
        indices = [Fraction(k) for k in range(1, n + 1)]
        return [[self.value(body, {**at, i: p, j: q}) for q in indices] for p in indices]

    def eigenvalues(self, matrix: Any, at: Mapping[str, Any]) -> tuple[Number, Number]:
        """The least and the greatest; in closed form for d on the diagonal and r beside it."""
        rows = self.rows(matrix, at)
        n, d = len(rows), rows[0][0]
        r = rows[0][1] if n > 1 else Fraction(0)
        if all(v == (d if p == q else r) for p, row in enumerate(rows) for q, v in enumerate(row)):
            ends = [d] if n == 1 else [
                arithmetic("-", d, r), arithmetic("+", d, arithmetic("*", Fraction(n - 1), r))
            ]  # fmt: skip
        else:
            ends = list(mpmath.eigsy(mpmath.matrix([list(map(inexact, row)) for row in rows]),
                                     eigvals_only=True))  # fmt: skip
        return min(ends), max(ends)

    def semidefinite(self, matrix: Any, at: Mapping[str, Any]) -> bool:
        """Whether all principal minors are nonnegative."""
        rows = self.rows(matrix, at)
        return all(
            sign(determinant([[rows[p][q] for q in chosen] for p in chosen])) >= 0
            for count in range(1, len(rows) + 1)
            for chosen in combinations(range(len(rows)), count)
        )

    # Formulas

    def truth(self, formula: Any, at: Mapping[str, Any]) -> bool:
        """Whether a formula is true; connectives are read from left to right."""
        op, args = formula[0], formula[1:]
        if op in ("<=", "<", "=", "!="):
            left, right = (self.value(a, at) for a in args)
            order = sign(arithmetic("-", left, right))
            return {"<=": order <= 0, "<": order < 0, "=": order == 0, "!=": order != 0}[op]
        if op == "and":
            return all(self.truth(a, at) for a in args)
        if op == "or":
            return any(self.truth(a, at) for a in args)
        if op == "not":
            return not self.truth(args[0], at)
        if op == "implies":
            return not self.truth(args[0], at) or self.truth(args[1], at)
        if op == "psd":
            return self.semidefinite(args, at)
        if op == "converges":  # a sequence of the tables has finitely many terms
            self.series(args[0], args[1], args[2], at)
            return True
        if op == "forall" and args[1][0] == "implies":
            guard = args[1][1][1:] if args[1][1][0] == "and" else (args[1][1],)
            return all(self.truth(args[1], p) for p in self.range(args[0], guard, args[1], at))
        raise UndecidedError(op)

    def range(
        self, names: Any, guard: Any, body: Any, at: Mapping[str, Any]
    ) -> Iterator[dict[str, Any]]:
        """All that the guard allows; at least its least for a body d r^k >= b with d, r-1 >= 0."""
        spans = []
        for name, sort in names:
            assert sort == "int"
            lows, highs = [], []
            for op, left, right in guard:
                if op != "!=" and right == name:
                    lows.append(self.whole(left, at) + (op == "<"))
                if op != "!=" and left == name:
                    highs.append(self.whole(right, at) - (op == "<"))
            match body[2]:
                case ("<=", bound, ("*", scale, ("^", ratio, exponent))) if (
                    exponent == name and not highs and isinstance(bound, (int, str))
                    and self.value(scale, at) >= 0 and self.value(ratio, at) >= 1
                ):  # fmt: skip
                    highs = [max(lows)]  # increasing in the exponent
            spans.append(range(max(lows), min(highs) + 1))
        for values in product(*spans):
            yield {**at, **{n: Fraction(v) for (n, _), v in zip(names, values, strict=True)}}


def parsed(sort: str, value: Any) -> Any:
    """The value of a variable: from the table, or from a counterexample of the engine."""
    if sort == "sequence":
        return {int(k): Fraction(v) for k, v in dict(value).items()}
    if sort in ("matrix", "activation"):
        return [[Fraction(v) for v in row] for row in value]
    return Fraction(value)


def refuted(statement: Statement, at: Mapping[str, Any]) -> bool:
    """Whether the hypotheses are true at the point and the conclusion is false or has no value."""
    plain = Plain(statement)
    point = {v.tree: parsed(v.sort, at[v.tree]) for v in statement.variables}
    for variable in statement.variables:
        value = point[variable.tree]
        assert variable.sort != "int" or value.denominator == 1
        assert variable.sort != "sequence" or all(c >= 0 for c in value.values())
        columns = zip(*value, strict=True) if variable.sort == "matrix" else ()
        assert variable.sort != "matrix" or value == [list(column) for column in columns]
    with mpmath.workdps(DIGITS):
        try:
            hypotheses = all(plain.truth(h.tree, point) for h in statement.hypotheses)
            return hypotheses and not plain.truth(statement.conclusion.tree, point)
        except NoValueError:
            return True


# The tests ----------------------------------------------------------------------------------------


class Bench:
    """The lemmas that proofs use, discharged once, as the need arises."""

    def __init__(self) -> None:
        self.checker = Checker({})
        self.lemmas: dict[str, tuple[str, Parsed]] = {}
        self.known: set[str] = set()

    def prepare(self, claim: Claim, label: str) -> None:
        """Discharge what comes before a part of a claim."""
        for earlier in CLAIMS[: CLAIMS.index(claim) + 1]:
            for part in earlier.parts:
                name = f"{earlier.item}: {part.label}"
                if earlier is claim and part.label == label:
                    return
                if name in self.known or part.source:
                    continue
                self.known.add(name)
                outcome = discharge(earlier.item, part, self.lemmas, self.checker)
                if outcome.verdict == "holds":
                    statement = Parsed.parse(part.statement.document())
                    self.lemmas[name] = (outcome.identity, statement)

    def outcome(self, mutation: Mutation) -> Outcome:
        """What becomes of a mutated part."""
        self.prepare(mutation.claim, mutation.label)
        return discharge(mutation.claim.item, mutation.part, self.lemmas, self.checker)


@pytest.fixture(scope="module")
def bench() -> Bench:
    """The lemmas, shared by the tests of this module."""
    return Bench()


def named(mutations: list[Mutation], quick: bool | None = None) -> list[Any]:
    """Parameters of a test, with names."""
    chosen = [m for m in mutations if quick is None or m.quick == quick]
    return [pytest.param(m, id=m.name) for m in chosen]


def refutation_holds(mutation: Mutation, outcome: Outcome) -> bool:
    """Whether the engine's counterexample stands up to the plain evaluator."""
    return refuted(mutation.part.statement, outcome.document["evidence"]["at"])


@pytest.mark.parametrize("mutation", named(FALSE + UNDEFINED))
def test_false_mutations_are_false(mutation: Mutation) -> None:
    """At its point the mutated statement has true hypotheses and a conclusion that fails."""
    assert refuted(mutation.part.statement, mutation.at)


@pytest.mark.parametrize("mutation", named(FALSE, quick=True))
def test_false_mutations_are_refuted(mutation: Mutation, bench: Bench) -> None:
    """The engines refute a false statement, at a point that the plain evaluator confirms."""
    outcome = bench.outcome(mutation)
    assert outcome.verdict == "fails"
    assert refutation_holds(mutation, outcome)


@pytest.mark.parametrize("mutation", named(TRUE, quick=True))
def test_weaker_statements_are_proved(mutation: Mutation, bench: Bench) -> None:
    """The proof of a statement goes through for a weaker one."""
    assert bench.outcome(mutation).verdict == "holds"


@pytest.mark.parametrize("mutation", named(UNDEFINED))
def test_undefined_terms_refute(mutation: Mutation, bench: Bench) -> None:
    """A statement fails where a term of it has no value."""
    outcome = discharge(mutation.claim.item, mutation.part, {}, bench.checker)
    assert outcome.verdict == "fails"
    assert refutation_holds(mutation, outcome)


@pytest.mark.slow
def test_the_whole_table(bench: Bench) -> None:
    """No false mutation is proved, nine in ten are refuted; every weaker statement is proved."""
    verdicts: dict[str, list[str]] = {"fails": [], "open": [], "holds": []}
    for mutation in FALSE:
        outcome = bench.outcome(mutation)
        verdicts[outcome.verdict].append(mutation.name)
        if outcome.verdict == "fails":
            assert refutation_holds(mutation, outcome), mutation.name
    assert not verdicts["holds"], "a false statement was proved"
    assert len(FALSE) >= 100
    assert len(verdicts["fails"]) >= 0.9 * len(FALSE), verdicts["open"]
    lost = [m.name for m in TRUE if bench.outcome(m).verdict != "holds"]
    assert not lost
    assert len(TRUE) >= 30


def test_the_tables_spread_over_the_claims() -> None:
    """Every claim has false and weaker mutations, and no two mutations share a name."""
    for mutations, least in ((FALSE, 3), (TRUE, 1)):
        counts = Counter(m.claim.item for m in mutations)
        assert all(counts[claim.item] >= least for claim in CLAIMS)
        assert len({m.name for m in mutations}) == len(mutations)
