(** All layers of an iterated dual activation in one computation: an interval extension of the dual
    is applied to a table of upper bounds, entry by entry, and coqc decides the whole by evaluation.
    The end points of the intervals are integers of the standard library times powers of two, so
    that no machine number is an axiom. *)

From Coq Require Import Reals ZArith List Lra Lia.
From Interval Require Import Xreal Float_full.
From Interval Require Interval.
From Conditioning Require Import Language Instances Intervals.
Open Scope R_scope.

Module I := FloatIntervalFull Integers.
Module E := Interval.IntervalExt I.

(** ** Interval extensions *)

(** The real number x lies in the interval xi. *)
Definition inside (xi : I.type) (x : R) : Prop := Interval.contains (I.convert xi) (Xreal x).

(** G encloses g, whatever the precision p; it is given an enclosure of pi. *)
Definition encloses (G : I.precision -> I.type -> I.type -> I.type) (g : R -> R) : Prop :=
  forall p pi, inside pi PI -> E.extension g (G p pi).

Lemma IZR_inside (p : I.precision) (k : Z) : inside (I.fromZ p k) (IZR k).
Proof. apply I.fromZ_correct. Qed.

(** Finds a G that encloses g, and proves it: one operation of g after the other. *)
Ltac extension p :=
  first [eassumption | exact (IZR_inside p _)
        |eapply (E.power_int_correct p); extension p
        |eapply (E.add_correct p); extension p | eapply (E.sub_correct p); extension p
        |eapply (E.mul_correct p); extension p | eapply (E.div_correct p); extension p
        |eapply (E.sqrt_correct p); extension p | eapply (E.atan_correct p); extension p
        |eapply E.neg_correct; extension p].
Ltac enclosure :=
  match goal with |- {G | encloses G ?g} =>
    refine (exist (fun G => encloses G g) (fun p pi xi => _) _);
    intros p pi Hpi xi x Hx; unfold g; extension p
  end.

(** ** One layer *)

Definition decimal_interval (p : I.precision) (m : Z) : I.type :=
  I.div p (I.fromZ p m) (I.fromZ p places).

Lemma decimal_inside (p : I.precision) (m : Z) : inside (decimal_interval p m) (decimal m).
Proof. apply E.div_correct; apply IZR_inside. Qed.

(** G p at the decimal a is at most the decimal b. *)
Definition image_at_most (p : I.precision) (G : I.type -> I.type) (a b : Z) : bool :=
  match I.sign_large (I.sub p (G (decimal_interval p a)) (decimal_interval p b)) with
  | Xeq | Xlt => true
  | _ => false
  end.

Lemma image_le (p : I.precision) (G : I.type -> I.type) (g : R -> R) (a b : Z) :
  E.extension g G -> image_at_most p G a b = true -> g (decimal a) <= decimal b.
Proof.
  unfold image_at_most; intros HG H.
  assert (Hd : inside (I.sub p (G (decimal_interval p a)) (decimal_interval p b))
                      (g (decimal a) - decimal b)).
  { apply E.sub_correct; [apply HG|]; apply decimal_inside. }
  revert H; generalize (I.sign_large_correct
    (I.sub p (G (decimal_interval p a)) (decimal_interval p b))).
  destruct (I.sign_large _); intros Hs H; try discriminate H.
  - specialize (Hs _ Hd); injection Hs; lra.
  - destruct (Hs _ Hd) as [_ Hle]; simpl in Hle; lra.
Qed.

(** ** All layers *)

(** Each entry of the table from the layer k on follows from the one before; the small ones need
    more bits. *)
Definition coarse : I.precision := I.F.PtoP 60.
Definition fine : I.precision := I.F.PtoP 84.
Definition layers_hold (G : I.precision -> I.type -> I.type -> I.type) (table : list Z)
  (k depth : Z) : bool :=
  let rough := G coarse (I.pi coarse) in let precise := G fine (I.pi fine) in
  every (fun L => let a := high table (L - 1) in let b := high table L in
    (layer_in_range (L - 1) a &&
     if a <? 50000000000000000000000 then image_at_most fine precise a b
     else image_at_most coarse rough a b)%Z%bool) (k + 1) depth.

(** The bounds of all layers, from a table that passes. *)
Theorem layers (G : I.precision -> I.type -> I.type -> I.type) (f g : R -> R) (x : R)
  (table : list Z) (k depth : Z) :
  increasing_dual f -> evaluates g f -> encloses G g ->
  (0 <= k)%Z -> (forall L, (0 <= L <= k)%Z -> below f x table L) ->
  layers_hold G table k depth = true ->
  forall L, (0 <= L <= depth)%Z -> below f x table L.
Proof.
  intros Hf Hg HG Hk H0 H.
  enough (Hall : forall L, (0 <= L)%Z -> (L <= depth)%Z -> below f x table L).
  { intros L [HL Hd]; exact (Hall L HL Hd). }
  apply (Zlt_0_ind (fun L => (L <= depth)%Z -> below f x table L)); intros L IH HL Hd.
  destruct (Z_le_gt_dec L k) as [HLk|HLk]; [apply H0; lia|].
  pose proof (every_true _ _ _ H L ltac:(lia)) as Hs; cbv zeta in Hs.
  apply andb_prop in Hs as [Hr Hs].
  unfold below; replace L with (L - 1 + 1)%Z at 1 by lia.
  apply next_layer with g (high table (L - 1));
    [exact Hf|exact Hg|apply (IH (L - 1)%Z); lia|exact Hr|].
  destruct (_ <? _)%Z; refine (image_le _ _ _ _ _ (HG _ _ _) Hs); apply I.pi_correct.
Qed.

(** From 0 no layer rises. *)
Lemma layers_of_0 (f : R -> R) (depth : Z) : increasing_dual f ->
  forall L, (0 <= L <= depth)%Z -> below f 0 (0%Z :: nil) L.
Proof.
  intros Hf L HL; unfold below, high; replace (nth _ _ _) with 0%Z.
  - apply zero_layers; [exact Hf|lia].
  - destruct (Z.to_nat L) as [|[|n]]; reflexivity.
Qed.
