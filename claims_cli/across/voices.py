"""Whose voices are heard: what `store.stats` counts, also by section, pronoun, class of role, and in pairs.

A comparison has the same counts side by side, a column an outlet, an author, a section or a month.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from claims_cli.across.roles import RoleTable
from claims_cli.choice import Choice
from claims_cli.formats.options import folded_column
from claims_cli.names import one_of
from claims_cli.outputs.people import PREFIX
from claims_cli.rulebook import RuleSources, load_lexicon
from claims_cli.store.people import columns_of
from claims_cli.store.queries import Further
from claims_cli.store.reading import Reader
from claims_cli.store.stats import (
    CLAIMS,
    FORMS,
    LINKS,
    MEASURES,
    PLACES,
    SPEAKERS,
    Count,
    Grouping,
    by,
    count,
    counted,
    counts,
)

TOGETHER = "together"
COMPARABLE = ("outlet", "author", "section", "month")
ROLE = """role_class(CASE WHEN json_array_length(claims.speakers) < 2 THEN claims.speaker_role END,
CASE WHEN links.speaker IS NULL THEN claims.speaker ELSE links.name END, coalesce(speakers.kind, claims.speaker_kind),
coalesce(speakers.named, claims.named), coalesce(speakers.roles, '{}'))"""
NAMES = (
    "LEFT JOIN claim_speakers AS links ON links.claim = claims.number LEFT JOIN speakers ON speakers.id = links.speaker"
)
DOCUMENT = "CROSS JOIN documents ON documents.id = claims.document"
GROUPINGS = {
    "speaker": SPEAKERS,
    **dict(zip(("quotation", "naming", "kind", "type"), FORMS, strict=True)),
    "role": by("role", ROLE, NAMES),
    "pronoun": by("pronoun", "coalesce(pronoun, 'none')"),
    **{grouping.section: grouping for grouping in PLACES},
    "section": by("section", "section_of(documents.metadata)", DOCUMENT, is_cut=True),
}
NAMED = (*GROUPINGS, TOGETHER)
COMPARED = ("quotation", "naming", "kind", "role", "pronoun", "type", "speaker")
# who is named in the same article: the pairs with how many articles, then all that the two say there
PRESENT = f"""SELECT claims.document, claims.article, links.speaker, count(*)
FROM {CLAIMS} JOIN {LINKS} WHERE speakers.named GROUP BY 1, 2, 3"""
PAIRS = """SELECT one.speaker, other.speaker FROM present AS one JOIN present AS other
ON other.document = one.document AND other.article = one.article AND one.speaker < other.speaker
GROUP BY 1, 2 ORDER BY count(*) DESC, sum(one.claims + other.claims) DESC, 1, 2 LIMIT ?"""
OF_PAIR = f"""SELECT {MEASURES} FROM {CLAIMS} WHERE claims.number IN (
SELECT claim FROM claim_speakers WHERE speaker IN (?1, ?2)) AND EXISTS (
SELECT 1 FROM present WHERE document = claims.document AND article = claims.article AND speaker = ?1) AND EXISTS (
SELECT 1 FROM present WHERE document = claims.document AND article = claims.article AND speaker = ?2)"""


@dataclass(frozen=True)
class Compared:
    """One row of a comparison: the counts of a group in each column that has any, by the column's name."""

    section: str
    name: str
    counts: dict[str, Count]


@dataclass(frozen=True)
class Comparison:
    """Counts side by side.

    Attributes:
        by: what the columns are: `outlet`, …
        columns: the whole of each column, the largest first, months in order.
        rows: the groups, section by section; shares are of the column.
        untold: how many claims stand in no column, since their documents do not tell it.
        measure: which share is shown, of claims (`share`) or of words (`words_share`).
    """

    by: str
    columns: list[Count]
    rows: list[Compared]
    untold: int
    measure: str = "share"


def voices(
    reader: Reader, choice: Choice, further: Further, most: int, sources: RuleSources, asked: Sequence[str] = ()
) -> Iterator[Count]:
    """The counts, section by section: all, then those that are asked for, of long sections the `most` largest groups.

    Raises:
        RulebookError: a lexicon is broken.
        UsageError: something else is asked for.
    """
    known = groupings(reader.connection, sources)
    one_of("grouping", asked, [*known, TOGETHER])
    whole = count(reader, choice, further)
    if whole is None:
        return
    yield whole
    for name in asked or [*known, TOGETHER]:
        yield from together(reader, most, whole) if name == TOGETHER else counts(reader, known[name], most, whole)


