(** Lemma 25 (= Lemma 10) with its steps. *)
From Conditioning Require Import Bridge.

(* proof of "Lemma 25: slope at 1" *)
Proof. enter; split; [valued|]; rewrite slope_D; assumption. Qed.

(* proof of "Lemma 25: denominator" *)
Proof.
  enter; split; [valued|]; rewrite slope_D, slope_tail by assumption.
  change (coefficient c 1) with (c 1%nat); ring.
Qed.

(* proof of "Lemma 25: dominated" *)
Proof.
  enter; pose proof (Rabs_pos x); split; [valued|]; rewrite !slope_D; split.
  - eapply Rle_trans; [apply lemma10_a; trivial; lra|apply lemma10_b; trivial; lra].
  - apply lemma10_b; trivial; lra.
Qed.

(* proof of "Lemma 25: a" *)
Proof.
  enter; split; [valued; rewrite Rabs_Rabsolu; assumption|]; rewrite !slope_D.
  eapply Rle_trans; [apply Rle_abs|apply lemma10_a; assumption].
Qed.

(* proof of "Lemma 25: b1" *)
Proof. enter; split; [valued|]; rewrite slope_D; apply (lemma10_b c Hc HD r 1); lra. Qed.

(* proof of "Lemma 25: b2" *)
Proof. enter; split; [valued|]; rewrite !slope_D; apply lemma10_b; trivial; lra. Qed.

(* proof of "Lemma 25: c1" *)
Proof.
  enter; split; [valued|]; rewrite series_from_first in H1 by valued.
  rewrite series_from_first in H1 by valued; change (0 + 1 + 1)%Z with 2%Z in H1.
  change (0 + 1)%Z with 1%Z in H1; lra.
Qed.

(* proof of "Lemma 25: c2" *)
Proof. enter; reflexivity. Qed.

(* refutation of "Lemma 25: d" *)
Proof.
  intros H; pose proof (basis_sequence 2) as Hs; specialize (H (basis 2) Hs 1 (1 / 2)).
  concede H; [apply converges_slope_1; [exact Hs|apply basis_slope|lia]|].
  pose proof (basis_slope) as HD; apply proj2 in H.
  rewrite !slope_D, slope_misprinted, slope_tail, !basis_D in H by valued.
  change (coefficient (basis 2) 1) with 0 in H; change (basis 2 1) with 0 in H; simpl in H; lra.
Qed.

(* proof of "Lemma 25: d amended" *)
Proof.
  enter; rewrite !slope_D, slope_from_2, slope_tail by (trivial; valued).
  change (coefficient c 1) with (c 1%nat); split; [valued|].
  replace (c 1%nat + (D c 1 - c 1%nat)) with (D c 1) by ring; f_equal; ring.
Qed.

(* proof of "Lemma 25: e" *)
Proof.
  enter; rewrite slope_misprinted, slope_linear, slope_tail by (trivial; valued).
  change (coefficient c 1) with (c 1%nat); split; [valued|].
  apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; lra|].
  apply Rplus_le_compat_l, Rmult_le_compat_r; [lra|].
  pose proof (lemma10_b c Hc HD r 1 ltac:(lra) ltac:(lra)); lra.
Qed.

(* proof of "Lemma 25: e with the exponent i - 1" *)
Proof.
  enter; rewrite slope_D, slope_linear by trivial; split; [valued|].
  apply lemma10_e; trivial; lra.
Qed.

(* proof of "Lemma 25: f" *)
Proof.
  enter; rewrite slope_linear, slope_tail by trivial.
  change (coefficient c 1) with (c 1%nat); split; [valued|field; lra].
Qed.

(* proof of "Lemma 25: g" *)
Proof.
  enter; rewrite slope_tail by trivial.
  change (coefficient c 1) with (c 1%nat); split; [valued|].
  replace (c 1%nat + (D c 1 - c 1%nat)) with (D c 1) by ring; apply lemma10_g; trivial; lra.
Qed.

(* proof of "Lemma 25: absolute value" *)
Proof.
  enter; rewrite !slope_D; split; [valued|]; apply lemma10_sharper; assumption.
Qed.

(* proof of "Lemma 25: sharper" *)
Proof.
  enter; rewrite !slope_D; split; [valued|split].
  - eapply Rle_trans; [|apply lemma10_sharper; assumption].
    apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; lra|apply Rle_abs].
  - apply sharper_share; trivial; lra.
Qed.

(* refutation of "Lemma 25: statement" *)
Proof.
  intros H; pose proof telescoping_normalized as Hc.
  specialize (H telescoping (normalized_sequence _ Hc) 1 1).
  concede H; [apply normalized_sum, Hc|].
  destruct H as [(_ & (_ & H) & _) _]; apply telescoping_slope, finite_slope_of.
  - apply normalized_sequence, Hc.
  - revert H; apply ex_series_ext; intros n; rewrite powerRZ_1_l, Rmult_1_r by lia; reflexivity.
Qed.

(* proof of "Lemma 25: amended" *)
Proof.
  enter; rewrite !slope_D; split; [valued|].
  apply lemma10; trivial; apply Rabs_le_between; assumption.
Qed.

(* refutation of "Lemma 10: statement" *)
Proof.
  intros H; pose proof telescoping_normalized as Hc.
  specialize (H telescoping (normalized_sequence _ Hc) 1 1).
  concede H; [apply normalized_sum, Hc|].
  destruct H as [(_ & (_ & H) & _) _]; apply telescoping_slope, finite_slope_of.
  - apply normalized_sequence, Hc.
  - revert H; apply ex_series_ext; intros n; rewrite powerRZ_1_l, Rmult_1_r by lia; reflexivity.
Qed.

(* proof of "Lemma 10: amended" *)
Proof.
  enter; rewrite !slope_D; split; [valued|].
  apply lemma10; trivial; apply Rabs_le_between; assumption.
Qed.

(* proof of "Lemma 10: sharper" *)
Proof.
  enter; rewrite !slope_D; split; [valued|split].
  - eapply Rle_trans; [|apply lemma10_sharper; assumption].
    apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; lra|apply Rle_abs].
  - apply sharper_share; trivial; lra.
Qed.
