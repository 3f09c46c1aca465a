(** Closed forms of dual activations as power series with nonnegative
    coefficients of sum one: Hermite polynomials and polynomials, exp, sin and
    cos, sign and erf, abs and the leaky ReLU (for the ReLU itself see Relu.v).
    This joins the universal theorems to the closed forms. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Conditioning Require Import Series Lemma22 Depth Matrices Spectral Lemma24 Theorem2
  Corollary3 Relu.
Open Scope R_scope.

(** [f] is the dual of a normalised non-linear activation with coefficient of
    non-linearity [m]. *)
Definition is_dual (f : R -> R) (m : R) : Prop :=
  exists c, normalized c /\ nonlinear c /\ mu c = m /\
    forall x, Rabs x <= 1 -> f x = sigma_hat c x.

(** What has to be shown of a sequence of coefficients. *)
Lemma is_dual_intro (c : nat -> R) (f : R -> R) (m : R) :
  (forall n, 0 <= c n) -> c 0%nat = 0 -> c 1%nat = 1 - m -> 0 < m ->
  (forall x, Rabs x <= 1 -> is_series (fun n => c n * x ^ n) (f x)) -> f 1 = 1 ->
  is_dual f m.
Proof.
  intros Hc H0 H1 Hm Hf Hf1; assert (Hmu : mu c = m) by (unfold mu; lra).
  assert (Hn : normalized c).
  { split; [exact Hc|split; [exact H0|]]; rewrite <- Hf1.
    apply (is_series_ext (fun n => c n * 1 ^ n));
      [intros n; rewrite pow1; apply Rmult_1_r|apply Hf; rewrite Rabs_R1; lra]. }
  exists c; split; [exact Hn|split; [|split; [exact Hmu|]]].
  - apply lemma22_converse; [exact Hn|rewrite Hmu; exact Hm].
  - intros x Hx; symmetry; apply is_series_unique, Hf, Hx.
Qed.

(** ** The universal theorems at a closed form *)

Lemma iter_dual (c : nat -> R) (f : R -> R) (L : nat) (x : R) : normalized c ->
  (forall x, Rabs x <= 1 -> f x = sigma_hat c x) -> Rabs x <= 1 ->
  Nat.iter L f x = Nat.iter L (sigma_hat c) x /\ Rabs (Nat.iter L f x) <= 1.
Proof.
  intros Hc Hf Hx; induction L as [|L [IH IH1]]; [split; [reflexivity|exact Hx]|].
  simpl; rewrite Hf by exact IH1; split; [rewrite IH; reflexivity|].
  apply Rabs_sigma_hat_le_1; assumption.
Qed.

(** Lemma 6 for the iterates of the closed form itself. *)
Theorem lemma6_closed_form (f : R -> R) (m delta rho : R) (L : nat) :
  is_dual f m -> 0 < delta <= 1 -> Rabs rho <= 1 - delta ->
  Rabs (Nat.iter L f rho) <= B m delta L.
Proof.
  intros (c & Hc & Hnl & Hm & Hf) Hd Hr; rewrite <- Hm.
  destruct (iter_dual c f L rho Hc Hf ltac:(lra)) as [-> _]; apply lemma6; assumption.
Qed.

(** Corollary 3 for the kernel in closed form. *)
Section Kernel.

Variables (f : R -> R) (m delta : R) (n L : nat) (K : matrix).
Hypothesis Hf : is_dual f m.
Hypothesis Hn : (0 < n)%nat.
Hypothesis Hd : 0 < delta <= 1.
Hypothesis HK : psd n K.
Hypothesis HU : unit_diag n K.

Lemma kappa_closed_form (c : nat -> R) : normalized c ->
  (forall x, Rabs x <= 1 -> f x = sigma_hat c x) ->
  kappa n (entrywise (Nat.iter L f) K) = kappa n (top_kernel c L K).
Proof.
  intros Hc Hfc; apply kappa_ext; intros i j Hi Hj.
  apply (iter_dual c f L (K i j) Hc Hfc), (gram_entry_le_1 n); assumption.
Qed.

(** Corollary 3, part 1, for a closed form of the dual. *)
Theorem corollary3_part1_closed_form : assumption1 n K delta -> (L1 m delta n <= L)%nat ->
  kappa n (entrywise (Nat.iter L f) K) <= 1 + 2 * INR n * (1 - m/2) ^ (L - L1 m delta n).
Proof.
  destruct Hf as (c & Hc & Hnl & Hm & Hfc); rewrite <- Hm; intros H1 HL.
  rewrite (kappa_closed_form c Hc Hfc); apply corollary3_part1; assumption.
Qed.

(** Corollary 3, part 2, for a closed form of the dual. *)
Theorem corollary3_part2_closed_form : assumption2 n K delta ->
  kappa n (entrywise (Nat.iter L f) K) <= 1 + INR n / delta * / (1 + m/2) ^ L.
Proof.
  destruct Hf as (c & Hc & Hnl & Hm & Hfc); rewrite <- Hm; intros H2.
  rewrite (kappa_closed_form c Hc Hfc); apply corollary3_part2; assumption.
Qed.

End Kernel.

(** ** Hermite polynomials and polynomials *)

(** The dual of the normalised Hermite polynomial [h_k] is [x^k]. *)
Theorem hermite_is_dual (k : nat) : (2 <= k)%nat -> is_dual (fun x => x ^ k) 1.
Proof.
  intros Hk; apply (is_dual_intro (fun n => if Nat.eqb n k then 1 else 0)); try lra.
  - intros n; destruct (Nat.eqb n k); lra.
  - destruct (Nat.eqb_spec 0 k); [lia|reflexivity].
  - destruct (Nat.eqb_spec 1 k); [lia|lra].
  - intros x _; apply (is_series_ext (fun n => if Nat.eqb n k then x ^ k else 0)).
    + intros n; destruct (Nat.eqb_spec n k) as [->|_]; simpl; ring.
    + apply is_series_single.
  - apply pow1.
Qed.

(** Two terms, the extreme points of the universal statements. *)
Theorem two_term_is_dual (m : R) : 0 < m <= 1 ->
  is_dual (fun x => (1 - m) * x + m * x ^ 2) m.
Proof.
  intros Hm; apply (is_dual_intro (fun n =>
    (if Nat.eqb n 1 then 1 - m else 0) + (if Nat.eqb n 2 then m else 0))); try (simpl; lra).
  - intros n; destruct (Nat.eqb n 1), (Nat.eqb n 2); lra.
  - intros x _; apply (is_series_ext (fun n =>
      (if Nat.eqb n 1 then (1 - m) * x else 0) + (if Nat.eqb n 2 then m * x ^ 2 else 0))).
    + intros n; destruct (Nat.eqb_spec n 1) as [->|_]; [simpl; ring|].
      destruct (Nat.eqb_spec n 2) as [->|_]; simpl; ring.
    + apply is_series_Rplus; apply is_series_single.
Qed.

Lemma is_series_finite (a : nat -> R) (d : nat) :
  is_series (fun n => if Nat.leb n d then a n else 0) (sum_n a d).
Proof.
  induction d as [|d IH].
  - rewrite sum_O; apply (is_series_ext (fun n => if Nat.eqb n 0 then a 0%nat else 0));
      [|apply is_series_single].
    intros [|n]; reflexivity.
  - rewrite sum_Sn; apply (is_series_ext (fun n => (if Nat.leb n d then a n else 0) +
      (if Nat.eqb n (S d) then a (S d) else 0))).
    + intros n; destruct (Nat.leb_spec n d), (Nat.leb_spec n (S d)), (Nat.eqb_spec n (S d));
        subst; try lia; simpl; ring.
    + apply is_series_Rplus; [exact IH|apply is_series_single].
Qed.

(** A polynomial with Hermite coefficients [a_1, ..., a_d]. *)
Theorem polynomial_is_dual (a : nat -> R) (d : nat) : (1 <= d)%nat ->
  a 0%nat = 0 -> sum_n (fun k => a k ^ 2) d = 1 -> a 1%nat ^ 2 < 1 ->
  is_dual (fun x => sum_n (fun k => a k ^ 2 * x ^ k) d) (1 - a 1%nat ^ 2).
Proof.
  intros Hd H0 Hs H1.
  apply (is_dual_intro (fun n => if Nat.leb n d then a n ^ 2 else 0)); try lra.
  - intros n; destruct (Nat.leb n d); [apply pow2_ge_0|lra].
  - rewrite H0; destruct (Nat.leb 0 d); simpl; ring.
  - destruct (Nat.leb_spec 1 d); [lra|lia].
  - intros x _; eapply is_series_ext; [|apply (is_series_finite (fun k => a k ^ 2 * x ^ k))].
    intros n; simpl; destruct (Nat.leb n d); ring.
  - eapply eq_trans; [|exact Hs]; apply sum_n_ext; intros k; rewrite pow1; apply Rmult_1_r.
Qed.

(** ** exp, sin and cos *)

(** The coefficients of [exp(s x)]. *)
Definition exp_coef (s : R) (n : nat) : R := s ^ n * / INR (fact n).

Lemma exp_coef_ge_0 (s : R) (n : nat) : 0 <= s -> 0 <= exp_coef s n.
Proof.
  intros Hs; apply Rmult_le_pos; [apply pow_le, Hs|].
  left; apply Rinv_0_lt_compat, INR_fact_lt_0.
Qed.

Lemma is_series_exp (s x : R) : is_series (fun n => exp_coef s n * x ^ n) (exp (s * x)).
Proof.
  pose proof (proj1 (is_pseries_R _ _ _) (is_exp_Reals (s * x))) as H.
  apply (is_series_ext (fun n => / INR (fact n) * (s * x) ^ n)); [|exact H].
  intros n; change (/ INR (fact n) * (s * x) ^ n = s ^ n * / INR (fact n) * x ^ n).
  rewrite Rpow_mult_distr; ring.
Qed.

Lemma exp_gt_1_plus (s : R) : 0 < s -> 1 + s < exp s.
Proof. intros Hs; apply exp_ineq1; lra. Qed.

(** The dual of the centred and normalised [exp(a x)], with [s = a^2]. *)
Theorem exp_is_dual (s : R) : 0 < s ->
  is_dual (fun x => (exp (s * x) - 1) / (exp s - 1)) (1 - s / (exp s - 1)).
Proof.
  intros Hs; pose proof (exp_gt_1_plus s Hs) as He.
  apply (is_dual_intro (fun n =>
    / (exp s - 1) * (exp_coef s n + if Nat.eqb n 0 then -1 else 0))).
  - intros [|n]; unfold exp_coef; simpl Nat.eqb; cbv iota.
    + simpl; rewrite Rinv_1; lra.
    + rewrite Rplus_0_r; apply Rmult_le_pos; [left; apply Rinv_0_lt_compat; lra|].
      apply exp_coef_ge_0; lra.
  - unfold exp_coef; simpl; rewrite Rinv_1; ring.
  - unfold exp_coef; simpl; rewrite Rinv_1; field; lra.
  - assert (s / (exp s - 1) < 1) by (apply Rlt_div_l; lra); lra.
  - intros x _.
    replace ((exp (s * x) - 1) / (exp s - 1)) with (/ (exp s - 1) * (exp (s * x) + -1))
      by (field; lra).
    apply (is_series_ext (fun n => / (exp s - 1) *
      (exp_coef s n * x ^ n + if Nat.eqb n 0 then -1 else 0))).
    + intros n; change (/ (exp s - 1) * (exp_coef s n * x ^ n + (if Nat.eqb n 0 then -1 else 0)) =
        / (exp s - 1) * (exp_coef s n + (if Nat.eqb n 0 then -1 else 0)) * x ^ n).
      destruct (Nat.eqb_spec n 0) as [->|_]; simpl pow; ring.
    + apply is_series_Rmult_l, is_series_Rplus; [apply is_series_exp|apply is_series_single].
  - rewrite Rmult_1_r; field; lra.
Qed.

(** [(-1)^n] is 1 or -1. *)
Lemma pow_opp_1 (n : nat) : (-1) ^ n = 1 \/ (-1) ^ n = -1.
Proof. induction n as [|n [H|H]]; simpl; [left|right|left]; rewrite ?H; ring. Qed.

Lemma is_series_exp_opp (s x : R) :
  is_series (fun n => exp_coef s n * (-1) ^ n * x ^ n) (exp (- (s * x))).
Proof.
  replace (- (s * x)) with (- s * x) by ring.
  apply (is_series_ext (fun n => exp_coef (- s) n * x ^ n)); [|apply is_series_exp].
  intros n; change ((- s) ^ n * / INR (fact n) * x ^ n =
                    s ^ n * / INR (fact n) * (-1) ^ n * x ^ n).
  replace (- s) with (s * -1) by ring; rewrite Rpow_mult_distr; ring.
Qed.

Lemma sinh_gt (s : R) : 0 < s -> s < sinh s.
Proof.
  intros Hs; assert (H : forall y, 0 < y < s -> True) by trivial; clear H.
  pose proof (MVT_cor2 (fun y => sinh y - y) (fun y => cosh y - 1) 0 s Hs) as H.
  destruct H as (y & Hy & Hy1).
  { intros y _; apply derivable_pt_lim_minus;
      [apply derivable_pt_lim_sinh|apply derivable_pt_lim_id]. }
  rewrite sinh_0 in Hy; pose proof (exp_gt_1_plus y ltac:(lra)) as He.
  assert (Hc : 1 < cosh y).
  { unfold cosh; assert (Hi : exp (- y) * exp y = 1)
      by (rewrite <- exp_plus; replace (- y + y) with 0 by ring; apply exp_0).
    pose proof (exp_pos (- y)); nra. }
  assert (0 < (cosh y - 1) * (s - 0)) by (apply Rmult_lt_0_compat; lra); lra.
Qed.

(** The dual of the normalised [sin(a x)], with [s = a^2]. *)
Theorem sin_is_dual (s : R) : 0 < s ->
  is_dual (fun x => sinh (s * x) / sinh s) (1 - s / sinh s).
Proof.
  intros Hs; pose proof (sinh_gt s Hs) as Hh.
  apply (is_dual_intro (fun n => / (2 * sinh s) * (exp_coef s n * (1 - (-1) ^ n)))).
  - intros n; pose proof (exp_coef_ge_0 s n ltac:(lra)).
    apply Rmult_le_pos; [left; apply Rinv_0_lt_compat; lra|].
    apply Rmult_le_pos; [assumption|destruct (pow_opp_1 n) as [-> | ->]; lra].
  - simpl; ring.
  - unfold exp_coef; simpl; rewrite Rinv_1; field; lra.
  - assert (s / sinh s < 1) by (apply Rlt_div_l; lra); lra.
  - intros x _.
    replace (sinh (s * x) / sinh s)
      with (/ (2 * sinh s) * (exp (s * x) + -1 * exp (- (s * x))))
      by (unfold sinh at 2; field; lra).
    apply (is_series_ext (fun n => / (2 * sinh s) *
      (exp_coef s n * x ^ n + -1 * (exp_coef s n * (-1) ^ n * x ^ n)))).
    + intros n; simpl; ring.
    + apply is_series_Rmult_l, is_series_Rplus; [apply is_series_exp|].
      apply is_series_Rmult_l, is_series_exp_opp.
  - rewrite Rmult_1_r; field; lra.
Qed.

Lemma cosh_gt_1 (s : R) : 0 < s -> 1 < cosh s.
Proof.
  intros Hs; unfold cosh; pose proof (exp_gt_1_plus s Hs).
  assert (Hi : exp (- s) * exp s = 1)
    by (rewrite <- exp_plus; replace (- s + s) with 0 by ring; apply exp_0).
  pose proof (exp_pos (- s)); nra.
Qed.

(** The dual of the centred and normalised [cos(a x)], with [s = a^2]. *)
Theorem cos_is_dual (s : R) : 0 < s ->
  is_dual (fun x => (cosh (s * x) - 1) / (cosh s - 1)) 1.
Proof.
  intros Hs; pose proof (cosh_gt_1 s Hs) as Hh.
  apply (is_dual_intro (fun n =>
    / (cosh s - 1) * (exp_coef s n * ((1 + (-1) ^ n) / 2) + if Nat.eqb n 0 then -1 else 0)));
    try lra.
  - intros n; pose proof (exp_coef_ge_0 s n ltac:(lra)).
    apply Rmult_le_pos; [left; apply Rinv_0_lt_compat; lra|].
    destruct (Nat.eqb_spec n 0) as [->|_]; [unfold exp_coef; simpl; rewrite Rinv_1; lra|].
    rewrite Rplus_0_r; apply Rmult_le_pos; [assumption|].
    destruct (pow_opp_1 n) as [-> | ->]; lra.
  - unfold exp_coef; simpl; rewrite Rinv_1; field; lra.
  - simpl; lra.
  - intros x _.
    replace ((cosh (s * x) - 1) / (cosh s - 1))
      with (/ (cosh s - 1) * ((/ 2 * exp (s * x) + / 2 * exp (- (s * x))) + -1))
      by (unfold cosh at 2; field; lra).
    apply (is_series_ext (fun n => / (cosh s - 1) *
      ((/ 2 * (exp_coef s n * x ^ n) + / 2 * (exp_coef s n * (-1) ^ n * x ^ n)) +
       if Nat.eqb n 0 then -1 else 0))).
    + intros n; change (/ (cosh s - 1) *
        ((/ 2 * (exp_coef s n * x ^ n) + / 2 * (exp_coef s n * (-1) ^ n * x ^ n)) +
         (if Nat.eqb n 0 then -1 else 0)) =
        / (cosh s - 1) * (exp_coef s n * ((1 + (-1) ^ n) / 2) +
                          (if Nat.eqb n 0 then -1 else 0)) * x ^ n).
      destruct (Nat.eqb_spec n 0) as [->|_]; [simpl pow|]; field; lra.
    + apply is_series_Rmult_l, is_series_Rplus; [|apply is_series_single].
      apply is_series_Rplus; apply is_series_Rmult_l; [apply is_series_exp|].
      apply is_series_exp_opp.
  - rewrite Rmult_1_r; field; lra.
Qed.

(** ** sign and erf *)

Lemma PS_derive_arc_ge_0 (n : nat) : 0 <= PS_derive arc_coef n.
Proof. apply Rmult_le_pos; [apply pos_INR|apply arc_coef_ge_0]. Qed.

Lemma is_series_asin (r : R) : Rabs r <= 1 ->
  is_series (fun n => PS_derive arc_coef n * r ^ n) (asin r).
Proof.
  intros Hr; rewrite <- arc_derive_closed_form by (apply Rabs_le_between; exact Hr).
  apply is_series_PSeries; [apply PS_derive_arc_ge_0| |exact Hr].
  exists (PI/2); apply is_series_arc_derive.
Qed.

Lemma asin_gt (k : R) : 0 < k <= 1 -> k < asin k.
Proof.
  intros Hk; pose proof (sin_asin k ltac:(lra)) as E; pose proof (asin_bound k) as Hb.
  destruct (Rlt_le_dec 0 (asin k)) as [Ha|Ha].
  - pose proof (sin_lt_x (asin k) Ha) as H; lra.
  - pose proof PI_RGT_0; pose proof (sin_ge_0 (- asin k) ltac:(lra) ltac:(lra)) as Hs.
    rewrite sin_neg in Hs; lra.
Qed.

(** [asin(k x) / asin k]: the sign for [k = 1], erf for [k = 2/3]. *)
Theorem arcsine_is_dual (k : R) : 0 < k <= 1 ->
  is_dual (fun x => asin (k * x) / asin k) (1 - k / asin k).
Proof.
  intros Hk; pose proof (asin_gt k Hk) as Ha.
  apply (is_dual_intro (fun n => / asin k * (PS_derive arc_coef n * k ^ n))).
  - intros n; pose proof (PS_derive_arc_ge_0 n).
    apply Rmult_le_pos; [left; apply Rinv_0_lt_compat; lra|].
    apply Rmult_le_pos; [assumption|apply pow_le; lra].
  - unfold PS_derive; simpl; ring.
  - unfold PS_derive, arc_coef; simpl; field; lra.
  - assert (k / asin k < 1) by (apply Rlt_div_l; lra); lra.
  - intros x Hx; replace (asin (k * x) / asin k) with (/ asin k * asin (k * x))
      by (field; lra).
    apply (is_series_ext (fun n => / asin k * (PS_derive arc_coef n * (k * x) ^ n))).
    + intros n; change (/ asin k * (PS_derive arc_coef n * (k * x) ^ n) =
                        / asin k * (PS_derive arc_coef n * k ^ n) * x ^ n).
      rewrite Rpow_mult_distr; ring.
    + apply is_series_Rmult_l, is_series_asin.
      rewrite Rabs_mult, (Rabs_pos_eq k) by lra.
      pose proof (Rabs_pos x); nra.
  - rewrite Rmult_1_r; field; lra.
Qed.

(** ** abs and the leaky ReLU *)

(** [p x + q (sqrt(1-x^2) + x asin x - 1)], divided by its value at 1: abs for
    [p = 0]; the leaky ReLU with slope [a] on the left for [p = ((1+a)/2)^2]
    and [q = ((1-a)/2)^2 2/PI]. *)
Theorem mixture_is_dual (p q : R) : 0 <= p -> 0 < q ->
  is_dual (fun x => (p * x + q * (sqrt (1 - x ^ 2) + x * asin x - 1)) / (p + q * (PI/2 - 1)))
          (1 - p / (p + q * (PI/2 - 1))).
Proof.
  intros Hp Hq; pose proof PI_gt_2 as HPI; set (T := p + q * (PI/2 - 1)).
  assert (Hq1 : 0 < q * (PI/2 - 1)) by (apply Rmult_lt_0_compat; lra).
  assert (HT : 0 < T) by (unfold T; lra).
  apply (is_dual_intro (fun n => / T * (q * arc_coef n + if Nat.eqb n 1 then p else 0))).
  - intros n; pose proof (arc_coef_ge_0 n).
    apply Rmult_le_pos; [left; apply Rinv_0_lt_compat; lra|].
    apply Rplus_le_le_0_compat; [apply Rmult_le_pos; lra|destruct (Nat.eqb n 1); lra].
  - simpl; ring.
  - simpl; field; lra.
  - assert (p / T < 1) by (apply Rlt_div_l; unfold T; lra); lra.
  - intros x Hx; rewrite <- arc_closed_form by (apply Rabs_le_between; exact Hx).
    replace ((p * x + q * PSeries arc_coef x) / T)
      with (/ T * (q * PSeries arc_coef x + p * x)) by (field; lra).
    apply (is_series_ext (fun n => / T * (q * (arc_coef n * x ^ n) +
      if Nat.eqb n 1 then p * x else 0))).
    + intros n; change (/ T * (q * (arc_coef n * x ^ n) + (if Nat.eqb n 1 then p * x else 0)) =
                        / T * (q * arc_coef n + (if Nat.eqb n 1 then p else 0)) * x ^ n).
      destruct (Nat.eqb_spec n 1) as [->|_]; [simpl pow|]; ring.
    + apply is_series_Rmult_l, is_series_Rplus; [|apply is_series_single].
      apply is_series_Rmult_l, is_series_PSeries;
        [apply arc_coef_ge_0|exists (PI/2 - 1); apply is_series_arc|exact Hx].
  - rewrite asin_1; replace (1 - 1 ^ 2) with 0 by ring; rewrite sqrt_0.
    fold T; unfold T; field; fold T; lra.
Qed.

(** The leaky ReLU. *)
Corollary leaky_relu_is_dual (a : R) : a < 1 ->
  let p := ((1 + a) / 2) ^ 2 in let q := ((1 - a) / 2) ^ 2 * (2 / PI) in
  is_dual (fun x => (p * x + q * (sqrt (1 - x ^ 2) + x * asin x - 1)) / (p + q * (PI/2 - 1)))
          (1 - p / (p + q * (PI/2 - 1))).
Proof.
  intros Ha p q; pose proof PI_gt_2; apply mixture_is_dual; [apply pow2_ge_0|].
  apply Rmult_lt_0_compat; [apply pow_lt; lra|apply Rdiv_lt_0_compat; lra].
Qed.

(** The ReLU. *)
Theorem relu_is_dual :
  is_dual (fun x => (sqrt (1 - x ^ 2) + x * (PI/2 + asin x) - 1) / (PI - 1))
          ((PI - 2) / (2 * (PI - 1))).
Proof.
  exists relu_coef; split; [apply relu_normalized|split; [apply relu_nonlinear|split]].
  - apply relu_mu.
  - intros x Hx; symmetry; apply relu_dual, Rabs_le_between, Hx.
Qed.

(** ** Other spellings of a closed form *)

Lemma is_dual_eq (f g : R -> R) (m l : R) : is_dual g l ->
  (forall x, Rabs x <= 1 -> f x = g x) -> m = l -> is_dual f m.
Proof.
  intros (c & Hc & Hnl & Hm & Hg) Hf ->; exists c; repeat (split; [assumption|]).
  intros x Hx; rewrite Hf by exact Hx; apply Hg, Hx.
Qed.
