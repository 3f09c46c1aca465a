(** Exponentials, and the remarks on activations that are not centred. *)
From Conditioning Require Import Bridge Matrices LeastSquares Logarithms.

(* proof of "Exponentials: power below exp" *)
Proof.
  opened; rewrite opp_IZR; replace (- IZR k * x) with (- (x * IZR k)) by ring.
  apply power_le_exp; trivial; lra.
Qed.

(* proof of "Exponentials: monotone" *)
Proof. opened; apply exp_le; assumption. Qed.

(* proof of "Exponentials: exp of log" *)
Proof. opened; apply exp_ln; assumption. Qed.

(* proof of "Exponentials: small product" *)
Proof.
  opened; rewrite Rabs_mult, <- (Rmult_1_r 1); apply Rmult_le_compat; trivial; apply Rabs_pos.
Qed.

(* proof of "Exponentials: bounded product" *)
Proof.
  opened; rewrite Rabs_mult, <- (Rmult_1_l a); apply Rmult_le_compat; trivial; apply Rabs_pos.
Qed.

(* proof of "Exponentials: product of lower bounds" *)
Proof. opened; apply Rmult_le_compat; assumption. Qed.

(* proof of "Exponentials: inverse square" *)
Proof. opened; rewrite powerRZ_2; field; lra. Qed.

(* proof of "Exponentials: inverse cube" *)
Proof. opened; simpl; field; lra. Qed.

(* proof of "Exponentials: Bernoulli" *)
Proof. opened; apply bernoulli; trivial; lra. Qed.

(* proof of "Exponentials: halvings" *)
Proof.
  opened; apply power_le_by_log; trivial; [lra|].
  rewrite <- ln_Rinv by assumption; unfold Rdiv in *; rewrite !Rmult_1_l in *; assumption.
Qed.

(* proof of "Exponentials: log 8" *)
Proof. opened; apply ln_8_ge_2. Qed.

(* proof of "Condition (3): small λ" *)
Proof.
  enter; split; [valued|]; rewrite !powerRZ_2; apply small_lambda; [assumption|lra].
Qed.

(* proof of "Condition (3): only centred" *)
Proof.
  opened.
  match goal with H : forall lam : R, _ |- _ =>
    specialize (H (mean / (alpha * alpha + mean * mean))); rewrite !powerRZ_2 in H end.
  destruct (Req_dec mean 0) as [|Hm]; [assumption|].
  pose proof (small_lambda alpha mean ltac:(assumption) Hm); lra.
Qed.

(* refutation of "Uncentred activations: printed" *)
Proof. intros H; specialize (H (1/3) (1/2)); rewrite powerRZ_2 in H; concede H; lra. Qed.

(* proof of "Uncentred activations: a fixed point" *)
Proof. opened; subst; rewrite powerRZ_2; lra. Qed.

(* proof of "Uncentred activations: range" *)
Proof.
  enter.
  pose proof (probability_bounds c H ltac:(assumption)) as Hp.
  split; [valued; rewrite Rabs_pos_eq; lra|apply Hp; lra].
Qed.

(* proof of "Uncentred activations: bounded" *)
Proof.
  enter; split; [valued|apply (probability_abs c); trivial].
Qed.

(* proof of "Uncentred activations: iterates" *)
Proof.
  enter.
  pose proof (probability_within c H ltac:(assumption) rho L ltac:(rewrite Rabs_pos_eq; lra)
    ltac:(assumption)) as Hw.
  split; [valued|apply probability_iterates; trivial; lra].
Qed.

(* proof of "Uncentred activations: amended" *)
Proof.
  enter.
  pose proof (probability_within c H ltac:(assumption) rho L ltac:(rewrite Rabs_pos_eq; lra)
    ltac:(lia)) as Hw.
  split; [valued|].
  replace L with ((L - 1) + 1)%Z by lia; rewrite iterate_S by lia.
  apply (probability_bounds c); trivial; apply probability_iterates; trivial; lra || lia.
Qed.

(* proof of "Batch normalisation: variance" *)
Proof. opened; rewrite !powerRZ_2; field. Qed.

(* proof of "Batch normalisation: next layer" *)
Proof. opened; ring. Qed.

(* proof of "Batch normalisation: mean" *)
Proof.
  opened; subst; match goal with H : series_from 0 _ = 1 |- _ => rewrite H; ring end.
Qed.

(* proof of "Width for ReLU: unbounded" *)
Proof. opened; subst; eapply Rlt_le_trans; [|apply Rmax_l]; lra. Qed.

(* proof of "Width for ReLU: statement" *)
Proof.
  enter; split; [valued|].
  pose proof (IZR_le 1 n ltac:(assumption)) as Hn1; rewrite mult_IZR.
  assert (Hd1 : 1 < 1 / delta) by (apply (Rlt_div_r 1 1 delta); lra).
  assert (Hq : ln (IZR n / delta) = ln (IZR n) + ln (1 / delta))
    by (rewrite <- ln_mult by positive; f_equal; field; lra).
  assert (Hn0 : 0 <= ln (IZR n)).
  { destruct Hn1 as [Hlt|E]; [left; apply ln_pos, Hlt|rewrite <- E, ln_1; lra]. }
  assert (Hl0 : 0 < ln (1 / delta)) by (apply ln_pos, Hd1).
  assert (Hc : powerRZ (ln (IZR n / delta)) 3 <= powerRZ (2 * ln (1 / delta)) 3)
    by (apply powerRZ_le; [rewrite Hq; lra|lia]).
  replace (8 * IZR (n ^ 2) * powerRZ (ln (1 / delta)) 3)
    with (IZR (n ^ 2) * powerRZ (2 * ln (1 / delta)) 3) by (simpl; ring).
  apply Rmult_le_compat_l; [apply IZR_le; nia|exact Hc].
Qed.

(* proof of "General activations: statement" *)
Proof. opened; field. Qed.

(* proof of "General activations: third degree" *)
Proof. opened; rewrite ?plus_IZR, ?mult_IZR, ?opp_IZR; lra. Qed.

(* proof of "Uncentred activations: rate" *)
Proof.
  enter.
  match goal with H : forall x : R, _ -> _ /\ _ |- _ => rename H into Hchi end.
  assert (Hi : forall k, (0 <= k)%Z -> 0 <= iterate (fun x => dual c x) k rho <= 1)
    by (intros k Hk; apply probability_iterates; trivial; lra).
  pose proof (probability_within c H ltac:(assumption) rho L ltac:(rewrite Rabs_pos_eq; lra)
    ltac:(assumption)) as Hw.
  split; [valued|split; [apply Hi; assumption|]].
  pattern L; apply natlike_ind; [unfold iterate; simpl; lra| |assumption].
  intros l Hl IH; unfold Z.succ; rewrite iterate_S by exact Hl.
  rewrite !powerRZ_pow in * by lia; replace (Z.to_nat (l + 1)) with (S (Z.to_nat l)) by lia.
  eapply Rle_trans; [apply Hchi, Hi, Hl|]; simpl pow; rewrite Rmult_assoc.
  apply Rmult_le_compat_l; assumption.
Qed.
