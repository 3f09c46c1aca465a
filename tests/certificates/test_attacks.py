"""Attacks on the checker: what was once accepted wrongly, or took for ever, stays impossible.

Beside each false certificate stands one that differs in one thing and is accepted, so that a
checker that rejects everything does not pass.  Terms and formulas are written as in Lisp.
"""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from certificates.checker import Accepted, Checker, Rejected, canonical, digest
from certificates.claims import verdicts
from certificates.terms import Malformed
from tests.certificates.writing import A, Json, definition, sums, tree
from tests.certificates.writing import document as certificate
from tests.certificates.writing import statement as says

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 30

# Certificates, in short ---------------------------------------------------------------------------


def defined(name: str, body: Any, where: str = "(= 0 0)") -> Json:
    """A definition of a real function of x."""
    return definition(name, "x:real", body, where)


def intro(names: str, then: Json) -> Json:
    """Evidence by the rule `intro`."""
    return {"by": "intro", "names": names.split(), "then": then}


def have(claim: str, proof: Json, then: Json) -> Json:
    """Evidence by the rule `have`."""
    return {"by": "have", "claim": tree(claim), "proof": proof, "then": then}


def on(condition: str, yes: Json, no: Json) -> Json:
    """Evidence by the rule `cases`."""
    return {"by": "cases", "on": tree(condition), "yes": yes, "no": no}


def obtain(index: int, name: str, then: Json) -> Json:
    """Evidence by the rule `obtain`."""
    return {"by": "obtain", "hypothesis": index, "names": [name], "then": then}


def instance(index: int, values: Json, then: Json, given: Sequence[Json] = ()) -> Json:
    """Evidence by the rule `instantiate`."""
    return {"by": "instantiate", "hypothesis": index, "with": values, "given": list(given),
            "then": then}  # fmt: skip


def extreme(each: Json, converge: Sequence[Json] = ()) -> Json:
    """Evidence by the rule `extreme_points` for c, with the mass m and the index n."""
    return {"by": "extreme_points", "sequence": "c", "mass": "m", "index": "n",
            "converge": list(converge), "each": each}  # fmt: skip


def at(**values: Any) -> Json:
    """A counterexample."""
    return {"by": "counterexample", "precision": 64, "at": values}


def rows(*found: list[Any]) -> Json:
    """Evidence by instances."""
    return {"by": "instances", "precision": 64, "rows": list(found)}


def check(document: Json, *lemmas: Json) -> Accepted:
    """What the checker finds a certificate to establish."""
    document, *others = json.loads(json.dumps([document, *lemmas]))
    return Checker({digest(d): d for d in (document, *others)}).check(digest(document))


def holds(document: Json, *lemmas: Json) -> None:
    """The certificate is accepted as a proof."""
    assert check(document, *lemmas).verdict == "holds"


def fails(statement: Json, **point: Any) -> None:
    """The statement is refuted at the point."""
    assert check(certificate(statement, at(**point))).verdict == "fails"


def rejected(document: Json, *lemmas: Json) -> None:
    """The certificate is not accepted."""
    with pytest.raises((Rejected, Malformed)):
        check(document, *lemmas)


# Names: shadowing, capture, freshness -------------------------------------------------------------


def test_shadowed_names() -> None:
    """A name that is bound again does not make x = y read like y = y."""
    shadowed = "(forall ((x int)) (forall ((x int)) (forall ((y int)) {})))"
    true, false = shadowed.format("(= y y)"), shadowed.format("(= x y)")
    renamed = "(forall ((u int)) (forall ((v int)) (forall ((w int)) (= w w))))"
    same = "(forall ((u int)) (forall ((v int)) (forall ((w int)) (= v w))))"
    holds(certificate(says("", true, renamed), A))
    holds(certificate(says("", false, same), A))
    rejected(certificate(says("", true, false), A))
    use = instance(1, {"x": 0}, instance(2, {"x": 0}, instance(3, {"y": 1}, sums(
        [1, []], [-1, [[4, 1]]]))))  # fmt: skip
    proved = intro("a", intro("b", intro("c", A)))
    rejected(certificate(says("", "(<= 1 0)"), have(true, proved, have(false, A, use))))


