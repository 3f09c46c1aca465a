(** Theorem 2 with its steps. *)
From Conditioning Require Import Bridge.

(* proof of "Theorem 2: part 1" *)
Proof.
  enter; split; [valued|]; unfold B, L0; rewrite <- L0_Z, bound_B by lia.
  apply lemma6; trivial; [lra|auto 8].
Qed.

(* proof of "Theorem 2: b" *)
Proof. enter; split; [valued|]; apply semidefinite_minus, Has2. Qed.

(* proof of "Theorem 2: c" *)
Proof. enter; split; [valued|]; apply iterate_series, Hc. Qed.

(* proof of "Theorem 2: d1" *)
Proof.
  enter; split; [valued|]; apply semidefinite_minus; intros v.
  rewrite (iterate_1 c L Hc); apply (top_kernel_ge_scalar c (Z.to_nat n)); trivial; lra.
Qed.

(* proof of "Theorem 2: d2" *)
Proof. enter; split; [valued|]; apply iterate_1, Hc. Qed.

(* proof of "Theorem 2: d3" *)
Proof.
  enter; split; [valued|]; unfold B, L0; rewrite <- L0_Z, bound_B by lia.
  apply iter_le_B; trivial; lra.
Qed.

(* proof of "Theorem 2: part 2" *)
Proof.
  enter; split; [valued|]; unfold B, L0; rewrite <- L0_Z, bound_B by lia.
  apply (theorem2_part2_lambda_min c (Z.to_nat n) (Z.to_nat L) (block K) delta);
    trivial; [lia|lra].
Qed.
