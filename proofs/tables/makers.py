"""The tables: what stands in each, computed as enclosures or read from certificates."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import product
from pathlib import Path

import sympy
from flint import arb, fmpq

from certificates.checker import Statement
from certificates.report.decimals import certified_digits, rounded
from certificates.report.record import read_record
from certificates.terms import Definitions, Term, numeral
from proofs.bounds import L0, L1, L2, B
from proofs.engines.enclosure import Balls, Value
from proofs.findings import kinds
from proofs.language import ALWAYS, Expression, given, real
from proofs.registry import PAPER_ORDER
from proofs.tables.digits import ends_of
from proofs.tables.kernels import MOST_BITS, Correlations, Kernel, kernel, tangent_diagonal
from proofs.tables.rendering import Cell, Table
from symbolic.enclosure import enclosure, working_precision

GUARD = 64
SMALLEST_SHOWN = 1000  # numbers below 10^-1000 are shown as such


NOT_STATED = Cell("–", latex="--")
"""What the paper does not state there."""


@dataclass(frozen=True)
class Choices:
    """What a table covers; each table uses what concerns it."""

    activations: tuple[str, ...]
    deltas: tuple[Fraction, ...]
    mus: tuple[Fraction, ...]
    depths: tuple[int, ...]
    points: tuple[int, ...]
    coefficients: int
    digits: int
    record: Path
    formulas: tuple[str, ...] = ()

    def kernels(self) -> Iterator[Kernel]:
        """The activations by name, then those by formula.  Raises ValueError."""
        yield from map(kernel, self.activations)
        yield from (kernel(formula, formula=True) for formula in self.formulas)

    def settings(self) -> Iterator[tuple[Kernel, Fraction]]:
        """Each activation at each delta."""
        return product(self.kernels(), self.deltas)


def certified(value: Callable[[], Value], digits: int, most_bits: int = MOST_BITS) -> Cell:
    """A number to `digits` certified digits, computed with more bits until they are certain.

    Where they do not settle up to `most_bits` (a tie of the rounding, a series that ends), fewer
    digits; only a bound for what is closer to zero than 10^-1000, or not told from zero.  Raises
    ValueError where nothing is certain.
    """
    bits = 4 * digits + GUARD
    while True:
        with working_precision(bits):
            found = value()
            near_zero = isinstance(found, arb) and abs(found) < arb(10) ** -SMALLEST_SHOWN
            if near_zero and not found.is_zero():
                return tiny(SMALLEST_SHOWN)
            if isinstance(found, arb) and not found.is_finite() and bits <= most_bits:
                bits *= 4  # a difference that is not yet seen to be positive, under a root
                continue
            ends = ends_of(found)
            text = rounded(*ends, digits)
            if text is not None:
                return Cell(text, numeric=True)
            if bits > most_bits:
                return fewer(found, digits)
        bits *= 4


def fewer(value: Value, digits: int) -> Cell:
    """The digits that a ball certifies, or a power of ten that it stays below."""
    if not (isinstance(value, arb) and value.contains(0)):
        return Cell(certified_digits(*ends_of(value), digits), numeric=True)
    power = -int(float((value.abs_upper().log() / arb(10).log()).upper().ceil()))
    if power <= 0:
        raise ValueError("the enclosure does not certify a digit")
    return tiny(power)


def tiny(power: int) -> Cell:
    """A number of which just a bound is known, or shown: it is below 10^-power."""
    return Cell(f"|·|<1e-{power}", latex=rf"$|\cdot|<\num{{e-{power}}}$")


def exactly(expression: sympy.Expr, digits: int) -> Cell:
    """An exact constant to certified digits; zero and rationals are known to be so."""
    if expression.is_Rational:
        value = fmpq(int(expression.p), int(expression.q))
        return certified(lambda: value, digits)
    return certified(lambda: enclosure(expression), digits)


def header(*names: Sequence[str]) -> tuple[Cell, ...]:
    """Headings: texts, or pairs of a text and its mathematics in LaTeX."""
    return tuple(Cell(n) if isinstance(n, str) else Cell(n[0], latex=n[1]) for n in names)


def coefficients(choices: Choices) -> Table:
    """mu and the first Hermite coefficients a_k of the normalised activations."""
    rows = []
    for of in choices.kernels():
        values: list[Callable[[], Value]] = [of.mu]
        values += [partial(of.coefficient, k) for k in range(1, choices.coefficients + 1)]
        cells = [certified(value, choices.digits, of.most_bits) for value in values]
        rows.append((Cell(of.name), *cells))
    columns = [("μ", r"$\mu$")] + [
        (f"a_{k}", f"$a_{{{k}}}$") for k in range(1, choices.coefficients + 1)
    ]
    caption = "Coefficient of non-linearity and Hermite coefficients of normalised activations."
    return Table("coefficients", caption, header("activation", *columns), tuple(rows))


def bounds(choices: Choices) -> Table:
    """L0, L1, L2 and B(L, delta) over a grid."""
    definitions = Statement.parse(
        given().says(ALWAYS, L0, L1, L2, B).document()
    ).definitions  # fmt: skip
    n = max(choices.points)
    rows = []
    for mu in choices.mus:
        for delta in choices.deltas:
            at = numeral(delta), numeral(mu)

            def value(*call: object, at: tuple[object, ...] = at) -> Callable[[], Value]:
                return lambda: Balls(definitions).term(("call", *call, *at), {})

            depths: list[tuple[object, ...]] = [("L0",), ("L1", n), ("L2", n)]
            rows.append((
                Cell(str(mu)), Cell(str(delta)),
                *(Cell(whole(value(*d)), numeric=True) for d in depths),
                *(certified(value("B", L), choices.digits) for L in choices.depths),
            ))  # fmt: skip
    columns = [("μ", r"$\mu$"), ("δ", r"$\delta$"), ("L0", "$L_0$"), (f"L1 (n = {n})", "$L_1$"),
               (f"L2 (n = {n})", "$L_2$")]  # fmt: skip
    columns += [(f"B({L}, δ)", rf"$B({L},\delta)$") for L in choices.depths]
    caption = f"Depths L0, L1, L2 (for n = {n}) and the bound B."
    return Table("bounds", caption, header(*columns), tuple(rows))


def whole(value: Callable[[], Value]) -> str:
    """An integer.  Raises ValueError if the value is none, or is not certain."""
    bits = 128
    while True:
        with working_precision(bits):
            try:
                found = value()
                break
            except ValueError:
                if bits > MOST_BITS:
                    raise
        bits *= 4
    if isinstance(found, arb) or found.q != 1:
        raise ValueError("not an integer")
    return str(int(found.p))


def where_defined(
    name: str, arguments: Sequence[Term], definitions: Definitions, of: Kernel, digits: int
) -> Cell:
    """A defined quantity of the activation's mu; a dash outside its domain, such as mu = 0."""
    entry = definitions[name]
    names = [n for n, _ in entry["parameters"]]

    def at() -> dict[str, Value]:
        balls, inside = Balls(definitions), {"mu": of.mu()}
        return dict(zip(names, (balls.term(a, inside) for a in arguments), strict=True))

    with working_precision(GUARD):
        if not Balls(definitions).formula(entry["where"], at()):
            return NOT_STATED
    return certified(lambda: Balls(definitions).term(entry["body"], at()), digits, of.most_bits)


