"""Answers of web servers that an archive keeps (MHTML, WARC, HAR): the pages among them, each a document.

A document has the address at which it was captured and, where it tells none itself, the day of the capture as its date.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from claims_cli.claim import Document
from claims_cli.errors import InputError
from claims_cli.formats import html, pdf, plain
from claims_cli.formats.dates import is_iso
from claims_cli.formats.notes import with_last_note
from claims_cli.formats.options import FormatOptions
from claims_cli.formats.saved_pages import CAPTURED
from claims_cli.formats.table import PAGE_BEGINS

OK = 200
NO_PAGE = "holds no page with text"
LARGEST_PAGE = html.LARGEST
PAGES = ("text/html", "application/xhtml+xml")
PDF, TEXT = "application/pdf", "text/plain"
READ = (*PAGES, PDF, TEXT)
ROBOTS = re.compile(r"https?://[^/]{1,300}/robots\.txt", re.I)
WEB = ("http://", "https://")
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.I)


@dataclass(frozen=True)
class Capture:
    """One answer of a server.

    Attributes:
        url: that was asked for.
        moment: when, as ISO 8601 (`2024-03-05T10:00:00Z`); nothing where it is not told.
        status: of HTTP.
        content_type: with its charset, as the server wrote it; nothing where it did not.
        body: gives what the server sent, cut after `LARGEST_PAGE` + 1 bytes.
    """

    url: str
    moment: str
    status: int
    content_type: str
    body: Callable[[], bytes]


Captures = Iterable[Capture | InputError | str]


def documents(name: str, captures: Captures, options: FormatOptions) -> Iterator[Document | InputError]:
    """The document of each page, `NAME#1` the first; the last one carries a note on what was left out.

    Args:
        captures: an error stands for what could not be read, a text for what kind of thing was left out.

    Raises:
        InputError: no page among them holds text.
    """
    left_out: Counter[str] = Counter()
    count = yield from with_last_note(pages(name, captures, options, left_out), lambda: note(left_out))
    if not count and options.piece is None:
        why = "; ".join((NO_PAGE, *note(left_out)))
        raise InputError(name, why, "check what was archived")


def pages(
    name: str, captures: Captures, options: FormatOptions, left_out: Counter[str]
) -> Iterator[Document | InputError]:
    """The pages among the captures, read one by one; what is left out is counted by its kind."""
    number = options.piece.before if options.piece else 0
    for capture in captures:
        if isinstance(capture, InputError):
            yield capture
            continue
        kind = capture if isinstance(capture, str) else kind_left_out(capture)
        if kind or isinstance(capture, str):
            left_out[kind] += 1
            continue
        number += 1
        document = page(f"{name}#{number}", capture, options)
        if isinstance(document, Document) and not document.text.strip():
            left_out["pages without text"] += 1
            continue
        yield document if isinstance(document, InputError) else replace(document, row=number)


def is_page(capture: Capture | InputError | str) -> bool:
    """Whether it is an answer that is counted and read."""
    return isinstance(capture, Capture) and not kind_left_out(capture)


def page(name: str, capture: Capture, options: FormatOptions) -> Document | InputError:
    """The document of one page; where it cannot be read, why: no page costs the others."""
    try:
        data = capture.body()
        if len(data) > LARGEST_PAGE:
            return InputError(name, "is far larger than web pages are", "save it by itself")
        return captured(read_page(name, data, capture.content_type, options), capture.url, capture.moment)
    except InputError as error:
        # a new one: the traceback of the other keeps the bytes of the page in memory
        return InputError(error.path, error.reason, error.remedy, error.stage)
    except MemoryError:
        raise
    except Exception as error:
        what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        return InputError(name, f"could not be read ({what})", "save it by itself")


def read_page(name: str, data: bytes, content_type: str, options: FormatOptions) -> Document:
    """The document in what a server sent; its charset is believed where the bytes fit it.

    Raises:
        InputError: it cannot be read.
    """
    if not data.strip():
        return Document(name, "")
    media_type = media_type_of(content_type)
    if media_type == PDF:
        return pdf.read(name, data, options)
    charset = options.encoding or charset_of(content_type, data)
    if media_type == TEXT:
        return plain.read(name, data, charset)
    return html.read(name, data, replace(options, encoding=charset))


def charset_of(content_type: str, data: bytes) -> str | None:
    """The charset that a server tells, where the bytes can be read in it; None otherwise."""
    said = CHARSET.search(content_type)
    if said is None or data.startswith(tuple(mark for mark, _ in plain.BYTE_ORDER_MARKS)):
        return None
    try:
        data.decode(said[1])
    except (LookupError, ValueError):
        return None
    return said[1].lower()


def captured(document: Document, url: str, moment: str) -> Document:
    """A document with the address and the moment of its capture; the day is its date where it tells none."""
    day = moment[:10] if is_iso(moment[:10]) else None
    metadata = {**dict(document.metadata), **({CAPTURED: moment} if day else {})}
    return replace(
        document,
        url=url if url.startswith(WEB) else document.url,
        date=document.date or day,
        metadata=tuple(metadata.items()),
    )


def kind_left_out(capture: Capture) -> str:
    """As what an answer is left out; nothing where it is a page."""
    if 300 <= capture.status < 400:
        return "redirects"
    if capture.status != OK:
        return "errors"
    if ROBOTS.fullmatch(capture.url.partition("?")[0]):
        return "robots.txt"
    if not capture.url.startswith(WEB):
        return "other records"
    return "" if media_type_of(capture.content_type) in READ else "other files"


def type_by_content(data: bytes) -> str:
    """The type of what begins as a page, for where the server did not tell; nothing of other things."""
    return PAGES[0] if PAGE_BEGINS.match(data) else ""


def media_type_of(content_type: str) -> str:
    """The type without charset, in small letters."""
    return content_type.partition(";")[0].strip().lower()


def note(left_out: Counter[str]) -> tuple[str, ...]:
    """What was left out, for a reader of the claims; nothing where nothing was."""
    kinds = ", ".join(f"{kind}: {number}" for kind, number in sorted(left_out.items()))
    return (f"left out of this archive: {kinds}",) if kinds else ()
