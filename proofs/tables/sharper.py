"""The table `sharper`: each main bound of the paper beside the strongest form proved and the truth.

The data are n points with all correlations 1 - delta, as in `proofs.instances`.  The sharper
column is a statement of the claim modules ("sharper", or amended where the printed one fails).
"""

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial

import sympy
from flint import arb, fmpq

from certificates.checker import Statement
from certificates.terms import numeral
from proofs.bounds import B_half_wider, B_wider, E, L0_wider, layers
from proofs.claims.exponentials import log
from proofs.engines.enclosure import Balls, Value
from proofs.instances import dual
from proofs.language import ALWAYS, Definition, Expression, Term, function, given, real
from proofs.tables.makers import Choices, certified, exactly, header, whole
from proofs.tables.rendering import Cell, Table
from proofs.translate import term
from symbolic import parse_activation, rho
from symbolic.enclosure import enclosure

NOT_STATED = Cell("–", latex="--")
Evaluation = Callable[[], Value]
Bound = Evaluation | Term | None
Row = tuple[str, Bound, Bound, Bound]  # item, true value, sharper, printed


class Setting:
    """An activation at one delta and n: its kernels' entries, and the terms of the bounds."""

    def __init__(self, name: str, delta: Fraction, n: int) -> None:
        r = real("r")
        closed, activation = dual(name), parse_activation(name).normalised()
        slope = Definition("D", (r,), term(activation.dual_derivative(), rho, "r"), abs(r) <= 1)
        used = (L0_wider, B_wider, B_half_wider, E, closed.sigma_hat, closed.mu, slope)
        self.definitions = Statement.parse(given().says(ALWAYS, *used).document()).definitions
        self.delta, self.n, self.d = delta, n, Expression(numeral(delta))
        self.mu = closed.mu()
        self.slope_at_one = activation.dual_derivative(sympy.Integer(1))

    @property
    def jumps(self) -> bool:
        """Whether D(1) is infinite: then there is no tangent kernel."""
        return bool(self.slope_at_one.is_infinite)

    def evaluation(self, value: Term) -> Evaluation:
        """The enclosure of a term."""
        tree = value.tree if isinstance(value, Expression) else numeral(value)
        return lambda: Balls(self.definitions).term(tree, {})

    def integer(self, value: Expression) -> int:
        """An integer term, such as L0."""
        return int(whole(self.evaluation(value)))

    def entries(self, depth: int, tangent: bool) -> tuple[arb, arb]:
        """Diagonal and off-diagonal entry of the kernel; the tangent one by its recursion.

        K_0 = rho and K_l = sigma-hat^(l) + K_(l-1) D(sigma-hat^(l-1)).
        """
        balls = Balls(self.definitions)
        at = arb(fmpq(1) - fmpq(self.delta.numerator, self.delta.denominator))
        kernel, diagonal = at, arb(1)
        for _ in range(depth):
            if tangent:
                kernel *= balls.term(("call", "D", "r"), {"r": at})
                diagonal = 1 + diagonal * enclosure(self.slope_at_one)
            at = arb(balls.term(("call", "sigma_hat", "r"), {"r": at}))
            kernel = at + kernel if tangent else at
        return diagonal, kernel

    def ratio(self, depth: int, tangent: bool = False) -> Evaluation:
        """K_12/K_11."""

        def value() -> Value:
            diagonal, kernel = self.entries(depth, tangent)
            return kernel / diagonal

        return value

    def kappa(self, depth: int, tangent: bool = False) -> Evaluation:
        """The condition number (1 + (n-1)q)/(1 - q), q = K_12/K_11."""

        def value() -> Value:
            q = self.ratio(depth, tangent)()
            return (1 + (self.n - 1) * q) / (1 - q)

        return value

    def relative_slope(self) -> Value:
        """D(1 - delta)/D(1)."""
        at = fmpq(1) - fmpq(self.delta.numerator, self.delta.denominator)
        slope = Balls(self.definitions).term(("call", "D", "r"), {"r": at})
        return slope / enclosure(self.slope_at_one)


def rows(s: Setting, depth: int) -> Iterator[Row]:
    """What the paper says at this depth; None where it says nothing."""
    n, d, mu = s.n, s.d, s.mu
    L0 = s.integer(L0_wider(d, mu))
    L1 = s.integer(layers(Expression(n), mu)) + L0
    within = s.delta < 1
    ours, printed = E(depth, d, mu), B_wider(depth, d, mu)

    def best() -> Value:
        return arb(s.evaluation(ours)()).min(arb(s.evaluation(printed)()))

    gap = (1 - d) / d * (1 + mu) ** Expression(-depth)
    yield "Lemma 6; Theorem 2, part 1", s.ratio(depth), best, printed if within else None
    if within and depth >= L1:
        decay = (1 - mu / 2) ** Expression(depth - L1)
        yield "Corollary 3, part 1", s.kappa(depth), 1 + 2 * decay, 1 + 2 * n * decay
    if within:
        old = 1 + n / d * (1 + mu / 2) ** Expression(-depth)
        yield "Corollary 3, part 2", s.kappa(depth), 1 + n * gap, old
    if s.jumps:
        return
    yield "Lemma 10", s.relative_slope, 1 - 2 * mu / (1 + mu) * d, 1 - mu * d
    whole_layers = depth % 2 == 0 and depth >= 2 * L0  # B(L/2) is printed for integers
    half = 2 * B_half_wider(depth, d, mu) if within and whole_layers else None
    yield "Theorem 8, part 1", s.ratio(depth, True), ours, half
    power = function("sqrt", 1 + mu / 2) ** Expression(-depth)
    yield (
        "Corollary 9, part 2", s.kappa(depth, True), 1 + n * gap,
        1 + 2 * n / d * power if within and depth >= 4 * L0 else None,
    )  # fmt: skip


def covariance(size: int, digits: int) -> tuple[Cell, ...]:
    """The bounds of Lemma 26 for N = size; what |Sigma| is depends on the distribution."""
    logarithm = log(Expression(size)) / size
    bounds = [
        certified(partial(Balls({}).term, bound.tree, {}), digits)
        for bound in (Fraction(9, 2) * logarithm, 8 * logarithm)
    ]
    place = Cell(f"Lemma 26, N = {size}"), NOT_STATED, NOT_STATED, NOT_STATED, NOT_STATED
    return (*place, *bounds)


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
    for name in choices.activations:
        for delta in choices.deltas:
            setting = Setting(name, delta, n)

            def cell(value: Bound, s: Setting = setting) -> Cell:
                if value is None:
                    return NOT_STATED
                evaluation = value if callable(value) else s.evaluation(value)
                return certified(evaluation, choices.digits)

            for depth in choices.depths:
                place = Cell(name), Cell(str(delta)), Cell(str(depth), numeric=True)
                for item, *values in rows(setting, depth):
                    found.append((Cell(item), *place, *map(cell, values)))
    found += [covariance(size, choices.digits) for size in choices.points if size >= 2]
    found += [one_layer(delta, n, choices.digits) for delta in choices.deltas]
    columns = ["item", "activation", ("δ", r"$\delta$"), ("L", "$L$"), "true value",
               "sharper", "printed"]  # fmt: skip
    caption = (
        f"Printed bounds beside the strongest forms proved and the true values, n = {n}; upper "
        "bounds, but for Theorem 30."
    )
    return Table("sharper", caption, header(*columns), tuple(found))
