"""Statements of different speakers of which one denies, contradicts or questions the other."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from claims_cli.across import DAYS
from claims_cli.across.comparison import Comparison
from claims_cli.across.contrasts import DENIES, Contrast
from claims_cli.across.pairs import Pairs, are_of_one, days_between
from claims_cli.across.reading import Read, read_all
from claims_cli.across.replies import Replies, is_bare
from claims_cli.across.statements import Statement, weights
from claims_cli.across.vocabulary import Vocabulary


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


def disputes(
    statements: list[Statement], vocabulary: Vocabulary, days: int = DAYS, model: str | None = None
) -> list[Dispute]:
    """The disputes among statements: those of one document first, sure ones before doubtful ones.

    Args:
        days: how many days may lie between documents; model: another spaCy pipeline.

    Raises:
        ModelMissing: the model is not installed.
    """
    replies = Replies(statements, vocabulary)
    pairs = Pairs(statements, vocabulary, replies, days).found()
    wanted = {id(one): one for pair in pairs for one in pair}
    read = dict(zip(wanted, read_all(wanted.values(), vocabulary, model), strict=True))
    comparison = Comparison(vocabulary, weights(statements), replies)
    found = [dispute_of(read[id(one)], read[id(other)], comparison) for one, other in pairs]
    bare = [one for one in statements if is_bare(one, vocabulary) and one.keys]
    found += [without_words(denial, statements, vocabulary) for denial in bare if is_plain(denial, vocabulary)]
    joined = once(dispute for dispute in found if dispute is not None)
    return sorted(joined, key=lambda dispute: (not dispute.contrast.sure, not dispute.is_in_one_document))


def is_plain(denial: Statement, vocabulary: Vocabulary) -> bool:
    """Whether a verb of denying tells a denial."""
    return denial.claim.cue_lemma in vocabulary.words("denying")


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
