"""Claims chosen by a query, and a tally of what was given out and what was kept back."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from claims_cli.claim import Claim
from claims_cli.names import folded_name, holds_phrase, nearest_names
from claims_cli.query import Query, first_day, in_order


@dataclass
class Tally:
    """What became of the claims that a query was asked of.

    Attributes:
        shown: how many claims were shown; cut: how many the limit left out.
        kept_back: what was not shown because of its type, by type; uncertain: because of its confidence; neither:
            because of both.
        undated: the documents that were left out because they have no date.
        seen_speakers: how many claims each speaker has, shown or not.
    """

    shown: int = 0
    cut: int = 0
    kept_back: Counter = field(default_factory=Counter)
    uncertain: int = 0
    neither: int = 0
    undated: set[str] = field(default_factory=set)
    seen_speakers: Counter = field(default_factory=Counter)

    def __str__(self) -> str:
        """How many claims were shown, and of how many where some were kept back."""
        return f"{self.shown:,} of {self.shown + self.hidden:,}" if self.hidden else f"{self.shown:,}"

    @property
    def hidden(self) -> int:
        """How many claims of what is asked for were not shown."""
        return self.cut + self.kept_back.total() + self.uncertain + self.neither

    def to_json(self) -> dict[str, Any]:
        """The counts, as a manifest and a page have them."""
        return {
            "shown": self.shown,
            "kept_back_by_limit": self.cut,
            "kept_back_by_type": dict(sorted(self.kept_back.items())),
            "kept_back_by_confidence": self.uncertain,
        }


@dataclass
class Choice:
    """A query at work: it chooses, and its tally counts.

    Attributes:
        spellings: all names, folded, of the speakers that each name of the query is a name of, across documents.
    """

    query: Query
    tally: Tally = field(default_factory=Tally)
    spellings: dict[str, set[str]] = field(default_factory=dict)

    def is_of(self, outlet: str | None, date: str | None, document: str) -> bool:
        """Whether a document is of the outlet and the time that are asked for; one without a date is noted."""
        if not self.query.is_of_outlet(outlet):
            return False
        if self.query.is_dated and first_day(date) is None:
            self.tally.undated.add(document)
        return self.query.is_of_time(date)

    def shows(self, claim: Claim) -> bool:
        """Whether a claim is shown; what is kept back for its type or confidence is counted."""
        query, tally = self.query, self.tally
        tally.seen_speakers.update(filter(None, {claim.speaker, *claim.speakers}))
        if not self.is_of(claim.outlet, claim.date, claim.doc) or not query.fits(claim, self.spellings):
            return False
        if claim.type not in query.types:
            is_sure = query.is_sure_enough(claim)
            tally.kept_back[claim.type] += is_sure
            tally.neither += not is_sure
            return False
        if not query.is_sure_enough(claim):
            tally.uncertain += 1
            return False
        return True

    def choose(self, claims: Iterable[Claim]) -> Iterator[Claim]:
        """The claims that are shown, sorted where an order is asked for, up to the limit."""
        fitting: Iterable[Claim] = filter(self.shows, claims)
        if self.query.order:
            fitting = in_order(fitting, self.query.order)
        for claim in fitting:
            if self.query.limit is not None and self.tally.shown >= self.query.limit:
                self.tally.cut += 1
                continue
            self.tally.shown += 1
            yield claim

    def asks_for(self, spellings: Iterable[str]) -> bool:
        """Whether a speaker is asked for: of those who speak together only the one whose name it is."""
        names = set(map(folded_name, spellings))
        phrases = map(folded_name, self.query.speakers)
        known = any(names & found for found in self.spellings.values())
        by_name = any(holds_phrase(phrase, name) for phrase in phrases for name in names)
        return not self.query.speakers or known or by_name

    def strangers(self) -> dict[str, list[str]]:
        """Each speaker that is asked for and is nobody's name, with the nearest names that there are."""
        folded = {folded_name(name): name for name in self.tally.seen_speakers}
        strangers = {}
        for wanted in self.query.speakers:
            phrase = folded_name(wanted)
            if not self.spellings.get(wanted) and not any(holds_phrase(phrase, name) for name in folded):
                strangers[wanted] = [folded[match] for match in nearest_names(phrase, list(folded))]
        return strangers
