"""What a user's sheet of people tells of speakers, as columns beside those of claims and of speakers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from claims_cli.claim import Claim
from claims_cli.codec import Cell

PREFIX = "people."  # of a sheet's columns where others stand beside them


@dataclass(frozen=True)
class People:
    """What is told of speakers.

    Attributes:
        columns: the names of the user's columns, in order.
        by_speaker: the filled entries by the speaker's id and the column.
        joint: the ids of those who speak together, by path and id of the claim.
    """

    columns: tuple[str, ...] = ()
    by_speaker: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    joint: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    @property
    def cells(self) -> dict[str, Callable[[Claim], Cell]]:
        """By the names of the columns (`people.party`) what makes a claim's cell."""
        return {f"{PREFIX}{column}": partial(self.of_claim, column) for column in self.columns}

    def of_claim(self, column: str, claim: Claim) -> str | None:
        """What is told of a claim's speakers, of several each; None where nothing is."""
        speakers = (claim.speaker_id,) if claim.speaker_id else self.joint.get((claim.doc, claim.id), ())
        told = (self.of_speaker(one).get(column) for one in speakers)
        return "; ".join(dict.fromkeys(filter(None, told))) or None

    def of_speaker(self, speaker: str) -> Mapping[str, str]:
        """The entries of one speaker by column."""
        return self.by_speaker.get(speaker, {})
