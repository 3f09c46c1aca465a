"""Compiles Coq files, each once as long as it and all that it loads stay the same.

A file is kept under a key: the hash of Coq's version, its text, and the keys of the files of the
development that it loads.  So what is found under a key was compiled from just these bytes; a
file is compiled in a fresh folder, which gets its final name when coqc has accepted it.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

DEVELOPMENT = Path(__file__).parents[1] / "coq"
LOADED = re.compile(r"^From Conditioning Require (?:Import |Export )?([\w\s]+)\.", re.MULTILINE)
VERSION = re.compile(r"[0-9][0-9A-Za-z.+~ -]{1,60}\Z")
SECONDS = 900  # for one file
NO_COQ = "kernel: not checked here (coqc not found)"


class BuildError(Exception):
    """The build cannot go on: says why."""


@dataclass(frozen=True)
class Source:
    """A Coq file, the files of the development that it loads, and its key."""

    name: str
    text: str
    loads: tuple[Source, ...]
    version: str

    @property
    def key(self) -> str:
        """The name under which the compiled file is kept."""
        return _hash(self.version, self.name, self.text, *(s.key for s in self.loads))

    def all_loaded(self) -> dict[str, Source]:
        """The files that it loads, directly or not, by name."""
        found: dict[str, Source] = {}
        for source in self.loads:
            found |= {source.name: source} | source.all_loaded()
        return found

    @property
    def development(self) -> str:
        """The hash of all files of the development that it loads, whatever Coq's version."""
        loaded = self.all_loaded()
        return _hash(*(part for name in sorted(loaded) for part in (name, loaded[name].text)))


def _hash(*parts: str) -> str:
    state = hashlib.sha256()
    for part in parts:
        data = part.encode()
        state.update(len(data).to_bytes(8, "big") + data)
    return state.hexdigest()


@cache
def coq_version() -> str | None:
    """The version of the coqc on the path, with that of OCaml, or None if there is none."""
    program = shutil.which("coqc")
    if program is None:
        return None
    try:
        done = subprocess.run(
            [program, "--print-version"], capture_output=True, text=True, timeout=60, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    version = done.stdout.strip()
    return version if VERSION.match(version) else None


def development_files() -> list[str]:
    """The files of `_CoqProject` without `.v`, each after those that it loads."""
    project = (DEVELOPMENT / "_CoqProject").read_text(encoding="utf-8")
    return [line.removesuffix(".v") for line in project.split() if line.endswith(".v")]


def development(version: str) -> dict[str, Source]:
    """The files of the development by name.  Raises BuildError."""
    found: dict[str, Source] = {}
    for name in development_files():
        text = (DEVELOPMENT / f"{name}.v").read_text(encoding="utf-8")
        found[name] = source(name, text, found, version)
    return found


def source(name: str, text: str, known: Mapping[str, Source], version: str) -> Source:
    """A file over those of the development.  Raises BuildError for one that is not there."""
    names = sorted({n for names in LOADED.findall(text) for n in names.split()})
    missing = [n for n in names if n not in known]
    if missing:
        raise BuildError(f"{name}.v loads {missing[0]}, which stands in no earlier file")
    return Source(name, text, tuple(known[n] for n in names), version)


@dataclass
class Build:
    """A folder of compiled files, and what coqc refused, with its words."""

    folder: Path
    refused: dict[str, str] = field(default_factory=dict)

    def place(self, item: Source) -> Path:
        """The folder of a compiled file."""
        return self.folder / item.key[:32]

    def has(self, item: Source) -> bool:
        """Whether the file was compiled from just these bytes."""
        place = self.place(item)
        return (place / f"{item.name}.vo").is_file() and _reads(place / f"{item.name}.v", item.text)

    def options(self, items: Iterable[Source]) -> list[str]:
        """Where coqc finds the files, and all that they load."""
        found: dict[str, Source] = {}
        for item in items:
            found |= {item.name: item} | item.all_loaded()
        places = [str(self.place(found[name])) for name in sorted(found)]
        return ["-q", "-w", "none", *(x for p in places for x in ("-Q", p, "Conditioning"))]

    def compile(self, item: Source) -> str:
        """Compile a file whose loads are there; what coqc says against it, or ""."""
        if self.has(item):
            return ""
        self.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self.folder, prefix=".new-") as fresh:
            (Path(fresh) / f"{item.name}.v").write_text(item.text, encoding="utf-8")
            said = coqc(Path(fresh), item.name, self.options(item.loads))
            if said:
                return said
            place = self.place(item)
            shutil.rmtree(place, ignore_errors=True)
            os.replace(fresh, place)
            Path(fresh).mkdir()  # for the context manager to remove
        return ""

    def compile_all(
        self, items: Iterable[Source], jobs: int, progress: Callable[[str, int, int], None]
    ) -> None:
        """Compile files and what they load, several at a time, large ones first."""
        chosen = list(items)
        waiting: dict[str, Source] = {}
        for item in chosen:
            waiting |= {s.key: s for s in (*item.all_loaded().values(), item)}
        total, done = len(waiting), 0
        compiled: set[str] = set()
        with ThreadPoolExecutor(jobs) as pool:
            running: dict[Future[str], Source] = {}
            while waiting or running:
                ready = [s for s in waiting.values() if all(d.key in compiled for d in s.loads)]
                for item in sorted(ready, key=lambda s: -len(s.text))[: jobs - len(running)]:
                    del waiting[item.key]
                    running[pool.submit(self.compile, item)] = item
                if not running:  # what is left loads a refused file
                    for item in waiting.values():
                        self.refused[item.name] = "it loads a file that was refused"
                    return
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    item = running.pop(future)
                    said, done = future.result(), done + 1
                    progress(item.name, done, total)
                    if said:
                        self.refused[item.name] = said
                    else:
                        compiled.add(item.key)


def coqc(folder: Path, name: str, options: list[str]) -> str:
    """Run coqc on a file of a folder, from there; what it says against it, or ""."""
    try:
        done = subprocess.run(
            ["coqc", *options, "-Q", ".", "Conditioning", f"{name}.v"],
            cwd=folder, capture_output=True, text=True, timeout=SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return f"coqc took more than {SECONDS} seconds"
    except OSError as error:
        raise BuildError(f"coqc cannot be run: {error.strerror}") from None
    if done.returncode:
        return done.stderr.strip() or f"coqc ended with code {done.returncode}"
    return "" if (folder / f"{name}.vo").is_file() else "coqc wrote no compiled file"


def _reads(path: Path, text: str) -> bool:
    try:
        return path.read_text(encoding="utf-8") == text
    except (OSError, UnicodeDecodeError):
        return False
