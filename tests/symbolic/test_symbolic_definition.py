"""Every closed form against its definition, by rigorous integration with the inner mean by hand.

The dual is E[sigma(X) g(X)] with g(x) = E[sigma(X') | X = x], X' = rho x + sqrt(1-rho^2) Z.  The
inner mean g is written down here for each family, by itself; the outer integral is one rigorous
`acb.integral` per piece of sigma, where the integrand is an entire function.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import pytest
from flint import acb, arb, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Add, Expr, Piecewise, Rational, factorial

from symbolic import Activation, activation_from_formula, derive, parse_activation, rho, x
from symbolic.catalogue import ACTIVATIONS, SELU_ALPHA, SELU_SCALE
from symbolic.enclosure import enclosure, working_precision

BITS = 200
FAR = 40
"""Beyond this |x| the integrands are below exp(-40^2/10 + 200), less than any tolerance here."""

Smooth = Callable[[acb, acb], acb]
"""(m, s) -> E[sigma(m + s Z)], entire in m; s = 0 gives sigma(m) itself."""


@dataclass(frozen=True)
class Cell:
    """sum_i powers[i] x^i times exp(rate x) on (low, high); None is infinity."""

    low: Fraction | None
    high: Fraction | None
    powers: tuple[Fraction | int, ...]
    rate: Fraction | int = 0

    def contains(self, point: Fraction) -> bool:
        """Return whether the point lies inside the cell."""
        return (self.low is None or self.low < point) and (self.high is None or point < self.high)

    def value(self, x: acb) -> acb:
        """Return the function inside the cell."""
        total = acb(0)
        for c in reversed(self.powers):
            total = total * x + ball(c)
        return total * (ball(self.rate) * x).exp()

    def mean(self, m: acb, s: acb) -> acb:
        """Return E[value(Y) 1(low < Y < high)] for Y ~ N(m, s^2), by truncated moments."""
        rate = ball(self.rate)
        shifted, total = m + rate * s**2, acb(0)
        ends = [None if e is None else (ball(e) - shifted) / s for e in (self.low, self.high)]
        moments = truncated_moments(ends[0], ends[1], len(self.powers))
        for n, c in enumerate(self.powers):
            for j in range(n + 1):
                choose = int(factorial(n) / factorial(j) / factorial(n - j))
                total += ball(c) * choose * shifted ** (n - j) * s**j * moments[j]
        return total * (rate * m + rate**2 * s**2 / 2).exp()


@dataclass(frozen=True)
class Hand:
    """An activation written down by hand: cells, and an entire part by its inner mean."""

    cells: list[Cell]
    smooth: Smooth | None = None

    def mean(self, m: acb, s: acb) -> acb:
        """Return E[sigma(m + s Z)]."""
        total = sum((cell.mean(m, s) for cell in self.cells), acb(0))
        return total if self.smooth is None else total + self.smooth(m, s)

    def inside(self, middle: Fraction, sign: int = 1) -> Callable[[acb], acb]:
        """Return x -> sigma(sign x), entire, as it is near x = middle."""
        here = [c for c in self.cells if c.contains(sign * middle)]

        def value(x: acb) -> acb:
            total = sum((cell.value(sign * x) for cell in here), acb(0))
            return total if self.smooth is None else total + self.smooth(sign * x, acb(0))

        return value

    def breaks(self) -> list[Fraction]:
        """Return the ends of the intervals on which sigma(x) and sigma(-x) are entire."""
        ends = {e for cell in self.cells for e in (cell.low, cell.high) if e is not None}
        return sorted({Fraction(FAR), -Fraction(FAR), *ends, *(-e for e in ends)})


def ball(value: Fraction | int) -> acb:
    """Return an exact number as a ball."""
    f = Fraction(value)
    return acb(arb(fmpq(f.numerator, f.denominator)))


def density(z: acb) -> acb:
    """Return phi(z)."""
    return (-z * z / 2).exp() / acb(2 * arb.pi()).sqrt()


def distribution(z: acb) -> acb:
    """Return Phi(z)."""
    return (-z / acb(2).sqrt()).erfc() / 2


def truncated_moments(low: acb | None, high: acb | None, count: int) -> list[acb]:
    """Return E[Z^j 1(low < Z < high)] for j < count, by parts."""
    moments: list[acb] = []
    for j in range(count):
        if j == 0:
            above = acb(1) if high is None else distribution(high)
            moments.append(above - (acb(0) if low is None else distribution(low)))
            continue
        value = (j - 1) * moments[j - 2] if j > 1 else acb(0)
        if low is not None:
            value += low ** (j - 1) * density(low)
        if high is not None:
            value -= high ** (j - 1) * density(high)
        moments.append(value)
    return moments


def power_phi(k: int) -> Smooth:
    """Return (m, s) -> E[Y^k Phi(Y)] by Stein's identity in Y."""

    def mean(m: acb, s: acb) -> acb:
        wide = 1 + s**2
        centre, spread = m / wide, s**2 / wide
        weight = (-m * m / wide / 2).exp() / (acb(2 * arb.pi()) * wide).sqrt()
        edges = [weight, weight * centre]
        values = [distribution(m / wide.sqrt())]
        for j in range(1, k + 1):
            edges.append(centre * edges[j] + j * spread * edges[j - 1])
            before = (j - 1) * values[j - 2] if j > 1 else acb(0)
            values.append(m * values[j - 1] + s**2 * (before + edges[j - 1]))
        return values[k]

    return mean


