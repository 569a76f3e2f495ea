"""Lines on pages → one text: paragraphs put together over line and page ends, heads and feet of pages set aside."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from claims_cli.claim import Offsets
from claims_cli.formats.page_letters import CAPITAL

EDGE = 0.12
AROUND = r"[\s\-–—|•·\[\]]*"
NUMBER = r"(?:page\s*|p\.\s*|seite\s*|p[áa]gina\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/|\|)\s*\d{1,4})?"
NUMBER_ONLY = re.compile(AROUND + NUMBER + AROUND, re.IGNORECASE)
OUTERMOST = 3
EDGE_GAP = 1.4
STEPS = 50
OFTEN = 3
FEW = 5
SMALLER = 0.92
NOTE = re.compile(r"[\[(]?(?:\d{1,3}|[*†‡§]{1,3})[\])]?\.?\s?(?:[^\W\d_]|[“\"‘'])")
SENTENCE_END = frozenset(".!?:;\"”’'…)")
HYPHENS = "-\u2010\u00ad"
LAST_WORD = re.compile(r"(?<!\w)(\w++)[-\u2010\u00ad]$")
WHOLE_WORD = re.compile(r"(?<![\w-])\w++(?:-\w++)*+(?![-\u2010])")
SHORTEST_SECOND = 4  # letters of the second part of a compound
ONE_LETTER_WORDS = frozenset("AI")
FIRST_WORD = re.compile(r"\w+")
CLOSING = "\"”’'"
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
        is_beside_capital: whether a big capital stands left of it.
    """

    text: str
    page: int
    left: float
    right: float
    baseline: float
    size: float
    height: float
    is_beside_capital: bool = False


Pages = list[list[PageLine]]
Words = Mapping[str, frozenset[str]]


def running(pages: Pages) -> set[PageLine]:
    """The heads and feet of pages: outermost lines that are page numbers, or stand there on other pages too."""
    edges = [line for lines in pages for line in outermost(lines)]
    seen: dict[tuple[str, int], set[int]] = {}
    for line in edges:
        for place in places(line):
            seen.setdefault((numberless(line.text), place), set()).add(line.page)
    often = OFTEN if len(pages) > FEW else 2  # heads of left and right pages differ
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
    """A line with each number as the same sign, and without one at its ends, where the page's stands."""
    return re.sub(r"\d+", "#", text).strip("# |·•–—-") or "#"


def footnotes(pages: Pages, heads: set[PageLine]) -> set[PageLine]:
    """The notes at the feet of pages: small lines below the prose, the first of them with the mark of a note."""
    sizes = Counter[float]()
    for lines in pages:
        for line in lines:
            sizes[line.size] += len(line.text)
    found: set[PageLine] = set()
    for lines in pages if sizes else ():
        found |= notes_of([line for line in lines if line not in heads], SMALLER * sizes.most_common(1)[0][0])
    return found


def notes_of(lines: list[PageLine], size: float) -> set[PageLine]:
    """The notes of one page whose prose is larger than a size."""
    ordered = sorted(lines, key=lambda line: line.baseline)
    number = next((number for number, line in enumerate(ordered) if line.size > size), 0)  # 0: a page of small lines
    while number and not NOTE.match(ordered[number - 1].text):
        number -= 1
    return set(ordered[:number])


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
        ended = line.text[-1] in SENTENCE_END and line.text.rstrip(CLOSING)[-1:] != ","
        gap = (line.baseline - following.baseline) / line.size
        if line.page != following.page or gap <= 0:  # a new page or column
            return not ended and (following.text[0].islower() or self.emptiness(line) < SHORT)
        if gap > PARAGRAPH_GAP * self.gap:
            return False
        if line.is_beside_capital and not ended:
            return True
        if ended:
            indented = following.left - line.left > INDENT * line.size
            return not indented and self.emptiness(line) < SHORT
        return self.emptiness(line) < VERY_SHORT or not following.text[0].isupper()


def composed(pages: Pages, aside: set[PageLine], words: Words) -> tuple[str, tuple[int, ...], Offsets]:
    """The text of the pages, where each page begins in it, and where what was set aside stands.

    A paragraph that goes on over the end of a page is kept whole; what was set aside there comes behind it.

    Args:
        words: what big capitals begin, and compounds, by the names of the groups in the lexicon of pages.
    """
    prose = [[line for line in lines if line not in aside] for lines in pages]
    known = known_words(prose)
    composer = Composer(PageShape(prose), known, words)
    for lines in pages:
        for line in lines:
            text = with_capital(line.text, known, words["capital_begins"])
            composer.put_by(text) if line in aside else composer.write(line, text)
    composer.end()
    starts, last = [], len(composer.text)
    for number in reversed(range(len(pages))):
        last = composer.starts.get(number, last)
        starts.append(last)
    return composer.text, (0, *reversed(starts[:-1])), tuple(composer.aside)


def known_words(pages: Pages) -> frozenset[str]:
    """The words that the pages write whole, those with a hyphen among them; in small letters."""
    return frozenset(word.lower() for lines in pages for line in lines for word in WHOLE_WORD.findall(line.text))


def with_capital(text: str, known: frozenset[str], begun: frozenset[str]) -> str:
    """A line with its big capitals joined to their words; one that is a word itself keeps its space.

    Args:
        known: the words of the document.
        begun: words that begin with what may be a word of one letter.
    """
    before, mark, rest = text.partition(CAPITAL)
    if not mark:
        return text
    rest = rest.replace(CAPITAL, "").lstrip()
    following = FIRST_WORD.match(rest)
    is_word = before[-1:] in ONE_LETTER_WORDS and following is not None
    if is_word and following is not None:
        whole = (before[-1] + following[0]).lower()
        is_word = whole not in begun and (following[0].lower() in known or whole not in known)
    return f"{before} {rest}" if is_word else before + rest


class Composer:
    """Puts the text together."""

    def __init__(self, shape: PageShape, known: frozenset[str], words: Words):
        self.shape = shape
        self.known = known
        self.words = words
        self.pieces: list[str] = []
        self.length = 0
        self.last: PageLine | None = None
        self.waiting: list[str] = []
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

    def put_by(self, text: str) -> None:
        """A line that is set aside: it waits for the paragraph's end."""
        self.waiting.append(text)

    def write(self, line: PageLine, text: str) -> None:
        """A line of the prose."""
        if self.last is not None and self.shape.goes_on(self.last, line):
            self.join(text)
        else:
            self.end()
            self.separate()
        self.starts.setdefault(line.page, self.length)
        self.add(text)
        self.last = line

    def end(self) -> None:
        """The paragraph ends; what waited follows it."""
        for text in self.waiting:
            self.separate()
            self.aside.append((self.length, self.length + len(text)))
            self.add(text)
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
        if self.is_broken_word(left, right[0]):
            self.pieces[-1] = before[:-1]
            self.length -= 1

    def is_broken_word(self, left: re.Match, right: str) -> bool:
        """Whether a hyphen at a line's end breaks a word; the document's own words decide first."""
        first = left[1]
        if left[0][-1] == "\u00ad":
            return True
        whole, compound = (first + right).lower(), f"{first}-{right}".lower()
        if not right[0].islower() or compound in self.known:
            return False
        if whole in self.known:
            return True
        is_second = len(right) >= SHORTEST_SECOND and right not in self.words["endings"]
        return compound not in self.words["compounds"] and not (
            is_second and first.lower() in self.words["compound_first"]
        )
