"""Plots of instances, from the enclosures in their rows: the true values beside the bounds."""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

STYLE: Any = {
    "svg.hashsalt": "conditioning", "svg.fonttype": "none", "font.family": "sans-serif",
    "font.size": 10, "axes.spines.top": False, "axes.spines.right": False,
}  # fmt: skip
SOLID, DASHED, DOTTED = "-", "--", ":"
COLOURS = ("#3b6fb6", "#c2571a", "#2e8b57", "#8a4fa3", "#a88400", "#c0396b", "#4a8fa3")


@dataclass(frozen=True)
class Curve:
    """One line of a plot: solid for true values, dashed or dotted for bounds of the same colour."""

    label: str
    points: Sequence[tuple[float, float]]
    group: int
    style: str = SOLID


def plot(
    curves: Sequence[Curve], xlabel: str, ylabel: str, *, logarithmic: bool = True
) -> str:  # fmt: skip
    """The curves as an inline SVG, black drawn in the colour of the text around it.

    Doubles serve here for drawing only; the certified numbers stand in the rows.
    """
    import matplotlib  # a second to load, which commands that draw nothing need not take

    matplotlib.use("svg")
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context(STYLE):
        figure = Figure(figsize=(6.4, 3.8), layout="constrained")
        axes = figure.add_subplot()
        for curve in curves:
            xs, ys = zip(*curve.points, strict=True)
            axes.plot(
                xs, ys, curve.style, lw=1.8 if curve.style == SOLID else 1.2,
                color=COLOURS[curve.group % len(COLOURS)], label=curve.label or None,
            )  # fmt: skip
        if logarithmic:
            axes.set_yscale("log")
        axes.set_xlabel(xlabel)
        axes.set_ylabel(ylabel)
        axes.legend(frameon=False, fontsize=8, loc="best")
        stream = io.StringIO()
        figure.savefig(
            stream, format="svg", transparent=True, metadata={"Date": None, "Creator": None}
        )
    text = stream.getvalue()
    text = text[text.index("<svg") :].replace("#000000", "currentColor")
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    text = re.sub(r'(<svg [^>]*?)width="[^"]*" height="[^"]*"', r"\1", text, count=1)
    return re.sub(r'(<text style="[^"]*?)"', r'\1; fill: currentColor"', text)


def unique_ids(svg: str, prefix: str) -> str:
    """The SVG with its ids made its own, so that several stand on one page."""
    ids: Mapping[str, str] = {i: f"{prefix}-{i}" for i in re.findall(r'\bid="([^"]+)"', svg)}
    svg = re.sub(r'\bid="([^"]+)"', lambda m: f'id="{ids[m[1]]}"', svg)
    svg = re.sub(r"url\(#([^)]+)\)", lambda m: f"url(#{ids.get(m[1], m[1])})", svg)
    return re.sub(r'href="#([^"]+)"', lambda m: f'href="#{ids.get(m[1], m[1])}"', svg)
