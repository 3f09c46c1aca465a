(** Theorem 8 and Corollary 9 for the tangent kernel as it is derived from the
    network: by its recursion from layer to layer, in the words of the exported
    statements.  The bound has the odds of Sharper.v, at every depth; from
    [2 L0] on it is at most [2 B(L/2)], [B] taken at half integers. *)

From Conditioning Require Import Matrices Spectral Sharper Bridge.
Open Scope R_scope.

(** [T_L(x)]. *)
Definition T (c : nat -> R) (L : Z) (x : R) : R := fold (tangent_step c x) 1 L x.

Lemma T_0 (c : nat -> R) (x : R) : T c 0 x = x.
Proof. apply fold_empty; lia. Qed.

Lemma T_next (c : nat -> R) (L : Z) (x : R) : (0 <= L)%Z ->
  T c (L + 1) x = iterate (fun x => dual c x) (L + 1) x +
                  T c L x * D c (iterate (fun x => dual c x) L x).
Proof.
  intros HL; unfold T; rewrite fold_last by lia; unfold tangent_step at 1.
  rewrite slope_D; replace (L + 1 - 1)%Z with L by lia; reflexivity.
Qed.

Lemma T_1_next (c : nat -> R) (L : Z) : normalized c -> (0 <= L)%Z ->
  T c (L + 1) 1 = 1 + T c L 1 * D c 1.
Proof. intros Hc HL; rewrite T_next, !iterate_1 by assumption; reflexivity. Qed.

Lemma T_1_ge_1 (c : nat -> R) (L : Z) : normalized c -> finite_slope c -> (0 <= L)%Z ->
  1 <= T c L 1.
Proof.
  intros Hc HD HL; pattern L; apply natlike_ind; [rewrite T_0; lra| |exact HL].
  intros l Hl IH; unfold Z.succ; rewrite T_1_next by assumption.
  pose proof (D_1_ge_1 c Hc HD); nra.
Qed.

(** ** The odds *)

(** The bound as the claims write it. *)
Definition odds (m delta : R) (L : Z) : R :=
  (1 - delta) / ((1 - delta) + delta * powerRZ (1 + m) L).

Lemma odds_E (m delta : R) (L : Z) : (0 <= L)%Z -> odds m delta L = E m delta (Z.to_nat L).
Proof. intros HL; unfold odds; rewrite powerRZ_pow by exact HL; reflexivity. Qed.

Lemma odds_0 (m delta : R) : 0 < delta <= 1 -> odds m delta 0 = 1 - delta.
Proof. intros Hd; unfold odds; change (powerRZ _ 0) with 1; field; lra. Qed.

Lemma odds_denominator (m delta : R) (L : Z) : 0 <= m -> 0 < delta <= 1 ->
  0 < delta * powerRZ (1 + m) L.
Proof. intros Hm Hd; apply Rmult_lt_0_compat; [lra|apply powerRZ_lt; lra]. Qed.

Lemma odds_neq_0 (m delta : R) (L : Z) : 0 <= m -> 0 < delta <= 1 ->
  1 - delta + delta * powerRZ (1 + m) L <> 0.
Proof. intros Hm Hd; pose proof (odds_denominator m delta L Hm Hd); lra. Qed.

Lemma odds_bounds (m delta : R) (L : Z) : 0 <= m -> 0 < delta <= 1 ->
  0 <= odds m delta L < 1.
Proof.
  intros Hm Hd; pose proof (odds_denominator m delta L Hm Hd); unfold odds.
  split; [apply Rdiv_le_0_compat|apply Rlt_div_l]; lra.
Qed.

(** [E(L)(1 - mu (1 - E(L))) <= E(L+1)]. *)
Theorem odds_next (m delta : R) (L : Z) : 0 <= m <= 1 -> 0 < delta <= 1 -> (0 <= L)%Z ->
  odds m delta L * (1 - m * (1 - odds m delta L)) <= odds m delta (L + 1).
Proof.
  intros Hm Hd HL; pose proof (odds_bounds m delta L (proj1 Hm) Hd) as Hb.
  pose proof (odds_denominator m delta L (proj1 Hm) Hd) as Hp.
  set (x := odds m delta L) in *.
  assert (Ht : 0 <= m * (1 - x)) by (apply Rmult_le_pos; lra).
  apply Rle_trans with (x / (1 + m * (1 - x))).
  - apply (Rle_div_r _ _ (1 + m * (1 - x))); [lra|].
    set (t := m * (1 - x)) in *.
    assert (0 <= x * (t * t)) by (apply Rmult_le_pos; [lra|apply Rmult_le_pos; exact Ht]).
    lra.
  - assert (0 <= m * (delta * powerRZ (1 + m) L)) by (apply Rmult_le_pos; lra).
    right; subst x; unfold odds; rewrite powerRZ_add, powerRZ_1 by lra.
    field; repeat split; lra.
Qed.

(** One layer. *)
Lemma one_application (c : nat -> R) (x y : R) : normalized c -> Rabs x <= y -> y <= 1 ->
  Rabs (dual c x) <= y * (1 - mu c * (1 - y)).
Proof.
  intros Hc Hx Hy; pose proof (Rabs_pos x).
  eapply Rle_trans; [apply (Rabs_iter_le c Hc 1 x y Hx Hy)|].
  pose proof (sigma_hat_le_product c Hc (1 - y) ltac:(lra)) as H1; simpl.
  replace (1 - (1 - y)) with y in H1 by ring; exact H1.
Qed.

