"""By what documents are analysed, and what is found out about one; also as bytes, without what it tells itself."""

import marshal
import zlib
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any

from claims_cli.articles.duplicates import Sketch, sketches_of
from claims_cli.articles.languages import ENGLISH
from claims_cli.claim import SPAN_FIELDS, ArticleSpan, Basis, Claim, Document, Offsets, Span, Voice
from claims_cli.rulebook import SHIPPED, RuleSources

TOLD = ("doc", "doc_sha256", "outlet", "author", "date", "url", "row")  # what a claim takes over from its document
KEPT = tuple(field.name for field in fields(Claim) if field.name not in (*TOLD, "speaker_id", "mark", "note"))
QUICKLY = 1


@dataclass(frozen=True)
class Setup:
    """By what documents are analysed.

    Attributes:
        model: name of an installed spaCy pipeline.
        language: what is parsed, one of `languages.LANGUAGES`.
        plain: whether the model computes as spaCy has it, which takes longer and gives the same.
        parses: the file in which parses are kept; None for none.
        made_with: what they are kept for (see `ParseCache`).
    """

    model: str
    sources: RuleSources = SHIPPED
    language: str = ENGLISH
    plain: bool = False
    parses: str | None = None
    made_with: str = ""


@dataclass(frozen=True)
class Failure:
    """Why a document could not be analysed, and what helps."""

    reason: str
    remedy: str

    @classmethod
    def of(cls, error: Exception, line: int = 1) -> "Failure":
        """Why a document, or it from a line on, could not be analysed."""
        where = f" from line {line} on" if line > 1 else ""
        if isinstance(error, MemoryError):
            return cls(f"needs more memory than there is{where}", "split the file")
        return cls(f"could not be analysed ({type(error).__name__}: {error}){where}", "please report this")


DIED = Failure("killed the process that analysed it, twice (it may take more memory than there is)", "split the file")


@dataclass(frozen=True)
class Analysis:
    """What is known of a document once it is analysed: the fields of `Document` that `arranged` fills, and the claims.

    Attributes:
        notes: those that its reader has not made.
        sketches: of its articles, to recognise those that come again.
        failure: why there are no claims, where it failed.
    """

    articles: tuple[ArticleSpan, ...] = ()
    furniture: Offsets = ()
    foreign: Offsets = ()
    language: str | None = None
    notes: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    sketches: tuple[Sketch, ...] = ()
    failure: Failure | None = None

    @classmethod
    def of(cls, read: Document, arranged: Document, claims: Iterable[Claim]) -> "Analysis":
        """What was found out about a document that was read."""
        notes = arranged.notes[len(read.notes) :]
        told = (arranged.articles, arranged.furniture, arranged.foreign, arranged.language)
        return cls(*told, notes, tuple(claims), sketches_of(arranged))

    def arranged(self, read: Document) -> Document:
        """The document, as it was read, with what was found out about it."""
        return replace(
            read,
            articles=self.articles,
            furniture=self.furniture,
            foreign=self.foreign,
            language=self.language,
            notes=(*read.notes, *self.notes),
        )

    def to_bytes(self) -> bytes:
        """For the cache."""
        articles = [(article.number, article.start, article.end, article.title) for article in self.articles]
        claims = [packed(claim) for claim in self.claims]
        sketches = [(one.digest, one.words, one.hashes.tobytes(), one.whole) for one in self.sketches]
        value = (articles, self.furniture, self.foreign, self.language, self.notes, claims, sketches)
        return zlib.compress(marshal.dumps(value), QUICKLY)

    @classmethod
    def from_bytes(cls, data: bytes, read: Document) -> "Analysis":
        """What `to_bytes` wrote of a document with this text.

        Raises:
            ValueError: the bytes are damaged.
        """
        try:
            articles, furniture, foreign, language, notes, claims, sketches = marshal.loads(zlib.decompress(data))
        except (zlib.error, EOFError, TypeError) as error:
            raise ValueError(str(error)) from None
        told = {name: getattr(read, name) for name in TOLD[2:]}
        told.update(doc=read.path, doc_sha256=read.sha256, speaker_id=None, mark=None, note=None)
        found = tuple(unpacked(value, told, read.text) for value in claims)
        known = tuple(Sketch(digest, words, array("I", hashes), whole) for digest, words, hashes, whole in sketches)
        return cls(tuple(ArticleSpan(*one) for one in articles), furniture, foreign, language, notes, found, known)


def packed(claim: Claim) -> tuple[Any, ...]:
    """A claim in types that `marshal` knows, spans by their places."""
    values = {name: getattr(claim, name) for name in KEPT}
    for name in SPAN_FIELDS:
        values[name] = values[name] and values[name].spans
    values["via"] = tuple((voice.speaker, voice.cue, voice.claim) for voice in claim.via)
    values["citing"] = tuple((basis.speaker, basis.span.spans) for basis in claim.citing)
    return tuple(values.values())


def unpacked(packed: tuple[Any, ...], told: dict[str, Any], text: str) -> Claim:
    """The claim that `packed` wrote."""
    claim = object.__new__(Claim)
    values = claim.__dict__  # filled as it is: the constructor of a frozen class sets each field by a call
    values.update(zip(KEPT, packed, strict=True))
    values.update(told)
    for name in SPAN_FIELDS:
        pieces = values[name]
        if pieces is not None:
            values[name] = Span.of(text, pieces)
    if values["via"]:
        values["via"] = tuple([Voice(*voice) for voice in values["via"]])
    if values["citing"]:
        values["citing"] = tuple([Basis(speaker, Span.of(text, pieces)) for speaker, pieces in values["citing"]])
    return claim
