(** Compositions of power series with nonnegative coefficients of sum one are
    such power series: the step of Theorem 2 for which the paper calls on
    Schoenberg's theorem.  Products first, then powers, then the composition
    [sum c_k q(x)^k], regrouped by powers of [x]. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Conditioning Require Import Series.
Open Scope R_scope.

(** Nonnegative, of sum one. *)
Definition stochastic (a : nat -> R) : Prop := (forall n, 0 <= a n) /\ is_series a 1.

Lemma is_series_stochastic (a : nat -> R) (x : R) : stochastic a -> Rabs x <= 1 ->
  is_series (fun n => a n * x ^ n) (PSeries a x).
Proof. intros [Ha Hs] Hx; apply is_series_PSeries; [exact Ha|exists 1; exact Hs|exact Hx]. Qed.

Lemma Rabs_stochastic (a : nat -> R) (x : R) : stochastic a -> Rabs x <= 1 ->
  Rabs (PSeries a x) <= 1.
Proof.
  intros Hst Hx; pose proof Hst as [Ha Hs].
  eapply Rle_trans; [apply Rabs_PSeries_le; trivial; exists 1; exact Hs|].
  rewrite <- (PSeries_at_1 a 1 Hs); apply PSeries_le; trivial; [exists 1; exact Hs| |lra].
  split; [apply Rabs_pos|exact Hx].
Qed.

(** ** Powers *)

Fixpoint series_pow (q : nat -> R) (k : nat) : nat -> R :=
  match k with
  | O => fun n => if Nat.eqb n 0 then 1 else 0
  | S k => PS_mult q (series_pow q k)
  end.

Lemma stochastic_mult (a b : nat -> R) :
  stochastic a -> stochastic b -> stochastic (PS_mult a b).
Proof.
  intros [Ha Hsa] [Hb Hsb]; split.
  - intros n; apply cond_pos_sum; intros k; apply Rmult_le_pos; auto.
  - replace 1 with (1 * 1) by ring; apply is_series_mult_pos; assumption.
Qed.

Lemma PSeries_stochastic_mult (a b : nat -> R) (x : R) :
  stochastic a -> stochastic b -> Rabs x <= 1 ->
  PSeries (PS_mult a b) x = PSeries a x * PSeries b x.
Proof.
  intros Ha Hb Hx; apply is_series_unique.
  apply (is_series_ext (fun n =>
    sum_f_R0 (fun k => (a k * x ^ k) * (b (n - k)%nat * x ^ (n - k))) n)).
  - intros n; unfold PS_mult; rewrite (Rmult_comm _ (x ^ n)), scal_sum.
    apply sum_eq; intros k Hk; replace n with (k + (n - k))%nat at 4 by lia.
    rewrite pow_add; ring.
  - apply (is_series_mult (fun k => a k * x ^ k) (fun k => b k * x ^ k));
      try (apply is_series_stochastic; assumption).
    + apply ex_series_abs_pow; trivial; [apply Ha|exists 1; apply Ha].
    + apply ex_series_abs_pow; trivial; [apply Hb|exists 1; apply Hb].
Qed.

Lemma stochastic_pow (q : nat -> R) (k : nat) : stochastic q -> stochastic (series_pow q k).
Proof.
  intros Hq; induction k as [|k IH]; [|apply stochastic_mult; assumption].
  split; [|apply is_series_single].
  intros n; simpl; destruct (Nat.eqb n 0); lra.
Qed.

Lemma PSeries_pow (q : nat -> R) (k : nat) (x : R) : stochastic q -> Rabs x <= 1 ->
  PSeries (series_pow q k) x = PSeries q x ^ k.
Proof.
  intros Hq Hx; induction k as [|k IH].
  - apply is_series_unique; apply (is_series_ext (fun n => if Nat.eqb n 0 then 1 else 0)).
    + intros [|n]; simpl; ring.
    + apply is_series_single.
  - simpl; rewrite <- IH; apply PSeries_stochastic_mult; trivial.
    apply stochastic_pow, Hq.
Qed.

(** ** What is left of a series *)

(** The rest of the series at [x] is at most the rest of the series at 1. *)
Lemma stochastic_rest (a : nat -> R) (x : R) (M : nat) : stochastic a -> Rabs x <= 1 ->
  Rabs (PSeries a x - sum_n (fun n => a n * x ^ n) M) <= 1 - sum_n a M.
Proof.
  intros Hst Hx; pose proof (is_series_stochastic a x Hst Hx) as Hs.
  assert (Hb : forall n, -1 <= x ^ n <= 1).
  { intros n; apply Rabs_le_between; rewrite <- RPow_abs.
    apply pow_le_1; split; [apply Rabs_pos|exact Hx]. }
  assert (H : forall e, e = 1 \/ e = -1 ->
    sum_n a M + e * sum_n (fun n => a n * x ^ n) M <= 1 + e * PSeries a x).
  { intros e He.
    assert (E : sum_n a M + e * sum_n (fun n => a n * x ^ n) M =
                sum_n (fun n => a n + e * (a n * x ^ n)) M).
    { clear; induction M as [|M IH]; [rewrite !sum_O; reflexivity|].
      rewrite !sum_Sn, <- IH; change plus with Rplus; ring. }
    rewrite E; apply (is_series_partial_le (fun n => a n + e * (a n * x ^ n))).
    - intros n; pose proof (proj1 Hst n); specialize (Hb n); destruct He as [->| ->]; nra.
    - apply is_series_Rplus; [apply Hst|apply is_series_Rmult_l, Hs]. }
  pose proof (H 1 (or_introl eq_refl)); pose proof (H (-1) (or_intror eq_refl)).
  apply Rabs_le; lra.
Qed.

(** ** Composition *)

Section Composition.

Variables c q : nat -> R.
Hypothesis Hc : stochastic c.
Hypothesis Hq : stochastic q.

Definition compose (n : nat) : R := Series (fun k => c k * series_pow q k n).

Lemma ex_series_weighted (w : nat -> R) :
  (forall k, Rabs (w k) <= 1) -> ex_series (fun k => c k * w k).
Proof.
  intros Hw; apply ex_series_Rabs.
  apply (ex_series_le (K := R_AbsRing) (V := R_CompleteNormedModule) _ c);
    [|exists 1; apply Hc].
  intros k; change (Rabs (Rabs (c k * w k)) <= c k).
  rewrite Rabs_Rabsolu, Rabs_mult, (Rabs_pos_eq (c k)) by apply Hc.
  rewrite <- (Rmult_1_r (c k)) at 2; apply Rmult_le_compat_l; [apply Hc|apply Hw].
Qed.

Lemma series_pow_bounds (k n : nat) : 0 <= series_pow q k n <= 1.
Proof.
  pose proof (stochastic_pow q k Hq) as [Hp Hs]; split; [apply Hp|].
  apply is_series_term_le; assumption.
Qed.

Lemma partial_bounds (k M : nat) : 0 <= sum_n (series_pow q k) M <= 1.
Proof.
  pose proof (stochastic_pow q k Hq) as [Hp Hs]; split.
  - rewrite sum_n_Reals; apply cond_pos_sum, Hp.
  - apply is_series_partial_le; assumption.
Qed.

Lemma partial_weighted (w : nat -> R) (k M : nat) : (forall n, Rabs (w n) <= 1) ->
  Rabs (sum_n (fun n => series_pow q k n * w n) M) <= sum_n (series_pow q k) M.
Proof.
  intros Hw; rewrite !sum_n_Reals; eapply Rle_trans; [apply Rsum_abs|].
  apply sum_Rle; intros n _; pose proof (series_pow_bounds k n).
  rewrite Rabs_mult, (Rabs_pos_eq (series_pow q k n)) by lra; specialize (Hw n); nra.
Qed.

(** A finite sum and the series exchanged. *)
Lemma sum_n_compose (w : nat -> R) (M : nat) : (forall n, Rabs (w n) <= 1) ->
  sum_n (fun n => compose n * w n) M =
  Series (fun k => c k * sum_n (fun n => series_pow q k n * w n) M).
Proof.
  intros Hw; assert (Hone : forall n, ex_series (fun k => c k * (series_pow q k n * w n))).
  { intros n; apply ex_series_weighted; intros k; pose proof (series_pow_bounds k n).
    rewrite Rabs_mult, (Rabs_pos_eq (series_pow q k n)) by lra; specialize (Hw n).
    pose proof (Rabs_pos (w n)); nra. }
  assert (Eone : forall n, compose n * w n = Series (fun k => c k * (series_pow q k n * w n))).
  { intros n; unfold compose; rewrite <- Series_scal_r; apply Series_ext; intros k; ring. }
  induction M as [|M IH].
  - rewrite sum_O, Eone; apply Series_ext; intros k; rewrite sum_O; reflexivity.
  - rewrite sum_Sn, IH, Eone; change plus with Rplus; rewrite <- Series_plus.
    + apply Series_ext; intros k; rewrite sum_Sn; change plus with Rplus; ring.
    + apply ex_series_weighted; intros k.
      eapply Rle_trans; [apply partial_weighted, Hw|apply partial_bounds].
    + apply Hone.
Qed.

Lemma sum_n_compose_1 (M : nat) :
  sum_n compose M = Series (fun k => c k * sum_n (series_pow q k) M).
Proof.
  rewrite (sum_n_ext compose (fun n => compose n * 1))
    by (intros; symmetry; apply Rmult_1_r).
  rewrite sum_n_compose by (intros; rewrite Rabs_R1; lra).
  apply Series_ext; intros k; f_equal; apply sum_n_ext; intros; apply Rmult_1_r.
Qed.

Lemma compose_ge_0 (n : nat) : 0 <= compose n.
Proof.
  apply (is_series_Rpos (fun k => c k * series_pow q k n)).
  - intros k; apply Rmult_le_pos; [apply Hc|apply series_pow_bounds].
  - apply Series_correct, ex_series_weighted; intros k; pose proof (series_pow_bounds k n).
    rewrite Rabs_pos_eq; lra.
Qed.

Lemma is_series_partials (M : nat) :
  is_series (fun k => c k * sum_n (series_pow q k) M) (sum_n compose M).
Proof.
  rewrite sum_n_compose_1; apply Series_correct, ex_series_weighted.
  intros k; pose proof (partial_bounds k M); rewrite Rabs_pos_eq; lra.
Qed.

(** The coefficients of a composition are nonnegative, with sum one. *)
Theorem stochastic_compose : stochastic compose.
Proof.
  split; [exact compose_ge_0|].
  assert (Hle : forall M, sum_n compose M <= 1).
  { intros M; apply (is_series_Rle (fun k => c k * sum_n (series_pow q k) M) c);
      [|apply is_series_partials|apply Hc].
    intros k; pose proof (partial_bounds k M); pose proof (proj1 Hc k); nra. }
  destruct (ex_finite_lim_seq_incr (sum_n compose) 1) as [l Hl].
  { intros M; rewrite sum_Sn; change plus with Rplus; pose proof (compose_ge_0 (S M)); lra. }
  { exact Hle. }
  replace 1 with l; [exact Hl|]; apply Rle_antisym.
  - exact (is_lim_seq_le _ (fun _ => 1) l 1 Hle Hl (is_lim_seq_const 1)).
  - refine (is_lim_seq_le (sum_n c) (fun _ => l) 1 l _ (proj2 Hc) (is_lim_seq_const l)).
    intros N; apply (is_lim_seq_le (fun M => sum_n (fun k => c k * sum_n (series_pow q k) M) N)
      (sum_n compose) (sum_n c N) l); [| |exact Hl].
    + intros M; apply is_series_partial_le; [|apply is_series_partials].
      intros k; apply Rmult_le_pos; [apply Hc|apply partial_bounds].
    + assert (Hk : forall k, is_lim_seq (fun M => c k * sum_n (series_pow q k) M) (c k)).
      { intros k; replace (Finite (c k)) with (Finite (c k * 1)) by (f_equal; ring).
        apply (is_lim_seq_scal_l _ (c k) 1), (stochastic_pow q k Hq). }
      induction N as [|N IH].
      * rewrite sum_O; apply (is_lim_seq_ext (fun M => c 0%nat * sum_n (series_pow q 0) M));
          [intros M; rewrite sum_O; reflexivity|apply Hk].
      * rewrite sum_Sn; change plus with Rplus.
        apply (is_lim_seq_ext (fun M => sum_n (fun k => c k * sum_n (series_pow q k) M) N +
          c (S N) * sum_n (series_pow q (S N)) M)); [intros M; rewrite sum_Sn; reflexivity|].
        apply is_lim_seq_plus'; [exact IH|apply Hk].
Qed.

(** Their power series is the composition of the two. *)
Theorem PSeries_compose (x : R) : Rabs x <= 1 ->
  PSeries compose x = PSeries c (PSeries q x).
Proof.
  intros Hx; apply is_series_unique.
  pose proof (Rabs_stochastic q x Hq Hx) as Hy; set (S := PSeries c (PSeries q x)).
  assert (Hw : forall n, Rabs (x ^ n) <= 1).
  { intros n; rewrite <- RPow_abs; apply pow_le_1; split; [apply Rabs_pos|exact Hx]. }
  assert (Hd : forall M, Rabs (sum_n (fun n => compose n * x ^ n) M - S) <= 1 - sum_n compose M).
  { intros M; rewrite Rabs_minus_sym, (sum_n_compose _ M Hw).
    set (p := fun k => sum_n (fun n => series_pow q k n * x ^ n) M).
    assert (Hp : is_series (fun k => c k * p k) (Series (fun k => c k * p k))).
    { apply Series_correct, ex_series_weighted; intros k.
      eapply Rle_trans; [apply partial_weighted, Hw|apply partial_bounds]. }
    pose proof (is_series_stochastic c _ Hc Hy) as Hs; fold S in Hs.
    pose proof (is_series_partials M) as Hm.
    assert (Hr : forall k, Rabs (c k * PSeries q x ^ k - c k * p k)
                           <= c k - c k * sum_n (series_pow q k) M).
    { intros k; pose proof (stochastic_rest (series_pow q k) x M (stochastic_pow q k Hq) Hx) as Hk.
      rewrite (PSeries_pow q k x Hq Hx) in Hk; fold (p k) in Hk.
      replace (c k * PSeries q x ^ k - c k * p k) with (c k * (PSeries q x ^ k - p k)) by ring.
      rewrite Rabs_mult, (Rabs_pos_eq (c k)) by apply Hc; pose proof (proj1 Hc k); nra. }
    assert (Hcm : is_series (fun k => c k - c k * sum_n (series_pow q k) M) (1 - sum_n compose M)).
    { exact (is_series_minus _ _ _ _ (proj2 Hc) Hm). }
    apply Rabs_le; split.
    - apply (is_series_Rle (fun k => -1 * (c k - c k * sum_n (series_pow q k) M))
        (fun k => c k * PSeries q x ^ k - c k * p k)).
      + intros k; specialize (Hr k); apply Rabs_le_between in Hr; lra.
      + replace (- (1 - sum_n compose M)) with (-1 * (1 - sum_n compose M)) by ring.
        apply is_series_Rmult_l, Hcm.
      + exact (is_series_minus _ _ _ _ Hs Hp).
    - apply (is_series_Rle (fun k => c k * PSeries q x ^ k - c k * p k)
        (fun k => c k - c k * sum_n (series_pow q k) M)); trivial.
      + intros k; specialize (Hr k); apply Rabs_le_between in Hr; lra.
      + exact (is_series_minus _ _ _ _ Hs Hp). }
  change (is_lim_seq (sum_n (fun n => compose n * x ^ n)) S).
  apply (is_lim_seq_ext (fun M => (sum_n (fun n => compose n * x ^ n) M - S) + S));
    [intros M; ring|].
  replace (Finite S) with (Finite (0 + S)) by (f_equal; ring).
  apply is_lim_seq_plus'; [|apply is_lim_seq_const].
  apply (is_lim_seq_abs_0), (is_lim_seq_le_le (fun _ => 0) _ (fun M => 1 - sum_n compose M)).
  - intros M; split; [apply Rabs_pos|apply Hd].
  - apply is_lim_seq_const.
  - replace (Finite 0) with (Finite (1 - 1)) by (f_equal; ring).
    apply is_lim_seq_minus'; [apply is_lim_seq_const|apply stochastic_compose].
Qed.

End Composition.

(** The iterates of the dual activation are power series with nonnegative
    coefficients of sum one. *)
Theorem iter_stochastic (c : nat -> R) (L : nat) : normalized c ->
  exists e, stochastic e /\
    forall x, Rabs x <= 1 -> Nat.iter L (sigma_hat c) x = PSeries e x.
Proof.
  intros Hc; assert (Hst : stochastic c) by (split; apply Hc).
  induction L as [|L (e & He & HL)].
  - exists (fun n => if Nat.eqb n 1 then 1 else 0); split.
    + split; [|apply is_series_single]; intros n; destruct (Nat.eqb n 1); lra.
    + intros x _; simpl; symmetry; apply is_series_unique.
      apply (is_series_ext (fun n => if Nat.eqb n 1 then x else 0)); [|apply is_series_single].
      intros [|[|n]]; simpl; ring.
  - exists (compose c e); split; [apply stochastic_compose; assumption|].
    intros x Hx; simpl; rewrite HL by exact Hx.
    symmetry; apply PSeries_compose; assumption.
Qed.
