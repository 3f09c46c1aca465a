(** Corollary 3 with its steps. *)
From Conditioning Require Import Bridge.

(* proof of "Corollary 3: quotient" *)
Proof.
  enter; split; [valued|]; apply Rmult_le_compat; [lra| |lra|].
  - left; apply Rinv_0_lt_compat; lra.
  - apply Rinv_le_contravar; lra.
Qed.

(* proof of "Corollary 3: ratio" *)
Proof.
  enter; split; [valued|]; apply Rmult_le_compat; [lra| |lra|].
  - left; apply Rinv_0_lt_compat; lra.
  - apply Rinv_le_contravar; lra.
Qed.

(* proof of "Corollary 3: a" *)
Proof.
  enter; split; [valued|]; replace (K i i) with 1 by (symmetry; auto).
  apply iterate_1, Hc.
Qed.

(* proof of "Corollary 3: discs" *)
Proof.
  enter; split; [valued|]; rewrite minus_IZR, (IZR_INR n) by lia.
  apply kernel_discs; assumption.
Qed.

(* proof of "Corollary 3: b1" *)
Proof.
  enter; split; [valued|]; rewrite minus_IZR, (IZR_INR n) by lia.
  unfold B, L0; rewrite <- L0_Z, bound_B by lia.
  apply (corollary3_b c (Z.to_nat n) (Z.to_nat L) (block K) delta); trivial; [lia|lra].
Qed.

(* proof of "Corollary 3: b2" *)
Proof.
  enter; split; [valued|]; rewrite minus_IZR, (IZR_INR n) by lia.
  unfold B, L0; rewrite <- L0_Z, bound_B by lia.
  apply (corollary3_b c (Z.to_nat n) (Z.to_nat L) (block K) delta); trivial; [lia|lra].
Qed.

(* proof of "Corollary 3: eigenvalues" *)
Proof. enter; split; [valued|]; apply greatest_ge_1; assumption. Qed.

