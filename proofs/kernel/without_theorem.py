"""Which parts of the claims have no theorem in Coq, and why.

Where the statement has a translation and its certificate rests on no cited theorem, the reason is
listed here, part by part.
"""

from collections.abc import Mapping

POWERS = "the Schur bound on the powers of a Gram matrix from one index on is not developed"
LAWS = "sums over binomial laws are not developed"
GERSHGORIN = "Gershgorin's theorem is developed for matrices with unit diagonal only"
TERMS = "a series is compared with one of its terms, which is not written in Coq"
SHIFT = "a series taken from the next index on is not developed"

LISTED: Mapping[str, Mapping[str, str]] = {
    "Fact 5": {"sequence form": SHIFT},
    "Assumption 2 after one layer": {"general activations": POWERS},
    "Theorem 12": {"finite width": GERSHGORIN},
    "Theorem 13": {"λ_min amended": GERSHGORIN},
    "Theorem 18": {"even": TERMS, "i, conditional mean": LAWS},
    "Theorem 32": {
        "power": POWERS, "sharper": POWERS, "statement": POWERS, "any coefficient": POWERS,
    },
}  # fmt: skip


def listed(item: str, label: str) -> str:
    """The listed reason why a part has no theorem, or nothing."""
    return LISTED.get(item, {}).get(label, "")
