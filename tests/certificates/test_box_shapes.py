"""The steps of `boxes` by shape and by other forms: what they prove, and what they must not."""

import copy
import json
from typing import Any

import pytest

from tests.certificates.test_boxes import CLEAR, Tried, _verdict, factor, perturbed, slope, whole
from tests.certificates.writing import A, Json, sums

H = "holds"
TRUE = {"by": "goal", "evidence": A}
UNIT = ["(<= 0 x)", "(<= x 1)"]
PAIR = ["(<= -1 x)", "(<= x 1)", "(<= -1 y)", "(<= y 1)"]
SQUARE = [["x", -1, 1], ["y", -1, 1]]


def concave(bent: Any, low: Any, high: Any, strict: str = "ends") -> Json:
    return {"by": "concave", "name": "x", "strict": strict, "curvature": bent, "low": low,
            "high": high}  # fmt: skip


def valley(at: str, cofactor: str, sides: Any, face: Any, inside: Any = None) -> Json:
    return {"by": "valley", "name": "x", "at": whole(at), "inside": inside or [H, H],
            "cofactor": whole(cofactor), "sides": sides, "face": face}  # fmt: skip


def critical(at: str, bent: Any, rising: Any, falling: Any, face: Any, inside: Any = None) -> Json:
    return {"by": "critical", "name": "x", "at": whole(at), "inside": inside or [H, H],
            "curvature": bent, "rising": rising, "falling": falling, "face": face}  # fmt: skip


def power(left: str, right: str, q: Any, then: Any, nonnegative: Any = H) -> Json:
    return {"by": "power", "left": whole(left), "right": whole(right), "exponent": q, "roots": [],
            "nonnegative": nonnegative, "then": then}  # fmt: skip


def product(g: str, h: str, then: Any, roots: Any = (), exponents: Any = ()) -> Json:
    return {"by": "product", "factor": whole(g), "of": whole(h), "roots": [whole(r) for r in roots],
            "exponents": [whole(t) for t in exponents], "then": then}  # fmt: skip


def period(then: Any) -> Json:
    return {"by": "periodic", "name": "x", "then": then}


BOUNDS = [
    {"by": "goal", "evidence": sums([1, [[0, 1]]], [1, [[2, 1]]])},
    {"by": "goal", "evidence": sums([1, [[1, 1]]], [1, [[2, 1]]])},
]
EXP = {"by": "exp", "then": H}
APART = {"by": "logarithms", "then": {"by": "goal", "evidence": A}}

ACCEPTED: list[Tried] = [
    ("x:real", [*UNIT, "(<= (* x x) x)"], [["x", 0, 1]], concave(H, H, H)),
    ("x:real", ["(< 0 x)", "(< x 1)", "(< (* x x) x)"], [["x", 0, 1]],
     concave(H, H, H, "curvature")),
    ("x:real", [*UNIT, "(<= (exp x) (+ 1 (* 2 x)))"], [["x", 0, 1]], concave(H, H, H)),
    ("x:real", ["(< 0 x)", "(< x 1)", "(<= (* x x) x)"], [["x", 0, 1]],
     concave(H, "limit", "limit")),
    ("x:real y:real", [*PAIR, "(<= (* 2 x y) (+ (^ x 2) (^ y 2)))"], SQUARE,
     valley("y", "2", H, TRUE, BOUNDS)),
    ("x:real y:real", [*PAIR, "(<= (* 2 x y) (+ (^ x 2) (^ y 2)))"], SQUARE,
     critical("y", H, TRUE, TRUE, TRUE, BOUNDS)),
    ("x:real", ["(<= -1 x)", "(<= x 1)", "(<= (+ 1 x) (exp x))"], [["x", -1, 1]],
     critical("0", H, H, H, H)),
    ("x:real", ["(<= (cos x) 1)"], [["x", "-inf", "inf"]], period(H)),
    ("x:real", ["(<= (+ (sin x) (cos (- 1 (* 2 x)))) 5/2)"], [["x", "-inf", "inf"]], period(H)),
    ("x:real", ["(<= 1 x)", "(<= (log x) (log (+ 1 x)))"], [["x", 1, "inf"]],
     {"by": "exp", "then": product("1", "1", H)}),
    ("x:real y:real", ["(< 0 x)", "(< 0 y)", "(<= (log (/ x y)) (- (log x) (log y)))"],
     [["x", 0, "inf"], ["y", 0, "inf"]], APART),
    ("x:real y:real", ["(< 0 x)", "(<= (* y (log (* (exp y) x))) (* y (+ y (log x))))"],
     [["x", 0, "inf"], ["y", "-inf", "inf"]], APART),
    ("x:real", ["(<= 0 x)", "(<= x (log (+ (exp x) 1)))"], [["x", 0, "inf"]],
     {"by": "exp", "then": product("1", "1", H)}),
    ("x:real", ["(<= 0 x)", "(<= x (sqrt (+ 1 (^ x 2))))"], [["x", 0, "inf"]],
     power("x", "(sqrt (+ 1 (^ x 2)))", 2, product("1", "1", H, ["(sqrt (+ 1 (^ x 2)))"]))),
    ("x:real", ["(<= 0 x)", "(<= (rpow x 1/3) (rpow (+ 1 x) 1/3))"], [["x", 0, "inf"]],
     power("(rpow x 1/3)", "(rpow (+ 1 x) 1/3)", 3,
           product("1", "1", H, ["(rpow x 1/3)", "(rpow (+ 1 x) 1/3)"]), "odd")),
    ("x:real", ["(<= 1 x)", "(<= (exp x) (* (exp (* 2 x)) x))"], [["x", 1, "inf"]],
     product("(exp x)", "(- (* x (exp x)) 1)", H, [], ["x", "(* 2 x)"])),
    ("x:real", ["(<= 0 x)", "(<= 0 (+ (* (+ 1 x) (atan x)) x))"], [["x", 0, "inf"]],
     product("(+ 1 x)", "(+ (atan x) (/ x (+ 1 x)))", H)),
]  # fmt: skip


