"""The whole catalogue at a glance: by which route each dual is derived, and what is certified."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from proofs.derive_certificate import Certifier
from symbolic import Activation, SeriesActivation, named_activation
from symbolic.catalogue import ACTIVATIONS, Family
from symbolic.derivation import derivation
from symbolic.series import SERIES, TERMS

SMALL = {"rectified_power": "2", "power_phi": "2", "monomial": "3", "h": "3"}
"""A whole number for the families that need one."""


@dataclass(frozen=True)
class Row:
    """One activation: the route, how many identities of its steps are proved by algebra, and which
    parts of its certificate hold (None if none was asked for, or none can be had)."""

    activation: str
    route: str
    identities: str
    holds: int | None = None
    open: tuple[str, ...] = ()

    @property
    def certificate(self) -> str:
        """What is certified, in words."""
        if self.holds is None:
            return ""
        left = f", open: {', '.join(self.open)}" if self.open else ""
        return f"{self.holds} of {self.holds + len(self.open)} parts hold{left}"


def members() -> list[str]:
    """Every family at its usual parameters, and with letters for those that may be letters."""
    found = []
    for name, family in ACTIVATIONS.items():
        found.append(f"{name}({SMALL[name]})" if name in SMALL else name)
        letters = _letters(family)
        if letters:
            found.append(f"{name}({','.join(letters)})")
    return [*found, *SERIES]


def _letters(family: Family) -> list[str]:
    """The names of the parameters, if they have numbers as their usual values."""
    numbers = [p.default is not None and p.default.is_number for p in family.parameters]
    whole = any(p.integer for p in family.parameters)
    return [p.name for p in family.parameters] if any(numbers) and not whole else []


def rows(out: Path | None, names: list[str]) -> Iterator[Row]:
    """The rows, one after the other; with a folder, their certificates are written there.

    Raises BadInput if that cannot be written.
    """
    certifier = Certifier() if out is not None else None
    for name in names:
        sigma = named_activation(name)
        if isinstance(sigma, SeriesActivation):
            left = sigma.normalised().dual_function.left_out.str(2, radius=False)
            yield Row(name, f"certified series to k = {TERMS}, the rest at most {left}", "")
            continue
        row = derived(name, sigma)
        if certifier is not None and out is not None:
            parts = [p for p in certifier.certify(sigma, out) if p.item.startswith("Dual of ")]
            holding = [p for p in parts if p.outcome.verdict == "holds"]
            remaining = tuple(p.label for p in parts if p not in holding)
            row = Row(row.activation, row.route, row.identities, len(holding), remaining)
        yield row


def derived(name: str, sigma: Activation) -> Row:
    """The row of a closed form."""
    steps = derivation(sigma)
    count = sum(len(step.identities) for step in steps.steps)
    proved = sum(len(step.identities) for step in steps.steps if step.follows())
    return Row(name, steps.route, f"{proved} of {count}")


def shown(found: Sequence[Row], form: str) -> str:
    """The table as text, markdown or JSON."""
    if form == "json":
        return json.dumps([asdict(row) for row in found], indent=2, ensure_ascii=False)
    titles = ("activation", "identities", "route", "certificate")
    cells = [(r.activation, r.identities, r.route, r.certificate) for r in found]
    if form == "markdown":
        ruled = [titles, ("---",) * len(titles), *cells]
        return "\n".join(f"| {' | '.join(line)} |" for line in ruled)
    widths = [max(len(line[k]) for line in (titles, *cells)) for k in range(len(titles))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in (titles, *cells)
    )
