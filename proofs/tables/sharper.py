"""The table `sharper`: each main bound of the paper beside the strongest form proved and the truth.

The data are n points with all correlations 1 - delta, as in `proofs.instances`.  The sharper
column is a statement of the claim modules ("sharper", or amended where the printed one fails).
"""

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache

import sympy
from flint import arb, fmpq

from certificates.checker import Statement
from certificates.terms import numeral
from proofs.bounds import B_half_wider, B_wider, E, L0_wider, layers, layers_for_half
from proofs.claims.exponentials import log
from proofs.engines.enclosure import Balls, Value
from proofs.language import ALWAYS, Expression, Term, function, given, real
from proofs.tables.kernels import Correlations, Kernel, tangent_diagonal, tangent_kernel
from proofs.tables.makers import (
    GUARD,
    NOT_STATED,
    Choices,
    certified,
    condition_bound,
    exactly,
    header,
    whole,
)
from proofs.tables.rendering import Cell, Table
from symbolic import parse_activation
from symbolic.enclosure import working_precision

Evaluation = Callable[[], Value]
Bound = Evaluation | Term | None
Row = tuple[str, Bound, Bound, Bound]  # item, true value, sharper, printed


class Setting:
    """An activation at one delta and n: its kernels' entries, and the terms of the bounds."""

    def __init__(self, of: Kernel, delta: Fraction, n: int) -> None:
        used = (L0_wider, B_wider, B_half_wider, E)
        self.definitions = Statement.parse(given().says(ALWAYS, *used).document()).definitions
        self.of, self.delta, self.n = of, delta, n
        self.d, self.mu = Expression(numeral(delta)), real("mu")
        self.after = Correlations(of, delta)
        with working_precision(GUARD):
            if not of.mu() > 0:
                raise ValueError(f"{of.name} is linear: μ = 0, and the bounds ask for μ > 0")

    def evaluation(self, value: Term) -> Evaluation:
        """The enclosure of a term."""
        tree = value.tree if isinstance(value, Expression) else numeral(value)
        return lambda: Balls(self.definitions).term(tree, {"mu": self.of.mu()})

    def integer(self, value: Expression) -> int:
        """An integer term, such as L0."""
        return int(whole(self.evaluation(value)))

    def ratio(self, depth: int, tangent: bool = False) -> Evaluation:
        """K_12/K_11; the diagonal of the tangent kernel is the sum of the powers of D(1)."""
        if not tangent:
            return lambda: self.after(depth)
        return lambda: tangent_kernel(self.of, self.after, depth) / tangent_diagonal(self.of, depth)

    def kappa(self, depth: int, tangent: bool = False) -> Evaluation:
        """The condition number (1 + (n-1)q)/(1 - q), q = K_12/K_11."""

        def value() -> Value:
            q = self.ratio(depth, tangent)()
            return (1 + (self.n - 1) * q) / (1 - q)

        return value

    def least(self, depth: int, tangent: bool = False) -> Evaluation:
        """The least eigenvalue over the diagonal entry, 1 - q."""
        ratio = self.ratio(depth, tangent)
        return lambda: 1 - ratio()

    def relative_slope(self) -> Value:
        """D(1 - delta)/D(1)."""
        return self.of.slope(self.after(0)) / self.of.slope_at_one()


def rows(s: Setting, depth: int) -> Iterator[Row]:
    """What the paper says at this depth of the kernel and of the tangent kernel.

    None where it says nothing.
    """
    n, d, mu = s.n, s.d, s.mu
    first = s.integer(L0_wider(d, mu))
    within = s.delta < 1
    ours, printed = E(depth, d, mu), B_wider(depth, d, mu)

    def best() -> Value:
        return arb(s.evaluation(ours)()).min(arb(s.evaluation(printed)()))

    gap = (1 - d) / d * (1 + mu) ** Expression(-depth)
    yield "Theorem 2, part 1", s.ratio(depth), best, printed if within else None
    yield ("Theorem 2, part 2", s.least(depth), lambda: 1 - best(),
           1 - printed if within else None)  # fmt: skip
    L1 = s.integer(layers(Expression(n), mu)) + first
    if within and depth >= L1:
        left = (1 - mu / 2) ** Expression(depth - L1)
        yield "Corollary 3, part 1", s.kappa(depth), 1 + 2 * left, 1 + 2 * n * left
    if within:
        old = condition_bound(Expression(n), d, depth)
        yield "Corollary 3, part 2", s.kappa(depth), 1 + n * gap, old
    if s.of.jumps:  # D(1) is infinite: there is no tangent kernel
        return
    yield "Lemma 10", s.relative_slope, 1 - 2 * mu / (1 + mu) * d, 1 - mu * d
    whole_layers = depth % 2 == 0 and depth >= 2 * first  # B(L/2) is printed for integers
    half = 2 * B_half_wider(depth, d, mu) if within and whole_layers else None
    yield "Theorem 8, part 1", s.ratio(depth, True), ours, half
    yield ("Theorem 8, part 2", s.least(depth, True), 1 - ours,
           None if half is None else 1 - half)  # fmt: skip
    L2 = s.integer(layers_for_half(Expression(n), mu)) + 2 * first
    if within and depth >= L2:
        root = function("sqrt", 1 - mu / 2)
        yield ("Corollary 9, part 1", s.kappa(depth, True),
               1 + 2 * root ** Expression(depth - L2),
               1 + 4 * n * root ** Expression(depth - 2 * L2))  # fmt: skip
    power = function("sqrt", 1 + mu / 2) ** Expression(-depth)
    yield (
        "Corollary 9, part 2", s.kappa(depth, True), 1 + n * gap,
        1 + 2 * n / d * power if within and depth >= 4 * first else None,
    )  # fmt: skip


