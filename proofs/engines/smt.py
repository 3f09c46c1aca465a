"""Engine `smt`: z3's word on a goal whose terms are polynomial.  Never a proof: a label."""

from typing import Any

import z3

from certificates.checker import Goal
from certificates.rules.polynomial import fact
from certificates.terms import Formula, negation, numeral

WORK = 2_000_000  # z3's own count of steps: the same on every machine, unlike seconds


def query(goal: Goal) -> str | None:
    """The negated goal as SMT-LIB text, parts that are not polynomial as free variables."""
    names: dict[str, Any] = {}
    solver = z3.SolverFor("QF_NRA")
    for formula in (*goal.hypotheses, negation(goal.conclusion)):
        constraint = _constraint(goal, formula, names)
        if constraint is None and formula == negation(goal.conclusion):
            return None
        if constraint is not None:
            solver.add(constraint)
    return str(solver.to_smt2())


def _constraint(goal: Goal, formula: Formula, names: dict[str, Any]) -> Any:
    known = fact(goal, formula)
    if known is None:
        return None
    relation, polynomial = known
    total = z3.RealVal(0)
    for monomial, c in sorted(polynomial.items()):
        product = z3.RealVal(str(numeral(c)))
        for atom, exponent in monomial:
            variable = names.setdefault(atom, z3.Real(f"x{len(names)}"))
            for _ in range(exponent):
                product = product * variable
        total = total + product
    return {">=": total >= 0, ">": total > 0, "=": total == 0}[relation]


def solver_says(goal: Goal) -> tuple[str, str]:
    """("smt", the query) when z3 finds the negated goal unsatisfiable, else ("untried", why)."""
    text = query(goal)
    if text is None:
        return "untried", "no engine reaches this statement"
    solver = z3.Solver(ctx=z3.Context())  # independent of what was solved before
    solver.set("rlimit", WORK)
    solver.from_string(text)
    if solver.check() == z3.unsat:
        return "smt", " ".join(text.split())
    return "untried", "no engine decided this statement"
