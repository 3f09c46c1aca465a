"""Every closed form of the catalogue, proved from Definition 4; a wrong one proves nothing."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from sympy import Symbol

from certificates.checker import Checker, Rejected, Statement, digest
from certificates.terms import Malformed, show_statement, substitute
from proofs.claim import Claim
from proofs.discharge import discharge
from proofs.duals import NAMES, claim_about, dual_claim, foundations
from proofs.instances import ACTIVATIONS, dual
from symbolic import activation_from_formula, parse_activation

BY_ENCLOSURE = ("normalised mean", "normalised dual", "normalised variance", "mu")
QUICK = ("identity", "sign", "exp", "gaussian_slope", "sin", "two_term", "h(3)")


LETTERS = ("gaussian(a)", "erf(a)", "power_phi(2)", "power_phi(3)")
"""Beyond the audited claims: rates and arguments that are letters, and Stein's identity."""


def certificates(name: str) -> dict[str, dict[str, Any]]:
    """The certificates of the parts, accepted by the checker."""
    checker = Checker({})
    lemmas: dict[str, tuple[str, Statement]] = {}
    documents: dict[str, dict[str, Any]] = {}
    for claim in (*foundations(parse_activation(name)), dual_claim(name)):
        documents |= discharged(claim, lemmas, checker)
    return documents


def discharged(
    claim: Claim, lemmas: dict[str, tuple[str, Statement]], checker: Checker
) -> dict[str, dict[str, Any]]:
    """The certificates of the parts of a claim, which are added to the lemmas."""
    documents = {}
    for part in claim.parts:
        found = discharge(claim.item, part, lemmas, checker)
        assert found.verdict == "holds", (part.label, found.tried)
        assert found.assurance == "exact" or part.label in BY_ENCLOSURE
        statement = checker.check(found.identity).statement
        lemmas[f"{claim.item}: {part.label}"] = (found.identity, statement)
        documents[part.label] = found.document
    return documents


def changed_numbers(term: Any) -> Iterator[Any]:
    """The term with one of its numbers changed."""
    if isinstance(term, int):
        yield term + 1
    elif isinstance(term, str) and "/" in term:
        yield "1/7"
    elif isinstance(term, list):
        for k, part in enumerate(term):
            for other in changed_numbers(part):
                yield [*term[:k], other, *term[k + 1 :]]


@pytest.mark.parametrize(
    "name",
    [pytest.param(n, marks=() if n in QUICK else pytest.mark.slow) for n in (*NAMES, *LETTERS)],
)
def test_closed_forms(name: str) -> None:
    """The parts hold; with one number of the closed form changed, the evidence is refused."""
    found = certificates(name)
    checker = Checker({digest(d): d for d in found.values()})
    for label, document in found.items():
        says = document["statement"]
        shown = show_statement(Statement.parse(says).document)
        assert "E_{" in shown
        equation = says["conclusion"]
        variants = list(changed_numbers(equation[2])) or [["+", 1, equation[2]]]
        if document["item"].startswith("Means"):
            variants = variants[::9]
        for form in variants[:6] if name not in QUICK else variants:
            wrong = {**document, "statement": {**says, "conclusion": [*equation[:2], form]}}
            checker.documents[digest(wrong)] = wrong
            with pytest.raises((Rejected, Malformed)):
                checker.check(digest(wrong))
            assert wrong["part"] == label


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_instances_speak_of_these_forms(name: str) -> None:
    """The closed form and mu of an instance are those of the claim about its activation."""
    claim, closed = dual_claim(name), dual(name)
    form = claim.part("normalised dual").statement.conclusion.tree[2]
    assert form == substitute(closed.sigma_hat.body.tree, {"x": "rho"})
    assert claim.part("mu").statement.conclusion.tree[2] == closed.mu.body.tree


def test_evidence_of_another_activation() -> None:
    """The evidence for the sign proves nothing of the step, nor that for sin of cos."""
    for one, other in (("sign", "step"), ("sin", "cos")):
        document = certificates(one)["dual"]
        wrong = {**document, "statement": dual_claim(other).part("dual").statement.document()}
        with pytest.raises((Rejected, Malformed)):
            Checker({digest(wrong): wrong}).check(digest(wrong))


def test_a_rate_that_is_a_letter() -> None:
    """gaussian(a) is spelled with root_a^2, so that the checker sees that it is bounded: with an
    odd power it sees nothing of the kind, though a > 0 is a hypothesis."""
    claim, checker = dual_claim("gaussian(a)"), Checker({})
    found = discharge(claim.item, claim.part("mean"), {}, checker)
    assert found.verdict == "holds"
    says = found.document["statement"]
    assert says["hypotheses"] == [["<", 0, "root_a"]]
    assert "exp(-root_a^2·x^2)" in show_statement(Statement.parse(says).document)
    text = json.dumps(found.document, separators=(",", ":"))
    for odd in (1, 3):
        wrong = json.loads(text.replace('["^","root_a",2]', f'["^","root_a",{odd}]'))
        with pytest.raises((Rejected, Malformed)):
            Checker({digest(wrong): wrong}).check(digest(wrong))


def test_a_kink_and_a_wave() -> None:
    """The dual of max(0, x) + a sin(x), for a letter a; with a changed number it is refused."""
    sigma = activation_from_formula("max(0, x) + a*sin(x)", a=Symbol("a", real=True))
    claim, checker = claim_about(sigma), Checker({})
    found = discharge(claim.item, claim.part("dual"), {}, checker)
    assert (found.verdict, found.assurance) == ("holds", "exact")
    says = found.document["statement"]
    forms = list(changed_numbers(says["conclusion"][2]))
    for form in forms[:: len(forms) // 6]:
        changed = {**says, "conclusion": [*says["conclusion"][:2], form]}
        wrong = {**found.document, "statement": changed}
        with pytest.raises((Rejected, Malformed)):
            Checker({digest(wrong): wrong}).check(digest(wrong))
