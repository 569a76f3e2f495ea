"""Documents in, claims out, in order: from the cache, from this process, or from workers."""

import atexit
import pickle
import tempfile
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from claims_cli.claim import Claim, Document
from claims_cli.documents.articles import Arranger
from claims_cli.documents.duplicates import Duplicates
from claims_cli.documents.languages import ENGLISH, Linguist
from claims_cli.errors import InputError
from claims_cli.extraction.cache import Cache, fingerprint_of, folder
from claims_cli.extraction.parts import LONGEST, groups, parts_of
from claims_cli.extraction.results import Analysis, Failure, Setup
from claims_cli.extraction.workers import WorkerDied, Workers
from claims_cli.models import default_model
from claims_cli.rulebook import SHIPPED, RuleSources, load

Result = tuple[Document, list[Claim]] | InputError
BATCH = 30_000  # characters: enough for the model to work well, few enough that every core gets some
PATIENCE = 0.5  # seconds after which a batch is begun that is not full
MOST_WAITING = 1_000  # documents that are held until those before them are done
DIED = Failure("killed the process that analysed it, twice (it may take more memory than there is)", "split the file")


class Extractor:
    """The pipeline and the rulebook of a run.

    Attributes:
        model: name of the spaCy pipeline.
        jobs: how many processes analyse; 1 for this one.
        cache: where results are kept; None for nowhere.
    """

    def __init__(
        self,
        model: str | None = None,
        sources: RuleSources = SHIPPED,
        language: str = ENGLISH,
        jobs: int = 1,
        caches: bool = False,
        plain: bool = False,
    ):
        """Check the rules; they and the model are loaded for the first document that needs them.

        Args:
            language: what is parsed, one of `languages.LANGUAGES`.
            caches: whether results are kept on disk, and taken from there.
            plain: whether the model computes as spaCy has it, which takes longer and gives the same.

        Raises:
            RulebookError: the rulebook is broken.
        """
        caches = caches and sources.can_be_read_again
        found = fingerprint_of(sources, caches)
        self.model = model or default_model()
        self.jobs = jobs if sources.can_be_read_again else 1
        self.cache = Cache(folder(), self.model, found, language) if caches else None
        kept = (self.cache.parses, self.cache.made_with) if self.cache else (None, "")
        self.setup = Setup(self.model, sources, language, plain, *kept)

    def extract(self, documents: Iterable[Document | InputError], seen: Duplicates | None = None) -> Iterator[Result]:
        """For each document in turn itself and its claims; errors pass through in their place.

        With `seen`, articles that were read before are recognised. A long document comes in several pieces, one behind
        the other, so that memory does not grow with it. A document that the pipeline fails on becomes an `InputError`,
        and costs no other document anything.

        Raises:
            ModelMissing: the model is not installed.
            RulebookError: the rulebook names labels that the model does not have.
        """
        stream = Stream(self, seen)
        try:
            yield from stream.results(documents)
        finally:
            stream.end()


@dataclass
class Batch:
    """Documents that are analysed together.

    Attributes:
        size: in code points; since: when the first came.
        future: their analyses, where a worker has them; found: the same, once they are there.
    """

    documents: list[Document] = field(default_factory=list)
    size: int = 0
    since: float = 0.0
    future: Future | None = None
    found: list[Analysis] | None = None

    def add(self, document: Document) -> int:
        """Take a document in; its number in the batch."""
        self.since = self.since or time.monotonic()
        self.documents.append(document)
        self.size += len(document.text)
        return len(self.documents) - 1

    @property
    def is_due(self) -> bool:
        """Whether it is time to begin."""
        return self.size >= BATCH or (self.size > 0 and time.monotonic() - self.since > PATIENCE)

    @property
    def is_done(self) -> bool:
        """Whether the analyses are there."""
        return self.found is not None or (self.future is not None and self.future.done())


@dataclass(frozen=True)
class Slot:
    """One input in its place.

    Attributes:
        batch, number: with which others it is analysed, and where among them; None for one that is known from the
            cache (`known`), is too long to be analysed at once, or could not be read.
    """

    item: Document | InputError
    known: Analysis | None = None
    batch: Batch | None = None
    number: int = 0

    @property
    def is_ready(self) -> bool:
        """Whether its result is there, or nothing can be done for it ahead."""
        return self.batch is None or self.batch.is_done


