(** Logarithms and square roots in Lemma 26 and Theorem 20, and the eigenvalues
    of the kernel matrix beyond the depth [L1]. *)

From Conditioning Require Import Matrices Spectral Bridge LeastSquares.
Open Scope R_scope.

(** ** Numbers *)

Lemma ln_2_ge : 1/2 <= ln 2.
Proof. pose proof (ln_1_plus_ge 1 ltac:(lra)) as H; replace (1 + 1) with 2 in H by lra; lra. Qed.

Lemma ln_ge (x y : R) : 0 < y -> exp x <= y -> x <= ln y.
Proof.
  intros Hy H; rewrite <- (ln_exp x); destruct H as [H| ->]; [|lra].
  left; apply ln_increasing; [apply exp_pos|exact H].
Qed.

Lemma exp_2_le : exp 2 <= 9.
Proof.
  replace 2 with (1 + 1) by ring; rewrite exp_plus; pose proof exp_le_3; pose proof (exp_pos 1).
  replace 9 with (3 * 3) by ring; apply Rmult_le_compat; lra.
Qed.

Lemma ln_8_ge : 3/2 <= ln 8.
Proof.
  apply ln_ge; [lra|]; pose proof exp_le_3; pose proof (exp_pos 1); pose proof (exp_pos (3/2)).
  assert (He : exp (3/2) * exp (3/2) = exp 1 * exp 1 * exp 1)
    by (rewrite <- !exp_plus; f_equal; field).
  assert (H9 : exp 1 * exp 1 <= 3 * 3) by (apply Rmult_le_compat; lra).
  assert (exp 1 * exp 1 * exp 1 <= 3 * 3 * 3)
    by (apply Rmult_le_compat; try lra; apply Rmult_le_pos; lra).
  apply Rnot_lt_le; intros Hlt; assert (8 * 8 < exp (3/2) * exp (3/2)); [|lra].
  apply Rmult_le_0_lt_compat; lra.
Qed.

Lemma ln_million : 4 < ln 1000000.
Proof.
  rewrite <- (ln_exp 4); apply ln_increasing; [apply exp_pos|].
  replace 4 with (2 + 2) by ring; rewrite exp_plus; pose proof exp_2_le; pose proof (exp_pos 2).
  apply Rle_lt_trans with (9 * 9); [apply Rmult_le_compat|]; lra.
Qed.

Lemma ln_power (x : R) (k : Z) : 0 < x -> (0 <= k)%Z -> ln (powerRZ x k) = IZR k * ln x.
Proof.
  intros Hx Hk; rewrite <- (exp_ln x) at 1 by exact Hx.
  rewrite exp_power by exact Hk; apply ln_exp.
Qed.

