(** Depth: the numbers [L0(delta)] and [B(L, delta)] of the paper, what
    characterises them, and Lemma 6 by induction on depth from Lemma 23. *)

From Coq Require Import Reals Lra Lia ZArith.
From Coquelicot Require Import Coquelicot.
From Flocq Require Import Core.Raux.
From Conditioning Require Import Series Lemma22 Lemma23.
Open Scope R_scope.

(** ** The depth L0 and the bound B; [m] stands for the coefficient mu *)

Definition L0 (m delta : R) : nat :=
  Z.to_nat (Z.max (Zceil (ln (1 / (2 * delta)) / ln (1 + m / 2))) 0).

Definition B (m delta : R) (L : nat) : R :=
  if Nat.leb L (L0 m delta) then 1 - delta * (1 + m/2) ^ L
  else 1/2 * (1 - m/2) ^ (L - L0 m delta).

(** [L0] as a natural number is the integer of the paper. *)
Lemma L0_Z (m delta : R) :
  Z.of_nat (L0 m delta) = Z.max (Zceil (ln (1 / (2 * delta)) / ln (1 + m / 2))) 0.
Proof. unfold L0; rewrite Z2Nat.id; lia. Qed.

Lemma ln_le_sub_1 (y : R) : 0 < y -> ln y <= y - 1.
Proof.
  intros Hy; pose proof (exp_ineq1_le (ln y)) as H.
  rewrite exp_ln in H by exact Hy; lra.
Qed.

Lemma ln_1_plus_ge (x : R) : 0 <= x -> x / (1 + x) <= ln (1 + x).
Proof.
  intros Hx; pose proof (ln_le_sub_1 (/ (1 + x))) as H.
  rewrite ln_Rinv in H by lra.
  replace (x / (1 + x)) with (1 - / (1 + x)) by (field; lra).
  assert (0 < / (1 + x)) by (apply Rinv_0_lt_compat; lra); lra.
Qed.

Lemma ln_1_plus_pos (m : R) : 0 < m -> 0 < ln (1 + m/2).
Proof. intros Hm; rewrite <- ln_1; apply ln_increasing; lra. Qed.

(** [delta (1+mu/2)^l] against 1/2, in logarithms. *)
Lemma half_le_pow_ln (m delta : R) (l : nat) : 0 < m -> 0 < delta ->
  1/2 <= delta * (1 + m/2) ^ l <-> ln (1 / (2 * delta)) / ln (1 + m/2) <= INR l.
