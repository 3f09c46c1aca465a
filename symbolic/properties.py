"""What the paper's theorems ask of an activation: regularity, (3), C-boundedness, Theorem 32."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sympy import Abs, Add, Expr, Integer, sqrt

from .activations import Activation
from .compact import compact
from .laws import HermiteSum, Normalised, TermsLaw
from .ranges import canonical, greatest, growth, pieces, size, whole_range
from .terms import NoRoute, Term, derivative, jumps
from .variables import rho


@dataclass(frozen=True)
class Property:
    """A constant with the reason for it; `value` is None if there is none (or none was found)."""

    value: Expr | None
    reason: str


@dataclass(frozen=True)
class Parity:
    """Whether infinitely many even and infinitely many odd coefficients a_k are nonzero."""

    even: bool
    odd: bool
    reason: str


def _core(sigma: Activation) -> tuple[HermiteSum | TermsLaw, Expr, Expr]:
    """Return the law before normalisation, the mean and the standard deviation."""
    own = sigma.law
    if isinstance(own, Normalised):
        law, mean, variance = own.law, own.mean, own.variance
    else:
        law, mean, variance = own, sigma.mean(), sigma.variance()
    if not isinstance(law, HermiteSum | TermsLaw):
        raise NoRoute(f"the properties of {sigma.name} are not known")
    return law, mean, sqrt(variance)


def jump_points(sigma: Activation) -> list[tuple[Expr, Expr]]:
    """Return the points where sigma (before normalisation) jumps, each with the height."""
    law, _, _ = _core(sigma)
    if isinstance(law, HermiteSum):
        return []
    masses = jumps(derivative(law.terms))
    return [(t.window.at, t.coefficient) for t in masses if t.window is not None]


def derivative_dual(sigma: Activation) -> tuple[Expr, str]:
    """Return the dual of the derivative that sigma has almost everywhere, and how fact 5 stands.

    If sigma is weakly differentiable it is the derivative of the dual (fact 5).
    """
    law, _, deviation = _core(sigma)
    scale = deviation**2 if isinstance(sigma.law, Normalised) else Integer(1)
    found = jump_points(sigma)
    if isinstance(law, HermiteSum) or not found:
        reason = "sigma is weakly differentiable with sigma' in L^2: fact 5"
        return sigma.dual_derivative(), reason
    smooth = tuple(t for t in derivative(law.terms) if t.window is None or not t.window.mass)
    value = TermsLaw(smooth).dual_at(rho) / scale if smooth else Integer(0)
    where = ", ".join(f"by {height} at {at}" for at, height in found)
    reason = (
        f"sigma jumps {where}: it is not weakly differentiable, its derivative almost everywhere"
        " misses the point masses, and fact 5 fails: the derivative of the dual is another"
        " function, infinite at rho = 1, so that the neural tangent kernel does not exist"
    )
    return compact(value), reason


def sub_gaussian(sigma: Activation) -> Property:
    """Return an alpha with E exp(t (sigma(X) - m)/s) <= exp(t^2 alpha^2/2) for all t.

    m and s^2 are mean and variance: condition (3), for the normalised activation.  By Gaussian
    concentration alpha is the Lipschitz constant over s, by Hoeffding's lemma half the range over
    s; constants of sums add up (Hoelder).
    """
    law, _, deviation = _core(sigma)
    if isinstance(law, HermiteSum):
        if len(law.coefficients) <= 2:
            return Property(Integer(1), "sigma is affine: sigma(X) is Gaussian")
        return Property(None, _TOO_FAST)
    parts = pieces(law.terms)
    grows = {growth(parts[0], -1), growth(parts[-1], 1)}
    if "faster" in grows:
        return Property(None, _TOO_FAST)
    found: list[tuple[Expr, str]] = []
    bounds = whole_range(parts) if grows == {"bounded"} else None
    if bounds is not None:
        half = (bounds[1] - bounds[0]) / 2
        found.append((half, "half the range of sigma over s (Hoeffding's lemma)"))
    slope = whole_range([p.derivative() for p in parts])
    if slope is not None:
        extra: Expr = Integer(0)
        reason = "the Lipschitz constant of sigma over s (Gaussian concentration)"
        heights = [height for _, height in jump_points(sigma)]
        if heights:
            extra = Add(*(Abs(h) for h in heights)) / 2
            reason = "that of the continuous part, and half of the jumps, over s"
        found.append((size(slope) + extra, reason))
    if not found:
        return Property(None, "no bound of sigma or of its slope was found")
    best = found[0]
    for other in found[1:]:
        if not (best[0] - other[0]).free_symbols and greatest([best[0], other[0]]) == best[0]:
            best = other
    return Property(best[0] / deviation, best[1])


_TOO_FAST = (
    "none: sigma grows faster than linearly, so that sigma(X) has heavier tails than any Gaussian"
    " and E exp(t sigma(X)) is not below exp(t^2 alpha^2/2) for all t, whatever alpha"
)


def c_bounded(sigma: Activation) -> Property:
    """Return a C for which the normalised sigma is C-bounded (Daniely et al. 2016, Definition 6).

    That is: twice continuously differentiable with sup|sigma|, sup|sigma'|, sup|sigma''| <= C times
    the norm of sigma in L^2(Gaussian), which is 1.
    """
    law, mean, deviation = _core(sigma)
    if isinstance(law, HermiteSum):
        return Property(None, "none: sigma is a polynomial, which is not bounded")
    parts, level = pieces(law.terms), list(law.terms)
    if {growth(parts[0], -1), growth(parts[-1], 1)} != {"bounded"}:
        return Property(None, "none: sigma is not bounded")
    bounds = []
    for order in range(3):
        level = derivative(level)
        if jumps(level):
            name = "sigma" + "'" * order
            at = jumps(level)[0].window
            return Property(None, f"none: {name} jumps at {at.at if at else 0}")
        found = whole_range(parts)
        if found is None:
            return Property(None, f"no bound of the derivative of order {order} was found")
        low, high = found if order else (found[0] - mean, found[1] - mean)
        bounds.append(size((low, high)))
        parts = [p.derivative() for p in parts]
    return Property(
        greatest(bounds) / deviation, "the largest of sup|sigma|, sup|sigma'|, sup|sigma''|"
    )


def theorem_32(sigma: Activation) -> Parity:
    """Return whether infinitely many even and odd coefficients are nonzero (Theorem 32).

    Finitely many even ones are nonzero if and only if the even part of sigma is a polynomial.
    """
    law, _, _ = _core(sigma)
    if isinstance(law, HermiteSum):
        return Parity(False, False, "sigma is a polynomial: its expansion is finite")
    found = []
    for sign in (1, -1):
        part = canonical([*law.terms, *(_mirrored(t).scaled(Integer(sign)) for t in law.terms)])
        found.append(any(t.window is not None or t.rate != 0 or t.decay != 0 for t in part))
    which = {
        (True, True): "neither the even nor the odd part of sigma is a polynomial",
        (True, False): "the odd part of sigma is a polynomial",
        (False, True): "the even part of sigma is a polynomial",
        (False, False): "sigma is a polynomial",
    }[found[0], found[1]]
    if any(part.free_symbols for t in law.terms for part in (t.coefficient, t.rate)):
        which += " (for all values of the parameters but special ones)"
    return Parity(found[0], found[1], which)


def _mirrored(term: Term) -> Term:
    """Return the term x -> term(-x)."""
    w = term.window
    if w is not None:
        w = replace(w, at=-w.at, side=-w.side)
    sign = (-1) ** term.power
    return Term(sign * term.coefficient, term.power, -term.rate, term.decay, w)
