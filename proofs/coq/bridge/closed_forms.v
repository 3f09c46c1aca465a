(** Closed forms of dual activations; the statements speak of the instances' definitions. *)
From Conditioning Require Import Relu Duals Bridge BridgeDuals.

(* proof of "Closed forms: relu" *)
Proof.
  pose proof PI_gt_2.
  red; split;
    [valued; apply one_minus_square_ge_0; assumption|apply closed_form].
  eapply is_dual_eq; [apply relu_is_dual|
    intros x Hx; unfold sigma_hat|unfold mu].
  - rewrite powerRZ_pow by lia; change (Z.to_nat 2) with 2%nat; field; lra.
  - field; lra.
Qed.

(* proof of "Closed forms: leaky_relu(1/10)" *)
Proof.
  pose proof PI_gt_2.
  red; split;
    [valued; apply one_minus_square_ge_0; assumption|apply closed_form].
  eapply is_dual_eq; [apply leaky_relu_is_dual with (a := 1 / 10); lra|
    intros x Hx; unfold sigma_hat|unfold mu].
  - rewrite powerRZ_pow by lia; change (Z.to_nat 2) with 2%nat; field; lra.
  - field; lra.
Qed.

(* proof of "Closed forms: leaky_relu(1/2)" *)
Proof.
  pose proof PI_gt_2.
  red; split;
    [valued; apply one_minus_square_ge_0; assumption|apply closed_form].
  eapply is_dual_eq; [apply leaky_relu_is_dual with (a := 1 / 2); lra|
    intros x Hx; unfold sigma_hat|unfold mu].
  - rewrite powerRZ_pow by lia; change (Z.to_nat 2) with 2%nat; field; lra.
  - field; lra.
Qed.

(* proof of "Closed forms: abs" *)
Proof.
  pose proof PI_gt_2.
  red; split;
    [valued; apply one_minus_square_ge_0; assumption|apply closed_form].
  eapply is_dual_eq; [apply (mixture_is_dual 0 1); lra|
    intros x Hx; unfold sigma_hat|unfold mu].
  - rewrite powerRZ_pow by lia; change (Z.to_nat 2) with 2%nat; field; lra.
  - field; lra.
Qed.

(* proof of "Closed forms: erf" *)
Proof.
  pose proof (asin_gt (2 / 3) ltac:(lra)); red; split; [valued|apply closed_form].
  - match goal with H : Rabs _ <= 1 |- _ => apply Rabs_le_between in H; apply Rabs_le; lra end.
  - eapply is_dual_eq; [apply (arcsine_is_dual (2 / 3)); lra|intros x Hx|unfold mu; field; lra].
    unfold sigma_hat; replace (2 * x / 3) with (2 / 3 * x) by field; reflexivity.
Qed.

(* proof of "Closed forms: sign" *)
Proof.
  pose proof PI_gt_2.
  red; split; [valued|apply closed_form].
  eapply is_dual_eq; [apply (arcsine_is_dual 1); lra|
    intros x Hx; unfold sigma_hat|unfold mu].
  - rewrite Rmult_1_l, asin_1; field; lra.
  - rewrite asin_1; field; lra.
Qed.

(* proof of "Closed forms: h(2)" *)
Proof.
  pose proof PI_gt_2.
  red; split; [valued|apply closed_form].
  eapply is_dual_eq; [apply (hermite_is_dual 2); lia|
    intros x Hx; unfold sigma_hat|unfold mu].
  - rewrite powerRZ_pow by lia; reflexivity.
  - reflexivity.
Qed.

(* proof of "Closed forms: h(3)" *)
Proof.
  pose proof PI_gt_2.
  red; split; [valued|apply closed_form].
  eapply is_dual_eq; [apply (hermite_is_dual 3); lia|
    intros x Hx; unfold sigma_hat|unfold mu].
  - rewrite powerRZ_pow by lia; reflexivity.
  - reflexivity.
Qed.

(* proof of "Closed forms: two_term(1/10)" *)
Proof.
  pose proof PI_gt_2.
  red; split; [valued|apply closed_form].
  eapply is_dual_eq; [apply (two_term_is_dual (1 / 10)); lra|
    intros x Hx; unfold sigma_hat|unfold mu].
  - rewrite powerRZ_pow by lia; change (Z.to_nat 2) with 2%nat; field.
  - reflexivity.
Qed.

(* proof of "Closed forms: two_term(1/2)" *)
Proof.
  pose proof PI_gt_2.
  red; split; [valued|apply closed_form].
  eapply is_dual_eq; [apply (two_term_is_dual (1 / 2)); lra|
    intros x Hx; unfold sigma_hat|unfold mu].
  - rewrite powerRZ_pow by lia; change (Z.to_nat 2) with 2%nat; field.
  - reflexivity.
Qed.

(* proof of "Closed forms: exp" *)
Proof.
  pose proof exp_facts; red; split; [valued|apply closed_form].
  eapply is_dual_eq; [apply (exp_is_dual 1); lra|
    intros x Hx; unfold sigma_hat|unfold mu].
  - rewrite Rmult_1_l, exp_plus, exp_2; field; repeat split; nra.
  - rewrite exp_2; field; repeat split; nra.
Qed.

(* proof of "Closed forms: sin" *)
Proof.
  pose proof exp_facts; red; split; 
    [valued; apply Rgt_not_eq, Rmult_lt_0_compat; lra|apply closed_form].
  eapply is_dual_eq; [apply (sin_is_dual 1); lra|
    intros x Hx; unfold sigma_hat|unfold mu].
  - unfold sinh; replace (x - 1) with (x + - (1)) by ring.
    replace (- x - 1) with (- x + - (1)) by ring; pose proof (exp_pos x).
    rewrite Rmult_1_l, !exp_plus, exp_2, !exp_Ropp; field; repeat split; nra.
  - unfold sinh; rewrite exp_2, exp_Ropp; field; repeat split; nra.
Qed.

(* proof of "Closed forms: cos" *)
Proof.
  pose proof exp_facts; red; split; [valued|apply closed_form].
  eapply is_dual_eq; [apply (cos_is_dual 1); lra|intros x Hx; unfold sigma_hat|reflexivity].
  unfold cosh; replace (x - 1) with (x + - (1)) by ring.
  replace (- x - 1) with (- x + - (1)) by ring; pose proof (exp_pos x).
  rewrite Rmult_1_l, !exp_plus, exp_2, exp_opp_1, !exp_Ropp; field; repeat split; nra.
Qed.
