"""Instances before the kernel: accepted as they are, and hundreds of false ones refused beside."""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from certificates.checker import Statement, digest, load
from proofs.exits import PAPER
from proofs.instances import DEPTH
from proofs.kernel.bridge import BridgeFile
from proofs.kernel.build import Build, coq_version, development, source
from proofs.kernel.gate import without_comments
from proofs.kernel.instances import (
    COMPARE,
    LOADS,
    STATEMENTS,
    Certified,
    Chain,
    Scripts,
    by_dual,
    dual_module,
    file_of,
)
from proofs.kernel.translate import definitions_in_coq, statement_in_coq
from tests.kernel.coq import goals, needs_coq, tried

OPENING = f"{STATEMENTS}{LOADS}"


@cache
def duals() -> dict[str, dict[Fraction, list[Certified]]]:
    """The instance certificates of the paper by activation and delta."""
    documents, _, wrong = load([PAPER])
    assert not wrong
    return {
        members[min(members)][0][1]["part"].split(", ")[0].removeprefix("instance "): members
        for members in by_dual(documents).values()
    }


def compiled(built: Build, file: BridgeFile) -> str:
    """What coqc says against a generated file, or nothing."""
    version = str(coq_version())
    return built.compile(source(file.name, file.text, development(version), version))


def levels(members: dict[Fraction, list[Certified]]) -> Iterator[tuple[str, str, str]]:
    """L0 as it is, and one more and one less."""
    for k, (delta, certified) in enumerate(sorted(members.items())):
        statement = next((s for _, _, s in certified if "L0" in s.definitions), None)
        if statement is None or delta == 1:
            continue
        chain = Chain(statement, 1 - delta)
        scripts = Scripts(delta, "Delta", chain, 0)
        level = scripts.level(statement)
        rational = isinstance(chain.evaluator.term(("call", "mu"), {}), Fraction)
        compare = COMPARE if rational else "unfold mu; compare_powers"
        tactic = f"intros Hmu; unfold L0; L0_is; {compare}"
        for shift in (0, 1, -1):
            name = f"{'good' if not shift else 'bad'}_level_{k}_{shift}"
            yield name, f"0 < mu <= 1 -> L0 {scripts.coq_delta} mu = ({level + shift})%Z", tactic


def listed(entries: list[int]) -> str:
    """A list of integers in Coq."""
    return f"[{'; '.join(map(str, entries))}]%Z"


def mutants(name: str, delta: Fraction) -> tuple[str, list[tuple[str, str, str]]]:
    """The lemmas of a chain, and goals: each layer and row again, and false variants of it."""
    members = duals()[name]
    certified = members[delta]
    statement = next(s for _, d, s in certified if d["item"] == "Corollary 3, part 1")
    dual, mu_high = dual_module(statement)
    chain = Chain(statement, 1 - delta)
    cases = list(levels(members))
    for layer in range(1, DEPTH + 1):
        bound, table = chain.table[layer], list(chain.table)
        table[layer] = bound * 999 // 1000
        for name, entries in (("good", chain.table), ("bad", table)):
            exact = name == "good" and layer < len(chain.lemmas)  # by a lemma of its own
            if bound > 10**20 and not exact:
                proposition = f"layers_hold Dual.G {listed(entries)} {layer - 1} {layer} = true"
                cases.append((f"{name}_layer_{layer}", proposition, "vm_compute; reflexivity"))
    ends = f"{mu_high} {delta.numerator} {delta.denominator}"
    scripts = Scripts(delta, "Delta", chain, mu_high)
    level = scripts.level(statement)
    for layer in range(1, DEPTH + 1):
        for good in (True, False):
            table = list(chain.table)
            table[layer] = table[layer] if good else 10**25 - 1
            cases.append((
                f"{'good' if good else 'bad'}_row_{layer}",
                f"bound_rows_hold {listed(table)} {DEPTH} {ends} {level} 1 = true",
                "vm_compute; reflexivity",
            ))  # fmt: skip
    low = mu_high * 999 // 1000
    cases.append(("bad_mu", f"mu <= decimal {low}", "unfold mu, decimal; first [lra | closed]"))
    definitions = (
        f"Module Level.\n{definitions_in_coq(statement.definitions)}\nEnd Level.\nImport Level.\n"
    )
    return f"{dual}\n{chain.text()}\n{definitions}", cases


@needs_coq
@pytest.mark.slow
def test_hundreds_of_false_goals_are_rejected_beside_the_true_ones(
    built: Build, tmp_path: Path
) -> None:
    rejections, loads = 0, [development(str(coq_version()))["Layers"]]
    for name, delta in (("relu", "1/10"), ("two_term(1/2)", "1/20"), ("sign", "1/5")):
        text, cases = mutants(name, Fraction(delta))
        accepted, rejected = tried(built, tmp_path, OPENING + text + goals(cases), loads)
        assert accepted == {case for case, _, _ in cases if case.startswith("good")}
        assert rejected == {case for case, _, _ in cases if case.startswith("bad")}
        rejections += len(rejected)
    assert rejections >= 200


