(** The odds of a correlation, and Lemma 6 in closed form. *)
From Conditioning Require Import Bridge Sharper Tangent.

(* proof of "Lemma 6: sharper" *)
Proof.
  enter; split; [valued; apply odds_neq_0; lra|].
  unfold E, B, L0; rewrite <- L0_Z, bound_B by lia; apply Rmin_glb.
  - apply iterate_odds; trivial; lra.
  - apply lemma6; trivial; lra.
Qed.

(* proof of "Odds: one application" *)
Proof.
  enter; split; [valued|].
  apply one_application; trivial; lra.
Qed.

(* proof of "Odds: shrink" *)
Proof.
  enter.
  assert (Hx : e = a / (a + z)) by (field_simplify_eq; lra).
  assert (0 <= mu * z) by (apply Rmult_le_pos; lra).
  assert (Hy : f = a / (a + (1 + mu) * z)) by (field_simplify_eq; lra).
  subst; clear H3 H4; split; [split; [split|]|].
  - apply Rminus_le.
    replace (a / (a + z) * (1 - mu * (1 - a / (a + z))) - a / (a + (1 + mu) * z))
      with (- (a * (mu * z * (mu * z)) / ((a + z) * (a + z) * (a + (1 + mu) * z))))
      by (field; lra).
    apply Ropp_le_cancel; rewrite Ropp_involutive, Ropp_0.
    apply Rdiv_le_0_compat; [apply Rmult_le_pos; nra|].
    apply Rmult_lt_0_compat; [apply Rmult_lt_0_compat|]; lra.
  - apply Rdiv_le_0_compat; lra.
  - apply Rdiv_le_0_compat; lra.
  - apply Rlt_div_l; lra.
Qed.

(* proof of "Odds: next layer" *)
Proof.
  enter; pose proof (odds_neq_0 mu delta L ltac:(lra) ltac:(lra)).
  pose proof (odds_neq_0 mu delta (L + 1) ltac:(lra) ltac:(lra)).
  split; [valued|].
  pose proof (odds_bounds mu delta L ltac:(lra) ltac:(lra)) as Hb.
  pose proof (odds_bounds mu delta (L + 1) ltac:(lra) ltac:(lra)) as Hb'.
  pose proof (odds_next mu delta L ltac:(lra) ltac:(lra) ltac:(assumption)) as Hn.
  unfold odds in *; repeat split; lra.
Qed.

(* proof of "Odds: iterates" *)
Proof.
  enter; split; [valued; apply odds_neq_0; lra|].
  apply iterate_odds; trivial; lra.
Qed.

(* proof of "Odds: value" *)
Proof.
  enter; pose proof (odds_neq_0 mu delta L ltac:(lra) ltac:(lra)).
  pose proof (odds_bounds mu delta L ltac:(lra) ltac:(lra)) as Hb; unfold odds in Hb.
  split; [valued; right; lra|apply odds_value; lra].
Qed.

(* proof of "Odds: powers of a root" *)
Proof. enter; split; [valued|apply powerRZ_sqrt; assumption]. Qed.

(* proof of "Odds: below a root" *)
Proof. enter; apply (below_a_root a z e y); trivial; lra. Qed.

(* proof of "Odds: at twice L0" *)
Proof.
  enter; split; [valued; apply odds_neq_0; lra|].
  apply at_twice_L0; trivial; lra.
Qed.

(* proof of "Odds: beyond twice L0" *)
Proof.
  enter; split; [valued; apply odds_neq_0; lra|].
  apply beyond_twice_L0; trivial; lra.
Qed.

(* proof of "Odds: half" *)
Proof.
  enter; split; [valued; apply odds_neq_0; lra|].
  apply half; trivial; lra.
Qed.
