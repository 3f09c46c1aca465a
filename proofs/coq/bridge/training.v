(** Training in depth: the algebra of Lemma 11, Theorems 12, 13 and 15, and the remarks. *)
From Conditioning Require Import Bridge Matrices Spectral LeastSquares Logarithms.

(* proof of "Lemma 11: union bound" *)
Proof.
  enter; split; [valued|]; pose proof (IZR_lt 0 n ltac:(lia)) as Hn.
  assert (Hn3 : 0 < IZR (2 * n ^ 3)) by (apply (IZR_lt 0); nia).
  assert (He : exp (- width / r) <= / IZR (2 * n ^ 3)).
  { rewrite <- (exp_ln (IZR (2 * n ^ 3))) at 1 by exact Hn3; rewrite <- exp_Ropp.
    apply exp_le; replace (- width / r) with (- (width / r)) by (field; lra).
    apply Ropp_le_contravar; apply -> Rle_div_r; lra. }
  apply Rle_trans with (IZR (n ^ 2) * (2 * / IZR (2 * n ^ 3))).
  - apply Rmult_le_compat_l; [apply IZR_le; nia|lra].
  - right; replace (IZR (2 * n ^ 3)) with (2 * (IZR n * IZR n * IZR n))
      by (rewrite <- !mult_IZR; f_equal; ring).
    replace (IZR (n ^ 2)) with (IZR n * IZR n) by (rewrite <- mult_IZR; f_equal; ring).
    field; lra.
Qed.

(* proof of "Theorem 12: condition number" *)
Proof.
  enter; unfold L1, L0 in *; rewrite <- !L0_Z, (IZR_INR n), <- L1_Z in * by (lra || lia).
  pose proof (corollary3_part1_sharp c (Z.to_nat n) (Z.to_nat L) (block K) delta) as Hk.
  destruct Hk as [Hmin Hk]; trivial; [lia|lra|lia|].
  split; [valued; exact Hmin|].
  eapply Rle_trans; [exact Hk|].
  pose proof (pow_le_1 (1 - mu c / 2) (Z.to_nat L - Corollary3.L1 (mu c) delta (Z.to_nat n))
    ltac:(lra)).
  pose proof (Rinv_0_lt_compat _ (lt_0_INR (Z.to_nat n) ltac:(lia))); nra.
Qed.

(* refutation of "Theorem 12: ReLU accuracy" *)
Proof.
  intros H; pose proof (exp_ineq1_le 9) as He; pose proof (exp_pos 9).
  specialize (H 2%Z (2 * exp (- (9))) 9%Z).
  assert (Hl : ln (2 / (2 * exp (- (9)))) = 9).
  { replace (2 / (2 * exp (- (9)))) with (exp 9); [apply ln_exp|].
    rewrite exp_Ropp; field; lra. }
  rewrite Hl in H; rewrite exp_Ropp in H.
  assert (/ exp 9 < / 2) by (apply Rinv_lt_contravar; lra).
  assert (0 < / exp 9) by (apply Rinv_0_lt_compat; lra).
  concede H; [symmetry; apply (Zceil_IZR 9)|].
  destruct H as [_ H]; change (IZR (4 * 2)) with 8 in H; lra.
Qed.

(* proof of "Theorem 12: ReLU accuracy, no constant" *)
Proof.
  enter; rewrite ?mult_IZR in *; pose proof (IZR_lt 0 n ltac:(lia)) as Hn.
  assert (HL : 0 < IZR L) by (assert (0 < 4 * IZR n * C) by positive; lra).
  split; [valued|]; apply Rlt_div_l; [exact HL|].
  replace (1 / (4 * IZR n) * IZR L) with (IZR L / (4 * IZR n)) by (field; lra).
  apply -> Rlt_div_r; lra.
Qed.

(* proof of "Theorem 12: ReLU accuracy amended" *)
Proof.
  enter; split; [valued|]; subst; split; [apply Rmin_r|].
  pose proof (IZR_lt 0 (4 * n) ltac:(lia)) as Hn.
  apply Rle_trans with (IZR (4 * n) * (1 / IZR (4 * n))).
  - apply Rmult_le_compat_l; [lra|apply Rmin_l].
  - right; field; lra.
Qed.

