"""Every rule and axiom of the checker: what it accepts, and what it must reject beside it."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certificates.checker import (
    DEFECTS,
    Accepted,
    Checker,
    Proof,
    Rejected,
    Statement,
    digest,
    obligations,
)
from certificates.rules import REFUTATIONS, RULES, WHOLE
from certificates.rules.axioms import AXIOMS
from certificates.terms import Malformed, show_statement
from tests.certificates.cases import Case, all_cases, axiom, claim, instance, intro
from tests.certificates.writing import A, Json, definition, document, statement, sums, tree

Path = tuple[str | int, ...]

CASES = all_cases()
NAMES = [f"{case.about} {k}" for k, case in enumerate(CASES)]
each_case = pytest.mark.parametrize("case", CASES, ids=NAMES)


def check(certificate: Json, *others: Json) -> Accepted:
    """What the checker makes of a certificate.  Raises Rejected or Malformed, and nothing else."""
    documents = {digest(d): d for d in (certificate, *others)}
    return Checker(documents).check(digest(certificate))


def verdict(certificate: Json, *others: Json) -> str:
    """The verdict on a certificate, or "rejected"."""
    try:
        return check(certificate, *others).verdict
    except (Rejected, Malformed) as error:
        return "rejected" if str(error) else "rejected without a reason"


# The table ----------------------------------------------------------------------------------------


@each_case
def test_accepted(case: Case) -> None:
    """The checker accepts the certificate and prints its statement."""
    found = check(case.document(), *case.lemmas)
    assert found.verdict == case.verdict
    assert case.about in found.rules
    assert found.rests_on == tuple(case.rests_on)
    assert "it holds that" in show_statement(found.statement.document)


@each_case
def test_rejected(case: Case) -> None:
    """The checker rejects each variant that differs in one thing, and the false statement."""
    for what, variant in case.rejects():
        assert verdict(variant, *case.lemmas) == "rejected", what


def by_the_rule_alone(case: Case, certificate: Json) -> None:
    """Check the evidence against the statement's goal, its terms' values being nobody's care."""
    if case.is_whole:
        check(certificate)
        return
    lemmas = {digest(d): Statement.parse(d["statement"]) for d in case.lemmas}
    proof = Proof(lemmas)
    proof.discharge(Statement.parse(certificate["statement"]).goal, certificate["evidence"])
    if proof.used != set(lemmas) and case.about == "use":
        raise Rejected("the lemma is not used")


@each_case
def test_rule_rejects_by_itself(case: Case) -> None:
    """The rule rejects the variants even where nobody asks whether the terms have values."""
    by_the_rule_alone(case, case.document())
    for what, variant in case.rejects():
        try:
            by_the_rule_alone(case, variant)
        except (Rejected, Malformed, *DEFECTS):
            continue
        pytest.fail(what)


def test_table_is_complete() -> None:
    """Every rule and every axiom has an accepted case and rejected ones."""
    needed = {*RULES, *WHOLE, *REFUTATIONS} - {"axiom"}
    needed |= {f"axiom {name}" for name in AXIOMS}
    accepted = {
        case.about for case in CASES if verdict(case.document(), *case.lemmas) != "rejected"
    }
    rejected = {
        case.about
        for case in CASES
        if case.wrong and any(verdict(d, *case.lemmas) == "rejected" for _, d in case.rejects())
    }
    assert accepted == needed
    assert rejected == needed


def test_missing_and_unknown_fields() -> None:
    """Evidence that lacks a field of its rule, or has one more, is rejected."""
    for case in CASES:
        for key in case.evidence:
            less = {k: v for k, v in case.evidence.items() if k != key}
            assert verdict(case.document(evidence=less), *case.lemmas) == "rejected", (case, key)
        more = {**case.evidence, "trust": "me"}
        assert verdict(case.document(evidence=more), *case.lemmas) == "rejected"


