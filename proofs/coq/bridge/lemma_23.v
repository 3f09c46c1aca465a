(** Lemma 23 and its steps. *)
From Conditioning Require Import Bridge.

(* proof of "Lemma 23: a" *)
Proof. enter; split; [valued|]; apply lemma23_a; [assumption|lra]. Qed.

(* proof of "Lemma 23: b1" *)
Proof.
  enter; split; [valued|].
  rewrite dual_series, series_from_first by valued; change (0 + 1)%Z with 1%Z.
  replace (coefficient c 0) with 0; lra.
Qed.

(* proof of "Lemma 23: b2" *)
Proof.
  enter; split; [valued|]; rewrite series_from_first by valued.
  apply Rplus_le_compat; [rewrite powerRZ_1; lra|].
  apply series_from_le; [valued|]; intros i Hi; rewrite !powerRZ_pow by lia.
  assert (0 <= coefficient c i) by apply H.
  split; [apply Rmult_le_pos; [assumption|apply pow_le; lra]|].
  apply Rmult_le_compat_l; [assumption|apply pow_le_exponent; [lra|lia]].
Qed.

(* proof of "Lemma 23: b3" *)
Proof.
  enter; split; [valued|]; rewrite series_from_mult; do 2 f_equal.
  change (series_from 2 (fun i => coefficient c i) = 1 - coefficient c 1).
  rewrite series_from_first in H1 by valued.
  rewrite series_from_first in H1 by valued; change (0 + 1 + 1)%Z with 2%Z in H1.
  change (0 + 1)%Z with 1%Z in H1; lra.
Qed.

(* proof of "Lemma 23: b4" *)
Proof. enter; apply lemma23_b'. Qed.

(* proof of "Lemma 23: c" *)
Proof. enter; apply lemma23_c; [assumption|lra]. Qed.

(* proof of "Lemma 23: d1" *)
Proof. enter; apply lemma23_d. Qed.

(* proof of "Lemma 23: d2" *)
Proof. enter; apply lemma23_d'; [assumption|lra]. Qed.

(* proof of "Lemma 23: statement" *)
Proof. enter; split; [valued|]; apply lemma23; [assumption|lra]. Qed.

(* proof of "Lemma 23: increasing" *)
Proof.
  enter; pose proof (Rabs_pos x); split; [valued|split].
  - apply (Rabs_iter_le c Hc 1); assumption.
  - apply sigma_hat_bounds; [assumption|lra].
Qed.

(* proof of "Lemma 23: one step" *)
Proof.
  enter; pose proof (Rabs_pos x); split; [valued|].
  eapply Rle_trans; [apply (Rabs_iter_le c Hc 1 x (1 - delta)); lra|].
  apply lemma23; [assumption|lra].
Qed.
