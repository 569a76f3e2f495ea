"""Speakers that people have set right: they stand in the store in place of those that were found.

What was found is kept beside, and comes back where the correction is taken away.
"""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from claims_cli.claim import Claim
from claims_cli.names import folded_name

FOUND = (
    "speaker", "speakers", "speaker_kind", "named", "speaker_role", "speaker_basis", "speaker_confidence",
    "speaker_reason",
)  # fmt: skip
ASSIGNED = ", ".join(f'"{name}" = ?' for name in FOUND)


def settle(connection: sqlite3.Connection, claims: Iterable[str]) -> None:
    """Bring the speakers of some claims, by their ids, in line with what people have set right.

    Of several people the last one counts.
    """
    for claim in claims:
        wanted = connection.execute(
            'SELECT speaker, "by" FROM marks WHERE claim = ? AND speaker IS NOT NULL ORDER BY at DESC LIMIT 1', (claim,)
        ).fetchone()
        columns = ", ".join(f'"{name}"' for name in FOUND)
        query = f"SELECT number, found_speaker, {columns} FROM claims WHERE id = ?"
        for number, kept, *values in connection.execute(query, (claim,)).fetchall():
            found = json.loads(kept) if kept else values
            if wanted is None:
                put(connection, number, found, None)
            else:
                put(connection, number, corrected(connection, found, *wanted), found)


def corrected(connection: sqlite3.Connection, found: list[Any], speaker: str, by: str) -> list[Any]:
    """The values of the columns `FOUND` for a speaker whom somebody names; of what kind others of that name tell."""
    query = (
        "SELECT speaker_kind, named, speaker_role FROM claims WHERE speaker = ? AND found_speaker IS NULL "
        "ORDER BY speaker_role IS NULL LIMIT 1"
    )
    known = connection.execute(query, (speaker,)).fetchone()
    kind, named, role = known or ("person" if speaker[:1].isupper() else "unknown", int(speaker[:1].isupper()), None)
    reason = f"set right by {by}; found was: {found[0] or 'nobody named'}"
    return [speaker, json.dumps([speaker], ensure_ascii=False), kind, named, role, "named", 1.0, reason]


def as_found(claim: Claim, found: str | None) -> Claim:
    """A claim with the speaker that was found, where somebody has set another one right (`found_speaker`)."""
    if found is None:
        return claim
    values = dict(zip(FOUND, json.loads(found), strict=True))
    return replace(
        claim, **{**values, "speakers": tuple(json.loads(values["speakers"])), "named": bool(values["named"])}
    )


def names_of(speaker: str | None, speakers: Iterable[str]) -> set[tuple[str, bool]]:
    """The folded names by which a claim is found, each with whether it is of one alone who speaks."""
    each = tuple(speakers)
    names = {(folded_name(name), True) for name in each}
    return names | {(folded_name(speaker), speaker in each)} if speaker else names


def put(connection: sqlite3.Connection, number: int, values: list[Any], found: list[Any] | None) -> None:
    """Give a claim the values of the columns `FOUND`; `found` is kept beside where these are not what was found."""
    kept = json.dumps(found, ensure_ascii=False) if found is not None else None
    connection.execute(f"UPDATE claims SET {ASSIGNED}, found_speaker = ? WHERE number = ?", (*values, kept, number))
    connection.execute("DELETE FROM claim_names WHERE claim = ?", (number,))
    for name, single in names_of(values[0], json.loads(values[1])):
        connection.execute("INSERT OR IGNORE INTO names (name) VALUES (?)", (name,))
        connection.execute(
            "INSERT OR IGNORE INTO claim_names (name, claim, single) SELECT id, ?, ? FROM names WHERE name = ?",
            (number, single, name),
        )


def corrected_among(connection: sqlite3.Connection, document: int) -> list[str]:
    """The ids of a document's claims whose speaker somebody has set right."""
    query = (
        "SELECT DISTINCT claims.id FROM claims JOIN marks ON marks.claim = claims.id "
        "WHERE document = ? AND marks.speaker IS NOT NULL"
    )
    return [row[0] for row in connection.execute(query, (document,))]
