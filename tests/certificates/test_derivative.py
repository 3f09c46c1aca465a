"""The derivative of terms and the continuity of terms, with the conditions where they are valid."""

from collections.abc import Callable
from typing import Any

import mpmath
import pytest

from certificates.checker import Rejected
from certificates.derivative import FUNCTIONS, continuity, derivative
from certificates.terms import number
from tests.certificates.writing import tree

FUNCTION: dict[str, Callable[..., Any]] = {
    "+": lambda *a: mpmath.fsum(a), "*": lambda *a: mpmath.fprod(a),
    "-": lambda *a: a[0] - a[1] if len(a) == 2 else -a[0], "/": lambda a, b: a / b,
    "^": lambda a, n: a ** int(n), "exp": mpmath.exp, "log": mpmath.log, "sqrt": mpmath.sqrt,
    "sin": mpmath.sin, "cos": mpmath.cos, "tan": mpmath.tan, "atan": mpmath.atan,
    "asin": mpmath.asin, "acos": mpmath.acos, "erf": mpmath.erf, "Phi": mpmath.ncdf,
    "pi": lambda: mpmath.pi,
}  # fmt: skip
TESTS = {"<": lambda a, b: a < b, "<=": lambda a, b: a <= b, "!=": lambda a, b: a != b}


def frozen(value: Any) -> Any:
    """Lists as tuples."""
    return tuple(map(frozen, value)) if isinstance(value, list) else value


def value(term: Any, x: Any, **others: Any) -> Any:
    """The value of a term at x, by mpmath."""
    exact = number(term)
    if exact is not None:
        return mpmath.mpf(exact.numerator) / exact.denominator
    if isinstance(term, str):
        return {"x": x, **others}[term]
    return FUNCTION[term[0]](*(value(a, x, **others) for a in term[1:]))


def true(formula: Any, x: Any, **others: Any) -> bool:
    """Whether a condition is true at x."""
    if formula[0] == "or":
        return any(true(f, x, **others) for f in formula[1:])
    return bool(TESTS[formula[0]](*(value(a, x, **others) for a in formula[1:])))


DIFFERENTIABLE = [
    "x", "7", "(- x)", "(+ x x 3)", "(* x x x)", "(/ x (+ 2 x))", "(/ x 3)", "(/ 1 (* x x))",
    "(^ x 0)", "(^ x 1)", "(^ x 5)", "(^ x -3)", "(^ (+ x 1) n)", "(* n (sin (* 3 x)) (exp x))",
    "(- (tan x) (* 2 x))", "(^ (erf (* 2 x)) 2)", "(Phi (/ x 2))", "(* x (Phi x))",
    *(f"({name} (* x 1/2))" for name in FUNCTIONS), "(sqrt (- 1 (* x x)))",
    "(* (sqrt (- 1 (^ x 2))) (asin x))", "(exp (- (/ (* x x) 2)))", "(log (+ 1 (exp x)))",
]  # fmt: skip


@pytest.mark.parametrize("text", DIFFERENTIABLE)
def test_derivative(text: str) -> None:
    """Where its conditions hold, the derivative is the limit of difference quotients."""
    term = frozen(tree(text))
    slope, conditions = derivative(term, "x")
    with mpmath.workdps(40):
        for point in ("0.25", "0.5", "0.8"):
            x = mpmath.mpf(point)
            for n in (-2, 0, 1, 3):
                assert all(true(c, x, n=n) for c in conditions)
                expected = mpmath.diff(lambda t, n=n: value(term, t, n=n), x)
                assert abs(value(slope, x, n=n) - expected) < mpmath.mpf(10) ** -15


@pytest.mark.parametrize(
    ("text", "slope_conditions", "closed_conditions"),
    [
        ("(/ 1 x)", ["(!= x 0)"], ["(!= x 0)"]),
        ("(/ x a)", [], []),
        ("(sqrt x)", ["(< 0 x)"], ["(<= 0 x)"]),
        ("(log x)", ["(< 0 x)"], ["(< 0 x)"]),
        ("(asin x)", ["(< (* x x) 1)"], ["(<= (* x x) 1)"]),
        ("(acos x)", ["(< (* x x) 1)"], ["(<= (* x x) 1)"]),
        ("(tan x)", ["(!= (cos x) 0)"], ["(!= (cos x) 0)"]),
        ("(^ x -1)", ["(or (<= 0 -1) (!= x 0))"], ["(or (<= 0 -1) (!= x 0))"]),
        ("(^ x n)", ["(or (<= 0 n) (!= x 0))"], ["(or (<= 0 n) (!= x 0))"]),
        ("(+ (log x) (* 2 (log x)))", ["(< 0 x)"], ["(< 0 x)"]),
        ("(sqrt a)", [], []),
        ("(log (sqrt x))", ["(< 0 x)", "(< 0 (sqrt x))"], ["(<= 0 x)", "(< 0 (sqrt x))"]),
    ],
)
def test_conditions(text: str, slope_conditions: list[str], closed_conditions: list[str]) -> None:
    """Conditions name each operation that is not differentiable, or not continuous, everywhere."""
    term = frozen(tree(text))
    assert set(derivative(term, "x")[1]) == {frozen(tree(c)) for c in slope_conditions}
    assert set(continuity(term, "x")) == {frozen(tree(c)) for c in closed_conditions}


@pytest.mark.parametrize(
    "text",
    ["(abs x)", "(max x 0)", "(ite (< x 0) 1 2)", "(expect y (* x y))", "(ceil x)",
     "(^ 2 (ceil x))", "(dual c x)", "(apply s x)", "(iter y (* y x) 3 x)"],
)  # fmt: skip
def test_no_derivative(text: str) -> None:
    """What has kinks, jumps or binders over the variable is refused."""
    with pytest.raises(Rejected):
        derivative(frozen(tree(text)), "x")


@pytest.mark.parametrize("text", ["(ite (< x 0) 1 2)", "(floor x)", "(^ 2 (ceil x))", "(dual c x)"])
def test_not_known_to_be_continuous(text: str) -> None:
    """What jumps is refused; abs, min and max do not jump."""
    with pytest.raises(Rejected):
        continuity(frozen(tree(text)), "x")
    assert continuity(frozen(tree("(max (abs x) (min x 1))")), "x") == []


def test_bound_names_are_not_the_variable() -> None:
    """A bound x is another x: the term is constant."""
    assert derivative(frozen(tree("(expect x (* x x))")), "x") == (0, [])
