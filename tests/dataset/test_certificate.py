"""The certificate of a data set: accepted as made, rejected wherever it is made false."""

from __future__ import annotations

import copy
import io
import json
import pickle
import shutil
import subprocess
import sys
from array import array as numbers
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from certificates.checker import Checker, Rejected, canonical, digest, main, read
from certificates.dataset import check_dataset
from certificates.dataset_words import describe
from certificates.definite import least_eigenvalue
from certificates.npy import Array, parse_npy
from certificates.terms import Malformed
from proofs import certify_dataset
from proofs.cli import cli
from proofs.dataset.certificate import data_set_certificates
from proofs.dataset.reading import BadData, Floats, fingerprint
from symbolic import Activation, activation_from_formula, named_activation

Document = dict[str, Any]


def as_array(rows: Floats) -> Array:
    """An array as the checker reads it."""
    n, d = rows.shape
    return Array(n, d, numbers("Q", np.ascontiguousarray(rows, dtype="<f8").tobytes()))


def points(seed: int, n: int, d: int) -> Floats:
    """n Gaussian points."""
    return np.random.default_rng(seed).standard_normal((n, d))


def made(
    rows: Floats, name: str, depths: list[int], kernel: str = "both", gram: bool = False
) -> tuple[Document, list[Document]]:
    """The certificate of a data set, and those that it rests on."""
    formula = name.partition("formula ")[2]
    activation = activation_from_formula(formula) if formula else named_activation(name)
    assert isinstance(activation, Activation)
    found = certify_dataset(rows, activation, depths, kernel, gram)
    *lemmas, document = data_set_certificates(found, rows, activation)
    return read(canonical(document)), lemmas


def checked(document: Document, lemmas: list[Document], rows: Floats) -> Any:
    """Check a certificate against an array."""
    checker = Checker({digest(d): d for d in lemmas})
    given = as_array(rows)
    return check_dataset(document, {given.sha256: given}, checker)


BASE = points(7, 1, 5)[0]
CASES: dict[str, tuple[Floats, str, bool]] = {
    "relu": (points(1, 6, 8), "relu", True),
    "abs, duplicates": (np.array([BASE, 2 * BASE, points(2, 1, 5)[0]]), "abs", True),
    "erf, last bit": (np.array([BASE, np.nextafter(BASE, 9.0)]), "erf", True),
    "sin, more points": (points(3, 6, 2), "sin", True),
    "exp, one point": (BASE[None, :], "exp(1/2)", True),
    "h(3), orthonormal": (np.eye(4), "h(3)", True),
    "leaky, denormal": (points(4, 3, 5) * 5e-321, "leaky_relu(1/10)", True),
    "gaussian, huge": (points(4, 3, 5) * 1e307, "gaussian", True),
    "polynomial": (points(5, 4, 6), "formula x + x^3/5", True),
    "mixed formula": (points(6, 3, 6), "formula max(0, x) + sin(x)/3", True),
    "no proof of the dual": (points(6, 3, 6), "formula x*sin(x)", False),
    "sign, near and parallel": (
        np.array([BASE, BASE + 1e-7, -3 * BASE, points(2, 1, 5)[0]]), "sign", True),
    "step": (points(1, 6, 8), "step", True),
}  # fmt: skip
JUMPING = ("sign", "step")


@pytest.mark.parametrize("name", sorted(CASES))
def test_certificates_are_accepted(name: str) -> None:
    """Closed forms of several kinds, on easy and on difficult points."""
    rows, activation, proved = CASES[name]
    kernel = "top" if activation in JUMPING else "both"
    document, lemmas = made(rows, activation, [1, 3], kernel)
    found = checked(document, lemmas, rows)
    assert (found.proved, found.complete) == (proved, True)
    assert ("is not re-checked" in describe(found)) != proved


def test_an_activation_that_jumps_has_no_tangent_kernel() -> None:
    """Its top-layer kernel is no other, and neither is an eigenvalue of it."""
    rows, name, _ = CASES["sign, near and parallel"]
    document, lemmas = made(rows, name, [2], "top")
    with pytest.raises(Rejected):
        checked(replaced(document, "kernels", 0, "kind", by="ntk"), lemmas, rows)
    with pytest.raises(Rejected):
        checked(replaced(document, "kernels", 0, "depth", by=3), lemmas, rows)
    with pytest.raises(Rejected):
        checked(replaced(document, "precision", by=64), lemmas, rows)


