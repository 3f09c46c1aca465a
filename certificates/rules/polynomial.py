"""Real arithmetic: a refutation of the negated goal by an identity of polynomials.

Facts: each hypothesis a <= b gives the polynomial b - a >= 0, each a < b gives b - a > 0 (between
integers b - a - 1 >= 0), each a = b gives b - a = 0; the negation of the goal is one more fact.
The evidence lists products of facts with coefficients.  Each product of facts >= 0 or > 0, times
a coefficient > 0, is >= 0; a product that contains an equality, times any term, is 0.  If the sum
is the zero polynomial and one of its products is > 0 for certain (all its facts strict), then
0 > 0: so the negated goal cannot hold.  (The easy half of the Positivstellensatz.)  Parts that are
not polynomial stand for themselves: whatever their values, the identity holds.
"""

from certificates.checker import Evidence, Goal, Proof, Rejected, frozen
from certificates.normal import LARGEST_EXPONENT, Polynomial, add, constant, multiply
from certificates.terms import Formula, Malformed, negation, number, sort_of

Fact = tuple[str, Polynomial]  # ">=", ">" or "=", and the polynomial
MOST_TERMS = 4000
MOST_WORK = 1_000_000


def facts(goal: Goal) -> list[Fact | None]:
    """The polynomial fact in each hypothesis, then in the negated goal, or None."""
    return [fact(goal, f) for f in (*goal.hypotheses, negation(goal.conclusion))]


def fact(goal: Goal, formula: Formula) -> Fact | None:
    """The polynomial fact in one formula."""
    if formula[0] not in ("<=", "<", "="):
        return None
    difference = add(goal.normal.term(formula[2]), goal.normal.term(formula[1]), -1)
    if formula[0] == "<" and all(sort_of(t, goal.variables, {}) == "int" for t in formula[1:]):
        return ">=", add(difference, constant(1), -1)
    return {"<=": ">=", "<": ">", "=": "="}[formula[0]], difference


def polynomial(proof: Proof, goal: Goal, evidence: Evidence) -> None:
    """Check that the listed products sum to zero and that one of them is positive."""
    known = facts(goal)
    total: Polynomial = {}
    strict, work = False, 0
    if not isinstance(evidence["sum"], list) or len(evidence["sum"]) > MOST_TERMS:
        raise Malformed("a sum of products is needed")
    for coefficient, factors, *multiplier in evidence["sum"]:
        value = number(coefficient)
        if value is None:
            raise Malformed("a coefficient must be a fraction")
        product, kinds = constant(value), set()
        for index, exponent in factors:
            if not (isinstance(index, int) and 0 <= index < len(known)):
                raise Rejected("no such fact")
            entry = known[index]
            if entry is None or not 1 <= exponent <= LARGEST_EXPONENT:
                raise Rejected("not a polynomial fact, or not a power of it")
            kinds.add(entry[0])
            for _ in range(exponent):
                work += len(product) * len(entry[1])
                if work > MOST_WORK:
                    raise Rejected("the products take too much work")
                product = multiply(product, entry[1])
        for term in multiplier:
            goal.sort(frozen(term))
            product = multiply(product, goal.normal.term(frozen(term)))
        if "=" not in kinds and multiplier:
            raise Rejected("only an equality may be multiplied by a term")
        if "=" not in kinds:
            if value <= 0:
                raise Rejected("a coefficient of a product of inequalities must be positive")
            strict = strict or (kinds <= {">"})
        total = add(total, product)
    if total:
        raise Rejected("the products do not sum to zero")
    if not strict:
        raise Rejected("no product is strictly positive")
