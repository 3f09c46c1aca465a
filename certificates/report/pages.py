"""The site: an overview, a page for each claim and for each activation, and the certificates."""

import os
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from certificates import checker
from certificates.checker import Accepted
from certificates.claims import Verdict
from certificates.findings import Finding, Kinds
from certificates.report.activations import DUAL, Activation
from certificates.report.counterexamples import Refuted, refuted
from certificates.report.graph import dependency_graph
from certificates.report.instances import Instances
from certificates.report.lines import Breaker, Shown, shown
from certificates.report.mathml import chains, math, setter
from certificates.report.record import Record, read_record
from certificates.terms import GREEK, Formula, Malformed

MARKER = "conditioning-report"
LETTERED = re.compile(r"[a-z]\d*(?!\w)")
SORTS = {
    "real": "real", "int": "integer", "matrix": "symmetric matrix", "activation": "activation",
    "sequence": "nonnegative summable sequence",
}  # fmt: skip
EVERYWHERE = (("=", 0, 0), ("and", ("=", 0, 0)))  # the domain of what is defined everywhere
SHADES = {"holds": "holds", "holds as amended": "amended", "fails": "fails", "open": "open"}


def slug(text: str) -> str:
    """A name for files and anchors."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


class Pages:
    """Renders the pages of one record into a folder."""

    def __init__(
        self, record: Record, kinds: Kinds, kernel: Mapping[str, str], *, paper: bool = True
    ) -> None:
        self.record, self.paper = record, paper
        self.findings = record.findings(kinds)
        self.kernel = kernel
        self.instances = Instances(record)
        duals = {i.removeprefix(DUAL) for i in record.verdicts if i.startswith(DUAL)}
        self.activations = sorted(duals | set(self.instances.activations))
        self.links = {item: f"claims/{slug(item)}.html" for item in record.items}
        self._environment = Environment(
            loader=PackageLoader("certificates.report"), autoescape=True,
            undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        )  # fmt: skip
        self._environment.filters.update(slug=slug, shade=self.shade)

    @staticmethod
    def shade(verdict: str) -> str:
        """The class that colours a verdict."""
        return SHADES.get(verdict, "rejected")

    def write(self, out: Path) -> None:
        """Write every page under `out`."""
        record = self.record
        (out / "style.css").write_text(_template_text("style.css"), encoding="utf-8")
        for identity, path in record.paths.items():
            target = out / self.record.certificate(identity)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        _copy_checker(out / "certificates")
        self._page(
            out / "index.html", "index.html", "",
            findings=self.findings, groups=self._groups(), counts=self._counts(),
            paper=self.paper,
            graph=Markup(self._graph()), total=len(record.checker.accepted), items=record.items,
            activations=self.activations, tally=self.instances.tally(),
            plots=[*self.instances.plots("Lemma 6"), *self.instances.plots("Corollary 3")],
        )  # fmt: skip
        for item in record.items:
            self._page(out / self.links[item], "claim.html", "../", **self._claim(item))
        for activation in self.activations:
            page = out / f"activations/{slug(activation)}.html"
            self._page(page, "activation.html", "../", **self._activation(activation))

    def _activation(self, name: str) -> dict[str, Any]:
        found = Activation(self.record, self.instances, name)
        item = DUAL + name
        return {
            "activation": name, "item": item if item in self.links else "",
            "forms": found.forms(), "coefficients": found.coefficients(),
            "normalised": found.normalised,
            "derivation": [self._shown(a) for a in self.record.parts(item).values()],
            "plots": found.plots(), "table": self.instances.table_of(name),
            "matrices": self.instances.matrices_of(name),
        }  # fmt: skip

    def _menu(self) -> list[tuple[str, str]]:
        """The sections of the overview that are there."""
        present: dict[str, Any] = {
            "findings": True, "items": self.record.items, "graph": self.record.items,
            "instances": self.instances.tally(), "activations": self.activations,
        }  # fmt: skip
        return [(anchor, anchor.capitalize()) for anchor, there in present.items() if there]

    def _counts(self) -> list[tuple[str, int]]:
        """How many items there are of each verdict."""
        found = Counter(map(self._verdict_word, self.record.items))
        return [(v, found[v]) for v in (*SHADES, "rejected") if found[v]]

    def _groups(self) -> list[tuple[str, list[dict[str, Any]]]]:
        """The findings as the overview shows them: statements, steps, then what is not sharp."""
        found = [self._finding(f) for f in self.findings]
        broken = [e for e in found if e["finding"].counterexample]
        return [
            ("Statements", [e for e in broken if e["role"] == "statement"]),
            ("Steps of proofs", [e for e in broken if e["role"] != "statement"]),
            ("True, but not sharp", [e for e in found if not e["finding"].counterexample]),
        ]

    def _finding(self, finding: Finding) -> dict[str, Any]:
        """A finding with what was printed and what holds instead, set as mathematics."""
        roles = {label: role for label, role, _ in self.record.verdicts[finding.item].parts}
        printed, *instead = (self.record.checker.accepted[c] for c in finding.certificates)
        return {
            "finding": finding, "printed": self._shown(printed), "role": roles[finding.part],
            "instead": [self._shown(a) for a in instead],
        }  # fmt: skip

    def _shown(self, accepted: Accepted) -> dict[str, Any]:
        link = f"{self.links[accepted.item]}#{slug(accepted.part)}"
        return {
            "accepted": accepted, "link": link, "statement": self._statement(accepted),
            "refuted": self._refuted(accepted),
        }  # fmt: skip

    def _page(self, path: Path, template: str, root: str, **values: Any) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        text = self._environment.get_template(template).render(
            root=root, record=self.record, links=self.links, marker=MARKER, kernel=self.kernel,
            menu=self._menu(), **values,
        )  # fmt: skip
        path.write_text(text, encoding="utf-8")

    def _graph(self) -> str:
        uses = {item: list(d["uses"]) for item, d in self.record.claims.items()}
        shade = {item: self.shade(self._verdict_word(item)) for item in uses}
        words = {item: f"{item}: {self._verdict_word(item)}" for item in uses}
        return dependency_graph(uses, shade, self.links, words)

    def _verdict_word(self, item: str) -> str:
        verdict = self.record.verdicts.get(item)
        return verdict.verdict if verdict else "rejected"

    def _claim(self, item: str) -> dict[str, Any]:
        document, verdict = self.record.claims[item], self.record.verdicts.get(item)
        used_by = [i for i, d in self.record.claims.items() if item in d["uses"]]
        return {
            "item": item, "title": document["title"], "verdict": verdict,
            "uses": document["uses"], "used_by": used_by,
            "sections": sections(self._parts(document, verdict)) if verdict else [],
            "reason": self.record.rejected.get(item, ""),
            "tables": self.instances.tables(item), "plots": self.instances.plots(item),
        }  # fmt: skip

    def _parts(self, document: Mapping[str, Any], verdict: Verdict) -> list[dict[str, Any]]:
        described = {p["label"]: p for p in document["parts"]}
        found = {f.part: f for f in self.findings if f.item == document["claim"]}
        return [
            {"label": label, "role": role, "accepted": a, "amends": described[label]["amends"],
             "form": described[label]["form"], "statement": self._statement(a),
             "file": self.record.certificate(a.identity),
             "rests_on": [(self.record.checker.accepted[o], self.record.certificate(o))
                          for o in a.rests_on],
             "source": self._source(a), "finding": found.get(label), "refuted": self._refuted(a),
             "instead": [self.record.checker.accepted[c].part
                         for c in found[label].certificates[1:]] if label in found else []}
            for label, role, a in verdict.parts
        ]  # fmt: skip

    def _source(self, accepted: Accepted) -> str:
        evidence = self.record.checker.documents[accepted.identity]["evidence"]
        return str(evidence["source"]) if accepted.verdict == "open" else ""

    def _refuted(self, accepted: Accepted) -> Refuted | None:
        if not accepted.refuted:
            return None
        at = self.record.checker.documents[accepted.identity]["evidence"]["at"]
        return refuted(accepted, at)

    @staticmethod
    def _statement(accepted: Accepted) -> dict[str, Any]:
        return statement_parts(accepted.statement.document)


def sections(parts: Sequence[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The parts of an item as a reader wants them: what it says, its proof, what that needs.

    What amends or sharpens a part stands just after it.
    """
    labels = {p["label"] for p in parts}
    follow: dict[str, list[dict[str, Any]]] = {}
    for p in parts:
        follow.setdefault(p["amends"] if p["amends"] in labels else "", []).append(p)

    def after(part: dict[str, Any]) -> list[dict[str, Any]]:
        return [part, *(q for p in follow.get(part["label"], []) for q in after(p))]

    roles = {"step": "Steps of the proof", "lemma": "Lemmas on the way"}
    found: dict[str, list[dict[str, Any]]] = {h: [] for h in ("What it says", *roles.values())}
    for part in sorted(follow.get("", []), key=_in_the_text):
        found[roles.get(part["role"], "What it says")] += after(part)
    return [(heading, own) for heading, own in found.items() if own]


