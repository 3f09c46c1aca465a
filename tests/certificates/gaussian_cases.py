"""Cases of the rules and axioms on Gaussian expectations, in the manner of `cases`."""

import copy
from collections.abc import Iterator, Sequence
from typing import Any

from certificates.checker import Statement
from proofs.engines.dual import almost_everywhere, polynomial_mean, price
from proofs.engines.identity import defining_facts, identity
from proofs.language import Expression
from proofs.tactics import Prover, Steps
from tests.certificates.cases import A, Case, Json, but, statement, tree

HINTS: Sequence[Steps] = ([defining_facts],)


def term(text: str) -> Expression:
    """A term in Lisp's notation."""

    def frozen(value: Any) -> Any:
        return tuple(map(frozen, value)) if isinstance(value, list) else value

    return Expression(frozen(tree(text)))


def found(says: Json, *steps: Any) -> Json:
    """Evidence by tactics."""
    evidence: Json = Prover({}).prove(Statement.parse(says).goal, steps)
    return evidence


def inside(evidence: Json, *path: Any, to: Any) -> Json:
    """The evidence with one node replaced."""
    changed = copy.deepcopy(evidence)
    node: Any = changed
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = to
    return changed


def gaussian_cases() -> Iterator[Case]:
    """The rules `price`, `primitive` and `congruent`."""
    yield from _price()
    yield from _primitive()
    yield from _congruent()


def _price() -> Iterator[Case]:
    step, inner = "(ite (< x 0) 0 1)", "(<= (abs r) 1)"
    dual = "(= (expect2 r x y (* {} {})) (* {} r (/ 1 (sqrt (* 2 (pi))))))"
    says = statement("r:real", inner, dual.format(step, "y", 1))
    evidence = found(says, price([0], []))
    yield Case(
        "price",
        says,
        evidence,
        statement("r:real", inner, dual.format(step, "y", 2)),
        {
            "a jump left out": inside(
                inside(evidence, "left", "pieces", to=[1]), "left", "breaks", to=[]
            ),
            "a wrong break": inside(evidence, "left", "breaks", to=[1]),
            "a wrong piece": inside(evidence, "left", "pieces", to=[0, 2]),
            "a piece that is not smooth": inside(evidence, "right", "pieces", to=[["abs", "y"]]),
            "a name that is taken": but(evidence, names=["r", "y"]),
            "one name twice": but(evidence, names=["x", "x"]),
            "no base value": but(evidence, zero=A),
            "no derivative": but(evidence, slope=A),
            "no range": but(evidence, range={"by": "split", "parts": []}),
        },
        {
            "a wrong sign": statement("r:real", inner, dual.format(step, "y", -1)),
            "another jump": statement(
                "r:real", inner, dual.format("(ite (< x 0) 0 2)", "y", 1)
            ),
            "another break": statement(
                "r:real", inner, dual.format("(ite (< x 1) 0 1)", "y", 1)
            ),
            "a wrong base value": statement(
                "r:real", inner,
                f"(= (expect2 r x y (* {step} y)) (+ 1 (/ r (sqrt (* 2 (pi))))))",
            ),
            "a correlation above 1": statement("r:real", "(<= r 1)", dual.format(step, "y", 1)),
            "a factor of both": statement("r:real", inner, dual.format(step, "(* x y)", 1)),
            "factors exchanged": statement("r:real", inner, dual.format("y", step, 1)),
            "a factor with the correlation": statement(
                "r:real", inner, dual.format(step, "(* r y)", "r")
            ),
            "not integrable": statement(
                "r:real", inner, dual.format(f"(* (exp (* x x)) {step})", "y", 1)
            ),
            "a constant correlation": statement(
                "r:real", inner, f"(= (expect2 0 x y (* {step} y)) 0)"
            ),
            "an integer correlation": statement("r:int", inner, dual.format(step, "y", 1)),
        },
        hints=HINTS,
    )  # fmt: skip


def _primitive() -> Iterator[Case]:
    ramp = "(expect x (max x 0))"
    value = "(= {} (/ {} (sqrt (* 2 (pi)))))"
    says = statement("", value.format(ramp, 1))
    evidence = found(says, polynomial_mean(term(ramp), [0]), identity)
    yield Case(
        "primitive",
        says,
        evidence,
        statement("", value.format(ramp, 2)),
        {
            "a wrong break": inside(evidence, "primitives", "breaks", to=[1]),
            "a wrong primitive": inside(evidence, "primitives", "pieces", to=[0, 1]),
            "a tail too many": inside(evidence, "tails", to=[[], [[1, 0]]]),
            "no break": inside(
                inside(evidence, "primitives", "pieces", to=[-1]), "primitives", "breaks", to=[]
            ),
            "another function": but(evidence, term=tree("(expect x (max x 1))")),
            "not tame": but(evidence, term=tree("(expect x (exp (* x x)))")),
        },
        {"another mean": statement("", value.format("(expect x (max (* 2 x) 0))", 1))},
        hints=HINTS,
    )  # fmt: skip


def _congruent() -> Iterator[Case]:
    spike = "(expect x (ite (= x 0) 5 1))"
    says = statement("", f"(= {spike} 1)")
    evidence = found(says, almost_everywhere(term(spike), term("1"), [[0]]), identity)
    yield Case(
        "congruent",
        says,
        evidence,
        statement("", f"(= {spike} 5)"),
        {
            "another value excluded": but(evidence, excluded=[[1]]),
            "another body": but(evidence, body=5),
            "no value excluded": but(evidence, excluded=[[]]),
            "too many names": but(evidence, names=["x", "y"]),
        },
        hints=HINTS,
    )
    joint = "(expect2 r x y (* (ite (= y 2) 5 1) x))"
    says = statement("r:real", "(<= (abs r) 1)", f"(= {joint} 0)")
    evidence = found(says, almost_everywhere(term(joint), term("x"), [[], [2]]), identity)
    yield Case(
        "congruent",
        says,
        evidence,
        statement("r:real", "(<= (abs r) 1)", f"(= {joint} 1)"),
        {
            "one name twice": but(evidence, names=["x", "x"]),
            "a name that is taken": but(evidence, names=["r", "x"]),
            "excluded for the other": but(evidence, excluded=[[2], []]),
            "no range": but(evidence, range=[]),
            "not integrable": but(evidence, body=tree("(exp (* x x))")),
        },
        {"a correlation above 1": statement("r:real", "(<= r 1)", f"(= {joint} 0)")},
        hints=HINTS,
    )
