(** Displays and assertions of the text that are plain algebra. *)
From Conditioning Require Import Bridge Matrices Spectral LeastSquares Logarithms.

(* proof of "Theorem 12: update" *)
Proof. opened; rewrite !powerRZ_2; ring. Qed.

(* proof of "Theorem 12: convex" *)
Proof.
  opened; rewrite !powerRZ_2; pose proof (Rle_0_sqr (x - u)) as Hs; unfold Rsqr in Hs.
  assert (Ht : 0 <= theta * (1 - theta)) by (apply Rmult_le_pos; lra).
  pose proof (Rmult_le_pos _ _ Ht Hs); lra.
Qed.

(* proof of "Theorem 20: interpolation" *)
Proof. enter; rewrite !powerRZ_2 in *; split; [valued|split]; field; lra. Qed.

(* proof of "Theorem 20: minimum norm" *)
Proof.
  opened.
  enough (Hz : forall l : Z, (0 <= l)%Z ->
    fold (fun k s => s + K k k * M k k) 1 l 0 = 0) by (rewrite Hz by assumption; lra).
  intros l Hl; pattern l; apply natlike_ind; [apply fold_empty; lia| |assumption].
  intros j Hj IH; unfold Z.succ; rewrite fold_last, IH by lia.
  match goal with H : forall k : Z, (1 <= k)%Z -> _ |- _ => rewrite H by lia end; ring.
Qed.

(* proof of "Lemma 26: rank one" *)
Proof.
  opened; rewrite !powerRZ_2 in *.
  assert (Hz : z * z = 1 - x * x - y * y) by lra.
  split.
  - replace (x * z * (z * x)) with (x * x * (z * z)) by ring; rewrite Hz; ring.
  - replace (x * z * (z * y)) with (x * y * (z * z)) by ring; rewrite Hz; ring.
Qed.

(* proof of "Lemma 26: both products" *)
Proof. opened; rewrite !powerRZ_2; split; ring. Qed.

(* proof of "Lemma 27: covariance" *)
Proof. opened; rewrite !powerRZ_2; ring. Qed.

(* proof of "Theorem 29: d, rearranged" *)
Proof. opened; rewrite !powerRZ_2 in *; lra. Qed.

(* proof of "Theorem 30: f, second part" *)
Proof.
  opened; rewrite Rabs_mult; pose proof (Rabs_pos tau).
  rewrite <- (Rmult_1_r (Rabs tau)) at 2; apply Rmult_le_compat_l; assumption.
Qed.

(* proof of "Theorem 30: f, probability" *)
Proof. enter; split; [valued|]; pose proof (IZR_lt 0 n ltac:(lia)); field; lra. Qed.

(* proof of "Theorem 19: a, half cube" *)
Proof.
  enter; split; [valued|].
  pose proof (IZR_le 1 k ltac:(lia)) as Hk; pose proof (IZR_le k (d - 1) ltac:(lia)) as Hd.
  rewrite minus_IZR in Hd; rewrite ?minus_IZR, ?mult_IZR.
  apply (Rle_div_l _ _ (IZR d)); [lra|].
  replace ((1 - 2 / IZR d) * IZR d) with (IZR d - 2) by (field; lra).
  replace (IZR d - 2) with (IZR (d - 2)) by (rewrite minus_IZR; reflexivity).
  apply IZR_le; lia.
Qed.

(* proof of "Theorem 30: net, size" *)
Proof.
  enter; split; [valued|].
  assert (Hx : 1 <= 1 / x) by (apply Rle_div_r; lra).
  replace (2 / x) with (2 * (1 / x)) by (field; lra).
  replace (3 / x) with (3 * (1 / x)) by (field; lra).
  rewrite <- (Z2Nat.id n) by lia; rewrite <- !pow_powerRZ; apply pow_incr; lra.
Qed.

(* proof of "Theorem 12: steps" *)
Proof.
  red; intros eps t H1 H2 H3.
  assert (He : 0 < 1 / eps) by (apply Rdiv_lt_0_compat; lra); take_up.
  replace (1 / eps) with (/ eps) in * by (field; lra); rewrite ln_Rinv in * by assumption.
  rewrite <- (exp_ln eps) at 1 by assumption; apply exp_le.
  rewrite ?mult_IZR, ?opp_IZR in *; lra.
