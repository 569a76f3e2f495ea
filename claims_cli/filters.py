"""Which claims are shown, and in which order.

Filters act on what is shown, never on what the pipeline sees: a filtered run equals a filtered full run.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from difflib import get_close_matches
from typing import Any

from claims_cli.claim import HELD, KINDS, QUOTES, SAID, TYPES, Claim
from claims_cli.errors import UsageError
from claims_cli.names import folded_name, holds_phrase, nearest_names
from claims_cli.rulebook.model import Settings

TYPE_GROUPS = {"all": TYPES, "said": SAID, "held": HELD}
ISO_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
STRAIGHT_MARKS = str.maketrans({"‘": "'", "’": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "\xa0": " "})


@dataclass
class Filters:
    """What is shown, and what was not.

    Attributes:
        types: the claim types to show.
        threshold: the lowest confidence to show.
        speakers: whole words of a speaker's name; any one of them is enough.
        kinds: speaker kinds; quotes: kinds of quotation; None for all.
        cues: words of the cue or its lemma; any one of them is enough.
        pattern: what must stand in the statement.
        outlets: whole words of an outlet's name; any one of them is enough.
        after, before: the first and the last day of documents (ISO 8601); None for all.
        unnamed, negated: only such claims.
        limit: how many claims to show at most, None for all.
        order: the keys to sort by; none leaves the order of the documents.
        kept_back: what was not shown because of its type, by type; uncertain: because of its confidence.
        undated: the documents that were left out because they have no date.
        shown: how many claims were shown; cut: how many the limit left out.
        seen_speakers: how many claims each speaker has, shown or not.
        spellings: all names, folded, of the speakers that each of `speakers` is a name of, across documents.
    """

    types: frozenset[str]
    threshold: float
    speakers: tuple[str, ...] = ()
    kinds: frozenset[str] | None = None
    unnamed: bool = False
    quotes: frozenset[str] | None = None
    cues: tuple[str, ...] = ()
    pattern: re.Pattern | None = None
    outlets: tuple[str, ...] = ()
    after: str | None = None
    before: str | None = None
    negated: bool = False
    limit: int | None = None
    order: tuple["SortKey", ...] = ()
    kept_back: Counter = field(default_factory=Counter)
    uncertain: int = 0
    undated: set[str] = field(default_factory=set)
    shown: int = 0
    cut: int = 0
    seen_speakers: Counter = field(default_factory=Counter)
    spellings: dict[str, set[str]] = field(default_factory=dict)

    def fits(self, claim: Claim) -> bool:
        """Whether a claim is what was asked for, its type and confidence aside."""
        return (
            self.is_of(claim.outlet, claim.date, claim.doc)
            and (not self.speakers or any(self.is_by(wanted, claim) for wanted in self.speakers))
            and (self.kinds is None or claim.speaker_kind in self.kinds)
            and (not self.unnamed or not claim.named)
            and (self.quotes is None or claim.quote in self.quotes)
            and (not self.cues or any(matches_cue(wanted, claim) for wanted in self.cues))
            and (self.pattern is None or bool(self.pattern.search(searched(claim.content.text))))
            and (not self.negated or claim.negated)
        )

    def is_of(self, outlet: str | None, date: str | None, document: str) -> bool:
        """Whether a document is of the outlet and the time that were asked for."""
        if self.outlets:
            name = folded_name(outlet or "")
            if not any(holds_phrase(folded_name(wanted), name) for wanted in self.outlets):
                return False
        if self.after is None and self.before is None:
            return True
        day = first_day(date)
        if day is None:
            self.undated.add(document)
            return False
        return (self.after or day) <= day <= (self.before or day)

    def is_by(self, wanted: str, claim: Claim) -> bool:
        """Whether a claim's speaker, or one of several, has a name, or is known by it elsewhere."""
        if matches_name(wanted, claim):
            return True
        names = self.spellings.get(wanted, set()) if claim.named else set()
        return any(folded_name(name) in names for name in claim.speakers)

    def shows(self, claim: Claim) -> bool:
        """Whether a claim is shown; what is kept back for its type or confidence is counted."""
        for name in filter(None, {claim.speaker, *claim.speakers}):
            self.seen_speakers[name] += 1
        if not self.fits(claim):
            return False
        if claim.type not in self.types:
            self.kept_back[claim.type] += claim.confidence >= self.threshold
            return False
        if claim.confidence < self.threshold:
            self.uncertain += 1
            return False
        return True

    def choose(self, claims: Iterable[Claim]) -> Iterator[Claim]:
        """The claims that are shown, sorted where an order was asked for, up to the limit."""
        found: Iterable[Claim] = filter(self.shows, claims)
        if self.order:
            found = in_order(found, self.order)
        for claim in found:
            if self.limit is not None and self.shown >= self.limit:
                self.cut += 1
                continue
            self.shown += 1
            yield claim

    def strangers(self) -> dict[str, list[str]]:
        """Each speaker that was asked for and is nobody's name, with the nearest names that there are."""
        folded = {folded_name(name): name for name in self.seen_speakers}
        most = [name for name, _ in self.seen_speakers.most_common(3)]
        found = {}
        for wanted in self.speakers:
            phrase = folded_name(wanted)
            if not self.spellings.get(wanted) and not any(holds_phrase(phrase, name) for name in folded):
                near = [folded[match] for match in nearest_names(phrase, list(folded))]
                found[wanted] = near or most
        return found


