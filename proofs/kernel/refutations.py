"""Counterexamples at numbers as Coq theorems: the negation of a statement, from one exact point.

Each hypothesis is a closed fact at the point, by linear arithmetic or by the interval tactic, and
so is the failure: the conclusion is false there, or a term has no value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from certificates.checker import Statement, digest
from certificates.rules.evaluation import parse_value
from certificates.store import in_order
from certificates.terms import numeral
from proofs.kernel import bridge
from proofs.kernel.bridge import BridgeFile, Theorem
from proofs.kernel.instances import STATEMENTS, statement_module, untranslatable
from proofs.kernel.translate import Translator, defined_name
from proofs.kernel.without_theorem import listed

LOADS = "From Coquelicot Require Import Hierarchy.\nFrom Conditioning Require Import Rules."


def refuted(identity: str, document: Mapping[str, Any], statement: Statement) -> str:
    """The theorem that the statement of a counterexample is false."""
    module, translator = f"C_{identity[:16]}", Translator({})
    values = []
    for name, sort in statement.goal.variables.items():
        value = numeral(parse_value(sort, document["evidence"]["at"][name]))
        of = translator.integer if sort == "int" else translator.real
        values.append(f"({of(value, {})})")
    unfolded = ["statement"]
    for name in reversed(list(statement.definitions)):
        unfolded += [defined_name(name), f"{defined_name(name)}_has_value"]
    point = f"  specialize (S {' '.join(values)}).\n" if values else ""
    theorem = f"not_c_{identity[:16]}"
    return (
        f"Section {theorem}.\nImport {module}.\nTheorem {theorem} : ~ {module}.statement.\n"
        f"Proof.\n  unfold {', '.join(unfolded)}; intros S.\n{point}  levels; denied S.\nQed.\n"
        f"End {theorem}."
    )


def of_numbers(document: Mapping[str, Any], statement: Statement) -> bool:
    """Whether a certificate is a counterexample whose point consists of numbers."""
    sorts = set(statement.goal.variables.values())
    return document["evidence"]["by"] == "counterexample" and sorts <= {"real", "int"}


def files(documents: Mapping[str, dict[str, Any]]) -> Iterator[BridgeFile]:
    """The generated file of the counterexamples that the development does not refute."""
    by_hand = {t.statement for f in bridge.files() for t in f.theorems if t.verdict == "fails"}
    modules, proofs, theorems = [], [], []
    for identity, document in in_order(documents):
        statement = Statement.parse(document["statement"])
        stated = digest(document["statement"])
        known = stated in by_hand or document["part"].startswith("instance ")
        if known or listed(document["item"], document["part"]):
            continue
        if not of_numbers(document, statement):
            continue
        if untranslatable(statement):
            continue
        modules.append(statement_module((identity, document, statement)))
        proofs.append(refuted(identity, document, statement))
        theorems.append(
            Theorem(document["item"], document["part"], stated, f"not_c_{identity[:16]}")
        )
    if theorems:
        opening = STATEMENTS.replace("instances.py", "refutations.py")
        text = "\n\n".join([opening, *modules, LOADS, *proofs]) + "\n"
        yield BridgeFile("Refutations", text, tuple(theorems))
