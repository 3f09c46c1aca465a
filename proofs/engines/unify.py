"""Engine `unify`: exp(a) = exp(b) and the like where a = b follows, though not by normal forms.

Which arguments are equal is guessed from their values at a point; each guess is then proved.
"""

from collections.abc import Iterator
from typing import Any

import mpmath

from certificates.checker import Goal
from certificates.terms import Term, number
from proofs.engines.identity import identity, inverse_pair, parts_of
from proofs.language import Expression, thawed
from proofs.tactics import Continue, Evidence, Prover, Stuck, Tactic, axiom, in_turn, use

DIGITS = 30
FUNCTIONS = {"sqrt": mpmath.sqrt, "exp": mpmath.exp, "Phi": mpmath.ncdf, "asin": mpmath.asin}
SAMPLES = ("0.3701", "0.7319", "0.5923", "0.8117", "0.4513")


def unified(symmetries: str) -> Tactic:
    """A tactic: adds f(a) = f(b) for the equal a and b in the goal, f one of exp, Phi, Phi_2.

    Phi_2 comes down to one of Phi_2(a, b; r), Phi_2(-a, -b; r), Phi_2(a, -b; -r), by lemmas of the
    item `symmetries`.
    """

    def tactic(prover: Prover, goal: Goal, then: Continue) -> Evidence:
        return in_turn(*_pairs(goal, symmetries))(
            prover, goal, lambda left: in_turn(*_functions(left))(prover, left, then)
        )

    return tactic


def _found(goal: Goal) -> tuple[list[Any], dict[str, Any]]:
    """The parts of the values known and of the conclusion, and a point for the guesses."""
    values = {n: mpmath.mpf(SAMPLES[k % len(SAMPLES)]) for k, n in enumerate(goal.variables)}
    sides = [h[2] for h in goal.hypotheses if h[0] == "=" and isinstance(h[1], tuple)]
    return [p for side in (*sides, goal.conclusion) for p in parts_of(side)], values


def _functions(goal: Goal) -> Iterator[Tactic]:
    found, values = _found(goal)
    for operator in ("exp", "Phi"):
        first: dict[Any, Any] = {}
        for part in dict.fromkeys(p for p in found if p[0] == operator):
            key = _key(part[1], values)
            if key is None:
                continue
            if operator == "Phi" and key not in first and _negative(key) in first:
                opposite = first[_negative(key)]
                yield axiom("negative_argument", Expression(opposite))
                first[key] = ("Phi", ("-", opposite[1]))
            if operator == "exp" and key not in first and _negative(key) in first:
                yield same(first[_negative(key)], ("exp", ("-", part[1])))
                yield from inverse_pair(part[1], ("-", part[1]), lambda _formula: True)
            known = first.setdefault(key, part)
            if goal.normal.key(known) != goal.normal.key(part):
                yield same(part, known)


def _pairs(goal: Goal, item: str) -> Iterator[Tactic]:
    found, values = _found(goal)
    first: set[tuple[Any, ...]] = set()
    for part in dict.fromkeys(p for p in found if _bivariate(p) is not None):
        a, b, r = (Expression(t) for t in _bivariate(part) or (0, 0, 0))
        if goal.normal.term(a.tree) == goal.normal.term(b.tree) == goal.normal.term(0):
            yield use(f"{item}: at 0", rho=r)
            continue
        forms = {"": (a, b, r), "reflected": (-a, -b, r), "opposite": (a, -b, -r)}
        swapped = {n: (d, c, q) for n, (c, d, q) in forms.items()}
        name, turned = next(
            ((n, options is swapped) for options in (forms, swapped)
             for n, form in options.items() if _keys(form, values) in first),
            ("new", False),
        )  # fmt: skip
        if name == "new":
            first.add(_keys((a, b, r), values))
        elif name == "reflected":
            yield use(f"{item}: reflected", a=-a, b=-b, rho=r)
        elif name == "opposite":
            yield use(f"{item}: opposite", a=a, b=b, rho=-r)
        if turned:
            yield axiom("exchange", Expression(_written_out(*(t.tree for t in forms[name]))))


def _written_out(a: Term, b: Term, r: Term) -> Term:
    """Phi_2(a, b; r) as `_bivariate` reads it."""
    return (
        "expect2",
        r,
        "x",
        "y",
        ("*", ("ite", ("<", "x", a), 1, 0), ("ite", ("<", "y", b), 1, 0)),
    )


def _keys(form: tuple[Expression, ...], values: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(_key(t.tree, values) for t in form)


def same(one: Term, other: Term) -> Tactic:
    """Add f(a) = f(b), by the equation a = b."""

    def tactic(prover: Prover, goal: Goal, then: Continue) -> Evidence:
        claim = ("=", one, other)
        try:
            proof = {
                "by": "rewrite", "old": thawed(one[1]), "new": thawed(other[1]),
                "equal": prover.prove(goal.proving(("=", one[1], other[1])), [identity]),
                "then": {"by": "split", "parts": [{"by": "assumption"}] * 2},
            }  # fmt: skip
        except Stuck:
            return then(goal)
        return {"by": "have", "claim": thawed(claim), "proof": proof,
                "then": then(goal.having(claim))}  # fmt: skip

    return tactic


def _bivariate(part: Any) -> tuple[Term, Term, Term] | None:
    """a, b, r of Phi_2(a, b; r) written out."""
    match part:
        case (
            "expect2",
            r,
            x,
            y,
            ("*", ("ite", ("<", x_1, a), 1, 0), ("ite", ("<", y_1, b), 1, 0)),
        ):
            return (a, b, r) if (x, y) == (x_1, y_1) else None
    return None


def _negative(key: str) -> str:
    return key[1:] if key.startswith("-") else "-" + key


def _key(term: Term, values: dict[str, Any]) -> Any:
    """The value of a term at the point, in decimals; None where it has none."""
    with mpmath.workdps(DIGITS + 15):
        try:
            found = _value(term, values)
        except (KeyError, ZeroDivisionError, TypeError, ValueError):
            return None
        return mpmath.nstr(found, DIGITS) if abs(found) > mpmath.mpf(10) ** -DIGITS else "0"


def _value(term: Term, values: dict[str, Any]) -> Any:
    known = number(term)
    if known is not None:
        return mpmath.mpf(known.numerator) / known.denominator
    if isinstance(term, str):
        return values[term]
    op = term[0]
    if op == "pi":
        return +mpmath.pi
    if op not in ("+", "-", "*", "/", "^", *FUNCTIONS):
        raise KeyError(op)
    args = [_value(a, values) for a in term[1:]]
    if op in FUNCTIONS:
        return FUNCTIONS[op](args[0])
    if op == "+":
        return mpmath.fsum(args)
    if op == "*":
        return mpmath.fprod(args)
    if op == "-":
        return -args[0] if len(args) == 1 else args[0] - args[1]
    return args[0] / args[1] if op == "/" else args[0] ** int(args[1])
