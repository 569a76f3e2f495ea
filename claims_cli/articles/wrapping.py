"""Lines that were broken at a width: which stand in one paragraph, and whether they are one line of it.

The one home of these questions: `lines` asks them of a paragraph, `languages` of two lines, the parser of a whole text.
"""

from collections.abc import Sequence
from itertools import pairwise

WIDTH = 40  # characters; shorter lines end where their writer wanted
FEWEST_ENDS = 3
LINE_ENDS = frozenset({"\n", "\r\n", "\r"})


def is_next_line(text: str, end: int, start: int) -> bool:
    """Whether nothing but one line end stands between two code points, where a line ends and another starts."""
    return text[end:start] in LINE_ENDS


def is_wrapped(width: int, following: Sequence[str]) -> bool:
    """Whether a paragraph was broken at a width: its first line has one, in characters, and most that follow go on."""
    return width >= WIDTH and most_go_on(following)


def is_wrapped_throughout(text: str) -> bool:
    """Whether the lines of a whole text were broken at a width: most that follow a wide line without a gap go on."""
    following = [after.lstrip(" ") for before, after in pairwise(text.split("\n")) if len(before) >= WIDTH]
    following = [line for line in following if line.strip()]
    return len(following) >= FEWEST_ENDS and most_go_on(following)


def most_go_on(lines: Sequence[str]) -> bool:
    """Whether most of some lines, none empty, go on with what stands before: they begin with a small letter."""
    return 2 * sum(line[0].islower() for line in lines) > len(lines)
