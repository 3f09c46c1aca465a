(** The rules of the certificates' proof trees, as the generated files about proofs use them: the
    axioms of certificates/FORMAT.md as lemmas, and tactics for what a rule does on sight. *)

From Coq Require Import Reals ZArith Lra Lia Classical.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From Conditioning Require Import Matrices Language Instances Polynomials Bridge Intervals Erf.
Open Scope R_scope.

(** ** What a fact says in other words *)

(** A hypothesis whose difference of sides is that of the goal, as an identity. *)
Lemma carried_le (a b c d : R) : c <= d -> b - a - (d - c) = 0 -> a <= b.
Proof. lra. Qed.
Lemma carried_lt (a b c d : R) : c < d -> b - a - (d - c) = 0 -> a < b.
Proof. lra. Qed.
Lemma carried_eq (a b c d : R) : c = d -> b - a - (d - c) = 0 -> a = b.
Proof. lra. Qed.
Lemma carried_eq' (a b c d : R) : c = d -> b - a - (c - d) = 0 -> a = b.
Proof. lra. Qed.
Lemma carried_ne (a b c d : R) : c <> d -> b - a - (d - c) = 0 -> a <> b.
Proof. intros H E F; apply H; lra. Qed.
Lemma carried_ne' (a b c d : R) : c <> d -> b - a - (c - d) = 0 -> a <> b.
Proof. intros H E F; apply H; lra. Qed.
Lemma ne_IZR (a b : Z) : (a <> b)%Z -> IZR a <> IZR b.
Proof. intros H E; apply H, eq_IZR, E. Qed.

Ltac as_reals H :=
  lazymatch type of H with
  | (_ <= _)%Z => apply IZR_le in H
  | (_ < _)%Z => apply IZR_lt in H
  | @eq Z _ _ => apply (f_equal IZR) in H
  | ~ (@eq Z _ _) => apply ne_IZR in H
  | _ => idtac
  end.
Ltac goal_as_reals :=
  lazymatch goal with
  | |- (_ <= _)%Z => apply le_IZR
  | |- (_ < _)%Z => apply lt_IZR
  | |- @eq Z _ _ => apply eq_IZR
  | |- ~ (@eq Z _ _) => let E := fresh in intros E; apply (f_equal IZR) in E; revert E;
                        match goal with |- ?x = ?y -> False => change (x <> y) end
  | _ => idtac
  end.
Ltac carried H :=
  goal_as_reals; as_reals H;
  first [apply (carried_le _ _ _ _ H) | apply (carried_lt _ _ _ _ H)
        |apply (carried_eq _ _ _ _ H) | apply (carried_ne _ _ _ _ H)];
  clear H; identity.
Ltac carried_turned H :=
  goal_as_reals; as_reals H;
  first [apply (carried_eq' _ _ _ _ H) | apply (carried_ne' _ _ _ _ H)];
  clear H; identity.
(** What one fact implies at once. *)
Ltac implied H :=
  first [exact H | solve [tauto] | lra | lia
        |solve [carried H] | solve [carried_turned H]
        |solve [as_reals H; goal_as_reals; revert H; casts; powers; intros H; lra]
        |solve [goal_as_reals; decided; casts; powers; lra]].
(** What is true on sight. *)
Ltac evident :=
  first [exact I | reflexivity | lra | lia | solve [casts; powers; lra]
        |solve [goal_as_reals; apply Rminus_diag_uniq; identity]
        |solve [goal_as_reals; decided; casts; decided; values; powers; lra]
        |solve [goal_as_reals; casts; powers; joined; values; lra]].

(** A comparison of numbers with values of erf, whose integrals are enclosed; the tactic for
    integrals loses its way where 0 stands in an upper end. *)
Ltac quadrature :=
  rewrite ?Rmult_0_l, ?Rmult_0_r, ?Rminus_0_r, ?Rplus_0_r;
  unfold Phi, erf;
  repeat match goal with
  | |- context [RInt ?f 0 ?b] =>
      let v := fresh in let H := fresh in
      integral_intro (RInt f 0 b) with (i_prec 40, i_degree 8, i_fuel 20, i_width (-20)) as H;
      revert H; generalize (RInt f 0 b : R); change (NormedModule.sort _ _) with R; intros v H
  end;
  interval with (i_prec 40).

(** A comparison of numbers without variables, by enclosures. *)
Ltac enclosed :=
  first [evident | solve [closed] | solve [apply Rgt_not_eq; closed]
        |solve [apply Rlt_not_eq; closed] | solve [quadrature]].

(** From facts each one of the names of which implies its own goal. *)
Ltac given :=
  first [assumption | solve [tauto] | lra | lia | apply Rgt_not_eq; lra | apply Rlt_not_eq; lra].

