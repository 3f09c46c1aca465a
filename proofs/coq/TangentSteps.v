(** The displayed steps of the proof of Theorem 8: products over layers, the
    sum of formula (2), and the bound [B] beyond [2 L0]. *)

From Conditioning Require Import Matrices Sharper Bridge Tangent.
Open Scope R_scope.

(** ** Products of [k] factors from [h] on *)

Lemma fold_first (f : Z -> R -> R) (h : Z) (s : R) : fold f h (h - 1 + 0) s = s.
Proof. apply fold_empty; lia. Qed.

Lemma fold_more (f : Z -> R -> R) (h k : Z) (s : R) : (0 <= k)%Z ->
  fold f h (h - 1 + (k + 1)) s = f (h + k)%Z (fold f h (h - 1 + k) s).
Proof.
  intros Hk; replace (h - 1 + (k + 1))%Z with ((h - 1 + k) + 1)%Z by lia.
  rewrite fold_last by lia; f_equal; lia.
Qed.

Lemma products (f w : Z -> R) (h k : Z) : (0 <= k)%Z ->
  (forall g, (h <= g)%Z -> Rabs (f g) <= w g /\ w g <= 1) ->
  Rabs (fold (fun g p => p * f g) h (h - 1 + k) 1) <= fold (fun g p => p * w g) h (h - 1 + k) 1 /\
  0 <= fold (fun g p => p * w g) h (h - 1 + k) 1 <= 1.
Proof.
  intros Hk Hfw; pattern k; apply natlike_ind; [| |exact Hk].
  - rewrite !fold_first, Rabs_R1; lra.
  - intros l Hl (IH & IH0 & IH1); unfold Z.succ; rewrite !fold_more by exact Hl.
    destruct (Hfw (h + l)%Z ltac:(lia)) as [Hf Hw]; pose proof (Rabs_pos (f (h + l)%Z)).
    rewrite Rabs_mult; split; [apply Rmult_le_compat; trivial; apply Rabs_pos|].
    split; [apply Rmult_le_pos; lra|].
    apply Rle_trans with (1 * 1); [apply Rmult_le_compat; lra|lra].
Qed.

Lemma regrouped (a b : R) : a <= b /\ 0 <= b <= 1 -> (a <= b /\ 0 <= b) /\ b <= 1.
Proof. tauto. Qed.

Lemma products_le (f w : Z -> R) (h k : Z) : (0 <= k)%Z ->
  (forall g, (h <= g)%Z -> 0 <= f g <= w g) ->
  0 <= fold (fun g p => p * f g) h (h - 1 + k) 1 <= fold (fun g p => p * w g) h (h - 1 + k) 1.
Proof.
  intros Hk Hfw; pattern k; apply natlike_ind; [| |exact Hk].
  - rewrite !fold_first; lra.
  - intros l Hl IH; unfold Z.succ; rewrite !fold_more by exact Hl.
    specialize (Hfw (h + l)%Z ltac:(lia)).
    split; [apply Rmult_le_pos|apply Rmult_le_compat]; lra.
Qed.

Lemma products_quotient (f r d : Z -> R) (h k : Z) : (0 <= k)%Z ->
  (forall g, (h <= g)%Z -> f g = r g * d g /\ 0 < d g) ->
  fold (fun g p => p * f g) h (h - 1 + k) 1 =
    fold (fun g p => p * r g) h (h - 1 + k) 1 * fold (fun g p => p * d g) h (h - 1 + k) 1 /\
  0 < fold (fun g p => p * d g) h (h - 1 + k) 1.
Proof.
  intros Hk Hf; pattern k; apply natlike_ind; [| |exact Hk].
  - rewrite !fold_first; lra.
  - intros l Hl [IH IH0]; unfold Z.succ; rewrite !fold_more by exact Hl.
    destruct (Hf (h + l)%Z ltac:(lia)) as [H Hd]; rewrite IH, H.
    split; [ring|apply Rmult_lt_0_compat; assumption].
Qed.

Lemma products_power (w : Z -> R) (q : R) (h k : Z) : (0 <= k)%Z -> 0 <= q ->
  (forall g, (h <= g)%Z -> 0 <= w g <= q) ->
  fold (fun g p => p * w g) h (h - 1 + k) 1 <= powerRZ q k.
