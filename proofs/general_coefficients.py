"""Hermite coefficients for general k as claims: E sigma(X) He_k(X) for every integer k.

An activation is cut into a piecewise polynomial and powers of x times waves, exponentials,
Gaussians, error functions.  By parts, E[He_k(X) f(X)] = E[He_(k-1)(X) f'(X)] with a point mass of
f' at each jump of f: a polynomial is used up by this, the others satisfy a recurrence in k, which
the checker's induction turns into the closed form.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import sympy

from certificates.checker import Goal
from certificates.normal import Normaliser, constant_value
from certificates.terms import free_names, numeral, substitute
from proofs.claim import Part, lemma
from proofs.clipped import Base as CutBase
from proofs.clipped import of_one
from proofs.engines.dual import almost_everywhere, apart, mean
from proofs.engines.gaussians import exponential, linear, number, waves, weighted
from proofs.engines.identity import defining_facts, identity
from proofs.language import (
    SUM,
    Expression,
    Formula,
    choose,
    conjunction,
    equal,
    expectation,
    fold,
    function,
    given,
    hermite,
    integer,
)
from proofs.tactics import (
    Continue,
    Evidence,
    Prover,
    Tactic,
    axiom,
    have,
    in_turn,
    induction,
    split,
    use,
)
from proofs.translate import Phi, term
from proofs.truncated import total_of
from proofs.written import Written, x
from symbolic.bivariate import normal_density
from symbolic.pieces import terms_of
from symbolic.ranges import Piece, pieces
from symbolic.terms import NoRoute
from symbolic.variables import x as argument

k = integer("k")
PI = function("pi")
LABEL, RECURRENCE = "general k", "recurrence"


class NoGeneralForm(ValueError):
    """No closed form in k is proved here for this activation."""


def spelled(e: sympy.Expr) -> Expression:
    """An expression in x and the parameters."""
    return term(e, argument, "x")


def moment(f: Expression, n: Expression) -> Expression:
    """E[He_n(X) f(X)]."""
    return expectation(x, hermite(n, x) * f)


def by_parts(combination: Expression, primitive: Expression, n: Expression) -> Tactic:
    """Add E[combination] = 0, which is P' - x P for the primitive P, by He_(n+1) = x He_n - ..."""
    return mean(
        expectation(x, combination), (), [primitive], [[]],
        lambda name: [axiom("hermite_successor", n, Expression(name)), identity],
    )  # fmt: skip


# Functions with a recurrence ----------------------------------------------------------------------


@dataclass(frozen=True)
class Base:
    """A function f, and what E[He_n(X) f(X)] is for each integer n >= least.

    `reduced` are facts that bring the value at a numeral n into its usual form.
    """

    function: Expression
    value: Callable[[Expression], Expression]
    label: str
    least: int = 0
    reduced: Callable[[int], list[Tactic]] = lambda _n: []


def _exponential(rate: sympy.Expr) -> tuple[Base, list[Tactic], Formula]:
    """exp(r x): E[He_(k+1) f] = r E[He_k f]."""
    r = spelled(rate)
    f = function("exp", spelled(rate * argument))
    base = Base(f, lambda n: r**n * function("exp", r * r / 2), f"exp({rate} x)")
    step = [
        by_parts(hermite(k + 1, x) * f - r * (hermite(k, x) * f), -(hermite(k, x) * f), k),
        linear(moment(f, k + 1), number(1), moment(f, k), -r),
        have(equal(moment(f, k + 1), r * moment(f, k))),
        axiom("power_successor", r, k), identity,
    ]  # fmt: skip
    proof = induction("k", base=[exponential(moment(f, Expression(0))), identity], step=step)
    return base, [proof], equal(moment(f, k), base.value(k))


