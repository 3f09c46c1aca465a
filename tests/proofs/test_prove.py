"""A reviewer's claims: the language, its errors, the three answers, files, and resuming."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from certificates.checker import Checker, digest
from certificates.terms import show
from proofs import prove
from proofs.cli import cli
from proofs.parser import parse_claim
from symbolic.formula import FormulaError

ISSUE = "(1 - delta)*(1 - mu*delta) <= 1 - (1 + mu/2)*delta"
TRUE = f"forall mu in (0, 1], delta in [0, 1/2]: {ISSUE}"
FALSE = f"forall mu in (0, 1], delta in [0, 1]: {ISSUE}"


def said(text: str) -> list[str]:
    """Hypotheses and conclusion of a claim, as printed."""
    document = parse_claim(text).statement.document
    return [show(f) for f in (*document["hypotheses"], document["conclusion"])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("forall x in (0, 1]: x^2 <= x", ["0 < x", "x ≤ 1", "x^2 ≤ x"]),
        ("forall x, y in [0, inf): x*y >= 0", ["0 ≤ x", "0 ≤ y", "0 ≤ x·y"]),
        ("forall n in 1.., k in 0..n: n >= k", ["1 ≤ n", "0 ≤ k", "k ≤ n", "k ≤ n"]),
        ("forall x > 0, y: 0 < x != y", ["0 < x", "(0 < x and x != y)".replace("!=", "≠")]),
        ("forall x where x > 1 and x < 2: not x = 3", ["(1 < x and x < 2)", "not (x = 3)"]),
        ("forall x: (x > 1 or x <= 1) implies x = x", ["((1 < x or x ≤ 1) ⟹ x = x)"]),
        ("forall x: (x + 1)*(x - 1) <= x^2", ["(x + 1)·(x - 1) ≤ x^2"]),
        ("forall x >= 0: x^(2/3) >= 0 and x**2 >= 0", ["0 ≤ x", "(0 ≤ x^(2/3) and 0 ≤ x^2)"]),
        ("forall x, y > 0: x^y > 0", ["0 < x", "0 < y", "0 < exp(y·log(x))"]),
        ("let f(t) = t^2 in let c = 3 in forall x: f(x) + c > 0", ["0 < f(x) + c"]),
        ("∀ μ ∈ (0, 1]: μ ≤ 1", ["0 < μ", "μ ≤ 1", "μ ≤ 1"]),
        ("exists C in [0, 2]: C > 1", ["(there is C (real): (0 ≤ C and C ≤ 2 and 1 < C))"]),
        ("forall x: erfc(x) <= 2 and |x| >= 0", ["(1 - erf(x) ≤ 2 and 0 ≤ |x|)"]),
        ("forall x in (-oo, infinity): x = x", ["x = x"]),
        ("forall oo in [0, 1], y > oo: y > 0", ["0 ≤ oo", "oo ≤ 1", "oo < y", "0 < y"]),
        ("not (forall x > 0: x > 1)", ["(there is x (real): ((0 < x) and not (1 < x)))"]),
        (
            "not exists x in [0, 1]: x > 1",
            ["(for all x (real): ((0 ≤ x and x ≤ 1) ⟹ not (1 < x)))"],
        ),
        ("forall mu in (0, 1]: mu*mu(gelu) <= 1", ["0 < μ", "μ ≤ 1", "μ·mu_gelu ≤ 1"]),
    ],
)
def test_the_language(text: str, expected: list[str]) -> None:
    assert said(text) == expected


def test_functions_of_the_paper() -> None:
    claim = parse_claim(
        "forall L in 1..5, delta in (0, 1), mu in (0, 1], n in 1..: "
        "B(L, delta, mu) <= 1 and L0(delta, mu) <= L1(n, delta, mu) and "
        "dual_iter(relu, L, 1 - delta) <= dual(erf, 1) and hermite(abs, 2) > 0"
    )
    names = [d["name"] for d in claim.document["definitions"]]
    assert names == ["L0", "B", "L1", "dual_relu", "dual_erf"]


@pytest.mark.parametrize(
    ("text", "column", "sentence"),
    [
        ("forall x x > 1", 10, "found 'x'; expected ':'"),
        ("forall x in [0, 1: x > 1", 18, "expected ')' or ']'"),
        ("forall x: exq(x) > 0", 11, "did you mean 'exp'?"),
        ("forall x: cosh(y) >= 1", 16, "unknown name 'y'"),
        ("x >= 0", 1, "unknown name 'x'"),
        ("forall x: x^2", 14, "expected an operator or a comparison"),
        ("forall x: x^2 >= ", 18, "expected a number, a name or '('"),
        ("forall x, x: x > 0", 11, "already taken"),
        ("forall x: 3x > 0", 12, "did you mean 3*x?"),
        ("forall x in 3: x > 0", 13, "expected a range such as"),
        ("forall x: x^(1/99) > 0", 20, "exceeds 64"),
        ("forall x: dual(tanhh, x) > 0", 16, "unknown activation 'tanhh'; expected one of"),
        ("mu(gleu) > 0", 4, "did you mean 'gelu'?"),
        ("mu(tahn) > 0", 4, "did you mean 'tanh'?"),
        ("forall k in 1..: hermite(relu, k) <= 1", 18, "a variable in a range such as 0..10"),
        ("forall k in 0..200: hermite(relu, k) <= 1", 21, "a variable in a range such as 0..10"),
        ("forall k in [0, 3]: hermite(relu, k) <= 1", 21, "a variable in a range such as 0..10"),
        ("forall x: x > 0)", 16, "expected an operator or the end"),
    ],
)
def test_errors_point_at_the_column(text: str, column: int, sentence: str) -> None:
    with pytest.raises(FormulaError) as error:
        parse_claim(text)
    assert error.value.column == column
    assert sentence in error.value.sentence


def test_the_example_of_the_issue() -> None:
    proved, refuted = prove(TRUE), prove(FALSE)
    assert (proved.verdict, proved.assurance, proved.counterexample) == ("proved", "exact", None)
    assert refuted.refuted == "refuted at mu = 1, delta = 1: 0 > -1/2"
    assert refuted.counterexample == {"mu": 1, "delta": 1}
    for answer in (proved, refuted):
        document = dict(answer.certificate)
        found = Checker({answer.identity: document}).check(digest(document))
        assert found.verdict == {"proved": "holds", "refuted": "fails"}[answer.verdict]
        assert answer.verdict in answer._repr_html_() and "delta in" in answer._repr_html_()


def test_a_point_without_a_value_refutes() -> None:
    assert prove("forall x: 1/x = 1/x").refuted.startswith("undefined at x = 0")
    assert prove("forall x > 0: 1/x = 1/x").verdict == "proved"


@pytest.mark.parametrize(
    ("text", "vacuous"),
    [
        ("forall x in (1, 0): x > 5", "vacuous: no values satisfy the hypotheses"),
        ("forall x, y in (-2, -3/2): x*y >= 2", ""),
        ("forall x in (1001/1000, 1002/1000): x > 1", ""),
        ("forall n in 5..1: 1 > 2", "vacuous: no values satisfy the hypotheses"),
        ("forall x where x^2 < -1: x > 5", "vacuous: no values satisfy the hypotheses"),
        ("forall x in [0, 1] where x > 2: 1 < 0", "vacuous: no values satisfy the hypotheses"),
        ("forall x where x^2 = 2: x^2 > 1", "perhaps vacuous: no values that satisfy the"),
        ("forall x in [0, 1] where x >= 1: x > 0", ""),
        ("1 < 2", ""),
        ("forall L in 1..2: dual_iter(relu, L, 1/2) <= 1", ""),
        ("let f(x) = x + 1 in forall x where f(x) < x: x > 5", "vacuous: no values satisfy"),
    ],
)
def test_claims_about_nothing_say_so(text: str, vacuous: str) -> None:
    found = prove(text)
    assert found.verdict == "proved"
    assert found.vacuous.startswith(vacuous) and bool(found.vacuous) == bool(vacuous)
    assert (found.to_json()["vacuous"] or "") == found.vacuous
    assert not vacuous or vacuous in found._repr_html_()
    assert ("vacuous" in found.certificate["note"]) == bool(vacuous)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("forall k in 0..6: hermite(relu, k)^2 <= 1", "proved"),
        ("forall k in 0..6: hermite(relu, k) >= 0", "refuted at k = 4: 0 > -0.139484..."),
        ("forall k in 0..3, m in 1..2: hermite(relu, k)^2 + hermite(relu, m)^2 <= 2", "proved"),
        ("dual_iter(erf, 3, 1/2) < 1/2", "proved"),
        ("dual_iter(erf, 3, 1/2) < 1/4", "refuted: 0.400919... ≥ 1/4"),
        ("hermite(tanh, 1) > 0", "open"),
        ("hermite(tanh, 1) < 0", "open"),
        ("mu(softplus) <= 1", "open"),
    ],
)
def test_coefficients_and_iterates(text: str, answer: str) -> None:
    found = prove(text)
    assert (found.refuted or found.verdict) == answer


def test_activations_without_a_closed_form() -> None:
    """They are written as the paper defines them."""
    document = parse_claim("forall r in [-1, 1]: dual(tanh, r) <= 1").statement.document
    one = "(1 - 2/(exp(2·x_) + 1))"
    (entry,) = parse_claim("mu(tanh) > 0").document["definitions"]
    assert entry["name"] == "mu_tanh" and one in show(
        parse_claim("mu(tanh) > 0").statement.goal.conclusion
    )
    assert [d["name"] for d in document["definitions"]] == ["dual_tanh"]


def test_negated_quantifiers() -> None:
    assert prove("not (forall x: x > 0)").verdict == "proved"
    assert prove("not (exists x: x^2 < 0)").verdict == "proved"
    assert prove("not (exists x: x^2 < 1)").verdict != "proved"
    assert prove("not (forall x > 1: x > 0)").verdict != "proved"


def test_several_numbers_that_exist() -> None:
    assert prove("exists c > 0, d in (0, 1): forall x in [0, 1]: c*x <= x + d").verdict == "proved"
    assert prove("exists a in [0, 1], b in [a, 1] where a > 0: a + b > 1").verdict == "proved"
    assert prove("exists a in [0, 1], b in [a, 1]: a > b").verdict != "proved"
    assert prove("not (exists a in [0, 1], b in [a, 1]: a > b)").verdict == "proved"


def test_dual_with_a_bivariate_distribution() -> None:
    claim = parse_claim("forall r in [0, 1]: dual(elu, r) <= 1")
    assert [d["name"] for d in claim.document["definitions"]] == ["Phi2", "dual_elu"]
    with pytest.raises(FormulaError, match="that name is taken"):
        parse_claim("let Phi2(a) = 0 in dual(elu, 1/2) <= 1")


def test_time_ends_as_open() -> None:
    hopeless = "forall x, y, z, w: x^8*y - w*z^7 + 1/(1 + x^2) != 1/7 or erf(x*y) < erf(z) + 9/8"
    assert prove(hopeless, timeout=0.2).verdict in ("open", "refuted")


def test_the_command(tmp_path: Path) -> None:
    run = CliRunner().invoke
    result = run(cli, ["prove", FALSE, "--no-cache", "--json", "--out", str(tmp_path / "out")])
    found = json.loads(result.stdout)
    assert result.exit_code == 0 and found["verdict"] == "refuted"
    assert found["counterexample"] == {"mu": 1, "delta": 1}
    assert len(list((tmp_path / "out").rglob(f"*-{found['certificate'][:16]}.json"))) == 1
    assert run(cli, ["prove", FALSE, "--no-cache", "--strict"]).exit_code == 1
    for wrong in (["prove"], ["prove", "forall x:", "--no-cache"], ["prove", "--file", "no"]):
        assert run(cli, wrong, standalone_mode=True).exit_code == 3


def test_an_error_on_the_command_line() -> None:
    result = CliRunner().invoke(cli, ["prove", "forall x: exq(x) > 0"])
    assert result.exit_code == 3
    assert result.stderr.split("\n")[:3] == [
        "conditioning: column 11: unknown function 'exq'; did you mean 'exp'?",
        "  forall x: exq(x) > 0", "            ^",
    ]  # fmt: skip


def test_a_file_of_claims(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    path = tmp_path / "claims.txt"
    path.write_text(
        f"# the issue's own\nfirst: {TRUE}\nsecond using first:\n  forall mu in (0, 1]:\n"
        "    # between\n    mu <= 1\nthird: forall x: x > 0\n"
    )
    result = CliRunner().invoke(cli, ["prove", "--file", str(path)])
    assert [line.split(" ")[0] for line in result.stdout.split("\n") if line[:1].strip()] == [
        "first:", "second:", "third:",
    ]  # fmt: skip
    kept = list((tmp_path / "cache").rglob("*.json"))
    assert len(kept) == 3
    again = CliRunner().invoke(cli, ["prove", "--file", str(path)])
    assert again.stdout == result.stdout


def test_what_is_kept_of_an_open_claim(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The box, the margin and what was tried are said again."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    run = CliRunner().invoke
    first, again = (run(cli, ["prove", "exists C: forall x: x <= C"]).stdout for _ in range(2))
    assert first.startswith("open") and "stuck at x in (-inf, inf)" in first
    assert "best margin" in first and "steps of boxes" in first
    assert first == again
