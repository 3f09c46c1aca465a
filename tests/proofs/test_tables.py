"""Verified tables: every number agrees with an independent computation at 100 digits."""

import csv
import io
import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import mpmath
import pytest
from click.testing import CliRunner, Result
from mpmath import mpf

from certificates.report.decimals import certified_digits, rounded
from proofs.cli import cli
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
    assert right(text, value), (text, mpmath.nstr(value, 30))
    assert text == "0" or not right(nudged(text), value) or abs(Decimal(text)) == 0


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
    "h(3)": (lambda x: (x**3 - 3 * x) / mpmath.sqrt(6), lambda x: (3 * x**2 - 3) / mpmath.sqrt(6)),
}
SIGMA["leaky_relu(1/10)"] = (
    lambda x: x if x > 0 else x / 10,
    lambda x: mpf(1) if x > 0 else mpf(1) / 10,
)


def expectation(f: Callable[[mpf], mpf]) -> mpf:
    """E f(X), by quadrature on both sides of 0; the weight beyond 24 is below 10^-120."""
    with mpmath.workdps(DIGITS + 15):
        weighted = lambda x: f(x) * mpmath.npdf(x)  # noqa: E731
        return mpmath.quad(weighted, [-24, -12, -6, -3, 0]) + mpmath.quad(
            weighted, [0, 3, 6, 12, 24]
        )


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


def check_coefficients(names: tuple[str, ...], count: int) -> None:
    """Each a_k by quadrature of sigma against h_k, and mu = 1 - a_1^2."""
    for row in rows("coefficients", choices(*names, coefficients=count)):
        sigma = SIGMA[row["activation"]][0]
        _, deviation = moments(row["activation"])
        for k in range(1, count + 1):
            value = expectation(partial(weighted_by_hermite, sigma, k)) / deviation
            same(row[f"a_{k}"], value)
            if k == 1:
                same(row["μ"], 1 - value**2)


def test_coefficients() -> None:
    """The first coefficients of one activation."""
    check_coefficients(("relu",), 2)


@pytest.mark.slow
def test_coefficients_of_more_activations() -> None:
    """Twenty coefficients of each."""
    check_coefficients(tuple(SIGMA), 20)


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


def test_bounds() -> None:
    """L0, L1, L2 and B from their formulas."""
    found = rows("bounds", choices())
    assert len(found) == 9
    for row in found:
        mu, delta = number(row["μ"]), number(row["δ"])
        start, layer = depth_zero(delta, mu), -mpmath.log(1 - mu / 2)
        assert int(row["L0"]) == start
        assert int(row["L1 (n = 100)"]) == start + mpmath.ceil(mpmath.log(100) / layer)
        assert int(row["L2 (n = 100)"]) == 2 * start + mpmath.ceil(2 * mpmath.log(200) / layer)
        for L in DEPTHS:
            same(row[f"B({L}, δ)"], bound(L, delta, mu))


def relu_dual(r: mpf) -> mpf:
    """The arc-cosine kernel of order 1 (Cho and Saul 2009), normalised."""
    angle = mpmath.acos(r)
    raw = (mpmath.sin(angle) + (mpmath.pi - angle) * r) / (2 * mpmath.pi)
    square = 1 / (2 * mpmath.pi)
    return (raw - square) / (mpf(1) / 2 - square)


DUALS: dict[str, Callable[[mpf], mpf]] = {
    "relu": relu_dual,
    "sin": lambda r: mpmath.sinh(r) / mpmath.sinh(1),
    "erf": lambda r: mpmath.asin(2 * r / 3) / mpmath.asin(mpf(2) / 3),
    "h(3)": lambda r: r**3,
}
SLOPES = {"relu": "0.26652889653839", "sin": "0.14908", "erf": "0.0864", "h(3)": "1"}


def nonlinearity(name: str) -> mpf:
    """mu = 1 - sigma-hat'(0), by a difference quotient at 250 digits."""
    with mpmath.workdps(250):
        h = mpf(10) ** -60
        value = 1 - (DUALS[name](h) - DUALS[name](-h)) / (2 * h)
    assert mpmath.nstr(value, 20).startswith(SLOPES[name][:6])
    return value


def test_decay_and_condition() -> None:
    """sigma-hat iterated and the condition number of equicorrelated points, beside the bounds."""
    names = tuple(DUALS)
    correlations = {}
    for row in rows("decay", choices(*names)):
        with mpmath.workdps(300):
            value = 1 - number(row["δ"])
            for _ in range(int(row["L"])):
                value = DUALS[row["activation"]](value)
        correlations[row["activation"], row["δ"], row["L"]] = value
        if row["σ̂^(L)(1−δ)"].startswith("|"):
            assert abs(value) < mpf(10) ** -1000
        else:
            same(row["σ̂^(L)(1−δ)"], value)
        mu = nonlinearity(row["activation"])
        same(row["B(L, δ)"], bound(int(row["L"]), number(row["δ"]), mu))
    for row in rows("condition", choices(*names)):
        v, n = correlations[row["activation"], row["δ"], row["L"]], int(row["n"])
        same(row["κ"], (1 + (n - 1) * v) / (1 - v))
        mu = nonlinearity(row["activation"])
        same(row["bound"], 1 + n / number(row["δ"]) / (1 + mu / 2) ** int(row["L"]))


@pytest.mark.parametrize("activation", ["relu", pytest.param("gelu", marks=pytest.mark.slow)])
def test_tangent(activation: str) -> None:
    """D(1) = E[sigma'(X)^2] / Var sigma by quadrature; infinite for a jump."""
    for row in rows("tangent", choices(activation, "sign")):
        name = row["activation"]
        if name == "sign":
            assert {v for k, v in row.items() if k != "activation"} == {"∞"}
            continue
        derivative = SIGMA[name][1]
        slope = expectation(partial(squared, derivative)) / moments(name)[1] ** 2
        same(row["D(1)"], slope)
        for L in DEPTHS:
            same(row[f"L = {L}"], (slope ** (L + 1) - 1) / (slope - 1))


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
@pytest.mark.parametrize("name", sorted(TABLES))
def test_latex_compiles(name: str, tmp_path: Path) -> None:
    """Each table compiles with booktabs and siunitx, and a broken one does not."""
    head = r"\documentclass{article}\usepackage{booktabs,siunitx,amssymb}\begin{document}"
    text = render(small(name, small_copy(tmp_path / "record")), "latex")
    for body, code in ((text, 0), (text.replace(r"\midrule", r"\midruler"), 1)):
        (tmp_path / "t.tex").write_text(f"{head}\n{body}\n\\end{{document}}\n", encoding="utf-8")
        command = ["pdflatex", "-halt-on-error", "-interaction=nonstopmode", "t.tex"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=120, check=False)
        assert done.returncode == code, done.stdout[-2000:]


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
