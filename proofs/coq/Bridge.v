(** From the exported statements (Language.v) to the theorems of the
    development: what the two vocabularies have to do with each other, and the
    tactics with which the scripts in bridge/ open a statement. *)

From Coq Require Export Reals ZArith Lra Lia.
From Coquelicot Require Export Coquelicot.
From Conditioning Require Import Matrices Spectral.
From Conditioning Require Export Series Lemma22 Lemma23 Lemma25 Depth Lemma24 Theorem2 Corollary3
  Composition.
From Conditioning Require Export Language.
Open Scope R_scope.

(** ** Powers and iterates *)

Lemma powerRZ_pow (x : R) (k : Z) : (0 <= k)%Z -> powerRZ x k = x ^ Z.to_nat k.
Proof. intros Hk; rewrite pow_powerRZ, Z2Nat.id by exact Hk; reflexivity. Qed.

Lemma powerRZ_opp (x : R) (k : Z) : powerRZ x (- k) = / powerRZ x k.
Proof. apply powerRZ_neg'. Qed.

Lemma powerRZ_minus_nat (x : R) (L : Z) (N : nat) : (Z.of_nat N <= L)%Z ->
  powerRZ x (L - Z.of_nat N) = x ^ (Z.to_nat L - N).
Proof. intros H; rewrite powerRZ_pow, Z2Nat.inj_sub, Nat2Z.id by lia; reflexivity. Qed.

Lemma pow_le_exponent (x : R) (j k : nat) : 0 <= x <= 1 -> (j <= k)%nat -> x ^ k <= x ^ j.
Proof.
  intros Hx Hjk; replace k with (j + (k - j))%nat by lia; rewrite pow_add.
  pose proof (pow_le_1 x (k - j) Hx); pose proof (pow_le_1 x j Hx); nra.
Qed.

Lemma iterate_S (f : R -> R) (L : Z) (x : R) : (0 <= L)%Z ->
  iterate f (L + 1) x = f (iterate f L x).
Proof. intros HL; unfold iterate; rewrite Z2Nat.inj_add, Nat.add_1_r by lia; reflexivity. Qed.

Lemma Rabs_powerRZ_le_1 (x : R) (k : Z) : Rabs x <= 1 -> (0 <= k)%Z ->
  Rabs (powerRZ x k) <= 1.
Proof.
  intros Hx Hk; rewrite powerRZ_pow, <- RPow_abs by exact Hk.
  apply pow_le_1; split; [apply Rabs_pos|exact Hx].
Qed.

Lemma powerRZ_1_l (k : Z) : (0 <= k)%Z -> powerRZ 1 k = 1.
Proof. intros Hk; rewrite powerRZ_pow by exact Hk; apply pow1. Qed.

Lemma Rabs_minus_power_le_1 (x : R) (k : Z) : 0 <= x <= 1 -> (0 <= k)%Z ->
  Rabs (1 - powerRZ x k) <= 1.
Proof.
  intros Hx Hk; rewrite powerRZ_pow by exact Hk.
  pose proof (pow_le_1 x (Z.to_nat k) Hx); rewrite Rabs_pos_eq; lra.
Qed.

(** ** Folds *)

Lemma fold_empty (f : Z -> R -> R) (low high : Z) (s : R) : (high < low)%Z ->
  fold f low high s = s.
Proof.
  intros H; unfold fold; replace (Z.to_nat (high - low + 1)) with 0%nat by lia; reflexivity.
Qed.

Lemma fold_last (f : Z -> R -> R) (low n : Z) (s : R) : (low <= n + 1)%Z ->
  fold f low (n + 1) s = f (n + 1)%Z (fold f low n s).
Proof.
  intros H; unfold fold.
  replace (Z.to_nat (n + 1 - low + 1)) with (S (Z.to_nat (n - low + 1))) by lia; simpl.
  f_equal; lia.
Qed.

(** ** Series *)

Lemma converges_ex (low : Z) (f : Z -> R) : converges_from low f ->
  ex_series (fun i => f (low + Z.of_nat i)%Z).
Proof. apply ex_series_Rabs. Qed.

(** A series with nonnegative summable weights and bounded factors. *)
Lemma converges_bounded (c : nat -> R) (low : Z) (g : Z -> R) :
  sequence c -> (0 <= low)%Z -> (forall i, (low <= i)%Z -> Rabs (g i) <= 1) ->
  converges_from low (fun i => coefficient c i * g i).
Proof.
  intros [Hc Hs] Hlow Hg.
  apply (ex_series_incr_n c (Z.to_nat low)) in Hs.
  apply (ex_series_le (K := R_AbsRing) (V := R_CompleteNormedModule) _
    (fun i => c (Z.to_nat low + i)%nat)); [|exact Hs].
  intros n; change (Rabs (Rabs (coefficient c (low + Z.of_nat n) * g (low + Z.of_nat n)%Z))
                    <= c (Z.to_nat low + n)%nat).
  unfold coefficient; rewrite Z2Nat.inj_add, Nat2Z.id by lia.
  rewrite Rabs_Rabsolu, Rabs_mult, (Rabs_pos_eq (c _)) by apply Hc.
  specialize (Hg (low + Z.of_nat n)%Z ltac:(lia)).
  rewrite <- (Rmult_1_r (c _)) at 2; apply Rmult_le_compat_l; [apply Hc|exact Hg].
Qed.

Lemma converges_coefficient (c : nat -> R) (low : Z) : sequence c -> (0 <= low)%Z ->
  converges_from low (fun i => coefficient c i).
