"""Small statements: true ones with a proof in Coq, traps with a refutation; wrong translations.

A trap is a statement that has no value somewhere, or is false, and that a careless translation
would make provable: through Coq's total operations (`1/0 = 0`, `ln 0 = 0`), a dropped promise of
a sort, a weaker comparison.  Each wrong translation rewrites the Coq text of a probe; its proof,
or the refutation of the trap, must then fail.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from proofs.language import (
    Definition,
    Expression,
    Formula,
    Matrix,
    Sequence,
    Statement,
    Term,
    choose,
    condition_number,
    conjunction,
    converges,
    disjunction,
    equal,
    exists,
    fold,
    forall,
    function,
    given,
    identity,
    integer,
    lambda_max,
    real,
    semidefinite,
    series,
    tree,
    unequal,
)

c, e, K = Sequence("c"), Sequence("e"), Matrix("K")
x, y, z, t = real("x"), real("y"), real("z"), real("t")
i, j, k, n, L = (integer(name) for name in "ijknL")
half = Fraction(1, 2)


def raw(*parts: Any) -> Expression:
    """A term written as it stands in a certificate."""
    return Expression(parts)


def iterated(body: Expression, depth: Term, start: Term) -> Expression:
    """The iterate of y -> body."""
    return raw("iter", "y", body.tree, tree(depth), tree(start))


def same(a: Term) -> Formula:
    """a = a, which has no value where a has none."""
    return equal(a, a)


positive = Definition("f", (x,), x, x > 0)
reciprocal = Definition("g", (x,), 1 / x)
anything = Definition("h", (x,), x)
difference = Definition("d", (x, y), x - y)
three = Definition("PI", (), raw("+", 1, 2), sort="int")
diagonal = identity(i, j, 1) * i


@dataclass(frozen=True)
class Probe:
    """A statement, and the tactic that proves it, or its negation if it is a trap."""

    statement: Statement
    tactic: str
    trap: bool = False


def true(statement: Statement, tactic: str) -> Probe:
    """A true statement."""
    return Probe(statement, tactic)


def trap(statement: Statement, tactic: str) -> Probe:
    """A statement that is false or has no value somewhere."""
    return Probe(statement, tactic, trap=True)


PROBES = {
    # numbers and arithmetic
    "half": true(given().says(raw("/", 1, 2) > 0), "lra"),
    "fraction": true(given().says(equal(Expression("3/2") * 2, 3)), "lra"),
    "negative": true(given().says(equal(Expression("-1/2") + half, 0)), "lra"),
    "minus three": true(given(k).where(equal(k, -3)).says(k < 0), "intros; lia"),
    "nested difference": true(given(x, y, z).says(equal(x - (y - z), x - y + z)), "intros; ring"),
    "opposite": true(given(x).where(x > 0).says(-x < 0), "intros; lra"),
    "sum and product": true(given(x).says(equal(x * 3 + 2, 2 + x + x + x)), "intros; ring"),
    "negative power": true(given().says(equal(raw("^", "1/2", -1), 2)),
                           "split; [right; lra|simpl; field]"),
    "integer power": true(given(k).where(equal(k, 3)).says(equal(k**2, 9)),
                          "intros; subst; reflexivity"),
    "zero to the zero": true(given(x).says(equal(x**0, 1)), "intros; reflexivity"),
    "maximum": true(given(x).says(function("max", x, 0) >= x), "intros; apply Rmax_l"),
    "integer maximum": true(given(k).says(function("max", k, 0) >= 0), "intros; lia"),
    "absolute": true(given(x).says(abs(x) >= 0), "intros; apply Rabs_pos"),
    "ceiling": true(given().says(equal(function("ceil", Expression("1/2")), 1)),
                    "apply Zceil_imp; simpl; lra"),
    "ceiling of a tie": true(given(k).says(equal(function("ceil", k), k)),
                             "intros; apply Zceil_IZR"),
    "floor": true(given().says(equal(function("floor", Expression("1/2")), 0)),
                  "apply Zfloor_imp; simpl; lra"),
    "pi": true(given().says(equal(function("sin", function("pi")), 0)), "apply sin_PI"),
    "cosine": true(given().says(equal(function("cos", Expression(0)), 1)), "apply cos_0"),
    "exponential": true(given(x).says(function("exp", x) > 0), "intros; apply exp_pos"),
    "erf": true(given().says(equal(function("erf", Expression(0)), 0)),
                "unfold erf; rewrite RInt_point; unfold zero; simpl; ring"),
    "Phi": true(given().says(equal(function("Phi", Expression(0)), half)),
                "unfold Phi, erf; replace (0 / sqrt 2) with 0 by (unfold Rdiv; ring); "
                "rewrite RInt_point; unfold zero; simpl; rewrite Rmult_0_r; lra"),
    # having a value: functions
    "reciprocal": trap(given(x).says(same(1 / x)), "intros H; destruct (H 0) as [H0 _]; lra"),
    "x/0 is not 0": trap(given(x).says(equal(raw("/", "x", 0), 0)),
                         "intros H; destruct (H 0) as [H0 _]; lra"),
    "negative reciprocal": true(given(x).where(x < 0).says(1 / x < 0),
                                "intros; split; [lra|]; "
                                "replace (1 / x) with (- (1 / - x)) by (field; lra); "
                                "assert (0 < 1 / - x) by (apply Rdiv_lt_0_compat; lra); lra"),
    "power": trap(given(x, k).says(same(x**k)),
                  "intros H; destruct (H 0 (-1)%Z) as [[H0|H0] _]; [lia|lra]"),
    "positive power": true(given(x, k).where(x > 0).says(x**k > 0),
                           "intros; split; [right; lra|apply powerRZ_lt; lra]"),
    "root": trap(given(x).says(same(function("sqrt", x))),
                 "intros H; destruct (H (-1)) as [H0 _]; lra"),
    "root of zero": true(given().says(equal(function("sqrt", Expression(0)), 0)),
                         "split; [lra|apply sqrt_0]"),
    "logarithm": trap(given(x).where(x >= 0).says(same(function("log", x))),
                      "intros H; destruct (H 0 ltac:(lra)) as [H0 _]; lra"),
    "logarithm of exp": true(given(x).says(equal(function("log", function("exp", x)), x)),
                             "intros; split; [apply exp_pos|apply ln_exp]"),
    "arcsine": trap(given(x).says(same(function("asin", x))),
                    "intros H; destruct (H 2) as [H0 _]; rewrite Rabs_pos_eq in H0; lra"),
    "arcsine of 1": true(given().says(equal(function("asin", Expression(1)), function("pi") / 2)),
                         "split; [rewrite Rabs_R1; lra|apply asin_1]"),
    "arccosine": trap(given(x).says(same(function("acos", x))),
                      "intros H; destruct (H 2) as [H0 _]; rewrite Rabs_pos_eq in H0; lra"),
    "tangent": trap(given(x).says(same(function("tan", x))),
                    "intros H; destruct (H (PI / 2)) as [H0 _]; apply H0, cos_PI2"),
    "root power": true(given().says(equal(raw("rpow", 0, "1/2"), 0)),
                       "split; [lra|unfold root_power; destruct (Req_EM_T 0 0); lra]"),
    "negative root power": trap(given(x).where(x >= 0).says(same(raw("rpow", "x", "-1/2"))),
                                "intros H; destruct (H 0 ltac:(lra)) as [H0 _]; lra"),
    # having a value: cases, calls, connectives, hypotheses
    "cases": true(given(x).says(same(choose(unequal(x, 0), 1 / x, 0))),
                  "intros; split; [intros; assumption|reflexivity]"),
    "other case": trap(given(x).says(same(choose(x > 0, 1, 1 / x))),
                       "intros H; destruct (H 0) as [H0 _]; apply H0; [lra|reflexivity]"),
    "condition": trap(given(x).says(same(choose(1 / x > 0, 1, 2))),
                      "intros H; destruct (H 0) as [H0 _]; lra"),
    "chosen": true(given().says(equal(choose(Expression(0) <= 0, 1, 2), 1)),
                   "destruct (Z_le_dec 0 0); [reflexivity|lia]"),
    "chosen by both": true(given(x).where(x > 0)
                           .says(equal(choose((x > 0) & (x < 0), 1, 2), 2)),
                           "intros; destruct and_dec as [[? ?]|?]; [lra|reflexivity]"),
    "chosen by negation": true(given(x).where(x > 0).says(equal(choose(~(x < 0), 1, 2), 1)),
                               "intros; destruct not_dec as [?|?]; [reflexivity|tauto || lra]"),
    "domain": trap(given(x).says(same(positive(x)), positive),
                   "intros H; destruct (H (-1)) as [H0 _]; red in H0; lra"),
    "body": trap(given(x).says(same(reciprocal(x)), reciprocal),
                 "intros H; destruct (H 0) as [H0 _]; red in H0; tauto"),
    "argument": trap(given(x).says(same(anything(1 / x)), anything),
                     "intros H; destruct (H 0) as [[H0 _] _]; lra"),
    "order of arguments": true(given().says(equal(difference(3, 1), 2), difference),
                               "split; [repeat split|unfold d; lra]"),
    "and": trap(given(x).says(same(x) & same(1 / x)),
                "intros H; destruct (H 0) as [H0 _]; apply H0; reflexivity"),
    "and, read from the left": true(given(x).where(x > 0).says((x > 0) & (1 / x > 0)),
                                    "intros; split; [intros; lra|]; split; [lra|]; "
                                    "apply Rdiv_lt_0_compat; lra"),
    "or": true(given(x).says(disjunction(equal(x, 0), same(1 / x))),
               "intros; split; [intros; assumption|right; reflexivity]"),
    "implies": true(given(x).says(unequal(x, 0).implies(equal(x / x, 1))),
                    "intros; split; [intros; assumption|intros; field; assumption]"),
    "not": trap(given(x).says(~(1 / x < 1 / x)), "intros H; destruct (H 0) as [H0 _]; lra"),
    "quantified": trap(given().says(forall(y, holds=same(1 / y))),
                       "intros [H _]; apply (H 0); reflexivity"),
    "hypothesis": trap(given(x).where(equal(1 / x, 1 / x)).says(same(x)),
                       "intros H; destruct (H 0) as [H0 _]; lra"),
    "hypotheses, in order": true(given(x).where(x > 0, 1 / x > 0).says(x > 0),
                                 "intros; split; [lra|intros; assumption]"),
    # comparisons, connectives, quantifiers, sorts
    "at most": true(given(x).says(x <= x), "intros; lra"),
    "less": trap(given(x).says(x < x), "intros H; specialize (H 0); lra"),
    "different": trap(given(x).says(unequal(x, x)), "intros H; apply (H 0); reflexivity"),
    "integers": true(given(k).where(k > 0).says(k >= 1), "intros; lia"),
    "both": trap(given(x).says(conjunction(x <= 0, x >= 0)), "intros H; specialize (H 1); lra"),
    "either": true(given(x).says(disjunction(x <= 0, x >= 0)),
                   "intros; destruct (Rle_dec x 0); [left|right]; lra"),
    "direction": trap(given(x).says((x >= 0).implies(x > 0)),
                      "intros H; specialize (H 0); lra"),
    "exists": true(given(y).says(exists(x, holds=equal(x, y))), "intros; eexists; reflexivity"),
    "for all": trap(given(y).says(forall(x, holds=equal(x, y))),
                    "intros H; specialize (H 0 1); lra"),
    "real, not integer": trap(given(x).says(exists(k, holds=equal(k, x))),
                              "intros H; destruct (H (1 / 2)) as [k Hk]; "
                              "assert (IZR 0 < IZR k < IZR 1) as [H0 H1] by lra; "
                              "apply lt_IZR in H0; apply lt_IZR in H1; lia"),
    "hypothesis counts": true(given(x).where(x > 1).says(x > 0), "intros; lra"),
    # sequences, series, iterates
    "nonnegative": true(given(c).says(c[3] >= 0), "intros; apply H"),
    "sequence within": true(given().says(forall(e, holds=e[0] >= 0)), "intros; apply H"),
    "some sequence": trap(given().says(exists(e, holds=equal(e[0], -1))),
                          "intros (e & [He _] & H); unfold coefficient in H; "
                          "specialize (He (Z.to_nat 0)); lra"),
    "index": trap(given(c, k).says(same(c[k])),
                  "intros H; destruct (H _ (basis_sequence 0) (-1)%Z) as [H0 _]; lia"),
    "dual at 0": true(given(c).says(equal(c.dual(0), c[0])),
                      "intros; split; [rewrite Rabs_R0; lra|apply PSeries_0]"),
    "dual": trap(given(c, x).says(same(c.dual(x))),
                 "intros H; destruct (H _ (basis_sequence 0) 2) as [H0 _]; "
                 "rewrite Rabs_pos_eq in H0; lra"),
    "dual at 1": true(given(c).says(equal(c.dual(1), series(i, 0, c[i]))),
                      "intros; split; [split; [rewrite Rabs_R1; lra|valued]|apply dual_1]"),
    "terms": trap(given(c).says(same(series(i, 0, c[i] * (1 / i)))),
                  "intros H; destruct (H _ (basis_sequence 0)) as [[H0 _] _]; "
                  "destruct (H0 0%Z ltac:(lia)) as [_ H1]; apply H1; reflexivity"),
    "divergence": trap(given(c).says(same(series(i, 1, c[i] * i))),
                       "intros H; pose proof normalized_sequence _ telescoping_normalized as Hs; "
                       "destruct (H _ Hs) as [[_ H0] _]; "
                       "exact (telescoping_slope (finite_slope_of _ Hs H0))"),
    "convergence": trap(given(c).says(converges(i, 1, c[i] * i)),
                        "intros H; pose proof normalized_sequence _ telescoping_normalized as Hs; "
                        "destruct (H _ Hs) as [_ H0]; "
                        "exact (telescoping_slope (finite_slope_of _ Hs H0))"),
    "depth": trap(given(x, L).where(abs(x) <= 1).says(same(iterated(y * 1, L, x))),
                  "intros H; destruct (H 0 (-1)%Z ltac:(rewrite Rabs_R0; lra)) as [[H0 _] _]; lia"),
    "leaving": trap(given(x).where(abs(x) <= 1).says(same(iterated(y * 2, 1, x))),
                    "intros H; destruct (H 1 ltac:(rewrite Rabs_R1; lra)) as [[_ H0] _]; "
                    "destruct (H0 1%Z ltac:(lia)) as [H1 _]; unfold iterate in H1; simpl in H1; "
                    "rewrite Rabs_pos_eq in H1; lra"),
    "iterated division": trap(given(x).where(abs(x) <= 1).says(same(iterated(1 / y, 1, x))),
                              "intros H; "
                              "destruct (H 0 ltac:(rewrite Rabs_R0; lra)) as [[_ H0] _]; "
                              "destruct (H0 0%Z ltac:(lia)) as [_ H1]; "
                              "apply (H1 ltac:(lia)); reflexivity"),
    "one iterate": true(given().says(equal(iterated(y * 0, 1, 1), 0)),
                        "split; [split; [lia|intros m Hm; assert (m = 0 \\/ m = 1)%Z as [-> | ->] "
                        "by lia; unfold iterate; simpl; (split; [apply Rabs_le; lra|trivial])]"
                        "|unfold iterate; simpl; lra]"),
    "no iterate": true(given().says(equal(iterated(y * 0, 0, 1), 1)),
                       "split; [split; [lia|intros m Hm; replace m with 0%Z by lia; "
                       "unfold iterate; simpl; (split; [apply Rabs_le; lra|trivial])]"
                       "|unfold iterate; simpl; lra]"),
    "sum": true(given().says(equal(fold(k, t, t + k, 1, 2, 5), 8)), "unfold fold; simpl; lra"),
    "empty sum": true(given().says(equal(fold(k, t, t + k, 2, 1, 5), 5)),
                      "unfold fold; simpl; lra"),
    "recursion": true(given().says(equal(fold(k, t, t * 2 + k, 1, 2, 0), 4)),
                      "unfold fold; simpl; lra"),
    "sum of reciprocals": trap(given().says(same(fold(k, t, t + 1 / k, 0, 0, 0))),
                               "intros [H _]; apply (H 0%Z ltac:(lia)); reflexivity"),
    # matrices
    "symmetric": true(given(K).says(equal(K[1, 2], K[2, 1])),
                      "intros; split; [lia|apply H; lia]"),
    "entry": trap(given(K).says(same(K[0, 1])),
                  "intros H; destruct (H (fun _ _ => 0) ltac:(intros ? ? ? ?; reflexivity)) "
                  "as [H0 _]; lia"),
    "no rows": trap(given(K).says(semidefinite(0, i, j, K[i, j])),
                    "intros H; destruct (H (fun _ _ => 0) ltac:(intros ? ? ? ?; reflexivity)) "
                    "as [[H0 _] _]; lia"),
    "antisymmetric": trap(given().says(semidefinite(2, i, j, Expression(1) * (i - j))),
                          "intros [[_ H] _]; destruct (H 1%Z 2%Z ltac:(lia) ltac:(lia)) as [_ H0]; "
                          "simpl in H0; lra"),
    "negative matrix": trap(given().says(semidefinite(1, i, j, Expression(-1) * i)),
                            "intros [_ H]; specialize (H (fun _ => 1)); "
                            "unfold form, block in H; change (Z.to_nat 1) with 1%nat in H; "
                            "simpl in H; lra"),
    "greatest": true(given().says(lambda_max(2, i, j, diagonal) >= 2),
                     "split; [split; [lia|]; intros i j Hi Hj; split; [trivial|]; "
                     "destruct (Z.eq_dec i j), (Z.eq_dec j i); "
                     "subst; lia || reflexivity || lra|]; "
                     "change 2 with (block "
                     "(fun i j : Z => IZR ((if Z.eq_dec i j then 1 else 0) * i)%Z) 1%nat 1%nat); "
                     "apply (diag_le_lambda_max (Z.to_nat 2) 1); lia"),
    "singular": trap(given(K).where(equal(K[1, 1], 0))
                     .says(same(condition_number(1, i, j, K[i, j]))),
                     "intros H; specialize (H (fun _ _ => 0) ltac:(intros ? ? ? ?; reflexivity)); "
                     "destruct H as [_ H]; destruct (H eq_refl) as [[_ H0] _]; "
                     "pose proof (least_le_entry 1 (fun _ _ => 0) ltac:(lia)); simpl in *; lra"),
    # names
    "a name of Coq's": true(given(real("ln")).says(equal(function("log", function("exp", real("ln"))
                                                                  ), real("ln"))),
                            "intros; split; [apply exp_pos|apply ln_exp]"),
    "a name of the vocabulary": true(given(c, real("dual")).where(equal(real("dual"), 1))
                                     .says(equal(c.dual(0) * real("dual"), c[0])),
                                     "intros; split; [rewrite Rabs_R0; lra|]; subst; "
                                     "rewrite Rmult_1_r; apply PSeries_0"),
    "a definition called PI": true(given().says(
        conjunction(equal(three(), 3), equal(function("sin", function("pi")), 0)), three),
        "split; [repeat split|split; [reflexivity|apply sin_PI]]"),
}  # fmt: skip

# (probe, what is wrong, the text, what the wrong translation writes instead)
WRONG = [
    ("half", "integer division", "(1 / 2)", "(IZR (1 / 2))"),
    ("fraction", "a fraction rounded down", "(3 / 2)", "1"),
    ("fraction", "a fraction upside down", "(3 / 2)", "(2 / 3)"),
    ("negative", "the sign of a fraction lost", "(- 1)", "1"),
    ("minus three", "the sign of an integer lost", "(- 3)%Z", "3%Z"),
    ("nested difference", "brackets dropped", "(x - (y - z))", "(x - y - z)"),
    ("nested difference", "operands exchanged", "(y - z)", "(z - y)"),
    ("opposite", "the minus lost", "(- x)", "x"),
    ("sum and product", "a sum for a product", "(x * 3)", "(x + 3)"),
    ("negative power", "a negative exponent cut to 0", "powerRZ (1 / 2) (- 1)%Z", "pow (1 / 2) 0"),
    ("integer power", "base and exponent exchanged", "(k ^ 2%Z)", "(2 ^ k)"),
    ("zero to the zero", "an exponent one too large", "(powerRZ x 0%Z)", "(powerRZ x 1%Z)"),
    ("maximum", "minimum for maximum", "Rmax", "Rmin"),
    ("integer maximum", "minimum for maximum", "Z.max", "Z.min"),
    ("absolute", "the absolute value dropped", "(Rabs x)", "x"),
    ("ceiling", "floor for ceiling", "Zceil", "Zfloor"),
    ("ceiling of a tie", "floor plus one", "(Zceil (IZR k))", "(Zfloor (IZR k) + 1)%Z"),
    ("floor", "ceiling for floor", "Zfloor", "Zceil"),
    ("pi", "half of pi", "PI", "(PI / 2)"),
    ("pi", "cosine for sine", "sin", "cos"),
    ("cosine", "sine for cosine", "cos", "sin"),
    ("exponential", "logarithm for exponential", "exp", "ln"),
    ("erf", "Phi for erf", "erf", "Phi"),
    ("Phi", "erf for Phi", "Phi", "erf"),
    ("reciprocal", "a zero divisor let pass", "(x <> 0)", "True"),
    ("x/0 is not 0", "a zero divisor let pass", "(0 <> 0)", "True"),
    ("negative reciprocal", "a positive divisor asked for", "(x <> 0)", "(0 < x)"),
    ("power", "0 to a negative power let pass", "((0 <= k)%Z \\/ x <> 0)", "True"),
    ("positive power", "both conditions of a power asked for", "\\/", "/\\"),
    ("root", "a negative radicand let pass", "(0 <= x)", "True"),
    ("root of zero", "a positive radicand asked for", "(0 <= 0)", "(0 < 0)"),
    ("logarithm", "the logarithm of 0 let pass", "(0 < x)", "(0 <= x)"),
    ("logarithm of exp", "exp for log", "(ln (exp x))", "(exp (exp x))"),
    ("arcsine", "the domain of asin dropped", "(Rabs x <= 1)", "True"),
    ("arcsine of 1", "an open domain", "(Rabs 1 <= 1)", "(Rabs 1 < 1)"),
    ("arccosine", "the domain of acos dropped", "(Rabs x <= 1)", "True"),
    ("tangent", "the poles of tan let pass", "((cos x) <> 0)", "True"),
    ("root power", "Rpower, which is 1 at 0", "root_power", "Rpower"),
    ("root power", "a positive base asked for", "(0 <= 0)", "(0 < 0)"),
    ("negative root power", "the base 0 let pass", "(0 < x)", "(0 <= x)"),
    ("cases", "both branches must have values", "((x <> 0) -> (x <> 0))", "(x <> 0)"),
    ("other case", "no branch needs a value", "(~ (0 < x) -> (x <> 0))", "True"),
    ("condition", "the condition needs no value", "(x <> 0)", "True"),
    ("chosen", "the branches exchanged", "then 1%Z else 2%Z", "then 2%Z else 1%Z"),
    ("chosen", "a strict decision", "(Z_le_dec 0%Z 0%Z)", "(Z_lt_dec 0%Z 0%Z)"),
    ("chosen by both", "or for and", "and_dec", "or_dec"),
    ("chosen by negation", "the negation dropped", "(not_dec (Rlt_dec x 0))", "(Rlt_dec x 0)"),
    ("domain", "the domain of a definition dropped", "\n  (0 < x).", "\n  True."),
    ("body", "the body of a definition needs no value", "(x <> 0)", "True"),
    ("argument", "an argument needs no value", "(x <> 0)", "True"),
    ("order of arguments", "arguments exchanged", "(d 3 1)", "(d 1 3)"),
    ("order of arguments", "parameters exchanged", "(x : R) (y : R)", "(y : R) (x : R)"),
    ("and", "a later part needs no value", "((x = x) -> (x <> 0))", "True"),
    ("and, read from the left", "or for and", "((0 < x) /\\ (0 < (1 / x)))",
     "((0 < x) /\\ (0 < (- (1 / x))))"),
    ("or", "every part must have a value", "(~ (x = 0) -> (x <> 0))", "(x <> 0)"),
    ("or", "read as if the part before were true", "~ (x = 0) ->", "(x = 0) ->"),
    ("implies", "the premise does not count", "((x <> 0) -> (x <> 0))", "(x <> 0)"),
    ("not", "what is negated needs no value", "(x <> 0)", "True"),
    ("quantified", "values under a quantifier not asked for", "(forall y : R, (y <> 0))", "True"),
    ("hypothesis", "a hypothesis needs no value", "(x <> 0)", "True"),
    ("hypotheses, in order", "an earlier hypothesis does not count", "((0 < x) ->", "(True ->"),
    ("at most", "a strict comparison", "(x <= x)", "(x < x)"),
    ("less", "a weak comparison", "(x < x)", "(x <= x)"),
    ("different", "equality for difference", "<>", "="),
    ("integers", "a weak comparison of integers", "(0%Z < k)", "(0%Z <= k)"),
    ("both", "or for and", "/\\", "\\/"),
    ("either", "and for or", "\\/", "/\\"),
    ("direction", "an implication turned round", "((0 <= x) -> (0 < x))", "((0 < x) -> (0 <= x))"),
    ("exists", "for all for exists", "exists x : R", "forall x : R"),
    ("for all", "exists for for all", "(forall x : R", "(exists x : R"),
    ("real, not integer", "a real for an integer", "exists k : Z, ((IZR k)", "exists k : R, (k"),
    ("hypothesis counts", "a hypothesis dropped", "((1 < x) ->", "(True ->"),
    ("hypothesis counts", "a hypothesis turned round", "(1 < x)", "(x < 1)"),
    ("nonnegative", "the promise of a sequence dropped", "sequence c ->", ""),
    ("sequence within", "the promise dropped under forall", "sequence e ->", ""),
    ("some sequence", "the promise dropped under exists", "sequence e /\\", ""),
    ("some sequence", "the promise as a premise", "sequence e /\\", "sequence e ->"),
    ("index", "a negative index let pass", "(0 <= k)%Z", "True"),
    ("dual at 0", "an index one too large", "(coefficient c 0%Z)", "(coefficient c 1%Z)"),
    ("dual", "the domain of the dual dropped", "(Rabs x <= 1)", "True"),
    ("dual at 1", "an open domain", "(Rabs 1 <= 1)", "(Rabs 1 < 1)"),
    ("dual at 1", "a series from 1", "series_from 0%Z", "series_from 1%Z"),
    ("terms", "the terms of a series need no values", "((IZR i) <> 0)", "True"),
    ("divergence", "convergence not asked for",
     "(converges_from 1%Z (fun i => ((coefficient c i) * (IZR i))))", "True"),
    ("convergence", "convergence of something else", "((coefficient c i) * (IZR i))",
     "(coefficient c i)"),
    ("depth", "a negative depth let pass", "iterates_within", "(fun _ _ _ _ => True)"),
    ("leaving", "iterates outside [-1, 1] let pass", "iterates_within", "(fun _ _ _ _ => True)"),
    ("iterated division", "the body need not have values", "(y <> 0)", "True"),
    ("one iterate", "one iteration too few", "(iterate (fun y => (y * 0)) 1%Z 1)",
     "(iterate (fun y => (y * 0)) 0%Z 1)"),
    ("no iterate", "one iteration too many", "(iterate (fun y => (y * 0)) 0%Z 1)",
     "(iterate (fun y => (y * 0)) 1%Z 1)"),
    ("sum", "a sum that stops early", "1%Z 2%Z 5", "1%Z 1%Z 5"),
    ("sum", "a sum that starts late", "1%Z 2%Z 5", "2%Z 2%Z 5"),
    ("sum", "the start of a sum lost", "1%Z 2%Z 5", "1%Z 2%Z 0"),
    ("empty sum", "ends of a sum exchanged", "2%Z 1%Z 5", "1%Z 2%Z 5"),
    ("recursion", "index and value exchanged", "(fun k t => ((t * 2) + (IZR k)))",
     "(fun k t => (((IZR k) * 2) + t))"),
    ("sum of reciprocals", "the terms of a sum need no values", "((IZR k) <> 0)", "True"),
    ("symmetric", "the promise of a matrix dropped", "symmetric K ->", ""),
    ("entry", "indices from 0 let pass", "(1 <= 0%Z)%Z", "(0 <= 0)%Z"),
    ("no rows", "an empty matrix let pass", "square_with", "(fun _ _ _ => True)"),
    ("antisymmetric", "a matrix that is not symmetric let pass", "square_with",
     "(fun _ _ _ => True)"),
    ("negative matrix", "a sign lost", "(- 1)", "1"),
    ("greatest", "least for greatest", "greatest_eigenvalue", "least_eigenvalue"),
    ("greatest", "a matrix one too small", "(greatest_eigenvalue 2%Z", "(greatest_eigenvalue 1%Z"),
    ("singular", "a condition number of singular matrices", "(0 < least_eigenvalue",
     "(0 <= least_eigenvalue"),
    ("a name of Coq's", "a variable that hides ln", "ln_", "ln"),
    ("a name of the vocabulary", "a variable that hides dual", "dual_", "dual"),
    ("a definition called PI", "a definition that hides PI", "PI'", "PI"),
]  # fmt: skip
