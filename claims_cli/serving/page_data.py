"""What pages show beside claims that come from a store: the documents it keeps, and the run that read them."""

from collections.abc import Iterable, Iterator
from typing import Any

from claims_cli import outputs
from claims_cli.choice import Choice
from claims_cli.claim import Claim, Document
from claims_cli.config import Config
from claims_cli.corpus import Corpus, Identity
from claims_cli.outputs.background import Background
from claims_cli.store.reading import Reader


def behind(
    claims: Iterable[Claim], format: str, reader: Reader, choice: Choice, config: Config
) -> tuple[Iterable[Claim], Background | None]:
    """Claims to write, and what stands behind them where the format shows it."""
    if not outputs.FORMATS[format].shows_texts:
        return claims, None
    keeper = Keeper(reader, choice, config)
    return keeper.claims(claims), keeper.background()


class Keeper:
    """The documents of the claims that were given out."""

    def __init__(self, reader: Reader, choice: Choice, config: Config):
        self.reader = reader
        self.choice = choice
        self.config = config
        self.documents: dict[str, Document] = {}

    def claims(self, claims: Iterable[Claim]) -> Iterator[Claim]:
        """The claims as they come; the document of each is kept."""
        for claim in claims:
            if claim.doc not in self.documents:
                self.documents[claim.doc] = self.reader.document(claim.doc)
            yield claim

    def background(self) -> Background:
        """What stands behind the claims."""
        from claims_cli.rulebook import load

        rules = {rule.id: rule.description for rule in load(self.config.sources).rules}
        return Background(self.documents, self.identities, self.facts, rules, self.reader.speaker_ids)

    def identities(self, claims: Iterable[Claim]) -> list[Identity]:
        """Who speaks in claims, across documents."""
        from claims_cli.rulebook import load

        return Corpus(claims, load(self.config.sources), self.config.aliases).identities

    def facts(self) -> dict[str, Any]:
        """Versions and time of the last run into the store, and what of the store is shown."""
        run = self.reader.last_run()
        choice, versions = self.choice, ("claims", "python", "spacy", "model", "model_version", "rulebook")
        return {
            "versions": {name: run[name] for name in versions},
            "shown": choice.query.to_json(),
            "started": run["started"],
            "counts": {
                **self.reader.held(),
                "failed": run["failed"] or 0,
                **choice.tally.to_json(),
            },
        }
