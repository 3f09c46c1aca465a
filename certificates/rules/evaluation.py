"""Definite points: counterexamples, and statements about finitely many integers."""

import re
from decimal import Context, Decimal
from fractions import Fraction
from typing import Any

from certificates.checker import Evidence, Rejected, Statement
from certificates.dyadic import Undefined
from certificates.evaluation import MOST_ROWS, Evaluator, Telescoping
from certificates.terms import GREEK, Formula, Malformed, number

REVERSED = {"<=": ">", "<": "≥", "=": "≠", "!=": "="}
NOT_AT_POINTS = {"series", "expect", "expect2", "forall", "exists"}  # not in instances
DECIMAL = re.compile(r"-?[0-9]{1,200}(\.[0-9]{1,200})?\Z")


def exact(value: Any) -> Fraction:
    """An exact number of a certificate."""
    found = number(value)
    if found is None:
        raise Malformed(f"not an exact number: {str(value)[:40]!r}")
    return found


def parse_value(sort: str, value: Any) -> Any:
    """A value of a variable: its form, and what its sort promises (c_i >= 0, symmetry)."""
    if sort == "real":
        return exact(value)
    if sort == "int":
        if exact(value).denominator != 1:
            raise Malformed("an integer is needed")
        return exact(value)
    if sort == "sequence" and value == "telescoping":
        return Telescoping()
    if not isinstance(value, list):
        raise Malformed(f"a {sort} is written as a list")
    if sort == "sequence":
        if any(not isinstance(i, int) for i, _ in value):
            raise Malformed("an index is an integer")
        coefficients = {i: exact(c) for i, c in value}
        if len(coefficients) != len(value) or any(
            i < 0 or i > 10_000 or c < 0 for i, c in coefficients.items()
        ):
            raise Malformed("a sequence is a list of [index, coefficient >= 0]")
        return coefficients
    rows = [[exact(v) for v in row] for row in value]
    if sort == "matrix":
        if not 1 <= len(rows) <= MOST_ROWS or any(len(row) != len(rows) for row in rows):
            raise Malformed("a matrix is a list of rows")
        if any(rows[a][b] != rows[b][a] for a in range(len(rows)) for b in range(a)):
            raise Malformed("a matrix must be symmetric")
        return rows
    if len(rows) != 2 or max(map(len, rows)) > 20:
        raise Malformed("an activation is two lists of coefficients, below and above zero")
    return rows


def counterexample(statement: Statement, evidence: Evidence) -> str:
    """Every hypothesis is true at the point, and the conclusion false or without a value there.

    A hypothesis without a value, where those before it are true, refutes as well: a statement
    says that all its terms are defined.
    """
    sorts = statement.goal.variables
    at = evidence["at"]
    if not isinstance(at, dict) or at.keys() != sorts.keys():
        raise Malformed("a value is needed for each variable")
    at = {name: at[name] for name in sorts}  # shown in the order of the statement
    point = {name: parse_value(sorts[name], value) for name, value in at.items()}
    evaluator = Evaluator(evidence["precision"], statement.definitions)
    try:
        for hypothesis in statement.document["hypotheses"]:
            if not evaluator.formula(hypothesis, point):
                raise Rejected("the point does not satisfy the hypotheses")
        if evaluator.formula(statement.document["conclusion"], point):
            raise Rejected("the conclusion is true at the point")
    except Undefined as error:
        return f"undefined at {show_point(at)}: {error}"
    return f"false at {show_point(at)}{sides(statement.document['conclusion'], evaluator, point)}"


def show_point(at: dict[str, Any]) -> str:
    """The values as written in the certificate."""
    return ", ".join(
        f"{GREEK.get(name, name)} = {str(value).replace(chr(39), '')}" for name, value in at.items()
    )


def sides(conclusion: Formula, evaluator: Evaluator, point: dict[str, Any]) -> str:
    """The two sides of a false comparison: ": 0 > -1/2"."""
    op, *terms = conclusion
    if op not in REVERSED:
        return ""
    values = [evaluator.bounds(evaluator.term(t, point)) for t in terms]
    left, right = (str(a) if a == b else f"{rounded(a)}..." for a, b in values)
    return f": {left} {REVERSED[op]} {right}"


def rounded(value: Fraction) -> str:
    """Six significant digits, also of numbers beyond the range of a float."""
    if value == 0 or Fraction(1, 10**300) < abs(value) < 10**300:
        return f"{float(value):.6g}"
    digits = Context(prec=6).divide(Decimal(value.numerator), Decimal(value.denominator))
    return f"{digits.normalize():.6g}"


def decimal(text: Any) -> Fraction:
    """A decimal of a table, read exactly."""
    if not (isinstance(text, str) and DECIMAL.match(text)):
        raise Malformed(f"not a decimal: {str(text)[:40]!r}")
    return Fraction(text)


def instances(statement: Statement, evidence: Evidence) -> str:
    """A comparison for finitely many integers, each row enclosing both sides.

    A row is [integers, low and high of the left side, low and high of the right side, margin]; the
    rows must be all the points that the hypotheses allow, in order.  Each side, evaluated here,
    must lie in its enclosure; the margin is low of the right less high of the left, and must decide
    the comparison.
    """
    op, left, right = statement.document["conclusion"]
    names = list(statement.goal.variables)
    if op not in ("<=", "<") or set(statement.goal.variables.values()) - {"int"}:
        raise Rejected("only a comparison over integers has instances")
    if operators(statement.document) & NOT_AT_POINTS:
        raise Rejected("instances have no series, expectations or quantifiers")
    evaluator = Evaluator(evidence["precision"], statement.definitions)
    points = evaluator.points(names, list(statement.document["hypotheses"]), {})
    if not points or len(points) != len(evidence["rows"]):
        raise Rejected(f"{len(points)} rows are needed")
    for point, row in zip(points, evidence["rows"], strict=True):
        integers, *ends = row
        if [int(point[n]) for n in names] != integers:
            raise Rejected("the rows are not the points of the hypotheses in order")
        low, high, low_right, high_right, margin = (decimal(e) for e in ends)
        for term, bottom, top in ((left, low, high), (right, low_right, high_right)):
            value = evaluator.term(term, point)
            ends_of = evaluator.bounds(value)
            if not bottom <= ends_of[0] <= ends_of[1] <= top:
                raise Rejected(f"a side is not in its enclosure at {integers}")
        if margin != low_right - high:
            raise Rejected(f"the margin is not that of the enclosures at {integers}")
        if margin < 0 or (op == "<" and margin == 0):
            raise Rejected(f"the enclosures do not decide the comparison at {integers}")
    return ""


def operators(document: Any) -> set[str]:
    """Every operator, and every other text, in a statement."""
    if isinstance(document, str):
        return {document}
    values = document.values() if hasattr(document, "values") else document
    if isinstance(document, int):
        return set()
    return set().union(*(operators(v) for v in values))