class Stream:
    """One call of `Extractor.extract`: what is read ahead, and who works on it."""

    def __init__(self, extractor: Extractor, seen: Duplicates | None):
        self.extractor, self.seen = extractor, seen
        self.setup, self.cache = extractor.setup, extractor.cache
        self.workers: Workers | None = None
        self.begun: list[Batch] = []
        atexit.register(self.end)  # for a run that is interrupted where its claims are written

    def end(self) -> None:
        """Write what waits for the cache, and end the workers."""
        atexit.unregister(self.end)
        if self.cache:
            self.cache.flush()
        if self.workers:
            self.workers.stop()

    def results(self, documents: Iterable[Document | InputError]) -> Iterator[Result]:
        """What `Extractor.extract` yields."""
        for slot in self.slots(documents):
            if isinstance(slot.item, InputError):
                yield slot.item
            elif slot.batch:
                yield self.finished(slot.item, self.analyses(slot.batch)[slot.number])
            elif slot.known:
                yield self.finished(slot.item, slot.known)
            else:
                yield from self.of_long(slot.item)

    def slots(self, documents: Iterable[Document | InputError]) -> Iterator[Slot]:
        """Each input, when its turn has come; those behind it are read ahead as far as there is work to hand out."""
        waiting: deque[Slot] = deque()
        batch = Batch()
        for item in documents:
            slot = self.slot(item, batch)
            waiting.append(slot)
            if batch.is_due or len(waiting) > MOST_WAITING:
                self.begin(batch)
                batch = Batch()
            while waiting and (waiting[0].is_ready or len(waiting) > MOST_WAITING or self.is_busy):
                yield waiting.popleft()
        if self.workers:
            self.begin(batch)
        yield from waiting

    def slot(self, item: Document | InputError, batch: Batch) -> Slot:
        """Where an input's result will come from."""
        if isinstance(item, InputError) or len(item.text) > LONGEST:
            return Slot(item)
        known = self.cache.get(item) if self.cache else None
        return Slot(item, known) if known else Slot(item, None, batch, batch.add(item))

    @property
    def is_busy(self) -> bool:
        """Whether there is work enough for now."""
        self.begun = [batch for batch in self.begun if not batch.is_done]
        return len(self.begun) > (2 * self.extractor.jobs if self.workers else self.extractor.jobs > 1)

    def begin(self, batch: Batch) -> None:
        """Let a batch be analysed.

        Workers are started for the second batch: they take as long to load the model as this process does, so that for
        one batch they gain nothing.
        """
        self.begun.append(batch)
        workers = self.crew() if len(self.begun) > 1 else self.workers
        for one in self.begun if workers else ():
            if workers and not (one.future or one.is_done):
                one.future = workers.submit("analyse", one.documents, self.setup)

    def analyses(self, batch: Batch) -> list[Analysis]:
        """What is found out about the documents of a batch."""
        if batch.found is None:
            batch.found = self.by_worker(batch) if batch.future else None
            if batch.found is None:
                from claims_cli.extraction.analysis import analyse  # spaCy takes seconds to import

                batch.found = analyse(batch.documents, self.setup)
            for document, analysis in zip(batch.documents, batch.found, strict=True):
                if self.cache:
                    self.cache.put(document, analysis)
        return batch.found

    def by_worker(self, batch: Batch) -> list[Analysis] | None:
        """What a worker finds out; where it dies of a batch, each document is tried once more alone."""
        assert self.workers is not None
        assert batch.future is not None
        try:
            return batch.future.result()
        except WorkerDied:
            found: list[Analysis] = []
            for document in batch.documents:
                try:
                    found += self.workers.submit("analyse", [document], self.setup).result() or ()
                except WorkerDied:
                    found.append(Analysis(failure=DIED))
            return found if len(found) == len(batch.documents) else None

    def finished(self, read: Document, analysis: Analysis) -> Result:
        """A document and its claims; those of articles that were read before are left out where that was asked for."""
        if analysis.failure:
            return InputError(read.path, analysis.failure.reason, analysis.failure.remedy, "extract")
        document, claims = analysis.arranged(read), list(analysis.claims)
        if self.seen is not None:
            document = self.seen.marked(document, analysis.sketches)
            again = {duplicate.article for duplicate in document.duplicates} if document.skipped else set()
            claims = [claim for claim in claims if claim.article not in again]
        return document, claims

    @cached_property
    def arranging(self) -> tuple[Arranger, Linguist]:
        """What tells the articles and the languages of long documents."""
        rulebook = load(self.setup.sources)
        return Arranger(rulebook), Linguist(rulebook, reads_all=self.setup.language != ENGLISH)

    def of_long(self, read: Document) -> Iterator[Result]:
        """The results of a document that is analysed in several pieces."""
        try:
            head = (self.cache.get(read) if self.cache else None) or self.arranged(read)
        except Exception as error:
            head = Analysis(failure=Failure.of(error))
        whole = self.finished(read, head)
        if isinstance(whole, InputError):
            yield whole
            return
        document, _ = whole
        again = {duplicate.article for duplicate in document.duplicates} if document.skipped else set()
        for found in Pieces(self, read, head).claims():
            if isinstance(found, Failure):
                yield InputError(read.path, found.reason, found.remedy, "extract")
                return
            yield document, [claim for claim in found if claim.article not in again]

    def arranged(self, read: Document) -> Analysis:
        """The articles and languages of a long document, without its claims."""
        arranger, linguist = self.arranging
        analysis = Analysis.of(read, linguist.recognise(arranger.arrange(read)), ())
        if self.cache:
            self.cache.put(read, analysis)
        return analysis

    def crew(self) -> Workers | None:
        """The workers, where there may be any."""
        if self.workers is None and self.extractor.jobs > 1:
            self.workers = Workers(self.extractor.jobs)
        return self.workers


