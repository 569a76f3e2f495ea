"""What a claim and a document are: frozen records, to and from JSON.

The field names are the public contract of every output format.
"""

import hashlib
import re
from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Annotated, Any

import msgspec
from msgspec import Meta

JOINER = " … "
LINE_END = re.compile(r"\r\n|\r|\n")
SAID = ("statement", "denial", "question", "request", "commitment", "appraisal", "no-comment", "evidence")
HELD = ("thought", "intention", "attitude", "perception")
TYPES = SAID + HELD
QUOTES = ("direct", "mixed", "indirect")
BASES = (
    "named", "short-name", "description", "pronoun", "carried", "quotation", "turn", "signature", "author", "words",
    "none",
)  # fmt: skip
INFERRED = (
    "description",
    "pronoun",
    "carried",
    "quotation",
    "author",
)  # of these the text does not say it beside the cue
PRONOUNS = ("he", "she", "they", "it")
KINDS = ("person", "group", "organization", "media", "document", "unknown")

# what these may hold beside their type is checked where a claim is read from JSON
Count = Annotated[int, Meta(ge=0, le=2**53)]
Share = Annotated[float, Meta(ge=0, le=1)]
Type = Annotated[str, Meta(pattern=f"^({'|'.join(TYPES)})$")]
Quote = Annotated[str, Meta(pattern=f"^({'|'.join(QUOTES)})$")]
Kind = Annotated[str, Meta(pattern=f"^({'|'.join(KINDS)})$")]
SpeakerBasis = Annotated[str, Meta(pattern=f"^({'|'.join(BASES)})$")]
Pronoun = Annotated[str, Meta(pattern=f"^({'|'.join(PRONOUNS)})$")]
Offsets = tuple[tuple[Count, Count], ...]


