"""The language in which claims are written: Python operators that build immutable syntax trees.

    mu, delta = real("mu"), real("delta")
    given(mu, delta).where(0 < mu, mu <= 1).says((1 - delta) * (1 - mu * delta) <= 1)

Nothing is evaluated or simplified: `x / x >= 1` stays what it is.  `==` is not overloaded (trees
are compared with it); write `equal(a, b)`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from certificates.terms import numeral

Number = int | Fraction


def tree(value: Any) -> Any:
    """The syntax tree of an expression, a formula or a number."""
    if isinstance(value, (Expression, Formula)):
        return value.tree
    return numeral(value) if isinstance(value, (int, Fraction)) else value


@dataclass(frozen=True)
class Formula:
    """A statement that is true or false at a point."""

    tree: Any

    def __and__(self, other: Formula) -> Formula:
        return Formula(("and", self.tree, other.tree))

    def __or__(self, other: Formula) -> Formula:
        return Formula(("or", self.tree, other.tree))

    def __invert__(self) -> Formula:
        return Formula(("not", self.tree))

    def implies(self, other: Formula) -> Formula:
        """This formula implies the other."""
        return Formula(("implies", self.tree, other.tree))

    def __bool__(self) -> bool:
        raise TypeError("a formula has no truth value in Python: write a & b, not a < b < c")


@dataclass(frozen=True)
class Expression:
    """A term: a number, a variable, or an operation on terms."""

    tree: Any

    def __add__(self, other: Term) -> Expression:
        return Expression(("+", self.tree, tree(other)))

    def __radd__(self, other: Term) -> Expression:
        return Expression(("+", tree(other), self.tree))

    def __sub__(self, other: Term) -> Expression:
        return Expression(("-", self.tree, tree(other)))

    def __rsub__(self, other: Term) -> Expression:
        return Expression(("-", tree(other), self.tree))

    def __mul__(self, other: Term) -> Expression:
        return Expression(("*", self.tree, tree(other)))

    def __rmul__(self, other: Term) -> Expression:
        return Expression(("*", tree(other), self.tree))

    def __truediv__(self, other: Term) -> Expression:
        return Expression(("/", self.tree, tree(other)))

    def __rtruediv__(self, other: Term) -> Expression:
        return Expression(("/", tree(other), self.tree))

    def __pow__(self, other: Term) -> Expression:
        return Expression(("^", self.tree, tree(other)))

    def __neg__(self) -> Expression:
        return Expression(("-", self.tree))

    def __abs__(self) -> Expression:
        return Expression(("abs", self.tree))

    def __le__(self, other: Term) -> Formula:
        return Formula(("<=", self.tree, tree(other)))

    def __lt__(self, other: Term) -> Formula:
        return Formula(("<", self.tree, tree(other)))

    def __ge__(self, other: Term) -> Formula:
        return Formula(("<=", tree(other), self.tree))

    def __gt__(self, other: Term) -> Formula:
        return Formula(("<", tree(other), self.tree))


Term = Expression | Number


@dataclass(frozen=True)
class Variable(Expression):
    """A real or an integer variable."""

    sort: str = "real"


@dataclass(frozen=True)
class Sequence:
    """A summable sequence c_0, c_1, ... >= 0; sigma-hat is its power series."""

    tree: str
    sort: str = "sequence"

    def __getitem__(self, index: Term) -> Expression:
        return Expression(("coef", self.tree, tree(index)))

    def dual(self, x: Term) -> Expression:
        """sigma-hat(x) = sum_i c_i x^i, for |x| <= 1."""
        return Expression(("dual", self.tree, tree(x)))

    def iterated(self, depth: Term, x: Term) -> Expression:
        """sigma-hat^(L)(x), the L-fold composition."""
        return Expression(("iter", "x", ("dual", self.tree, "x"), tree(depth), tree(x)))


@dataclass(frozen=True)
class Matrix:
    """A symmetric real matrix, such as the Gram matrix K."""

    tree: str
    sort: str = "matrix"

    def __getitem__(self, index: tuple[Term, Term]) -> Expression:
        return Expression(("entry", self.tree, tree(index[0]), tree(index[1])))


@dataclass(frozen=True)
class Activation:
    """A function sigma of a real variable."""

    tree: str
    sort: str = "activation"

    def __call__(self, x: Term) -> Expression:
        return Expression(("apply", self.tree, tree(x)))

    def slope(self, x: Term) -> Expression:
        """The derivative of sigma, where it exists (almost everywhere)."""
        return Expression(("slope", self.tree, tree(x)))


AnyVariable = Variable | Sequence | Matrix | Activation


def real(name: str) -> Variable:
    """A real variable."""
    return Variable(name)


def integer(name: str) -> Variable:
    """An integer variable."""
    return Variable(name, "int")


def equal(a: Term, b: Term) -> Formula:
    """a = b."""
    return Formula(("=", tree(a), tree(b)))


def unequal(a: Term, b: Term) -> Formula:
    """a != b."""
    return Formula(("!=", tree(a), tree(b)))


def conjunction(*formulas: Formula) -> Formula:
    """All of the formulas."""
    return Formula(("and", *(f.tree for f in formulas)))


def disjunction(*formulas: Formula) -> Formula:
    """At least one of the formulas."""
    return Formula(("or", *(f.tree for f in formulas)))


def forall(*variables: AnyVariable, holds: Formula) -> Formula:
    """For all values of the variables."""
    return Formula(("forall", tuple((v.tree, v.sort) for v in variables), holds.tree))


def exists(*variables: AnyVariable, holds: Formula) -> Formula:
    """For some values of the variables."""
    return Formula(("exists", tuple((v.tree, v.sort) for v in variables), holds.tree))


def function(name: str, *arguments: Term) -> Expression:
    """An elementary function: sqrt, exp, log, atan, asin, erf, pi, ceil, floor, min, max."""
    return Expression((name, *(tree(a) for a in arguments)))


def hermite(index: Term, at: Term) -> Expression:
    """He_n, the monic Hermite polynomial of the Gaussian law, for an integer n >= 0."""
    return Expression(("hermite", tree(index), tree(at)))


def choose(condition: Formula, yes: Term, no: Term) -> Expression:
    """`yes` where the condition holds, else `no`."""
    return Expression(("ite", condition.tree, tree(yes), tree(no)))


def series(index: Variable, lower: Term, body: Expression) -> Expression:
    """The series over index >= lower of body; body has a factor c_index."""
    return Expression(("series", index.tree, tree(lower), body.tree))


def converges(index: Variable, lower: Term, body: Expression) -> Formula:
    """The series over index >= lower of body converges absolutely; body has a factor c_index."""
    return Formula(("converges", index.tree, tree(lower), body.tree))


def fold(
    index: Variable, value: Variable, body: Expression, lower: Term, upper: Term, start: Term
) -> Expression:
    """From `start`, value becomes body at each index from lower to upper; an empty one is start."""
    return Expression(
        ("fold", index.tree, value.tree, body.tree, tree(lower), tree(upper), tree(start))
    )


def finite_sum(index: Variable, lower: Term, upper: Term, body: Expression) -> Expression:
    """The sum of body over lower <= index <= upper; 0 if there is no index."""
    return fold(index, SUM, SUM + body, lower, upper, 0)


def finite_product(index: Variable, lower: Term, upper: Term, body: Expression) -> Expression:
    """The product of body over lower <= index <= upper; 1 if there is no index."""
    return fold(index, PRODUCT, PRODUCT * body, lower, upper, 1)


def expectation(x: Variable, body: Expression) -> Expression:
    """E[body] for x ~ N(0, 1)."""
    return Expression(("expect", x.tree, body.tree))


def joint_expectation(rho: Term, x: Variable, y: Variable, body: Expression) -> Expression:
    """E[body] for (x, y) ~ N(0, [[1, rho], [rho, 1]])."""
    return Expression(("expect2", tree(rho), x.tree, y.tree, body.tree))


def semidefinite(n: Term, i: Variable, j: Variable, body: Expression) -> Formula:
    """The n x n matrix [body] is positive semidefinite."""
    return Formula(("psd", tree(n), i.tree, j.tree, body.tree))


def lambda_min(n: Term, i: Variable, j: Variable, body: Expression) -> Expression:
    """The least eigenvalue of the symmetric n x n matrix [body]."""
    return Expression(("lambda_min", tree(n), i.tree, j.tree, body.tree))


def lambda_max(n: Term, i: Variable, j: Variable, body: Expression) -> Expression:
    """The greatest eigenvalue of the symmetric n x n matrix [body]."""
    return Expression(("lambda_max", tree(n), i.tree, j.tree, body.tree))


def condition_number(n: Term, i: Variable, j: Variable, body: Expression) -> Expression:
    """lambda_max / lambda_min, for a positive definite matrix."""
    return Expression(("kappa", tree(n), i.tree, j.tree, body.tree))


def identity(i: Expression, j: Expression, scale: Term = 1) -> Expression:
    """The entries of the identity matrix, times a scale."""
    return choose(equal(i, j), scale, 0)


SUM, PRODUCT = Variable("_s"), Variable("_p")  # what a finite sum or product has come to
ALWAYS = Formula(("=", 0, 0))


@dataclass(frozen=True)
class Definition:
    """A named function of real or integer arguments, with the domain that the paper gives it."""

    name: str
    parameters: tuple[Variable, ...]
    body: Expression
    where: Formula = ALWAYS
    sort: str = "real"
    uses: tuple[Definition, ...] = ()

    def __call__(self, *arguments: Term) -> Expression:
        return Expression(("call", self.name, *(tree(a) for a in arguments)))

    def document(self) -> dict[str, Any]:
        """The definition as it stands in a certificate."""
        return {
            "name": self.name,
            "parameters": thawed(tuple((p.tree, p.sort) for p in self.parameters)),
            "sort": self.sort,
            "where": thawed(self.where.tree),
            "body": thawed(self.body.tree),
        }


@dataclass(frozen=True)
class Statement:
    """Quantified variables, hypotheses, a conclusion, and the definitions that they call."""

    variables: tuple[AnyVariable, ...]
    hypotheses: tuple[Formula, ...] = ()
    conclusion: Formula = ALWAYS
    definitions: tuple[Definition, ...] = field(default=())

    def where(self, *hypotheses: Formula) -> Statement:
        """The statement under further hypotheses."""
        return Statement(
            self.variables, self.hypotheses + hypotheses, self.conclusion, self.definitions
        )

    def says(self, conclusion: Formula, *definitions: Definition) -> Statement:
        """The statement with its conclusion, and the definitions that it calls."""
        return Statement(self.variables, self.hypotheses, conclusion, definitions)

    def document(self) -> dict[str, Any]:
        """The statement as it stands in a certificate."""
        ordered: list[Definition] = []

        def visit(definition: Definition) -> None:
            for used in definition.uses:
                visit(used)
            if definition not in ordered:
                ordered.append(definition)

        for definition in self.definitions:
            visit(definition)
        return {
            "variables": [[v.tree, v.sort] for v in self.variables],
            "hypotheses": [thawed(h.tree) for h in self.hypotheses],
            "conclusion": thawed(self.conclusion.tree),
            "definitions": [d.document() for d in ordered],
        }


def given(*variables: AnyVariable) -> Statement:
    """A statement about all values of the variables."""
    return Statement(variables)


def thawed(value: Any) -> Any:
    """Tuples as lists, for JSON."""
    return [thawed(v) for v in value] if isinstance(value, (tuple, list)) else value
