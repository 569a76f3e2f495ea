"""What programs ask of a store, answered as JSON: claims that fit, one in its paragraph, who speaks, counts, marks."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields
from itertools import groupby
from pathlib import Path
from typing import Any, TextIO

from claims_cli.across.voices import voices
from claims_cli.browse.marking import Judge
from claims_cli.choice import Choice
from claims_cli.claim import Claim
from claims_cli.config import Config
from claims_cli.errors import UsageError
from claims_cli.names import one_of
from claims_cli.outputs import html
from claims_cli.outputs.claim_page import ClaimPage, chain, facts, paragraph, publication
from claims_cli.outputs.columns import MARK_COLUMNS
from claims_cli.outputs.layout import Layout
from claims_cli.outputs.speakers import to_json
from claims_cli.query import settle
from claims_cli.rulebook import load, load_settings
from claims_cli.rulebook.model import Settings
from claims_cli.serving.page_data import Keeper
from claims_cli.store import opening
from claims_cli.store.marks import VERDICTS, Mark, whole_id
from claims_cli.store.queries import Further
from claims_cli.store.reading import Reader
from claims_cli.store.writing import whole_letters

FURTHER = frozenset(field.name for field in fields(Further))
CALLED = {  # what `query.settle` calls what has another name outside
    "speaker": "speakers", "speaker_kind": "kinds", "speaker_basis": "bases", "type": "types", "quote": "quotes",
    "cue": "cues", "outlet": "outlets",
}  # fmt: skip
LIMIT, MOST = 50, 1000
MOST_ON_PAGE = 2000
MOST_SPEAKERS = 15


def asked(settings: Settings, values: dict[str, Any]) -> tuple[Choice, Further]:
    """What is asked, from values by the names that the filters have outside (`FURTHER`, and those of `claims list`).

    Raises:
        UsageError: they contradict each other, or name what does not exist.
    """
    given = {name: value for name, value in values.items() if value is not None}
    further = Further(**{name: given.pop(name) for name in FURTHER & given.keys()})
    return Choice(settle(settings, **{CALLED.get(name, name): value for name, value in given.items()})), further


def record(claim: Claim) -> dict[str, Any]:
    """A claim's record, with what people made of it."""
    return {**claim.to_json(), **{name: getattr(claim, name) for name in MARK_COLUMNS}}


def page_of(known: list[tuple[Claim, str]], reader: Reader, config: Config) -> ClaimPage:
    """The page of a claim, which other documents of the same text may have too (`Reader.claims_called`)."""
    (first, text), *others = known
    marks = tuple(in_words(mark) for mark in reader.marks_on(first.id))
    places = tuple(f"{other.doc}:{other.line}" for other, _ in others)
    same = tuple(f"{publication(other)}: {other.content.text} ({other.id})" for other in reader.same_as(first))
    rule = next((rule.description for rule in load(config.sources).rules if rule.id == first.rule), "")
    return ClaimPage(first, text, rule, marks, places, same)


def in_words(mark: Mark) -> str:
    """A mark on one line."""
    return f"{mark.in_words} ({mark.by}{f', {mark.at[:10]}' if mark.at else ''})"


def place(total: int, offset: int, number: int) -> dict[str, Any]:
    """How many there are in all, from which on these are given, and from where the rest goes on (None at the end)."""
    behind = offset + number
    return {"total": total, "offset": offset, "next_offset": behind if number and behind < total else None}