Lemma iterate_odds (c : nat -> R) (L : Z) (delta rho : R) : normalized c -> 0 < delta <= 1 ->
  Rabs rho <= 1 - delta -> (0 <= L)%Z ->
  Rabs (iterate (fun x => dual c x) L rho) <= odds (mu c) delta L.
Proof. intros Hc Hd Hr HL; rewrite odds_E by exact HL; apply lemma6_sharper; assumption. Qed.

(** Steps (c) to (e) in one: [|T_L(rho)| <= E(L) T_L(1)]. *)
Theorem dominated (c : nat -> R) (delta rho : R) (L : Z) :
  normalized c -> finite_slope c -> 0 < delta <= 1 -> Rabs rho <= 1 - delta -> (0 <= L)%Z ->
  Rabs (T c L rho) <= odds (mu c) delta L * T c L 1.
Proof.
  intros Hc HD Hd Hr HL; pose proof (mu_bounds_weak c Hc) as Hm.
  pose proof (D_1_ge_1 c Hc HD) as H1.
  pattern L; apply natlike_ind; [rewrite !T_0, odds_0 by exact Hd; lra| |exact HL].
  intros l Hl IH; unfold Z.succ; rewrite T_next, T_1_next by assumption.
  set (x := iterate _ l rho); set (y := iterate _ (l + 1) rho).
  assert (Hx : Rabs x <= odds (mu c) delta l) by (apply iterate_odds; assumption).
  assert (Hy : Rabs y <= odds (mu c) delta (l + 1)) by (apply iterate_odds; trivial; lia).
  pose proof (odds_bounds (mu c) delta l (proj1 Hm) Hd) as He.
  pose proof (odds_next (mu c) delta l Hm Hd Hl) as Hn.
  pose proof (odds_bounds (mu c) delta (l + 1) (proj1 Hm) Hd) as Hf.
  pose proof (T_1_ge_1 c l Hc HD Hl) as Ht.
  assert (Hxi : -1 <= x <= 1) by (apply Rabs_le_between; lra).
  pose proof (lemma10_abs c Hc HD x Hxi) as HDx.
  apply (Rle_div_l _ _ (D c 1)) in HDx; [|lra].
  set (e := odds (mu c) delta l) in *; set (f := odds (mu c) delta (l + 1)) in *.
  set (t := T c l 1) in *; set (d := D c 1) in *; set (m := mu c) in *.
  assert (Hw : Rabs (D c x) <= d * (1 - m * (1 - e))).
  { eapply Rle_trans; [exact HDx|]; rewrite Rmult_comm; apply Rmult_le_compat_l; [lra|].
    assert (0 <= m * (e - Rabs x)) by (apply Rmult_le_pos; lra); lra. }
  eapply Rle_trans; [apply Rabs_triang|]; rewrite Rabs_mult.
  assert (Rabs (T c l rho) * Rabs (D c x) <= e * t * (d * (1 - m * (1 - e))))
    by (apply Rmult_le_compat; trivial; apply Rabs_pos).
  assert (e * (1 - m * (1 - e)) * (t * d) <= f * (t * d))
    by (apply Rmult_le_compat_r; [apply Rmult_le_pos; lra|exact Hn]).
  lra.
Qed.

(** ** From 2 L0 on, 2 B(L/2) is no smaller *)

(** [B(L/2)] with the threshold [N], at half integers too. *)
Definition half_bound (m delta : R) (N L : Z) : R :=
  if Z_le_dec L (2 * N) then 1 - delta * powerRZ (sqrt (1 + m / 2)) L
  else powerRZ (sqrt (1 - m / 2)) (L - 2 * N) / 2.

Lemma powerRZ_sqrt (x : R) (k : Z) : 0 <= x -> (0 <= k)%Z ->
  powerRZ (sqrt x) (2 * k) = powerRZ x k.
Proof.
  intros Hx Hk; rewrite !powerRZ_pow, Z2Nat.inj_mul by lia; change (Z.to_nat 2) with 2%nat.
  rewrite pow_mult; f_equal; simpl; rewrite Rmult_1_r; apply sqrt_sqrt, Hx.
Qed.

Lemma below_a_root (a z e y : R) : 0 <= a <= 1 -> 0 < z -> 0 < y -> e * (a + z) = a ->
  1/2 <= y * (y * z) -> e <= y.
Proof.
  intros Ha Hz Hy He Hh; apply Rnot_lt_le; intros Hlt.
  assert (Hp : y * (a + z) < e * (a + z)) by (apply Rmult_lt_compat_r; lra).
  assert (Hq : y * (y * (a + z)) < y * a) by (apply Rmult_lt_compat_l; lra).
  assert (a * (y * (1 - y)) <= 1 * (1/4)); [|lra].
  pose proof (pow2_ge_0 (y - 1/2)); destruct (Rle_lt_dec 0 (1 - y)) as [H1|H1].
  - apply Rmult_le_compat; try lra; apply Rmult_le_pos; lra.
  - assert (0 <= a * (y * (y - 1)))
      by (apply Rmult_le_pos; [lra|apply Rmult_le_pos; lra]); lra.
Qed.

Section Half.

Variables (m delta : R) (N L : Z).
Hypothesis Hm : 0 < m <= 1.
Hypothesis Hd : 0 < delta <= 1.
Hypothesis HN : (0 <= N)%Z.
Hypothesis Hbelow : forall k, (0 <= k)%Z /\ (k < N)%Z -> delta * powerRZ (1 + m / 2) k < 1 / 2.
Hypothesis Habove : 1 / 2 <= delta * powerRZ (1 + m / 2) N.

