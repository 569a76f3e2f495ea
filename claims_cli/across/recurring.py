"""Which claims of a store are the same statement: word for word, cut, edited, spelled otherwise, or misquoted.

Nothing is merged: a group holds claims, each of which stays as it is. Two claims are of one statement where enough of
the telling words of one stand in the other in their order. How much is enough depends on who speaks: one speaker needs
little, two whom a name tells apart need a long quotation, so that a formula that everybody uses brings nobody together.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from claims_cli.across import DAYS, candidates
from claims_cli.across.wording import Wording
from claims_cli.codec import pieces
from claims_cli.query import NO_COMMENT

TELLING_SHARE = 0.74  # of the telling words of the shorter one
WORD_SHARE = 0.6
NEIGHBOUR_SHARE = 0.34  # of its pairs of neighbouring words
SURE_SHARE = 0.8
FEWEST_ONE_SPEAKER = 3  # telling words in common
FEWEST_WHOLE = 2  # where all of a quotation stands in the other
FEWEST = 4
FEWEST_TWO_SPEAKERS = 5
FEWEST_REPORTED = 9  # of two speakers whose words are not quoted
LONG = 8  # words of a quotation that is known again by one telling word less
CLOSE = 0.8  # of the words of the longer one, where what is missing is no clause of its own


DATES = "SELECT id, CAST(julianday(substr(date, 1, 10)) AS INTEGER) FROM documents WHERE date IS NOT NULL"


class Stored(NamedTuple):
    """What of a stored claim is compared.

    Attributes:
        start, end: where what is said begins and ends.
        speakers: who is named as its speaker, by id; none where nobody is.
        is_quoted: whether quotation marks hold any of it.
        is_refusal: whether it says that nothing was said.
        day: on which its document appeared, as a number; None where that is not known.
    """

    number: int
    document: int
    start: int
    end: int
    speakers: frozenset[str]
    is_quoted: bool
    is_refusal: bool
    day: int | None = None


@dataclass
class Node:
    """The claims of one wording by one speaker, whom a name tells, or in one document, where none does."""

    words: tuple[str, ...]
    telling: tuple[str, ...]
    speakers: frozenset[str]
    claims: list[Stored]

    @property
    def is_quoted(self) -> bool:
        """Whether any of the claims is a quotation."""
        return any(claim.is_quoted for claim in self.claims)

    def is_days_from(self, other: "Node") -> bool:
        """Whether so many days lie between the claims of two wordings that it was not said once."""
        days = [[claim.day for claim in node.claims if claim.day is not None] for node in (self, other)]
        return all(days) and max(min(days[1]) - max(days[0]), min(days[0]) - max(days[1])) > DAYS


class Tie(NamedTuple):
    """That two nodes are the same statement.

    Attributes:
        share: how much they have in common, from 0 to 1.
        holds_apart: whether it is enough for two speakers whom names tell apart.
    """

    share: float
    one: int
    other: int
    holds_apart: bool


def stored(connection: sqlite3.Connection) -> Iterator[tuple[Stored, str]]:
    """Every claim of a store in order, with its words."""
    named: dict[int, list[str]] = defaultdict(list)
    query = "SELECT claim, speaker FROM claim_speakers JOIN speakers ON speakers.id = speaker WHERE speakers.named"
    for claim, speaker in connection.execute(query):
        named[claim].append(speaker)
    days = dict(connection.execute(DATES).fetchall())
    query = "SELECT number, document, content_spans, quote != 'indirect', type, content FROM claims ORDER BY number"
    for number, document, spans, quoted, kind, content in connection.execute(query):
        found = pieces(spans)
        speakers = frozenset(named.get(number, ()))
        place = (found[0][0], found[-1][1])
        yield Stored(number, document, *place, speakers, bool(quoted), kind == NO_COMMENT, days.get(document)), content


def groups(connection: sqlite3.Connection, wording: Wording) -> list[list[int]]:
    """The numbers of the claims that are one statement, of each that stands in two documents or more; in order."""
    nodes = nodes_of(stored(connection), wording)
    ties = sorted(ties_of(nodes, wording), key=lambda tie: (-tie.share, tie.one, tie.other))
    joined = Joining(nodes)
    for tie in ties:
        joined.join(tie)
    return sorted(sorted(group) for group in joined.groups())


def nodes_of(claims: Iterable[tuple[Stored, str]], wording: Wording) -> list[Node]:
    """The claims that say enough to be known again, those of one wording and one speaker together."""
    words: dict[tuple[str, ...], tuple[str, ...]] = {}
    by_wording: dict[tuple, Node] = {}
    for claim, content in claims:
        keys = wording.keys(content)
        keys = words.setdefault(keys, keys)  # one object of each: statements recur
        telling = wording.telling(keys)
        if len(telling) < FEWEST_WHOLE:
            continue
        is_formula = claim.is_refusal or len(telling) < FEWEST
        speaker = claim.speakers or ((claim.document,) if is_formula else ())
        node = by_wording.setdefault((keys, speaker), Node(keys, telling, claim.speakers, []))
        node.claims.append(claim)
    return list(by_wording.values())


def ties_of(nodes: list[Node], wording: Wording) -> Iterator[Tie]:
    """Which nodes are the same statement."""
    by_words: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, node in enumerate(nodes):
        by_words[node.words].append(place)
    alike = list(by_words.values())
    for places in alike:
        for other in places[1:]:
            yield from tie(nodes, places[0], other, wording)
    for one, other in candidates.pairs([nodes[places[0]].telling for places in alike]).tolist():
        if are_near(nodes[alike[one][0]], nodes[alike[other][0]]):
            for first, second in meeting(nodes, alike[one], alike[other]):
                yield from tie(nodes, first, second, wording)


def are_near(one: Node, other: Node) -> bool:
    """Whether two wordings have enough telling words in common to look closer."""
    least = min(len(set(one.telling)), len(set(other.telling)))
    return len(set(one.telling).intersection(other.telling)) >= TELLING_SHARE * least


def meeting(nodes: list[Node], ones: list[int], others: list[int]) -> Iterator[tuple[int, int]]:
    """Which nodes of two wordings are compared: those of one speaker, and the first of each with all of the other."""
    by_speaker = {nodes[place].speakers: place for place in reversed(others)}
    met = {(place, by_speaker[nodes[place].speakers]) for place in ones if nodes[place].speakers in by_speaker}
    yield from sorted(met | {(ones[0], place) for place in others} | {(place, others[0]) for place in ones})


def tie(nodes: list[Node], first: int, second: int, wording: Wording) -> Iterator[Tie]:
    """That two nodes are the same statement, where they are."""
    from rapidfuzz.distance import LCSseq

    one, other = nodes[first], nodes[second]
    if len(one.words) > len(other.words):
        one, other = other, one
    common = LCSseq.similarity(one.telling, other.telling)
    share, words = common / len(one.telling), LCSseq.similarity(one.words, other.words)
    is_one_speaker = may_be_one(one.speakers, other.speakers)
    is_whole = words == len(one.words) and one.is_quoted
    fewest = FEWEST if not is_one_speaker else FEWEST_WHOLE if is_whole else FEWEST_ONE_SPEAKER
    if is_whole and len(one.words) >= LONG:
        fewest = min(fewest, FEWEST_ONE_SPEAKER)
    if common < fewest or share < TELLING_SHARE or words < WORD_SHARE * len(one.words):
        return
    if not one.speakers and not other.speakers and any(claim.is_refusal for claim in (*one.claims, *other.claims)):
        return
    if neighbours(one.words, other.words) < NEIGHBOUR_SHARE:
        return
    is_sure = words >= SURE_SHARE * len(one.words)
    is_anew = one.is_days_from(other) and not is_misquoted(one, other)
    if says_otherwise(one, other, wording) and (is_anew or not is_sure):
        return
    needed = FEWEST_TWO_SPEAKERS if one.is_quoted and other.is_quoted else FEWEST_REPORTED
    holds_apart = common >= needed and share >= SURE_SHARE and is_sure
    likeness = 2 * words / (len(one.words) + len(other.words))
    yield Tie(round((likeness + share) / 2, 4), first, second, holds_apart)


def says_otherwise(short: Node, long: Node, wording: Wording) -> bool:
    """Whether another number or a negation makes two wordings two statements, as far as their words alone can tell."""
    own, others = set(short.words) - set(long.words), set(long.words) - set(short.words)
    if any(key[0].isdigit() for key in own) and any(key[0].isdigit() for key in others):
        return True
    negation = wording.groups["negation"]
    is_close = len(short.words) >= CLOSE * len(long.words)
    return not negation.isdisjoint(own) or (is_close and not negation.isdisjoint(others))


def is_misquoted(short: Node, long: Node) -> bool:
    """Whether two quotations differ in one word only: then the later one is the earlier, whenever it was printed."""
    own, others = set(short.words) - set(long.words), set(long.words) - set(short.words)
    is_long = short.is_quoted and long.is_quoted and len(short.words) >= LONG
    return is_long and len(own) <= 1 and len(others) <= 1


def may_be_one(ones: frozenset[str], others: frozenset[str]) -> bool:
    """Whether one of some speakers, by their ids, may be one of others: the same, or by a part of the name."""
    if ones & others:
        return True
    names = [[set(speaker.split("-")) for speaker in speakers] for speakers in (ones, others)]
    return any(one <= other or other <= one for one in names[0] for other in names[1])


def neighbours(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """How many of the pairs of neighbouring words of one statement stand in another."""
    own = set(pairwise(one))
    return len(own.intersection(pairwise(other))) / max(1, len(own))


class Joining:
    """Brings nodes together, the surest ties first.

    A group never holds two claims of one document that overlap: what stands in another's words is another statement.
    """

    def __init__(self, nodes: list[Node]):
        self.nodes = nodes
        self.parents = list(range(len(nodes)))
        self.places: dict[int, dict[int, list[tuple[int, int]]]] = {}
        self.speakers: dict[int, frozenset[str]] = {}

    def root(self, place: int) -> int:
        """The node that stands for a node's group."""
        while self.parents[place] != place:
            self.parents[place] = self.parents[self.parents[place]]
            place = self.parents[place]
        return place

    def join(self, tie: Tie) -> None:
        """Make one group of those of two nodes, unless something speaks against it."""
        one, other = self.root(tie.one), self.root(tie.other)
        if one == other or not (tie.holds_apart or self.are_compatible(one, other)):
            return
        here, there = self.places_of(one), self.places_of(other)
        if len(here) < len(there):
            one, other, here, there = other, one, there, here
        if any(overlap(piece, own) for document, own in there.items() for piece in here.get(document, ())):
            return
        for document, own in there.items():
            here.setdefault(document, []).extend(own)
        self.parents[other] = one
        self.speakers[one] = self.speakers_of(one) | self.speakers_of(other)
        self.places.pop(other)

    def are_compatible(self, one: int, other: int) -> bool:
        """Whether no names tell the speakers of two groups apart."""
        here, there = self.speakers_of(one), self.speakers_of(other)
        return not here or not there or may_be_one(here, there)

    def speakers_of(self, root: int) -> frozenset[str]:
        """Who is named as a speaker in a group."""
        return self.speakers.get(root, self.nodes[root].speakers)

    def places_of(self, root: int) -> dict[int, list[tuple[int, int]]]:
        """Where the claims of a group stand, by document."""
        if root not in self.places:
            places = self.places[root] = {}
            for claim in self.nodes[root].claims:
                places.setdefault(claim.document, []).append((claim.start, claim.end))
        return self.places[root]

    def groups(self) -> Iterator[list[int]]:
        """The claims of each group that stands in several documents."""
        found: dict[int, list[Stored]] = defaultdict(list)
        for place, node in enumerate(self.nodes):
            found[self.root(place)] += node.claims
        for claims in found.values():
            if len({claim.document for claim in claims}) > 1:
                yield [claim.number for claim in claims]


def overlap(piece: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    """Whether a stretch of a text shares a place with one of some others."""
    return any(piece[0] < end and start < piece[1] for start, end in others)
