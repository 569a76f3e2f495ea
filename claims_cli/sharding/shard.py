"""One shard of a plan, done: the same function whether a batch service, a cluster or a person asks for it."""

import platform
from collections.abc import Iterator
from pathlib import Path

from claims_cli.claim import Document
from claims_cli.errors import InputError, OutputError
from claims_cli.extraction import Extractor
from claims_cli.inputs.readers import read
from claims_cli.inputs.reading_ahead import ahead
from claims_cli.manifest import now
from claims_cli.runs import Run
from claims_cli.runs.run import Listener
from claims_cli.sharding.plan import Plan
from claims_cli.sharding.results import Done, ShardWriter, finish, hashes, keep_failure

WRITE = "write"  # the stage at which a shard fails that cannot be written


class ShardRunner:
    """Does shards of a plan, one after the other; the model is loaded once.

    Args:
        folder: where results are laid.
        jobs: how many processes analyse; caches: whether results are kept on this machine, and taken from there.
    """

    def __init__(self, plan: Plan, folder: Path, jobs: int = 1, caches: bool = False):
        options = plan.options
        self.plan, self.folder, self.jobs = plan, folder, jobs
        self.reading = options.reading()
        self.extractor = Extractor(
            options.model or None, options.sources, options.language, jobs, caches, transcript=options.transcript
        )

    def do(self, number: int, listener: Listener) -> Done:
        """Do a shard, though it be done already; it is done when the last of its files is there.

        Raises:
            OutputError: a result cannot be written.
        """
        try:
            return self.done(number, listener)
        except OutputError as error:
            keep_failure(self.folder, number, unwritten(number, error))
            raise

    def done(self, number: int, listener: Listener) -> Done:
        """The same, without a word to those who collect where it cannot be done."""
        started = now()
        with ShardWriter(self.folder, number) as writer:
            both = Both(listener, writer)
            for document, claims in Run(self.extractor.extract, both).whole(self.documents(number)):
                writer.put(document, claims)
                listener.extracted(document, len(claims))
        counts = (writer.documents, writer.claims, writer.failed)
        done = Done(number, *counts, hashes(self.folder, number), started, now(), platform.node())
        finish(self.folder, done)
        return done

    def documents(self, number: int) -> Iterator[Document | InputError]:
        """The documents of a shard, in order; what cannot be read comes as its error."""
        items = (part.item() for part in self.plan.shards[number])
        yield from ahead(items, lambda item: read(item, self.reading), self.jobs)


def unwritten(number: int, error: OutputError) -> InputError:
    """That a shard cannot be written, as what failed is told."""
    return InputError(f"shard {number}", error.reason, error.remedy, WRITE)


class Both:
    """Tells what failed to the one who listens, and keeps it."""

    def __init__(self, listener: Listener, writer: ShardWriter):
        self.listener, self.writer = listener, writer

    def failed(self, error: InputError) -> None:
        """An input failed."""
        self.writer.fail(error)
        self.listener.failed(error)

    def extracted(self, document: Document, claims: int) -> None:
        """Nothing is kept here of a document: it may not be whole yet."""