def groupings(connection: sqlite3.Connection, sources: RuleSources) -> dict[str, Grouping]:
    """Every grouping that a store can be asked for by its name, those by the columns of a sheet of people among them.

    Raises:
        RulebookError: a lexicon is broken.
    """
    table = RoleTable.load(sources)
    sections = frozenset(map(folded_column, load_lexicon("columns", sources).get("columns.section", ())))
    connection.create_function("role_class", 5, lru_cache(1 << 16)(table.of_speaker), deterministic=True)
    connection.create_function("section_of", 1, lru_cache(1024)(partial(section_of, sections)), deterministic=True)
    return GROUPINGS | {f"{PREFIX}{column}": of_people(column) for column in columns_of(connection)}


def of_people(column: str) -> Grouping:
    """The grouping by a column of the sheet of people; its name is a text of SQL."""
    literal = "'" + column.replace("'", "''") + "'"
    joined = f"JOIN {LINKS} JOIN temp.people AS told ON told.speaker = links.speaker AND told.column = {literal}"
    return by(f"{PREFIX}{column}", "told.value", joined)


def section_of(names: frozenset[str], metadata: str) -> str | None:
    """The section of an outlet that a document stands in, from what is told of it beside other fields."""
    told = json.loads(metadata or "{}")
    fitting = (value for name, value in told.items() if {folded_column(name), folded_column(last(name))} & names)
    return next(filter(None, map(str.strip, fitting)), None)


def last(name: str) -> str:
    """The name of a value in JSON without those of the objects that hold it."""
    return name.rpartition(".")[2]


def together(reader: Reader, most: int, whole: Count) -> Iterator[Count]:
    """The pairs of named speakers who are quoted in the same articles, those of most articles first."""
    connection = reader.connection
    connection.execute("DROP TABLE IF EXISTS temp.present")
    kept = "document INTEGER, article INTEGER, speaker TEXT, claims INTEGER, PRIMARY KEY (document, article, speaker)"
    connection.execute(f"CREATE TEMP TABLE present ({kept}) WITHOUT ROWID")
    connection.execute(f"INSERT INTO present {PRESENT}")
    named = dict(connection.execute("SELECT id, name FROM speakers").fetchall())
    for pair in connection.execute(PAIRS, (most,)).fetchall():
        measures = connection.execute(OF_PAIR, pair).fetchone()
        yield counted(TOGETHER, " + ".join(named[one] for one in pair), "", measures, whole)


def compare(
    reader: Reader,
    choice: Choice,
    further: Further,
    most: int,
    sources: RuleSources,
    columns: str,
    asked: Sequence[str] = (),
) -> Comparison:
    """The counts of some groupings side by side: a column an outlet, author, section or month.

    Raises:
        RulebookError: a lexicon is broken.
        UsageError: something else is asked for.
    """
    known = groupings(reader.connection, sources)
    one_of("comparison", [columns], [*COMPARABLE, *(name for name in known if name.startswith(PREFIX))])
    one_of("grouping of a comparison", asked, known)
    whole = count(reader, choice, further)
    if whole is None:
        return Comparison(columns, [], [], 0)
    wholes = list(counts(reader, known[columns], -1, whole))
    told = reader.connection.execute(
        f"SELECT count(DISTINCT number) FROM ({known[columns].members}) WHERE key NOT NULL"
    )
    names = [name for name in asked or COMPARED if name != columns]
    rows = [row for name in names for row in compared(reader, known[name], known[columns], wholes, most)]
    return Comparison(columns, wholes, rows, whole.claims - told.fetchone()[0])


def compared(
    reader: Reader, grouping: Grouping, columns: Grouping, wholes: Iterable[Count], most: int
) -> Iterator[Compared]:
    """The rows of one grouping, the largest first, of cut ones the `most` largest."""
    query = (
        f"SELECT members.key, members.name, columns.name, {MEASURES} FROM ({grouping.members}) AS members "
        f"JOIN ({columns.members}) AS columns ON columns.number = members.number "
        "CROSS JOIN counted ON counted.number = members.number CROSS JOIN claims ON claims.number = counted.number "
        "WHERE members.key IS NOT NULL AND columns.key IS NOT NULL GROUP BY members.key, columns.key"
    )
    by_column = {whole.name: whole for whole in wholes}
    found: dict[Any, Compared] = {}
    for key, name, column, *measures in reader.connection.execute(query):
        row = found.setdefault(key, Compared(grouping.section, str(name), {}))
        row.counts[column] = counted(grouping.section, str(name), "", measures, by_column[column])
    ordered = sorted(found.values(), key=partial(place, grouping.by_name))
    yield from ordered[: most if grouping.is_cut else None]


def place(by_name: bool, row: Compared) -> tuple[int, str]:
    """Where a row of a comparison stands."""
    return 0 if by_name else -sum(one.claims for one in row.counts.values()), row.name
