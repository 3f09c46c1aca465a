"""Attacks on `prove` and on the cache: false claims that were once called proved."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from proofs import prove
from proofs.audit import MATRIX, instance_batch
from proofs.cache import Cache
from proofs.cli import cli
from proofs.duals import dual_claim
from proofs.instances import matrix_instances
from proofs.parser import parse_claim
from symbolic.formula import FormulaError


@pytest.mark.parametrize(
    "text",
    [
        "forall r in [-1, 1]: dual(leaky_relu(1/2), r) = dual(leaky_relu(-1/2), r)",
        "let dual_relu(x) = 0 in forall r in [0, 1]: dual(relu, r) <= 0",
        "let mu_gelu = 0 in forall r in [0, 1]: mu(gelu) <= 0",
    ],
)
def test_activations_that_share_a_name(text: str) -> None:
    """Each dual has a definition of its own, whatever else is called so."""
    assert prove(text, timeout=5).verdict == "refuted"


def test_one_activation_has_one_definition() -> None:
    claim = parse_claim("forall r in [0, 1]: dual(relu, r) <= dual(relu, 1)")
    assert [d["name"] for d in claim.document["definitions"]] == ["dual_relu"]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("dual(hard_tanh, 1) = 1 and dual(hard_tanh, -1) = -1", "proved"),
        ("|dual(relu6, -1) + 466942/1000000| <= 1/1000000", "proved"),
        ("|dual(elu, -1) + 886535/1000000| <= 1/1000000", "proved"),
        ("dual(triangle, -1) = -1", "refuted"),
        ("dual(hard_swish, 1) < 1", "refuted"),
    ],
)
def test_duals_with_phi2_at_the_ends(text: str, verdict: str) -> None:
    """The closed forms of clipped activations divide by 1 - rho^2; the duals have values there."""
    assert prove(text, timeout=10).verdict == verdict


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("let L0(d, m) = 0 in forall L in 1..5: B(L, 1/4, 1) <= 2", "the definition L0"),
        ("let mu(relu) = 0 in forall relu: mu(relu) <= 0", "choose another name"),
        ("forall x in (0, -inf): x < 0", "found -inf"),
        ("forall x in (inf, 0): x < 0", "found \\+inf"),
        ("forall alpha in [-2, 2]: hermite(elu(alpha), 1) <= 1", "needs numbers for alpha"),
        ("forall alpha in [-2, 2]: hermite(sin(alpha), 1) <= 1", "needs numbers for alpha"),
    ],
)
def test_names_that_would_be_captured(text: str, sentence: str) -> None:
    with pytest.raises(FormulaError, match=sentence):
        parse_claim(text)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("forall x in [0, 1], n in 1..3 where x + 1/2 = n: x <= 1/2", "open"),  # true
        ("forall x in [0, 1], n in 1..3 where x + 1/2 = n: x < 1/2", "refuted"),
    ],
)
def test_integers_that_an_equation_determines(text: str, verdict: str) -> None:
    """A point where the equation asks for half an integer is none, and no failure."""
    assert prove(text, timeout=5).verdict in (verdict, "proved")


def test_names_of_the_paper_can_be_used() -> None:
    assert prove("let B(x) = 0 in forall x: B(x) <= 0", timeout=5).verdict == "proved"


@pytest.mark.parametrize("letter", ["y", "rho"])
def test_parameter_named_like_a_gaussian_variable(letter: str) -> None:
    """E[sigma(X) sigma(Y)] would bind it."""
    with pytest.raises(ValueError, match=letter):
        dual_claim(f"leaky_relu({letter})")


def test_certificate_of_another_claim_in_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is kept under a claim counts for that claim only."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))

    def verdict(text: str) -> str:
        result = CliRunner().invoke(cli, ["prove", text, "--json"])
        return str(json.loads(result.stdout)["verdict"])

    assert verdict("forall x: 0 <= x*x") == "proved"
    (true,) = tmp_path.rglob("*.json")
    assert verdict("forall x: 1 <= x*x") == "refuted"
    (false,) = set(tmp_path.rglob("*.json")) - {true}
    false.write_bytes(true.read_bytes())
    assert verdict("forall x: 1 <= x*x") == "refuted"


def test_certificate_of_another_instance_in_the_cache(tmp_path: Path) -> None:
    first, second = list(matrix_instances())[:2]
    cache = Cache(tmp_path)
    keys = [[c.item, c.label, c.statement.document()] for c in (first, second)]
    cases = instance_batch(MATRIX, tmp_path)
    cache.put(keys[1], cases[0])
    assert instance_batch(MATRIX, tmp_path) == cases
