(** Formula (2), positive semidefiniteness of the kernels, and the steps of Theorem 8. *)
From Conditioning Require Import Bridge Matrices Sharper Tangent TangentSteps.

(* proof of "formula (2): one more layer" *)
Proof.
  enter; apply (one_more_layer c L M rho); assumption.
Qed.

(* proof of "formula (2): next layer" *)
Proof.
  enter; split; [valued|]; rewrite slope_D; tangents; apply T_next; assumption.
Qed.

(* refutation of "formula (2): printed" *)
Proof.
  intros H; specialize (H (basis 2) (basis_sequence 2) (1/2) 1%Z).
  concede H; [apply converges_slope_1; [apply basis_sequence|apply basis_slope|lia]|..].
  { rewrite Rabs_pos_eq; lra. }
  apply proj2 in H; change (printed (basis 2) 1 (1/2) = T (basis 2) 1 (1/2)) in H.
  rewrite printed_1, T_layer_1, !basis_D, !dual_basis_2 in H; lra.
Qed.

(* proof of "formula (2): derived" *)
Proof. enter; split; [valued|]; apply (formula_2 c L rho); assumption. Qed.

(* proof of "formula (2): depths 1, 2 and 3" *)
Proof.
  enter; split; [valued|]; tangents.
  rewrite !slope_D.
  change 3%Z with (2 + 1)%Z; rewrite (T_next c 2) by lia; change 2%Z with (1 + 1)%Z.
  rewrite (T_next c 1) by lia; pose proof (T_next c 0 rho ltac:(lia)) as HT.
  change (0 + 1)%Z with 1%Z in HT; rewrite HT, T_0; repeat split.
Qed.

(* proof of "Semidefinite: entries" *)
Proof. enter; split; [valued|within]. Qed.

(* proof of "Semidefinite: constant" *)
Proof.
  enter; split; [valued; reflexivity|]; intros v.
  rewrite (form_ext _ _ (fun i j => IZR k * (1 * 1)) v v); trivial; [|intros; unfold block; ring].
  rewrite (form_mult_l _ _ (fun _ _ => 1 * 1)), (form_rank_one _ (fun _ => 1)).
  apply Rmult_le_pos; [positive|apply pow2_ge_0].
Qed.

(* proof of "Semidefinite: power series" *)
Proof. enter; split; [valued|apply dual_series]. Qed.

(* proof of "Semidefinite: iterates" *)
Proof.
  enter; split; [valued|].
  apply (preserved n K); trivial; apply preserves_psd_iterate; assumption.
Qed.

(* proof of "Semidefinite: slopes" *)
Proof.
  enter; split; [valued|].
  apply (preserved n K (fun x => slope c (iterate (fun x => dual c x) L x))); trivial.
  apply (preserves_psd_ext (fun x => D c (iterate (fun x => dual c x) L x)));
    [intros x; symmetry; apply slope_D|apply preserves_psd_slope; assumption].
Qed.

(* proof of "Semidefinite: tangent kernel" *)
Proof.
  enter; split; [valued|].
  apply (preserved n K (T c L)); trivial; apply preserves_psd_T; assumption.
Qed.

(* proof of "Theorem 8: factors" *)
Proof.
  opened.
  pose proof (Rabs_pos a); pose proof (Rabs_pos q); rewrite Rabs_mult; repeat split.
  - apply Rmult_le_compat; assumption.
  - apply Rmult_le_pos; lra.
  - apply Rle_trans with (1 * 1); [apply Rmult_le_compat; lra|lra].
Qed.

(* proof of "Theorem 8: d, one product" *)
Proof.
  enter; split; [valued; rewrite slope_D; lra|].
  apply regrouped, products; [assumption|intros g Hg; rewrite !slope_D].
  apply slope_quotient; trivial; within.
Qed.

(* proof of "Theorem 8: d, one product, derived" *)
Proof.
  enter; split; [valued; rewrite slope_D; lra|].
  apply regrouped, products; [assumption|intros g Hg; rewrite !slope_D].
  apply slope_quotient; trivial; within.
Qed.

