"""What is not a certificate is rejected in one clear sentence, in bounded time, without a trace."""

import hashlib
import json
import os
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from certificates import checker
from certificates.checker import Checker, Rejected, canonical, digest, main
from certificates.rules import REFUTATIONS, RULES, WHOLE
from certificates.rules.axioms import AXIOMS
from certificates.terms import BINDERS, FUNCTIONS, SORTS, Malformed
from tests.certificates.writing import A, Json, definition, document, statement, sums

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 25

GOOD = document(statement("x:real", "(<= 1 x)", "(<= 1 x)"), A)
OPEN = document(
    statement("x:real", "(<= 1 x)", "(<= 0 x)"),
    {"by": "open", "label": "cited", "source": "someone's theorem"},
)
Write = Callable[[bytes, str], Path]
Outcome = tuple[int, str, str]


def named(certificate: Json) -> str:
    """The file name of a certificate."""
    return f"{digest(certificate)[:16]}.json"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file and returns its path."""

    def writer(data: bytes, name: str) -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return writer


def run(capsys: pytest.CaptureFixture[str], *paths: Path | str, quiet: bool = False) -> Outcome:
    """Exit code, output and errors of the command line, in this process."""
    code = main([*map(str, paths), *(["--quiet"] if quiet else [])])
    output, errors = capsys.readouterr()
    return code, output, errors


def separate(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """The command line on a bare interpreter, from the root of the repository."""
    command = [sys.executable, "-E", "-s", "-S", "-m", "certificates.checker", *arguments]
    if environment:
        command = [sys.executable, "-s", "-S", *command[4:]]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS, check=False,
        encoding="utf-8", env={**os.environ, **environment},
    )  # fmt: skip


def refused(outcome: Outcome, reason: str = "") -> None:
    """One file was rejected, in one line that gives the reason."""
    code, output, errors = outcome
    assert code == 4
    assert output == "0 accepted, 1 rejected\n"
    assert errors.startswith("REJECTED ") and errors.count("\n") == 1 and len(errors) < 600
    assert "Traceback" not in errors
    assert reason in errors


# Bytes --------------------------------------------------------------------------------------------

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) + zlib.compress(b"pixels")
BYTES: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "not ASCII JSON"),
    "one line end": (b"\n", "not ASCII JSON"),
    "text": (b"Theorem 2 holds.\n", "not ASCII JSON"),
    "cut off": (canonical(GOOD)[:-20], "not ASCII JSON"),
    "two documents": (canonical(GOOD) * 2, "not ASCII JSON"),
    "image": (PNG, "not ASCII JSON"),
    "UTF-8": ('{"format":1,"item":"σ"}'.encode(), "not ASCII JSON"),
    "byte order mark": (b"\xef\xbb\xbf" + canonical(GOOD), "not ASCII JSON"),
    "UTF-16": (canonical(GOOD).decode().encode("utf-16"), "not ASCII JSON"),
    "zeros": (bytes(1000), "not ASCII JSON"),
    "single quotes": (b"{'format': 1}", "not ASCII JSON"),
    "a duplicate key": (b'{"format":1,"format":1}', "a key stands twice"),
    "a duplicate key inside": (b'{"format":1,"x":{"a":1,"a":2}}', "a key stands twice"),
    "a float": (b'{"format":1,"x":0.5}', "not an exact number"),
    "a whole float": (b'{"format":1.0}', "not an exact number"),
    "an exponent": (b'{"format":1,"x":1e9}', "not an exact number"),
    "NaN": (b'{"format":1,"x":NaN}', "not an exact number"),
    "Infinity": (b'{"format":1,"x":-Infinity}', "not an exact number"),
    "a huge integer": (b'{"format":1,"x":' + b"9" * 10**5 + b"}", "a number is too long"),
    "a huge integer in a text": (b'{"format":1,"x":"' + b"9" * 10**5 + b'"}', "too long"),
    "deep lists": (b'{"format":1,"x":' + b"[" * 10**5 + b"]" * 10**5 + b"}", "nested too deeply"),
    "deep objects": (b'{"x":' * 10**5 + b"1" + b"}" * 10**5, "nested too deeply"),
    "open brackets": (b"[" * 10**6, "nested too deeply"),
    "closing brackets": (b"]" * 10**6, "not ASCII JSON"),
    "too long": (b" " * 4_000_001, "longer than"),
    "a list": (b"[1]\n", "not a document of format 1"),
    "a number": (b"1\n", "not a document of format 1"),
    "null": (b"null\n", "not a document of format 1"),
    "no format": (b"{}\n", "not a document of format 1"),
    "another format": (b'{"format":2}\n', "not a document of format 1"),
    "the format as a text": (b'{"format":"1"}\n', "not a document of format 1"),
    "the format as a truth value": (b'{"format":true}\n', "true, false and null are not used"),
}


@pytest.mark.parametrize("what", BYTES)
def test_bytes(what: str, write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """Bytes that are not canonical JSON within the limits are rejected with the reason."""
    data, reason = BYTES[what]
    refused(run(capsys, write(data, f"{hashlib.sha256(data).hexdigest()[:16]}.json")), reason)


def test_depth_is_not_hidden_by_texts(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """Brackets in a text do not hide how deeply a document is nested."""
    for depth, reason in ((500, "nested too deeply"), (5_000, "nested"), (100_000, "")):
        deep = b"[" * depth + b"]" * depth
        data = b'{"format":1,"note":"' + b"]" * depth + b'","z":' + deep + b"}\n"
        name = f"{hashlib.sha256(data).hexdigest()[:16]}.json"
        refused(run(capsys, write(data, name)), reason)


NOT_CANONICAL: dict[str, Callable[[bytes], bytes]] = {
    "indented": lambda b: json.dumps(json.loads(b), indent=1, sort_keys=True).encode() + b"\n",
    "spaces": lambda b: b.replace(b",", b", "),
    "no line end": lambda b: b.rstrip(b"\n"),
    "two line ends": lambda b: b + b"\n",
    "a carriage return": lambda b: b.replace(b"\n", b"\r\n"),
    "a leading space": lambda b: b" " + b,
    "escaped letters": lambda b: b.replace(b'"Test"', b'"\\u0054est"'),
    "minus zero": lambda b: b.replace(b'["<=",1', b'["<=",-0'),
    "unsorted": lambda b: json.dumps(dict(reversed(json.loads(b).items())), separators=(",", ":"))
    .encode() + b"\n",
}  # fmt: skip


@pytest.mark.parametrize("what", NOT_CANONICAL)
def test_not_canonical(what: str, write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """The same document in other bytes is rejected, under the right name too."""
    data = NOT_CANONICAL[what](canonical(GOOD))
    assert data != canonical(GOOD)
    refused(run(capsys, write(data, named(json.loads(data)))), "not in canonical form")


# Names and paths ----------------------------------------------------------------------------------


def test_file_names(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """The name, or what follows its last hyphen, must begin the id, with 16 digits or more."""
    identity = digest(GOOD)
    for stem in (identity, identity[:16], f"theorem-2-{identity[:20]}"):
        assert run(capsys, write(canonical(GOOD), f"{stem}.json"))[0] == 0
    wrong = f"{(int(identity[0], 16) + 1) % 16:x}{identity[1:16]}"
    for stem in (wrong, identity[:15], identity[1:], "theorem", f"{identity[:16]}-a", "a-"):
        refused(run(capsys, write(canonical(GOOD), f"{stem}.json")), "which is not its name")


def test_paths(write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No path, a path to nothing and a folder without certificates are bad input: exit code 3."""
    assert run(capsys)[0] == 3
    empty = tmp_path / "empty"
    empty.mkdir()
    for paths in ([tmp_path / "none.json"], [empty], [write(b"", "a.txt"), tmp_path / "no"]):
        code, output, errors = run(capsys, *paths)
        assert (code, output) == (3, "")
        assert errors.startswith("checker: ") and errors.count("\n") == 1


