"""Hermite coefficients, each proved from its definition; a changed number proves nothing."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from flint import arb, fmpq
from sympy import Rational, Symbol, factorial, simplify, sqrt

from certificates.checker import Checker, Rejected, Statement, digest
from certificates.evaluation import Evaluator
from certificates.terms import Malformed
from proofs.claim import Claim
from proofs.clipped import needs_truncation
from proofs.coefficients import LARGEST, coefficients_claim
from proofs.discharge import accepted, proved
from proofs.general_coefficients import LABEL
from proofs.truncated import ITEM, truncated_claim
from symbolic import activation_from_formula, parse_activation
from symbolic.enclosure import enclosure, working_precision
from symbolic.general import general_coefficient
from symbolic.variables import x
from tests.proofs.test_duals import changed_numbers

CASES = {
    "relu": (0, 1, 6, 40), "abs": (4, 40), "sign": (3, 40), "exp": (0, 40), "sin": (5, 40),
    "cos": (4,), "gaussian": (6, 40), "erf": (3, 40), "gelu": (1, 3, 40), "sin(w,b)": (3, 7),
    "leaky_relu": (4,), "gaussian_slope": (5,), "h(3)": (2, 3, 40), "two_term": (2,),
    "exp(a)": (3,), "gaussian(a)": (4, 40), "snake(a)": (1, 2, 39), "rectified_power(5)": (6, 40),
    "elu": tuple(range(8)), "celu(a)": tuple(range(5)), "selu": tuple(range(4)),
    "gabor": tuple(range(8)), "gabor(w)": tuple(range(5)), "abs_power(3)": (2, 4, 40),
    "hard_tanh": (1, 3, 39), "hard_swish": (4,), "hard_tanh(c)": (0, 5),
}  # fmt: skip
QUICK = ("relu", "sign", "exp", "sin(w,b)", "gelu")
SLOW = (
    "identity", "abrelu", "prelu(a)", "step", "rectified_power(1)", "rectified_power(2)",
    "rectified_power(3)", "rectified_power(4)", "relu6", "hard_sigmoid", "soft_shrink",
    "hard_shrink", "triangle(2)", "phi", "power_phi(2)", "sin_cos", "cos(w,b)", "snake",
    "gaussian(1/3)", "monomial(4)",
)  # fmt: skip


def certified(name: str, orders: tuple[int, ...]) -> Iterator[tuple[Claim, str, Any, Checker]]:
    """(claim, label, certificate, checker) of the general part, its lemmas, and the orders."""
    sigma = parse_activation(name)
    checker = Checker({})
    lemmas: dict[str, tuple[str, Statement]] = {}
    claims = [coefficients_claim(sigma, max(orders))]
    if needs_truncation(sigma):
        claims.insert(0, truncated_claim())
    labels = {f"k = {k}" for k in orders}
    for claim in claims:
        assert claim is not None
        for part in claim.parts:
            needed = part.label.startswith("N_") if claim.item == ITEM else (
                not part.label.startswith("k = ") or part.label in labels
            )  # fmt: skip
            if not needed:
                continue
            document: Any = proved(claim.item, part, lemmas)
            found = accepted(document, checker)
            assert (found.verdict, found.assurance) == ("holds", "exact")
            said = checker.check(found.identity).statement
            lemmas[f"{claim.item}: {part.label}"] = (found.identity, said)
            if claim.item != ITEM:
                yield claim, part.label, document, checker


def changed_claims(conclusion: Any) -> Iterator[Any]:
    """The equation, or one of two, with another right side."""
    if conclusion[0] == "and":
        for k, part in enumerate(conclusion[1:], 1):
            for other in changed_claims(part):
                yield [*conclusion[:k], other, *conclusion[k + 1 :]]
        return
    op, left, right = conclusion
    for form in [["+", 1, right], *list(changed_numbers(right))[:2]]:
        yield [op, left, form]


@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=() if n in QUICK else pytest.mark.slow) for n in (*CASES, *SLOW)]
)
def test_coefficients(name: str) -> None:
    """The parts hold, exactly; with another value on the right the evidence is refused."""
    seen = []
    for _, label, document, checker in certified(name, CASES.get(name, (2, 7, 40))):
        seen.append(label)
        conclusion = document["statement"]["conclusion"]
        for claim in changed_claims(conclusion):
            says = {**document["statement"], "conclusion": claim}
            wrong = {**document, "statement": says}
            documents = {**checker.documents, digest(wrong): wrong}
            with pytest.raises((Rejected, Malformed)):
                Checker(documents).check(digest(wrong))
    assert LABEL in seen or "gabor" in name


@cache
def general_part(name: str) -> tuple[int, Any]:
    """(least, right side) of the part about general k."""
    claim = coefficients_claim(parse_activation(name), 0)
    assert claim is not None
    said = claim.part(LABEL).statement
    (least,) = (h.tree[1] for h in said.hypotheses if h.tree[2] == "k")
    return least, Statement.parse(said.document()).goal.conclusion[2]


@pytest.mark.parametrize("name", ["relu", "gelu", "erf", "snake", "gaussian_slope", "two_term",
                                  "rectified_power(3)", "hard_tanh", "sin_cos", "exp"])  # fmt: skip
def test_general_form(name: str) -> None:
    """What is proved for general k is what `symbolic` shows, at each k."""
    sigma = parse_activation(name)
    least, right = general_part(name)
    found = general_coefficient(sigma)
    assert found is not None and least <= found.least + 1
    for k in range(max(least, found.least), 20):
        low, high = Evaluator(120, {}).bounds(Evaluator(120, {}).term(right, {"k": k}))
        with working_precision(160):
            exact = enclosure(found.at(k) * sqrt(factorial(k)))
            both = [arb(fmpq(e.numerator, e.denominator)) for e in (low, high)]
            proved_value = both[0].union(both[1])
            assert proved_value.overlaps(exact)
            assert not (proved_value + 1e-9).overlaps(exact)
        assert simplify(found.at(k) - sigma.hermite_coefficient(k)) == 0 or k > 8


@pytest.mark.parametrize("formula", [
    "max(0, x) + a*sin(x)", "x*sin(x) + x^2", "exp(2*x + 1)",
    pytest.param("x^2*exp(x) + abs(x)", marks=pytest.mark.slow),
    pytest.param("x*exp(x - x^2/3)", marks=pytest.mark.slow),
    pytest.param("max(0, x)^2 - x*exp(-x^2/2) + x*erf(x)", marks=pytest.mark.slow),
])  # fmt: skip
def test_sums_of_several_kinds(formula: str) -> None:
    """A user's own sum: general k, and the first k each from what is known of the summands."""
    sigma = activation_from_formula(formula, a=Rational(1, 3))
    claim, checker = coefficients_claim(sigma, 5), Checker({})
    assert claim is not None and LABEL in claim.labels
    lemmas: dict[str, tuple[str, Statement]] = {}
    for part in claim.parts:
        document: Any = proved(claim.item, part, lemmas)
        found = accepted(document, checker)
        assert (found.verdict, found.assurance) == ("holds", "exact")
        lemmas[f"{claim.item}: {part.label}"] = (
            found.identity, checker.check(found.identity).statement,
        )  # fmt: skip


