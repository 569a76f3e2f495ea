"""Lines that were broken at a width: which of them go on with the line before.

The one home of this question: `lines` and `languages` ask it of an article, the parser of what it reads.

Where no line end is known to be one of the writer's, two signs tell: a line that goes on begins with a small letter,
and the word that begins it had no room on the line before. Where enough lines show both, the text was broken at a
width, and its other full lines go on too, whatever the next begins with.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

WIDTH = 40  # characters; shorter lines that stand alone end where their writer wanted
WIDEST = 200  # longer lines are paragraphs
LONGER = 1.25  # times the width of most lines a line of the same width may have
LONG = 2 / 3  # of the width has a line that is prose, whatever stands in it
FEWEST_PAIRS = 3  # of lines in a block that tell for themselves whether it was broken at a width
LINE_ENDS = frozenset({"\n", "\r\n", "\r"})
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
QUOTED = re.compile(r"[^\S\r\n]*(?:>(?!>*[^\S\r\n]*[A-Z][A-Z .’'-]+:|\d)[^\S\r\n]?)+")  # no `>> NAME:`, no `>5`
INDENTED = re.compile(r"[^\S\r\n]*")
LOWER_START = re.compile(r"[“‘\"'(\[]?[a-z]")
ENDED = re.compile(r"[.!?…:;][\"”’')\]]*$")
SENTENCE_ENDED = re.compile(r"[.!?…][\"”’')\]]*$")
ENDED_UNQUOTED = re.compile(r"[.!?…][)\]]*$")
ABBREVIATED = re.compile(r"(?:^|[\s(“\"])[A-Z][a-z]{0,3}\.$")  # Mr., Gov., an initial
BULLET = re.compile(r"(?:[*•·▪]|(?P<doubtful>[-–—]|\(?\d{1,3}[.)]))\s+")
LABEL = re.compile(
    r"[A-Z][A-Z .’'-]+(?: \([^)]*\))?:\s|(?P<doubtful>(?:[A-Z][\w.’'-]*[ ]?){1,4}:(?:\s|$)|Q[.:]?\s+[A-Z“]|A[.:]\s)"
)
HEADING = re.compile(r"#{1,6}\s")
WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class PlacedLine:
    """A line that is not empty.

    Attributes:
        start: its first code point; first: that of its first word, behind marks of quoting and white space.
        end: behind its last word.
        words: from its first word to its last.
        quoted: how many marks of quoting (`>`) stand before it.
        indent: how many characters of white space do.
    """

    start: int
    first: int
    end: int
    words: str
    quoted: int
    indent: int

    @property
    def is_lower(self) -> bool:
        """Whether it begins with a small letter."""
        return bool(LOWER_START.match(self.words))

    @property
    def is_ended(self) -> bool:
        """Whether it ends like a sentence."""
        return bool(ENDED.search(self.words))

    @property
    def bullet(self) -> re.Match | None:
        """What tells that it is an item of a list, or may be one."""
        return BULLET.match(self.words)


class Join(NamedTuple):
    """A line that goes on: where the words before it end, where it starts, and its first word (code points)."""

    end: int
    start: int
    first: int


Pair = tuple[PlacedLine, PlacedLine]


def is_next_line(text: str, end: int, start: int) -> bool:
    """Whether nothing but one line end stands between two code points, where a line ends and another starts."""
    return text[end:start] in LINE_ENDS


def joins_of(text: str) -> list[Join]:
    """The lines of a text that go on with the line before, in order."""
    blocks = [block for block in blocks_of(text) if len(block) > 1]
    whole = Width.of(pair for block in blocks for pair in telling(block))
    widths = [(block, own if own.is_kept else whole) for block in blocks for own in [Width.of(pairwise(block))]]
    return [
        Join(before.end, after.start, after.first)
        for block, width in widths
        for place, (before, after) in enumerate(pairwise(block))
        if goes_on(block, place, width)
    ]


def blocks_of(text: str) -> Iterator[list[PlacedLine]]:
    """The lines between empty ones."""
    block: list[PlacedLine] = []
    for match in LINE.finditer(text):
        line = placed(match)
        if line is not None:
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def placed(match: re.Match) -> PlacedLine | None:
    """A line; None for one without words."""
    line = match.group().rstrip()
    marks = QUOTED.match(line)
    behind = marks.end() if marks else 0
    margin = INDENTED.match(line, behind)
    first = margin.end() if margin else behind
    if first >= len(line):
        return None
    start = match.start()
    quoted = line.count(">", 0, behind)
    return PlacedLine(start, start + first, start + len(line), line[first:], quoted, first - behind)


def telling(block: list[PlacedLine]) -> Iterator[Pair]:
    """The pairs of lines of a block that tell something of a text's width: a list of names and titles tells nothing."""
    pairs = list(pairwise(block))
    if len(pairs) < FEWEST_PAIRS or any(after.is_lower for _, after in pairs):
        yield from pairs


