"""Findings and the graph of claims: computed from certificates, and seen by a second engine."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import mpmath
import numpy as np
import pytest
from click.testing import CliRunner

from certificates.checker import Checker, Rejected, Statement, digest
from certificates.claims import verdicts
from certificates.findings import Finding
from proofs.audit import audit_claims
from proofs.cache import Cache
from proofs.claim import MISPRINT, MISSING_HYPOTHESIS, NOT_SHARP, Claim, amended, statement
from proofs.claims.lemma_22 import LEMMA_22
from proofs.claims.lemma_23 import LEMMA_23
from proofs.claims.lemma_25 import LEMMA_25
from proofs.claims.powers import POWERS
from proofs.cli import cli
from proofs.findings import findings
from proofs.graph import dependencies
from proofs.language import Definition, given, real
from proofs.registry import PROOF_ORDER
from tests.proofs.test_findings_confirmed import unconfirmed

KEYS = {
    "item", "part", "kind", "conclusion_survives", "printed", "counterexample", "amended",
    "certificates",
}  # fmt: skip
FEW = (POWERS, LEMMA_22, LEMMA_23, LEMMA_25)

Audited = tuple[Checker, list[dict[str, Any]]]


def audited(claims: tuple[Claim, ...]) -> Audited:
    """The checker and the claim documents of an audit without a cache."""
    return audit_claims(claims, Cache(None), lambda _what, _done, _count: None)


@pytest.fixture(scope="module")
def few() -> Audited:
    """Four claims that rest on nothing else."""
    return audited(FEW)


# The walk -----------------------------------------------------------------------------------------


def walk(claims: tuple[Claim, ...], checker: Checker, documents: list[dict[str, Any]]) -> None:
    """Every statement has a record; what holds or fails has evidence that a new checker accepts."""
    fresh = Checker(checker.documents)
    found = verdicts(documents, fresh)
    assert [d["claim"] for d in documents] == [c.item for c in claims]
    for claim in claims:
        shown = {label: accepted for label, _, accepted in found[claim.item].parts}
        assert list(shown) == list(claim.labels)
        for part in claim.parts:
            accepted = shown[part.label]
            document = fresh.documents[accepted.identity]
            written = Statement.parse(part.statement.document()).document
            assert accepted.statement.document == written
            kind = document["evidence"]["by"]
            if accepted.verdict == "open":
                assert kind == "open"
                assert part.source or accepted.assurance != "cited"
            elif accepted.verdict == "fails":
                assert kind == "counterexample"
                assert accepted.refuted
            else:
                assert kind not in ("open", "counterexample")
                assert accepted.rules


def test_walk(few: Audited) -> None:
    """The walk over four claims."""
    walk(FEW, *few)


def test_walk_notices_a_missing_record(few: Audited) -> None:
    """A claim with one part more than the documents fails the walk."""
    more = replace(LEMMA_25, parts=(*LEMMA_25.parts, replace(LEMMA_25.parts[0], label="another")))
    with pytest.raises(AssertionError):
        walk((*FEW[:3], more), *few)


def replaced(few: Audited, item: str, label: str, evidence: dict[str, Any]) -> Audited:
    """The same audit, with other evidence behind one part."""
    checker, documents = few
    kept = dict(checker.documents)
    changed = []
    for document in documents:
        parts = []
        for part in document["parts"]:
            identity = part["certificate"]
            if (document["claim"], part["label"]) == (item, label):
                other = {**kept[identity], "evidence": evidence, "rests_on": []}
                if evidence["by"] != "assumption":
                    other["definedness"] = []
                identity = digest(other)
                kept[identity] = other
            parts.append({**part, "certificate": identity})
        changed.append({**document, "parts": parts})
    return Checker(kept), changed


def test_walk_notices_evidence_that_proves_nothing(few: Audited) -> None:
    """Without a proof a part is rejected; a citation that no claim makes fails the walk."""
    with pytest.raises(Rejected):
        walk(FEW, *replaced(few, "Lemma 23", "b4", {"by": "assumption"}))
    cited = {"by": "open", "label": "cited", "source": "somebody"}
    with pytest.raises(AssertionError):
        walk(FEW, *replaced(few, "Lemma 23", "b4", cited))
    at = {"by": "counterexample", "precision": 64, "at": {"c": [[2, 1]], "mu": 1, "delta": 0}}
    with pytest.raises(Rejected):
        walk(FEW, *replaced(few, "Lemma 23", "b4", at))


@pytest.mark.slow
def test_walk_over_all_claims() -> None:
    """The walk over the whole registry, and the kinds of all findings."""
    checker, documents = audited(PROOF_ORDER)
    walk(PROOF_ORDER, checker, documents)
    found = findings(PROOF_ORDER, verdicts(documents, checker))
    by_place = {(f.item, f.part): f for f in found}
    for place in EXPECTED:
        assert place in by_place, place
        # Theorem 8 at even depths included: there half the depth is one, and B is what is printed
        survives = place != ("formula (2)", "printed")
        assert by_place[place].conclusion_survives == survives, place
    for finding in found:
        assert finding.counterexample or finding.kind == NOT_SHARP
        assert finding.amended, (finding.item, finding.part)
        assert finding.certificates
    assert unconfirmed(found) == []


EXPECTED = {
    ("Lemma 25", "d"), ("Lemma 25", "statement"), ("Lemma 25", "amended"),
    ("Lemma 10", "statement"), ("Lemma 10", "amended"),
    ("formula (2)", "printed"), ("Theorem 8", "c"), ("Theorem 8", "e"),
    ("Theorem 8", "f"), ("Theorem 8", "i"), ("Theorem 8", "part 1"),
    ("Theorem 8", "part 2"), ("Theorem 8", "part 1 amended"), ("Theorem 8", "part 2 amended"),
    ("Corollary 9", "f"), ("Corollary 9", "i"), ("Corollary 9", "part 1"),
    ("Corollary 9", "part 2"), ("Lemma 6", "amended"), ("Theorem 2", "part 1"),
    ("Theorem 2", "part 2"), ("Corollary 3", "part 1"), ("Corollary 3", "part 2"),
}  # fmt: skip


# Findings -----------------------------------------------------------------------------------------


def of_lemma_25(few: Audited) -> Mapping[str, Finding]:
    """The findings about Lemma 25, by part."""
    checker, documents = few
    found = findings((LEMMA_25,), verdicts(documents, checker))
    return {f.part: f for f in found}


def test_findings_are_computed(few: Audited) -> None:
    """A misprinted step, a hypothesis that is missing, and a constant that is not sharp."""
    found = of_lemma_25(few)
    assert set(found) == {"d", "statement", "amended"}
    assert (found["d"].kind, found["d"].conclusion_survives) == (MISPRINT, True)
    assert found["statement"].kind == MISSING_HYPOTHESIS
    assert found["statement"].conclusion_survives
    assert "diverges" in found["statement"].counterexample
    assert (found["amended"].kind, found["amended"].conclusion_survives) == (NOT_SHARP, True)
    assert found["amended"].counterexample == ""
    for finding in found.values():
        assert finding.document().keys() == KEYS
        assert len(finding.certificates) == 2
        assert finding.amended


@pytest.mark.parametrize(
    ("labels", "survives"),
    [((), False), (("other formula",), False), (("other formula", "where defined"), True)],
)
def test_the_same_letter_is_not_the_same_conclusion(
    labels: tuple[str, ...], survives: bool
) -> None:
    """A statement survives where f is what was printed, not where f names another formula."""
    x, y = real("x"), real("y")
    printed_f, other_f = Definition("f", (y,), y, y > 0), Definition("f", (y,), 2 * y, y >= 0)
    stated = given(x).where(x >= 0)
    parts = (
        statement("printed", stated.says(printed_f(x) >= 0, printed_f), at={"x": 0}),
        amended("other formula", "printed", stated.says(other_f(x) >= 0, other_f), []),
        amended(
            "where defined", "printed", stated.where(x > 0).says(printed_f(x) >= 0, printed_f), []
        ),
    )
    kept = tuple(p for p in parts if p.label in ("printed", *labels))
    claim = Claim("Lemma 25", "a trap", kept, uses=())
    checker, documents = audited((claim,))
    (found,) = findings((claim,), verdicts(documents, checker))
    assert found.counterexample.startswith("undefined")
    assert len(found.certificates) == 1 + len(labels)
    assert found.conclusion_survives == survives


def test_a_kind_makes_no_finding(few: Audited) -> None:
    """What holds is not a finding, whatever the claim module says of it."""
    checker, documents = few
    accused = tuple(replace(p, kind=MISPRINT) for p in LEMMA_25.parts)
    found = findings((replace(LEMMA_25, parts=accused),), verdicts(documents, checker))
    assert {f.part for f in found} == {"d", "statement", "amended"}


def test_a_point_that_does_not_refute_is_no_evidence() -> None:
    """A point at which a true step holds leaves it proved; at a false one a search decides."""
    part = replace(LEMMA_23.part("b4"), at={"c": [[2, 1]], "mu": 1, "delta": "1/2"})
    claim = replace(LEMMA_23, parts=(part, replace(LEMMA_23.part("c"), role="statement")), uses=())
    checker, documents = audited((claim,))
    shown = verdicts(documents, checker)["Lemma 23"].parts[0]
    assert shown[2].verdict == "holds"


def test_command_line() -> None:
    """Unknown claims are refused in one sentence."""
    done = CliRunner().invoke(cli, ["findings", "lemma 99"])
    assert done.exit_code == 3
    assert "no claim is called" in done.output


# The graph ----------------------------------------------------------------------------------------


def test_graph(few: Audited) -> None:
    """Edges are those declared and those that certificates show; nodes say what fails below."""
    checker, documents = few
    graph = dependencies(documents, verdicts(documents, checker), checker)
    edges = {(e.source, e.target): e for e in graph.edges}
    assert edges["Lemma 25", "Lemma 22"].by_certificate
    assert edges["Lemma 25", "Powers"].by_certificate
    assert not edges["Lemma 25", "Powers"].declared
    assert edges["Lemma 25", "Fact 5"].declared
    assert not edges["Lemma 25", "Fact 5"].by_certificate
    nodes = {n["item"]: n for n in graph.document()["nodes"]}
    assert nodes["Lemma 25"]["verdict"] == "holds as amended"
    user = {**documents[0], "claim": "User", "uses": ["Lemma 25"], "parts": []}
    pretended = {**graph.verdicts, "User": replace(graph.verdicts["Powers"], item="User")}
    larger = dependencies([*documents, user], pretended, checker)
    assert larger.fragile("User") == ["Lemma 25"]
    assert larger.fragile("Powers") == []
    assert json.dumps(larger.document())
    dot = larger.dot()
    assert '"User" -> "Lemma 25" [style=dashed];' in dot
    assert '"Lemma 25" -> "Lemma 22";' in dot
    assert "uses what fails as printed: Lemma 25" in dot
    assert len(re.findall("fillcolor", dot)) == len(documents) + 1


# A second engine: fractions and mpmath with 60 digits, and nothing of the checker ---------------

Coefficients = dict[int, Fraction]
HALVES = {1: Fraction(1, 2), 2: Fraction(1, 2)}
SAMPLES: list[Coefficients] = [
    {2: Fraction(1)}, HALVES, {1: Fraction(9, 10), 2: Fraction(1, 10)},
    {1: Fraction(1, 3), 3: Fraction(1, 3), 4: Fraction(1, 3)}, {3: Fraction(1)},
    {1: Fraction(1, 10), 5: Fraction(9, 10)},
]  # fmt: skip
DELTAS = [Fraction(d) for d in ("1/100", "1/10", "2/5", "1/2", "3/4", "1")]


def dual(c: Coefficients, x: Any) -> Any:
    """sum c_i x^i."""
    return sum(m * x**i for i, m in c.items())


def slope(c: Coefficients, x: Any) -> Any:
    """sum i c_i x^(i-1)."""
    return sum(i * m * x ** (i - 1) for i, m in c.items())


def images(c: Coefficients, depth: int, x: Any) -> list[Any]:
    """The iterates 0, ..., depth at x."""
    chain = [x]
    for _ in range(depth):
        chain.append(dual(c, chain[-1]))
    return chain


def formula(c: Coefficients, depth: int, x: Any, shift: int) -> Any:
    """Formula (2) with the slope at the iterate h' - shift."""
    chain = images(c, depth, x)
    total = 0
    for h in range(1, depth + 2):
        product = chain[h - 1]
        for g in range(h, depth + 1):
            product *= slope(c, chain[g - shift])
        total += product
    return total


