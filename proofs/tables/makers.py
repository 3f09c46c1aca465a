"""The tables: what stands in each, computed as enclosures or read from certificates."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import sympy
from flint import arb, fmpq

from certificates.checker import Statement
from certificates.report.decimals import certified_digits, rounded
from certificates.report.record import read_record
from certificates.terms import numeral
from proofs.bounds import L0, L1, L2, B
from proofs.engines.enclosure import Balls, Value
from proofs.findings import kinds
from proofs.instances import dual, instance
from proofs.language import ALWAYS, given
from proofs.registry import PAPER_ORDER
from proofs.tables.digits import ends_of
from proofs.tables.rendering import Cell, Table
from symbolic import SeriesActivation, named_activation, parse_activation
from symbolic.enclosure import enclosure, working_precision

MOST_BITS = 4_000
GUARD = 64
SMALLEST_SHOWN = 1000  # numbers below 10^-1000 are shown as such


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


def certified(value: Callable[[], Value], digits: int) -> Cell:
    """A number to `digits` certified digits, computed with more bits until they are certain.

    Fewer digits where they do not settle (a tie of the rounding), only a bound for what is closer
    to zero than 10^-1000.  Raises ValueError where neither is certain.
    """
    bits = 4 * digits + GUARD
    while True:
        with working_precision(bits):
            found = value()
            if isinstance(found, arb) and abs(found) < arb(10) ** -SMALLEST_SHOWN:
                return tiny(SMALLEST_SHOWN)
            if isinstance(found, arb) and not found.is_finite() and bits <= MOST_BITS:
                bits *= 4  # a difference that is not yet seen to be positive, under a root
                continue
            ends = ends_of(found)
        text = rounded(*ends, digits)
        if text is not None:
            return Cell(text, numeric=True)
        if bits > MOST_BITS:
            return Cell(certified_digits(*ends, digits), numeric=True)
        bits *= 4


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
    for name in choices.activations:
        activation = named_activation(name).normalised()
        if isinstance(activation, SeriesActivation):
            rows.append((Cell(name), *_series_cells(activation, choices)))
            continue
        cells = [exactly(activation.coefficient_of_nonlinearity(), choices.digits)]
        cells += [
            exactly(activation.hermite_coefficient(k), choices.digits)
            for k in range(1, choices.coefficients + 1)
        ]
        rows.append((Cell(name), *cells))
    columns = [("μ", r"$\mu$")] + [
        (f"a_{k}", f"$a_{{{k}}}$") for k in range(1, choices.coefficients + 1)
    ]
    caption = "Coefficient of non-linearity and Hermite coefficients of normalised activations."
    return Table("coefficients", caption, header("activation", *columns), tuple(rows))


def _series_cells(activation: SeriesActivation, choices: Choices) -> list[Cell]:
    """The same of an activation that is known through enclosures of its coefficients.

    Where zero cannot be excluded, a power of ten that the coefficient stays below.
    """
    bits = 4 * choices.digits + GUARD
    enclosures = activation.hermite_enclosures(choices.coefficients, bits)
    found = [activation.mu_enclosure(bits), *enclosures[1:]]
    cells = []
    with working_precision(bits):
        for value in found:
            if value.is_zero() or not value.contains(0):
                ends = ends_of(value)
                text = rounded(*ends, choices.digits) or certified_digits(*ends, choices.digits)
                cells.append(Cell(text, numeric=True))
            else:
                power = -int(float((value.abs_upper().log() / arb(10).log()).upper().ceil()))
                cells.append(tiny(power))
    return cells


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


def _sides(item: str, name: str, delta: Fraction, points: Sequence[int], depth: int) -> Statement:
    return Statement.parse(instance(item, dual(name), delta, depth, points).statement.document())


def _side(statement: Statement, index: int, **at: int) -> Callable[[], Value]:
    term = statement.document["conclusion"][index]
    point = {name: fmpq(value) for name, value in at.items()}
    return lambda: Balls(statement.definitions).term(term, point)


def decay(choices: Choices) -> Table:
    """The correlation sigma-hat^(L)(1 - delta) beside the bound B(L, delta) of Lemma 6."""
    rows = []
    for name in choices.activations:
        for delta in choices.deltas:
            statement = _sides("Lemma 6", name, delta, choices.points, max(choices.depths))
            for depth in choices.depths:
                cells = [certified(_side(statement, k, L=depth), choices.digits) for k in (1, 2)]
                rows.append((Cell(name), Cell(str(delta)), Cell(str(depth), numeric=True), *cells))
    columns = ["activation", ("δ", r"$\delta$"), ("L", "$L$"),
               ("σ̂^(L)(1−δ)", r"$\hat\sigma^{(L)}(1-\delta)$"),
               ("B(L, δ)", r"$B(L,\delta)$")]  # fmt: skip
    caption = "Correlation after L layers beside the bound of Lemma 6."
    return Table("decay", caption, header(*columns), tuple(rows))


def condition(choices: Choices) -> Table:
    """The condition number of n equicorrelated points beside the bound of Corollary 3, part 2."""
    rows = []
    for name in choices.activations:
        for delta in choices.deltas:
            statement = _sides(
                "Corollary 3, part 2", name, delta, choices.points, max(choices.depths)
            )
            for n in choices.points:
                for depth in choices.depths:
                    cells = [
                        certified(_side(statement, k, L=depth, n=n), choices.digits) for k in (1, 2)
                    ]
                    sizes = Cell(str(n), numeric=True), Cell(str(depth), numeric=True)
                    rows.append((Cell(name), Cell(str(delta)), *sizes, *cells))
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
    for name in choices.activations:
        slope = parse_activation(name).normalised().dual_derivative(sympy.Integer(1))
        if slope.is_infinite:
            infinite = [Cell("∞", latex=r"$\infty$")] * (1 + len(choices.depths))
            rows.append((Cell(name), *infinite))
            continue
        diagonals = [
            exactly(sum((slope**h for h in range(depth + 1)), sympy.Integer(0)), choices.digits)
            for depth in choices.depths
        ]
        rows.append((Cell(name), exactly(slope, choices.digits), *diagonals))
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
            f.printed, f.counterexample, f.amended.replace("\n", " | "),
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