def wave(w: Fraction | int, phase: Fraction | int, quarter: int = 0, decay: int = 0) -> Smooth:
    """Return (m, s) -> E[sin(w Y + phase + quarter pi/2) exp(-decay Y^2)]."""

    def mean(m: acb, s: acb) -> acb:
        wide, total = 1 + 2 * decay * s**2, acb(0)
        for sign in (1, -1):
            along = acb(0, 1) * sign * ball(w)
            turn = acb(0, 1) * sign * (ball(phase) + acb(arb.pi()) * quarter / 2)
            exponent = (along * m - decay * m * m + along**2 * s**2 / 2) / wide + turn
            total += sign * exponent.exp() / wide.sqrt()
        return total / acb(0, 2)

    return mean


def gaussian(decay: Fraction | int) -> Smooth:
    """Return (m, s) -> E[exp(-decay Y^2)]."""

    def mean(m: acb, s: acb) -> acb:
        wide = 1 + 2 * ball(decay) * s**2
        return (-ball(decay) * m * m / wide).exp() / wide.sqrt()

    return mean


def gaussian_slope(m: acb, s: acb) -> acb:
    """Return E[Y exp(-Y^2/2)]."""
    wide = 1 + s**2
    return m * (-m * m / wide / 2).exp() / wide.sqrt() / wide


def gabor_slope(m: acb, s: acb) -> acb:
    """Return E[Y exp(-Y^2) cos(Y)], the derivative in w at w = 1 of E[exp(-Y^2) sin(w Y)]."""
    wide, total = 1 + 2 * s**2, acb(0)
    for sign in (1, -1):
        along = acb(0, 1) * sign
        value = ((along * m - m * m - s**2 / 2) / wide).exp() / wide.sqrt()
        total += value * (m + along * s**2) / wide / 2
    return total


def error_function(a: Fraction | int) -> Smooth:
    """Return (m, s) -> E[erf(a Y)]."""
    return lambda m, s: (ball(a) * m / (1 + 2 * ball(a) ** 2 * s**2).sqrt()).erf()


def scaled(factor: Fraction | int, smooth: Smooth, plus: Fraction | int = 0) -> Smooth:
    """Return an affine image."""
    return lambda m, s: ball(factor) * smooth(m, s) + ball(plus)


def added(*parts: Smooth) -> Smooth:
    """Return the sum."""
    return lambda m, s: sum((part(m, s) for part in parts), acb(0))


def linear(m: acb, s: acb) -> acb:
    """Return E[Y]."""
    return m


def halves(left: tuple[Fraction | int, ...], right: tuple[Fraction | int, ...]) -> list[Cell]:
    """Return the cells of a polynomial on x < 0 and one on x > 0."""
    zero = Fraction(0)
    return [Cell(None, zero, left), Cell(zero, None, right)]