def _waves(angle: sympy.Expr) -> tuple[list[Base], list[Tactic], Formula]:
    """sin(w x + b) and cos(w x + b): E[He_(k+1) sin] = w E[He_k cos], and -w E[He_k sin]."""
    slope, offset = sympy.Poly(angle, argument).all_coeffs()
    w, b = spelled(slope), spelled(offset)
    u, half = spelled(angle), PI / 2
    size = function("exp", -(w * w / 2))

    def value(name: str) -> Callable[[Expression], Expression]:
        return lambda n: w**n * size * function(name, b + n * half)

    sine, cosine = function("sin", u), function("cos", u)
    reduced = _quarter_turns(b) if offset.free_symbols or offset != 0 else lambda _n: []
    label = f"waves of {angle}"
    found = [Base(f, value(f.tree[0]), label, 0, reduced) for f in (sine, cosine)]
    at = b + k * half
    shifted = [
        axiom("product_to_sum", function(f, a) * function(g, c))
        for f, a, g, c in (("sin", at, "cos", half), ("sin", half, "cos", at),
                           ("cos", at, "cos", half), ("sin", at, "sin", half))
    ]  # fmt: skip
    shifted.append(axiom("negative_argument", function("sin", at - half)))
    turn = [
        have(equal(function("sin", at + half), function("cos", at)), *shifted),
        have(equal(function("cos", at + half), -function("sin", at)), *shifted),
    ]

    def next_one(f: Expression, g: Expression, sign: int) -> list[Tactic]:
        difference = hermite(k + 1, x) * f - sign * w * (hermite(k, x) * g)
        return [
            by_parts(difference, -(hermite(k, x) * f), k),
            linear(moment(f, k + 1), number(1), moment(g, k), -(sign * w)),
            have(equal(moment(f, k + 1), sign * w * moment(g, k))),
            axiom("power_successor", w, k), *turn, identity,
        ]  # fmt: skip

    start = [[waves(moment(f, Expression(0))), identity] for f in (sine, cosine)]
    steps = split(next_one(sine, cosine, 1), next_one(cosine, sine, -1))
    proof = induction("k", base=[split(*start)], step=[steps])
    claim = conjunction(*(equal(moment(b_.function, k), b_.value(k)) for b_ in found))
    return found, [proof], claim


def _quarter_turns(b: Expression) -> Callable[[int], list[Tactic]]:
    """sin(b + n pi/2) and cos(b + n pi/2) for a numeral n, by the addition theorems."""

    def facts(n: int) -> list[Tactic]:
        angle = n * (PI / 2)
        sine, cosine = (function(f, b + angle) for f in ("sin", "cos"))
        one, other = function("sin", b), function("cos", b)
        across, along = function("sin", angle), function("cos", angle)
        sums = [axiom("product_to_sum", e) for e in (one * along, across * other, other * along,
                                                     one * across)]  # fmt: skip
        sums += [axiom("negative_argument", function("sin", b - angle))]
        return [
            have(equal(sine, one * along + other * across), *sums),
            have(equal(cosine, other * along - one * across), *sums),
        ]

    return facts


def _gaussian(decay: sympy.Expr) -> tuple[Base, list[Tactic], Formula]:
    """exp(-a x^2): (1 + 2a) E[He_(k+2) f] = -2a (k+1) E[He_k f]."""
    a = spelled(decay)
    f = function("exp", -(a * x**2))
    double, whole = 2 * a, 1 + 2 * a
    s, root = function("sqrt", double / whole), function("sqrt", whole)
    zero = Expression(0)
    base = Base(f, lambda n: hermite(n, 0) * s**n / root, f"exp(-{decay} x^2)")
    ratio = double / whole
    step = [
        by_parts(
            hermite(k + 2, x) * f + ratio * (k + 1) * (hermite(k, x) * f),
            -(hermite(k + 1, x) * f) / whole, k + 1,
        ),
        linear(moment(f, k + 2), number(1), moment(f, k), ratio * (k + 1)),
        have(equal(moment(f, k + 2), -(ratio * (k + 1) * moment(f, k)))),
        axiom("hermite_successor", k + 1, zero),
        axiom("power_successor", s, k), axiom("power_successor", s, k + 1),
        identity,
    ]  # fmt: skip
    facts = [
        have(whole > 0), axiom("quotient", 1, whole), have(ratio >= 0, defining_facts),
        axiom("root", ratio),
    ]  # fmt: skip
    start = [[weighted(moment(f, Expression(n))), identity] for n in (0, 1)]
    proof = induction("k", base=[split(*start)], step=[*facts, split([], step)])
    both = conjunction(*(equal(moment(f, n), base.value(n)) for n in (k, k + 1)))
    return base, [have(both, proof)], equal(moment(f, k), base.value(k))