(* proof of "Theorem 12: polynomial width" *)
Proof.
  enter; split; [valued|]; rewrite ln_power by (lra || lia); assumption.
Qed.

(* refutation of "Theorem 12: printed" *)
Proof.
  intros H; specialize (H 1 1000%Z 1%Z); concede H; destruct H as [_ H].
  change (2 * 1)%Z with 2%Z in H; change (IZR (- (1))) with (-1) in H; rewrite powerRZ_2 in H.
  pose proof (exp_opp_le (1/4) ltac:(lra)) as He.
  replace (- (1/4)) with (-1/4) in He by field; lra.
Qed.

(* proof of "Theorem 12: no constants" *)
Proof.
  enter; split; [valued|]; pose proof (IZR_lt 0 n ltac:(lia)) as Hn.
  eapply Rle_lt_trans; [apply exp_opp_le; lra|]; rewrite powerRZ_2.
  apply Rlt_le_trans with (1 - 4 * theta / IZR n).
  - apply (Rmult_lt_reg_r ((1 + r) * IZR n)); [positive|].
    replace ((1 - 4 * theta / IZR n) * ((1 + r) * IZR n))
      with ((1 + r) * IZR n - 4 * theta * (1 + r))
      by (field; lra).
    replace (/ (1 + r) * ((1 + r) * IZR n)) with (IZR n) by (field; lra); lra.
  - pose proof (Rle_0_sqr (2 * theta / IZR n)) as Hs; unfold Rsqr in Hs.
    replace (4 * theta / IZR n) with (2 * (2 * theta / IZR n)) by (field; lra); lra.
Qed.

(* proof of "Theorem 12: amended" *)
Proof.
  enter; pose proof (contraction_converges c K low high eta n t) as Hv.
  assert (Hk : 1 <= kappa) by nra.
  pose proof (IZR_le 0 t ltac:(assumption)); pose proof (IZR_lt 0 n ltac:(lia)).
  split.
  - assert (Hv' := Hv ltac:(assumption) ltac:(assumption) ltac:(assumption) ltac:(assumption)
      ltac:(assumption) ltac:(assumption) ltac:(assumption)); valued.
  - rewrite mult_IZR.
    eapply Rle_trans; [apply (contraction c K low high eta n t); assumption|].
    apply total_le; [assumption|].
    match goal with E : 2 * eta * high = IZR n |- _ => rewrite <- E end; subst high.
    replace (- 4 * eta * low * IZR t / (2 * eta * (kappa * low))) with (- (2 * IZR t * / kappa))
      by (field; repeat split; lra).
    replace (-2 * IZR t / 7) with (- (2 * IZR t * / 7)) by field.
    apply Ropp_le_contravar, Rmult_le_compat_l; [lra|apply Rinv_le_contravar; lra].
Qed.

(* proof of "Theorem 13: β" *)
Proof.
  opened; intros i Hi; rewrite mult_IZR in *; pose proof (IZR_le 1 n ltac:(assumption)) as Hn.
  match goal with H : forall i : Z, _ -> Rabs (M i i - 1) <= gamma |- _ => specialize (H i Hi);
    apply Rabs_le_between in H end.
  assert (4 * 1 * gamma <= 4 * IZR n * gamma) by (apply Rmult_le_compat_r; lra); lra.
Qed.

(* proof of "Theorem 13: λ_min, no constant" *)
Proof. enter; split; [valued|]; apply least_le_1; assumption. Qed.

(* refutation of "Theorem 13: λ_min" *)
Proof.
  intros H; specialize (H (fun i j => if Z.eq_dec i j then 1 else 0)).
  specialize (H ltac:(intros i j _ _; destruct (Z.eq_dec i j), (Z.eq_dec j i); reflexivity || lia)).
  specialize (H 8%Z 0 0); concede H.
  - intros i _; destruct (Z.eq_dec i i) as [_|]; [|lia]; rewrite Rminus_eq_0, Rabs_R0; lra.
  - intros i j Hij; destruct (Z.eq_dec i j) as [|_]; [lia|]; rewrite Rabs_R0; lra.
  - destruct H as [_ H]; pose proof (least_le_1 8 (fun i j => if Z.eq_dec i j then 1 else 0)) as Hl.
    assert (least_eigenvalue 8 (fun i j => if Z.eq_dec i j then 1 else 0) <= 1);
      [apply Hl; [lia|intros i _; destruct (Z.eq_dec i i); [reflexivity|lia]]|lra].