def clipped(cells: tuple[tuple[Fraction | int, ...], ...], *breaks: Fraction | int) -> list[Cell]:
    """Return the cells of polynomials between break points."""
    ends = [None, *(Fraction(b) for b in breaks), None]
    return [
        Cell(low, high, powers)
        for (low, high), powers in zip(itertools.pairwise(ends), cells, strict=True)
    ]


def elu(alpha: Fraction, scale: Fraction | int = 1, rate: Fraction | int = 1) -> list[Cell]:
    """Return the cells of scale*x for x > 0 and scale*alpha*(exp(rate x) - 1) for x < 0."""
    zero, height = Fraction(0), scale * alpha
    return [
        Cell(None, zero, (height,), rate),
        Cell(None, zero, (-height,)),
        Cell(zero, None, (0, scale)),
    ]


F = Fraction
BY_HAND: dict[str, list[Cell] | Smooth] = {
    "identity": linear,
    "relu": halves((0,), (0, 1)),
    "leaky_relu(1/10)": halves((0, F(1, 10)), (0, 1)),
    "prelu(-3)": halves((0, -3), (0, 1)),
    "abrelu(1/2,-2)": halves((0, F(1, 2)), (0, -2)),
    "abs": halves((0, -1), (0, 1)),
    "abs_power(3)": halves((0, 0, 0, -1), (0, 0, 0, 1)),
    "rectified_power(0)": halves((0,), (1,)),
    "rectified_power(1)": halves((0,), (0, 1)),
    "rectified_power(2)": halves((0,), (0, 0, 1)),
    "rectified_power(3)": halves((0,), (0, 0, 0, 1)),
    "rectified_power(4)": halves((0,), (0, 0, 0, 0, 1)),
    "rectified_power(5)": halves((0,), (0, 0, 0, 0, 0, 1)),
    "step": halves((0,), (1,)),
    "sign": halves((-1,), (1,)),
    "hard_tanh": clipped(((-1,), (0, 1), (1,)), -1, 1),
    "hard_tanh(2/3)": clipped(((F(-2, 3),), (0, 1), (F(2, 3),)), F(-2, 3), F(2, 3)),
    "relu6": clipped(((0,), (0, 1), (6,)), 0, 6),
    "hard_sigmoid": clipped(((0,), (F(1, 2), F(1, 6)), (1,)), -3, 3),
    "hard_swish": clipped(((0,), (0, F(1, 2), F(1, 6)), (0, 1)), -3, 3),
    "soft_shrink": clipped(((F(1, 2), 1), (0,), (F(-1, 2), 1)), F(-1, 2), F(1, 2)),
    "hard_shrink": clipped(((0, 1), (0,), (0, 1)), F(-1, 2), F(1, 2)),
    "triangle(2)": clipped(((0,), (1, F(1, 2)), (1, F(-1, 2)), (0,)), -2, 0, 2),
    "erf": error_function(1),
    "erf(3/2)": error_function(F(3, 2)),
    "phi": power_phi(0),
    "sigmoid_erf": scaled(F(1, 2), error_function(F(1, 2)), F(1, 2)),
    "gelu": power_phi(1),
    "power_phi(2)": power_phi(2),
    "power_phi(5)": power_phi(5),
    "sin": wave(1, 0),
    "sin(2,1/3)": wave(2, F(1, 3)),
    "cos(3/2,1)": wave(F(3, 2), 1, 1),
    "sin_cos(2)": added(wave(2, 0), wave(2, 0, 1)),
    "snake(2)": added(linear, scaled(F(-1, 4), wave(4, 0, 1), F(1, 4))),
    "exp(1/2)": [Cell(None, None, (1,), F(1, 2))],
    "gaussian": gaussian(1),
    "gaussian(-1/8)": gaussian(F(-1, 8)),
    "gaussian_slope": gaussian_slope,
    "gabor(3)": wave(3, 0, 0, 1),
    "elu": elu(F(1)),
    "elu(1/2)": elu(F(1, 2)),
    "selu": elu(F(SELU_ALPHA.p, SELU_ALPHA.q), F(SELU_SCALE.p, SELU_SCALE.q)),
    "celu(2)": elu(F(2), 1, F(1, 2)),
    "monomial(4)": [Cell(None, None, (0, 0, 0, 0, 1))],
    "h(2)": scaled(1, lambda m, s: (m * m + s * s - 1) / acb(2).sqrt()),
    "two_term(1/2)": lambda m, s: (m + (m * m + s * s - 1) / acb(2).sqrt()) / acb(2).sqrt(),
}
"""The inner means of the catalogue: cells, or (m, s) -> E[sigma(m + s Z)], whose s = 0 is sigma."""

