"""An activation in the language of statements, and what there is to know of its parameters."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import sympy

from proofs.engines.identity import identity
from proofs.engines.normal_powers import Monomial, Sum
from proofs.language import (
    Expression,
    Formula,
    Variable,
    equal,
    function,
    joint_expectation,
    real,
)
from proofs.tactics import Tactic, axiom, have
from proofs.translate import Phi, term
from symbolic import Activation
from symbolic.activations import derive
from symbolic.variables import mu
from symbolic.variables import rho as correlation
from symbolic.variables import x as argument

rho, x, y = real("rho"), real("x"), real("y")

KINKS = (sympy.Max, sympy.Min, sympy.Abs, sympy.Piecewise, sympy.sign, sympy.Heaviside)
SMOOTH = (sympy.sin, sympy.cos, sympy.exp, sympy.erf)


@dataclass(frozen=True)
class Written:
    """An activation of the catalogue in the language of statements."""

    activation: Activation

    @cached_property
    def expression(self) -> sympy.Expr:
        """sigma(x), the error function written as Phi where that takes a root out."""
        root = sympy.sqrt(2)
        return self.activation.expression.replace(
            lambda e: isinstance(e, sympy.erf) and not sympy.expand(root * e.args[0]).has(root),
            lambda e: 2 * Phi(sympy.expand(root * e.args[0])) - 1,
        )

    @property
    def symbols(self) -> list[sympy.Symbol]:
        """The symbols of its parameters."""
        return sorted(self.expression.free_symbols - {argument}, key=str)

    @property
    def parameters(self) -> tuple[Variable, ...]:
        """Its parameters, any real numbers unless `hypotheses` restrict them."""
        return tuple(real(str(s)) for s in self.symbols)

    @property
    def hypotheses(self) -> tuple[Formula, ...]:
        """The ranges of the parameters: positive where the catalogue says so, mu at most 1."""
        positive = [real(str(s)) > 0 for s in self.symbols if s.is_positive]
        return (*positive, *([real("mu") <= 1] if mu in self.symbols else []))

    def sigma(self, at: Expression) -> Expression:
        """sigma at a variable or a term."""
        return term(self.expression, argument, at.tree)

    def squares(self) -> list[Tactic]:
        """Squares that show sums of squares of the parameters to be nonnegative; of `arcs`, too."""
        squares = [axiom("square", p + k) for p in self.parameters for k in (0, 1)]
        return [*squares, *(step for slope in self.arcs for step in fraction_facts(slope))]

    @cached_property
    def arcs(self) -> list[sympy.Expr]:
        """The fractions q of parameters in asin(q rho)."""
        found = self.activation.dual().atoms(sympy.asin)
        slopes = [sympy.cancel(e.args[0] / correlation) for e in found]
        return [q for q in slopes if q.free_symbols and correlation not in q.free_symbols]

    def positive_arcs(self) -> list[Tactic]:
        """That asin(q) > 0, given that the variance, a multiple of it, is positive."""
        if not self.arcs:
            return []
        pi = function("pi")
        known = [axiom("pi_bounds"), have(pi > 0), axiom("quotient", 1, pi), have(1 / pi > 0)]
        return [*known, *(have(function("asin", value(q)) > 0) for q in self.arcs)]

    def inner_squares(self) -> list[Tactic]:
        """That p^4 (1 - rho^2) is nonnegative for each parameter p, where Gaussians need it."""
        if not self.arcs and not gaussian_rates(self.expression):
            return []
        inside = have(rho * rho <= 1)
        each = [
            (axiom("square", p * p), have(p**4 * (1 - rho * rho) >= 0)) for p in self.parameters
        ]
        return [inside, *(step for pair in each for step in pair)]

    @property
    def flat_expression(self) -> sympy.Expr:
        """sigma(x) with (1 - cos(2u))/2 for each square of a sine, sin(u)^2."""
        return self.expression.replace(
            lambda e: e.is_Pow and e.exp == 2 and isinstance(e.base, sympy.sin),
            lambda e: (1 - sympy.cos(2 * e.base.args[0])) / 2,
        )

    @property
    def flat(self) -> Expression:
        """The term for it."""
        return term(self.flat_expression, argument, "x")

    @property
    def squares_of_sines(self) -> list[Any]:
        """The products sin(u) sin(u) in sigma(x)."""
        found = [e for e in self.expression.atoms(sympy.Pow) if isinstance(e.base, sympy.sin)]
        waves = [term(e.base, argument, "x").tree for e in found if e.exp == 2]
        return [("*", w, w) for w in waves]

    @property
    def frequency(self) -> Expression | None:
        """w, where sigma(x) = exp(-x^2) sin(w x)."""
        waves = list(self.expression.atoms(sympy.sin))
        if len(waves) != 1 or self.expression != sympy.exp(-(argument**2)) * waves[0]:
            return None
        return term(sympy.cancel(waves[0].args[0] / argument), argument, "x")

    @property
    def normal_sum(self) -> Sum | None:
        """sigma as a sum of x^k and x^k Phi(x) beyond the affine Phi(x) and x Phi(x)."""
        try:
            whole = sympy.Poly(sympy.expand(self.expression), argument, Phi(argument))
        except sympy.PolynomialError:
            return None
        terms = [(k, n, c) for (k, n), c in whole.terms()]
        many = len(terms) > 1 and any(k for k, _, _ in terms)
        if max(n for _, n, _ in terms) != 1 or not (many or max(k for k, _, _ in terms) > 1):
            return None
        return {Monomial("Phi" if n else "one", k): value(c) for k, n, c in terms}

    @property
    def summands(self) -> tuple["Written", "Written"] | None:
        """A piecewise polynomial and the rest, where sigma is a sum of two such functions."""
        terms = sympy.Add.make_args(sympy.expand(self.expression))
        smooth = [t for t in terms if t.has(*SMOOTH)]
        cut = [t for t in terms if t not in smooth]
        if not smooth or any(t.has(*KINKS) for t in smooth) or not any(t.has(*KINKS) for t in cut):
            return None
        one, other = (derive(self.activation.name, sympy.Add(*part)) for part in (cut, smooth))
        return Written(one), Written(other)

    def has(self, *functions: Any) -> bool:
        """Whether the activation involves one of the functions."""
        return bool(self.expression.has(*functions))

    def dual(self) -> Expression:
        """E[sigma(X) sigma(X')] at correlation rho."""
        return joint_expectation(rho, x, y, self.sigma(x) * self.sigma(y))


def fraction_facts(q: sympy.Expr) -> list[Tactic]:
    """That 0 <= q < 1 for a fraction n/(n + 1), say, whose parts are sums of squares."""
    shown, denominator = value(q), value(sympy.fraction(q)[1])
    return [
        have(denominator > 0), axiom("quotient", 1, denominator), have(1 / denominator > 0),
        have(shown >= 0), have(shown < 1), have(shown * shown < 1), axiom("square", shown),
    ]  # fmt: skip


def root_facts(q: sympy.Expr) -> list[Tactic]:
    """That sqrt(d^2 - n^2 rho^2) = d sqrt(1 - q^2 rho^2) for q = n/d: what a Gaussian integral has
    under the root, and what the derivative of asin(q rho)."""
    n, d = map(value, sympy.fraction(q))
    angle = value(q * correlation)
    whole, part = d * d - n * n * (rho * rho), 1 - angle * angle
    root, other = function("sqrt", whole), d * function("sqrt", part)
    return [
        have(part > 0), axiom("root", part), have(whole >= 0), axiom("root", whole),
        have(equal(root * root, other * other), identity), have(other >= 0),
        have(equal(root, other)),
    ]  # fmt: skip


def value(expression: sympy.Expr) -> Expression:
    """A closed form in rho and the parameters."""
    return term(expression, correlation, "rho")


def with_plain_rates(activation: Activation) -> Activation:
    """The activation with root_a^2 for a positive parameter a in a Gaussian exp(-a x^2), and with
    1/rate_a for one in exp(x/a).

    All a > 0 are squares and inverses.  Of a square it is seen that the Gaussian is bounded, and
    powers of a rate have one normal form where quotients by powers of a have several.
    """
    expression = activation.expression
    exponents = [e.args[0].expand().coeff(argument, 1) for e in expression.atoms(sympy.exp)]
    divisors = {s for e in exponents for s in sympy.fraction(e)[1].free_symbols}
    changed = {s: sympy.Symbol(f"root_{s}", positive=True) ** 2
               for s in gaussian_rates(expression) if s.is_positive}  # fmt: skip
    changed |= {s: 1 / sympy.Symbol(f"rate_{s}", positive=True) for s in divisors if s.is_positive}
    if not changed:
        return activation
    return derive(activation.name, expression.subs(changed))


def gaussian_rates(expression: sympy.Expr) -> set[sympy.Symbol]:
    """The letters in the rates a of exp(-a x^2)."""
    exponents = [e.args[0].expand() for e in expression.atoms(sympy.exp)]
    return {s for e in exponents for s in e.coeff(argument, 2).free_symbols}