Lemma faster : 1 / 2 <= delta * powerRZ (1 + m) N.
Proof.
  eapply Rle_trans; [exact Habove|]; apply Rmult_le_compat_l; [lra|].
  rewrite !powerRZ_pow by exact HN; apply pow_incr; lra.
Qed.

Lemma at_twice_L0 : (1 <= N)%Z ->
  odds m delta (2 * N) <= 2 * (1 - delta * powerRZ (1 + m / 2) N) /\
  1 - m / 2 <= 2 * (1 - delta * powerRZ (1 + m / 2) N).
Proof.
  intros HN1; assert (Hq : 1 - m / 2 <= 2 * (1 - delta * powerRZ (1 + m / 2) N)).
  { pose proof (Hbelow (N - 1) ltac:(lia)) as H.
    replace N with ((N - 1) + 1)%Z at 1 by lia; rewrite powerRZ_add, powerRZ_1 by lra.
    assert (0 < delta * powerRZ (1 + m / 2) (N - 1))
      by (apply Rmult_lt_0_compat; [lra|apply powerRZ_lt; lra]); nra. }
  split; [|exact Hq]; eapply Rle_trans; [|exact Hq].
  pose proof faster as Hf; assert (Hp : 1 + m <= powerRZ (1 + m) N).
  { rewrite powerRZ_pow by lia; replace (Z.to_nat N) with (S (Z.to_nat (N - 1))) by lia.
    simpl pow; pose proof (pow_R1_Rle (1 + m) (Z.to_nat (N - 1)) ltac:(lra)); nra. }
  unfold odds; replace (2 * N)%Z with (N + N)%Z by lia; rewrite powerRZ_add by lra.
  set (p := powerRZ (1 + m) N) in *.
  assert (Hz : (1 + m) / 2 <= delta * (p * p)) by nra.
  apply Rle_div_l; [nra|]; assert (1 <= (1 - m / 2) * (1 + m)) by nra; nra.
Qed.

Lemma beyond_twice_L0 : (2 * N <= L)%Z ->
  odds m delta L <= powerRZ (sqrt (1 - m / 2)) (L - 2 * N).
Proof.
  intros HL; pose proof (odds_denominator m delta L ltac:(lra) Hd) as Hz.
  assert (Hy : 0 < powerRZ (sqrt (1 - m / 2)) (L - 2 * N))
    by (apply powerRZ_lt, sqrt_lt_R0; lra).
  apply (below_a_root (1 - delta) (delta * powerRZ (1 + m) L)); trivial; [lra| |].
  - unfold odds; field; lra.
  - rewrite <- Rmult_assoc, <- powerRZ_add by (apply Rgt_not_eq, sqrt_lt_R0; lra).
    replace (L - 2 * N + (L - 2 * N))%Z with (2 * (L - 2 * N))%Z by lia.
    rewrite powerRZ_sqrt by (lra || lia).
    replace L with (N + N + (L - 2 * N))%Z at 2 by lia; rewrite !powerRZ_add by lra.
    pose proof faster as Hf; set (p := powerRZ (1 + m) N) in *.
    assert (Hp : 1 <= p) by (unfold p; rewrite powerRZ_pow by exact HN; apply pow_R1_Rle; lra).
    assert (Hs : 1 <= powerRZ (1 - m / 2) (L - 2 * N) * powerRZ (1 + m) (L - 2 * N)).
    { rewrite !powerRZ_pow, <- Rpow_mult_distr by lia; apply pow_R1_Rle; nra. }
    set (s := _ * _) in Hs.
    replace (powerRZ (1 - m / 2) (L - 2 * N) * (delta * (p * p * powerRZ (1 + m) (L - 2 * N))))
      with (delta * p * p * s) by (unfold s; ring).
    assert (1 / 2 <= delta * p * p) by nra; nra.
Qed.

(** Theorem 8: the odds at depth L against the bound at depth L/2. *)
Theorem half : (2 * N <= L)%Z -> (1 <= L)%Z -> odds m delta L <= 2 * half_bound m delta N L.
Proof.
  intros HL HL1; unfold half_bound; destruct (Z_le_dec L (2 * N)) as [H|H].
  - replace L with (2 * N)%Z by lia; rewrite powerRZ_sqrt by (lra || lia).
    apply at_twice_L0; lia.
  - pose proof (beyond_twice_L0 HL); lra.
Qed.

End Half.

(** [L0(delta)], as the claims write it. *)
Definition threshold (m delta : R) : Z :=
  Z.max (Zceil (ln (1 / (2 * delta)) / ln (1 + m / 2))) 0.

Lemma threshold_spec (m delta : R) : 0 < m -> 0 < delta ->
  (0 <= threshold m delta)%Z /\
  (forall k, (0 <= k)%Z /\ (k < threshold m delta)%Z -> delta * powerRZ (1 + m / 2) k < 1 / 2) /\
  1 / 2 <= delta * powerRZ (1 + m / 2) (threshold m delta).
Proof.
  intros Hm Hd; unfold threshold; rewrite <- L0_Z; split; [lia|split].
  - intros k Hk; rewrite powerRZ_pow by lia; apply L0_not_reached; [lra|lra|lia].
  - rewrite powerRZ_pow by lia; apply L0_reached; [lra|lra|lia].
Qed.

(** The same with the L0 of the paper. *)
Theorem odds_le_half (m delta : R) (L : Z) : 0 < m <= 1 -> 0 < delta <= 1 ->
  (2 * threshold m delta <= L)%Z -> (1 <= L)%Z ->
  odds m delta L <= 2 * half_bound m delta (threshold m delta) L.
