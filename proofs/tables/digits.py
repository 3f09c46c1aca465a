"""The ends of what the engines compute, for the decimals of the tables."""

from fractions import Fraction

from flint import arb

from proofs.engines.enclosure import Value


def ends_of(value: Value) -> tuple[Fraction, Fraction]:
    """The ends of a ball, or of a rational.  Raises ValueError for a ball that is not finite."""
    if not isinstance(value, arb):
        exact = Fraction(int(value.p), int(value.q))
        return exact, exact
    if not value.is_finite():
        raise ValueError("the enclosure is not finite")
    return _end(value.lower()), _end(value.upper())


def _end(end: arb) -> Fraction:
    mantissa, exponent = end.man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
