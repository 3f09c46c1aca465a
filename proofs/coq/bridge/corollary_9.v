(** Corollary 9, the condition number of the tangent kernel. *)
From Conditioning Require Import Bridge Sharper Tangent.

(* proof of "Corollary 9: diagonal entries" *)
Proof.
  enter.
  assert (HK1 : forall i, (1 <= i <= n)%Z -> K i i = 1) by assumption.
  rewrite !HK1 by lia; split; [valued|reflexivity].
Qed.

(* proof of "Corollary 9: discs" *)
Proof.
  enter; split; [valued|].
  rewrite minus_IZR; tangents; rewrite (T_11 c n L K) by (trivial; lia).
  apply (T_discs c n L K); trivial; rewrite <- (T_11 c n L K) by (trivial; lia); assumption.
Qed.

(* proof of "Corollary 9: largest" *)
Proof.
  enter; split; [valued|].
  tangents; rewrite (T_11 c n L K) by (trivial; lia).
  split; [apply (T_largest c n L K); trivial|apply T_1_ge_1; trivial].
Qed.

(* proof of "Corollary 9: quotient" *)
Proof.
  enter; rewrite minus_IZR in *; pose proof (IZR_le 1 n ltac:(assumption)).
  assert (Hq : 0 < t /\ s / t <= 1 + IZR n * (e / (1 - e)))
    by (apply (quotient (IZR n) s t e f); lra).
  split; [valued; lra|exact Hq].
Qed.

(* proof of "Corollary 9: sharper part 2" *)
Proof.
  enter.
  pose proof (T_condition_2 c n L K delta) as Hk.
  destruct Hk as [Hmin Hk]; trivial; [lra|].
  split; [valued; exact Hmin|exact Hk].
Qed.

(* proof of "Corollary 9: roots" *)
Proof.
  enter; split; [valued; right; apply Rgt_not_eq, sqrt_lt_R0; lra|].
  pose proof (root_range mu ltac:(lra)).
  repeat split; try lra; [apply roots; trivial|apply powerRZ_lt; lra|apply sqrt_lt_R0; lra].
Qed.

(* proof of "Corollary 9: part 2" *)
Proof.
  enter.
  pose proof (T_condition_2 c n L K delta) as Hk.
  destruct Hk as [Hmin Hk]; trivial; [lia|lra|].
  split; [valued; try exact Hmin; right; apply Rgt_not_eq, sqrt_lt_R0; lra|].
  eapply Rle_trans; [exact Hk|]; rewrite mult_IZR.
  pose proof (roots (mu c) L ltac:(lra) ltac:(lia)) as Hr.
  assert (Hp : 0 < powerRZ (1 + mu c) (- L)) by (apply powerRZ_lt; lra).
  pose proof (IZR_le 1 n ltac:(assumption)).
  apply Rplus_le_compat_l.
  replace (IZR n * ((1 - delta) / delta * powerRZ (1 + mu c) (- L)))
    with (IZR n / delta * ((1 - delta) * powerRZ (1 + mu c) (- L))) by (field; lra).
  replace (2 * IZR n / delta * powerRZ (sqrt (1 + mu c / 2)) (- L))
    with (IZR n / delta * (2 * powerRZ (sqrt (1 + mu c / 2)) (- L))) by (field; lra).
  apply Rmult_le_compat_l; [apply Rdiv_le_0_compat; lra|].
  assert (0 <= delta * powerRZ (1 + mu c) (- L)) by (apply Rmult_le_pos; lra); lra.
Qed.

(* proof of "Corollary 9: enough layers" *)
Proof.
  enter; split; [valued|].
  apply enough_layers; trivial; lra.
Qed.

(* proof of "Corollary 9: no negative number of layers" *)
Proof.
  enter; split; [valued|].
  pose proof (layers_pos mu n ltac:(lra) ltac:(assumption)); unfold layers in *; lia.
Qed.

(* proof of "Corollary 9: quotient in general" *)
Proof.
  enter.
  assert (Hq : 0 < t /\ s / t <= (1 + x) / (1 - z))
    by (apply (quotient_in_general s t x z f); lra).
  split; [valued; lra|exact Hq].
Qed.

(* proof of "Corollary 9: quotient of discs" *)
Proof.
  enter.
  assert (Hq : 0 < t /\ s / t <= (1 + x) / (1 - x))
    by (apply (quotient_in_general s t x x f); lra).
  split; [valued; lra|split; [apply Hq|]].
  eapply Rle_trans; [apply Hq|apply corollary3_d; lra].
Qed.

(* proof of "Corollary 9: c" *)
Proof. enter; split; [valued|apply corollary3_d; lra]. Qed.