@pytest.mark.parametrize("formula", ["exp(x/2 - x^2)", "Phi(x - 1)"])
def test_shifted_gaussians(formula: str) -> None:
    """General k holds; with a changed number, or for another function, it is refused."""
    claim = coefficients_claim(activation_from_formula(formula), 0)
    assert claim is not None
    lemmas: dict[str, tuple[str, Statement]] = {}
    checker = Checker({})
    for part in claim.parts:
        if part.label == "k = 0":
            continue
        document: Any = proved(claim.item, part, lemmas)
        assert accepted(document, checker).assurance == "exact"
        lemmas[f"{claim.item}: {part.label}"] = (
            digest(document), checker.check(digest(document)).statement,
        )  # fmt: skip
        op, left, right = document["statement"]["conclusion"]
        for claimed in ([op, left, ["+", right, "1/9"]], [op, ["*", 2, left], right]):
            wrong = {**document, "statement": {**document["statement"], "conclusion": claimed}}
            with pytest.raises((Rejected, Malformed)):
                Checker({**checker.documents, digest(wrong): wrong}).check(digest(wrong))


def test_it_is_the_coefficient() -> None:
    """What is proved is sqrt(k!) a_k for the polynomial that is named: a_4 of ReLU by hand."""
    sigma = parse_activation("relu")
    claim = coefficients_claim(sigma, 4)
    assert claim is not None
    said = claim.part("k = 4").statement.document()["conclusion"]
    assert "He_4" in claim.part("k = 4").words
    assert said[1][0] == "expect"
    assert simplify(sigma.hermite_coefficient(4) * sqrt(24) - sigma.law.hermite_moment(4)) == 0


def test_what_is_left_open() -> None:
    """Beyond the tame powers the general part has to do; a normalised activation has no claim, and
    neither has one for which no general form is proved the part about it."""
    assert coefficients_claim(parse_activation("relu").normalised(), 3) is None
    claim = coefficients_claim(parse_activation("relu"), LARGEST + 1)
    assert claim is not None
    assert claim.labels[-1] == f"k = {LARGEST}"
    for formula in ("exp(x)*sin(x)", "c*x"):
        sigma = activation_from_formula(formula, c=Symbol("k", real=True))
        found = coefficients_claim(sigma, 2)
        assert found is None or LABEL not in found.labels
    assert Rational(1, 2) == parse_activation("relu").hermite_coefficient(1)
    assert x not in parse_activation("relu").hermite_coefficient(3).free_symbols