def test_renaming_of_bound_names() -> None:
    """A bound name that must be renamed does not fall together with another bound beside it."""
    trivial = have("(forall ((x int) (y int)) (= x x))", intro("a b", A), A)
    induction = {"by": "induction", "on": "L", "base": trivial, "step": trivial}
    for conclusion, outcome in (("(= L L)", holds), ("(= L L_1)", rejected)):
        both = f"(forall ((L int) (L_1 int)) {conclusion})"
        outcome(certificate(says("L:int", "(<= 0 L)", both), induction))


def test_bound_matrix() -> None:
    """A quantified matrix is not the free one of the same name."""
    free, about = "(= (entry M 1 1) 0)", "(forall (({} matrix)) (= (entry {} 1 1) 0))"
    vacuous = about.format("N", "M")
    holds(certificate(says("M:matrix", free, vacuous), intro("P", A)))
    holds(certificate(says("M:matrix", about.format("N", "N"), about.format("M", "M")), A))
    rejected(certificate(says("M:matrix", vacuous, about.format("M", "M")), A))
    ones = {"M": ["matrix", "i", "j", 1]}
    use = instance(2, ones, sums([1, []], [1, [[3, 1]]]))
    false = says("M:matrix", free, "(<= 1 0)")
    proof = have(vacuous, intro("P", A), have(about.format("M", "M"), A, use))
    rejected(certificate(false, proof))
    fails(false, M=[[0]])


def test_eigenvalue_bound_is_not_captured() -> None:
    """A bound for an eigenvalue may not mention the indices of the matrix."""
    least = "(lambda_min 2 i j (ite (= i j) (+ i j) 0))"
    big = sums([1, [[6, 1]]], [2, [[2, 1]]], [1, []])

    def bounded(bound: str, diagonal: Json, index: int) -> Json:
        """A proof that the bound lies below the least eigenvalue of diag(2, 4)."""
        circles = {"by": "psd_gershgorin", "names": ["p", "q"], "radius": 0,
                   "diagonal": diagonal, "others": A}  # fmt: skip
        axiom = {"by": "axiom", "name": "least_eigenvalue", "with": [tree(least), tree(bound)],
                 "given": [A], "then": instance(index, {}, A, [circles])}  # fmt: skip
        return certificate(says("i:int", f"(<= {bound} {least})"), axiom)

    holds(bounded("(* 1 2)", big, 0))
    for diagonal in (A, big):
        rejected(bounded("(* 2 i)", diagonal, 0))
    fails(says("i:int", f"(<= (* 2 i) {least})"), i=5)


def test_one_name_for_both_indices() -> None:
    """A matrix whose indices bear one name would be symmetric on sight: it is malformed."""
    for indices, body, outcome in (("i j", "(* i j)", holds), ("i i", "i", rejected)):
        term = f"(lambda_min 2 {indices} {body})"
        outcome(certificate(says("", f"(= {term} {term})"), A))
    skew = says("", "(= (lambda_min 2 i j i) (lambda_min 2 i j i))")
    for proofs in ([], [A]):
        rejected(certificate(skew, A, proofs))


def test_vacuous_binder() -> None:
    """What is known of a closed formula says nothing of one below a binder that uses no name."""
    some = "(exists ((x int)) (= x 5))"
    holds(certificate(says("", some, "(= (ite (exists ((z int)) (= z 5)) 1 0) 1)"), A))
    trivial = "(forall ((y int)) (= 1 1))"
    every = "(forall ((y int)) (= (ite ({} ((z int)) (= y 5)) 1 0) {}))"
    rejected(certificate(says("", some, trivial, every.format("exists", 1)), A))
    not_all = "(not (forall ((x int)) (= x 5)))"
    refuted = on("(forall ((x int)) (= x 5))",
                 instance(0, {"x": 0}, sums([1, []], ["-1/5", [[1, 1]]])), A)  # fmt: skip
    holds(certificate(says("", not_all), refuted))
    use = instance(2, {"y": 5}, sums([1, []], [1, [[3, 1]]]))
    proof = have(not_all, refuted, have(trivial, intro("y", A), have(
        every.format("forall", 0), A, use)))  # fmt: skip
    rejected(certificate(says("", "(<= 1 0)"), proof))


# Definedness --------------------------------------------------------------------------------------


def test_domain_with_a_value() -> None:
    """The condition of a definition must have a value itself wherever the definition is called."""
    one = defined("f", 1, "(= (/ 1 x) (/ 1 x))")
    holds(certificate(says("", "(= (call f 2) 1)", definitions=[one]), A))
    false = says("", "(= (call f 0) 1)", definitions=[one])
    for proofs in ([], [A]):
        rejected(certificate(false, A, proofs))
    fails(false)


