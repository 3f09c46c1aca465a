"""Derivative, parity and parameters of formulas as trees."""

from collections.abc import Mapping
from fractions import Fraction

from .formula import Tree, constant_value, numeral, written_number

_PI = ("pi",)
_TWO_OVER_ROOT_PI = ("/", 2, ("sqrt", _PI))

EVEN, ODD = "even", "odd"
_ODD_FUNCTIONS = frozenset({"sin", "tan", "asin", "atan", "sinh", "tanh", "erf", "sign"})
_EVEN_FUNCTIONS = frozenset({"cos", "cosh", "abs"})


def with_values(tree: Tree, values: Mapping[str, Fraction]) -> Tree:
    """Return the tree with numbers in the place of parameters."""
    if isinstance(tree, str) and tree in values:
        return numeral(values[tree])
    if isinstance(tree, tuple):
        return (tree[0], *(with_values(part, values) for part in tree[1:]))
    return tree


def derivative(tree: Tree) -> Tree:
    """Return the derivative in x, where it exists (of steps and floors: away from their jumps)."""
    if tree == "x":
        return 1
    if not isinstance(tree, tuple) or len(tree) == 1:
        return 0
    operator, *parts = tree
    slopes = [derivative(part) for part in parts]
    if all(slope == 0 for slope in slopes):
        return 0
    if operator == "+":
        return _sum(slopes)
    if operator == "-":
        return _minus(*slopes)
    if operator == "*":
        others = [_product([*parts[:i], *parts[i + 1 :]]) for i in range(len(parts))]
        return _sum([_product([s, rest]) for s, rest in zip(slopes, others, strict=True)])
    if operator == "/":
        a, b = parts
        if slopes[1] == 0:
            return ("/", slopes[0], b)
        return _minus(("/", slopes[0], b), ("/", _product([a, slopes[1]]), ("^", b, 2)))
    if operator == "^":
        return _power_slope(parts[0], parts[1], slopes[0], slopes[1])
    if operator in ("max", "min"):
        above, below = ("step", _minus(*parts)), ("step", _minus(*parts[::-1]))
        chosen = (above, below) if operator == "max" else (below, above)
        return _sum([_product([step, slope]) for step, slope in zip(chosen, slopes, strict=True)])
    return _product([_outer_slope(operator, parts[0]), slopes[0]])


def _power_slope(base: Tree, exponent: Tree, base_slope: Tree, exponent_slope: Tree) -> Tree:
    if exponent_slope == 0:
        value = constant_value(exponent)
        lowered = numeral(value - 1) if value is not None else _minus(exponent, 1)
        return _product([exponent, base if lowered == 1 else ("^", base, lowered), base_slope])
    grown = _product([exponent_slope, ("log", base)])
    return _product(
        [("^", base, exponent), _sum([grown, _product([exponent, ("/", base_slope, base)])])]
    )


def _outer_slope(function: str, u: Tree) -> Tree:
    """Return the derivative of a function of one variable at u."""
    square = ("^", u, 2)
    gaussian = ("exp", ("-", square))
    slopes: dict[str, Tree] = {
        "sqrt": ("/", 1, ("*", 2, ("sqrt", u))),
        "exp": ("exp", u),
        "log": ("/", 1, u),
        "sin": ("cos", u),
        "cos": ("-", ("sin", u)),
        "tan": ("+", 1, ("^", ("tan", u), 2)),
        "asin": ("/", 1, ("sqrt", ("-", 1, square))),
        "acos": ("/", -1, ("sqrt", ("-", 1, square))),
        "atan": ("/", 1, ("+", 1, square)),
        "sinh": ("cosh", u),
        "cosh": ("sinh", u),
        "tanh": ("-", 1, ("^", ("tanh", u), 2)),
        "erf": ("*", _TWO_OVER_ROOT_PI, gaussian),
        "erfc": ("-", ("*", _TWO_OVER_ROOT_PI, gaussian)),
        "Phi": ("/", ("exp", ("/", ("-", square), 2)), ("sqrt", ("*", 2, _PI))),
        "abs": ("sign", u),
    }
    return slopes.get(function, 0)


def _sum(parts: list[Tree]) -> Tree:
    kept = [part for part in parts if part != 0]
    return 0 if not kept else kept[0] if len(kept) == 1 else ("+", *kept)


def _product(parts: list[Tree]) -> Tree:
    kept = [part for part in parts if part != 1]
    if any(part == 0 for part in kept):
        return 0
    return 1 if not kept else kept[0] if len(kept) == 1 else ("*", *kept)


def _minus(a: Tree, b: Tree | None = None) -> Tree:
    if b is None:
        return ("-", a)
    if b == 0:
        return a
    return ("-", b) if a == 0 else ("-", a, b)


def parity(tree: Tree) -> str | None:
    """Return "even" or "odd" if the form of the formula proves it, else None (almost everywhere).

    Sums of odd terms are odd, a product is odd if just one of two factors is, f(u) is odd if f and
    u are, and even if u is; constants are even.  The formula 0 counts as even.
    """
    if tree == "x":
        return ODD
    if not isinstance(tree, tuple) or len(tree) == 1:
        return EVEN
    operator = tree[0]
    found = [parity(part) for part in tree[1:]]
    if all(p == EVEN for p in found):
        return EVEN
    if operator in ("+", "-"):
        return ODD if all(p == ODD for p in found) else None
    if operator == "^":
        exponent = written_number(tree[2])
        if found[0] != ODD or exponent is None or exponent.denominator != 1:
            return None
        return ODD if exponent.numerator % 2 else EVEN
    if operator in ("*", "/"):
        if None in found:
            return None
        return ODD if found.count(ODD) % 2 else EVEN
    if found == [ODD]:
        return ODD if operator in _ODD_FUNCTIONS else EVEN if operator in _EVEN_FUNCTIONS else None
    return None
