"""Cases of the rules and axioms on Gaussian expectations, in the manner of `cases`."""

import copy
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from certificates.checker import Statement
from proofs.engines.dual import (
    almost_everywhere,
    pieces,
    polynomial_mean,
    price,
    proved_pieces,
)
from proofs.engines.identity import defining_facts, identity
from proofs.language import Expression
from proofs.tactics import Prover, Steps
from tests.certificates.cases import Case, axiom, but
from tests.certificates.writing import A, Json, statement, tree

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
    """The rules `price`, `primitive` and `congruent`, and the axioms about expectations."""
    yield from _price()
    yield from _primitive()
    yield from _congruent()
    yield from _stein()
    yield from _axioms()
    yield from _changes_of_variables()


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


def _stein() -> Iterator[Case]:
    step = "(ite (< {} 1/2) 0 1)"
    left = "(expect2 r x y (* {} {} (* y y)))"
    density = "(/ (exp (- (/ (* 1/2 1/2) 2))) (sqrt (* 2 (pi))))"
    moved = "(+ (* r 1/2) (* (sqrt (- 1 (* r r))) v))"
    smooth = f"(* r (expect2 r u v (* {step.format('u')} (* {{}} v))))"
    edge = f"(* {density} (expect v (* {moved} {moved})))"
    inner = ["(< -1 r)", "(< r 1)"]
    whole = left.format("x", step.format("x"))
    value = f"(= {whole} (+ {smooth} {{}}))"
    says = statement("r:real", *inner, value.format(2, edge))
    goal = Statement.parse(says).goal
    prover = Prover({})
    sides = (
        pieces(term(step.format("u")).tree, "u", [Fraction(1, 2)]),
        pieces(term("(* v v)").tree, "v", []),
    )
    functions = term(step.format("u")).tree, term("(* v v)").tree
    evidence = {
        "by": "stein", "term": tree(whole), "names": ["u", "v"],
        "range": prover.prove(goal.proving(("<", ("abs", "r"), 1))),
        **{
            side: proved_pieces(prover, goal, found_, [(f, p) for p in found_.pieces])
            for side, found_, f in zip(("left", "right"), sides, functions, strict=True)
        },
        "then": A,
    }  # fmt: skip
    yield Case(
        "stein",
        says,
        evidence,
        statement("r:real", *inner, value.format(3, edge)),
        {
            "a jump left out": inside(
                inside(evidence, "left", "pieces", to=[1]), "left", "breaks", to=[]
            ),
            "a wrong break": inside(evidence, "left", "breaks", to=[1]),
            "a wrong piece": inside(evidence, "right", "pieces", to=["v"]),
            "a name that is taken": but(evidence, names=["r", "v"]),
            "one name twice": but(evidence, names=["u", "u"]),
            "no factor x": but(evidence, term=tree(left.format("y", step.format("x")))),
            "a factor of both": but(evidence, term=tree(left.format("x", step.format("(* x y)")))),
            "not tame": but(evidence, term=tree(left.format("x", "(exp (* x x))"))),
            "no range": but(evidence, range=A),
        },
        {
            "no point mass": statement("r:real", *inner, value.format(2, 0)),
            "a correlation of 1": statement("r:real", "(<= (abs r) 1)", value.format(2, edge)),
        },
        hints=HINTS,
    )


