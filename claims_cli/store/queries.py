"""What is asked of a store, as conditions in SQL.

A `Query` decides in Python which claims fit; here is the same in SQL, and `Further`, which only a store answers. Types,
threshold, order and limit are applied by who reads (`store.reading`).
"""

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from claims_cli.choice import Choice
from claims_cli.errors import UsageError
from claims_cli.names import folded_name, holds_phrase
from claims_cli.query import NO_COMMENT, STRAIGHT_MARKS
from claims_cli.store.marks import DISPUTED, VERDICTS
from claims_cli.store.people import holding

WILD = frozenset("*?[")
MARKED = (*VERDICTS, DISPUTED, "any", "none")
QUERY_PART = re.compile(r'"[^"]*"|[()]|[^\s()"]+')
OPERATORS = ("AND", "OR", "NOT")
Condition = tuple[str, tuple]
HELD = "EXISTS (SELECT 1 FROM json_each({column}) WHERE holds(?, json_extract(value, '$.speaker')))"
WORDED = {
    "via": HELD.format(column="via"),
    "citing": HELD.format(column="citing"),
    "addressee": "holds(?, addressee)",
    "medium": "holds(?, medium)",
    "role": "holds(?, speaker_role)",
}
VERDICT = """(SELECT CASE WHEN count(DISTINCT verdict) > 1 THEN 'disputed' ELSE max(verdict) END FROM marks
WHERE marks.claim = claims.id)"""


@dataclass(frozen=True)
class Further:
    """What is asked beside a `Query`.

    Attributes:
        via, citing, addressee, medium, role: whole words, folded as a speaker's name is.
        doc: words of a document's path, or a pattern of it (`2023/*`).
        search: a query in the language of SQLite's full-text search.
        new: only what the last run that brought anything brought.
        marked: a verdict, `any` for claims with a mark, `none` for those without.
        where: what the sheet of people must tell of a speaker, each `column=value`.
    """

    via: str | None = None
    citing: str | None = None
    addressee: str | None = None
    medium: str | None = None
    role: str | None = None
    doc: str | None = None
    search: str | None = None
    new: bool = False
    marked: str | None = None
    where: tuple[str, ...] = ()


def add_functions(connection: sqlite3.Connection) -> None:
    """The functions that the conditions use."""
    connection.create_function("holds", 2, holds, deterministic=True)
    connection.create_function("is_in_path", 2, is_in_path, deterministic=True)
    connection.create_function("words", 1, lambda text: len((text or "").split()), deterministic=True)


def holds(phrase: str, text: str | None) -> bool:
    """Whether the words of a folded phrase stand in a text."""
    return bool(text) and holds_phrase(phrase, folded_name(text or ""))


def is_in_path(wanted: str, path: str) -> bool:
    """Whether a path holds some letters, or fits a pattern."""
    if WILD & set(wanted):
        return fnmatchcase(path, wanted) or fnmatchcase(path, f"*/{wanted}")
    return wanted.casefold() in path.casefold()


def conditions(connection: sqlite3.Connection, choice: Choice, further: Further) -> Iterator[Condition]:
    """What a claim must fulfil, type and confidence aside."""
    if choice.query.speakers:
        yield by_speakers(connection, choice)
    for column, values in (
        ("speaker_kind", choice.query.kinds),
        ("quote", choice.query.quotes),
        ("speaker_basis", choice.query.bases),
    ):
        if values is not None:
            yield f"{column} IN (SELECT value FROM json_each(?))", (json.dumps(sorted(values)),)
    if choice.query.unnamed:
        yield "NOT named", ()
    if choice.query.negated:
        yield "(negated OR type = ?)", (NO_COMMENT,)
    if choice.query.cues:
        phrases = [folded_name(cue) for cue in choice.query.cues]
        yield any_of(("holds(?, cue)", "holds(?, cue_lemma)"), phrases)
    if choice.query.pattern is not None:
        pattern = choice.query.pattern
        connection.create_function("fits_pattern", 1, pattern.fits)
        yield "fits_pattern(content)", ()
    if choice.query.outlets or choice.query.after or choice.query.before:
        connection.create_function("is_of", 3, choice.is_of)
        yield "document IN (SELECT id FROM documents WHERE is_of(outlet, date, path))", ()
    yield from further_conditions(connection, further)


def any_of(tests: Iterable[str], values: list[Any]) -> Condition:
    """That one of some tests is met by one of some values."""
    pairs = [(test, value) for value in values for test in tests]
    return f"({' OR '.join(test for test, _ in pairs)})", tuple(value for _, value in pairs)


