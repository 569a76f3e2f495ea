"""Bytes by key in one SQLite file of bounded size, of which the least used goes first.

A shelf that cannot be read or written, or is damaged, is an empty one: what stands in it can be made again.
"""

import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

SCHEMA = "CREATE TABLE IF NOT EXISTS shelf (key BLOB PRIMARY KEY, used INTEGER, value BLOB)"
MOST_BYTES = 1 << 30
LEFT = 0.8
DAY = 24 * 60 * 60
PATIENCE = 10  # seconds that another process may keep the file
AT_ONCE = 500


class Shelf:
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

    @contextmanager
    def opened(self) -> Iterator[sqlite3.Connection]:
        """The open file; from the first trouble on nothing is read or written any more."""
        try:
            if self.trouble:
                raise sqlite3.OperationalError(self.trouble)
            if self.connection is None:
                self.connection = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)
                self.connection.execute("PRAGMA journal_mode = WAL")
                self.connection.execute("PRAGMA synchronous = NORMAL")
                self.connection.execute(SCHEMA)
            yield self.connection
        except sqlite3.Error as error:
            self.trouble = str(error)
            self.close()

    def get(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """The values that are there."""
        found: dict[bytes, bytes] = {}
        with self.opened() as connection:
            old, today = [], int(time.time()) // DAY
            for some in batched(keys, AT_ONCE):
                marks = ",".join("?" * len(some))
                for key, used, value in connection.execute(f"SELECT * FROM shelf WHERE key IN ({marks})", some):
                    found[key] = value
                    if used != today:
                        old.append((today, key))
            if old:
                connection.executemany("UPDATE shelf SET used = ? WHERE key = ?", old)
        return found

    def put(self, values: Mapping[bytes, bytes]) -> None:
        """Keep values; what was used least recently goes where there is no room."""
        with self.opened() as connection:
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
        with self.opened() as connection:
            return connection.execute("SELECT count(*) FROM shelf").fetchone()[0]
        return 0

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