def test_obligations_differ_by_sort() -> None:
    """That 2x - 1 is not zero for integers x does not say so for reals of the same name."""
    odd = "(ite (forall ((x {})) (= (/ 1 (- (* 2 x) 1)) (/ 1 (- (* 2 x) 1)))) 1 1)"
    proof = on("(= (- (* 2 x) 1) 0)", on("(< 0 x)",
               sums([2, [[1, 1]]], [1, [[0, 1]]], [1, []]),
               sums([2, [[1, 1]]], [-1, [[0, 1]]], [1, []])), A)  # fmt: skip
    whole, real = odd.format("int"), odd.format("real")
    holds(certificate(says("", f"(= {whole} {whole})"), A, [proof]))
    for proofs in ([proof], [proof, proof]):
        rejected(certificate(says("", f"(= {whole} {real})"), A, proofs))
    fails(says("x:real", "(= (/ 1 (- (* 2 x) 1)) (/ 1 (- (* 2 x) 1)))"), x="1/2")


# Extreme points -----------------------------------------------------------------------------------

CENTRED, TOTAL = "(= (coef c 0) 0)", "(= (series i 0 (coef c i)) 1)"


def test_mass_is_not_captured() -> None:
    """The name of the mass is not put below a binder of the same name."""
    bounded = "(forall (({0} int)) (implies (and (<= 0 {0}) (<= {0} 1)) (<= (coef c 1) 1/2)))"
    half = sums([1, [[5, 1]]], [1, [[6, 1]]])
    for name, outcome in (("k", holds), ("m", rejected)):
        known = says("c:sequence", CENTRED, TOTAL, bounded.format(name), "(<= (coef c 1) 1/2)")
        outcome(certificate(known, extreme(instance(1, {name: 0}, half, [A, A])), [A]))
    false = says("c:sequence", CENTRED, TOTAL, bounded.format("m"), "(<= 1 0)")
    absurd = have("(<= 1 0)", sums([2, [[5, 1]]], [1, []]), sums([1, [[5, 1]]], ["1/2", []]))
    rejected(certificate(false, extreme(instance(1, {"m": 0}, absurd, [A, A])), [A]))
    fails(false, c=[[1, "1/2"], [2, "1/2"]])


def test_mass_is_declared() -> None:
    """In the goals of convergence the mass is 1 - c_1, not a name that is still to be had."""
    known = says("c:sequence", CENTRED, TOTAL, "(exists ((k real)) (= k 1))", "(= 0 0)")
    claim = "(<= 0 (series i 0 (* (coef c i) (* (coef c 1) {}))))"
    small = on("(<= n 1)", sums([1, [[3, 1]]], [1, [[8, 1]]]), A)
    square, mixed = [1, [[3, 2]]], [1, [[2, 1], [3, 1]]]
    counted = sums([1, [[4, 1]]], [1, [[5, 1]]], [3, []])
    each = have("(<= 0 n)", counted, on(
        "(<= n 1)", sums(square, mixed, [1, [[7, 1]]]), sums(square, [1, [[7, 1]]])
    ))  # fmt: skip
    legitimate = claim.format("(ite (<= i 1) 1 0)")
    holds(certificate(known, have(legitimate, extreme(each, [small]), A), [A]))
    one = {"by": "rewrite", "old": "m", "new": 1, "equal": A, "then": A}
    growing = sums(square, [1, [[2, 1], [3, 1], [4, 1]]], [2, [[2, 1], [3, 1]]], [1, [[6, 1]]])
    grows = have("(<= 0 n)", counted, growing)
    for converge in (obtain(2, "m", one), obtain(2, "k", one), one, A):
        rejected(certificate(known, have(claim.format("i"), extreme(grows, [converge]), A), [A]))


def test_sequence_bound_again() -> None:
    """A coefficient of a bound sequence is not one of the free sequence of the same name."""
    proof = extreme(obtain(1, "d", sums([1, [[5, 1]]], [1, [[6, 1]]])))
    for bound, outcome in (("(k int)", holds), ("(c sequence)", rejected)):
        some = f"(exists ({bound}) (= (coef c 1) 1/2))"
        outcome(certificate(
            says("c:sequence", CENTRED, TOTAL, some, "(<= (coef c 1) 1/2)"), proof, [A]
        ))  # fmt: skip


