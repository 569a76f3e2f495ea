"""The same article twice in a run, exactly or nearly: wire copy cut, under another headline, newly begun.

In comes a document whose articles are told apart; out comes the same with those noted that were read before.

An article is remembered by a sketch: the smallest of the hashes of its runs of words. Two sketches tell how much of
one article stands in the other, and the very smallest hashes find the articles that are worth comparing, so that the
work for an article does not grow with the number of those before it. Libraries that do this need scipy (datasketch),
or compare by likeness alone (rensa), which a copy that was cut has little of.
"""

import hashlib
import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from zlib import crc32

from claims_cli.claim import ArticleSpan, Document, Duplicate

WAYS = ("mark", "skip", "keep")
MARK, SKIP, KEEP = WAYS
WORD = re.compile(r"\w+")
RUN = 3
BLOCK = 50_000  # words that are looked at together
SKETCH = 128
KEYS = 12
MOST_AT_KEY = 20
FEWEST_WORDS = 30
FEWEST_COMPARED = 8
LEAST_SHARE = 0.5
LEAST_BACK = 0.2
LARGEST = 2**32 - 1


@dataclass(frozen=True, slots=True)
class Sketch:
    """What an article is remembered by.

    Attributes:
        digest: of all its words.
        words: how many it has.
        hashes: the smallest of the hashes of its runs of words, in order.
        whole: whether that is all of them.
    """

    digest: bytes
    words: int
    hashes: array
    whole: bool

    @classmethod
    def of(cls, document: Document, article: ArticleSpan) -> "Sketch":
        """The sketch of an article; furniture does not count."""
        matches = WORD.finditer(prose_of(document, article).casefold())
        digest, number, whole = hashlib.blake2b(digest_size=16), 0, True
        words: list[str] = []
        smallest: list[int] = []
        while block := [match.group() for match in islice(matches, BLOCK)]:  # all words at once take much memory
            digest.update(" ".join([*block, ""]).encode("utf-8", "surrogatepass"))
            number += len(block)
            words = [*words[1 - RUN :], *block]
            runs = zip(*(words[place:] for place in range(RUN)), strict=False)
            hashes = {*smallest, *(crc32(" ".join(run).encode()) for run in runs)}
            whole = whole and len(hashes) <= SKETCH
            smallest = sorted(hashes)[:SKETCH]
        return cls(digest.digest(), number, array("I", smallest), whole)

    def shares(self, other: "Sketch", hashes: set[int]) -> tuple[float, float]:
        """How much of this article, whose `hashes` are given, stands in another, and of that one in this.

        Both are from 0 to 1; 0 where too little can be compared.
        """
        bound = min((sketch.hashes[-1] for sketch in (self, other) if not sketch.whole), default=LARGEST)
        common = sum(shared <= bound for shared in hashes.intersection(other.hashes))
        compared = [bisect_right(sketch.hashes, bound) for sketch in (self, other)]
        here, there = (common / number if number >= FEWEST_COMPARED else 0.0 for number in compared)
        return here, there


@dataclass(frozen=True, slots=True)
class SketchedArticle:
    """An article that was read: its document, its number there, and its sketch."""

    path: str
    number: int
    sketch: Sketch


def sketches_of(document: Document) -> tuple[Sketch, ...]:
    """The sketch of each article of a document."""
    return tuple(Sketch.of(document, article) for article in document.articles)


class Duplicates:
    """The articles of a run, to recognise those that come again.

    Args:
        skips: whether articles that were read before are left out.
    """

    def __init__(self, skips: bool = False):
        self.skips = skips
        self.exact: dict[bytes, SketchedArticle] = {}
        self.by_key: dict[
            int, SketchedArticle | list[SketchedArticle]
        ] = {}  # nearly all keys have one: a list for each takes much room

    def marked(self, document: Document, sketches: Iterable[Sketch] | None = None) -> Document:
        """The document with what was read before in it, noted, and set aside where that was asked for.

        Args:
            sketches: of its articles, where they are known.
        """
        articles = zip(document.articles, sketches_of(document) if sketches is None else sketches, strict=True)
        repeats = {
            article: self.seen(SketchedArticle(document.path, article.number, sketch)) for article, sketch in articles
        }
        duplicates = tuple(duplicate for duplicate in repeats.values() if duplicate)
        if not duplicates:
            return document
        several = len(document.articles) > 1
        notes = (*document.notes, *(note_of(duplicate, several) for duplicate in duplicates))
        skipped = tuple((article.start, article.end) for article, repeat in repeats.items() if repeat and self.skips)
        return replace(document, duplicates=duplicates, skipped=skipped, notes=notes)

    def seen(self, article: SketchedArticle) -> Duplicate | None:
        """Which article that was read before an article repeats; the article is remembered."""
        if not article.sketch.words:
            return None
        same = self.same(article.sketch)
        if same is not None:
            return Duplicate(article.number, same.path, same.number, 1.0)
        nearest = self.nearest(article) if article.sketch.words >= FEWEST_WORDS else None
        self.keep(article)
        return nearest

    def same(self, sketch: Sketch) -> SketchedArticle | None:
        """The article before that has the same words; None where none has."""
        return self.exact.get(sketch.digest)

    def keep(self, article: SketchedArticle) -> None:
        """Remember an article: by its words, and where it is long enough by its smallest hashes."""
        self.exact[article.sketch.digest] = article
        for key in keys_of(article.sketch):
            others = self.at(key)
            if len(others) < MOST_AT_KEY:
                self.by_key[key] = [*others, article] if others else article

    def alike(self, sketch: Sketch) -> list[SketchedArticle]:
        """The articles before one of whose smallest hashes is among those of a sketch."""
        return list(
            {id(other): other for key in sketch.hashes if key in self.by_key for other in self.at(key)}.values()
        )

    def at(self, key: int) -> list[SketchedArticle]:
        """The articles that have a hash among their very smallest."""
        articles = self.by_key.get(key, [])
        return articles if isinstance(articles, list) else [articles]

    def nearest(self, article: SketchedArticle) -> Duplicate | None:
        """The article before that shares most with one, where that is enough."""
        sketch = article.sketch
        hashes = set(sketch.hashes)
        shares = ((*sketch.shares(other.sketch, hashes), other) for other in self.alike(sketch))
        near = [
            (here, there, other)
            for here, there, other in shares
            if max(here, there) >= LEAST_SHARE and min(here, there) >= LEAST_BACK
        ]
        if not near:
            return None
        here, _, other = max(near, key=lambda shared: shared[0] + shared[1])
        return Duplicate(article.number, other.path, other.number, round(min(here, 0.99), 2))


def keys_of(sketch: Sketch) -> Sequence[int]:
    """The hashes by which an article is found; none of a very short one."""
    return sketch.hashes[:KEYS] if sketch.words >= FEWEST_WORDS else ()


def prose_of(document: Document, article: ArticleSpan) -> str:
    """The text of an article without its furniture."""
    pieces, done = [], article.start
    for start, end in document.furniture_in(article.start, article.end):
        pieces.append(document.text[done:start])
        done = end
    return "\n".join([*pieces, document.text[done : article.end]])


def note_of(duplicate: Duplicate, several: bool) -> str:
    """What is said of an article that was read before."""
    which = f"article {duplicate.article} is" if several else "is"
    if duplicate.share == 1:
        return f"{which} the same as {duplicate.path}"
    return f"{which} nearly the same as {duplicate.path} ({duplicate.share:.0%} of it stands there)"
