"""Statements out of a store, each with who makes it across the documents."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from claims_cli.across.vocabulary import Vocabulary
from claims_cli.choice import Choice
from claims_cli.claim import JOINER, Claim
from claims_cli.names import folded_name
from claims_cli.query import first_day
from claims_cli.store.queries import Further
from claims_cli.store.reading import Reader

SPEAKERS = """SELECT claims.doc, claims.id, claim_speakers.speaker, speakers.name FROM chosen
JOIN claim_speakers ON claim_speakers.claim = chosen.number JOIN claims ON claims.number = chosen.number
JOIN speakers ON speakers.id = claim_speakers.speaker ORDER BY claims.number, claim_speakers.speaker"""
SMALL = 300  # statements of a store in which nothing is rare
DENIAL, QUESTION, NO_COMMENT = "denial", "question", "no-comment"


@dataclass(frozen=True)
class Statement:
    """A claim, and who makes it.

    Attributes:
        speakers: ids across the documents; name: what the speaker is called across them.
        text: what it says; of a denial of `claims that …` what they claim: `reported`.
        keys: what the words of the text are compared by.
        perhaps: whether only a description tells who makes it.
    """

    claim: Claim
    speakers: frozenset[str]
    name: str
    text: str
    keys: frozenset[str]
    reported: bool = False
    perhaps: bool = False

    @property
    def identity(self) -> tuple[str, str]:
        """What tells it from all others: its document and its id there."""
        return self.claim.doc, self.claim.id

    @cached_property
    def day(self) -> str | None:
        """The day of its document, as ISO writes it; None where that is not told."""
        return first_day(self.claim.date)

    @cached_property
    def name_words(self) -> frozenset[str]:
        """The words of its speaker's names, as names are compared."""
        names = (self.name, self.claim.speaker or "", *self.claim.speakers)
        return frozenset(word for name in names for word in folded_name(name).split())

    def is_inside(self, other: "Statement") -> bool:
        """Whether it stands, at least in part, inside another's content in the same document."""
        if self.claim.doc != other.claim.doc:
            return False
        spans = [(start, end) for one in (self, other) for start, end in one.claim.content.spans]
        own, others = spans[: len(self.claim.content.spans)], spans[len(self.claim.content.spans) :]
        return any(start < last and first < end for start, end in own for first, last in others)


def statements(reader: Reader, choice: Choice, further: Further, vocabulary: Vocabulary) -> list[Statement]:
    """The claims that are shown, each with its speakers; the tally counts what is not shown."""
    claims = list(reader.claims(choice, further))
    known = speakers_of(reader)
    reports = {(claim.doc, span): claim for claim in claims if claim.cue is not None for span in claim.cue.spans}
    return [statement_of(claim, known.get((claim.doc, claim.id), {}), reports, vocabulary) for claim in claims]


def statement_of(
    claim: Claim, speakers: dict[str, str], reports: dict[tuple[str, tuple[int, int]], Claim], vocabulary: Vocabulary
) -> Statement:
    """A claim with its speakers; `reports` are claims by the place of their cue."""
    name = next(iter(speakers.values())) if len(speakers) == 1 else claim.speaker or ""
    report = reports.get((claim.doc, claim.content.spans[0])) if claim.type == DENIAL else None
    text = (report or claim).content.text.replace(JOINER, " ")
    return Statement(claim, frozenset(speakers), name, text, vocabulary.keys(text), report is not None)


def speakers_of(reader: Reader) -> dict[tuple[str, str], dict[str, str]]:
    """The names across the documents of who makes each chosen claim, by the ids of the speakers."""
    found: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for doc, claim, speaker, name in reader.connection.execute(SPEAKERS):
        found[doc, claim][speaker] = name
    return found


def weights(statements: Sequence[Statement]) -> Callable[[str], float]:
    """How telling a key is: the logarithm, of base ten, of how many statements there are to one that has it."""
    held = Counter(key for one in statements for key in one.keys)
    whole = max(len(statements), SMALL)

    def weight(key: str) -> float:
        return math.log10(whole / max(held[key], 1)) + 0.1

    return weight
