"""What a worker does: documents in, what is said in them out, by nothing but their text, the rulebook and the model.

`analyse` is a function of its arguments alone, both ways plain data that can be pickled, so that any engine that maps a
function over batches (`multiprocessing`, Dask, Ray, Spark) can run it; what it loads it keeps for the next batch.
"""

import pickle
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from spacy.tokens import Doc

from claims_cli.articles.arranger import Arranger
from claims_cli.articles.languages import ENGLISH, Linguist
from claims_cli.claim import Block, Claim, Document
from claims_cli.extraction.chunks import Chunk, PlacedChunk, blocks_in, chunks_of, groups, prose
from claims_cli.extraction.parses import ParseCache
from claims_cli.extraction.results import Analysis, Failure, Setup
from claims_cli.garbage import uncollected
from claims_cli.pipeline import ArticlePlace, ArticleReader, ClaimLexicon, claims_of, parser
from claims_cli.pipeline.accelerate.arithmetic import one_thread
from claims_cli.pipeline.parse.hyphens import Dictionary
from claims_cli.pipeline.parse.labels import check_labels
from claims_cli.pipeline.parse.reading import Reading
from claims_cli.rulebook import load

MOST_LEMMAS, MOST_WORDS = 20_000, 30_000


def analyse(documents: Sequence[Document], setup: Setup) -> list[Analysis]:
    """What is found out about each document; one that fails costs the others nothing.

    Raises:
        ModelMissing: the model is not installed.
        RulebookError: the rulebook is broken.
    """
    analyst = analyst_of(setup)
    try:
        return analyst.analyses(documents)
    except Exception as error:
        if len(documents) == 1:
            return [Analysis(failure=Failure.of(error))]
    return [analysis for document in documents for analysis in analyse([document], setup)]


def claims_of_chunks(document: Document, parts: Sequence[Chunk], setup: Setup) -> tuple[Claim, ...] | Failure:
    """The claims in some parts of a long document whose articles are told apart, or why they cannot be told.

    Raises:
        ModelMissing, RulebookError: as `analyse`.
    """
    analyst = analyst_of(setup)
    try:
        return tuple(analyst.claims_of_group([(document, part) for part in parts])[id(document)])
    except Exception as error:
        return Failure.of(error, document.line_of(parts[0].offset))


def claims_of_stored(path: str, parts: Sequence[Chunk], setup: Setup) -> tuple[Claim, ...] | Failure:
    """`claims_of_chunks` of a document that was pickled to a file: it is too long to be sent with every part.

    Raises:
        ModelMissing, RulebookError: as `analyse`.
    """
    return claims_of_chunks(stored(path), parts, setup)


@lru_cache(maxsize=1)
def stored(path: str) -> Document:
    """The document in a file that this program wrote."""
    with open(path, "rb") as stream:
        return pickle.load(stream)


@lru_cache(maxsize=4)
def analyst_of(setup: Setup) -> "Analyst":
    """The loaded model and rules; those that were used last stay loaded.

    Raises:
        ModelMissing: the model is not installed.
        RulebookError: the rulebook is broken.
    """
    return Analyst(setup)


@dataclass(frozen=True)
class Parse:
    """A parsed text, and what was read of it."""

    doc: Doc
    reading: Reading


class Analyst:
    """The loaded model and rules."""

    def __init__(self, setup: Setup):
        """Load them.

        Raises:
            ModelMissing: the model is not installed.
            RulebookError: the rulebook is broken, or names labels that the model does not have.
        """
        self.rulebook = load(setup.sources)
        self.arranger = Arranger(self.rulebook, setup.transcript)
        self.linguist = Linguist(self.rulebook, reads_all=setup.language != ENGLISH)
        self.nlp = parser(setup.model, setup.plain)
        check_labels(self.rulebook.rules, self.nlp)
        self.dictionary = Dictionary.of(self.nlp)
        self.reader = ArticleReader(self.rulebook)
        self.lexicon = ClaimLexicon.of(self.rulebook)
        self.zone = ExitStack()  # of what spaCy remembers of words
        self.words: int | None = None  # that it knew when the zone began
        self.parses = ParseCache(Path(setup.parses), setup.made_with, self.nlp.vocab) if setup.parses else None

    def analyses(self, documents: Sequence[Document]) -> list[Analysis]:
        """What is found out about each document."""
        arranged = [self.linguist.recognise(self.arranger.arrange(document)) for document in documents]
        claims: dict[int, list[Claim]] = {id(document): [] for document in arranged}
        for group in groups((document, part) for document in arranged for part in chunks_of(document)):
            for key, found in self.claims_of_group(group).items():
                claims[key] += found
        return [Analysis.of(*both, claims[id(both[1])]) for both in zip(documents, arranged, strict=True)]

    def claims_of_group(self, group: list[PlacedChunk]) -> dict[int, list[Claim]]:
        """The claims of parts that are parsed together, by the identity of their document."""
        self.forget()
        with one_thread(), uncollected():
            return self.matched(group)

    def matched(self, group: list[PlacedChunk]) -> dict[int, list[Claim]]:
        """The same; no parse outlives this function."""
        found: dict[int, list[Claim]] = {id(document): [] for document, _ in group}
        parses = self.parsed([prose(*placed) for placed in group], [blocks_in(*placed) for placed in group])
        for (document, chunk), parse in zip(group, parses, strict=True):
            article = self.reader.read(parse.doc, parse.reading)
            place = ArticlePlace(document, chunk.article, chunk.offset)
            found[id(document)] += claims_of(article, place, self.lexicon)
        return found

    def parsed(self, texts: list[str], blocks: list[tuple[Block, ...]]) -> Iterator[Parse]:
        """The parses of texts with their blocks, kept ones where there are any."""
        both = zip(texts, blocks, strict=True)
        readings = [Reading.of(text, self.dictionary.knows, told) for text, told in both]
        kept = self.parses.get([reading.prepared for reading in readings]) if self.parses else [None] * len(texts)
        new = [self.nlp.make_doc(reading.prepared) for reading, doc in zip(readings, kept, strict=True) if doc is None]
        made = list(self.nlp.pipe(new, batch_size=len(new)))
        if self.parses and made:
            self.parses.put(made)
        waiting = iter(made)
        for reading, doc in zip(readings, kept, strict=True):
            yield Parse(next(waiting) if doc is None else doc, reading)

    def forget(self) -> None:
        """Begin anew what spaCy remembers of words, before it grows large: memory stays flat over any documents."""
        vocab = self.nlp.vocab
        if self.words is None or len(vocab) - self.words > MOST_WORDS:
            self.zone.close()
            self.words = len(vocab)
            self.zone.enter_context(self.nlp.memory_zone())
        lemmatizer = self.nlp.get_pipe("lemmatizer") if "lemmatizer" in self.nlp.component_names else None
        if lemmatizer and len(getattr(lemmatizer, "cache", ())) > MOST_LEMMAS:
            lemmatizer.cache.clear()
