(** The algebra of Theorem 30 and of Lemma 31, and their counterexamples. *)
From Conditioning Require Import Bridge LeastSquares Logarithms.

(* proof of "Theorem 30: a" *)
Proof. opened; rewrite !powerRZ_2; field; lra. Qed.

(* proof of "Theorem 30: b" *)
Proof.
  opened; pattern m; apply natlike_ind; [rewrite !fold_empty by lia; ring| |assumption].
  intros l Hl IH; unfold Z.succ; rewrite !fold_last, IH by lia; rewrite !powerRZ_2; ring.
Qed.

(* proof of "Theorem 30: partial sums" *)
Proof.
  enter; split; [valued|].
  match goal with H : forall i : Z, _ -> IZR n * coefficient c i < 1 |- _ =>
    apply (partial_sums c n H); assumption end.
Qed.

(* proof of "Theorem 30: c" *)
Proof.
  enter; split; [valued|].
  match goal with H : forall i : Z, _ -> IZR n * coefficient c i < 1 |- _ => rename H into Hc end.
  pose proof (partial_sums c n Hc (n - 1) ltac:(lia)) as Hp; specialize (Hc n ltac:(assumption)).
  replace n with ((n - 1) + 1)%Z at 1 by lia; rewrite fold_last by lia.
  replace (n - 1 + 1)%Z with n by lia; rewrite minus_IZR in Hp.
  pose proof (IZR_lt 0 n ltac:(lia)); apply (Rmult_lt_reg_l (IZR n)); lra.
Qed.

(* proof of "Theorem 30: d" *)
Proof. opened; ring. Qed.

(* refutation of "Theorem 30: e, the two θ" *)
Proof.
  intros H; specialize (H 1%Z (1/16)).
  replace (1/16) with (1/4 * (1/4)) in H by field; rewrite sqrt_square in H by lra.
  replace (1/4) with (1/2 * (1/2)) in H by field; rewrite sqrt_square in H by lra.
  concede H; destruct H as [_ H]; change (IZR (5 * 1)) with 5 in H; lra.
Qed.

(* refutation of "Theorem 30: g" *)
Proof.
  intros H; specialize (H (1/3) (-1) 1 (1/30)); rewrite !Rmax_left in H by lra.
  concede H; [rewrite Rabs_pos_eq; lra|lra].
Qed.

(* refutation of "Theorem 30: h" *)
Proof.
  intros H; specialize (H 2%Z 1 1 (-1/20) (1/10)); rewrite sqrt_1, !powerRZ_2 in H.
  change (IZR (2 ^ 2)) with 4 in H.
  concede H; [rewrite Rabs_left; lra|]; apply proj2 in H; lra.
Qed.

(* proof of "Theorem 30: slopes" *)
Proof.
  opened; rewrite !powerRZ_2; pose proof (Rle_0_sqr (x + 3 * s / 4)) as Hs; unfold Rsqr in Hs; lra.
Qed.

(* proof of "Theorem 30: kink" *)
Proof.
  opened; rewrite !powerRZ_2; pose proof (Rle_0_sqr (theta * (a + 2 * s))) as Hs.
  unfold Rsqr in Hs; lra.
Qed.

(* proof of "Theorem 30: disjoint" *)
Proof.
  opened; split; [eapply Rle_trans; [apply Rabs_triang|lra]|].
  pose proof (Rabs_triang_inv pw (- (tau * s))) as Ht; rewrite Rabs_Ropp, Rabs_mult in Ht.
  replace (pw - - (tau * s)) with (pw + tau * s) in Ht by ring.
  assert (Rabs tau * Rabs s <= r / 5 * 1) by (apply Rmult_le_compat; trivial; apply Rabs_pos); lra.
Qed.

(* proof of "Theorem 30: h amended" *)
Proof.
  enter; split; [valued|]; pose proof (IZR_lt 0 n ltac:(lia)) as Hn; rewrite powerRZ_2 in *.
  pose proof (sqrt_lt_R0 delta ltac:(assumption)) as Hd;
  pose proof (sqrt_sqrt delta ltac:(lra)) as Hdd.
  assert (Hr : 0 < sqrt delta / IZR n) by positive; set (r := sqrt delta / IZR n) in *.
  match goal with H : Rabs u <= _ |- _ => apply Rabs_le_between in H end.
  assert (Hut : r / 90 * (r / 90) <= (u + tau) * (u + tau)) by (apply Rmult_le_compat; lra).
  assert (Ha : / IZR n <= a * a).
  { apply (Rmult_le_reg_r (IZR n)); [exact Hn|]; rewrite Rinv_l by lra; lra. }
  apply Rle_trans with (/ IZR n * (r / 90 * (r / 90))).
  - right; replace (IZR (n ^ 3)) with (IZR n * IZR n * IZR n)
      by (rewrite <- !mult_IZR; f_equal; ring).
    unfold r; rewrite <- Hdd at 1; field; lra.
  - replace (a * (u + tau) * (a * (u + tau))) with (a * a * ((u + tau) * (u + tau))) by ring.
    apply Rmult_le_compat; [left; apply Rinv_0_lt_compat, Hn|positive|exact Ha|exact Hut].
