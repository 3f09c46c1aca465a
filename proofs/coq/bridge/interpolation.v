(** The algebra of Lemma 26 and of Theorem 20: the minimum-norm interpolator. *)
From Conditioning Require Import Bridge Matrices Spectral LeastSquares Logarithms.

(* proof of "Lemma 26: a" *)
Proof.
  enter; split; [valued|].
  unfold L1, L0 in *; rewrite <- L0_Z, (IZR_INR n), <- L1_Z in * by (lra || lia).
  pose proof (greatest_beyond_L1 c n L K delta) as Hg; eapply Rle_trans; [apply Hg|lra];
    trivial; lra || lia.
Qed.

(* proof of "Lemma 26: a sharper" *)
Proof.
  enter; split; [valued|].
  unfold L1, L0 in *; rewrite <- L0_Z, (IZR_INR n), <- L1_Z in * by (lra || lia).
  apply (greatest_beyond_L1 c n L K delta); trivial; lra || lia.
Qed.

(* proof of "Lemma 26: b" *)
Proof.
  enter; split; [valued|].
  match goal with H : series_from 0 _ = 1 |- _ => rewrite H; lra end.
Qed.

(* proof of "Lemma 26: exponent" *)
Proof.
  opened; rewrite !powerRZ_2 in *.
  assert (0 <= l * w * r) by positive.
  apply Rminus_le.
  replace (_ - _) with (- (l * w * r / 3) + (2 * l * s * w - r * r) / 2) by field; lra.
Qed.

(* proof of "Lemma 26: tail" *)
Proof. opened; apply tail; assumption. Qed.

(* proof of "Lemma 26: c" *)
Proof.
  intros N s pr H1 H2 H3; pose proof (IZR_lt 0 N ltac:(lia)) as HN.
  pose proof (log_ratio s ltac:(lra)) as Hl; take_up.
  rewrite ?mult_IZR, powerRZ_2 in *; set (l := ln (8 / s)) in *.
  eapply Rle_trans; [eassumption|].
  rewrite Rmult_assoc; replace (1 / 2) with (4 * (1 / 8)) by field.
  apply Rmult_le_compat_l; [lra|]; apply tail; [assumption|].
  set (t := 2 * l / (3 * IZR N) + sqrt (2 * l * s / IZR N)).
  assert (Ht : 0 < t) by (unfold t; apply Rplus_lt_le_0_compat; positive).
  assert (Hd : 0 < s / IZR N + t / (3 * IZR N)) by positive.
  apply Rle_div_r; [exact Hd|].
  pose proof (bernstein_exponent (/ IZR N) l (sqrt (2 * l * s / IZR N)) s) as He.
  replace (2 * l * / IZR N / 3 + sqrt (2 * l * s / IZR N)) with t in He by (unfold t; field; lra).
  replace (s / IZR N + t / (3 * IZR N)) with (s * / IZR N + t * / IZR N / 3) by (field; lra).
  apply He; [apply Rinv_0_lt_compat; lra|lra|positive|lra|].
  rewrite sqrt_sqrt by positive; unfold Rdiv; ring.
Qed.

(* proof of "Lemma 26: d" *)
Proof. opened; lra. Qed.

(* proof of "Lemma 26: e" *)
Proof.
  intros N s x H1 H2 H3; pose proof (IZR_lt 0 N ltac:(lia)) as HN.
  pose proof (log_ratio s ltac:(lra)) as Hl; take_up.
  rewrite ?mult_IZR in *.
  split; [valued|].
  eapply Rle_trans; [eassumption|]; rewrite <- Rplus_assoc; apply Rplus_le_compat_r.
  apply fractions; lra.
Qed.

(* proof of "Lemma 26: f" *)
Proof.
  enter; pose proof (IZR_lt 0 N ltac:(lia)) as HN; pose proof (log_ratio s ltac:(lra)) as Hl.
  split; [valued|]; apply geometric_mean; [positive|lra|field; lra].
Qed.

(* proof of "Lemma 26: g" *)
Proof.
  intros N s H1 H2 H3; pose proof (IZR_lt 0 N ltac:(lia)) as HN.
  pose proof (log_ratio s ltac:(lra)) as Hl; take_up.
  split; [valued|].
  pose proof (geometric_mean (2 * ln (8 / s) * s / IZR N) (2 * ln (8 / s) / IZR N) s) as Hm.
  specialize (Hm ltac:(positive) ltac:(lra) ltac:(field; lra)).
  replace (6 * ln (8 / s) / IZR N) with (3 * (2 * ln (8 / s) / IZR N)) by (field; lra); lra.
Qed.

(* refutation of "Lemma 26: h" *)
Proof.
  intros H; specialize (H 1%Z 1); pose proof (log_ratio 1 ltac:(lra)) as Hl.
  concede H; destruct H as [_ H].
  rewrite ln_1 in H; lra.
Qed.

(* proof of "Lemma 26: h amended" *)
Proof.
  enter; pose proof (log_ratio s ltac:(lra)) as Hl.
  split; [valued|]; apply few_eigenvalues; trivial; lra.
Qed.

(* refutation of "Lemma 26: printed" *)
Proof.
  intros H; specialize (H 1%Z 1 0); pose proof (log_ratio 1 ltac:(lra)) as Hl.
  pose proof (sqrt_pos (2 * ln (8 / 1) * 1 / 1)) as Hs.
  change (3 * 1)%Z with 3%Z in H; concede H; destruct H as [_ H].
  rewrite ln_1 in H; lra.
Qed.

