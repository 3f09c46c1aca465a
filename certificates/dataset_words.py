"""What the checker accepted of a data set, in words: every number is from the certificate."""

from typing import Any

from certificates.checker import frozen
from certificates.dataset import GRID, SAMPLE, Checked
from certificates.dataset_bounds import LOWER
from certificates.terms import show

WORDS = {
    "theorem_2_entries": "Theorem 2, part 1: off-diagonal entries",
    "theorem_2_least": "Theorem 2, part 2: λ_min",
    "theorem_8_entries": "Theorem 8, part 1: off-diagonal entries of the tangent kernel",
    "theorem_8_least": "Theorem 8, part 2: λ_min of the tangent kernel",
    "corollary_3_part_1": "Corollary 3, part 1: κ",
    "corollary_3_part_2": "Corollary 3, part 2: κ",
    "corollary_9_part_1": "Corollary 9, part 1: κ of the tangent kernel",
    "corollary_9_part_2": "Corollary 9, part 2: κ of the tangent kernel",
}


def describe(found: Checked) -> str:
    """What was accepted, in words, every number from the certificate itself."""
    d = found.document
    activation, one, two = d["activation"], d["assumption_1"], d["assumption_2"]
    what = "points" if d["input"] == "rows" else "points by their Gram matrix"
    second = f"λ_min of the Gram matrix in {_shown(two['delta'])}"
    if two["singular"]:
        second = "the Gram matrix is singular: " + {
            "dimension": "more points than dimensions", "parallel": "two rows are parallel",
        }[two["singular"]]  # fmt: skip
    pair = " at the rows {} and {}".format(*one["pair"]) if one["pair"] else ""
    left = "not re-checked: " if not found.complete else ""
    lines = [
        f"DATA  {d['dataset'][:16]}: {d['points']} {what}, {d['dimension']} dimensions",
        f"      {activation['name']}, σ(x) = {show(frozen(activation['sigma']))}",
        *_dual(activation, d["rests_on"][0] if found.proved else ""),
        f"      μ in {_shown(activation['mu'])}",
        f"      Assumption 1: δ in {_shown(one['delta'])}{pair}",
        f"      {'' if two['singular'] else left}Assumption 2: {second}",
    ]
    if not found.complete:
        lines[4] += " (that no pair is closer is not re-checked)"
        lines.append(
            f"      re-checked of each kernel: its values at {2 * GRID} correlations and at "
            f"{SAMPLE} pairs of rows drawn by the array's hash; not re-checked: the eigenvalues"
        )
    for k in d["kernels"]:
        kappa = f"κ in {_shown(k['kappa'])}" if k["kappa"] else "κ not certified"
        lines.append(f"      {left}depth {k['depth']}, {k['kind']}: λ_min in {_shown(k['least'])}, "
                     f"λ_max in {_shown(k['greatest'])}, {kappa}")  # fmt: skip
    given = "" if found.complete else "if δ is as stated: "
    for b in d["bounds"]:
        for name in sorted(b.keys() - {"depth"}):
            sign = "≥" if name in LOWER else "≤"
            lines.append(f"      {given}depth {b['depth']}, {WORDS[name]} {sign} {b[name]}")
    lines += [f"      {given}κ ≤ 2 guaranteed by {item} from depth {depth} on"
              for item, depth in d["guaranteed"].items()]  # fmt: skip
    return "\n".join(lines)


def _dual(activation: Any, lemma: str) -> list[str]:
    """The dual, and what it rests on."""
    premise = "a premise: that this is the dual of the activation is not re-checked"
    if "series" not in activation:
        closed = f"proved in {lemma[:16]}" if lemma else premise
        return [f"      σ̂(ρ) = {show(frozen(activation['dual']))} before normalisation, {closed}"]
    series = activation["series"]
    left_out = series["left_out"]
    return [
        f"      σ̂(ρ), normalised, is the polynomial Σ n_k 2^-{series['bits']} ρ^k with the "
        f"{len(series['coefficients'])} integers n_k of the certificate,",
        f"      up to {left_out['value']}; its derivative up to {left_out['slope']}, at 0 up to "
        f"{left_out['first']}; D(1) in {_shown(left_out['steepness'])}; {premise}",
    ]


def _shown(pair: Any) -> str:
    return f"[{pair[0]}, {pair[1]}]"