Proof.
  intros Hc Hlow; apply (ex_series_ext (fun i =>
    Rabs (coefficient c (low + Z.of_nat i) * 1))); [intros n; f_equal; apply Rmult_1_r|].
  apply (converges_bounded c low (fun _ => 1)); trivial.
  intros i _; rewrite Rabs_R1; lra.
Qed.

Lemma series_from_ext (low : Z) (f g : Z -> R) :
  (forall i, (low <= i)%Z -> f i = g i) -> series_from low f = series_from low g.
Proof. intros H; apply Series_ext; intros n; apply H; lia. Qed.

(** The first term taken out. *)
Lemma series_from_first (low : Z) (f : Z -> R) : converges_from low f ->
  series_from low f = f low + series_from (low + 1) f.
Proof.
  intros H; unfold series_from; rewrite Series_incr_1 by apply converges_ex, H.
  rewrite Z.add_0_r; f_equal; apply Series_ext; intros n; f_equal; lia.
Qed.

Lemma series_from_le (low : Z) (f g : Z -> R) : converges_from low g ->
  (forall i, (low <= i)%Z -> 0 <= f i <= g i) -> series_from low f <= series_from low g.
Proof.
  intros H Hfg; apply Series_le; [|apply converges_ex, H]; intros n; apply Hfg; lia.
Qed.

Lemma series_from_mult (low : Z) (x : R) (f : Z -> R) :
  series_from low (fun i => f i * x) = series_from low f * x.
Proof. apply Series_scal_r. Qed.

(** A subtraction of series term by term. *)
Lemma series_from_minus (low : Z) (f g : Z -> R) :
  converges_from low f -> converges_from low g ->
  series_from low (fun i => f i - g i) = series_from low f - series_from low g.
Proof. intros Hf Hg; apply Series_minus; apply converges_ex; assumption. Qed.

Lemma series_coefficient (c : nat -> R) :
  series_from 0 (fun i => coefficient c i) = Series c.
Proof.
  apply Series_ext; intros n; unfold coefficient.
  rewrite Z.add_0_l, Nat2Z.id; reflexivity.
Qed.

Lemma dual_series (c : nat -> R) (x : R) :
  dual c x = series_from 0 (fun i => coefficient c i * powerRZ x i).
Proof.
  apply Series_ext; intros n; unfold coefficient.
  rewrite Z.add_0_l, Nat2Z.id, pow_powerRZ; reflexivity.
Qed.

Lemma dual_1 (c : nat -> R) : dual c 1 = series_from 0 (fun i => coefficient c i).
Proof.
  rewrite dual_series; apply series_from_ext; intros i Hi.
  rewrite powerRZ_pow, pow1 by exact Hi; ring.
Qed.

(** ** Sequences *)

(** The sequence form of the normalisation, as the claims state it. *)
Lemma normalised (c : nat -> R) : sequence c -> coefficient c 0 = 0 ->
  series_from 0 (fun i => coefficient c i) = 1 -> normalized c.
Proof.
  intros [Hc Hs] H0 H1; split; [exact Hc|split; [exact H0|]].
  rewrite series_coefficient in H1; rewrite <- H1; apply Series_correct, Hs.
Qed.

Lemma normalized_sequence (c : nat -> R) : normalized c -> sequence c.
Proof. intros Hc; split; [apply Hc|apply normalized_ex_series, Hc]. Qed.

(** The iterates of the dual activation have values. *)
Lemma Rabs_iterate_le_1 (c : nat -> R) (L : Z) (x : R) : normalized c -> Rabs x <= 1 ->
  Rabs (iterate (fun x => dual c x) L x) <= 1.
Proof.
  intros Hc Hx; unfold iterate; induction (Z.to_nat L) as [|m IH]; [exact Hx|].
  apply Rabs_sigma_hat_le_1; assumption.
Qed.

Lemma iterates_dual (c : nat -> R) (L : Z) (x : R) : normalized c -> (0 <= L)%Z ->
  Rabs x <= 1 -> iterates_within (fun x => Rabs x <= 1) (fun x => dual c x) L x.
Proof.
  intros Hc HL Hx; split; [exact HL|].
  intros k _; split; [|intros _]; apply Rabs_iterate_le_1; assumption.
Qed.

Lemma iterate_1 (c : nat -> R) (L : Z) : normalized c -> iterate (fun x => dual c x) L 1 = 1.
Proof. intros Hc; apply iter_1, Hc. Qed.

Lemma iterate_series (c : nat -> R) (L : Z) : normalized c ->
  exists e, sequence e /\
    forall x, Rabs x <= 1 -> iterate (fun x => dual c x) L x = dual e x.
Proof.
  intros Hc; destruct (iter_stochastic c (Z.to_nat L) Hc) as (e & [He Hs] & HL).
  exists e; split; [split; [exact He|exists 1; exact Hs]|exact HL].
Qed.

(** ** The derivative of the dual activation *)

(** D(1) is finite. *)
Lemma finite_slope_of (c : nat -> R) : sequence c ->
  converges_from 1 (fun i => coefficient c i * IZR i) -> finite_slope c.
Proof.
  intros Hc H; apply (ex_series_ext (fun i =>
    Rabs (coefficient c (1 + Z.of_nat i) * IZR (1 + Z.of_nat i)))); [|exact H].
  intros n; unfold PS_derive, coefficient; rewrite INR_IZR_INZ, Nat2Z.inj_succ.
  replace (Z.to_nat (1 + Z.of_nat n)) with (S n) by lia.
  replace (1 + Z.of_nat n)%Z with (Z.succ (Z.of_nat n)) by lia.
  rewrite Rabs_pos_eq, Rmult_comm; [reflexivity|].
  apply Rmult_le_pos; [apply Hc|apply IZR_le; lia].
