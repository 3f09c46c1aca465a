"""The derivative of a term with respect to a variable, and where a term is continuous.

Both come with conditions, formulas that the caller has to prove.  They concern the completed
operations: what a term is where a condition fails is left open.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from certificates.checker import Rejected
from certificates.terms import (
    MOST_NODES,
    Formula,
    Term,
    free_names,
    number,
    numeral,
    rational_exponent,
    size,
)
from certificates.work import spend

Condition = Callable[[Term], Formula] | None


class Function(NamedTuple):
    """A function of one argument: f', where f is differentiable (open), where it is continuous."""

    slope: Callable[[Term], Term]
    differentiable: Condition
    continuous: Condition


def _positive(a: Term) -> Formula:
    return ("<", 0, a)


def _inside(a: Term) -> Formula:
    return ("<", ("*", a, a), 1)


def _closed(a: Term) -> Formula:
    return ("<=", ("*", a, a), 1)


def _no_pole(a: Term) -> Formula:
    return ("!=", ("cos", a), 0)


def _arc(a: Term) -> Term:
    return ("/", 1, ("sqrt", ("-", 1, ("*", a, a))))


FUNCTIONS = {
    "exp": Function(lambda a: ("exp", a), None, None),
    "log": Function(lambda a: ("/", 1, a), _positive, _positive),
    "sqrt": Function(lambda a: ("/", 1, ("*", 2, ("sqrt", a))), _positive, lambda a: ("<=", 0, a)),
    "sin": Function(lambda a: ("cos", a), None, None),
    "cos": Function(lambda a: ("-", ("sin", a)), None, None),
    "tan": Function(lambda a: ("+", 1, ("*", ("tan", a), ("tan", a))), _no_pole, _no_pole),
    "atan": Function(lambda a: ("/", 1, ("+", 1, ("*", a, a))), None, None),
    "asin": Function(_arc, _inside, _closed),
    "acos": Function(lambda a: ("-", _arc(a)), _inside, _closed),
    "erf": Function(
        lambda a: ("/", ("*", 2, ("exp", ("-", ("*", a, a)))), ("sqrt", ("pi",))), None, None
    ),
    "Phi": Function(
        lambda a: ("/", ("exp", ("-", ("/", ("*", a, a), 2))), ("sqrt", ("*", 2, ("pi",)))),
        None,
        None,
    ),
}


def derivative(term: Term, name: str) -> tuple[Term, list[Formula]]:
    """(t', conditions): where the conditions hold, the term is differentiable in `name`, to t'.

    By induction on the term, at a point where the conditions hold.  A term without `name` is
    constant.  Sums, products and differences need no condition.  If b is differentiable at the
    point and not 0 there, it is not 0 nearby, where a/b is the quotient.  Each function of the
    table is differentiable, with the slope given, at every argument that satisfies its open
    condition (nearby arguments do, too): the chain rule.  For a power a^n whose integer exponent
    does not involve `name`: n a^(n-1) a' for n >= 1 (0^0 = 1), 0 for n = 0, and for n < 0 where
    a != 0; for a rational power a^q: q a^(q-1) a' where a > 0.  For a Hermite polynomial He_n(a)
    whose index does not involve `name`: n He_(n-1)(a) a', also where n is no natural number and
    both are 0 (total completion).  The variable is a real one.  Raises Rejected for other terms,
    such as binders and case distinctions over `name`.
    """
    conditions: list[Formula] = []
    spend(10 * size(term))
    if size(term) > MOST_NODES:
        raise Rejected("a term is too long to be differentiated")

    def of(t: Term) -> Term:
        spend(3)
        if name not in free_names(t):
            return 0
        if t == name:
            return 1
        op, args = t[0], t[1:]
        if op in ("+", "-"):
            return (op, *(of(a) for a in args))
        if op == "*":
            products = [
                ("*", slope, *args[:k], *args[k + 1 :])
                for k, a in enumerate(args)
                if (slope := of(a)) != 0
            ]
            return ("+", 0, 0, *products)
        if op == "/":
            a, b = args
            if name not in free_names(b):
                return ("/", of(a), b)
            conditions.append(("!=", b, 0))
            return ("/", ("-", ("*", of(a), b), ("*", a, of(b))), ("*", b, b))
        if op == "^" and name not in free_names(args[1]):
            conditions.extend(_power_condition(*args))
            return _power_slope(args[0], args[1], of(args[0]))
        if op == "hermite" and name not in free_names(args[0]):
            return ("*", args[0], ("hermite", ("-", args[0], 1), args[1]), of(args[1]))
        if op == "rpow":
            conditions.append(_positive(args[0]))
            less = ("rpow", args[0], numeral(rational_exponent(args[1]) - 1))
            return ("*", args[1], less, of(args[0]))
        if op in FUNCTIONS:
            condition = FUNCTIONS[op].differentiable
            conditions.extend([condition(args[0])] if condition else [])
            return ("*", FUNCTIONS[op].slope(args[0]), of(args[0]))
        raise Rejected(f"no derivative of {op} is known")

    result = of(term)
    if size(result) > MOST_NODES:
        raise Rejected("a derivative grows too long")
    return result, list(dict.fromkeys(conditions))


def continuity(term: Term, name: str) -> list[Formula]:
    """Conditions: on a set of values of `name` where they all hold, the term is continuous.

    By induction on the term: each operation is continuous on the set of arguments that satisfies
    its condition, and there it has its ordinary value.  Raises Rejected for other terms.
    """
    if name not in free_names(term) or term == name:
        return []
    spend(size(term))
    op, args = term[0], term[1:]
    found: list[Formula] = []
    if op == "/":
        found = [("!=", args[1], 0)] if name in free_names(args[1]) else []
    elif op == "^" and name not in free_names(args[1]):
        found = _power_condition(*args)
    elif op == "rpow":
        found = [("<=" if rational_exponent(args[1]) > 0 else "<", 0, args[0])]
    elif op in FUNCTIONS:
        condition = FUNCTIONS[op].continuous
        found = [condition(args[0])] if condition else []
    elif op not in ("+", "-", "*", "abs", "min", "max") and not (
        op == "hermite" and name not in free_names(args[0])
    ):
        raise Rejected(f"{op} is not known to be continuous")
    parts = args[:1] if op == "rpow" else args
    inner = [c for a in parts for c in continuity(a, name)]
    return list(dict.fromkeys(inner + found))


def _power_condition(base: Term, exponent: Term) -> list[Formula]:
    value = number(exponent)
    if value is not None and value >= 0:
        return []
    return [("or", ("<=", 0, exponent), ("!=", base, 0))]


def _power_slope(base: Term, exponent: Term, slope: Term) -> Term:
    value = number(exponent)
    if value == 0:
        return 0
    less: Any = numeral(value - 1) if value is not None else ("-", exponent, 1)
    return ("*", exponent, ("^", base, less), slope)
