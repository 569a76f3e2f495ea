"""Feeds (RSS, Atom, RDF): each item that has text is a document, by its full text or else by its summary."""

import html as entities
import io
import re
from collections.abc import Iterator
from typing import Any

from claims_cli.claim import Block, Document
from claims_cli.errors import InputError
from claims_cli.formats import html, plain
from claims_cli.formats.notes import with_last_note
from claims_cli.formats.options import FormatOptions

HEAD = 65_536
ROOT = re.compile(r"<(?:[\w.-]{1,40}:)?(rss|feed|rdf)[\s>][^<]{0,8000}", re.I)
BEFORE_ROOT = (("<?", "?>"), ("<!--", "-->"), ("<!", ">"))
SPACES = {"rss": "", "feed": "atom", "rdf": "/rss/"}
MAIL = re.compile(r"([^\s@()]{1,100}@[^\s@()]{1,200})(?:\s*\(([^()]{1,200})\))?")
WEB = ("http://", "https://")


def is_feed(data: bytes) -> bool:
    """Whether bytes are a feed: XML whose root is `rss`, or Atom's `feed`, or `RDF` with the words of RSS."""
    head = data[:HEAD]
    encoding = next((name for mark, name in plain.BYTE_ORDER_MARKS if head.startswith(mark)), "utf-8")
    text = head.decode(encoding, "replace").lstrip("\ufeff \t\r\n")
    found = ROOT.match(text, root_of(text))
    return found is not None and SPACES[found[1].lower()] in found.group().lower()


def root_of(text: str) -> int:
    """Where the first element of an XML text begins, after declarations, comments and the document type."""
    place = 0
    while True:
        place += len(text[place:]) - len(text[place:].lstrip())
        ends = next((end for begins, end in BEFORE_ROOT if text.startswith(begins, place)), None)
        end = text.find(ends, place) if ends else -1
        if ends is None or end < 0:
            return place
        place = end + len(ends)


def read(name: str, data: bytes, options: FormatOptions) -> Iterator[Document | InputError]:
    """The documents of a feed; the number of one is the place of its item, from 1.

    Raises:
        InputError: it is no feed, or no item has text.
    """
    import feedparser

    if not is_feed(data):
        raise InputError(name, "is no feed (RSS, Atom)", "give it the suffix of what it is")
    try:
        parsed = feedparser.parse(io.BytesIO(data))  # a stream: bytes might be taken for the name of a file
    except (ValueError, LookupError, AttributeError, TypeError):  # as its library meets what it cannot make out
        raise InputError(name, "is no feed that can be made out", "check that it was saved whole") from None
    items = [document(name, number, entry, parsed) for number, entry in enumerate(parsed.entries, 1)]
    kept = [item for item in items if isinstance(item, InputError) or item.text.strip()]
    if not kept:
        raise InputError(name, "no item of this feed has text", "check that it was saved whole")
    notes = [f"items without text in this feed: {len(items) - len(kept)}"] if len(kept) < len(items) else []
    notes += ["this feed is no well-formed XML; what could be read of it was"] if parsed.bozo else []
    yield from with_last_note(kept, lambda: notes)


def document(name: str, number: int, entry: Any, feed: Any) -> Document | InputError:
    """The document of an item; where it cannot be read, why."""
    path = f"{name}#{number}"
    try:
        text, blocks = longest_text(path, entry)
        return Document(path, text, blocks=blocks, row=number, **told(path, entry, feed))
    except InputError as error:
        return error


def longest_text(name: str, entry: Any) -> tuple[str, tuple[Block, ...]]:
    """The first full text of an item that is not empty, or else its summary."""
    details = [*entry.get("content", ()), entry.get("summary_detail") or {}]
    for detail in details:
        text, blocks = text_of(name, detail)
        if text:
            return text, blocks
    return "", ()


def text_of(name: str, detail: Any) -> tuple[str, tuple[Block, ...]]:
    """The text of a part of an item, and its blocks where it is HTML."""
    source = detail.get("value") or ""
    if "html" in detail.get("type", "") and "<" in source:
        return html.fragment(name, source)
    return entities.unescape(source).replace("\r\n", "\n").strip(), ()


def told(name: str, entry: Any, feed: Any) -> dict[str, Any]:
    """Title, outlet, author, date and address of an item, where they are told."""
    link = entry.get("link") or ""
    source = entry.get("source") or {}
    author = author_of(entry) or (author_of(feed.feed) if feed.version.startswith("atom") else None)
    return {
        "title": line_of(name, entry.get("title_detail")),
        "outlet": line_of(name, source.get("title_detail") or {"value": source.get("title")})
        or line_of(name, feed.feed.get("title_detail")),
        "author": author,
        "date": entry.get("published") or entry.get("updated") or None,
        "url": link if link.startswith(WEB) else None,
    }


def author_of(part: Any) -> str | None:
    """The names of whoever wrote an item, or the address of one who tells no name."""
    mail = MAIL.fullmatch((part.get("author") or "").strip())
    if mail:  # the library cuts addresses of newer domains in two
        return mail[2] or mail[1]
    details = part.get("authors") or [part.get("author_detail") or {}]
    names = dict.fromkeys(" ".join((detail.get("name") or "").split()) for detail in details)
    return ", ".join(filter(None, names)) or part.get("author") or None


def line_of(name: str, detail: Any) -> str | None:
    """A title on one line."""
    return " ".join(text_of(name, detail or {})[0].split()) or None