@dataclass(frozen=True, slots=True)
class Span:
    """Some words of a document: their text, and where they stand.

    Attributes:
        text: the pieces joined by `` … ``.
        spans: ``(start, end)`` of each piece in code points of the document's text, in order, end exclusive.
    """

    text: str
    spans: Offsets

    @classmethod
    def of(cls, text: str, pieces: Offsets) -> "Span":
        """The span of `pieces` in `text`, whose words are copied to the character."""
        if len(pieces) == 1:  # nearly all are
            ((start, end),) = pieces
            return cls(text[start:end], pieces)
        return cls(JOINER.join(text[start:end] for start, end in pieces), pieces)

    @property
    def pieces(self) -> tuple[str, ...]:
        """The words of each piece; a piece may hold `` … `` itself."""
        pieces, at = [], 0
        for start, end in self.spans:
            pieces.append(self.text[at : at + end - start])
            at += end - start + len(JOINER)
        return tuple(pieces)


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice between the reader and the speaker (`via`)."""

    speaker: str | None
    cue: str | None
    claim: str


@dataclass(frozen=True, slots=True)
class Basis:
    """What the speaker names as basis (`citing`)."""

    speaker: str
    span: Span


@dataclass(frozen=True)
class ArticleSpan:
    """One article of a document: where it stands in the text (code points) and its headline, if any."""

    number: int
    start: int
    end: int
    title: str | None = None


@dataclass(frozen=True)
class Duplicate:
    """That an article is the same as one that was read before, or nearly.

    Attributes:
        article: its number in its document.
        path, of_article: the document that has the other, and its number there.
        share: how much of it stands in the other, from 0 to 1; 1 where they are the same but for white space and case.
    """

    article: int
    path: str
    of_article: int
    share: float


@dataclass(frozen=True)
class Block:
    """A part of a text that its layout sets off, as its format tells it, or the shape of its lines.

    Attributes:
        kind: `quote` (a block quotation), `post` (an entry of a live blog), `label` (bold words at the head of a
            paragraph), `voice` (the name of who speaks in a recording), `heading`, `item` (of a list), `row` and `cell`
            (of a table), `columns` (the row that names what stands in each column).
        start, end: where it stands, in code points.
        over: ``(start, end)`` of the words that tell whose a quotation is, None where none do.
        author, date: of a post, where it tells them; the date as ISO writes it, to the minute.
    """

    kind: str
    start: int
    end: int
    over: tuple[int, int] | None = None
    author: str | None = None
    date: str | None = None


@dataclass(frozen=True)
class Turn:
    """What one person says in a transcript or an interview, under a label.

    Attributes:
        label: ``(start, end)`` of the words that name the speaker, None where none do.
        begins: where the line of the label begins.
        body: ``(start, end)`` of each piece of what is said, stage directions left out, in order.
        speaker: by the fullest name that the document gives; role: the title or office in the label.
        named: whether that is a proper name; kind: what kind of speaker it is.
    """

    label: tuple[int, int] | None
    begins: int
    body: Offsets
    speaker: str | None
    role: str | None = None
    named: bool = True
    kind: str = "person"

    @property
    def start(self) -> int:
        """Where what is said begins."""
        return self.body[0][0]

    @property
    def end(self) -> int:
        """Where what is said ends."""
        return self.body[-1][1]


@dataclass(frozen=True)
class Document:
    """One input, decoded.

    Attributes:
        path: the input as it was given, `-` for standard input.
        text: the decoded content, one leading byte-order mark removed and nothing else changed.
        sha256: of the input's bytes.
        articles: the articles the text holds, in order; none before they were told apart.
        furniture: ``(start, end)`` of lines that are no prose of the article (captions, repeated lines), in order.
        foreign: ``(start, end)`` of articles and lines that are not in English and not read, in order.
        skipped: ``(start, end)`` of articles that are not read because they were read before, in order.
        language: the language of most of its words (ISO 639); None where there are too few to tell.
        blocks: the parts that its layout sets off, in order, outer before inner.
        turns: what is said under labels, in order, where it is a transcript.
        duplicates: which of its articles were read before.
        encoding: how the bytes were decoded.
        notes: what a reader of the claims should know of how the bytes were read.
        format: what the input was read as, by the name of its reader (`text`, `html`, `pdf`, …).
        pages: the code point where each page begins; none where the format has no pages.
        times: of a recording, the code point where each stretch of it begins, and its second from the start, in order.
        row: the number of the row, line or item of a collection that the document is, as its user counts.
        metadata: the columns of that row that no other field holds, by name; only those that are filled.
    """

    path: str
    text: str
    sha256: str = ""
    articles: tuple[ArticleSpan, ...] = ()
    furniture: Offsets = ()
    foreign: Offsets = ()
    skipped: Offsets = ()
    blocks: tuple[Block, ...] = ()
    turns: tuple[Turn, ...] = ()
    language: str | None = None
    duplicates: tuple[Duplicate, ...] = ()
    encoding: str = "utf-8"
    notes: tuple[str, ...] = ()
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    date: str | None = None
    url: str | None = None
    format: str = "text"
    pages: tuple[int, ...] = ()
    times: Offsets = ()
    row: int | None = None
    metadata: tuple[tuple[str, str], ...] = ()

    @cached_property
    def text_sha256(self) -> str:
        """SHA-256 of the text in UTF-8, on which the claims' ids rest."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @cached_property
    def line_ends(self) -> "array[int]":
        """The code point behind the end of each line; CRLF, CR and LF each end one."""
        return array("I", (match.end() for match in LINE_END.finditer(self.text)))

    def blocks_in(self, start: int, end: int, *kinds: str) -> list[Block]:
        """The blocks of some kinds (of any, where none is told) that begin in a stretch, in order."""
        first, last = (bisect_left(self.blocks, edge, key=lambda block: block.start) for edge in (start, end))
        return [block for block in self.blocks[first:last] if not kinds or block.kind in kinds]

    def line_of(self, offset: int) -> int:
        """The 1-based line of a code point."""
        return bisect_right(self.line_ends, offset) + 1

    def page_of(self, offset: int) -> int | None:
        """The 1-based page of a code point; None where there are no pages."""
        return max(1, bisect_right(self.pages, offset)) if self.pages else None

    def time_of(self, offset: int) -> int | None:
        """The second at which the words around a code point are said; None where it is no recording."""
        place = bisect_right(self.times, offset, key=lambda time: time[0])
        return self.times[max(0, place - 1)][1] if self.times else None

    def blanked(self, start: int, end: int, blank: str = " ") -> str:
        """A stretch of the text with `blank` for every character that is not read, so that offsets are kept."""
        pieces, done = [], start
        for first, last in self.unread_in(start, end):
            first, last = max(first, start), min(last, end)
            pieces += [self.text[done:first], blank * (last - first)]
            done = last
        return "".join(pieces) + self.text[done:end]

    def line_at(self, offset: int) -> str:
        """The line in which a code point stands, white space collapsed."""
        number = bisect_right(self.line_ends, offset)
        start = self.line_ends[number - 1] if number else 0
        end = self.line_ends[number] if number < len(self.line_ends) else len(self.text)
        return " ".join(self.text[start:end].split())

    @cached_property
    def unread(self) -> Offsets:
        """Furniture, labels of turns and all else that is not parsed, in order; what overlaps is one piece."""
        found: list[tuple[int, int]] = []
        labels = ((turn.begins, turn.start) for turn in self.turns)
        for start, end in sorted((*self.furniture, *self.foreign, *self.skipped, *labels)):
            if found and start < found[-1][1]:
                found[-1] = found[-1][0], max(end, found[-1][1])
            else:
                found.append((start, end))
        return tuple(found)

    def furniture_in(self, start: int, end: int) -> Offsets:
        """The lines that are no prose and stand, at least in part, in a stretch of the text."""
        return pieces_in(self.furniture, start, end)

    def unread_in(self, start: int, end: int) -> Offsets:
        """What is not parsed and stands, at least in part, in a stretch of the text."""
        return pieces_in(self.unread, start, end)