(* proof of "Lemma 26: amended" *)
Proof.
  intros N s x H1 H2 H3; pose proof (IZR_lt 0 N ltac:(lia)) as HN.
  pose proof (log_ratio s ltac:(lra)) as Hl; take_up.
  rewrite ?mult_IZR in *.
  split; [valued|]; apply few_eigenvalues; trivial; [lra|].
  pose proof (geometric_mean (2 * ln (8 / s) * s / IZR N) (2 * ln (8 / s) / IZR N) s) as Hm.
  specialize (Hm ltac:(positive) ltac:(lra) ltac:(field; lra)).
  pose proof (fractions x (IZR N) (ln (8 / s)) HN ltac:(assumption) ltac:(lra)) as Hf.
  replace (6 * ln (8 / s) / IZR N) with (3 * (2 * ln (8 / s) / IZR N)) by (field; lra); lra.
Qed.

(* refutation of "Theorem 20: depth" *)
Proof.
  intros H; specialize (H 1 0); concede H.
  destruct H as [[[[[H _] _] _] _] _]; lra.
Qed.

(* proof of "Theorem 20: depth amended" *)
Proof. enter; split; [valued|]; unfold L0; lia. Qed.

(* proof of "Theorem 20: a" *)
Proof.
  enter; split; [valued|].
  unfold L1, L0 in *.
  apply (least_beyond_L1 c n L K delta); trivial; lra.
Qed.

(* proof of "Theorem 20: c" *)
Proof.
  opened; eapply Rle_trans; [eassumption|]; apply Rmult_le_compat_l; assumption.
Qed.

(* refutation of "Theorem 20: d" *)
Proof.
  intros H; specialize (H (-1) 1 1); rewrite !powerRZ_2 in H.
  concede H; [rewrite Rabs_left; lra|]; lra.
Qed.

(* proof of "Theorem 20: d amended" *)
Proof. opened; rewrite !powerRZ_2; apply bounded_square; assumption. Qed.

(* proof of "Theorem 20: e1" *)
Proof.
  opened; apply Rle_div_l; [lra|].
  assert (0 <= s * (lam - 1 / 2)) by positive; lra.
Qed.

(* proof of "Theorem 20: e2" *)
Proof.
  opened; rewrite !mult_IZR, ?powerRZ_2 in *.
  assert (H' : 2 * s * x <= 2 * s * (IZR n * (1 + V * V))) by (apply Rmult_le_compat_l; lra); lra.
Qed.

(* proof of "Theorem 20: e2 with (d) amended" *)
Proof.
  opened; rewrite !mult_IZR, ?powerRZ_2 in *.
  assert (H' : 2 * s * x <= 2 * s * (2 * IZR n * (1 + V * V))) by (apply Rmult_le_compat_l; lra);
  lra.
Qed.

(* proof of "Theorem 20: f" *)
Proof.
  opened; replace (IZR (n ^ 2)) with (IZR n * IZR n) by (rewrite <- mult_IZR; f_equal; lia).
  rewrite ln_mult by positive; field; apply positive_neq_0; positive.
Qed.

(* refutation of "Theorem 20: g" *)
Proof.
  intros H; specialize (H 2%Z 1 0 1 1 (1/3)); pose proof ln_2_ge as Hl.
  rewrite !powerRZ_2 in H; change (2 ^ 2)%Z with 4%Z in H; change (4 * 2)%Z with 8%Z in H.
  concede H; apply proj2 in H; lra.
Qed.

(* refutation of "Theorem 20: printed" *)
Proof.
  intros H; specialize (H 2%Z 1 0 1 1 (1/3)); pose proof ln_2_ge as Hl.
  rewrite !powerRZ_2 in H; change (2 ^ 2)%Z with 4%Z in H; change (4 * 2)%Z with 8%Z in H.
  concede H; apply proj2 in H; lra.
Qed.

(* proof of "Theorem 20: no constant" *)
Proof. opened; subst; rewrite powerRZ_2; lra. Qed.

(* proof of "Theorem 20: g amended" *)
Proof.
  enter; split; [valued|]; rewrite !powerRZ_2, ?mult_IZR in *.
  eapply Rle_trans; [eassumption|]; apply (interpolation n s V); trivial.
Qed.

(* refutation of "Theorem 20: remark" *)
Proof.
  intros H; specialize (H 1000000%Z 1 (1/1000000)).
  rewrite powerRZ_2 in H; concede H.
  apply proj2 in H; pose proof ln_million; lra.
Qed.

(* proof of "Theorem 20: remark, no constant" *)
Proof.
  enter; split; [valued|]; pose proof (IZR_lt 0 n ltac:(lia)).
  match goal with E : powerRZ V 2 = _ |- _ => rewrite E end.
  replace (ln (IZR n) / IZR n * (x * IZR n)) with (ln (IZR n) * x) by (field; lra).
  apply Rmult_lt_compat_r; assumption.
Qed.

(* proof of "Theorem 20: remark amended" *)
Proof.
  enter; split; [valued|]; pose proof (IZR_lt 0 n ltac:(lia)).
  replace (ln (IZR n) / IZR n * powerRZ V 2) with (ln (IZR n) * powerRZ V 2 / IZR n)
    by (field; lra).
  apply Rle_div_l; [lra|assumption].
Qed.

(* proof of "Theorem 20: amended" *)
Proof.
  enter; split; [valued|]; rewrite !powerRZ_2, ?mult_IZR in *.
  assert (H' : 2 * s * x <= 2 * s * (2 * IZR n * (1 + V * V))) by (apply Rmult_le_compat_l; lra).
  apply Rle_trans with (2 * s * (V * V) + 8 * IZR n * (1 + V * V) * s); [lra|].
  apply (interpolation n s V); trivial.
Qed.
