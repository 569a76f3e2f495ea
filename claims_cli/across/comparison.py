"""Whether two statements are against each other, and in which words."""

from collections.abc import Callable

from claims_cli.across.clashes import Clashes
from claims_cli.across.contrasts import DENIES, Contrast, Likeness
from claims_cli.across.denials import Denials
from claims_cli.across.reading import Read, is_doubt
from claims_cli.across.replies import Replies, is_pointing
from claims_cli.across.statements import DENIAL, NO_COMMENT, QUESTION
from claims_cli.across.vocabulary import Vocabulary

SILENT = (NO_COMMENT, QUESTION, "request")


class Comparison:
    """Compares two statements.

    Args:
        weight: how telling a key is, the rarer the more.
        replies: which statements stand behind one another.
    """

    def __init__(self, vocabulary: Vocabulary, weight: Callable[[str], float], replies: Replies | None = None):
        self.vocabulary = vocabulary
        self.replies = replies or Replies()
        self.likeness = Likeness(vocabulary, weight, self.replies)
        self.denials, self.clashes = Denials(self.likeness), Clashes(self.likeness)

    def of(self, one: Read, other: Read) -> Contrast | None:
        """What the first does to the second: denies, questions or contradicts it; None where neither is seen."""
        claim, others = one.statement.claim, other.statement.claim
        if claim.negated or others.negated or self.is_silent(other):
            return None
        if claim.type == DENIAL:
            return None if others.type == DENIAL else self.denials.denied(one, other)
        if is_doubt(one.statement, self.vocabulary):
            return self.denials.questioned(one, other)
        if self.is_silent(one) or others.type == DENIAL:
            return None
        return self.announced(one, other) or self.clashes.of(one, other)

    def is_silent(self, read: Read) -> bool:
        """Whether a statement does not say how anything is."""
        return read.statement.claim.type in SILENT or is_doubt(read.statement, self.vocabulary)

    def announced(self, one: Read, other: Read) -> Contrast | None:
        """What the first does to the second where a denial of the second stands before the first."""
        denial = self.replies.announced(one.statement)
        if denial is None or denial.claim.cue is None or not self.replies.is_reply(one.statement, other.statement):
            return None
        if not is_pointing(denial, self.vocabulary):
            return None
        why = f"“{denial.claim.cue.text} {denial.claim.content.text}” stands between the two"
        return Contrast(DENIES, why, True, frozenset(one.statement.keys & other.statement.keys))