(** Bernoulli's inequality. *)
Lemma bernoulli (x : R) (k : Z) : 0 <= x <= 1 -> (0 <= k)%Z ->
  1 - IZR k * x <= powerRZ (1 - x) k.
Proof.
  intros Hx Hk; rewrite powerRZ_pow by exact Hk; pattern k; apply natlike_ind;
  [simpl; lra| |exact Hk].
  intros l Hl IH; rewrite Z2Nat.inj_succ by exact Hl; unfold Z.succ; rewrite plus_IZR; simpl pow.
  pose proof (IZR_le 0 l Hl) as Hl0; assert (0 <= IZR l * (x * x)) by positive.
  apply Rle_trans with ((1 - x) * (1 - IZR l * x)); [lra|apply Rmult_le_compat_l; lra].
Qed.

Lemma exp_opp_le (x : R) : 0 <= x -> exp (- x) <= / (1 + x).
Proof.
  intros Hx; rewrite exp_Ropp; apply Rinv_le_contravar; [lra|apply exp_ineq1_le].
Qed.

Lemma log_inverse_le (eps y : R) : 0 < eps -> ln (1 / eps) <= y -> exp (- y) <= eps.
Proof.
  intros He H; rewrite <- (exp_ln eps) by exact He; apply exp_le.
  unfold Rdiv in H; rewrite Rmult_1_l, ln_Rinv in H by exact He; lra.
Qed.

Lemma ln_8_ge_2 : 2 <= ln 8.
Proof.
  apply ln_ge; [lra|]; assert (H : 1 / 8 <= exp (- 2)).
  { replace (- 2) with (IZR 32 * (- (1/16))) by field; rewrite <- exp_power by lia.
    apply Rle_trans with (powerRZ (15/16) 32); [simpl; lra|].
    apply powerRZ_le; [|lia]; pose proof (exp_ineq1_le (- (1/16))); lra. }
  change (exp (- 2)) with (exp (Ropp 2)) in H; rewrite exp_Ropp in H; pose proof (exp_pos 2).
  apply (Rmult_le_compat_l (8 * exp 2)) in H; [|lra].
  replace (8 * exp 2 * / exp 2) with 8 in H by (field; lra); lra.
Qed.

(** ** Lemma 26 *)

Lemma log_ratio (s : R) : 0 < s <= 1 -> 3/2 <= ln (8 / s).
Proof.
  intros Hs; eapply Rle_trans; [exact ln_8_ge|].
  assert (H : 8 <= 8 / s) by (apply (Rle_div_r 8 8 s); lra).
  destruct H as [H|H]; [left; apply ln_increasing; lra|rewrite <- H; lra].
Qed.

Lemma tail (s x : R) : 0 < s -> ln (8 / s) <= x -> 1 / s * exp (- x) <= 1 / 8.
Proof.
  intros Hs Hx; apply Rle_trans with (1 / s * exp (- ln (8 / s))).
  - apply Rmult_le_compat_l; [positive|apply exp_le; lra].
  - rewrite <- ln_Rinv, exp_ln by (positive || (apply Rinv_0_lt_compat; positive)).
    right; field; lra.
Qed.

Lemma bernstein_exponent (w l r s : R) : 0 < w -> 0 <= l -> 0 <= r -> 0 < s ->
  r * r = 2 * l * s * w ->
  l * (s * w + (2 * l * w / 3 + r) * w / 3) <= (2 * l * w / 3 + r) * (2 * l * w / 3 + r) / 2.
Proof.
  intros Hw Hl Hr Hs H; assert (0 <= l * w * r) by positive; apply Rminus_le.
  replace (_ - _) with (- (l * w * r / 3) + (2 * l * s * w - r * r) / 2) by field; lra.
Qed.

(** Step (e). *)
Lemma fractions (x n l : R) : 0 < n -> x <= 2 -> 3/2 <= l ->
  x / n + 2 * l / (3 * n) <= 2 * l / n.
Proof.
  intros Hn Hx Hl; replace (x / n + 2 * l / (3 * n)) with ((x + 2 * l / 3) / n) by (field; lra).
  apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, Hn|lra].
Qed.

(** Step (f). *)
Lemma geometric_mean (x a s : R) : 0 <= a -> 0 <= s -> x = a * s -> sqrt x <= (a + s) / 2.
Proof.
  intros Ha Hs ->; rewrite <- (sqrt_square ((a + s) / 2)) by lra.
  apply sqrt_le_1; [apply Rmult_le_pos; assumption|apply Rle_0_sqr|].
  pose proof (Rle_0_sqr (a - s)); unfold Rsqr in *; lra.
Qed.

(** Step (h), from two on. *)
Theorem few_eigenvalues (N : Z) (s : R) : (2 <= N)%Z -> 0 < s <= 1 ->
  s <= 6 * ln (8 / s) / IZR N -> s <= 8 * ln (IZR N) / IZR N.
Proof.
  intros HN Hs H; pose proof (IZR_le 2 N HN) as HN2.
  destruct (Z.eq_dec N 2) as [->|Hne].
  { pose proof ln_2_ge; lra. }
  assert (HN3 : 3 <= IZR N) by (apply IZR_le; lia).
  assert (Hl : 1 <= ln (IZR N)) by (apply ln_ge; [lra|pose proof exp_le_3; lra]).
  apply Rnot_lt_le; intros Hlt.
  apply (Rlt_div_l _ _ (IZR N)) in Hlt; [|lra].
  apply (Rle_div_r _ _ (IZR N)) in H; [|lra].
  assert (Hr : 8 / s < IZR N) by (apply Rlt_div_l; lra).
  assert (ln (8 / s) < ln (IZR N)) by (apply ln_increasing; [positive|exact Hr]); lra.
