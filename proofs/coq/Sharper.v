(** Sharper forms of Lemma 6, Theorem 2 and Corollary 3 that the same argument
    gives: no factor [n] in part 1; [(1 - delta)/delta] and the rate [1 + mu]
    in part 2, with no case distinction at [L0]; and the matrix on which the
    bound by the iterate is attained. *)

From Coq Require Import Reals Lra Lia ZArith.
From Coquelicot Require Import Coquelicot.
From Conditioning Require Import Series Lemma22 Lemma23 Depth Matrices Lemma24
  Theorem2 Corollary3.
Open Scope R_scope.

(** Corollary 3, part 1, without the factor [n]. *)
Theorem corollary3_part1_no_n (c : nat -> R) (n L : nat) (K : matrix) (delta : R) :
  normalized c -> nonlinear c -> (0 < n)%nat -> 0 < delta <= 1 ->
  unit_diag n K -> assumption1 n K delta -> (L1 (mu c) delta n <= L)%nat ->
  0 < lambda_min n (top_kernel c L K) /\
  kappa n (top_kernel c L K) <= 1 + 2 * (1 - mu c / 2) ^ (L - L1 (mu c) delta n).
Proof.
  intros Hc Hnl Hn Hd HU H1 HL.
  destruct (corollary3_part1_sharp c n L K delta Hc Hnl Hn Hd HU H1 HL) as [Hmin Hk].
  split; [exact Hmin|]; eapply Rle_trans; [exact Hk|].
  pose proof (lemma22 c Hc Hnl) as Hm.
  apply Rplus_le_compat_l, Rmult_le_compat_r; [apply pow_le; lra|].
  assert (0 < / INR n) by (apply Rinv_0_lt_compat, lt_0_INR, Hn); lra.
Qed.

(** Corollary 3, part 2, beyond [L0]: [max(1, 3/(4 delta))] in the place of
    [1/delta]. *)
Theorem corollary3_part2_beyond_L0 (c : nat -> R) (n L : nat) (K : matrix) (delta : R) :
  normalized c -> nonlinear c -> (0 < n)%nat -> 0 < delta <= 1 ->
  unit_diag n K -> assumption2 n K delta -> (L0 (mu c) delta < L)%nat ->
  kappa n (top_kernel c L K)
  <= 1 + INR n * (Rmax 1 (3 / (4 * delta)) * / (1 + mu c / 2) ^ L).
Proof.
  intros Hc Hnl Hn Hd HU H2 HL.
  destruct (corollary3_e c n L K delta Hc Hnl Hn Hd HU H2) as [_ Hk].
  eapply Rle_trans; [exact Hk|].
  rewrite excess by (apply B_bounds; assumption).
  apply Rplus_le_compat_l, Rmult_le_compat_l; [apply pos_INR|].
  eapply Rle_trans; [apply corollary3_g; [apply lemma22|]; assumption|].
  apply corollary3_g'; [apply lemma22| |]; assumption.
Qed.

(** ** The odds x/(1-x) shrink by the factor 1 + mu at every layer *)

(** [E] has odds [((1-delta)/delta) (1+m)^(-L)]. *)
Definition E (m delta : R) (L : nat) : R :=
  (1 - delta) / ((1 - delta) + delta * (1 + m) ^ L).

Lemma E_bounds (m delta : R) (L : nat) :
  0 <= m -> 0 < delta <= 1 -> 0 <= E m delta L < 1.
Proof.
  intros Hm Hd; assert (Hp : 0 < delta * (1 + m) ^ L)
    by (apply Rmult_lt_0_compat; [lra|apply pow_lt; lra]).
  unfold E; split; [apply Rdiv_le_0_compat; lra|].
  apply Rlt_div_l; lra.
Qed.

Lemma E_odds (m delta : R) (L : nat) : 0 <= m -> 0 < delta <= 1 ->
  E m delta L / (1 - E m delta L) = (1 - delta) / delta * / (1 + m) ^ L.
Proof.
  intros Hm Hd; assert (Hr : 0 < (1 + m) ^ L) by (apply pow_lt; lra).
  assert (Hp : 0 < delta * (1 + m) ^ L) by (apply Rmult_lt_0_compat; lra).
  unfold E; field; repeat split; lra.
Qed.

(** One layer: the odds shrink by [1 + mu] at least. *)
Theorem one_layer_odds (c : nat -> R) (x : R) : normalized c -> 0 <= x <= 1 ->
  sigma_hat c x <= x / (1 + mu c * (1 - x)).