Qed.

(** Terms i c_i g(i) with bounded g. *)
Lemma converges_slope (c : nat -> R) (low : Z) (g : Z -> R) :
  sequence c -> finite_slope c -> (1 <= low)%Z ->
  (forall i, (low <= i)%Z -> Rabs (g i) <= 1) ->
  converges_from low (fun i => coefficient c i * (IZR i * g i)).
Proof.
  intros Hc HD Hlow Hg; apply (ex_series_incr_n _ (Z.to_nat (low - 1))) in HD.
  apply (ex_series_le (K := R_AbsRing) (V := R_CompleteNormedModule) _
    (fun i => PS_derive c (Z.to_nat (low - 1) + i)%nat)); [|exact HD].
  intros n; unfold PS_derive, coefficient; rewrite INR_IZR_INZ.
  replace (Z.of_nat (S (Z.to_nat (low - 1) + n))) with (low + Z.of_nat n)%Z by lia.
  replace (S (Z.to_nat (low - 1) + n)) with (Z.to_nat (low + Z.of_nat n)) by lia.
  set (i := (low + Z.of_nat n)%Z); specialize (Hg i ltac:(lia)).
  pose proof (proj1 Hc (Z.to_nat i)) as Hci.
  assert (Hi : 0 <= IZR i) by (apply IZR_le; lia).
  change (Rabs (Rabs (c (Z.to_nat i) * (IZR i * g i))) <= IZR i * c (Z.to_nat i)).
  rewrite Rabs_Rabsolu, !Rabs_mult, (Rabs_pos_eq (c _)), (Rabs_pos_eq (IZR i)) by assumption.
  assert (0 <= IZR i * c (Z.to_nat i) * (1 - Rabs (g i)))
    by (apply Rmult_le_pos; [apply Rmult_le_pos|]; lra); lra.
Qed.

Lemma converges_slope_1 (c : nat -> R) (low : Z) :
  sequence c -> finite_slope c -> (1 <= low)%Z ->
  converges_from low (fun i => coefficient c i * IZR i).
Proof.
  intros Hc HD Hlow; eapply ex_series_ext; [|apply (converges_slope c low (fun _ => 1))];
    trivial; [intros n; simpl; rewrite Rmult_1_r; reflexivity|].
  intros i _; rewrite Rabs_R1; lra.
Qed.

(** D(x) = sum of i c_i x^(i-1), as the claims write it. *)
Lemma slope_D (c : nat -> R) (x : R) :
  series_from 1 (fun i => coefficient c i * (IZR i * powerRZ x (i - 1))) = D c x.
Proof.
  apply Series_ext; intros n; unfold PS_derive, coefficient.
  rewrite INR_IZR_INZ, powerRZ_pow by lia.
  replace (Z.to_nat (1 + Z.of_nat n)) with (S n) by lia.
  replace (Z.to_nat (1 + Z.of_nat n - 1)) with n by lia.
  replace (Z.of_nat (S n)) with (1 + Z.of_nat n)%Z by lia; ring.
Qed.

(** The terms from 2 on: the numerators of Lemma 25. *)
Lemma slope_from_2 (c : nat -> R) (x : R) : sequence c -> finite_slope c -> Rabs x <= 1 ->
  series_from 2 (fun i => coefficient c i * (IZR i * powerRZ x (i - 1))) = D c x - c 1%nat.
Proof.
  intros Hc HD Hx; rewrite <- slope_D, (series_from_first 1).
  - change (1 + 1)%Z with 2%Z; change (coefficient c 1) with (c 1%nat).
    change (powerRZ x (1 - 1)) with 1; ring.
  - apply converges_slope; trivial; [lia|]; intros i Hi; apply Rabs_powerRZ_le_1; trivial; lia.
Qed.

Lemma slope_tail (c : nat -> R) : sequence c -> finite_slope c ->
  series_from 2 (fun i => coefficient c i * IZR i) = D c 1 - c 1%nat.
Proof.
  intros Hc HD; rewrite <- slope_from_2 by (trivial; rewrite Rabs_R1; lra).
  apply series_from_ext; intros i Hi; rewrite powerRZ_pow, pow1 by lia; ring.
Qed.

Lemma slope_linear (c : nat -> R) (x : R) : sequence c -> finite_slope c ->
  series_from 2 (fun i => coefficient c i * (IZR i * x)) = (D c 1 - c 1%nat) * x.
Proof.
  intros Hc HD; rewrite <- slope_tail, <- series_from_mult by assumption.
  apply series_from_ext; intros i Hi; ring.
Qed.

Lemma slope_misprinted (c : nat -> R) (x : R) : sequence c -> finite_slope c -> Rabs x <= 1 ->
  series_from 2 (fun i => coefficient c i * (IZR i * powerRZ x i)) = (D c x - c 1%nat) * x.
Proof.
  intros Hc HD Hx; rewrite <- slope_from_2, <- series_from_mult by assumption.
  apply series_from_ext; intros i Hi; rewrite !powerRZ_pow by lia.
  replace (Z.to_nat i) with (S (Z.to_nat (i - 1))) by lia; simpl pow; ring.
Qed.

