(** Tactics of the generated files about instances.  The interval tactic computes with integers of
    the standard library, so that no machine number is an axiom; import this file last, because it
    hides the tactic of the same name. *)

From Coq Require Import Reals ZArith List Lra Lia.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic Specific_stdz Specific_ops.
From Conditioning Require Import Language Instances.
Open Scope R_scope.

Module Integers := SpecificFloat StdZRadix2.
Module IntegerTactic := Interval.Tactic.IntervalTactic Integers.
Export IntegerTactic.

(** A comparison of closed terms, one side a constant; `exactly` where both sides are equal. *)
Ltac closed := rewrite ?asin_atan by lra; interval with (i_prec 60).
Ltac on_range x := interval with (i_bisect x, i_prec 60).
Ltac exactly := unfold decimal; simpl powerRZ; lra.

(** ** Duals *)

Ltac arcsine_at_ends :=
  repeat match goal with
  | |- context [sqrt ?a] => first [replace a with 0 by (simpl; ring); rewrite sqrt_0
                                  |replace a with 1 by (simpl; ring); rewrite sqrt_1]
  end;
  repeat match goal with
  | |- context [asin (?a * 0 / ?b)] => replace (a * 0 / b) with 0 by field
  | |- context [asin (?a * 1 / ?b)] => replace (a * 1 / b) with (a / b) by field
  end;
  rewrite ?Rmult_0_r, ?Rmult_1_r, ?asin_0, ?asin_1.

Ltac dual_at_0 :=
  arcsine_at_ends;
  first [simpl powerRZ; lra | ring | unfold Rdiv; ring
        |unfold Rdiv; simpl powerRZ; ring
        |match goal with |- _ * ?b = 0 => replace b with 0 by ring; ring end].

Ltac dual_at_1 :=
  arcsine_at_ends;
  first [simpl powerRZ; lra
        |apply Req_le; simpl powerRZ; field; repeat split; apply Rgt_not_eq; closed].

(** The dual is a polynomial with coefficients >= 0, or a multiple of an arcsine, or one of
    2 sqrt(1 - x^2) + 2 x asin x + c x. *)
Ltac arc_sum x y H0 Hxy H1 :=
  pose proof (arc_increasing x y H0 Hxy H1);
  pose proof (Rmult_le_compat_l PI x y ltac:(pose proof PI_RGT_0; lra) Hxy);
  pose proof (asin_le x y ltac:(lra) Hxy H1);
  replace (1 - powerRZ x 2) with (1 + - 1 * powerRZ x 2) by ring;
  replace (1 - powerRZ y 2) with (1 + - 1 * powerRZ y 2) by ring; lra.

Ltac increases :=
  intros x y H0 Hxy H1; cbv beta;
  first [solve [apply Rmult_le_compat_r;
                [apply Rlt_le, Rinv_0_lt_compat; closed
                |first [apply asin_le; lra | arc_sum x y H0 Hxy H1]]]
        |solve [pose proof (pow_incr x y 2 (conj H0 Hxy)); simpl powerRZ; simpl pow in *; lra]
        |solve [repeat first [exact Hxy | exact (pow_incr x y _ (conj H0 Hxy))
                             |apply Rplus_le_compat | apply Rmult_le_compat_l; [lra|]]]
        |apply Rmult_le_compat_l;
         [closed
         |first [apply asin_le; lra
                |pose proof (arc_increasing x y H0 Hxy H1);
                 pose proof (Rmult_le_compat_l PI x y ltac:(pose proof PI_RGT_0; lra) Hxy); lra]]].

Ltac by_arctangent := intros x Hx; cbv beta; rewrite ?asin_atan by lra; reflexivity.

(** ** Having a value *)

Lemma square_below_1 (x : R) : Rabs x <= 1 -> 0 <= 1 + - 1 * powerRZ x 2.
Proof. intros H; apply Rabs_le_between in H; simpl powerRZ; nra. Qed.

Lemma square_at_most_1 (x : R) : Rabs x <= 1 -> 0 <= 1 - powerRZ x 2.
Proof. intros H; apply Rabs_le_between in H; simpl powerRZ; nra. Qed.

Ltac value_of_dual :=
  intros x Hx; repeat split; intros; try exact I;
  try first [assumption | apply square_below_1; assumption
            |apply square_at_most_1; assumption
            |apply Rgt_not_eq; closed
            |apply Rabs_le_between in Hx; apply Rabs_le; lra
            |apply Rabs_le; closed].

Ltac value_of_mu :=
  repeat split; intros; try exact I;
  first [apply Rgt_not_eq; closed | apply Rabs_le; closed].

Ltac bound_has_value :=
  repeat match goal with
  | |- _ /\ _ => split
  | |- True => exact I
  | |- _ -> _ => intro
  end;
  first [assumption | lia | lra | right; lra
        |apply Rdiv_lt_0_compat; lra
        |apply Rgt_not_eq, ln_gt_0; lra
        |apply Ropp_neq_0_compat, Rlt_not_eq, ln_lt_0; lra
        |apply (IZR_lt 0); lia].

(** ** L0 and L1 *)

(** Leaves the inequalities between powers: y^(k-1) < x <= y^k. *)
Ltac L0_is :=
  first [apply L0_quotient_0; [lra|apply Rdiv_lt_0_compat; lra|lra]
        |apply L0_quotient; [lra|apply Rdiv_lt_0_compat; lra|lia|..]].

Ltac compare_powers :=
  try match goal with
      |- context [powerRZ _ (?a - 1)%Z] =>
         let k := eval compute in (a - 1)%Z in change (a - 1)%Z with k
      end;
  first [apply Rminus_le | apply Rminus_lt]; closed.

Ltac pieces := repeat match goal with |- _ /\ _ => split end.
