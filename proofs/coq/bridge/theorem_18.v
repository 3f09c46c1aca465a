(** The algebra of Theorems 18 and 19 and of statistical queries, and their counterexamples. *)
From Conditioning Require Import Bridge LeastSquares Logarithms.

(* refutation of "Theorem 18: network" *)
Proof.
  intros H; specialize (H 4%Z (1/2) 0); rewrite Rabs_R0 in H; concede H.
  apply Rabs_le_between in H; simpl in H; lra.
Qed.

(* refutation of "Theorem 18: c" *)
Proof.
  intros H; specialize (H 1 (1/2) (1/2) 1); concede H; [rewrite Rabs_pos_eq; lra|].
  destruct H as [_ [H|H]]; revert H; rewrite Rabs_pos_eq by lra; lra.
Qed.

(* proof of "Theorem 18: c amended" *)
Proof.
  enter; split; [valued|].
  assert (Hs : x / w - y = (x - y) / w + y * (1 / w - 1)) by (field; lra).
  rewrite Hs in *; pose proof (Rabs_triang ((x - y) / w) (y * (1 / w - 1))).
  destruct (Rlt_le_dec (t / 2) (Rabs ((x - y) / w))); [left; assumption|right; lra].
Qed.

(* refutation of "Theorem 18: d1" *)
Proof.
  intros H; specialize (H 1 1 (1/2) (1/2)); rewrite powerRZ_2 in H.
  concede H; [rewrite Rabs_pos_eq; lra|]; rewrite Rabs_R1 in H; lra.
Qed.

(* proof of "Theorem 18: d1 amended" *)
Proof.
  enter.
  match goal with H : t < Rabs (x / w) |- _ => unfold Rdiv in H; rewrite Rabs_mult in H;
    rewrite (Rabs_pos_eq (/ w)) in H by (left; apply Rinv_0_lt_compat; assumption);
    change (Rabs x * / w) with (Rabs x / w) in H; apply Rlt_div_r in H; [|assumption] end.
  eapply Rle_lt_trans; [apply Rmult_le_compat_l; [lra|eassumption]|assumption].
Qed.

(* refutation of "Theorem 18: d2" *)
Proof.
  intros H; specialize (H 1 (1/2) (1/2)); concede H; [rewrite Rabs_pos_eq; lra|].
  destruct H as [_ H]; rewrite Rabs_left in H; lra.
Qed.

(* proof of "Theorem 18: d2 amended" *)
Proof.
  enter.
  assert (Hw : y * (1 / w - 1) = - (y * (w - 1)) / w) by (field; lra).
  match goal with H : t < Rabs _ |- _ => rewrite Hw in H; unfold Rdiv in H;
    rewrite Rabs_mult, Rabs_Ropp, (Rabs_pos_eq (/ w)) in H
      by (left; apply Rinv_0_lt_compat; lra) end.
  assert (Hi : / w <= 2) by (replace 2 with (/ (1/2)) by field; apply Rinv_le_contravar; lra).
  pose proof (Rabs_pos (y * (w - 1))).
  assert (Rabs (y * (w - 1)) * / w <= Rabs (y * (w - 1)) * 2) by (apply Rmult_le_compat_l; lra);
  lra.
Qed.

(* refutation of "Theorem 18: e1" *)
Proof.
  intros H; specialize (H (basis 2) (basis_sequence 2) 1 1 0); concede H.
  apply proj2 in H; rewrite dual_basis_2 in H; lra.
Qed.

(* proof of "Theorem 18: e1 amended" *)
Proof.
  enter; split; [valued|].
  eapply Rle_trans; [apply Rle_abs|].
  eapply Rle_trans; [apply (Rabs_iter_le c Hc 1 rho (1 - delta)); lra|].
  pose proof (sigma_hat_le_product c Hc delta ltac:(lra)) as Hp; simpl.
  assert (0 <= mu c * delta * (1 / 2 - delta))
    by (apply Rmult_le_pos; [apply Rmult_le_pos|]; lra); lra.
Qed.

(* refutation of "Theorem 18: e2" *)
Proof.
  intros H; specialize (H (1/1000) 1); rewrite powerRZ_2 in H; concede H.
  destruct H as [_ H];
  pose proof (Rmin_l (2 * (1/1000) / 1 * (2 * (1/1000) / 1)) (2 * (1/1000) / 1)).
  lra.
Qed.

(* proof of "Theorem 18: e2 amended" *)
Proof.
  enter; split; [valued|]; rewrite !powerRZ_2.
  assert (Hq : 2 * t <= 2 * t / y).
  { apply -> Rle_div_r; [|assumption]; assert (0 <= t * (1 - y)) by positive; lra. }
  apply Rmin_glb.
  - apply Rle_trans with (2 * t * (2 * t)); [nra|apply Rmult_le_compat; lra].
  - apply Rle_trans with (2 * t); [nra|exact Hq].
