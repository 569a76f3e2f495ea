"""Lines that were broken at a width: which of them go on with the line before.

The one home of this question: `lines` and `languages` ask it of an article, the parser of what it reads.

Where no line end is known to be one of the writer's, two signs tell: a line that goes on begins with a small letter,
and the word that begins it had no room on the line before. Where enough lines show both, the text was broken at a
width, and its other full lines go on too, whatever the next begins with.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

WIDTH = 40  # characters; shorter lines that stand alone end where their writer wanted
WIDEST = 200  # longer lines are paragraphs
LONGER = 1.25  # times the width of most lines a line of the same width may have
LONG = 2 / 3  # of the width has a line that is prose, whatever stands in it
TAIL = 20  # characters of a line's end that are looked at
MOST_LOOKED_AT = 40  # lines of a block, for others that are not indented
LONGEST_SENTENCE = 20  # lines
FEWEST_PAIRS = 3  # of lines in a block that tell for themselves whether it was broken at a width
LONGEST_REMEMBERED = 100_000  # characters
LINE_ENDS = frozenset({"\n", "\r\n", "\r"})
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
QUOTED = re.compile(
    r"[^\S\r\n]*(?:>(?!>{0,3}[^\S\r\n]{0,3}[A-Z][A-Z .’'-]{1,60}:|\d)[^\S\r\n]?)+"
)  # no `>> NAME:`, no `>5`
INDENTED = re.compile(r"[^\S\r\n]*")
LOWER_START = re.compile(r"[“‘\"'(\[]?[a-z]")
ENDED = re.compile(r"[.!?…:;][\"”’')\]]*$")
SENTENCE_ENDED = re.compile(r"[.!?…][\"”’')\]]*$")
ENDED_UNQUOTED = re.compile(r"[.!?…][)\]]*$")
ABBREVIATED = re.compile(r"(?:^|[\s(“\"])[A-Z][a-z]{0,3}\.$")  # Mr., Gov., an initial
BULLET = re.compile(r"(?:[*•·▪]|(?P<doubtful>[-–—]|\(?\d{1,3}[.)]))\s+")
LABEL = re.compile(
    r"[A-Z][A-Z .’'-]{1,60}(?: \([^)]{1,40}\))?:(?:\s|$)"
    r"|(?P<doubtful>(?:[A-Z][\w.’'-]{0,30} ){0,3}[A-Z][\w.’'-]{0,30}:(?:\s|$)|Q[.:]?\s+[A-Z“]|A[.:]\s)"
)
HEADING = re.compile(r"#{1,6}\s")
WORD = re.compile(r"\S+")


class PlacedLine(NamedTuple):
    """A line that is not empty.

    Attributes:
        start: its first code point; first: that of its first word, behind marks of quoting and white space.
        end: behind its last word.
        words: from its first word to its last.
        quoted: how many marks of quoting (`>`) stand before it.
        indent: how many characters of white space do.
        is_lower: whether it begins with a small letter; is_ended: whether it ends like a sentence.
    """

    start: int
    first: int
    end: int
    words: str
    quoted: int
    indent: int
    is_lower: bool
    is_ended: bool

    @property
    def length(self) -> int:
        """How many characters it has, marks and white space before it among them."""
        return self.end - self.start

    @property
    def tail(self) -> str:
        """Its last characters."""
        return self.words[-TAIL:]

    @property
    def is_sentence_end(self) -> bool:
        """Whether it ends a sentence for sure: a colon or a semicolon may not."""
        return self.is_ended and bool(SENTENCE_ENDED.search(self.tail))

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


def joins_of(text: str) -> Sequence[Join]:
    """The lines of a text that go on with the line before, in order; remembered, for several steps ask."""
    return remembered_joins(text) if len(text) <= LONGEST_REMEMBERED else tuple(made_joins(text))


@lru_cache(maxsize=64)
def remembered_joins(text: str) -> Sequence[Join]:
    """The same of a text that is not long."""
    return tuple(made_joins(text))


def made_joins(text: str) -> Iterator[Join]:
    """The same, looked for."""
    blocks = [block for block in blocks_of(text) if len(block) > 1]
    whole = Width.of(pair for block in blocks for pair in telling(block))
    widths = [(block, own if own.is_kept else whole) for block in blocks for own in [Width.of(pairwise(block))]]
    for block, width in widths:
        for place, (before, after) in enumerate(pairwise(block)):
            if goes_on(block, place, width):
                yield Join(before.end, after.start, after.first)


def blocks_of(text: str, start: int = 0, end: int | None = None) -> Iterator[list[PlacedLine]]:
    """The lines between empty ones, of a text or a stretch of it."""
    block: list[PlacedLine] = []
    for match in LINE.finditer(text, start, len(text) if end is None else end):
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
    words = line[first:]
    is_lower, is_ended = bool(LOWER_START.match(words)), bool(ENDED.search(words[-TAIL:]))
    return PlacedLine(start, start + first, start + len(line), words, quoted, first - behind, is_lower, is_ended)


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
        known = [pair for pair in pairs if pair[0].length <= WIDEST]
        going_on = [pair for pair in known if pair[1].is_lower]
        if not going_on:
            return cls(0, False)
        lengths = sorted(before.length for before, _ in going_on)
        width = cls(lengths[len(lengths) * 19 // 20], True)
        kept = sum(width.is_full(*pair) for pair in going_on)
        short = sum(not (pair[0].is_ended or width.is_full(*pair) or begins(*pair)) for pair in known)
        is_prose = width.characters >= WIDTH or any(after.is_sentence_end for _, after in known)
        return cls(width.characters, is_prose and kept >= short)

    def is_full(self, before: PlacedLine, after: PlacedLine) -> bool:
        """Whether a line had no room for the first word of the next, and is no longer than others."""
        if before.length > LONGER * self.characters:
            return False
        room = self.characters - before.length - 1
        return room < 1 or (" " not in after.words[: room + 1] and len(after.words) > room)


def goes_on(block: list[PlacedLine], place: int, width: Width) -> bool:
    """Whether the line of a block behind `place` goes on with the one there."""
    before, after = block[place], block[place + 1]
    if begins(before, after) or begins_item(block[0], before, after) or begins_indented(block, before, after):
        return False
    if after.is_lower:
        if width.is_kept:
            return True
        return not ENDED_UNQUOTED.search(before.tail) and (before.length >= WIDTH or is_completed(block, place + 1))
    if not width.is_kept or before.length > WIDEST:
        return False
    if width.is_full(before, after) or ABBREVIATED.search(before.tail):
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
    if not after.indent == before.indent > 0 or not before.is_ended or block[0].bullet is not None:
        return False
    return any(line.indent < after.indent for line in block[1:MOST_LOOKED_AT])


def is_completed(block: list[PlacedLine], place: int) -> bool:
    """Whether the sentence that goes on with a line of a block ends in it, every line up to there going on."""
    for line in block[place : place + LONGEST_SENTENCE]:
        if not line.is_lower or line.words.endswith(":"):
            return False
        if line.is_sentence_end:
            return True
    return False


def is_inside(block: list[PlacedLine], place: int, width: Width) -> bool:
    """Whether a line that ends short of the width, and no sentence, is part of a paragraph that goes on.

    The first line of a block may be a headline or a name; so may what follows, unless it is long or ends a sentence.
    """
    before, after = block[place], block[place + 1]
    if place == 0 and before.indent <= after.indent:
        return False
    return after.is_sentence_end or after.length >= LONG * width.characters
