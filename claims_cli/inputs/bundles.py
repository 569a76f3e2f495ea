"""Downloads of news databases, and other files of several articles with a head each: a document an article.

In comes the document of a file as the reader of its format gave it; out come those of its articles, whose text is the
headline and the words below it, or the same document where its layout is not known.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from claims_cli.claim import Document
from claims_cli.formats.options import FIELDS
from claims_cli.inputs.layouts import LABELLED, LONGEST, METADATA, Layout, Layouts

FORMATS = frozenset({"text", "docx", "odt", "rtf", "html"})
HEAD_LINES = 60  # lines of a head, the cover of a download among them
GAP = {True: 6, False: 3}  # lines between two that are known, before the date and behind it
PROSE_WORDS = 15
SENTENCE_WORDS = 5
AHEAD = 5  # lines
WIDTH = 55  # characters of a line that may have been broken
MOST_BEFORE = 3  # parts of a line before its date
LONGEST_MARK = 8  # characters of what stands before a page
TITLE_LINES = 3
TITLE_WORDS = 25
FEWEST_FIELDS = 2
BY = re.compile(r"(?:by|par)\s+", re.I)
TAGS = re.compile(rb"<[^<>]{0,2000}>")


@dataclass
class Head:
    """What the head of an article tells.

    Attributes:
        fields: by name; bare: the lines that nothing labels; dated: how many of those stand before the date.
        covered: whether a cover stood before it.
    """

    fields: dict[str, str] = field(default_factory=dict)
    bare: list[str] = field(default_factory=list)
    dated: int | None = None
    covered: bool = False

    def tell(self, part: str, words: str) -> None:
        """Keep a field, the first of its name."""
        if words:
            self.fields.setdefault(part, words)


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


def head_end(part: list[str], layout: Layout, layouts: Layouts) -> int:
    """The number of the line with which the text begins: behind the last that is known for one of a head."""
    end, unknown, seen, dated = 0, 0, 0, False
    for number, line in enumerate(part):
        bare = " ".join(line.split())
        if not bare:
            continue
        seen += 1
        if layout.matched("body", bare):
            return number
        is_date = dated_line(bare, layout, layouts) is not None
        label = layout.labelled(line.strip())
        if is_date or (label and label[0] != "tail") or is_of_head(bare, layout):
            end, unknown, dated = number + 1, 0, dated or is_date or label is not None
            continue
        if label is not None:
            break
        unknown += 1
        begins_text = dated and is_sentence(bare) and not has_label(part[number + 1 : number + 1 + AHEAD], layout)
        if unknown > GAP[not dated] or seen > HEAD_LINES or begins_text or len(bare) > 2 * LONGEST:
            break
    return end


def is_sentence(bare: str) -> bool:
    """Whether a line reads like one of the text: a sentence of some words."""
    return len(bare.split()) >= SENTENCE_WORDS and bare.rstrip("”\"’'")[-1:] in (".", ",")


def has_label(part: list[str], layout: Layout) -> bool:
    """Whether a label of a head stands in some lines."""
    labels = (layout.labelled(line.strip()) for line in part)
    return any(label is not None and label[0] != "tail" for label in labels)


def is_of_head(bare: str, layout: Layout) -> bool:
    """Whether a line without a label is known for one of a head."""
    return layout.is_any(bare, "cover", "dropped", "head") or layout.of_head(bare) is not None


def head_of(part: list[str], layout: Layout, layouts: Layouts) -> Head:
    """What the lines of a head tell."""
    head, waiting, broken = Head(), "", ""
    for line in part:
        bare = " ".join(line.split())
        label = layout.labelled(line.strip())
        going_on, broken = broken, label[0] if label is not None and len(line) >= WIDTH else ""
        date = dated_line(bare, layout, layouts) if bare and head.dated is None else None
        if not bare or (date is None and layout.is_any(bare, "dropped", "head")):
            continue
        if layout.matched("cover", bare):
            head, waiting = Head(covered=True), ""
        elif label is not None:
            head.tell(*label)
            waiting = "" if label[1] else label[0]
        elif waiting:
            head.tell(waiting, bare)
            waiting = ""
        elif date is not None:
            head.tell("date", date)
            head.tell("page", page_behind(bare, layout))
            head.dated = len(head.bare)
        elif (told := layout.of_head(bare)) is not None:
            head.tell(*told)
        elif going_on in head.fields:
            head.fields[going_on] += f" {bare}"
        elif bare not in head.bare:  # the head of a page has the title too
            head.bare.append(bare)
    return head


def dated_line(bare: str, layout: Layout, layouts: Layouts) -> str | None:
    """The date of a line of a head, as ISO writes it; below an outlet the name of a section may stand before it."""
    if len(bare) > LONGEST:
        return None
    date = layouts.date_of(bare)
    if date is None and layout.order[0] == "outlet" and bare[-1] not in ".?!":
        pieces = bare.split(", ", MOST_BEFORE)
        return next(filter(None, (layouts.date_of(", ".join(pieces[place:])) for place in range(1, len(pieces)))), None)
    return date


def page_behind(bare: str, layout: Layout) -> str:
    """The page that a line tells behind its date; nothing where it tells none."""
    found = (bare.casefold().rfind(f" {mark} ") + len(mark) + 2 for mark in layout.groups.get("page_marks", ()))
    place = max((place for place in found if place > LONGEST_MARK), default=len(bare))
    return bare[place:].strip()


def below(part: list[str], head: Head, layout: Layout) -> list[str]:
    """The lines of the text below a head; what labels behind it tell goes to the head."""
    lines: list[str] = []
    is_text = True
    for number, line in enumerate(part):
        bare = " ".join(line.split())
        label = layout.labelled(line.strip())
        if number == 0 and layout.matched("body", bare):
            continue
        if layout.matched("tail", bare) or (label is not None and label[0] == "tail"):
            is_text = False
        elif not is_text and label is not None:
            head.tell(*label)
        elif is_text and not layout.is_any(bare, "dropped", "cover"):
            lines.append(line)
    return lines


def of_labels(part: list[str], layout: Layout, layouts: Layouts) -> tuple[Head, list[str]]:
    """Head and text of a part whose text stands behind a label."""
    head, lines, current = Head(), [], ""
    for line in part:
        bare = " ".join(line.split())
        label = layout.labelled(line.strip())
        if layout.is_any(bare, "dropped", "cover"):
            continue
        if label is not None:
            current, words = label
            if current == "text":
                lines += ["", words]
            else:
                head.tell(current, words)
        elif current == "text":
            lines.append(line)
        elif current and bare and current not in head.fields:
            head.tell(current, bare)
        elif not current and bare:
            head.bare.append(bare)
    return head, lines


def name_title(head: Head, lines: list[str], layout: Layout) -> list[str]:
    """The lines of a text under its headline, which a head without labels tells by its place, or the text first."""
    before, behind = (head.bare, []) if head.dated is None else (head.bare[: head.dated], head.bare[head.dated :])
    if layout.order == ["title", "outlet", "date"] and head.dated is not None:
        head.tell("outlet", before[-1] if len(before) > 1 else "")
        title = before[-2:-1] if head.covered else before[:-1] or before
    elif layout.order[0] == "outlet" and head.dated is not None:
        head.tell("outlet", before[-1] if before else "")
        title = behind
    else:
        head.tell("outlet", behind[0] if behind else "")
        title = sorted(before, key=lambda line: len(line.split()))[-1:]  # the name of a section may stand over it
    if not title and "title" not in head.fields and layout.vendor != LABELLED:
        title, lines = first_line(lines)
    head.tell("title", " ".join(title if len(title) <= TITLE_LINES else title[-1:]))
    title_line = head.fields.get("title", "")
    others = [line for line in lines if not title_line or " ".join(line.split()) != title_line]
    return [title_line, "", *others] if title_line else others


def first_line(lines: list[str]) -> tuple[list[str], list[str]]:
    """The first line of a text, where it reads like a headline, and the others."""
    place = next(number for number, line in enumerate(lines) if line.strip())
    bare = " ".join(lines[place].split())
    if len(bare.split()) <= TITLE_WORDS and bare[-1] not in '.,;:!”"' and any(map(str.strip, lines[place + 1 :])):
        return [bare], lines[place + 1 :]
    return [], lines


def fields_of(head: Head, layout: Layout, layouts: Layouts) -> dict[str, str]:
    """The fields of an article, tidied."""
    told = dict(head.fields)
    if "author" in told:
        told["author"] = BY.sub("", told["author"], count=1)
    if "date" in told:
        told["date"] = layouts.date_of(told["date"]) or told["date"]
    for name, words in cited(told.pop("citation", ""), layouts):
        told.setdefault(name, words)
    marks = tuple(layout.groups.get("page_marks", ()))
    pieces = [piece.strip() for piece in told.get("section", "").split(";")]
    for piece in pieces:
        mark = next((mark for mark in marks if piece.casefold().startswith(mark + " ")), None)
        if mark:
            told.setdefault("page", piece[len(mark) :].strip())
            told["section"] = "; ".join(other for other in pieces if other != piece)
    return told


def cited(citation: str, layouts: Layouts) -> Iterator[tuple[str, str]]:
    """The fields of a line that says where an article stood (`Courier ; Lakeside [Lakeside]03 Jun 2024: 12.`)."""
    outlet, _, rest = citation.replace("]", "] ").partition(";" if ";" in citation else "[")
    words = rest[:LONGEST].split()
    dates = (layouts.date_of(" ".join(words[place : place + 3])) for place in range(len(words)))
    date = next(filter(None, dates), None)
    if date and outlet.strip():
        yield from (("outlet", outlet.strip()), ("date", date))
        page = rest.rpartition(": ")[2].strip(" .")
        yield from [("page", page)] if page and " " not in page else []


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
