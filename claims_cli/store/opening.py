"""Opening a store: what is none is refused, an older one is brought up to date, two runs never write at once."""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from claims_cli.errors import OutputError, UsageError
from claims_cli.inputs.sources import shown_name
from claims_cli.store.schema import APPLICATION_ID, STEPS, VERSION
from claims_cli.store.soundness import DAMAGED, FAULTS, is_sound, was_store

MAGIC = b"SQLite format 3\0"
HEADER = 100
ID_PLACE = slice(68, 72)
PATIENCE = 2.0  # seconds that a run waits for another one to end
BUSY = 10.0  # seconds that a transaction waits for another one's
STEPS_TO_CTRL_C = 100_000
STOPPED = ("interrupted", "user-defined function raised")  # what SQLite says where Ctrl-C came in Python called by it
FULL = "the disk is full"
REASONS = {
    "full": (FULL, "make room and run it again; what was in it stays"),
    "disk i/o": ("the disk does not take it", "check the disk; what was in it stays"),
    "readonly": ("it may not be written to", "check the permissions of the file and its folder"),
    "unable to open": ("it cannot be opened", "check the folder and its permissions"),
    "locked": ("another program is writing to it", "try again when it is done"),
    "malformed": DAMAGED,
    "not a database": DAMAGED,
    "already exists": DAMAGED,  # a step that it takes again
    "duplicate column": DAMAGED,
}


class Connection(sqlite3.Connection):
    """One that raises what its functions raise, and ends a query when Ctrl-C is pressed; SQLite swallows both."""

    def __init__(self, *arguments: Any, **options: Any):
        super().__init__(*arguments, **options)
        self.raised: BaseException | None = None
        self.set_progress_handler(lambda: 0, STEPS_TO_CTRL_C)  # any line of Python lets the signal in

    def create_function(self, name: str, narg: int, func: Any, *, deterministic: bool = False) -> None:
        """Give SQL a function."""

        def remembering(*values: Any) -> Any:
            try:
                return func(*values)
            except BaseException as error:
                self.raised = error
                raise

        super().create_function(name, narg, remembering, deterministic=deterministic)

    def execute(self, *arguments: Any) -> sqlite3.Cursor:
        """Run a query.

        Raises:
            BaseException: what one of its functions raised.
        """
        try:
            return super().execute(*arguments)
        except UnicodeEncodeError:  # bytes that are no UTF-8, in a word or a name that was asked for
            query, *values = arguments
            return super().execute(query, *map(as_stored, values))
        except sqlite3.OperationalError:
            raised, self.raised = self.raised, None
            if raised is not None:
                raise raised from None
            raise


def as_stored(values: Iterable[Any]) -> list[Any]:
    """Values of a query, bytes in them that are no UTF-8 as the escapes with which a store has them."""
    return [shown_name(value) if isinstance(value, str) else value for value in values]


def header_of(path: str | Path) -> bytes:
    """The first bytes of a file; none where it cannot be read."""
    try:
        if not os.path.isfile(path):
            return b""
        with open(path, "rb") as stream:
            return stream.read(HEADER)
    except OSError:
        return b""


def is_database(path: str | Path) -> bool:
    """Whether a file is an SQLite database, a store or another."""
    return header_of(path).startswith(MAGIC)


def is_store(path: str | Path) -> bool:
    """Whether a file is a store of claims."""
    header = header_of(path)
    return header.startswith(MAGIC) and header[ID_PLACE] == APPLICATION_ID.to_bytes(4, "big")


def is_like_store(path: str | Path) -> bool:
    """Whether a file is a store, another database, or a store whose head is damaged."""
    return is_database(path) or was_store(path)


def refuse_missing(path: Path) -> None:
    """Refuse a store that is none, which writing would make.

    Raises:
        UsageError: it is none.
    """
    if was_store(path) and not is_store(path):
        raise OutputError(f"{path} cannot be read: {DAMAGED[0]}", DAMAGED[1])
    if is_database(path) and not is_store(path):
        raise UsageError(f"{path} is a database, and no store of claims", "name another file")
    if not is_store(path):
        raise UsageError(f"{path} is no store of claims", "claims extract PATH --db FILE makes one")


@contextmanager
def told(path: str | Path, doing: str = "written") -> Iterator[None]:
    """Turn what SQLite and the disk refuse into one message.

    Raises:
        OutputError: something was refused.
    """
    try:
        yield
    except sqlite3.Error as error:
        message = str(error).lower()
        if any(words in message for words in STOPPED) and not is_damaged(path):
            raise KeyboardInterrupt from None
        known = next((value for words, value in REASONS.items() if words in message), None)
        if known is None and not is_damaged(path):
            raise
        reason, remedy = known or DAMAGED
        raise OutputError(f"{path} cannot be {doing}: {reason}", remedy) from None
    except OSError as error:
        raise OutputError(f"{path} cannot be {doing}: {error.strerror or error}", "check the disk") from None
    except FAULTS:
        if not is_damaged(path):
            raise
        raise OutputError(f"{path} cannot be {doing}: {DAMAGED[0]}", DAMAGED[1]) from None


def is_damaged(path: str | Path) -> bool:
    """Whether a file is a store that cannot be read to its end."""
    if not is_store(path):
        return was_store(path)
    try:
        with closing(opened(Path(path))) as connection:
            return not is_sound(connection)
    except sqlite3.Error:
        return True


