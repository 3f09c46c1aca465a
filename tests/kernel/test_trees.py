"""Proof trees, counterexamples and rational matrices before the kernel: stated from certificates,
accepted as they are, and refused after any change of what they state."""

import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from certificates.checker import Statement, digest
from proofs.kernel import bridge, matrices, refutations, trees
from proofs.kernel.bridge import BridgeFile, sources_of
from proofs.kernel.build import Build, coq_version, development, source
from proofs.kernel.run import Export, Outcome
from proofs.kernel.translate import definitions_in_coq, statement_in_coq
from proofs.kernel.trees import Trees
from proofs.kernel.without_theorem import listed
from tests.kernel.coq import goals, needs_coq, tried
from tests.kernel.test_goals import documents, lemmas

ITEMS = ("Remark 14", "Corollary 16", "Lemma 11", "Lemma 31", "Batch normalisation",
         "Statistical queries", "General activations")  # fmt: skip
SCRIPT = re.compile(r"\nProof\.\n  (.*?)\nQed\.", re.DOTALL)
Documents = dict[str, dict[str, Any]]


def of_items(items: tuple[str, ...]) -> Documents:
    """The certificates of some items, and those on which they rest."""
    own = {digest(d): d for d in documents().values() if d["item"] in items}
    return {**own, **lemmas(own)}


@pytest.fixture
def nothing_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """No theorem of the bridge: what has one is not proved again from its certificate."""
    monkeypatch.setattr(trees, "bridge_files", tuple)
    monkeypatch.setattr(bridge, "files", tuple)


@cache
def few() -> Trees:
    """The proof trees of a few items."""
    return Trees(of_items(ITEMS))


@pytest.mark.usefixtures("nothing_by_hand")
def test_a_tree_proves_the_statement_of_its_certificate() -> None:
    files = few().files
    theorems = [t for file in files for t in file.theorems]
    stated = {digest(d["statement"]): i for i, d in of_items(ITEMS).items()}
    assert len(theorems) >= 8
    for file in files:
        statements, _, proofs = file.text.partition("From Coq Require Import Lra Lia Classical.")
        assert "Definition statement" not in proofs and "\nTheorem c_" not in statements
        for theorem in file.theorems:
            identity = stated[theorem.statement]
            parsed = Statement.parse(documents()[identity]["statement"])
            text = statement_in_coq(parsed.document, parsed.definitions)
            module = f"C_{identity[:16]}"
            assert f"Definition statement : Prop :=\n  {text}.\nEnd {module}." in statements
            assert f"Theorem {theorem.name} : {module}.statement." in proofs


def test_what_has_no_tree_is_named_with_its_reason() -> None:
    export = Export(of_items(("Theorem 12", "Fact 2")))
    left_out = export.tally(Outcome()).left_out
    assert "an open record, which carries no proof" in left_out
    (why,) = (reason for reason, names in left_out.items() if names == ["Theorem 12: finite width"])
    assert why == f"the rule psd_gershgorin; {listed('Theorem 12', 'finite width')}"
    assert any("expect has no translation" in reason for reason in left_out)


@pytest.mark.usefixtures("nothing_by_hand")
def test_a_refutation_negates_the_statement_of_its_certificate() -> None:
    own = of_items(("Theorem 18",))
    (file,) = refutations.files(own)
    assert len(file.theorems) >= 5
    for theorem in file.theorems:
        assert theorem.verdict == "fails"
        module = theorem.name.removeprefix("not_c_")
        assert f"Theorem {theorem.name} : ~ C_{module}.statement." in file.text
        assert any(digest(d["statement"]) == theorem.statement for d in own.values())


@pytest.mark.slow
def test_more_than_a_thousand_certificates_are_exported() -> None:
    export = Export(documents())
    stated: dict[str, set[str]] = {"holds": set(), "fails": set(), "goals": set()}
    for file in export.files():
        for theorem in file.theorems:
            stated[theorem.verdict].add(theorem.statement)
    kinds = {"counterexample": "fails", "open": "goals"}
    exported = [
        d for d in documents().values()
        if digest(d["statement"]) in stated[kinds.get(d["evidence"]["by"], "holds")]
    ]  # fmt: skip
    assert len(exported) >= 1000


# Changed statements -------------------------------------------------------------------------------


def moved(document: dict[str, Any]) -> dict[str, Any]:
    """The left side of the conclusion, or of its last part, larger by a thousand."""

    def more(formula: Any) -> Any:
        op, *parts = formula
        if op == "and":
            return [op, *parts[:-1], more(parts[-1])]
        return [op, ["+", parts[0], 1000], parts[1]]

    return {**document, "conclusion": more(document["conclusion"])}


