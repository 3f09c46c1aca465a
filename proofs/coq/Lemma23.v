(** Lemma 23 of the paper, one application of the dual activation, with each
    displayed step of its proof. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Conditioning Require Import Series.
Open Scope R_scope.

Section Lemma23.

Variable c : nat -> R.
Hypothesis Hc : normalized c.

(** Lemma 23, step (a), as displayed. *)
Theorem lemma23_a (delta : R) :
  0 <= delta <= 1 -> Rabs (sigma_hat c (- (1 - delta))) <= sigma_hat c (1 - delta).
Proof.
  intros Hd; rewrite <- (Rabs_pos_eq (1 - delta)) at 2 by lra.
  rewrite <- (Rabs_Ropp (1 - delta)).
  apply Rabs_sigma_hat_le; [exact Hc|rewrite Rabs_Ropp, Rabs_pos_eq; lra].
Qed.

(** The quadratic bound behind step (b): an index [i >= 2] is dominated by 2. *)
Lemma sigma_hat_le_quadratic (x : R) :
  0 <= x <= 1 -> sigma_hat c x <= c 1%nat * x + mu c * x ^ 2.
Proof.
  intros Hx.
  apply (is_series_Rle (fun n => c n * x ^ n)
    (fun n => x ^ 2 * c n + if Nat.eqb n 1 then c 1%nat * (x - x ^ 2) else 0)).
  - intros n; pose proof (normalized_ge_0 c Hc n) as Hn.
    destruct Hc as (_ & H0 & _).
    destruct n as [|[|n]]; [rewrite H0; simpl; lra|simpl; lra|].
    replace (x ^ S (S n)) with (x ^ 2 * x ^ n) by (simpl; ring).
    simpl Nat.eqb; cbv iota.
    assert (0 <= (x ^ 2 * c (S (S n))) * (1 - x ^ n)); [|lra].
    apply Rmult_le_pos; [apply Rmult_le_pos; [apply pow2_ge_0|exact Hn]|].
    pose proof (pow_le_1 x n Hx); lra.
  - apply is_series_sigma_hat; [exact Hc|rewrite Rabs_pos_eq; lra].
  - replace (c 1%nat * x + mu c * x ^ 2) with (x ^ 2 * 1 + c 1%nat * (x - x ^ 2))
      by (unfold mu; ring).
    apply is_series_Rplus; [|apply is_series_single].
    apply is_series_Rmult_l, Hc.
Qed.

(** Lemma 23, step (b), the inequality. *)
Theorem lemma23_b (delta : R) : 0 <= delta <= 1 ->
  sigma_hat c (1 - delta) <= c 1%nat * (1 - delta) + mu c * (1 - delta) ^ 2.
Proof. intros Hd; apply sigma_hat_le_quadratic; lra. Qed.

(** Lemma 23, step (b), the identity. *)
Theorem lemma23_b' (delta : R) :
  c 1%nat * (1 - delta) + mu c * (1 - delta) ^ 2 = (1 - delta) * (1 - mu c * delta).
Proof. unfold mu; ring. Qed.

(** Lemma 23, step (c). *)
Theorem lemma23_c (delta : R) : 1/2 < delta <= 1 ->
  (1 - delta) * (1 - mu c * delta) <= (1 - mu c / 2) * (1 - delta).
Proof.
  intros Hd; pose proof (mu_bounds_weak c Hc) as Hmu.
  assert (0 <= mu c * ((1 - delta) * (delta - 1/2))); [|nra].
  apply Rmult_le_pos; [lra|apply Rmult_le_pos; lra].
Qed.

(** Lemma 23, step (d), the identity. *)
Theorem lemma23_d (delta : R) :
  (1 - delta) * (1 - mu c * delta) = 1 - (1 + mu c) * delta + mu c * delta ^ 2.
Proof. ring. Qed.

(** Lemma 23, step (d), the inequality. *)
Theorem lemma23_d' (delta : R) : 0 <= delta <= 1/2 ->
  1 - (1 + mu c) * delta + mu c * delta ^ 2 <= 1 - (1 + mu c / 2) * delta.
Proof.
  intros Hd; pose proof (mu_bounds_weak c Hc) as Hmu.
  assert (0 <= mu c * (delta * (1/2 - delta))); [|nra].
  apply Rmult_le_pos; [lra|apply Rmult_le_pos; lra].
Qed.

(** Lemma 23, all steps together: the bound before the case distinction. *)
Corollary sigma_hat_le_product (delta : R) : 0 <= delta <= 1 ->
  sigma_hat c (1 - delta) <= (1 - delta) * (1 - mu c * delta).
Proof. intros Hd; rewrite <- lemma23_b'; apply lemma23_b, Hd. Qed.

(** Lemma 23, first branch. *)
Theorem lemma23_small (delta : R) : 0 <= delta <= 1/2 ->
  sigma_hat c (1 - delta) <= 1 - (1 + mu c / 2) * delta.
Proof.
  intros Hd; eapply Rle_trans; [apply sigma_hat_le_product; lra|].
  rewrite lemma23_d; apply lemma23_d', Hd.
Qed.

(** Lemma 23, second branch; it also holds at [delta = 1/2], where both agree. *)
Theorem lemma23_large (delta : R) : 1/2 <= delta <= 1 ->
  sigma_hat c (1 - delta) <= (1 - mu c / 2) * (1 - delta).
Proof.
  intros [[Hd|Hd] Hd1].
  - eapply Rle_trans; [apply sigma_hat_le_product; lra|apply lemma23_c; lra].
  - subst delta; eapply Rle_trans; [apply lemma23_small; lra|lra].
Qed.

End Lemma23.

(** The right hand side of Lemma 23. *)
Definition lemma23_bound (mu delta : R) : R :=
  if Rle_dec delta (1/2) then 1 - (1 + mu/2) * delta else (1 - mu/2) * (1 - delta).

(** Lemma 23. *)
Theorem lemma23 (c : nat -> R) (delta : R) : normalized c -> 0 <= delta <= 1 ->
  Rabs (sigma_hat c (- (1 - delta))) <= sigma_hat c (1 - delta) /\
  sigma_hat c (1 - delta) <= lemma23_bound (mu c) delta.
Proof.
  intros Hc Hd; split; [apply lemma23_a; assumption|].
  unfold lemma23_bound; destruct (Rle_dec delta (1/2)) as [H|H].
  - apply lemma23_small; [exact Hc|lra].
  - apply lemma23_large; [exact Hc|lra].
Qed.
