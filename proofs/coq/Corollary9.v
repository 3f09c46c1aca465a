(** Corollary 9 of the paper, in sequence form: the condition number of the
    tangent kernel.  Part 1 is proved, with a sharper constant.  Step (i) of
    part 2 is false as it stands: [(1 - mu/2)^L0 <= 1/2] fails.  Part 2 is proved
    here under the inequality that step (i) was to supply. *)

From Coq Require Import Reals Lra Lia ZArith.
From Coquelicot Require Import Coquelicot.
From Flocq Require Import Core.Raux.
From Conditioning Require Import Series Lemma22 Lemma23 Depth Lemma25 Matrices
  Lemma24 Theorem2 Corollary3 Theorem8.
Open Scope R_scope.

(** [L2(delta) = ceil(2 log(2n) / -log(1 - mu/2)) + 2 L0(delta)]. *)
Definition L2 (m delta : R) (n : nat) : nat :=
  (Z.to_nat (Zceil (2 * ln (2 * INR n) / - ln (1 - m/2))) + 2 * L0 m delta)%nat.

Lemma ln_2n_pos (n : nat) : (0 < n)%nat -> 0 < ln (2 * INR n).
Proof.
  intros Hn; apply (le_INR 1) in Hn; simpl in Hn.
  rewrite <- ln_1; apply ln_increasing; lra.
Qed.

Lemma Zceil_L2_pos (m : R) (n : nat) : 0 < m <= 1 -> (0 < n)%nat ->
  (0 < Zceil (2 * ln (2 * INR n) / - ln (1 - m/2)))%Z.
Proof.
  intros Hm Hn; apply lt_IZR; eapply Rlt_le_trans; [|apply Zceil_ub].
  apply Rdiv_lt_0_compat; [pose proof (ln_2n_pos n Hn); lra|apply ln_1_minus_neg, Hm].
Qed.

(** [L2] as a natural number is the integer of the paper. *)
Lemma L2_Z (m delta : R) (n : nat) : 0 < m <= 1 -> (0 < n)%nat ->
  Z.of_nat (L2 m delta n) =
  (Zceil (2 * ln (2 * INR n) / - ln (1 - m/2)) + 2 * Z.of_nat (L0 m delta))%Z.
Proof.
  intros Hm Hn; pose proof (Zceil_L2_pos m n Hm Hn).
  unfold L2; rewrite Nat2Z.inj_add, Z2Nat.id; lia.
Qed.

Lemma L0_lt_L2 (m delta : R) (n : nat) :
  0 < m <= 1 -> (0 < n)%nat -> (2 * L0 m delta < L2 m delta n)%nat.
Proof.
  intros Hm Hn; pose proof (L2_Z m delta n Hm Hn); pose proof (Zceil_L2_pos m n Hm Hn); lia.
Qed.

(** The depth beyond [2 L0] pays for the factor [2 n]. *)
Lemma Rpower_L2 (m delta : R) (n : nat) : 0 < m <= 1 -> (0 < n)%nat ->
  Rpower (1 - m/2) (INR (L2 m delta n) / 2 - INR (L0 m delta)) <= / (2 * INR n).
Proof.
  intros Hm Hn; pose proof (ln_1_minus_neg m Hm) as Hq.
  pose proof (lt_0_INR n Hn) as Hn0.
  assert (Hk : 2 * ln (2 * INR n) / - ln (1 - m/2)
               <= INR (L2 m delta n) - 2 * INR (L0 m delta)).
  { eapply Rle_trans; [apply Zceil_ub|].
    pose proof (L2_Z m delta n Hm Hn) as HZ.
    replace (Zceil (2 * ln (2 * INR n) / - ln (1 - m/2)))
      with (Z.of_nat (L2 m delta n) - 2 * Z.of_nat (L0 m delta))%Z by lia.
    rewrite minus_IZR, mult_IZR, <- !INR_IZR_INZ; lra. }
  apply (Rle_div_l _ _ (- ln (1 - m/2))) in Hk; [|lra].
  rewrite <- (exp_ln (/ (2 * INR n))) by (apply Rinv_0_lt_compat; lra).
  rewrite ln_Rinv by lra; unfold Rpower.
  assert (H : (INR (L2 m delta n) / 2 - INR (L0 m delta)) * ln (1 - m/2)
              <= - ln (2 * INR n)) by lra.
  destruct H as [H| ->]; [left; apply exp_increasing, H|lra].
Qed.

Section Corollary9.