Proof.
  intros Hk Hq Hw; rewrite powerRZ_pow by exact Hk.
  assert (H : 0 <= fold (fun g p => p * w g) h (h - 1 + k) 1 <= q ^ Z.to_nat k); [|lra].
  pattern k; apply natlike_ind; [rewrite fold_first; simpl; lra| |exact Hk].
  intros l Hl IH; rewrite Z2Nat.inj_succ by exact Hl; unfold Z.succ; rewrite fold_more by exact Hl.
  specialize (Hw (h + l)%Z ltac:(lia)); simpl pow; split; [apply Rmult_le_pos; lra|].
  rewrite Rmult_comm; apply Rmult_le_compat; lra.
Qed.

(** Factors of which only those from [N] on are known to be at most [q]. *)
Lemma products_power_beyond (w : Z -> R) (q : R) (h k N : Z) : (0 <= k)%Z -> 0 <= q <= 1 ->
  (h - 1 < N)%Z -> (forall g, (h <= g)%Z -> 0 <= w g <= 1) ->
  (forall g, (N < g)%Z -> w g <= q) -> (N <= h - 1 + k)%Z ->
  fold (fun g p => p * w g) h (h - 1 + k) 1 <= powerRZ q (h - 1 + k - N).
Proof.
  intros Hk Hq HN Hw Hwq.
  assert (H : 0 <= fold (fun g p => p * w g) h (h - 1 + k) 1 <= 1 /\
    ((N <= h - 1 + k)%Z ->
     fold (fun g p => p * w g) h (h - 1 + k) 1 <= powerRZ q (h - 1 + k - N))); [|apply H].
  pattern k; apply natlike_ind; [| |exact Hk].
  - rewrite fold_first; split; [lra|intros; lia].
  - intros l Hl [IH IHN]; unfold Z.succ; rewrite fold_more by exact Hl.
    specialize (Hw (h + l)%Z ltac:(lia)).
    split; [split; [apply Rmult_le_pos; lra|]|].
    + apply Rle_trans with (1 * 1); [apply Rmult_le_compat; lra|lra].
    + intros HNk; destruct (Z_le_dec N (h - 1 + l)) as [H|H].
      * specialize (IHN H); specialize (Hwq (h + l)%Z ltac:(lia)).
        rewrite powerRZ_pow in * by lia.
        replace (Z.to_nat (h - 1 + (l + 1) - N)) with (S (Z.to_nat (h - 1 + l - N))) by lia.
        simpl pow; rewrite Rmult_comm; apply Rmult_le_compat; lra.
      * replace (h - 1 + (l + 1) - N)%Z with 0%Z by lia; change (powerRZ q 0) with 1.
        apply Rle_trans with (1 * 1); [apply Rmult_le_compat; lra|lra].
Qed.

(** The end of a product, counted from its beginning. *)
Lemma last_index (h L : Z) : L = (h - 1 + (L - h + 1))%Z.
Proof. lia. Qed.

(** A function that preserves positive semidefiniteness, on a Gram matrix. *)
Lemma preserved (n : Z) (K : Z -> Z -> R) (f : R -> R) : symmetric K ->
  semidefinite n (fun i j => K i j) -> preserves_psd f ->
  (forall i j, (1 <= i)%Z /\ (i <= n)%Z /\ (1 <= j)%Z /\ (j <= n)%Z -> Rabs (K i j) <= 1) ->
  semidefinite n (fun i j => f (K i j)).
Proof.
  intros HS HK Hf H1 v; apply (Hf (Z.to_nat n) (block K)); [apply gram; assumption|].
  intros i j Hi Hj; apply H1; lia.
Qed.

(** ** The factors *)

Lemma slope_quotient (c : nat -> R) (x : R) : normalized c -> finite_slope c -> Rabs x <= 1 ->
  Rabs (D c x / D c 1) <= 1 - mu c * (1 - Rabs x) /\ 1 - mu c * (1 - Rabs x) <= 1.
