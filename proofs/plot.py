"""The picture of an activation: sigma, its Hermite coefficients, its dual with the derivative.

Curves are evaluated in floating point, for the eye only.
"""

import math
import os
import tempfile
from pathlib import Path

import matplotlib

matplotlib.use("svg")
from flint import arb
from matplotlib import rc_context
from matplotlib.figure import Figure
from sympy import Expr

from proofs.exits import BadInput
from symbolic import Activation, rho, x
from symbolic.enclosure import enclosure, working_precision

POINTS, COEFFICIENTS = 160, 16


def save_plot(sigma: Activation, path: Path) -> None:
    """Write the picture as SVG: to a temporary file first, then renamed.

    Raises BadInput if the activation has symbolic parameters or the file cannot be written.
    """
    left = sigma.expression.free_symbols - {x}
    if left:
        names = ", ".join(sorted(s.name for s in left))
        raise BadInput(f"a plot needs numbers for the parameters {names}")
    with rc_context({"svg.hashsalt": "conditioning", "svg.fonttype": "none", "font.size": 9}):
        figure = picture(sigma)
        try:
            handle, name = tempfile.mkstemp(dir=path.parent, suffix=".svg")
            os.close(handle)
            try:
                figure.savefig(name, format="svg", metadata={"Date": None})
                os.replace(name, path)
            except BaseException:
                os.unlink(name)
                raise
        except OSError as error:
            raise BadInput(f"{path} cannot be written: {error.strerror}") from None


def picture(sigma: Activation) -> Figure:
    """Three panels side by side."""
    figure = Figure(figsize=(10, 3), layout="constrained")
    first, second, third = figure.subplots(1, 3)
    places = [-4 + 8 * (i + 0.5) / POINTS for i in range(POINTS)]
    first.plot(places, in_x(sigma.expression, places), color="C0")
    first.set(title="σ(x), normalised", xlabel="x")
    orders = range(COEFFICIENTS + 1)
    heights = [float(sigma.hermite_coefficient(k)) for k in orders]
    second.bar(list(orders), heights, color="C1")
    second.set(title="Hermite coefficients a_k", xlabel="k")
    inside = [-1 + 2 * (i + 0.5) / POINTS for i in range(POINTS)]
    third.plot(inside, in_rho(sigma.dual(), inside), color="C0", label="σ̂(ρ)")
    third.plot(inside, in_rho(sigma.dual_derivative(), inside), color="C2", label="σ̂′(ρ)")
    third.set(title="dual and its derivative", xlabel="ρ")
    third.legend()
    return figure


def in_x(function: Expr, places: list[float]) -> list[float]:
    """The activation at the places; what is not a number is left out of the curve."""
    found = (function.subs(x, place).evalf(15) for place in places)
    return [float(value) if value.is_real else math.nan for value in found]


def in_rho(function: Expr, places: list[float]) -> list[float]:
    """The closed form at the places, in the middle of its enclosure."""
    with working_precision(80):
        return [float(enclosure(function, {rho: arb(place)}).mid()) for place in places]
