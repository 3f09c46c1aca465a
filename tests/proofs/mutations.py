"""Mutations of the claims: statements changed a little, most of them false at a point given here.

A mutation changes the statement of one part of a claim and keeps the part's proof.  `FALSE` lists
those that fail, each with a point where it does; `TRUE` those that are weaker than the claim and
must still be proved; `UNDEFINED` statements that fail since a term has no value.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from proofs.bounds import (
    L0,
    L1,
    B,
    assumption_1,
    assumption_2,
    bound,
    layers,
    nonlinearity,
    normalised,
    threshold,
    unit_diagonal,
)
from proofs.claim import Claim, Part, lemma
from proofs.claims.corollary_3 import COROLLARY_3, largest, off_diagonal, smallest
from proofs.claims.definitions import DEFINITION_1, DEFINITION_4, DEFINITION_21, centred
from proofs.claims.depth import DEPTH
from proofs.claims.facts import FACT_2, FACT_4, degrees, moment, monic, squares, total
from proofs.claims.lemma_6 import LEMMA_6
from proofs.claims.lemma_7 import LEMMA_7
from proofs.claims.lemma_22 import LEMMA_22
from proofs.claims.lemma_23 import LEMMA_23
from proofs.claims.lemma_24 import LEMMA_24
from proofs.claims.powers import POWERS
from proofs.claims.theorem_2 import THEOREM_2, dominates
from proofs.language import (
    Activation,
    Definition,
    Expression,
    Formula,
    Matrix,
    Sequence,
    Statement,
    Term,
    condition_number,
    equal,
    expectation,
    function,
    given,
    integer,
    real,
    semidefinite,
    series,
    tree,
    unequal,
)

Change = Callable[[Statement], Statement]
Point = dict[str, Any]


@dataclass(frozen=True)
class Mutation:
    """A change of the statement of one part, and for a false one a point where it fails."""

    claim: Claim
    label: str
    change: Change
    words: str
    at: Point = field(default_factory=dict)
    quick: bool = False

    @property
    def name(self) -> str:
        """The part and what was changed."""
        return f"{self.claim.item}: {self.label}: {self.words}"

    @property
    def part(self) -> Part:
        """The part with the changed statement and the proof as it stands."""
        part = self.claim.part(self.label)
        changed = self.change(part.statement)
        if changed == part.statement:
            raise ValueError(f"{self.name}: nothing has changed")
        return replace(part, statement=changed)


# Changes ------------------------------------------------------------------------------------------


def exchanged(term: Any, old: Any, new: Any) -> Any:
    """The tree with every occurrence of one subtree replaced."""
    if term == old and type(term) is type(old):
        return new
    return tuple(exchanged(t, old, new) for t in term) if isinstance(term, tuple) else term


def swap(old: Term | Formula, new: Term | Formula) -> Change:
    """Replace a subtree in the hypotheses and the conclusion."""

    def change(statement: Statement) -> Statement:
        def changed(formula: Formula) -> Formula:
            return Formula(exchanged(formula.tree, tree(old), tree(new)))

        return replace(
            statement,
            hypotheses=tuple(changed(h) for h in statement.hypotheses),
            conclusion=changed(statement.conclusion),
        )

    return change


def redefine(old: Term | Formula, new: Term | Formula) -> Change:
    """Replace a subtree in the definitions, those that they use included."""

    def changed(definition: Definition) -> Definition:
        body = exchanged(definition.body.tree, tree(old), tree(new))
        where = exchanged(definition.where.tree, tree(old), tree(new))
        uses = tuple(changed(used) for used in definition.uses)
        return replace(definition, body=Expression(body), where=Formula(where), uses=uses)

    return lambda s: replace(s, definitions=tuple(changed(d) for d in s.definitions))


def drop(*hypotheses: Formula) -> Change:
    """Leave hypotheses out.  Raises ValueError if one is not there."""

    def change(statement: Statement) -> Statement:
        kept = list(statement.hypotheses)
        for hypothesis in hypotheses:
            kept.remove(hypothesis)
        return replace(statement, hypotheses=tuple(kept))

    return change


def instead(old: Formula, new: Formula) -> Change:
    """Another hypothesis in the place of one.  Raises ValueError if that is not there."""

    def change(statement: Statement) -> Statement:
        kept = list(statement.hypotheses)
        kept[kept.index(old)] = new
        return replace(statement, hypotheses=tuple(kept))

    return change


def where(*hypotheses: Formula) -> Change:
    """Add hypotheses."""
    return lambda s: s.where(*hypotheses)


def says(conclusion: Formula) -> Change:
    """Another conclusion."""
    return lambda s: replace(s, conclusion=conclusion)


def both(first: Change, second: Change) -> Change:
    """One change after another."""
    return lambda s: second(first(s))


# Words of the claims ------------------------------------------------------------------------------

c, a = Sequence("c"), Sequence("a")
K = Matrix("K")
mu, delta, rho = real("mu"), real("delta"), real("rho")
x, y, s, t, z = (real(name) for name in ("x", "y", "s", "t", "z"))
i, j, k, L, n, N = (integer(name) for name in ("i", "j", "k", "L", "n", "N"))

slope_at_0 = expectation(x, x * Activation("sigma")(x))  # the derivative of the dual at 0
half, third = Fraction(1, 2), Fraction(1, 3)
rate, decay = 1 + mu / 2, 1 - mu / 2
no_constant, unit_sum = normalised(c)
mu_is, mu_positive = nonlinearity(c, mu)
diagonal = unit_diagonal(K, n)
correlations, eigenvalues = assumption_1(K, n, delta), assumption_2(K, n, delta)
positive = semidefinite(n, i, j, K[i, j])
quotient = function("log", 1 / (2 * delta)) / function("log", rate)
rounded_up, rounded_down = function("ceil", quotient), function("floor", quotient)
depth = threshold(delta, mu)
needed = layers(n, mu)
start, enough = L0(delta, mu), L1(n, delta, mu)  # calls of the definitions
b = B(L, delta, mu)

LINEAR = {1: 1}
SQUARE = {2: 1}
CONSTANT = {0: 1}
MIXED = {1: "1/2", 2: "1/2"}
IDENTITY = ((0, 1), (0, 1))


def pair(r: str | int, d: str | int = 1) -> tuple[tuple[str | int, ...], ...]:
    """The matrix [[d, r], [r, d]]."""
    return ((d, r), (r, d))


def uniform(size: int, r: str | int) -> tuple[tuple[str | int, ...], ...]:
    """Unit diagonal, all other entries r."""
    return tuple(tuple(1 if p == q else r for q in range(size)) for p in range(size))


def squared(d: int) -> Expression:
    """E[He_d(X)^2]."""
    return expectation(x, monic(d, x) * monic(d, x))


def mutation(
    claim: Claim, label: str, words: str, change: Change, /, quick: bool = False, **at: Any
) -> Mutation:
    """A mutation, its point as keyword arguments."""
    return Mutation(claim, label, change, words, at, quick)


m = mutation

# fmt: off
FALSE: list[Mutation] = [
    # Powers ---------------------------------------------------------------------------------------
    m(POWERS, "nonnegative", "no sign of x", drop(x >= 0), x=-1, k=1),
    m(POWERS, "nonnegative", "strict", swap(x**k >= 0, x**k > 0), x=0, k=1),
    m(POWERS, "nonnegative", "k from -1", swap(k >= 0, k >= -1), x=0, k=-1),
    m(POWERS, "positive", "x may be 0", swap(x > 0, x >= 0), x=0, k=1, quick=True),
    m(POWERS, "positive", "at least one half", swap(x**k > 0, x**k >= half), x="1/2", k=2),
    m(POWERS, "at most one", "no sign of x", drop(x >= 0), x=-2, k=2),
    m(POWERS, "at most one", "x to 2", swap(x <= 1, x <= 2), x=2, k=1),
    m(POWERS, "at most one", "k from -1", swap(k >= 0, k >= -1), x="1/2", k=-1),
    m(POWERS, "at most one", "below one", swap(x**k <= 1, x**k < 1), x="1/2", k=0),
    m(POWERS, "at least one", "x from 9/10", swap(x >= 1, x >= Fraction(9, 10)), x="9/10", k=1),
    m(POWERS, "at least one", "k from -1", drop(k >= 0), x=2, k=-1),
    m(POWERS, "sum of exponents", "negative j", drop(j >= 0), x=0, j=-1, k=0),
    m(POWERS, "sum of exponents", "a sum of powers", swap(x**j * x**k, x**j + x**k),
      x=1, j=0, k=0),
    m(POWERS, "decreasing in the exponent", "no bound of x", drop(x <= 1), x=2, j=0, k=1),
    m(POWERS, "decreasing in the exponent", "no sign of x", drop(x >= 0), x=-1, j=1, k=2),
    m(POWERS, "decreasing in the exponent", "the other way", swap(x**k <= x**j, x**j <= x**k),
      x="1/2", j=0, k=1),
    m(POWERS, "increasing in the base", "no sign of x", drop(x >= 0), x=-2, y=1, k=2),
    m(POWERS, "increasing in the base", "k from -1", swap(k >= 0, k >= -1), x=1, y=2, k=-1),
    m(POWERS, "increasing in the base", "strict", swap(x**k <= y**k, x**k < y**k), x=1, y=2, k=0),
    m(POWERS, "absolute value", "x instead of |x|", swap(abs(x) <= y, x <= y), x=-2, y=1, k=2),
    m(POWERS, "product", "negative k", drop(k >= 0), x=0, y=1, k=-1),
    m(POWERS, "product", "y once", swap(x**k * y**k, x**k * y), x=1, y=2, k=2),
    # L0 -------------------------------------------------------------------------------------------
    m(DEPTH, "nonnegative", "positive", swap(depth >= 0, depth > 0), mu=1, delta="1/2"),
    m(DEPTH, "nonnegative", "mu may be 0", swap(mu > 0, mu >= 0), mu=0, delta="1/4"),
    m(DEPTH, "nonnegative", "delta may be 0", swap(delta > 0, delta >= 0), mu=1, delta=0),
    m(DEPTH, "nonnegative", "no maximum with 0", swap(depth, rounded_up), mu=1, delta=1,
      quick=True),
    m(DEPTH, "before", "below 1/3", swap(delta * rate**k < half, delta * rate**k < third),
      mu=1, delta="2/5", k=0),
    m(DEPTH, "before", "L0 included", swap(k < depth, k <= depth), mu=1, delta="2/5", k=1),
    m(DEPTH, "before", "log(1/delta) in L0",
      swap(1 / (2 * delta), 1 / delta), mu=1, delta="2/5", k=2),
    m(DEPTH, "before", "rate 1 + mu", swap(delta * rate**k, delta * (1 + mu) ** k),
      mu=1, delta="1/4", k=1),
    m(DEPTH, "from there on", "floor in L0", swap(rounded_up, rounded_down),
      mu=1, delta="2/5", k=0),
    m(DEPTH, "from there on", "strict at a tie",
      swap(delta * rate**k >= half, delta * rate**k > half), mu=1, delta="1/2", k=0),
    m(DEPTH, "from there on", "one layer earlier", swap(k >= depth, k >= depth - 1),
      mu=1, delta="2/5", k=0),
    m(DEPTH, "from there on", "rate 1 + mu/3", swap(delta * rate**k, delta * (1 + mu / 3) ** k),
      mu=1, delta="1/3", k=1),
    m(DEPTH, "from there on", "log(1 + mu) in L0",
      swap(function("log", rate), function("log", 1 + mu)), mu=1, delta="1/4", k=1),
    m(DEPTH, "from there on", "at least 3/5",
      swap(delta * rate**k >= half, delta * rate**k >= Fraction(3, 5)), mu=1, delta="1/2", k=0),
    m(DEPTH, "threshold", "L0 included", swap(k < depth, k <= depth), mu=1, delta="2/5"),
    m(DEPTH, "threshold", "below 1/3", swap(delta * rate**k < half, delta * rate**k < third),
      mu=1, delta="2/5"),
    m(DEPTH, "threshold", "floor, hence no tie", swap(rounded_up, rounded_down + 1),
      mu=1, delta="1/2"),
    m(DEPTH, "order of growth", "the constant 1", swap(3 * function("log", 1 / delta),
                                                       1 * function("log", 1 / delta)),
      mu=1, delta="1/10"),
    m(DEPTH, "order of growth", "1/mu instead of mu", swap(mu * depth, mu**-1 * depth), mu="1/10",
      delta="1/10"),
    m(DEPTH, "order of growth", "delta may be 0", swap(delta > 0, delta >= 0), mu=1, delta=0),
    m(DEPTH, "range of B", "below 3/4",
      swap(bound(L, delta, mu, N) < 1, bound(L, delta, mu, N) < Fraction(3, 4)),
      mu=1, delta="1/5", L=0, N=3),
    m(DEPTH, "enough layers", "one layer fewer", swap(k >= needed, k >= needed - 1),
      mu=1, n=2, k=0, quick=True),
    m(DEPTH, "enough layers", "strict", swap(n * decay**k <= 1, n * decay**k < 1), mu=1, n=2, k=1),
    m(DEPTH, "enough layers", "floor",
      swap(needed, function("floor", tree(needed)[1])), mu=1, n=3, k=1),
    m(DEPTH, "enough layers", "decay 1 - mu/3", swap(n * decay**k, n * (1 - mu / 3) ** k),
      mu=1, n=2, k=1),
    m(DEPTH, "enough layers", "mu may be 0", swap(mu > 0, mu >= 0), mu=0, n=2, k=1),
    m(DEPTH, "no negative number of layers", "positive", swap(needed >= 0, needed > 0), mu=1, n=1),
    m(DEPTH, "no negative number of layers", "n may be 0", swap(n >= 1, n >= 0), mu=1, n=0),
    m(DEPTH, "no negative number of layers", "mu to 2", swap(mu <= 1, mu <= 2), mu=2, n=2),
    # Lemma 22 -------------------------------------------------------------------------------------
    m(LEMMA_22, "one coefficient", "k from 1", swap(k >= 2, k >= 1), c=LINEAR, k=1),
    m(LEMMA_22, "one coefficient", "no sum", drop(unit_sum), c={1: 2}, k=2),
    m(LEMMA_22, "one coefficient", "strict", swap(c[1] + c[k] <= 1, c[1] + c[k] < 1),
      c=LINEAR, k=2),
    m(LEMMA_22, "one coefficient", "twice c_1", swap(c[1] + c[k], 2 * c[1] + c[k]), c=LINEAR, k=2),
    m(LEMMA_22, "a", "below 1/2", swap(c[1] < 1, c[1] < half), c={1: "3/4", 2: "1/4"},
      mu="1/4", k=2),
    m(LEMMA_22, "a", "positive", swap(c[1] >= 0, c[1] > 0), c=SQUARE, mu=1, k=2),
    m(LEMMA_22, "a", "linear activations too", drop(c[k] > 0), c=LINEAR, mu=0, k=2),
    m(LEMMA_22, "a", "k = 1 too", drop((k < 1) | (k > 1)), c=LINEAR, mu=0, k=1, quick=True),
    m(LEMMA_22, "a", "no sum", drop(unit_sum), c={1: 1, 2: 1}, mu=0, k=2),
    m(LEMMA_22, "at most one", "mu > 0", swap(mu >= 0, mu > 0), c=LINEAR, mu=0),
    m(LEMMA_22, "at most one", "no sum", drop(unit_sum), c={1: 2}, mu=-1),
    m(LEMMA_22, "at most one", "mu = 1 - 2 c_1", swap(1 - c[1], 1 - 2 * c[1]), c=LINEAR, mu=-1),
    m(LEMMA_22, "at most one", "mu <= 1/2", swap(mu <= 1, mu <= half), c=SQUARE, mu=1),
    m(LEMMA_22, "statement", "linear activations too", drop(c[k] > 0), c=LINEAR, mu=0, k=2),
    m(LEMMA_22, "statement", "mu < 1", swap(mu <= 1, mu < 1), c=SQUARE, mu=1, k=2),
    m(LEMMA_22, "statement", "mu = c_1", swap(1 - c[1], c[1]), c=SQUARE, mu=0, k=2),
    m(LEMMA_22, "statement", "mu > 1/2", swap(mu > 0, mu > half), c={1: "3/4", 2: "1/4"},
      mu="1/4", k=2),
    m(LEMMA_22, "statement", "k = -1 too", swap(k >= 0, k >= -1), c=LINEAR, mu=0, k=-1),
    # Lemma 23 -------------------------------------------------------------------------------------
    m(LEMMA_23, "a", "delta to 2", swap(delta <= 1, delta <= 2), c={1: "1/4", 3: "3/4"},
      mu="3/4", delta="3/2"),
    m(LEMMA_23, "a", "the other way",
      says(c.dual(1 - delta) <= c.dual(-(1 - delta))), c={1: "1/2", 3: "1/2"}, mu="1/2",
      delta="1/2"),
    m(LEMMA_23, "a", "delta from -1", swap(delta >= 0, delta >= -1), c=SQUARE, mu=1, delta=-1),
    m(LEMMA_23, "b1", "the series from 2",
      swap(series(i, 1, c[i] * (1 - delta) ** i), series(i, 2, c[i] * (1 - delta) ** i)),
      c=MIXED, mu="1/2", delta=0, quick=True),
    m(LEMMA_23, "b1", "c_0 not 0", drop(no_constant), c=CONSTANT, mu=1, delta=0),
    m(LEMMA_23, "b1", "the exponent i + 1", swap((1 - delta) ** i, (1 - delta) ** (i + 1)),
      c=SQUARE, mu=1, delta="1/2"),
    m(LEMMA_23, "b2", "a cube", swap((1 - delta) ** 2, (1 - delta) ** 3), c=SQUARE, mu=1,
      delta="1/2"),
    m(LEMMA_23, "b2", "delta from -1", swap(delta >= 0, delta >= -1), c={3: 1}, mu=1, delta=-1),
    m(LEMMA_23, "b2", "no term of c_1",
      swap(c[1] * (1 - delta), c[1] * (1 - delta) ** 2), c=MIXED, mu="1/2", delta="1/2"),
    m(LEMMA_23, "b3", "no sum", drop(unit_sum), c={2: 2}, mu=1, delta=0),
    m(LEMMA_23, "b3", "1 + c_1", swap((1 - c[1]) * (1 - delta) ** 2, (1 + c[1]) * (1 - delta) ** 2),
      c=MIXED, mu="1/2", delta=0),
    m(LEMMA_23, "b4", "mu/2", swap(1 - mu * delta, 1 - mu / 2 * delta), c=SQUARE, mu=1,
      delta="1/2"),
    m(LEMMA_23, "b4", "any mu", drop(mu_is), c=SQUARE, mu="1/2", delta="1/2"),
    m(LEMMA_23, "c", "delta from 1/3", swap(delta > half, delta > third), c=SQUARE, mu=1,
      delta="2/5"),
    m(LEMMA_23, "c", "delta to 2", swap(delta <= 1, delta <= 2), c=SQUARE, mu=1, delta=2),
    m(LEMMA_23, "c", "1 - 2mu/3", swap((1 - mu / 2) * (1 - delta), (1 - 2 * mu / 3) * (1 - delta)),
      c=SQUARE, mu=1, delta="3/5"),
    m(LEMMA_23, "d1", "1 + 2mu", swap((1 + mu) * delta, (1 + 2 * mu) * delta), c=SQUARE, mu=1,
      delta="1/2"),
    m(LEMMA_23, "d1", "a cube", swap(delta**2, delta**3), c=SQUARE, mu=1, delta="1/2"),
    m(LEMMA_23, "d1", "any mu in the last term", swap(mu * delta**2, delta**2), c=MIXED, mu="1/2",
      delta="1/2"),
    m(LEMMA_23, "d2", "delta to 3/4", swap(delta <= half, delta <= Fraction(3, 4)), c=SQUARE, mu=1,
      delta="3/4", quick=True),
    m(LEMMA_23, "d2", "rate 1 + mu", swap(1 - rate * delta, 1 - (1 + mu) * delta), c=SQUARE, mu=1,
      delta="1/2"),
    m(LEMMA_23, "d2", "delta from -1", swap(delta >= 0, delta >= -1), c=SQUARE, mu=1, delta=-1),
    m(LEMMA_23, "statement", "the first case to 3/4", swap(delta <= half, delta <= Fraction(3, 4)),
      c=SQUARE, mu=1, delta="3/4"),
    m(LEMMA_23, "statement", "the first case to 1/3", swap(delta <= half, delta <= third),
      c=SQUARE, mu=1, delta="2/5"),
    m(LEMMA_23, "statement", "rate 1 + 2mu/3", swap(rate * delta, (1 + 2 * mu / 3) * delta),
      c=SQUARE, mu=1, delta="1/2"),
    m(LEMMA_23, "statement", "decay 1 - 2mu/3",
      swap(decay * (1 - delta), (1 - 2 * mu / 3) * (1 - delta)), c=SQUARE, mu=1, delta="3/5"),
    m(LEMMA_23, "statement", "c_0 not 0", drop(no_constant), c=CONSTANT, mu=1, delta="1/2"),
    m(LEMMA_23, "statement", "no sum", drop(unit_sum), c={2: 2}, mu=1, delta=0),
    m(LEMMA_23, "statement", "any mu", drop(mu_is), c=LINEAR, mu=1, delta="1/2"),
    m(LEMMA_23, "statement", "delta to 2", swap(delta <= 1, delta <= 2),
      c={1: "1/2", 3: "1/2"}, mu="1/2", delta="3/2"),
    m(LEMMA_23, "increasing", "y to 2", swap(y <= 1, y <= 2), c=SQUARE, x=0, y=2),
    m(LEMMA_23, "increasing", "x instead of |x|", swap(abs(x) <= y, x <= y), c=SQUARE, x=-1, y=0),
    m(LEMMA_23, "increasing", "no sum", drop(unit_sum), c={1: 2}, x=0, y=1),
    m(LEMMA_23, "increasing", "below one", swap(c.dual(y) <= 1, c.dual(y) < 1), c=SQUARE, x=0, y=1),
    m(LEMMA_23, "one step", "x instead of |x|", swap(abs(x) <= 1 - delta, x <= 1 - delta),
      c=SQUARE, mu=1, delta="1/2", x=-1),
    m(LEMMA_23, "one step", "decay 1 - 2mu/3",
      swap(decay * (1 - delta), (1 - 2 * mu / 3) * (1 - delta)), c=SQUARE, mu=1, delta="3/5",
      x="2/5"),
    m(LEMMA_23, "one step", "half of delta", swap(abs(x) <= 1 - delta, abs(x) <= 1 - delta / 2),
      c=SQUARE, mu=1, delta=1, x="1/2"),
    # Lemma 6 --------------------------------------------------------------------------------------
    m(LEMMA_6, "below L0", "rate 1 + mu", swap(rate ** (L + 1), (1 + mu) ** (L + 1)), c=SQUARE,
      mu=1, delta="1/5", x="4/5", L=0, N=3),
    m(LEMMA_6, "at L0", "a third", swap(abs(c.dual(x)) <= decay / 2, abs(c.dual(x)) <= decay / 3),
      c=SQUARE, mu=1, delta="1/2", x="1/2", L=0, N=0),
    m(LEMMA_6, "beyond L0", "decay 1 - mu",
      swap(decay ** (L + 1 - N), (1 - mu) ** (L + 1 - N)), c=MIXED, mu="1/2", delta="1/2", x="3/8",
      L=1, N=0),
    m(LEMMA_6, "one layer", "c_0 not 0", drop(no_constant), c=CONSTANT, mu=1, delta=1, x=0, L=0,
      N=0),
    m(LEMMA_6, "statement", "L = 0 too", both(swap(L >= 1, L >= 0), where(delta < 1)), c=SQUARE,
      mu=1, delta="1/2", rho="1/2", L=0),
    m(LEMMA_6, "amended", "c_0 not 0", drop(no_constant), c=CONSTANT, mu=1, delta="1/2", rho=0,
      L=1),
    m(LEMMA_6, "amended", "no sum", drop(unit_sum), c={2: 2}, mu=1, delta="1/2", rho="1/2", L=1),
    m(LEMMA_6, "amended", "any mu", drop(mu_is), c=LINEAR, mu=1, delta="1/2", rho="1/2", L=1,
      quick=True),
    m(LEMMA_6, "amended", "mu = 1 - c_2", swap(1 - c[1], 1 - c[2]), c=LINEAR, mu=1, delta="1/2",
      rho="1/2", L=1),
    m(LEMMA_6, "amended", "half of delta",
      swap(abs(rho) <= 1 - delta, abs(rho) <= 1 - delta / 2), c=SQUARE, mu=1, delta="1/2",
      rho="3/4", L=0),
    m(LEMMA_6, "amended", "delta may be 0", swap(delta > 0, delta >= 0), c=SQUARE, mu=1, delta=0,
      rho=0, L=1),
    m(LEMMA_6, "amended", "one layer fewer", swap(c.iterated(L, rho), c.iterated(L - 1, rho)),
      c=SQUARE, mu=1, delta="1/2", rho="1/2", L=1),
    m(LEMMA_6, "amended", "L from -1", swap(L >= 0, L >= -1), c=SQUARE, mu=1, delta="1/2", rho=0,
      L=-1),
    m(LEMMA_6, "amended", "rate 1 + mu in B",
      redefine(delta * rate**L, delta * (1 + mu) ** L), c=SQUARE, mu=1, delta="1/10", rho="9/10",
      L=1),
    m(LEMMA_6, "amended", "decay 1 - mu in B",
      redefine(decay ** (L - start), (1 - mu) ** (L - start)), c=SQUARE, mu=1,
      delta="1/2", rho="1/2", L=1),
    m(LEMMA_6, "amended", "1/3 instead of 1/2 in B",
      redefine(decay ** (L - start) / 2, decay ** (L - start) / 3), c=SQUARE,
      mu=1, delta="1/2", rho="1/2", L=1),
    m(LEMMA_6, "amended", "one more layer of decay in B",
      redefine(decay ** (L - start), decay ** (L + 1 - start)), c=SQUARE, mu=1, delta="1/2",
      rho="1/2", L=1),
    m(LEMMA_6, "amended", "the first case up to L0 + 1 in B",
      redefine(start >= L, start + 1 >= L), c=SQUARE, mu=1, delta="7/10", rho="3/10", L=1),
    m(LEMMA_6, "amended", "floor in L0", redefine(rounded_up, rounded_down), c=SQUARE, mu=1,
      delta="2/5", rho="3/5", L=1),
    m(LEMMA_6, "amended", "log(1/delta) in L0", redefine(1 / (2 * delta), 1 / delta), c=SQUARE,
      mu=1, delta="1/2", rho="1/2", L=2),
    # Lemma 24 -------------------------------------------------------------------------------------
    m(LEMMA_24, "entries", "no unit diagonal", drop(diagonal), K=((2,),), n=1, delta=1, i=1, j=1),
    m(LEMMA_24, "entries", "no sign of delta", drop(delta > 0), K=pair(2), n=2, delta=-1, i=1, j=2),
    m(LEMMA_24, "entries", "no domination", drop(dominates), K=pair(0), n=2, delta=2, i=1, j=2),
    m(LEMMA_24, "entries", "delta < 1", swap(delta <= 1, delta < 1), K=((1,),), n=1, delta=1, i=1,
      j=1, quick=True),
    m(LEMMA_24, "entries", "i may be 0", instead(i >= 1, i >= 0), K=((1,),), n=1, delta=1, i=0,
      j=1),
    m(LEMMA_24, "a", "from 2",
      swap(series(k, 1, a[k] * K[i, j] ** k), series(k, 2, a[k] * K[i, j] ** k)),
      a=LINEAR, K=((1,),), n=1, delta=1, i=1, j=1),
    m(LEMMA_24, "a amended", "the exponent k + 1", swap(K[i, j] ** k, K[i, j] ** (k + 1)),
      a=CONSTANT, K=pair(0), n=2, delta=1, i=1, j=2),
    m(LEMMA_24, "a amended", "no domination", drop(dominates), a=SQUARE, K=pair(2), n=2, delta=1,
      i=1, j=2),
    m(LEMMA_24, "a amended", "no unit diagonal", drop(diagonal), a=LINEAR, K=((2,),), n=1, delta=1,
      i=1, j=1),
    m(LEMMA_24, "b", "no unit diagonal", drop(diagonal), K=((2,),), n=1, delta=1, i=1, j=1, k=2),
    m(LEMMA_24, "b", "1 + delta", swap((1 - delta) ** k, (1 + delta) ** k), K=((1,),), n=1,
      delta=1, i=1, j=1, k=1),
    m(LEMMA_24, "b", "k from -1", swap(k >= 0, k >= -1), K=((1,),), n=1, delta=1, i=1, j=1, k=-1),
    m(LEMMA_24, "c", "no domination", drop(dominates), K=pair("9/10"), n=2, delta="1/2", k=1),
    m(LEMMA_24, "c", "k from -1", drop(k >= 0), K=((1,),), n=1, delta=1, k=-1),
    m(LEMMA_24, "d", "the exponent k + 1", swap((1 - delta) ** k, (1 - delta) ** (k + 1)),
      K=pair("1/2"), n=2, delta="1/2", k=1),
    m(LEMMA_24, "d", "no unit diagonal", drop(diagonal), K=(("1/2",),), n=1, delta="1/2", k=2),
    m(LEMMA_24, "d", "no domination", drop(dominates), K=pair("9/10"), n=2, delta="1/2", k=1),
    m(LEMMA_24, "e", "no domination", drop(dominates), a=LINEAR, K=pair("9/10"), n=2, delta="1/2"),
    m(LEMMA_24, "e", "no unit diagonal", drop(diagonal), a=SQUARE, K=(("1/2",),), n=1,
      delta="1/2"),
    m(LEMMA_24, "e", "1 - 2delta", swap((1 - delta) ** k, (1 - 2 * delta) ** k), a=LINEAR,
      K=pair("1/2"), n=2, delta="1/2"),
    m(LEMMA_24, "f", "delta to 3", swap(delta <= 1, delta <= 3), a=LINEAR, delta=3),
    m(LEMMA_24, "f", "delta^k", swap((1 - delta) ** k, delta**k), a=LINEAR, delta=0, quick=True),
    m(LEMMA_24, "f", "delta from -1", swap(delta >= 0, delta >= -1), a=LINEAR, delta=-1),
    m(LEMMA_24, "statement", "no unit diagonal", drop(diagonal), a=SQUARE, K=(("1/2",),), n=1,
      delta="1/2"),
    m(LEMMA_24, "statement", "no domination", drop(dominates), a=LINEAR, K=pair("9/10"), n=2,
      delta="1/2"),
    m(LEMMA_24, "statement", "2 delta", swap(a.dual(1 - delta), a.dual(1 - 2 * delta)), a=LINEAR,
      K=pair("1/2"), n=2, delta="1/2"),
    m(LEMMA_24, "statement", "all of sigma-hat(1)",
      swap(a.dual(1) - a.dual(1 - delta), a.dual(1)), a=LINEAR, K=pair("1/2"), n=2, delta="1/2"),
    m(LEMMA_24, "statement", "no sign of delta", drop(delta > 0), a=LINEAR, K=((1,),), n=1,
      delta=-1),
    m(LEMMA_7, "statement", "no domination", drop(dominates), a=LINEAR, K=pair("9/10"), n=2,
      delta="1/2"),
    m(LEMMA_7, "statement", "2 delta", swap(a.dual(1 - delta), a.dual(1 - 2 * delta)), a=LINEAR,
      K=pair("1/2"), n=2, delta="1/2"),
    m(LEMMA_7, "statement", "n may be 0", swap(n >= 1, n >= 0), a=LINEAR, K=((1,),), n=0,
      delta="1/2"),
    # Theorem 2 ------------------------------------------------------------------------------------
    m(THEOREM_2, "part 1", "L = 0 too", swap(L >= 1, L >= 0), c=SQUARE, mu=1, delta="1/2",
      K=pair(0), n=2, L=0, i=1, j=2),
    m(THEOREM_2, "part 1", "delta = 1 too", swap(delta < 1, delta <= 1), c=SQUARE, mu=1, delta=1,
      K=pair(0), n=2, L=1, i=1, j=2),
    m(THEOREM_2, "part 1", "no Assumption 1", drop(correlations), c=SQUARE, mu=1, delta="1/2",
      K=pair(1), n=2, L=1, i=1, j=2, quick=True),
    m(THEOREM_2, "part 1", "the diagonal too", drop(unequal(i, j)), c=SQUARE, mu=1, delta="1/2",
      K=((1,),), n=1, L=1, i=1, j=1),
    m(THEOREM_2, "part 1", "c_0 not 0", drop(no_constant), c=CONSTANT, mu=1, delta="1/2", K=pair(0),
      n=2, L=1, i=1, j=2),
    m(THEOREM_2, "part 1", "rate 1 + mu in B", redefine(delta * rate**L, delta * (1 + mu) ** L),
      c=SQUARE, mu=1, delta="1/10", K=pair("9/10"), n=2, L=1, i=1, j=2),
    m(THEOREM_2, "part 1", "floor in L0", redefine(rounded_up, rounded_down),
      c=SQUARE, mu=1, delta="2/5", K=pair("3/5"), n=2, L=1, i=1, j=2),
    m(THEOREM_2, "b", "2 delta", swap(eigenvalues, assumption_2(K, n, delta / 2)), K=pair(0), n=2,
      delta=2),
    m(THEOREM_2, "b", "no Assumption 2", drop(eigenvalues), K=pair(0), n=2, delta=2),
    m(THEOREM_2, "b", "no rows", swap(n >= 1, n >= 0), K=((1,),), n=0, delta="1/2"),
    m(THEOREM_2, "d1", "no unit diagonal", drop(diagonal), c=SQUARE, delta="1/2", K=(("1/2",),),
      n=1, L=1),
    m(THEOREM_2, "d1", "no domination", drop(dominates), c=LINEAR, delta="1/2", K=pair("9/10"), n=2,
      L=0),
    m(THEOREM_2, "d1", "2 delta", swap(c.iterated(L, 1 - delta), c.iterated(L, 1 - 2 * delta)),
      c=LINEAR, delta="1/2", K=pair("1/2"), n=2, L=1),
    m(THEOREM_2, "d1", "L from -1", swap(L >= 0, L >= -1), c=LINEAR, delta="1/2", K=((1,),), n=1,
      L=-1),
    m(THEOREM_2, "d2", "no sum", drop(unit_sum), c={1: "1/2"}, L=1),
    m(THEOREM_2, "d2", "at -1", swap(c.iterated(L, 1), c.iterated(L, -1)), c=LINEAR, L=1),
    m(THEOREM_2, "d2", "L from -1", swap(L >= 0, L >= -1), c=LINEAR, L=-1),
    m(THEOREM_2, "d3", "half of delta", swap(1 - delta, 1 - delta / 2), c=SQUARE, mu=1,
      delta="1/2", L=1),
    m(THEOREM_2, "d3", "L = 0 too", swap(L >= 1, L >= 0), c=SQUARE, mu=1, delta="1/2", L=0),
    m(THEOREM_2, "d3", "1/3 in B",
      redefine(decay ** (L - start) / 2, decay ** (L - start) / 3), c=SQUARE,
      mu=1, delta="1/2", L=1),
    m(THEOREM_2, "part 2", "L = 0 too", swap(L >= 1, L >= 0), c=SQUARE, mu=1, delta="1/2",
      K=((1,),), n=1, L=0),
    m(THEOREM_2, "part 2", "delta = 1 too", swap(delta < 1, delta <= 1), c=SQUARE, mu=1, delta=1,
      K=((1,),), n=1, L=1),
    m(THEOREM_2, "part 2", "no Assumption 2", drop(eigenvalues), c=SQUARE, mu=1, delta="1/2",
      K=pair(1), n=2, L=1),
    m(THEOREM_2, "part 2", "no unit diagonal", drop(diagonal), c=SQUARE, mu=1, delta="1/2",
      K=(("1/2",),), n=1, L=1),
    m(THEOREM_2, "part 2", "c_0 not 0", drop(no_constant), c=CONSTANT, mu=1, delta="1/2", K=pair(0),
      n=2, L=1),
    m(THEOREM_2, "part 2", "rate 1 + mu in B", redefine(delta * rate**L, delta * (1 + mu) ** L),
      c=SQUARE, mu=1, delta="1/10", K=pair("9/10"), n=2, L=1),
    m(THEOREM_2, "part 2", "1 - B/2",
      swap(b, b / 2), c=SQUARE, mu=1, delta="1/10",
      K=pair("9/10"), n=2, L=1),
    m(THEOREM_2, "part 2", "any mu", drop(mu_is), c=LINEAR, mu=1, delta="1/2", K=pair("1/2"), n=2,
      L=1),
    # Corollary 3 ----------------------------------------------------------------------------------
    m(COROLLARY_3, "quotient", "x = 1 too", swap(x < 1, x <= 1), s=0, t=0, x=1, quick=True),
    m(COROLLARY_3, "quotient", "no sign of s", drop(s >= 0), s=-1, t=100, x=-2),
    m(COROLLARY_3, "quotient", "t at least 1 - 2x", swap(t >= 1 - x, t >= 1 - 2 * x), s="5/4",
      t="1/2", x="1/4"),
    m(COROLLARY_3, "ratio", "no sign of s", drop(s >= 0), s=-1, t=2, x=-1, y=1),
    m(COROLLARY_3, "ratio", "y may be 0", swap(y > 0, y >= 0), s=0, t=0, x=0, y=0),
    m(COROLLARY_3, "ratio", "half of y", swap(t >= y, t >= y / 2), s=1, t="1/2", x=1, y=1),
    m(COROLLARY_3, "a", "no unit diagonal", drop(diagonal), c=LINEAR, K=(("1/2",),), n=1, L=1, i=1),
    m(COROLLARY_3, "a", "L from -1", swap(L >= 0, L >= -1), c=LINEAR, K=((1,),), n=1, L=-1, i=1),
    m(COROLLARY_3, "a", "i may be 0", instead(i >= 1, i >= 0), c=LINEAR, K=((1,),), n=1, L=1, i=0),
    m(COROLLARY_3, "discs", "no bound of the entries", drop(off_diagonal), c=LINEAR,
      K=pair("1/2"), n=2, L=1, t=0),
    m(COROLLARY_3, "discs", "n - 2", swap((n - 1) * t, (n - 2) * t), c=LINEAR, K=pair("1/2"), n=2,
      L=1, t="1/2"),
    m(COROLLARY_3, "discs", "half of the radius", swap(smallest >= 1 - (n - 1) * t,
                                                     smallest >= 1 - (n - 1) * t / 2),
      c=LINEAR, K=pair("1/2"), n=2, L=1, t="1/2"),
    m(COROLLARY_3, "b1", "n - 2", swap(n - 1, n - 2), c=SQUARE, mu=1, delta="1/2", K=pair("1/2"),
      n=2, L=1),
    m(COROLLARY_3, "b1", "no Assumption 1", drop(correlations), c=SQUARE, mu=1, delta="1/2",
      K=pair(1), n=2, L=1),
    m(COROLLARY_3, "b2", "rate 1 + mu in B", redefine(delta * rate**L, delta * (1 + mu) ** L),
      c=SQUARE, mu=1, delta="1/10", K=pair("9/10"), n=2, L=1),
    m(COROLLARY_3, "b2", "n - 2", swap(n - 1, n - 2), c=SQUARE, mu=1, delta="1/2", K=pair("1/2"),
      n=2, L=1),
    m(COROLLARY_3, "eigenvalues", "no unit diagonal", drop(diagonal), c=LINEAR, K=(("1/2",),), n=1,
      L=1),
    m(COROLLARY_3, "eigenvalues", "strict", swap(largest >= 1, largest > 1), c=LINEAR, K=((1,),),
      n=1, L=1),
    m(COROLLARY_3, "eigenvalues", "the least", swap(largest >= 1, smallest >= 1), c=LINEAR,
      K=pair("1/2"), n=2, L=1),
    m(COROLLARY_3, "b3", "any radius", drop((n - 1) * b < 1), c=SQUARE, mu=1, delta="1/10",
      K=uniform(3, 0), n=3, L=1),
    m(COROLLARY_3, "b3", "no radius in the numerator", swap(1 + (n - 1) * b, 1), c=SQUARE, mu=1,
      delta="1/10", K=pair("9/10"), n=2, L=1),
    m(COROLLARY_3, "c", "at most 1/3", swap((n - 1) * b <= half, (n - 1) * b <= third), mu=1,
      delta="1/2", n=4, L=2),
    m(COROLLARY_3, "c", "one layer fewer", swap(enough <= L, enough - 1 <= L), mu=1, delta="1/2",
      n=4, L=1),
    m(COROLLARY_3, "c", "floor in L1", redefine(needed, function("floor", tree(needed)[1])), mu=1,
      delta="1/2", n=7, L=2),
    m(COROLLARY_3, "c", "no L0 in L1", redefine(needed + start, needed), mu=1, delta="1/10",
      n=2, L=1),
    m(COROLLARY_3, "d", "3x", swap(4 * x, 3 * x), x="1/2"),
    m(COROLLARY_3, "d", "x to 3/4", swap(x <= half, x <= Fraction(3, 4)), x="3/4"),
    m(COROLLARY_3, "d", "no sign of x", drop(x >= 0), x="-1/2"),
    m(COROLLARY_3, "e", "1 instead of 2n", swap(2 * n, 1), mu=1, delta="1/2", n=4, L=2),
    m(COROLLARY_3, "e", "no L0 in L1", redefine(needed + start, needed), mu=1, delta="1/100",
      n=2, L=5),
    m(COROLLARY_3, "part 1", "no L0 in L1", redefine(needed + start, needed), c=SQUARE, mu=1,
      delta="1/1000", K=pair("999/1000"), n=2, L=1),
    m(COROLLARY_3, "part 1", "delta = 1 too", swap(delta < 1, delta <= 1), c=SQUARE, mu=1,
      delta=1, K=((1,),), n=1, L=1),
    m(COROLLARY_3, "part 1", "no unit diagonal", drop(diagonal), c=SQUARE, mu=1, delta="1/2",
      K=((1, 0), (0, "1/10")), n=2, L=1),
    m(COROLLARY_3, "part 1", "no Assumption 1", drop(correlations), c=SQUARE, mu=1, delta="1/2",
      K=pair(1), n=2, L=1),
    m(COROLLARY_3, "part 1", "n/100 instead of 2n", swap(2 * n, n / 100), c=SQUARE, mu=1,
      delta="1/2", K=pair("1/2"), n=2, L=1),
    m(COROLLARY_3, "part 1", "any mu", drop(mu_is), c=LINEAR, mu=1, delta="1/2", K=pair("1/2"),
      n=2, L=5),
    m(COROLLARY_3, "assumption 2 implies 1", "2 delta",
      says(assumption_1(K, n, 2 * delta)), K=pair("1/2"), n=2, delta="1/2"),
    m(COROLLARY_3, "assumption 2 implies 1", "no unit diagonal", drop(diagonal),
      K=pair(2, 3), n=2, delta=1),
    m(COROLLARY_3, "assumption 2 implies 1", "no Assumption 2", drop(eigenvalues), K=pair(1), n=2,
      delta="1/2"),
    m(COROLLARY_3, "2a", "no Assumption 2", drop(eigenvalues), c=SQUARE, mu=1, delta="1/2",
      K=pair(1), n=2, L=1),
    m(COROLLARY_3, "2a", "rate 1 + mu in B", redefine(delta * rate**L, delta * (1 + mu) ** L),
      c=SQUARE, mu=1, delta="1/10", K=pair("9/10"), n=2, L=1),
    m(COROLLARY_3, "2a", "n - 2", swap(n - 1, n - 2), c=SQUARE, mu=1, delta="1/10",
      K=pair("9/10"), n=2, L=1),
    m(COROLLARY_3, "2b", "half of 1/delta", swap(n / delta, n / delta / 2), mu=1, delta="1/5", n=2,
      L=0, N=3),
    m(COROLLARY_3, "2c", "half of n", swap(n * decay ** (L - N), n / 2 * decay ** (L - N)), mu=1,
      delta="1/2", n=2, L=1, N=0),
    m(COROLLARY_3, "part 2", "half of 1/delta", swap(n / delta, n / delta / 2), c=SQUARE, mu=1,
      delta="1/100", K=pair("99/100"), n=2, L=1),
    m(COROLLARY_3, "part 2", "rate 1 + 2mu", swap(rate ** (-L), (1 + 2 * mu) ** (-L)), c=SQUARE,
      mu=1, delta="1/100", K=pair("99/100"), n=2, L=1),
    m(COROLLARY_3, "part 2", "no unit diagonal", drop(diagonal), c=SQUARE, mu=1, delta="1/3",
      K=((1, 0), (0, "1/2")), n=2, L=5),
    m(COROLLARY_3, "part 2", "any mu", drop(mu_is), c=LINEAR, mu=1, delta="1/2", K=pair("1/2"),
      n=2, L=10),
    # Definitions and facts ------------------------------------------------------------------------
    m(DEFINITION_1, "activation form", "mu > 0", swap(mu >= 0, mu > 0), sigma=IDENTITY, mu=0),
    m(DEFINITION_1, "activation form", "no second moment", drop(centred[1]),
      sigma=((0, 2), (0, 2)), mu=-3, quick=True),
    m(DEFINITION_1, "activation form", "twice the square", swap(slope_at_0**2, 2 * slope_at_0**2),
      sigma=IDENTITY, mu=-1),
    m(DEFINITION_1, "sequence form", "mu > 0", swap(mu >= 0, mu > 0), c=LINEAR, mu=0),
    m(DEFINITION_1, "sequence form", "no sum", drop(unit_sum), c={1: 2}, mu=-1),
    m(DEFINITION_4, "sequence form", "below one", swap(abs(c.dual(rho)) <= 1, abs(c.dual(rho)) < 1),
      c=LINEAR, rho=1),
    m(DEFINITION_4, "sequence form", "rho to 2", swap(abs(rho) <= 1, abs(rho) <= 2), c=LINEAR,
      rho=2),
    m(DEFINITION_4, "composition", "no sum", drop(unit_sum), c={1: 2}, rho=1, L=1),
    m(DEFINITION_4, "composition", "L from -1", swap(L >= 0, L >= -1), c=LINEAR, rho=0, L=-1),
    m(DEFINITION_21, "sequence form", "no sum", drop(unit_sum), c={1: 2}, rho=1),
    m(DEFINITION_21, "sequence form", "nonnegative",
      says(c.dual(rho) >= 0), c=LINEAR, rho=-1),
    m(DEFINITION_21, "composition", "at most 1/2",
      swap(abs(c.iterated(L, rho)) <= 1, abs(c.iterated(L, rho)) <= half), c=LINEAR, rho=1, L=1),
    m(FACT_2, "normalised", "no factorials",
      lambda s: replace(s, conclusion=FACT_2.part("printed").statement.conclusion),
      s0=0, s1=0, s2=1, s3=0, z=0),
    m(FACT_2, "orthogonality", "E[He_2^2] = 1",
      swap(equal(squared(2), 2), equal(squared(2), 1))),
    m(FACT_2, "orthogonality", "E[He_3^2] = 5", swap(equal(squared(3), 6), equal(squared(3), 5))),
    m(FACT_4, "polynomials", "any mean",
      lambda s: replace(s, hypotheses=s.hypotheses[1:]), s0=1, s1=0, s2=0, s3=0),
    m(FACT_4, "polynomials", "any second moment",
      lambda s: replace(s, hypotheses=s.hypotheses[:1]), s0=0, s1=2, s2=0, s3=0),
    m(FACT_4, "polynomials", "no factorials",
      swap(total(squares), total([moment(d) ** 2 for d in degrees])),
      s0="-2/3", s1="1/3", s2="2/3", s3=0),
]

TRUE: list[Mutation] = [
    m(POWERS, "nonnegative", "positive x", swap(x >= 0, x > 0)),
    m(POWERS, "positive", "x below 2", where(x < 2), quick=True),
    m(POWERS, "at most one", "at most two", swap(x**k <= 1, x**k <= 2)),
    m(POWERS, "at most one", "x to 1/2", swap(x <= 1, x <= half)),
    m(POWERS, "at least one", "x from 2", swap(x >= 1, x >= 2)),
    m(POWERS, "sum of exponents", "j from 1", swap(j >= 0, j >= 1)),
    m(POWERS, "decreasing in the exponent", "x to 1/2", swap(x <= 1, x <= half)),
    m(POWERS, "increasing in the base", "x > 0", swap(x >= 0, x > 0)),
    m(POWERS, "absolute value", "strict", swap(abs(x) <= y, abs(x) < y)),
    m(POWERS, "product", "x > 0", where(x > 0)),
    m(DEPTH, "nonnegative", "above -1", swap(depth >= 0, depth > -1)),
    m(DEPTH, "before", "at most 1/2", swap(delta * rate**k < half, delta * rate**k <= half)),
    m(DEPTH, "before", "delta to 1/3", swap(delta <= 1, delta <= third)),
    m(DEPTH, "from there on", "at least 1/3",
      swap(delta * rate**k >= half, delta * rate**k >= third)),
    m(DEPTH, "from there on", "mu to 1/2", swap(mu <= 1, mu <= half)),
    m(DEPTH, "order of growth", "the constant 4", swap(3 * function("log", 1 / delta),
                                                       4 * function("log", 1 / delta))),
    m(DEPTH, "range of B", "below 2",
      swap(bound(L, delta, mu, N) < 1, bound(L, delta, mu, N) < 2)),
    m(DEPTH, "enough layers", "mu to 3/2", swap(mu <= 1, mu <= Fraction(3, 2))),
    m(DEPTH, "enough layers", "at most 2", swap(n * decay**k <= 1, n * decay**k <= 2)),
    m(DEPTH, "no negative number of layers", "above -1", swap(needed >= 0, needed > -1)),
    m(LEMMA_22, "one coefficient", "at most 3/2",
      swap(c[1] + c[k] <= 1, c[1] + c[k] <= Fraction(3, 2))),
    m(LEMMA_22, "one coefficient", "k from 3", swap(k >= 2, k >= 3)),
    m(LEMMA_22, "a", "at most one", swap(c[1] < 1, c[1] <= 1)),
    m(LEMMA_22, "at most one", "mu < 2", swap(mu <= 1, mu < 2)),
    m(LEMMA_22, "statement", "mu < 2", swap(mu <= 1, mu < 2), quick=True),
    m(LEMMA_22, "statement", "k from 2", where(k >= 2)),
    m(LEMMA_23, "a", "delta to 1/2", swap(delta <= 1, delta <= half)),
    m(LEMMA_23, "c", "delta from 3/4", swap(delta > half, delta > Fraction(3, 4))),
    m(LEMMA_23, "c", "decay 1 - mu/3", swap(decay * (1 - delta), (1 - mu / 3) * (1 - delta))),
    m(LEMMA_23, "d2", "delta to 1/3", swap(delta <= half, delta <= third), quick=True),
    m(LEMMA_23, "d2", "rate 1 + mu/3", swap(rate * delta, (1 + mu / 3) * delta)),
    m(LEMMA_23, "statement", "rate 1 + mu/3", swap(rate * delta, (1 + mu / 3) * delta)),
    m(LEMMA_23, "statement", "decay 1 - mu/4",
      swap(decay * (1 - delta), (1 - mu / 4) * (1 - delta))),
    m(LEMMA_23, "statement", "delta > 0", swap(delta >= 0, delta > 0)),
    m(LEMMA_23, "statement", "mu to 1/2", where(mu <= half)),
    m(LEMMA_23, "increasing", "at most two", swap(c.dual(y) <= 1, c.dual(y) <= 2)),
    m(LEMMA_23, "one step", "delta > 0", swap(delta >= 0, delta > 0)),
    m(LEMMA_6, "below L0", "x >= 0", where(x >= 0)),
    m(LEMMA_6, "at L0", "delta to 1/2", swap(delta <= 1, delta <= half)),
    m(LEMMA_6, "amended", "delta < 1", where(delta < 1)),
    m(LEMMA_6, "amended", "rho >= 0", where(rho >= 0)),
    m(LEMMA_24, "entries", "delta to 1/2", where(delta <= half), quick=True),
    m(LEMMA_24, "entries", "at most two", swap(abs(K[i, j]) <= 1, abs(K[i, j]) <= 2)),
    m(LEMMA_24, "b", "k from 1", swap(k >= 0, k >= 1)),
    m(LEMMA_24, "f", "delta > 0", swap(delta >= 0, delta > 0), quick=True),
    m(LEMMA_24, "statement", "n from 2", swap(n >= 1, n >= 2), quick=True),
    m(LEMMA_7, "statement", "n from 2", swap(n >= 1, n >= 2)),
    m(THEOREM_2, "part 1", "n from 2", swap(n >= 1, n >= 2)),
    m(THEOREM_2, "part 1", "delta to 1/2", swap(delta < 1, delta <= half)),
    m(THEOREM_2, "d1", "delta to 1/2", where(delta <= half)),
    m(THEOREM_2, "d3", "at most B + 1", swap(b, b + 1)),
    m(THEOREM_2, "part 2", "one less",
      lambda statement: swap(1 - b, 0 - b)(statement)),
    m(COROLLARY_3, "quotient", "x to 1/2", swap(x < 1, x < half)),
    m(COROLLARY_3, "discs", "n from 2", swap(n >= 1, n >= 2)),
    m(COROLLARY_3, "b2", "n from 2", instead(n >= 1, n >= 2)),
    m(COROLLARY_3, "c", "at most 3/4",
      swap((n - 1) * b <= half, (n - 1) * b <= Fraction(3, 4))),
    m(COROLLARY_3, "d", "5x", swap(4 * x, 5 * x)),
    m(COROLLARY_3, "d", "x to 1/3", swap(x <= half, x <= third)),
    m(COROLLARY_3, "part 1", "2 instead of 1", swap(1 + 2 * n * decay ** (L - enough),
                                                 2 + 2 * n * decay ** (L - enough))),
    m(COROLLARY_3, "assumption 2 implies 1", "half of delta",
      says(assumption_1(K, n, delta / 2))),
    m(COROLLARY_3, "2b", "twice 1/delta", swap(n / delta, 2 * n / delta)),
    m(COROLLARY_3, "2c", "one more", swap(n * decay ** (L - N), n * decay ** (L - N) + 1)),
    m(COROLLARY_3, "part 2", "2 instead of 1", swap(1 + n / delta * rate ** (-L),
                                                 2 + n / delta * rate ** (-L))),
    m(DEFINITION_1, "sequence form", "mu < 2", swap(mu <= 1, mu < 2)),
    m(DEFINITION_4, "sequence form", "rho >= 0", where(rho >= 0)),
    m(DEFINITION_4, "composition", "rho to 1/2", swap(abs(rho) <= 1, abs(rho) <= half)),
    m(DEFINITION_21, "composition", "rho >= 0", where(rho >= 0)),
    m(FACT_2, "normalised", "at positive z", where(z >= 0)),
    m(FACT_4, "polynomials", "without a quadratic term", where(equal(real("s2"), 0))),
]


def _undefined(label: str, statement: Statement, **at: Any) -> Mutation:
    claim = Claim("Undefined", label, (lemma(label, given(*statement.variables)),))
    return Mutation(claim, label, lambda _: statement, "has no value", at)


root, logarithm = function("sqrt", x), function("log", x)
printed_b = given(mu, delta, L).where(mu > 0, mu <= 1, delta > 0)

UNDEFINED: list[Mutation] = [
    _undefined("a root", given(x).where(x >= -1, x <= 0).says(root >= 0), x=-1),
    _undefined("a quotient by itself", given(x).where(x >= 0, x <= 1).says(x / x >= 1), x=0),
    _undefined("0 times a quotient", given(x).where(x >= 0).says(0 * (1 / x) <= 0), x=0),
    _undefined("a logarithm", given(x).where(x >= 0, x <= 1).says(logarithm <= x), x=0),
    _undefined("a difference of logarithms", given(x).says(logarithm - logarithm <= 0), x=-1),
    _undefined("a power", given(x).where(x >= 0).says(x ** (-1) >= 0), x=0),
    _undefined("0 to the -1", given().says(equal(Expression(0) ** (-1), 0))),
    _undefined("either way", given(x).says((root >= 0) | (x <= 1)), x=-1),
    _undefined("in a hypothesis", given(x).where(1 / x >= 1).says(x <= 1), x=0),
    _undefined("a dual", given(c, x).where(c.dual(x) >= 0).says(x <= 2), c=LINEAR, x=2),
    _undefined("no layers in B", printed_b.where(delta < 1, L >= 0).says(b <= 1, B), mu=1,
               delta="1/2", L=0),
    _undefined("B at 1", printed_b.where(delta <= 1, L >= 1).says(b <= 1, B), mu=1, delta=1, L=1),
    _undefined("L1 of no points", given(n).where(n >= 0).says(
        L1(n, Fraction(1, 2), 1) >= 0, L1), n=0),
    _undefined("the condition number of an indefinite matrix", given(K).where(K[1, 1] < 0).says(
        condition_number(1, i, j, K[i, j]) >= 1), K=((-1,),)),
]