def decay(choices: Choices) -> Table:
    """The correlation sigma-hat^(L)(1 - delta) beside the bound B(L, delta) of Lemma 6."""
    rows = []
    definitions = Statement.parse(given().says(ALWAYS, L0, B).document()).definitions
    for of, delta in choices.settings():
        after = Correlations(of, delta)
        for depth in choices.depths:
            place = Cell(of.name), Cell(str(delta)), Cell(str(depth), numeric=True)
            value = certified(partial(after, depth), choices.digits, of.most_bits)
            at = depth, numeral(delta), "mu"
            rows.append((*place, value, where_defined("B", at, definitions, of, choices.digits)))
    columns = ["activation", ("δ", r"$\delta$"), ("L", "$L$"),
               ("σ̂^(L)(1−δ)", r"$\hat\sigma^{(L)}(1-\delta)$"),
               ("B(L, δ)", r"$B(L,\delta)$")]  # fmt: skip
    caption = "Correlation after L layers beside the bound of Lemma 6."
    return Table("decay", caption, header(*columns), tuple(rows))


def condition_bound(n: Expression, delta: Expression, depth: int) -> Expression:
    """Corollary 3, part 2, as printed: 1 + (n/delta)(1 + mu/2)^(-L)."""
    return 1 + n / delta * (1 + real("mu") / 2) ** Expression(-depth)