def test_evidence_of_another_rule() -> None:
    """Evidence that names another rule with the same fields or others is rejected."""
    for case in CASES:
        for name in (*RULES, *WHOLE, *REFUTATIONS, "obviously", ""):
            if name != case.evidence["by"]:
                other = case.document(evidence={**case.evidence, "by": name})
                assert verdict(other, *case.lemmas) == "rejected", (case.about, name)


# Perturbations ------------------------------------------------------------------------------------


def nodes(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every node of a document with its path."""
    yield path, value
    if isinstance(value, dict):
        for key in value:
            yield from nodes(value[key], (*path, key))
    elif isinstance(value, list):
        for k, element in enumerate(value):
            yield from nodes(element, (*path, k))


def changed(root: Json, path: Path, value: Any) -> Json:
    """A copy of the document with one node replaced."""
    if not path:
        assert isinstance(value, dict)
        return value
    result = copy.deepcopy(root)
    node: Any = result
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    return result


def perturbations(value: Any) -> Iterator[Any]:
    """The node changed a little: numbers, digits, names, elements, keys."""
    if isinstance(value, bool):
        return
    if isinstance(value, int):
        yield from (value + 1, value - 1, -value - 1, str(value), f"{value}/2", True, None)
        yield value * 10 + 7
    elif isinstance(value, str):
        yield from ("", value + "x", value[1:], 0, None, [value])
        for k, letter in enumerate(value[:8]):
            if letter.isdigit():
                yield value[:k] + str((int(letter) + 1) % 10) + value[k + 1 :]
    elif isinstance(value, list):
        yield [*value, 0]
        yield {}
        for k in range(len(value)):
            yield value[:k] + value[k + 1 :]
            yield value[: k + 1] + value[k:]
        if len(value) > 1:
            yield value[::-1]
    elif isinstance(value, dict):
        yield {**value, "extra": 0}
        yield []
        for key in value:
            yield {k: v for k, v in value.items() if k != key}


MANY = 800  # of longer evidence only some of the changes are tried


def thinned(changes: list[tuple[Path, Any]], most: int = 100) -> list[tuple[Path, Any]]:
    """At most so many of the changes, evenly spread."""
    return changes[:: 1 + len(changes) // most]


@each_case
def test_changed_evidence(case: Case) -> None:
    """A change of any leaf of the evidence is rejected, or the same true statement is accepted."""
    original = case.document()
    shown = show_statement(Statement.parse(original["statement"]).document)
    rejected = total = 0
    for part in ("evidence", "definedness", "rests_on"):
        changes = [
            ((part, *path), other)
            for path, value in nodes(original[part])
            for other in perturbations(value)
            if other != value and (path or isinstance(other, type(value)))
        ]
        for path, other in (
            changes if part == "evidence" and len(changes) < MANY else thinned(changes)
        ):
            total += 1
            try:
                found = check(changed(original, path, other), *case.lemmas)
            except (Rejected, Malformed):
                rejected += 1
                continue
            assert found.verdict == case.verdict
            assert show_statement(found.statement.document) == shown
    assert rejected > total // 2


@each_case
def test_false_statement_with_changed_evidence(case: Case) -> None:
    """No change of a leaf makes the evidence prove the false statement."""
    original = case.document(says=case.false)
    changes = [
        (path, other)
        for path, value in nodes(original["evidence"])
        for other in perturbations(value)
        if path or isinstance(other, dict)
    ]
    for path, other in thinned(changes, 300) if len(changes) > MANY else changes:
        variant = changed(original, ("evidence", *path), other)
        assert verdict(variant, *case.lemmas) == "rejected", (path, other)


JUNK = st.one_of(
    st.integers(-3, 7), st.sampled_from(["x", "n", "c", "k", "1/2", "-1/3", "holds", "", "+"]),
    st.none(), st.booleans(), st.just([]), st.just({}), st.just(A), st.just(["<=", 0, 1]),
)  # fmt: skip


@settings(
    max_examples=300, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(st.data())
def test_random_changes(data: st.DataObject) -> None:
    """Random changes anywhere but in the statement are rejected or leave it proved."""
    case = data.draw(st.sampled_from(CASES))
    certificate = case.document()
    for _ in range(data.draw(st.integers(1, 3))):
        places = [p for p, _ in nodes(certificate) if p and p[0] != "statement"]
        path = data.draw(st.sampled_from(places))
        certificate = changed(certificate, path, data.draw(JUNK))
    try:
        found = check(certificate, *case.lemmas)
    except (Rejected, Malformed):
        return
    assert found.verdict == case.verdict
    assert found.statement.document == Statement.parse(case.says).document


@settings(
    max_examples=300, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(st.data())
def test_random_statements(data: st.DataObject) -> None:
    """Random changes of a false statement, too, end in a verdict or in a rejection."""
    case = data.draw(st.sampled_from(CASES))
    certificate = case.document(says=case.false)
    places = [p for p, _ in nodes(certificate) if p]
    certificate = changed(certificate, data.draw(st.sampled_from(places)), data.draw(JUNK))
    assert verdict(certificate, *case.lemmas) in ("holds", "fails", "rejected")


# Soundness: false statements that careless bookkeeping of names and values would prove ------------

FALSE = statement("", "(< 1 0)")
NONE: list[Json] = []


def test_shadowed_names_stay_apart() -> None:
    """for all x, x, y: x <= y is not the same as for all x, x, y: 0 = 0."""
    for_all = "(forall ((x real)) (forall ((x real)) (forall ((y real)) {})))"
    proof = intro(["a"], intro(["b"], intro(["c"], A)))
    for name in ("x", "x_1"):
        last = instance(3, {"y": 0}, NONE, sums([1, [[4, 1]]], [1, []]))
        use_it = instance(1, {"x": 0}, NONE, instance(2, {name: 1}, NONE, last))
        evidence = claim(
            for_all.format("(= 0 0)"), proof, claim(for_all.format("(<= x y)"), A, use_it)
        )
        assert verdict(document(FALSE, evidence)) == "rejected"


def test_bound_matrices_are_not_free_ones() -> None:
    """K[1,1] <= 0 for one matrix K does not say so for all matrices of that name."""
    says = statement("K:matrix M:matrix", "(<= (entry K 1 1) 0)", "(<= (entry M 1 1) 0)")
    other, same = (f"(forall (({name} matrix)) (<= (entry K 1 1) 0))" for name in "LK")
    last = instance(2, {"K": "M"}, NONE, A)
    evidence = claim(other, intro(["L"], A), claim(same, A, last))
    assert verdict(document(says, evidence)) == "rejected"


def test_renaming_keeps_bound_names_apart() -> None:
    """When a value brings in the name y, (y, y_1) bound together do not become the same name."""
    premise = "(forall ((y real) (y_1 real)) (<= y (+ y_1 (* 0 x))))"
    lemma = document(
        statement("x:real", premise, "(< 1 0)"),
        instance(0, {"y": 1, "y_1": 0}, NONE, sums([1, [[1, 1]]], [1, []])),
    )
    evidence = claim(
        "(forall ((a real) (b real)) (= 0 0))",
        intro(["a", "b"], A),
        {"by": "use", "lemma": digest(lemma), "with": {"x": "y"}, "given": [A], "then": A},
    )
    assert verdict(lemma) == "holds"
    false = document(statement("y:real", "(< 1 0)"), evidence, NONE, [digest(lemma)])
    assert verdict(false, lemma) == "rejected"


def test_eigenvalue_bound_is_not_captured() -> None:
    """In t <= lambda_min([M_ij]) the bound t may not speak of the index i of the matrix."""
    five = "(ite (= i j) 5 0)"
    eigenvalue = f"(lambda_min 3 i j {five})"
    captured = f"(psd 3 i j (- {five} (ite (= i j) i 0)))"
    minus = tree(f"(psd 3 i j (- {five} (ite (= i j) 7 0)))")
    rows = {
        "by": "psd_gershgorin", "names": ["p", "q"], "radius": 0, "others": A,
        "diagonal": sums([1, [[4, 1]]], [1, [[7, 1]]], [3, []]),
    }  # fmt: skip
    negative = axiom("semidefinite_pair", [minus, 1, 1, 0], [A] * 5, sums([1, [[8, 1]]], [2, []]))
    seven = sums([1, [[4, 1]]], [-1, [[0, 1]]], [1, [[7, 1]]])
    least = axiom("least_eigenvalue", [eigenvalue, 7], [A], instance(6, {}, [seven], negative))
    evidence = axiom(
        "least_eigenvalue", [eigenvalue, "i"], [A],
        claim(captured, rows, instance(1, {}, [A], least)),
    )  # fmt: skip
    assert verdict(document(statement("i:int", "(= i 7)", "(< 1 0)"), evidence)) == "rejected"


def test_extreme_points_do_not_capture() -> None:
    """The mass m is not mixed up with a name m that a hypothesis binds."""
    total = "(= (series i 0 (coef c i)) 1)"
    says = statement(
        "c:sequence", "(= (coef c 0) 0)", total, "(= (coef c 1) 1/4)", "(<= (coef c 2) 0)"
    )
    fact = "(forall ((m real)) (or (< m 1/4) (< 1/4 m) (= (coef c 1) m)))"
    parts = [
        sums([1, [[2, 1]]], [1, [[3, 1]]], [1, [[5, 1]]]),
        sums([-1, [[2, 1]]], [1, [[4, 1]]], [1, [[6, 1]]]),
    ]
    proof = intro(["m"], {"by": "or", "index": 2, "then": {"by": "split", "parts": parts}})
    strict = sums([1, [[7, 1]]])
    for sign in (2, -2):
        cases = {
            "by": "alternatives", "hypothesis": 6,
            "each": [strict, strict, sums([sign, [[7, 1]]], [1, []])],
        }  # fmt: skip
        reduced = {
            "by": "extreme_points", "sequence": "c", "mass": "m", "index": "i", "converge": [],
            "each": instance(2, {"m": "1/4"}, NONE, cases),
        }  # fmt: skip
        assert verdict(document(says, claim(fact, proof, reduced), [A])) == "rejected"


def test_domain_of_a_definition_must_have_a_value() -> None:
    """f(x) = x for 1/x = 1/x is undefined at 0, though 1/x = 1/x is an identity."""
    f = definition("f", "x:real", "x", "(= (/ 1 x) (/ 1 x))")
    says = statement("", "(= (call f 0) 0)", definitions=[f])
    assert verdict(document(says, A)) == "rejected"
    undefined = {"by": "counterexample", "precision": 64, "at": {}}
    assert verdict(document(says, undefined)) == "fails"


def test_instances_need_hypotheses_with_values() -> None:
    """A hypothesis without a value beyond the table's range leaves the statement undefined."""
    says = statement("n:int", "(<= (/ 1 n) 1)", "(<= 1 n)", "(<= n 1)", "(<= 0 n)")
    rows = [[[1], "0", "0", "1", "1", "1"]]
    assert verdict(document(says, {"by": "instances", "precision": 64, "rows": rows})) == "rejected"
    undefined = {"by": "counterexample", "precision": 64, "at": {"n": 0}}
    assert verdict(document(says, undefined)) == "fails"


def test_range_of_a_quantifier_is_read_from_left_to_right() -> None:
    """A bound without a value does not refute where an earlier condition is false."""
    inner = "(and (!= (+ n (* 0 k)) 100) (<= 1 k) (<= k (/ 1 (- n 100))))"
    says = statement("n:int", "(= n 100)", f"(forall ((k int)) (implies {inner} (= k k)))")
    at = {"by": "counterexample", "precision": 64, "at": {"n": 100}}
    assert verdict(document(says, at)) == "rejected"


def test_an_activation_may_jump_at_zero() -> None:
    """A step is an activation, and E[x s(x)] = E[s'(x)] holds for a kink but not for a jump."""
    says = statement("s:activation", "(= (expect x (* x (apply s x))) (expect x (slope s x)))")
    for value in ([[0], [1]], [[-1], [1]], [[0, 1], ["1/2"]]):
        at = {"by": "counterexample", "precision": 64, "at": {"s": value}}
        assert verdict(document(says, at)) == "fails"
    for value in ([[0], [0, 1]], [[0, -1], [0, 1]]):
        at = {"by": "counterexample", "precision": 64, "at": {"s": value}}
        assert verdict(document(says, at)) == "rejected"


def test_matrices_that_are_not_symmetric_decide_nothing() -> None:
    """A table does not rest on whether a matrix that is not symmetric is semidefinite."""
    says = statement("n:int", "(= n 1)", "(<= (ite (psd 2 i j i) 0 0) 1)")
    table = {"by": "instances", "precision": 64, "rows": [[[1], "0", "0", "1", "1", "1"]]}
    assert verdict(document(says, table)) == "rejected"


def test_evidence_that_nobody_reads_is_rejected() -> None:
    """A third proof of convergence, an ill-formed matrix for a number, a name that is no text."""
    by_name = {case.about: case for case in CASES}
    series = by_name["psd_series"]
    converge = [*series.evidence["converge"], {"by": "junk"}]
    assert (
        verdict(series.document(evidence={**series.evidence, "converge": converge})) == "rejected"
    )
    junk = axiom("square", [["psd", 1, "i", "j", ["banana"]]], NONE, axiom("square", ["x"], NONE))
    assert verdict(document(statement("x:real", "(<= 0 (* x x))"), junk)) == "rejected"
    evidence = {
        "by": "termwise", "sequence": "c", "index": True, "converge": [A], "rest": A,
        "each": {"by": "cases", "on": tree("(= True 3)"), "yes": A, "no": A},
    }  # fmt: skip
    says = statement("c:sequence", "(<= (coef c 3) (dual c 1))")
    assert verdict(document(says, evidence)) == "rejected"


def test_indices_of_a_point_are_integers() -> None:
    """The coefficient with the index 3/2 is not c_1."""
    at = {"by": "counterexample", "precision": 64, "at": {"c": [["3/2", 1]]}}
    assert verdict(document(statement("c:sequence", "(<= (coef c 1) 0)"), at)) == "rejected"


def test_obligations_differ_by_sort() -> None:
    """1 / (2 x - 1) has a value at every integer and not at every real number."""
    value = "(ite (forall ((x {})) (= (/ 1 (- (* 2 x) 1)) (/ 1 (- (* 2 x) 1)))) 0 0)"
    says = statement("", f"(= {value.format('int')} {value.format('real')})")
    assert len(obligations(Statement.parse(says))) == 2


def test_bound_names_differ() -> None:
    """A matrix [M_ii] whose two indices have one name is not a matrix."""
    for formula in ("(psd 2 i i i)", "(<= 0 (lambda_min 2 i i i))"):
        with pytest.raises(Malformed):
            Statement.parse(statement("", formula))


def test_assurance_is_inherited() -> None:
    """What rests on an enclosure is not called exact."""
    box = {"by": "boxes", "precision": 64, "variables": [], "tree": "holds"}
    lemma = document(statement("", "(< (pi) 4)"), box)
    use = {"by": "use", "lemma": digest(lemma), "with": {}, "given": [],
           "then": sums([1, [[0, 1]]], [1, [[1, 1]]])}  # fmt: skip
    found = check(document(statement("", "(<= (pi) 4)"), use, NONE, [digest(lemma)]), lemma)
    assert found.assurance == "enclosure"


def test_undefined_terms_prove_nothing() -> None:
    """1/0 = 1/0, x/x = 1 and log(-1) = log(-1) are not accepted: they have no value."""
    for variables, conclusion in (
        ("", "(= (/ 1 0) (/ 1 0))"),
        ("x:real", "(= (/ x x) (/ x x))"),
        ("", "(= (log -1) (log -1))"),
        ("", "(= (sqrt -1) (sqrt -1))"),
        ("", "(= (asin 2) (asin 2))"),
        ("", "(= (acos -2) (acos -2))"),
        ("x:real", "(= (tan x) (tan x))"),
        ("", "(= (rpow -1 1/3) (rpow -1 1/3))"),
        ("", "(= (rpow 0 -1/3) (rpow 0 -1/3))"),
        ("", "(= (^ 0 -1) (^ 0 -1))"),
        ("c:sequence", "(= (coef c -1) (coef c -1))"),
        ("c:sequence", "(= (dual c 2) (dual c 2))"),
        ("c:sequence", "(= (series i -1 (coef c i)) (series i -1 (coef c i)))"),
        ("c:sequence", "(= (series i 0 (* (coef c i) i)) (series i 0 (* (coef c i) i)))"),
        ("K:matrix", "(= (entry K 0 1) (entry K 0 1))"),
        ("K:matrix", "(implies (psd 0 i j (entry K i j)) (= 0 0))"),
        ("", "(implies (psd 2 i j i) (= 0 0))"),
        ("K:matrix", "(= (kappa 2 i j (entry K i j)) (kappa 2 i j (entry K i j)))"),
        ("", "(= (iter x (* 2 x) 1 1) (iter x (* 2 x) 1 1))"),
        ("", "(= (iter x x 1 2) (iter x x 1 2))"),
        ("", "(= (iter x x -1 1) (iter x x -1 1))"),
        ("", "(= (expect x (exp (* x x))) (expect x (exp (* x x))))"),
        ("a:real", "(= (expect x (exp (* a x x))) (expect x (exp (* a x x))))"),
        ("", "(= (expect x (/ 1 (+ 1 (* x x)))) (expect x (/ 1 (+ 1 (* x x)))))"),
        ("", "(= (expect2 2 x y (* x y)) (expect2 2 x y (* x y)))"),
    ):
        says = statement(variables, conclusion)
        goals = obligations(Statement.parse(says))
        assert goals, conclusion
        for evidence in (A, intro([], A)):
            assert verdict(document(says, evidence, [A] * len(goals))) == "rejected", conclusion
            assert verdict(document(says, evidence)) == "rejected", conclusion


def test_elementary_functions_at_points() -> None:
    """Values at the exact points, an enclosure elsewhere; a near miss is rejected."""
    box = {"by": "boxes", "precision": 64, "variables": [], "tree": "holds"}
    for true, false in (
        ("(<= (sin 1) 8415/10000)", "(<= (sin 1) 8414/10000)"),
        ("(<= (cos 0) 1)", "(< (cos 0) 1)"),
        ("(< (cos 3) -98/100)", "(< (cos 3) -99/100)"),
        ("(< (tan 1) 15575/10000)", "(< (tan 1) 15574/10000)"),
        ("(<= 0 (acos 1))", "(< 0 (acos 1))"),
        ("(< (acos 0) 15708/10000)", "(< (acos 0) 15707/10000)"),
        ("(<= (Phi 0) 1/2)", "(< (Phi 0) 1/2)"),
        ("(< 9772/10000 (Phi 2))", "(< 9773/10000 (Phi 2))"),
        ("(<= 4 (rpow 8 2/3))", "(< 4 (rpow 8 2/3))"),
        ("(< (rpow 2 -1/2) 7072/10000)", "(< (rpow 2 -1/2) 7071/10000)"),
    ):
        needed = obligations(Statement.parse(statement("", true)))
        assert verdict(document(statement("", true), box, [box] * len(needed))) == "holds", true
        assert verdict(document(statement("", false), box, [box] * len(needed))) == "rejected"
    for text in (
        "(<= 0 (rpow 2 3))",
        "(<= 0 (rpow 2 6/3))",
        "(<= 0 (rpow 2 1/65))",
        "(<= 0 (sin))",
    ):
        assert verdict(document(statement("", text), box)) == "rejected", text


def test_certificates_are_plain_data() -> None:
    """Each case of the table survives being written and read as JSON."""
    for case in CASES:
        assert json.loads(json.dumps(case.document())) == case.document()
