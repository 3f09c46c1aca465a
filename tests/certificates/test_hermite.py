"""Hermite polynomials in statements: values, obligations, normal forms, derivatives."""

from fractions import Fraction
from itertools import product

import pytest
from sympy import Rational, Symbol, hermite_prob

from certificates.checker import Checker, Rejected, Statement, digest, obligations
from certificates.derivative import continuity, derivative
from certificates.dyadic import Indeterminate, Undefined
from certificates.evaluation import MOST_HERMITE, Evaluator
from certificates.normal import Normaliser
from symbolic.hermite import monic_coefficients
from tests.certificates.writing import A, document, statement, tree

NORMAL = Normaliser({})
K_OF_X = ("hermite", "k", "x")


def powers(n: int) -> tuple[object, ...]:
    """He_n(x) in powers of x, from another implementation."""
    return ("+", 0, 0, *(("*", c, ("^", "x", i)) for i, c in enumerate(monic_coefficients(n))))


def test_numerals_are_written_out() -> None:
    """He_n(x) for a numeral n has the normal form of its powers, and not that of another."""
    for n in (0, 1, 2, 3, 10, 40):
        assert NORMAL.key(("hermite", n, "x")) == NORMAL.key(powers(n))
        assert NORMAL.key(("hermite", n + 2, "x")) != NORMAL.key(powers(n))
    assert NORMAL.key(("hermite", ("-", 3, 1), 2)) == NORMAL.key(3)
    assert NORMAL.term(("hermite", -1, "x")) == {}  # what the completion says
    assert NORMAL.key(K_OF_X) != NORMAL.key(("hermite", ("+", "k", 1), "x"))
    assert NORMAL.key(("hermite", 65, 2)).startswith("[1*(hermite")


@pytest.mark.parametrize(("n", "at"), [*product((0, 1, 2, 7), (Fraction(-3, 2), Fraction(4)))])
def test_values(n: int, at: Fraction) -> None:
    """At points the value is that of SymPy's polynomial."""
    found = Evaluator(64, {}).term(K_OF_X, {"k": n, "x": at})
    exact = hermite_prob(n, Symbol("t")).subs(Symbol("t"), Rational(at.numerator, at.denominator))
    assert found == Fraction(int(exact.p), int(exact.q))


def test_no_value() -> None:
    """A negative index has no value; a very large one is not evaluated."""
    with pytest.raises(Undefined, match="negative index"):
        Evaluator(64, {}).term(K_OF_X, {"k": -1, "x": 2})
    with pytest.raises(Indeterminate, match="too high a degree"):
        Evaluator(64, {}).term(K_OF_X, {"k": MOST_HERMITE + 1, "x": 2})


def test_the_index_is_an_obligation() -> None:
    """0 <= n has to be shown, but for a numeral; a statement that lacks it is not proved."""
    same = "(= (hermite n x) (hermite n x))"
    for given, evidence, holds in (
        (["(<= 0 n)", same], [A], True), ([same], [A], False), ([same], [], False),
        (["(<= -1 n)", same], [A], False),
    ):  # fmt: skip
        says = statement("x:real n:int", *given)
        assert len(obligations(Statement.parse(says))) == 1
        found = document(says, A, definedness=evidence)
        checker = Checker({digest(found): found})
        if holds:
            assert checker.check(digest(found)).verdict == "holds"
        else:
            with pytest.raises(Rejected):
                checker.check(digest(found))
    assert not obligations(Statement.parse(statement("x:real", "(<= 0 (^ (hermite 3 x) 2))")))


def test_derivative() -> None:
    """He_n(a)' = n He_(n-1)(a) a' for each numeral n, 0 included; the index must be constant."""
    for n in range(8):
        slope, conditions = derivative(("hermite", n, ("*", 2, "x")), "x")
        expected = derivative(powers(n), "x")[0]
        doubled = Normaliser({}).key(("*", 2, ("hermite", n - 1, ("*", 2, "x")), n))
        assert NORMAL.key(slope) == doubled and conditions == []
        assert NORMAL.key(derivative(("hermite", n, "x"), "x")[0]) == NORMAL.key(expected)
    assert continuity(K_OF_X, "x") == []
    for wrong in (("hermite", ("floor", "x"), "x"), ("hermite", ("ceil", "x"), 2)):
        with pytest.raises(Rejected):
            derivative(wrong, "x")
        with pytest.raises(Rejected):
            continuity(wrong, "x")


def test_no_capture() -> None:
    """The index and the argument are read in their own scope."""
    bound = tree("(expect x (hermite n x))")
    assert NORMAL.key(bound) == NORMAL.key(tree("(expect y (hermite n y))"))
    assert NORMAL.key(bound) != NORMAL.key(tree("(expect x (hermite n y))"))
