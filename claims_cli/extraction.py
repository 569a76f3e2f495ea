"""Documents in, claims out, in order."""

import hashlib
from collections.abc import Iterable, Iterator

from spacy.language import Language

from claims_cli.claim import Article, Claim, Document
from claims_cli.errors import InputError
from claims_cli.pipeline import build
from claims_cli.pipeline.paragraphs import readable
from claims_cli.pipeline.records import RecordMaker
from claims_cli.rulebook import load

LONGEST = 200_000
BATCH_CHARACTERS = 200_000
Result = tuple[str, list[Claim]] | InputError
Part = tuple[Article, int, str]


class Extractor:
    """The pipeline and the rulebook of a run."""

    def __init__(self, model: str | None = None, rules: str | None = None):
        """Load the model and the rules.

        Raises:
            ModelMissing: the model is not installed.
            RulebookError: the rulebook is broken.
        """
        self.rulebook = load(rules)
        self.nlp: Language = build(model, rules)

    def extract(self, documents: Iterable[Document | InputError]) -> Iterator[Result]:
        """For each document in turn its path and its claims; errors pass through in their place."""
        for batch in batches(documents):
            parts = [part for item in batch if isinstance(item, Document) for part in parts_of(item)]
            docs = self.nlp.pipe(readable(text) for _, _, text in parts)
            for item in batch:
                if isinstance(item, InputError):
                    yield item
                    continue
                text_sha256 = hashlib.sha256(item.text.encode("utf-8", "surrogatepass")).hexdigest()
                claims: list[Claim] = []
                for article, offset, _ in parts_of(item):
                    maker = RecordMaker(next(docs), item, article, offset, text_sha256, self.rulebook)
                    claims += maker.claims()
                yield item.path, claims


def batches(documents: Iterable[Document | InputError]) -> Iterator[list[Document | InputError]]:
    """Documents in groups that together are large enough for the model to work well and small enough for memory."""
    batch: list[Document | InputError] = []
    size = 0
    for item in documents:
        batch.append(item)
        size += len(item.text) if isinstance(item, Document) else 0
        if size >= BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def parts_of(document: Document) -> list[Part]:
    """(article, offset, text) of what is parsed at once: each article, a long one in parts at paragraph ends."""
    parts = []
    for article in document.articles:
        start = article.start
        while start < article.end:
            end = part_end(document.text, start, article.end)
            parts.append((article, start, document.text[start:end]))
            start = end
    return parts


def part_end(text: str, start: int, end: int) -> int:
    """Where a part ends: at a paragraph's end near the greatest length, or at that length."""
    if end - start <= LONGEST:
        return end
    for mark in ("\n\n", "\n", " "):
        found = text.rfind(mark, start + LONGEST // 2, start + LONGEST)
        if found >= 0:
            return found + len(mark)
    return start + LONGEST