def test_bound_index_of_a_coefficient() -> None:
    """What is known of i says nothing of an index i that a binder binds."""
    some = "(exists ((i int)) (and (<= 0 i) (<= i 9) (= (coef c {}) 1/4)))"
    proof = extreme(obtain(2, "d", sums([1, [[8, 1]]], [1, [[9, 1]]])))
    split = on("(<= i_ 7)", A, A)
    for index, proofs, outcome in (("1", [A], holds), ("(ite (<= i 7) 1 2)", [A, split], rejected)):
        known = says("c:sequence i:int", CENTRED, TOTAL, "(<= i 7)", some.format(index),
                     "(<= (coef c 1) 1/4)")  # fmt: skip
        outcome(certificate(known, proof, proofs))
    fails(known, c=[[1, "1/2"], [2, "1/4"], [3, "1/4"]], i=0)


# Evaluation at points -----------------------------------------------------------------------------


@pytest.mark.parametrize("body", ["(* 0 (/ 1 0))", "(- (log -1) (log -1))", "(* 0 i)"])
def test_series_with_a_vanishing_body(body: str) -> None:
    """A series is no instance, so that none is zero without a look at its terms."""
    row = rows([[], "0", "0", "1", "1", "1"])
    holds(certificate(says("", "(<= (* 0 7) 1)"), row))
    for lower in (0, 2):
        rejected(certificate(says("", f"(<= (series i {lower} {body}) 1)"), row))


def test_order_of_hypotheses() -> None:
    """A later hypothesis does not excuse an earlier one from having a value."""
    points = rows([[1], "1", "1", "2", "2", "1"], [[2], "2", "2", "2", "2", "0"])
    holds(certificate(says("n:int", "(<= 1 n)", "(<= n 2)", "(< 0 (/ 1 n))", "(<= n 2)"), points))
    early = says("n:int", "(< 0 (/ 1 n))", "(<= 1 n)", "(<= n 2)", "(<= n 2)")
    rejected(certificate(early, points))
    fails(early, n=0)


def test_expectation_over_a_name_in_use() -> None:
    """Below an expectation over x, no part is evaluated with the variable x outside."""
    power = "(expect x (^ x (max 0 (min 1 (ceil x)))))"  # 1/2 + 1/sqrt(2 pi)
    rejected(certificate(says("x:int", "(= x 2)", f"(<= {power} 0)"), rows([[2], *"00000"])))
    rejected(certificate(says("x:int", "(= x 2)", f"(<= 1/2 {power})"), at(x=2)))
    square = "(expect x (^ x 2))"
    fails(says("x:int", "(= x 2)", f"(<= {square} 0)"), x=2)
    rejected(certificate(says("x:int", "(= x 2)", f"(<= 1/2 {square})"), at(x=2)))


def test_iterates_that_occur() -> None:
    """An iterate is defined when the iterates that occur are: others are not, and not asked for."""
    row = rows([[], "0", "1", "1", "1", "0"])
    for unused in ("(iter y (/ 1 0) 0 0)", "(iter y (/ 1 y) 1 1)"):
        holds(certificate(says("", f"(<= {unused} 1)"), row))
    for used in ("(iter y (/ 1 0) 1 0)", "(iter y (/ 1 y) 1 0)", "(iter y (* 2 y) 1 1)",
                 "(iter y y 0 2)", "(iter y y -1 0)"):  # fmt: skip
        rejected(certificate(says("", f"(<= {used} 1)"), row))


def test_semidefinite_without_symmetry() -> None:
    """A matrix that is not symmetric is neither semidefinite nor not."""
    condition = "(<= (ite (psd 2 i j {}) 0 1) 1)"
    for body, outcome in (("(* i j)", holds), ("i", rejected)):
        outcome(certificate(says("", condition.format(body)), rows([[], "0", "1", "1", "1", "0"])))
        known = says("n:int", "(= n 1)", f"(psd 2 i j {body})", "(<= n 2)")
        outcome(certificate(known, rows([[1], "1", "1", "2", "2", "1"])))
    early = says("n:int", "(psd 2 i j i)", "(= n 1)", "(<= n 2)")
    rejected(certificate(early, rows()))
    fails(early, n=1)


# Reports ------------------------------------------------------------------------------------------


