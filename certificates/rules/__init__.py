"""The rules by which evidence proves a goal: a short function each, in a file for each kind."""

from certificates.rules import (
    axioms,
    boxes,
    composition,
    congruence,
    equality,
    evaluation,
    induction,
    logic,
    matrices,
    polynomial,
    price,
    primitive,
    quantifiers,
    sequences,
    stein,
)

# name of the rule -> (function of proof, goal and evidence; the evidence's fields)
RULES = {
    "polynomial": (polynomial.polynomial, "sum"),
    "cases": (logic.cases, "on yes no"),
    "have": (logic.have, "claim proof then"),
    "use": (logic.use, "lemma with given then"),
    "split": (logic.split, "parts"),
    "intro": (logic.intro, "names then"),
    "or": (logic.disjunct, "index then"),
    "alternatives": (quantifiers.alternatives, "hypothesis each"),
    "witness": (quantifiers.witness, "with then"),
    "obtain": (quantifiers.obtain, "hypothesis names then"),
    "instantiate": (quantifiers.instantiate, "hypothesis with given then"),
    "generalise": (equality.generalise, "term name then"),
    "rewrite": (equality.rewrite, "old new equal then"),
    "assumption": (logic.assumption, ""),
    "induction": (induction.induction, "on base step"),
    "axiom": (axioms.axiom, "name with given then"),
    "extreme_points": (sequences.extreme_points, "sequence mass index converge each"),
    "termwise": (sequences.termwise, "sequence index converge rest each"),
    "psd_congruent": (matrices.congruent, "names body entries then"),
    "psd_series": (matrices.series, "names converge each"),
    "psd_schur": (matrices.schur, "names base exponent nonnegative then"),
    "psd_combined": (matrices.combined, "names operator terms each"),
    "psd_gershgorin": (matrices.gershgorin, "names radius diagonal others"),
    "boxes": (boxes.boxes, "precision variables tree"),
    "price": (
        price.price,
        "names left right range zero continuous differentiable slope",
    ),
    "primitive": (primitive.primitive, "term name primitives tails then"),
    "stein": (stein.stein, "term names range left right then"),
    "congruent": (congruence.congruent, "term names body excluded range equal then"),
    "composition": (composition.composition, "sequence"),
}
# evidence for a whole statement, definedness included
WHOLE = {"instances": (evaluation.instances, "precision rows")}
REFUTATIONS = {"counterexample": (evaluation.counterexample, "precision at")}
