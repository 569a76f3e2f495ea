"""Downloads of news databases, and other files of several articles with a head each: a document an article.

In comes the document of a file as the reader of its format gave it; out come those of its articles, whose text is the
headline and the words below it, or the same document where its layout is not known.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from claims_cli.claim import Document
from claims_cli.formats.options import FIELDS
from claims_cli.inputs.heads import below, fields_of, head_end, head_of, is_sentence, name_title, of_labels
from claims_cli.inputs.layouts import LONGEST, METADATA, Layout, Layouts

FORMATS = frozenset({"text", "docx", "odt", "rtf", "html"})
PROSE_WORDS = 15
FEWEST_FIELDS = 2
TAGS = re.compile(rb"<[^<>]{0,2000}>")


@dataclass(frozen=True)
class Article:
    """An article of a bundle: its fields by name, and the lines of its text."""

    fields: dict[str, str]
    lines: list[str]

    @property
    def text(self) -> str:
        """The lines as they stand, none empty at the ends; an empty one between two paragraphs."""
        body = "\n".join(line.rstrip() for line in self.lines)
        return re.sub(r"\n{3,}", "\n\n", body).strip("\n")


def articles_of(document: Document, layouts: Layouts) -> list[Document]:
    """The documents of the articles of a bundle; the document itself where it is none that is known."""
    folded = document.text.casefold()
    hinted = [layout for layout in layouts.vendors if any(hint in folded for hint in layout.hints)]
    is_labelled = any(label in folded for label in layouts.labelled.labels)
    lines = document.text.splitlines() if hinted or is_labelled else []
    read = [found for layout in hinted if (found := articles(lines, layout, layouts))]
    best = max(read, key=fields_told, default=None) or (labelled_articles(lines, layouts) if is_labelled else None)
    return made(document, *best) if best else [document]


def fields_told(found: tuple[list[Article], int]) -> int:
    """How many fields articles have, by which the layout of a vendor is known among others."""
    return sum(len(one.fields) for one in found[0])


def is_bundle_page(data: bytes, layouts: Layouts) -> bool:
    """Whether a line of a web page's source ends or begins an article of a bundle."""
    folded = data.lower()
    vendors = [one for one in layouts.vendors if any(hint.encode() in folded for hint in one.hints)]
    if not vendors:
        return False
    source = TAGS.sub(b"\n", data.replace(b"&nbsp;", b" ")).decode("utf-8", "replace")
    lines = [" ".join(line.split()) for line in source.split("\n") if 0 < len(line) <= LONGEST]
    return any(vendor.is_any(line, "begins", "ends") for line in lines for vendor in vendors)


def articles(lines: list[str], layout: Layout, layouts: Layouts) -> tuple[list[Article], int] | None:
    """The articles of a bundle and how many parts are none; None where no part of the text is one."""
    parts = parts_of(lines, layout)
    read = [article(part, layout, layouts) for part in parts]
    found = [one for one in read if one is not None]
    unread = [part for part, one in zip(parts, read, strict=True) if one is None and is_prose(part)]
    return (found, len(unread)) if found else None


def parts_of(lines: list[str], layout: Layout) -> list[list[str]]:
    """The parts of a text between the lines that begin or end an article."""
    parts: list[list[str]] = [[]]
    begun = marked = False
    for line in lines:
        bare = " ".join(line.split())
        if not bare or not layout.is_any(bare, "begins", "ends"):
            parts[-1].append(line)
            continue
        marked = True
        if layout.matched("begins", bare) and not begun:
            begun, parts = True, []  # what stands before the first is a cover
        parts.append([])
    return [part for part in parts if any(map(str.strip, part))] if marked else []


def is_prose(part: list[str]) -> bool:
    """Whether a part of a text has a paragraph."""
    return any(len(line.split()) >= PROSE_WORDS for line in part)


def article(part: list[str], layout: Layout, layouts: Layouts) -> Article | None:
    """The article of a part; None where its head is not known, or there is no text below it."""
    if any((label := layout.labelled(line.strip())) and label[0] == "text" for line in part):
        head, lines = of_labels(part, layout, layouts)
    else:
        place = head_end(part, layout, layouts)
        head = head_of(part[:place], layout, layouts)
        lines = below(part[place:], head, layout)
    known = head.dated is not None or len(head.fields) >= FEWEST_FIELDS
    if not known or not any(map(str.strip, lines)):
        return None
    lines = name_title(head, lines, layout)
    found = Article(fields_of(head, layout, layouts), lines)
    return found if found.text else None


def labelled_articles(lines: list[str], layouts: Layouts) -> tuple[list[Article], int] | None:
    """The articles of a text under heads of labels that begin alike; None where there are no two such heads."""
    layout = layouts.labelled
    starts = list(head_starts(lines, layout))
    firsts = [label_of(lines[start], layout) for start in starts]
    if len(starts) < 2 or len(set(firsts)) > 1 or any(map(is_sentence, lines[: starts[0]])):
        return None
    parts = [lines[start:end] for start, end in pairwise((*starts, len(lines)))]
    found = [one for part in parts if (one := article(part, layout, layouts)) is not None]
    return (found, 0) if len(found) == len(parts) else None


def head_starts(lines: Sequence[str], layout: Layout) -> Iterator[int]:
    """The lines with which a head of two labels or more begins; an empty line, or nothing, before it."""
    first = 0
    kinds: set[str] = set()
    for number, line in enumerate((*lines, "end")):
        kind = label_of(line, layout)
        if kind:
            first = first if kinds else number
            kinds.add(kind)
        elif line.strip() and not layout.matched("dropped", line.strip()):
            if len(kinds) >= FEWEST_FIELDS and kinds & {"title", "date", "outlet"}:
                yield first
            kinds = set()


def label_of(line: str, layout: Layout) -> str:
    """What the label at the head of a line holds; nothing where there is none."""
    found = layout.labelled(line.strip())
    return found[0] if found else ""


def made(document: Document, found: Sequence[Article], unread: int) -> list[Document]:
    """The documents of articles; the first carries the notes of the file."""
    return [
        one_document(document, number if len(found) > 1 else None, one, unread if number == 1 else 0)
        for number, one in enumerate(found, start=1)
    ]


def one_document(document: Document, number: int | None, one: Article, unread: int) -> Document:
    """The document of an article, with a note on what is not known of it."""
    missing = [name for name in ("title", "date") if name not in one.fields]
    notes = document.notes if number in (None, 1) else ()
    notes += (f"parts of this file in which no head of an article is known, left out: {unread}",) if unread else ()
    notes += (f"the head of this article tells no {' and no '.join(missing)} that is known",) if missing else ()
    filled: dict[str, Any] = {name: one.fields.get(name) for name in FIELDS}
    metadata = tuple((name, one.fields[name]) for name in METADATA if name in one.fields)
    path = document.path if number is None else f"{document.path}#{number}"
    return replace(
        document, path=path, text=one.text, row=number, metadata=(*document.metadata, *metadata), notes=notes,
        blocks=(), furniture=(), pages=(), **filled,
    )  # fmt: skip