Qed.

(* proof of "Theorem 18: network amended" *)
Proof.
  enter; split; [valued|].
  eapply Rle_trans; [apply (dual_large c rho (1 - Rabs rho)); [assumption|lra|lra]|].
  right; unfold mu; ring.
Qed.

(* proof of "Theorem 18: i, Lemma 23" *)
Proof.
  enter; split; [valued|].
  eapply Rle_trans; [apply (dual_large c rho (1 - Rabs rho)); [assumption|lra|lra]|].
  right; unfold mu; ring.
Qed.

(* proof of "Theorem 18: e, exponents" *)
Proof.
  opened; change (powerRZ (1 + eps) 4) with ((1 + eps) ^ 4); rewrite !powerRZ_2 in *.
  set (s := t * ((1 + eps) * (1 + eps))) in *.
  assert (Hs : 0 <= s) by (unfold s; positive).
  assert (s * s <= s) by nra; assert (0 <= eps * eps <= eps) by nra.
  split.
  - apply Rmin_glb; [nra|lra].
  - apply Rmin_glb.
    + right; unfold s; ring.
    + replace ((1 + eps) ^ 4 * (t * t)) with (s * s) by (unfold s; ring); assumption.
Qed.

(* proof of "Corollary 3: smallest value" *)
Proof.
  enter; split; [valued|].
  unfold condition_number; apply Rle_div_r; [assumption|rewrite Rmult_1_l].
  unfold least_eigenvalue, greatest_eigenvalue.
  match goal with |- lambda_min ?k ?m <= _ =>
    destruct (form_bounded k m) as (C & _ & HC);
    apply (lambda_min_le_max k m (- C) C ltac:(lia) HC) end.
Qed.

(* proof of "Theorem 18: Bernstein hypotheses" *)
Proof.
  enter; split; [valued|].
  rewrite !powerRZ_2; rewrite <- (Z2Nat.id k) by lia; rewrite <- !pow_powerRZ.
  set (j := Z.to_nat k).
  assert (Hp : (4 * x) ^ j = 2 ^ j * (2 * x) ^ j)
    by (rewrite <- Rpow_mult_distr; f_equal; ring).
  pose proof (pow_R1_Rle 2 j ltac:(lra)); pose proof (pow_R1_Rle (2 * x) j ltac:(lra)).
  rewrite Hp; set (a := 2 ^ j) in *; set (b := (2 * x) ^ j) in *.
  assert (1 <= x * x) by nra; assert (b <= a * b) by nra; assert (a <= a * b) by nra.
  assert (x * x * b <= x * x * (a * b)) by nra; assert (a * b <= x * x * (a * b)) by nra.
  split; lra.
Qed.

(* proof of "Lemma 26: c, range" *)
Proof.
  red; intros N s H1 H2 H3; pose proof (IZR_lt 0 N ltac:(lia)) as HN.
  pose proof (log_ratio s ltac:(lra)) as Hl; take_up; rewrite ?mult_IZR in *.
  set (l := ln (8 / s)) in *.
  assert (0 <= s / IZR N) by positive.
  assert (s / IZR N <= 2 * l * s / IZR N).
  { replace (2 * l * s / IZR N) with (2 * l * (s / IZR N)) by (field; lra).
    assert (0 <= (2 * l - 1) * (s / IZR N)) by (apply Rmult_le_pos; lra); lra. }
  assert (sqrt (s / IZR N) <= sqrt (2 * l * s / IZR N)) by (apply sqrt_le_1_alt; assumption).
  assert (1 / (3 * IZR N) <= 2 * l / (3 * IZR N)).
  { apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; lra|lra]. }
  assert (0 < 8 / s) by (apply Rdiv_lt_0_compat; lra); assert (0 <= 2 * l * s / IZR N) by lra.
  split; [|lra].
  repeat split; lra.
Qed.
