"""What a compiled theorem may rest on: Coq's own list of axioms, read with suspicion.

`Print Assumptions` of all theorems together is redirected to a file in a fresh folder, so that no
older answer can be read.  Only the four axioms of the standard library's classical reals pass, each
with its own type; a text of unknown shape does not pass.  Besides, no word that assumes something
or switches a check off may stand in a generated file or in the development.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from proofs.kernel.build import Build, Source, coqc

ALLOWED = {
    "ClassicalDedekindReals.sig_not_dec": "forall P : Prop, {~ ~ P} + {~ P}",
    "ClassicalDedekindReals.sig_forall_dec": "forall P : nat -> Prop, "
    "(forall n : nat, {P n} + {~ P n}) -> {n : nat | ~ P n} + {forall n : nat, P n}",
    "FunctionalExtensionality.functional_extensionality_dep": "forall (A : Type) "
    "(B : A -> Type) (f g : forall x : A, B x), (forall x : A, f x = g x) -> f = g",
    "Classical_Prop.classic": "forall P : Prop, P \\/ ~ P",
}
CLOSED = "Closed under the global context"
FORBIDDEN = re.compile(
    r"\b(Admitted|admit|give_up|Abort|Axioms?|Parameters?|Conjectures?|bypass_check|Redirect|Load|"
    r"Unset|Declare|Extract\w*|Add|Drop|Cd|Primitive|Register|Conditional|Hypothesis\s+\w+\s*:=)\b"
)
LONGEST_ANSWER = 200_000


class Refused(Exception):
    """A theorem rests on what it may not rest on: says on what."""


def axioms(answer: str) -> tuple[str, ...]:
    """The names in an answer of `Print Assumptions`.  Raises Refused unless all are allowed."""
    lines = answer.rstrip("\n").split("\n")
    if lines == [CLOSED]:
        return ()
    if lines[0] != "Axioms:" or len(lines) < 2:
        raise Refused(f"an answer of unknown shape: {lines[0][:60]!r}")
    entries: list[str] = []
    for line in lines[1:]:
        if line[:1].isspace() and entries:
            entries[-1] += line
        elif line and not line[:1].isspace():
            entries.append(line)
        else:
            raise Refused(f"a line of unknown shape: {line[:60]!r}")
    names = []
    for entry in entries:
        name, colon, type_of = " ".join(entry.split()).partition(" : ")
        if not colon or ALLOWED.get(name) != type_of:
            raise Refused(f"the axiom {name[:100]} is not allowed")
        names.append(name)
    if len(set(names)) != len(names):
        raise Refused("an axiom is listed twice")
    return tuple(sorted(names))


def without_comments(text: str) -> str:
    """Coq text without its comments, which nest.  Raises Refused if one does not end."""
    kept, depth = [], 0
    for piece in re.split(r"(\(\*|\*\))", text):
        if piece == "(*":
            depth += 1
        elif piece == "*)" and depth:
            depth -= 1
        elif not depth:
            kept.append(piece)
    if depth:
        raise Refused("a comment does not end")
    return " ".join(kept)


def check_text(item: Source) -> None:
    """Raise Refused if a file assumes something in so many words."""
    found = FORBIDDEN.search(without_comments(item.text))
    if found:
        raise Refused(f"{item.name}.v says {found.group()}")


def audit(build: Build, theorems: Mapping[str, Sequence[str]], files: Mapping[str, Source]) -> (
    tuple[str, ...]
):  # fmt: skip
    """The axioms of the theorems of compiled files, by file.  Raises Refused."""
    chosen = [files[name] for name in theorems]
    for item in {s.name: s for f in chosen for s in (f, *f.all_loaded().values())}.values():
        check_text(item)
    lines = ["From Conditioning Require " + " ".join(theorems) + "."]
    for k, (name, own) in enumerate(theorems.items()):
        lines.append(f"Definition all_{k} := {all_of(f'{name}.{t}' for t in own)}.")
    everything = all_of(f"all_{k}" for k in range(len(theorems)))
    lines += [f"Definition everything := {everything}.",
              'Redirect "assumptions" Print Assumptions everything.']  # fmt: skip
    return axioms(run(build, chosen, "\n".join(lines) + "\n"))


def all_of(names: Iterable[str]) -> str:
    """A Coq term that rests on all that these names stand for; in a tuple, each type would be
    repeated in the type of every shorter tuple."""
    return "".join(f"let _ := {name} in\n  " for name in names) + "tt"


def run(build: Build, files: Sequence[Source], text: str) -> str:
    """What a text over compiled files redirects to `assumptions`.  Raises Refused."""
    with tempfile.TemporaryDirectory() as fresh:
        (Path(fresh) / "Assumptions.v").write_text(text, encoding="utf-8")
        said = coqc(Path(fresh), "Assumptions", build.options(files))
        if said:
            raise Refused(f"the list of axioms was not made: {said.splitlines()[-1]}")
        answer = Path(fresh) / "assumptions.out"
        if not answer.is_file() or answer.stat().st_size > LONGEST_ANSWER:
            raise Refused("Coq gave no list of axioms")
        return answer.read_text(encoding="utf-8")
