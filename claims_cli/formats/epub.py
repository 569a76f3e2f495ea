"""Books (.epub): the chapters in the order of reading as one document, since who is named in one speaks in the next."""

import posixpath
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import unquote
from zipfile import ZipFile

from claims_cli.claim import Block, Document
from claims_cli.errors import InputError
from claims_cli.formats import html
from claims_cli.formats.limits import LARGEST, megabytes
from claims_cli.formats.options import FormatOptions
from claims_cli.formats.packages import ENCRYPTED, opened, part_of

CONTAINER, LOCKS = "META-INF/container.xml", "META-INF/rights.xml"
PAGES = ("application/xhtml+xml", "text/html")
MOST_CHAPTERS = 5000
NOT_SAVED = "check that it was saved whole"


def read(name: str, data: bytes, options: FormatOptions) -> Document:
    """The document of a book.

    Raises:
        InputError: it is none, is locked, or unpacks too far.
    """
    package = opened(name, data)
    if LOCKS in package.namelist() or any(part.flag_bits & ENCRYPTED for part in package.infolist()):
        raise InputError(name, "is locked against copying", "save it without its lock")
    place = place_of_book(name, part_of(name, package, CONTAINER))
    book = tree_of(name, part_of(name, package, place))
    contents = contents_of(name, package, chapters(name, book, place))
    missing = sum(not content for content in contents)
    notes = (f"chapters that are missing in this book: {missing}",) if missing else ()
    text, blocks = joined(chapter(name, content, options) for content in contents if content)
    return Document(name, text, notes=notes, blocks=blocks, **told(book))


def contents_of(name: str, package: ZipFile, paths: list[str]) -> list[bytes]:
    """The bytes of the chapters; nothing of one that is missing.

    Raises:
        InputError: one is broken, or all unpack too far.
    """
    contents, left = [], LARGEST
    for path in paths:
        contents.append(part_of(name, package, path))
        left -= len(contents[-1])
        if left < 0:
            raise InputError(name, f"unpacks to more than {megabytes(LARGEST)}", "split it")
    return contents


def tree_of(name: str, xml: bytes) -> Any:
    """The tree of an XML part.

    Raises:
        InputError: it is missing, broken, or declares entities.
    """
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        return fromstring(xml)
    except (DefusedXmlException, ParseError, ValueError, LookupError):
        raise InputError(name, "is no EPUB book, or its list of chapters is broken", NOT_SAVED) from None


def place_of_book(name: str, container: bytes) -> str:
    """The path of the part that lists the chapters.

    Raises:
        InputError: it is not told.
    """
    for element in elements(tree_of(name, container), "rootfile"):
        if element.get("full-path"):
            return element.get("full-path")
    raise InputError(name, "does not tell where its chapters are", NOT_SAVED)


def elements(tree: Any, *tags: str) -> list[Any]:
    """The elements of these names, whatever their namespace, in order."""
    return [element for element in tree.iter() if str(element.tag).rpartition("}")[2] in tags]


def chapters(name: str, book: Any, place: str) -> list[str]:
    """The paths of the chapters in the order of reading; a table of contents is none.

    Raises:
        InputError: they are more than any book has.
    """
    items = {item.get("id"): item for item in elements(book, "item")}
    listed = [items.get(reference.get("idref")) for reference in elements(book, "itemref")]
    pages = [item for item in listed if item is not None and item.get("media-type") in PAGES]
    hrefs = [item.get("href", "") for item in pages if "nav" not in item.get("properties", "").split()]
    folder = posixpath.dirname(place)
    paths = dict.fromkeys(posixpath.normpath(posixpath.join(folder, unquote(href.partition("#")[0]))) for href in hrefs)
    if len(paths) > MOST_CHAPTERS:
        raise InputError(name, f"has more than {MOST_CHAPTERS:,} chapters", "split it")
    return list(paths)


def chapter(name: str, content: bytes, options: FormatOptions) -> tuple[str, tuple[Block, ...]]:
    """The text of a chapter, its headings in it, and its blocks.

    Raises:
        InputError: it is too large, nested too deep, or no text.
    """
    source, _, _ = html.decoded(name, content, options.encoding)
    return html.fragment(name, source)


def joined(parts: Iterator[tuple[str, tuple[Block, ...]]]) -> tuple[str, tuple[Block, ...]]:
    """The texts of the chapters, an empty line between two, and their blocks at their places."""
    texts: list[str] = []
    blocks: list[Block] = []
    offset = 0
    for text, found in parts:
        if text:
            texts.append(text)
            blocks += [moved(block, offset) for block in found]
            offset += len(text) + 2
    return "\n\n".join(texts), tuple(blocks)


def moved(block: Block, by: int) -> Block:
    """A block so many code points further on."""
    over = (block.over[0] + by, block.over[1] + by) if block.over else None
    return replace(block, start=block.start + by, end=block.end + by, over=over)


def told(book: Any) -> dict[str, Any]:
    """Title, author and date of a book, where it tells them; when its file was changed is no date of it."""
    dates = [date for date in elements(book, "date") if words(date) and event_of(date) in ("", "publication")]
    dates.sort(key=lambda date: event_of(date) != "publication")
    authors = dict.fromkeys(filter(None, map(words, elements(book, "creator"))))
    return {
        "title": next(filter(None, map(words, elements(book, "title"))), None),
        "author": ", ".join(authors) or None,
        "date": words(dates[0]) if dates else None,
    }


def event_of(date: Any) -> str:
    """What a date is the date of; nothing where it does not tell."""
    return next((value.lower() for key, value in date.attrib.items() if key.rpartition("}")[2] == "event"), "")


def words(element: Any) -> str:
    """The text of an element on one line."""
    return " ".join("".join(element.itertext()).split())
