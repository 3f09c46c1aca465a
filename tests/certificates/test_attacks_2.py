"""Further attacks on the checker: what was once accepted, or printed, wrongly stays impossible.

Beside each false certificate stands one that differs in one thing and is accepted.
"""

import json

import pytest

from certificates.checker import Statement, frozen
from certificates.terms import GREEK, Malformed, show
from tests.certificates.test_attacks import at, check, defined, extreme, holds, rejected
from tests.certificates.writing import A, Json, tree
from tests.certificates.writing import document as certificate
from tests.certificates.writing import statement as says

NORMALISED = ("(= (coef c 0) 0)", "(= (series i 0 (coef c i)) 1)")

# Sequences ----------------------------------------------------------------------------------------


def at_zero(sequence: str) -> str:
    """A coefficient whose index mentions c, and is 0."""
    return f"(coef {sequence} (- (ceil (coef c 5)) (ceil (coef c 5))))"


def test_coefficient_of_another_sequence() -> None:
    """`extreme_points` replaces coefficients of its own sequence only."""

    def statement(sequence: str) -> Json:
        return says("c:sequence d:sequence", *NORMALISED, f"(<= {at_zero(sequence)} 0)")

    holds(certificate(statement("c"), extreme(A), [A]))
    rejected(certificate(statement("d"), extreme(A), [A]))


def test_hypothesis_on_another_sequence() -> None:
    """Nor does it in the hypotheses: d_0 = 1 is no contradiction."""

    def statement(sequence: str) -> Json:
        return says("c:sequence d:sequence", *NORMALISED, f"(= 1 {at_zero(sequence)})", "(<= 1 0)")

    contradiction = {"by": "polynomial", "sum": [[1, [[1, 1]]], [1, []]]}
    holds(certificate(statement("c"), extreme(contradiction), [A]))
    rejected(certificate(statement("d"), extreme(contradiction), [A]))


# Counterexamples ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        ("(<= (exp 1000) (exp 999))", "1.97007e+434... > 7.24749e+433..."),
        ("(<= (exp -1000) 0)", "5.07596e-435... > 0"),
        ("(<= (exp 1) 2)", "2.71828... > 2"),
    ],
)
def test_counterexamples_of_any_size(formula: str, words: str) -> None:
    """What is beyond the range of a float refutes as well as what is not."""
    found = check(certificate(says("", formula), {**at(), "precision": 2048}))
    assert (found.verdict, words in found.refuted) == ("fails", True)


# Printing -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("(* (fold k x (* x k) 1 3 1) y)", "(Π_{1≤k≤3} k)·y"),
        ("(* y (fold k x (* x k) 1 3 1))", "y·(Π_{1≤k≤3} k)"),
        ("(* (fold k x (+ x k) 1 3 0) y)", "(Σ_{1≤k≤3} k)·y"),
        ("(fold k x 5 1 3 0)", "(x ↦ 5 for k = 1, ..., 3)(0)"),
    ],
)
def test_printed_folds(term: str, text: str) -> None:
    assert show(frozen(tree(term))) == text


def test_no_two_names_are_printed_alike() -> None:
    assert len(set(GREEK.values())) == len(GREEK)
    assert show(frozen(tree("(< (pi) pi)"))) == "π < pi"


@pytest.mark.parametrize("name", ["log", "Phi", "max", "kappa"])
def test_definition_named_like_an_operator(name: str) -> None:
    """`log(x)` in a statement is the logarithm, whatever its definitions say."""

    def statement(name: str) -> Json:
        return says("x:real", f"(= (call {name} x) 0)", definitions=[defined(name, 0)])

    holds(certificate(statement("mylog"), A))
    rejected(certificate(statement(name), A))


