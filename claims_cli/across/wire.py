"""Whether an article is copy of an agency, or nearly another article: then its words are no second report of them."""

import re

from claims_cli.across.wording import Wording
from claims_cli.articles.duplicates import Duplicates, SketchedArticle
from claims_cli.claim import ArticleSpan, Claim, Document, Duplicate

ENDS = ".!?\n"
HEAD, FOOT = 400, 600  # characters of an article in which a dateline stands, and in which it says who wrote with it


class Wire:
    """Finds out of which articles are wire copy.

    Args:
        wording: has the names of agencies, and the words by which an article says that others wrote a part of it.
    """

    def __init__(self, wording: Wording):
        names = "|".join(map(re.escape, sorted(wording.groups["agencies"], key=lambda name: (-len(name), name))))
        phrases = "|".join(map(re.escape, sorted(wording.groups["wire"], key=lambda words: (-len(words), words))))
        self.dateline = re.compile(rf"[(\[]\s*({names})\s*[)\]]|^\s*(?:By\s+)?({names})\s*(?:$|[-–—])", re.MULTILINE)
        self.name = re.compile(rf"(?<!\w)({names})(?!\w)")
        self.phrase = re.compile(phrases, re.IGNORECASE)

    def credit(self, document: Document, article: ArticleSpan) -> str | None:
        """The words that say that an article is of an agency, or partly: `AP`, `Reuters contributed to this report`."""
        for told in (document.author, document.outlet):
            if told and (found := self.name.search(told)):
                return found.group()
        text = document.text[article.start : article.end]
        found = self.dateline.search(text[:HEAD])
        if found:
            return found.group(1) or found.group(2)
        foot = text[-FOOT:]
        found = self.phrase.search(foot)
        return None if found is None else sentence_at(foot, found.start())

    def copies(self, articles: list[SketchedArticle]) -> list[Duplicate | None]:
        """For each of some articles, in order, which one before it is the same or nearly."""
        known = Duplicates()
        seen: dict[tuple[str, int], Duplicate | None] = {}
        for article in articles:
            key = (article.path, article.number)
            if key not in seen:
                seen[key] = known.seen(article)
        return [seen[article.path, article.number] for article in articles]


def sentence_at(text: str, place: int) -> str:
    """The sentence in which a character stands, on one line."""
    start = max(text.rfind(mark, 0, place) for mark in ENDS) + 1
    end = min((found for mark in ENDS if (found := text.find(mark, place)) >= 0), default=len(text))
    return " ".join(text[start:end].split())


def article_of(document: Document, claim: Claim) -> ArticleSpan:
    """The article in which a claim stands; the whole document where none is told apart."""
    own = (article for article in document.articles if article.number == claim.article)
    return next(own, ArticleSpan(1, 0, len(document.text)))
