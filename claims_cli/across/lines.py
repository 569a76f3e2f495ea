"""One speaker's statements over time: what they are about, what is denied or refused, and where the stance changed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from claims_cli.across.changes import Comparing
from claims_cli.across.comparison import Comparison
from claims_cli.across.reading import Read, read_all, without_doubles
from claims_cli.across.relations import Change, Relation, Relations
from claims_cli.across.statements import DENIAL, NO_COMMENT, Statement, weights
from claims_cli.across.topics import REST, topics_of
from claims_cli.across.vocabulary import Vocabulary

DENIED, REFUSED, UNSAID, CHANGED, PERHAPS = "denial", "refusal", "not said", "changed?", "perhaps changed?"
AGAIN, ALTERED, DESCRIBED = "again", "altered", "perhaps"
NONE = Relation()
UNDATED = "no date"


@dataclass(frozen=True)
class Entry:
    """A statement of the line, what it is about, and how it stands to earlier ones."""

    statement: Statement
    topic: str
    relation: Relation = NONE

    @property
    def change(self) -> Change | None:
        """What it changes."""
        return self.relation.change

    @property
    def marks(self) -> tuple[str, ...]:
        """What stands out in it."""
        claim, relation = self.statement.claim, self.relation
        named = (DESCRIBED,) * self.statement.perhaps
        named += {DENIAL: (DENIED,), NO_COMMENT: (REFUSED,)}.get(claim.type, (UNSAID,) * claim.negated)
        if relation.change is not None:
            return (*named, CHANGED if relation.change.sure else PERHAPS)
        return (*named, *(AGAIN,) * bool(relation.again), *(ALTERED,) * bool(relation.altered))

    @property
    def date(self) -> str:
        """The day of its document, or that there is none."""
        return self.statement.day or UNDATED


@dataclass(frozen=True)
class Line:
    """What one speaker said.

    Attributes:
        speaker: the name across the documents; entries: by topic, the largest first, in each by date.
        perhaps: what only a description in an article that names no other such person gives to the speaker.
    """

    speaker: str
    entries: tuple[Entry, ...]
    perhaps: tuple[Entry, ...] = ()

    def by_topic(self) -> Iterator[tuple[str, list[Entry]]]:
        """The topics, each with its entries."""
        groups: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            groups[entry.topic].append(entry)
        yield from groups.items()

    def by_month(self) -> list[tuple[str, int]]:
        """How many statements each month has, those without a date last."""
        counts = Counter(entry.statement.day[:7] if entry.statement.day else UNDATED for entry in self.entries)
        return sorted(counts.items(), key=lambda item: (item[0] == UNDATED, item[0]))


def line(
    speaker: str, own: Sequence[Statement], everything: list[Statement], vocabulary: Vocabulary, printings: Comparing,
    perhaps: Sequence[Statement] = (), topic: str | None = None, model: str | None = None,
) -> Line:  # fmt: skip
    """The line of one speaker.

    Args:
        own: the statements of the speaker; everything: those of the store, by which rare words are told.
        printings: tells how two printings of one statement differ.
        perhaps: statements that are only likely those of the speaker.
        topic: words that the statements must hold; model: another spaCy pipeline.

    Raises:
        ModelMissing: the model is not installed.
    """
    told = without_doubles([*own, *perhaps], vocabulary)
    ordered = sorted(told, key=lambda one: (one.day is None, one.day or "", one.claim.doc, one.claim.start))
    read = read_all(ordered, vocabulary, model)
    weight = weights(everything)
    relations = Relations(Comparison(vocabulary, weight), printings).of(read)
    places = {id(one): place for place, one in enumerate(ordered)}
    related = taken_up(read)
    related += [(places[id(earlier)], place) for place, one in relations.items() for earlier in one.earlier]
    names = topics_of(read, weight, vocabulary, vocabulary.keys(speaker), related)
    entries = [
        Entry(one, name, relations.get(place, NONE))
        for place, (one, name) in enumerate(zip(ordered, names, strict=True))
    ]
    told_of = grouped(about(entries, topic, vocabulary))
    sure, likely = ([one for one in told_of if one.statement.perhaps is described] for described in (False, True))
    return Line(speaker, tuple(sure), tuple(sorted(likely, key=lambda one: one.date)))


def taken_up(read: Sequence[Read]) -> list[tuple[int, int]]:
    """The places of statements behind one another of which the later one is of what is done in the earlier one.

    `We will close it. The closure would save money.`
    """
    return [
        (place, place + 1)
        for place, (one, other) in enumerate(pairwise(read))
        if one.statement.claim.doc == other.statement.claim.doc
        and {clause.predicate for clause in one.clauses if clause.tells} & {k for c in other.clauses for k in c.subject}
    ]


def about(entries: Iterable[Entry], topic: str | None, vocabulary: Vocabulary) -> list[Entry]:
    """The entries that hold some words, in the statement or in what it is about."""
    wanted = vocabulary.keys(topic or "")
    return [entry for entry in entries if wanted <= entry.statement.keys | vocabulary.keys(entry.topic)]


def grouped(entries: list[Entry]) -> list[Entry]:
    """Entries by topic, the largest first, what shares no topic last."""
    sizes = Counter(entry.topic for entry in entries)
    return sorted(entries, key=lambda entry: (entry.topic == REST, -sizes[entry.topic], entry.topic))
