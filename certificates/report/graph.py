"""The dependency graph of the claims as an SVG whose nodes lead to their pages."""

from collections.abc import Mapping, Sequence
from html import escape

import networkx as nx

WIDTH, HEIGHT, COLUMN, LINE, MARGIN = 132, 30, 190, 46, 16


def layers(uses: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """The items in columns: each to the right of what it uses, near to it in height.

    Items that use each other in a circle share a column.
    """
    graph = nx.DiGraph()
    graph.add_nodes_from(uses)
    graph.add_edges_from((used, item) for item, own in uses.items() for used in own if used in uses)
    order = {item: k for k, item in enumerate(uses)}
    circles = nx.condensation(graph)
    columns = []
    height: dict[str, float] = {}
    for generation in nx.topological_generations(circles):
        items = [m for c in generation for m in circles.nodes[c]["members"]]

        def wanted(item: str) -> tuple[float, int]:
            before = [height[u] for u in graph.predecessors(item) if u in height]
            return (sum(before) / len(before) if before else 0.0), order[item]

        column = sorted(items, key=wanted)
        for k, item in enumerate(column):
            height[item] = k - len(column) / 2
        columns.append(column)
    return columns


def dependency_graph(
    uses: Mapping[str, Sequence[str]], shade: Mapping[str, str], links: Mapping[str, str],
    words: Mapping[str, str],
) -> str:  # fmt: skip
    """The SVG: `shade` is the class of each node, `links` its page, `words` its full text."""
    columns = layers(uses)
    tall = max(len(c) for c in columns)
    at = {
        item: (MARGIN + COLUMN * x, MARGIN + LINE * (y + (tall - len(column)) / 2))
        for x, column in enumerate(columns)
        for y, item in enumerate(column)
    }
    width = 2 * MARGIN + COLUMN * (len(columns) - 1) + WIDTH
    height = 2 * MARGIN + LINE * (tall - 1) + HEIGHT
    lines = [
        f'<svg class="graph" viewBox="0 0 {width} {height:g}" width="{width}" height="{height:g}" '
        'xmlns="http://www.w3.org/2000/svg" role="group" aria-label="Dependency graph">'
    ]
    lines += [_edge(at[u], at[item]) for item, own in uses.items() for u in own if u in at]
    for item, (x, y) in at.items():
        lines.append(
            f'<a href="{escape(links[item])}" class="node {shade[item]}">'
            f"<title>{escape(words[item])}</title>"
            f'<rect x="{x:g}" y="{y:g}" width="{WIDTH}" height="{HEIGHT}" rx="6"/>'
            f'<text x="{x + WIDTH / 2:g}" y="{y + HEIGHT / 2 + 4.5:g}">{escape(item)}</text></a>'
        )
    return "".join([*lines, "</svg>"])


def _edge(start: tuple[float, float], end: tuple[float, float]) -> str:
    (x0, y0), (x1, y1) = start, end
    x0, y0, y1 = x0 + WIDTH, y0 + HEIGHT / 2, y1 + HEIGHT / 2
    bend = max((x1 - x0) / 2, 20)
    path = f"M{x0:g} {y0:g}C{x0 + bend:g} {y0:g} {x1 - bend:g} {y1:g} {x1:g} {y1:g}"
    return f'<path class="edge" d="{path}"/>'
