(** The supremum and the infimum of the Rayleigh quotient of a symmetric matrix
    are eigenvalues: [lambda_max] and [lambda_min] of Matrices.v are the largest
    and the least eigenvalue, and [kappa] is their quotient, as in section 0. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Conditioning Require Import Matrices.
Open Scope R_scope.

Lemma sum_term_le (n i : nat) (f : nat -> R) :
  (forall j, (j < n)%nat -> 0 <= f j) -> (i < n)%nat -> f i <= sum n f.
Proof.
  intros Hf Hi; rewrite <- (sum_single n i f Hi); apply sum_le; intros j Hj.
  destruct (Nat.eqb j i); [lra|apply Hf, Hj].
Qed.

(** Every quadratic form is bounded on the unit sphere. *)
Lemma form_bounded (n : nat) (M : matrix) :
  exists C, 0 <= C /\ forall v, - C * nrm2 n v <= form n M v <= C * nrm2 n v.
Proof.
  set (C := sum n (fun i => sum n (fun j => Rabs (M i j)))).
  assert (Hsq : forall v i, (i < n)%nat -> v i * v i <= nrm2 n v)
    by (intros v i Hi; apply (sum_term_le n i (fun i => v i * v i)); [intros; nra|exact Hi]).
  assert (HC : forall v, C * nrm2 n v =
    sum n (fun i => sum n (fun j => Rabs (M i j) * nrm2 n v))).
  { intros v; unfold C; rewrite Rmult_comm, <- sum_mult_l; apply sum_ext; intros i _.
    rewrite <- sum_mult_l; apply sum_ext; intros j _; ring. }
  assert (Hent : forall v i j, (i < n)%nat -> (j < n)%nat ->
    Rabs (v i * M i j * v j) <= Rabs (M i j) * nrm2 n v).
  { intros v i j Hi Hj.
    replace (v i * M i j * v j) with (M i j * (v i * v j)) by ring.
    rewrite Rabs_mult; apply Rmult_le_compat_l; [apply Rabs_pos|].
    pose proof (Hsq v i Hi); pose proof (Hsq v j Hj).
    pose proof (Rle_0_sqr (v i + v j)) as H1; pose proof (Rle_0_sqr (v i - v j)) as H2.
    unfold Rsqr in *; apply Rabs_le; lra. }
  exists C; split.
  - apply sum_ge_0; intros i _; apply sum_ge_0; intros j _; apply Rabs_pos.
  - intros v; split.
    + replace (- C * nrm2 n v) with (-1 * (C * nrm2 n v)) by ring.
      rewrite HC, <- sum_mult_l; apply sum_le; intros i Hi.
      rewrite <- sum_mult_l; apply sum_le; intros j Hj.
      specialize (Hent v i j Hi Hj); apply Rabs_le_between in Hent; lra.
    + rewrite HC; apply sum_le; intros i Hi; apply sum_le; intros j Hj.
      specialize (Hent v i j Hi Hj); apply Rabs_le_between in Hent; lra.
Qed.

(** A positive semidefinite matrix is singular or bounded below. *)
Lemma psd_kernel_or_definite (n : nat) (M : matrix) : psd n M ->
  (exists v, 0 < nrm2 n v /\
     forall i, (i < n)%nat -> sum n (fun j => M i j * v j) = 0) \/
  (exists e, 0 < e /\ forall v, e * nrm2 n v <= form n M v).
Proof.
  revert M; induction n as [|n IH]; intros M HM.
  { right; exists 1; split; [lra|]; intros v; unfold nrm2, form; simpl; lra. }
  pose proof (proj1 HM) as HS.
  destruct (psd_diag_ge_0 (S n) n M HM ltac:(lia)) as [Hp|Hz].
  - destruct (IH _ (psd_complement n M HM Hp)) as [(w & Hw & Hker)|(e & He & Hdef)].
    + left; set (s := sum n (fun j => M j n * w j)).
      exists (extend n w (- s / M n n)); split.
      * unfold nrm2; simpl; rewrite extend_eq.
        rewrite (sum_ext n _ (fun i => w i * w i))
          by (intros i Hi; rewrite extend_lt by exact Hi; reflexivity).
        fold (nrm2 n w); pose proof (Rle_0_sqr (- s / M n n)); unfold Rsqr in *; lra.
      * intros i Hi; simpl; rewrite extend_eq.
        rewrite (sum_ext n _ (fun j => M i j * w j))
          by (intros j Hj; rewrite extend_lt by exact Hj; reflexivity).
        destruct (Nat.eq_dec i n) as [->|Hne].
        -- rewrite (sum_ext n _ (fun j => M j n * w j))
             by (intros j Hj; rewrite (HS n j) by lia; reflexivity).
           fold s; field; lra.
        -- rewrite <- (Hker i ltac:(lia)); unfold complement.
           rewrite (sum_ext n (fun j => (M i j + - / M n n * (M i n * M j n)) * w j)
             (fun j => M i j * w j + (- / M n n * M i n) * (M j n * w j)))
             by (intros; ring).
           rewrite sum_plus, sum_mult_l; fold s; field; lra.
    + right; destruct (form_bounded n (fun i j => M i n * M j n)) as (C & HC & Hb).
      set (p := M n n) in *; set (k := 1 + 2 * (C / p ^ 2)).
      assert (Hp2 : 0 < p ^ 2) by (apply pow_lt; exact Hp).
      assert (Hk : 0 < k).
      { unfold k; pose proof (Rdiv_le_0_compat C (p ^ 2) HC Hp2); lra. }
      exists (Rmin (e / k) (p / 2)); split.
      { apply Rmin_glb_lt; [apply Rdiv_lt_0_compat; assumption|lra]. }
      intros v; rewrite form_S by exact HS; fold p.
      pose proof (Hdef v) as Hd; rewrite form_complement in Hd; fold p in Hd.
      pose proof (proj2 (Hb v)) as Hs; rewrite (form_rank_one n (fun i => M i n)) in Hs.
      set (s := sum n (fun i => M i n * v i)) in *; set (x := v n).
      replace (nrm2 (S n) v) with (nrm2 n v + x * x) by reflexivity.
      pose proof (nrm2_ge_0 n v) as HW; set (W := nrm2 n v) in *.
      set (e' := Rmin (e / k) (p / 2)).
      assert (He'0 : 0 <= e').
      { apply Rmin_glb; [left; apply Rdiv_lt_0_compat; assumption|lra]. }
      assert (He'1 : e' * k <= e).
      { apply Rle_div_r; [exact Hk|apply Rmin_l]. }
      assert (He'2 : e' * 2 <= p).
      { apply Rle_div_r; [lra|apply Rmin_r]. }
      set (y := x + s / p).
      assert (Hx : x * x <= 2 * (y * y) + (k - 1) * W).
      { assert (Hs' : (s / p) * (s / p) <= C / p ^ 2 * W).
        { replace ((s / p) * (s / p)) with (s ^ 2 * / p ^ 2) by (field; lra).
          replace (C / p ^ 2 * W) with (C * W * / p ^ 2) by (field; lra).
          apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat, Hp2|exact Hs]. }
        replace x with (y - s / p) at 1 2 by (unfold y; ring).
        pose proof (Rle_0_sqr (y + s / p)) as H1; unfold Rsqr in H1.
        unfold k; lra. }
      assert (Hform : form n M v + 2 * x * s + p * x ^ 2 =
                      (form n M v - s ^ 2 / p) + p * (y * y))
        by (unfold y; field; lra).
      rewrite Hform.
      assert (Hy : 0 <= y * y) by apply Rle_0_sqr.
      assert (H1 : e' * (W + x * x) <= e' * (k * W + 2 * (y * y)))
        by (apply Rmult_le_compat_l; lra).
      assert (H2 : (e' * k) * W <= e * W) by (apply Rmult_le_compat_r; assumption).
      assert (H3 : (e' * 2) * (y * y) <= p * (y * y)) by (apply Rmult_le_compat_r; assumption).
      lra.
  - left; exists (fun k => if Nat.eqb k n then 1 else 0); split.
    + rewrite nrm2_basis by lia; lra.
    + intros i Hi.
      rewrite (sum_ext (S n) _ (fun j => if Nat.eqb j n then M i j else 0))
        by (intros j _; destruct (Nat.eqb j n); ring).
      rewrite (sum_single (S n) n (fun j => M i j)) by lia.
      destruct (Nat.eq_dec i n) as [->|Hne]; [auto|].
      apply (psd_zero_column (S n)); auto; lia.
Qed.

(** The spectrum depends on the entries of the block alone. *)
Lemma rayleigh_ext (n : nat) (M N : matrix) (x : R) :
  (forall i j, (i < n)%nat -> (j < n)%nat -> M i j = N i j) ->
  rayleigh n M x <-> rayleigh n N x.
Proof.
  intros H; assert (E : forall v, form n M v = form n N v)
    by (intros v; apply form_ext; trivial).
  split; intros (v & Hv & Hx); exists v; (split; [exact Hv|]); rewrite <- Hx;
    [symmetry|]; apply E.
Qed.

Lemma kappa_ext (n : nat) (M N : matrix) :
  (forall i j, (i < n)%nat -> (j < n)%nat -> M i j = N i j) -> kappa n M = kappa n N.
Proof.
  intros H; unfold kappa, lambda_max, lambda_min.
  rewrite (Lub_Rbar_eqset _ (rayleigh n N)) by (intros x; apply rayleigh_ext, H).
  rewrite (Glb_Rbar_eqset _ (rayleigh n N)) by (intros x; apply rayleigh_ext, H).
  reflexivity.
Qed.

(** A diagonal entry is at most the largest eigenvalue. *)
Lemma diag_le_lambda_max (n i : nat) (M : matrix) : (i < n)%nat -> M i i <= lambda_max n M.
Proof.
  intros Hi; destruct (form_bounded n M) as (C & _ & HC).
  apply (lambda_max_is_lub n M (- C) C ltac:(lia) HC), rayleigh_diag, Hi.
Qed.

(** [M >= lambda_min I]. *)
Lemma ge_scalar_lambda_min (n : nat) (M : matrix) :
  (0 < n)%nat -> symmetric n M -> ge_scalar n M (lambda_min n M).
Proof.
  intros Hn HS; destruct (form_bounded n M) as (C & _ & HC).
  split; [exact HS|]; intros v; destruct (nrm2_ge_0 n v) as [Hv|Hv].
  - replace (form n M v) with (form n M v / nrm2 n v * nrm2 n v) by (field; lra).
    apply Rmult_le_compat_r; [lra|].
    apply (lambda_min_is_glb n M _ _ Hn HC); exists v; split; [exact Hv|field; lra].
  - specialize (HC v); rewrite <- Hv in *; lra.
Qed.

(** The infimum of the Rayleigh quotient is an eigenvalue. *)
Theorem lambda_min_eigenvalue (n : nat) (M : matrix) :
  (0 < n)%nat -> symmetric n M -> eigenvalue n M (lambda_min n M).
Proof.
  intros Hn HS; destruct (form_bounded n M) as (C & _ & HC).
  set (l := lambda_min n M).
  pose proof (ge_scalar_lambda_min n M Hn HS) as Hge; fold l in Hge.
  pose proof (proj1 (ge_scalar_psd n M l) Hge) as HN.
  destruct (psd_kernel_or_definite n _ HN) as [(v & Hv & Hker)|(e & He & Hdef)].
  - exists v; split; [exact Hv|]; intros i Hi; specialize (Hker i Hi).
    rewrite (sum_ext n _ (fun j => M i j * v j + (if Nat.eqb j i then - l * v j else 0))) in Hker.
    + rewrite sum_plus, (sum_single n i (fun j => - l * v j)) in Hker by exact Hi; lra.
    + intros j _; unfold scalar; rewrite Nat.eqb_sym; destruct (Nat.eqb j i); ring.
  - exfalso.
    assert (H : l + e <= lambda_min n M).
    { apply (lambda_min_ge n M (l + e) C Hn); intros v; split; [|apply HC].
      specialize (Hdef v); rewrite form_plus, form_scalar in Hdef; lra. }
    fold l in H; lra.
Qed.

(** The supremum of the Rayleigh quotient is an eigenvalue. *)
Theorem lambda_max_eigenvalue (n : nat) (M : matrix) :
  (0 < n)%nat -> symmetric n M -> eigenvalue n M (lambda_max n M).
Proof.
  intros Hn HS; destruct (form_bounded n M) as (C & _ & HC).
  set (l := lambda_max n M); set (N := fun i j => -1 * M i j).
  assert (Hge : ge_scalar n N (- l)).
  { split; [intros i j Hi Hj; unfold N; rewrite (HS i j Hi Hj); reflexivity|].
    intros v; unfold N; rewrite form_mult_l; destruct (nrm2_ge_0 n v) as [Hv|Hv].
    - replace (form n M v) with (form n M v / nrm2 n v * nrm2 n v) by (field; lra).
      assert (form n M v / nrm2 n v <= l).
      { apply (lambda_max_is_lub n M _ _ Hn HC); exists v; split; [exact Hv|field; lra]. }
      assert (form n M v / nrm2 n v * nrm2 n v <= l * nrm2 n v)
        by (apply Rmult_le_compat_r; lra); lra.
    - specialize (HC v); rewrite <- Hv in *; lra. }
  pose proof (proj1 (ge_scalar_psd n N (- l)) Hge) as HN.
  destruct (psd_kernel_or_definite n _ HN) as [(v & Hv & Hker)|(e & He & Hdef)].
  - exists v; split; [exact Hv|]; intros i Hi; specialize (Hker i Hi).
    rewrite (sum_ext n _ (fun j => -1 * (M i j * v j) +
      (if Nat.eqb j i then l * v j else 0))) in Hker.
    + rewrite sum_plus, sum_mult_l, (sum_single n i (fun j => l * v j)) in Hker by exact Hi.
      lra.
    + intros j _; unfold scalar, N; rewrite Nat.eqb_sym; destruct (Nat.eqb j i); ring.
  - exfalso.
    assert (H : lambda_max n M <= l - e).
    { apply (lambda_max_le n M (- C) (l - e) Hn); intros v; split; [apply HC|].
      specialize (Hdef v); unfold N in Hdef.
      rewrite form_plus, form_scalar, form_mult_l in Hdef; lra. }
    fold l in H; lra.
Qed.

(** [lambda_min] and [lambda_max] are the extreme eigenvalues. *)
Theorem extreme_eigenvalues (n : nat) (M : matrix) (l : R) :
  (0 < n)%nat -> symmetric n M -> eigenvalue n M l ->
  lambda_min n M <= l <= lambda_max n M.
Proof.
  intros Hn HS Hl; destruct (form_bounded n M) as (C & _ & HC).
  exact (eigenvalue_between n M _ _ Hn HC l Hl).
Qed.
