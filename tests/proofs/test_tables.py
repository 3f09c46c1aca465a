"""Verified tables: every number agrees with an independent computation at 100 digits."""

import csv
import io
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import lru_cache, partial
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import mpmath
import pytest
from click.testing import CliRunner, Result
from mpmath import mpf
from mpmath.calculus.quadrature import GaussLegendre

from certificates.report.decimals import certified_digits, rounded
from certificates.report.record import read_record
from proofs.cli import cli
from proofs.registry import PAPER_ORDER
from proofs.table_command import CATALOGUE
from proofs.tables import FORMATS, TABLES, Choices, render
from proofs.tables.rendering import Table, latex_text
from tests.report.conftest import small_copy

DIGITS = 100
PAPER = Path(__file__).resolve().parents[2] / "certificates" / "paper"
DELTAS = (Fraction(1, 100), Fraction(1, 10), Fraction(1, 2))
DEPTHS = (1, 5, 20, 50)


@pytest.fixture(autouse=True)
def _precise() -> Iterator[None]:
    with mpmath.workdps(DIGITS):
        yield


def choices(*activations: str, digits: int = 15, coefficients: int = 6) -> Choices:
    """What the tables of these tests cover."""
    mus = Fraction(1, 10), Fraction(1, 2), Fraction(1)
    return Choices(activations, DELTAS, mus, DEPTHS, (2, 100), coefficients, digits, PAPER)


def right(text: str, value: mpf) -> bool:
    """Whether `text` is `value` rounded to the place where it ends, by at most half a unit."""
    shown = Decimal(text)
    unit = mpf(10) ** int(shown.as_tuple().exponent)
    return bool(abs(mpf(text) - value) <= unit / 2 * (1 + mpf(10) ** -80))


def nudged(text: str) -> str:
    """The decimal with its last digit changed by one."""
    shown = Decimal(text)
    with localcontext() as context:
        context.prec = 400
        return str(shown + Decimal((0, (1,), int(shown.as_tuple().exponent))))


def same(text: str, value: mpf) -> None:
    """The printed number is right, and a neighbour in the last digit would not be."""
    if text == "0":
        assert abs(value) < mpf(10) ** -80, mpmath.nstr(value, 30)
        return
    assert right(text, value), (text, mpmath.nstr(value, 30))
    assert not right(nudged(text), value)


def rows(name: str, chosen: Choices) -> list[dict[str, str]]:
    """The rows of a table by its CSV."""
    return list(csv.DictReader(io.StringIO(render(TABLES[name](chosen), "csv"))))


# Independent formulas: sigma and its kinks; everything below is integrated from these -------------

SIGMA: dict[str, tuple[Callable[[mpf], mpf], Callable[[mpf], mpf]]] = {
    "relu": (lambda x: max(x, mpf(0)), lambda x: mpf(x > 0)),
    "abs": (abs, lambda x: mpf(1 if x > 0 else -1)),
    "erf": (mpmath.erf, lambda x: 2 / mpmath.sqrt(mpmath.pi) * mpmath.exp(-x * x)),
    "gelu": (lambda x: x * mpmath.ncdf(x), lambda x: mpmath.ncdf(x) + x * mpmath.npdf(x)),
    "sin": (mpmath.sin, mpmath.cos),
    "h(2)": (lambda x: (x * x - 1) / mpmath.sqrt(2), lambda x: mpmath.sqrt(2) * x),
    "h(3)": (lambda x: (x**3 - 3 * x) / mpmath.sqrt(6), lambda x: (3 * x**2 - 3) / mpmath.sqrt(6)),
}
SERIES: dict[str, tuple[Callable[[mpf], mpf], Callable[[mpf], mpf]]] = {
    "tanh": (mpmath.tanh, lambda x: mpmath.sech(x) ** 2),
    "sigmoid": (
        lambda x: 1 / (1 + mpmath.exp(-x)),
        lambda x: mpmath.exp(-x) / (1 + mpmath.exp(-x)) ** 2,
    ),
    "softplus": (lambda x: mpmath.log1p(mpmath.exp(x)), lambda x: 1 / (1 + mpmath.exp(-x))),
    "arctan": (mpmath.atan, lambda x: 1 / (1 + x * x)),
    "softsign": (lambda x: x / (1 + abs(x)), lambda x: 1 / (1 + abs(x)) ** 2),
}
SIGMA.update(SERIES)
SIGMA["sign"] = (mpmath.sign, lambda x: mpmath.inf)
SIGMA["leaky_relu(1/10)"] = (
    lambda x: x if x > 0 else x / 10,
    lambda x: mpf(1) if x > 0 else mpf(1) / 10,
)


CUTS = (0, 2, 4, 6, 9, 12, 16, 24)  # the weight beyond 24 is below 10^-120


@lru_cache
def nodes() -> list[tuple[mpf, mpf]]:
    """Nodes and weights of Gauss and Legendre on each piece, times the normal density."""
    rule = GaussLegendre(mpmath.mp).calc_nodes(6, mpmath.mp.prec)
    found = []
    for low, high in pairwise(CUTS):
        half, middle = mpf(high - low) / 2, mpf(high + low) / 2
        points = [(middle + half * x, half * w) for x, w in rule]
        found += [(x, w * mpmath.npdf(x)) for x, w in points]
    return found


def expectation(f: Callable[[mpf], mpf]) -> mpf:
    """E f(X), by quadrature on both sides of 0, where f may have a kink."""
    with mpmath.workdps(DIGITS + 15):
        return mpmath.fsum(w * (f(x) + f(-x)) for x, w in nodes())


