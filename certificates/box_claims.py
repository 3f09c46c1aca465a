"""A formula on a box of reals: what a tree of the rule `boxes` proves."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from certificates.checker import Rejected
from certificates.terms import Formula, Term


@dataclass(frozen=True)
class Span:
    """The interval of one variable: closed terms at its ends, None where it is infinite."""

    low: Term | None
    high: Term | None
    low_open: bool
    high_open: bool

    def opened(self) -> "Span":
        """Its interior."""
        return replace(self, low_open=True, high_open=True)

    def closed(self, below: bool) -> "Span":
        """The interval with one of its ends."""
        return replace(self, low_open=False) if below else replace(self, high_open=False)


Spans = Mapping[str, Span]


@dataclass(frozen=True)
class Claim:
    """A formula on a box; `hypotheses` may be used where the box is the goal's own."""

    formula: Formula
    spans: Spans
    hypotheses: tuple[Formula, ...]

    def difference(self) -> Term:
        """F where the formula is 0 <= F or 0 < F."""
        if self.formula[0] not in ("<=", "<"):
            raise Rejected("this step needs an inequality")
        left, right = self.formula[1:]
        return right if left == 0 else ("-", right, left)

    def about(self, term: Term) -> "Claim":
        """The claim that another term is >= 0 (or > 0) on the same box."""
        return replace(self, formula=(self.formula[0], 0, term))

    def on(self, spans: Spans) -> "Claim":
        """The claim on another box, where the hypotheses need not hold."""
        return Claim(self.formula, spans, ())


def bounds(name: str, span: Span) -> Iterator[Formula]:
    if span.low is not None:
        yield ("<" if span.low_open else "<=", span.low, name)
    if span.high is not None:
        yield ("<" if span.high_open else "<=", name, span.high)