Qed.

(* proof of "Theorem 13: best step" *)
Proof.
  enter; split; [valued|]; pose proof (IZR_lt 0 n ltac:(lia)) as Hn; rewrite powerRZ_2.
  pose proof (Rle_0_sqr (1 - 2 * eta)) as Hs; unfold Rsqr in Hs.
  apply Rplus_le_compat_l, Ropp_le_contravar, Rmult_le_compat_r; [|lra].
  left; apply Rinv_0_lt_compat, Hn.
Qed.

(* proof of "Theorem 13: no constant" *)
Proof.
  enter; split; [valued|]; pose proof (IZR_lt 0 n ltac:(lia)) as Hn; rewrite powerRZ_2.
  pose proof (IZR_le (2 * T) n ltac:(assumption)) as HT; rewrite mult_IZR in HT.
  pose proof (Rle_0_sqr (1 - 2 * eta)) as Hs; unfold Rsqr in Hs.
  assert (Hi : 0 < / IZR n <= 1).
  { split; [apply Rinv_0_lt_compat, Hn|]; rewrite <- Rinv_1; apply Rinv_le_contravar; [lra|].
    apply IZR_le; assumption. }
  apply Rle_trans with (powerRZ (1 - / IZR n) T).
  - eapply Rle_trans; [|apply bernoulli; trivial; lra].
    assert (IZR T * / IZR n <= 1 / 2) by (apply Rle_div_l; lra); lra.
  - apply powerRZ_le; trivial; split; [lra|].
    apply Rplus_le_compat_l, Ropp_le_contravar; unfold Rdiv.
    rewrite <- (Rmult_1_l (/ IZR n)) at 2; apply Rmult_le_compat_r; lra.
Qed.

(* refutation of "Theorem 13: printed" *)
Proof.
  intros H; specialize (H 1000%Z (exp (- (1))) 8%Z); pose proof (exp_ineq1_le 1) as He.
  pose proof (exp_pos (- (1))) as Hp.
  assert (Hq : exp (- (1)) <= / 2) by (rewrite exp_Ropp; apply Rinv_le_contravar; lra).
  concede H.
  - replace (1 / exp (- (1))) with (exp 1) by (rewrite exp_Ropp; field; apply Rgt_not_eq, exp_pos).
    rewrite ln_exp, Rmult_1_r; symmetry; apply (Zceil_IZR 8).
  - pose proof (bernoulli (1/1000) 8 ltac:(lra) ltac:(lia)) as Hb; destruct H as [_ H]; lra.
Qed.

(* proof of "Theorem 13: amended" *)
Proof.
  enter; pose proof (IZR_lt 0 (5 * n) ltac:(lia)) as Hn.
  assert (HT : (0 <= T)%Z).
  { apply le_IZR; assert (0 < ln (1 / eps)) by (apply ln_pos; apply -> (Rlt_div_r 1 1 eps); lra).
    assert (0 < IZR (5 * n) * ln (1 / eps)) by positive; lra. }
  assert (Hi : 0 < / IZR (5 * n) <= 1).
  { split; [apply Rinv_0_lt_compat, Hn|]; rewrite <- Rinv_1; apply Rinv_le_contravar; [lra|].
    apply (IZR_le 1); lia. }
  split; [valued|]; unfold Rdiv at 1; rewrite Rmult_1_l; eapply Rle_trans;
  [apply power_le_exp; trivial; lra|].
  apply log_inverse_le; [assumption|].
  apply (Rmult_le_reg_l (IZR (5 * n))); [exact Hn|].
  rewrite <- Rmult_assoc, Rinv_r, Rmult_1_l by lra; assumption.
Qed.

(* proof of "Remark 14: statement" *)
Proof.
  enter; split; [valued|]; rewrite mult_IZR; pose proof (IZR_le 0 t ltac:(assumption)).
  apply exp_le.
  replace (-2 * IZR t / kappa) with (- (2 * IZR t * / kappa)) by (field; lra).
  replace (-2 * IZR t / (1 + y)) with (- (2 * IZR t * / (1 + y))) by (field; lra).
  apply Ropp_le_contravar, Rmult_le_compat_l; [lra|apply Rinv_le_contravar; lra].
