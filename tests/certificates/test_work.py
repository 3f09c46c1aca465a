"""Short certificates that ask for much: each is answered within a second of processor time.

They are the worst that were found for each kind of work: polynomials, terms, hypotheses, cases,
obligations, points, long numbers, matrices, boxes.  The time of a certificate is that of its bytes.
"""

import time
from collections.abc import Callable
from typing import Any

import pytest

from certificates.checker import Checker, Rejected, canonical, digest, read
from certificates.terms import Malformed
from certificates.work import LONG, LONG_WORK, MORE_WORK, MOST_WORK, budget, spend

SECONDS = 1.0
A = {"by": "assumption"}
NINES = int("9" * 3_900)
Json = dict[str, Any]


def document(
    variables: str, hypotheses: list[Any], conclusion: Any, evidence: Any, definedness: int = 0
) -> Json:
    """A certificate about real variables, and such whose sort is written after a colon."""
    sorts = [[*v.split(":"), "real"][:2] for v in variables.split()]
    says = {"variables": sorts, "hypotheses": hypotheses, "definitions": [],
            "conclusion": conclusion}  # fmt: skip
    return {"format": 1, "item": "a", "part": "b", "rests_on": [], "statement": says,
            "evidence": evidence, "definedness": [A] * definedness}  # fmt: skip


def at(precision: int = 64, **values: Any) -> Json:
    """A point."""
    return {"by": "counterexample", "precision": precision, "at": values}


def products(*terms: Any) -> Json:
    """A sum of products of facts."""
    return {"by": "polynomial", "sum": list(terms)}


def sum_of(count: int, part: Callable[[int], Any]) -> Any:
    """A long sum that is at least 0."""
    return ["<=", 0, ["+", *map(part, range(count))]]


def nested(depth: int, around: Callable[[Any, int], Any], inner: Any = "x") -> Any:
    """A term put into another so many times."""
    for k in range(depth):
        inner = around(inner, k)
    return inner


def cases(depth: int) -> Any:
    """A full tree of case distinctions."""
    if depth == 0:
        return A
    return {"by": "cases", "on": ["<=", "x", depth], "yes": cases(depth - 1),
            "no": cases(depth - 1)}  # fmt: skip


def cuts(depth: int, low: int = 0, high: int = 1 << 20) -> Any:
    """A box cut into halves."""
    if depth == 0:
        return "holds"
    middle = (low + high) // 2
    left, right = cuts(depth - 1, low, middle), cuts(depth - 1, middle, high)
    return ["x", f"{middle}/{1 << 20}", left, right]


def box(tree: Any, precision: int = 64) -> Json:
    """Evidence on the unit interval."""
    return {"by": "boxes", "precision": precision, "variables": [["x", 0, 1]], "tree": tree}


UNIT = [["<=", 0, "x"], ["<=", "x", 1]]
EXPONENTIALS = sum_of(1_500, lambda k: ["exp", ["*", "x", k]])
NAMES = " ".join(f"a{k}" for k in range(4_000))
RANGE = [bound for n in "ijk" for bound in (["<=", 1, n], ["<=", n, 5_000])]
MATRIX = [[f"{NINES % (10**90 + a + b)}/{10**89 + a * b}" if a != b else 10**9 for b in range(10)]
          for a in range(10)]  # fmt: skip
LONG_FRACTION = f"{int('9' * 1_700)}/{int('7' * 1_700)}"

