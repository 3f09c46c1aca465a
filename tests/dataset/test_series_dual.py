"""Duals that are certified series: what the polynomial leaves out, and the checker's layers."""

from __future__ import annotations

import copy
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pytest
from flint import arb, arb_series, fmpq

from certificates.checker import Rejected, canonical, read
from certificates.dataset_words import describe
from certificates.dyadic import Arithmetic
from certificates.series_recursion import SeriesRecursion
from certificates.terms import Malformed
from proofs import certify_dataset
from proofs.dataset.activation import dual_of
from proofs.dataset.certificate import data_set_certificates
from proofs.dataset.reading import Floats
from symbolic import named_activation
from symbolic.closed_series import Argument
from symbolic.enclosure import working_precision
from symbolic.power_series import series_length
from symbolic.series import SERIES, SeriesActivation, series_activation
from tests.dataset.test_certificate import checked, points, replaced

Document = dict[str, Any]
LEANING = "1/(1 + |x|) + x/2"
"""Without parity, but its coefficients from 2 on vanish for odd indices: the worst for p at -1."""


@pytest.mark.parametrize("formula", [LEANING, *(SERIES[n] for n in ("softsign", "softplus"))])
def test_what_a_polynomial_leaves_out(formula: str) -> None:
    """At both ends and between, against the series of twice the length."""
    activation = series_activation("own", formula)
    dual, normalised = dual_of(activation), activation.normalised()
    with working_precision(200), series_length(2):
        longer = normalised.dual_series(400, 128)
        for end, t in ((1, 0), (-1, 0), (1, 1), (-1, 1), (1, fmpq(1, 100)), (-1, fmpq(1, 100))):
            argument = Argument.near(end, arb_series([arb(t), 1]))
            value = dual.along(argument).coeffs()[0]
            r = end * (1 - arb(t) ** 2 / 2)
            exact = sum((c * r**k for k, c in enumerate(longer.coefficients)), arb(0))
            tail = arb(0, longer.left_out)
            assert abs(value - exact - tail).lower() <= dual.left_out


def document_of(
    rows: Floats, name: str, depths: list[int], kernel: str = "both"
) -> tuple[Document, Floats]:
    """The certificate, as it is read, and the rows."""
    activation = named_activation(name)
    assert isinstance(activation, SeriesActivation)
    found = certify_dataset(rows, activation, depths, kernel)
    (document,) = data_set_certificates(found, rows, activation)
    return read(canonical(document)), rows


@cache
def example() -> tuple[Document, Floats]:
    """tanh, both kernels."""
    return document_of(points(1, 6, 8), "tanh", [2, 20])


NAMES = [n if n in ("sigmoid", "softsign") else pytest.param(n, marks=pytest.mark.slow)
         for n in SERIES]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_series_have_certificates(name: str) -> None:
    """Each of the catalogue, on points among which are near and parallel ones; all re-checked."""
    close = points(3, 5, 4)
    rows = np.concatenate([close, close[:1] + 1e-9, -2 * close[1:2]])
    document, _ = document_of(rows, name, [1, 12])
    found = checked(document, [], rows)
    assert found.complete
    assert not found.proved
    assert "a premise" in describe(found)


def test_large_sets_are_sampled() -> None:
    """Values at the grid and at the pairs that the hash draws."""
    document, rows = document_of(points(9, 201, 3), "tanh", [2], "top")
    assert not checked(document, [], rows).complete
    low, high = document["sample"]["entries"][11][0]
    forged = replaced(document, "sample", "entries", 11, 0, by=[high, high])
    assert low != high
    with pytest.raises(Rejected):
        checked(forged, [], rows)


def series_changed(*path: Any, by: Any) -> Callable[[Document], Document]:
    """A change of what is said of the series."""
    return lambda d: replaced(d, "activation", "series", *path, by=by)


def moved(document: Document, at: int, by: int) -> Document:
    """Some weight taken from one coefficient to the next but one."""
    forged = copy.deepcopy(document)
    numbers = forged["activation"]["series"]["coefficients"]
    numbers[at] -= by
    numbers[at + 2] += by
    return forged


