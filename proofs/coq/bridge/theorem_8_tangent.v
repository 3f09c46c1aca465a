(** Theorem 8 for the tangent kernel as it is derived from the network. *)
From Conditioning Require Import Bridge Matrices Spectral Sharper Tangent.

(* proof of "Theorem 8: dominated" *)
Proof.
  enter; split; [valued; apply odds_neq_0; lra|]; tangents.
  apply dominated; trivial; lra.
Qed.

(* proof of "Theorem 8: at twice L0" *)
Proof.
  enter; split; [valued; apply odds_neq_0; lra|].
  apply (odds_le_half mu delta L); trivial; lra.
Qed.

(* proof of "Theorem 8: a" *)
Proof.
  enter; assert (Hi : K i i = 1) by auto; rewrite Hi, slope_D.
  split; [valued; rewrite slope_D; lra|]; tangents;
  pose proof (tangent_at_1 c L Hc ltac:(lia)) as HT.
  change (fold (tangent_step c 1) 1 L 1) with (T c L 1) in HT; rewrite <- HT; field; lra.
Qed.

(* proof of "Theorem 8: j3" *)
Proof.
  enter.
  assert (H11 : K 1%Z 1%Z = 1)
    by (match goal with H : forall i : Z, _ -> K i i = 1 |- _ => apply H; lia end).
  rewrite H11; split; [valued|reflexivity].
Qed.

(* proof of "Theorem 8: sharper part 1" *)
Proof.
  enter; split; [valued; apply odds_neq_0; lra|]; tangents;
  rewrite (T_11 c n L K) by (trivial; lia).
  apply (T_pair c n L K); trivial; [lra|lia].
Qed.

(* proof of "Theorem 8: part 1 amended" *)
Proof.
  enter; split; [valued|]; tangents; rewrite (T_11 c n L K) by (trivial; lia).
  pose proof (T_1_ge_1 c L Hc HD ltac:(lia)).
  pose proof (odds_le_half (mu c) delta L ltac:(lra) ltac:(lra) ltac:(assumption)
    ltac:(assumption)).
  eapply Rle_trans; [apply (T_pair c n L K) with (delta := delta); trivial; lra || lia|].
  apply Rmult_le_compat_r; [lra|assumption].
Qed.

(* proof of "Theorem 8: j1" *)
Proof.
  enter; split; [valued|]; rewrite semidefinite_minus; tangents.
  apply (T_shifted c n L K); trivial; lra || lia.
Qed.

(* proof of "Theorem 8: j2" *)
Proof.
  enter; split; [valued|]; tangents.
  pose proof (T_1_ge_1 c L Hc HD ltac:(lia)).
  pose proof (odds_le_half (mu c) delta L ltac:(lra) ltac:(lra) ltac:(assumption)
    ltac:(assumption)).
  eapply Rle_trans; [|apply T_gap; trivial; lra || lia].
  apply Rmult_le_compat_r; [lra|].
  change (1 - 2 * half_bound (mu c) delta (threshold (mu c) delta) L <= 1 - odds (mu c) delta L);
  lra.
Qed.

(* proof of "Theorem 8: sharper part 2" *)
Proof.
  enter; split; [valued; apply odds_neq_0; lra|]; tangents;
  rewrite (T_11 c n L K) by (trivial; lia).
  apply (T_least c n L K); trivial; lra || lia.
Qed.

(* proof of "Theorem 8: part 2 amended" *)
Proof.
  enter; split; [valued|]; tangents; rewrite (T_11 c n L K) by (trivial; lia).
  pose proof (T_1_ge_1 c L Hc HD ltac:(lia)).
  pose proof (odds_le_half (mu c) delta L ltac:(lra) ltac:(lra) ltac:(assumption)
    ltac:(assumption)).
  eapply Rle_trans; [|apply (T_least c n L K) with (delta := delta); trivial; lra || lia].
  apply Rmult_le_compat_r; [lra|].
  change (1 - 2 * half_bound (mu c) delta (threshold (mu c) delta) L <= 1 - odds (mu c) delta L);
  lra.
Qed.

(* refutation of "Theorem 8: i" *)
Proof.
  intros H; specialize (H 1 (2/5) 2%Z).
  assert (H1 : threshold 1 (2/5) = 1%Z).
  { apply threshold_unique; [lra|lra|lia| |rewrite powerRZ_1; lra].
    intros k Hk; replace k with 0%Z by lia; simpl; lra. }
  change (L0 (2/5) 1) with (threshold 1 (2/5)) in H; rewrite H1 in H.
  concede H; apply proj2 in H; unfold B_half, B in H.
  change (L0 (2/5) 1) with (threshold 1 (2/5)) in H; rewrite H1 in H.
  replace (Zfloor (2 / 2)) with 1%Z in H
    by (symmetry; replace (2 / 2) with 1 by lra; apply (Zfloor_IZR 1)).
  destruct (Z_le_dec 1 1) as [_|]; [|lia]; rewrite powerRZ_1 in H; simpl in H; lra.
Qed.

(* proof of "Theorem 8: i amended" *)
Proof.
  enter; destruct (threshold_spec mu delta ltac:(lra) ltac:(lra)) as (HN & Hb & Ha).
  change (L0 delta mu) with (threshold mu delta) in *.
  split; [valued|].
  symmetry; apply (half_beyond mu delta (threshold mu delta) L); assumption.
Qed.

(* refutation of "Theorem 8: part 1" *)
Proof.
  intros H; specialize (H (basis 2) (basis_sequence 2) 1 (1/2)).
  specialize (H (fun i j => if Z.eq_dec i j then 1 else 0)).
  specialize (H ltac:(intros i j _ _; destruct (Z.eq_dec i j), (Z.eq_dec j i); reflexivity || lia)).
  specialize (H 2%Z 1%Z 1%Z 2%Z).
  change (L0 (1/2) 1) with (threshold 1 (1/2)) in H; rewrite threshold_half in H.
  concede H.
  - apply converges_slope_1; [apply basis_sequence|apply basis_slope|lia].
  - intros i _; destruct (Z.eq_dec i i); [reflexivity|lia].
  - intros v; unfold form, block; change (Z.to_nat 2) with 2%nat; simpl.
    pose proof (pow2_ge_0 (v 0%nat)); pose proof (pow2_ge_0 (v 1%nat)); lra.
  - intros i j Hij; destruct (Z.eq_dec i j); [lia|rewrite Rabs_R0; lra].
  - destruct H as [[_ [[[[_ H] _] _] _]] _]; lia.
Qed.

(* refutation of "Theorem 8: part 2" *)
Proof.
  intros H; specialize (H (basis 2) (basis_sequence 2) 1 (1/2) (fun _ _ => 1)).
  specialize (H ltac:(intros i j _ _; reflexivity) 1%Z 1%Z).
  change (L0 (1/2) 1) with (threshold 1 (1/2)) in H; rewrite threshold_half in H.
  concede H.
  - apply converges_slope_1; [apply basis_sequence|apply basis_slope|lia].
  - intros v; pose proof (ones_form v); pose proof (nrm2_ge_0 (Z.to_nat 1) v); lra.
  - apply lambda_min_ge with (hi := 1); [lia|]; intros v; split.
    + pose proof (ones_form v); pose proof (nrm2_ge_0 (Z.to_nat 1) v); lra.
    + unfold nrm2, form, block; change (Z.to_nat 1) with 1%nat; simpl; lra.
  - destruct H as [[[[[[_ H] _] _] _] _] _]; lia.
Qed.
