"""The checker's slope of a layer and its bounds of eigenvalues: true, and no wider than needed."""

from __future__ import annotations

import pytest
from flint import arb, fmpq

from certificates.checker import Rejected
from certificates.definite import ENOUGH, least_eigenvalue
from certificates.dyadic import Arithmetic, Indeterminate
from certificates.kernel_recursion import NEAR, Recursion
from proofs.translate import term
from symbolic import parse_activation, rho
from symbolic.enclosure import working_precision
from tests.dataset.test_dataset import LAYERS

PRECISION = 160
ONE = 1 << PRECISION
MIDDLES = [0, ONE // 3, -ONE // 2, ONE - (ONE >> 10), -ONE + (ONE >> 15), ONE - (ONE >> NEAR - 1),
           ONE - (ONE >> NEAR + 3), ONE - 5, -ONE + 7, ONE]  # fmt: skip


def recursion(name: str) -> Recursion:
    """The layers of an activation as the checker has them."""
    activation = parse_activation(name)
    dual, slope = (
        term(e, rho, "rho").tree for e in (activation.dual(), activation.dual_derivative())
    )
    return Recursion(dual, slope, Arithmetic(PRECISION))


@pytest.mark.parametrize("name", sorted(LAYERS))
@pytest.mark.parametrize("width", [0, 3, 1 << 40, 1 << 100])
def test_slopes(name: str, width: int) -> None:
    """D at both ends of a correlation lies inside; without the widening it does not."""
    layers, narrow = recursion(name), 0
    with working_precision(600):
        for middle in MIDDLES:
            found, at = layers.slope(middle, width), layers.slope(middle, 0)
            for end in (middle - width, middle + width):
                at_end = arb(fmpq(max(-ONE, min(ONE, end)), ONE))
                exact = LAYERS[name](at_end)[1] * ONE
                assert exact >= found.lo - arb(2) ** -300
                assert exact <= found.hi + arb(2) ** -300
                narrow += not (at.lo <= exact <= at.hi)
    assert narrow == 0 if width == 0 else narrow > 5 or width == 3


@pytest.mark.parametrize("width", [0, 3, 1 << 40, 1 << 100])
def test_layers_of_a_jump(width: int) -> None:
    """The dual of sign, 2 asin(rho)/pi, at both ends lies inside, also beside 1 and -1; D(0) in
    place of D(r) is less."""
    layers, outside = recursion("sign"), 0
    assert layers.steepness is None
    with working_precision(600):
        for middle in [*MIDDLES, -ONE, ONE - 2, 2 - ONE]:
            m, e = layers.layer(middle, width)
            flat = layers.slope(0, 0).hi * width >> PRECISION
            for end in (max(middle - width, -ONE), min(middle + width, ONE)):
                exact = 2 * arb(fmpq(end, ONE)).asin() / arb.pi() * ONE
                assert abs(exact - m) <= e + arb(2) ** -300
                outside += not abs(exact - m) <= flat + 8
    assert (outside > 4) == (width > 0)
    assert layers.layer(ONE, 0) == (ONE, 0)
    with pytest.raises(Indeterminate, match="not known well enough"):
        layers.layer(0, ONE + 1)
    with pytest.raises(Rejected, match="no tangent kernel"):
        layers.slope(ONE // 3, 1)


def test_eigenvalues_in_rough_units() -> None:
    """Long entries are cut off where that is enough; a claim that needs all of them is shown."""
    least = (1 << ENOUGH + 100) + 12345
    matrix = [[3 * least if i == j else least for j in range(3)] for i in range(3)]  # 2 x, 2 x, 5 x
    value, rough = 2 * least, 1 << 130
    assert least_eigenvalue(matrix, 0, value - rough, value + rough) == ""
    assert "upper end" in least_eigenvalue(matrix, 0, value - rough, value - 1)
    assert "lower end" in least_eigenvalue(matrix, 0, value + 1, value + rough)
    fine = 1 << 90
    assert least_eigenvalue(matrix, 0, value - fine, value + fine) == ""
    assert "lower end" in least_eigenvalue(matrix, rough, value - rough, value + 4 * rough)
    assert "upper end" in least_eigenvalue(matrix, rough, value - 4 * rough, value + rough)