def _in_the_text(part: Mapping[str, Any]) -> tuple[int, str]:
    """Steps named by letters in their order, all else where it stands."""
    lettered = part["role"] == "step" and LETTERED.match(part["label"])
    return (0, part["label"]) if lettered else (1, "")


def statement_parts(document: Mapping[str, Any]) -> dict[str, Any]:
    """Variables, hypotheses, conclusion and definitions of a statement, set for a page."""
    sets = setter(document)
    breaker = Breaker(sets)

    def formula(tree: Formula, *, display: bool = True) -> Shown:
        return shown(breaker.clauses(tree), display=display)

    variables: dict[str, list[str]] = {}
    for name, sort in document["variables"]:
        variables.setdefault(sort, []).append(name)
    return {
        "variables": [
            (SORTS[sort], len(names), [Markup(math(sets.term(n), GREEK.get(n, n))) for n in names])
            for sort, names in variables.items()
        ],
        "hypotheses": [
            formula(links[0] if len(links) == 1 else ("and", *links), display=False)
            for links in chains(document["hypotheses"])
        ],
        "conclusion": formula(document["conclusion"]),
        "definitions": [
            formula(("=", _head(entry), entry["body"])) for entry in document["definitions"]
        ],
        "domains": [
            None if entry["where"] in EVERYWHERE else formula(entry["where"], display=False)
            for entry in document["definitions"]
        ],
        # last, when all the shorthand that the above needs is known
        "meaning": [
            [Markup(math(inner, text)) for inner, text in pieces] for pieces in sets.legend.values()
        ],
    }  # fmt: skip


