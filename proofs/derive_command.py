"""The command `derive`: the closed forms of an activation, derived step by step."""

import json
import re
from fractions import Fraction
from pathlib import Path

import click
import sympy
from rich.console import Console
from rich.progress import Progress

from proofs.exits import EXIT_CODES, RATIONAL, BadInput
from proofs.notebook import construction, notebook, save_notebook
from proofs.tables.makers import exactly
from proofs.translate import term
from symbolic import Activation, SeriesActivation, certified_activation, named_activation, rho
from symbolic.account import Line, Section, account, series_account
from symbolic.catalogue import ACTIVATIONS
from symbolic.printing import greek, latex, text
from symbolic.series import SERIES

MOST_DIGITS, MOST_COEFFICIENTS = 200, 100
PARAMETER = re.compile(r"(?P<name>[A-Za-z][A-Za-z0-9_]{0,20})(?:=(?P<value>\S+)|(?P<sign>>0))?\Z")


def parameter(written: str) -> tuple[str, Fraction | sympy.Symbol]:
    """A parameter: a=1/3 is a number, a a real symbol, a>0 a positive one."""
    found = PARAMETER.match(written)
    if found is None or (found["value"] and not RATIONAL.match(found["value"])):
        raise BadInput(f"--param needs a=1/3, a or 'a>0', not {written[:40]!r}")
    if found["value"]:
        return found["name"], Fraction(found["value"])
    if found["sign"]:
        return found["name"], sympy.Symbol(found["name"], positive=True)
    return found["name"], sympy.Symbol(found["name"], real=True)


def chosen(
    name: str | None, formula: str | None, given: tuple[str, ...]
) -> Activation | SeriesActivation:
    """The activation of the catalogue or of the formula.  Raises BadInput."""
    if (name is None) == (formula is None):
        raise BadInput("this needs an activation such as relu, or --formula 'max(0, x)'")
    if formula is None and given:
        raise BadInput("--param belongs to --formula; write the parameters as in elu(1/2)")
    try:
        if formula is None:
            return named_activation(str(name))
        return certified_activation(formula, **dict(parameter(p) for p in given))
    except ValueError as error:
        raise BadInput(str(error)) from None


@click.command(name="derive", epilog=EXIT_CODES)
@click.argument("activation", required=False)
@click.option("--formula", help="Your own, such as 'max(0, x) + a*sin(x)'.")
@click.option("--param", "params", multiple=True, help="a=1/3, or a or 'a>0' to keep it symbolic.")
@click.option("--format", "form", type=click.Choice(["text", "latex", "markdown", "json"]),
              default="text", show_default=True)  # fmt: skip
@click.option(
    "--digits", type=click.IntRange(1, MOST_DIGITS), help="Certified digits of constants."
)
@click.option("--coefficients", type=click.IntRange(0, MOST_COEFFICIENTS), default=8,
              show_default=True, help="The last k of a_k.")  # fmt: skip
@click.option("--list", "listing", is_flag=True, help="The names that are known.")
@click.option(
    "--all", "whole", is_flag=True,
    help="The whole catalogue as a table: routes, and with --certificate what holds.",
)  # fmt: skip
@click.option("--plot", type=click.Path(path_type=Path, dir_okay=False), help="Write an SVG file.")
@click.option(
    "--notebook", "book", type=click.Path(path_type=Path, dir_okay=False),
    help="Write a Jupyter notebook that computes each step again.",
)  # fmt: skip
@click.option(
    "--certificate", "out", type=click.Path(path_type=Path, file_okay=False),
    help="Prove the closed form from its definition; write the certificates into this folder.",
)  # fmt: skip
def derive(
    activation: str | None, formula: str | None, params: tuple[str, ...], form: str,
    digits: int | None, coefficients: int, listing: bool, whole: bool, plot: Path | None,
    book: Path | None, out: Path | None,
) -> None:  # fmt: skip
    """Derive dual, coefficients and properties of an ACTIVATION, with every step."""
    if listing:
        click.echo(catalogue())
        return
    if whole:
        if activation or formula or params or plot or book or digits:
            raise BadInput("--all takes --certificate and --format alone: it is about every name")
        click.echo(overview(form, out))
        return
    sigma = chosen(activation, formula, params)
    bits = 4 * (digits or 15) + 16
    try:
        if isinstance(sigma, SeriesActivation):
            sections = series_account(sigma, coefficients, bits)
        else:
            sections = account(sigma, coefficients)
    except ValueError as error:
        raise BadInput(str(error)) from None
    click.echo(RENDERERS[form](sigma.name, sections, digits))
    if book is not None:
        made = construction(activation, formula, dict(map(parameter, params)))
        document = notebook(
            sigma, made, sections, coefficients, bits, lambda line: _bullet(line, digits)
        )
        save_notebook(document, book)
    if plot is not None:
        from proofs.plot import save_plot  # matplotlib is slow to import, and only this needs it

        save_plot(sigma, plot)
    if out is not None:
        from proofs.derive_certificate import certify  # the engines are slow to import, likewise

        for line in certify(sigma, out, coefficients):
            click.echo(line, err=form != "text")


def overview(form: str, out: Path | None) -> str:
    """The table of the whole catalogue.  Raises BadInput for a format that it does not have."""
    from proofs.derive_all import members, rows, shown  # the engines are slow to import

    if form == "latex":
        raise BadInput("--all is written as text, markdown or json, not as latex")
    names, found = members(), []
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("deriving", total=len(names))
        for row in rows(out, names):
            found.append(row)
            bar.update(task, advance=1, description=row.activation)
    return shown(found, form)


