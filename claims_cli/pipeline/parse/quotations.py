"""Quotation marks paired paragraph by paragraph.

A mark is an opener, a closer, both, or no quotation mark at all (an apostrophe, feet and inches). Pairs nest. A
paragraph that opens and does not close holds a quotation to its end, and the next paragraph may go on with it; single
marks do so only where it does, for most single ones are apostrophes. Any other mark without a partner is set aside. No
state crosses the end of a paragraph.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise

from claims_cli.pipeline.parse.syntax import Syntax

MARK = re.compile(r"''|``|[\"“”„‟«»‘’‚‛'‹›]")
FAMILY = {
    '"': "double", "''": "double", "``": "double", "“": "double", "”": "double", "„": "double", "‟": "double",
    "«": "angle", "»": "angle", "‹": "angle", "›": "angle",
    "‘": "single", "’": "single", "‚": "single", "‛": "single", "'": "single",
}  # fmt: skip
ONLY_OPENS = frozenset({"„", "``", "‚", "‛", "‘", "‟"})
MOSTLY_OPENS = frozenset({"“", "«", "‹"})
CLOSES = frozenset({"”", "»", "’", "›"})
DASH = re.compile(r"(?<!\s)(?:\s++(?:--?|[–—―])|\s*+[—―])\s*(?=\w)")
MOST_SIGNING = 6  # words of a signature before its comma
LONGEST_SIGNATURE = 120  # characters
DEEPEST = 20
SENTENCE_ENDS = frozenset(".?!…")
LONGEST_LINE = 1000


@dataclass(frozen=True)
class Quotation:
    """What one pair of marks holds.

    Attributes:
        start_char, end_char: code points of the text that the tokenizer saw, marks included.
        start, end: its tokens, marks included.
        closed: whether the closing mark was found; otherwise the quotation ends with its paragraph.
        depth: 0 for an outermost quotation, 1 for one inside it, …
    """

    start_char: int
    end_char: int
    start: int
    end: int
    closed: bool
    depth: int


@dataclass
class QuotationMark:
    """One mark of the text, and what it may be; `loose` where it stands between spaces."""

    start: int
    end: int
    family: str
    opens: bool
    closes: bool
    loose: bool = False


def read_mark(text: str, match: re.Match) -> QuotationMark | None:
    """What the mark at `match` may be by its shape and its neighbours; None for an apostrophe or a measure."""
    start, end, shape = match.start(), match.end(), match.group()
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    family = FAMILY[shape]
    if family == "single" and before.isalnum() and after.isalnum():
        return None
    if shape == "’" and not before.isalnum() and after.isalnum():
        return None  # ’phoned, ’80s; a closing mark has no letter behind it
    if shape in "\"'" and before.isdigit() and not after.isalnum() and measures(text, start):
        return None
    if shape in ("“", "”") or shape not in ('"', "'", "''"):
        opens, closes = shaped_mark(shape, before, after)
    elif shape != "'" and before.isspace() and after.isspace():
        return QuotationMark(start, end, family, True, True, loose=True)
    else:
        opens = not after.isspace() and not (before.isalnum() or before in ".,!?…)")
        closes = not before.isspace() and before not in "([—–" and not after.isalnum()
        if not opens and not closes:
            opens = before.isspace() and not after.isspace()
            closes = not opens
    if family == "single" and opens and not closes and after.isdigit():
        return None
    return QuotationMark(start, end, family, opens, closes)


def measures(text: str, start: int) -> bool:
    """Whether a straight mark after a digit is feet or inches: no quotation stands open before it in the line."""
    line = text[max(text.rfind("\n", 0, start) + 1, start - LONGEST_LINE) : start]
    return line.count('"') % 2 == 0 and not re.search(r"(^|[\s(])'\w[^']*$", line)


def shaped_mark(shape: str, before: str, after: str) -> tuple[bool, bool]:
    """(opens, closes) of a mark whose shape tells, unless it stands against the words the other way round."""
    if shape in ONLY_OPENS:
        return True, False
    at_left, at_right = before.isspace(), after.isspace()
    if shape in MOSTLY_OPENS:
        return True, not at_left and (at_right or not after.isalnum())
    return at_left and not at_right and shape != "’", shape in CLOSES


def pair(text: str, start: int, end: int, follows: str = "") -> list[tuple[int, int, bool, int]]:
    """Quotations of the paragraph `text[start:end]`: (start, end, closed, depth).

    Args:
        follows: the mark with which the next paragraph opens.
    """
    marks = []
    for match in MARK.finditer(text, start, end):
        mark = read_mark(text, match)
        if mark is not None:
            marks.append(mark)
    return nest(text, marks, end, follows) if marks else []


def nest(text: str, marks: list[QuotationMark], end: int, follows: str) -> list[tuple[int, int, bool, int]]:
    """Pair the marks of one paragraph from left to right with a stack."""
    running = running_opener(text, marks, follows)
    if running is not None:
        marks = marks[: running + 1] + [mark for mark in marks[running + 1 :] if mark.family != "single"]
    stack: list[QuotationMark] = []
    found = []
    remaining = {family: [m.start for m in marks if m.closes and m.family == family] for family in set(FAMILY.values())}
    for position, mark in enumerate(marks):
        partner = open_partner(stack, mark) if mark.closes else None
        if partner is not None and not is_possessive(text, marks, position):
            del stack[partner + 1 :]
            opener = stack.pop()
            found.append((opener.start, mark.end, True, len(stack)))
        elif mark.opens and (position == running or may_open(text, stack, remaining, mark)):
            stack.append(mark)
            del stack[:-DEEPEST]
    if (
        stack
        and not stack[0].loose
        and runs_on(stack[0], marks)
        and (stack[0].family != "single" or running is not None)
    ):
        found.append((stack[0].start, before_signature(text, stack[0].start, end), False, 0))
    elif stack and not stack[0].loose:
        again = opened_again(text, stack[0], marks)
        found += [one for one in again if not any(other[0] < one[1] < other[1] for other in found)]
    return with_true_depth(found)


def before_signature(text: str, start: int, end: int) -> int:
    """Where a quotation without its closing mark ends: before a dash and who signs (`“We won - Jo Lee, captain.`)."""
    dashes = [*DASH.finditer(text, max(start, end - LONGEST_SIGNATURE), end)]
    if not dashes:
        return end
    signer = text[dashes[-1].end() : end].strip().rstrip(".")
    name = signer.partition(",")[0].split()
    is_name = len(name) > 1 and all(word[0].isupper() for word in (name[0], *name[-2:]))
    is_short = len(name) <= MOST_SIGNING and not SENTENCE_ENDS & set(signer)
    return dashes[-1].start() if is_name and is_short else end


def opened_again(text: str, opener: QuotationMark, marks: list[QuotationMark]) -> list[tuple[int, int, bool, int]]:
    """What an opener without a partner holds up to the next one, where paragraphs that each opened were run together.

    `“A. “B.”`: the second mark opens at the head of a sentence, as it did at the head of its paragraph.
    """
    for mark in marks:
        if mark.start > opener.start and mark.family == opener.family == "double":
            before = text[opener.start : mark.start].rstrip()
            is_head = mark.opens and not mark.closes and before[-1] in SENTENCE_ENDS
            return [(opener.start, opener.start + len(before), False, 0)] if is_head else []
    return []


def with_true_depth(found: list) -> list:
    """Depths counted anew: an odd opener that was set aside holds nothing."""
    counted: list[tuple[int, int, bool, int]] = []
    around: list[int] = []
    for start, end, closed, _ in sorted(found):
        while around and around[-1] < end:
            around.pop()
        counted.append((start, end, closed, len(around)))
        around.append(end)
    return counted


def open_partner(stack: list[QuotationMark], mark: QuotationMark) -> int | None:
    """Where in the stack the opener stands that `mark` can close."""
    for position in range(len(stack) - 1, -1, -1):
        if stack[position].family == mark.family and stack[position].end < mark.start:
            return position
    return None


def may_open(text: str, stack: list[QuotationMark], remaining: dict[str, list[int]], mark: QuotationMark) -> bool:
    """Whether a mark opens a quotation; a single one, and one between spaces, needs one that closes."""
    if is_elision(text, stack, mark):
        return False
    return has_closer(remaining, mark) or (mark.family != "single" and not mark.loose)


def has_closer(remaining: dict[str, list[int]], mark: QuotationMark) -> bool:
    """Whether a mark of the family that can close stands further on in the paragraph."""
    closers = remaining[mark.family]
    return bisect_left(closers, mark.end) < len(closers)


def is_possessive(text: str, marks: list[QuotationMark], position: int) -> bool:
    """Whether a single mark after an s is an apostrophe (`allies’`): a better closer still follows."""
    if marks[position].family != "single" or ends_speech(text, marks[position]):
        return False
    for other in marks[position + 1 :]:
        if other.family == "single":
            if other.opens or not other.closes:
                return False
            if ends_speech(text, other):
                return True
    return False


def ends_speech(text: str, mark: QuotationMark) -> bool:
    """Whether a single mark that closes is surely no apostrophe: it is not that of `allies’ plan`."""
    return text[mark.start - 1] not in "sS" or not text[mark.end : mark.end + 1].isspace()


def is_elision(text: str, stack: list[QuotationMark], mark: QuotationMark) -> bool:
    """Whether a single mark that opens is an apostrophe: in single marks before a small letter (`Give 'em bread`)."""
    if mark.family != "single" or all(opened.family != "single" for opened in stack):
        return False
    return text[mark.end : mark.end + 1].islower() and text[max(mark.start - 2, 0) : mark.start].rstrip()[-1:].isalnum()


def running_opener(text: str, marks: list[QuotationMark], follows: str) -> int | None:
    """Which single mark holds the rest of its paragraph: the last that opens, where the next one opens with it."""
    for position in range(len(marks) - 1, -1, -1) if follows else ():
        mark = marks[position]
        if mark.family == "single" and mark.opens:
            ends = any(m.family == "single" and m.closes and ends_speech(text, m) for m in marks[position + 1 :])
            return position if text[mark.start] == follows and not ends else None
    return None


def runs_on(opener: QuotationMark, marks: list[QuotationMark]) -> bool:
    """Whether an opener without a partner holds the rest of the paragraph: it is the last of its family there."""
    return all(mark.start <= opener.start or mark.family != opener.family for mark in marks)


def opening_mark(text: str, start: int) -> str:
    """The single mark with which a paragraph opens; nothing where it opens with none."""
    match = MARK.match(text, start)
    mark = read_mark(text, match) if match is not None else None
    return text[start] if mark is not None and mark.family == "single" and mark.opens else ""


def quotations_of(syntax: Syntax) -> list[Quotation]:
    """The quotations of an article, outer before inner: the marks of each paragraph paired."""
    pairs: list[Quotation] = []
    starts = syntax.paragraph_starts if syntax.length else []  # a text whose every line is set aside has no token
    for first, end in pairwise([*starts, syntax.length]):
        last = end - 1
        while last > first and syntax.text[syntax.start[last] : syntax.end[last]].isspace():
            last -= 1
        follows = opening_mark(syntax.text, syntax.start[end]) if end < syntax.length else ""
        for start, stop, closed, depth in pair(syntax.text, syntax.start[first], syntax.end[last], follows):
            first_token, end_token = bisect_left(syntax.start, start + 1) - 1, bisect_left(syntax.start, stop)
            pairs.append(Quotation(start, stop, first_token, end_token, closed, depth))
    return sorted(pairs, key=lambda quotation: (quotation.start_char, -quotation.end_char))
