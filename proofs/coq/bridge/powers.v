(** The elementary lemmas on integer powers. *)
From Conditioning Require Import Bridge.

(* proof of "Powers: nonnegative" *)
Proof. enter; split; [valued|]; rewrite powerRZ_pow by lia; apply pow_le; lra. Qed.

(* proof of "Powers: positive" *)
Proof. enter; split; [valued|]; rewrite powerRZ_pow by lia; apply pow_lt; lra. Qed.

(* proof of "Powers: at most one" *)
Proof. enter; split; [valued|]; rewrite powerRZ_pow by lia; apply pow_le_1; lra. Qed.

(* proof of "Powers: at least one" *)
Proof. enter; split; [valued|]; rewrite powerRZ_pow by lia; apply pow_R1_Rle; lra. Qed.

(* proof of "Powers: sum of exponents" *)
Proof.
  enter; split; [valued|]; rewrite !powerRZ_pow, Z2Nat.inj_add by lia; apply pow_add.
Qed.

(* proof of "Powers: decreasing in the exponent" *)
Proof.
  enter; split; [valued|]; rewrite !powerRZ_pow by lia.
  apply pow_le_exponent; [lra|lia].
Qed.

(* proof of "Powers: increasing in the base" *)
Proof. enter; split; [valued|]; rewrite !powerRZ_pow by lia; apply pow_incr; lra. Qed.

(* proof of "Powers: absolute value" *)
Proof.
  enter; split; [valued|]; rewrite !powerRZ_pow, <- RPow_abs by lia.
  apply pow_incr; split; [apply Rabs_pos|assumption].
Qed.

(* proof of "Powers: product" *)
Proof. enter; split; [valued|]; rewrite !powerRZ_pow by lia; apply Rpow_mult_distr. Qed.