Proof.
  intros Hc HD Hx; pose proof (D_1_ge_1 c Hc HD); pose proof (mu_bounds_weak c Hc).
  split.
  - unfold Rdiv; rewrite Rabs_mult, (Rabs_pos_eq (/ _)) by (left; apply Rinv_0_lt_compat; lra).
    apply lemma10_abs; trivial; apply Rabs_le_between, Hx.
  - assert (0 <= mu c * (1 - Rabs x)) by (apply Rmult_le_pos; lra); lra.
Qed.

(** [B] at depth [g], as the claims write it. *)
Definition B_at (m delta : R) (g : Z) : R :=
  if Z_le_dec g (threshold m delta) then 1 - delta * powerRZ (1 + m / 2) g
  else powerRZ (1 - m / 2) (g - threshold m delta) / 2.

Lemma B_at_B (m delta : R) (g : Z) : (0 <= g)%Z -> B_at m delta g = B m delta (Z.to_nat g).
Proof.
  intros Hg; unfold B_at, threshold; rewrite <- L0_Z.
  replace (powerRZ (1 - m / 2) (g - Z.of_nat (L0 m delta)) / 2)
    with (powerRZ (1 - m / 2) (g - Z.of_nat (L0 m delta)) / 2) by reflexivity.
  apply bound_B, Hg.
Qed.

Lemma B_at_range (m delta : R) (g : Z) : 0 < m <= 1 -> 0 < delta <= 1 -> (0 <= g)%Z ->
  0 <= B_at m delta g < 1.
Proof. intros Hm Hd Hg; rewrite B_at_B by exact Hg; apply B_range; assumption. Qed.

Lemma iterate_B (c : nat -> R) (delta rho : R) (g : Z) : normalized c -> nonlinear c ->
  0 < delta <= 1 -> Rabs rho <= 1 - delta -> (0 <= g)%Z ->
  Rabs (iterate (fun x => dual c x) g rho) <= B_at (mu c) delta g.
Proof. intros Hc Hnl Hd Hr Hg; rewrite B_at_B by exact Hg; apply lemma6; assumption. Qed.

Lemma gain_at (m delta : R) (g : Z) : 0 < m <= 1 -> 0 < delta <= 1 -> (0 <= g)%Z ->
  0 <= 1 - m * (1 - B_at m delta g) <= 1.
Proof.
  intros Hm Hd Hg; pose proof (B_at_range m delta g Hm Hd Hg) as HB.
  assert (0 <= m * (1 - B_at m delta g)) by (apply Rmult_le_pos; lra).
  assert (0 <= (1 - m) + m * B_at m delta g)
    by (apply Rplus_le_le_0_compat; [lra|apply Rmult_le_pos; lra]); lra.
Qed.

Lemma gain_compared (c : nat -> R) (delta rho : R) (g : Z) : normalized c -> nonlinear c ->
  0 < delta <= 1 -> Rabs rho <= 1 - delta -> (0 <= g)%Z ->
  0 <= 1 - mu c * (1 - Rabs (iterate (fun x => dual c x) g rho))
    <= 1 - mu c * (1 - B_at (mu c) delta g) /\ 1 - mu c * (1 - B_at (mu c) delta g) <= 1.
Proof.
  intros Hc Hnl Hd Hr Hg; pose proof (lemma22 c Hc Hnl) as Hm.
  pose proof (iterate_B c delta rho g Hc Hnl Hd Hr Hg) as HB.
  pose proof (gain_at (mu c) delta g Hm Hd Hg) as Hw.
  pose proof (Rabs_pos (iterate (fun x => dual c x) g rho)) as Hp.
  set (x := Rabs (iterate _ _ _)) in *; assert (0 <= mu c * x) by (apply Rmult_le_pos; lra).
  assert (0 <= mu c * (B_at (mu c) delta g - x)) by (apply Rmult_le_pos; lra); lra.
Qed.

(** Step (h). *)
Lemma beyond_L0 (m delta : R) (g : Z) : 0 < m <= 1 -> 0 < delta <= 1 ->
  (threshold m delta < g)%Z ->
  B_at m delta g <= 1 / 2 /\ 1 - m * (1 - B_at m delta g) <= 1 - m / 2.
