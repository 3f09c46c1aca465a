"""The terms that `price` and `primitive` build, against quadrature: breaks off 0, jumps, tails."""

from collections.abc import Callable
from itertools import pairwise
from math import erf, exp, pi, sqrt
from typing import Any

import numpy as np
import pytest

from certificates.checker import Goal
from certificates.rules.changes import reweight, shift
from certificates.rules.pieces import Pieces
from certificates.rules.price import price_slope
from certificates.rules.primitive import integrand, total
from certificates.rules.stein import stein_sum
from certificates.terms import number
from tests.certificates.gaussian_cases import term

GOAL = Goal({}, (), ("=", 0, 0))
NODES, WEIGHTS = np.polynomial.legendre.leggauss(60)
FAR = 9.0
OPERATIONS: dict[str, Callable[..., float]] = {
    "exp": exp, "sqrt": sqrt, "Phi": lambda a: (1 + erf(a / sqrt(2))) / 2, "pi": lambda: pi,
    "sin": np.sin, "cos": np.cos,
}  # fmt: skip


def value(tree: Any, at: dict[str, float]) -> float:
    """The value of a term in floating point, its expectations by quadrature."""
    exact = number(tree)
    if exact is not None:
        return float(exact)
    if isinstance(tree, str):
        return at[tree]
    op, args = tree[0], tree[1:]
    if op == "ite":
        (_, a, b), yes, no = args
        return value(yes if value(a, at) < value(b, at) else no, at)
    if op == "expect":
        return mean(lambda t: value(args[1], {**at, args[0]: t}))
    values = [value(a, at) for a in args]
    if op in ("+", "*"):
        return float(sum(values)) if op == "+" else float(np.prod(values))
    if op == "-":
        return values[0] - values[1] if len(values) == 2 else -values[0]
    if op in ("/", "^"):
        return values[0] / values[1] if op == "/" else values[0] ** values[1]
    return float(OPERATIONS[op](*values))


def mean(function: Any, cells: int = 100) -> float:
    """E f(X) by Gauss's rule in small cells of equal size: jumps do little harm."""
    ends = np.linspace(-FAR, FAR, cells + 1)
    points = [(a + b) / 2 + (b - a) / 2 * NODES for a, b in pairwise(ends)]
    half = FAR / cells
    return float(
        sum(
            half * w * function(t) * exp(-t * t / 2) / sqrt(2 * pi)
            for cell in points
            for t, w in zip(cell, WEIGHTS, strict=True)
        )
    )


def read(name: str, breaks: list[Any], pieces: list[str]) -> Pieces:
    """Pieces in Lisp's notation."""
    return Pieces(name, tuple(breaks), tuple(term(p).tree for p in pieces))


def product(found: Pieces, at: float) -> float:
    """The function at a point."""
    index = sum(at > value(b, {}) for b in found.breaks)
    return value(found.pieces[index], {found.name: at})


def joint(left: Pieces, right: Pieces, r: float) -> float:
    """E[f(X) g(Y)], the inner integral split at the breaks of g, the outer one at those of f."""

    def split(function: Any, breaks: list[float]) -> float:
        ends = [-FAR, *sorted(b for b in breaks if -FAR < b < FAR), FAR]
        total = 0.0
        for a, b in pairwise(ends):
            for t, w in zip((a + b) / 2 + (b - a) / 2 * NODES, WEIGHTS, strict=True):
                total += (b - a) / 2 * w * function(t) * exp(-t * t / 2) / sqrt(2 * pi)
        return total

    s = sqrt(1 - r * r)
    breaks = [float(value(b, {})) for b in right.breaks]

    def outer(x: float) -> float:
        inner = split(lambda z: product(right, r * x + s * z), [(d - r * x) / s for d in breaks])
        return product(left, x) * inner

    return split(outer, [float(value(b, {})) for b in left.breaks])


@pytest.mark.parametrize("r", [pytest.param(-0.55, marks=pytest.mark.slow), 0.3])
def test_price(r: float) -> None:
    """D(rho) with jumps in f and g, and in their derivatives, is the slope of E[f(X) g(Y)]."""
    left = read("x", ["-1/2", 1], ["(* 2 x)", "(+ 1 (* x x))", "(- x 1/2)"])
    right = read("y", ["1/3"], ["(- 1 y)", "(+ 2 (* y (exp (- (* y y)))))"])
    slope = price_slope(GOAL.extended({"r": "real"}), "r", left, right)
    step = 1e-3
    values = [joint(left, right, r + k * step) for k in (-2, -1, 1, 2)]
    expected = (values[0] - 8 * values[1] + 8 * values[2] - values[3]) / (12 * step)
    parts = [value(part, {"r": r}) for part in slope[3:] if part[0] == "*"]
    smooth = joint(left.slopes(), right.slopes(), r)
    assert len(parts) == 2 + 1 + 2  # two jumps of f, one of g, and the pairs of them
    assert abs(sum(parts) + smooth - expected) < 8e-3 * abs(expected)  # the quadrature of the parts
    for k in range(len(parts)):
        assert abs(sum(parts) - parts[k] + smooth - expected) > 2e-2 * abs(expected)