Variables (c : nat -> R) (n L : nat) (K : matrix) (delta : R).
Hypothesis Hc : normalized c.
Hypothesis Hnl : nonlinear c.
Hypothesis HD : finite_slope c.
Hypothesis Hn : (0 < n)%nat.
Hypothesis Hd : 0 < delta <= 1.
Hypothesis HU : unit_diag n K.

Let KN : matrix := tangent_kernel c L K.
Let f1 : R := tangent c L 1.
(** [2 B(L/2, delta)]. *)
Let b : R := 2 * B_real (mu c) delta (INR L / 2).

Lemma f1_pos : 0 < f1.
Proof. pose proof (theorem8_b c Hc HD L); unfold f1; lra. Qed.

(** Gershgorin for the tangent kernel. *)
Lemma tangent_form (v : nat -> R) :
  assumption1 n K delta -> (2 * L0 (mu c) delta <= L)%nat ->
  (1 - (INR n - 1) * b) * f1 * nrm2 n v <= form n KN v
    <= (1 + (INR n - 1) * b) * f1 * nrm2 n v.
Proof.
  intros H1 HL; pose proof f1_pos as Hf.
  destruct (gershgorin n (fun i j => / f1 * KN i j) b v) as [Hlo Hhi].
  - intros i Hi; unfold KN; rewrite (proj2 (theorem8_diag c n L K Hc HD HU)) by exact Hi.
    fold f1; field; lra.
  - intros i j Hi Hj Hne; rewrite Rabs_mult, Rabs_pos_eq
      by (left; apply Rinv_0_lt_compat, Hf).
    pose proof (theorem8_part1 c n L K delta Hc Hnl HD Hd HU H1 HL i j Hi Hj Hne) as H.
    rewrite (proj2 (theorem8_diag c n L K Hc HD HU)) in H by lia; fold f1 KN b in H.
    rewrite Rmult_comm; apply Rle_div_l; assumption.
  - rewrite form_mult_l in Hlo, Hhi.
    replace (form n KN v) with (f1 * (/ f1 * form n KN v)) by (field; lra).
    split.
    + replace ((1 - (INR n - 1) * b) * f1 * nrm2 n v)
        with (f1 * ((1 - (INR n - 1) * b) * nrm2 n v)) by ring.
      apply Rmult_le_compat_l; lra.
    + replace ((1 + (INR n - 1) * b) * f1 * nrm2 n v)
        with (f1 * ((1 + (INR n - 1) * b) * nrm2 n v)) by ring.
      apply Rmult_le_compat_l; lra.
Qed.

(** Corollary 9, step (a). *)
Theorem corollary9_a : assumption1 n K delta -> (2 * L0 (mu c) delta <= L)%nat ->
  (INR n - 1) * b < 1 ->
  0 < lambda_min n KN /\
  kappa n KN <= (1 + (INR n - 1) * b) / (1 - (INR n - 1) * b).
Proof.
  intros H1 HL Hb; pose proof f1_pos as Hf.
  destruct (kappa_le n KN _ _ Hn (fun v => tangent_form v H1 HL)
    ltac:(apply Rmult_lt_0_compat; lra)) as [Hmin [_ Hk]].
  split; [exact Hmin|]; eapply Rle_trans; [exact Hk|right; field; lra].
Qed.

(** Beyond [2 L0], [2 B(L/2) = (1 - mu/2)^(L/2 - L0)]. *)
Lemma b_beyond : (2 * L0 (mu c) delta < L)%nat ->
  b = Rpower (1 - mu c / 2) (INR L / 2 - INR (L0 (mu c) delta)).
Proof.
  clear; intros HL; apply lt_INR in HL; rewrite mult_INR in HL; change (INR 2) with 2 in HL.
  unfold b, B_real; destruct (Rle_dec _ _) as [H|_]; [lra|field].
Qed.

(** [(n-1) 2 B(L/2) <= (1/2) (1 - mu/2)^((L - L2)/2)] from [L2] on. *)
Lemma nb_beyond_L2 : (L2 (mu c) delta n <= L)%nat ->
  (INR n - 1) * b <= 1/2 * Rpower (1 - mu c / 2) ((INR L - INR (L2 (mu c) delta n)) / 2).
