"""A small accepted certificate for each rule and axiom, and what must not be accepted beside it.

Terms and formulas are written as in Lisp, `(<= 0 (* x x))`, and read into the lists of the format.
Each case names one rule or axiom.  Beside the accepted statement and evidence stand a false
statement, which the same evidence must not prove, evidence that differs in one thing (`wrong`),
and statements that lack something which the rule needs (`refused`).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from certificates.checker import Rejected, Statement, digest, obligations
from certificates.terms import Malformed
from proofs.language import Sequence as Coefficients
from proofs.language import integer, real, series
from proofs.tactics import Prover, Steps, Stuck, have, termwise, use
from tests.certificates.writing import A, Json, document, statement, sums, tree

# Evidence, in short -------------------------------------------------------------------------------


def intro(names: Sequence[str], then: Json) -> Json:
    """Evidence by the rule `intro`."""
    return {"by": "intro", "names": list(names), "then": then}


def claim(formula: str, proof: Json, then: Json) -> Json:
    """Evidence by the rule `have`."""
    return {"by": "have", "claim": tree(formula), "proof": proof, "then": then}


def split(*parts: Json) -> Json:
    """Evidence by the rule `split`."""
    return {"by": "split", "parts": list(parts)}


def on(condition: str, yes: Json, no: Json) -> Json:
    """Evidence by the rule `cases`."""
    return {"by": "cases", "on": tree(condition), "yes": yes, "no": no}


def instance(index: int, values: Mapping[str, Any], given: Sequence[Json], then: Json) -> Json:
    """Evidence by the rule `instantiate`."""
    return {"by": "instantiate", "hypothesis": index, "with": dict(values), "given": list(given),
            "then": then}  # fmt: skip


def axiom(name: str, terms: Sequence[Any], given: Sequence[Json], then: Json = A) -> Json:
    """Evidence by an axiom; terms in Lisp's notation."""
    read = [tree(t) if isinstance(t, str) and t.startswith("(") else t for t in terms]
    return {"by": "axiom", "name": name, "with": read, "given": list(given), "then": then}


def without(evidence: Json, key: str) -> Json:
    """The evidence without a field."""
    return {k: v for k, v in evidence.items() if k != key}


def but(evidence: Json, **changes: Any) -> Json:
    """The evidence with fields changed; `with_` stands for the field `with`."""
    return {**evidence, **{k.rstrip("_"): v for k, v in changes.items()}}


# Cases --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    """One accepted certificate, and variants of it that must be rejected."""

    about: str
    says: Json
    evidence: Json
    false: Json
    wrong: Mapping[str, Json] = field(default_factory=dict)
    refused: Mapping[str, Json] = field(default_factory=dict)
    lemmas: tuple[Json, ...] = ()
    hints: Sequence[Steps] = ()
    verdict: str = "holds"

    @property
    def is_whole(self) -> bool:
        """Whether the evidence decides definedness itself."""
        return self.evidence["by"] in ("instances", "counterexample")

    def document(self, says: Json | None = None, evidence: Json | None = None) -> Json:
        """A certificate of the statement or of a variant, by the evidence or by other evidence."""
        written = self.says if says is None else says
        proofs = [] if self.is_whole else self._definedness(written)
        return document(
            written, self.evidence if evidence is None else evidence, proofs, self.rests_on
        )

    def _definedness(self, says: Json) -> list[Json]:
        """Evidence that the terms have values; that of the accepted statement as a last resort."""
        try:
            return definedness(says, self.hints, self.lemmas)
        except (Stuck, Rejected, Malformed):
            return definedness(self.says, self.hints, self.lemmas)

    @property
    def rests_on(self) -> list[str]:
        """The ids of the lemmas."""
        return sorted(digest(lemma) for lemma in self.lemmas)

    def rejects(self) -> Iterator[tuple[str, Json]]:
        """(what is wrong, certificate) for every variant."""
        yield "a false statement", self.document(says=self.false)
        for what, evidence in self.wrong.items():
            yield what, self.document(evidence=evidence)
        for what, says in self.refused.items():
            yield what, self.document(says=says)


FOUND: dict[str, list[Json] | None] = {}


def definedness(says: Json, hints: Sequence[Steps] = (), lemmas: Sequence[Json] = ()) -> list[Json]:
    """Evidence for the obligations of definedness, found once by the automation."""
    key = json.dumps([says, [digest(lemma) for lemma in lemmas]])
    if key not in FOUND:
        parsed = [Statement.parse(lemma["statement"]) for lemma in lemmas]
        known = {f"lemma {k}": (digest(lemma), parsed[k]) for k, lemma in enumerate(lemmas)}
        prover = Prover(known)
        goals = obligations(Statement.parse(says))
        FOUND[key] = None
        FOUND[key] = [prover.prove_by_one_of(goal, hints) for goal in goals]
    found = FOUND[key]
    if found is None:
        raise Stuck("no evidence was found")
    return found


