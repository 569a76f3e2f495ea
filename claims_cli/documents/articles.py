"""Where one file holds several articles, and which of its lines are no prose: captions and lines that are repeated.

A scraped page often gives its headline two or three times over, with the caption of its picture in between. Such a
headline that comes again within a few lines begins an article; where prose stood before it, it begins a new one.
"""

import re
from functools import lru_cache

from claims_cli.claim import Article, Pieces
from claims_cli.rulebook import load

LINE = re.compile(r"[^\r\n]+")
HEADLINE_WORDS = range(3, 26)
REPEATED_WITHIN = 24
REPEATED_WORDS = 3
PROSE_WORDS = 25
LONGEST_CREDIT = 300
Line = tuple[int, int, str]


@lru_cache(maxsize=1)
def credit() -> re.Pattern:
    """What ends a caption: brackets with a slash or a word of credit in them."""
    words = "|".join(sorted(map(re.escape, load().words("furniture.credits"))))
    inside = r"[^()\[\]]*"
    return re.compile(rf"[(\[]{inside}(?:/|\b(?:{words})\b){inside}[)\]]\.?$", re.IGNORECASE)


@lru_cache(maxsize=1)
def opener() -> re.Pattern:
    """What begins a caption or a credit."""
    words = "|".join(sorted(map(re.escape, load().words("furniture.openers"))))
    return re.compile(rf"(?:{words}):", re.IGNORECASE)


def is_caption(words: str) -> bool:
    """Whether a line reads like the caption of a picture."""
    return bool(opener().match(words) or credit().search(words[-LONGEST_CREDIT:]))


def lines_of(text: str, start: int, end: int) -> list[Line]:
    """(start, end, stripped words) of every line of a stretch that is not empty."""
    found = []
    for match in LINE.finditer(text, start, end):
        words = " ".join(match.group().split())
        if words:
            found.append((match.start(), match.end(), words))
    return found


def is_headline(words: str) -> bool:
    """Whether a line reads like a headline: a few words, and no full stop at the end."""
    return len(words.split()) in HEADLINE_WORDS and words[-1] not in '.,;:!”"' and not is_caption(words)


def is_prose(words: str) -> bool:
    """Whether a line is a paragraph of an article."""
    return len(words.split()) >= PROSE_WORDS and not is_caption(words)


def split(text: str) -> tuple[Article, ...]:
    """The articles of a text, in order; together they cover it."""
    lines = lines_of(text, 0, len(text))
    starts = [0]
    titles = [first_headline(lines)]
    prose, seen = 0, {}
    for number, (start, _, words) in enumerate(lines):
        prose += is_prose(words)
        begins = is_headline(words) and comes_again(lines, number) and words not in seen
        if begins and prose:
            starts.append(start)
            titles.append(words)
            prose = 0
        seen[words] = number
    ends = [*starts[1:], len(text)]
    return tuple(
        Article(number + 1, start, end, title)
        for number, (start, end, title) in enumerate(zip(starts, ends, titles, strict=True))
    )


def first_headline(lines: list[Line]) -> str | None:
    """The first line where it is a headline: it comes again, or a blank line and prose follow."""
    for number, (_, _, words) in enumerate(lines[:6]):
        if is_headline(words) and (number == 0 or comes_again(lines, number)):
            return words
    return None


def comes_again(lines: list[Line], number: int) -> bool:
    """Whether a line is repeated within the next lines."""
    words = lines[number][2]
    return any(words == other for _, _, other in lines[number + 1 : number + 1 + REPEATED_WITHIN])


def furniture(text: str, articles: tuple[Article, ...]) -> Pieces:
    """(start, end) of captions and of lines that stood in their article before."""
    found = []
    for article in articles:
        seen: set[str] = set()
        for start, end, words in lines_of(text, article.start, article.end):
            if (words in seen and len(words.split()) >= REPEATED_WORDS) or is_caption(words):
                found.append((start, end))
            seen.add(words)
    return tuple(found)
