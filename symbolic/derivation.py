"""The derivation of a dual, step by step, each step an identity with the reason for it.

The route for sums of terms is a chain: D_i(rho) = E[sigma^(i)(X) sigma^(i)(X')].  By Price's
theorem D_i' = D_{i+1}; at rho = 0 X and X' are independent, so that D_i(0) = (E sigma^(i)(X))^2.
The chain ends where sigma^(i) is so simple that D_i is an integral from a short table.  The closed
forms of all D_i come from the engine (see `stein`), each by itself; the chain proves them.
"""

from __future__ import annotations

from dataclasses import dataclass

from flint import arb
from sympy import Add, Expr, Piecewise, diff, oo

from .activations import Activation
from .compact import compact
from .enclosure import enclosure, working_precision
from .hermite import orthonormal
from .identities import proved_zero
from .laws import HermiteSum, Law, Normalised, TermsLaw
from .pieces import segments
from .terms import NoRoute, Term, derivative, jumps
from .variables import rho, x

LONGEST_CHAIN = 16
"""The largest number of derivatives of sigma that a chain takes."""

SAMPLE, SAMPLE_BITS = 0.375, 200
"""Where identities that are not proved are looked at."""

HIGHEST_POWER = 6
"""The largest power beside exp(-decay x^2) that a chain goes down to."""


@dataclass(frozen=True)
class Step:
    """`subject` is equal to `value` because of `reason`.

    `subject` is one of ("activation",), ("derivative", i), ("mean", i), ("coefficient", k),
    ("dual", i) for D_i, ("normalised",) for the dual of the normalised activation.  `identities`
    are the pairs of expressions in rho whose equality makes the step follow from those before it;
    a step without any rests on its reason alone.
    """

    subject: tuple[str | int, ...]
    value: Expr
    reason: str
    jumps: tuple[tuple[Expr, Expr], ...] = ()
    identities: tuple[tuple[Expr, Expr], ...] = ()

    def follows(self) -> bool:
        """Return whether every identity of the step is proved by algebra (see `identities`)."""
        return all(proved_zero(left - right) for left, right in self.identities)

    def contradicted(self) -> bool:
        """Return whether some identity is seen to be false at a sample of rho and the letters."""
        return any(
            not proved_zero(left - right) and _nonzero_somewhere(left - right)
            for left, right in self.identities
        )


@dataclass(frozen=True)
class Derivation:
    """How the dual of an activation is derived: the route in words, and its steps."""

    activation: Activation
    route: str
    steps: tuple[Step, ...]

    def holds(self) -> bool:
        """Return whether every step follows (the integrals of the table are taken as proved)."""
        return all(step.follows() for step in self.steps)


def _nonzero_somewhere(difference: Expr) -> bool:
    with working_precision(SAMPLE_BITS):
        values = {s: arb(SAMPLE) for s in difference.free_symbols}
        try:
            return not enclosure(difference, values).contains(0)
        except ValueError:
            return False


def derivation(sigma: Activation) -> Derivation:
    """Return the derivation of the dual of sigma, and of its normalised form if sigma is one."""
    law: Law = sigma.law
    normal = law if isinstance(law, Normalised) else None
    law = normal.law if normal else law
    expression = sigma.expression if sigma.raw is None else sigma.raw
    if isinstance(law, HermiteSum):
        route, steps = "a finite sum of Hermite polynomials (fact 3)", _sum_steps(law, expression)
    elif isinstance(law, TermsLaw):
        route, steps = _chain(law, expression)
    else:
        raise NoRoute(f"the derivation of {sigma.name} has no steps to show")
    if normal:
        value, plain = sigma.dual(), steps[-1].value
        steps.append(
            Step(
                ("normalised",),
                value,
                "the dual of (sigma - m)/s with m = E sigma(X), s^2 = Var sigma(X) is"
                " (D_0 - m^2)/s^2",
                identities=((value, (plain - normal.mean**2) / normal.variance),),
            )
        )
    return Derivation(sigma, route, tuple(steps))


def _sum_steps(law: HermiteSum, expression: Expr) -> list[Step]:
    """Return sigma = sum_k a_k h_k, and then fact 3."""
    present = [(k, a) for k, a in enumerate(law.coefficients) if a != 0]
    expansion = Add(*(a * orthonormal(k, x) for k, a in present))
    steps = [
        Step(
            ("activation",),
            expression,
            "it is the sum of its Hermite coefficients times h_k, as multiplying out shows",
            identities=((expression, expansion),),
        )
    ]
    steps += [
        Step(("coefficient", k), a, "E[X^n He_k(X)] = n!/(n-k)! E[X^(n-k)], by parts k times")
        for k, a in present
    ]
    value = compact(law.dual_at(rho))
    square_sum = Add(*(a**2 * rho**k for k, a in present))
    reason = "the dual is the sum of a_k^2 rho^k (fact 3)"
    return [*steps, Step(("dual", 0), value, reason, identities=((value, square_sum),))]


