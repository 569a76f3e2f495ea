"""Statements of different speakers of which one denies, contradicts or questions the other.

What may be a pair is looked up by the words that both have, in the same document first, then in documents of days
near by; only pairs in which a word denies, negates, doubts, counts or has an opposite are parsed and compared.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import combinations

from claims_cli.across import DAYS
from claims_cli.across.contrasts import DENIES, Comparison, Contrast, Read
from claims_cli.across.reading import ATTITUDE, read_all, without_doubles
from claims_cli.across.statements import DENIAL, NO_COMMENT, QUESTION, Statement
from claims_cli.across.vocabulary import WORD, Vocabulary

MOST_AT_KEY = 60  # statements of one document, or of all, that a word may have for pairs to be looked up by it
FEWEST_SHARED = 2
SMALL = 300  # statements of a store in which nothing is rare


@dataclass(frozen=True)
class Dispute:
    """Two statements.

    Attributes:
        one: that which denies, contradicts or questions; other: what it is against.
        contrast: how, and in which words.
        days: how many days lie between their documents; None where that is not told.
        again: further pairs of the same words, in other documents.
    """

    one: Statement
    other: Statement
    contrast: Contrast
    days: int | None
    again: tuple[tuple[Statement, Statement], ...] = field(default=())

    @property
    def is_in_one_document(self) -> bool:
        """Whether both stand in one document."""
        return self.one.claim.doc == self.other.claim.doc


class Pairs:
    """Finds the pairs that are worth comparing.

    Args:
        days: how many days may lie between documents.
    """

    def __init__(self, statements: list[Statement], vocabulary: Vocabulary, days: int = DAYS):
        said = [one for one in without_doubles(statements, vocabulary) if not one.claim.negated]
        self.statements = [one for one in said if self.is_somebodys(one, vocabulary)]
        self.vocabulary = vocabulary
        self.days = days
        self.signals = [signals(one, vocabulary) for one in self.statements]

    @staticmethod
    def is_somebodys(one: Statement, vocabulary: Vocabulary) -> bool:
        """Whether words beside pronouns say who makes a statement, and it says something."""
        return one.claim.type != NO_COMMENT and any(map(vocabulary.tells, one.name_words))

    def found(self) -> list[tuple[Statement, Statement]]:
        """The pairs, those of one document first, in order."""
        within = [pair for members in self.by_document.values() for pair in self.sharing(members)]
        across = [pair for pair in self.sharing(range(len(self.statements))) if self.is_near(*pair)]
        pairs = dict.fromkeys((*within, *across))
        return [(self.statements[one], self.statements[other]) for one, other in pairs if self.is_pair(one, other)]

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
            for key in self.statements[place].keys:
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
        if in_one and short:
            return True  # `denied the fraud` has only one word
        return rare >= FEWEST_SHARED or len(first.keys & second.keys) >= FEWEST_SHARED + (not in_one)

    def is_signalled(self, one: int, other: int) -> bool:
        """Whether a word in one of two statements may set it against the other."""
        own, others = self.signals[one], self.signals[other]
        if own.negated != others.negated or (own.numbers and others.numbers and own.numbers != others.numbers):
            return True
        return any((key, against) in self.vocabulary.opposites for key in own.opposed for against in others.opposed)

    def is_pair(self, one: int, other: int) -> bool:
        """Whether two statements are of different speakers, and none stands inside the other."""
        first, second = self.statements[one], self.statements[other]
        return not (are_of_one(first, second, self.vocabulary) or first.is_inside(second))

    def is_near(self, one: int, other: int) -> bool:
        """Whether two statements are of different documents of days near by."""
        first, second = self.statements[one], self.statements[other]
        between = days_between(first, second)
        return first.claim.doc != second.claim.doc and between is not None and between <= self.days


@dataclass(frozen=True)
class Signals:
    """What in a statement may set it against another: how often it negates, its numbers, its words with opposites."""

    negated: int
    numbers: frozenset[str]
    opposed: frozenset[str]


def signals(one: Statement, vocabulary: Vocabulary) -> Signals:
    """The signals of a statement."""
    words = [word.casefold().replace("’", "'") for word in WORD.findall(one.claim.content.text)]
    negated = sum(word in vocabulary.negators or word.endswith("n't") for word in words)
    negated += len(one.keys & vocabulary.turning)
    negated += one.claim.type in (DENIAL, QUESTION)
    numbers = frozenset(word for word in words if word[0].isdigit() or word in vocabulary.values)
    stance = {vocabulary.key(one.claim.cue_lemma)} if one.claim.type == ATTITUDE and one.claim.cue_lemma else set()
    return Signals(negated, numbers, (one.keys | stance) & vocabulary.opposed)


def are_of_one(one: Statement, other: Statement, vocabulary: Vocabulary) -> bool:
    """Whether two statements are, or may be, of one speaker: the name of one holds that of the other."""
    if one.speakers & other.speakers:
        return True
    own, others = ({word for word in side.name_words if vocabulary.tells(word)} for side in (one, other))
    return own <= others or others <= own


def days_between(one: Statement, other: Statement) -> int | None:
    """The days between the documents of two statements; None where one has no date."""
    if one.day is None or other.day is None:
        return None
    try:
        return abs((date.fromisoformat(one.day) - date.fromisoformat(other.day)).days)
    except ValueError:
        return None


def disputes(
    statements: list[Statement], vocabulary: Vocabulary, days: int = DAYS, model: str | None = None
) -> list[Dispute]:
    """The disputes among statements: those of one document first, sure ones before doubtful ones.

    Args:
        days: how many days may lie between documents; model: another spaCy pipeline.

    Raises:
        ModelMissing: the model is not installed.
    """
    pairs = Pairs(statements, vocabulary, days).found()
    wanted = {id(one): one for pair in pairs for one in pair}
    read = dict(zip(wanted, read_all(wanted.values(), vocabulary, model), strict=True))
    comparison = Comparison(vocabulary, weights(statements))
    found = [dispute_of(read[id(one)], read[id(other)], comparison) for one, other in pairs]
    found += [without_words(denial, statements, vocabulary) for denial in statements if is_bare(denial, vocabulary)]
    joined = once(dispute for dispute in found if dispute is not None)
    return sorted(joined, key=lambda dispute: (not dispute.contrast.sure, not dispute.is_in_one_document))


def is_bare(one: Statement, vocabulary: Vocabulary) -> bool:
    """Whether a denial does not say what it denies (`denied the allegations`)."""
    if (
        one.claim.type != DENIAL
        or one.claim.negated
        or one.reported
        or one.claim.cue_lemma not in vocabulary.words("denying")
    ):
        return False
    return bool(one.keys) and one.keys <= frozenset(map(vocabulary.key, vocabulary.words("sayings")))


def without_words(denial: Statement, statements: list[Statement], vocabulary: Vocabulary) -> Dispute | None:
    """A denial that does not say what it denies, beside the nearest that somebody blames who denies it for."""
    name = frozenset(vocabulary.key(word) for word in denial.name_words if vocabulary.tells(word))
    blaming = [
        one for one in statements
        if one.claim.doc == denial.claim.doc and one.claim.cue_lemma in vocabulary.words("accusing")
        and one.keys & name and not are_of_one(one, denial, vocabulary)
    ]  # fmt: skip
    if not blaming:
        return None
    nearest = min(blaming, key=lambda one: abs(one.claim.start - denial.claim.start))
    why = f"“{denial.text}”, and does not say which; the other lays blame nearest by"
    return Dispute(denial, nearest, Contrast(DENIES, why, False, nearest.keys & name), 0)


def dispute_of(one: Read, other: Read, comparison: Comparison) -> Dispute | None:
    """The dispute of two statements, whichever of them is against the other; None where there is none."""
    contrast, first, second = comparison.of(one, other), one.statement, other.statement
    if contrast is None:
        contrast, first, second = comparison.of(other, one), other.statement, one.statement
    if contrast is None:
        return None
    return Dispute(first, second, contrast, days_between(first, second))


def weights(statements: list[Statement]):
    """How telling a key is: the logarithm, of base ten, of how many statements there are to one that has it."""
    held = Counter(key for one in statements for key in one.keys)
    whole = max(len(statements), SMALL)

    def weight(key: str) -> float:
        return math.log10(whole / max(held[key], 1)) + 0.1

    return weight


def once(found: Iterable[Dispute]) -> list[Dispute]:
    """Each dispute once, though the same words stand in several documents; further places are kept with the first."""
    first: dict[tuple[str, ...], Dispute] = {}
    for dispute in found:
        own, others = (" ".join(side.claim.content.text.casefold().split()) for side in (dispute.one, dispute.other))
        key = (own, others, *sorted(dispute.one.speakers), *sorted(dispute.other.speakers))
        known = first.get(key)
        again = (dispute.one, dispute.other)
        first[key] = dispute if known is None else replace(known, again=(*known.again, again))
    return list(first.values())
