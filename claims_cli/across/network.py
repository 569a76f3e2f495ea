"""Who speaks to whom, passes on whom, prints whom and speaks of whom: a directed network of the claims that are shown.

A name is a speaker's of the store only where it is his alone; what names nobody stays in its document.
"""

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import NamedTuple

from claims_cli.across.mentions import Names
from claims_cli.choice import Choice
from claims_cli.names import folded_name, one_of
from claims_cli.outputs.speakers import ranked
from claims_cli.query import first_day
from claims_cli.store.people import people_of
from claims_cli.store.queries import Further
from claims_cli.store.reading import Reader

ADDRESSEE, VIA, OUTLET, ABOUT = "addressee", "via", "outlet", "about"
RELATIONS = {
    ADDRESSEE: "tells",
    VIA: "passes on",
    OUTLET: "prints",
    ABOUT: "speaks of",
}
CLAIMS = """SELECT claims.number, claims.doc, claims.date, claims.outlet, claims.addressee, claims.via, claims.content
FROM chosen CROSS JOIN claims ON claims.number = chosen.number ORDER BY chosen.document, chosen.number"""
SPEAKERS = """SELECT claim_speakers.claim, claim_speakers.speaker FROM chosen
JOIN claim_speakers ON claim_speakers.claim = chosen.number GROUP BY 1, 2 ORDER BY 1, 2"""
RELAYING = """SELECT DISTINCT claim_speakers.speaker FROM claims JOIN claim_speakers ON claim = claims.number
WHERE claims.id = ? AND claims.doc = ? ORDER BY 1"""


@dataclass(frozen=True)
class Node:
    """Somebody in the network.

    Attributes:
        id: a speaker's own, or one that no speaker has.
        kind: of speaker; `outlet`; `unknown` of an addressee who never speaks.
        role: the commonest title; claims: how many of those shown are theirs, or stand in the outlet.
        people: what the user's sheet tells.
    """

    id: str
    name: str
    kind: str
    named: bool
    role: str = ""
    claims: int = 0
    people: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Edge:
    """One relation of one node to another.

    Attributes:
        source, target: ids of nodes.
        weight: how many claims tell of it; documents: how many documents.
        first, last: the days of the first and last document that has one (ISO 8601), else None.
    """

    source: str
    target: str
    relation: str
    weight: int = 0
    paths: set[str] = field(default_factory=set)
    first: str | None = None
    last: str | None = None

    @property
    def documents(self) -> int:
        """How many documents tell of it."""
        return len(self.paths)

    def add(self, path: str, date: str | None) -> None:
        """Count one claim."""
        self.weight += 1
        self.paths.add(path)
        day = first_day(date)
        if day is not None:
            self.first, self.last = min(self.first or day, day), max(self.last or day, day)


@dataclass(frozen=True)
class Network:
    """Nodes by their ids, those with most claims first; edges, the heaviest first."""

    nodes: dict[str, Node]
    edges: list[Edge]

    def heaviest(self, most: int | None, least: int = 1) -> "Network":
        """The network of the heaviest edges, `most` of them, of a weight of `least` or more."""
        kept = [edge for edge in self.edges if edge.weight >= least][:most]
        ends = {end for edge in kept for end in (edge.source, edge.target)}
        return replace(self, nodes={name: node for name, node in self.nodes.items() if name in ends}, edges=kept)


class Told(NamedTuple):
    """What of one claim tells of relations."""

    doc: str
    date: str | None
    outlet: str | None
    addressee: str | None
    via: str
    content: str
    speakers: tuple[str, ...] = ()


def network(reader: Reader, choice: Choice, further: Further, names: Names, asked: Iterable[str] = ()) -> Network:
    """The network of the claims that are shown.

    Args:
        asked: relations, by the names of `RELATIONS`; none for all.

    Raises:
        UsageError: there is no such relation.
    """
    asked = list(asked) or list(RELATIONS)
    one_of("relation", asked, RELATIONS)
    reader.narrow(choice, further)
    found = Finder(reader.connection, names)
    edges: dict[tuple[str, str, str], Edge] = {}
    for claim in told(reader.connection):
        for relation in asked:
            for source, target in dict.fromkeys(found.relations[relation](claim)):
                if source != target:
                    edge = edges.setdefault((source, target, relation), Edge(source, target, relation))
                    edge.add(claim.doc, claim.date)
    heaviest = sorted(edges.values(), key=lambda edge: (-edge.weight, edge.source, edge.target, edge.relation))
    return Network(nodes_of(reader.connection, found, heaviest), heaviest)


