"""`claims extract --db`: only what is new or changed is read, and every claim of it is stored."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

import typer

from claims_cli.across.same_as import bring_claims_together
from claims_cli.claim import Document
from claims_cli.commands.messages import count
from claims_cli.commands.options import FilterOptions
from claims_cli.commands.run import CommandRun
from claims_cli.errors import EXIT_INTERRUPTED, InputError, UsageError
from claims_cli.manifest import now, versions
from claims_cli.runs import Run
from claims_cli.store import opening
from claims_cli.store.reading import Reader
from claims_cli.store.writing import AGAIN, CHANGED, NEW, UNCHANGED, Writer

INSIDE = ("/", "!", "#")  # what stands between a file or folder and a member of it


def check_storing(paths: list[str], wanted: FilterOptions, prints: bool, skips: bool) -> None:
    """Refuse what would be without effect, or could not be found again.

    Raises:
        UsageError: filters are given and nothing is printed, standard input is to be stored, or a
            document is to be left out that another run, in which it stands alone, would keep.
    """
    if "-" in paths:
        raise UsageError("standard input has no name under which --db could keep it", "save it to a file")
    if skips:
        raise UsageError("--db keeps every document, and --duplicates skip leaves some out", "leave out --duplicates")
    if wanted != FilterOptions() and not prints:
        remedy = "leave the filters to claims list, or add --format or -o to print as well"
        raise UsageError("--db stores every claim, and filters choose what is printed", remedy)


class Storing:
    """One run over the inputs into a store."""

    def __init__(self, run: CommandRun, connection: sqlite3.Connection, path: Path):
        self.run = run
        self.path = path
        self.connection = connection
        self.writer = Writer(connection)
        self.seen: dict[str, None] = {}
        self.failures: list[InputError] = []

    def store(self, options: dict[str, Any], prune: bool) -> str:
        """Read, extract and store; who speaks is found out again at the end.

        Returns:
            What was done, in one line.
        """
        self.begin(options)
        self.tell_differing()
        self.read()
        vanished = [path for path in self.writer.known if self.has_vanished(path)]
        if prune:
            self.writer.drop(vanished)
        self.end(len(vanished))
        return self.summary(len(vanished), prune)

    def begin(self, options: dict[str, Any]) -> None:
        """Record that the run begins, and on what its results rest."""
        manifest = self.run.manifest
        self.writer.begin(versions(manifest.model, manifest.rulebook), options, manifest.started)

    def read(self) -> None:
        """Store what is new or changed."""
        todo = self.todo()
        for document in todo:  # the model is loaded for the first that needs it
            for done, claims in Run(self.run.extract, self).whole(chain([document], todo)):
                self.writer.put(done, claims)
                self.extracted(done, len(claims))

    def end(self, vanished: int = 0) -> None:
        """Find out who speaks and what recurs, and record that the run is done."""
        bring_claims_together(self.connection, self.run.rulebook, self.run.config.aliases)
        self.writer.end(now(), vanished, len(self.failures))

    def tell_differing(self) -> None:
        """Say that documents are read again though they did not change."""
        differing = self.writer.differing()
        if differing and not self.run.messages.quiet:
            self.run.messages.tell(f"not the same as when documents were stored: {differing}; they are read again")

    def todo(self) -> Iterator[Document]:
        """The documents that are new or changed; the others are counted, what fails is told."""
        for item in self.run.inputs():
            if isinstance(item, InputError):
                self.failed(item)
                continue
            self.seen[item.path] = None
            if self.writer.state_of(item) == UNCHANGED:
                self.writer.same(item)
                self.run.manifest.add(*self.writer.stored(item))
            else:
                yield item

    def failed(self, error: InputError) -> None:
        """Tell and keep an error."""
        self.run.failed(error)
        self.failures.append(error)

    def extracted(self, document: Document, claims: int) -> None:
        """Record a document that was stored, and say what is doubtful in it."""
        self.run.manifest.add(document, claims)
        self.run.messages.noted(document)
        self.run.messages.progress(self.run.manifest.documents + self.run.manifest.failed, document.path)

    def has_vanished(self, path: str) -> bool:
        """Whether a stored document is none of the inputs any more, though the run looked where it was.

        What could not be read has not vanished, nor has what lies in a folder or file that could not be.
        """
        if path in self.seen or not any(is_in(path, argument) for argument in self.run.paths):
            return False
        return not any(is_in(path, error.path) and not is_gone(error.path) for error in self.failures)

    def summary(self, vanished: int, pruned: bool) -> str:
        """One line: what became of the inputs, and what the store holds now."""
        counts = self.writer.counts
        parts = [f"{counts[name]} {name}" for name in (NEW, CHANGED)]
        parts += [f"{counts[AGAIN]} read again"] if counts[AGAIN] else []
        parts.append(f"{counts[UNCHANGED]} unchanged")
        if vanished:
            parts.append(f"{vanished} vanished ({'dropped' if pruned else '--prune drops them'})")
        parts += [f"{len(self.failures)} failed"] if self.failures else []
        held = [
            count(self.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0], noun)
            for table, noun in (("documents", "document"), ("claims", "claim"), ("speakers", "speaker"))
        ]
        left_out = sum((+self.run.manifest.left_out).values())
        parts += [f"{left_out} not read in folders"] if left_out else []
        return f"{', '.join(parts)}. {self.path} holds {held[0]} with {held[1]} by {held[2]}."


def is_in(path: str, place: str) -> bool:
    """Whether a document is a file or folder that was named, or lies in it."""
    bare = place.rstrip("/") or "/"
    return path == place or path.startswith(tuple(bare.rstrip("/") + mark for mark in INSIDE))


def is_gone(path: str) -> bool:
    """Whether there is no such file or folder any more."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):
        return False
    return False


@contextmanager
def stored(run: CommandRun, path: Path, options: dict[str, Any], prune: bool) -> Iterator[Reader]:
    """What the store at a path holds of a run's inputs, after all that is new and changed of them went into it.

    Raises:
        OutputError: the store cannot be written to.
    """
    try:
        with opening.writable(path) as connection:
            storing = Storing(run, connection, path)
            summary = storing.store(options, prune)
            yield Reader(connection, tuple(storing.seen))
            run.messages.say(summary)
    except KeyboardInterrupt:
        run.messages.tell(f"interrupted; what {path} holds stays, and the next run goes on")
        raise typer.Exit(EXIT_INTERRUPTED) from None
