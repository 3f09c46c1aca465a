"""Statements linear in a nonnegative sequence c: termwise reasoning and extreme points.

A goal a <= b, a < b or a = b is read as 0 <=, <, = F with F = b - a.  When every occurrence of c in
F is c_t for an integer t, a series over c_i g(i), or sigma_hat_c(x) = sum_i c_i x^i, and F is
affine in these, then F = r + sum_{i>=0} c_i G(i), where G(i) collects the coefficients: that of c_t
counts where i = t, that of a series from its lower end on.  The regrouping is legitimate because
each series converges absolutely: c is summable and g is small (|x| <= 1), which are premises.
"""

from certificates.checker import Evidence, Goal, Proof, Rejected
from certificates.convergence import small
from certificates.rules.series import Part, parts, replace, resolve
from certificates.terms import Formula, Malformed, Term, free_names, number, substitute


def functional(
    goal: Goal, sequence: str, index: str, fixed: dict[int, Term]
) -> tuple[str, Term, list[Part], list[Goal]]:
    """(relation, r, parts, convergence goals) of the goal; `fixed` are coefficients to replace."""
    op, a, b = goal.conclusion if len(goal.conclusion) == 3 else ("", 0, 0)
    if op not in ("<=", "<", "=") or goal.variables.get(sequence) != "sequence":
        raise Rejected("a comparison, and a sequence, are needed")
    difference = replace(("-", resolve(b, goal), resolve(a, goal)), sequence, goal, fixed)
    rest, found = parts(difference, sequence, index, goal)
    inner = goal.extended({index: "int"}).having(("<=", 0, index))
    converge = []
    for coefficient, low, g, kind in found:
        if sequence in free_names(coefficient) | free_names(low) | free_names(g):
            raise Rejected(f"not linear in {sequence}")
        if number(low) is None:
            converge.append(goal.proving(("<=", 0, low)))
        if kind == "dual":
            converge.append(goal.proving(("<=", ("abs", g[1]), 1)))
        if kind == "series" and index in free_names(g):
            converge.append(
                inner.proving(small(g, sequence, index, goal.hypotheses, goal.variables))
            )
    return op, rest, found, converge


def value_at(found: list[Part], index: str, i: Term) -> Term:
    """G(i), where the parts are written with `index`, for the term i."""
    total: list[Term] = []
    for coefficient, low, g, kind in found:
        here = g if kind == "coef" else substitute(g, {index: i})
        condition: Formula = ("=", i, low) if kind == "coef" else ("<=", low, i)
        total.append(("*", coefficient, ("ite", condition, here, 0)))
    return ("+", 0, 0, *total)


def extreme_points(proof: Proof, goal: Goal, evidence: Evidence) -> None:
    """Replace the sequence by its extreme points: mass 1 - m at index 1 and m at one index i >= 2.

    Needs the hypotheses c_0 = 0 and sum_{i>=0} c_i = 1.  Put m = 1 - c_1, so that
    sum_{i>=2} c_i = m.  With c_0 and c_1 replaced by 0 and 1 - m, F = r + (1 - m) G(1) +
    sum_{i>=2} c_i G(i).  If r + (1 - m) G(1) + m G(i) >= 0 for every i >= 2, then, multiplying by
    c_i / m and summing over i >= 2 (or taking any i when m = 0), F >= 0; likewise for > and =.
    Hypotheses that speak of c otherwise than through c_0 and c_1 are dropped.
    """
    sequence, mass, index = (name_of(evidence[k]) for k in ("sequence", "mass", "index"))
    normalised = [("=", ("coef", sequence, 0), 0),
                  ("=", ("series", "i", 0, ("coef", sequence, "i")), 1)]  # fmt: skip
    if not all(goal.knows(h) for h in normalised):
        raise Rejected("needs c_0 = 0 and sum c_i = 1 among the hypotheses")
    converge, each = at_extreme_point(goal, sequence, mass, index)
    proof.discharge_all(converge, evidence["converge"])
    proof.discharge(each, evidence["each"])


def at_extreme_point(goal: Goal, sequence: str, mass: str, index: str) -> tuple[list[Goal], Goal]:
    """(convergence goals, the goal about mass 1 - m at 1 and m at one index i >= 2)."""
    fixed: dict[int, Term] = {0: 0, 1: ("-", 1, mass)}
    massive = with_mass(goal, sequence, mass)
    op, rest, found, converge = functional(massive, sequence, index, fixed)
    kept = [replace(h, sequence, goal, fixed) for h in goal.hypotheses]
    free = Goal(
        {n: s for n, s in massive.variables.items() if n != sequence},
        tuple(h for h in kept if sequence not in free_names(h)),
        goal.conclusion,
    ).having(("<=", 0, mass), ("<=", mass, 1))
    at = free.extended({index: "int"}).having(("<=", 2, index))
    first, other = value_at(found, index, 1), value_at(found, index, index)
    total = ("+", rest, ("*", ("-", 1, mass), first), ("*", mass, other))
    return converge, at.proving((op, 0, total))


def with_mass(goal: Goal, sequence: str, mass: str) -> Goal:
    """The goal with a name for the mass 1 - c_1 of the indices from 2 on."""
    return goal.extended({mass: "real"}).having(
        ("<=", 0, mass), ("<=", mass, 1), ("=", mass, ("-", 1, ("coef", sequence, 1)))
    )


def termwise(proof: Proof, goal: Goal, evidence: Evidence) -> None:
    """From r >= 0 (r = 0) and G(i) >= 0 (G(i) = 0) for every i >= 0, F >= 0 (F = 0)."""
    sequence, index = name_of(evidence["sequence"]), name_of(evidence["index"])
    op, rest, found, converge = functional(goal, sequence, index, {})
    if op == "<":
        raise Rejected("termwise comparison is not strict")
    proof.discharge_all(converge, evidence["converge"])
    proof.discharge(goal.proving((op, 0, rest)), evidence["rest"])
    at = goal.extended({index: "int"}).having(("<=", 0, index))
    proof.discharge(at.proving((op, 0, value_at(found, index, index))), evidence["each"])


def name_of(value: object) -> str:
    """A name in evidence."""
    if not isinstance(value, str):
        raise Malformed("a name is needed")
    return value
