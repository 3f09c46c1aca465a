"""Tables as Markdown, LaTeX (booktabs and siunitx), CSV, JSON and HTML."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

HEADER = "Every printed digit is certified; numbers are rounded to nearest."


@dataclass(frozen=True)
class Cell:
    """A text or a number; `latex` is how mathematics is set there, when that differs."""

    text: str
    numeric: bool = False
    latex: str = ""


@dataclass(frozen=True)
class Table:
    """A table: its name, what it shows, its columns and its rows."""

    name: str
    caption: str
    columns: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]


def markdown(table: Table) -> str:
    """A Markdown table with its caption."""

    def line(cells: tuple[str, ...]) -> str:
        return "| " + " | ".join(c.replace("|", "\\|") for c in cells) + " |"

    numeric = [any(row[k].numeric for row in table.rows) for k in range(len(table.columns))]
    lines = [f"**{table.caption}** {HEADER}", "", line(tuple(c.text for c in table.columns))]
    lines.append(line(tuple("---:" if n else "---" for n in numeric)))
    lines += [line(tuple(c.text for c in row)) for row in table.rows]
    return "\n".join(lines)


SPECIAL = {
    "\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "μ": r"$\mu$", "δ": r"$\delta$", "ρ": r"$\rho$", "σ̂": r"$\hat\sigma$", "κ": r"$\kappa$",
    "σ": r"$\sigma$", "λ": r"$\lambda$", "≤": r"$\le$", "≥": r"$\ge$", "≠": r"$\ne$",
    "∞": r"$\infty$", "⪰": r"$\succeq$", "Σ": r"$\Sigma$", "π": r"$\pi$", "·": r"$\cdot$",
    "−": "$-$", "–": "--", "ε": r"$\varepsilon$", "α": r"$\alpha$", "β": r"$\beta$",
    "²": r"$^2$", "⟹": r"$\Rightarrow$", "∈": r"$\in$", "ℝ": r"$\mathbb{R}$", "→": r"$\to$",
}  # fmt: skip


def latex_text(text: str) -> str:
    """Text for LaTeX; characters outside of ASCII that are not known become their code point."""
    result, k = "", 0
    while k < len(text):
        pair = text[k : k + 2]
        if pair in SPECIAL and len(pair) == 2:
            result, k = result + SPECIAL[pair], k + 2
            continue
        plain = text[k] if text[k].isascii() else rf"\texttt{{U+{ord(text[k]):04X}}}"
        result, k = result + SPECIAL.get(text[k], plain), k + 1
    return result


def latex(table: Table) -> str:
    """A table for booktabs and siunitx, with its caption and label."""

    def shown(cell: Cell) -> str:
        if cell.latex:
            return cell.latex
        return rf"\num{{{cell.text}}}" if cell.numeric else latex_text(cell.text)

    numeric = [any(row[k].numeric for row in table.rows) for k in range(len(table.columns))]
    lines = [
        "% Needs \\usepackage{booktabs,siunitx,amssymb}; sisetup keeps every digit as it stands.",
        r"\begin{table}", r"  \centering", r"  \sisetup{round-mode=none}",
        f"  \\caption{{{latex_text(table.caption)} {HEADER}}}",
        f"  \\label{{tab:conditioning-{table.name}}}",
        f"  \\begin{{tabular}}{{{''.join('r' if n else 'l' for n in numeric)}}}", r"    \toprule",
        "    " + " & ".join(shown(c) for c in table.columns) + r" \\", r"    \midrule",
    ]  # fmt: skip
    lines += ["    " + " & ".join(shown(c) for c in row) + r" \\" for row in table.rows]
    return "\n".join([*lines, r"    \bottomrule", r"  \end{tabular}", r"\end{table}"])


def comma_separated(table: Table) -> str:
    """CSV with a header line."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([c.text for c in table.columns])
    writer.writerows([c.text for c in row] for row in table.rows)
    return stream.getvalue().rstrip("\n")


def as_json(table: Table) -> str:
    """An object with the caption and a list of rows; numbers are texts, so that none is rounded."""
    names = [c.text for c in table.columns]
    rows = [{n: c.text for n, c in zip(names, row, strict=True)} for row in table.rows]
    document = {"table": table.name, "caption": f"{table.caption} {HEADER}", "rows": rows}
    return json.dumps(document, indent=2, ensure_ascii=False)


def html(table: Table) -> str:
    """An HTML table with a caption and scopes."""
    head = "".join(f'<th scope="col">{escape(c.text)}</th>' for c in table.columns)
    body = "\n".join(
        "<tr>" + f'<th scope="row">{escape(row[0].text)}</th>'
        + "".join(f"<td>{escape(c.text)}</td>" for c in row[1:]) + "</tr>"
        for row in table.rows
    )  # fmt: skip
    return (
        f"<table>\n<caption>{escape(table.caption)} {HEADER}</caption>\n"
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"
    )


FORMATS: dict[str, Callable[[Table], str]] = {
    "markdown": markdown, "latex": latex, "csv": comma_separated, "json": as_json, "html": html,
}  # fmt: skip


def render(table: Table, form: str) -> str:
    """The table in one of the formats."""
    return FORMATS[form](table)
