(** Least squares (Lemma 27, Theorems 28 and 29): series of weights against
    bounded values, as the claims write them, and the contraction of gradient
    descent. *)

From Conditioning Require Import Matrices Spectral Bridge.
Open Scope R_scope.

Lemma powerRZ_2 (x : R) : powerRZ x 2 = x * x.
Proof. simpl; ring. Qed.

Lemma powerRZ_ge_0_even (x : R) (t : Z) : (0 <= t)%Z -> powerRZ x (2 * t) = powerRZ (x * x) t.
Proof.
  intros Ht; rewrite !powerRZ_pow, Z2Nat.inj_mul by lia; change (Z.to_nat 2) with 2%nat.
  rewrite pow_mult; f_equal; ring.
Qed.

(** ** Weighted series *)

Lemma series_from_plus (low : Z) (f g : Z -> R) : converges_from low f -> converges_from low g ->
  series_from low (fun i => f i + g i) = series_from low f + series_from low g.
Proof. intros Hf Hg; apply Series_plus; apply converges_ex; assumption. Qed.

Lemma is_series_from (low : Z) (f : Z -> R) : converges_from low f ->
  is_series (fun n => f (low + Z.of_nat n)%Z) (series_from low f).
Proof. intros H; apply Series_correct; exact (converges_ex low f H). Qed.

Lemma converges_plus (low : Z) (f g : Z -> R) : converges_from low f -> converges_from low g ->
  converges_from low (fun i => f i + g i).
Proof.
  intros Hf Hg; eapply (ex_series_le (K := R_AbsRing) (V := R_CompleteNormedModule));
    [|exact (ex_series_plus _ _ Hf Hg)].
  intros n; set (i := (low + Z.of_nat n)%Z).
  change (Rabs (Rabs (f i + g i)) <= Rabs (f i) + Rabs (g i)).
  rewrite Rabs_Rabsolu; apply Rabs_triang.
Qed.

Lemma converges_minus (low : Z) (f g : Z -> R) : converges_from low f -> converges_from low g ->
  converges_from low (fun i => f i - g i).
Proof.
  intros Hf Hg; apply (converges_plus low f (fun i => - g i)); [exact Hf|].
  eapply ex_series_ext; [|exact Hg]; intros n; symmetry; apply Rabs_Ropp.
Qed.

Lemma square_of (a x m : R) : a * ((x - m) * (x - m)) = a * (x * x) - a * x * (2 * m) + a * (m * m).
Proof. ring. Qed.

(** Step (d). *)
Lemma doubled (a e f : R) : 0 <= a ->
  a * powerRZ (e + f) 2 <= 2 * (a * powerRZ e 2) + 2 * (a * powerRZ f 2).
Proof.
  intros Ha; rewrite !powerRZ_2; pose proof (Rle_0_sqr (e - f)); unfold Rsqr in *.
  assert (0 <= a * ((e - f) * (e - f))) by (apply Rmult_le_pos; assumption); lra.
Qed.

Lemma converges_within (c : nat -> R) (x : Z -> R) (b : R) : sequence c -> 0 < b ->
  (forall k, (0 <= k)%Z -> Rabs (x k) <= b) -> converges_from 0 (fun k => coefficient c k * x k).
Proof.
  intros Hc Hb Hx; pose proof (converges_bounded c 0 (fun k => x k / b) Hc ltac:(lia)) as H.
  assert (Hd : converges_from 0 (fun k => coefficient c k * (x k / b))).
  { apply H; intros i Hi; unfold Rdiv; rewrite Rabs_mult, (Rabs_pos_eq (/ b))
      by (left; apply Rinv_0_lt_compat, Hb).
    apply Rle_div_l; [exact Hb|]; rewrite Rmult_1_l; apply Hx, Hi. }
  apply (ex_series_scal_l b) in Hd; eapply ex_series_ext; [|exact Hd].
  intros i; set (k := (0 + Z.of_nat i)%Z).
  change (b * Rabs (coefficient c k * (x k / b)) = Rabs (coefficient c k * x k)).
  rewrite <- (Rabs_pos_eq b) at 1 by lra; rewrite <- Rabs_mult; f_equal; field; lra.
Qed.