def _logic() -> Iterator[Case]:
    square_grows = sums([1, [[1, 1]]], [1, [[0, 2]]], [2, [[0, 1]]])
    lemma = document(statement("x:real", "(<= 1 x)", "(<= 1 (* x x))"), square_grows)
    identity = digest(lemma)
    yield Case(
        "polynomial",
        lemma["statement"],
        square_grows,
        statement("x:real", "(<= 1 x)", "(< 1 (* x x))"),
        {
            "the sum is not zero": sums([1, [[1, 1]]], [1, [[0, 2]]], [3, [[0, 1]]]),
            "nothing is strict": sums([0, [[1, 1]]]),
            "the empty sum": sums(),
            "a negative coefficient": sums([-1, [[1, 1]]], [-1, [[0, 2]]], [-2, [[0, 1]]]),
            "no such fact": sums([1, [[2, 1]]], [1, [[0, 2]]], [2, [[0, 1]]]),
            "a negative fact": sums([1, [[-1, 1]]], [1, [[0, 2]]], [2, [[0, 1]]]),
            "a negative power": sums([1, [[1, 1]]], [1, [[0, -2]]], [2, [[0, 1]]]),
            "the power 0": sums([1, [[1, 0]]], [1, [[0, 2]]], [2, [[0, 1]]]),
            "an inequality times a term": sums([1, [[1, 1]]], [1, [[0, 1]], ["+", "x", 1]]),
            "a decimal coefficient": sums(["1.0", [[1, 1]]], [1, [[0, 2]]], [2, [[0, 1]]]),
        },
        {"without the hypothesis": statement("x:real", "(<= 1 1)", "(<= 1 (* x x))")},
    )
    yield Case(
        "polynomial",
        statement("x:real y:real", "(= y 0)", "(<= (* x y) 0)"),
        sums([1, [[1, 1]]], [1, [[0, 1]], "x"]),
        statement("x:real y:real", "(= y 1)", "(<= (* x y) 0)"),
        {"another multiplier": sums([1, [[1, 1]]], [1, [[0, 1]], "y"])},
        {"no equation": statement("x:real y:real", "(<= y 0)", "(<= (* x y) 0)")},
    )
    yield Case(
        "polynomial",
        statement("n:int", "(< 0 n)", "(<= 1 n)"),
        sums([1, [[0, 1]]], [1, [[1, 1]]], [1, []]),
        statement("n:int", "(< 0 n)", "(<= 2 n)"),
        refused={"a real number": statement("n:real", "(< 0 n)", "(<= 1 n)")},
    )
    both = sums([1, [[0, 1]]], [1, [[1, 1]]])
    yield Case(
        "cases",
        statement("x:real", "(<= 0 (abs x))"),
        on("(<= 0 x)", both, both),
        statement("x:real", "(< 0 (abs x))"),
        {
            "another condition": on("(<= 1 x)", both, both),
            "a condition on an unknown variable": on("(<= 0 z)", both, both),
            "a term for a condition": {**on("(<= 0 x)", both, both), "on": "x"},
            "one case only": without(on("(<= 0 x)", both, both), "no"),
        },
    )
    cube = sums([1, [[2, 1]]], [1, [[0, 1], [1, 1]]], [1, [[1, 1]]], [1, [[0, 1]]])
    yield Case(
        "have",
        statement("x:real", "(<= 1 x)", "(<= 1 (* x x x))"),
        claim("(<= 1 (* x x))", square_grows, cube),
        statement("x:real", "(<= 1 x)", "(<= 2 (* x x x))"),
        {
            "a false claim": claim("(<= 2 (* x x))", square_grows, cube),
            "the claim assumed": claim("(<= 1 (* x x))", A, cube),
            "an ill-sorted claim": claim("(<= 1 (coef x 1))", square_grows, cube),
        },
    )
    shifted = {
        "by": "use", "lemma": identity, "with": {"x": tree("(+ y 1)")},
        "given": [sums([1, [[0, 1]]], [1, [[1, 1]]])], "then": A,
    }  # fmt: skip
    yield Case(
        "use",
        statement("y:real", "(<= 0 y)", "(<= 1 (* (+ y 1) (+ y 1)))"),
        shifted,
        statement("y:real", "(<= 0 y)", "(< 1 (* (+ y 1) (+ y 1)))"),
        {
            "a premise that does not hold": but(shifted, with_={"x": "y"}),
            "no proof of the premise": but(shifted, given=[]),
            "a lemma that is not named": but(shifted, lemma="0" * 64),
            "no value": but(shifted, with_={}),
            "one value too many": but(shifted, with_={"x": tree("(+ y 1)"), "y": "y"}),
            "a sequence for a real number": but(shifted, with_={"x": "c"}),
            "the lemma is named and not used": A,
        },
        {"without the hypothesis": statement("y:real", "(<= -1 y)", "(<= 1 (* (+ y 1) (+ y 1)))")},
        lemmas=(lemma,),
    )
    yield Case(
        "split",
        statement("x:real y:real", "(<= x y)", "(<= y x)", "(= x y)"),
        split(A, A),
        statement("x:real y:real", "(<= x y)", "(<= x y)", "(= x y)"),
        {"one part only": split(A), "a part too many": split(A, A, A)},
    )
    yield Case(
        "split",
        statement("x:real", "(<= 1 x)", "(and (<= 1 x) (<= 1 (* x x)))"),
        split(A, sums([1, [[2, 1]]], [1, [[0, 2]]], [2, [[1, 1]]])),
        statement("x:real", "(<= 1 x)", "(and (<= 1 x) (<= (* x x) 1))"),
        {"no parts": split()},
        {"a disjunction": statement("x:real", "(<= 1 x)", "(or (<= 1 x) (<= x 1))")},
    )
    twice = sums([1, [[1, 1]]], [2, [[0, 1]]])
    universal = "(forall ((y real)) (implies (<= x y) (<= {} (* 2 y))))"
    yield Case(
        "intro",
        statement("x:real", universal.format("(* 2 x)")),
        intro(["z"], intro([], twice)),
        statement("x:real", universal.format("(* 3 x)")),
        {
            "a name in use": intro(["x"], intro([], twice)),
            "no name": intro([], intro([], twice)),
            "two names": intro(["z", "w"], intro([], twice)),
            "not a name": intro(["2 z"], intro([], twice)),
            "a name for an implication": intro(["z"], intro(["w"], twice)),
        },
    )
    yield Case(
        "or",
        statement("x:real", "(or (<= x 0) (<= 0 x))"),
        {"by": "or", "index": 1, "then": both},
        statement("x:real", "(or (< x 0) (< 0 x))"),
        {
            "no such part": {"by": "or", "index": 2, "then": both},
            "a negative index": {"by": "or", "index": -1, "then": both},
        },
        {"a conjunction": statement("x:real", "(and (<= x 0) (<= 0 x))")},
    )
    outside = sums([1, [[2, 1]]], [1, [[1, 2]]], [2, [[1, 1]]])
    either = {"by": "alternatives", "hypothesis": 0, "each": [outside, outside]}
    yield Case(
        "alternatives",
        statement("x:real", "(or (<= 1 x) (<= x -1))", "(<= 1 (* x x))"),
        either,
        statement("x:real", "(or (<= 1 x) (<= x 0))", "(<= 1 (* x x))"),
        {
            "one alternative only": but(either, each=[outside]),
            "no such hypothesis": but(either, hypothesis=1),
            "a negative index": but(either, hypothesis=-1),
        },
        {"a conjunction": statement("x:real", "(and (<= 1 x) (<= x -1))", "(<= 1 (* x x))")},
    )
    witness = sums([1, [[3, 1]]], [-1, [[2, 1]]], [1, [[1, 2]]])
    some = "(exists ((y real)) (and (<= 0 y) (= x (* y y))))"
    yield Case(
        "obtain",
        statement("x:real", some, "(<= 0 x)"),
        {"by": "obtain", "hypothesis": 0, "names": ["y"], "then": witness},
        statement("x:real", some, "(< 0 x)"),
        {
            "a name in use": {"by": "obtain", "hypothesis": 0, "names": ["x"], "then": witness},
            "two names": {"by": "obtain", "hypothesis": 0, "names": ["y", "z"], "then": witness},
            "no such hypothesis": {
                "by": "obtain",
                "hypothesis": 1,
                "names": ["y"],
                "then": witness,
            },
        },
        {"universal": statement("x:real", some.replace("exists", "forall"), "(<= 0 x)")},
    )
    successor = "(exists ((y int)) (and (< x y) (<= y (+ x 1))))"
    above = {"by": "split", "parts": [A, A]}
    yield Case(
        "witness",
        statement("x:int", "(<= 0 x)", successor),
        {"by": "witness", "with": {"y": ["+", "x", 1]}, "then": above},
        statement("x:int", "(<= 0 x)", "(exists ((y int)) (and (< x y) (<= y x)))"),
        {
            "no value": {"by": "witness", "with": {}, "then": above},
            "not in scope": {"by": "witness", "with": {"y": "z"}, "then": above},
            "not an integer": {"by": "witness", "with": {"y": "1/2"}, "then": above},
            "another value": {"by": "witness", "with": {"y": "x"}, "then": above},
        },
        {"universal": statement("x:int", "(<= 0 x)", successor.replace("exists", "forall"))},
    )
    least = "(forall ((y real)) (implies (<= 0 y) (<= x y)))"
    at_zero = instance(0, {"y": 0}, [A], A)
    yield Case(
        "instantiate",
        statement("x:real", least, "(<= x 0)"),
        at_zero,
        statement("x:real", least, "(<= x -1)"),
        {
            "another instance": but(at_zero, with_={"y": 1}),
            "a premise that does not hold": but(at_zero, with_={"y": -1}),
            "no proof of the premise": but(at_zero, given=[]),
            "another name": but(at_zero, with_={"z": 0}),
            "no such hypothesis": but(at_zero, hypothesis=1),
            "an unknown variable": but(at_zero, with_={"y": "w"}),
        },
        {"existential": statement("x:real", least.replace("forall", "exists"), "(<= x 0)")},
    )
    yield Case(
        "instantiate",
        statement("f:real", "(forall ((k int)) (<= k f))", "(<= 7 f)"),
        instance(0, {"k": 7}, [], A),
        statement("f:real", "(forall ((k int)) (<= k (+ f k)))", "(<= 7 f)"),
        {"a fraction for an integer": instance(0, {"k": "15/2"}, [], A)},
    )
    general = {
        "by": "generalise", "term": ["sqrt", 2], "name": "s",
        "then": axiom("square", ["s"], []),
    }  # fmt: skip
    yield Case(
        "generalise",
        statement("x:real", "(<= 0 (* (sqrt 2) (sqrt 2)))"),
        general,
        statement("x:real", "(<= 3 (* (sqrt 2) (sqrt 2)))"),
        {
            "a name in use": but(general, name="x"),
            "another term": but(general, term=["sqrt", 3]),
            "an unknown variable": but(general, term="y"),
        },
    )
    same = {"by": "rewrite", "old": "x", "new": "y", "equal": A, "then": A}
    yield Case(
        "rewrite",
        statement("x:real y:real", "(= x y)", "(= (exp x) (exp y))"),
        same,
        statement("x:real y:real", "(= x y)", "(= (exp x) (exp (* 2 y)))"),
        {
            "what is not equal": but(same, new=tree("(* 2 y)")),
            "an unknown variable": but(same, new="z"),
            "the other term": but(same, old="y", new="y"),
        },
        {"without the equation": statement("x:real y:real", "(<= x y)", "(= (exp x) (exp y))")},
    )
    yield Case(
        "rewrite",
        statement("n:int x:real", "(= n x)", "(<= 0 n)", "(<= 0 x)"),
        {"by": "rewrite", "old": "x", "new": "n", "equal": A, "then": A},
        statement("n:int x:real", "(= n x)", "(<= -1 n)", "(<= 0 x)"),
        {
            "a real for an integer": {
                "by": "rewrite", "old": "n", "new": "x", "equal": A, "then": A,
            }
        },
    )  # fmt: skip
    yield Case(
        "assumption",
        statement("x:real", "(<= x 1)", "(<= (+ x x) (+ x 1))"),
        A,
        statement("x:real", "(<= x 1)", "(<= (+ x x) x)"),
        {"a field too many": {**A, "of": 0}},
        {"another relation": statement("x:real", "(<= x 1)", "(< x 1)")},
    )
    grows = axiom(
        "power_successor", ["x", "n"], [A],
        sums([1, [[4, 1]]], [-1, [[3, 1]]], [1, [[0, 1], [2, 1]]], [1, [[0, 1]]], [1, [[2, 1]]]),
    )  # fmt: skip
    powers = {"by": "induction", "on": "n", "base": A, "step": grows}
    yield Case(
        "induction",
        statement("x:real n:int", "(<= 1 x)", "(<= 0 n)", "(<= 1 (^ x n))"),
        powers,
        statement("x:real n:int", "(<= 0 x)", "(<= 0 n)", "(<= 1 (^ x n))"),
        {
            "on a real number": but(powers, on="x"),
            "on nothing": but(powers, on="m"),
            "no base": without(powers, "base"),
            "no step": but(powers, step=A),
        },
        {
            "a start at -1": statement("x:real n:int", "(<= 1 x)", "(<= -1 n)", "(<= 1 (^ x n))"),
            "no start": statement("x:real n:int", "(<= 1 x)", "(<= 1 (^ x n))"),
            "more is assumed": statement(
                "x:real n:int", "(<= 1 x)", "(<= 0 n)", "(<= n 9)", "(<= 1 (^ x n))"
            ),
        },
    )


