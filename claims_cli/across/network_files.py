"""A network as a file: GEXF and GraphML for Gephi and other programs, a page, and its edges as tables."""

import io
import re
from collections.abc import Iterable, Iterator
from typing import IO, TYPE_CHECKING, Any

from claims_cli.across import network_page
from claims_cli.across.network import RELATIONS, Edge, Network, Node
from claims_cli.codec import Cell
from claims_cli.outputs.layout import Layout
from claims_cli.outputs.listing import write_rows
from claims_cli.outputs.page.safe import on_one_line
from claims_cli.outputs.people import PREFIX
from claims_cli.outputs.tables import Rows, writers

if TYPE_CHECKING:
    import networkx

COLUMNS = ("source", "source_name", "relation", "target", "target_name", "weight", "documents", "first", "last")
HEADINGS = ("From", "Relation", "To", "Claims", "Documents", "First", "Last")
NO_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # of XML 1.0


def of_xml(text: str) -> str:
    """Text on one line that XML can hold: what it cannot, as the mark for what could not be read."""
    return NO_CHARACTER.sub("\ufffd", on_one_line(text))


def graph(network: Network) -> "networkx.MultiDiGraph":
    """The network with its attributes for `networkx`; between two nodes there is one edge a relation."""
    import networkx

    made = networkx.MultiDiGraph()
    ids = {name: f"{number}" for number, name in enumerate(network.nodes)}
    columns = sorted({column for node in network.nodes.values() for column in node.people})
    for name, node in network.nodes.items():
        made.add_node(ids[name], **attributes(node, columns))
    for number, edge in enumerate(network.edges):
        told = {"relation": edge.relation, "weight": edge.weight, "documents": edge.documents}
        days = {"first": edge.first or "", "last": edge.last or ""}
        made.add_edge(ids[edge.source], ids[edge.target], key=edge.relation, id=str(number), **told, **days)
    return made


def attributes(node: Node, columns: Iterable[str]) -> dict[str, Any]:
    """What a file tells of a node; every node has the same."""
    own = {"label": node.name, "speaker": node.id, "kind": node.kind, "role": node.role}
    people = {f"{PREFIX}{column}": node.people.get(column, "") for column in columns}
    texts = {of_xml(name): of_xml(text) for name, text in {**own, **people}.items()}
    return {**texts, "named": node.named, "claims": node.claims}


def write_gexf(network: Network, stream: IO[str], layout: Layout) -> None:
    """GEXF 1.2, in which an edge lives from its first to its last day."""
    from networkx.readwrite.gexf import GEXFWriter

    made = graph(network)
    for _, _, told in made.edges(data=True):
        told |= {end: told[day] for end, day in (("start", "first"), ("end", "last")) if told[day]}
        told["label"] = RELATIONS[told["relation"]]
    writer = GEXFWriter(version="1.2draft")
    writer.add_graph(made)
    for element in writer.xml.iter("graph"):
        element.attrib.pop("name", None)  # which its schema does not know
    buffer = io.BytesIO()
    writer.write(buffer)
    stream.write(buffer.getvalue().decode("utf-8"))


def write_graphml(network: Network, stream: IO[str], layout: Layout) -> None:
    """GraphML."""
    import networkx

    buffer = io.BytesIO()
    networkx.write_graphml_xml(graph(network), buffer, named_key_ids=True)
    stream.write(buffer.getvalue().decode("utf-8"))


def write_page(network: Network, stream: IO[str], layout: Layout) -> None:
    """A page in one file that loads nothing."""
    network_page.write(network, stream)


def write_table(network: Network, stream: IO[str], layout: Layout) -> None:
    """For reading: drawn on a terminal, tab-separated when piped."""
    write_rows(HEADINGS, (in_words(network, edge) for edge in network.edges), stream)


def in_words(network: Network, edge: Edge) -> list[str]:
    """One edge for people."""
    counts = (str(edge.weight), str(edge.documents), edge.first or "", edge.last or "")
    return [network.nodes[edge.source].name, RELATIONS[edge.relation], network.nodes[edge.target].name, *counts]


def cells(network: Network) -> Iterator[list[Cell]]:
    """The edges, a row each."""
    for edge in network.edges:
        names = (network.nodes[end].name for end in (edge.source, edge.target))
        source, target = names
        counts = (edge.weight, edge.documents, edge.first, edge.last)
        yield [edge.source, source, edge.relation, edge.target, target, *counts]


def rows_of(network: Network, layout: Layout) -> Rows:
    """The edges as rows and as objects."""
    return Rows(COLUMNS, cells(network), (dict(zip(COLUMNS, row, strict=True)) for row in cells(network)))


WRITERS = {
    "table": write_table,
    **writers(rows_of),
    "gexf": write_gexf,
    "graphml": write_graphml,
    "html": write_page,
}
NEEDING = ("gexf", "graphml", "html")  # formats that networkx makes
