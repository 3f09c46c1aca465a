"""What the fuzzers do with bytes: make a document for the checker, or a claim for the parser.

Bytes drive mutations of accepted certificates, one for each rule, so that what is made goes deep
into the checker; half of what is made is the raw bytes.  Whatever it is, the checker must end in
time with a verdict or a rejection, and what it accepts as proved must be true: the oracle is the
search for a counterexample, in another part of the program.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

from certificates.checker import Checker, Rejected, Statement, canonical, digest, read
from certificates.terms import Malformed
from proofs.engines.search import find_counterexample
from proofs.parser import parse_claim
from symbolic.formula import FormulaError

PAPER = Path(__file__).resolve().parents[2] / "certificates" / "paper"
SECONDS = 1.0
LARGEST = 100_000
POINTS = 300
SEEDS, LONGEST_SEED = 60, 4_000

RELATIONS = ("<=", "<", "=", "!=")
WORDS: tuple[Any, ...] = (
    0, 1, -1, 2, 3, 40, 64, 65, 10**30, "1/2", "-1/3", "1/0", "x", "y", "n", "c", "K", "pi", "",
    [], {}, None, True, "inf", "-inf", "telescoping", ["pi"], ["/", 1, 0], ["/", 1, "x"],
    ["exp", "x"], ["log", 0], ["sqrt", -1], ["^", 2, 64], ["^", ["+", "x", 1], 64], ["floor", "x"],
    ["-", "x"], ["abs", "x"], ["ite", ["<", "x", 0], "x", 1], ["<", 1, 0], ["<=", 0, "x"],
    ["=", "x", "x"], ["not", ["<=", 0, "x"]], ["and"], ["or", ["<", 0, 1]],
    ["forall", [["x", "real"]], ["<", 0, "x"]], ["exists", [["n", "int"]], ["<", 0, "n"]],
    ["dual", "c", "x"], ["coef", "c", 2], ["iter", "x", ["*", "x", "x"], 5, "1/2"],
    ["fold", "k", "s", ["+", "s", "k"], 1, 50, 0], ["expect", "x", ["*", "x", "x"]],
    ["series", "i", 0, ["coef", "c", "i"]], ["hermite", "n", "x"], ["hermite", 64, ["exp", "x"]],
    {"by": "assumption"}, {"by": "polynomial", "sum": [[1, [[0, 1]]]]},
    {"by": "split", "parts": []},
    {"by": "open", "label": "untried", "source": "x"},
    {"by": "counterexample", "precision": 64, "at": {"x": 0}},
    {"by": "boxes", "precision": 64, "variables": [["x", 0, 1]], "tree": {"by": "leaf"}},
)  # fmt: skip
TOKENS = (
    "forall", "exists", "in", "where", "let", "and", "or", "not", "implies", "inf", "x", "y", "n",
    "f", "e", "mu", "0", "1", "1/2", "10^9", "1e9", "(", ")", "[", "]", "{", ",", ":", "..", "=",
    "<=", "<", ">=", "!=", "+", "-", "*", "/", "^", "**", "|", "=>", "exp", "log", "sqrt", "min",
    "floor", "dual", "relu", "dual_iter", "erf", "hermite", "mu(gelu)", "L0", "B", "∀", "∈", "δ",
    "²", "\n", "#", "real", "integers", "x^x^x^x", "((((((((", "--------", "not not not not",
)  # fmt: skip


class Untrue(AssertionError):
    """A false statement was accepted as proved."""


class Choices:
    """Decisions taken from bytes, the same for the same bytes; zeros when they are used up."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def below(self, bound: int) -> int:
        """A number from 0 to bound - 1."""
        size = 1 if bound <= 256 else 4
        part = self._data[self._at : self._at + size]
        self._at += size
        return int.from_bytes(part, "little") % bound

    @property
    def left(self) -> bool:
        """Whether bytes are left."""
        return self._at < len(self._data)


@cache
def seeds() -> tuple[bytes, ...]:
    """Short certificates of the paper that rest on no other, of as many rules as possible."""
    found: dict[frozenset[str], bytes] = {}
    for path in sorted(PAPER.rglob("*.json")):
        data = path.read_bytes()
        document = json.loads(data) if len(data) <= LONGEST_SEED else {"rests_on": [0]}
        if document.get("rests_on") == []:
            own = frozenset(_rules(document))
            if own not in found or len(data) < len(found[own]):
                found[own] = data
    return tuple(sorted(found.values(), key=len)[:SEEDS])