Proof.
  intros Hm Hd.
  pose proof (ln_1_plus_pos m Hm) as Hr.
  assert (Hp : 0 < (1 + m/2) ^ l) by (apply pow_lt; lra).
  assert (Hi : 0 < 1 / (2 * delta)) by (apply Rdiv_lt_0_compat; lra).
  rewrite (Rle_div_l _ _ (ln (1 + m/2))) by lra; rewrite <- ln_pow by lra.
  assert (E : 1/2 <= delta * (1 + m/2) ^ l <-> 1 / (2 * delta) <= (1 + m/2) ^ l)
    by (rewrite (Rle_div_l 1 _ (2 * delta)) by lra; split; intros; lra).
  rewrite E; split; intros H.
  - destruct H as [H|H]; [left; apply ln_increasing; lra|right; f_equal; exact H].
  - destruct (Rle_lt_dec (1 / (2 * delta)) ((1 + m/2) ^ l)) as [H'|H']; [exact H'|].
    pose proof (ln_increasing _ _ Hp H'); lra.
Qed.

(** From [L0] on, [delta (1+mu/2)^l] is at least 1/2. *)
Theorem L0_reached (m delta : R) (l : nat) : 0 < m -> 0 < delta ->
  (L0 m delta <= l)%nat -> 1/2 <= delta * (1 + m/2) ^ l.
Proof.
  intros Hm Hd Hl; apply half_le_pow_ln; trivial.
  eapply Rle_trans; [apply Zceil_ub|].
  rewrite INR_IZR_INZ; apply IZR_le; pose proof (L0_Z m delta); lia.
Qed.

(** Before [L0], [delta (1+mu/2)^l] is less than 1/2. *)
Theorem L0_not_reached (m delta : R) (l : nat) : 0 < m -> 0 < delta ->
  (l < L0 m delta)%nat -> delta * (1 + m/2) ^ l < 1/2.
Proof.
  intros Hm Hd Hl; apply Rnot_le_lt; intros H.
  apply half_le_pow_ln in H; trivial.
  rewrite INR_IZR_INZ in H; apply Zceil_glb in H.
  pose proof (L0_Z m delta); lia.
Qed.

(** [L0] is the least depth at which [delta (1+mu/2)^l >= 1/2]. *)
Theorem L0_characterisation (m delta : R) (l : nat) : 0 < m -> 0 < delta ->
  (L0 m delta <= l)%nat <-> 1/2 <= delta * (1 + m/2) ^ l.
Proof.
  intros Hm Hd; split; [apply L0_reached; assumption|].
  intros H; destruct (Nat.le_gt_cases (L0 m delta) l) as [Hl|Hl]; [exact Hl|].
  pose proof (L0_not_reached m delta l Hm Hd Hl); lra.
Qed.

(** [L0] is the only integer with these two properties. *)
Lemma L0_unique (m delta : R) (N : nat) : 0 < m -> 0 < delta ->
  (forall k, (k < N)%nat -> delta * (1 + m/2) ^ k < 1/2) ->
  1/2 <= delta * (1 + m/2) ^ N -> N = L0 m delta.
Proof.
  intros Hm Hd Hb Ha; apply L0_characterisation in Ha; trivial.
  destruct (Nat.le_gt_cases N (L0 m delta)) as [H|H]; [lia|].
  pose proof (L0_reached m delta _ Hm Hd (le_n _)); specialize (Hb _ H); lra.
Qed.

(** [L0(delta) = O(log(1/delta)/mu)], with the constant 3. *)
Theorem L0_big_O (m delta : R) : 0 < m <= 1 -> 0 < delta <= 1 ->
  INR (L0 m delta) <= 3 * (ln (1 / delta) / m).
Proof.
  intros Hm Hd.
  assert (Hln : 0 <= ln (1 / delta)).
  { rewrite <- ln_1; destruct (Req_dec delta 1) as [->|Hne].
    - right; f_equal; field.
    - left; apply ln_increasing; [lra|]; apply Rlt_div_r; lra. }
  destruct (Nat.eq_dec (L0 m delta) 0) as [->|Hne].
  { simpl; apply Rmult_le_pos; [lra|apply Rdiv_le_0_compat; lra]. }
  set (t := ln (1 / (2 * delta)) / ln (1 + m/2)).
  assert (HL : INR (L0 m delta) <= t + 1).
  { pose proof (L0_Z m delta) as HZ; fold t in HZ.
    rewrite INR_IZR_INZ; replace (Z.of_nat (L0 m delta)) with (Zceil t) by lia.
    left; apply Zceil_lb. }
  assert (Hs : ln (1 / (2 * delta)) = ln (1 / delta) - ln 2).
  { rewrite <- ln_div by (try apply Rdiv_lt_0_compat; lra).
    f_equal; field; lra. }
  assert (Hl2 : 1/3 <= ln 2).
  { pose proof (ln_1_plus_ge 1 ltac:(lra)) as H; replace (1 + 1) with 2 in H; lra. }
  assert (Hr : m / 3 <= ln (1 + m/2)).
  { eapply Rle_trans; [|apply ln_1_plus_ge; lra].
    apply (Rle_div_r (m / 3) (m / 2) (1 + m / 2)); [lra|].
    assert (m * m <= m) by nra; lra. }
  assert (Hpos : 0 < ln (1 / (2 * delta))).
  { apply Rnot_le_lt; intros Hneg; elim Hne.
    assert (t <= 0).
    { apply Rle_div_l; [apply ln_1_plus_pos; lra|lra]. }
    assert (Zceil t <= 0)%Z by (apply Zceil_glb; assumption).
    unfold L0; fold t; lia. }
  assert (Ht : t <= 3 * (ln (1 / (2 * delta)) / m)).
  { apply Rle_div_l; [apply ln_1_plus_pos; lra|].
    replace (ln (1 / (2 * delta)))
      with (3 * (ln (1 / (2 * delta)) / m) * (m / 3)) at 1 by (field; lra).
    apply Rmult_le_compat_l; [|exact Hr].
    assert (0 < ln (1 / (2 * delta)) / m) by (apply Rdiv_lt_0_compat; lra); lra. }
  assert (H1 : 1 <= 3 * (ln 2 / m)).
  { replace (3 * (ln 2 / m)) with ((3 * ln 2) / m) by (field; lra).
    apply Rle_div_r; lra. }
  replace (ln (1 / delta)) with (ln (1 / (2 * delta)) + ln 2) by lra.
  unfold Rdiv in *; rewrite Rmult_plus_distr_r; lra.
Qed.

(** ** Iterates of the dual activation *)

Section Iterates.

Variable c : nat -> R.
Hypothesis Hc : normalized c.

Lemma iter_bounds (L : nat) (x : R) :
  0 <= x <= 1 -> 0 <= Nat.iter L (sigma_hat c) x <= 1.
Proof.
  intros Hx; induction L as [|L IH]; [exact Hx|].
  simpl; apply sigma_hat_bounds; assumption.
Qed.

Lemma iter_1 (L : nat) : Nat.iter L (sigma_hat c) 1 = 1.
Proof.
  induction L as [|L IH]; [reflexivity|].
  simpl; rewrite IH; apply sigma_hat_1, Hc.
Qed.

(** The iterate at [rho] is dominated by the iterate at [y >= |rho|]. *)
Lemma Rabs_iter_le (L : nat) (rho y : R) :
  Rabs rho <= y -> y <= 1 ->
  Rabs (Nat.iter L (sigma_hat c) rho) <= Nat.iter L (sigma_hat c) y.
Proof.
  intros Hr Hy; pose proof (Rabs_pos rho) as Hp.
  induction L as [|L IH]; [exact Hr|]; simpl.
  pose proof (iter_bounds L y ltac:(lra)) as Hb.
  eapply Rle_trans; [apply Rabs_sigma_hat_le; [exact Hc|lra]|].
  apply sigma_hat_le; [exact Hc|split; [apply Rabs_pos|exact IH]|lra].
Qed.

Variable delta : R.
Hypothesis Hdelta : 0 < delta <= 1.
Hypothesis Hmu : 0 < mu c.

(** Lemma 6 up to depth [L0]: the first branch of Lemma 23 repeatedly. *)
Theorem lemma6_before (l : nat) : (l <= L0 (mu c) delta)%nat ->
  Nat.iter l (sigma_hat c) (1 - delta) <= 1 - delta * (1 + mu c / 2) ^ l.
Proof.
  induction l as [|l IH]; intros Hl; [simpl; lra|].
  specialize (IH ltac:(lia)).
  pose proof (iter_bounds l (1 - delta) ltac:(lra)) as Hb.
  assert (Hp : 0 < delta * (1 + mu c / 2) ^ l)
    by (apply Rmult_lt_0_compat; [lra|apply pow_lt; lra]).
  pose proof (L0_not_reached (mu c) delta l Hmu ltac:(lra) Hl) as Hh.
  simpl Nat.iter; eapply Rle_trans.
  - apply sigma_hat_le; [exact Hc|split; [apply Hb|exact IH]|lra].
  - eapply Rle_trans; [apply lemma23_small; [exact Hc|lra]|].
    simpl pow; lra.
Qed.

(** Lemma 6 from depth [L0] on: the second branch of Lemma 23 repeatedly.
    The constant in front, at most 1/2, is kept. *)
Theorem lemma6_after (k : nat) :
  Nat.iter (k + L0 (mu c) delta) (sigma_hat c) (1 - delta)
  <= (1 - delta * (1 + mu c / 2) ^ L0 (mu c) delta) * (1 - mu c / 2) ^ k.
Proof.
  pose proof (mu_bounds_weak c Hc) as Hmu1.
  pose proof (L0_reached (mu c) delta (L0 (mu c) delta) Hmu ltac:(lra) (le_n _)) as Hh.
  induction k as [|k IH].
  - simpl; rewrite Rmult_1_r; apply lemma6_before, le_n.
  - pose proof (iter_bounds (k + L0 (mu c) delta) (1 - delta) ltac:(lra)) as Hb.
    pose proof (pow_le_1 (1 - mu c / 2) k ltac:(lra)) as Hq.
    simpl; set (x := Nat.iter _ _ _) in *.
    set (A := 1 - delta * (1 + mu c / 2) ^ L0 (mu c) delta) in *.
    assert (HA : A <= 1/2) by (unfold A; lra).
    assert (Hx : x <= 1/2).
    { destruct (Rle_lt_dec A 0); nra. }
    pose proof (lemma23_large c Hc (1 - x) ltac:(lra)) as H.
    replace (1 - (1 - x)) with x in H by ring.
    replace (A * ((1 - mu c / 2) * (1 - mu c / 2) ^ k))
      with ((1 - mu c / 2) * (A * (1 - mu c / 2) ^ k)) by ring.
    eapply Rle_trans; [exact H|].
    apply Rmult_le_compat_l; lra.
Qed.

(** The iterate at [1 - delta] is at most [B]. *)
Lemma iter_le_B (L : nat) :
  Nat.iter L (sigma_hat c) (1 - delta) <= B (mu c) delta L.
Proof.
  unfold B; destruct (Nat.leb_spec L (L0 (mu c) delta)) as [H|H].
  - apply lemma6_before, H.
  - pose proof (mu_bounds_weak c Hc) as Hmu1.
    pose proof (L0_reached (mu c) delta (L0 (mu c) delta) Hmu ltac:(lra) (le_n _)).
    pose proof (lemma6_after (L - L0 (mu c) delta)) as Hk.
    replace (L - L0 (mu c) delta + L0 (mu c) delta)%nat with L in Hk by lia.
    eapply Rle_trans; [exact Hk|].
    apply Rmult_le_compat_r; [apply pow_le; lra|lra].
Qed.

End Iterates.

(** Lemma 6, for every depth [L >= 0] and every [delta] in (0, 1]. *)
Theorem lemma6 (c : nat -> R) (delta rho : R) (L : nat) :
  normalized c -> nonlinear c -> 0 < delta <= 1 -> Rabs rho <= 1 - delta ->
  Rabs (Nat.iter L (sigma_hat c) rho) <= B (mu c) delta L.
Proof.
  intros Hc Hn Hd Hr.
  eapply Rle_trans; [apply Rabs_iter_le with (y := 1 - delta); trivial; lra|].
  apply iter_le_B; trivial; apply lemma22; assumption.
Qed.

(** [B] lies in [0, 1), for every coefficient of non-linearity. *)
Theorem B_range (m delta : R) (L : nat) :
  0 < m <= 1 -> 0 < delta <= 1 -> 0 <= B m delta L < 1.
Proof.
  intros Hm Hd; unfold B; destruct (Nat.leb_spec L (L0 m delta)) as [H|H].
  - assert (0 < delta * (1 + m/2) ^ L)
      by (apply Rmult_lt_0_compat; [lra|apply pow_lt; lra]).
    split; [|lra]; destruct L as [|k]; [simpl; lra|].
    pose proof (L0_not_reached m delta k ltac:(lra) ltac:(lra) H); simpl in *; nra.
  - pose proof (pow_le_1 (1 - m/2) (L - L0 m delta)); lra.
Qed.

(** B lies in [0, 1) at the coefficient of non-linearity of a sequence. *)
Corollary B_bounds (c : nat -> R) (delta : R) (L : nat) :
  normalized c -> nonlinear c -> 0 < delta <= 1 -> 0 <= B (mu c) delta L < 1.
Proof. intros Hc Hn; apply B_range, lemma22; assumption. Qed.