Proof.
  intros HL; pose proof (lemma22 c Hc Hnl) as Hm.
  pose proof (L0_lt_L2 (mu c) delta n Hm Hn) as H02.
  rewrite b_beyond by lia.
  replace (INR L / 2 - INR (L0 (mu c) delta))
    with ((INR (L2 (mu c) delta n) / 2 - INR (L0 (mu c) delta)) +
          (INR L - INR (L2 (mu c) delta n)) / 2) by field.
  rewrite Rpower_plus.
  pose proof (Rpower_L2 (mu c) delta n Hm Hn) as Hk.
  set (p := Rpower _ ((INR L - _) / 2)); assert (Hp : 0 < p) by apply exp_pos.
  rewrite <- Rmult_assoc; apply Rmult_le_compat_r; [lra|].
  pose proof (INR_minus_1_ge_0 n Hn) as Hn1.
  apply Rle_trans with ((INR n - 1) * / (2 * INR n)); [apply Rmult_le_compat_l; assumption|].
  apply (Rle_div_l (INR n - 1) _ (2 * INR n)); lra.
Qed.

(** Corollary 9, step (b). *)
Theorem corollary9_b : (L2 (mu c) delta n <= L)%nat -> (INR n - 1) * b <= 1/2.
Proof.
  intros HL; eapply Rle_trans; [apply nb_beyond_L2, HL|].
  pose proof (lemma22 c Hc Hnl) as Hm; apply le_INR in HL.
  pose proof (Rpower_decr (1 - mu c / 2) 0
    ((INR L - INR (L2 (mu c) delta n)) / 2) ltac:(lra) ltac:(lra)) as H.
  rewrite Rpower_O in H by lra; lra.
Qed.

(** Corollary 9, part 1, sharper: no factor [n], and the exponent
    [(L - L2)/2] in the place of [L/2 - L2]. *)
Theorem corollary9_part1_sharper : assumption1 n K delta ->
  (L2 (mu c) delta n <= L)%nat ->
  0 < lambda_min n KN /\
  kappa n KN <= 1 + 2 * Rpower (1 - mu c / 2) ((INR L - INR (L2 (mu c) delta n)) / 2).
Proof.
  intros H1 HL; pose proof (corollary9_b HL) as Hb; pose proof (nb_beyond_L2 HL) as Hb'.
  pose proof (L0_lt_L2 (mu c) delta n (lemma22 c Hc Hnl) Hn) as H02.
  destruct (corollary9_a H1 ltac:(lia) ltac:(lra)) as [Hmin Hk]; split; [exact Hmin|].
  eapply Rle_trans; [exact Hk|]; eapply Rle_trans; [apply corollary3_d; split|].
  - apply Rmult_le_pos; [apply INR_minus_1_ge_0, Hn|].
    rewrite b_beyond by lia; left; apply exp_pos.
  - exact Hb.
  - lra.
Qed.

(** Corollary 9, part 1. *)
Theorem corollary9_part1 : assumption1 n K delta ->
  (L2 (mu c) delta n <= L)%nat ->
  0 < lambda_min n (tangent_kernel c L K) /\
  kappa n (tangent_kernel c L K)
  <= 1 + 4 * INR n * Rpower (1 - mu c / 2) (INR L / 2 - INR (L2 (mu c) delta n)).
Proof.
  intros H1 HL; destruct (corollary9_part1_sharper H1 HL) as [Hmin Hk].
  split; [exact Hmin|]; eapply Rle_trans; [exact Hk|].
  pose proof (lemma22 c Hc Hnl) as Hm; pose proof (pos_INR (L2 (mu c) delta n)) as Hp.
  pose proof (Rpower_decr (1 - mu c / 2) (INR L / 2 - INR (L2 (mu c) delta n))
    ((INR L - INR (L2 (mu c) delta n)) / 2) ltac:(lra) ltac:(lra)) as H.
  assert (Hx : 0 < Rpower (1 - mu c / 2) (INR L / 2 - INR (L2 (mu c) delta n)))
    by apply exp_pos.
  pose proof (INR_minus_1_ge_0 n Hn); nra.
Qed.

(** Corollary 9, step (d). *)
Theorem corollary9_d : assumption2 n K delta -> (2 * L0 (mu c) delta <= L)%nat -> b < 1 ->
  0 < lambda_min n KN /\ kappa n KN <= (1 + (INR n - 1) * b) / (1 - b).
Proof.
  intros H2 HL Hb; pose proof f1_pos as Hf.
  assert (HB : forall v, (1 - b) * f1 * nrm2 n v <= form n KN v
                         <= (1 + (INR n - 1) * b) * f1 * nrm2 n v).
  { intros v; split.
    - pose proof (theorem8_part2 c n L K delta Hc Hnl HD Hn Hd HU H2 HL) as [_ H].
      rewrite (proj2 (theorem8_diag c n L K Hc HD HU)) in H by lia; apply H.
    - apply tangent_form; [|exact HL].
      intros i j; apply (assumption2_implies_1 n K delta); assumption. }
  destruct (kappa_le n KN _ _ Hn HB ltac:(apply Rmult_lt_0_compat; lra)) as [Hmin [_ Hk]].
  split; [exact Hmin|]; eapply Rle_trans; [exact Hk|right; field; lra].
