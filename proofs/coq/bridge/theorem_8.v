(** Steps of Theorem 8 on one layer. *)
From Conditioning Require Import Bridge.

(* proof of "Theorem 8: one layer" *)
Proof.
  enter; eapply Rle_trans; [apply Rabs_triang|]; rewrite Rabs_mult.
  assert (Rabs a * Rabs b <= e * t * (d * w))
    by (apply Rmult_le_compat; trivial; apply Rabs_pos).
  assert (e * w * (t * d) <= f * (t * d)) by (apply Rmult_le_compat_r; [nra|assumption]).
  lra.
Qed.

(* proof of "Theorem 8: slope" *)
Proof.
  enter; assert (0 <= d * (mu * (e - t))) by (apply Rmult_le_pos; [|apply Rmult_le_pos]; lra).
  lra.
Qed.

(* proof of "Theorem 8: b" *)
Proof. enter; split; [valued|]; rewrite slope_D; lra. Qed.

(* proof of "Theorem 8: at 1" *)
Proof.
  enter; assert (Hit : forall l, iterate (fun x => dual c x) l 1 = 1)
    by (intros l; apply iterate_1, Hc).
  split.
  - intros l Hl; rewrite !Hit; valued; rewrite Rabs_R1; lra.
  - pattern L; apply natlike_ind; [rewrite fold_empty by lia; lra| |assumption].
    intros l Hl IH; unfold Z.succ; rewrite fold_last by lia; rewrite !Hit, slope_D.
    set (t := fold _ _ _ _) in *; pose proof (D_1_ge_1 c Hc HD); nra.
Qed.

(* proof of "Theorem 8: geometric" *)
Proof.
  enter; assert (Hit : forall l, iterate (fun x => dual c x) l 1 = 1)
    by (intros l; apply iterate_1, Hc).
  split.
  - split; [split|].
    + intros l Hl; rewrite !Hit; valued; rewrite Rabs_R1; lra.
    + valued; rewrite Rabs_R1; lra.
    + valued; rewrite Rabs_R1; lra.
  - rewrite slope_D; apply (tangent_at_1 c L); [exact Hc|lia].
Qed.

(* proof of "Theorem 8: diagonal" *)
Proof.
  enter; assert (Hit : forall l, iterate (fun x => dual c x) l 1 = 1)
    by (intros l; apply iterate_1, Hc).
  assert (Hi : K i i = 1) by auto.
  assert (H11 : K 1%Z 1%Z = 1)
    by (match goal with H : forall i : Z, _ -> K i i = 1 |- _ => apply H; lia end).
  rewrite Hi, H11; split; [|reflexivity].
  split; (split; [lia|]); intros l Hl; rewrite !Hit; valued; rewrite Rabs_R1; lra.
Qed.
