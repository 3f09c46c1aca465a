"""Reading a term as affine in a sequence c: r plus multiples of c_t, of series and of sigma-hat."""

from certificates.checker import Goal, Rejected
from certificates.convergence import series_factor
from certificates.normal import constant_value
from certificates.terms import Formula, Term, children, free_names, number, substitute

Part = tuple[Term, Term, Term, str]  # coefficient, lower end, g(i) with i = index, kind


def parts(term: Term, sequence: str, index: str, goal: Goal) -> tuple[Term, list[Part]]:
    """(r, parts) with term = r + sum of parts, each linear in the sequence."""
    if not isinstance(term, tuple) or sequence not in free_names(term):
        return term, []
    op, args = term[0], term[1:]
    if op == "coef":
        return 0, [(1, args[1], 1, "coef")]
    if op == "dual":
        return 0, [(1, 0, ("^", args[1], index), "dual")]
    if op == "series":
        owner, factor = series_factor(args[2], args[0], goal.variables)
        if owner != sequence:
            raise Rejected("a series over another sequence")
        return 0, [(1, args[1], substitute(factor, {args[0]: index}), "series")]
    if op in ("+", "-"):
        rest, found = [], []
        for k, a in enumerate(args):
            r, inner = parts(a, sequence, index, goal)
            sign = -1 if op == "-" and (k == 1 or len(args) == 1) else 1
            rest.append(r)
            found += [(("*", sign, c), low, g, kind) for c, low, g, kind in inner]
        return (op, *rest), found
    if op == "*":
        involved = [k for k, a in enumerate(args) if sequence in free_names(a)]
        if len(involved) == 1:
            k = involved[0]
            r, inner = parts(args[k], sequence, index, goal)
            factors = (*args[:k], *args[k + 1 :])
            return ("*", *factors, r), [(("*", *factors, c), low, g, d) for c, low, g, d in inner]
    if op == "/" and sequence not in free_names(args[1]):
        r, inner = parts(args[0], sequence, index, goal)
        return ("/", r, args[1]), [(("/", c, args[1]), low, g, d) for c, low, g, d in inner]
    raise Rejected(f"not linear in {sequence}")


def choice_of(term: Term) -> tuple[Formula, Term, Term] | None:
    """(condition, value where it holds, value elsewhere) of a case distinction, else None."""
    match term:
        case ("abs", x):
            return ("<=", 0, x), x, ("-", x)
        case ("max", x, y):
            return ("<=", y, x), x, y
        case ("min", x, y):
            return ("<=", x, y), x, y
        case ("ite", condition, x, y):
            return condition, x, y
    return None


def resolve(term: Term, goal: Goal) -> Term:
    """The term with the case distinctions that the hypotheses decide taken out."""
    choice = choice_of(term)
    if choice is not None:
        known = goal.normal.truth(goal.normal.formula(choice[0]))
        if known is not None:
            return resolve(choice[1] if known else choice[2], goal)
    if isinstance(term, tuple) and term[0] in ("+", "-", "*", "/"):
        return (term[0], *(resolve(a, goal) for a in term[1:]))
    return term


def replace(term: Term, sequence: str, goal: Goal, fixed: dict[int, Term]) -> Term:
    """The term with c_k, for each k in `fixed`, replaced.

    Below a binder only indices that are numerals count, and nothing may be captured there.
    """

    def visit(tree: Term, inside: bool) -> Term:
        if not isinstance(tree, tuple) or sequence not in free_names(tree):
            return tree
        if tree[:2] == ("coef", sequence):
            index = number(tree[2]) if inside else constant_value(goal.normal.term(tree[2]))
            return fixed.get(int(index), tree) if index in fixed else tree
        bound = {name for _, names in children(tree) for name in names}
        if bound & {name for value in fixed.values() for name in free_names(value)}:
            raise Rejected("a binder would capture the mass")
        first = 2 if tree[0] in ("coef", "dual", "forall", "exists") else 1
        return tree[:first] + tuple(visit(a, inside or bool(bound)) for a in tree[first:])

    return visit(term, False) if fixed else term
