"""Very long lists: thousands of lines of a word or two, of figures or single letters, with no sentence among them.

In comes a text; out come its stretches that are such lists, which are no prose. They are told before anything is made
of their lines, so that a list of many megabytes costs little time and memory.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from claims_cli.claim import Offsets

FEWEST = 1_000  # lines in a row
LONGEST_ENTRY = 80  # characters of a line
FEWEST_WORDS = 3  # of a line that may be prose
LINE = re.compile(r"[^\r\n]+")
WORD = re.compile(r"[^\W\d_]{2,}")
ENDED = re.compile(r"[^\W\d_]{2}[.!?…][\"”’')\]]*$")
UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


def long_lists(text: str) -> Offsets:
    """(start, end) of the stretches of a text that are very long lists, in order, from a line's start to a line's end.

    Of empty lines those inside a list belong to it.
    """
    return tuple(runs(text)) if lines_in(text, 0, len(text)) >= FEWEST else ()


def runs(text: str) -> Iterator[tuple[int, int]]:
    """The same, looked for."""
    number = start = end = 0
    for match in LINE.finditer(text):
        if is_entry(match.group()):
            if not number:
                start = match.start()
            number, end = number + 1, match.end()
            continue
        if number >= FEWEST:
            yield start, end
        number = 0
    if number >= FEWEST:
        yield start, end


def is_entry(line: str) -> bool:
    """Whether a line may be an entry of a list: neither several words nor the end of a sentence."""
    if len(line) > LONGEST_ENTRY or len(WORD.findall(line)) >= FEWEST_WORDS:
        return False
    return ENDED.search(line.rstrip()) is None and (line.isascii() or UNSPACED.search(line) is None)


def without(text: str, stretches: Offsets) -> str:
    """A text with spaces in place of some stretches, which are in order, so that offsets are kept."""
    pieces, done = [], 0
    for start, end in stretches:
        pieces += [text[done:start], " " * (end - start)]
        done = end
    return "".join([*pieces, text[done:]])


def lists_among(text: str, furniture: Offsets) -> Offsets:
    """Those of the stretches that are set aside in a text that are as long as such lists."""
    return tuple(
        (start, end) for start, end in furniture if end - start >= FEWEST and lines_in(text, start, end) >= FEWEST
    )


def lines_in(text: str, start: int, end: int) -> int:
    """How many lines a stretch has at the least, whatever their ends are."""
    return max(text.count("\n", start, end), text.count("\r", start, end)) + 1


def is_in(piece: tuple[int, int], stretches: Offsets) -> bool:
    """Whether a piece stands in one of some stretches, which are in order."""
    place = bisect_right(stretches, piece[0], key=lambda stretch: stretch[0]) - 1
    return place >= 0 and piece[1] <= stretches[place][1]