NORMALISED = ("(= (coef c 0) 0)", "(= (series i 0 (coef c i)) 1)")


def _sequences() -> Iterator[Case]:
    at_two = {
        "by": "extreme_points", "sequence": "c", "mass": "m", "index": "k", "converge": [],
        "each": on("(= k 2)", A, A),
    }  # fmt: skip
    one = "(<= (coef c 2) (- 1 (coef c 1)))"
    yield Case(
        "extreme_points",
        statement("c:sequence", *NORMALISED, one),
        at_two,
        statement("c:sequence", *NORMALISED, "(<= (coef c 2) (- 1/2 (coef c 1)))"),
        {
            "a name in use": but(at_two, mass="c"),
            "one name for both": but(at_two, mass="k"),
            "an unknown sequence": but(at_two, sequence="d"),
            "a superfluous proof of convergence": but(at_two, converge=[A]),
            "no case distinction": but(at_two, each=A),
        },
        {
            "no total": statement("c:sequence", NORMALISED[0], one),
            "c_0 is free": statement("c:sequence", NORMALISED[1], one),
            "not linear": statement(
                "c:sequence", *NORMALISED, "(<= (* (coef c 2) (coef c 3)) (- 1 (coef c 1)))"
            ),
        },
    )
    bounded = {
        "by": "extreme_points", "sequence": "c", "mass": "m", "index": "k", "converge": [A],
        "each": on("(<= 0 k)", A, A),
    }  # fmt: skip
    yield Case(
        "extreme_points",
        statement("c:sequence", *NORMALISED, "(<= (dual c 1) 1)"),
        bounded,
        statement("c:sequence", *NORMALISED, "(< (dual c 1) 1)"),
        {"no proof of convergence": but(bounded, converge=[])},
    )
    term = {
        "by": "termwise", "sequence": "c", "index": "k", "converge": [A], "rest": A,
        "each": on("(= k 3)", A, A),
    }  # fmt: skip
    yield Case(
        "termwise",
        statement("c:sequence y:real", "(<= 0 y)", "(<= (coef c 3) (+ y (dual c 1)))"),
        term,
        statement("c:sequence y:real", "(<= 0 y)", "(<= (* 2 (coef c 3)) (+ y (dual c 1)))"),
        {
            "no proof of convergence": but(term, converge=[]),
            "a name in use": but(term, index="y"),
            "an unknown sequence": but(term, sequence="d"),
            "no rest": without(term, "rest"),
        },
        {
            "a rest < 0": statement(
                "c:sequence y:real", "(<= -1 y)", "(<= (coef c 3) (+ y (dual c 1)))"
            ),
            "strict": statement("c:sequence y:real", "(< 0 y)", "(< (coef c 3) (+ y (dual c 1)))"),
            "a negative coefficient": statement(
                "c:sequence y:real", "(<= 0 y)", "(<= (coef c 3) (- y (dual c 1)))"
            ),
        },
    )
    grows = "(converges i 1 (* (coef c i) i))"
    tail = "(<= (* {} (series i 2 (* (coef c i) i))) (series i 1 (* (coef c i) i)))"
    contradiction = sums([1, [[2, 1]]], [1, [[3, 1]]], [2, []])
    slope = {
        "by": "termwise", "sequence": "c", "index": "k", "converge": [A, A], "rest": A,
        "each": on("(<= 2 k)", on("(<= 1 k)", A, contradiction), on("(<= 1 k)", A, A)),
    }  # fmt: skip
    yield Case(
        "termwise",
        statement("c:sequence", grows, tail.format(1)),
        slope,
        statement("c:sequence", grows, tail.format(3)),
        {"no proof of convergence": but(slope, converge=[])},
        {
            "convergence is not known": statement("c:sequence", "(<= 0 0)", tail.format(1)),
            "of another sequence": statement(
                "c:sequence d:sequence", "(converges i 1 (* (coef d i) i))", tail.format(1)
            ),
            "of a series that grows less": statement(
                "c:sequence", "(converges i 1 (* (coef c i) 1/2))", tail.format(1)
            ),
        },
    )
    bounded_power = document(
        statement("x:real k:int", "(<= (abs x) 1)", "(<= 0 k)", "(<= (abs (^ x k)) 1)"),
        {"by": "induction", "on": "k", "base": A, "step": _power_step()},
        definedness(
            statement("x:real k:int", "(<= (abs x) 1)", "(<= 0 k)", "(<= (abs (^ x k)) 1)")
        ),
    )
    c, y, i = Coefficients("c"), real("y"), integer("i")
    small = use("lemma 0", x=y, k=integer("k"))
    total = series(i, 0, c[i])
    inside: Steps = [
        have(c.dual(y) <= total, termwise("c", "k", converge=[[small]]), small),
        have(-1 * total <= c.dual(y), termwise("c", "k", converge=[[small]]), small),
    ]
    says = (
        "(exists ((e sequence)) (forall ((x real)) (implies (<= (abs x) 1)"
        " (= (iter y (dual c y) L x) (dual {} x)))))"
    )
    yield Case(
        "composition",
        statement("c:sequence L:int", NORMALISED[1], "(<= 0 L)", says.format("e")),
        {"by": "composition", "sequence": "c"},
        statement("c:sequence L:int", NORMALISED[1], "(<= 0 L)", says.format("c")),
        {"another sequence": {"by": "composition", "sequence": "e"}},
        {
            "no total": statement("c:sequence L:int", "(<= 0 L)", says.format("e")),
            "another total": statement(
                "c:sequence L:int", "(= (series i 0 (coef c i)) 2)", "(<= 0 L)", says.format("e")
            ),
            "no depth": statement("c:sequence L:int", NORMALISED[1], says.format("e")),
        },
        lemmas=(bounded_power,),
        hints=[inside],
    )


