"""What an article is called on a page: its headline, where that says something of it and not of every article."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from claims_cli.claim import LINE_END, ArticleSpan, Document

LINES_AMONG = 16  # below the head of an article a headline is looked for
HEADLINE_WORDS = range(4, 25)
PROSE_WORDS = 25
NOTICE_WORDS = 4  # a line of capitals of at most so many words over a headline is a notice
NO_HEADLINE = re.compile(r"[.,;:!]$|^\W|://|@")


def heads(document: Document, article: ArticleSpan) -> Iterator[str]:
    """The lines at the head of an article that read like headlines, up to its first paragraph."""
    text, position = document.text, article.start
    for _ in range(LINES_AMONG):
        if position >= article.end:
            return
        match = LINE_END.search(text, position, article.end)
        stop, following = (match.start(), match.end()) if match else (article.end, article.end)
        line = " ".join(text[position:stop].split())
        words = len(line.split())
        is_aside = any(start <= position and stop <= end for start, end in document.furniture_in(position, stop))
        if not is_aside:
            if words >= PROSE_WORDS or (words >= HEADLINE_WORDS.start and line.endswith((".", ".”", '."'))):
                return
            if words in HEADLINE_WORDS and not NO_HEADLINE.search(line):
                yield line
        position = following


def repeated(documents: Iterable[Document]) -> frozenset[str]:
    """Titles that articles of several documents have: they name a kind of text, a section or an outlet."""
    counts: Counter = Counter()
    for one in documents:
        counts.update({folded(article.title) for article in one.articles if article.title})
    return frozenset(title for title, count in counts.items() if count > 1)


def headline(document: Document, article: ArticleSpan, common: frozenset[str]) -> str | None:
    """The headline of an article; None where it has none that says something.

    Args:
        common: titles that say nothing of an article (`repeated`), folded.
    """
    given = article.title or (document.title if len(document.articles) == 1 else None)
    others = [line for line in heads(document, article) if folded(line) not in common and not is_notice(line)]
    if given and folded(given) not in common and not (is_notice(given) and others):
        return given
    return next(iter(others), given)


def is_notice(title: str) -> bool:
    """Whether a line is a few words of capitals, as what stands over press releases is."""
    return title.isupper() and len(title.split()) <= NOTICE_WORDS


def folded(title: str) -> str:
    """A title without what tells spellings of it apart."""
    return " ".join(title.casefold().split())
