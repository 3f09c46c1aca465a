(** The vocabulary of exported statements: every operator of the statement
    language (certificates/FORMAT.md) that is not an operation of the standard
    library already.  Operations are total here; what it takes for a term to
    have a value is stated beside it wherever a statement is exported. *)

From Coq Require Import Reals ZArith Lra Lia.
From Coquelicot Require Import Coquelicot.
From Flocq Require Export Core.Raux.
From Conditioning Require Import Matrices.
Open Scope R_scope.

(** ** Sequences, power series and iterates *)

(** A sequence c_0, c_1, ... of nonnegative numbers with a finite sum. *)
Definition sequence (c : nat -> R) : Prop := (forall i, 0 <= c i) /\ ex_series c.

(** c_k. *)
Definition coefficient (c : nat -> R) (k : Z) : R := c (Z.to_nat k).

(** sigma-hat(x) = sum of c_i x^i. *)
Definition dual (c : nat -> R) (x : R) : R := PSeries c x.

(** f applied L times. *)
Definition iterate (f : R -> R) (L : Z) (x : R) : R := Nat.iter (Z.to_nat L) f x.

(** The iterates x, f x, ..., f^L x lie in [-1, 1], and f has a value (V) at
    all but the last. *)
Definition iterates_within (V : R -> Prop) (f : R -> R) (L : Z) (x : R) : Prop :=
  (0 <= L)%Z /\
  forall k, (0 <= k <= L)%Z ->
    Rabs (iterate f k x) <= 1 /\ ((k < L)%Z -> V (iterate f k x)).

(** The series over i >= low of f i, and that it converges absolutely. *)
Definition series_from (low : Z) (f : Z -> R) : R :=
  Series (fun i => f (low + Z.of_nat i)%Z).
Definition converges_from (low : Z) (f : Z -> R) : Prop :=
  ex_series (fun i => Rabs (f (low + Z.of_nat i)%Z)).

(** From s, x becomes f k x for k = low, ..., high in turn; s if low > high. *)
Definition fold (f : Z -> R -> R) (low high : Z) (s : R) : R :=
  nat_rect (fun _ => R) s (fun m x => f (low + Z.of_nat m)%Z x) (Z.to_nat (high - low + 1)).

(** f has a value (V) at each index with what the fold has come to. *)
Definition folds_within (V : Z -> R -> Prop) (f : Z -> R -> R) (low high : Z) (s : R) : Prop :=
  forall k, (low <= k <= high)%Z -> V k (fold f low (k - 1) s).

(** ** Functions *)

(** a^r for a >= 0 and r a fraction. *)
Definition root_power (a r : R) : R := if Req_EM_T a 0 then 0 else Rpower a r.

Definition erf (x : R) : R := 2 / sqrt PI * RInt (fun t => exp (- (t * t))) 0 x.
Definition Phi (x : R) : R := (1 + erf (x / sqrt 2)) / 2.

(** ** Matrices, with indices from 1 *)

Definition symmetric (K : Z -> Z -> R) : Prop :=
  forall i j, (1 <= i)%Z -> (1 <= j)%Z -> K i j = K j i.

(** The same matrix, with indices from 0. *)
Definition block (K : Z -> Z -> R) : matrix :=
  fun i j => K (Z.of_nat i + 1)%Z (Z.of_nat j + 1)%Z.

(** The n x n matrix exists: n >= 1, each entry has a value (V), and it is
    symmetric. *)
Definition square_with (V : Z -> Z -> Prop) (n : Z) (K : Z -> Z -> R) : Prop :=
  (1 <= n)%Z /\
  forall i j, (1 <= i <= n)%Z -> (1 <= j <= n)%Z -> V i j /\ K i j = K j i.

Definition semidefinite (n : Z) (K : Z -> Z -> R) : Prop :=
  forall v, 0 <= form (Z.to_nat n) (block K) v.

Definition least_eigenvalue (n : Z) (K : Z -> Z -> R) : R :=
  lambda_min (Z.to_nat n) (block K).
Definition greatest_eigenvalue (n : Z) (K : Z -> Z -> R) : R :=
  lambda_max (Z.to_nat n) (block K).
Definition condition_number (n : Z) (K : Z -> Z -> R) : R :=
  greatest_eigenvalue n K / least_eigenvalue n K.

(** ** Decisions, for case distinctions *)

Definition not_dec {A} (a : {A} + {~ A}) : {~ A} + {~ ~ A} :=
  match a with left h => right (fun n => n h) | right h => left h end.
Definition and_dec {A C} (a : {A} + {~ A}) (c : {C} + {~ C}) : {A /\ C} + {~ (A /\ C)}.
Proof. destruct a, c; [left|right|right|right]; tauto. Defined.
Definition or_dec {A C} (a : {A} + {~ A}) (c : {C} + {~ C}) : {A \/ C} + {~ (A \/ C)}.
Proof. destruct a, c; [left|left|left|right]; tauto. Defined.
Definition implies_dec {A C} (a : {A} + {~ A}) (c : {C} + {~ C}) : {A -> C} + {~ (A -> C)}.
Proof. destruct a, c; [left|right|left|left]; tauto. Defined.
