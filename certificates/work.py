"""A budget of work for each certificate, so that checking ends whatever the certificate says."""

from collections.abc import Iterator
from contextlib import contextmanager

from certificates.terms import Malformed

MOST_WORK = 40_000_000
_left: list[int] = []  # one entry for each certificate that is being checked; the last one counts


def spend(units: int) -> None:
    """Count work; about a microsecond each.  Raises Malformed when the budget is used up."""
    if _left:
        _left[-1] -= units
        if _left[-1] < 0:
            raise Malformed("it takes too much work to check")


@contextmanager
def budget(units: int = MOST_WORK) -> Iterator[None]:
    """A fresh budget for one certificate; outside of it, as for the engines, nothing is counted."""
    _left.append(units)
    try:
        yield
    finally:
        _left.pop()
