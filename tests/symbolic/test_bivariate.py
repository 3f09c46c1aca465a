"""The bivariate normal distribution function by Owen's function, and by Plackett's integral."""

import pytest
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st

from symbolic.bivariate import (
    _plackett,
    distribution_enclosure,
    owen_enclosure,
    univariate_enclosure,
)
from symbolic.enclosure import working_precision

scores = st.floats(-6, 6).map(lambda v: round(v * 64) / 64)
correlations = st.floats(-0.98, 0.98)


@given(scores, scores, correlations)
@settings(max_examples=60, deadline=None)
def test_owen_agrees_with_plackett(h: float, k: float, r: float) -> None:
    with working_precision(90):
        first = distribution_enclosure(arb(h), arb(k), arb(r))
        second = _plackett(arb(h), arb(k), arb(r))
        assert first.rad() < 1e-22
        assert first.overlaps(second)
        assert not (first + 1e-15).overlaps(second)


@pytest.mark.parametrize(("h", "k"), [(0.0, 1.5), (0.0, -1.5), (1.5, 0.0), (-1.5, 0.0), (0.0, 0.0)])
@pytest.mark.parametrize("r", [-0.9, -0.2, 0.0, 0.4, 0.95])
def test_a_score_of_zero(h: float, k: float, r: float) -> None:
    with working_precision(90):
        found = distribution_enclosure(arb(h), arb(k), arb(r))
        assert found.rad() < 1e-22
        assert found.overlaps(_plackett(arb(h), arb(k), arb(r)))


@pytest.mark.parametrize(
    ("h", "k"), [(1.0, 1.0), (-0.5, 2.0), (-1.0, -1.0 + 2.0**-30), (1.0, -1.0)]
)
def test_the_ends_are_limits(h: float, k: float) -> None:
    """|Phi_2(h, k; r) - Phi_2(h, k; s)| <= acos|r| for s = sign(r), by the size of the density."""
    with working_precision(120):
        for side in (1, -1):
            end = distribution_enclosure(arb(h), arb(k), arb(side))
            for j in (10, 30, 50):
                r = side * (1 - arb(2) ** -j)
                found = distribution_enclosure(arb(h), arb(k), r)
                assert found.rad() < 1e-20
                assert abs(found - end) < arb(2) ** (1 - j / 2)
                assert not found.overlaps(end + 2.0**-3)


def test_owen_function_at_one() -> None:
    with working_precision(100):
        for h in (0.25, -1.0, 3.0):
            p = univariate_enclosure(arb(h))
            assert owen_enclosure(arb(h), arb(h)).overlaps(p * (1 - p) / 2)
            assert owen_enclosure(arb(h), -arb(h)).overlaps(-p * (1 - p) / 2)
