(** What the generated files about instances rest on: the step from one layer of an iterated dual
    activation to the next, the values of L0 and L1 as pairs of inequalities between powers, and
    tables of rows that coqc decides by computation. *)

From Coq Require Import Reals ZArith List Lra Lia.
From Coquelicot Require Import Coquelicot.
From Conditioning Require Import Language.
Open Scope R_scope.

(** ** Layers *)

(** A dual activation on [0, 1]: increasing, from 0 to at most 1. *)
Definition increasing_dual (f : R -> R) : Prop :=
  f 0 = 0 /\ f 1 <= 1 /\ forall x y, 0 <= x -> x <= y -> y <= 1 -> f x <= f y.

Lemma iterate_0 (f : R -> R) (x : R) : iterate f 0 x = x.
Proof. reflexivity. Qed.

Lemma iterate_succ (f : R -> R) (k : Z) (x : R) : (0 <= k)%Z ->
  iterate f (k + 1) x = f (iterate f k x).
Proof.
  intros Hk; unfold iterate; replace (Z.to_nat (k + 1)) with (S (Z.to_nat k)) by lia; reflexivity.
Qed.

Lemma dual_within (f : R -> R) (x : R) : increasing_dual f -> 0 <= x <= 1 -> 0 <= f x <= 1.
Proof.
  intros (H0 & H1 & H) Hx; split.
  - rewrite <- H0; apply H; lra.
  - apply Rle_trans with (f 1); [apply H; lra|exact H1].
Qed.

Lemma iterate_within (f : R -> R) (x : R) (L : Z) : increasing_dual f -> 0 <= x <= 1 ->
  (0 <= L)%Z -> 0 <= iterate f L x <= 1.
Proof.
  intros Hf Hx; revert L; apply Zlt_0_ind; intros L IH HL.
  destruct (Z.eq_dec L 0) as [->|]; [exact Hx|].
  replace L with (L - 1 + 1)%Z by lia; rewrite iterate_succ by lia.
  apply dual_within; [exact Hf|apply IH; lia].
Qed.

Lemma iterates_within_1 (V : R -> Prop) (f : R -> R) (L : Z) (x : R) :
  increasing_dual f -> (forall r, Rabs r <= 1 -> V r) -> 0 <= x <= 1 -> (0 <= L)%Z ->
  iterates_within V f L x.
Proof.
  intros Hf HV Hx HL; split; [exact HL|]; intros k Hk.
  assert (H : 0 <= iterate f k x <= 1) by (apply iterate_within; [exact Hf|exact Hx|lia]).
  assert (Ha : Rabs (iterate f k x) <= 1) by (apply Rabs_le; lra).
  split; [exact Ha|intros _; exact (HV _ Ha)].
Qed.

(** A decimal of 25 places. *)
Definition places : Z := 10000000000000000000000000.
Definition decimal (m : Z) : R := IZR m / 10000000000000000000000000.

Lemma decimal_places : decimal places = 1.
Proof. unfold decimal, places; lra. Qed.

Lemma decimal_le (a b : Z) : (a <= b)%Z -> decimal a <= decimal b.
Proof. intros H; apply IZR_le in H; unfold decimal; lra. Qed.

Lemma decimal_lt (a b : Z) : (a < b)%Z -> decimal a < decimal b.
Proof. intros H; apply IZR_lt in H; unfold decimal; lra. Qed.

(** 0 <= f^L(x) <= hi. *)
Definition at_most (f : R -> R) (x : R) (L hi : Z) : Prop :=
  0 <= iterate f L x <= decimal hi.

(** g evaluates f on [0, 1). *)
Definition evaluates (g f : R -> R) : Prop := forall x, 0 <= x < 1 -> f x = g x.

Definition layer_in_range (k hi : Z) : bool := ((0 <=? k) && (0 <=? hi) && (hi <? places))%Z%bool.

Lemma layer_in_range_true (k hi : Z) : layer_in_range k hi = true ->
  (0 <= k)%Z /\ 0 <= decimal hi < 1.
Proof.
  unfold layer_in_range; rewrite !Bool.andb_true_iff, !Z.leb_le, Z.ltb_lt; intros [[Hk H0] H1].
  apply decimal_le in H0; apply decimal_lt in H1; rewrite decimal_places in H1.
  unfold decimal in *; split; [exact Hk|lra].