def further_conditions(connection: sqlite3.Connection, further: Further) -> Iterator[Condition]:
    """What `Further` asks.

    Raises:
        UsageError: a word is wanted and there is none.
    """
    for name, test in WORDED.items():
        wanted = getattr(further, name)
        if wanted is not None:
            phrase = folded_name(wanted)
            if not phrase:
                raise UsageError(f"--{name} wants a word", "leave the option out to see all")
            yield test, (phrase,)
    if further.doc is not None:
        yield "document IN (SELECT id FROM documents WHERE is_in_path(?, path))", (further.doc,)
    if further.search is not None:
        yield (
            "number IN (SELECT rowid FROM claims_fts WHERE claims_fts MATCH ?)",
            (search_query(connection, further.search),),
        )
    if further.new:
        yield "run > ?", (before_last(connection),)
    if further.marked is not None:
        yield marked(further.marked)
    speakers = holding(connection, further.where)
    if speakers is not None:
        test = "number IN (SELECT claim FROM claim_speakers WHERE speaker IN (SELECT value FROM json_each(?)))"
        yield test, (json.dumps(sorted(speakers)),)


def marked(wanted: str) -> Condition:
    """That a claim has a mark, has none, or has a verdict."""
    if wanted in ("any", "none"):
        return f"{'NOT ' if wanted == 'none' else ''}EXISTS (SELECT 1 FROM marks WHERE marks.claim = claims.id)", ()
    return f"{VERDICT} = ?", (wanted,)


def before_last(connection: sqlite3.Connection) -> int:
    """The last run before the one that brought something last; runs that were cut short belong to the one after."""
    last = connection.execute("SELECT max(run) FROM claims").fetchone()[0] or 0
    query = "SELECT max(id) FROM runs WHERE id < ? AND finished IS NOT NULL"
    return connection.execute(query, (last,)).fetchone()[0] or 0


def search_query(connection: sqlite3.Connection, wanted: str) -> str:
    """A query for the full-text search: words, "phrases", word*, AND, OR, NOT, brackets; every other mark is a letter.

    Raises:
        UsageError: it is none.
    """
    parts = []
    for part in QUERY_PART.findall(wanted.translate(STRAIGHT_MARKS)):
        if part in OPERATORS or part in "()" or part.startswith('"'):
            parts.append(part)
        else:
            bare = part.rstrip("*")
            parts.append(f'"{bare}"' + "*" * (bare != part) if bare else "")
    query = " ".join(parts).strip()
    try:
        connection.execute("SELECT 1 FROM claims_fts WHERE claims_fts MATCH ? LIMIT 1", (query,)).fetchone()
    except sqlite3.OperationalError:
        remedy = """words, "a phrase", begin*, AND, OR, NOT and brackets: --search 'rocket* NOT "iron dome"'"""
        raise UsageError(f"--search '{wanted}' is no query", remedy) from None
    return query


def by_speakers(connection: sqlite3.Connection, choice: Choice) -> Condition:
    """That a claim is by one of the speakers that are asked for, by any of their names (as `query.is_by` says).

    What `Choice.strangers` needs to know of the names is filled in on the way.
    """
    own: set[int] = set()
    elsewhere: set[int] = set()
    for wanted in choice.query.speakers:
        phrase = folded_name(wanted)
        held = names_holding(connection, phrase)
        own |= set(held)
        choice.tally.seen_speakers.update(held.values())
        spellings = choice.spellings[wanted] = names_known(connection, phrase)
        query = "SELECT id FROM names WHERE name IN (SELECT value FROM json_each(?))"
        elsewhere |= {row[0] for row in connection.execute(query, (json.dumps(sorted(spellings)),))}
        if not held and not spellings:
            query = "SELECT speaker, count(*) FROM claims WHERE speaker IS NOT NULL GROUP BY speaker"
            choice.tally.seen_speakers.update(dict(connection.execute(query).fetchall()))
    test = (
        "number IN (SELECT claim FROM claim_names WHERE name IN (SELECT value FROM json_each(?)) UNION "
        "SELECT claim FROM claim_names JOIN claims AS others ON others.number = claim "
        "WHERE single AND others.named AND name IN (SELECT value FROM json_each(?)))"
    )
    return test, (json.dumps(sorted(own)), json.dumps(sorted(elsewhere - own)))


def names_holding(connection: sqlite3.Connection, phrase: str) -> dict[int, str]:
    """The folded names of claims that hold a phrase, by their numbers."""
    query = "SELECT id, name FROM names WHERE instr(' ' || name || ' ', ?)"
    return dict(connection.execute(query, (f" {phrase} ",)).fetchall())


def names_known(connection: sqlite3.Connection, phrase: str) -> set[str]:
    """All folded names of the speakers who have a name that holds a phrase."""
    query = (
        "SELECT name FROM speaker_names WHERE speaker IN "
        "(SELECT speaker FROM speaker_names WHERE instr(' ' || name || ' ', ?))"
    )
    return {row[0] for row in connection.execute(query, (f" {phrase} ",))}
