"""The word tokens of a text, in which overlaps are counted."""

import re
from bisect import bisect_left, bisect_right

from claims_cli.claim import Offsets

WORD = re.compile(r"\w+(?:['’]\w+)?")
WHITE = re.compile(r"\s*")
LEADING = "that"
HALF = 0.5
WordSet = frozenset[int]


class Words:
    """The words of one text: runs of letters, digits and underscores, with an apostrophe and what follows it.

    Attributes:
        text: the document's text.
        starts, ends: where each word begins and ends, in code points.
    """

    def __init__(self, text: str):
        self.text = text
        places = [match.span() for match in WORD.finditer(text)]
        self.starts = [start for start, _ in places]
        self.ends = [end for _, end in places]

    def inside(self, pieces: Offsets) -> WordSet:
        """The numbers of the words that stand in the pieces, at least in part."""
        return frozenset(
            number
            for start, end in pieces
            for number in range(bisect_right(self.ends, start), bisect_left(self.starts, end))
        )

    def bare(self, words: WordSet) -> WordSet:
        """The words of a content without a leading "that"."""
        first = min(words, default=None)
        if first is not None and self.text[self.starts[first] : self.ends[first]].lower() == LEADING:
            return words - {first}
        return words

    def strict(self, pieces: Offsets) -> Offsets:
        """Offsets to the character: without white space at their edges, joined where only white space parts them."""
        joined: list[tuple[int, int]] = []
        for start, end in pieces:
            start = min(self.after_white(start), end)
            end = start + len(self.text[start:end].rstrip())
            if start == end:
                continue
            if joined and self.after_white(joined[-1][1]) >= start:
                start, end = joined[-1][0], max(end, joined.pop()[1])
            joined.append((start, end))
        return tuple(joined)

    def after_white(self, place: int) -> int:
        """The next place that is no white space."""
        match = WHITE.match(self.text, place)
        return match.end() if match else place


def dice(one: WordSet, other: WordSet) -> float:
    """Dice's coefficient of two sets of words, from 0 to 1; 0 where both are empty."""
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0


def same_source(one: WordSet, other: WordSet) -> bool:
    """Whether two sources are the same: half their words overlap, one holds the other, or there is neither."""
    if not one or not other:
        return not one and not other
    return dice(one, other) >= HALF or one <= other or other <= one