def absurd(document: dict[str, Any]) -> dict[str, Any]:
    """Another conclusion, which is false."""
    return {**document, "conclusion": ["<=", 1, 0]}


def trivial(document: dict[str, Any]) -> dict[str, Any]:
    """Another conclusion, which is true."""
    return {**document, "conclusion": ["<=", 0, 1]}


def impossible(document: dict[str, Any]) -> dict[str, Any]:
    """A hypothesis that holds nowhere, before the others."""
    return {**document, "hypotheses": [["<=", 1, 0], *document["hypotheses"]]}


Change = Callable[[dict[str, Any]], dict[str, Any]]


def judged(
    built: Build, folder: Path, files: Sequence[BridgeFile], known: Documents,
    changes: tuple[Change, ...],
) -> int:  # fmt: skip
    """How many changed statements the proofs of the last file do not prove: it must be all."""
    file = files[-1]
    stated = {i[:16]: d["statement"] for i, d in known.items()}
    modules, cases = [], []
    for theorem in file.theorems:
        name = theorem.name.removeprefix("not_").removeprefix("c_")
        found = SCRIPT.search(file.text, file.text.index(f"Section {theorem.name}.\n"))
        assert found is not None
        unfolded, _, script = found[1].removesuffix(".").replace(".\n  ", "; ").partition("; ")
        for change in (None, *changes):
            document = change(stated[name]) if change else stated[name]
            parsed = Statement.parse(document)
            module = f"C_{name}_{change.__name__ if change else 'good'}"
            modules.append(
                f"Module {module}.\n{definitions_in_coq(parsed.definitions)}\nDefinition "
                f"statement : Prop :=\n  {statement_in_coq(parsed.document, parsed.definitions)}."
                f"\nEnd {module}."
            )
            names = [f"{module}.{n}" for n in unfolded.removeprefix("unfold ").split(", ")]
            negated = "~ " if theorem.verdict == "fails" else ""
            cases.append((
                module, f"{negated}{module}.statement", f"unfold {', '.join(names)}; {script}"
            ))  # fmt: skip
    scope = "Open Scope R_scope.\n"
    text = file.text.replace(scope, scope + "\n".join(modules) + "\n", 1)
    loads = sources_of(files, str(coq_version()))[file.name].loads
    built.compile_all(loads, 1, lambda _what, _done, _count: None)
    accepted, rejected = tried(built, folder, text + goals(cases), loads)
    assert accepted == {name for name, *_ in cases if name.endswith("_good")}
    assert rejected == {name for name, *_ in cases if not name.endswith("_good")}
    return len(rejected)


@needs_coq
@pytest.mark.slow
@pytest.mark.usefixtures("nothing_by_hand")
def test_changed_statements_of_trees_are_refused(built: Build, tmp_path: Path) -> None:
    files, refused = few().files, 0
    for count, file in enumerate(files, 1):
        folder = tmp_path / file.name
        folder.mkdir()
        refused += judged(built, folder, files[:count], of_items(ITEMS), (moved, absurd))
    assert refused >= 20


@needs_coq
@pytest.mark.slow
@pytest.mark.usefixtures("nothing_by_hand")
def test_changed_statements_of_refutations_are_refused(built: Build, tmp_path: Path) -> None:
    """Those of Theorem 8 are left to the development."""
    known = {i: d for i, d in documents().items() if d["item"] != "Theorem 8"}
    (file,) = refutations.files(known)
    assert judged(built, tmp_path, [file], known, (trivial, impossible)) >= 70


@needs_coq
@pytest.mark.slow
def test_rational_matrices_are_accepted_and_wrong_bounds_refused(
    built: Build, tmp_path: Path
) -> None:
    """Each form lies between its bounds; with the lower bound doubled the proof is refused."""
    known = {i: d for i, d in documents().items() if "two_term(1/2), matrix A" in d["part"]}
    (file,) = matrices.files(known)
    assert len(file.theorems) == 2
    version = str(coq_version())
    known_files = development(version)
    built.compile_all([known_files["Rational"]], 1, lambda _what, _done, _count: None)
    right = source(file.name, file.text, known_files, version)
    assert built.compile(right) == ""
    for low in set(re.findall(r"\(K i j\)\) (\S+ / \d+\)) ", file.text)):
        wrong = file.text.replace(f"(K i j)) {low} ", f"(K i j)) (2 * {low}) ")
        assert wrong != file.text
        assert built.compile(source("Wrong", wrong, known_files, version))
