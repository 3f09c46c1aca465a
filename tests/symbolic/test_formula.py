"""The parser of formulas: what it reads, what it refuses, and how it says so."""

import time
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symbolic.formula import (
    FUNCTIONS,
    MAXIMAL_DEPTH,
    MAXIMAL_TEXT,
    SYMBOLS,
    FormulaError,
    Parser,
    Tokens,
    Tree,
    constant_value,
    parse,
)

READ = [
    ("max(0, x) + a*sin(x)", ("+", ("max", 0, "x"), ("*", "a", ("sin", "x")))),
    ("1/2*x", ("*", "1/2", "x")),
    ("2/4", "1/2"),
    ("1/0", ("/", 1, 0)),
    ("-x^2", ("-", ("^", "x", 2))),
    ("(-x)^2", ("^", ("-", "x"), 2)),
    ("-1/2", "-1/2"),
    ("--x", ("-", ("-", "x"))),
    ("+x", "x"),
    ("2^-1", ("^", 2, -1)),
    ("2**x", ("^", 2, "x")),
    ("2^3^x", ("^", 2, ("^", 3, "x"))),
    ("x^2^3", ("^", "x", 8)),
    ("x^(1/2)", ("^", "x", "1/2")),
    ("x^0.5", ("^", "x", "1/2")),
    ("a - x - 1", ("-", ("-", "a", "x"), 1)),
    ("a + x + 1", ("+", "a", "x", 1)),
    ("a - x + 1 + a", ("+", ("-", "a", "x"), 1, "a")),
    ("a/x/2", ("/", ("/", "a", "x"), 2)),
    ("a*x*3/x*2", ("*", ("/", ("*", "a", "x", 3), "x"), 2)),
    ("x / x", ("/", "x", "x")),
    ("||x|-1|", ("abs", ("-", ("abs", "x"), 1))),
    ("max(a, 2, x)", ("max", ("max", "a", 2), "x")),
    ("0.25", "1/4"),
    ("2.5e-3", "1/400"),
    ("1e3", 1000),
    ("e^x + pi", ("+", ("^", ("exp", 1), "x"), ("pi",))),
    ("ln(x)", ("log", "x")),
    (" heaviside (\n x\t) ", ("step", "x")),
    ("Phi(x)*erfc(x)", ("*", ("Phi", "x"), ("erfc", "x"))),
]


@pytest.mark.parametrize(("text", "tree"), READ)
def test_reads(text: str, tree: Tree | None) -> None:
    if tree is None:
        with pytest.raises(FormulaError):
            parse(text, ("x", "a"))
    else:
        assert parse(text, ("x", "a")) == tree


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_every_function_is_read_with_its_arity_and_no_other(name: str) -> None:
    arity = FUNCTIONS[name]
    count = arity if isinstance(arity, int) else arity[0]
    assert parse(f"{name}({', '.join(['x'] * count)})") == (name, *["x"] * count)
    with pytest.raises(FormulaError, match="argument"):
        parse(f"{name}()")
    with pytest.raises(FormulaError, match="argument"):
        parse(f"{name}({', '.join(['x'] * 51)})")


