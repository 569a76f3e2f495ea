"""What can be read of a damaged store, into a new one: row by row, and only what is whole to its last character."""

import hashlib
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from time import process_time

from claims_cli.claim import SPAN_FIELDS, Claim
from claims_cli.codec import STORED, claim_of
from claims_cli.errors import OutputError
from claims_cli.manifest import now
from claims_cli.store import corrections, opening
from claims_cli.store.importing import is_whole
from claims_cli.store.marks import VERDICTS
from claims_cli.store.soundness import FAULTS
from claims_cli.store.writing import KEPT, MADE_WITH, Writer, marks_for, quoted, transaction

UNKNOWN_MAKER = "{}"  # of what made a document: the next run reads it again
MOST_IN_A_ROW = 10_000  # rows that cannot be read, before nothing more is looked for
PATIENCE = 2  # seconds of the processor, after which neither
PAGE_SIZE, PAGES, CHANGES, FREE, VALID_FOR = slice(16, 18), slice(28, 32), slice(24, 28), slice(32, 40), slice(92, 96)
MOST_MISSING = 1 << 36  # bytes, of which none takes room on the disk; a head that tells of more is wrong
MARK = ("claim", "text_sha256", "verdict", "note", "by", "at", "speaker")


def rescue(path: Path, connection: sqlite3.Connection) -> list[str]:
    """Bring what is whole of a damaged store into an empty one.

    Returns:
        What is lost, in words, each with its document where that is known.

    Raises:
        OutputError: no document of it can be read.
    """
    with copied(path) as other:
        rescuer = Rescuer(connection, other)
        with transaction(connection):
            lost = rescuer.rescue()
            if not rescuer.texts:
                raise nothing_in(path)
    return lost


def nothing_in(path: Path) -> OutputError:
    """That nothing of a store can be saved."""
    return OutputError(f"no document of {path} can be read any more", "restore it from a copy, or begin a new one")


@contextmanager
def copied(path: Path) -> Iterator[sqlite3.Connection]:
    """A copy of a damaged store, with a head and as many pages as it had, brought up to date."""
    with tempfile.TemporaryDirectory(prefix="claims-") as folder:
        copy = Path(folder) / "copy.db"
        shutil.copyfile(path, copy)
        if not opening.is_store(copy):
            mend(copy, fresh_head(Path(folder) / "fresh.db"))
        make_whole(copy)
        try:
            opening.connected(copy, alone=False).close()
            other = opening.opened(copy)
        except sqlite3.Error:
            raise nothing_in(path) from None
        other.text_factory = lambda data: data.decode("utf-8", "replace")
        with closing(other):
            yield other


def fresh_head(path: Path) -> bytes:
    """The head of a new store."""
    with closing(opening.connected(path, alone=False)):
        return opening.header_of(path)