FORMULAS: dict[str, list[Cell] | Smooth | Hand] = {
    "max(0, x) + 1/3*sin(x)": Hand(halves((0,), (0, 1)), scaled(F(1, 3), wave(1, 0))),
    "||x|-1|": clipped(((-1, -1), (1, 1), (1, -1), (-1, 1)), -1, 0, 1),
    "min(x^2, 1)": clipped(((1,), (0, 0, 1), (1,)), -1, 1),
    "exp(-|x|)": [Cell(None, F(0), (1,), 1), Cell(F(0), None, (1,), -1)],
    "x*exp(x/2)*step(x-1)": [Cell(F(1), None, (0, 1), F(1, 2))],
    "cos(x)*exp(-x^2)*x": gabor_slope,
}
RHOS = [Rational(n, 21) for n in range(-20, 21, 2)]
QUICK = [Rational(-4, 5), Rational(3, 7)]


def built(name: str) -> Activation:
    """Return the activation with this name or formula."""
    return activation_from_formula(name) if name in FORMULAS else parse_activation(name)


def by_hand(name: str) -> Hand:
    """Return what is written down above."""
    listed = FORMULAS[name] if name in FORMULAS else BY_HAND[name]
    if isinstance(listed, Hand):
        return listed
    return Hand(listed) if isinstance(listed, list) else Hand([], listed)


def integral(hand: Hand, other: Callable[[acb], acb] | int, digits: int) -> arb:
    """Return E[sigma(X) other(X)], other entire or (as +-1) sigma(+-X), rigorously up to FAR."""
    total = acb(0)
    for low, high in itertools.pairwise(hand.breaks()):
        sigma = hand.inside((low + high) / 2)
        times = hand.inside((low + high) / 2, other) if isinstance(other, int) else other
        total += acb.integral(
            against_density(sigma, times),
            ball(low), ball(high), abs_tol=arb(10) ** (-digits - 3), eval_limit=10**6,
        )  # fmt: skip
    return total.real


def against_density(f: Callable[[acb], acb], g: Callable[[acb], acb]) -> Callable[..., acb]:
    """Return f g phi, entire, in the shape that `acb.integral` wants."""
    return lambda x, _analytic: f(x) * g(x) * density(x)


def definition(name: str, at: Expr, digits: int) -> arb:
    """Return E[sigma(X) sigma(X')] at correlation `at`, for an activation of the list."""
    return by_integration(by_hand(name), at, digits)


def by_integration(hand: Hand, at: Expr, digits: int) -> arb:
    """Return E[sigma(X) sigma(X')] at correlation `at`."""
    if abs(at) == 1:
        return integral(hand, int(at), digits)
    m = ball(Fraction(int(at.p), int(at.q)))
    s = (1 - m**2).sqrt()
    return integral(hand, lambda x: hand.mean(m * x, s), digits)


def agrees(closed: Expr, reference: arb, digits: int) -> bool:
    """Return whether both are the same to so many digits, relative to 1 + |reference|."""
    difference = abs(enclosure(closed) - reference)
    return bool(difference < (1 + abs(reference)) * arb(10) ** -digits)


def test_all_of_the_catalogue_is_here() -> None:
    """Every family has an inner mean that is written down here."""
    assert {name.partition("(")[0] for name in BY_HAND} == set(ACTIVATIONS)


@pytest.mark.parametrize("name", [*BY_HAND, *FORMULAS])
def test_the_dual_is_its_definition(name: str) -> None:
    """The closed form agrees at two correlations and the ends; changed in one place it does not."""
    sigma = built(name)
    with working_precision(120):
        for at in (Rational(-1), *QUICK, Rational(1)):
            reference = definition(name, at, 20)
            assert agrees(sigma.dual(at), reference, 20)
            assert not agrees(sigma.dual(at) + Rational(1, 10**15), reference, 20)


