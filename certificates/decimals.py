"""Numbers in the certificate of a data set: exact decimals, enclosures by two of them, integers."""

import re
from fractions import Fraction
from typing import Any

from certificates.terms import Malformed

DECIMAL = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?(e-?[0-9]{1,3})?\Z", re.ASCII)
Ends = tuple[Fraction, Fraction]


def decimal(text: Any) -> Fraction:
    """An exact decimal such as "0.25" or "1.5e-30"."""
    if not isinstance(text, str) or not DECIMAL.match(text):
        raise Malformed(f"not a decimal: {str(text)[:40]!r}")
    return Fraction(text)


def ends(pair: Any) -> Ends:
    """The ends of an enclosure."""
    low, high = pair
    if len(pair) != 2 or decimal(low) > decimal(high):
        raise Malformed("an enclosure is a pair of decimals, the lesser one first")
    return decimal(low), decimal(high)


def whole(value: Any, least: int, most: int) -> int:
    """An integer in a range."""
    if not isinstance(value, int) or not least <= value <= most:
        raise Malformed(f"an integer from {least} to {most} is needed, not {str(value)[:20]}")
    return value