Qed.

(** ** Theorem 20 *)

Lemma bounded_square (y w V : R) : Rabs y <= 1 -> Rabs w <= V ->
  (y - w) * (y - w) <= 2 * (1 + V * V).
Proof.
  intros Hy Hw; apply Rabs_le_between in Hy; apply Rabs_le_between in Hw.
  pose proof (Rle_0_sqr (y + w)) as H; unfold Rsqr in H.
  assert (0 <= (1 - y) * (1 + y)) by (apply Rmult_le_pos; lra).
  assert (0 <= (V - w) * (V + w)) by (apply Rmult_le_pos; lra); lra.
Qed.

Lemma interpolation (n : Z) (s V : R) : (2 <= n)%Z -> 0 < s ->
  s <= 16 * ln (IZR n) / IZR (n ^ 2) ->
  2 * s * (V * V) + 8 * IZR n * (1 + V * V) * s <= 160 * (ln (IZR n) / IZR n) * (1 + V * V).
Proof.
  intros Hn Hs H; pose proof (IZR_le 2 n Hn) as Hn2.
  replace (IZR (n ^ 2)) with (IZR n * IZR n) in H by (rewrite <- mult_IZR; f_equal; lia).
  apply (Rle_div_r _ _ (IZR n * IZR n)) in H; [|positive].
  pose proof (Rle_0_sqr V) as HV; unfold Rsqr in HV.
  apply Rle_trans with (10 * (s * IZR n) * (1 + V * V)).
  - assert (0 <= s * (IZR n - 1) * (1 + V * V)) by positive.
    assert (0 <= s * 1) by positive; lra.
  - apply Rmult_le_compat_r; [lra|].
    replace (160 * (ln (IZR n) / IZR n)) with (10 * (16 * ln (IZR n) / IZR n)) by (field; lra).
    apply Rmult_le_compat_l; [lra|]; apply -> Rle_div_r; lra.
Qed.

(** ** The kernel matrix beyond L1 *)

Section Beyond.

Variables (c : nat -> R) (n L : Z) (K : Z -> Z -> R) (delta : R).
Hypothesis Hc : normalized c.
Hypothesis Hnl : nonlinear c.
Hypothesis Hn : (1 <= n)%Z.
Hypothesis HL : (0 <= L)%Z.
Hypothesis Hd : 0 < delta <= 1.
Hypothesis HU : unit_diag (Z.to_nat n) (block K).
Hypothesis H1 : assumption1 (Z.to_nat n) (block K) delta.

Lemma entries_le_B (i j : Z) : (1 <= i)%Z /\ (i <= n)%Z /\ (1 <= j)%Z /\ (j <= n)%Z /\ (i <> j)%Z ->
  Rabs (iterate (fun x => dual c x) L (K i j)) <= B (mu c) delta (Z.to_nat L).
Proof.
  intros Hij; apply lemma6; trivial; rewrite block_entry by lia; apply H1; lia.
Qed.

Lemma greatest_beyond_L1 : (L1 (mu c) delta (Z.to_nat n) <= Z.to_nat L)%nat ->
  greatest_eigenvalue n (fun i j => iterate (fun x => dual c x) L (K i j)) <= 3 / 2.
Proof.
  intros HL1; destruct (kernel_discs c n L K _ Hc Hn HU entries_le_B) as [Hg _].
  pose proof (B_radius (mu c) delta (Z.to_nat n) (Z.to_nat L) (lemma22 c Hc Hnl) ltac:(lia) HL1).
  lra.
Qed.

(** At the depth of [n^2] points. *)
Lemma least_beyond_L1 :
  (Zceil (ln (IZR (n * n)) / - ln (1 - mu c / 2)) +
   Z.max (Zceil (ln (1 / (2 * delta)) / ln (1 + mu c / 2))) 0 <= L)%Z ->
  1 / 2 <= least_eigenvalue n (fun i j => iterate (fun x => dual c x) L (K i j)).
