"""By what documents are analysed, and what is found out about one; also as bytes."""

import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import msgspec

from claims_cli.articles.duplicates import Sketch, sketches_of
from claims_cli.articles.languages import ENGLISH
from claims_cli.claim import ArticleSpan, Block, Claim, Document, Offsets, Turn
from claims_cli.rulebook import SHIPPED, RuleSources

TOLD = ("outlet", "author", "date", "url", "row")  # what a claim takes over from its document under the same name
OF_POSTS = ("author", "date")
QUICKLY = 1


@dataclass(frozen=True)
class Setup:
    """By what documents are analysed.

    Attributes:
        model: name of an installed spaCy pipeline.
        language: what is parsed, one of `languages.LANGUAGES`.
        transcript: whether a text is one; None where its shape tells.
        plain: whether the model computes as spaCy has it, which takes longer and gives the same.
        parses: the file in which parses are kept; None for none.
        made_with: what they are kept for (see `ParseCache`).
    """

    model: str
    sources: RuleSources = SHIPPED
    language: str = ENGLISH
    transcript: bool | None = None
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
    turns: tuple[Turn, ...] = ()
    blocks: tuple[Block, ...] = ()
    language: str | None = None
    notes: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    sketches: tuple[Sketch, ...] = ()
    failure: Failure | None = None

    @classmethod
    def of(cls, read: Document, arranged: Document, claims: Iterable[Claim]) -> "Analysis":
        """What was found out about a document that was read."""
        notes = arranged.notes[len(read.notes) :]
        told = (arranged.articles, arranged.furniture, arranged.foreign, arranged.turns, arranged.blocks)
        return cls(*told, arranged.language, notes, tuple(claims), sketches_of(arranged))

    def arranged(self, read: Document) -> Document:
        """The document, as it was read, with what was found out about it."""
        return replace(
            read,
            articles=self.articles,
            furniture=self.furniture,
            foreign=self.foreign,
            turns=self.turns,
            blocks=self.blocks,
            language=self.language,
            notes=(*read.notes, *self.notes),
        )

    def to_bytes(self) -> bytes:
        """For the cache.

        Raises:
            UnicodeEncodeError: it holds half a character, which no bytes can.
        """
        return zlib.compress(ENCODER.encode(self), QUICKLY)

    @classmethod
    def from_bytes(cls, data: bytes, read: Document) -> "Analysis":
        """What `to_bytes` wrote of a document with this text; its claims are of this document.

        Raises:
            ValueError: the bytes are damaged.
        """
        try:
            analysis = decoder().decode(zlib.decompress(data))
        except (zlib.error, msgspec.MsgspecError) as error:
            raise ValueError(str(error)) from None
        posts = [block for block in analysis.blocks if block.kind == "post"]
        return replace(analysis, claims=tuple(of_document(analysis.claims, read, posts)))


def of_document(claims: Iterable[Claim], document: Document, posts: Sequence[Block]) -> Iterator[Claim]:
    """Claims with what they tell of their document: the same text may have been read elsewhere.

    Args:
        posts: the entries of a live blog; what one tells of itself goes before what its document tells.
    """
    told = {"doc": document.path, "doc_sha256": document.sha256, **{name: getattr(document, name) for name in TOLD}}
    for claim in claims:
        post = next((post for post in posts if post.start <= claim.start < post.end), None)
        own = {name: value for name in OF_POSTS if post and (value := getattr(post, name))}
        now = {**told, **own}
        is_same = all(getattr(claim, name) == value for name, value in now.items())
        yield claim if is_same else replace(claim, **now)


def hashes_to_bytes(hashes: Any) -> bytes:
    """The hashes of a sketch, the one thing here that msgspec does not know."""
    return hashes.tobytes()


def hashes_from_bytes(kind: type, value: bytes) -> array:
    """What `hashes_to_bytes` wrote."""
    return array("I", value)


ENCODER = msgspec.msgpack.Encoder(enc_hook=hashes_to_bytes)


@cache
def decoder() -> msgspec.msgpack.Decoder[Analysis]:
    """What reads an analysis; made when it is first needed."""
    return msgspec.msgpack.Decoder(Analysis, dec_hook=hashes_from_bytes)
