"""One run over documents: what is known is looked up, what is not is analysed here or by workers, all in order."""

import atexit
from collections import deque
from collections.abc import Iterable, Iterator
from functools import cached_property

from claims_cli.articles.arranger import Arranger
from claims_cli.articles.duplicates import Duplicates
from claims_cli.articles.languages import ENGLISH, Linguist
from claims_cli.claim import Claim, Document
from claims_cli.errors import InputError
from claims_cli.extraction.batches import Batch, Slot
from claims_cli.extraction.cache import Cache
from claims_cli.extraction.chunks import LONGEST
from claims_cli.extraction.long_documents import LongDocument
from claims_cli.extraction.results import DIED, Analysis, Failure, Setup
from claims_cli.extraction.workers import Workers
from claims_cli.processes import ProcessDied
from claims_cli.rulebook import load

Result = tuple[Document, list[Claim]] | InputError
MOST_WAITING = 1_000  # documents that are held until those before them are done


class Stream:
    """One run over documents: what is read ahead, and who works on it."""

    def __init__(self, setup: Setup, jobs: int, cache: Cache | None, seen: Duplicates | None):
        self.setup, self.jobs, self.cache, self.seen = setup, jobs, cache, seen
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
        if self.workers and batch.documents:
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
        return len(self.begun) > (2 * self.jobs if self.workers else self.jobs > 1)

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
        except ProcessDied:
            found: list[Analysis] = []
            for document in batch.documents:
                try:
                    found += self.workers.submit("analyse", [document], self.setup).result() or ()
                except ProcessDied:
                    found.append(Analysis(failure=DIED))
            return found if len(found) == len(batch.documents) else None

    def finished(self, read: Document, analysis: Analysis) -> Result:
        """A document and its claims; those of articles that were read before are left out where that was asked for."""
        if analysis.failure:
            return InputError(read.path, analysis.failure.reason, analysis.failure.remedy, "extract")
        document, claims = analysis.arranged(read), list(analysis.claims)
        if self.seen is not None:
            document = self.seen.marked(document, analysis.sketches)
            again = left_out(document)
            claims = [claim for claim in claims if claim.article not in again]
        return document, claims

    @cached_property
    def arranging(self) -> tuple[Arranger, Linguist]:
        """What tells the articles and the languages of long documents."""
        rulebook = load(self.setup.sources)
        return Arranger(rulebook, self.setup.transcript), Linguist(rulebook, reads_all=self.setup.language != ENGLISH)

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
        again = left_out(document)
        for found in LongDocument(read, head, self.setup, self.cache, self.jobs, self.crew).claims():
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
        if self.workers is None and self.jobs > 1:
            self.workers = Workers(self.jobs)
        return self.workers


def left_out(document: Document) -> set[int]:
    """The numbers of the articles whose claims are left out, because they were read before."""
    return {duplicate.article for duplicate in document.duplicates} if document.skipped else set()