Proof.
  intros Hm Hd HL HL1; destruct (threshold_spec m delta ltac:(lra) ltac:(lra)) as (HN & Hb & Ha).
  apply half; assumption.
Qed.

Lemma half_beyond (m delta : R) (N L : Z) : (2 * N < L)%Z ->
  2 * half_bound m delta N L = powerRZ (sqrt (1 - m / 2)) (L - 2 * N).
Proof. intros HL; unfold half_bound; destruct (Z_le_dec L (2 * N)); [lia|field]. Qed.

Lemma threshold_unique (m delta : R) (N : Z) : 0 < m -> 0 < delta -> (0 <= N)%Z ->
  (forall k, (0 <= k)%Z /\ (k < N)%Z -> delta * powerRZ (1 + m / 2) k < 1 / 2) ->
  1 / 2 <= delta * powerRZ (1 + m / 2) N -> threshold m delta = N.
Proof.
  intros Hm Hd HN Hb Ha; unfold threshold; rewrite <- L0_Z; symmetry.
  apply threshold_L0; assumption.
Qed.

(** The points of the counterexamples. *)
Lemma threshold_point : threshold (1/2) (2/5) = 1%Z.
Proof.
  apply threshold_unique; [lra|lra|lia| |rewrite powerRZ_1; lra].
  intros k Hk; replace k with 0%Z by lia; simpl; lra.
Qed.

Lemma threshold_half (m : R) : threshold m (1/2) = 0%Z.
Proof.
  unfold threshold; replace (1 / (2 * (1/2))) with 1 by lra.
  rewrite ln_1; unfold Rdiv; rewrite Rmult_0_l, (Zceil_IZR 0); reflexivity.
Qed.

(** ** The matrix *)

(** Step (j): the kernel function preserves positive semidefiniteness. *)
Lemma preserves_psd_ext (f g : R -> R) : (forall x, f x = g x) ->
  preserves_psd f -> preserves_psd g.
Proof.
  intros Hfg Hf n A HA HA1; destruct (Hf n A HA HA1) as [HS HF]; split.
  - intros i j Hi Hj; unfold entrywise; rewrite (proj1 HA i j Hi Hj); reflexivity.
  - intros v; rewrite (form_ext n _ (entrywise f A) v v); [apply HF| |reflexivity].
    intros i j _ _; unfold entrywise; rewrite Hfg; reflexivity.
Qed.

Lemma preserves_psd_iterate (c : nat -> R) (L : Z) : normalized c ->
  preserves_psd (iterate (fun x => dual c x) L).
Proof.
  intros Hc; unfold iterate; induction (Z.to_nat L) as [|k IH]; [exact preserves_psd_id|].
  apply (preserves_psd_comp (dual c) (Nat.iter k (fun x => dual c x))).
  - apply psd_entrywise_PSeries; [apply normalized_ge_0, Hc|apply normalized_ex_series, Hc].
  - exact IH.
  - intros x Hx; pose proof (Rabs_iterate_le_1 c (Z.of_nat k) x Hc Hx) as H.
    unfold iterate in H; rewrite Nat2Z.id in H; exact H.
Qed.

Lemma preserves_psd_slope (c : nat -> R) (L : Z) : normalized c -> finite_slope c ->
  preserves_psd (fun x => D c (iterate (fun x => dual c x) L x)).
Proof.
  intros Hc HD; apply (preserves_psd_comp (D c) (iterate (fun x => dual c x) L)).
  - apply psd_entrywise_PSeries; [apply PS_derive_ge_0, Hc|exact HD].
  - apply preserves_psd_iterate, Hc.
  - intros x Hx; apply Rabs_iterate_le_1; assumption.
Qed.

Lemma preserves_psd_T (c : nat -> R) (L : Z) : normalized c -> finite_slope c -> (0 <= L)%Z ->
  preserves_psd (T c L).
Proof.
  intros Hc HD HL; pattern L; apply natlike_ind; [| |exact HL].
  - apply (preserves_psd_ext (fun x => x)); [intros x; symmetry; apply T_0|].
    exact preserves_psd_id.
  - intros l Hl IH; unfold Z.succ.
    apply (preserves_psd_ext (fun x => iterate (fun x => dual c x) (l + 1) x +
      T c l x * D c (iterate (fun x => dual c x) l x)));
      [intros x; symmetry; apply T_next, Hl|].
    apply (preserves_psd_plus (iterate (fun x => dual c x) (l + 1))
      (fun x => T c l x * D c (iterate (fun x => dual c x) l x)));
      [apply preserves_psd_iterate, Hc|].
    apply (preserves_psd_mult (T c l) (fun x => D c (iterate (fun x => dual c x) l x)));
      [exact IH|apply preserves_psd_slope; assumption].
Qed.

Section Kernel.

Variables (c : nat -> R) (n L : Z) (K : Z -> Z -> R).
Hypothesis Hc : normalized c.
Hypothesis HD : finite_slope c.
Hypothesis HL : (0 <= L)%Z.
Hypothesis Hn : (1 <= n)%Z.
Hypothesis HU : unit_diag (Z.to_nat n) (block K).

Notation KT := (fun i j : Z => T c L (K i j)).

Lemma unit_entry (i : Z) : (1 <= i <= n)%Z -> K i i = 1.
Proof. intros Hi; rewrite block_entry by lia; apply HU; lia. Qed.

Lemma T_11 : T c L (K 1%Z 1%Z) = T c L 1.
Proof. rewrite unit_entry by lia; reflexivity. Qed.

