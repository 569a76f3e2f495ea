"""What is read ahead: inputs in their places, and documents that are analysed together."""

import time
from concurrent.futures import Future
from dataclasses import dataclass, field

from claims_cli.claim import Document
from claims_cli.errors import InputError
from claims_cli.extraction.results import Analysis

BATCH = 20_000  # characters: enough for the model to work well, few enough that every core gets some
PATIENCE = 0.5  # seconds after which a batch is begun that is not full


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
