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
Lemma few_eigenvalues (N : Z) (s : R) : (2 <= N)%Z -> 0 < s <= 1 ->
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