(* proof of "Corollary 9: excess" *)
Proof.
  enter; split; [valued; apply odds_neq_0; lra|].
  change (L2 n delta mu) with (layers mu n + 2 * threshold mu delta)%Z in *.
  destruct (threshold_spec mu delta ltac:(lra) ltac:(lra)) as (HN & Hb & Ha).
  pose proof (layers_pos mu n ltac:(lra) ltac:(assumption)) as HM.
  rewrite minus_IZR; destruct (radius mu (odds mu delta L) n L (threshold mu delta)) as [Hr Hr1];
    trivial; [lra| |].
  - split; [apply odds_bounds; lra|apply beyond_twice_L0; trivial; lra || lia].
  - split; [split; assumption|apply powerRZ_lt, root_range; lra].
Qed.

(* proof of "Corollary 9: sharper part 1" *)
Proof.
  enter.
  pose proof (T_condition_1 c n L K delta) as Hk.
  destruct Hk as [Hmin Hk]; trivial; [lia|lra|].
  split; [valued; exact Hmin|exact Hk].
Qed.

(* proof of "Corollary 9: part 1" *)
Proof.
  enter.
  pose proof (T_condition_1 c n L K delta) as Hk.
  destruct Hk as [Hmin Hk]; trivial; [lia|lra|].
  split; [valued; try exact Hmin; right; apply Rgt_not_eq, root_range; lra|].
  eapply Rle_trans; [exact Hk|].
  change (L2 n delta (mu c)) with (layers (mu c) n + 2 * threshold (mu c) delta)%Z.
  set (N := (layers (mu c) n + 2 * threshold (mu c) delta)%Z).
  pose proof (IZR_le 1 n ltac:(assumption)) as Hn1.
  pose proof (root_range (mu c) ltac:(lra)) as Hq; rewrite mult_IZR.
  assert (HN : (0 <= N)%Z).
  { pose proof (layers_pos (mu c) n ltac:(lra) ltac:(assumption)).
    pose proof (threshold_spec (mu c) delta ltac:(lra) ltac:(lra)); unfold N; lia. }
  replace (L - N)%Z with (L - 2 * N + N)%Z by lia; rewrite powerRZ_add by lra.
  assert (Hy : 0 < powerRZ (sqrt (1 - mu c / 2)) (L - 2 * N)) by (apply powerRZ_lt; lra).
  assert (Hz : powerRZ (sqrt (1 - mu c / 2)) N <= 1)
    by (rewrite powerRZ_pow by exact HN; apply pow_le_1; lra).
  set (y := powerRZ _ (L - 2 * N)) in *; set (z := powerRZ _ N) in *.
  assert (0 <= y * (1 - z)) by (apply Rmult_le_pos; lra).
  assert (0 <= (IZR n - 1) * y) by (apply Rmult_le_pos; lra); lra.
Qed.

