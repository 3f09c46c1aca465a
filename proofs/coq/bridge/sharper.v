(** Sharper forms of Theorem 2 and Corollary 3; Assumption 2. *)
From Conditioning Require Import Bridge Sharper.

(* proof of "Theorem 2: sharper part 1" *)
Proof.
  enter; assert (Hp : 0 < powerRZ (1 + mu c) L) by (apply powerRZ_lt; lra).
  assert (0 < delta * powerRZ (1 + mu c) L) by (apply Rmult_lt_0_compat; lra).
  assert (Rabs (K i j) <= 1 - delta) by auto 8.
  split; [valued|]; unfold E, B, L0; rewrite <- L0_Z, bound_B by lia; apply Rmin_glb.
  - rewrite powerRZ_pow by lia; apply lemma6_sharper; trivial; lra.
  - apply lemma6; trivial; lra.
Qed.

(* proof of "Theorem 2: sharper part 2" *)
Proof.
  enter; assert (Hp : 0 < powerRZ (1 + mu c) L) by (apply powerRZ_lt; lra).
  assert (0 < delta * powerRZ (1 + mu c) L) by (apply Rmult_lt_0_compat; lra).
  split; [valued|]; unfold E, B, L0; rewrite <- L0_Z, bound_B by lia.
  apply Rmin_case.
  - rewrite powerRZ_pow by lia.
    apply (theorem2_part2_sharper_lambda_min c (Z.to_nat n) (Z.to_nat L) (block K)
      delta); trivial; [lia|lra].
  - apply (theorem2_part2_lambda_min c (Z.to_nat n) (Z.to_nat L) (block K) delta);
      trivial; [lia|lra].
Qed.

(* proof of "Corollary 3: least" *)
Proof.
  enter; assert (Hp : 0 < powerRZ (1 + mu c) L) by (apply powerRZ_lt; lra).
  assert (0 < delta * powerRZ (1 + mu c) L) by (apply Rmult_lt_0_compat; lra).
  split; [valued|]; rewrite powerRZ_pow by lia.
  apply (theorem2_part2_sharper_lambda_min c (Z.to_nat n) (Z.to_nat L) (block K)
      delta); trivial; [lia|lra].
Qed.

(* proof of "Corollary 3: excess" *)
Proof.
  enter; rewrite minus_IZR, (IZR_INR n) in * by lia; unfold L1, B, L0 in *.
  rewrite <- !L0_Z, (IZR_INR n), <- L1_Z, bound_B in * by (lra || lia).
  split; [valued|]; rewrite powerRZ_minus_nat by lia.
  eapply Rle_trans; [apply B_beyond_L1; [lra|lia|lia]|].
  pose proof (pow_le_1 (1 - mu / 2) (Z.to_nat L - Corollary3.L1 mu delta (Z.to_nat n)) ltac:(lra)).
  pose proof (Rinv_0_lt_compat _ (lt_0_INR (Z.to_nat n) ltac:(lia))); nra.
Qed.

(* proof of "Corollary 3: sharper part 1" *)
Proof.
  enter; unfold L1, L0 in *; rewrite <- !L0_Z, (IZR_INR n), <- L1_Z in * by (lra || lia).
  pose proof (corollary3_part1_sharp c (Z.to_nat n) (Z.to_nat L) (block K) delta) as Hk.
  destruct Hk as [Hmin Hk]; trivial; [lia|lra|lia|].
  split; [valued; exact Hmin|]; rewrite powerRZ_minus_nat by lia.
  eapply Rle_trans; [exact Hk|].
  pose proof (pow_le_1 (1 - mu c / 2) (Z.to_nat L - Corollary3.L1 (mu c) delta (Z.to_nat n))
    ltac:(lra)).
  pose proof (Rinv_0_lt_compat _ (lt_0_INR (Z.to_nat n) ltac:(lia))); nra.
Qed.

(* proof of "Corollary 3: sharper part 2" *)
Proof.
  enter; pose proof (corollary3_part2_sharper c (Z.to_nat n) (Z.to_nat L) (block K) delta) as Hk.
  destruct Hk as [Hmin Hk]; trivial; [lia|lra|].
  split; [valued; exact Hmin|].
  rewrite powerRZ_opp, powerRZ_pow, (IZR_INR n) by lia; exact Hk.
Qed.

(* proof of "Assumption 2: range" *)
Proof. enter; assumption. Qed.

(* proof of "Assumption 2: stronger than Assumption 1" *)
Proof.
  enter; split; [valued|]; intros i j Hij; rewrite block_entry by lia.
  apply (assumption2_implies_1 (Z.to_nat n) (block K) delta); trivial; lia.
Qed.
