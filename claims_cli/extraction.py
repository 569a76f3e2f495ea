"""Documents in, claims out, in order."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from claims_cli.claim import Article, Claim, Document
from claims_cli.errors import InputError
from claims_cli.pipeline import build
from claims_cli.pipeline.models import default_model
from claims_cli.pipeline.paragraphs import plainly_spaced, readable
from claims_cli.pipeline.records import RecordMaker
from claims_cli.rulebook import load

LONGEST = 100_000
MOST_TOKENS = 25_000
BATCH_CHARACTERS = 50_000
TOKEN = re.compile(r"\w+|[^\w\s]")
Result = tuple[Document, list[Claim]] | InputError


@dataclass(frozen=True)
class Part:
    """What is parsed at once: a stretch of an article, from `offset` in the document's text."""

    article: Article
    offset: int
    text: str


class Extractor:
    """The pipeline and the rulebook of a run.

    Attributes:
        model: name of the spaCy pipeline.
    """

    def __init__(self, model: str | None = None, rules: str | None = None):
        """Load the model and the rules.

        Raises:
            ModelMissing: the model is not installed.
            RulebookError: the rulebook is broken.
        """
        self.rulebook = load(rules)
        self.model = model or default_model()
        self.nlp: Language = build(model, rules)

    def extract(self, documents: Iterable[Document | InputError]) -> Iterator[Result]:
        """For each document in turn itself and its claims; errors pass through in their place.

        A document that the pipeline fails on becomes an `InputError`, and costs no other document anything.
        """
        for batch in batches(documents):
            read = [item for item in batch if isinstance(item, Document)]
            found: Iterator[list[Claim] | InputError]
            try:
                found = iter(self.claims_of(read))
            except Exception:
                found = map(self.alone, read)
            for item in batch:
                result = item if isinstance(item, InputError) else next(found)
                if isinstance(item, Document) and not isinstance(result, InputError):
                    yield item, result
                elif isinstance(result, InputError):
                    yield result

    def alone(self, document: Document) -> list[Claim] | InputError:
        """The claims of one document, or why there are none."""
        try:
            return self.claims_of([document])[0]
        except MemoryError:
            return InputError(document.path, "needs more memory than there is", "split the file", "extract")
        except Exception as error:
            reason = f"could not be analysed ({type(error).__name__}: {error})"
            return InputError(document.path, reason, "please report this with the file", "extract")

    def claims_of(self, documents: list[Document]) -> list[list[Claim]]:
        """The claims of each document."""
        found: list[list[Claim]] = [[] for _ in documents]
        parts = [(number, part) for number, document in enumerate(documents) for part in parts_of(document)]
        hashes = [hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest() for document in documents]
        for group in groups(parts):
            read = (self.tokenized(prose(documents[number], part)) for number, part in group)
            docs = self.nlp.pipe(read, batch_size=len(group))
            for (number, part), doc in zip(group, docs, strict=True):
                offset = part.offset + doc.user_data["begins"]
                maker = RecordMaker(doc, documents[number], part.article, offset, hashes[number], self.rulebook)
                found[number] += maker.claims()
        return found

    def tokenized(self, text: str) -> Doc:
        """A `Doc` for the pipeline, which also knows where in `text` it begins and how its headlines are written.

        White space at the edges is left out: the model reads a sentence otherwise where some follows it.
        """
        read, written = readable(text), plainly_spaced(text)
        begins = len(read) - len(read.lstrip())
        doc = self.nlp.make_doc(read.strip())
        doc.user_data.update(surface=written[begins:], begins=begins)
        return doc


def batches(documents: Iterable[Document | InputError]) -> Iterator[list[Document | InputError]]:
    """Documents in groups that together are large enough for the model to work well."""
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


def groups(parts: list[tuple[int, Part]]) -> Iterator[list[tuple[int, Part]]]:
    """Parts in groups that are small enough for memory; the model holds one group at once."""
    group: list[tuple[int, Part]] = []
    size = 0
    for number, part in parts:
        if group and size + len(part.text) > LONGEST:
            yield group
            group, size = [], 0
        group.append((number, part))
        size += len(part.text)
    if group:
        yield group


def parts_of(document: Document) -> Iterator[Part]:
    """What is parsed at once: each article, a long one in parts at paragraph ends."""
    for article in document.articles:
        start = article.start
        while start < article.end:
            end = part_end(document.text, start, article.end)
            yield Part(article, start, document.text[start:end])
            start = end


def prose(document: Document, part: Part) -> str:
    """The text of a part with its furniture blanked, every offset kept: no claim stands there, so it is not parsed."""
    pieces, done = [], 0
    for start, end in document.furniture_in(part.offset, part.offset + len(part.text)):
        first, last = max(start - part.offset, 0), end - part.offset
        pieces += [part.text[done:first], " " * (min(last, len(part.text)) - first)]
        done = last
    return "".join(pieces) + part.text[done:]


def longest_part(text: str, start: int, end: int) -> int:
    """How many characters a part may have: fewer where the text is all marks and single letters."""
    sample = text[start : min(end, start + LONGEST)]
    tokens = sum(1 for _ in TOKEN.finditer(sample))
    return LONGEST if tokens <= MOST_TOKENS else max(1, LONGEST * MOST_TOKENS // tokens)


def part_end(text: str, start: int, end: int) -> int:
    """Where a part ends: at a paragraph's end near the greatest length, or at that length."""
    if end - start <= MOST_TOKENS:
        return end
    longest = longest_part(text, start, end)
    if end - start <= longest:
        return end
    for mark in ("\n\n", "\n", " "):
        found = text.rfind(mark, start + longest // 2, start + longest)
        if found >= 0:
            return found + len(mark)
    return start + longest
