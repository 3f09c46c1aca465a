"""The README opens with the picture of the report, and its excerpt is what the commands print."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.readme_excerpt import CUT, OPENING, blocks, parts, remade, shortened
from proofs.cli import cli
from tests.report.conftest import PAPER

ROOT = PAPER.parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PRINTED = """\
Lemma 1   holds as amended  [exact]  1 hold, 3 fail
          the step 'a' fails as printed: false at x = 1
          the step 'b' fails as printed: false at x = 2
          the step 'c' fails as printed: false at x = 3
          kernel: no theorem
Lemma 2   open              [cited]  1 open
          given Definition 1 (cited)
instances of Lemma 1: 3 holds
12 certificates, each accepted by the checker
""".splitlines()


def test_the_picture_comes_first() -> None:
    """Behind the title stands a picture that is there."""
    match = re.match(r"# Conditioning\n\n!\[[^\]]+\]\((?P<path>[^)]+)\)", README)
    assert match
    assert (ROOT / match["path"]).read_bytes().startswith(b"\x89PNG")


def test_an_excerpt_is_made_again() -> None:
    """The items that were there, two lines of each, and the end; all else is left alone."""
    old = f"start\n\n{OPENING}    Lemma 1  open  [cited]  1 open\n\nend\n"
    new = remade(old, PRINTED)
    lines = ["Lemma 1   holds as amended  [exact]  1 hold, 3 fail",
             "          the step 'a' fails as printed: false at x = 1",
             "          the step 'b' fails as printed: false at x = 2",
             "instances of Lemma 1: 3 holds",
             "12 certificates, each accepted by the checker"]  # fmt: skip
    assert parts(new)[1] == lines
    assert new.startswith("start\n\n")
    assert new.endswith("checker\n\nend\n")
    assert remade(new, PRINTED) == new
    assert remade(new, [p.replace("x = 1", "x = 7") for p in PRINTED]) != new
    with pytest.raises(KeyError):
        remade(old, PRINTED[5:])


def test_long_lines_are_cut() -> None:
    """To the width of the excerpt, with an ellipsis."""
    assert shortened("x" * CUT) == "x" * CUT
    assert shortened("x" * (CUT + 1)) == "x" * (CUT - 4) + " ..."


@pytest.mark.slow
def test_the_excerpt_is_what_the_command_prints(tmp_path: Path) -> None:
    """Verdicts, counterexamples and the count against the committed record, line by line."""
    done = CliRunner().invoke(cli, ["check", str(PAPER)])
    assert done.exit_code == 0
    printed = done.output.splitlines()
    own = parts(README)[1]
    ending = own[len([line for lines in blocks(own).values() for line in lines]) :]
    assert remade(README, [*printed, *ending]) == README
    assert ending[-1] == f"{printed[-1].split()[0]} certificates, each accepted by the checker"
    table = CliRunner().invoke(cli, ["report", "--out", str(tmp_path / "site")])
    assert table.exit_code == 0
    page = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    rows = re.findall(
        r'<th scope="row">([^<]+)</th><td>(\d+)</td><td>(\d+)</td><td>(\d+)</td>', page
    )
    verdicts = ("holds", "fails", "open")
    tally = [
        f"instances of {item}: "
        + ", ".join(f"{n} {v}" for n, v in zip(counts, verdicts, strict=True) if n != "0")
        for item, *counts in rows
    ]
    assert tally == ending[:-1]