Qed.

(* proof of "Theorem 18: g, union bound" *)
Proof.
  enter; eapply Rle_trans; [eassumption|]; rewrite !mult_IZR.
  pose proof (IZR_lt 0 L ltac:(lia)).
  replace (6 * IZR L * exp (- b * C * IZR L)) with (IZR L * (6 * exp (- b * C * IZR L))) by ring.
  apply Rmult_le_compat_l, Rmult_le_compat_l, exp_le; [lra|lra|].
  match goal with H : C * IZR L <= _ |- _ => apply (Rmult_le_compat_l b) in H; lra end.
Qed.

(* proof of "Theorem 18: g1" *)
Proof. opened; assert (0 <= mu * (z - delta)) by positive; lra. Qed.

(* proof of "Theorem 18: g2" *)
Proof.
  opened; assert (0 <= mu * (1 - delta)) by positive.
  assert (0 <= (1 - mu / 2) * (1 / 2 - z)) by (apply Rmult_le_pos; lra); lra.
Qed.

(* proof of "Theorem 18: g3" *)
Proof.
  opened; assert (0 <= mu * (1 / 2 - delta)) by positive.
  assert (0 <= (1 - mu / 2) * (1 / 4 - z)) by (apply Rmult_le_pos; lra); lra.
Qed.

(* refutation of "Theorem 18: h, interval" *)
Proof.
  intros H; specialize (H (1/2) (-1) 1); concede H; [rewrite Rminus_eq_0, Rabs_R0; lra|]; lra.
Qed.

(* proof of "Theorem 18: h, interval amended" *)
Proof.
  opened.
  match goal with H : Rabs (w - 1) <= eps |- _ => apply Rabs_le_between in H end.
  rewrite Rabs_mult, (Rabs_pos_eq w) by lra; pose proof (Rabs_pos x).
  split; apply Rmult_le_compat_r; lra.
Qed.

(* proof of "Theorem 18: h" *)
Proof. opened; lra. Qed.

(* proof of "Theorem 18: i, whatever m" *)
Proof. opened; assert (0 < - y * z) by (apply Rmult_lt_0_compat; lra); lra. Qed.

(* proof of "Theorem 18: i, conditional mean amended" *)
Proof.
  enter; split; [valued|].
  replace (x / (1 - z) - (x + y)) with (x * / (1 - z) * z - y) by (field; lra).
  eapply Rle_trans; [apply Rabs_triang|]; rewrite Rabs_Ropp, !Rabs_mult.
  rewrite (Rabs_pos_eq z), (Rabs_pos_eq (/ _)) by (lra || (left; apply Rinv_0_lt_compat; lra)).
  assert (Rabs x * / (1 - z) <= 1) by (apply Rle_div_l; lra).
  assert (Rabs x * / (1 - z) * z <= 1 * z) by (apply Rmult_le_compat_r; assumption); lra.
Qed.

(* refutation of "Theorem 18: i1" *)
Proof. intros H; specialize (H (1/2) (1/2) 1); concede H; lra. Qed.

(* proof of "Theorem 18: i1 amended" *)
Proof. enter; split; [valued|]; apply -> Rle_div_r; lra. Qed.

(* proof of "Theorem 18: i2" *)
Proof.
  opened; assert (0 <= mu * mu) by positive.
  assert (0 <= (mu / 4 - eps) * (1 - mu / 2)) by (apply Rmult_le_pos; lra); lra.
Qed.

(* proof of "Theorem 18: i2, no constant" *)
Proof.
  opened; assert (0 < (eps - mu / 2) * (1 - mu / 2)) by (apply Rmult_lt_0_compat; lra).
  assert (0 <= mu * (1 - mu)) by positive; lra.
Qed.

(* proof of "Theorem 18: i2 with the quotient" *)
Proof.
  enter; split; [valued|]; apply Rle_div_l; [lra|]; assert (0 <= mu * mu) by positive; lra.
Qed.

(* proof of "Theorem 18: second moment" *)
Proof.
  enter; split; [valued|]; rewrite powerRZ_2; pose proof (IZR_le 1 m ltac:(assumption)) as Hm.
  assert (1 / IZR m <= 1) by (apply Rle_div_l; lra).
  pose proof (Rle_0_sqr y) as Hy; unfold Rsqr in Hy.
  assert (0 <= (1 - 1 / IZR m) * (y * y)) by (apply Rmult_le_pos; lra); lra.
Qed.

(* refutation of "Theorem 18: j" *)
Proof.
  intros H; specialize (H 1%Z 0 1); rewrite powerRZ_2, Rabs_R0 in H; concede H.
  apply proj2 in H; lra.
Qed.

