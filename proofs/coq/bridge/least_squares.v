(** Lemma 27, and Theorems 28 and 29: least squares by gradient descent. *)
From Conditioning Require Import Bridge Matrices Spectral LeastSquares.

(* proof of "Lemma 27: a" *)
Proof.
  opened.
  match goal with H : forall t : R, _ |- _ => specialize (H (x / (z + 1))); rename H into Ht end.
  rewrite powerRZ_2 in Ht.
  assert (H1 : 0 <= - (x * x * ((z + 2) / ((z + 1) * (z + 1))))).
  { eapply Rle_trans; [exact Ht|right; field; lra]. }
  assert (H2 : 0 < (z + 2) / ((z + 1) * (z + 1))) by positive.
  pose proof (Rle_0_sqr x); unfold Rsqr in *.
  assert (H3 : x * x = 0) by nra.
  apply Rmult_integral in H3; tauto.
Qed.

(* proof of "Lemma 27: b" *)
Proof. opened; rewrite !powerRZ_2; ring. Qed.

(* proof of "Lemma 27: d" *)
Proof. opened; rewrite !powerRZ_2; pose proof (pow2_ge_0 (x - w)); lra. Qed.

(* proof of "Theorem 28: minimiser" *)
Proof.
  enter; rewrite !powerRZ_2 in *; split; [valued|].
  set (d := p * p + q * q) in *; set (m := (p * y + q * z) / d).
  assert (Hm : p * y + q * z = d * m) by (unfold m; field; lra).
  assert (0 <= d * ((w - m) * (w - m))) by (apply Rmult_le_pos; [lra|apply Rle_0_sqr]).
  assert (H1 : (p * y + q * z) * w = d * m * w) by (rewrite Hm; reflexivity).
  assert (H2 : (p * y + q * z) * m = d * m * m) by (rewrite Hm; reflexivity).
  unfold d in *; lra.
Qed.

(* refutation of "Theorem 28: zero loss" *)
Proof. intros H; specialize (H 0 1 1 0); rewrite !powerRZ_2 in H; concede H; lra. Qed.

(* proof of "Theorem 28: zero loss amended" *)
Proof.
  enter; rewrite !powerRZ_2 in *; split; [valued|split]; field; lra.
Qed.

(* proof of "Theorem 28: more features than samples" *)
Proof.
  enter; split; [valued; ring|].
  destruct (form_bounded 2 (block (fun i j => K 1%Z i * K 1%Z j))) as (C & _ & HC).
  set (a := K 1%Z 1%Z); set (b := K 1%Z 2%Z).
  assert (Hz : rayleigh 2 (block (fun i j => K 1%Z i * K 1%Z j)) 0).
  { destruct (Req_dec a 0) as [Ha|Ha].
    - exists (fun i => if Nat.eqb i 0 then 1 else 0).
      unfold nrm2, form, block; simpl; fold a b; rewrite Ha; split; [lra|ring].
    - exists (fun i => if Nat.eqb i 0 then b else - a).
      unfold nrm2, form, block; simpl; fold a b; split; [|ring].
      pose proof (Rle_0_sqr b); pose proof (Rsqr_pos_lt a Ha); unfold Rsqr in *; lra. }
  apply (lambda_min_is_glb 2 _ (- C) C ltac:(lia) HC); exact Hz.
Qed.

(* refutation of "Theorem 28: printed" *)
Proof.
  intros H; specialize (H 1 1 1 1%Z 1%Z); concede H.
  apply proj2 in H.
  change (IZR (- (1))) with (-1) in H.
  pose proof (exp_increasing (-1 / (4 * (1 / 1))) 0 ltac:(lra)) as He; rewrite exp_0 in He.
  change (2 * 1)%Z with 2%Z in H; rewrite powerRZ_2 in H; lra.
Qed.

(* proof of "Theorem 28: contraction" *)
Proof.
  enter; pose proof (contraction_converges c K low high eta n t) as Hv.
  split; [|apply (contraction c K low high eta n t); assumption].
  assert (Hv' := Hv ltac:(assumption) ltac:(assumption) ltac:(assumption) ltac:(assumption)
    ltac:(assumption) ltac:(assumption) ltac:(assumption)); valued.
Qed.