(** ** Induction *)

Lemma Z_induction (P : Z -> Prop) : P 0%Z -> (forall L, (0 <= L)%Z -> P L -> P (L + 1)%Z) ->
  forall L, (0 <= L)%Z -> P L.
Proof.
  intros H0 HS; apply natlike_ind; [exact H0|]; intros L HL HP; unfold Z.succ.
  exact (HS L HL HP).
Qed.

(** ** Axioms *)

Lemma quotient_fact (a b : R) : b <> 0 -> b * (a / b) = a.
Proof. intros; field; assumption. Qed.

Lemma power_successor_fact (x : R) (n : Z) : (0 <= n)%Z ->
  powerRZ x (n + 1) = x * powerRZ x n.
Proof.
  intros Hn; rewrite !powerRZ_nat by lia; rewrite Z2Nat.inj_add by lia.
  rewrite Nat.add_comm; reflexivity.
Qed.

Lemma power_zero_fact (x : R) (n : Z) : n = 0%Z -> powerRZ x n = 1.
Proof. intros ->; reflexivity. Qed.

Lemma power_negative_fact (x : R) (n : Z) : x <> 0 -> powerRZ x (- n) * powerRZ x n = 1.
Proof. intros Hx; rewrite <- powerRZ_add by exact Hx; rewrite Z.add_opp_diag_l; reflexivity. Qed.

Lemma root_fact (x : R) : 0 <= x -> 0 <= sqrt x /\ powerRZ (sqrt x) 2 = x.
Proof.
  intros Hx; split; [apply sqrt_pos|]; simpl powerRZ; rewrite Rmult_1_r; apply sqrt_sqrt, Hx.
Qed.

Lemma log_bounds_fact (x : R) : 0 < x -> 1 - 1 / x <= ln x /\ ln x <= x - 1.
Proof.
  intros Hx; assert (H : forall y, 0 < y -> ln y <= y - 1).
  { intros y Hy; pose proof (exp_ineq1_le (ln y)) as H; rewrite exp_ln in H by exact Hy; lra. }
  split; [|apply H, Hx].
  assert (Hi : 0 < / x) by (apply Rinv_0_lt_compat, Hx).
  specialize (H (/ x) Hi); rewrite ln_Rinv in H by exact Hx; unfold Rdiv; lra.
Qed.

Lemma exp_bounds_fact (x : R) : 0 < exp x /\ 1 + x <= exp x.
Proof. split; [apply exp_pos|apply exp_ineq1_le]. Qed.

Lemma ceiling_fact (x : R) : x <= IZR (Zceil x) /\ IZR (Zceil x) < x + 1.
Proof. split; [apply Zceil_ub|]; pose proof (Zceil_lb x); lra. Qed.

Lemma floor_fact (x : R) : IZR (Zfloor x) <= x /\ x < IZR (Zfloor x) + 1.
Proof. split; [apply Zfloor_lb|apply Zfloor_ub]. Qed.

Lemma iterate_zero_fact (f : R -> R) (L : Z) (x : R) : L = 0%Z -> iterate f L x = x.
Proof. intros ->; reflexivity. Qed.

Lemma fold_empty_fact (f : Z -> R -> R) (a b : Z) (s : R) : (b < a)%Z -> fold f a b s = s.
Proof. intros H; unfold fold; replace (Z.to_nat (b - a + 1)) with 0%nat by lia; reflexivity. Qed.

Lemma fold_last_fact (f : Z -> R -> R) (a b : Z) (s : R) : (a <= b + 1)%Z ->
  fold f a (b + 1) s = f (b + 1)%Z (fold f a b s).
Proof.
  intros H; unfold fold; replace (Z.to_nat (b + 1 - a + 1)) with (S (Z.to_nat (b - a + 1))) by lia.
  simpl nat_rect; f_equal; lia.
Qed.

Lemma coefficient_fact (c : nat -> R) (k : Z) : sequence c -> 0 <= coefficient c k.
Proof. intros [H _]; apply H. Qed.

Lemma semidefinite_pair_fact (n : Z) (K : Z -> Z -> R) (a b : Z) (t : R) :
  semidefinite n K -> (1 <= a)%Z -> (1 <= b)%Z -> (a <= n)%Z -> (b <= n)%Z ->
  (forall i j, (1 <= i)%Z -> (1 <= j)%Z -> K i j = K j i) ->
  0 <= K a a + 2 * t * K a b + t * t * K b b.
