(** Exponentials over a range. *)
From Conditioning Require Import Bridge Intervals Logarithms.

(* proof of "Condition (3): sign" *)
Proof.
  enter; replace (powerRZ lam 2 / 2) with (lam * lam / 2) by (simpl; field); apply cosh_le.
Qed.

(* proof of "Theorem 18: second coefficient" *)
Proof.
  enter; split; [pose proof PI_RGT_0; valued|on_range q].
Qed.