(** Gershgorin, with [f] the diagonal entry. *)
Lemma T_form (t : R) (v : nat -> R) :
  (forall i j, (1 <= i)%Z /\ (i <= n)%Z /\ (1 <= j)%Z /\ (j <= n)%Z /\ (i <> j)%Z ->
    Rabs (T c L (K i j)) <= t * T c L 1) ->
  (1 - (IZR n - 1) * t) * T c L 1 * nrm2 (Z.to_nat n) v
  <= form (Z.to_nat n) (block KT) v
  <= (1 + (IZR n - 1) * t) * T c L 1 * nrm2 (Z.to_nat n) v.
Proof.
  intros Ht; pose proof (T_1_ge_1 c L Hc HD HL) as Hf; rewrite (IZR_INR n) by lia.
  set (f := T c L 1) in *.
  destruct (gershgorin (Z.to_nat n) (fun i j => / f * block KT i j) t v) as [Hlo Hhi].
  - intros i Hi; unfold block; rewrite unit_entry by lia; fold f; field; lra.
  - intros i j Hi Hj Hne; rewrite Rabs_mult, (Rabs_pos_eq (/ f))
      by (left; apply Rinv_0_lt_compat; lra).
    rewrite Rmult_comm; apply Rle_div_l; [lra|]; apply Ht; lia.
  - rewrite form_mult_l in Hlo, Hhi.
    apply (Rmult_le_compat_l f) in Hlo; [|lra]; apply (Rmult_le_compat_l f) in Hhi; [|lra].
    replace (form (Z.to_nat n) (block KT) v)
      with (f * (/ f * form (Z.to_nat n) (block KT) v)) by (field; lra); lra.
Qed.

