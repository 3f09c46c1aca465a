"""The command `derive`: what it prints, in each format, and what it refuses."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import nbclient
import nbformat
import pytest
from click.testing import CliRunner
from click.testing import Result as Outcome

from certificates.checker import canonical, load
from certificates.store import write
from proofs.cli import cli
from proofs.derive_all import Row, rows, shown
from proofs.exits import BAD_INPUT, REJECTED
from proofs.notebook import construction
from symbolic.catalogue import ACTIVATIONS
from symbolic.series import SERIES


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was proved in another run is not at hand."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


def run(*arguments: str) -> Outcome:
    """Run the command in this process."""
    return CliRunner().invoke(cli, ["derive", *arguments])


def test_relu_as_a_person_would_write_it() -> None:
    """The steps of the derivation of ReLU, in order, and its constants."""
    shown = run("relu", "--digits", "30", "--coefficients", "4").output
    steps = [
        "σ(x) = 0 for x < 0; x otherwise",
        "σ′(x) = 0 for x < 0; 1 otherwise",
        "σ″(x) = δ(x)",
        "D_2(ρ) = E σ″(X) σ″(X′) = 1/(2*π*sqrt(1 - ρ^2))",
        "D_1(ρ) = E σ′(X) σ′(X′) = (2*asin(ρ) + π)/(4*π)",
        "D_0(ρ) = E σ(X) σ(X′) = (2*ρ*asin(ρ) + π*ρ + 2*sqrt(1 - ρ^2))/(4*π)",
        "μ = (-2 + π)/(2*(-1 + π)) ≈ 0.26652889653787007000830259338",
        "a_4 = -sqrt(3)/(12*sqrt(π)) ≈ -0.08143375",
    ]
    places = [shown.find(step) for step in steps]
    assert -1 not in places, steps[places.index(-1)]
    assert places[:6] == sorted(places[:6])
    assert "6 of 6 identities" in shown


@pytest.mark.parametrize("name", ["relu", "sign", "gelu", "elu(alpha)", "hard_tanh(c)", "h(3)"])
@pytest.mark.parametrize("form", ["text", "latex", "markdown", "json"])
def test_every_format(name: str, form: str) -> None:
    """Each format is written, the JSON is JSON, and LaTeX has no letter outside its alphabet."""
    outcome = run(name, "--format", form, "--coefficients", "2")
    assert outcome.exit_code == 0
    assert "Derivation" in outcome.output
    if form == "json":
        document = json.loads(outcome.output)
        titles = [section["title"] for section in document["sections"]]
        assert titles[0] == "Activation"
        assert titles[-1] == "Properties"
        lines = [line for section in document["sections"] for line in section["lines"]]
        assert any("statement" in i for line in lines for i in line.get("identities", []))
    if form == "latex":
        assert not set(outcome.output) & set("σρπαμΦΣ")
        assert outcome.output.count(r"\[") == outcome.output.count(r"\]") > 10


def test_the_names_that_are_known() -> None:
    """The list has every name with its formula, and what is listed can be derived."""
    shown = run("--list").output
    for line in ("gelu                       x Phi(x)", "h(k)", "elu(alpha=1)", "tanh(x)   (cert"):
        assert line in shown
    assert run("--list").exit_code == 0


def test_digits_survive_cancellation() -> None:
    """The variance of celu(1/10) is a difference of numbers of size e^200."""
    shown = run("celu(1/10)", "--digits", "12").output
    alpha = next(line for line in shown.split("\n") if "α of (3)" in line)
    assert "≈ 1.6" in alpha


def test_a_formula_with_parameters() -> None:
    """A formula with a number, and with letters that stay symbolic."""
    number = run("--formula", "max(0, x) + a*sin(x)", "--param", "a=1/3", "--digits", "12")
    assert "m = E σ(X) = sqrt(2)/(2*sqrt(π)) ≈ 0.398942280401" in number.output
    letter = run("--formula", "max(0, x) + a*sin(x)", "--param", "a")
    assert "a^2*exp(-ρ - 1)/2" in letter.output
    positive = run("--formula", "exp(-a*x^2)", "--param", "a>0")
    assert positive.exit_code == 0


@pytest.mark.parametrize("form", ["text", "latex", "markdown", "json"])
def test_a_certified_series(form: str) -> None:
    """Without a closed form coefficients and dual are enclosures, and the route says so."""
    outcome = run("tanh", "--format", form, "--digits", "30", "--coefficients", "3")
    assert outcome.exit_code == 0
    assert "no closed form is known" in outcome.output
    assert "0.605705509602158825" in outcome.output
    assert "201" in outcome.output
    formula = run("--formula", "tanh(b*x)", "--param", "b=1", "--digits", "30")
    assert "[0.605705509602158825" in formula.output


def test_plot(tmp_path: Path) -> None:
    """The picture is an SVG file, twice the same, and nothing is left beside it."""
    first, second = tmp_path / "a.svg", tmp_path / "b.svg"
    for path in (first, second):
        assert run("hard_tanh", "--plot", str(path)).exit_code == 0
    assert first.read_text(encoding="utf-8").startswith("<?xml")
    assert first.read_bytes() == second.read_bytes()
    assert sorted(tmp_path.iterdir()) == [first, second]


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ((), "needs an activation"),
        (("relu", "--formula", "x"), "needs an activation"),
        (("softrelu",), "unknown activation"),
        (("relu", "--param", "a=1"), "--param belongs to --formula"),
        (("elu(1/0)",), "divides by zero"),
        (("gaussian(-1/4)",), "> -1/4"),
        (("--formula", "x^"), "column 3"),
        (("--formula", "x.__class__"), "column"),
        (("--formula", "open(x)"), "column"),
        (("--formula", "a*x"), "column"),
        (("--formula", "x", "--param", "a=1e5"), "--param needs"),
        (("--formula", "x", "--param", "x=1"), "has a meaning already"),
        (("--formula", "exp(x^2)"), "is infinite"),
        (("--formula", "1/x"), "not seen to be analytic"),
        (("--formula", "tanh(a*x)", "--param", "a"), "needs numbers for a"),
        (("--formula", "exp(x^3)"), "not bounded"),
        (("--formula", "7"), "is constant"),
        (("--formula", "sqrt(-1)*x"), "not real"),
        (("--formula", "x^1000"), "is not below"),
        (("--formula", "exp(log(x))"), "logarithm"),
        (("--formula", "(" * 100 + "x" + ")" * 100), "column"),
        (("--formula", "x+" * 500_000 + "x"), "at most 10000"),
        (("elu(alpha)", "--plot", "a.svg"), "needs numbers"),
        (("relu", "--plot", "no/such/folder/a.svg"), "cannot be written"),
    ],
)  # fmt: skip
def test_bad_input(arguments: tuple[str, ...], word: str) -> None:
    """Each is refused at once with exit code 3 and a sentence, without a traceback."""
    outcome = run(*arguments)
    assert outcome.exit_code == BAD_INPUT
    assert word in outcome.output
    assert "Traceback" not in outcome.output


RUNNER = """
import json, sys
for cell in json.load(open(sys.argv[1], encoding="utf-8"))["cells"]:
    if cell["cell_type"] == "code":
        exec("".join(cell["source"]), globals())
