"""Short certificates that ask for arithmetic with long numbers end by their budget of work.

Each of them took from seconds to minutes while only operations were counted, not their lengths.
"""

import pytest

from certificates.checker import Goal, Proof, Rejected, frozen
from certificates.rules.boxes import boxes
from certificates.terms import Malformed
from certificates.work import budget
from tests.certificates.test_attacks import at, check, defined
from tests.certificates.writing import Json, tree
from tests.certificates.writing import document as certificate
from tests.certificates.writing import statement as says

LONG = "(* (call b 0) (call b 0))"
FOLDED = {
    "products": f"(- {LONG} {LONG})",
    "quotients": "(/ (call b 0) (+ (call b 0) 1))",
    "powers": "(^ (/ (+ (pi) k) (+ (pi) k)) 100000)",
}


@pytest.mark.parametrize("what", FOLDED)
def test_folds_over_long_numbers(what: str) -> None:
    body = f"(+ x {FOLDED[what]} {FOLDED[what]})"
    long = defined("b", "(exp 22000)")
    claim = says("", f"(<= 1 (fold k x {body} 1 5000 0))", definitions=[long])
    document = certificate(claim, {**at(), "precision": 4096})
    with pytest.raises(Malformed, match="too much work"):
        check(document)


LARGE = "(^ (+ x 36028797018963968) 999)"
ENCLOSED = {
    "products": "(+ " + f"(* (+ x {LARGE}) 0) " * 20 + ")",
    "quotients": f"(iter y (* (/ (* y {LARGE}) {LARGE}) 1/2) 190 (/ x 2))",
}


def enclose(term: str, precision: int) -> None:
    """Prove -1 <= term for 0 <= x <= 1/2 by cutting the box again and again."""
    cut: Json | str | list[object] = "holds"
    for _ in range(90):
        cut = ["x", "1/2", "holds", cut]
    known = (tree("(<= 0 x)"), tree("(<= x 1/2)"))
    goal = Goal({"x": "real"}, frozen(list(known)), frozen(tree(f"(<= -1 {term})")))
    evidence = {"precision": precision, "variables": [["x", 0, "1/2"]], "tree": cut}
    with budget():
        boxes(Proof({}), goal, evidence)


@pytest.mark.parametrize("what", ENCLOSED)
def test_boxes_with_long_ends(what: str) -> None:
    with pytest.raises((Malformed, Rejected), match="too much work"):
        enclose(ENCLOSED[what], 4096)


def test_boxes_with_short_ends() -> None:
    """The same tree is accepted where the numbers are short."""
    enclose("(iter y (* (/ (* y (+ x 2)) (+ x 2)) 1/2) 20 (/ x 2))", 64)
