"""Every activation of the catalogue, certified series among them, has its kernels on data."""

from __future__ import annotations

import pytest
from flint import arb

from certificates.checker import Rejected, canonical, read
from proofs import certify_dataset
from proofs.dataset.activation import dual_of
from proofs.dataset.certificate import data_set_certificates
from proofs.dataset.correlations import unit_vectors
from proofs.dataset.kernel_matrix import TANGENT, TOP, depth_kernels
from proofs.dataset.pairs import kernel_matrix
from symbolic import Activation, named_activation
from symbolic.bivariate import BivariateNormal
from symbolic.catalogue import ACTIVATIONS
from symbolic.enclosure import enclosure, working_precision
from symbolic.series import SERIES, SeriesActivation
from symbolic.variables import rho
from tests.dataset.test_certificate import checked
from tests.dataset.test_dataset import SETS, exact_correlation, random_points

PARAMETERS = {
    "leaky_relu": "1/10", "prelu": "1/10", "abrelu": "1, 2", "rectified_power": "2",
    "power_phi": "2", "monomial": "3", "h": "3", "two_term": "1/3",
}  # fmt: skip
MORE = ("hard_tanh(1/10)", "hard_tanh(3)", "soft_shrink(2)", "triangle(2)", "elu(2)", "elu(1/3)",
        "celu(2)", "sin(2, 1)", "gaussian(2)", "exp(-1)", "rectified_power(0)")  # fmt: skip
NAMES = [
    *(f"{name}({PARAMETERS[name]})" if name in PARAMETERS else name for name in ACTIVATIONS),
    *SERIES, *MORE,
]  # fmt: skip
DEPTH = 2


def layer(normalised: Activation | SeriesActivation, r: arb) -> tuple[arb, arb]:
    """The dual and its derivative at -1 < r < 1, from closed forms at a point where there are."""
    if isinstance(normalised, SeriesActivation):
        return normalised.dual_enclosure(r), normalised.dual_derivative_enclosure(r)
    return (
        enclosure(normalised.dual(), {rho: r}), enclosure(normalised.dual_derivative(), {rho: r})
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_entries_hold_the_exact_ones(name: str) -> None:
    """Both kernels, or the one that exists; at 300 bits, but for what a series leaves out."""
    activation = named_activation(name)
    dual, normalised = dual_of(activation), activation.normalised()
    tabulated = depth_kernels(dual, DEPTH, not dual.jumps)
    if dual.jumps:
        with pytest.raises(ValueError, match=r"D\(1\) is infinite"):
            depth_kernels(dual, DEPTH, True)
    compared = 0
    for rows in (SETS["nearly duplicates"], SETS["random 3"], SETS["random 4"]):
        points = unit_vectors(rows)
        for kind in (TOP, TANGENT)[: len(tabulated)]:
            matrix = kernel_matrix(tabulated[kind], points)
            error = tabulated[kind].entry_error(points)
            with working_precision(300):
                for i in range(len(rows)):
                    for j in range(i):
                        r = theta = exact_correlation(rows[i], rows[j])
                        if not abs(r) < 1:
                            continue
                        for _ in range(DEPTH):
                            r, slope = layer(normalised, r)
                            theta = r + theta * slope
                        exact = r if kind == TOP else theta
                        assert abs(exact - float(matrix[i, j])).lower() <= error
                        compared += 1
    assert compared > 5
    assert tabulated[TOP].error < (1e-4 if name == "softsign" else 1e-9)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_certificates_are_accepted_or_refused_with_the_reason(name: str) -> None:
    """Only what has Phi_2 in its dual has none; each array but its own is refused."""
    rows, activation = random_points(1, 5, 6), named_activation(name)
    found = certify_dataset(rows, activation, [2])
    if isinstance(activation, Activation) and activation.dual().has(BivariateNormal):
        with pytest.raises(ValueError, match="Phi_2 in its dual"):
            data_set_certificates(found, rows, activation)
        return
    *lemmas, document = data_set_certificates(found, rows, activation)
    document = read(canonical(document))
    assert checked(document, lemmas, rows).complete
    with pytest.raises(Rejected):
        checked(document, lemmas, 2 * rows)
