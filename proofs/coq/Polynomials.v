(** What the generated files about polynomial certificates rest on: facts, products of facts, their
    sum, and the identity that says that the sum is zero though one product is positive. *)

From Coq Require Import Reals ZArith Lra Lia.
From Conditioning Require Import Language.
Open Scope R_scope.

(** ** Facts *)

Lemma at_least (a b : R) : a <= b -> 0 <= b - a.
Proof. lra. Qed.

Lemma above (a b : R) : a < b -> 0 < b - a.
Proof. lra. Qed.

Lemma equals (a b : R) : a = b -> b - a = 0.
Proof. lra. Qed.

Lemma at_least_Z (a b : Z) : (a <= b)%Z -> 0 <= IZR b - IZR a.
Proof. intros H; apply IZR_le in H; lra. Qed.

(** Between integers a strict inequality leaves room for one. *)
Lemma above_Z (a b : Z) : (a < b)%Z -> 0 <= IZR b - IZR a - 1.
Proof. intros H; apply Zlt_le_succ, IZR_le in H; rewrite succ_IZR in H; lra. Qed.

Lemma equals_Z (a b : Z) : (a = b)%Z -> IZR b - IZR a = 0.
Proof. intros ->; lra. Qed.

(** ** Products and sums *)

Lemma fraction (p q : positive) : 0 < IZR (Zpos p) / IZR (Zpos q).
Proof. apply Rdiv_lt_0_compat; apply IZR_lt; reflexivity. Qed.

Lemma nothing (m e : R) : e = 0 -> m * e = 0.
Proof. intros ->; apply Rmult_0_r. Qed.

Lemma and_nothing (s e : R) : 0 < s -> e = 0 -> 0 < s + e.
Proof. intros Hs ->; rewrite Rplus_0_r; exact Hs. Qed.

Lemma impossible (s : R) : 0 < s -> s = 0 -> False.
Proof. intros H ->; exact (Rlt_irrefl 0 H). Qed.

(** ** The identity *)

Lemma power_neg (x : R) (p : positive) : powerRZ x (Zneg p) = (/ x) ^ Pos.to_nat p.
Proof. simpl; symmetry; apply pow_inv. Qed.

Lemma IZR_power (z : Z) (p : positive) : IZR (z ^ Zpos p) = IZR z ^ Pos.to_nat p.
Proof. rewrite pow_IZR, positive_nat_Z; reflexivity. Qed.

Lemma IZR_max (a b : Z) : IZR (Z.max a b) = Rmax (IZR a) (IZR b).
Proof.
  destruct (Z.max_spec a b) as [[H ->]|[H ->]]; symmetry.
  - apply Rmax_right, IZR_le; lia.
  - apply Rmax_left, IZR_le; lia.
Qed.

Lemma IZR_min (a b : Z) : IZR (Z.min a b) = Rmin (IZR a) (IZR b).
Proof.
  destruct (Z.min_spec a b) as [[H ->]|[H ->]]; symmetry.
  - apply Rmin_left, IZR_le; lia.
  - apply Rmin_right, IZR_le; lia.
Qed.

Lemma power_of_1 (k : Z) : powerRZ 1 k = 1.
Proof. destruct k; simpl; rewrite ?pow1, ?Rinv_1; reflexivity. Qed.

(** Integers as real numbers. *)
Ltac casts :=
  repeat match goal with
  | |- context [IZR (Z.abs ?a)] => rewrite (abs_IZR a)
  | |- context [IZR (Z.max ?a ?b)] => rewrite (IZR_max a b)
  | |- context [IZR (Z.min ?a ?b)] => rewrite (IZR_min a b)
  | |- context [IZR (?a + ?b)] => rewrite (plus_IZR a b)
  | |- context [IZR (?a - ?b)] => rewrite (minus_IZR a b)
  | |- context [IZR (?a * ?b)] => rewrite (mult_IZR a b)
  | |- context [IZR (- ?a)] => rewrite (opp_IZR a)
  | |- context [IZR (?a ^ Zpos ?p)] =>
      rewrite (IZR_power a p); let n := eval compute in (Pos.to_nat p) in
      change (Pos.to_nat p) with n
  end.

(** An integer of numerals: nothing else is computed, least of all a ceiling. *)
Ltac ground k :=
  lazymatch k with
  | Z0 => idtac | Zpos _ => idtac | Zneg _ => idtac
  | (- ?a)%Z => ground a
  | (?a + ?b)%Z => ground a; ground b
  | (?a - ?b)%Z => ground a; ground b
  | (?a * ?b)%Z => ground a; ground b
  end.

(** Powers with numerals as exponents. *)
Ltac powers :=
  repeat match goal with
  | |- context [powerRZ 1 ?k] => rewrite (power_of_1 k)
  | |- context [powerRZ ?x ?k] =>
      ground k; let n := eval compute in k in
      lazymatch n with
      | Z0 => change (powerRZ x k) with 1
      | Zpos ?p => let m := eval compute in (Pos.to_nat p) in change (powerRZ x k) with (x ^ m)
      | Zneg ?p => change (powerRZ x k) with (powerRZ x (Zneg p)); rewrite (power_neg x p);
                   let m := eval compute in (Pos.to_nat p) in change (Pos.to_nat p) with m
      end
  end.

(** Absolute values, minima, maxima and case distinctions that one hypothesis decides. *)
Ltac push H := repeat progress rewrite ?plus_IZR, ?minus_IZR, ?mult_IZR, ?opp_IZR in H.
Ltac known :=
  first [assumption
        |match goal with
         | H : _ |- _ => solve [clear - H; lra]
         | H : (_ <= _)%Z |- _ => solve [clear - H; apply IZR_le in H; push H; lra]
         | H : (_ < _)%Z |- _ => solve [clear - H; apply IZR_lt in H; push H; lra]
         end
        |apply IZR_le; lia].
