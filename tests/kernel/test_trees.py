"""Proof trees, counterexamples and rational matrices before the kernel: stated from certificates,
accepted as they are, and refused after any change of what they state."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from certificates.checker import Statement, digest
from proofs.kernel import matrices, refutations
from proofs.kernel.bridge import BridgeFile, sources_of
from proofs.kernel.bridge import files as bridge_files
from proofs.kernel.build import Build, coq_version, development
from proofs.kernel.instances import statement_module, untranslatable
from proofs.kernel.run import Export, Outcome
from proofs.kernel.translate import definitions_in_coq, statement_in_coq
from proofs.kernel.trees import PROOFS_NOT_CLOSED, Trees
from tests.kernel.coq import goals, needs_coq, tried
from tests.kernel.test_goals import documents, lemmas

ITEMS = ("Remark 17", "Remark 14", "Theorem 15", "Corollary 16", "Width for ReLU", "Theorem 13")
SCRIPT = re.compile(r"\nProof\.\n  (.*?)\nQed\.", re.DOTALL)
Documents = dict[str, dict[str, Any]]


def of_items(items: tuple[str, ...]) -> Documents:
    """The certificates of some items, and those on which they rest."""
    own = {digest(d): d for d in documents().values() if d["item"] in items}
    return {**own, **lemmas(own)}


@cache
def few() -> Trees:
    """The proof trees of a few items."""
    return Trees(of_items(ITEMS))


def test_a_tree_proves_the_statement_of_its_certificate() -> None:
    files = few().files
    theorems = [t for file in files for t in file.theorems]
    stated = {digest(d["statement"]): i for i, d in of_items(ITEMS).items()}
    assert len(theorems) >= 10
    for file in files:
        statements, _, proofs = file.text.partition("From Coq Require Import Lra Lia Classical.")
        assert "Definition statement" not in proofs and "Theorem" not in statements
        for theorem in file.theorems:
            identity = stated[theorem.statement]
            parsed = Statement.parse(documents()[identity]["statement"])
            text = statement_in_coq(parsed.document, parsed.definitions)
            module = f"C_{identity[:16]}"
            assert f"Definition statement : Prop :=\n  {text}.\nEnd {module}." in statements
            assert f"Theorem {theorem.name} : {module}.statement." in proofs


def test_what_has_no_tree_is_named_with_its_reason() -> None:
    export = Export(of_items(("Condition (3)", "Fact 2")))
    left_out = export.tally(Outcome()).left_out
    assert "an open record, which carries no proof" in left_out
    assert left_out["an enclosure on a box"] == ["Condition (3): sign"]
    assert any("expect has no translation" in reason for reason in left_out)


def test_the_proofs_left_out_by_name_are_those_of_certificates() -> None:
    assert {f"{d['item']}: {d['part']}" for d in documents().values()} >= PROOFS_NOT_CLOSED
    assert len(PROOFS_NOT_CLOSED) <= 10


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


def turned(document: dict[str, Any]) -> dict[str, Any] | None:
    """The sides of the conclusion exchanged."""
    op, *sides = document["conclusion"]
    return {**document, "conclusion": [op, *sides[::-1]]} if op in ("<=", "<") else None


def moved(document: dict[str, Any]) -> dict[str, Any] | None:
    """The left side of the conclusion larger by a thousand."""
    op, *sides = document["conclusion"]
    if op not in ("<=", "<", "="):
        return None
    return {**document, "conclusion": [op, ["+", sides[0], 1000], sides[1]]}


def absurd(document: dict[str, Any]) -> dict[str, Any] | None:
    """Another conclusion, which is false."""
    return {**document, "conclusion": ["<=", 1, 0]}


def trivial(document: dict[str, Any]) -> dict[str, Any] | None:
    """Another conclusion, which is true."""
    return {**document, "conclusion": ["<=", 0, 1]}


def impossible(document: dict[str, Any]) -> dict[str, Any] | None:
    """A hypothesis that holds nowhere, before the others."""
    return {**document, "hypotheses": [["<=", 1, 0], *document["hypotheses"]]}


CHANGES: dict[str, Callable[[dict[str, Any]], dict[str, Any] | None]] = {
    f.__name__: f for f in (turned, moved, absurd, trivial, impossible)
}  # fmt: skip


def cases(
    file: BridgeFile, known: Documents, changes: tuple[str, ...]
) -> Iterator[tuple[str, str, str]]:
    """Each theorem of a file as a goal with its script, and again after each change."""
    stated = {f"c_{i[:16]}": d for i, d in known.items()}
    for theorem in file.theorems:
        name = theorem.name.removeprefix("not_")
        section = file.text[file.text.index(f"Section {theorem.name}.\n") :]
        found = SCRIPT.search(section)
        assert found is not None
        script = found.group(1).removesuffix(".").replace(".\n  ", "; ")
        document = stated[name]["statement"]
        negated = "~ " if theorem.verdict == "fails" else ""
        module = f"C_{name.removeprefix('c_')}"
        yield f"good_{name}", f"{negated}{module}.statement", f"{script}"
        for change in changes:
            other = CHANGES[change](document)
            if other is not None:
                yield (
                    f"bad_{name}_{change}",
                    f"{negated}{module}_{change}.statement",
                    script,
                )


def modules(file: BridgeFile, known: Documents, changes: tuple[str, ...]) -> str:
    """The statements of a file's theorems after each change, as modules."""
    found = []
    stated = {f"c_{i[:16]}": (i, d) for i, d in known.items()}
    for theorem in file.theorems:
        identity, document = stated[theorem.name.removeprefix("not_")]
        for change in changes:
            other = CHANGES[change](document["statement"])
            if other is not None:
                parsed = Statement.parse(other)
                text = statement_in_coq(parsed.document, parsed.definitions)
                found.append(
                    f"Module C_{identity[:16]}_{change}.\n{definitions_in_coq(parsed.definitions)}"
                    f"\nDefinition statement : Prop :=\n  {text}.\nEnd C_{identity[:16]}_{change}."
                )
    return "\n".join(found)


