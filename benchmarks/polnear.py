"""PolNeAR for the benchmarks: its articles parsed once, and candidates judged as its scorer judges claims.

The corpus lies outside the repository; its folder is `$POLNEAR`, or `../shared/polnear` beside the checkout. Parsed
articles are kept in the temporary folder between runs.
"""

import hashlib
import importlib.util
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, DocBin

from claims_cli.evaluation.words import Words
from claims_cli.pipeline import parsed as parsed_article
from claims_cli.pipeline.article import Article, TokenSpans
from claims_cli.pipeline.parse.reading import Reading
from claims_cli.pipeline.parse.syntax import Syntax
from claims_cli.rulebook import load

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(os.environ.get("POLNEAR", ROOT.parent / "shared" / "polnear"))
Offsets = list[tuple[int, int]]


def scorer():
    """The corpus's own scorer, as a module."""
    if "polnear_score" not in sys.modules:
        spec = importlib.util.spec_from_file_location("polnear_score", FOLDER / "score.py")
        module = importlib.util.module_from_spec(spec)
        sys.modules["polnear_score"] = module
        spec.loader.exec_module(module)
    return sys.modules["polnear_score"]


@dataclass
class GoldArticle:
    """One article with its gold attributions, and as the parser read it."""

    name: str
    text: str
    gold: list
    read: Article


def articles(split: str, nlp: Language) -> list[GoldArticle]:
    """Every article of a split, parsed by `nlp` (paragraphs and the model's own components)."""
    rows = list(scorer().corpus(FOLDER, split))
    docs = parsed(split, [text for _, text, _ in rows], nlp)
    found = []
    for (name, text, gold), doc in zip(rows, docs, strict=True):
        found.append(GoldArticle(name, text, gold, parsed_article(doc, load(), Reading.of(text))))
    return found


def parsed(split: str, texts: list[str], nlp: Language) -> list[Doc]:
    """Parses of the texts, from the temporary folder where they lie there already."""
    read = [Reading.of(text).prepared for text in texts]
    digest = hashlib.blake2b("\0".join(read).encode(), digest_size=4).hexdigest()
    kept = Path(tempfile.gettempdir()) / f"claims-{split}-{nlp.meta['name']}-{nlp.meta['version']}-{digest}.spacy"
    if not kept.exists():
        attributes = ["LEMMA", "POS", "TAG", "DEP", "HEAD", "ENT_TYPE", "ENT_IOB", "SENT_START"]
        box = DocBin(attrs=attributes)
        for doc in nlp.pipe(read):
            box.add(doc)
        box.to_disk(kept)
    return list(DocBin().from_disk(kept).get_docs(nlp.vocab))


def pieces(spans: TokenSpans, syntax: Syntax) -> Offsets:
    """Token spans as code points."""
    return [syntax.span(start, end) for start, end in spans]


class Judge:
    """Says of a predicted attribution whether the gold has it."""

    def __init__(self, article: GoldArticle):
        self.words = Words(article.text)
        self.tokens = scorer().Tokens(article.text)
        self.bare = [self.tokens.bare(one.content) for one in article.gold]
        self.cues = [self.words.inside(one.cue) for one in article.gold]
        self.pieces = [[self.words.inside([piece]) for piece in one.content] for one in article.gold]
        self.gold = [(self.words.inside(one.content), self.words.inside(one.source)) for one in article.gold]

    def match(self, content: Offsets, source: Offsets, cue: Offsets = ()) -> int | None:
        """Index of the gold attribution that the prediction pairs with (`attribution` of the scorer), or None.

        With the cue, a content that is as good as a whole piece of the gold content at the same cue counts too: the
        other pieces are quotations that go on, which are joined later.
        """
        score = scorer()
        words, named, cue_words = self.words.inside(content), self.words.inside(source), self.words.inside(cue)
        best, found = 0.0, None
        for index, (gold_words, gold_source) in enumerate(self.gold):
            if not words & gold_words or not score.same_source(gold_source, named):
                continue
            overlap = score.dice(words, gold_words)
            if overlap < 0.5 and cue_words & self.cues[index]:
                overlap = score.dice(words, self.piece(index, words))
            if overlap >= 0.5 and overlap > best:
                best, found = overlap, index
        return found

    def piece(self, gold: int, words: frozenset[int]) -> frozenset[int]:
        """The words of the pieces of a gold content that a prediction touches."""
        touched = [piece for piece in self.pieces[gold] if piece & words]
        return frozenset().union(*touched)

    def is_exact(self, content: Offsets, gold: int, by_piece: bool) -> bool:
        """Whether a content has the words of a gold one; `by_piece`, of the pieces that it touches."""
        found = self.tokens.bare(content)
        return found == self.bare[gold] or (by_piece and found == self.piece(gold, found))

    def is_nested(self, cue: Offsets, but: int | None) -> bool:
        """Whether a cue lies inside the content of a gold attribution other than `but`, and is no gold cue itself."""
        words = self.words.inside(cue)
        if any(words & gold for gold in self.cues):
            return False
        return any(words & gold for index, (gold, _) in enumerate(self.gold) if index != but)
