"""Web pages: their main text by trafilatura, or all that is visible. A block of the page is a paragraph."""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from claims_cli.claim import Block, Document
from claims_cli.errors import InputError
from claims_cli.formats import page_mending, plain, saved_pages
from claims_cli.formats.options import SECTION, FormatOptions
from claims_cli.formats.page_structure import marked, unmarked

NO_XML = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # no tree of a page takes these
EMBEDDED = re.compile(rb"data:[\w/+.;=-]{1,100},[A-Za-z0-9+/=%\s]{200,}")
CHARSET = re.compile(
    rb"""(?:<meta[^>]{0,200}charset|<\?xml[^>]{0,100}encoding)\s*+=\s*+(?:["']\s*+)?([\w.:-]{2,40})""", re.I
)
HEAD = 4096
LARGEST = 20_000_000
MOST_TAGS = 150_000
UNSEEN = re.compile("head|script|style|noscript|template|svg|math|select|textarea|object|iframe|audio|video")
INLINE = re.compile(
    "a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|hi|i|ins|kbd|label|mark|nobr|q|ref|rp|rt|ruby|s|samp|"
    "small|span|strike|strong|sub|sup|time|tt|u|var|wbr"
)
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
BREAKS = ("br", "lb")
LINE_END = "\0"
HEADLINE_AMONG = 4
TOO_DEEP = "depth"


def read(name: str, data: bytes, options: FormatOptions) -> Document:
    """The document of a web page.

    Raises:
        InputError: it is too large, or nested too deep.
    """
    source, encoding, notes = decoded(name, data, options.encoding)
    tree = parsed(name, source)
    if tree is None:
        return Document(name, "", encoding=encoding, notes=notes)
    fields = metadata(tree, source)
    if not options.whole_page:
        text, told = main_text(parsed(name, source), fields["title"])
        if text:
            return Document(name, text, encoding=encoding, notes=notes, blocks=told, **fields)
        notes = (*notes, "no main text was found on this page; all of its text was taken (--whole-page)")
    text, told = visible(tree)
    return Document(name, text, encoding=encoding, notes=notes, blocks=told, **fields)


def fragment(name: str, source: str) -> tuple[str, tuple[Block, ...]]:
    """All visible text of HTML that is part of something else, and its blocks.

    Raises:
        InputError: it is too large, or nested too deep.
    """
    refuse_large(name, source.encode("utf-8", "replace"))
    tree = parsed(name, source)
    return ("", ()) if tree is None else visible(tree)


def visible(tree: Any) -> tuple[str, tuple[Block, ...]]:
    """All text of a tree that a browser shows, and its blocks."""
    page_mending.set_apart(tree)
    structure = marked(tree)
    return unmarked(blocks(tree, UNSEEN), structure)


def refuse_large(name: str, data: bytes) -> None:
    """Let pages pass that are no larger than pages are.

    Raises:
        InputError: it is too large.
    """
    if len(data) > LARGEST or data.count(b"<") - data.count(b"</") > MOST_TAGS:
        raise InputError(name, "is far larger than web pages are", "split it, or save it as plain text")


def decoded(name: str, data: bytes, encoding: str | None) -> tuple[str, str, tuple[str, ...]]:
    """The source of a page without embedded pictures, its encoding, and notes; what the page says of it is believed.

    Raises:
        InputError: it is no text, or too large for a page.
    """
    data = EMBEDDED.sub(b"data:,", data)
    refuse_large(name, data)
    declared = CHARSET.search(data[:HEAD])
    if encoding is None and declared and not data.startswith(tuple(mark for mark, _ in plain.BYTE_ORDER_MARKS)):
        said = declared[1].decode()
        try:
            return plain.with_letters_put_back(data.decode(said), said.lower(), ())
        except (LookupError, ValueError):
            pass
    return plain.decode(name, data, encoding)


def parsed(name: str, source: str) -> Any:
    """The tree of a page; None where there is nothing in it.

    Raises:
        InputError: it is nested deeper than the parser goes, which would lose text.
    """
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", huge_tree=False, no_network=True)
    try:
        tree = html.document_fromstring(NO_XML.sub(" ", source).encode(), parser=parser)
    except etree.ParserError:
        return None
    if any(TOO_DEEP in entry.message.lower() for entry in parser.error_log):
        raise InputError(name, "its tags are nested deeper than in any web page", "save it as plain text")
    return tree


def main_text(tree: Any, title: str | None) -> tuple[str, tuple[Block, ...]]:
    """The main text of a page, under its headline, and its blocks; the tree is changed."""
    import trafilatura

    page_mending.mend(tree)
    structure = marked(tree)
    extracted = trafilatura.bare_extraction(tree, include_comments=False, with_metadata=False)
    lines = [] if extracted is None or extracted.body is None else list(blocks(extracted.body))
    if not lines:
        return "", ()
    if title and not any(same_words(title, line) for line in lines[:HEADLINE_AMONG]):
        lines.insert(0, title)
    return unmarked(lines, structure)


def same_words(first: str, second: str) -> bool:
    """Whether two lines have the same letters and digits."""
    return re.sub(r"\W", "", first.casefold()) == re.sub(r"\W", "", second.casefold())


def metadata(tree: Any, source: str) -> dict[str, Any]:
    """Title, outlet, author, date and address of a page, and when it was saved, where it tells them."""
    from trafilatura.metadata import extract_metadata

    extracted = extract_metadata(tree, extensive=False)
    url = extracted.url or saved_pages.address(source)
    beside = ((SECTION, section(tree)), (saved_pages.CAPTURED, saved_pages.moment(source)))
    return {
        "title": extracted.title or None,
        "outlet": extracted.sitename or None,
        "author": extracted.author or None,
        "date": extracted.date or None,
        "url": url if url and url.startswith(("http://", "https://")) else None,
        "metadata": tuple((name, value) for name, value in beside if value),
    }


def section(tree: Any) -> str | None:
    """The section of the outlet that a page says it stands in."""
    found = tree.xpath("//meta[@property='article:section']/@content")
    return " ".join(found[0].split()) or None if found else None


def blocks(tree: Any, unseen_tags: re.Pattern | None = None) -> Iterator[str]:
    """The visible text of a tree, block by block; white space collapsed, `br` a line end.

    Args:
        unseen_tags: whose text no browser shows; with them, elements that say that they are hidden are left out too.
    """
    from lxml import etree

    pieces: list[str] = []
    unseen = 0
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            pieces += [] if unseen else [element.tail or ""]
            continue
        tag = element.tag.rpartition("}")[2]
        hides = unseen_tags is not None and (bool(unseen_tags.fullmatch(tag)) or is_hidden(element))
        unseen += hides if event == "start" else 0
        if not unseen and not INLINE.fullmatch(tag) and tag not in BREAKS:
            yield from block_text(pieces)
            pieces = []
        if event == "start":
            pieces += [] if unseen else [LINE_END if tag in BREAKS else "", element.text or ""]
            continue
        unseen -= hides
        pieces += [] if unseen else [element.tail or ""]
    yield from block_text(pieces)


def is_hidden(element: Any) -> bool:
    """Whether an element says that a browser shows nothing of it."""
    return "hidden" in element.attrib or bool(HIDDEN.search(element.get("style", "")))


def block_text(pieces: list[str]) -> Iterator[str]:
    """The text of one block, where it has any; two line ends without words between end a paragraph."""
    lines = [" ".join(line.split()) for line in "".join(pieces).split(LINE_END)]
    for has_words, paragraph in groupby(lines, key=bool):
        if has_words:
            yield "\n".join(paragraph)
