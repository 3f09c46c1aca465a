(** Theorem 8 of the paper, in sequence form: the tangent kernel of infinite
    width.  Formula (2) is the definition; [B] is taken at the real number
    [L/2], so that odd depths are included. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Conditioning Require Import Series Lemma22 Lemma23 Depth Lemma25 Matrices
  Lemma24 Theorem2.
Open Scope R_scope.

(** The product of [D(sigma_hat^(h') rho)] over [h'] from [k+1] to [k+m]. *)
Fixpoint chain (c : nat -> R) (rho : R) (k m : nat) : R :=
  match m with
  | O => 1
  | S m' => chain c rho k m' * D c (Nat.iter (k + S m') (sigma_hat c) rho)
  end.

(** Formula (2), with [k = h - 1] from 0 to [L]. *)
Definition tangent (c : nat -> R) (L : nat) (rho : R) : R :=
  sum (S L) (fun k => Nat.iter k (sigma_hat c) rho * chain c rho k (L - k)).

Definition tangent_kernel (c : nat -> R) (L : nat) (K : matrix) : matrix :=
  entrywise (tangent c L) K.

(** [B] at a real depth. *)
Definition B_real (m delta x : R) : R :=
  if Rle_dec x (INR (L0 m delta)) then 1 - delta * Rpower (1 + m/2) x
  else 1/2 * Rpower (1 - m/2) (x - INR (L0 m delta)).

Lemma B_real_INR (m delta : R) (L : nat) : 0 < m <= 1 ->
  B_real m delta (INR L) = B m delta L.
Proof.
  intros Hm; unfold B_real, B.
  destruct (Nat.leb_spec L (L0 m delta)) as [H|H].
  - destruct (Rle_dec _ _) as [_|H']; [|elim H'; apply le_INR, H].
    rewrite Rpower_pow by lra; reflexivity.
  - destruct (Rle_dec _ _) as [H'|_]; [apply INR_le in H'; lia|].
    rewrite <- minus_INR, Rpower_pow by (lia || lra); reflexivity.
Qed.

Lemma Rpower_decr (q x y : R) : 0 < q <= 1 -> x <= y -> Rpower q y <= Rpower q x.
Proof.
  intros Hq Hxy; unfold Rpower.
  assert (Hl : ln q <= 0).
  { rewrite <- ln_1; destruct (proj2 Hq) as [H| ->]; [|lra].
    left; apply ln_increasing; lra. }
  assert (H : y * ln q <= x * ln q) by nra.
  destruct H as [H| ->]; [left; apply exp_increasing, H|lra].
Qed.

Section Bounds.

Variables (c : nat -> R) (delta : R).
Hypothesis Hc : normalized c.
Hypothesis Hnl : nonlinear c.
Hypothesis HD : finite_slope c.
Hypothesis Hd : 0 < delta <= 1.

Let m := mu c.
Let l0 := L0 m delta.

(** [1 - mu (1 - B(h))]. *)
Let gain (h : nat) : R := 1 - m * (1 - B m delta h).

Fixpoint gains (k j : nat) : R :=
  match j with O => 1 | S j' => gains k j' * gain (k + S j') end.

Lemma gain_bounds (h : nat) : 0 <= gain h <= 1.
Proof.
  pose proof (B_bounds c delta h Hc Hnl Hd) as HB; pose proof (lemma22 c Hc Hnl) as Hm.
  unfold gain, m; nra.
Qed.

(** Beyond [L0], [B <= 1/2]: step (h). *)
Lemma gain_le (h : nat) : (l0 <= h)%nat -> gain h <= 1 - m/2.
Proof.
  intros Hh; pose proof (lemma22 c Hc Hnl) as Hm; unfold gain; fold m in Hm.
  assert (B m delta h <= 1/2); [|nra].
  unfold B; destruct (Nat.leb_spec h (L0 m delta)) as [H|H].
  - pose proof (L0_reached m delta h ltac:(lra) ltac:(lra) Hh); lra.
  - pose proof (pow_le_1 (1 - m/2) (h - L0 m delta) ltac:(lra)); lra.
Qed.

Lemma gains_bounds (k j : nat) : 0 <= gains k j <= 1.
Proof.
  induction j as [|j IH]; simpl; [lra|].
  pose proof (gain_bounds (k + S j)); split; [apply Rmult_le_pos; lra|nra].
Qed.

(** Step (h): a factor [1 - mu/2] for every layer beyond [L0]. *)
Lemma gains_le (k j : nat) : gains k j <= (1 - m/2) ^ (k + j - Nat.max k l0).
Proof.
  pose proof (lemma22 c Hc Hnl) as Hm; fold m in Hm.
  induction j as [|j IH].
  - replace (k + 0 - Nat.max k l0)%nat with 0%nat by lia; simpl; lra.
  - pose proof (gains_bounds k j) as Hg; pose proof (gain_bounds (k + S j)) as Hg1.
    simpl gains; destruct (Nat.le_gt_cases l0 (k + j)) as [H|H].
    + replace (k + S j - Nat.max k l0)%nat with (S (k + j - Nat.max k l0)) by lia.
      simpl pow; rewrite Rmult_comm; apply Rmult_le_compat; try lra.
      apply gain_le; lia.
    + replace (k + S j - Nat.max k l0)%nat with 0%nat by lia; simpl; nra.
Qed.

(** Steps (c) to (e), one product. *)
Lemma chain_le (rho : R) (k j : nat) : Rabs rho <= 1 - delta ->
  Rabs (chain c rho k j) <= gains k j * D c 1 ^ j.
Proof.
  intros Hr; pose proof (D_1_ge_1 c Hc HD) as H1; pose proof (lemma22 c Hc Hnl) as Hm.
  induction j as [|j IH]; [simpl; rewrite Rabs_R1; lra|].
  simpl chain; simpl gains; simpl pow; rewrite Rabs_mult.
  set (x := Nat.iter (k + S j) (sigma_hat c) rho).
  assert (Hx : Rabs x <= B m delta (k + S j)) by (apply lemma6; assumption).
  pose proof (B_bounds c delta (k + S j) Hc Hnl Hd) as HB; fold m in HB.
  assert (Hx1 : -1 <= x <= 1) by (apply Rabs_le_between; lra).
  pose proof (lemma10_abs c Hc HD x Hx1) as HDx.
  apply (Rle_div_l _ _ (D c 1)) in HDx; [|lra].
  assert (HDg : Rabs (D c x) <= gain (k + S j) * D c 1).
  { eapply Rle_trans; [exact HDx|]; apply Rmult_le_compat_r; [lra|].
    unfold gain; fold m in Hm |- *; nra. }
  replace (gains k j * gain (k + S j) * (D c 1 * D c 1 ^ j))
    with ((gains k j * D c 1 ^ j) * (gain (k + S j) * D c 1)) by ring.
  apply Rmult_le_compat; trivial; apply Rabs_pos.
Qed.

Lemma chain_1 (k j : nat) : chain c 1 k j = D c 1 ^ j.
Proof.
  induction j as [|j IH]; [reflexivity|].
  simpl chain; rewrite IH, (iter_1 c Hc); simpl; ring.
Qed.

(** Step (a): the diagonal is the geometric sum, equal for all inputs. *)
Theorem theorem8_a (L : nat) : tangent c L 1 = sum (S L) (fun k => D c 1 ^ (L - k)).
Proof.
  apply sum_ext; intros k _; rewrite (iter_1 c Hc), chain_1; ring.
Qed.

(** Step (a), the closed form of the geometric sum; [D 1 > 1] by [D_1_ge_mu]. *)
Theorem theorem8_a_geometric (L : nat) :
  tangent c L 1 = (D c 1 ^ S L - 1) / (D c 1 - 1).
Proof.
  clear dependent delta.
  pose proof (D_1_ge_mu c Hc HD) as H1; pose proof (lemma22 c Hc Hnl) as Hm.
  assert (E : forall x, sum (S L) (fun k => x ^ (L - k)) * (x - 1) = x ^ S L - 1).
  { intros x; induction L as [|l IH]; [simpl; ring|].
    change (sum (S (S l)) (fun k => x ^ (S l - k)))
      with (sum (S l) (fun k => x ^ (S l - k)) + x ^ (S l - S l)).
    rewrite (sum_ext (S l) (fun k => x ^ (S l - k)) (fun k => x * x ^ (l - k))).
    - rewrite sum_mult_l, Nat.sub_diag.
      replace ((x * sum (S l) (fun k => x ^ (l - k)) + x ^ 0) * (x - 1))
        with (x * (sum (S l) (fun k => x ^ (l - k)) * (x - 1)) + (x - 1)) by (simpl; ring).
      rewrite IH; simpl; ring.
    - intros k Hk; replace (S l - k)%nat with (S (l - k)) by lia; reflexivity. }
  rewrite theorem8_a, <- E; field; lra.
Qed.

(** The diagonal is positive: step (b). *)
Theorem theorem8_b (L : nat) : 1 <= tangent c L 1.
Proof.
  rewrite theorem8_a; simpl sum; rewrite Nat.sub_diag; simpl pow.
  assert (0 <= sum L (fun k => D c 1 ^ (L - k))); [|lra].
  pose proof (D_1_ge_1 c Hc HD); apply sum_ge_0; intros k _; apply pow_le; lra.
Qed.

(** Step (f): the claim, for [L >= 2 L0]. *)
Theorem theorem8_f (L k : nat) : (2 * l0 <= L)%nat -> (k <= L)%nat ->
  B m delta k * gains k (L - k) <= 2 * B_real m delta (INR L / 2).
Proof.
  intros HL Hk; pose proof (lemma22 c Hc Hnl) as Hm; fold m in Hm.
  pose proof (B_bounds c delta k Hc Hnl Hd) as HB; fold m in HB.
  pose proof (gains_bounds k (L - k)) as Hg.
  assert (HT1 : B m delta k * gains k (L - k) <= B m delta k) by nra.
  assert (HT2 : B m delta k * gains k (L - k) <= (1 - m/2) ^ (L - Nat.max k l0)).
  { pose proof (gains_le k (L - k)) as H.
    replace (k + (L - k) - Nat.max k l0)%nat with (L - Nat.max k l0)%nat in H by lia.
    nra. }
  assert (HINR : forall a b : nat, (a <= b)%nat -> INR (b - a) = INR b - INR a)
    by (intros; apply minus_INR; assumption).
  apply le_INR in HL as HL'; rewrite mult_INR in HL'; change (INR 2) with 2 in HL'.
  destruct (Nat.eq_dec L (2 * l0)) as [E|E].
  - replace (INR L / 2) with (INR l0)
      by (rewrite E, mult_INR; change (INR 2) with 2; field).
    rewrite B_real_INR by exact Hm.
    pose proof (B_bounds c delta l0 Hc Hnl Hd) as HB0; fold m in HB0.
    destruct (Nat.eq_dec k l0) as [->|Hkl]; [lra|].
    assert (H0 : (0 < l0)%nat) by lia.
    assert (Hq : 1 - m/2 <= 2 * B m delta l0).
    { unfold B; replace (Nat.leb l0 (L0 m delta)) with true
        by (symmetry; apply Nat.leb_le; unfold l0; lia).
      pose proof (L0_not_reached m delta (pred l0) ltac:(lra) ltac:(lra)
        ltac:(fold l0; lia)) as Hy.
      assert (Hp : 0 < delta * (1 + m/2) ^ pred l0)
        by (apply Rmult_lt_0_compat; [lra|apply pow_lt; lra]).
      replace l0 with (S (pred l0)) by lia; simpl pow.
      assert (delta * (1 + m/2) ^ pred l0 * (1 + m/2) <= 1/2 * (1 + m/2))
        by (apply Rmult_le_compat_r; lra); lra. }
    eapply Rle_trans; [|exact Hq].
    destruct (Nat.le_gt_cases k l0) as [Hlt|Hgt].
    + eapply Rle_trans; [exact HT2|].
      replace (L - Nat.max k l0)%nat with (S (pred l0)) by lia; simpl pow.
      pose proof (pow_le_1 (1 - m/2) (pred l0) ltac:(lra)); nra.
    + eapply Rle_trans; [exact HT1|].
      unfold B; apply Nat.leb_gt in Hgt as Hgt'; fold l0; rewrite Hgt'.
      replace (k - l0)%nat with (S (pred (k - l0))) by lia; simpl pow.
      pose proof (pow_le_1 (1 - m/2) (pred (k - l0)) ltac:(lra)); nra.
  - assert (HLt : 2 * INR l0 < INR L).
    { change 2 with (INR 2); rewrite <- mult_INR; apply lt_INR; lia. }
    unfold B_real; fold l0; destruct (Rle_dec _ _) as [H|_]; [lra|].
    replace (2 * (1/2 * Rpower (1 - m/2) (INR L / 2 - INR l0)))
      with (Rpower (1 - m/2) (INR L / 2 - INR l0)) by field.
    destruct (Nat.le_gt_cases L (2 * k)) as [H|H].
    + eapply Rle_trans; [exact HT1|].
      unfold B; fold l0; replace (Nat.leb k l0) with false
        by (symmetry; apply Nat.leb_gt; lia).
      rewrite <- (Rpower_pow (k - l0)) by lra; rewrite HINR by lia.
      apply Rle_trans with (Rpower (1 - m/2) (INR k - INR l0)).
      * pose proof (exp_pos ((INR k - INR l0) * ln (1 - m/2))); unfold Rpower; lra.
      * apply Rpower_decr; [lra|]; apply le_INR in H; rewrite mult_INR in H.
        change (INR 2) with 2 in H; lra.
    + eapply Rle_trans; [exact HT2|].
      rewrite <- Rpower_pow by lra; apply Rpower_decr; [lra|].
      rewrite HINR by lia; pose proof (pos_INR l0) as Hl.
      assert (Hmax : INR (Nat.max k l0) <= INR L / 2).
      { assert (H2 : (2 * Nat.max k l0 <= L)%nat) by lia.
        apply le_INR in H2; rewrite mult_INR in H2; change (INR 2) with 2 in H2; lra. }
      lra.
Qed.

(** Steps (c) to (f): the kernel function away from 1. *)
Theorem tangent_le (L : nat) (rho : R) : (2 * l0 <= L)%nat -> Rabs rho <= 1 - delta ->
  Rabs (tangent c L rho) <= 2 * B_real m delta (INR L / 2) * tangent c L 1.
Proof.
  intros HL Hr; rewrite theorem8_a; unfold tangent.
  rewrite <- sum_mult_l.
  assert (Habs : forall n f, Rabs (sum n f) <= sum n (fun i => Rabs (f i))).
  { induction n as [|n IH]; intros f; simpl; [rewrite Rabs_R0; lra|].
    eapply Rle_trans; [apply Rabs_triang|]; apply Rplus_le_compat_r, IH. }
  eapply Rle_trans; [apply Habs|]; apply sum_le; intros k Hk.
  pose proof (D_1_ge_1 c Hc HD) as H1.
  assert (HDp : 0 <= D c 1 ^ (L - k)) by (apply pow_le; lra).
  rewrite Rabs_mult.
  apply Rle_trans with (B m delta k * (gains k (L - k) * D c 1 ^ (L - k))).
  - apply Rmult_le_compat; try apply Rabs_pos; [apply lemma6; assumption|].
    apply chain_le, Hr.
  - rewrite <- Rmult_assoc; apply Rmult_le_compat_r; [exact HDp|].
    apply theorem8_f; lia.
Qed.

End Bounds.

(** Step (j): the kernel function preserves positive semidefiniteness. *)
Lemma preserves_psd_iter (c : nat -> R) (k : nat) :
  normalized c -> preserves_psd (Nat.iter k (sigma_hat c)).
Proof.
  intros Hc; induction k as [|k IH]; [exact preserves_psd_id|].
  apply (preserves_psd_comp (sigma_hat c) (Nat.iter k (sigma_hat c))).
  - apply psd_entrywise_PSeries; [apply normalized_ge_0, Hc|apply normalized_ex_series, Hc].
  - exact IH.
  - intros x Hx; pose proof (Rabs_iter_le c Hc k x 1 Hx (Rle_refl _)) as H.
    rewrite (iter_1 c Hc) in H; exact H.
Qed.

Lemma preserves_psd_chain (c : nat -> R) (k j : nat) :
  normalized c -> finite_slope c -> preserves_psd (fun x => chain c x k j).
Proof.
  intros Hc HD; induction j as [|j IH]; [exact preserves_psd_const_1|].
  apply (preserves_psd_mult (fun x => chain c x k j)
           (fun x => D c (Nat.iter (k + S j) (sigma_hat c) x)) IH).
  apply (preserves_psd_comp (D c) (Nat.iter (k + S j) (sigma_hat c))).
  - apply psd_entrywise_PSeries; [apply PS_derive_ge_0, Hc|exact HD].
  - apply preserves_psd_iter, Hc.
  - intros x Hx; pose proof (Rabs_iter_le c Hc (k + S j) x 1 Hx (Rle_refl _)) as H.
    rewrite (iter_1 c Hc) in H; exact H.
Qed.

Lemma preserves_psd_tangent (c : nat -> R) (L : nat) :
  normalized c -> finite_slope c -> preserves_psd (tangent c L).
Proof.
  intros Hc HD; unfold tangent.
  assert (H : forall n, preserves_psd (fun x =>
    sum (S n) (fun k => Nat.iter k (sigma_hat c) x * chain c x k (L - k)))).
  { assert (Hk : forall k, preserves_psd (fun x =>
      Nat.iter k (sigma_hat c) x * chain c x k (L - k))).
    { intros k; apply (preserves_psd_mult (Nat.iter k (sigma_hat c))
        (fun x => chain c x k (L - k)));
        [apply preserves_psd_iter, Hc|apply preserves_psd_chain; assumption]. }
    induction n as [|n IH].
    - intros n A HA HA1; destruct (Hk 0%nat n A HA HA1) as [HS HF]; split.
      + intros i j Hi Hj; unfold entrywise; rewrite (proj1 HA i j Hi Hj); reflexivity.
      + intros v; rewrite (form_ext n _ (entrywise (fun x =>
          Nat.iter 0 (sigma_hat c) x * chain c x 0 (L - 0)) A) v v); [apply HF| |reflexivity].
        intros i j _ _; unfold entrywise, sum; ring.
    - exact (preserves_psd_plus _ (fun x =>
        Nat.iter (S n) (sigma_hat c) x * chain c x (S n) (L - S n)) IH (Hk (S n))). }
  apply H.
Qed.

(** Theorem 8: the diagonal entries are all equal (to a number at least 1). *)
Theorem theorem8_diag (c : nat -> R) (n L : nat) (K : matrix) :
  normalized c -> finite_slope c -> unit_diag n K ->
  1 <= tangent c L 1 /\
  forall i, (i < n)%nat -> tangent_kernel c L K i i = tangent c L 1.
Proof.
  intros Hc HD HU; split; [apply theorem8_b; assumption|].
  intros i Hi; unfold tangent_kernel, entrywise; rewrite HU by exact Hi; reflexivity.
Qed.

(** Theorem 8, part 1. *)
Theorem theorem8_part1 (c : nat -> R) (n L : nat) (K : matrix) (delta : R) :
  normalized c -> nonlinear c -> finite_slope c -> 0 < delta <= 1 ->
  unit_diag n K -> assumption1 n K delta -> (2 * L0 (mu c) delta <= L)%nat ->
  forall i j, (i < n)%nat -> (j < n)%nat -> i <> j ->
  Rabs (tangent_kernel c L K i j)
  <= 2 * B_real (mu c) delta (INR L / 2) * tangent_kernel c L K 0%nat 0%nat.
Proof.
  intros Hc Hnl HD Hd HU H1 HL i j Hi Hj Hne.
  rewrite (proj2 (theorem8_diag c n L K Hc HD HU)) by lia.
  apply tangent_le; auto.
Qed.

(** Theorem 8, part 2. *)
Theorem theorem8_part2 (c : nat -> R) (n L : nat) (K : matrix) (delta : R) :
  normalized c -> nonlinear c -> finite_slope c -> (0 < n)%nat -> 0 < delta <= 1 ->
  unit_diag n K -> assumption2 n K delta -> (2 * L0 (mu c) delta <= L)%nat ->
  ge_scalar n (tangent_kernel c L K)
    ((1 - 2 * B_real (mu c) delta (INR L / 2)) * tangent_kernel c L K 0%nat 0%nat).
Proof.
  intros Hc Hnl HD Hn Hd HU H2 HL.
  rewrite (proj2 (theorem8_diag c n L K Hc HD HU)) by lia.
  apply ge_scalar_le with (tangent c L 1 - tangent c L (1 - delta)).
  - pose proof (tangent_le c delta Hc Hnl HD Hd L (1 - delta) HL
      ltac:(rewrite Rabs_pos_eq; lra)) as H.
    apply Rabs_le_between in H; lra.
  - apply lemma24_preserves; trivial; [apply preserves_psd_tangent; assumption|lra].
Qed.