@pytest.mark.parametrize(
    "formula",
    [
        "(forall ((A real)) (implies (< 1 A) (<= (call A) 1)))",
        "(<= (fold k A (call A) 1 1 0) 1)",
        "(= (expect A (call A)) 1)",
    ],
)
def test_definition_behind_a_bound_name(formula: str) -> None:
    """Both would be printed as A: "for all A: 1 < A implies A <= 1"."""
    one = {"name": "A", "parameters": [], "sort": "int", "where": tree("(= 0 0)"), "body": 1}
    with pytest.raises(Malformed, match="both a name in scope and a definition"):
        check(certificate(says("", formula, definitions=[one]), A))
    Statement.parse(says("", formula.replace("(call A)", "A"), definitions=[one]))
    Statement.parse(says("", formula.replace("(call A)", "1"), definitions=[one]))


def test_definition_behind_a_parameter() -> None:
    one = {"name": "A", "parameters": [], "sort": "int", "where": tree("(= 0 0)"), "body": 1}
    two = {"name": "B", "parameters": [["A", "real"]], "sort": "real", "where": tree("(= 0 0)"),
           "body": tree("(+ A 1)")}  # fmt: skip
    statement = says("", "(= (call B 2) 3)", definitions=[one, two])
    holds(certificate(statement, A))
    two["body"] = tree("(+ (call A) A)")
    rejected(certificate(statement, A))


def test_variable_named_like_a_coefficient() -> None:
    """With a variable c_0, "c_0 = 1" would not be about the sequence."""

    def statement(name: str) -> Json:
        return says(
            f"c:sequence {name}:real", f"(= {name} 1)", "(<= 0 (coef c 1))", f"(= {name} 1)"
        )

    for name in ("c0", "d_0"):
        holds(certificate(statement(name), A))
    rejected(certificate(statement("c_0"), A))
    bound = says("x:real", "(= x 1)", "(= x 1)", "(exists ((c sequence)) (= (coef c 1) x))")
    Statement.parse(bound)
    with pytest.raises(Malformed, match="like a coefficient"):
        Statement.parse(json.loads(json.dumps(bound).replace('"x"', '"c_1"')))


# What was tried in vain ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["integrable", "x"])
def test_no_integrable_square_exponential(name: str) -> None:
    """The obligation that E exp(X^2) exists is unprovable, whatever the variables are called."""
    term = "(expect y (exp (^ y 2)))"
    rejected(certificate(says(f"{name}:real", f"(= {name} 0)", f"(= {term} {term})"), A, [A]))
    term = "(expect y (exp (- (^ y 2))))"
    holds(certificate(says(f"{name}:real", f"(= {name} 0)", f"(= {term} {term})"), A))


@pytest.mark.parametrize(
    ("exponent", "tame"),
    [
        ("(* -1 x x)", True),
        ("(/ (* x x) -2)", True),
        ("(/ (* x x) a)", False),
        ("(/ x a)", True),
        ("(* a x x)", False),
        ("(* x y)", False),
        ("(* -1 x y)", False),
        ("(- (^ x 3))", False),
        ("(* -1 -1 x x)", False),
        ("(- 1 (^ x 2))", True),
        ("(- (* x x) (* 2 x x))", False),
    ],
)
def test_exponents_that_are_tame(exponent: str, tame: bool) -> None:
    term = f"(expect2 0 x y (exp {exponent}))"
    given = [A] if exponent.endswith("a)") else []
    document = certificate(says("a:real", "(!= a 0)", f"(= {term} {term})"), A, given)
    (holds if tame else rejected)(document)


@pytest.mark.parametrize("sequence", ["c", "d"])
def test_growth_is_borrowed_from_the_same_sequence(sequence: str) -> None:
    """That sum i d_i converges says nothing of sum i c_i."""
    grows = f"(converges j 0 (* (coef {sequence} j) j))"
    term = "(series i 0 (* (coef c i) i))"
    statement = says("c:sequence d:sequence", grows, f"(= {term} {term})")
    if sequence == "c":
        holds(certificate(statement, A, [A, A]))
    else:
        rejected(certificate(statement, A, [A, A]))
        rejected(certificate(statement, A, [A, A, A]))