Proof.
  intros HL1; destruct (kernel_discs c n L K _ Hc Hn HU entries_le_B) as [_ Hl].
  pose proof (lemma22 c Hc Hnl) as Hm.
  rewrite <- L0_Z, (IZR_INR (n * n)), <- L1_Z in HL1 by (lra || nia || lia).
  pose proof (B_radius (mu c) delta (Z.to_nat (n * n)) (Z.to_nat L) Hm ltac:(nia) ltac:(lia)) as Hr.
  pose proof (B_range (mu c) delta (Z.to_nat L) Hm Hd) as HB.
  rewrite <- (IZR_INR (n * n)), mult_IZR in Hr by nia; rewrite <- (IZR_INR n) in Hl by lia.
  pose proof (IZR_le 1 n Hn) as Hn1; set (b := B _ _ _) in *.
  assert (0 <= (IZR n - 1) * IZR n * b) by (apply Rmult_le_pos; [apply Rmult_le_pos|]; lra).
  assert ((IZR n - 1) * b <= (IZR n * IZR n - 1) * b)
    by (apply Rmult_le_compat_r; [lra|]; nra); lra.
Qed.

End Beyond.

(** ** Activations that are not centred *)

(** Condition (3) forces the mean to vanish: at this lambda it fails. *)
Lemma small_lambda (alpha mean : R) : 0 < alpha -> mean <> 0 ->
  exp (mean / (alpha * alpha + mean * mean) * (mean / (alpha * alpha + mean * mean)) *
       (alpha * alpha) / 2)
  < 1 + mean / (alpha * alpha + mean * mean) * mean.
Proof.
  intros Ha Hm; assert (Hmm : 0 < mean * mean) by (apply Rsqr_pos_lt, Hm).
  assert (Haa : 0 < alpha * alpha) by positive.
  set (u := mean / (alpha * alpha + mean * mean) * mean).
  assert (Hu : u = mean * mean / (alpha * alpha + mean * mean)) by (unfold u; field; lra).
  assert (Hu1 : 0 < u < 1) by (rewrite Hu; split; [positive|apply Rlt_div_l; lra]).
  replace (_ / 2) with (u * (1 - u) / 2) by (rewrite Hu; field; lra).
  set (x := u * (1 - u) / 2).
  assert (Hx : 0 < x <= 1/8).
  { pose proof (Rle_0_sqr (u - 1/2)); unfold Rsqr in *.
    assert (0 < u * (1 - u)) by (apply Rmult_lt_0_compat; lra); unfold x; lra. }
  pose proof (exp_ineq1_le (- x)) as He; rewrite exp_Ropp in He.
  pose proof (exp_pos x) as Hp.
  assert (H1 : exp x * (1 - x) <= 1).
  { apply (Rmult_le_compat_l (exp x)) in He; [|lra]; rewrite Rinv_r in He by lra; lra. }
  assert (H2 : 1 < (1 + u) * (1 - x)).
  { assert (0 < u * (1 - (1 - u) * (1 + u) / 2)); [apply Rmult_lt_0_compat; [lra|]|unfold x; lra].
    assert (0 < u * u) by positive; lra. }
  apply (Rmult_lt_reg_r (1 - x)); lra.
Qed.

Section Probability.

Variable c : nat -> R.
Hypothesis Hs : sequence c.
Hypothesis H1 : series_from 0 (fun i => coefficient c i) = 1.

Lemma probability_stochastic : stochastic c.
Proof.
  split; [apply Hs|]; rewrite <- H1, series_coefficient; apply Series_correct, Hs.
Qed.

Lemma probability_abs (x : R) : Rabs x <= 1 -> Rabs (dual c x) <= 1.
Proof. intros Hx; apply Rabs_stochastic; [apply probability_stochastic|exact Hx]. Qed.

