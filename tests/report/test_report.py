"""The report shows what the certificates say: nothing is lost, a tampered one is rejected."""

import filecmp
import json
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from certificates.checker import Statement
from certificates.claims import verdicts
from certificates.report.graph import dependency_graph, layers
from certificates.report.instances import seen
from certificates.report.mathml import Setter, math
from certificates.report.pages import build, statement_parts
from certificates.store import write
from certificates.terms import Malformed
from proofs.audit import audit_claims
from proofs.cache import Cache
from proofs.claim import MISPRINT, MISSING_HYPOTHESIS, NOT_SHARP
from proofs.claims.lemma_22 import LEMMA_22
from proofs.claims.lemma_25 import LEMMA_25
from proofs.claims.powers import POWERS
from proofs.cli import cli
from proofs.findings import findings, kinds
from proofs.language import choose, integer, real
from proofs.registry import PAPER_ORDER
from tests.report.conftest import small_copy


class Links(HTMLParser):
    """The links and ids of a page."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.hrefs: list[str] = []
        self.ids: list[str] = []
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect what a tag links to, and its id."""
        for key, value in attrs:
            if key in ("href", "src") and value is not None:
                self.hrefs.append(value)
            if key == "id" and value is not None:
                self.ids.append(value)


def test_every_link_leads_somewhere(site: Path) -> None:
    """Pages, anchors and certificates that are linked exist, and no id stands twice."""
    check_links(site, 9)


def check_links(site: Path, least: int) -> None:
    """At least so many pages, whose links and ids are in order."""
    pages = {p.resolve(): Links(p) for p in site.rglob("*.html")}
    assert len(pages) >= least
    for page, links in pages.items():
        assert len(set(links.ids)) == len(links.ids), page
        for href in links.hrefs:
            path, _, anchor = href.partition("#")
            target = (page.parent / path).resolve() if path else page
            assert target.is_file(), (page, href)
            if anchor:
                assert anchor in pages[target].ids, (page, href)


def test_mathematics_is_well_formed(site: Path) -> None:
    """Every formula parses as XML."""
    check_mathematics(site, 100)


def check_mathematics(site: Path, least: int) -> None:
    """At least so many formulas, each of them XML."""
    count = 0
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        for piece in text.split("<math")[1:]:
            ElementTree.fromstring("<math" + piece.partition("</math>")[0] + "</math>")
            count += 1
    assert count >= least


def test_findings_and_verdicts_are_shown(site: Path) -> None:
    """Lemma 6 fails as printed at delta = 1, and its amended form holds."""
    index = (site / "index.html").read_text(encoding="utf-8")
    assert "δ = 1" in index
    assert index.index('id="findings"') < index.index('id="items"')
    page = (site / "claims" / "lemma-6.html").read_text(encoding="utf-8")
    assert "holds as amended" in page
    assert "B outside its domain" in page


def test_two_runs_agree(source: Path, site: Path, tmp_path: Path) -> None:
    """The site is the same to the byte."""
    build(source, tmp_path / "again", ["Definition 1", "Lemma 6", "Lemma 22"], {})
    compared = [p.relative_to(site) for p in site.rglob("*") if p.is_file()]
    same, different, wrong = filecmp.cmpfiles(
        site, tmp_path / "again", [str(p) for p in compared], shallow=False
    )
    assert not different
    assert not wrong
    assert len(same) == len(compared)


@pytest.mark.parametrize(("old", "new"), [(b'"1/2"', b'"1/3"'), (b"\n", b"\n\n")])
def test_a_tampered_certificate_is_rejected(tmp_path: Path, old: bytes, new: bytes) -> None:
    """A changed digit or byte shows as rejected, for the certificate and for its claim."""
    folder = small_copy(tmp_path / "certificates")
    victim = next(p for p in sorted((folder / "lemma_23").glob("lemma_23_c-*.json")))
    data = victim.read_bytes()
    assert old in data
    victim.write_bytes(data.replace(old, new))
    record = build(folder, tmp_path / "site", [], {})
    assert victim.name in record.rejected
    assert "Lemma 23" in record.rejected
    index = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert victim.name in index
    page = (tmp_path / "site" / "claims" / "lemma-23.html").read_text(encoding="utf-8")
    assert 'class="badge rejected"' in page
    assert 'class="badge holds"' not in page


def test_the_command_on_the_pages_re_checks_the_report(site: Path, tmp_path: Path) -> None:
    """As printed, in a copy of the folder somewhere else; it rejects what is changed there."""
    folder = shutil.copytree(site, tmp_path / "elsewhere")
    page = (folder / "claims" / "lemma-6.html").read_text(encoding="utf-8")
    (command,) = set(re.findall(r"<code>(python3 [^<]*)</code>", page))

    def run() -> subprocess.CompletedProcess[str]:
        words = [sys.executable, *command.split()[1:]]
        return subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)

    done = run()
    assert done.returncode == 0, done.stderr
    assert done.stdout.rstrip().endswith("accepted, 0 rejected")
    victim = next((folder / "certificates" / "lemma_23").glob("lemma_23_c-*.json"))
    victim.write_bytes(victim.read_bytes().replace(b'"1/2"', b'"1/3"'))
    assert run().returncode == 4


