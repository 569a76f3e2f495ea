"""Whether two statements say the opposite of one thing, and in which words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from claims_cli.across.clauses import MISSING, NAMED, SELF, TAKEN_UP, Clause, Phrase, Standing
from claims_cli.across.measures import SHARE, Measure
from claims_cli.across.statements import DENIAL, NO_COMMENT, QUESTION, Statement
from claims_cli.across.vocabulary import WORD, Vocabulary

DENIES, CONTRADICTS, QUESTIONS, NUMBERS = KINDS = ("denies", "contradicts", "questions", "other number")
SAME, UNKNOWN, OTHER = "same", "unknown", "other"
WHOLE, NEARLY_ALL, MOST, HALF = 0.95, 0.75, 0.6, 0.5
FEW = 2
SILENT = (NO_COMMENT, QUESTION, "request")


@dataclass(frozen=True)
class Read:
    """A statement with its clauses, how each key of it stands, and the phrases that it is about."""

    statement: Statement
    clauses: tuple[Clause, ...]
    standings: Mapping[str, Standing]
    phrases: tuple[Phrase, ...] = ()


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


class Comparison:
    """Compares two statements.

    Args:
        weight: how telling a key is, the rarer the more.
    """

    def __init__(self, vocabulary: Vocabulary, weight: Callable[[str], float]):
        self.vocabulary = vocabulary
        self.weight = weight

    def of(self, one: Read, other: Read) -> Contrast | None:
        """What the first does to the second: denies, questions or contradicts it; None where neither is seen."""
        if one.statement.claim.negated or other.statement.claim.negated or self.is_silent(other):
            return None
        if one.statement.claim.type == DENIAL:
            return None if other.statement.claim.type == DENIAL else self.denied(one, other)
        if self.is_doubting(one):
            return self.questioned(one, other)
        if self.is_silent(one) or other.statement.claim.type == DENIAL:
            return None
        return self.contradicted(one, other)

    def is_silent(self, read: Read) -> bool:
        """Whether a statement does not say how anything is."""
        return read.statement.claim.type in SILENT

    def is_doubting(self, read: Read) -> bool:
        """Whether a statement doubts what it is about."""
        claim = read.statement.claim
        return claim.type == QUESTION and claim.cue_lemma in self.vocabulary.words("doubting")

    def denied(self, denial: Read, claim: Read) -> Contrast | None:
        """Whether one denies what the other says."""
        own = self.own_keys(denial)
        shared = own & claim.standings.keys()
        share = self.share(shared, own)
        negative = any(denial.standings[key].negated for key in own)
        if not shared or share < HALF:
            return None
        whole = len(shared) > FEW and share >= WHOLE  # where the parser may err, the words are enough
        standings = [claim.standings[key] for key in shared]
        if not all(stands(one, negative) or (whole and one.negated == negative) for one in standings):
            return None
        subject = self.denied_subject(denial, claim, shared)
        if subject == OTHER or (subject == UNKNOWN and not together(denial, claim)):
            return None
        if not self.is_of_words(denial):
            return None
        is_plain = denial.statement.claim.cue_lemma in self.vocabulary.words("denying") or denial.statement.reported
        enough = len(shared) > 1 or (subject == SAME and together(denial, claim))
        if not enough or (share < NEARLY_ALL and not is_plain):
            return None
        sure = is_plain and enough and share >= NEARLY_ALL and self.tells(shared)
        return Contrast(DENIES, f"what the other says: {self.surface(shared, claim)}", sure, shared)

    def is_of_words(self, denial: Read) -> bool:
        """Whether what is denied is what somebody says: one who rejects a plan, or disowns a person, denies nothing."""
        claim = denial.statement.claim
        if claim.cue_lemma in self.vocabulary.words("denying") or denial.statement.reported:
            return True
        said = {word.casefold().rstrip("s") for word in WORD.findall(claim.content.text)}
        return bool(said & self.vocabulary.words("sayings"))

    def own_keys(self, denial: Read) -> frozenset[str]:
        """What a denial or doubt is about: no words for what is said, not the name of who denies."""
        sayings = {self.vocabulary.key(word) for word in self.vocabulary.words("sayings")}
        return frozenset(denial.standings) - sayings - self.name_keys(denial)

    def denied_subject(self, denial: Read, claim: Read, shared: frozenset[str]) -> str:
        """Whether it is said of the one who denies it, or of whom the denial says it."""
        told = [clause for clause in claim.clauses if clause.predicate in shared or clause.objects & shared]
        if not told:
            return OTHER
        named = [clause for clause in denial.clauses if clause.subject]
        found = {self.of_one(clause, claim, own, denial) for clause in told for own in named}
        if not named:
            found = {self.of_speaker(clause, claim, denial) for clause in told}
        if UNKNOWN in found and self.name_keys(denial) & claim.standings.keys():
            return SAME
        return next(one for one in (SAME, UNKNOWN, OTHER) if one in found)

    def questioned(self, doubt: Read, claim: Read) -> Contrast | None:
        """Whether one doubts what the other says."""
        own = self.own_keys(doubt)
        shared = own & claim.standings.keys()
        if self.denied_subject(doubt, claim, shared) == OTHER:
            return None
        if len(shared) < 2 or self.share(shared, own) < MOST:
            return None
        if not all(claim.standings[key].asserted for key in shared):
            return None
        first = doubt.statement.claim.content.text.casefold().split()[0]
        opens = first in self.vocabulary.words("suppositions.open") | self.vocabulary.words("suppositions.conditions")
        if not opens and not any(clause.predicate in shared for clause in claim.clauses):
            return None
        sure = opens and self.share(shared, own) >= NEARLY_ALL and self.tells(shared)
        return Contrast(QUESTIONS, f"what the other says: {self.surface(shared, claim)}", sure, shared)

    def contradicted(self, one: Read, other: Read) -> Contrast | None:
        """Whether a clause of one says the opposite of a clause of the other, or has another number."""
        found = [
            contrast for own in one.clauses if own.standing.asserted
            for others in other.clauses if others.standing.asserted
            for contrast in (self.against(own, one, others, other), self.counted(own, one, others, other)) if contrast
        ]  # fmt: skip
        return max(found, key=lambda contrast: (contrast.sure, len(contrast.shared)), default=None)

    def against(self, own: Clause, one: Read, others: Clause, other: Read) -> Contrast | None:
        """Two clauses of one thing of which one says what the other says is not."""
        negated = own.standing.negated != others.standing.negated
        if not self.is_of_one_time(own, one, others, other):
            return None
        if not (negated if own.predicate == others.predicate else self.are_opposite(own, others) and not negated):
            return None
        subject, objects = self.of_one(own, one, others, other), of_things(own, others)
        if self.are_stances(own, others):
            if not all(clause.form in (SELF, TAKEN_UP) for clause in (own, others)) and subject != SAME:
                return None  # what others are for or against
            is_same = own.head & others.head or own.objects == others.objects != frozenset()
            subject = SAME if objects == SAME and is_same else OTHER
        if (own.standing.negated and own.limited) or (others.standing.negated and others.limited):
            return None
        shared = (own.subject & others.subject) | (own.objects & others.objects)
        if OTHER in (subject, objects) or subject == objects == UNKNOWN:
            named = negated and own.form == others.form == NAMED and objects == SAME  # `the figure`, `the number`
            near = together(one, other) and len(shared) >= FEW and (named or OTHER not in (subject, objects))
            return self.opposed(own, others, other, shared, False) if near else None
        if subject == objects == SAME:
            selves = own.form == others.form == SELF and bool(one.statement.speakers & other.statement.speakers)
            sure = len(shared) + selves > 1 or (bool(shared) and together(one, other))
        elif together(one, other) and shared:
            sure = len(shared) > 1
        elif len(shared) > 1:
            sure = False
        else:
            return None
        return self.opposed(own, others, other, shared, sure)

    def opposed(self, own: Clause, others: Clause, other: Read, shared: frozenset[str], sure: bool) -> Contrast:
        """The contrast of two clauses, in their words."""
        about = f", both of: {self.surface(shared, other)}" if shared else ""
        why = f"“{own.words}” against “{others.words}”{about}"
        return Contrast(CONTRADICTS, why, sure and self.tells(shared), shared)

    def are_opposite(self, own: Clause, others: Clause) -> bool:
        """Whether the predicates of two clauses cannot both hold."""
        return (own.predicate, others.predicate) in self.vocabulary.opposites

    def are_stances(self, own: Clause, others: Clause) -> bool:
        """Whether two clauses are that somebody is for or against something."""
        verbs = self.vocabulary.words("supporting") | self.vocabulary.words("opposing")
        stances = set(map(self.vocabulary.key, verbs))
        return {own.predicate, others.predicate} <= stances

    def is_of_one_time(self, own: Clause, one: Read, others: Clause, other: Read) -> bool:
        """Whether two clauses are of one mood and one time; what is reported outside quotation marks is in the past."""
        reported = any(
            clause.past and read.statement.claim.quote == "indirect" for clause, read in ((own, one), (others, other))
        )
        return own.standing.mood == others.standing.mood and (own.past == others.past or reported)

    def counted(self, own: Clause, one: Read, others: Clause, other: Read) -> Contrast | None:
        """Two clauses of one thing with different numbers of it."""
        if own.predicate != others.predicate or own.standing != others.standing or own.standing.negated:
            return None
        pair = differing(own.measures, others.measures)
        subject, objects = self.of_one(own, one, others, other), of_things(own, others)
        shared = ((own.subject & others.subject) | (own.objects & others.objects)) - {pair[0].of if pair else ""}
        if pair is None or not shared or OTHER in (subject, objects):
            return None
        sure = together(one, other) or (len(shared) > 1 and SAME in (subject, objects))
        why = f"“{pair[0].words}” against “{pair[1].words}”: {self.surface(shared | {own.predicate}, other)}"
        return Contrast(NUMBERS, why, sure and self.tells(shared), shared)

    def of_one(self, own: Clause, one: Read, others: Clause, other: Read) -> str:
        """Whether two clauses are of one subject."""
        if SELF in (own.form, others.form):
            if own.form == others.form:
                return SAME if one.statement.speakers & other.statement.speakers else OTHER
            return self.of_speaker(others, other, one) if own.form == SELF else self.of_speaker(own, one, other)
        if {TAKEN_UP, MISSING} & {own.form, others.form}:
            return UNKNOWN
        crossed = own.subject & others.objects or others.subject & own.objects
        found = overlap(own.subject, others.subject)
        return UNKNOWN if found == OTHER and crossed else found

    def of_speaker(self, clause: Clause, told: Read, speaker: Read) -> str:
        """Whether the subject of a clause is the speaker of another statement."""
        if clause.form in (TAKEN_UP, MISSING):
            return UNKNOWN
        if clause.form == SELF:
            return SAME if told.statement.speakers & speaker.statement.speakers else OTHER
        if clause.subject & (self.name_keys(speaker) | self.role_keys(speaker)):
            return SAME
        is_person = speaker.statement.claim.speaker_kind == "person"
        group = self.vocabulary.words("people.person" if is_person else "people.organization")
        return UNKNOWN if clause.subject & set(map(self.vocabulary.key, group)) else OTHER

    def name_keys(self, read: Read) -> frozenset[str]:
        """What the words of a speaker's name are compared by."""
        return frozenset(self.vocabulary.key(word) for word in read.statement.name_words if self.vocabulary.tells(word))

    def role_keys(self, read: Read) -> frozenset[str]:
        """What the names in a speaker's title are compared by (`Northgate's director`)."""
        words = WORD.findall(read.statement.claim.speaker_role or "")
        return frozenset(self.vocabulary.key(word) for word in words if word[0].isupper())

    def share(self, shared: Iterable[str], whole: Iterable[str]) -> float:
        """How much of what a statement is about is shared, the rare words counting more."""
        everything = sum(map(self.weight, whole))
        return sum(map(self.weight, shared)) / everything if everything else 0.0

    def tells(self, shared: Iterable[str]) -> bool:
        """Whether what is shared is not met everywhere."""
        return any(self.weight(key) >= 1 for key in shared)

    def surface(self, shared: frozenset[str], read: Read) -> str:
        """What is shared, in the words of a statement."""
        words = WORD.findall(read.statement.claim.content.text)
        keys = {self.vocabulary.key(word): word for word in reversed(words)}
        lemmas = [word for key, word in reversed(keys.items()) if key in shared]
        return ", ".join(lemmas) or ", ".join(sorted(shared))


def stands(standing: Standing, negative: bool) -> bool:
    """Whether a word stands in what a statement says is so, or is not so where that is `negative`."""
    return standing.asserted and standing.negated == negative


def together(one: Read, other: Read) -> bool:
    """Whether two statements stand in one document."""
    return one.statement.claim.doc == other.statement.claim.doc


def overlap(one: frozenset[str], other: frozenset[str]) -> str:
    """Whether two sets of words name the same."""
    shared = len(one & other)
    if not shared:
        return OTHER
    return SAME if shared >= HALF * max(len(one), len(other)) else UNKNOWN


def of_things(own: Clause, others: Clause) -> str:
    """Whether two clauses say something of the same things beside their subjects."""
    if own.head and others.head and not own.head & others.head:
        return OTHER
    if not own.objects and not others.objects:
        return SAME
    if not own.objects or not others.objects:
        return UNKNOWN
    return overlap(own.objects, others.objects)


def differing(own: Iterable[Measure], others: Iterable[Measure]) -> tuple[Measure, Measure] | None:
    """Two numbers of one thing that are not the same."""
    for one in own:
        for other in others:
            fits = one.told <= other.told or other.told <= one.told
            if one.of == other.of != SHARE and fits and one.value != other.value:
                return one, other
    return None
