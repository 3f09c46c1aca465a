"""Long formulas break into lines, nothing of them is lost; shorthand says what it means."""

import re
from typing import Any
from xml.etree import ElementTree

import pytest

from certificates.checker import Statement
from certificates.report.counterexamples import _values
from certificates.report.lines import DESK, PHONE, Breaker, shown, width
from certificates.report.mathml import Setter, chains, row, setter
from certificates.report.pages import statement_parts
from certificates.report.shorthand import slope, tangent
from proofs.registry import PAPER_ORDER


def letters(markup: str) -> str:
    """What is printed, without what is not seen, spaces and fences that a break may add."""
    tree = ElementTree.fromstring(f"<div>{markup.replace('<wbr>', '')}</div>")
    return re.sub(r"[\u2061\u2062\xa0\s]", "", "".join(tree.itertext()))


def broken(formula: Any) -> list[list[str]]:
    """The characters of each piece, by clauses."""
    return [[letters(p.math) for p in c] for c in Breaker(Setter()).clauses(formula)]


LONG = ("*", ("^", "alpha", 20), ("+", "beta", ("*", 12345678, "gamma")))


def test_a_short_formula_is_one_piece() -> None:
    """As it stands, with its text."""
    clauses = Breaker(Setter()).clauses(("<=", "x", ("+", "x", 1)))
    assert [[p.text for p in c] for c in clauses] == [["x ≤ x + 1"]]


@pytest.mark.parametrize(
    ("term", "shown"),
    [
        (("*", ("-", "b"), "h"), "−bh"),
        (("exp", ("*", ("*", ("-", "b"), "h"), "m")), "e−bhm"),
        (("+", "x", ("*", ("-", "b"), "h")), "x+(−bh)"),
        (("-", "x", ("*", ("-", "b"), "h")), "x−(−bh)"),
        (("^", ("*", ("-", "b"), "h"), 2), "(−bh)2"),
        (("*", "x", ("*", ("-", "b"), "h")), "x(−bh)"),
        (("*", ("+", ("-", "b"), "h"), "x"), "(−b+h)x"),
    ],
)  # fmt: skip
def test_the_sign_of_a_product_stands_before_it(term: Any, shown: str) -> None:
    """(-b)h is set as -bh, with a fence wherever something else binds it."""
    assert letters(Setter().term(term)) == shown


@pytest.mark.parametrize(
    ("term", "shown"),
    [
        (("^", ("ite", ("<", "x", 1), "x", 0), 2), "(x[x<1])2"),
        (("*", 3, ("ite", ("<", "x", 1), "x", 0)), "3x[x<1]"),
        (("^", ("ite", ("<", "x", 1), 1, 0), 2), "[x<1]2"),
        (("lambda_min", "n", "i", "j", ("entry", "K", "i", "j")), "λmin(K)"),
        (("lambda_min", 1, "i", "j", ("entry", "K", "i", "j")), "λmin([Kij]i,j≤1)"),
        (("+", "a1", "a_1"), "a1+a_1"),
        (("+", "x", "x_"), "x+x_"),
    ],
)  # fmt: skip
def test_what_differs_is_set_differently(term: Any, shown: str) -> None:
    """A power of a product with a bracket, a matrix of another size, names with underscores."""
    assert letters(Setter().term(term)) == shown


def test_a_bound_sequence_is_told_from_another() -> None:
    """With one sequence for all and one that exists, the dual of each has its index."""
    statement = Statement.parse({
        "variables": [["c", "sequence"]], "hypotheses": [], "definitions": [],
        "conclusion": ["exists", [["e", "sequence"]], ["=", ["dual", "c", 0], ["dual", "e", 0]]],
    })  # fmt: skip
    conclusion = statement.document["conclusion"]
    assert "σ^c(0)=σ^e(0)" in letters(setter(statement.document).formula(conclusion))


@pytest.mark.parametrize(
    ("formula", "pieces"),
    [
        (("and", ("<=", LONG, 1), ("<=", 0, LONG)),
         [["α20(β+12345678γ)≤1and"], ["0≤α20(β+12345678γ)"]]),
        (("=", ("+", LONG, LONG), ("-", LONG, LONG)),
         [["α20(β+12345678γ)", "+α20(β+12345678γ)", "=α20(β+12345678γ)",
           "−α20(β+12345678γ)"]]),
        (("implies", ("<", LONG, "x"), ("=", LONG, "y")),
         [["α20(β+12345678γ)<x", "⟹α20(β+12345678γ)=y"]]),
        (("forall", (("i", "int"),), ("and", ("<=", LONG, "i"), ("<", "i", LONG))),
         [["∀i∈ℤ:", "α20(β+12345678γ)", "≤i", "<α20(β+12345678γ)"]]),
        (("<=", ("expect", "x", ("+", LONG, LONG)), 1),
         [["Ex∼N(0,1)[α20(β+12345678γ)", "+α20(β+12345678γ)]", "≤1"]]),
    ],
)  # fmt: skip
def test_where_lines_break(formula: Any, pieces: list[list[str]]) -> None:
    """At conjunctions, relations, summands, implications; within fences when they are long."""
    assert broken(formula) == pieces