def _power_step() -> Json:
    """|x^k| <= 1 gives |x^(k+1)| <= 1 for |x| <= 1."""
    found = Prover({}).prove(
        Statement.parse(
            statement(
                "x:real k:int", "(<= (abs x) 1)", "(<= 0 k)", "(<= (abs (^ x k)) 1)",
                "(= (^ x (+ k 1)) (* x (^ x k)))", "(<= (abs (^ x (+ k 1))) 1)",
            )
        ).goal
    )  # fmt: skip
    return axiom("power_successor", ["x", "k"], [A], found)


def _matrices() -> Iterator[Case]:
    entry = "(psd n i j (entry K i j))"
    same = {
        "by": "psd_congruent", "names": ["p", "q"], "body": tree("(+ (entry K p q) 0)"),
        "entries": A, "then": A,
    }  # fmt: skip
    yield Case(
        "psd_congruent",
        statement("K:matrix n:int", "(<= 1 n)", entry, "(psd n a b (entry K b a))"),
        same,
        statement("K:matrix n:int", "(<= 1 n)", entry, "(psd n a b (- (entry K b a)))"),
        {
            "other entries": but(same, body=tree("(- (entry K p q) 1)")),
            "a name in use": but(same, names=["n", "q"]),
            "one name twice": but(same, names=["p", "p"]),
            "three names": but(same, names=["p", "q", "r"]),
        },
        {"of another matrix": statement(
            "K:matrix M:matrix n:int", "(<= 1 n)", entry, "(psd n a b (entry M b a))"
        )},
    )  # fmt: skip
    small = (
        "(forall ((i int) (j int)) (implies (and (<= 1 i) (<= i n) (<= 1 j) (<= j n))"
        " (<= (abs (entry K i j)) 1)))"
    )
    weighted = "(psd n i j (series k 0 (* (coef c k) (entry K i j))))"
    each = instance(2, {"i": "p", "j": "q"}, [A, A, A, A], A)
    series_of = {
        "by": "psd_series", "names": ["p", "q", "k"], "converge": [A, each], "each": A,
    }  # fmt: skip
    yield Case(
        "psd_series",
        statement("c:sequence K:matrix n:int", "(<= 1 n)", entry, small, weighted),
        series_of,
        statement("c:sequence K:matrix n:int", "(<= 1 n)", "(<= 0 n)", small, weighted),
        {
            "two names": but(series_of, names=["p", "q"]),
            "a name in use": but(series_of, names=["p", "q", "n"]),
            "no proof of convergence": but(series_of, converge=[]),
            "a wrong proof of convergence": but(series_of, converge=[A, A]),
        },
        {"not a series": statement("c:sequence K:matrix n:int", "(<= 1 n)", entry, small, entry)},
    )
    power = {
        "by": "psd_schur", "names": ["p", "q"], "base": tree("(entry K p q)"), "exponent": "k",
        "nonnegative": A, "then": A,
    }  # fmt: skip
    variables = "K:matrix n:int k:int"
    yield Case(
        "psd_schur",
        statement(variables, "(<= 1 n)", entry, "(<= 0 k)", "(psd n i j (^ (entry K i j) k))"),
        power,
        statement(
            variables, "(<= 1 n)", "(<= 0 n)", "(<= 0 k)", "(psd n i j (^ (entry K i j) k))"
        ),
        {
            "another power": but(power, exponent=2),
            "a base that is not symmetric": but(power, base=tree("(entry K p 1)")),
            "a real exponent": but(power, exponent="1/2"),
            "another base": but(power, base=tree("(- (entry K p q))")),
        },
        {"a power that may be negative": statement(
            variables, "(<= 1 n)", entry, "(<= -1 k)", "(psd n i j (^ (+ 2 (entry K i j)) k))"
        )},
    )  # fmt: skip
    other = "(psd n i j (entry M i j))"
    both = "(psd n i j ({} (entry K i j) (entry M i j)))"
    for operator in ("+", "*"):
        combined = {
            "by": "psd_combined", "names": ["p", "q"], "operator": operator,
            "terms": [tree("(entry K p q)"), tree("(entry M p q)")], "each": [A, A],
        }  # fmt: skip
        yield Case(
            "psd_combined",
            statement("K:matrix M:matrix n:int", "(<= 1 n)", entry, other, both.format(operator)),
            combined,
            statement("K:matrix M:matrix n:int", "(<= 1 n)", entry, other, both.format("-")),
            {
                "another operator": but(combined, operator="-"),
                "three matrices": but(combined, terms=[*combined["terms"], 0]),
                "one proof": but(combined, each=[A]),
                "another matrix": but(combined, terms=[tree("(entry K p q)")] * 2),
                "not symmetric": but(
                    combined, terms=[tree("(entry K p 1)"), tree("(entry M p q)")]
                ),
                "a name in use": but(combined, names=["p", "n"]),
            },
            {"one is not semidefinite": statement(
                "K:matrix M:matrix n:int", "(<= 1 n)", entry, "(<= 0 n)", both.format(operator)
            )},
        )  # fmt: skip
    discs = {"by": "psd_gershgorin", "names": ["p", "q"], "radius": 1, "diagonal": A, "others": A}
    yield Case(
        "psd_gershgorin",
        statement("", "(psd 3 i j (ite (= i j) 2 1))"),
        discs,
        statement("", "(psd 3 i j (ite (= i j) 2 3))"),
        {
            "too large a radius": but(discs, radius="3/2"),
            "too small a radius": but(discs, radius="1/2"),
            "a radius that depends on the row": but(discs, radius="p"),
            "one name twice": but(discs, names=["p", "p"]),
        },
        {"a fourth row": statement("", "(psd 4 i j (ite (= i j) 2 1))")},
    )


