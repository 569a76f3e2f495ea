"""The network of claims that a program has, without a store."""

from collections.abc import Iterable
from contextlib import closing
from itertools import groupby
from typing import TYPE_CHECKING

from claims_cli.across.mentions import Names
from claims_cli.across.network import network
from claims_cli.across.network_files import graph
from claims_cli.choice import Choice
from claims_cli.claim import TYPES, Claim, Document
from claims_cli.query import Query
from claims_cli.rulebook import load
from claims_cli.store import opening
from claims_cli.store.identities import identify
from claims_cli.store.queries import Further
from claims_cli.store.reading import Reader
from claims_cli.store.schema import METADATA
from claims_cli.store.writing import MADE_WITH, Writer

if TYPE_CHECKING:
    import networkx


def graph_of(claims: Iterable[Claim], relations: Iterable[str]) -> "networkx.MultiDiGraph":
    """The network of all of some claims.

    Raises:
        UsageError: there is no such relation.
    """
    with closing(opening.in_memory()) as connection:
        writer = Writer(connection)
        writer.begin(dict.fromkeys(("python", *MADE_WITH), ""), {}, "")
        for path, members in groupby(claims, key=lambda claim: claim.doc):
            found = list(members)
            told = {name: getattr(found[0], name) for name in METADATA}
            writer.add(Document(path, "", found[0].doc_sha256, **told), found)
        identify(connection, load(), {})
        choice = Choice(Query(frozenset(TYPES), 0.0))
        return graph(network(Reader(connection), choice, Further(), Names.of_store(connection), relations))