def test_folder_that_looks_like_a_file(
    write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder whose name ends in .json is no certificate, and does not hide those beside it."""
    (tmp_path / "a.json").mkdir()
    code, output, errors = run(capsys, tmp_path)
    assert code in (3, 4) and errors.count("\n") == 1 and "1 accepted" not in output
    good = write(canonical(GOOD), named(GOOD))
    assert "1 accepted" in run(capsys, good.parent)[1]


def test_too_many_files(
    write: Write,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """More files than the limit are bad input."""
    monkeypatch.setattr(checker, "MOST_FILES", 3)
    for k in range(5):
        write(b"", f"{k}.json")
    code, output, errors = run(capsys, tmp_path)
    assert (code, output) == (3, "") and "more than 3 files" in errors


def test_good_beside_bad(write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every file has its own verdict; one rejected file makes the exit code 4."""
    write(canonical(GOOD), named(GOOD))
    code, output, _ = run(capsys, tmp_path)
    assert code == 0 and output.endswith("1 accepted, 0 rejected\n")
    assert "HOLDS Test, a" in output and "it holds that 1 ≤ x" in output
    assert run(capsys, tmp_path, quiet=True)[1] == "1 accepted, 0 rejected\n"
    write(b"", "0.json")
    code, output, errors = run(capsys, tmp_path)
    assert code == 4 and output.endswith("1 accepted, 1 rejected\n") and errors.count("\n") == 1


# Documents ----------------------------------------------------------------------------------------


def altered(base: Json = GOOD, /, **changes: Any) -> Json:
    """A document with fields changed."""
    return {**base, **changes}


def less(base: Json, key: str) -> Json:
    """A document without a field."""
    return {k: v for k, v in base.items() if k != key}


def saying(**changes: Any) -> Json:
    """The good certificate with its statement changed."""
    return altered(statement={**GOOD["statement"], **changes})


def concluding(conclusion: Any, variables: Any = None) -> Json:
    """A certificate with another conclusion."""
    return saying(conclusion=conclusion, variables=variables or [["x", "real"]])


F = definition("f", "y:real", "(* 2 y)")
DOCUMENTS: dict[str, Json] = {
    "an unknown key": altered(trust="me"),
    **{f"no {key}": less(GOOD, key) for key in GOOD if key != "format"},
    "an item that is no text": altered(item=7),
    "an empty item": altered(item=""),
    "a long item": altered(item="x" * 201),
    "a long part": altered(part="x" * 201),
    "a long note": altered(note="x" * 2001),
    "a note that is no text": altered(note=["x"]),
    "a statement that is a list": altered(statement=[]),
    "evidence that is a list": altered(evidence=[]),
    "evidence that is null": altered(evidence=None),
    "evidence without a rule": altered(evidence={}),
    "an unknown rule": altered(evidence={"by": "trust me"}),
    "a rule that is no text": altered(evidence={"by": ["assumption"]}),
    "definedness that is null": altered(definedness=None),
    "superfluous definedness": altered(definedness=[A]),
    "an unknown key in the statement": saying(trust="me"),
    **{f"a statement without {k}": altered(statement=less(GOOD["statement"], k))
       for k in GOOD["statement"]},
    "variables that are no list": saying(variables="x"),
    "a variable without a sort": saying(variables=["x"]),
    "an unknown sort": saying(variables=[["x", "complex"]]),
    "a variable twice": saying(variables=[["x", "real"], ["x", "real"]]),
    "a name with a space": saying(variables=[["x", "real"], ["a b", "real"]]),
    "a name with a line end": saying(variables=[["x", "real"], ["a\n", "real"]]),
    "a name that is not ASCII": saying(variables=[["x", "real"], ["µ", "real"]]),
    "a long name": saying(variables=[["x", "real"], ["a" * 41, "real"]]),
    "hypotheses that are no list": saying(hypotheses=1),
    "an unknown variable": concluding(["<=", 1, "z"]),
    "an unknown operator": concluding(["<=", 1, ["frobnicate", "x"]]),
    "an unknown connective": concluding(["xor", ["<=", 1, "x"], ["<=", 1, "x"]]),
    "a term for a formula": concluding("x"),
    "a formula for a term": concluding(["<=", 1, ["<=", 1, "x"]]),
    "an empty formula": concluding([]),
    "an empty conjunction": concluding(["and"]),
    "too few arguments": concluding(["<=", 1]),
    "too many arguments": concluding(["<=", 1, "x", "x"]),
    "an object in a term": concluding(["<=", 1, {"x": 1}]),
    "null in a term": concluding(["<=", 1, None]),
    "a truth value for a number": concluding(["<=", True, "x"]),
    "a truth value for an exponent": concluding(["<=", ["^", "x", True], "x"]),
    "a decimal": concluding(["<=", "0.5", "x"]),
    "a fraction over zero": concluding(["<=", "1/0", "x"]),
    "a real exponent": concluding(["<=", 1, ["^", "x", "x"]]),
    "a fractional exponent": concluding(["<=", 1, ["^", "x", "1/2"]]),
    "a coefficient of a number": concluding(["<=", 1, ["coef", "x", 1]]),
    "a real index": concluding(["<=", 0, ["coef", "c", "1/2"]], [["c", "sequence"]]),
    "a Hermite polynomial of a real index": concluding(["<=", 1, ["hermite", "x", "x"]]),
    "a Hermite polynomial without an argument": concluding(["<=", 1, ["hermite", 2]]),
    "a definition called like a Hermite polynomial": saying(
        definitions=[{**F, "name": "hermite"}]
    ),
    "a sequence as a number": concluding(["<=", 0, "c"], [["c", "sequence"]]),
    "a series that is not over a sequence": concluding(["<=", 0, ["series", "i", 0, "i"]]),
    "a binder that binds a number": concluding(["<=", 0, ["iter", 1, "x", 1, "x"]]),
    "an undefined function": concluding(["<=", 1, ["call", "f", "x"]]),
    "a call with too many arguments": saying(
        definitions=[F], conclusion=["<=", 1, ["call", "f", "x", "x"]]
    ),
    "a definition twice": saying(definitions=[F, F]),
    "a recursive definition": saying(definitions=[{**F, "body": ["call", "f", "y"]}]),
    "a definition with a free variable": saying(definitions=[{**F, "body": "x"}]),
    "a definition without a domain": saying(definitions=[less(F, "where")]),
    "a definition of a sequence": saying(definitions=[{**F, "parameters": [["y", "sequence"]]}]),
    "a real definition called integer": saying(definitions=[{**F, "sort": "int"}]),
    "a definition of an unknown sort": saying(
        definitions=[{**F, "body": 1, "sort": "banana"}]
    ),
    "a definition without a name": saying(definitions=[{**F, "name": ""}]),
    "rests_on that is no list": altered(rests_on="0" * 64),
    "rests_on with a number": altered(rests_on=[7]),
    "rests_on what is not here": altered(rests_on=["0" * 64]),
    "rests_on twice": altered(rests_on=["0" * 64] * 2),
    "an open record with definedness": altered(OPEN, definedness=[A]),
    "an open record with a proof": altered(OPEN, evidence={**OPEN["evidence"], "then": A}),
    "an open record that rests on something": altered(OPEN, rests_on=["0" * 64]),
    "an open record without a source": altered(OPEN, evidence=less(OPEN["evidence"], "source")),
    "an open record without a label": altered(OPEN, evidence=less(OPEN["evidence"], "label")),
    "an open record with another label": altered(
        OPEN, evidence={**OPEN["evidence"], "label": "obvious"}
    ),
    "an open record with a number for a source": altered(
        OPEN, evidence={**OPEN["evidence"], "source": 7}
    ),
    "an open record inside a proof": altered(
        evidence={"by": "split", "parts": [OPEN["evidence"], A]}
    ),
    "a counterexample inside a proof": altered(
        evidence={"by": "split", "parts": [{"by": "counterexample", "precision": 64, "at": {}}]}
    ),
    "a truth value for a precision": altered(
        evidence={"by": "counterexample", "precision": True, "at": {"x": 1}}
    ),
    "a line end in the item": altered(item="a\nHOLDS Theorem 2, statement   [exact]"),
    "a control character in the part": altered(part="a\x1b[2K"),
    "half a character in the item": altered(item="\ud800"),
    "a line end in the note": altered(note="a\nHOLDS Theorem 2, statement   [exact]"),
}  # fmt: skip


@pytest.mark.parametrize("what", DOCUMENTS)
def test_documents(what: str, write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """A document in canonical form and under its name, but not a certificate, is rejected."""
    bad = DOCUMENTS[what]
    refused(run(capsys, write(canonical(bad), named(bad))))


def test_truth_values_are_not_indices() -> None:
    """True does not stand for the index 1, nor for the exponent 1."""
    one = statement("x:real", "(<= 0 x)", "(or (<= x 0) (<= 0 x))")
    two = statement("x:real", "(<= 0 x)", "(or (<= 0 x) (<= 1 x))", "(<= 0 x)")
    for says, evidence in (
        (one, {"by": "or", "index": True, "then": A}),
        (two, {"by": "alternatives", "hypothesis": True, "each": [A, A]}),
        (GOOD["statement"], sums([1, [[0, True]]], [1, [[1, 1]]])),
        (GOOD["statement"], sums([1, [[0, 1]]], [1, [[True, 1]]])),
    ):
        certificate = document(says, evidence)
        with pytest.raises((Rejected, Malformed)):
            Checker({digest(certificate): certificate}).check(digest(certificate))


def test_open_record(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """An open record is accepted as a record, and printed as carrying no proof."""
    for label in checker.LABELS:
        record = altered(OPEN, evidence={**OPEN["evidence"], "label": label})
        code, output, _ = run(capsys, write(canonical(record), named(record)))
        assert code == 0
        assert output.startswith("OPEN ") and f"no proof is recorded; {label}: " in output
        assert "HOLDS" not in output


# What a certificate rests on ----------------------------------------------------------------------


def using(lemma: str, conclusion: str = "(<= 1 x)") -> Json:
    """A certificate that uses a lemma about x >= 1."""
    use = {"by": "use", "lemma": lemma, "with": {"x": "x"}, "given": [A], "then": A}
    return document(statement("x:real", "(<= 1 x)", conclusion), use, (), [lemma])


def checked(certificate: Json, *others: Json) -> str:
    """Why the certificate is rejected, or its verdict."""
    found = Checker({digest(d): d for d in (certificate, *others)})
    try:
        return found.check(digest(certificate)).verdict
    except (Rejected, Malformed) as error:
        return str(error)


def test_lemmas() -> None:
    """A lemma must be here, be used, and hold; an open, failing or refuted one proves nothing."""
    rests = using(digest(GOOD))
    assert checked(rests, GOOD) == "holds"
    assert "is not here" in checked(rests)
    assert "does not use" in checked(altered(rests_on=[digest(OPEN)]), OPEN) or "not hold" in (
        checked(altered(rests_on=[digest(OPEN)]), OPEN)
    )
    unused = document(GOOD["statement"], A, (), [digest(rests)])
    assert "does not use" in checked(unused, rests, GOOD)
    assert "which does not hold" in checked(using(digest(OPEN), "(<= 0 x)"), OPEN)
    refuted = document(
        statement("x:real", "(<= 1 x)", "(<= 2 x)"),
        {"by": "counterexample", "precision": 64, "at": {"x": 1}},
    )
    assert checked(refuted) == "fails"
    assert "which does not hold" in checked(using(digest(refuted), "(<= 2 x)"), refuted)
    failing = document(statement("x:real", "(<= 1 x)", "(<= 2 x)"), A)
    assert checked(failing) not in ("holds", "fails", "open")
    assert checked(using(digest(failing), "(<= 2 x)"), failing) != "holds"
    undeclared = {**rests, "rests_on": []}
    assert "rests_on does not name" in checked(undeclared, GOOD)


def test_circles() -> None:
    """A certificate that rests on itself, directly or not, is rejected; so is a forged id."""
    first, second = "a" * 64, "b" * 64
    for documents in (
        {first: using(first)},
        {first: using(second), second: using(first)},
        {first: GOOD},
    ):
        found = Checker(documents)
        for identity in documents:
            with pytest.raises(Rejected):
                found.check(identity)
        assert not found.accepted


def test_long_chains_in_any_order() -> None:
    """Whether a chain of lemmas is accepted does not depend on which end is checked first."""
    chain = [GOOD]
    for _ in range(60):
        chain.append({**using(digest(chain[-1])), "note": str(len(chain))})
    documents = {digest(d): d for d in chain}
    for order in (chain, chain[::-1]):
        found = Checker(documents)
        assert {found.check(digest(d)).verdict for d in order} == {"holds"}


# Bounded work -------------------------------------------------------------------------------------


def tower() -> Json:
    """2^64^64^64^64^64^64."""
    term: Any = 2
    for _ in range(6):
        term = ["^", term, 64]
    return concluding(["<=", 0, term])


def doubled() -> Json:
    """Sixty definitions, each calling the one before it twice."""
    last = definition("f0", "y:real", "y")
    chain = [last]
    for k in range(1, 60):
        twice = f"(+ (call f{k - 1} y) (call f{k - 1} y))"
        chain.append(definition(f"f{k}", "y:real", twice))
    return saying(definitions=chain, conclusion=["<=", ["call", "f59", "x"], ["call", "f59", "x"]])


def moments() -> Json:
    """E (x + 1)^40."""
    term = ["expect", "x", ["^", ["+", "x", 1], 40]]
    evidence = {"by": "axiom", "name": "gaussian_moments", "with": [term], "given": [], "then": A}
    return altered(evidence=evidence)


def wide() -> Json:
    """(x + y + z)^64 multiplied out, many times."""
    says = statement("x:real y:real z:real", "(<= 0 (+ x y z))", "(<= 0 x)")
    return document(says, sums([1, [[0, 64]] * 50]))


def repeated() -> Json:
    """(a + b + c + d + 1)^14 multiplied out 4000 times."""
    says = statement("a:real b:real c:real d:real", "(<= 0 (+ a b c d 1))", "(<= 0 a)")
    return document(says, sums(*[[1, [[0, 14]]]] * 4000))


def nested_ranges() -> Json:
    """A triple loop of 5000^3 steps."""
    inside = "(and (<= 1 i) (<= i 5000) (<= 1 j) (<= j 5000) (<= 1 k) (<= k 5000))"
    says = statement("", f"(forall ((i int) (j int) (k int)) (implies {inside} (<= i 5000)))")
    return document(says, {"by": "counterexample", "precision": 64, "at": {}})


@pytest.mark.parametrize("bomb", [tower, doubled, moments, wide, repeated, nested_ranges])
def test_small_files_that_ask_for_much_work(bomb: Callable[[], Json], write: Write) -> None:
    """A short certificate cannot keep the checker busy for long."""
    certificate = bomb()
    path = write(canonical(certificate), named(certificate))
    try:
        done = separate(str(path))
    except subprocess.TimeoutExpired:
        pytest.fail(f"more than {SECONDS} seconds for {path.stat().st_size} bytes")
    assert done.returncode in (0, 4) and "Traceback" not in done.stderr


def test_example_in_the_specification() -> None:
    """The certificate that FORMAT.md prints has the id that is given there, and is accepted."""
    text = (ROOT / "certificates" / "FORMAT.md").read_text(encoding="utf-8")
    example = json.loads(text.split("```json\n")[1].split("```")[0])
    identity = digest(example)
    assert f"-{identity[:16]}.json" in text
    found = Checker({identity: example})
    assert checker.describe(found.check(identity), found) in text


def test_specification_names_every_rule() -> None:
    """FORMAT.md speaks of every rule, axiom, label, operator and limit of the checker."""
    text = (ROOT / "certificates" / "FORMAT.md").read_text(encoding="utf-8")
    names = {*RULES, *WHOLE, *REFUTATIONS, *AXIOMS, *checker.LABELS, *FUNCTIONS, *BINDERS, *SORTS}
    for name in names:
        assert f"`{name}" in text or f'"{name}"' in text or f", `{name}`" in text, name
    for fields in (RULES | WHOLE | REFUTATIONS).values():
        for key in fields[1].split():
            assert f"`{key}" in text, key
    for limit in (checker.MOST_BYTES, checker.MOST_STEPS, checker.MOST_FILES, checker.MOST_DIGITS):
        assert f"{limit:,}" in text


# The checker as a program -------------------------------------------------------------------------


def test_bare_interpreter(write: Write) -> None:
    """The checker runs without site packages: 0 for a good file, 4 for a bad one, 3 for no file."""
    good = write(canonical(GOOD), named(GOOD))
    done = separate(str(good))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("1 accepted, 0 rejected\n")
    bad = separate(str(write(PNG, "0.json")))
    assert bad.returncode == 4 and bad.stderr.count("\n") == 1
    assert separate(str(good) + ".none").returncode == 3
    assert separate().returncode == 3


def test_output_in_any_encoding(write: Write) -> None:
    """A terminal that cannot show Greek letters does not stop the checker."""
    done = separate(str(write(canonical(GOOD), named(GOOD))), PYTHONIOENCODING="ascii")
    assert done.returncode == 0 and "1 accepted" in done.stdout


def test_imports_are_of_the_standard_library(write: Write) -> None:
    """A run of the checker imports nothing but the standard library and `certificates`."""
    path = write(canonical(GOOD), named(GOOD))
    program = (
        "import sys, certificates.checker as c\n"
        f"c.main([{str(path)!r}])\n"
        "names = {m.split('.')[0] for m in sys.modules}\n"
        "print(sorted(names - set(sys.stdlib_module_names) - {'certificates', '__main__'}))\n"
        "print(sorted(m for m in sys.modules if m.startswith('certificates.rules.')))\n"
    )
    done = subprocess.run(
        [sys.executable, "-E", "-s", "-S", "-c", program], cwd=ROOT, capture_output=True,
        text=True, timeout=SECONDS, check=True, encoding="utf-8",
    )  # fmt: skip
    foreign, rules = done.stdout.splitlines()[-2:]
    assert foreign == "[]"
    assert "certificates.rules.polynomial" in rules


def test_names_of_modules() -> None:
    """No file of the checker bears the name of a module of the standard library."""
    for path in (ROOT / "certificates").rglob("*.py"):
        assert path.stem not in sys.stdlib_module_names, path


def test_checker_is_short() -> None:
    """The core has at most 700 lines, and each kind of evidence at most 160."""
    core = (ROOT / "certificates" / "checker.py").read_text(encoding="utf-8")
    assert len(core.splitlines()) <= 700
    for path in sorted((ROOT / "certificates" / "rules").glob("*.py")):
        lines = len(path.read_text(encoding="utf-8").splitlines())
        assert lines <= 160, f"{path.name} has {lines} lines"