def told(connection: sqlite3.Connection) -> Iterator[Told]:
    """Every claim that is shown, with its speakers."""
    speakers: dict[int, tuple[str, ...]] = defaultdict(tuple)
    for number, speaker in connection.execute(SPEAKERS):
        speakers[number] += (speaker,)
    for number, doc, date, outlet, addressee, via, content in connection.execute(CLAIMS):
        yield Told(doc, date, outlet, addressee, via, content, speakers.get(number, ()))


class Finder:
    """Finds the ends of the relations that claims tell of.

    Attributes:
        others: who is no speaker of the store, by id; claims: how many claims each node has.
    """

    def __init__(self, connection: sqlite3.Connection, names: Names):
        self.connection = connection
        self.names = names
        self.others: dict[str, Node] = {}
        self.claims: Counter = Counter()
        self.relations: dict[str, Callable[[Told], Iterable[tuple[str, str]]]] = {
            ADDRESSEE: self.told_to,
            VIA: self.passed_on,
            OUTLET: self.printed,
            ABOUT: self.spoken_of,
        }

    def told_to(self, claim: Told) -> Iterator[tuple[str, str]]:
        """Speaker and addressee; none where only a pronoun stands for that."""
        target = self.called(claim.addressee, claim.doc) if claim.addressee else None
        yield from ((speaker, target) for speaker in claim.speakers if target is not None)

    def passed_on(self, claim: Told) -> Iterator[tuple[str, str]]:
        """The voices between the reader and the speaker, each with the one whom it passes on."""
        chain = [self.relaying(voice, claim.doc) for voice in json.loads(claim.via or "[]")]
        for outer, inner in pairwise([*chain, claim.speakers] if chain else []):
            yield from ((one, other) for one in outer for other in inner)

    def relaying(self, voice: Mapping[str, str | None], doc: str) -> tuple[str, ...]:
        """The speakers of a voice's own claim, or who is called as the voice is."""
        own = tuple(one for (one,) in self.connection.execute(RELAYING, (voice.get("claim"), doc)))
        called = self.called(voice.get("speaker") or "", doc) if not own else None
        return own or ((called,) if called else ())

    def printed(self, claim: Told) -> Iterator[tuple[str, str]]:
        """The outlet and each speaker."""
        if claim.outlet:
            outlet = f"outlet:{folded_name(claim.outlet)}"
            self.others.setdefault(outlet, Node(outlet, claim.outlet, "outlet", True))
            yield from ((outlet, speaker) for speaker in claim.speakers)

    def spoken_of(self, claim: Told) -> Iterator[tuple[str, str]]:
        """Each speaker and each person whose whole name stands in what is said."""
        people = self.names.within(claim.content)
        yield from ((speaker, person) for speaker in claim.speakers for person in people)

    def called(self, words: str, doc: str) -> str | None:
        """Who is called so: a speaker, where only one is, else somebody who speaks nowhere; None for a pronoun."""
        folded = folded_name(words)
        if not folded or folded in self.names.pronouns:
            return None
        speaker = self.names.of_whole(folded)
        if speaker is not None:
            return speaker
        named = any(word[:1].isupper() for word in words.split())
        other = f"words:{folded}" if named else f"words:{folded}@{doc}"
        self.others.setdefault(other, Node(other, words, "unknown", named))
        return other


def nodes_of(connection: sqlite3.Connection, found: Finder, edges: Iterable[Edge]) -> dict[str, Node]:
    """The ends of edges, those with most claims first."""
    ends = {end for edge in edges for end in (edge.source, edge.target)}
    counts = Counter(
        dict(
            connection.execute(
                "SELECT speaker, count(DISTINCT claim) FROM claim_speakers "
                "WHERE claim IN (SELECT number FROM chosen) GROUP BY 1"
            )
        )
    )
    outlets = connection.execute("SELECT outlet, count(*) FROM chosen CROSS JOIN claims USING (number) GROUP BY 1")
    for outlet, number in outlets:
        counts[f"outlet:{folded_name(outlet or '')}"] += number
    people = people_of(connection)
    nodes = [replace(node, claims=counts[node.id]) for node in found.others.values() if node.id in ends]
    for one, name, kind, named, roles in connection.execute("SELECT id, name, kind, named, roles FROM speakers"):
        if one in ends:
            role = next(iter(ranked(Counter(json.loads(roles)))), "")
            nodes.append(Node(one, name, kind, bool(named), role, counts[one], people.of_speaker(one)))
    return {node.id: node for node in sorted(nodes, key=lambda node: (-node.claims, node.id))}
