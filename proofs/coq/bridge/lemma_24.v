(** Lemma 24 (= Lemma 7) with its steps. *)
From Conditioning Require Import Bridge.

(* proof of "Lemma 24: entries" *)
Proof. enter; split; [valued|]; split; [valued|assumption]. Qed.

(* refutation of "Lemma 24: a" *)
Proof.
  intros H; pose proof (basis_sequence 0) as Hs.
  specialize (H (basis 0) Hs (fun _ _ => 1)).
  specialize (H ltac:(intros ? ? ? ?; reflexivity) 1%Z 1 1%Z 1%Z).
  concede H; [apply semidefinite_minus, ones_form|].
  apply proj2 in H; rewrite (series_from_ext 1 _ (fun k => coefficient (basis 0) k)) in H
    by (intros k Hk; rewrite powerRZ_pow, pow1 by lia; ring).
  rewrite dual_1, series_from_first in H by valued.
  change (coefficient (basis 0) 0) with 1 in H; change (0 + 1)%Z with 1%Z in H; lra.
Qed.

(* proof of "Lemma 24: a amended" *)
Proof. enter; split; [valued|]; apply dual_series. Qed.

(* proof of "Lemma 24: b" *)
Proof. enter; split; [valued|]; apply powerRZ_shifted; auto. Qed.

(* proof of "Lemma 24: c" *)
Proof. enter; split; [valued|]; apply semidefinite_powers; assumption. Qed.

(* proof of "Lemma 24: d" *)
Proof.
  enter; split; [valued|].
  eapply semidefinite_ext; [|apply semidefinite_powers; eassumption].
  intros i j Hi Hj; rewrite (powerRZ_shifted K i j k delta) by auto; ring.
Qed.

(* proof of "Lemma 24: e" *)
Proof.
  enter; split.
  - split; [lia|]; intros i j Hi Hj; split; [valued|across].
    destruct (Z.eq_dec i j) as [<-|Hne]; [|rewrite Rminus_0_r; valued].
    replace (K i i) with 1 by (symmetry; auto); rewrite (powerRZ_pow 1), pow1 by lia.
    replace (1 - (1 - _)) with (powerRZ (1 - delta) i0) by ring; valued.
  - apply (semidefinite_ext n _ (fun i j => dual a (K i j) -
      (if Z.eq_dec i j then dual a 1 - dual a (1 - delta) else 0))).
    + intros i j Hi Hj; rewrite !dual_series; destruct (Z.eq_dec i j) as [<-|Hne].
      * replace (K i i) with 1 by (symmetry; auto).
        rewrite <- !dual_series; replace (dual a 1 - _) with (dual a (1 - delta)) by ring.
        rewrite dual_series; apply series_from_ext; intros k Hk.
        rewrite (powerRZ_pow 1), pow1 by lia; ring.
      * rewrite Rminus_0_r; apply series_from_ext; intros k Hk; ring.
    + apply semidefinite_minus; intros v.
      apply (lemma24 a (Z.to_nat n) (block K) delta); trivial; apply H.
Qed.

(* proof of "Lemma 24: f" *)
Proof.
  enter; split; [valued|].
  rewrite (series_from_ext 0 _ (fun k => coefficient a k - coefficient a k * powerRZ (1 - delta) k))
    by (intros k Hk; ring).
  rewrite series_from_minus, <- dual_series, <- dual_1 by valued; reflexivity.
Qed.

(* proof of "Lemma 24: statement" *)
Proof.
  enter; split; [valued|]; apply semidefinite_minus; intros v.
  apply (lemma24 a (Z.to_nat n) (block K) delta); trivial; apply H.
Qed.

(* proof of "Lemma 7: statement" *)
Proof.
  enter; split; [valued|]; apply semidefinite_minus; intros v.
  apply (lemma24 a (Z.to_nat n) (block K) delta); trivial; apply H.
Qed.