def matches_name(wanted: str, claim: Claim) -> bool:
    """Whether the words of `wanted` stand in a resolved speaker's name."""
    phrase = folded_name(wanted)
    return any(holds_phrase(phrase, folded_name(name)) for name in (claim.speaker or "", *claim.speakers))


def matches_cue(wanted: str, claim: Claim) -> bool:
    """Whether the words of `wanted` stand in the cue or are its lemma."""
    phrase = folded_name(wanted)
    cue = claim.cue.text if claim.cue else ""
    return any(holds_phrase(phrase, folded_name(text)) for text in (cue, claim.cue_lemma or ""))


def searched(text: str) -> str:
    """A statement as `--grep` sees it: on one line, its quotation marks and apostrophes straight."""
    return " ".join(text.translate(STRAIGHT_MARKS).split())


def first_day(date: str | None) -> str | None:
    """The first day of a date as ISO writes it, whole or in part (`2024-03`); None of any other."""
    if date is None or not ISO_DATE.fullmatch(date):
        return None
    return date + "0000-01-01"[len(date) :]


def read_day(option: str, day: str | None) -> str | None:
    """A day that an option gives.

    Raises:
        UsageError: it is none.
    """
    if day is None:
        return None
    try:
        return datetime.strptime(day.strip(), "%Y-%m-%d").date().isoformat()
    except ValueError:
        raise UsageError(f"{option} '{day}' is no day", f"write it as in {option} 2024-03-01") from None


def read_pattern(pattern: str) -> re.Pattern:
    """A regular expression for statements; small letters find capitals too.

    Raises:
        UsageError: it is no regular expression.
    """
    has_capital = any(letter.isupper() for letter in re.sub(r"\\.", "", pattern))
    try:
        return re.compile(pattern.translate(STRAIGHT_MARKS), 0 if has_capital else re.IGNORECASE)
    except re.error as error:
        hint = f"to find these characters as they are: --grep '{re.escape(pattern)}'"
        raise UsageError(f"--grep '{pattern}' is no regular expression: {error}", hint) from None


@dataclass(frozen=True)
class SortKey:
    """One key of an order, and whether it is turned round."""

    name: str
    reverse: bool


