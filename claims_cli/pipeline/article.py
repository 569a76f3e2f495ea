"""What the steps of the pipeline hand each other: one frozen `Article`, indexed by token, every span half-open.

Each step takes an `Article` and returns one that knows more: parse gives syntax and quotations, match the candidates
and the choice among them, attribute the attributions, resolve the speakers.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from claims_cli.pipeline.encoded import Encoded
from claims_cli.pipeline.parse.quotation_index import QuotationIndex
from claims_cli.pipeline.parse.quotations import Quotation
from claims_cli.pipeline.parse.syntax import Syntax
from claims_cli.rulebook.model import Rule
from claims_cli.rulebook.odds import lowered

TokenSpan = tuple[int, int]
TokenSpans = tuple[TokenSpan, ...]


@dataclass(frozen=True)
class Candidate:
    """One way to read an attribution at one cue.

    Attributes:
        tokens: index of the head word of each role and helper.
        quotation: what is said, where that is a quotation.
        key: what its precision was looked up by.
        score: the smoothed share of such candidates that were right.
        worth: what candidates at one cue are ranked by: the score, less where contents were seldom right to the word.
        stretch: the tokens of the content where it is a stretch of the sentence.
        evidence: what the small reader says of it, None where it was not asked.
    """

    rule: Rule
    tokens: Mapping[str, int]
    quotation: Quotation | None
    key: str
    score: float
    worth: float
    stretch: TokenSpan | None = None
    evidence: Mapping[str, float] | None = None

    @property
    def cue(self) -> int:
        """Index of the cue's head word."""
        return self.tokens["cue"]


@dataclass(frozen=True)
class Attribution:
    """One chosen candidate with its spans.

    Attributes:
        cue, content, source, addressee, medium, when, citing, relay: token spans, in order.
        outer: the place in `Article.attributions` of the one inside whose content this one stands.
        doubt: what its standing there takes from its score, in log odds.
    """

    candidate: Candidate
    cue: TokenSpans
    content: TokenSpans
    source: TokenSpans = ()
    addressee: TokenSpans = ()
    medium: TokenSpans = ()
    when: TokenSpans = ()
    citing: TokenSpans = ()
    relay: TokenSpans = ()
    outer: int | None = None
    doubt: float = 0.0

    @property
    def head(self) -> int:
        """Index of the cue's head word."""
        return self.candidate.cue

    @property
    def score(self) -> float:
        """Confidence, 0 to 1."""
        return lowered(self.candidate.score, self.doubt) if self.doubt else self.candidate.score

    def holds(self, token: int) -> bool:
        """Whether a token stands in the content."""
        return any(start <= token < end for start, end in self.content)


@dataclass(frozen=True)
class Name:
    """One place where a name stands.

    Attributes:
        start, end: its tokens, titles left out.
        text: the words as they stand.
        parts: the words that tell it apart, in lower case, particles left out.
        kind: what kind of speaker it names.
        role: the title or role before it (`Defense Minister`), or None.
        female: what the title or the given name tells of gender, None where they tell nothing.
        heading: whether it stands in a headline or caption, where a verb may look like part of it.
    """

    start: int
    end: int
    text: str
    parts: tuple[str, ...]
    kind: str
    role: str | None = None
    female: bool | None = None
    heading: bool = False

    @property
    def head(self) -> int:
        """Index of its last word, which stands for it in the tree."""
        return self.end - 1


@dataclass(frozen=True)
class Speaker:
    """Who speaks.

    Attributes:
        text: the fullest name, the first full mention of a description, or the words themselves.
        each: the same, one by one where several speak together.
        name: the name behind it, None for a description.
        head: index of the head word of the mention that `text` was taken from.
        medium: the phrase that names a statement or report through which the speaker speaks.
        basis: how the speaker is known, one of `BASES` of the claim record; confidence: how likely it is right, 0 to 1.
        reasons: why, in words; way: how the source led to the speaker; likely: the share of the best mention before a
            pronoun, None for all else.
    """

    text: str | None
    each: tuple[str, ...] = ()
    kind: str = "unknown"
    named: bool = False
    role: str | None = None
    name: Name | None = None
    head: int | None = None
    plural: bool = False
    medium: TokenSpan | None = None
    basis: str = "words"
    confidence: float = 1.0
    reasons: tuple[str, ...] = ()
    way: str | None = None
    likely: float | None = None


@dataclass(frozen=True)
class Article:
    """One article on its way through the pipeline.

    Attributes:
        candidates: every reading of every cue; chosen: those that won their cue, with the roles attached to them.
        lost_to: by the place of a candidate the rule that it lost its cue to.
        attributions: what is left of the chosen ones, in the order of their cues.
        speakers: who speaks in each attribution.
        encoded: as the small reader has read it, None where it has not.
        relays: by the place of an attribution who passes it on (`was quoted as saying by X`).
        pronouns: by the name of a speaker the third-person pronoun with which the article takes him or her up.
    """

    syntax: Syntax
    quotations: QuotationIndex
    candidates: tuple[Candidate, ...] = ()
    chosen: tuple[Candidate, ...] = ()
    lost_to: Mapping[int, str] = field(default_factory=dict)
    attributions: tuple[Attribution, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    pronouns: Mapping[str, str] = field(default_factory=dict)
    relays: Mapping[int, Speaker] = field(default_factory=dict)
    encoded: Encoded | None = None

    def around(self, attribution: Attribution) -> Iterator[Attribution]:
        """The attributions in whose content one stands, from the innermost outwards."""
        while attribution.outer is not None:
            attribution = self.attributions[attribution.outer]
            yield attribution


def tokens_of(spans: Iterable[TokenSpan]) -> set[int]:
    """Every token of some spans."""
    return {index for start, end in spans for index in range(start, end)}


def merged(spans: Iterable[TokenSpan]) -> TokenSpans:
    """Spans in order, those that meet or overlap made one."""
    joined: list[TokenSpan] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def spans_of(tokens: Iterable[int]) -> TokenSpans:
    """Sorted tokens as spans."""
    return merged((index, index + 1) for index in tokens)


def size(spans: Iterable[TokenSpan]) -> int:
    """How many tokens spans have."""
    return sum(end - start for start, end in spans)
