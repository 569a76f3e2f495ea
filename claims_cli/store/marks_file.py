"""Marks that were made on a page and saved as JSON Lines, into a store: all of a file, or nothing of it."""

import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from claims_cli.errors import InputError, UsageError
from claims_cli.inputs.sources import Input, data_of
from claims_cli.store.marks import VERDICTS, Mark, give
from claims_cli.store.writing import transaction, whole_letters

REMEDY = "give what Save marks of a page wrote; nothing was applied"
UNKNOWN_REMEDY = "store the texts of the page first: claims extract TEXTS --db STORE; nothing was applied"
ID = re.compile(r"[0-9a-f]{16}")
AT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{5,15}(?:Z|\+00:00)")
FIELDS = frozenset({"id", "verdict", "speaker", "note", "at"})
LONGEST = 10_000  # characters of a name or a note
MOST_TOLD = 5


def read(path: Path, by: str) -> list[tuple[int, str, Mark]]:
    """The marks of a file in the name of one person: the line of each, the id of its claim, and the mark.

    Raises:
        InputError: the file cannot be read, or lines of it are no marks.
    """
    name, found, damaged = str(path), [], []
    try:
        lines = data_of(Input(name, path)).decode("utf-8-sig").replace("\r\n", "\n").split("\n")
    except UnicodeDecodeError:
        raise InputError(name, "is no text in UTF-8", REMEDY, "decode") from None
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                found.append((number, *mark_of(json.loads(line), by)))
            except (ValueError, RecursionError) as error:
                is_json = not isinstance(error, (json.JSONDecodeError, RecursionError))
                damaged.append(f"line {number} {error if is_json else 'is no JSON'}")
    if damaged:
        raise InputError(name, "; ".join(few(damaged)), REMEDY, "decode")
    if not found:
        raise InputError(name, "holds no marks", REMEDY, "decode")
    return found


def mark_of(values: Any, by: str) -> tuple[str, Mark]:
    """The id and the mark of one line.

    Raises:
        ValueError: it is none; why, in words that follow the line's number.
    """
    if not isinstance(values, dict):
        raise ValueError("is no mark")
    if unknown := values.keys() - FIELDS:
        raise ValueError(f"has the unknown field {min(unknown)!r}")
    claim, at = values.get("id"), values.get("at")
    if not (isinstance(claim, str) and ID.fullmatch(claim)):
        raise ValueError("has no id of 16 hex digits")
    if not (isinstance(at, str) and AT.fullmatch(at)):
        raise ValueError("does not tell when, in UTC")
    verdict = values.get("verdict")
    if verdict is not None and verdict not in VERDICTS:
        raise ValueError(f"has a verdict that is not {' or '.join(VERDICTS)}")
    speaker, note = (words(values, field) for field in ("speaker", "note"))
    if not (verdict or speaker or note):
        raise ValueError("says nothing of its claim")
    # written as the store writes it, for marks are put in order by it
    return claim, Mark(verdict, note, by, re.sub(r"(?:\.\d+)?(?:Z|\+00:00)$", "+00:00", at), speaker)


def words(values: dict[str, Any], field: str) -> str | None:
    """A name or a note on one line; None where there is none.

    Raises:
        ValueError: it is no text, or far too long.
    """
    value = values.get(field)
    if value is not None and not (isinstance(value, str) and len(value) <= LONGEST):
        raise ValueError(f"has a {field} that is no text of at most {LONGEST:,} characters")
    return whole_letters(" ".join((value or "").split())) or None


def apply(connection: sqlite3.Connection, path: Path, found: list[tuple[int, str, Mark]]) -> None:
    """Give the marks of a file to the claims of a store, all of them or none.

    Raises:
        UsageError: the store has not all of the claims.
    """
    with transaction(connection):
        if lacking := list(unknown(connection, found)):
            several = f"{len(lacking)} of {len(found)} marks are" if len(found) > 1 else "the mark is"
            reason = f"{path}: {several} of claims that the store has not: {', '.join(few(lacking))}"
            raise UsageError(reason, UNKNOWN_REMEDY)
        for _, claim, mark in found:
            give(connection, claim, mark)


def unknown(connection: sqlite3.Connection, found: list[tuple[int, str, Mark]]) -> Iterator[str]:
    """The ids, with their lines, that no claim of a store has."""
    for number, claim, _ in found:
        if not connection.execute("SELECT 1 FROM claims WHERE id = ? LIMIT 1", (claim,)).fetchone():
            yield f"{claim} (line {number})"


def few(told: list[str]) -> list[str]:
    """The first of some faults, and how many more there are."""
    more = len(told) - MOST_TOLD
    return [*told[:MOST_TOLD], f"and {more} more"] if more > 0 else told