def _changes_of_variables() -> Iterator[Case]:
    inner = "(<= (abs r) 1)"
    step = "(ite (< {} 1) 0 1)"

    def case(
        name: str, variables: str, true: str, false: str, text: str, given: int,
        wrong: dict[str, str], refused: dict[str, Sequence[str]] | None = None,
        hypotheses: Sequence[str] = (inner,),
    ) -> Case:  # fmt: skip
        evidence = axiom(name, [text], [A] * given)
        return Case(
            f"axiom {name}",
            statement(variables, *hypotheses, true),
            evidence,
            statement(variables, *hypotheses, false),
            {
                "a term too many": but(evidence, with_=[*evidence["with"], 1]),
                **{k: axiom(name, [v], [A] * given) for k, v in wrong.items()},
            },
            {k: statement(variables, *v) for k, v in (refused or {}).items()},
            hints=HINTS,
        )

    one = f"(expect2 r x y (* {step.format('x')} (max y 0)))"
    other = f"(expect2 r x y (* {step.format('y')} (max x 0)))"
    yield case(
        "exchange", "r:real", f"(= {one} {other})", f"(= {one} (* 2 {other}))", one, 1,
        {"one variable": "(expect x (abs x))", "another": "(expect2 r x y (max y 0))"},
        {"a correlation above 1": ["(<= r 1)", f"(= {one} {other})"]},
    )  # fmt: skip
    turned = f"(expect2 (- r) x y (* {step.format('x')} (max (- y) 0)))"
    yield case(
        "opposite", "r:real", f"(= {one} {turned})",
        f"(= {one} {turned.replace('(- r)', 'r')})", one, 1,
        {"one variable": "(expect x (abs x))", "another": other},
        {"a correlation above 1": ["(<= r 1)", f"(= {one} {turned})"]},
    )  # fmt: skip
    tilted = f"(expect2 r x y (* (exp (+ (* a x) (* b y))) (* {step.format('x')} y)))"
    power = "(exp (/ (+ (* a a) (* b b) (* {} r a b)) 2))"
    moved = f"(expect2 r x y (* {step.format('(+ x (+ a (* r b)))')} (+ y (+ b (* r a)))))"
    shifted = f"(* {power.format(2)} {moved})"
    yield case(
        "shift", "a:real b:real r:real", f"(= {tilted} {shifted})",
        f"(= {tilted} (* {power.format(1)} {moved}))", tilted, 1,
        {
            "another function": tilted.replace("1) 0 1)", "2) 0 1)"),
            "not linear": tilted.replace("(* b y)", "(* b y y)"),
            "a constant": tilted.replace("(* b y)", "b"),
            "not tame": tilted.replace(step.format("x"), "(exp (* x x))"),
            "no exponential": one,
        },
        {"a correlation above 1": ["(<= r 1)", f"(= {tilted} {shifted})"]},
    )  # fmt: skip
    single = f"(expect x (* (exp (* a x)) {step.format('x')}))"
    value = f"(* (exp (/ (* a a) {{}})) (expect x {step.format('(+ x a)')}))"
    yield case(
        "shift", "a:real", f"(= {single} {value.format(2)})", f"(= {single} {value.format(3)})",
        single, 0, {"another": single.replace("1) 0", "2) 0")}, hypotheses=(),
    )  # fmt: skip
    weight = "(exp (- (+ (* 1 (^ x 2)) (* 2 (^ y 2)))))"
    bell = f"(expect2 r x y (* (* {step.format('x')} (cos y)) {weight}))"
    evidence = axiom("reweight", [bell], [A] * 3)
    yield Case(  # its values have no short proof: test_price_numerically compares them
        "axiom reweight",
        statement("r:real", inner, f"(= (* 0 {bell}) 0)"),
        evidence,
        statement("r:real", inner, f"(= (* 0 {bell}) 1)"),
        {
            "a growing one": axiom("reweight", [bell.replace("(* 2 (^ y", "(* -2 (^ y")], [A] * 3),
            "a variable": axiom("reweight", [bell.replace("(* 2 (^", "(* y (^")], [A] * 3),
            "not tame": axiom("reweight", [bell.replace("(cos y)", "(exp (* y y))")], [A] * 3),
            "no weight": axiom("reweight", [one], [A] * 3),
            "a proof too many": axiom("reweight", [bell], [A] * 4),
        },
        {"a correlation above 1": statement("r:real", "(<= r 1)", f"(= (* 0 {bell}) 0)")},
        hints=HINTS,
    )
    single = "(expect x (* {} (exp (- (* {} (^ x 2))))))"
    left, value = single.format(step.format("x"), 1), "(/ (expect x {}) (sqrt 3))"
    right = value.format(step.format("(* (sqrt 1/3) x)"))
    yield case(
        "reweight", "", f"(= {left} {right})", f"(= {left} {right.replace('sqrt 3', 'sqrt 2')})",
        left, 2, {"another rate": single.format(step.format("x"), 2)}, hypotheses=(),
    )  # fmt: skip