Lemma probability_bounds (x : R) : 0 <= x <= 1 -> c 0%nat <= dual c x <= 1.
Proof.
  intros Hx; split.
  - apply (is_series_Rle (fun n => if Nat.eqb n 0 then c 0%nat else 0) (fun n => c n * x ^ n)).
    + intros [|n]; simpl; [lra|apply Rmult_le_pos; [apply Hs|]].
      apply Rmult_le_pos; [lra|apply pow_le; lra].
    + apply is_series_single.
    + apply is_series_stochastic; [apply probability_stochastic|rewrite Rabs_pos_eq; lra].
  - pose proof (probability_abs x ltac:(rewrite Rabs_pos_eq; lra)) as H.
    apply Rabs_le_between in H; lra.
Qed.

Lemma probability_iterates (x : R) (L : Z) : 0 <= x <= 1 -> (0 <= L)%Z ->
  0 <= iterate (fun x => dual c x) L x <= 1.
Proof.
  intros Hx HL; pattern L; apply natlike_ind; [exact Hx| |exact HL].
  intros l Hl IH; unfold Z.succ; rewrite iterate_S by exact Hl.
  pose proof (probability_bounds _ IH) as H; pose proof (proj1 Hs 0%nat); lra.
Qed.

Lemma probability_within (x : R) (L : Z) : Rabs x <= 1 -> (0 <= L)%Z ->
  iterates_within (fun x => Rabs x <= 1) (fun x => dual c x) L x.
Proof.
  intros Hx HL; split; [exact HL|].
  assert (H : forall k, Rabs (iterate (fun x => dual c x) k x) <= 1).
  { intros k; unfold iterate; induction (Z.to_nat k) as [|m IH]; [exact Hx|].
    apply probability_abs, IH. }
  intros k _; split; [apply H|intros _; apply H].
Qed.

End Probability.

(** The least eigenvalue is at most the diagonal. *)
Lemma least_le_1 (n : Z) (M : Z -> Z -> R) : (1 <= n)%Z ->
  (forall i, (1 <= i)%Z /\ (i <= n)%Z -> M i i = 1) ->
  least_eigenvalue n (fun i j => M i j) <= 1.
Proof.
  intros Hn HM; destruct (form_bounded (Z.to_nat n) (block M)) as (C & _ & HC).
  apply (lambda_min_is_glb (Z.to_nat n) (block M) _ _ ltac:(lia) HC).
  replace 1 with (block M 0%nat 0%nat) by (unfold block; apply HM; lia).
  apply rayleigh_diag; lia.
Qed.

(** Theorem 12: depth [4 log(n/delta)/mu] is at least [L1]. *)
Theorem deep_enough (m delta : R) (n L : Z) : 0 < m <= 1 -> 0 < delta < 1 -> 2 <= IZR n ->
  4 * ln (IZR n / delta) <= m * IZR L ->
  (Zceil (ln (IZR n) / - ln (1 - m / 2)) +
   Z.max (Zceil (ln (1 / (2 * delta)) / ln (1 + m / 2))) 0 <= L)%Z.
