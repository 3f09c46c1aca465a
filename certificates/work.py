"""A budget of work for each certificate, so that checking ends whatever the certificate says."""

from collections.abc import Iterator
from contextlib import contextmanager

from certificates.terms import Malformed

MOST_WORK = 2_000_000  # about twelve times what the paper's longest certificate takes
_left: list[int] = []  # one entry for each certificate that is being checked; the last one counts


def spend(units: int) -> None:
    """Count work; a few microseconds each.  Raises Malformed when the budget is used up."""
    if _left:
        _left[-1] -= units
        if _left[-1] < 0:
            raise Malformed("it takes too much work to check")


def spend_on(bits: int, times: int = 1) -> None:
    """Count products and quotients of numbers so long; nothing below a thousand bits."""
    spend(times * (bits * bits >> 20))


@contextmanager
def budget(units: int = MOST_WORK) -> Iterator[None]:
    """A fresh budget for one certificate; outside of it, as for the engines, nothing is counted."""
    _left.append(units)
    try:
        yield
    finally:
        _left.pop()