(** The sum of the tangent kernel at 1, as the claims write it: what it is, and
    that it has a value. *)
Definition tangent_step (c : nat -> R) (x : R) (l : Z) (t : R) : R :=
  iterate (fun x => dual c x) l x +
  t * series_from 1 (fun u => coefficient c u *
        (IZR u * powerRZ (iterate (fun x => dual c x) (l - 1) x) (u - 1))).

Lemma tangent_step_1 (c : nat -> R) (l : Z) (t : R) : normalized c ->
  tangent_step c 1 l t = 1 + t * D c 1.
Proof. intros Hc; unfold tangent_step; rewrite !iterate_1, slope_D by exact Hc; reflexivity. Qed.

Lemma tangent_at_1 (c : nat -> R) (L : Z) : normalized c -> (0 <= L)%Z ->
  fold (tangent_step c 1) 1 L 1 * (D c 1 - 1) = powerRZ (D c 1) (L + 1) - 1.
Proof.
  intros Hc HL; pattern L; apply natlike_ind; [| |exact HL].
  - rewrite fold_empty by lia; change (0 + 1)%Z with 1%Z; rewrite powerRZ_1; ring.
  - intros l Hl IH; unfold Z.succ; rewrite fold_last, tangent_step_1 by (lia || exact Hc).
    rewrite powerRZ_pow in * by lia.
    replace (Z.to_nat (l + 1 + 1)) with (S (Z.to_nat (l + 1))) by lia; simpl pow.
    set (t := fold _ _ _ _) in *.
    replace ((1 + t * D c 1) * (D c 1 - 1)) with (D c 1 - 1 + D c 1 * (t * (D c 1 - 1))) by ring.
    rewrite IH; ring.
Qed.

(** The sequence with a single 1. *)
Definition basis (k n : nat) : R := if Nat.eqb n k then 1 else 0.

Lemma basis_sequence (k : nat) : sequence (basis k).
Proof.
  split; [|exists 1; apply is_series_single].
  intros n; unfold basis; destruct (Nat.eqb n k); lra.
Qed.

Lemma basis_sum (k : nat) : series_from 0 (fun i => coefficient (basis k) i) = 1.
Proof. rewrite series_coefficient; apply is_series_unique, is_series_single. Qed.

Lemma normalized_sum (c : nat -> R) : normalized c ->
  series_from 0 (fun i => coefficient c i) = 1.
Proof. intros Hc; rewrite series_coefficient; apply is_series_unique, Hc. Qed.

Lemma dual_basis_2 (x : R) : dual (basis 2) x = x * x.
Proof.
  apply is_series_unique, (is_series_ext (fun n => if Nat.eqb n 2 then x * x else 0));
    [|apply is_series_single].
  intros [|[|[|n]]]; unfold basis; simpl; ring.
Qed.

(** The derivative of x^2, as a series. *)
Lemma basis_series (x : R) :
  is_series (fun n => PS_derive (basis 2) n * x ^ n) (2 * x).
Proof.
  apply (is_series_ext (fun n => if Nat.eqb n 1 then 2 * x else 0)); [|apply is_series_single].
  intros [|[|n]]; unfold PS_derive, basis; simpl; ring.
Qed.

Lemma basis_slope : finite_slope (basis 2).
Proof.
  exists (2 * 1); eapply is_series_ext; [|apply (basis_series 1)].
  intros n; simpl; rewrite pow1; apply Rmult_1_r.
Qed.

Lemma basis_D (x : R) : D (basis 2) x = 2 * x.
Proof. apply is_series_unique, basis_series. Qed.

Lemma sharper_share (m z : R) : 0 < m <= 1 -> z <= 1 ->
  1 - 2 * m / (1 + m) * (1 - z) <= 1 - m * (1 - z).
Proof.
  intros Hm Hz; assert (m <= 2 * m / (1 + m)) by (apply Rle_div_r; nra).
  assert (0 <= (2 * m / (1 + m) - m) * (1 - z)) by (apply Rmult_le_pos; lra); lra.
Qed.

(** One application of the dual activation, Lemma 23 at [|x| <= 1 - delta]. *)
Lemma dual_small (c : nat -> R) (x delta : R) : normalized c -> 0 <= delta <= 1/2 ->
  Rabs x <= 1 - delta -> Rabs (dual c x) <= 1 - (1 + mu c / 2) * delta.
Proof.
  intros Hc Hd Hx; eapply Rle_trans; [apply (Rabs_iter_le c Hc 1 x (1 - delta)); lra|].
  apply lemma23_small; [exact Hc|lra].
Qed.

Lemma dual_large (c : nat -> R) (x delta : R) : normalized c -> 1/2 <= delta ->
  Rabs x <= 1 - delta -> Rabs (dual c x) <= (1 - mu c / 2) * (1 - delta).
Proof.
  intros Hc Hd Hx; pose proof (Rabs_pos x).
  eapply Rle_trans; [apply (Rabs_iter_le c Hc 1 x (1 - delta)); lra|].
  apply lemma23_large; [exact Hc|lra].
Qed.

(** One layer deeper, [B] still bounds: the induction step of Lemma 6. *)
Lemma dual_B (c : nat -> R) (x delta : R) (l : nat) :
  normalized c -> 0 < mu c -> 0 < delta <= 1 ->
  Rabs x <= B (mu c) delta l -> Rabs (dual c x) <= B (mu c) delta (S l).
