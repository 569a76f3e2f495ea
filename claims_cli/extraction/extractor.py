"""Documents in, claims out, in order: from the cache, from this process, or from workers."""

from collections.abc import Iterable, Iterator

from claims_cli.articles.duplicates import Duplicates
from claims_cli.articles.languages import ENGLISH
from claims_cli.claim import Document
from claims_cli.errors import InputError
from claims_cli.extraction.cache import Cache, fingerprint_of, folder
from claims_cli.extraction.results import Setup
from claims_cli.extraction.stream import Result, Stream
from claims_cli.models import default_model
from claims_cli.rulebook import SHIPPED, RuleSources


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
        transcript: bool | None = None,
    ):
        """Check the rules; they and the model are loaded for the first document that needs them.

        Args:
            language: what is parsed, one of `languages.LANGUAGES`.
            caches: whether results are kept on disk, and taken from there.
            plain: whether the model computes as spaCy has it, which takes longer and gives the same.
            transcript: whether texts are transcripts; None where their shape tells.

        Raises:
            RulebookError: the rulebook is broken.
        """
        caches = caches and sources.can_be_read_again
        found = fingerprint_of(sources, caches)
        self.model = model or default_model()
        self.jobs = jobs if sources.can_be_read_again else 1
        self.cache = Cache(folder(), self.model, found, f"{language} {transcript}") if caches else None
        kept = (self.cache.parses, self.cache.made_with) if self.cache else (None, "")
        self.setup = Setup(self.model, sources, language, transcript, plain, *kept)

    def extract(self, documents: Iterable[Document | InputError], seen: Duplicates | None = None) -> Iterator[Result]:
        """For each document in turn itself and its claims; errors pass through in their place.

        With `seen`, articles that were read before are recognised. A long document comes in several pieces, one behind
        the other, so that memory does not grow with it. A document that the pipeline fails on becomes an `InputError`,
        and costs no other document anything.

        Raises:
            ModelMissing: the model is not installed.
            RulebookError: the rulebook names labels that the model does not have.
        """
        stream = Stream(self.setup, self.jobs, self.cache, seen)
        try:
            yield from stream.results(documents)
        finally:
            stream.end()