def _chain(law: TermsLaw, expression: Expr) -> tuple[str, list[Step]]:
    """Return the route and the steps: derivatives downwards, then duals upwards."""
    chain = [list(law.terms)]
    while not _ends(chain[-1]) and len(chain) < LONGEST_CHAIN:
        if jumps(chain[-1]) or not _simpler(chain[-1]):
            break
        following = derivative(chain[-1])
        if any(t.window is None and t.decay != 0 and t.power > HIGHEST_POWER for t in following):
            break
        chain.append(following)
    last = len(chain) - 1
    pieces = _pieces(expression)
    steps = [_function_step(pieces, terms, i) for i, terms in enumerate(chain)]
    values = [compact(TermsLaw(tuple(terms)).dual_at(rho)) for terms in chain]
    means = [compact(TermsLaw(tuple(terms)).hermite_moment(0)) for terms in chain]
    at_zero = (values[last].subs(rho, 0), means[last] ** 2)
    steps.append(
        Step(("dual", last), values[last], _table_reason(chain[last]), identities=(at_zero,))
    )
    for i in range(last - 1, -1, -1):
        mean = means[i]
        steps.append(Step(("mean", i), mean, "a Gaussian integral in one variable"))
        steps.append(
            Step(
                ("dual", i),
                values[i],
                f"its derivative is D_{i + 1} (Price) and D_{i}(0) is the square of the mean",
                identities=(
                    (diff(values[i], rho), values[i + 1]),
                    (values[i].subs(rho, 0), mean**2),
                ),
            )
        )
    if last == 0:
        return f"directly, by {_table_name(chain[0])}", steps
    times = "once" if last == 1 else f"{last} times"
    return f"Price's theorem, {times}, down to {_table_name(chain[last])}", steps


def _ends(terms: list[Term]) -> bool:
    """Return whether the dual of the sum of the terms is read off the table."""
    windows = [t for t in terms if t.window is not None and not t.window.mass]
    if not windows:
        return True
    if any(t.power for t in windows):
        return False
    return bool(jumps(terms)) or not all(t.rate == 0 and t.decay == 0 for t in windows)


def _simpler(terms: list[Term]) -> bool:
    """Return whether derivatives come to an end: windowed powers without exponentials."""
    windows = [t for t in terms if t.window is not None and not t.window.mass and t.power]
    return all(t.rate == 0 and t.decay == 0 for t in windows)


def _table_name(terms: list[Term]) -> str:
    names = []
    if any(t.window is not None and not t.window.mass for t in terms):
        names.append("steps")
    if any(t.window is None for t in terms):
        names.append("Gaussian integrals")
    if jumps(terms):
        names.append("point masses")
    return " and ".join(names) or "zero"


def _table_reason(terms: list[Term]) -> str:
    used = []
    if any(t.window is not None and not t.window.mass for t in terms):
        used.append(
            "E[exp(a X) 1(X < h) exp(b X') 1(X' < k)] = exp((a^2 + 2 a b rho + b^2)/2)"
            " Phi_2(h - a - rho b, k - b - rho a; rho)"
        )
    if any(t.window is None and (t.rate != 0 or t.decay != 0) for t in terms):
        used.append(
            "E[exp(v.(X, X') - (X, X').A (X, X'))] = exp(v.S v/2)/sqrt(det(1 + 2 A Sigma)), with"
            " S = Sigma (1 + 2 A Sigma)^(-1)"
        )
    if jumps(terms):
        used.append("the density of X, X' or of the pair at the point masses")
    if any(t.power for t in terms):
        used.append("Stein's identity for the powers of X and X'")
    return "; ".join(used) or "the derivative is constant"


def _pieces(expression: Expr) -> list[tuple[Expr, Expr, Expr]]:
    """Return the pieces of the function, or the function itself where they are not known."""
    try:
        return segments(expression)
    except NoRoute:
        return [(-oo, oo, expression)]


def _function_step(pieces: list[tuple[Expr, Expr, Expr]], terms: list[Term], i: int) -> Step:
    """Return sigma^(i): its pieces, and the point masses where sigma^(i-1) jumps."""
    parts = [(diff(f, x, i), high) for _, high, f in pieces]
    value = parts[-1][0]
    if len(parts) > 1:
        value = Piecewise(*((f, x < high) for f, high in parts[:-1]), (value, True))
    masses = tuple((t.window.at, t.coefficient) for t in jumps(terms) if t.window is not None)
    if i == 0:
        return Step(("activation",), value, "the activation, piece by piece")
    reason = "the derivative of the one before, piece by piece"
    if masses:
        reason += ", with a point mass for each jump"
    return Step(("derivative", i), value, reason, masses)