def _normal(
    f: Expression, scale: Expression, gaussian: Base, label: str
) -> tuple[Base, list[Tactic]]:
    """f = erf(a x) or Phi(a x), whose derivative is a Gaussian times `scale`."""
    before = k - 1
    base = Base(f, lambda n: scale * gaussian.value(n - 1), label, 1)
    g = gaussian.function
    combination = hermite(k, x) * f - scale * (hermite(before, x) * g)
    steps = [
        by_parts(combination, -(hermite(before, x) * f), before),
        linear(moment(f, k), number(1), moment(g, before), -scale),
        have(equal(moment(f, k), scale * moment(g, before))),
        use(gaussian.label, k=before), identity,
    ]  # fmt: skip
    return base, steps


def _cut_exponential(rate: sympy.Expr) -> tuple[Base, list[Tactic], Formula]:
    """exp(r x) 1(x < 0): E[He_(k+1) f] = r E[He_k f] - He_k(0) phi(0)."""
    r, cut = spelled(rate), CutBase(0, rate, sympy.Integer(0))
    f, edge = cut.written(x), 1 / function("sqrt", 2 * PI)
    first = function("exp", r * r / 2) * (1 - function("Phi", r))
    j, so_far = integer("j"), SUM

    def value(n: Expression) -> Expression:
        return fold(j, so_far, r * so_far - edge * hermite(j, 0), 0, n - 1, first)

    def reduced(n: int) -> list[Tactic]:
        under = 2 * function("sqrt", PI)
        return [have(equal(edge, function("sqrt", 2) / under), identity),
                axiom("quotient", 1, under, by={0: [defining_facts]}),
                axiom("fold_empty", value(number(0))),
                *(axiom("fold_last", value(number(i))) for i in range(n))]  # fmt: skip

    base = Base(f, value, f"exp({rate} x) cut off at 0", 0, reduced)
    smooth = function("exp", spelled(rate * argument))
    difference = hermite(k + 1, x) * f - r * (hermite(k, x) * f)
    step = [
        mean(
            expectation(x, difference), [0], [-(hermite(k, x) * smooth), number(0)], [[], []],
            lambda name: [axiom("hermite_successor", k, Expression(name))],
        ),
        linear(moment(f, k + 1), number(1), moment(f, k), -r),
        have(equal(moment(f, k + 1), r * moment(f, k) - edge * hermite(k, 0))),
        axiom("fold_last", value(k)), identity,
    ]  # fmt: skip
    opposite = axiom("negative_argument", function("Phi", r))
    start = [axiom("fold_empty", value(Expression(0))), *of_one(cut), opposite, identity]
    proof = induction("k", base=start, step=step)
    return base, [proof], equal(moment(f, k), base.value(k))


def weakened(prover: Prover, goal: Goal, then: Continue) -> Evidence:
    """A tactic: a <= b for each a < b that is known of a single variable."""
    strict = [h for h in goal.hypotheses if h[0] == "<" and len(free_names(h)) == 1]
    return in_turn(*(have(Formula(("<=", *h[1:]))) for h in strict))(prover, goal, then)


# Polynomials between break points -----------------------------------------------------------------


