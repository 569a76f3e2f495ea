"""One run: documents go to the extractor, what fails is told, and what comes back is handed on."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from claims_cli.claim import Claim, Document
from claims_cli.errors import InputError

Extract = Callable[[Iterable[Document | InputError]], Iterator[tuple[Document, list[Claim]] | InputError]]


class Listener(Protocol):
    """Who is told how a run goes on."""

    def failed(self, error: InputError) -> None:
        """An input cannot be read or analysed; the run goes on."""

    def extracted(self, document: Document, claims: int) -> None:
        """A document, or a piece of a long one, was analysed, and so many claims are in it."""


@dataclass(frozen=True)
class Run:
    """Documents in, their claims out.

    Attributes:
        extract: documents in, each with its claims out, a long document in several pieces (`Extractor.extract`).
    """

    extract: Extract
    listener: Listener

    def told(self, documents: Iterable[Document | InputError]) -> Iterator[tuple[Document, list[Claim]] | InputError]:
        """What the extractor gives, failures told."""
        for result in self.extract(documents):
            if isinstance(result, InputError):
                self.listener.failed(result)
            yield result

    def results(self, documents: Iterable[Document | InputError]) -> Iterator[tuple[Document, list[Claim]]]:
        """Each document, or piece of a long one, with its claims."""
        for result in self.told(documents):
            if not isinstance(result, InputError):
                self.listener.extracted(result[0], len(result[1]))
                yield result

    def claims(self, documents: Iterable[Document | InputError]) -> Iterator[Claim]:
        """Every claim, document by document."""
        for _, claims in self.results(documents):
            yield from claims

    def whole(self, documents: Iterable[Document | InputError]) -> Iterator[tuple[Document, list[Claim]]]:
        """Each document with all its claims; one that fails on the way is told and left out."""
        current: Document | None = None
        gathered: list[Claim] = []
        for result in self.told(documents):
            if isinstance(result, InputError):
                if current is not None and current.path == result.path:
                    current = None
                continue
            document, claims = result
            if current is not document:
                if current is not None:
                    yield current, gathered
                current, gathered = document, []
            gathered += claims
        if current is not None:
            yield current, gathered