(* proof of "Theorem 28: amended" *)
Proof.
  enter; pose proof (contraction_converges c K low high eta n t) as Hv.
  assert (Hk : 1 <= kappa) by nra.
  assert (Hh : 0 < high) by lra.
  split.
  - assert (Hv' := Hv ltac:(assumption) ltac:(assumption) ltac:(assumption) ltac:(assumption)
      ltac:(assumption) ltac:(assumption) ltac:(assumption)); valued.
  - eapply Rle_trans; [apply (contraction c K low high eta n t); assumption|].
    apply total_le; [assumption|].
    pose proof (IZR_le 0 t ltac:(assumption)); pose proof (IZR_lt 0 n ltac:(lia)).
    rewrite opp_IZR; apply Ropp_le_cancel.
    replace (- (- IZR t / (4 * kappa))) with (IZR t * (low / (4 * high)))
      by (subst high; field; lra).
    replace (- (- 4 * eta * low * IZR t / IZR n)) with (IZR t * (4 * eta * low / IZR n))
      by (field; lra).
    apply Rmult_le_compat_l; [assumption|]; apply (Rle_div_r _ _ (IZR n)); [lra|].
    replace (low / (4 * high) * IZR n) with (low * IZR n / (4 * high)) by (field; lra).
    apply Rle_div_l; [lra|]; nra.
Qed.

(* proof of "Theorem 28: sharper" *)
Proof.
  enter; pose proof (contraction_converges c K low high eta n t) as Hv.
  assert (Hk : 1 <= kappa) by nra.
  pose proof (IZR_le 0 t ltac:(assumption)); pose proof (IZR_lt 0 n ltac:(lia)).
  split.
  - assert (Hv' := Hv ltac:(assumption) ltac:(assumption) ltac:(assumption) ltac:(assumption)
      ltac:(assumption) ltac:(assumption) ltac:(assumption)); valued.
  - rewrite mult_IZR, opp_IZR; split.
    + eapply Rle_trans; [apply (contraction c K low high eta n t); assumption|].
      apply total_le; [assumption|]; right.
      match goal with E : 2 * eta * high = IZR n |- _ => rewrite <- E end.
      subst high; field; lra.
    + apply exp_le; apply Ropp_le_cancel.
      replace (- (- IZR t / (4 * kappa))) with (IZR t / kappa * (1 / 4)) by (field; lra).
      replace (- (-2 * IZR t / kappa)) with (IZR t / kappa * 2) by (field; lra).
      apply Rmult_le_compat_l; [apply Rdiv_le_0_compat|]; lra.
Qed.

(* proof of "Theorem 29: expansion" *)
Proof. opened; rewrite !powerRZ_2; ring. Qed.

(* proof of "Theorem 29: a" *)
Proof.
  opened; rewrite !powerRZ_2; pose proof (Rle_0_sqr (p * u + q * v)); unfold Rsqr in *.
  assert (0 <= 2 * eta * ((p * u + q * v) * (p * u + q * v))) by positive; lra.
Qed.

(* refutation of "Theorem 29: b" *)
Proof. intros H; specialize (H 0 1 0 0 1); rewrite !powerRZ_2 in H; concede H; lra. Qed.

(* proof of "Theorem 29: b amended" *)
Proof. opened; rewrite !powerRZ_2; ring. Qed.

(* refutation of "Theorem 29: c" *)
Proof. intros H; specialize (H 0 1 0 1 (1/2) 1); rewrite !powerRZ_2 in H; concede H; lra. Qed.

(* proof of "Theorem 29: c amended" *)
Proof.
  opened; rewrite !powerRZ_2 in *; set (s := p * u + q * v); set (d := p * p + q * q) in *.
  assert (Hd : 0 <= d) by (pose proof (Rle_0_sqr p); pose proof (Rle_0_sqr q); unfold d, Rsqr in *;
  lra).
  assert (Hed : eta * d <= 1) by (eapply Rle_trans; [apply Rmult_le_compat_l; eassumption|lra]).
  assert (0 <= eta * (s * s) * (1 - eta * d))
    by (apply Rmult_le_pos; [apply Rmult_le_pos; [lra|apply Rle_0_sqr]|lra]).
  apply Rminus_le; replace (_ - _) with (- (3 * (eta * (s * s) * (1 - eta * d))))
    by (unfold s, d; ring); lra.
Qed.

