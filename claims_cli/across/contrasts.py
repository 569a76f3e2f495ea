"""What two statements have in common, and in what they are against each other."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from claims_cli.across.clauses import Clause
from claims_cli.across.reading import Read
from claims_cli.across.replies import Replies
from claims_cli.across.syntax import ANYBODY, DONE, MISSING, SELF, TAKEN_UP
from claims_cli.across.vocabulary import WORD, Vocabulary

DENIES, CONTRADICTS, QUESTIONS, NUMBERS = KINDS = ("denies", "contradicts", "questions", "other number")
SAME, UNKNOWN, OTHER = "same", "unknown", "other"
HALF = 0.5
FEW = 2  # words more that one of two things may have


@dataclass(frozen=True)
class Contrast:
    """In what two statements are against each other.

    Attributes:
        kind: one of `KINDS`, of what the first does to the second; why: in words.
        sure: whether the words leave little doubt.
        shared: the keys of what both are about.
    """

    kind: str
    why: str
    sure: bool
    shared: frozenset[str]


@dataclass(frozen=True)
class Likeness:
    """Whether two statements are about one thing, and of whom.

    Attributes:
        weight: how telling a key is, the rarer the more.
        replies: which statements stand behind one another.
    """

    vocabulary: Vocabulary
    weight: Callable[[str], float]
    replies: Replies

    def of_one(self, own: Clause, one: Read, others: Clause, other: Read) -> str:
        """Whether two clauses are of one subject."""
        if SELF in (own.form, others.form):
            if own.form == others.form:
                return SAME if one.statement.speakers & other.statement.speakers else OTHER
            return self.of_speaker(others, other, one) if own.form == SELF else self.of_speaker(own, one, other)
        if ANYBODY in (own.form, others.form):
            return SAME
        if DONE in (own.form, others.form) and (own.subject or own.head) and (others.subject or others.head):
            patients = overlap(own.subject or own.head, others.subject or others.head)
            return SAME if patients == SAME else UNKNOWN  # `the invoices were forged`, `the invoices are genuine`
        if {TAKEN_UP, DONE, MISSING} & {own.form, others.form}:
            return UNKNOWN
        if own.named and others.named and not own.named & others.named:
            return UNKNOWN if own.subject & others.objects or others.subject & own.objects else OTHER
        crossed = own.subject & others.objects or others.subject & own.objects
        found = overlap(own.subject, others.subject)
        return UNKNOWN if found == OTHER and crossed else found

    def of_speaker(self, clause: Clause, told: Read, speaker: Read) -> str:
        """Whether the subject of a clause is the speaker of another statement."""
        if clause.form in (TAKEN_UP, DONE, MISSING, ANYBODY):
            return UNKNOWN
        if clause.form == SELF:
            return SAME if told.statement.speakers & speaker.statement.speakers else OTHER
        if self.is_called(clause, speaker):
            return SAME
        is_named = speaker.statement.claim.named
        if clause.named & self.keys_of("people.person") and is_named and self.name_keys(speaker) & self.context(told):
            return SAME  # `the player`, under a title that names who speaks
        is_person = speaker.statement.claim.speaker_kind == "person"
        return (
            UNKNOWN
            if clause.named & (self.keys_of("people.person") if is_person else self.keys_of("people.organization"))
            else OTHER
        )

    def is_called(self, clause: Clause, speaker: Read) -> bool:
        """Whether a subject has words of a speaker's name or title, of one without a name most of them."""
        if not speaker.statement.claim.named and overlap(clause.subject, self.name_keys(speaker)) != SAME:
            return False
        return bool(clause.subject & (self.name_keys(speaker) | self.role_keys(speaker)))

    def keys_of(self, group: str) -> frozenset[str]:
        """What the words of a group are compared by, made once: every pair of clauses asks."""
        if group not in self.known_keys:
            self.known_keys[group] = frozenset(map(self.vocabulary.key, self.vocabulary.words(group)))
        return self.known_keys[group]

    @cached_property
    def known_keys(self) -> dict[str, frozenset[str]]:
        """What `keys_of` has made."""
        return {}

    def titles(self, read: Read) -> frozenset[str]:
        """What the title of a statement's document is about."""
        return self.vocabulary.keys(read.statement.claim.title or "")

    def context(self, read: Read) -> frozenset[str]:
        """What stands around a statement: the title of its document, and its sentence."""
        claim = read.statement.claim
        return self.vocabulary.keys(f"{claim.title or ''} {claim.sentence}")

    def name_keys(self, read: Read) -> frozenset[str]:
        """What the words of a speaker's name are compared by."""
        return frozenset(self.vocabulary.key(word) for word in read.statement.name_words if self.vocabulary.tells(word))

    def role_keys(self, read: Read) -> frozenset[str]:
        """What names and words for persons in a speaker's title are compared by (`Northgate's director`)."""
        words = WORD.findall(read.statement.claim.speaker_role or "")
        own = frozenset(self.vocabulary.key(word) for word in words)
        return (own & self.keys_of("people.person")) | frozenset(
            self.vocabulary.key(word) for word in words if word[0].isupper()
        )

    def share(self, shared: Iterable[str], whole: Iterable[str]) -> float:
        """How much of what a statement is about is shared, the rare words counting more."""
        everything = sum(map(self.weight, whole))
        return sum(map(self.weight, shared)) / everything if everything else 0.0

    def tells(self, shared: Iterable[str]) -> bool:
        """Whether what is shared is not met everywhere."""
        return any(self.weight(key) >= 1 for key in shared)

    def is_reply(self, one: Read, other: Read) -> bool:
        """Whether one of two statements stands next behind the other."""
        return self.replies.is_reply(one.statement, other.statement) or self.replies.is_reply(
            other.statement, one.statement
        )

    def surface(self, shared: frozenset[str], read: Read) -> str:
        """What is shared, in the words of a statement."""
        words = WORD.findall(read.statement.claim.content.text)
        keys = {self.vocabulary.key(word): word for word in reversed(words)}
        lemmas = [word for key, word in reversed(keys.items()) if key in shared]
        return ", ".join(lemmas) or ", ".join(sorted(shared))


def together(one: Read, other: Read) -> bool:
    """Whether two statements stand in one document."""
    return one.statement.claim.doc == other.statement.claim.doc


def overlap(one: frozenset[str], other: frozenset[str]) -> str:
    """Whether two sets of words name the same."""
    shared = len(one & other)
    if not shared:
        return OTHER
    least, most = sorted((len(one), len(other)))
    return SAME if shared >= HALF * most or (shared == least and most - least <= FEW) else UNKNOWN


def of_things(own: Clause, others: Clause) -> str:
    """Whether two clauses say something of the same things beside their subjects."""
    if own.head and others.head and not own.head & others.head:
        return OTHER
    if not own.objects and not others.objects:
        return UNKNOWN if own.takes_up or others.takes_up else SAME
    if not own.objects or not others.objects:
        return UNKNOWN
    return overlap(own.objects, others.objects)
