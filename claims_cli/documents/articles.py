"""Where one file holds several articles, and which of its lines are no prose: captions and lines that are repeated.

A scraped page often gives its headline two or three times over, with the caption of its picture in between. Such a
headline that comes again within a few lines begins an article; where prose stood before it, it begins a new one. So
does whatever follows a line that ends an article (`###`, `-30-`).
"""

import re
from bisect import bisect_left
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
    starts = article_starts(lines)
    ends = [*starts[1:], len(text)]
    numbers = [bisect_left(lines, (start,)) for start in starts] + [len(lines)]
    return tuple(
        Article(place + 1, start, end, first_headline(lines[numbers[place] : numbers[place + 1]]))
        for place, (start, end) in enumerate(zip(starts, ends, strict=True))
    )


def article_starts(lines: list[Line]) -> list[int]:
    """Where articles begin: at a headline that comes again, behind a line that ends an article; prose before each."""
    starts, prose, ended = [0], 0, False
    seen: set[str] = set()
    for number, (start, _, words) in enumerate(lines):
        again = is_headline(words) and words not in seen and comes_again(lines, number)
        if (again and prose) or ended:
            starts.append(start)
            prose, seen = 0, set()
        prose += is_prose(words)
        ended = ends_article(words)
        seen.add(words)
    return starts


def first_headline(lines: list[Line]) -> str | None:
    """The headline of an article: its first line where it reads like one, or one of the next that comes again."""
    for number, (_, _, words) in enumerate(lines[:6]):
        if is_headline(words) and (number == 0 or comes_again(lines, number)):
            return words
    return None


def comes_again(lines: list[Line], number: int) -> bool:
    """Whether a line is repeated within the next lines of its article."""
    words = lines[number][2]
    for _, _, other in lines[number + 1 : number + 1 + REPEATED_WITHIN]:
        if words == other:
            return True
        if ends_article(other):
            return False
    return False


def ends_article(words: str) -> bool:
    """Whether a line is a mark that ends an article."""
    return words.lower() in load().words("furniture.ends")


def furniture(text: str, articles: tuple[Article, ...]) -> Pieces:
    """(start, end) of captions and of lines that stood in their article before."""
    found = []
    for article in articles:
        seen: set[str] = set()
        for start, end, words in lines_of(text, article.start, article.end):
            repeated = words in seen and len(words.split()) >= REPEATED_WORDS
            if repeated or is_caption(words) or ends_article(words):
                found.append((start, end))
            seen.add(words)
    return tuple(found)