def threshold(delta: Fraction, mu: Fraction) -> int:
    """L0 by comparing exact powers, without logarithms."""
    depth = 0
    while 2 * delta * (1 + mu / 2) ** depth < 1:
        depth += 1
    return depth


def at_half(depth: int, delta: Fraction, mu: Fraction) -> Any:
    """B at depth/2, with 60 digits."""
    mpmath.mp.dps = 60
    half, m, d = mpmath.mpf(depth) / 2, mpmath.mpf(mu.numerator) / mu.denominator, number(delta)
    start = threshold(delta, mu)
    if half <= start:
        return 1 - d * (1 + m / 2) ** half
    return (1 - m / 2) ** (half - start) / 2


def number(value: Any) -> Any:
    """The fraction with 60 digits."""
    mpmath.mp.dps = 60
    return mpmath.mpf(Fraction(value).numerator) / Fraction(value).denominator


def odds_bound(depth: int, delta: Fraction, mu: Fraction) -> Fraction:
    """E(L)."""
    return (1 - delta) / ((1 - delta) + delta * (1 + mu) ** depth)


def test_lemma_25_again() -> None:
    """The printed exponent is false, the true one is not; 2 mu/(1 + mu) is attained, mu is not."""
    x = Fraction(1, 2)
    assert slope({2: Fraction(1)}, x) / 2 == Fraction(1, 2) != 2 * x**2 / 2
    for mu in (Fraction(1, 10), Fraction(1, 2), Fraction(1)):
        c = {1: 1 - mu, 2: mu}
        for r in (Fraction(0), Fraction(1, 3), Fraction(9, 10)):
            ratio = slope(c, r) / slope(c, Fraction(1))
            assert ratio == 1 - 2 * mu / (1 + mu) * (1 - r)
            assert mu == 1 or ratio < 1 - mu * (1 - r)
    for c in SAMPLES:
        mu = 1 - c.get(1, Fraction(0))
        for r in (Fraction(-1), Fraction(-1, 3), Fraction(0), Fraction(3, 4)):
            ratio = abs(slope(c, r)) / slope(c, Fraction(1))
            assert ratio <= 1 - 2 * mu / (1 + mu) * (1 - abs(r))


