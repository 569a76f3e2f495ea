"""Where one file holds several articles, and which of its lines are no prose: captions and lines that are repeated.

A scraped page often gives its headline two or three times over, with the caption of its picture in between. Such a
headline that comes again within a few lines begins an article; where prose stood before it, it begins a new one. So
does whatever follows a line that ends an article (`###`, `-30-`).
"""

import re
from bisect import bisect_left
from dataclasses import replace

from claims_cli.claim import Article, Document, Pieces
from claims_cli.rulebook import Rulebook

LINE = re.compile(r"[^\r\n]+")
HEADLINE_WORDS = range(3, 26)
REPEATED_WITHIN = 24
REPEATED_WORDS = 3
PROSE_WORDS = 25
LONGEST_CREDIT = 300
Line = tuple[int, int, str]


def lines_of(text: str, start: int, end: int) -> list[Line]:
    """(start, end, stripped words) of every line of a stretch that is not empty."""
    found = []
    for match in LINE.finditer(text, start, end):
        words = " ".join(match.group().split())
        if words:
            found.append((match.start(), match.end(), words))
    return found


class Arranger:
    """Tells articles and furniture apart by the lexicons of a rulebook (`furniture.*`)."""

    def __init__(self, rulebook: Rulebook):
        words = "|".join(sorted(map(re.escape, rulebook.words("furniture.credits"))))
        inside = r"[^()\[\]]*"
        self.credit = re.compile(rf"[(\[]{inside}(?:/|\b(?:{words})\b){inside}[)\]]\.?$", re.IGNORECASE)
        openers = "|".join(sorted(map(re.escape, rulebook.words("furniture.openers"))))
        self.opener = re.compile(rf"(?:{openers}):", re.IGNORECASE)
        self.ends = rulebook.words("furniture.ends")

    def arrange(self, document: Document) -> Document:
        """The document with its articles, which together cover it, and its furniture; one that has them as it is.

        What the reader of its format set aside (heads and feet of pages) stays so, and tells nothing of articles.
        """
        if document.articles:
            return document
        text = document.blanked(0, len(document.text))
        articles = self.split(text)
        furniture = tuple(sorted({*document.furniture, *self.furniture(text, articles)}))
        return replace(document, articles=articles, furniture=furniture)

    def is_caption(self, words: str) -> bool:
        """Whether a line reads like the caption of a picture: by how it begins, or a credit in brackets at its end."""
        return bool(self.opener.match(words) or self.credit.search(words[-LONGEST_CREDIT:]))

    def is_headline(self, words: str) -> bool:
        """Whether a line reads like a headline: a few words, and no full stop at the end."""
        return len(words.split()) in HEADLINE_WORDS and words[-1] not in '.,;:!”"' and not self.is_caption(words)

    def is_prose(self, words: str) -> bool:
        """Whether a line is a paragraph of an article."""
        return len(words.split()) >= PROSE_WORDS and not self.is_caption(words)

    def split(self, text: str) -> tuple[Article, ...]:
        """The articles of a text, in order; together they cover it."""
        lines = lines_of(text, 0, len(text))
        starts = self.article_starts(lines)
        ends = [*starts[1:], len(text)]
        numbers = [bisect_left(lines, (start,)) for start in starts] + [len(lines)]
        return tuple(
            Article(place + 1, start, end, self.first_headline(lines[numbers[place] : numbers[place + 1]]))
            for place, (start, end) in enumerate(zip(starts, ends, strict=True))
        )

    def article_starts(self, lines: list[Line]) -> list[int]:
        """Where articles begin: at a headline that comes again, behind what ends an article; prose before each."""
        starts, prose, ended = [0], 0, False
        seen: set[str] = set()
        for number, (start, _, words) in enumerate(lines):
            again = self.is_headline(words) and words not in seen and self.comes_again(lines, number)
            if (again and prose) or ended:
                starts.append(start)
                prose, seen = 0, set()
            prose += self.is_prose(words)
            ended = self.ends_article(words)
            seen.add(words)
        return starts

    def first_headline(self, lines: list[Line]) -> str | None:
        """The headline of an article: its first line where it reads like one, or one of the next that comes again."""
        for number, (_, _, words) in enumerate(lines[:6]):
            if self.is_headline(words) and (number == 0 or self.comes_again(lines, number)):
                return words
        return None

    def comes_again(self, lines: list[Line], number: int) -> bool:
        """Whether a line is repeated within the next lines of its article."""
        words = lines[number][2]
        for _, _, other in lines[number + 1 : number + 1 + REPEATED_WITHIN]:
            if words == other:
                return True
            if self.ends_article(other):
                return False
        return False

    def ends_article(self, words: str) -> bool:
        """Whether a line is a mark that ends an article."""
        return words.lower() in self.ends

    def furniture(self, text: str, articles: tuple[Article, ...]) -> Pieces:
        """(start, end) of captions and of lines that stood in their article before."""
        found = []
        for article in articles:
            seen: set[str] = set()
            for start, end, words in lines_of(text, article.start, article.end):
                repeated = words in seen and len(words.split()) >= REPEATED_WORDS
                if repeated or self.is_caption(words) or self.ends_article(words):
                    found.append((start, end))
                seen.add(words)
        return tuple(found)
