"""Instances on the pages: a claim's bounds at definite activations, as tables and plots."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from markupsafe import Markup

from certificates.checker import Accepted
from certificates.report.plots import DASHED, DOTTED, SOLID, Curve, plot, unique_ids
from certificates.report.record import INSTANCE, Record

DECAY = "σ̂⁽ᴸ⁾(1 − δ), solid, beside the bound B(L, δ), dashed"
DECAY_AXIS = "σ̂⁽ᴸ⁾(1 − δ)"
SHOWN_DELTAS = ("1/100", "1/10", "1/2")
SHOWN_POINTS = 100


class Instances:
    """The instances of a record, by item, activation and delta."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self._all: list[tuple[Accepted, str, str]] = []
        for accepted in record.checker.accepted.values():
            match = INSTANCE.match(accepted.part)
            if match:
                self._all.append((accepted, match["activation"], match["delta"]))
        self._all.sort(key=lambda e: (e[0].item, e[1], Fraction(e[2]), e[0].part))

    @property
    def activations(self) -> list[str]:
        """The activations that have instances."""
        return sorted({activation for _, activation, _ in self._all})

    def tally(self) -> list[tuple[str, dict[str, int]]]:
        """How many instances of each item hold, fail, are open."""
        counts: dict[str, dict[str, int]] = {}
        for accepted, _, _ in self._all:
            own = counts.setdefault(accepted.item, {"holds": 0, "fails": 0, "open": 0})
            own[accepted.verdict] += 1
        return sorted(counts.items())

    def tables(self, item: str) -> list[dict[str, Any]]:
        """A table for each statement of the item: activations by delta."""
        own = [
            e
            for e in self._all
            if e[0].item.partition(",")[0] == item and "matrix" not in e[0].part
        ]
        return [
            {"item": full, **self._table([e for e in own if e[0].item == full], lambda _, act: act)}
            for full in sorted({e[0].item for e in own})
        ]

    def _table(
        self, own: Sequence[tuple[Accepted, str, str]], row_of: Callable[[Accepted, str], str]
    ) -> dict[str, Any]:
        """Verdicts with their certificates, a row for each name that `row_of` gives, by delta."""
        cells = {(row_of(a, act), d): a for a, act, d in own if "amended" not in a.part}
        deltas = sorted({d for _, d in cells}, key=Fraction)
        names = sorted({name for name, _ in cells})
        rows = [(name, [self._cell(cells.get((name, d))) for d in deltas]) for name in names]
        return {"deltas": deltas, "rows": rows}

    def _cell(self, accepted: Accepted | None) -> tuple[str, str]:
        if accepted is None:
            return "", ""
        return accepted.verdict, self.record.certificate(accepted.identity)

    def _rows(self, item: str, activation: str, delta: str) -> tuple[list[str], list[list[Any]]]:
        for accepted, act, d in self._all:
            plain = not any(word in accepted.part for word in ("matrix", "amended"))
            plain = plain and accepted.verdict == "holds"
            if (accepted.item, act, d) == (item, activation, delta) and plain:
                return list(accepted.statement.goal.variables), self.record.rows(accepted)
        return [], []

    def plots(self, item: str) -> list[tuple[str, Markup]]:
        """Plots of an item, each with its caption."""
        found = []
        if item == "Lemma 6":
            curves = [
                curve for group, delta in enumerate(SHOWN_DELTAS)
                for curve in self.decay("relu", delta, group)
            ]  # fmt: skip
            found.append(("relu: " + DECAY, curves, DECAY_AXIS))
        if item == "Corollary 3":
            curves = [
                curve for group, activation in enumerate(("relu", "abs", "erf", "sign"))
                for curve in self._conditioning(activation, "1/10", group)
            ]  # fmt: skip
            words = (f"condition number less 1 at n = {SHOWN_POINTS}, δ = 1/10, solid, beside "
                     "the bounds of part 1, dotted, and of part 2, dashed")  # fmt: skip
            found.append((words, curves, "κ − 1"))
        return [
            (words, Markup(unique_ids(plot(curves, "depth L", axis), f"p{len(item)}")))
            for words, curves, axis in found if curves
        ]  # fmt: skip

    def decay(self, activation: str, delta: str, group: int) -> Iterator[Curve]:
        """sigma-hat iterated, and the bound B, against the depth."""
        _, rows = self._rows("Lemma 6", activation, delta)
        if rows:
            yield Curve(f"δ = {delta}", seen((r[0][0], r[1], r[2]) for r in rows), group)
            yield Curve("", seen((r[0][0], r[3], r[4]) for r in rows), group, DASHED)

    def _conditioning(self, activation: str, delta: str, group: int) -> Iterator[Curve]:
        """kappa - 1 and both bounds of it; the one of part 1 is there from the depth L1 on."""
        part_1, part_2 = (f"Corollary 3, part {k}" for k in (1, 2))
        for item, label, k, style in (
            (part_2, activation, 1, SOLID), (part_2, "", 3, DASHED), (part_1, "", 3, DOTTED)
        ):  # fmt: skip
            names, rows = self._rows(item, activation, delta)
            here = [r for r in rows if r[0][names.index("n")] == SHOWN_POINTS]
            points = seen(((r[0][names.index("L")], r[k], r[k + 1]) for r in here), above=1)
            if points:
                yield Curve(label, points, group, style)

    def definitions_of(self, activation: str) -> Mapping[str, Mapping[str, Any]]:
        """The definitions of the first instance of an activation, none without instances."""
        own = (a.statement.definitions for a, act, _ in self._all if act == activation)
        return next(own, {})

    def table_of(self, activation: str) -> dict[str, Any]:
        """The verdicts of an activation: bounds by delta."""
        own = [e for e in self._all if e[1] == activation and "matrix" not in e[0].part]
        return self._table(own, lambda accepted, _act: accepted.item)

    def matrices_of(self, activation: str) -> list[Accepted]:
        """The instances of an activation at definite matrices."""
        return [a for a, act, _ in self._all if act == activation and "matrix" in a.part]


def seen(
    enclosures: Iterable[tuple[int, str, str]], above: int = 0
) -> list[tuple[float, float]]:  # fmt: skip
    """What an enclosure exceeds a number by, as long as the rows have digits enough to draw it."""
    points = []
    for at, low, high in enclosures:
        below, over = Fraction(low) - above, Fraction(high) - above
        if over > 0 and 50 * (over - below) <= over:
            points.append((float(at), float((below + over) / 2)))
    return points
