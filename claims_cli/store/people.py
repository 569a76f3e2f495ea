"""Whose the rows of a sheet of people are, and what they tell of the speakers of a store.

A row is a speaker's by its id, name and kind, else by its exact name where only one speaker has it. What fits nobody,
or several, is told and counts for nothing.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from claims_cli.errors import UsageError
from claims_cli.names import folded_name, one_of
from claims_cli.outputs.people import PREFIX, People
from claims_cli.store.people_file import ID, KIND, NAME, Row, Sheet

MOST_TOLD = 3
MADE = """CREATE TEMP TABLE people (speaker TEXT, column TEXT, value TEXT, folded TEXT,
PRIMARY KEY (column, folded, speaker)) WITHOUT ROWID"""
JOINT = """SELECT DISTINCT doc, claims.id, claim_speakers.speaker FROM claim_speakers
JOIN claims ON number = claim WHERE speaker_id IS NULL"""
HELD = "SELECT speaker FROM temp.people WHERE column = ? AND folded = ?"


class Known(NamedTuple):
    """What of a speaker of a store tells whose a row is."""

    id: str
    name: str
    kind: str
    spellings: frozenset[str]


@dataclass
class Fit:
    """Whose the rows of a sheet are.

    Attributes:
        rows: the row of each speaker, by his id.
        nobodys: rows of nobody in the store; doubtful: rows of which it cannot be told whose they are.
    """

    rows: dict[str, Row] = field(default_factory=dict)
    nobodys: list[Row] = field(default_factory=list)
    doubtful: list[Row] = field(default_factory=list)

    def problems(self, sheet: Sheet) -> Iterator[str]:
        """In words, which entries of the user count for nothing."""
        for rows, why in ((self.nobodys, "of nobody here"), (self.doubtful, "of more than one speaker or row")):
            filled = [row for row in rows if row.filled(sheet.free)]
            if filled:
                told = [f"{row.number} ({row.cells.get(NAME) or row.cells.get(ID)})" for row in filled[:MOST_TOLD]]
                more = f" and {len(filled) - MOST_TOLD} more" * (len(filled) > MOST_TOLD)
                rows_are = "row {} is" if len(filled) == 1 else "rows {} are"
                yield f"{sheet.path}: {rows_are.format(', '.join(told) + more)} {why}, and not applied"


def fit(connection: sqlite3.Connection, sheet: Sheet) -> Fit:
    """Find whose the rows of a sheet are; rows of one speaker that contradict each other are doubtful."""
    known = [
        Known(one, name, kind, frozenset(map(folded_name, (*json.loads(spellings), name))))
        for one, name, kind, spellings in connection.execute("SELECT id, name, kind, spellings FROM speakers")
    ]
    by_id = {one.id: one for one in known}
    by_name: dict[str, list[Known]] = defaultdict(list)
    for one in known:
        by_name[one.name].append(one)
    found, whose = Fit(), defaultdict(list)
    for row in sheet.rows:
        fitting = candidates(row, by_id, by_name)
        if len(fitting) == 1:
            whose[fitting[0].id].append(row)
        else:
            (found.doubtful if fitting else found.nobodys).append(row)
    for speaker, rows in whose.items():
        entries = {tuple(row.filled(sheet.free).items()) for row in rows} - {()}
        if len(entries) > 1:
            found.doubtful += rows
        else:
            found.rows[speaker] = max(rows, key=lambda row: bool(row.filled(sheet.free)))
    return found


def candidates(row: Row, by_id: Mapping[str, Known], by_name: Mapping[str, list[Known]]) -> list[Known]:
    """The speakers who may be a row's: the one of its id, where name and kind are his too, else those of its name."""
    name, kind = row.cells.get(NAME, "").strip(), row.cells.get(KIND, "").strip()
    one = by_id.get(row.cells.get(ID, "").strip())
    if one and (not name or folded_name(name) in one.spellings) and kind in ("", one.kind):
        return [one]
    return [one for one in by_name.get(name, ()) if kind in ("", one.kind)]


def attach(connection: sqlite3.Connection, sheet: Sheet) -> list[str]:
    """Let a sheet be asked for as long as the connection lasts; in words, which entries count for nothing."""
    found = fit(connection, sheet)
    connection.execute("DROP TABLE IF EXISTS temp.people")
    connection.execute(MADE)
    connection.execute("DROP TABLE IF EXISTS temp.people_columns")
    connection.execute("CREATE TEMP TABLE people_columns (name TEXT)")
    connection.executemany("INSERT INTO temp.people_columns VALUES (?)", [(name,) for name in sheet.free])
    connection.executemany(
        "INSERT INTO temp.people VALUES (?, ?, ?, ?)",
        [
            (speaker, column, value, folded_name(value))
            for speaker, row in found.rows.items()
            for column, value in row.filled(sheet.free).items()
        ],
    )
    return list(found.problems(sheet))


def columns_of(connection: sqlite3.Connection) -> list[str]:
    """The user's columns of the sheet that is attached; none where none is."""
    if not connection.execute("SELECT 1 FROM temp.sqlite_master WHERE name = 'people_columns'").fetchone():
        return []
    return [name for (name,) in connection.execute("SELECT name FROM temp.people_columns ORDER BY rowid")]


def asked_for(connection: sqlite3.Connection, wanted: str) -> tuple[str, str]:
    """Column and folded value of `--where COLUMN=VALUE`.

    Raises:
        UsageError: there is no sheet, or it has no such column.
    """
    column, equals, value = wanted.partition("=")
    column = column.strip().removeprefix(PREFIX)
    if not equals or not folded_name(value):
        raise UsageError(f"--where '{wanted}' is no column with a value", "write it as in --where party=Labour")
    known = columns_of(connection)
    if not known:
        raise UsageError(
            "--where asks a sheet of people", "name it with --people FILE, or in claims.yaml: people: FILE"
        )
    one_of("column of people", [column], known)
    return column, folded_name(value)


def holding(connection: sqlite3.Connection, wanted: Iterable[str]) -> set[str] | None:
    """The ids of the speakers of whom all that is asked for is told; None where nothing is asked.

    Raises:
        UsageError: as `asked_for`.
    """
    sets = [{one for (one,) in connection.execute(HELD, asked_for(connection, each))} for each in wanted]
    return set.intersection(*sets) if sets else None


def people_of(connection: sqlite3.Connection) -> People:
    """What the sheet that is attached tells; nothing where none is."""
    columns = tuple(columns_of(connection))
    told: dict[str, dict[str, str]] = defaultdict(dict)
    joint: dict[tuple[str, str], tuple[str, ...]] = {}
    if columns:
        for speaker, column, value in connection.execute("SELECT speaker, column, value FROM temp.people"):
            told[speaker][column] = value
        for doc, claim, speaker in connection.execute(JOINT):
            joint[doc, claim] = (*joint.get((doc, claim), ()), speaker)
    return People(columns, told, joint)
