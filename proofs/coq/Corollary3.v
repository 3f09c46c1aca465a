(** Corollary 3 of the paper, in sequence form: the condition number of the
    top-layer kernel, with each displayed step of its proof. *)

From Coq Require Import Reals Lra Lia ZArith.
From Coquelicot Require Import Coquelicot.
From Flocq Require Import Core.Raux.
From Conditioning Require Import Series Lemma22 Lemma23 Depth Matrices Lemma24 Theorem2.
Open Scope R_scope.

(** [L1(delta) = ceil(log n / -log(1 - mu/2)) + L0(delta)]. *)
Definition L1 (m delta : R) (n : nat) : nat :=
  (Z.to_nat (Zceil (ln (INR n) / - ln (1 - m/2))) + L0 m delta)%nat.

Lemma ln_1_minus_neg (m : R) : 0 < m <= 1 -> 0 < - ln (1 - m/2).
Proof.
  intros Hm; assert (ln (1 - m/2) < 0); [|lra].
  rewrite <- ln_1; apply ln_increasing; lra.
Qed.

Lemma ln_INR_ge_0 (n : nat) : (0 < n)%nat -> 0 <= ln (INR n).
Proof.
  intros Hn; apply lt_INR in Hn as H0; simpl in H0.
  destruct (Nat.eq_dec n 1) as [->|Hne]; [simpl; rewrite ln_1; lra|].
  rewrite <- ln_1; left; apply ln_increasing; [lra|]; apply (lt_INR 1); lia.
Qed.

Lemma Zceil_L1_ge_0 (m : R) (n : nat) : 0 < m <= 1 -> (0 < n)%nat ->
  (0 <= Zceil (ln (INR n) / - ln (1 - m/2)))%Z.
Proof.
  intros Hm Hn; apply le_IZR; eapply Rle_trans; [|apply Zceil_ub].
  apply Rdiv_le_0_compat; [apply ln_INR_ge_0, Hn|apply ln_1_minus_neg, Hm].
Qed.

(** [L1] as a natural number is the integer of the paper. *)
Lemma L1_Z (m delta : R) (n : nat) : 0 < m <= 1 -> (0 < n)%nat ->
  Z.of_nat (L1 m delta n) =
  (Zceil (ln (INR n) / - ln (1 - m/2)) + Z.of_nat (L0 m delta))%Z.
Proof.
  intros Hm Hn; pose proof (Zceil_L1_ge_0 m n Hm Hn).
  unfold L1; rewrite Nat2Z.inj_add, Z2Nat.id; lia.
Qed.

Lemma L0_le_L1 (m delta : R) (n : nat) : (L0 m delta <= L1 m delta n)%nat.
Proof. unfold L1; lia. Qed.

(** With two points or more, [L1 > L0]. *)
Lemma L0_lt_L1 (m delta : R) (n : nat) :
  0 < m <= 1 -> (1 < n)%nat -> (L0 m delta < L1 m delta n)%nat.
Proof.
  intros Hm Hn; pose proof (L1_Z m delta n Hm ltac:(lia)) as HZ.
  assert (0 < Zceil (ln (INR n) / - ln (1 - m/2)))%Z; [|lia].
  apply lt_IZR; eapply Rlt_le_trans; [|apply Zceil_ub].
  apply Rdiv_lt_0_compat; [|apply ln_1_minus_neg, Hm].
  rewrite <- ln_1; apply ln_increasing; [lra|]; apply (lt_INR 1), Hn.
Qed.

(** [ceil(log n / -log(1 - mu/2))] layers bring [(1 - mu/2)^k] to [1/n]. *)
Lemma pow_layers (m : R) (n k : nat) : 0 < m <= 1 -> (0 < n)%nat ->
  ln (INR n) / - ln (1 - m/2) <= INR k -> (1 - m/2) ^ k <= / INR n.
