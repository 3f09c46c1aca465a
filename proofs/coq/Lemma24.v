(** Lemma 7 (= Lemma 24) of the paper: a power series with nonnegative
    coefficients, applied entrywise to a positive definite matrix with unit
    diagonal, with each displayed step of its proof. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Conditioning Require Import Series Matrices.
Open Scope R_scope.

Lemma is_series_sum (n : nat) (g : nat -> nat -> R) (l : nat -> R) :
  (forall i, (i < n)%nat -> is_series (g i) (l i)) ->
  is_series (fun m => sum n (fun i => g i m)) (sum n l).
Proof.
  induction n as [|n IH]; intros H; [exact is_series_zero|]; simpl.
  apply is_series_Rplus; [apply IH; intros; apply H|apply H]; lia.
Qed.

(** Functions that, applied entrywise, preserve positive semidefiniteness of
    matrices with entries in [-1, 1]. *)
Definition preserves_psd (f : R -> R) : Prop :=
  forall n A, psd n A -> (forall i j, (i < n)%nat -> (j < n)%nat -> Rabs (A i j) <= 1) ->
  psd n (entrywise f A).

Lemma preserves_psd_id : preserves_psd (fun x => x).
Proof. intros n A HA _; exact HA. Qed.

Lemma preserves_psd_const_1 : preserves_psd (fun _ => 1).
Proof. intros n A HA _; exact (psd_hadamard_pow n 0 A HA). Qed.

Lemma preserves_psd_mult (f g : R -> R) :
  preserves_psd f -> preserves_psd g -> preserves_psd (fun x => f x * g x).
Proof. intros Hf Hg n A HA HA1; exact (schur_product n _ _ (Hf n A HA HA1) (Hg n A HA HA1)). Qed.

Lemma preserves_psd_plus (f g : R -> R) :
  preserves_psd f -> preserves_psd g -> preserves_psd (fun x => f x + g x).
Proof.
  intros Hf Hg n A HA HA1; split.
  - intros i j Hi Hj; unfold entrywise; rewrite (proj1 HA i j Hi Hj); reflexivity.
  - intros v; unfold entrywise; rewrite form_plus.
    apply Rplus_le_le_0_compat; [apply (Hf n A HA HA1)|apply (Hg n A HA HA1)].
Qed.

Lemma preserves_psd_comp (f g : R -> R) :
  preserves_psd f -> preserves_psd g -> (forall x, Rabs x <= 1 -> Rabs (g x) <= 1) ->
  preserves_psd (fun x => f (g x)).
Proof.
  intros Hf Hg Hb n A HA HA1; apply (Hf n (entrywise g A)); [apply Hg; assumption|].
  intros i j Hi Hj; apply Hb, HA1; assumption.
Qed.

Section PowerSeries.

Variable a : nat -> R.
Hypothesis a_ge_0 : forall i, 0 <= a i.
Hypothesis ex_a : ex_series a.

(** Lemma 24, step (a): [f[K] = sum a_i K^i] in Hadamard powers, as forms. *)
Theorem lemma24_a (n : nat) (K : matrix) (v : nat -> R) :
  (forall i j, (i < n)%nat -> (j < n)%nat -> Rabs (K i j) <= 1) ->
  is_series (fun m => a m * form n (hadamard_pow K m) v)
            (form n (entrywise (PSeries a) K) v).
Proof.
  intros HK.
  apply (is_series_ext (fun m => sum n (fun i => sum n (fun j =>
           (v i * v j) * (a m * K i j ^ m))))).
  { intros m; change (sum n (fun i => sum n (fun j => (v i * v j) * (a m * K i j ^ m))) =
                      a m * form n (hadamard_pow K m) v).
    rewrite <- form_mult_l; apply sum_ext; intros i _; apply sum_ext; intros j _.
    unfold hadamard_pow; ring. }
  unfold form, entrywise.
  apply (is_series_sum n (fun i m => sum n (fun j => (v i * v j) * (a m * K i j ^ m)))).
  intros i Hi.
  apply (is_series_sum n (fun j m => (v i * v j) * (a m * K i j ^ m))).
  intros j Hj; replace (v i * PSeries a (K i j) * v j)
    with ((v i * v j) * PSeries a (K i j)) by ring.
  apply is_series_Rmult_l, is_series_PSeries; auto.
Qed.

(** A power series with nonnegative coefficients preserves positive
    semidefiniteness. *)
Theorem psd_entrywise_PSeries : preserves_psd (PSeries a).
Proof.
  intros n A HA HA1; split.
  - intros i j Hi Hj; unfold entrywise; rewrite (proj1 HA i j Hi Hj); reflexivity.
  - intros v.
    apply (is_series_Rpos (fun m => a m * form n (hadamard_pow A m) v)).
    + intros m; apply Rmult_le_pos; [apply a_ge_0|apply psd_hadamard_pow, HA].
    + apply lemma24_a, HA1.
Qed.

Section UnitDiagonal.

Variables (n : nat) (K : matrix) (delta : R).
Hypothesis HK : ge_scalar n K delta.
Hypothesis HU : unit_diag n K.

(** [K - delta I]. *)
Let A : matrix := fun i j => K i j + scalar (- delta) i j.

Lemma shifted_off_diag (i j : nat) : i <> j -> A i j = K i j.
Proof.
  intros Hne; unfold A, scalar; destruct (Nat.eqb_spec i j); [contradiction|ring].
Qed.

Lemma shifted_diag (i : nat) : (i < n)%nat -> A i i = 1 - delta.
Proof. intros Hi; unfold A, scalar; rewrite Nat.eqb_refl, HU by exact Hi; ring. Qed.

(** [K >= delta I] with unit diagonal forces [delta <= 1]. *)
Lemma unit_diag_delta_le_1 : (0 < n)%nat -> delta <= 1.
Proof.
  intros Hn; pose proof (proj1 (ge_scalar_psd n K delta) HK) as HA; fold A in HA.
  pose proof (psd_diag_ge_0 n 0 A HA Hn) as H; rewrite shifted_diag in H; trivial; lra.
Qed.

(** Assumption 2 implies Assumption 1 (asserted in the paper). *)
Theorem assumption2_implies_1 (i j : nat) :
  (i < n)%nat -> (j < n)%nat -> i <> j -> Rabs (K i j) <= 1 - delta.
Proof.
  intros Hi Hj Hne; rewrite <- (shifted_off_diag i j Hne).
  apply (psd_entry_le n); trivial; try (rewrite shifted_diag by assumption; lra).
  apply ge_scalar_psd, HK.
Qed.

(** Lemma 24, step (b): [K^i = (K - delta I)^i + (1 - (1 - delta)^i) I] in
    Hadamard powers; it holds at [i = 0] too. *)
Theorem lemma24_b (m i j : nat) : (i < n)%nat -> (j < n)%nat ->
  hadamard_pow K m i j =
  hadamard_pow (fun i j => K i j + scalar (- delta) i j) m i j +
  scalar (1 - (1 - delta) ^ m) i j.
Proof.
  intros Hi Hj; change (hadamard_pow K m i j =
    hadamard_pow A m i j + scalar (1 - (1 - delta) ^ m) i j).
  unfold hadamard_pow; destruct (Nat.eq_dec i j) as [<-|Hne].
  - rewrite shifted_diag, HU by exact Hi; unfold scalar; rewrite Nat.eqb_refl, pow1; ring.
  - rewrite shifted_off_diag by exact Hne; unfold scalar.
    destruct (Nat.eqb_spec i j); [contradiction|ring].
Qed.

(** Lemma 24, step (c): [(K - delta I)^i >= 0] in Hadamard powers, by the
    Schur product theorem. *)
Theorem lemma24_c (m : nat) :
  psd n (hadamard_pow (fun i j => K i j + scalar (- delta) i j) m).
Proof. apply psd_hadamard_pow, ge_scalar_psd, HK. Qed.

(** Lemma 24, step (d), for any function that preserves positive
    semidefiniteness, and [delta >= 0]. *)
Theorem lemma24_preserves (f : R -> R) : preserves_psd f -> 0 <= delta ->
  ge_scalar n (entrywise f K) (f 1 - f (1 - delta)).
Proof.
  intros Hf Hd; destruct (Nat.eq_dec n 0) as [Hn|Hn].
  { split; [intros i j Hi; lia|]; rewrite Hn; intros v; unfold nrm2, form; simpl; lra. }
  pose proof (unit_diag_delta_le_1 ltac:(lia)) as Hd1.
  pose proof (proj1 (ge_scalar_psd n K delta) HK) as HA; fold A in HA.
  assert (HA1 : forall i j, (i < n)%nat -> (j < n)%nat -> Rabs (A i j) <= 1).
  { intros i j Hi Hj; apply (psd_entry_le n); trivial;
      rewrite shifted_diag by assumption; lra. }
  pose proof (Hf n A HA HA1) as [_ HF]; split.
  - intros i j Hi Hj; unfold entrywise; rewrite (proj1 HK i j Hi Hj); reflexivity.
  - intros v; specialize (HF v).
    rewrite (form_ext n (entrywise f K) (fun i j =>
      entrywise f A i j + scalar (f 1 - f (1 - delta)) i j) v v);
      [rewrite form_plus, form_scalar; lra| |reflexivity].
    intros i j Hi Hj; unfold entrywise; destruct (Nat.eq_dec i j) as [<-|Hne].
    + rewrite shifted_diag, HU by exact Hi; unfold scalar; rewrite Nat.eqb_refl; ring.
    + rewrite shifted_off_diag by exact Hne; unfold scalar.
      destruct (Nat.eqb_spec i j); [contradiction|ring].
Qed.

(** Lemma 24, for [delta >= 0]. *)
Theorem lemma24_nonneg : 0 <= delta ->
  ge_scalar n (entrywise (PSeries a) K) (PSeries a 1 - PSeries a (1 - delta)).
Proof. apply lemma24_preserves, psd_entrywise_PSeries. Qed.

End UnitDiagonal.

End PowerSeries.

(** Lemma 7 (= Lemma 24); [a 0] need not vanish. *)
Theorem lemma24 (a : nat -> R) (n : nat) (K : matrix) (delta : R) :
  (forall i, 0 <= a i) -> ex_series a ->
  0 < delta -> ge_scalar n K delta -> unit_diag n K ->
  ge_scalar n (entrywise (PSeries a) K) (PSeries a 1 - PSeries a (1 - delta)).
Proof. intros Ha Hs Hd HK HU; apply lemma24_nonneg; trivial; lra. Qed.
