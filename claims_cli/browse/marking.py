"""What the reader's user makes of claims, kept in the store."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from claims_cli.manifest import now
from claims_cli.store import opening
from claims_cli.store.marks import Mark, give, take_away
from claims_cli.store.writing import transaction, whole_letters


@dataclass(frozen=True)
class Judge:
    """One person who marks the claims of one store."""

    store: Path
    name: str

    def mark(self, claim: str, verdict: str | None = None, note: str | None = None, speaker: str | None = None) -> None:
        """Keep a verdict, a note, or who said it.

        Raises:
            OutputError, UsageError: the store cannot be written to, or is gone.
        """
        given = Mark(verdict, whole_letters(note), whole_letters(self.name) or "", now(), whole_letters(speaker))
        with self.writing() as connection:
            give(connection, claim, given)

    def unmark(self, claim: str) -> bool:
        """Take the own mark away; whether there was one.

        Raises:
            OutputError, UsageError: the store cannot be written to, or is gone.
        """
        with self.writing() as connection:
            return take_away(connection, claim, self.name)

    def restore(self, claim: str, before: Mark | None) -> None:
        """Put the own mark back as it was; None for none.

        Raises:
            OutputError, UsageError: the store cannot be written to, or is gone.
        """
        with self.writing() as connection:
            take_away(connection, claim, self.name)
            if before is not None:
                give(connection, claim, before)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The store, all of what is done to it or nothing."""
        opening.refuse_missing(self.store)
        with opening.writable(self.store, alone=False) as connection, transaction(connection):
            yield connection
