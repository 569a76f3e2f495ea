"""Lines on pages → one text: paragraphs put together over line and page ends, heads and feet of pages set aside."""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from claims_cli.claim import Offsets

EDGE = 0.12
AROUND = r"[\s\-–—|•·\[\]]*"
NUMBER = r"(?:page\s*|p\.\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/|\|)\s*\d{1,4})?"
NUMBER_ONLY = re.compile(AROUND + NUMBER + AROUND, re.IGNORECASE)
OUTERMOST = 3
EDGE_GAP = 1.4
STEPS = 50
OFTEN = 3
SENTENCE_END = frozenset(".!?:;\"”’'…)")
HYPHENS = "-\u2010\u00ad"
LAST_WORD = re.compile(r"(\w+)[-\u2010\u00ad]$")
FIRST_WORD = re.compile(r"\w+")
SAME_SIZE = 0.12
PARAGRAPH_GAP = 1.25
INDENT = 0.7
SHORT = 0.12
VERY_SHORT = 0.3


@dataclass(frozen=True, slots=True)
class PageLine:
    """One line of a page.

    Attributes:
        page: from 0.
        left, right, baseline, size: in points; `baseline` grows upwards.
        height: of the baseline, from 0 at the foot of the page to 1.
    """

    text: str
    page: int
    left: float
    right: float
    baseline: float
    size: float
    height: float


Pages = list[list[PageLine]]


def running(pages: Pages) -> set[PageLine]:
    """The heads and feet of pages: outermost lines that are page numbers, or stand there on other pages too."""
    edges = [line for lines in pages for line in outermost(lines)]
    seen: dict[tuple[str, int], set[int]] = {}
    for line in edges:
        for place in places(line):
            seen.setdefault((numberless(line.text), place), set()).add(line.page)
    often = min(OFTEN, max(2, len(pages)))
    return {
        line
        for line in edges
        if any(len(seen[numberless(line.text), place]) >= often for place in places(line))
        or (len(pages) > 1 and NUMBER_ONLY.fullmatch(line.text))
    }


def outermost(lines: list[PageLine]) -> list[PageLine]:
    """The few lines of a page that stand near an edge, a gap between them and the rest."""
    ordered = sorted(lines, key=lambda line: line.baseline)
    foot, head = apart(ordered), apart(ordered[::-1])
    return [line for line in foot if line.height < EDGE] + [line for line in head if line.height > 1 - EDGE]


def apart(ordered: list[PageLine]) -> list[PageLine]:
    """The first lines of those that go inwards from an edge, up to a gap; none where there is no gap."""
    for number in range(min(OUTERMOST, len(ordered) - 1), 0, -1):
        line, following = ordered[number - 1 : number + 1]
        if abs(line.baseline - following.baseline) > EDGE_GAP * max(line.size, following.size):
            return ordered[:number]
    return ordered if len(ordered) <= OUTERMOST else []


def places(line: PageLine) -> tuple[int, int]:
    """About how high a line stands; lines at the same height share one of the two."""
    place = int(line.height * STEPS)
    return place, place + (1 if line.height * STEPS - place > 0.5 else -1)


def numberless(text: str) -> str:
    """A line with each number as the same sign."""
    return re.sub(r"\d+", "#", text)


