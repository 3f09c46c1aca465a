"""Elementary functions: values at 0 and 1, bounds, monotony, addition theorems."""

from collections.abc import Callable

from certificates.checker import Goal, Rejected
from certificates.terms import Axiom, Formula, Term, rational_exponent


def pi_bounds(goal: Goal) -> Axiom:
    """223/71 < pi < 22/7 (Archimedes)."""
    return [], ("and", ("<", "223/71", ("pi",)), ("<", ("pi",), "22/7"))


AT_ZERO: dict[str, Term] = {
    "exp": 1, "cos": 1, "Phi": "1/2", "sin": 0, "tan": 0, "atan": 0, "asin": 0, "erf": 0, "sqrt": 0,
}  # fmt: skip


def value_at_zero(goal: Goal, term: Term) -> Axiom:
    """f(a) = f(0) for a = 0: 1 for exp and cos, 1/2 for Phi, 0 for the odd ones and the root."""
    if not (isinstance(term, tuple) and len(term) == 2 and term[0] in AT_ZERO):
        raise Rejected("an elementary function is needed")
    return [("=", term[1], 0)], ("=", term, AT_ZERO[term[0]])


def arcsine_one(goal: Goal) -> Axiom:
    """asin(1) = pi/2 and asin(-1) = -pi/2."""
    half = ("/", ("pi",), 2)
    return [], ("and", ("=", ("asin", 1), half), ("=", ("asin", -1), ("-", half)))


def arcsine_half(goal: Goal) -> Axiom:
    """asin(1/2) = pi/6 and asin(-1/2) = -pi/6."""
    sixth = ("/", ("pi",), 6)
    return [], ("and", ("=", ("asin", "1/2"), sixth), ("=", ("asin", "-1/2"), ("-", sixth)))


def exp_bounds(goal: Goal, x: Term) -> Axiom:
    """exp x > 0 and 1 + x <= exp x (convexity, at 0)."""
    return [], ("and", ("<", 0, ("exp", x)), ("<=", ("+", 1, x), ("exp", x)))


def exp_sum(goal: Goal, x: Term, y: Term) -> Axiom:
    """exp(x + y) = exp x exp y."""
    return [], ("=", ("exp", ("+", x, y)), ("*", ("exp", x), ("exp", y)))


def log_exp(goal: Goal, x: Term) -> Axiom:
    """log(exp x) = x (definition)."""
    return [], ("=", ("log", ("exp", x)), x)


def erf_bounds(goal: Goal, x: Term) -> Axiom:
    """2 (x - x^3/3) / sqrt(pi) <= erf x <= 2 x / sqrt(pi) for x >= 0: 1 - t^2 <= exp(-t^2) <= 1."""
    scale: Callable[[Term], Term] = lambda t: ("/", ("*", 2, t), ("sqrt", ("pi",)))  # noqa: E731
    lower = ("<=", scale(("-", x, ("/", ("^", x, 3), 3))), ("erf", x))
    return [("<=", 0, x)], ("and", lower, ("<=", ("erf", x), scale(x)))


def root_product(goal: Goal, x: Term, y: Term) -> Axiom:
    """sqrt(x y) = sqrt(x) sqrt(y) for x, y >= 0."""
    fact = ("=", ("sqrt", ("*", x, y)), ("*", ("sqrt", x), ("sqrt", y)))
    return [("<=", 0, x), ("<=", 0, y)], fact


def negative_argument(goal: Goal, term: Term) -> Axiom:
    """f(-a) = -f(a) for the odd functions, cos(-a) = cos(a), Phi(-a) = 1 - Phi(a)."""
    match term:
        case (("sin" | "atan" | "erf") as op, a):
            return [], ("=", (op, ("-", a)), ("-", term))
        case ("cos", a):
            return [], ("=", ("cos", ("-", a)), term)
        case ("Phi", a):
            return [], ("=", ("Phi", ("-", a)), ("-", 1, term))
    raise Rejected("a function with a symmetry is needed")


