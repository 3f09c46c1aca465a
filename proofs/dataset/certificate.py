"""The certificate of a data set: what the independent checker re-checks against the array.

Every enclosure is that of the engine, its ends rounded outwards to decimals, and those of the
eigenvalues on the inner side moved outwards as well (see `eased`).  The closed form of
the dual comes with a certificate that it is one, where an engine proves it, and with the proof
that its derivative is D; a certified series comes with what it leaves out, as a premise.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from math import ceil, log2
from typing import Any

import numpy as np
from flint import arb

from certificates.checker import FORMAT, TRUE, Checker, Goal, digest
from certificates.dataset import GRID, drawn
from certificates.derivative import derivative
from proofs.dataset.activation import Dual, completed, dual_of
from proofs.dataset.certify import Certified, Paper, points_of
from proofs.dataset.correlations import Floats, Points, distances
from proofs.dataset.eigenvalues import Ends, Spectrum, above
from proofs.dataset.kernel_matrix import DepthKernel, depth_kernels
from proofs.discharge import discharge
from proofs.duals import parts
from proofs.engines.identity import defining_facts, identity
from proofs.language import real, thawed
from proofs.parser import ClaimParser
from proofs.tactics import Prover, Stuck
from proofs.written import Written, value
from symbolic import Activation
from symbolic.bivariate import BivariateNormal
from symbolic.enclosure import working_precision
from symbolic.series import SeriesActivation
from symbolic.variables import rho

DIGITS, FINE = 15, 36
BITS = 128  # beyond those that the recursion loses
EASE = 1e-8  # of an eigenvalue, by which an end gives way at least
SERIES_BITS = 160  # of the coefficients of a series


def decimal(value: float | Fraction, down: bool, digits: int = DIGITS) -> str:
    """A decimal of so many digits at most, on the far side of a number."""
    context = Context(prec=digits, rounding=ROUND_FLOOR if down else ROUND_CEILING)
    found = context.divide(*map(Decimal, Fraction(value).as_integer_ratio()))
    return str(found.normalize(context)).lower().replace("e+", "e")


def both(ends: Ends) -> list[str]:
    """An enclosure by decimals."""
    return [decimal(ends.low, down=True), decimal(ends.high, down=False)]


def exact(value: arb) -> Fraction:
    """The number that a ball of radius 0 is."""
    found = value.fmpq()
    return Fraction(int(found.p), int(found.q))


def data_set_certificates(
    found: Certified, array: Floats, activation: Activation | SeriesActivation
) -> list[dict[str, Any]]:
    """The certificate of a result, after that of the activation's dual, if one is found.

    Raises ValueError for a closed form that the checker does not evaluate.
    """
    dual = dual_of(activation)
    if isinstance(activation, SeriesActivation):
        entry, lemma = _series(found, activation, dual), None
    elif activation.dual().has(BivariateNormal):
        raise ValueError(
            f"{activation.name} has Phi_2 in its dual, for which the checker has no arithmetic: "
            "there is no certificate to re-check; leave out --certificate"
        )
    else:
        entry, lemma = _activation(found, activation), _dual_certificate(activation)
    first, second = (
        decimal(ends.low, down=True)
        for ends in (found.separation.delta_1, found.separation.delta_2)
    )
    depths = sorted({k.depth for k in found.kernels})
    tangent = any(k.kind == "ntk" for k in found.kernels)
    paper = Paper(found.points, dual, Fraction(first), Fraction(second))
    document: dict[str, Any] = {
        "format": FORMAT, "dataset": found.sha256, "input": "gram" if found.gram else "rows",
        "points": found.points, "dimension": found.dimension, "activation": entry,
        "precision": _precision(found, dual, depths[-1]),
        "assumption_1": {"delta": both(found.separation.delta_1),
                         "pair": list(found.separation.pair or ())},
        "assumption_2": {"delta": both(found.separation.delta_2),
                         "singular": found.separation.singular},
        "kernels": [
            {"kind": k.kind, "depth": k.depth,
             **_eigenvalues(*map(both, eased(k.spectrum)))}
            for k in found.kernels
        ],
        "bounds": [
            {"depth": depth, **{
                name: decimal(bound, down=name.endswith("least"))
                for name, bound in paper.at(depth, tangent).named()}}
            for depth in depths
        ],
        "guaranteed": dict(paper.guaranteed()),
        "rests_on": [digest(lemma)] if lemma else [],
    }  # fmt: skip
    if not found.complete:
        document["sample"] = _sample(found, array, dual)
    return [*([lemma] if lemma else []), document]


def eased(found: Spectrum) -> tuple[Ends, Ends]:
    """The enclosures of the least and of the greatest eigenvalue, twice as wide.

    The ends that the checker meets by vectors of its own give way by as much as the others, which
    it meets by elimination, are away: where many eigenvalues are closer together than that, it need
    not tell them apart.
    """
    (least, greatest), margins = (found.least, found.greatest), []
    for ends in (least, greatest):
        margins.append(max(ends.high - ends.low, EASE * abs(ends.high)))
    return (
        Ends(least.low, least.high + margins[0]), Ends(greatest.low - margins[1], greatest.high)
    )  # fmt: skip


def _eigenvalues(least: list[str], greatest: list[str]) -> dict[str, list[str]]:
    """The enclosures of a kernel's eigenvalues, and of kappa where the least is positive."""
    (low, high), (bottom, top) = map(Fraction, least), map(Fraction, greatest)
    kappa = []
    if low > 0:
        kappa = [decimal(max(bottom / high, Fraction(1)), True), decimal(top / low, False)]
    return {"least": least, "greatest": greatest, "kappa": kappa}


