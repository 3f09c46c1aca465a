"""The picture of an activation: sigma, its Hermite coefficients, its dual with the derivative.

Curves are evaluated in floating point, for the eye only.
"""

import math
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import matplotlib

matplotlib.use("svg")
from flint import acb, arb
from matplotlib import rc_context
from matplotlib.figure import Figure

from proofs.exits import BadInput
from symbolic import Activation, SeriesActivation, x
from symbolic.tree_values import value

POINTS, COEFFICIENTS = 160, 16


def save_plot(sigma: Activation | SeriesActivation, path: Path) -> None:
    """Write the picture of the normalised sigma as SVG: to a temporary file first, then renamed.

    Raises BadInput if the activation has symbolic parameters or the file cannot be written.
    """
    if isinstance(sigma, Activation) and sigma.expression.free_symbols - {x}:
        raise BadInput("a plot needs numbers for the parameters of the activation")
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


def picture(sigma: Activation | SeriesActivation) -> Figure:
    """Three panels side by side."""
    normal = sigma.normalised()
    figure = Figure(figsize=(10, 3), layout="constrained")
    first, second, third = figure.subplots(1, 3)
    places = [-4 + 8 * (i + 0.5) / POINTS for i in range(POINTS)]
    first.plot(places, in_x(sigma, places), color="C0")
    first.set(title="σ(x), normalised", xlabel="x")
    orders = list(range(COEFFICIENTS + 1))
    second.bar(orders, [float(normal.hermite_enclosure(k).mid()) for k in orders], color="C1")
    second.set(title="Hermite coefficients a_k", xlabel="k")
    inside = [-1 + 2 * (i + 0.5) / POINTS for i in range(POINTS)]
    third.plot(inside, in_rho(normal.dual_enclosure, inside), color="C0", label="σ̂(ρ)")
    slopes = in_rho(normal.dual_derivative_enclosure, inside)
    third.plot(inside, slopes, color="C2", label="σ̂′(ρ)")
    third.set(title="dual and its derivative", xlabel="ρ")
    third.legend()
    return figure


def in_x(sigma: Activation | SeriesActivation, places: list[float]) -> list[float]:
    """The normalised activation at the places."""
    if isinstance(sigma, SeriesActivation):
        raw = [float(value(sigma.tree, acb(place)).real.mid()) for place in places]
    else:
        raw = [float(sigma.expression.subs(x, place).evalf(15)) for place in places]
    mean = float(sigma.mean_enclosure().mid())
    deviation = float(sigma.variance_enclosure().sqrt().mid())
    return [(height - mean) / deviation for height in raw]


def in_rho(function: Callable[[arb], arb], places: list[float]) -> list[float]:
    """The middles of the enclosures; what has none is left out of the curve."""
    try:
        return [float(function(arb(place)).mid()) for place in places]
    except ValueError:
        return [math.nan] * len(places)
