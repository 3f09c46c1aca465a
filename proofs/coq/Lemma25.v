(** Lemma 10 (= Lemma 25) of the paper: the derivative of the dual activation,
    relative to its value at 1.  [D rho = sum i c_i rho^(i-1)]; the hypothesis
    is that [D 1] is finite. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Conditioning Require Import Series Lemma22.
Open Scope R_scope.

(** [D rho = sum i c_i rho^(i-1)]; [PS_derive c k = (k+1) c (k+1)]. *)
Definition D (c : nat -> R) (rho : R) : R := PSeries (PS_derive c) rho.

(** [D 1] is finite. *)
Definition finite_slope (c : nat -> R) : Prop := ex_series (PS_derive c).

Section Lemma25.

Variable c : nat -> R.
Hypothesis Hc : normalized c.
Hypothesis HD : finite_slope c.

Lemma PS_derive_ge_0 (i : nat) : 0 <= PS_derive c i.
Proof. apply Rmult_le_pos; [apply pos_INR|apply Hc]. Qed.

Hint Resolve PS_derive_ge_0 : core.

Lemma is_series_D (x : R) :
  Rabs x <= 1 -> is_series (fun k => PS_derive c k * x ^ k) (D c x).
Proof. intros Hx; apply is_series_PSeries; auto. Qed.

(** The shifted series: [sum c_(k+1) = 1]. *)
Lemma is_series_shift : is_series (fun k => c (S k)) 1.
Proof.
  destruct Hc as (_ & H0 & H1).
  apply is_series_Rincr_1; rewrite H0, Rplus_0_r; exact H1.
Qed.

(** [D 1 >= 1], so that the quotient of Lemma 10 is defined (step (b) of the
    proof of Theorem 8). *)
Theorem D_1_ge_1 : 1 <= D c 1.
Proof.
  apply (is_series_Rle (fun k => c (S k)) (fun k => PS_derive c k * 1 ^ k)).
  - intros k; rewrite pow1; unfold PS_derive; rewrite S_INR.
    pose proof (pos_INR k); pose proof (normalized_ge_0 c Hc (S k)); nra.
  - exact is_series_shift.
  - apply is_series_D; rewrite Rabs_R1; lra.
Qed.

(** [D 1 >= 1 + mu]: the slope exceeds 1 for a non-linear activation. *)
Theorem D_1_ge_mu : 1 + mu c <= D c 1.
Proof.
  replace (1 + mu c) with (2 * 1 + - c 1%nat) by (unfold mu; ring).
  apply (is_series_Rle (fun k => 2 * c (S k) + if Nat.eqb k 0 then - c 1%nat else 0)
                       (fun k => PS_derive c k * 1 ^ k)).
  - intros k; rewrite pow1; unfold PS_derive; pose proof (normalized_ge_0 c Hc (S k)).
    destruct k as [|k]; [simpl; lra|].
    rewrite !S_INR; simpl Nat.eqb; cbv iota; pose proof (pos_INR k); nra.
  - apply is_series_Rplus; [|apply is_series_single].
    apply is_series_Rmult_l, is_series_shift.
  - apply is_series_D; rewrite Rabs_R1; lra.
Qed.

(** Lemma 10, step (a). *)
Theorem lemma10_a (rho : R) : Rabs rho <= 1 -> Rabs (D c rho) <= D c (Rabs rho).
Proof. intros Hr; apply Rabs_PSeries_le; auto. Qed.

(** Lemma 10, step (b). *)
Theorem lemma10_b (x y : R) : 0 <= x <= y -> y <= 1 -> 0 <= D c x <= D c y.
Proof.
  intros Hx Hy; split; [apply PSeries_ge_0|apply PSeries_le]; auto; lra.
Qed.

(** Lemma 10, step (c): the mass of the indices from 2 on is [mu]. *)
Theorem lemma10_c : is_series (fun k => c (S (S k))) (mu c).
Proof.
  apply (is_series_Rincr_1 (fun k => c (S k)) (mu c)).
  replace (mu c + c 1%nat) with 1 by (unfold mu; ring).
  exact is_series_shift.
Qed.

(** Lemma 10, steps (d) and (e), cleared of the denominator. *)
Theorem lemma10_e (r : R) : 0 <= r <= 1 -> D c r <= c 1%nat + (D c 1 - c 1%nat) * r.
Proof.
  intros Hr.
  apply (is_series_Rle (fun k => PS_derive c k * r ^ k)
    (fun k => r * (PS_derive c k * 1 ^ k) +
              if Nat.eqb k 0 then c 1%nat * (1 - r) else 0)).
  - intros k; pose proof (PS_derive_ge_0 k) as Hk; rewrite pow1.
    destruct k as [|k]; [unfold PS_derive; simpl; lra|].
    simpl Nat.eqb; cbv iota; simpl pow.
    pose proof (pow_le_1 r k Hr).
    assert (0 <= (PS_derive c (S k) * r) * (1 - r ^ k)); [|lra].
    apply Rmult_le_pos; [apply Rmult_le_pos|]; lra.
  - apply is_series_D; rewrite Rabs_pos_eq; lra.
  - replace (c 1%nat + (D c 1 - c 1%nat) * r) with (r * D c 1 + c 1%nat * (1 - r)) by ring.
    apply is_series_Rplus; [|apply is_series_single].
    apply is_series_Rmult_l, is_series_D; rewrite Rabs_R1; lra.
Qed.

(** Lemma 10, step (f). *)
Theorem lemma10_f (r : R) :
  (c 1%nat + (D c 1 - c 1%nat) * r) / D c 1 = 1 - ((D c 1 - c 1%nat) / D c 1) * (1 - r).
Proof. pose proof D_1_ge_1; field; lra. Qed.

(** Lemma 10, step (g). *)
Theorem lemma10_g (r : R) : 0 <= r <= 1 ->
  1 - ((D c 1 - c 1%nat) / D c 1) * (1 - r) <= 1 - mu c * (1 - r).
Proof.
  intros Hr; pose proof D_1_ge_1 as H1; pose proof (normalized_ge_0 c Hc 1) as Hc1.
  assert (mu c <= (D c 1 - c 1%nat) / D c 1).
  { apply Rle_div_r; [lra|unfold mu; nra]. }
  assert (0 <= ((D c 1 - c 1%nat) / D c 1 - mu c) * (1 - r))
    by (apply Rmult_le_pos; lra); lra.
Qed.

(** Lemma 10 (= Lemma 25), with the absolute value that the proof of Theorem 8
    uses. *)
Theorem lemma10_abs (rho : R) : -1 <= rho <= 1 ->
  Rabs (D c rho) / D c 1 <= 1 - mu c * (1 - Rabs rho).
Proof.
  intros Hr; assert (Hr' : 0 <= Rabs rho <= 1)
    by (split; [apply Rabs_pos|apply Rabs_le; lra]).
  pose proof D_1_ge_1 as H1.
  eapply Rle_trans; [|apply lemma10_g, Hr'].
  rewrite <- lemma10_f; apply Rmult_le_compat_r.
  - left; apply Rinv_0_lt_compat; lra.
  - eapply Rle_trans; [apply lemma10_a, Hr'|apply lemma10_e, Hr'].
Qed.

(** Inside the interval, [D] is the derivative of the dual activation. *)
Theorem is_derive_sigma_hat (x : R) : -1 < x < 1 -> is_derive (sigma_hat c) x (D c x).
Proof.
  intros Hx; apply is_derive_PSeries.
  apply Rbar_lt_le_trans with 1; [apply Rabs_def1; lra|].
  apply (proj1 (CV_radius_bounded c) 1).
  exists 1; intros n; rewrite pow1, Rmult_1_r, Rabs_pos_eq by apply Hc.
  apply is_series_term_le; apply Hc.
Qed.

End Lemma25.

(** Lemma 10 with the sharp constant [2 mu / (1 + mu)] in the place of [mu]. *)
Theorem lemma10_sharper (c : nat -> R) (rho : R) :
  normalized c -> finite_slope c -> 0 < mu c -> Rabs rho <= 1 ->
  Rabs (D c rho) / D c 1 <= 1 - 2 * mu c / (1 + mu c) * (1 - Rabs rho).
Proof.
  intros Hc HD Hmu Hr; pose proof (D_1_ge_mu c Hc HD) as H1.
  pose proof (Rabs_pos rho) as Hp; set (z := Rabs rho) in *.
  assert (Hq : 2 * mu c / (1 + mu c) <= (D c 1 - c 1%nat) / D c 1).
  { replace (c 1%nat) with (1 - mu c) by (unfold mu; ring).
    apply (Rle_div_r _ (D c 1 - (1 - mu c)) (D c 1)); [lra|].
    replace (2 * mu c / (1 + mu c) * D c 1) with (2 * mu c * D c 1 / (1 + mu c))
      by (field; lra).
    apply Rle_div_l; [lra|]; pose proof (mu_bounds_weak c Hc).
    assert (0 <= (1 - mu c) * (D c 1 - (1 + mu c))) by (apply Rmult_le_pos; lra); lra. }
  apply Rle_trans with ((c 1%nat + (D c 1 - c 1%nat) * z) / D c 1).
  - apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; lra|].
    eapply Rle_trans; [apply lemma10_a; trivial; exact Hr|apply lemma10_e; trivial; lra].
  - rewrite lemma10_f by assumption.
    assert (0 <= ((D c 1 - c 1%nat) / D c 1 - 2 * mu c / (1 + mu c)) * (1 - z))
      by (apply Rmult_le_pos; lra); lra.
Qed.

(** ** The hypothesis that [D 1] is finite cannot be left out *)

(** The sequence [1/(i(i-1))], [i >= 2], has the sum 1 by telescoping. *)
Definition telescoping (n : nat) : R :=
  match n with O | S O => 0 | S (S k) => / (INR k + 1) - / (INR k + 2) end.

Lemma telescoping_ge_0 (n : nat) : 0 <= telescoping n.
Proof.
  destruct n as [|[|k]]; simpl; try lra; pose proof (pos_INR k).
  assert (/ (INR k + 2) <= / (INR k + 1)) by (apply Rinv_le_contravar; lra); lra.
Qed.

Lemma telescoping_partial (n : nat) : sum_n telescoping (S n) = 1 - / (INR n + 1).
Proof.
  induction n as [|n IH].
  - rewrite sum_Sn, sum_O; unfold plus; simpl; field.
  - rewrite sum_Sn, IH; unfold plus; rewrite S_INR; simpl.
    replace (INR n + 1 + 1) with (INR n + 2) by ring; lra.
Qed.

(** Lemma 10 (= Lemma 25), counterexample: c_i = 1 / (i (i - 1)) is a sequence of the paper. *)
Theorem telescoping_normalized : normalized telescoping.
Proof.
  split; [exact telescoping_ge_0|split; [reflexivity|]].
  apply (is_lim_seq_incr_1 (sum_n telescoping) 1).
  apply (is_lim_seq_ext (fun n => 1 - / INR (S n))).
  { intros n; rewrite telescoping_partial, S_INR; reflexivity. }
  replace (Finite 1) with (Finite (1 - 0)) by (f_equal; ring).
  apply is_lim_seq_minus'; [apply is_lim_seq_const|].
  apply (is_lim_seq_incr_1 (fun n => / INR n)).
  apply (is_lim_seq_inv INR p_infty is_lim_seq_INR); discriminate.
Qed.

(** The series [D 1] of this sequence is the harmonic series. *)
Lemma PS_derive_telescoping (k : nat) : PS_derive telescoping (S k) = / (INR k + 1).
Proof.
  unfold PS_derive, telescoping; rewrite !S_INR; pose proof (pos_INR k); field; lra.
Qed.

Lemma harmonic_ge_ln (n : nat) : ln (INR n + 2) <= sum_n (fun k => / (INR k + 1)) n.
Proof.
  assert (H : forall k : nat, ln (INR k + 2) - ln (INR k + 1) <= / (INR k + 1)).
  { intros k; pose proof (pos_INR k).
    rewrite <- ln_div by lra; replace ((INR k + 2) / (INR k + 1)) with (1 + / (INR k + 1))
      by (field; lra).
    pose proof (exp_ineq1_le (ln (1 + / (INR k + 1)))) as He.
    assert (0 < / (INR k + 1)) by (apply Rinv_0_lt_compat; lra).
    rewrite exp_ln in He by lra; lra. }
  induction n as [|n IH].
  - specialize (H O); rewrite sum_O; simpl in *; rewrite !Rplus_0_l in *.
    rewrite ln_1 in H; lra.
  - specialize (H (S n)).
    assert (E : sum_n (fun k => / (INR k + 1)) (S n) =
                sum_n (fun k => / (INR k + 1)) n + / (INR (S n) + 1))
      by (exact (sum_Sn (fun k => / (INR k + 1)) n)).
    rewrite E; rewrite !S_INR in *.
    replace (INR n + 1 + 1) with (INR n + 2) in * by ring; lra.
Qed.

(** Lemma 10 (= Lemma 25), counterexample: its D(1) is infinite. *)
Theorem telescoping_slope : ~ finite_slope telescoping.
Proof.
  intros H; apply (ex_series_incr_1 (PS_derive telescoping)) in H; destruct H as [l Hl].
  apply (is_series_ext _ (fun k => / (INR k + 1)) l PS_derive_telescoping) in Hl.
  destruct (archimed (exp l)) as [Hn _]; set (n := Z.to_nat (up (exp l))).
  assert (Hup : IZR (up (exp l)) <= INR n) by (rewrite INR_IZR_INZ; apply IZR_le; lia).
  pose proof (harmonic_ge_ln n) as Hh.
  assert (Hpos : forall k : nat, 0 <= / (INR k + 1))
    by (intros k; left; apply Rinv_0_lt_compat; pose proof (pos_INR k); lra).
  pose proof (is_series_partial_le _ l n Hpos Hl) as Hs.
  assert (l < ln (INR n + 2)); [|lra].
  rewrite <- (ln_exp l); apply ln_increasing; [apply exp_pos|]; lra.
Qed.

(** Lemma 10 (= Lemma 25). *)
Theorem lemma10 (c : nat -> R) (rho : R) :
  normalized c -> finite_slope c -> -1 <= rho <= 1 ->
  0 < D c 1 /\ D c rho / D c 1 <= 1 - mu c * (1 - Rabs rho).
Proof.
  intros Hc HD Hr; pose proof (D_1_ge_1 c Hc HD) as H1; split; [lra|].
  eapply Rle_trans; [|apply lemma10_abs; assumption].
  apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; lra|apply Rle_abs].
Qed.