@dataclass(frozen=True)
class Width:
    """At which width lines were broken.

    Attributes:
        characters: the width, 0 where no line goes on.
        is_kept: whether most lines that do not end a sentence have it, so that it is one.
    """

    characters: int
    is_kept: bool

    @classmethod
    def of(cls, pairs: Iterable[Pair]) -> "Width":
        """The width of the first lines of pairs whose second goes on for sure."""
        known = [(before, after) for before, after in pairs if before.end - before.start <= WIDEST]
        lengths = sorted(before.end - before.start for before, after in known if after.is_lower)
        if not lengths:
            return cls(0, False)
        width = cls(lengths[len(lengths) * 19 // 20], True)
        kept = sum(width.is_full(before, after) for before, after in known if after.is_lower)
        short = sum(not width.is_full(*pair) for pair in known if not pair[0].is_ended and not begins(*pair))
        is_prose = width.characters >= WIDTH or any(SENTENCE_ENDED.search(after.words) for _, after in known)
        return cls(width.characters, is_prose and kept >= short)

    def is_full(self, before: PlacedLine, after: PlacedLine) -> bool:
        """Whether a line had no room for the first word of the next, and is no longer than others."""
        length, word = before.end - before.start, WORD.match(after.words)
        needed = length + 1 + len(word[0] if word else "")
        return needed > self.characters and length <= LONGER * self.characters


def goes_on(block: list[PlacedLine], place: int, width: Width) -> bool:
    """Whether the line of a block behind `place` goes on with the one there."""
    before, after = block[place], block[place + 1]
    if begins(before, after) or begins_item(block[0], before, after) or begins_indented(block, before, after):
        return False
    if after.is_lower:
        if width.is_kept:
            return True
        return not ENDED_UNQUOTED.search(before.words) and (
            before.end - before.start >= WIDTH or is_completed(block, place + 1)
        )
    if not width.is_kept or before.end - before.start > WIDEST:
        return False
    if width.is_full(before, after) or ABBREVIATED.search(before.words):
        return True
    return not before.is_ended and is_inside(block, place, width)


def begins(before: PlacedLine, after: PlacedLine) -> bool:
    """Whether a line begins something of its own, by what stands at its head."""
    if not any(map(str.isalnum, before.words)) or not any(map(str.isalnum, after.words)):
        return True
    if before.quoted != after.quoted:
        return not after.is_lower or before.is_ended
    if HEADING.match(before.words) or HEADING.match(after.words):
        return True
    label = LABEL.match(after.words)
    if label and (before.is_ended or label["doubtful"] is None):
        return True
    hangs = before.bullet is not None and after.indent > before.indent
    return after.indent > before.indent and not after.is_lower and not hangs


def begins_item(first: PlacedLine, before: PlacedLine, after: PlacedLine) -> bool:
    """Whether a line is an item of a list; a number or a dash may be one of a sentence, unless the block has others."""
    bullet = after.bullet
    if bullet is None:
        return False
    return bullet["doubtful"] is None or first.bullet is not None or before.is_ended


def begins_indented(block: list[PlacedLine], before: PlacedLine, after: PlacedLine) -> bool:
    """Whether two lines are indented alike and each is a paragraph: others of the block go on without indentation."""
    if not after.indent == before.indent > 0 or not before.is_ended:
        return False
    margin = min(line.indent for line in block)
    return after.indent > margin and block[0].bullet is None


def is_completed(block: list[PlacedLine], place: int) -> bool:
    """Whether the sentence that goes on with a line of a block ends in it, every line up to there going on."""
    for line in block[place:]:
        if not line.is_lower or line.words.endswith(":"):
            return False
        if SENTENCE_ENDED.search(line.words):
            return True
    return False


def is_inside(block: list[PlacedLine], place: int, width: Width) -> bool:
    """Whether a line that ends short of the width, and no sentence, is part of a paragraph that goes on.

    The first line of a block may be a headline or a name; so may what follows, unless it is long or ends a sentence.
    """
    before, after = block[place], block[place + 1]
    if place == 0 and before.indent <= after.indent:
        return False
    return bool(SENTENCE_ENDED.search(after.words)) or after.end - after.start >= LONG * width.characters
