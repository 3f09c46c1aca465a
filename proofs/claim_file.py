"""A file of claims: `name: claim` or `name using earlier, ...: claim`, with comments.

    bernoulli: forall x > -1, n in 1..: (1 + x)^n >= 1 + n*x
    double using bernoulli(x = t^2, n = 3): forall t:
        (1 + t^2)^3 >= 1 + 3*t^2

A claim is continued by indented lines, `#` begins a comment, and the comment before a claim is its
title.  What a claim uses are earlier claims, with values for their variables where these do not
stand for those of the same name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from certificates.checker import FORMAT
from proofs.claim import STATEMENT
from proofs.exits import BadInput
from proofs.parser import WORDS, Claim, parse_claim
from symbolic.formula import MAXIMAL_NAME, FormulaError

LARGEST_FILE = 4_000_000
HEAD = re.compile(r"(?P<name>[A-Za-z_][A-Za-z0-9_]*)(?:\s+using\b(?P<using>[^:]*))?\s*:(?!=)")
USED = re.compile(r"\s*(?P<name>\w+)\s*(?:\((?P<values>[^:]*)\))?\s*\Z")
VALUE = re.compile(r"\s*(?P<name>\w+)\s*=\s*(?P<term>\S.*)\Z", re.DOTALL)


@dataclass
class Block:
    """One claim of a file: its name, the texts of what it uses, where it stands, its own text.

    The text begins with spaces, so that its columns are those of the file; line 0 is no file.
    """

    name: str
    using: Mapping[str, Mapping[str, str]]
    line: int
    text: str = ""
    comments: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The comment before the claim, else the claim."""
        words = " ".join(" ".join(self.comments or [self.text]).split())
        return "".join(c if c.isprintable() else " " for c in words)[:200] or self.name

    def claim(self) -> Claim:
        """The claim, parsed.  Raises FormulaError."""
        return parse_claim(self.text, self.name, self.using)


def blocks(text: str) -> Iterator[Block]:
    """The claims of a file.  Raises FormulaError where a line belongs to no claim."""
    current: Block | None = None
    comments: list[str] = []
    seen: set[str] = set()
    for index, line in enumerate(text.split("\n"), 1):
        code, _, comment = line.partition("#")
        if not code.strip() or (code[0] in " \t" and current is not None):
            if code.strip() and current is not None:
                missing = index - current.line - current.text.count("\n")
                current.text += "\n" * missing + code.rstrip()
            elif "#" in line:
                comments.append(comment.strip())
            continue
        if current is not None:
            yield current
        current = _begun(code, index, seen, comments)
        comments = []
        seen.add(current.name)
    if current is not None:
        yield current


def _begun(code: str, index: int, seen: set[str], comments: list[str]) -> Block:
    head = HEAD.match(code)
    if head is None or head["name"] in WORDS:
        wanted = "'name: claim', or an indented line that continues one"
        raise FormulaError(code, 0, f"line {index} belongs to no claim", wanted)
    name = head["name"]
    if name in seen:
        raise FormulaError(code, 0, f"line {index}: two claims are called {name!r}")
    if len(name) > MAXIMAL_NAME:
        raise FormulaError(code, 0, f"line {index}: the name is longer than {MAXIMAL_NAME}")
    used: dict[str, dict[str, str]] = {}
    for part in _apart(head["using"]) if head["using"] is not None else ():
        place = head.start("using")
        found = USED.match(part)
        if found is None:
            wanted = "names of earlier claims, such as: using first, second(x = 2*t)"
            raise FormulaError(code, place, f"line {index}: found {part.strip()!r}", wanted)
        if found["name"] not in seen:
            problem = f"line {index}: {found['name']!r} is no earlier claim"
            raise FormulaError(code, place, problem)
        used[found["name"]] = _values(found["values"], code, place, index)
    return Block(name, used, index, " " * head.end() + code[head.end() :].rstrip(), comments)


def _values(text: str | None, code: str, place: int, index: int) -> dict[str, str]:
    values: dict[str, str] = {}
    for part in _apart(text) if text is not None else ():
        found = VALUE.match(part)
        if found is None:
            wanted = "a value for a variable, such as x = 2*t"
            raise FormulaError(code, place, f"line {index}: found {part.strip()!r}", wanted)
        values[found["name"]] = found["term"].strip()
    return values


def _apart(text: str) -> list[str]:
    """The text split at the commas outside brackets."""
    parts, level = [""], 0
    for character in text:
        level += (character in "([") - (character in ")]")
        if character == "," and level == 0:
            parts.append("")
        else:
            parts[-1] += character
    return parts


def read_blocks(path: Path) -> list[Block]:
    """The claims of a file.  Raises BadInput."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}") from None
    if len(data) > LARGEST_FILE:
        raise BadInput(f"{path} is longer than {LARGEST_FILE} bytes")
    try:
        found = list(blocks(data.decode("utf-8-sig").replace("\r\n", "\n")))
    except UnicodeDecodeError:
        raise BadInput(f"{path} is not UTF-8 text") from None
    except FormulaError as error:
        raise BadInput(f"{path}: {error}") from None
    if not found:
        raise BadInput(f"{path} has no claims; one looks like 'name: forall x: x^2 >= 0'")
    return found


def parsed(found: list[Block]) -> list[Claim]:
    """The claims, all of them parsed before the first is decided.  Raises BadInput."""
    claims: dict[str, Claim] = {}
    for block in found:
        try:
            claims[block.name] = claim = block.claim()
            for used in claim.using:
                known = dict(claims[used.name].document["variables"])
                for name in used.values.keys() - known.keys():
                    raise FormulaError(block.text, 0, f"{used.name} has no variable {name!r}")
        except FormulaError as error:
            if block.line == 0:
                raise BadInput(str(error)) from None
            place = f"line {block.line + error.line - 1}, "
            words = re.sub(r"\Aline [0-9]+, ", "", str(error))
            raise BadInput(f"{block.name}, {place}{words}") from None
    return list(claims.values())


def claim_document(block: Block, certificate: str) -> dict[str, Any]:
    """The document of the format that makes a claim of the file an item with what it uses."""
    return {
        "format": FORMAT, "claim": block.name, "title": block.title, "uses": list(block.using),
        "parts": [{"label": STATEMENT, "role": "statement", "form": "sequence", "amends": "",
                   "certificate": certificate}],
    }  # fmt: skip
