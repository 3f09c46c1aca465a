"""Instances on rational matrices as Coq theorems: eigenvalues enclosed by sums of squares.

For each depth L the form of the kernel matrix lies between two multiples of |v|^2: the differences
are sums of squares with rational coefficients, found here by exact elimination (L D L^T) and
proved by coqc as an identity of polynomials.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from certificates.checker import Statement, digest
from certificates.evaluation import Evaluator
from certificates.store import in_order
from certificates.terms import Term, number, numeral
from proofs.kernel.bridge import BridgeFile, Theorem
from proofs.kernel.instances import COMPARE, PRECISION, STATEMENTS, statement_module
from proofs.kernel.translate import Translator

Matrix = list[list[Fraction]]
LOADS = """\
From Coq Require Import Lra Lia.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
From Conditioning Require Import Matrices Polynomials Rational Intervals.
"""
GRID = 100  # bounds of eigenvalues are multiples of 1 / GRID
NAMES = "abcd"


def spectrum(term: Any) -> tuple[Any, ...] | None:
    """The first extreme eigenvalue or condition number in a term or formula, or None."""
    if not isinstance(term, tuple):
        return None
    if term[:1] in (("lambda_min",), ("kappa",)):
        return term
    return next((found for part in term if (found := spectrum(part))), None)


def squares(matrix: Matrix) -> list[tuple[Fraction, list[Fraction]]] | None:
    """(d, l) with v^T M v = sum of d (l v)^2 and every d > 0, or None if M is not definite."""
    rest, found = [list(row) for row in matrix], []
    size = len(rest)
    for k in range(size):
        pivot = rest[k][k]
        if pivot <= 0:
            return None
        line = [rest[k][j] / pivot if j >= k else Fraction(0) for j in range(size)]
        found.append((pivot, line))
        for i in range(size):
            for j in range(size):
                rest[i][j] -= pivot * line[i] * line[j]
    return found


def shifted(matrix: Matrix, sign: int, shift: Fraction) -> Matrix:
    """sign (M - shift I)."""
    return [
        [sign * (entry - (shift if i == j else 0)) for j, entry in enumerate(row)]
        for i, row in enumerate(matrix)
    ]


def bounds(matrix: Matrix) -> tuple[Fraction, Fraction]:
    """Bounds of the eigenvalues of a positive definite matrix, on the grid."""
    steps = range(1, GRID * len(matrix) + 2)
    below = [k for k in steps if squares(shifted(matrix, 1, Fraction(k, GRID)))]
    above = next(k for k in steps if squares(shifted(matrix, -1, Fraction(k, GRID))))
    return Fraction(max(below), GRID), Fraction(above, GRID)


def fraction(value: Fraction) -> str:
    """A fraction in Coq."""
    return Translator({}).real(numeral(value), {})


def sum_of_squares(found: Sequence[tuple[Fraction, list[Fraction]]]) -> str:
    """The sum in Coq, in the names of the vector's entries."""
    parts = []
    for pivot, line in found:
        linear = " + ".join(
            f"{fraction(c)} * {n}" for c, n in zip(line, NAMES, strict=False) if c != 0
        )
        parts.append(f"{fraction(pivot)} * ({linear}) ^ 2")
    return " + ".join(parts)


class Kernel:
    """The statement of one certificate: its matrix, depths and bounds."""

    def __init__(self, statement: Statement) -> None:
        self.statement = statement
        found = spectrum(statement.document["conclusion"])
        assert found is not None
        self.operator, self.size, self.i, self.j, self.body = found
        self.evaluator = Evaluator(PRECISION, statement.definitions)
        self.depths = [
            int(value) for h in statement.document["hypotheses"]
            if h[0] == "<=" and "L" in h and (value := number(h[1] if h[2] == "L" else h[2]))
        ]  # fmt: skip

    def matrix(self, depth: int) -> Matrix:
        """The kernel matrix at a depth, whose entries are rational."""
        indices = range(1, self.size + 1)
        return [[self.entry(i, j, depth) for j in indices] for i in indices]

    def entry(self, i: int, j: int, depth: int) -> Fraction:
        """An entry of the kernel matrix at a depth."""
        value = self.evaluator.term(self.body, {self.i: i, self.j: j, "L": depth})
        assert isinstance(value, Fraction)
        return value

    def level(self, delta: Term) -> int:
        """L0; coqc proves it."""
        return self.evaluator.integer(("call", "L0", delta, ("call", "mu")), {})

    def form_lemma(self, depth: int) -> str:
        """The lemma that the form lies between two multiples of |v|^2, with its proof."""
        matrix = self.matrix(depth)
        low, high = bounds(matrix)
        below, above = squares(shifted(matrix, 1, low)), squares(shifted(matrix, -1, high))
        assert below is not None and above is not None
        names = NAMES[: self.size]
        vector = " ".join(f"(v {k}%nat)" for k in range(self.size))
        return (
            f"Lemma form_{depth} : form_between {self.size} (fun i j => iterate (fun r => "
            f"sigma_hat r) {depth} (K i j)) {fraction(low)} {fraction(high)}.\n"
            f"Proof.\n  computed; generalize {vector}; intros {' '.join(names)}.\n"
            f"  assert (0 <= {sum_of_squares(below)}) by squares.\n"
            f"  assert (0 <= {sum_of_squares(above)}) by squares.\n"
            "  split; lra.\nQed."
        )