Qed.

(* refutation of "Theorem 30: i" *)
Proof.
  intros H; specialize (H 1%Z 2%Z); concede H; destruct H as [_ H]; rewrite ln_1 in H.
  change (IZR (2 * 1 * 2)) with 4 in H; pose proof (ln_pos 4 ltac:(lra)); lra.
Qed.

(* proof of "Theorem 30: i amended" *)
Proof.
  enter; split; [valued|].
  pose proof (ln_integer_ge n ltac:(assumption)) as Hn;
  pose proof (ln_integer_ge m ltac:(assumption)) as Hm.
  pose proof (IZR_lt 0 n ltac:(lia)); pose proof (IZR_lt 0 m ltac:(lia)).
  rewrite !mult_IZR, !ln_mult by positive; pose proof (ln_le_sub_1 2 ltac:(lra)).
  set (x := ln (IZR n)) in *; set (y := ln (IZR m)) in *.
  assert (0 <= (x - 1/2) * (y - 1/2)) by (apply Rmult_le_pos; lra).
  assert (1/4 <= x * y) by lra; assert (x / 2 <= x * y) by nra; assert (y / 2 <= x * y) by nra; lra.
Qed.

(* refutation of "Theorem 30: l" *)
Proof.
  intros H; specialize (H 2%Z 1); pose proof ln_2_ge as Hl.
  assert (H8 : ln (IZR (2 ^ 8)) = 8 * ln 2).
  { change (IZR (2 ^ 8)) with 256; replace 256 with (powerRZ 2 8) by (simpl; ring).
    rewrite ln_power by (lra || lia); reflexivity. }
  rewrite H8 in H; concede H; destruct H as [_ H].
  replace (1 * 2 * ln 2 / (ln 2 * (8 * ln 2))) with (/ (4 * ln 2)) in H by (field; lra).
  assert (/ (4 * ln 2) <= / 2) by (apply Rinv_le_contravar; lra); lra.
Qed.

(* proof of "Theorem 30: l, no constant" *)
Proof.
  enter; split; [valued|]; pose proof (ln_integer_ge n ltac:(assumption)) as Hn.
  pose proof (IZR_lt 0 n ltac:(lia)); set (x := ln (IZR n)) in *.
  apply Rlt_div_l; [positive|].
  assert (A < lm * X).
  { assert (lm * (1/2 * lm) <= lm * X) by (apply Rmult_le_compat_l; lra).
    assert (4 * 4 <= lm * lm) by (apply Rmult_le_compat; lra).
    assert (4 * lm <= lm * lm) by (apply Rmult_le_compat_r; lra); lra. }
  replace (IZR n * X * (x * lm)) with (lm * X * (IZR n * x)) by ring.
  rewrite Rmult_assoc; apply Rmult_lt_compat_r; [positive|assumption].
Qed.

(* proof of "Theorem 30: l amended" *)
Proof.
  enter; pose proof (ln_integer_ge n ltac:(assumption)) as Hn; pose proof (IZR_lt 0 n ltac:(lia)).
  assert (H7 : 0 < IZR (n ^ 7)) by (apply (IZR_lt 0); nia).
  split; [valued|]; apply -> Rle_div_r; [|positive].
  replace (IZR (2 * n) * X * (IZR (n ^ 7) * ln (IZR n) * lm))
    with (IZR (2 * n ^ 8) * ln (IZR n) * lm * X); [assumption|].
  replace (IZR (2 * n ^ 8)) with (IZR (2 * n) * IZR (n ^ 7))
    by (rewrite <- mult_IZR; f_equal; ring).
  ring.
Qed.