def _rules(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("by"), str):
            yield value["by"]
        for part in value.values():
            yield from _rules(part)
    elif isinstance(value, list):
        for part in value:
            yield from _rules(part)


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """(container, key) of every part of a document."""
    if isinstance(value, (dict, list)):
        for key in list(value) if isinstance(value, dict) else range(len(value)):
            yield value, key
            yield from _places(value[key])


def mutated(choices: Choices) -> Any:
    """A seed with a leaf changed, or with some of its parts replaced, swapped, repeated or gone."""
    document = json.loads(seeds()[choices.below(len(seeds()))])
    if choices.below(2):
        leaves = [
            (c, k) for c, k in _places([document["statement"], document["evidence"]])
            if not isinstance(c[k], (dict, list))
        ]  # fmt: skip
        container, key = leaves[choices.below(len(leaves))]
        other, name = leaves[choices.below(len(leaves))]
        value = container[key]
        if value in RELATIONS:
            container[key] = RELATIONS[choices.below(len(RELATIONS))]
        elif isinstance(value, int) and choices.below(2):
            container[key] += 1 - 2 * choices.below(2)
        elif isinstance(other[name], type(value)):
            container[key] = other[name]
        return document
    for _ in range(1 + choices.below(4)):
        _mutate(document, choices)
    return document


def _mutate(document: Any, choices: Choices) -> None:
    places = list(_places(document))
    container, key = places[choices.below(len(places))]
    kind = choices.below(8)
    if kind < 2:
        container[key] = deepcopy(WORDS[choices.below(len(WORDS))])
    elif kind == 2:
        other, name = places[choices.below(len(places))]
        container[key] = deepcopy(other[name])
    elif kind == 3:
        del container[key]
    elif kind in (4, 6) and isinstance(container, list):
        container[key:key] = [container[key]] * (1 if kind == 4 else choices.below(2_000))
    elif kind == 7:
        container[key] = nested(container[key], choices.below(100))
    elif isinstance(container[key], int):
        container[key] += choices.below(3) - 1
    else:
        container[key] = [container[key]] * (1 + choices.below(3))


def nested(value: Any, depth: int) -> Any:
    """A list put so many times into the place of its own last part."""
    found = value
    for _ in range(depth if isinstance(value, list) and value else 0):
        found = [*value[:-1], found]
    return found


def check_bytes(data: bytes, seconds: float = SECONDS) -> None:
    """Raise unless the checker deals with the bytes in time, and accepts nothing false."""
    begun = time.thread_time()
    verdict, document = "", None
    try:
        document = read(data)
        identity = digest(document)
        verdict = Checker({identity: document}).check(identity).verdict
    except (Rejected, Malformed) as error:
        if "\n" in str(error):
            raise AssertionError(f"a rejection of several lines: {error}") from None
    took = time.thread_time() - begun
    if took > seconds:
        raise TimeoutError(f"{took:.2f} s for {len(data)} bytes")
    if verdict == "holds" and document is not None and refuted(document):
        raise Untrue(json.dumps(document["statement"]))


def refuted(document: Any) -> bool:
    """Whether the search finds a point where the statement of a certificate fails."""
    return find_counterexample(Statement.parse(document["statement"]), POINTS) is not None


def one_certificate(data: bytes, seconds: float = SECONDS) -> None:
    """The bytes as a document, or as the choices that make one of a seed."""
    if data[:1] < b"\x40":
        check_bytes(data[1:LARGEST], seconds)
        return
    try:
        made = canonical(mutated(Choices(data[1:])))
    except (RecursionError, Malformed):
        return
    check_bytes(made[:LARGEST], seconds)


def one_claim(data: bytes, seconds: float = SECONDS) -> None:
    """The bytes as the text of a claim, or as the choices of its words."""
    if data[:1] < b"\x80":
        text = data[1:LARGEST].decode("utf-8", "replace")
    else:
        choices = Choices(data[1:])
        words: list[str] = []
        while choices.left and len(words) < 400:
            words.append(TOKENS[choices.below(len(TOKENS))])
        text = " ".join(words)
    begun = time.thread_time()
    with suppress(FormulaError):
        parse_claim(text)
    took = time.thread_time() - begun
    if took > seconds:
        raise TimeoutError(f"{took:.2f} s for {text[:200]!r}")