(* proof of "Corollary 3: b3" *)
Proof.
  enter; rewrite minus_IZR, (IZR_INR n) in * by lia.
  unfold B, L0 in *; rewrite <- L0_Z, bound_B in * by lia.
  pose proof (corollary3_b' c (Z.to_nat n) (Z.to_nat L) (block K) delta) as Hk.
  destruct Hk as [Hmin Hk]; trivial; [lia|lra|].
  split; [valued; exact Hmin|exact Hk].
Qed.

(* proof of "Corollary 3: c" *)
Proof.
  enter; rewrite minus_IZR, (IZR_INR n) in * by lia; unfold L1, B, L0 in *.
  rewrite <- !L0_Z, (IZR_INR n), <- L1_Z, bound_B in * by (lra || lia).
  split; [valued|]; apply B_radius; [lra|lia|lia].
Qed.

(* proof of "Corollary 3: d" *)
Proof. enter; split; [valued|]; apply corollary3_d; lra. Qed.

(* proof of "Corollary 3: e" *)
Proof.
  enter; rewrite !mult_IZR, minus_IZR, (IZR_INR n) in * by lia; unfold L1, B, L0 in *.
  rewrite <- !L0_Z, (IZR_INR n), <- L1_Z, bound_B in * by (lra || lia).
  split; [valued|]; rewrite powerRZ_minus_nat by lia.
  pose proof (B_beyond_L1 mu delta (Z.to_nat n) (Z.to_nat L) ltac:(lra) ltac:(lia) ltac:(lia)).
  pose proof (pow_le_1 (1 - mu / 2) (Z.to_nat L - Corollary3.L1 mu delta (Z.to_nat n)) ltac:(lra)).
  pose proof (Rinv_0_lt_compat _ (lt_0_INR (Z.to_nat n) ltac:(lia))).
  pose proof (le_INR 1 (Z.to_nat n) ltac:(lia)) as H1n; simpl in H1n; nra.
Qed.

(* proof of "Corollary 3: part 1" *)
Proof.
  enter; unfold L1, L0 in *; rewrite <- !L0_Z, (IZR_INR n), <- L1_Z in * by (lra || lia).
  pose proof (corollary3_part1 c (Z.to_nat n) (Z.to_nat L) (block K) delta) as Hk.
  destruct Hk as [Hmin Hk]; trivial; [lia|lra|lia|].
  split; [valued; exact Hmin|].
  rewrite mult_IZR, (IZR_INR n), powerRZ_minus_nat by lia; exact Hk.
Qed.

(* proof of "Corollary 3: assumption 2 implies 1" *)
Proof.
  enter; split; [valued|]; intros i j Hij; rewrite block_entry by lia.
  apply (assumption2_implies_1 (Z.to_nat n) (block K) delta); trivial; lia.
Qed.

(* proof of "Corollary 3: 2a" *)
Proof.
  enter; rewrite minus_IZR, (IZR_INR n) in * by lia.
  unfold B, L0; rewrite <- L0_Z, bound_B by lia.
  pose proof (B_bounds c delta (Z.to_nat L) Hc Hnl ltac:(lra)).
  pose proof (corollary3_e c (Z.to_nat n) (Z.to_nat L) (block K) delta) as Hk.
  destruct Hk as [Hmin Hk]; trivial; [lia|lra|].
  split; [valued; exact Hmin|exact Hk].
Qed.

(* proof of "Corollary 3: 2b" *)
Proof.
  enter; rewrite !powerRZ_opp, !powerRZ_pow in * by lia.
  assert (0 < delta * (1 + mu / 2) ^ Z.to_nat L)
    by (apply Rmult_lt_0_compat; [lra|apply pow_lt; lra]).
  assert (0 < (1 + mu / 2) ^ Z.to_nat L) by (apply pow_lt; lra).
  split; [valued|].
  set (y := (1 + mu / 2) ^ Z.to_nat L) in *; rewrite (IZR_INR n) by lia.
  replace (_ / (1 - (1 - delta * y))) with (INR (Z.to_nat n) / delta * / y - INR (Z.to_nat n))
    by (field; split; nra).
  pose proof (pos_INR (Z.to_nat n)); lra.
Qed.

(* proof of "Corollary 3: 2c" *)
Proof.
  enter; rewrite !powerRZ_pow, (IZR_INR n) in * by lia.
  assert (0 < (1 - mu / 2) ^ Z.to_nat (L - N)) by (apply pow_lt; lra).
  pose proof (pow_le_1 (1 - mu / 2) (Z.to_nat (L - N)) ltac:(lra)).
  split; [valued|]; set (q := (1 - mu / 2) ^ _) in *; apply Rle_div_l; [lra|].
  pose proof (pos_INR (Z.to_nat n)); set (m := INR _) in *.
  assert (0 <= m * q * (1 - q)) by (apply Rmult_le_pos; [apply Rmult_le_pos|]; lra); lra.
Qed.

(* proof of "Corollary 3: 2d" *)
Proof.
  enter; rewrite !powerRZ_opp, !powerRZ_pow, Z2Nat.inj_sub, (IZR_INR n) in * by lia.
  split; [valued|]; rewrite Rmult_assoc; apply Rmult_le_compat_l; [apply pos_INR|].
  rewrite Rmult_comm; apply corollary3_rates; [lra|lia].
Qed.

(* proof of "Corollary 3: 2e" *)
Proof.
  enter; rewrite (threshold_L0 mu delta N) in * by assumption.
  rewrite !powerRZ_opp, !powerRZ_pow, Nat2Z.id, (IZR_INR n) in * by lia; split; [valued|].
  pose proof (pow_L0_le mu delta ltac:(lra) ltac:(lra)).
  pose proof (Rmax_le_inv_delta delta ltac:(lra)).
  unfold Rdiv; rewrite (Rmult_assoc _ (/ delta)), (Rmult_comm (/ delta)), <- Rmult_assoc.
  apply Rmult_le_compat_l; [|lra].
  apply Rmult_le_pos; [apply pos_INR|left; apply Rinv_0_lt_compat, pow_lt; lra].
Qed.

(* proof of "Corollary 3: bound on κ - 1" *)
Proof.
  enter; rewrite (threshold_L0 mu delta N), !bound_B, (IZR_INR n) in * by (assumption || lia).
  pose proof (B_range mu delta (Z.to_nat L) ltac:(lra) ltac:(lra)).
  split; [valued|]; rewrite powerRZ_opp, powerRZ_pow by lia.
  unfold Rdiv; rewrite !Rmult_assoc; apply Rmult_le_compat_l; [apply pos_INR|].
  apply B_excess; lra.
Qed.

(* proof of "Corollary 3: part 2" *)
Proof.
  enter; pose proof (corollary3_part2 c (Z.to_nat n) (Z.to_nat L) (block K) delta) as Hk.
  destruct Hk as [Hmin Hk]; trivial; [lia|lra|].
  split; [valued; exact Hmin|].
  rewrite powerRZ_opp, powerRZ_pow, (IZR_INR n) by lia; exact Hk.
Qed.
