"""The pages of activations: every printed coefficient against a series at 60 digits."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

import mpmath
import pytest

from certificates.report.pages import build
from certificates.report.record import Record
from certificates.report.taylor import squared_coefficients
from certificates.store import write
from proofs.audit import audit_claims
from proofs.cache import Cache
from proofs.duals import dual_claim
from tests.proofs.test_tables import nudged, right
from tests.report.conftest import PAPER, small_copy

THIRD = ("+", "1/3", ("/", "rho", ("+", 2, "rho")))
FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "exp": mpmath.exp, "log": mpmath.log, "sqrt": mpmath.sqrt, "sin": mpmath.sin,
    "cos": mpmath.cos, "asin": mpmath.asin, "acos": mpmath.acos, "atan": mpmath.atan,
    "erf": mpmath.erf, "Phi": mpmath.ncdf,
}  # fmt: skip


@pytest.fixture(autouse=True)
def _precise() -> Iterator[None]:
    with mpmath.workdps(60):
        yield


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_the_series_of_a_function(name: str) -> None:
    """Each coefficient lies in its enclosure, which is narrow; another one does not."""
    found = squared_coefficients((name, THIRD), "rho", 8, {})
    with mpmath.workdps(200):
        composed = lambda r: FUNCTIONS[name](mpmath.mpf(1) / 3 + r / (2 + r))  # noqa: E731
        expected = mpmath.taylor(composed, 0, 7)
    for (low, high), value in zip(found, expected, strict=True):
        ends = [mpmath.mpf(e.numerator) / e.denominator for e in (low, high)]
        assert ends[0] <= value + mpmath.mpf(10) ** -45
        assert value - mpmath.mpf(10) ** -45 <= ends[1]
        assert ends[1] - ends[0] < mpmath.mpf(10) ** -45
    assert len({low for low, _ in found}) == 8


def test_what_has_no_series_has_no_coefficients() -> None:
    """A kink, a pole, a letter: no number is made up."""
    for dual in (("abs", "rho"), ("/", 1, "rho"), ("*", "alpha", "rho"), ("log", "rho"),
                 ("sqrt", "rho")):  # fmt: skip
        assert squared_coefficients(dual, "rho", 5, {}) == []


def test_definitions_are_followed() -> None:
    """A dual that a definition gives."""
    body = ("*", "x", ("^", "x", 2))
    entries = {"sigma_hat": {"parameters": [("x", "real")], "body": body}}
    found = squared_coefficients(("call", "sigma_hat", "rho"), "rho", 5, entries)
    assert [float(a) for a, _ in found] == [0, 0, 0, 1, 0]


def printed(page: str) -> dict[int, str]:
    """The coefficients that a page shows."""
    cells = re.findall(r'<th scope="row">(\d+)</th><td>([^<]+)</td>', page)
    return {int(k): unescape(value) for k, value in cells}


def relu_dual(r: Any) -> Any:
    """The arc-cosine kernel of order 1 (Cho and Saul 2009), normalised."""
    angle = mpmath.acos(r)
    raw = (mpmath.sin(angle) + (mpmath.pi - angle) * r) / (2 * mpmath.pi)
    square = 1 / (2 * mpmath.pi)
    return (raw - square) / (mpmath.mpf(1) / 2 - square)


def cos_dual(r: Any) -> Any:
    """E cos(X) cos(X') less its value at 0, normalised."""
    return (mpmath.cosh(r) - 1) / (mpmath.cosh(1) - 1)


@pytest.mark.parametrize(("name", "dual"), [("relu", relu_dual), ("cos", cos_dual)])
def test_a_page_made_from_the_claim_about_the_dual(
    tmp_path: Path, name: str, dual: Callable[[Any], Any]
) -> None:
    """Derivation step by step, closed forms, coefficients to the last digit, a plot."""
    if (PAPER / f"dual_of_{name}").exists():
        small_copy(tmp_path / "record", [f"dual_of_{name}"])
    else:
        checker, documents = audit_claims((dual_claim(name),), Cache(None), lambda *_: None)
        for document in (*checker.documents.values(), *documents):
            write(document, tmp_path / "record")
    record = build(tmp_path / "record", tmp_path / "site", [], {})
    steps = len(record.parts(f"Dual of {name}"))
    page = (tmp_path / "site" / "activations" / f"{name}.html").read_text(encoding="utf-8")
    derivation = page[page.index('id="derivation"') : page.index('id="coefficients"')]
    assert derivation.count("<li>") == steps
    assert derivation.count('class="badge holds"') == steps + 1
    assert page.count("<figure") == 1
    assert "of the normalised activation" in page
    shown = printed(page)
    assert sorted(shown) == list(range(1, 21))
    with mpmath.workdps(200):
        expected = mpmath.taylor(dual, 0, 20)
    for k, text in shown.items():
        if text.startswith("<"):
            assert 0 <= expected[k] < mpmath.mpf(text.removeprefix("< ")) < mpmath.mpf(10) ** -50
            continue
        assert right(text, expected[k]), (k, text)
        assert text == "0" or not right(nudged(text), expected[k]), (k, text)
    index = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert f'<a href="activations/{name}.html">{name}</a>' in index


def test_without_a_normalised_dual_the_page_speaks_of_the_activation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The dual as it stands, whose series begins with a_0², the square of the mean."""
    small_copy(tmp_path / "record", ["dual_of_relu"])
    parts = Record.parts
    monkeypatch.setattr(Record, "parts", lambda self, item: {
        label: a for label, a in parts(self, item).items() if "normalised" not in label
    })  # fmt: skip
    build(tmp_path / "record", tmp_path / "site", [], {})
    page = (tmp_path / "site" / "activations" / "relu.html").read_text(encoding="utf-8")
    assert "of the normalised activation" not in page
    shown = printed(page)
    assert sorted(shown) == list(range(21))
    assert right(shown[0], 1 / (2 * mpmath.pi))
    assert right(shown[1], mpmath.mpf(1) / 4)