@pytest.fixture(scope="module")
def ready(built: Build) -> Build:
    """What proofs load, compiled."""
    known = development(str(coq_version()))
    sources = sources_of([*bridge_files(), *few().files], str(coq_version()))
    built.compile_all(
        [known["Rules"], known["Rational"], *sources.values()], 1, lambda _what, _n, _count: None
    )
    assert not built.refused
    return built


def judged(
    built: Build, folder: Path, file: BridgeFile, known: Documents, changes: tuple[str, ...]
) -> int:
    """The number of changed statements that the scripts of a file do not prove; all must be."""
    start = file.text.index("From Conditioning Require Import Language.")
    opening = file.text[:start] + "From Conditioning Require Import Language.\nOpen Scope R_scope.\n"
    text = file.text.replace(opening, opening + modules(file, known, changes) + "\n", 1)
    listed = list(cases(file, known, changes))
    accepted, rejected = tried(built, folder, text + goals(unfolding(listed)), ["Rules", "Rational"])
    assert accepted == {name for name, *_ in listed if name.startswith("good")}
    assert rejected == {name for name, *_ in listed if name.startswith("bad")}
    return len(rejected)


def unfolding(listed: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """The cases with scripts that unfold the definitions of the module that a goal names."""
    found = []
    for name, proposition, script in listed:
        module = proposition.removeprefix("~ ").removesuffix(".statement")
        head, _, tail = script.partition("; ")
        names = [f"{module}.{n.strip()}" for n in head.removeprefix("unfold ").split(",")]
        found.append((name, proposition, f"unfold {', '.join(names)}; {tail}"))
    return found


@needs_coq
@pytest.mark.slow
def test_changed_statements_of_refutations_are_refused(ready: Build, tmp_path: Path) -> None:
    known = documents()
    (file,) = refutations.files(known)
    assert judged(ready, tmp_path, file, known, ("trivial", "impossible")) >= 40