print(sorted(k for k in globals() if k.startswith("dual_")))
"""


def executed(path: Path) -> subprocess.CompletedProcess[str]:
    """The code cells of a notebook, run one after the other in a process of their own."""
    command = [sys.executable, "-c", RUNNER, str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


@pytest.mark.parametrize(
    ("arguments", "least"),
    [
        (("relu",), 25),
        (("h(3)",), 10),
        (("tanh",), 5),
        (("--formula", "max(0, x) + a*sin(x) + b", "--param", "a=1/3", "--param", "b>0"), 20),
    ],
)
def test_the_notebook_runs(tmp_path: Path, arguments: tuple[str, ...], least: int) -> None:
    """Its cells compute every step again; one changed value of the derivation stops it."""
    path = tmp_path / "derivation.ipynb"
    assert run(*arguments, "--coefficients", "2", "--notebook", str(path)).exit_code == 0
    assert list(tmp_path.iterdir()) == [path]
    document = json.loads(path.read_text(encoding="utf-8"))
    assert (document["nbformat"], document["nbformat_minor"]) == (4, 5)
    assert len({cell["id"] for cell in document["cells"]}) == len(document["cells"])
    code = [cell for cell in document["cells"] if cell["cell_type"] == "code"]
    assert len(code) >= least
    done = executed(path)
    assert done.returncode == 0, done.stderr
    if arguments == ("relu",):
        assert done.stdout.strip() == "['dual_0', 'dual_1', 'dual_2']"
        sources = ["".join(cell["source"]) for cell in code]
        assert any("proved_zero(diff(dual_1, rho) - dual_2)" in s for s in sources)
        written = path.read_text(encoding="utf-8")
        assert "== '1/2'" in written
        path.write_text(written.replace("== '1/2'", "== '1/3'"), encoding="utf-8")
        assert "AssertionError" in executed(path).stderr


def test_the_notebook_runs_in_jupyter(tmp_path: Path) -> None:
    """As its reader runs it, in a kernel of Jupyter; and one changed value stops it."""
    path = tmp_path / "relu.ipynb"
    assert run("relu", "--coefficients", "2", "--notebook", str(path)).exit_code == 0
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    root = {"metadata": {"path": str(Path(__file__).resolve().parents[2])}}
    nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3", resources=root).execute()
    counts = [cell.execution_count for cell in notebook.cells if cell.cell_type == "code"]
    assert counts == list(range(1, len(counts) + 1))
    wrong = nbformat.read(path, as_version=4)
    (cell,) = [c for c in wrong.cells if c.cell_type == "code" and "== '1/2'" in c.source][:1]
    cell.source = cell.source.replace("== '1/2'", "== '1/3'")
    with pytest.raises(nbclient.exceptions.CellExecutionError, match="AssertionError"):
        nbclient.NotebookClient(wrong, timeout=120, resources=root).execute()


def test_what_a_notebook_says_is_data(tmp_path: Path) -> None:
    """A formula is text in the notebook, and where it cannot be written one sentence says so."""
    outcome = run("relu", "--notebook", str(tmp_path / "no" / "a.ipynb"))
    assert outcome.exit_code == BAD_INPUT
    assert "cannot be written" in outcome.output
    assert construction("relu", None, {}) == "sigma = named_activation('relu')"
    assert construction(None, "x'", {}) == 'sigma = certified_activation("x\'")'


@pytest.mark.parametrize(
    "arguments", [("gaussian_slope",), ("exp(a)",), ("--formula", "x^2 + b*x", "--param", "b>0")]
)
def test_a_certificate_that_the_checker_re_checks(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    """Every part holds; with one coefficient of the closed form changed, none of it is accepted."""
    outcome = run(*arguments, "--certificate", str(tmp_path))
    assert outcome.exit_code == 0
    shown = outcome.output[outcome.output.index("Dual of ") :].split("\n")
    parts = [line for line in shown if line.startswith("  holds ")]
    labels = [line.split(":")[0].split(" ", 3)[3] for line in parts]
    assert labels[:8] == [
        "mean", "first coefficient", "dual", "second moment", "normalised mean",
        "normalised dual", "normalised variance", "mu",
    ]  # fmt: skip
    assert labels[-10:] == ["general k", *(f"k = {k}" for k in range(9))]
    again = [sys.executable, "-E", "-s", "-S", "-m", "certificates.checker", "--quiet"]
    found = subprocess.run([*again, str(tmp_path)], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr
    assert "holds" in found.stdout
    documents, names, _ = load([tmp_path])
    path, dual = next((p, documents[i]) for p, i in names.items() if "_dual-" in p.name
                      and documents[i]["part"] == "dual")  # fmt: skip
    left, right = dual["statement"]["conclusion"][1:]
    says = {**dual["statement"], "conclusion": ["=", left, ["*", 2, right]]}
    path.unlink()
    write({**dual, "statement": says}, tmp_path)
    found = subprocess.run([*again, str(tmp_path)], capture_output=True, text=True, check=False)
    assert found.returncode == REJECTED


def test_what_has_no_certificate(tmp_path: Path) -> None:
    """A series has no closed form, and a folder that is a file cannot be written."""
    outcome = run("tanh", "--certificate", str(tmp_path))
    assert outcome.exit_code == BAD_INPUT
    assert "no closed form" in outcome.output
    outcome = run("--formula", "sin(x)*cos(2*x)*sin(3*x)", "--certificate", str(tmp_path))
    assert outcome.exit_code == BAD_INPUT
    assert "no certificate" in outcome.output
    (tmp_path / "taken").write_text("")
    outcome = run("sin", "--certificate", str(tmp_path / "taken" / "below"))
    assert outcome.exit_code == BAD_INPUT
    assert "cannot be written" in outcome.output
    assert list(tmp_path.iterdir()) == [tmp_path / "taken"]


def test_the_catalogue_at_a_glance() -> None:
    """Every name is there once, each derivation is proved by algebra, and so in each format."""
    shown = run("--all").output.strip().split("\n")
    names = [line.split()[0] for line in shown[1:]]
    assert len(names) == len(set(names))
    assert {n.partition("(")[0] for n in names} == {*ACTIVATIONS, *SERIES}
    assert {"hard_tanh(c)", "gaussian(a)", "celu(alpha)", "sin(w,b)"} <= set(names)
    counts = re.findall(r" (\d+) of (\d+) ", "\n".join(shown))
    assert len(counts) == len(names) - len(SERIES)
    assert all(proved == count != "0" for proved, count in counts)
    assert sum("the rest at most" in line for line in shown) == len(SERIES)


def test_what_the_table_certifies(tmp_path: Path) -> None:
    """Rows count the parts that hold, name the open ones, and what is kept is checked anew."""
    for _ in range(2):
        (row,) = rows(tmp_path, ["gaussian_slope"])
        assert (row.holds, row.open) == (8, ())
    assert "8 of 8 parts hold" in shown([row], "text")
    assert shown([row], "markdown").startswith("| activation | identities |")
    assert json.loads(shown([row], "json"))[0]["holds"] == 8
    half = Row("x", "", "", 3, ("dual", "mu"))
    assert half.certificate == "3 of 5 parts hold, open: dual, mu"


def test_a_false_certificate_in_the_cache_is_not_believed(tmp_path: Path) -> None:
    """A kept certificate whose statement was changed is thrown away, and the part proved again."""
    folder = Path(os.environ["XDG_CACHE_HOME"])
    list(rows(tmp_path, ["h(2)"]))
    for path in folder.rglob("*.json"):
        document = json.loads(path.read_bytes())
        document["evidence"] = {"by": "assumption"}
        path.write_bytes(canonical(document))
    (row,) = rows(tmp_path, ["h(2)"])
    assert (row.holds, row.open) == (8, ())


@pytest.mark.parametrize("more", [("relu",), ("--digits", "3"), ("--format", "latex"),
                                  ("--formula", "x")])  # fmt: skip
def test_the_table_is_about_every_name(more: tuple[str, ...]) -> None:
    """Anything that belongs to one activation is refused."""
    outcome = run("--all", *more)
    assert outcome.exit_code == BAD_INPUT
    assert "--all" in outcome.output
