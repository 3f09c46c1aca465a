"""The page of an activation: its closed forms, Hermite coefficients and plots, from the record."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from markupsafe import Markup

from certificates.dyadic import Indeterminate, Undefined
from certificates.evaluation import Evaluator
from certificates.report.decimals import certified_digits
from certificates.report.instances import DECAY, DECAY_AXIS, SHOWN_DELTAS, Instances
from certificates.report.lines import Breaker, Shown, shown
from certificates.report.mathml import Setter
from certificates.report.plots import DASHED, Curve, plot, unique_ids
from certificates.report.record import Record
from certificates.report.taylor import squared_coefficients
from certificates.terms import Formula, Term

DUAL = "Dual of "  # how the claim about the dual of an activation is called
PRECISION = 128
SAMPLES = 81
COEFFICIENTS, DIGITS = 21, 15
MOST_PLACES = 100  # more than the precision of coefficients has
NONLINEARITY = "Its coefficient of non-linearity"


def _square(low: Fraction, high: Fraction) -> str:
    """A number >= 0 in certified digits, or a bound where it cannot be told from zero."""
    try:
        return certified_digits(low, high, DIGITS)
    except ValueError:
        power = next(k for k in range(-MOST_PLACES, 1) if high < Fraction(10) ** k)
        return f"< 1e{power}"


class Activation:
    """What a record knows of one activation, from the claim about its dual or its instances."""

    def __init__(self, record: Record, instances: Instances, name: str) -> None:
        self._instances, self._name = instances, name
        self._definitions: Mapping[str, Mapping[str, Any]] = instances.definitions_of(name)
        self._conclusions = {
            label: accepted.statement.document["conclusion"]
            for label, accepted in record.parts(DUAL + name).items()
            if accepted.verdict == "holds"
        }

    def _dual(self) -> tuple[Term, str, bool] | None:
        """The dual, the name of its variable, and whether it is of the normalised activation."""
        for label in ("normalised dual", "dual"):
            match self._conclusions.get(label):
                case ("=", ("expect2", rho, _, _, _), form):
                    return form, rho, label != "dual"
            if "sigma_hat" in self._definitions:
                return ("call", "sigma_hat", "rho"), "rho", True
        return None

    @property
    def normalised(self) -> bool:
        """Whether dual and coefficients are those of the normalised activation."""
        dual = self._dual()
        return dual is not None and dual[2]

    def forms(self) -> list[tuple[str, Shown]]:
        """The activation, its dual and mu, each with what it is."""
        found: list[tuple[str, Formula]] = []
        match self._conclusions.get("dual"):
            case ("=", ("expect2", _, x, _, ("*", own, _)), _):
                found.append(("The activation", ("=", ("apply", "sigma", x), own)))
        if dual := self._dual():
            form, rho, normalised = dual
            if form == ("call", "sigma_hat", rho):
                entry = self._definitions["sigma_hat"]
                form, rho = entry["body"], entry["parameters"][0][0]
            words = "The dual of the normalised activation" if normalised else "Its dual"
            found.append((words, ("=", ("call", "sigma_hat", rho), form)))
        match self._conclusions.get("mu"):
            case ("=", _, form):
                found.append((NONLINEARITY, ("=", "mu", form)))
            case _ if "mu" in self._definitions:
                found.append((NONLINEARITY, ("=", "mu", self._definitions["mu"]["body"])))
        return [(w, shown(Breaker(Setter()).clauses(formula))) for w, formula in found]

    def coefficients(self) -> list[tuple[int, str]]:
        """The squares a_k² of the Hermite coefficients in certified digits; a_0 if it is not 0."""
        dual = self._dual()
        if dual is None:
            return []
        squares = squared_coefficients(dual[0], dual[1], COEFFICIENTS, self._definitions)
        shown = [(k, _square(*ends)) for k, ends in enumerate(squares)]
        return shown[1:] if dual[2] else shown

    def plots(self) -> list[tuple[str, Markup]]:
        """The dual, and its iterates beside the bound of Lemma 6."""
        found = []
        points = self._points()
        if points:
            curve = Curve("σ̂(ρ)", points, 0)
            line = Curve("ρ", [(-1.0, -1.0), (1.0, 1.0)], 1, DASHED)
            svg = plot([curve, line], "correlation ρ", "σ̂(ρ)", logarithmic=False)
            found.append(("the dual activation σ̂, solid, beside the identity, dashed", svg))
        curves = [
            c for group, delta in enumerate(SHOWN_DELTAS)
            for c in self._instances.decay(self._name, delta, group)
        ]  # fmt: skip
        if curves:
            found.append((DECAY, plot(curves, "depth L", DECAY_AXIS)))
        return [(w, Markup(unique_ids(svg, f"p{k}"))) for k, (w, svg) in enumerate(found)]

    def _points(self) -> list[tuple[float, float]]:
        """The dual at equidistant correlations, where it has a value."""
        dual = self._dual()
        if dual is None:
            return []
        evaluator = Evaluator(PRECISION, self._definitions)
        found = []
        for k in range(SAMPLES):
            at = Fraction(2 * k, SAMPLES - 1) - 1
            try:
                ends = evaluator.bounds(evaluator.term(dual[0], {dual[1]: at}))
            except (Undefined, Indeterminate, KeyError):
                continue
            found.append((float(at), float(sum(ends) / 2)))
        return found