def _head(entry: Mapping[str, Any]) -> Any:
    return ("call", entry["name"], *(n for n, _ in entry["parameters"]))


def _copy_checker(target: Path) -> None:
    """Put the checker beside the certificates, so that the folder of the report is all it takes."""
    home = Path(checker.__file__).parent
    for source in (*home.glob("*.py"), *home.glob("rules/*.py"), home / "FORMAT.md"):
        path = target / source.relative_to(home)
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, path)


def _template_text(name: str) -> str:
    return (Path(__file__).parent / "templates" / name).read_text(encoding="utf-8")


def build(
    folder: Path, out: Path, order: Sequence[str], kinds: Kinds,
    kernel: Callable[[Record], Mapping[str, str]] = lambda _record: {}, *, paper: bool = True,
) -> Record:  # fmt: skip
    """Check the certificates of a folder and write the site; what stood there is replaced.

    `kinds` names the sort of error of the parts that fail, where it is more than what they are;
    `kernel` says of each item what a proof assistant's kernel attests; `order` is that of the
    paper, or with `paper` false that of somebody's own claims.  Raises Malformed where
    there are no certificates, or where `out` holds something that is not a report.
    """
    if out.exists() and not (out.is_dir() and _replaceable(out)):
        raise Malformed(f"{out} holds something else than a report; name another folder")
    record = read_record(folder, order)
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
    try:
        paper = paper and not set(order).isdisjoint(record.items)
        Pages(record, kinds, kernel(record), paper=paper).write(fresh)
        fresh.chmod(0o755)
        if out.exists():
            shutil.rmtree(out)
        os.replace(fresh, out)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return record


def _replaceable(out: Path) -> bool:
    index = out / "index.html"
    if not any(out.iterdir()):
        return True
    return index.is_file() and MARKER in index.read_text(encoding="utf-8", errors="replace")[:2000]