def test_the_quadrature() -> None:
    """Moments, and what is known of erf and Phi, to a hundred digits."""
    phi = mpmath.ncdf
    for f, value in (
        (lambda x: x**20, mpmath.fac2(19)),
        (lambda x: x * mpmath.erf(x), 2 / mpmath.sqrt(3 * mpmath.pi)),
        (lambda x: (x * phi(x)) ** 2, mpf(1) / 3 + 1 / (2 * mpmath.sqrt(3) * mpmath.pi)),
        (abs, mpmath.sqrt(2 / mpmath.pi)),
    ):
        assert abs(expectation(f) / value - 1) < mpf(10) ** -98


def squared(f: Callable[[mpf], mpf], x: mpf) -> mpf:
    """f(x)^2."""
    return f(x) ** 2


def moments(name: str) -> tuple[mpf, mpf]:
    """Mean and standard deviation of the activation."""
    sigma = SIGMA[name][0]
    mean = expectation(sigma)
    return mean, mpmath.sqrt(expectation(partial(squared, sigma)) - mean**2)


def hermite(k: int, x: mpf) -> mpf:
    """The orthonormal h_k by its recurrence."""
    before, now = mpf(0), mpf(1)
    for j in range(k):
        before, now = now, (x * now - mpmath.sqrt(j) * before) / mpmath.sqrt(j + 1)
    return now


def weighted_by_hermite(sigma: Callable[[mpf], mpf], k: int, x: mpf) -> mpf:
    """sigma(x) h_k(x)."""
    return sigma(x) * hermite(k, x)


ONE, HALF = mpf(1), mpf(1) / 2
SELU = (mpf("1.0507009873554804934193349852946"), mpf("1.6732632423543772848170429916717"))


def softplus(x: mpf) -> mpf:
    """log(1 + e^x)."""
    return mpmath.log1p(mpmath.exp(x))


def gelu_by_tanh(x: mpf) -> mpf:
    """The approximation of GELU by tanh."""
    inner = mpmath.sqrt(2 / mpmath.pi) * (x + mpf("0.044715") * x**3)
    return x / 2 * (1 + mpmath.tanh(inner))


CATALOGUE_SIGMA: dict[str, Callable[[mpf], mpf]] = {
    **{name: sigma for name, (sigma, _) in SIGMA.items()},
    "identity": lambda x: x,
    "abs_power": lambda x: abs(x) ** 3,
    "step": lambda x: mpf(x > 0),
    "hard_tanh": lambda x: max(-ONE, min(ONE, x)),
    "relu6": lambda x: min(max(x, mpf(0)), mpf(6)),
    "hard_sigmoid": lambda x: min(max(x / 6 + HALF, mpf(0)), ONE),
    "hard_swish": lambda x: x * min(max(x / 6 + HALF, mpf(0)), ONE),
    "soft_shrink": lambda x: mpmath.sign(x) * max(abs(x) - HALF, mpf(0)),
    "hard_shrink": lambda x: x if abs(x) > HALF else mpf(0),
    "triangle": lambda x: max(mpf(0), 1 - abs(x)),
    "phi": mpmath.ncdf,
    "sigmoid_erf": lambda x: (1 + mpmath.erf(x / 2)) / 2,
    "cos": mpmath.cos,
    "sin_cos": lambda x: mpmath.sin(x) + mpmath.cos(x),
    "snake": lambda x: x + mpmath.sin(x) ** 2,
    "exp": mpmath.exp,
    "gaussian": lambda x: mpmath.exp(-x * x),
    "gaussian_slope": lambda x: x * mpmath.exp(-x * x / 2),
    "gabor": lambda x: mpmath.exp(-x * x) * mpmath.sin(x),
    "elu": lambda x: x if x >= 0 else mpmath.expm1(x),
    "selu": lambda x: SELU[0] * (x if x >= 0 else SELU[1] * mpmath.expm1(x)),
    "celu": lambda x: x if x >= 0 else mpmath.expm1(x),
    "silu": lambda x: x / (1 + mpmath.exp(-x)),
    "mish": lambda x: x * mpmath.tanh(softplus(x)),
    "log_sigmoid": lambda x: -softplus(-x),
    "tanh_shrink": lambda x: x - mpmath.tanh(x),
    "gelu_tanh": gelu_by_tanh,
}


def all_coefficients(sigma: Callable[[mpf], mpf], count: int) -> list[mpf]:
    """a_1, ..., a_count of the normalised activation; its kinks are ends of pieces."""
    cuts = (0, HALF, 1, 2, 3, 4, 6, 9, 12, 16, 20, 24)
    rule = GaussLegendre(mpmath.mp).calc_nodes(6, mpmath.mp.prec)
    sums = [mpf(0)] * (count + 1)
    second = mpf(0)
    for low, high in pairwise(cuts):
        half, middle = mpf(high - low) / 2, mpf(high + low) / 2
        for node, weight in rule:
            for x in (middle + half * node, -(middle + half * node)):
                value = half * weight * mpmath.npdf(x) * sigma(x)
                second += value * sigma(x)
                before, now = mpf(0), mpf(1)
                for k in range(count + 1):
                    sums[k] += value * now
                    up, down = mpmath.sqrt(k), mpmath.sqrt(k + 1)
                    before, now = now, (x * now - up * before) / down
    deviation = mpmath.sqrt(second - sums[0] ** 2)
    return [s / deviation for s in sums[1:]]


@pytest.mark.slow
def test_the_coefficients_of_the_whole_catalogue() -> None:
    """mu and twenty coefficients of each, and a wrong last digit; 60 digits of quadrature."""
    assert set(CATALOGUE) <= set(CATALOGUE_SIGMA)
    found = json.loads(run("coefficients", "--activation", "catalogue", "--format", "json").output)
    assert [row["activation"] for row in found["rows"]] == list(CATALOGUE)
    for row in found["rows"]:
        with mpmath.workdps(60):
            values = all_coefficients(CATALOGUE_SIGMA[row["activation"]], 20)
        shown = {"μ": 1 - values[0] ** 2, **{f"a_{k}": v for k, v in enumerate(values, 1)}}
        for name, value in shown.items():
            text = row[name]
            if text == "0" or text.startswith("|"):
                assert abs(value) < mpf(10) ** -30, (row["activation"], name)
            else:
                same(text, value)


