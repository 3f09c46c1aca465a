"""What the paper's theorems ask of an activation that is known through enclosures.

The ranges of sigma, sigma' and sigma'' are enclosed on [-R, R] by branch and bound in balls, and
for |x| >= R by the rules of `growth`.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from itertools import count, pairwise
from types import MappingProxyType

from flint import acb, arb

from .branches import JUMPING, SWITCHING, contains, pieces
from .enclosure import working_precision
from .formula import Tree, parse
from .growth import TooFast, bound, polynomial
from .series import SeriesActivation
from .tree_calculus import EVEN, ODD, derivative, parity
from .tree_values import ball, value

RADII = (8, 16, 32)
"""The R that are tried."""

BITS = 96
"""The working precision; a range is given with a relative error of about TOLERANCE."""

TOLERANCE = arb(2) ** -20

MOST_BOXES = 6000

LARGE = MappingProxyType(
    {
        "sigmoid": "1/2 + tanh(x/2)/2",
        "softplus": "(x + |x|)/2 + log(1 + exp(-|x|))",
        "silu": "x/2 + x*tanh(x/2)/2",
        "mish": "x*tanh(max(x, 0) + log(1 + exp(-|x|)))",
        "softsign": "sign(x)*(1 - 1/(1 + |x|))",
        "arctan": "pi/2*sign(x) - atan(x^(-1))",
        "log_sigmoid": "(x - |x|)/2 - log(1 + exp(-|x|))",
        "gelu_tanh": "x/2 + x/2*tanh(sqrt(2/pi)*(x + 0.044715*x^3))",
    }
)
"""The same functions in a form that shows what they are for large |x|, and their parity."""

UNBOUNDED: Mapping[str, str] = MappingProxyType(
    {
        "softplus": "sigma(x)/x tends to 1 as x grows",
        "silu": "sigma(x)/x tends to 1 as x grows",
        "mish": "sigma(x)/x tends to 1 as x grows",
        "log_sigmoid": "sigma(x)/x tends to 1 as x tends to minus infinity",
        "tanh_shrink": "sigma(x)/x tends to 1 as x grows",
        "gelu_tanh": "sigma(x)/x tends to 1 as x grows",
    }
)


class Undecided(ValueError):
    """What is asked was not decided; says why."""


Range = tuple[arb, arb]
"""Balls around the infimum and the supremum of a function."""


def forms(sigma: SeriesActivation) -> tuple[Tree, Tree]:
    """Return sigma as it is given, and in a form that is good for large |x|."""
    name = sigma.name.removeprefix("normalised(").removesuffix(")")
    return sigma.tree, parse(LARGE[name]) if name in LARGE else sigma.tree


def range_of(near: Tree, far: Tree) -> Range:
    """Return the range over the reals of a function that is given in two forms.

    Raises Undecided where no finite range is found.
    """
    with working_precision(BITS):
        for radius in map(arb, RADII):
            try:
                tails = [bound(far, radius, side) for side in (1, -1)]
            except TooFast as reason:
                raise Undecided(str(reason)) from None
            high = tails[0].high.max(tails[1].high)
            low = tails[0].low.min(tails[1].low)
            if high.is_finite() and low.is_finite():
                least = _supremum(("-", near), radius, -low)
                return -least, _supremum(near, radius, high)
    raise Undecided("no bound is found for large |x|")


def _supremum(tree: Tree, radius: arb, tail: arb) -> arb:
    """Return a ball around the supremum, of which `tail` is a bound for |x| >= radius.

    The interval with the largest bound is halved until that bound is close to a value; the tail's
    bound counts as long as it is larger.
    """
    places = [arb(0), *(sign * k * radius for sign in (1, -1) for k in (1, 8, 2**30))]
    best = max(_at(tree, place).lower() for place in places)
    number = count()
    heap: list[tuple[float, int, arb, arb, arb]] = []

    def push(low: arb, high: arb) -> None:
        found = _at(tree, low.union(high))
        top = found.upper() if found.is_finite() else arb.pos_inf()
        heapq.heappush(heap, (-float(top), next(number), top, low, high))

    push(-radius, radius)
    for _ in range(MOST_BOXES):
        _, _, top, low, high = heap[0]
        if top.is_finite() and top - best <= TOLERANCE * (1 + abs(best)):
            break
        heapq.heappop(heap)
        middle = (low + high) / 2
        middle = arb(middle.mid())
        best = max(best, _at(tree, middle).lower())
        push(low, middle)
        push(middle, high)
    top = tail
    for entry in heap:  # all of them: the order of the heap is that of rounded numbers
        top = top.max(entry[2])
    if not top.is_finite():
        raise Undecided("no bound is found on an interval")
    return best.union(top)


def _at(tree: Tree, point: arb) -> arb:
    return value(tree, acb(point)).real


def size(found: Range) -> arb:
    """Return a ball around the supremum of the absolute value."""
    return found[1].max(-found[0])


def real_slope(tree: Tree) -> Tree:
    """Return the derivative, for bounds: 1 - tanh(u)^2 is 4E/(1 + E)^2 with E = exp(-2|u|)."""
    return _falling(derivative(tree))


def _falling(tree: Tree) -> Tree:
    if not isinstance(tree, tuple):
        return tree
    match tree:
        case ("-", 1, ("^", ("tanh", u), 2)):
            e = ("exp", ("*", -2, ("abs", _falling(u))))
            return ("/", ("*", 4, e), ("^", ("+", 1, e), 2))
    return (tree[0], *(_falling(part) for part in tree[1:]))


def deviation(sigma: SeriesActivation) -> arb:
    """Return a ball around the standard deviation of the activation before it is normalised."""
    plain = SeriesActivation(sigma.name, sigma.tree)
    return plain.variance_enclosure(BITS).sqrt()


def sub_gaussian(sigma: SeriesActivation) -> tuple[arb, str]:
    """Return an alpha with E exp(t (sigma(X) - m)/s) <= exp(t^2 alpha^2/2), condition (3), and why.

    Raises Undecided.
    """
    near, far = forms(sigma)
    found: list[tuple[arb, str]] = []
    why = "no bound of sigma or of its slope is found"
    with working_precision(BITS):
        s = deviation(sigma)
        try:
            low, high = range_of(near, far)
            found.append(
                ((high - low) / 2 / s, "half the range of sigma over s (Hoeffding's lemma)")
            )
        except Undecided:
            pass
        if not contains(near, JUMPING):
            try:
                slope = size(range_of(derivative(near), real_slope(far)))
                words = "the Lipschitz constant of sigma over s (Gaussian concentration)"
                found.append((slope / s, words))
            except Undecided as reason:
                why = str(reason)
    if not found:
        raise Undecided(why)
    return min(found, key=lambda f: float(f[0].upper()))


def c_bounded(sigma: SeriesActivation) -> tuple[arb | None, str]:
    """Return the largest of sup|sigma|, sup|sigma'|, sup|sigma''| of the normalised activation.

    None, with the reason, if sigma is certainly not C-bounded.  Raises Undecided.
    """
    near, far = forms(sigma)
    name = sigma.name.removeprefix("normalised(").removesuffix(")")
    if name in UNBOUNDED:
        return None, f"none: sigma is not bounded, {UNBOUNDED[name]}"
    with working_precision(BITS):
        jump = certain_jump(near)
        if jump is not None:
            return None, f"none: {jump}"
        if contains(near, SWITCHING):
            raise Undecided("sigma is not seen to be twice continuously differentiable")
        m, s = SeriesActivation(sigma.name, sigma.tree).mean_enclosure(BITS), deviation(sigma)
        low, high = range_of(near, far)
        largest = size((low - m, high - m))
        slope, tail = near, far
        for _ in range(2):
            slope, tail = derivative(slope), real_slope(tail)
            largest = largest.max(size(range_of(slope, tail)))
        return largest / s, "the largest of sup|sigma|, sup|sigma'|, sup|sigma''|"


def certain_jump(tree: Tree) -> str | None:
    """Return where sigma, sigma' or sigma'' certainly jumps, None if no jump is seen."""
    parts = pieces(tree)
    for left, right in pairwise(parts):
        if left.high is None:
            continue
        at = ball(left.high)
        sides = [left.tree, right.tree]
        for order in range(3):
            values = [_at(side, at) for side in sides]
            if all(v.is_finite() for v in values) and not values[0].overlaps(values[1]):
                return f"sigma{chr(39) * order} jumps at {left.high}"
            sides = [derivative(side) for side in sides]
    return None


