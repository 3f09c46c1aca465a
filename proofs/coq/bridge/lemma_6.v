(** The depth L0, the bound B, and Lemma 6 with its steps. *)
From Conditioning Require Import Bridge.

(* proof of "L0: nonnegative" *)
Proof. enter; split; [valued|]; lia. Qed.

(* proof of "L0: before" *)
Proof.
  enter; split; [valued|]; rewrite <- L0_Z in *; rewrite powerRZ_pow by lia.
  apply L0_not_reached; [lra|lra|lia].
Qed.

(* proof of "L0: from there on" *)
Proof.
  enter; split; [valued|]; rewrite <- L0_Z in *; rewrite powerRZ_pow by lia.
  apply L0_reached; [lra|lra|lia].
Qed.

(* proof of "L0: threshold" *)
Proof.
  enter; split; [valued|]; rewrite <- L0_Z; split; [lia|split].
  - intros k Hk; rewrite powerRZ_pow by lia; apply L0_not_reached; [lra|lra|lia].
  - rewrite powerRZ_pow by lia; apply L0_reached; [lra|lra|lia].
Qed.

(* proof of "L0: order of growth" *)
Proof.
  enter; split; [valued; apply Rdiv_lt_0_compat; lra|].
  rewrite <- L0_Z, <- INR_IZR_INZ.
  pose proof (L0_big_O mu delta ltac:(lra) ltac:(lra)) as HO.
  apply (Rmult_le_compat_l mu) in HO; [|lra].
  replace (3 * ln (1 / delta)) with (mu * (3 * (ln (1 / delta) / mu))) by (field; lra).
  exact HO.
Qed.

(* proof of "L0: range of B" *)
Proof.
  enter; split; [valued|]; rewrite (threshold_L0 mu delta N), bound_B by assumption.
  apply B_range; lra.
Qed.

(* proof of "L0: enough layers" *)
Proof.
  enter; split; [valued|]; rewrite powerRZ_pow by lia; rewrite (IZR_INR n) in * by lia.
  pose proof (lt_0_INR (Z.to_nat n) ltac:(lia)).
  apply (Rmult_le_reg_l (/ INR (Z.to_nat n))); [apply Rinv_0_lt_compat; assumption|].
  rewrite <- Rmult_assoc, Rinv_l, Rmult_1_l, Rmult_1_r by lra.
  apply pow_layers; [lra|lia|]; rewrite <- (IZR_INR k) by lia.
  eapply Rle_trans; [apply Zceil_ub|]; apply IZR_le; assumption.
Qed.

(* proof of "L0: no negative number of layers" *)
Proof.
  enter; split; [valued|]; rewrite (IZR_INR n) by lia; apply Zceil_L1_ge_0; [lra|lia].
Qed.

(* proof of "Lemma 6: below L0" *)
Proof.
  enter; pose proof (Rabs_pos x) as Hx; rewrite powerRZ_pow in * by lia.
  assert (0 < delta * (1 + mu c / 2) ^ Z.to_nat L)
    by (apply Rmult_lt_0_compat; [lra|apply pow_lt; lra]).
  pose proof (Hb (Z.to_nat L) ltac:(lia)) as HL.
  split; [valued|]; rewrite Z2Nat.inj_add, Nat.add_1_r by lia.
  eapply Rle_trans; [eapply dual_small; [exact Hc| |eassumption]; lra|].
  simpl pow; lra.
Qed.

(* proof of "Lemma 6: at L0" *)
Proof.
  enter; split; [valued|].
  eapply Rle_trans; [eapply dual_large; [exact Hc| |eassumption]; lra|].
  nra.
Qed.

(* proof of "Lemma 6: beyond L0" *)
Proof.
  enter; rewrite powerRZ_pow in * by lia.
  pose proof (pow_le_1 (1 - mu c / 2) (Z.to_nat (L - N)) ltac:(lra)) as Hp.
  split; [valued|].
  replace (Z.to_nat (L + 1 - N)) with (S (Z.to_nat (L - N))) by lia; simpl pow.
  eapply Rle_trans; [apply (dual_large c x (1 - (1 - mu c / 2) ^ Z.to_nat (L - N) / 2) Hc); lra|].
  lra.
Qed.

(* proof of "Lemma 6: one layer" *)
Proof.
  enter; rewrite (threshold_L0 (mu c) delta N) in * by assumption; rewrite !bound_B in * by lia.
  pose proof (B_bounds c delta (Z.to_nat L) Hc Hnl ltac:(lra)) as HB; split; [valued|].
  rewrite Z2Nat.inj_add, Nat.add_1_r by lia.
  apply dual_B; trivial; lra.
Qed.

(* refutation of "Lemma 6: statement" *)
Proof.
  intros H; specialize (H (basis 2) (basis_sequence 2) 1 1 0 1%Z).
  concede H; destruct H as [[_ [HB _]] _]; lra.
Qed.

(* proof of "Lemma 6: amended" *)
Proof.
  enter; split; [valued|]; unfold B, L0; rewrite <- L0_Z, bound_B by lia.
  apply lemma6; trivial; lra.
Qed.