Proof.
  intros Hm Hn Hk; pose proof (ln_1_minus_neg m Hm) as Hq.
  pose proof (lt_0_INR n Hn) as Hn0.
  assert (Hp : 0 < (1 - m/2) ^ k) by (apply pow_lt; lra).
  assert (H : ln ((1 - m/2) ^ k) <= ln (/ INR n)).
  { rewrite ln_pow, ln_Rinv by lra.
    apply (Rle_div_l _ _ (- ln (1 - m/2))) in Hk; lra. }
  apply Rnot_lt_le; intros H'.
  apply ln_increasing in H'; [lra|apply Rinv_0_lt_compat, Hn0].
Qed.

(** The depth beyond [L0] pays for the factor [n]. *)
Lemma pow_L1_L0 (m delta : R) (n : nat) : 0 < m <= 1 -> (0 < n)%nat ->
  (1 - m/2) ^ (L1 m delta n - L0 m delta) <= / INR n.
Proof.
  intros Hm Hn; apply pow_layers; trivial.
  eapply Rle_trans; [apply Zceil_ub|].
  rewrite (INR_IZR_INZ (_ - _)); apply IZR_le.
  pose proof (L1_Z m delta n Hm Hn); lia.
Qed.

(** [(n-1) B <= (1/2) (1 - 1/n) (1 - mu/2)^(L - L1)] from [L1] on. *)
Lemma B_beyond_L1 (m delta : R) (n L : nat) :
  0 < m <= 1 -> (0 < n)%nat -> (L1 m delta n <= L)%nat ->
  (INR n - 1) * B m delta L
  <= 1/2 * ((1 - / INR n) * (1 - m/2) ^ (L - L1 m delta n)).
Proof.
  intros Hm Hn HL; pose proof (lt_0_INR n Hn) as Hn0.
  destruct (Nat.eq_dec n 1) as [->|Hne].
  { simpl; right; field. }
  pose proof (L0_lt_L1 m delta n Hm ltac:(lia)) as H01.
  unfold B; destruct (Nat.leb_spec L (L0 m delta)) as [H|_]; [lia|].
  replace (L - L0 m delta)%nat
    with ((L1 m delta n - L0 m delta) + (L - L1 m delta n))%nat by lia.
  rewrite pow_add; pose proof (pow_L1_L0 m delta n Hm Hn) as Hk.
  set (p := (1 - m/2) ^ (L - _)) in *; set (k := (1 - m/2) ^ _) in *.
  assert (Hp : 0 <= p) by (apply pow_le; lra).
  assert (H1 : 1 <= INR n) by (apply (le_INR 1); lia).
  replace ((INR n - 1) * (1/2 * (k * p))) with (1/2 * (((INR n - 1) * k) * p)) by ring.
  replace (1 - / INR n) with ((INR n - 1) * / INR n) by (field; lra).
  apply Rmult_le_compat_l; [lra|]; apply Rmult_le_compat_r; [exact Hp|].
  apply Rmult_le_compat_l; lra.
Qed.

(** Corollary 3, step (c): from [L1] on the radius of the discs is at most 1/2. *)
Theorem B_radius (m delta : R) (n L : nat) : 0 < m <= 1 -> (0 < n)%nat ->
  (L1 m delta n <= L)%nat -> (INR n - 1) * B m delta L <= 1/2.
Proof.
  intros Hm Hn HL; eapply Rle_trans; [apply B_beyond_L1; trivial|].
  pose proof (pow_le_1 (1 - m/2) (L - L1 m delta n) ltac:(lra)) as Hp.
  assert (Hi : 0 < / INR n) by (apply Rinv_0_lt_compat, lt_0_INR, Hn).
  assert ((1 - / INR n) * (1 - m/2) ^ (L - L1 m delta n) <= 1); [|lra].
  nra.
Qed.

(** Corollary 3, step (d): [(1+x)/(1-x) <= 1 + 4 x] on [0, 1/2]. *)
Theorem corollary3_d (x : R) : 0 <= x <= 1/2 -> (1 + x) / (1 - x) <= 1 + 4 * x.
Proof.
  intros Hx; apply Rle_div_l; [lra|].
  assert (0 <= x * (1/2 - x)) by (apply Rmult_le_pos; lra); lra.
Qed.

(** [1 - mu/2 <= (1 + mu/2)^-1]. *)
Lemma one_minus_le_inv (m : R) (k : nat) :
  0 < m <= 1 -> (1 - m/2) ^ k <= / (1 + m/2) ^ k.