def test_curves_end_where_the_digits_of_the_rows_do() -> None:
    """A value is drawn while its enclosure is narrow beside it, never a step of its rounding."""
    rows = [(1, "1.50", "1.51"), (2, "1.0100", "1.0101"), (3, "1.000001", "1.000002")]
    assert seen(rows, above=1) == [(1.0, 0.505), (2.0, 0.01005)]
    assert seen([(1, "0", "0"), (2, "-1", "1")]) == []


def test_other_folders_are_left_alone(source: Path, tmp_path: Path) -> None:
    """A folder that holds something else than a report is not replaced."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    with pytest.raises(Malformed, match="something else"):
        build(source, tmp_path / "mine", [], {})
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "years of work"
    shutil.rmtree(tmp_path / "mine")
    (tmp_path / "empty").mkdir()
    with pytest.raises(Malformed, match="no certificates"):
        build(tmp_path / "empty", tmp_path / "out", [], {})
    assert not (tmp_path / "out").exists()


def characters(inner: str) -> str:
    """The characters of a formula without those that are not seen."""
    text = "".join(ElementTree.fromstring(math(inner, "x")).itertext())
    return text.replace("\u2061", "").replace("\u2062", "").replace("\xa0", " ")


def flat(term: Any) -> str:
    """The characters of a term as it is set."""
    return characters(Setter().term(term))


def flat_formula(formula: Any) -> str:
    """The characters of a formula as it is set."""
    return characters(Setter().formula(formula))


def test_brackets_stand_where_they_must() -> None:
    """Differences of differences, powers of sums, negative numbers, fractions to a power."""
    x, n = real("x"), integer("n")
    cases = {
        (x - (x - 1)).tree: "x−(x−1)",
        ((x - x) - 1).tree: "x−x−1",
        ((x + 1) ** 2).tree: "(x+1)2",
        (2 * (x + 1)).tree: "2(x+1)",
        (x * -x).tree: "x(−x)",
        (x - (-x)).tree: "x−(−x)",
        (x + (-x)).tree: "x+(−x)",
        (-(x + 1)).tree: "−(x+1)",
        (real("mu") ** n).tree: "μn",
        choose(x <= 1, x, 0).tree: "x[x≤1]",
        ("^", "1/2", "n"): "(12)n",
        ("^", -2, "n"): "(−2)n",
        ("+", "x", -2): "x+(−2)",
    }
    for term, expected in cases.items():
        assert flat(term) == expected


def test_every_operator_is_set_as_mathematics() -> None:
    """Sums, products, recursions, roots, functions, expectations; each in its place."""
    total = ("fold", "g", "v", ("+", "v", ("/", 1, "g")), 1, "n", 0)
    product = ("fold", "g", "v", ("*", "v", ("+", "x", "g")), 1, "n", 1)
    descent = ("fold", "g", "v", ("-", "v", ("*", "eta", "v")), 1, "T", "w")
    cases: dict[Any, str] = {
        total: "∑g=1n1g",
        ("*", 2, total): "2∑g=1n1g",
        ("*", total, 2): "(∑g=1n1g)⋅2",
        ("*", ("*", 2, total), "x"): "2(∑g=1n1g)x",
        ("*", "x", ("*", 2, total)): "x2(∑g=1n1g)",
        ("^", ("sqrt", "x"), "n"): "(x)n",
        product: "∏g=1n(x+g)",
        descent: "(v↦v−ηv)g=1T(w)",
        ("fold", "g", "v", ("+", "v", ("*", "v", "g")), 1, "n", 0): "(v↦v+vg)g=1n(0)",
        ("rpow", "x", "1/3"): "x3",
        ("rpow", ("+", "x", 1), "3/2"): "(x+1)32",
        ("^", ("^", "x", "n"), 2): "(xn)2",
        ("^", ("exp", "x"), 2): "(ex)2",
        ("^", ("/", "x", "y"), 2): "(xy)2",
        ("sin", "x"): "sin(x)",
        ("exp", ("/", "x", 2)): "exp(x2)",
        ("entry", "K", "i", "j"): "Kij",
        ("entry", "K", 1, ("+", "k", 1)): "K1,k+1",
        ("+", total, "x"): "(∑g=1n1g)+x",
        ("+", "x", total): "x+∑g=1n1g",
        ("-", ("*", "x", total), 1): "x(∑g=1n1g)−1",
        ("+", ("+", "x", total), 1): "(x+∑g=1n1g)+1",
        ("series", "i", 0, ("*", "x", total)): "∑i≥0x∑g=1n1g",
        ("series", "i", 0, ("+", "x", "i")): "∑i≥0(x+i)",
        ("cos", "x"): "cos(x)",
        ("tan", "x"): "tan(x)",
        ("acos", "x"): "arccos(x)",
        ("asin", "x"): "arcsin(x)",
        ("atan", "x"): "arctan(x)",
        ("erf", "x"): "erf(x)",
        ("Phi", "x"): "Φ(x)",
        ("min", "x", "y"): "min(x,y)",
        ("expect", "x", ("*", "x", ("apply", "sigma", "x"))): "Ex∼N(0,1)[xσ(x)]",
        ("expect2", "rho", "x", "y", ("*", ("sin", "x"), "y")): "E(x,y)∼N(0,Σρ)[sin(x)y]",
    }
    for term, expected in cases.items():
        assert flat(term) == expected, term
    formulas: dict[Any, str] = {
        ("converges", "i", 1, ("/", 1, "i")): "∑i≥11i converges",
        ("not", ("converges", "i", 1, ("/", 1, "i"))): "∑i≥11i diverges",
        ("exists", (("i", "int"), ("j", "int")), ("<", "i", "j")): "∃i,j∈ℤ: i<j",
        ("exists", (("e", "sequence"),), ("=", ("coef", "e", 0), 0)): "∃sequence e: e0=0",
    }
    for formula, expected in formulas.items():
        assert flat_formula(formula) == expected


def test_nothing_that_the_claims_say_is_left_as_code() -> None:
    """Every operator of the registry's statements is known to the setter, not spelled out."""
    spelled = re.compile(r"<mi>(fold|iter|rpow|expect2?|series|ite|entry|coef|converges|call)</mi>")
    for claim in PAPER_ORDER:
        for part in claim.parts:
            parts = statement_parts(Statement.parse(part.statement.document()).document)
            for piece in (*parts["hypotheses"], parts["conclusion"], *parts["definitions"]):
                assert not spelled.search(piece.text), (claim.item, part.label)
                assert "<mi></mi>" not in piece.text, (claim.item, part.label)


