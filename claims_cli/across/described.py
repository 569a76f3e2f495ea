"""Statements of whom an article only describes (`the minister`), where it names one alone whose title that is.

The title may stand in another article. That is likely and not certain, so that such statements are never put among
those of the person: a line lists them apart.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from claims_cli.across.roles import PARTS, RoleTable
from claims_cli.across.statements import Statement
from claims_cli.across.vocabulary import Vocabulary
from claims_cli.names import folded_name, holds_phrase

PERSON = "person"
SELDOM = 0.01  # of the titles that somebody is met with: what is no oftener may be a slip
Article = tuple[str, int | None]


@dataclass(frozen=True)
class Described:
    """Who may be meant by a description.

    Attributes:
        everything: the statements of a store; table: by which the noun of a title is found.
    """

    everything: Sequence[Statement]
    vocabulary: Vocabulary
    table: RoleTable

    def of(self, speaker: str) -> list[Statement]:
        """The statements that are likely those of one speaker, by his id, each marked as that."""
        return [
            replace(one, perhaps=True)
            for article in self.named if speaker in self.named[article]
            for one in self.articles[article] if self.is_his(one, article, speaker)
        ]  # fmt: skip

    def is_his(self, one: Statement, article: Article, speaker: str) -> bool:
        """Whether a description can in its article be only one speaker."""
        words = self.description(one)
        if not words or not self.has(speaker, words):
            return False
        if any(self.has(other, words) for other in self.mentioned(article) if other != speaker):
            return False
        longer = filter(None, map(self.description, self.articles[article]))
        return not any(self.fits(words, other) and not self.has(speaker, other) for other in longer)

    def description(self, one: Statement) -> tuple[str, ...]:
        """The words by which one person is described and not named, without the article; nothing where it is not so."""
        claim = one.claim
        first, *words = folded_name(claim.speaker or "").split() or [""]
        is_one = not claim.named and claim.speaker_kind == PERSON and len(one.speakers) == 1
        is_definite = first in self.vocabulary.words("reference.definite")
        return tuple(words) if is_one and is_definite else ()

    def has(self, speaker: str, words: Sequence[str]) -> bool:
        """Whether a description is a title of a speaker, and no slip among many others."""
        titles = self.titles.get(speaker, Counter())
        met = sum(count for title, count in titles.items() if self.fits(words, title))
        return met > SELDOM * titles.total()

    def fits(self, words: Sequence[str], title: Sequence[str]) -> bool:
        """Whether a description says no more than a title, of the same noun, and the title is no lower one."""
        noun, behind = self.table.parted(list(words))
        own, belonging = self.table.parted(list(title))
        if not noun or own[-len(noun) :] != noun or not set(behind) <= {*own, *belonging}:
            return False
        lower = self.vocabulary.words("people.former") | self.vocabulary.words("seconds")
        return lower.isdisjoint(own[: -len(noun)])

    def mentioned(self, article: Article) -> Iterator[str]:
        """The ids of named persons who speak in an article, or are told of where others do."""
        told = folded_name(
            " ".join({f"{one.claim.title or ''} {one.claim.sentence}" for one in self.articles[article]})
        )
        yield from (one for one, name in self.names.items() if holds_phrase(name.split()[-1], told))

    @cached_property
    def articles(self) -> dict[Article, list[Statement]]:
        """The statements of each article."""
        found: dict[Article, list[Statement]] = defaultdict(list)
        for one in self.everything:
            found[one.claim.doc, one.claim.article].append(one)
        return found

    @cached_property
    def named(self) -> dict[Article, set[str]]:
        """The ids of those whose names tell who speaks, by article."""
        found: dict[Article, set[str]] = defaultdict(set)
        for one in self.everything:
            if one.claim.named and len(one.speakers) == 1:
                found[one.claim.doc, one.claim.article] |= one.speakers
        return found

    @cached_property
    def names(self) -> dict[str, str]:
        """The name of each person who has a title, folded, by the id."""
        return {
            next(iter(one.speakers)): folded_name(one.name) for one in persons(self.everything)
            if one.name and self.titles.keys() & one.speakers
        }  # fmt: skip

    @cached_property
    def titles(self) -> dict[str, Counter[tuple[str, ...]]]:
        """How often each title of each person was met, folded, without the article."""
        found: dict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
        articles = self.vocabulary.words("reference.definite") | self.vocabulary.words("reference.indefinite")
        for one in persons(self.everything):
            words = folded_name(PARTS.split((one.claim.speaker_role or "").strip())[0]).split()
            told = tuple(words[1:] if words[:1] and words[0] in articles else words)
            if told:
                found[next(iter(one.speakers))][told] += 1
        return found


def persons(found: Iterable[Statement]) -> Iterator[Statement]:
    """The statements of one person with a name."""
    yield from (one for one in found if one.claim.named and one.claim.speaker_kind == PERSON and len(one.speakers) == 1)
