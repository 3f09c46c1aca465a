(** Theorem 2 of the paper, in sequence form: the kernel
    [KT i j = sigma_hat^(L) (K i j)] of infinite width, for a matrix [K] of any
    size with unit diagonal. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Conditioning Require Import Series Lemma22 Lemma23 Depth Matrices Lemma24.
Open Scope R_scope.

Definition assumption1 (n : nat) (K : matrix) (delta : R) : Prop :=
  forall i j, (i < n)%nat -> (j < n)%nat -> i <> j -> Rabs (K i j) <= 1 - delta.

Definition assumption2 (n : nat) (K : matrix) (delta : R) : Prop := ge_scalar n K delta.

(** The top-layer kernel matrix after [L] layers. *)
Definition top_kernel (c : nat -> R) (L : nat) (K : matrix) : matrix :=
  entrywise (Nat.iter L (sigma_hat c)) K.

(** The diagonal stays 1: step (a) of Corollary 3. *)
Theorem corollary3_a (c : nat -> R) (n L : nat) (K : matrix) :
  normalized c -> unit_diag n K -> unit_diag n (top_kernel c L K).
Proof.
  intros Hc HU i Hi; unfold top_kernel, entrywise.
  rewrite HU by exact Hi; apply iter_1, Hc.
Qed.

(** Theorem 2, part 1. *)
Theorem theorem2_part1 (c : nat -> R) (n L : nat) (K : matrix) (delta : R) :
  normalized c -> nonlinear c -> 0 < delta <= 1 -> assumption1 n K delta ->
  forall i j, (i < n)%nat -> (j < n)%nat -> i <> j ->
  Rabs (top_kernel c L K i j) <= B (mu c) delta L.
Proof. intros Hc Hn Hd H1 i j Hi Hj Hne; apply lemma6; auto. Qed.

(** The lower bound behind part 2, by induction on depth with Lemma 24 at each
    layer; no statement about the coefficients of the iterate is needed. *)
Theorem top_kernel_ge_scalar (c : nat -> R) (n L : nat) (K : matrix) (delta : R) :
  normalized c -> 0 <= delta <= 1 -> unit_diag n K -> assumption2 n K delta ->
  ge_scalar n (top_kernel c L K) (1 - Nat.iter L (sigma_hat c) (1 - delta)).
Proof.
  intros Hc Hd HU H2; induction L as [|L IH].
  - simpl; replace (1 - (1 - delta)) with delta by ring; exact H2.
  - pose proof (iter_bounds c Hc L (1 - delta) ltac:(lra)) as Hb.
    pose proof (lemma24_nonneg c (normalized_ge_0 c Hc) (normalized_ex_series c Hc)
      n (top_kernel c L K) _ IH (corollary3_a c n L K Hc HU) ltac:(lra)) as H.
    fold (sigma_hat c 1) in H; rewrite (sigma_hat_1 c Hc) in H.
    replace (1 - (1 - Nat.iter L (sigma_hat c) (1 - delta)))
      with (Nat.iter L (sigma_hat c) (1 - delta)) in H by ring.
    exact H.
Qed.

(** Theorem 2, part 2, as a bound of the quadratic form. *)
Theorem theorem2_part2 (c : nat -> R) (n L : nat) (K : matrix) (delta : R) :
  normalized c -> nonlinear c -> 0 < delta <= 1 ->
  unit_diag n K -> assumption2 n K delta ->
  ge_scalar n (top_kernel c L K) (1 - B (mu c) delta L).
Proof.
  intros Hc Hn Hd HU H2.
  apply ge_scalar_le with (1 - Nat.iter L (sigma_hat c) (1 - delta)).
  - pose proof (iter_le_B c Hc delta Hd (proj1 (lemma22 c Hc Hn)) L); lra.
  - apply top_kernel_ge_scalar; trivial; lra.
Qed.

(** Gershgorin for the top-layer kernel. *)
Lemma top_kernel_form (c : nat -> R) (n L : nat) (K : matrix) (b : R) (v : nat -> R) :
  normalized c -> unit_diag n K ->
  (forall i j, (i < n)%nat -> (j < n)%nat -> i <> j -> Rabs (top_kernel c L K i j) <= b) ->
  (1 - (INR n - 1) * b) * nrm2 n v <= form n (top_kernel c L K) v
    <= (1 + (INR n - 1) * b) * nrm2 n v.
Proof. intros Hc HU Hb; apply gershgorin; [apply corollary3_a; assumption|exact Hb]. Qed.

(** Theorem 2, part 2, for the least eigenvalue. *)
Theorem theorem2_part2_lambda_min (c : nat -> R) (n L : nat) (K : matrix) (delta : R) :
  normalized c -> nonlinear c -> (0 < n)%nat -> 0 < delta <= 1 ->
  unit_diag n K -> assumption2 n K delta ->
  1 - B (mu c) delta L <= lambda_min n (top_kernel c L K).
Proof.
  intros Hc Hn Hn0 Hd HU H2.
  apply lambda_min_ge with (hi := 1 + (INR n - 1) * B (mu c) delta L); [exact Hn0|].
  intros v; split; [apply theorem2_part2; assumption|].
  apply top_kernel_form; trivial; apply theorem2_part1; trivial.
  intros i j; apply (assumption2_implies_1 n K delta); assumption.
Qed.
