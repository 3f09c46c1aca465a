"""The activation of a data set's certificate: its closed form, the slope of it, and mu."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from certificates.checker import (
    TRUE,
    Checker,
    Goal,
    Proof,
    Rejected,
    frozen,
    keys,
    printable,
)
from certificates.decimals import ends
from certificates.derivative import derivative
from certificates.dyadic import Arithmetic
from certificates.kernel_recursion import CORRELATION, Layers, Recursion
from certificates.series_recursion import SeriesRecursion
from certificates.terms import Malformed, Term, size, sort_of, substitute
from certificates.work import budget


@dataclass(frozen=True)
class Dual:
    """The layers, the length of their terms, whether a certificate shows them to be right."""

    recursion: Layers
    nodes: int
    proved: bool


def checked_dual(entry: Any, rests_on: Any, arithmetic: Arithmetic, checker: Checker) -> Dual:
    """Check the activation, its dual, and mu."""
    is_series = "series" in entry
    form = "series" if is_series else "dual slope differentiable derivative"
    keys(entry, f"name sigma {form} mu")
    printable(entry, "name", 200)
    sigma = frozen(entry["sigma"])
    sort_of(sigma, {"x": "real"}, {})
    if not isinstance(rests_on, list) or len(rests_on) > (not is_series):
        raise Malformed("rests_on is a list of one id at most, and empty for a series")
    if is_series:
        layers = SeriesRecursion(entry["series"], arithmetic)
        found = Dual(layers, layers.length, False)
    else:
        found = _closed_form(entry, sigma, rests_on, arithmetic, checker)
    low, high = ends(entry["mu"])
    mu = found.recursion.mu()
    if not (low <= arithmetic.lower(mu) and arithmetic.upper(mu) <= high):
        raise Rejected("mu is not in its enclosure")
    return found


def _closed_form(
    entry: Any, sigma: Term, rests_on: list[Any], arithmetic: Arithmetic, checker: Checker
) -> Dual:
    """Check the slope, and the certificate of the closed form, if one is named."""
    dual, slope = frozen(entry["dual"]), frozen(entry["slope"])
    sort_of(dual, {CORRELATION: "real"}, {})
    with budget():
        _check_slope(dual, slope, entry)
    for identity in rests_on:
        _check_lemma(checker, identity, sigma, dual)
    return Dual(Recursion(dual, slope, arithmetic), size(dual) + size(slope), bool(rests_on))


def _check_slope(dual: Term, slope: Term, entry: Mapping[str, Any]) -> None:
    """The slope is the derivative of the closed form inside (-1, 1)."""
    within = Goal({CORRELATION: "real"}, (), TRUE).having(
        ("<", -1, CORRELATION), ("<", CORRELATION, 1)
    )
    derived, conditions = derivative(dual, CORRELATION)
    goals = [within.proving(within.check(c)) for c in conditions]
    proof = Proof({})
    proof.discharge_all(
        [g for g in goals if g.normal.formula(g.conclusion) != "true"], entry["differentiable"]
    )
    proof.discharge(within.proving(within.check(("=", derived, slope))), entry["derivative"])


def _check_lemma(checker: Checker, identity: Any, sigma: Term, dual: Term) -> None:
    """The certificate says: for |rho| <= 1, E sigma(X) sigma(X') is the closed form."""
    lemma = checker.check(identity)
    goal = lemma.statement.goal
    body = ("*", sigma, substitute(sigma, {"x": "y"}))
    if (
        lemma.verdict != "holds"
        or dict(goal.variables) != {CORRELATION: "real"}
        or goal.hypotheses != (("<=", ("abs", CORRELATION), 1),)
        or goal.conclusion != ("=", ("expect2", CORRELATION, "x", "y", body), dual)
    ):
        raise Rejected(f"{identity[:16]} does not say that the closed form is the dual")
