"""What the certificate of a data set needs of an activation: its dual, expanded and enclosed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from flint import arb, arb_poly, arb_series, ctx
from sympy import Integer, expand, srepr

from symbolic import Activation
from symbolic.closed_series import Along, Argument, expansion_of
from symbolic.enclosure import working_precision
from symbolic.pieces import segments
from symbolic.power_functions import constant_enclosure
from symbolic.power_series import coefficients
from symbolic.series import SeriesActivation
from symbolic.terms import NoRoute
from symbolic.tree_calculus import EVEN, ODD, parity
from symbolic.variables import rho, x

BITS = 192


@dataclass(frozen=True, eq=False)
class Dual:
    """sigma-hat of a normalised activation, or a function close to it, along power series.

    Each is equal to itself alone, so that what is computed of it can be remembered.
    `along` is exactly 1 at rho = 1.  |along - sigma-hat| <= left_out and |along' - D| <=
    slope_left_out on [-1, 1], |along''| <= curvature there (used only where something is left out).
    `parity` is 1 or -1 where sigma-hat is even or odd, else 0; `slope` is D(1), None if infinite;
    `statement` says exactly which function `along` is and what it leaves out.
    """

    name: str
    along: Along
    parity: int
    slope: arb | None
    mu: arb
    left_out: arb
    slope_left_out: arb
    curvature: arb
    statement: str

    @property
    def jumps(self) -> bool:
        """Whether the activation is not continuous: D(1) is infinite."""
        return self.slope is None


@lru_cache(maxsize=8)
def dual_of(activation: Activation | SeriesActivation) -> Dual:
    """The dual of the normalised activation.

    Raises ValueError for a constant activation, NoExpansion for a closed form without expansions.
    """
    normalised = activation.normalised()
    if isinstance(normalised, SeriesActivation):
        return _series_dual(normalised)
    expression = normalised.dual()
    slope = normalised.dual_derivative(Integer(1))
    mu = constant_enclosure(1 - normalised.hermite_coefficient(1) ** 2, BITS)
    return Dual(
        activation.name, expansion_of(expression), parity_of_dual(normalised),
        None if slope.is_infinite else constant_enclosure(slope, BITS), mu,
        arb(0), arb(0), arb(0), srepr(expression),
    )  # fmt: skip


def parity_of_dual(normalised: Activation) -> int:
    """1 or -1 where the dual of an activation is even or odd because it is so, piece by piece.

    0 where that is not seen, by its pieces or by the closed form of the dual.
    """
    dual = normalised.dual()
    for sign in (1, -1):
        if expand(dual.subs(rho, -rho) - sign * dual) == 0:
            return sign
    try:
        pieces = segments(normalised.expression)
    except NoRoute:
        return 0
    mirrored = [(-high, -low, value.subs(x, -x)) for low, high, value in reversed(pieces)]
    for sign in (1, -1):
        if len(pieces) == len(mirrored) and all(
            expand(a - b) == 0 for one, other in zip(pieces, mirrored, strict=True)
            for a, b in zip(one[:2], other[:2], strict=True) if a != b
        ) and all(
            expand(one[2] - sign * other[2]) == 0
            for one, other in zip(pieces, mirrored, strict=True)
        ):  # fmt: skip
            return sign
    return 0


def _series_dual(activation: SeriesActivation) -> Dual:
    """The truncated series, completed by terms that make it exactly 1 at rho = 1.

    With c_k = a_k^2 >= 0 and R = 1 - c_0 - ... - c_N = c_(N+1) + ... it is p(rho) = c_1 rho + ... +
    c_N rho^N + q(rho), and sigma-hat is the common polynomial plus a power series g, with
    coefficients >= 0 of sum R, in rho^(N+1), rho^(N+2), ...  For an activation with a parity q is R
    rho^M, M > N of that parity: q and g have one sign, and at most R |rho|^(N+1) each.  Else it is
    R (rho^(N+1) + rho^(N+2))/2: for rho >= 0 the same holds, and for rho = -y it is at most R
    y^(N+1) (1 - y)/2, that is |q - g| <= R y^(N+1) (3 - y)/2, which rises up to R at y = 1.  So |p
    - sigma-hat| <= R.  Likewise |p' - D| <= S + M R, S what the derivative's series leaves out and
    M the highest power.
    """
    with working_precision(BITS):
        sign = {EVEN: 1, ODD: -1}.get(parity(activation.tree) or "", 0)
        terms = completed(activation, sign)
        rest = activation.dual_function.left_out
        slope_rest = activation.dual_derivative_function.left_out
        slope = activation.slope_moment()
        curvature = sum((k * (k - 1) * c for k, c in enumerate(terms)), arb(0)).upper()
        lost = slope_rest + (len(terms) - 1) * rest
        numbers = [*terms, slope, rest.upper(), lost.upper(), curvature]
        return Dual(
            activation.name, polynomial_along(tuple(terms)), sign, slope, activation.mu_enclosure(),
            rest.upper(), lost.upper(), curvature, " ".join(map(exactly, numbers)),
        )  # fmt: skip


def completed(activation: SeriesActivation, sign: int) -> list[arb]:
    """The coefficients of p, for a normalised activation of this parity, or 0 where it has none."""
    squares = list(activation.dual_function.coefficients)
    if (-1) ** len(squares) == -sign:  # what completes it has the parity of the dual
        squares.append(arb(0))
    missing = (1 - sum(squares, arb(0))).max(arb(0))
    return [*squares, missing] if sign else [*squares, missing / 2, missing / 2]


def exactly(ball: arb) -> str:
    """The midpoint and the radius of a ball, in full."""
    return f"{ball.mid().man_exp()} {ball.rad().man_exp()}" if ball.is_finite() else str(ball)


def polynomial_along(terms: tuple[arb, ...]) -> Along:
    """Return a polynomial in rho along a power series, by its derivatives over j!."""
    derived = [arb_poly(list(terms))]

    def along(s: Argument) -> arb_series:
        centre = coefficients(s.rho, 1)[0]
        step = s.rho - centre
        while len(derived) < ctx.cap:
            derived.append(derived[-1].derivative() * (1 / arb(len(derived))))
        total = arb_series([0])
        for j in range(ctx.cap - 1, -1, -1):
            total = total * step + derived[j](centre)
        return total

    return along