Proof.
  intros Hc Hx; pose proof (mu_bounds_weak c Hc) as Hm.
  assert (Ht : 0 <= mu c * (1 - x)) by (apply Rmult_le_pos; lra).
  pose proof (sigma_hat_le_product c Hc (1 - x) ltac:(lra)) as H.
  replace (1 - (1 - x)) with x in H by ring.
  eapply Rle_trans; [exact H|].
  apply (Rle_div_r _ _ (1 + mu c * (1 - x))); [lra|].
  set (t := mu c * (1 - x)) in *.
  assert (0 <= x * (t * t)) by (apply Rmult_le_pos; [lra|apply Rmult_le_pos; exact Ht]).
  lra.
Qed.

Lemma iter_le_E (c : nat -> R) (delta : R) (L : nat) :
  normalized c -> 0 < delta <= 1 ->
  Nat.iter L (sigma_hat c) (1 - delta) <= E (mu c) delta L.
Proof.
  intros Hc Hd; pose proof (mu_bounds_weak c Hc) as Hm.
  induction L as [|L IH].
  - unfold E; simpl; right; field; lra.
  - pose proof (iter_bounds c Hc L (1 - delta) ltac:(lra)) as Hb.
    pose proof (E_bounds (mu c) delta L ltac:(lra) Hd) as HE.
    assert (Hr : 0 < (1 + mu c) ^ L) by (apply pow_lt; lra).
    simpl Nat.iter; eapply Rle_trans;
      [apply sigma_hat_le; [exact Hc|split; [apply Hb|exact IH]|lra]|].
    eapply Rle_trans; [apply one_layer_odds; [exact Hc|lra]|].
    assert (Hp : 0 < delta * (1 + mu c) ^ L) by (apply Rmult_lt_0_compat; lra).
    assert (Hq : 0 <= mu c * (delta * (1 + mu c) ^ L)) by (apply Rmult_le_pos; lra).
    right; unfold E; simpl pow; field; repeat split; lra.
Qed.

(** Lemma 6, sharper: one closed form for every depth, without [L0]. *)
Theorem lemma6_sharper (c : nat -> R) (delta rho : R) (L : nat) :
  normalized c -> 0 < delta <= 1 -> Rabs rho <= 1 - delta ->
  Rabs (Nat.iter L (sigma_hat c) rho)
  <= (1 - delta) / ((1 - delta) + delta * (1 + mu c) ^ L).
Proof.
  intros Hc Hd Hr.
  eapply Rle_trans; [apply Rabs_iter_le with (y := 1 - delta); trivial; lra|].
  apply iter_le_E; assumption.
Qed.

(** Theorem 2, part 2, sharper. *)
Theorem theorem2_part2_sharper (c : nat -> R) (n L : nat) (K : matrix) (delta : R) :
  normalized c -> 0 < delta <= 1 -> unit_diag n K -> assumption2 n K delta ->
  ge_scalar n (top_kernel c L K) (1 - E (mu c) delta L).
Proof.
  intros Hc Hd HU H2.
  apply ge_scalar_le with (1 - Nat.iter L (sigma_hat c) (1 - delta)).
  - pose proof (iter_le_E c delta L Hc Hd); lra.
  - apply top_kernel_ge_scalar; trivial; lra.
Qed.

(** The same for the least eigenvalue. *)
Theorem theorem2_part2_sharper_lambda_min (c : nat -> R) (n L : nat) (K : matrix) (delta : R) :
  normalized c -> (0 < n)%nat -> 0 < delta <= 1 -> unit_diag n K -> assumption2 n K delta ->
  1 - E (mu c) delta L <= lambda_min n (top_kernel c L K).
Proof.
  intros Hc Hn Hd HU H2.
  apply lambda_min_ge with (hi := 1 + (INR n - 1) * E (mu c) delta L); [exact Hn|].
  intros v; split; [apply theorem2_part2_sharper; assumption|].
  apply top_kernel_form; trivial; intros i j Hi Hj Hne; apply lemma6_sharper; trivial.
  apply (assumption2_implies_1 n K delta); assumption.
Qed.

(** Corollary 3, part 1, sharper: the rate [1 + mu], as soon as the depth makes
    the right hand side at most 3. *)
Theorem corollary3_part1_sharper (c : nat -> R) (n L : nat) (K : matrix) (delta : R) :
  normalized c -> (0 < n)%nat -> 0 < delta <= 1 ->
  unit_diag n K -> assumption1 n K delta ->
  (INR n - 1) * ((1 - delta) / delta * / (1 + mu c) ^ L) <= 1/2 ->
  0 < lambda_min n (top_kernel c L K) /\
  kappa n (top_kernel c L K)
  <= 1 + 4 * ((INR n - 1) * ((1 - delta) / delta * / (1 + mu c) ^ L)).