def test_the_graph_puts_an_item_after_what_it_uses() -> None:
    """Columns respect the uses; items in a circle share one."""
    uses = {"C": ["B", "A"], "B": ["A"], "A": [], "D": ["E"], "E": ["D"]}
    found = layers(uses)
    column = {item: k for k, items in enumerate(found) for item in items}
    assert column["A"] < column["B"] < column["C"]
    assert column["D"] == column["E"]


def test_findings_are_those_of_the_command(tmp_path: Path) -> None:
    """Site and table show what `conditioning findings` computes: kinds, amended, sharper forms."""
    claims = (POWERS, LEMMA_22, LEMMA_25)
    checker, documents = audit_claims(claims, Cache(None), lambda _what, _done, _count: None)
    for document in (*checker.documents.values(), *documents):
        write(document, tmp_path / "record")
    found = findings(claims, verdicts(documents, checker))
    assert {f.kind for f in found} == {MISPRINT, MISSING_HYPOTHESIS, NOT_SHARP}
    record = build(tmp_path / "record", tmp_path / "site", [c.item for c in claims], kinds(claims))
    assert record.findings(kinds(claims)) == found
    assert record.findings({}) != found
    index = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    articles = index.split('<article class="finding">')[1:]
    assert len(articles) == 1
    assert MISSING_HYPOTHESIS in articles[0]
    steps = index.split('<details class="finding">')[1:]
    assert len(steps) == 1
    assert MISPRINT in steps[0]
    assert "the conclusion survives" in steps[0].lower()
    sharp = index.split('<details class="finding sharp">')[1:]
    assert len(sharp) == 1
    assert "Lemma 25, sharper" in sharp[0]
    page = (tmp_path / "site" / "claims" / "lemma-25.html").read_text(encoding="utf-8")
    assert page.count('<span class="kind">') == len(found)
    done = CliRunner().invoke(
        cli, ["table", "findings", "--format", "json", "--from", str(tmp_path / "record")]
    )
    rows = json.loads(done.output)["rows"]
    for row, finding in zip(rows, found, strict=True):
        shown = finding.document()
        assert all(row[key] == shown[key] for key in ("item", "part", "kind", "printed"))
        assert row["counterexample"] == shown["counterexample"]
        assert row["conclusion"] == ("survives" if finding.conclusion_survives
                                     else "does not survive")  # fmt: skip
        assert row["certificates"].split() == [c[:16] for c in finding.certificates]