Lemma weighted_le (c : nat -> R) (x y : Z -> R) : sequence c ->
  converges_from 0 (fun k => coefficient c k * x k) ->
  converges_from 0 (fun k => coefficient c k * y k) ->
  (forall k, (0 <= k)%Z -> x k <= y k) ->
  series_from 0 (fun k => coefficient c k * x k) <= series_from 0 (fun k => coefficient c k * y k).
Proof.
  intros Hc Hx Hy Hxy; eapply is_series_Rle;
    [|exact (is_series_from 0 _ Hx)|exact (is_series_from 0 _ Hy)].
  intros n; apply Rmult_le_compat_l; [apply Hc|apply Hxy; lia].
Qed.

Lemma weighted_const (c : nat -> R) (x : R) :
  series_from 0 (fun k => coefficient c k * x) = series_from 0 (fun k => coefficient c k) * x.
Proof. apply series_from_mult. Qed.

(** The square of a mean is at most the mean of the squares. *)
Lemma mean_square (c : nat -> R) (x : Z -> R) : sequence c ->
  series_from 0 (fun k => coefficient c k) = 1 -> (forall k, (0 <= k)%Z -> Rabs (x k) <= 1) ->
  series_from 0 (fun k => coefficient c k * x k) * series_from 0 (fun k => coefficient c k * x k)
  <= series_from 0 (fun k => coefficient c k * (x k * x k)).
Proof.
  intros Hc H1 Hx; set (m := series_from 0 (fun k => coefficient c k * x k)).
  assert (Hxx : forall k, (0 <= k)%Z -> Rabs (x k * x k) <= 1).
  { intros k Hk; rewrite Rabs_mult; pose proof (Rabs_pos (x k)); specialize (Hx k Hk); nra. }
  assert (Cx : converges_from 0 (fun k => coefficient c k * x k))
    by (apply (converges_within c x 1); trivial; lra).
  assert (Cq : converges_from 0 (fun k => coefficient c k * (x k * x k)))
    by (apply (converges_within c (fun k => x k * x k) 1); trivial; lra).
  assert (C0 : converges_from 0 (fun k => coefficient c k * (m * m)))
    by (apply (converges_within c (fun _ => m * m) (Rabs (m * m) + 1)); trivial;
        pose proof (Rabs_pos (m * m)); intros; lra).
  assert (C2 : converges_from 0 (fun k => coefficient c k * x k * (2 * m))).
  { apply (ex_series_ext (fun n => Rabs (coefficient c (0 + Z.of_nat n) *
      (x (0 + Z.of_nat n)%Z * (2 * m))))); [intros n; f_equal; ring|].
    apply (converges_within c (fun k => x k * (2 * m)) (Rabs (2 * m) + 1)); trivial.
    - pose proof (Rabs_pos (2 * m)); lra.
    - intros k Hk; rewrite Rabs_mult; pose proof (Rabs_pos (2 * m)); specialize (Hx k Hk); nra. }
  assert (H : 0 <= series_from 0 (fun k => coefficient c k * (x k * x k)) - 2 * m * m + m * m).
  { replace (2 * m * m) with (m * (2 * m)) by ring; unfold m at 1.
    rewrite <- series_from_mult, <- series_from_minus by assumption.
    replace (m * m) with (series_from 0 (fun k => coefficient c k) * (m * m)) by (rewrite H1; ring).
    rewrite <- weighted_const, <- series_from_plus; [|apply converges_minus; assumption|exact C0].
    eapply is_series_Rpos;
      [|exact (is_series_from 0 _ (converges_plus 0 _ _ (converges_minus 0 _ _ Cq C2) C0))].
    intros n; cbv beta; rewrite <- square_of.
    apply Rmult_le_pos; [apply Hc|apply Rle_0_sqr]. }
  lra.
Qed.

(** ** Powers and exponentials *)

Lemma exp_power (x : R) (k : Z) : (0 <= k)%Z -> powerRZ (exp x) k = exp (IZR k * x).
Proof.
  intros Hk; rewrite powerRZ_pow, <- Rpower_pow by (exact Hk || apply exp_pos).
  unfold Rpower; rewrite ln_exp, IZR_INR by exact Hk; reflexivity.
Qed.

Lemma powerRZ_le (x y : R) (k : Z) : 0 <= x <= y -> (0 <= k)%Z -> powerRZ x k <= powerRZ y k.
Proof. intros Hx Hk; rewrite !powerRZ_pow by exact Hk; apply pow_incr, Hx. Qed.

