"""Which pairs of statements are worth comparing.

What may be a pair is looked up by the words that both have, in the same document first, then in documents of days
near by; only pairs in which a word denies, negates, doubts, counts or has an opposite are parsed and compared.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations

from claims_cli.across import DAYS
from claims_cli.across.reading import ATTITUDE, is_doubt, selves, without_doubles
from claims_cli.across.replies import Replies
from claims_cli.across.statements import DENIAL, NO_COMMENT, QUESTION, Statement
from claims_cli.across.vocabulary import WORD, Vocabulary
from claims_cli.names import folded_name

MOST_AT_KEY = 60  # statements of one document, or of all, that a word may have for pairs to be looked up by it
FEWEST_SHARED = 2
PERSON, BODIES = "person", ("organization", "group")
NAME = re.compile(r"\b[^\W\d_a-z][^\W\d_]+")


class Pairs:
    """Finds the pairs that are worth comparing.

    Args:
        replies: which statements stand behind one another.
        days: how many days may lie between documents.
    """

    def __init__(self, statements: list[Statement], vocabulary: Vocabulary, replies: Replies, days: int = DAYS):
        said = [one for one in without_doubles(statements, vocabulary) if not one.claim.negated]
        self.statements = [one for one in said if self.is_somebodys(one, vocabulary)]
        self.vocabulary = vocabulary
        self.replies = replies
        self.days = days
        self.signals = [signals(one, vocabulary) for one in self.statements]
        self.titles = titles_of(statements, vocabulary)
        self.keys = [one.keys | of_oneself(one, vocabulary) for one in self.statements]

    @staticmethod
    def is_somebodys(one: Statement, vocabulary: Vocabulary) -> bool:
        """Whether words beside pronouns say who makes a statement, and it says something."""
        return one.claim.type != NO_COMMENT and any(map(vocabulary.tells, one.name_words))

    def found(self) -> list[tuple[Statement, Statement]]:
        """The pairs, those of one document first, in order."""
        within = [pair for members in self.by_document.values() for pair in self.sharing(members)]
        across = [pair for pair in self.sharing(range(len(self.statements))) if self.is_near(*pair)]
        pairs = dict.fromkeys((*self.announced(), *within, *across))
        return [(self.statements[one], self.statements[other]) for one, other in pairs if self.is_pair(one, other)]

    def announced(self) -> Iterator[tuple[int, int]]:
        """The statements before which stands that what is said before them is denied, each with that."""
        places = {id(one): place for place, one in enumerate(self.statements)}
        for one in self.statements:
            other = self.replies.before(one) if self.replies.announced(one) else None
            if other is not None and id(other) in places:
                yield tuple(sorted((places[id(one)], places[id(other)])))  # type: ignore[misc]

    @cached_property
    def by_document(self) -> dict[str, list[int]]:
        """The places of the statements of each document."""
        found: dict[str, list[int]] = defaultdict(list)
        for place, one in enumerate(self.statements):
            found[one.claim.doc].append(place)
        return found

    def sharing(self, members: Iterable[int]) -> Iterator[tuple[int, int]]:
        """The pairs of some statements that share words which few of them have."""
        at: dict[str, list[int]] = defaultdict(list)
        for place in members:
            for key in self.keys[place]:
                at[key].append(place)
        shared: Counter[tuple[int, int]] = Counter()
        for places in at.values():
            if len(places) <= MOST_AT_KEY:
                shared.update(pair for pair in combinations(places, 2) if self.is_signalled(*pair))
        yield from sorted(pair for pair, number in shared.items() if self.is_enough(*pair, number))

    def is_enough(self, one: int, other: int, rare: int) -> bool:
        """Whether two statements share enough words, so many `rare` ones among them."""
        first, second = self.statements[one], self.statements[other]
        in_one = first.claim.doc == second.claim.doc
        short = any(side.claim.type == DENIAL and len(side.keys) <= FEWEST_SHARED for side in (first, second))
        if in_one and (short or self.replies.is_reply(first, second) or self.replies.is_reply(second, first)):
            return True  # `denied the fraud` has only one word
        return rare >= FEWEST_SHARED or len(self.keys[one] & self.keys[other]) >= FEWEST_SHARED + (not in_one)

    def is_signalled(self, one: int, other: int) -> bool:
        """Whether a word in one of two statements may set it against the other."""
        own, others = self.signals[one], self.signals[other]
        if own.negated != others.negated or (own.numbers and others.numbers and own.numbers != others.numbers):
            return True
        return any(self.vocabulary.are_opposed(key, against) for key in own.opposed for against in others.opposed)

    def is_pair(self, one: int, other: int) -> bool:
        """Whether two statements are of different speakers, and none stands inside the other."""
        first, second = self.statements[one], self.statements[other]
        if are_of_one(first, second, self.vocabulary) or first.is_inside(second):
            return False
        return not (self.is_voice(first, second) or self.is_voice(second, first))

    def is_voice(self, one: Statement, other: Statement) -> bool:
        """Whether the first is made by who heads, or speaks for, the organization that makes the second."""
        if one.claim.speaker_kind != PERSON or other.claim.speaker_kind not in BODIES:
            return False
        key = self.vocabulary.key
        name = {key(word) for word in other.name_words if self.vocabulary.tells(word)}
        told = set() if other.claim.named else set(map(key, NAME.findall(other.claim.content.text)))
        titles = [title for speaker in one.speakers for title in self.titles[speaker] if title & self.voices]
        return any((name and name <= title) or len(told & title) >= FEWEST_SHARED for title in titles)

    @cached_property
    def voices(self) -> frozenset[str]:
        """What titles of who speaks for an organization are compared by."""
        return frozenset(map(self.vocabulary.key, self.vocabulary.words("voices")))

    def is_near(self, one: int, other: int) -> bool:
        """Whether two statements are of different documents of days near by."""
        first, second = self.statements[one], self.statements[other]
        between = days_between(first, second)
        return first.claim.doc != second.claim.doc and between is not None and between <= self.days


def titles_of(found: Iterable[Statement], vocabulary: Vocabulary) -> dict[str, set[frozenset[str]]]:
    """The keys of the words of each title of each speaker, by his id."""
    titles: dict[str, set[frozenset[str]]] = defaultdict(set)
    for one in found:
        for speaker in one.speakers if len(one.speakers) == 1 else ():
            titles[speaker].add(vocabulary.keys(one.claim.speaker_role or ""))
    return titles


def of_oneself(one: Statement, vocabulary: Vocabulary) -> frozenset[str]:
    """The keys of the name and the title of who says `I` or `we`: others call him so."""
    words = set(WORD.findall(one.claim.content.text.casefold()))
    if not words & selves(one, vocabulary):
        return frozenset()
    return vocabulary.keys(f"{one.name} {one.claim.speaker_role or ''}")


@dataclass(frozen=True)
class Signals:
    """What in a statement may set it against another: how often it negates, and turns what it says; its numbers, and
    its words with opposites."""

    negated: tuple[int, int]
    numbers: frozenset[str]
    opposed: frozenset[str]


def signals(one: Statement, vocabulary: Vocabulary) -> Signals:
    """The signals of a statement."""
    words = [word.casefold().replace("’", "'") for word in WORD.findall(one.claim.content.text)]
    negated = sum(word in vocabulary.negators or word.endswith("n't") for word in words)
    turned = len(one.keys & vocabulary.turning)
    negated += one.claim.type in (DENIAL, QUESTION) or is_doubt(one, vocabulary)
    negated += len(vocabulary.words("downward").intersection(words))
    numbers = frozenset(word for word in words if word[0].isdigit() or word in vocabulary.values)
    stance = {vocabulary.key(one.claim.cue_lemma)} if one.claim.type == ATTITUDE and one.claim.cue_lemma else set()
    return Signals((negated, turned), numbers, (one.keys | stance) & vocabulary.opposed)


def are_of_one(one: Statement, other: Statement, vocabulary: Vocabulary) -> bool:
    """Whether two statements are, or may be, of one speaker: the name of one holds that of the other."""
    if one.speakers & other.speakers or is_version(one, other):
        return True
    own, others = ({word for word in side.name_words if vocabulary.tells(word)} for side in (one, other))
    return own <= others or others <= own or is_described(one, other) or is_described(other, one)


def is_version(one: Statement, other: Statement) -> bool:
    """Whether one of two statements is the other in another document, and does not name who made it as that does."""
    return other.claim.id in one.claim.same_as and one.claim.named != other.claim.named


def is_described(one: Statement, other: Statement) -> bool:
    """Whether only a description tells who speaks, and it is the title of the other's speaker (`the minister`)."""
    role = set(folded_name(other.claim.speaker_role or "").split())
    words = {word for word in folded_name(one.claim.speaker or "").split() if len(word) > len("the")}
    return not one.claim.named and bool(words) and words <= role


def days_between(one: Statement, other: Statement) -> int | None:
    """The days between the documents of two statements; None where one has no date."""
    if one.day is None or other.day is None:
        return None
    try:
        return abs((date.fromisoformat(one.day) - date.fromisoformat(other.day)).days)
    except ValueError:
        return None