Qed.

Lemma first_layer (f : R -> R) (x : R) (hi : Z) : 0 <= x -> x <= decimal hi -> at_most f x 0 hi.
Proof. split; assumption. Qed.

Lemma next_layer (f g : R -> R) (x : R) (k hi hi' : Z) :
  increasing_dual f -> evaluates g f -> at_most f x k hi -> layer_in_range k hi = true ->
  g (decimal hi) <= decimal hi' -> at_most f x (k + 1) hi'.
Proof.
  intros Hf Hg [Hl Hh] Hr Hhi; apply layer_in_range_true in Hr as (Hk & H1).
  unfold at_most; rewrite iterate_succ by exact Hk; split.
  - apply dual_within; [exact Hf|lra].
  - apply Rle_trans with (2 := Hhi); rewrite <- Hg by exact H1; apply Hf; lra.
Qed.

Lemma zero_layers (f : R -> R) (L : Z) : increasing_dual f -> (0 <= L)%Z -> at_most f 0 L 0.
Proof.
  intros (H0 & _) HL; enough (E : iterate f L 0 = 0) by (split; rewrite E; unfold decimal; lra).
  revert L HL; apply Zlt_0_ind; intros L IH HL; destruct (Z.eq_dec L 0) as [->|]; [reflexivity|].
  replace L with (L - 1 + 1)%Z by lia; rewrite iterate_succ, IH by lia; exact H0.
Qed.

(** The upper bounds of all layers, in a table. *)
Definition high (table : list Z) (L : Z) : Z := nth (Z.to_nat L) table 0%Z.
Definition below (f : R -> R) (x : R) (table : list Z) (L : Z) : Prop :=
  at_most f x L (high table L).

(** One value of a range after the other. *)
Lemma from_here (P : Z -> Prop) (a b : Z) :
  P a -> (forall L, (a + 1 <= L <= b)%Z -> P L) -> forall L, (a <= L <= b)%Z -> P L.
Proof. intros Ha H L HL; destruct (Z.eq_dec L a) as [->|]; [exact Ha|apply H; lia]. Qed.

Lemma range_end (P : Z -> Prop) (a b : Z) : (b < a)%Z -> forall L, (a <= L <= b)%Z -> P L.
Proof. intros Hab L HL; lia. Qed.

(** ** L0 and L1 *)

Lemma ln_gt_0 (y : R) : 1 < y -> 0 < ln y.
Proof. intros Hy; rewrite <- ln_1; apply ln_increasing; lra. Qed.

Lemma ln_powerRZ (y : R) (k : Z) : 0 < y -> ln (powerRZ y k) = IZR k * ln y.
Proof.
  intros Hy; rewrite powerRZ_Rpower by exact Hy; unfold Rpower; apply ln_exp.
Qed.

Lemma Zceil_quotient (x y : R) (k : Z) : 1 < y -> 0 < x ->
  powerRZ y (k - 1) < x -> x <= powerRZ y k -> Zceil (ln x / ln y) = k.
Proof.
  intros Hy Hx Hlo Hhi; pose proof (ln_gt_0 y Hy) as Hl.
  assert (Hp : 0 < powerRZ y (k - 1)) by (apply powerRZ_lt; lra).
  apply Zceil_imp; split.
  - apply Rlt_div_r; [exact Hl|]; rewrite <- ln_powerRZ by lra; apply ln_increasing; assumption.
  - apply Rle_div_l; [exact Hl|]; rewrite <- ln_powerRZ by lra; apply ln_le; assumption.
Qed.

Lemma L0_quotient (x y : R) (k : Z) : 1 < y -> 0 < x -> (0 < k)%Z ->
  powerRZ y (k - 1) < x -> x <= powerRZ y k -> Z.max (Zceil (ln x / ln y)) 0 = k.
Proof. intros; rewrite (Zceil_quotient x y k) by assumption; lia. Qed.

Lemma L0_quotient_0 (x y : R) : 1 < y -> 0 < x -> x <= 1 -> Z.max (Zceil (ln x / ln y)) 0 = 0%Z.
Proof.
  intros Hy Hx H1; apply Z.max_r, Zceil_glb; pose proof (ln_gt_0 y Hy).
  apply Rle_div_l; [assumption|]; rewrite Rmult_0_l, <- ln_1; apply ln_le; lra.
Qed.

Lemma ln_lt_0 (z : R) : 0 < z < 1 -> ln z < 0.
Proof. intros Hz; rewrite <- ln_1; apply ln_increasing; lra. Qed.

(** The quotient of L1: ln n over - ln (1 - mu/2). *)
Lemma L1_quotient (x z : R) (k : Z) : 0 < z < 1 -> 0 < x ->
  x * powerRZ z k <= 1 -> 1 < x * powerRZ z (k - 1) -> Zceil (ln x / - ln z) = k.
Proof.
  intros Hz Hx Hhi Hlo; assert (Hp : forall j, 0 < powerRZ z j) by (intros; apply powerRZ_lt; lra).
  assert (Hi : forall j, powerRZ (/ z) j = / powerRZ z j).
  { intros j; apply powerRZ_inv; lra. }
  rewrite <- ln_Rinv by lra; apply Zceil_quotient; [|exact Hx|rewrite Hi..].
  - rewrite <- Rinv_1; apply Rinv_lt_contravar; lra.
  - apply (Rmult_lt_reg_r (powerRZ z (k - 1))); [apply Hp|]; rewrite Rinv_l; [exact Hlo|].
    apply Rgt_not_eq, Hp.
  - apply (Rmult_le_reg_r (powerRZ z k)); [apply Hp|]; rewrite Rinv_l; [exact Hhi|].
    apply Rgt_not_eq, Hp.
Qed.

(** ** The condition number of the matrices with equal correlations *)

Lemma kappa_le_of_odds (n : Z) (v h b : R) : 0 <= v <= h -> h < 1 -> (1 <= n)%Z ->
  h / (1 - h) <= b -> (1 + IZR (n - 1) * v) / (1 - v) <= 1 + IZR n * b.
Proof.
  intros [Hv Hh] H1 Hn Hb; assert (Hn' : 1 <= IZR n) by (apply (IZR_le 1); exact Hn).
  assert (Hq : v / (1 - v) <= b).
  { apply Rle_trans with (2 := Hb), Rmult_le_compat; try lra.
    - apply Rlt_le, Rinv_0_lt_compat; lra.
    - apply Rinv_le_contravar; lra. }
  rewrite minus_IZR; replace ((1 + (IZR n - 1) * v) / (1 - v)) with (1 + IZR n * (v / (1 - v)))
    by (field; lra).
  apply Rplus_le_compat_l, Rmult_le_compat_l; lra.
Qed.

Lemma powerRZ_decreasing (q : R) (j k : Z) : 0 < q <= 1 -> (j <= k)%Z ->
  powerRZ q k <= powerRZ q j.
Proof.
  intros Hq Hjk; replace k with (j + (k - j))%Z by lia; rewrite powerRZ_add by lra.
  rewrite <- (Rmult_1_r (powerRZ q j)) at 2; apply Rmult_le_compat_l; [apply powerRZ_le; lra|].
  assert (Hd : (0 <= k - j)%Z) by lia; destruct (k - j)%Z as [|p|p]; [simpl; lra| |lia].
  simpl; rewrite <- (pow1 (Pos.to_nat p)); apply pow_incr; lra.
Qed.

(** ** Tables of rows, decided by computation *)

(** p, p a, p a^2, ..., n decimals, rounded up and down. *)
Fixpoint powers_up (a p : Z) (n : nat) : list Z :=
  match n with O => nil | S m => p :: powers_up a (p * a / places + 1) m end.
Fixpoint powers_down (a p : Z) (n : nat) : list Z :=
  match n with O => nil | S m => p :: powers_down a (p * a / places) m end.

Lemma decimal_product (a b : Z) : decimal a * decimal b = IZR (a * b) / IZR places / IZR places.
Proof. rewrite mult_IZR; unfold decimal, places; field. Qed.

Lemma product_up (a b : Z) : decimal a * decimal b <= decimal (a * b / places + 1).
Proof.
  rewrite decimal_product; pose proof (Z.mul_succ_div_gt (a * b) places eq_refl) as H.
  apply IZR_lt in H; rewrite (mult_IZR places) in H; unfold Z.succ, decimal in *.
  revert H; generalize (a * b / places + 1)%Z; unfold places; intros q H; lra.
Qed.

Lemma product_down (a b : Z) : decimal (a * b / places) <= decimal a * decimal b.
Proof.
  rewrite decimal_product; pose proof (Z.mul_div_le (a * b) places eq_refl) as H.
  apply IZR_le in H; rewrite (mult_IZR places) in H; unfold decimal.
  revert H; generalize (a * b / places)%Z; unfold places; intros q H; lra.
Qed.

Lemma powers_up_ge (y : R) (a : Z) : 0 <= y <= decimal a -> forall n p c i, (i < n)%nat ->
  0 <= c <= decimal p -> c * y ^ i <= decimal (nth i (powers_up a p n) 0%Z).
Proof.
  intros Hy n; induction n as [|n IH]; intros p c i Hi Hc; [lia|].
  destruct i as [|i]; cbn [powers_up nth pow]; [lra|].
  rewrite <- Rmult_assoc; apply IH; [lia|]; split; [apply Rmult_le_pos; lra|].
  apply Rle_trans with (2 := product_up _ _), Rmult_le_compat; lra.
Qed.

Lemma powers_down_le (y : R) (a : Z) : 0 <= decimal a <= y -> forall n p c i,
  0 <= decimal p <= c -> 0 <= decimal (nth i (powers_down a p n) 0%Z) <= c * y ^ i.
Proof.
  intros Hy n; induction n as [|n IH]; intros p c i Hc.
  - assert (0 <= c * y ^ i) by (apply Rmult_le_pos; [lra|apply pow_le; lra]).
    destruct i; cbn [powers_down nth]; unfold decimal in *; lra.
  - destruct i as [|i]; cbn [powers_down nth pow]; [lra|].
    rewrite <- Rmult_assoc; apply IH; split.
    + assert (Ha : (0 <= a)%Z) by (apply le_IZR; unfold decimal in Hy; lra).
      assert (Hp : (0 <= p)%Z) by (apply le_IZR; unfold decimal in Hc; lra).
      apply (Rle_trans _ (decimal 0)); [unfold decimal; lra|].
      apply decimal_le, Z.div_pos; [nia|easy].
    + apply Rle_trans with (1 := product_down _ _), Rmult_le_compat; lra.
Qed.

(** All integers of a range satisfy a decidable property. *)
Definition every (p : Z -> bool) (a b : Z) : bool :=
  forallb (fun i => p (a + Z.of_nat i)%Z) (seq 0 (Z.to_nat (b - a + 1))).

Lemma every_true (p : Z -> bool) (a b : Z) : every p a b = true ->
  forall L, (a <= L <= b)%Z -> p L = true.
Proof.
  intros H L HL; unfold every in H; rewrite forallb_forall in H.
  specialize (H (Z.to_nat (L - a))); rewrite Z2Nat.id in H by lia.
  replace (a + (L - a))%Z with L in H by lia; apply H, in_seq; lia.
Qed.

Section Rows.

Variables (f : R -> R) (x mu : R) (table : list Z) (depth : Z).
(** mu <= m, and delta = d / e. *)
Variables (m d e : Z) (delta : R).
Hypotheses (Hmu : 0 < mu <= 1) (Hm : mu <= decimal m) (Hd : (0 < d)%Z) (He : (0 < e)%Z).
Hypothesis (Hdelta : delta = IZR d / IZR e).
Hypothesis (Hbelow : forall L, (0 <= L <= depth)%Z -> below f x table L).

Let up : Z := (places + ((m + 1) / 2))%Z.
Let down : Z := (places - ((m + 1) / 2))%Z.
Definition ups : list Z := powers_up up places (S (Z.to_nat depth)).
Definition downs : list Z := powers_down down places (S (Z.to_nat depth)).

Lemma half_up : mu / 2 <= decimal ((m + 1) / 2).
Proof.
  pose proof (Z.mul_succ_div_gt (m + 1) 2 eq_refl) as H.
  assert (H2 : (m <= 2 * ((m + 1) / 2))%Z) by lia; apply IZR_le in H2.
  rewrite mult_IZR in H2; revert Hm; unfold decimal; lra.
Qed.

Lemma up_ge : 0 <= 1 + mu / 2 <= decimal up.
Proof.
  pose proof half_up as H; unfold up, decimal in *; rewrite plus_IZR; unfold places; lra.
Qed.

Lemma down_le : decimal down <= 1 - mu / 2.
Proof.
  pose proof half_up as H; unfold down, decimal in *; rewrite minus_IZR; unfold places; lra.
Qed.

Lemma powerRZ_nat (y : R) (L : Z) : (0 <= L)%Z -> powerRZ y L = y ^ Z.to_nat L.
Proof. intros HL; rewrite <- (Z2Nat.id L) at 1 by exact HL; symmetry; apply pow_powerRZ. Qed.

Lemma ups_ge (L : Z) : (0 <= L <= depth)%Z ->
  powerRZ (1 + mu / 2) L <= decimal (nth (Z.to_nat L) ups 0%Z).
Proof.
  intros HL; rewrite powerRZ_nat by lia; rewrite <- (Rmult_1_l ((1 + mu / 2) ^ _)).
  apply powers_up_ge; [exact up_ge|lia|]; rewrite decimal_places; lra.
Qed.

Lemma downs_le (L : Z) : (0 <= down)%Z -> (0 <= L)%Z ->
  decimal (nth (Z.to_nat L) downs 0%Z) <= powerRZ (1 - mu / 2) L.
Proof.
  intros Hq HL; rewrite powerRZ_nat by exact HL.
  rewrite <- (Rmult_1_l ((1 - mu / 2) ^ _)); apply powers_down_le.
  - apply decimal_le in Hq; split; [unfold decimal in *; lra|apply down_le].
  - rewrite decimal_places; lra.
Qed.

(** The rows of Lemma 6 from a on, for a given value of L0. *)
Definition bound_rows_hold (L0 a : Z) : bool :=
  let ups := ups in let downs := downs in
  ((0 <=? down) &&
   every (fun L => if L <=? L0 then high table L * e + d * nth (Z.to_nat L) ups 0 <=? places * e
                   else 2 * high table L <=? nth (Z.to_nat (L - L0)) downs 0) a depth)%Z%bool.

(** The rows of Lemma 6 and Theorem 2, from a table that passes. *)
Theorem bound_rows (L0 a : Z) : (0 <= a)%Z -> bound_rows_hold L0 a = true ->
  forall L, (a <= L <= depth)%Z ->
  iterate f L x <= if Z_le_dec L L0 then 1 - delta * powerRZ (1 + mu / 2) L
                   else powerRZ (1 - mu / 2) (L - L0) / 2.
Proof.
  intros Ha Hrows L HL; apply andb_prop in Hrows as [Hq Hrows]; apply Z.leb_le in Hq.
  apply every_true with (L := L) in Hrows; [|exact HL].
  destruct (Hbelow L ltac:(lia)) as [_ Hv].
  assert (He' : 0 < IZR e) by (apply IZR_lt; exact He).
  assert (Hd' : 0 < IZR d) by (apply IZR_lt; exact Hd).
  destruct (Z_le_dec L L0) as [HL0|HL0].
  - rewrite (proj2 (Z.leb_le L L0) HL0) in Hrows; apply Z.leb_le, IZR_le in Hrows.
    rewrite plus_IZR, !mult_IZR in Hrows; pose proof (ups_ge L ltac:(lia)) as Hp.
    apply Rle_trans with (1 := Hv); rewrite Hdelta.
    apply (Rmult_le_compat_l (IZR d / IZR e)) in Hp; [|apply Rlt_le, Rdiv_lt_0_compat; lra].
    apply Rle_trans with (1 - IZR d / IZR e * decimal (nth (Z.to_nat L) ups 0%Z)); [|lra].
    apply (Rmult_le_reg_r (IZR e)); [exact He'|]; rewrite Rmult_minus_distr_r.
    replace (IZR d / IZR e * decimal (nth (Z.to_nat L) ups 0%Z) * IZR e)
      with (IZR d * decimal (nth (Z.to_nat L) ups 0%Z)) by (field; lra).
    change (IZR places) with 10000000000000000000000000 in Hrows; unfold decimal; lra.
  - rewrite (proj2 (Z.leb_gt L L0)) in Hrows by lia.
    apply Z.leb_le, IZR_le in Hrows; rewrite mult_IZR in Hrows.
    pose proof (downs_le (L - L0) Hq ltac:(lia)) as Hp.
    apply Rle_trans with (1 := Hv); revert Hp Hrows; unfold decimal; lra.
Qed.

(** The rows of part 1 of Corollary 3 from L1 on, in terms of the odds v/(1 - v) of the correlation
    v after L layers. *)
Definition kappa_rows_1_hold (L1 : Z) : bool :=
  let downs := downs in
  ((0 <=? down) &&
   every (fun L => (high table L <? places) &&
     (high table L * places <=?
      2 * nth (Z.to_nat (L - L1)) downs 0 * (places - high table L)))%bool L1 depth)%Z%bool.

(** The rows of part 2 of Corollary 3 from a on. *)
Definition kappa_rows_2_hold (a : Z) : bool :=
  let ups := ups in
  every (fun L => (high table L <? places) &&
    (high table L * d * nth (Z.to_nat L) ups 0 <=? e * places * (places - high table L)))%Z%bool
  a depth.

Lemma high_lt_1 (L : Z) : (high table L < places)%Z -> decimal (high table L) < 1.
Proof. intros H; apply decimal_lt in H; rewrite decimal_places in H; exact H. Qed.

(** (1 + (n-1)v)/(1-v) <= 1 + 2n(1-mu/2)^(L-L1), for the values of L1 at all n: it is enough that
    the odds are below the bound for the least of them. *)
Theorem kappa_rows_1 (least n L1 : Z) : (0 <= least)%Z -> (least <= L1)%Z -> (1 <= n)%Z ->
  kappa_rows_1_hold least = true -> forall L, (L1 <= L <= depth)%Z ->
  1 - iterate f L x <> 0 /\
  (1 + IZR (n - 1) * iterate f L x) / (1 - iterate f L x) <=
  1 + IZR (2 * n) * powerRZ (1 - mu / 2) (L - L1).
Proof.
  intros H0 H1 Hn Hrows L HL; apply andb_prop in Hrows as [Hq Hrows]; apply Z.leb_le in Hq.
  apply every_true with (L := L) in Hrows; [|lia].
  destruct (Hbelow L ltac:(lia)) as [Hv0 Hv].
  apply andb_prop in Hrows as [Hp H].
  apply Z.ltb_lt, high_lt_1 in Hp; apply Z.leb_le in H; split; [lra|].
  apply IZR_le in H; rewrite !mult_IZR, minus_IZR in H.
  pose proof (downs_le (L - least) Hq ltac:(lia)) as Hr.
  assert (Hd1 : powerRZ (1 - mu / 2) (L - least) <= powerRZ (1 - mu / 2) (L - L1)).
  { apply powerRZ_decreasing; [lra|lia]. }
  rewrite mult_IZR; replace (2 * IZR n * powerRZ (1 - mu / 2) (L - L1))
    with (IZR n * (2 * powerRZ (1 - mu / 2) (L - L1))) by ring.
  apply kappa_le_of_odds with (decimal (high table L)); [lra|exact Hp|exact Hn|].
  apply Rle_trans with (2 * decimal (nth (Z.to_nat (L - least)) downs 0%Z)); [|lra].
  apply Rle_div_l; [lra|].
  change (IZR places) with 10000000000000000000000000 in H; unfold decimal in *; lra.
Qed.

(** (1 + (n-1)v)/(1-v) <= 1 + (n/delta)(1+mu/2)^(-L). *)
Theorem kappa_rows_2 (n a : Z) : (0 <= a)%Z -> (1 <= n)%Z ->
  kappa_rows_2_hold a = true -> forall L, (a <= L <= depth)%Z ->
  1 - iterate f L x <> 0 /\
  (1 + IZR (n - 1) * iterate f L x) / (1 - iterate f L x) <=
  1 + IZR n / delta * powerRZ (1 + mu / 2) (- L).
Proof.
  intros Ha Hn Hrows L HL; apply every_true with (L := L) in Hrows; [|exact HL].
  destruct (Hbelow L ltac:(lia)) as [Hv0 Hv].
  apply andb_prop in Hrows as [Hp H]; apply Z.ltb_lt, high_lt_1 in Hp; split; [lra|].
  apply Z.leb_le, IZR_le in H; rewrite !mult_IZR, minus_IZR in H.
  assert (He' : 0 < IZR e) by (apply IZR_lt; exact He).
  assert (Hd' : 0 < IZR d) by (apply IZR_lt; exact Hd).
  pose proof (ups_ge L ltac:(lia)) as Hr.
  assert (Hy : 0 < powerRZ (1 + mu / 2) L) by (apply powerRZ_lt; lra).
  replace (powerRZ (1 + mu / 2) (- L)) with (/ powerRZ (1 + mu / 2) L)
    by (symmetry; rewrite <- powerRZ_inv, powerRZ_neg by lra; reflexivity).
  rewrite Hdelta; replace (IZR n / (IZR d / IZR e) * / powerRZ (1 + mu / 2) L)
    with (IZR n * (IZR e / (IZR d * powerRZ (1 + mu / 2) L))) by (field; lra).
  apply kappa_le_of_odds with (decimal (high table L)); [lra|exact Hp|exact Hn|].
  assert (Hh : decimal (high table L) * (IZR d * decimal (nth (Z.to_nat L) ups 0%Z))
               <= IZR e * (1 - decimal (high table L))).
  { change (IZR places) with 10000000000000000000000000 in H; unfold decimal; lra. }
  set (h := decimal (high table L)) in *; set (p := decimal (nth (Z.to_nat L) ups 0%Z)) in *.
  clearbody h p; assert (Hdp : 0 < IZR d * p) by (apply Rmult_lt_0_compat; lra).
  apply Rle_trans with (IZR e / (IZR d * p)).
  - apply Rle_div_l; [lra|].
    replace (IZR e / (IZR d * p) * (1 - h)) with (IZR e * (1 - h) / (IZR d * p)) by (field; lra).
    apply Rle_div_r; [exact Hdp|exact Hh].
  - apply Rmult_le_compat_l; [lra|].
    apply Rinv_le_contravar; [apply Rmult_lt_0_compat; lra|apply Rmult_le_compat_l; lra].
Qed.

End Rows.

(** ** Duals with an arcsine *)

Lemma asin_le (x y : R) : - 1 <= x -> x <= y -> y <= 1 -> asin x <= asin y.
Proof.
  intros H0 Hxy H1; pose proof (asin_bound x); pose proof (asin_bound y).
  apply sin_incr_0; rewrite ?sin_asin; lra.
Qed.

(** sqrt(1 - x^2) + x asin x increases on [0, 1]: with x = sin t it is cos t + t sin t, whose
    derivative is t cos t. *)
Lemma arc_increasing (x y : R) : 0 <= x -> x <= y -> y <= 1 ->
  sqrt (1 + - 1 * powerRZ x 2) + x * asin x <= sqrt (1 + - 1 * powerRZ y 2) + y * asin y.
Proof.
  intros H0 Hxy H1.
  assert (Hc : forall z, 0 <= z <= 1 -> sqrt (1 + - 1 * powerRZ z 2) + z * asin z =
                         cos (asin z) + asin z * sin (asin z)).
  { intros z Hz; rewrite sin_asin, cos_asin by lra; unfold Rsqr; simpl powerRZ.
    replace (1 + -1 * (z * (z * 1))) with (1 - z * z) by ring; ring. }
  assert (Hb : forall z, 0 <= z <= 1 -> 0 <= asin z <= PI / 2).
  { intros z Hz; pose proof (asin_bound z); split; [|lra].
    rewrite <- asin_0; apply asin_le; lra. }
  rewrite !Hc by lra.
  pose proof (asin_le x y ltac:(lra) Hxy H1) as Ha.
  pose proof (Hb x ltac:(lra)); pose proof (Hb y ltac:(lra)).
  destruct (MVT_gen (fun t => cos t + t * sin t) (asin x) (asin y) (fun t => t * cos t))
    as (t & Ht & E).
  - intros t _; auto_derive; [exact I|ring].
  - intros t _; apply continuity_pt_filterlim, (ex_derive_continuous (fun t => cos t + t * sin t)).
    auto_derive; exact I.
  - rewrite Rmin_left, Rmax_right in Ht by exact Ha.
    assert (0 <= cos t) by (apply cos_ge_0; lra).
    assert (0 <= t * cos t * (asin y - asin x)) by (apply Rmult_le_pos; [apply Rmult_le_pos|]; lra).
    lra.
Qed.