(* proof of "Theorem 8: c, one product" *)
Proof.
  enter; split; [valued; rewrite slope_D; lra|].
  apply (quotient_factors c rho); assumption.
Qed.

(* proof of "Theorem 8: c, partial sums" *)
Proof.
  enter; try (split; [valued|]).
  apply (partial_le c rho); assumption.
Qed.

(* proof of "Theorem 8: c amended" *)
Proof.
  enter; split; [valued|]; tangents; rewrite <- !formula_2 by lia.
  apply (partial_le c rho); trivial; lia.
Qed.

(* proof of "Theorem 8: d" *)
Proof.
  enter; split; [valued; rewrite slope_D; lra|].
  eapply Rle_trans; [apply Rle_abs|]; rewrite Rabs_mult.
  apply Rmult_le_compat_l; [apply Rabs_pos|]; rewrite (last_index h L).
  apply products; [lia|intros g Hg; rewrite !slope_D].
  apply slope_quotient; trivial; within.
Qed.

(* proof of "Theorem 8: d, derived" *)
Proof.
  enter; split; [valued; rewrite slope_D; lra|].
  eapply Rle_trans; [apply Rle_abs|]; rewrite Rabs_mult.
  apply Rmult_le_compat_l; [apply Rabs_pos|]; rewrite (last_index h L).
  apply products; [lia|intros g Hg; rewrite !slope_D].
  apply slope_quotient; trivial; within.
Qed.

(* proof of "Theorem 8: e, one product" *)
Proof.
  enter; split; [valued|].
  assert (Hp : forall g, (h <= g)%Z ->
    0 <= 1 - mu c * (1 - Rabs (iterate (fun x => dual c x) g rho))
      <= 1 - mu c * (1 - B_at (mu c) delta g) /\ 1 - mu c * (1 - B_at (mu c) delta g) <= 1)
    by (intros g Hg; apply gain_compared; trivial; lra || lia).
  split; [split|].
  - apply (products_le _ (fun g => 1 - mu c * (1 - B_at (mu c) delta g))); [assumption|].
    intros g Hg; apply Hp, Hg.
  - apply (products (fun g => 1 - mu c * (1 - B_at (mu c) delta g))
      (fun g => 1 - mu c * (1 - B_at (mu c) delta g))); [assumption|].
    intros g Hg; specialize (Hp g Hg); rewrite Rabs_pos_eq; lra.
  - apply (products (fun g => 1 - mu c * (1 - B_at (mu c) delta g))
      (fun g => 1 - mu c * (1 - B_at (mu c) delta g))); [assumption|].
    intros g Hg; specialize (Hp g Hg); rewrite Rabs_pos_eq; lra.
Qed.

(* proof of "Theorem 8: e amended" *)
Proof.
  enter; split; [valued|].
  rewrite (last_index h L).
  pose proof (products_le (fun g => 1 - mu c * (1 - Rabs (iterate (fun x => dual c x) g rho)))
    (fun g => 1 - mu c * (1 - B_at (mu c) delta g)) h (L - h + 1) ltac:(lia)) as Hp.
  destruct Hp as [Hp0 Hp]; [intros g Hg; apply gain_compared; trivial; lra || lia|].
  apply Rmult_le_compat; [apply Rabs_pos|exact Hp0| |exact Hp].
  apply iterate_B; trivial; lra || lia.
Qed.

(* proof of "Theorem 8: g" *)
Proof.
  enter; split; [valued|].
  apply (B_half_ge mu delta L (h - 1)); trivial; lra.
Qed.

(* proof of "Theorem 8: f, powers" *)
Proof.
  enter; split; [valued|].
  apply half_power; trivial; lra.
Qed.

(* proof of "Theorem 8: h1" *)
Proof.
  enter; split; [valued|].
  pose proof (proj1 (threshold_spec mu delta ltac:(lra) ltac:(lra))) as HN.
  change (threshold mu delta) with (L0 delta mu) in HN; lia.
Qed.

(* proof of "Theorem 8: h2" *)
Proof.
  enter; pose proof (proj1 (threshold_spec mu delta ltac:(lra) ltac:(lra))) as HN.
  change (threshold mu delta) with (L0 delta mu) in HN; split; [valued|].
  apply (beyond_L0 mu delta g); trivial; lra.
