"""Claims that a reviewer expects to be settled at once, each kind beside a false one like it."""

import pytest

from proofs import prove

PROVED = (
    "forall x where x != 0: x/x = 1",
    "forall x where x != 1: (x^2 - 1)/(x - 1) = x + 1",
    "forall x, y: exp(x + y) = exp(x)*exp(y)",
    "forall x, y: exp(x - y) = exp(x)/exp(y)",
    "forall x: tanh(x) = (exp(2*x) - 1)/(exp(2*x) + 1)",
    "forall n in 0..1: n = 0 or n = 1",
    "forall n in 0..3, m in 0..2: n*m = 0 or n*m >= 1",
    "forall n in 4..: n^2 <= 2^n",
    "forall n in 5..: n^2 < 2^n",
    "forall n in 2..: 1 <= 2^n/3",
    "forall x in [0, 1], n in 1..: x^n <= x",
    "forall n in 0..: (-1)^(2*n) = 1",
    "forall x in [0, 1]: acos(x) <= pi/2",
    "forall x >= 0: erf(x) >= 0",
    "forall x: floor(x) <= ceil(x)",
    "forall x: ceil(x) < x + 1",
    "forall x >= 0: x^0.5 = sqrt(x)",
)
REFUTED = {
    "forall x: x/x = 1": "undefined at x = 0: division by zero",
    "forall x, y: exp(x + y) = exp(x) + exp(y)": "refuted at x = 0, y = 0",
    "forall n in 0..2: n = 0 or n = 1": "refuted at n = 2",
    "forall n in 0..3, m in 0..2: n*m = 0 or n*m >= 2": "refuted at n = 1, m = 1",
    "forall n in 3..: n^2 <= 2^n": "refuted at n = 3: 9 > 8",
    "forall n in 4..: n^2 < 2^n": "refuted at n = 4: 16 ≥ 16",
    "forall n in 0..: (-1)^n = 1": "refuted at n = 1: -1 ≠ 1",
    "forall x in [-1, 1]: acos(x) <= pi/2": "refuted at x = -1",
    "forall x: ceil(x) < x + 1/2": "refuted at x = 1/2",
}


@pytest.mark.parametrize("text", PROVED)
def test_proved(text: str) -> None:
    assert prove(text, timeout=60).verdict == "proved"


@pytest.mark.parametrize("text", REFUTED)
def test_refuted(text: str) -> None:
    found = prove(text, timeout=60)
    assert found.verdict == "refuted" and found.refuted.startswith(REFUTED[text])
