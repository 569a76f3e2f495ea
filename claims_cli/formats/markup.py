"""Text that holds HTML: a cell of a table, or a text file saved from one. What is no HTML stays as it is.

A tag is one that HTML knows and that is closed, or stands for a line or a paragraph; a lone `<` is none. A reference
to a character (`&#8220;`) ends with a semicolon; `AT&T` has none.
"""

import re
from functools import cache
from html import unescape
from html.entities import html5

from claims_cli.claim import Block, Document
from claims_cli.errors import InputError
from claims_cli.formats import html, plain
from claims_cli.formats.options import FormatOptions

TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,9})(?:\s[^<>]{0,2000})?/?>")
REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
ESCAPED_TWICE = re.compile(r"&amp;(?=(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)")
NO_TAG = re.compile(r"<(?!/?[A-Za-z][A-Za-z0-9:-]{0,40}[\s/>]|!--|!doctype)", re.I)
PAGE = re.compile(r"\s*(?:<!doctype\s+html|<html)\b", re.I)
DIVIDES = re.compile(r"p|br|div")
PARAGRAPH = re.compile(r"p|br|div|li|h[1-6]|article|section|blockquote|table")
LINE_END = re.compile(r"\r\n|\r|\n")
SYNTAX = frozenset("<>&")
LEAST = 2
NOTE = "its text was read as HTML: it holds tags or references to characters (`&#8220;`)"


def read(name: str, data: bytes, options: FormatOptions) -> Document:
    """The document of a text file that holds HTML.

    Raises:
        InputError: it is no text.
    """
    file = plain.read(name, data, options.encoding)
    text, blocks = of_cell(file.text)
    return Document(name, text, encoding=file.encoding, notes=(*file.notes, NOTE), blocks=blocks)


def is_clear(text: str) -> bool:
    """Whether a text file holds so much HTML that it was meant as such: two tags of paragraphs, or two references
    one of which is no part of HTML's own syntax."""
    if sum(bool(PARAGRAPH.fullmatch(tag)) for tag in tags(text)) >= LEAST:
        return True
    found = [unescape(reference) for reference in references(text)]
    return len(found) >= LEAST and any(character not in SYNTAX for character in found)


def of_cell(cell: str) -> tuple[str, tuple[Block, ...]]:
    """The text of a cell, and the blocks of its layout; the cell itself and none where it holds no HTML."""
    if "<" not in cell and "&" not in cell:
        return cell, ()
    source = ESCAPED_TWICE.sub("&", cell)
    if not has_tags(source):
        text = REFERENCE.sub(character, source) if references(source) else cell
        if not ("<" not in cell and has_tags(text)):
            return text, ()
        source = text
    return of_source(source) or (cell, ())


def on_one_line(cell: str) -> str:
    """The words of a cell that holds a title or a name."""
    text, _ = of_cell(cell)
    return cell if text == cell else " ".join(text.split())


def of_source(source: str) -> tuple[str, tuple[Block, ...]] | None:
    """The text of a piece of HTML and its blocks; None where the parser gives up."""
    names = set(tags(source))
    source = REFERENCE.sub(lambda one: one[0] if unescape(one[0]) in SYNTAX else character(one), source)
    source = NO_TAG.sub("&lt;", source)
    if not any(map(DIVIDES.fullmatch, names)):
        source = LINE_END.sub("<br>", source)
    try:
        if PAGE.match(source) and (tree := html.parsed("", source)) is not None:
            told = html.main_text(tree, None)
            if told[0]:
                return told
        return html.fragment("", source)
    except InputError:
        return None


def has_tags(text: str) -> bool:
    """Whether a text holds a tag that opens and closes, or begins a line."""
    opened: set[str] = set()
    for match in TAG.finditer(text):
        name = match[2].lower()
        if name not in known_tags():
            continue
        if name == "br" or (match[1] and name in opened):
            return True
        if name == "p" and (name in opened or not text[: match.start()].strip()):
            return True
        opened.add(name)
    return False


def tags(text: str) -> list[str]:
    """The names of the tags in a text, those that open an element."""
    opening = (match[2].lower() for match in TAG.finditer(text) if not match[1])
    return [name for name in opening if name in known_tags()]


def references(text: str) -> list[str]:
    """The references in a text to characters that HTML knows."""
    return [match.group() for match in REFERENCE.finditer(text) if is_known(match.group())]


def is_known(reference: str) -> bool:
    """Whether HTML knows a reference."""
    return reference[1] == "#" or reference[1:] in html5


def character(reference: re.Match[str]) -> str:
    """The character that a reference stands for; a space for one that does not break."""
    return unescape(reference.group()).replace("\xa0", " ") if is_known(reference.group()) else reference.group()


@cache
def known_tags() -> frozenset[str]:
    """The names of HTML's elements."""
    from lxml.html.defs import tags as names

    return frozenset(names) | {"figure", "figcaption", "article", "section", "header", "footer", "time"}