@pytest.mark.parametrize("r", [pytest.param(0.6, marks=pytest.mark.slow), 0.3])
def test_stein(r: float) -> None:
    """The sum of Stein's identity is E[X f(X) g(Y)], with jumps in f and g; each part is needed."""
    left = read("x", ["-1/2", 1], ["(* 2 x)", "(+ 1 (* x x))", "(- x 1/2)"])
    right = read("y", ["1/3"], ["(- 1 y)", "(+ 2 (* y (exp (- (* y y)))))"])
    goal = GOAL.extended({"r": "real"})
    functions = [side.term(goal) for side in (left, right)]
    terms = stein_sum(goal, "r", (left, functions[0]), (right, functions[1]))[3:]
    raised = Pieces("x", left.breaks, tuple(("*", "x", p) for p in left.pieces))
    expected = joint(raised, right, r)
    smooth = joint(left.slopes(), right, r) + r * joint(left, right.slopes(), r)
    edges = [value(part, {"r": r}) for part in terms if "expect2" not in repr(part)]
    assert len(terms) == 2 + 3 and len(edges) == 3  # two jumps of f, one of g
    assert abs(sum(edges) + smooth - expected) < 8e-3 * abs(expected)
    for edge in edges:
        assert abs(sum(edges) - edge + smooth - expected) > 1e-2 * abs(expected)


FUNCTION = "(* (+ 2 (sin (+ x (* 2 y)))) (+ 1 (* x y)))"


@pytest.mark.parametrize(
    ("rule", "body"),
    [
        (shift, f"(* (exp (+ (* 1/2 x) (* -1/3 y))) {FUNCTION})"),
        (reweight, f"(* {FUNCTION} (exp (- (+ (* 1/2 (^ x 2)) (* 2 (^ y 2))))))"),
    ],
)
def test_changes_of_variables(rule: Any, body: str) -> None:
    """E exp(a X + b Y) f and E f exp(-a X^2 - b Y^2) with their factors, means and variances."""
    r = 0.3
    before = ("expect2", "r", "x", "y", term(body).tree)
    _, (_, _, after) = rule(GOAL.extended({"r": "real"}), before)
    expected, found = smooth_value(before, {"r": r}), smooth_value(after, {"r": r})
    assert abs(expected - found) < 1e-9 * abs(expected)
    for other in (-0.3, 0.31):
        assert abs(smooth_value(after, {"r": other}) - expected) > 1e-4 * abs(expected)


def smooth_value(tree: Any, at: dict[str, float]) -> float:
    """The value of a term with expectations of smooth functions of two variables."""
    if isinstance(tree, tuple) and tree[0] == "expect2":
        _, rho, x, y, body = tree
        r = value(rho, at)
        nodes, weights = np.polynomial.hermite_e.hermegauss(50)
        total_ = 0.0
        for (u, v), (w, z) in zip(product_of(nodes), product_of(weights), strict=True):
            total_ += w * z * value(body, {**at, x: u, y: r * u + sqrt(1 - r * r) * v})
        return total_ / (2 * pi)
    if isinstance(tree, tuple) and tree[0] in ("*", "/"):
        first, *others = (smooth_value(a, at) for a in tree[1:])
        return first / others[0] if tree[0] == "/" else float(first * np.prod(others))
    return value(tree, at)


def product_of(values: Any) -> Any:
    """All pairs of the values."""
    return [(a, b) for a in values.tolist() for b in values.tolist()]


def test_primitive() -> None:
    """The increments of P phi + sum c Phi(x + b) are the integral of their function."""
    found = read("x", ["-1/2", 1], ["(* 2 x)", "(+ 1 (* x x))", "3"])
    tails = ((), ((2, 0), (-1, "1/2")), ((1, -1),))
    functions = tuple(integrand(GOAL, "x", p, tails[k]) for k, p in enumerate(found.pieces))
    function = Pieces("x", found.breaks, functions)
    one = read("y", [], ["1"])
    expected = joint(function, one, 0.0)
    assert abs(value(total(GOAL, found, tails), {}) - expected) < 1e-9
    other = (*tails[:2], ((1, "-1/2"),))
    assert abs(value(total(GOAL, found, other), {}) - expected) > 1e-2
