"""Where the nodes of a network stand in a drawing: those that are related near each other, and no name over another."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import combinations

from claims_cli.across.network import Edge, Network

WIDTH = 960.0
CELL = (195.0, 100.0)  # what a node with its name needs
APART = (158.0, 56.0)  # nearer than that names cover each other
ROUNDS = 200
SEED = 7  # the same network is drawn the same way


@dataclass(frozen=True)
class Group:
    """Nodes that are related, directly or through others, with their places in a box of their own."""

    places: dict[str, tuple[float, float]]
    width: float
    height: float

    def at(self, left: float, top: float) -> "Group":
        """The same with the box at a place of the drawing."""
        return replace(self, places={name: (x + left, y + top) for name, (x, y) in self.places.items()})


def laid_out(network: Network) -> tuple[dict[str, tuple[float, float]], float]:
    """The place of each node in a drawing of `WIDTH`, and the height that it has."""
    import networkx

    made = networkx.Graph()
    made.add_nodes_from(network.nodes)
    made.add_weighted_edges_from(map(drawn_together, network.edges))
    parts = sorted(networkx.connected_components(made), key=lambda part: (-len(part), min(part)))
    places: dict[str, tuple[float, float]] = {}
    left = top = tall = wide = 0.0
    for part in parts:
        group = laid_out_alone(made.subgraph(sorted(part)))
        if left and left + group.width > WIDTH:
            left, top, tall = 0.0, top + tall, 0.0
        places |= group.at(left, top).places
        left, tall = left + group.width, max(tall, group.height)
        wide = max(wide, left)
    aside = (WIDTH - wide) / 2
    return {name: (round(x + aside, 1), y) for name, (x, y) in places.items()}, math.ceil(top + tall)


def drawn_together(edge: Edge) -> tuple[str, str, float]:
    """An edge with what draws its ends to each other."""
    return edge.source, edge.target, 1 + math.log(edge.weight)


def laid_out_alone(made) -> Group:
    """The nodes of a connected graph of `networkx` in a box."""
    import networkx

    columns = min(math.ceil(math.sqrt(len(made))), int(WIDTH // CELL[0]))
    room = (columns * CELL[0], math.ceil(len(made) / columns) * CELL[1])
    distance = 2.5 / math.sqrt(len(made))
    found = networkx.spring_layout(made, k=distance, iterations=ROUNDS, seed=SEED)
    points = {name: [float(x), float(y)] for name, (x, y) in sorted(found.items())}
    for axis in (0, 1):
        stretch(points.values(), axis, room[axis] - CELL[axis])
    part_names(list(points.values()))
    for axis in (0, 1):
        shift(points.values(), axis, CELL[axis] / 2)
    width, height = (max(point[axis] for point in points.values()) + CELL[axis] / 2 for axis in (0, 1))
    return Group({name: (round(x, 1), round(y, 1)) for name, (x, y) in points.items()}, width, height)


def stretch(points: Iterable[list[float]], axis: int, room: float) -> None:
    """Let points fill a room on one axis."""
    points = list(points)
    low, high = (end(point[axis] for point in points) for end in (min, max))
    for point in points:
        point[axis] = (point[axis] - low) / (high - low) * room if high > low else 0.0


def shift(points: Iterable[list[float]], axis: int, low: float) -> None:
    """Let points begin at a place on one axis."""
    points = list(points)
    least = min(point[axis] for point in points)
    for point in points:
        point[axis] += low - least


def part_names(points: list[list[float]]) -> None:
    """Push points apart, up and down, until no name covers another."""
    for _ in range(ROUNDS):
        moved = False
        for one, other in combinations(points, 2):
            lacking = APART[1] - abs(one[1] - other[1])
            if abs(one[0] - other[0]) < APART[0] and lacking > 0:
                upper, lower = (one, other) if one[1] <= other[1] else (other, one)
                upper[1] -= lacking / 2
                lower[1] += lacking / 2
                moved = True
        if not moved:
            return
