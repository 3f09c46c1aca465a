"""Price's theorem: a closed form of E[f(X) g(Y)] by its value at rho = 0 and its derivative.

For piecewise smooth f and g with breaks b and d, jumps J and K, the derivative in rho of
E[f(X) g(Y)] is E[f'(X) g'(Y)] with distributional derivatives, that is, for -1 < rho < 1,

    D(rho) = E[f'(X) g'(Y)] + sum_b J_b phi(b) E[g'(Y) | X = b] + sum_d K_d phi(d) E[f'(X) | Y = d]
             + sum_(b, d) J_b K_d phi_2(b, d; rho).

FORMAT.md has the proof.
"""

from certificates.checker import Evidence, Goal, Proof, Rejected, frozen
from certificates.derivative import continuity, derivative
from certificates.rules.pieces import Pieces, inside, read_pieces
from certificates.rules.tame import tame
from certificates.terms import Malformed, Term, free_names, substitute


def price(proof: Proof, goal: Goal, evidence: Evidence) -> None:
    """E[f(X) g(Y)] = F(rho) on [-1, 1]: F is continuous there, F(0) = E f E g, F' = D inside.

    The hypotheses that mention rho are not used, except that they must imply |rho| <= 1.
    """
    match goal.conclusion:
        case ("=", ("expect2", str(rho), x, y, ("*", f, g)), closed) if (
            goal.variables.get(rho) == "real"
        ):
            names, f, g = factors(goal, evidence["names"], (x, f), (y, g))
        case _:
            raise Rejected("the goal is no closed form of E[f(X) g(Y)] in a variable")
    if rho in free_names(f) | free_names(g):
        raise Rejected("the factors must not involve the correlation")
    others = Goal(
        {n: s for n, s in goal.variables.items() if n != rho},
        tuple(h for h in goal.hypotheses if rho not in free_names(h)),
        goal.conclusion,
    )
    proof.discharge(goal.proving(("<=", ("abs", rho), 1)), evidence["range"])
    left = proved_pieces(proof, others, names[0], f, evidence["left"])
    right = proved_pieces(proof, others, names[1], g, evidence["right"])
    start = ("*", ("expect", names[0], f), ("expect", names[1], g))
    zero = others.proving(("=", start, substitute(closed, {rho: 0})))
    proof.discharge(zero, evidence["zero"])
    real = others.extended({rho: "real"})
    everywhere = real.having(("<=", -1, rho), ("<=", rho, 1))
    within = real.having(("<", -1, rho), ("<", rho, 1))
    slope, conditions = derivative(closed, rho)
    for at, needed, field in (
        (everywhere, continuity(closed, rho), "continuous"),
        (within, conditions, "differentiable"),
    ):
        goals = [at.proving(c) for c in needed if at.normal.formula(c) != "true"]
        proof.discharge_all(goals, evidence[field])
    proof.discharge(within.proving(("=", price_slope(within, rho, left, right), slope)),
                    evidence["slope"])  # fmt: skip


def factors(
    goal: Goal, written: Evidence, left: tuple[str, Term], right: tuple[str, Term]
) -> tuple[tuple[str, str], Term, Term]:
    """(names, f, g): the tame factors of E[f(X) g(Y)], each a function of its own new name."""
    names = frozen(written)
    if not isinstance(names, tuple) or len(names) != 2 or names[0] == names[1]:
        raise Malformed("two different names are needed")
    goal.extended(dict.fromkeys(names, "real"))
    (x, f), (y, g) = left, right
    if y in free_names(f) or x in free_names(g):
        raise Rejected("one factor must be a function of each variable")
    f, g = substitute(f, {x: names[0]}), substitute(g, {y: names[1]})
    if not (tame(f, names) and tame(g, names)):
        raise Rejected("a factor that is not tame on sight")
    return (names[0], names[1]), f, g


def proved_pieces(
    proof: Proof, goal: Goal, name: str, function: Term, evidence: Evidence
) -> Pieces:
    """The pieces of a function, proved to be equal to it off the breaks."""
    found, order = read_pieces(goal, name, evidence)
    proof.discharge_all(order, evidence["order"])
    proof.discharge_all(
        [inside(goal, found, k).proving(("=", function, p)) for k, p in enumerate(found.pieces)],
        evidence["equal"],
    )
    return found


def price_slope(goal: Goal, rho: str, left: Pieces, right: Pieces) -> Term:
    """D(rho), parts that vanish on sight left out."""
    root = ("sqrt", ("-", 1, ("*", rho, rho)))
    slopes = left.slopes().term(goal), right.slopes().term(goal)
    jumps = [
        [(b, jump) for k, b in enumerate(p.breaks) if goal.normal.term(jump := p.jump(k))]
        for p in (left, right)
    ]
    total: list[Term] = [0, 0]
    if 0 not in slopes:
        total.append(("expect2", rho, left.name, right.name, ("*", *slopes)))
    for at, name, slope in ((jumps[0], right.name, slopes[1]), (jumps[1], left.name, slopes[0])):
        for b, jump in at if slope != 0 else ():
            moved = ("+", ("*", rho, b), ("*", root, name))
            mean = ("expect", name, substitute(slope, {name: moved}))
            total.append(("*", jump, density(goal, b), mean))
    for b, jump in jumps[0]:
        for d, other in jumps[1]:
            total.append(("*", jump, other, _joint_density(goal, b, d, rho, root)))
    return ("+", *total)


def density(goal: Goal, b: Term) -> Term:
    """phi(b), the standard normal density."""
    scale = ("sqrt", ("*", 2, ("pi",)))
    if not goal.normal.term(b):
        return ("/", 1, scale)
    return ("/", ("exp", ("-", ("/", ("*", b, b), 2))), scale)


def _joint_density(goal: Goal, b: Term, d: Term, rho: str, root: Term) -> Term:
    """phi_2(b, d; rho) = exp(-(b^2 - 2 rho b d + d^2) / (2 (1 - rho^2))) / (2 pi root)."""
    scale = ("*", 2, ("pi",), root)
    square = ("+", ("*", b, b), ("-", ("*", 2, rho, b, d)), ("*", d, d))
    if not goal.normal.term(square):
        return ("/", 1, scale)
    return ("/", ("exp", ("-", ("/", square, ("*", 2, ("-", 1, ("*", rho, rho)))))), scale)