@contextmanager
def writable(path: Path, alone: bool = True) -> Iterator[sqlite3.Connection]:
    """A store to write to, made where there is none; `alone` keeps other runs out until it is closed.

    Raises:
        OutputError: it is no store, another run has it, or it cannot be written to.
    """
    refuse_others(path)
    with told(path), locked(path, alone), closing(connected(path, alone)) as connection:
        try:
            yield connection
        finally:
            with suppress(sqlite3.Error):
                connection.rollback()
                put_together(connection)


def refuse_others(path: Path) -> None:
    """Refuse a file that holds something else than a store.

    Raises:
        OutputError: it does.
    """
    if path.is_dir():
        raise OutputError(f"{path} is a folder", "name a file in it")
    if was_store(path) and not is_store(path):
        raise OutputError(f"{path} cannot be written: {DAMAGED[0]}", DAMAGED[1])
    if path.exists() and not is_store(path) and (not path.is_file() or path.stat().st_size):
        what = "is a database, and no store of claims" if is_database(path) else "is no store of claims"
        raise OutputError(f"{path} {what}", "name another file; this one was not touched")


@contextmanager
def locked(path: Path, alone: bool) -> Iterator[None]:
    """Keep the store for this process; the system takes the lock away with the process, however that ends.

    The lock is on an empty file beside the store (`lock_of`), which stays, so that every run locks the same file.
    Only writing imports what locks.

    Raises:
        OutputError: another run has it.
    """
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o666))
    if not alone:
        yield
        return
    from filelock import FileLock, Timeout

    # a file that is kept is locked by the system or not at all: a mark in its place would outlive a killed process
    lock = FileLock(lock_of(path), timeout=PATIENCE, mode=0o666, preserve_lock_file=True)
    try:
        lock.acquire()
    except Timeout:
        raise OutputError(f"{path} is being written to by another run", "wait until it is done") from None
    try:
        yield
    finally:
        lock.release()


def lock_of(path: Path) -> Path:
    """The file that is locked for a store: one, by whatever link the store is named."""
    real = path.resolve()
    return real.with_name(f".{real.name}.lock")


@contextmanager
def beginning(path: Path) -> Iterator[Path]:
    """The place of a new store, which takes the place of `path` when all is well, and otherwise leaves no trace.

    Raises:
        OutputError: it cannot be written.
    """
    part = path.with_name(f".{path.name}.part")
    beside = (part, *(part.with_name(part.name + end) for end in ("-wal", "-shm")), lock_of(part))
    with told(path):
        try:
            part.unlink(missing_ok=True)
            yield part
            os.replace(part, path)
        finally:
            for rest in beside:
                rest.unlink(missing_ok=True)


def put_together(connection: sqlite3.Connection) -> None:
    """Leave one file that can be sent to others, unless somebody reads the store just now."""
    connection.execute("PRAGMA busy_timeout = 0")
    connection.execute("PRAGMA journal_mode = DELETE")


def connected(path: Path, alone: bool) -> sqlite3.Connection:
    """A connection that writes; the application's id goes first, so that a store is known as one from its first page.

    While a long run writes `alone`, others can read (SQLite's write-ahead log).

    Raises:
        OutputError: the store is of a newer version of this program.
    """
    connection = sqlite3.connect(path, timeout=BUSY, isolation_level=None, factory=Connection)
    if not connection.execute("PRAGMA application_id").fetchone()[0]:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    if alone:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
    migrate(connection, path)
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def version_of(connection: sqlite3.Connection) -> int:
    """How many of the steps a store has taken."""
    return connection.execute("PRAGMA user_version").fetchone()[0]


def migrate(connection: sqlite3.Connection, path: str | Path) -> None:
    """Take the steps that a store lacks, each in a transaction of its own.

    Raises:
        OutputError: it is of a newer version of this program.
    """
    version = version_of(connection)
    if version > VERSION:
        raise OutputError(f"{path} was written by a newer version of claims", "update claims: pip install -U")
    for number, step in enumerate(STEPS[version:], version + 1):
        try:
            connection.executescript(f"BEGIN IMMEDIATE; {step} PRAGMA user_version = {number}; COMMIT;")
        except BaseException:
            if connection.in_transaction:
                connection.rollback()
            raise


@contextmanager
def readable(path: Path) -> Iterator[sqlite3.Connection]:
    """A store to read from, which stays as it is; an older one is brought up to date first.

    Raises:
        UsageError: it is no store.
        OutputError: it cannot be read.
    """
    refuse_missing(path)
    with told(path, "read"), closing(opened(path)) as connection:
        if version_of(connection) != VERSION:
            connection.close()
            with writable(path):
                pass
            connection = opened(path)
        with closing(connection):
            yield connection


def opened(path: Path) -> sqlite3.Connection:
    """A connection that only reads, also where the folder may not be written to."""
    address = f"file:{quote(os.fsencode(os.path.abspath(path)))}?mode=ro"
    connection = sqlite3.connect(address, uri=True, timeout=BUSY, isolation_level=None, factory=Connection)
    try:
        version_of(connection)
    except sqlite3.OperationalError:
        connection.close()
        connection = sqlite3.connect(address + "&immutable=1", uri=True, isolation_level=None, factory=Connection)
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection


def in_memory() -> sqlite3.Connection:
    """An empty store that is gone when it is closed."""
    connection = sqlite3.connect(":memory:", isolation_level=None, factory=Connection)
    migrate(connection, "memory")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection
