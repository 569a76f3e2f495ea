"""One run over the inputs: reads, extracts, chooses, and says on standard error what failed."""

import sys
from collections.abc import Iterable, Iterator
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from claims_cli.choice import Choice
from claims_cli.claim import Claim, Document
from claims_cli.commands.inputs import InputOptions
from claims_cli.commands.messages import Messages, totals
from claims_cli.commands.options import FilterOptions, ReadingOptions
from claims_cli.config import Config
from claims_cli.errors import InputError
from claims_cli.inputs.ignoring import Selection
from claims_cli.runs import Run, documents

MOST_TOLD = 5
MOST_COUNTED = 20_000

if TYPE_CHECKING:
    from claims_cli.articles.duplicates import Duplicates
    from claims_cli.corpus import Corpus
    from claims_cli.extraction import Extractor, Result
    from claims_cli.outputs.background import Background
    from claims_cli.rulebook import Rulebook


class CommandRun:
    """The claims of a run's inputs; `manifest` and `choice` count on the way."""

    def __init__(
        self,
        paths: list[str],
        chosen: InputOptions,
        reading: ReadingOptions,
        wanted: FilterOptions,
        config: Config,
        model: str | None,
        messages: Messages,
    ):
        """Settle what is asked.

        Raises:
            RulebookError, UsageError: as their names say.
        """
        messages.loading()
        self.chosen = chosen.settle()
        from claims_cli.extraction.cache import fingerprint_of
        from claims_cli.inputs.options import lexicons_of
        from claims_cli.manifest import Manifest
        from claims_cli.models import default_model
        from claims_cli.rulebook import load_settings
        from claims_cli.rulebook.calibration import in_force

        self.config = config
        fingerprint = fingerprint_of(config.sources, self.chosen.caches)
        self.choice = Choice(wanted.settle(load_settings(config.sources)))
        self.model = model
        self.manifest = Manifest(model or default_model(), fingerprint, calibration=in_force(config.sources))
        self.paths = paths
        self.reading = reading.settle(lexicons_of(config.sources))
        self.described: set[str | None] = set()  # the names under which `--meta` has documents that were read
        self.messages = messages
        self.documents: dict[str, Document] | None = None

    @cached_property
    def rulebook(self) -> "Rulebook":
        """The rules, loaded when they are needed."""
        from claims_cli.rulebook import load

        return load(self.config.sources)

    @cached_property
    def extractor(self) -> "Extractor":
        """The model and the rules; told where results cannot be kept.

        Raises:
            RulebookError: the rulebook is broken.
        """
        from claims_cli.extraction import Extractor

        chosen = self.chosen
        found = Extractor(
            self.model,
            self.config.sources,
            chosen.language,
            chosen.jobs,
            chosen.caches,
            transcript=chosen.transcript,
        )
        if found.cache and found.cache.trouble and not self.messages.quiet:
            self.messages.tell(f"nothing is kept in {found.cache.path}: {found.cache.trouble} (--no-cache)")
        return found

    def inputs(self) -> Iterator[Document | InputError]:
        """Each document, or why it cannot be read."""
        chosen = self.chosen
        if self.messages.shows_progress:
            self.messages.expect(number_of(self.paths, chosen.selection))
        for document in documents(self.paths, self.reading, self.manifest.left_out, chosen.selection, chosen.jobs):
            if self.reading.sidecar and isinstance(document, Document):
                self.described.add(self.reading.sidecar.name_of(document.path, document.url))
            yield document

    def claims(self) -> Iterator[Claim]:
        """The claims to show; a speaker that is asked for is found by every name that the corpus has for him."""
        found: Iterable[Claim] = self.found()
        if self.choice.query.speakers:
            found = list(found)
            corpus = self.corpus(found)
            self.choice.spellings = {wanted: corpus.spellings_of(wanted) for wanted in self.choice.query.speakers}
        return self.choice.choose(found)

    def corpus(self, claims: Iterable[Claim]) -> "Corpus":
        """Who speaks in the claims, across documents."""
        from claims_cli.corpus import Corpus

        return Corpus(claims, self.rulebook, self.config.aliases)

    def background(self) -> "Background":
        """What a page shows beside the claims; from now on documents are kept."""
        from claims_cli.outputs.background import Background

        self.documents = {}
        rules = {rule.id: rule.description for rule in self.rulebook.rules}
        facts = partial(self.manifest.facts, self.choice)
        return Background(self.documents, lambda claims: self.corpus(claims).identities, facts, rules)

    def found(self) -> Iterator[Claim]:
        """Every claim, document by document; what fails is told and recorded."""
        extract = partial(self.extract, seen=self.chosen.seen)
        try:
            yield from Run(extract, self).claims(self.inputs())
        finally:
            self.messages.wipe()

    def failed(self, error: InputError) -> None:
        """Tell and record an input that failed."""
        self.messages.failed(error)
        self.manifest.add_failed(error)

    def extracted(self, document: Document, claims: int) -> None:
        """Record a document that was read, and say what is doubtful in it."""
        if self.manifest.add(document, claims):
            self.messages.noted(document)
        if self.documents is not None and claims:
            self.documents[document.path] = document
        self.messages.progress(self.manifest.documents + self.manifest.failed, document.path)

    def extract(
        self, documents: Iterable[Document | InputError], seen: "Duplicates | None" = None
    ) -> "Iterator[Result]":
        """What the extractor gives; an interrupted run can go on where results are kept."""
        self.messages.goes_on = self.chosen.caches
        yield from self.extractor.extract(documents, seen)
        self.messages.goes_on = False

    def report(self, output: Path | None) -> None:
        """The totals, on standard error unless a person reads standard output; before them, what `--meta` missed."""
        unused = self.reading.sidecar.unused(self.described) if self.reading.sidecar else []
        if unused and not self.messages.quiet:
            names = ", ".join(unused[:MOST_TOLD]) + (", …" if len(unused) > MOST_TOLD else "")
            self.messages.tell(f"--meta: no document that was read is called {names}")
        line = totals(self.choice, self.manifest, output)
        self.messages.totals(line, self.choice, to_terminal=output is None and sys.stdout.isatty())


def number_of(paths: list[str], selection: Selection) -> int | None:
    """How many documents inputs hold; None where only reading them tells, or there are very many."""
    from claims_cli.formats.table import BY_SUFFIX, GZIP, ZIP, suffix_of
    from claims_cli.inputs.walking import STDIN, inputs

    if STDIN in paths:
        return None
    number = 0
    for number, item in enumerate(inputs(paths, selection=selection), 1):
        if isinstance(item, InputError):
            continue
        format = BY_SUFFIX.get(suffix_of(item.path.name)) if item.path else None
        if item.path is None or format in (ZIP, GZIP) or (format and format.is_many) or number >= MOST_COUNTED:
            return None
    return number