def _enclosures() -> Iterator[Case]:
    cut = {
        "by": "boxes", "precision": 64, "variables": [["x", 0, 1]],
        "tree": ["x", "1/2", "holds", "holds"],
    }  # fmt: skip
    product = "(<= (* x (- 1 x)) {})"
    unit = ("(<= 0 x)", "(<= x 1)")
    yield Case(
        "boxes",
        statement("x:real", *unit, product.format("5/8")),
        cut,
        statement("x:real", *unit, product.format("1/5")),
        {
            "no cut": but(cut, tree="holds"),
            "a cut outside": but(cut, tree=["x", 2, "holds", "holds"]),
            "a cut of another variable": but(cut, tree=["y", "1/2", "holds", "holds"]),
            "a narrower box": but(cut, variables=[["x", "1/4", 1]]),
            "no box": but(cut, variables=[]),
            "an unknown leaf": but(cut, tree=["x", "1/2", "holds", "true"]),
            "too low a precision": but(cut, precision=8),
            "too high a precision": but(cut, precision=10**6),
        },
        {"no lower end": statement("x:real", "(<= x 1)", product.format("5/8"))},
    )
    pruned = {
        "by": "boxes", "precision": 64, "variables": [["x", 0, 1]],
        "tree": ["x", "2/3", "holds", [2]],
    }  # fmt: skip
    yield Case(
        "boxes",
        statement("x:real", *unit, "(<= (* x x) 1/4)", "(<= (exp x) 2)"),
        pruned,
        statement("x:real", *unit, "(<= (* x x) 1)", "(<= (exp x) 2)"),
        {
            "a hypothesis that is true there": but(pruned, tree=["x", "2/3", "holds", [1]]),
            "no such hypothesis": but(pruned, tree=["x", "2/3", "holds", [3]]),
            "a negative hypothesis": but(pruned, tree=["x", "2/3", "holds", [-1]]),
            "a hypothesis that is open there": but(pruned, tree=["x", "1/3", "holds", [2]]),
        },
    )
    first: list[Any] = [[1], "1", "1.000", "1", "1", "0"]
    second: list[Any] = [[2], "1.41", "1.42", "2", "2", "0.58"]
    table: Json = {"by": "instances", "precision": 64, "rows": [first, second]}
    yield Case(
        "instances",
        statement("n:int", "(<= 1 n)", "(<= n 2)", "(<= (sqrt n) n)"),
        table,
        statement("n:int", "(<= 1 n)", "(<= n 2)", "(< (sqrt n) n)"),
        {
            "a row is missing": but(table, rows=[first]),
            "a row too many": but(table, rows=[first, second, second]),
            "another order": but(table, rows=[second, first]),
            "an enclosure beside the value": but(
                table, rows=[first, [[2], "1.42", "1.43", "2", "2", "0.57"]]
            ),
            "an enclosure that decides nothing": but(
                table, rows=[first, [[2], "1.4", "2.1", "2", "2", "-0.1"]]
            ),
            "no decimal": but(table, rows=[first, [[2], "7/5", "3/2", "2", "2", "0"]]),
            "no margin": but(table, rows=[first, second[:-1]]),
            "a larger margin": but(table, rows=[first, [*second[:-1], "0.59"]]),
            "a smaller margin": but(table, rows=[first, [*second[:-1], "0.57"]]),
            "no rows": but(table, rows=[]),
        },
        {
            "a further point": statement("n:int", "(<= 1 n)", "(<= n 3)", "(<= (sqrt n) n)"),
            "no bound": statement("n:int", "(<= 1 n)", "(<= (sqrt n) n)"),
            "a real variable": statement("n:real", "(<= 1 n)", "(<= n 2)", "(<= (sqrt n) n)"),
        },
    )
    at_zero = {"by": "counterexample", "precision": 64, "at": {"x": 0}}
    yield Case(
        "counterexample",
        statement("x:real", "(<= 0 x)", "(< 0 x)"),
        at_zero,
        statement("x:real", "(<= 0 x)", "(<= 0 x)"),
        {
            "a point outside": but(at_zero, at={"x": -1}),
            "a point where it holds": but(at_zero, at={"x": "1/2"}),
            "no point": but(at_zero, at={}),
            "another variable": but(at_zero, at={"y": 0}),
            "a decimal": but(at_zero, at={"x": "0.0"}),
        },
        verdict="fails",
    )
    no_value = {"by": "counterexample", "precision": 64, "at": {"x": 0}}
    yield Case(
        "counterexample",
        statement("x:real", "(= (/ x x) 1)"),
        no_value,
        statement("x:real", "(!= x 0)", "(= (/ x x) 1)"),
        {"a point with a value": but(no_value, at={"x": 3})},
        verdict="fails",
    )
    dual = {"by": "counterexample", "precision": 64, "at": {"c": [[0, "1/2"], [2, 1]]}}
    yield Case(
        "counterexample",
        statement("c:sequence", "(<= (dual c 1) 1)"),
        dual,
        statement("c:sequence", "(<= 0 (dual c 1))"),
        {
            "a negative coefficient": but(dual, at={"c": [[0, -1], [2, 3]]}),
            "a negative index": but(dual, at={"c": [[-1, 2]]}),
            "an index twice": but(dual, at={"c": [[1, 1], [1, 1]]}),
            "no list": but(dual, at={"c": 2}),
        },
        verdict="fails",
    )
    harmonic = {"by": "counterexample", "precision": 64, "at": {"c": "telescoping"}}
    slope = "(<= (series i 1 (* (coef c i) i)) 5)"
    yield Case(
        "counterexample",
        statement("c:sequence", *NORMALISED, slope),
        harmonic,
        statement("c:sequence", *NORMALISED, "(converges i 1 (* (coef c i) i))", slope),
        {
            "a finite sequence": but(harmonic, at={"c": [[2, 1]]}),
            "an unknown sequence": but(harmonic, at={"c": "harmonic"}),
        },
        {
            "a series that converges": statement(
                "c:sequence", *NORMALISED, "(<= (series i 3 (* (coef c i) 4)) 2)"
            ),
            "a series that is not decided": statement(
                "c:sequence", *NORMALISED, "(<= (dual c 1/2) 0)"
            ),
            "another total": statement("c:sequence", "(= (series i 3 (coef c i)) 1)", slope),
        },
        verdict="fails",
    )
    matrix = {"by": "counterexample", "precision": 64, "at": {"K": [[1, 2], [2, 1]]}}
    semidefinite = "(psd 2 i j (entry K i j))"
    yield Case(
        "counterexample",
        statement("K:matrix", semidefinite),
        matrix,
        statement("K:matrix", semidefinite, semidefinite),
        {
            "not symmetric": but(matrix, at={"K": [[1, 2], [3, 1]]}),
            "semidefinite": but(matrix, at={"K": [[1, 1], [1, 1]]}),
            "too small": but(matrix, at={"K": [[-1]]}),
            "ragged": but(matrix, at={"K": [[1, 2], [2]]}),
        },
        verdict="fails",
    )