def test_assurance_of_lemmas() -> None:
    """A proof that rests on an enclosure is not called exact."""
    statement = says("", "(<= (log 2) 1)")
    axiom = {"by": "axiom", "name": "log_bounds", "with": [2], "given": [A], "then": A}
    for evidence, label in (
        (axiom, "exact"),
        (rows([[], "0.6", "0.7", "1", "1", "0.3"]), "enclosure"),
    ):
        lemma = certificate(statement, evidence)
        use = {"by": "use", "lemma": digest(lemma), "with": {}, "given": [],
               "then": sums([1, [[0, 1]]], [1, [[1, 1]]], [1, []])}  # fmt: skip
        user = certificate(says("", "(<= (log 2) 2)"), use, (), [digest(lemma)])
        assert check(user, lemma).assurance == check(lemma).assurance == label


SQUARE = {"by": "axiom", "name": "square", "with": ["x"], "given": [], "then": A}
GOOD = certificate(says("x:real", "(<= 0 (* x x))"), SQUARE)
BAD = {**certificate(says("x:real", "(<= 1 x)"), at(x=0)), "part": "b"}


def verdict(*parts: tuple[str, str, Json], uses: Sequence[str] = ()) -> str:
    """The verdict of a claim with these parts (role, form, certificate), or "rejected"."""
    written = [
        {"label": d["part"], "role": role, "form": form, "amends": "", "certificate": digest(d)}
        for role, form, d in parts
    ]
    claim = {"format": 1, "claim": "Test", "title": "t", "parts": written, "uses": list(uses)}
    try:
        found = verdicts([claim], Checker({digest(d): d for d in (GOOD, BAD)}))["Test"]
        assert found.assurance
        return found.text
    except (Rejected, Malformed):
        return "rejected"


@pytest.mark.parametrize("what", ["nothing", "a lemma", "activations", "a use"])
def test_claims_do_not_hold_for_want_of_parts(what: str) -> None:
    """No statement, a refuted one set aside, and a use of what is not there are not passed over."""
    sound = ("statement", "sequence", GOOD)
    assert verdict(sound) == "holds"
    assert verdict(sound, ("statement", "sequence", BAD)) == "fails"
    assert verdict(("statement", "sequence", BAD)) == "fails"
    assert {
        "nothing": lambda: verdict(),
        "a lemma": lambda: verdict(("lemma", "sequence", BAD)),
        "activations": lambda: verdict(sound, ("statement", "activation", BAD)),
        "a use": lambda: verdict(sound, uses=["Lemma 99"]),
    }[what]() != "holds"


# Files --------------------------------------------------------------------------------------------


def program(*paths: Path | str) -> tuple[int, str]:
    """Exit code and output of the checker as a program, which must end in time."""
    command = [sys.executable, "-m", "certificates.checker", *map(str, paths)]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS,
                              check=False, encoding="utf-8")  # fmt: skip
    except subprocess.TimeoutExpired:
        pytest.fail(f"more than {SECONDS} seconds")
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


def written(data: bytes, folder: Path) -> Path:
    """A file with these bytes, under the name that belongs to them."""
    path = folder / f"{hashlib.sha256(data).hexdigest()[:16]}.json"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("key", "text"),
    [("item", "\ud800"), ("item", "a\nHOLDS"), ("note", "x\x1b[2J\x1b[1;1HHOLDS"),
     ("source", "nothing\nHOLDS Theorem 1, whole   [exact]\n      it holds that 1 ≤ 0")],
)  # fmt: skip
def test_printed_texts(key: str, text: str, tmp_path: Path) -> None:
    """No text of a certificate can forge a line, or move the cursor, in what is printed."""
    for value, code in (("plain", 0), (text, 4)):
        document = certificate(
            says("", "(<= 0 1)"), {"by": "open", "label": "untried", "source": "plain"}
        )
        (document["evidence"] if key == "source" else document)[key] = value
        found, output = program(written(canonical(document), tmp_path))
        assert found == code
        assert "HOLDS" not in output and "\x1b" not in output


@pytest.mark.parametrize("where", ["lemma", "data set", "file"])
def test_rejections_are_one_line(where: str, tmp_path: Path) -> None:
    """What a rejection quotes, such as the id of a lemma that is missing, forges no line either."""
    forged = "\nHOLDS A\x1b[2J"
    document: Json = {**GOOD, "rests_on": [forged]}
    if where == "data set":
        needed = "activation assumption_1 assumption_2 bounds dimension guaranteed input kernels"
        document = {key: [] for key in f"{needed} points precision rests_on".split()}
        document |= {"format": 1, "dataset": forged}
    path = written(canonical(document), tmp_path)
    if where == "file":
        path = path.rename(path.with_name(f"{forged}.json"))
    code, output = program(path)
    assert code == 4 and "REJECTED" in output and "HOLDS" in output
    assert not any(line.startswith("HOLDS") for line in output.splitlines())
    assert "\x1b" not in output


