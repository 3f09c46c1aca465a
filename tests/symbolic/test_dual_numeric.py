"""Float64 tables of duals: the proved error holds everywhere and is not idle."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any, TypeAlias

import mpmath
import numpy as np
import pytest
from flint import arb, arb_series

from symbolic import numeric_function, parse_activation, rho
from symbolic.closed_series import Argument, expansion_of
from symbolic.dual_polynomial import PolynomialFunction, polynomial_function
from symbolic.enclosure import enclosure, working_precision
from symbolic.numeric_function import NumericFunction
from symbolic.power_series import coefficients, series_length
from symbolic.series import SERIES, series_activation
from symbolic.table import Binades, Table, Uniform, table

Real: TypeAlias = mpmath.mpf
PI = mpmath.pi


def relu(r: Real) -> Real:
    """Return the dual of the normalised ReLU, (sqrt(1-r^2) + r (pi/2 + asin r) - 1)/(pi - 1)."""
    return (2 * mpmath.sqrt((1 - r) * (1 + r)) + r * (PI + 2 * mpmath.asin(r)) - 2) / (2 * PI - 2)


def normalised(dual: Callable[[Real], Real]) -> Callable[[Real], Real]:
    """Return the dual of the normalised activation, from that of the activation itself."""
    return lambda r: (dual(r) - dual(0 * r)) / (dual(1 + 0 * r) - dual(0 * r))


def gelu(r: Real) -> Real:
    """Return the dual of GELU."""
    return r / 4 + r * mpmath.asin(r / 2) / (2 * PI) + 1 / (2 * PI * mpmath.sqrt(4 - r * r))


CLOSED: dict[str, Callable[[Real], Real]] = {
    "relu": relu,
    "abs": lambda r: (mpmath.sqrt((1 - r) * (1 + r)) + r * mpmath.asin(r) - 1) / (PI / 2 - 1),
    "erf": lambda r: mpmath.asin(2 * r / 3) / mpmath.asin(mpmath.mpf(2) / 3),
    "sign": lambda r: 2 * mpmath.asin(r) / PI,
    "h(5)": lambda r: r**5,
    "gelu": normalised(gelu),
    "sin": lambda r: mpmath.sinh(r) / mpmath.sinh(1),
    "exp": lambda r: mpmath.expm1(r) / mpmath.expm1(1),
    "gaussian": normalised(lambda r: 1 / mpmath.sqrt(9 - 4 * r * r)),
}


def points() -> np.ndarray:
    """Return random points and extreme ones: ends, 1 - 2^-j, seams of the tables, subnormals."""
    random = np.random.default_rng(20200204)
    near = 1 - 2.0 ** -np.arange(1, 54)
    seams = np.arange(-64, 65) / 128.0
    tiny = np.array([0.0, 5e-324, 1e-310, 2.0**-1022, 1e-300, 1e-16, 1e-8])
    half = np.array([0.5, np.nextafter(0.5, 1), np.nextafter(0.5, 0)])
    some = np.concatenate([[1.0], near, seams, tiny, half, random.uniform(0, 1, 400)])
    close = 1 - 2.0 ** -random.uniform(1, 53, 300)
    return np.concatenate([some, -some, close, -close, np.nextafter(seams, 1)])


def exact(value: float) -> Real:
    """Return a float64 as an mpmath number."""
    return mpmath.mpf(value)


def largest_error(
    function: NumericFunction, reference: Callable[[Real], Real], every: int = 1
) -> float:
    """Return the largest error at the points, or at some of them."""
    places = points()[::every]
    with mpmath.workdps(60):
        return float(
            max(
                abs(exact(f) - reference(exact(r)))
                for r, f in zip(places.tolist(), function(places).tolist(), strict=True)
            )
        )


@pytest.mark.parametrize("name", CLOSED)
def test_the_proved_error_holds_everywhere_and_is_nearly_attained(name: str) -> None:
    function = parse_activation(name).normalised().dual_numeric
    found = largest_error(function, CLOSED[name])
    assert found <= function.error < 8e-16
    assert found > function.error / 10


@pytest.mark.parametrize("name", ["hard_tanh", "relu6", "elu"])
def test_break_points_away_from_zero(name: str) -> None:
    """Against the closed form in rho itself at 400 bits, where no other variable is needed."""
    sigma = parse_activation(name).normalised()
    function, form = sigma.dual_numeric, sigma.dual()
    places = points()[:: 60 if name == "elu" else 40]
    places = places[np.abs(places) < 1]
    with working_precision(400):
        for place, found in zip(places.tolist(), function(places).tolist(), strict=True):
            exact_value = enclosure(form, {rho: arb(place)})
            assert exact_value.rad() < 1e-20
            assert abs(exact_value - found) <= function.error < 3e-15


@pytest.mark.parametrize("name", ["hard_tanh", "gelu", "elu", "triangle", "relu"])
def test_enclosures_of_points_and_balls(name: str) -> None:
    sigma = parse_activation(name).normalised()
    form = sigma.dual()
    for place in (0.3, -0.7, 1 - 2.0**-40, -1 + 2.0**-40):
        found = sigma.dual_enclosure(arb(place), 100)
        assert found.rad() < 1e-29
        with working_precision(300):
            assert found.overlaps(enclosure(form, {rho: arb(place)}))
            assert not (found + 1e-25).overlaps(enclosure(form, {rho: arb(place)}))
        wide = sigma.dual_enclosure(arb(place, 1e-10))
        assert wide.contains(found)
        assert wide.rad() < 1e-8
    assert sigma.dual_enclosure(arb(1)).contains(1)
    assert sigma.dual_enclosure(arb(1, 1e-20)).rad() < 1e-15


def test_the_derivative_of_the_dual_of_relu() -> None:
    function = parse_activation("relu").normalised().dual_derivative_numeric
    found = largest_error(function, lambda r: (PI + 2 * mpmath.asin(r)) / (2 * PI - 2))
    assert function.error / 10 < found <= function.error < 1e-15


def test_a_derivative_that_is_infinite_is_refused() -> None:
    with pytest.raises(ArithmeticError, match="oo is not a finite number"):
        _ = parse_activation("sign").dual_derivative_numeric


@pytest.mark.parametrize("name", ["tanh", "mish"])
def test_a_certified_series(name: str) -> None:
    sigma = series_activation(name, SERIES[name]).normalised()
    function = sigma.dual_numeric
    with working_precision(128):
        mid = [(a * a).mid().str(40, radius=False) for a in sigma.hermite_enclosures()]
    with mpmath.workdps(60):
        squares = [mpmath.mpf(c) for c in reversed(mid)]

    def reference(r: Real) -> Real:
        return mpmath.polyval(squares, r)

    found = largest_error(function, reference, every=9)
    assert function.error / 10 < found <= function.error < 3e-16


def test_ends_zero_and_shapes() -> None:
    function = parse_activation("relu").normalised().dual_numeric
    assert function(1.0) == 1.0 and function(0.0) == 0.0
    grid = np.linspace(-1, 1, 12).reshape(3, 4)
    assert function(grid).shape == (3, 4)
    assert function(grid[:, ::2]).tolist() == function(grid)[:, ::2].tolist()
    assert function(np.float32(0.25)) == function(0.25)
    assert function([0, 1]).tolist() == [0.0, 1.0]
    many = np.linspace(-1, 1, 50_001)
    assert function(many)[12_345] == function(many[12_345])


def test_threads_change_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    """Points shared out to threads have the same values, in their places; a wrong one is found."""
    function, many = parse_activation("relu").dual_numeric, np.linspace(-1, 1, 100_003)
    alone = function(many)
    monkeypatch.setattr(numeric_function, "LEAST_SHARE", 1000)
    monkeypatch.setattr(numeric_function, "processors", lambda: 3)
    assert function(many).tolist() == alone.tolist()
    many[-1] = np.nextafter(1, 2)
    with pytest.raises(ValueError, match="correlation"):
        function(many)


@pytest.mark.parametrize(
    "wrong", [1.0000001, [0.0, np.nan], np.inf, 1j, "x", [None], np.longdouble(0.5), [True]]
)
def test_rejects_what_is_not_a_correlation(wrong: object) -> None:
    with pytest.raises(ValueError, match="correlation"):
        parse_activation("erf").normalised().dual_numeric(wrong)  # type: ignore[arg-type]


def test_a_changed_coefficient_breaks_the_error() -> None:
    function = parse_activation("relu").normalised().dual_numeric
    for part in ("above", "below", "middle"):
        one: Table = getattr(function, part)
        changed = one.coefficients.copy()
        changed[0, one.centres.size // 2 : one.centres.size // 2 + 30] *= 1 + 2e-12
        changed[0, one.centres.size // 2 : one.centres.size // 2 + 30] += 1e-15
        table_of: dict[str, Any] = {part: replace(one, coefficients=changed)}
        broken = replace(function, **table_of)
        assert largest_error(broken, relu) > function.error


@pytest.mark.parametrize("name", ["erf", "sin", "cos", "gelu", "exp", "gaussian"])
def test_analytic_duals_are_one_polynomial(name: str) -> None:
    """Every coefficient counts: with any one changed the proved error no longer holds."""
    function = parse_activation(name).normalised().dual_numeric
    assert isinstance(function, PolynomialFunction)
    for part in ("even", "odd"):
        found: tuple[float, ...] = getattr(function, part)
        for j in range(len(found)):
            one = (*found[:j], found[j] + 4 * function.error, *found[j + 1 :])
            changed: dict[str, Any] = {part: one}
            broken = replace(function, **changed)
            places = np.array([0.999, -0.999])
            moved = abs(broken(places) - function(places))
            assert moved.max() > 2 * function.error, (part, j)


def geometric(ratio: float) -> tuple[Callable[[int], list[arb]], tuple[arb, arb]]:
    """Return the series of 1/(1 - ratio rho) and its values at -1 and 1."""
    q = arb(ratio)
    with working_precision(256):
        return lambda n: [q**k for k in range(n)], (1 / (1 + q), 1 / (1 - q))


def test_what_is_left_out_is_bounded() -> None:
    """The error covers the tail: with a larger value at 1 no length is enough, nor for slow ones.

    A sum of more terms than the value at 1 allows is refused, too: no such series has terms >= 0.
    """
    series, ends = geometric(0.25)
    function = polynomial_function(series, ends)
    assert function is not None
    places = np.linspace(-1, 1, 999)
    with mpmath.workdps(40):
        errors = [
            abs(exact(v) - 1 / (1 - exact(p) / 4))
            for p, v in zip(places.tolist(), function(places).tolist(), strict=True)
        ]
    assert function.error / 20 < max(errors) <= function.error < 2e-15
    assert polynomial_function(series, (ends[0], ends[1] + 1e-9)) is None
    assert polynomial_function(*geometric(0.9)) is None
    assert polynomial_function(lambda n: [arb(0)] * n, (arb(0), arb(0))) is None


def test_constants_and_monomials() -> None:
    """Series that end: their polynomials are exact but for rounding."""
    cube = polynomial_function(lambda n: [arb(int(k == 3)) for k in range(n)], (arb(-1), arb(1)))
    assert cube is not None
    assert cube([-1, -0.5, 0, 0.5, 1]).tolist() == [-1, -0.125, 0, 0.125, 1]
    one = polynomial_function(lambda n: [arb(int(k == 0)) for k in range(n)], (arb(1), arb(1)))
    assert one is not None
    assert one(np.linspace(-1, 1, 5)).tolist() == [1.0] * 5
    assert one.error < 1e-16


def reference_exp(x: arb, length: int) -> list[arb]:
    """Return the Taylor coefficients of exp."""
    return [x.exp() / arb.fac_ui(j) for j in range(length)]


@pytest.mark.parametrize("degree", [1, 2, 3, 5, 7])
@pytest.mark.parametrize("grid", [Uniform(4, -16, 16), Binades(3, -6, 0, from_zero=True)])
def test_the_error_of_a_table_is_the_taylor_remainder_and_rounding(
    degree: int, grid: Uniform | Binades
) -> None:
    made = table(reference_exp, grid, degree)
    random = np.random.default_rng(degree)
    low, high = (-1, 1) if isinstance(grid, Uniform) else (0, 2)
    x = random.uniform(low, high, 2000)
    with mpmath.workdps(40):
        errors = [
            abs(exact(v) - mpmath.exp(exact(p)))
            for p, v in zip(x.tolist(), made.evaluate(x).tolist(), strict=True)
        ]
    assert max(errors) <= made.error
    assert max(errors) > made.error / 20


def test_an_uncertain_argument_adds_to_the_error() -> None:
    grid = Uniform(4, 0, 16)
    plain, wide = (table(reference_exp, grid, 8, off) for off in (None, arb(1e-6)))
    assert 2.5e-6 < wide.error - plain.error < 3.3e-6


def test_a_singular_function_has_no_table() -> None:
    def inverse(x: arb, length: int) -> list[arb]:
        return [(-1) ** j * (1 / x) ** (j + 1) for j in range(length)]

    with pytest.raises(ValueError, match=r"not finite near 0\.0"):
        table(inverse, Uniform(4, 0, 4), 3)
    table(inverse, Uniform(4, 1, 4), 3)


def test_pieces_contain_the_points_that_are_sent_to_them() -> None:
    for grid in (
        Uniform(6, -32, 32),
        Binades(5, -26, -1),
        Binades(5, -26, -1, fine=-6, wide=2),
        Binades(2, -3, 0, from_zero=True),
        Binades(3, -5, 1, from_zero=True, fine=-2, wide=3),
    ):
        pieces = grid.pieces()
        random = np.random.default_rng(7)
        if isinstance(grid, Uniform):
            x = np.concatenate([random.uniform(-0.5, 0.5, 500), np.arange(-64, 65) / 128])
        else:
            x = 2.0 ** random.uniform(grid.lowest, grid.highest + 1, 500)
            x = np.concatenate([x, [p[2] for p in pieces], [float(p[0].mid()) for p in pieces]])
        for point, index in zip(x.tolist(), grid.index(x).tolist(), strict=True):
            low, high, centre = pieces[index]
            assert low <= point <= high
            assert Fraction(point) - Fraction(centre) == Fraction(point - centre)


def test_a_series_of_too_low_an_order_is_not_padded() -> None:
    with series_length(3):
        short = arb_series([1, 2, 3])
    with series_length(5):
        assert coefficients(short, 3) == [1, 2, 3]
        assert coefficients(arb_series([1]), 5) == [1, 0, 0, 0, 0]
        with pytest.raises(ArithmeticError, match="known to order 3, not 5"):
            coefficients(short * arb_series([1, 1]), 5)


def test_expansions_at_growing_lengths_agree() -> None:
    """A second, longer expansion must not inherit the order of the first one."""
    form = parse_activation("hard_tanh").normalised().dual()
    function = expansion_of(form)
    with working_precision(100):
        found = []
        for length in (2, 9, 5):
            with series_length(length):
                argument = Argument.plain(arb_series([arb(0.25), 1]))
                found.append(coefficients(function(argument), length))
        assert all(a.overlaps(b) for a, b in zip(found[0], found[1], strict=False))
        assert all(a.overlaps(b) for a, b in zip(found[2], found[1], strict=False))
        assert not found[1][8].contains(0)