(* proof of "Theorem 29: d" *)
Proof.
  enter.
  destruct (unit_weights c K H 0 1 ltac:(lra) ltac:(assumption)) as (Hv & Hlo & Hhi).
  split; [valued|].
  assert (0 <= powerRZ eta 2 * beta) by (rewrite powerRZ_2; positive).
  rewrite <- Rmult_assoc; apply Rplus_le_compat_l, Rmult_le_compat_l; lra.
Qed.

(* proof of "Theorem 29: one step" *)
Proof.
  enter.
  destruct (unit_weights c K H 0 1 ltac:(lra) ltac:(assumption)) as (Hv & Hlo & Hhi).
  split; [valued|]; rewrite powerRZ_2.
  assert (Hb : 0 <= 4 * (eta * eta) * beta) by positive.
  apply (Rmult_le_compat_l _ _ _ Hb) in Hhi; lra.
Qed.

(* proof of "Theorem 29: e1" *)
Proof.
  intros c Hc K HS x; split; [valued|intros H1; split; [valued|intros HK]].
  assert (HK' : forall k, (0 <= k)%Z -> Rabs (K (k + 1)%Z (k + 1)%Z) <= 1)
    by (intros k Hk; apply HK; lia).
  assert (Hv : converges_from 0 (fun k => coefficient c k * K (k + 1)%Z (k + 1)%Z))
    by (apply (converges_within c _ 1); trivial; lra).
  split; [valued|intros ->]; rewrite powerRZ_2.
  rewrite (series_from_ext 0 (fun k => coefficient c k * powerRZ (K (k + 1)%Z (k + 1)%Z) 2)
    (fun k => coefficient c k * (K (k + 1)%Z (k + 1)%Z * K (k + 1)%Z (k + 1)%Z)))
    by (intros k _; rewrite powerRZ_2; reflexivity).
  split; [valued; apply Rabs_powerRZ_le_1; [apply HK'; lia|lia]|].
  apply (mean_square c (fun k => K (k + 1)%Z (k + 1)%Z)); assumption.
Qed.

(* proof of "Theorem 29: e2" *)
Proof.
  opened.
  match goal with H : forall t : Z, _ -> 0 <= K (t + 1)%Z (t + 2)%Z |- _ => rename H into Hp end.
  assert (HT : rate * K (T + 1)%Z (T + 3)%Z <= K 1%Z 2%Z - K (T + 1)%Z (T + 2)%Z).
  { pattern T; apply natlike_ind; [| |assumption].
    - change (0 + 1)%Z with 1%Z; change (0 + 3)%Z with 3%Z; change (0 + 2)%Z with 2%Z.
      match goal with H : K 1%Z 3%Z = 0 |- _ => rewrite H; lra end.
    - intros t Ht IH; unfold Z.succ.
      replace (t + 1 + 1)%Z with (t + 2)%Z by lia; replace (t + 1 + 3)%Z with (t + 4)%Z by lia.
      replace (t + 1 + 2)%Z with (t + 3)%Z by lia.
      match goal with
      | H : forall t : Z, _ -> rate * _ <= _, H' : forall t : Z, _ -> K (t + 2)%Z _ = _ |- _ =>
          specialize (H t Ht); specialize (H' t Ht); rewrite H'
      end; lra. }
  specialize (Hp T ltac:(assumption)); lra.
Qed.

(* proof of "Theorem 29: e3" *)
Proof.
  enter.
  destruct (unit_weights c K H low 1 ltac:(lra) ltac:(assumption)) as (Hv & Hlo & Hhi).
  split; [valued|lra].
Qed.

(* proof of "Theorem 29: f" *)
Proof.
  enter; rewrite powerRZ_2, mult_IZR in *.
  pose proof (IZR_lt 0 n ltac:(lia)); pose proof (IZR_lt 0 T ltac:(lia)).
  assert (He : eta = / (2 * beta)) by (field_simplify_eq; lra).
  assert (Hq : eta - eta * eta * beta = / (4 * beta)) by (subst eta; field; lra).
  rewrite Hq; assert (0 < / (4 * beta)) by (apply Rinv_0_lt_compat; lra).
  assert (Hd : 0 < low * IZR T * / (4 * beta)) by positive.
  split; [lra|]; apply Rle_div_l; [exact Hd|].
  replace (loss / 2 * (low * IZR T * / (4 * beta))) with (IZR T * low * loss / (8 * beta))
    by (field; lra).
  apply (Rle_div_r _ _ (8 * beta)); [lra|].
  replace (IZR n * loss * (8 * beta)) with (8 * IZR n * beta * loss) by ring.
  apply Rmult_le_compat_r; assumption.
Qed.

(* proof of "Theorem 29: g" *)
Proof.
  opened; apply power_le_by_log; trivial; [lra|].
  replace (1 / 2) with (/ 2) by lra; rewrite ln_Rinv, Ropp_involutive by lra.
  apply Rle_div_l; [apply ln_pos; lra|assumption].
Qed.

(* proof of "Theorem 29: g, natural logarithm" *)
Proof.
  opened; apply power_le_by_log; trivial; [lra|].
  pose proof ln_eighth; pose proof (IZR_le 0 k ltac:(assumption)).
  apply Rle_trans with (IZR k * 1); [lra|apply Rmult_le_compat_l; lra].
Qed.

(* proof of "Theorem 29: amended" *)
Proof.
  opened; rewrite (Rmult_comm eps); apply Rmult_le_compat_l; [assumption|].
  apply power_le_by_log; trivial; [lra|].
  pose proof ln_eighth; pose proof (IZR_le 0 k ltac:(assumption)).
  apply Rle_trans with (IZR k * 1); [lra|apply Rmult_le_compat_l; lra].
Qed.

(* proof of "Theorem 29: sharper" *)
Proof.
  enter; rewrite mult_IZR in *.
  pose proof (IZR_lt 0 n ltac:(lia)); pose proof (IZR_lt 0 T ltac:(lia)).
  split; [valued|split; [|lra]]; apply Rle_div_l; [positive|].
  replace (loss / 8 * (low * IZR T)) with (IZR T * low * (loss / 8)) by field.
  replace (IZR n * beta * loss) with (8 * IZR n * beta * (loss / 8)) by field.
  apply Rmult_le_compat_r; [lra|assumption].
Qed.

(* proof of "Theorem 29: last iterate" *)
Proof.
  opened; rewrite opp_IZR; set (r := low / (IZR n * beta)).
  pose proof (IZR_lt 0 n ltac:(lia)).
  assert (Hr : 0 < r <= 1)
    by (unfold r; split; [positive|apply Rle_div_l; [positive|lra]]).
  replace (- IZR T * low / (IZR n * beta)) with (IZR T * - r) by (unfold r; field; lra).
  pattern T; apply natlike_ind; [| |assumption].
  - rewrite Rmult_0_l, exp_0; simpl; lra.
  - intros t Ht IH; unfold Z.succ; rewrite plus_IZR, Rmult_plus_distr_r, exp_plus, Rmult_1_l.
    replace (t + 1 + 1)%Z with (t + 2)%Z by lia.
    match goal with H : forall t : Z, _ -> 0 <= _ /\ _ |- _ => destruct (H t Ht) as [H1t H2t] end.
    pose proof (exp_ineq1_le (- r)); pose proof (exp_pos (- r)).
    eapply Rle_trans; [exact H2t|]; fold r.
    apply Rle_trans with (exp (- r) * K (t + 1)%Z (t + 1)%Z);
      [apply Rmult_le_compat_r; lra|].
    apply Rle_trans with (exp (- r) * (exp (IZR t * - r) * K 1%Z 1%Z)); [|right; ring].
    apply Rmult_le_compat_l; lra.
Qed.

(* refutation of "Theorem 29: printed" *)
Proof.
  intros H; specialize (H 10 3 (99/100) 1%Z); concede H.
  - pose proof (ln_le_sub_1 (1 / (99/100)) ltac:(lra)); lra.
  - apply proj2 in H; change (2 * 1)%Z with 2%Z in H; rewrite powerRZ_2 in H; lra.
Qed.

(* proof of "Lemma 27: c" *)
Proof.
  intros c Hc K HS; split; [valued|intros HK].
  pose (x := fun k => K (k + 1)%Z (k + 1)%Z - K (k + 1)%Z (k + 2)%Z).
  pose (y := fun k => K (k + 1)%Z (k + 3)%Z + K (k + 1)%Z (k + 4)%Z).
  assert (Hxy : forall k, (0 <= k)%Z -> Rabs (x k) <= 1/2 /\ Rabs (y k) <= 1/2).
  { intros k Hk; specialize (HK (k + 1)%Z ltac:(lia)).
    replace (k + 1 + 0)%Z with (k + 1)%Z in HK by lia.
    replace (k + 1 + 1)%Z with (k + 2)%Z in HK by lia.
    replace (k + 1 + 2)%Z with (k + 3)%Z in HK by lia.
    replace (k + 1 + 3)%Z with (k + 4)%Z in HK by lia.
    unfold x, y; split; apply Rabs_le; lra. }
  assert (Hx : forall k, (0 <= k)%Z -> Rabs (x k) <= 1/2) by (intros k Hk; apply Hxy, Hk).
  assert (Hy : forall k, (0 <= k)%Z -> Rabs (y k) <= 1/2) by (intros k Hk; apply Hxy, Hk).
  pose proof (converges_product c x y Hc Hx Hy) as C0; unfold x, y in C0.
  split; [valued|intros H0; split; [|exact (orthogonal c x y Hc Hx Hy H0)]].
  assert (Cx := converges_square c x Hc (fun k Hk => Rle_trans _ _ _ (Hx k Hk) half_le_1)).
  assert (Cy := converges_square c y Hc (fun k Hk => Rle_trans _ _ _ (Hy k Hk) half_le_1)).
  assert (Hcd := converges_square c (fun k => x k - y k) Hc
    (fun k Hk => Rabs_minus_halves _ _ (Hx k Hk) (Hy k Hk))).
  unfold x, y in Cx, Cy, Hcd; valued.
Qed.

(* proof of "Lemma 27: statement" *)
Proof.
  intros c Hc K HS; split; [valued|intros HK].
  pose (x := fun k => K (k + 1)%Z (k + 1)%Z - K (k + 1)%Z (k + 2)%Z).
  pose (e := fun k => K (k + 1)%Z (k + 3)%Z); pose (f := fun k => K (k + 1)%Z (k + 4)%Z).
  assert (Hxy : forall k, (0 <= k)%Z ->
    Rabs (x k) <= 1/2 /\ Rabs (e k) <= 1/4 /\ Rabs (f k) <= 1/4 /\ Rabs (e k + f k) <= 1/2).
  { intros k Hk; specialize (HK (k + 1)%Z ltac:(lia)).
    replace (k + 1 + 0)%Z with (k + 1)%Z in HK by lia.
    replace (k + 1 + 1)%Z with (k + 2)%Z in HK by lia.
    replace (k + 1 + 2)%Z with (k + 3)%Z in HK by lia.
    replace (k + 1 + 3)%Z with (k + 4)%Z in HK by lia.
    unfold x, e, f; repeat split; apply Rabs_le; lra. }
  assert (Hx : forall k, (0 <= k)%Z -> Rabs (x k) <= 1/2) by (intros k Hk; apply Hxy, Hk).
  assert (He : forall k, (0 <= k)%Z -> Rabs (e k) <= 1/4) by (intros k Hk; apply Hxy, Hk).
  assert (Hf : forall k, (0 <= k)%Z -> Rabs (f k) <= 1/4) by (intros k Hk; apply Hxy, Hk).
  assert (Hy : forall k, (0 <= k)%Z -> Rabs (e k + f k) <= 1/2) by (intros k Hk; apply Hxy, Hk).
  pose proof (converges_product c x (fun k => e k + f k) Hc Hx Hy) as C0; unfold x, e, f in C0.
  split; [valued|intros H0; split; [|exact (excess_loss c x e f Hc Hx He Hf H0)]].
  assert (Cx := converges_square c x Hc (fun k Hk => Rle_trans _ _ _ (Hx k Hk) half_le_1)).
  assert (Ce := converges_square c e Hc (fun k Hk => Rle_trans _ _ _ (He k Hk) quarter_le_1)).
  assert (Cf := converges_square c f Hc (fun k Hk => Rle_trans _ _ _ (Hf k Hk) quarter_le_1)).
  assert (Hcd := converges_square c (fun k => x k - (e k + f k)) Hc
    (fun k Hk => Rabs_minus_halves _ _ (Hx k Hk) (Hy k Hk))).
  unfold x, e, f in Cx, Ce, Cf, Hcd; valued.
Qed.
