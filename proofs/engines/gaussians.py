"""Engine `gaussians`: expectations of polynomials times Gaussians, of exponentials and waves.

Tactics that bring the body of an expectation into the shape that the checker's short table of
integrals has, and add the value; and Stein's identity E[X f(X)] = E[f'(X)].
"""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from certificates.checker import Goal
from certificates.derivative import derivative
from certificates.normal import Normaliser, Polynomial, constant
from certificates.terms import Term, free_names, numeral, substitute
from proofs.engines.dual import almost_everywhere, mean
from proofs.engines.identity import identity, parts_of, spell, spellings
from proofs.language import Expression, Formula, thawed
from proofs.tactics import Continue, Evidence, Prover, Stuck, Tactic, axiom, have, in_turn

SQUARE = 2


def bound_names(expectation: Term) -> tuple[str, ...]:
    """The names that an expectation binds."""
    return tuple(expectation[1:2] if expectation[0] == "expect" else expectation[2:4])


def weighted(expectation: Expression) -> Tactic:
    """Add the value of E[p exp(-a X^2 - b Y^2)], however the body is written."""
    names = bound_names(expectation.tree)
    body = expectation.tree[-1]
    normal = Normaliser({})
    exponents: dict[str, Any] = {}
    for part in parts_of(body):
        if part[0] == "exp" and free_names(part) & set(names):
            ((monomial, _),) = normal.term(part).items()
            exponents[monomial[0][0]] = part[1]
    shapes = {
        tuple((a, e) for a, e in monomial if a in exponents) for monomial in normal.term(body)
    }
    if len(shapes) != 1:
        raise Stuck("not a polynomial times one Gaussian")
    (shape,) = shapes
    factors = [exponents[a] for a, e in shape for _ in range(e)]
    rates = [_rate(factors, n, names, normal) for n in names]
    p: Polynomial = {
        tuple((a, e) for a, e in m if a not in exponents): c for m, c in normal.term(body).items()
    }
    spelled = {**spellings(normal, [("+", body, *names)]), **{n: n for n in names}}
    squares = [("*", rate, ("^", n, SQUARE)) for rate, n in zip(rates, names, strict=True)]
    exponent = squares[0] if len(names) == 1 else ("+", *squares)
    shaped = ("*", spell(p, spelled), ("exp", ("-", exponent)))
    merging, total = [], factors[0]
    for factor in factors[1:]:
        merging.append((total, factor))
        total = ("+", total, factor)
    return _valued(expectation, shaped, "exp_sum", merging, "gaussian_weight")


def _rate(factors: list[Any], name: str, names: tuple[str, ...], normal: Normaliser) -> Term:
    """The coefficient a of -a x^2 in the sum of the exponents."""
    total = normal.term(("+", 0, 0, *factors))
    found: Polynomial = {}
    for monomial, c in total.items():
        powers = dict(monomial)
        if set(powers) & set(names) == {name} and powers[name] == SQUARE:
            found[tuple((a, e) for a, e in monomial if a != name)] = -c
        elif not set(powers) & (set(names) - {name}):
            raise Stuck("an exponent that is not a square of each variable")
    return spell(found or constant(0), spellings(normal, [("+", *factors, 0)]))


def _valued(
    expectation: Expression, shaped: Term, merge: str, merging: list[Any], table: str
) -> Tactic:
    """Replace the body by an equal one, then add the value from the checker's table."""

    def tactic(prover: Prover, goal: Goal, then: Continue) -> Evidence:
        names = bound_names(expectation.tree)

        def steps(renamed: dict[str, Term]) -> list[Tactic]:
            read = [[Expression(substitute(t, renamed)) for t in pair] for pair in merging]
            return [*(axiom(merge, *pair) for pair in read), identity]

        def valued(prover: Prover, left: Goal, then: Continue) -> Evidence:
            new = left.hypotheses[-1][2]
            return axiom(table, Expression(new))(prover, left, then)

        first = almost_everywhere(expectation, Expression(shaped), [[]] * len(names), steps)
        return first(prover, goal, lambda left: valued(prover, left, then))

    return tactic


