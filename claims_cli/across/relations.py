"""How a later statement of one speaker stands to an earlier one: changes it, says it again, is printed otherwise."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from claims_cli.across import DAYS
from claims_cli.across.agreements import Agreements
from claims_cli.across.changes import Comparing
from claims_cli.across.comparison import Comparison
from claims_cli.across.pairs import days_between
from claims_cli.across.reading import Read
from claims_cli.across.statements import Statement
from claims_cli.across.vocabulary import Vocabulary

MOST_AT_KEY = 200  # statements that a word may have for earlier ones to be looked up by it


@dataclass(frozen=True)
class Change:
    """What a statement changes: the earlier one, the words that differ, and whether they leave little doubt."""

    earlier: Statement
    why: str
    sure: bool


@dataclass(frozen=True)
class Relation:
    """How a statement stands to earlier ones.

    Attributes:
        changes: what it changes, the surest first, printings of one statement once.
        again: the first one that says the same; altered: that of which it is a printing that says something else.
    """

    changes: tuple[Change, ...] = ()
    again: Statement | None = None
    altered: Statement | None = None

    @property
    def change(self) -> Change | None:
        """The surest change."""
        return self.changes[0] if self.changes else None

    @property
    def earlier(self) -> Iterator[Statement]:
        """Those it stands to."""
        yield from (change.earlier for change in self.changes)
        yield from (one for one in (self.again, self.altered) if one is not None)


@dataclass
class Relations:
    """Finds what statements of one speaker, in order of their days, have to do with earlier ones.

    Attributes:
        printings: tells how two printings of one statement differ.
    """

    comparison: Comparison
    printings: Comparing
    found: dict[int, Relation] = field(default_factory=dict)

    def of(self, read: Sequence[Read]) -> dict[int, Relation]:
        """The relation of each statement, by its place, that has one."""
        agreements, vocabulary = Agreements(self.comparison.likeness), self.comparison.vocabulary
        at: dict[str, list[int]] = defaultdict(list)
        for place, one in enumerate(read):
            near = sorted({other for key in keys_of(one, vocabulary) for other in at[key][-MOST_AT_KEY:]})
            relation = self.relation(one, [read[other] for other in near], agreements)
            if relation is not None:
                self.found[place] = relation
            for key in one.statement.keys | vocabulary.keys(one.statement.claim.title or ""):
                at[key].append(place)
        return self.found

    def relation(self, one: Read, earlier: list[Read], agreements: Agreements) -> Relation | None:
        """The relation of one statement to those before it that share a word with it.

        What is only perhaps said by the speaker changes nothing for sure, and nothing stands to it.
        """
        earlier = [other for other in earlier if not other.statement.perhaps]
        printed = [other for other in earlier if are_printings(one.statement, other.statement)]
        same = next((other for other in printed if self.is_same(other, one)), None)
        if same is not None:
            return Relation(again=same.statement)
        if printed and not is_long_ago(one.statement, printed[-1].statement):
            return Relation(altered=printed[0].statement)
        before = [other for other in earlier if is_later(one.statement, other.statement)]
        changes = once(sorted(self.changes(one, before), key=lambda change: not change.sure))
        if changes:
            return Relation(tuple(changes))
        agreed = next((other for other in before if agreements.are_one(one, other)), None)
        return Relation(again=agreed.statement) if agreed is not None else None

    def changes(self, one: Read, before: list[Read]) -> Iterator[Change]:
        """What one changes of earlier statements, the latest first."""
        for other in reversed(before):
            contrast = self.comparison.of(one, other) or self.comparison.of(other, one)
            if contrast is not None:
                yield Change(other.statement, contrast.why, contrast.sure and not one.statement.perhaps)

    def is_same(self, before: Read, now: Read) -> bool:
        """Whether a printing says the same as an earlier one."""
        if is_long_ago(before.statement, now.statement) and next(self.changes(now, [before]), None) is not None:
            return False
        return not self.is_altered(before.statement, now.statement)

    def is_altered(self, before: Statement, now: Statement) -> bool:
        """Whether the words of a printing make it something else than an earlier one."""
        quoted = "indirect" not in (before.claim.quote, now.claim.quote)
        difference = self.printings.difference(before.claim.content.text, now.claim.content.text, quoted)
        return bool(difference.alters)


def once(changes: Iterable[Change]) -> list[Change]:
    """Changes without those of further printings of what another one changes."""
    found: list[Change] = []
    for change in changes:
        if not any(are_printings(change.earlier, other.earlier) for other in found):
            found.append(change)
    return found


def keys_of(one: Read, vocabulary: Vocabulary) -> frozenset[str]:
    """By what earlier statements are looked up: of a number that does not say of what, by the title too."""
    is_bare = any(clause.measures and not clause.subject for clause in one.clauses)
    return one.statement.keys | vocabulary.keys((is_bare and one.statement.claim.title) or "")


def are_printings(one: Statement, other: Statement) -> bool:
    """Whether two statements of different documents are printings of one."""
    if one.claim.doc == other.claim.doc:
        return False
    return one.claim.id == other.claim.id or other.claim.id in one.claim.same_as


def is_long_ago(one: Statement, other: Statement) -> bool:
    """Whether so many days lie between two statements that a person may have said something else since."""
    days = days_between(one, other)
    return days is not None and days > DAYS


def is_later(one: Statement, other: Statement) -> bool:
    """Whether a statement is of a later day than another."""
    return one.day is not None and other.day is not None and other.day < one.day