def test_the_telescoping_sequence() -> None:
    """c_i = 1/(i(i-1)) sums to 1; sum i c_i is the harmonic series, past every bound."""
    terms = [Fraction(1, i * (i - 1)) for i in range(2, 200)]
    assert 1 - sum(terms) == Fraction(1, 199)
    mpmath.mp.dps = 60
    for k in (10, 1000, 100_000):
        assert mpmath.harmonic(k) > mpmath.log(k)


def test_formula_2_by_quadrature() -> None:
    """One hidden layer: E of the gradients' product, by Gauss-Hermite quadrature on a product grid.

    sigma = (x^2 - 1)/sqrt(2) has c_2 = 1.  The quadrature with 8 nodes is exact for polynomials of
    degree 15, up to rounding.
    """
    nodes, weights = np.polynomial.hermite_e.hermegauss(8)
    weights = weights / weights.sum()
    rho = 0.5
    x, y = np.meshgrid(nodes, nodes)
    w = np.outer(weights, weights)
    other = rho * x + np.sqrt(1 - rho**2) * y
    values = (w * (x**2 - 1) / np.sqrt(2) * (other**2 - 1) / np.sqrt(2)).sum()
    slopes = (w * (np.sqrt(2) * x) * (np.sqrt(2) * other)).sum()
    kernel = values + rho * slopes
    c = {2: Fraction(1)}
    assert abs(kernel - float(formula(c, 1, Fraction(1, 2), 1))) < 1e-12
    assert abs(kernel - float(formula(c, 1, Fraction(1, 2), 0))) > 0.2