def pythagoras(goal: Goal, x: Term) -> Axiom:
    """sin(x)^2 + cos(x)^2 = 1."""
    return [], ("=", ("+", ("^", ("sin", x), 2), ("^", ("cos", x), 2)), 1)


def arccosine(goal: Goal, x: Term) -> Axiom:
    """acos x = pi/2 - asin x for |x| <= 1."""
    return [("<=", ("abs", x), 1)], ("=", ("acos", x), ("-", ("/", ("pi",), 2), ("asin", x)))


RANGES: dict[str, tuple[str, Term, Term]] = {
    "sin": ("<=", -1, 1), "cos": ("<=", -1, 1), "erf": ("<", -1, 1), "Phi": ("<", 0, 1),
    "atan": ("<", ("-", ("/", ("pi",), 2)), ("/", ("pi",), 2)),
}  # fmt: skip


def function_range(goal: Goal, term: Term) -> Axiom:
    """|sin|, |cos| <= 1, |erf| < 1, 0 < Phi < 1, |atan| < pi/2."""
    if not (isinstance(term, tuple) and len(term) == 2 and term[0] in RANGES):
        raise Rejected("a bounded function is needed")
    relation, low, high = RANGES[term[0]]
    return [], ("and", (relation, low, term), (relation, term, high))


def increasing(goal: Goal, a: Term, b: Term) -> Axiom:
    """f(s) <= f(t) for s <= t: exp, atan, erf, Phi; sqrt for 0 <= s, log for 0 < s, asin within
    [-1, 1]."""
    both = isinstance(a, tuple) and isinstance(b, tuple) and len(a) == len(b) == 2
    if not both or a[0] != b[0]:
        raise Rejected("two values of one function are needed")
    s, t = a[1], b[1]
    domains: dict[str, list[Formula]] = {
        "exp": [], "atan": [], "erf": [], "Phi": [], "sqrt": [("<=", 0, s)], "log": [("<", 0, s)],
        "asin": [("<=", -1, s), ("<=", t, 1)],
    }  # fmt: skip
    if a[0] not in domains:
        raise Rejected(f"{a[0]} is not known to increase")
    return [("<=", s, t), *domains[a[0]]], ("<=", a, b)


def rational_root(goal: Goal, term: Term) -> Axiom:
    """r >= 0 and r^q = a^n for r = a^(n/q) with n > 0, a >= 0 (definition)."""
    if not (isinstance(term, tuple) and term[0] == "rpow" and rational_exponent(term[2]) > 0):
        raise Rejected("a rational power with a positive exponent is needed")
    exponent = rational_exponent(term[2])
    power = ("^", term[1], exponent.numerator)
    fact = ("and", ("<=", 0, term), ("=", ("^", term, exponent.denominator), power))
    return [("<=", 0, term[1])], fact


def product_to_sum(goal: Goal, term: Term) -> Axiom:
    """2 cos a cos b = cos(a - b) + cos(a + b), and likewise for sin a sin b and sin a cos b."""
    match term:
        case ("*", ("cos", a), ("cos", b)):
            double: Term = ("+", ("cos", ("-", a, b)), ("cos", ("+", a, b)))
        case ("*", ("sin", a), ("sin", b)):
            double = ("-", ("cos", ("-", a, b)), ("cos", ("+", a, b)))
        case ("*", ("sin", a), ("cos", b)):
            double = ("+", ("sin", ("+", a, b)), ("sin", ("-", a, b)))
        case _:
            raise Rejected("a product of two sines or cosines is needed")
    return [], ("=", term, ("/", double, 2))


ELEMENTARY = (
    pi_bounds, value_at_zero, arcsine_one, arcsine_half, exp_bounds, exp_sum, log_exp, erf_bounds,
    root_product, negative_argument, product_to_sum, pythagoras, arccosine, function_range,
    increasing, rational_root,
)  # fmt: skip