def delta_of(statement: Statement) -> Term:
    """The delta of the hypothesis that K - delta I is positive semidefinite."""
    (psd,) = (h for h in statement.document["hypotheses"] if h[0] == "psd")
    return psd[4][2][2]


def proved(identity: str, statement: Statement) -> str:
    """The lemmas and the theorem of a certificate."""
    kernel, module = Kernel(statement), f"C_{identity[:16]}"
    first, last = kernel.depths
    delta = delta_of(statement)
    coq_delta = Translator({}).real(delta, {})
    lemmas = [kernel.form_lemma(depth) for depth in range(first, last + 1)]
    cases = " | ".join(["->"] * (last - first + 1))
    either = " \\/ ".join(f"L = {depth}" for depth in range(first, last + 1))
    n = kernel.size
    if kernel.operator == "kappa":
        values = (
            "  split; [split; [split; [exact square|]|split; [exact I|right; unfold mu; lra]]|].\n"
            f"  - destruct depths as [{cases}]; eapply least_gt_0; "
            "(lia || apply form_1 || apply form_2 || lra).\n"
            f"  - destruct depths as [{cases}].\n"
        )
        ends = "".join(
            f"    + eapply condition_le; [lia|apply form_{depth}|lra|unfold mu; simpl powerRZ; "
            "lra].\n"
            for depth in range(first, last + 1)
        )
        level = ""
    else:
        level = (
            f"  assert (HL0 : L0 {coq_delta} mu = {kernel.level(delta)}%Z) by (unfold L0; "
            f"pose proof mu_range; L0_is; {COMPARE}).\n"
        )
        values = (
            "  split; [split; [split; [exact I|]|exact square]|].\n"
            "  - pose proof mu_range; unfold B_has_value, L0_has_value; bound_has_value.\n"
            f"  - destruct depths as [{cases}].\n"
        )
        ends = "".join(
            f"    + eapply least_ge; [lia|apply form_{depth}|]; unfold B; rewrite HL0; "
            "destruct Z_le_dec; try lia; unfold mu; simpl; lra.\n"
            for depth in range(first, last + 1)
        )
    theorem = f"c_{identity[:16]}"
    forms = "\n".join(lemmas)
    return f"""\
Module P_{identity[:16]}.
Import {module}.
Lemma mu_range : 0 < mu <= 1.
Proof. unfold mu; lra. Qed.
{forms}
Lemma entry (i j : Z) : Rabs (K i j) <= 1.
Proof.
  unfold K; repeat match goal with |- context [if ?d then _ else _] => destruct d end;
    apply Rabs_le; lra.
Qed.
Lemma dual_within (r : R) : Rabs r <= 1 -> Rabs (sigma_hat r) <= 1.
Proof.
  intros H; apply Rabs_le_between in H; unfold sigma_hat; simpl powerRZ; apply Rabs_le; split; nra.
Qed.
Theorem {theorem} : {module}.statement.
Proof.
  intros L H1 H2.
  split; [split; [lia|]; intros i j Hi Hj; split; [exact I|]; each_index i; each_index j;
          reflexivity|].
  intros _.
{level}  assert (depths : ({either})%Z) by lia.
  assert (square : square_with (fun i j => K_has_value i j /\\ iterates_within
    (fun r => sigma_hat_has_value r) (fun r => sigma_hat r) L (K i j)) {n}
    (fun i j => iterate (fun r => sigma_hat r) L (K i j))).
  {{ split; [lia|]; intros i j Hi Hj; split; [split; [exact I|]|].
    - apply iterates_within_all; [exact dual_within|intros r Hr; exact Hr|apply entry|lia].
    - f_equal; each_index i; each_index j; reflexivity. }}
{values}{ends}Qed.
End P_{identity[:16]}."""


def files(documents: Mapping[str, dict[str, Any]]) -> Iterator[BridgeFile]:
    """The generated file of the instances on rational matrices."""
    modules, proofs, theorems = [], [], []
    for identity, document in in_order(documents):
        if document["evidence"]["by"] != "instances" or ", matrix " not in document["part"]:
            continue
        statement = Statement.parse(document["statement"])
        modules.append(statement_module((identity, document, statement)))
        proofs.append(proved(identity, statement))
        name = f"P_{identity[:16]}.c_{identity[:16]}"
        theorems.append(
            Theorem(document["item"], document["part"], digest(document["statement"]), name)
        )
    if theorems:
        opening = STATEMENTS.replace("instances.py", "matrices.py")
        text = "\n\n".join([opening, *modules, LOADS, *proofs]) + "\n"
        yield BridgeFile("Matrix_instances", text, tuple(theorems))