@pytest.mark.slow
@pytest.mark.parametrize("name", [*BY_HAND, *FORMULAS])
def test_the_dual_is_its_definition_to_50_digits(name: str) -> None:
    """The closed form agrees to 50 digits at 20 correlations and at both ends."""
    sigma = built(name)
    with working_precision(BITS):
        for at in (Rational(-1), *RHOS, Rational(1)):
            assert agrees(sigma.dual(at), definition(name, at, 50), 50)


@pytest.mark.parametrize("name", [*BY_HAND, *FORMULAS])
def test_the_closed_form_in_rho_is_the_dual(name: str) -> None:
    """The form in the symbol rho has the values of the dual, and one changed coefficient shows."""
    sigma = built(name)
    dual = sigma.dual()
    with working_precision(BITS):
        for at in QUICK:
            point = arb(fmpq(int(at.p), int(at.q)))
            exact = enclosure(sigma.dual(at))
            parts = [enclosure(part, {rho: point}) for part in Add.make_args(dual)]
            assert abs(sum(parts, arb(0)) - exact) < arb(10) ** -50
            for part in parts:
                wrong = sum(parts, arb(0)) + part / 100
                assert abs(wrong - exact) > arb(10) ** -50 or abs(part) < arb(10) ** -40


def orthonormal(x: acb, k: int) -> acb:
    """Return h_k(x) by sqrt(j+1) h_{j+1} = x h_j - sqrt(j) h_{j-1}."""
    before, here = acb(0), acb(1)
    for j in range(k):
        before, here = here, (x * here - acb(j).sqrt() * before) / acb(j + 1).sqrt()
    return here


SYMBOLIC = [
    ("leaky_relu(a)", {"a": Rational(1, 10)}, "leaky_relu(1/10)"),
    ("abrelu", {"a": Rational(1, 2), "b": Rational(-2)}, "abrelu(1/2,-2)"),
    ("hard_tanh(c)", {"c": Rational(2, 3)}, "hard_tanh(2/3)"),
    ("hard_shrink(c)", {"c": Rational(1, 2)}, "hard_shrink"),
    ("soft_shrink(c)", {"c": Rational(1, 2)}, "soft_shrink"),
    ("triangle(c)", {"c": Rational(2)}, "triangle(2)"),
    ("erf(a)", {"a": Rational(3, 2)}, "erf(3/2)"),
    ("sin(w, b)", {"w": Rational(2), "b": Rational(1, 3)}, "sin(2,1/3)"),
    ("cos(w, b)", {"w": Rational(3, 2), "b": Rational(1)}, "cos(3/2,1)"),
    ("snake(a)", {"a": Rational(2)}, "snake(2)"),
    ("exp(a)", {"a": Rational(1, 2)}, "exp(1/2)"),
    ("gaussian(a)", {"a": Rational(1)}, "gaussian"),
    ("gabor(w)", {"w": Rational(3)}, "gabor(3)"),
    ("elu(alpha)", {"alpha": Rational(1, 2)}, "elu(1/2)"),
    ("celu(alpha)", {"alpha": Rational(2)}, "celu(2)"),
    ("two_term(mu)", {"mu": Rational(1, 2)}, "two_term(1/2)"),
]


@pytest.mark.parametrize(("general", "values", "special"), SYMBOLIC)
def test_symbolic_parameters(general: str, values: dict[str, Rational], special: str) -> None:
    """The form with letters has, at numbers, the values of the definition at these numbers."""
    sigma, at = parse_activation(general), QUICK[1]
    names = {s.name: s for s in sigma.expression.free_symbols if s.name in values}
    assert set(names) == set(values)
    with working_precision(120):
        balls = {names[n]: arb(fmpq(int(v.p), int(v.q))) for n, v in values.items()}
        balls[rho] = arb(fmpq(int(at.p), int(at.q)))
        reference = definition(special, at, 20)
        assert abs(enclosure(sigma.dual(), balls) - reference) < arb(10) ** -20
        third = enclosure(sigma.hermite_coefficient(3), balls)
        assert abs(third - coefficient(special, 3, 20)) < arb(10) ** -20
        for end in (-1, 1):
            limit = enclosure(sigma.dual(end), balls)
            assert abs(limit - definition(special, Rational(end), 20)) < arb(10) ** -20
        wrong = balls | {names[n]: b * 2 for n, b in zip(values, balls.values(), strict=False)}
        assert abs(enclosure(sigma.dual(), wrong) - reference) > arb(10) ** -5


