"""The paper's bounds that the certificate of a data set states, re-checked."""

from fractions import Fraction
from typing import Any

from certificates.checker import Rejected, keys
from certificates.decimals import decimal, whole
from certificates.kernel_recursion import Layers
from certificates.paper_bounds import Bounds
from certificates.terms import Malformed

CLOSE = Fraction(1, 10**6)
DEEPEST = 10**9
PARTS = {
    "Corollary 3, part 1": "corollary_3_part_1",
    "Corollary 3, part 2": "corollary_3_part_2",
    "Corollary 9, part 1": "corollary_9_part_1",
    "Corollary 9, part 2": "corollary_9_part_2",
}
LOWER = ("theorem_2_least", "theorem_8_least")  # bounds from below


def check_bounds(document: Any, paper: Bounds, recursion: Layers) -> None:
    """Each bound as printed, on its safe side and close; the depths that guarantee kappa <= 2."""
    depths = sorted({kernel["depth"] for kernel in document["kernels"]})
    tangent = any(kernel["kind"] == "ntk" for kernel in document["kernels"])
    if [entry["depth"] for entry in document["bounds"]] != depths:
        raise Malformed("there are bounds for each depth, in order")
    diagonal = list(recursion.kernels(recursion.one, 0, depths[-1], tangent))
    for entry in document["bounds"]:
        at = diagonal[entry["depth"] - 1][1] if tangent else None
        exact = paper.at(entry["depth"], at)
        keys(entry, "depth", " ".join(exact))
        for name in entry.keys() - {"depth"}:
            ends = paper.arithmetic.lower(exact[name]), paper.arithmetic.upper(exact[name])
            if not _close(decimal(entry[name]), *ends, below=name in LOWER):
                raise Rejected(f"{name} at depth {entry['depth']} is not what the paper's bound is")
    for item, depth in document["guaranteed"].items():
        _check_guaranteed(paper, PARTS[item], whole(depth, 1, DEEPEST))


def _close(value: Fraction, low: Fraction, high: Fraction, below: bool) -> bool:
    """Whether a decimal is beyond the ends of a bound, on its safe side, by 10^-6 at most."""
    if below:
        value, low, high = -value, -high, -low
    return high <= value <= low + CLOSE * max(abs(value), CLOSE)


def _check_guaranteed(paper: Bounds, name: str, depth: int) -> None:
    """The bound is at most 2 at this depth, and is not, or says nothing, at the one before.

    A bound falls with the depth, and its condition on the depth persists.
    """
    two = 2 << paper.arithmetic.precision
    found = paper.at(depth, None).get(name)
    before = paper.at(depth - 1, None).get(name) if depth > 1 else None
    if found is None or found.hi > two or (before is not None and before.hi <= two):
        raise Rejected(f"{name} is not at most 2 from depth {depth} on")
