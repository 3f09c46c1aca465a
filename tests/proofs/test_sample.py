"""Seeded networks of finite width: repeatable, near the limits, and labelled as samples."""

import re
from dataclasses import replace

import numpy as np
import pytest
from click.testing import CliRunner

from proofs.cli import cli
from proofs.sampling import Array, Layer, kernels, layer
from symbolic import named_activation

ROW = re.compile(r" +(\d+)  (\S+) +(\S+) ± +(\S+)  (?:(\S+) +(\S+) ± +(\S+)|none, as D.1.)")


def shown(*arguments: str) -> list[tuple[str, ...]]:
    """The rows of the command."""
    done = CliRunner().invoke(cli, ["sample", *arguments])
    assert done.exit_code == 0, done.output
    assert "samples, no evidence" in done.output
    rows = [ROW.match(line) for line in done.output.splitlines()[3:]]
    return [row.groups() for row in rows if row]


def close(limit: str, mean: str, error: str) -> bool:
    """Within five standard errors."""
    return abs(float(mean) - float(limit)) < 5 * float(error) + 1e-6


@pytest.mark.parametrize(
    "name",
    ["relu", "abs", "sin", "h(2)", "h(3)", "gelu", "erf", "elu", "hard_tanh", "leaky_relu(1/10)",
     "relu6", "triangle", "tanh", "softplus", "silu", "mish", "arctan", "softsign", "gelu_tanh",
     "identity"],
)  # fmt: skip
def test_near_the_limits(name: str) -> None:
    """The means over 40 networks, of both kernels at one and two layers."""
    arguments = "--rho", "1/2", "--depth", "2", "--width", "300", "--seeds", "40"
    for _, *row in shown("--activation", name, *arguments):
        assert close(*row[:3])
        assert close(*row[3:])
        assert float(row[2]) < 0.06
        assert float(row[5]) < 0.5


def test_a_jump_has_no_tangent_kernel() -> None:
    """D(1) is infinite; the top-layer kernel is there."""
    (row,) = shown("--activation", "sign", "--rho", "1/2", "--depth", "1", "--width", "300")
    assert close(*row[1:4])
    assert row[4] is None


def test_a_formula() -> None:
    """tanh spelled as a formula; at correlation -1 the kernels of an odd function change sign."""
    rows = [
        shown(*spelled, "--rho", rho, "--depth", "2", "--width", "50")
        for spelled in (("--activation", "tanh"), ("--formula", "sinh(x)/cosh(x)"))
        for rho in ("-1", "1")
    ]
    for minus, plus in (rows[:2], rows[2:]):
        for below, above in zip(minus, plus, strict=True):
            for k in (2, 5):
                assert float(below[k]) == -float(above[k])
    assert rows[0] == rows[2]


def test_exact_limits_of_the_third_hermite_polynomial() -> None:
    """sigma-hat = x^3 and D = 3x^2: (1/2)^9 at two layers, and (1/8 + 1/2 3/4) 3/64 more."""
    *_, row = shown("--activation", "h(3)", "--rho", "1/2", "--depth", "2")
    assert float(row[1]) == 1 / 512
    assert float(row[4]) == 1 / 512 + (1 / 8 + 3 / 8) * 3 / 64


def by_differences(of: Layer, rho: float, depth: int, width: int, seed: int) -> float:
    """The tangent kernel from the gradients of the output by central differences in each weight."""
    shapes = [(width, 2 if level == 1 else width) for level in range(1, depth + 1)]
    weights = [
        np.random.default_rng([seed, level + 1]).standard_normal(shape)
        for level, shape in enumerate(shapes)
    ]
    weights.append(np.random.default_rng([seed, depth, 1]).standard_normal((1, width)))

    def output(point: Array) -> float:
        for matrix in weights[:-1]:
            point = of.sigma(matrix @ point) / width**0.5
        return float((weights[-1] @ point)[0])

    total = 0.0
    inputs = np.array([1.0, 0.0]), np.array([rho, (1 - rho**2) ** 0.5])
    for matrix in weights:
        for place in np.ndindex(*matrix.shape):
            kept, slopes = matrix[place], []
            for point in inputs:
                matrix[place] = kept + 1e-5
                above = output(point)
                matrix[place] = kept - 1e-5
                slopes.append((above - output(point)) / 2e-5)
            matrix[place] = kept
            total += slopes[0] * slopes[1]
    return total


@pytest.mark.parametrize("name", ["tanh", "gelu", "sin"])
def test_the_tangent_kernel_is_that_of_the_gradients(name: str) -> None:
    """Backwards in one pass, against a difference in every weight; a wrong slope is found."""
    of = layer(named_activation(name))
    wanted = by_differences(of, 0.3, 3, 7, seed=5)
    assert kernels(of, 0.3, 3, 7, seed=5)[1, 2] == pytest.approx(wanted, rel=1e-6)
    wrong = replace(of, slope=of.sigma)
    assert kernels(wrong, 0.3, 3, 7, seed=5)[1, 2] != pytest.approx(wanted, rel=1e-2)


def test_seeds() -> None:
    """The same seed gives the same network, another one another."""
    of = layer(named_activation("relu"))
    first, again, other = (kernels(of, 0.5, 3, 101, seed) for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--rho", "3/2"), "--rho needs a fraction"),
        (("--activation", "elu(alpha)"), "needs numbers for alpha"),
        (("--activation", "nosuch"), "unknown activation"),
        (("--formula", "x +"), "column"),
    ],
)
def test_bad_input(arguments: tuple[str, ...], words: str) -> None:
    """Refused in one sentence."""
    done = CliRunner().invoke(cli, ["sample", *arguments])
    assert done.exit_code == 3
    assert words in done.output