@cache
def example() -> tuple[Floats, Document, list[Document]]:
    """A certificate with everything in it."""
    rows = points(1, 6, 8)
    return rows, *made(rows, "relu", [2, 40])


def changed(text: str, by: int) -> str:
    """A decimal, moved by some units in the tenth digit."""
    value = Fraction(text)
    digits = 10 - len(str(int(abs(value))))
    return f"{float(value + Fraction(by, 10**digits)):.15f}"


def number_places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where the decimals of a document are."""
    if isinstance(value, dict):
        return [p for k in value for p in number_places(value[k], (*path, k))]
    if isinstance(value, list):
        return [p for k, v in enumerate(value) for p in number_places(v, (*path, k))]
    plain = isinstance(value, str) and value.replace(".", "").replace("-", "").isdigit()
    return [path] if plain else []


def test_each_number_is_checked() -> None:
    """An enclosure that is moved up or down is rejected; so is a bound moved either way."""
    rows, document, lemmas = example()
    places = [
        p for p in number_places({k: v for k, v in document.items() if k != "activation"})
        if p[0] in ("assumption_1", "assumption_2", "kernels", "bounds")
    ] + [("activation", "mu", 0), ("activation", "mu", 1)]  # fmt: skip
    assert len(places) > 30
    for place in places:
        inward = {0: (1,), 1: (-1,)}.get(place[-1], (-1, 1))
        for sign in inward:
            forged = copy.deepcopy(document)
            inner = forged
            for key in place[:-1]:
                inner = inner[key]
            if place[0] == "bounds" and place[-1] == "depth":
                continue
            inner[place[-1]] = changed(inner[place[-1]], 10**5 * sign)
            with pytest.raises((Rejected, Malformed)):
                checked(forged, lemmas, rows)


def replaced(document: Document, *path: Any, by: Any) -> Document:
    """A document with one value replaced."""
    forged = copy.deepcopy(document)
    inner = forged
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = by
    return forged


FORGERIES: dict[str, Callable[[Document], Document]] = {
    "another pair": lambda d: replaced(d, "assumption_1", "pair", by=[0, 1]),
    "a pair backwards": lambda d: replaced(
        d, "assumption_1", "pair", by=d["assumption_1"]["pair"][::-1]
    ),
    "delta beyond 1": lambda d: replaced(d, "assumption_1", "delta", by=["1.5", "1.6"]),
    "singular by dimension": lambda d: replaced(
        d, "assumption_2", by={"delta": ["0", "0"], "singular": "dimension"}
    ),
    "singular by a pair": lambda d: replaced(
        d, "assumption_2", by={"delta": ["0", "0"], "singular": "parallel"}
    ),
    "wrong n": lambda d: replaced(d, "points", by=5),
    "wrong dimension": lambda d: replaced(d, "dimension", by=9),
    "wrong input": lambda d: replaced(d, "input", by="gram"),
    "another kernel": lambda d: replaced(d, "kernels", 0, "kind", by="ntk"),
    "another depth": lambda d: replaced(d, "kernels", 0, "depth", by=3),
    "no such kernel": lambda d: replaced(d, "kernels", 0, "kind", by="other"),
    "a guarantee too early": lambda d: replaced(
        d, "guaranteed", "Corollary 3, part 1", by=d["guaranteed"]["Corollary 3, part 1"] - 1
    ),
    "a guarantee too late": lambda d: replaced(
        d, "guaranteed", "Corollary 9, part 2", by=d["guaranteed"]["Corollary 9, part 2"] + 1
    ),
    "another activation": lambda d: replaced(d, "activation", "sigma", by=["abs", "x"]),
    "another closed form": lambda d: replaced(d, "activation", "dual", by=["^", "rho", 2]),
    "another slope": lambda d: replaced(d, "activation", "slope", by=1),
    "a name out of scope": lambda d: replaced(d, "activation", "dual", by=["+", "rho", "x"]),
    "a sample where none is due": lambda d: {**d, "sample": {"univariate": [], "entries": []}},
    "no lemma at hand": lambda d: replaced(d, "rests_on", by=["0" * 64]),
    "an unknown key": lambda d: {**d, "more": 1},
    "a missing key": lambda d: {k: v for k, v in d.items() if k != "precision"},
    "too little precision": lambda d: replaced(d, "precision", by=64),
    "a truth value": lambda d: replaced(d, "points", by=True),
    "a long decimal": lambda d: replaced(d, "kernels", 0, "least", 0, by="0." + "1" * 60),
    "no kernels": lambda d: replaced(d, "kernels", by=[]),
    "a text for a list": lambda d: replaced(d, "kernels", by="none"),
}


@pytest.mark.parametrize("name", sorted(FORGERIES))
def test_forgeries_are_rejected(name: str) -> None:
    """Everything else that a certificate says."""
    rows, document, lemmas = example()
    assert checked(document, lemmas, rows).complete
    with pytest.raises((Rejected, Malformed)):
        checked(FORGERIES[name](document), lemmas, rows)


def test_the_lemma_must_be_of_the_activation() -> None:
    """A certificate that holds, but of another dual."""
    rows, document, _ = example()
    _, lemmas = made(rows, "abs", [1])
    with pytest.raises(Rejected, match="does not say"):
        checked(replaced(document, "rests_on", by=[digest(lemmas[0])]), lemmas, rows)
    found = checked(replaced(document, "rests_on", by=[]), [], rows)
    assert not found.proved


def test_closed_form_must_be_a_term() -> None:
    """A power of three arguments is printed as one number and evaluated as another."""
    rows, document, lemmas = example()
    document, dual = replaced(document, "rests_on", by=[]), document["activation"]["dual"]
    for power, accepted in ((["^", 2, 3], True), (["^", 2, 3, 0], False)):
        forged = replaced(document, "activation", "dual", by=["+", dual, power])
        if accepted:
            assert not checked(forged, lemmas, rows).proved
        else:
            with pytest.raises(Malformed, match="wrong number of arguments"):
                checked(forged, lemmas, rows)


def test_another_array_is_rejected() -> None:
    """One bit of the array, and a forged hash."""
    rows, document, lemmas = example()
    moved = rows.copy()
    moved[3, 3] = np.nextafter(moved[3, 3], 9.0)
    with pytest.raises(Rejected, match="--data"):
        checked(document, lemmas, moved)
    swapped = rows[::-1].copy()
    with pytest.raises(Rejected):
        checked(replaced(document, "dataset", by=fingerprint(swapped)), lemmas, swapped)


def test_opposite_points_of_an_activation_that_jumps() -> None:
    """Beside the correlation -1 the slope has no bound, and how far the dual moves has."""
    rows = np.array([BASE, -2 * BASE, points(2, 1, 5)[0]])
    document, lemmas = made(rows, "sign", [1, 3], "top")
    assert checked(document, lemmas, rows).complete
    low, high = document["kernels"][1]["greatest"]
    forged = replaced(document, "kernels", 1, "greatest", by=[low, changed(high, -(10**6))])
    with pytest.raises(Rejected):
        checked(forged, lemmas, rows)


def test_gram_matrices() -> None:
    """A Gram matrix in place of the points, and one that is none."""
    rows = points(8, 5, 7)
    matrix = rows @ rows.T
    matrix = (matrix + matrix.T) / 2
    document, lemmas = made(matrix, "relu", [2], gram=True)
    assert checked(document, lemmas, matrix).complete
    spoilt = matrix.copy()
    spoilt[0, 1] = spoilt[1, 0] = 2 * np.sqrt(spoilt[0, 0] * spoilt[1, 1])
    for wrong, words in ((spoilt, "exceeds"), (np.triu(matrix), "symmetric")):
        forged = replaced(document, "dataset", by=fingerprint(wrong))
        with pytest.raises(Rejected, match=words):
            checked(forged, lemmas, wrong)


def test_large_sets_are_sampled() -> None:
    """Beyond 200 points a sample is checked, and said to be one; a changed value is rejected."""
    rows = points(9, 201, 3)
    document, lemmas = made(rows, "relu", [2], "top")
    found = checked(document, lemmas, rows)
    assert not found.complete
    assert "not re-checked: the eigenvalues" in describe(found)
    bounds = [line for line in describe(found).split("\n") if "Theorem 2" in line]
    assert bounds and all("if δ is as stated: depth 2" in line for line in bounds)
    for part, row in (("univariate", 5), ("univariate", 40), ("entries", 11)):
        low, high = document["sample"][part][row][0]
        forged = replaced(document, "sample", part, row, 0, by=[changed(low, 10**4), high])
        with pytest.raises((Rejected, Malformed)):
            checked(forged, lemmas, rows)
    shorter = replaced(document, "sample", "entries", by=document["sample"]["entries"][:-1])
    with pytest.raises(Malformed, match="rows of values"):
        checked(shorter, lemmas, rows)
    with pytest.raises((Rejected, Malformed)):
        checked({k: v for k, v in document.items() if k != "sample"}, lemmas, rows)


def test_clustered_eigenvalues() -> None:
    """A wide lower end, an upper end near the least of many eigenvalues that are close together."""
    n, unit = 40, 1 << 80
    vector = [(i * i) % 7 - 3 for i in range(n)]
    size = sum(v * v for v in vector)  # (I - 2 v v^T/size) diag (I - 2 v v^T/size)
    spread = [1000 * unit + k * unit // 100 for k in range(n)]
    image = [2 * v * d for v, d in zip(vector, spread, strict=True)]
    form = sum(v * w for v, w in zip(vector, image, strict=True))
    matrix = [
        [
            (spread[i] if i == j else 0)
            - (vector[i] * image[j] + image[i] * vector[j]) // size
            + 2 * vector[i] * vector[j] * form // size**2
            for j in range(n)
        ]
        for i in range(n)
    ]
    low, least = 999 * unit, 1000 * unit
    assert least_eigenvalue(matrix, 4, low, least + unit // 200) == ""
    assert "upper end" in least_eigenvalue(matrix, 4, low, least - unit // 200)
    assert "lower end" in least_eigenvalue(matrix, 4, least + unit // 200, 2 * least)


def test_eigenvalues_that_deep_kernels_bring_together() -> None:
    """They lie within 10^-12 of each other, far closer than the enclosures of them are wide."""
    rows = points(3, 30, 20)
    document, lemmas = made(rows, "relu", [45])
    assert checked(document, lemmas, rows).complete
    for kernel in document["kernels"]:
        low, high = map(Fraction, kernel["least"])
        assert 0 < high - low < Fraction(4, 10**7) * high
    tight = document["kernels"][1]["least"][0]
    with pytest.raises(Rejected):
        checked(replaced(document, "kernels", 1, "least", by=[tight, tight]), lemmas, rows)


# Arrays -------------------------------------------------------------------------------------------


def npy(rows: Any, **options: Any) -> bytes:
    """The bytes of a .npy file."""
    stream = io.BytesIO()
    np.save(stream, rows, **options)
    return stream.getvalue()


def test_arrays_are_read() -> None:
    """C and Fortran order, and every kind of number, to the bit."""
    rows = np.array([[1.5, -0.0, 5e-324], [-1e308, 2.0**-1074 * 3, np.pi]])
    for order in ("C", "F"):
        found = parse_npy(npy(np.array(rows, order=order)), "x")
        assert found.sha256 == fingerprint(rows)
        values = [Fraction(m) * Fraction(2) ** e for m, e in found.numbers(1)]
        assert values == [Fraction(float(v)) for v in rows[1]]


WRONG: dict[str, tuple[bytes, str]] = {
    "truncated": (npy(np.eye(3))[:-8], "shape needs"),
    "longer": (npy(np.eye(3)) + b"\0" * 8, "shape needs"),
    "pickle": (pickle.dumps(np.eye(3)), r"no \.npy"),
    "object": (npy(np.array([[1, None]], dtype=object), allow_pickle=True), "'<f8'"),
    "big-endian": (npy(np.eye(3).astype(">f8")), "'<f8'"),
    "single": (npy(np.eye(3, dtype=np.float32)), "'<f8'"),
    "flat": (npy(np.arange(3.0)), "two-dimensional"),
    "scalar": (npy(np.float64(3.0)), "two-dimensional"),
    "cube": (npy(np.zeros((2, 2, 2))), "two-dimensional"),
    "no rows": (npy(np.zeros((0, 3))), "shape needs"),
    "record": (npy(np.zeros((2, 2), dtype=[("a", "<f8")])), "not understood"),
    "header": (npy(np.eye(3)).replace(b"'shape'", b"'shapf'"), "not understood"),
    "code": (npy(np.eye(3)).replace(b"(3, 3)", b"exit()"), "not understood"),
    "version": (b"\x93NUMPY\x09\x00" + npy(np.eye(3))[8:], r"no \.npy"),
    "nothing": (b"", r"no \.npy"),
}


@pytest.mark.parametrize("name", sorted(WRONG))
def test_other_files_are_refused(name: str) -> None:
    """One sentence each."""
    data, words = WRONG[name]
    with pytest.raises(Malformed, match=words):
        parse_npy(data, "x")
    rows = np.array([[1.0, np.nan]])
    with pytest.raises(Malformed, match="not finite"):
        parse_npy(npy(rows), "x").numbers(0)


# The commands -------------------------------------------------------------------------------------


def test_the_commands(tmp_path: Path) -> None:
    """`dataset --certificate`, then `check --data` and the bare checker; refusals."""
    rows = points(2, 5, 6)
    path, folder = tmp_path / "a.npy", tmp_path / "certificates"
    np.save(path, rows)
    arguments = ["dataset", str(path), "--activation", "relu", "--depth", "3"]
    result = CliRunner().invoke(cli, [*arguments, "--certificate", str(folder)])
    assert result.exit_code == 0, result.output
    files = {p.name: p.read_bytes() for p in folder.rglob("*.json")}
    assert len(files) == 2
    again = CliRunner().invoke(cli, [*arguments, "--certificate", str(folder)])
    assert again.exit_code == 0
    assert {p.name: p.read_bytes() for p in folder.rglob("*.json")} == files
    result = CliRunner().invoke(cli, ["check", str(folder), "--data", str(path)])
    assert result.exit_code == 0, result.output
    assert "2 accepted, 0 rejected" in result.output
    assert "κ in [" in result.output
    result = CliRunner().invoke(cli, ["check", str(folder), "--data", str(path), "--json"])
    (entry,) = json.loads(result.stdout)["data_sets"]
    assert (entry["complete"], entry["dual_proved"]) == (True, True)
    assert CliRunner().invoke(cli, ["check", str(folder)]).exit_code == 4
    bare = [sys.executable, "-E", "-s", "-S", "-m", "certificates.checker", str(folder)]
    home = Path(__file__).parents[2]
    done = subprocess.run([*bare, "--data", str(path)], cwd=home, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    shutil.copy(path, tmp_path / "b.npy")
    (tmp_path / "b.npy").write_bytes(path.read_bytes()[:-1])
    assert main([str(folder), "--data", str(tmp_path / "b.npy")]) == 3
    assert main([str(folder), "--data"]) == 3
    assert main([str(folder)]) == 4


@pytest.mark.parametrize(("name", "reason"), [
    ("hard_tanh", "Phi_2 in its dual"),
    ("elu", "Phi_2 in its dual"),
])  # fmt: skip
def test_no_certificate_where_the_checker_cannot_follow(
    name: str, reason: str, tmp_path: Path
) -> None:
    """One sentence with the reason, and no file."""
    np.save(tmp_path / "a.npy", points(2, 5, 3))
    arguments = ["dataset", str(tmp_path / "a.npy"), "--activation", name, "--depth", "1"]
    result = CliRunner().invoke(cli, [*arguments, "--certificate", str(tmp_path / "c")])
    assert result.exit_code == 3
    assert reason in result.output
    assert not (tmp_path / "c").exists()
    assert CliRunner().invoke(cli, arguments).exit_code == 0


def test_a_matrix_that_is_none_is_not_singular() -> None:
    """|rho| = 1 at a pair makes a Gram matrix singular, not an indefinite matrix (det = -9/4)."""
    matrix = np.array([[1, 1, 0.75], [1, 1, -0.75], [0.75, -0.75, 1]])
    document, lemmas = made(np.eye(3), "relu", [1], gram=True)
    false = copy.deepcopy(document)
    false["dataset"] = as_array(matrix).sha256
    false["assumption_1"] = {"delta": ["0", "0"], "pair": [0, 1]}
    false["assumption_2"] = {"delta": ["0", "0"], "singular": "parallel"}
    with pytest.raises(Rejected, match="not shown to be singular"):
        checked(false, lemmas, matrix)
    with pytest.raises(BadData, match="not a Gram matrix"):
        made(matrix, "relu", [1], gram=True)


def test_gram_matrix_of_parallel_points() -> None:
    matrix = np.array([[1, -2, 0.5], [-2, 4, -1], [0.5, -1, 1]])
    document, lemmas = made(matrix, "relu", [1], gram=True)
    assert document["assumption_2"]["singular"] == "parallel"
    assert checked(document, lemmas, matrix).complete
