"""Instances on the pages: a claim's bounds at definite activations, as tables and plots."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from markupsafe import Markup

from certificates.checker import Accepted
from certificates.dyadic import Indeterminate, Undefined
from certificates.evaluation import Evaluator
from certificates.report.mathml import Setter, math
from certificates.report.plots import Curve, plot, unique_ids
from certificates.report.record import INSTANCE, Record
from certificates.terms import show

PRECISION = 128
SHOWN_DELTAS = ("1/100", "1/10", "1/2")
SHOWN_POINTS = 100
SAMPLES = 81


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
        found = []
        own = [
            e
            for e in self._all
            if e[0].item.partition(",")[0] == item and "matrix" not in e[0].part
        ]
        for full in sorted({e[0].item for e in own}):
            here = [e for e in own if e[0].item == full]
            deltas = sorted({d for _, _, d in here}, key=Fraction)
            cells = {(act, d): a for a, act, d in here if "L = 0" not in a.part}
            rows = [
                (act, [self._cell(cells.get((act, d))) for d in deltas])
                for act in sorted({act for _, act, _ in here})
            ]
            found.append({"item": full, "deltas": deltas, "rows": rows})
        return found

    def _cell(self, accepted: Accepted | None) -> tuple[str, str]:
        return (
            (accepted.verdict, self.record.paths[accepted.identity].name) if accepted else ("", "")
        )

    def _rows(self, item: str, activation: str, delta: str) -> tuple[list[str], list[list[Any]]]:
        for accepted, act, d in self._all:
            plain = "matrix" not in accepted.part and accepted.verdict == "holds"
            if (accepted.item, act, d) == (item, activation, delta) and plain:
                return list(accepted.statement.goal.variables), self.record.rows(accepted)
        return [], []

    def plots(self, item: str) -> list[tuple[str, Markup]]:
        """Plots of an item, each with its caption."""
        found = []
        if item == "Lemma 6":
            curves = [
                curve for group, delta in enumerate(SHOWN_DELTAS)
                for curve in self._decay("relu", delta, group)
            ]  # fmt: skip
            found.append(("relu: σ̂^(L)(1 − δ) (solid) beside B(L, δ) (dashed)", curves, "σ̂^(L)"))
        if item == "Corollary 3":
            curves = [
                curve for group, activation in enumerate(("relu", "abs", "erf", "sign"))
                for curve in self._conditioning(activation, "1/10", group)
            ]  # fmt: skip
            words = (f"condition number less 1 at n = {SHOWN_POINTS}, δ = 1/10 (solid), beside "
                     "the bound of part 2 (dashed)")  # fmt: skip
            found.append((words, curves, "κ − 1"))
        return [
            (words, Markup(unique_ids(plot(curves, "depth L", axis), f"p{k}")))
            for k, (words, curves, axis) in enumerate(found) if curves
        ]  # fmt: skip

    def _decay(self, activation: str, delta: str, group: int) -> Iterator[Curve]:
        _, rows = self._rows("Lemma 6", activation, delta)
        if rows:
            true = [(r[0][0], float(r[1])) for r in rows if float(r[1]) > 0]
            yield Curve(f"δ = {delta}", true, group)
            yield Curve(f"B, δ = {delta}", [(r[0][0], float(r[4])) for r in rows], group, True)

    def _conditioning(self, activation: str, delta: str, group: int) -> Iterator[Curve]:
        names, rows = self._rows("Corollary 3, part 2", activation, delta)
        if rows:
            n, depth = names.index("n"), names.index("L")
            here = [r for r in rows if r[0][n] == SHOWN_POINTS]
            for label, k, dashed in ((activation, 1, False), (f"bound, {activation}", 4, True)):
                points = [(r[0][depth], float(r[k]) - 1) for r in here if float(r[k]) > 1]
                if points:
                    yield Curve(label, points, group, dashed)

    def activation(self, activation: str) -> dict[str, Any]:
        """What the page of an activation shows: sigma-hat, mu, plots and its instances."""
        own = [(a, d) for a, act, d in self._all if act == activation]
        entries: Mapping[str, Mapping[str, Any]] = own[0][0].statement.definitions
        found: dict[str, Any] = {"activation": activation, "own": [
            (a, self.record.paths[a.identity].name) for a, _ in own], "forms": []}  # fmt: skip
        for name in ("sigma_hat", "mu"):
            entry = next((a.statement.definitions[name] for a, _ in own
                          if name in a.statement.definitions), None)  # fmt: skip
            if entry is not None:
                head = ("call", name, *(n for n, _ in entry["parameters"]))
                formula = ("=", head, entry["body"])
                text = math(Setter().formula(formula), show(formula), block=True)
                found["forms"].append(Markup(text))
        found["plots"] = self._activation_plots(activation, entries)
        return found

    def _activation_plots(
        self, activation: str, definitions: Mapping[str, Mapping[str, Any]]
    ) -> list[tuple[str, Markup]]:
        evaluator = Evaluator(PRECISION, definitions)
        points = []
        for k in range(SAMPLES):
            x = Fraction(2 * k, SAMPLES - 1) - 1
            try:
                ends = evaluator.bounds(evaluator.term(("call", "sigma_hat", "x"), {"x": x}))
            except (Undefined, Indeterminate):
                continue
            points.append((float(x), float(sum(ends) / 2)))
        found = []
        if points:
            curve = Curve("σ̂(ρ)", points, 0)
            line = Curve("ρ", [(-1.0, -1.0), (1.0, 1.0)], 1, True)
            svg = plot([curve, line], "correlation ρ", "σ̂(ρ)", logarithmic=False)
            found.append(("the dual activation", svg))
        curves = [
            c for group, delta in enumerate(SHOWN_DELTAS)
            for c in self._decay(activation, delta, group)
        ]  # fmt: skip
        if curves:
            words = "σ̂^(L)(1 − δ) (solid) beside B(L, δ) (dashed)"
            found.append((words, plot(curves, "depth L", "σ̂^(L)")))
        return [(w, Markup(unique_ids(svg, f"p{k}"))) for k, (w, svg) in enumerate(found)]
