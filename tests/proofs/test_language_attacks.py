"""Attempts to have a false claim proved, or a true one refuted, by the way it is written."""

import pytest

from proofs import prove
from proofs.parser import parse_claim
from symbolic.formula import FormulaError

VERDICTS = {
    # powers bind tighter than signs, quotients go from the left, powers from the right
    "forall x: -x^2 <= 0": "proved",
    "forall x: (-x)^2 <= 0": "refuted at x = 1: 1 > 0",
    "8/4/2 = 1 and 2^3^2 = 512 and -2^2 = -4 and 1 - 2 - 3 = -4 and 2^-1 = 1/2": "proved",
    "8/4/2 = 4": "refuted: 1 ≠ 4",
    "2^3^2 = 64": "refuted: 512 ≠ 64",
    "forall x: x^1/2 = x/2": "proved",
    "forall x: 1/2*x = x/2": "proved",
    # chains and connectives
    "forall x: 1 < x > 0": "refuted at x = 0: 1 ≥ 0",
    "forall x: x > 1 or x < 0 and x > 5": "refuted at x = 0: 1 ≥ 0 and 0 ≥ 0",
    "forall x: not x > 1 and x < 2": "refuted at x = 2",
    "forall x: x > 1 implies x > 0 implies x > -1": "proved",
    "forall x: x > -10 implies x > 0 and x < 5": "refuted at x = 0: 0 ≥ 0",
    # terms without a value
    "1/0 = 1/0": "undefined: division by zero",
    "1/0 > 0 or 1 < 2": "undefined: division by zero",
    "1 < 2 or 1/0 > 0": "proved",
    "forall x: 1/(x - x) = 1/(x - x)": "undefined at x = 0: division by zero",
    "forall x: 0*(1/x) = 0": "undefined at x = 0: division by zero",
    "forall x: 0*log(x) = 0": "undefined at x = 0: log of 0",
    "forall x: min(0, 1/x) <= 0": "undefined at x = 0: division by zero",
    "forall x: |1/x| >= 0": "undefined at x = 0: division by zero",
    "forall x: x/x = 1 or x = 0": "undefined at x = 0: division by zero",
    "forall x: 1/x > 0 implies x > 0": "undefined at x = 0: division by zero",
    "forall x: x > 0 implies 1/x > 0": "proved",
    "forall x where 1/x > 0: x > 0": "undefined at x = 0: division by zero",
    "forall x where log(x) > 0: x > 1": "undefined at x = 0: log of 0",
    "forall x where sqrt(x) >= 0: x >= 0": "undefined at x = -1: sqrt of -1",
    "forall x where x < 0 and sqrt(-1) > 0: x > 0": "undefined at x = -1: sqrt of -1",
    "forall x in [-1, 1]: asin(2*x) <= 2": "undefined at x = -1: asin of -2",
    "forall x: x^(1/3) <= 1 + x^2": "undefined at x = -1: the power 1/3 of -1",
    "forall x: x^(2/6) <= 1 + x^2": "undefined at x = -1: the power 1/3 of -1",
    "forall n in -1..: 0^n >= 0": "undefined at n = -1: a negative power of zero",
    "forall x: dual(relu, x) <= 1": "undefined at x = 2: dual_relu outside its domain",
    "forall x in [-1, 1]: dual_iter(relu, -1, x) <= 1": "undefined at x = 0: a negative depth",
    "B(0, 1/4, 1) <= 1": "undefined: B outside its domain",
    "let g(x) = 1/x in forall x: g(x)*0 = 0": "undefined at x = 0: division by zero",
    "let c = 1/0 in c = c": "undefined: division by zero",
    "let f(t > 0) = t in forall x: f(x) > 0": "undefined at x = 0: f outside its domain",
    # integers where reals stand, and reals where integers would
    "forall n in 1..: floor(n/2) = n/2": "refuted at n = 1: 0 ≠ 1/2",
    "forall n in [0, 1]: n = 0 or n = 1": "refuted at n = 1/2: 1/2 ≠ 0 and 1/2 ≠ 1",
    "forall n in 1/2..3: n >= 1": "proved",
    "forall n in 0..1/2: n = 0": "proved",
    # names
    "forall mu in (0, 1]: mu(relu) <= mu": "refuted at mu = 1/4: 0.266529... > 1/4",
    "let mu = 1/2 in mu(relu) < mu": "proved",
    "let B = 2 in B > 1": "proved",
    "forall sin: sin > 0": "refuted at sin = 0: 0 ≥ 0",
    "forall relu in (0, 1]: mu(relu) <= 1": "proved",
    "(exists x > 0: x > 1) and (exists x: x < 0)": "proved",
    "exists x in [0, 1]: forall y in [0, x]: y <= x": "proved",
    "∀ ε > 0: ε > 0": "proved",
    "forall x: x ≠ x": "refuted at x = 0: 0 = 0",
}  # fmt: skip