Proof.
  intros Hc Hn Hd HU H1 HL; pose proof (mu_bounds_weak c Hc) as Hm.
  assert (Hr : 0 < (1 + mu c) ^ L) by (apply pow_lt; lra).
  set (y := (1 - delta) / delta * / (1 + mu c) ^ L) in *.
  assert (Hn1 : 0 <= INR n - 1) by (apply INR_minus_1_ge_0, Hn).
  assert (Hy : 0 <= y).
  { apply Rmult_le_pos; [apply Rdiv_le_0_compat; lra|].
    left; apply Rinv_0_lt_compat, Hr. }
  assert (HEy : E (mu c) delta L <= y).
  { pose proof (E_bounds (mu c) delta L ltac:(lra) Hd) as HE.
    unfold y; rewrite <- E_odds by (lra || assumption).
    apply (Rle_div_r _ _ (1 - E (mu c) delta L)); [lra|nra]. }
  assert (Hx : 0 <= (INR n - 1) * y) by (apply Rmult_le_pos; assumption).
  assert (Hf : forall v, (1 - (INR n - 1) * y) * nrm2 n v <= form n (top_kernel c L K) v
                         <= (1 + (INR n - 1) * y) * nrm2 n v).
  { intros v; apply top_kernel_form; trivial; intros i j Hi Hj Hne.
    eapply Rle_trans; [|exact HEy].
    apply lemma6_sharper; auto. }
  destruct (kappa_le n _ _ _ Hn Hf ltac:(lra)) as [Hmin [_ Hk]]; split; [exact Hmin|].
  eapply Rle_trans; [exact Hk|apply corollary3_d; lra].
Qed.

(** Corollary 3, part 2, sharper: [(1-delta)/delta] in the place of [1/delta]
    and the rate [1 + mu] in the place of [1 + mu/2], at every depth. *)
Theorem corollary3_part2_sharper (c : nat -> R) (n L : nat) (K : matrix) (delta : R) :
  normalized c -> (0 < n)%nat -> 0 < delta <= 1 ->
  unit_diag n K -> assumption2 n K delta ->
  0 < lambda_min n (top_kernel c L K) /\
  kappa n (top_kernel c L K) <= 1 + INR n * ((1 - delta) / delta * / (1 + mu c) ^ L).
Proof.
  intros Hc Hn Hd HU H2; pose proof (mu_bounds_weak c Hc) as Hm.
  destruct (E_bounds (mu c) delta L ltac:(lra) Hd) as [_ HE1].
  destruct (kappa_le_iterate c n L K delta Hc Hn Hd HU (E (mu c) delta L) H2
    (iter_le_E c delta L Hc Hd) HE1) as [Hmin Hk].
  split; [exact Hmin|]; eapply Rle_trans; [exact Hk|].
  rewrite excess by exact HE1; rewrite E_odds by (lra || assumption); lra.
Qed.

(** ** The bound by the iterate is attained *)

(** Unit diagonal, all other entries [r]. *)
Definition equicorrelated (r : R) : matrix := fun i j => if Nat.eqb i j then 1 else r.

Lemma form_equicorrelated (n : nat) (r : R) (v : nat -> R) :
  form n (equicorrelated r) v = (1 - r) * nrm2 n v + r * sum n v ^ 2.
Proof.
  rewrite (form_ext n _ (fun i j => scalar (1 - r) i j + r * (1 * 1)) v v).
  - rewrite form_plus, form_scalar, (form_mult_l n r (fun _ _ => 1 * 1)).
    rewrite (form_rank_one n (fun _ => 1)), (sum_ext n _ v) by (intros; ring).
    reflexivity.
  - intros i j _ _; unfold equicorrelated, scalar; destruct (Nat.eqb i j); ring.
  - reflexivity.
Qed.

Lemma unit_diag_equicorrelated (n : nat) (r : R) : unit_diag n (equicorrelated r).
Proof. intros i _; unfold equicorrelated; rewrite Nat.eqb_refl; reflexivity. Qed.

Lemma assumption2_equicorrelated (n : nat) (delta : R) :
  delta <= 1 -> assumption2 n (equicorrelated (1 - delta)) delta.
Proof.
  intros Hd; split.
  - intros i j _ _; unfold equicorrelated; rewrite Nat.eqb_sym; reflexivity.
  - intros v; rewrite form_equicorrelated.
    assert (0 <= (1 - delta) * sum n v ^ 2); [|lra].
    apply Rmult_le_pos; [lra|apply pow2_ge_0].