def finite_width_kernel(m: int, rho: float, seed: int) -> float:
    """The gradients' product of a network with two hidden layers of width m, by backpropagation.

    sigma(x) = (h_1(x) + h_2(x))/sqrt(2), whose slope is (1 + sqrt(2) x)/sqrt(2).
    """
    random = np.random.default_rng(seed)
    first, second = random.standard_normal((m, 2)), random.standard_normal((m, m))
    v, half = random.standard_normal(m), np.sqrt(0.5)
    layers = []
    for x in (np.array([1.0, 0.0]), np.array([rho, np.sqrt(1 - rho**2)])):
        u1 = first @ x
        f1 = (half * u1 + (u1**2 - 1) / 2) / np.sqrt(m)
        u2 = second @ f1
        f2 = (half * u2 + (u2**2 - 1) / 2) / np.sqrt(m)
        d2 = v * (half + u2) / np.sqrt(m)
        layers.append((f2, d2, f1, (second.T @ d2) * (half + u1) / np.sqrt(m)))
    (f2, d2, f1, d1), (g2, e2, g1, e1) = layers
    return float(f2 @ g2 + (d2 @ e2) * (f1 @ g1) + (d1 @ e1) * rho)


def test_formula_2_at_finite_width() -> None:
    """The mean over twelve seeded networks agrees with the derived formula, not the printed one."""
    mean = sum(finite_width_kernel(800, -0.9, seed) for seed in range(12)) / 12
    derived, printed = (float(formula(HALVES, 2, Fraction(-9, 10), shift)) for shift in (1, 0))
    assert abs(mean - derived) < 0.12
    assert abs(printed - derived) > 0.3