@pytest.mark.parametrize("case", ACCEPTED)
def test_steps_that_prove(case: Tried) -> None:
    assert _verdict(case) == "holds"


REJECTED: list[Tried] = [
    # concave: convex, a negative end, an end that is attained, an infinite one, no derivative
    ("x:real", [*UNIT, "(<= x (* x x))"], [["x", 0, 1]], concave(H, H, H)),
    ("x:real", [*UNIT, "(<= (* x x) (- x 1/8))"], [["x", 0, 1]], concave(H, H, H)),
    ("x:real", [*UNIT, "(< (* x x) x)"], [["x", 0, 1]], concave(H, H, H)),
    ("x:real", [*UNIT, "(< (* x x) x)"], [["x", 0, 1]], concave(H, H, H, "curvature")),
    ("x:real", ["(< 0 x)", "(<= x 1)", "(< (* x x) x)"], [["x", 0, 1]],
     concave(H, H, H, "curvature")),
    ("x:real", ["(<= 0 x)", "(<= (* x x) x)"], [["x", 0, "inf"]], concave(H, H, H)),
    ("x:real", ["(<= -1 x)", "(<= x 1)", "(<= 1 (abs x))"], [["x", -1, 1]], concave(H, H, H)),
    ("x:real", ["(<= -1 x)", "(<= x 1)", "(!= x 0)", "(<= (/ 1 x) 1)"], [["x", -1, 1]],
     concave(H, H, H)),
    # the limit at an end that is a value, or a limit that is negative
    ("x:real", [*UNIT, "(<= (* x x) (- x 1/1000000000000))"], [["x", 0, 1]],
     concave(H, "limit", "limit")),
    ("x:real", ["(< 0 x)", "(< x 1)", "(<= (* x x) (- x 1/1000000000000))"], [["x", 0, 1]],
     concave(H, "limit", "limit")),
    # valley: another slope, a negative cofactor, a place outside the range, a negative face
    ("x:real y:real", [*PAIR, "(<= (* 3 x y) (+ (^ x 2) (^ y 2)))"], SQUARE,
     valley("y", "2", H, TRUE, BOUNDS)),
    ("x:real y:real", [*PAIR, "(<= (+ (^ x 2) (^ y 2)) (* 2 x y))"], SQUARE,
     valley("y", "-2", H, TRUE, BOUNDS)),
    ("x:real y:real", ["(<= 0 x)", "(<= x 1)", "(<= 2 y)", "(<= y 3)",
      "(<= (* 2 x y) (+ (^ x 2) (* 1/2 y y)))"], [["x", 0, 1], ["y", 2, 3]],
     valley("y", "2", H, H, [H, H])),
    ("x:real y:real", [*PAIR, "(<= (+ 1/8 (* 2 x y)) (+ (^ x 2) (^ y 2)))"], SQUARE,
     valley("y", "2", H, TRUE, BOUNDS)),
    ("x:real y:real", [*PAIR, "(< (* 2 x y) (+ (^ x 2) (^ y 2)))"], SQUARE,
     valley("y", "2", H, TRUE, BOUNDS)),
    ("x:real y:real", [*PAIR, "(<= (* 2 x y) (+ (* 2 x x) (* -1 y)))"], SQUARE,
     valley("x", "2", H, TRUE, BOUNDS)),
    # critical: concave there, a slope at the place that is not 0, a kink
    ("x:real", ["(<= -1 x)", "(<= x 1)", "(<= (+ (* 3/2 x x) 1) (+ (exp x) 0))"], [["x", -1, 1]],
     critical("0", H, H, H, H)),
    ("x:real", ["(<= -1 x)", "(<= x 1)", "(<= (+ 1 (* 2 x)) (exp x))"], [["x", -1, 1]],
     critical("0", H, H, H, H)),
    ("x:real", ["(<= -1 x)", "(<= x 1)", "(<= x (abs x))", "(<= 1 (abs x))"], [["x", -1, 1]],
     critical("0", H, H, H, H)),
    ("x:real y:real", [*PAIR, "(<= (* 3 x y) (+ (^ x 2) (^ y 2)))"], SQUARE,
     critical("y", H, TRUE, TRUE, TRUE, BOUNDS)),
    # periods: no period, half a period, the variable outside
    ("x:real", ["(<= (sin (* 1/2 x)) (sin 2))"], [["x", "-inf", "inf"]], period(H)),
    ("x:real", ["(<= x 4)"], [["x", "-inf", "inf"]], period(H)),
    ("x:real", ["(<= (+ (sin x) (* 1/100 x)) 2)"], [["x", "-inf", "inf"]], period(H)),
    ("x:real", ["(<= (sin (* x x)) (sin 1))"], [["x", "-inf", "inf"]], period(H)),
    ("x:real", ["(<= (cos x) 1/2)"], [["x", "-inf", "inf"]], period(H)),
    # logarithms: of parts that may be negative, another sum, a little less
    ("x:real", ["(!= x 0)", "(<= (log (* x x)) (+ (log x) (log x)))"], [["x", "-inf", "inf"]],
     APART),
    ("x:real y:real", ["(< 0 x)", "(< 0 y)", "(<= (log (/ x y)) (- (log y) (log x)))"],
     [["x", 0, "inf"], ["y", 0, "inf"]], APART),
    ("x:real y:real", ["(< 0 x)", "(< 0 y)", "(<= (log (+ x y)) (+ (log x) (log y)))"],
     [["x", 0, "inf"], ["y", 0, "inf"]], APART),
    ("x:real y:real", ["(< 0 x)", "(< 0 y)",
      "(<= (+ 1/1000000000000 (log (* x y))) (+ (log x) (log y)))"],
     [["x", 0, "inf"], ["y", 0, "inf"]], APART),
    # exponentials and powers: the other way round, a right side that may be negative
    ("x:real", ["(<= 1 x)", "(<= (log (+ 1 x)) (log x))"], [["x", 1, "inf"]], EXP),
    ("x:real", ["(<= -2 x)", "(<= x 2)", "(<= 1 x)"], [["x", -2, 2]],
     power("1", "x", 2, H)),
    ("x:real", ["(<= -3 x)", "(<= x -2)", "(<= 1 x)"], [["x", -3, -2]], power("1", "x", 2, H)),
    ("x:real", ["(<= -3 x)", "(<= x -2)", "(<= 1 x)"], [["x", -3, -2]],
     power("1", "x", 2, H, "odd")),
    ("x:real", ["(<= -3 x)", "(<= x -2)", "(<= 1 x)"], [["x", -3, -2]],
     power("1", "x", 3, H, "odd")),
    ("x:real", [*UNIT, "(<= 2 x)"], [["x", 0, 1]], power("1", "(+ x 1)", 2, H)),
    # products: another one, a factor that may be negative, exponentials that differ
    ("x:real", ["(<= 1 x)", "(<= (exp (* 3 x)) (* (exp (* 2 x)) x))"], [["x", 1, "inf"]],
     product("(exp x)", "(- (* x (exp x)) 1)", H, [], ["x", "(* 2 x)", "(* 3 x)"])),
    ("x:real", ["(<= -1 x)", "(<= 0 (* x 2))"], [["x", -1, "inf"]], product("x", "2", H)),
    ("x:real", ["(<= 0 x)", "(< 0 (* x 2))"], [["x", 0, "inf"]], product("x", "2", H)),
    ("x:real", ["(<= 0 x)", "(<= 0 (- (^ (rpow x 2/3) 3) x))"], [["x", 0, "inf"]],
     product("1", "0", H, ["(rpow x 2/3)"])),
    ("x:real", ["(<= x 0)", "(<= 0 (^ (sqrt x) 2))"], [["x", "-inf", 0]],
     product("1", "x", slope("x", "+", H, "limit"), ["(sqrt x)"])),
    ("x:real", ["(!= x 0)", "(<= 0 (/ 1 x))"], [["x", "-inf", "inf"]],
     product("1", "(/ (* x x) (* x x x))", CLEAR)),
    ("x:real", ["(<= 0 x)", "(<= 1 x)"], [["x", 0, "inf"]], factor("1", "(- x 1)", H)),
]  # fmt: skip


@pytest.mark.parametrize("case", REJECTED)
def test_steps_that_do_not_prove(case: Tried) -> None:
    assert _verdict(case) == "rejected"


@pytest.mark.parametrize("case", REJECTED)
def test_changed_steps_do_not_prove_false_claims(case: Tried) -> None:
    variables, formulas, names, leaf = case
    for other in perturbed(copy.deepcopy(leaf)):
        assert _verdict((variables, formulas, names, json.loads(json.dumps(other)))) == "rejected"
