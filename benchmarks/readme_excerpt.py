"""The excerpt of `make audit` in the README, made again from what the command prints.

    conditioning audit --out certificates/paper > audit.txt
    python -m benchmarks.readme_excerpt audit.txt README.md

The items of the excerpt stay those that it has; each shows its verdict and two lines of what the
command says of it, cut where they are long, then come the instances and the count.
"""

import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

OPENING = "What `make audit` prints (an excerpt):\n\n"
INDENT, CUT, SHOWN = "    ", 106, 2
VERDICT = re.compile(r"(?P<item>\S.*?) +(holds|holds as amended|fails|open) +\[")
LAST = re.compile(r"instances of |\d+ certificates, ")


def blocks(printed: Sequence[str]) -> dict[str, list[str]]:
    """What the command prints of each item: its verdict, then what fails and what it is given."""
    found: dict[str, list[str]] = {}
    own: list[str] = []
    for line in printed:
        match = VERDICT.match(line)
        if match:
            own = found[match["item"]] = [line]
        elif line.startswith(" ") and not line.lstrip().startswith("kernel"):
            own.append(line)
        else:
            own = []
    return found


def shortened(line: str) -> str:
    """The line, cut where what it says is long."""
    return line if len(line) <= CUT else line[: CUT - 4].rstrip() + " ..."


def excerpt(items: Sequence[str], printed: Sequence[str]) -> list[str]:
    """The lines of the excerpt for these items.  Raises KeyError where one is not printed."""
    found: Mapping[str, list[str]] = blocks(printed)
    lines = [line for item in items for line in found[item][: SHOWN + 1]]
    return [*map(shortened, lines), *(line for line in printed if LAST.match(line))]


def parts(readme: str) -> tuple[str, list[str], str]:
    """What stands before the excerpt, its lines, and what stands behind it."""
    before, opening, rest = readme.partition(OPENING)
    lines = rest.split("\n")
    count = next(k for k, line in enumerate(lines) if not line.startswith(INDENT))
    return (
        before + opening,
        [n.removeprefix(INDENT) for n in lines[:count]],
        "\n".join(lines[count:]),
    )


def remade(readme: str, printed: Sequence[str]) -> str:
    """The README with its excerpt made again."""
    before, old, after = parts(readme)
    lines = excerpt(list(blocks(old)), printed)
    return before + "".join(f"{INDENT}{line}\n" for line in lines) + after


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python -m benchmarks.readme_excerpt PRINTED README")
    target = Path(sys.argv[2])
    output = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    target.write_text(remade(target.read_text(encoding="utf-8"), output), encoding="utf-8")