(** What is known of a term replaces it everywhere. *)
Ltac replaced E := rewrite !E in *; clear E.
Ltac positive a := let E := fresh in pose proof (Rabs_pos_eq a ltac:(known)) as E; replaced E.
Ltac negative a := let E := fresh in pose proof (Rabs_left1 a ltac:(known)) as E; replaced E.
Ltac chosen :=
  repeat match goal with
  | |- context [Rmin ?a ?b] =>
      first [rewrite (Rmin_left a b) by known | rewrite (Rmin_right a b) by known]
  | |- context [Rmax ?a ?b] =>
      first [rewrite (Rmax_left a b) by known | rewrite (Rmax_right a b) by known]
  | |- context [if ?d then _ else _] => destruct d; try (exfalso; first [tauto | lra | lia])
  end.
Ltac decided :=
  unfold condition_number;
  repeat match goal with |- context [Rabs ?a] => first [positive a | negative a] end; chosen.
(** The same where hypotheses contradict each other. *)
Ltac decided_otherwise :=
  repeat match goal with
  | |- context [Rabs ?a] => first [negative a | positive a]
  | |- context [Rmin ?a ?b] =>
      first [rewrite (Rmin_right a b) by known | rewrite (Rmin_left a b) by known]
  | |- context [Rmax ?a ?b] =>
      first [rewrite (Rmax_right a b) by known | rewrite (Rmax_left a b) by known]
  end; chosen.

Ltac numeral x := lazymatch x with IZR ?z => ground z end.

(** Inverses stand for themselves. *)
Ltac inverses :=
  unfold Rdiv;
  repeat match goal with
  | |- context [/ ?x] => first [numeral x; fail 1 | generalize (/ x); intro]
  end.

(** Roots of squares of fractions. *)
Lemma root_of_square (x r : R) : 0 <= r -> r * r = x -> sqrt x = r.
Proof. intros Hr <-; apply sqrt_square, Hr. Qed.
Ltac roots :=
  repeat match goal with
  | |- context [sqrt (IZR (Zpos ?p) / IZR (Zpos ?q))] =>
      let n := eval compute in (Z.sqrt (Zpos p)) in let d := eval compute in (Z.sqrt (Zpos q)) in
      rewrite (root_of_square (IZR (Zpos p) / IZR (Zpos q)) (IZR n / IZR d) ltac:(lra) ltac:(lra))
  | |- context [sqrt (IZR (Zpos ?p))] =>
      let n := eval compute in (Z.sqrt (Zpos p)) in
      rewrite (root_of_square (IZR (Zpos p)) (IZR n) ltac:(lra) ltac:(lra))
  end.

Ltac values := roots; rewrite ?ln_1, ?exp_0, ?sqrt_0, ?sqrt_1, ?sin_0, ?cos_0, ?atan_0, ?asin_0.

(** ** Terms with equal arguments are equal *)

(** Marks a term of the goal. *)
Inductive occurs (x : R) : Prop := occurring.
Ltac noted x := lazymatch goal with _ : occurs x |- _ => fail | _ => pose proof (occurring x) end.
Ltac all_noted :=
  repeat match goal with
  | |- context [/ ?a] => noted (/ a)
  | |- context [ln ?a] =>
      noted (ln a); try replace (ln a) with 0 by (rewrite <- ln_1; f_equal; field)
  | |- context [exp ?a] =>
      noted (exp a); try replace (exp a) with 1 by (rewrite <- exp_0; f_equal; ring)
  | |- context [Rabs ?a] => noted (Rabs a)
  | |- context [sqrt ?a] => noted (sqrt a)
  | |- context [powerRZ ?a ?i] => noted (powerRZ a i)
  | |- context [dual ?c ?a] => noted (dual c a)
  | |- context [iterate ?f ?i ?a] => noted (iterate f i a)
  | |- context [fold ?f ?i ?j ?a] => noted (fold f i j a)
  | |- context [coefficient ?c ?i] => noted (coefficient c i)
  | K : Z -> Z -> R |- context [?M ?i ?j] => constr_eq M K; noted (K i j)
  end.
Ltac alike x y :=
  lazymatch constr:((x, y)) with
  | (/ _, / _) => idtac
  | (ln _, ln _) => idtac
  | (exp _, exp _) => idtac
  | (Rabs _, Rabs _) => idtac
  | (sqrt _, sqrt _) => idtac
  | (powerRZ _ _, powerRZ _ _) => idtac
  | (dual ?c _, dual ?c _) => idtac
  | (iterate ?f _ _, iterate ?f _ _) => idtac
  | (fold ?f _ _ _, fold ?f _ _ _) => idtac
  | (coefficient ?c _, coefficient ?c _) => idtac
  | (?K _ _, ?K _ _) => is_var K
  end.
(** Each pair of marked terms is compared once. *)
Ltac same x y :=
  alike x y;
  replace x with y
    by (f_equal; first [reflexivity | lia | ring | field | casts; powers; ring]).
Ltac joined_once :=
  all_noted;
  repeat match goal with
  | H : occurs ?x |- _ => clear H; try match goal with _ : occurs ?y |- _ => same x y end
  end.
Ltac joined :=
  repeat match goal with H : ?T |- _ => match type of T with Prop => clear H end end;
  unfold Rdiv; repeat progress joined_once.

Ltac closed_form := casts; powers; inverses; field.
Ltac identity :=
  first [solve [closed_form]
        |decided; casts; decided; values; powers;
         first [solve [inverses; field] | solve [joined; inverses; field]]
        |casts; decided_otherwise; casts; powers; solve [inverses; field]].
