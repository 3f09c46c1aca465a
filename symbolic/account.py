"""All that is derived about one activation, as sections of lines: a name, its value, the reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flint import arb
from sympy import Expr, Symbol

from . import series_properties
from .activations import Activation
from .derivation import Step, derivation
from .general import general_coefficient
from .identities import proved_zero
from .laws import Normalised
from .properties import c_bounded, derivative_dual, jump_points, sub_gaussian, theorem_32
from .series import TERMS, SeriesActivation
from .terms import NoRoute
from .variables import rho

LONG = 60
"""The number of operations beyond which a normalised dual is written with m and s."""


@dataclass(frozen=True)
class Line:
    """`name` = `value` because of `reason`; without a value the reason says it all.

    `name` and `symbol` are the same thing in plain text and in LaTeX; `masses` are point masses
    (place, mass) that belong to the value; `ball` is an enclosure of what has no exact value;
    `identities` are the equalities of expressions in rho from which the line follows.
    """

    name: str
    symbol: str
    value: Expr | None = None
    reason: str = ""
    masses: tuple[tuple[Expr, Expr], ...] = ()
    ball: arb | None = None
    identities: tuple[tuple[Expr, Expr], ...] = ()


@dataclass(frozen=True)
class Section:
    """A heading with its lines."""

    title: str
    lines: tuple[Line, ...]


def account(sigma: Activation, coefficients: int = 8) -> list[Section]:
    """Return the sections for an activation as it is given, and its normalised form.

    Raises ValueError if sigma is constant (it has no normalised form), and if a step of the
    derivation contradicts those before it: then no closed form is shown.
    """
    normal = sigma.normalised()
    steps = derivation(normal)
    if any(step.contradicted() for step in steps.steps):
        raise ValueError(f"the derivation for {sigma.name} contradicts itself: no closed form")
    return [
        Section("Activation", _definition(sigma, normal)),
        Section(f"Derivation: {steps.route}", (*map(_step, steps.steps), _checked(steps.steps))),
        Section("Dual", _dual(normal)),
        Section("Coefficients", _coefficients(sigma, coefficients)),
        Section("Properties", _properties(normal)),
    ]


def _definition(sigma: Activation, normal: Activation) -> tuple[Line, ...]:
    lines = [
        Line("σ(x)", r"\sigma(x)", sigma.expression),
        Line("m = E σ(X)", r"m = \mathbb{E}\,\sigma(X)", sigma.mean()),
        Line("E σ(X)²", r"\mathbb{E}\,\sigma(X)^2", sigma.second_moment(), "the dual at rho = 1"),
        Line("s² = Var σ(X)", r"s^2 = \operatorname{Var}\sigma(X)", sigma.variance()),
    ]
    if normal is sigma:
        reason = "mean 0 and variance 1: sigma itself satisfies condition (1)"
    else:
        reason = "satisfies condition (1)"
    lines.append(Line("(σ(x) - m)/s", r"(\sigma(x) - m)/s", None, reason))
    return tuple(lines)


def series_account(sigma: SeriesActivation, coefficients: int = 8, bits: int = 64) -> list[Section]:
    """Return the sections for an activation that is known through enclosures.

    Raises ValueError if its variance is not seen to be positive.
    """
    normal = sigma.normalised()
    moments = (
        Line("m = E σ(X)", r"m = \mathbb{E}\,\sigma(X)", ball=sigma.mean_enclosure(bits)),
        Line(
            "E σ(X)²",
            r"\mathbb{E}\,\sigma(X)^2",
            ball=sigma.second_moment_enclosure(bits),
            reason="the dual at rho = 1",
        ),
        Line(
            "s² = Var σ(X)",
            r"s^2 = \operatorname{Var}\sigma(X)",
            ball=sigma.variance_enclosure(bits),
        ),
        Line("(σ(x) - m)/s", r"(\sigma(x) - m)/s", None, "satisfies condition (1)"),
        Line("μ", r"\mu", ball=normal.mu_enclosure(bits), reason="1 - a_1² once normalised"),
    )
    rest = normal.dual_function.left_out
    words = (
        f"the sum of a_k² rho^k up to k = {TERMS}; what is left out is at most |rho|^{TERMS + 1}"
        f" times {rest.str(3, radius=False)} on [-1, 1] (Parseval)"
    )
    lines = [Line("σ̂(ρ)", r"\hat\sigma(\rho)", None, words), *_series_slope(normal)]
    for at in (-1, 0, 1):
        value = normal.dual_enclosure(arb(at), bits)
        lines.append(Line(f"σ̂({at})", rf"\hat\sigma({at})", ball=value))
    for at in (-1, 0, 1):
        reason = "D(1) (fact 5)" if at == 1 else "a_1²" if at == 0 else ""
        lines.append(_series_line(f"σ̂′({at})", rf"\hat\sigma'({at})", _slope_ball(normal, at, bits),
                                  reason))  # fmt: skip
    found = sigma.hermite_enclosures(max(coefficients, TERMS), bits)
    return [
        Section("Activation: no closed form is known, a certified series", moments),
        Section("Dual of the normalised activation", tuple(lines)),
        Section(
            "Coefficients of σ, by rigorous integration",
            tuple(Line(f"a_{k}", f"a_{{{k}}}", ball=found[k]) for k in range(coefficients + 1)),
        ),
        Section("Properties", _series_properties(normal)),
    ]


def _slope_ball(normal: SeriesActivation, at: int, bits: int) -> Callable[[], tuple[arb, str]]:
    return lambda: (normal.dual_derivative_enclosure(arb(at), bits), "")


def _series_slope(normal: SeriesActivation) -> tuple[Line, ...]:
    """Return how fact 5 stands, the dual of the derivative."""
    try:
        normal.slope_moment()
    except ValueError as reason:
        return (Line("dual of σ′", r"\widehat{\sigma'}(\rho)", None, f"not decided: {reason}"),)
    words = (
        "the derivative of the dual: sigma is continuous, and analytic between isolated points with"
        " E sigma'(X)^2 finite, hence weakly differentiable with sigma' in L^2: fact 5"
    )
    return (Line("dual of σ′", r"\widehat{\sigma'}(\rho)", None, words),)


def _series_properties(normal: SeriesActivation) -> tuple[Line, ...]:
    def parity() -> tuple[None, str]:
        return None, series_properties.theorem_32(normal)

    return (
        _series_line("α of (3)", r"\alpha \text{ of (3)}",
                     lambda: series_properties.sub_gaussian(normal)),
        _series_line("C of C-bounded", r"C \text{ of } C\text{-bounded}",
                     lambda: series_properties.c_bounded(normal)),
        _series_line("Theorem 32", r"\text{Theorem 32}", parity),
    )  # fmt: skip


def _series_line(
    name: str, symbol: str, find: Callable[[], tuple[arb | None, str]], reason: str = ""
) -> Line:
    """Return the line with its enclosure, or why it is not decided."""
    try:
        ball, found = find()
    except ValueError as why:
        return Line(name, symbol, None, f"not decided: {why}")
    return Line(name, symbol, None, reason or found, ball=ball)


_PRIMES = ("", "′", "″", "‴")


def _derivative_name(i: int) -> tuple[str, str]:
    if i < len(_PRIMES):
        return f"σ{_PRIMES[i]}", r"\sigma" + "'" * i
    return f"σ^({i})", rf"\sigma^{{({i})}}"


def _step(step: Step) -> Line:
    kind, *index = step.subject
    i = int(index[0]) if index else 0
    name, symbol = _derivative_name(i)
    names = {
        "activation": ("σ(x)", r"\sigma(x)"),
        "derivative": (f"{name}(x)", rf"{symbol}(x)"),
        "mean": (f"E {name}(X)", rf"\mathbb{{E}}\,{symbol}(X)"),
        "coefficient": (f"a_{i}", f"a_{{{i}}}"),
        "dual": (
            f"D_{i}(ρ) = E {name}(X) {name}(X′)",
            rf"D_{{{i}}}(\rho) = \mathbb{{E}}\,{symbol}(X)\,{symbol}(X')",
        ),
        "normalised": ("σ̂(ρ)", r"\hat\sigma(\rho)"),
    }
    name, symbol = names[str(kind)]
    return Line(name, symbol, step.value, step.reason, step.jumps, identities=step.identities)


def _checked(steps: Sequence[Step]) -> Line:
    """Return how many identities of the steps are proved by algebra."""
    found = [proved_zero(left - right) for step in steps for left, right in step.identities]
    words = f"{sum(found)} of {len(found)} identities (derivatives, values at rho = 0) by algebra"
    return Line("checked", r"\text{checked}", None, words)


def _dual(normal: Activation) -> tuple[Line, ...]:
    smooth, words = derivative_dual(normal)
    dual, slope = normal.dual(), normal.dual_derivative()
    if isinstance(normal.law, Normalised) and dual.count_ops() > LONG:
        plain = normal.law.law
        dual = (Symbol("D_0") - Symbol("m") ** 2) / Symbol("s") ** 2
        slope = plain.derivative_at(rho) / Symbol("s") ** 2
        smooth = slope if not jump_points(normal) else smooth
    lines = [
        Line("σ̂(ρ)", r"\hat\sigma(\rho)", dual, "of the normalised activation"),
        Line("σ̂′(ρ)", r"\hat\sigma'(\rho)", slope, "its derivative, for -1 < rho < 1"),
        Line("dual of σ′", r"\widehat{\sigma'}(\rho)", smooth, words),
    ]
    for at in (-1, 0, 1):
        lines.append(Line(f"σ̂({at})", rf"\hat\sigma({at})", normal.dual(at)))
    for at in (-1, 0, 1):
        lines.append(_tried(f"σ̂′({at})", rf"\hat\sigma'({at})", _slope_at(normal, at)))
    mu = normal.coefficient_of_nonlinearity()
    return (*lines, Line("μ", r"\mu", mu, "1 - a_1², the coefficient of non-linearity"))


def _slope_at(normal: Activation, at: int) -> Callable[[], tuple[Expr | None, str]]:
    reason = "D(1), the sum of k a_k²" if at == 1 else ""
    if at == 1 and jump_points(normal):
        reason += "; infinite, as sigma jumps"
    return lambda: (normal.dual_derivative(at), reason)


def _coefficients(sigma: Activation, count: int) -> tuple[Line, ...]:
    found = general_coefficient(sigma)
    lines = [Line(f"a_{k}", f"a_{{{k}}}", sigma.hermite_coefficient(k)) for k in range(count + 1)]
    if found is not None:
        reason = f"for all k >= {found.least}: {found.reason}"
        lines.append(Line("a_k", "a_k", found.formula, reason))
    return tuple(lines)


def _properties(normal: Activation) -> tuple[Line, ...]:
    def sub_gaussian_line() -> tuple[Expr | None, str]:
        found = sub_gaussian(normal)
        return found.value, found.reason

    def c_bounded_line() -> tuple[Expr | None, str]:
        found = c_bounded(normal)
        return found.value, found.reason

    def parity() -> tuple[Expr | None, str]:
        found = theorem_32(normal)
        even, odd = ("infinitely many" if f else "finitely many" for f in (found.even, found.odd))
        return None, f"{even} even and {odd} odd coefficients are nonzero: {found.reason}"

    return (
        _tried("α of (3)", r"\alpha \text{ of (3)}", sub_gaussian_line),
        _tried("C of C-bounded", r"C \text{ of } C\text{-bounded}", c_bounded_line),
        _tried("Theorem 32", r"\text{Theorem 32}", parity),
    )


def _tried(name: str, symbol: str, find: Callable[[], tuple[Expr | None, str]]) -> Line:
    """Return the line, or the reason why the engine does not decide it."""
    try:
        return Line(name, symbol, *find())
    except NoRoute as reason:
        return Line(name, symbol, None, f"not decided: {reason}")
