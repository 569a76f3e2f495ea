"""Whether one statement denies or doubts what another says."""

import re
from dataclasses import dataclass

from claims_cli.across.contrasts import DENIES, HALF, OTHER, QUESTIONS, SAME, UNKNOWN, Contrast, Likeness, together
from claims_cli.across.reading import ATTITUDE, Read
from claims_cli.across.replies import are_near
from claims_cli.across.standings import Standing
from claims_cli.across.statements import DENIAL
from claims_cli.across.syntax import ANYBODY
from claims_cli.across.vocabulary import WORD
from claims_cli.names import folded_name

WHOLE, NEARLY_ALL, MOST = 0.95, 0.75, 0.6
FEW = 2
OWNED = re.compile(r"\b([^\W\d_a-z]\w+)(?:['’]s|s['’]) (\w+)")  # `Lang's remarks`


@dataclass(frozen=True)
class Denials:
    """Holds denials and doubts against what others say."""

    likeness: Likeness

    def denied(self, denial: Read, claim: Read) -> Contrast | None:
        """Whether one denies what the other says."""
        owners = self.owners(denial)
        if owners and not owners & claim.statement.name_words:
            return None
        own = self.own_keys(denial) - set(map(self.likeness.vocabulary.key, owners))
        shared = own & claim.standings.keys()
        if not shared or not self.is_of_words(denial):
            return None
        if self.likeness.replies.is_reply(denial.statement, claim.statement):
            return self.replied(denial, claim, own, shared) or self.taken_up(denial, claim, own, shared)
        return self.taken_up(denial, claim, own, shared)

    def replied(
        self, denial: Read, claim: Read, own: frozenset[str], shared: frozenset[str]
    ) -> Contrast | None:  # fmt: skip
        """The same where the denial stands next behind what it is of: less in common is enough."""
        heads = {clause.predicate for clause in denial.clauses}
        beside = len(own) <= FEW and are_near(denial.statement, claim.statement)
        if not self.is_plain(denial) or claim.statement.claim.type in (ATTITUDE, DENIAL):
            return None
        if len(shared) < FEW and not (heads & shared or (beside and not self.are_names(shared, claim))):
            return None
        negative = {denial.standings[key].negated for key in shared}
        against = {claim.standings[key].negated for key in shared}
        if not negative & against or not self.likeness.tells(shared):
            return None
        return self.denial(shared, claim, self.is_plain(denial))

    def taken_up(
        self, denial: Read, claim: Read, own: frozenset[str], shared: frozenset[str]
    ) -> Contrast | None:  # fmt: skip
        """The same where it stands elsewhere."""
        share = self.likeness.share(shared, own)
        negative = any(denial.standings[key].negated for key in own)
        if share < HALF:
            return None
        whole = len(shared) > FEW and share >= WHOLE  # where the parser may err, the words are enough
        standings = [claim.standings[key] for key in shared]
        if not all(stands(one, negative) or (whole and one.negated == negative) for one in standings):
            return None
        subject = self.denied_subject(denial, claim, shared)
        if subject == OTHER or (subject == UNKNOWN and not together(denial, claim)):
            return None
        is_plain = self.is_plain(denial)
        enough = len(shared) > 1 or (subject == SAME and together(denial, claim))
        if not enough or (share < NEARLY_ALL and not is_plain):
            return None
        return self.denial(shared, claim, is_plain and share >= NEARLY_ALL and self.likeness.tells(shared))

    def are_names(self, shared: frozenset[str], claim: Read) -> bool:
        """Whether what is shared is names: two statements about one person or place need have nothing in common."""
        words = WORD.findall(claim.statement.claim.content.text)
        return all(word[0].isupper() for word in words if self.likeness.vocabulary.key(word) in shared)

    def denial(self, shared: frozenset[str], claim: Read, sure: bool) -> Contrast:
        """The contrast, in the words of what is denied."""
        return Contrast(DENIES, f"what the other says: {self.likeness.surface(shared, claim)}", sure, shared)

    def is_plain(self, denial: Read) -> bool:
        """Whether a verb of denying stands before what is denied, or it is told whose words are rejected."""
        is_plain = denial.statement.claim.cue_lemma in self.likeness.vocabulary.words("denying")
        return is_plain or denial.statement.reported or bool(self.owners(denial))

    def is_of_words(self, denial: Read) -> bool:
        """Whether what is denied is what somebody says: one who rejects a plan, or disowns a person, denies nothing."""
        said = {word.casefold().rstrip("s") for word in WORD.findall(denial.statement.claim.content.text)}
        return self.is_plain(denial) or bool(said & self.likeness.vocabulary.words("sayings"))

    def owners(self, denial: Read) -> set[str]:
        """The names of those whose words are denied (`rejected Lang's remarks`), where that is told."""
        sayings = self.likeness.vocabulary.words("sayings")
        found = OWNED.findall(denial.statement.claim.content.text)
        return {folded_name(owner) for owner, said in found if said.casefold().rstrip("s") in sayings}

    def own_keys(self, denial: Read) -> frozenset[str]:
        """What a denial or doubt is about: no words for what is said, not the name of who denies."""
        vocabulary = self.likeness.vocabulary
        sayings = {vocabulary.key(word) for word in vocabulary.words("sayings") | vocabulary.words("existing")}
        return frozenset(denial.standings) - sayings - self.likeness.name_keys(denial)

    def denied_subject(self, denial: Read, claim: Read, shared: frozenset[str]) -> str:
        """Whether it is said of the one who denies it, or of whom the denial says it."""
        told = [clause for clause in claim.clauses if clause.predicate in shared or clause.objects & shared]
        if not told:
            return OTHER
        existing = self.likeness.keys_of("existing")
        named = [clause for clause in denial.clauses if clause.subject and clause.predicate not in existing]
        found = {self.likeness.of_one(clause, claim, own, denial) for clause in told for own in named}
        if any(clause.form == ANYBODY for clause in denial.clauses):
            return SAME
        if not named:
            found = {self.likeness.of_speaker(clause, claim, denial) for clause in told}
        if UNKNOWN in found and self.likeness.name_keys(denial) & claim.standings.keys():
            return SAME
        return next(one for one in (SAME, UNKNOWN, OTHER) if one in found)

    def questioned(self, doubt: Read, claim: Read) -> Contrast | None:
        """Whether one doubts what the other says."""
        likeness, own = self.likeness, self.own_keys(doubt)
        shared = own & claim.standings.keys()
        if not shared or self.denied_subject(doubt, claim, shared) == OTHER:
            return None
        told = numbers(doubt) & numbers(claim)
        if len(shared) + bool(told) < FEW or likeness.share(shared, own) < MOST:
            return None
        if not all(claim.standings[key].asserted for key in shared):
            return None
        heads = {clause.predicate for clause in doubt.clauses} & {clause.predicate for clause in claim.clauses}
        first = doubt.statement.claim.content.text.casefold().split()[0]
        opens = first in likeness.vocabulary.words("opening")
        if not opens and not heads:
            return None
        near = together(doubt, claim) or numbers(doubt) <= numbers(claim)
        sure = opens and near and bool(heads) and likeness.share(shared, own) >= NEARLY_ALL and likeness.tells(shared)
        return Contrast(QUESTIONS, f"what the other says: {likeness.surface(shared, claim)}", sure, shared)


def numbers(read: Read) -> set[str]:
    """The figures in a statement."""
    return {word for word in WORD.findall(read.statement.claim.content.text) if word[0].isdigit()}


def stands(standing: Standing, negative: bool) -> bool:
    """Whether a word stands in what a statement says is so, or is not so where that is `negative`."""
    return standing.asserted and standing.negated == negative