Lemma exp_le (x y : R) : x <= y -> exp x <= exp y.
Proof. intros [H| ->]; [left; apply exp_increasing, H|lra]. Qed.

Lemma power_le_exp (u : R) (k : Z) : 0 <= u <= 1 -> (0 <= k)%Z ->
  powerRZ (1 - u) k <= exp (- (u * IZR k)).
Proof.
  intros Hu Hk; replace (- (u * IZR k)) with (IZR k * - u) by ring.
  rewrite <- exp_power by exact Hk; apply powerRZ_le; [|exact Hk].
  pose proof (exp_ineq1_le (- u)); lra.
Qed.

(** ** Gradient descent: every eigenvalue of the loss contracts *)

Section Contraction.

Variables (c : nat -> R) (K : Z -> Z -> R) (low high eta : R) (n t : Z).
Hypothesis Hc : sequence c.
Hypothesis Hlow : 0 < low.
Hypothesis HK : forall k, (1 <= k)%Z -> low <= K k k /\ K k k <= high.
Hypothesis Hn : (1 <= n)%Z.
Hypothesis Heta : 0 < eta.
Hypothesis Hstep : 2 * eta * high <= IZR n.
Hypothesis Ht : (0 <= t)%Z.

Lemma IZR_n_pos : 0 < IZR n.
Proof. apply (IZR_lt 0); lia. Qed.

Lemma rate_range (k : Z) : (1 <= k)%Z -> 2 * eta * low / IZR n <= 2 * eta * K k k / IZR n <= 1.
Proof.
  intros Hk; pose proof IZR_n_pos as Hp; destruct (HK k Hk) as [Hl Hh].
  assert (2 * eta * low <= 2 * eta * K k k) by (apply Rmult_le_compat_l; lra).
  assert (2 * eta * K k k <= 2 * eta * high) by (apply Rmult_le_compat_l; lra).
  split; [apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, Hp|assumption]|].
  apply Rle_div_l; lra.
Qed.

Lemma rate_ge_0 : 0 <= 2 * eta * low / IZR n.
Proof.
  pose proof IZR_n_pos; apply Rdiv_le_0_compat; [|assumption].
  repeat apply Rmult_le_pos; lra.
Qed.

Lemma contraction_term (k : Z) : (0 <= k)%Z ->
  0 <= powerRZ (1 - 2 * eta * K (k + 1)%Z (k + 1)%Z / IZR n) (2 * t)
    <= exp (- 4 * eta * low * IZR t / IZR n).
Proof.
  intros Hk; pose proof (rate_range (k + 1) ltac:(lia)) as Hr; pose proof rate_ge_0 as H0.
  split; [rewrite powerRZ_pow by lia; apply pow_le; lra|].
  eapply Rle_trans; [apply power_le_exp; [lra|lia]|]; apply exp_le.
  pose proof (IZR_le 0 t Ht); rewrite mult_IZR; pose proof IZR_n_pos.
  replace (- 4 * eta * low * IZR t / IZR n) with (- (2 * eta * low / IZR n * (2 * IZR t)))
    by (field; lra).
  apply Ropp_le_contravar, Rmult_le_compat_r; lra.
Qed.

Lemma contraction_converges : converges_from 0 (fun k => coefficient c k *
  powerRZ (1 - 2 * eta * K (k + 1)%Z (k + 1)%Z / IZR n) (2 * t)).
Proof.
  apply (converges_within c _ (exp (- 4 * eta * low * IZR t / IZR n))); [exact Hc|apply exp_pos|].
  intros k Hk; pose proof (contraction_term k Hk); rewrite Rabs_pos_eq; lra.
Qed.

(** Theorem 28, in the basis of the eigenvectors. *)
Theorem contraction :
  series_from 0 (fun k => coefficient c k *
    powerRZ (1 - 2 * eta * K (k + 1)%Z (k + 1)%Z / IZR n) (2 * t))
  <= exp (- 4 * eta * low * IZR t / IZR n) * series_from 0 (fun k => coefficient c k).
Proof.
  set (b := exp _); rewrite (Rmult_comm b), <- weighted_const.
  apply (weighted_le c _ (fun _ => b)); [exact Hc|apply contraction_converges| |].
  - apply (converges_within c (fun _ => b) b); [exact Hc|apply exp_pos|].
    intros k _; rewrite Rabs_pos_eq by (left; apply exp_pos); lra.
  - intros k Hk; apply contraction_term, Hk.