def of_item(item: str, delta: str = "1/10") -> Certified:
    """The certificate of an item for the activation h(2)."""
    return next(c for c in duals()["h(2)"][Fraction(delta)] if c[1]["item"] == item)


def changed(item: str, edit: Callable[[dict[str, Any]], None]) -> BridgeFile:
    """The generated file of a certificate after an edit of its document."""
    identity, document, _ = of_item(item)
    edited = deepcopy(document)
    edit(edited)
    certified = (identity, edited, Statement.parse(edited["statement"]))
    return file_of("Changed", {Fraction("1/10"): [certified]})


def flipped(document: dict[str, Any]) -> None:
    """a <= b becomes b <= a."""
    op, left, right = document["statement"]["conclusion"]
    document["statement"]["conclusion"] = [op, right, left]


def refuted(document: dict[str, Any]) -> None:
    """A true statement is called false."""
    document["evidence"] = {"by": "counterexample", "precision": 128, "at": {"L": 1}}


def replaced(old: str, new: str) -> Callable[[dict[str, Any]], None]:
    """One piece of the statement's text replaced wherever it stands."""

    def edit(document: dict[str, Any]) -> None:
        text = json.dumps(document["statement"])
        assert old in text
        document["statement"] = json.loads(text.replace(old, new))

    return edit


@needs_coq
@pytest.mark.slow
@pytest.mark.parametrize(
    ("item", "edit"),
    [
        ("Lemma 6", flipped),
        ("Lemma 6", refuted),
        ("Lemma 6", replaced('["<=", 1, "L"]', '["<=", 0, "L"]')),  # B has no value there
        ("Lemma 6", replaced("60", "61")),  # a row that the certificate does not have
        ("Lemma 6", replaced('["*", "delta"', '["*", ["*", 2, "delta"]')),
        ("Lemma 6", replaced('["^", "x", 2]', '["^", "x", 1]')),
        ("Lemma 6", replaced('["call", "B", "L", "1/10"', '["call", "B", "L", "1/5"')),
        ("Theorem 2, part 2", flipped),
        ("Corollary 3, part 1", replaced('["*", 2, "n"]', '["*", -2, "n"]')),
        ("Corollary 3, part 2", replaced('["/", "n", "1/10"]', '["/", "n", "10/1"]')),
        ("Corollary 3, part 2", replaced('["+", 1, ["*", ["-"', '["+", 9, ["*", ["-"')),
    ],
)  # fmt: skip
def test_another_statement_is_refused(
    built: Build, item: str, edit: Callable[[dict[str, Any]], None]
) -> None:
    assert compiled(built, changed(item, edit))


@needs_coq
@pytest.mark.slow
def test_the_statements_of_the_certificates_are_accepted(built: Build) -> None:
    for delta in ("1/2", "2/5", "1"):  # a tie of two sides, a tie of powers, v = 0
        for name in ("two_term(1/2)", "relu"):
            members = duals()[name][Fraction(delta)]
            assert compiled(built, file_of("Original", {Fraction(delta): members})) == ""


def test_a_generated_file_states_what_its_certificates_state() -> None:
    documents, _, _ = load(sorted((PAPER / "lemma_6").glob("*relu_delta_1_10-*")))
    members = next(iter(by_dual(documents).values()))[Fraction("1/10")]
    file = file_of("File", {Fraction("1/10"): members})
    assert [t.statement for t in file.theorems] == [digest(d["statement"]) for _, d, _ in members]
    statements, _, proofs = file.text.partition("From Conditioning Require Import Instances")
    for identity, _, statement in members:
        text = statement_in_coq(statement.document, statement.definitions)
        module = f"C_{identity[:16]}"
        assert f"Definition statement : Prop :=\n  {text}.\nEnd {module}." in statements
        assert f"Theorem c_{identity[:16]} : {module}.statement." in proofs
    assert "Definition statement" not in proofs


def test_a_certificate_cannot_put_coq_text_of_its_own_into_a_file() -> None:
    documents, _, _ = load(sorted((PAPER / "lemma_6").glob("*relu_delta_1_10-*")))
    ((identity, document, statement),) = next(iter(by_dual(documents).values()))[Fraction("1/10")]
    evil = {**document, "part": 'instance relu *) Axiom a : False. (* "'}
    file = file_of("File", {Fraction("1/10"): [(identity, evil, statement)]})
    assert "Axiom" not in without_comments(file.text)
    assert '"' not in file.text