def condition(choices: Choices) -> Table:
    """The condition number of n equicorrelated points beside the bound of Corollary 3, part 2."""
    rows = []
    for of, delta in choices.settings():
        after = Correlations(of, delta)
        for n, depth in product(choices.points, choices.depths):

            def kappa(n: int = n, depth: int = depth, after: Correlations = after) -> Value:
                v = after(depth)
                return (1 + (n - 1) * v) / (1 - v)

            def bound(
                of: Kernel = of, delta: Fraction = delta, n: int = n, depth: int = depth
            ) -> Value:
                written = condition_bound(Expression(n), Expression(numeral(delta)), depth)
                return Balls({}).term(written.tree, {"mu": of.mu()})

            sizes = Cell(str(n), numeric=True), Cell(str(depth), numeric=True)
            values = (certified(v, choices.digits, of.most_bits) for v in (kappa, bound))
            rows.append((Cell(of.name), Cell(str(delta)), *sizes, *values))
    columns = ["activation", ("δ", r"$\delta$"), ("n", "$n$"), ("L", "$L$"), ("κ", r"$\kappa$"),
               ("bound", "bound")]  # fmt: skip
    caption = (
        "Condition number of the top-layer kernel of n points with all correlations 1−δ, beside "
        "the bound of Corollary 3, part 2."
    )
    return Table("condition", caption, header(*columns), tuple(rows))


def tangent(choices: Choices) -> Table:
    """The diagonal of the neural tangent kernel: sum over h <= L of D(1)^h, D = sigma-hat'."""
    rows = []
    for of in choices.kernels():
        if of.jumps:
            infinite = [Cell("∞", latex=r"$\infty$")] * (1 + len(choices.depths))
            rows.append((Cell(of.name), *infinite))
            continue
        values: list[Callable[[], Value]] = [
            of.slope_at_one,
            *(partial(tangent_diagonal, of, depth) for depth in choices.depths),
        ]
        cells = (certified(value, choices.digits, of.most_bits) for value in values)
        rows.append((Cell(of.name), *cells))
    columns = [("D(1)", r"$\hat\sigma'(1)$")] + [
        (f"L = {depth}", f"$L={depth}$") for depth in choices.depths
    ]
    caption = "Diagonal entries of the neural tangent kernel at depth L."
    return Table("tangent", caption, header("activation", *columns), tuple(rows))


def verdict_table(choices: Choices) -> Table:
    """The verdict of each item, with its assurance and what it is given."""
    record = read_record(choices.record, [c.item for c in PAPER_ORDER])
    rows = [
        tuple(map(Cell, (item, v.verdict, v.assurance, v.text.partition(", given ")[2])))
        for item, v in record.verdicts.items()
    ]
    rows += [
        (Cell(item), Cell("rejected"), Cell(""), Cell(reason))
        for item, reason in record.rejected.items()
    ]
    columns = header("item", "verdict", "assurance", "given")
    return Table("verdicts", "The verdict of each item.", columns, tuple(rows))


def findings_table(choices: Choices) -> Table:
    """What fails as printed or is not sharp: exact counterexample, and what holds in its place."""
    record = read_record(choices.record, [c.item for c in PAPER_ORDER])
    rows = [
        tuple(map(Cell, (
            f.item, f.part, f.kind, "survives" if f.conclusion_survives else "does not survive",
            str(f.printed), f.counterexample, " | ".join(map(str, f.amended)),
            " ".join(c[:16] for c in f.certificates),
        )))
        for f in record.findings(kinds(PAPER_ORDER))
    ]  # fmt: skip
    columns = header("item", "part", "kind", "conclusion", "printed", "counterexample",
                      "what holds instead, or is sharper", "certificates")  # fmt: skip
    caption = "What does not hold as printed, or is not sharp."
    return Table("findings", caption, columns, tuple(rows))


TABLES: dict[str, Callable[[Choices], Table]] = {
    "coefficients": coefficients, "bounds": bounds, "decay": decay, "condition": condition,
    "tangent": tangent, "verdicts": verdict_table, "findings": findings_table,
}  # fmt: skip