Proof.
  intros Hm Hd Hg; assert (H : B_at m delta g <= 1 / 2).
  { unfold B_at; destruct (Z_le_dec _ _) as [H|_]; [lia|].
    rewrite powerRZ_pow by lia; pose proof (pow_le_1 (1 - m / 2)
      (Z.to_nat (g - threshold m delta)) ltac:(lra)); lra. }
  split; [exact H|].
  assert (0 <= m * (1 / 2 - B_at m delta g)) by (apply Rmult_le_pos; lra); lra.
Qed.

(** ** B(L/2) *)

Section Half.

Variables (m delta : R) (L N : Z).
Hypothesis Hm : 0 < m <= 1.
Hypothesis Hd : 0 < delta <= 1.
Hypothesis HN : (0 <= N)%Z.
Hypothesis Hbelow : forall k, (0 <= k)%Z /\ (k < N)%Z -> delta * powerRZ (1 + m / 2) k < 1 / 2.
Hypothesis Habove : 1 / 2 <= delta * powerRZ (1 + m / 2) N.
Hypothesis HL : (1 <= L)%Z.
Hypothesis HLN : (2 * N <= L)%Z.

Lemma half_power (M : Z) : (1 <= M)%Z -> (L <= 2 * M)%Z ->
  powerRZ (1 - m / 2) M <= 2 * half_bound m delta N L.
Proof.
  intros HM HLM; unfold half_bound; destruct (Z_le_dec L (2 * N)) as [H|H].
  - replace L with (2 * N)%Z by lia; rewrite powerRZ_sqrt by (lra || lia).
    eapply Rle_trans; [|apply (at_twice_L0 m delta N Hm Hd HN Hbelow Habove); lia].
    rewrite powerRZ_pow by lia; replace (Z.to_nat M) with (S (Z.to_nat (M - 1))) by lia.
    simpl pow; pose proof (pow_le_1 (1 - m / 2) (Z.to_nat (M - 1)) ltac:(lra)) as Hp.
    apply Rle_trans with ((1 - m / 2) * 1); [apply Rmult_le_compat_l; lra|lra].
  - rewrite <- (powerRZ_sqrt (1 - m / 2)), !powerRZ_pow by (lra || lia).
    eapply Rle_trans; [apply pow_le_exponent with (j := Z.to_nat (L - 2 * N))|lra]; [|lia].
    pose proof (root_range m Hm); lra.
Qed.

(** Step (g), beyond the threshold. *)
Lemma half_beyond_power (k : Z) : (N < k)%Z -> (L <= 2 * k)%Z ->
  powerRZ (1 - m / 2) (k - N) / 2 <= half_bound m delta N L.
Proof.
  intros Hk HLk; unfold half_bound; destruct (Z_le_dec L (2 * N)) as [H|H].
  - replace L with (2 * N)%Z by lia; rewrite powerRZ_sqrt by (lra || lia).
    pose proof (proj2 (at_twice_L0 m delta N Hm Hd HN Hbelow Habove ltac:(lia))) as Ht.
    rewrite powerRZ_pow by lia; replace (Z.to_nat (k - N)) with (S (Z.to_nat (k - N - 1))) by lia.
    simpl pow; pose proof (pow_le_1 (1 - m / 2) (Z.to_nat (k - N - 1)) ltac:(lra)) as Hp.
    assert ((1 - m / 2) * (1 - m / 2) ^ Z.to_nat (k - N - 1) <= (1 - m / 2) * 1)
      by (apply Rmult_le_compat_l; lra); lra.
  - apply Rmult_le_compat_r; [lra|].
    rewrite <- (powerRZ_sqrt (1 - m / 2)), !powerRZ_pow by (lra || lia).
    apply pow_le_exponent; [|lia]; pose proof (root_range m Hm); lra.
Qed.

Lemma half_at_N : L = (2 * N)%Z -> half_bound m delta N L = 1 - delta * powerRZ (1 + m / 2) N.
Proof.
  intros ->; unfold half_bound; destruct (Z_le_dec (2 * N) (2 * N)) as [_|H]; [|lia].
  rewrite powerRZ_sqrt by (lra || lia); reflexivity.
Qed.

End Half.

(** Step (g). *)
Theorem B_half_ge (m delta : R) (L k : Z) : 0 < m <= 1 -> 0 < delta <= 1 -> (1 <= L)%Z ->
  (2 * threshold m delta <= L)%Z -> (L <= 2 * k)%Z ->
  B_at m delta k <= half_bound m delta (threshold m delta) L.