class Pieces:
    """The pieces of a long document, several of them at work at once."""

    def __init__(self, stream: Stream, read: Document, head: Analysis):
        self.stream, self.read = stream, read
        self.document = head.arranged(read)
        several = groups((self.document, part) for part in parts_of(self.document))
        self.groups = [tuple(part for _, part in group) for group in several]
        self.folder: tempfile.TemporaryDirectory | None = None

    def claims(self) -> Iterator[tuple[Claim, ...] | Failure]:
        """The claims of each piece, in order, up to one that fails."""
        ahead: deque[tuple[int, tuple[Claim, ...] | Future | None]] = deque()
        try:
            for number in range(len(self.groups)):
                ahead.append((number, self.begun(number)))
                if len(ahead) > 2 * self.stream.extractor.jobs:
                    yield self.done(*ahead.popleft())
            while ahead:
                yield self.done(*ahead.popleft())
        finally:
            if self.folder:
                self.folder.cleanup()

    def begun(self, number: int) -> tuple[Claim, ...] | Future | None:
        """The claims of a piece that are known already, or from a worker; None where this process has to look."""
        cache = self.stream.cache
        known = cache.get(self.read, number) if cache else None
        if known is not None:
            return known.claims
        workers = self.stream.crew() if len(self.groups) > 1 else None
        request = ("claims_of_stored", self.path, self.groups[number], self.stream.setup)
        return workers.submit(*request) if workers else None

    def done(self, number: int, begun: tuple[Claim, ...] | Future | None) -> tuple[Claim, ...] | Failure:
        """The claims of a piece."""
        if isinstance(begun, tuple):
            return begun
        found = self.by_worker(number, begun) if begun else None
        if found is None:
            from claims_cli.extraction.analysis import claims_of_parts

            found = claims_of_parts(self.document, self.groups[number], self.stream.setup)
        if self.stream.cache and not isinstance(found, Failure):
            self.stream.cache.put(self.read, Analysis(claims=found), number)
        return found

    def by_worker(self, number: int, begun: Future) -> tuple[Claim, ...] | Failure | None:
        """What a worker finds; a piece of which one dies is tried once more."""
        assert self.stream.workers is not None
        try:
            return begun.result()
        except WorkerDied:
            request = ("claims_of_stored", self.path, self.groups[number], self.stream.setup)
            try:
                return self.stream.workers.submit(*request).result()
            except WorkerDied:
                return DIED

    @cached_property
    def path(self) -> str:
        """The file from which workers take the document."""
        self.folder = tempfile.TemporaryDirectory(prefix="claims-")
        path = Path(self.folder.name) / "document"
        with path.open("wb") as stream:
            pickle.dump(self.document, stream, pickle.HIGHEST_PROTOCOL)
        return str(path)
