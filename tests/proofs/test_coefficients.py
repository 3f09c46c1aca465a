"""Hermite coefficients, each proved from its definition; a changed number proves nothing."""

from typing import Any

import pytest
from sympy import Rational, simplify, sqrt

from certificates.checker import Checker, Rejected, digest
from certificates.terms import Malformed
from proofs.coefficients import coefficients_claim
from proofs.discharge import accepted, proved
from proofs.tactics import Stuck
from symbolic import parse_activation
from tests.proofs.test_duals import changed_numbers

CASES = {
    "relu": (1, 6, 39), "abs": (4, 9), "sign": (3, 40), "exp": (0, 40), "sin": (5, 40),
    "cos": (4,), "gaussian": (6, 40), "erf": (3, 4), "gelu": (3,), "sin(w,b)": (3,),
    "leaky_relu": (4,), "gaussian_slope": (5,), "h(3)": (2, 3), "two_term": (2,), "exp(a)": (3,),
    "gaussian(a)": (4,),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_coefficients(name: str) -> None:
    """The parts hold, exactly; with another value on the right the evidence is refused."""
    claim = coefficients_claim(parse_activation(name), max(CASES[name]))
    assert claim is not None
    for k in CASES[name]:
        part = claim.part(f"k = {k}")
        document: Any = proved(claim.item, part, {})
        found = accepted(document, Checker({}))
        assert (found.verdict, found.assurance) == ("holds", "exact")
        op, left, right = document["statement"]["conclusion"]
        for form in [["+", 1, right], *list(changed_numbers(right))[:1]]:
            says = {**document["statement"], "conclusion": [op, left, form]}
            wrong = {**document, "statement": says}
            with pytest.raises((Rejected, Malformed)):
                Checker({digest(wrong): wrong}).check(digest(wrong))


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
    """Beyond the checker's table of moments, or with break points away from 0: no claim."""
    assert coefficients_claim(parse_activation("hard_tanh"), 3) is None
    assert coefficients_claim(parse_activation("relu"), 41) is None
    assert coefficients_claim(parse_activation("relu").normalised(), 3) is None
    claim = coefficients_claim(parse_activation("relu"), 40)
    assert claim is not None
    with pytest.raises(Stuck, match="degree is too high"):
        proved(claim.item, claim.part("k = 40"), {})
    assert Rational(1, 2) == parse_activation("relu").hermite_coefficient(1)
