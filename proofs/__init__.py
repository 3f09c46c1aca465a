"""The paper's claims as data, and the engines that discharge or refute them.

`from proofs import prove` decides a claim of one's own; `certify_dataset` encloses the condition
number of the depth-L kernels on a data set.
"""

from typing import Any

__all__ = ["certify_dataset", "prove"]


def __getattr__(name: str) -> Any:
    if name == "prove":  # imported when asked for: it brings all engines with it
        from proofs.reviewer import prove

        return prove
    if name == "certify_dataset":
        from proofs.dataset.certify import certify_dataset

        return certify_dataset
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
