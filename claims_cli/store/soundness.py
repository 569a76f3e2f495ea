"""Whether a store is sound: asked only where reading it failed, to tell a damaged file from a fault of this program."""

import json
import os
import sqlite3
from pathlib import Path

import msgspec

from claims_cli.claim import Claim
from claims_cli.codec import STORED, claim_of
from claims_cli.store.schema import UNREAD

HEAD = 1 << 18  # bytes in which the first tables of a store are told
TABLES = b"CREATE TABLE claims ("
LISTS = {"documents": ("articles", "notes", *UNREAD), "speakers": ("perhaps", "roles", "spellings")}
FAULTS = (  # what a damaged cell leads to
    ValueError,
    TypeError,
    LookupError,
    StopIteration,
    AttributeError,
    ArithmeticError,
    MemoryError,
    msgspec.MsgspecError,
)
DAMAGED = (
    "it is damaged",
    "restore it from a copy, or begin a new one; claims merge FILE -o NEW.db saves what can be read of it",
)


def was_store(path: str | Path) -> bool:
    """Whether a file that no more begins as a store does has the tables of one."""
    try:
        if not os.path.isfile(path):  # a pipe would wait for its writer
            return False
        with open(path, "rb") as stream:
            return TABLES in stream.read(HEAD)
    except OSError:
        return False


def is_sound(connection: sqlite3.Connection) -> bool:
    """Whether all that a store holds can be read, and is what it may be."""
    try:
        if connection.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
            return False
        check_tables(connection)
        columns = ", ".join(f'"{name}"' for name in STORED)
        for row in connection.execute(f"SELECT {columns} FROM claims"):
            Claim.from_json(claim_of(row).to_json())
    except Exception:  # whatever a damaged byte leads to
        return False
    return True


def check_tables(connection: sqlite3.Connection) -> None:
    """Read every cell.

    Raises:
        Exception: one cannot be.
    """
    named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'claims_fts%'"
    for (table,) in connection.execute(named).fetchall():
        for _ in connection.execute(f'SELECT * FROM "{table}"'):
            pass
    connection.execute("SELECT count(*) FROM claims_fts WHERE claims_fts MATCH 'a'").fetchone()
    astray = (
        "SELECT count(*) FROM claims LEFT JOIN documents ON documents.id = document AND path = doc WHERE path IS NULL"
    )
    if connection.execute(astray).fetchone()[0]:
        raise ValueError("claims of no document")
    for table, columns in LISTS.items():
        for row in connection.execute(f"SELECT {', '.join(columns)} FROM {table}"):
            for cell in row:
                json.loads(cell)