Proof.
  intros Hm Hd Hn HL.
  assert (Hq : ln (IZR n / delta) = ln (IZR n) + ln (1 / delta))
    by (rewrite <- ln_mult by positive; f_equal; field; lra).
  assert (Hln : 1/2 <= ln (IZR n)).
  { pose proof ln_2_ge; destruct Hn as [H2|<-]; [|assumption].
    pose proof (ln_increasing 2 (IZR n) ltac:(lra) H2); lra. }
  assert (Hld : 0 < ln (1 / delta)) by (apply ln_pos; apply -> (Rlt_div_r 1 1 delta); lra).
  assert (H2d : ln (1 / (2 * delta)) = ln (1 / delta) - ln 2).
  { replace (1 / (2 * delta)) with (1 / delta * / 2) by (field; lra).
    rewrite ln_mult, ln_Rinv by positive || lra; ring. }
  pose proof (ln_le_sub_1 (1 - m / 2) ltac:(lra)) as Hdecay.
  pose proof (ln_1_plus_ge (m / 2) ltac:(lra)) as Hrate.
  assert (Hrate' : m / 3 <= ln (1 + m / 2)).
  { eapply Rle_trans; [|exact Hrate]; apply -> Rle_div_r; [|lra].
    assert (0 <= m * (1 - m)) by positive; lra. }
  set (a := ln (IZR n) / - ln (1 - m / 2)); set (b := ln (1 / (2 * delta)) / ln (1 + m / 2)).
  assert (Ha : 0 <= a /\ m * a <= 2 * ln (IZR n)).
  { split; [apply Rdiv_le_0_compat; lra|]; unfold a, Rdiv; rewrite <- Rmult_assoc.
    apply Rle_div_l; [lra|].
    assert (0 <= ln (IZR n) * (- ln (1 - m / 2) - m / 2)) by (apply Rmult_le_pos; lra); lra. }
  pose proof (Zceil_lb a) as Ca; pose proof (Zceil_lb b) as Cb.
  assert (HL0 : IZR (Zceil a + Z.max (Zceil b) 0) < IZR L + 1);
  [|rewrite <- (plus_IZR L 1) in HL0; apply lt_IZR in HL0; lia].
  rewrite plus_IZR; apply (Rmult_lt_reg_l m); [lra|].
  destruct (Rle_lt_dec b 0) as [Hb|Hb].
  - pose proof (Zceil_glb 0 b Hb) as Hc; rewrite Z.max_r by exact Hc.
    assert (m * IZR (Zceil a) <= m * (a + 1)) by (apply Rmult_le_compat_l; lra); lra.
  - assert (Hb0 : (0 <= Zceil b)%Z).
    { apply le_IZR; pose proof (Zceil_ub b); lra. }
    rewrite Z.max_l by exact Hb0.
    assert (Hbl : b * ln (1 + m / 2) = ln (1 / (2 * delta))) by (unfold b; field; lra).
    assert (Hmb : m * b <= 3 * ln (1 / (2 * delta))).
    { rewrite <- Hbl; assert (0 <= b * (ln (1 + m / 2) - m / 3)) by (apply Rmult_le_pos; lra);
        lra. }
    pose proof ln_2_ge.
    assert (m * IZR (Zceil a) <= m * (a + 1)) by (apply Rmult_le_compat_l; lra).
    assert (m * IZR (Zceil b) <= m * (b + 1)) by (apply Rmult_le_compat_l; lra).
    lra.
Qed.

(** ** Theorem 19 *)

Lemma halvings_le (d L : Z) (b : R) : (1 <= d)%Z -> b * IZR L <= IZR (d - 1) * ln 2 ->
  powerRZ (1 / 2) (d - 1) <= exp (- b * IZR L).
Proof.
  intros Hd H; replace (1 / 2) with (exp (- ln 2))
    by (rewrite exp_Ropp, exp_ln by lra; field).
  rewrite exp_power by lia; apply exp_le; lra.
Qed.

(** Theorem 19: M hypotheses with correlations of at most E are needed. *)
Theorem weak_learner (L : Z) (b M E : R) : (1 <= L)%Z -> 0 <= M ->
  E <= 3 * IZR L * exp (- b * IZR L) -> 1 / 2 <= M * E ->
  exp (b * IZR L) / IZR (6 * L) <= M.
Proof.
  intros HL HM HE H; pose proof (IZR_lt 0 L ltac:(lia)) as HL0; rewrite mult_IZR.
  apply Rle_div_l; [lra|].
  assert (He : exp (- b * IZR L) = / exp (b * IZR L)).
  { rewrite <- exp_Ropp; f_equal; ring. }
  rewrite He in HE; pose proof (exp_pos (b * IZR L)) as Hp; set (e := exp _) in *.
  assert (H1 : 1 / 2 <= M * (3 * IZR L * / e))
    by (eapply Rle_trans; [exact H|apply Rmult_le_compat_l; assumption]).
  apply (Rmult_le_compat_r (2 * e)) in H1; [|lra].
  replace (M * (3 * IZR L * / e) * (2 * e)) with (M * (6 * IZR L)) in H1 by (field; lra); lra.
Qed.

(** ** Theorem 30 *)

Lemma ln_integer_ge (n : Z) : (2 <= n)%Z -> 1/2 <= ln (IZR n).
Proof.
  intros Hn; apply IZR_le in Hn; pose proof ln_2_ge; destruct Hn as [Hlt|<-]; [|assumption].
  pose proof (ln_increasing 2 (IZR n) ltac:(lra) Hlt); lra.
Qed.

(** Coefficients below [1/n] add up slowly. *)
Theorem partial_sums (c : nat -> R) (n : Z) :
  (forall i, (1 <= i)%Z -> IZR n * coefficient c i < 1) -> forall k, (0 <= k)%Z ->
  IZR n * fold (fun i s => s + coefficient c i) 1 k 0 <= IZR k.
Proof.
  intros Hc k Hk; pattern k; apply natlike_ind; [rewrite fold_empty by lia; lra| |exact Hk].
  intros l Hl IH; unfold Z.succ; rewrite fold_last, plus_IZR by lia.
  specialize (Hc (l + 1)%Z ltac:(lia)); lra.
Qed.

(** ** The exponential moments of a sign *)

(** A function with a derivative >= 0 from 0 on is at least its value at 0. *)
Lemma ge_at_0 (f f' : R -> R) (x : R) : (forall t, is_derive f t (f' t)) ->
  (forall t, 0 <= t -> 0 <= f' t) -> 0 <= x -> f 0 <= f x.
Proof.
  intros Hf Hf' Hx.
  destruct (MVT_gen f 0 x f') as (t & Ht & E).
  - intros t _; apply Hf.
  - intros t _; apply continuity_pt_filterlim, (ex_derive_continuous f); eexists; apply Hf.
  - rewrite Rmin_left, Rmax_right in Ht by exact Hx.
    pose proof (Rmult_le_pos _ _ (Hf' t (proj1 Ht)) Hx); lra.
Qed.

(** sinh x <= x cosh x for x >= 0: the derivative of x cosh x - sinh x is x sinh x. *)
Lemma sinh_le (x : R) : 0 <= x -> exp x - exp (- x) <= x * (exp x + exp (- x)).
Proof.
  intros Hx; apply Rminus_le_0.
  replace 0 with (0 * (exp 0 + exp (- 0)) - (exp 0 - exp (- 0))) at 1 by (rewrite Ropp_0; ring).
  apply (ge_at_0 (fun t => t * (exp t + exp (- t)) - (exp t - exp (- t)))
           (fun t => t * (exp t - exp (- t)))); [| |exact Hx].
  - intros t; auto_derive; [exact I|ring].
  - intros t Ht; apply Rmult_le_pos; [exact Ht|].
    pose proof (exp_le (- t) t ltac:(lra)); lra.
Qed.

(** cosh x <= exp(x^2 / 2): the derivative of x^2 / 2 - ln cosh x is x - tanh x. *)
Lemma cosh_le (x : R) : (exp x + exp (- x)) / 2 <= exp (x * x / 2).
Proof.
  enough (H : forall y, 0 <= y -> (exp y + exp (- y)) / 2 <= exp (y * y / 2)).
  { destruct (Rle_lt_dec 0 x) as [Hx|Hx]; [apply H, Hx|].
    specialize (H (- x) ltac:(lra)); rewrite Ropp_involutive in H.
    replace (- x * - x) with (x * x) in H by ring; lra. }
  intros y Hy; assert (Hc : forall t, 0 < (exp t + exp (- t)) / 2).
  { intros t; pose proof (exp_pos t); pose proof (exp_pos (- t)); lra. }
  rewrite <- (exp_ln _ (Hc y)); apply exp_le, Rminus_le_0.
  replace 0 with (0 * 0 / 2 - ln ((exp 0 + exp (- 0)) / 2)) at 1.
  2: { rewrite Ropp_0, exp_0; replace ((1 + 1) / 2) with 1 by field; rewrite ln_1; field. }
  apply (ge_at_0 (fun t => t * t / 2 - ln ((exp t + exp (- t)) / 2))
           (fun t => t - (exp t - exp (- t)) / (exp t + exp (- t)))); [| |exact Hy].
  - intros t; specialize (Hc t); auto_derive; [lra|field; lra].
  - intros t Ht; specialize (Hc t); apply (proj1 (Rminus_le_0 _ _)).
    apply Rle_div_l; [lra|apply sinh_le, Ht].
Qed.