REFUSED = [
    ("sinn(x)", 1, "unknown function 'sinn'; did you mean 'sin'?"),
    ("1 + y", 5, "unknown name 'y'"),
    ("x.__class__", 2, "the character '.' has no meaning here"),
    ("__import__('os')", 12, "the character"),
    ("eval(x)", 1, "unknown function 'eval'"),
    ("lambda: 0", 7, "the character ':'"),
    ("9^9^9^9", 5, "the exponent is too large"),
    ("x^(10^400)", 3, "the exponent is too large"),
    ("x^(1/1001)", 3, "the exponent is too large"),
    ("((x^1000)^1000)", 10, "the power is too large"),
    ("x^(" + "*".join(["(10^1000)^9"] * 700) + ")", 2, "the power is too large"),
    ("(" * 100 + "x" + ")" * 100, 62, "nested deeper than 60"),
    ("-" * 5000 + "x", 62, "nested deeper than 60"),
    ("abs(" * 100 + "x" + ")" * 100, 245, "nested deeper than 60"),
    ("^".join("x" * 100), 123, "nested deeper than 60"),
    ("/".join("x" * 3000), 1, "nested deeper than 60"),
    ("x" * 1_000_000, 1, "the text has 1000000 characters; at most 10000 are read"),
    ("1" * 2000, 1, "more than 1000 digits"),
    ("1e99999", 1, "more than 1000 digits"),
    ("1e" + "9" * 5000, 1, "more than 1000 digits"),
    ("max(0, x", 4, "the '(' is never closed; expected ')' at the end"),
    ("max(0; x)", 6, "the character ';'"),
    ("max(x)", 1, "max takes 2 to 50 arguments, not 1"),
    ("sin(x, x)", 1, "sin takes 1 argument, not 2"),
    ("2x", 2, "expected an operator; did you mean 2*x?"),
    ("x x", 3, "expected an operator or the end"),
    ("(x x)", 4, "expected an operator or ')'"),
    ("sin x", 5, "sin is a function; expected its arguments in brackets"),
    ("x(2)", 1, "x is not a function; did you mean x*(...)?"),
    ("pi(2)", 1, "pi is not a function"),
    ("δ + 1", 1, "did you mean 'delta'?"),
    ("x − 1", 3, "did you mean '-'?"),
    ("[x]", 1, "did you mean '('?"),
    ("", 1, "found the end; expected a number, a name or '('"),
    ("x +", 4, "found the end"),
    ("x)", 2, "found ')'"),
    ("*x", 1, "found '*'"),
    ("|x", 1, "the '|' is never closed"),
    ("1.", 2, "the character '.'"),
    (".5", 1, "the character '.'"),
    ("x\x00", 2, "has no meaning here"),
]


@pytest.mark.parametrize(("text", "column", "sentence"), REFUSED)
def test_refuses_with_one_sentence_and_the_column(text: str, column: int, sentence: str) -> None:
    start = time.perf_counter()
    with pytest.raises(FormulaError) as caught:
        parse(text)
    assert time.perf_counter() - start < 0.5
    error = caught.value
    assert sentence in error.sentence
    assert error.column == column
    first, quoted, caret = str(error).split("\n")
    assert first == error.sentence
    assert len(quoted) < 80 and caret.strip() == "^"
    if len(text) <= MAXIMAL_TEXT and column <= len(text) and text[column - 1].isprintable():
        assert quoted[caret.index("^")] == text[column - 1]


def test_an_error_on_a_later_line_names_and_quotes_that_line() -> None:
    with pytest.raises(FormulaError) as caught:
        parse("x +\n  coz(x) + 1")
    assert (caught.value.line, caught.value.column) == (2, 3)
    assert str(caught.value).split("\n")[1:] == ["    coz(x) + 1", "    ^"]


def test_the_deepest_brackets_that_are_read() -> None:
    assert parse("(" * MAXIMAL_DEPTH + "x" + ")" * MAXIMAL_DEPTH) == "x"


def test_a_larger_language_adds_symbols_words_and_functions() -> None:
    class Comparisons(Parser):
        def comparison(self) -> Tree:
            left = self.expression()
            operator = self.tokens.expect("<=", "between two numbers")
            tree = (operator.text, left, self.expression())
            self.end()
            return tree

    def read(text: str) -> Tree:
        tokens = Tokens(text, (*SYMBOLS, "<=", "<"))
        return Comparisons(tokens, ["x"], {**FUNCTIONS, "B": 3}, reserved=["and"]).comparison()

    assert read("x<=B(1, 2, x)") == ("<=", "x", ("B", 1, 2, "x"))
    with pytest.raises(FormulaError, match="found '<'; expected '<=' between two numbers"):
        read("x < 1")
    with pytest.raises(FormulaError, match="found 'and'; expected a number, a name"):
        read("x <= and")
    with pytest.raises(FormulaError, match="B takes 3 arguments, not 1"):
        read("B(1) <= x")


@given(st.text(alphabet="x1290.+-*/^()|, abmsinecpt", max_size=40))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        tree = parse(text)
    except FormulaError:
        return
    assert parse(f"({text})") == tree


@given(st.fractions(), st.fractions(min_value=1, max_value=50, max_denominator=9))
def test_constants_are_exact(a: Fraction, b: Fraction) -> None:
    text = f"({a}) * ({b}) - ({a}) / ({b})"
    assert constant_value(parse(text)) == a * b - a / b
