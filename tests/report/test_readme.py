"""The README opens with the picture of the report, and its excerpt is what the commands print."""

import re
import sys

import pytest

from benchmarks.readme_excerpt import CUT, OPENING, parts, remade, shortened
from certificates.report.instances import Instances
from certificates.report.record import read_record
from proofs.cli import print_table
from proofs.registry import PAPER_ORDER
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
def test_the_excerpt_is_what_the_command_prints(capsys: pytest.CaptureFixture[str]) -> None:
    """Verdicts, counterexamples, instances and the count, from the committed record."""
    sys.setrecursionlimit(20_000)
    record = read_record(PAPER, [c.item for c in PAPER_ORDER])
    assert not record.rejected
    print_table(list(record.verdicts.values()))
    printed = capsys.readouterr().out.splitlines()
    for item, counts in Instances(record).tally():
        own = ", ".join(f"{n} {verdict}" for verdict, n in counts.items() if n)
        printed.append(f"instances of {item}: {own}")
    printed.append(f"{len(record.checker.accepted)} certificates, each accepted by the checker")
    assert remade(README, printed) == README
