"""Columns that are drawn row by row: lines cut at the gutters between them and put in the order of reading."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from claims_cli.formats.page_letters import WIDE, Piece, Row, piece, pieces

FEWEST = 3  # rows that share a gutter
MOST_GUTTERS = 12  # that are followed at once
DEEPEST = 8  # columns in columns
ROW_GAP = 3.0
LONE_GAP = 2.2
ALIGNED = 0.5
FEWEST_WORDS = 2.0  # words a piece of prose has at least, on the average
GOING_ON = 1 / 3  # of the lines of prose begin within a sentence
FULL, NEARLY = 0.6, 0.3  # of the lines end near the gutter, which is: that part of the column's width


@dataclass(slots=True, eq=False)
class Gutter:
    """The gap between two columns.

    Attributes:
        left, right: where it begins and ends, in points.
        first, last: the bands it goes through.
        sides: what stands left and right of it in the bands that have both.
    """

    left: float
    right: float
    first: int
    last: int
    sides: list[tuple[Piece, Piece]]

    def reaches(self, band: list[Piece], number: int) -> bool:
        """Take another band in, unless it has something in the gutter."""
        need = WIDE * band[0].size
        for before, here in pairwise(band):
            left, right = max(self.left, before.right), min(self.right, here.left)
            if right - left >= need:
                self.sides.append((before, here))
                break
        else:
            left, right = max(self.left, band[-1].right), min(self.right, band[0].left)
            if self.right - left >= need:
                right = self.right
            elif right - self.left >= need:
                left = self.left
            else:
                return False
        self.left, self.right, self.last = left, right, number
        return True

    @property
    def is_between_columns(self) -> bool:
        """Whether it parts columns of prose and no cells of a table."""
        if len(self.sides) < FEWEST:
            return False
        aligned = sum(here.left - self.right <= ALIGNED * here.size for _, here in self.sides)
        width = self.left - min(before.left for before, _ in self.sides)
        full = sum(self.left - before.right <= NEARLY * width for before, _ in self.sides)
        return (
            aligned * 2 >= len(self.sides)
            and full >= FULL * len(self.sides)
            and all(is_prose([side[place] for side in self.sides]) for place in (0, 1))
        )


def in_order(rows: Iterable[Row]) -> Iterator[Piece]:
    """The lines of a page in the order of reading."""
    for _, same in groupby(ordered(bands(rows)), key=lambda one: id(one.row)):
        parts = list(same)
        yield parts[0] if len(parts) == 1 else piece(parts[0].row, [one for part in parts for one in part.letters])


def bands(rows: Iterable[Row]) -> list[list[Piece]]:
    """The pieces that stand side by side, from left to right, in the order of the file."""
    found: list[list[Piece]] = []
    for row in rows:
        parts = pieces(row)
        last = found[-1][-1] if found else None
        is_beside = last is not None and abs(last.bottom - parts[0].bottom) < last.size / 2
        if last is not None and is_beside and parts[0].left - last.right >= WIDE * last.size:
            found[-1] += parts
        else:
            found.append(parts)
    return found


def ordered(page: list[list[Piece]], depth: int = 0) -> list[Piece]:
    """The pieces column by column."""
    found = sorted(gutters(page), key=lambda one: one.first) if depth < DEEPEST else []
    pieces, place = [], 0
    while found:
        end = found[0].last
        block = [one for one in found if one.first <= end]
        gutter = max(block, key=lambda one: len(one.sides))
        pieces += [one for band in page[place : gutter.first] for one in band]
        middle = (gutter.left + gutter.right) / 2
        inside = page[gutter.first : gutter.last + 1]
        for is_left in (True, False):
            column = [[one for one in band if (one.left < middle) == is_left] for band in inside]
            pieces += ordered([band for band in column if band], depth + 1)
        place = gutter.last + 1
        found = [one for one in found if one.first >= place]
    return pieces + [one for band in page[place:] for one in band]


def gutters(page: list[list[Piece]]) -> list[Gutter]:
    """The gutters between columns."""
    followed: list[Gutter] = []
    found: list[Gutter] = []
    for number, band in enumerate(page):
        drop = (page[number - 1][0].bottom - band[0].bottom) / band[0].size if number else 0
        gap = ROW_GAP if len(band) > 1 else LONE_GAP
        kept = [one for one in followed if 0 < drop < gap and one.reaches(band, number)]
        found += [one for one in followed if one not in kept]
        taken = {id(here) for one in kept for _, here in one.sides[-1:]}
        for before, here in pairwise(band):
            if id(here) not in taken and len(kept) < MOST_GUTTERS:
                kept.append(Gutter(before.right, here.left, number, number, [(before, here)]))
        followed = kept
    return [one for one in found + followed if one.is_between_columns]


def is_prose(side: list[Piece]) -> bool:
    """Whether pieces are lines of prose: of some words each, which begin within sentences."""
    texts = ["".join(letter.text for letter in one.letters) for one in side]
    words = sum(len(text.split()) for text in texts)
    going_on = sum(begins_within(text) for text in texts)
    return words >= FEWEST_WORDS * len(texts) and going_on >= GOING_ON * len(texts)


def begins_within(text: str) -> bool:
    """Whether a line begins with a word that may stand within a sentence."""
    first = next((letter for letter in text if letter.isalnum()), "0")
    return first.isalpha() and not first.isupper()