@st.composite
def piecewise_polynomials(draw: st.DrawFn) -> list[Cell]:
    """Polynomials of degree at most 3 between at most three break points."""
    small = st.fractions(-3, 3, max_denominator=4)
    ends = sorted(draw(st.sets(small, min_size=1, max_size=3)))
    rows = [tuple(draw(st.lists(small, min_size=1, max_size=4))) for _ in range(len(ends) + 1)]
    return clipped(tuple(rows), *ends)


@settings(max_examples=8, deadline=None, derandomize=True)
@given(piecewise_polynomials())
def test_any_piecewise_polynomial(cells: list[Cell]) -> None:
    """A random piecewise polynomial has the dual and the coefficients of its definition."""
    parts = [
        (sum((exactly(c) * x**i for i, c in enumerate(cell.powers)), exactly(0)),
         True if cell.high is None else x < exactly(cell.high))
        for cell in cells
    ]  # fmt: skip
    sigma, hand = derive("random", Piecewise(*parts)), Hand(cells)
    with working_precision(120):
        for at in (Rational(-1, 2), Rational(2, 3), Rational(1)):
            reference = by_integration(hand, at, 20)
            assert agrees(sigma.dual(at), reference, 20)
            assert not agrees(sigma.dual(at) + Rational(1, 10**15), reference, 20)
        third = integral(hand, lambda z: orthonormal(z, 3), 20)
        assert agrees(sigma.hermite_coefficient(3), third, 20)


def exactly(value: Fraction | int) -> Rational:
    """Return a number for SymPy."""
    return Rational(Fraction(value).numerator, Fraction(value).denominator)


def coefficient(name: str, k: int, digits: int) -> arb:
    """Return E[sigma(X) h_k(X)]."""
    return integral(by_hand(name), lambda x: orthonormal(x, k), digits)


@pytest.mark.parametrize("name", [*BY_HAND, *FORMULAS])
def test_some_coefficients_are_their_definition(name: str) -> None:
    """a_k agrees with E[sigma(X) h_k(X)]; a wrong one does not."""
    sigma = built(name)
    with working_precision(120):
        for k in (0, 1, 2, 5):
            reference = coefficient(name, k, 20)
            assert agrees(sigma.hermite_coefficient(k), reference, 20)
            assert not agrees(sigma.hermite_coefficient(k) + Rational(1, 10**17), reference, 20)


@pytest.mark.slow
@pytest.mark.parametrize("name", [*BY_HAND, *FORMULAS])
def test_40_coefficients_are_their_definition(name: str) -> None:
    """a_0, ..., a_40 agree with E[sigma(X) h_k(X)] to 40 digits, and Parseval's tail is small."""
    sigma = built(name)
    with working_precision(BITS):
        for k in range(41):
            reference = coefficient(name, k, 40)
            assert agrees(sigma.hermite_coefficient(k), reference, 40)
            wrong = sigma.hermite_coefficient(k) + Rational(1, 10**37)
            assert not agrees(wrong, reference, 40)


@pytest.mark.parametrize("name", [*BY_HAND, *FORMULAS])
def test_parseval(name: str) -> None:
    """E[sigma^2] - sum_{k<=40} a_k^2 >= 0, and it bounds dual - series at rho = 1/2 and -1/2."""
    sigma = built(name)
    with working_precision(BITS):
        squares = [enclosure(sigma.squared_coefficient(k)) for k in range(41)]
        rest = enclosure(sigma.second_moment()) - sum(squares, arb(0))
        assert rest > -(arb(10) ** -45)
        for at in (Rational(1, 2), Rational(-1, 2)):
            point = arb(fmpq(int(at.p), int(at.q)))
            series = sum((c * point**k for k, c in enumerate(squares)), arb(0))
            gap = abs(enclosure(sigma.dual(at)) - series)
            assert gap <= rest * abs(point) ** 41 + arb(10) ** -45
            if squares[1] > 0:
                assert not gap + squares[1] / 2 <= rest * abs(point) ** 41 + arb(10) ** -45
