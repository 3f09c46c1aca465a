(** What the generated file about rational matrices rests on: extreme eigenvalues enclosed by sums
    of squares, and iterates of a dual within [-1, 1]. *)

From Coq Require Import Reals ZArith Lra Lia.
From Conditioning Require Import Matrices Language Instances Polynomials Intervals.
Open Scope R_scope.

(** lo |v|^2 <= v^T K v <= hi |v|^2. *)
Definition form_between (n : Z) (K : Z -> Z -> R) (lo hi : R) : Prop :=
  forall v, lo * nrm2 (Z.to_nat n) v <= form (Z.to_nat n) (block K) v <= hi * nrm2 (Z.to_nat n) v.

Lemma least_ge (n : Z) (K : Z -> Z -> R) (lo hi b : R) : (1 <= n)%Z ->
  form_between n K lo hi -> b <= lo -> b <= least_eigenvalue n K.
Proof.
  intros Hn H Hb; apply Rle_trans with (1 := Hb).
  exact (lambda_min_ge (Z.to_nat n) (block K) lo hi ltac:(lia) H).
Qed.

Lemma least_gt_0 (n : Z) (K : Z -> Z -> R) (lo hi : R) : (1 <= n)%Z ->
  form_between n K lo hi -> 0 < lo -> 0 < least_eigenvalue n K.
Proof. intros Hn H H0; pose proof (least_ge n K lo hi lo Hn H ltac:(lra)); lra. Qed.

Lemma condition_le (n : Z) (K : Z -> Z -> R) (lo hi b : R) : (1 <= n)%Z ->
  form_between n K lo hi -> 0 < lo -> hi / lo <= b -> condition_number n K <= b.
Proof.
  intros Hn H H0 Hb; apply Rle_trans with (2 := Hb).
  apply (kappa_le (Z.to_nat n) (block K) lo hi ltac:(lia) H H0).
Qed.

Lemma iterates_within_all (V : R -> Prop) (f : R -> R) (L : Z) (x : R) :
  (forall r, Rabs r <= 1 -> Rabs (f r) <= 1) -> (forall r, Rabs r <= 1 -> V r) ->
  Rabs x <= 1 -> (0 <= L)%Z -> iterates_within V f L x.
Proof.
  intros Hf HV Hx HL; assert (H : forall k, (0 <= k)%Z -> Rabs (iterate f k x) <= 1).
  { apply natlike_ind; [exact Hx|]; intros k Hk IH; unfold Z.succ.
    rewrite iterate_succ by exact Hk; apply Hf, IH. }
  split; [exact HL|]; intros k Hk; split; [|intros _; apply HV]; apply H; lia.
Qed.

(** Each of the first few integers in the place of an index. *)
Ltac each_index i :=
  match goal with
  | _ : (1 <= i <= 3)%Z |- _ => assert (i = 1 \/ i = 2 \/ i = 3)%Z as [-> | [-> | ->]] by lia
  | _ : (1 <= i <= 4)%Z |- _ =>
      assert (i = 1 \/ i = 2 \/ i = 3 \/ i = 4)%Z as [-> | [-> | [-> | ->]]] by lia
  end.

(** Both bounds of a form whose entries are numbers: `sums` proves it for real numbers. *)
Ltac computed :=
  intros v;
  cbv -[Rplus Rmult Rminus Rdiv Ropp Rinv IZR powerRZ Rle];
  powers.
Ltac squares :=
  repeat apply Rplus_le_le_0_compat; (apply Rmult_le_pos; [lra|apply pow2_ge_0]).
