"""Two stores into one: documents by path and text, claims by document and id, marks by claim and person."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from claims_cli.claim import Claim
from claims_cli.codec import claim_of
from claims_cli.store import corrections
from claims_cli.store.reading import COLUMNS
from claims_cli.store.writing import KEPT, Writer, marks_for, quoted, transaction

ADDED, KEPT_OURS, REPLACED, RENAMED = "added", "the same", "replaced by a later reading", "renamed"
CLAIMS = f"SELECT run, found_speaker, {', '.join(COLUMNS)} FROM claims WHERE document = ? ORDER BY number"


def merge(connection: sqlite3.Connection, other: sqlite3.Connection, name: str) -> Counter:
    """Bring all of another store into one, in one transaction.

    Where both have a document of the same path and text, one stays with the marks of both: where model or rules differ,
    the one that was read later.
    Where the texts differ, the other one gets the name of its store behind its path.

    Returns:
        How many of the other's documents became what.
    """
    merger = Merger(connection, other, name)
    with transaction(connection):
        merger.runs()
        merger.documents()
        merger.marks()
        merger.writer.forget_speakers()
    return merger.counts


class Merger:
    """Brings one store into another."""

    def __init__(self, connection: sqlite3.Connection, other: sqlite3.Connection, name: str):
        self.connection = connection
        self.other = other
        self.name = name
        self.writer = Writer(connection)
        self.run_ids: dict[int, int] = {}
        self.counts: Counter = Counter()

    def runs(self) -> None:
        """The runs; one that is there already is not added again."""
        cursor = self.other.execute("SELECT * FROM runs ORDER BY id")
        names = [column[0] for column in cursor.description[1:]]
        same = " AND ".join(f'"{name}" IS ?' for name in names)
        for number, *values in cursor:
            found = self.connection.execute(f"SELECT id FROM runs WHERE {same}", values).fetchone()
            if not found:
                insert = f"INSERT INTO runs ({quoted(names)}) VALUES ({marks_for(len(names))})"
                found = (self.connection.execute(insert, values).lastrowid,)
            self.run_ids[number] = found[0]

    def documents(self) -> None:
        """The documents with their claims."""
        for number, run, *values in self.other.execute(f"SELECT id, run, {quoted(KEPT)} FROM documents ORDER BY id"):
            document = dict(zip(KEPT, values, strict=True))
            path = self.place_of(document["path"], document["text_sha256"])
            there = self.connection.execute(
                "SELECT made_with, started FROM documents JOIN runs ON runs.id = run WHERE path = ?", (path,)
            ).fetchone()
            if there and (there[0] == document["made_with"] or there[1] >= self.started(run)):
                self.counts[KEPT_OURS] += 1
                continue
            self.counts[REPLACED if there else RENAMED if path != document["path"] else ADDED] += 1
            self.put({**document, "path": path}, self.run_ids[run], self.claims(number, path))

    def place_of(self, path: str, text_sha256: str) -> str:
        """The path that a document gets: its own, or where that holds another text, one with the name of its store."""
        for number in range(1, 1_000_000):
            tried = path if number == 1 else f"{path} ({self.name}{f' {number - 1}' if number > 2 else ''})"
            query = "SELECT text_sha256 FROM documents WHERE path = ?"
            there = self.connection.execute(query, (tried,)).fetchone()
            if there is None or there[0] == text_sha256:
                return tried
        raise AssertionError("a name is always left")

    def started(self, run: int) -> str:
        """When one of the other's runs began."""
        return self.other.execute("SELECT started FROM runs WHERE id = ?", (run,)).fetchone()[0]

    def claims(self, document: int, path: str) -> Iterator[tuple[int, Claim]]:
        """The claims of one of the other's documents with their runs, under a path."""
        for run, found, *row in self.other.execute(CLAIMS, (document,)):
            claim = corrections.as_found(claim_of(row), found)
            yield self.run_ids[run], replace(claim, doc=path, speaker_id=None, same_as=())

    def put(self, document: dict[str, str], run: int, claims: Iterator[tuple[int, Claim]]) -> None:
        """Store a document in place of what stands under its path."""
        number = self.writer.put_document(run, tuple(document.values()))
        self.connection.execute("DELETE FROM claims WHERE document = ?", (number,))
        for first, claim in claims:
            self.writer.put_claim(number, first, claim)

    def marks(self) -> None:
        """The marks; of two by one person on one claim, the later one."""
        self.connection.executemany(
            'INSERT INTO marks (claim, text_sha256, verdict, note, "by", at, speaker) VALUES (?, ?, ?, ?, ?, ?, ?) '
            'ON CONFLICT (claim, text_sha256, "by") DO UPDATE SET verdict = excluded.verdict, note = excluded.note, '
            "speaker = excluded.speaker, at = excluded.at WHERE excluded.at > at",
            self.other.execute('SELECT claim, text_sha256, verdict, note, "by", at, speaker FROM marks').fetchall(),
        )
        marked = self.connection.execute("SELECT DISTINCT claim FROM marks WHERE speaker IS NOT NULL").fetchall()
        corrections.settle(self.connection, [claim for (claim,) in marked])
