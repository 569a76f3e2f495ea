"""The statements that recur in a store: every version as it is written, in order of date, with what was changed."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from claims_cli.across.changes import VERBATIM, Comparing, Difference
from claims_cli.across.recurring import may_be_one
from claims_cli.across.same_as import statements, words_of
from claims_cli.across.wire import Wire, article_of
from claims_cli.across.wording import Wording
from claims_cli.articles.duplicates import Sketch, SketchedArticle
from claims_cli.choice import Choice
from claims_cli.claim import Claim, Duplicate
from claims_cli.codec import claim_of
from claims_cli.rulebook import RuleSources
from claims_cli.store.queries import Further
from claims_cli.store.reading import COLUMNS, Reader

FEWEST_WORDS = 80  # of an article that may be nearly another
LEAST_BESIDE = 4  # times the words of a statement: a shorter article is like another by the statement alone
LAST = "9999"  # after every date: a version whose date nobody knows is not the first


@dataclass(frozen=True)
class Version:
    """A statement as one document has it.

    Attributes:
        difference: from the first version.
        is_first: whether none is older; of several of one day, each is.
        wire: words that say that the article is an agency's, or partly; None where none do.
        copy_of: the document of an earlier version whose article is the same, or nearly; None where there is none.
    """

    claim: Claim
    difference: Difference
    is_first: bool
    wire: str | None = None
    copy_of: str | None = None

    @property
    def is_copied(self) -> bool:
        """Whether it came with wire copy."""
        return self.wire is not None or self.copy_of is not None


@dataclass(frozen=True)
class Quotation:
    """A statement that recurs.

    Attributes:
        versions: by date, those without one last; the first is what the others are compared with.
        names: who is named as its speaker in any version, most often named first.
    """

    versions: tuple[Version, ...]
    names: tuple[str, ...]

    @property
    def first(self) -> Version:
        """The version that the others are compared with."""
        return self.versions[0]

    @cached_property
    def outlets(self) -> tuple[str, ...]:
        """The outlets that have it, as far as they are known, in the order in which they had it."""
        return tuple(dict.fromkeys(version.claim.outlet for version in self.versions if version.claim.outlet))

    @cached_property
    def documents(self) -> tuple[str, ...]:
        """The documents that have it."""
        return tuple(dict.fromkeys(version.claim.doc for version in self.versions))

    @property
    def first_date(self) -> str | None:
        """When it first appeared; None where no date is known."""
        return self.first.claim.date

    @property
    def nobody(self) -> int:
        """How many versions do not name who said it."""
        return sum(not version.claim.named for version in self.versions)

    @property
    def undated(self) -> int:
        """How many versions have no date."""
        return sum(version.claim.date is None for version in self.versions)

    @property
    def alters(self) -> tuple[str, ...]:
        """Why versions are another statement than the first, each reason once."""
        return tuple(dict.fromkeys(why for version in self.versions for why in version.difference.alters))

    @property
    def copied(self) -> int:
        """How many versions came with wire copy."""
        return sum(version.is_copied for version in self.versions)


class Quotations:
    """Asks a store for what recurs in it.

    Args:
        sources: where the words stand by which statements are compared.
    """

    def __init__(self, reader: Reader, sources: RuleSources):
        self.reader = reader
        self.sources = sources
        wording = Wording(words_of(sources))
        self.comparing = Comparing(wording)
        self.wire = Wire(wording)
        self.names = {one.id: one.name for one in reader.identities()}
        self.known: dict[tuple[str, int], tuple[str | None, SketchedArticle]] = {}  # of articles

    def found(self, choice: Choice, further: Further, min_outlets: int = 0, altered: bool = False) -> list[Quotation]:
        """The statements of which some version is asked for, each with all its versions; what most have goes first.

        Versions are shown from the confidence, and of the types, that are asked for. The tally counts those claims.

        Args:
            min_outlets: the fewest outlets that have it.
            altered: only those of which a version is another statement than the first.
        """
        wanted = self.numbers(choice, further)
        every = replace(choice.query, speakers=(), kinds=None, unnamed=False, quotes=None, cues=(), pattern=None,
                        bases=None, outlets=(), after=None, before=None, negated=False)  # fmt: skip
        shown = self.numbers(Choice(every), Further())
        groups = [group for group in statements(self.reader.connection, self.sources) if not wanted.isdisjoint(group)]
        claims = self.claims({number for group in groups for number in group if number in shown})
        made = (self.quotation([claims[number] for number in group if number in claims]) for group in groups)
        found = [one for one in made if one is not None and len(one.outlets) >= min_outlets]
        found = [one for one in found if one.alters] if altered else found
        found.sort(key=lambda one: (-len(one.outlets), -len(one.documents), one.first_date or LAST, one.first.claim.id))
        found = found[: choice.query.limit]
        choice.tally.shown = sum(len(one.versions) for one in found)
        return [self.with_wire(one) for one in found]

    def numbers(self, choice: Choice, further: Further) -> set[int]:
        """The numbers of the claims that options ask for."""
        self.reader.narrow(choice, further)
        return {number for (number,) in self.reader.connection.execute("SELECT number FROM chosen")}

    def claims(self, numbers: Iterable[int]) -> dict[int, tuple[Claim, frozenset[str]]]:
        """Claims by their numbers, each with the ids of those who are named as its speaker."""
        query = f"SELECT number, {', '.join(COLUMNS)} FROM claims WHERE number IN (SELECT value FROM json_each(?))"
        asked = json.dumps(sorted(numbers))
        rows = self.reader.connection.execute(query, (asked,))
        found: dict[int, tuple[Claim, set[str]]] = {number: (claim_of(row), set()) for number, *row in rows}
        query = (
            "SELECT claim, speakers.id FROM claim_speakers JOIN speakers ON speakers.id = speaker "
            "WHERE speakers.named AND claim IN (SELECT value FROM json_each(?))"
        )
        for number, speaker in self.reader.connection.execute(query, (asked,)):
            found[number][1].add(speaker)
        return {number: (claim, frozenset(names)) for number, (claim, names) in found.items()}

    def quotation(self, claims: list[tuple[Claim, frozenset[str]]]) -> Quotation | None:
        """Claims as versions of one statement; None where only one document has it."""
        if len({claim.doc for claim, _ in claims}) < 2:
            return None
        claims = sorted(claims, key=lambda one: order_of(one[0]))
        first, names = claims[0]
        versions = tuple(
            Version(
                claim,
                self.difference(first, claim, bool(names and own and not may_be_one(names, own))),
                first.date is not None and claim.date == first.date,
            )
            for claim, own in claims
        )
        counts = Counter(speaker for _, own in claims for speaker in sorted(own))
        return Quotation(versions, tuple(self.names[speaker] for speaker, _ in counts.most_common()))

    def difference(self, first: Claim, claim: Claim, other_speaker: bool) -> Difference:
        """How a version differs from the first."""
        if claim.content.text == first.content.text and not other_speaker:
            return Difference(VERBATIM, (), 0)
        quoted = "indirect" not in (first.quote, claim.quote)
        return self.comparing.difference(first.content.text, claim.content.text, quoted, other_speaker)

    def with_wire(self, one: Quotation) -> Quotation:
        """A statement with what is known of each version's article: the agency that wrote it, and whose copy it is."""
        told = [self.article(version.claim) for version in one.versions]
        most = max(len(version.claim.content.text.split()) for version in one.versions)
        copies = self.wire.copies([article for _, article in told])
        versions = []
        for version, (credit, article), copy in zip(one.versions, told, copies, strict=True):
            copied = copy is not None and is_copy(version.claim, article, copy, most)
            versions.append(replace(version, wire=credit, copy_of=copy.path if copy and copied else None))
        return replace(one, versions=tuple(versions))

    def article(self, claim: Claim) -> tuple[str | None, SketchedArticle]:
        """What credits the article of a claim to an agency, and by what it is recognised; read once."""
        key = (claim.doc, claim.article)
        if key not in self.known:
            document = self.reader.document(claim.doc)
            article = article_of(document, claim)
            self.known[key] = (self.wire.credit(document, article), SketchedArticle(*key, Sketch.of(document, article)))
        return self.known[key]


def is_copy(claim: Claim, article: SketchedArticle, copy: Duplicate, words: int) -> bool:
    """Whether an article is another document's beside a statement of so many words, which the two have in any case."""
    return copy.path != claim.doc and (
        copy.share == 1 or article.sketch.words >= max(FEWEST_WORDS, LEAST_BESIDE * words)
    )


def order_of(claim: Claim) -> tuple:
    """The order of versions: by date, those without one last, of one day the longest first."""
    return claim.date is None, claim.date or "", -len(claim.content.text), claim.doc, claim.start