Qed.

(** The equicorrelated matrix attains the bound [(1 + (n-1) x)/(1 - x)] of
    [kappa_le_iterate], for every activation, depth and [n >= 2]. *)
Theorem kappa_equicorrelated (c : nat -> R) (n L : nat) (delta : R) :
  normalized c -> (1 < n)%nat -> 0 < delta <= 1 ->
  kappa n (top_kernel c L (equicorrelated (1 - delta))) =
  (1 + (INR n - 1) * Nat.iter L (sigma_hat c) (1 - delta)) /
  (1 - Nat.iter L (sigma_hat c) (1 - delta)).
Proof.
  intros Hc Hn Hd; pose proof (iter_bounds c Hc L (1 - delta) ltac:(lra)) as Hb.
  assert (Hx1 : Nat.iter L (sigma_hat c) (1 - delta) < 1).
  { eapply Rle_lt_trans; [apply iter_le_E; assumption|].
    apply E_bounds; [apply mu_bounds_weak, Hc|exact Hd]. }
  set (KT := top_kernel c L _).
  destruct (kappa_le_iterate c n L (equicorrelated (1 - delta)) delta Hc ltac:(lia) Hd
    (unit_diag_equicorrelated n _) _ (assumption2_equicorrelated n delta ltac:(lra))
    (Rle_refl _) Hx1) as [Hmin Hk]; fold KT in Hmin, Hk.
  set (x := Nat.iter L (sigma_hat c) (1 - delta)) in *.
  assert (HF : forall v, form n KT v = (1 - x) * nrm2 n v + x * sum n v ^ 2).
  { intros v; rewrite <- form_equicorrelated; apply form_ext; [|reflexivity].
    intros i j _ _; unfold KT, top_kernel, entrywise, equicorrelated.
    destruct (Nat.eqb i j); [apply iter_1, Hc|reflexivity]. }
  assert (HB : forall v, (1 - x) * nrm2 n v <= form n KT v
                         <= (1 + (INR n - 1) * x) * nrm2 n v).
  { intros v; split.
    - rewrite HF; assert (0 <= x * sum n v ^ 2); [|lra].
      apply Rmult_le_pos; [lra|apply pow2_ge_0].
    - apply gershgorin.
      + apply corollary3_a; [exact Hc|apply unit_diag_equicorrelated].
      + intros i j _ _ Hne; unfold KT, top_kernel, entrywise, equicorrelated.
        destruct (Nat.eqb_spec i j); [contradiction|]; fold x; rewrite Rabs_pos_eq; lra. }
  assert (Hhi : rayleigh n KT (1 + (INR n - 1) * x)).
  { exists (fun _ => 1); unfold nrm2 at 1; rewrite HF; unfold nrm2.
    rewrite !sum_const; split; [|ring].
    rewrite !Rmult_1_r; apply lt_0_INR; lia. }
  assert (Hlo : rayleigh n KT (1 - x)).
  { assert (Hs : forall g, sum n (fun k => two 0 1 1 (-1) k * g k) = 1 * g 0%nat + -1 * g 1%nat)
      by (intros g; apply sum_two; lia).
    exists (two 0 1 1 (-1)); rewrite HF.
    assert (H2 : nrm2 n (two 0 1 1 (-1)) = 2)
      by (unfold nrm2; rewrite Hs; unfold two; simpl; ring).
    assert (H0 : sum n (two 0 1 1 (-1)) = 0).
    { rewrite (sum_ext n _ (fun k => two 0 1 1 (-1) k * 1)) by (intros; ring).
      rewrite (Hs (fun _ => 1)); ring. }
    rewrite H2, H0; split; [lra|ring]. }
  assert (Hmax' : 1 + (INR n - 1) * x <= lambda_max n KT)
    by (apply (lambda_max_is_lub n KT _ _ ltac:(lia) HB); exact Hhi).
  assert (Hmin' : lambda_min n KT <= 1 - x)
    by (apply (lambda_min_is_glb n KT _ _ ltac:(lia) HB); exact Hlo).
  apply Rle_antisym; [exact Hk|].
  assert (Hn1 : 0 <= INR n - 1) by (apply INR_minus_1_ge_0; lia).
  assert (0 <= (INR n - 1) * x) by (apply Rmult_le_pos; lra).
  unfold kappa; apply Rmult_le_compat; [lra|left; apply Rinv_0_lt_compat; lra|exact Hmax'|].
  apply Rinv_le_contravar; assumption.
Qed.
