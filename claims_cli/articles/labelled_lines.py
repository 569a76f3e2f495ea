"""The lines of a text with the labels at their heads: which of them are labels of turns, and what stands under each."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from claims_cli.articles.labels import Label
from claims_cli.claim import Block

CLEAR = ("counted", "capitals", "hansard", "dotted", "letter", "marked")  # shapes that prose does not have
LONE = ("alone", "marked", "timed", "bold")  # what stands on lines of its own, or is set off
BEGINNING = ("stopped", "dashed")  # shapes that prose has inside its sentences
FEWEST_ALONE = 4
ENDS = tuple('.?!…:;”"’)]—–-')  # of a line behind which one begins
MOST_OFFICE = 14  # words of an office below a name
MOST_RUNNING = 4  # words of a line beside the number of a page
Stretch = tuple[int, int, bool]  # start, end, and whether an empty line stands before


@dataclass(frozen=True, slots=True)
class LabelledLine:
    """A line that is not empty, with the label at its head; apart: whether an empty line stands before it."""

    start: int
    end: int
    apart: bool
    label: Label | None = None


@dataclass(frozen=True)
class Shape:
    """The shape of a text.

    Attributes:
        paragraphs: where its lines begin, those that were broken at a width as one, in order.
        furniture: those of them that are set aside.
    """

    paragraphs: Sequence[int]
    furniture: Collection[int]

    def paragraphs_in(self, start: int, end: int) -> Sequence[int]:
        """Where the paragraphs of a stretch begin."""
        return self.paragraphs[bisect_left(self.paragraphs, start) : bisect_left(self.paragraphs, end)]


def without_headlines(text: str, lines: Sequence[LabelledLine], shape: Shape) -> list[LabelledLine]:
    """The lines, those without their label that come again word for word, or are names that stand in furniture.

    These are headlines and headings of scraped pages; a name on a line of its own beside other labels is none either.
    """
    times = Counter(text[line.start : line.end].strip() for line in lines if line.label and line.label.kind == "name")
    labels = [line.label for line in lines if line.label and line.label.kind != "nobody"]
    known = Counter(label.key for label in labels)
    before_words = sum(label.kind in CLEAR or (label.kind == "name" and known[label.key] > 1) for label in labels)
    mixed = before_words >= sum(label.kind == "alone" and known[label.key] > 1 for label in labels)

    def is_heading(line: LabelledLine) -> bool:
        if line.label is None or line.label.kind not in ("alone", "name"):
            return False
        is_alone = line.label.kind == "alone"
        if (line.start in shape.furniture and not line.label.titled) or (is_alone and mixed):
            return True
        is_whole = line.label.body >= line.end  # a label over the words
        return not is_alone and not is_whole and times[text[line.start : line.end].strip()] > 1

    return [bare(line) if is_heading(line) else line for line in lines]


def alone_labels(lines: Sequence[LabelledLine]) -> set[str]:
    """The names on lines of their own that are labels: several that come again, or in capitals of which one does."""
    over = [line for line, under in pairwise(lines) if under.label is None]  # with words under it
    labels = [line.label for line in over if line.label and line.label.kind == "alone"]
    times = Counter(label.key for label in labels)
    again = {key for key, number in times.items() if number > 1}
    titled = {label.key for label in labels if label.titled} | told_names(labels) if again else set()
    if len(again | titled) > 1 and sum(times[key] for key in again | titled) >= FEWEST_ALONE:
        return again | titled
    capitals = [label for label in labels if label.name.isupper()]
    surnames = Counter(label.key.split()[-1] for label in capitals)
    return {label.key for label in capitals} if len(surnames) > 1 and max(surnames.values()) > 1 else set()


def marked_labels(lines: Sequence[LabelledLine], kind: str = "marked") -> set[str]:
    """The names that the layout or a time sets apart and that are labels: several, of which one comes again."""
    times = Counter(line.label.key for line in lines if line.label and line.label.kind == kind)
    return set(times) if len(times) > 1 and max(times.values()) > 1 else set()


def line_end(text: str, place: int) -> int:
    """Where the line behind a line's end begins."""
    return place + (2 if text.startswith("\r\n", place) else 1)


def parts_of_names(labels: Iterable[Label]) -> set[str]:
    """The first words and the last of the names that labels give in full."""
    return {part for label in labels for part in label.key.split()[:: max(1, label.key.count(" "))] if " " in label.key}