def test_theorem_8_step_i_again() -> None:
    """(1 - mu/2)^(L/2 - L0) is not 2B(L/2) at L = 2 L0, and is beyond."""
    delta, mu = Fraction(2, 5), Fraction(1)
    assert threshold(delta, mu) == 1
    assert abs(2 * at_half(2, delta, mu) - number("4/5")) < mpmath.mpf(10) ** -55
    for depth in (3, 4, 7):
        power = (1 - number(mu) / 2) ** (mpmath.mpf(depth) / 2 - 1)
        assert abs(2 * at_half(depth, delta, mu) - power) < mpmath.mpf(10) ** -55


def test_theorem_8_step_c_again() -> None:
    """With the printed terms the largest is -9/200 at rho = -9/10, and the ratio is positive."""
    x = Fraction(-9, 10)
    printed = [x * slope(HALVES, dual(HALVES, x)) / slope(HALVES, Fraction(1)), dual(HALVES, x)]
    derived = [x * slope(HALVES, x) / slope(HALVES, Fraction(1)), dual(HALVES, x)]
    ratio = formula(HALVES, 1, x, 1) / formula(HALVES, 1, Fraction(1), 1)
    assert max(printed) == Fraction(-9, 200)
    assert max(printed) < ratio <= max(derived)


def test_corollary_9_steps_f_and_i_again() -> None:
    """(1 - mu/2)^L0 is 3/4, and y/(1 - y) = 3 exceeds 2y = 3/2 there."""
    delta, mu = Fraction(2, 5), Fraction(1, 2)
    assert threshold(delta, mu) == 1
    y = (1 - number(mu) / 2) ** (mpmath.mpf(4) / 2 - 1)
    assert y > number("1/2")
    assert y / (1 - y) > 2 * y + 1


def test_sharper_bounds_again() -> None:
    """E(L) bounds the tangent kernel at every depth, and is at most 2B(L/2) from 2 L0 on."""
    for c in SAMPLES:
        mu = 1 - c.get(1, Fraction(0))
        for delta in DELTAS:
            for depth in range(0, 7):
                bound = odds_bound(depth, delta, mu)
                whole = formula(c, depth, Fraction(1), 1)
                for x in (1 - delta, -(1 - delta), (1 - delta) / 2):
                    kernel = formula(c, depth, number(x), 1)
                    assert abs(kernel) <= number(bound) * number(whole) + mpmath.mpf(10) ** -50
                    assert (
                        abs(images(c, depth, number(x))[-1])
                        <= number(bound) + mpmath.mpf(10) ** -50
                    )
                if depth >= max(1, 2 * threshold(delta, mu)):
                    assert number(bound) <= 2 * at_half(depth, delta, mu)


def test_neither_bound_of_lemma_6_is_the_smaller_everywhere() -> None:
    """E and B at mu = 1, L = 1: 1/3 and 1/4 at delta = 1/2; and E < B at delta = 1/10, L = 2."""
    half, one = Fraction(1, 2), Fraction(1)
    assert odds_bound(1, half, one) == Fraction(1, 3)
    assert at_half(2, half, one) == number("1/4")
    small = Fraction(1, 10)
    assert number(odds_bound(2, small, one)) < at_half(4, small, one)


def test_corollary_9_holds_where_its_steps_fail() -> None:
    """kappa of the tangent kernel on equal correlations, against the sharper and printed bounds."""
    delta, mu, c = Fraction(2, 5), Fraction(1, 2), HALVES
    for n in (2, 10, 1000):
        for depth in (4, 5, 8):
            r = formula(c, depth, number(1 - delta), 1) / number(formula(c, depth, Fraction(1), 1))
            kappa = (1 + (n - 1) * r) / (1 - r)
            sharper = 1 + n * number((1 - delta) / delta) * (1 + number(mu)) ** -depth
            printed = 1 + 2 * n / number(delta) * (1 + number(mu) / 2) ** (-mpmath.mpf(depth) / 2)
            assert kappa <= sharper < printed
