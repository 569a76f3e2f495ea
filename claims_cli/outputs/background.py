"""What stands behind claims and is no part of them: the documents, who is who, and how the run was made."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from claims_cli.claim import Claim, Document

if TYPE_CHECKING:
    from claims_cli.corpus import Identity


@dataclass(frozen=True)
class Background:
    """What a format that shows claims in their articles takes beside the claims.

    Attributes:
        documents: each document that has a claim, by its path (`Claim.doc`); complete when the claims were read.
        identities: who speaks in claims, across documents.
        facts: versions, counts and what is shown, as the manifest has them; asked for when the claims were read.
        rules: what each rule finds, by its id.
        speaker_ids: under what each speaker of a claim stands in its store, by the name that the claim has for him; ids
            of different stores are different. Nothing where there is no store.
    """

    documents: Mapping[str, Document]
    identities: Callable[[Iterable[Claim]], list["Identity"]]
    facts: Callable[[], dict[str, Any]]
    rules: Mapping[str, str] = field(default_factory=dict)
    speaker_ids: Callable[[Claim], Mapping[str, str]] = lambda claim: {}
