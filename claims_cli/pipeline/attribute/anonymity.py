"""The words that say that, or why, a source is not named (`anonymity` of the record)."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from claims_cli.pipeline.article import Article, TokenSpan
from claims_cli.pipeline.parse.subjects import NOMINAL
from claims_cli.pipeline.parse.syntax import Syntax
from claims_cli.rulebook.model import Rulebook


@dataclass(frozen=True)
class Anonymity:
    """What it takes to find them.

    Attributes:
        phrases: any of the phrases that say it; none where there are no such phrases.
        reasons: words that open the reason behind it; relatives: those that open a clause about a source.
        articles: words without which a description is the same one.
    """

    phrases: re.Pattern[str] | None
    reasons: frozenset[str]
    relatives: frozenset[str]
    articles: frozenset[str]

    @classmethod
    def of(cls, rulebook: Rulebook) -> "Anonymity":
        """Those of a rulebook."""
        words = sorted(rulebook.words("anonymity.phrases"), key=len, reverse=True)
        joined = "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in words)
        pattern = re.compile(rf"\b(?:{joined})\b", re.IGNORECASE) if words else None
        known = ("anonymity.reasons", "reference.relative", "anonymity.articles")
        return cls(pattern, *map(rulebook.words, known))

    def by_place(self, article: Article) -> dict[int, TokenSpan]:
        """By the place of an attribution whose speaker has no name: the words nearest to it that say so.

        Those in the sentence of its cue; otherwise those of a sentence whose subject is the same speaker.
        """
        found: dict[int, TokenSpan] = {}
        for span in self.spans(article):
            for place in self.places(article, span):
                found.setdefault(place, span)
        return found

    def places(self, article: Article, span: TokenSpan) -> Iterator[int]:
        """The attributions whose source some words are about."""
        syntax = article.syntax
        number, subject = syntax.sentence_number[span[0]], whose(syntax, span[0])
        same = [
            place
            for place, attribution in enumerate(article.attributions)
            if attribution.source and syntax.sentence_number[attribution.head] == number
        ]
        unnamed = [place for place in same if not article.speakers[place].named]
        own = [place for place in unnamed if article.attributions[place].candidate.tokens.get("source") == subject]
        yield from own or unnamed[:1]
        texts = {article.speakers[place].text for place in own or unnamed[:1]}
        if subject is not None and not texts:  # `The official spoke on condition of anonymity.`
            texts = {syntax.text[syntax.start[syntax.left[subject]] : syntax.end[subject]]}
        folded = {self.bare(text) for text in texts if text}
        for place, speaker in enumerate(article.speakers):
            if speaker.text and not speaker.named:
                words = self.bare(speaker.text)
                if any(words == one or words.endswith(f" {one}") for one in folded):
                    yield place

    def bare(self, text: str) -> str:
        """A description in small letters, without an article before it."""
        first, _, rest = text.lower().partition(" ")
        return rest if rest and first in self.articles else text.lower()

    def spans(self, article: Article) -> Iterator[TokenSpan]:
        """All such words, outside quotation marks, with their reason."""
        if self.phrases is None:
            return
        syntax = article.syntax
        for match in self.phrases.finditer(syntax.text):
            first = bisect_right(syntax.start, match.start()) - 1
            last = bisect_left(syntax.end, match.end())
            if last < syntax.length and article.quotations.holder[first] is None:
                yield self.grown(syntax, first, last)

    def grown(self, syntax: Syntax, first: int, last: int) -> TokenSpan:
        """A phrase with the `who` before it, and the reason behind it."""
        while first > syntax.sentence[first] and (
            syntax.lower[first - 1] in self.relatives or syntax.dep[first - 1] in ("aux", "auxpass", "neg")
        ):
            first -= 1
        end = last + 1
        sentence_end = syntax.sentence_end[last]
        behind = end + 1 if end < sentence_end and syntax.lower[end] == "," else end
        if behind < sentence_end and syntax.lower[behind] in self.reasons:
            clause = syntax.head[behind]
            top = clause if clause > behind else behind
            end = max(behind + 1, min(syntax.right[top] + 1, sentence_end))
        while end > last + 1 and syntax.pos[end - 1] in ("PUNCT", "SPACE"):
            end -= 1
        return first, end


def whose(syntax: Syntax, token: int) -> int | None:
    """The noun that a clause about not being named is about: what it hangs on, or the subject of its verb."""
    at = token
    while syntax.head[at] != at:
        if syntax.dep[at] in ("relcl", "acl") and syntax.pos[syntax.head[at]] in NOMINAL:
            return syntax.head[at]
        subject = syntax.child(at, "nsubj", "nsubjpass")
        if subject is not None and syntax.pos[subject] in NOMINAL:
            return subject
        at = syntax.head[at]
    subject = syntax.child(at, "nsubj", "nsubjpass")
    return subject if subject is not None and syntax.pos[subject] in NOMINAL else None
