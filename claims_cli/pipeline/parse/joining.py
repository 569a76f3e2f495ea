"""The text as the parser reads it: without what the page puts into it, and where each of its characters stands there.

Lines that were broken at a width are read as one line with a space in place of each break, words that were broken with
a hyphen as one word; marks of quoting before a line are left out, and every line end is one character.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from claims_cli.articles.wrapping import QUOTED, Join, joins_of
from claims_cli.pipeline.parse.hyphens import Hyphens, Knows

CARRIAGE_RETURN = re.compile("\r(?=\n)")
LINE_START = re.compile(r"(?:(?<=[\r\n])|\A)(?=[^\S\r\n]*>)")
Cut = tuple[int, int, str]


def knows_none(word: str) -> bool:
    """Where no dictionary is at hand."""
    return False


@dataclass(frozen=True)
class Places:
    """Where the characters of a text stand in another, of which it leaves something out.

    Attributes:
        starts: the code points of the text from where on its characters stand further on, in order.
        shifts: by how many code points, those before the first not at all.
    """

    starts: tuple[int, ...] = ()
    shifts: tuple[int, ...] = ()

    def at(self, index: int) -> int:
        """Where the code point at `index` stands."""
        number = bisect_right(self.starts, index)
        return index + (self.shifts[number - 1] if number else 0)

    def end(self, index: int) -> int:
        """Where a stretch that ends before the code point at `index` ends."""
        return self.at(index - 1) + 1

    def behind(self, offset: int) -> "Places":
        """The places of the same text without its first `offset` code points."""
        if not offset:
            return self
        return Places((-1, *(start - offset for start in self.starts)), (offset, *(by + offset for by in self.shifts)))


EVERYWHERE_ITSELF = Places()


@dataclass(frozen=True)
class JoinedText:
    """A text whose lines are joined, and where its characters stand on the page."""

    text: str
    places: Places


def joined(page: str, knows: Knows = knows_none) -> JoinedText:
    """What is read of a page's text; `knows` tells whether a word in small letters is English."""
    return without(page, sorted(cuts_of(page, knows)))


def cuts_of(page: str, knows: Knows) -> Iterator[Cut]:
    """What is left out: (start, end, what is read instead), none over another."""
    joins = joins_of(page)
    first = {join.start for join in joins}
    hyphens = Hyphens(page, knows)
    for join in joins:
        yield join_cut(page, join, hyphens)
    inside = {index for join in joins for index in range(join.end, join.first)}
    for match in CARRIAGE_RETURN.finditer(page):
        if match.start() not in inside:
            yield match.start(), match.end(), ""
    for match in LINE_START.finditer(page):
        marks = QUOTED.match(page, match.start())
        if marks and match.start() not in first:
            yield match.start(), marks.end(), ""


def join_cut(page: str, join: Join, hyphens: Hyphens) -> Cut:
    """What is read in place of the end of a line that goes on: a space, or nothing behind a hyphen."""
    kept = hyphens.kept(join.end, join.first) if page[join.end - 1] == "-" else None
    if kept is None:
        return join.end, join.first, " "
    is_broken = not kept and page[join.first].islower()
    return join.end - is_broken, join.first, ""


def without(page: str, cuts: Iterable[Cut]) -> JoinedText:
    """A text with stretches of it left out or put otherwise."""
    pieces: list[str] = []
    starts: list[int] = []
    shifts: list[int] = []
    done = length = 0
    for start, end, instead in cuts:
        pieces += (page[done:start], instead)
        length += start - done + len(instead)
        done = end
        if end - length != (shifts[-1] if shifts else 0):
            starts.append(length)
            shifts.append(end - length)
    pieces.append(page[done:])
    return JoinedText("".join(pieces), Places(tuple(starts), tuple(shifts)))