class PageShape:
    """How the lines of the pages stand: how far apart they are, and how far right they go."""

    def __init__(self, pages: Pages):
        gaps = Counter(
            round((first.baseline - second.baseline) / first.size, 2)
            for lines in pages
            for first, second in pairwise(lines)
            if 0.5 < (first.baseline - second.baseline) / first.size < 3
        )
        self.gap = gaps.most_common(1)[0][0] if gaps else 1.2
        self.rights: dict[tuple[int, int], float] = {}
        for lines in pages:
            for line in lines:
                for column in self.columns(line):
                    self.rights[column] = max(self.rights.get(column, 0), line.right)

    def columns(self, line: PageLine) -> list[tuple[int, int]]:
        """The page and about where the line begins: lines of one column share one of the two."""
        step = 4 * line.size
        place = int(line.left / step)
        return [(line.page, place), (line.page, place + (1 if line.left / step - place > 0.5 else -1))]

    def emptiness(self, line: PageLine) -> float:
        """Which part of its column a line leaves empty at its end."""
        right = max(self.rights[column] for column in self.columns(line))
        return (right - line.right) / max(right - line.left, 1)

    def goes_on(self, line: PageLine, following: PageLine) -> bool:
        """Whether a line and the next one are of one paragraph."""
        if abs(line.size - following.size) > SAME_SIZE * line.size:
            return False
        ended = line.text[-1] in SENTENCE_END
        gap = (line.baseline - following.baseline) / line.size
        if line.page != following.page or gap <= 0:  # a new page or column
            return not ended and (following.text[0].islower() or self.emptiness(line) < SHORT)
        if gap > PARAGRAPH_GAP * self.gap:
            return False
        if ended:
            indented = following.left - line.left > INDENT * line.size
            return not indented and self.emptiness(line) < SHORT
        return self.emptiness(line) < VERY_SHORT or not following.text[0].isupper()


def composed(pages: Pages, aside: set[PageLine]) -> tuple[str, tuple[int, ...], Offsets]:
    """The text of the pages, where each page begins in it, and where what was set aside stands.

    A paragraph that goes on over the end of a page is kept whole; what was set aside there comes behind it.
    """
    prose = [[line for line in lines if line not in aside] for lines in pages]
    composer = Composer(PageShape(prose), hyphenated(prose))
    for lines in pages:
        for line in lines:
            composer.put_by(line) if line in aside else composer.write(line)
    composer.end()
    starts, last = [], len(composer.text)
    for number in reversed(range(len(pages))):
        last = composer.starts.get(number, last)
        starts.append(last)
    return composer.text, (0, *reversed(starts[:-1])), tuple(composer.aside)


def hyphenated(pages: Pages) -> frozenset[str]:
    """The words that the pages write with a hyphen inside a line."""
    return frozenset(word.lower() for lines in pages for line in lines for word in re.findall(r"\w+-\w+", line.text))


class Composer:
    """Puts the text together."""

    def __init__(self, shape: PageShape, hyphenated: frozenset[str]):
        self.shape = shape
        self.hyphenated = hyphenated
        self.pieces: list[str] = []
        self.length = 0
        self.last: PageLine | None = None
        self.waiting: list[PageLine] = []
        self.starts: dict[int, int] = {}
        self.aside: list[tuple[int, int]] = []

    @property
    def text(self) -> str:
        """What was written."""
        return "".join(self.pieces)

    def add(self, text: str) -> None:
        """Write text."""
        self.pieces.append(text)
        self.length += len(text)

    def put_by(self, line: PageLine) -> None:
        """A line that is set aside: it waits for the paragraph's end."""
        self.waiting.append(line)

    def write(self, line: PageLine) -> None:
        """A line of the prose."""
        if self.last is not None and self.shape.goes_on(self.last, line):
            self.join(line.text)
        else:
            self.end()
            self.separate()
        self.starts.setdefault(line.page, self.length)
        self.add(line.text)
        self.last = line

    def end(self) -> None:
        """The paragraph ends; what waited follows it."""
        for line in self.waiting:
            self.separate()
            self.aside.append((self.length, self.length + len(line.text)))
            self.add(line.text)
        self.waiting, self.last = [], None

    def separate(self) -> None:
        """An empty line, unless nothing stands before."""
        self.add("\n\n" if self.length else "")

    def join(self, following: str) -> None:
        """A line follows another: a space between them, or a broken word without the hyphen of the line's end."""
        before = self.pieces[-1]
        left, right = LAST_WORD.search(before), FIRST_WORD.match(following)
        if left is None or right is None:
            self.add(" ")
            return
        whole = f"{left[1]}-{right[0]}".lower()
        if right[0][0].islower() and whole not in self.hyphenated:
            self.pieces[-1] = before[:-1]
            self.length -= 1
