(** Lemma 22 of the paper, in sequence form: the coefficient of non-linearity
    of a normalised non-linear activation lies in (0, 1]. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Conditioning Require Import Series.
Open Scope R_scope.

(** Lemma 22. *)
Theorem lemma22 (c : nat -> R) : normalized c -> nonlinear c -> 0 < mu c <= 1.
Proof.
  intros (Hpos & H0 & Hsum) (i & Hi & Hci); unfold mu.
  pose proof (is_series_two_terms_le c 1 i 1 Hi Hpos Hsum).
  pose proof (Hpos 1%nat); lra.
Qed.

(** The converse: a positive coefficient of non-linearity means that some
    Hermite coefficient other than the first one does not vanish. *)
Theorem lemma22_converse (c : nat -> R) : normalized c -> 0 < mu c -> nonlinear c.
Proof.
  intros (Hpos & H0 & Hsum) Hmu.
  destruct (Classical_Prop.classic (nonlinear c)) as [H|H]; [exact H|exfalso].
  assert (Hz : forall i, i <> 1%nat -> c i = 0).
  { intros i Hi; destruct (Hpos i) as [Hlt|Heq]; [|lra].
    elim H; exists i; split; assumption. }
  assert (H1 : is_series c (c 1%nat)).
  { apply (is_series_ext (fun n => if Nat.eqb n 1 then c 1%nat else 0)).
    - intros n; destruct (Nat.eqb_spec n 1) as [->|Hn]; [reflexivity|].
      rewrite Hz; auto.
    - apply is_series_single. }
  assert (1 = c 1%nat); [|unfold mu in Hmu; lra].
  rewrite <- (is_series_unique _ _ Hsum); apply is_series_unique, H1.
Qed.
