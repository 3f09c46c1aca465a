"""The graph of claims: which item uses which, declared and as the certificates show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from certificates.checker import Checker
from certificates.claims import Verdict

COLOURS = {
    "holds": "palegreen",
    "holds as amended": "khaki",
    "fails": "salmon",
    "open": "lightgray",
}


@dataclass(frozen=True)
class Edge:
    """`source` uses `target`: the claim says so, or a proof rests on a certificate of it."""

    source: str
    target: str
    declared: bool
    by_certificate: bool


@dataclass(frozen=True)
class Graph:
    """The claims with their verdicts, in the order of proof, and the edges in the same order."""

    verdicts: Mapping[str, Verdict]
    edges: Sequence[Edge]

    def fragile(self, item: str) -> list[str]:
        """What the claim uses, directly or through others, that does not hold as printed."""
        seen, queue = {item}, [item]
        while queue:
            current = queue.pop()
            for edge in self.edges:
                if edge.source == current and edge.target not in seen:
                    seen.add(edge.target)
                    queue.append(edge.target)
        broken = ("fails", "holds as amended")
        return [k for k, v in self.verdicts.items() if k in seen - {item} and v.verdict in broken]

    def document(self) -> dict[str, Any]:
        """The graph for --format json."""
        return {
            "nodes": [
                {"item": v.item, "title": v.title, "verdict": v.verdict,
                 "assurance": v.assurance, "given": v.text.partition(", ")[2],
                 "uses_what_fails_as_printed": self.fragile(v.item)}
                for v in self.verdicts.values()
            ],
            "edges": [
                {"from": e.source, "to": e.target, "declared": e.declared,
                 "by_certificate": e.by_certificate}
                for e in self.edges
            ],
        }  # fmt: skip

    def dot(self) -> str:
        """The graph in the language of Graphviz; a dashed edge rests on no certificate."""
        text = ["digraph claims {", "  rankdir=BT;", "  node [shape=box, style=filled];"]
        for v in self.verdicts.values():
            broken = self.fragile(v.item)
            uses = f"\\nuses what fails as printed: {', '.join(broken)}" if broken else ""
            label = f"{v.item}\\n{v.verdict} [{v.assurance}]{uses}"
            colour = COLOURS[v.verdict]
            text.append(f'  "{v.item}" [label="{label}", fillcolor={colour}];')
        for e in self.edges:
            style = "" if e.by_certificate else " [style=dashed]"
            text.append(f'  "{e.source}" -> "{e.target}"{style};')
        return "\n".join([*text, "}"])


def dependencies(
    documents: Sequence[Mapping[str, Any]], verdicts: Mapping[str, Verdict], checker: Checker
) -> Graph:
    """The graph of claim documents whose certificates the checker has accepted."""
    order = {document["claim"]: k for k, document in enumerate(documents)}
    edges = []
    for document in documents:
        item, declared = document["claim"], set(document["uses"])
        resting = {
            checker.accepted[other].item
            for part in document["parts"]
            for other in checker.accepted[part["certificate"]].rests_on
        } - {item}
        for target in sorted(declared | resting, key=lambda t: (order.get(t, -1), t)):
            edges.append(Edge(item, target, target in declared, target in resting))
    return Graph({d["claim"]: verdicts[d["claim"]] for d in documents}, edges)
