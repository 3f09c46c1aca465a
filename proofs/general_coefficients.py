"""Hermite coefficients for general k as claims: E sigma(X) He_k(X) for every integer k.

An activation is cut into a piecewise polynomial and powers of x times waves, exponentials,
Gaussians, error functions.  By parts, E[He_k(X) f(X)] = E[He_(k-1)(X) f'(X)] with a point mass of
f' at each jump of f: a polynomial is used up by this, the others satisfy a recurrence in k, which
the checker's induction turns into the closed form.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

import sympy

from certificates.checker import Goal
from certificates.normal import Normaliser, constant_value
from certificates.terms import free_names, numeral, substitute
from proofs.claim import Part, lemma
from proofs.engines.dual import almost_everywhere, apart, mean, polynomial_mean
from proofs.engines.gaussians import linear, mean_value, number
from proofs.engines.identity import defining_facts, identity
from proofs.language import (
    Expression,
    Formula,
    choose,
    equal,
    expectation,
    function,
    given,
    hermite,
)
from proofs.recurrences import (
    PI,
    Base,
    cut_exponential_base,
    exponential_base,
    gaussian_base,
    k,
    moment,
    normal_base,
    spelled,
    tilted_base,
    waves_base,
)
from proofs.tactics import (
    Continue,
    Evidence,
    Prover,
    Tactic,
    axiom,
    have,
    in_turn,
    use,
)
from proofs.translate import Phi
from proofs.truncated import total_of
from proofs.written import Written, x
from symbolic.bivariate import normal_density
from symbolic.hermite import monic
from symbolic.pieces import terms_of
from symbolic.ranges import Piece, pieces
from symbolic.terms import NoRoute
from symbolic.variables import x as argument

LABEL, RECURRENCE = "general k", "recurrence"


class NoGeneralForm(ValueError):
    """No closed form in k is proved here for this activation."""


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

    `value` is the closed form in k, `reduced` what `Base` has.  Of a sum of functions of several
    kinds `first` adds E[He_k sigma] for k < least, from what is known of each.
    """

    least: int
    parts: tuple[Part, ...]
    value: Expression
    reduced: Callable[[int], list[Tactic]]
    first: Callable[[int], Tactic] | None

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
                found = exponential_base(powers.nth(1))
            elif powers.degree() == 2 and powers.nth(0) == powers.nth(1) == 0:
                found = gaussian_base(-powers.nth(2))
            elif f.free_symbols == {argument} and powers.degree() == 2 and powers.nth(2) < 0:
                found = tilted_base(f.args[0])
            else:
                raise NoGeneralForm(str(f))
            base, proof, claim = found
            self._lemma(base.label, 0, claim, proof)
            return base
        angle = f.args[0]
        if sympy.Poly(angle, argument).degree() != 1:
            raise NoGeneralForm(str(f))
        if isinstance(f, sympy.sin | sympy.cos):
            both, proof, claim = waves_base(angle)
            self._lemma(both[0].label, 0, claim, proof)
            return both[isinstance(f, sympy.cos)]
        if not isinstance(f, sympy.erf | Phi):
            raise NoGeneralForm(str(f))
        bell = sympy.exp(-sympy.expand(angle**2) / (1 if isinstance(f, sympy.erf) else 2))
        gaussian = self.base(bell)
        scale = sympy.simplify(sympy.diff(f, argument) / bell)
        named = Base(gaussian.function, gaussian.value, f"{self.item}: {gaussian.label}")
        base, steps = normal_base(spelled(f), spelled(scale), named, str(f))
        self._lemma(base.label, 1, equal(moment(base.function, k), base.value(k)), steps)
        return base

    def cut_base(self, rate: sympy.Expr) -> Base:
        """exp(rate x) 1(x < 0)."""
        base, proof, claim = cut_exponential_base(rate)
        self._lemma(base.label, 0, claim, proof)
        return base

    def general(self) -> General:
        """The whole.  Raises NoGeneralForm."""
        expression = sympy.expand(self.written.flat_expression)
        addends = sympy.Add.make_args(expression)
        kinked = sympy.Add(*(e for e in addends if e.has(*KINKS) or e.is_polynomial(argument)))
        least, highest = 0, 0
        values: list[Expression] = []
        smooth: list[tuple[sympy.Expr, int, Base]] = []
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
            smooth.append((c, power, base))
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
        mixed = len(smooth) > 1 or (smooth and kinked != 0)
        mixed = mixed or any(power > 0 and base.least == 0 for _, power, base in smooth)
        first = self.first(cut.plain, smooth) if mixed and not rates else None
        return General(least, tuple(self.lemmas.values()), total, reduced, first)

    def first(
        self, plain: "Kinked", smooth: list[tuple[sympy.Expr, int, Base]]
    ) -> Callable[[int], Tactic]:
        """For k < least: the polynomial as it stands, the others by their lemmas."""
        breaks = [Fraction(int(b.p), int(b.q)) for b in plain.breaks if b.is_Rational]
        index = sympy.Symbol("k", integer=True)

        def tactic(at: int) -> Tactic:
            order = number(at)
            kinked = expectation(x, spelled(monic(at)) * plain.function)
            steps = [polynomial_mean(kinked, breaks)] if breaks else []
            terms = [kinked, number(1)]
            for c, power, base in smooth:
                for shift, weight in _raised(power, index).items():
                    if (scale := c * weight.subs(index, at)) == 0:
                        continue
                    part = moment(base.function, number(at + shift))
                    known = at + shift >= base.least
                    lemma_ = use(f"{self.item}: {base.label}", k=at + shift)
                    steps += [lemma_, *base.reduced(at + shift)] if known else [mean_value(part)]
                    terms += [part, spelled(scale)]
            whole = moment(self.written.sigma(x), order)
            return in_turn(_taken_apart(self.written, whole, terms, 0, []), linear(*terms), *steps)

        return tactic

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
    if all(isinstance(f, sympy.exp) for f in functions):
        functions = [sympy.exp(sympy.Add(*(f.args[0] for f in functions)))]
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