def check_coefficients(found: Sequence[Mapping[str, str]], count: int) -> None:
    """Each a_k by quadrature of sigma against h_k, and mu = 1 - a_1^2."""
    for row in found:
        sigma = SIGMA[row["activation"]][0]
        _, deviation = moments(row["activation"])
        for k in range(1, count + 1):
            value = expectation(partial(weighted_by_hermite, sigma, k)) / deviation
            same(row[f"a_{k}"], value)
            if k == 1:
                same(row["μ"], 1 - value**2)


def test_coefficients() -> None:
    """The first coefficients of one activation."""
    check_coefficients(rows("coefficients", choices("relu", coefficients=2)), 2)


def depth_zero(delta: mpf, mu: mpf) -> int:
    """L0; at 110 digits a tie shows as a distance below 10^-90 from an integer."""
    quotient = mpmath.log(1 / (2 * delta)) / mpmath.log(1 + mu / 2)
    nearest = mpmath.nint(quotient)
    tie = abs(quotient - nearest) < mpf(10) ** -90
    return max(int(nearest if tie else mpmath.ceil(quotient)), 0)


def bound(L: int, delta: mpf, mu: mpf) -> mpf:
    """B(L, delta)."""
    start = depth_zero(delta, mu)
    return 1 - delta * (1 + mu / 2) ** L if start >= L else (1 - mu / 2) ** (L - start) / 2


def number(text: str) -> mpf:
    """A fraction as a number."""
    return mpf(Fraction(text).numerator) / Fraction(text).denominator


def check_bounds(found: Sequence[Mapping[str, str]], n: int, depths: Sequence[int]) -> None:
    """L0, L1, L2 and B from their formulas."""
    for row in found:
        mu, delta = number(row["μ"]), number(row["δ"])
        start, layer = depth_zero(delta, mu), -mpmath.log(1 - mu / 2)
        assert int(row["L0"]) == start
        assert int(row[f"L1 (n = {n})"]) == start + mpmath.ceil(mpmath.log(n) / layer)
        assert int(row[f"L2 (n = {n})"]) == 2 * start + mpmath.ceil(2 * mpmath.log(2 * n) / layer)
        for L in depths:
            same(row[f"B({L}, δ)"], bound(L, delta, mu))


def test_bounds() -> None:
    """L0, L1, L2 and B over a grid of nine points."""
    found = rows("bounds", choices())
    assert len(found) == 9
    check_bounds(found, 100, DEPTHS)


def relu_dual(r: mpf) -> mpf:
    """The arc-cosine kernel of order 1 (Cho and Saul 2009), normalised."""
    angle = mpmath.acos(r)
    raw = (mpmath.sin(angle) + (mpmath.pi - angle) * r) / (2 * mpmath.pi)
    square = 1 / (2 * mpmath.pi)
    return (raw - square) / (mpf(1) / 2 - square)


def leaky_dual(r: mpf) -> mpf:
    """x/10 + (9/10) max(x, 0), expanded; E X max(X', 0) = r/2."""
    a, b = mpf(1) / 10, mpf(9) / 10
    angle = mpmath.acos(r)
    order_one = (mpmath.sin(angle) + (mpmath.pi - angle) * r) / (2 * mpmath.pi)
    raw = a * a * r + a * b * r + b * b * order_one
    square = b * b / (2 * mpmath.pi)
    return (raw - square) / (a * a + a * b + b * b / 2 - square)


def abs_dual(r: mpf) -> mpf:
    """E |X X'| = (2/pi)(sqrt(1 - r^2) + r asin r), normalised."""
    raw = 2 / mpmath.pi * (mpmath.sqrt(1 - r * r) + r * mpmath.asin(r))
    return (raw - 2 / mpmath.pi) / (1 - 2 / mpmath.pi)


def gelu_dual(r: mpf) -> mpf:
    """r/4 + r asin(r/2)/(2 pi) + 1/(2 pi sqrt(4 - r^2)) less its value at 0, normalised."""

    def raw(t: mpf) -> mpf:
        root = 2 * mpmath.pi * mpmath.sqrt(4 - t * t)
        return t / 4 + t * mpmath.asin(t / 2) / (2 * mpmath.pi) + 1 / root

    return (raw(r) - raw(mpf(0))) / (raw(mpf(1)) - raw(mpf(0)))


def test_the_dual_of_gelu() -> None:
    """By quadrature over X: for Y normal of mean m and variance v, with w = 1 + v,
    E Y Phi(Y) = m Phi(m/sqrt w) + v/sqrt(w) phi(m/sqrt w)."""
    for r in (mpf(9) / 10, mpf(1) / 2, -mpf(1) / 3):
        v = 1 - r * r
        root = mpmath.sqrt(1 + v)

        def product(x: mpf, r: mpf = r, v: mpf = v, root: mpf = root) -> mpf:
            at = r * x / root
            inner = r * x * mpmath.ncdf(at) + v / root * mpmath.npdf(at)
            return x * mpmath.ncdf(x) * inner

        mean, deviation = normal_moments("gelu")
        value = (expectation(product) - mean**2) / deviation**2
        assert abs(value - gelu_dual(r)) < mpf(10) ** -95


@lru_cache
def normal_moments(name: str) -> tuple[mpf, mpf]:
    """The moments, once."""
    with mpmath.workdps(DIGITS + 15):
        return moments(name)


