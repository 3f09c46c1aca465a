"""The paper's claims as data, and the engines that discharge or refute them.

`from proofs import prove` decides a claim of one's own.
"""

from typing import Any

__all__ = ["prove"]


def __getattr__(name: str) -> Any:
    if name == "prove":  # imported when asked for: it brings all engines with it
        from proofs.reviewer import prove

        return prove
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