@pytest.mark.parametrize("text", VERDICTS)
def test_verdict(text: str) -> None:
    found = prove(text)
    assert (found.refuted or found.verdict) == VERDICTS[text]


@pytest.mark.parametrize(
    ("text", "column", "sentence"),
    [
        ("forall x > 0: 1/2x > 0", 18, "did you mean 2*x?"),
        ("forall x: 2 x > 0", 13, "did you mean *x?"),
        ("forall x: 2(x) > 0", 12, "did you mean *(?"),
        ("forall x: (x)(x) >= 0", 14, "did you mean *(?"),
        ("forall x, y: x(y) > 0", 14, "x is not a function"),
        ("forall x: exists x > 0: x > 0", 18, "already taken"),
        ("let x = 1 in forall x: x > 0", 21, "already taken"),
        ("let f(x) = x in let f(x) = x + 1 in f(1) > 1", 21, "already taken"),
        ("let f(x) = x in forall f: f > 0", 24, "already taken"),
        ("let f(x) = y in forall y: f(1) = y", 12, "unknown name 'y'"),
        ("let f(x) = f(x) in f(1) > 0", 12, "unknown function 'f'"),
        ("let exp(x) = 0 in exp(1) <= 0", 5, "exp always means the function"),
        ("let ln(x) = 0 in ln(2) <= 0", 5, "ln always means the function"),
        ("let sin = 2 in sin > 1", 5, "sin always means the function"),
        ("let L0 = 3 in B(1, 1/4, 1) > 0", 15, "that name is taken"),
        ("forall e > 0: e > 0", 8, "'e' cannot be a variable"),
        ("forall π: π > 0", 8, "'pi' cannot be a variable"),
        ("forall μ, mu: μ = mu", 12, "already taken"),
        ("forall х: х > 0", 8, "has no meaning here"),  # Cyrillic
        ("forall x： x > 0", 9, "has no meaning here"),  # full width
        ("forall x: x² >= 0", 12, "has no meaning here"),
        ("forall x: x × x ≥ 0", 13, "did you mean '*'?"),
        ("forall x in [y, 1], y in [0, 1]: x > 0", 14, "unknown name 'y'"),
        ("forall x in [0, x]: x > 0", 17, "unknown name 'x'"),
        ("forall x in [0, 1] where y > 0: x > 0", 26, "unknown name 'y'"),
        ("mu(relu, 2) > 0", 1, "mu takes 1 argument"),
    ],
)
def test_what_is_refused(text: str, column: int, sentence: str) -> None:
    with pytest.raises(FormulaError) as error:
        parse_claim(text)
    assert error.value.column == column
    assert sentence in error.value.sentence


def test_an_iterate_captures_nothing() -> None:
    """`r_` is the name that iterates bind."""
    claim = parse_claim("forall r_ in [0, 1]: dual_iter(relu, 2, r_) <= 1")
    name, body, depth, start = claim.document["conclusion"][1][1:]
    assert (name, depth, start) == ("r_", 2, "r_") and body == ["call", "dual_relu", "r_"]
    assert prove("forall r_ in [0, 1]: dual_iter(relu, 0, r_) = 1").verdict != "proved"
