"""What is asked of claims: which are shown, and in which order.

A query acts on what is shown, never on what the pipeline sees: a filtered run equals a filtered full run.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from time import process_time
from typing import Any

from claims_cli.claim import BASES, HELD, INFERRED, KINDS, QUOTES, SAID, TYPES, Claim
from claims_cli.errors import UsageError
from claims_cli.names import folded_name, holds_phrase, one_of
from claims_cli.rulebook.model import Settings

NO_COMMENT = "no-comment"  # says by its type that nothing was said, and so is not marked as negated
NO_SPELLINGS: Mapping[str, Set[str]] = {}
TYPE_GROUPS = {"all": TYPES, "said": SAID, "held": HELD}
BASIS_GROUPS = {"inferred": INFERRED, "told": tuple(basis for basis in BASES if basis not in INFERRED)}
PATIENCE = 1.0  # seconds of the processor that a pattern may take
MOMENT = 0.001  # seconds that each statement adds to them
ISO_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
STRAIGHT_MARKS = str.maketrans({"‘": "'", "’": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "\xa0": " "})


@dataclass(frozen=True)
class Query:
    """What is asked of claims.

    Attributes:
        types: the claim types to show.
        threshold: the lowest confidence to show.
        speakers: whole words of a speaker's name; any one of them is enough.
        kinds: speaker kinds; quotes: kinds of quotation; None for all.
        cues: words of the cue or its lemma; any one of them is enough.
        pattern: what must stand in the statement.
        bases: how speakers are known; None for all.
        least_speaker: the lowest speaker confidence to show.
        outlets: whole words of an outlet's name; any one of them is enough.
        after, before: the first and the last day of documents (ISO 8601); None for all.
        unnamed: only such claims.
        negated: only what was not said, refusals to comment (`did not specify when`) among it.
        limit: how many claims to show at most, None for all.
        order: the keys to sort by; none leaves the order of the documents.
    """

    types: frozenset[str]
    threshold: float
    speakers: tuple[str, ...] = ()
    kinds: frozenset[str] | None = None
    unnamed: bool = False
    quotes: frozenset[str] | None = None
    cues: tuple[str, ...] = ()
    pattern: "Grep | None" = None
    bases: frozenset[str] | None = None
    least_speaker: float = 0.0
    outlets: tuple[str, ...] = ()
    after: str | None = None
    before: str | None = None
    negated: bool = False
    limit: int | None = None
    order: tuple["SortKey", ...] = ()

    def fits(self, claim: Claim, spellings: Mapping[str, Set[str]] = NO_SPELLINGS) -> bool:
        """Whether a claim is what is asked for, its document, type and confidence aside.

        `spellings` are all names, folded, of the speakers that each of `speakers` is a name of, across documents.
        """
        return (
            (not self.speakers or any(is_by(wanted, claim, spellings) for wanted in self.speakers))
            and (self.kinds is None or claim.speaker_kind in self.kinds)
            and (self.bases is None or claim.speaker_basis in self.bases)
            and (not self.unnamed or not claim.named)
            and (self.quotes is None or claim.quote in self.quotes)
            and (not self.cues or any(matches_cue(wanted, claim) for wanted in self.cues))
            and (self.pattern is None or self.pattern.fits(claim.content.text))
            and (not self.negated or claim.negated or claim.type == NO_COMMENT)
        )

    def is_sure_enough(self, claim: Claim) -> bool:
        """Whether a claim, and who its speaker is, are as sure as is asked for."""
        return claim.confidence >= self.threshold and claim.speaker_confidence >= self.least_speaker

    def to_json(self) -> dict[str, Any]:
        """Which claims it is of by type and confidence, as a manifest and a page have it."""
        return {
            "types": [name for name in TYPES if name in self.types],
            "confidence": self.threshold,
            "speaker_confidence": self.least_speaker,
        }

    def is_of_outlet(self, outlet: str | None) -> bool:
        """Whether a document is of an outlet that is asked for."""
        name = folded_name(outlet or "")
        return not self.outlets or any(holds_phrase(folded_name(wanted), name) for wanted in self.outlets)

    @property
    def is_dated(self) -> bool:
        """Whether documents of some time are asked for."""
        return self.after is not None or self.before is not None

    def is_of_time(self, date: str | None) -> bool:
        """Whether a document is of the time that is asked for; one without a date is of none."""
        day = first_day(date)
        return not self.is_dated or (day is not None and (self.after or day) <= day <= (self.before or day))


def is_by(wanted: str, claim: Claim, spellings: Mapping[str, Set[str]]) -> bool:
    """Whether a claim's speaker, or one of several, has a name, or is known by it elsewhere."""
    if matches_name(wanted, claim):
        return True
    names = spellings.get(wanted, frozenset()) if claim.named else frozenset()
    return any(folded_name(name) in names for name in claim.speakers)


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
    date = date.partition("T")[0] if date is not None else None  # of a post also the minute is told
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


