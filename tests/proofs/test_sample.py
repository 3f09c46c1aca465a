"""Seeded networks of finite width: repeatable, near the limit, and labelled as samples."""

import re

import pytest
from click.testing import CliRunner

from proofs.cli import cli
from proofs.sample_command import SAMPLED, kernels


@pytest.mark.parametrize("name", sorted(SAMPLED))
def test_near_the_limit(name: str) -> None:
    """The mean over 40 seeds is within five standard errors of the limit at one layer."""
    arguments = ["sample", "--activation", name, "--rho", "1/2", "--depth", "1"]
    done = CliRunner().invoke(cli, [*arguments, "--width", "300", "--seeds", "40"])
    assert done.exit_code == 0, done.output
    assert "no evidence" in done.output
    level, limit, mean, error = done.output.splitlines()[-1].split()
    assert level == "1"
    assert abs(float(mean) - float(limit)) < 5 * float(error) + 1e-6
    assert float(error) < 0.05


def test_two_layers_of_the_third_hermite_polynomial() -> None:
    """sigma-hat = x^3, exactly: (1/2)^9 at two layers."""
    arguments = ["sample", "--activation", "h(3)", "--rho", "1/2", "--depth", "2"]
    done = CliRunner().invoke(cli, arguments)
    assert re.search(r"\n  2  0\.001953125", done.output)


def test_seeds() -> None:
    """The same seed gives the same network, another one another."""
    first, again, other = (kernels("sign", 0.5, 3, 101, seed) for seed in (1, 1, 2))
    assert first == again != other
    assert all(abs(k) >= 1 / 101 - 1e-12 for k in first)


def test_bad_input() -> None:
    """A correlation beyond 1 is refused in one sentence."""
    done = CliRunner().invoke(cli, ["sample", "--rho", "3/2"])
    assert done.exit_code == 3
    assert "--rho needs a fraction" in done.output
