(** From the exported statements (Language.v) to the theorems of the
    development: what the two vocabularies have to do with each other, and the
    tactics with which the scripts in bridge/ open a statement. *)

From Coq Require Export Reals ZArith Lra Lia.
From Coquelicot Require Export Coquelicot.
From Conditioning Require Export Series Lemma22 Lemma23 Depth Language.
From Conditioning Require Import Matrices.
Open Scope R_scope.

(** ** Powers and iterates *)

Lemma powerRZ_pow (x : R) (k : Z) : (0 <= k)%Z -> powerRZ x k = x ^ Z.to_nat k.
Proof. intros Hk; rewrite pow_powerRZ, Z2Nat.id by exact Hk; reflexivity. Qed.

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

(** ** Opening a statement *)

(** What the hypotheses in sight amount to in the terms of the development. *)
Ltac settings :=
  repeat match goal with
  | Hs : sequence ?c, H0 : coefficient ?c 0 = 0,
    H1 : series_from 0 (fun i => coefficient ?c i) = 1 |- _ =>
      lazymatch goal with
      | _ : normalized c |- _ => fail
      | _ => let Hc := fresh "Hc" in pose proof (normalised c Hs H0 H1) as Hc
      end
  | H : ?m = 1 - coefficient ?c 1 |- _ => is_var m; change (m = mu c) in H; subst m
  end.

(** That a term has a value. *)
Ltac valued :=
  repeat first
    [ assumption | lia | lra | progress intros
    | apply converges_coefficient; [assumption|lia]
    | apply converges_bounded; [assumption|lia|]
    | apply Rabs_powerRZ_le_1; [|lia]
    | apply iterates_dual; [assumption|lia|]
    | split | apply Rgt_not_eq; lra | left; lia | right; lra
    | apply Rabs_le; lra | rewrite Rabs_pos_eq by lra ].

(** Take up the variables and the hypotheses, having shown that these have
    values.  It leaves that the conclusion has a value, and the conclusion. *)
Ltac take_up :=
  intros; settings;
  lazymatch goal with
  | |- _ /\ (_ -> _) => split; [solve [valued]|take_up]
  | _ => idtac
  end.
Ltac enter := red; take_up.
