"""Documents in, claims out, in order."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count

from spacy.language import Language
from spacy.tokens import Doc

from claims_cli.claim import LINE_END, Article, Claim, Document
from claims_cli.documents.articles import Arranger
from claims_cli.documents.duplicates import Duplicates
from claims_cli.documents.languages import ENGLISH, Linguist
from claims_cli.errors import InputError
from claims_cli.models import default_model
from claims_cli.pipeline import build
from claims_cli.pipeline.paragraphs import plainly_spaced, readable
from claims_cli.pipeline.records import RecordMaker
from claims_cli.rulebook import SHIPPED, RuleSources, load

LONGEST = 100_000
MOST_TOKENS = 25_000
BATCH_CHARACTERS = 50_000
FURNITURE = "\0"
GAP = re.compile(rf"[\s{FURNITURE}]{{2,}}")
TOKEN = re.compile(r"\w+|[^\w\s]")
Result = tuple[Document, list[Claim]] | InputError


@dataclass(frozen=True)
class Part:
    """What is parsed at once: a stretch of an article, from `offset` in the document's text."""

    article: Article
    offset: int
    text: str


Piece = tuple[Document, Part]


class Extractor:
    """The pipeline and the rulebook of a run.

    Attributes:
        model: name of the spaCy pipeline.
    """

    def __init__(self, model: str | None = None, sources: RuleSources = SHIPPED, language: str = ENGLISH):
        """Load the model and the rules.

        Args:
            language: what is parsed, one of `languages.LANGUAGES`.

        Raises:
            ModelMissing: the model is not installed.
            RulebookError: the rulebook is broken.
        """
        self.rulebook = load(sources)
        self.model = model or default_model()
        self.nlp: Language = build(model, sources)
        self.arranger = Arranger(self.rulebook)
        self.linguist = Linguist(self.rulebook, reads_all=language != ENGLISH)

    def extract(self, documents: Iterable[Document | InputError], seen: Duplicates | None = None) -> Iterator[Result]:
        """For each document in turn itself and its claims; errors pass through in their place.

        With `seen`, articles that were read before are recognised. A long document comes in several pieces, one behind
        the other, so that memory does not grow with it. A document that the pipeline fails on becomes an `InputError`,
        and costs no other document anything.
        """
        for batch in batches(self.arranged(documents, seen)):
            read = [item for item in batch if isinstance(item, Document)]
            if len(read) == 1 and len(read[0].text) > LONGEST:
                yield from self.in_pieces(read[0])
                continue
            try:
                found = iter(self.claims_of(read))
            except Exception:
                found = iter([])
            for item in batch:
                if isinstance(item, InputError):
                    yield item
                    continue
                claims = next(found, None)
                yield from self.in_pieces(item) if claims is None else [(item, claims)]

    def arranged(
        self, documents: Iterable[Document | InputError], seen: Duplicates | None
    ) -> Iterator[Document | InputError]:
        """Each document with its articles told apart and what is not read set aside: furniture, other languages."""
        for item in documents:
            if isinstance(item, Document):
                item = self.linguist.recognise(self.arranger.arrange(item))
                item = item if seen is None else seen.marked(item)
            yield item

    def in_pieces(self, document: Document) -> Iterator[Result]:
        """The claims of one document group by group; where one fails, why, and no more."""
        for group in groups((document, part) for part in parts_of(document)):
            try:
                yield document, self.claims_of_group(group)[id(document)]
            except Exception as error:
                line = document.line_of(group[0][1].offset)
                where = f" from line {line} on" if line > 1 else ""
                if isinstance(error, MemoryError):
                    reason, remedy = "needs more memory than there is", "split the file"
                else:
                    reason, remedy = f"could not be analysed ({type(error).__name__}: {error})", "please report this"
                yield InputError(document.path, f"{reason}{where}", remedy, "extract")
                return

    def claims_of(self, documents: list[Document]) -> list[list[Claim]]:
        """The claims of each document."""
        found: dict[int, list[Claim]] = {id(document): [] for document in documents}
        for group in groups((document, part) for document in documents for part in parts_of(document)):
            for key, claims in self.claims_of_group(group).items():
                found[key] += claims
        return [found[id(document)] for document in documents]

    def claims_of_group(self, group: list[Piece]) -> dict[int, list[Claim]]:
        """The claims of parts that are parsed together, by the identity of their document."""
        found: dict[int, list[Claim]] = {id(document): [] for document, _ in group}
        docs = self.nlp.pipe((self.tokenized(prose(*piece)) for piece in group), batch_size=len(group))
        for (document, part), doc in zip(group, docs, strict=True):
            offset = part.offset + doc.user_data["begins"]
            found[id(document)] += RecordMaker(doc, document, part.article, offset, self.rulebook).claims()
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
    """Documents in groups that together are large enough for the model to work well; a long one alone."""
    batch: list[Document | InputError] = []
    size = 0
    for item in documents:
        length = len(item.text) if isinstance(item, Document) else 0
        if batch and length > LONGEST:
            yield batch
            batch, size = [], 0
        batch.append(item)
        size += length
        if size >= BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def groups(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Parts in groups that are small enough for memory; the model holds one group at once."""
    group: list[Piece] = []
    size = 0
    for piece in pieces:
        length = len(piece[1].text)
        if group and size + length > LONGEST:
            yield group
            group, size = [], 0
        group.append(piece)
        size += length
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
    """The text of a part with what is not read blanked, every offset kept: no claim stands there.

    Of the line ends around it as many stay as stood at once, so that the lines beside it are as far apart as before.
    """
    blanked = document.blanked(part.offset, part.offset + len(part.text), FURNITURE)
    return GAP.sub(without_line_ends, blanked).replace(FURNITURE, " ")


def without_line_ends(gap: re.Match) -> str:
    """White space with furniture in it, without the line ends behind the first that stand together."""
    text = gap.group()
    if FURNITURE not in text:
        return text
    left = min(2, max(len(LINE_END.findall(run)) for run in text.split(FURNITURE)))
    number = count()
    return LINE_END.sub(lambda end: end.group() if next(number) < left else " " * len(end.group()), text)


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
