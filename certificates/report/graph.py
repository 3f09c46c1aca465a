"""The dependency graph of the claims as an SVG whose nodes lead to their pages."""

from collections.abc import Mapping, Sequence
from html import escape

import networkx as nx

WIDTH, HEIGHT, COLUMN, LINE, MARGIN = 108, 34, 142, 46, 4
LEAST_COLUMNS = 6  # of the rows of items that are tied to nothing
LONGEST_LINE = 14  # characters of a label on one line


def layers(uses: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """The items in columns: each to the right of what it uses, near to it in height.

    Items that use each other in a circle share a column; what uses nothing stands just before the
    first that uses it.
    """
    graph = nx.DiGraph()
    graph.add_nodes_from(uses)
    graph.add_edges_from((used, item) for item, own in uses.items() for used in own if used in uses)
    order = {item: k for k, item in enumerate(uses)}
    circles = nx.condensation(graph)
    rank = {c: k for k, own in enumerate(nx.topological_generations(circles)) for c in own}
    for circle, following in circles.succ.items():
        if following and not circles.pred[circle]:
            rank[circle] = min(rank[f] for f in following) - 1
    columns = []
    height: dict[str, float] = {}
    for generation in sorted(set(rank.values())):
        chosen = (c for c in rank if rank[c] == generation)
        items = [m for c in chosen for m in circles.nodes[c]["members"]]

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
    at = _places(uses)
    width = MARGIN + WIDTH + max((x for x, _ in at.values()), default=0)
    height = MARGIN + HEIGHT + max((y for _, y in at.values()), default=0)
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
            f"{_label(item, x + WIDTH / 2, y + HEIGHT / 2)}</a>"
        )
    return "".join([*lines, "</svg>"])


def _places(uses: Mapping[str, Sequence[str]]) -> dict[str, tuple[float, float]]:
    """Where each item stands: the columns, and below them in rows what is tied to nothing."""
    tied = {u for item, own in uses.items() for u in own if u in uses and u != item}
    tied |= {item for item, own in uses.items() if any(u in uses and u != item for u in own)}
    columns = layers({item: own for item, own in uses.items() if item in tied})
    tall = max(map(len, columns), default=0)
    at: dict[str, tuple[float, float]] = {
        item: (MARGIN + COLUMN * x, MARGIN + LINE * (y + (tall - len(column)) / 2))
        for x, column in enumerate(columns)
        for y, item in enumerate(column)
    }
    wide = max(len(columns), LEAST_COLUMNS)
    below = MARGIN + LINE * (tall + 0.5 if tall else 0)
    alone = [item for item in uses if item not in tied]
    for k, item in enumerate(alone):
        at[item] = MARGIN + COLUMN * (k % wide), below + LINE * (k // wide)
    return at


def _label(item: str, x: float, y: float) -> str:
    """The name in the middle of its node, on two lines if it is long."""
    words = item.split(" ")
    if len(item) <= LONGEST_LINE or len(words) == 1:
        return f'<text x="{x:g}" y="{y + 4.5:g}">{escape(item)}</text>'
    cuts = [(" ".join(words[:k]), " ".join(words[k:])) for k in range(1, len(words))]
    head, tail = min(cuts, key=lambda cut: max(map(len, cut)))
    size = "long" if max(len(head), len(tail)) <= LONGEST_LINE else "longest"
    return (
        f'<text x="{x:g}" y="{y - 2:g}" class="{size}">{escape(head)} '
        f'<tspan x="{x:g}" y="{y + 11:g}">{escape(tail)}</tspan></text>'
    )


def _edge(start: tuple[float, float], end: tuple[float, float]) -> str:
    (x0, y0), (x1, y1) = start, end
    x0, y0, y1 = x0 + WIDTH, y0 + HEIGHT / 2, y1 + HEIGHT / 2
    bend = max((x1 - x0) / 2, 20)
    path = f"M{x0:g} {y0:g}C{x0 + bend:g} {y0:g} {x1 - bend:g} {y1:g} {x1:g} {y1:g}"
    return f'<path class="edge" d="{path}"/>'