def _axioms() -> Iterator[Case]:
    def case(
        name: str, variables: str, formulas: Sequence[str], false: str, terms: Sequence[Any],
        given: Sequence[Json] = (), wrong: dict[str, Sequence[Any]] | None = None,
        refused: dict[str, Sequence[str]] | None = None,
    ) -> Case:  # fmt: skip
        evidence = axiom(name, terms, given)
        return Case(
            f"axiom {name}",
            statement(variables, *formulas),
            evidence,
            statement(variables, *formulas[:-1], false),
            {
                "a term too many": but(evidence, with_=[*evidence["with"], 1]),
                "a proof too many": but(evidence, given=[*given, A]),
                **{k: axiom(name, v, given) for k, v in (wrong or {}).items()},
            },
            {k: statement(variables, *v) for k, v in (refused or {}).items()},
            hints=HINTS,
        )

    inner = "(<= (abs r) 1)"
    half = "(expect x (ite (< x 1) 2 {}))"
    turned = "(expect x (ite (< (- x) 1) 2 {}))"
    yield case(
        "reflection", "", [f"(= {half.format(3)} {turned.format(3)})"],
        f"(= {half.format(3)} {turned.format(4)})", [half.format(3)], (),
        {"not tame": ["(expect x (exp (* x x)))"], "another": [half.format(4)]},
    )  # fmt: skip
    ramp, size = "(expect2 r x y (max x y))", "(expect2 r x y (abs x))"
    both = "(expect2 r x y (+ (* a (max x y)) (* 3 (abs x))))"
    yield case(
        "linearity", "a:real r:real", [inner, f"(= {both} (+ (* a {ramp}) (* 3 {size})))"],
        f"(= {both} (+ (* a {ramp}) (* 2 {size})))", [ramp, "a", size, 3], [A],
        {
            "another coefficient": [ramp, "a", size, 2],
            "other names": [ramp, "a", "(expect2 r u y (abs u))", 3],
            "another correlation": [ramp, "a", "(expect2 0 x y (abs x))", 3],
            "no coefficient": [ramp, "a", size],
            "nothing": [],
        },
        {"a correlation above 1": ["(<= r 1)", f"(= {both} (+ (* a {ramp}) (* 3 {size})))"]},
    )  # fmt: skip
    yield case(
        "linearity", "x:real", ["(= (expect x (* 1 (abs x))) (expect x (abs x)))"],
        "(= (expect x (* x (abs x))) (* x (expect x (abs x))))", ["(expect x (abs x))", 1], (),
        {"a coefficient that is captured": ["(expect x (abs x))", "x"]},
    )  # fmt: skip
    yield case(
        "marginal", "r:real", [inner, "(= (expect2 r x y (abs x)) (expect x (abs x)))"],
        "(= (expect2 r x y (abs y)) (expect x (max x 0)))", ["(expect2 r x y (abs x))"], [A],
        {"both variables": ["(expect2 r x y (max x y))"], "one variable": ["(expect x x)"]},
        {"a correlation above 1": ["(<= r 1)", "(= (expect2 r x y (abs x)) (expect x (abs x)))"]},
    )  # fmt: skip
    product = "(expect2 r x y (* (abs x) y))"
    opposite = f"(= {product} (expect x (* (abs x) (- x))))"
    yield case(
        "perfect_correlation", "r:real", ["(= r -1)", opposite],
        f"(= {product} (expect x (* (abs x) x)))", [product, -1], [A],
        {"the other end": [product, 1], "no end": [product, 0], "one name": ["(expect x x)", 1]},
        {"within": ["(= r 0)", opposite]},
    )  # fmt: skip
    wave = "(expect2 r x y ({} (+ (* 2 x) (- y) 1)))"
    power = "(/ (+ (* 2 2) (* -1 -1) (* 2 r 2 -1)) 2)"
    yield case(
        "exponential_mean", "r:real", [inner, f"(= {wave.format('exp')} (exp (+ 1 {power})))"],
        f"(= {wave.format('exp')} (exp (+ 2 {power})))", [wave.format("exp")], [A],
        {"not linear": ["(expect2 r x y (exp (* x y)))"], "another": ["(expect x (exp x))"]},
        {"a correlation above 1": ["(<= r 1)", f"(= {wave.format('exp')} (exp (+ 1 {power})))"]},
    )  # fmt: skip
    yield case(
        "trigonometric_mean", "r:real",
        [inner, f"(= {wave.format('sin')} (* (sin 1) (exp (- {power}))))"],
        f"(= {wave.format('sin')} (* (cos 1) (exp (- {power}))))", [wave.format("sin")], [A],
        {"not linear": ["(expect2 r x y (sin (* x x)))"], "not a wave": [wave.format("exp")]},
    )  # fmt: skip
    bell = "(expect2 r x y (* (* x y) (exp (- (+ (* 1 (^ x 2)) (* 1 (^ y 2)))))))"
    value = "(* {} (/ r (- 9 (* 4 r r))) (/ 1 (sqrt (- 9 (* 4 r r)))))"
    yield case(
        "gaussian_weight", "r:real", [inner, f"(= {bell} {value.format(1)})"],
        f"(= {bell} {value.format(2)})", [bell], [A, A, A],
        {
            "a growing one": ["(expect x (* 1 (exp (- (* -1 (^ x 2))))))"],
            "another rate": [bell.replace("(* 1 (^ x 2))", "(* 2 (^ x 2))")],
            "a rate of the variable": ["(expect x (* 1 (exp (- (* x (^ x 2))))))"],
            "not a polynomial": [bell.replace("(* x y)", "(abs x)")],
        },
        {"a correlation above 1": ["(<= r 1)", f"(= {bell} {value.format(1)})"]},
    )  # fmt: skip
    bell = "(expect x (* {} (exp (- (* 1/2 (^ x 2))))))"
    yield case(
        "gaussian_weight", "", [f"(= {bell.format(1)} (/ 1 (sqrt 2)))"],
        f"(= {bell.format(1)} (/ 1 (sqrt 3)))", [bell.format(1)], [A, A],
        {"another polynomial": [bell.format("(^ x 2)")], "no sign": [bell.replace("- ", "+ 0 ")]},
    )  # fmt: skip
    yield case(
        "negative_argument", "x:real", ["(= (Phi (- x)) (- 1 (Phi x)))"],
        "(= (Phi (- x)) (- (Phi x)))", ["(Phi x)"], (),
        {"no symmetry": ["(exp x)"], "another": ["(cos x)"]},
    )  # fmt: skip
    yield case(
        "negative_argument", "x:real", ["(= (cos (- x)) (cos x))"], "(= (sin (- x)) (sin x))",
        ["(cos x)"], (), {"another": ["(sin x)"]},
    )  # fmt: skip
    for f, g, total in (
        ("cos", "cos", "(/ (+ (cos (- x y)) (cos (+ x y))) 2)"),
        ("sin", "sin", "(/ (- (cos (- x y)) (cos (+ x y))) 2)"),
        ("sin", "cos", "(/ (+ (sin (+ x y)) (sin (- x y))) 2)"),
    ):
        left = f"(* ({f} x) ({g} y))"
        yield case(
            "product_to_sum", "x:real y:real", [f"(= {left} {total})"], f"(= {left} (* 2 {total}))",
            [left], (), {"another": ["(* (cos x) (sin y))"], "no product": ["(sin x)"]},
        )  # fmt: skip
