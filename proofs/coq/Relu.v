(** The dual activation of the normalised ReLU,
    [(sqrt(1-r^2) + r (PI/2 + asin r) - 1)/(PI - 1)],
    as a power series with nonnegative coefficients of sum one.  This joins the
    universal theorems to the closed form.  With [r = sin t] the three series
    below satisfy first-order differential equations on (-PI/2, PI/2):
    [sum h_n r^n = 1/cos t], its integral [t], and the integral of that,
    [cos t + t sin t - 1]. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Conditioning Require Import Series Lemma22 Lemma25.
Open Scope R_scope.

(** ** The coefficients *)

(** Coefficients of [1/sqrt(1-r^2)]. *)
Fixpoint inv_sqrt_coef (n : nat) : R :=
  match n with
  | O => 1
  | S O => 0
  | S (S k) => (INR k + 1) / (INR k + 2) * inv_sqrt_coef k
  end.

(** Coefficients of [sqrt(1-r^2) + r asin r - 1]. *)
Definition arc_coef (n : nat) : R :=
  match n with
  | O | S O => 0
  | S (S k) => inv_sqrt_coef k / ((INR k + 1) * (INR k + 2))
  end.

(** Coefficients of the dual of the normalised ReLU. *)
Definition relu_coef (n : nat) : R :=
  (arc_coef n + if Nat.eqb n 1 then PI/2 else 0) / (PI - 1).

Lemma two_step_ind (P : nat -> Prop) :
  P O -> P 1%nat -> (forall k, P k -> P (S (S k))) -> forall n, P n.
Proof.
  intros H0 H1 HS n; enough (P n /\ P (S n)) as [H _] by exact H.
  induction n as [|n [IH IH']]; split; auto.
Qed.

Lemma inv_sqrt_coef_bounds (n : nat) : 0 <= inv_sqrt_coef n <= 1.
Proof.
  induction n as [| |k IH] using two_step_ind; try (simpl; lra).
  change (inv_sqrt_coef (S (S k))) with ((INR k + 1) / (INR k + 2) * inv_sqrt_coef k).
  pose proof (pos_INR k) as Hk.
  assert (Hq : 0 <= (INR k + 1) / (INR k + 2) <= 1).
  { split; [apply Rdiv_le_0_compat; lra|apply Rle_div_l; lra]. }
  split; [apply Rmult_le_pos; lra|nra].
Qed.

Lemma inv_sqrt_coef_odd (n : nat) : inv_sqrt_coef n * (-1) ^ n = inv_sqrt_coef n.
Proof.
  induction n as [| |k IH] using two_step_ind; [simpl; ring|simpl; ring|].
  change (inv_sqrt_coef (S (S k))) with ((INR k + 1) / (INR k + 2) * inv_sqrt_coef k).
  rewrite <- IH at 2; simpl; ring.
Qed.

Lemma arc_coef_ge_0 (n : nat) : 0 <= arc_coef n.
Proof.
  destruct n as [|[|k]]; simpl; try lra; pose proof (pos_INR k).
  apply Rdiv_le_0_compat; [apply inv_sqrt_coef_bounds|apply Rmult_lt_0_compat; lra].
Qed.

Lemma arc_coef_odd (n : nat) : arc_coef n * (-1) ^ n = arc_coef n.
Proof.
  destruct n as [|[|k]]; try (simpl; ring).
  unfold arc_coef; rewrite <- (inv_sqrt_coef_odd k) at 2; simpl; unfold Rdiv; ring.
Qed.

Lemma PS_derive_arc_odd (n : nat) :
  PS_derive arc_coef n * (-1) ^ n = - PS_derive arc_coef n.
Proof.
  unfold PS_derive; rewrite <- (arc_coef_odd (S n)) at 2; simpl pow; ring.
Qed.

Lemma PS_derive_arc (n : nat) : PS_derive (PS_derive arc_coef) n = inv_sqrt_coef n.
Proof.
  unfold PS_derive, arc_coef; rewrite !S_INR; pose proof (pos_INR n); field; lra.
Qed.

(** ** Radius of convergence *)

Lemma CV_radius_inv_sqrt (x : R) : Rabs x < 1 -> Rbar_lt (Rabs x) (CV_radius inv_sqrt_coef).
Proof.
  intros Hx; apply Rbar_lt_le_trans with 1; [exact Hx|].
  apply (proj1 (CV_radius_bounded inv_sqrt_coef) 1); exists 1; intros n.
  pose proof (inv_sqrt_coef_bounds n).
  rewrite pow1, Rmult_1_r, Rabs_pos_eq; lra.
Qed.

Lemma CV_radius_arc' : CV_radius (PS_derive arc_coef) = CV_radius inv_sqrt_coef.
Proof.
  rewrite <- CV_radius_derive; apply CV_radius_ext, PS_derive_arc.
Qed.

Lemma CV_radius_arc : CV_radius arc_coef = CV_radius inv_sqrt_coef.
Proof. rewrite <- CV_radius_derive; apply CV_radius_arc'. Qed.

(** The differential equation [(1 - x^2) h' = x h]. *)
Lemma inv_sqrt_ode (x : R) : Rabs x < 1 ->
  (1 - x ^ 2) * PSeries (PS_derive inv_sqrt_coef) x = x * PSeries inv_sqrt_coef x.
Proof.
  intros Hx; pose proof (CV_radius_inv_sqrt x Hx) as Hr.
  assert (E : PSeries (PS_derive inv_sqrt_coef) x =
              x * (PSeries inv_sqrt_coef x + x * PSeries (PS_derive inv_sqrt_coef) x)).
  { rewrite <- PSeries_incr_1, <- PSeries_plus, <- PSeries_incr_1.
    - apply PSeries_ext; intros [|m]; [change (1 * 0 = 0); ring|].
      unfold PS_incr_1, PS_plus, PS_derive.
      change (inv_sqrt_coef (S (S m))) with ((INR m + 1) / (INR m + 2) * inv_sqrt_coef m).
      rewrite !S_INR; pose proof (pos_INR m).
      destruct m as [|m].
      + change (((INR 0 + 1) + 1) * ((INR 0 + 1) / (INR 0 + 2) * inv_sqrt_coef 0)
                = inv_sqrt_coef 0 + 0); simpl; field.
      + change (((INR (S m) + 1) + 1) *
                ((INR (S m) + 1) / (INR (S m) + 2) * inv_sqrt_coef (S m))
                = inv_sqrt_coef (S m) + INR (S m) * inv_sqrt_coef (S m)); field; lra.
    - apply CV_radius_inside, Hr.
    - apply ex_pseries_incr_1, CV_radius_inside; rewrite CV_radius_derive; exact Hr. }
  simpl pow; lra.
Qed.

(** ** The three series along [r = sin t] *)

Lemma constant_of_derive (f : R -> R) (a b x : R) : a < 0 < b ->
  (forall t, a < t < b -> is_derive f t 0) -> a < x < b -> f x = f 0.
Proof.
  intros H0 Hf Hx; destruct (Rtotal_order x 0) as [H|[->|H]]; [|reflexivity|].
  - apply (eq_is_derive f x 0); [|exact H]; intros t Ht; apply Hf; lra.
  - symmetry; apply (eq_is_derive f 0 x); [|exact H]; intros t Ht; apply Hf; lra.
Qed.

Lemma cos_gt_0' (t : R) : - (PI/2) < t < PI/2 -> 0 < cos t.
Proof. intros Ht; apply cos_gt_0; lra. Qed.

Lemma Rabs_sin_lt_1 (t : R) : - (PI/2) < t < PI/2 -> Rabs (sin t) < 1.
Proof.
  intros Ht; pose proof (cos_gt_0' t Ht) as Hc; pose proof (sin2_cos2 t) as H.
  unfold Rsqr in H; apply Rabs_def1; nra.
Qed.

Lemma is_derive_PSeries_sin (a : nat -> R) (t : R) :
  CV_radius a = CV_radius inv_sqrt_coef -> - (PI/2) < t < PI/2 ->
  is_derive (fun t => PSeries a (sin t)) t (PSeries (PS_derive a) (sin t) * cos t).
Proof.
  intros Ha Ht.
  replace (PSeries (PS_derive a) (sin t) * cos t)
    with (scal (cos t) (PSeries (PS_derive a) (sin t)))
    by (unfold scal; simpl; unfold mult; simpl; ring).
  apply (is_derive_comp (PSeries a) sin).
  - apply is_derive_PSeries; rewrite Ha; apply CV_radius_inv_sqrt, Rabs_sin_lt_1, Ht.
  - apply is_derive_Reals, derivable_pt_lim_sin.
Qed.

(** [sum h_n (sin t)^n = 1/cos t]. *)
Lemma inv_sqrt_sin (t : R) : - (PI/2) < t < PI/2 ->
  PSeries inv_sqrt_coef (sin t) * cos t = 1.
Proof.
  intros Ht; pose proof PI_RGT_0.
  rewrite (constant_of_derive (fun t => PSeries inv_sqrt_coef (sin t) * cos t)
             (- (PI/2)) (PI/2) t); trivial; try lra.
  - rewrite sin_0, cos_0, PSeries_0; simpl; ring.
  - clear t Ht; intros t Ht.
    pose proof (is_derive_PSeries_sin inv_sqrt_coef t eq_refl Ht) as H1.
    assert (H2 : is_derive cos t (- sin t)) by (apply is_derive_Reals, derivable_pt_lim_cos).
    pose proof (is_derive_mult _ _ t _ _ H1 H2 Rmult_comm) as H3.
    replace 0 with (plus (mult (PSeries (PS_derive inv_sqrt_coef) (sin t) * cos t) (cos t))
                         (mult (PSeries inv_sqrt_coef (sin t)) (- sin t))); [exact H3|].
    unfold plus, mult; simpl.
    pose proof (inv_sqrt_ode (sin t) (Rabs_sin_lt_1 t Ht)) as Ho.
    pose proof (sin2_cos2 t) as Hs; unfold Rsqr in Hs.
    replace (1 - sin t ^ 2) with (cos t * cos t) in Ho by (simpl; lra).
    simpl in Ho |- *; lra.
Qed.

(** [sum k g_k (sin t)^(k-1) = t]. *)
Lemma arc_derive_sin (t : R) : - (PI/2) < t < PI/2 ->
  PSeries (PS_derive arc_coef) (sin t) = t.
Proof.
  intros Ht; pose proof PI_RGT_0.
  enough (E : PSeries (PS_derive arc_coef) (sin t) - t = 0) by lra.
  rewrite (constant_of_derive (fun t => PSeries (PS_derive arc_coef) (sin t) - t)
             (- (PI/2)) (PI/2) t); trivial; try lra.
  - rewrite sin_0, PSeries_0; unfold PS_derive; simpl; ring.
  - clear t Ht; intros t Ht.
    pose proof (is_derive_PSeries_sin (PS_derive arc_coef) t CV_radius_arc' Ht) as H1.
    pose proof (is_derive_minus _ _ t _ _ H1 (is_derive_id t)) as H3.
    rewrite (PSeries_ext _ inv_sqrt_coef _ PS_derive_arc), (inv_sqrt_sin t Ht) in H3.
    replace 0 with (minus 1 one); [exact H3|unfold minus, plus, opp, one; simpl; ring].
Qed.

(** [sum g_k (sin t)^k = cos t + t sin t - 1]. *)
Lemma arc_sin (t : R) : - (PI/2) < t < PI/2 ->
  PSeries arc_coef (sin t) = cos t + t * sin t - 1.
Proof.
  intros Ht; pose proof PI_RGT_0.
  enough (E : PSeries arc_coef (sin t) - (cos t + t * sin t - 1) = 0) by lra.
  rewrite (constant_of_derive (fun t => PSeries arc_coef (sin t) - (cos t + t * sin t - 1))
             (- (PI/2)) (PI/2) t); trivial; try lra.
  - rewrite sin_0, cos_0, PSeries_0; simpl; ring.
  - clear t Ht; intros t Ht.
    pose proof (is_derive_PSeries_sin arc_coef t CV_radius_arc Ht) as H1.
    rewrite (arc_derive_sin t Ht) in H1.
    assert (H2 : is_derive (fun t => cos t + t * sin t - 1) t (t * cos t))
      by (auto_derive; [trivial|ring]).
    pose proof (is_derive_minus _ _ t _ _ H1 H2) as H3.
    replace 0 with (minus (t * cos t) (t * cos t)); [exact H3|].
    unfold minus, plus, opp; simpl; ring.
Qed.

(** ** The value at 1 *)

(** If a series with nonnegative coefficients agrees along [r = sin t] with a
    continuous function, it converges at 1 to the value at [PI/2]. *)
Lemma is_series_at_1 (a : nat -> R) (f : R -> R) :
  (forall n, 0 <= a n) -> CV_radius a = CV_radius inv_sqrt_coef ->
  (forall t, - (PI/2) < t < PI/2 -> PSeries a (sin t) = f t) -> continuity f ->
  is_series a (f (PI/2)).
Proof.
  intros Ha HR Hf Hc; pose proof PI_RGT_0 as HPI; pose proof PI2_1 as HPI1.
  set (u := fun n => PI/2 - / (INR n + 1)).
  assert (Hu : forall n, 0 <= u n < PI/2).
  { intros n; unfold u; pose proof (pos_INR n).
    assert (0 < / (INR n + 1)) by (apply Rinv_0_lt_compat; lra).
    assert (/ (INR n + 1) <= 1) by (rewrite <- Rinv_1; apply Rinv_le_contravar; lra); lra. }
  assert (Lu : is_lim_seq u (PI/2)).
  { unfold u; replace (Finite (PI/2)) with (Finite (PI/2 - 0)) by (f_equal; ring).
    apply is_lim_seq_minus'; [apply is_lim_seq_const|].
    apply (is_lim_seq_ext (fun n => / INR (S n))); [intros n; rewrite S_INR; reflexivity|].
    apply (is_lim_seq_incr_1 (fun n => / INR n)).
    apply (is_lim_seq_inv INR p_infty is_lim_seq_INR); discriminate. }
  assert (Hsin : forall n, 0 <= sin (u n) <= 1).
  { intros n; specialize (Hu n); split; [apply sin_ge_0; lra|apply SIN_bound]. }
  assert (Hin : forall n, is_series (fun k => a k * sin (u n) ^ k) (f (u n))).
  { intros n; rewrite <- Hf by (specialize (Hu n); lra).
    apply Series_correct, ex_series_Rabs.
    apply (CV_disk_inside a (sin (u n))).
    rewrite HR; apply CV_radius_inv_sqrt, Rabs_sin_lt_1; specialize (Hu n); lra. }
  assert (Hpart : forall N, sum_n a N <= f (PI/2)).
  { intros N.
    assert (HcN : continuity (fun t => sum_n (fun k => a k * sin t ^ k) N)).
    { induction N as [|N IH]; intros t.
      - apply (continuity_pt_ext (fun _ => a 0%nat)).
        + intros x; rewrite sum_O; symmetry; apply Rmult_1_r.
        + apply continuity_pt_const; red; reflexivity.
      - apply (continuity_pt_ext (fun t => sum_n (fun k => a k * sin t ^ k) N +
                                           a (S N) * sin t ^ S N)).
        + intros x; rewrite sum_Sn; reflexivity.
        + apply (continuity_pt_plus _ (fun t => a (S N) * sin t ^ S N)); [apply IH|reg]. }
    assert (H1 : is_lim_seq (fun n => sum_n (fun k => a k * sin (u n) ^ k) N)
                            (sum_n a N)).
    { replace (sum_n a N) with (sum_n (fun k => a k * sin (PI/2) ^ k) N).
      - apply (is_lim_seq_continuous _ u (PI/2) (HcN (PI/2)) Lu).
      - apply sum_n_ext; intros k; rewrite sin_PI2, pow1; apply Rmult_1_r. }
    pose proof (is_lim_seq_continuous f u (PI/2) (Hc (PI/2)) Lu) as H2.
    apply (is_lim_seq_le (fun n => sum_n (fun k => a k * sin (u n) ^ k) N)
             (fun n => f (u n)) (sum_n a N) (f (PI/2))); [|exact H1|exact H2].
    intros n; apply (is_series_partial_le (fun k => a k * sin (u n) ^ k)); [|apply Hin].
    intros k; apply Rmult_le_pos; [apply Ha|apply pow_le, Hsin]. }
  assert (Hex : ex_series a).
  { destruct (ex_finite_lim_seq_incr (sum_n a) (f (PI/2))) as [l Hl].
    - intros n; rewrite sum_Sn; unfold plus; simpl; specialize (Ha (S n)); lra.
    - exact Hpart.
    - exists l; exact Hl. }
  pose proof (Series_correct a Hex) as HS.
  replace (f (PI/2)) with (Series a); [exact HS|].
  apply Rle_antisym.
  - apply (is_lim_seq_le (sum_n a) (fun _ => f (PI/2)) (Series a) (f (PI/2)) Hpart HS).
    apply is_lim_seq_const.
  - apply (is_lim_seq_le (fun n => f (u n)) (fun _ => Series a) (f (PI/2)) (Series a)).
    + intros n; apply (is_series_Rle (fun k => a k * sin (u n) ^ k) a).
      * intros k; pose proof (pow_le_1 (sin (u n)) k (Hsin n)); specialize (Ha k); nra.
      * apply Hin.
      * exact HS.
    + apply (is_lim_seq_continuous f u (PI/2) (Hc (PI/2)) Lu).
    + apply is_lim_seq_const.
Qed.

(** [sum g_k = PI/2 - 1]. *)
Lemma is_series_arc : is_series arc_coef (PI/2 - 1).
Proof.
  replace (PI/2 - 1) with (cos (PI/2) + PI/2 * sin (PI/2) - 1)
    by (rewrite cos_PI2, sin_PI2; ring).
  apply (is_series_at_1 arc_coef (fun t => cos t + t * sin t - 1)).
  - apply arc_coef_ge_0.
  - apply CV_radius_arc.
  - apply arc_sin.
  - intros t; reg.
Qed.

(** [sum k g_k = PI/2]. *)
Lemma is_series_arc_derive : is_series (PS_derive arc_coef) (PI/2).
Proof.
  apply (is_series_at_1 (PS_derive arc_coef) (fun t => t)).
  - intros n; apply Rmult_le_pos; [apply pos_INR|apply arc_coef_ge_0].
  - apply CV_radius_arc'.
  - apply arc_derive_sin.
  - intros t; apply derivable_continuous_pt, derivable_pt_id.
Qed.

Lemma PI_gt_2 : 2 < PI.
Proof. pose proof PI2_1; lra. Qed.

(** The closed form of [sum g_k r^k] on [-1, 1]. *)
Lemma arc_closed_form (r : R) : -1 <= r <= 1 ->
  PSeries arc_coef r = sqrt (1 - r ^ 2) + r * asin r - 1.
Proof.
  intros Hr.
  assert (E1 : PSeries arc_coef 1 = PI/2 - 1) by (apply PSeries_at_1, is_series_arc).
  destruct (Req_dec r 1) as [->|H1].
  { rewrite E1, asin_1; replace (1 - 1 ^ 2) with 0 by ring; rewrite sqrt_0; ring. }
  destruct (Req_dec r (-1)) as [->|H2].
  { replace (PSeries arc_coef (-1)) with (PSeries arc_coef 1).
    - replace (-1) with (- (1)) by ring; rewrite E1, asin_opp, asin_1.
      replace (1 - (- (1)) ^ 2) with 0 by ring; rewrite sqrt_0; ring.
    - apply Series_ext; intros k; rewrite arc_coef_odd, pow1; ring. }
  pose proof (asin_bound_lt r ltac:(lra)) as Ht.
  rewrite <- (sin_asin r Hr) at 1.
  rewrite arc_sin by lra; rewrite (sin_asin r Hr), cos_asin by lra.
  unfold Rsqr; replace (r ^ 2) with (r * r) by ring; ring.
Qed.

(** ** The dual of the normalised ReLU *)

Lemma relu_coef_ge_0 (i : nat) : 0 <= relu_coef i.
Proof.
  pose proof PI_gt_2; apply Rdiv_le_0_compat; [|lra].
  apply Rplus_le_le_0_compat; [apply arc_coef_ge_0|destruct (Nat.eqb i 1); lra].
Qed.

Lemma is_series_relu (x s : R) : is_series (fun k => arc_coef k * x ^ k) s ->
  is_series (fun k => relu_coef k * x ^ k) ((s + PI/2 * x) / (PI - 1)).
Proof.
  intros H; replace ((s + PI/2 * x) / (PI - 1)) with (/ (PI - 1) * (s + PI/2 * x))
    by (unfold Rdiv; ring).
  apply (is_series_ext (fun k => / (PI - 1) *
    (arc_coef k * x ^ k + if Nat.eqb k 1 then PI/2 * x else 0))).
  - intros k; change (/ (PI - 1) *
      (arc_coef k * x ^ k + (if Nat.eqb k 1 then PI/2 * x else 0)) = relu_coef k * x ^ k).
    unfold relu_coef, Rdiv; destruct (Nat.eqb_spec k 1) as [->|_]; [simpl pow|]; ring.
  - apply is_series_Rmult_l, is_series_Rplus; [exact H|apply is_series_single].
Qed.

(** The coefficients are nonnegative, [c_0 = 0], and their sum is one. *)
Theorem relu_normalized : normalized relu_coef.
Proof.
  pose proof PI_gt_2; split; [apply relu_coef_ge_0|split].
  - unfold relu_coef; simpl; field; lra.
  - replace 1 with ((PI/2 - 1 + PI/2 * 1) / (PI - 1)) by (field; lra).
    apply (is_series_ext (fun k => relu_coef k * 1 ^ k));
      [intros k; rewrite pow1; apply Rmult_1_r|].
    apply is_series_relu.
    apply (is_series_ext arc_coef);
      [intros k; rewrite pow1; symmetry; apply Rmult_1_r|apply is_series_arc].
Qed.

(** The coefficient of non-linearity of the ReLU. *)
Theorem relu_mu : mu relu_coef = (PI - 2) / (2 * (PI - 1)).
Proof. pose proof PI_gt_2; unfold mu, relu_coef; simpl; field; lra. Qed.

(** The ReLU is not linear. *)
Theorem relu_nonlinear : nonlinear relu_coef.
Proof.
  apply lemma22_converse; [apply relu_normalized|]; rewrite relu_mu.
  pose proof PI_gt_2; apply Rdiv_lt_0_compat; lra.
Qed.

(** The dual of the normalised ReLU in closed form, on the whole of [-1, 1]. *)
Theorem relu_dual (r : R) : -1 <= r <= 1 ->
  sigma_hat relu_coef r = (sqrt (1 - r ^ 2) + r * (PI/2 + asin r) - 1) / (PI - 1).
Proof.
  intros Hr; pose proof PI_gt_2.
  replace (sqrt (1 - r ^ 2) + r * (PI/2 + asin r) - 1)
    with (PSeries arc_coef r + PI/2 * r) by (rewrite arc_closed_form by exact Hr; ring).
  apply is_series_unique, is_series_relu, is_series_PSeries.
  - apply arc_coef_ge_0.
  - exists (PI/2 - 1); apply is_series_arc.
  - apply Rabs_le; lra.
Qed.

Lemma PS_derive_relu (k : nat) :
  PS_derive relu_coef k =
  / (PI - 1) * (PS_derive arc_coef k + if Nat.eqb k 0 then PI/2 else 0).
Proof.
  pose proof PI_gt_2; unfold PS_derive, relu_coef.
  destruct k as [|k]; [simpl; field; lra|].
  change (Nat.eqb (S (S k)) 1) with false; simpl Nat.eqb; cbv iota; unfold Rdiv; ring.
Qed.

(** [D 1] is finite for the ReLU, so that Lemma 10 applies. *)
Theorem relu_finite_slope : finite_slope relu_coef.
Proof.
  exists (/ (PI - 1) * (PI/2 + PI/2)).
  apply (is_series_ext (fun k => / (PI - 1) *
    (PS_derive arc_coef k + if Nat.eqb k 0 then PI/2 else 0))).
  - intros k; symmetry; apply PS_derive_relu.
  - apply is_series_Rmult_l, is_series_Rplus;
      [apply is_series_arc_derive|apply is_series_single].
Qed.

(** The closed form of [sum k g_k r^(k-1)] on [-1, 1]. *)
Lemma arc_derive_closed_form (r : R) : -1 <= r <= 1 ->
  PSeries (PS_derive arc_coef) r = asin r.
Proof.
  intros Hr.
  assert (E1 : PSeries (PS_derive arc_coef) 1 = PI/2)
    by (apply PSeries_at_1, is_series_arc_derive).
  destruct (Req_dec r 1) as [->|H1]; [rewrite asin_1; exact E1|].
  destruct (Req_dec r (-1)) as [->|H2].
  { replace (PSeries (PS_derive arc_coef) (-1)) with (- PSeries (PS_derive arc_coef) 1).
    - replace (-1) with (- (1)) by ring; rewrite E1, asin_opp, asin_1; reflexivity.
    - rewrite <- PSeries_opp; apply Series_ext; intros k.
      rewrite PS_derive_arc_odd, pow1; apply Rmult_1_r. }
  pose proof (asin_bound_lt r ltac:(lra)) as Ht.
  rewrite <- (sin_asin r Hr) at 1; apply arc_derive_sin; lra.
Qed.

(** The derivative series of the dual of the normalised ReLU, in closed form. *)
Theorem relu_D (r : R) : -1 <= r <= 1 ->
  D relu_coef r = (PI/2 + asin r) / (PI - 1).
Proof.
  intros Hr; pose proof PI_gt_2; apply is_series_unique.
  replace ((PI/2 + asin r) / (PI - 1)) with (/ (PI - 1) * (asin r + PI/2)) by (field; lra).
  apply (is_series_ext (fun k => / (PI - 1) *
    (PS_derive arc_coef k * r ^ k + if Nat.eqb k 0 then PI/2 else 0))).
  - intros k; rewrite PS_derive_relu.
    change (/ (PI - 1) * (PS_derive arc_coef k * r ^ k + (if Nat.eqb k 0 then PI/2 else 0)) =
      / (PI - 1) * (PS_derive arc_coef k + (if Nat.eqb k 0 then PI/2 else 0)) * r ^ k).
    destruct (Nat.eqb_spec k 0) as [->|_]; [simpl pow|]; ring.
  - apply is_series_Rmult_l, is_series_Rplus; [|apply is_series_single].
    rewrite <- arc_derive_closed_form by exact Hr; apply is_series_PSeries.
    + intros k; apply Rmult_le_pos; [apply pos_INR|apply arc_coef_ge_0].
    + exists (PI/2); apply is_series_arc_derive.
    + apply Rabs_le; lra.
Qed.

(** [D 1 = PI/(PI - 1)] for the ReLU. *)
Corollary relu_D_1 : D relu_coef 1 = PI / (PI - 1).
Proof. pose proof PI_gt_2; rewrite relu_D, asin_1 by lra; field; lra. Qed.