def exponential(expectation: Expression) -> Tactic:
    """Add the value of E[c exp(u) exp(v) ...] for linear u, v, ..., however the body is written."""
    names = bound_names(expectation.tree)
    head = expectation.tree[: -len(names) - 1]
    body = expectation.tree[-1]
    normal = Normaliser({})
    spelled = {**spellings(normal, [("+", body, *names)]), **{n: n for n in names}}
    items = list(normal.term(body).items())
    if len(items) != 1:
        raise Stuck("not one product of exponentials")
    ((monomial, c),) = items
    powers = [a for a, e in monomial for _ in range(e) if free_names(spelled[a]) & set(names)]
    if not powers or any(_plain(spelled[a])[0] != "exp" for a in powers):
        raise Stuck("not a product of exponentials")
    exponents = [_plain(spelled[a])[1] for a in powers]
    scale = spell({tuple((a, e) for a, e in monomial if a not in powers): c}, spelled)
    merging, total = [], exponents[0]
    for u in exponents[1:]:
        merging.append((total, u))
        total = ("+", total, u)
    single = Expression((*head, *names, ("exp", total)))

    def steps(renamed: dict[str, Term]) -> list[Tactic]:
        read = [[Expression(substitute(t, renamed)) for t in pair] for pair in merging]
        return [*(axiom("exp_sum", *pair) for pair in read), identity]

    shaped = Expression(("+", 0, ("*", scale, ("exp", total))))
    return in_turn(
        almost_everywhere(expectation, shaped, [[]] * len(names), steps),
        linear(single, Expression(scale)),
        axiom("exponential_mean", single),
    )


def stein_mean(expectation: Expression, tactic: Callable[[Expression], Tactic]) -> Tactic:
    """Add E[X f(X)] = E[f'(X)], and by the tactic what this is, for a smooth f."""
    _, x, (_, factor, body) = expectation.tree
    if factor != x:
        raise Stuck("not X times a function")
    slope = Expression(("expect", x, derivative(body, x)[0]))
    return in_turn(
        stein(Expression(("expect", x, body))),
        linear(expectation, number(1), slope, number(-1)),
        have(Formula(("=", expectation.tree, slope.tree))),
        tactic(slope),
    )


def stein(expectation: Expression) -> Tactic:
    """Add E[X f(X) - f'(X)] = 0 for a smooth f, written as E[f]."""
    _, x, body = expectation.tree
    slope, _ = derivative(body, x)
    difference = ("expect", x, ("-", ("*", x, body), slope))
    return mean(Expression(difference), (), [Expression(("-", body))], [[]])


def linear(*terms: Any) -> Tactic:
    """Add E sum c f = sum c E f, for E f, c, E g, d, ..."""
    return axiom("linearity", *terms)


def by_linearity(whole: Expression, *parts: tuple[Expression, Expression]) -> Tactic:
    """Write an expectation as a combination of others, each given with its coefficient."""
    shaped = ("+", 0, *(("*", c.tree, part.tree[-1]) for part, c in parts))
    excluded: list[Any] = [[]] * len(bound_names(whole.tree))
    same = almost_everywhere(whole, Expression(shaped), excluded, lambda _renamed: [identity])
    return in_turn(same, linear(*(t for pair in parts for t in pair)))


def number(value: Any) -> Expression:
    """A numeral as a term."""
    return Expression(numeral(value))


# Means --------------------------------------------------------------------------------------------


def mean_value(expectation: Expression) -> Tactic:
    """Add what the mean of a sum of x^n, x^n exp(-a x^2), x^n erf(a x) and x^n Phi(x) is.

    The sum is taken apart by linearity; x^n f(x) goes down to n = 0 by Stein's identity, where f
    or f - 1/2 is odd.
    """
    _, x, body = expectation.tree
    normal = Normaliser({})
    spelled = {**spellings(normal, [("+", body, x)]), x: x}
    groups: dict[Any, Polynomial] = {}
    for monomial, c in normal.term(body).items():
        shape = tuple((a, e) for a, e in monomial if a != x and x in free_names(spelled[a]))
        power = dict(monomial).get(x, 0) if any(_odd(spelled[a]) for a, _ in shape) else -1
        rest = tuple((a, e) for a, e in monomial if (a, e) not in shape and (power < 0 or a != x))
        groups.setdefault((shape, power), {})[rest] = c
    steps: list[Tactic] = []
    terms: list[Any] = []
    for (shape, power), left in groups.items():
        if power >= 0:
            ((atom, e),) = shape
            function = _plain(spelled[atom])
            if e != 1:
                raise Stuck("a power of erf or Phi")
            part = Expression(("expect", x, ("*", ("^", x, power), function)))
            steps.append(_down(part, power, function))
            terms += [part, Expression(spell(left, spelled))]
            continue
        body_part = ("*", spell(left, spelled), *(("^", spelled[a], e) for a, e in shape), 1)
        part = Expression(("expect", x, body_part))
        steps += [weighted(part)] if shape else []
        terms += [part, number(1)]
    return in_turn(*steps, linear(*terms))