DUALS: dict[str, Callable[[mpf], mpf]] = {
    "relu": relu_dual,
    "leaky_relu(1/10)": leaky_dual,
    "abs": abs_dual,
    "gelu": gelu_dual,
    "sign": lambda r: 2 / mpmath.pi * mpmath.asin(r),
    "sin": lambda r: mpmath.sinh(r) / mpmath.sinh(1),
    "erf": lambda r: mpmath.asin(2 * r / 3) / mpmath.asin(mpf(2) / 3),
    "h(2)": lambda r: r**2,
    "h(3)": lambda r: r**3,
}


SLOPES: dict[str, Callable[[mpf], mpf]] = {
    "relu": lambda r: (mpmath.pi - mpmath.acos(r)) / (mpmath.pi - 1),
    "leaky_relu(1/10)": lambda r: (
        (mpf(1) / 10 + mpf(81) / 100 * (mpmath.pi - mpmath.acos(r)) / (2 * mpmath.pi))
        / normal_moments("leaky_relu(1/10)")[1] ** 2
    ),
    "abs": lambda r: mpmath.asin(r) / (mpmath.pi / 2 - 1),
    "gelu": lambda r: (
        (mpf(1) / 4 + mpmath.asin(r / 2) / (2 * mpmath.pi)
         + r / (2 * mpmath.pi) * ((4 - r * r) ** mpf("-0.5") + (4 - r * r) ** mpf("-1.5")))
        / normal_moments("gelu")[1] ** 2
    ),
    "sin": lambda r: mpmath.cosh(r) / mpmath.sinh(1),
    "erf": lambda r: 2 / mpmath.sqrt(9 - 4 * r * r) / mpmath.asin(mpf(2) / 3),
    "h(2)": lambda r: 2 * r,
    "h(3)": lambda r: 3 * r**2,
}  # fmt: skip


def test_the_derivatives_of_the_duals() -> None:
    """Against differences."""
    for name, slope in SLOPES.items():
        for r in (mpf(9) / 10, mpf(1) / 7):
            assert abs(slope(r) / mpmath.diff(DUALS[name], r) - 1) < mpf(10) ** -40


SERIES_TERMS = 170  # the rest of the series of tanh and its like is below 10^-20


@lru_cache
def squared_coefficients(name: str) -> list[mpf]:
    """c_1, c_2, ... of the normalised activation, by quadrature against the recurrence of h_k."""
    sigma, (mean, deviation) = SIGMA[name][0], normal_moments(name)
    points = [(x, w * (sigma(x) - mean)) for y, w in nodes() for x in (y, -y)]
    rows: list[list[mpf]] = [[mpf(0)] * len(points), [mpf(1)] * len(points)]
    found = []
    for j in range(SERIES_TERMS):
        up, down = mpmath.sqrt(j), mpmath.sqrt(j + 1)
        following = [
            (x * now - up * before) / down
            for (x, _), now, before in zip(points, rows[1], rows[0], strict=True)
        ]
        rows = [rows[1], following]
        terms = (w * h for (_, w), h in zip(points, following, strict=True))
        found.append((mpmath.fsum(terms) / deviation) ** 2)
    return found


def series_dual(name: str, r: mpf) -> mpf:
    """The sum of c_k r^k, beyond the last one the mass that is left at the next power."""
    with mpmath.workdps(DIGITS):
        c = squared_coefficients(name)
        return mpmath.polyval([1 - mpmath.fsum(c), *c[::-1], 0], r)


for series_name in ("tanh", "sigmoid", "softplus"):
    DUALS[series_name] = partial(series_dual, series_name)


def by_definition(name: str, r: mpf) -> mpf:
    """The dual of a normalised odd function from Definition 4: a double integral, for r <= 0.9.

    The inner variable is Y = r X + s Z itself, so that a kink of sigma at 0 is an end of pieces.
    """
    with mpmath.workdps(32):
        rule = GaussLegendre(mpmath.mp).calc_nodes(5, mpmath.mp.prec)
        points = [
            ((low + high) / mpf(2) + x * (high - low) / 2, w * (high - low) / 2)
            for low, high in pairwise(CUTS)
            for x, w in rule
        ]
        sigma, s = SIGMA[name][0], mpmath.sqrt(1 - r * r)
        inner = [(u, w * sigma(s * u)) for y, w in points for u in (y, -y)]
        total = mpf(0)
        for x, w in points:
            if x < 12:
                near_x = ((u - r * x / s, v) for u, v in inner if abs(u - r * x / s) < 12)
                value = mpmath.fsum(v * mpmath.exp(-z * z / 2) for z, v in near_x)
                total += 2 * w * mpmath.npdf(x) * sigma(x) * value
        return total / mpmath.sqrt(2 * mpmath.pi) / normal_moments(name)[1] ** 2


def clipped_by_definition(r: mpf) -> mpf:
    """The dual of hard_tanh, normalised: an integral over X of what E[sigma(Y) | X] is."""
    s = mpmath.sqrt(1 - r * r)

    def above(m: mpf, s: mpf) -> mpf:
        return (m - 1) * mpmath.ncdf((m - 1) / s) + s * mpmath.npdf((m - 1) / s)

    def given_x(x: mpf) -> mpf:
        return r * x + above(-r * x, s) - above(r * x, s)

    def product(x: mpf) -> mpf:
        return min(x, mpf(1)) * given_x(x) * mpmath.npdf(x)

    cuts = [0, *(mpf(k) / 4 for k in range(1, 24)), 6, 8, 12, 16]
    with mpmath.workdps(40):
        square = mpmath.quad(lambda x: min(x * x, mpf(1)) * mpmath.npdf(x), cuts)
        return mpmath.quad(product, cuts) / square