Proof.
  intros H Ha Hb Han Hbn HS.
  assert (Hs : Matrices.symmetric (Z.to_nat n) (block K)).
  { intros i j _ _; apply HS; lia. }
  assert (HK : forall i j, (1 <= i)%Z -> (1 <= j)%Z ->
                 block K (Z.to_nat (i - 1)) (Z.to_nat (j - 1)) = K i j).
  { intros i j Hi Hj; unfold block; f_equal; lia. }
  destruct (Z.eq_dec a b) as [<-|Hne].
  - pose proof (psd_diag_ge_0 (Z.to_nat n) (Z.to_nat (a - 1)) (block K) (conj Hs H) ltac:(lia))
      as H0; rewrite HK in H0 by assumption; pose proof (Rle_0_sqr (1 + t)) as Ht.
    unfold Rsqr in Ht; pose proof (Rmult_le_pos _ _ Ht H0); lra.
  - specialize (H (two (Z.to_nat (a - 1)) (Z.to_nat (b - 1)) 1 t)).
    rewrite form_two, !HK in H by (assumption || lia); lra.
Qed.

Lemma sequence_converges (c : nat -> R) : sequence c ->
  converges_from 0 (fun i => coefficient c i).
Proof.
  intros [H0 H]; apply ex_series_ext with c; [|exact H].
  intros n; unfold coefficient; rewrite Z.add_0_l, Nat2Z.id, Rabs_pos_eq; [reflexivity|apply H0].
Qed.

Lemma pi_bounds_fact : 223 / 71 < PI /\ PI < 22 / 7.
Proof. split; closed. Qed.

(** A fact about real numbers from premises that may be about integers. *)
Ltac real_premise := first [assumption | apply not_0_IZR; assumption | apply IZR_le; assumption
                           |apply IZR_lt; assumption | apply (IZR_le 0); assumption
                           |apply (IZR_lt 0); assumption
                           |match goal with
                            | H : (_ < _)%Z |- _ => solve [apply IZR_lt in H; push H; lra]
                            end].
Ltac by_quotient := apply quotient_fact; real_premise.
Ltac by_square := first [apply Rle_0_sqr | apply Z.square_nonneg].
Ltac by_root := apply root_fact; real_premise.
Ltac by_log_one := exact ln_1.
Ltac by_log_increasing := apply ln_increasing; real_premise.
Ltac by_log_monotone := apply ln_le; real_premise.
Ltac by_log_product := apply ln_mult; real_premise.
Ltac by_log_power :=
  try match goal with
      |- ln (IZR (?n ^ Zpos ?p)) = _ => rewrite (IZR_power n p), pow_powerRZ, positive_nat_Z
      end;
  apply ln_powerRZ; real_premise.
Ltac by_log_bounds := apply log_bounds_fact; real_premise.
Ltac by_log_exp := apply ln_exp.
Ltac by_exp_bounds :=
  match goal with
  | |- 0 < exp ?x /\ _ =>
      destruct (exp_bounds_fact x) as [E1 E2]; split; [exact E1|implied E2]
  end.
Ltac by_erf_bounds := apply erf_bounds; real_premise.
Ltac by_exp_sum := apply exp_plus.
Ltac by_power_successor := apply power_successor_fact; assumption.
Ltac by_power_zero := apply power_zero_fact; assumption.
Ltac by_power_negative := apply power_negative_fact; real_premise.
Ltac by_ceiling := apply ceiling_fact.
Ltac by_floor_part := apply floor_fact.
Ltac by_iterate_zero := apply iterate_zero_fact; assumption.
Ltac by_iterate_successor :=
  match goal with |- _ = ?r => apply (iterate_succ _ _ _); assumption end.
Ltac by_fold_empty := apply fold_empty_fact; assumption.
Ltac by_fold_last := apply fold_last_fact; assumption.
Ltac by_pi_bounds := exact pi_bounds_fact.
Ltac symmetric_entries :=
  intros i j Hi Hj; cbv beta;
  first [reflexivity | solve [across] | solve [f_equal; across]
        |solve [destruct (Z.eq_dec i j), (Z.eq_dec j i); (lia || f_equal; across)]
        |match goal with
         | HS : symmetric ?K |- context [?K i j] => rewrite (HS i j) by lia; reflexivity
         end].
Ltac by_semidefinite_pair n K a b t :=
  let H := fresh in
  assert (H : 0 <= K a a + 2 * t * K a b + t * t * K b b);
  [apply (semidefinite_pair_fact n K a b t); [assumption|lia|lia|lia|lia|symmetric_entries]
  |cbv beta in H; implied H].
Ltac by_coefficient := apply coefficient_fact; assumption.

(** ** From the goals of a certificate to its statement *)

Ltac of_duals :=
  settings; bound_has_value;
  try apply Rabs_powerRZ_le_1; try lia;
  apply Rabs_iterate_le_1; first [assumption | lia].