Proof.
  intros Hc Hm Hd; pose proof (mu_bounds_weak c Hc) as Hm1; unfold B.
  assert (Hp : 0 < delta * (1 + mu c / 2) ^ l)
    by (apply Rmult_lt_0_compat; [lra|apply pow_lt; lra]).
  destruct (Nat.leb_spec l (L0 (mu c) delta)) as [H|H];
    destruct (Nat.leb_spec (S l) (L0 (mu c) delta)) as [H'|H']; try lia; intros Hx.
  - pose proof (L0_not_reached (mu c) delta l Hm ltac:(lra) H').
    eapply Rle_trans; [eapply dual_small; [exact Hc| |exact Hx]; lra|]; simpl pow; lra.
  - replace l with (L0 (mu c) delta) in * by lia.
    pose proof (L0_reached (mu c) delta _ Hm ltac:(lra) (le_n _)).
    eapply Rle_trans; [eapply dual_large; [exact Hc| |exact Hx]; lra|].
    replace (S _ - _)%nat with 1%nat by lia; simpl pow; nra.
  - pose proof (pow_le_1 (1 - mu c / 2) (l - L0 (mu c) delta) ltac:(lra)) as Hq.
    replace (S l - L0 (mu c) delta)%nat with (S (l - L0 (mu c) delta)) by lia; simpl pow.
    set (q := (1 - mu c / 2) ^ _) in *.
    eapply Rle_trans; [apply (dual_large c x (1 - 1/2 * q) Hc); lra|]; lra.
Qed.

(** ** The depth L0 and the bound B *)

Lemma target_gt_0 (delta : R) : 0 < delta -> 0 < 1 / (2 * delta).
Proof. intros Hd; apply Rdiv_lt_0_compat; lra. Qed.

Lemma ln_rate_neq_0 (m : R) : 0 < m -> ln (1 + m / 2) <> 0.
Proof. intros Hm; apply Rgt_not_eq, ln_1_plus_pos, Hm. Qed.

Lemma ln_decay_neq_0 (m : R) : 0 < m -> m <= 1 -> - ln (1 - m / 2) <> 0.
Proof. intros Hm Hm1; apply Rgt_not_eq, ln_1_minus_neg; lra. Qed.

(** Both branches of [B], with the threshold as the claims write it. *)
Lemma bound_B (m delta : R) (L : Z) : (0 <= L)%Z ->
  (if Z_le_dec L (Z.of_nat (L0 m delta)) then 1 - delta * powerRZ (1 + m / 2) L
   else powerRZ (1 - m / 2) (L - Z.of_nat (L0 m delta)) / 2) = B m delta (Z.to_nat L).
Proof.
  intros HL; unfold B; destruct (Z_le_dec L _) as [H|H].
  - rewrite powerRZ_pow by exact HL.
    replace (Nat.leb _ _) with true; [reflexivity|symmetry; apply Nat.leb_le; lia].
  - rewrite powerRZ_pow, Z2Nat.inj_sub, Nat2Z.id by lia.
    replace (Nat.leb _ _) with false; [field|symmetry; apply Nat.leb_gt; lia].
Qed.

Lemma below_pow (r delta : R) (N : Z) :
  (forall k, (0 <= k)%Z /\ (k < N)%Z -> delta * powerRZ r k < 1 / 2) ->
  forall k, (k < Z.to_nat N)%nat -> delta * r ^ k < 1/2.
Proof. intros H k Hk; rewrite pow_powerRZ; apply H; lia. Qed.

(** The integers N that the steps of the proofs name are L0. *)
Lemma threshold_L0 (m delta : R) (N : Z) : 0 < m -> 0 < delta -> (0 <= N)%Z ->
  (forall k, (0 <= k)%Z /\ (k < N)%Z -> delta * powerRZ (1 + m / 2) k < 1 / 2) ->
  1 / 2 <= delta * powerRZ (1 + m / 2) N -> N = Z.of_nat (L0 m delta).
Proof.
  intros Hm Hd HN Hb Ha; rewrite <- (L0_unique m delta (Z.to_nat N)); trivial.
  - symmetry; apply Z2Nat.id, HN.
  - apply below_pow, Hb.
  - rewrite <- powerRZ_pow by exact HN; exact Ha.
Qed.

(** ** Matrices *)

Lemma IZR_INR (n : Z) : (0 <= n)%Z -> IZR n = INR (Z.to_nat n).
Proof. intros Hn; rewrite INR_IZR_INZ, Z2Nat.id by exact Hn; reflexivity. Qed.

Lemma block_symmetric (K : Z -> Z -> R) (m : nat) :
  symmetric K -> Matrices.symmetric m (block K).
Proof. intros HS i j _ _; apply HS; lia. Qed.

(** Indices from 1 and from 0. *)
Lemma block_entry (K : Z -> Z -> R) (i j : Z) : (1 <= i)%Z -> (1 <= j)%Z ->
  K i j = block K (Z.to_nat (i - 1)) (Z.to_nat (j - 1)).
Proof. intros Hi Hj; unfold block; f_equal; lia. Qed.

Lemma unit_diagonal (K : Z -> Z -> R) (n : Z) :
  (forall i, (1 <= i)%Z /\ (i <= n)%Z -> K i i = 1) -> unit_diag (Z.to_nat n) (block K).
Proof. intros H i Hi; apply H; lia. Qed.

Lemma assumption_1 (K : Z -> Z -> R) (n : Z) (delta : R) :
  (forall i j, (1 <= i)%Z /\ (i <= n)%Z /\ (1 <= j)%Z /\ (j <= n)%Z /\ (i <> j)%Z ->
    Rabs (K i j) <= 1 - delta) -> assumption1 (Z.to_nat n) (block K) delta.
Proof. intros H i j Hi Hj Hne; apply H; lia. Qed.

Lemma gram (K : Z -> Z -> R) (n : Z) : symmetric K -> semidefinite n (fun i j => K i j) ->
  psd (Z.to_nat n) (block K).
Proof. intros HS H; split; [apply block_symmetric, HS|exact H]. Qed.

Lemma block_minus_scalar (K : Z -> Z -> R) (d : R) (i j : nat) :
  block (fun i j => K i j - (if Z.eq_dec i j then d else 0)) i j =
  block K i j + scalar (- d) i j.
Proof.
  unfold block, scalar; destruct (Z.eq_dec _ _), (Nat.eqb_spec i j); lia || ring.
Qed.

Lemma form_minus_scalar (n : Z) (F : Z -> Z -> R) (d : R) (v : nat -> R) :
  form (Z.to_nat n) (block (fun i j => F i j - (if Z.eq_dec i j then d else 0))) v =
  form (Z.to_nat n) (block F) v - d * nrm2 (Z.to_nat n) v.
Proof.
  rewrite (form_ext _ _ (fun i j => block F i j + scalar (- d) i j) v v); trivial.
  - rewrite form_plus, form_scalar; ring.
  - intros i j _ _; apply block_minus_scalar.
Qed.

Lemma semidefinite_ext (n : Z) (F G : Z -> Z -> R) :
  (forall i j, (1 <= i <= n)%Z -> (1 <= j <= n)%Z -> F i j = G i j) ->
  semidefinite n G -> semidefinite n F.
Proof.
  intros HFG H v; rewrite (form_ext _ _ (block G) v v); trivial.
  intros i j Hi Hj; apply HFG; lia.
Qed.

(** [M - d I >= 0] says that [M >= d I]. *)
Lemma semidefinite_minus (n : Z) (F : Z -> Z -> R) (d : R) :
  semidefinite n (fun i j => F i j - (if Z.eq_dec i j then d else 0)) <->
  forall v, d * nrm2 (Z.to_nat n) v <= form (Z.to_nat n) (block F) v.
Proof.
  split; intros H v; specialize (H v); rewrite form_minus_scalar in *; lra.
Qed.

Lemma ones_form (v : nat -> R) :
  1 * nrm2 (Z.to_nat 1) v <= form (Z.to_nat 1) (block (fun _ _ => 1)) v.
Proof. unfold nrm2, form, block; change (Z.to_nat 1) with 1%nat; simpl; lra. Qed.

Lemma dominates (K : Z -> Z -> R) (n : Z) (d : R) : symmetric K ->
  semidefinite n (fun i j => K i j - (if Z.eq_dec i j then d else 0)) ->
  assumption2 (Z.to_nat n) (block K) d.
Proof. intros HS H; split; [apply block_symmetric, HS|apply semidefinite_minus, H]. Qed.

Lemma assumption_2 (K : Z -> Z -> R) (n : Z) (d : R) : symmetric K -> (1 <= n)%Z ->
  d <= least_eigenvalue n (fun i j => K i j) -> assumption2 (Z.to_nat n) (block K) d.
Proof.
  intros HS Hn H; apply (ge_scalar_le _ _ (lambda_min (Z.to_nat n) (block K))); [exact H|].
  apply ge_scalar_lambda_min; [lia|apply block_symmetric, HS].
Qed.

Lemma ge_scalar_0 (K : matrix) (n : nat) (d : R) : 0 < d -> assumption2 n K d -> psd n K.
Proof.
  intros Hd [HS H]; split; [exact HS|]; intros v; specialize (H v).
  pose proof (Rmult_le_pos d (nrm2 n v) ltac:(lra) (nrm2_ge_0 n v)); lra.
Qed.

Lemma delta_le_1 (K : Z -> Z -> R) (n : Z) (d : R) : (1 <= n)%Z ->
  unit_diag (Z.to_nat n) (block K) -> assumption2 (Z.to_nat n) (block K) d -> d <= 1.
Proof.
  intros Hn HU HK; apply (unit_diag_delta_le_1 (Z.to_nat n) (block K) d HK HU); lia.
Qed.

(** Step (c) of Lemma 24. *)
Lemma semidefinite_powers (K : Z -> Z -> R) (n k : Z) (d : R) : (0 <= k)%Z ->
  assumption2 (Z.to_nat n) (block K) d ->
  semidefinite n (fun i j => powerRZ (K i j - (if Z.eq_dec i j then d else 0)) k).
Proof.
  intros Hk HK v; rewrite (form_ext _ _
    (hadamard_pow (fun i j => block K i j + scalar (- d) i j) (Z.to_nat k)) v v); trivial.
  - apply lemma24_c, HK.
  - intros i j _ _; unfold hadamard_pow; rewrite <- block_minus_scalar, <- powerRZ_pow by exact Hk.
    reflexivity.
Qed.

(** Step (b) of Lemma 24. *)
Lemma powerRZ_shifted (K : Z -> Z -> R) (i j k : Z) (d : R) : (0 <= k)%Z -> K i i = 1 ->
  powerRZ (K i j) k = powerRZ (K i j - (if Z.eq_dec i j then d else 0)) k +
                      (if Z.eq_dec i j then 1 - powerRZ (1 - d) k else 0).
Proof.
  intros Hk Hi; destruct (Z.eq_dec i j) as [<-|Hne].
  - rewrite Hi, !powerRZ_pow, pow1 by exact Hk; ring.
  - rewrite Rminus_0_r; ring.
Qed.

(** Entries of a Gram matrix of unit vectors; the paper does not assume it. *)
Lemma Rabs_entry_le_1 (K : Z -> Z -> R) (n i j : Z) : psd (Z.to_nat n) (block K) ->
  unit_diag (Z.to_nat n) (block K) -> (1 <= i <= n)%Z -> (1 <= j <= n)%Z ->
  Rabs (K i j) <= 1.
Proof.
  intros HK HU Hi Hj; rewrite block_entry by lia.
  apply (gram_entry_le_1 (Z.to_nat n)); trivial; lia.
Qed.

(** Gershgorin for the kernel of depth L. *)
Lemma kernel_discs (c : nat -> R) (n L : Z) (K : Z -> Z -> R) (t : R) :
  normalized c -> (1 <= n)%Z -> unit_diag (Z.to_nat n) (block K) ->
  (forall i j, (1 <= i)%Z /\ (i <= n)%Z /\ (1 <= j)%Z /\ (j <= n)%Z /\ (i <> j)%Z ->
    Rabs (iterate (fun x => dual c x) L (K i j)) <= t) ->
  greatest_eigenvalue n (fun i j => iterate (fun x => dual c x) L (K i j))
    <= 1 + (INR (Z.to_nat n) - 1) * t /\
  1 - (INR (Z.to_nat n) - 1) * t
    <= least_eigenvalue n (fun i j => iterate (fun x => dual c x) L (K i j)).
Proof.
  intros Hc Hn HU Ht.
  pose proof (fun v => top_kernel_form c (Z.to_nat n) (Z.to_nat L) (block K) t v Hc HU) as Hf.
  split; [eapply lambda_max_le|eapply lambda_min_ge]; try lia; intros v; apply Hf;
    intros i j Hi Hj Hne; apply Ht; lia.
Qed.

Lemma greatest_ge_1 (c : nat -> R) (n L : Z) (K : Z -> Z -> R) :
  normalized c -> (1 <= n)%Z -> unit_diag (Z.to_nat n) (block K) ->
  1 <= greatest_eigenvalue n (fun i j => iterate (fun x => dual c x) L (K i j)).
Proof.
  intros Hc Hn HU.
  replace 1 with (top_kernel c (Z.to_nat L) (block K) 0%nat 0%nat)
    by (apply (corollary3_a c (Z.to_nat n)); trivial; lia).
  apply (diag_le_lambda_max (Z.to_nat n) 0 (top_kernel c (Z.to_nat L) (block K))); lia.
Qed.

(** ** Opening a statement *)

(** Note a fact, unless it is noted already. *)
Ltac note_as p N :=
  let T := type of p in
  lazymatch goal with _ : T |- _ => fail | _ => pose proof p as N end.
Tactic Notation "note" uconstr(p) "as" ident(N) :=
  let N := fresh N in note_as p N.

(** What the hypotheses in sight amount to in the terms of the development. *)
Ltac settings :=
  repeat match goal with
  | Hs : sequence ?c, H0 : coefficient ?c 0 = 0,
    H1 : series_from 0 (fun i => coefficient ?c i) = 1 |- _ =>
      note (normalised c Hs H0 H1) as Hc
  | H : ?m = 1 - coefficient ?c 1 |- _ => is_var m; change (m = mu c) in H; subst m
  | Hc : normalized ?c |- _ => note (proj2 (mu_bounds_weak c Hc)) as Hm
  | Hc : normalized ?c, H : 0 < mu ?c |- _ => note (lemma22_converse c Hc H) as Hnl
  | Hs : sequence ?c, H : converges_from 1 (fun i => coefficient ?c i * IZR i) |- _ =>
      note (finite_slope_of c Hs H) as HD
  | Hc : normalized ?c, HD : finite_slope ?c |- _ => note (D_1_ge_mu c Hc HD) as HD1
  | H : forall k : Z, _ -> ?d * powerRZ ?r k < 1 / 2 |- _ => note (below_pow r d _ H) as Hb
  | H : forall i : Z, _ -> ?K i i = 1 |- _ => note (unit_diagonal K _ H) as HU
  | H : forall i j : Z, _ -> Rabs (?K i j) <= 1 - ?d |- _ => note (assumption_1 K _ d H) as Has1
  | Hs : symmetric ?K, H : semidefinite ?n _ |- _ => note (gram K n Hs H) as HK
  | Hs : symmetric ?K, H : semidefinite ?n _ |- _ => note (dominates K n _ Hs H) as Has2
  | Hs : symmetric ?K, Hn : (1 <= ?n)%Z, H : ?d <= least_eigenvalue ?n _ |- _ =>
      note (assumption_2 K n d Hs Hn H) as Has2
  | Hn : (1 <= ?n)%Z, HU : unit_diag _ (block ?K), H : assumption2 _ (block ?K) ?d |- _ =>
      note (delta_le_1 K n d Hn HU H) as Hd
  | Hd : 0 < ?d, H : assumption2 ?n ?K ?d |- _ => note (ge_scalar_0 K n d Hd H) as HK
  end.

(** An equation between two entries across the diagonal. *)
Ltac across :=
  match goal with
  | Hs : symmetric ?K |- context [?K ?i ?j] =>
      rewrite (Hs j i) by lia; reflexivity
  | Hs : symmetric ?K |- context [?K ?i ?j] =>
      rewrite (Hs j i) by lia; destruct (Z.eq_dec i j), (Z.eq_dec j i);
      reflexivity || lia
  end.

(** |x| <= 1, for what stands in [-1, 1]. *)
Ltac within :=
  first
    [ assumption | apply Rabs_iterate_le_1; [assumption|within]
    | apply Rabs_powerRZ_le_1; [within|lia] | apply Rabs_minus_power_le_1; [lra|lia]
    | eapply Rabs_entry_le_1; [eassumption|eassumption|lia|lia]
    | match goal with H : forall i j : Z, _ -> Rabs (?K i j) <= 1 |- Rabs (?K _ _) <= 1 =>
        apply H; lia
      end
    | rewrite Rabs_Rabsolu; assumption
    | rewrite Rabs_pos_eq by lra; lra | apply Rabs_le; lra | lra ].

(** Signs of terms that are built from positive ones. *)
Lemma ln_pos (x : R) : 1 < x -> 0 < ln x.
Proof. intros Hx; rewrite <- ln_1; apply ln_increasing; lra. Qed.

Lemma positive_neq_0 (x : R) : 0 < x -> x <> 0.
Proof. lra. Qed.

Ltac positive :=
  first
    [ lra | assumption
    | lazymatch goal with
      | |- _ > _ => apply Rlt_gt; positive
      | |- 0 < IZR _ => apply (IZR_lt 0); lia
      | |- 0 <= IZR _ => apply (IZR_le 0); lia
      | |- 0 < exp _ => apply exp_pos
      | |- 0 < sqrt _ => apply sqrt_lt_R0; positive
      | |- 0 <= sqrt _ => apply sqrt_pos
      | |- 0 < ln (IZR _) => apply ln_pos, (IZR_lt 1); lia
      | |- 0 < ln _ => apply ln_pos; lra
      | |- 0 < powerRZ _ _ => apply powerRZ_lt; positive
      | |- 0 < _ / _ => apply Rdiv_lt_0_compat; positive
      | |- 0 <= _ / _ => apply Rdiv_le_0_compat; positive
      | |- 0 < _ * _ => apply Rmult_lt_0_compat; positive
      | |- 0 <= _ * _ => apply Rmult_le_pos; positive
      | |- 0 < _ + _ => first [ apply Rplus_lt_le_0_compat; positive
                              | apply Rplus_le_lt_0_compat; positive ]
      | |- 0 <= _ + _ => apply Rplus_le_le_0_compat; positive
      | |- 0 <= _ => left; positive
      end ].

(** That a term has a value. *)
Ltac valued_step :=
  lazymatch goal with
  | |- True => exact I
  | |- _ /\ _ => split
  | |- _ <> _ =>
      first [ assumption | apply ln_rate_neq_0; lra | apply ln_decay_neq_0; lra
            | apply Rgt_not_eq; lra | apply not_0_IZR; lia
            | rewrite slope_D; lra | apply positive_neq_0; positive ]
  | |- forall _, _ => intro
  | |- _ \/ _ => solve [left; lia | right; lra | right; apply positive_neq_0; positive]
  | |- (_ <= _)%Z => lia
  | |- (_ < _)%Z => lia
  | |- Rabs _ <= 1 => within
  | |- _ <= _ => first [ lra | positive ]
  | |- 0 < _ =>
      first [ assumption | lra | apply target_gt_0; lra | positive ]
  | |- _ < _ => lra
  | H : converges_from ?l ?f |- converges_from ?l ?f => exact H
  | |- converges_from _ (fun i => coefficient ?c i * IZR i) =>
      apply converges_slope_1; [assumption|assumption|lia]
  | |- converges_from _ (fun i => coefficient ?c i * (IZR i * @?g i)) =>
      apply (converges_slope c _ g); [assumption|assumption|lia|cbv beta]
  | |- converges_from _ (fun i => coefficient ?c i * @?g i) =>
      apply (converges_bounded c _ g); [assumption|lia|cbv beta]
  | |- converges_from _ _ => apply converges_coefficient; [assumption|lia]
  | |- iterates_within _ _ _ _ => first [ assumption | apply iterates_dual; [assumption|lia|] ]
  | |- square_with _ _ _ => split
  | |- _ = _ => across
  | |- _ => first [assumption | split | red]
  end.
Ltac valued := repeat valued_step.

(** Take up the variables and the hypotheses, having shown that these have
    values.  It leaves that the conclusion has a value, and the conclusion. *)
Ltac take_up :=
  intros; settings;
  lazymatch goal with
  | |- _ /\ (?h -> ?r) => split; [solve [valued]|take_up]
  | _ => idtac
  end.
Ltac enter := red; take_up.

(** The same, with the conclusion's having a value shown where that is plain. *)
Ltac opened :=
  enter; lazymatch goal with |- _ /\ _ => try (split; [solve [valued]|]) | _ => idtac end.

(** Of a statement at a point: its hypotheses are given there, what is not
    plain remains to be shown, and the conclusion is left. *)
Ltac plain :=
  first
    [ assumption | lra | lia | intros; reflexivity | apply basis_sum
    | unfold coefficient, basis; simpl; lra | rewrite Rabs_R0; lra | rewrite Rabs_R1; lra ].
Ltac concede H :=
  lazymatch type of H with
  | _ /\ (?h -> ?r) => apply proj2 in H; concede H
  | ?h -> ?r =>
      let P := fresh in
      assert (P : h); [try solve [plain]|specialize (H P); clear P; concede H]
  | _ => idtac
  end.