def test_the_dual_of_a_clipped_line() -> None:
    """With the bivariate normal distribution function in its closed form."""
    for row in rows("decay", replace(choices("hard_tanh"), depths=(1,))):
        same(row["σ̂^(L)(1−δ)"], clipped_by_definition(1 - number(row["δ"])))


def test_tables_of_a_certified_series() -> None:
    """tanh has no closed form: correlations, condition numbers and tangent kernel all the same."""
    check_decay(rows("decay", choices("tanh", digits=12)))
    check_condition(rows("condition", choices("tanh", digits=12)))
    check_tangent(rows("tangent", choices("tanh", "softsign")), DEPTHS)


def test_a_formula_is_an_activation_too() -> None:
    """tanh spelled as a formula has the numbers of tanh; a broken one is refused."""
    named, spelled = (choices("tanh"), replace(choices(), formulas=("(exp(2*x)-1)/(exp(2*x)+1)",)))
    for name in ("decay", "tangent"):
        for one, other in zip(rows(name, named), rows(name, spelled), strict=True):
            assert list(one.values())[1:] == list(other.values())[1:]
    for arguments in (("--formula", "x +"), ("--formula", "3"), ("--formula", "exp(x^2)")):
        assert run("decay", *arguments).exit_code == 3


@pytest.mark.slow
@pytest.mark.parametrize("name", ["tanh", "arctan", "softsign"])
def test_series_by_definition(name: str) -> None:
    """One layer against the double integral of Definition 4; softsign shows fewer digits."""
    for row in rows("decay", replace(choices(name), deltas=DELTAS[1:], depths=(1,))):
        same(row["σ̂^(L)(1−δ)"], by_definition(name, 1 - number(row["δ"])))
        assert len(row["σ̂^(L)(1−δ)"]) > (10 if name == "softsign" else 15)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["sigmoid", "softplus"])
def test_more_series(name: str) -> None:
    """All tables that iterate the dual."""
    check_decay(rows("decay", choices(name, digits=12)))
    check_condition(rows("condition", choices(name, digits=12)))
    check_tangent(rows("tangent", choices(name)), DEPTHS)


@lru_cache
def nonlinearity(name: str) -> mpf:
    """mu = 1 - a_1^2, by quadrature."""
    sigma = SIGMA[name][0]
    return 1 - (expectation(partial(weighted_by_hermite, sigma, 1)) / normal_moments(name)[1]) ** 2


@lru_cache
def correlation(name: str, delta: str, depth: int) -> mpf:
    """sigma-hat^(depth)(1 - delta)."""
    with mpmath.workdps(2100):
        if depth == 0:
            return 1 - number(delta)
        return DUALS[name](correlation(name, delta, depth - 1))


def check_decay(found: Sequence[Mapping[str, str]]) -> None:
    """The iterated dual, and the bound B."""
    mu = {name: nonlinearity(name) for name in {row["activation"] for row in found}}
    for row in found:
        name, depth = row["activation"], int(row["L"])
        value = correlation(name, row["δ"], depth)
        near(row["σ̂^(L)(1−δ)"], value)
        same(row["B(L, δ)"], bound(depth, number(row["δ"]), mu[name]))


def check_condition(found: Sequence[Mapping[str, str]]) -> None:
    """(1 + (n-1) v)/(1 - v) for n points with all correlations v, beside the bound."""
    mu = {name: nonlinearity(name) for name in {row["activation"] for row in found}}
    for row in found:
        name, n, depth = row["activation"], int(row["n"]), int(row["L"])
        v = correlation(name, row["δ"], depth)
        same(row["κ"], (1 + (n - 1) * v) / (1 - v))
        same(row["bound"], 1 + n / number(row["δ"]) / (1 + mu[name] / 2) ** depth)


def check_tangent(found: Sequence[Mapping[str, str]], depths: Sequence[int]) -> None:
    """D(1) = E[sigma'(X)^2] / Var sigma by quadrature, and the geometric sums of it."""
    for row in found:
        name = row["activation"]
        if name == "sign":  # a jump
            assert {v for k, v in row.items() if k != "activation"} == {"∞"}
            continue
        slope = expectation(partial(squared, SIGMA[name][1])) / normal_moments(name)[1] ** 2
        same(row["D(1)"], slope)
        for L in depths:
            same(row[f"L = {L}"], (slope ** (L + 1) - 1) / (slope - 1))


def test_decay_and_condition() -> None:
    """sigma-hat iterated and the condition number of equicorrelated points, beside the bounds."""
    names = ("relu", "h(3)")
    check_decay(rows("decay", choices(*names)))
    check_condition(rows("condition", choices(*names)))


def test_tangent() -> None:
    """The diagonal entries for ReLU; infinite for a jump."""
    check_tangent(rows("tangent", choices("relu", "sign")), DEPTHS)


def test_more_digits_at_other_grids() -> None:
    """Options: forty digits, other activations, deltas and depths."""
    chosen = Choices(
        ("abs", "h(2)"), (Fraction(3, 7),), (Fraction(2, 3),), (3, 8), (5,), 3, 40, PAPER
    )
    check_coefficients(rows("coefficients", chosen), 3)
    check_bounds(rows("bounds", chosen), 5, (3, 8))
    check_decay(rows("decay", chosen))
    check_condition(rows("condition", chosen))
    check_tangent(rows("tangent", chosen), (3, 8))
    (row,) = [r for r in rows("decay", chosen) if r["activation"] == "abs" and r["L"] == "8"]
    assert len(row["B(L, δ)"]) >= 40


def near(text: str, value: mpf) -> None:
    """The printed number is right, or the value is smaller than what is shown."""
    if text.startswith("|"):
        assert abs(value) < mpf(10) ** -1000
    else:
        same(text, value)