Proof.
  intros Hm; rewrite Rinv_pow by lra; apply pow_incr; split; [lra|].
  apply (Rmult_le_reg_r (1 + m/2)); [lra|]; rewrite Rinv_l by lra; nra.
Qed.

(** [(1 + mu/2)^L0 <= max(1, 3/(4 delta))], the last inequality of step (g),
    with the constant that the definition of [L0] gives. *)
Theorem pow_L0_le (m delta : R) : 0 < m <= 1 -> 0 < delta <= 1 ->
  (1 + m/2) ^ L0 m delta <= Rmax 1 (3 / (4 * delta)).
Proof.
  intros Hm Hd; destruct (L0 m delta) as [|k] eqn:E; [apply Rmax_l|].
  eapply Rle_trans; [|apply Rmax_r].
  pose proof (L0_not_reached m delta k ltac:(lra) ltac:(lra) ltac:(lia)) as H.
  assert (Hp : 0 < (1 + m/2) ^ k) by (apply pow_lt; lra).
  assert (Hdp : 0 < delta * (1 + m/2) ^ k) by (apply Rmult_lt_0_compat; lra).
  apply (Rle_div_r _ _ (4 * delta)); [lra|]; simpl.
  assert (m * (delta * (1 + m/2) ^ k) <= 1 * (delta * (1 + m/2) ^ k))
    by (apply Rmult_le_compat_r; lra); lra.
Qed.

Lemma Rmax_le_inv_delta (delta : R) : 0 < delta <= 1 -> Rmax 1 (3 / (4 * delta)) <= / delta.
Proof.
  intros Hd; assert (Hi : 1 <= / delta).
  { rewrite <- Rinv_1; apply Rinv_le_contravar; lra. }
  apply Rmax_lub; [exact Hi|].
  replace (3 / (4 * delta)) with (3/4 * / delta) by (field; lra); lra.
Qed.

(** ** The steps of part 2 beyond the condition number *)

(** Corollary 3, step (e), as an excess over 1. *)
Lemma excess (n : nat) (x : R) : x < 1 ->
  (1 + (INR n - 1) * x) / (1 - x) = 1 + INR n * (x / (1 - x)).
Proof. intros Hx; field; lra. Qed.

Section Excess.

Variables (m delta : R) (L : nat).
Hypothesis Hm : 0 < m <= 1.
Hypothesis Hd : 0 < delta <= 1.

(** Corollary 3, step (f). *)
Theorem corollary3_f : (L <= L0 m delta)%nat ->
  B m delta L / (1 - B m delta L) <= / delta * / (1 + m/2) ^ L.
Proof.
  intros HL; unfold B; apply Nat.leb_le in HL; rewrite HL.
  assert (Hp : 0 < (1 + m/2) ^ L) by (apply pow_lt; lra).
  set (y := delta * (1 + m/2) ^ L) in *.
  assert (Hy : 0 < y) by (apply Rmult_lt_0_compat; lra).
  rewrite <- Rinv_mult_distr by lra; fold y.
  replace ((1 - y) / (1 - (1 - y))) with (/ y - 1) by (field; lra); lra.
Qed.

(** Corollary 3, step (g), first inequalities. *)
Theorem corollary3_g : (L0 m delta < L)%nat ->
  B m delta L / (1 - B m delta L) <= (1 - m/2) ^ (L - L0 m delta).
Proof.
  intros HL; unfold B; apply Nat.leb_gt in HL; rewrite HL.
  pose proof (pow_le_1 (1 - m/2) (L - L0 m delta) ltac:(lra)) as Hp.
  apply Rle_div_l; [lra|nra].
Qed.

(** Corollary 3, step (g), the exchange of the two rates. *)
Theorem corollary3_rates (N : nat) : (N <= L)%nat ->
  (1 - m/2) ^ (L - N) <= (1 + m/2) ^ N * / (1 + m/2) ^ L.