def _plain(term: Term) -> Term:
    """1 * t as t."""
    return term[2] if term[:2] == ("*", 1) else term


def _odd(term: Term) -> bool:
    return bool(_plain(term)[0] in ("erf", "Phi"))


def _down(expectation: Expression, power: int, function: Term) -> Tactic:
    """Add E[x^n f(x)] = (n - 1) E[x^(n-2) f(x)] + E[x^(n-1) f'(x)], and what these are."""
    _, x, body = expectation.tree
    if power == 0:
        return _centre(expectation, function)
    lower = ("*", ("^", x, power - 1), function)
    slope = ("*", ("^", x, power - 1), derivative(function, x)[0])
    last = Expression(("expect", x, slope))
    steps = [stein(Expression(("expect", x, lower))), weighted(last)]
    terms: list[Any] = [expectation, number(1), last, number(-1)]
    total: Any = ("+", last.tree, 0)
    if power > 1:
        before = Expression(("expect", x, ("*", ("^", x, power - 2), function)))
        steps.append(_down(before, power - 2, function))
        terms += [before, number(1 - power)]
        total = ("+", last.tree, ("*", power - 1, before.tree))
    known = have(Formula(("=", expectation.tree, total)))
    return in_turn(*steps, linear(*terms), known)


def _centre(expectation: Expression, function: Term) -> Tactic:
    """Add E erf(a X) = 0 or E Phi(X) = 1/2: X and -X have the same law."""
    _, x, body = expectation.tree
    phi = function[0] == "Phi"
    turned = Expression(("expect", x, substitute(body, {x: ("-", x)})))
    other = ("-", 1, body) if phi else ("-", body)
    one = Expression(("expect", x, 1))

    def steps(renamed: dict[str, Term]) -> list[Tactic]:
        return [axiom("negative_argument", Expression(substitute(function, renamed))), identity]

    return in_turn(
        axiom("reflection", expectation),
        almost_everywhere(turned, Expression(other), [[]], steps),
        linear(one, number(1 if phi else 0), expectation, number(-1)),
        axiom("gaussian_moments", one),
        have(Formula(("=", expectation.tree, numeral(Fraction(1, 2)) if phi else 0))),
    )


# Waves --------------------------------------------------------------------------------------------


def waves(expectation: Expression) -> Tactic:
    """Add the value of the expectation of a sum of powers of the variables, of products of two
    sines or cosines, and of odd products of powers and a wave."""
    names = bound_names(expectation.tree)
    head = expectation.tree[: -len(names) - 1]
    normal = Normaliser({})
    body = expectation.tree[-1]
    spelled = {**spellings(normal, [("+", body, *names)]), **{n: n for n in names}}
    products: list[Any] = []
    terms: list[Any] = []
    shaped: list[Any] = []
    values: list[Tactic] = []
    for monomial, c in normal.term(body).items():
        wave = [
            a for a, e in monomial for _ in range(e)
            if a not in names and free_names(spelled[a]) & set(names)
        ]  # fmt: skip
        powers = tuple((a, e) for a, e in monomial if a in names)
        rest = tuple((a, e) for a, e in monomial if a not in wave and a not in names)
        scale = spell({rest: c}, spelled)
        factors = sorted((_plain(spelled[a]) for a in wave), key=lambda t: t[0] != "sin")
        if any(f[0] not in ("sin", "cos") for f in factors) or len(factors) > 2:
            raise Stuck("not a product of two waves")
        parts = [(Fraction(1), factors[0] if factors else 1)]
        if len(factors) == 2:
            products.append(("*", *factors))
            parts = _parts_of_product(factors)
        for weight, part in parts:
            if powers:
                part = ("*", spell({powers: Fraction(1)}, spelled), part)
            mean_of = Expression((*head, *names, part))
            terms += [mean_of, Expression(("*", numeral(weight), scale))]
            shaped.append(("*", ("*", numeral(weight), scale), part))
            if powers and factors:
                values.append(odd(mean_of, factors[0]))
            elif factors:
                values.append(axiom("trigonometric_mean", mean_of))

    def steps(renamed: dict[str, Term]) -> list[Tactic]:
        return [axiom("product_to_sum", Expression(substitute(p, renamed))) for p in products]

    return in_turn(
        almost_everywhere(expectation, Expression(("+", 0, *shaped)), [[]] * len(names), steps),
        linear(*terms),
        *values,
    )


