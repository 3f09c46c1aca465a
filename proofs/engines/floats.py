"""Terms as functions of doubles, to look where a claim is tight or false; never evidence."""

import math
from collections.abc import Callable, Mapping
from typing import Any

from flint import arb, ctx

from certificates.terms import Term, number
from proofs.engines.enclosure import elementary

Function = Callable[[Mapping[str, float]], float]

ELEMENTARY: dict[str, Callable[..., float]] = {
    "sqrt": math.sqrt, "exp": math.exp, "log": math.log, "sin": math.sin, "cos": math.cos,
    "tan": math.tan, "atan": math.atan, "asin": math.asin, "acos": math.acos, "erf": math.erf,
    "Phi": lambda x: math.erfc(-x / math.sqrt(2)) / 2, "abs": abs, "min": min, "max": max,
    "ceil": math.ceil, "floor": math.floor, "pi": lambda: math.pi,
}  # fmt: skip


def compiled(term: Term) -> Function:
    """The term as a function of a point.  It raises ArithmeticError or ValueError without value."""
    value = number(term)
    if value is not None:
        constant = float(value)
        return lambda at: constant
    if isinstance(term, str):
        return lambda at: at[term]
    op, args = term[0], term[1:]
    if op == "ite":
        condition, yes, no = truth(args[0]), compiled(args[1]), compiled(args[2])
        return lambda at: yes(at) if condition(at) else no(at)
    if op == "iter":
        return _iterate(args)
    if op == "rpow":
        base, exponent = compiled(args[0]), float(number(args[1]) or 0)
        return lambda at: math.pow(base(at), exponent)
    parts = [compiled(a) for a in args]
    if op in ("+", "*"):
        first, *rest = parts
        for part in rest:
            first = _added(first, part) if op == "+" else _multiplied(first, part)
        return first
    if op == "-" and len(parts) == 1:
        return lambda at: -parts[0](at)
    if op in ("-", "/", "^"):
        a, b = parts
        if op == "^":
            return lambda at: math.pow(a(at), b(at))
        return (lambda at: a(at) - b(at)) if op == "-" else (lambda at: a(at) / b(at))
    if op in ELEMENTARY:
        function = ELEMENTARY[op]
        return lambda at: function(*(p(at) for p in parts))
    raise ValueError(f"{op} is not computed in doubles")


def _added(a: Function, b: Function) -> Function:
    return lambda at: a(at) + b(at)


def _multiplied(a: Function, b: Function) -> Function:
    return lambda at: a(at) * b(at)


def _iterate(args: tuple[Any, ...]) -> Function:
    name, body, depth, start = args[0], *(compiled(a) for a in args[1:])

    def value(at: Mapping[str, float]) -> float:
        x = start(at)
        for _ in range(int(depth(at))):
            x = body({**at, name: x})
        return x

    return value


def truth(formula: Any) -> Callable[[Mapping[str, float]], bool]:
    """A formula without quantifiers as a predicate of doubles."""
    op, args = formula[0], formula[1:]
    if op in ("and", "or", "not", "implies"):
        parts = [truth(a) for a in args]
        if op == "and":
            return lambda at: all(p(at) for p in parts)
        if op == "or":
            return lambda at: any(p(at) for p in parts)
        if op == "not":
            return lambda at: not parts[0](at)
        return lambda at: not parts[0](at) or parts[1](at)
    a, b = compiled(args[0]), compiled(args[1])
    relations: dict[str, Callable[[float, float], bool]] = {
        "<=": lambda x, y: x <= y, "<": lambda x, y: x < y, "=": lambda x, y: x == y,
        "!=": lambda x, y: x != y,
    }  # fmt: skip
    relation = relations[op]
    return lambda at: relation(a(at), b(at))


MANY_BITS = 320


def precise(term: Term, at: Mapping[str, float]) -> float | None:
    """The value of a term, in arithmetic in which little cancels; None where it is not computed."""
    with ctx.workprec(MANY_BITS):
        try:
            value = _ball(term, {name: arb(x) for name, x in at.items()})
        except (ValueError, ArithmeticError):
            return None
        known = value.is_finite() and (value.rel_accuracy_bits() > 30 or value == 0)
        return float(value.mid()) if known else None


def _ball(term: Term, at: Mapping[str, arb]) -> arb:
    constant = number(term)
    if constant is not None:
        return arb(constant.numerator) / constant.denominator
    if isinstance(term, str):
        return at[term]
    op, args = term[0], term[1:]
    if op == "pi":
        return arb.pi()
    if op in ("ite", "iter", "min", "max", "ceil", "floor"):
        raise ValueError(f"{op} is not computed")
    if op == "rpow":
        exponent = number(args[1])
        if exponent is None:
            raise ValueError("not a number")
        return _ball(args[0], at) ** (arb(exponent.numerator) / exponent.denominator)
    v = [_ball(a, at) for a in args]
    if op in ("+", "*"):
        total = v[0]
        for x in v[1:]:
            total = total + x if op == "+" else total * x
        return total
    if op == "-":
        return v[0] - v[1] if len(v) == 2 else -v[0]
    if op == "/":
        return v[0] / v[1]
    if op == "^":
        return v[0] ** v[1]
    return abs(v[0]) if op == "abs" else elementary(op, v[0])


def value_or_none(function: Function, at: Mapping[str, float]) -> float | None:
    """The value, None where there is none or it is too large."""
    try:
        value = function(at)
    except (ArithmeticError, ValueError):
        return None
    return value if math.isfinite(value) else None