def theorem_32(sigma: SeriesActivation) -> str:
    """Return whether infinitely many even and odd coefficients are nonzero, and why.

    If finitely many coefficients of one parity are nonzero, that part of sigma is a polynomial; and
    one of degree at most 2 if |sigma| is below a quadratic polynomial: then a nonzero coefficient
    of an index > 2 shows that there are infinitely many.  Raises Undecided.
    """
    near, far = forms(sigma)
    with working_precision(BITS):
        try:
            tails = [bound(far, arb(RADII[0]), side) for side in (1, -1)]
        except TooFast as reason:
            raise Undecided(str(reason)) from None
        quadratic = all(t.above is not None and t.below is not None for t in tails)
    words = []
    split = even_and_odd(far)
    balls = sigma.hermite_enclosures()
    for name, which in (("even", 0), ("odd", 1)):
        part = polynomial(split[which]) if split is not None else None
        nonzero = next((k for k in range(3, len(balls)) if k % 2 == which and balls[k] != 0
                        and not balls[k].contains(0)), None)  # fmt: skip
        if part is not None:
            words.append(f"finitely many {name} coefficients are nonzero: the {name} part of sigma"
                         " is a polynomial")  # fmt: skip
        elif quadratic and nonzero is not None:
            words.append(f"infinitely many {name} coefficients are nonzero: |sigma| is below a"
                         f" quadratic polynomial and a_{nonzero} is not 0")  # fmt: skip
        else:
            raise Undecided(f"not seen for the {name} coefficients")
    return "; ".join(words)


def even_and_odd(tree: Tree) -> tuple[Tree, Tree] | None:
    """Return the even and the odd part where the form of the formula shows them, else None."""
    whole = parity(tree)
    if whole == EVEN:
        return tree, 0
    if whole == ODD:
        return 0, tree
    if not isinstance(tree, tuple):
        return None
    operator, *parts = tree
    if operator in ("+", "-"):
        found = [even_and_odd(part) for part in parts]
        known = [f for f in found if f is not None]
        if len(known) < len(found):
            return None
        return (operator, *(f[0] for f in known)), (operator, *(f[1] for f in known))
    if operator in ("*", "/") and len(parts) == 2 and parity(parts[1]) == EVEN:
        inner = even_and_odd(parts[0])
        return None if inner is None else ((operator, inner[0], parts[1]),
                                           (operator, inner[1], parts[1]))  # fmt: skip
    return None
