"""The settled options of a run, and where claims are chosen by them.

Filters act on what is shown, never on what the pipeline sees.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches

from claims_cli.claim import HELD, SAID, TYPES, Claim
from claims_cli.errors import UsageError
from claims_cli.rulebook.model import Settings

ALL = "all"
APOSTROPHES = "'’‘ʼ`"
HYPHENS = "-‐‑–"


@dataclass
class Filters:
    """What is shown.

    Attributes:
        types: the claim types to show.
        threshold: the lowest confidence to show.
        speakers: whole words of a speaker's name; any one of them is enough.
        limit: how many claims to show at most, None for all.
        kept_back: what was not shown because of its type or confidence, by type.
    """

    types: frozenset[str]
    threshold: float
    speakers: tuple[str, ...] = ()
    limit: int | None = None
    kept_back: Counter = field(default_factory=Counter)
    uncertain: int = 0
    shown: int = 0
    seen_speakers: Counter = field(default_factory=Counter)

    def shows(self, claim: Claim) -> bool:
        """Whether a claim is shown; what is kept back is counted."""
        if claim.type not in self.types:
            self.kept_back[claim.type] += claim.confidence >= self.threshold
            return False
        if claim.confidence < self.threshold:
            self.uncertain += 1
            return False
        self.seen_speakers.update(name for name in claim.speakers if name)
        return not self.speakers or any(matches_name(wanted, claim) for wanted in self.speakers)

    def choose(self, claims: Iterable[Claim]) -> Iterator[Claim]:
        """The claims that are shown, in order, up to the limit."""
        for claim in claims:
            if self.shows(claim) and (self.limit is None or self.shown < self.limit):
                self.shown += 1
                yield claim

    def nearest_speakers(self) -> list[str]:
        """Speakers whose names are most like those that were asked for and found nothing."""
        folded = {folded_name(name): name for name in self.seen_speakers}
        near = [match for wanted in self.speakers for match in get_close_matches(folded_name(wanted), folded, 3, 0.5)]
        most = [name for name, _ in self.seen_speakers.most_common(3)]
        return [folded[match] for match in near] or most


def folded_name(name: str) -> str:
    """A name without case, accents, apostrophes and hyphens."""
    for mark in APOSTROPHES:
        name = name.replace(mark, "")
    for mark in HYPHENS:
        name = name.replace(mark, " ")
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    return " ".join(bare.casefold().split())


def matches_name(wanted: str, claim: Claim) -> bool:
    """Whether the words of `wanted` stand, whole and in order, in a resolved speaker's name."""
    phrase = f" {folded_name(wanted)} "
    names = [claim.speaker or "", *claim.speakers]
    return any(phrase in f" {folded_name(name)} " for name in names)


def settle(
    settings: Settings,
    types: str | None = None,
    strict: bool = False,
    min_confidence: float | None = None,
    speakers: Iterable[str] = (),
    limit: int | None = None,
) -> Filters:
    """The filters that the options ask for.

    Raises:
        UsageError: the options contradict each other, or name a type that does not exist.
    """
    if strict and min_confidence is not None:
        raise UsageError("--strict and --min-confidence both set the threshold", "give one of them")
    wanted = frozenset(SAID) if types is None else frozenset(read_types(types))
    threshold = settings.strict if strict else settings.threshold if min_confidence is None else min_confidence
    return Filters(wanted, threshold, tuple(speakers), limit)


def read_types(types: str) -> list[str]:
    """The types of a comma-separated list; `all` is every one, `said` and `held` are groups."""
    groups = {ALL: TYPES, "said": SAID, "held": HELD}
    found: list[str] = []
    for name in (part.strip().lower() for part in types.split(",")):
        if name in groups:
            found += groups[name]
        elif name in TYPES:
            found.append(name)
        else:
            near = get_close_matches(name, (*TYPES, *groups), 1, 0.5)
            hint = f"did you mean '{near[0]}'? " if near else ""
            raise UsageError(f"there is no claim type '{name}'", f"{hint}types: {', '.join((*TYPES, *groups))}")
    return found
