(** Lemma 22, and Definitions 1, 4 and 21 in sequence form. *)
From Conditioning Require Import Bridge.

(* proof of "Lemma 22: one coefficient" *)
Proof.
  enter; split; [valued|].
  apply (is_series_two_terms_le c 1 1 (Z.to_nat k)); [lia|apply Hc|apply Hc].
Qed.

(* proof of "Lemma 22: a" *)
Proof.
  enter; pose proof (lemma22 c ltac:(assumption)) as Hmu.
  change (0 <= c 1%nat < 1); unfold mu in Hmu; lapply Hmu; [lra|].
  exists (Z.to_nat k); split; [lia|assumption].
Qed.

(* proof of "Lemma 22: at most one" *)
Proof. enter; apply mu_bounds_weak; assumption. Qed.

(* proof of "Lemma 22: statement" *)
Proof.
  enter; apply lemma22; [assumption|].
  exists (Z.to_nat k); split; [lia|assumption].
Qed.

(* proof of "Definition 1: sequence form" *)
Proof. enter; apply mu_bounds_weak; assumption. Qed.

(* proof of "Definition 4: sequence form" *)
Proof. enter; split; [valued|]; apply Rabs_sigma_hat_le_1; assumption. Qed.

(* proof of "Definition 4: composition" *)
Proof. enter; split; [valued|]; apply Rabs_iterate_le_1; assumption. Qed.

(* proof of "Definition 21: sequence form" *)
Proof. enter; split; [valued|]; apply Rabs_sigma_hat_le_1; assumption. Qed.

(* proof of "Definition 21: composition" *)
Proof. enter; split; [valued|]; apply Rabs_iterate_le_1; assumption. Qed.