def test_the_graph_fits_a_desk_and_keeps_apart_what_is_tied_to_nothing() -> None:
    """A name stands whole on its node; items without ties stand below, in rows, none on another."""
    uses = {"Last": ["Lemma 1"], "Lemma 1": []} | {f"Dual of number {k}": [] for k in range(30)}
    drawn = dependency_graph(uses, dict.fromkeys(uses, "holds"), dict.fromkeys(uses, "x.html"),
                             {item: item for item in uses})  # fmt: skip
    tree = ElementTree.fromstring(drawn)
    assert float(tree.get("width", "0")) < 1400
    space = "{http://www.w3.org/2000/svg}"
    places = [(r.get("x"), r.get("y")) for r in tree.iter(f"{space}rect")]
    assert len(set(places)) == len(places) == len(uses)
    labels = ["".join(t.itertext()) for t in tree.iter(f"{space}text")]
    assert sorted(labels) == sorted(uses)


@pytest.mark.parametrize("name", ["relu", ""])
def test_an_activation_links_to_the_claim_about_its_dual(
    source: Path, tmp_path: Path, name: str
) -> None:
    """Where the record has the claim "Dual of relu", and only there."""
    folder = tmp_path / "record"
    shutil.copytree(source, folder)
    if name:
        small_copy(folder, [f"dual_of_{name}"])
    build(folder, tmp_path / "site", [], {})
    page = (tmp_path / "site" / "activations" / "relu.html").read_text(encoding="utf-8")
    assert ('<a href="../claims/dual-of-relu.html">Dual of relu</a>' in page) == bool(name)
    other = (tmp_path / "site" / "activations" / "sign.html").read_text(encoding="utf-8")
    assert "Dual of" not in other


CLAIMS = """\
first: forall mu in (0, 1], delta in [0, 1/2]: (1 - delta)*(1 - mu*delta) <= 1 - (1 + mu/2)*delta
second using first: forall x: x^2 + 1 > 0
third: forall mu in (0, 1], delta in [0, 1]: (1 - delta)*(1 - mu*delta) <= 1 - (1 + mu)*delta
"""


@pytest.mark.parametrize("documents", [True, False])
def test_claims_of_a_users_own_have_a_report(tmp_path: Path, documents: bool) -> None:
    """With or without claim documents: every statement, the false one as a finding."""
    (tmp_path / "claims.txt").write_text(CLAIMS)
    run = CliRunner().invoke
    own = str(tmp_path / "own")
    assert run(cli, ["prove", "--file", str(tmp_path / "claims.txt"), "--out", own]).exit_code == 0
    for path in () if documents else sorted((tmp_path / "own").rglob("*.json")):
        if "_statement-" not in path.name:
            path.unlink()
    done = run(cli, ["report", "--from", own, "--out", str(tmp_path / "site")])
    assert done.exit_code == 0, done.output
    assert "3 certificates accepted, 0 rejected" in done.output
    pages = {p.stem: p.read_text("utf-8") for p in (tmp_path / "site" / "claims").iterdir()}
    parts = {n: re.findall(r'<section class="part (\w+)" id="(\w+)">', t) for n, t in pages.items()}
    assert parts == {
        "first": [("holds", "statement")], "second": [("holds", "statement")],
        "third": [("fails", "statement")],
    }  # fmt: skip
    assert ("uses" in pages["second"] and "first.html" in pages["second"]) == documents
    index = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert "A record of certificates" in index
    assert "Deep Conditioning" not in index
    assert index.count('<article class="finding">') == 1
    assert "Instances" not in index
    check_links(tmp_path / "site", 4)
    check_mathematics(tmp_path / "site", 10)


def test_a_claim_document_that_is_gone_leaves_no_verdict(tmp_path: Path) -> None:
    """Tampered with, or deleted: the certificates of a claim alone do not say that it holds."""
    folder = small_copy(tmp_path / "record", ["lemma_23"])
    (document,) = (folder / "lemma_23").glob("lemma_23-*.json")
    written = document.read_bytes()
    document.write_bytes(written.replace(b'"role":"lemma"', b'"role":"step"'))
    record = build(folder, tmp_path / "site", [], {})
    assert document.name in record.rejected
    assert "Lemma 23" not in record.verdicts
    document.unlink()
    record = build(folder, tmp_path / "site", ["Lemma 23"], {})
    assert "Lemma 23" not in record.verdicts


def test_instances_alone_have_a_report(tmp_path: Path) -> None:
    """A record without any claim: plots, tallies and activations, no items and no graph."""
    folder = small_copy(tmp_path / "all", ["lemma_6"])
    for path in sorted((folder / "lemma_6").iterdir()):
        if "_instance_" not in path.name:
            path.unlink()
    build(folder / "lemma_6", tmp_path / "site", [], {})
    index = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert 'id="graph"' not in index
    assert 'id="instances"' in index
    assert "index.html#graph" not in index
    check_links(tmp_path / "site", 3)