def _activation(found: Certified, activation: Activation) -> dict[str, Any]:
    """sigma, its dual and the slope of it as terms, with the proof that it is the slope."""
    written = Written(activation)
    closed, slope = activation.dual(), activation.dual_derivative()
    if (closed.free_symbols | slope.free_symbols) - {rho}:
        raise ValueError("a certificate needs numbers for the parameters of the activation")
    dual = value(closed).tree
    derived, conditions = derivative(dual, "rho")
    within = Goal({"rho": "real"}, (), TRUE).having(("<", -1, "rho"), ("<", "rho", 1))
    goals = [within.proving(c) for c in conditions]
    prover = Prover({})
    try:
        return {
            "name": activation.name,
            "sigma": thawed(written.sigma(real("x")).tree), "dual": thawed(dual),
            "slope": thawed(value(slope).tree), "mu": both(found.mu),
            "differentiable": [
                prover.prove_by_one_of(g, [[defining_facts]])
                for g in goals
                if g.normal.formula(g.conclusion) != "true"
            ],
            "derivative": prover.prove(
                within.proving(("=", derived, value(slope).tree)), [identity]
            ),
        }  # fmt: skip
    except Stuck as error:
        raise ValueError(f"no proof of the slope of the dual is found: {error}") from None


def _series(found: Certified, activation: SeriesActivation, dual: Dual) -> dict[str, Any]:
    """sigma as a term, its dual as a polynomial with coefficients n_k 2^-SERIES_BITS >= 0 of sum
    one, and by how much the dual and its derivative differ from that and its derivative."""
    with working_precision(2 * SERIES_BITS):
        terms = completed(activation.normalised(), dual.parity)
        scale = arb(2) ** SERIES_BITS
        numbers = [int((c.lower() * scale).floor().unique_fmpz() or 0) for c in terms]
        numbers = [max(n, 0) for n in numbers]
        numbers[-1] = (1 << SERIES_BITS) - sum(numbers[:-1])
        off = [abs(c - n / scale) for c, n in zip(terms, numbers, strict=True)]
        value = above(dual.left_out + sum(off, arb(0)))
        moved = sum((k * c for k, c in enumerate(off)), arb(0))
        steepness = dual.slope
        if steepness is None or not steepness.is_finite():
            raise ValueError(f"{activation.name}: D(1) is not known to be finite")
        return {
            "name": activation.name, "sigma": thawed(ClaimParser("0").lowered(activation.tree)),
            "series": {
                "bits": SERIES_BITS, "coefficients": numbers,
                "left_out": {
                    "value": decimal(value, down=False),
                    "slope": decimal(above(dual.slope_left_out + moved), down=False),
                    "first": decimal(above(off[1]), down=False),
                    "steepness": [
                        decimal(exact(steepness.lower()), True, FINE),
                        decimal(exact(steepness.upper()), False, FINE),
                    ],
                },
            },
            "mu": both(found.mu),
        }  # fmt: skip


