"""A budget of work for each certificate, so that checking ends whatever the certificate says."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

LONG = 100_000  # bytes of a certificate that may spend more
MOST_WORK = 600_000  # for one up to that; the paper's certificates take 170,000 at most
LONG_WORK = 600_000  # more for a longer one: the dual of soft-shrink takes 1,140,000 with 106 kB
MORE_WORK = 20  # and for each byte beyond: that of hard-shrink takes 1,700,000 with 159 kB


class Malformed(Exception):
    """The certificate is not a certificate: says what is wrong, and where."""


@dataclass
class Account:
    """What one certificate may still spend, and what it has paid for already."""

    left: int
    forms: dict[Any, Any] = field(default_factory=dict)


_open: list[Account] = []  # one for each certificate that is being checked; the last one counts


def spend(units: int) -> None:
    """Count work; about a microsecond each.  Raises Malformed when the budget is used up."""
    if _open:
        account = _open[-1]
        account.left -= units
        if account.left < 0:
            raise Malformed("it takes too much work to check")


def spend_on(bits: int, times: int = 1) -> None:
    """Count products and quotients of integers so long; nothing below a thousand bits."""
    spend(times * (bits * bits >> 20))


def spend_on_fraction(bits: int, times: int = 1) -> None:
    """Count operations on fractions so long, which cancel what both parts have in common."""
    spend(times * (1 + (bits >> 7) + (bits * bits >> 19)))


def forms() -> dict[Any, Any]:
    """What is known of the terms of the certificate that is being checked, to be added to."""
    return _open[-1].forms if _open else {}


@contextmanager
def budget(length: int = 0) -> Iterator[None]:
    """A fresh budget for one certificate of so many bytes; outside of it, as for the engines,
    nothing is counted."""
    more = LONG_WORK + MORE_WORK * (length - LONG) if length > LONG else 0
    _open.append(Account(MOST_WORK + more))
    try:
        yield
    finally:
        _open.pop()