def mend(path: Path, head: bytes) -> None:
    """Give a store the head of another one, for as many pages as there are."""
    new = bytearray(head)
    new[PAGES] = (path.stat().st_size // page_size(head)).to_bytes(4, "big")
    new[VALID_FOR] = new[CHANGES]
    new[FREE] = bytes(8)
    with path.open("r+b") as stream:
        stream.write(new)


def make_whole(path: Path) -> None:
    """Put empty pages where the end of a store was cut off: without them SQLite reads none of the others."""
    head = opening.header_of(path)
    missing = int.from_bytes(head[PAGES], "big") * page_size(head) - path.stat().st_size
    if 0 < missing <= MOST_MISSING:
        with path.open("ab") as stream:
            stream.truncate(path.stat().st_size + missing)


def page_size(head: bytes) -> int:
    """How many bytes a page has, as a head tells it."""
    told = int.from_bytes(head[PAGE_SIZE], "big")
    return 1 << 16 if told == 1 else told


def rows(connection: sqlite3.Connection, table: str, columns: Iterable[str], lost: list[str]) -> Iterator[tuple]:
    """The rows of a table that can be read, each behind its number; that others cannot is told once."""
    query = f'SELECT rowid, {quoted(columns)} FROM "{table}" NOT INDEXED WHERE rowid > ? ORDER BY rowid LIMIT 1'
    last = in_a_row = 0
    read = process_time()
    while in_a_row < MOST_IN_A_ROW and process_time() - read < PATIENCE:
        try:
            row = connection.execute(query, (last,)).fetchone()
        except (sqlite3.Error, OverflowError, UnicodeDecodeError):  # the last, where a message names what is damaged
            last, in_a_row = last + 1, in_a_row + 1
            continue
        if row is None or not isinstance(row[0], int) or row[0] <= last:
            break
        last, in_a_row = row[0], 0 if not in_a_row else lose(lost, table)
        yield row
        read = process_time()
    if in_a_row:
        lose(lost, table)


def lose(lost: list[str], table: str) -> int:
    """Note that some rows of a table are lost."""
    if (message := f"some {table} cannot be read") not in lost:
        lost.append(message)
    return 0


class Rescuer:
    """Brings what is whole of one store into another."""

    def __init__(self, connection: sqlite3.Connection, other: sqlite3.Connection):
        self.connection = connection
        self.other = other
        self.writer = Writer(connection)
        self.lost: list[str] = []
        self.texts: dict[int, tuple[int, str, str]] = {}  # of each document: its new number, its path, its text

    def rescue(self) -> list[str]:
        """Runs, documents, claims, marks; what is lost comes back in words."""
        for table, columns, put in (
            ("runs", self.run_columns(), self.put_run),
            ("documents", ("run", *KEPT), self.put_document),
            ("claims", ("document", "run", "found_speaker", *STORED), self.put_claim),
            ("marks", MARK, self.put_mark),
        ):
            for number, *values in rows(self.other, table, columns, self.lost):
                if (why := self.tried(put, number, values)) is not None:
                    self.lost.append(why)
        if self.lost:  # of no document it is known that it has all its claims
            self.connection.execute("UPDATE documents SET made_with = ?", (UNKNOWN_MAKER,))
        marked = self.connection.execute("SELECT DISTINCT claim FROM marks WHERE speaker IS NOT NULL").fetchall()
        corrections.settle(self.connection, [claim for (claim,) in marked])
        self.writer.forget_speakers()
        return self.lost

    def tried(self, put: Callable[[int, list], str | None], number: int, values: list) -> str | None:
        """What is lost of a row that cannot be put into the new store."""
        self.connection.execute("SAVEPOINT row")
        try:
            why = put(number, values)
        except (*FAULTS, sqlite3.IntegrityError):
            self.connection.execute("ROLLBACK TO row")
            why = f"{put.__name__.removeprefix('put_')} {number} is damaged"
        self.connection.execute("RELEASE row")
        return why

    def run_columns(self) -> list[str]:
        """The columns of the runs but their number."""
        return [name for _, name, *_ in self.connection.execute("PRAGMA table_info(runs)") if name != "id"]

    def put_run(self, number: int, values: list) -> str | None:
        """A run, under its number."""
        names = ("id", *self.run_columns())
        insert = f"INSERT INTO runs ({quoted(names)}) VALUES ({marks_for(len(names))})"
        self.connection.execute(insert, (number, *values))
        return None

    def run_of(self, number: int) -> int:
        """The number of a run, in whose place one is put that tells nothing where it is lost."""
        if not self.connection.execute("SELECT 1 FROM runs WHERE id = ?", (number,)).fetchone():
            names = ("id", "started", "python", *MADE_WITH, "options")
            values = (number, now(), *[""] * (len(MADE_WITH) + 1), "{}")
            self.connection.execute(f"INSERT INTO runs ({quoted(names)}) VALUES ({marks_for(len(names))})", values)
        return number

    def put_document(self, number: int, values: list) -> str | None:
        """A document whose text is what its hash tells."""
        run, *cells = values
        document = dict(zip(KEPT, cells, strict=True))
        text = document["text"]
        if text and hashlib.sha256(text.encode("utf-8")).hexdigest() != document["text_sha256"]:
            return f"{document['path']}: its text is damaged"
        self.texts[number] = (self.writer.put_document(self.run_of(run), tuple(cells)), document["path"], text)
        return None

    def put_claim(self, number: int, values: list) -> str | None:
        """A claim of a document that is there, whose spans are the words of its text."""
        at, run, found, *row = values
        if at not in self.texts:
            return None  # told with its document
        document, path, text = self.texts[at]
        claim = corrections.as_found(claim_of(row), found)
        Claim.from_json(claim.to_json())
        if claim.doc != path or not is_in_text(claim, text):
            return f"{path}: claim {claim.id} is damaged"
        self.writer.put_claim(document, self.run_of(run), replace(claim, speaker_id=None, same_as=()))
        return None

    def put_mark(self, number: int, values: list) -> str | None:
        """What somebody made of a claim."""
        if values[MARK.index("verdict")] not in (*VERDICTS, None):
            return f"mark {number} is damaged"
        self.connection.execute(f"INSERT INTO marks ({quoted(MARK)}) VALUES ({marks_for(len(MARK))})", values)
        return None


def is_in_text(claim: Claim, text: str) -> bool:
    """Whether the spans of a claim are whole, and its document's words where the store has its text."""
    spans = [span for name in SPAN_FIELDS if (span := getattr(claim, name)) is not None]
    return all(
        is_whole(span) and (not text or list(span.pieces) == [text[start:end] for start, end in span.spans])
        for span in spans
    )
