"""Counterexamples as mathematics: c_2 = 1 for the sequence [[2, 1]], a matrix as a matrix."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from markupsafe import Markup

from certificates.checker import Accepted
from certificates.report.mathml import Setter, fenced, math, operator, row
from certificates.rules.evaluation import show_point
from certificates.terms import GREEK, Formula, show

LARGEST_MATRIX = 5


class Refuted(NamedTuple):
    """Where a statement fails: "false" or "undefined", the values, what happens there, and all
    of it as the checker writes it."""

    how: str
    values: list[Markup]
    outcome: str
    text: str


def refuted(accepted: Accepted, at: Mapping[str, Any]) -> Refuted:
    """The counterexample of a statement that the checker found to fail at a point."""
    sorts = accepted.statement.goal.variables
    how, _, rest = accepted.refuted.partition(" at ")
    outcome = rest.removeprefix(show_point({name: at[name] for name in sorts})).removeprefix(": ")
    values = [v for name, sort in sorts.items() for v in _values(name, sort, at[name])]
    return Refuted(how, values, outcome, accepted.refuted)


def _values(name: str, sort: str, value: Any) -> list[Markup]:
    """The value of a variable, as equations."""
    if sort == "sequence" and value == "telescoping":
        of_i = ("/", 1, ("*", "i", ("-", "i", 1)))
        return [_set(("=", ("coef", name, "i"), of_i)), Markup("for i ≥ 2")]
    if sort == "sequence":
        return [_set(("=", ("coef", name, i), c)) for i, c in value]
    if sort == "matrix" and len(value) <= LARGEST_MATRIX:
        cells = "".join(
            f"<mtr>{''.join(f'<mtd>{Setter().term(v)}</mtd>' for v in each)}</mtr>"
            for each in value
        )
        equation = row(Setter().term(name), operator("="), fenced(f"<mtable>{cells}</mtable>"))
        return [Markup(math(equation, f"{name} = {_plain(value)}"))]
    if sort == "matrix":
        return [Markup(f"{name} a matrix of {len(value)} rows")]
    if sort == "activation":
        sides = zip(value, ("<", "<"), (("x", 0), (0, "x")), strict=True)
        return [
            _set(("=", ("apply", name, "x"), _polynomial(own)), where=(op, *ends))
            for own, op, ends in sides
        ]
    return [_set(("=", name, value))]


def _polynomial(coefficients: list[Any]) -> Any:
    terms = [c if k == 0 else ("*", c, ("^", "x", k)) for k, c in enumerate(coefficients) if c]
    return ("+", *terms) if len(terms) > 1 else terms[0] if terms else 0


def _set(equation: Formula, where: Formula | None = None) -> Markup:
    inner, text = Setter().formula(equation), show(equation)
    if where:
        return Markup(math(inner, text)) + Markup(" for ") + _set(where)
    return Markup(math(inner, text))


def _plain(value: Any) -> str:
    return GREEK.get(value, str(value).replace("'", "")) if isinstance(value, str) else str(value)