@pytest.mark.parametrize("part", ["hypotheses", "definitions"])
@pytest.mark.parametrize("value", ["", {}])
def test_parts_of_a_statement_are_lists(part: str, value: Any) -> None:
    """An empty text or object is no list of nothing: a statement has one document."""
    assert check({**GOOD, "statement": {**GOOD["statement"], part: []}}).verdict == "holds"
    with pytest.raises(Malformed, match="list"):
        check({**GOOD, "statement": {**GOOD["statement"], part: value}})


def test_files_that_are_none(tmp_path: Path) -> None:
    """A pipe is not read, a long path is no crash, and a folder has a limit of files."""
    os.mkfifo(tmp_path / "x.json")
    assert program(tmp_path)[0] == 3
    path = written(canonical(GOOD), tmp_path)
    assert program(tmp_path)[0] == program(path)[0] == 0
    assert program("x" * 5000)[0] == 3
    many = tmp_path / "many"
    many.mkdir()
    for k in range(20_001):
        os.close(os.open(many / f"{k}.json", os.O_CREAT))
    code, output = program(many)
    assert code == 3 and "more than" in output


@pytest.mark.parametrize("depth", [5_000, 19_000, 60_000, 1_500_000])
def test_brackets_in_texts(depth: int, tmp_path: Path) -> None:
    """Closing brackets in a text do not pay for opening ones elsewhere."""
    opened = b"[" * depth + b"]" * depth
    data = b'{"a":"' + b"]" * depth + b'","b":' + opened + b',"format":1}\n'
    assert program(written(data, tmp_path))[0] == 4


@pytest.mark.parametrize("layer", ['["-",', '["*",1,', '["ite",["=",0,'])
def test_deep_terms(layer: str, tmp_path: Path) -> None:
    """A deeply nested term is rejected, whatever texts stand before it; a shallow one is not."""
    for depth, code in ((20, 0), (1_000, 4), (6_500, 4), (15_000, 4)):
        source = "]" * (depth * 4)
        document = certificate(
            says("x:real", "(<= @ @)"), {"by": "open", "label": "untried", "source": source}
        )
        end = "],1,1]" if "ite" in layer else "]"
        term = (layer * depth + '"x"' + end * depth).encode()
        data = canonical(document).replace(b'"@"', term)
        assert program(written(data, tmp_path))[0] == code


# Time and memory ----------------------------------------------------------------------------------


def nested(layer: Callable[[Any], Any], depth: int, term: Any) -> Any:
    """The term inside so many layers."""
    for _ in range(depth):
        term = layer(term)
    return term


def doubling(where: bool) -> Json:
    """Definitions that call the one before them twice, in the body or in the domain."""
    twice = "(+ (call f{0} x) (call f{0} x))"
    chain = [defined("f0", "x")]
    for k in range(1, 40):
        call = twice.format(k - 1)
        chain.append(defined(f"f{k}", "x", f"(<= {call} 1)") if where else defined(f"f{k}", call))
    return certificate(says("x:real", "(<= (call f39 x) 1)", definitions=chain), A)


def chained(layer: Callable[[Any], Any], length: int) -> Json:
    """Definitions each of which nests the one before it a hundred deep."""
    chain = [defined("f0", "x")]
    for k in range(1, length):
        chain.append(defined(f"f{k}", nested(layer, 100, ["call", f"f{k - 1}", "x"])))
    call = ["call", f"f{length - 1}", "x"]
    return certificate(says("x:real", ["<=", call, call], definitions=chain), A)


def grid() -> Json:
    """Instances over 5000^3 points."""
    bounds = [f"(<= {b})" for n in "abc" for b in (f"0 {n}", f"{n} 5000")]
    return certificate(says("a:int b:int c:int", *bounds, "(<= 0 1)"), rows())


def large_matrix() -> Json:
    """The least eigenvalue of a matrix of 40 rows of long fractions."""
    size, scale = 40, 1 << 789
    entries = [
        [f"{pow(3, 1 + a * b + a + b, scale)}/{scale + 1 + 2 * (a + b)}" for b in range(size)]
        for a in range(size)
    ]
    least = tree(f"(lambda_min {size} i j (entry K i j))")
    return certificate(says("K:matrix", ["<=", least, -1000]), at(K=entries))


