"""Certified data sets: enclosures against Arb at high precision, and rejecting twins."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from flint import arb, arb_mat

from proofs import certify_dataset
from proofs.cli import cli
from proofs.dataset import eigenvalues
from proofs.dataset.activation import dual_of
from proofs.dataset.correlations import distances, unit_vectors
from proofs.dataset.eigenvalues import extreme_eigenvalues
from proofs.dataset.kernel_matrix import DepthKernel, depth_kernels
from proofs.dataset.pairs import kernel_matrix
from proofs.dataset.reading import Floats
from symbolic import named_activation
from symbolic.enclosure import working_precision


def random_points(seed: int, n: int, d: int) -> Floats:
    """n Gaussian points."""
    return np.random.default_rng(seed).standard_normal((n, d))


def difficult() -> dict[str, Floats]:
    """Data sets at the edges: close, opposite, orthonormal, many, one, denormal, huge."""
    base = random_points(7, 1, 5)[0]
    moved = np.where(np.arange(5) == 2, np.nextafter(base, np.inf), base)
    return {
        "nearly duplicates": np.array([base, base * (1 + 1e-9), base + 1e-6, -base]),
        "last bit": np.array([base, moved]),
        "antipodal": np.array([base, -base, base[::-1]]),
        "orthonormal": np.eye(5),
        "more points than dimensions": random_points(3, 6, 2),
        "one point": base[None, :],
        "scaled copies": np.array([base, 3 * base, base * 2.0**-40]),
        "denormal": np.array([base * 5e-324 * 1e3, base[::-1]]),
        "huge": np.array([base * 1e307, base[::-1] * 1e-300]),
        "parallel": np.array([base, 2 * base]),
    }


SETS = {**difficult(), **{f"random {s}": random_points(s, 2 + s % 5, 3) for s in range(40)}}


def exact_correlation(x: Floats, y: Floats) -> arb:
    """x.y/(|x| |y|) in ball arithmetic, at a precision that the doubles do not exhaust."""
    a, b = [arb(float(v)) for v in x], [arb(float(v)) for v in y]
    product = sum((p * q for p, q in zip(a, b, strict=True)), arb(0))
    square = sum((p * p for p in a), arb(0)) * sum((q * q for q in b), arb(0))
    return (product / square.sqrt()).min(arb(1)).max(arb(-1))


def snapped(r: arb) -> arb:
    """A correlation that is 1 or -1 up to rounding, exactly; beyond them nothing has a value."""
    return next((arb(end) for end in (1, -1) if r.contains(end)), r)


def relu_layer(r: arb) -> tuple[arb, arb]:
    """The normalised arc-cosine kernel of order 1 (Cho and Saul 2009) and its derivative."""
    pi = arb.pi()
    value = (2 * r * r.asin() + pi * r + 2 * (1 - r * r).sqrt() - 2) / (2 * pi - 2)
    return snapped(value), (2 * r.asin() + pi) / (2 * pi - 2)


def erf_layer(r: arb) -> tuple[arb, arb]:
    """asin(2 r/3)/asin(2/3) (Williams 1997) and its derivative."""
    scale = (arb(2) / 3).asin()
    return snapped((2 * r / 3).asin() / scale), 2 / ((9 - 4 * r * r).sqrt() * scale)


LAYERS = {"relu": relu_layer, "erf": erf_layer}
DEPTHS = (1, 12, pytest.param(30, marks=pytest.mark.slow))


def exact_kernel(name: str, rho: arb, depth: int, tangent: bool) -> arb:
    """rho_L or Theta_L by the recursion."""
    theta = rho = snapped(rho)
    for _ in range(depth):
        rho, slope = LAYERS[name](rho)
        theta = rho + theta * slope
    return theta if tangent else rho


def kernels(name: str, depth: int) -> dict[str, DepthKernel]:
    """The tabulated kernels."""
    return depth_kernels(dual_of(named_activation(name)), depth, True)


@pytest.mark.parametrize("name", sorted(SETS))
def test_distances_are_within_their_bounds(name: str) -> None:
    """t = sqrt(2 (1 - |rho|)) of every pair, near and far."""
    rows = SETS[name]
    points = unit_vectors(rows)
    t, sign = distances(points, slice(None), slice(None))
    with working_precision(5000):
        for i in range(len(rows)):
            for j in range(len(rows)):
                rho = exact_correlation(rows[i], rows[j])
                exact = (2 * (1 - abs(rho))).max(arb(0)).sqrt()
                assert abs(exact - float(t[i, j])) <= max(points.near_error, points.far_error)
                assert rho * float(sign[i, j]) >= -points.product_error


@pytest.mark.parametrize("name", sorted(LAYERS))
@pytest.mark.parametrize("depth", DEPTHS)
def test_kernel_entries_are_within_their_bounds(name: str, depth: int) -> None:
    """Both kernels on every data set; and an entry that is off by three bounds is found out."""
    tabulated = kernels(name, depth)
    found_out = 0
    for rows in SETS.values():
        points = unit_vectors(rows)
        for kind, kernel in tabulated.items():
            matrix, error = kernel_matrix(kernel, points), kernel.entry_error(points)
            assert error < 1e-7 * float(kernel.diagonal.mid())
            with working_precision(1500):
                for i in range(len(rows)):
                    for j in range(i):
                        rho = exact_correlation(rows[i], rows[j])
                        exact = exact_kernel(name, rho, depth, kind == "ntk")
                        assert abs(exact - float(matrix[i, j])) <= error, (kind, i, j)
                        found_out += bool(abs(exact - float(matrix[i, j]) - 3 * error) > error)
    assert found_out > 100


def exact_matrix(rows: Floats, name: str, depth: int, tangent: bool) -> arb_mat:
    """The kernel matrix in balls."""
    n = len(rows)
    one = exact_kernel(name, arb(1), depth, tangent)
    return arb_mat(n, n, [
        one if i == j else exact_kernel(name, exact_correlation(rows[i], rows[j]), depth, tangent)
        for i in range(n) for j in range(n)
    ])  # fmt: skip


def definite(matrix: arb_mat, shift: float, sign: int) -> bool:
    """Whether sign (M - shift I) is certainly positive definite, by elimination in balls."""
    n = matrix.nrows()
    m = [[sign * (matrix[i, j] - (shift if i == j else 0)) for j in range(n)] for i in range(n)]
    for k in range(n):
        if not m[k][k] > 0:
            return False
        for i in range(k + 1, n):
            factor = m[i][k] / m[k][k]
            for j in range(k + 1, n):
                m[i][j] = m[i][j] - factor * m[k][j]
    return True


@pytest.mark.parametrize("name", sorted(SETS))
def test_spectra_enclose_the_exact_eigenvalues(name: str) -> None:
    """lambda_min >= low and not > high, by exact elimination; the same for lambda_max."""
    rows = SETS[name]
    found = certify_dataset(rows, activation="relu", depth=3, kernel="both")
    with working_precision(3000):
        for kernel in found.kernels:
            matrix = exact_matrix(rows, "relu", 3, kernel.kind == "ntk")
            least, greatest = kernel.spectrum.least, kernel.spectrum.greatest
            beyond = 0.0 if least.low else -1e-200  # 0 is attained by parallel rows
            assert definite(matrix, least.low + beyond, 1)
            assert not definite(matrix, least.high, 1)
            assert definite(matrix, greatest.high, -1)
            assert not definite(matrix, greatest.low, -1)
            assert max(least.high - least.low, greatest.high - greatest.low) < 1e-6 * greatest.high


def test_the_gram_matrix() -> None:
    """Singular with more points than dimensions or parallel rows; identity for orthonormal rows."""
    found = certify_dataset(SETS["orthonormal"], depth=1).separation
    assert found.delta_1.low <= 1 <= found.delta_1.high + 1e-13
    assert found.delta_2.low > 1 - 1e-6
    assert certify_dataset(SETS["more points than dimensions"], depth=1).separation.singular
    twins = certify_dataset(SETS["parallel"], depth=1).separation
    assert twins.singular == "parallel"
    assert twins.pair == (0, 1)
    assert not certify_dataset(SETS["last bit"], depth=1).separation.singular


def test_an_indefinite_matrix_is_not_certified() -> None:
    """Its least eigenvalue is enclosed below 0; an error widens both ends."""
    spectrum = extreme_eigenvalues(np.array([[1.0, 2.0], [2.0, 1.0]]), 0.0, semidefinite=False)
    assert spectrum.least.low <= -1 <= spectrum.least.high < 0
    assert spectrum.greatest.low <= 3 <= spectrum.greatest.high
    ones = extreme_eigenvalues(np.ones((40, 40)), 0.0, semidefinite=False)
    assert ones.least.low <= 0 <= ones.least.high
    wide = extreme_eigenvalues(np.eye(3), 0.75, semidefinite=False)
    assert wide.least.low <= 0.25
    assert wide.greatest.high >= 1.75


def test_the_rounding_bound_of_a_factorisation_is_needed() -> None:
    """Factorisations of indefinite matrices do run to their end; the bound that follows is true."""
    deceived = 0
    for seed in range(40):
        flat = random_points(seed, 10, 5)
        matrix = flat @ flat.T
        matrix = (matrix + matrix.T) / 2
        exact = arb_mat(10, 10, [arb(float(v)) for v in matrix.ravel()])
        for k in range(-20, 20):
            shift = k * 4e-16
            found = eigenvalues.lower_bound(matrix, shift, 1)
            if found is None:
                continue
            with working_precision(400):
                assert definite(exact, eigenvalues.below(found), 1)
                deceived += not definite(exact, shift, 1)
    assert deceived > 0


def test_tangent_kernels_beside_jumps_are_refused_with_the_reason() -> None:
    """The derivative of the dual is infinite at correlation 1."""
    for kernel in ("ntk", "both"):
        with pytest.raises(ValueError, match=r"D\(1\) is infinite.* does not exist"):
            certify_dataset(SETS["orthonormal"], activation="sign", kernel=kernel)


def test_the_identity() -> None:
    """Its kernels are rho and (L + 1) rho."""
    rows = SETS["random 4"]
    points = unit_vectors(rows)
    for kind, factor in (("top", 1), ("ntk", 4)):
        kernel = kernels("identity", 3)[kind]
        matrix = kernel_matrix(kernel, points)
        assert np.allclose(matrix, factor * points.units @ points.units.T, rtol=0, atol=1e-12)
        assert kernel.entry_error(points) < 1e-11


@pytest.mark.parametrize("name", ["tanh", "softsign"])
def test_certified_series(name: str) -> None:
    """The dual is a series: the spectrum of the one-layer kernel holds its own."""
    rows = SETS["random 3"]
    found = certify_dataset(rows, activation=name, depth=1).kernels[0].spectrum
    dual = named_activation(name).normalised()
    n = len(rows)
    with working_precision(200):
        matrix = arb_mat(n, n, [
            arb(1) if i == j else dual.dual_enclosure(exact_correlation(rows[i], rows[j]))
            for i in range(n) for j in range(n)
        ])  # fmt: skip
        assert definite(matrix, found.least.low, 1)
        assert not definite(matrix, found.least.high, 1)


def test_kappa_is_within_the_papers_bound() -> None:
    """Corollary 3, part 2, on separated points at several depths."""
    found = certify_dataset(random_points(1, 12, 40), depth=[2, 6, 12])
    for kernel, bounds in zip(found.kernels, found.bounds, strict=True):
        assert kernel.kappa is not None
        assert bounds.corollary_3_part_2 is not None
        assert 1 <= kernel.kappa.low <= kernel.kappa.high <= bounds.corollary_3_part_2
    assert found.guaranteed["Corollary 3, part 2"] >= 1


# The command ------------------------------------------------------------------------------------


def test_the_command(tmp_path: Path) -> None:
    """Words, JSON and a drawing; the same twice."""
    np.save(tmp_path / "a.npy", random_points(2, 6, 8))
    arguments = ["dataset", str(tmp_path / "a.npy"), "--activation", "relu", "--depths", "1..3"]
    first = CliRunner().invoke(cli, arguments)
    assert first.exit_code == 0
    assert "κ in [" in first.output
    assert CliRunner().invoke(cli, arguments).output == first.output
    plotted = [*arguments, "--plot", str(tmp_path / "a.svg"), "--json"]
    document = json.loads(CliRunner().invoke(cli, plotted).output)
    assert [k["depth"] for k in document["kernels"]] == [1, 2, 3]
    assert (tmp_path / "a.svg").read_text().startswith("<svg")


@pytest.mark.parametrize(
    "more",
    [
        ["--activation", "relu", "--depth", "0"],
        ["--activation", "relu", "--depth", "x"],
        ["--activation", "relu", "--depth", "3..1"],
        ["--activation", "relu", "--depth", "1,2,"],
        ["--activation", "relu", "--depth", "1,201"],
        ["--activation", "nosuch"],
        ["--formula", "x.y"],
        ["--formula", "max(0, x) + a*sin(x)", "--param", "a"],
        ["--activation", "leaky_relu(a)"],
        ["--activation", "relu", "--param", "a=1"],
        [],
    ],
)
def test_bad_arguments(more: list[str], tmp_path: Path) -> None:
    """One sentence, exit code 3."""
    np.save(tmp_path / "a.npy", random_points(2, 3, 3))
    result = CliRunner().invoke(cli, ["dataset", str(tmp_path / "a.npy"), *more])
    assert result.exit_code == 3


def test_a_formula_takes_numbers(tmp_path: Path) -> None:
    """--param puts a number where the formula has a letter."""
    np.save(tmp_path / "a.npy", random_points(2, 3, 3))
    found = []
    for more in (["max(0, x) + a*sin(x)", "--param", "a=1/3"], ["max(0, x) + sin(x)/3"],
                 ["max(0, x) + a*sin(x)", "--param", "a=1/4"]):  # fmt: skip
        arguments = ["dataset", str(tmp_path / "a.npy"), "--depth", "2", "--json", "--formula"]
        result = CliRunner().invoke(cli, [*arguments, *more])
        assert result.exit_code == 0, result.output
        found.append(json.loads(result.stdout)["kernels"])
    assert found[0] == found[1] != found[2]
