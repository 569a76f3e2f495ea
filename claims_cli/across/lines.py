"""One speaker's statements over time: what they are about, what is denied or refused, and where the stance changed."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from claims_cli.across.comparison import Comparison
from claims_cli.across.disputes import weights
from claims_cli.across.reading import Read, read_all, without_doubles
from claims_cli.across.statements import DENIAL, NO_COMMENT, Statement
from claims_cli.across.topics import REST, topics_of
from claims_cli.across.vocabulary import Vocabulary

DENIED, REFUSED, UNSAID, CHANGED, PERHAPS = "denial", "refusal", "not said", "changed?", "perhaps changed?"
MOST_AT_KEY = 200  # statements that a word may have for changes to be looked up by it
UNDATED = "no date"


@dataclass(frozen=True)
class Change:
    """What a statement changes: the earlier one, the words that differ, and whether they leave little doubt."""

    earlier: Statement
    why: str
    sure: bool


@dataclass(frozen=True)
class Entry:
    """A statement of the line, and what it is about."""

    statement: Statement
    topic: str
    change: Change | None = None

    @property
    def marks(self) -> tuple[str, ...]:
        """What stands out in it."""
        claim, change = self.statement.claim, self.change
        named = {DENIAL: (DENIED,), NO_COMMENT: (REFUSED,)}.get(claim.type, (UNSAID,) * claim.negated)
        return (*named, CHANGED if change.sure else PERHAPS) if change is not None else named

    @property
    def date(self) -> str:
        """The day of its document, or that there is none."""
        return self.statement.day or UNDATED


@dataclass(frozen=True)
class Line:
    """What one speaker said.

    Attributes:
        speaker: the name across the documents; entries: by topic, the largest first, in each by date.
    """

    speaker: str
    entries: tuple[Entry, ...]

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
    speaker: str, own: Sequence[Statement], everything: list[Statement], vocabulary: Vocabulary,
    topic: str | None = None, model: str | None = None,
) -> Line:  # fmt: skip
    """The line of one speaker.

    Args:
        own: the statements of the speaker; everything: those of the store, by which rare words are told.
        topic: words that the statements must hold; model: another spaCy pipeline.

    Raises:
        ModelMissing: the model is not installed.
    """
    told = without_doubles(own, vocabulary)
    ordered = sorted(told, key=lambda one: (one.day is None, one.day or "", one.claim.doc, one.claim.start))
    read = read_all(ordered, vocabulary, model)
    weight = weights(everything)
    names = topics_of(read, weight, vocabulary.keys(speaker))
    changes = changes_of(read, Comparison(vocabulary, weight))
    entries = [
        Entry(one, name, changes.get(place)) for place, (one, name) in enumerate(zip(ordered, names, strict=True))
    ]
    return Line(speaker, tuple(grouped(about(entries, topic, vocabulary))))


def about(entries: Iterable[Entry], topic: str | None, vocabulary: Vocabulary) -> list[Entry]:
    """The entries that hold some words, in the statement or in what it is about."""
    wanted = vocabulary.keys(topic or "")
    return [entry for entry in entries if wanted <= entry.statement.keys | vocabulary.keys(entry.topic)]


def grouped(entries: list[Entry]) -> list[Entry]:
    """Entries by topic, the largest first, what shares no topic last."""
    sizes = Counter(entry.topic for entry in entries)
    return sorted(entries, key=lambda entry: (entry.topic == REST, -sizes[entry.topic], entry.topic))


def changes_of(read: Sequence[Read], comparison: Comparison) -> dict[int, Change]:
    """What each statement, by its place, changes of the latest of an earlier day that says the opposite."""
    found: dict[int, Change] = {}
    at: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(read):
        near = {other for key in one.statement.keys for other in at[key][-MOST_AT_KEY:]}
        changed = (change_of(one, read[other], comparison.of) for other in sorted(near, reverse=True))
        change = next((one for one in changed if one is not None), None)
        if change is not None:
            found[place] = change
        for key in one.statement.keys:
            at[key].append(place)
    return found


def change_of(later: Read, earlier: Read, compare: Callable) -> Change | None:
    """What a statement changes of one of an earlier day; None where nothing is seen to change."""
    days = earlier.statement.day, later.statement.day
    if days[0] is None or days[1] is None or days[0] >= days[1]:
        return None
    contrast = compare(later, earlier) or compare(earlier, later)
    return Change(earlier.statement, contrast.why, contrast.sure) if contrast is not None else None