@dataclass(frozen=True)
class Kinked:
    """A function that is a polynomial between break points."""

    function: Expression
    parts: tuple[Piece, ...]

    @property
    def polynomials(self) -> list[sympy.Expr]:
        """The polynomial of each piece, from left to right."""
        return [
            sympy.Add(*(t.coefficient * argument**t.power for t in p.terms)) for p in self.parts
        ]

    @property
    def breaks(self) -> list[sympy.Expr]:
        """The ends of the pieces."""
        return [p.high for p in self.parts[:-1]]

    @property
    def degree(self) -> int:
        """The largest degree."""
        return max((t.power for p in self.parts for t in p.terms), default=0)

    def value(self, n: Expression) -> Expression:
        """E[He_n f]: the sum over the break points b, and over the jumps J_j at b of the
        derivatives, of J_j phi(b) He_(n-1-j)(b)."""
        parts = []
        between = zip(self.breaks, self.polynomials, self.polynomials[1:], strict=False)
        for b, before, after in between:
            for j in range(self.degree + 1):
                jump = sympy.simplify(sympy.diff(after - before, argument, j).subs(argument, b))
                if jump != 0:
                    scale = spelled(jump * normal_density(b))
                    parts.append(scale * hermite(n - (j + 1), spelled(b)))
        return total_of(parts)

    def proof(self) -> Tactic:
        """Add E[He_k f]: f is used up by parts."""
        primitives = []
        for p in self.polynomials:
            parts: list[Expression] = [number(0), number(0)]
            for j in range(self.degree + 1):
                slope = sympy.expand(sympy.diff(p, argument, j))
                if slope != 0:
                    parts.append(-(spelled(slope) * hermite(k - (j + 1), x)))
            primitives.append(Expression(("+", *(e.tree for e in parts))))
        return mean(
            moment(self.function, k), [spelled(b) for b in self.breaks], primitives,
            [[] for _ in primitives],
            lambda name: [weakened, *(axiom("hermite_successor", k - (j + 1), Expression(name))
                                      for j in range(self.degree + 1))],
        )  # fmt: skip


# Whole activations --------------------------------------------------------------------------------


@dataclass(frozen=True)
class General:
    """E[He_k sigma] for all k >= least: lemmas about its parts, and the part that says so.

    `value` is the closed form in k, `reduced` what `Base` has.
    """

    least: int
    parts: tuple[Part, ...]
    value: Expression
    reduced: Callable[[int], list[Tactic]]

    @property
    def follows(self) -> bool:
        """Whether each coefficient is had from the one before."""
        return self.parts[-1].label == RECURRENCE

    def at(self, index: int) -> Expression:
        """The closed form at a number, its Hermite polynomials at numbers written as numbers."""
        return Expression(_computed(substitute(self.value.tree, {"k": index})))


def _computed(tree: Any) -> Any:
    """A term with sums, differences and Hermite polynomials of numerals computed."""
    if not isinstance(tree, tuple):
        return tree
    op, *args = tree[0], *map(_computed, tree[1:])
    if op in ("+", "-", "hermite") and all(isinstance(a, int) for a in args):
        return numeral(constant_value(Normaliser({}).term((op, *args))) or 0)
    return (op, *args)


def general_coefficients(written: Written, item: str) -> General | None:
    """The parts of the claim `item` that end with E[He_k(X) sigma(X)] for general k; None where
    no closed form is proved here."""
    if any(str(s) == k.tree for s in written.symbols):
        return None
    try:
        return _Build(written, item).general()
    except NoGeneralForm:
        return None


KINKS = (sympy.Max, sympy.Min, sympy.Abs, sympy.Piecewise, sympy.sign, sympy.Heaviside)


