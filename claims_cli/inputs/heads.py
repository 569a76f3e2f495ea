"""The head of an article in a bundle: where it ends, and what it tells by labels, by whole lines, and by its order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from claims_cli.inputs.layouts import LABELLED, LONGEST, Layout, Layouts

HEAD_LINES = 60  # lines of a head, the cover of a download among them
GAP = {True: 6, False: 3}  # lines between two that are known, before the date and behind it
SENTENCE_WORDS = 5
AHEAD = 5  # lines
WIDTH = 55  # characters of a line that may have been broken
MOST_BEFORE = 3  # parts of a line before its date
LONGEST_MARK = 8  # characters of what stands before a page
TITLE_LINES = 3
TITLE_WORDS = 25
BY = re.compile(r"(?:by|par)\s+", re.I)


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