(* proof of "Corollary 9: a" *)
Proof.
  enter.
  pose proof (odds_le_half (mu c) delta L ltac:(lra) ltac:(lra) ltac:(assumption)
    ltac:(assumption)).
  change (B_half L delta (mu c)) with (half_bound (mu c) delta (threshold (mu c) delta) L) in *.
  rewrite minus_IZR in *.
  pose proof (T_condition_a c n L K delta) as Hk.
  edestruct Hk as [Hmin Hk']; trivial; [lia|lra|eassumption|eassumption|].
  split; [valued; exact Hmin|exact Hk'].
Qed.

(* proof of "Corollary 9: d" *)
Proof.
  enter.
  pose proof (odds_le_half (mu c) delta L ltac:(lra) ltac:(lra) ltac:(assumption)
    ltac:(assumption)).
  change (B_half L delta (mu c)) with (half_bound (mu c) delta (threshold (mu c) delta) L) in *.
  rewrite minus_IZR in *.
  pose proof (T_condition_d c n L K delta) as Hk.
  edestruct Hk as [Hmin Hk']; trivial; [lia|lra|eassumption|eassumption|].
  split; [valued; exact Hmin|exact Hk'].
Qed.

(* proof of "Corollary 9: b" *)
Proof.
  enter; split; [valued|].
  change (B_half L delta mu) with (half_bound mu delta (threshold mu delta) L).
  destruct (threshold_spec mu delta ltac:(lra) ltac:(lra)) as (HN & Hb & Ha).
  pose proof (layers_pos mu n ltac:(lra) ltac:(assumption)) as HM.
  change (layers mu n + 2 * threshold mu delta <= L)%Z in H5.
  rewrite half_beyond, minus_IZR by lia.
  pose proof (root_range mu ltac:(lra)) as Hq.
  destruct (radius mu (powerRZ (sqrt (1 - mu / 2)) (L - 2 * threshold mu delta)) n L
    (threshold mu delta)) as [Hr Hr1]; trivial; [lra| |lra].
  split; [left; apply powerRZ_lt; lra|lra].
Qed.

(* proof of "Corollary 9: e" *)
Proof.
  enter.
  change (B_half L delta mu) with (half_bound mu delta (threshold mu delta) L).
  change (L0 delta mu) with (threshold mu delta) in *.
  destruct (threshold_spec mu delta ltac:(lra) ltac:(lra)) as (HN & Hb & Ha).
  pose proof (root_range mu ltac:(lra)) as Hq; rewrite half_beyond by lia.
  assert (Hy : powerRZ (sqrt (1 - mu / 2)) (L - 2 * threshold mu delta) < 1)
    by (apply powerRZ_lt_1; [exact Hq|lia]).
  split; [valued|rewrite minus_IZR; right; field; lra].
Qed.

(* refutation of "Corollary 9: i" *)
Proof.
  intros H; specialize (H (1/2) (2/5) 1%Z 4%Z).
  concede H; [change (4 * threshold (1/2) (2/5) <= 4)%Z; rewrite threshold_point; lia|].
  apply proj2 in H; change (powerRZ (1 - 1/2/2) (threshold (1/2) (2/5)) <= 1/2) in H.
  rewrite threshold_point, powerRZ_1 in H; lra.
Qed.

(* proof of "Corollary 9: i amended" *)
Proof.
  enter.
  pose proof (enough_layers mu 1 (L - 2 * L0 delta mu) ltac:(lra) ltac:(lia)) as H6.
  destruct (threshold_spec mu delta ltac:(lra) ltac:(lra)) as (HN & Hb & Ha).
  pose proof (layers_pos mu 1 ltac:(lra) ltac:(lia)) as HM; unfold layers in HM.
  specialize (H6 ltac:(lia) ltac:(lia)); change (IZR (2 * 1)) with 2 in H6.
  split; [valued|lra].
Qed.

(* refutation of "Corollary 9: f" *)
Proof.
  intros H; specialize (H (1/2) (2/5) 1%Z 4%Z).
  concede H; [change (4 * threshold (1/2) (2/5) <= 4)%Z; rewrite threshold_point; lia|].
  apply proj2 in H; change (L0 (2/5) (1/2)) with (threshold (1/2) (2/5)) in H.
  rewrite threshold_point in H; change (4 - 2 * 1)%Z with (2 * 1)%Z in H.
  rewrite powerRZ_sqrt, powerRZ_1 in H by (lra || lia).
  change (IZR (2 * 1)) with 2 in H; lra.
Qed.

(* proof of "Corollary 9: f amended" *)
Proof.
  enter.
  pose proof (enough_layers mu 1 (L - 2 * L0 delta mu) ltac:(lra) ltac:(lia)) as H6.
  destruct (threshold_spec mu delta ltac:(lra) ltac:(lra)) as (HN & Hb & Ha).
  pose proof (layers_pos mu 1 ltac:(lra) ltac:(lia)) as HM; unfold layers in HM.
  specialize (H6 ltac:(lia) ltac:(lia)); change (IZR (2 * 1)) with 2 in H6.
  pose proof (IZR_le 1 n ltac:(assumption)) as Hn; split; [valued|rewrite mult_IZR].
  assert (Hy : 0 < powerRZ (sqrt (1 - mu / 2)) (L - 2 * L0 delta mu))
    by (apply powerRZ_lt, root_range; lra).
  set (y := powerRZ _ _) in *; apply Rle_div_l; [lra|].
  assert (0 <= IZR n * y * (1 - 2 * y))
    by (apply Rmult_le_pos; [apply Rmult_le_pos|]; lra); lra.
Qed.

(* proof of "Corollary 9: g" *)
Proof.
  enter; split; [valued; right; apply Rgt_not_eq, sqrt_lt_R0; lra|].
  destruct (threshold_spec mu delta ltac:(lra) ltac:(lra)) as (HN & Hb & Ha).
  change (L0 delta mu) with (threshold mu delta) in *.
  rewrite Rmult_assoc; apply Rmult_le_compat_l; [apply IZR_le; lia|].
  apply rates; trivial; lra.
Qed.

(* proof of "Corollary 9: h" *)
Proof.
  enter; split; [valued; right; apply Rgt_not_eq, sqrt_lt_R0; lra|].
  assert (Hr : 0 < powerRZ (sqrt (1 + mu / 2)) (- L)) by (apply powerRZ_lt, sqrt_lt_R0; lra).
  unfold L0; rewrite <- L0_Z, <- pow_powerRZ.
  pose proof (pow_L0_le mu delta ltac:(lra) ltac:(lra)) as Hp.
  pose proof (Rmax_le_inv_delta delta ltac:(lra)) as Hi.
  pose proof (IZR_le 0 (2 * n) ltac:(lia)) as H2n; set (y := powerRZ _ _) in *.
  replace (IZR (2 * n) / delta * y) with (IZR (2 * n) * y * / delta) by (field; lra).
  apply Rmult_le_compat_l; [apply Rmult_le_pos|]; lra.
Qed.