(* proof of "Theorem 18: k" *)
Proof.
  opened; subst; eapply Rle_trans; [apply Rabs_triang|]; rewrite !Rabs_mult.
  rewrite (Rabs_pos_eq z), (Rabs_pos_eq (1 - z)) by lra.
  assert ((1 - z) * Rabs x <= 1 * exp (- b)) by (apply Rmult_le_compat; try lra; apply Rabs_pos).
  assert (z * Rabs w <= z * 1) by (apply Rmult_le_compat_l; assumption); lra.
Qed.

(* proof of "Theorem 18: f" *)
Proof.
  enter.
  assert (Hd : 0 < 2 * (1 - (1 + mu / 2) * delta)).
  { assert (0 <= (1 + mu / 2) * (1 / 2 - delta)) by (apply Rmult_le_pos; lra); lra. }
  pose proof (IZR_lt 0 m ltac:(lia)) as Hm.
  split; [valued|split]; apply exp_le.
  - replace (- b * IZR m * powerRZ (1 + eps) 4 * powerRZ (delta * mu / 4) 2)
      with (- (b * IZR m * (mu * mu * (delta * delta)) / 16 * powerRZ (1 + eps) 4))
        by (simpl; field).
    rewrite !powerRZ_2.
    replace (- b * IZR m * (mu * mu) * (delta * delta) / 16)
      with (- (b * IZR m * (mu * mu * (delta * delta)) / 16 * 1)) by field.
    apply Ropp_le_contravar, Rmult_le_compat_l; [positive|].
    rewrite powerRZ_pow by lia; apply pow_R1_Rle; lra.
  - rewrite opp_IZR.
    replace (- IZR m * (delta * mu / 4) / (2 * (1 - (1 + mu / 2) * delta)))
      with (- (IZR m * delta * mu / 8 * / (1 - (1 + mu / 2) * delta))) by (field; lra).
    replace (- IZR m * delta * mu / 8) with (- (IZR m * delta * mu / 8 * 1)) by field.
    apply Ropp_le_contravar, Rmult_le_compat_l; [positive|].
    rewrite <- Rinv_1; apply Rinv_le_contravar; [lra|].
    assert (0 <= (1 + mu / 2) * delta) by positive; lra.
Qed.

(* proof of "Theorem 18: j amended" *)
Proof.
  enter; split; [valued|].
  match goal with H : forall h : Z, _ -> _ <= (1 - mu / 4) * _ + w |- _ => rename H into Hs end.
  pattern h; apply natlike_ind;
  [simpl; assert (0 <= 4 * w / mu) by positive; change (0 + 1)%Z with 1%Z; lra| |assumption].
  intros l Hl IH; unfold Z.succ; specialize (Hs l Hl).
  replace (l + 1 + 1)%Z with (l + 2)%Z by lia; eapply Rle_trans; [exact Hs|].
  rewrite !powerRZ_pow in * by lia; replace (Z.to_nat (l + 1)) with (S (Z.to_nat l)) by lia.
  simpl pow; apply (Rmult_le_compat_l (1 - mu / 4)) in IH; [|lra].
  replace (4 * w / mu) with ((1 - mu / 4) * (4 * w / mu) + w) by (field; lra); lra.
Qed.

(* proof of "Theorem 18: amended" *)
Proof.
  enter; split; [valued|].
  match goal with H : x <= _ |- _ => rename H into Hx end.
  pose proof (power_le_exp (mu / 4) h ltac:(lra) ltac:(assumption)) as He.
  rewrite opp_IZR; replace (- IZR h * mu / 4) with (- (mu / 4 * IZR h)) by field; lra.
Qed.

(* proof of "Theorem 18: norms" *)
Proof.
  opened; rewrite !powerRZ_2 in *.
  repeat match goal with H : Rabs _ <= s |- _ => apply Rabs_le_between in H end.
  apply Rabs_le; split.
  - apply Rnot_lt_le; intros Hlt.
    assert (u * v * (u * v) < (1 - s) * (1 - s))
      by (apply Rmult_le_0_lt_compat; try lra; apply Rmult_le_pos; lra).
    assert ((1 - s) * (1 - s) <= u * u * (v * v)) by (apply Rmult_le_compat; lra); lra.
  - pose proof (Rle_0_sqr (u - v)) as Hs; unfold Rsqr in Hs; lra.
Qed.

(* proof of "Theorem 18: Bernstein exponent" *)
Proof.
  enter; split; [valued|].
  assert (Ha : 1 <= powerRZ alpha 2) by (rewrite powerRZ_2; nra).
  replace (powerRZ alpha 4) with (powerRZ alpha 2 * powerRZ alpha 2) by (simpl; ring).
  set (a := powerRZ alpha 2) in *.
  apply Rmult_le_compat_l; [rewrite powerRZ_2; positive|].
  assert (0 < a * t) by positive; assert (a * t <= a * a) by (apply Rmult_le_compat_l; lra).
  apply Rinv_le_contravar; [|lra]; assert (0 < a * a) by positive; lra.