class Grep:
    """A regular expression for statements, which is stopped where it runs away.

    Args:
        pattern: one that `re` takes, in whose terms it is told what is wrong with it.

    Attributes:
        left: seconds of the processor that it may still take; each statement adds some.
    """

    def __init__(self, pattern: str, ignores_case: bool):
        import regex  # takes a moment, and is seldom needed

        self.pattern = pattern
        self.left = PATIENCE
        straight = pattern.translate(STRAIGHT_MARKS)
        re.compile(straight)
        self.search = regex.compile(straight, regex.IGNORECASE if ignores_case else 0).search

    def fits(self, text: str) -> bool:
        """Whether a statement holds it.

        Raises:
            UsageError: it takes too long.
        """
        began = process_time()
        try:
            return bool(self.search(searched(text), timeout=self.left))
        except TimeoutError:
            reason = f"--grep '{self.pattern}' takes too long, and was stopped"
            remedy = "repeat nothing that is repeated inside: a+ in place of (a+)+"
            raise UsageError(reason, remedy) from None
        finally:
            self.left = max(MOMENT, self.left + MOMENT - (process_time() - began))


def read_pattern(pattern: str) -> Grep:
    """A regular expression for statements; small letters find capitals too.

    Raises:
        UsageError: it is no regular expression.
    """
    has_capital = any(letter.isupper() for letter in re.sub(r"\\.", "", pattern))
    try:
        return Grep(pattern, ignores_case=not has_capital)
    except (re.error, ValueError, OverflowError, RecursionError) as error:
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
    "speaker-kind": lambda claim: claim.speaker_kind,
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


def read_bases(bases: str | None) -> frozenset[str] | None:
    """The ways of knowing a speaker in a comma-separated list; `inferred` and `told` are groups."""
    names = read_list("speaker basis", bases, (*BASES, *BASIS_GROUPS))
    return names and frozenset(member for name in names for member in BASIS_GROUPS.get(name, (name,)))


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
    bases: str | None = None,
    sure_speakers: bool = False,
    min_confidence: float | None = None,
    strict: bool = False,
    limit: int | None = None,
    sort: str | None = None,
) -> Query:
    """What the options ask for.

    Raises:
        UsageError: the options contradict each other, or name what does not exist.
    """
    if strict and min_confidence is not None:
        raise UsageError("--strict and --min-confidence both set the threshold", "give one of them")
    least = [settings.strict] * strict + [settings.sure_speaker] * sure_speakers
    for option, words in (("--speaker", speakers), ("--cue", cues), ("--outlet", outlets)):
        if not all(folded_name(word) for word in words):
            raise UsageError(f"{option} wants a word", "leave the option out to see all")
    return Query(
        types=frozenset(SAID) if types is None else read_types(types),
        threshold=settings.strict if strict else settings.threshold if min_confidence is None else min_confidence,
        speakers=tuple(speakers),
        kinds=read_list("speaker kind", kinds, KINDS),
        unnamed=unnamed,
        bases=read_bases(bases),
        least_speaker=max(least, default=0.0),
        quotes=read_list("quotation", quotes, QUOTES),
        cues=tuple(cues),
        pattern=read_pattern(grep) if grep is not None else None,
        outlets=tuple(outlets),
        after=read_day("--after", after),
        before=read_day("--before", before),
        negated=negated,
        limit=limit,
        order=read_order(sort),
    )