def _dual_certificate(activation: Activation) -> dict[str, Any] | None:
    """The certificate that the closed form is the dual, by Definition 4, if a proof is found."""
    item = f"Dual of {activation.name}"
    try:
        part = next(p for p in parts(Written(activation), item) if p.label == "dual")
        outcome = discharge(item, part, {}, Checker({}))
    except (Stuck, ValueError):
        return None
    return outcome.document if outcome.verdict == "holds" else None


def _precision(found: Certified, dual: Dual, depth: int) -> int:
    """Bits enough for the recursion: D(1) a layer, and half the bits of 1 - |rho| in a root.

    Where D(1) is infinite D is about 1/t at t = sqrt(2 (1 - |rho|)), and t becomes its own root in
    each layer: that loses those of t once and a half, a quarter ... more, then less than 1 a layer.
    """
    steep = max(float(dual.slope.upper()), 1.0) if dual.slope is not None else 2.0
    closest = found.separation.delta_1.low
    roots = 1 if dual.slope is not None else 2
    lost = depth * log2(steep) + (-log2(closest) * roots / 2 if closest > 0 else 0)
    return 32 * ceil((BITS + lost) / 32)


def _sample(found: Certified, array: Floats, dual: Dual) -> dict[str, Any]:
    """Values of each kernel on the checker's grid, and at the pairs that it draws."""
    steps = np.arange(GRID) / 16
    t = np.concatenate([steps, steps])
    sign = np.repeat([1.0, -1.0], GRID)
    points = points_of(array, found.gram)
    pairs = drawn(found.sha256, found.points)
    univariate: list[list[list[str]]] = [[] for _ in t]
    entries: list[list[list[str]]] = [[] for _ in pairs]
    tangent = any(k.kind == "ntk" for k in found.kernels)
    deepest = max(k.depth for k in found.kernels)
    tables: dict[int, dict[str, DepthKernel]] = {}
    for k in found.kernels:
        if k.depth not in tables:
            tables = {k.depth: depth_kernels(dual, k.depth, tangent, deepest)}
        kernel = tables[k.depth][k.kind]
        for row, value_at in zip(univariate, kernel.values(t, sign), strict=True):
            row.append(both(_around(value_at, kernel.error)))
        for row, (i, j) in zip(entries, pairs, strict=True):
            row.append(both(_around(*_entry(kernel, points, i, j))))
    return {"univariate": univariate, "entries": entries}


def _entry(kernel: DepthKernel, points: Points, i: int, j: int) -> tuple[float, float]:
    """An entry of a kernel matrix, and its error."""
    if i == j:
        middle = float(kernel.diagonal.mid())
        return middle, abs(middle) * 2.0**-50
    at = distances(points, slice(i, i + 1), slice(j, j + 1))
    error = kernel.entry_errors(points)[kernel.piece(*at)[0, 0]]
    return float(kernel.values(*at)[0, 0]), float(error)


def _around(middle: float, error: float) -> Ends:
    """Ends beyond middle - error and middle + error."""
    low, high = middle - error, middle + error
    return Ends(float(np.nextafter(low, -np.inf)), float(np.nextafter(high, np.inf)))