def told_names(labels: Sequence[Label]) -> set[str]:
    """The names that stand before brackets or an office in labels, or in the brackets, their title off."""
    held = {" ".join(label.bracketed.casefold().split()[1:]) for label in labels if label.titled and label.bracketed}
    return held | {label.key for label in labels if label.bracketed or label.role}


def without_inner(text: str, lines: Sequence[LabelledLine]) -> list[LabelledLine]:
    """The lines, those without their label that may be the next line of a sentence: no empty line stands over them.

    A name alone in its line is a label there only behind the end of a sentence and where brackets or an office tell
    that it is one, here or elsewhere, or where it comes again among such.
    """
    lone = [line.label for line in lines if line.label and line.label.kind == "alone"]
    known = told_names(lone)
    if known:
        known |= {key for key, times in Counter(label.key for label in lone).items() if times > 1}

    def is_inner(line: LabelledLine, above: str) -> bool:
        if line.apart or line.label is None or line.label.kind not in ("alone", *BEGINNING):
            return False
        return not above.endswith(ENDS) or (line.label.kind == "alone" and line.label.key not in known)

    above = ["."] + [text[line.start : line.end].rstrip() for line in lines]
    return [bare(line) if is_inner(line, before) else line for line, before in zip(lines, above, strict=False)]


def without_other_shapes(lines: Sequence[LabelledLine]) -> list[LabelledLine]:
    """The lines, those without their label that ends in a full stop where most labels of the text end in a colon."""
    kinds = Counter(line.label.kind in BEGINNING for line in lines if line.label and line.label.kind != "nobody")
    if kinds[True] >= kinds[False]:
        return list(lines)
    return [bare(line) if line.label and line.label.kind in BEGINNING else line for line in lines]


def bare(line: LabelledLine) -> LabelledLine:
    """A line without a label."""
    return LabelledLine(line.start, line.end, line.apart)


def parts(lines: Sequence[LabelledLine]) -> Iterator[tuple[Label, int, list[Stretch]]]:
    """Each label, where its line begins, and the lines under it, the rest of its own line first."""
    places = [place for place, line in enumerate(lines) if line.label]
    for place, following in pairwise((*places, len(lines))):
        first, label = lines[place], lines[place].label
        if label is not None:
            own = [(label.body, first.end, True)] if label.body < first.end else []
            rest = [(line.start, line.end, line.apart) for line in lines[place + 1 : following]]
            yield label, first.start, own + rest


def without_office(text: str, label: Label, lines: list[Stretch]) -> list[Stretch]:
    """The lines under a label; where that is a name alone and an office stands right below, those below the office."""
    if label.kind != "alone" or len(lines) < 2 or lines[0][2] or not lines[1][2]:
        return lines
    words = text[lines[0][0] : lines[0][1]].rstrip()
    is_office = words.lstrip()[:1].isupper() and len(words.split()) <= MOST_OFFICE and not words.endswith(ENDS)
    return lines[1:] if is_office else lines


def of_item(lines: list[Stretch], items: Sequence[Block]) -> list[Stretch]:
    """The lines under a label; where the first stands in an item of a list, those of the item."""
    place = bisect_right(items, lines[0][0], key=lambda item: item.start) - 1 if lines else -1
    if place < 0 or items[place].end <= lines[0][0]:
        return lines
    return [line for line in lines if line[0] < items[place].end]


def without_page_breaks(text: str, lines: Sequence[LabelledLine], shape: Shape, page: re.Pattern) -> list[LabelledLine]:
    """The lines without the foot and head of pages that stand between them: numbers, dates, running titles.

    `page`: what a line is that counts pages.
    """

    def is_counted(line: LabelledLine) -> bool:
        return page.fullmatch(text[line.start : line.end].strip()) is not None

    def is_short(line: LabelledLine) -> bool:
        words = text[line.start : line.end].strip()
        is_title = len(words.split()) <= MOST_RUNNING and words[0].isupper() and words[-1].isalnum()
        return is_counted(line) or (line.label is None and (is_title or line.start in shape.furniture))

    kept = []
    for short, run in groupby(lines, is_short):
        together = list(run)
        if not short or not any(is_counted(line) for line in together):
            kept += together
    return kept
