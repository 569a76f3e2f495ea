"""Bytes by key in one SQLite file of bounded size, of which the least used goes first.

A shelf that cannot be read or written is an empty one, and one that is damaged is thrown away: what stands in it can be
made again.
"""

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

SCHEMA = "CREATE TABLE IF NOT EXISTS shelf (key BLOB PRIMARY KEY, used INTEGER, value BLOB)"
MOST_BYTES = 1 << 30
LEFT = 0.8
DAY = 24 * 60 * 60
PATIENCE = 10  # seconds that another process may keep the file
AT_ONCE = 500
Value = TypeVar("Value")


class LruFile:
    """One file.

    Args:
        most: bytes that it may take on disk.

    Attributes:
        trouble: why it cannot be used, None where it can.
    """

    def __init__(self, path: Path, most: int = MOST_BYTES):
        self.path, self.most = path, most
        self.trouble: str | None = None
        self.connection: sqlite3.Connection | None = None

    def connected(self) -> sqlite3.Connection:
        """The open file.

        Raises:
            sqlite3.Error: it cannot be opened.
        """
        if self.connection is None:
            self.connection = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)
            self.connection.execute("PRAGMA journal_mode = WAL")
            self.connection.execute("PRAGMA synchronous = NORMAL")
            self.connection.execute(SCHEMA)
        return self.connection

    def guarded(self, work: Callable[[sqlite3.Connection], Value], otherwise: Value) -> Value:
        """What some work on the file gives; from the first trouble on nothing is read or written any more."""
        if self.trouble:
            return otherwise
        try:
            return work(self.connected())
        except sqlite3.Error as error:
            self.trouble = str(error)
            self.close()
            if type(error) is sqlite3.DatabaseError:  # not one of its children: damaged, or no database at all
                self.throw_away()
            return otherwise

    def get(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """The values that are there."""
        found: dict[bytes, bytes] = {}
        self.guarded(partial(self.read, keys, found), None)
        return found

    def read(self, keys: Sequence[bytes], found: dict[bytes, bytes], connection: sqlite3.Connection) -> None:
        """Find values, and note that they were used."""
        old, today = [], int(time.time()) // DAY
        for some in batched(keys, AT_ONCE):
            marks = ",".join("?" * len(some))
            for key, used, value in connection.execute(f"SELECT * FROM shelf WHERE key IN ({marks})", some):
                found[key] = value
                if used != today:
                    old.append((today, key))
        if old:
            connection.executemany("UPDATE shelf SET used = ? WHERE key = ?", old)

    def put(self, values: Mapping[bytes, bytes]) -> None:
        """Keep values; what was used least recently goes where there is no room."""
        self.guarded(partial(self.write, values), None)

    def write(self, values: Mapping[bytes, bytes], connection: sqlite3.Connection) -> None:
        """Write values, all or none."""
        today = int(time.time()) // DAY
        connection.execute("BEGIN IMMEDIATE")
        rows = ((key, today, value) for key, value in values.items())
        connection.executemany("INSERT OR REPLACE INTO shelf VALUES (?, ?, ?)", rows)
        if self.taken(connection) > self.most:
            self.make_room(connection)
        connection.execute("COMMIT")

    def taken(self, connection: sqlite3.Connection) -> int:
        """How many bytes the values take on disk."""
        number = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count")}
        return (number["page_count"] - number["freelist_count"]) * connection.execute("PRAGMA page_size").fetchone()[0]

    def make_room(self, connection: sqlite3.Connection) -> None:
        """Drop what was used least recently; the place that it took is used again."""
        entries = connection.execute("SELECT count(*) FROM shelf").fetchone()[0]
        dropped = entries - int(entries * LEFT)
        oldest = "SELECT key FROM shelf ORDER BY used, key LIMIT ?"
        connection.execute(f"DELETE FROM shelf WHERE key IN ({oldest})", (dropped,))

    def entries(self) -> int:
        """How many values there are."""
        return self.guarded(lambda connection: connection.execute("SELECT count(*) FROM shelf").fetchone()[0], 0)

    def throw_away(self) -> None:
        """Delete the file and what SQLite lays beside it; the next run begins a new one."""
        for path in self.path.parent.glob(f"{self.path.name}*"):
            with suppress(OSError):
                path.unlink()

    def close(self) -> None:
        """Let go of the file."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None


def batched(items: Iterable[bytes], size: int) -> Iterator[list[bytes]]:
    """Items, so many at a time."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some
