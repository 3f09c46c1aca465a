"""The paper's items and displays, read off its text, and the parts of the claims that hold them."""

import pytest

from proofs.registry import PAPER_ORDER, find

NUMBERED = (
    *(f"Assumption {k}" for k in (1, 2)), *(f"Definition {k}" for k in (1, 4, 21)),
    *(f"Fact {k}" for k in range(1, 6)), *(f"display ({k})" for k in range(1, 10)),
    *(f"Theorem {k}" for k in (2, 8, 12, 13, 15, 18, 19, 20, 28, 29, 30, 32)),
    *(f"Corollary {k}" for k in (3, 9, 16)), *(f"Remark {k}" for k in (14, 17)),
    *(f"Lemma {k}" for k in (5, 6, 7, 10, 11, 22, 23, 24, 25, 26, 27, 31)),
)  # fmt: skip

# Where it stands: the item, and the parts that state its equalities, inequalities and assertions
DISPLAYS: dict[str, tuple[str, str]] = {
    "Section 2, Assumption 2 is stronger": (
        "Assumption 2", "range; stronger than Assumption 1"),
    "Section 2, Assumption 2 after a layer": (
        "Assumption 2 after one layer", "general activations; normalised ReLU"),
    "Section 2, normalised by translation and scaling": (
        "Fact 4", "display (1); activation form; polynomials"),
    "Section 3.1, 0 < μ ≤ 1": ("Lemma 22", "a; statement"),
    "Section 3.1, L0 = O(log(1/δ)/μ)": ("L0", "order of growth"),
    "Section 3.1, the smallest possible value of κ": ("Corollary 3", "smallest value"),
    "proof of Theorem 2": ("Theorem 2", "b; c; d1; d2; d3; part 1; part 2"),
    "Section 3.2, formula (2)": ("formula (2)", "printed; network; one hidden layer"),
    "proof of Theorem 8, the diagonal": ("Theorem 8", "diagonal; a; b"),
    "proof of Theorem 8, the quotient": ("Theorem 8", "c; d; e"),
    "proof of Theorem 8, L ≥ 2L0": ("Theorem 8", "f; g; h1; h2; i"),
    "proof of Theorem 8, part 2": ("Theorem 8", "j1; j2; j3; part 1; part 2"),
    "Section 4.1, the update rule, convex": ("Theorem 12", "update; convex"),
    "Section 4.1, Lemma 11": ("Lemma 11", "printed, one layer; union bound"),
    "Section 4.1, Theorem 12": (
        "Theorem 12", "printed; steps; depth; condition number; finite width; ReLU accuracy; "
        "polynomial width"),
    "Section 4.1, Theorem 13": ("Theorem 13", "printed; β; λ_min"),
    "Section 4.1, Remark 14": ("Remark 14", "statement"),
    "Section 4.2": ("Theorem 15", "printed, in the limit"),
    "Section 4.2, Corollary 16": ("Corollary 16", "statement; limit"),
    "Section 4.2, Remark 17": ("Remark 17", "statement; rate; comparison"),
    "Section 5, sign, ReLU and tanh satisfy (3)": (
        "Condition (3)", "sign; tanh; normalised ReLU"),
    "Section 5, what an output satisfies": ("Statistical queries", "printed"),
    "Section 6, v_S interpolates with least norm": ("Theorem 20", "interpolation; minimum norm"),
    "Section 6, Theorem 20 and the remark": ("Theorem 20", "printed; remark; depth"),
    "Section 7, uncentred activations": ("Uncentred activations", "printed"),
    "Section 7, BatchNorm": ("Batch normalisation", "mean; variance; next layer"),
    "Section 7, logarithmic width": ("Width for ReLU", "statement; all layers"),
    "Appendix B, the Hermite expansion": ("Fact 2", "printed; orthogonality"),
    "proof of Lemma 23": ("Lemma 23", "a; b1; b2; b3; b4; c; d1; d2; statement"),
    "proof of Lemma 6": ("Lemma 6", "below L0; at L0; beyond L0; statement"),
    "proof of Lemma 24": ("Lemma 24", "a; b; c; d; e; f; statement"),
    "proof of Corollary 3, part 1": ("Corollary 3", "a; b1; b2; b3; c; d; e; part 1"),
    "proof of Corollary 3, part 2": ("Corollary 3", "2a; 2b; 2c; 2d; 2e; part 2"),
    "proof of Lemma 25": ("Lemma 25", "a; b1; b2; c1; c2; d; e; f; g; statement"),
    "proof of Corollary 9": ("Corollary 9", "a; b; c; d; e; f; g; h; i; part 1; part 2"),
    "proof of Theorem 18, (4) and (5)": ("Theorem 18", "network; a; b"),
    "proof of Theorem 18, one layer": (
        "Theorem 18", "c; d1; d2; e1; e, exponents; e2; f"),
    "proof of Theorem 18, all layers": (
        "Theorem 18", "g, union bound; g, depth; g1; g2; g3; h, interval; h"),
    "proof of Theorem 18, the mean": (
        "Theorem 18", "i, conditional mean; i, Lemma 23; i1; i2; j; k; printed"),
    "proof of Theorem 19, the second moment": (
        "Theorem 19", "a; a, half cube; a, target; a, overlap; b; c; width"),
    "proof of Theorem 19, queries": ("Theorem 19", "d; d, cited; e; f; g; printed"),
    "proof of Lemma 26": (
        "Lemma 26", "a; both products; rank one; b; c; c, range; d; e; f; g; h; printed"),
    "proof of Lemma 27": ("Lemma 27", "a; b; c; covariance; d; statement"),
    "proof of Theorem 20": ("Theorem 20", "a; c; d; e1; e2; f; g"),
    "Appendix E, gradient descent": ("Theorem 28", "zero loss; printed"),
    "proof of Theorem 29": ("Theorem 29", "a; b; c; d; d, rearranged; e1; e2; e3; f; g; printed"),
    "Appendix F, a general activation": ("General activations", "statement"),
    "proof of Theorem 30, one unit": (
        "Theorem 30", "a; b; c; d; e, the two θ; f; f, second part; f, probability; g; h; i"),
    "proof of Theorem 30, all units": ("Theorem 30", 
        "printed, infinite width; j; k; l; m; net, size; net; final"),
    "proof of Lemma 31": ("Lemma 31", "a; b; c1; c2; d; e; statement"),
    "Appendix F, Theorem 32": ("Theorem 32", "statement"),
}  # fmt: skip


def test_every_numbered_item_has_a_claim() -> None:
    """All items and displays of the paper with a number are found, and nothing else with one."""
    found = {find(name).item for name in NUMBERED}
    kinds = ("Assumption", "Definition", "Theorem", "Corollary", "Lemma", "Remark", "Fact")
    assert {c.item for c in PAPER_ORDER if c.item.partition(" ")[0] in kinds} - found == {
        "Assumption 2 after one layer"
    }


@pytest.mark.parametrize("place", DISPLAYS)
def test_every_display_has_its_parts(place: str) -> None:
    """The parts are there, as what the paper asserts: statements and steps."""
    item, labels = DISPLAYS[place]
    for label in labels.split("; "):
        assert find(item).part(label).role in ("statement", "step"), label


def test_every_printed_part_has_a_place() -> None:
    """No statement or step stands in a claim without a place of the text, restatements apart."""
    placed = {(item, label) for item, labels in DISPLAYS.values() for label in labels.split("; ")}
    named = {item for item, _ in placed}
    printed = {(c.item, p.label) for c in PAPER_ORDER for p in c.parts
               if p.role in ("statement", "step") and c.item in named}  # fmt: skip
    assert sorted(printed - placed) == []