Proof.
  intros Hm Hd HL HLN Hk; destruct (threshold_spec m delta ltac:(lra) ltac:(lra)) as (HN & Hb & Ha).
  unfold B_at; destruct (Z_le_dec k (threshold m delta)) as [H|H].
  - replace k with (threshold m delta) by lia; right; symmetry; apply half_at_N; trivial; lia.
  - apply half_beyond_power; trivial; lia.
Qed.

(** Steps (f) to (h): one term of the sum. *)
Theorem one_term (m delta : R) (L h : Z) : 0 < m <= 1 -> 0 < delta <= 1 -> (1 <= L)%Z ->
  (2 * threshold m delta <= L)%Z -> (1 <= h)%Z -> (h <= L + 1)%Z ->
  B_at m delta (h - 1) * fold (fun g p => p * (1 - m * (1 - B_at m delta g))) h L 1
  <= 2 * half_bound m delta (threshold m delta) L.
Proof.
  intros Hm Hd HL HLN Hh1 Hh; pose proof (B_at_range m delta (h - 1) Hm Hd ltac:(lia)) as HB.
  destruct (threshold_spec m delta ltac:(lra) ltac:(lra)) as (HN & Hb & Ha).
  assert (Hw : forall g, (h <= g)%Z -> 0 <= 1 - m * (1 - B_at m delta g) <= 1)
    by (intros g Hg; apply gain_at; trivial; lia).
  rewrite (last_index h L) at 1.
  assert (HP : 0 <= fold (fun g p => p * (1 - m * (1 - B_at m delta g))) h
    (h - 1 + (L - h + 1)) 1 <= 1).
  { apply (products (fun g => 1 - m * (1 - B_at m delta g))); [lia|].
    intros g Hg; specialize (Hw g Hg); rewrite Rabs_pos_eq; lra. }
  destruct (Z_le_dec L (2 * (h - 1))) as [Hc|Hc].
  - pose proof (B_half_ge m delta L (h - 1) Hm Hd HL HLN Hc) as Hg.
    apply Rle_trans with (B_at m delta (h - 1) * 1); [apply Rmult_le_compat_l; lra|lra].
  - set (P := fold _ _ _ _) in *.
    apply Rle_trans with (1 * P); [apply Rmult_le_compat_r; lra|rewrite Rmult_1_l].
    destruct (Z_le_dec (threshold m delta) (h - 1)) as [Ht|Ht].
    + eapply Rle_trans; [apply (products_power _ (1 - m / 2)); [lia|lra|]|].
      * intros g Hg; split; [apply Hw, Hg|apply beyond_L0; trivial; lia].
      * apply half_power; trivial; lia.
    + eapply Rle_trans; [apply (products_power_beyond _ (1 - m / 2) _ _ (threshold m delta));
        [lia|lra|lia|exact Hw| |lia]|].
      * intros g Hg; apply beyond_L0; trivial; lia.
      * apply half_power; trivial; lia.
Qed.

(** ** Formula (2) *)

(** [D], as the claims write it. *)
Definition slope (c : nat -> R) (x : R) : R :=
  series_from 1 (fun u => coefficient c u * (IZR u * powerRZ x (u - 1))).

Section Formula.

Variables (c : nat -> R) (rho : R).
Hypothesis Hc : normalized c.

(** One summand, and the sum up to [M], with [D] at the layer below. *)
Definition summand (L h : Z) (x : R) : R :=
  iterate (fun x => dual c x) (h - 1) x *
  fold (fun g p => p * slope c (iterate (fun x => dual c x) (g - 1) x)) h L 1.
Definition partial (L M : Z) (x : R) : R := fold (fun h s => s + summand L h x) 1 M 0.

Lemma partial_0 (L : Z) (x : R) : partial L 0 x = 0.
Proof. apply fold_empty; lia. Qed.

Lemma partial_next (L M : Z) (x : R) : (0 <= M)%Z ->
  partial L (M + 1) x = partial L M x + summand L (M + 1) x.
Proof. intros HM; unfold partial; rewrite fold_last by lia; reflexivity. Qed.

