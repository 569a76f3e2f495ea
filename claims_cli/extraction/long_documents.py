"""A document that is too long to be analysed at once."""

import pickle
import tempfile
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from functools import cached_property
from pathlib import Path
from typing import Any

from claims_cli.claim import Claim, Document
from claims_cli.extraction.cache import Cache, part_key
from claims_cli.extraction.chunks import chunks_of, groups
from claims_cli.extraction.results import DIED, Analysis, Failure, Setup
from claims_cli.extraction.workers import Workers
from claims_cli.processes import ProcessDied

Crew = Callable[[], Workers | None]


class LongDocument:
    """The pieces of a long document, several of them at work at once.

    Args:
        head: its articles.
        jobs: how many processes analyse; crew: gives the workers, where there are any.
    """

    def __init__(self, read: Document, head: Analysis, setup: Setup, cache: Cache | None, jobs: int, crew: Crew):
        self.read, self.document = read, head.arranged(read)
        self.setup, self.cache, self.jobs, self.crew = setup, cache, jobs, crew
        self.key = cache.key_of(read) if cache else b""
        several = groups((self.document, part) for part in chunks_of(self.document))
        self.groups = [tuple(part for _, part in group) for group in several]
        self.folder: tempfile.TemporaryDirectory | None = None

    def claims(self) -> Iterator[tuple[Claim, ...] | Failure]:
        """The claims of each piece, in order, up to one that fails."""
        ahead: deque[tuple[int, tuple[Claim, ...] | Future | None]] = deque()
        try:
            for number in range(len(self.groups)):
                ahead.append((number, self.begun(number)))
                if len(ahead) > 2 * self.jobs:
                    yield self.done(*ahead.popleft())
            while ahead:
                yield self.done(*ahead.popleft())
        finally:
            if self.folder:
                self.folder.cleanup()

    def begun(self, number: int) -> tuple[Claim, ...] | Future | None:
        """The claims of a piece that are known already, or from a worker; None where this process has to look."""
        known = self.cache.get(self.read, part_key(self.key, number)) if self.cache else None
        if known is not None:
            return known.claims
        workers = self.crew() if len(self.groups) > 1 else None
        return workers.submit(*self.request(number)) if workers else None

    def request(self, number: int) -> tuple[Any, ...]:
        """What a worker is asked."""
        return "claims_of_stored", self.path, self.groups[number], self.setup

    def done(self, number: int, begun: tuple[Claim, ...] | Future | None) -> tuple[Claim, ...] | Failure:
        """The claims of a piece."""
        if isinstance(begun, tuple):
            return begun
        found = self.by_worker(number, begun) if begun else None
        if found is None:
            from claims_cli.extraction.analysis import claims_of_chunks

            found = claims_of_chunks(self.document, self.groups[number], self.setup)
        if self.cache and not isinstance(found, Failure):
            self.cache.put(self.read, Analysis(claims=found), part_key(self.key, number))
        return found

    def by_worker(self, number: int, begun: Future) -> tuple[Claim, ...] | Failure | None:
        """What a worker finds; a piece of which one dies is tried once more."""
        workers = self.crew()
        assert workers is not None
        try:
            return begun.result()
        except ProcessDied:
            try:
                return workers.submit(*self.request(number)).result()
            except ProcessDied:
                return DIED

    @cached_property
    def path(self) -> str:
        """The file from which workers take the document."""
        self.folder = tempfile.TemporaryDirectory(prefix="claims-")
        path = Path(self.folder.name) / "document"
        with path.open("wb") as stream:
            pickle.dump(self.document, stream, pickle.HIGHEST_PROTOCOL)
        return str(path)