def catalogue() -> str:
    """The names that `derive` knows, with parameters, their values if left out, and formulas."""
    lines = []
    for name, family in ACTIVATIONS.items():
        parts = [p.name if p.default is None else f"{p.name}={p.default}"
                 for p in family.parameters]  # fmt: skip
        spelled = f"{name}({', '.join(parts)})" if parts else name
        lines.append(f"{spelled:26} {family.formula}")
    lines += [f"{name:26} {formula}   (certified series)" for name, formula in SERIES.items()]
    return "\n".join(lines)


def decimals(line: Line, digits: int | None) -> str | None:
    """The certified digits of a constant that is not plain to see."""
    value = line.value
    if digits is None or value is None or value.free_symbols or value.is_Integer:
        return None
    if value.is_infinite:
        return None
    try:
        return str(exactly(value, digits).text)
    except ValueError:
        return None


def as_text(name: str, sections: list[Section], digits: int | None) -> str:
    """Plain text, a line for each fact and its reason below it."""
    lines = [name]
    for section in sections:
        lines += ["", section.title]
        for line in section.lines:
            shown = f"  {line.name}"
            if line.value is not None:
                shown += f" = {text(line.value)}"
            if line.masses and line.value == 0:
                shown = f"  {line.name} = {masses(line)}"
            elif line.masses:
                shown += f", and {masses(line)}"
            if line.ball is not None:
                shown += f" ∈ {line.ball.str(digits or 15)}"
            found = decimals(line, digits)
            if found is not None:
                shown += f" ≈ {found}"
            lines.append(shown)
            if line.reason:
                lines.append(f"      {greek(line.reason)}")
    return "\n".join(lines)


def masses(line: Line) -> str:
    """The point masses of a line in plain text."""
    parts = []
    for at, mass in line.masses:
        place = "x" if at == 0 else f"x - {text(at)}" if at.is_positive else f"x + {text(-at)}"
        parts.append(f"δ({place})" if mass == 1 else f"({text(mass)}) δ({place})")
    return " + ".join(parts)


def as_markdown(name: str, sections: list[Section], digits: int | None) -> str:
    """Markdown with LaTeX formulas."""
    lines = [f"# `{name}`"]
    for section in sections:
        lines += ["", f"## {section.title}", ""]
        for line in section.lines:
            lines.append(f"- {_bullet(line, digits)}")
    return "\n".join(lines)


def _bullet(line: Line, digits: int | None) -> str:
    return f"${_formula(line, digits)}$" + (f": {greek(line.reason)}" if line.reason else "")


def as_latex(name: str, sections: list[Section], digits: int | None) -> str:
    """A LaTeX fragment, one display for each fact."""
    lines = [f"% {name}"]
    for section in sections:
        lines.append(rf"\paragraph{{{section.title}.}}")
        for line in section.lines:
            lines.append(rf"\[ {_formula(line, digits)} \]")
            if line.reason:
                lines.append(_escaped(line.reason) + ".")
    return "\n".join(lines)


def _formula(line: Line, digits: int | None) -> str:
    shown = line.symbol
    if line.value is not None:
        shown += f" = {latex(line.value)}"
    for at, mass in line.masses:
        shown += rf" + {latex(mass)}\,\delta(x - {latex(at)})"
    if line.ball is not None:
        shown += rf" \in {line.ball.str(digits or 15)}".replace("+/-", r"\pm")
    found = decimals(line, digits)
    return shown if found is None else rf"{shown} \approx {found}"


def _escaped(words: str) -> str:
    """Words for LaTeX text, Greek letters as mathematics."""
    for sign in ("&", "%", "#", "_"):
        words = words.replace(sign, "\\" + sign)
    words = words.replace("^", r"\^{}").replace("<", "$<$")
    for name in ("Sigma", "sigma", "rho", "alpha", "Phi"):
        words = re.sub(rf"\b{name}\b", rf"$\\{name}$", words)
    return words


def as_json(name: str, sections: list[Section], digits: int | None) -> str:
    """JSON: the same lines, values as text and as LaTeX."""
    document = {
        "activation": name,
        "sections": [
            {"title": s.title, "lines": [_line_json(line, digits) for line in s.lines]}
            for s in sections
        ],
    }
    return json.dumps(document, indent=2, ensure_ascii=False)


def _line_json(line: Line, digits: int | None) -> dict[str, object]:
    found: dict[str, object] = {"name": line.name, "reason": line.reason}
    if line.value is not None:
        found |= {"value": text(line.value), "latex": latex(line.value)}
    if line.masses:
        found["masses"] = [{"at": text(at), "mass": text(mass)} for at, mass in line.masses]
    if line.identities:
        found["identities"] = [_identity_json(left, right) for left, right in line.identities]
    if line.ball is not None:
        found["enclosure"] = line.ball.str(digits or 15)
    shown = decimals(line, digits)
    return found if shown is None else found | {"digits": shown}


def _identity_json(left: sympy.Expr, right: sympy.Expr) -> dict[str, object]:
    """An identity in rho as text, and as a statement where the language has its functions."""
    found: dict[str, object] = {"left": text(left), "right": text(right)}
    try:
        sides = [term(side, rho, "rho").tree for side in (left, right)]
    except ValueError:
        return found
    return found | {"statement": ["=", *sides]}


RENDERERS = {"text": as_text, "latex": as_latex, "markdown": as_markdown, "json": as_json}
