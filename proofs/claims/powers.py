"""Elementary lemmas on integer powers, each by induction; the paper uses them without mention."""

from proofs.claim import Claim, lemma
from proofs.language import equal, given, integer, real
from proofs.tactics import axiom, induction, use

x, y = real("x"), real("y")
k, j = integer("k"), integer("j")

POWERS = Claim(
    "Powers",
    "integer powers of nonnegative numbers",
    (
        lemma(
            "nonnegative",
            given(x, k).where(x >= 0, k >= 0).says(x**k >= 0),
            [induction("k", step=[axiom("power_successor", x, k)])],
        ),
        lemma(
            "positive",
            given(x, k).where(x > 0, k >= 0).says(x**k > 0),
            [induction("k", step=[axiom("power_successor", x, k)])],
        ),
        lemma(
            "at most one",
            given(x, k).where(x >= 0, x <= 1, k >= 0).says(x**k <= 1),
            [induction("k", step=[axiom("power_successor", x, k), use("Powers: nonnegative")])],
        ),
        lemma(
            "at least one",
            given(x, k).where(x >= 1, k >= 0).says(x**k >= 1),
            [induction("k", step=[axiom("power_successor", x, k)])],
        ),
        lemma(
            "sum of exponents",
            given(x, j, k).where(j >= 0, k >= 0).says(equal(x ** (j + k), x**j * x**k)),
            [
                induction(
                    "k",
                    step=[axiom("power_successor", x, k), axiom("power_successor", x, j + k)],
                )
            ],
        ),
        lemma(
            "decreasing in the exponent",
            given(x, j, k).where(x >= 0, x <= 1, j >= 0, j <= k).says(x**k <= x**j),
            [
                use("Powers: sum of exponents", j=j, k=k - j),
                use("Powers: at most one", k=k - j),
                use("Powers: nonnegative", k=j),
            ],
        ),
        lemma(
            "increasing in the base",
            given(x, y, k).where(x >= 0, x <= y, k >= 0).says(x**k <= y**k),
            [
                induction(
                    "k",
                    step=[
                        axiom("power_successor", x, k),
                        axiom("power_successor", y, k),
                        use("Powers: nonnegative"),
                    ],
                )
            ],
        ),
        lemma(
            "absolute value",
            given(x, y, k).where(abs(x) <= y, k >= 0).says(abs(x**k) <= y**k),
            [
                induction(
                    "k",
                    step=[
                        axiom("power_successor", x, k),
                        axiom("power_successor", y, k),
                    ],
                )
            ],
        ),
        lemma(
            "product",
            given(x, y, k).where(k >= 0).says(equal((x * y) ** k, x**k * y**k)),
            [
                induction(
                    "k",
                    step=[
                        axiom("power_successor", x, k),
                        axiom("power_successor", y, k),
                        axiom("power_successor", x * y, k),
                    ],
                )
            ],
        ),
    ),
)
