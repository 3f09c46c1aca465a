(** The dual activation as a nonnegative power series (facts 3 and 4 of
    Appendix B).  An activation enters the universal statements only through
    the squares [c i = a_i^2] of its Hermite coefficients: [c i >= 0], [c 0 = 0]
    and [sum c i = 1].  Here are the elementary properties of
    [sigma_hat rho = sum c i rho^i]. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
Open Scope R_scope.

(** ** Series of real numbers, in the plain operations of [R] *)

Lemma is_series_Rplus (a b : nat -> R) (la lb : R) :
  is_series a la -> is_series b lb -> is_series (fun n => a n + b n) (la + lb).
Proof. exact (is_series_plus a b la lb). Qed.

Lemma is_series_Rmult_l (k : R) (a : nat -> R) (l : R) :
  is_series a l -> is_series (fun n => k * a n) (k * l).
Proof. exact (is_series_scal_l k a l). Qed.

Lemma is_series_Rincr_1 (a : nat -> R) (l : R) :
  is_series a (l + a 0%nat) -> is_series (fun n => a (S n)) l.
Proof. exact (is_series_incr_1 a l). Qed.

Lemma is_series_Rle (a b : nat -> R) (la lb : R) :
  (forall n, a n <= b n) -> is_series a la -> is_series b lb -> la <= lb.
Proof.
  intros H Ha Hb.
  apply (is_lim_seq_le (sum_n a) (sum_n b) la lb); try assumption.
  intros n; apply sum_n_m_le; exact H.
Qed.

Lemma is_series_zero : is_series (fun _ => 0) 0.
Proof.
  change (is_lim_seq (sum_n (fun _ => 0)) 0).
  apply (is_lim_seq_ext (fun _ => 0)).
  - intros n; rewrite sum_n_const; ring.
  - apply is_lim_seq_const.
Qed.

Lemma is_series_Rpos (a : nat -> R) (l : R) :
  (forall n, 0 <= a n) -> is_series a l -> 0 <= l.
Proof.
  intros H Ha; exact (is_series_Rle _ _ _ _ H is_series_zero Ha).
Qed.

(** A series with one term that is not zero. *)
Lemma is_series_single (k : nat) (x : R) :
  is_series (fun n => if Nat.eqb n k then x else 0) x.
Proof.
  induction k as [|k IH]; apply is_series_decr_1.
  - replace (plus x (opp _)) with 0 by (unfold plus, opp; simpl; ring).
    apply (is_series_ext (fun _ => 0)); [intros n; reflexivity|].
    apply is_series_zero.
  - replace (plus x (opp _)) with x by (unfold plus, opp; simpl; ring).
    exact IH.
Qed.

(** One term is at most the sum. *)
Lemma is_series_term_le (a : nat -> R) (l : R) (k : nat) :
  (forall n, 0 <= a n) -> is_series a l -> a k <= l.
Proof.
  intros H Ha.
  apply (is_series_Rle (fun n => if Nat.eqb n k then a k else 0) a); trivial.
  - intros n; destruct (Nat.eqb_spec n k) as [->|_]; [lra|apply H].
  - apply is_series_single.
Qed.

(** A partial sum is at most the sum. *)
Lemma is_series_partial_le (a : nat -> R) (l : R) (N : nat) :
  (forall n, 0 <= a n) -> is_series a l -> sum_n a N <= l.
Proof.
  intros H Ha; apply (is_lim_seq_incr_compare (sum_n a) l); [exact Ha|].
  intros n; rewrite sum_Sn; unfold plus; simpl; specialize (H (S n)); lra.
Qed.

(** Two distinct terms together are at most the sum. *)
Lemma is_series_two_terms_le (a : nat -> R) (l : R) (j k : nat) :
  j <> k -> (forall n, 0 <= a n) -> is_series a l -> a j + a k <= l.
Proof.
  intros Hjk H Ha.
  apply (is_series_Rle (fun n => (if Nat.eqb n j then a j else 0) +
                                 (if Nat.eqb n k then a k else 0)) a); trivial.
  - intros n; specialize (H n).
    destruct (Nat.eqb_spec n j); destruct (Nat.eqb_spec n k); subst; lra || lia.
  - apply is_series_Rplus; apply is_series_single.
Qed.

(** ** Power series with nonnegative coefficients that converge at 1 *)

Lemma pow_le_1 (x : R) (n : nat) : 0 <= x <= 1 -> 0 <= x ^ n <= 1.
Proof.
  intros H; split; [apply pow_le; lra|].
  rewrite <- (pow1 n); apply pow_incr; exact H.
Qed.

Section Nonnegative.

Variable a : nat -> R.
Hypothesis a_ge_0 : forall i, 0 <= a i.
Hypothesis ex_a : ex_series a.

Lemma ex_series_abs_pow (x : R) :
  Rabs x <= 1 -> ex_series (fun n => Rabs (a n * x ^ n)).
Proof.
  intros Hx.
  apply (ex_series_le (K := R_AbsRing) (V := R_CompleteNormedModule) _ a);
    [|exact ex_a].
  intros n; change (Rabs (Rabs (a n * x ^ n)) <= a n).
  rewrite Rabs_Rabsolu, Rabs_mult, <- RPow_abs, (Rabs_pos_eq (a n)) by apply a_ge_0.
  rewrite <- (Rmult_1_r (a n)) at 2; apply Rmult_le_compat_l; [apply a_ge_0|].
  apply pow_le_1; split; [apply Rabs_pos|exact Hx].
Qed.

(** The series converges everywhere in [-1, 1]. *)
Lemma is_series_PSeries (x : R) :
  Rabs x <= 1 -> is_series (fun n => a n * x ^ n) (PSeries a x).
Proof.
  intros Hx; apply Series_correct, ex_series_Rabs, ex_series_abs_pow, Hx.
Qed.

Lemma PSeries_le (x y : R) : 0 <= x <= y -> y <= 1 -> PSeries a x <= PSeries a y.
Proof.
  intros Hx Hy.
  apply (is_series_Rle (fun n => a n * x ^ n) (fun n => a n * y ^ n)).
  - intros n; apply Rmult_le_compat_l; [apply a_ge_0|].
    apply pow_incr; exact Hx.
  - apply is_series_PSeries; rewrite Rabs_pos_eq; lra.
  - apply is_series_PSeries; rewrite Rabs_pos_eq; lra.
Qed.

Lemma PSeries_ge_0 (x : R) : 0 <= x <= 1 -> 0 <= PSeries a x.
Proof.
  intros Hx; apply (is_series_Rpos (fun n => a n * x ^ n)).
  - intros n; apply Rmult_le_pos; [apply a_ge_0|apply pow_le; lra].
  - apply is_series_PSeries; rewrite Rabs_pos_eq; lra.
Qed.

Lemma Rabs_PSeries_le (x : R) : Rabs x <= 1 -> Rabs (PSeries a x) <= PSeries a (Rabs x).
Proof.
  intros Hx; unfold PSeries.
  eapply Rle_trans; [apply Series_Rabs, ex_series_abs_pow, Hx|].
  right; apply Series_ext; intros n.
  rewrite Rabs_mult, <- RPow_abs, (Rabs_pos_eq (a n)) by apply a_ge_0; reflexivity.
Qed.

End Nonnegative.

Lemma PSeries_at_1 (a : nat -> R) (s : R) : is_series a s -> PSeries a 1 = s.
Proof.
  intros H; apply is_series_unique.
  apply (is_series_ext a); [|exact H].
  intros n; change (a n = a n * 1 ^ n); rewrite pow1; ring.
Qed.

(** ** The dual activation *)

(** Nonnegative, centred, of total mass one: normalisation (1) in sequence form. *)
Definition normalized (c : nat -> R) : Prop :=
  (forall i, 0 <= c i) /\ c 0%nat = 0 /\ is_series c 1.

(** Some Hermite coefficient other than the first one does not vanish. *)
Definition nonlinear (c : nat -> R) : Prop := exists i, i <> 1%nat /\ 0 < c i.

(** Definition 1: the coefficient of non-linearity. *)
Definition mu (c : nat -> R) : R := 1 - c 1%nat.

(** Definition 4 and fact 3: the dual activation. *)
Definition sigma_hat (c : nat -> R) (x : R) : R := PSeries c x.

Section Dual.

Variable c : nat -> R.
Hypothesis Hc : normalized c.

Lemma normalized_ge_0 (i : nat) : 0 <= c i.
Proof. apply Hc. Qed.

Lemma normalized_ex_series : ex_series c.
Proof. exists 1; apply Hc. Qed.

Hint Resolve normalized_ge_0 normalized_ex_series : core.

Lemma is_series_sigma_hat (x : R) :
  Rabs x <= 1 -> is_series (fun n => c n * x ^ n) (sigma_hat c x).
Proof. intros Hx; apply is_series_PSeries; auto. Qed.

Lemma sigma_hat_1 : sigma_hat c 1 = 1.
Proof. apply PSeries_at_1, Hc. Qed.

Lemma sigma_hat_0 : sigma_hat c 0 = 0.
Proof. unfold sigma_hat; rewrite PSeries_0; apply Hc. Qed.

Lemma sigma_hat_le (x y : R) : 0 <= x <= y -> y <= 1 -> sigma_hat c x <= sigma_hat c y.
Proof. intros Hx Hy; apply PSeries_le; auto. Qed.

Lemma sigma_hat_bounds (x : R) : 0 <= x <= 1 -> 0 <= sigma_hat c x <= 1.
Proof.
  intros Hx; split; [apply PSeries_ge_0; auto|].
  rewrite <- sigma_hat_1; apply sigma_hat_le; lra.
Qed.

(** Step (a) of Lemma 23: non-negative coefficients. *)
Lemma Rabs_sigma_hat_le (x : R) :
  Rabs x <= 1 -> Rabs (sigma_hat c x) <= sigma_hat c (Rabs x).
Proof. intros Hx; apply Rabs_PSeries_le; auto. Qed.

(** [sigma_hat] maps [-1, 1] into itself. *)
Lemma Rabs_sigma_hat_le_1 (x : R) : Rabs x <= 1 -> Rabs (sigma_hat c x) <= 1.
Proof.
  intros Hx; eapply Rle_trans; [apply Rabs_sigma_hat_le, Hx|].
  apply sigma_hat_bounds; split; [apply Rabs_pos|exact Hx].
Qed.

Lemma mu_bounds_weak : 0 <= mu c <= 1.
Proof.
  unfold mu; split; [|pose proof (normalized_ge_0 1); lra].
  pose proof (is_series_term_le c 1 1 normalized_ge_0 (proj2 (proj2 Hc))); lra.
Qed.

End Dual.
