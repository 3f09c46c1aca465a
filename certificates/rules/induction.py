"""Induction on an integer variable, such as the depth L of the network."""

from certificates.checker import Evidence, Goal, Proof, Rejected
from certificates.terms import free_names, substitute


def induction(proof: Proof, goal: Goal, evidence: Evidence) -> None:
    """From P(0), and from P(L) |- P(L + 1) for L >= 0, conclude P(L) for every integer L >= 0.

    The goal's only hypothesis on L must be 0 <= L; whatever else it says of L belongs into the
    conclusion as an implication.
    """
    name = evidence["on"]
    if goal.variables.get(name) != "int":
        raise Rejected("induction needs an integer variable")
    others = tuple(h for h in goal.hypotheses if name not in free_names(h))
    own = [goal.normal.formula(h) for h in goal.hypotheses if name in free_names(h)]
    if own != [goal.normal.formula(("<=", 0, name))]:
        raise Rejected(f"the only hypothesis on {name} must be 0 <= {name}")
    rest = {n: s for n, s in goal.variables.items() if n != name}
    base = Goal(rest, others, substitute(goal.conclusion, {name: 0}))
    step = Goal(goal.variables, (*others, ("<=", 0, name)), goal.conclusion).having(goal.conclusion)
    proof.discharge(base, evidence["base"])
    proof.discharge(
        step.proving(substitute(goal.conclusion, {name: ("+", name, 1)})), evidence["step"]
    )