Qed.

(** Corollary 9, part 2, amended: beyond [2 L0], and under the inequality
    [(1 - mu/2)^(L/2 - L0) <= 1/2] of step (i). *)
Theorem corollary9_part2_amended : assumption2 n K delta ->
  (2 * L0 (mu c) delta < L)%nat ->
  Rpower (1 - mu c / 2) (INR L / 2 - INR (L0 (mu c) delta)) <= 1/2 ->
  0 < lambda_min n (tangent_kernel c L K) /\
  kappa n (tangent_kernel c L K)
  <= 1 + 2 * INR n / delta * Rpower (1 + mu c / 2) (- (INR L / 2)).
Proof.
  intros H2 HL Hi; pose proof (b_beyond HL) as Hb; rewrite <- Hb in Hi.
  destruct (corollary9_d H2 ltac:(lia) ltac:(lra)) as [Hmin Hk]; split; [exact Hmin|].
  pose proof (lemma22 c Hc Hnl) as Hm.
  eapply Rle_trans; [exact Hk|]; rewrite excess by lra.
  assert (Hb0 : 0 < b) by (rewrite Hb; apply exp_pos).
  assert (H1 : b / (1 - b) <= 2 * b) by (apply Rle_div_l; [lra|nra]).
  assert (H3 : b <= / delta * Rpower (1 + mu c / 2) (- (INR L / 2))).
  { rewrite Hb.
    apply Rle_trans with (Rpower (1 + mu c / 2) (- (INR L / 2 - INR (L0 (mu c) delta)))).
    - unfold Rpower.
      assert (Hl : ln (1 - mu c / 2) <= - ln (1 + mu c / 2)).
      { rewrite <- ln_Rinv by lra.
        assert (H : 1 - mu c / 2 < / (1 + mu c / 2)).
        { apply (Rmult_lt_reg_r (1 + mu c / 2)); [lra|]; rewrite Rinv_l by lra; nra. }
        left; apply ln_increasing; lra. }
      assert (He : 0 <= INR L / 2 - INR (L0 (mu c) delta)).
      { apply lt_INR in HL; rewrite mult_INR in HL; change (INR 2) with 2 in HL; lra. }
      assert (H : (INR L / 2 - INR (L0 (mu c) delta)) * ln (1 - mu c / 2) <=
                  - (INR L / 2 - INR (L0 (mu c) delta)) * ln (1 + mu c / 2)) by nra.
      destruct H as [H| ->]; [left; apply exp_increasing, H|lra].
    - replace (- (INR L / 2 - INR (L0 (mu c) delta)))
        with (INR (L0 (mu c) delta) + - (INR L / 2)) by ring.
      rewrite Rpower_plus, Rpower_pow by lra.
      apply Rmult_le_compat_r; [left; apply exp_pos|].
      eapply Rle_trans; [apply pow_L0_le; assumption|apply Rmax_le_inv_delta, Hd]. }
  replace (2 * INR n / delta * Rpower (1 + mu c / 2) (- (INR L / 2)))
    with (INR n * (2 * (/ delta * Rpower (1 + mu c / 2) (- (INR L / 2))))) by (field; lra).
  apply Rplus_le_compat_l, Rmult_le_compat_l; [apply pos_INR|lra].
Qed.

End Corollary9.

(** Step (i) of part 2 asserts [(1 - mu/2)^L0 <= 1/2].  At [mu = 1/2] and
    [delta = 2/5] the depth [L0] is 1 and the power is 3/4. *)
Theorem corollary9_step_i_fails :
  L0 (1/2) (2/5) = 1%nat /\ 1/2 < (1 - (1/2)/2) ^ L0 (1/2) (2/5).
Proof.
  assert (E : L0 (1/2) (2/5) = 1%nat).
  { assert (H1 : (L0 (1/2) (2/5) <= 1)%nat)
      by (apply L0_characterisation; simpl; lra).
    assert (H0 : ~ (L0 (1/2) (2/5) <= 0)%nat)
      by (intros H; apply L0_characterisation in H; simpl in H; lra).
    lia. }
  split; [exact E|]; rewrite E; simpl; lra.
Qed.
