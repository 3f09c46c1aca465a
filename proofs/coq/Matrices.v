(** Symmetric matrices of any size, as functions of two indices, through their
    quadratic forms: positive semidefiniteness, the Schur product theorem, the
    entries of a Gram matrix of unit vectors, Gershgorin's bound, and the
    extreme eigenvalues as extrema of the Rayleigh quotient. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
Open Scope R_scope.

(** ** Finite sums *)

(** [f 0 + ... + f (n-1)]. *)
Fixpoint sum (n : nat) (f : nat -> R) : R :=
  match n with O => 0 | S k => sum k f + f k end.

Lemma sum_ext (n : nat) (f g : nat -> R) :
  (forall i, (i < n)%nat -> f i = g i) -> sum n f = sum n g.
Proof.
  induction n as [|n IH]; intros H; [reflexivity|].
  simpl; rewrite IH by (intros; apply H; lia); rewrite H by lia; reflexivity.
Qed.

Lemma sum_plus (n : nat) (f g : nat -> R) :
  sum n (fun i => f i + g i) = sum n f + sum n g.
Proof. induction n as [|n IH]; simpl; [|rewrite IH]; ring. Qed.

Lemma sum_mult_l (n : nat) (k : R) (f : nat -> R) :
  sum n (fun i => k * f i) = k * sum n f.
Proof. induction n as [|n IH]; simpl; [|rewrite IH]; ring. Qed.

Lemma sum_const (n : nat) (k : R) : sum n (fun _ => k) = INR n * k.
Proof. induction n as [|n IH]; [simpl; ring|]. rewrite S_INR; simpl; rewrite IH; ring. Qed.

Lemma sum_le (n : nat) (f g : nat -> R) :
  (forall i, (i < n)%nat -> f i <= g i) -> sum n f <= sum n g.
Proof.
  induction n as [|n IH]; intros H; simpl; [lra|].
  apply Rplus_le_compat; [apply IH; intros; apply H|apply H]; lia.
Qed.

Lemma sum_ge_0 (n : nat) (f : nat -> R) :
  (forall i, (i < n)%nat -> 0 <= f i) -> 0 <= sum n f.
Proof.
  intros H; replace 0 with (sum n (fun _ => 0)) by (rewrite sum_const; ring).
  apply sum_le, H.
Qed.

Lemma sum_single (n i : nat) (f : nat -> R) :
  (i < n)%nat -> sum n (fun j => if Nat.eqb j i then f j else 0) = f i.
Proof.
  intros Hi; induction n as [|n IH]; [lia|]; simpl.
  destruct (Nat.eqb_spec n i) as [->|Hne].
  - rewrite (sum_ext i _ (fun _ => 0)); [rewrite sum_const; ring|].
    intros j Hj; destruct (Nat.eqb_spec j i); [lia|reflexivity].
  - rewrite IH by lia; ring.
Qed.

(** ** Quadratic forms *)

Definition matrix := nat -> nat -> R.

Definition symmetric (n : nat) (M : matrix) : Prop :=
  forall i j, (i < n)%nat -> (j < n)%nat -> M i j = M j i.

(** [v^T M v]. *)
Definition form (n : nat) (M : matrix) (v : nat -> R) : R :=
  sum n (fun i => sum n (fun j => v i * M i j * v j)).

(** [||v||^2]. *)
Definition nrm2 (n : nat) (v : nat -> R) : R := sum n (fun i => v i * v i).

(** [M >= d I]. *)
Definition ge_scalar (n : nat) (M : matrix) (d : R) : Prop :=
  symmetric n M /\ forall v, d * nrm2 n v <= form n M v.

(** [M >= 0]. *)
Definition psd (n : nat) (M : matrix) : Prop :=
  symmetric n M /\ forall v, 0 <= form n M v.

Definition unit_diag (n : nat) (M : matrix) : Prop :=
  forall i, (i < n)%nat -> M i i = 1.

(** Entrywise application, product and power. *)
Definition entrywise (f : R -> R) (M : matrix) : matrix := fun i j => f (M i j).
Definition hadamard (A M : matrix) : matrix := fun i j => A i j * M i j.
Definition hadamard_pow (M : matrix) (m : nat) : matrix := fun i j => M i j ^ m.

(** [d I]. *)
Definition scalar (d : R) : matrix := fun i j => if Nat.eqb i j then d else 0.

Lemma form_ext (n : nat) (M N : matrix) (v w : nat -> R) :
  (forall i j, (i < n)%nat -> (j < n)%nat -> M i j = N i j) ->
  (forall i, (i < n)%nat -> v i = w i) -> form n M v = form n N w.
Proof.
  intros HM Hv; apply sum_ext; intros i Hi; apply sum_ext; intros j Hj.
  rewrite HM, !Hv; trivial.
Qed.

Lemma nrm2_ge_0 (n : nat) (v : nat -> R) : 0 <= nrm2 n v.
Proof. apply sum_ge_0; intros i _; nra. Qed.

Lemma form_plus (n : nat) (M N : matrix) (v : nat -> R) :
  form n (fun i j => M i j + N i j) v = form n M v + form n N v.
Proof.
  unfold form; rewrite <- sum_plus; apply sum_ext; intros i _.
  rewrite <- sum_plus; apply sum_ext; intros j _; ring.
Qed.

Lemma form_mult_l (n : nat) (k : R) (M : matrix) (v : nat -> R) :
  form n (fun i j => k * M i j) v = k * form n M v.
Proof.
  unfold form; rewrite <- sum_mult_l; apply sum_ext; intros i _.
  rewrite <- sum_mult_l; apply sum_ext; intros j _; ring.
Qed.

Lemma form_apply (n : nat) (M : matrix) (v : nat -> R) :
  form n M v = sum n (fun i => v i * sum n (fun j => M i j * v j)).
Proof.
  apply sum_ext; intros i _; rewrite <- sum_mult_l.
  apply sum_ext; intros j _; ring.
Qed.

Lemma form_scalar (n : nat) (d : R) (v : nat -> R) :
  form n (scalar d) v = d * nrm2 n v.
Proof.
  rewrite form_apply; unfold nrm2; rewrite <- sum_mult_l; apply sum_ext; intros i Hi.
  rewrite (sum_ext n _ (fun j => if Nat.eqb j i then d * v j else 0)).
  - rewrite sum_single by exact Hi; ring.
  - intros j _; unfold scalar; rewrite Nat.eqb_sym; destruct (Nat.eqb j i); ring.
Qed.

(** The form of a rank-one matrix is a square. *)
Lemma form_rank_one (n : nat) (a v : nat -> R) :
  form n (fun i j => a i * a j) v = sum n (fun i => a i * v i) ^ 2.
Proof.
  rewrite form_apply; simpl pow; rewrite Rmult_1_r, <- sum_mult_l.
  apply sum_ext; intros i _.
  rewrite (sum_ext n _ (fun j => a i * (a j * v j))) by (intros; ring).
  rewrite sum_mult_l; ring.
Qed.

(** Splitting off the last index. *)
Lemma form_S (n : nat) (M : matrix) (v : nat -> R) : symmetric (S n) M ->
  form (S n) M v = form n M v + 2 * v n * sum n (fun i => M i n * v i) + M n n * v n ^ 2.
Proof.
  intros HS; unfold form at 1; simpl sum.
  rewrite sum_plus; fold (form n M v).
  rewrite (sum_ext n (fun j => v n * M n j * v j) (fun i => v n * (M i n * v i)))
    by (intros i Hi; rewrite (HS n i) by lia; ring).
  rewrite (sum_ext n (fun i => v i * M i n * v n) (fun i => v n * (M i n * v i)))
    by (intros; ring).
  rewrite sum_mult_l; ring.
Qed.

Lemma symmetric_pred (n : nat) (M : matrix) : symmetric (S n) M -> symmetric n M.
Proof. intros H i j Hi Hj; apply H; lia. Qed.

Lemma ge_scalar_le (n : nat) (M : matrix) (d e : R) :
  e <= d -> ge_scalar n M d -> ge_scalar n M e.
Proof.
  intros He [HS H]; split; [exact HS|]; intros v.
  eapply Rle_trans; [|apply H]; apply Rmult_le_compat_r; [apply nrm2_ge_0|exact He].
Qed.

(** [M >= d I] if and only if [M - d I >= 0]. *)
Lemma ge_scalar_psd (n : nat) (M : matrix) (d : R) :
  ge_scalar n M d <-> psd n (fun i j => M i j + scalar (- d) i j).
Proof.
  assert (E : forall v, form n (fun i j => M i j + scalar (- d) i j) v =
                        form n M v - d * nrm2 n v)
    by (intros v; rewrite form_plus, form_scalar; ring).
  split; intros [HS H]; split.
  - intros i j Hi Hj; unfold scalar; rewrite (HS i j Hi Hj), (Nat.eqb_sym i j); reflexivity.
  - intros v; rewrite E; specialize (H v); lra.
  - intros i j Hi Hj; specialize (HS i j Hi Hj); unfold scalar in HS.
    rewrite (Nat.eqb_sym j i) in HS; lra.
  - intros v; specialize (H v); rewrite E in H; lra.
Qed.

(** ** Entries of a positive semidefinite matrix *)

(** The vector [x e_i + y e_j]. *)
Definition two (i j : nat) (x y : R) : nat -> R :=
  fun k => if Nat.eqb k i then x else if Nat.eqb k j then y else 0.

Lemma sum_two (n i j : nat) (x y : R) (g : nat -> R) :
  (i < n)%nat -> (j < n)%nat -> i <> j ->
  sum n (fun k => two i j x y k * g k) = x * g i + y * g j.
Proof.
  intros Hi Hj Hne.
  rewrite (sum_ext n _ (fun k => (if Nat.eqb k i then x * g k else 0) +
                                 (if Nat.eqb k j then y * g k else 0))).
  - rewrite sum_plus, !sum_single by assumption; reflexivity.
  - intros k _; unfold two.
    destruct (Nat.eqb_spec k i); destruct (Nat.eqb_spec k j); subst; try lia; ring.
Qed.

Lemma form_two (n i j : nat) (x y : R) (M : matrix) :
  symmetric n M -> (i < n)%nat -> (j < n)%nat -> i <> j ->
  form n M (two i j x y) = x ^ 2 * M i i + 2 * x * y * M i j + y ^ 2 * M j j.
Proof.
  intros HS Hi Hj Hne; rewrite form_apply, sum_two by assumption.
  rewrite !(sum_ext n (fun k => M _ k * two i j x y k)
    (fun k => two i j x y k * M _ k)) by (intros; ring).
  rewrite !sum_two by assumption; rewrite (HS j i) by assumption; ring.
Qed.

Lemma form_basis (n i : nat) (M : matrix) : (i < n)%nat ->
  form n M (fun k => if Nat.eqb k i then 1 else 0) = M i i.
Proof.
  intros Hi; rewrite form_apply.
  rewrite (sum_ext n _ (fun k => if Nat.eqb k i then M k i else 0)).
  - apply (sum_single n i (fun k => M k i)), Hi.
  - intros k _; destruct (Nat.eqb k i); [|ring].
    rewrite (sum_ext n _ (fun j => if Nat.eqb j i then M k j else 0)).
    + rewrite sum_single by exact Hi; ring.
    + intros j _; destruct (Nat.eqb j i); ring.
Qed.

Lemma nrm2_basis (n i : nat) : (i < n)%nat ->
  nrm2 n (fun k => if Nat.eqb k i then 1 else 0) = 1.
Proof.
  intros Hi; unfold nrm2.
  rewrite (sum_ext n _ (fun k => if Nat.eqb k i then 1 else 0)).
  - apply (sum_single n i (fun _ => 1)), Hi.
  - intros k _; destruct (Nat.eqb k i); ring.
Qed.

Lemma psd_diag_ge_0 (n i : nat) (M : matrix) : psd n M -> (i < n)%nat -> 0 <= M i i.
Proof. intros [_ H] Hi; rewrite <- (form_basis n i M Hi); apply H. Qed.

(** Diagonal entries at most [d] bound all entries by [d]. *)
Lemma psd_entry_le (n i j : nat) (M : matrix) (d : R) :
  psd n M -> (i < n)%nat -> (j < n)%nat -> M i i <= d -> M j j <= d -> Rabs (M i j) <= d.
Proof.
  intros HM Hi Hj Hii Hjj.
  destruct (Nat.eq_dec i j) as [->|Hne].
  - rewrite Rabs_pos_eq; [exact Hii|apply (psd_diag_ge_0 n); assumption].
  - destruct HM as [HS H]; apply Rabs_le.
    pose proof (H (two i j 1 1)) as H1; pose proof (H (two i j 1 (-1))) as H2.
    rewrite form_two in H1, H2 by assumption; lra.
Qed.

(** The entries of a Gram matrix of unit vectors lie in [-1, 1]. *)
Theorem gram_entry_le_1 (n i j : nat) (K : matrix) :
  psd n K -> unit_diag n K -> (i < n)%nat -> (j < n)%nat -> Rabs (K i j) <= 1.
Proof. intros HK HU Hi Hj; apply (psd_entry_le n); trivial; rewrite HU by assumption; lra. Qed.

(** A zero on the diagonal makes its column vanish. *)
Lemma psd_zero_column (n i j : nat) (M : matrix) :
  psd n M -> (i < n)%nat -> (j < n)%nat -> i <> j -> M j j = 0 -> M i j = 0.
Proof.
  intros [HS H] Hi Hj Hne Hz.
  pose proof (H (two i j 1 (- (1 + M i i) / (2 * M i j)))) as Ht.
  rewrite form_two, Hz in Ht by assumption.
  destruct (Req_dec (M i j) 0) as [Hij|Hij]; [exact Hij|exfalso].
  replace (2 * 1 * (- (1 + M i i) / (2 * M i j)) * M i j) with (- (1 + M i i)) in Ht
    by (field; exact Hij); lra.
Qed.

(** ** The Schur complement and the Schur product theorem *)

(** The vector [v] with entry [x] at [n]. *)
Definition extend (n : nat) (v : nat -> R) (x : R) : nat -> R :=
  fun i => if Nat.eqb i n then x else v i.

Lemma extend_lt (n i : nat) (v : nat -> R) (x : R) : (i < n)%nat -> extend n v x i = v i.
Proof. intros Hi; unfold extend; destruct (Nat.eqb_spec i n); [lia|reflexivity]. Qed.

Lemma extend_eq (n : nat) (v : nat -> R) (x : R) : extend n v x n = x.
Proof. unfold extend; rewrite Nat.eqb_refl; reflexivity. Qed.

Lemma form_extend (n : nat) (M : matrix) (v : nat -> R) (x : R) : symmetric (S n) M ->
  form (S n) M (extend n v x) =
  form n M v + 2 * x * sum n (fun i => M i n * v i) + M n n * x ^ 2.
Proof.
  intros HS; rewrite form_S, extend_eq by exact HS; do 2 f_equal.
  - apply form_ext; [reflexivity|]; intros; apply extend_lt; assumption.
  - f_equal; apply sum_ext; intros i Hi; rewrite extend_lt by exact Hi; reflexivity.
Qed.

Lemma psd_pred (n : nat) (M : matrix) : psd (S n) M -> psd n M.
Proof.
  intros [HS H]; split; [apply symmetric_pred, HS|]; intros v.
  specialize (H (extend n v 0)); rewrite form_extend in H by exact HS; lra.
Qed.

(** The Schur complement of the last diagonal entry. *)
Definition complement (n : nat) (M : matrix) : matrix :=
  fun i j => M i j + (- / M n n) * (M i n * M j n).

Lemma form_complement (n : nat) (M : matrix) (v : nat -> R) :
  form n (complement n M) v =
  form n M v - sum n (fun i => M i n * v i) ^ 2 / M n n.
Proof.
  unfold complement; rewrite form_plus.
  rewrite (form_mult_l n (- / M n n) (fun i j => M i n * M j n)).
  rewrite (form_rank_one n (fun i => M i n)); unfold Rdiv; ring.
Qed.

Lemma psd_complement (n : nat) (M : matrix) :
  psd (S n) M -> 0 < M n n -> psd n (complement n M).
Proof.
  intros [HS H] Hp; split.
  - intros i j Hi Hj; unfold complement; rewrite (HS i j) by lia; ring.
  - intros v; rewrite form_complement.
    specialize (H (extend n v (- sum n (fun i => M i n * v i) / M n n))).
    rewrite form_extend in H by exact HS.
    set (s := sum n _) in *.
    replace (form n M v - s ^ 2 / M n n)
      with (form n M v + 2 * (- s / M n n) * s + M n n * (- s / M n n) ^ 2)
      by (field; lra).
    exact H.
Qed.

(** The Schur product theorem: the entrywise product of two positive
    semidefinite matrices is positive semidefinite. *)
Theorem schur_product (n : nat) (M N : matrix) :
  psd n M -> psd n N -> psd n (hadamard M N).
Proof.
  intros HM HN; split.
  { intros i j Hi Hj; unfold hadamard.
    rewrite (proj1 HM i j), (proj1 HN i j) by assumption; reflexivity. }
  revert M HM; induction n as [|n IH]; intros M HM v; [unfold form; simpl; lra|].
  assert (HS : symmetric (S n) (hadamard M N)).
  { intros i j Hi Hj; unfold hadamard.
    rewrite (proj1 HM i j), (proj1 HN i j) by assumption; reflexivity. }
  pose proof (psd_diag_ge_0 (S n) n M HM ltac:(lia)) as Hd.
  destruct Hd as [Hp|Hz].
  - set (M' := complement n M).
    assert (E : form (S n) (hadamard M N) v =
                form n (hadamard M' N) v +
                (/ M n n) * form (S n) N (fun i => M i n * v i)).
    { rewrite (form_S n (hadamard M N)) by exact HS.
      rewrite (form_S n N) by apply HN.
      assert (E' : form n (hadamard M N) v = form n (hadamard M' N) v +
                   (/ M n n) * form n N (fun i => M i n * v i)).
      { rewrite <- (form_mult_l n (/ M n n)); unfold form.
        rewrite <- sum_plus; apply sum_ext; intros i _.
        rewrite <- sum_plus; apply sum_ext; intros j _.
        unfold hadamard, M', complement; ring. }
      rewrite E'; unfold hadamard at 2 3.
      rewrite (sum_ext n (fun i => M i n * N i n * v i) (fun i => N i n * (M i n * v i)))
        by (intros; ring).
      field; lra. }
    rewrite E; apply Rplus_le_le_0_compat.
    + apply IH; [apply psd_pred, HN|apply psd_complement; assumption].
    + apply Rmult_le_pos; [left; apply Rinv_0_lt_compat, Hp|apply HN].
  - rewrite form_S by exact HS; unfold hadamard at 2 3.
    rewrite <- Hz, (sum_ext n _ (fun _ => 0)), sum_const.
    + pose proof (IH (psd_pred n N HN) M (psd_pred n M HM) v); lra.
    + intros i Hi; rewrite (psd_zero_column (S n) i n M) by (auto; lia); ring.
Qed.

(** Hadamard powers of a positive semidefinite matrix. *)
Theorem psd_hadamard_pow (n m : nat) (M : matrix) : psd n M -> psd n (hadamard_pow M m).
Proof.
  intros HM; induction m as [|m IH].
  - split; [intros i j _ _; reflexivity|]; intros v.
    rewrite (form_ext n _ (fun i j => 1 * 1) v v); trivial.
    + rewrite (form_rank_one n (fun _ => 1)); apply pow2_ge_0.
    + intros; unfold hadamard_pow; simpl; ring.
  - exact (schur_product n M (hadamard_pow M m) HM IH).
Qed.

(** ** Gershgorin *)

(** Unit diagonal and off-diagonal entries at most [b]: the quadratic form
    lies between [(1 - (n-1) b) ||v||^2] and [(1 + (n-1) b) ||v||^2]. *)
Theorem gershgorin (n : nat) (M : matrix) (b : R) (v : nat -> R) :
  unit_diag n M ->
  (forall i j, (i < n)%nat -> (j < n)%nat -> i <> j -> Rabs (M i j) <= b) ->
  (1 - (INR n - 1) * b) * nrm2 n v <= form n M v <= (1 + (INR n - 1) * b) * nrm2 n v.
Proof.
  intros HU Hb.
  assert (E : forall k, sum n (fun i => sum n (fun j =>
      k * (v i * v i + v j * v j) +
      (if Nat.eqb j i then (1 - 2 * k) * (v j * v j) else 0))) =
      (1 + (INR n - 1) * (2 * k)) * nrm2 n v).
  { intros k; rewrite (sum_ext n _ (fun i =>
      k * nrm2 n v + (INR n * k + (1 - 2 * k)) * (v i * v i))).
    - rewrite sum_plus, sum_const, sum_mult_l; fold (nrm2 n v); ring.
    - intros i Hi; rewrite sum_plus, sum_mult_l, sum_plus, sum_const.
      rewrite (sum_single n i (fun j => (1 - 2 * k) * (v j * v j))) by exact Hi.
      fold (nrm2 n v); ring. }
  split.
  - replace (1 - (INR n - 1) * b) with (1 + (INR n - 1) * (2 * (- b / 2))) by field.
    rewrite <- E; apply sum_le; intros i Hi; apply sum_le; intros j Hj.
    destruct (Nat.eqb_spec j i) as [->|Hne]; [rewrite HU by exact Hi; lra|].
    specialize (Hb i j Hi Hj ltac:(lia)); apply Rabs_le_between in Hb.
    pose proof (Rle_0_sqr (v i + v j)) as H1; pose proof (Rle_0_sqr (v i - v j)) as H2.
    unfold Rsqr in *; nra.
  - replace (1 + (INR n - 1) * b) with (1 + (INR n - 1) * (2 * (b / 2))) by field.
    rewrite <- E; apply sum_le; intros i Hi; apply sum_le; intros j Hj.
    destruct (Nat.eqb_spec j i) as [->|Hne]; [rewrite HU by exact Hi; lra|].
    specialize (Hb i j Hi Hj ltac:(lia)); apply Rabs_le_between in Hb.
    pose proof (Rle_0_sqr (v i + v j)) as H1; pose proof (Rle_0_sqr (v i - v j)) as H2.
    unfold Rsqr in *; nra.
Qed.

(** ** Extreme eigenvalues and the condition number *)

(** [x] is a value of the Rayleigh quotient. *)
Definition rayleigh (n : nat) (M : matrix) (x : R) : Prop :=
  exists v, 0 < nrm2 n v /\ form n M v = x * nrm2 n v.

Definition eigenvalue (n : nat) (M : matrix) (l : R) : Prop :=
  exists v, 0 < nrm2 n v /\
    forall i, (i < n)%nat -> sum n (fun j => M i j * v j) = l * v i.

(** The extreme eigenvalues of a symmetric matrix, as the supremum and the
    infimum of the Rayleigh quotient, and the condition number. *)
Definition lambda_max (n : nat) (M : matrix) : R := real (Lub_Rbar (rayleigh n M)).
Definition lambda_min (n : nat) (M : matrix) : R := real (Glb_Rbar (rayleigh n M)).
Definition kappa (n : nat) (M : matrix) : R := lambda_max n M / lambda_min n M.

Lemma eigenvalue_rayleigh (n : nat) (M : matrix) (l : R) :
  eigenvalue n M l -> rayleigh n M l.
Proof.
  intros (v & Hv & H); exists v; split; [exact Hv|].
  rewrite form_apply; unfold nrm2; rewrite <- sum_mult_l.
  apply sum_ext; intros i Hi; rewrite H by exact Hi; ring.
Qed.

Lemma rayleigh_diag (n i : nat) (M : matrix) : (i < n)%nat -> rayleigh n M (M i i).
Proof.
  intros Hi; eexists; split; [rewrite (nrm2_basis n i Hi); lra|].
  rewrite form_basis, nrm2_basis by exact Hi; ring.
Qed.

Section Extremes.

Variables (n : nat) (M : matrix) (lo hi : R).
Hypothesis Hn : (0 < n)%nat.
Hypothesis Hform : forall v, lo * nrm2 n v <= form n M v <= hi * nrm2 n v.

Lemma rayleigh_between (x : R) : rayleigh n M x -> lo <= x <= hi.
Proof.
  intros (v & Hv & E); specialize (Hform v); rewrite E in Hform.
  split; apply (Rmult_le_reg_r (nrm2 n v)); trivial; apply Hform.
Qed.

(** [lambda_max] is the supremum of the Rayleigh quotient. *)
Lemma lambda_max_is_lub : is_lub (rayleigh n M) (lambda_max n M).
Proof.
  unfold lambda_max; destruct (Lub_Rbar_correct (rayleigh n M)) as [Hub Hleast].
  pose proof (Hub _ (rayleigh_diag n 0 M Hn)) as H1.
  pose proof (Hleast hi (fun x Hx => proj2 (rayleigh_between x Hx))) as H2.
  destruct (Lub_Rbar (rayleigh n M)) as [l| |]; simpl in *; try contradiction.
  split; [exact Hub|]; intros b Hb; exact (Hleast b Hb).
Qed.

(** [lambda_min] is the infimum of the Rayleigh quotient. *)
Lemma lambda_min_is_glb :
  (forall x, rayleigh n M x -> lambda_min n M <= x) /\
  (forall b, (forall x, rayleigh n M x -> b <= x) -> b <= lambda_min n M).
Proof.
  unfold lambda_min; destruct (Glb_Rbar_correct (rayleigh n M)) as [Hlb Hgreatest].
  pose proof (Hlb _ (rayleigh_diag n 0 M Hn)) as H1.
  pose proof (Hgreatest lo (fun x Hx => proj1 (rayleigh_between x Hx))) as H2.
  destruct (Glb_Rbar (rayleigh n M)) as [l| |]; simpl in *; try contradiction.
  split; [exact Hlb|]; intros b Hb; exact (Hgreatest b Hb).
Qed.

Lemma lambda_max_le : lambda_max n M <= hi.
Proof. apply lambda_max_is_lub; intros x Hx; apply rayleigh_between, Hx. Qed.

Lemma lambda_min_ge : lo <= lambda_min n M.
Proof. apply lambda_min_is_glb; intros x Hx; apply rayleigh_between, Hx. Qed.

(** Every eigenvalue lies between the two. *)
Theorem eigenvalue_between (l : R) :
  eigenvalue n M l -> lambda_min n M <= l <= lambda_max n M.
Proof.
  intros Hl; apply eigenvalue_rayleigh in Hl; split.
  - apply lambda_min_is_glb, Hl.
  - apply lambda_max_is_lub, Hl.
Qed.

Lemma lambda_min_le_max : lambda_min n M <= lambda_max n M.
Proof.
  apply Rle_trans with (M 0%nat 0%nat).
  - apply lambda_min_is_glb, rayleigh_diag, Hn.
  - apply lambda_max_is_lub, rayleigh_diag, Hn.
Qed.

(** The condition number is at most [hi / lo]. *)
Theorem kappa_le : 0 < lo -> 0 < lambda_min n M /\ 1 <= kappa n M <= hi / lo.
Proof.
  intros Hlo; pose proof lambda_min_ge; pose proof lambda_max_le.
  pose proof lambda_min_le_max; split; [lra|split].
  - apply Rle_div_r; lra.
  - apply Rmult_le_compat; [lra|left; apply Rinv_0_lt_compat; lra|lra|].
    apply Rinv_le_contravar; lra.
Qed.

End Extremes.
