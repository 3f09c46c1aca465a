"""Engine `gram`: a polynomial as sums of squares with weights, from a matrix of rationals.

F = sum_b g_b m^T Q_b m, where m lists monomials, the weights g_b are 1 or products of hypotheses,
and each Q_b is positive semidefinite.  The matrices come from the centre of the set of all such
Q: doubles lead to it, fractions near it satisfy the linear equations exactly, and an exact LDL^T
tells whether they are semidefinite.  Where the set is flat (F vanishes somewhere), the common
kernel is read off, written in fractions and divided out before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, combinations_with_replacement
from math import comb
from typing import Any

import numpy as np
from flint import fmpq, fmpq_mat

from certificates.checker import Goal
from certificates.normal import Polynomial, constant, multiply
from certificates.normal import add as plus
from certificates.rules.polynomial import facts
from certificates.terms import Malformed, Term, numeral, substitute
from proofs.engines.rational import atoms, simplest, written
from proofs.language import thawed

Evidence = dict[str, Any]
Array = np.ndarray[Any, np.dtype[Any]]

MOST_ATOMS, LARGEST_DEGREE = 6, 12
MOST_ENTRIES, MOST_ROWS = 900, 500
FACES = 4  # flat directions are divided out at most so often
ROUNDS = 60  # steps of Newton's method for each weight
FLAT = 1e-4


@dataclass(frozen=True)
class Block:
    """A weight (its facts and its polynomial) and the polynomials whose products it takes."""

    indices: tuple[int, ...]
    weight: Polynomial
    basis: tuple[Polynomial, ...]


def evidence(goal: Goal, entries: int = MOST_ENTRIES) -> Evidence | None:
    """Evidence for a polynomial inequality, or None: from at most so many unknown entries."""
    if goal.conclusion[0] not in ("<=", "<"):
        return None
    try:
        difference = ("-", goal.conclusion[2], goal.conclusion[1])
        gap = goal.normal.term(difference)
        known, used = _parts(goal, gap, difference)
        if not used or len(used) > MOST_ATOMS or not set(used) <= known.keys():
            return None
        if max(_degree(m) for m in gap) > LARGEST_DEGREE:
            return None
        for weights, multiplied in _attempts(goal, used):
            names = used if multiplied else []
            found = _certificate(goal, gap, [known[a] for a in used], weights, names, entries)
            if found is not None:
                return found
        return _of_a_form(goal, gap, used, known, entries)
    except Malformed:
        return None
    return None


def _parts(goal: Goal, gap: Polynomial, difference: Term) -> tuple[dict[str, Term], list[str]]:
    """The atoms at hand as terms, and those of the gap and of equalities that share some."""
    known = atoms(difference, goal.normal)
    used = {a for monomial in gap for a, _ in monomial}
    for hypothesis in goal.hypotheses:
        if hypothesis[0] == "=":
            own = goal.normal.term(("-", hypothesis[2], hypothesis[1]))
            names = {a for monomial in own for a, _ in monomial}
            if names & used:
                known |= atoms(("-", hypothesis[2], hypothesis[1]), goal.normal)
                used |= names
    return known, sorted(used)


Weight = tuple[tuple[int, ...], Polynomial]
Weights = list[Weight]
Squares = list[tuple[Fraction, tuple[int, ...], Polynomial]]


def _attempts(goal: Goal, used: list[str]) -> Iterator[tuple[Weights, bool]]:
    """Weights, and whether F is to be multiplied by 1 + the sum of the squares of its atoms."""
    own = _facts(goal, set(used), (">=", ">"))
    single: Weights = [((), constant(1)), *(((k,), p) for k, p in own)]
    yield [((), constant(1))], False
    if own:
        yield single, False
        pairs: Weights = [((j, k), multiply(p, q)) for (j, p), (k, q) in combinations(own, 2)]
        if len(pairs) <= 10:
            yield single + pairs, False
            if len(own) == 3:
                triple = multiply(multiply(own[0][1], own[1][1]), own[2][1])
                yield [*single, *pairs, ((own[0][0], own[1][0], own[2][0]), triple)], False
    if goal.conclusion[0] == "<=":
        yield single, True


def _certificate(
    goal: Goal, gap: Polynomial, parts: list[Term], weights: Weights, multiplier: list[str],
    entries: int, one: int = 1,
) -> Evidence | None:  # fmt: skip
    """F times (one + the squares of the multiplier's atoms) as squares with weights.

    Where `one` is 0, the last hypothesis says that the sum of these squares is > 0.
    """
    known = {a: t for t in parts for m in goal.normal.term(t) for a, _ in m}
    squared: Polynomial = {((name, 2),): Fraction(1) for name in multiplier}
    target = multiply(gap, plus(squared, constant(one)))
    equalities = _facts(goal, set(known), ("=",))
    blocks = _blocks(target, sorted(known), weights, bool(equalities), entries)
    if blocks is None:
        return None
    equal = _multiples(target, sorted(known), equalities)
    squares = decomposition(target, blocks, goal.conclusion[0] == "<", [p for _, _, p in equal])
    if squares is None:
        return None
    left = _multipliers(target, squares, equal, dict(goal_facts(goal)))
    if left is None:
        return None
    first = len(goal.hypotheses)
    terms: list[Term] = [written(p, known) for _, _, p in squares if set(p) != {()}]
    factors = [known[name] for name in multiplier] if one else []
    negated = first + len(terms) + len(factors)
    total: list[Any] = [[1, [[negated, 1]]]] if one else [[1, [[first - 1, 1], [negated, 1]]]]
    for k in range(len(factors)):
        total.append([1, [[first + len(terms) + k, 1], [negated, 1]]])
    at = first
    for value, indices, p in squares:
        own = [[i, indices.count(i)] for i in sorted(set(indices))]
        if set(p) == {()}:
            total.append([numeral(value * p[()] ** 2), own])
            continue
        total.append([numeral(value), [*own, [at, 1]]])
        at += 1
    total += [[1, [[index, 1]], written(p, known)] for index, p in left]
    return _with_squares([*terms, *factors], {"by": "polynomial", "sum": thawed(total)})


def _with_squares(terms: Sequence[Term], then: Evidence) -> Evidence:
    for term in reversed(terms):
        then = {"by": "axiom", "name": "square", "with": [thawed(term)], "given": [],
                "then": then}  # fmt: skip
    return then


def _of_a_form(
    goal: Goal, gap: Polynomial, used: list[str], known: dict[str, Term], entries: int
) -> Evidence | None:
    """F times the sum of the squares of its variables, where F vanishes when they all do."""
    variables = [known[a] for a in used]
    if goal.conclusion[0] != "<=" or () in gap or not set(variables) <= goal.variables.keys():
        return None
    total = ("+", 0, *(("*", v, v) for v in variables))
    for weights, multiplied in _attempts(goal, used):
        if multiplied:
            continue
        positive = goal.having(("<", 0, total))
        yes = _certificate(positive, gap, variables, weights, used, entries, 0)
        if yes is not None:
            no = _at_zero(goal.having(("<=", total, 0)), variables)
            return {"by": "cases", "on": thawed(("<", 0, total)), "yes": yes, "no": no}
    return None


def _at_zero(goal: Goal, variables: Sequence[Any]) -> Evidence:
    """The conclusion where the sum of the squares of its variables is at most 0."""
    if not variables:
        return {"by": "assumption"}
    name, *rest = variables
    at = len(goal.hypotheses) - 1
    squares = [*rest]
    halves = []
    for number in range(2):
        negated = at + 1 + number + len(squares)
        own: list[Any] = [[1, [[negated, 2]]], [1, [[at, 1]]]]
        own += [[1, [[at + 1 + number + k, 1]]] for k in range(len(squares))]
        halves.append(_with_squares(squares, {"by": "polynomial", "sum": own}))
    there = Goal(
        goal.variables,
        tuple(substitute(h, {name: 0}) for h in goal.hypotheses),
        substitute(goal.conclusion, {name: 0}),
    )
    return {"by": "rewrite", "old": name, "new": 0, "equal": {"by": "split", "parts": halves},
            "then": _at_zero(there, rest)}  # fmt: skip


def goal_facts(goal: Goal) -> Iterator[tuple[int, Polynomial]]:
    """The polynomials of the hypotheses, with their numbers."""
    for k, fact in enumerate(facts(goal)[:-1]):
        if fact is not None:
            yield k, fact[1]


def _facts(goal: Goal, used: set[str], relations: tuple[str, ...]) -> list[tuple[int, Polynomial]]:
    """The hypotheses of a relation about the atoms used, each once."""
    found: list[tuple[int, Polynomial]] = []
    for k, fact in enumerate(facts(goal)[:-1]):
        if fact is not None and fact[0] in relations:
            names = {a for monomial in fact[1] for a, _ in monomial}
            if names and names <= used and all(p != fact[1] for _, p in found):
                found.append((k, fact[1]))
    return found


def _multiples(
    target: Polynomial, used: list[str], equalities: list[tuple[int, Polynomial]]
) -> list[tuple[int, Polynomial, Polynomial]]:
    """Each equality times each monomial up to the degree of the target."""
    highest = max(_degree(m) for m in target)
    found = []
    for index, polynomial in equalities:
        top = max(highest, 2) - max(_degree(m) for m in polynomial)
        for size in range(top + 1):
            for group in combinations_with_replacement(used, size):
                monomial: Polynomial = {
                    tuple(sorted({a: group.count(a) for a in group}.items())): Fraction(1)
                }
                found.append((index, monomial, multiply(monomial, polynomial)))
    if len(found) > MOST_ENTRIES:
        raise Malformed("too many multiples of equalities")
    return found


def _multipliers(
    target: Polynomial,
    squares: Squares,
    equal: list[tuple[int, Polynomial, Polynomial]],
    known: dict[int, Polynomial],
) -> list[tuple[int, Polynomial]] | None:
    """Multipliers of the equalities that make up for what the squares leave of the target."""
    rest = target
    for value, indices, p in squares:
        product = multiply(multiply(p, p), constant(value))
        for index in indices:
            product = multiply(product, known[index])
        rest = plus(rest, product, -1)
    if not rest:
        return []
    solved = _reduced([p for _, _, p in equal], rest)
    if solved is None:
        return None
    multipliers: dict[int, Polynomial] = {}
    for column, value in solved[0]:
        index, monomial, _ = equal[column]
        multipliers[index] = plus(multipliers.get(index, {}), monomial, value)
    return list(multipliers.items())


def _degree(monomial: Any) -> int:
    return sum(e for _, e in monomial)


def _blocks(
    target: Polynomial, used: list[str], weights: Weights, reduced: bool, most: int
) -> list[Block] | None:
    """For each weight the monomials whose squares may take part; None where there are too many.

    `reduced` says that equalities change which monomials the target has.
    """
    degrees = [0 if reduced else max(map(_degree, target)), *map(_degree, target)]
    highest, lowest = max(*degrees, 2 if reduced else 0), min(degrees)
    highest_powers = {a: max(dict(m).get(a, 0) for m in target) for a in used}
    found = []
    for indices, weight in weights:
        own = [_degree(m) for m in weight]
        top, bottom = (highest - max(own)) // 2, max(0, -(-(lowest - max(own)) // 2))
        if top < 0:
            continue
        monomials = []
        if comb(len(used) + top, top) > 400:
            return None
        for size in range(top, bottom - 1, -1):
            for group in combinations_with_replacement(used, size):
                exponents = {a: group.count(a) for a in group}
                if reduced or all(2 * e <= highest_powers[a] for a, e in exponents.items()):
                    monomials.append(tuple(sorted(exponents.items())))
        if len(weights) == 1 and not reduced:
            monomials = _needed(target, monomials)
        if monomials:
            basis = tuple({m: Fraction(1)} for m in monomials)
            found.append(Block(indices, weight, basis))
    entries = sum(len(b.basis) * (len(b.basis) + 1) // 2 for b in found)
    return found if found and entries <= most else None


def _needed(target: Polynomial, monomials: list[Any]) -> list[Any]:
    """Without the monomials whose square cannot be cancelled by other products."""
    while True:
        products: dict[Any, int] = {}
        for m, n in combinations(monomials, 2):
            key = next(iter(multiply({m: Fraction(1)}, {n: Fraction(1)})))
            products[key] = products.get(key, 0) + 1
        kept = [
            m for m in monomials
            if (square := tuple((a, 2 * e) for a, e in m)) in target or square in products
        ]  # fmt: skip
        if len(kept) == len(monomials):
            return kept
        monomials = kept


def decomposition(
    target: Polynomial, blocks: Sequence[Block], strict: bool, free: Sequence[Polynomial] = ()
) -> Squares | None:
    """target = sum of value * weight * p^2 with values > 0, exactly, or None.

    Where `strict`, one of the summands is a positive number.  Up to a combination of `free`.
    """
    for _ in range(FACES):
        space = _solutions(target, blocks, free)
        if space is None:
            return None
        start, directions = space
        sizes = [len(b.basis) for b in blocks]
        centre, flat = _centre(start, directions, sizes)
        if centre is None:
            return None
        if not flat:
            return _rounded(blocks, start, directions, centre, strict)
        faces = []
        for block, matrix in zip(blocks, _matrices(start, directions, sizes, centre), strict=True):
            kept = _without_kernel(block.basis, matrix)
            if kept is None:
                return None
            if kept:
                faces.append(Block(block.indices, block.weight, tuple(kept)))
        if not faces or [len(b.basis) for b in faces] == sizes:
            return None
        blocks = faces
    return None


def _solutions(
    target: Polynomial, blocks: Sequence[Block], free: Sequence[Polynomial]
) -> tuple[list[Fraction], list[list[Fraction]]] | None:
    """A solution of the linear equations for the entries of all Q_b, and the homogeneous ones."""
    columns = list(free)
    for block in blocks:
        for i, p in enumerate(block.basis):
            for j in range(i, len(block.basis)):
                product = multiply(multiply(p, block.basis[j]), block.weight)
                columns.append(product if i == j else plus(product, product))
    solved = _reduced(columns, target)
    if solved is None:
        return None
    pivots, directions = solved
    start = [Fraction(0)] * len(columns)
    for column, value in pivots:
        start[column] = value
    return start[len(free) :], [d[len(free) :] for d in directions if any(d[len(free) :])]


def _reduced(
    columns: Sequence[Polynomial], target: Polynomial
) -> tuple[list[tuple[int, Fraction]], list[list[Fraction]]] | None:
    """A combination of the columns that is the target, and those that vanish, or None."""
    rows = sorted({m for c in columns for m in c} | set(target))
    if len(rows) > MOST_ROWS:
        return None
    index = {m: k for k, m in enumerate(rows)}
    width = len(columns) + 1
    table = [[fmpq(0)] * width for _ in rows]
    for k, column in enumerate((*columns, target)):
        for m, c in column.items():
            table[index[m]][k] = fmpq(c.numerator, c.denominator)
    reduced, rank = fmpq_mat(table).rref()
    pivots = [next(k for k in range(width) if reduced[r, k] != 0) for r in range(rank)]
    if pivots and pivots[-1] == width - 1:
        return None
    values = [(k, _fraction(reduced[r, width - 1])) for r, k in enumerate(pivots)]
    directions = []
    for left in sorted(set(range(width - 1)) - set(pivots)):
        direction = [Fraction(0)] * (width - 1)
        direction[left] = Fraction(1)
        for r, k in enumerate(pivots):
            direction[k] = -_fraction(reduced[r, left])
        directions.append(direction)
    return values, directions


def _fraction(value: Any) -> Fraction:
    return Fraction(int(value.p), int(value.q))


def _symmetric(entries: Any, sizes: Sequence[int]) -> list[Array]:
    """The matrices with these entries in their upper triangles."""
    found, at = [], 0
    for n in sizes:
        matrix = np.zeros((n, n))
        upper = np.triu_indices(n)
        count = n * (n + 1) // 2
        matrix[upper] = entries[at : at + count]
        found.append(matrix + np.triu(matrix, 1).T)
        at += count
    return found


def _matrices(start: Any, directions: Any, sizes: Sequence[int], y: Array) -> list[Array]:
    total = np.array([float(c) for c in start])
    if len(directions):
        total = total + y @ np.array([[float(c) for c in d] for d in directions])
    return _symmetric(total, sizes)


def _centre(
    start: list[Fraction], directions: list[list[Fraction]], sizes: Sequence[int]
) -> tuple[Array | None, bool]:
    """The place where the least eigenvalue of all Q_b is large, and whether it is only 0.

    Newton's method along the central path of: t as large as can be, at most 1, with Q_b >= t I.
    """
    base = _symmetric([float(c) for c in start], sizes)
    moves = [_symmetric([float(c) for c in d], sizes) for d in directions]
    count = len(moves)
    stacks = [np.array([m[b] for m in moves]).reshape(count, n, n) for b, n in enumerate(sizes)]
    scale = max(1.0, *(float(np.abs(m).max()) for m in base))
    y = np.zeros(count)
    t = min(float(np.linalg.eigvalsh(m)[0]) for m in base) - scale
    weight = 1.0 / scale
    reached = None
    while weight < 3e7:
        weight *= 4
        for _ in range(ROUNDS):
            step = _newton(base, stacks, y, t, weight)
            if step is None:
                return None, False
            (dy, dt), decrement = step
            length = 1.0
            while length > 1e-12 and not _inside(base, stacks, y + length * dy, t + length * dt):
                length /= 2
            length = length if length == 1.0 else 0.9 * length
            y, t = y + length * dy, t + length * dt
            if decrement < 1e-6:
                break
        if t > FLAT:
            return y, False
        # on the central path the greatest t is at most (sum of sizes + 1) / weight away
        if t + 2 * (sum(sizes) + 1) / weight < -FLAT * scale:
            return None, False
        reached = y
    if t < -FLAT * scale or reached is None:
        return None, False
    return reached, True


def _newton(
    base: list[Array], stacks: list[Array], y: Array, t: float, weight: float
) -> tuple[tuple[Array, float], float] | None:
    """The Newton step of weight t + log(1 - t) + sum log det(Q_b - t I) - |y|^2 / 10^4."""
    count = len(y)
    gradient, hessian = np.zeros(count + 1), np.zeros((count + 1, count + 1))
    gradient[:count] -= 2e-4 * y
    hessian[:count, :count] += 2e-4 * np.eye(count)
    gradient[count] = weight - 1 / (1 - t)
    hessian[count, count] = 1 / (1 - t) ** 2
    for matrix, stack in zip(base, stacks, strict=True):
        n = len(matrix)
        shifted = matrix + np.tensordot(y, stack, 1) - t * np.eye(n)
        try:
            inverse = np.linalg.inv(shifted)
        except np.linalg.LinAlgError:
            return None
        scaled = np.concatenate([inverse @ stack, -inverse[None]])
        flat = scaled.reshape(count + 1, -1)
        gradient += np.trace(scaled, axis1=1, axis2=2)
        hessian += flat @ scaled.transpose(0, 2, 1).reshape(count + 1, -1).T
    try:
        step = np.linalg.solve(hessian, gradient)
    except np.linalg.LinAlgError:
        return None
    if not np.all(np.isfinite(step)):
        return None
    return (np.asarray(step[:count]), float(step[count])), float(gradient @ step)


def _inside(base: list[Array], stacks: list[Array], y: Array, t: float) -> bool:
    if t >= 1:
        return False
    for matrix, stack in zip(base, stacks, strict=True):
        try:
            np.linalg.cholesky(matrix + np.tensordot(y, stack, 1) - t * np.eye(len(matrix)))
        except np.linalg.LinAlgError:
            return False
    return True


def _without_kernel(basis: Sequence[Polynomial], matrix: Array) -> list[Polynomial] | None:
    """The basis of what is orthogonal to the kernel; the kernel's entries are snapped."""
    values, vectors = np.linalg.eigh(matrix)
    small = values < FLAT
    kernel = vectors[:, small].T
    count, n = kernel.shape
    if count == 0:
        return list(basis)
    pivots: list[int] = []
    for r in range(count):
        magnitudes = np.abs(kernel[r:])
        for column in pivots:
            magnitudes[:, column] = 0
        row, column = divmod(int(np.argmax(magnitudes)), n)
        row += r
        if abs(kernel[row, column]) < 1e-6:
            return None
        kernel[[r, row]] = kernel[[row, r]]
        kernel[r] /= kernel[r, column]
        for other in range(count):
            if other != r:
                kernel[other] -= kernel[other, column] * kernel[r]
        pivots.append(column)
    # x_pivot = -(the rest): q = Q x is orthogonal to each kernel vector k: q_pivot = -sum k_j q_j
    kept = []
    for j in sorted(set(range(n)) - set(pivots)):
        combined = dict(basis[j])
        for r, column in enumerate(pivots):
            near = float(kernel[r, j])
            snapped = simplest(near - 2e-3, near + 2e-3)
            combined = plus(combined, basis[column], -snapped)
        kept.append(combined)
    return kept


def _rounded(
    blocks: Sequence[Block],
    start: list[Fraction],
    directions: list[list[Fraction]],
    centre: Array,
    strict: bool,
) -> Squares | None:
    """The squares at the simplest fractions near the centre that do."""
    for bits in (0, 1, 2, 4, 7, 12, 20, 30):
        y = [Fraction(round(float(v) * 2**bits), 2**bits) for v in centre]
        entries = list(start)
        for value, direction in zip(y, directions, strict=True):
            if value:
                entries = [e + value * d for e, d in zip(entries, direction, strict=True)]
        found: Squares = []
        at, positive = 0, False
        for block in blocks:
            n = len(block.basis)
            matrix = [[Fraction(0)] * n for _ in range(n)]
            for i in range(n):
                for j in range(i, n):
                    matrix[i][j] = matrix[j][i] = entries[at]
                    at += 1
            own = _squares(matrix)
            if own is None:
                break
            for value, row in own:
                square: Polynomial = {}
                for c, p in zip(row, block.basis, strict=True):
                    square = plus(square, p, c)
                positive = positive or (not block.indices and set(square) == {()})
                found.append((value, block.indices, square))
        else:
            if positive or not strict:
                return [entry for entry in found if entry[2]]
    return None


def _squares(matrix: list[list[Fraction]]) -> list[tuple[Fraction, list[Fraction]]] | None:
    """x^T M x = sum d (l x)^2 with d > 0 by exact elimination; None where M is not psd."""
    n = len(matrix)
    rest = [row[:] for row in matrix]
    found = []
    for k in range(n):
        pivot = rest[k][k]
        if pivot < 0 or (pivot == 0 and any(rest[k])):
            return None
        if pivot == 0:
            continue
        row = [c / pivot for c in rest[k]]
        found.append((pivot, row))
        for i in range(k, n):
            if rest[i][k]:
                scale = rest[i][k]
                rest[i] = [a - scale * b for a, b in zip(rest[i], row, strict=True)]
    return found
