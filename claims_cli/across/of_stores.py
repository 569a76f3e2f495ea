"""What Python programs ask of a store: what recurs in it, its network, its claims beside those of another."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from claims_cli.across.mentions import Names
from claims_cli.across.network import network
from claims_cli.across.network_files import graph
from claims_cli.across.quotes import Quotation, Quotations
from claims_cli.choice import Choice
from claims_cli.claim import Claim
from claims_cli.query import Query
from claims_cli.rulebook import RuleSources
from claims_cli.store import opening
from claims_cli.store.queries import Further
from claims_cli.store.reading import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx


@dataclass(frozen=True)
class Asked:
    """A store, and which of its claims are asked for.

    Attributes:
        path: the file that `claims extract --db` wrote.
        sources: the rules by which what is found across documents is found.
    """

    path: str | os.PathLike
    query: Query
    sources: RuleSources

    @contextmanager
    def reader(self) -> Iterator[tuple[Reader, Choice]]:
        """The store to read, and what chooses.

        Raises:
            OutputError: it cannot be read.
            UsageError: it is no store.
        """
        with opening.readable(Path(self.path)) as connection:
            yield Reader(connection), Choice(self.query)

    def quotations(self, min_outlets: int, altered: bool) -> list[Quotation]:
        """The statements that recur."""
        with self.reader() as (reader, choice):
            return Quotations(reader, self.sources).found(choice, Further(), min_outlets, altered)

    def network(self, relations: "Iterable[str]") -> "networkx.MultiDiGraph":
        """Who speaks to, of and through whom."""
        with self.reader() as (reader, choice):
            names = Names.of_store(reader.connection, self.sources)
            return graph(network(reader, choice, Further(), names, relations))

    def claims(self) -> tuple[list[Claim], Mapping[str, str]]:
        """The claims, and SHA-256 of every document by its path."""
        with self.reader() as (reader, choice):
            documents = dict(reader.connection.execute("SELECT path, sha256 FROM documents ORDER BY id"))
            return list(reader.claims(choice)), documents