(* proof of "Theorem 30: k, exponent" *)
Proof.
  enter; split; [valued|]; apply exp_le; rewrite opp_IZR, powerRZ_2.
  pose proof (IZR_lt 0 m ltac:(lia)).
  replace (- IZR m * e / (8 * b)) with (- (IZR m / (8 * b) * e)) by (field; lra).
  replace (- IZR m * (e * e) / (8 * b)) with (- (IZR m / (8 * b) * (e * e))) by (field; lra).
  apply Ropp_le_contravar, Rmult_le_compat_l; [positive|nra].
Qed.

(* proof of "Theorem 30: m" *)
Proof.
  enter; split; [valued|].
  pose proof (ln_integer_ge n ltac:(assumption)) as Hn;
  pose proof (ln_integer_ge m ltac:(assumption)) as Hm.
  pose proof (IZR_lt 0 n ltac:(lia)); pose proof (IZR_le 2 m ltac:(assumption)).
  rewrite !mult_IZR, ln_mult by positive.
  set (x := ln (IZR n)) in *; set (y := ln (IZR m)) in *.
  replace (4 * IZR m * IZR n * y * x) with (IZR n * (IZR m * (4 * (y * x)))) by ring.
  apply Rmult_le_compat_l; [lra|].
  assert (x / 2 <= y * x) by nra; assert (y / 2 <= y * x) by nra.
  apply Rle_trans with (2 * (4 * (y * x))); [lra|apply Rmult_le_compat_r; lra].
Qed.

(* proof of "Theorem 30: net" *)
Proof.
  opened.
  match goal with H : _ <= s |- _ => eapply Rle_trans; [|exact H] end.
  pose proof (IZR_lt 0 n ltac:(lia)); apply Rmult_le_compat_l; [assumption|].
  replace (100 * (IZR n * z)) with (IZR n * (100 * z)) by ring.
  apply Rmult_le_compat_l, Rmult_le_compat_r; [lra|assumption|].
  rewrite <- (sqrt_square 100) by lra; apply sqrt_le_1_alt.
  apply Rle_trans with 10000; [lra|apply IZR_le; assumption].
Qed.

(* proof of "Theorem 30: final" *)
Proof. opened; lra. Qed.

(* proof of "Lemma 31: a" *)
Proof.
  enter; split; [valued|].
  pose proof (IZR_le 1 n ltac:(assumption)); pose proof (sqrt_pos (sqrt delta)) as Hs.
  assert (Hs1 : sqrt (sqrt delta) <= 1).
  { rewrite <- sqrt_1 at 1; apply sqrt_le_1_alt; rewrite <- sqrt_1; apply sqrt_le_1_alt; lra. }
  rewrite mult_IZR; split; [apply Rle_div_l; lra|apply Rdiv_le_0_compat; lra].
Qed.

(* proof of "Lemma 31: c1" *)
Proof.
  opened.
  match goal with H : Rabs rho <= _ |- _ => apply Rabs_le_between in H end.
  rewrite !powerRZ_2; assert (0 <= (1 - delta - rho) * (1 - delta + rho))
    by (apply Rmult_le_pos; lra).
  assert (0 <= delta * (1 - delta)) by positive; split; lra.
Qed.

(* proof of "Lemma 31: c sharper" *)
Proof.
  opened.
  match goal with H : Rabs rho <= _ |- _ => apply Rabs_le_between in H end.
  rewrite !powerRZ_2; assert (0 <= (1 - delta - rho) * (1 - delta + rho))
    by (apply Rmult_le_pos; lra).
  assert (0 <= delta * (1 - delta)) by positive; split; lra.
Qed.

(* proof of "Lemma 31: c2" *)
Proof.
  enter; split; [valued|]; rewrite Rabs_mult; eapply Rle_trans; [|eassumption].
  rewrite <- (Rmult_1_r (Rabs u)) at 2; apply Rmult_le_compat_l; [apply Rabs_pos|lra].
Qed.

(* proof of "Lemma 31: e" *)
Proof.
  enter; pose proof (IZR_lt 0 n ltac:(lia)); rewrite minus_IZR, mult_IZR in *.
  assert ((IZR n - 1) / (8 * IZR n) <= 1 / 2) by (apply Rle_div_l; lra); lra.
Qed.

(* proof of "Lemma 31: e amended" *)
Proof.
  enter; pose proof (IZR_lt 0 n ltac:(lia)); rewrite minus_IZR, mult_IZR in *.
  assert ((IZR n - 1) / (5 * IZR n) <= 1 / 5) by (apply Rle_div_l; lra); lra.
Qed.