def support(n: int) -> int:
    """The least M with the product of 1 - k/M, k < n, over 1/2, by trying one after the other."""
    size = int(n * n / (2 * mpmath.log(2))) - n  # below it, as log(1 - x) <= -x
    size = max(size, n)
    while mpmath.fsum(mpmath.log(1 - mpf(k) / size) for k in range(1, n)) <= -mpmath.log(2):
        size += 1
    return size


def tangent_ratio(name: str, delta: str, depth: int) -> mpf:
    """K_12/K_11 of the tangent kernel by its recursion, with 60 digits."""
    with mpmath.workdps(60):
        top = expectation(partial(squared, SIGMA[name][1])) / normal_moments(name)[1] ** 2
        kernel, diagonal = 1 - number(delta), mpf(1)
        for layer in range(depth):
            slope = SLOPES[name](correlation(name, delta, layer))
            kernel = correlation(name, delta, layer + 1) + kernel * slope
            diagonal = 1 + diagonal * top
        return kernel / diagonal


def check_sharper(found: Sequence[Mapping[str, str]], n: int) -> None:
    """Every cell from the formulas."""
    mus = {name: nonlinearity(name) for name in {row["activation"] for row in found}}
    support_size = support(n)
    for row in found:
        check_sharper_row(row, n, mus[row["activation"]], support_size)


def check_sharper_row(row: Mapping[str, str], n: int, mu: mpf, support_size: int) -> None:
    """Odds, powers and logarithms anew; the true values from the iterated dual."""
    item, name, delta, depth = row["item"], row["activation"], number(row["δ"]), int(row["L"])
    truth, ours, printed = row["true value"], row["sharper"], row["printed"]
    if item == "Theorem 30":
        near(ours, delta ** mpf("1.5") / (500_000 * mpf(n) ** 3))
        near(truth, (relu_dual(mpf(1)) - relu_dual(1 - delta)) * (mpf(1) / 2 - 1 / (2 * mpmath.pi)))
        return
    odds = (1 - delta) / delta / (1 + mu) ** depth
    start = depth_zero(delta, mu)
    v = correlation(name, row["δ"], depth)
    if item.startswith("Lemma 26"):
        assert depth == start + mpmath.ceil(mpmath.log(n) / -mpmath.log(1 - mu / 2))
        near(truth, (1 + (support_size - 1) * v) / support_size)
        near(ours, mpf(9) / 2 * mpmath.log(n) / n)
        near(printed, 8 * mpmath.log(n) / n)
        return
    if item == "Lemma 10":
        derivative = SLOPES[name](1 - delta)
        top = expectation(partial(squared, SIGMA[name][1])) / normal_moments(name)[1] ** 2
        near(truth, derivative / top)
        near(ours, 1 - 2 * mu / (1 + mu) * delta)
        near(printed, 1 - mu * delta)
        return
    old = bound(depth, delta, mu)
    best, left = min(old, odds / (1 + odds)), 1 - mu / 2
    L1 = start + int(mpmath.ceil(mpmath.log(n) / -mpmath.log(left)))
    L2 = 2 * start + int(mpmath.ceil(2 * mpmath.log(2 * n) / -mpmath.log(left)))
    about_tangent = item.startswith(("Theorem 8", "Corollary 9"))
    q = tangent_ratio(name, row["δ"], depth) if about_tangent else v
    kappa, half = (1 + (n - 1) * q) / (1 - q), 2 * bound_at_half(depth, delta, mu)
    expected = {
        "Theorem 2, part 1": (q, best, old),
        "Theorem 2, part 2": (1 - q, 1 - best, 1 - old),
        "Corollary 3, part 1": (kappa, 1 + 2 * left ** (depth - L1),
                                1 + 2 * n * left ** (depth - L1)),
        "Corollary 3, part 2": (kappa, 1 + n * odds, 1 + n / delta / (1 + mu / 2) ** depth),
        "Theorem 8, part 1": (q, odds / (1 + odds), half),
        "Theorem 8, part 2": (1 - q, 1 / (1 + odds), 1 - half),
        "Corollary 9, part 1": (kappa, 1 + 2 * left ** (mpf(depth - L2) / 2),
                                1 + 4 * n * left ** (mpf(depth) / 2 - L2)),
        "Corollary 9, part 2": (kappa, 1 + n * odds,
                                1 + 2 * n / delta / (1 + mu / 2) ** (mpf(depth) / 2)),
    }  # fmt: skip
    for text, value in zip((truth, ours, printed), expected[item], strict=True):
        if text != "–":
            near(text, value)
    stated = {
        "Theorem 8, part 1": depth % 2 == 0 and depth >= 2 * start,
        "Theorem 8, part 2": depth % 2 == 0 and depth >= 2 * start,
        "Corollary 9, part 2": depth >= 4 * start,
    }
    assert (printed != "–") == (delta < 1 and stated.get(item, True))


def bound_at_half(L: int, delta: mpf, mu: mpf) -> mpf:
    """B(L/2, delta) by the same formulas."""
    start, half = depth_zero(delta, mu), mpf(L) / 2
    shallow = 1 - delta * (1 + mu / 2) ** half
    return shallow if half <= start else (1 - mu / 2) ** (half - start) / 2


LOWER = ("Theorem 2, part 2", "Theorem 8, part 2", "Theorem 30")