Qed.

(* refutation of "Statistical queries: printed" *)
Proof. intros H; specialize (H 1 (1/2) 1 1); concede H; lra. Qed.

(* proof of "Statistical queries: amended" *)
Proof. opened; lra. Qed.

(* proof of "Theorem 19: a" *)
Proof. opened; rewrite !powerRZ_2; ring. Qed.

(* proof of "Theorem 19: b amended" *)
Proof.
  enter.
  eapply Rle_trans; [eassumption|]; rewrite mult_IZR, minus_IZR.
  pose proof (IZR_le 1 L ltac:(assumption)) as HL; pose proof (IZR_le 0 h ltac:(assumption)).
  match goal with H : (2 * h <= L)%Z |- _ => apply IZR_le in H; rewrite mult_IZR in H end.
  assert (He1 : exp (- b * (IZR L - IZR h)) <= exp (- b * IZR L / 2)).
  { apply exp_le; assert (0 <= b * (IZR L / 2 - IZR h)) by (apply Rmult_le_pos; lra); lra. }
  assert (He2 : exp (- b * IZR L) <= exp (- b * IZR L / 2)).
  { apply exp_le; assert (0 <= b * IZR L) by positive; lra. }
  pose proof (exp_pos (- b * IZR L / 2)); set (e := exp (- b * IZR L / 2)) in *.
  assert (IZR L * exp (- b * IZR L) <= IZR L * e) by (apply Rmult_le_compat_l; lra).
  assert (1 * e <= IZR L * e) by (apply Rmult_le_compat_r; lra); lra.
Qed.

(* refutation of "Theorem 19: width" *)
Proof. intros H; specialize (H 1%Z (1/2) 1 1); rewrite !powerRZ_2 in H; concede H; lra. Qed.

(* proof of "Theorem 19: width amended" *)
Proof.
  enter; split; [valued|]; pose proof (IZR_lt 0 d ltac:(lia)) as Hd.
  rewrite ?mult_IZR in *; replace (IZR (d ^ 2)) with (IZR d * IZR d) in *
    by (rewrite <- mult_IZR; f_equal; lia).
  replace (M * (powerRZ mu 2 * powerRZ (2 / IZR d) 2))
    with (M * powerRZ mu 2 * 4 / (IZR d * IZR d)) by (simpl; field; lra).
  apply -> Rle_div_r; [lra|positive].
Qed.

(* refutation of "Theorem 19: d" *)
Proof. intros H; specialize (H 0 0 1 2); rewrite powerRZ_2 in H; concede H; lra. Qed.

(* proof of "Theorem 19: e" *)
Proof. opened; lra. Qed.

(* proof of "Theorem 19: f" *)
Proof.
  opened; rewrite !powerRZ_2 in *; split; apply Rabs_le; split; nra.
Qed.

(* proof of "Theorem 19: c, no constant" *)
Proof.
  enter; split; [valued|].
  assert (0 <= IZR (2 * L) * exp (- b * IZR L)) by positive; lra.
Qed.

(* proof of "Theorem 19: c amended" *)
Proof.
  enter; split; [valued|]; pose proof (IZR_le 1 L ltac:(assumption)) as HL.
  pose proof (halvings_le d L b ltac:(lia) ltac:(assumption)) as Hh; rewrite !mult_IZR.
  pose proof (exp_pos (- b * IZR L)); set (e := exp _) in *.
  assert (1 * e <= IZR L * e) by (apply Rmult_le_compat_r; lra); lra.
Qed.

(* proof of "Theorem 19: amended" *)
Proof.
  enter; split; [valued|]; pose proof (IZR_le 1 L ltac:(assumption)) as HL.
  pose proof (halvings_le d L b ltac:(lia) ltac:(assumption)) as Hh.
  apply (weak_learner L b (M * (p + 1)) E); trivial; [positive|].
  rewrite mult_IZR in *; pose proof (exp_pos (- b * IZR L)).
  assert (1 * exp (- b * IZR L) <= IZR L * exp (- b * IZR L)) by (apply Rmult_le_compat_r; lra);
  lra.
Qed.

(* proof of "Theorem 19: g" *)
Proof.
  enter; split; [valued|].
  apply (weak_learner L b (M * (p + 1)) (IZR (3 * L) * exp (- b * IZR L))); trivial; [positive|].
  rewrite mult_IZR; lra.
Qed.

(* proof of "Theorem 19: no constant" *)
Proof.
  enter; split; [valued|].
  replace (powerRZ 2 (d - 1)) with (exp (IZR (d - 1) * ln 2)).
  - apply exp_increasing; assumption.
  - rewrite <- exp_power, exp_ln by (lra || lia); reflexivity.
Qed.