class Store:
    """One store, opened anew for each question; nothing but `mark` writes to it.

    Args:
        config: the rules and aliases, for what the rules say of themselves and for who is who on the page.
    """

    def __init__(self, path: Path, config: Config):
        self.path = path
        self.config = config
        self.settings = load_settings(config.sources)

    @contextmanager
    def reader(self) -> Iterator[Reader]:
        """The store, to read.

        Raises:
            UsageError: it is none.
            OutputError: it cannot be read.
        """
        with opening.readable(self.path) as connection:
            yield Reader(connection)

    def claims(self, limit: int = LIMIT, offset: int = 0, **filters: Any) -> dict[str, Any]:
        """The claims that fit, how many there are in all, and what was kept back."""
        choice, further = asked(self.settings, {**filters, "limit": limit})
        with self.reader() as reader:
            found = [record(claim) for claim in reader.claims(choice, further, offset)]
            tally = choice.tally
            return {
                "claims": found,
                **place(tally.shown + tally.cut, offset, len(found)),
                "kept_back": {"by_type": dict(sorted(tally.kept_back.items())), "by_confidence": tally.uncertain},
                "unknown_speakers": choice.strangers(),
            }

    def claim(self, id: str) -> dict[str, Any]:
        """One claim: its record, its paragraph in parts with their roles, the chain of voices, and why it was found.

        Raises:
            UsageError: there is no such claim, or there are several whose ids begin so.
        """
        with self.reader() as reader:
            known = list(reader.claims_called(whole_id(reader.connection, id)))
            page = page_of(known, reader, self.config)
            return {
                "claim": record(page.claim),
                "paragraph": [{"text": words, "role": role or None} for words, role in paragraph(page)],
                "chain": chain(page.claim),
                "why": {"rule": page.claim.rule, "description": page.rule},
                "told": [{"label": label, "text": words} for label, words in labelled(facts(page))],
                "marks": [asdict(mark) for mark in reader.marks_on(page.claim.id)],
                "also_in": [other.doc for other, _ in known[1:]],
            }

    def speakers(self, limit: int = LIMIT, offset: int = 0, **filters: Any) -> dict[str, Any]:
        """Who speaks in the claims that fit, most claims first; their documents counted."""
        choice, further = asked(self.settings, filters)
        with self.reader() as reader:
            found = [one for one in reader.speakers(choice, further) if choice.asks_for(one.spellings)]
            shown = [{**to_json(one), "documents": len(one.documents)} for one in found[offset : offset + limit]]
            return {"speakers": shown, **place(len(found), offset, len(shown)), "unknown_speakers": choice.strangers()}

    def stats(self, limit: int = MOST_SPEAKERS, **filters: Any) -> dict[str, Any]:
        """Counts of the claims that fit, by section; `limit` speakers are listed."""
        choice, further = asked(self.settings, filters)
        with self.reader() as reader:
            rows = list(voices(reader, choice, further, limit, self.config.sources))
            sections = groupby(rows, key=lambda row: row.section)
            return {"held": reader.held(), "sections": {name: [asdict(row) for row in own] for name, own in sections}}

    def page(self, stream: TextIO, limit: int = MOST_ON_PAGE, **filters: Any) -> None:
        """The claims that fit as one page, in their articles."""
        choice, further = asked(self.settings, {**filters, "limit": limit})
        with self.reader() as reader:
            keeper = Keeper(reader, choice, self.config)
            claims = list(keeper.claims(reader.claims(choice, further)))
            html.write(claims, stream, Layout(kept=True), keeper.background())

    def mark(self, id: str, by: str, verdict: str | None, note: str | None, speaker: str | None) -> dict[str, Any]:
        """Keep what somebody makes of a claim, as `claims mark` does; the claim as it is then.

        Raises:
            UsageError: nothing is said, there is no such verdict, or no such claim.
            OutputError: the store cannot be written to.
        """
        if not (verdict or note or speaker):
            raise UsageError("a mark says something", "give verdict, note or speaker")
        if verdict is not None:
            one_of("verdict", [verdict], VERDICTS)
        return self.changed(id, lambda judge, claim: judge.mark(claim, verdict, note, speaker), by)

    def unmark(self, id: str, by: str) -> dict[str, Any]:
        """Take somebody's mark away; the claim as it is then.

        Raises:
            UsageError: there is no such claim.
            OutputError: the store cannot be written to.
        """
        return self.changed(id, lambda judge, claim: judge.unmark(claim), by)

    def changed(self, id: str, change: Callable[[Judge, str], Any], by: str) -> dict[str, Any]:
        """Let somebody change the marks of a claim."""
        with self.reader() as reader:
            claim = whole_id(reader.connection, id)
        change(Judge(self.path, by), claim)
        return self.claim(claim)


def labelled(told: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Facts with their labels; one that goes on on a further line has that of the line before."""
    last = ""
    for label, words in told:
        last = label or last
        yield last, words


def sendable(answer: Any) -> Any:
    """An answer that UTF-8 can hold: half a character becomes the mark for what could not be read, offsets stay."""
    try:
        json.dumps(answer, ensure_ascii=False).encode()
        return answer
    except UnicodeEncodeError:
        return json.loads(whole_letters(json.dumps(answer, ensure_ascii=False)) or "")