Qed.

Lemma total_ge_0 : 0 <= series_from 0 (fun k => coefficient c k).
Proof.
  eapply is_series_Rpos; [|exact (is_series_from 0 _ (converges_coefficient c 0 Hc ltac:(lia)))].
  intros k; apply Hc.
Qed.

Lemma total_le (a b : R) : a <= b ->
  exp a * series_from 0 (fun k => coefficient c k)
  <= exp b * series_from 0 (fun k => coefficient c k).
Proof. intros H; apply Rmult_le_compat_r; [apply total_ge_0|apply exp_le, H]. Qed.

End Contraction.

(** Theorem 15: with the step [n/(low + high)] every eigenvalue contracts by
    [(high - low)/(high + low)] at least. *)
Theorem balanced_term (K : Z -> Z -> R) (low high eta : R) (n t : Z) : 0 < low -> low <= high ->
  (forall k, (1 <= k)%Z -> low <= K k k /\ K k k <= high) -> (1 <= n)%Z ->
  eta * (low + high) = IZR n -> (0 <= t)%Z -> forall k, (0 <= k)%Z ->
  0 <= powerRZ (1 - 2 * eta * K (k + 1)%Z (k + 1)%Z / IZR n) (2 * t)
    <= exp (IZR (-4 * t) * low / (high + low)).
Proof.
  intros Hl Hlh HK Hn He Ht k Hk; destruct (HK (k + 1)%Z ltac:(lia)) as [H1 H2].
  pose proof (IZR_lt 0 n ltac:(lia)) as Hp; set (x := K (k + 1)%Z (k + 1)%Z) in *.
  assert (Hu : 2 * eta * x / IZR n = 2 * x / (low + high))
    by (rewrite <- He; assert (eta <> 0) by nra; field; lra).
  rewrite Hu; set (r := 1 - 2 * low / (high + low)).
  assert (Hr : -r <= 1 - 2 * x / (low + high) <= r).
  { unfold r; split.
    - apply (Rmult_le_reg_r (low + high)); [lra|].
      replace ((1 - 2 * x / (low + high)) * (low + high)) with (low + high - 2 * x) by (field; lra).
      replace (- (1 - 2 * low / (high + low)) * (low + high)) with (low - high) by (field; lra);
      lra.
    - rewrite (Rplus_comm high); apply Rplus_le_compat_l, Ropp_le_contravar, Rmult_le_compat_r;
        [|lra].
      left; apply Rinv_0_lt_compat; lra. }
  rewrite powerRZ_ge_0_even by exact Ht; set (y := 1 - 2 * x / (low + high)) in *.
  split; [rewrite powerRZ_pow by exact Ht; apply pow_le, Rle_0_sqr|].
  apply Rle_trans with (powerRZ (r * r) t).
  - apply powerRZ_le; [|exact Ht]; split; [apply Rle_0_sqr|].
    assert (0 <= (r - y) * (r + y)) by (apply Rmult_le_pos; lra); lra.
  - rewrite <- powerRZ_ge_0_even by exact Ht.
    assert (0 <= 2 * low / (high + low) <= 1)
      by (split; [apply Rdiv_le_0_compat; lra|apply Rle_div_l; lra]).
    eapply Rle_trans; [apply power_le_exp; [assumption|lia]|]; apply exp_le.
    rewrite !mult_IZR; right; field; lra.
Qed.

(** The half of a positive weight: e^(-k) against powers of 1/8 and 1/2. *)
Lemma power_le_by_log (b eps : R) (k : Z) : 0 < b < 1 -> 0 < eps -> (0 <= k)%Z ->
  ln (1 / eps) <= IZR k * - ln b -> powerRZ b k <= eps.
Proof.
  intros Hb He Hk H; rewrite <- (exp_ln b), exp_power, <- (exp_ln eps) by lra || exact Hk.
  apply exp_le; unfold Rdiv in H; rewrite Rmult_1_l, ln_Rinv in H by lra; lra.
Qed.

Lemma ln_eighth : 1 <= - ln (1 / 8).
Proof.
  replace (1 / 8) with (/ 8) by lra; rewrite ln_Rinv, Ropp_involutive by lra.
  rewrite <- (ln_exp 1); pose proof exp_le_3; left; apply ln_increasing; [apply exp_pos|lra].
Qed.

