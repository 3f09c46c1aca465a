"""A budget of work for each certificate, so that checking ends whatever the certificate says."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

MOST_WORK = 1_000_000  # about four times what the paper's longest certificate takes


class Malformed(Exception):
    """The certificate is not a certificate: says what is wrong, and where."""


@dataclass
class Account:
    """What one certificate may still spend, and the normal forms that it has paid for."""

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
    """Count products and quotients of numbers so long; nothing below a thousand bits."""
    spend(times * (bits * bits >> 20))


def forms() -> dict[Any, Any]:
    """The normal forms known for the certificate that is being checked, to be added to."""
    return _open[-1].forms if _open else {}


@contextmanager
def budget(units: int = MOST_WORK) -> Iterator[None]:
    """A fresh budget for one certificate; outside of it, as for the engines, nothing is counted."""
    _open.append(Account(units))
    try:
        yield
    finally:
        _open.pop()
