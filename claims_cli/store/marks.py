"""What people made of claims: a verdict and a note by name, kept by the claim's id and the hash of its text.

A claim's id rests on its document's text, so a mark holds as long as that text stands. Where a document's text changed,
the marks of a claim whose own words still stand there go over to it.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from claims_cli.errors import UsageError
from claims_cli.store import corrections

VERDICTS = ("right", "wrong")
DISPUTED = "disputed"
ID_DIGITS = frozenset("0123456789abcdef")


@dataclass(frozen=True)
class Mark:
    """What one person made of a claim.

    Attributes:
        verdict: `right`, `wrong` or None; at: when, in UTC; speaker: who said it, where that was found wrong.
    """

    verdict: str | None
    note: str | None
    by: str
    at: str
    speaker: str | None = None

    @property
    def in_words(self) -> str:
        """All that was said of the claim, on one line."""
        told = f"the speaker is {self.speaker}" if self.speaker else None
        return ": ".join(part for part in (self.verdict, told, self.note) if part)


def joint_verdict(marks: Iterable[Mark]) -> str | None:
    """The verdict of all who gave one; `disputed` where they differ."""
    verdicts = {mark.verdict for mark in marks if mark.verdict}
    return DISPUTED if len(verdicts) > 1 else next(iter(verdicts), None)


def joint_note(marks: Iterable[Mark]) -> str | None:
    """All notes, each with its author."""
    return "; ".join(f"{mark.by}: {mark.note}" for mark in marks if mark.note) or None


def marks_of(connection: sqlite3.Connection) -> dict[str, list[Mark]]:
    """The marks by the ids of the claims that they hold for, the first given first."""
    found: dict[str, list[Mark]] = defaultdict(list)
    for claim, *values in connection.execute(
        'SELECT claim, verdict, note, "by", at, speaker FROM marks ORDER BY at, "by"'
    ):
        found[claim].append(Mark(*values))
    return found


def put(connection: sqlite3.Connection, claim: str, text_sha256: str, mark: Mark) -> None:
    """Keep a mark; a verdict or note takes the place of the same person's last one, and leaves the other as it is."""
    connection.execute(
        'INSERT INTO marks (claim, text_sha256, verdict, note, "by", at, speaker) VALUES (?, ?, ?, ?, ?, ?, ?) '
        'ON CONFLICT (claim, text_sha256, "by") DO UPDATE SET verdict = coalesce(excluded.verdict, verdict), '
        "note = coalesce(excluded.note, note), speaker = coalesce(excluded.speaker, speaker), at = excluded.at",
        (claim, text_sha256, mark.verdict, mark.note, mark.by, mark.at, mark.speaker),
    )


def give(connection: sqlite3.Connection, claim: str, mark: Mark) -> None:
    """Keep a mark for a claim in every text that has it: one text, but for two documents that are read alike."""
    query = "SELECT DISTINCT text_sha256 FROM claims JOIN documents ON documents.id = document WHERE claims.id = ?"
    for (digest,) in connection.execute(query, (claim,)).fetchall():
        put(connection, claim, digest, mark)
    if mark.speaker:
        correct(connection, claim)


def correct(connection: sqlite3.Connection, claim: str) -> None:
    """Bring a claim's speaker in line with its marks; who speaks across documents is to be found out again."""
    corrections.settle(connection, [claim])
    connection.execute("DELETE FROM state WHERE name IN ('speakers', 'statements')")


def take_away(connection: sqlite3.Connection, claim: str, by: str) -> bool:
    """Take one person's mark from a claim; whether there was one."""
    done = connection.execute('DELETE FROM marks WHERE claim = ? AND "by" = ?', (claim, by))
    correct(connection, claim)
    return done.rowcount > 0


def carry(connection: sqlite3.Connection, old: str, new: str, text_sha256: str) -> None:
    """Give the marks of a claim to the one that took its place in a text that changed."""
    connection.execute(
        'INSERT OR IGNORE INTO marks (claim, text_sha256, verdict, note, "by", at, speaker) '
        'SELECT ?, ?, verdict, note, "by", at, speaker FROM marks WHERE claim = ?',
        (new, text_sha256, old),
    )


def verdicts(connection: sqlite3.Connection, types: Iterable[str], least: float) -> list[tuple[str, str]]:
    """Rule and joint verdict of each claim that somebody found right or wrong; one of two equal texts counts once."""
    query = (
        "SELECT claims.id, claims.rule, marks.verdict FROM marks JOIN claims ON claims.id = marks.claim "
        "WHERE verdict IS NOT NULL AND confidence >= ? AND type IN (SELECT value FROM json_each(?))"
    )
    rules: dict[str, str] = {}
    given: dict[str, set[str]] = defaultdict(set)
    for claim, rule, verdict in connection.execute(query, (least, json.dumps(sorted(types)))):
        rules[claim] = rule
        given[claim].add(verdict)
    return [(rules[claim], DISPUTED if len(found) > 1 else found.pop()) for claim, found in given.items()]


@dataclass(frozen=True)
class Found:
    """A claim as it was found, whatever people made of it.

    Attributes:
        text: the hash of its text; basis: how its speaker is known; rulebook: of which fingerprint its numbers are.
    """

    id: str
    text: str
    rule: str
    confidence: float
    basis: str
    speaker_confidence: float
    rulebook: str


def found_claims(connection: sqlite3.Connection, claims: Iterable[str]) -> Iterator[Found]:
    """Claims by their ids, each once, in the order of the store; ids that it has not are left out."""
    query = (
        "SELECT claims.id, text_sha256, rule, confidence, speaker_basis, speaker_confidence, "
        "json_extract(made_with, '$.rulebook'), found_speaker FROM claims JOIN documents ON documents.id = document "
        "WHERE number IN (SELECT min(number) FROM claims WHERE id IN (SELECT value FROM json_each(?)) GROUP BY id)"
    )
    for *values, before in connection.execute(query, (json.dumps(sorted(claims)),)):
        claim = Found(*values)
        told = dict(zip(corrections.FOUND, json.loads(before), strict=True)) if before else {}
        sure = told.get("speaker_confidence", claim.speaker_confidence)
        yield replace(claim, basis=told.get("speaker_basis", claim.basis), speaker_confidence=sure)


def whole_id(connection: sqlite3.Connection, given: str) -> str:
    """The id of the only claim whose id begins as given.

    Raises:
        UsageError: there is no such claim, or there are several.
    """
    start = given.strip().lower()
    if not start or not set(start) <= ID_DIGITS:
        raise UsageError(f"'{given}' is no id of a claim", "claims list shows the ids in its first column")
    query = "SELECT DISTINCT id FROM claims WHERE id >= ? AND id < ? ORDER BY id LIMIT 4"
    found = [row[0] for row in connection.execute(query, (start, start + "g"))]
    if not found:
        raise UsageError(f"no claim has the id {start}", "claims list shows the ids in its first column")
    if len(found) > 1:
        raise UsageError(f"several claims have an id that begins with {start}", f"one of them is {found[0]}")
    return found[0]