(** Weights against values in [low, high]. *)
Lemma unit_weights (c : nat -> R) (K : Z -> Z -> R) : sequence c -> forall low high,
  0 <= low -> (forall k, (1 <= k)%Z -> low <= K k k /\ K k k <= high) ->
  converges_from 0 (fun k => coefficient c k * K (k + 1)%Z (k + 1)%Z) /\
  low * series_from 0 (fun k => coefficient c k)
  <= series_from 0 (fun k => coefficient c k * K (k + 1)%Z (k + 1)%Z) /\
  series_from 0 (fun k => coefficient c k * K (k + 1)%Z (k + 1)%Z)
  <= high * series_from 0 (fun k => coefficient c k).
Proof.
  intros Hc low high Hlow HK; assert (Hh : low <= high) by (destruct (HK 1%Z); lra || lia).
  assert (Hconst : forall b, converges_from 0 (fun k => coefficient c k * b)).
  { intros b; apply (converges_within c (fun _ => b) (Rabs b + 1)); [exact Hc| |];
      pose proof (Rabs_pos b); intros; lra. }
  assert (Hv : converges_from 0 (fun k => coefficient c k * K (k + 1)%Z (k + 1)%Z)).
  { apply (converges_within c _ (high + 1)); [exact Hc|lra|].
    intros k Hk; destruct (HK (k + 1)%Z ltac:(lia)); rewrite Rabs_pos_eq; lra. }
  split; [exact Hv|]; rewrite (Rmult_comm low), (Rmult_comm high), <- !weighted_const.
  split; apply weighted_le; trivial; intros k Hk; apply HK; lia.
Qed.

(** ** Lemma 27: orthogonal deviations *)

Lemma half_le_1 : 1/2 <= 1.
Proof. lra. Qed.

Lemma quarter_le_1 : 1/4 <= 1.
Proof. lra. Qed.

Lemma Rabs_minus_halves (x y : R) : Rabs x <= 1/2 -> Rabs y <= 1/2 -> Rabs (x - y) <= 1.
Proof.
  intros Hx Hy; apply Rabs_le_between in Hx; apply Rabs_le_between in Hy; apply Rabs_le; lra.
Qed.

Section Orthogonal.

Variables (c : nat -> R) (x y : Z -> R).
Hypothesis Hc : sequence c.
Hypothesis Hx : forall k, (0 <= k)%Z -> Rabs (x k) <= 1/2.
Hypothesis Hy : forall k, (0 <= k)%Z -> Rabs (y k) <= 1/2.

Lemma converges_product : converges_from 0 (fun k => coefficient c k * (x k * y k)).
Proof.
  apply (converges_within c (fun k => x k * y k) 1); [exact Hc|lra|]; intros k Hk.
  rewrite Rabs_mult; specialize (Hx k Hk); specialize (Hy k Hk).
  pose proof (Rabs_pos (x k)); pose proof (Rabs_pos (y k)).
  apply Rle_trans with (1/2 * (1/2)); [apply Rmult_le_compat; assumption|lra].
Qed.

End Orthogonal.

Lemma converges_square (c : nat -> R) (x : Z -> R) : sequence c ->
  (forall k, (0 <= k)%Z -> Rabs (x k) <= 1) ->
  converges_from 0 (fun k => coefficient c k * powerRZ (x k) 2).
Proof.
  intros Hc Hx; apply (converges_within c (fun k => powerRZ (x k) 2) 1); [exact Hc|lra|].
  intros k Hk; apply Rabs_powerRZ_le_1; [apply Hx, Hk|lia].
Qed.

(** Least squares: the square of a difference, where the mixed term vanishes. *)
Theorem orthogonal (c : nat -> R) (x y : Z -> R) : sequence c ->
  (forall k, (0 <= k)%Z -> Rabs (x k) <= 1/2) -> (forall k, (0 <= k)%Z -> Rabs (y k) <= 1/2) ->
  series_from 0 (fun k => coefficient c k * (x k * y k)) = 0 ->
  series_from 0 (fun k => coefficient c k * powerRZ (x k - y k) 2) =
  series_from 0 (fun k => coefficient c k * powerRZ (x k) 2) +
  series_from 0 (fun k => coefficient c k * powerRZ (y k) 2).