Proof.
  intros HL; eapply Rle_trans; [apply one_minus_le_inv, Hm|]; right.
  assert (E : (1 + m/2) ^ L = (1 + m/2) ^ (L - N) * (1 + m/2) ^ N)
    by (rewrite <- pow_add; f_equal; lia).
  rewrite E; field; split; apply pow_nonzero; lra.
Qed.

(** Corollary 3, step (g), the rest, with the constant of [pow_L0_le]. *)
Theorem corollary3_g' : (L0 m delta < L)%nat ->
  (1 - m/2) ^ (L - L0 m delta) <= Rmax 1 (3 / (4 * delta)) * / (1 + m/2) ^ L.
Proof.
  intros HL; eapply Rle_trans; [apply corollary3_rates; lia|].
  apply Rmult_le_compat_r; [|apply pow_L0_le; assumption].
  left; apply Rinv_0_lt_compat, pow_lt; lra.
Qed.

(** Steps (f) and (g) together. *)
Theorem B_excess : B m delta L / (1 - B m delta L) <= / delta * / (1 + m/2) ^ L.
Proof.
  destruct (Nat.le_gt_cases L (L0 m delta)) as [HL|HL].
  - apply corollary3_f, HL.
  - eapply Rle_trans; [apply corollary3_g, HL|].
    eapply Rle_trans; [apply corollary3_g', HL|].
    apply Rmult_le_compat_r; [|apply Rmax_le_inv_delta, Hd].
    left; apply Rinv_0_lt_compat, pow_lt; lra.
Qed.

End Excess.

Section Corollary3.

Variables (c : nat -> R) (n L : nat) (K : matrix) (delta : R).
Hypothesis Hc : normalized c.
Hypothesis Hnl : nonlinear c.
Hypothesis Hn : (0 < n)%nat.
Hypothesis Hd : 0 < delta <= 1.
Hypothesis HU : unit_diag n K.

Let KT : matrix := top_kernel c L K.
Let b : R := B (mu c) delta L.

Lemma INR_minus_1_ge_0 : 0 <= INR n - 1.
Proof. pose proof (le_INR 1 n Hn) as H; simpl in H; lra. Qed.

(** Corollary 3, step (b), the eigenvalues. *)
Theorem corollary3_b : assumption1 n K delta ->
  1 - (INR n - 1) * b <= lambda_min n KT /\ lambda_max n KT <= 1 + (INR n - 1) * b.
Proof.
  intros H1; assert (Hf : forall v, (1 - (INR n - 1) * b) * nrm2 n v <= form n KT v
                                    <= (1 + (INR n - 1) * b) * nrm2 n v).
  { intros v; apply top_kernel_form; trivial; apply theorem2_part1; trivial. }
  split; [eapply lambda_min_ge|eapply lambda_max_le]; eauto.
Qed.

(** Corollary 3, step (b), the condition number. *)
Theorem corollary3_b' : assumption1 n K delta -> (INR n - 1) * b < 1 ->
  0 < lambda_min n KT /\
  kappa n KT <= (1 + (INR n - 1) * b) / (1 - (INR n - 1) * b).
Proof.
  intros H1 Hb.
  assert (Hf : forall v, (1 - (INR n - 1) * b) * nrm2 n v <= form n KT v
                         <= (1 + (INR n - 1) * b) * nrm2 n v).
  { intros v; apply top_kernel_form; trivial; apply theorem2_part1; trivial. }
  destruct (kappa_le n KT _ _ Hn Hf ltac:(lra)) as [H [_ H']]; split; assumption.
Qed.

Lemma nb_ge_0 : 0 <= (INR n - 1) * b.
Proof.
  apply Rmult_le_pos; [apply INR_minus_1_ge_0|apply B_bounds; assumption].
Qed.

(** Corollary 3, step (c). *)
Theorem corollary3_c : (L1 (mu c) delta n <= L)%nat -> (INR n - 1) * b <= 1/2.
Proof. apply B_radius; trivial; apply lemma22; assumption. Qed.

(** Corollary 3, part 1, with the constant that the argument gives:
    [2 (1 - 1/n)] in the place of [2 n]. *)
Theorem corollary3_part1_sharp : assumption1 n K delta ->
  (L1 (mu c) delta n <= L)%nat ->
  0 < lambda_min n KT /\
  kappa n KT <= 1 + 2 * (1 - / INR n) * (1 - mu c / 2) ^ (L - L1 (mu c) delta n).
Proof.
  intros H1 HL; pose proof (corollary3_c HL) as Hx; pose proof nb_ge_0 as H0.
  destruct (corollary3_b' H1 ltac:(lra)) as [Hmin Hk]; split; [exact Hmin|].
  eapply Rle_trans; [exact Hk|].
  eapply Rle_trans; [apply corollary3_d; lra|].
  pose proof (B_beyond_L1 (mu c) delta n L (lemma22 c Hc Hnl) Hn HL) as HB.
  fold b in HB; lra.
Qed.

(** Corollary 3, part 1. *)
Theorem corollary3_part1 : assumption1 n K delta ->
  (L1 (mu c) delta n <= L)%nat ->
  0 < lambda_min n (top_kernel c L K) /\
  kappa n (top_kernel c L K)
  <= 1 + 2 * INR n * (1 - mu c / 2) ^ (L - L1 (mu c) delta n).
Proof.
  intros H1 HL; destruct (corollary3_part1_sharp H1 HL) as [Hmin Hk].
  split; [exact Hmin|]; eapply Rle_trans; [exact Hk|].
  pose proof (lemma22 c Hc Hnl) as Hm.
  apply Rplus_le_compat_l, Rmult_le_compat_r; [apply pow_le; lra|].
  assert (0 < / INR n) by (apply Rinv_0_lt_compat, lt_0_INR, Hn).
  pose proof INR_minus_1_ge_0; lra.
Qed.

(** Any bound [x] of the iterate at [1 - delta] bounds the condition number
    under Assumption 2. *)
Theorem kappa_le_iterate (x : R) : assumption2 n K delta ->
  Nat.iter L (sigma_hat c) (1 - delta) <= x -> x < 1 ->
  0 < lambda_min n KT /\ kappa n KT <= (1 + (INR n - 1) * x) / (1 - x).
Proof.
  intros H2 Hx Hx1.
  assert (Hf : forall v, (1 - x) * nrm2 n v <= form n KT v
                         <= (1 + (INR n - 1) * x) * nrm2 n v).
  { intros v; split.
    - apply (ge_scalar_le n KT (1 - Nat.iter L (sigma_hat c) (1 - delta)) (1 - x));
        [lra|apply top_kernel_ge_scalar; trivial; lra].
    - apply top_kernel_form; trivial; intros i j Hi Hj Hne.
      eapply Rle_trans; [|exact Hx].
      apply (Rabs_iter_le c Hc L (K i j) (1 - delta)); [|lra].
      apply (assumption2_implies_1 n K delta); assumption. }
  destruct (kappa_le n KT _ _ Hn Hf ltac:(lra)) as [H [_ H']]; split; assumption.
Qed.

(** Corollary 3, step (e). *)
Theorem corollary3_e : assumption2 n K delta ->
  0 < lambda_min n KT /\ kappa n KT <= (1 + (INR n - 1) * b) / (1 - b).
Proof.
  intros H2; apply kappa_le_iterate; [exact H2| |apply B_bounds; assumption].
  apply iter_le_B; trivial; apply lemma22; assumption.
Qed.

(** Corollary 3, part 2. *)
Theorem corollary3_part2 : assumption2 n K delta ->
  0 < lambda_min n (top_kernel c L K) /\
  kappa n (top_kernel c L K) <= 1 + INR n / delta * / (1 + mu c / 2) ^ L.
Proof.
  intros H2; destruct (corollary3_e H2) as [Hmin Hk]; split; [exact Hmin|].
  pose proof (proj2 (B_bounds c delta L Hc Hnl Hd)) as Hb.
  pose proof (lemma22 c Hc Hnl) as Hm.
  eapply Rle_trans; [exact Hk|]; rewrite excess by exact Hb.
  unfold Rdiv at 2; rewrite Rmult_assoc.
  apply Rplus_le_compat_l, Rmult_le_compat_l; [apply pos_INR|].
  apply B_excess; assumption.
Qed.

End Corollary3.
