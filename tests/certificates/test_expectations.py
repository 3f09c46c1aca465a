"""Attacks on the rules about Gaussian expectations: each false step is refused where it enters."""

import copy
from typing import Any

import pytest

from certificates.checker import Goal, Proof, Rejected, Statement
from certificates.rules.changes import reweight, shift
from certificates.rules.pieces import Pieces
from certificates.rules.tame import smooth, tame
from certificates.terms import Malformed
from proofs.engines.dual import chain
from proofs.engines.identity import defining_facts
from proofs.tactics import Prover, Stuck
from tests.certificates.cases import definedness
from tests.certificates.gaussian_cases import HINTS, found, inside
from tests.certificates.writing import A, Json, statement, tree

INNER = "(<= (abs r) 1)"
STEP = "(ite (< {0} 0) 0 1)"
FORM = "(+ 1/4 (/ (asin r) (* 2 (pi))))"


def frozen(value: Any) -> Any:
    """Lists as tuples."""
    return tuple(map(frozen, value)) if isinstance(value, list) else value


def steps(form: str, f: str = STEP, g: str = STEP, hypothesis: str = INNER) -> Json:
    """The statement E[f(X) g(Y)] = form."""
    body = f"(* {f.format('x')} {g.format('y')})"
    return statement("r:real", hypothesis, f"(= (expect2 r x y {body}) {form})")


EVIDENCE = found(steps(FORM), chain([0]))


def proves(says: Json, evidence: Json) -> bool:
    """Whether the evidence proves the statement's goal."""
    try:
        Proof({}).discharge(Statement.parse(says).goal, evidence)
    except (Rejected, Malformed):
        return False
    return True


def test_the_dual_of_the_step() -> None:
    """The evidence is accepted for the true statement, with its terms defined."""
    assert proves(steps(FORM), EVIDENCE)
    assert definedness(steps(FORM), HINTS)


@pytest.mark.parametrize(
    "form",
    [
        "(+ 1/4 (/ (asin r) (* 3 (pi))))",
        "(+ 1/3 (/ (asin r) (* 2 (pi))))",
        "(- 1/4 (/ (asin r) (* 2 (pi))))",
        "(+ 1/4 (/ (asin (* 1/2 r)) (* 2 (pi))))",
        "(+ 1/4 (/ (acos r) (* 2 (pi))))",
        "(+ 1/4 (/ r (* 2 (pi))))",
        f"(ite (= r 1) 1/2 {FORM})",
        f"(+ {FORM} (ite (= r 1) 1 0))",
        f"(+ {FORM} (- (ceil r) (ceil r)))",
        f"(+ {FORM} (* r (floor (* r 1/2))))",
        f"(* {FORM} (/ (- 1 r) (- 1 r)))",
        f"(+ {FORM} (log (- 1 r)))",
    ],
)
def test_wrong_forms(form: str) -> None:
    """Another coefficient, a jump at the end, or a form without a value there is refused."""
    assert not proves(steps(form), EVIDENCE)
    with pytest.raises(Stuck):
        Prover({}).prove(Statement.parse(steps(form)).goal, [chain([0])])


@pytest.mark.parametrize("side", ["left", "right"])
def test_wrong_pieces(side: str) -> None:
    """Pieces must be the function's own, between ordered breaks, and smooth."""
    pieces = EVIDENCE[side]
    assert not proves(steps(FORM), inside(EVIDENCE, side, "pieces", to=[1, 1]))
    assert not proves(steps(FORM), inside(EVIDENCE, side, "pieces", to=[0, 1, 1]))
    assert not proves(steps(FORM), inside(EVIDENCE, side, "breaks", to=["1/2"]))
    more = copy.deepcopy(EVIDENCE)
    equal = pieces["equal"]
    more[side] = {
        "breaks": [0, 0], "pieces": [0, 7, 1], "order": [A], "equal": [equal[0], A, equal[1]]
    }  # fmt: skip
    assert not proves(steps(FORM), more)
    reverse = {
        "breaks": [1, 0],
        "pieces": [0, 7, 1],
        "order": [A],
        "equal": [equal[0], A, equal[1]],
    }
    assert not proves(steps(FORM), {**EVIDENCE, side: reverse})
    kinked = ["-", ["abs", EVIDENCE["names"][0]], ["abs", EVIDENCE["names"][0]]]
    assert not proves(steps(FORM), inside(EVIDENCE, side, "pieces", to=[kinked, 1]))


def test_hypotheses_on_the_correlation_are_not_used() -> None:
    """A form that is right at one correlation only is refused: E is known along [-1, 1]."""
    assert proves(steps(FORM, hypothesis="(= r 1/2)"), EVIDENCE) is False  # its `range` differs
    says = steps("1/4", hypothesis="(= r 0)")
    with pytest.raises(Stuck):
        Prover({}).prove(Statement.parse(says).goal, [chain([0])])
    goal = Statement.parse(steps(FORM, hypothesis="(= r 1/2)")).goal
    evidence = Prover({}).prove(goal, [chain([0])])
    Proof({}).discharge(goal, evidence)
    with pytest.raises(Stuck):
        Prover({}).prove(Statement.parse(steps(FORM, hypothesis="(<= r 1)")).goal, [chain([0])])


def test_other_functions() -> None:
    """The evidence for one activation proves nothing of another."""
    for other in (
        "(ite (< {0} 1) 0 1)", "(ite (< {0} 0) 0 2)", "(ite (< 0 {0}) 0 1)", "(max {0} 0)", "1",
        "(ite (< r 0) 0 1)", "(* (exp (* {0} {0})) (ite (< {0} 0) 0 1))", "(ite (< y 0) 0 1)",
    ):  # fmt: skip
        assert not proves(steps(FORM, f=other), EVIDENCE), other


