"""Tables as Markdown, LaTeX (booktabs and siunitx), CSV, JSON and HTML."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

# in LaTeX: columns of a page, its lines and characters, and texts that stay on one line
MOST_COLUMNS, LINES, CHARACTERS, LONG_TEXT, LONGEST_CELL = 12, 48, 96, 24, 400
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
    "²": r"$^2$", "⟹": r"$\Rightarrow$", "∈": r"$\in$", "ℝ": r"$\mathbf{R}$", "→": r"$\to$",
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
    """A table for booktabs and siunitx, with caption and label, on as many floats as it takes.

    What has more columns than a page is turned round, and comes in strips where that is not enough;
    what is too wide is scaled where graphicx is loaded; long texts are set in paragraphs.
    """
    table = _turned(table) if len(table.columns) > MOST_COLUMNS else table
    if len(table.columns) > MOST_COLUMNS:
        return "\n".join(map(latex, _strips(table)))
    numeric = [any(row[k].numeric for row in table.rows) for k in range(len(table.columns))]
    longest = [
        max((len(row[k].text) for row in table.rows), default=0) for k in range(len(numeric))
    ]
    wide = [k for k, length in enumerate(longest) if length > LONG_TEXT]
    if max(longest, default=0) > LONGEST_CELL:
        return _listed(table, wide)
    share = (CHARACTERS - sum(longest[k] + 2 for k in range(len(longest)) if k not in wide)) / (
        len(wide) or 1)  # fmt: skip
    share = max(share, LONG_TEXT / 2)
    columns = "".join(
        f"p{{{share / CHARACTERS:.2f}\\linewidth}}" if k in wide else "r" if numeric[k] else "l"
        for k in range(len(numeric))
    )
    heights = [1 + max((int(len(row[k].text) / share) for k in wide), default=0)
               for row in table.rows]  # fmt: skip
    floats = [
        _float(table, rows, columns, wide, part) for part, rows in enumerate(_pages(table, heights))
    ]
    return "\n".join([r"% Needs \usepackage{booktabs,siunitx}.", *floats])


def _listed(table: Table, wide: Sequence[int]) -> str:
    """A table of texts too long for a page's columns: each row a block that breaks across pages."""
    name, caption = table.name, latex_text(table.caption)
    lines = [
        r"% Needs \usepackage{booktabs,siunitx}.",
        r"\begingroup\footnotesize\sisetup{round-mode=none}",
        f"\\refstepcounter{{table}}\\label{{tab:conditioning-{name}}}",
        r"\noindent\begin{tabular}{@{}p{\linewidth}@{}}",
        rf"  \toprule Table~\thetable: {caption} {HEADER} \tabularnewline \midrule",
        r"\end{tabular}",
    ]
    for row in table.rows:
        short = ", ".join(_in_latex(c) for k, c in enumerate(row) if k not in wide)
        lines += ["", rf"\medskip\noindent\textbf{{{short}}}"]
        for k in wide:
            if row[k].text:
                title = _in_latex(table.columns[k])
                lines += [
                    "",
                    rf"\noindent{{\raggedright\textit{{{title}:}} {_in_latex(row[k])}\par}}",
                ]
    bottom = r"\noindent\begin{tabular}{@{}p{\linewidth}@{}}\bottomrule\end{tabular}"
    return "\n".join([*lines, "", r"\medskip" + bottom, r"\endgroup"])


def _in_latex(cell: Cell) -> str:
    return cell.latex or (
        rf"\num{{{cell.text}}}" if cell.numeric else latex_text(cell.text))  # fmt: skip


def _turned(table: Table) -> Table:
    """The table with rows and columns exchanged."""
    columns, *rows = zip(table.columns, *table.rows, strict=True)
    return Table(table.name, table.caption, columns, tuple(rows))


def _strips(table: Table) -> Iterator[Table]:
    """The table a few columns at a time, the first one in each."""
    step = MOST_COLUMNS - 1
    for k, start in enumerate(range(1, len(table.columns), step), 1):
        columns, *rows = (
            (row[0], *row[start : start + step]) for row in (table.columns, *table.rows)
        )
        yield Table(f"{table.name}-{k}", table.caption, columns, tuple(rows))


def _pages(table: Table, heights: Sequence[int]) -> list[list[tuple[Cell, ...]]]:
    """The rows of each float, as many lines as a page has below a caption of this length."""
    pages: list[list[tuple[Cell, ...]]] = [[]]
    whole = LINES - max(len(f"{table.caption} {HEADER}") // CHARACTERS - 1, 0)
    left = whole
    for row, height in zip(table.rows, heights, strict=True):
        if pages[-1] and height > left:
            pages.append([])
            left = whole
        pages[-1].append(row)
        left -= height
    return pages


def _float(
    table: Table, rows: Sequence[tuple[Cell, ...]], columns: str, wide: Sequence[int], part: int
) -> str:
    def shown(cell: Cell, k: int) -> str:
        return rf"\raggedright {_in_latex(cell)}" if k in wide else _in_latex(cell)

    def line(cells: Sequence[Cell]) -> str:
        return "    " + " & ".join(shown(c, k) for k, c in enumerate(cells)) + r" \tabularnewline"

    continued = " (continued)" if part else f" {HEADER}"
    scaled = r"  \resizebox{\ifdim\width>\linewidth\linewidth\else\width\fi}{!}{%"
    return "\n".join([
        r"\begin{table}", r"  \centering\footnotesize", r"  \sisetup{round-mode=none}",
        r"  \providecommand{\resizebox}[3]{#3}",
        f"  \\caption{{{latex_text(table.caption)}{continued}}}",
        f"  \\label{{tab:conditioning-{table.name}{f'-{part + 1}' if part else ''}}}",
        *([] if wide else [scaled]),
        f"  \\begin{{tabular}}{{{columns}}}", r"    \toprule",
        line(table.columns), r"    \midrule", *map(line, rows), r"    \bottomrule",
        r"  \end{tabular}" + ("" if wide else "}"), r"\end{table}",
    ])  # fmt: skip


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