def test_sharper() -> None:
    """Main bounds beside the sharper ones; a wrong digit is found."""
    chosen = replace(choices("relu", "h(3)"), depths=(1, 20, 100), deltas=DELTAS[1:])
    found = rows("sharper", chosen)
    check_sharper(found, 100)
    assert {r["item"] for r in found} == {
        "Theorem 2, part 1", "Theorem 2, part 2", "Corollary 3, part 1", "Corollary 3, part 2",
        "Lemma 10", "Theorem 8, part 1", "Theorem 8, part 2", "Corollary 9, part 1",
        "Corollary 9, part 2", "Lemma 26, N = 100", "Theorem 30",
    }  # fmt: skip
    for row in found:
        values = [row["true value"], row["sharper"], row["printed"]]
        if row["item"] in LOWER:
            values.reverse()
        known = [mpf(v) for v in values if v != "–" and v[0] not in "|Ω"]
        assert known == sorted(known), row
    wrong = [r for r in found if r["item"] == "Corollary 9, part 1"][-1]
    for column in ("true value", "sharper", "printed"):
        with pytest.raises(AssertionError):
            check_sharper([{**wrong, column: nudged(wrong[column])}], 100)


CHECKS: dict[str, Callable[[Sequence[Mapping[str, str]]], None]] = {
    "coefficients": lambda found: check_coefficients(found, 20),
    "bounds": lambda found: check_bounds(found, 1000, (1, 5, 10, 20, 50)),
    "decay": check_decay,
    "condition": check_condition,
    "tangent": lambda found: check_tangent(found, (1, 5, 10, 20, 50)),
    "sharper": lambda found: check_sharper(found, 1000),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(CHECKS))
def test_every_number_of_the_command(name: str) -> None:
    """The table as the command prints it, number by number; one wrong last digit is found."""
    result = run(name, "--format", "json")
    found = json.loads(result.output)["rows"]
    assert {row["activation"] for row in found if "activation" in row} <= set(SIGMA)
    CHECKS[name](found)
    column = list(found[0])[-1]
    found[0][column] = nudged(found[0][column])
    with pytest.raises(AssertionError):
        CHECKS[name](found[:1])


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [
        ("1/3", "1/3", "0.33333"),
        ("2/3", "2/3", "0.66667"),
        ("0.123446", "0.123454", "0.12345"),
        ("0.12344", "0.12346", "0.123"),
        ("-0.99999999", "-0.9999999", "-1.0000"),
        ("999999", "999999", "1.0000e6"),
        ("12345", "12345", "12345"),
        ("0.00001234567", "0.00001234567", "1.2346e-5"),
        ("0", "0", "0"),
    ],
)
def test_digits_of_an_enclosure(low: str, high: str, shown: str) -> None:
    """Rounded to nearest; fewer digits where the ends disagree."""
    assert certified_digits(Fraction(low), Fraction(high), 5) == shown


def test_digits_that_nothing_certifies() -> None:
    """An enclosure of both signs, or one that is too wide, has no digits."""
    for low, high in (("-1", "1"), ("0", "1"), ("0.1", "7")):
        assert rounded(Fraction(low), Fraction(high), 5) is None
        with pytest.raises(ValueError, match="does not certify"):
            certified_digits(Fraction(low), Fraction(high), 5)


def test_a_wrong_last_digit_is_found() -> None:
    """The comparison of these tests fails for a number that is one unit off."""
    value = mpmath.pi
    assert right("3.14159265358979", value)
    assert not right(nudged("3.14159265358979"), value)


# Formats ------------------------------------------------------------------------------------------


class Cells(HTMLParser):
    """The texts of the cells of an HTML table."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.cells: list[str] = []
        self._inside = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A cell begins."""
        self._inside = tag in ("td", "th")
        self.cells += [""] if self._inside else []

    def handle_data(self, data: str) -> None:
        """The text of a cell."""
        if self._inside:
            self.cells[-1] += data.strip()


def small(name: str = "bounds", record: Path = PAPER) -> Table:
    """A table to be set."""
    return TABLES[name](replace(choices("relu", "sign"), record=record))


def test_formats_say_the_same() -> None:
    """The numbers of CSV stand in the other formats as well."""
    table = small()
    values = [cell for row in csv.reader(io.StringIO(render(table, "csv"))) for cell in row]
    ElementTree.fromstring(render(table, "html"))
    assert Cells(render(table, "html")).cells == values
    document = json.loads(render(table, "json"))
    assert [v for row in document["rows"] for v in row.values()] == values[len(table.columns) :]
    for value in values:
        assert value in render(table, "markdown")
    for row in table.rows:
        for cell in row:
            assert not cell.numeric or rf"\num{{{cell.text}}}" in render(table, "latex")


def test_text_is_escaped_for_latex() -> None:
    """What LaTeX reads as a command is escaped."""
    assert latex_text(r"a_b & 50% \x ≤ σ̂ ☃") == (
        r"a\_b \& 50\% \textbackslash{}x $\le$ $\hat\sigma$ \texttt{U+2603}"
    )


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("pdflatex"), reason="needs texlive with siunitx")
@pytest.mark.parametrize("packages", ["booktabs,siunitx", "booktabs,siunitx,graphicx"])
@pytest.mark.parametrize("name", sorted(TABLES))
def test_latex_compiles(name: str, packages: str, tmp_path: Path) -> None:
    """Each table, as long as the command makes it, and a broken one does not.

    No float is longer than a page, and with graphicx no number leaves it at the side.
    """
    record = small_copy(tmp_path / "record")
    text = run(name, "--format", "latex", "--from", str(record)).output
    head = rf"\documentclass{{article}}\usepackage{{{packages}}}\begin{{document}}"
    for body, code in ((text, 0), (text.replace(r"\midrule", r"\midruler"), 1)):
        (tmp_path / "t.tex").write_text(f"{head}\n{body}\n\\end{{document}}\n", encoding="utf-8")
        command = ["pdflatex", "-halt-on-error", "-interaction=nonstopmode", "t.tex"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=120, check=False)
        assert done.returncode == code, done.stdout[-2000:]
        assert b"Float too large" not in done.stdout
        if "graphicx" in packages and name in CHECKS:
            assert b"Overfull" not in done.stdout


