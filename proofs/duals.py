"""The closed forms of the catalogue as claims: "Dual of relu", from Definition 4 to mu.

Each part is a statement about expectations, with sigma written out, so that it is the paper's own
definition: E sigma, E sigma^2, E X sigma, the dual, and the same for the normalised activation.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import sympy

from proofs.claim import Claim, Part, lemma, statement
from proofs.engines.dual import chain, polynomial_mean
from proofs.engines.identity import defining_facts, identity
from proofs.language import (
    Expression,
    Formula,
    Variable,
    equal,
    expectation,
    given,
    joint_expectation,
    real,
)
from proofs.tactics import Steps, Tactic, axiom
from proofs.translate import term
from symbolic import Activation, parse_activation
from symbolic.variables import mu
from symbolic.variables import rho as correlation
from symbolic.variables import x as argument

NAMES = (
    "identity", "relu", "leaky_relu", "abrelu", "abs", "step", "sign", "rectified_power(2)",
    "rectified_power(3)", "abs_power(3)", "h(2)", "h(3)", "two_term",
)  # fmt: skip

rho, x, y = real("rho"), real("x"), real("y")
ROOT = sympy.sqrt(1 - correlation**2)


@dataclass(frozen=True)
class Written:
    """An activation of the catalogue in the language of statements."""

    activation: Activation

    @cached_property
    def parameters(self) -> tuple[Variable, ...]:
        """The symbols of its parameters, any real numbers unless `hypotheses` restrict them."""
        free = self.activation.expression.free_symbols - {argument}
        return tuple(real(str(s)) for s in sorted(free, key=str))

    @property
    def hypotheses(self) -> tuple[Formula, ...]:
        """The ranges of the parameters: what they are assumed to be, and mu at most 1."""
        free = self.activation.expression.free_symbols - {argument}
        positive = [real(str(s)) > 0 for s in sorted(free, key=str) if s.is_positive]
        return (*positive, *([real("mu") <= 1] if mu in free else []))

    def squares(self) -> list[Tactic]:
        """Squares that show sums of squares of the parameters to be nonnegative."""
        return [axiom("square", p + k) for p in self.parameters for k in (0, 1)]

    def sigma(self, at: Variable) -> Expression:
        """sigma at a variable."""
        return term(self.activation.expression, argument, str(at.tree))

    @property
    def breaks(self) -> tuple[int, ...]:
        """Where sigma is not smooth: 0 or nowhere."""
        pieces = (sympy.Max, sympy.Min, sympy.Abs, sympy.Piecewise, sympy.sign, sympy.Heaviside)
        return (0,) if self.activation.expression.has(*pieces) else ()

    def mean(self, body: Expression) -> Expression:
        """E[body] in the variable x."""
        return expectation(x, body)

    def dual(self) -> Expression:
        """E[sigma(X) sigma(X')] at correlation rho."""
        return joint_expectation(rho, x, y, self.sigma(x) * self.sigma(y))


def value(expression: sympy.Expr) -> Expression:
    """A closed form in rho."""
    return term(expression, correlation, "rho")


def slopes(form: sympy.Expr) -> Iterator[sympy.Expr]:
    """The derivatives of p + q sqrt(1 - rho^2) + r asin(rho), as long as they have no pole.

    With s for the root, (q s)' + p' + r' asin + r/s has the factor (q'(1 - rho^2) - q rho + r)/s,
    and there is no pole when 1 - rho^2 divides it.
    """
    root = sympy.Symbol("s", positive=True)
    while True:
        slope = sympy.expand(sympy.diff(form, correlation).subs(ROOT, root))
        over = sympy.cancel((slope.coeff(root, -1) / (1 - correlation**2)).together())
        regular = slope.coeff(root, 0) + root * (slope.coeff(root, 1) + over)
        if sympy.fraction(over)[1].has(correlation) or regular == 0:
            return
        form = sympy.expand(regular.subs(root, ROOT))
        yield form


def dual_proof(written: Written, form: sympy.Expr) -> Tactic:
    """The tactic for the dual: moments of a polynomial, or Price's theorem."""
    if not written.breaks:
        return identity
    return chain(written.breaks, [value(f) for f in slopes(form)])


def parts(written: Written, prefix: str) -> Iterator[Part]:
    """Mean, second moment, first coefficient and dual of one activation."""
    sigma, law = written.activation, written.sigma(x)
    defined: Steps = [*written.squares(), defining_facts]
    facts = {
        "mean": (law, sigma.mean(), "E σ(X)"),
        "second moment": (law**2, sigma.second_moment(), "E σ(X)²"),
        "first coefficient": (x * law, sigma.hermite_coefficient(1), "a_1 = E Xσ(X)"),
    }
    for label, (body, closed, words) in facts.items():
        mean = written.mean(body)
        first = [polynomial_mean(mean, written.breaks)] if written.breaks else []
        says = (
            given(*written.parameters).where(*written.hypotheses).says(equal(mean, value(closed)))
        )
        steps = [*written.squares(), *first, identity]
        yield lemma(prefix + label, says, steps, words=words, defined=[defined])
    form = sigma.dual()
    says = given(*written.parameters, rho).where(*written.hypotheses, abs(rho) <= 1)
    yield statement(
        prefix + "dual",
        says.says(equal(written.dual(), value(form))),
        [*written.squares(), dual_proof(written, sympy.expand(form))],
        words="σ̂(ρ) = E σ(X)σ(X'), Definition 4",
        defined=[defined],
    )


def dual_claim(name: str) -> Claim:
    """The claim about an activation of the catalogue.  Raises ValueError for an unknown name."""
    activation = parse_activation(name)
    found = list(parts(Written(activation), ""))
    if not activation.is_normalised():
        found += parts(Written(activation.normalised()), "normalised ")
    return Claim(f"Dual of {name}", f"the dual activation of {name}", tuple(found))
