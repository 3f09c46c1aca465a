"""What has not changed is not compiled again; what loads a changed file is."""

from pathlib import Path

import pytest

from proofs.kernel import build
from proofs.kernel.build import Build, Source, coq_version, coqc, source
from tests.kernel.coq import needs_coq


def sources(a: str = "0", c: str = "0") -> list[Source]:
    """A file, one that loads it, and one that stands alone."""
    version = str(coq_version())
    first = source("A", f"Definition a := {a}.\n", {}, version)
    text = "From Conditioning Require Import A.\nDefinition b := a.\n"
    second = source("B", text, {"A": first}, version)
    return [first, second, source("C", f"Definition c := {c}.\n", {}, version)]


@needs_coq
def test_only_what_has_changed_and_what_loads_it_is_compiled(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    compiled: list[str] = []

    def noted(folder: Path, name: str, options: list[str]) -> str:
        compiled.append(name)
        return coqc(folder, name, options)

    monkeypatch.setattr(build, "coqc", noted)
    for items, expected in (
        (sources(), "ABC"),
        (sources(), ""),
        (sources(c="1"), "C"),
        (sources(a="1"), "AB"),
        (sources(a="0 +"), "A"),  # refused, and so is what loads it
    ):
        compiled.clear()
        made = Build(tmp_path)
        made.compile_all(items, 2, lambda _what, _done, _count: None)
        assert "".join(sorted(compiled)) == expected
        assert set(made.refused) == ({"A", "B"} if items[0].text.endswith("+.\n") else set())
