"""Statements and evidence in short, for tests of the checker.

Terms and formulas are written as in Lisp, `(<= 0 (* x x))`, and read into the lists of the format.
"""

import re
from collections.abc import Sequence
from typing import Any

Json = dict[str, Any]

A: Json = {"by": "assumption"}
TOKEN = re.compile(r"[()]|[^\s()]+")


def tree(text: str) -> Any:
    """The term or formula that a text in Lisp's notation denotes."""
    stack: list[list[Any]] = [[]]
    for token in TOKEN.findall(text):
        if token == "(":
            stack.append([])
        elif token == ")":
            done = stack.pop()
            stack[-1].append(done)
        else:
            stack[-1].append(int(token) if re.fullmatch(r"-?\d+", token) else token)
    (result,) = stack[0]
    return result


def statement(variables: str, *formulas: Any, definitions: Sequence[Json] = ()) -> Json:
    """A statement: variables such as "x:real n:int", hypotheses, and the conclusion last."""
    *hypotheses, conclusion = (tree(f) if isinstance(f, str) else f for f in formulas)
    return {
        "variables": [v.split(":") for v in variables.split()],
        "hypotheses": hypotheses,
        "conclusion": conclusion,
        "definitions": list(definitions),
    }


def definition(name: str, parameters: str, body: Any, where: str = "(= 0 0)") -> Json:
    """A definition of a real function."""
    return {
        "name": name,
        "parameters": [v.split(":") for v in parameters.split()],
        "sort": "real",
        "where": tree(where),
        "body": tree(body) if isinstance(body, str) else body,
    }


def document(
    says: Json, evidence: Json, definedness: Sequence[Json] = (), rests_on: Sequence[str] = ()
) -> Json:
    """The document of a certificate."""
    return {
        "format": 1, "item": "Test", "part": "a", "statement": says, "evidence": evidence,
        "definedness": list(definedness), "rests_on": list(rests_on),
    }  # fmt: skip


def sums(*products: list[Any]) -> Json:
    """Products [coefficient, [[fact, exponent], ...], multiplier] that sum to zero."""
    return {"by": "polynomial", "sum": list(products)}