def test_shadowed_names() -> None:
    """A variable of the statement with the name of a bound one is another variable."""
    body = "(* (ite (< x 0) 0 1) (ite (< y 0) 0 1))"
    says = statement("x:real y:real r:real", INNER, f"(= (expect2 r x y {body}) {FORM})")
    assert not proves(says, EVIDENCE)  # its names x and y are taken
    goal = Statement.parse(says).goal
    Proof({}).discharge(goal, Prover({}).prove(goal, [chain([0])]))
    outer = statement("x:real r:real", INNER, f"(= (expect2 r u y {body}) {FORM})")
    with pytest.raises(Stuck):
        Prover({}).prove(Statement.parse(outer).goal, [chain([0])])


def test_a_correlation_is_not_captured() -> None:
    """Where the correlation has the name of a bound variable, it must not come under the binder."""
    goal = Goal({"x": "real", "r": "real"}, (), ("=", 0, 0))
    f = ("*", ("ite", ("<", "x", 0), 0, 1), "y")
    weight = ("exp", ("-", ("+", ("*", 1, ("^", "x", 2)), ("*", 1, ("^", "y", 2)))))
    for rule, body in ((shift, ("*", ("exp", ("*", 2, "x")), f)), (reweight, ("*", f, weight))):
        rule(goal, ("expect2", "r", "x", "y", body))
        with pytest.raises(Rejected, match="must not have the name"):
            rule(goal, ("expect2", "x", "x", "y", body))


def test_no_integral_no_value() -> None:
    """Where the body is not tame, the obligation that it is integrable has no proof."""
    for text in (
        "(exp (* x x))", "(exp (* a x x))", "(exp (* x y))", "(/ 1 x)", "(exp (exp x))",
        "(exp (^ x 3))", "(log x)", "(sqrt x)", "(^ x -1)", "(exp (* -1 (* x y)))",
        "(exp (- (* x x) (* 2 x x)))", "(exp (/ (* x x) a))", "(exp (- (/ (* x x) 0)))",
        "(ite (psd 1 i j x) 1 2)", "(ite (forall ((z real)) (< z x)) 1 2)", "(ceil x)",
        "(exp (* (^ a 2) (* x x)))", "(exp (- (* (^ a 3) (* x x))))",
        "(exp (- (/ (* x x) (^ a 2))))", "(exp (* (* 2 (^ a 2)) (* x x)))",
        "(exp (- (* (* -1 (^ a 2)) (* x x))))", "(exp (- (* (+ 1 a) (* x x))))",
        "(exp (- (* (+ -1 (^ a 2)) (^ x 2))))", "(exp (- (* (* a a a) (^ x 2))))",
        "(exp (abs (* x x)))", "(tan x)", "(asin x)", "(expect z (* z x))",
        "(hermite (floor x) a)", "(hermite 3 (exp (* x x)))", "(exp (hermite 2 x))",
    ):  # fmt: skip
        assert not tame(frozen(tree(text)), ("x", "y")), text
    for text in (
        "(exp (- (* x x)))", "(exp (* -1/2 x x))", "(exp (- (/ (^ x 2) 2)))", "(exp (* a x))",
        "(exp (- (* a x) (* 3 (* y y))))", "(* (exp x) (^ (abs x) 3))", "(max (erf (* x x)) a)",
        "(ite (and (< x 1) (not (= x 0))) (sin (* x y)) (/ x a))", "(exp (- (* (* x y) (* x y))))",
        "(exp (- (* (^ a 2) (^ x 2))))", "(exp (- (* (* 2 (^ a 2)) (^ x 2))))",
        "(exp (- (* (+ 1/2 (* 3 (^ a 2) (^ b 4))) (* x x))))",
        "(hermite n x)", "(hermite (+ n 1) (exp (* a x)))",
    ):  # fmt: skip
        assert tame(frozen(tree(text)), ("x", "y")), text


def test_smooth_on_sight() -> None:
    """Kinks, jumps and poles are not smooth."""
    for text in ("(abs x)", "(max x 0)", "(ite (< x 0) 1 1)", "(/ 1 x)", "(sqrt x)", "(^ x -1)",
                 "(atan x)", "(ceil x)", "(hermite (ceil x) a)",
                 "(hermite 2 (abs x))"):  # fmt: skip
        assert not smooth(frozen(tree(text)), "x")
    for text in (
        "(* x (exp x))",
        "(/ (^ x 3) a)",
        "(abs a)",
        "(Phi (* a x))",
        "(erf (sin x))",
        "(hermite n (sin x))",
        "(hermite n (abs a))",
    ):
        assert smooth(frozen(tree(text)), "x")


def test_jumps_and_slopes() -> None:
    """The derivative of pieces, its jumps, and nested distinctions as a term."""
    goal = Goal({"a": "real"}, (), ("=", 0, 0))
    ramp = Pieces("x", (0,), (("*", "a", "x"), "x"))
    assert goal.normal.term(ramp.jump(0)) == {}
    slopes = ramp.slopes()
    assert goal.normal.key(slopes.jump(0)) == goal.normal.key(("-", 1, "a"))
    term = slopes.term(goal)
    assert term[:2] == ("ite", ("<", "x", 0))
    assert goal.normal.key(term[2]) == goal.normal.key("a")
    assert slopes.slopes().term(goal) == 0


def test_defining_facts_do_not_change_the_goal() -> None:
    """What the engine adds are facts of the checker: the evidence is re-checked."""
    goal = Goal({}, (), ("!=", ("sqrt", ("*", 2, ("pi",))), 0))
    Proof({}).discharge(goal, Prover({}).prove(goal, [defining_facts]))