def covariance(s: Setting) -> tuple[int, Row]:
    """Lemma 26 for samples of N = n of a distribution for which |Sigma| is known, with its depth.

    The distribution is uniform on M points with all correlations 1 - delta, with the least M for
    which N of them are distinct with probability over 1/2: then Delta(N, gamma) = delta for some
    gamma < 1/2.  The nonzero eigenvalues of Sigma are those of K/M, so |Sigma| = (1 + (M-1) v)/M.
    """
    depth = s.integer(layers(Expression(s.n), s.mu)) + s.integer(L0_wider(s.d, s.mu))
    support = distinct_support(s.n)
    logarithm = log(Expression(s.n)) / s.n

    def norm() -> Value:
        return (1 + (support - 1) * s.after(depth)) / support

    name = f"Lemma 26, N = {s.n}"
    return depth, (name, norm, Fraction(9, 2) * logarithm, 8 * logarithm)


@cache
def distinct_support(size: int) -> int:
    """The least M with (1 - 1/M) (1 - 2/M) ... (1 - (N-1)/M) > 1/2, by bisection.

    The product increases with M; it is 0 for M < N, and at least 1 - N(N-1)/(2M).
    """
    low, high = size - 1, size * size
    while high - low > 1:
        middle = (low + high) // 2
        if distinct_more_often(size, middle):
            high = middle
        else:
            low = middle
    return high


def distinct_more_often(size: int, support: int) -> bool:
    """Whether the product is over 1/2, from its logarithm as a ball."""
    bits = 64
    while True:
        with working_precision(bits):
            total = sum((arb(fmpq(support - k, support)).log() for k in range(1, size)), arb(0))
            difference = total + arb(2).log()
            if not difference.contains(0):
                return bool(difference > 0)
        bits *= 2


def one_layer(delta: Fraction, n: int, digits: int) -> tuple[Cell, ...]:
    """The least eigenvalue of Theorem 30 in the limit of infinite width, for max(x, 0)."""
    dual_activation = parse_activation("relu").dual
    at = sympy.Rational(1) - sympy.Rational(delta.numerator, delta.denominator)
    truth = exactly(dual_activation(sympy.Integer(1)) - dual_activation(at), digits)
    scale = sympy.Rational(delta.numerator, delta.denominator) ** sympy.Rational(3, 2)
    amended = exactly(scale / (500_000 * n**3), digits)
    place = Cell("Theorem 30"), Cell("relu"), Cell(str(delta)), Cell("1", numeric=True)
    return (*place, truth, amended, Cell("Ω(δ^{3/2}/n³)", latex=r"$\Omega(\delta^{3/2}/n^3)$"))


def sharper(choices: Choices) -> Table:
    """Upper bounds: the true value, the strongest closed form proved, and the printed bound."""
    n, found = max(choices.points), []
    for of, delta in choices.settings():
        setting = Setting(of, delta, n)

        def cell(value: Bound, s: Setting = setting) -> Cell:
            if value is None:
                return NOT_STATED
            evaluation = value if callable(value) else s.evaluation(value)
            return certified(evaluation, choices.digits, s.of.most_bits)

        stated = [(depth, row) for depth in choices.depths for row in rows(setting, depth)]
        if n >= 2 and delta < 1:
            stated.append(covariance(setting))
        for depth, (item, *values) in stated:
            place = Cell(of.name), Cell(str(delta)), Cell(str(depth), numeric=True)
            found.append((Cell(item), *place, *map(cell, values)))
    found += [one_layer(delta, n, choices.digits) for delta in choices.deltas]
    columns = ["item", "activation", ("δ", r"$\delta$"), ("L", "$L$"), "true value",
               "sharper", "printed"]  # fmt: skip
    caption = (
        f"Printed bounds beside the strongest forms proved and the true values for n = {n} points "
        "with all correlations 1−δ. Theorem 2, part 1, is Lemma 6. Lower bounds in Theorem 2, part "
        "2, Theorem 8, part 2 (over the diagonal entry) and Theorem 30, else upper bounds. Lemma "
        "26: for the uniform distribution on just so many points that N of them are distinct with "
        "probability over 1/2."
    )
    return Table("sharper", caption, header(*columns), tuple(found))