def pieces_in(pieces: Offsets, start: int, end: int) -> Offsets:
    """Those of some pieces, which are in order, that stand at least in part in a stretch."""
    first = bisect_right(pieces, start, key=lambda piece: piece[1])
    last = bisect_left(pieces, end, key=lambda piece: piece[0])
    return pieces[first:last]


@dataclass(frozen=True, slots=True)
class Claim:
    """One attributed statement; the claim record field by field, as `docs/formats.md` describes it.

    Every offset counts code points of the document's text from 0, end exclusive: ``text[start:end]`` is the piece.

    Attributes:
        id: 16 hex digits; the same text gives the same ids anywhere; unique together with `doc`.
        doc, doc_sha256: the input as it was given, and SHA-256 of its bytes.
        title, outlet, author, date, url: of the document, where it tells; a date as ISO 8601 writes it, where it can.
        article, line, page, row: which article of the document, and where the cue begins; all counted from 1.
        time: the second of a recording at which the cue begins, from its start.
        start, end: from the first to the last code point of cue and content; sentence: around them, on one line.
        speaker, speakers: who said it, by the fullest name that the document gives; one by one where several do.
        speaker_id: who it is across a corpus; None where that was not asked.
        speaker_basis: one of `BASES`, how the speaker is known; speaker_confidence: how likely that is right, 0 to 1.
        speaker_kind: one of `KINDS`; named: whether a proper name identifies the speaker; speaker_role: as it is given.
        source, cue, content: the words that name the speaker, that make it an attribution, that were said.
        cue_lemma: the base form of the cue.
        pronoun: one of `PRONOUNS`, with which the document takes the speaker up; None where it does not.
        anonymity: the words that say that, or why, the source is not named.
        addressee, medium, when: the words that tell to whom, through what, at what time.
        quote: one of `QUOTES`; type: one of `TYPES`; negated: whether it was *not* said.
        via: the voices between the reader and the speaker, outermost first; citing: what the speaker names as basis.
        rule: id of the rule that found it; confidence: how many such claims are right, from 0 to 1.
        same_as: ids of the other claims that are the same statement across a corpus; none where that was not asked.
        nested: whether it stands inside another's content; headline: whether in the headline; speaker_reason: why the
            words stand for this speaker. Not part of the record.
    """

    id: str
    doc: str
    doc_sha256: str
    title: str | None
    outlet: str | None
    author: str | None
    date: str | None
    url: str | None
    article: Count
    line: Count | None
    page: Count | None
    row: Count | None
    time: Count | None
    start: Count
    end: Count
    sentence: str
    speaker: str | None
    speakers: tuple[str, ...]
    speaker_id: str | None
    speaker_basis: SpeakerBasis
    speaker_confidence: Share
    speaker_kind: Kind
    named: bool
    speaker_role: str | None
    source: Span | None
    cue: Span | None
    cue_lemma: str | None
    content: Span
    pronoun: Pronoun | None
    anonymity: Span | None
    addressee: Span | None
    medium: Span | None
    when: Span | None
    quote: Quote
    type: Type
    negated: bool
    via: tuple[Voice, ...]
    citing: tuple[Basis, ...]
    rule: str
    confidence: Share
    same_as: tuple[str, ...] = ()
    nested: bool = field(default=False, metadata={"internal": True})
    headline: bool = field(default=False, metadata={"internal": True})
    speaker_reason: str | None = field(default=None, metadata={"internal": True})
    mark: str | None = field(default=None, metadata={"internal": True})
    note: str | None = field(default=None, metadata={"internal": True})

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "Claim":
        """The claim that `to_json` wrote.

        Raises:
            ValueError: a field is missing, unknown or holds what it cannot.
        """
        try:
            claim = msgspec.convert(value, cls)
        except msgspec.ValidationError as error:
            raise ValueError(str(error)) from None
        if unknown := value.keys() - ALL_NAMES:
            raise ValueError(f"no claim has the field `{min(unknown)}`")
        return claim

    @property
    def is_inferred(self) -> bool:
        """Whether the speaker is not named beside the cue, and was found elsewhere."""
        return self.speaker_basis in INFERRED

    def to_json(self) -> dict[str, Any]:
        """The record as it stands on a line of JSON Lines, every field present."""
        return listed(self.record())

    def record(self) -> dict[str, Any]:
        """The same with tuples for lists, which is faster."""
        values = msgspec.to_builtins(self)
        for name in INTERNAL:
            del values[name]
        return values


ALL_NAMES = frozenset(item.name for item in fields(Claim))
INTERNAL = tuple(item.name for item in fields(Claim) if item.metadata.get("internal"))
FIELD_NAMES = tuple(item.name for item in fields(Claim) if item.name not in INTERNAL)
SPAN_FIELDS = ("source", "cue", "content", "anonymity", "addressee", "medium", "when")
LIST_FIELDS = ("speakers", "via", "citing", "same_as")


def plain(value: Any) -> Any:
    """A record, or a part of one, in JSON's own types."""
    return listed(msgspec.to_builtins(value))


def listed(value: Any) -> Any:
    """The same value with lists for tuples."""
    if isinstance(value, dict):
        return {name: listed(item) for name, item in value.items()}
    if isinstance(value, tuple):
        return [listed(item) for item in value]
    return value


def claim_id(text_sha256: str, *parts: Offsets) -> str:
    """16 hex digits that depend on the text and the claim's spans and on nothing else."""
    places = ";".join(",".join(f"{start}-{end}" for start, end in pieces) for pieces in parts)
    return hashlib.sha256(f"{text_sha256}|{places}".encode()).hexdigest()[:16]