ASKING: dict[str, Callable[[], Json]] = {
    "many products": lambda: document(
        "a b c d", [["<=", 0, ["+", "a", "b", "c", "d", 1]]], ["<=", 0, "a"],
        products(*[[1, [[0, 14]]]] * 3_900)),
    "high powers": lambda: document(
        "x y z", [["<=", 0, ["+", "x", "y", "z"]]], ["<=", 0, "x"], products([1, [[0, 64]] * 50])),
    "long coefficients": lambda: document(
        "x y", [["<=", 0, ["+", ["*", "x", f"{NINES}/{NINES - 2}"], "y", f"1/{NINES - 6}"]]],
        ["<=", 0, "x"], products(*[[1, [[0, 2]]]] * 300)),
    "many names": lambda: document(NAMES, [], ["<=", 0, ["*", *NAMES.split()]], A),
    "towers of powers": lambda: document(
        "x y", [], ["<=", 0, nested(6, lambda t, _: ["^", t, 10], ["+", "x", "y"])], A),
    "nested exponentials": lambda: document(
        "x", [], sum_of(90, lambda k: nested(100, lambda t, _: ["exp", t], ["+", "x", k])), A),
    "nested choices": lambda: document(
        "x", [], ["<=", 0, nested(90, lambda t, k: ["max", t, ["+", "x", k]])], A),
    "instances of instances": lambda: document(
        "x", [["forall", [["y", "real"]], ["<=", 0, ["+", *["y"] * 8_000]]]], ["<=", 0, "x"],
        {"by": "instantiate", "hypothesis": 0, "with": {"y": ["+", *["x"] * 10_000]}, "given": [],
         "then": A}),
    "many hypotheses": lambda: document(
        "x y", [["<=", k, ["+", "x", ["*", k, "y"]]] for k in range(1_000)], ["<=", 0, "x"],
        cases(9)),
    "long hypotheses": lambda: document(
        "x", [["<=", 0, "x"], ["<=", ["abs", "x"], EXPONENTIALS[2]]], ["<=", 0, "x"], cases(9)),
    "many obligations": lambda: document(
        "x", [EXPONENTIALS], sum_of(1_200, lambda k: ["/", 1, ["+", "x", k]]), A, 1_200),
    "long conjunctions": lambda: document(
        "x", [], ["and", *[["<=", 0, ["/", 1, ["+", "x", k]]] for k in range(1_800)]], A, 1_800),
    "nested quantifiers": lambda: document(
        "x", [], ["and", *[nested(55, lambda f, k: ["forall", [[f"y{k}", "real"]], f],
                                  ["<=", 0, "x"])] * 50], A),
    "nested folds": lambda: document(
        "x", [], ["<=", 0, nested(3, lambda t, _: ["fold", "i", "s", t, 1, 5_000, 0],
                                  ["+", "s", "i"])], at(x=1)),
    "long folds": lambda: document(
        "x", [], ["<=", 0, ["fold", "i", "s", ["exp", ["-", "s"]], 1, 5_000, 1]], at(4_096, x=1)),
    "nested ranges": lambda: document(
        "", [], ["forall", [[n, "int"] for n in "ijk"],
                 ["implies", ["and", *RANGE], ["<=", "i", 5_000]]], at()),
    "iterates": lambda: document(
        "x", [], sum_of(1_000, lambda k: ["iter", "y", ["-", ["*", "y", "y"], ["/", "x", k + 1]],
                                          5_000, "x"]), at(x="1/3")),
    "expectations": lambda: document(
        "x", [], sum_of(1_500, lambda k: ["expect", "y", ["^", ["+", "y", "x"], 60]]),
        at(x="1/3")),
    "products under an expectation": lambda: document(
        "x", [], ["<=", ["expect", "y", ["*", *[["+", "y", ["*", "x", k]] for k in range(190)]]],
                  0], at(x=f"{10**100 + 3}/{10**100 + 1}")),
    "duals": lambda: document(
        "c:sequence x", [], sum_of(500, lambda k: ["dual", "c", ["/", "x", k + 1]]),
        at(x="1/3", c=[[k, 1] for k in range(0, 10_000, 4)])),
    "functions": lambda: document(
        "x", [], sum_of(3_000, lambda k: ["tan", ["/", "x", k + 2]]), at(4_096, x="9/10")),
    "roots of long numbers": lambda: document(
        "x", [], sum_of(1_500, lambda k: ["rpow", ["exp", ["+", "x", 39_000 - k]], "1/3"]),
        at(x="9/10")),
    "roots of fractions": lambda: document(
        "x", [], sum_of(2_500, lambda k: ["rpow", ["*", "x", k + 1], "1/64"]),
        at(x=LONG_FRACTION)),
    "long fractions": lambda: document(
        "x", [], sum_of(4_000, lambda k: ["/", "x", k + 1]), at(x=LONG_FRACTION)),
    "large powers": lambda: document(
        "x", [], sum_of(2_500, lambda k: ["^", ["+", "x", k], 100_000]), at(4_096, x="1/3")),
    "matrices": lambda: document(
        "M:matrix n:int", [],
        ["<=", 10**6, ["kappa", "n", "i", "j", ["entry", "M", "i", "j"]]], at(M=MATRIX, n=10)),
    "cuts of a box": lambda: document(
        "x", UNIT, sum_of(5, lambda k: ["*", ["exp", "x"], ["+", 1, "x"]]), box(cuts(11))),
    "boxes of high precision": lambda: document(
        "x", UNIT, ["and", *[["<=", 0, "x"]] * 600],
        {"by": "split", "parts": [box("holds", 4_096)] * 600}),
    "functions on a box": lambda: document(
        "x", UNIT, sum_of(2_500, lambda k: ["erf", ["/", "x", k + 2]]), box("holds", 4_096)),
}  # fmt: skip


def answered(certificate: Json) -> tuple[float, str]:
    """The seconds from the bytes to the verdict, or the reason of the rejection."""
    data = canonical(certificate)
    assert len(data) <= LONG
    begun = time.thread_time()
    try:
        found = read(data)
        identity = digest(found)
        answer = Checker({identity: found}).check(identity).verdict
    except (Malformed, Rejected) as error:
        answer = str(error)
    return time.thread_time() - begun, answer


@pytest.mark.parametrize("name", ASKING)
def test_within_a_second(name: str) -> None:
    seconds, answer = answered(ASKING[name]())
    assert seconds < SECONDS, answer


def test_what_is_long_may_spend_more() -> None:
    """Beyond 100,000 bytes the budget grows in proportion, and no budget is without an end."""
    for length, units in (
        (0, MOST_WORK),
        (LONG, MOST_WORK),
        (LONG + 9, MOST_WORK + LONG_WORK + 9 * MORE_WORK),
    ):
        with budget(length):
            spend(units)
            with pytest.raises(Malformed, match="too much work"):
                spend(1)


def test_budgets_of_lemmas_are_their_own() -> None:
    with budget():
        spend(MOST_WORK - 1)
        with budget():
            spend(MOST_WORK)
        spend(1)