Lemma summand_next (L h : Z) (x : R) : (h <= L + 1)%Z ->
  summand (L + 1) h x = summand L h x * slope c (iterate (fun x => dual c x) L x).
Proof.
  intros Hh; unfold summand; rewrite fold_last by lia.
  replace (L + 1 - 1)%Z with L by lia; ring.
Qed.

(** Every summand has the factor of the new layer. *)
Lemma one_more_layer (L M : Z) (x : R) : (0 <= M)%Z -> (M <= L + 1)%Z ->
  partial (L + 1) M x = partial L M x * slope c (iterate (fun x => dual c x) L x).
Proof.
  intros HM; pattern M; apply natlike_ind; [intros; rewrite !partial_0; ring| |exact HM].
  intros l Hl IH Hh; unfold Z.succ in *; rewrite !partial_next, summand_next, IH by lia; ring.
Qed.

(** Formula (2) as derived: the sum over layers of products of slopes is the recursion. *)
Theorem formula_2 (L : Z) (x : R) : (0 <= L)%Z -> partial L (L + 1) x = T c L x.
Proof.
  intros HL; pattern L; apply natlike_ind; [| |exact HL].
  - rewrite partial_next, partial_0, T_0 by lia; unfold summand.
    rewrite fold_empty by lia; unfold iterate; simpl; ring.
  - intros l Hl IH; unfold Z.succ;
      rewrite partial_next, one_more_layer, IH, T_next, <- slope_D by lia;
    fold (slope c (iterate (fun x => dual c x) l x)).
    unfold summand; rewrite fold_empty by lia.
    replace (l + 1 + 1 - 1)%Z with (l + 1)%Z by lia; ring.
Qed.

Hypothesis HD : finite_slope c.
Hypothesis Hr : Rabs rho <= 1.

Lemma quotient_factors (h k : Z) : (0 <= k)%Z ->
  fold (fun g p => p * slope c (iterate (fun x => dual c x) (g - 1) rho)) h (h - 1 + k) 1 =
    fold (fun g p => p * (slope c (iterate (fun x => dual c x) (g - 1) rho) / slope c 1))
      h (h - 1 + k) 1 *
    fold (fun g p => p * slope c (iterate (fun x => dual c x) (g - 1) 1)) h (h - 1 + k) 1 /\
  0 < fold (fun g p => p * slope c (iterate (fun x => dual c x) (g - 1) 1)) h (h - 1 + k) 1.
Proof.
  intros Hk; pose proof (D_1_ge_1 c Hc HD).
  apply (products_quotient (fun g => slope c (iterate (fun x => dual c x) (g - 1) rho))
    (fun g => slope c (iterate (fun x => dual c x) (g - 1) rho) / slope c 1)
    (fun g => slope c (iterate (fun x => dual c x) (g - 1) 1))); [exact Hk|].
  intros g Hg; rewrite iterate_1 by exact Hc; unfold slope; rewrite !slope_D.
  split; [field|]; lra.
Qed.

(** Step (c), for partial sums. *)
Theorem partial_le (L M : Z) (s : R) : (0 <= M)%Z -> (M <= L + 1)%Z ->
  (forall h, (1 <= h)%Z /\ (h <= L + 1)%Z ->
    iterate (fun x => dual c x) (h - 1) rho *
    fold (fun g p => p * (slope c (iterate (fun x => dual c x) (g - 1) rho) / slope c 1))
      h L 1 <= s) ->
  partial L M rho <= s * partial L M 1.
Proof.
  intros HM HML Hs; revert HML.
  pattern M; apply natlike_ind; [intros; rewrite !partial_0; lra| |exact HM].
  intros l Hl IH HlL; unfold Z.succ in *; rewrite !partial_next by lia.
  specialize (IH ltac:(lia)); specialize (Hs (l + 1)%Z ltac:(lia)).
  destruct (quotient_factors (l + 1) (L - (l + 1) + 1) ltac:(lia)) as [Hq Hp].
  rewrite <- (last_index (l + 1) L) in Hq, Hp.
  unfold summand; rewrite Hq, iterate_1, Rmult_1_l, <- Rmult_assoc by exact Hc.
  set (d := fold _ _ _ _) in Hp |- *.
  apply (Rmult_le_compat_r d) in Hs; [|lra].
  replace (fold (fun g p => p * slope c (iterate (fun x => dual c x) (g - 1) 1)) (l + 1) L 1) with d
    by reflexivity; lra.
