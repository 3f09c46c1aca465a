"""A small folder of real certificates, and the site made from it."""

import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from certificates.report.pages import build

PAPER = Path(__file__).resolve().parents[2] / "certificates" / "paper"
FOLDERS = ("l0", "lemma_22", "lemma_23", "lemma_6", "powers", "fact_2", "fact_4", "definition_1")
INSTANCES = ("_instance_relu_delta_1_10-", "_instance_sign_delta_1-", "_instance_relu_delta_1_2-")


def small_copy(target: Path, folders: Sequence[str] = FOLDERS) -> Path:
    """The certificates of a few items, a few of their instances, and what they rest on."""
    waiting = [
        path
        for folder in folders
        for path in sorted((PAPER / folder).glob("*.json"))
        if "_instance_" not in path.name or any(i in path.name for i in INSTANCES)
    ]
    while waiting:
        path = waiting.pop()
        copy = target / path.relative_to(PAPER)
        if copy.exists():
            continue
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
        for identity in json.loads(path.read_bytes()).get("rests_on", []):
            waiting += PAPER.glob(f"*/*-{identity[:16]}.json")
    return target


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of certificates."""
    sys.setrecursionlimit(20_000)
    return small_copy(tmp_path_factory.mktemp("record") / "certificates")


@pytest.fixture(scope="session")
def site(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site made from it."""
    out = tmp_path_factory.mktemp("site") / "out"
    record = build(source, out, ["Definition 1", "Lemma 6", "Lemma 22"], {})
    assert not record.rejected
    return out