Qed.

(* refutation of "Theorem 15: printed, in the limit" *)
Proof.
  intros H; specialize (H 1 1 1%Z 1%Z); concede H; destruct H as [_ H].
  change (2 * 1)%Z with 2%Z in H; change (IZR (- (1))) with (-1) in H; rewrite powerRZ_2 in H.
  pose proof (exp_opp_le (1/4) ltac:(lra)) as He.
  replace (- (1/4)) with (-1/4) in He by field; lra.
Qed.

(* proof of "Theorem 15: signs" *)
Proof.
  opened; rewrite powerRZ_ge_0_even by assumption; replace (-1 * -1) with 1 by ring.
  apply powerRZ_1_l; assumption.
Qed.

(* proof of "Theorem 15: no rate" *)
Proof.
  enter; split; [valued|]; rewrite powerRZ_ge_0_even by lia.
  replace ((1 - 2 * (2 / (low + low)) * low) * (1 - 2 * (2 / (low + low)) * low)) with 1
    by (field; lra).
  rewrite powerRZ_1_l, Rmult_1_r by lia; pose proof (IZR_lt 0 t ltac:(lia)).
  rewrite <- (Rmult_1_l loss) at 2; apply Rmult_lt_compat_r; [assumption|].
  rewrite <- exp_0 at 1; apply exp_increasing; assert (0 < r * IZR t) by positive; lra.
Qed.

(* proof of "Theorem 15: amended" *)
Proof.
  enter.
  assert (Hlh : 0 < high + low) by lra.
  pose proof (balanced_term K low high eta n t) as Hb.
  assert (Hb' := Hb ltac:(assumption) ltac:(assumption) ltac:(assumption) ltac:(assumption)
    ltac:(assumption) ltac:(assumption)).
  assert (Hv : converges_from 0 (fun k => coefficient c k *
    powerRZ (1 - 2 * eta * K (k + 1)%Z (k + 1)%Z / IZR n) (2 * t))).
  { apply (converges_within c _ (exp (IZR (-4 * t) * low / (high + low))));
      [assumption|apply exp_pos|].
    intros k Hk; rewrite Rabs_pos_eq; apply Hb', Hk. }
  split; [valued|]; set (b := exp _) in *; rewrite (Rmult_comm b), <- weighted_const.
  apply (weighted_le c _ (fun _ => b)); trivial; [|intros k Hk; apply Hb', Hk].
  apply (converges_within c (fun _ => b) b); [assumption|apply exp_pos|].
  intros k _; rewrite Rabs_pos_eq by (left; apply exp_pos); lra.
Qed.

(* proof of "Corollary 16: statement" *)
Proof.
  enter; split; [valued|]; rewrite mult_IZR in *.
  replace (-4 * IZR t / (y + 1)) with (- (4 * IZR t / (y + 1))) by (field; lra).
  apply log_inverse_le; [assumption|apply -> Rle_div_r; lra].
Qed.

(* proof of "Remark 17: statement" *)
Proof.
  enter; split; [valued|]; rewrite ln_power by (lra || lia).
  assert (Hx : 0 <= ln x).
  { match goal with H : 1 <= x |- _ => destruct H as [Hlt|<-] end; [left; apply ln_pos, Hlt|].
    rewrite ln_1; lra. }
  replace (C * ln x / mu * ln (IZR n / delta)) with (C * ln (IZR n / delta) / mu * ln x)
    by (field; lra).
  apply Rmult_le_compat_r; [exact Hx|apply -> Rle_div_r; lra].
Qed.

(* proof of "Remark 17: rate" *)
Proof.
  enter; split; [valued|]; rewrite mult_IZR, plus_IZR.
  replace (-4 * IZR t / (3 + 1)) with (- IZR t) by field.
  apply log_inverse_le; assumption.
Qed.

(* proof of "Theorem 12: depth" *)
Proof.
  enter; split; [valued|]; pose proof (IZR_le 2 n ltac:(assumption)) as Hn.
  unfold L1, L0; apply deep_enough; trivial; lra.
Qed.