def odd(expectation: Expression, wave: Term) -> Tactic:
    """Add E f = 0 for an odd f, a polynomial times a wave: (-X, -Y) has the law of (X, Y)."""
    names = bound_names(expectation.tree)
    head, body = expectation.tree[: -len(names) - 1], expectation.tree[-1]
    turned = Expression((*head, *names, substitute(body, {n: ("-", n) for n in names})))

    def steps(renamed: dict[str, Term]) -> list[Tactic]:
        return [axiom("negative_argument", Expression(substitute(wave, renamed))), identity]

    return in_turn(
        axiom("reflection", expectation),
        almost_everywhere(turned, Expression(("-", body)), [[]] * len(names), steps),
        linear(expectation, number(-1)),
        have(Formula(("=", expectation.tree, 0))),
    )


def flattened(whole: Expression, function: Expression, flat: Expression, squares: Any) -> Tactic:
    """Add the value of E f(X) or E f(X) f(Y) for an f with squares of sines, as for f without.

    Both are spelled in x; `squares` are the products sin u sin u in f.
    """
    names = bound_names(whole.tree)

    def at(term_: Any, name: Any) -> Any:
        return substitute(term_, {"x": name})

    def steps(renamed: dict[str, Term]) -> list[Tactic]:
        found: list[Tactic] = []
        for n in names:
            for square in squares:
                _, (_, u), _ = square
                zero = ("cos", ("-", u, u))
                found += [axiom("product_to_sum", Expression(at(square, renamed[n]))),
                          axiom("value_at_zero", Expression(at(zero, renamed[n])))]  # fmt: skip
        equations = [
            have(Formula(("=", at(function.tree, renamed[n]), at(flat.tree, renamed[n]))))
            for n in names
        ]
        if len(names) == 1:
            return [*found, *equations]
        one, other = at(function.tree, renamed[names[0]]), at(flat.tree, renamed[names[1]])
        return [*found, *equations, product_of_equals(Expression(one), Expression(other))]

    bodies = [at(flat.tree, n) for n in names]
    body = bodies[0] if len(names) == 1 else ("*", *bodies)
    head = whole.tree[: -len(names) - 1]
    return in_turn(
        almost_everywhere(whole, Expression(body), [[]] * len(names), steps),
        waves(Expression((*head, *names, body))),
    )


def product_of_equals(one: Expression, sum_of_other: Expression) -> Tactic:
    """From sigma(v) = S(v) and sigma(w) = S(w), the last two hypotheses, the products are equal:
    S(v) S(w) - sigma(v) sigma(w) = (S(v) - sigma(v)) S(w) + sigma(v) (S(w) - sigma(w)).

    Given are sigma(v) and S(w).
    """

    def tactic(prover: Prover, goal: Goal, then: Continue) -> Evidence:
        count = len(goal.hypotheses)
        sides = []
        for k, sign in enumerate((1, -1)):
            sides.append({"by": "polynomial", "sum": [
                [1, [[count + k, 1]]],
                [sign, [[count - 2, 1]], thawed(sum_of_other.tree)],
                [sign, [[count - 1, 1]], thawed(one.tree)],
            ]})  # fmt: skip
        return {"by": "split", "parts": sides}

    return tactic


def _parts_of_product(factors: list[Term]) -> list[tuple[Fraction, Term]]:
    (f, a), (g, b) = factors
    half = Fraction(1, 2)
    if (f, g) == ("sin", "cos"):
        return [(half, ("sin", ("+", a, b))), (half, ("sin", ("-", a, b)))]
    sign = half if f == "cos" else -half
    return [(half, ("cos", ("-", a, b))), (sign, ("cos", ("+", a, b)))]