SORTS: dict[str, Callable[[Claim], Any]] = {
    "document": lambda claim: 0,
    "speaker": lambda claim: (claim.speaker is None, folded_name(claim.speaker or "")),
    "kind": lambda claim: claim.speaker_kind,
    "type": lambda claim: TYPES.index(claim.type),
    "quote": lambda claim: QUOTES.index(claim.quote),
    "cue": lambda claim: claim.cue_lemma or "",
    "confidence": lambda claim: -claim.confidence,
    "date": lambda claim: (claim.date is None, claim.date or ""),
}


def in_order(claims: Iterable[Claim], order: tuple[SortKey, ...]) -> list[Claim]:
    """Claims sorted by the keys, the first most; equal ones in the order of the documents."""
    found = list(enumerate(claims))
    for key in reversed(order):
        if key.name == "document":
            found.sort(key=lambda item: item[0], reverse=key.reverse)
        else:
            found.sort(key=lambda item: SORTS[key.name](item[1]), reverse=key.reverse)
    return [claim for _, claim in found]


def read_order(order: str | None) -> tuple[SortKey, ...]:
    """The keys of a comma-separated list; a minus turns one round."""
    keys = [part.strip().lower() for part in order.split(",")] if order else []
    bare = [key.removeprefix("-") for key in keys]
    one_of("sort key", bare, SORTS)
    return tuple(SortKey(name, key.startswith("-")) for name, key in zip(bare, keys, strict=True))


def one_of(what: str, names: Iterable[str], allowed: Iterable[str]) -> None:
    """Check names against what there is.

    Raises:
        UsageError: one is not among them.
    """
    allowed = list(allowed)
    for name in names:
        if name not in allowed:
            near = get_close_matches(name, allowed, 1, 0.5)
            hint = f"did you mean '{near[0]}'? " if near else ""
            raise UsageError(f"there is no {what} '{name}'", f"{hint}there are: {', '.join(allowed)}")


def read_list(what: str, names: str | None, allowed: Iterable[str]) -> frozenset[str] | None:
    """The names of a comma-separated list; None where none was given."""
    if names is None:
        return None
    found = [part.strip().lower() for part in names.split(",")]
    one_of(what, found, allowed)
    return frozenset(found)


def read_types(types: str) -> frozenset[str]:
    """The types of a comma-separated list; `all` is every one, `said` and `held` are groups."""
    names = read_list("claim type", types, (*TYPES, *TYPE_GROUPS)) or frozenset()
    return frozenset(member for name in names for member in TYPE_GROUPS.get(name, (name,)))


def settle(
    settings: Settings,
    *,
    speakers: Iterable[str] = (),
    kinds: str | None = None,
    unnamed: bool = False,
    types: str | None = None,
    quotes: str | None = None,
    cues: Iterable[str] = (),
    grep: str | None = None,
    outlets: Iterable[str] = (),
    after: str | None = None,
    before: str | None = None,
    negated: bool = False,
    min_confidence: float | None = None,
    strict: bool = False,
    limit: int | None = None,
    sort: str | None = None,
) -> Filters:
    """The filters that the options ask for.

    Raises:
        UsageError: the options contradict each other, or name what does not exist.
    """
    if strict and min_confidence is not None:
        raise UsageError("--strict and --min-confidence both set the threshold", "give one of them")
    for option, words in (("--speaker", speakers), ("--cue", cues), ("--outlet", outlets)):
        if not all(folded_name(word) for word in words):
            raise UsageError(f"{option} wants a word", "leave the option out to see all")
    return Filters(
        types=frozenset(SAID) if types is None else read_types(types),
        threshold=settings.strict if strict else settings.threshold if min_confidence is None else min_confidence,
        speakers=tuple(speakers),
        kinds=read_list("speaker kind", kinds, KINDS),
        unnamed=unnamed,
        quotes=read_list("kind of quotation", quotes, QUOTES),
        cues=tuple(cues),
        pattern=read_pattern(grep) if grep is not None else None,
        outlets=tuple(outlets),
        after=read_day("--after", after),
        before=read_day("--before", before),
        negated=negated,
        limit=limit,
        order=read_order(sort),
    )