class _Build:
    """The lemmas that an activation needs, each once."""

    def __init__(self, written: Written, item: str) -> None:
        self.written, self.item = written, item
        self.lemmas: dict[str, Part] = {}
        self.start = written.squares()

    def _lemma(self, label: str, least: int, claim: Formula, proof: list[Tactic]) -> None:
        says = given(*self.written.parameters, k).where(*self.written.hypotheses, k >= least)
        defined = [[*self.start, defining_facts]]
        words = f"E He_k(X)f(X) for each k ≥ {least}, where f is {label}"
        if label in (LABEL, RECURRENCE):
            words = f"E He_k(X)σ(X), which is √(k!) a_k, for each k ≥ {least}"
        self.lemmas[label] = lemma(
            label, says.says(claim), [*self.start, *proof], words=words, defined=defined
        )

    def base(self, f: sympy.Expr) -> Base:
        """The recurrent function f.  Raises NoGeneralForm for one without a closed form."""
        if isinstance(f, sympy.exp):
            powers = sympy.Poly(f.args[0], argument)
            if powers.degree() == 1 and powers.nth(0) == 0:
                found = _exponential(powers.nth(1))
            elif powers.degree() == 2 and powers.nth(0) == powers.nth(1) == 0:
                found = _gaussian(-powers.nth(2))
            else:
                raise NoGeneralForm(str(f))
            base, proof, claim = found
            self._lemma(base.label, 0, claim, proof)
            return base
        angle = f.args[0]
        if sympy.Poly(angle, argument).degree() != 1:
            raise NoGeneralForm(str(f))
        if isinstance(f, sympy.sin | sympy.cos):
            both, proof, claim = _waves(angle)
            self._lemma(both[0].label, 0, claim, proof)
            return both[isinstance(f, sympy.cos)]
        slope = sympy.diff(angle, argument)
        if not isinstance(f, sympy.erf | Phi) or sympy.expand(angle - slope * argument) != 0:
            raise NoGeneralForm(str(f))
        error = isinstance(f, sympy.erf)
        gaussian = self.base(sympy.exp(-(slope**2) * argument**2 / (1 if error else 2)))
        scale = sympy.diff(f, argument).subs(argument, 0)
        named = Base(gaussian.function, gaussian.value, f"{self.item}: {gaussian.label}")
        base, steps = _normal(spelled(f), spelled(scale), named, str(f))
        self._lemma(base.label, 1, equal(moment(base.function, k), base.value(k)), steps)
        return base

    def cut_base(self, rate: sympy.Expr) -> Base:
        """exp(rate x) 1(x < 0)."""
        base, proof, claim = _cut_exponential(rate)
        self._lemma(base.label, 0, claim, proof)
        return base

    def general(self) -> General:
        """The whole.  Raises NoGeneralForm."""
        expression = sympy.expand(self.written.flat_expression)
        addends = sympy.Add.make_args(expression)
        kinked = sympy.Add(*(e for e in addends if e.has(*KINKS) or e.is_polynomial(argument)))
        least, highest = 0, 0
        values: list[Expression] = []
        terms: list[Expression] = []
        steps: list[Tactic] = []
        turned: list[tuple[Callable[[int], list[Tactic]], int]] = []
        cut = _kinked(kinked)
        if kinked != 0:
            plain = cut.plain
            least = plain.degree + 1
            steps.append(plain.proof())
            terms += [moment(plain.function, k), number(1)]
            values += [plain.value(k)] if plain.breaks else []
        for rate, c in cut.exponentials.items():
            base = self.cut_base(rate)
            steps.append(use(f"{self.item}: {base.label}", k=k))
            turned += [(base.reduced, 0)]
            terms += [moment(base.function, k), spelled(c)]
            values.append(_times(c, base.value(k)))
        index = sympy.Symbol("k", integer=True)
        for addend in addends:
            if addend.has(*KINKS) or addend.is_polynomial(argument):
                continue
            c, varying = addend.as_independent(argument, as_Add=False)
            power, f = _factors(varying)
            base = self.base(f)
            least, highest = max(least, power + base.least), max(highest, power)
            for shift, weight in _raised(power, index).items():
                n = k + shift if shift else k
                steps.append(use(f"{self.item}: {base.label}", k=n))
                turned += [(base.reduced, shift)]
                terms += [moment(base.function, n), spelled(c * weight)]
                values.append(_times(c * weight, base.value(n)))
        whole, total = moment(self.written.sigma(x), k), total_of(values)
        if len(terms) > 2 or terms[0] != whole or terms[1] != number(1):
            ends = [number(0)] * bool(cut.exponentials)
            apart_ = _taken_apart(self.written, whole, terms, highest, ends)
            steps = [apart_, linear(*terms), *steps]
        self._lemma(LABEL, least, equal(whole, total), [*steps, identity])

        def reduced(n: int) -> list[Tactic]:
            return [fact for of, shift in turned for fact in of(n + shift)]

        rates = list(cut.exponentials)
        if len(rates) == 1 and len(values) == 2:
            self.recurrence(cut, rates[0], least)
        return General(least, tuple(self.lemmas.values()), total, reduced)

    def recurrence(self, cut: "_Cut", rate: sympy.Expr, least: int) -> None:
        """E[He_(k+1) sigma] = r E[He_k sigma] + ..., so that each k follows from the one before."""
        r, c, plain = spelled(rate), cut.exponentials[rate], cut.plain
        sigma, edge = self.written.sigma(x), spelled(c) / function("sqrt", 2 * PI)
        rest = plain.value(k + 1) - r * plain.value(k) - edge * hermite(k, 0)
        known = [use(f"{self.item}: {LABEL}", k=n) for n in (k + 1, k)]
        last = axiom("fold_last", self.cut_base(rate).value(k))
        claim = equal(moment(sigma, k + 1), r * moment(sigma, k) + rest)
        self._lemma(RECURRENCE, least, claim, [*known, last, identity])