def _axioms() -> Iterator[Case]:
    def case(
        name: str, variables: str, formulas: Sequence[str], false: Sequence[str],
        terms: Sequence[Any], given: Sequence[Json], then: Json = A, *,
        wrong: Mapping[str, Sequence[Any]] | None = None,
        refused: Mapping[str, Sequence[str]] | None = None,
    ) -> Case:  # fmt: skip
        evidence = axiom(name, terms, given, then)
        other = {
            "no such axiom": but(evidence, name="obviously"),
            "a term too many": but(evidence, with_=[*evidence["with"], 1]),
            "an unknown variable": but(evidence, with_=["w", *evidence["with"][1:]]),
            "a proof too many": but(evidence, given=[*given, A]),
            **{k: axiom(name, v, given, then) for k, v in (wrong or {}).items()},
        }
        if given:
            other["no proof of a premise"] = but(evidence, given=[])
        return Case(
            f"axiom {name}",
            statement(variables, *formulas),
            evidence,
            statement(variables, *false),
            other,
            {k: statement(variables, *v) for k, v in (refused or {}).items()},
        )

    yield case(
        "power_successor", "x:real n:int",
        ["(<= 0 n)", "(= (^ x (+ n 1)) (* x (^ x n)))"],
        ["(<= 0 n)", "(= (^ x (+ n 1)) (* x x (^ x n)))"],
        ["x", "n"], [A],
        wrong={"a real exponent": ["x", "x"], "another exponent": ["x", "(+ n 1)"]},
        refused={"a start at -1": ["(<= -1 n)", "(= (^ x (+ n 1)) (* x (^ x n)))"]},
    )  # fmt: skip
    following = "(= (hermite (+ n 2) x) (- (* x (hermite (+ n 1) x)) (* (+ n {}) (hermite n x))))"
    yield case(
        "hermite_successor", "x:real n:int",
        ["(<= 0 n)", following.format(1)], ["(<= 0 n)", following.format(2)],
        ["(+ n 1)", "x"], [sums([1, [[0, 1]]], [1, [[1, 1]]], [2, []])],
        wrong={"a real index": ["x", "x"], "another index": ["(+ n 2)", "x"],
               "another argument": ["(+ n 1)", "(* 2 x)"]},
        refused={"a start at -3": ["(<= -3 n)", following.format(1)]},
    )  # fmt: skip
    yield case(
        "power_zero", "x:real n:int",
        ["(= n 0)", "(= (^ x n) 1)"], ["(= n 2)", "(= (^ x n) 1)"], ["x", "n"], [A],
        wrong={"the exponent 1": ["x", 1]},
    )  # fmt: skip
    yield case(
        "power_negative", "x:real n:int",
        ["(!= x 0)", "(= (* (^ x (- n)) (^ x n)) 1)"],
        ["(!= x 0)", "(= (* (^ x (- n)) (^ x n)) 2)"],
        ["x", "n"], [A],
        refused={"also at 0": ["(<= 0 n)", "(= (* (^ x (- n)) (^ x n)) 1)"]},
    )  # fmt: skip
    yield case(
        "quotient", "a:real b:real",
        ["(!= b 0)", "(= (* b (/ a b)) a)"], ["(!= b 0)", "(= (* b (/ a b)) b)"], ["a", "b"], [A],
        wrong={"the other way round": ["b", "a"]},
        refused={"also at 0": ["(= a a)", "(= (* b (/ a b)) a)"]},
    )  # fmt: skip
    yield case("square", "x:real", ["(<= 0 (* x x))"], ["(< 0 (* x x))"], ["x"], [])
    yield case(
        "root", "x:real",
        ["(<= 0 x)", "(= (^ (sqrt x) 2) x)"], ["(<= 0 x)", "(= (sqrt x) x)"], ["x"], [A],
        refused={"also below 0": ["(<= -1 x)", "(= (^ (sqrt x) 2) x)"]},
    )  # fmt: skip
    yield case(
        "root_product", "x:real y:real",
        ["(<= 0 x)", "(<= 0 y)", "(= (sqrt (* x y)) (* (sqrt x) (sqrt y)))"],
        ["(<= 0 x)", "(<= 0 y)", "(= (sqrt (* x y)) (* (sqrt x) y))"], ["x", "y"], [A, A],
        wrong={"other factors": ["(* 2 x)", "y"]},
        refused={"also below 0": ["(<= x 0)", "(<= y 0)",
                                  "(= (sqrt (* x y)) (* (sqrt x) (sqrt y)))"]},
    )  # fmt: skip
    yield case(
        "log_power", "x:real",
        ["(< 0 x)", "(= (log (^ x 2)) (* 2 (log x)))"],
        ["(< 0 x)", "(= (log (^ x 2)) (* 3 (log x)))"],
        ["x", 2], [A],
        wrong={"another exponent": ["x", 3], "a fraction": ["x", "1/2"]},
        refused={"also below 0": ["(!= x 0)", "(= (log (^ x 2)) (* 2 (log x)))"]},
    )  # fmt: skip
    yield case(
        "log_product", "x:real y:real",
        ["(< 0 x)", "(< 0 y)", "(= (log (* x y)) (+ (log x) (log y)))"],
        ["(< 0 x)", "(< 0 y)", "(= (log (* x y)) (* (log x) (log y)))"],
        ["x", "y"], [A, A],
        refused={"also below 0": ["(< 0 x)", "(= y y)", "(= (log (* x y)) (+ (log x) (log y)))"]},
    )  # fmt: skip
    yield case(
        "log_monotone", "x:real y:real",
        ["(< 0 x)", "(<= x y)", "(<= (log x) (log y))"],
        ["(< 0 x)", "(<= x y)", "(< (log x) (log y))"],
        ["x", "y"], [A, A],
        wrong={"the other way round": ["y", "x"]},
    )  # fmt: skip
    yield case(
        "log_increasing", "x:real y:real",
        ["(< 0 x)", "(< x y)", "(< (log x) (log y))"],
        ["(< 0 x)", "(<= x y)", "(< (log x) (log y))"],
        ["x", "y"], [A, A],
        wrong={"the other way round": ["y", "x"]},
    )  # fmt: skip
    yield case("log_one", "x:real", ["(= (log 1) 0)"], ["(= (log 1) 1)"], [], [])
    yield case(
        "log_bounds", "x:real",
        ["(< 0 x)", "(<= (log x) (- x 1))"], ["(< 0 x)", "(<= (log x) (- x 2))"], ["x"], [A],
        wrong={"at another place": ["(* 2 x)"]},
    )  # fmt: skip
    yield case(
        "pi_bounds",
        "",
        ["(< 3 (pi))"],
        ["(< (pi) 3)"],
        [],
        [],
        sums([1, [[0, 1]]], [1, [[2, 1]]], ["10/71", []]),
    )
    yield case(
        "value_at_zero", "x:real",
        ["(= x 0)", "(= (cos x) 1)"], ["(= x 1)", "(= (cos x) 1)"], ["(cos x)"], [A],
        wrong={
            "another function": ["(sin x)"],
            "no value there": ["(log x)"],
            "another argument": ["(cos (+ x 1))"],
        },
    )  # fmt: skip
    yield case(
        "pythagoras", "x:real", ["(= (+ (^ (sin x) 2) (^ (cos x) 2)) 1)"],
        ["(= (+ (^ (sin x) 2) (^ (cos x) 2)) 2)"], ["x"], [],
        wrong={"at another place": ["(* 2 x)"]},
    )  # fmt: skip
    yield case(
        "arccosine", "x:real", ["(<= (abs x) 1)", "(= (acos x) (- (/ (pi) 2) (asin x)))"],
        ["(<= (abs x) 1)", "(= (acos x) (+ (/ (pi) 2) (asin x)))"], ["x"], [A],
        wrong={"outside the domain": ["(* 2 x)"]},
        refused={"half a domain": ["(<= x 1)", "(= (acos x) (- (/ (pi) 2) (asin x)))"]},
    )  # fmt: skip
    for function, relation, low, high in (
        ("sin", "<=", "-1", "1"), ("cos", "<=", "-1", "1"), ("erf", "<", "-1", "1"),
        ("Phi", "<", "0", "1"), ("atan", "<", "(- (/ (pi) 2))", "(/ (pi) 2)"),
    ):  # fmt: skip
        value = f"({function} x)"
        yield case(
            "function_range", "x:real",
            [f"(and ({relation} {low} {value}) ({relation} {value} {high}))"],
            [f"(and (< {low} {value}) (< {value} (/ {high} 2)))"], [value], [],
            then=split(A, A),
            wrong={"another function": ["(exp x)"], "at another place": [f"({function} (* 2 x))"]},
        )  # fmt: skip
    for function, domain in (
        ("exp", ()), ("atan", ()), ("erf", ()), ("Phi", ()), ("sqrt", ("(<= 0 x)",)),
        ("log", ("(< 0 x)",)), ("asin", ("(<= -1 x)", "(<= y 1)")),
    ):  # fmt: skip
        values = [f"({function} x)", f"({function} y)"]
        yield case(
            "increasing", "x:real y:real",
            ["(<= x y)", *domain, f"(<= {values[0]} {values[1]})"],
            ["(<= x y)", *domain, f"(< {values[0]} {values[1]})"], values,
            [A] * (1 + len(domain)),
            wrong={
                "the other way round": values[::-1],
                "two functions": [values[0], "(cos y)"],
                "a function that does not increase": ["(cos x)", "(cos y)"],
            },
        )  # fmt: skip
    yield case(
        "rational_root", "x:real",
        ["(<= 0 x)", "(= (^ (rpow x 2/3) 3) (^ x 2))"],
        ["(<= 0 x)", "(= (^ (rpow x 2/3) 3) (^ x 3))"], ["(rpow x 2/3)"], [A],
        wrong={
            "a negative exponent": ["(rpow x -2/3)"], "no power": ["(sqrt x)"],
            "another exponent": ["(rpow x 1/3)"],
        },
    )  # fmt: skip
    yield case("arcsine_half", "", ["(= (asin 1/2) (/ (pi) 6))"], ["(= (asin 1/2) (pi))"], [], [])
    yield case("arcsine_one", "", ["(= (asin 1) (/ (pi) 2))"], ["(= (asin 1) (pi))"], [], [])
    yield case(
        "exp_bounds", "x:real", ["(<= (+ 1 x) (exp x))"], ["(< (+ 1 x) (exp x))"], ["x"], [],
        wrong={"at another place": ["(* 2 x)"]},
    )  # fmt: skip
    yield case(
        "exp_bounds", "x:real", ["(< 0 (exp x))"], ["(< 1 (exp x))"], ["x"], [],
        wrong={"at another place": ["(* 2 x)"]},
    )  # fmt: skip
    yield case(
        "exp_sum", "x:real y:real",
        ["(= (exp (+ x y)) (* (exp x) (exp y)))"], ["(= (exp (+ x y)) (+ (exp x) (exp y)))"],
        ["x", "y"], [],
        wrong={"the difference": ["x", "(- y)"]},
    )  # fmt: skip
    yield case(
        "log_exp", "x:real",
        ["(< 0 (exp x))", "(= (log (exp x)) x)"], ["(< 0 (exp x))", "(= (log (exp x)) (* 2 x))"],
        ["x"], [],
        wrong={"at another place": ["(+ x 1)"]},
    )  # fmt: skip
    roots = ("(< 0 (pi))", "(< 0 (sqrt (pi)))")
    below, above = "(/ (* 2 (- x (/ (^ x 3) 3))) (sqrt (pi)))", "(/ (* 2 x) (sqrt (pi)))"
    yield case(
        "erf_bounds", "x:real",
        [*roots, "(<= 0 x)", f"(<= {below} (erf x))"],
        [*roots, "(<= 0 x)", f"(<= {above} (erf x))"], ["x"], [A],
        wrong={"at another place": ["(* 2 x)"]},
        refused={"below 0": [*roots, "(<= -1 x)", f"(<= {below} (erf x))"]},
    )  # fmt: skip
    yield case(
        "erf_bounds", "x:real",
        [*roots, "(<= 0 x)", f"(<= (erf x) {above})"],
        [*roots, "(<= 0 x)", f"(<= (erf x) {below})"], ["x"], [A],
        wrong={"at another place": ["(* 2 x)"]},
        refused={"below 0": [*roots, "(<= -1 x)", f"(<= (erf x) {above})"]},
    )  # fmt: skip
    yield case(
        "ceiling", "x:real", ["(< (ceil x) (+ x 1))"], ["(<= (ceil x) x)"], ["x"], [],
        wrong={"at another place": ["(+ x 1)"]},
    )  # fmt: skip
    yield case(
        "floor_part", "x:real", ["(<= (floor x) x)"], ["(< (floor x) x)"], ["x"], [],
        wrong={"at another place": ["(+ x 1)"]},
    )  # fmt: skip
    inside, half = "(<= (abs x) 1)", "(iter y (* 1/2 y) {} x)"
    yield case(
        "iterate_zero", "x:real",
        [inside, f"(= {half.format(0)} x)"], [inside, f"(= {half.format(1)} x)"],
        [half.format(0)], [A],
        wrong={"the depth 1": [half.format(1)], "not an iterate": ["(* 1/2 x)"]},
    )  # fmt: skip
    step = "(= {} (* 1/2 {}))"
    yield case(
        "iterate_successor", "x:real L:int",
        [inside, "(<= 0 L)", step.format(half.format("(+ L 1)"), half.format("L"))],
        [inside, "(<= 0 L)", step.format(half.format("(+ L 2)"), half.format("L"))],
        [half.format("L")], [A],
        wrong={"not an iterate": ["(* 1/2 x)"], "another depth": [half.format("(+ L 1)")]},
    )  # fmt: skip
    total = "(fold k t (+ t (* k x)) 1 {} 0)"
    yield case(
        "fold_empty", "x:real",
        [f"(= {total.format(0)} 0)"], [f"(= {total.format(0)} 1)"], [total.format(0)], [A],
        wrong={"not empty": [total.format(1)], "not a fold": ["x"]},
    )  # fmt: skip
    longer = "(= {} (+ {} (* (+ n 1) x)))"
    yield case(
        "fold_last", "x:real n:int",
        ["(<= 0 n)", longer.format(total.format("(+ n 1)"), total.format("n"))],
        ["(<= 0 n)", longer.format(total.format("(+ n 2)"), total.format("n"))],
        [total.format("n")], [A],
        wrong={"not a fold": ["x"], "another end": [total.format("(+ n 1)")]},
        refused={"perhaps empty": [
            "(<= -2 n)", longer.format(total.format("(+ n 1)"), total.format("n"))
        ]},
    )  # fmt: skip
    yield case(
        "coefficient", "c:sequence k:int",
        ["(<= 0 k)", "(<= 0 (coef c k))"], ["(<= 0 k)", "(< 0 (coef c k))"], ["(coef c k)"], [A],
        wrong={"not a coefficient": ["k"], "another one": ["(coef c (+ k 1))"]},
        refused={"a negative index": ["(<= -1 k)", "(<= 0 (coef c k))"]},
    )  # fmt: skip
    sloped = "(series i 1 (* (coef {} i) (* i (^ {} (- i {})))))"
    matching = "(forall ((i int)) (implies (<= 0 i) (= (coef d i) (* (+ i 1) (coef c (+ i 1))))))"
    tied = ["(converges i 1 (* (coef c i) i))", matching]
    at_one = sloped.format("c", 1, 1)
    yield case(
        "dual_shifted", "c:sequence d:sequence",
        [*tied, f"(= (dual d 1) {at_one})"], [*tied, f"(= (dual c 1) {at_one})"],
        ["(dual d 1)", at_one], [A, A],
        wrong={
            "another exponent": ["(dual d 1)", sloped.format("c", 1, 0)],
            "another argument": ["(dual d -1)", at_one],
            "not a power series": ["(coef d 0)", at_one],
            "the other sequence": ["(dual c 1)", at_one],
        },
        refused={"nothing ties the sequences": [tied[0], f"(= (dual d 1) {at_one})"]},
    )  # fmt: skip
    moment = "(expect x (* x x))"
    yield case(
        "gaussian_moments", "t:real", [f"(= {moment} 1)"], [f"(= {moment} 2)"], [moment], [],
        wrong={
            "another moment": ["(expect x (* x x x x))"],
            "not a polynomial": ["(expect x (abs x))"],
            "not an expectation": ["(* t t)"],
        },
    )  # fmt: skip
    joint = "(expect2 t x y (* x y))"
    yield case(
        "gaussian_moments", "t:real",
        ["(<= (abs t) 1)", f"(= {joint} t)"], ["(<= (abs t) 1)", f"(= {joint} (* 2 t))"],
        [joint], [A],
        wrong={"one variable": ["(expect x (* x x))"], "bound twice": ["(expect2 t x x (* x x))"]},
        refused={"another correlation": ["(<= t 1)", f"(= {joint} t)"]},
    )  # fmt: skip
    matrix = "(psd n i j (entry K i j))"
    value = "(+ (entry K 1 1) (* 2 1 (entry K 1 2)) (* 1 1 (entry K 2 2)))"
    present = sums([1, [[0, 1]]], [1, [[2, 1]]], [2, []])
    yield case(
        "semidefinite_pair", "K:matrix n:int",
        ["(<= 2 n)", matrix, f"(<= 0 {value})"], ["(<= 2 n)", matrix, f"(<= 1 {value})"],
        [matrix, 1, 2, 1], [A, A, A, present, A],
        wrong={
            "another row": [matrix, 1, 3, 1],
            "a row 0": [matrix, 0, 2, 1],
            "no row": [matrix, "3/2", 2, 1],
            "another matrix": ["(psd n i j (- (entry K i j)))", 1, 2, 1],
            "not symmetric": ["(psd n i j (entry K i 1))", 1, 2, 1],
        },
        refused={"one row": ["(<= 1 n)", matrix, f"(<= 0 {value})"]},
    )  # fmt: skip
    shift = "(ite (= i j) t 0)"
    spectrum = {
        "least": ("(lambda_min n i j (entry K i j))", f"(psd n i j (- (entry K i j) {shift}))"),
        "largest": ("(lambda_max n i j (entry K i j))", f"(psd n i j (- {shift} (entry K i j)))"),
    }
    for name, (eigenvalue, shifted) in spectrum.items():
        bound = "(<= {} {})"
        sides = ("t", eigenvalue) if name == "least" else (eigenvalue, "t")
        false = ("(+ t 1)", eigenvalue) if name == "least" else ("(+ 1 " + eigenvalue + ")", "t")
        yield case(
            f"{name}_eigenvalue", "K:matrix n:int t:real",
            ["(<= 1 n)", shifted, bound.format(*sides)],
            ["(<= 1 n)", shifted, bound.format(*false)],
            [eigenvalue, "t"], [A], instance(2, {}, [A], A),
            wrong={
                "another bound": [eigenvalue, "(+ t 1)"],
                "not an eigenvalue": ["(entry K 1 1)", "t"],
                "not symmetric": [f"(lambda_{'min' if name == 'least' else 'max'} n i j"
                                  " (entry K i 1))", "t"],
            },
            refused={"not semidefinite": ["(<= 1 n)", "(<= 0 n)", bound.format(*sides)]},
        )  # fmt: skip


@cache
def all_cases() -> tuple[Case, ...]:
    """Every case of the table."""
    from tests.certificates.gaussian_cases import gaussian_cases

    return (
        *_logic(), *_sequences(), *_matrices(), *_enclosures(), *_axioms(), *gaussian_cases()
    )  # fmt: skip