Qed.

(* proof of "Theorem 8: f, every factor beyond" *)
Proof.
  enter; split; [valued|].
  apply (products_power (fun g => 1 - mu c * (1 - B_at (mu c) delta g))); [assumption|lra|].
  match goal with H : (Z.max _ _ <= h - 1)%Z |- _ => rename H into HN end.
  change (threshold (mu c) delta <= h - 1)%Z in HN.
  intros g Hg; split; [apply gain_at; lra || lia|apply beyond_L0; lra || lia].
Qed.

(* proof of "Theorem 8: f, the factors beyond" *)
Proof.
  enter; try (split; [valued|]).
  apply (products_power_beyond (fun g => 1 - mu c * (1 - B_at (mu c) delta g)) _ _ _
    (threshold (mu c) delta)); trivial; [lra| |].
  - intros g Hg; apply gain_at; lra || lia.
  - intros g Hg; apply beyond_L0; lra || lia.
Qed.

(* proof of "Theorem 8: f amended" *)
Proof.
  enter; split; [valued|].
  apply (one_term (mu c) delta L h); trivial; lra.
Qed.

(* refutation of "Theorem 8: e" *)
Proof.
  intros H; specialize (H (basis 2) (basis_sequence 2) 1 (1/2) 0 1%Z 1%Z).
  concede H; [apply converges_slope_1; [apply basis_sequence|apply basis_slope|lia]|].
  unfold B_has_value in H; repeat match goal with H : _ /\ _ |- _ => destruct H end; lia.
Qed.

(* refutation of "Theorem 8: f" *)
Proof.
  intros H; specialize (H (basis 2) (basis_sequence 2) 1 (1/2) 0 2%Z 1%Z).
  change (L0 (1/2) 1) with (threshold 1 (1/2)) in H; rewrite threshold_half in H.
  concede H; [apply converges_slope_1; [apply basis_sequence|apply basis_slope|lia]|].
  unfold B_has_value in H; repeat match goal with H : _ /\ _ |- _ => destruct H end; lia.
Qed.

(* proof of "Lemma 25: product" *)
Proof.
  enter; split; [valued|]; rewrite !slope_D.
  destruct (slope_quotient c rho Hc HD ltac:(assumption)) as [Hq _].
  unfold Rdiv in Hq; rewrite Rabs_mult, (Rabs_pos_eq (/ _)) in Hq
    by (left; apply Rinv_0_lt_compat; lra).
  apply (Rle_div_l _ _ (D c 1)) in Hq; [lra|lra].
Qed.

(* proof of "Assumption 1: range" *)
Proof.
  enter.
  match goal with H : forall i j : Z, _ -> Rabs (K i j) <= 1 - delta |- _ =>
    specialize (H 1%Z 2%Z ltac:(lia)) end.
  pose proof (Rabs_pos (K 1%Z 2%Z)); lra.
Qed.

(* refutation of "Theorem 8: c" *)
Proof.
  intros H; pose proof half_linear_sequence as Hs; pose proof half_linear_slope as HD.
  specialize (H half_linear Hs (1/2) (1/10) (-9/10) 1%Z (-9/200)); concede H.
  - unfold coefficient, half_linear, basis; simpl; field.
  - apply half_linear_sum.
  - unfold coefficient, half_linear, basis; simpl; field.
  - apply converges_slope_1; [exact Hs|exact HD|lia].
  - rewrite Rabs_left; lra.
  - intros h Hh; assert (Hcase : h = 1%Z \/ h = 2%Z) by lia.
    pose proof (fun f s => fold_last f 1 0 s ltac:(lia)) as Hf; change (0 + 1)%Z with 1%Z in Hf.
    destruct Hcase as [-> | ->]; [rewrite Hf|]; rewrite fold_empty, ?slope_D, ?half_linear_D by lia;
      unfold iterate; simpl; rewrite half_linear_dual; lra.
  - apply proj2 in H; change (T half_linear 1 (-9/10) <= -9/200 * T half_linear 1 1) in H.
    rewrite !T_layer_1, !half_linear_dual, !half_linear_D in H; lra.
Qed.
