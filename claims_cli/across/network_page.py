"""A network as one page: its heaviest part drawn, and every edge in a table beside it. It loads nothing.

Names are anybody's: the template escapes them, and a content security policy lets no other style and no script run.
"""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from claims_cli.across.network import RELATIONS, Edge, Network, Node
from claims_cli.across.network_layout import WIDTH, laid_out
from claims_cli.outputs import html
from claims_cli.outputs.page.charts import shortened
from claims_cli.outputs.page.safe import on_one_line

HERE = Path(__file__).parent / "page"
DRAWN = 40  # nodes that have room, and names that can be read
LISTED = 2000  # edges in the table
LEAST, MOST = 4.0, 16.0  # radius of a node


@dataclass(frozen=True)
class Dot:
    """A node as it is drawn: its place, its radius, and what stands beside it."""

    node: Node
    name: str
    told: str
    x: float
    y: float
    radius: float


@dataclass(frozen=True)
class Line:
    """An edge as it is drawn: the path of an arc that ends before the node it leads to."""

    relation: str
    path: str
    width: float
    told: str


def write(network: Network, stream: IO[str]) -> None:
    """Write the page."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )
    style = Markup(
        "\n".join(path.read_text(encoding="utf-8") for path in (html.HERE / "page.css", HERE / "network.css"))
    )
    shown = heart(network)
    places, height = laid_out(shown)
    dots = drawn_nodes(shown, places)
    values = {
        "policy": html.policy(style, ""),
        "style": style,
        "network": network,
        "relations": RELATIONS,
        "counts": Counter(edge.relation for edge in network.edges),
        "dots": list(dots.values()),
        "lines": [drawn_edge(edge, dots, shown) for edge in shown.edges],
        "rows": [
            (edge, *(network.nodes[end] for end in (edge.source, edge.target))) for edge in network.edges[:LISTED]
        ],
        "clean": on_one_line,
        "size": (round(WIDTH), height),
    }
    for part in environment.get_template("network.html").generate(values):
        stream.write(part)


def heart(network: Network) -> Network:
    """The nodes with most relations, as many as can be drawn, and the edges between them."""
    weights: Counter = Counter()
    for edge in network.edges:
        weights.update({edge.source: edge.weight, edge.target: edge.weight})
    kept = {name for name, _ in sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:DRAWN]}
    edges = [edge for edge in network.edges if {edge.source, edge.target} <= kept]
    ends = {end for edge in edges for end in (edge.source, edge.target)}
    return Network({name: node for name, node in network.nodes.items() if name in ends}, edges)


def drawn_nodes(network: Network, places: Mapping[str, tuple[float, float]]) -> dict[str, Dot]:
    """The nodes at their places."""
    most = max((node.claims for node in network.nodes.values()), default=1) or 1
    return {name: dot(node, *places[name], most) for name, node in network.nodes.items()}


def dot(node: Node, x: float, y: float, most: int) -> Dot:
    """A node at its place."""
    name = on_one_line(node.name)
    told = ", ".join(filter(None, [name, node.kind, on_one_line(node.role), f"{node.claims} claims"]))
    return Dot(node, shortened(name), told, x, y, round(LEAST + (MOST - LEAST) * math.sqrt(node.claims / most), 1))


def drawn_edge(edge: Edge, dots: dict[str, Dot], network: Network) -> Line:
    """An edge as an arc; those of one relation bend the same way, so that they do not cover each other."""
    one, other = dots[edge.source], dots[edge.target]
    bend = 0.08 + 0.07 * list(RELATIONS).index(edge.relation)
    across, down = other.x - one.x, other.y - one.y
    middle = ((one.x + other.x) / 2 - bend * down, (one.y + other.y) / 2 + bend * across)
    length = math.hypot(other.x - middle[0], other.y - middle[1]) or 1.0
    short = (other.radius + 5) / length
    end = (other.x - short * (other.x - middle[0]), other.y - short * (other.y - middle[1]))
    path = f"M{one.x} {one.y}Q{middle[0]:.1f} {middle[1]:.1f} {end[0]:.1f} {end[1]:.1f}"
    names = [on_one_line(network.nodes[name].name) for name in (edge.source, edge.target)]
    told = f"{names[0]} {RELATIONS[edge.relation]} {names[1]}: {edge.weight}"
    return Line(edge.relation, path, round(min(1 + math.log(edge.weight), 5), 1), told)