Proof.
  intros Hc Hx Hy H0.
  assert (Cx : converges_from 0 (fun k => coefficient c k * powerRZ (x k) 2))
    by (apply converges_square; [exact Hc|intros k Hk; specialize (Hx k Hk); lra]).
  assert (Cy : converges_from 0 (fun k => coefficient c k * powerRZ (y k) 2))
    by (apply converges_square; [exact Hc|intros k Hk; specialize (Hy k Hk); lra]).
  assert (C0 : converges_from 0 (fun k => coefficient c k * (x k * y k) * 2)).
  { apply (ex_series_ext (fun n => Rabs (coefficient c (0 + Z.of_nat n) *
      (x (0 + Z.of_nat n)%Z * (2 * (1/2) * y (0 + Z.of_nat n)%Z)) * 2)));
      [intros n; f_equal; field|].
    apply (ex_series_ext (fun n => 2 * Rabs (coefficient c (0 + Z.of_nat n) *
      (x (0 + Z.of_nat n)%Z * y (0 + Z.of_nat n)%Z)))).
    - intros n; rewrite <- (Rabs_pos_eq 2) at 1 by lra; rewrite <- Rabs_mult; f_equal; field.
    - apply (ex_series_scal_l 2 (fun n => Rabs (coefficient c (0 + Z.of_nat n) *
        (x (0 + Z.of_nat n)%Z * y (0 + Z.of_nat n)%Z)))), converges_product; assumption. }
  transitivity (series_from 0 (fun k => coefficient c k * powerRZ (x k) 2) +
    series_from 0 (fun k => coefficient c k * powerRZ (y k) 2) -
    series_from 0 (fun k => coefficient c k * (x k * y k)) * 2); [|rewrite H0; ring].
  rewrite <- series_from_mult, <- series_from_plus, <- series_from_minus by
    (assumption || (apply converges_plus; assumption)).
  apply series_from_ext; intros k _; rewrite !powerRZ_2; ring.
Qed.

(** Lemma 27. *)
Theorem excess_loss (c : nat -> R) (x e f : Z -> R) : sequence c ->
  (forall k, (0 <= k)%Z -> Rabs (x k) <= 1/2) ->
  (forall k, (0 <= k)%Z -> Rabs (e k) <= 1/4) -> (forall k, (0 <= k)%Z -> Rabs (f k) <= 1/4) ->
  series_from 0 (fun k => coefficient c k * (x k * (e k + f k))) = 0 ->
  series_from 0 (fun k => coefficient c k * powerRZ (x k - (e k + f k)) 2) -
  series_from 0 (fun k => coefficient c k * powerRZ (x k) 2) <=
  2 * series_from 0 (fun k => coefficient c k * powerRZ (e k) 2) +
  2 * series_from 0 (fun k => coefficient c k * powerRZ (f k) 2).
Proof.
  intros Hc Hx He Hf H0.
  assert (Hy : forall k, (0 <= k)%Z -> Rabs (e k + f k) <= 1/2).
  { intros k Hk; eapply Rle_trans; [apply Rabs_triang|].
    specialize (He k Hk); specialize (Hf k Hk); lra. }
  rewrite (orthogonal c x (fun k => e k + f k)) by assumption.
  assert (Ce : converges_from 0 (fun k => coefficient c k * powerRZ (e k) 2))
    by (apply converges_square; [exact Hc|intros k Hk; specialize (He k Hk); lra]).
  assert (Cf : converges_from 0 (fun k => coefficient c k * powerRZ (f k) 2))
    by (apply converges_square; [exact Hc|intros k Hk; specialize (Hf k Hk); lra]).
  assert (Cy : converges_from 0 (fun k => coefficient c k * powerRZ (e k + f k) 2))
    by (apply (converges_square c (fun k => e k + f k));
        [exact Hc|intros k Hk; specialize (Hy k Hk); lra]).
  pose proof (is_series_from 0 _ Ce) as Se; pose proof (is_series_from 0 _ Cf) as Sf.
  pose proof (is_series_from 0 _ Cy) as Sy.
  apply (is_series_Rmult_l 2) in Se; apply (is_series_Rmult_l 2) in Sf.
  pose proof (is_series_Rle _ _ _ _ (fun n => doubled (coefficient c (0 + Z.of_nat n))
    (e (0 + Z.of_nat n)%Z) (f (0 + Z.of_nat n)%Z) (proj1 Hc _)) Sy
    (is_series_Rplus _ _ _ _ Se Sf)); lra.
Qed.