def test_every_formula_of_the_paper_survives_its_breaks() -> None:
    """The pieces together are the formula, to the letter, and no piece is wider than a desk.

    Only a quotient too wide for a desk may change its shape.
    """
    count = several = 0
    for claim in PAPER_ORDER:
        for part in claim.parts:
            document = Statement.parse(part.statement.document()).document
            for formula in (*document["hypotheses"], document["conclusion"]):
                sets = Setter()
                whole, clauses = sets.formula(formula), Breaker(sets).clauses(formula)
                pieces = [p for c in clauses for p in c]
                together = letters(shown(clauses).text)
                flat = letters(whole)
                assert together == flat or width(whole) > DESK, (claim.item, part.label)
                assert re.sub(r"[()/]", "", together) == re.sub(r"[()/]", "", flat)
                assert max(width(p.math) for p in pieces) <= DESK + 4, (claim.item, part.label)
                count, several = count + 1, several + (len(pieces) > 1)
    assert several > 100
    assert count > 5 * several


def test_what_may_be_scrolled_is_said() -> None:
    """A piece wider than a phone can be reached by keyboard; a narrow one is no stop."""
    wide = ("=", ("sqrt", ("+", *[LONG] * 3)), "x")
    clauses = Breaker(Setter()).clauses(wide)
    assert max(width(p.math) for c in clauses for p in c) > PHONE
    assert shown(clauses).scrolls
    assert not shown(Breaker(Setter()).clauses(("=", "x", "y"))).scrolls


def derivative(x: Any, *, power: Any = ("-", "u", 1), sequence: str = "c") -> Any:
    """Σ_{u≥1} c_u u x^power."""
    return ("series", "u", 1, ("*", ("coef", sequence, "u"), ("*", "u", ("^", x, power))))


def iterate(depth: Any, x: Any = "rho") -> Any:
    """The dual iterated."""
    return ("iter", "x", ("dual", "c", "x"), depth, x)


def recursion(below: Any = ("-", "l", 1), start: Any = "rho") -> Any:
    """The tangent kernel's recursion."""
    step = ("+", iterate("l"), ("*", "t", derivative(iterate(below))))
    return ("fold", "l", "t", step, 1, "L", start)


def test_shorthand_is_only_what_it_says() -> None:
    """σ̂′ and Θ are recognised; a changed power, index or start is spelled out."""
    assert slope(derivative("rho")) == ("c", "rho")
    assert slope(derivative("rho", power="u")) is None
    assert slope(derivative("u")) is None
    assert slope(("series", "u", 0, derivative("rho")[3])) is None
    assert tangent(recursion()) == ("c", "L", "rho")
    assert tangent(recursion(below="l")) is None
    assert tangent(recursion(start="x")) is None
    sets = Setter()
    assert letters(sets.term(("*", 2, recursion()))) == "2Θ(L)(ρ)"
    assert letters(sets.term(derivative(1))) == "σ^′(1)"
    assert set(sets.legend) == {"slope", "tangent"}
    assert letters(sets.legend["slope"][0][0]) == "σ^′(x)=∑u≥1ucuxu−1"
    assert "".join(letters(row(m)) for m, _ in sets.legend["tangent"]) == (
        "Θ(0)(x)=x,Θ(l)(x)=σ^(l)(x)+Θ(l−1)(x)σ^′(σ^(l−1)(x))"
    )


def test_shorthand_names_its_sequence_where_there_are_several() -> None:
    """Two sequences: σ̂_b′ is not σ̂_c′."""
    sets = Setter(2)
    assert letters(sets.term(derivative(1, sequence="b"))) == "σ^b′(1)"


def test_a_statement_explains_its_shorthand() -> None:
    """What a card uses, its legend says; a card without shorthand has none."""
    document = {"variables": [], "hypotheses": [], "definitions": [],
                "conclusion": ("<=", recursion(), 1)}  # fmt: skip
    assert len(statement_parts(document)["meaning"]) == 2
    assert statement_parts(document | {"conclusion": ("<=", 0, 1)})["meaning"] == []


def test_chains_of_relations() -> None:
    """1 ≤ i and i ≤ n read as one; what meets in a number does not."""
    assert chains([("<=", 1, "i"), ("<", "i", "n"), ("<=", "j", "n")]) == [
        [("<=", 1, "i"), ("<", "i", "n")], [("<=", "j", "n")]
    ]  # fmt: skip
    assert len(chains([("<=", "delta", 1), ("<=", 1, "n")])) == 2
    assert len(chains([("=", "a", "b"), ("=", "b", "c")])) == 2


@pytest.mark.parametrize(
    ("sort", "value", "texts"),
    [
        ("real", "-1/2", ["s=−12"]),
        ("sequence", [[1, "1/2"], [2, "1/2"]], ["s1=12", "s2=12"]),
        ("sequence", "telescoping", ["si=1i(i−1)", "fori≥2"]),
        ("matrix", [[1, 0], [0, 1]], ["s=(1001)"]),
        ("activation", [[-1], [1]], ["s(x)=−1forx<0", "s(x)=1for0<x"]),
        ("activation", [[], [0, 1]], ["s(x)=0forx<0", "s(x)=1x1for0<x"]),
    ],
)
def test_counterexamples_are_set_as_mathematics(sort: str, value: Any, texts: list[str]) -> None:
    """The entries that are not zero, a matrix as a matrix."""
    assert [letters(v) for v in _values("s", sort, value)] == texts