def _times(c: sympy.Expr, value: Expression) -> Expression:
    """c times a value."""
    return value if c == 1 else spelled(c) * value


class _Cut(NamedTuple):
    """A polynomial between break points and, by their rates r, multiples of exp(r x) 1(x < 0)."""

    plain: Kinked
    exponentials: dict[sympy.Expr, sympy.Expr]


def _kinked(e: sympy.Expr) -> _Cut:
    """The function cut into these.  Raises NoGeneralForm."""
    try:
        found = pieces(terms_of(e))
    except NoRoute as error:
        raise NoGeneralForm(str(error)) from None
    exponentials: dict[sympy.Expr, sympy.Expr] = {}
    for index, piece in enumerate(found):
        for t in piece.terms:
            if t.decay != 0 or t.window is not None or not t.rate.is_real:
                raise NoGeneralForm(f"{e} has {t}")
            if t.rate != 0:
                if index > 0 or piece.high != 0 or t.power > 0:
                    raise NoGeneralForm(f"{e} has an exponential that is not cut off at 0")
                exponentials[t.rate] = t.coefficient
    plain = [Piece(p.low, p.high, tuple(t for t in p.terms if t.rate == 0)) for p in found]
    if not exponentials:
        return _Cut(Kinked(spelled(e), tuple(plain)), exponentials)
    before, after = Kinked(number(0), tuple(plain)).polynomials
    return _Cut(Kinked(choose(x < 0, spelled(before), spelled(after)), tuple(plain)), exponentials)


def _factors(varying: sympy.Expr) -> tuple[int, sympy.Expr]:
    """(p, f) for x^p f.  Raises NoGeneralForm for other products."""
    power, functions = 0, []
    for factor in sympy.Mul.make_args(varying):
        base, exponent = factor.as_base_exp()
        if base == argument and exponent.is_Integer and exponent > 0:
            power += int(exponent)
        else:
            functions.append(factor)
    if len(functions) != 1 or not isinstance(
        functions[0], sympy.exp | sympy.sin | sympy.cos | sympy.erf | Phi
    ):
        raise NoGeneralForm(str(varying))
    return power, functions[0]


def _raised(power: int, index: sympy.Symbol) -> dict[int, sympy.Expr]:
    """x^p He_k as a combination of He_(k+j), by x He_n = He_(n+1) + n He_(n-1)."""
    weights: dict[int, sympy.Expr] = {0: sympy.Integer(1)}
    for _ in range(power):
        following: dict[int, sympy.Expr] = {}
        for shift, weight in weights.items():
            following[shift + 1] = following.get(shift + 1, 0) + weight
            following[shift - 1] = following.get(shift - 1, 0) + weight * (index + shift)
        weights = {s: sympy.expand(w) for s, w in following.items()}
    return weights


def _taken_apart(
    written: Written, whole: Expression, terms: list[Expression], power: int,
    ends: list[Expression],
) -> Tactic:  # fmt: skip
    """Add that the expectation is that of the combination of the bodies, but at the ends."""
    bodies = zip(terms[1::2], terms[::2], strict=True)
    shaped = Expression(("+", 0, *(("*", c.tree, e.tree[-1]) for c, e in bodies)))

    def steps(renamed: dict[str, Any]) -> list[Tactic]:
        squares = (substitute(s, renamed) for s in written.squares_of_sines)
        return [
            *(apart(Expression(renamed["x"]), end) for end in ends),
            *(axiom("product_to_sum", Expression(s)) for s in squares),
            *(axiom("hermite_successor", k + n, Expression(renamed["x"]))
              for n in range(1 - power, power)),
            identity,
        ]  # fmt: skip

    return almost_everywhere(whole, shaped, [ends], steps)
