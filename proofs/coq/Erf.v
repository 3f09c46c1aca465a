(** The error function between two polynomials: the axiom `erf_bounds` of certificates/FORMAT.md. *)

From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From Conditioning Require Import Language.
Open Scope R_scope.

(** 1 - t^2 <= exp(-t^2) <= 1. *)
Lemma exp_neg_sqr_bounds (t : R) : 1 - t * t <= exp (- (t * t)) <= 1.
Proof.
  split; [pose proof (exp_ineq1_le (- (t * t))); lra|].
  rewrite <- exp_0; pose proof (Rle_0_sqr t) as Ht; unfold Rsqr in Ht.
  destruct (Req_dec (t * t) 0) as [->|Hne]; [rewrite Ropp_0; lra|].
  apply Rlt_le, exp_increasing; lra.
Qed.

(** The integral of 1 - t^2. *)
Lemma is_RInt_one_minus_sqr (x : R) : is_RInt (fun t => 1 - t * t) 0 x (x - x ^ 3 / 3).
Proof.
  replace (x - x ^ 3 / 3) with (minus (x - x ^ 3 / 3) (0 - 0 ^ 3 / 3)).
  - apply (is_RInt_derive (fun t => t - t ^ 3 / 3)).
    + intros t _; auto_derive; [exact I|field].
    + intros t _; apply (ex_derive_continuous (fun t => 1 - t * t)); auto_derive; exact I.
  - unfold minus, plus, opp; simpl; field.
Qed.

(** The integral of erf exists. *)
Lemma ex_RInt_exp_neg_sqr (x : R) : ex_RInt (fun t => exp (- (t * t))) 0 x.
Proof.
  apply (@ex_RInt_continuous R_CompleteNormedModule); intros t _.
  apply (ex_derive_continuous (fun t => exp (- (t * t)))); auto_derive; exact I.
Qed.

(** 2 (x - x^3/3) / sqrt(pi) <= erf x <= 2 x / sqrt(pi). *)
Lemma erf_bounds (x : R) : 0 <= x ->
  2 * (x - x ^ 3 / 3) / sqrt PI <= erf x /\ erf x <= 2 * x / sqrt PI.
Proof.
  intros Hx; unfold erf.
  assert (Hs : 0 < 2 / sqrt PI) by (apply Rdiv_lt_0_compat, sqrt_lt_R0, PI_RGT_0; lra).
  pose proof (ex_RInt_exp_neg_sqr x) as Hg; split.
  - replace (2 * (x - x ^ 3 / 3) / sqrt PI) with (2 / sqrt PI * (x - x ^ 3 / 3))
      by (unfold Rdiv; ring).
    apply Rmult_le_compat_l; [lra|].
    rewrite <- (is_RInt_unique _ _ _ _ (is_RInt_one_minus_sqr x)).
    apply RInt_le; [exact Hx|eexists; apply is_RInt_one_minus_sqr|exact Hg|].
    intros t _; apply exp_neg_sqr_bounds.
  - replace (2 * x / sqrt PI) with (2 / sqrt PI * (x - 0)) by (unfold Rdiv; ring).
    apply Rmult_le_compat_l; [lra|]; replace (x - 0) with (RInt (fun _ => 1) 0 x).
    + apply RInt_le; [exact Hx|exact Hg|apply ex_RInt_const|]; intros t _; apply exp_neg_sqr_bounds.
    + rewrite RInt_const; unfold scal; simpl; unfold mult; simpl; ring.
Qed.