Qed.

End Formula.

(** Formula (2) as printed, with [D] at the layer itself, for one layer. *)
Definition printed (c : nat -> R) (L : Z) (x : R) : R :=
  fold (fun h s => s + iterate (fun x => dual c x) (h - 1) x *
    fold (fun g p => p * slope c (iterate (fun x => dual c x) g x)) h L 1) 1 (L + 1) 0.

Lemma printed_1 (c : nat -> R) (x : R) :
  printed c 1 x = x * D c (dual c x) + dual c x.
Proof.
  pose proof (fun f s => fold_last f 1 0 s ltac:(lia)) as H1; change (0 + 1)%Z with 1%Z in H1.
  unfold printed; rewrite fold_last, H1, (fold_empty _ 1 0) by lia.
  rewrite H1, (fold_empty _ 1 0), (fold_empty _ (1 + 1) 1) by lia.
  unfold slope; rewrite slope_D; change (1 - 1)%Z with 0%Z; change (1 + 1 - 1)%Z with 1%Z.
  unfold iterate; simpl; ring.
Qed.

Lemma T_layer_1 (c : nat -> R) (x : R) : T c 1 x = dual c x + x * D c x.
Proof. change 1%Z with (0 + 1)%Z; rewrite T_next, T_0 by lia; reflexivity. Qed.

(** ** The counterexample to step (c) as printed: (x + x^2)/2 *)

Definition half_linear (n : nat) : R := 1/2 * (basis 1 n + basis 2 n).

Lemma half_linear_series (f : nat -> R) :
  is_series (fun n => half_linear n * f n) (1/2 * (f 1%nat + f 2%nat)).
Proof.
  apply (is_series_ext (fun n => 1/2 * ((if Nat.eqb n 1 then f 1%nat else 0) +
    (if Nat.eqb n 2 then f 2%nat else 0)))).
  - intros [|[|[|n]]]; unfold half_linear, basis; simpl; ring.
  - apply is_series_Rmult_l, is_series_Rplus; apply is_series_single.
Qed.

Lemma half_linear_sequence : sequence half_linear.
Proof.
  split.
  - intros n; unfold half_linear; pose proof (proj1 (basis_sequence 1) n).
    pose proof (proj1 (basis_sequence 2) n); lra.
  - exists (1/2 * (1 + 1)); eapply is_series_ext; [|apply (half_linear_series (fun _ => 1))].
    intros n; apply Rmult_1_r.
Qed.

Lemma half_linear_sum : series_from 0 (fun i => coefficient half_linear i) = 1.
Proof.
  rewrite series_coefficient; apply is_series_unique.
  replace 1 with (1/2 * (1 + 1)) by field.
  eapply is_series_ext; [|apply (half_linear_series (fun _ => 1))]; intros n; apply Rmult_1_r.
Qed.

Lemma half_linear_dual (x : R) : dual half_linear x = (x + x * x) / 2.
Proof.
  apply is_series_unique; replace ((x + x * x) / 2) with (1/2 * (x ^ 1 + x ^ 2)) by (simpl; field).
  apply (half_linear_series (fun n => x ^ n)).
Qed.

Lemma half_linear_slope_series (x : R) :
  is_series (fun n => PS_derive half_linear n * x ^ n) (1/2 + x).
Proof.
  apply (is_series_ext (fun n => (if Nat.eqb n 0 then 1/2 else 0) +
    (if Nat.eqb n 1 then x else 0))).
  - intros [|[|n]]; unfold PS_derive, half_linear, basis; simpl; field.
  - apply is_series_Rplus; apply is_series_single.
Qed.

Lemma half_linear_D (x : R) : D half_linear x = 1/2 + x.
Proof. apply is_series_unique, half_linear_slope_series. Qed.

Lemma half_linear_slope : finite_slope half_linear.
Proof.
  exists (1/2 + 1); eapply is_series_ext; [|apply (half_linear_slope_series 1)].
  intros n; simpl; rewrite pow1; apply Rmult_1_r.
Qed.
