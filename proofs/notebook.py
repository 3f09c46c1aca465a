"""A derivation as a Jupyter notebook that runs: each cell computes a step again and compares it."""

import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import sympy

from proofs.exits import BadInput
from symbolic import Activation, SeriesActivation
from symbolic.account import Line, Section
from symbolic.derivation import Step, derivation
from symbolic.printing import text

IMPORTS = """\
from sympy import Rational, Symbol, diff
from symbolic import certified_activation, named_activation, rho
from symbolic.account import account, series_account
from symbolic.derivation import derivation
from symbolic.identities import proved_zero
from symbolic.printing import text
from symbolic.properties import c_bounded, sub_gaussian
"""
INTRODUCTION = (
    "Made by `conditioning derive --notebook`. Every code cell computes what is said above it "
    "again, exactly, and asserts that it is the same; the identities of a step are proved by "
    "algebra. It needs the package `conditioning` and nothing else."
)
DIRECT = {
    "σ(x)": "sigma.expression",
    "m = E σ(X)": "sigma.mean()",
    "E σ(X)²": "sigma.second_moment()",
    "s² = Var σ(X)": "sigma.variance()",
    "μ": "normal.coefficient_of_nonlinearity()",
    "α of (3)": "sub_gaussian(normal).value",
    "C of C-bounded": "c_bounded(normal).value",
    **{f"σ̂({at})": f"normal.dual({at})" for at in (-1, 0, 1)},
    **{f"σ̂′({at})": f"normal.dual_derivative({at})" for at in (-1, 0, 1)},
}  # the other lines are looked up in the account by their names


def construction(name: str | None, formula: str | None, given: Mapping[str, Any]) -> str:
    """Python for the activation: of the catalogue, or of a formula with its parameters."""
    if formula is None:
        return f"sigma = named_activation({name!r})"
    values = ", ".join(f"{key!r}: {_value(value)}" for key, value in given.items())
    keywords = f", **{{{values}}}" if values else ""
    return f"sigma = certified_activation({formula!r}{keywords})"


def _value(value: Any) -> str:
    if not isinstance(value, sympy.Symbol):
        return f"Rational({value.numerator}, {value.denominator})"
    sort = "positive" if value.is_positive else "real"
    return f"Symbol({value.name!r}, {sort}=True)"


def notebook(
    sigma: Activation | SeriesActivation, made: str, sections: Sequence[Section],
    coefficients: int, bits: int, shown: Callable[[Line], str],
) -> dict[str, Any]:  # fmt: skip
    """The notebook in nbformat 4.5; `made` is its `construction`, `shown` gives a line's LaTeX.

    `sections` are those of the account up to this number of coefficients, at this many bits.
    """
    if isinstance(sigma, Activation):
        steps: tuple[Step, ...] = derivation(sigma.normalised()).steps
        found = f"sections = account(sigma, {coefficients})"
        start = ["normal = sigma.normalised()", found,
                 "steps = {s.subject: s for s in derivation(normal).steps}"]  # fmt: skip
    else:
        steps = ()
        start = [f"sections = series_account(sigma, {coefficients}, {bits})"]
    start.append("lines = {(s.title, line.name): line for s in sections for line in s.lines}")
    cells = [
        _markdown(f"# `{sigma.name}`\n\n{INTRODUCTION}"),
        _code("\n".join([IMPORTS, made, *start])),
    ]
    for section in sections:
        cells.append(_markdown(f"## {section.title}"))
        own = steps if section.title.startswith("Derivation") else ()
        for k, line in enumerate(section.lines):
            cells.append(_markdown(shown(line)))
            body = _step(own[k]) if k < len(own) else _line(section, line)
            if body:
                cells.append(_code("\n".join(body)))
    for k, cell in enumerate(cells):
        cell["id"] = f"cell-{k}"
    return {
        "cells": cells, "nbformat": 4, "nbformat_minor": 5,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
    }  # fmt: skip


def _step(step: Step) -> list[str]:
    """Code for a step of the derivation: its value, and the identities from which it follows."""
    kind, *index = step.subject
    variable = f"{kind}_{index[0]}" if index else str(kind)
    body = [f"{variable} = steps[{step.subject!r}].value",
            f"assert text({variable}) == {text(step.value)!r}"]  # fmt: skip
    if step.identities and step.follows():
        body += _identities(step, variable)
    return [*body, variable]


def _identities(step: Step, variable: str) -> Iterator[str]:
    kind, *index = step.subject
    if kind == "dual" and len(step.identities) == 2:
        i = int(index[0])
        yield f"assert proved_zero(diff({variable}, rho) - dual_{i + 1})  # Price's theorem"
        yield f"assert proved_zero({variable}.subs(rho, 0) - mean_{i}**2)  # independence"
    elif kind == "normalised":
        yield "m, variance = sigma.mean(), sigma.variance()"
        yield f"assert proved_zero({variable} - (dual_0 - m**2) / variance)"
    else:
        yield f"for left, right in steps[{step.subject!r}].identities:"
        yield "    assert proved_zero(left - right)"


def _line(section: Section, line: Line) -> list[str]:
    """Code for a line of the account; nothing where the line is in words alone."""
    found = f"lines[{section.title!r}, {line.name!r}]"
    if line.ball is not None:
        return [f"value = {found}.ball", f"assert value.str() == {line.ball.str()!r}", "value"]
    if line.value is None:
        return []
    order = line.name.removeprefix("a_")
    call = DIRECT.get(line.name, f"{found}.value")
    if order.isdigit():
        call = f"sigma.hermite_coefficient({order})"
    return [f"value = {call}", f"assert text(value) == {text(line.value)!r}", "value"]


def _markdown(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": source.splitlines(keepends=True)}


def _code(source: str) -> dict[str, Any]:
    return {
        "cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [],
        "source": source.splitlines(keepends=True),
    }  # fmt: skip


def save_notebook(document: Mapping[str, Any], path: Path) -> None:
    """Write the notebook: to a temporary file first, then renamed.  Raises BadInput."""
    written = json.dumps(document, indent=1, ensure_ascii=False) + "\n"
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".ipynb")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                stream.write(written)
            os.chmod(name, 0o644)
            os.replace(name, path)
        except BaseException:
            os.unlink(name)
            raise
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}") from None
