"""What Python programs ask of a store: what recurs in it, lines, disputes, its network, its claims beside another's."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from claims_cli.across.asking import disputes_of, line_of, with_stances
from claims_cli.across.disputes import Dispute
from claims_cli.across.lines import Line
from claims_cli.across.mentions import Names
from claims_cli.across.network import network
from claims_cli.across.network_files import graph
from claims_cli.across.quotes import Quotation, Quotations
from claims_cli.across.vocabulary import Vocabulary
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

    def line(self, name: str, topic: str | None, types: object, model: str | None) -> Line:
        """What one speaker said over time.

        Raises:
            ModelMissing: the model is not installed.
            UsageError: several speakers have the name.
        """
        with self.reader() as (reader, choice):
            return line_of(reader, with_stances(choice, types), Further(), self.sources, name, topic, model)

    def disputes(self, days: int, types: object, model: str | None) -> list[Dispute]:
        """The pairs of statements of which one is against the other.

        Raises:
            ModelMissing: the model is not installed.
        """
        with self.reader() as (reader, choice):
            vocabulary = Vocabulary.load(self.sources)
            return disputes_of(reader, with_stances(choice, types), Further(), vocabulary, days, model)

    def claims(self) -> tuple[list[Claim], Mapping[str, str]]:
        """The claims, and SHA-256 of every document by its path."""
        with self.reader() as (reader, choice):
            documents = dict(reader.connection.execute("SELECT path, sha256 FROM documents ORDER BY id"))
            return list(reader.claims(choice)), documents