def test_latex_has_every_row_once() -> None:
    """On several floats, each with its own label; turned round where there are many columns."""
    table = small("condition")
    long = replace(table, rows=table.rows * 12)
    text = render(long, "latex")
    labels = re.findall(r"\\label\{([^}]+)\}", text)
    assert len(labels) > 2
    assert len(set(labels)) == len(labels)
    numbers = [c.text for row in long.rows for c in row if c.numeric]
    assert re.findall(r"\\num\{([^}]+)\}", text) == numbers
    wide = TABLES["coefficients"](choices("relu", "sign", coefficients=14))
    turned = render(wide, "latex")
    assert turned.count(r"\tabularnewline") == 16
    assert sorted(re.findall(r"\\num\{([^}]+)\}", turned)) == sorted(
        c.text for row in wide.rows for c in row if c.numeric
    )


def test_latex_of_a_table_too_wide_either_way_comes_in_strips() -> None:
    """Thirteen activations and fourteen columns: every number once, labels of their own."""
    wide = TABLES["coefficients"](choices(*CATALOGUE[:13], digits=3, coefficients=13))
    text = render(wide, "latex")
    labels = re.findall(r"\\label\{([^}]+)\}", text)
    assert labels == ["tab:conditioning-coefficients-1", "tab:conditioning-coefficients-2"]
    assert sorted(re.findall(r"\\num\{([^}]+)\}", text)) == sorted(
        c.text for row in wide.rows for c in row if c.numeric
    )


# The command --------------------------------------------------------------------------------------


def run(*arguments: str) -> Result:
    """The command line."""
    return CliRunner().invoke(cli, ["table", *arguments])


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_the_command(form: str) -> None:
    """Each format, twice the same."""
    arguments = ("tangent", "--activation", "relu", "--depth", "1,2", "--format", form)
    assert run(*arguments).exit_code == 0
    assert run(*arguments).output == run(*arguments).output


def test_the_table_of_verdicts(tmp_path: Path) -> None:
    """A row for each item, as the checker's documents make it; what is rejected says so."""
    folder = small_copy(tmp_path / "record")
    found = read_record(folder, [c.item for c in PAPER_ORDER]).verdicts
    table = json.loads(run("verdicts", "--from", str(folder), "--format", "json").output)["rows"]
    assert {row["item"]: (row["verdict"], row["assurance"]) for row in table} == {
        item: (v.verdict, v.assurance) for item, v in found.items()
    }
    assert all(name in row["given"] for row in table for name, _ in found[row["item"]].given)
    (victim,) = (folder / "lemma_23").glob("lemma_23_c-*.json")
    victim.write_bytes(victim.read_bytes() + b"\n")
    table = json.loads(run("verdicts", "--from", str(folder), "--format", "json").output)["rows"]
    assert [r["verdict"] for r in table if r["item"] == "Lemma 23"] == ["rejected"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("bounds", "--delta", "0"),
        ("bounds", "--delta", "2"),
        ("bounds", "--mu", "x"),
        ("bounds", "--depth", "0"),
        ("bounds", "--depth", "-1"),
        ("bounds", "--depth", "1" * 5000),
        ("decay", "--depth", "501"),
        ("decay", "--activation", "nosuch"),
        ("verdicts", "--from", "/nonexistent"),
    ],
)
def test_bad_input(arguments: tuple[str, ...]) -> None:
    """One sentence, exit code 3."""
    result = run(*arguments)
    assert result.exit_code == 3
    assert result.output.count("\n") == 1


def _times(sigma: Callable[[mpf], mpf], hermite: Callable[[mpf], mpf]) -> Callable[[mpf], mpf]:
    return lambda x: sigma(x) * hermite(x / mpmath.sqrt(2))


@pytest.mark.parametrize("name", ["tanh", "softplus", "mish"])
def test_coefficients_of_certified_series(name: str) -> None:
    """Activations without a closed form: each digit against quadrature with 40 digits."""
    functions: dict[str, Callable[[mpmath.mpf], mpmath.mpf]] = {
        "tanh": mpmath.tanh,
        "softplus": lambda x: mpmath.log1p(mpmath.exp(x)),
        "mish": lambda x: x * mpmath.tanh(mpmath.log1p(mpmath.exp(x))),
    }
    with mpmath.workdps(40):

        def mean(f: Callable[[mpmath.mpf], mpmath.mpf]) -> mpmath.mpf:
            return mpmath.quad(lambda x: f(x) * mpmath.npdf(x), range(-20, 21, 2))

        sigma = functions[name]
        centre = mean(sigma)
        root = mpmath.sqrt(mean(lambda x: (sigma(x) - centre) ** 2))
        wanted = []
        for k in range(1, 5):
            scale = mpmath.sqrt(mpmath.mpf(2) ** k * mpmath.factorial(k)) * root
            hermite = partial(mpmath.hermite, k)
            wanted.append(mean(_times(sigma, hermite)) / scale)
        out = run("coefficients", "--activation", name, "--coefficients", "4", "--format", "csv")
        cells = out.output.splitlines()[-1].split(",")[1:]
        for cell, value in zip(cells, [1 - wanted[0] ** 2, *wanted], strict=True):
            if cell.startswith("|·|<"):
                noise = mpmath.mpf(10) ** -38  # of 40 digits
                assert abs(value) < max(mpmath.mpf(cell[4:]), noise)
            elif cell == "0":
                assert abs(value) < mpmath.mpf(10) ** -30
            else:
                assert Decimal(cell) == Decimal(mpmath.nstr(value, 12, strip_zeros=False))