Ltac opened := repeat match goal with H : _ /\ _ |- _ => destruct H end.

(** Takes a statement apart, down to what each term needs to have a value and to what the statement
    says; `close` closes these from the lemmas of the certificate. *)
Ltac settled close :=
  tryif solve [close] then idtac else
  lazymatch goal with
  | |- True => exact I
  | |- _ /\ _ => split; settled close
  | |- square_with _ _ _ => red; settled close
  | |- folds_within _ _ _ _ _ => red; settled close
  | |- _ -> _ => intro; opened; settled close
  | |- forall _, _ => intro; settled close
  | |- _ =>
    first [given
          |match goal with H : symmetric ?K |- ?K ?i ?j = ?K ?j ?i => apply H; lia end
          |apply sequence_converges; assumption
          |apply (IZR_lt 0); first [lia | solve [close]]
          |apply (IZR_le 0); first [lia | solve [close]]
          |apply not_0_IZR; first [lia | solve [close]]
          |solve [settings; bound_has_value] | solve [settings; valued]
          |solve [settings; across] | solve [of_duals]]
  end.

(** The conclusion of a proved statement whose hypotheses are at hand. *)
Ltac drawn S :=
  tryif exact S then idtac else
  lazymatch type of S with
  | _ /\ _ => destruct S as [_ S]; drawn S
  | ?A -> _ => let P := fresh in
               assert (P : A) by first [given | repeat split; intros; given];
               specialize (S P); drawn S
  | _ => implied S
  end.

(** ** Counterexamples *)

(** Minima, maxima and absolute values of numbers. *)
Ltac compared :=
  repeat match goal with
  | |- context [Rmin ?a ?b] =>
      first [rewrite (Rmin_left a b) by (simpl; lra) | rewrite (Rmin_right a b) by (simpl; lra)]
  | |- context [Rmax ?a ?b] =>
      first [rewrite (Rmax_left a b) by (simpl; lra) | rewrite (Rmax_right a b) by (simpl; lra)]
  | |- context [Rabs ?a] =>
      first [rewrite (Rabs_pos_eq a) by (simpl; lra) | rewrite (Rabs_left1 a) by (simpl; lra)]
  end.

(** L0, where it is one of the first integers. *)
Ltac level x y k :=
  let E := fresh in
  assert (E : Z.max (Zceil (ln x / ln y)) 0 = k)
    by first [apply L0_quotient_0; lra | apply L0_quotient; [lra|lra|lia|simpl; lra|simpl; lra]];
  rewrite !E in *; clear E.
Ltac levels :=
  repeat match goal with
  | S : context [Z.max (Zceil (ln ?x / ln ?y)) 0] |- _ =>
      first [level x y 0%Z | level x y 1%Z | level x y 2%Z | level x y 3%Z]
  end.

(** A fact about numbers. *)
Ltac at_point :=
  cbv beta;
  lazymatch goal with
  | |- True => exact I
  | |- _ /\ _ => split; at_point
  | |- @eq Z _ (Zceil _) => symmetry; apply Zceil_imp; split; simpl; closed
  | |- @eq Z _ (Zfloor _) => symmetry; apply Zfloor_imp; split; simpl; closed
  | |- _ -> _ => intro; at_point
  | |- _ \/ _ => first [solve [left; at_point] | solve [right; at_point]]
  | |- _ =>
    first [lia | lra | assumption | contradiction
          |solve [casts; powers; lra] | solve [decided; casts; decided; values; powers; lra]
          |solve [simpl; lra] | enclosed | solve [simpl; closed] | solve [simpl; quadrature]
          |solve [compared; simpl; lra] | solve [decided; casts; powers; closed]]
  end.

(** A statement at a point, with hypotheses that are true there, and false or without a value. *)
Ltac denied S :=
  cbv beta in S;
  lazymatch type of S with
  | False => exact S
  | _ /\ _ => let S1 := fresh in let S2 := fresh in
              destruct S as [S1 S2]; first [solve [denied S2] | solve [denied S1]]
  | _ \/ _ => destruct S as [S|S]; denied S
  | ?A -> _ => let P := fresh in assert (P : A) by at_point; specialize (S P); denied S
  | (_ <= _)%Z => exfalso; revert S; apply Zlt_not_le; at_point
  | (_ < _)%Z => exfalso; revert S; apply Zle_not_lt; at_point
  | _ <= _ => revert S; apply Rlt_not_le; at_point
  | _ < _ => revert S; apply Rle_not_lt; at_point
  | _ <> _ => apply S; at_point
  | @eq R _ _ => revert S; first [solve [apply Rlt_not_eq; at_point] | apply Rgt_not_eq; at_point]
  end.
