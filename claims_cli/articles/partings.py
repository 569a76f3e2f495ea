"""Lines that part the articles of one plain text (`=====`, `-----`, a form feed), and not sections of one article.

Such a line proves little, since essays are divided by it too: what stands below it has to begin like an article, below
every such line of the text.
"""

import re
from collections.abc import Sequence

from claims_cli.articles.lines import Line

PARTING = re.compile(r"([=\-–—*#_~+•])(?: ?\1){2,}")
FORM_FEED = "\f"
STRONG = {"=": 5, "#": 5}  # signs without spaces between, by which people part more than sections
STRONG_OTHER = 10
HEADLINE_WORDS = 25
TOLD_WORDS = 4  # of a headline that needs no byline or date below it: headings of sections are shorter
SIGNS_AMONG = 5  # lines from the headline on
SENTENCE_WORDS = 6
SENTENCE_AMONG = 12  # lines below a headline


def parted(text: str, lines: Sequence[Line], signs: Sequence[bool]) -> set[int]:
    """The numbers of the lines with which an article begins below a line that parts it from the one before.

    Args:
        lines: those of the text that are not empty.
        signs: whether each stands at the beginning of an article: a byline, a date, a dateline.
    """
    kinds: dict[str, list[int]] = {}
    for number in range(1, len(lines)):
        kind = parting_kind(text, lines, number)
        if kind:
            kinds.setdefault(kind, []).append(number)
    starts = {
        number
        for kind, numbers in kinds.items()
        if all(begins_article(lines, signs, number, kind) for number in numbers)
        for number in numbers
    }
    first = next((number for number, line in enumerate(lines) if has_sentence([line])), len(lines)) if starts else 0
    return {number for number in starts if number > first}


def parting_kind(text: str, lines: Sequence[Line], number: int) -> str:
    """What parts a line from those above it: the sign, twice where there are many; nothing where nothing does."""
    line, above = lines[number], lines[number - 1]
    if PARTING.fullmatch(line.text):
        return ""  # the last of several counts
    if FORM_FEED in text[above.end : line.start + 1]:
        return FORM_FEED
    found = PARTING.fullmatch(above.text)
    if found is None or is_underline(lines, number - 1):
        return ""
    is_strong = " " not in above.text and len(above.text) >= STRONG.get(found[1], STRONG_OTHER)
    return found[1] * 2 if is_strong else found[1]


def is_underline(lines: Sequence[Line], number: int) -> bool:
    """Whether a row of signs is drawn below a heading."""
    over = lines[number - 1] if number else None
    return over is not None and not lines[number].apart and is_heading(over)


def is_heading(line: Line) -> bool:
    """Whether a line reads like a headline or a heading: a few words, and no end of a sentence."""
    return line.words <= HEADLINE_WORDS and line.text[-1] not in '.,;:…”"' and any(map(str.isalpha, line.text))


def begins_article(lines: Sequence[Line], signs: Sequence[bool], number: int, kind: str) -> bool:
    """Whether the lines from one on begin like an article: a headline with words enough, or a byline or date below."""
    line = lines[number]
    if not has_sentence(lines[number + 1 : number + 1 + SENTENCE_AMONG]) and not signs[number]:
        return False
    if signs[number]:
        return True
    if not is_heading(line) or line.text[0].islower():
        return False
    is_told = any(signs[number + 1 : number + SIGNS_AMONG])
    return is_told or (len(kind) > 1 and line.words >= TOLD_WORDS)


def has_sentence(lines: Sequence[Line]) -> bool:
    """Whether one of some lines is a sentence."""
    return any(line.is_sentence and line.words >= SENTENCE_WORDS for line in lines)
