(** From the closed forms of Duals.v to the exported statements about them. *)

From Conditioning Require Import Relu Duals Bridge.
Open Scope R_scope.

(** A closed form, as the exported statements say it. *)
Lemma closed_form (f : R -> R) (m : R) : is_dual f m ->
  exists c, sequence c /\
    (coefficient c 0 = 0 /\ series_from 0 (fun i => coefficient c i) = 1 /\
     m = 1 - coefficient c 1 /\ 0 < m /\
     forall rho, Rabs rho <= 1 -> f rho = dual c rho).
Proof.
  intros (c & Hc & Hnl & Hm & Hf); exists c.
  split; [apply normalized_sequence, Hc|split; [apply Hc|split]].
  - apply normalized_sum, Hc.
  - rewrite <- Hm; split; [reflexivity|split; [apply (lemma22 c Hc Hnl)|exact Hf]].
Qed.

Lemma one_minus_square_ge_0 (x : R) : Rabs x <= 1 -> 0 <= 1 - powerRZ x 2.
Proof.
  intros Hx; rewrite powerRZ_pow, <- pow2_abs by lia; change (Z.to_nat 2) with 2%nat.
  pose proof (pow_le_1 (Rabs x) 2 ltac:(split; [apply Rabs_pos|exact Hx])); lra.
Qed.

Lemma exp_2 : exp 2 = exp 1 * exp 1.
Proof. rewrite <- exp_plus; f_equal; ring. Qed.

Lemma exp_opp_1 : exp (-1) = / exp 1.
Proof. rewrite <- exp_Ropp; f_equal; ring. Qed.

(** Where the denominators of the closed forms lie. *)
Lemma exp_facts : 2 < exp 1 /\ 2 * exp 1 < exp 2 /\ 0 < 1 / (2 * exp 2) < 1/2 /\
  0 < exp (-1) < 1/2.
Proof.
  pose proof (exp_gt_1_plus 1 ltac:(lra)) as H.
  assert (H2 : 2 * exp 1 < exp 2) by (rewrite exp_2; nra).
  split; [lra|split; [exact H2|split; split]].
  - apply Rdiv_lt_0_compat; lra.
  - apply Rlt_div_l; lra.
  - apply exp_pos.
  - rewrite exp_opp_1; apply (Rmult_lt_reg_r (exp 1)); [lra|]; rewrite Rinv_l by lra; lra.
Qed.