FORGERIES: dict[str, Callable[[Document], Document]] = {
    "another first coefficient": lambda d: moved(d, 1, 1 << 120),
    "other coefficients": lambda d: moved(d, 3, 1 << 140),
    "a sum of less than one": series_changed("coefficients", -1, by=0),
    "a negative coefficient": series_changed("coefficients", 2, by=-1),
    "a constant term": series_changed("coefficients", 0, by=1),
    "too few": series_changed("coefficients", by=[0]),
    "a text": series_changed("coefficients", by="0"),
    "other units": series_changed("bits", by=159),
    "more left out": series_changed("left_out", "value", by="1e-3"),
    "more left out of the slope": series_changed("left_out", "slope", by="1e-3"),
    "more left out of mu": series_changed("left_out", "first", by="1e-3"),
    "another D(1)": series_changed("left_out", "steepness", by=["1.2", "1.2"]),
    "a wide D(1)": series_changed("left_out", "steepness", by=["1", "2"]),
    "an unknown key": series_changed("more", by=1),
    "a lemma": lambda d: replaced(d, "rests_on", by=["0" * 64]),
    "a closed form besides": lambda d: replaced(d, "activation", "dual", by="rho"),
    "another eigenvalue": lambda d: replaced(d, "kernels", 1, "least", by=["0.5", "0.51"]),
}


@pytest.mark.parametrize("name", sorted(FORGERIES))
def test_forgeries_are_rejected(name: str) -> None:
    """What does not follow from the premise as it is written, or is not of the format."""
    document, rows = example()
    assert checked(document, [], rows).complete
    with pytest.raises((Rejected, Malformed)):
        checked(FORGERIES[name](document), [], rows)


PRECISION = 160
ONE = 1 << PRECISION
MIDDLES = (0, 5, ONE // 1000, ONE // 3, -ONE // 2, ONE - (ONE >> 10), 7 - ONE, ONE)


@pytest.mark.parametrize("width", [0, 3, 1 << 100])
@pytest.mark.parametrize("bits", [20, 160, 300])
def test_layers_and_slopes(bits: int, width: int) -> None:
    """p and p' at both ends of a correlation lie inside, and hardly more than they must."""
    numbers = [0, 1, 0, 2, 5, *(0,) * 90, 3]
    numbers = [n << bits - 4 for n in numbers]
    numbers[1] += (1 << bits) - sum(numbers)
    steep = fmpq(sum(k * n for k, n in enumerate(numbers)), 1 << bits)
    assert steep.q <= 16
    digits = str(float(int(steep.p) / int(steep.q)))
    left_out = {"value": "0", "slope": "0", "first": "0", "steepness": [digits, digits]}
    series = {"bits": bits, "coefficients": numbers, "left_out": left_out}
    layers = SeriesRecursion(series, Arithmetic(PRECISION))
    for middle in MIDDLES:
        m, e = layers.layer(middle, width)
        slope = layers.slope(middle, width)
        assert e <= 2 * len(numbers) + 2 + (int(steep) + 1) * width
        for end in (middle - width, middle + width):
            x = fmpq(max(-ONE, min(ONE, end)), ONE)
            value = sum((n * x**k for k, n in enumerate(numbers)), fmpq(0)) / 2**bits
            derived = sum((k * n * x ** (k - 1) for k, n in enumerate(numbers) if k), fmpq(0))
            assert abs(value * ONE - m) <= e
            assert slope.lo <= derived / 2**bits * ONE <= slope.hi
    wider = SeriesRecursion({**series, "left_out": {**left_out, "value": "1e-9", "slope": "1e-8",
                             "first": "1e-7"}}, Arithmetic(PRECISION))  # fmt: skip
    m, e = layers.layer(ONE // 3, width)
    assert wider.layer(ONE // 3, width) == (m, e + -(-ONE // 10**9))
    assert wider.slope(5, 0).hi - layers.slope(5, 0).hi == -(-ONE // 10**8)
    assert wider.mu().hi - layers.mu().hi == -(-ONE // 10**7)