TOWER = nested(lambda t: ["^", t, 64], 6, 10)
MOMENT = ["expect", "x", nested(lambda t: ["^", t, 64], 3, ["+", "x", 1])]
ABS = nested(lambda t: ["abs", t], 24, "x")
UNDER = ["iter", "y", nested(lambda t: ["abs", ["*", 0, t]], 40, "y"), 0, 0]
BUSY: dict[str, Callable[[], Json]] = {
    "absolute values": lambda: certificate(says("x:real", ["<=", ABS, 1]), A),
    "doubling definitions": lambda: doubling(where=False),
    "a tower of powers": lambda: certificate(says("x:real", ["<=", TOWER, "x"]), A),
    "a moment of powers": lambda: certificate(says("", ["<=", MOMENT, 0]), at()),
    "a grid": grid,
    "a series from far below": lambda: certificate(
        says("", f"(<= (series i {-(10**15)} (* 0 i)) 1)"), rows([[], "0", "0", "1", "1", "1"])
    ),
    "a large matrix": large_matrix,
    **{f"a chain of {n} definitions ({op})": lambda n=n, op=op: chained(  # type: ignore[misc]
        (lambda t: ["sqrt", t]) if op == "sqrt" else (lambda t: ["+", t, 1]), n)
       for n in (30, 200) for op in ("sqrt", "+")},
}  # fmt: skip


@pytest.mark.parametrize("what", BUSY)
def test_much_work(what: str, tmp_path: Path) -> None:
    """A short certificate that asks for much work is rejected in time."""
    assert program(written(canonical(BUSY[what]()), tmp_path))[0] == 4


def test_choices_below_a_binder(tmp_path: Path) -> None:
    """Case distinctions below a binder are not normalised over and over."""
    document = certificate(says("", ["<=", UNDER, UNDER]), A, [A])
    assert program(written(canonical(document), tmp_path))[0] in (0, 4)
    assert program(written(canonical({**document, "definedness": []}), tmp_path))[0] in (0, 4)


def products() -> Json:
    """Many products of large polynomials."""
    power = tree("(^ (+ a b c 1) 11)")
    known = says("a:real b:real c:real", ["<=", 0, power], "(<= 1 a)")
    return certificate(known, sums(*[[1, [[0, 2]]]] * 500))


def conjunction() -> Json:
    """A conjunction of many parts, each of which becomes a hypothesis."""
    parts = [["<=", k, "x"] for k in range(3000)]
    return certificate(
        says("x:real", *parts, ["and", *parts]), {"by": "split", "parts": [A] * 3000}
    )


def ranges() -> Json:
    """An iterate for each pair of integers."""
    inside = "(and (<= 1 i) (<= i 400) (<= 1 j) (<= j 400))"
    value = "(iter y (* y (/ i (+ j 400))) 400 1/2)"
    known = says("", f"(forall ((i int) (j int)) (implies {inside} (<= {value} 1)))", "(<= 1 0)")
    return certificate(known, at())


def sequences() -> Json:
    """Three series, one inside the other, over a sequence with a far support."""
    inner = "(series k 0 (coef c k))"
    for name in "ji":
        inner = f"(series {name} 0 (* (coef c {name}) {inner}))"
    return certificate(says("c:sequence", f"(<= {inner} -1)"), at(c=[[9999, 1], [1, 1]]))


def iterates() -> Json:
    """An iterate each of whose steps is an iterate."""
    inner = "(iter z (* z (+ 1 (* y 0))) 3000 y)"
    return certificate(says("", f"(<= (iter y (* 1/2 (+ {inner} 1/2)) 3000 1/3) -1)"), at())


BUDGET: dict[str, Callable[[], Json]] = {
    "doubling domains": lambda: doubling(where=True),
    "iterates in iterates": iterates,
    "series in series": sequences,
    "iterates under a quantifier": ranges,
    "products of large polynomials": products,
    "a long conjunction": conjunction,
}


@pytest.mark.parametrize("what", BUDGET)
def test_work_is_limited(what: str, tmp_path: Path) -> None:
    """All the work that a certificate can ask for together is limited, not each step alone."""
    assert program(written(canonical(BUDGET[what]()), tmp_path))[0] in (0, 4)