(** Gershgorin's discs of the tangent kernel matrix. *)
Theorem T_discs (t : R) :
  (forall i j, (1 <= i)%Z /\ (i <= n)%Z /\ (1 <= j)%Z /\ (j <= n)%Z /\ (i <> j)%Z ->
    Rabs (T c L (K i j)) <= t * T c L 1) ->
  greatest_eigenvalue n KT <= (1 + (IZR n - 1) * t) * T c L 1 /\
  (1 - (IZR n - 1) * t) * T c L 1 <= least_eigenvalue n KT.
Proof.
  intros Ht; split; [eapply lambda_max_le|eapply lambda_min_ge]; try lia;
    intros v; apply (T_form t v Ht).
Qed.

(** The largest eigenvalue is at least the diagonal. *)
Theorem T_largest : T c L 1 <= greatest_eigenvalue n KT.
Proof.
  rewrite <- T_11; change (block KT 0%nat 0%nat <= greatest_eigenvalue n KT).
  apply diag_le_lambda_max; lia.
Qed.

(** Theorem 8, part 2, with the odds, at every depth. *)
Lemma T_shifted (delta : R) : 0 <= delta -> assumption2 (Z.to_nat n) (block K) delta ->
  ge_scalar (Z.to_nat n) (block KT) (T c L 1 - T c L (1 - delta)).
Proof.
  intros Hd H2; apply (lemma24_preserves (Z.to_nat n) (block K) delta H2 HU (T c L));
    [apply preserves_psd_T; assumption|exact Hd].
Qed.

Variable delta : R.
Hypothesis Hd : 0 < delta <= 1.

Lemma T_gap : (1 - odds (mu c) delta L) * T c L 1 <= T c L 1 - T c L (1 - delta).
Proof.
  pose proof (dominated c delta (1 - delta) L Hc HD Hd ltac:(rewrite Rabs_pos_eq; lra) HL) as H.
  apply Rabs_le_between in H; lra.
Qed.

(** Theorem 8, part 2, with the odds: the least eigenvalue. *)
Theorem T_least : assumption2 (Z.to_nat n) (block K) delta ->
  (1 - odds (mu c) delta L) * T c L 1 <= least_eigenvalue n KT.
Proof.
  intros H2; eapply Rle_trans; [apply T_gap|].
  assert (H1 : forall i j, (1 <= i)%Z /\ (i <= n)%Z /\ (1 <= j)%Z /\ (j <= n)%Z /\ (i <> j)%Z ->
    Rabs (T c L (K i j)) <= odds (mu c) delta L * T c L 1).
  { intros i j Hij; apply dominated; trivial; rewrite block_entry by lia.
    apply (assumption2_implies_1 (Z.to_nat n) (block K) delta); trivial; lia. }
  eapply lambda_min_ge; [lia|]; intros v; split.
  - apply T_shifted; [lra|exact H2].
  - apply (T_form _ v H1).
Qed.

(** Theorem 8, part 1, with the odds. *)
Theorem T_pair : assumption1 (Z.to_nat n) (block K) delta ->
  forall i j, (1 <= i)%Z /\ (i <= n)%Z /\ (1 <= j)%Z /\ (j <= n)%Z /\ (i <> j)%Z ->
  Rabs (T c L (K i j)) <= odds (mu c) delta L * T c L 1.
Proof.
  intros H1 i j Hij; apply dominated; trivial; rewrite block_entry by lia; apply H1; lia.
Qed.

End Kernel.

(** ** Corollary 9: the condition number *)

Lemma quotient (n s t e f : R) : 1 <= n -> 0 <= e < 1 -> 0 < f ->
  0 <= s <= (1 + (n - 1) * e) * f -> (1 - e) * f <= t ->
  0 < t /\ s / t <= 1 + n * (e / (1 - e)).
Proof.
  intros Hn He Hf Hs Ht; assert (Hef : 0 < (1 - e) * f) by (apply Rmult_lt_0_compat; lra).
  split; [lra|]; apply Rle_trans with (s / ((1 - e) * f)).
  - apply Rmult_le_compat_l; [lra|]; apply Rinv_le_contravar; lra.
  - apply Rle_div_l; [exact Hef|].
    replace ((1 + n * (e / (1 - e))) * ((1 - e) * f)) with ((1 + (n - 1) * e) * f)
      by (field; lra); lra.
Qed.

Lemma quotient_in_general (s t x z f : R) : 0 < f -> 0 <= s <= (1 + x) * f ->
  (1 - z) * f <= t -> z < 1 -> 0 < t /\ s / t <= (1 + x) / (1 - z).
Proof.
  intros Hf Hs Ht Hz; assert (Hzf : 0 < (1 - z) * f) by (apply Rmult_lt_0_compat; lra).
  split; [lra|]; apply Rle_trans with (s / ((1 - z) * f)).
  - apply Rmult_le_compat_l; [lra|]; apply Rinv_le_contravar; lra.
  - apply Rle_div_l; [exact Hzf|].
    replace ((1 + x) / (1 - z) * ((1 - z) * f)) with ((1 + x) * f) by (field; lra); lra.
Qed.

Lemma odds_value (m delta : R) (L : Z) : 0 <= m -> 0 < delta <= 1 ->
  odds m delta L / (1 - odds m delta L) = (1 - delta) / delta * powerRZ (1 + m) (- L).
Proof.
  intros Hm Hd; pose proof (odds_denominator m delta L Hm Hd).
  assert (0 < powerRZ (1 + m) L) by (apply powerRZ_lt; lra).
  unfold odds; rewrite powerRZ_opp; field; repeat split; lra.
Qed.

(** [(1 + mu)^(-L)] and [(1 + mu/2)^(-L/2)]. *)
Lemma roots (m : R) (L : Z) : 0 < m -> (0 <= L)%Z ->
  powerRZ (1 + m) (- L) <= powerRZ (sqrt (1 + m / 2)) (- L).
Proof.
  intros Hm HL; rewrite !powerRZ_opp.
  assert (H1 : 1 <= sqrt (1 + m / 2)) by (rewrite <- sqrt_1 at 1; apply sqrt_le_1; lra).
  assert (Hs : sqrt (1 + m / 2) <= 1 + m).
  { pose proof (sqrt_sqrt (1 + m / 2) ltac:(lra)); nra. }
  apply Rinv_le_contravar; [apply powerRZ_lt; lra|].
  rewrite !powerRZ_pow by exact HL; apply pow_incr; lra.
Qed.

Lemma root_range (m : R) : 0 < m <= 1 -> 0 < sqrt (1 - m / 2) < 1.
Proof.
  intros Hm; split; [apply sqrt_lt_R0; lra|].
  rewrite <- sqrt_1 at 2; apply sqrt_lt_1; lra.
Qed.

Lemma powerRZ_lt_1 (x : R) (k : Z) : 0 < x < 1 -> (0 < k)%Z -> powerRZ x k < 1.
Proof.
  intros Hx Hk; rewrite powerRZ_pow by lia.
  replace (Z.to_nat k) with (S (Z.to_nat (k - 1))) by lia; simpl pow.
  pose proof (pow_le_1 x (Z.to_nat (k - 1)) ltac:(lra)) as Hp.
  apply Rle_lt_trans with (x * 1); [apply Rmult_le_compat_l|]; lra.
Qed.

(** [(1 - mu/2)^(L/2 - N)] against the rate [1 + mu/2]. *)
Lemma rates (m : R) (L N : Z) : 0 < m <= 1 -> (2 * N <= L)%Z -> (0 <= N)%Z ->
  powerRZ (sqrt (1 - m / 2)) (L - 2 * N) <=
  powerRZ (sqrt (1 + m / 2)) (- L) * powerRZ (1 + m / 2) N.
Proof.
  intros Hm HL HN; pose proof (root_range m Hm) as Hq.
  assert (Hr : 0 < sqrt (1 + m / 2)) by (apply sqrt_lt_R0; lra).
  rewrite <- (powerRZ_sqrt (1 + m / 2) N), <- powerRZ_add by (lra || exact HN).
  replace (- L + 2 * N)%Z with (- (L - 2 * N))%Z by lia; rewrite powerRZ_opp.
  assert (Hp : 0 < powerRZ (sqrt (1 + m / 2)) (L - 2 * N)) by (apply powerRZ_lt, Hr).
  apply (Rmult_le_reg_r (powerRZ (sqrt (1 + m / 2)) (L - 2 * N))); [exact Hp|].
  rewrite Rinv_l, !powerRZ_pow, <- Rpow_mult_distr by (lra || lia).
  apply pow_le_1; split; [apply Rmult_le_pos; lra|].
  pose proof (sqrt_le_1 ((1 - m / 2) * (1 + m / 2)) 1) as H; rewrite sqrt_1 in H.
  rewrite <- sqrt_mult by lra; apply H; nra.
Qed.

Lemma enough_layers (m : R) (n k : Z) : 0 < m <= 1 -> (1 <= n)%Z -> (0 <= k)%Z ->
  (Zceil (2 * ln (IZR (2 * n)) / - ln (1 - m / 2)) <= k)%Z ->
  IZR (2 * n) * powerRZ (sqrt (1 - m / 2)) k <= 1.
Proof.
  intros Hm Hn Hk HM; pose proof (root_range m Hm) as Hq.
  assert (H2n : 2 <= IZR (2 * n)) by (apply IZR_le; lia).
  assert (Hp : 0 < powerRZ (sqrt (1 - m / 2)) k) by (apply powerRZ_lt; lra).
  set (N := Z.to_nat (2 * n * (2 * n))).
  assert (HN : INR N = IZR (2 * n) * IZR (2 * n))
    by (unfold N; rewrite <- IZR_INR, mult_IZR by nia; reflexivity).
  assert (Hsq : (1 - m / 2) ^ Z.to_nat k <= / INR N).
  { apply pow_layers; [exact Hm|unfold N; nia|].
    rewrite HN, ln_mult by lra; rewrite <- IZR_INR by exact Hk.
    replace (ln (IZR (2 * n)) + ln (IZR (2 * n))) with (2 * ln (IZR (2 * n))) by ring.
    eapply Rle_trans; [apply Zceil_ub|apply IZR_le; exact HM]. }
  rewrite <- powerRZ_pow, <- powerRZ_sqrt in Hsq by (lra || lia).
  replace (2 * k)%Z with (k + k)%Z in Hsq by lia; rewrite powerRZ_add in Hsq by lra.
  set (y := powerRZ _ k) in *; rewrite HN in Hsq; set (x := IZR (2 * n)) in *.
  assert (H : x * x * (y * y) <= x * x * / (x * x)) by (apply Rmult_le_compat_l; nra).
  rewrite Rinv_r in H by nra; apply Rnot_lt_le; intros Hlt.
  assert (1 * 1 < x * y * (x * y)) by (apply Rmult_le_0_lt_compat; lra); lra.
Qed.

(** The layers of [L2] beyond [2 L0]. *)
Definition layers (m : R) (n : Z) : Z := Zceil (2 * ln (IZR (2 * n)) / - ln (1 - m / 2)).

Lemma layers_pos (m : R) (n : Z) : 0 < m <= 1 -> (1 <= n)%Z -> (0 < layers m n)%Z.
Proof.
  intros Hm Hn; apply lt_IZR; eapply Rlt_le_trans; [|apply Zceil_ub].
  assert (2 <= IZR (2 * n)) by (apply IZR_le; lia).
  assert (0 < ln (IZR (2 * n))) by (rewrite <- ln_1; apply ln_increasing; lra).
  apply Rdiv_lt_0_compat; [lra|apply ln_1_minus_neg, Hm].
Qed.

(** From [L2] on the discs have radius at most [(1/2) (1 - mu/2)^((L - L2)/2)]. *)
Lemma radius (m delta : R) (n L N : Z) : 0 < m <= 1 -> (1 <= n)%Z -> (0 <= N)%Z ->
  (layers m n + 2 * N <= L)%Z -> 0 <= delta <= powerRZ (sqrt (1 - m / 2)) (L - 2 * N) ->
  (IZR n - 1) * delta <= powerRZ (sqrt (1 - m / 2)) (L - (layers m n + 2 * N)) / 2 /\
  powerRZ (sqrt (1 - m / 2)) (L - (layers m n + 2 * N)) <= 1.
Proof.
  intros Hm Hn HN HL Hd; pose proof (root_range m Hm) as Hq; pose proof (layers_pos m n Hm Hn).
  pose proof (enough_layers m n (layers m n) Hm Hn ltac:(lia) ltac:(unfold layers; lia)) as HM.
  replace (L - 2 * N)%Z with (layers m n + (L - (layers m n + 2 * N)))%Z in Hd by lia.
  rewrite powerRZ_add in Hd by lra; rewrite mult_IZR in HM.
  assert (Hy : 0 < powerRZ (sqrt (1 - m / 2)) (L - (layers m n + 2 * N)))
    by (apply powerRZ_lt; lra).
  assert (Hx : 0 < powerRZ (sqrt (1 - m / 2)) (layers m n)) by (apply powerRZ_lt; lra).
  assert (Hn1 : 1 <= IZR n) by (apply IZR_le; exact Hn).
  split; [|rewrite powerRZ_pow by lia; apply pow_le_1; lra].
  set (x := powerRZ _ (layers m n)) in *; set (y := powerRZ _ (L - _)) in *.
  assert ((IZR n - 1) * delta <= (IZR n - 1) * (x * y)) by (apply Rmult_le_compat_l; lra).
  assert ((IZR n - 1) * x * y <= 1 / 2 * y) by (apply Rmult_le_compat_r; nra); lra.
Qed.

Section Condition.

Variables (c : nat -> R) (n L : Z) (K : Z -> Z -> R) (delta : R).
Hypothesis Hc : normalized c.
Hypothesis HD : finite_slope c.
Hypothesis HL : (0 <= L)%Z.
Hypothesis Hn : (1 <= n)%Z.
Hypothesis HU : unit_diag (Z.to_nat n) (block K).
Hypothesis Hd : 0 < delta <= 1.

Notation KT := (fun i j : Z => T c L (K i j)).
Notation e := (odds (mu c) delta L).

Lemma T_eigenvalues_1 (b : R) : assumption1 (Z.to_nat n) (block K) delta -> e <= b ->
  0 <= greatest_eigenvalue n KT <= (1 + (IZR n - 1) * b) * T c L 1 /\
  (1 - (IZR n - 1) * b) * T c L 1 <= least_eigenvalue n KT.
Proof.
  intros H1 Hb; pose proof (T_1_ge_1 c L Hc HD HL) as Hf.
  pose proof (T_largest c n L K Hn HU) as Hg.
  destruct (T_discs c n L K Hc HD HL Hn HU b); [|lra].
  intros i j Hij; eapply Rle_trans;
    [exact (T_pair c n L K Hc HD HL Hn delta Hd H1 i j Hij)|].
  apply Rmult_le_compat_r; [lra|exact Hb].
Qed.

Lemma T_eigenvalues_2 (b : R) : assumption2 (Z.to_nat n) (block K) delta -> e <= b ->
  0 <= greatest_eigenvalue n KT <= (1 + (IZR n - 1) * b) * T c L 1 /\
  (1 - b) * T c L 1 <= least_eigenvalue n KT.
Proof.
  intros H2 Hb; pose proof (T_1_ge_1 c L Hc HD HL) as Hf.
  assert (H1 : assumption1 (Z.to_nat n) (block K) delta)
    by (intros i j; apply (assumption2_implies_1 (Z.to_nat n) (block K) delta); assumption).
  split; [apply T_eigenvalues_1; assumption|].
  eapply Rle_trans; [|apply (T_least c n L K Hc HD HL Hn HU delta Hd H2)].
  apply Rmult_le_compat_r; lra.
Qed.

(** Corollary 9, part 2, with the odds, at every depth. *)
Theorem T_condition_2 : assumption2 (Z.to_nat n) (block K) delta ->
  0 < least_eigenvalue n KT /\
  condition_number n KT
  <= 1 + IZR n * ((1 - delta) / delta * powerRZ (1 + mu c) (- L)).
Proof.
  intros H2; destruct (T_eigenvalues_2 e H2 (Rle_refl _)) as [Hg Hl].
  pose proof (T_1_ge_1 c L Hc HD HL) as Hf; pose proof (mu_bounds_weak c Hc) as Hm.
  rewrite <- odds_value by lra.
  apply (quotient (IZR n) _ _ e (T c L 1)); trivial; [apply IZR_le, Hn| |lra].
  apply odds_bounds; lra.
Qed.

(** Corollary 9, part 1, without the factor [n], and with the exponent
    [(L - L2)/2]. *)
Theorem T_condition_1 : 0 < mu c -> assumption1 (Z.to_nat n) (block K) delta ->
  (layers (mu c) n + 2 * threshold (mu c) delta <= L)%Z ->
  0 < least_eigenvalue n KT /\
  condition_number n KT <= 1 + 2 * powerRZ (sqrt (1 - mu c / 2))
    (L - (layers (mu c) n + 2 * threshold (mu c) delta)).
Proof.
  intros Hm0 H1 HL2; pose proof (mu_bounds_weak c Hc) as Hm.
  destruct (threshold_spec (mu c) delta Hm0 ltac:(lra)) as (HN & Hb & Ha).
  pose proof (layers_pos (mu c) n ltac:(lra) Hn) as HM.
  pose proof (odds_bounds (mu c) delta L ltac:(lra) Hd) as He.
  destruct (radius (mu c) e n L (threshold (mu c) delta)) as [Hr Hr1]; trivial; [lra| |].
  { split; [apply He|]; apply beyond_twice_L0; trivial; [lra|lia]. }
  set (y := powerRZ (sqrt _) _) in *; assert (Hy : 0 < y) by (apply powerRZ_lt, root_range; lra).
  destruct (T_eigenvalues_1 e H1 (Rle_refl _)) as [Hg Hl].
  pose proof (T_1_ge_1 c L Hc HD HL) as Hf; pose proof (IZR_le _ _ Hn) as Hn1.
  assert (Hx : 0 <= (IZR n - 1) * e) by (apply Rmult_le_pos; lra).
  destruct (quotient_in_general _ _ _ _ (T c L 1) ltac:(lra) Hg Hl ltac:(lra)) as [Hp Hk].
  split; [exact Hp|]; eapply Rle_trans; [exact Hk|].
  eapply Rle_trans; [apply corollary3_d; lra|lra].
Qed.

(** Steps (a) and (d), with a bound [b] on the correlations. *)
Theorem T_condition_a (b : R) : assumption1 (Z.to_nat n) (block K) delta -> e <= b ->
  (IZR n - 1) * b < 1 ->
  0 < least_eigenvalue n KT /\
  condition_number n KT <= (1 + (IZR n - 1) * b) / (1 - (IZR n - 1) * b).
Proof.
  intros H1 Hb Hb1; destruct (T_eigenvalues_1 b H1 Hb) as [Hg Hl].
  pose proof (T_1_ge_1 c L Hc HD HL) as Hf.
  apply (quotient_in_general _ _ _ _ (T c L 1)); trivial; lra.
Qed.

(** Step (d), under Assumption 2. *)
Theorem T_condition_d (b : R) : assumption2 (Z.to_nat n) (block K) delta -> e <= b -> b < 1 ->
  0 < least_eigenvalue n KT /\ condition_number n KT <= (1 + (IZR n - 1) * b) / (1 - b).
Proof.
  intros H2 Hb Hb1; destruct (T_eigenvalues_2 b H2 Hb) as [Hg Hl].
  pose proof (T_1_ge_1 c L Hc HD HL) as Hf.
  apply (quotient_in_general _ _ _ _ (T c L 1)); trivial; lra.
Qed.

End Condition.

(** The kernel as the claims write it. *)
Ltac tangents :=
  repeat change (fold (fun l t => iterate (fun x => dual ?c x) l ?x +
      t * series_from 1 (fun u => coefficient ?c u *
        (IZR u * powerRZ (iterate (fun x => dual ?c x) (l - 1) ?x) (u - 1)))) 1 ?L ?x)
    with (T c L x).
